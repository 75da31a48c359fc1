//! The table of formats. Each format is one file or folder; this one knows only their names and abilities.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Annotator, Article, Layer};

use super::{Diagnostic, ReadOptions, Sink, encoding, jsonl, plain};

/// The unit in which a format's files count positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetUnit {
    /// The format has no positions.
    None,
    /// Unicode code points.
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// UTF-8 bytes.
    Bytes,
    /// Tokens.
    Tokens,
}

impl OffsetUnit {
    /// The name in the format table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::CodePoints => "codepoint",
            Self::Utf16 => "utf16",
            Self::Bytes => "byte",
            Self::Tokens => "token",
        }
    }
}

pub(super) type ReadFn = fn(&Path, &ReadOptions, &mut dyn Sink) -> ControlFlow<()>;
pub(super) type WriteFn = for<'a> fn(Box<dyn Write + 'a>) -> Box<dyn DatasetWriter + 'a>;

/// A file format and what it can do.
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub id: &'static str,
    /// The name in the window.
    pub name: &'static str,
    /// File name endings without the dot, the usual one first.
    pub endings: &'static [&'static str],
    /// How positions are counted in its files.
    pub offset_unit: OffsetUnit,
    /// What an export to it must leave out.
    pub cannot_hold: &'static [&'static str],
    /// Whether a dataset is one file (and can go to standard output) rather than a folder.
    pub one_file: bool,
    /// Whether it has room for the layers of several annotators.
    pub several_annotators: bool,
    pub(super) read: Option<ReadFn>,
    pub(super) write: Option<WriteFn>,
}

impl Format {
    /// Whether files of it can be imported.
    pub fn reads(&self) -> bool {
        self.read.is_some()
    }

    /// Whether a project can be exported to it.
    pub fn writes(&self) -> bool {
        self.write.is_some()
    }
}

/// Writes a dataset, article by article.
pub trait DatasetWriter {
    /// Writes one article with all its layers, which are in the order of their annotators.
    ///
    /// # Errors
    /// Where the output refuses bytes.
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()>;

    /// Ends the dataset and says what the format had no room for.
    ///
    /// # Errors
    /// Where the output refuses bytes.
    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>>;
}

/// All formats, in the order in which they are offered.
pub fn registry() -> &'static [Format] {
    &[jsonl::FORMAT, plain::FORMAT]
}

/// The format of that id.
pub fn format(id: &str) -> Option<&'static Format> {
    registry().iter().find(|format| format.id == id)
}

/// Reads a file and hands its articles over one by one; every problem goes to the sink as a diagnostic.
/// Breaks where the sink broke.
pub fn read(format: &Format, path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    if let Some(read) = format.read {
        return read(path, options, sink);
    }
    sink.diagnostic(
        Diagnostic::error(
            "cannot_read_format",
            format!("{} is written only, not read", format.name),
        )
        .in_file(path),
    );
    ControlFlow::Continue(())
}

/// A writer of that format, or `None` where it is read only.
pub fn writer<'a>(format: &Format, out: Box<dyn Write + 'a>) -> Option<Box<dyn DatasetWriter + 'a>> {
    format.write.map(|write| write(out))
}

/// How many bytes of a file [`detect`] wants to see.
pub const HEAD: usize = 4096;

/// The format of a file, from its name and its first bytes.
///
/// # Errors
/// A diagnostic for what no format reads: its code is `not_text` for pictures, archives, and the like, and
/// `unknown_format` for text of another kind.
pub fn detect(path: &Path, head: &[u8]) -> Result<&'static Format, Diagnostic> {
    if let Some(kind) = encoding::signature(head) {
        return Err(encoding::not_text(&format!("it is {kind}")).in_file(path));
    }
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    if ending.is_empty() {
        return Ok(&plain::FORMAT);
    }
    if let Some(format) = registry()
        .iter()
        .find(|format| format.reads() && format.endings.contains(&ending.as_str()))
    {
        return Ok(format);
    }
    if ending == "json" && jsonl::looks_like_lines(head) {
        return Ok(&jsonl::FORMAT);
    }
    Err(Diagnostic::error(
        "unknown_format",
        format!("no format reads files that end in .{ending}"),
    )
    .in_file(path)
    .with_hint("name the format with --format; --format text takes any text file as one article"))
}
