//! The words of a text, and where its sentences end.
//!
//! Knows what letters, numbers and marks look like; what words say is not known here.

use crate::text::{ByteOffset, ByteRange, digit_value};

use super::Table;

/// Characters around a figure in which its hedge and its people may stand: a few words, so that a long article is read once.
const AROUND: usize = 48;

/// A word of the text, or a number in digits with its grouping.
pub(super) struct Word<'a> {
    pub(super) content: &'a str,
    pub(super) range: ByteRange,
    pub(super) is_number: bool,
    pub(super) starts_sentence: bool,
    pub(super) is_behind_comma: bool,
}

/// The words of a text in order.
pub(super) struct Words<'a> {
    text: &'a str,
    tables: &'a [&'a Table],
    characters: std::iter::Peekable<std::str::CharIndices<'a>>,
    sentence_ended: bool,
    is_behind_comma: bool,
}

impl<'a> Words<'a> {
    /// The words of a text; those of Chinese by the tables.
    pub(super) fn new(text: &'a str, tables: &'a [&'a Table]) -> Self {
        Self {
            text,
            tables,
            characters: text.char_indices().peekable(),
            sentence_ended: false,
            is_behind_comma: false,
        }
    }

    /// Goes on while the characters are of the word; answers where it ends.
    fn end_of(&mut self, start: usize, first: char, is_number: bool) -> usize {
        let mut end = start + first.len_utf8();
        if is_han(first) {
            return self.end_of_pair(start).unwrap_or(end);
        }
        while let Some((at, c)) = self.characters.peek().copied() {
            let goes_on = if is_number {
                digit_value(c).is_some() || (is_grouping(c) && self.digit_follows(at + c.len_utf8()))
            } else {
                is_letter(c) && digit_value(c).is_none() && !is_han(c)
            };
            if !goes_on {
                break;
            }
            end = at + c.len_utf8();
            self.characters.next();
        }
        end
    }

    /// Where the two characters end that start here, if they are a word of a table; goes on behind them.
    fn end_of_pair(&mut self, start: usize) -> Option<usize> {
        let (at, second) = self.characters.peek().copied()?;
        let end = at + second.len_utf8();
        let pair = self.text.get(start..end).filter(|_| is_han(second))?;
        self.tables
            .iter()
            .any(|table| table.words.contains_key(pair))
            .then(|| self.characters.next())?;
        Some(end)
    }

    fn digit_follows(&self, at: usize) -> bool {
        self.text.get(at..).is_some_and(begins_with_digit)
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let (start, c) = self.characters.next()?;
            if !is_letter(c) {
                self.sentence_ended |= ends_sentence(c);
                self.is_behind_comma |= is_comma(c);
                continue;
            }
            let is_number = digit_value(c).is_some();
            let end = self.end_of(start, c, is_number);
            let starts_sentence = std::mem::take(&mut self.sentence_ended);
            return Some(Word {
                content: self.text.get(start..end).unwrap_or_default(),
                range: ByteRange::between(ByteOffset::new(start), ByteOffset::new(end)),
                is_number,
                starts_sentence,
                is_behind_comma: std::mem::take(&mut self.is_behind_comma),
            });
        }
    }
}

/// Letters, digits, and the marks on letters.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{93c}' | '\u{94d}')
}

/// Characters of Chinese, which stand without spaces.
const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

const fn is_grouping(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | '\'' | '\u{2019}' | '\u{66c}' | '\u{66b}' | '\u{a0}' | '\u{202f}' | '\u{2009}'
    )
}

const fn is_comma(c: char) -> bool {
    matches!(c, ',' | ';' | '،' | '؛' | '，' | '、' | '；')
}

const fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '\n' | '।' | '。' | '！' | '？' | '\u{61f}' | '\u{6d4}' | '\u{2026}' | '\u{2029}'
    )
}

/// The last characters of a text that are of the sentence in which it ends.
pub(super) fn sentence_before(text: &str) -> &str {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev().take(AROUND) {
        let is_in_number = is_grouping(c) && text.get(start..).is_some_and(begins_with_digit);
        if ends_sentence(c) && !is_in_number {
            break;
        }
        start = at;
    }
    text.get(start..).unwrap_or_default()
}

/// The first characters of a text that are of the sentence in which it begins.
pub(super) fn sentence_behind(text: &str) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices().take(AROUND) {
        let behind = at + c.len_utf8();
        let is_in_number = is_grouping(c) && text.get(behind..).is_some_and(begins_with_digit);
        if ends_sentence(c) && !is_in_number {
            break;
        }
        end = behind;
    }
    text.get(..end).unwrap_or_default()
}

fn begins_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| digit_value(c).is_some())
}
