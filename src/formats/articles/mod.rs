//! Articles as they come from the web and from mail: `html`, `mhtml`, `eml`. They are read only: nothing is marked in
//! them.
//!
//! A format is one file; what is common to them is here and in `dom`, `prose`, `main_text`, `page`, `json_ld`, `date`, `charset`,
//! and `mime`. Nothing is fetched from anywhere: pictures, frames, and scripts are not followed.

mod aside;
mod aside_words;
mod belonging;
mod charset;
mod credit;
mod database;
mod date;
mod dom;
pub(super) mod eml;
mod headline;
pub(super) mod html;
mod json_ld;
mod left_out;
mod main_text;
mod marked;
mod measure;
pub(super) mod mhtml;
mod mime;
mod names;
mod page;
mod prose;
mod script_page;
mod teasers;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use crate::model::{Article, Header};
use crate::text::Text;

use super::{
    Diagnostic, Incoming, MOST_BYTES, Sink, cannot_read, encoding, language_of, title_of, too_large,
};
use page::Facts;
use prose::is_blank;

/// One article of a file: its text and what is known of it.
#[derive(Debug, Default)]
struct Words {
    text: String,
    facts: Facts,
}

/// What a file holds, with what is to be told about it.
#[derive(Debug, Default)]
struct Contents {
    articles: Vec<Words>,
    told: Vec<Diagnostic>,
}

/// Reads a file and hands over what is in it.
fn read(
    path: &Path,
    sink: &mut dyn Sink,
    contents: impl FnOnce(&[u8]) -> Result<Contents, Diagnostic>,
) -> ControlFlow<()> {
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(found) => {
            sink.diagnostic(found);
            return ControlFlow::Continue(());
        }
    };
    match contents(&bytes) {
        Ok(contents) => hand_over(path, contents, sink)?,
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    sink.progress(bytes.len() as u64)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| cannot_read(path, &error))?;
    if bytes.len() > MOST_BYTES {
        return Err(too_large("the file").in_file(path));
    }
    Ok(bytes)
}

fn hand_over(path: &Path, contents: Contents, sink: &mut dyn Sink) -> ControlFlow<()> {
    for found in contents.told {
        sink.diagnostic(found.in_file(path));
    }
    for words in contents.articles {
        match article(path, words) {
            Ok(article) => sink.article(Incoming {
                article,
                layers: Vec::new(),
                line: None,
            })?,
            Err(found) => sink.diagnostic(found.in_file(path)),
        }
    }
    ControlFlow::Continue(())
}

fn article(path: &Path, words: Words) -> Result<Article, Diagnostic> {
    let Words { text, mut facts } = words;
    if is_blank(&text) {
        return Err(encoding::empty("it holds no words"));
    }
    let title = facts.title.take().or_else(|| title_of(&text));
    let lang = language(facts.lang.take(), &text);
    let mut meta = facts.into_meta();
    if let Some(name) = path.file_name() {
        meta.insert("file".to_owned(), name.to_string_lossy().into());
    }
    let header = Header {
        title,
        lang,
        meta,
        ..Header::default()
    };
    Article::new(None, header, Text::new(text))
        .map_err(|error| Diagnostic::error("bad_id", error.to_string()))
}

/// The language that is said, but for English, which stands in pages of all languages because their makers left it
/// there: it gives way where the text is clearly in another one.
fn language(said: Option<String>, text: &str) -> Option<String> {
    let read = language_of(text);
    match (said, read) {
        (Some(said), Some(read)) if said.starts_with("en") && !read.starts_with("en") => {
            Some(read.to_owned())
        }
        (Some(said), _) => Some(said),
        (None, read) => read.map(str::to_owned),
    }
}
