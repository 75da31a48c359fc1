//! The `.json` beside a document of ours: what brat has no line for. Knows nothing of lines.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};

use crate::model::{Annotator, Article, ArticleId, Extra, Header, Sha256, parse_json};
use crate::text::Text;

use super::super::jsonl::rest::article_extra;
use super::super::marking::Marking;
use super::super::position::Pairs;
use super::super::{Diagnostic, Sink, bytes_of, decode, decoded_text, language_of, title_of};

/// What stands beside a document; nothing, where it is another tool's.
#[derive(Debug, Default)]
pub(super) struct Sidecar {
    map: Map<String, Json>,
    path: PathBuf,
    /// Its bytes, for the progress.
    pub(super) size: u64,
}

/// A file as text.
pub(super) struct Loaded {
    pub text: String,
    /// Its bytes, for the progress.
    pub size: u64,
    pub encoding: &'static str,
}

impl Sidecar {
    /// Reads the file beside a document, where there is one. What is wrong with it is told.
    pub(super) fn beside(path: &Path, sink: &mut dyn Sink) -> Self {
        let path = path.with_extension("json");
        if !path.is_file() {
            return Self::default();
        }
        let read = bytes_of(&path).and_then(|bytes| {
            let json = String::from_utf8_lossy(&bytes).into_owned();
            if let Ok(Json::Object(map)) = parse_json(&json).map(|parsed| parsed.value) {
                return Ok((map, bytes.len() as u64));
            }
            let message = "the file beside the document is no complete JSON object";
            Err(Diagnostic::warning("bad_json", message).in_file(&path).with_hint(
                "the document was read without it: without its own id, metadata, and whatever brat has no line for",
            ))
        });
        match read {
            Ok((map, size)) => Self { map, path, size },
            Err(found) => {
                sink.diagnostic(found);
                Self::default()
            }
        }
    }

    /// Whether the document is one of our exports.
    pub(super) fn is_ours(&self) -> bool {
        self.map.contains_key("id") && self.map.contains_key("sha256")
    }

    pub(super) fn string(&self, key: &str) -> Option<&str> {
        self.map.get(key).and_then(Json::as_str)
    }

    /// An entry of one of the tables by brat's ids.
    pub(super) fn entry(&self, table: &str, id: &str) -> Option<&Json> {
        self.map.get(table)?.get(id)
    }

    pub(super) fn object(&self, key: &str) -> Option<&Map<String, Json>> {
        self.map.get(key).and_then(Json::as_object)
    }

    /// All of it.
    pub(super) fn all(&self) -> &Map<String, Json> {
        &self.map
    }

    /// The text of a file: as the export wrote it to the byte, or else decoded; what is not UTF-8 in the encoding of
    /// the document, where that is known, since a few lines tell little of their own.
    ///
    /// # Errors
    /// Where the bytes are no text.
    pub(super) fn text(
        &self,
        path: &Path,
        like: Option<&'static str>,
        sink: &mut dyn Sink,
    ) -> Result<Loaded, Diagnostic> {
        let bytes = bytes_of(path)?;
        let size = bytes.len() as u64;
        let loaded = |text: String, encoding| Loaded { text, size, encoding };
        if bytes.is_empty() {
            return Ok(loaded(String::new(), "UTF-8"));
        }
        // Of ours even a mark at the front and control characters belong to the text.
        if self.is_ours()
            && let Ok(text) = std::str::from_utf8(&bytes)
        {
            return Ok(loaded(text.to_owned(), "UTF-8"));
        }
        let known = like.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
        let known = known.filter(|known| known.is_ascii_compatible() && std::str::from_utf8(&bytes).is_err());
        let exactly =
            known.and_then(|known| known.decode_without_bom_handling_and_without_replacement(&bytes));
        if let (Some(text), Some(known)) = (exactly, known) {
            return Ok(loaded(text.into_owned(), known.name()));
        }
        let decoded = decode(&bytes).map_err(|found| found.in_file(path))?;
        let encoding = decoded.encoding;
        let (text, told) = decoded_text(decoded);
        for found in told {
            sink.diagnostic(found.in_file(path));
        }
        Ok(loaded(text, encoding))
    }

    /// The article with what is known of it beside its text.
    ///
    /// # Errors
    /// Where the id cannot be one.
    pub(super) fn article(
        &self,
        path: &Path,
        text: String,
        sink: &mut dyn Sink,
    ) -> Result<Article, Diagnostic> {
        let id = self.string("id").map(ArticleId::new).transpose()?;
        let mut meta = self.object("meta").cloned().unwrap_or_default();
        if !self.is_ours()
            && let Some(name) = path.with_extension("txt").file_name()
        {
            meta.insert("file".to_owned(), name.to_string_lossy().into());
        }
        let guess = |own: Option<&str>, guess: Option<String>| match own {
            Some(own) => Some(own.to_owned()),
            None if self.is_ours() => None,
            None => guess,
        };
        let header = Header {
            title: guess(self.string("title"), title_of(&text)),
            lang: guess(self.string("lang"), language_of(&text).map(str::to_owned)),
            meta,
            extra: self.object("more").map_or_else(Extra::new, article_extra),
        };
        if let Some(given) = self
            .string("sha256")
            .filter(|given| *given != Sha256::of(&text).hex())
        {
            let message = format!("the text is not the one that was exported, whose sha256 is {given}");
            let found = Diagnostic::warning("text_changed", message).in_file(path.with_extension("txt"));
            sink.diagnostic(
                found.with_hint("check where it was changed or cut; the positions of its spans may be wrong"),
            );
        }
        Ok(Article::new(id, header, Text::new(text))?)
    }

    /// Whose layer it is; a name that cannot be one is told.
    pub(super) fn annotator(&self, sink: &mut dyn Sink) -> Option<Annotator> {
        let name = self.string("annotator")?;
        let annotator = Annotator::new(name).ok();
        if annotator.is_none() {
            sink.diagnostic(Diagnostic::bad_annotator(name).in_file(&self.path));
        }
        annotator
    }

    /// The ranges of a span before it was cut at line breaks, in code points.
    pub(super) fn whole_pairs(&self, id: &str) -> Option<Pairs> {
        let pairs = self.entry("ranges", id)?.as_array()?.iter();
        let pairs = pairs.map(|pair| {
            let number = |at| usize::try_from(pair.get(at)?.as_u64()?).ok();
            Some((number(0)?, number(1)?))
        });
        pairs.collect()
    }

    /// Status and article-level labels.
    pub(super) fn mark(&self, marking: &mut Marking<'_>) {
        marking.status(self.string("status"));
        if let Some(labels) = self.object("labels") {
            let labels = marking.attributes_of(labels);
            marking.layer().labels = labels;
        }
    }
}
