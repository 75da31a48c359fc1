//! Spreadsheets out: a sheet for each table, every text a string and never a formula. Rows go to disk as they come;
//! the whole is packed at the end.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::super::Diagnostic;
use super::super::files::{Files, Out};
use super::super::guarded::guarded;
use super::super::registry::{DatasetWriter, LeftOut, WriteOptions};
use super::excel::{Changed, MOST_ROWS, MOST_UNITS};
use super::schema::{Cell, Schema, Table};
use super::write::{Tables, Writer};

struct Xlsx<'a> {
    out: Out<'a>,
    book: Workbook,
    /// The next row of each sheet.
    next: [u32; 5],
    changed: Changed,
    left_out: LeftOut,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let schema = Schema::new(&options.codebook, options.unit);
    let mut book = Workbook::new();
    // The same dataset gives the same bytes, whenever it is written.
    let made = step(|| ExcelDateTime::from_ymd(2000, 1, 1))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for table in Table::ALL {
        let sheet = step(|| book.add_worksheet_with_constant_memory())?;
        step(|| sheet.set_name(table.name()).map(drop))?;
        for (at, column) in (0_u16..).zip(schema.columns(table)) {
            step(|| sheet.write_string(0, at, column.name).map(drop))?;
        }
    }
    let tables = Xlsx {
        out: files.main()?,
        book,
        next: [1; 5],
        changed: Changed::default(),
        left_out: LeftOut::default(),
    };
    Ok(Box::new(Writer {
        schema,
        tables: Box::new(tables),
    }))
}

/// A step of the library, which keeps rows in the folder for temporary files, and may panic where there is no room.
fn step<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    let cause = match guarded(work) {
        Some(Ok(done)) => return Ok(done),
        Some(Err(XlsxError::IoError(cause) | XlsxError::TempFileError(_, cause))) => format!(": {cause}"),
        Some(Err(error)) => return Err(io::Error::other(error)),
        None => String::new(),
    };
    let folder = std::env::temp_dir();
    Err(io::Error::other(format!(
        "{}, the folder for temporary files, takes no rows{cause}; make room there, or set TMPDIR to another folder",
        folder.display()
    )))
}

impl Tables for Xlsx<'_> {
    fn row(&mut self, table: Table, cells: &[Cell]) -> io::Result<()> {
        let Some(next) = self.next.get_mut(table.index()) else {
            return Ok(());
        };
        if *next >= MOST_ROWS {
            self.changed.rows += 1;
            self.left_out.spans += u64::from(table == Table::Spans);
            return Ok(());
        }
        let sheet = step(|| self.book.worksheet_from_index(table.index()))?;
        for (at, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Count(count) => {
                    step(|| sheet.write_number(*next, at, *count as f64).map(drop))?;
                }
                Cell::Text(text) => {
                    let text = self.changed.fitted(text, MOST_UNITS);
                    self.changed.note_escapes(text);
                    step(|| sheet.write_string(*next, at, text).map(drop))?;
                }
            }
        }
        *next += 1;
        Ok(())
    }

    fn left_out(&self) -> LeftOut {
        self.left_out
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        let bytes = step(|| self.book.save_to_buffer())?;
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        Ok(self.changed.findings())
    }
}
