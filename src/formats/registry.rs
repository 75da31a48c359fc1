//! The table of formats. Each format is one file or folder; this one knows only their names and abilities.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::model::{Annotator, Article, Codebook, Layer};

use super::files::Files;
use super::{
    Diagnostic, Feature, ReadOptions, Sink, argilla, articles, brat, cannot_read, cas, chat, conll, doccano,
    encoding, gliner, hf, jsonl, labelstudio, office, plain, prodigy, spacy, table, tei, unknown, w3c,
    webanno,
};

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

    /// The unit of characters of that name, as `--offsets` takes it.
    pub fn of_characters(name: &str) -> Option<Self> {
        let units = [Self::CodePoints, Self::Utf16, Self::Bytes];
        units.into_iter().find(|unit| unit.name() == name)
    }
}

/// What a dataset of a format is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One file, maybe with companions beside it; it can go to standard output.
    File,
    /// A folder of files.
    Folder,
}

/// What a format says of a file that it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// It is none of its files.
    No,
    /// It is one of its files, which it reads unless it is written only.
    Reads,
    /// The file belongs to another one, with which it is read, or holds nothing to read, as a type system does.
    Companion,
}

/// A file as [`detect`] sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glimpse<'a> {
    /// Where it lies; a format may look for the files that belong to it.
    pub path: &'a Path,
    /// What follows the last dot of its name, in lower case; empty where there is none.
    pub ending: &'a str,
    /// Its first bytes, at most [`HEAD`].
    pub head: &'a [u8],
}

impl Glimpse<'_> {
    /// Whether it may be JSON: by its name, or by how it begins where no format has names like that.
    pub fn may_be_json(&self) -> bool {
        matches!(self.ending, "json" | "jsonl" | "ndjson") || self.is_unnamed_json()
    }

    /// Whether its name says nothing of what it is, and it begins as lines of JSON do.
    pub fn is_unnamed_json(&self) -> bool {
        jsonl::looks_like_lines(self.head)
            && !registry()
                .iter()
                .any(|format| format.endings.contains(&self.ending))
    }
}

/// What a file turned out to be.
#[derive(Clone, Copy, Debug)]
pub enum Detected {
    /// This format reads it.
    Reads(&'static Format),
    /// It belongs to a file that this format reads.
    Companion(&'static Format),
}

/// What a writer has to know of the dataset beforehand.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// The labels, types, and roles that the dataset may use.
    pub codebook: Arc<Codebook>,
    /// What the dataset is called, for formats that write a name.
    pub name: String,
    /// How positions are counted, where the format leaves that open; its own unit where absent.
    pub unit: Option<OffsetUnit>,
    /// The parts for training and tests, for formats that keep them in one dataset; empty where there is one part.
    pub splits: Vec<String>,
}

pub(super) type ReadFn = fn(&Path, &ReadOptions, &mut dyn Sink) -> ControlFlow<()>;
pub(super) type WriteFn =
    for<'a> fn(Box<dyn Files<'a> + 'a>, &WriteOptions) -> io::Result<Box<dyn DatasetWriter + 'a>>;

/// A file format and what it can do.
#[derive(Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "a row of a table whose columns say yes or no"
)]
pub struct Format {
    /// The name on the command line.
    pub id: &'static str,
    /// The name in the window.
    pub name: &'static str,
    /// File name endings without the dot, the usual one first; of a folder, those of its files.
    pub endings: &'static [&'static str],
    /// How positions are counted in its files.
    pub offset_unit: OffsetUnit,
    /// Whether its files leave the unit open, so that `--offsets` may choose it.
    pub unit_is_open: bool,
    /// What an export to it must leave out or flatten.
    pub cannot_hold: &'static [Feature],
    /// One file or a folder.
    pub shape: Shape,
    /// Whether it has room for the layers of several annotators.
    pub several_annotators: bool,
    /// Whether models train on it: then only articles that are done go out, unless another status is asked for.
    pub is_for_training: bool,
    /// Whether one dataset of it holds all parts of a split; otherwise each part is a dataset of its own.
    pub holds_splits: bool,
    /// Its page in the user's documentation, in Markdown: what it is for, how it is loaded, what its limits are. The
    /// first block of Python in it loads an export.
    pub page: &'static str,
    pub(super) claim: fn(&Glimpse<'_>) -> Claim,
    /// The columns of a table, for formats whose columns may be chosen by hand.
    pub(super) columns: Option<fn(&Path) -> Vec<String>>,
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

    /// The names of what an export must leave out or flatten.
    pub fn lacks(&self) -> Vec<&'static str> {
        self.cannot_hold.iter().map(|feature| feature.name()).collect()
    }

    /// The same in words, for a table.
    pub fn lacks_in_words(&self) -> String {
        if self.cannot_hold.contains(&Feature::Spans) {
            return "anything but articles".to_owned();
        }
        self.lacks().join(", ")
    }

    /// Whether its dataset is one file, which can go to standard output.
    pub fn is_one_file(&self) -> bool {
        self.shape == Shape::File
    }

    /// Whether it is a table, whose columns may be chosen by hand.
    pub fn is_table(&self) -> bool {
        self.columns.is_some()
    }

    /// The columns of a file, where the format is a table whose columns may be chosen by hand; empty otherwise, and
    /// where the file cannot be read.
    pub fn columns(&self, path: &Path) -> Vec<String> {
        self.columns.map(|columns| columns(path)).unwrap_or_default()
    }

    /// How an export of it is loaded: the first block of Python in its page. `None` where its page has none.
    pub fn snippet(&self) -> Option<&'static str> {
        let (_, behind) = self.page.split_once("```python\n")?;
        behind.split_once("```").map(|(code, _)| code)
    }
}

/// What the formats have in common that give articles without anything marked in them and are not written; the rest of
/// a format is its own.
pub(super) const ARTICLES_ONLY: Format = Format {
    id: "",
    name: "",
    endings: &[],
    offset_unit: OffsetUnit::None,
    unit_is_open: false,
    cannot_hold: &Feature::ALL,
    shape: Shape::File,
    several_annotators: false,
    is_for_training: false,
    holds_splits: false,
    page: "",
    claim: |_| Claim::No,
    columns: None,
    read: None,
    write: None,
};

/// How much a writer was handed that is not in its dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Whole articles.
    pub articles: u64,
    /// Spans of which no fragment is there, those of the articles left out among them.
    pub spans: u64,
}

impl std::ops::Sub for LeftOut {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            articles: self.articles.saturating_sub(before.articles),
            spans: self.spans.saturating_sub(before.spans),
        }
    }
}

impl LeftOut {
    /// Counts a whole article in, with its spans.
    pub(super) fn article(&mut self, layers: &[(Annotator, Layer)]) {
        self.articles += 1;
        self.spans += layers
            .iter()
            .map(|(_, layer)| layer.spans.len() as u64)
            .sum::<u64>();
    }
}

/// Writes a dataset, article by article.
pub trait DatasetWriter {
    /// What follows belongs to that part of a split. Called only for formats that hold the parts of a split, and
    /// before the first article.
    fn enter_split(&mut self, _split: &str) {}

    /// Writes one article with all its layers, which are in the order of their annotators.
    ///
    /// # Errors
    /// Where the output refuses bytes.
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()>;

    /// How much was left out so far: asked for between articles, so that what is counted is what is there.
    fn left_out(&self) -> LeftOut {
        LeftOut::default()
    }

    /// Ends the dataset and says what is to be said beside [`Format::cannot_hold`], which the caller counts: values
    /// that were cut, characters that were replaced.
    ///
    /// # Errors
    /// Where the output refuses bytes.
    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>>;
}

/// All formats, in the order in which they are offered. A file is read by the first that claims it, so what is told by
/// its content stands before what is told by its name alone.
pub fn registry() -> &'static [Format] {
    &[
        doccano::FORMAT,
        labelstudio::FORMAT,
        hf::FORMAT,
        prodigy::FORMAT,
        spacy::FORMAT,
        argilla::FORMAT,
        gliner::FORMAT,
        chat::FORMAT,
        brat::FORMAT,
        webanno::FORMAT,
        table::CSV,
        table::CSV_EXCEL,
        table::XLSX,
        table::ODS,
        table::PARQUET,
        cas::XMI,
        cas::JSON,
        w3c::FORMAT,
        tei::FORMAT,
        conll::FORMAT,
        articles::pdf::FORMAT,
        articles::epub::FORMAT,
        articles::feed::FORMAT,
        office::docx::FORMAT,
        office::odt::FORMAT,
        office::rtf::FORMAT,
        office::archive::FORMAT,
        articles::eml::FORMAT,
        articles::mhtml::FORMAT,
        articles::html::FORMAT,
        jsonl::FORMAT,
        plain::FORMAT,
    ]
}

/// The format of that id.
pub fn format(id: &str) -> Option<&'static Format> {
    registry().iter().find(|format| format.id == id)
}

/// Reads a file and hands its articles over one by one; every problem goes to the sink as a diagnostic.
/// Breaks where the sink broke.
pub fn read(format: &Format, path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    if let Some(read) = format.read {
        // Of a dataset that is a folder, a file may be empty to say that there is nothing in it.
        if format.is_one_file() && is_empty(path) {
            sink.diagnostic(encoding::empty("the file is empty").in_file(path));
            return sink.progress(0);
        }
        return read(path, options, sink);
    }
    sink.diagnostic(unknown::written_only(format).in_file(path));
    ControlFlow::Continue(())
}

/// Whether a file has no byte; what is no file, as a pipe, may have some still.
fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0)
}

/// A writer of that format.
///
/// # Errors
/// `Unsupported` where it is read only, and what the first bytes meet.
pub fn writer<'a>(
    format: &Format,
    files: Box<dyn Files<'a> + 'a>,
    options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    let write = format.write.ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::Unsupported,
            format!("{} is read only", format.name),
        )
    })?;
    write(files, options)
}

/// How many bytes of a file [`detect`] sees.
pub const HEAD: usize = 4096;

/// The format of a file, from its name and its first bytes.
///
/// # Errors
/// A diagnostic for what no format reads: its code is `empty_file` where there is nothing, `cannot_read_format` for the
/// files of a format that is written only, `not_text` for pictures, archives, and the like, `encrypted` for what is
/// locked, `unknown_ending` where neither name nor content is of any format, and `unknown_format` for all else.
pub fn detect(path: &Path) -> Result<Detected, Diagnostic> {
    glimpse(path, |file| {
        for format in registry() {
            match (format.claim)(file) {
                Claim::Reads if format.reads() => return Ok(Detected::Reads(format)),
                Claim::Reads => return Err(unknown::written_only(format).in_file(path)),
                Claim::Companion => return Ok(Detected::Companion(format)),
                Claim::No => {}
            }
        }
        Err(unknown::refusal(file).in_file(path))
    })?
}

/// What a file is where the format is given: also then a companion is read with the file that it belongs to.
///
/// # Errors
/// A diagnostic where it cannot be read.
pub fn detect_as(format: &'static Format, path: &Path) -> Result<Detected, Diagnostic> {
    glimpse(path, |file| match (format.claim)(file) {
        Claim::Companion => Detected::Companion(format),
        Claim::Reads | Claim::No => Detected::Reads(format),
    })
}

/// Looks at a file's name and its first bytes.
fn glimpse<T>(path: &Path, look: impl FnOnce(&Glimpse<'_>) -> T) -> Result<T, Diagnostic> {
    let mut head = Vec::with_capacity(HEAD);
    std::fs::File::open(path)
        .and_then(|file| file.take(HEAD as u64).read_to_end(&mut head))
        .map_err(|cause| cannot_read(path, &cause))?;
    let ending = path.extension();
    let ending = ending.map_or_else(String::new, |ending| ending.to_string_lossy().to_lowercase());
    Ok(look(&Glimpse {
        path,
        ending: &ending,
        head: &head,
    }))
}
