//! Taking known keys out of a JSON object, one by one, with a finding for each that is not what it should be. What
//! is left in the end are the unknown keys.

use serde_json::{Map, Value as Json};

use crate::model::{
    Annotator, AttributeId, Attributes, Extra, InvalidValue, NoteState, Timestamp, Value, Verdict,
};

use super::super::Diagnostic;

/// What the reading of one line found, and where it is.
pub(in crate::formats) struct Findings<'a> {
    pub(in crate::formats) line: u64,
    pub(in crate::formats) list: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Something was kept out; the record is what it was.
    pub(in crate::formats) fn kept_out(
        &mut self,
        code: &'static str,
        message: String,
        hint: &str,
        record: &Json,
    ) {
        self.list.push(
            Diagnostic::error(code, message)
                .at_line(self.line)
                .with_hint(hint)
                .with_record(record.to_string()),
        );
    }

    /// Something came in, but is doubtful.
    pub(in crate::formats) fn doubt(&mut self, code: &'static str, message: String, hint: &str) {
        self.list.push(
            Diagnostic::warning(code, message)
                .at_line(self.line)
                .with_hint(hint),
        );
    }
}

/// An object whose known keys are taken one by one.
pub(in crate::formats) struct Fields {
    /// What the object is, such as `span s1`, for findings.
    pub(in crate::formats) what: String,
    map: Map<String, Json>,
}

/// A JSON value in a message, not longer than a line of a report.
pub(in crate::formats) fn shown(json: &Json) -> String {
    let text = json.to_string();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

impl Fields {
    pub(in crate::formats) fn new(what: impl Into<String>, map: Map<String, Json>) -> Self {
        Self {
            what: what.into(),
            map,
        }
    }

    /// The value of a key; null is no value.
    pub(in crate::formats) fn take(&mut self, key: &str) -> Option<Json> {
        self.map.shift_remove(key).filter(|value| !value.is_null())
    }

    pub(in crate::formats) fn has(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(|value| !value.is_null())
    }

    pub(in crate::formats) fn peek(&self, key: &str) -> Option<&Json> {
        self.map.get(key)
    }

    /// The unknown keys.
    pub(in crate::formats) fn rest(self) -> Extra {
        self.map
    }

    /// A value that must have a shape; a finding and nothing where it has another.
    pub(in crate::formats) fn shaped<T>(
        &mut self,
        key: &str,
        should_be: &str,
        found: &mut Findings,
        shape: impl FnOnce(&Json) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(key)?;
        let shaped = shape(&value);
        if shaped.is_none() {
            let message = format!("{key} of {} is {should_be}, not {}", self.what, shown(&value));
            found.kept_out("bad_value", message, "it was left out; mend the value", &value);
        }
        shaped
    }

    pub(in crate::formats) fn string(&mut self, key: &str, found: &mut Findings) -> Option<String> {
        self.shaped(key, "a string", found, |value| value.as_str().map(str::to_owned))
    }

    /// An id: a string, or a whole number, as some tools write it.
    pub(in crate::formats) fn id(&mut self, key: &str, found: &mut Findings) -> Option<String> {
        const SHAPE: &str = "a string that is not empty and has no control characters";
        self.shaped(key, SHAPE, found, id_text)
    }

    pub(in crate::formats) fn annotator(&mut self, key: &str, found: &mut Findings) -> Option<Annotator> {
        self.shaped(key, "a name without control characters", found, |value| {
            value.as_str().and_then(|name| Annotator::new(name).ok())
        })
    }

    /// One of a fixed list of names.
    pub(in crate::formats) fn named<T>(
        &mut self,
        key: &str,
        names: &str,
        found: &mut Findings,
        from_name: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.shaped(key, &format!("one of {names}"), found, |value| {
            value.as_str().and_then(from_name)
        })
    }

    pub(in crate::formats) fn boolean(&mut self, key: &str, found: &mut Findings) -> Option<bool> {
        self.shaped(key, "true or false", found, Json::as_bool)
    }

    pub(in crate::formats) fn verdict(&mut self, key: &str, found: &mut Findings) -> Option<Verdict> {
        self.named(key, "approved, changes_requested", found, Verdict::from_name)
    }

    pub(in crate::formats) fn note_state(&mut self, found: &mut Findings) -> Option<NoteState> {
        self.named("state", "open, resolved", found, NoteState::from_name)
    }

    /// A moment; one with another offset than UTC is turned into UTC.
    pub(in crate::formats) fn timestamp(&mut self, key: &str, found: &mut Findings) -> Option<Timestamp> {
        self.shaped(key, "a moment such as 2026-01-31T12:00:00Z", found, |value| {
            let text = value.as_str()?;
            Timestamp::new(text).or_else(|| {
                let moment: jiff::Timestamp = text.parse().ok()?;
                Timestamp::new(&moment.to_string())
            })
        })
    }

    pub(in crate::formats) fn list(&mut self, key: &str, found: &mut Findings) -> Vec<Json> {
        self.shaped(key, "a list", found, |value| value.as_array().cloned())
            .unwrap_or_default()
    }

    pub(in crate::formats) fn object(
        &mut self,
        key: &str,
        found: &mut Findings,
    ) -> Option<Map<String, Json>> {
        self.shaped(key, "an object", found, |value| value.as_object().cloned())
    }

    /// Attribute values; those that break a rule are kept out one by one.
    pub(in crate::formats) fn attributes(&mut self, key: &str, found: &mut Findings) -> Attributes {
        let mut attributes = Attributes::new();
        for (name, json) in self.object(key, found).unwrap_or_default() {
            let reason = match (AttributeId::new(&name), read_value(&json)) {
                (Ok(id), Ok(value)) => {
                    attributes.insert(id, value);
                    continue;
                }
                (Err(error), _) => error.to_string(),
                (_, Err(error)) => error.reason,
            };
            let message = format!("attribute {name:?} of {}: {reason}", self.what);
            found.kept_out("bad_attribute", message, "it was left out; mend its value", &json);
        }
        attributes
    }
}

/// A value that keeps the rules of its shape.
pub(in crate::formats) fn read_value(json: &Json) -> Result<Value, InvalidValue> {
    let value = Value::from_json(json)?;
    value.check().map(|()| value)
}

/// The text of an id.
pub(in crate::formats) fn id_text(value: &Json) -> Option<String> {
    let text = match value {
        Json::String(text) => text.clone(),
        Json::Number(number) if number.as_i64().is_some() => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && !text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_that_breaks_its_own_rules_is_kept_out_with_the_reason() {
        let Json::Object(map) = json!({"attributes": {
            "good": {"value": "2024-02-29"},
            "no_day": {"value": "2022-02-30"},
            "turned": {"value": "2022-05/2022-04"},
            "unordered": {"low": 9, "high": 3},
        }}) else {
            panic!("an object")
        };
        let mut list = Vec::new();
        let mut found = Findings {
            line: 3,
            list: &mut list,
        };
        let attributes = Fields::new("span s1", map).attributes("attributes", &mut found);
        let kept: Vec<&str> = attributes.keys().map(AttributeId::as_str).collect();
        assert_eq!(kept, ["good"]);
        let messages: Vec<&str> = list.iter().map(|finding| finding.message.as_str()).collect();
        for (message, part) in
            messages
                .iter()
                .zip(["28 days", "ends before it begins", "low <= best <= high"])
        {
            assert!(message.contains(part), "{message}");
        }
        assert_eq!(messages.len(), 3);
    }
}
