//! Tables as rows of strings, from whatever file they lie in. Knows no meaning of a column.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{SyncSender, sync_channel};

use calamine::{Data, Reader as _, Xlsx};

use crate::model::counted;

use super::super::guarded::{CONTRADICTION, guarded};
use super::super::office::package::open_archive;
use super::super::{Diagnostic, MOST_BYTES, Sink, bytes_of, cannot_read, decode, too_large};
use super::excel::without_guard;
use super::quotes::Quotes;
use super::schema::Table;

/// Bytes of rows and texts that may wait in memory for rows of another table.
pub(super) const MOST_WAITING: usize = 512 << 20;

/// A row: the line or the number under which its file has it, and its cells; an absent one is empty.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

/// A table that is being read.
pub(super) struct Sheet {
    pub header: Vec<String>,
    pub rows: Box<dyn Iterator<Item = Result<Row, Diagnostic>>>,
}

/// What kind of file tables lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Csv,
    /// CSV whose cells are guarded.
    Guarded,
    Xlsx,
    Ods,
    Parquet,
}

impl Kind {
    /// Whether one file holds all tables as sheets.
    fn is_book(self) -> bool {
        matches!(self, Self::Xlsx | Self::Ods)
    }

    /// Whether its rows are in memory as they are, so that they need not be read again.
    pub(super) fn is_in_memory(self) -> bool {
        self == Self::Ods
    }
}

/// The columns of the main table; none where the file cannot be read.
pub(super) fn header(kind: Kind, path: &Path) -> Vec<String> {
    main(kind, path, &mut Vec::new()).map_or_else(|_| Vec::new(), |sheet| sheet.header)
}

/// The main table of a file.
///
/// # Errors
/// Where it cannot be opened or is no such file.
pub(super) fn main(kind: Kind, path: &Path, found: &mut Vec<Diagnostic>) -> Result<Sheet, Diagnostic> {
    match kind {
        Kind::Csv | Kind::Guarded => csv(path, kind == Kind::Guarded, found),
        Kind::Xlsx | Kind::Ods => book(kind, path, Table::Spans, true)?.ok_or_else(|| no_rows(path)),
        Kind::Parquet => super::parquet::read(path),
    }
}

/// A further table: a sheet of that name, or a file beside the main one.
///
/// # Errors
/// Where it is there and cannot be read.
pub(super) fn further(
    kind: Kind,
    path: &Path,
    table: Table,
    found: &mut Vec<Diagnostic>,
) -> Result<Option<Sheet>, Diagnostic> {
    if kind.is_book() {
        return book(kind, path, table, false);
    }
    let Some(beside) = companion(path, table).filter(|path| path.is_file()) else {
        return Ok(None);
    };
    match kind {
        Kind::Parquet => super::parquet::read(&beside).map(Some),
        _ => csv(&beside, kind == Kind::Guarded, found).map(Some),
    }
}

/// [`further`], with all that is to be said of it said.
pub(super) fn told(kind: Kind, path: &Path, table: Table, sink: &mut dyn Sink) -> Option<Sheet> {
    let mut found = Vec::new();
    let sheet = further(kind, path, table, &mut found);
    for one in found {
        sink.diagnostic(one);
    }
    sheet.unwrap_or_else(|one| {
        sink.diagnostic(one);
        None
    })
}

/// The file in which a further table lies that was opened.
pub(super) fn file_of(kind: Kind, path: &Path, table: Table) -> PathBuf {
    let beside = companion(path, table).filter(|_| !kind.is_book());
    beside.unwrap_or_else(|| path.to_owned())
}

/// Where a further table lies: `spans.csv` has its relations in `spans.relations.csv`.
fn companion(path: &Path, table: Table) -> Option<PathBuf> {
    let (stem, ending) = (path.file_stem()?.to_str()?, path.extension()?.to_str()?);
    Some(path.with_file_name(format!("{stem}.{}.{ending}", table.name())))
}

/// The name of the file in which a further table would lie, where there is none.
pub(super) fn missing_companion(kind: Kind, path: &Path, table: Table) -> Option<String> {
    let beside = companion(path, table).filter(|beside| !kind.is_book() && !beside.is_file())?;
    Some(beside.file_name()?.to_string_lossy().into_owned())
}

/// Whether a file is a further table of one that lies beside it.
pub(super) fn is_companion(path: &Path) -> bool {
    let name = || {
        let (stem, ending) = (path.file_stem()?.to_str()?, path.extension()?.to_str()?);
        let (stem, table) = stem.rsplit_once('.')?;
        let is_table = Table::ALL.into_iter().skip(1).any(|one| one.name() == table);
        is_table.then(|| path.with_file_name(format!("{stem}.{ending}")))
    };
    name().is_some_and(|main| main.is_file())
}

/// The finding that there is nothing to read.
pub(super) fn no_rows(path: &Path) -> Diagnostic {
    Diagnostic::error("empty_file", "the file holds no table with rows")
        .in_file(path)
        .with_hint("the first row names the columns; nothing was imported from it")
}

/// Bytes of a file that decide on its encoding and its delimiter.
const PROBE: usize = 1 << 20;

fn csv(path: &Path, is_guarded: bool, found: &mut Vec<Diagnostic>) -> Result<Sheet, Diagnostic> {
    let failed = |error: &std::io::Error| cannot_read(path, error);
    let mut file = File::open(path).map_err(|error| failed(&error))?;
    let mut head = Vec::new();
    Read::by_ref(&mut file)
        .take(PROBE as u64)
        .read_to_end(&mut head)
        .map_err(|error| failed(&error))?;
    let is_utf8 = is_utf8(path).map_err(|error| failed(&error))?;
    // Text may hold the character zero, but in UTF-16 every other byte is one.
    let zeros = memchr::memchr_iter(0, &head).count();
    if is_utf8 && zeros < head.len().div_ceil(4) {
        let skip = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        file.seek(std::io::SeekFrom::Start(skip))
            .map_err(|error| failed(&error))?;
        let input = Box::new(BufReader::new(file));
        return rows_of_csv(path, input, delimiter(&head), is_guarded);
    }
    let decoded = decode(&bytes_of(path)?).map_err(|found| found.in_file(path))?;
    if decoded.encoding != "UTF-8" {
        let message = format!("the file is not in UTF-8; it was read as {}", decoded.encoding);
        found.push(
            Diagnostic::info("encoding", message)
                .in_file(path)
                .with_hint("where words look wrong, convert the file to UTF-8 and import it again"),
        );
    }
    found.extend(decoded.warnings.into_iter().map(|found| found.in_file(path)));
    let text = decoded.text.into_bytes();
    let delimiter = delimiter(&text);
    rows_of_csv(path, Box::new(Cursor::new(text)), delimiter, is_guarded)
}

fn rows_of_csv(
    path: &Path,
    input: Box<dyn Read>,
    delimiter: u8,
    is_guarded: bool,
) -> Result<Sheet, Diagnostic> {
    let (input, is_open) = Quotes::new(input, delimiter);
    let reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(input);
    let path: Arc<Path> = path.into();
    let of_records = Arc::clone(&path);
    let mut records = reader
        .into_byte_records()
        .map(move |record| row_of_record(record, &of_records, is_guarded));
    let first = records.next().ok_or_else(|| no_rows(&path))??;
    let width = first.cells.len();
    let mut records = records.peekable();
    let mut last = 0;
    let rows = std::iter::from_fn(move || {
        let row = records.next()?.and_then(|row| not_wider(row, width, &path));
        last = row.as_ref().map_or(last, |row| row.line);
        // Only the last row can be one that is cut off.
        if records.peek().is_none() && is_open.load(Ordering::Relaxed) {
            return Some(Err(cut_off(&path, last)));
        }
        Some(row)
    });
    Ok(Sheet {
        header: first.cells,
        rows: Box::new(rows),
    })
}

fn row_of_record(
    record: csv::Result<csv::ByteRecord>,
    path: &Path,
    is_guarded: bool,
) -> Result<Row, Diagnostic> {
    let record = record.map_err(|error| {
        Diagnostic::error("bad_csv", format!("the rows cannot be read: {error}"))
            .in_file(path)
            .with_hint("check that the file is whole and may be read")
    })?;
    let line = record.position().map_or(0, csv::Position::line);
    if record.as_slice().len() > MOST_BYTES {
        return Err(too_large("the row").in_file(path).at_line(line));
    }
    let cells = record.iter().map(|cell| {
        let text = String::from_utf8_lossy(cell);
        if is_guarded {
            without_guard(&text).to_owned()
        } else {
            text.into_owned()
        }
    });
    Ok(Row {
        line,
        cells: cells.collect(),
    })
}

/// A row with more cells than the first one is told, since its cells stand in wrong columns.
fn not_wider(row: Row, width: usize, path: &Path) -> Result<Row, Diagnostic> {
    if row.cells.len() <= width {
        return Ok(row);
    }
    let message = format!(
        "the row has {}, the first one {width}",
        counted(row.cells.len(), "cell")
    );
    Err(Diagnostic::error("bad_row", message)
        .at_line(row.line)
        .in_file(path)
        .with_hint("put quotes around a cell that holds the delimiter, a quote, or a line break"))
}

/// The finding that the file ends inside a cell: what follows its quote was no row any more.
fn cut_off(path: &Path, line: u64) -> Diagnostic {
    Diagnostic::error("open_quote", "the file ends inside a cell in quotes")
        .in_file(path)
        .at_line(line)
        .with_hint("the row and all behind it are kept out: close the quote, or copy the file anew, and import it again")
}

/// Whether a whole file is UTF-8: bytes of another encoding may come late.
fn is_utf8(path: &Path) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; PROBE];
    // Bytes of a character that goes on in what is read next.
    let mut rest = 0;
    loop {
        let read = file.read(buffer.get_mut(rest..).unwrap_or_default())?;
        if read == 0 {
            return Ok(rest == 0);
        }
        let filled = rest + read;
        let bytes = buffer.get(..filled).unwrap_or_default();
        let good = match std::str::from_utf8(bytes) {
            Ok(_) => filled,
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        buffer.copy_within(good..filled, 0);
        rest = filled - good;
    }
}

/// What stands between the cells of the first row: what is most frequent in it outside quotes.
fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut is_quoted = false;
    for &byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if !is_quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(one, _)| *one == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    // Of equals the first.
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(byte, _)| byte)
}

/// Bytes that a spreadsheet may unpack to.
const MOST_UNPACKED: u64 = 1 << 30;

/// A sheet as rows. `None` where the book has no such sheet; the first one stands in for it where `or_first`.
fn book(kind: Kind, path: &Path, table: Table, or_first: bool) -> Result<Option<Sheet>, Diagnostic> {
    let mut rows: Box<dyn Iterator<Item = Result<Row, Diagnostic>>> = if kind == Kind::Ods {
        let rows = super::ods::rows(path, table, or_first).map_err(|found| found.in_file(path))?;
        Box::new(rows.unwrap_or_default().into_iter().map(Ok))
    } else {
        Box::new(xlsx(path, table, or_first)?)
    };
    let Some(header) = rows.next().transpose()? else {
        return Ok(None);
    };
    let header = header.cells;
    Ok(Some(Sheet { header, rows }))
}

/// The rows of a workbook's sheet, read on a thread of their own: the reader of cells borrows the book, and so cannot be
/// handed out. None where there is no such sheet.
fn xlsx(
    path: &Path,
    table: Table,
    or_first: bool,
) -> Result<impl Iterator<Item = Result<Row, Diagnostic>> + use<>, Diagnostic> {
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    let size = file.metadata().map_err(|error| cannot_read(path, &error))?.len();
    if size > MOST_BYTES as u64 {
        return Err(too_large("the file").in_file(path));
    }
    refuse_bomb(path, size).map_err(|found| found.in_file(path))?;
    let (sender, rows) = sync_channel(ROWS_AHEAD);
    let own_path = path.to_owned();
    let reading = move || {
        let error = match guarded(|| send_rows(file, table, or_first, &sender)) {
            Some(Ok(())) => return,
            Some(Err(found)) => found,
            None => bad(CONTRADICTION),
        };
        // Where nobody listens any more nobody asks how it went.
        drop(sender.send(Err(error.in_file(&own_path))));
    };
    let thread = std::thread::Builder::new().name("workbook".to_owned());
    thread.spawn(reading).map_err(|error| cannot_read(path, &error))?;
    Ok(rows.into_iter())
}

/// The finding that a book cannot be read.
pub(super) fn bad(reason: &str) -> Diagnostic {
    Diagnostic::error(
        "bad_xlsx",
        format!("the file cannot be read as a spreadsheet: {reason}"),
    )
    .with_hint("open it in a spreadsheet program, save it as .xlsx, and import that")
}

/// Cells, empty ones among them, that a sheet may have.
pub(super) const MOST_CELLS: usize = 50_000_000;

/// Rows that are read before they are asked for.
const ROWS_AHEAD: usize = 64;

/// Sends the rows of a sheet one by one, as long as they are taken.
fn send_rows(
    file: File,
    table: Table,
    or_first: bool,
    taker: &SyncSender<Result<Row, Diagnostic>>,
) -> Result<(), Diagnostic> {
    let unreadable = |error: calamine::XlsxError| bad(&error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(unreadable)?;
    let names = book.sheet_names();
    let name = names
        .iter()
        .find(|name| name.as_str() == table.name())
        .or_else(|| names.first().filter(|_| or_first));
    let Some(name) = name.cloned() else {
        return Ok(());
    };
    let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let (mut row, mut room): (Option<Row>, usize) = (None, MOST_CELLS);
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (line, column) = cell.get_position();
        let text = shown(&Data::from(cell.get_value().clone()));
        if text.is_empty() {
            continue;
        }
        let line = u64::from(line) + 1;
        if row.as_ref().is_none_or(|row| row.line != line) {
            let whole = row.replace(Row {
                line,
                cells: Vec::new(),
            });
            if whole.is_some_and(|whole| taker.send(Ok(whole)).is_err()) {
                return Ok(());
            }
        }
        if let Some(row) = &mut row {
            put(row, column as usize, text, &mut room).ok_or_else(|| too_large("the sheet"))?;
        }
    }
    // Where the last one is not taken nobody asks how it went.
    drop(row.map(|row| taker.send(Ok(row))));
    Ok(())
}

/// Puts a cell into its row. `None` where there is no room left: a single cell in the last column must not fill the
/// memory.
fn put(row: &mut Row, column: usize, text: String, room: &mut usize) -> Option<()> {
    let more = (column + 1).saturating_sub(row.cells.len());
    *room = room.checked_sub(more)?;
    row.cells.resize(row.cells.len().max(column + 1), String::new());
    *row.cells.get_mut(column)? = text;
    Some(())
}

/// Adds up what the directory of the archive says of its files, before any is unpacked.
fn refuse_bomb(path: &Path, size: u64) -> Result<(), Diagnostic> {
    let mut archive = open_archive(path, |reason| bad(&reason))?;
    let sizes = (0..archive.len()).map(|at| archive.by_index_raw(at).map_or(0, |part| part.size()));
    let unpacked = sizes.fold(0_u64, u64::saturating_add);
    if unpacked > MOST_UNPACKED || (unpacked > 64 << 20 && unpacked / size.max(1) > 200) {
        let message = format!("the spreadsheet unpacks from {size} to {unpacked} bytes, which no table does");
        return Err(Diagnostic::error("too_large", message)
            .with_hint("save it again in a spreadsheet program, or as CSV, and import that"));
    }
    Ok(())
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::DateTime(date) => date_text(date),
        other => other.to_string(),
    }
}

/// A date as `2022-01-20`, with its time where it has one.
fn date_text(date: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}
