//! Tables: the formats `csv`, `csv-excel`, `xlsx`, and `parquet`, with one row for each span and further tables for
//! relations, events, notes, and the articles with their text. They are read back, and so are tables of spans or of
//! articles that others made, also as `ods`.

mod articles;
mod columns;
mod excel;
#[cfg(test)]
mod law_tests;
mod ods;
pub(super) mod parquet;
mod quantity;
mod quotes;
mod read;
mod records;
mod schema;
mod source;
mod survey;
#[cfg(test)]
mod tests;
mod write;
mod xlsx;

use super::office::package::{has_part, is_archive, names_itself};
use super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};
use super::{Feature, encoding};
use source::{Kind, is_companion};

pub(super) const CSV: Format = Format {
    id: "csv",
    name: "CSV",
    endings: &["csv", "tsv", "tab"],
    offset_unit: OffsetUnit::CodePoints,
    unit_is_open: true,
    cannot_hold: &[Feature::Review, Feature::FurtherKeys],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/csv.md"),
    claim: |file| {
        let is_text = encoding::signature(file.head).is_none();
        claim(
            file,
            is_text && !is_for_excel(file) && matches!(file.ending, "csv" | "tsv" | "tab"),
        )
    },
    columns: Some(|path| source::header(Kind::Csv, path)),
    read: Some(|path, options, sink| read::read(Kind::Csv, path, options, sink)),
    write: Some(write::plain),
};

pub(super) const CSV_EXCEL: Format = Format {
    id: "csv-excel",
    name: "CSV for Excel",
    endings: &["csv"],
    page: include_str!("../../../assets/help/formats/csv-excel.md"),
    // Only what the project wrote so has guards to be taken off.
    claim: |file| claim(file, is_for_excel(file)),
    columns: Some(|path| source::header(Kind::Guarded, path)),
    read: Some(|path, options, sink| read::read(Kind::Guarded, path, options, sink)),
    write: Some(write::for_excel),
    ..CSV
};

pub(super) const XLSX: Format = Format {
    id: "xlsx",
    name: "Excel workbook",
    endings: &["xlsx"],
    page: include_str!("../../../assets/help/formats/xlsx.md"),
    claim: |file| {
        let is_named = matches!(file.ending, "xlsx" | "xlsm" | "xltx" | "xltm");
        if is_archive(file) && (is_named || has_part(file, WORKBOOK)) {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    columns: Some(|path| source::header(Kind::Xlsx, path)),
    read: Some(|path, options, sink| read::read(Kind::Xlsx, path, options, sink)),
    write: Some(xlsx::writer),
    ..CSV
};

pub(super) const ODS: Format = Format {
    id: "ods",
    name: "OpenDocument spreadsheet",
    endings: &["ods"],
    offset_unit: OffsetUnit::None,
    unit_is_open: false,
    cannot_hold: &Feature::ALL,
    several_annotators: false,
    page: include_str!("../../../assets/help/formats/ods.md"),
    claim: |file| {
        let says_so = names_itself(file, "application/vnd.oasis.opendocument.spreadsheet");
        if is_archive(file) && (says_so || file.ending == "ods") {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    columns: Some(|path| source::header(Kind::Ods, path)),
    read: Some(|path, options, sink| read::read(Kind::Ods, path, options, sink)),
    write: None,
    ..CSV
};

pub(super) const PARQUET: Format = Format {
    id: "parquet",
    name: "Parquet",
    endings: &["parquet"],
    page: include_str!("../../../assets/help/formats/parquet.md"),
    claim: |file| claim(file, file.head.starts_with(b"PAR1")),
    columns: Some(|path| source::header(Kind::Parquet, path)),
    read: Some(|path, options, sink| read::read(Kind::Parquet, path, options, sink)),
    write: Some(parquet::writer),
    ..CSV
};

/// The part that every workbook has.
const WORKBOOK: &str = "xl/workbook.xml";

fn is_for_excel(file: &Glimpse<'_>) -> bool {
    file.ending == "csv" && file.head.starts_with("\u{feff}article_id;".as_bytes())
}

fn claim(file: &Glimpse<'_>, is_own: bool) -> Claim {
    match is_own {
        false => Claim::No,
        true if is_companion(file.path) => Claim::Companion,
        true => Claim::Reads,
    }
}
