//! The desk on which a transaction is planned: reads what commands need, once, and lays their edits over it.
//!
//! Knows where things are and whose they are; what a command may do there is the families' to say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::problem::forget_dismissals;
use crate::model::{
    Annotator, Article, ArticleId, Change, Codebook, Edit, EventId, Header, Layer, LayerEdit, NoteId,
    Recoding, RelationId, Scope, Span, SpanId, Status, Timestamp, withdraw_verdicts,
};
use crate::session::clock::IdSource;
use crate::session::command::SetAttribute;
use crate::session::refusal::Refusal;

use super::codebook::{Changing, Work};
use super::{Place, Planned, check, reading};

/// Where the present state is read from.
pub(in crate::session) trait Source: Work {
    /// An article with its text.
    fn article(&mut self, id: &ArticleId) -> Result<Option<Arc<Article>>, Refusal>;
    /// One annotator's annotations of an article, empty where there are none.
    fn layer(&mut self, article: &ArticleId, annotator: &Annotator) -> Result<Layer, Refusal>;
    /// All annotators that have work in the project.
    fn annotators(&mut self) -> Result<Vec<Annotator>, Refusal>;
    /// What a span on a layer was by the changes that are in force, the oldest first.
    fn past(&mut self, at: &LayerKey, span: &SpanId) -> Result<Vec<Arc<Span>>, Refusal>;
    /// The layers that hold an item.
    fn holders(&mut self, item: Item<'_>) -> Result<Vec<LayerKey>, Refusal>;
}

/// An annotator cannot be given a name.
pub(in crate::session) fn annotator_exists(reason: &str) -> Refusal {
    Refusal::new("annotator_exists", reason).hint("choose a name that nobody has here")
}

/// Names a layer.
pub(in crate::session) type LayerKey = (ArticleId, Annotator);

/// An item that a command names by its id.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub(in crate::session) enum Item<'a> {
    Span(&'a SpanId),
    Relation(&'a RelationId),
    Event(&'a EventId),
    Note(&'a NoteId),
}

impl Item<'_> {
    /// The kind in words.
    pub(in crate::session) fn kind(self) -> &'static str {
        match self {
            Self::Span(_) => "span",
            Self::Relation(_) => "relation",
            Self::Event(_) => "event",
            Self::Note(_) => "note",
        }
    }

    /// The id as it is written.
    pub(in crate::session) fn id(&self) -> &str {
        match self {
            Self::Span(id) => id.as_str(),
            Self::Relation(id) => id.as_str(),
            Self::Event(id) => id.as_str(),
            Self::Note(id) => id.as_str(),
        }
    }

    pub(super) fn is_in(self, layer: &Layer) -> bool {
        match self {
            Self::Span(id) => layer.spans.get(id).is_some(),
            Self::Relation(id) => layer.relations.contains_key(id),
            Self::Event(id) => layer.events.contains_key(id),
            Self::Note(id) => layer.notes.contains_key(id),
        }
    }
}

/// What a `set_attribute` is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    Span(SpanId),
    Relation(RelationId),
    Event(EventId),
    Article,
}

/// What a transaction takes from its session.
pub(in crate::session) struct Setting<'a> {
    /// Who gives the commands.
    pub(in crate::session) annotator: &'a Annotator,
    /// Whose layers they change where they name nobody.
    pub(in crate::session) owner: &'a Annotator,
    pub(in crate::session) at: Timestamp,
    pub(in crate::session) ids: &'a dyn IdSource,
    pub(in crate::session) codebook: Arc<Codebook>,
}

/// A transaction in the making.
pub(in crate::session) struct Desk<'a> {
    source: &'a mut dyn Source,
    setting: Setting<'a>,
    articles: BTreeMap<ArticleId, Arc<Article>>,
    layers: BTreeMap<LayerKey, Layer>,
    touched: BTreeSet<LayerKey>,
    edits: Vec<Edit>,
    recodings: Vec<Recoding>,
    created: Vec<String>,
    summaries: Vec<String>,
}

/// What lies on the desk in the end.
#[derive(Debug)]
pub(in crate::session) struct Outcome {
    pub(in crate::session) edits: Vec<Edit>,
    /// What becomes of annotations besides, in layers that nobody has read.
    pub(in crate::session) recodings: Vec<Recoding>,
    pub(in crate::session) created: Vec<String>,
    pub(in crate::session) summary: String,
    pub(in crate::session) scopes: Vec<Scope>,
    /// The layers as they are then.
    pub(in crate::session) layers: BTreeMap<LayerKey, Layer>,
}

impl<'a> Desk<'a> {
    pub(in crate::session) fn new(source: &'a mut dyn Source, setting: Setting<'a>) -> Self {
        Self {
            source,
            setting,
            articles: BTreeMap::new(),
            layers: BTreeMap::new(),
            touched: BTreeSet::new(),
            edits: Vec::new(),
            recodings: Vec::new(),
            created: Vec::new(),
            summaries: Vec::new(),
        }
    }

    /// The transaction's parts. What touches several articles stands in the project's undo as well, because the undo
    /// of one article never changes another.
    pub(in crate::session) fn finish(self) -> Outcome {
        let articles: BTreeSet<&ArticleId> = self.touched.iter().map(|(article, _)| article).collect();
        let mut scopes = Vec::new();
        let is_of_project = |edit: &Edit| matches!(edit, Edit::Annotator(_) | Edit::Codebook(..));
        if articles.len() > 1 || self.edits.iter().any(is_of_project) {
            scopes.push(Scope::Project);
        }
        scopes.extend(
            self.touched
                .iter()
                .map(|(article, annotator)| Scope::Layer(article.clone(), annotator.clone())),
        );
        let summary = self.summaries.into_iter().next().unwrap_or_default();
        let touched = self.touched;
        Outcome {
            edits: self.edits,
            recodings: self.recodings,
            created: self.created,
            summary,
            scopes,
            layers: self
                .layers
                .into_iter()
                .filter(|(key, _)| touched.contains(key))
                .collect(),
        }
    }

    /// How many things were done so far, each with its words.
    pub(super) fn summaries(&self) -> usize {
        self.summaries.len()
    }

    /// Puts what was done since then into words of its own.
    pub(super) fn sum_up(&mut self, behind: usize, words: impl FnOnce(&[String]) -> String) {
        let each = self.summaries.split_off(behind);
        self.summaries.push(words(&each));
    }

    /// The layer of a named article.
    pub(super) fn layer_of(
        &mut self,
        article: &ArticleId,
        annotator: Option<&Annotator>,
    ) -> Result<LayerKey, Refusal> {
        self.article(article)?;
        Ok((article.clone(), annotator.unwrap_or(self.setting.owner).clone()))
    }

    /// The one layer that holds all of these items: among those that the command names, first on the
    /// layers that the session works on, then on anyone's.
    pub(super) fn find(
        &mut self,
        items: &[Item<'_>],
        article: Option<&ArticleId>,
        annotator: Option<&Annotator>,
    ) -> Result<LayerKey, Refusal> {
        if let Some(article) = article {
            self.article(article)?;
        }
        let mut common: Option<BTreeSet<LayerKey>> = None;
        for item in items {
            let holders: BTreeSet<LayerKey> = self
                .holders(*item)?
                .into_iter()
                .filter(|(a, by)| {
                    article.is_none_or(|named| a == named) && annotator.is_none_or(|named| by == named)
                })
                .collect();
            if holders.is_empty() {
                return Err(not_found(*item, article, annotator));
            }
            common = Some(match common {
                Some(common) => common.intersection(&holders).cloned().collect(),
                None => holders,
            });
        }
        let all = common.unwrap_or_default();
        let own: Vec<&LayerKey> = all.iter().filter(|(_, by)| by == self.setting.owner).collect();
        match (own.as_slice(), all.len()) {
            ([one], _) => Ok((*one).clone()),
            ([], 1) => all.into_iter().next().ok_or_else(|| not_together(items)),
            ([], 0) => Err(not_together(items)),
            _ => Err(ambiguous(items, &all)),
        }
    }

    /// The one thing that `set_attribute` names.
    pub(super) fn find_target(&mut self, command: &SetAttribute) -> Result<(LayerKey, Target), Refusal> {
        let id = command.target.as_str();
        let (article, annotator) = (command.article.as_ref(), command.annotator.as_ref());
        if let Some(article) = article {
            self.article(article)?;
        }
        let mut found = Vec::new();
        if let Ok(span) = SpanId::new(id) {
            found.extend(
                self.find_or_none(Item::Span(&span), article, annotator)?
                    .map(|at| (at, Target::Span(span))),
            );
        }
        if let Ok(relation) = RelationId::new(id) {
            let at = self.find_or_none(Item::Relation(&relation), article, annotator)?;
            found.extend(at.map(|at| (at, Target::Relation(relation))));
        }
        if let Ok(event) = EventId::new(id) {
            let at = self.find_or_none(Item::Event(&event), article, annotator)?;
            found.extend(at.map(|at| (at, Target::Event(event))));
        }
        if let Ok(whole) = ArticleId::new(id)
            && article.is_none_or(|article| *article == whole)
            && self.knows(&whole)?
        {
            found.push((self.layer_of(&whole, annotator)?, Target::Article));
        }
        match found.len() {
            1 => found.pop().ok_or_else(|| unknown_target(id)),
            0 => Err(unknown_target(id)),
            _ => Err(
                Refusal::new("ambiguous_id", format!("{id} names {} things", found.len()))
                    .hint("name the article and the annotator beside it, or give one of them another id"),
            ),
        }
    }

    fn find_or_none(
        &mut self,
        item: Item<'_>,
        article: Option<&ArticleId>,
        annotator: Option<&Annotator>,
    ) -> Result<Option<LayerKey>, Refusal> {
        match self.find(&[item], article, annotator) {
            Ok(at) => Ok(Some(at)),
            Err(refusal) if refusal.code.starts_with("unknown_") => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// The layers that hold an item, as the commands before have left them.
    fn holders(&mut self, item: Item<'_>) -> Result<Vec<LayerKey>, Refusal> {
        let stored = self
            .source
            .holders(item)?
            .into_iter()
            .filter(|key| !self.layers.contains_key(key));
        let open = self
            .layers
            .iter()
            .filter(|(_, layer)| item.is_in(layer))
            .map(|(key, _)| key.clone());
        Ok(stored.chain(open).collect())
    }

    /// Plans something about a span that may become again what somebody confirmed once: with what it was, where it has a
    /// value that nobody confirmed.
    pub(super) fn step_with_past(
        &mut self,
        at: &LayerKey,
        id: &SpanId,
        plan: impl FnOnce(&Place<'_>, &[Arc<Span>]) -> Planned,
    ) -> Result<(), Refusal> {
        let layer = self.layer_at(at)?;
        let span = layer.spans.get(id);
        let past = match span.filter(|span| !span.unconfirmed.is_empty()) {
            Some(_) => self.source.past(at, id)?,
            None => Vec::new(),
        };
        self.step(at, |place| plan(place, &past))
    }

    /// A layer as the commands before have left it.
    fn layer_at(&mut self, at: &LayerKey) -> Result<Layer, Refusal> {
        match self.layers.get(at) {
            Some(layer) => Ok(layer.clone()),
            None => self.source.layer(&at.0, &at.1),
        }
    }

    /// Plans edits of a layer; the first edit of a layer that is to do puts it in progress.
    pub(super) fn step(
        &mut self,
        at: &LayerKey,
        plan: impl FnOnce(&Place<'_>) -> Planned,
    ) -> Result<(), Refusal> {
        self.step_without_status(at, |place| {
            let mut step = plan(place)?;
            if matches!(place.layer.status, None | Some(Status::Todo)) {
                step.edits.push(LayerEdit::Status(Change {
                    before: place.layer.status,
                    after: Some(Status::InProgress),
                }));
            }
            Ok(step)
        })
    }

    /// Plans edits of a layer and no others.
    pub(super) fn step_without_status(
        &mut self,
        at: &LayerKey,
        plan: impl FnOnce(&Place<'_>) -> Planned,
    ) -> Result<(), Refusal> {
        let article = self.article(&at.0)?;
        let layer = match self.layers.remove(at) {
            Some(layer) => layer,
            None => self.source.layer(&at.0, &at.1)?,
        };
        let step = plan(&Place {
            article: &article,
            layer: &layer,
            codebook: &self.setting.codebook,
            author: self.setting.annotator,
            at: &self.setting.at,
            ids: self.setting.ids,
        })?;
        self.created.extend(step.created);
        self.summaries.push(step.summary);
        self.lay(at, layer, step.edits)
    }

    /// Lays edits of a layer on the desk, with what they bring along.
    fn lay(&mut self, at: &LayerKey, mut layer: Layer, mut edits: Vec<LayerEdit>) -> Result<(), Refusal> {
        withdraw_verdicts(&layer, at.1 != *self.setting.annotator, &mut edits);
        forget_dismissals(&layer, &mut edits);
        for edit in edits {
            layer.apply(&edit).map_err(|conflict| {
                Refusal::new(
                    "conflict",
                    format!("{} is not what the command took it for", conflict.item),
                )
            })?;
            self.edits.push(Edit::Layer(at.0.clone(), at.1.clone(), edit));
        }
        self.layers.insert(at.clone(), layer);
        self.touched.insert(at.clone());
        Ok(())
    }

    /// Plans a change of an article's metadata. What was read by it and nobody has looked at is read anew, on every layer.
    pub(super) fn header(
        &mut self,
        article: &ArticleId,
        annotator: Option<&Annotator>,
        plan: impl FnOnce(&Header) -> Result<(Header, String), Refusal>,
    ) -> Result<(), Refusal> {
        let at = self.layer_of(article, annotator)?;
        let before = self.article(article)?;
        let (header, summary) = plan(&before.header)?;
        self.edits.push(Edit::Header(
            article.clone(),
            Change::replace(before.header.clone(), header.clone()),
        ));
        let after = Arc::new(Article {
            header,
            ..Article::clone(&before)
        });
        self.articles.insert(article.clone(), Arc::clone(&after));
        self.read_anew(&before, &after)?;
        if !self.layers.contains_key(&at) {
            let layer = self.source.layer(&at.0, &at.1)?;
            self.layers.insert(at.clone(), layer);
        }
        self.touched.insert(at);
        self.summaries.push(summary);
        Ok(())
    }

    /// Reads anew on each layer of an article what was read by what was known of it before.
    fn read_anew(&mut self, before: &Article, after: &Article) -> Result<(), Refusal> {
        if !reading::may_read_otherwise(&before.header, &after.header) {
            return Ok(());
        }
        for annotator in self.source.annotators()? {
            let at = (after.id.clone(), annotator);
            let layer = self.layer_at(&at)?;
            let edits = reading::read_by_header(&self.setting.codebook, &layer, before, after);
            if !edits.is_empty() {
                self.lay(&at, layer, edits)?;
            }
        }
        Ok(())
    }

    /// Lays a new name for an annotator.
    pub(super) fn rename_annotator(
        &mut self,
        annotator: Option<&Annotator>,
        to: &Annotator,
    ) -> Result<(), Refusal> {
        let from = annotator.unwrap_or(self.setting.annotator);
        let known = self.source.annotators()?;
        if !known.contains(from) {
            return Err(
                Refusal::new("unknown_annotator", format!("{from} has no work in this project"))
                    .hint("`hashiya stats` names the annotators"),
            );
        }
        if known.contains(to) {
            let reason =
                format!("{to} has work of their own in this project, which is not mixed with that of {from}");
            return Err(annotator_exists(&reason));
        }
        self.edits
            .push(Edit::Annotator(Change::replace(from.clone(), to.clone())));
        self.summaries.push(format!("rename annotator {from} to {to}"));
        Ok(())
    }

    /// Plans a change of the codebook, which the commands behind see.
    pub(super) fn codebook(
        &mut self,
        plan: impl FnOnce(&Codebook, &mut dyn Work) -> Changing,
    ) -> Result<(), Refusal> {
        let before = Arc::clone(&self.setting.codebook);
        let changed = plan(&before, self.source)?;
        self.edits.extend(before.edits_to(&changed.codebook));
        self.setting.codebook = Arc::new(changed.codebook);
        self.recodings.extend(changed.recodings);
        self.created.extend(changed.created);
        self.summaries.push(changed.summary);
        Ok(())
    }

    fn knows(&mut self, id: &ArticleId) -> Result<bool, Refusal> {
        Ok(self.articles.contains_key(id) || self.source.article(id)?.is_some())
    }

    fn article(&mut self, id: &ArticleId) -> Result<Arc<Article>, Refusal> {
        if let Some(article) = self.articles.get(id) {
            return Ok(Arc::clone(article));
        }
        let article = self
            .source
            .article(id)?
            .ok_or_else(|| check::unknown_article(id))?;
        self.articles.insert(id.clone(), Arc::clone(&article));
        Ok(article)
    }
}

fn not_found(item: Item<'_>, article: Option<&ArticleId>, annotator: Option<&Annotator>) -> Refusal {
    let place = article.map_or_else(
        || "this project".to_owned(),
        |article| format!("article {article}"),
    );
    let whose = annotator.map_or_else(String::new, |annotator| format!(" on {annotator}'s layer"));
    let (kind, id) = (item.kind(), item.id());
    Refusal::new(
        &format!("unknown_{kind}"),
        format!("{place} has no {kind} {id}{whose}"),
    )
}

fn unknown_target(id: &str) -> Refusal {
    Refusal::new(
        "unknown_target",
        format!("no span, relation, event, or article is called {id}"),
    )
}

fn not_together(items: &[Item<'_>]) -> Refusal {
    let ids: Vec<&str> = items.iter().map(Item::id).collect();
    let kind = items.first().map_or("span", |item| item.kind());
    Refusal::new(
        &format!("unknown_{kind}"),
        format!("{} are not on one layer of one article", ids.join(" and ")),
    )
    .hint("they must be of the same annotator in the same article")
}

fn ambiguous(items: &[Item<'_>], all: &BTreeSet<LayerKey>) -> Refusal {
    let id = items.first().map_or("", |item| item.id());
    let places: Vec<String> = all
        .iter()
        .take(5)
        .map(|(article, annotator)| format!("{article} by {annotator}"))
        .collect();
    let more = if all.len() > places.len() {
        ", and more"
    } else {
        ""
    };
    Refusal::new("ambiguous_id", format!("{id} is in {}{more}", places.join(", ")))
        .hint("name the article and the annotator beside the id")
}
