//! The text of a file, put together again from its sentences, and where each row lies in it.
//!
//! As INCEpTION reads it: between two sentences that do not touch a line feed, then spaces; before the first spaces.

use std::path::Path;

use crate::text::{ByteOffset, ByteRange, Text};

use super::super::position::Unit;
use super::super::unit_probe::UnitProbe;
use super::super::{Diagnostic, ReadOptions, Sink};
use super::lines::{Block, Row, Sheet};
use super::write::ends_cell;

/// White space between two sentences beyond which their positions are not believed.
const WIDEST_GAP: usize = 1 << 20;

/// A text and its rows.
pub(super) struct Rebuilt {
    pub text: String,
    /// Where each row of the file lies, in order; `None` where its place does not hold its word.
    pub places: Vec<Option<ByteRange>>,
}

/// Puts a text together. What does not fit is told.
pub(super) fn rebuild(path: &Path, sheet: &Sheet<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Rebuilt {
    let texts: Vec<Text> = sheet
        .blocks
        .iter()
        .map(|block| Text::new(block.text.as_str()))
        .collect();
    let mut probe = UnitProbe::default();
    for (block, text) in sheet
        .blocks
        .iter()
        .zip(&texts)
        .filter(|(_, text)| !text.as_str().is_ascii())
    {
        for row in &block.rows {
            if let Some((begin, end)) = inside(block, row).filter(|(begin, end)| begin < end) {
                probe.add_if(text, &vec![(begin, end)], |words| is_word(words, row.word));
            }
        }
    }
    let (unit, found) = probe.verdict(Unit::Utf16, options);
    if let Some(found) = found {
        sink.diagnostic(found.in_file(path));
    }
    let mut building = Building {
        unit,
        text: String::new(),
        length: 0,
        filled: 0,
        places: Vec::new(),
        tell: &mut |found, line| sink.diagnostic(found.in_file(path).at_line(line)),
    };
    for (block, text) in sheet.blocks.iter().zip(&texts) {
        building.sentence(block, text);
    }
    let (text, places, filled) = (building.text, building.places, building.filled);
    if filled > 0 && sheet.about.is_none() {
        let message = format!(
            "what stands between sentences is not in the file: in {filled} places a line break, and spaces for what is \
             longer, stand for it, as in INCEpTION"
        );
        sink.diagnostic(Diagnostic::info("text_rebuilt", message).in_file(path));
    }
    Rebuilt { text, places }
}

/// A row's place in its sentence, which begins with its first row.
fn inside(block: &Block<'_>, row: &Row<'_>) -> Option<(usize, usize)> {
    let base = block.rows.first()?.begin;
    Some((row.begin.checked_sub(base)?, row.end.checked_sub(base)?))
}

/// Whether words of the text are those of a row, in whose column some characters cannot stand.
fn is_word(words: &str, word: &str) -> bool {
    let plain = |c: char| if ends_cell(c) { ' ' } else { c };
    words == word || words.chars().map(plain).eq(word.chars().map(plain))
}

struct Building<'a> {
    unit: Unit,
    text: String,
    /// Of the text, in units of the file.
    length: usize,
    /// Places between two sentences that had to be filled.
    filled: usize,
    places: Vec<Option<ByteRange>>,
    tell: &'a mut dyn FnMut(Diagnostic, u64),
}

impl Building<'_> {
    fn sentence(&mut self, block: &Block<'_>, text: &Text) {
        self.gap(block);
        let base = self.text.len();
        self.text.push_str(text.as_str());
        self.length = self.length.saturating_add(self.unit.count(text.as_str()));
        let mut reach = ByteOffset::ZERO;
        let (mut is_whole, mut missing) = (true, None);
        for row in &block.rows {
            let place = self.place(block, row, text);
            if let Some(place) = place {
                missing = missing.or_else(|| uncovered(text, reach, place.start()));
                reach = reach.max(place.end());
            }
            is_whole &= place.is_some();
            let moved = |at: ByteOffset| ByteOffset::new(base + at.get());
            self.places
                .push(place.map(|place| ByteRange::between(moved(place.start()), moved(place.end()))));
        }
        let missing = missing.or_else(|| uncovered(text, reach, text.end()));
        if let Some(words) = missing.filter(|_| is_whole) {
            let message = format!("the sentence has words that no row stands for: {words:?}");
            let found = Diagnostic::warning("rows_missing", message);
            let hint = "what was marked there is missing; where the file was cut off, look for a whole one";
            (self.tell)(found.with_hint(hint), block.line);
        }
    }

    /// What stands before a sentence.
    fn gap(&mut self, block: &Block<'_>) {
        let is_first = self.places.is_empty() && self.text.is_empty();
        let begin = block
            .rows
            .first()
            .map_or(self.length + usize::from(!is_first), |row| row.begin);
        let gap = begin.checked_sub(self.length).filter(|gap| *gap <= WIDEST_GAP);
        let Some(gap) = gap else {
            let message = format!(
                "the sentence begins at {begin}, but the text before it ends at {}",
                self.length
            );
            let found = Diagnostic::warning("bad_offsets", message);
            (self.tell)(found.with_hint("it was put on a line of its own"), block.line);
            self.text.push('\n');
            self.length = if begin < self.length {
                begin
            } else {
                self.length + 1
            };
            return;
        };
        if gap > 0 && !is_first {
            self.filled += 1;
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n(' ', gap - 1));
        } else {
            self.text.extend(std::iter::repeat_n(' ', gap));
        }
        self.length = begin;
    }

    fn place(&mut self, block: &Block<'_>, row: &Row<'_>, text: &Text) -> Option<ByteRange> {
        let located = inside(block, row).and_then(|(begin, end)| {
            let (begin, end) = (self.unit.locate(text, begin)?, self.unit.locate(text, end)?);
            ByteRange::new(begin, end)
        });
        let Some(place) = located else {
            let message = format!(
                "{}–{} is no place in the sentence of row {}",
                row.begin, row.end, row.name
            );
            self.kept_out("bad_offsets", message, row);
            return None;
        };
        let words = text.slice(place).unwrap_or_default();
        if is_word(words, row.word) {
            return Some(place);
        }
        let message = format!(
            "row {} says {:?}, but its place holds {words:?}",
            row.name, row.word
        );
        self.kept_out("quote_mismatch", message, row);
        None
    }

    fn kept_out(&mut self, code: &'static str, message: String, row: &Row<'_>) {
        let found = Diagnostic::error(code, message);
        (self.tell)(found.with_hint(Diagnostic::MEND_PART), row.line);
    }
}

/// The words between two places, where there are any.
fn uncovered(text: &Text, from: ByteOffset, to: ByteOffset) -> Option<String> {
    let between = ByteRange::new(from, to).and_then(|range| text.slice(range))?;
    let words = between.trim();
    // Readers cut what is not seen off tokens, as white space.
    let is_seen = |c: char| {
        let is_unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        !is_unseen && !c.is_whitespace() && !c.is_control()
    };
    words.contains(is_seen).then(|| words.chars().take(60).collect())
}
