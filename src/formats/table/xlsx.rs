//! Spreadsheets out: a sheet for each table, every text a string and never a formula. Rows go to disk as they come;
//! the whole is packed at the end.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::super::Diagnostic;
use super::super::files::{Files, Out};
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
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for table in Table::ALL {
        let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(table.name()).map_err(failed)?;
        for (at, column) in (0_u16..).zip(schema.columns(table)) {
            sheet.write_string(0, at, column.name).map_err(failed)?;
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

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
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
        let sheet = self.book.worksheet_from_index(table.index()).map_err(failed)?;
        for (at, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Count(count) => {
                    sheet.write_number(*next, at, *count as f64).map_err(failed)?;
                }
                Cell::Text(text) => {
                    let text = self.changed.fitted(text, MOST_UNITS);
                    self.changed.note_escapes(text);
                    sheet.write_string(*next, at, text).map_err(failed)?;
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
        let bytes = self.book.save_to_buffer().map_err(failed)?;
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        Ok(self.changed.findings())
    }
}
