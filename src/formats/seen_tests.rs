//! What imported layers add to a codebook, and what they are renamed to.

use std::collections::BTreeSet;

use super::codebook_toml::default_codebook;
use super::{Diagnostic, Seen, codebook_additions};
use crate::model::{
    AttributeId, AttributeType, Codebook, LabelId, Layer, Origin, OriginKind, Ranges, Relation, RelationId,
    RelationTypeId, Span, SpanId, Value, parse_json,
};
use crate::text::{ByteOffset, ByteRange};

#[test]
fn an_attribute_that_was_given_another_type_meanwhile_is_named() {
    let begun_with = default_codebook();
    let mut seen = Seen::new(&begun_with);
    seen.admit(&mut layer(&[("actor", r#"{"weight":1}"#)]));
    assert_eq!(seen.clash(&begun_with), None);
    let mut moved_on = begun_with.clone();
    let mut weight = begun_with.attributes[0].clone();
    weight.id = AttributeId::new("weight").unwrap();
    for (attribute_type, clashes) in [(AttributeType::Integer, false), (AttributeType::Text, true)] {
        weight.attribute_type = attribute_type;
        moved_on.attributes.push(weight.clone());
        assert_eq!(seen.clash(&moved_on), clashes.then_some(&weight.id));
        moved_on.attributes.pop();
    }
}

/// A layer with one span for each label and JSON object of attributes.
fn layer(spans: &[(&str, &str)]) -> Layer {
    let made = spans.iter().enumerate().map(|(index, (label, attributes))| {
        let json = parse_json(attributes).unwrap().value;
        let pairs = json.as_object().unwrap().iter();
        Span {
            id: SpanId::new(format!("s{index}")).unwrap(),
            ranges: Ranges::one(ByteRange::between(ByteOffset::ZERO, ByteOffset::new(1))).unwrap(),
            label: LabelId::new(label).unwrap(),
            attributes: pairs
                .map(|(id, value)| (AttributeId::new(id).unwrap(), Value::from_json(value).unwrap()))
                .collect(),
            unconfirmed: json
                .as_object()
                .unwrap()
                .keys()
                .map(|id| AttributeId::new(id).unwrap())
                .collect(),
            review: None,
            origin: Origin {
                kind: OriginKind::Import,
                name: None,
                extra: serde_json::Map::new(),
            },
            created: None,
            modified: None,
            extra: serde_json::Map::new(),
        }
    });
    Layer {
        spans: made.collect(),
        ..Layer::default()
    }
}

/// What importing does to a codebook: its grown form, and the codes of the findings.
fn grow(codebook: &Codebook, layers: &mut [Layer]) -> (Codebook, Vec<&'static str>) {
    let mut seen = Seen::new(codebook);
    let mut found: Vec<Diagnostic> = layers.iter_mut().flat_map(|layer| seen.admit(layer)).collect();
    let (additions, told) = codebook_additions(codebook, &seen);
    assert_eq!(additions.len(), told.len());
    found.extend(told);
    let keys: BTreeSet<_> = additions.iter().map(|entry| entry.item.key()).collect();
    let kept = codebook
        .entries()
        .filter(|entry| !keys.contains(&entry.item.key()));
    (
        Codebook::from_entries(kept.chain(additions)),
        found.iter().map(|one| one.code).collect(),
    )
}

fn ids(layer: &Layer) -> Vec<String> {
    layer
        .spans
        .iter()
        .flat_map(|span| span.attributes.keys().map(ToString::to_string))
        .collect()
}

#[test]
fn what_the_codebook_knows_adds_nothing() {
    let codebook = default_codebook();
    let mut layers = [layer(&[
        ("actor", r#"{"type":"rebels"}"#),
        (
            "casualty",
            r#"{"quantity":{"low":51,"who":["civilians"]},"assertion":"alleged"}"#,
        ),
    ])];
    assert_eq!(grow(&codebook, &mut layers), (codebook, vec![]));
}

#[test]
fn a_new_choice_is_added_to_its_list_and_a_new_label_gets_a_colour_and_a_key_of_its_own() {
    let codebook = default_codebook();
    let mut layers = [
        layer(&[("actor", r#"{"type":"pirates"}"#), ("arme", r#"{"calibre":7}"#)]),
        layer(&[("arme", r#"{"calibre":7.62}"#), ("أداة", "{}")]),
    ];
    let (grown, found) = grow(&codebook, &mut layers);
    assert_eq!(found, ["codebook_addition"; 4]);
    let attribute = |id: &str| grown.attribute(&AttributeId::new(id).unwrap()).unwrap();
    assert_eq!(attribute("type").choices.last().unwrap().id, "pirates");
    assert_eq!(
        attribute("calibre").attribute_type,
        AttributeType::Number,
        "whole numbers widen"
    );
    let new: Vec<_> = grown
        .labels
        .iter()
        .skip(5)
        .map(|label| (label.id.as_str(), label.key))
        .collect();
    assert_eq!(new, [("arme", Some('6')), ("أداة", Some('7'))]);
    let colors: BTreeSet<_> = grown.labels.iter().map(|label| label.color.hex()).collect();
    assert_eq!(colors.len(), 7);
    assert_eq!(
        grow(&grown, &mut layers),
        (grown, vec![]),
        "the second import adds nothing"
    );
}

#[test]
fn a_clashing_attribute_is_renamed_in_the_layer_and_keeps_its_unconfirmed_mark() {
    let codebook = default_codebook();
    let mut layers = [
        layer(&[
            ("actor", r#"{"when":"in May"}"#),
            ("actor", r#"{"when":"in June"}"#),
            ("actor", r#"{"when":3}"#),
        ]),
        layer(&[("date", r#"{"when":{"value":"2031"}}"#)]),
    ];
    let (grown, found) = grow(&codebook, &mut layers);
    assert_eq!(
        found,
        [
            "attribute_renamed",
            "attribute_renamed",
            "codebook_addition",
            "codebook_addition",
            "codebook_addition"
        ]
    );
    assert_eq!(
        ids(&layers[0]),
        ["actor.when", "actor.when", "actor.when.integer"]
    );
    assert_eq!(ids(&layers[1]), ["when"]);
    for span in layers[0].spans.iter() {
        assert!(span.attributes.keys().eq(span.unconfirmed.iter()));
    }
    for span in layers.iter().flat_map(|layer| layer.spans.iter()) {
        for (id, value) in &span.attributes {
            assert!(grown.attribute(id).unwrap().attribute_type.accepts(value), "{id}");
            assert!(
                grown
                    .label(&span.label)
                    .unwrap()
                    .attributes
                    .iter()
                    .any(|one| one.id == *id)
            );
        }
    }
}

#[test]
fn new_types_of_relations_are_added_with_their_attributes() {
    let mut marked = layer(&[("actor", "{}"), ("actor", "{}")]);
    let relation = Relation {
        id: RelationId::new("r").unwrap(),
        relation_type: RelationTypeId::new("allied").unwrap(),
        from: SpanId::new("s0").unwrap(),
        to: SpanId::new("s1").unwrap(),
        attributes: [(AttributeId::new("since").unwrap(), Value::Text("May".to_owned()))].into(),
        extra: serde_json::Map::new(),
    };
    marked.relations.insert(relation.id.clone(), relation);
    let (grown, _) = grow(&default_codebook(), &mut [marked]);
    let added = grown.relation_types.last().unwrap();
    assert_eq!(
        (added.id.as_str(), added.attributes[0].id.as_str()),
        ("allied", "since")
    );
}
