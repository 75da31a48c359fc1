//! The format `jsonl`: one JSON object a line; the project's own `hashiya/1`, and any object with a `text` field. A list of
//! such objects is read as well.
//!
//! Reading streams: one object is in memory at a time, a bad one becomes a diagnostic, and the next one is read.

pub(super) mod escape;
pub(super) mod fields;
pub(super) mod foreign;
pub(super) mod keys;
pub(super) mod lines;
mod native;
mod records;
pub(super) mod rest;
mod units;
pub(super) mod whole;
mod write;

use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::model::{JsonFault, ParsedJson, parse_json};
use crate::text::ByteOffset;

use super::diagnostic::place_in;
use super::json_records::{Beginning, read_values};
use super::json_values::JsonValues;
use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};
use super::{Diagnostic, Incoming, ReadOptions, Sink, cannot_read, encoding};
use fields::Findings;
pub(super) use fields::{read_value as checked_value, shown};
use native::Reading;

pub(super) const FORMAT: Format = Format {
    id: "jsonl",
    name: "JSON Lines (hashiya/1)",
    endings: &["jsonl", "ndjson"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/jsonl.md"),
    claim,
    columns: None,
    read: Some(read),
    write: Some(write::writer),
};

fn claim(file: &Glimpse<'_>) -> Claim {
    let is_one = match file.ending {
        "jsonl" | "ndjson" => encoding::signature(file.head).is_none(),
        "json" => {
            looks_like_lines(file.head)
                || Beginning::of_any(file).is_some_and(|beginning| beginning.has("text"))
        }
        _ => file.is_unnamed_json() && Beginning::of_any(file).is_some_and(|beginning| beginning.has("text")),
    };
    if is_one { Claim::Reads } else { Claim::No }
}

fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    match read_lines(path, options, sink) {
        Ok(flow) => flow,
        Err(error) => {
            sink.diagnostic(cannot_read(path, &error));
            ControlFlow::Continue(())
        }
    }
}

fn read_lines(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> std::io::Result<ControlFlow<()>> {
    let (units, warning) = units::probe(path, options)?;
    let origin = options.origin_in(path);
    let reading = Reading {
        unit: units.unsaid,
        code_points: units.code_points,
        origin: &origin,
    };
    read_values(path, &mut values(path)?, warning, sink, |line, number, list| {
        read_line(line, &reading, &mut Findings { line: number, list })
    })
}

/// The objects of a file, one a line where it is named so.
fn values(path: &Path) -> std::io::Result<JsonValues> {
    let are_lines = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl") || ending.eq_ignore_ascii_case("ndjson"));
    if are_lines {
        JsonValues::open_lines(path)
    } else {
        JsonValues::open(path)
    }
}

fn read_line(line: &[u8], reading: &Reading, found: &mut Findings) -> Result<Incoming, Diagnostic> {
    let line = utf8(line)?;
    let object = object(line)?;
    match object.get("schema").and_then(Json::as_str) {
        Some("hashiya/1") => native::read(object, reading, found),
        Some(schema) if schema.starts_with("hashiya/") => Err(Diagnostic::error(
            "newer_schema",
            format!("the line is in {schema}; this version reads hashiya/1"),
        )
        .with_hint("open it with a newer version of Hashiya, or export it again as hashiya/1")),
        _ => foreign::read(object, reading, found),
    }
}

/// Bytes as text.
///
/// # Errors
/// Where they are not UTF-8, with the place among them.
pub(super) fn utf8(line: &[u8]) -> Result<&str, Diagnostic> {
    std::str::from_utf8(line).map_err(|error| {
        let good = String::from_utf8_lossy(line.get(..error.valid_up_to()).unwrap_or_default());
        let byte = line.get(error.valid_up_to()).copied().unwrap_or_default();
        let (line, column) = place_in(&good, good.len());
        let message = format!("the byte {byte:02X} is not valid UTF-8 here");
        Diagnostic::error("invalid_utf8", message)
            .at(line, column)
            .with_hint("JSON is UTF-8; convert the file and import it again")
    })
}

/// The object that a text is.
///
/// # Errors
/// Where it is none, with the place in it.
pub(super) fn object(line: &str) -> Result<Map<String, Json>, Diagnostic> {
    object_of(line, parse_json(line))
}

/// The same of what its parsing gave.
///
/// # Errors
/// As [`object`].
pub(super) fn object_of(
    line: &str,
    parsed: Result<ParsedJson, (JsonFault, ByteOffset)>,
) -> Result<Map<String, Json>, Diagnostic> {
    let parsed = parsed.map_err(|broken| fault(line, broken))?;
    if let Some((key, at)) = parsed.duplicates.first() {
        let (line, column) = place_in(line, at.get());
        let message = format!("an object has the key {key:?} twice");
        return Err(Diagnostic::error("duplicate_key", message)
            .at(line, column)
            .with_hint("tools differ in which of the two they take; keep one"));
    }
    match parsed.value {
        Json::Object(object) => Ok(object),
        other => Err(Diagnostic::error(
            "not_an_object",
            format!("the line is {}, not an object", fields::shown(&other)),
        )
        .with_hint("each line is one JSON object with a text")),
    }
}

/// What is told of text that is not JSON, with its place in it.
pub(super) fn fault(text: &str, (fault, at): (JsonFault, ByteOffset)) -> Diagnostic {
    let (code, hint) = match fault {
        JsonFault::Cut => (
            "cut_line",
            "the file may have been cut while it was written; copy it again",
        ),
        JsonFault::LoneSurrogate => (
            "lone_surrogate",
            "the tool that wrote it cut an emoji in two; write it again from the text itself",
        ),
        JsonFault::TooDeep => ("too_deep", "flatten the object"),
        _ => ("bad_json", "each line is one JSON object"),
    };
    let (line, column) = place_in(text, at.get());
    Diagnostic::error(code, format!("this is not JSON: {fault}"))
        .at(line, column)
        .with_hint(hint)
}

/// Whether the first bytes of a file are those of JSON Lines rather than of one JSON value: its first line
/// is a whole object, or is longer than what is seen.
pub(super) fn looks_like_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut lines = head.split(|&byte| byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let whole = std::str::from_utf8(first).is_ok_and(|line| object(line).is_ok());
    whole || (lines.next().is_none() && first.starts_with(b"{"))
}
