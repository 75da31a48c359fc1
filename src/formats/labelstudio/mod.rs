//! The format `labelstudio`: a JSON list of Label Studio tasks, and beside it the labelling config that they need.
//!
//! Positions are UTF-16 code units, because Label Studio's window counts in those. Each annotator's layer is one
//! annotation of the task; predictions are layers of a model.

mod config;
mod read;
mod write;

use super::json_records::{Beginning, read as read_dialect};
use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};
use super::{Feature, ReadOptions, Sink};

pub(super) const FORMAT: Format = Format {
    id: "labelstudio",
    name: "Label Studio JSON",
    endings: &["json"],
    offset_unit: OffsetUnit::Utf16,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Discontinuous,
        Feature::Events,
        Feature::Notes,
        Feature::Review,
        Feature::Unconfirmed,
        Feature::Provenance,
        Feature::FurtherKeys,
    ],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/labelstudio.md"),
    claim,
    columns: None,
    read: Some(|path, options: &ReadOptions, sink: &mut dyn Sink| {
        read_dialect(path, options, sink, &read::DIALECT)
    }),
    write: Some(write::writer),
};

/// The name of the tag that has the labels, in configs written here.
const LABELS: &str = "label";
/// The name of the tag that has the text.
const TEXT: &str = "text";
/// What the names of tags begin with that have an attribute of spans.
const ATTRIBUTE: &str = "attribute-";
/// What the names of tags begin with that have a label of the whole article.
const ARTICLE: &str = "article-";

fn claim(file: &Glimpse<'_>) -> Claim {
    // A labelling config says what tasks may use, and has none.
    if file.ending == "xml" && file.head.trim_ascii_start().starts_with(b"<View") {
        return Claim::Companion;
    }
    let is_one = Beginning::of(file).is_some_and(|beginning| {
        let marks = ["annotations", "predictions", "completions"];
        beginning.has("data") && marks.iter().any(|key| beginning.has(key))
    });
    if is_one { Claim::Reads } else { Claim::No }
}
