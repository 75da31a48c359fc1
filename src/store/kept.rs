//! JSON that a row only carries: unknown keys, metadata, values. It comes back to the letter.
//!
//! `serde_json`'s own reader would give `1e+5` for `1e5` and take an object with a private key of its own for a
//! number, so what is carried is read by [`parse_json`] from the row's raw text.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use crate::model::parse_json;

use super::rows::{RowError, RowResult};

/// A value as a part of a row form.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Kept(pub Json);

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        value(raw.get()).map(Self).map_err(D::Error::custom)
    }
}

/// Keys as a part of a row form, left out where there are none.
#[derive(Default, Serialize)]
#[serde(transparent)]
pub(super) struct KeptKeys(pub Map<String, Json>);

impl KeptKeys {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for KeptKeys {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        object(Kept::deserialize(from)?.0)
            .map(Self)
            .map_err(D::Error::custom)
    }
}

/// Reads carried JSON.
pub(super) fn value(text: &str) -> RowResult<Json> {
    let parsed = parse_json(text).map_err(|(fault, at)| RowError(format!("at byte {at}: {fault}")))?;
    Ok(parsed.value)
}

/// Reads carried keys.
pub(super) fn object(value: Json) -> RowResult<Map<String, Json>> {
    match value {
        Json::Object(keys) => Ok(keys),
        other => Err(RowError(format!("{other} is no object"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Form {
        extra: KeptKeys,
        value: Option<Kept>,
    }

    #[test]
    fn what_a_row_carries_comes_back_to_the_letter() {
        let row = r#"{"extra":{"z":1e5,"a":-0,"b":[1.0,{"$serde_json::private::Number":"7"}]},"value":2E+3}"#;
        let form: Form = serde_json::from_str(row).unwrap();
        assert_eq!(serde_json::to_string(&form).unwrap(), row);
    }

    #[test]
    fn keys_that_are_no_object_are_refused() {
        assert!(object(value("[1]").unwrap()).is_err());
        assert!(value("{\"a\":").is_err());
    }
}
