//! The JSON form of a value, the same in every file and on the command line.
//!
//! Reading goes by shape alone; whether the value fits its attribute is the codebook's question.

use serde_json::{Map, Value as Json, json};

use super::date::is_date;
use super::value::{DateValue, EntityRef, Modifier, Precision, Quantity, QuantityKind, Value};

/// A JSON value that is no attribute value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    /// What is wrong, in words for the user.
    pub reason: String,
}

impl std::fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for InvalidValue {}

/// The refusal of a value.
pub(super) fn invalid<T>(reason: impl Into<String>) -> Result<T, InvalidValue> {
    Err(InvalidValue {
        reason: reason.into(),
    })
}

impl Value {
    /// The value as JSON; [`Value::from_json`] gives it back.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Integer(number) => json!(number),
            Self::Number(number) => Json::Number(number.clone()),
            Self::Boolean(yes) => json!(yes),
            Self::Choices(ids) => json!(ids),
            Self::Date(date) => date_to_json(date),
            Self::Quantity(quantity) => quantity_to_json(quantity),
            Self::Entity(entity) => entity_to_json(entity),
        }
    }

    /// Reads a value by its shape: an object with `value` is a date, one with `id` an entity, any other a quantity.
    ///
    /// # Errors
    /// [`InvalidValue`] for null, a list of anything but strings, and an object that breaks its own rules.
    pub fn from_json(json: &Json) -> Result<Self, InvalidValue> {
        match json {
            Json::Null => invalid("null is no value; leave the attribute out instead"),
            Json::Bool(yes) => Ok(Self::Boolean(*yes)),
            Json::String(text) => Ok(Self::Text(text.clone())),
            Json::Number(number) => Ok(match number.as_i64() {
                Some(whole) if whole.to_string() == number.to_string() => Self::Integer(whole),
                _ => Self::Number(number.clone()),
            }),
            Json::Array(items) => {
                let ids = items
                    .iter()
                    .map(|item| item.as_str().map(str::to_owned))
                    .collect::<Option<_>>();
                ids.map(Self::Choices)
                    .map_or_else(|| invalid("a list of choices holds strings only"), Ok)
            }
            Json::Object(object) if object.contains_key("value") => date_from_json(object).map(Self::Date),
            Json::Object(object) if object.contains_key("id") => entity_from_json(object).map(Self::Entity),
            Json::Object(object) => quantity_from_json(object).map(Self::Quantity),
        }
    }
}

fn date_to_json(date: &DateValue) -> Json {
    let mut object = Map::new();
    object.insert("value".into(), json!(date.value));
    if let Some(precision) = date.precision {
        object.insert("precision".into(), json!(precision.name()));
    }
    if date.approximate {
        object.insert("approximate".into(), json!(true));
    }
    object.extend(date.extra.clone());
    Json::Object(object)
}

fn date_from_json(object: &Map<String, Json>) -> Result<DateValue, InvalidValue> {
    let mut rest = object.clone();
    let value = match rest.shift_remove("value") {
        Some(Json::String(value)) if is_date(&value) => value,
        other => {
            let shown = other.unwrap_or_default();
            return invalid(format!(
                "{shown} is no date; write 2022, 2022-01, 2022-01-20, a/b, or --01"
            ));
        }
    };
    let precision = named(&mut rest, "precision", Precision::ALL, Precision::name)?;
    let approximate = match rest.shift_remove("approximate") {
        None => false,
        Some(Json::Bool(yes)) => yes,
        Some(other) => return invalid(format!("approximate is true or false, not {other}")),
    };
    Ok(DateValue {
        value,
        precision,
        approximate,
        extra: rest,
    })
}

fn quantity_to_json(quantity: &Quantity) -> Json {
    let mut object = Map::new();
    if let Some(kind) = quantity.kind {
        object.insert("kind".into(), json!(kind.name()));
    }
    for (key, bound) in [
        ("low", quantity.low),
        ("best", quantity.best),
        ("high", quantity.high),
    ] {
        if let Some(bound) = bound {
            object.insert(key.into(), json!(bound));
        }
    }
    if let Some(modifier) = quantity.modifier {
        object.insert("modifier".into(), json!(modifier.name()));
    }
    if !quantity.who.is_empty() {
        object.insert("who".into(), json!(quantity.who));
    }
    object.extend(quantity.extra.clone());
    Json::Object(object)
}

fn quantity_from_json(object: &Map<String, Json>) -> Result<Quantity, InvalidValue> {
    const KEYS: [&str; 6] = ["kind", "low", "best", "high", "modifier", "who"];
    if !KEYS.iter().any(|key| object.contains_key(*key)) {
        return invalid(
            "an object is a date (value), an entity (id), or a quantity (kind, low, best, high, modifier, who)",
        );
    }
    let mut rest = object.clone();
    let kind = named(&mut rest, "kind", QuantityKind::ALL, QuantityKind::name)?;
    let mut bound = |key: &str| match rest.shift_remove(key) {
        None => Ok(None),
        Some(number) => match number.as_u64() {
            Some(number) => Ok(Some(number)),
            None => invalid(format!("{key} is a whole number from 0, not {number}")),
        },
    };
    let (low, best, high) = (bound("low")?, bound("best")?, bound("high")?);
    let modifier = named(&mut rest, "modifier", Modifier::ALL, Modifier::name)?;
    let who = match rest.shift_remove("who").map(|who| Value::from_json(&who)) {
        None => Vec::new(),
        Some(Ok(Value::Choices(who))) => who,
        Some(_) => return invalid("who is a list of strings"),
    };
    let quantity = Quantity {
        kind,
        low,
        best,
        high,
        modifier,
        who,
        extra: rest,
    };
    if quantity.is_ordered() {
        Ok(quantity)
    } else {
        invalid("a quantity has low <= best <= high")
    }
}

fn entity_to_json(entity: &EntityRef) -> Json {
    let mut object = Map::new();
    object.insert("id".into(), json!(entity.id));
    if let Some(name) = &entity.name {
        object.insert("name".into(), json!(name));
    }
    object.extend(entity.extra.clone());
    Json::Object(object)
}

fn entity_from_json(object: &Map<String, Json>) -> Result<EntityRef, InvalidValue> {
    let mut rest = object.clone();
    let Some(Json::String(id)) = rest.shift_remove("id") else {
        return invalid("an entity's id is a string");
    };
    let name = match rest.shift_remove("name") {
        None => None,
        Some(Json::String(name)) => Some(name),
        Some(other) => return invalid(format!("an entity's name is a string, not {other}")),
    };
    Ok(EntityRef {
        id,
        name,
        extra: rest,
    })
}

/// Takes a key whose value is one of a fixed list of names.
fn named<T: Copy>(
    object: &mut Map<String, Json>,
    key: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<Option<T>, InvalidValue> {
    let Some(json) = object.shift_remove(key) else {
        return Ok(None);
    };
    let meant = all.iter().find(|one| json.as_str() == Some(name(**one)));
    if let Some(value) = meant {
        return Ok(Some(*value));
    }
    let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
    invalid(format!(
        "{json} is not a {key}; it is one of {}",
        names.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str) -> Value {
        let json: Json = serde_json::from_str(text).unwrap();
        let value = Value::from_json(&json).unwrap();
        assert_eq!(value.to_json().to_string(), text);
        value
    }

    #[test]
    fn each_shape_comes_back_to_the_letter() {
        assert!(matches!(round_trip("12"), Value::Integer(12)));
        assert!(matches!(round_trip("12.50"), Value::Number(_)));
        assert!(matches!(round_trip("-0"), Value::Number(_)));
        assert!(matches!(round_trip(r#"["a","b"]"#), Value::Choices(_)));
        round_trip(r#"{"value":"2022-05/2022-06","precision":"month","approximate":true,"seen":1.0}"#);
        round_trip(
            r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"],"later":{"z":1,"a":2}}"#,
        );
        round_trip(r#"{"id":"Q796","name":"Iraq"}"#);
    }

    #[test]
    fn what_breaks_a_rule_is_refused_with_the_reason() {
        for (text, part) in [
            ("null", "null is no value"),
            (r#"{"low":10,"high":2}"#, "low <= best <= high"),
            (r#"{"low":-1}"#, "whole number"),
            (
                r#"{"kind":"wounded"}"#,
                "is not a kind; it is one of killed, injured",
            ),
            (r#"{"value":"12 mai"}"#, "is no date"),
            (r#"{"value":"2022-13"}"#, "is no date"),
            (r#"{"colour":"red"}"#, "an object is"),
            ("[1]", "strings only"),
        ] {
            let error = Value::from_json(&serde_json::from_str(text).unwrap()).unwrap_err();
            assert!(error.reason.contains(part), "{text}: {error}");
        }
    }
}
