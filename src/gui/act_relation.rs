//! What was done to relations in the article and beside it, as commands to the session. Nothing here draws.

use super::app::App;
use crate::model::{Attributes, RelationId, RelationTypeId, SpanId};
use crate::session::{AddRelation, RemoveRelation, SetRelation};

impl App {
    pub(super) fn link(&mut self, from: SpanId, to: SpanId, relation_type: RelationTypeId) {
        let article = self.open_id();
        let begun_at = self.article.selected_span().unwrap_or(&from).clone();
        self.run_on_span(
            begun_at,
            AddRelation {
                from,
                to,
                relation_type,
                attributes: Attributes::new(),
                id: None,
                article,
                annotator: None,
            },
        );
    }

    pub(super) fn remove_relation(&mut self, relation: RelationId) {
        let Some(article) = &self.snapshot.article else {
            return;
        };
        let Some(known) = article.layer.relations.get(&relation) else {
            return;
        };
        let span = self.article.selected_span().unwrap_or(&known.from).clone();
        self.run_on_span(
            span,
            RemoveRelation {
                relation,
                article: Some(article.id.clone()),
                annotator: None,
            },
        );
    }

    pub(super) fn reverse_relation(&mut self, relation: &RelationId) {
        let Some(article) = &self.snapshot.article else {
            return;
        };
        let Some(known) = article.layer.relations.get(relation) else {
            return;
        };
        let span = self.article.selected_span().unwrap_or(&known.from).clone();
        self.run_on_span(
            span,
            SetRelation {
                relation: known.id.clone(),
                relation_type: None,
                from: Some(known.to.clone()),
                to: Some(known.from.clone()),
                article: Some(article.id.clone()),
                annotator: None,
            },
        );
    }
}
