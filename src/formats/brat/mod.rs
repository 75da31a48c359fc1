//! The format `brat`: a folder of `.txt` and `.ann` files, as brat and many corpora have them.
//!
//! Beside each pair stands a `.json` with what brat has no line for; brat ignores it, and a collection without it is
//! read as it is. Knows files only, no project.

mod configuration;
mod lines;
pub(super) mod names;
mod read;
mod sidecar;
#[cfg(test)]
mod tests;
mod write;

use std::path::Path;

use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};

pub(super) const FORMAT: Format = Format {
    id: "brat",
    name: "brat standoff",
    endings: &["ann", "a1"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[],
    shape: Shape::Folder,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/brat.md"),
    columns: None,
    claim,
    read: Some(read::read),
    write: Some(write::writer),
};

fn claim(file: &Glimpse<'_>) -> Claim {
    let beside = |ending: &str| file.path.with_extension(ending).is_file();
    match file.ending {
        "a2" if beside("a1") => Claim::Companion,
        // Where the text is missing, the reading says so.
        "ann" | "a1" | "a2" => Claim::Reads,
        "txt" if beside("ann") || beside("a1") => Claim::Companion,
        "json" if beside("ann") && beside("txt") => Claim::Companion,
        "conf" if is_configuration(file.path) => Claim::Companion,
        _ => Claim::No,
    }
}

fn is_configuration(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    matches!(
        name.as_deref(),
        Some("annotation.conf" | "visual.conf" | "tools.conf" | "kb_shortcuts.conf")
    )
}
