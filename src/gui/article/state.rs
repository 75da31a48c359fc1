//! What the view of one article remembers between frames; nothing of it is saved with the project.

use std::collections::BTreeSet;

use egui::{Pos2, Rect};

use crate::gui::paint::TextEngine;
use crate::layout::{Affinity, Caret};
use crate::model::problem::ItemKind;
use crate::model::{
    ArticleId, Codebook, DateValue, EventId, LabelId, ProblemKey, Ranges, RelationId, Span, SpanId,
};
use crate::session::dates;
use crate::session::unsettled::ReadBy;
use crate::text::{ByteOffset, ByteRange, Direction};

use super::accessibility::Reading;
use super::ask::Pending;
use super::find::Find;
use super::headline::headline;
use super::index::SpanIndex;
use super::labels::LabelViews;
use super::overview::Overview;
use super::page::Page;
use super::relations::Links;
use super::sheet::{Frame, Sheet, Spans};
use super::span_edges::EdgeHit;
use super::stack::Stack;
use super::stage::Stage;

/// How soon after another a click at the same point goes on to what lies further out there, and at last to none.
const CYCLE_SECONDS: f64 = 1.5;

/// Selection, selected span, armed label, scroll position, gesture under way.
#[derive(Default)]
pub struct ArticleState {
    pub(super) article: Option<ArticleId>,
    pub(super) anchor: ByteOffset,
    pub(super) focus: ByteOffset,
    /// On which side of the focus the caret is drawn where a line or direction run ends.
    pub(super) affinity: Affinity,
    /// Where the caret wants to be when it moves up and down.
    pub(super) column: Option<f32>,
    pub(super) selected_span: Option<SpanId>,
    pub(super) armed: Option<LabelId>,
    /// The span that the armed label made last, as long as nothing else was chosen since.
    pub(super) made_armed: Option<SpanId>,
    /// The label that was given last.
    pub(super) last_label: Option<LabelId>,
    pub(super) hovered: Option<SpanId>,
    /// Which article stood where when the pointer, or the wheel, moved last.
    pub(super) pointed: Option<(Option<ArticleId>, (f64, f64))>,
    pub(super) gesture: Gesture,
    pub(super) cycle: Option<Cycle>,
    /// How often a span was clicked in the text.
    pub(super) span_clicks: u64,
    /// The menu of the spans at the point that was clicked last.
    pub(super) stack: Option<Stack>,
    /// The span that was selected before words were, to which they can be added.
    pub(super) join: Option<SpanId>,
    /// The span that the last click let go of: a double click selects words only with its second.
    pub(super) left: Option<SpanId>,
    /// What was asked for and is not drawn yet.
    pub(super) pending: Pending,
    /// The key that is held to move an edge.
    pub(super) held: Option<egui::Key>,
    /// What has to come into view.
    pub(super) reveal: Option<Caret>,
    pub(super) index: SpanIndex,
    /// Goes up with each other index.
    pub(super) indexed: u64,
    /// What is remembered of relations.
    pub(super) links: Links,
    /// Which labels are seen and can be changed.
    pub(super) labels: LabelViews,
    /// The event whose spans stand in front.
    pub(super) stage: Stage,
    /// Whether a menu lies over the article.
    pub(super) is_covered: bool,
    /// Whether what is known of the selected span stands beside the article.
    pub(super) is_told_beside: bool,
    /// Where the names of labels were drawn last.
    pub(super) chips: Vec<(Rect, SpanId)>,
    /// Where in the text its headline stands, and the title that was looked for.
    headline: Option<ByteRange>,
    title: Option<Box<str>>,
    /// What is looked for; goes along from article to article.
    pub(in crate::gui) find: Find,
    version: Option<u64>,
    /// Whether it is still to be found out of some spans; goes on with the next frame.
    pub(super) settling: bool,
    /// By what the index knows which values somebody has still to look at.
    settled_by: Option<SettledBy>,
    /// What was selected from outside since the last frame, maybe in an article or layer that is drawn only next.
    pub(super) asked: Asked,
    pub(super) sheet: Sheet,
    pub(super) overview: Overview,
    /// Where problems are, for the overview, and which ones.
    pub(super) problems: (u64, Vec<ByteRange>),
    /// When the article got the focus, by the window's clock.
    pub(super) focused_at: f64,
    /// What assistive technology was told, kept from frame to frame.
    pub(super) reading: Reading,
}

/// What decides beside the text whether the words of a span say one thing, and whether that is still to be looked at.
#[derive(PartialEq)]
struct SettledBy {
    codebook: Codebook,
    lang: Option<String>,
    published: Option<DateValue>,
    dismissed: BTreeSet<ProblemKey>,
}

/// A selection that came from outside.
#[derive(Default)]
pub(super) struct Asked {
    selection: Option<(ByteOffset, ByteOffset)>,
    span: Option<SpanId>,
    pub(super) event: Option<EventId>,
}

/// What the mouse is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Gesture {
    /// Nothing.
    #[default]
    None,
    /// Selecting text from a point.
    Select {
        /// Where the button went down, in the text.
        from: ByteOffset,
        /// The character there, where its text runs against the paragraph; else empty.
        pressed: ByteRange,
        /// Where on the screen.
        pressed_at: Pos2,
        /// Whether the pointer went far enough to be a drag and not a click.
        moved: bool,
    },
    /// Dragging an edge of the selected span.
    Edge {
        /// Which one.
        at: EdgeHit,
        /// Where the span would be now.
        ranges: Ranges,
        /// Where the button went down.
        pressed_at: Pos2,
        /// Whether the pointer went far enough to be a drag and not a click.
        moved: bool,
    },
    /// Carrying a span out of the text.
    Carry {
        /// Which span.
        span: SpanId,
        /// Where the button went down.
        pressed_at: Pos2,
        /// Whether the pointer went far enough to be a drag and not a click.
        moved: bool,
    },
    /// Dragging a link from a span.
    Link {
        /// Where the pointer is, or where the button went down.
        pos: Pos2,
        /// Whether the pointer went far enough to be a drag and not a click.
        moved: bool,
    },
    /// Dragging the handle of the scroll bar, by this distance below the top of its handle.
    ScrollBar {
        /// From the top of the handle to the pointer, in points.
        grip: f32,
    },
}

/// One end of a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// Clicks that follow each other at one point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cycle {
    /// Where the clicks are.
    pub at: Pos2,
    /// When the last of them was, by the window's clock.
    pub seconds: f64,
    /// Which of the spans there was selected last, counted from the innermost; past the last one is the caret only.
    pub step: usize,
}

impl Cycle {
    /// What the next click at this point selects of so many spans: the next outer one, and past the last one nothing.
    /// A click that comes late is no part of the same thought: it begins again at the innermost, or, where that is
    /// selected already, goes on outwards, and leaves the last one selected.
    pub(super) fn next_step(&self, spans: &[SpanId], selected: Option<&SpanId>, seconds: f64) -> usize {
        if seconds - self.seconds <= CYCLE_SECONDS {
            (self.step + 1) % (spans.len() + 1)
        } else if spans.first().is_some_and(|innermost| Some(innermost) == selected) {
            1.min(spans.len() - 1)
        } else {
            0
        }
    }
}

impl ArticleState {
    /// The selected text; empty where there is only a caret.
    pub fn selection(&self) -> ByteRange {
        ByteRange::between(self.anchor, self.focus)
    }

    /// The two ends of the selection in the order in which they were set: anchor, then focus.
    pub fn selection_ends(&self) -> (ByteOffset, ByteOffset) {
        (self.anchor, self.focus)
    }

    /// Selects text from outside, such as after undo, and brings it into view.
    pub fn set_selection(&mut self, anchor: ByteOffset, focus: ByteOffset) {
        self.asked.selection = Some((anchor, focus));
        (self.anchor, self.focus) = (anchor, focus);
        self.affinity = Affinity::default();
        self.column = None;
        self.reveal = Some(self.caret());
    }

    /// Another number whenever a span was clicked in the text, also the one that was selected already.
    pub const fn span_clicks(&self) -> u64 {
        self.span_clicks
    }

    /// The span that keys and the inspector are about.
    pub fn selected_span(&self) -> Option<&SpanId> {
        self.selected_span.as_ref()
    }

    /// Selects a span from outside, such as from a list, and brings it into view.
    pub fn select_span(&mut self, span: Option<SpanId>) {
        self.asked.span.clone_from(&span);
        self.take_span(span);
    }

    /// Selects a span that the page at hand has, and brings it into view.
    pub(super) fn take_span(&mut self, span: Option<SpanId>) {
        self.left = None;
        if let Some(span) = span.as_ref().and_then(|id| self.index.get(id)) {
            // The caret comes along, so that keys go on from the span and not from where they were before.
            let start = span.ranges.hull().start();
            let is_inside = start <= self.focus && self.focus <= span.ranges.hull().end();
            if !is_inside {
                self.focus = start;
                self.affinity = Affinity::default();
                self.column = None;
            }
            self.reveal = Some(Caret::downstream(start));
        }
        if span.is_some() {
            self.anchor = self.focus;
        }
        self.selected_span = span;
        self.made_armed = None;
        self.cycle = None;
    }

    /// The relation that keys and the inspector are about.
    pub fn selected_relation(&self) -> Option<&RelationId> {
        self.links.selected()
    }

    /// The relation that was chosen as what notes are about. One that was only just made is none: what is written then
    /// is about the span that it was made at.
    pub fn chosen_relation(&self) -> Option<&RelationId> {
        self.links.chosen()
    }

    /// Says where problems are; they are asked for only where the version is another one.
    pub fn mark_problems(&mut self, version: u64, ranges: impl FnOnce() -> Vec<ByteRange>) {
        if self.problems.0 != version {
            self.problems = (version, ranges());
        }
    }

    /// The label that was given last in this window.
    pub fn last_label(&self) -> Option<&LabelId> {
        self.last_label.as_ref()
    }

    /// The label that every drag tags with, until Escape.
    pub fn armed(&self) -> Option<&LabelId> {
        self.armed.as_ref()
    }

    /// How labels are viewed.
    pub fn labels(&self) -> &LabelViews {
        &self.labels
    }

    /// Where the headline stands in the text, if it does.
    pub(super) fn headline(&self) -> Option<ByteRange> {
        self.headline
    }

    /// The spans of the article in the order of the text, as the last drawn page had them.
    pub fn index(&self) -> &SpanIndex {
        &self.index
    }

    /// Takes up a page: another article starts at its top, another layer is indexed anew.
    pub fn follow(&mut self, page: &Page<'_>) {
        let asked = std::mem::take(&mut self.asked);
        if self.article.as_ref() != Some(page.id) {
            self.turn_to(page, asked.selection);
        }
        if asked.event.is_some() {
            self.stage.set(asked.event);
        }
        if self.title.as_deref() != Some(page.title) {
            self.title = Some(page.title.into());
            self.headline = headline(page.text, page.title);
        }
        self.follow_layer(page);
        if asked.span.is_some() {
            self.take_span(asked.span);
        }
        self.stage.follow(page);
        self.take_tagged();
        for span in [&mut self.selected_span, &mut self.join, &mut self.left] {
            span.take_if(|id| self.index.get(id).is_none());
        }
        self.keep_relations(page);
        for end in [&mut self.anchor, &mut self.focus] {
            // A selection that was remembered for another text must not leave this one.
            if !page.text.is_boundary(*end) {
                *end = page.text.end();
            }
        }
        if self.selection().is_empty() && self.gesture == Gesture::None {
            self.join = None;
        }
    }

    /// Another article: nothing stays but what is about no article.
    fn turn_to(&mut self, page: &Page<'_>, selection: Option<(ByteOffset, ByteOffset)>) {
        *self = Self {
            article: Some(page.id.clone()),
            // An armed label stays armed from article to article, and labels stay as they are viewed.
            armed: self.armed.take(),
            labels: std::mem::take(&mut self.labels),
            indexed: self.indexed,
            last_label: self.last_label.take(),
            find: std::mem::take(&mut self.find),
            links: self.links.for_another_article(),
            ..Self::default()
        };
        if let Some((anchor, focus)) = selection {
            (self.anchor, self.focus) = (anchor, focus);
            self.reveal = Some(self.caret());
        }
    }

    fn follow_layer(&mut self, page: &Page<'_>) {
        if self.index.views() != &self.labels {
            let mut index = SpanIndex::new(page.layer, &self.labels);
            index.take_settled(&self.index);
            self.index = index;
            self.indexed += 1;
            self.settling = true;
        }
        if self.version == Some(page.version) {
            if self.settling {
                self.settle_index(page);
            }
            return;
        }
        self.version = Some(page.version);
        // Most of what changes a snapshot leaves the spans as they are.
        if !self.index.is_of(page.layer) {
            self.index.follow(page.layer);
            self.indexed += 1;
        }
        self.settle_index(page);
        self.follow_relations(page);
        for label in [&mut self.armed, &mut self.last_label] {
            label.take_if(|label| page.codebook.label(label).is_none());
        }
    }

    /// Finds out of which spans somebody has still to look at a value: of the new ones, or of all where their words may
    /// be read otherwise now.
    fn settle_index(&mut self, page: &Page<'_>) {
        let published = dates::published(page.header);
        let is_same = self.settled_by.as_ref().is_some_and(|by| {
            by.codebook == *page.codebook && by.lang == page.header.lang && by.published == published
        });
        let by = ReadBy {
            codebook: page.codebook,
            header: page.header,
            text: page.text,
        };
        let dismissed = &page.layer.dismissed;
        let before = self.settled_by.as_ref().map(|by| &by.dismissed);
        let judged: Vec<&ProblemKey> = before.map_or_else(Vec::new, |before| {
            before.symmetric_difference(dismissed).collect()
        });
        let is_judged = |span: &Span| {
            judged
                .iter()
                .any(|key| key.is_about(ItemKind::Span, span.id.as_str()))
        };
        self.index.settle(
            |span| !is_same || is_judged(span),
            |span| by.is_read(span),
            |span| by.is_unsettled(span, dismissed),
        );
        self.settling = self.index.is_settling();
        if !is_same || !judged.is_empty() {
            self.settled_by = Some(SettledBy {
                codebook: page.codebook.clone(),
                lang: page.header.lang.clone(),
                published,
                dismissed: dismissed.clone(),
            });
        }
    }

    /// The version of the layer that is indexed.
    pub(super) fn version(&self) -> Option<u64> {
        self.version
    }

    /// Lays out what is in view.
    pub(super) fn prepare(&mut self, engine: &mut TextEngine, page: &Page<'_>, frame: Frame) {
        let spans = Spans {
            index: &self.index,
            version: self.indexed,
        };
        self.sheet.prepare(engine, page, spans, self.headline, frame);
    }

    /// Where the caret is.
    pub(super) fn caret(&self) -> Caret {
        Caret {
            offset: self.focus,
            affinity: self.affinity,
        }
    }

    /// Whether the caret stands in view as a whole.
    pub(super) fn sees_caret(&self) -> bool {
        let seen = self.sheet.viewport();
        let caret = self.sheet.caret(self.caret());
        caret.is_some_and(|caret| {
            seen.y_range().contains(caret.top()) && seen.y_range().contains(caret.bottom())
        })
    }

    /// Moves the caret; with `extend` the anchor stays.
    pub(super) fn move_to(&mut self, caret: Caret, extend: bool) {
        self.focus = caret.offset;
        self.affinity = caret.affinity;
        if !extend {
            self.anchor = caret.offset;
        }
        self.reveal = Some(caret);
        self.cycle = None;
        self.stack = None;
    }

    /// Where the paragraph of the caret starts, and the direction in which it is shown.
    pub fn paragraph_at_caret(&self) -> (ByteOffset, Direction) {
        self.sheet.paragraph_at(self.focus)
    }

    /// Where the part of a range that is in view stands on the screen.
    pub fn screen_rects(&self, range: ByteRange) -> Vec<egui::Rect> {
        self.sheet.rects(range)
    }
}
