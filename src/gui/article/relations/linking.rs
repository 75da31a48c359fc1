//! Making a relation: from the selected span to a target that is walked to, clicked, or dragged to.
//!
//! No geometry and no events here. What the codebook allows decides which spans are targets; where it allows several
//! relations between two spans, a choice is left open.

use std::collections::BTreeSet;

use crate::gui::article::act::ArticleAct;
use crate::gui::article::output::{ArticleOutput, ArticleRefusal, refused};
use crate::gui::article::page::Page;
use crate::gui::article::state::{ArticleState, Gesture};
use crate::gui::words;
use crate::layout::Caret;
use crate::model::{LabelId, RelationType, RelationTypeId, Span, SpanId};
use crate::session::action::Action;

use super::Asked;

/// A link that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct Linking {
    /// The span that it was begun at.
    pub from: SpanId,
    /// The labels of the spans that it can be linked with.
    pub labels: BTreeSet<LabelId>,
    /// The span that it leads to for now.
    pub target: Option<SpanId>,
    /// What it may be, where that is left open between the two; empty until the target is taken.
    pub choices: Vec<Choice>,
    /// Which of them is marked.
    pub marked: usize,
}

/// A relation that is allowed between the two spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its type.
    pub relation_type: RelationTypeId,
    /// Whether it leads from the target to the span that the link was begun at.
    pub reversed: bool,
}

impl Linking {
    /// Whether a span can be linked with.
    pub fn allows(&self, span: &Span) -> bool {
        span.id != self.from && self.labels.contains(&span.label)
    }
}

impl ArticleState {
    /// Begins a link at the selected span.
    pub(in crate::gui::article) fn begin_link(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let Some(from) = self.selected_span.as_ref().and_then(|id| self.index.get(id)) else {
            return refused(ArticleRefusal::NoSpanSelected);
        };
        if let Some(refusal) = self.refuses(page, &from.label) {
            return refused(refusal);
        }
        let labels = page.codebook.labels.iter().map(|label| &label.id);
        let labels: BTreeSet<LabelId> = labels
            .filter(|label| !page.codebook.links(&from.label, label).is_empty())
            .filter(|label| !self.labels.locks(label))
            .cloned()
            .collect();
        let linking = Linking {
            from: from.id.clone(),
            labels,
            target: None,
            choices: Vec::new(),
            marked: 0,
        };
        if !self.index.spans().iter().any(|span| linking.allows(span)) {
            let rules = rules_of(page, &from.label);
            let name = page.label_name(&from.label);
            return vec![ArticleOutput::RefusedBecause(words::no_target(name, &rules))];
        }
        self.anchor = self.focus;
        self.links.linking = Some(linking);
        vec![ArticleOutput::SelectionChanged]
    }

    /// What an act means while a link is made; none where it means what it always does.
    pub(in crate::gui::article) fn link_act(
        &mut self,
        page: &Page<'_>,
        act: &ArticleAct,
    ) -> Option<Vec<ArticleOutput>> {
        self.links.linking.as_ref()?;
        match act {
            ArticleAct::NextSpan => Some(self.walk_targets(true)),
            ArticleAct::PreviousSpan => Some(self.walk_targets(false)),
            ArticleAct::Inspect => Some(self.take_target(page)),
            ArticleAct::Choose(place) => Some(self.choose(page, *place)),
            ArticleAct::Escape | ArticleAct::Link => Some(self.leave_link()),
            ArticleAct::ShowRelations => None,
            ArticleAct::Label(_)
            | ArticleAct::SecondLabel(_)
            | ArticleAct::RepeatLabel
            | ArticleAct::MoveEdge(_)
            | ArticleAct::AddFragment
            | ArticleAct::RemoveFragment
            | ArticleAct::Merge
            | ArticleAct::Split
            | ArticleAct::ToggleProclitic
            | ArticleAct::Remove => Some(refused(ArticleRefusal::Linking)),
            _ => {
                self.links.linking = None;
                None
            }
        }
    }

    /// Closes the choice, else leaves the link.
    fn leave_link(&mut self) -> Vec<ArticleOutput> {
        self.gesture = Gesture::None;
        match &mut self.links.linking {
            Some(linking) if !linking.choices.is_empty() => linking.choices.clear(),
            linking => *linking = None,
        }
        vec![ArticleOutput::SelectionChanged]
    }

    /// Leaves the link whole, as a press beside its menu means it.
    pub(super) fn drop_link(&mut self) -> Vec<ArticleOutput> {
        self.gesture = Gesture::None;
        self.links.linking = None;
        vec![ArticleOutput::SelectionChanged]
    }

    /// The next or previous span that can be linked with, round the ends; in an open choice, the next line.
    pub(in crate::gui::article) fn walk_targets(&mut self, forward: bool) -> Vec<ArticleOutput> {
        let Some(linking) = &mut self.links.linking else {
            return Vec::new();
        };
        if !linking.choices.is_empty() {
            let count = linking.choices.len();
            linking.marked = (linking.marked + if forward { 1 } else { count - 1 }) % count;
            return Vec::new();
        }
        let count = self.index.spans().len();
        let at = linking.target.as_ref().unwrap_or(&linking.from);
        let Some(here) = self.index.place(at) else {
            return Vec::new();
        };
        let mut places = (1..=count).map(|step| {
            let step = if forward { step } else { count - step };
            (here + step) % count
        });
        let found = places.find_map(|place| self.index.span(place).filter(|span| linking.allows(span)));
        if let Some(span) = found {
            linking.target = Some(span.id.clone());
            self.reveal = Some(Caret::downstream(span.ranges.hull().start()));
        }
        vec![ArticleOutput::SelectionChanged]
    }

    /// Makes the link to the target where the codebook leaves one relation; else asks which.
    pub(super) fn take_target(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let Some(linking) = &self.links.linking else {
            return Vec::new();
        };
        if !linking.choices.is_empty() {
            return self.choose(page, linking.marked);
        }
        let Some(target) = linking.target.clone() else {
            return refused(ArticleRefusal::NoTarget);
        };
        let ends = self.index.get(&linking.from).zip(self.index.get(&target));
        let Some((from, to)) = ends else {
            return Vec::new();
        };
        let links = page.codebook.links(&from.label, &to.label);
        if links.is_empty() {
            return not_linked(page, from, to);
        }
        let choices = links.iter().map(|link| Choice {
            relation_type: link.relation_type.id.clone(),
            reversed: link.reversed,
        });
        let (known, choices): (Vec<Choice>, Vec<Choice>) =
            choices.partition(|choice| self.twin(page, &asked(from, to, choice)).is_some());
        let twin = known
            .first()
            .and_then(|choice| self.twin(page, &asked(from, to, choice)));
        match (choices.as_slice(), twin) {
            ([only], _) => {
                let asked = asked(from, to, only);
                self.ask_link(asked)
            }
            ([], Some(twin)) => {
                self.links.linking = None;
                let mut outputs = self.select_relation(page, &twin);
                outputs.push(ArticleOutput::Refused(ArticleRefusal::LinkedAlready, None));
                outputs
            }
            _ => {
                if let Some(linking) = &mut self.links.linking {
                    linking.choices = choices;
                    linking.marked = 0;
                }
                vec![ArticleOutput::SelectionChanged]
            }
        }
    }

    /// Takes one of the relations that are open to choice.
    fn choose(&mut self, page: &Page<'_>, place: usize) -> Vec<ArticleOutput> {
        let Some(linking) = &self.links.linking else {
            return Vec::new();
        };
        let choice = linking.choices.get(place);
        let target = linking.target.as_ref().and_then(|id| self.index.get(id));
        let (Some(choice), Some(from), Some(to)) = (choice, self.index.get(&linking.from), target) else {
            return Vec::new();
        };
        if !page.editable {
            return refused(ArticleRefusal::NotEditable);
        }
        let asked = asked(from, to, choice);
        self.ask_link(asked)
    }

    fn ask_link(&mut self, asked: Asked) -> Vec<ArticleOutput> {
        self.links.linking = None;
        self.gesture = Gesture::None;
        self.links.asked = Some(asked.clone());
        vec![
            ArticleOutput::Link {
                from: asked.from,
                to: asked.to,
                relation_type: asked.relation_type,
            },
            ArticleOutput::SelectionChanged,
        ]
    }

    /// The relation that says the same already.
    fn twin(&self, page: &Page<'_>, asked: &Asked) -> Option<crate::model::RelationId> {
        let mut known = self.links.of(page, &asked.from);
        let twin = known.find(|known| {
            known.from == asked.from && known.to == asked.to && known.relation_type == asked.relation_type
        });
        twin.map(|twin| twin.id.clone())
    }

    /// Why a link cannot lead to a span.
    pub(super) fn refused_target(&self, page: &Page<'_>, target: &SpanId) -> Vec<ArticleOutput> {
        let from = self.links.linking.as_ref().map(|linking| &linking.from);
        let ends = from
            .and_then(|from| self.index.get(from))
            .zip(self.index.get(target));
        let Some((from, to)) = ends.filter(|(from, to)| from.id != to.id) else {
            return Vec::new();
        };
        if self.labels.locks(&to.label) {
            return refused(ArticleRefusal::Locked);
        }
        not_linked(page, from, to)
    }
}

/// Why two spans cannot be linked, what can, and where that is changed.
fn not_linked(page: &Page<'_>, from: &Span, to: &Span) -> Vec<ArticleOutput> {
    let names = (page.label_name(&from.label), page.label_name(&to.label));
    let key = page.keys.shortcut(Action::Codebook);
    let why = words::not_linked(names, key.as_deref(), &rules_of(page, &from.label));
    vec![ArticleOutput::RefusedBecause(why)]
}

fn asked(from: &Span, to: &Span, choice: &Choice) -> Asked {
    let (from, to) = if choice.reversed { (to, from) } else { (from, to) };
    Asked {
        relation_type: choice.relation_type.clone(),
        from: from.id.clone(),
        to: to.id.clone(),
    }
}

/// What the codebook allows for spans of a label: `Victims among (Casualty › Actor)`.
fn rules_of(page: &Page<'_>, label: &LabelId) -> Vec<String> {
    let types = page.codebook.relation_types.iter();
    let mine = types.filter(|kind| !kind.retired && (kind.starts_from(label) || kind.leads_to(label)));
    mine.map(|kind| rule(page, kind)).collect()
}

fn rule(page: &Page<'_>, kind: &RelationType) -> String {
    let labels = |ids: &[LabelId]| match ids {
        [] => words::ANY_LABEL.to_owned(),
        ids => {
            let names: Vec<&str> = ids.iter().map(|id| page.label_name(id)).collect();
            names.join(", ")
        }
    };
    let name = words::name_or_id(&kind.names, kind.id.as_str());
    words::relation_rule(name, &labels(&kind.from), &labels(&kind.to))
}
