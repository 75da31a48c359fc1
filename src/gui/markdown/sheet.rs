//! Blocks set one under the other at a width, each in its own direction, drawn where they are in view.
//!
//! Made anew where the blocks, the width, or the fonts are others. Scrolling is its owner's business.

use egui::{Color32, Id, Pos2, Rect, TextureHandle, Ui, UiBuilder, Vec2, pos2, vec2};

use super::parse::{Block, BlockKind, Look};
use crate::gui::paint::{Glyphs, ShortText, TextEngine, TextStyle};
use crate::gui::theme::{self, GRID, Palette};
use crate::layout::{Align, Emphasis, Emphasised, Layout, Request, Style};
use crate::text::{Direction, Script, base_direction, main_script};

/// Sizes of headings as multiples of the text's, from level 1.
const HEADINGS: [f32; 4] = [1.5, 1.25, 1.1, 1.0];
/// How far an item of a list stands in.
const INDENT: f32 = 18.0;
/// How far a quotation stands in.
const QUOTE: f32 = 12.0;
/// Side of a colour's square, with the gap behind it.
const SWATCH: f32 = 18.0;
/// Between the words of code and the edge of their ground.
const CODE: f32 = 6.0;
/// Share of the width that what stands at the end of a line may take.
const AT_END: f32 = 0.45;

/// How wide a sheet is set, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SheetStyle {
    /// Its width in points.
    pub width: f32,
    /// Size of its type, a multiple of the window's own.
    pub zoom: f32,
}

impl SheetStyle {
    /// As wide as that, in the window's own type.
    pub const fn wide(width: f32) -> Self {
        Self { width, zoom: 1.0 }
    }
}

/// Blocks in their places.
pub struct Sheet {
    pub(super) rows: Vec<Row>,
    height: f32,
    style: SheetStyle,
    generation: u64,
    scale: f32,
}

pub(super) struct Row {
    pub(super) block: Block,
    pub(super) layout: Layout,
    /// Where the words are, from the top left of the sheet.
    pub(super) words: Rect,
    direction: Direction,
    style: TextStyle,
    picture: Option<TextureHandle>,
}

/// What was done with a sheet in a frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetOutput {
    /// The place of the block that a line of the contents leads to, from the top of the sheet.
    pub go_to: Option<f32>,
    /// The rectangle on the screen that shall come into view, because the focus has come to it.
    pub reveal: Option<Rect>,
    /// Whether one of its links has the focus.
    pub has_focus: bool,
    /// Where the link leads that was followed.
    pub follow: Option<String>,
}

impl Sheet {
    /// Sets blocks without pictures.
    pub fn new(blocks: Vec<Block>, style: SheetStyle, engine: &mut TextEngine) -> Self {
        Self::with_pictures(blocks, style, engine, &mut |_| None)
    }

    /// Sets blocks. Pictures are asked for by their paths; for one that is not there its words are set.
    pub fn with_pictures(
        blocks: Vec<Block>,
        style: SheetStyle,
        engine: &mut TextEngine,
        picture: &mut dyn FnMut(&str) -> Option<TextureHandle>,
    ) -> Self {
        let mut rows: Vec<Row> = Vec::with_capacity(blocks.len());
        let mut y = 0.0;
        let mut side = None;
        for block in blocks {
            if let BlockKind::Heading(_) = block.kind {
                side = base_direction(&block.text);
            }
            y += gap(rows.last().map(|row| &row.block), &block);
            let picture = block
                .links
                .first()
                .filter(|_| block.kind == BlockKind::Picture)
                .and_then(|link| picture(&link.target));
            let row = Row::new(block, picture, (y, style), side, engine);
            y = row.words.bottom()
                + if row.block.kind == BlockKind::Code {
                    CODE
                } else {
                    0.0
                };
            rows.push(row);
        }
        Self {
            rows,
            height: y + GRID * 4.0,
            style,
            generation: engine.generation(),
            scale: engine.scale(),
        }
    }

    /// Whether it is still right for this style and these fonts.
    pub fn fits(&self, style: SheetStyle, engine: &TextEngine) -> bool {
        (self.style.width - style.width).abs() < 0.5
            && self.style.zoom.to_bits() == style.zoom.to_bits()
            && self.generation == engine.generation()
            && self.scale.to_bits() == engine.scale().to_bits()
    }

    /// Its size in points.
    pub fn size(&self) -> Vec2 {
        vec2(self.style.width, self.height)
    }

    /// Where the first heading is that a test holds for, from the top of the sheet.
    pub fn heading(&self, is_it: impl Fn(&str) -> bool) -> Option<f32> {
        let is_heading =
            |row: &&Row| matches!(row.block.kind, BlockKind::Heading(_)) && is_it(&row.block.text);
        self.rows.iter().find(is_heading).map(|row| row.words.top())
    }

    /// Draws what is in view, with its top left corner there, and tells assistive technology of all of it under a
    /// document's node.
    pub fn show(
        &self,
        ui: &mut Ui,
        palette: &Palette,
        engine: &mut TextEngine,
        left_top: Pos2,
        document: Id,
    ) -> SheetOutput {
        let mut output = SheetOutput::default();
        let view = ui.clip_rect();
        let inside = UiBuilder::new()
            .scope_id(document.with("contents"))
            .accessibility_parent(document);
        let nodes = ui.new_child(inside);
        let mut glyphs = Glyphs::default();
        for (number, row) in self.rows.iter().enumerate() {
            let rect = row.words.translate(left_top.to_vec2());
            self.node(&nodes, palette, row, rect, document.with(number), &mut output);
            if !rect.expand(SWATCH).intersects(view) {
                continue;
            }
            row.paint_ground(ui, palette, rect, self.style.width, left_top.x);
            if row.paint_picture(ui, palette, rect) {
                continue;
            }
            row.paint_marker(ui, palette, engine, rect);
            row.paint_at_end(ui, palette, engine, rect);
            let lines = row
                .layout
                .lines_between(view.top() - rect.top(), view.bottom() - rect.top());
            let ink = row.ink(palette);
            glyphs.add(ui.ctx(), engine, &row.layout, lines, rect.left_top(), ink);
        }
        glyphs.paint(ui.painter());
        output
    }
}

impl Row {
    /// Sets a block below a height at a width. Small words stand on the side of the heading that they belong to.
    fn new(
        block: Block,
        picture: Option<TextureHandle>,
        (y, SheetStyle { width, zoom }): (f32, SheetStyle),
        side: Option<Direction>,
        engine: &mut TextEngine,
    ) -> Self {
        let style = style_of(block.kind, zoom);
        let direction = base_direction(&block.text).unwrap_or(Direction::LeftToRight);
        let is_apart = block.kind == BlockKind::Aside && side.is_some_and(|side| side != direction);
        let align = if is_apart { Align::End } else { Align::Start };
        let code = if block.kind == BlockKind::Code { CODE } else { 0.0 };
        let inset = (INDENT * block.depth as f32 + if block.is_quoted { QUOTE } else { 0.0 }) * zoom
            + if block.swatch.is_some() { SWATCH } else { 0.0 }
            + code;
        let at_end = if block.at_end.is_some() { AT_END } else { 0.0 };
        let room = ((width - inset - code) * (1.0 - at_end)).max(40.0);
        let layout = lay_out(&block, (direction, align), style, room, engine);
        let (_, height) = layout.size();
        let left = match direction {
            Direction::LeftToRight => inset,
            Direction::RightToLeft => code,
        };
        let drawn = match &picture {
            // A picture is never drawn larger than it is.
            Some(picture) => picture.size_vec2() * (room / picture.size_vec2().x).min(1.0),
            None if block.kind == BlockKind::Rule => vec2(room, 1.0),
            None => vec2(room, height),
        };
        Self {
            words: Rect::from_min_size(pos2(left, y + code), drawn),
            picture,
            block,
            layout,
            direction,
            style,
        }
    }

    fn ink(&self, palette: &Palette) -> Color32 {
        match self.block.kind {
            BlockKind::Link(_) => palette.accent,
            BlockKind::Aside => palette.ink_weak,
            _ if self.block.is_quoted => palette.ink_weak,
            _ => palette.ink,
        }
    }

    /// What lies under the words: the grounds of code, the bar of a quotation, the square of a colour, a rule.
    fn paint_ground(&self, ui: &Ui, palette: &Palette, rect: Rect, width: f32, left: f32) {
        let painter = ui.painter();
        match self.block.kind {
            BlockKind::Code => {
                painter.rect_filled(rect.expand(CODE), 3.0, palette.hover);
            }
            BlockKind::Rule => {
                painter.hline(
                    left..=left + width,
                    rect.top(),
                    egui::Stroke::new(1.0, palette.hairline),
                );
            }
            _ => {}
        }
        for mark in self.block.marks.iter().filter(|mark| mark.look == Look::Code) {
            for part in self.layout.word_rects(mark.range) {
                let ground = Rect::from_min_size(pos2(part.x, part.y), vec2(part.width, part.height));
                let ground = ground
                    .translate(rect.left_top().to_vec2())
                    .expand2(vec2(2.0, -1.0));
                painter.rect_filled(ground, 3.0, palette.hover);
            }
        }
        let at_start = |distance: f32| match self.direction {
            Direction::LeftToRight => rect.left() - distance,
            Direction::RightToLeft => rect.right() + distance,
        };
        if self.block.is_quoted {
            let stroke = egui::Stroke::new(2.0, palette.border);
            painter.vline(at_start(QUOTE - 3.0), rect.y_range(), stroke);
        }
        if let Some(color) = self.block.swatch {
            let line = self.style.size * self.style.line_height;
            let middle = pos2(at_start(SWATCH - 6.0), rect.top() + line / 2.0);
            let square = Rect::from_center_size(middle, Vec2::splat(11.0));
            painter.rect_filled(square, 2.0, palette.label(color).line);
        }
    }

    /// Draws the picture, if there is one.
    fn paint_picture(&self, ui: &Ui, palette: &Palette, rect: Rect) -> bool {
        let Some(picture) = &self.picture else {
            return false;
        };
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(picture.id(), rect, whole, Color32::WHITE);
        let edge = egui::Stroke::new(1.0, palette.hairline);
        ui.painter()
            .rect_stroke(rect, 0.0, edge, egui::StrokeKind::Outside);
        true
    }

    /// What stands at the far end of the line.
    fn paint_at_end(&self, ui: &Ui, palette: &Palette, engine: &mut TextEngine, rect: Rect) {
        let Some(words) = &self.block.at_end else { return };
        let width = rect.width() * AT_END / (1.0 - AT_END) - GRID * 2.0;
        let short = ShortText::new(words, self.style, palette.ink_weak).max_width(width);
        let size = short.size(ui, engine);
        let x = match self.direction {
            Direction::LeftToRight => rect.right() + GRID * 2.0 + width - size.x,
            Direction::RightToLeft => rect.left() - GRID * 2.0 - width,
        };
        short.paint_at(ui, engine, pos2(x, rect.top()));
    }

    fn paint_marker(&self, ui: &Ui, palette: &Palette, engine: &mut TextEngine, rect: Rect) {
        let Some(marker) = &self.block.marker else { return };
        let short = ShortText::new(marker, self.style, palette.ink_weak);
        let size = short.size(ui, engine);
        let x = match self.direction {
            Direction::LeftToRight => rect.left() - GRID - size.x,
            Direction::RightToLeft => rect.right() + GRID,
        };
        short.paint_at(ui, engine, pos2(x, rect.top()));
    }
}

/// The space above a block.
fn gap(before: Option<&Block>, block: &Block) -> f32 {
    let Some(before) = before else { return 0.0 };
    let is_item =
        |block: &Block| block.depth > 0 || block.at_end.is_some() || matches!(block.kind, BlockKind::Link(_));
    match block.kind {
        BlockKind::Heading(1 | 2) => GRID * 6.0,
        BlockKind::Heading(_) => GRID * 4.0,
        BlockKind::Aside if matches!(before.kind, BlockKind::Heading(_)) => 0.0,
        _ if is_item(block) && is_item(before) => GRID / 2.0,
        _ if matches!(before.kind, BlockKind::Heading(_)) => GRID,
        _ => GRID * 2.0,
    }
}

fn style_of(kind: BlockKind, zoom: f32) -> TextStyle {
    match kind {
        BlockKind::Heading(level) => {
            let place = usize::from(level.saturating_sub(1)).min(HEADINGS.len() - 1);
            let times = HEADINGS.get(place).copied().unwrap_or(1.0);
            TextStyle::new(theme::TEXT * zoom * times).bold()
        }
        BlockKind::Aside => TextStyle::new(theme::TEXT_SMALL * zoom).line_height(1.45),
        _ => TextStyle::new(theme::TEXT * zoom).line_height(1.5),
    }
}

fn lay_out(
    block: &Block,
    (direction, align): (Direction, Align),
    style: TextStyle,
    width: f32,
    engine: &mut TextEngine,
) -> Layout {
    let emphasis: Vec<Emphasis> = block
        .marks
        .iter()
        .filter_map(|mark| {
            let words = block.text.get(mark.range.start().get()..mark.range.end().get())?;
            let face = match mark.look {
                Look::Italic if has_italics(words) => Emphasised::Italic,
                Look::Bold | Look::Italic => Emphasised::Bold,
                Look::Code | Look::Link => return None,
            };
            Some(Emphasis {
                range: mark.range,
                face,
            })
        })
        .collect();
    let scale = engine.scale();
    let request = Request {
        text: &block.text,
        direction,
        align,
        width: Some(width),
        style: Style {
            size: style.size,
            line_height: style.line_height,
            bold: style.bold,
            ..Style::default()
        },
        scale,
        lang: None,
        leading: 0.0,
    };
    Layout::emphasised(engine.fonts(), &request, &emphasis)
}

/// Whether the script of some words slants its letters for emphasis; where it does not, they are set in bold.
fn has_italics(words: &str) -> bool {
    let upright = |script: Script| {
        matches!(
            script.code(),
            "Arab" | "Hebr" | "Syrc" | "Hani" | "Hira" | "Kana" | "Hang" | "Thai"
        )
    };
    !main_script(words).is_some_and(upright)
}
