//! Where a reader puts what it finds. A reader holds one article at a time; the sink decides what to keep.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::model::{
    Annotator, Article, AttributeId, AttributeType, Codebook, Extra, Layer, Origin, OriginKind,
};

use super::{Diagnostic, OffsetUnit};

/// An article as a reader hands it over, with whatever was already marked in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// The article.
    pub article: Article,
    /// Annotations; `None` stands for the annotator who imports.
    pub layers: Vec<(Option<Annotator>, Layer)>,
    /// The line that it came from, where the file has one article a line.
    pub line: Option<u64>,
}

impl Incoming {
    /// An article with the layers that are there, or that are somebody's.
    pub(super) fn new(
        article: Article,
        mut layers: Vec<(Option<Annotator>, Layer)>,
        line: Option<u64>,
    ) -> Self {
        layers.retain(|(annotator, layer)| annotator.is_some() || layer.exists());
        Self {
            article,
            layers,
            line,
        }
    }
}

/// Takes what a reader finds, in the order of the file.
pub trait Sink {
    /// An article. Breaking ends the reading: a cancel.
    fn article(&mut self, incoming: Incoming) -> ControlFlow<()>;

    /// A finding. A reader goes on after each.
    fn diagnostic(&mut self, found: Diagnostic);

    /// Which column of a table holds what, by the name of what it holds, as the table is read; once before its rows.
    fn columns(&mut self, _found: BTreeMap<&'static str, String>) {}

    /// That many bytes of the file were read so far. Breaking ends the reading: a cancel.
    fn progress(&mut self, bytes: u64) -> ControlFlow<()>;
}

/// What a column of a table may hold, in the order in which it is offered: words, title, language, and metadata of an
/// article, then whose span it is, its label, place, and own words.
pub const COLUMN_USES: &[&str] = &[
    "text",
    "title",
    "id",
    "lang",
    "published",
    "url",
    "source",
    "author",
    "article",
    "annotator",
    "label",
    "start",
    "end",
    "quote",
];

/// What else a column of a table may hold, which is seldom chosen by hand.
pub const RARE_COLUMN_USES: &[&str] = &["span", "offsets", "fragments", "status", "meta", "sha256"];

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The name of the origin of spans that do not say where they come from; the file's name where absent.
    pub origin: Option<String>,
    /// What the project's codebook says, for formats that hold values as strings: an attribute's type tells how its
    /// string is read.
    pub codebook: Option<Arc<Codebook>>,
    /// Which column or field of a table holds what, by the name of what it holds, one of [`COLUMN_USES`] or
    /// [`RARE_COLUMN_USES`]; found by their usual names where absent.
    pub columns: BTreeMap<String, String>,
    /// How files count positions that leave it open, unless their quotes prove otherwise; each format's own way where
    /// absent.
    pub unit: Option<OffsetUnit>,
}

impl ReadOptions {
    /// The type that the project's codebook gives an attribute of this name.
    pub(super) fn attribute_type(&self, name: &str) -> Option<AttributeType> {
        let id = AttributeId::new(name).ok()?;
        let known = self.codebook.as_ref()?.attribute(&id)?;
        Some(known.attribute_type)
    }

    /// The origin of spans of a file that do not say where they come from.
    pub(super) fn origin_in(&self, path: &Path) -> Origin {
        let file = || path.file_name().map(|name| name.to_string_lossy().into_owned());
        Origin {
            kind: OriginKind::Import,
            name: self.origin.clone().or_else(file),
            extra: Extra::new(),
        }
    }
}

/// A sink that keeps all it is given; for small inputs and tests.
#[derive(Debug, Default)]
pub struct Collected {
    /// The articles.
    pub articles: Vec<Incoming>,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sink for Collected {
    fn article(&mut self, incoming: Incoming) -> ControlFlow<()> {
        self.articles.push(incoming);
        ControlFlow::Continue(())
    }

    fn diagnostic(&mut self, found: Diagnostic) {
        self.diagnostics.push(found);
    }

    fn progress(&mut self, _bytes: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
