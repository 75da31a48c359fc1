//! The format `webanno`: TSV 3 of `WebAnno`, which INCEpTION imports and exports. A file for each article and annotator.
//!
//! A file holds sentences, their tokens with positions in UTF-16 code units, and columns for the features of layers.

mod escape;
mod lines;
mod marks;
mod read;
#[cfg(test)]
mod reading_tests;
mod rebuild;
#[cfg(test)]
mod tests;
mod units;
mod write;

use super::Feature;
use super::cas::types::{RELATION, SPAN};
use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};

/// Before what is known of the article, in the head of the first sentence, where readers pass over what they do not know.
const ABOUT: &str = "#Hashiya=";

pub(super) const FORMAT: Format = Format {
    id: "webanno",
    name: "WebAnno TSV",
    endings: &["tsv"],
    offset_unit: OffsetUnit::Utf16,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Discontinuous,
        Feature::Events,
        Feature::ArticleLabels,
        Feature::Notes,
        Feature::Review,
        Feature::Unconfirmed,
        Feature::Provenance,
        Feature::Ids,
        Feature::FurtherKeys,
    ],
    shape: Shape::Folder,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/webanno.md"),
    columns: None,
    claim,
    read: Some(read::read),
    write: Some(write::writer),
};

/// What every file of the format begins with.
const HEAD: &str = "#FORMAT=WebAnno TSV";

fn claim(file: &Glimpse<'_>) -> Claim {
    let head = file.head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file.head);
    if head.starts_with(HEAD.as_bytes()) {
        Claim::Reads
    } else {
        Claim::No
    }
}
