//! The tables of a damaged copy, where the file's own description of them cannot be read.
//!
//! SQLite keeps that description on the first page of the file and a few more, and reads nothing at all where one
//! byte of it is wrong. It is the same in every project of a version, so that of a new project takes its place:
//! which page each table begins on is settled when a project is made. Only the copy is written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::super::error::{StoreError, StoreResult};
use super::super::file::HEADER;
use super::super::open::connect;
use super::super::schema;

/// A page of a project, in bytes.
const PAGE: usize = 4096;
/// Where in SQLite's header the number of pages is.
const PAGE_COUNT: std::ops::Range<usize> = 28..32;
/// SQLite's mark of a page that leads to further pages.
const INTERIOR: u8 = 5;

/// Opens the copy; `new` is a closed project of this version, and gives its description of the tables where that of
/// the copy is lost. Answers whether it did.
pub(super) fn open(copy: &Path, new: &Path) -> StoreResult<(Connection, bool)> {
    let first = open_plainly(copy);
    let usable = |connection: &Connection| {
        // The tables of an older version lie elsewhere.
        schema::version(connection).is_ok_and(|version| version < schema::VERSION)
            || schema::verify(connection).is_ok()
    };
    match first {
        Ok(connection) if usable(&connection) => return Ok((connection, false)),
        first if !can_be_a_project(copy, new) => return first.map(|connection| (connection, false)),
        first => drop(first),
    }
    put_description(copy, new).map_err(|error| StoreError::io(copy, error))?;
    open_plainly(copy).map(|connection| (connection, true))
}

fn open_plainly(copy: &Path) -> StoreResult<Connection> {
    let connection = connect(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "cell_size_check", false)?;
    Ok(connection)
}

/// Whether the copy is as long as every project, and is not the sound database of another program.
fn can_be_a_project(copy: &Path, new: &Path) -> bool {
    let length = |path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let is_another = || {
        Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|connection| connection.pragma_query_value(None, "application_id", |row| row.get(0)))
            .is_ok_and(|id: i32| id != schema::APPLICATION_ID)
    };
    length(copy) >= length(new) && !is_another()
}

fn put_description(copy: &Path, new: &Path) -> io::Result<()> {
    let mut from = File::open(new)?;
    let mut to = OpenOptions::new().write(true).open(copy)?;
    let pages = u32::try_from(to.metadata()?.len() / PAGE as u64).map_err(io::Error::other)?;
    for number in description_pages(&mut from)? {
        let mut page = read_page(&mut from, number)?;
        if number == 1
            && let Some(count) = page.get_mut(PAGE_COUNT)
        {
            count.copy_from_slice(&pages.to_be_bytes());
        }
        to.seek(SeekFrom::Start(start_of(number)))?;
        to.write_all(&page)?;
    }
    to.sync_all()
}

/// The pages that describe the tables: the first, and those that it leads to.
fn description_pages(file: &mut File) -> io::Result<Vec<u32>> {
    let mut pages = vec![1];
    let mut next = 0;
    while let Some(&number) = pages.get(next) {
        next += 1;
        let page = read_page(file, number)?;
        let head = if number == 1 { HEADER } else { 0 };
        if page.get(head) != Some(&INTERIOR) {
            continue;
        }
        let cells = usize::from(u16_at(&page, head + 3));
        pages.push(u32_at(&page, head + 8));
        pages.extend((0..cells).map(|cell| {
            let at = usize::from(u16_at(&page, head + 12 + 2 * cell));
            u32_at(&page, at)
        }));
    }
    Ok(pages)
}

fn read_page(file: &mut File, number: u32) -> io::Result<Vec<u8>> {
    let mut page = vec![0; PAGE];
    file.seek(SeekFrom::Start(start_of(number)))?;
    file.read_exact(&mut page)?;
    Ok(page)
}

fn start_of(number: u32) -> u64 {
    u64::from(number.saturating_sub(1)) * PAGE as u64
}

fn u16_at(page: &[u8], at: usize) -> u16 {
    let bytes = page.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u16::from_be_bytes)
}

fn u32_at(page: &[u8], at: usize) -> u32 {
    let bytes = page.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_be_bytes)
}
