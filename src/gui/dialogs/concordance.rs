//! Lines of a concordance: each hit in the middle, with the words of its paragraph before and behind it.
//!
//! A line is laid out as one text in the direction of its paragraph, so that letters join and runs are ordered as in
//! the article. Only the lines that are drawn are laid out. What becomes of the hits is the dialog's to know.

use std::collections::BTreeMap;

use egui::{Rect, Ui, pos2, vec2};

use crate::gui::paint::{Glyphs, TextEngine};
use crate::gui::theme::{self, Palette};
use crate::layout::{Layout, Request, Style};
use crate::text::{ByteOffset, ByteRange, Direction, Text, base_direction};

/// Bytes of the article that are looked at on each side of a hit.
const CONTEXT: usize = 320;
/// Bytes of a hit that are shown.
const LONGEST_HIT: usize = 240;
/// Bytes in which the start of the paragraph is looked for, which says in which direction it reads.
const PARAGRAPH: usize = 16 * 1024;
/// Lines that are kept laid out.
const KEPT: usize = 256;
/// Where the hit begins, as a share of the width from where reading begins.
const MIDDLE: f32 = 0.42;
/// How often a line is made shorter until it fits.
const ROUNDS: usize = 6;
/// Stands for what is left out.
const ELLIPSIS: &str = "…";

/// Lines that were laid out lately.
#[derive(Default)]
pub(super) struct Concordance {
    lines: BTreeMap<usize, Line>,
    /// What the lines were made for: fonts, pixels a point, width.
    made_for: (u64, u32, u32),
}

/// One hit with its context.
struct Line {
    layout: Layout,
    /// The hit in the line's own text.
    hit: ByteRange,
    /// The left edge of the line from that of its row.
    left: f32,
}

/// The words of a line before it is laid out.
struct Context {
    line: String,
    /// The hit in the line.
    hit: ByteRange,
    /// Bytes of the article before and behind the hit.
    before: usize,
    behind: usize,
}

impl Concordance {
    /// Draws the line of a hit into a rectangle; `row` is its number.
    #[allow(
        clippy::too_many_arguments,
        reason = "a row is where and what, in which colours"
    )]
    pub fn paint(
        &mut self,
        ui: &Ui,
        engine: &mut TextEngine,
        palette: &Palette,
        text: &Text,
        (row, hit): (usize, ByteRange),
        rect: Rect,
        is_on: bool,
    ) {
        let made_for = (
            engine.generation(),
            engine.scale().to_bits(),
            rect.width().to_bits(),
        );
        if self.made_for != made_for || self.lines.len() > KEPT {
            self.lines.clear();
            self.made_for = made_for;
        }
        let line = self
            .lines
            .entry(row)
            .or_insert_with(|| Line::new(engine, text, hit, rect.width()));
        let (_, height) = line.layout.size();
        let at = pos2(rect.left() + line.left, rect.center().y - height / 2.0);
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let (ground, ink) = if is_on {
            (palette.hit, palette.ink)
        } else {
            (palette.hit.gamma_multiply(0.6), palette.ink_weak)
        };
        for part in line.layout.rects(line.hit) {
            let part = Rect::from_min_size(at + vec2(part.x, part.y), vec2(part.width, part.height));
            painter.rect_filled(engine.snap_rect(part), 2.0, ground);
        }
        let mut glyphs = Glyphs::default();
        glyphs.add(ui.ctx(), engine, &line.layout, 0..1, at, ink);
        glyphs.paint(&painter);
    }
}

impl Line {
    /// The longest line that fits the width with the hit at its place.
    fn new(engine: &mut TextEngine, text: &Text, hit: ByteRange, width: f32) -> Self {
        let direction = direction_at(text, hit);
        let mut context = Context::around(text, hit, CONTEXT, CONTEXT);
        let mut line = Self::lay_out(engine, &context, direction, width);
        for _ in 0..ROUNDS {
            let (from_start, from_end) = line.overhang(direction, width);
            if from_start <= 0.0 && from_end <= 0.0 {
                break;
            }
            let (before, behind) = line.sides(direction);
            context = Context::around(
                text,
                hit,
                shorter(context.before, before, from_start),
                shorter(context.behind, behind, from_end),
            );
            line = Self::lay_out(engine, &context, direction, width);
        }
        line
    }

    fn lay_out(engine: &mut TextEngine, context: &Context, direction: Direction, width: f32) -> Self {
        let style = Style {
            size: theme::TEXT,
            line_height: 1.35,
            ..Style::default()
        };
        let request = Request::line(&context.line, direction, style, engine.scale());
        let mut line = Self {
            layout: Layout::new(engine.fonts(), &request),
            hit: context.hit,
            left: 0.0,
        };
        let (start, end) = line.extent();
        line.left = match direction {
            Direction::LeftToRight => width * MIDDLE - start,
            Direction::RightToLeft => width * (1.0 - MIDDLE) - end,
        };
        line
    }

    /// How far the line reaches out of its row where reading begins, and where it ends; negative where there is room.
    fn overhang(&self, direction: Direction, width: f32) -> (f32, f32) {
        let (left, right) = (-self.left, self.left + self.layout.size().0 - width);
        match direction {
            Direction::LeftToRight => (left, right),
            Direction::RightToLeft => (right, left),
        }
    }

    /// The widths of what stands before and behind the hit.
    fn sides(&self, direction: Direction) -> (f32, f32) {
        let (start, end) = self.extent();
        let (left, right) = (start, self.layout.size().0 - end);
        match direction {
            Direction::LeftToRight => (left, right),
            Direction::RightToLeft => (right, left),
        }
    }

    /// The left and the right edge of the hit.
    fn extent(&self) -> (f32, f32) {
        let parts = self.layout.rects(self.hit);
        let left = parts.iter().map(|part| part.x).fold(f32::INFINITY, f32::min);
        let right = parts.iter().map(|part| part.right()).fold(0.0, f32::max);
        (left.min(right), right)
    }
}

/// So many bytes of context that its width loses what is too much of it, and a little more.
fn shorter(bytes: usize, width: f32, too_much: f32) -> usize {
    if too_much <= 0.0 {
        return bytes;
    }
    let kept = ((width - too_much) / width.max(1.0)).clamp(0.0, 1.0);
    (bytes as f32 * kept * 0.96) as usize
}

/// The direction of the paragraph in which a hit begins.
fn direction_at(text: &Text, hit: ByteRange) -> Direction {
    let start = hit.start().get();
    let content = text.as_str();
    let from = content.ceil_char_boundary(start.saturating_sub(PARAGRAPH));
    let before = after_break(content.get(from..start).unwrap_or_default());
    let own = base_direction(before).or_else(|| {
        let to = content.floor_char_boundary(start + CONTEXT);
        base_direction(before_break(content.get(start..to).unwrap_or_default()))
    });
    own.unwrap_or_default()
}

impl Context {
    /// A hit with at most so many bytes of its paragraph on each side, cut between words.
    fn around(text: &Text, hit: ByteRange, before: usize, behind: usize) -> Self {
        let content = text.as_str();
        let (start, end) = (hit.start().get(), hit.end().get());
        let from = content.ceil_char_boundary(start.saturating_sub(before));
        let window = content.get(from..start).unwrap_or_default();
        let mut ahead = after_break(window);
        let is_cut = ahead.len() == window.len() && !content.get(..from).is_none_or(ends_line);
        if is_cut {
            ahead = ahead.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
        }
        let to = content.floor_char_boundary(end + behind);
        let window = content.get(end..to).unwrap_or_default();
        let mut rest = before_break(window);
        let goes_on = rest.len() == window.len() && !content.get(to..).is_none_or(starts_line);
        if goes_on {
            rest = rest.rsplit_once(char::is_whitespace).map_or("", |(kept, _)| kept);
        }
        let shown = content.floor_char_boundary(end.min(start + LONGEST_HIT));
        let mut line = String::new();
        line.push_str(if is_cut { ELLIPSIS } else { "" });
        line.push_str(ahead);
        let first = line.len();
        line.push_str(content.get(start..shown).unwrap_or_default());
        line.push_str(if shown < end { ELLIPSIS } else { "" });
        let last = line.len();
        line.push_str(rest);
        line.push_str(if goes_on { ELLIPSIS } else { "" });
        Self {
            line,
            hit: ByteRange::between(ByteOffset::new(first), ByteOffset::new(last)),
            before: ahead.len(),
            behind: rest.len(),
        }
    }
}

/// Whether nothing of the paragraph stands at the end of a text.
fn ends_line(text: &str) -> bool {
    text.is_empty() || text.ends_with(is_break)
}

/// Whether nothing of the paragraph stands at the start of a text.
fn starts_line(text: &str) -> bool {
    text.is_empty() || text.starts_with(is_break)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What stands behind the last line break.
fn after_break(text: &str) -> &str {
    text.rsplit(is_break).next().unwrap_or(text)
}

/// What stands before the first line break.
fn before_break(text: &str) -> &str {
    text.split(is_break).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::paint::SystemFonts;

    fn hit_in(content: &str, words: &str) -> (Text, ByteRange) {
        let start = content.find(words).unwrap();
        let range = ByteRange::between(ByteOffset::new(start), ByteOffset::new(start + words.len()));
        (Text::new(content), range)
    }

    fn shown(content: &str, words: &str, bytes: usize) -> String {
        let (text, hit) = hit_in(content, words);
        let Context { mut line, hit, .. } = Context::around(&text, hit, bytes, bytes);
        line.insert(hit.end().get(), '⟧');
        line.insert(hit.start().get(), '⟦');
        line
    }

    #[test]
    fn context_stays_in_the_paragraph_and_is_cut_between_words() {
        let text = "Titre\n\nDans la province d'Alep, plus de 50 civils.\nFin";
        assert_eq!(
            shown(text, "Alep", 100),
            "Dans la province d'⟦Alep⟧, plus de 50 civils."
        );
        assert_eq!(shown(text, "Alep", 12), "…province d'⟦Alep⟧, plus de…");
        assert_eq!(shown(text, "Alep", 0), "…⟦Alep⟧…");
        assert_eq!(shown("قال إن حلب بعيدة", "حلب", 9), "…إن ⟦حلب⟧…");
        let long = "a".repeat(LONGEST_HIT + 9);
        assert_eq!(shown(&long, &long, 9), format!("⟦{}…⟧", "a".repeat(LONGEST_HIT)));
    }

    #[test]
    fn a_line_reads_as_its_paragraph_does() {
        let (text, hit) = hit_in("English\nقال Emmanuel Macron إن القوات", "Macron");
        assert_eq!(direction_at(&text, hit), Direction::RightToLeft);
        let (text, hit) = hit_in("قال\nMr حلب x", "حلب");
        assert_eq!(direction_at(&text, hit), Direction::LeftToRight);
    }

    #[test]
    fn hits_stand_below_each_other_and_lines_fit_their_row() {
        let mut engine = TextEngine::new(SystemFonts::Off);
        let latin = "un mot ".repeat(40) + "Alep" + &" et plus".repeat(40);
        let short = "Un convoi humanitaire avec des otages libérés près de la ville d'Alep, deux morts";
        let arabic = "كلمة أخرى ".repeat(40) + "حلب" + &" وأكثر".repeat(40);
        for (content, words) in [
            (latin, "Alep"),
            (arabic, "حلب"),
            (short.into(), "Alep"),
            ("Alep".into(), "Alep"),
        ] {
            let (text, hit) = hit_in(&content, words);
            let line = Line::new(&mut engine, &text, hit, 500.0);
            let (start, end) = line.extent();
            let (edge, wanted) = match direction_at(&text, hit) {
                Direction::LeftToRight => (line.left + start, 500.0 * MIDDLE),
                Direction::RightToLeft => (line.left + end, 500.0 * (1.0 - MIDDLE)),
            };
            assert!((edge - wanted).abs() < 0.5, "{words}: {edge}");
            assert!(line.left >= -0.5, "{words}: {}", line.left);
            assert!(line.left + line.layout.size().0 <= 500.5, "{words}");
        }
    }
}
