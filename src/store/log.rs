//! SQLite's log beside the project (`-wal`), looked at before SQLite reads it.
//!
//! SQLite takes the first frame that is not as it was written for the end of the log, and writes over what lies behind
//! it. That is right where the last change was cut off by a power failure; where the frame was damaged, changes that were
//! acknowledged would go without a word. What tells the two apart: a change is begun only when the one before is on disk,
//! so a whole frame behind the end of another change is the work of a log that was damaged before it.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::error::{ErrorCode, StoreError, StoreResult};
use super::file::{page_size, read_header, wal_path};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// How the log begins where its checksums are made of big-endian numbers, and where not.
const MAGIC: [[u8; 4]; 2] = [[0x37, 0x7f, 0x06, 0x82], [0x37, 0x7f, 0x06, 0x83]];

type Salts = [u8; 8];
type Checksum = [u32; 2];

/// Refuses a project whose log is damaged before its end.
pub(super) fn refuse_damaged(path: &Path) -> StoreResult<()> {
    // What others write while it is read can look so once, and never twice.
    let is_damaged = damage(path)?.is_some() && damage(path)?.is_some();
    if !is_damaged {
        return Ok(());
    }
    Err(StoreError::new(
        ErrorCode::Damaged,
        format!(
            "{}: the last changes, which lie in this file beside the project, are damaged",
            wal_path(path).display()
        ),
    ))
}

/// The first frame that is damaged, where others behind it are not.
fn damage(path: &Path) -> StoreResult<Option<usize>> {
    let wal = wal_path(path);
    let read = || -> io::Result<Option<usize>> {
        let file = match File::open(&wal) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let Some(page) = read_header(path).ok().and_then(|header| page_size(&header)) else {
            return Ok(None);
        };
        Log::begin(BufReader::with_capacity(1 << 16, file), page)?.map_or(Ok(None), Log::damage)
    };
    match read() {
        // Who may not read it is told so by SQLite, and may read the project where nothing waits in the log.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(None),
        read => read.map_err(|error| StoreError::io(&wal, error)),
    }
}

/// Makes a damaged log one that SQLite reads to its end: each frame counts as it is. True where there was something
/// to do.
pub(super) fn mend(path: &Path) -> StoreResult<bool> {
    let Some(first) = damage(path)? else {
        return Ok(false);
    };
    let wal = wal_path(path);
    let io = |error| StoreError::io(&wal, error);
    let bytes = fs::read(&wal).map_err(io)?;
    let Some(page) = page_size(&read_header(path)?) else {
        return Ok(false);
    };
    let mended = mended(&bytes, page, first).map_err(io)?;
    if mended.is_empty() {
        return Ok(false);
    }
    fs::write(&wal, &mended).map_err(io)?;
    Ok(true)
}

/// A log as it is read.
struct Log<R> {
    reader: R,
    is_big_endian: bool,
    /// Where the header is as it was written, the checksum that the first frame goes on from.
    start: Option<Checksum>,
    /// Those of the header.
    salts: Salts,
    header: Vec<u8>,
    page: usize,
}

/// A page as it was when a change was made.
struct Frame {
    bytes: Vec<u8>,
}

impl Frame {
    fn salts(&self) -> Salts {
        array(&self.bytes, 8).unwrap_or_default()
    }

    fn is_commit(&self) -> bool {
        number(&self.bytes, 4) != 0
    }

    fn stored(&self) -> Checksum {
        [number(&self.bytes, 16), number(&self.bytes, 20)]
    }

    /// The checksum that it should have behind one with that checksum.
    fn checksum(&self, before: Checksum, is_big_endian: bool) -> Checksum {
        let head = self.bytes.get(..8).unwrap_or_default();
        let page = self.bytes.get(FRAME_HEADER..).unwrap_or_default();
        checksum(page, checksum(head, before, is_big_endian), is_big_endian)
    }
}

impl<R: Read> Log<R> {
    /// None where it has no header.
    fn begin(mut reader: R, page: usize) -> io::Result<Option<Self>> {
        let mut header = vec![0; HEADER];
        if !fill(&mut reader, &mut header)? {
            return Ok(None);
        }
        let magic: [u8; 4] = array(&header, 0).unwrap_or_default();
        let is_big_endian = magic == MAGIC[1];
        let words = header.get(..24).unwrap_or_default();
        let stored = [number(&header, 24), number(&header, 28)];
        let is_whole = MAGIC.contains(&magic) && checksum(words, [0, 0], is_big_endian) == stored;
        Ok(Some(Self {
            reader,
            is_big_endian: is_big_endian && is_whole,
            start: is_whole.then_some(stored),
            salts: array(&header, 16).unwrap_or_default(),
            header,
            page,
        }))
    }

    fn next(&mut self) -> io::Result<Option<Frame>> {
        let mut bytes = vec![0; FRAME_HEADER + self.page];
        Ok(fill(&mut self.reader, &mut bytes)?.then_some(Frame { bytes }))
    }

    /// The salts of the frames. A header of which neither is theirs was cut off when the log was begun anew.
    fn own_salts(&self, first: &Frame) -> Option<Salts> {
        let salts = first.salts();
        let is_same = self.start.is_some() || salts[..4] == self.salts[..4] || salts[4..] == self.salts[4..];
        is_same.then_some(if self.start.is_some() { self.salts } else { salts })
    }

    fn damage(mut self) -> io::Result<Option<usize>> {
        let Some(mut frame) = self.next()? else {
            return Ok(None);
        };
        let Some(salts) = self.own_salts(&frame) else {
            return Ok(None);
        };
        // What is whole from the beginning on.
        let (mut first, mut before) = (0, self.start);
        while let Some(seed) = before {
            let made = frame.checksum(seed, self.is_big_endian);
            if frame.salts() != salts || frame.stored() != made {
                break;
            }
            before = Some(made);
            let Some(next) = self.next()? else { return Ok(None) };
            (first, frame) = (first + 1, next);
        }
        // What is whole behind that. The frame before may be damaged in its checksum alone.
        let mut made = before.map(|seed| frame.checksum(seed, self.is_big_endian));
        let is_own = frame.salts() == salts || made == Some(frame.stored());
        let mut is_behind_commit = is_own && frame.is_commit();
        if self.start.is_none() && is_behind_commit {
            return Ok(Some(0));
        }
        while let Some(next) = self.next()? {
            let seeds = [Some(frame.stored()), made.take()];
            let goes_on = |seed: Checksum| next.checksum(seed, self.is_big_endian) == next.stored();
            let is_whole = next.salts() == salts && seeds.into_iter().flatten().any(goes_on);
            if is_whole && (is_behind_commit || self.start.is_none() && next.is_commit()) {
                return Ok(Some(first));
            }
            is_behind_commit = is_whole && next.is_commit();
            frame = next;
        }
        Ok(None)
    }
}

/// The log with checksums that hold, up to its last commit.
fn mended(bytes: &[u8], page: usize, first: usize) -> io::Result<Vec<u8>> {
    let Some(mut log) = Log::begin(bytes, page)? else {
        return Ok(Vec::new());
    };
    let mut frames = Vec::new();
    while let Some(frame) = log.next()? {
        frames.push(frame);
    }
    let Some(salts) = frames.first().and_then(|frame| log.own_salts(frame)) else {
        return Ok(Vec::new());
    };
    let goes_on = |pair: &[Frame]| match pair {
        [before, frame] => {
            let made = frame.checksum(before.stored(), log.is_big_endian);
            frame.salts() == salts && frame.is_commit() && made == frame.stored()
        }
        _ => false,
    };
    let last = frames
        .windows(2)
        .rposition(goes_on)
        .map_or(first, |before| before + 1);
    let most = frames.get(last).map_or(0, |frame| number(&frame.bytes, 4));
    let mut out = log.header.clone();
    out.splice(..4, MAGIC[usize::from(log.is_big_endian)]);
    // The version of the log, and the size of a page.
    out.splice(4..8, 3_007_000_u32.to_be_bytes());
    out.splice(8..12, u32::try_from(page).unwrap_or_default().to_be_bytes());
    out.splice(16..24, salts);
    let mut sum = checksum(out.get(..24).unwrap_or_default(), [0, 0], log.is_big_endian);
    out.splice(24..32, bytes_of(sum));
    for (nth, mut frame) in frames.into_iter().enumerate().take(last + 1) {
        let is_plausible = (1..=most).contains(&number(&frame.bytes, 0));
        // Damage changes one half of the salts; a log that was begun anew changes both.
        let own = frame.salts();
        let is_stale = own[..4] != salts[..4] && own[4..] != salts[4..];
        if nth >= first && (!is_plausible || is_stale) {
            continue;
        }
        sum = frame.checksum(sum, log.is_big_endian);
        frame.bytes.splice(8..16, salts);
        frame.bytes.splice(16..24, bytes_of(sum));
        out.append(&mut frame.bytes);
    }
    Ok(out)
}

/// Fills a buffer; false where the file ends before.
fn fill(reader: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        read => read.map(|()| true),
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

fn number(bytes: &[u8], at: usize) -> u32 {
    array(bytes, at).map_or(0, u32::from_be_bytes)
}

fn bytes_of(sum: Checksum) -> Vec<u8> {
    sum.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The checksum of SQLite's logs.
fn checksum(bytes: &[u8], before: Checksum, is_big_endian: bool) -> Checksum {
    let word = |bytes: &[u8]| {
        let bytes: [u8; 4] = array(bytes, 0).unwrap_or_default();
        if is_big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        }
    };
    bytes.chunks_exact(8).fold(before, |[one, two], pair| {
        let (left, right) = pair.split_at(4);
        let one = one.wrapping_add(word(left)).wrapping_add(two);
        [one, two.wrapping_add(word(right)).wrapping_add(one)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    const PAGE: usize = 4096;
    const FRAME: usize = FRAME_HEADER + PAGE;

    /// A database and its log, as a killed process leaves them, with ten changes in the log.
    fn killed(folder: &Path) -> (Vec<u8>, Vec<u8>) {
        let path = folder.join("live");
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0",
            )
            .unwrap();
        connection
            .execute_batch("CREATE TABLE t (n INTEGER PRIMARY KEY, x TEXT); PRAGMA wal_checkpoint(TRUNCATE)")
            .unwrap();
        for n in 0..10 {
            let x = "x".repeat(6_000);
            connection
                .execute("INSERT INTO t VALUES (?1, ?2)", (n, x))
                .unwrap();
        }
        (fs::read(&path).unwrap(), fs::read(wal_path(&path)).unwrap())
    }

    fn put(path: &Path, database: &[u8], log: &[u8]) {
        fs::write(path, database).unwrap();
        fs::write(wal_path(path), log).unwrap();
        fs::remove_file(super::super::file::beside(path, "-shm")).unwrap_or_default();
    }

    fn rows(path: &Path) -> i64 {
        let connection = Connection::open(path).unwrap();
        let count = connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
        connection.close().unwrap();
        count.unwrap_or(-1)
    }

    /// Where the last change begins.
    fn last_change(log: &[u8]) -> usize {
        let frames: Vec<&[u8]> = log[HEADER..].chunks_exact(FRAME).collect();
        let commits = frames
            .iter()
            .enumerate()
            .filter(|(_, frame)| number(frame, 4) != 0);
        let commits: Vec<usize> = commits.map(|(nth, _)| nth).collect();
        commits[commits.len() - 2] + 1
    }

    #[test]
    fn a_bit_that_flipped_anywhere_before_the_last_change_is_found_and_mended() {
        let folder = tempfile::tempdir().unwrap();
        let (database, log) = killed(folder.path());
        let path = folder.path().join("p");
        put(&path, &database, &log);
        assert_eq!(damage(&path).unwrap(), None);
        let last = last_change(&log);
        let mut places: Vec<usize> = (0..HEADER).collect();
        for frame in 0..last {
            let start = HEADER + frame * FRAME;
            places.extend((start..start + FRAME_HEADER).chain([start + 3_000]));
        }
        let (mut found, mut whole) = (0, 0);
        for place in &places {
            let mut bytes = log.clone();
            bytes[*place] ^= 4;
            put(&path, &database, &bytes);
            found += usize::from(damage(&path).unwrap().is_some());
            mend(&path).unwrap();
            assert_eq!(damage(&path).unwrap(), None, "{place}");
            whole += usize::from(rows(&path) == 10);
        }
        // The version and the number of checkpoints in the header are covered by its checksum, too.
        assert_eq!(found, places.len());
        assert!(whole * 4 >= places.len() * 3, "{whole} of {}", places.len());
    }

    /// A frame that never reached the disk leaves that of the log before in its place.
    #[test]
    fn a_frame_of_the_log_before_is_not_taken_for_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let live = folder.path().join("live");
        let connection = Connection::open(&live).unwrap();
        connection
            .execute_batch(
                "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; \
                 CREATE TABLE t (n INTEGER PRIMARY KEY, x TEXT)",
            )
            .unwrap();
        // A page each.
        let fill = |n: u32, word: &str| {
            let row = (n, word.repeat(600));
            connection.execute("REPLACE INTO t VALUES (?1, ?2)", row).unwrap();
        };
        let anew = || {
            connection
                .query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()))
                .unwrap();
        };
        (0..10).for_each(|n| fill(n, "first"));
        anew();
        (0..10).for_each(|n| fill(n, "older"));
        let older = fs::read(wal_path(&live)).unwrap();
        anew();
        (0..10).rev().for_each(|n| fill(n, "newer"));
        let mut log = fs::read(wal_path(&live)).unwrap();
        // In the place of the change of 4 lies the older one of 5.
        let place = HEADER + 5 * FRAME..HEADER + 6 * FRAME;
        log[place.clone()].copy_from_slice(&older[place]);
        let path = folder.path().join("p");
        put(&path, &fs::read(&live).unwrap(), &log);
        assert_eq!(damage(&path).unwrap(), Some(5));
        assert!(mend(&path).unwrap());
        assert_eq!(damage(&path).unwrap(), None);
        let mended = Connection::open(&path).unwrap();
        let mut rows = mended
            .prepare("SELECT substr(x, 1, 5) FROM t ORDER BY n")
            .unwrap();
        let rows = rows.query_map([], |row| row.get(0)).unwrap();
        let rows: Vec<String> = rows.map(Result::unwrap).collect();
        let mut wanted = vec!["newer"; 10];
        wanted[4] = "older";
        assert_eq!(rows, wanted);
    }

    #[test]
    fn a_last_change_that_was_cut_off_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        let (database, log) = killed(folder.path());
        let path = folder.path().join("p");
        for length in (0..log.len()).step_by(997) {
            put(&path, &database, &log[..length]);
            assert_eq!(damage(&path).unwrap(), None, "{length}");
        }
        // Its first pages did not reach the disk, its last one did.
        let mut torn = log.clone();
        torn[HEADER + last_change(&log) * FRAME..][..FRAME].fill(0);
        put(&path, &database, &torn);
        assert_eq!(damage(&path).unwrap(), None);
        assert_eq!(rows(&path), 9);
    }

    #[test]
    fn a_log_that_was_begun_anew_over_an_older_one_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p");
        let connection = Connection::open(&path).unwrap();
        let pragmas = "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 20";
        connection.execute_batch(pragmas).unwrap();
        connection
            .execute_batch("CREATE TABLE t (n INTEGER PRIMARY KEY, x TEXT)")
            .unwrap();
        for n in 0..200_u32 {
            let x = "x".repeat(3_000 + usize::try_from(n).unwrap() * 20);
            connection
                .execute("INSERT INTO t VALUES (?1, ?2)", (n, x))
                .unwrap();
            assert_eq!(damage(&path).unwrap(), None, "{n}");
        }
        // The header of the next log was cut off in the middle.
        let mut torn = fs::read(wal_path(&path)).unwrap();
        torn[16..24].copy_from_slice(&[7; 8]);
        let database = fs::read(&path).unwrap();
        let copy = folder.path().join("q");
        put(&copy, &database, &torn);
        assert_eq!(damage(&copy).unwrap(), None);
    }
}
