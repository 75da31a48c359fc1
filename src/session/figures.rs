//! Figures as the words of an article give them, or as they are typed, in the terms of the codebook.
//!
//! Reading is the quantity room's business; this holds what was read against what the codebook knows.

use crate::model::{Attribute, Choice, Header, Quantity, Ranges};
use crate::quantity::{self, Bounds, Context};
use crate::text::{ByteOffset, ByteRange, Text, fold};

/// The language in which the window speaks.
const WINDOW_LANG: &str = "en";
/// How many bytes of a span are read, and how many of its sentence on each side, so that no article costs more than
/// another.
const WORDS: usize = 600;
const AROUND: usize = 400;

/// The figure that words say in an article, less what the codebook has no name for; none where they say none.
pub fn read(header: &Header, attribute: &Attribute, words: &str, context: Context<'_>) -> Option<Quantity> {
    let bounds = Bounds::of(attribute);
    let quantity = quantity::read(words, header.lang.as_deref(), context, &bounds)?;
    Some(known(attribute, words, quantity).quantity).filter(|quantity| *quantity != Quantity::default())
}

/// The figure that the words of a span say, with those around them in its sentence.
pub fn of_span(header: &Header, text: &Text, attribute: &Attribute, ranges: &Ranges) -> Option<Quantity> {
    in_sentence(text, ranges, |words, context| {
        read(header, attribute, words, context)
    })
}

/// The figures that the words of a span may say: several where they leave open what befell the people.
pub fn proposals(header: &Header, text: &Text, attribute: &Attribute, ranges: &Ranges) -> Vec<Quantity> {
    in_sentence(text, ranges, |words, context| {
        let bounds = Bounds::of(attribute);
        let read = quantity::readings(words, header.lang.as_deref(), context, &bounds);
        let known = read
            .into_iter()
            .map(|quantity| known(attribute, words, quantity).quantity);
        known
            .filter(|quantity| *quantity != Quantity::default())
            .collect()
    })
}

fn in_sentence<T>(text: &Text, ranges: &Ranges, read: impl FnOnce(&str, Context<'_>) -> T) -> T {
    let words = words(text, ranges);
    let sentence = around(text, ranges.hull());
    let context = Context {
        before: &sentence.0,
        after: &sentence.1,
    };
    read(&words, context)
}

/// The words of a span, or their beginning where they are very long.
fn words(text: &Text, ranges: &Ranges) -> String {
    let mut words = String::new();
    for range in ranges.as_slice() {
        let left = WORDS.saturating_sub(words.len());
        if left == 0 {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(slice(
            text,
            range.start(),
            range.end().min(ahead(text, range.start(), left)),
        ));
    }
    words
}

/// What stands before and behind a span in its sentence.
pub(super) fn around(text: &Text, hull: ByteRange) -> (String, String) {
    let start = text
        .sentence_at(hull.start())
        .start()
        .max(back(text, hull.start(), AROUND));
    let last = ByteOffset::new(hull.end().get().saturating_sub(1));
    let end = text.sentence_at(last).end().min(ahead(text, hull.end(), AROUND));
    (
        slice(text, start, hull.start()).to_owned(),
        slice(text, hull.end(), end).to_owned(),
    )
}

fn slice(text: &Text, start: ByteOffset, end: ByteOffset) -> &str {
    let range = ByteRange::new(start, end);
    range.and_then(|range| text.slice(range)).unwrap_or_default()
}

/// The place so many bytes behind another one, or a little less, on a code point.
fn ahead(text: &Text, at: ByteOffset, bytes: usize) -> ByteOffset {
    let wanted = (at.get() + bytes).min(text.end().get());
    let mut places = (at.get()..=wanted).rev().map(ByteOffset::new);
    places.find(|at| text.is_boundary(*at)).unwrap_or(at)
}

/// The place so many bytes before another one, or a little less.
fn back(text: &Text, at: ByteOffset, bytes: usize) -> ByteOffset {
    let mut places = (at.get().saturating_sub(bytes)..=at.get()).map(ByteOffset::new);
    places.find(|at| text.is_boundary(*at)).unwrap_or(at)
}

/// A figure as a codebook can hold it.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The figure.
    pub quantity: Quantity,
    /// Those who are counted, in words, for whom the codebook has no name: the figure is without them.
    pub unnamed: Vec<String>,
}

/// The figure that typed words say, in the language of the article or in that of the window.
pub fn typed(header: &Header, attribute: &Attribute, words: &str) -> Option<Typed> {
    let bounds = Bounds::of(attribute);
    let quantity = quantity::read_typed(words, header.lang.as_deref(), WINDOW_LANG, &bounds)?;
    Some(known(attribute, words, quantity)).filter(|typed| typed.quantity != Quantity::default())
}

/// A figure with those only who have a name in the codebook, and who had to be left out.
fn known(attribute: &Attribute, words: &str, mut quantity: Quantity) -> Typed {
    let mut unnamed = Vec::new();
    if attribute.choices.is_empty() {
        // Nobody is counted by name.
        quantity.who.clear();
    } else {
        let is_known = |id: &mut String| attribute.choices.iter().any(|choice| choice.id == *id);
        let named = quantity.who.extract_if(.., is_known).collect();
        unnamed = std::mem::replace(&mut quantity.who, named);
        let own = attribute
            .choices
            .iter()
            .filter(|choice| !quantity::has_words_for(&choice.id) && is_named(choice, words));
        quantity.who.extend(own.map(|choice| choice.id.clone()));
    }
    Typed { quantity, unnamed }
}

/// Whether one of the codebook's own names for a choice stands in the words.
fn is_named(choice: &Choice, words: &str) -> bool {
    let spaced = |text: &str| {
        let parts = fold(text);
        let parts: Vec<&str> = parts
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect();
        format!(" {} ", parts.join(" "))
    };
    let words = spaced(words);
    choice
        .names
        .values()
        .map(|name| spaced(name))
        .any(|name| !name.trim().is_empty() && words.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttributeId, Value};
    use crate::session::codebook_toml::default_codebook;

    fn figure(lang: &str, words: &str) -> Option<String> {
        let codebook = default_codebook();
        let attribute = codebook
            .attribute(&AttributeId::new("quantity").unwrap())
            .unwrap();
        let header = Header {
            lang: Some(lang.to_owned()),
            ..Header::default()
        };
        let read = typed(&header, attribute, words)?;
        Some(Value::Quantity(read.quantity).to_json().to_string())
    }

    #[test]
    fn who_has_no_name_in_the_codebook_is_told() {
        let codebook = default_codebook();
        let attribute = codebook
            .attribute(&AttributeId::new("fatalities").unwrap())
            .unwrap();
        let read = typed(&Header::default(), attribute, "8 soldiers and 2 children").unwrap();
        assert_eq!(read.quantity.best, Some(8));
        assert_eq!(read.unnamed, ["soldiers"]);
    }

    #[test]
    fn nobody_is_counted_by_a_name_that_the_codebook_does_not_have() {
        let id = AttributeId::new("size").unwrap();
        let size = Attribute::plain(id, crate::model::AttributeType::Quantity);
        let read = typed(&Header::default(), &size, "22 protesters arrested").unwrap();
        assert_eq!(read.quantity.best, Some(22));
        assert!(
            read.quantity.who.is_empty() && read.unnamed.is_empty(),
            "{read:?}"
        );
    }

    #[test]
    fn typed_words_are_read_in_full() {
        assert_eq!(
            figure("fr", "plus de 50 civils").as_deref(),
            Some(r#"{"low":51,"modifier":"more_than","who":["civilians"]}"#)
        );
        assert_eq!(
            figure("ar", "٥٠").as_deref(),
            Some(r#"{"low":50,"best":50,"high":50,"modifier":"exact"}"#)
        );
        assert_eq!(
            figure("ar", "12 soldiers killed").as_deref(),
            Some(r#"{"kind":"killed","low":12,"best":12,"high":12,"modifier":"exact","who":["soldiers"]}"#),
            "in another language than the article's"
        );
        let at_least = Some(r#"{"low":8,"modifier":"at_least"}"#);
        for words in ["at least 8", "al menos 8"] {
            assert_eq!(figure("es", words).as_deref(), at_least, "{words}");
        }
        assert_eq!(
            figure("es", "8 policías heridos").as_deref(),
            Some(r#"{"kind":"injured","low":8,"best":8,"high":8,"modifier":"exact","who":["police"]}"#)
        );
        assert_eq!(figure("fr", "Alep"), None);
    }
}
