//! Where relations lead out of view: the words of the other end at the edge, in the margin where that is wide enough,
//! else in a strip of their own, under which the text goes on as it does under the edge of the view.

use egui::{Rangef, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::gui::article::page::Page;
use crate::gui::paint::{ShortText, TextEngine, TextStyle};
use crate::gui::theme::{self, GRID, Palette};
use crate::gui::words;
use crate::model::{Relation, Span, SpanId};

use super::draw::Canvas;
use super::geometry::End;
use super::sight::ends;

/// So many tags stand at one edge; more are counted.
const MOST: usize = 3;
/// Characters of the quote.
const QUOTE: usize = 32;
/// Widest tag as a share of the text's width.
const WIDEST: f32 = 0.8;
/// A margin in which tags can be read.
const WIDE_MARGIN: f32 = 160.0;
/// Width of the arrow before the words.
const ARROW: f32 = 7.0;

/// What an end out of view is.
pub(super) struct Tag {
    words: String,
    span: SpanId,
    above: bool,
}

impl Tag {
    /// For a relation of that type to a span.
    pub fn new(page: &Page<'_>, relation_type: &str, span: &Span, end: End) -> Self {
        let above = end == End::Above;
        let quote = words::quote(page.text, span, QUOTE);
        let colon = if relation_type.is_empty() { "" } else { ": " };
        Self {
            words: format!("{relation_type}{colon}“\u{2068}{quote}\u{2069}”"),
            span: span.id.clone(),
            above,
        }
    }

    /// Whether it stands at the upper edge.
    pub const fn is_above(&self) -> bool {
        self.above
    }
}

/// The heights of the strips at the upper and the lower edge; none where no tag would lie over the text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::gui::article) struct Strips {
    pub above: f32,
    pub below: f32,
}

impl Strips {
    /// What is left of a view.
    pub fn cut(self, view: Rect) -> Rect {
        let (top, bottom) = (view.top() + self.above, view.bottom() - self.below);
        view.with_min_y(top).with_max_y(bottom.max(top))
    }
}

impl Canvas<'_, '_> {
    /// The strips that these relations need.
    pub(super) fn strips(&mut self, relations: &[&Relation]) -> Strips {
        let linked = self.state.links.linking.as_ref();
        let linked = linked.and_then(|linking| Some((&linking.from, linking.target.as_ref()?)));
        let pairs = relations.iter().map(|one| (&one.from, &one.to)).chain(linked);
        let (mut above, mut below) = (0, 0);
        for (from, to) in pairs {
            let Some((from, to)) = self.span(from).zip(self.span(to)) else {
                continue;
            };
            let (start, end) = (self.sight(from), self.sight(to));
            match ends(&start, &end) {
                Some((End::Seen(_), End::Above) | (End::Above, End::Seen(_))) => above += 1,
                Some((End::Seen(_), End::Below) | (End::Below, End::Seen(_))) => below += 1,
                _ => {}
            }
        }
        let one = ShortText::new("x", TextStyle::new(theme::TEXT_SMALL), self.palette.ink);
        let tag = one.layout(self.engine).size().y + GRID * 1.5;
        let has_margin = margin_of(self.view, self.state.sheet.column()) >= WIDE_MARGIN;
        let height = |tags: usize| {
            if tags == 0 || has_margin {
                0.0
            } else {
                GRID * 1.5 + tags.min(MOST) as f32 * tag
            }
        };
        Strips {
            above: height(above),
            below: height(below),
        }
    }
}

/// The room beside the text in which tags stand.
fn margin_of(view: Rect, column: Rangef) -> f32 {
    view.right() - column.max - GRID * 8.0
}

/// Draws a strip over what lies under it; where it is.
pub(super) fn draw_strip(ui: &Ui, palette: &Palette, view: Rect, height: f32, above: bool) -> Rect {
    let strip = if above {
        view.with_max_y(view.top() + height)
    } else {
        view.with_min_y(view.bottom() - height)
    };
    let painter = ui.painter().with_clip_rect(view);
    painter.rect_filled(strip, 0.0, palette.canvas);
    let y = if above { strip.bottom() } else { strip.top() };
    painter.hline(strip.x_range(), y, Stroke::new(1.0, palette.hairline));
    strip
}

/// Draws the tags; where each stands, and the span that it leads to.
pub(super) fn draw_tags(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    tags: &[Tag],
    view: Rect,
    column: Rangef,
) -> Vec<(Rect, SpanId)> {
    let mut placed = Vec::new();
    for above in [true, false] {
        let mine: Vec<&Tag> = tags.iter().filter(|tag| tag.above == above).collect();
        let mut edge = if above {
            view.top() + GRID
        } else {
            view.bottom() - GRID
        };
        for (place, tag) in mine.iter().take(MOST).enumerate() {
            let left = mine.len() - MOST.min(mine.len());
            let words = if place + 1 == MOST && left > 0 {
                format!("{}  {}", tag.words, words::more_relations(left))
            } else {
                tag.words.clone()
            };
            let rect = draw_tag(ui, engine, palette, &words, (view, column), (edge, above));
            draw_arrow(ui, palette, rect, above);
            let step = rect.height() + GRID / 2.0;
            edge += if above { step } else { -step };
            placed.push((rect, tag.span.clone()));
        }
    }
    placed
}

fn draw_tag(
    ui: &Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    words: &str,
    (view, column): (Rect, Rangef),
    (edge, above): (f32, bool),
) -> Rect {
    let style = TextStyle::new(theme::TEXT_SMALL);
    let margin = margin_of(view, column);
    let widest = if margin >= WIDE_MARGIN {
        margin
    } else {
        column.span() * WIDEST
    };
    let short = ShortText::new(words, style, palette.ink).max_width(widest);
    let size = short.layout(engine).size() + vec2(GRID * 3.0 + ARROW, GRID);
    let top = if above { edge } else { edge - size.y };
    let rect = Rect::from_min_size(pos2(view.right() - size.x - GRID, top), size);
    let border = Stroke::new(1.0, palette.border);
    ui.painter()
        .rect(rect, 3.0, palette.raised, border, StrokeKind::Inside);
    short.paint_at(ui, engine, rect.min + vec2(GRID * 2.0 + ARROW, GRID / 2.0));
    rect
}

/// A small arrow to where the other end lies: the fonts have none.
fn draw_arrow(ui: &Ui, palette: &Palette, tag: Rect, above: bool) {
    let center = pos2(tag.left() + GRID + ARROW / 2.0, tag.center().y);
    let up = if above { -ARROW / 2.0 } else { ARROW / 2.0 };
    let points = vec![
        center + vec2(0.0, up),
        center + vec2(ARROW / 2.0, -up * 0.6),
        center + vec2(-ARROW / 2.0, -up * 0.6),
    ];
    let arrow = egui::Shape::convex_polygon(points, palette.relation, Stroke::NONE);
    ui.painter().add(arrow);
}
