//! A layer as feature structures. Knows no notation.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::model::{Annotator, Article, Attributes, Layer, Status};
use crate::text::{ByteRange, Text};

use super::super::jsonl::rest::{rest_of, role_json};
use super::super::value_text::attributes_json;
use super::types::{ARTICLE, EVENT, FeatureValue, NOTE, RELATION, SPAN, TypeSystem};

/// A feature structure; its number is its place, from [`FIRST`].
pub(super) struct Structure {
    pub kind: &'static str,
    /// In UTF-16 code units.
    pub place: Option<(usize, usize)>,
    pub features: Vec<(String, FeatureValue)>,
}

/// The number of the first structure; 1 is the text itself.
pub(super) const FIRST: usize = 2;

/// All that is known of an article and a layer.
pub(super) fn structures(
    types: &TypeSystem,
    article: &Article,
    annotator: Option<&Annotator>,
    layer: &Layer,
) -> Vec<Structure> {
    let mut building = Building {
        types,
        text: &article.text,
        all: Vec::new(),
    };
    building.article(article, annotator, layer);
    building.layer(layer);
    building.all
}

struct Building<'a> {
    types: &'a TypeSystem,
    text: &'a Text,
    all: Vec<Structure>,
}

impl Building<'_> {
    fn add(
        &mut self,
        kind: &'static str,
        place: Option<(usize, usize)>,
        known: impl IntoIterator<Item = (&'static str, Option<FeatureValue>)>,
        attributes: &Attributes,
    ) {
        let known = known.into_iter();
        let known = known.filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let mut features: Vec<(String, FeatureValue)> = known.collect();
        let mut rest = Attributes::new();
        for (id, value) in attributes {
            match self.types.feature(kind, id, value) {
                Some((name, value)) => features.push((name.to_owned(), value)),
                None => {
                    rest.insert(id.clone(), value.clone());
                }
            }
        }
        if let Some(rest) = object(attributes_json(&rest)) {
            features.push(("attributes".to_owned(), rest));
        }
        self.all.push(Structure {
            kind,
            place,
            features,
        });
    }

    fn layer(&mut self, layer: &Layer) {
        let mut numbers = BTreeMap::new();
        for span in layer.spans.iter() {
            for range in span.ranges.as_slice() {
                let place = place(self.text, *range);
                numbers
                    .entry(span.id.clone())
                    .or_insert((self.all.len() + FIRST, place));
                let known = [("label", text(&span.label)), ("spanId", text(&span.id))];
                self.add(SPAN, place, known, &span.attributes);
            }
        }
        for relation in layer.relations.values() {
            let (Some(from), Some(to)) = (numbers.get(&relation.from), numbers.get(&relation.to)) else {
                continue;
            };
            let known = [
                ("label", text(&relation.relation_type)),
                ("Governor", Some(FeatureValue::Structure(from.0))),
                ("Dependent", Some(FeatureValue::Structure(to.0))),
                ("relationId", text(&relation.id)),
            ];
            self.add(RELATION, to.1, known, &relation.attributes);
        }
        for event in layer.events_in_order() {
            let roles: Vec<Json> = event.roles.iter().map(role_json).collect();
            let known = [
                ("eventType", text(&event.event_type)),
                ("eventId", text(&event.id)),
                ("roles", text(&Json::Array(roles))),
                ("trigger", event.trigger.as_ref().and_then(text)),
            ];
            self.add(EVENT, None, known, &event.attributes);
        }
        for note in layer.notes.values() {
            let known = [
                ("noteId", text(&note.id)),
                ("text", text(&note.text)),
                ("target", note.target.as_ref().and_then(text)),
            ];
            self.add(NOTE, None, known, &Attributes::new());
        }
    }

    fn article(&mut self, article: &Article, annotator: Option<&Annotator>, layer: &Layer) {
        let header = &article.header;
        let on_spans = layer.spans.iter().flat_map(|span| span.attributes.keys());
        let on_relations = layer.relations.values().flat_map(|one| one.attributes.keys());
        let on_events = layer.events.values().flat_map(|one| one.attributes.keys());
        let used: std::collections::BTreeSet<_> = on_spans.chain(on_relations).chain(on_events).collect();
        let kinds = self.types.kinds().filter(|(id, _)| used.contains(id));
        let kinds = kinds.map(|(id, kind)| (id.to_string(), Json::from(kind.name())));
        let known = [
            ("articleId", text(&article.id)),
            ("title", header.title.as_ref().and_then(text)),
            ("lang", header.lang.as_ref().and_then(text)),
            ("meta", object(header.meta.clone())),
            ("annotator", annotator.and_then(text)),
            (
                "status",
                layer.status.map(Status::name).and_then(|name| text(&name)),
            ),
            ("labels", object(attributes_json(&layer.labels))),
            ("attributeTypes", object(kinds.collect())),
            ("more", object(rest_of(article, layer))),
        ];
        self.add(ARTICLE, None, known, &Attributes::new());
    }
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "features are listed with what may be absent, and this one never is"
)]
fn text(what: &impl ToString) -> Option<FeatureValue> {
    Some(FeatureValue::Text(what.to_string()))
}

/// An object as JSON, where it holds anything.
fn object(map: Map<String, Json>) -> Option<FeatureValue> {
    (!map.is_empty()).then(|| FeatureValue::Text(Json::Object(map).to_string()))
}

fn place(text: &Text, range: ByteRange) -> Option<(usize, usize)> {
    Some((
        text.utf16_of(range.start())?.get(),
        text.utf16_of(range.end())?.get(),
    ))
}
