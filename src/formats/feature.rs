//! What annotations can be beyond plain spans side by side, counted, so that an export can say beforehand what a
//! format has no room for.
//!
//! Knows no format: a format's row in the table says which of these it cannot hold.

use crate::model::{Annotator, Article, Layer, Note, NoteState, OriginKind, Span};
use crate::text::Text;

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
    /// That a value was read by the tool itself, and nobody confirmed it.
    Unconfirmed,
    /// Who or what made a span, and when.
    Provenance,
    /// Author, time, state, and replies of notes.
    NoteThreads,
    /// That a filler of a role is inferred, and why.
    RoleRemarks,
    /// The ids of spans, relations, events, and notes.
    Ids,
    /// Who annotated.
    Annotators,
    /// Keys that the tool does not know and keeps.
    FurtherKeys,
    /// The white space of the text.
    WhiteSpace,
}

impl Feature {
    /// All, in the order of their declaration, which is that in which they are told.
    pub const ALL: [Self; 19] = [
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
        Self::Unconfirmed,
        Self::Provenance,
        Self::NoteThreads,
        Self::RoleRemarks,
        Self::Ids,
        Self::Annotators,
        Self::FurtherKeys,
        Self::WhiteSpace,
    ];

    /// The feature without which this one is nothing: a format that lacks that one need not name this one too.
    pub const fn part_of(self) -> Option<Self> {
        match self {
            Self::Unconfirmed => Some(Self::Attributes),
            Self::NoteThreads => Some(Self::Notes),
            Self::RoleRemarks => Some(Self::Events),
            _ => None,
        }
    }

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
            Self::Unconfirmed => "unconfirmed marks",
            Self::Provenance => "provenance",
            Self::NoteThreads => "note threads",
            Self::RoleRemarks => "role remarks",
            Self::Ids => "ids",
            Self::Annotators => "annotators",
            Self::FurtherKeys => "further keys",
            Self::WhiteSpace => "white space",
        }
    }

    /// What becomes of so many of them in a format that cannot hold them, in a sentence.
    pub fn loss(self, count: u64) -> String {
        let (one, many, fate) = self.words_of_loss();
        match count {
            1 => format!("1 {one} is {fate}"),
            _ => format!("{count} {many} are {fate}"),
        }
    }

    /// One, many, and what becomes of them.
    const fn words_of_loss(self) -> (&'static str, &'static str, &'static str) {
        match self {
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
            Self::Status => ("article's status", "articles' statuses", "left out"),
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
            Self::Unconfirmed => (
                "mark that a value is not confirmed",
                "marks that a value is not confirmed",
                "left out",
            ),
            Self::Provenance => (
                "note of who or what made a span, and when",
                "notes of who or what made a span, and when",
                "left out",
            ),
            Self::NoteThreads => (
                "note's author, time, state, and replies",
                "notes' authors, times, states, and replies",
                "left out",
            ),
            Self::RoleRemarks => (
                "remark on what fills a role",
                "remarks on what fills a role",
                "left out",
            ),
            Self::Ids => ("annotation's id", "annotations' ids", "left out or made anew"),
            Self::Annotators => ("annotator's name", "annotators' names", "left out"),
            Self::FurtherKeys => (
                "further key from an imported file",
                "further keys from imported files",
                "left out",
            ),
            Self::WhiteSpace => ("article's text", "articles' texts", "spaced anew"),
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
        self.counts.get(feature as usize).copied().unwrap_or_default()
    }

    /// Counts an article and its layers in.
    pub fn add(&mut self, article: &Article, layers: &[(Annotator, Layer)]) {
        let header = &article.header;
        let has_header = header.title.is_some() || header.lang.is_some() || !header.meta.is_empty();
        self.more(Feature::Metadata, usize::from(has_header));
        self.more(Feature::FurtherKeys, header.extra.len());
        self.more(
            Feature::WhiteSpace,
            usize::from(!article.text.as_str().is_empty()),
        );
        for (_, layer) in layers {
            self.add_layer(&article.text, layer);
        }
    }

    fn add_layer(&mut self, text: &Text, layer: &Layer) {
        let spans = &layer.spans;
        let on_spans: usize = spans.iter().map(|span| span.attributes.len()).sum();
        let on_relations: usize = layer.relations.values().map(|one| one.attributes.len()).sum();
        let on_events: usize = layer.events.values().map(|one| one.attributes.len()).sum();
        let judged = spans.iter().filter(|span| span.review.is_some()).count();
        let on_article =
            usize::from(layer.review.is_some()) + usize::from(layer.flagged) + layer.dismissed.len();
        let pieces = flat_choice(text, layer);
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
        self.more(Feature::Annotators, usize::from(layer.exists()));
        self.add_details(layer);
    }

    fn add_details(&mut self, layer: &Layer) {
        let spans = || layer.spans.iter();
        let notes = || layer.notes.values();
        let roles = || layer.events.values().flat_map(|event| &event.roles);
        let has_maker = |span: &Span| {
            let origin = &span.origin;
            let is_told = origin.kind != OriginKind::Person || origin.name.is_some();
            is_told || span.created.is_some() || span.modified.is_some()
        };
        let has_thread = |note: &Note| {
            let is_told = note.author.is_some() || note.created.is_some();
            is_told || note.state != NoteState::Open || !note.replies.is_empty()
        };
        let ids = layer.spans.len() + layer.relations.len() + layer.events.len() + layer.notes.len();
        let of_spans = spans().map(|span| {
            let review = span.review.as_ref().map_or(0, |review| review.extra.len());
            span.extra.len() + span.origin.extra.len() + review
        });
        let of_notes = notes().map(|note| {
            let replies = note.replies.iter().map(|reply| reply.extra.len());
            note.extra.len() + replies.sum::<usize>()
        });
        let keys = of_spans
            .chain(of_notes)
            .chain(layer.relations.values().map(|one| one.extra.len()))
            .chain(layer.events.values().map(|one| one.extra.len()))
            .chain(roles().map(|role| role.extra.len()));
        let keys = keys.sum::<usize>() + layer.extra.len();
        let remarks = roles().filter(|role| role.inferred || role.note.is_some());
        self.more(
            Feature::Unconfirmed,
            spans().map(|span| span.unconfirmed.len()).sum(),
        );
        self.more(
            Feature::Provenance,
            spans().filter(|span| has_maker(span)).count(),
        );
        self.more(
            Feature::NoteThreads,
            notes().filter(|note| has_thread(note)).count(),
        );
        self.more(Feature::RoleRemarks, remarks.count());
        self.more(Feature::Ids, ids);
        self.more(Feature::FurtherKeys, keys);
    }

    fn more(&mut self, feature: Feature, count: usize) {
        if let Some(sum) = self.counts.get_mut(feature as usize) {
            *sum += count as u64;
        }
    }

    /// What a format has no room for, with how many of each there are; nothing that the dataset has not, and nothing
    /// that is part of what is told already.
    pub fn losses(&self, format: &Format) -> Vec<(Feature, u64)> {
        let lacks = |feature: &Feature| format.cannot_hold.contains(feature);
        let lost = format.cannot_hold.iter();
        lost.filter(|feature| feature.part_of().is_none_or(|whole| !lacks(&whole)))
            .map(|feature| (*feature, self.count(*feature)))
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
