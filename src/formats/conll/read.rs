//! Reading columns: once through the file to see how it is tagged, and once more for its documents, one in memory at a
//! time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Article, Extra, Header, Origin};
use crate::text::Text;

use super::super::brat::names::unescaped;
use super::super::marking::Marking;
use super::super::position::Unit;
use super::super::tagging::{Scheme, SchemeSurvey, TaggedText};
use super::super::{
    Diagnostic, Incoming, MOST_BYTES, ReadOptions, Sink, bytes_of, cannot_read, decode, language_of,
    title_of, too_large,
};
use super::DOCUMENT;
use super::tags::{Row, columns};

/// Sentences that a file without marks of documents may have as one article.
const MOST_SENTENCES: u64 = 200;

/// Spans that a document may have, ten times what a window is made for: a file of 100 MB without an empty line would fill
/// the memory with them.
const MOST_SPANS: usize = 200_000;

pub(super) fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let surveyed = Lines::open(path).and_then(|mut lines| {
        let survey = Survey::of(&mut lines)?;
        Ok((survey, Lines::open_as(path, survey.is_utf8)?))
    });
    let (survey, mut lines) = match surveyed {
        Ok(both) => both,
        Err(found) => {
            sink.diagnostic(found.in_file(path));
            return ControlFlow::Continue(());
        }
    };
    survey.tell(path, sink);
    let cuts_sentences = survey.documents == 0 && survey.sentences > MOST_SENTENCES;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut reading = Reading {
        path,
        origin: options.origin_in(path),
        file,
        document: Document::default(),
        comments: 0,
        empty: 0,
    };
    loop {
        let (number, line) = match lines.next() {
            Ok(Some(both)) => both,
            Ok(None) => break,
            Err(found) => {
                sink.diagnostic(found.in_file(path));
                break;
            }
        };
        if line.trim().is_empty() {
            reading.document.tagged.end_sentence();
            if cuts_sentences {
                reading.hand_over(sink)?;
            }
        } else if line.starts_with(DOCUMENT) {
            reading.hand_over(sink)?;
            reading.document.begin(line, number);
        } else {
            reading.row(line, number, sink);
        }
        if number.is_multiple_of(4096) {
            sink.progress(lines.bytes)?;
        }
    }
    reading.hand_over(sink)?;
    reading.tell(sink);
    sink.progress(lines.bytes)
}

/// The lines of a file, in UTF-8 or in what it turned out to be.
struct Lines {
    from: Box<dyn BufRead>,
    line: Vec<u8>,
    /// Of the line read last, from 1.
    number: u64,
    bytes: u64,
}

impl Lines {
    fn open(path: &Path) -> Result<Self, Diagnostic> {
        let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
        Ok(Self::over(Box::new(BufReader::new(file))))
    }

    /// Opens it as UTF-8, or, where it is none, decodes it as a whole.
    fn open_as(path: &Path, is_utf8: bool) -> Result<Self, Diagnostic> {
        if is_utf8 {
            return Self::open(path);
        }
        let decoded = decode(&bytes_of(path)?)?;
        Ok(Self::over(Box::new(Cursor::new(decoded.text.into_bytes()))))
    }

    fn over(from: Box<dyn BufRead>) -> Self {
        Self {
            from,
            line: Vec::new(),
            number: 0,
            bytes: 0,
        }
    }

    /// The bytes of the next line without its end; `None` behind the last.
    fn next_bytes(&mut self) -> Result<Option<&[u8]>, Diagnostic> {
        self.line.clear();
        let read = (&mut self.from)
            .take(MOST_BYTES as u64 + 1)
            .read_until(b'\n', &mut self.line)
            .map_err(|error: io::Error| {
                Diagnostic::error("cannot_read", format!("the file cannot be read: {error}"))
                    .with_hint("check the disk or the network share, then import it again")
            })?;
        if read == 0 {
            return Ok(None);
        }
        if read > MOST_BYTES {
            return Err(too_large("a line"));
        }
        self.number += 1;
        self.bytes += read as u64;
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mark = if self.number == 1 { "\u{feff}" } else { "" };
        Ok(Some(line.strip_prefix(mark.as_bytes()).unwrap_or(line)))
    }

    /// The next line with its number.
    fn next(&mut self) -> Result<Option<(u64, &str)>, Diagnostic> {
        let number = self.number + 1;
        let Some(bytes) = self.next_bytes()? else {
            return Ok(None);
        };
        std::str::from_utf8(bytes)
            .map(|line| Some((number, line)))
            .map_err(|_changed| {
                Diagnostic::error(
                    "not_utf8",
                    "the line is no UTF-8 any more: the file changed while it was read",
                )
                .at_line(number)
                .with_hint("import it again")
            })
    }
}

/// What the first way through the file saw.
#[derive(Clone, Copy, Debug, Default)]
struct Survey {
    is_utf8: bool,
    scheme: Scheme,
    documents: u64,
    sentences: u64,
    tokens: u64,
}

impl Survey {
    fn of(lines: &mut Lines) -> Result<Self, Diagnostic> {
        let mut survey = Self {
            is_utf8: true,
            ..Self::default()
        };
        let mut tags = SchemeSurvey::default();
        let mut is_inside = false;
        let mut any_nul = false;
        while let Some(bytes) = lines.next_bytes()? {
            // Tags are ASCII but for their labels, so that other encodings are surveyed well enough.
            survey.is_utf8 &= std::str::from_utf8(bytes).is_ok();
            any_nul |= bytes.contains(&0);
            let line = String::from_utf8_lossy(bytes);
            if line.trim().is_empty() || line.starts_with(DOCUMENT) {
                survey.sentences += u64::from(is_inside);
                survey.documents += u64::from(line.starts_with(DOCUMENT));
                is_inside = false;
                tags.end_sentence();
            } else if let Some(row) = Row::of(&line) {
                tags.add(row.tag);
                survey.tokens += 1;
                is_inside = true;
            }
        }
        survey.sentences += u64::from(is_inside);
        survey.scheme = tags.scheme;
        // UTF-16 is valid UTF-8 where its words are ASCII, but no line of it is a row.
        survey.is_utf8 &= !(any_nul && survey.tokens == 0);
        Ok(survey)
    }

    fn tell(self, path: &Path, sink: &mut dyn Sink) {
        let mut say = |found: Diagnostic| sink.diagnostic(found.in_file(path));
        if !self.is_utf8 {
            say(Diagnostic::encoding(
                "the file is not in UTF-8; it was read in the encoding that it seems to have",
            ));
        }
        if self.tokens == 0 {
            return;
        }
        say(Diagnostic::info(
            "text_rebuilt",
            "the text is built from the tokens: a space between two, but not before signs that close, behind those that \
             open, or in scripts that write none; a line for each sentence",
        ));
        for found in self.scheme.findings() {
            say(found);
        }
        if self.documents == 0 && self.sentences > MOST_SENTENCES {
            let message = format!(
                "no {DOCUMENT} parts the file, so each of its {} sentences is an article",
                self.sentences
            );
            say(Diagnostic::info("sentences_as_articles", message)
                .with_hint("where that is wrong, undo the import, put a line `-DOCSTART- -X- O O` before each article, and import again"));
        }
    }
}

/// A document while it is read.
#[derive(Debug, Default)]
struct Document {
    tagged: TaggedText,
    /// What stands behind the mark of the document, where it is not the usual.
    name: Option<String>,
    line: Option<u64>,
    is_marked: bool,
}

impl Document {
    fn begin(&mut self, line: &str, number: u64) {
        let behind = line.strip_prefix(DOCUMENT).unwrap_or_default();
        let words = columns(behind).into_iter();
        let words: Vec<&str> = words
            .filter(|word| !matches!(*word, "" | "-X-" | "O" | "_" | "-"))
            .collect();
        self.name = (!words.is_empty()).then(|| words.join(" "));
        self.line = Some(number);
        self.is_marked = true;
    }
}

/// The second way through the file.
struct Reading<'a> {
    path: &'a Path,
    origin: Origin,
    file: Option<String>,
    document: Document,
    comments: u64,
    empty: u64,
}

impl Reading<'_> {
    fn row(&mut self, line: &str, number: u64, sink: &mut dyn Sink) {
        if let Some(row) = Row::of(line) {
            self.document.line.get_or_insert(number);
            self.document.tagged.push(row.token, Some(row.tag));
            return;
        }
        if line.starts_with('#') {
            self.comments += 1;
            return;
        }
        let columns = columns(line);
        let token = columns.first().filter(|token| !token.trim().is_empty());
        let (code, message) = match (token, columns.as_slice()) {
            (Some(_), [_, .., tag]) => ("bad_tag", format!("{tag:?} is no tag such as O, B-PER, or I-PER")),
            (Some(_), _) => ("bad_line", "the line has a token and no tag".to_owned()),
            (None, _) => ("bad_line", "the line has no token".to_owned()),
        };
        let hint = if token.is_some() {
            "the token was read without a tag: undo the import, mend the line, and import again"
        } else {
            Diagnostic::MEND_PART
        };
        sink.diagnostic(
            Diagnostic::error(code, message)
                .in_file(self.path)
                .at_line(number)
                .with_record(line)
                .with_hint(hint),
        );
        if let Some(token) = token {
            self.document.line.get_or_insert(number);
            self.document.tagged.push(token, None);
        }
    }

    /// Makes an article of the document and begins the next.
    fn hand_over(&mut self, sink: &mut dyn Sink) -> ControlFlow<()> {
        let document = std::mem::take(&mut self.document);
        if document.tagged.text.is_empty() {
            self.empty += u64::from(document.is_marked);
            return ControlFlow::Continue(());
        }
        let line = document.line;
        let place = |found: Diagnostic| {
            let found = found.in_file(self.path);
            match line {
                Some(line) => found.at_line(line),
                None => found,
            }
        };
        if document.tagged.text.len() > MOST_BYTES {
            sink.diagnostic(place(too_large("a document")));
            return ControlFlow::Continue(());
        }
        if document.tagged.spans.len() > MOST_SPANS {
            let message = format!("a document has more than {MOST_SPANS} spans, which no article does");
            let found = Diagnostic::error("too_large", message);
            sink.diagnostic(place(found.with_hint(
                "begin each article with a line -DOCSTART-, or leave an empty line behind each sentence",
            )));
            return ControlFlow::Continue(());
        }
        let mut meta = Extra::new();
        if let Some(file) = &self.file {
            meta.insert("file".to_owned(), file.as_str().into());
        }
        if let Some(name) = document.name {
            meta.insert("document".to_owned(), name.into());
        }
        let header = Header {
            title: title_of(&document.tagged.text),
            lang: language_of(&document.tagged.text).map(str::to_owned),
            meta,
            extra: Extra::new(),
        };
        let article = match Article::new(None, header, Text::new(document.tagged.text)) {
            Ok(article) => article,
            Err(error) => {
                sink.diagnostic(place(error.into()));
                return ControlFlow::Continue(());
            }
        };
        let mut marking = Marking::new(&article.text, Unit::Bytes, &self.origin, &place);
        for span in &document.tagged.spans {
            if let Some(ranges) = span.ranges() {
                marking.span_at(None, &unescaped(&span.label), ranges);
            }
        }
        let (layer, found) = marking.finish();
        for found in found {
            sink.diagnostic(found);
        }
        sink.article(Incoming::new(article, vec![(None, layer)], line))
    }

    fn tell(&self, sink: &mut dyn Sink) {
        let mut say = |found: Diagnostic| sink.diagnostic(found.in_file(self.path));
        if self.comments > 0 {
            let message = format!(
                "lines that begin with #, have no tag, and were taken for comments: {}",
                self.comments
            );
            say(Diagnostic::info("comments", message));
        }
        if self.empty > 0 {
            let message = format!("documents without tokens, which are passed over: {}", self.empty);
            say(Diagnostic::info("empty_document", message));
        }
    }
}
