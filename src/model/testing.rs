//! What tests of the model are made of: layers written as marked-up text, and any layer with any edit of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::text::{ByteOffset, ByteRange};

use super::{
    Annotator, AttributeId, Attributes, Change, Event, EventId, EventTypeId, Extra, Filler, LabelId, Layer,
    LayerEdit, Note, NoteId, NoteState, Origin, OriginKind, ProblemKey, Quantity, Ranges, Relation,
    RelationId, RelationTypeId, Reply, RoleFiller, RoleId, Span, SpanId, SpanMap, SpanReview, Status,
    TargetId, Timestamp, Value, Verdict,
};

/// Reads `{1:actor|la {2:location|Syrie|1} et|2}`: span 1, an actor, is "la Syrie", span 2, crossing it, "Syrie et".
/// An id that opens again gives its span one more fragment.
pub(crate) fn parse(marked: &str) -> (String, SpanMap) {
    let (mut content, mut rest) = (String::new(), marked);
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    let mut spans: BTreeMap<&str, (&str, Vec<ByteRange>)> = BTreeMap::new();
    while let Some(place) = rest.find(['{', '|']) {
        let (words, mark) = rest.split_at(place);
        content.push_str(words);
        if let Some(opening) = mark.strip_prefix('{') {
            let (head, behind) = opening.split_once('|').unwrap();
            let (id, label) = head.split_once(':').unwrap_or((head, ""));
            let span = spans.entry(id).or_insert((label, Vec::new()));
            assert!(label.is_empty() || span.0 == label, "{id} has two labels");
            assert!(open.insert(id, content.len()).is_none(), "{id} is open already");
            rest = behind;
        } else {
            let (id, behind) = mark.strip_prefix('|').unwrap().split_once('}').unwrap();
            let range = byte_range(open.remove(id).unwrap(), content.len());
            spans.get_mut(id).unwrap().1.push(range);
            rest = behind;
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    content.push_str(rest);
    let spans = spans
        .into_iter()
        .map(|(id, (label, ranges))| span(id, label, ranges));
    (content, spans.collect())
}

/// Writes what [`parse`] reads: the label where a span first opens. At one place spans close before others open,
/// so that those which can nest do.
pub(crate) fn write(content: &str, spans: &SpanMap) -> String {
    // Place, whether it opens, length (the longest opens first, the shortest closes first), order among equals, mark.
    let mut marks: Vec<(usize, bool, usize, usize, String)> = Vec::new();
    for (order, span) in spans.iter().enumerate() {
        for (index, range) in span.ranges.as_slice().iter().enumerate() {
            let (start, end, len) = (range.start().get(), range.end().get(), range.len());
            let label = if index == 0 {
                format!(":{}", span.label)
            } else {
                String::new()
            };
            marks.push((
                start,
                true,
                usize::MAX - len,
                order,
                format!("{{{}{label}|", span.id),
            ));
            marks.push((end, false, len, usize::MAX - order, format!("|{}}}", span.id)));
        }
    }
    marks.sort();
    let mut marked = content.to_owned();
    for (at, .., mark) in marks.into_iter().rev() {
        marked.insert_str(at, &mark);
    }
    marked
}

/// A span with nothing but its ranges and label.
pub(crate) fn span(id: &str, label: &str, ranges: Vec<ByteRange>) -> Span {
    Span {
        id: SpanId::new(id).unwrap(),
        ranges: Ranges::new(ranges).unwrap(),
        label: LabelId::new(label).unwrap(),
        attributes: Attributes::new(),
        unconfirmed: std::collections::BTreeSet::new(),
        review: None,
        origin: Origin {
            kind: OriginKind::Person,
            name: None,
            extra: Extra::new(),
        },
        created: None,
        modified: None,
        extra: Extra::new(),
    }
}

pub(crate) fn byte_range(start: usize, end: usize) -> ByteRange {
    ByteRange::between(ByteOffset::new(start), ByteOffset::new(end))
}

/// Few ids, so that edits meet the same item often.
fn any_id() -> impl Strategy<Value = &'static str> {
    select(&["1", "2", "3", "س", "b-7"][..])
}

fn any_timestamp() -> impl Strategy<Value = Option<Timestamp>> {
    let times = ["2026-01-31T12:00:00Z", "2026-02-01T00:00:00.5Z"];
    proptest::option::of(select(times.to_vec()).prop_map(|time| Timestamp::new(time).unwrap()))
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::Integer),
        any::<bool>().prop_map(Value::Boolean),
        "\\PC{0,6}".prop_map(Value::Text),
        proptest::collection::vec("[a-z]{1,4}", 0..3).prop_map(Value::Choices),
        any::<(Option<u64>, Option<u64>)>().prop_map(|(low, best)| {
            Value::Quantity(Quantity {
                low,
                best,
                ..Quantity::default()
            })
        }),
    ]
}

fn any_attributes() -> impl Strategy<Value = Attributes> {
    let id = select(&["type", "quantity", "تاريخ"][..]).prop_map(|id| AttributeId::new(id).unwrap());
    proptest::collection::btree_map(id, any_value(), 0..3)
}

fn any_extra() -> impl Strategy<Value = Extra> {
    let pair = ("[a-c]", any::<i32>());
    proptest::collection::vec(pair, 0..2).prop_map(|pairs| {
        pairs
            .into_iter()
            .map(|(key, value)| (key, value.into()))
            .collect()
    })
}

fn any_ranges() -> impl Strategy<Value = Ranges> {
    let parts = proptest::collection::vec((0_usize..4, 1_usize..6), 1..4);
    parts.prop_map(|parts| {
        let mut at = 0;
        let ranges = parts.into_iter().map(|(gap, len)| {
            let start = at + gap;
            at = start + len;
            byte_range(start, at)
        });
        Ranges::new(ranges.collect()).unwrap()
    })
}

pub(crate) fn any_span() -> impl Strategy<Value = Span> {
    let label = select(&["actor", "location", "خسائر"][..]);
    let review = proptest::option::of((select(Verdict::ALL), any_timestamp()));
    let origin = (select(OriginKind::ALL), proptest::option::of("[a-z]{1,3}"));
    (
        any_id(),
        any_ranges(),
        label,
        any_attributes(),
        review,
        origin,
        any_timestamp(),
        any_extra(),
    )
        .prop_map(
            |(id, ranges, label, attributes, review, origin, created, extra)| Span {
                unconfirmed: attributes.keys().take(1).cloned().collect(),
                attributes,
                review: review.map(|(verdict, at)| SpanReview {
                    verdict,
                    by: None,
                    at,
                    extra: Extra::new(),
                }),
                origin: Origin {
                    kind: origin.0,
                    name: origin.1,
                    extra: Extra::new(),
                },
                modified: created.clone(),
                created,
                extra,
                ..span(id, label, ranges.as_slice().to_vec())
            },
        )
}

fn any_relation() -> impl Strategy<Value = Relation> {
    let ends = (any_id(), any_id(), any_id());
    (
        ends,
        select(&["victims", "part-of"][..]),
        any_attributes(),
        any_extra(),
    )
        .prop_map(|((id, from, to), relation_type, attributes, extra)| Relation {
            id: RelationId::new(id).unwrap(),
            relation_type: RelationTypeId::new(relation_type).unwrap(),
            from: SpanId::new(from).unwrap(),
            to: SpanId::new(to).unwrap(),
            attributes,
            extra,
        })
}

fn any_event() -> impl Strategy<Value = Event> {
    let filler = prop_oneof![
        any_id().prop_map(|id| Filler::Span(SpanId::new(id).unwrap())),
        any_value().prop_map(Filler::Value),
    ];
    let role =
        (select(&["actor", "place"][..]), filler, any::<bool>()).prop_map(|(role, filler, inferred)| {
            RoleFiller {
                role: RoleId::new(role).unwrap(),
                filler,
                inferred,
                note: inferred.then(|| "said further up".to_owned()),
                extra: Extra::new(),
            }
        });
    let roles = proptest::collection::vec(role, 0..3);
    (
        any_id(),
        proptest::option::of(any_id()),
        roles,
        any_attributes(),
        any_extra(),
        -2_i64..3,
    )
        .prop_map(|(id, trigger, roles, attributes, extra, rank)| Event {
            id: EventId::new(id).unwrap(),
            event_type: EventTypeId::new("incident").unwrap(),
            rank,
            trigger: trigger.map(|id| SpanId::new(id).unwrap()),
            roles,
            attributes,
            extra,
        })
}

fn any_note() -> impl Strategy<Value = Note> {
    let replies = proptest::collection::vec("\\PC{0,5}", 0..2);
    let target = proptest::option::of(any_id());
    (
        any_id(),
        target,
        "\\PC{0,9}",
        select(NoteState::ALL),
        replies,
        any_timestamp(),
    )
        .prop_map(|(id, target, text, state, replies, created)| Note {
            id: NoteId::new(id).unwrap(),
            target: target.map(|id| TargetId::new(id).unwrap()),
            author: Annotator::new("ana").ok(),
            replies: replies
                .into_iter()
                .map(|text| Reply {
                    author: None,
                    created: created.clone(),
                    text,
                    extra: Extra::new(),
                })
                .collect(),
            created,
            text,
            state,
            extra: Extra::new(),
        })
}

/// Keys of problems of all kinds, of items that are there and of others, and of another version.
fn any_problem_key() -> impl Strategy<Value = ProblemKey> {
    let keys = [
        "loose_edge/span/s1/0-4",
        "missing_role/event/e1/place",
        "untagged_casualty/text/3-9",
        "of another version",
        "duplicate_span/span/a%2Fb/ض",
    ];
    select(Vec::from(keys)).prop_map(|key| ProblemKey::new(key).unwrap())
}

/// Any layer; its references may dangle, as they may between the edits of one transaction.
pub(crate) fn any_layer() -> impl Strategy<Value = Layer> {
    (
        proptest::option::of(select(Status::ALL)),
        proptest::option::of(select(Verdict::ALL)),
        any::<bool>(),
        proptest::collection::vec(any_span(), 0..5),
        proptest::collection::vec(any_relation(), 0..3),
        proptest::collection::vec(any_event(), 0..3),
        any_attributes(),
        proptest::collection::vec(any_note(), 0..3),
        proptest::collection::btree_set(any_problem_key(), 0..3),
        any_extra(),
    )
        .prop_map(
            |(status, review, flagged, spans, relations, events, labels, notes, dismissed, extra)| Layer {
                status,
                review,
                flagged,
                spans: spans.into_iter().collect(),
                relations: relations
                    .into_iter()
                    .map(|item| (item.id.clone(), item))
                    .collect(),
                events: events.into_iter().map(|item| (item.id.clone(), item)).collect(),
                labels,
                notes: notes.into_iter().map(|item| (item.id.clone(), item)).collect(),
                dismissed,
                extra,
            },
        )
}

/// What an edit makes of an item, without what the item was before.
#[derive(Clone, Debug)]
pub(crate) enum Wish {
    Span(Option<Arc<Span>>, Index),
    Relation(Option<Relation>, Index),
    Event(Option<Event>, Index),
    Note(Option<Note>, Index),
    Label(AttributeId, Option<Value>),
    Dismissal(ProblemKey, bool),
    Status(Option<Status>),
    Review(Option<Verdict>),
    Flag(bool),
    Extra(Extra),
}

/// Any wish: an item put in the place of that of its id (or new), or one of those that exist removed.
pub(crate) fn any_wish() -> impl Strategy<Value = Wish> {
    let label = select(&["type", "relevance"][..]).prop_map(|id| AttributeId::new(id).unwrap());
    prop_oneof![
        3 => (proptest::option::of(any_span().prop_map(Arc::new)), any::<Index>()).prop_map(|(item, index)| Wish::Span(item, index)),
        1 => (proptest::option::of(any_relation()), any::<Index>()).prop_map(|(item, index)| Wish::Relation(item, index)),
        1 => (proptest::option::of(any_event()), any::<Index>()).prop_map(|(item, index)| Wish::Event(item, index)),
        1 => (proptest::option::of(any_note()), any::<Index>()).prop_map(|(item, index)| Wish::Note(item, index)),
        1 => (label, proptest::option::of(any_value())).prop_map(|(id, value)| Wish::Label(id, value)),
        1 => (any_problem_key(), any::<bool>()).prop_map(|(key, is_dismissed)| Wish::Dismissal(key, is_dismissed)),
        1 => proptest::option::of(select(Status::ALL)).prop_map(Wish::Status),
        1 => proptest::option::of(select(Verdict::ALL)).prop_map(Wish::Review),
        1 => any::<bool>().prop_map(Wish::Flag),
        1 => any_extra().prop_map(Wish::Extra),
    ]
}

/// The change of one item by its key; without an item, one of those that exist goes.
fn change_in<K: Ord + Clone, V: Clone>(
    map: &BTreeMap<K, V>,
    item: Option<(K, V)>,
    index: Index,
) -> Option<(K, Change<V>)> {
    let key = match &item {
        Some((key, _)) => key.clone(),
        None if map.is_empty() => return None,
        None => map.keys().nth(index.index(map.len()))?.clone(),
    };
    let before = map.get(&key).cloned();
    let after = item.map(|(_, item)| item);
    Some((key, Change { before, after }))
}

impl Wish {
    /// The edit that fulfils the wish in this layer; none where there is nothing to remove.
    pub(crate) fn plan(self, layer: &Layer) -> Option<LayerEdit> {
        Some(match self {
            Self::Span(item, index) => {
                let spans = layer
                    .spans
                    .iter()
                    .map(|span| (span.id.clone(), Arc::clone(span)))
                    .collect();
                let (id, change) = change_in(&spans, item.map(|item| (item.id.clone(), item)), index)?;
                LayerEdit::Span(id, change)
            }
            Self::Relation(item, index) => {
                let item = item.map(|item| (item.id.clone(), item));
                let (id, change) = change_in(&layer.relations, item, index)?;
                LayerEdit::Relation(id, change)
            }
            Self::Event(item, index) => {
                let (id, change) = change_in(&layer.events, item.map(|item| (item.id.clone(), item)), index)?;
                LayerEdit::Event(id, change)
            }
            Self::Note(item, index) => {
                let (id, change) = change_in(&layer.notes, item.map(|item| (item.id.clone(), item)), index)?;
                LayerEdit::Note(id, change)
            }
            Self::Label(id, after) => {
                let before = layer.labels.get(&id).cloned();
                LayerEdit::Label(id, Change { before, after })
            }
            Self::Dismissal(key, is_dismissed) => {
                let before = layer.dismissed.contains(&key).then_some(());
                let after = is_dismissed.then_some(());
                LayerEdit::Dismissal(key, Change { before, after })
            }
            Self::Status(after) => LayerEdit::Status(Change {
                before: layer.status,
                after,
            }),
            Self::Review(after) => LayerEdit::Review(Change {
                before: layer.review,
                after,
            }),
            Self::Flag(after) => LayerEdit::Flag(Change {
                before: layer.flagged.then_some(()),
                after: after.then_some(()),
            }),
            Self::Extra(after) => LayerEdit::Extra(Change {
                before: Some(layer.extra.clone()).filter(|extra| !extra.is_empty()),
                after: Some(after).filter(|extra| !extra.is_empty()),
            }),
        })
    }
}
