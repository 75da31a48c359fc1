//! What articles come in from the world, beside documents of word processors: web pages and mail, PDF documents, feeds,
//! electronic books, and exports of news databases. They are read only: nothing is marked in them.
//!
//! A format is one file or folder. What is common to them is here, the hand-over of an article before it has an id, and
//! in the files that are no format. Nothing is fetched from anywhere: pictures, frames, and scripts are not followed.

mod aside;
mod aside_words;
mod belonging;
mod charset;
mod credit;
mod database_page;
mod database_text;
pub(super) mod date;
mod dom;
pub(super) mod eml;
pub(super) mod epub;
mod facts;
pub(super) mod feed;
mod headline;
pub(super) mod html;
mod json_ld;
mod left_out;
mod main_text;
mod marked;
mod mbox;
mod measure;
pub(super) mod mhtml;
mod mime;
mod names;
mod page;
pub(super) mod pdf;
mod prose;
mod script_page;
mod teasers;
#[cfg(test)]
mod tests;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Article, Header};
use crate::text::Text;

use super::{Diagnostic, Incoming, Sink, bytes_of, encoding, title_of};

pub(super) use database_text::articles as database_articles;
pub(super) use facts::Facts;
pub(super) use left_out::behind_end;
use prose::is_blank;

/// An article before it has an id: its text and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub text: String,
    pub facts: Facts,
}

/// What a file holds, with what is to be told about it.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub articles: Vec<Words>,
    pub told: Vec<Diagnostic>,
}

impl From<Words> for Contents {
    fn from(words: Words) -> Self {
        Self {
            articles: vec![words],
            told: Vec::new(),
        }
    }
}

/// Reads a file as a whole and hands over what is in it.
pub(super) fn read(
    path: &Path,
    sink: &mut dyn Sink,
    contents: impl FnOnce(&[u8]) -> Result<Contents, Diagnostic>,
) -> ControlFlow<()> {
    let contents = bytes_of(path).and_then(|bytes| contents(&bytes));
    hand_over(path, contents, sink)
}

/// Hands over what was found in a file, or why nothing was.
pub(super) fn hand_over(
    path: &Path,
    contents: Result<Contents, Diagnostic>,
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    hand_over_part(path, contents, None, sink)?;
    end(path, sink)
}

/// Hands over what was found in the part of a file that begins in that line.
fn hand_over_part(
    path: &Path,
    contents: Result<Contents, Diagnostic>,
    line: Option<u64>,
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    let place = |mut found: Diagnostic| {
        found.line = found.line.or(line);
        found.in_file(path)
    };
    match contents {
        Ok(contents) => {
            for found in contents.told {
                sink.diagnostic(place(found));
            }
            for words in contents.articles {
                words.hand_over(path, line, sink)?;
            }
        }
        Err(found) => sink.diagnostic(place(found)),
    }
    ControlFlow::Continue(())
}

/// Tells that a file is read to its end.
fn end(path: &Path, sink: &mut dyn Sink) -> ControlFlow<()> {
    sink.progress(fs::metadata(path).map_or(0, |file| file.len()))
}

impl Words {
    /// Hands the article over; one without words is told as a problem.
    fn hand_over(self, path: &Path, line: Option<u64>, sink: &mut dyn Sink) -> ControlFlow<()> {
        match self.article(path) {
            Ok(article) => sink.article(Incoming {
                article,
                layers: Vec::new(),
                line,
            }),
            Err(mut found) => {
                found.line = line;
                sink.diagnostic(found.in_file(path));
                ControlFlow::Continue(())
            }
        }
    }

    fn article(self, path: &Path) -> Result<Article, Diagnostic> {
        let Self { text, mut facts } = self;
        if is_blank(&text) {
            return Err(encoding::empty("it holds no words"));
        }
        let title = facts.title.take();
        let title = title.as_deref().and_then(filled).map(str::to_owned);
        let lang = facts::language(facts.lang.take().as_deref(), &text);
        let mut meta = facts.into_meta();
        if let Some(name) = path.file_name() {
            meta.insert("file".to_owned(), name.to_string_lossy().into());
        }
        let header = Header {
            title: title.or_else(|| title_of(&text)),
            lang,
            meta,
            ..Header::default()
        };
        Ok(Article::new(None, header, Text::new(text))?)
    }
}

/// A value without white space around it, if anything is left.
fn filled(value: &str) -> Option<&str> {
    Some(value.trim()).filter(|value| !value.is_empty())
}
