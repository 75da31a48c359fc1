//! The values of an event beside its roles: shown in words, and the one place where they are edited.

use egui::Ui;

use super::super::Pane;
use super::grid::name_or_id;
use super::picker::PickRow;
use crate::gui::article::value_in_words;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme;
use crate::gui::words;
use crate::model::{Attribute, AttributeType, Choice, Codebook, Event, Value};

/// A value as it is read: a choice by its name in the window's language, a quantity by the words' own modifier.
pub fn attribute_in_words(attribute: Option<&Attribute>, value: &Value) -> String {
    let choice = |id: &String| {
        let known = |choice: &&Choice| choice.id == *id;
        let found = attribute.and_then(|attribute| attribute.choices.iter().find(known));
        found
            .map_or(id.as_str(), |choice| name_or_id(&choice.names, id))
            .to_owned()
    };
    match value {
        Value::Text(id) => choice(id),
        Value::Choices(ids) => ids.iter().map(choice).collect::<Vec<_>>().join(", "),
        other => value_in_words(other),
    }
}

/// The values of an event, a line each. This is where controls that edit them stand.
pub fn event_attributes_ui(ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, event: &Event) {
    let width = ui.available_width();
    for (id, value) in &event.attributes {
        let attribute = codebook.attribute(id);
        let name = attribute.map_or(id.as_str(), |attribute| name_or_id(&attribute.names, id.as_str()));
        let line = format!("{name}: {}", attribute_in_words(attribute, value));
        let style = TextStyle::new(theme::TEXT_SMALL);
        ShortText::new(&line, style, pane.palette.ink)
            .max_width(width)
            .wrap()
            .show(ui, pane.engine);
    }
}

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
        rows.push((PickRow::Nothing, words::NO_VALUE.to_owned()));
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
