//! The names of labels below the words: where each has room, so that none covers text or another name.

use egui::{Color32, Painter, Rect, Ui, pos2, vec2};

use std::collections::BTreeSet;

use crate::gui::marks::paint_note;
use crate::gui::paint::{Glyphs, ShortText, TextEngine, TextStyle};
use crate::gui::theme::{LabelColors, Palette};
use crate::gui::words;
use crate::model::{Span, SpanId, TargetId};
use crate::text::Direction;

use super::index::SpanIndex;
use super::page::Page;
use super::paint::{CHIP_ROW, LANE, Shown, Stand};
use super::state::ArticleState;

/// Size of a chip's type.
const CHIP_TYPE: f32 = 10.0;
/// A chip narrower than this says nothing and is left out.
const CHIP_LEAST: f32 = 9.0;
/// The mark of an open note.
const CHIP_MARK: f32 = 7.0;
/// Between two chips.
const CHIP_GAP: f32 = 4.0;

/// The label's name below the start of each span, cut where the next one begins; answers where each stands.
pub(super) fn chips(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    page: &Page<'_>,
    state: &ArticleState,
    shown: &[Shown<'_>],
    painter: &Painter,
) -> Vec<(Rect, SpanId)> {
    let placed = Chip::placed(page, state, shown);
    let column = state.sheet.viewport();
    let mut names: Vec<Name<'_>> = Vec::new();
    // How far the chips that start at the same point reach, which stand one behind the other.
    let (mut taken, mut before) = (0.0, None);
    for (place, chip) in placed.iter().enumerate() {
        if before.is_none_or(|before: &Chip| !before.starts_with(chip)) {
            taken = 0.0;
        }
        before = Some(chip);
        if chip.noted {
            taken += note_mark(painter, palette, chip, taken, page.zoom);
        }
        let room = chip.room(&placed, place, column, taken);
        if room < CHIP_LEAST * page.zoom {
            continue;
        }
        let style = TextStyle::new(CHIP_TYPE * page.zoom).line_height(1.2);
        let style = if chip.is_raised() { style.bold() } else { style };
        let words = ShortText::new(&chip.name, style, chip.ink()).max_width(room);
        let size = words.layout(engine).size();
        let left = chip.left(taken, size.x, column);
        let at = pos2(left, chip.top - 0.15 * style.size);
        let place = Rect::from_min_size(at, size);
        names.push(Name { chip, words, place });
        taken += size.x + CHIP_GAP;
    }
    let mut glyphs = Glyphs::default();
    let names = seen(names);
    for name in &names {
        if name.chip.is_raised() {
            let top = pos2(name.place.left(), name.chip.top);
            let size = vec2(name.place.width(), CHIP_ROW * page.zoom + 1.0);
            paint_ground(
                painter,
                engine,
                palette,
                name.chip,
                Rect::from_min_size(top, size),
            );
        }
        let layout = name.words.layout(engine);
        name.words
            .gather(ui.ctx(), engine, &layout, name.place.min, &mut glyphs);
    }
    glyphs.paint(painter);
    names
        .into_iter()
        .map(|name| (name.place, name.chip.span.clone()))
        .collect()
}

/// A chip's words at their place.
struct Name<'a> {
    chip: &'a Chip,
    words: ShortText<'a>,
    place: Rect,
}

/// The names less those that one in front would cover in part: words cut by others say something else.
fn seen(names: Vec<Name<'_>>) -> Vec<Name<'_>> {
    let raised = names.iter().filter(|name| name.chip.is_raised());
    let raised: Vec<Rect> = raised.map(|name| name.place).collect();
    let is_seen =
        |name: &Name<'_>| name.chip.is_raised() || !raised.iter().any(|rect| rect.intersects(name.place));
    names.into_iter().filter(is_seen).collect()
}

/// The ground of a raised chip, which stands over what is behind it.
fn paint_ground(painter: &Painter, engine: &TextEngine, palette: &Palette, chip: &Chip, ground: Rect) {
    let fill = if chip.plays {
        chip.colors.tint
    } else {
        palette.canvas
    };
    painter.rect_filled(engine.snap_rect(ground.expand2(vec2(2.0, 0.0))), 0.0, fill);
    if chip.plays {
        // A bar at the edge, so that a role is told from a label not by its words alone.
        let edge = match chip.direction {
            Direction::LeftToRight => ground.left() - 2.0,
            Direction::RightToLeft => ground.right(),
        };
        let bar = Rect::from_min_size(pos2(edge, ground.top()), vec2(2.0, ground.height()));
        painter.rect_filled(engine.snap_rect(bar), 0.0, chip.colors.line);
    }
}

/// Marks that a span has an open note, before its label's name; how much room that takes.
fn note_mark(painter: &Painter, palette: &Palette, chip: &Chip, taken: f32, zoom: f32) -> f32 {
    let side = CHIP_MARK * zoom;
    let along = taken + side / 2.0;
    let x = match chip.direction {
        Direction::LeftToRight => chip.start + along,
        Direction::RightToLeft => chip.start - along,
    };
    let center = pos2(x, chip.top + CHIP_ROW * zoom / 2.0);
    paint_note(painter, center, side, palette.warning);
    side + CHIP_GAP / 2.0
}

/// A label's name to be placed under its span's start.
struct Chip {
    span: SpanId,
    /// Whether the span plays in the event that is looked at.
    plays: bool,
    name: String,
    colors: LabelColors,
    /// Whether the span has an open note.
    noted: bool,
    stand: Stand,
    direction: Direction,
    /// The x of the span's first edge.
    start: f32,
    /// The bottom of the line of text, which tells the lines apart.
    line: f32,
    top: f32,
}

impl Chip {
    /// Those of what is shown, in reading order of their starts, so that each is cut by the one that follows it.
    fn placed(page: &Page<'_>, state: &ArticleState, shown: &[Shown<'_>]) -> Vec<Self> {
        let noted: BTreeSet<&str> = page
            .layer
            .open_notes()
            .filter_map(|note| note.target.as_ref().map(TargetId::as_str))
            .collect();
        let chip = |span: &Shown<'_>| Self::new(page, state, span, noted.contains(span.span.id.as_str()));
        let mut placed: Vec<Self> = shown.iter().filter_map(chip).collect();
        placed.sort_by(|a, b| a.line.total_cmp(&b.line).then(a.start.total_cmp(&b.start)));
        placed
    }

    fn new(page: &Page<'_>, state: &ArticleState, span: &Shown<'_>, noted: bool) -> Option<Self> {
        let (rect, direction) = span.start?;
        let roles = state.stage.roles_of(&span.span.id);
        Some(Self {
            span: span.span.id.clone(),
            plays: roles.is_some(),
            name: name_of(page, &state.index, span.span, roles),
            colors: span.colors,
            noted,
            stand: span.stand,
            direction,
            start: match direction {
                Direction::LeftToRight => rect.left(),
                Direction::RightToLeft => rect.right(),
            },
            line: rect.bottom(),
            top: rect.bottom() + f32::from(span.depth) * LANE * page.zoom,
        })
    }

    /// Where its name begins at the left, behind what is `taken` at its point, and within the column.
    fn left(&self, taken: f32, width: f32, column: Rect) -> f32 {
        match self.direction {
            Direction::LeftToRight => (self.start + taken).min(column.right() - width),
            Direction::RightToLeft => (self.start - taken - width).max(column.left()),
        }
    }

    fn ink(&self) -> Color32 {
        match self.stand {
            Stand::Dimmed => self.colors.ink_dimmed,
            Stand::Plain | Stand::Raised => self.colors.ink,
        }
    }

    /// Whether both start at one point, such as two labels on the same words.
    fn starts_with(&self, other: &Self) -> bool {
        self.direction == other.direction
            && (self.line - other.line).abs() < 1.0
            && (self.start - other.start).abs() < 1.0
    }

    fn is_raised(&self) -> bool {
        self.stand == Stand::Raised
    }

    /// How wide the chip at a place may be behind what is `taken` at its point. One that is raised lies over those that
    /// are not, and shares with those that are; one that is alone has all the room it wants.
    fn room(&self, all: &[Self], place: usize, column: Rect, taken: f32) -> f32 {
        if !self.is_raised() {
            return self.reach(all.iter(), column) - taken;
        }
        let on_line = |chip: &&Self| chip.is_raised() && (chip.line - self.line).abs() < 1.0;
        if all.iter().filter(on_line).count() < 2 {
            return f32::INFINITY;
        }
        let at_point = all.iter().skip(place).filter(on_line);
        let sharing = at_point.filter(|chip| chip.starts_with(self)).count().max(1);
        (self.reach(all.iter().filter(on_line), column) - taken) / sharing as f32
    }

    /// How far it is to the next chip on its line that starts elsewhere.
    fn reach<'a>(&self, all: impl Iterator<Item = &'a Self>, column: Rect) -> f32 {
        let others = all
            .filter(|chip| (chip.line - self.line).abs() < 1.0)
            .map(|chip| chip.start);
        match self.direction {
            Direction::LeftToRight => others
                .filter(|start| *start >= self.start + 1.0)
                .map(|start| start - CHIP_GAP - self.start)
                .fold(column.right() - self.start, f32::min),
            Direction::RightToLeft => others
                .filter(|start| *start <= self.start - 1.0)
                .map(|start| self.start - start - CHIP_GAP)
                .fold(self.start - column.left(), f32::min),
        }
    }
}

/// The name of a span's label, or what it plays in the event that is looked at, with its values where they are asked
/// for; a question mark stands for those that nobody confirmed, and for those that were left open.
fn name_of(page: &Page<'_>, index: &SpanIndex, span: &Span, roles: Option<&str>) -> String {
    let name = roles.unwrap_or_else(|| page.label_name(&span.label));
    let facts = if page.reading.show_values {
        words::facts(page.codebook, span)
    } else {
        String::new()
    };
    let said = if facts.is_empty() {
        name.to_owned()
    } else {
        format!("{name} · {facts}")
    };
    let is_open = || {
        index
            .place(&span.id)
            .is_some_and(|place| index.is_unsettled(place))
    };
    // Of facts that nobody confirmed each has a question mark of its own.
    let is_marked = if span.unconfirmed.is_empty() {
        is_open()
    } else {
        facts.is_empty()
    };
    if is_marked { words::to_confirm(&said) } else { said }
}

#[cfg(test)]
mod tests {
    use super::super::paint::UNKNOWN_LABEL;
    use super::*;

    fn chip(start: f32, direction: Direction) -> Chip {
        Chip {
            span: SpanId::new("s").unwrap(),
            plays: false,
            name: String::new(),
            colors: crate::gui::theme::LIGHT.label(UNKNOWN_LABEL),
            noted: false,
            stand: Stand::Plain,
            direction,
            start,
            line: 20.0,
            top: 20.0,
        }
    }

    #[test]
    fn chips_of_one_start_leave_each_other_room_and_others_cut_them() {
        let column = Rect::from_min_max(pos2(0.0, 0.0), pos2(500.0, 100.0));
        let (left, right) = (Direction::LeftToRight, Direction::RightToLeft);
        let all = [chip(100.0, left), chip(100.0, left), chip(180.0, left)];
        assert!(all[0].starts_with(&all[1]) && !all[1].starts_with(&all[2]));
        let rooms = all.each_ref().map(|chip| chip.room(&all, 0, column, 0.0));
        assert_eq!(rooms.map(|room| room.round() as i32), [76, 76, 320]);
        let all = [chip(100.0, right), chip(180.0, right), chip(180.0, right)];
        let rooms = all.each_ref().map(|chip| chip.room(&all, 0, column, 0.0));
        assert_eq!(rooms.map(|room| room.round() as i32), [100, 76, 76]);
    }

    #[test]
    fn chips_in_front_share_their_room_and_cover_no_name_in_part() {
        let column = Rect::from_min_max(pos2(0.0, 0.0), pos2(500.0, 100.0));
        let left = Direction::LeftToRight;
        let raised = |start| Chip {
            stand: Stand::Raised,
            ..chip(start, left)
        };
        let all = [raised(100.0), raised(100.0), chip(140.0, left), raised(180.0)];
        let rooms = [0, 1, 3].map(|place| all[place].room(&all, place, column, 0.0).round() as i32);
        assert_eq!(rooms, [38, 76, 320]);
        let alone = [chip(100.0, left), raised(140.0)];
        assert!(alone[1].room(&alone, 1, column, 0.0).is_infinite());
        let at = |left: f32| Rect::from_min_size(pos2(left, 20.0), vec2(50.0, 10.0));
        let name = |chip, left| Name {
            chip,
            words: ShortText::new("Target", TextStyle::new(CHIP_TYPE), Color32::BLACK),
            place: at(left),
        };
        let names = vec![name(&all[0], 100.0), name(&all[2], 140.0), name(&alone[0], 300.0)];
        let lefts: Vec<f32> = seen(names).iter().map(|name| name.place.left()).collect();
        assert_eq!(lefts, [100.0, 300.0]);
    }
}
