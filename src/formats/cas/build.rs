//! A layer as feature structures. Knows no notation.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Article, Attributes, Filler, Layer, Status};
use crate::text::{ByteRange, Text};

/// A type: its name, the one above it, and its features with what they hold.
type Type = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// The types of an export with their features beyond those that they inherit. A feature that stands for another
/// structure is named with its type.
pub(super) const TYPES: &[Type] = &[
    (
        "hashiya.Article",
        "uima.cas.TOP",
        &[
            ("articleId", STRING),
            ("title", STRING),
            ("lang", STRING),
            ("meta", STRING),
            ("annotator", STRING),
            ("status", STRING),
            ("labels", STRING),
        ],
    ),
    (
        "custom.Span",
        "uima.tcas.Annotation",
        &[("label", STRING), ("spanId", STRING), ("attributes", STRING)],
    ),
    (
        "custom.Relation",
        "uima.tcas.Annotation",
        &[
            ("label", STRING),
            ("Governor", "custom.Span"),
            ("Dependent", "custom.Span"),
            ("relationId", STRING),
            ("attributes", STRING),
        ],
    ),
    (
        "hashiya.Event",
        "uima.cas.TOP",
        &[
            ("eventType", STRING),
            ("eventId", STRING),
            ("trigger", STRING),
            ("roles", STRING),
            ("attributes", STRING),
        ],
    ),
    (
        "hashiya.Note",
        "uima.cas.TOP",
        &[("noteId", STRING), ("target", STRING), ("text", STRING)],
    ),
];

pub(super) const STRING: &str = "uima.cas.String";

/// A value of a feature.
pub(super) enum Feature {
    Text(String),
    /// The number of another structure.
    Structure(usize),
}

/// A feature structure; its number is its place, from [`FIRST`].
pub(super) struct Structure {
    pub kind: &'static str,
    /// In UTF-16 code units.
    pub place: Option<(usize, usize)>,
    pub features: Vec<(&'static str, Feature)>,
}

/// The number of the first structure; 1 is the text itself.
pub(super) const FIRST: usize = 2;

/// All that is known of an article and a layer.
pub(super) fn structures(article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> Vec<Structure> {
    let text = &article.text;
    let mut all = vec![about(article, annotator, layer)];
    let mut numbers = BTreeMap::new();
    for span in layer.spans.iter() {
        for range in span.ranges.as_slice() {
            numbers
                .entry(span.id.clone())
                .or_insert((all.len() + FIRST, place(text, *range)));
            let features = vec![
                ("label", Feature::Text(span.label.to_string())),
                ("spanId", Feature::Text(span.id.to_string())),
            ];
            all.push(structure(
                "custom.Span",
                place(text, *range),
                features,
                &span.attributes,
            ));
        }
    }
    for relation in layer.relations.values() {
        let (Some(from), Some(to)) = (numbers.get(&relation.from), numbers.get(&relation.to)) else {
            continue;
        };
        let features = vec![
            ("label", Feature::Text(relation.relation_type.to_string())),
            ("Governor", Feature::Structure(from.0)),
            ("Dependent", Feature::Structure(to.0)),
            ("relationId", Feature::Text(relation.id.to_string())),
        ];
        all.push(structure("custom.Relation", to.1, features, &relation.attributes));
    }
    for event in layer.events_in_order() {
        let roles = event.roles.iter().map(|role| {
            let mut entry = json!({ "role": role.role.as_str() });
            match &role.filler {
                Filler::Span(span) => entry["span"] = span.as_str().into(),
                Filler::Value(value) => entry["value"] = value.to_json(),
            }
            if role.inferred {
                entry["inferred"] = true.into();
            }
            if let Some(note) = &role.note {
                entry["note"] = note.as_str().into();
            }
            entry
        });
        let roles = Json::Array(roles.collect()).to_string();
        let mut features = vec![
            ("eventType", Feature::Text(event.event_type.to_string())),
            ("eventId", Feature::Text(event.id.to_string())),
            ("roles", Feature::Text(roles)),
        ];
        if let Some(trigger) = &event.trigger {
            features.push(("trigger", Feature::Text(trigger.to_string())));
        }
        all.push(structure("hashiya.Event", None, features, &event.attributes));
    }
    for note in layer.notes.values() {
        let mut features = vec![
            ("noteId", Feature::Text(note.id.to_string())),
            ("text", Feature::Text(note.text.clone())),
        ];
        if let Some(target) = &note.target {
            features.push(("target", Feature::Text(target.to_string())));
        }
        all.push(structure("hashiya.Note", None, features, &Attributes::new()));
    }
    all
}

fn structure(
    kind: &'static str,
    place: Option<(usize, usize)>,
    mut features: Vec<(&'static str, Feature)>,
    attributes: &Attributes,
) -> Structure {
    if !attributes.is_empty() {
        features.push(("attributes", Feature::Text(attributes_text(attributes))));
    }
    Structure {
        kind,
        place,
        features,
    }
}

fn attributes_text(attributes: &Attributes) -> String {
    let map: Map<String, Json> = attributes
        .iter()
        .map(|(id, value)| (id.to_string(), value.to_json()))
        .collect();
    Json::Object(map).to_string()
}

fn place(text: &Text, range: ByteRange) -> Option<(usize, usize)> {
    Some((
        text.utf16_of(range.start())?.get(),
        text.utf16_of(range.end())?.get(),
    ))
}

fn about(article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> Structure {
    let header = &article.header;
    let meta = (!header.meta.is_empty()).then(|| Json::Object(header.meta.clone()).to_string());
    let labels = (!layer.labels.is_empty()).then(|| attributes_text(&layer.labels));
    let known = [
        ("articleId", Some(article.id.to_string())),
        ("title", header.title.clone()),
        ("lang", header.lang.clone()),
        ("meta", meta),
        ("annotator", annotator.map(ToString::to_string)),
        ("status", layer.status.map(Status::name).map(str::to_owned)),
        ("labels", labels),
    ];
    let features = known
        .into_iter()
        .filter_map(|(name, value)| Some((name, Feature::Text(value?))));
    Structure {
        kind: "hashiya.Article",
        place: None,
        features: features.collect(),
    }
}
