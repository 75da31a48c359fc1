//! The JSON of commands: how ids, ranges, and values are read from a line of `apply`.
//!
//! Knows the shape of each field and nothing of the project.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::Value as Json;

use crate::model::{
    Annotator, ArticleId, AttributeId, Attributes, EventId, EventTypeId, Extra, Filler, LabelId, NoteId,
    NoteState, ProblemKey, RelationId, RelationTypeId, RoleFiller, RoleId, SpanId, Status, TargetId, Value,
    Verdict, parse_json,
};
use crate::text::{CharOffset, CharRange};

use super::command::{Command, Revise, SetMeta, WhichFiller};
use super::refusal::Refusal;

/// An id type, so that one function reads them all.
pub(super) trait Id: Sized {
    fn read(text: &str) -> Result<Self, String>;
}

macro_rules! ids {
    ($($type:ident),+) => {$(
        impl Id for $type {
            fn read(text: &str) -> Result<Self, String> {
                Self::new(text).map_err(|cause| format!("{text:?}: {cause}"))
            }
        }
    )+};
}
ids!(
    ArticleId,
    Annotator,
    SpanId,
    RelationId,
    EventId,
    NoteId,
    TargetId,
    LabelId,
    AttributeId,
    RelationTypeId,
    EventTypeId,
    RoleId,
    ProblemKey
);

pub(super) fn id<'de, D: Deserializer<'de>, T: Id>(from: D) -> Result<T, D::Error> {
    id_from(&Json::deserialize(from)?).map_err(D::Error::custom)
}

fn id_from<T: Id>(json: &Json) -> Result<T, String> {
    let text = json
        .as_str()
        .ok_or_else(|| format!("{json} is no id; an id is a string"))?;
    T::read(text)
}

pub(super) fn some_id<'de, D: Deserializer<'de>, T: Id>(from: D) -> Result<Option<T>, D::Error> {
    match Json::deserialize(from)? {
        Json::Null => Ok(None),
        json => id_from(&json).map(Some).map_err(D::Error::custom),
    }
}

/// An id, or null for none; where the field is absent, it stays as it is.
pub(super) fn revised_id<'de, D: Deserializer<'de>, T: Id>(from: D) -> Result<Revise<T>, D::Error> {
    Ok(some_id(from)?.map_or(Revise::Clear, Revise::To))
}

/// A text or a number, or null for none; where the field is absent, it stays as it is.
pub(super) fn revised<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Revise<T>, D::Error> {
    Ok(Option::<T>::deserialize(from)?.map_or(Revise::Clear, Revise::To))
}

/// One of the fillers of a role: a span's id, or a number from 0.
pub(super) fn which_filler<'de, D: Deserializer<'de>>(from: D) -> Result<WhichFiller, D::Error> {
    let json = Json::deserialize(from)?;
    if let Some(number) = json.as_u64().and_then(|number| usize::try_from(number).ok()) {
        return Ok(WhichFiller::Number(number));
    }
    let bad = |_| {
        D::Error::custom(format!(
            "{json} names no filler; write the span's id, or its number among the role's fillers from 0"
        ))
    };
    id_from(&json).map(WhichFiller::Span).map_err(bad)
}

pub(super) fn ids<'de, D: Deserializer<'de>, T: Id>(from: D) -> Result<Vec<T>, D::Error> {
    let list = Vec::<Json>::deserialize(from)?;
    let ids = list.iter().map(id_from).collect::<Result<_, String>>();
    ids.map_err(D::Error::custom)
}

/// A position in code points.
pub(super) fn position<'de, D: Deserializer<'de>>(from: D) -> Result<CharOffset, D::Error> {
    let json = Json::deserialize(from)?;
    let bad = || {
        D::Error::custom(format!(
            "{json} is no position; write a whole number of code points"
        ))
    };
    offset(&json).ok_or_else(bad)
}

fn offset(json: &Json) -> Option<CharOffset> {
    let units = json.as_u64().and_then(|units| usize::try_from(units).ok());
    units.map(CharOffset::new)
}

/// One of the names of a kind of thing, or null.
pub(super) fn named<'de, D: Deserializer<'de>, T: Copy>(
    from: D,
    what: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<Option<T>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    all.iter()
        .copied()
        .find(|value| name(*value) == text)
        .map(Some)
        .ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
            D::Error::custom(format!(
                "{text:?} is no {what}; it is one of {}",
                names.join(", ")
            ))
        })
}

pub(super) fn status<'de, D: Deserializer<'de>>(from: D) -> Result<Status, D::Error> {
    named(from, "status", Status::ALL, Status::name)?.ok_or_else(|| D::Error::custom("a status is not null"))
}

pub(super) fn some_verdict<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Verdict>, D::Error> {
    named(from, "verdict", Verdict::ALL, Verdict::name)
}

pub(super) fn some_note_state<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NoteState>, D::Error> {
    named(from, "state of a note", NoteState::ALL, NoteState::name)
}

pub(super) fn some_value<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    match Json::deserialize(from)? {
        Json::Null => Ok(None),
        json => value(&json).map(Some).map_err(D::Error::custom),
    }
}

pub(super) fn some_boxed_value<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Box<Value>>, D::Error> {
    Ok(some_value(from)?.map(Box::new))
}

/// A value whose every key is known: a slip ("lowest") must not pass for an unknown key of another tool.
fn value(json: &Json) -> Result<Value, String> {
    let value = Value::from_json(json).map_err(|cause| cause.to_string())?;
    let (extra, known) = match &value {
        Value::Date(date) => (&date.extra, "value, precision, approximate"),
        Value::Quantity(quantity) => (&quantity.extra, "kind, low, best, high, modifier, who"),
        Value::Entity(entity) => (&entity.extra, "id, name"),
        _ => return Ok(value),
    };
    match extra.keys().next() {
        Some(key) => Err(format!("unknown field {key:?} in {json}; known are {known}")),
        None => Ok(value),
    }
}

pub(super) fn attributes<'de, D: Deserializer<'de>>(from: D) -> Result<Attributes, D::Error> {
    let object = BTreeMap::<String, Json>::deserialize(from)?;
    let read = |(id, json): (String, Json)| {
        let id = AttributeId::read(&id)?;
        let value = value(&json).map_err(|cause| format!("attribute {id}: {cause}"))?;
        Ok((id, value))
    };
    object
        .into_iter()
        .map(read)
        .collect::<Result<_, String>>()
        .map_err(D::Error::custom)
}

/// `[[start, end], …]` in code points.
pub(super) fn ranges<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<CharRange>, D::Error> {
    let json = Json::deserialize(from)?;
    let read = |range: &Json| -> Result<CharRange, String> {
        let bad = || format!("{range} is no range; write [start, end] as whole numbers of code points");
        let [start, end] = range.as_array().map(Vec::as_slice).ok_or_else(bad)? else {
            return Err(bad());
        };
        let (start, end) = (offset(start).ok_or_else(bad)?, offset(end).ok_or_else(bad)?);
        CharRange::new(start, end).ok_or_else(|| format!("the range {range} ends before it starts"))
    };
    let list = json
        .as_array()
        .ok_or_else(|| D::Error::custom("ranges is a list of [start, end]"))?;
    list.iter()
        .map(read)
        .collect::<Result<_, String>>()
        .map_err(D::Error::custom)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleRow {
    role: String,
    span: Option<String>,
    value: Option<Json>,
    #[serde(default)]
    inferred: bool,
    note: Option<String>,
}

impl RoleRow {
    fn read(self) -> Result<RoleFiller, String> {
        let filler = match (self.span, self.value) {
            (Some(span), None) => Filler::Span(SpanId::read(&span)?),
            (None, Some(json)) => Filler::Value(value(&json)?),
            _ => {
                return Err(format!(
                    "role {:?} is filled by either a span or a value",
                    self.role
                ));
            }
        };
        Ok(RoleFiller {
            role: RoleId::read(&self.role)?,
            filler,
            inferred: self.inferred,
            note: self.note,
            extra: Extra::new(),
        })
    }
}

pub(super) fn roles<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<RoleFiller>, D::Error> {
    let rows = Vec::<RoleRow>::deserialize(from)?;
    rows.into_iter()
        .map(RoleRow::read)
        .collect::<Result<_, _>>()
        .map_err(D::Error::custom)
}

/// The fields of `set_meta`: any key beside the two that say where. Read from the object as it is, since serde's way of
/// gathering the rest would lose numbers of many digits.
impl TryFrom<Extra> for SetMeta {
    type Error = String;

    fn try_from(mut fields: Extra) -> Result<Self, String> {
        let article = fields.shift_remove("article").ok_or("missing field `article`")?;
        let annotator = fields.shift_remove("annotator").filter(|json| !json.is_null());
        Ok(Self {
            article: id_from(&article)?,
            annotator: annotator.as_ref().map(id_from).transpose()?,
            fields,
        })
    }
}

pub(super) fn commands<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Command>, D::Error> {
    let rows = Vec::<Extra>::deserialize(from)?;
    let read = |(index, fields)| {
        from_object(fields).map_err(|refusal| format!("command {} of the batch: {refusal}", index + 1))
    };
    rows.into_iter()
        .enumerate()
        .map(read)
        .collect::<Result<_, _>>()
        .map_err(D::Error::custom)
}

/// Reads one line of `apply`.
pub(super) fn command(line: &str) -> Result<Command, Refusal> {
    let parsed = parse_json(line).map_err(|(fault, at)| {
        let before = line.get(..at.get()).unwrap_or(line).chars().count();
        let message = format!("this line is no JSON: at character {}, {fault}", before + 1);
        Refusal::new("bad_json", message)
    })?;
    if let Some((key, _)) = parsed.duplicates.first() {
        return Err(
            Refusal::new("duplicate_key", format!("the key {key:?} is given twice"))
                .hint("tools differ in which of the two they take; keep one"),
        );
    }
    match parsed.value {
        Json::Object(fields) => from_object(fields),
        other => Err(Refusal::new(
            "bad_command",
            format!("a command is a JSON object, not {}", shape(&other)),
        )
        .hint(r#"such as {"command":"set_status","article":"…","status":"done"}"#)),
    }
}

fn from_object(mut fields: Extra) -> Result<Command, Refusal> {
    let Some(Json::String(name)) = fields.shift_remove("command") else {
        return Err(
            Refusal::new("bad_command", "a command needs the field `command`, a string").hint(all_names()),
        );
    };
    match Command::from_fields(&name, fields) {
        Some(Ok(command)) => Ok(command),
        Some(Err(cause)) => Err(Refusal::new("bad_field", format!("{name}: {cause}"))),
        None => {
            Err(Refusal::new("unknown_command", format!("there is no command {name:?}")).hint(all_names()))
        }
    }
}

fn all_names() -> String {
    format!("the commands are {}", Command::NAMES.join(", "))
}

fn shape(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &str) -> (String, String) {
        let refusal = command(line).unwrap_err();
        (refusal.code, refusal.message)
    }

    #[test]
    fn a_number_of_many_digits_stays_as_it_is_in_metadata() {
        let line =
            r#"{"command":"set_meta","article":"a","n":123456789012345678901234567890,"m":{"x":1e999}}"#;
        let Command::SetMeta(set) = command(line).unwrap() else {
            panic!("another command was read");
        };
        assert_eq!(set.annotator, None);
        let fields = serde_json::to_string(&set.fields).unwrap();
        assert_eq!(fields, r#"{"n":123456789012345678901234567890,"m":{"x":1e+999}}"#);
        let (_, message) = refused(r#"{"command":"set_meta","title":"T"}"#);
        assert!(message.contains("missing field `article`"), "{message}");
    }

    #[test]
    fn the_members_of_a_definition_say_what_they_look_like() {
        for (line, wanted) in [
            (
                r#"{"command":"set_attribute_definition","attribute":"a","choices":["x"]}"#,
                "expected a choice such as {",
            ),
            (
                r#"{"command":"set_event_type","event_type":"a","roles":["x"]}"#,
                "expected a role such as {",
            ),
            (
                r#"{"command":"set_label_definition","label":"a","attributes":["x"]}"#,
                "expected an attribute that is asked",
            ),
        ] {
            let (code, message) = refused(line);
            assert!(code == "bad_field" && message.contains(wanted), "{message}");
        }
    }

    #[test]
    fn a_span_is_read_with_ranges_attributes_and_id() {
        let line = r#"{"command":"add_span","article":"a1","ranges":[[3,10],[12,15]],"label":"casualty",
            "attributes":{"quantity":{"kind":"killed","low":50}},"id":"s1"}"#;
        let Command::AddSpan(add) = command(line).unwrap() else {
            panic!("another command was read");
        };
        assert_eq!(add.ranges.len(), 2);
        assert_eq!(add.ranges[1].end(), CharOffset::new(15));
        assert!(matches!(add.attributes.values().next(), Some(Value::Quantity(_))));
        assert_eq!(add.id, SpanId::new("s1").ok());
    }

    #[test]
    fn metadata_takes_any_key_and_null() {
        let Command::SetMeta(set) =
            command(r#"{"command":"set_meta","article":"a","title":"T","date":null,"views":1.50}"#).unwrap()
        else {
            panic!("another command was read");
        };
        assert_eq!(
            Json::Object(set.fields).to_string(),
            r#"{"title":"T","date":null,"views":1.50}"#
        );
    }

    /// Holds what is said of each line: its code, and a part of the message.
    #[track_caller]
    fn refuse(cases: &[(&str, &str, &str)]) {
        for (line, code, part) in cases {
            let (found, message) = refused(line);
            assert_eq!(found, *code, "{line}");
            assert!(message.contains(part), "{line}: {message}");
        }
    }

    #[test]
    fn what_is_no_command_is_said() {
        refuse(&[
            ("{", "bad_json", "no JSON"),
            (r#"{"command":"undo" x}"#, "bad_json", "at character 19"),
            (
                r#"{"command":"remove_span","span":"s","span":"t"}"#,
                "duplicate_key",
                "\"span\"",
            ),
            ("[]", "bad_command", "a list"),
            ("{}", "bad_command", "`command`"),
            (r#"{"command":"tag"}"#, "unknown_command", "\"tag\""),
        ]);
    }

    #[test]
    fn a_field_that_is_wrong_or_missing_is_said_by_name() {
        refuse(&[
            (r#"{"command":"remove_span","span":5}"#, "bad_field", "5 is no id"),
            (
                r#"{"command":"remove_span","span":"s","article":[]}"#,
                "bad_field",
                "[] is no id",
            ),
            (
                r#"{"command":"remove_span","span":"s","colour":"red"}"#,
                "bad_field",
                "colour",
            ),
            (r#"{"command":"remove_span"}"#, "bad_field", "span"),
            (r#"{"command":"remove_span","span":""}"#, "bad_field", "not empty"),
            (
                r#"{"command":"set_status","article":"a","status":"finished"}"#,
                "bad_field",
                "todo, in_progress",
            ),
            (
                r#"{"command":"set_attribute","target":"s","attribute":"x"}"#,
                "bad_field",
                "value",
            ),
            (
                r#"{"command":"batch","commands":[{"command":"undo","x":1}]}"#,
                "bad_field",
                "command 1 of the batch",
            ),
        ]);
    }

    #[test]
    fn what_is_wrong_in_a_value_is_said_by_name() {
        refuse(&[
            (
                r#"{"command":"set_attribute","target":"s","attribute":"q","value":{"low":1,"hihg":2}}"#,
                "bad_field",
                "\"hihg\"",
            ),
            (
                r#"{"command":"add_span","article":"a","label":"l","ranges":[[1,2]],"attributes":{"w":{"value":"2022","by":1}}}"#,
                "bad_field",
                "\"by\"",
            ),
            (
                r#"{"command":"add_event","article":"a","type":"t","roles":[{"role":"r","value":{"id":"x","nmae":"y"}}]}"#,
                "bad_field",
                "\"nmae\"",
            ),
            (
                r#"{"command":"set_attribute","target":"s","attribute":"q","value":{"modifier":"more than"}}"#,
                "bad_field",
                "more_than, at_most",
            ),
            (
                r#"{"command":"add_event","article":"a","type":"t","roles":[{"role":"r"}]}"#,
                "bad_field",
                "either",
            ),
        ]);
    }

    #[test]
    fn a_range_that_is_none_is_refused() {
        for (ranges, part) in [
            ("[[5,2]]", "ends before"),
            ("[[-1,2]]", "whole numbers"),
            (r#"[["1",2]]"#, "no range"),
            ("[[1.0,2]]", "no range"),
        ] {
            let line = format!(r#"{{"command":"add_span","article":"a","label":"l","ranges":{ranges}}}"#);
            refuse(&[(&line, "bad_field", part)]);
        }
    }
}
