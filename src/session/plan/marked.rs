//! Articles as marked-up text, for tests of plans: reads the marks, runs commands in memory, writes the marks.
//!
//! `{s1:actor|la {s2:location|Syrie|s1} et|s2}` marks span `s1` (actor) over "la Syrie" and `s2` (location) over
//! "Syrie et": an opening mark names id and label, a closing mark the id, so that spans may nest and cross.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::*;
use crate::session::clock::Clock;
use crate::session::command::Command;
use crate::session::testing::{CountingClock, CountingIds};
use crate::store::Uses;
use crate::text::{ByteOffset, ByteRange, Text};

use super::*;

/// A project in memory.
pub(super) struct Project {
    pub(super) articles: BTreeMap<ArticleId, Arc<Article>>,
    pub(super) layers: BTreeMap<LayerKey, Layer>,
    codebook: Arc<Codebook>,
    ids: CountingIds,
    clock: CountingClock,
}

impl Source for BTreeMap<LayerKey, (Arc<Article>, Layer)> {
    fn article(&mut self, id: &ArticleId) -> Result<Option<Arc<Article>>, Refusal> {
        Ok(self
            .values()
            .find(|(article, _)| article.id == *id)
            .map(|(article, _)| Arc::clone(article)))
    }

    fn layer(&mut self, article: &ArticleId, annotator: &Annotator) -> Result<Layer, Refusal> {
        let key = (article.clone(), annotator.clone());
        Ok(self.get(&key).map(|(_, layer)| layer.clone()).unwrap_or_default())
    }

    fn annotators(&mut self) -> Result<Vec<Annotator>, Refusal> {
        Ok(self.keys().map(|(_, annotator)| annotator.clone()).collect())
    }

    fn past(&mut self, _at: &LayerKey, _span: &SpanId) -> Result<Vec<Arc<Span>>, Refusal> {
        Ok(Vec::new())
    }

    fn holders(&mut self, item: Item<'_>) -> Result<Vec<LayerKey>, Refusal> {
        Ok(self
            .iter()
            .filter(|(_, (_, layer))| item.is_in(layer))
            .map(|(key, _)| key.clone())
            .collect())
    }
}

impl Work for BTreeMap<LayerKey, (Arc<Article>, Layer)> {
    fn uses(&mut self, part: &CodebookPart) -> Result<Uses, Refusal> {
        let recoding = Recoding {
            part: part.clone(),
            to: None,
        };
        let counts = self
            .values()
            .map(|(_, layer)| recoding.edits(layer).unwrap().len() as u64);
        Ok(Uses {
            annotations: counts.clone().sum(),
            articles: counts.filter(|count| *count > 0).count() as u64,
        })
    }

    fn misfit(
        &mut self,
        attribute: &AttributeId,
        fits: &dyn Fn(&Value) -> bool,
    ) -> Result<Option<ArticleId>, Refusal> {
        let found = self.values().find(|(_, layer)| {
            let spans = layer.spans.iter().map(|span| &span.attributes);
            let mut values = spans
                .chain([&layer.labels])
                .filter_map(|values| values.get(attribute));
            values.any(|value| !fits(value))
        });
        Ok(found.map(|(article, _)| article.id.clone()))
    }

    fn title(&mut self, _: &ArticleId) -> Result<Option<String>, Refusal> {
        Ok(None)
    }
}

pub(super) fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

/// Text and spans of a marked-up text.
pub(super) fn unmark(marked: &str) -> (Text, Layer) {
    let (mut text, mut rest) = (String::new(), marked);
    let mut open: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut spans = Vec::new();
    while let Some(at) = rest.find(['{', '|']) {
        let (before, mark) = rest.split_at(at);
        text.push_str(before);
        if let Some(opening) = mark.strip_prefix('{') {
            let (head, tail) = opening.split_once('|').unwrap();
            let (id, label) = head.split_once(':').unwrap();
            open.insert(id.to_owned(), (label.to_owned(), text.len()));
            rest = tail;
        } else {
            let (id, tail) = mark.strip_prefix('|').unwrap().split_once('}').unwrap();
            let (label, start) = open.remove(id).unwrap();
            let range = ByteRange::between(ByteOffset::new(start), ByteOffset::new(text.len()));
            spans.push(testing::span(id, &label, vec![range]));
            rest = tail;
        }
    }
    text.push_str(rest);
    let layer = Layer {
        status: (!spans.is_empty()).then_some(Status::InProgress),
        spans: spans.into_iter().collect(),
        ..Layer::default()
    };
    (Text::new(text), layer)
}

/// The marked-up text of a layer.
pub(super) fn mark(text: &Text, layer: &Layer) -> String {
    let mut out = String::new();
    let ends = text.as_str().char_indices().map(|(at, c)| (at, Some(c)));
    for (at, c) in ends.chain([(text.end().get(), None)]) {
        let at = ByteOffset::new(at);
        let mut closing: Vec<_> = layer
            .spans
            .iter()
            .filter(|s| s.ranges.hull().end() == at)
            .collect();
        closing.sort_by_key(|span| std::cmp::Reverse((span.ranges.hull().start(), span.id.clone())));
        out.extend(closing.iter().map(|span| format!("|{}}}", span.id)));
        let mut opening: Vec<_> = layer
            .spans
            .iter()
            .filter(|s| s.ranges.hull().start() == at)
            .collect();
        opening.sort_by_key(|span| std::cmp::Reverse(span.ranges.hull().end()));
        out.extend(
            opening
                .iter()
                .map(|span| format!("{{{}:{}|", span.id, span.label)),
        );
        out.extend(c);
    }
    out
}

impl Project {
    /// One article `a` that `me` marked so.
    pub(super) fn marked(marked: &str) -> Self {
        let (text, layer) = unmark(marked);
        let id = ArticleId::new("a").unwrap();
        let article = Article::new(Some(id.clone()), Header::default(), text).unwrap();
        Self {
            articles: [(id.clone(), Arc::new(article))].into(),
            layers: [((id, annotator("me")), layer)].into(),
            codebook: Arc::new(crate::formats::codebook_toml::default_codebook()),
            ids: CountingIds::default(),
            clock: CountingClock::default(),
        }
    }

    pub(super) fn and(mut self, article: &str, by: &str, marked: &str) -> Self {
        let (text, layer) = unmark(marked);
        let id = ArticleId::new(article).unwrap();
        let made = Article::new(Some(id.clone()), Header::default(), text).unwrap();
        self.articles.insert(id.clone(), Arc::new(made));
        self.layers.insert((id, annotator(by)), layer);
        self
    }

    pub(super) fn plan(&self, command: &str) -> Result<Outcome, Refusal> {
        let mut source: BTreeMap<LayerKey, (Arc<Article>, Layer)> = self
            .layers
            .iter()
            .map(|(key, layer)| (key.clone(), (Arc::clone(&self.articles[&key.0]), layer.clone())))
            .collect();
        let me = annotator("me");
        let setting = Setting {
            annotator: &me,
            owner: &me,
            at: self.clock.now(),
            ids: &self.ids,
            codebook: Arc::clone(&self.codebook),
        };
        let mut desk = Desk::new(&mut source, setting);
        plan(&mut desk, &Command::from_json(command)?)?;
        Ok(desk.finish())
    }

    /// Runs a command; the summary.
    pub(super) fn run(&mut self, command: &str) -> String {
        let outcome = self
            .plan(command)
            .unwrap_or_else(|refusal| panic!("{command}: {refusal}"));
        for edit in &outcome.edits {
            self.apply(edit);
        }
        for (key, layer) in &outcome.layers {
            assert_eq!(
                self.layers.get(key),
                Some(layer),
                "the desk's layer is what the edits make"
            );
            assert_eq!(layer.dangling(), None, "{command}");
        }
        outcome.summary
    }

    pub(super) fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::Layer(article, by, edit) => {
                self.layers
                    .entry((article.clone(), by.clone()))
                    .or_default()
                    .apply(edit)
                    .unwrap();
            }
            Edit::Header(id, change) => {
                let article = Arc::make_mut(self.articles.get_mut(id).unwrap());
                assert_eq!(Some(&article.header), change.before.as_ref());
                article.header = change.after.clone().unwrap();
            }
            other => panic!("no command makes {other:?}"),
        }
    }

    pub(super) fn layer(&self) -> &Layer {
        &self.layers[&(ArticleId::new("a").unwrap(), annotator("me"))]
    }

    pub(super) fn shown(&self) -> String {
        mark(&self.articles[&ArticleId::new("a").unwrap()].text, self.layer())
    }

    pub(super) fn refused(&self, command: &str) -> Refusal {
        self.plan(command)
            .map(|outcome| outcome.summary)
            .expect_err(command)
    }
}
