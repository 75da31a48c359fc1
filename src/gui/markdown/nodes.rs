//! What assistive technology is told of a sheet, block by block, and the links in it: they are reached by Tab, followed
//! by Enter or a click.

use egui::accesskit::Role;
use egui::{Id, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::parse::{BlockKind, Link};
use super::sheet::{Row, Sheet, SheetOutput};
use crate::gui::panels::widgets::focus_ring;
use crate::gui::theme::Palette;
use crate::text::{ByteOffset, ByteRange};

impl Sheet {
    /// The node of a row whose words stand in a rectangle, with its links.
    pub(super) fn node(
        &self,
        nodes: &Ui,
        palette: &Palette,
        row: &Row,
        rect: Rect,
        id: Id,
        output: &mut SheetOutput,
    ) {
        match row.block.kind {
            BlockKind::Link(target) => {
                let places = row.places(row.whole(), rect);
                if is_followed(nodes, palette, &row.spoken(), (id, &places), output) {
                    output.go_to = self.rows.get(target).map(|row| row.words.top());
                }
            }
            BlockKind::Rule => {}
            kind => {
                row.plain_node(nodes, kind, rect, id);
                if kind != BlockKind::Picture {
                    row.links(nodes, palette, rect, id, output);
                }
            }
        }
    }
}

impl Row {
    /// The words as they are read aloud.
    fn spoken(&self) -> String {
        let words = self.block.text.replace('\u{2028}', " ");
        match &self.block.at_end {
            Some(end) => format!("{words}, {end}"),
            None => words,
        }
    }

    fn plain_node(&self, nodes: &Ui, kind: BlockKind, rect: Rect, id: Id) {
        let role = match (kind, &self.block.marker) {
            (BlockKind::Heading(_), _) => Role::Heading,
            (BlockKind::Code, _) => Role::Code,
            (BlockKind::Picture, _) => Role::Image,
            (_, Some(_)) => Role::ListItem,
            _ => Role::Paragraph,
        };
        let words = self.spoken();
        let response = nodes.interact(rect, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(role, nodes.is_enabled(), &words));
        if let BlockKind::Heading(level) = kind {
            nodes
                .ctx()
                .accesskit_node_builder(id, |node| node.set_level(usize::from(level)));
        }
    }

    fn links(&self, nodes: &Ui, palette: &Palette, rect: Rect, id: Id, output: &mut SheetOutput) {
        for (number, link) in self.block.links.iter().enumerate() {
            let places = self.places(link.range, rect);
            let words = self.words_of(link);
            if is_followed(
                nodes,
                palette,
                &words,
                (id.with(("link", number)), &places),
                output,
            ) {
                output.follow = Some(link.target.clone());
            }
        }
    }

    fn words_of(&self, link: &Link) -> String {
        let (start, end) = (link.range.start().get(), link.range.end().get());
        let words = self.block.text.get(start..end).unwrap_or_default();
        words.replace('\u{2028}', " ")
    }

    fn whole(&self) -> ByteRange {
        ByteRange::between(ByteOffset::new(0), ByteOffset::new(self.block.text.len()))
    }

    /// Where the words of a link are: one rectangle for each line that they stand on.
    fn places(&self, words: ByteRange, rect: Rect) -> Vec<Rect> {
        let parts = self.layout.word_rects(words);
        let place = |part: &crate::layout::Rect| {
            Rect::from_min_size(pos2(part.x, part.y), vec2(part.width, part.height))
                .translate(rect.left_top().to_vec2())
        };
        parts.iter().map(place).collect()
    }
}

/// Draws the line under a link and takes what is done with it; true where it is followed.
fn is_followed(
    nodes: &Ui,
    palette: &Palette,
    words: &str,
    (id, places): (Id, &[Rect]),
    output: &mut SheetOutput,
) -> bool {
    let Some(first) = places.first() else { return false };
    let response = nodes.interact(*first, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, nodes.is_enabled(), words));
    // The lines behind the first are for the mouse alone, so that Tab stops once at a link.
    let rest = places.iter().enumerate().skip(1);
    let rest: Vec<Response> = rest
        .map(|(number, place)| nodes.interact(*place, id.with(number), Sense::CLICK))
        .collect();
    let all = || std::iter::once(&response).chain(&rest);
    let is_hovered = all().any(Response::hovered);
    if is_hovered {
        nodes.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    for place in places {
        let line = Stroke::new(if is_hovered { 2.0 } else { 1.0 }, palette.accent);
        nodes.painter().hline(place.x_range(), place.bottom() - 2.0, line);
        if response.has_focus() {
            focus_ring(nodes, palette, place.expand(2.0));
        }
    }
    output.has_focus |= response.has_focus();
    if response.gained_focus() {
        output.reveal = Some(*first);
    }
    all().any(Response::clicked)
}
