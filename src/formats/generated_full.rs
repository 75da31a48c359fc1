//! Generated articles with everything that a project can hold: events, notes with their threads, values of every type,
//! verdicts, flags, origins, times, and unknown keys, on top of the spans and relations of `generated`.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::model::{
    Annotator, Article, Attribute, AttributeId, AttributeType, AttributeUse, Codebook, Event, EventId,
    EventTypeId, Extra, Filler, Layer, Note, NoteId, NoteState, Origin, OriginKind, ProblemKey, Reply,
    RoleFiller, RoleId, Span, SpanId, SpanReview, Status, TargetId, Timestamp, Value, Verdict, Words,
    parse_json, rank_behind,
};

use super::generated::{Dataset, datasets};

const EVENTS: &[&str] = &["battle", "explosion", "حدث", "a b 2"];
const ROLES: &[&str] = &["actor", "place", "toll 2", "دور"];
const REMARKS: &[&str] = &[
    "sûr ?",
    "",
    " a\r\nb\u{2028}c ",
    "=SUM(A1)",
    "]]> <&> \" _x20_",
    "\u{1}\t",
];
const TIMES: &[&str] = &["2026-01-31T12:00:00Z", "2026-02-01T00:00:00.5Z"];
const NAMES: &[&str] = &["ana", "Bo é", "مدقق"];

/// Values of every type, under attributes that the default codebook knows, knows otherwise, or has not, some of which
/// are called like keys of formats.
fn values() -> Vec<(AttributeId, Value)> {
    let values = [
        ("type", r#""rebels""#),
        ("type", r#""of no list""#),
        ("type", "7"),
        ("precision", r#""near""#),
        (
            "quantity",
            r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}"#,
        ),
        ("quantity", r#""many""#),
        ("when", r#"{"value":"2022-01/2022-03","approximate":true}"#),
        ("remark", r#""=SUM(A1) \"<&>\"\r\n é""#),
        ("remark", r#""""#),
        ("remark", r#""[1]""#),
        ("remark", r#""{\"low\":1}""#),
        ("remark", r#"" \u0001\u0000\t\u2028 ""#),
        ("number", "7"),
        ("number", "9223372036854775807"),
        ("share", "7.50"),
        ("share", "1e400"),
        ("sure", "true"),
        ("sure", "false"),
        ("who", r#"["civilians","أطفال"]"#),
        ("who", "[]"),
        ("entity", r#"{"id":"Q1","name":"FDS «é»"}"#),
        ("begin", r#""x""#),
        ("label", "3"),
        ("a_x", r#""y""#),
        ("1st é", "true"),
    ];
    let value = |(id, json): (&str, &str)| {
        let json = parse_json(json).unwrap().value;
        (AttributeId::new(id).unwrap(), Value::from_json(&json).unwrap())
    };
    values.into_iter().map(value).collect()
}

/// The default codebook with an attribute of every type, which everything may have, so that formats that give
/// attributes a place by their type meet values of each: those that fit, and those that do not.
pub(crate) fn typed_codebook() -> Codebook {
    use AttributeType::{Boolean, Choices, Entity, Integer, Number, Text};
    let mut codebook = super::codebook_toml::default_codebook();
    for (id, attribute_type) in [
        ("remark", Text),
        ("number", Integer),
        ("share", Number),
        ("sure", Boolean),
        ("who", Choices),
        ("entity", Entity),
        ("begin", Text),
        ("label", Integer),
        ("a_x", Text),
        ("1st é", Boolean),
    ] {
        let id = AttributeId::new(id).unwrap();
        codebook.attributes.push(Attribute {
            id: id.clone(),
            names: Words::default(),
            description: Words::default(),
            attribute_type,
            choices: Vec::new(),
            bounds: BTreeMap::new(),
            rules: BTreeMap::new(),
            retired: false,
        });
        let asked = AttributeUse::plain(id);
        codebook.labels[0].attributes.push(asked.clone());
        codebook.relation_types[0].attributes.push(asked.clone());
        codebook.event_types[0].attributes.push(asked);
    }
    codebook
}

/// What one layer gets on top, in numbers that fit any layer.
#[derive(Clone, Debug)]
struct More {
    /// A span, a value, and what else is known of it, in bits.
    spans: Vec<(usize, usize, u32)>,
    /// A relation and a value.
    relations: Vec<(usize, usize)>,
    /// Type, trigger, roles (role, span, value, bits), values.
    events: Vec<EventPlan>,
    /// Target, text, bits.
    notes: Vec<(usize, usize, u32)>,
    labels: Vec<usize>,
    bits: u32,
}

type EventPlan = (usize, Option<usize>, Vec<(usize, usize, usize, u32)>, Vec<usize>);

fn mores() -> impl Strategy<Value = More> {
    let any = || any::<u32>();
    let value = || 0..values().len();
    let role = (0..ROLES.len(), 0_usize..7, value(), any());
    let event = (
        0..EVENTS.len(),
        prop::option::of(0_usize..7),
        prop::collection::vec(role, 0..4),
        prop::collection::vec(value(), 0..2),
    );
    (
        prop::collection::vec((0_usize..7, value(), any()), 0..6),
        prop::collection::vec((0_usize..4, value()), 0..3),
        prop::collection::vec(event, 0..3),
        prop::collection::vec((0_usize..8, 0..REMARKS.len(), any()), 0..3),
        prop::collection::vec(value(), 0..3),
        any(),
    )
        .prop_map(|(spans, relations, events, notes, labels, bits)| More {
            spans,
            relations,
            events,
            notes,
            labels,
            bits,
        })
}

/// Datasets with everything.
pub(crate) fn full_datasets() -> impl Strategy<Value = Dataset> {
    (datasets(), prop::collection::vec(mores(), 6)).prop_map(|(mut dataset, mores)| {
        let mut mores = mores.into_iter().cycle();
        for (article, layers) in &mut dataset {
            if article.id.as_str().ends_with('1') {
                article.header.extra = keys("of_article");
            }
            for (_, layer) in layers {
                mores.next().unwrap().add(layer);
            }
        }
        dataset
    })
}

/// An article with one of everything.
pub(crate) fn full_article() -> (Article, Vec<(Annotator, Layer)>) {
    let (mut article, mut layers) = super::testing::marked(
        "a1",
        "{1:actor|les {2:location|FDS|2}|1}\r\nà {3:location|Alep|3} 😀 et {4:actor|un|4} mot {4|deux|4}",
    );
    article.header.title = Some("Titre « é »".to_owned());
    article.header.lang = Some("fr".to_owned());
    article.header.meta = keys("source");
    article.header.extra = keys("of_article");
    let layer = &mut layers[0].1;
    super::testing::relate(layer, "r1", "part-of", "2", "3");
    More {
        spans: vec![(0, 0, u32::MAX), (1, 4, u32::MAX), (2, 7, 0)],
        relations: vec![(0, 0)],
        events: vec![
            (
                0,
                Some(0),
                vec![(0, 1, 0, 0), (2, 0, 4, 1 | 2 | 4), (0, 2, 0, 0)],
                vec![0],
            ),
            (1, None, vec![(1, 2, 0, 0)], vec![]),
        ],
        notes: vec![(0, 0, u32::MAX), (2, 2, 0)],
        labels: vec![0],
        bits: u32::MAX,
    }
    .add(layer);
    layer.status = Some(Status::Done);
    (article, layers)
}

fn keys(key: &str) -> Extra {
    let json = json!({ key: {"a": [1, null, "é"]} });
    json.as_object().cloned().unwrap_or_default()
}

fn extra_if(holds: bool, key: &str) -> Extra {
    if holds { keys(key) } else { Extra::new() }
}

fn time_if(holds: bool, which: u32) -> Option<Timestamp> {
    let time = TIMES[which as usize % TIMES.len()];
    holds.then(|| Timestamp::new(time).unwrap())
}

fn name_if(holds: bool, which: u32) -> Option<Annotator> {
    let name = NAMES[which as usize % NAMES.len()];
    holds.then(|| Annotator::new(name).unwrap())
}

impl More {
    fn add(&self, layer: &mut Layer) {
        let ids: Vec<SpanId> = layer.spans.iter().map(|span| span.id.clone()).collect();
        for (span, value, bits) in &self.spans {
            if let Some(span) = ids.get(*span).and_then(|id| layer.spans.get(id)) {
                let mut span = Span::clone(span);
                about_span(&mut span, *value, *bits);
                layer.spans.insert(Arc::new(span));
            }
        }
        for (at, value) in &self.relations {
            if let Some(relation) = layer.relations.values_mut().nth(*at) {
                relation.attributes.extend([values()[*value].clone()]);
                relation.extra = extra_if(at % 2 == 0, "of_relation");
            }
        }
        let mut last: Option<(i64, EventId)> = None;
        for (number, plan) in self.events.iter().enumerate() {
            let mut event = event(number, plan, &ids);
            event.rank = rank_behind(last.as_ref().map(|(rank, id)| (*rank, id)), &event.id);
            last = Some((event.rank, event.id.clone()));
            layer.events.insert(event.id.clone(), event);
        }
        self.add_notes(layer, &ids);
        layer
            .labels
            .extend(self.labels.iter().map(|value| values()[*value].clone()));
        layer.flagged = self.bits & 1 != 0;
        layer.extra = extra_if(self.bits & 2 != 0, "of_layer");
        if self.bits & 4 != 0 {
            layer.review = Some(Verdict::Approved);
        }
        if self.bits & 8 != 0 {
            let keys = ["loose_edge/span/s1/0-4", "duplicate_span/span/a%2Fb/ض"];
            layer.dismissed = keys
                .into_iter()
                .map(|key| ProblemKey::new(key).unwrap())
                .collect();
        }
    }

    fn add_notes(&self, layer: &mut Layer, spans: &[SpanId]) {
        let mut targets: Vec<Option<String>> = vec![None];
        targets.extend(spans.iter().take(3).map(|id| Some(id.to_string())));
        targets.extend(layer.relations.keys().take(2).map(|id| Some(id.to_string())));
        targets.extend(layer.events.keys().take(2).map(|id| Some(id.to_string())));
        for (number, (target, text, bits)) in self.notes.iter().enumerate() {
            let target = targets.get(*target).cloned().flatten();
            let replies = (0..bits >> 4 & 3).map(|reply| Reply {
                author: name_if(reply == 0, 1),
                created: time_if(reply == 0, 0),
                text: REMARKS[reply as usize].to_owned(),
                extra: extra_if(reply == 1, "of_reply"),
            });
            let id = NoteId::new(format!("n{number}")).unwrap();
            let note = Note {
                id: id.clone(),
                target: target.map(|id| TargetId::new(&id).unwrap()),
                author: name_if(bits & 1 != 0, *bits >> 6),
                created: time_if(bits & 2 != 0, *bits >> 6),
                text: REMARKS[*text].to_owned(),
                state: if bits & 4 != 0 {
                    NoteState::Resolved
                } else {
                    NoteState::Open
                },
                replies: replies.collect(),
                extra: extra_if(bits & 8 != 0, "of_note"),
            };
            layer.notes.insert(id, note);
        }
    }
}

fn about_span(span: &mut Span, value: usize, bits: u32) {
    let (id, value) = values()[value].clone();
    span.attributes.insert(id.clone(), value);
    if bits & 1 != 0 {
        span.unconfirmed.insert(id);
    }
    if bits & 2 != 0 {
        span.review = Some(SpanReview {
            verdict: Verdict::ALL[bits as usize >> 9 & 1],
            by: name_if(bits & 32 != 0, bits >> 7),
            at: time_if(bits & 64 != 0, bits >> 7),
            extra: extra_if(bits & 128 != 0, "of_review"),
        });
    }
    span.origin = Origin {
        kind: OriginKind::ALL[bits as usize >> 10 & 3],
        name: (bits & 4 != 0).then(|| "a list é".to_owned()),
        extra: extra_if(bits & 8 != 0, "of_origin"),
    };
    span.created = time_if(bits & 16 != 0, 0);
    span.modified = time_if(bits & 256 != 0, 1);
    span.extra = extra_if(bits & 1 << 14 != 0, "of_span");
}

fn event(number: usize, plan: &EventPlan, spans: &[SpanId]) -> Event {
    let (kind, trigger, roles, values_of) = plan;
    let roles = roles.iter().map(|(role, span, value, bits)| RoleFiller {
        role: RoleId::new(ROLES[*role]).unwrap(),
        filler: match spans.get(*span).filter(|_| bits & 1 == 0) {
            Some(span) => Filler::Span(span.clone()),
            None => Filler::Value(values()[*value].1.clone()),
        },
        inferred: bits & 2 != 0,
        note: (bits & 4 != 0).then(|| REMARKS[*bits as usize >> 5 & 3].to_owned()),
        extra: extra_if(bits & 8 != 0, "of_role"),
    });
    Event {
        // Ids are those of one kind only, so an event may be called like a span.
        id: EventId::new(if number == 0 { "s0" } else { "e1" }).unwrap(),
        event_type: EventTypeId::new(EVENTS[*kind]).unwrap(),
        rank: 0,
        trigger: trigger.and_then(|span| spans.get(span).cloned()),
        roles: roles.collect(),
        attributes: values_of.iter().map(|value| values()[*value].clone()).collect(),
        extra: extra_if(number == 1, "of_event"),
    }
}

/// Every line of `hashiya/1` that a dataset gives, sorted, as JSON.
pub(crate) fn native_lines(dataset: &[(Article, Vec<(Annotator, Layer)>)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let jsonl = super::format("jsonl").unwrap();
    let (path, _) = super::testing::write_to(folder.path(), jsonl, &super::testing::options(), dataset);
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// A line with a space for each control character that XML cannot hold, and without the digest, which is another then.
pub(crate) fn without_controls(line: &str) -> String {
    let Json::Object(mut line) = parse_json(line).unwrap().value else {
        panic!("{line} is no object")
    };
    line.shift_remove("sha256");
    blank(&Json::Object(line)).to_string()
}

fn blank(json: &Json) -> Json {
    match json {
        Json::String(text) => {
            let is_refused = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
            Json::String(text.replace(is_refused, " "))
        }
        Json::Array(list) => list.iter().map(blank).collect(),
        Json::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), blank(value)))
            .collect(),
        other => other.clone(),
    }
}
