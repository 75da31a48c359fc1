//! The values of an event beside its roles, as the picker of the sheet takes them; the inspector has a control for each.

use super::grid::name_or_id;
use super::picker::PickRow;
use crate::gui::words;
use crate::model::{Attribute, AttributeType, Value};

/// The values among which one can be picked for an attribute, and no value.
pub(super) fn value_rows(attribute: &Attribute, known: Option<&Value>) -> Vec<(PickRow, String)> {
    let mut rows: Vec<(PickRow, String)> = match attribute.attribute_type {
        AttributeType::Choice => attribute
            .choices
            .iter()
            .map(|choice| {
                let name = name_or_id(&choice.names, &choice.id).to_owned();
                (PickRow::Value(Value::Text(choice.id.clone())), name)
            })
            .collect(),
        AttributeType::Boolean => [(true, words::YES), (false, words::NO)]
            .map(|(value, name)| (PickRow::Value(Value::Boolean(value)), name.to_owned()))
            .into(),
        _ => Vec::new(),
    };
    if known.is_some() {
        rows.push((PickRow::Nothing, words::NOTHING_HERE.to_owned()));
    }
    rows
}

/// What typed words are as a value of an attribute; none where they are no such value.
pub(super) fn typed_value(attribute: &Attribute, typed: &str) -> Option<Value> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let number = || typed.parse::<u64>().ok();
    let json = match attribute.attribute_type {
        AttributeType::Text => return Some(Value::Text(typed.to_owned())),
        AttributeType::Integer => return typed.parse().ok().map(Value::Integer),
        AttributeType::Number => serde_json::from_str(typed).ok()?,
        AttributeType::Date => serde_json::json!({ "value": typed }),
        AttributeType::Quantity => serde_json::json!({ "best": number()? }),
        AttributeType::Entity => serde_json::json!({ "id": typed }),
        AttributeType::Choices => {
            let ids = typed.split(',').map(str::trim);
            let known = |id: &str| attribute.choices.iter().any(|choice| choice.id == id);
            let ids: Vec<&str> = ids.collect();
            if !ids.iter().all(|id| known(id)) {
                return None;
            }
            serde_json::json!(ids)
        }
        AttributeType::Choice | AttributeType::Boolean => return None,
    };
    let value = Value::from_json(&json).ok()?;
    attribute.attribute_type.accepts(&value).then_some(value)
}
