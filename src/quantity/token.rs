//! The words, numbers and marks of a few sentences, as a reader of figures sees them.
//!
//! Knows no language: which words mean what, and which short words are written together with the next one, the
//! tables say.

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

use crate::text::{Script, digit_value, fold, script_of};

use super::digits::{self, Digits};

/// One piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Whether no space is before it.
    pub is_attached: bool,
    /// Whether it was one word with the next piece.
    pub is_clitic: bool,
    /// Before, in, or after the words that are read.
    pub place: Place,
    /// Its bytes in the text that it was cut from; those of the whole word where the word was cut further.
    pub bytes: Range<usize>,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word, folded; one character of Chinese.
    Word(String),
    /// A row of digits with what groups them.
    Number(Digits),
    /// A sign that says something about a number: `+`, `~`, `>`, `%`, `$`.
    Sign(char),
    /// A hyphen or dash that is not inside a word.
    Dash,
    /// A comma or bracket.
    Comma,
    /// What parts clauses.
    Stop,
}

/// Where a piece lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the sentence, before the words that are read.
    Before,
    /// In the words that are read.
    Inside,
    /// In the sentence, after them.
    After,
}

impl Token {
    /// The folded word, where it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The sign, where it is one.
    pub fn sign(&self) -> Option<char> {
        match self.kind {
            TokenKind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    /// The digits, where it is a number.
    pub fn digits(&self) -> Option<&Digits> {
        match &self.kind {
            TokenKind::Number(digits) => Some(digits),
            _ => None,
        }
    }
}

/// Cuts a text into pieces. What is invisible is not there.
pub(super) fn tokens(text: &str, place: Place) -> Vec<Token> {
    let category = CodePointMapData::<GeneralCategory>::new();
    let is_visible = |c: &char| category.get(*c) != GeneralCategory::Format;
    let (starts, chars): (Vec<usize>, Vec<char>) = text.char_indices().filter(|(_, c)| is_visible(c)).unzip();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = chars.get(at).copied() {
        let is_attached = at > 0 && chars.get(at - 1).is_some_and(|c| !c.is_whitespace());
        let (kind, len) = if digit_value(first).is_some() {
            let (digits, len) = digits::read(chars.get(at..).unwrap_or_default());
            (Some(TokenKind::Number(digits)), len)
        } else if first.is_alphabetic() {
            let len = word_len(chars.get(at..).unwrap_or_default());
            let word: String = chars.get(at..at + len).unwrap_or_default().iter().collect();
            (Some(TokenKind::Word(fold(&word))), len)
        } else {
            (mark(&chars, at), 1)
        };
        tokens.extend(kind.map(|kind| Token {
            kind,
            is_attached,
            is_clitic: false,
            place,
            bytes: bytes_of(&starts, &chars, at..at + len),
        }));
        at += len;
    }
    tokens
}

/// The bytes of some characters, by where each of them starts.
fn bytes_of(starts: &[usize], chars: &[char], piece: Range<usize>) -> Range<usize> {
    let start = starts.get(piece.start).copied().unwrap_or_default();
    let last = piece.end.saturating_sub(1);
    let end = starts.get(last).zip(chars.get(last));
    start..end.map_or(start, |(at, c)| at + c.len_utf8())
}

/// How many characters the word has that starts here.
fn word_len(chars: &[char]) -> usize {
    let category = CodePointMapData::<GeneralCategory>::new();
    let is_han = |c: &char| script_of(*c) == Some(Script::HAN);
    if chars.first().is_some_and(is_han) {
        return 1;
    }
    let goes_on = |(at, c): &(usize, &char)| {
        let is_letter = c.is_alphabetic() && !is_han(c);
        let is_abbreviation = is_hebrew_mark(**c)
            && chars
                .get(at + 1)
                .is_some_and(|next| script_of(*next) == Some(Script::HEBREW))
            && chars.first().and_then(|first| script_of(*first)) == Some(Script::HEBREW);
        is_letter || is_abbreviation || GeneralCategoryGroup::Mark.contains(category.get(**c))
    };
    chars.iter().enumerate().take_while(goes_on).count().max(1)
}

/// What stands in Hebrew abbreviations between letters.
fn is_hebrew_mark(c: char) -> bool {
    matches!(c, '"' | '\u{5f3}' | '\u{5f4}' | '\u{201d}')
}

/// What a character that is no letter and no digit says; nothing for space and quotes.
fn mark(chars: &[char], at: usize) -> Option<TokenKind> {
    let c = *chars.get(at)?;
    Some(match c {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5be}' | '\u{ff0d}' => {
            let is_letter =
                |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
            if is_letter(at.checked_sub(1)) && is_letter(at.checked_add(1)) {
                return None;
            }
            TokenKind::Dash
        }
        '+' | '>' | '<' | '≥' | '≤' | '±' | '≈' | '%' | '$' | '€' | '£' | '¥' | '₪' | '#' | '№' | '°' => {
            TokenKind::Sign(c)
        }
        '~' | '∼' | '～' | '〜' => TokenKind::Sign('~'),
        '٪' | '％' => TokenKind::Sign('%'),
        '＋' => TokenKind::Sign('+'),
        ',' | '،' | '、' | '，' | '(' | ')' | '[' | ']' | '（' | '）' => TokenKind::Comma,
        '.' | ';' | ':' | '!' | '?' | '؛' | '؟' | '。' | '；' | '：' | '…' | '·' | '\n' | '।' | '/' => {
            TokenKind::Stop
        }
        _ => return None,
    })
}
