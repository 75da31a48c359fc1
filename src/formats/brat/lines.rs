//! The lines of an `.ann` file, cut at their tabs. Knows nothing of what they mean.

use std::path::Path;

use super::super::position::Pairs;
use super::super::{Diagnostic, Sink};

/// One line, cut at its tabs.
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) data: String,
    pub(super) tail: Option<String>,
}

/// The records of a file; a line that is none is told.
pub(super) fn split(path: &Path, lines: &str, records: &mut Vec<Record>, sink: &mut dyn Sink) {
    for (number, line) in lines.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        let number = number as u64 + 1;
        let Some((id, rest)) = line.split_once('\t') else {
            let found = Diagnostic::error("bad_line", "the line has no tab behind its id");
            sink.diagnostic(
                found
                    .in_file(path)
                    .at_line(number)
                    .with_record(line)
                    .with_hint(Diagnostic::MEND_PART),
            );
            continue;
        };
        let (data, tail) = match rest.split_once('\t') {
            Some((data, tail)) => (data, Some(tail.to_owned())),
            None => (rest, None),
        };
        records.push(Record {
            line: number,
            id: id.to_owned(),
            data: data.to_owned(),
            tail,
        });
    }
}

/// A type and its places: `Label 0 5;16 23`.
pub(super) fn text_bound(data: &str) -> Option<(&str, Pairs)> {
    let (kind, places) = data.split_once(' ')?;
    let pair = |place: &str| {
        let (start, end) = place.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    Some((kind, places.split(';').map(pair).collect::<Option<Pairs>>()?))
}
