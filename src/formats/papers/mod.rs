//! What articles are published in: PDF documents, feeds, electronic books, and exports of news databases. They are read
//! only, each one file of this folder.
//!
//! What is common to them is here: an article with what is known about it, under the names that all formats use.

mod database;
mod dates;
pub(super) mod epub;
pub(super) mod feed;
mod lines;
mod markup;
pub(super) mod pdf;
mod pdf_bomb;
mod pdf_library;
mod pdf_program;
#[cfg(test)]
mod pdf_tests;
#[cfg(test)]
mod tests;

pub(super) use database::hand_over_pieces;

use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Article, Extra, Header, language_tag};
use crate::text::Text;

use super::{Diagnostic, Incoming, Sink, encoding, language_of, title_of};

/// An article before it has an id: its words and what was said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Paper {
    title: Option<String>,
    /// Guessed from the text where it is absent or no code of a language.
    lang: Option<String>,
    /// Metadata by name, in the order in which it is kept; what is empty is left out.
    meta: Vec<(&'static str, Option<String>)>,
    text: String,
}

impl Paper {
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
        let text = self.text;
        if is_blank(&text) {
            return Err(encoding::empty("the document holds no words"));
        }
        let mut meta = Extra::new();
        if let Some(name) = path.file_name() {
            meta.insert("file".to_owned(), name.to_string_lossy().into());
        }
        for (key, value) in self.meta {
            if let Some(value) = value.as_deref().and_then(filled) {
                meta.insert(key.to_owned(), value.into());
            }
        }
        let lang = self
            .lang
            .as_deref()
            .and_then(|lang| language_tag(&lang.replace('_', "-")));
        let header = Header {
            title: self
                .title
                .as_deref()
                .and_then(filled)
                .map(str::to_owned)
                .or_else(|| title_of(&text)),
            lang: lang.or_else(|| language_of(&text).map(str::to_owned)),
            meta,
            extra: Extra::new(),
        };
        Article::new(None, header, Text::new(text))
            .map_err(|error| Diagnostic::error("bad_id", error.to_string()))
    }
}

/// Whether a text has no words.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control())
}

/// A value without white space around it, if anything is left.
fn filled(value: &str) -> Option<&str> {
    Some(value.trim()).filter(|value| !value.is_empty())
}
