//! The lines of a TSV file: its layers, and for each sentence the words and rows. Knows nothing of what they mean.

use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::model::{counted, parse_json};

use super::super::jsonl::shown;
use super::super::{Diagnostic, Sink};
use super::{ABOUT, HEAD, escape};

/// What a layer's annotations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Span,
    Relation,
    Chain,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds<'t> {
    /// A feature of that name; of a layer without features an empty one.
    Feature(&'t str),
    /// The roles of linked annotations.
    Roles,
    /// The linked annotations.
    Targets,
    /// The source of a relation, an annotation of that layer.
    Source(&'t str),
}

/// A layer and its columns, the first of which is the file's column of that number.
#[derive(Clone, Debug)]
pub(super) struct Head<'t> {
    pub kind: Kind,
    pub name: &'t str,
    pub first: usize,
    pub columns: Vec<Holds<'t>>,
}

impl<'t> Head<'t> {
    /// The last part of the layer's name.
    pub(super) fn short(&self) -> &'t str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
}

/// A token or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    pub line: u64,
    pub name: &'t str,
    pub begin: usize,
    pub end: usize,
    pub word: &'t str,
    pub cells: Vec<&'t str>,
}

/// A sentence.
#[derive(Clone, Debug)]
pub(super) struct Block<'t> {
    pub line: u64,
    pub text: String,
    pub rows: Vec<Row<'t>>,
}

/// A whole file.
#[derive(Debug, Default)]
pub(super) struct Sheet<'t> {
    /// What an export of ours says of the article.
    pub about: Option<Map<String, Json>>,
    pub heads: Vec<Head<'t>>,
    pub blocks: Vec<Block<'t>>,
}

/// Reads the lines. What is no line of the format is told, with its number.
///
/// # Errors
/// What stands in the way of reading the file at all.
pub(super) fn parse<'t>(path: &Path, text: &'t str, sink: &mut dyn Sink) -> Result<Sheet<'t>, Diagnostic> {
    let mut lines = lines(text).zip(1..);
    let (first, mut last) = lines.next().unwrap_or_default();
    let minor = version(first)?;
    let mut reading = Lines {
        tell: &mut |found: Diagnostic| sink.diagnostic(found.in_file(path)),
        is_java: minor.is_some_and(|minor| minor <= 1),
        columns: 0,
        is_head: false,
        sheet: Sheet::default(),
    };
    if minor.is_some_and(|minor| minor > 3) {
        let found = Diagnostic::warning(
            "format_version",
            format!("{first:?} is newer than WebAnno TSV 3.3"),
        );
        (reading.tell)(
            found
                .at_line(1)
                .with_hint("it was read as 3.3; look whether everything came in"),
        );
    }
    for (line, number) in lines {
        reading.line(line, number);
        last = number;
    }
    let ends_in = text.chars().next_back();
    let sheet = reading.sheet;
    if sheet.blocks.is_empty() {
        let found = Diagnostic::error("no_text", "the file has no sentence, so it holds no text");
        return Err(found.with_hint("INCEpTION writes such a file for an empty document; leave it out"));
    }
    if !matches!(ends_in, Some('\n' | '\r')) {
        let found = Diagnostic::warning("cut_off", "the last line has no end, so the file may be cut off");
        sink.diagnostic(
            found
                .in_file(path)
                .at_line(last)
                .with_hint("look at the end of the article"),
        );
    }
    Ok(sheet)
}

/// The second number of the version.
fn version(line: &str) -> Result<Option<u32>, Diagnostic> {
    let numbers = line.strip_prefix(HEAD).map(str::trim);
    let numbers = numbers.and_then(|numbers| numbers.split_once('.').or(Some((numbers, ""))));
    if let Some(("3", minor)) = numbers {
        return Ok(minor.parse().ok());
    }
    let message = format!(
        "the first line {} does not say WebAnno TSV 3",
        shown(&line.into())
    );
    let found = Diagnostic::error("format_version", message).at_line(1);
    Err(found.with_hint("export the document again, as WebAnno TSV v3.x"))
}

/// Lines as Java reads them: LF, CR, or both end one.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\n', '\r']) else {
            rest = None;
            return (!text.is_empty()).then_some(text);
        };
        let (line, behind) = text.split_at(at);
        rest = behind.strip_prefix("\r\n").or_else(|| behind.get(1..));
        Some(line)
    })
}

struct Lines<'t, 's> {
    tell: &'s mut dyn FnMut(Diagnostic),
    is_java: bool,
    /// How many columns stand behind the words.
    columns: usize,
    /// Whether the last block is still without rows and takes further lines of text.
    is_head: bool,
    sheet: Sheet<'t>,
}

impl<'t> Lines<'t, '_> {
    fn line(&mut self, line: &'t str, number: u64) {
        if line.is_empty() {
            self.is_head = false;
        } else if let Some(words) = line.strip_prefix("#Text=") {
            let words = escape::unescaped_text(words, self.is_java);
            match self.sheet.blocks.last_mut() {
                Some(block) if self.is_head => block.text.extend(["\n", &words]),
                _ => self.sheet.blocks.push(Block {
                    line: number,
                    text: words,
                    rows: Vec::new(),
                }),
            }
            self.is_head = true;
        } else if let Some(json) = line.strip_prefix(ABOUT) {
            match parse_json(json).map(|parsed| parsed.value) {
                Ok(Json::Object(map)) => self.sheet.about = Some(map),
                _ => self.bad(
                    "bad_json",
                    number,
                    line,
                    "what is known of the article is no JSON object",
                ),
            }
        } else if line.starts_with("#T_") {
            self.head(line, number);
        } else if !line.starts_with('#') {
            self.is_head = false;
            self.row(line, number);
        }
    }

    fn bad(&mut self, code: &'static str, number: u64, line: &str, message: &str) {
        let found = Diagnostic::error(code, message).at_line(number).with_record(line);
        (self.tell)(found.with_hint(Diagnostic::MEND_PART));
    }

    /// `#T_SP=type|feature|feature`.
    fn head(&mut self, line: &'t str, number: u64) {
        if !self.sheet.blocks.is_empty() {
            return self.bad(
                "bad_header",
                number,
                line,
                "a layer stands behind the first sentence",
            );
        }
        let kinds = [
            ("#T_SP=", Kind::Span),
            ("#T_RL=", Kind::Relation),
            ("#T_CH=", Kind::Chain),
        ];
        let layer = kinds
            .into_iter()
            .find_map(|(sign, kind)| Some((kind, line.strip_prefix(sign)?)));
        let Some((kind, layer)) = layer else {
            return self.bad(
                "bad_header",
                number,
                line,
                "the file names a layer of a kind that is not known",
            );
        };
        let mut fields = layer.split('|').filter(|field| !field.is_empty());
        let Some(name) = fields.next() else {
            return self.bad(
                "bad_header",
                number,
                line,
                "the file names a layer without a name",
            );
        };
        let mut columns: Vec<Holds<'t>> = Vec::new();
        for field in fields {
            let holds = match kind {
                Kind::Span if field.starts_with("ROLE_") => Holds::Roles,
                Kind::Span if columns.last() == Some(&Holds::Roles) || field.contains('.') => Holds::Targets,
                Kind::Relation if field.starts_with("BT_") => {
                    Holds::Source(field.strip_prefix("BT_").unwrap_or_default())
                }
                _ => Holds::Feature(field),
            };
            columns.push(holds);
        }
        if columns.is_empty() {
            columns.push(Holds::Feature(""));
        }
        let first = self.columns;
        self.columns += columns.len();
        self.sheet.heads.push(Head {
            kind,
            name,
            first,
            columns,
        });
    }

    fn row(&mut self, line: &'t str, number: u64) {
        let mut fields = line.split('\t');
        let (name, place) = (
            fields.next().unwrap_or_default(),
            fields.next().unwrap_or_default(),
        );
        let word = fields.next();
        let cells: Vec<&str> = fields.take(self.columns).collect();
        let place = place.split_once('-');
        let place = place.and_then(|(begin, end)| Some((begin.parse().ok()?, end.parse().ok()?)));
        let (Some(word), Some((begin, end))) = (word, place) else {
            return self.bad(
                "bad_line",
                number,
                line,
                "the line is no row: a number, a place, and words",
            );
        };
        if cells.len() < self.columns {
            let message = format!(
                "the row has {} behind its words, not {}",
                counted(cells.len(), "column"),
                self.columns
            );
            return self.bad("bad_line", number, line, &message);
        }
        let row = Row {
            line: number,
            name,
            begin,
            end,
            word,
            cells,
        };
        match self.sheet.blocks.last_mut() {
            Some(block) => block.rows.push(row),
            None => self.bad("bad_line", number, line, "the row stands before any text"),
        }
    }
}
