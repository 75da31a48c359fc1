//! Articles for round trips through formats, made by chance out of what is known to break readers: emoji, combining
//! marks, every kind of line end, controls, and spans that nest, cross, touch, repeat, and are in fragments.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use crate::model::testing::span;
use crate::model::{
    Annotator, Article, ArticleId, AttributeId, Attributes, Extra, Header, Layer, Ranges, Relation,
    RelationId, RelationTypeId, Span, SpanId, Status, Value, Verdict,
};
use crate::text::{ByteRange, CharOffset, Text};

/// A dataset as a writer is given it.
pub(crate) type Dataset = Vec<(Article, Vec<(Annotator, Layer)>)>;

const PARTS: &[&str] = &[
    "plus de 50 civils",
    "قُتل ٥٠ شخصًا",
    "北京发生爆炸",
    "हिंसा में",
    "בְּעַזָּה",
    "👨‍👩‍👧‍👦",
    "🇸🇾",
    "3️⃣",
    "𠀋",
    "e\u{301}",
    "é",
    " ",
    "  ",
    "\u{a0}",
    "\u{202f}",
    "\r\n",
    "\r",
    "\n",
    "\t",
    "\u{2028}",
    "\u{85}",
    "\u{1}",
    "\u{0}",
    "\u{200f}",
    "=SUM(A1)",
    "NA",
    "null",
    "]]>",
    "\"",
    "\\",
    "\\n",
    "_*|[]->",
    "+33",
    "a",
    "l'Iran",
    "\u{feff}",
    "<b>&amp;",
    "-5%",
];

const LABELS: &[&str] = &[
    "actor",
    "location",
    "casualty",
    "ville de départ",
    "فاعل",
    "a,b",
    "\"<&>\"",
    "B-PER",
];
const KINDS: &[&str] = &["part-of", "victims", "près de", "因"];

/// A dataset of up to four articles.
pub(crate) fn datasets() -> impl Strategy<Value = Dataset> {
    prop::collection::vec((texts(), headers(), prop::collection::vec(layers(), 0..3)), 1..4).prop_map(
        |articles| {
            let articles = articles.into_iter().enumerate();
            articles
                .map(|(number, (text, header, plans))| {
                    let id = ArticleId::new(format!("مقال {number}")).unwrap();
                    let article = Article::new(Some(id), header, Text::new(text)).unwrap();
                    let names = ["ana", "Bo é"].into_iter();
                    let layers = names
                        .zip(plans)
                        .map(|(name, plan)| (Annotator::new(name).unwrap(), plan.layer(&article.text)))
                        .collect();
                    (article, layers)
                })
                .collect()
        },
    )
}

/// An article with one span of 67,000 characters.
pub(crate) fn long_article() -> Dataset {
    let text = Text::new(format!("😀 {} fin", "mot é ".repeat(67_000 / 6 + 1)));
    let article = Article::new(ArticleId::new("long").ok(), Header::default(), text).unwrap();
    let plan = Plan {
        spans: vec![(vec![(2, 67_002)], 0)],
        relations: Vec::new(),
        attributes: Vec::new(),
        labels: Vec::new(),
        status: Some(Status::Done),
        review: None,
    };
    let layer = plan.layer(&article.text);
    vec![(article, vec![(Annotator::new("ana").unwrap(), layer)])]
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PARTS), 0..14).prop_map(|parts| parts.concat())
}

fn headers() -> impl Strategy<Value = Header> {
    let metas = prop::sample::select(vec![
        json!({}),
        json!({"source": "La Gazette", "n": 7, "nested": {"a": [1, null, "é"]}}),
        json!({"meta": 1, "id": "x", "text": "y", "label": [], "": "no key"}),
    ]);
    let title = prop::option::of(prop::sample::select(vec!["Titre « é »", "عنوان", "NA", "a\tb"]));
    let lang = prop::option::of(prop::sample::select(vec!["fr", "ar", "zh-Hant"]));
    (title, lang, metas).prop_map(|(title, lang, meta)| Header {
        title: title.map(str::to_owned),
        lang: lang.map(str::to_owned),
        meta: meta.as_object().cloned().unwrap_or_default(),
        extra: Extra::new(),
    })
}

/// What a layer holds, in numbers that fit any text.
#[derive(Clone, Debug)]
struct Plan {
    /// Fragments by their edges, and a label.
    spans: Vec<(Vec<(usize, usize)>, usize)>,
    relations: Vec<(usize, usize, usize)>,
    /// A span and one of the values.
    attributes: Vec<(usize, usize)>,
    labels: Vec<usize>,
    status: Option<Status>,
    review: Option<Verdict>,
}

fn layers() -> impl Strategy<Value = Plan> {
    let range = || (0_usize..40, 1_usize..12).prop_map(|(start, length)| (start, start + length));
    let span = (prop::collection::vec(range(), 1..3), 0..LABELS.len());
    (
        prop::collection::vec(span, 0..7),
        prop::collection::vec((0_usize..7, 0_usize..7, 0..KINDS.len()), 0..4),
        prop::collection::vec((0_usize..7, 0..values().len()), 0..5),
        prop::collection::vec(0..values().len(), 0..2),
        prop::option::of(prop::sample::select(Status::ALL)),
        prop::option::of(prop::sample::select(Verdict::ALL)),
    )
        .prop_map(|(spans, relations, attributes, labels, status, review)| Plan {
            spans,
            relations,
            attributes,
            labels,
            status,
            review,
        })
}

/// Values of the default codebook's attributes, of one that it has not, and one that fits no choice.
fn values() -> Vec<(AttributeId, Value)> {
    let values = [
        ("type", json!("rebels")),
        ("type", json!("of no list")),
        ("precision", json!("near")),
        (
            "quantity",
            json!({"kind": "killed", "low": 51, "modifier": "more_than", "who": ["civilians"]}),
        ),
        ("when", json!({"value": "2022-01", "approximate": true})),
        ("remark", json!("=SUM(A1) \"<&>\"\r\n é")),
        ("relevance", json!("event")),
    ];
    let value = |(id, json): (&str, serde_json::Value)| {
        (AttributeId::new(id).unwrap(), Value::from_json(&json).unwrap())
    };
    values.into_iter().map(value).collect()
}

impl Plan {
    fn layer(&self, text: &Text) -> Layer {
        let mut layer = Layer {
            status: self.status,
            review: self.review,
            ..Layer::default()
        };
        let mut ids = Vec::new();
        for (number, (edges, label)) in self.spans.iter().enumerate() {
            let Some(ranges) = ranges(text, edges) else {
                continue;
            };
            let id = SpanId::new(format!("s{number}")).unwrap();
            ids.push(id.clone());
            let ranges = ranges.as_slice().to_vec();
            layer
                .spans
                .insert(Arc::new(span(id.as_str(), LABELS[*label], ranges)));
        }
        for (span, value) in &self.attributes {
            let Some(span) = ids.get(*span).and_then(|id| layer.spans.get(id)) else {
                continue;
            };
            let mut span = Span::clone(span);
            span.attributes.extend([values()[*value].clone()]);
            layer.spans.insert(Arc::new(span));
        }
        for (number, (from, to, kind)) in self.relations.iter().enumerate() {
            let (Some(from), Some(to)) = (ids.get(*from), ids.get(*to)) else {
                continue;
            };
            let id = RelationId::new(format!("r{number}")).unwrap();
            let relation = Relation {
                id: id.clone(),
                relation_type: RelationTypeId::new(KINDS[*kind]).unwrap(),
                from: from.clone(),
                to: to.clone(),
                attributes: Attributes::new(),
                extra: Extra::new(),
            };
            layer.relations.insert(id, relation);
        }
        layer.labels = self.labels.iter().map(|value| values()[*value].clone()).collect();
        layer
    }
}

/// Ranges inside a text from edges that may lie anywhere; what is empty there, or meets another, is left out.
fn ranges(text: &Text, edges: &[(usize, usize)]) -> Option<Ranges> {
    let at = |edge: usize| {
        text.byte_of_char(CharOffset::new(edge.min(text.char_len())))
            .unwrap()
    };
    let mut all: Vec<ByteRange> = edges
        .iter()
        .map(|(start, end)| ByteRange::between(at(*start), at(*end)))
        .filter(|range| !range.is_empty())
        .collect();
    all.sort();
    all.dedup_by(|next, last| next.start() < last.end());
    Ranges::new(all).ok()
}
