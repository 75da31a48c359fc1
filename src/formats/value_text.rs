//! Attribute values in formats that hold nothing but strings.

use crate::model::{AttributeType, Value};

use super::jsonl::checked_value;

/// The value as a string: text as it is, everything else as compact JSON. [`value_from_text`] gives it back where the
/// attribute's type is known.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_json().to_string(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_json;

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
