//! Figures as the words of an article give them, or as they are typed, in the terms of the codebook.
//!
//! Reading is the quantity room's business; this holds what was read against what the codebook knows.

use crate::model::{Attribute, Choice, Header, Quantity};
use crate::quantity::{self, Bounds, Context};
use crate::text::fold;

/// The figure that words say in an article, less what the codebook has no name for; none where they say none.
pub fn read(header: &Header, attribute: &Attribute, words: &str, context: Context<'_>) -> Option<Quantity> {
    let bounds = Bounds::of(attribute);
    let mut quantity = quantity::read(words, header.lang.as_deref(), context, &bounds)?;
    if !attribute.choices.is_empty() {
        let is_known = |id: &String| attribute.choices.iter().any(|choice| choice.id == *id);
        quantity.who.retain(is_known);
        let own = attribute
            .choices
            .iter()
            .filter(|choice| !quantity::has_words_for(&choice.id) && is_named(choice, words));
        quantity.who.extend(own.map(|choice| choice.id.clone()));
    }
    (quantity != Quantity::default()).then_some(quantity)
}

/// The figure that typed words say.
pub fn typed(header: &Header, attribute: &Attribute, words: &str) -> Option<Quantity> {
    read(header, attribute, words, Context::default())
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
        Some(Value::Quantity(read).to_json().to_string())
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
        assert_eq!(figure("fr", "Alep"), None);
    }
}
