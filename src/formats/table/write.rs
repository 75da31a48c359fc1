//! Writing tables: what all of them share, and CSV. The spans are the dataset's own file, all others its companions.

use std::io::{self, Write};

use crate::model::{Annotator, Article, Layer};

use super::super::Diagnostic;
use super::super::files::{Files, Out};
use super::super::registry::{DatasetWriter, LeftOut, WriteOptions};
use super::excel::Changed;
use super::schema::{Cell, Schema, Table};

/// Takes rows and puts them into files.
pub(super) trait Tables {
    fn row(&mut self, table: Table, cells: &[Cell]) -> io::Result<()>;

    /// As the writer's own.
    fn left_out(&self) -> LeftOut {
        LeftOut::default()
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>>;
}

/// Writes articles as rows.
pub(super) struct Writer<'a> {
    pub schema: Schema,
    pub tables: Box<dyn Tables + 'a>,
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        let tables = &mut self.tables;
        self.schema
            .rows(article, layers, &mut |table, cells| tables.row(table, &cells))
    }

    fn left_out(&self) -> LeftOut {
        self.tables.left_out()
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.tables.finish()
    }
}

/// A file for each table; `None` for a companion where there is only a stream.
pub(super) fn open<'a>(files: &mut dyn Files<'a>, ending: &str) -> io::Result<Vec<Option<Out<'a>>>> {
    let mut opened = vec![Some(files.main()?)];
    for table in Table::ALL.into_iter().skip(1) {
        opened.push(files.further(&format!("{}.{ending}", table.name()))?);
    }
    Ok(opened)
}

/// The finding that companions had nowhere to go.
pub(super) fn only_a_stream(rows: u64) -> Diagnostic {
    let message = format!("rows of relations, events, articles, and notes with no file to go to: {rows}");
    Diagnostic::warning("companions_left_out", message)
        .with_hint("export to a file; the other tables, with the articles' text, then lie beside it")
}

/// CSV files.
struct Csv<'a> {
    files: Vec<Option<csv::Writer<Out<'a>>>>,
    /// Whether cells are made safe for a spreadsheet.
    is_for_excel: bool,
    changed: Changed,
    left_out: u64,
}

/// A writer of plain CSV after RFC 4180.
pub(super) fn plain<'a>(
    files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    csv(files, options, false)
}

/// A writer of CSV that a spreadsheet opens unharmed.
pub(super) fn for_excel<'a>(
    files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    csv(files, options, true)
}

fn csv<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
    is_for_excel: bool,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let schema = Schema::new(&options.codebook, options.unit);
    let mut writers = Vec::new();
    for (table, out) in Table::ALL.into_iter().zip(open(files.as_mut(), "csv")?) {
        let Some(mut out) = out else {
            writers.push(None);
            continue;
        };
        if is_for_excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new()
            .delimiter(if is_for_excel { b';' } else { b',' })
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        writer.write_record(schema.columns(table).iter().map(|column| column.name.as_str()))?;
        writers.push(Some(writer));
    }
    let tables = Csv {
        files: writers,
        is_for_excel,
        changed: Changed::default(),
        left_out: 0,
    };
    Ok(Box::new(Writer {
        schema,
        tables: Box::new(tables),
    }))
}

impl Tables for Csv<'_> {
    fn row(&mut self, table: Table, cells: &[Cell]) -> io::Result<()> {
        let Some(Some(file)) = self.files.get_mut(table.index()) else {
            self.left_out += 1;
            return Ok(());
        };
        for cell in cells {
            match cell {
                Cell::Empty => file.write_field("")?,
                Cell::Count(count) => file.write_field(count.to_string())?,
                Cell::Text(text) if self.is_for_excel => file.write_field(self.changed.guarded(text))?,
                Cell::Text(text) => file.write_field(text)?,
            }
        }
        file.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        for mut file in self.files.into_iter().flatten() {
            file.flush()?;
        }
        let mut found = self.changed.findings();
        if self.left_out > 0 {
            found.push(only_a_stream(self.left_out));
        }
        Ok(found)
    }
}
