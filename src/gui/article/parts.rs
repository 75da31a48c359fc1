//! Spans made of spans: merging, splitting, adding and taking out fragments, and the names and numbers left to tag.
//!
//! Says which spans are meant, from selection and caret; what becomes of them is the session's to say.

use std::collections::BTreeMap;

use crate::layout::{Affinity, Caret};
use crate::model::{LabelId, Ranges, SpanId};
use crate::text::{ByteOffset, ByteRange, Text, is_one_paragraph};

use super::output::{ArticleOutput, ArticleRefusal, refused};
use super::page::Page;
use super::state::ArticleState;

impl ArticleState {
    /// The span that the selected words can be added to: the one that was selected before they were.
    pub fn joins(&self) -> Option<&SpanId> {
        let span = self.selected_span.as_ref().or(self.join.as_ref());
        span.filter(|_| !self.selection().is_empty())
    }

    /// Lets go of the selected span for words that are selected, which can still be added to it.
    pub(super) fn deselect_for_words(&mut self) {
        if let Some(span) = self.selected_span.take() {
            self.join = Some(span);
        }
    }

    /// Lets go of the selected span where the caret has gone out of it, as a click beside it does, so that no key
    /// changes a span that is out of sight. Words that are selected then can still be added to it.
    pub(super) fn leave_span(&mut self) {
        let has_words = !self.selection().is_empty();
        if has_words && self.selected_span.is_none() {
            self.join = self.left.take().or(self.join.take());
        } else if !has_words
            && self
                .selected_span
                .as_ref()
                .is_some_and(|id| !self.is_caret_at(id))
        {
            self.left = self.selected_span.take();
        }
    }

    /// Whether the caret is in a span, or at one of its ends.
    fn is_caret_at(&self, id: &SpanId) -> bool {
        self.ranges_of(id).is_some_and(|ranges| {
            let hull = ranges.hull();
            hull.start() <= self.focus && self.focus <= hull.end()
        })
    }

    /// Takes up the span that was asked for. Where other words were selected meanwhile, they can still be added to it.
    pub(super) fn take_up_span(&mut self, id: SpanId) {
        if !self.selection().is_empty() {
            self.join = Some(id);
        } else if self.is_caret_at(&id) {
            self.selected_span = Some(id);
        } else {
            self.left = Some(id);
        }
    }

    pub(super) fn add_fragment(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let Some(words) = self.words_to_tag(page) else {
            return refused(ArticleRefusal::NothingSelected);
        };
        let Some((span, old)) = self.with_ranges(self.joins().cloned()) else {
            return refused(ArticleRefusal::NoSpanToJoin);
        };
        if let Some(refusal) = self.refuses_span(page, &span) {
            return refused(refusal);
        }
        let ranges = old.joined(words.as_slice(), page.text);
        if ranges == old {
            return refused(ArticleRefusal::InSpanAlready);
        }
        self.focus = words.hull().end();
        self.anchor = self.focus;
        self.join = None;
        self.cycle = None;
        self.selected_span = Some(span.clone());
        vec![self.ask_ranges(span, ranges), ArticleOutput::SelectionChanged]
    }

    pub(super) fn remove_fragment(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let Some((span, old)) = self.with_ranges(self.selected_span.clone()) else {
            return refused(ArticleRefusal::NoSpanSelected);
        };
        if let Some(refusal) = self.refuses_span(page, &span) {
            return refused(refusal);
        }
        if !old.is_discontinuous() {
            return refused(ArticleRefusal::OneFragment);
        }
        let at = self.focus;
        let stays = |range: &&ByteRange| at < range.start() || range.end() < at;
        let left: Vec<ByteRange> = old.as_slice().iter().filter(stays).copied().collect();
        if left.len() == old.as_slice().len() {
            return refused(ArticleRefusal::NotInFragment);
        }
        match Ranges::new(left) {
            Ok(ranges) => vec![self.ask_ranges(span, ranges), ArticleOutput::SelectionChanged],
            Err(_) => refused(ArticleRefusal::NotInFragment),
        }
    }

    /// Whether the caret is in a fragment of the selected span, and another one would be left.
    pub fn fragment_at_caret(&self) -> bool {
        let ranges = self.selected_span.as_ref().and_then(|id| self.ranges_of(id));
        ranges.is_some_and(|ranges| {
            let is_at = |range: &&ByteRange| range.start() <= self.focus && self.focus <= range.end();
            let count = ranges.as_slice().iter().filter(is_at).count();
            0 < count && count < ranges.as_slice().len()
        })
    }

    /// The span that the caret would cut in two: the selected one, or the innermost one around the caret.
    pub fn span_to_split(&self) -> Option<SpanId> {
        let at = self.focus;
        let is_cut = |id: &SpanId| {
            self.ranges_of(id)
                .is_some_and(|ranges| ranges.hull().start() < at && at < ranges.hull().end())
        };
        let selected = self.selected_span.clone().filter(is_cut);
        selected.or_else(|| self.index.at(at).into_iter().find(is_cut))
    }

    /// Whether there are two spans to make one of. Asked in every frame, so it ends at the first two of one label; which
    /// of several labels is meant is looked at when they are merged.
    pub fn can_merge(&self, text: &Text) -> bool {
        if self.selection().is_empty() {
            return self.with_next(text).is_ok();
        }
        let mut seen: BTreeMap<&LabelId, usize> = BTreeMap::new();
        self.index.touching(self.selection()).into_iter().any(|fragment| {
            let span = self.index.span(fragment.span);
            span.is_some_and(|span| *seen.entry(&span.label).or_insert(fragment.span) != fragment.span)
        })
    }

    /// Whether the selected words, else the selected span, begin with a proclitic to drop or restore.
    pub fn has_proclitic(&self, text: &Text) -> bool {
        let selection = self.selection();
        if !selection.is_empty() {
            return text.has_proclitic(selection);
        }
        let ranges = self.selected_span.as_ref().and_then(|id| self.ranges_of(id));
        let first = ranges.and_then(|ranges| ranges.as_slice().first().copied());
        first.is_some_and(|first| text.has_proclitic(first))
    }

    /// The span that the selected one would be merged with; none where there is none, or selected words say which.
    pub fn merges_with(&self, text: &Text) -> Option<SpanId> {
        let is_by_words = !self.selection().is_empty();
        let mut spans = self.with_next(text).ok().filter(|_| !is_by_words)?.into_iter();
        spans.find(|span| Some(span) != self.selected_span.as_ref())
    }

    fn spans_to_merge(&self, text: &Text) -> Result<Vec<SpanId>, ArticleRefusal> {
        if self.selection().is_empty() {
            self.with_next(text)
        } else {
            self.in_selection()
        }
    }

    /// Cuts the selected span at the caret; where the caret is not in it, the innermost span around the caret.
    pub(super) fn split(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let at = self.focus;
        let Some(span) = self.span_to_split() else {
            return refused(ArticleRefusal::NotInSpan);
        };
        if let Some(refusal) = self.refuses_span(page, &span) {
            return refused(refusal);
        }
        self.anchor = at;
        self.selected_span = Some(span.clone());
        self.wait_for_sending();
        vec![ArticleOutput::Split { span, at }, ArticleOutput::SelectionChanged]
    }

    pub(super) fn merge(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let spans = match self.spans_to_merge(page.text) {
            Ok(spans) => spans,
            Err(refusal) => return refused(refusal),
        };
        if let Some(refusal) = spans.iter().find_map(|span| self.refuses_span(page, span)) {
            return refused(refusal);
        }
        self.anchor = self.focus;
        self.cycle = None;
        self.selected_span = spans.first().cloned();
        self.wait_for_sending();
        vec![ArticleOutput::Merge(spans), ArticleOutput::SelectionChanged]
    }

    /// The spans of one label that the selected words touch.
    fn in_selection(&self) -> Result<Vec<SpanId>, ArticleRefusal> {
        let mut by_label: BTreeMap<&LabelId, Vec<usize>> = BTreeMap::new();
        for fragment in self.index.touching(self.selection()) {
            if let Some(span) = self.index.span(fragment.span) {
                by_label.entry(&span.label).or_default().push(fragment.span);
            }
        }
        for places in by_label.values_mut() {
            places.sort_unstable();
            places.dedup();
        }
        by_label.retain(|_, places| places.len() > 1);
        let ids = |places: &[usize]| -> Vec<SpanId> {
            let spans = places.iter().filter_map(|place| self.index.span(*place));
            spans.map(|span| span.id.clone()).collect()
        };
        let own = self
            .joins()
            .and_then(|id| self.index.get(id))
            .map(|span| &span.label);
        let groups: Vec<(&&LabelId, &Vec<usize>)> = by_label.iter().collect();
        match groups.as_slice() {
            [] => Err(ArticleRefusal::NothingToMerge),
            [(_, places)] => Ok(ids(places)),
            several => several
                .iter()
                .find(|(label, _)| Some(**label) == own)
                .map(|(_, places)| ids(places))
                .ok_or(ArticleRefusal::SeveralLabels),
        }
    }

    /// The selected span and the one of its label that it shares text with, else the next one of the same paragraph.
    fn with_next(&self, text: &Text) -> Result<Vec<SpanId>, ArticleRefusal> {
        let selected = self
            .selected_span
            .as_ref()
            .ok_or(ArticleRefusal::NoSpanSelected)?;
        let place = self.index.place(selected).ok_or(ArticleRefusal::NoSpanSelected)?;
        let span = self.index.span(place).ok_or(ArticleRefusal::NoSpanSelected)?;
        let hull = span.ranges.hull();
        let is_other = |other: usize| {
            let known = self.index.span(other);
            other != place && known.is_some_and(|known| known.label == span.label)
        };
        let mut overlapping: Vec<usize> = self.index.touching(hull).iter().map(|f| f.span).collect();
        overlapping.sort_unstable();
        let overlapping = overlapping.into_iter().find(|other| is_other(*other));
        let next = || (place + 1..self.index.spans().len()).find(|other| is_other(*other));
        let is_near = |other: &usize| {
            let start = self.index.span(*other).map(|other| other.ranges.hull().start());
            let gap = start.and_then(|start| ByteRange::new(hull.end().min(start), start));
            let gap = gap.and_then(|gap| text.slice(gap));
            gap.is_some_and(is_one_paragraph)
        };
        let other = overlapping.or_else(|| next().filter(is_near));
        let mut places = [place, other.ok_or(ArticleRefusal::NothingToMerge)?];
        places.sort_unstable();
        let spans = places.iter().filter_map(|place| self.index.span(*place));
        Ok(spans.map(|span| span.id.clone()).collect())
    }

    /// Selects the next or previous number or name that no span touches, round the ends.
    pub(super) fn jump(&mut self, page: &Page<'_>, forward: bool) -> Vec<ArticleOutput> {
        let (text, selection) = (page.text, self.selection());
        let is_free = |found: ByteRange| self.is_free(found);
        let found = if forward {
            text.next_candidate(selection.end(), is_free)
                .or_else(|| text.next_candidate(ByteOffset::ZERO, is_free))
        } else {
            text.previous_candidate(selection.start(), is_free)
                .or_else(|| text.previous_candidate(text.end(), is_free))
        };
        let Some(found) = found else {
            return refused(ArticleRefusal::NoCandidate);
        };
        self.deselect_for_words();
        self.select(found, true);
        self.affinity = Affinity::default();
        self.column = None;
        self.cycle = None;
        self.reveal = Some(Caret::downstream(found.start()));
        vec![ArticleOutput::SelectionChanged]
    }
}
