//! The reading side of an import: files in order, parsed on a thread of their own, sent on in chunks.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

use crate::formats::{
    self, COLUMN_USES, Detected, Diagnostic, Format, Incoming, RARE_COLUMN_USES, ReadOptions, Sink,
};
use crate::session::sources::SourceFile;
use crate::session::watch::Cancel;

/// Bytes of text that go through the queue at once.
const CHUNK_BYTES: usize = 512 << 10;

/// What goes through the queue.
pub(super) enum Message {
    Article(PathBuf, Box<Incoming>),
    Finding(Diagnostic),
    /// Bytes read so far, of all files.
    Read(u64),
}

/// The reading side: all files in order, until the other side hangs up.
pub(super) fn read_all(
    files: &[SourceFile],
    format: Option<&'static Format>,
    options: &ReadOptions,
    cancel: &Cancel,
    sender: SyncSender<Vec<Message>>,
) {
    let mut feeder = Feeder {
        sender,
        cancel,
        chunk: Vec::new(),
        chunk_bytes: 0,
        file: PathBuf::new(),
        read_before: 0,
    };
    let mut chosen = ChosenColumns {
        columns: &options.columns,
        met_table: false,
    };
    let mut companions = Companions::default();
    for file in files {
        feeder.file.clone_from(&file.path);
        let found = match format {
            Some(format) if file.is_named => Ok(Detected::Reads(format)),
            Some(format) => formats::detect_as(format, &file.path),
            None => formats::detect(&file.path),
        };
        companions.meet(&found, &file.path);
        let flow = match found {
            Ok(Detected::Reads(format)) => {
                chosen.meet(format, &file.path, &mut feeder);
                formats::read(format, &file.path, options, &mut feeder)
            }
            // It is read with the file that it belongs to.
            Ok(Detected::Companion(_)) => ControlFlow::Continue(()),
            Err(found) => {
                feeder.diagnostic(found);
                ControlFlow::Continue(())
            }
        };
        feeder.read_before += file.bytes;
        if flow.is_break() || feeder.progress(0).is_break() {
            return;
        }
    }
    chosen.finish(&mut feeder);
    companions.finish(&mut feeder);
    // The last chunk goes as it is; where nobody listens any more nothing is to be done.
    feeder.flush().is_break();
}

/// The columns that were chosen by hand, to say which of them came to nothing.
struct ChosenColumns<'a> {
    columns: &'a BTreeMap<String, String>,
    met_table: bool,
}

impl ChosenColumns<'_> {
    /// At the first table: tells what is no use of a column.
    fn meet(&mut self, format: &Format, path: &Path, sink: &mut dyn Sink) {
        if self.met_table || self.columns.is_empty() || !format.is_table() {
            return;
        }
        self.met_table = true;
        let is_known = |what: &&str| COLUMN_USES.contains(what) || RARE_COLUMN_USES.contains(what);
        for (what, column) in self.columns.iter().filter(|(what, _)| !is_known(&what.as_str())) {
            let message = format!(
                "--column {what}={column}: no column holds {what:?}; what one may hold is {}, {}",
                COLUMN_USES.join(", "),
                RARE_COLUMN_USES.join(", ")
            );
            let hint = format!("the columns are {}", format.columns(path).join(", "));
            let found = Diagnostic::warning("unused_column", message).with_hint(hint);
            sink.diagnostic(found.in_file(path));
        }
    }

    /// At the end: tells where there was no table at all.
    fn finish(self, sink: &mut dyn Sink) {
        let Some((what, column)) = self.columns.first_key_value().filter(|_| !self.met_table) else {
            return;
        };
        let message = format!("--column {what}={column}: none of the files is a table");
        let found = Diagnostic::warning("unused_column", message);
        sink.diagnostic(found.with_hint("columns are chosen in CSV, Excel, and Parquet files"));
    }
}

/// Files that are read with others, to say so where there is no other.
#[derive(Default)]
struct Companions {
    first: Option<(PathBuf, &'static Format)>,
    met_other: bool,
}

impl Companions {
    fn meet(&mut self, found: &Result<Detected, Diagnostic>, path: &Path) {
        match found {
            Ok(Detected::Companion(format)) => {
                self.first.get_or_insert_with(|| (path.to_owned(), *format));
            }
            _ => self.met_other = true,
        }
    }

    fn finish(self, sink: &mut dyn Sink) {
        let Some((path, format)) = self.first.filter(|_| !self.met_other) else {
            return;
        };
        let message = format!(
            "it goes with another file of {} and has no article of its own",
            format.name
        );
        let found = Diagnostic::warning("companion", message);
        sink.diagnostic(
            found
                .with_hint("import the file that it goes with, or their folder")
                .in_file(&path),
        );
    }
}

struct Feeder<'a> {
    sender: SyncSender<Vec<Message>>,
    cancel: &'a Cancel,
    chunk: Vec<Message>,
    chunk_bytes: usize,
    file: PathBuf,
    read_before: u64,
}

impl Feeder<'_> {
    fn push(&mut self, message: Message, bytes: usize) -> ControlFlow<()> {
        self.chunk.push(message);
        self.chunk_bytes += bytes;
        if self.chunk_bytes >= CHUNK_BYTES {
            self.flush()
        } else {
            ControlFlow::Continue(())
        }
    }

    fn flush(&mut self) -> ControlFlow<()> {
        self.chunk_bytes = 0;
        let chunk = std::mem::take(&mut self.chunk);
        if self.cancel.is_cancelled() || self.sender.send(chunk).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

impl Sink for Feeder<'_> {
    fn article(&mut self, incoming: Incoming) -> ControlFlow<()> {
        let spans: usize = incoming.layers.iter().map(|(_, layer)| layer.spans.len()).sum();
        let bytes = 200 + incoming.article.text.end().get() + 300 * spans;
        self.push(Message::Article(self.file.clone(), Box::new(incoming)), bytes)
    }

    fn diagnostic(&mut self, found: Diagnostic) {
        let bytes = 200 + found.record.as_ref().map_or(0, String::len);
        // A hang-up is noticed at the next article or at the next report of progress.
        self.push(Message::Finding(found), bytes).is_break();
    }

    fn progress(&mut self, bytes: u64) -> ControlFlow<()> {
        self.push(Message::Read(self.read_before + bytes), 50)
    }
}
