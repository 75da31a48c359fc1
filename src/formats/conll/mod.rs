//! The format `conll`: a token a line with its tag in the last column, as the shared task of 2003 had it and as most
//! trainers of named entities still take it.
//!
//! Knows files only, no project. The text itself has no place in it: a reader builds one from the tokens.

mod read;
mod tags;
#[cfg(test)]
mod tests;
mod write;

use super::Feature;
use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};
use super::tagging::Tag;

pub(super) const FORMAT: Format = Format {
    id: "conll",
    name: "CoNLL columns",
    endings: &["conll", "iob", "iob2", "bio", "bioes", "conll2002", "conll2003"],
    offset_unit: OffsetUnit::Tokens,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Overlap,
        Feature::Discontinuous,
        Feature::Attributes,
        Feature::Relations,
        Feature::Events,
        Feature::ArticleLabels,
        Feature::Notes,
        Feature::Status,
        Feature::Review,
        Feature::Metadata,
        Feature::Provenance,
        Feature::Ids,
        Feature::Annotators,
        Feature::FurtherKeys,
        Feature::WhiteSpace,
    ],
    shape: Shape::File,
    several_annotators: false,
    is_for_training: true,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/conll.md"),
    claim,
    columns: None,
    read: Some(read::read),
    write: Some(write::writer),
};

/// What begins the line between two documents.
const DOCUMENT: &str = "-DOCSTART-";

/// Lines of a file under a common ending that must be tokens with tags before it is taken for one of ours.
const LINES_TO_CLAIM: usize = 3;

fn claim(file: &Glimpse<'_>) -> Claim {
    if FORMAT.endings.contains(&file.ending) {
        return Claim::Reads;
    }
    if !matches!(file.ending, "" | "txt" | "tsv" | "dat" | "train" | "test" | "dev") {
        return Claim::No;
    }
    let head = String::from_utf8_lossy(file.head);
    let head = head.trim_start_matches('\u{feff}');
    if head.starts_with(DOCUMENT) {
        return Claim::Reads;
    }
    // The last line may be cut where the head ends.
    let whole = head.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let mut tokens = 0;
    let mut any_span = false;
    for line in whole.lines().filter(|line| !line.trim().is_empty()) {
        let Some(row) = tags::Row::of(line).filter(|row| row.columns <= 5) else {
            return Claim::No;
        };
        tokens += 1;
        any_span |= row.tag != Tag::Outside;
    }
    if tokens >= LINES_TO_CLAIM && any_span {
        Claim::Reads
    } else {
        Claim::No
    }
}
