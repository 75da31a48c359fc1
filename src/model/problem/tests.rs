//! Each rule, on marked-up text with a small codebook.

use super::*;
use crate::model::testing::{byte_range, parse};
use crate::model::{
    Attribute, AttributeType, AttributeUse, Attributes, Choice, Color, DateValue, Event, EventType,
    EventTypeId, Extra, Filler, Label, LabelId, Note, NoteState, Quantity, Ranges, Relation, RelationType,
    RelationTypeId, Role, RoleFiller, RoleId, Span, TargetId, Value, Words,
};
use std::sync::Arc;

fn label(id: &str, attributes: &[(&str, bool)]) -> Label {
    Label {
        id: LabelId::new(id).unwrap(),
        names: Words::from([("en".to_owned(), id.to_uppercase())]),
        description: Words::new(),
        color: Color { r: 0, g: 0, b: 0 },
        key: None,
        attributes: uses(attributes),
        retired: false,
    }
}

fn uses(attributes: &[(&str, bool)]) -> Vec<AttributeUse> {
    let one = |(id, required): &(&str, bool)| AttributeUse {
        required: *required,
        ..AttributeUse::plain(attribute_id(id))
    };
    attributes.iter().map(one).collect()
}

fn attribute_id(id: &str) -> AttributeId {
    AttributeId::new(id).unwrap()
}

fn attribute(id: &str, attribute_type: AttributeType, choices: &[&str]) -> Attribute {
    let choice = |id: &&str| Choice {
        id: (*id).to_owned(),
        names: Words::new(),
        retired: false,
    };
    Attribute {
        choices: choices.iter().map(choice).collect(),
        ..Attribute::plain(attribute_id(id), attribute_type)
    }
}

fn role(id: &str, labels: &[&str], min: u32, max: Option<u32>) -> Role {
    Role {
        labels: labels.iter().map(|id| LabelId::new(id).unwrap()).collect(),
        min,
        max,
        ..Role::plain(RoleId::new(id).unwrap())
    }
}

fn codebook() -> Codebook {
    let labels = |ids: &[&str]| ids.iter().map(|id| LabelId::new(id).unwrap()).collect();
    Codebook {
        labels: vec![
            label("actor", &[("type", true)]),
            label("place", &[]),
            label("casualty", &[("quantity", false)]),
            label("date", &[("when", false)]),
        ],
        attributes: vec![
            attribute("type", AttributeType::Choice, &["rebels"]),
            attribute("quantity", AttributeType::Quantity, &["civilians"]),
            attribute("when", AttributeType::Date, &[]),
            attribute("relevance", AttributeType::Choice, &["event"]),
        ],
        relation_types: vec![RelationType {
            from: labels(&["casualty"]),
            to: labels(&["actor"]),
            ..RelationType::plain(RelationTypeId::new("victims").unwrap())
        }],
        event_types: vec![EventType {
            roles: vec![
                role("where", &["place"], 1, Some(1)),
                role("who", &["actor"], 0, None),
                role("harmed", &["casualty"], 0, None),
                role("when", &["date"], 0, None),
            ],
            ..EventType::plain(EventTypeId::new("incident").unwrap())
        }],
        article_labels: uses(&[("relevance", true)]),
    }
}

/// A layer of marked-up text that has all that is required of the article.
fn layer(marked: &str) -> (Text, Layer) {
    let (content, spans) = parse(marked);
    let relevance = (attribute_id("relevance"), Value::Text("event".to_owned()));
    let layer = Layer {
        spans,
        labels: Attributes::from([relevance]),
        status: Some(Status::InProgress),
        ..Layer::default()
    };
    (Text::new(content), layer)
}

fn keys(marked: &(Text, Layer)) -> Vec<String> {
    let found = found(marked);
    found.iter().map(|problem| problem.key.to_string()).collect()
}

fn found(marked: &(Text, Layer)) -> Vec<Problem> {
    found_with(marked, &codebook())
}

fn found_with((text, layer): &(Text, Layer), codebook: &Codebook) -> Vec<Problem> {
    let checked = Checked {
        text,
        layer,
        codebook,
        status: layer.status_or_default(),
        lang: "en",
    };
    problems(&checked)
}

/// Changes a span of a layer.
fn change(layer: &mut Layer, id: &str, change: impl FnOnce(&mut Span)) {
    let id = SpanId::new(id).unwrap();
    let mut span = Span::clone(layer.spans.get(&id).unwrap());
    change(&mut span);
    layer.spans.insert(Arc::new(span));
}

fn relation(id: &str, from: &str, to: &str, kind: &str) -> (RelationId, Relation) {
    let relation = Relation {
        id: RelationId::new(id).unwrap(),
        relation_type: RelationTypeId::new(kind).unwrap(),
        from: SpanId::new(from).unwrap(),
        to: SpanId::new(to).unwrap(),
        attributes: Attributes::new(),
        extra: Extra::new(),
    };
    (relation.id.clone(), relation)
}

fn event(fillers: &[(&str, &str)]) -> Event {
    let filler = |(role, span): &(&str, &str)| RoleFiller {
        role: RoleId::new(role).unwrap(),
        filler: Filler::Span(SpanId::new(span).unwrap()),
        inferred: false,
        note: None,
        extra: Extra::new(),
    };
    Event {
        id: EventId::new("e").unwrap(),
        rank: 0,
        event_type: EventTypeId::new("incident").unwrap(),
        trigger: None,
        roles: fillers.iter().map(filler).collect(),
        attributes: Attributes::new(),
        extra: Extra::new(),
    }
}

#[test]
fn a_layer_without_fault_has_no_problem() {
    assert!(keys(&layer("à {1:place|Alep|1}, {2:casualty|50 civils|2}")).is_empty());
    assert!(
        keys(&(Text::new(""), Layer::default())).is_empty(),
        "nor has what nobody marked"
    );
}

#[test]
fn what_is_required_is_asked_for_unless_the_article_is_skipped() {
    let mut marked = layer("{1:actor|la coalition|1} à Alep");
    marked.1.labels.clear();
    assert_eq!(
        keys(&marked),
        [
            "missing_attribute/span/1/type",
            "missing_attribute/article/relevance"
        ]
    );
    marked.1.status = Some(Status::Skipped);
    assert!(keys(&marked).is_empty());
}

#[test]
fn what_is_not_asked_and_what_no_codebook_knows_is_told() {
    let mut marked = layer("{1:place|Alep|1} {2:village|Marran|2}");
    let value = Value::Text("rebels".to_owned());
    change(&mut marked.1, "1", |span| {
        span.attributes.insert(attribute_id("type"), value);
    });
    assert_eq!(
        keys(&marked),
        ["unknown_attribute/span/1/type", "unknown_label/span/2/village"]
    );
}

#[test]
fn values_are_held_against_their_attributes() {
    let mut marked = layer("{1:actor|la coalition|1} {2:casualty|50|2} {3:date|mardi|3}");
    let mut put = |id: &str, name: &str, value: Value| {
        change(&mut marked.1, id, |span| {
            span.attributes.insert(attribute_id(name), value);
        });
    };
    put("1", "type", Value::Text("martians".to_owned()));
    let quantity = Quantity {
        low: Some(50),
        high: Some(5),
        who: vec!["robots".to_owned()],
        ..Quantity::default()
    };
    put("2", "quantity", Value::Quantity(quantity));
    let date = DateValue {
        value: "2022-02-30".to_owned(),
        precision: None,
        approximate: false,
        extra: Extra::new(),
    };
    put("3", "when", Value::Date(date));
    assert_eq!(
        keys(&marked),
        [
            "unknown_choice/span/1/type",
            "unknown_choice/span/2/quantity",
            "quantity_order/span/2/quantity",
            "bad_date/span/3/when"
        ]
    );
    change(&mut marked.1, "1", |span| {
        span.attributes.insert(attribute_id("type"), Value::Integer(3));
    });
    assert_eq!(keys(&marked)[0], "wrong_type/span/1/type");
}

#[test]
fn the_second_of_two_identical_spans_is_the_one_to_ask_about() {
    let marked = layer("{1:place|{2:place|{3:casualty|Alep|3}|2}|1} {4:place|Alep|4}");
    assert_eq!(keys(&marked), ["duplicate_span/span/2/1"]);
}

#[test]
fn edges_on_space_and_punctuation_are_loose() {
    let marked =
        layer("{1:place|Alep, |1}« {2:place|Raqqa »|2} {3:casualty|État islamique (EI)|3} {4:place|«حلب»|4}");
    assert_eq!(
        keys(&marked),
        [
            "loose_edge/span/1/0-6",
            "loose_edge/span/2/8-15",
            "loose_edge/span/4/36-41"
        ]
    );
}

#[test]
fn a_span_that_cuts_a_character_is_told() {
    let mut marked = layer("👨‍👩‍👧 cafe\u{301}");
    for (id, range) in [
        ("1", byte_range(0, 4)),
        ("2", byte_range(19, 23)),
        ("3", byte_range(19, 25)),
    ] {
        let mut span = crate::model::testing::span(id, "place", vec![range]);
        span.ranges = Ranges::one(range).unwrap();
        marked.1.spans.insert(Arc::new(span));
    }
    assert_eq!(
        keys(&marked),
        ["splits_cluster/span/1/1", "splits_cluster/span/2/10"]
    );
}

#[test]
fn relations_are_held_against_the_codebook_and_each_other() {
    let mut marked = layer("{1:casualty|50 civils|1} {2:place|Alep|2}");
    marked.1.relations = [
        relation("a", "1", "2", "victims"),
        relation("b", "1", "2", "victims"),
        relation("c", "1", "1", "near"),
    ]
    .into();
    assert_eq!(
        keys(&marked),
        [
            "unknown_relation_type/relation/c/near",
            "relation_ends/relation/a/to place",
            "relation_ends/relation/b/to place",
            "relation_to_itself/relation/c",
            "duplicate_relation/relation/b/a",
        ]
    );
}

#[test]
fn labels_of_one_name_are_told_with_their_ids() {
    let mut marked = layer("{1:casualty|50 civils|1} {2:place|Alep|2}");
    marked.1.relations = [relation("a", "1", "2", "victims")].into();
    let mut codebook = codebook();
    for label in &mut codebook.labels {
        if ["actor", "place"].contains(&label.id.as_str()) {
            label.names = Words::from([("en".to_owned(), "Demand".to_owned())]);
        }
    }
    let found = found_with(&marked, &codebook);
    let told = found
        .iter()
        .find(|problem| problem.code == ProblemCode::RelationEnds);
    let message = told.unwrap().message.replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(
        message,
        "Relation victims leads to Demand (place) “Alep”, not Demand (actor)"
    );
}

#[test]
fn a_circle_of_parts_is_told_with_its_spans() {
    let mut marked = layer("{1:casualty|50 civils|1}, {2:casualty|12 enfants|2}, {3:casualty|3 filles|3}");
    let mut told = |relations: &[(&str, &str)]| {
        let numbered = relations.iter().zip(["a", "b", "c"]);
        marked.1.relations = numbered
            .map(|((from, to), id)| relation(id, from, to, "part-of"))
            .collect();
        let found = found(&marked);
        let circles = found
            .into_iter()
            .filter(|problem| problem.code == ProblemCode::RelationCircle);
        circles
            .map(|problem| format!("{}: {}", problem.key, problem.message))
            .collect::<Vec<_>>()
    };
    assert!(told(&[("2", "1"), ("3", "2"), ("3", "1")]).is_empty());
    assert_eq!(
        told(&[("2", "1"), ("1", "2")]),
        [
            "relation_circle/relation/b: Relation part-of leads from CASUALTY “12 enfants” to CASUALTY “50 civils” and back"
        ]
    );
    let three = told(&[("3", "2"), ("2", "1"), ("1", "3")]);
    assert_eq!(three.len(), 1, "{three:?}");
    assert!(three[0].contains("leads in a circle: "), "{three:?}");
}

#[test]
fn events_are_held_against_their_roles() {
    let mut marked = layer("{1:place|Alep|1} {2:place|Raqqa|2} {3:casualty|50 civils|3}");
    let mut with = |fillers: &[(&str, &str)]| {
        let event = event(fillers);
        marked.1.events = [(event.id.clone(), event)].into();
        keys(&marked)
    };
    assert!(with(&[("where", "1")]).is_empty());
    assert_eq!(with(&[]), ["missing_role/event/e/where"]);
    assert_eq!(
        with(&[("where", "1"), ("where", "2")]),
        ["too_many_fillers/event/e/where"]
    );
    assert_eq!(
        with(&[("where", "1"), ("who", "3"), ("why", "2")]),
        ["unknown_role/event/e/why", "role_label/event/e/who 3"]
    );
    let mut another = event(&[]);
    another.event_type = EventTypeId::new("party").unwrap();
    marked.1.events = [(another.id.clone(), another)].into();
    assert_eq!(keys(&marked), ["unknown_event_type/event/e/party"]);
}

#[test]
fn text_where_a_figure_or_a_date_is_asked_for_is_told() {
    let mut marked = layer("{1:place|Alep|1}");
    let mut event = event(&[("where", "1")]);
    for (role, value) in [
        ("harmed", Value::Text("cur".to_owned())),
        ("harmed", Value::Text("cur".to_owned())),
        ("harmed", Value::Quantity(Quantity::default())),
        ("when", Value::Text("at night".to_owned())),
        ("who", Value::Text("gunmen".to_owned())),
    ] {
        event.roles.push(RoleFiller {
            role: RoleId::new(role).unwrap(),
            filler: Filler::Value(value),
            inferred: false,
            note: None,
            extra: Extra::new(),
        });
    }
    marked.1.events = [(event.id.clone(), event)].into();
    assert_eq!(
        keys(&marked),
        [
            "text_filler/event/e/harmed cur",
            "text_filler/event/e/when at night"
        ]
    );
}

#[test]
fn open_notes_and_unconfirmed_values_count_once_the_article_is_done() {
    let mut marked = layer("{1:casualty|50 civils|1}");
    change(&mut marked.1, "1", |span| {
        let quantity = Value::Quantity(Quantity::default());
        span.attributes.insert(attribute_id("quantity"), quantity);
        span.unconfirmed.insert(attribute_id("quantity"));
    });
    for (id, state) in [("n1", NoteState::Open), ("n2", NoteState::Resolved)] {
        let note = Note {
            id: NoteId::new(id).unwrap(),
            target: TargetId::new("1").ok(),
            author: None,
            created: None,
            text: "sûr ?".to_owned(),
            state,
            replies: Vec::new(),
            extra: Extra::new(),
        };
        marked.1.notes.insert(note.id.clone(), note);
    }
    assert!(keys(&marked).is_empty());
    marked.1.status = Some(Status::Done);
    assert_eq!(
        keys(&marked),
        ["open_note/note/n1", "unconfirmed_value/span/1/quantity"]
    );
}

#[test]
fn a_problem_leads_to_the_span_that_shows_its_place() {
    let (_, mut layer) = layer("{1:casualty|50 civils|1} à {2:place|Alep|2}");
    layer.relations = [relation("r", "2", "1", "victims")].into();
    let event = event(&[("where", "2")]);
    layer.events = [(event.id.clone(), event)].into();
    let span = |place: ProblemPlace| place.span(&layer).map(|id| id.to_string());
    assert_eq!(
        span(ProblemPlace::Relation(RelationId::new("r").unwrap())).as_deref(),
        Some("2")
    );
    assert_eq!(
        span(ProblemPlace::Event(EventId::new("e").unwrap())).as_deref(),
        Some("2")
    );
    assert_eq!(span(ProblemPlace::Span(SpanId::new("9").unwrap())), None);
    assert_eq!(
        ProblemPlace::Text(byte_range(0, 2)).range(&layer),
        Some(byte_range(0, 2))
    );
}
