//! Parquet files of others: how they are packed, and what damage does to them.

use std::sync::Arc;

use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::table::parquet::string_type;
use super::{Collected, ReadOptions, detect, format, read};

const TEXTS: [&str; 3] = [
    "Nina 😀 à Hama",
    "حلب",
    "mot mot mot mot mot mot mot mot mot mot mot mot",
];

/// A table with one column of texts, of which a writer makes pages of that version.
fn table(codec: Compression, version: WriterVersion) -> Vec<u8> {
    let schema = Type::group_type_builder("schema").with_fields(vec![string_type("text").unwrap()]);
    let properties = WriterProperties::builder()
        .set_compression(codec)
        .set_writer_version(version)
        .build();
    let schema = Arc::new(schema.build().unwrap());
    let mut out = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    let mut group = out.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let texts = TEXTS.map(ByteArray::from);
    column
        .typed::<ByteArrayType>()
        .write_batch(&texts, Some(&[1; 3]), None)
        .unwrap();
    column.close().unwrap();
    group.close().unwrap();
    out.into_inner().unwrap()
}

fn read_bytes(bytes: &[u8]) -> (Vec<String>, Collected) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    std::fs::write(&path, bytes).unwrap();
    let mut found = Collected::default();
    let options = ReadOptions::default();
    assert!(read(format("parquet").unwrap(), &path, &options, &mut found).is_continue());
    assert!(detect(&path).is_ok() || bytes.len() < 4);
    let texts = found.articles.iter();
    (
        texts.map(|one| one.article.text.as_str().to_owned()).collect(),
        found,
    )
}

fn codecs() -> [Compression; 5] {
    [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::LZ4_RAW,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
    ]
}

#[test]
fn whatever_tools_pack_tables_with_is_read() {
    for codec in codecs() {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let (texts, found) = read_bytes(&table(codec, version));
            assert_eq!(texts, TEXTS, "{codec} {:?}", found.diagnostics);
        }
    }
    let (texts, found) = read_bytes(&table(Compression::LZ4, WriterVersion::PARQUET_1_0));
    assert_eq!((texts.len(), found.diagnostics[0].code), (0, "bad_parquet"));
    assert!(
        found.diagnostics[0].message.contains("with lz4 "),
        "{:?}",
        found.diagnostics
    );
}

#[test]
fn a_table_that_was_cut_off_is_told_as_that() {
    let whole = table(Compression::SNAPPY, WriterVersion::PARQUET_1_0);
    for end in 1..whole.len() {
        let (texts, found) = read_bytes(&whole[..end]);
        assert_eq!((texts.len(), found.diagnostics.len()), (0, 1), "cut at {end}");
        let said = &found.diagnostics[0];
        assert!(said.message.contains("it was cut off"), "cut at {end}: {said}");
        assert!(said.hint.as_ref().unwrap().contains("again"), "{said}");
    }
}

#[test]
fn a_table_with_a_changed_byte_is_read_or_told() {
    for codec in codecs() {
        let whole = table(codec, WriterVersion::PARQUET_2_0);
        for at in (0..whole.len()).step_by(5) {
            let mut changed = whole.clone();
            changed[at] ^= 0x5a;
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.parquet");
            std::fs::write(&path, changed).unwrap();
            let mut found = Collected::default();
            let options = ReadOptions::default();
            assert!(read(format("parquet").unwrap(), &path, &options, &mut found).is_continue());
            assert!(
                found.articles.len() + found.diagnostics.len() > 0,
                "{codec} changed at {at}"
            );
        }
    }
}
