//! The formats `xmi` and `uima-json`: a UIMA CAS for each article and annotator, as INCEpTION and dkpro-cassis have it.
//!
//! Both are the same feature structures in two notations. Positions are UTF-16 code units.

mod build;
mod json;
mod layer;
mod parse;
mod ranges;
mod read;
#[cfg(test)]
mod tests;
pub(super) mod types;
mod xmi;

use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};

pub(super) const XMI: Format = Format {
    id: "xmi",
    name: "UIMA XMI",
    endings: &["xmi"],
    offset_unit: OffsetUnit::Utf16,
    unit_is_open: false,
    cannot_hold: &[],
    shape: Shape::Folder,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/xmi.md"),
    columns: None,
    claim: claim_xmi,
    read: Some(read::read_xmi),
    write: Some(xmi::writer),
};

pub(super) const JSON: Format = Format {
    id: "uima-json",
    name: "UIMA JSON CAS",
    endings: &["json"],
    page: include_str!("../../../assets/help/formats/uima-json.md"),
    claim: claim_json,
    read: Some(read::read_json),
    write: Some(json::writer),
    ..XMI
};

fn holds(head: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(head, words).is_some()
}

fn claim_xmi(file: &Glimpse<'_>) -> Claim {
    if file.ending == "xmi" || holds(file.head, b"<xmi:XMI") {
        Claim::Reads
    } else if file.ending == "xml" && holds(file.head, b"<typeSystemDescription") {
        Claim::Companion
    } else {
        Claim::No
    }
}

fn claim_json(file: &Glimpse<'_>) -> Claim {
    let is_cas = [&b"\"%TYPES\""[..], b"\"%FEATURE_STRUCTURES\""]
        .iter()
        .any(|key| holds(file.head, key));
    if file.ending == "json" && is_cas {
        Claim::Reads
    } else {
        Claim::No
    }
}
