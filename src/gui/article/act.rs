//! What a key, a click, or a menu entry means: from selection, selected span, and armed label to outputs.
//!
//! No geometry and no events here, so that keyboard, mouse, menu, and palette cannot disagree.

use crate::layout::Caret;
use crate::model::{LabelId, Ranges, RelationId, SpanId};
use crate::session::action::{Action, Entry, table};
use crate::text::ByteRange;

use super::ask::Tagged;
use super::edges::EdgeStep;
use super::labels::LabelView;
use super::output::{ArticleOutput, ArticleRefusal, asked_by, refused};
use super::page::Page;
use super::state::{ArticleState, Gesture};

/// Something to be done with what is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleAct {
    /// A label's key: tags the selection, else relabels the selected span, else arms the label.
    Label(LabelId),
    /// The label's key with Ctrl: a second label on the same words.
    SecondLabel(LabelId),
    /// The label that was given last, as if its key were pressed; it is never armed so.
    RepeatLabel,
    /// Moves an edge of the selected span.
    MoveEdge(EdgeStep),
    /// Adds the selected words to the span that was selected before.
    AddFragment,
    /// Takes the fragment at the caret out of the selected span.
    RemoveFragment,
    /// Makes one span of several.
    Merge,
    /// Cuts a span at the caret.
    Split,
    /// Goes to the selected span's fields.
    Inspect,
    /// Selects the next number or name that no span touches.
    NextCandidate,
    /// Selects the one before.
    PreviousCandidate,
    /// Begins a link at the selected span, or leaves the one that is being made.
    Link,
    /// Takes one of the relations that are allowed between the ends of a link.
    Choose(usize),
    /// Selects a relation.
    SelectRelation(RelationId),
    /// Removes the selected relation.
    RemoveRelation,
    /// Lets the selected relation lead the other way.
    ReverseRelation,
    /// Draws the relations of all spans in view, or of the selected span only.
    ShowRelations,
    /// Removes the selected relation, else the selected span.
    Remove,
    /// Drops or restores one Arabic or Hebrew proclitic.
    ToggleProclitic,
    /// Selects the next span of the text.
    NextSpan,
    /// Selects the span before.
    PreviousSpan,
    /// Selects the next span with a value that nobody confirmed, or the one before.
    Unconfirmed {
        /// Whether the next one.
        forward: bool,
    },
    /// Lets go of one thing: gesture, armed label, selected words, selected span, event, find bar, in this order.
    Escape,
    /// Selects the whole text.
    SelectAll,
    /// Views a label in a way, or no longer; the selected span's, else the armed one, where none is named.
    ViewLabel(Option<LabelId>, LabelView),
    /// Shows the spans of all labels.
    ShowAllLabels,
}

impl ArticleAct {
    /// What an action of the table asks of the article itself; none for those that the window or the caret does.
    pub const fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::RemoveSpan => Self::Remove,
            Action::AddRelation => Self::Link,
            Action::RemoveRelation => Self::RemoveRelation,
            Action::ReverseRelation => Self::ReverseRelation,
            Action::ShowRelations => Self::ShowRelations,
            Action::RepeatLabel => Self::RepeatLabel,
            Action::AddFragment => Self::AddFragment,
            Action::RemoveFragment => Self::RemoveFragment,
            Action::MergeSpans => Self::Merge,
            Action::SplitSpan => Self::Split,
            Action::InspectSpan => Self::Inspect,
            Action::NextCandidate => Self::NextCandidate,
            Action::PreviousCandidate => Self::PreviousCandidate,
            Action::ToggleProclitic => Self::ToggleProclitic,
            Action::NextSpan => Self::NextSpan,
            Action::PreviousSpan => Self::PreviousSpan,
            Action::NextUnconfirmed => Self::Unconfirmed { forward: true },
            Action::PreviousUnconfirmed => Self::Unconfirmed { forward: false },
            Action::ClearSelection => Self::Escape,
            Action::SelectAll => Self::SelectAll,
            Action::HideLabel => Self::ViewLabel(None, LabelView::Hidden),
            Action::ShowLabelAlone => Self::ViewLabel(None, LabelView::Alone),
            Action::LockLabel => Self::ViewLabel(None, LabelView::Locked),
            Action::ShowAllLabels => Self::ShowAllLabels,
            _ => match EdgeStep::of(action) {
                Some(step) => Self::MoveEdge(step),
                None => return None,
            },
        })
    }

    /// The action of the table that asks for it, where one does.
    pub(super) fn action(&self) -> Option<Action> {
        let asks_for_it = |entry: &&Entry| Self::of(entry.action).as_ref() == Some(self);
        table().iter().find(asks_for_it).map(|entry| entry.action)
    }

    /// Whether it is done to the selected span, or begins at it, so that it waits for one that is being made. A label
    /// is for the words where words are selected.
    pub(super) const fn is_about_span(&self, words_are_selected: bool) -> bool {
        match self {
            Self::Label(_) | Self::SecondLabel(_) | Self::RepeatLabel | Self::ToggleProclitic => {
                !words_are_selected
            }
            Self::ViewLabel(label, _) => label.is_none(),
            Self::NextCandidate
            | Self::PreviousCandidate
            | Self::Escape
            | Self::SelectAll
            | Self::ShowRelations
            | Self::ShowAllLabels => false,
            Self::MoveEdge(_)
            | Self::AddFragment
            | Self::RemoveFragment
            | Self::Merge
            | Self::Split
            | Self::Inspect
            | Self::Link
            | Self::Choose(_)
            | Self::SelectRelation(_)
            | Self::RemoveRelation
            | Self::ReverseRelation
            | Self::Remove
            | Self::NextSpan
            | Self::PreviousSpan
            | Self::Unconfirmed { .. } => true,
        }
    }

    /// Whether a key that is held down does it again and again.
    pub(super) const fn repeats(&self) -> bool {
        matches!(
            self,
            Self::NextSpan
                | Self::PreviousSpan
                | Self::NextCandidate
                | Self::PreviousCandidate
                | Self::MoveEdge(_)
        )
    }
}

impl ArticleState {
    /// Does it. The page is the one that is drawn.
    pub fn perform(&mut self, page: &Page<'_>, act: ArticleAct) -> Vec<ArticleOutput> {
        self.follow(page);
        self.stack = None;
        let Some(act) = self.put_off(act) else {
            return Vec::new();
        };
        let action = act.action();
        let mut outputs = self.let_go();
        outputs.extend(self.do_act(page, act));
        asked_by(&mut outputs, action);
        outputs
    }

    fn do_act(&mut self, page: &Page<'_>, act: ArticleAct) -> Vec<ArticleOutput> {
        if let Some(outputs) = self.link_act(page, &act) {
            return outputs;
        }
        match act {
            ArticleAct::Link => self.begin_link(page),
            ArticleAct::Choose(_) => Vec::new(),
            ArticleAct::SelectRelation(relation) => self.select_relation(page, &relation),
            ArticleAct::RemoveRelation => self.remove_relation(page),
            ArticleAct::Remove if self.selected_relation().is_some() => self.remove_relation(page),
            ArticleAct::ReverseRelation => self.reverse_relation(page),
            ArticleAct::ShowRelations => self.toggle_relations(),
            ArticleAct::Label(label) => self.press_label(page, &label),
            ArticleAct::SecondLabel(label) => self.second_label(page, &label),
            ArticleAct::RepeatLabel => self.repeat_label(page),
            ArticleAct::MoveEdge(step) => {
                let mut outputs = self.move_edge(page, step);
                outputs.extend(self.let_go());
                outputs
            }
            ArticleAct::AddFragment => self.add_fragment(page),
            ArticleAct::RemoveFragment => self.remove_fragment(page),
            ArticleAct::Merge => self.merge(page),
            ArticleAct::Split => self.split(page),
            ArticleAct::Inspect => match self.selected_span {
                Some(_) => vec![ArticleOutput::Inspect],
                None => refused(ArticleRefusal::NoSpanSelected),
            },
            ArticleAct::NextCandidate => self.jump(page, true),
            ArticleAct::PreviousCandidate => self.jump(page, false),
            ArticleAct::Remove => self.remove(page),
            ArticleAct::ToggleProclitic => self.toggle_proclitic(page),
            ArticleAct::NextSpan => self.walk(true),
            ArticleAct::PreviousSpan => self.walk(false),
            ArticleAct::Unconfirmed { forward } => self.walk_unconfirmed(forward),
            ArticleAct::Escape => self.escape(),
            ArticleAct::SelectAll => {
                self.anchor = page.text.full_range().start();
                self.focus = page.text.end();
                vec![ArticleOutput::SelectionChanged]
            }
            ArticleAct::ViewLabel(label, view) => self.view_label(page, label, view),
            ArticleAct::ShowAllLabels if !self.labels.hides_any() => refused(ArticleRefusal::NothingHidden),
            ArticleAct::ShowAllLabels => {
                self.labels.show_all();
                vec![ArticleOutput::SelectionChanged]
            }
        }
    }

    fn view_label(&mut self, page: &Page<'_>, label: Option<LabelId>, view: LabelView) -> Vec<ArticleOutput> {
        let of_span = || {
            let span = self.index.get(self.selected_span.as_ref()?)?;
            Some(span.label.clone())
        };
        let alone = || self.labels.alone().filter(|_| view == LabelView::Alone).cloned();
        let Some(label) = label
            .or_else(alone)
            .or_else(of_span)
            .or_else(|| self.armed.clone())
        else {
            return refused(ArticleRefusal::NothingSelected);
        };
        self.labels.toggle(label, view);
        // The next click begins anew with what is seen then.
        self.cycle = None;
        self.follow(page);
        vec![ArticleOutput::SelectionChanged]
    }

    /// Why spans of a label cannot be made or changed now, if they cannot.
    pub(super) fn refuses(&self, page: &Page<'_>, label: &LabelId) -> Option<ArticleRefusal> {
        if !page.editable {
            Some(ArticleRefusal::NotEditable)
        } else if self.labels.locks(label) {
            Some(ArticleRefusal::Locked)
        } else if !self.labels.shows(label) {
            Some(ArticleRefusal::Hidden)
        } else {
            None
        }
    }

    /// The words that tagging would take: the selection, trimmed; `None` where nothing is left of it.
    pub(super) fn words_to_tag(&self, page: &Page<'_>) -> Option<Ranges> {
        let selection = self.selection();
        if selection.is_empty() {
            return None;
        }
        Ranges::one(page.text.trim(selection))
    }

    /// Why a span cannot be changed now, if it cannot.
    pub(super) fn refuses_span(&self, page: &Page<'_>, span: &SpanId) -> Option<ArticleRefusal> {
        self.index
            .get(span)
            .and_then(|span| self.refuses(page, &span.label))
    }

    fn press_label(&mut self, page: &Page<'_>, label: &LabelId) -> Vec<ArticleOutput> {
        if !self.selection().is_empty() {
            return match self.words_to_tag(page) {
                Some(ranges) => self.tag(page, ranges, label),
                None => refused(ArticleRefusal::OnlySpace),
            };
        }
        if let Some(span) = self
            .selected_span
            .clone()
            .filter(|span| !self.goes_on_arming(span, label))
        {
            return self.relabel(page, span, label);
        }
        if let Some(refusal) = self.refuses(page, label) {
            return refused(refusal);
        }
        let is_let_go = self.armed.as_ref() == Some(label);
        if is_let_go && self.made_armed.is_some() && self.made_armed == self.selected_span {
            // Who is done with a label is done with the span that it made: the next label is armed and changes nothing.
            (self.made_armed, self.selected_span) = (None, None);
        }
        self.armed = (!is_let_go).then(|| label.clone());
        vec![ArticleOutput::SelectionChanged]
    }

    /// Whether a label's key is about what is armed and not about the selected span: who tags by an armed label and
    /// goes on to the next one does not mean the span that was made just now, and the armed label itself is let go.
    fn goes_on_arming(&self, selected: &SpanId, pressed: &LabelId) -> bool {
        let label = self.index.get(selected).map(|span| &span.label);
        let armed_again = self.armed.as_ref() == Some(pressed) && label == Some(pressed);
        armed_again || self.armed.is_some() && self.made_armed.as_ref() == Some(selected)
    }

    fn repeat_label(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let Some(label) = self.last_label.clone() else {
            return refused(ArticleRefusal::NoLabelYet);
        };
        if self.selection().is_empty() && self.selected_span.is_none() {
            return refused(ArticleRefusal::NothingSelected);
        }
        self.press_label(page, &label)
    }

    fn second_label(&mut self, page: &Page<'_>, label: &LabelId) -> Vec<ArticleOutput> {
        let ranges = self.words_to_tag(page).or_else(|| {
            let span = self.index.get(self.selected_span.as_ref()?)?;
            Some(span.ranges.clone())
        });
        match ranges {
            Some(ranges) => self.tag(page, ranges, label),
            None => refused(ArticleRefusal::NothingSelected),
        }
    }

    /// Asks for a span; the same span again is selected instead.
    pub(super) fn tag(&mut self, page: &Page<'_>, ranges: Ranges, label: &LabelId) -> Vec<ArticleOutput> {
        if let Some(refusal) = self.refuses(page, label) {
            return refused(refusal);
        }
        if let Some(span) = self.index.same(&ranges, label) {
            let id = span.id.clone();
            self.anchor = self.focus;
            self.selected_span = Some(id.clone());
            return vec![
                ArticleOutput::SelectionChanged,
                ArticleOutput::Refused(ArticleRefusal::SameSpan(id), None),
            ];
        }
        self.focus = ranges.hull().end();
        self.anchor = self.focus;
        self.selected_span = None;
        self.cycle = None;
        self.last_label = Some(label.clone());
        self.pending.tagged = Some(Tagged {
            ranges: ranges.clone(),
            label: label.clone(),
            request: None,
        });
        vec![
            ArticleOutput::Tag {
                ranges,
                label: label.clone(),
            },
            ArticleOutput::SelectionChanged,
        ]
    }

    fn relabel(&mut self, page: &Page<'_>, id: SpanId, label: &LabelId) -> Vec<ArticleOutput> {
        if let Some(refusal) = self.refuses(page, label) {
            return refused(refusal);
        }
        let Some(span) = self.index.get(&id) else {
            return Vec::new();
        };
        if let Some(refusal) = self.refuses(page, &span.label) {
            return refused(refusal);
        }
        if span.label == *label {
            return refused(ArticleRefusal::SameSpan(id));
        }
        if let Some(twin) = self.index.same(&span.ranges, label) {
            let twin = twin.id.clone();
            self.selected_span = Some(twin.clone());
            return vec![
                ArticleOutput::SelectionChanged,
                ArticleOutput::Refused(ArticleRefusal::SameSpan(twin), None),
            ];
        }
        self.last_label = Some(label.clone());
        vec![ArticleOutput::SetLabel {
            span: id,
            label: label.clone(),
        }]
    }

    fn remove(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let Some(span) = self.selected_span.as_ref().and_then(|id| self.index.get(id)) else {
            return refused(ArticleRefusal::NothingSelected);
        };
        if let Some(refusal) = self.refuses(page, &span.label) {
            return refused(refusal);
        }
        let id = span.id.clone();
        self.selected_span = None;
        vec![ArticleOutput::Remove(id), ArticleOutput::SelectionChanged]
    }

    fn toggle_proclitic(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let selection = self.selection();
        if !selection.is_empty() {
            return match page.text.toggle_proclitic(selection) {
                Some(range) => {
                    let forward = self.anchor <= self.focus;
                    self.select(range, forward);
                    vec![ArticleOutput::SelectionChanged]
                }
                None => refused(ArticleRefusal::NoProclitic),
            };
        }
        let Some(span) = self.selected_span.as_ref().and_then(|id| self.index.get(id)) else {
            return refused(ArticleRefusal::NothingSelected);
        };
        if let Some(refusal) = self.refuses(page, &span.label) {
            return refused(refusal);
        }
        let id = span.id.clone();
        let mut ranges = self
            .ranges_of(&id)
            .map_or_else(Vec::new, |ranges| ranges.as_slice().to_vec());
        let toggled = ranges
            .first()
            .and_then(|first| page.text.toggle_proclitic(*first));
        if let (Some(first), Some(toggled)) = (ranges.first_mut(), toggled) {
            *first = toggled;
            if let Ok(ranges) = Ranges::new(ranges) {
                return vec![self.ask_ranges(id, ranges)];
            }
        }
        refused(ArticleRefusal::NoProclitic)
    }

    /// Selects the next or previous span after the selected one, else after the caret, round the ends.
    fn walk(&mut self, forward: bool) -> Vec<ArticleOutput> {
        let count = self.index.spans().len();
        if count == 0 {
            return refused(ArticleRefusal::NoSpans);
        }
        let selected = self.selected_span.as_ref().and_then(|id| self.index.place(id));
        let place = match (selected, forward) {
            (Some(place), true) => (place + 1) % count,
            (Some(place), false) => (place + count - 1) % count,
            (None, true) => self.index.next_place(self.focus) % count,
            (None, false) => (self.index.next_place(self.focus) + count - 1) % count,
        };
        self.walk_to(place);
        vec![ArticleOutput::SelectionChanged]
    }

    /// The same, among the spans with a value that nobody confirmed, or that was left open.
    fn walk_unconfirmed(&mut self, forward: bool) -> Vec<ArticleOutput> {
        let count = self.index.spans().len();
        let selected = self.selected_span.as_ref().and_then(|id| self.index.place(id));
        let after = selected.map_or(self.index.next_place(self.focus), |place| place + 1);
        let before = selected.unwrap_or_else(|| self.index.next_place(self.focus));
        let mut places = (0..count).map(|step| {
            if forward {
                (after + step) % count
            } else {
                (before + 2 * count - 1 - step) % count
            }
        });
        match places.find(|place| self.index.is_unsettled(*place)) {
            Some(place) => {
                self.walk_to(place);
                let span = self.index.span(place);
                let tells = span.is_some_and(|span| span.unconfirmed.is_empty());
                let told = tells.then_some(ArticleOutput::ValueIsOpen);
                [ArticleOutput::SelectionChanged]
                    .into_iter()
                    .chain(told)
                    .collect()
            }
            None => refused(ArticleRefusal::NoUnconfirmed),
        }
    }

    fn walk_to(&mut self, place: usize) {
        if let Some(span) = self.index.span(place) {
            let (id, start) = (span.id.clone(), span.ranges.hull().start());
            self.take_span(Some(id));
            self.focus = start;
            self.anchor = start;
            self.reveal = Some(Caret::downstream(start));
        }
    }

    fn escape(&mut self) -> Vec<ArticleOutput> {
        let has_gesture = std::mem::take(&mut self.gesture) != Gesture::None;
        if !has_gesture && self.armed.take().is_some() {
            return vec![ArticleOutput::SelectionChanged];
        }
        // Words that are selected from now on are added to no span of before.
        self.left = None;
        if has_gesture || !self.selection().is_empty() {
            self.anchor = self.focus;
        } else if self.let_go_of_relation() {
            // The span at its end stays selected.
        } else if self.selected_span.take().is_some() {
            self.cycle = None;
        } else if self.stage.clear() {
            // The other spans come forward again.
        } else if self.find.is_shown() {
            self.close_find();
        } else {
            return Vec::new();
        }
        vec![ArticleOutput::SelectionChanged]
    }

    /// Selects a range, the focus at its end or, when it was drawn backwards, at its start.
    pub(super) fn select(&mut self, range: ByteRange, forward: bool) {
        (self.anchor, self.focus) = if forward {
            (range.start(), range.end())
        } else {
            (range.end(), range.start())
        };
    }
}
