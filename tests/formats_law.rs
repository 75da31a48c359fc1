//! The law of `hashiya/1`: what was written, read, and written again is the same bytes; and no line, however
//! mangled, is lost in silence or makes the reader panic.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "what cannot be made is a failed test, also in a helper"
)]

mod formats_common;

use std::collections::BTreeSet;
use std::sync::Arc;

use formats_common::{read_bytes, read_str, write, write_read};
use hashiya::model::*;
use hashiya::text::{ByteOffset, ByteRange, Text};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Pieces of text in which every trap of offsets, line ends, and escapes is common.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "Nerval",
        " ",
        "plus de 50 civils",
        "👩‍👩‍👧",
        "🇫🇷",
        "1️⃣",
        "𠀀",
        "é",
        "e\u{301}",
        "\u{a0}",
        "\u{202f}",
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{200f}",
        "كتاب",
        "عـــلي",
        "مُدَرِّس",
        "שָׁלוֹם",
        "٥٠",
        "५०",
        "๕๐",
        "５０",
        "\u{1}",
        "\u{7f}",
        "\0",
        "\"",
        "\\",
        "\u{feff}",
        "\u{fffd}",
        "NA",
        "null",
        "=SUM(A1)",
        "]]>",
        "_*|[]->",
        "中文",
        "ไทย",
        "/",
    ];
    vec(proptest::sample::select(PIECES), 0..14).prop_map(|pieces| pieces.concat())
}

/// Names that are no known key at any level.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("zone".to_owned()),
        Just("clé".to_owned()),
        Just("x y".to_owned()),
        Just("مفتاح".to_owned()),
        Just(String::new()),
        Just("q\"\\\u{2028}".to_owned())
    ]
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][0-9]{0,2}",
        Just("فاعل".to_owned()),
        Just("行动 者".to_owned()),
        Just("a\"b\\c\u{2029}".to_owned()),
        Just("🇫🇷".to_owned())
    ]
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let numbers = [
        "0",
        "-0",
        "1.0",
        "1e5",
        "1E-05",
        "12.50",
        "123456789012345678901234567890",
    ];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        proptest::sample::select(numbers.to_vec()).prop_map(|number| parse_json(number).unwrap().value),
        text().prop_map(Into::into),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Into::into),
            vec((key(), inner), 0..3)
                .prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().collect()))
        ]
    })
}

fn extra() -> impl Strategy<Value = Extra> {
    prop_oneof![3 => Just(Extra::new()), 1 => vec((key(), json()), 1..3).prop_map(|pairs| pairs.into_iter().collect())]
}

fn quantity() -> impl Strategy<Value = Value> {
    (
        option::of(0_u64..60),
        option::of(60_u64..90),
        option::of(90_u64..u64::MAX),
        vec(id(), 0..3),
        extra(),
    )
        .prop_map(|(low, best, high, who, extra)| {
            Value::Quantity(Quantity {
                kind: Some(QuantityKind::Killed),
                low,
                best,
                high,
                modifier: low.map(|_| Modifier::MoreThan),
                who,
                extra,
            })
        })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::Text),
        any::<i64>().prop_map(Value::Integer),
        proptest::sample::select(vec!["1.0", "-0", "1e5", "99999999999999999999"])
            .prop_map(|number| Value::from_json(&parse_json(number).unwrap().value).unwrap()),
        any::<bool>().prop_map(Value::Boolean),
        vec(id(), 0..3).prop_map(Value::Choices),
        (any::<bool>(), extra()).prop_map(|(approximate, extra)| Value::Date(DateValue {
            value: "2022-05/--06".to_owned(),
            precision: Some(Precision::Week),
            approximate,
            extra
        })),
        quantity(),
        (id(), option::of(text())).prop_map(|(id, name)| Value::Entity(EntityRef {
            id,
            name,
            extra: Extra::new()
        })),
    ]
}

fn attributes() -> impl Strategy<Value = Attributes> {
    btree_map(id().prop_map(|id| AttributeId::new(id).unwrap()), value(), 0..3)
}

fn moment() -> impl Strategy<Value = Option<Timestamp>> {
    option::of(
        proptest::sample::select(vec![
            "2031-05-12T08:00:00Z",
            "2031-05-12T08:00:00.250Z",
            "2031-05-12T08:00:00+00:00",
        ])
        .prop_map(|at| Timestamp::new(at).unwrap()),
    )
}

fn person() -> impl Strategy<Value = Option<Annotator>> {
    option::of(id().prop_map(|name| Annotator::new(name).unwrap()))
}

fn verdict() -> impl Strategy<Value = Verdict> {
    proptest::sample::select(Verdict::ALL.to_vec())
}

fn review() -> impl Strategy<Value = Option<SpanReview>> {
    option::of(
        (verdict(), person(), moment(), extra()).prop_map(|(verdict, by, at, extra)| SpanReview {
            verdict,
            by,
            at,
            extra,
        }),
    )
}

fn origin() -> impl Strategy<Value = Origin> {
    (
        proptest::sample::select(OriginKind::ALL.to_vec()),
        option::of(text()),
        extra(),
    )
        .prop_map(|(kind, name, extra)| Origin { kind, name, extra })
}

/// Positions are drawn as shares of the text, because the text is drawn apart.
fn span() -> impl Strategy<Value = (Vec<usize>, Span)> {
    let words = (
        id(),
        id(),
        attributes(),
        any::<bool>(),
        review(),
        origin(),
        moment(),
        moment(),
        extra(),
    );
    (vec(0_usize..1000, 2..7), words).prop_map(
        |(cuts, (span, label, attributes, sure, review, origin, created, modified, extra))| {
            let unconfirmed = if sure {
                BTreeSet::new()
            } else {
                attributes.keys().cloned().collect()
            };
            let ranges = Ranges::one(ByteRange::between(ByteOffset::ZERO, ByteOffset::new(1))).unwrap();
            let id = SpanId::new(span).unwrap();
            let label = LabelId::new(label).unwrap();
            (
                cuts,
                Span {
                    id,
                    ranges,
                    label,
                    attributes,
                    unconfirmed,
                    review,
                    origin,
                    created,
                    modified,
                    extra,
                },
            )
        },
    )
}

/// The ranges that shares mean in a text; none where they fall together.
fn ranges(text: &Text, cuts: &[usize]) -> Option<Ranges> {
    let ends: BTreeSet<usize> = text
        .as_str()
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.end().get()])
        .collect();
    let ends: Vec<usize> = ends.into_iter().collect();
    let places: BTreeSet<usize> = cuts
        .iter()
        .map(|cut| ends[cut * (ends.len() - 1) / 999])
        .collect();
    let places: Vec<usize> = places.into_iter().collect();
    Ranges::new(
        places
            .chunks_exact(2)
            .map(|pair| ByteRange::between(ByteOffset::new(pair[0]), ByteOffset::new(pair[1])))
            .collect(),
    )
    .ok()
}

fn layer(text: Text) -> impl Strategy<Value = Layer> {
    let records = (
        vec((id(), id(), attributes(), extra()), 0..3),
        vec((id(), id(), value(), attributes(), extra()), 0..3),
        vec((id(), text_and_moment(), person(), any::<bool>(), extra()), 0..3),
    );
    (
        vec(span(), 0..5),
        records,
        option::of(proptest::sample::select(Status::ALL.to_vec())),
        (option::of(verdict()), any::<bool>()),
        attributes(),
        dismissed(),
        extra(),
    )
        .prop_map(
            move |(
                spans,
                (relations, events, notes),
                status,
                (review, flagged),
                labels,
                dismissed,
                extra,
            )| {
                let mut layer = Layer {
                    status,
                    review,
                    flagged,
                    labels,
                    dismissed,
                    extra,
                    ..Layer::default()
                };
                for (cuts, span) in spans {
                    if let Some(ranges) = ranges(&text, &cuts) {
                        layer.spans.insert(Arc::new(Span { ranges, ..span }));
                    }
                }
                add_records(&mut layer, relations, events, notes);
                layer
            },
        )
}

/// Keys of problems, of this version and of others.
fn dismissed() -> impl Strategy<Value = std::collections::BTreeSet<ProblemKey>> {
    let key = prop_oneof![Just("loose_edge/span/s1/0-4".to_owned()), id()];
    vec(key, 0..3).prop_map(|keys| keys.iter().filter_map(|key| ProblemKey::new(key).ok()).collect())
}

fn text_and_moment() -> impl Strategy<Value = (String, Option<Timestamp>)> {
    (text(), moment())
}

type RelationParts = (String, String, Attributes, Extra);
type EventParts = (String, String, Value, Attributes, Extra);
type NoteParts = (
    String,
    (String, Option<Timestamp>),
    Option<Annotator>,
    bool,
    Extra,
);

fn add_records(
    layer: &mut Layer,
    relations: Vec<RelationParts>,
    events: Vec<EventParts>,
    notes: Vec<NoteParts>,
) {
    let spans: Vec<SpanId> = layer.spans.iter().map(|span| span.id.clone()).collect();
    let ends = spans.first().zip(spans.last());
    for (id, kind, attributes, extra) in relations {
        if let Some((from, to)) = ends {
            let relation = Relation {
                id: RelationId::new(id).unwrap(),
                relation_type: RelationTypeId::new(kind).unwrap(),
                from: from.clone(),
                to: to.clone(),
                attributes,
                extra,
            };
            layer.relations.insert(relation.id.clone(), relation);
        }
    }
    add_events(layer, events, ends);
    for parts in notes {
        let note = note(parts, spans.first());
        layer.notes.insert(note.id.clone(), note);
    }
}

/// Events with the first span as their trigger, and the last one in a role.
fn add_events(layer: &mut Layer, events: Vec<EventParts>, ends: Option<(&SpanId, &SpanId)>) {
    let mut before: Option<(i64, EventId)> = None;
    for (id, kind, value, attributes, extra) in events {
        let event_id = EventId::new(&id).unwrap();
        if layer.events.contains_key(&event_id) {
            continue;
        }
        // In any order of ids, with the ranks that a list gives them.
        let rank = rank_behind(before.as_ref().map(|(rank, id)| (*rank, id)), &event_id);
        before = Some((rank, event_id.clone()));
        let role = |filler, inferred| RoleFiller {
            role: RoleId::new(&kind).unwrap(),
            filler,
            inferred,
            note: inferred.then(|| id.clone()),
            extra: extra.clone(),
        };
        let by_span = ends.map(|(_, last)| role(Filler::Span(last.clone()), false));
        let by_value = role(Filler::Value(value), true);
        let event = Event {
            id: event_id.clone(),
            event_type: EventTypeId::new(&kind).unwrap(),
            rank,
            trigger: ends.map(|(first, _)| first.clone()),
            roles: by_span.into_iter().chain([by_value]).collect(),
            attributes,
            extra: extra.clone(),
        };
        layer.events.insert(event_id, event);
    }
}

/// A note on a span, with a reply that says the same.
fn note((id, (text, created), author, open, extra): NoteParts, span: Option<&SpanId>) -> Note {
    let reply = Reply {
        author: author.clone(),
        created: created.clone(),
        text: text.clone(),
        extra: extra.clone(),
    };
    Note {
        id: NoteId::new(id).unwrap(),
        target: span.map(|span| TargetId::new(span.as_str()).unwrap()),
        author,
        created,
        text,
        state: if open {
            NoteState::Open
        } else {
            NoteState::Resolved
        },
        replies: vec![reply],
        extra,
    }
}

fn article() -> impl Strategy<Value = (Article, Vec<(Annotator, Layer)>)> {
    (
        option::of(id()),
        text(),
        option::of(text()),
        option::of("[a-z]{2}"),
        vec((key(), json()), 0..3),
        extra(),
    )
        .prop_flat_map(|(id, text, title, lang, meta, extra)| {
            let text = Text::new(text);
            let header = Header {
                title,
                lang,
                meta: meta.into_iter().collect(),
                extra,
            };
            let article =
                Article::new(id.map(|id| ArticleId::new(id).unwrap()), header, text.clone()).unwrap();
            let layers = btree_map(self::id(), layer(text), 0..3);
            (
                Just(article),
                layers.prop_map(|layers| {
                    layers
                        .into_iter()
                        .map(|(name, layer)| (Annotator::new(name).unwrap(), layer))
                        .collect()
                }),
            )
        })
}

fn as_slices(
    articles: &[(Article, Vec<(Annotator, Layer)>)],
) -> impl Iterator<Item = (&Article, &[(Annotator, Layer)])> {
    articles
        .iter()
        .map(|(article, layers)| (article, layers.as_slice()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn written_read_and_written_again_is_the_same_bytes(articles in vec(article(), 1..3)) {
        let written = write(as_slices(&articles));
        let read = read_str(&written);
        for found in &read.diagnostics {
            prop_assert_eq!(found.code, "splits_cluster", "{}\n{}", found, &written);
        }
        prop_assert_eq!(write_read(&read), written);
    }

    #[test]
    fn what_is_read_is_what_was_written((article, layers) in article()) {
        let read = read_str(&write([(&article, layers.as_slice())]));
        let marked: Vec<_> = layers.into_iter().filter(|(_, layer)| layer.exists()).collect();
        if marked.is_empty() {
            prop_assert_eq!(&read.articles[0].article, &article);
        }
        prop_assert_eq!(read.articles.len(), marked.len().max(1));
        for (incoming, (annotator, mut layer)) in read.articles.iter().zip(marked) {
            // Unknown keys of the article follow those of the layer on its line.
            for (key, value) in &article.header.extra {
                layer.extra.entry(key).or_insert_with(|| value.clone());
            }
            prop_assert_eq!(&incoming.layers, &vec![(Some(annotator), layer)]);
            prop_assert_eq!(&incoming.article.header.meta, &article.header.meta);
        }
    }

    #[test]
    fn every_mangled_line_gives_an_article_or_a_finding(
        (article, layers) in article(),
        changes in vec((any::<proptest::sample::Index>(), any::<u8>(), 0..4_u8), 1..6),
    ) {
        let mut bytes = write([(&article, layers.as_slice())]).into_bytes();
        for (place, byte, how) in changes {
            let at = place.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        // A first byte of zero makes the whole a UTF-16 file; that is another test.
        prop_assume!(!bytes.contains(&0) && !bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff"));
        let read = read_bytes(&bytes);
        let blank = |line: &&[u8]| line.iter().all(u8::is_ascii_whitespace);
        for (index, _) in bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !blank(line)) {
            let line = Some(index as u64 + 1);
            let told = read.articles.iter().any(|one| one.line == line) || read.diagnostics.iter().any(|one| one.line == line);
            prop_assert!(told, "line {:?} of {:?}", line, String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn a_written_line_looks_as_the_format_says() {
    let line = concat!(
        r#"{"schema":"hashiya/1","offsets":"codepoint","id":"a1","title":"Alep","lang":"fr","text":"À Alep, 50 à 60 civils\u2028","#,
        r#""sha256":"ec3a6c1fb9a54ac3ac0b0c84b13e1c0ab7e2fd4d41fe8b49ea7e2d2a6bd4d5ae","meta":{"z":1e5,"a":-0},"#,
        r#""annotator":"Zoé","status":"done","review":"approved","spans":["#,
        r#"{"id":"s1","start":2,"end":6,"label":"location","text":"Alep","origin":{"kind":"person","name":"Zoé","v":1.0},"created":"2031-05-12T08:00:00Z"},"#,
        r#"{"id":"s2","start":8,"end":22,"label":"casualty","text":"50 civils","fragments":[[8,10],[16,22]],"attributes":{"quantity":{"kind":"killed","low":50}},"unconfirmed":["quantity"],"review":{"verdict":"approved","by":"b"},"origin":{"kind":"import"},"w":[]}],"#,
        r#""relations":[{"id":"r1","type":"located-in","from":"s1","to":"s2","attributes":{"sure":true},"x":1}],"#,
        r#""events":[{"id":"e1","type":"incident","trigger":"s2","roles":[{"role":"place","span":"s1"},{"role":"time","value":{"value":"2031-05"},"inferred":true,"note":"n"}],"attributes":{"context":"past"}}],"#,
        r#""labels":{"relevance":"event"},"notes":[{"id":"n1","target":"e1","author":"b","created":"2031-05-12T08:00:00Z","text":"t","state":"open","replies":[{"author":"c","text":"u"}]}],"later":{"b":null,"a":[1.0]}}"#,
        "\n"
    );
    let read = read_str(line);
    assert_eq!(
        read.diagnostics
            .iter()
            .map(|found| found.code)
            .collect::<Vec<_>>(),
        ["text_changed"]
    );
    let digest = Sha256::of("À Alep, 50 à 60 civils\u{2028}").hex();
    let expected = line.replace(
        "ec3a6c1fb9a54ac3ac0b0c84b13e1c0ab7e2fd4d41fe8b49ea7e2d2a6bd4d5ae",
        &digest,
    );
    assert_eq!(write_read(&read), expected);
}
