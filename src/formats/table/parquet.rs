//! Parquet in and out, without Arrow: optional UTF-8 strings and 64-bit integers out, rows of any shape in.

use std::io;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::super::Diagnostic;
use super::super::files::{Files, Out};
use super::super::parquet_rows::{CREATED_BY, ParquetFile, field_text};
use super::super::registry::{DatasetWriter, WriteOptions};
use super::schema::{Cell, Column, Schema, Table};
use super::source::{Row, Sheet};
use super::write::{Tables, Writer, only_a_stream, open};

/// Rows and bytes that wait in memory before they go to disk as a group.
const GROUP_ROWS: usize = 20_000;
const GROUP_BYTES: usize = 16 << 20;

/// One file with the rows that wait for it.
struct Shard<'a> {
    out: SerializedFileWriter<Out<'a>>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    bytes: usize,
}

struct Parquet<'a> {
    shards: Vec<Option<Shard<'a>>>,
    left_out: u64,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let schema = Schema::new(&options.codebook, options.unit);
    let mut shards = Vec::new();
    for (table, out) in Table::ALL.into_iter().zip(open(files.as_mut(), "parquet")?) {
        let shard = out.map(|out| Shard::new(out, schema.columns(table)));
        shards.push(shard.transpose()?);
    }
    Ok(Box::new(Writer {
        schema,
        tables: Box::new(Parquet { shards, left_out: 0 }),
    }))
}

pub(in crate::formats) fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// How all files are written: with snappy, as other tools do it.
pub(in crate::formats) fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(CREATED_BY.to_owned())
        .build()
}

/// A column of strings.
///
/// # Errors
/// Where the name cannot be one.
pub(in crate::formats) fn string_type(name: &str) -> Result<Arc<Type>, ParquetError> {
    let one = Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY)
        .with_logical_type(Some(LogicalType::String))
        .with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(one.build()?))
}

/// A column of whole numbers.
///
/// # Errors
/// Where the name cannot be one.
pub(in crate::formats) fn number_type(name: &str) -> Result<Arc<Type>, ParquetError> {
    let one = Type::primitive_type_builder(name, PhysicalType::INT64).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(one.build()?))
}

impl<'a> Shard<'a> {
    fn new(out: Out<'a>, columns: Vec<Column>) -> io::Result<Self> {
        let fields: Result<Vec<Arc<Type>>, ParquetError> = columns
            .iter()
            .map(|column| {
                if column.counts {
                    number_type(&column.name)
                } else {
                    string_type(&column.name)
                }
            })
            .collect();
        let fields = fields.map_err(failed)?;
        let root = Type::group_type_builder("schema").with_fields(fields).build();
        let root = Arc::new(root.map_err(failed)?);
        Ok(Self {
            out: SerializedFileWriter::new(out, root, Arc::new(properties())).map_err(failed)?,
            columns,
            rows: Vec::new(),
            bytes: 0,
        })
    }

    fn take(&mut self, cells: &[Cell]) -> io::Result<()> {
        let size = |cell: &Cell| match cell {
            Cell::Text(text) => text.len(),
            _ => 8,
        };
        self.bytes += cells.iter().map(size).sum::<usize>();
        self.rows.push(cells.to_vec());
        if self.rows.len() >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let mut group = self.out.next_row_group()?;
        for (at, column) in self.columns.iter().enumerate() {
            let Some(mut out) = group.next_column()? else {
                break;
            };
            let cells = || rows.iter().filter_map(|row| row.get(at));
            let levels: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Empty)).collect();
            if column.counts {
                let numbers = cells().filter_map(|cell| match cell {
                    Cell::Count(count) => Some(i64::try_from(*count).unwrap_or(i64::MAX)),
                    _ => None,
                });
                let numbers: Vec<i64> = numbers.collect();
                out.typed::<Int64Type>()
                    .write_batch(&numbers, Some(&levels), None)?;
            } else {
                let texts = cells().filter_map(|cell| match cell {
                    Cell::Empty => None,
                    Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                    Cell::Count(count) => Some(ByteArray::from(count.to_string().as_str())),
                });
                let texts: Vec<ByteArray> = texts.collect();
                out.typed::<ByteArrayType>()
                    .write_batch(&texts, Some(&levels), None)?;
            }
            out.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl Tables for Parquet<'_> {
    fn row(&mut self, table: Table, cells: &[Cell]) -> io::Result<()> {
        if let Some(Some(shard)) = self.shards.get_mut(table.index()) {
            return shard.take(cells);
        }
        self.left_out += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        for mut shard in self.shards.into_iter().flatten() {
            if !shard.rows.is_empty() {
                shard.write_group().map_err(failed)?;
            }
            shard.out.close().map_err(failed)?;
        }
        let left_out = self.left_out;
        Ok((left_out > 0)
            .then(|| only_a_stream(left_out))
            .into_iter()
            .collect())
    }
}

/// Opens a file as rows.
///
/// # Errors
/// Where it cannot be opened, or is no Parquet file that can be read.
pub(super) fn read(path: &Path) -> Result<Sheet, Diagnostic> {
    let file = ParquetFile::open(path)?;
    let header: Vec<String> = file
        .fields()
        .iter()
        .map(|field| field.name().to_owned())
        .collect();
    let rows = file.rows().map(|row| {
        let (line, row) = row?;
        let cells = row.get_column_iter().map(|(_, field)| field_text(field));
        Ok(Row {
            line,
            cells: cells.collect(),
        })
    });
    Ok(Sheet {
        header,
        rows: Box::new(rows),
    })
}
