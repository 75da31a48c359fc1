//! What annotations can be beyond plain spans side by side, counted, so that an export can say beforehand what a
//! format has no room for.
//!
//! Knows no format: a format's row in the table says which of these it cannot hold.

use crate::model::{Annotator, Article, Layer};

use super::flat::flat_choice;
use super::{Diagnostic, Format};

/// Something that a project may hold and a format may have no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Spans of any kind.
    Spans,
    /// Spans that share text with a longer one, or with an earlier one of the same length.
    Overlap,
    /// Spans of several fragments.
    Discontinuous,
    /// Attributes of spans, relations, and events.
    Attributes,
    /// Links between spans.
    Relations,
    /// Events with their roles.
    Events,
    /// Article-level labels.
    ArticleLabels,
    /// Notes with their replies.
    Notes,
    /// The status of an article: todo, in progress, done, skipped.
    Status,
    /// Verdicts, flags, and dismissed problems.
    Review,
    /// Title, language, source, date, and the like.
    Metadata,
}

impl Feature {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::Spans,
        Self::Overlap,
        Self::Discontinuous,
        Self::Attributes,
        Self::Relations,
        Self::Events,
        Self::ArticleLabels,
        Self::Notes,
        Self::Status,
        Self::Review,
        Self::Metadata,
    ];

    /// The name in the format table and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spans => "spans",
            Self::Overlap => "overlap",
            Self::Discontinuous => "discontinuity",
            Self::Attributes => "attributes",
            Self::Relations => "relations",
            Self::Events => "events",
            Self::ArticleLabels => "article labels",
            Self::Notes => "notes",
            Self::Status => "status",
            Self::Review => "review",
            Self::Metadata => "metadata",
        }
    }

    /// What becomes of so many of them in a format that cannot hold them, in a sentence.
    pub fn loss(self, count: u64) -> String {
        let (one, many, fate) = match self {
            Self::Spans => ("span", "spans", "left out"),
            Self::Overlap => (
                "span that overlaps a longer one",
                "spans that overlap a longer one",
                "left out",
            ),
            Self::Discontinuous => (
                "discontinuous span",
                "discontinuous spans",
                "cut into one span for each fragment",
            ),
            Self::Attributes => ("attribute value", "attribute values", "left out"),
            Self::Relations => ("relation", "relations", "left out"),
            Self::Events => ("event", "events", "left out"),
            Self::ArticleLabels => ("article label", "article labels", "left out"),
            Self::Notes => ("note", "notes", "left out"),
            Self::Status => ("article's status", "articles' status", "left out"),
            Self::Review => (
                "verdict, flag, or dismissed problem",
                "verdicts, flags, and dismissed problems",
                "left out",
            ),
            Self::Metadata => (
                "article's title and metadata",
                "articles' titles and metadata",
                "left out",
            ),
        };
        match count {
            1 => format!("1 {one} is {fate}"),
            _ => format!("{count} {many} are {fate}"),
        }
    }
}

/// How much of everything a dataset holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    counts: [u64; Feature::ALL.len()],
}

impl Contents {
    /// How many there are of a feature.
    pub fn count(&self, feature: Feature) -> u64 {
        let place = Feature::ALL.iter().position(|one| *one == feature);
        place
            .and_then(|place| self.counts.get(place))
            .copied()
            .unwrap_or_default()
    }

    /// Counts an article and its layers in.
    pub fn add(&mut self, article: &Article, layers: &[(Annotator, Layer)]) {
        let header = &article.header;
        let has_header = header.title.is_some() || header.lang.is_some() || !header.meta.is_empty();
        self.more(Feature::Metadata, usize::from(has_header));
        for (_, layer) in layers {
            self.add_layer(layer);
        }
    }

    fn add_layer(&mut self, layer: &Layer) {
        let spans = &layer.spans;
        let on_spans: usize = spans.iter().map(|span| span.attributes.len()).sum();
        let on_relations: usize = layer.relations.values().map(|one| one.attributes.len()).sum();
        let on_events: usize = layer.events.values().map(|one| one.attributes.len()).sum();
        let judged = spans.iter().filter(|span| span.review.is_some()).count();
        let on_article =
            usize::from(layer.review.is_some()) + usize::from(layer.flagged) + layer.dismissed.len();
        let pieces = flat_choice(layer);
        self.more(Feature::Spans, spans.len());
        self.more(Feature::Overlap, pieces.left_out);
        self.more(
            Feature::Discontinuous,
            spans.iter().filter(|span| span.ranges.is_discontinuous()).count(),
        );
        self.more(Feature::Attributes, on_spans + on_relations + on_events);
        self.more(Feature::Relations, layer.relations.len());
        self.more(Feature::Events, layer.events.len());
        self.more(Feature::ArticleLabels, layer.labels.len());
        self.more(Feature::Notes, layer.notes.len());
        self.more(Feature::Status, usize::from(layer.status.is_some()));
        self.more(Feature::Review, judged + on_article);
    }

    fn more(&mut self, feature: Feature, count: usize) {
        let place = Feature::ALL.iter().position(|one| *one == feature);
        if let Some(sum) = place.and_then(|place| self.counts.get_mut(place)) {
            *sum += count as u64;
        }
    }

    /// What a format has no room for, with how many of each there are; nothing that the dataset has not.
    pub fn losses(&self, format: &Format) -> Vec<(Feature, u64)> {
        let lost = format.cannot_hold.iter();
        lost.map(|feature| (*feature, self.count(*feature)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// [`Contents::losses`] as findings, each with the code `left_out`.
    pub fn findings(&self, format: &Format) -> Vec<Diagnostic> {
        let losses = self.losses(format).into_iter();
        losses
            .map(|(feature, count)| Diagnostic::info("left_out", feature.loss(count)))
            .collect()
    }
}
