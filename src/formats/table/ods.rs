//! Spreadsheets of `OpenDocument` in: the rows of a sheet, with each value as the file keeps it and not as it is shown.

use std::path::Path;

use super::super::office::package::Package;
use super::super::office::{MOST_SPACES, Step, attribute, walk};
use super::super::{Diagnostic, too_large};
use super::schema::Table;
use super::source::{MOST_CELLS, Row, bad};

/// What stands in a cell beside its words.
const LEFT_OUT: [&str; 2] = ["annotation", "shapes"];

/// The rows of the sheet of a table. `None` where the book has no such sheet; the first one stands in for it where
/// `or_first`.
///
/// # Errors
/// Where it cannot be opened, is no such book, or has more cells than memory shall hold.
pub(super) fn rows(path: &Path, table: Table, or_first: bool) -> Result<Option<Vec<Row>>, Diagnostic> {
    let mut package = Package::open(path)?;
    package.refuse_locked("the workbook")?;
    let Some(content) = package.part("content.xml")? else {
        return Err(bad("it has no part with sheets"));
    };
    let mut names = Vec::new();
    walk(&content, |step| {
        if let Step::Start("table", attributes) = step {
            names.push(attribute(attributes, "name").unwrap_or_default().to_owned());
        }
    })?;
    let asked = names.iter().position(|name| name == table.name());
    let Some(wanted) = asked.or((or_first && !names.is_empty()).then_some(0)) else {
        return Ok(None);
    };
    let mut sheet = Sheet {
        wanted,
        room: MOST_CELLS,
        ..Sheet::default()
    };
    walk(&content, |step| sheet.take(&step))?;
    if sheet.is_too_large {
        return Err(too_large("the sheet"));
    }
    Ok(Some(sheet.rows))
}

/// The sheet that is being read.
#[derive(Default)]
struct Sheet {
    /// Which of the sheets is wanted, and how many began.
    wanted: usize,
    begun: usize,
    /// Cells that memory still holds.
    room: usize,
    is_too_large: bool,
    rows: Vec<Row>,
    /// Rows before the one that is open.
    line: u64,
    row: Vec<String>,
    row_repeats: u64,
    /// Empty cells before the one that is open, which count if another follows.
    gap: usize,
    cell: Option<Cell>,
    left_out: usize,
}

struct Cell {
    /// The value, where the file keeps it apart from the words.
    value: Option<String>,
    words: String,
    paragraphs: usize,
    repeats: usize,
}

impl Sheet {
    fn take(&mut self, step: &Step<'_>) {
        match step {
            Step::Start("table", _) => self.begun += 1,
            _ if self.begun != self.wanted + 1 => {}
            Step::Start(_, _) if self.left_out > 0 => self.left_out += 1,
            Step::End(_) if self.left_out > 0 => self.left_out -= 1,
            Step::Text(_) if self.left_out > 0 => {}
            Step::Start(name, attributes) => self.start(name, attributes),
            Step::End(name) => self.end(name),
            Step::Text(text) => self.push(text),
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let count = |key: &str| attribute(attributes, key).and_then(|count| count.parse::<u64>().ok());
        match name {
            "table-row" => {
                self.row_repeats = count("number-rows-repeated").unwrap_or(1);
                self.gap = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let repeats = count("number-columns-repeated").and_then(|count| count.try_into().ok());
                self.cell = Some(Cell {
                    value: value(attributes),
                    words: String::new(),
                    paragraphs: 0,
                    repeats: repeats.unwrap_or(1),
                });
            }
            name if LEFT_OUT.contains(&name) => self.left_out = 1,
            "p" => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.words.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "s" => {
                let spaces = count("c").and_then(|count| count.try_into().ok());
                self.push(&" ".repeat(spaces.unwrap_or(1).min(MOST_SPACES)));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            _ => {}
        }
    }

    /// Words count only in a paragraph of a cell.
    fn push(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.paragraphs > 0) {
            cell.words.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    self.end_cell(cell);
                }
            }
            "table-row" => self.end_row(),
            _ => {}
        }
    }

    fn end_cell(&mut self, cell: Cell) {
        let text = cell.value.unwrap_or(cell.words);
        if text.is_empty() {
            self.gap = self.gap.saturating_add(cell.repeats);
            return;
        }
        let size = cell.repeats.saturating_mul(size(&text));
        if !self.fits(self.gap.saturating_add(size)) {
            return;
        }
        let empty = std::iter::repeat_n(String::new(), std::mem::take(&mut self.gap));
        self.row
            .extend(empty.chain(std::iter::repeat_n(text, cell.repeats)));
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        let more = usize::try_from(self.row_repeats.saturating_sub(1)).unwrap_or(usize::MAX);
        let sizes: usize = cells.iter().map(|cell| size(cell)).sum();
        if !cells.is_empty() && self.fits(more.saturating_mul(sizes)) {
            for number in 1..=self.row_repeats {
                self.rows.push(Row {
                    line: self.line.saturating_add(number),
                    cells: cells.clone(),
                });
            }
        }
        self.line = self.line.saturating_add(self.row_repeats);
    }

    /// Takes room for so many short cells, if there is as much.
    fn fits(&mut self, cells: usize) -> bool {
        let left = self.room.checked_sub(cells).filter(|_| !self.is_too_large);
        self.is_too_large |= left.is_none();
        self.room = left.unwrap_or_default();
        left.is_some()
    }
}

/// How many short cells a cell is worth: one that is repeated holds its text each time.
fn size(text: &str) -> usize {
    1 + text.len() / 32
}

/// What a cell says besides its words, which for numbers and dates are as they are shown.
fn value(attributes: &[(String, String)]) -> Option<String> {
    let key = match attribute(attributes, "value-type")? {
        "float" | "percentage" | "currency" => "value",
        "date" => "date-value",
        "boolean" => "boolean-value",
        "string" => "string-value",
        _ => return None,
    };
    attribute(attributes, key).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::super::office::tests::archive;
    use super::*;

    fn book(sheets: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ods");
        let content = format!("<office:document-content>{sheets}</office:document-content>");
        std::fs::write(&path, archive(&[("content.xml", content.as_bytes())])).unwrap();
        (folder, path)
    }

    fn read(sheets: &str) -> Result<Option<Vec<(u64, String)>>, Diagnostic> {
        let (_folder, path) = book(sheets);
        let rows = rows(&path, Table::Spans, true)?;
        Ok(rows.map(|rows| rows.iter().map(|row| (row.line, row.cells.join("|"))).collect()))
    }

    #[test]
    fn cells_have_their_values_and_lie_in_their_columns() {
        let sheets = "<table:table table:name='one'><table:table-row>\
            <table:table-cell office:value-type='string'><text:p>text</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated='2'/>\
            <table:table-cell office:value-type='string' table:number-columns-repeated='2'><text:p>x</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated='16000'/></table:table-row>\
            <table:table-row table:number-rows-repeated='3'><table:table-cell/></table:table-row>\
            <table:table-row table:number-rows-repeated='2'>\
            <table:table-cell office:value-type='string'><office:annotation><text:p>note</text:p></office:annotation>\
            <text:p>un<text:s text:c='2'/>mot &amp; un</text:p><text:p>autre</text:p></table:table-cell>\
            <table:table-cell office:value-type='float' office:value='1234.5'><text:p>1 234,50</text:p></table:table-cell>\
            <table:table-cell office:value-type='date' office:date-value='2024-03-12'><text:p>12/03/24</text:p></table:table-cell>\
            </table:table-row><table:table-row table:number-rows-repeated='1048570'><table:table-cell/></table:table-row>\
            </table:table><table:table table:name='two'><table:table-row><table:table-cell><text:p>no</text:p></table:table-cell></table:table-row></table:table>";
        let row = "un  mot & un\nautre|1234.5|2024-03-12".to_owned();
        assert_eq!(
            read(sheets).unwrap().unwrap(),
            [(1, "text|||x|x".to_owned()), (5, row.clone()), (6, row)]
        );
        let named = sheets.replace("'two'", "'spans'");
        assert_eq!(read(&named).unwrap().unwrap(), [(1, "no".to_owned())]);
    }

    #[test]
    fn a_sheet_that_would_fill_the_memory_is_refused() {
        let cell =
            "<table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell>";
        for repeats in ["1048576", "99999999999999999999", "18446744073709551615"] {
            let row =
                format!("<table:table-row table:number-rows-repeated='{repeats}'>{cell}</table:table-row>");
            let found = read(&format!("<table:table>{}</table:table>", row.repeat(9)));
            match found {
                Err(found) => assert_eq!(found.code, "too_large"),
                // A number that is none counts as one.
                Ok(rows) => assert_eq!((repeats.len(), rows.unwrap().len()), (20, 9)),
            }
        }
        let long = "x".repeat(100_000);
        let row = format!(
            "<table:table-row table:number-rows-repeated='100000'><table:table-cell><text:p>{long}</text:p>\
             </table:table-cell></table:table-row>"
        );
        assert_eq!(
            read(&format!("<table:table>{row}</table:table>"))
                .unwrap_err()
                .code,
            "too_large"
        );
        let gap = "<table:table-cell table:number-columns-repeated='18446744073709551615'/>";
        let row = format!("<table:table-row>{gap}{gap}{cell}</table:table-row>");
        assert_eq!(
            read(&format!("<table:table>{row}</table:table>"))
                .unwrap_err()
                .code,
            "too_large"
        );
        assert_eq!(read("<office:body/>").unwrap(), None);
    }
}
