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

use super::super::Diagnostic;
use super::lines::Lines;
use super::ranges::{Pairs, Unit, pairs, ranges};

/// How many quotes agree with each unit.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    quotes: usize,
    agree: [usize; 3],
}

/// The unit of a file, with a finding where it is not code points.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn probe(path: &Path) -> io::Result<(Unit, Option<Diagnostic>)> {
    let mut tally = Tally::default();
    let mut lines = Lines::open(path)?;
    let (start, escape) = (Finder::new("\"start"), Finder::new("\\u"));
    while let Some((_, line)) = lines.next()? {
        let Ok(line) = line else { continue };
        let can_answer = start.find(line).is_some() && (!line.is_ascii() || escape.find(line).is_some());
        if can_answer && let Ok(line) = std::str::from_utf8(line) {
            count(line, &mut tally);
        }
    }
    Ok(verdict(tally))
}

fn verdict(tally: Tally) -> (Unit, Option<Diagnostic>) {
    let best = Unit::ALL
        .into_iter()
        .zip(tally.agree)
        // The first of the best: code points before the others.
        .rev()
        .max_by_key(|(_, agree)| *agree);
    match best {
        Some((unit, agree)) if unit != Unit::CodePoints => {
            let message = format!(
                "positions are counted in {}: {agree} of {} quotes agree with that, {} with code points",
                unit.name(),
                tally.quotes,
                tally.agree[0]
            );
            let found = Diagnostic::warning("offset_unit", message)
                .with_hint("the whole file was read so; where a quote still disagrees, the span is kept out");
            (unit, Some(found))
        }
        _ => (Unit::CodePoints, None),
    }
}

fn count(line: &str, tally: &mut Tally) {
    let Ok(parsed) = parse_json(line) else { return };
    // A line that says what it counts in is taken at its word, unless that is the default.
    let said = parsed.value.get("offsets").and_then(Json::as_str);
    if said
        .and_then(Unit::from_name)
        .is_some_and(|unit| unit != Unit::CodePoints)
    {
        return;
    }
    let Some(text) = parsed.value.get("text").and_then(Json::as_str) else {
        return;
    };
    let text = Text::new(text);
    for key in ["spans", "entities", "label", "labels"] {
        let spans = parsed.value.get(key).and_then(Json::as_array);
        for (pairs, quote) in spans.into_iter().flatten().filter_map(quoted) {
            let agree = Unit::ALL.map(|unit| reads(&text, unit, &pairs, quote));
            tally.quotes += 1;
            for (sum, agrees) in tally.agree.iter_mut().zip(agree) {
                *sum += usize::from(agrees);
            }
        }
    }
}

fn quoted(span: &Json) -> Option<(Pairs, &str)> {
    let either = |one: &str, other: &str| span.get(one).or_else(|| span.get(other));
    let pairs = pairs(
        either("start", "start_offset"),
        either("end", "end_offset"),
        span.get("fragments"),
    )
    .ok()?;
    Some((pairs, span.get("text")?.as_str()?))
}

fn reads(text: &Text, unit: Unit, pairs: &Pairs, quote: &str) -> bool {
    ranges(text, unit, pairs).is_ok_and(|ranges| ranges.quote(text).as_deref() == Some(quote))
}
