//! Parquet files in, as rows of any shape, without Arrow.
//!
//! Knows no meaning of a column. A damaged file is an error with a reason and never more than that: sizes are looked at
//! before anything is unpacked, and the library, which expects sound pages, is kept from taking the thread down.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::record::{Field, Row};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};
use serde_json::{Map, Value as Json};

use super::guarded::{CONTRADICTION, guarded};
use super::parquet_sizes::{Chunk, are_pages_sound, has_end, has_flat_columns};
use super::{Diagnostic, cannot_read, too_large};

/// What a file of this program says of who made it.
pub(super) const CREATED_BY: &str = "hashiya";
/// Unpacked bytes that a group of rows may have.
const MOST_GROUP: i64 = 1 << 30;
/// Rows that a group may have.
const MOST_ROWS: i64 = 1 << 26;

/// A file that was opened.
pub(super) struct ParquetFile {
    reader: SerializedFileReader<File>,
    /// The same file, for looks beside the library.
    file: File,
    path: PathBuf,
}

impl ParquetFile {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it cannot be opened, is no Parquet file, or is larger inside than any table of texts.
    pub(super) fn open(path: &Path) -> Result<Self, Diagnostic> {
        let failed = |error: std::io::Error| cannot_read(path, &error);
        let mut file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        if !has_end(&mut file).map_err(failed)? {
            return Err(Diagnostic::error(
                "bad_parquet",
                "the file has no end as Parquet files have, so it was cut off or damaged",
            )
            .in_file(path)
            .with_hint("download or copy it again, and import that"));
        }
        if !has_flat_columns(&mut file).map_err(failed)? {
            return Err(broken(
                path,
                "the file cannot be read: its columns lie too deep in each other",
            ));
        }
        // The library's own handle; two copies of one would share their place in the file.
        let own = File::open(path).map_err(failed)?;
        let reader = sound(|| SerializedFileReader::new(own));
        let reader = reader.map_err(|reason| broken(path, &format!("the file cannot be read: {reason}")))?;
        let metadata = reader.metadata();
        if metadata.row_groups().iter().any(is_too_large) {
            return Err(too_large("a group of rows in the file").in_file(path));
        }
        if let Some(reason) = metadata
            .row_groups()
            .iter()
            .find_map(|group| contradiction(group, length))
        {
            return Err(broken(path, &format!("the file cannot be read: {reason}")));
        }
        if let Some(codec) = metadata.row_groups().iter().find_map(unread_codec) {
            return Err(broken(
                path,
                &format!("the file is compressed with {codec}, which is not read"),
            ));
        }
        if metadata.file_metadata().schema().get_fields().is_empty() {
            return Err(broken(path, "the file cannot be read: it has no columns"));
        }
        Ok(Self {
            reader,
            file,
            path: path.to_owned(),
        })
    }

    /// Its columns.
    pub(super) fn fields(&self) -> &[Arc<Type>] {
        self.reader.metadata().file_metadata().schema().get_fields()
    }

    /// What it says under a key beside its rows.
    pub(super) fn note(&self, key: &str) -> Option<&str> {
        let notes = self.reader.metadata().file_metadata().key_value_metadata()?;
        notes.iter().find(|note| note.key == key)?.value.as_deref()
    }

    /// Whether this program wrote it, and nobody wrote it again.
    pub(super) fn is_own(&self) -> bool {
        self.reader.metadata().file_metadata().created_by() == Some(CREATED_BY)
    }

    /// How many rows it says to have.
    pub(super) fn row_count(&self) -> u64 {
        let groups = self.reader.metadata().row_groups().iter();
        groups.map(rows_of).sum()
    }

    /// Its rows with their numbers, from 1.
    pub(super) fn rows(self) -> Rows {
        let schema = self.reader.metadata().file_metadata().schema_descr_ptr();
        self.rows_as(schema)
    }

    /// Its rows without some columns, which are not unpacked then.
    ///
    /// # Errors
    /// Where the library takes the other columns for none.
    pub(super) fn rows_without(self, columns: &[&str]) -> Result<Rows, Diagnostic> {
        let whole = self.reader.metadata().file_metadata().schema();
        let kept = whole.get_fields().iter();
        let kept = kept.filter(|field| !columns.contains(&field.name())).cloned();
        let kept = Type::group_type_builder(whole.name())
            .with_fields(kept.collect())
            .build()
            .map_err(|error| broken(&self.path, &format!("the file cannot be read: {error}")))?;
        Ok(self.rows_as(Arc::new(SchemaDescriptor::new(Arc::new(kept)))))
    }

    fn rows_as(self, schema: SchemaDescPtr) -> Rows {
        Rows {
            file: self,
            schema,
            group: 0,
            open: None,
            number: 0,
        }
    }
}

/// The rows of a file. Where a group of them is damaged, the next one is gone on with.
pub(super) struct Rows {
    file: ParquetFile,
    /// The columns that are read.
    schema: SchemaDescPtr,
    /// The number of groups that were opened.
    group: usize,
    open: Option<Group>,
    /// Of the row that was handed over last.
    number: u64,
}

struct Group {
    rows: ReaderIter,
    /// The number of its last row.
    last: u64,
}

impl Iterator for Rows {
    type Item = Result<(u64, Row), Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(group) = self.open.as_mut() {
                if self.number >= group.last {
                    self.open = None;
                    continue;
                }
                let read = sound(|| group.rows.next().transpose());
                let reason = match read {
                    Ok(Some(row)) => {
                        self.number += 1;
                        return Some(Ok((self.number, row)));
                    }
                    Ok(None) => "they are not there".to_owned(),
                    Err(reason) => reason,
                };
                let last = group.last;
                return Some(Err(self.pass_over(last, &reason)));
            }
            if self.group >= self.file.reader.metadata().num_row_groups() {
                return None;
            }
            let last = self.number + rows_of(self.file.reader.metadata().row_group(self.group));
            match self.open_next() {
                Ok(rows) => self.open = Some(Group { rows, last }),
                Err(reason) if last > self.number => return Some(Err(self.pass_over(last, &reason))),
                Err(_) => {}
            }
        }
    }
}

impl Rows {
    fn open_next(&mut self) -> Result<ReaderIter, String> {
        let at = self.group;
        self.group += 1;
        let reader = &self.file.reader;
        for column in reader.metadata().row_group(at).columns() {
            let is_sound = chunk_of(column).map(|chunk| are_pages_sound(&mut self.file.file, &chunk));
            match is_sound {
                Some(Ok(true)) => {}
                Some(Err(error)) => return Err(error.to_string()),
                _ => return Err(CONTRADICTION.to_owned()),
            }
        }
        sound(|| {
            let group = reader.get_row_group(at)?;
            TreeBuilder::new().as_iter(self.schema.clone(), &*group)
        })
    }

    /// Says that the rest of a group is lost, and goes on behind it.
    fn pass_over(&mut self, last: u64, reason: &str) -> Diagnostic {
        let first = self.number + 1;
        self.number = last;
        self.open = None;
        let message = format!("the rows {first} to {last} cannot be read: {reason}");
        broken(&self.file.path, &message).at_line(first)
    }
}

fn broken(path: &Path, message: &str) -> Diagnostic {
    Diagnostic::error("bad_parquet", message)
        .in_file(path)
        .with_hint("write it again, without compression or with snappy or zstd, and import that")
}

/// What the library makes of bytes, with the reason where it makes nothing.
fn sound<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match guarded(work) {
        Some(Ok(done)) => Ok(done),
        Some(Err(error)) => Err(error.to_string()),
        None => Err(CONTRADICTION.to_owned()),
    }
}

fn rows_of(group: &RowGroupMetaData) -> u64 {
    u64::try_from(group.num_rows()).unwrap_or_default()
}

/// In what a group is packed, where that cannot be unpacked here.
fn unread_codec(group: &RowGroupMetaData) -> Option<String> {
    let mut codecs = group.columns().iter().map(ColumnChunkMetaData::compression);
    let is_read = |codec: &Compression| {
        use Compression::{GZIP, LZ4_RAW, SNAPPY, UNCOMPRESSED, ZSTD};
        matches!(codec, UNCOMPRESSED | SNAPPY | GZIP(_) | ZSTD(_) | LZ4_RAW)
    };
    let unread = codecs.find(|codec| !is_read(codec))?;
    if unread == Compression::LZ4 {
        return Some("lz4 of its old kind".to_owned());
    }
    // The level behind the name is only the writer's.
    let name = unread.to_string();
    Some(name.split('(').next().unwrap_or(&name).to_lowercase())
}

fn is_too_large(group: &RowGroupMetaData) -> bool {
    let unpacked = group
        .columns()
        .iter()
        .map(|column| column.uncompressed_size().max(0))
        .fold(0, i64::saturating_add);
    group.num_rows() > MOST_ROWS || group.total_byte_size().max(unpacked) > MOST_GROUP
}

/// What cannot be true of a group in a file of that length.
fn contradiction(group: &RowGroupMetaData, length: u64) -> Option<&'static str> {
    if group.num_rows() < 0 {
        return Some("a group of its rows has less than none");
    }
    group.columns().iter().find_map(|column| {
        if chunk_of(column).is_none_or(|chunk| chunk.end > length) {
            return Some("a column lies outside of it; it may be cut");
        }
        (column.num_values() < group.num_rows()).then_some("a column has fewer values than there are rows")
    })
}

fn chunk_of(column: &ColumnChunkMetaData) -> Option<Chunk> {
    let first = column.data_page_offset();
    let start = column.dictionary_page_offset().map_or(first, |at| at.min(first));
    let start = u64::try_from(start).ok()?;
    Some(Chunk {
        start,
        end: start.checked_add(u64::try_from(column.compressed_size()).ok()?)?,
        unpacked: u64::try_from(column.uncompressed_size()).ok()?,
        is_gzip: matches!(column.compression(), Compression::GZIP(_)),
    })
}

/// A field as text: nothing as the empty string, lists and structures as JSON.
pub(super) fn field_text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Double(number) if number.fract() == 0.0 && number.abs() < 9e15 => format!("{number:.0}"),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => field_json(field).to_string(),
        other => other.to_string(),
    }
}

/// A field as JSON; moments and decimal numbers as strings.
fn field_json(field: &Field) -> Json {
    match field {
        Field::Null => Json::Null,
        Field::Bool(yes) => (*yes).into(),
        Field::Byte(number) => (*number).into(),
        Field::Short(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) => (*number).into(),
        Field::UByte(number) => (*number).into(),
        Field::UShort(number) => (*number).into(),
        Field::UInt(number) => (*number).into(),
        Field::ULong(number) => (*number).into(),
        Field::Float(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Group(row) => {
            let fields = row.get_column_iter();
            let fields = fields.map(|(name, field)| (name.clone(), field_json(field)));
            fields.collect::<Map<_, _>>().into()
        }
        Field::ListInternal(list) => list.elements().iter().map(field_json).collect::<Vec<_>>().into(),
        Field::MapInternal(map) => {
            let entries = map.entries().iter();
            let entries = entries.map(|(key, value)| (field_text(key), field_json(value)));
            entries.collect::<Map<_, _>>().into()
        }
        other => field_text(other).into(),
    }
}

/// A row as an object.
pub(super) fn row_json(row: Row) -> Map<String, Json> {
    let columns = row.into_columns().into_iter();
    let column = |(name, field)| match field {
        Field::Str(text) => (name, Json::String(text)),
        other => (name, field_json(&other)),
    };
    columns.map(column).collect()
}
