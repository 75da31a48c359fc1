//! Attribute values as JSON, and in formats that hold nothing but strings.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::model::{AttributeType, Attributes, Value};

use super::jsonl::checked_value;

/// The value as a string: text as it is, everything else as compact JSON. [`value_from_text`] gives it back where the
/// attribute's type is known.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_json().to_string(),
    }
}

/// Attributes as an object, by their names; `Marking::attributes_of` gives them back.
pub(super) fn attributes_json(attributes: &Attributes) -> Map<String, Json> {
    let attributes = attributes.iter();
    attributes
        .map(|(id, value)| (id.to_string(), value.to_json()))
        .collect()
}

/// The value that a string means for an attribute of that type. Of an attribute that the codebook does not know, only
/// what can be no words of anybody is read: the JSON objects and lists that [`value_text`] writes. Where the string is
/// not of the type it stays text, and the import says so as of any clash.
pub(super) fn value_from_text(text: &str, known: Option<AttributeType>) -> Value {
    let is_text = matches!(known, Some(AttributeType::Text | AttributeType::Choice));
    let looks_like_json = known.is_some() || text.starts_with(['{', '[']);
    if is_text || !looks_like_json {
        return Value::Text(text.to_owned());
    }
    let read = crate::model::parse_json(text)
        .ok()
        .and_then(|parsed| checked_value(&parsed.value).ok());
    read.filter(|value| known.is_none_or(|known| known.accepts(value)))
        .unwrap_or_else(|| Value::Text(text.to_owned()))
}

/// The types of attributes that no codebook knows, told from all the strings that a file has for each: whole numbers,
/// numbers, or yes and no, where every string is one and none loses a character by it.
#[derive(Clone, Debug, Default)]
pub(super) struct ToldTypes(BTreeMap<String, AttributeType>);

impl ToldTypes {
    /// Looks at one more string of an attribute.
    pub(super) fn add(&mut self, name: &str, text: &str) {
        self.add_type(name, type_of_text(text));
    }

    /// Looks at one more value of an attribute, which the file gives with its type.
    pub(super) fn add_value(&mut self, name: &str, value: &Value) {
        self.add_type(name, AttributeType::of(value));
    }

    fn add_type(&mut self, name: &str, own: AttributeType) {
        use AttributeType::{Integer, Number, Text};
        match self.0.get_mut(name) {
            None => {
                self.0.insert(name.to_owned(), own);
            }
            Some(known) if *known == own => {}
            Some(known @ (Integer | Number)) if matches!(own, Integer | Number) => *known = Number,
            Some(known) => *known = Text,
        }
    }

    /// The type of an attribute, where it is more than text.
    pub(super) fn get(&self, name: &str) -> Option<AttributeType> {
        use AttributeType::{Boolean, Integer, Number};
        let told = self.0.get(name).copied();
        told.filter(|told| matches!(told, Boolean | Integer | Number))
    }
}

/// Digits that every reader keeps of a number with a point.
const KEPT_DIGITS: usize = 15;

/// What a string is a value of, written as JSON writes such a value: an integer, a number, a truth value, or text.
fn type_of_text(text: &str) -> AttributeType {
    if matches!(text, "true" | "false") {
        return AttributeType::Boolean;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = are_digits(whole) && (whole == "0" || !whole.starts_with('0')) && text != "-0";
    match part {
        None if is_plain && text.parse::<i64>().is_ok() => AttributeType::Integer,
        Some(part) if is_plain && are_digits(part) && whole.len() + part.len() <= KEPT_DIGITS => {
            AttributeType::Number
        }
        _ => AttributeType::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::codebook_toml::default_codebook;
    use super::super::testing::{marked, options_for, read_from, write_to};
    use super::super::{ReadOptions, format};
    use super::*;
    use crate::model::{AttributeId, parse_json};

    #[test]
    fn values_come_back_where_their_type_is_known() {
        for (json, known) in [
            (r#""trois""#, AttributeType::Text),
            (r#""[1]""#, AttributeType::Text),
            (r#""rebels""#, AttributeType::Choice),
            ("7", AttributeType::Integer),
            ("7.50", AttributeType::Number),
            ("true", AttributeType::Boolean),
            (r#"["a","ب"]"#, AttributeType::Choices),
            (r#"{"value":"2022-01","precision":"month"}"#, AttributeType::Date),
            (r#"{"low":51,"modifier":"more_than"}"#, AttributeType::Quantity),
        ] {
            let value = Value::from_json(&parse_json(json).unwrap().value).unwrap();
            assert_eq!(value_from_text(&value_text(&value), Some(known)), value, "{json}");
        }
    }

    #[test]
    fn a_type_is_told_from_all_strings_where_none_loses_anything() {
        for (texts, told) in [
            (&["7", "-12", "0"][..], Some(AttributeType::Integer)),
            (&["7", "7.50"], Some(AttributeType::Number)),
            (&["0.5", "7"], Some(AttributeType::Number)),
            (&["true", "false"], Some(AttributeType::Boolean)),
            (&["true", "1"], None),
            (&["7", "sept"], None),
            (&["sept", "7"], None),
            (&["7", "sept", "8"], None),
            (&["007"], None),
            (&["7", "+33"], None),
            (&["1e5"], None),
            (&["-0"], None),
            (&["1."], None),
            (&[".5"], None),
            (&["9223372036854775808"], None),
            (&["3.14159265358979323"], None),
            (&["١٢"], None),
            (&["True"], None),
            (&["[\"a\"]", "7"], None),
            (&[""], None),
        ] {
            let mut types = ToldTypes::default();
            for text in texts {
                types.add("a", text);
            }
            assert_eq!(types.get("a"), told, "{texts:?}");
            if let Some(told) = told {
                for text in texts {
                    let value = value_from_text(text, Some(told));
                    assert_eq!(value_text(&value), *text);
                    assert!(told.accepts(&value), "{text}");
                }
            }
        }
    }

    /// What an article comes back with from a format that holds strings, where the codebook has none of its attributes.
    fn again(id: &str, given: &[&[(&str, &str)]]) -> Vec<String> {
        let mut codebook = default_codebook();
        let (mut article, mut layers) = marked("a", "{1:x|un|1} {2:x|deux|2} {3:x|trois|3}");
        let spans: Vec<_> = layers[0].1.spans.iter().cloned().collect();
        for (span, given) in spans.into_iter().zip(given) {
            let mut span = crate::model::Span::clone(&span);
            let values = given.iter().map(|(name, json)| {
                let value = Value::from_json(&parse_json(json).unwrap().value).unwrap();
                (AttributeId::new(name).unwrap(), value)
            });
            span.attributes = values.collect::<Attributes>();
            for (name, value) in &span.attributes {
                if codebook.attribute(name).is_none() {
                    let mut attribute = codebook.attributes[0].clone();
                    (attribute.id, attribute.attribute_type) = (name.clone(), AttributeType::of(value));
                    attribute.choices.clear();
                    codebook.attributes.push(attribute);
                }
            }
            layers[0].1.spans.insert(span.into());
        }
        article.header.lang = Some("fr".to_owned());
        let folder = tempfile::tempdir().unwrap();
        write_to(
            folder.path(),
            format(id).unwrap(),
            &options_for(codebook),
            &[(article, layers)],
        );
        let read = read_from(folder.path(), &ReadOptions::default());
        let layer = &read.articles[0].layers[0].1;
        let spans = layer.spans.iter().map(|span| {
            let values = span.attributes.iter();
            let values = values.map(|(name, value)| format!("{name}={}", value.to_json()));
            values.collect::<Vec<_>>().join(" ")
        });
        spans.collect()
    }

    #[test]
    fn values_that_a_codebook_does_not_know_keep_their_types() {
        for id in ["csv", "csv-excel", "xlsx", "parquet", "labelstudio"] {
            let typed = [
                &[
                    ("dead", "12"),
                    ("share", "0.50"),
                    ("sure", "true"),
                    ("code", "\"007\""),
                    ("mixed", "\"7\""),
                ][..],
                &[
                    ("dead", "-3"),
                    ("share", "2"),
                    ("sure", "false"),
                    ("code", "\"12\""),
                    ("mixed", "\"sept\""),
                ],
                &[("phone", "\"+33\""), ("big", "\"1e5\"")],
            ];
            let expected: Vec<String> = typed
                .iter()
                .map(|values| {
                    let mut values: Vec<String> = values
                        .iter()
                        .map(|(name, json)| format!("{name}={json}"))
                        .collect();
                    values.sort();
                    values.join(" ")
                })
                .collect();
            assert_eq!(again(id, &typed), expected, "{id}");
        }
    }

    #[test]
    fn words_stay_words() {
        for text in ["12", "true", "", "{", "[x", "null"] {
            assert_eq!(value_from_text(text, None), Value::Text(text.to_owned()));
        }
        assert_eq!(
            value_from_text("douze", Some(AttributeType::Integer)),
            Value::Text("douze".to_owned())
        );
    }
}
