//! An article cut into what is laid out at a time: paragraphs, and chunks of those that are very long.
//!
//! A chunk ends where cutting cannot change the order of anything: behind white space, outside all brackets and
//! direction controls, between two letters whose direction decides for itself, if such a place is near; else behind
//! white space, else between two graphemes. The direction is resolved over the whole paragraph. Knows no widths.

use icu_segmenter::GraphemeClusterSegmenter;
use unicode_bidi::BidiClass;

use crate::text::{ByteOffset, ByteRange, Direction, Text, paragraph_directions, paragraphs};

/// A paragraph of more bytes is cut.
pub(super) const LONGEST: usize = 16 << 10;
/// About so many bytes a chunk has, so that laying out the next one does not hold up a frame.
const CHUNK: usize = 3 << 10;
/// So far from there a better place to cut is looked for.
const SEARCH: usize = 1 << 10;
/// So far before that the classes of characters are looked at, which costs more than all the rest.
const RUN_UP: usize = 256;

/// What is laid out at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    start: u32,
    end: u32,
    pub(super) direction: Direction,
    /// The number of its paragraph among all, counted from zero.
    pub(super) line: u32,
    /// The number of its paragraph among those that hold words, counted from one; zero where it holds none.
    pub(super) paragraph: u32,
    /// Whether the same paragraph goes on in the next item.
    pub(super) continues: bool,
}

impl Item {
    /// Its text, without a line break.
    pub(super) fn range(self) -> ByteRange {
        ByteRange::between(
            ByteOffset::new(self.start as usize),
            ByteOffset::new(self.end as usize),
        )
    }

    /// The part of it from `start` to `end`, which the same paragraph follows on where asked.
    fn part(self, start: usize, end: usize, continues: bool) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
            continues,
            ..self
        }
    }
}

/// The items of a text, at least one. Texts over 4 GB are cut off: an article is far smaller.
pub(super) fn items(text: &Text) -> Vec<Item> {
    let whole = text.as_str();
    let paragraphs = paragraphs(whole);
    let directions = paragraph_directions(whole, &paragraphs);
    let mut items = Vec::with_capacity(paragraphs.len());
    let mut numbered = 0;
    for (line, (paragraph, direction)) in paragraphs.iter().zip(directions).enumerate() {
        let (mut start, end) = (paragraph.content.start().get(), paragraph.content.end().get());
        if end > u32::MAX as usize {
            break;
        }
        let content = text.slice(paragraph.content).unwrap_or_default();
        let blank = content.trim_start().is_empty();
        numbered += u32::from(!blank);
        let whole = Item {
            start: 0,
            end: 0,
            direction,
            line: line as u32,
            paragraph: if blank { 0 } else { numbered },
            continues: false,
        };
        if end - start > LONGEST {
            for cut in cuts(content, direction) {
                let cut = paragraph.content.start().get() + cut;
                items.push(whole.part(start, cut, true));
                start = cut;
            }
        }
        items.push(whole.part(start, end, false));
    }
    if items.is_empty() {
        items.push(Item::default());
    }
    items
}

/// Where a long paragraph is cut.
fn cuts(text: &str, direction: Direction) -> Vec<usize> {
    let mut scan = Scan::new(direction);
    let mut cuts = Vec::new();
    let mut start = 0;
    let mut best: Option<(u8, usize)> = None;
    for (at, c) in text.char_indices() {
        if at >= start + CHUNK - SEARCH {
            let quality = scan.quality_before(c);
            if quality > best.map_or(0, |(quality, _)| quality) {
                best = Some((quality, at));
            }
        }
        let good = best.is_some_and(|(quality, _)| quality == Scan::BEST) && at >= start + CHUNK;
        if good || at >= start + CHUNK + SEARCH {
            let cut = best.map_or_else(|| grapheme_start(text, start, at), |(_, cut)| cut);
            if text.len() - cut < SEARCH {
                break;
            }
            cuts.push(cut);
            start = cut;
            best = None;
        }
        scan.pass(c, at + RUN_UP + SEARCH >= start + CHUNK);
    }
    cuts
}

/// The start of the grapheme in which a position lies, looked for from shortly before it.
fn grapheme_start(text: &str, from: usize, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(256).max(from));
    let near = text.get(from..).unwrap_or_default();
    let last = GraphemeClusterSegmenter::new()
        .segment_str(near)
        .map(|found| from + found)
        .take_while(|found| *found <= at)
        .last();
    last.filter(|found| *found > from).unwrap_or(at)
}

/// What a cut has to know of the text before it.
struct Scan {
    base: Direction,
    /// Open brackets, embeddings, and isolates.
    depth: u32,
    controls: u32,
    /// Of the last letter; `None` also behind a number.
    last_strong: Option<Direction>,
    /// Whether something stands between that letter and here that takes its direction from both sides.
    neutral: bool,
    space: bool,
    sentence: bool,
}

impl Scan {
    const BEST: u8 = 4;

    fn new(base: Direction) -> Self {
        Self {
            base,
            depth: 0,
            controls: 0,
            last_strong: None,
            neutral: false,
            space: false,
            sentence: false,
        }
    }

    /// How good a cut before this character is; zero where it may split a word.
    fn quality_before(&self, next: char) -> u8 {
        if !self.space || next.is_whitespace() {
            return 0;
        }
        let after = strong(next);
        let settled = match (self.last_strong, after) {
            (_, None) => false,
            (None, _) => !self.neutral,
            (Some(before), Some(after)) => !self.neutral || before == self.base || after == self.base,
        };
        match (settled && self.controls == 0, self.depth == 0, self.sentence) {
            (true, true, true) => Self::BEST,
            (true, true, false) => 3,
            (true, false, _) => 2,
            (false, ..) => 1,
        }
    }

    /// Goes over a character, closely where a cut may follow soon.
    fn pass(&mut self, c: char, closely: bool) {
        if closely {
            match unicode_bidi::bidi_class(c) {
                BidiClass::L | BidiClass::R | BidiClass::AL => {
                    self.last_strong = strong(c);
                    (self.neutral, self.sentence) = (false, false);
                }
                BidiClass::NSM | BidiClass::BN | BidiClass::WS => {}
                _ => self.neutral = true,
            }
        }
        match c {
            '(' | '[' | '{' | '«' | '“' => self.depth += 1,
            ')' | ']' | '}' | '»' | '”' => self.depth = self.depth.saturating_sub(1),
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' => self.controls += 1,
            '\u{202c}' | '\u{2069}' => self.controls = self.controls.saturating_sub(1),
            '.' | '!' | '?' | '؟' | '۔' | '…' | '。' | '।' => self.sentence = true,
            _ => {}
        }
        self.space =
            c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}') || matches!(c, '。' | '、' | '，');
    }
}

fn strong(c: char) -> Option<Direction> {
    match unicode_bidi::bidi_class(c) {
        BidiClass::L => Some(Direction::LeftToRight),
        BidiClass::R | BidiClass::AL => Some(Direction::RightToLeft),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiled(text: &str) -> Vec<Item> {
        let items = items(&Text::new(text));
        let mut end = 0;
        for item in &items {
            let range = item.range();
            assert!(range.start().get() >= end, "items are in order");
            let between = text.get(end..range.start().get()).unwrap();
            assert!(
                between.chars().all(|c| "\r\n\u{85}\u{2029}".contains(c)),
                "{between:?} is lost"
            );
            end = range.end().get();
        }
        items
    }

    #[test]
    fn a_paragraph_is_an_item_and_a_line_break_belongs_to_none() {
        let items = tiled("Un\r\nحلب 2016\n\nTrois");
        let directions: Vec<_> = items.iter().map(|item| item.direction).collect();
        assert_eq!(items.len(), 4);
        assert_eq!(&directions[..2], [Direction::LeftToRight, Direction::RightToLeft]);
    }

    #[test]
    fn a_long_paragraph_is_cut_behind_sentences_and_keeps_its_direction() {
        let sentence = "وصل Jean Martin إلى المدينة في 12 مايو (بعد يومين). ";
        let text = sentence.repeat(2_000);
        let items = tiled(&text);
        assert!(items.len() > 20, "{}", items.len());
        for item in &items {
            assert_eq!(item.direction, Direction::RightToLeft);
            assert!(item.range().len() <= CHUNK + 2 * SEARCH);
            assert_eq!(item.range().start().get() % sentence.len(), 0);
        }
        assert!(items.iter().rev().skip(1).all(|item| item.continues));
        assert!(items.last().is_some_and(|item| !item.continues));
    }

    #[test]
    fn a_long_paragraph_without_a_space_is_cut_between_graphemes() {
        let text = "e\u{301}".repeat(20_000);
        for item in tiled(&text) {
            assert_eq!(item.range().start().get() % 3, 0);
            assert!(item.range().len() <= CHUNK + 2 * SEARCH);
        }
        assert_eq!(tiled("").len(), 1);
    }

    #[test]
    fn a_grapheme_without_end_is_still_cut() {
        let text = format!("a{}", "\u{301}".repeat(30_000));
        assert!(tiled(&text).len() > 5);
    }
}
