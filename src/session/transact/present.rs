//! The present state of a project as a plan reads it, through what is kept in memory.
//!
//! Knows no command and changes nothing.

use std::sync::Arc;

use crate::model::{
    Action, Annotator, Article, ArticleId, AttributeId, CodebookPart, Layer, Span, SpanId, Value,
};
use crate::session::plan::{Item, LayerKey, Source, Work};
use crate::session::refusal::Refusal;
use crate::store::{Reader, Uses};

use super::{KEPT_ARTICLES, KEPT_LAYERS, Kept};

/// The present state as a plan reads it.
pub(super) struct Present<'a> {
    pub(super) reader: &'a Reader,
    pub(super) kept: &'a mut Kept,
}

impl Source for Present<'_> {
    fn article(&mut self, id: &ArticleId) -> Result<Option<Arc<Article>>, Refusal> {
        if let Some(article) = self.kept.articles.iter().find(|article| article.id == *id) {
            return Ok(Some(Arc::clone(article)));
        }
        let Some(stored) = self.reader.article(id)? else {
            return Ok(None);
        };
        let article = Arc::new(stored.article);
        self.kept.articles.insert(0, Arc::clone(&article));
        self.kept.articles.truncate(KEPT_ARTICLES);
        Ok(Some(article))
    }

    fn layer(&mut self, article: &ArticleId, annotator: &Annotator) -> Result<Layer, Refusal> {
        let is_it = |(key, _): &&(LayerKey, Layer)| key.0 == *article && key.1 == *annotator;
        if let Some((_, layer)) = self.kept.layers.iter().find(is_it) {
            return Ok(layer.clone());
        }
        let layer = self.reader.layer(article, annotator)?;
        let key = (article.clone(), annotator.clone());
        self.kept.layers.insert(0, (key, layer.clone()));
        self.kept.layers.truncate(KEPT_LAYERS);
        Ok(layer)
    }

    fn annotators(&mut self) -> Result<Vec<Annotator>, Refusal> {
        Ok(self.reader.annotators()?)
    }

    fn past(&mut self, at: &LayerKey, span: &SpanId) -> Result<Vec<Arc<Span>>, Refusal> {
        let changes = self.reader.span_history(&at.0, &at.1, span)?;
        // What came in with a file is journalled by the first change only.
        let first = changes.first().and_then(|first| first.change.before.clone());
        let in_force = changes.into_iter().filter(|change| {
            change.entry.undone_by.is_none() && !matches!(change.entry.action, Action::Undo(_))
        });
        let later = in_force.filter_map(|change| change.change.after);
        Ok(first.into_iter().chain(later).collect())
    }

    fn holders(&mut self, item: Item<'_>) -> Result<Vec<LayerKey>, Refusal> {
        Ok(match item {
            Item::Span(id) => self.reader.holders_of_span(id)?,
            Item::Relation(id) => self.reader.holders_of_relation(id)?,
            Item::Event(id) => self.reader.holders_of_event(id)?,
            Item::Note(id) => self.reader.holders_of_note(id)?,
        })
    }
}

impl Work for Present<'_> {
    fn uses(&mut self, part: &CodebookPart) -> Result<Uses, Refusal> {
        Ok(self.reader.uses(part)?)
    }

    fn misfit(
        &mut self,
        attribute: &AttributeId,
        fits: &dyn Fn(&Value) -> bool,
    ) -> Result<Option<ArticleId>, Refusal> {
        Ok(self.reader.value_that_does_not_fit(attribute, fits)?)
    }

    fn title(&mut self, article: &ArticleId) -> Result<Option<String>, Refusal> {
        Ok(self.reader.header(article)?.and_then(|header| header.title))
    }
}
