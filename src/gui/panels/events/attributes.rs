//! The values of an event beside its roles, as the picker of the sheet takes them; the inspector has a control for each.

use serde_json::json;

use super::pick_rows::PickRow;
use crate::gui::attributes::{read_integer, read_number};
use crate::gui::words;
use crate::model::{Attribute, AttributeType, Codebook, Header, RoleId, Value};
use crate::session::{dates, figures};

/// The values among which one can be picked for an attribute: its choices, else the one that it has; and no value.
pub(super) fn value_rows(attribute: &Attribute, known: Option<&Value>) -> Vec<(PickRow, String)> {
    let mut rows: Vec<(PickRow, String)> = match attribute.attribute_type {
        AttributeType::Choice => attribute
            .choices
            .iter()
            .map(|choice| {
                let name = words::name_or_id(&choice.names, &choice.id).to_owned();
                (PickRow::Value(Value::Text(choice.id.clone())), name)
            })
            .collect(),
        AttributeType::Boolean => [(true, words::YES), (false, words::NO)]
            .map(|(value, name)| (PickRow::Value(Value::Boolean(value)), name.to_owned()))
            .into(),
        _ => known
            .map(|value| {
                (
                    PickRow::Value(value.clone()),
                    words::value(Some(attribute), value),
                )
            })
            .into_iter()
            .collect(),
    };
    if known.is_some() {
        rows.push((PickRow::Nothing, words::NOTHING_HERE.to_owned()));
    }
    rows
}

/// The words of a value, where they would be read as the same value when they are written again.
pub(super) fn words_to_edit(header: &Header, attribute: &Attribute, value: &Value) -> Option<String> {
    let words = words::value(Some(attribute), value);
    (typed_value(header, attribute, &words).as_ref() == Some(value)).then_some(words)
}

/// What typed words are as a value of an attribute; none where they are no such value. A figure and a date are read as
/// the articles say them.
pub(super) fn typed_value(header: &Header, attribute: &Attribute, typed: &str) -> Option<Value> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    match attribute.attribute_type {
        AttributeType::Text => Some(Value::Text(typed.to_owned())),
        AttributeType::Integer => read_integer(typed),
        AttributeType::Number => read_number(typed),
        AttributeType::Date => dates::typed(header, typed).map(Value::Date),
        AttributeType::Quantity => {
            figures::typed(header, attribute, typed).map(|read| Value::Quantity(read.quantity))
        }
        AttributeType::Entity => Value::from_json(&json!({ "id": typed })).ok(),
        AttributeType::Choices => {
            let ids: Vec<&str> = typed.split(',').map(str::trim).collect();
            let known = |id: &&str| attribute.choices.iter().any(|choice| choice.id == *id);
            let ids = Some(ids).filter(|ids| ids.iter().all(known))?;
            Value::from_json(&json!(ids)).ok()
        }
        AttributeType::Choice | AttributeType::Boolean => None,
    }
}

/// The row for typed words as a value of an attribute, which says what was read in them.
pub(super) fn typed_row(header: &Header, attribute: &Attribute, typed: &str) -> Option<(PickRow, String)> {
    let value = typed_value(header, attribute, typed)?;
    let name = match attribute.attribute_type {
        AttributeType::Date => words::typed_as(typed, &words::value(Some(attribute), &value)),
        AttributeType::Quantity => {
            let read = figures::typed(header, attribute, typed);
            let unnamed = read.map_or_else(Vec::new, |read| read.unnamed);
            words::typed_without(typed, &words::value(Some(attribute), &value), &unnamed)
        }
        _ => words::as_value(typed),
    };
    Some((PickRow::Value(value), name))
}

/// The rows for typed words as a filler of a role: as the figure or the date that its spans have, where one can be read,
/// and by the letter.
pub(super) fn typed_filler_rows(
    codebook: &Codebook,
    header: &Header,
    role: &RoleId,
    typed: &str,
) -> Vec<(PickRow, String)> {
    let read_as = codebook
        .role(role)
        .map_or_else(Vec::new, |role| codebook.read_in_role(role));
    let read = read_as
        .iter()
        .find_map(|attribute| typed_row(header, attribute, typed));
    let name = match (&read, read_as.first()) {
        (Some(_), _) => words::as_text(typed),
        (None, Some(wanted)) => words::as_text_unread(typed, wanted.attribute_type),
        (None, None) => words::as_value(typed),
    };
    let text = (PickRow::Value(Value::Text(typed.to_owned())), name);
    read.into_iter().chain([text]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::codebook_toml::default_codebook;

    /// The rows for words typed into a role of the codebook: as JSON, with their names.
    fn rows(role: &str, typed: &str) -> Vec<(String, String)> {
        let header = Header {
            lang: Some("fr".to_owned()),
            ..Header::default()
        };
        let rows = typed_filler_rows(&default_codebook(), &header, &RoleId::new(role).unwrap(), typed);
        let in_words = |(row, name): (PickRow, String)| match row {
            PickRow::Value(value) => (value.to_json().to_string(), name),
            other => panic!("{other:?}"),
        };
        rows.into_iter().map(in_words).collect()
    }

    fn own(value: &str, name: &str) -> (String, String) {
        (value.to_owned(), name.to_owned())
    }

    #[test]
    fn a_typed_filler_is_read_as_what_its_role_has() {
        let text = own("\"plus de 50 civils\"", "“plus de 50 civils” as text");
        let read = own(
            r#"{"low":51,"modifier":"more_than","who":["civilians"]}"#,
            "“plus de 50 civils”: more than 50 · civilians",
        );
        assert_eq!(rows("casualties", "plus de 50 civils"), [read, text]);
        let text = own("\"12 mai 2022\"", "“12 mai 2022” as text");
        let read = own(r#"{"value":"2022-05-12"}"#, "“12 mai 2022”: 2022-05-12");
        assert_eq!(rows("time", "12 mai 2022"), [read, text]);
    }

    #[test]
    fn who_is_left_out_of_a_figure_is_said_in_its_row() {
        let codebook = default_codebook();
        let fatalities = codebook.attribute(&crate::model::AttributeId::new("fatalities").unwrap());
        let (_, name) = typed_row(&Header::default(), fatalities.unwrap(), "8 soldiers").unwrap();
        assert_eq!(name, "“8 soldiers”: 8, without soldiers: not in the codebook");
    }

    #[test]
    fn numbers_are_read_in_any_digits_as_in_the_inspector() {
        let mut attribute = default_codebook().attributes[0].clone();
        let mut read = |kind: AttributeType, typed: &str| {
            attribute.attribute_type = kind;
            let value = typed_value(&Header::default(), &attribute, typed);
            value.map(|value| value.to_json().to_string())
        };
        assert_eq!(read(AttributeType::Integer, "١٢").as_deref(), Some("12"));
        assert_eq!(read(AttributeType::Number, "12,5").as_deref(), Some("12.5"));
        assert_eq!(read(AttributeType::Integer, "12,5"), None);
    }

    #[test]
    fn what_cannot_be_read_stays_text_and_says_so() {
        let text = own("\"Alep\"", "“Alep” as text; no figure is read in it");
        assert_eq!(rows("casualties", "Alep"), [text]);
        let text = own("\"Alep\"", "“Alep” as text; no date is read in it");
        assert_eq!(rows("time", "Alep"), [text]);
        let text = own("\"50 hommes\"", "“50 hommes” as a value");
        assert_eq!(rows("perpetrator", "50 hommes"), [text]);
    }
}
