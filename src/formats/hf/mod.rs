//! The format `hf`: datasets of Hugging Face. Written is a folder that `datasets.load_dataset` reads, Parquet with a card,
//! each row an article as one annotator marked it: tokens with a flat choice of tags, and every span with its
//! characters. Read are such folders, and Parquet and JSON files of others with tokens and tags, or with spans.
//!
//! Knows files only, no project.

mod card;
mod names;
mod read;
mod record;
mod roles;
mod rows;
mod split;
mod survey;
#[cfg(test)]
mod tests;
mod told;
mod write;
mod yaml;

use std::path::Path;

use parquet::basic::{ConvertedType, Type as PhysicalType};
use parquet::schema::types::Type;

use super::Feature;
use super::json_records::Beginning;
use super::parquet_rows::ParquetFile;
use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};
use roles::{ENDS, LABELS, SPANS, STARTS, TAGS, TEXTS, TOKENS};

pub(super) const FORMAT: Format = Format {
    id: "hf",
    name: "Hugging Face dataset",
    endings: &["parquet"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Relations,
        Feature::Events,
        Feature::ArticleLabels,
        Feature::Notes,
        Feature::Review,
        Feature::Unconfirmed,
        Feature::Provenance,
        Feature::FurtherKeys,
    ],
    shape: Shape::Folder,
    several_annotators: true,
    is_for_training: true,
    holds_splits: true,
    page: include_str!("../../../assets/help/formats/hf.md"),
    claim,
    columns: None,
    read: Some(read::read),
    write: Some(|files, options| Ok(Box::new(write::Writer::new(files, options)))),
};

/// What ends the head of a card, and begins it.
const FENCE: &str = "---";

fn claim(file: &Glimpse<'_>) -> Claim {
    if is_card(file.path) {
        let says_so = file.ending == "json" || is_head_of_card(file.head);
        return if says_so { Claim::Companion } else { Claim::No };
    }
    let is_one = if file.head.starts_with(b"PAR1") {
        ParquetFile::open(file.path).is_ok_and(|file| has_marks(&file))
    } else {
        Beginning::of(file).is_some_and(|beginning| has_marks_in_json(&beginning))
    };
    if is_one { Claim::Reads } else { Claim::No }
}

/// Whether a file, by its name, tells of a dataset and holds no rows of it.
fn is_card(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.eq_ignore_ascii_case("readme.md")
        || matches!(
            name.as_ref(),
            "dataset_infos.json" | "dataset_info.json" | "state.json"
        )
}

fn is_head_of_card(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}');
    let keys = [
        "dataset_info:",
        "configs:",
        "task_categories:",
        "size_categories:",
    ];
    head.starts_with(FENCE)
        && head
            .lines()
            .any(|line| keys.iter().any(|key| line.starts_with(key)))
}

/// Whether the columns of a Parquet file are tokens with tags, or a text with spans.
fn has_marks(file: &ParquetFile) -> bool {
    let column = |names: &[&str], fits: fn(&Type) -> bool| {
        let mut fields = file.fields().iter();
        fields.any(|field| names.contains(&field.name()) && fits(field))
    };
    let is_tagged = column(TOKENS, is_list_of_strings) && column(TAGS, is_list_of_tags);
    is_tagged || (column(TEXTS, is_string) && column(SPANS, holds_spans))
}

fn is_string(of: &Type) -> bool {
    of.is_primitive() && of.get_physical_type() == PhysicalType::BYTE_ARRAY
}

/// The element of a list, whichever of the ways of writing one a file follows.
fn element(of: &Type) -> Option<&Type> {
    let is_list = !of.is_primitive() && of.get_basic_info().converted_type() == ConvertedType::LIST;
    let inner = is_list.then(|| of.get_fields().first()).flatten()?;
    if inner.is_primitive() || inner.get_fields().len() != 1 {
        return Some(inner);
    }
    inner.get_fields().first().map(AsRef::as_ref)
}

fn is_list_of_strings(of: &Type) -> bool {
    element(of).is_some_and(is_string)
}

fn is_list_of_tags(of: &Type) -> bool {
    element(of).is_some_and(|element| {
        let kinds = [PhysicalType::BYTE_ARRAY, PhysicalType::INT32, PhysicalType::INT64];
        element.is_primitive() && kinds.contains(&element.get_physical_type())
    })
}

/// A list of structures, or a structure of lists, with starts and ends.
fn holds_spans(of: &Type) -> bool {
    let structure = element(of).unwrap_or(of);
    let has = |names: &[&str]| {
        let mut fields = structure.get_fields().iter();
        fields.any(|field| names.contains(&field.name()))
    };
    !structure.is_primitive() && (has(&["offsets"]) || has(STARTS) && has(ENDS)) && has(LABELS)
}

/// The same of the first record of a JSON file, as far as no other format reads such spans.
fn has_marks_in_json(beginning: &Beginning) -> bool {
    let keys = beginning.keys();
    let value = |names: &[&str], fits: fn(&str) -> bool| {
        let mut keys = keys.iter();
        keys.any(|(key, value)| names.contains(&key.as_str()) && fits(value))
    };
    let is_tagged = value(TOKENS, |value| {
        inside(value).is_some_and(|first| first.starts_with('"'))
    }) && value(TAGS, |value| {
        inside(value)
            .is_some_and(|first| first.starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()))
    });
    is_tagged || (value(TEXTS, |value| value.starts_with('"')) && value(SPANS, holds_spans_in_json))
}

/// What a list begins with.
fn inside(value: &str) -> Option<&str> {
    value.strip_prefix('[').map(str::trim_start)
}

/// A structure of lists, or a list of structures whose labels are numbers.
fn holds_spans_in_json(value: &str) -> bool {
    let (structure, is_one): (_, fn(&str) -> bool) = match inside(value) {
        Some(first) => (first, |value| value.starts_with(|c: char| c.is_ascii_digit())),
        None => (value, |value| value.starts_with('[')),
    };
    let keys = super::json_values::first_keys(structure);
    let has = |names: &[&str]| keys.iter().any(|(key, _)| names.contains(&key.as_str()));
    let labels = keys.iter().find(|(key, _)| LABELS.contains(&key.as_str()));
    has(STARTS) && has(ENDS) && labels.is_some_and(|(_, value)| is_one(value))
}
