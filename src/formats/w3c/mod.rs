//! The format `w3c`: Web Annotations in JSON-LD, one `AnnotationPage` in one file, an annotation a line.
//!
//! Each article is an annotation of its own that carries the text, so that a file reads back alone.

mod item;
mod read;
#[cfg(test)]
mod tests;
mod write;

use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};

pub(super) const FORMAT: Format = Format {
    id: "w3c",
    name: "W3C Web Annotation",
    endings: &["jsonld", "json"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/w3c.md"),
    columns: None,
    claim,
    read: Some(read::read),
    write: Some(write::writer),
};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

fn claim(file: &Glimpse<'_>) -> Claim {
    let is_it = memchr::memmem::find(file.head, CONTEXT.as_bytes()).is_some();
    if matches!(file.ending, "json" | "jsonld") && is_it {
        Claim::Reads
    } else {
        Claim::No
    }
}
