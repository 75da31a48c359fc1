//! Relations in the article: which are there, which one is selected, and the link that is being made.
//!
//! What the article remembers of them between frames. Nothing here changes a relation: what is asked for goes out as
//! [`ArticleOutput`](super::ArticleOutput)s.

mod choose;
mod draw;
mod edge_tags;
mod geometry;
mod index;
mod linking;
mod names;
mod pointer;
mod sight;
mod words;

pub(super) use choose::{choose_ui, chosen_by_key};
pub(super) use draw::draw_relations;
pub use linking::{Choice, Linking};
pub(super) use pointer::{drag_link, hover_link, press_link, relation_under, release_link};
pub(super) use words::relations_in_words;

use crate::gui::article::page::Page;
use crate::gui::article::state::ArticleState;
use crate::layout::Caret;
use crate::model::{Codebook, Layer, Relation, RelationId, RelationTypeId, SpanId};

use draw::Drawn;
use index::RelationIndex;

use super::output::{ArticleOutput, ArticleRefusal, refused};

/// What is remembered of relations.
#[derive(Default)]
pub(super) struct Links {
    index: RelationIndex,
    selected: Option<Selected>,
    /// The link that is being made.
    pub linking: Option<Linking>,
    /// A relation that was asked for and is selected as soon as the layer has it.
    asked: Option<Asked>,
    /// What the last frame drew, for the mouse.
    pub drawn: Drawn,
    /// Whether the relations of all spans in view are drawn.
    pub shows_all: bool,
    /// The span that was last seen to, so that what leads out of view leaves it in view.
    kept: Option<SpanId>,
}

/// A selected relation, and the span that was selected then: it is let go of with that.
struct Selected {
    relation: RelationId,
    span: Option<SpanId>,
    /// Whether it was only just made: it is at hand for what is wrong with it, but nobody has chosen it.
    just_made: bool,
}

/// A relation that was asked for.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    relation_type: RelationTypeId,
    from: SpanId,
    to: SpanId,
}

impl Links {
    /// The selected relation.
    pub fn selected(&self) -> Option<&RelationId> {
        self.selected.as_ref().map(|selected| &selected.relation)
    }

    /// The selected relation, where it was chosen and is not only the one that was just made.
    pub fn chosen(&self) -> Option<&RelationId> {
        let selected = self.selected.as_ref().filter(|selected| !selected.just_made);
        selected.map(|selected| &selected.relation)
    }

    /// The relations that a span is an end of, in the order of their ids.
    pub fn of<'a>(&'a self, page: &Page<'a>, span: &SpanId) -> impl Iterator<Item = &'a Relation> {
        let ids = self.index.of(span).iter();
        ids.filter_map(|id| page.layer.relations.get(id))
    }

    /// How far what leads out of view reaches over the text at an edge.
    pub fn hides(&self) -> f32 {
        let strips = self.drawn.strips;
        strips.above.max(strips.below)
    }

    /// What goes along to another article.
    pub fn for_another_article(&self) -> Self {
        Self {
            shows_all: self.shows_all,
            ..Self::default()
        }
    }
}

impl ArticleState {
    /// Whether the relations of all spans in view are drawn.
    pub fn shows_all_relations(&self) -> bool {
        self.links.shows_all
    }

    /// The relations of the selected span, in the order of their ids.
    pub fn relations_of_selected(&self) -> &[RelationId] {
        let selected = self.selected_span.as_ref();
        selected.map_or(&[], |span| self.links.index.of(span))
    }

    /// Where a span that was selected since the last frame begins, if that lies where room was made for what leads out
    /// of view.
    pub(super) fn under_strip(&mut self) -> Option<Caret> {
        let selected = self.selected_span.clone();
        if std::mem::replace(&mut self.links.kept, selected.clone()) == selected {
            return None;
        }
        let span = self.index.get(&selected?)?;
        let start = Caret::downstream(span.ranges.hull().start());
        let (view, y) = (self.sheet.viewport(), self.sheet.caret(start)?.center().y);
        let left = self.links.drawn.strips.cut(view);
        let is_under = view.y_range().contains(y) && !left.y_range().contains(y);
        is_under.then_some(start)
    }

    /// The link that is being made.
    pub fn linking(&self) -> Option<&Linking> {
        self.links.linking.as_ref()
    }

    /// Draws the relations of all spans in view, or of the selected span only.
    pub fn show_all_relations(&mut self, all: bool) {
        self.links.shows_all = all;
    }

    /// The way of each relation that the last frame drew, from its start to its end.
    pub fn relation_ways(&self) -> impl Iterator<Item = (&RelationId, &[egui::Pos2])> {
        let arcs = self.links.drawn.arcs.iter();
        arcs.map(|arc| (&arc.relation, arc.points.as_slice()))
    }

    /// The middle of a relation's way, where that is in view.
    pub(super) fn middle_of_relation(&self, id: &RelationId) -> Option<egui::Pos2> {
        let (_, way) = self.relation_ways().find(|(relation, _)| *relation == id)?;
        let view = self.sheet.viewport();
        let seen: Vec<&egui::Pos2> = way.iter().filter(|at| view.contains(**at)).collect();
        seen.get(seen.len() / 2).map(|at| **at)
    }

    /// How many relations the last frame drew.
    pub fn relations_drawn(&self) -> usize {
        self.links.drawn.arcs.len()
    }

    /// Takes up the relations of a page.
    pub(super) fn follow_relations(&mut self, page: &Page<'_>) {
        self.links.index.follow(&page.layer.relations);
    }

    /// Lets go of what is no longer there.
    pub(super) fn keep_relations(&mut self, page: &Page<'_>) {
        let asked = self.links.asked.as_ref().and_then(|asked| {
            let mut made = self.links.of(page, &asked.from);
            let made = made.find(|made| made.relation_type == asked.relation_type && made.to == asked.to);
            made.map(|made| made.id.clone())
        });
        if asked.is_some() {
            self.links.asked = None;
            self.links.selected = asked.map(|relation| Selected {
                relation,
                span: self.selected_span.clone(),
                just_made: true,
            });
        }
        let span = &self.selected_span;
        self.links.selected.take_if(|selected| {
            selected.span != *span || !page.layer.relations.contains_key(&selected.relation)
        });
        let index = &self.index;
        self.links.linking.take_if(|linking| {
            linking.target.take_if(|target| index.get(target).is_none());
            index.get(&linking.from).is_none() || span.as_ref() != Some(&linking.from)
        });
    }

    /// Selects a relation, and with it the span it starts from where neither of its ends is selected.
    pub(super) fn select_relation(&mut self, page: &Page<'_>, id: &RelationId) -> Vec<ArticleOutput> {
        let Some(relation) = page.layer.relations.get(id) else {
            return Vec::new();
        };
        let is_end = |span: &SpanId| *span == relation.from || *span == relation.to;
        if !self.selected_span.as_ref().is_some_and(is_end) {
            self.anchor = self.focus;
            self.selected_span = Some(relation.from.clone());
            self.cycle = None;
        }
        self.links.selected = Some(Selected {
            relation: id.clone(),
            span: self.selected_span.clone(),
            just_made: false,
        });
        vec![ArticleOutput::SelectionChanged]
    }

    /// Lets go of the selected relation; whether there was one.
    pub fn let_go_of_relation(&mut self) -> bool {
        self.links.selected.take().is_some()
    }

    /// Asks for the selected relation to be removed.
    pub(super) fn remove_relation(&mut self, page: &Page<'_>) -> Vec<ArticleOutput> {
        if !page.editable {
            return refused(ArticleRefusal::NotEditable);
        }
        match self.links.selected.take() {
            Some(selected) => vec![
                ArticleOutput::RemoveRelation(selected.relation),
                ArticleOutput::SelectionChanged,
            ],
            None => refused(ArticleRefusal::NoRelationSelected),
        }
    }

    /// Asks for the selected relation to lead the other way.
    pub(super) fn reverse_relation(&self, page: &Page<'_>) -> Vec<ArticleOutput> {
        let selected = self.links.selected();
        let Some(relation) = selected.and_then(|id| page.layer.relations.get(id)) else {
            return refused(ArticleRefusal::NoRelationSelected);
        };
        if !page.editable {
            return refused(ArticleRefusal::NotEditable);
        }
        if !can_be_reversed(page.codebook, page.layer, relation) {
            return refused(ArticleRefusal::OneWay);
        }
        vec![ArticleOutput::ReverseRelation(relation.id.clone())]
    }

    /// Draws the relations of all spans in view, or of the selected span only.
    pub(super) fn toggle_relations(&mut self) -> Vec<ArticleOutput> {
        self.show_all_relations(!self.links.shows_all);
        Vec::new()
    }
}

/// Whether the codebook allows a relation to lead the other way.
pub fn can_be_reversed(codebook: &Codebook, layer: &Layer, relation: &Relation) -> bool {
    let label = |id: &SpanId| layer.spans.get(id).map(|span| &span.label);
    let ends = label(&relation.to).zip(label(&relation.from));
    let kind = codebook.relation_type(&relation.relation_type);
    kind.zip(ends)
        .is_some_and(|(kind, (from, to))| kind.links(from, to))
}
