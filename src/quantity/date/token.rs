//! From words to senses: what is a number, which expressions of a table stand there, and what is unknown.
//!
//! Knows nothing of what the senses come to together.

use crate::text::fold;

use super::by_units::by_units;
use super::table::{Sense, Table, is_word_by_itself};

/// One piece of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// Digits: their number, and how many they were.
    Digits(u32, usize),
    /// A sign between digits or words: `/`, `.`, `-`, `:`.
    Sign(char),
    /// Words of the table.
    Sense(Sense),
    /// A word that no table has.
    Unknown,
}

/// More than this is no date but a text.
const LONGEST: usize = 400;

/// The pieces of a text in order, with what says nothing left out; nothing where the text is too long for a date.
pub(super) fn items(words: &str, table: &Table) -> Vec<Item> {
    if words.len() > LONGEST {
        return Vec::new();
    }
    let folded = fold(words);
    let tokens = tokens(&folded);
    let mut items = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Digits(digits) => items.push(digits_item(digits)),
            Token::Sign(sign) => items.push(Item::Sign(*sign)),
            Token::Decade => items.push(Item::Sense(Sense::Unread)),
            Token::Word(word) => {
                at += word_items(&tokens, at, word, table, &mut items);
                continue;
            }
        }
        at += 1;
    }
    items.retain(|item| *item != Item::Sense(Sense::Skip));
    if table.names_by_units {
        return by_units(&items);
    }
    items
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Digits(&'a str),
    Sign(char),
    Decade,
}

/// Words, digits, and the signs that matter; other punctuation parts words and is gone.
fn tokens(folded: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = folded;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let same = |c: char| c.is_ascii_digit() == first.is_ascii_digit() && c.is_alphanumeric();
        let end = if first.is_alphanumeric() && !is_word_by_itself(first) {
            rest.find(|c| !same(c) || is_word_by_itself(c))
                .unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let is_between_digits =
            || before.is_ascii_digit() && behind.chars().next().is_some_and(|c| c.is_ascii_digit());
        match first {
            // “The 1990s” are ten years.
            's' if piece == "s" && before.is_ascii_digit() => tokens.push(Token::Decade),
            c if c.is_ascii_digit() => tokens.push(Token::Digits(piece)),
            c if c.is_alphanumeric() => tokens.push(Token::Word(piece)),
            '/' | '-' => tokens.push(Token::Sign(first)),
            '.' | ':' if is_between_digits() => tokens.push(Token::Sign(first)),
            _ => {}
        }
        before = piece.chars().next_back().unwrap_or(' ');
        rest = behind;
    }
    tokens
}

fn digits_item(digits: &str) -> Item {
    let is_short = digits.len() <= 8;
    let number = digits.parse().ok().filter(|_| is_short);
    number.map_or(Item::Unknown, |number| Item::Digits(number, digits.len()))
}

/// Takes the expression that begins with a word; gives how many tokens it had.
fn word_items(tokens: &[Token<'_>], at: usize, word: &str, table: &Table, items: &mut Vec<Item>) -> usize {
    let (mut words, taken) = words_from(tokens, at);
    if let Some(length) = take(&words, table, items) {
        return taken.get(length - 1).copied().unwrap_or(1);
    }
    // Letters that are written together with the word behind them, three at most.
    let mut before: Vec<Item> = Vec::new();
    let mut bare = word;
    for _ in 0..3 {
        let mut letters = bare.chars();
        let Some(sense) = letters.next().and_then(|letter| table.proclitic(letter)) else {
            break;
        };
        before.push(Item::Sense(sense));
        bare = letters.as_str();
        if bare.is_empty() {
            items.append(&mut before);
            return 1;
        }
        if let Some(first) = words.first_mut() {
            *first = bare;
        }
        if table.longest(&words).is_some() {
            items.append(&mut before);
            let length = take(&words, table, items).unwrap_or(1);
            return taken.get(length - 1).copied().unwrap_or(1);
        }
    }
    items.push(Item::Unknown);
    1
}

/// Puts down the longest expression at the start of these words; gives how many words it has.
fn take(words: &[&str], table: &Table, items: &mut Vec<Item>) -> Option<usize> {
    let (length, sense) = table.longest(words)?;
    let (taken, behind) = words.split_at_checked(length)?;
    let counts = || {
        // “Sept jours”: what counts a unit is a number, whatever else the word can mean.
        let next = table.longest(behind).map(|(_, sense)| sense);
        matches!(next, Some(Sense::Unit(..)))
            .then(|| table.number(taken))
            .flatten()
    };
    items.push(Item::Sense(counts().map_or(sense, Sense::Number)));
    Some(length)
}

/// The words from here on up to what is neither a word nor a hyphen between words, and after which token each ends.
fn words_from<'a>(tokens: &[Token<'a>], at: usize) -> (Vec<&'a str>, Vec<usize>) {
    let mut words = Vec::new();
    let mut taken = Vec::new();
    for (index, token) in tokens.iter().skip(at).enumerate() {
        match token {
            Token::Word(word) => {
                words.push(*word);
                taken.push(index + 1);
            }
            Token::Sign('-') => {}
            _ => break,
        }
    }
    (words, taken)
}

#[cfg(test)]
mod tests {
    use super::super::calendar::Unit;
    use super::*;

    fn check(lang: &str, words: &str, expected: &[Item]) {
        assert_eq!(items(words, Table::of(lang).unwrap()), expected, "{words}");
    }

    #[test]
    fn numbers_of_any_script_and_signs_between_them_are_pieces() {
        let date = [
            Item::Digits(12, 2),
            Item::Sign('/'),
            Item::Digits(5, 1),
            Item::Sign('/'),
            Item::Digits(2022, 4),
        ];
        check("ar", "١٢/٥/٢٠٢٢", &date);
        check("fr", "12/5/2022.", &date);
        check(
            "fr",
            "le 1er mai",
            &[Item::Digits(1, 1), Item::Sense(Sense::Month(5))],
        );
    }

    #[test]
    fn expressions_are_found_over_hyphens_and_behind_letters_written_with_them() {
        check(
            "fr",
            "Avant‑hier soir",
            &[Item::Sense(Sense::Relative(Unit::Day, -2))],
        );
        check("fr", "aujourd’hui", &[Item::Sense(Sense::Relative(Unit::Day, 0))]);
        check(
            "he",
            "ב-12 במאי",
            &[Item::Sign('-'), Item::Digits(12, 2), Item::Sense(Sense::Month(5))],
        );
        check(
            "ar",
            "ومارس",
            &[Item::Sense(Sense::To), Item::Sense(Sense::Month(3))],
        );
        check(
            "fr",
            "mardi à Alep",
            &[
                Item::Sense(Sense::Weekday(2)),
                Item::Sense(Sense::To),
                Item::Unknown,
            ],
        );
    }

    #[test]
    fn a_word_that_counts_is_a_number() {
        let unit = Item::Sense(Sense::Unit(Unit::Day, super::super::table::Count::Many));
        check("fr", "sept jours", &[Item::Sense(Sense::Number(7)), unit]);
        check(
            "fr",
            "12 sept. 2022",
            &[
                Item::Digits(12, 2),
                Item::Sense(Sense::Month(9)),
                Item::Digits(2022, 4),
            ],
        );
    }
}
