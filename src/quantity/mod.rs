//! Casualty expressions in many languages, read as values; and dates, in [`date`].
//!
//! [`read`] takes the words of a span and those around them and says how many, of whom, and what befell them. What a
//! language's words mean stands in its table, a file in `assets/quantity`; the grammar here is the same for all. What
//! cannot be read is left empty. Knows nothing of projects, codebooks, and windows.
//!
//! ```
//! use hashiya::model::{Modifier, QuantityKind};
//! use hashiya::quantity::{Bounds, Context, read};
//!
//! let around = Context { before: "", after: " ont été tués à Alep" };
//! let figure = read("plus de 50 civils", Some("fr"), around, &Bounds::default()).expect("it is a figure");
//! assert_eq!((figure.kind, figure.modifier), (Some(QuantityKind::Killed), Some(Modifier::MoreThan)));
//! assert_eq!((figure.low, figure.best, figure.high), (Some(51), None, None));
//! assert_eq!(figure.who, ["civilians"]);
//! ```

mod around;
mod bounds;
mod children;
mod company;
pub mod date;
mod digits;
mod figure;
mod languages;
mod numeral;
mod reach;
mod row;
mod sentence;
#[cfg(test)]
mod spell;
mod table;
#[cfg(test)]
mod tests;
mod token;

pub use bounds::Bounds;
pub use reach::{Reach, reach};

use crate::model::{Quantity, QuantityKind};

use bounds::Amount;
use figure::Figure;
use sentence::Sentence;
use table::{Meaning, Table};
use token::{Place, Token, tokens};

/// The words around those that are read, best of the same sentence.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// What stands before them.
    pub before: &'a str,
    /// What stands behind them.
    pub after: &'a str,
}

/// Reads the value of a casualty expression, or nothing where the words say none.
///
/// The language is a BCP 47 tag; where it is unknown, or the words are in a script that it is not written in, the
/// script and the words themselves decide. `who` has the ids of the tables, which are those of the codebook `conflict`.
pub fn read(words: &str, lang: Option<&str>, context: Context<'_>, bounds: &Bounds) -> Option<Quantity> {
    read_by(languages::for_words(words, context, lang), words, context, bounds)
}

/// The same for words that an analyst types, who may write the language of the article or that of the window: the one
/// that knows more of the words reads them, of two that know as many that of the article.
pub fn read_typed(words: &str, lang: Option<&str>, window: &str, bounds: &Bounds) -> Option<Quantity> {
    let context = Context::default();
    let mut tables = languages::for_words(words, context, lang);
    tables.extend(languages::for_words(words, context, Some(window)));
    read_by(tables, words, context, bounds)
}

fn read_by(tables: Vec<&Table>, words: &str, context: Context<'_>, bounds: &Bounds) -> Option<Quantity> {
    best(tables, words, context, bounds)?.quantity
}

fn best(tables: Vec<&Table>, words: &str, context: Context<'_>, bounds: &Bounds) -> Option<Reading> {
    let pieces = pieces_of(words, context);
    // The language that knows most of the words; the first of those that know as many.
    let mut best: Option<Reading> = None;
    for table in tables {
        let reading = reading(table, &pieces, bounds);
        if best.as_ref().is_none_or(|best| reading.score > best.score) {
            best = Some(reading);
        }
    }
    best
}

/// Words with those around them, cut into pieces.
fn pieces_of(words: &str, context: Context<'_>) -> Vec<Token> {
    let mut pieces = tokens(context.before, Place::Before);
    pieces.extend(tokens(words, Place::Inside));
    pieces.extend(tokens(context.after, Place::After));
    pieces
}

/// The sentence as the language sees it that knows most of the words; the first of those that know as many.
fn best_sentence(words: &str, lang: Option<&str>, context: Context<'_>) -> Option<Sentence<'static>> {
    let pieces = pieces_of(words, context);
    let tables = languages::for_words(words, context, lang);
    let sentences = tables
        .into_iter()
        .rev()
        .map(|table| Sentence::new(table, &pieces));
    sentences.max_by_key(known_words)
}

/// The figures that words may say: one, or one for each of what may have befallen the people where
/// the words leave that open, as “dozens of dead and wounded” does. [`read`] says no kind then.
pub fn readings(words: &str, lang: Option<&str>, context: Context<'_>, bounds: &Bounds) -> Vec<Quantity> {
    let Some(reading) = best(languages::for_words(words, context, lang), words, context, bounds) else {
        return Vec::new();
    };
    if reading.kinds.len() < 2 {
        return reading.quantity.into_iter().collect();
    }
    let figure = reading.quantity.unwrap_or_default();
    let kinds = std::collections::BTreeSet::from_iter(reading.kinds);
    let kinds = kinds.iter().map(|kind| Quantity {
        kind: Some(*kind),
        ..figure.clone()
    });
    kinds.collect()
}

/// Whether the tables have words for an id of those who are counted.
pub fn has_words_for(who: &str) -> bool {
    languages::tables().any(|table| table.who.iter().any(|id| id == who))
}

/// What a language makes of the words.
struct Reading {
    quantity: Option<Quantity>,
    /// What may have befallen the people; the quantity has it where it is one thing.
    kinds: Vec<QuantityKind>,
    /// How many of the words the language knows, and then how much of them it could read.
    score: (usize, usize),
}

fn reading(table: &Table, pieces: &[Token], bounds: &Bounds) -> Reading {
    let mut sentence = Sentence::new(table, pieces);
    children::leave_out(&mut sentence);
    let figures = figure::figures(&sentence);
    let found = chosen(&sentence, &figures);
    let (mut quantity, kinds, who) = match &found {
        Some(figure) => (
            amount(&sentence, figure, bounds),
            around::kinds(&sentence, figure),
            around::who(&sentence, figure, &figures),
        ),
        None => (
            Quantity::default(),
            around::kinds_without_figure(&sentence),
            around::named(&sentence, sentence.inside.clone()),
        ),
    };
    if around::are_unharmed(&sentence, found.as_ref(), &kinds) {
        return Reading {
            quantity: None,
            kinds: Vec::new(),
            score: (known_words(&sentence), 1),
        };
    }
    let score = (
        known_words(&sentence),
        usize::from(found.is_some()) + usize::from(!kinds.is_empty()) + who.len(),
    );
    quantity.kind = match kinds.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    quantity.who = who
        .iter()
        .filter_map(|place| table.who.get(*place).cloned())
        .collect();
    let is_empty = found.is_none() && quantity.kind.is_none() && quantity.who.is_empty();
    Reading {
        quantity: (!is_empty).then_some(quantity),
        kinds,
        score,
    }
}

/// How many of the words that are read the language knows.
fn known_words(sentence: &Sentence<'_>) -> usize {
    let is_known = |at: &usize| !sentence.meanings(*at).is_empty();
    sentence.inside.clone().filter(is_known).count()
}

/// How many a figure says. Of a number that words beside it qualify (more than `[50 civilians]`), only the number is
/// said here.
fn amount(sentence: &Sentence<'_>, figure: &Figure, bounds: &Bounds) -> Quantity {
    match figure.amount {
        Amount::Number(number) if figure::is_qualified_beside(sentence, figure) => Quantity {
            best: Some(number),
            ..Quantity::default()
        },
        amount => bounds::bounded(amount, figure::modifier(sentence, figure), bounds),
    }
}

/// The figure that the words are about: the first that has people or what befell them behind it, else the first;
/// where there is none, the one person that a singular word speaks of.
fn chosen(sentence: &Sentence<'_>, figures: &[Figure]) -> Option<Figure> {
    let is_of_people = |place: usize, figure: &Figure| {
        let end = figures
            .get(place + 1)
            .map_or(sentence.inside.end, |next| next.start);
        // `hundreds, perhaps thousands, of civilians`
        let is_corrected = end < sentence.inside.end && end.saturating_sub(figure.end) <= 3;
        let is_qualified = !matches!(figure.amount, Amount::Number(_) | Amount::Range(..))
            || figure::modifier(sentence, figure).is_some()
            || figure::is_qualified_beside(sentence, figure);
        (figure.start..end).any(|at| sentence.is_about_people(at)) || (is_corrected && is_qualified)
    };
    let of_people = figures
        .iter()
        .enumerate()
        .find(|(place, figure)| is_of_people(*place, figure));
    if of_people.is_some_and(|(place, _)| is_one_of_two(sentence, figures, place)) {
        return None;
    }
    let first = of_people.map(|(_, figure)| figure).or(figures.first());
    let found = first
        .copied()
        .or_else(|| one_person(sentence))
        .or_else(|| one_unknown(sentence))?;
    Some(company::with_company(sentence, found))
}

/// `20 and 30 passengers`: whether two bare numbers stand before what one of them counts; whether they are the ends of a
/// range, two counts, or a part of something else, nobody can say.
fn is_one_of_two(sentence: &Sentence<'_>, figures: &[Figure], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| figures.get(before));
    let (Some(first), Some(second)) = (before, figures.get(place)) else {
        return false;
    };
    let are_numbers = [first, second]
        .iter()
        .all(|figure| matches!(figure.amount, Amount::Number(number) if number > 0));
    let is_joined = sentence
        .len_of(first.end, Meaning::And)
        .is_some_and(|len| sentence.skip_glue(first.end + len) == second.start);
    are_numbers && is_joined && !(first.start..first.end).any(|at| sentence.is_about_people(at))
}

/// `a guard`: an article and a word that no table has, and nothing that counts or is counted; in words that are marked
/// as a casualty it can only be one person.
fn one_unknown(sentence: &Sentence<'_>) -> Option<Figure> {
    let start = sentence.skip_glue(sentence.inside.start);
    let end = start + sentence.len_of(start, Meaning::One)?;
    let says_other = |at: usize| sentence.says(at, Meaning::People) || sentence.says(at, Meaning::Thing);
    let is_person = end < sentence.inside.end && !sentence.inside.clone().any(says_other);
    is_person.then_some(Figure {
        start,
        end,
        amount: Amount::Number(1),
    })
}

/// One person, of whom the words speak without a number, where no word speaks of several.
fn one_person(sentence: &Sentence<'_>) -> Option<Figure> {
    let mut inside = sentence.inside.clone();
    let speaks_of_several = inside.clone().any(|at| sentence.says(at, Meaning::People));
    let start = inside.find(|at| sentence.says(*at, Meaning::OnePerson))?;
    (!speaks_of_several).then_some(Figure {
        start,
        end: start + sentence.len_of(start, Meaning::OnePerson).unwrap_or(1),
        amount: Amount::Number(1),
    })
}
