//! In which unit a file counts: found by holding the quotes of its spans against each unit, over the whole file.
//!
//! A look at the bytes tells which lines can answer at all (they have spans, and characters on which the units
//! differ), so that a file without spans costs one fast pass.

use std::io;
use std::path::Path;

use memchr::memmem::Finder;
use serde_json::Value as Json;

use crate::model::parse_json;
use crate::text::Text;

use super::super::json_records::named_unit;
use super::super::position::{Pairs, Unit, pairs};
use super::super::unit_probe::UnitProbe;
use super::super::{Diagnostic, ReadOptions};

/// In which units the lines of a file count.
pub(super) struct Units {
    /// Those that say nothing about it.
    pub(super) unsaid: Unit,
    /// Those that say code points, which some say that count otherwise.
    pub(super) code_points: Unit,
}

/// The units of a file, with a finding where they are not code points.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn probe(path: &Path, options: &ReadOptions) -> io::Result<(Units, Option<Diagnostic>)> {
    let mut tally = UnitProbe::default();
    let mut lines = super::values(path)?;
    let marks = ["\"start", "\"label", "\"entities"].map(Finder::new);
    let escape = Finder::new("\\u");
    while let Some((_, line)) = lines.next()? {
        let Ok(line) = line else { continue };
        let is_marked = marks.iter().any(|mark| mark.find(line).is_some());
        let can_answer = is_marked && (!line.is_ascii() || escape.find(line).is_some());
        if can_answer && let Ok(line) = std::str::from_utf8(line) {
            count(line, &mut tally);
        }
    }
    let (unsaid, found) = tally.verdict(Unit::CodePoints, options);
    let (code_points, _) = tally.verdict(Unit::CodePoints, &ReadOptions::default());
    let units = Units { unsaid, code_points };
    Ok((units, found))
}

fn count(line: &str, tally: &mut UnitProbe) {
    let Ok(parsed) = parse_json(line) else { return };
    // A line that says what it counts in is taken at its word, unless that is the default.
    let said = parsed.value.get("offsets").filter(|unit| unit.is_string());
    if said
        .and_then(named_unit)
        .is_some_and(|unit| unit != Unit::CodePoints)
    {
        return;
    }
    let Some(text) = parsed.value.get("text").and_then(Json::as_str) else {
        return;
    };
    let text = Text::new(text);
    let is_native = parsed.value.get("schema").is_some();
    for key in ["spans", "entities", "label", "labels"] {
        let spans = parsed.value.get(key).and_then(Json::as_array);
        for (pairs, quote) in spans.into_iter().flatten().filter_map(placed) {
            match quote {
                Some(quote) => tally.add(&text, &pairs, quote),
                None if said.is_none() && !is_native => tally.add_unquoted(&text),
                None => {}
            }
        }
    }
}

/// Where a span lies, and the words that it quotes.
fn placed(span: &Json) -> Option<(Pairs, Option<&str>)> {
    if let Some([start, end, ..]) = span.as_array().map(Vec::as_slice) {
        return Some((pairs(Some(start), Some(end), None).ok()?, None));
    }
    let either = |one: &str, other: &str| span.get(one).or_else(|| span.get(other));
    let pairs = pairs(
        either("start", "start_offset"),
        either("end", "end_offset"),
        span.get("fragments"),
    )
    .ok()?;
    Some((pairs, span.get("text").and_then(Json::as_str)))
}
