//! The type system of an export: the types for spans, relations, and what else is known, with a feature for each
//! attribute of the codebook. Knows no notation.

use crate::model::{Attribute, AttributeId, AttributeType, AttributeUse, Codebook, Value};

use super::super::brat::names::{escaped, unescaped};
use super::super::value_text::{value_from_text, value_text};
use super::super::xml_text::is_refused;

/// A type: its name, the one above it, and its features beyond those that it inherits with what they hold. A feature
/// that stands for another structure is named with its type.
pub(in crate::formats) struct Type {
    pub name: &'static str,
    pub above: &'static str,
    pub features: Vec<(String, &'static str)>,
}

/// Types as the file that UIMA's tools take them from.
pub(in crate::formats) fn type_system(types: impl IntoIterator<Item = Type>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    );
    for kind in types {
        let (name, above) = (kind.name, kind.above);
        xml.extend([format!(
            "<typeDescription>\n<name>{name}</name>\n<supertypeName>{above}</supertypeName>\n<features>\n"
        )]);
        for (feature, range) in kind.features {
            xml.extend([format!(
                "<featureDescription><name>{feature}</name><rangeTypeName>{range}</rangeTypeName></featureDescription>\n"
            )]);
        }
        xml.push_str("</features>\n</typeDescription>\n");
    }
    xml.push_str("</types>\n</typeSystemDescription>\n");
    xml
}

/// What an attribute is written as.
struct Own {
    id: AttributeId,
    kind: AttributeType,
    feature: String,
    /// The types that have the feature.
    of: Vec<&'static str>,
}

/// The types for a codebook.
pub(super) struct TypeSystem {
    attributes: Vec<Own>,
}

/// The layers of spans and of relations that every new project of INCEpTION has.
pub(in crate::formats) const SPAN: &str = "custom.Span";
pub(in crate::formats) const RELATION: &str = "custom.Relation";
pub(super) const EVENT: &str = "hashiya.Event";
pub(super) const NOTE: &str = "hashiya.Note";
pub(super) const ARTICLE: &str = "hashiya.Article";

pub(in crate::formats) const STRING: &str = "uima.cas.String";
/// What stands above the types of all that is marked in a text.
pub(in crate::formats) const ANNOTATION: &str = "uima.tcas.Annotation";

/// Names that an attribute's own feature cannot have, because others have them, here or in UIMA.
const TAKEN: [&str; 18] = [
    "sofa",
    "begin",
    "end",
    "label",
    "value",
    "spanId",
    "relationId",
    "Governor",
    "Dependent",
    "eventType",
    "eventId",
    "trigger",
    "roles",
    "attributes",
    "id",
    "self",
    "parent",
    "view",
];
/// What stands before the name of an attribute whose own cannot be a feature's.
const PREFIX: &str = "a_";

/// The features that are no attributes.
pub(super) fn is_taken(feature: &str) -> bool {
    TAKEN.contains(&feature)
}

/// A name as UIMA takes it: letters, digits, and `_`, with a letter in front.
fn feature_name(id: &AttributeId) -> String {
    let written = escaped(id.as_str(), |c| c.is_ascii_alphanumeric() || c == '_');
    let is_free = !is_taken(id.as_str()) && !written.starts_with(PREFIX);
    if is_free && written.starts_with(|c: char| c.is_ascii_alphabetic()) {
        written
    } else {
        format!("{PREFIX}{written}")
    }
}

/// The attribute that a feature of ours stands for.
pub(super) fn attribute_name(feature: &str) -> String {
    unescaped(feature.strip_prefix(PREFIX).unwrap_or(feature))
}

impl TypeSystem {
    pub(super) fn new(codebook: &Codebook) -> Self {
        let asks = |uses: &[AttributeUse], one: &Attribute| uses.iter().any(|used| used.id == one.id);
        let own = |one: &Attribute| {
            let mut of = Vec::new();
            let labels = &codebook.labels;
            if labels.iter().any(|label| asks(&label.attributes, one)) {
                of.push(SPAN);
            }
            let relations = &codebook.relation_types;
            if relations.iter().any(|kind| asks(&kind.attributes, one)) {
                of.push(RELATION);
            }
            let events = &codebook.event_types;
            if events.iter().any(|kind| asks(&kind.attributes, one)) {
                of.push(EVENT);
            }
            Own {
                id: one.id.clone(),
                kind: one.attribute_type,
                feature: feature_name(&one.id),
                of,
            }
        };
        Self {
            attributes: codebook.attributes.iter().map(own).collect(),
        }
    }

    /// The feature of an attribute of a type and its value as that feature has it; `None` where there is no such
    /// feature, or where it would not give the value back.
    pub(super) fn feature(&self, of: &str, id: &AttributeId, value: &Value) -> Option<(&str, FeatureValue)> {
        let own = self.attributes.iter().find(|own| own.id == *id)?;
        let value = feature_value(value, own.kind).filter(|_| own.of.contains(&of))?;
        Some((own.feature.as_str(), value))
    }

    /// What attributes are, by their ids: readers that know no codebook tell a list from words by it.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&AttributeId, AttributeType)> {
        self.attributes.iter().map(|own| (&own.id, own.kind))
    }

    /// All types.
    pub(super) fn types(&self) -> Vec<Type> {
        let strings = |names: &[&str]| -> Vec<(String, &'static str)> {
            names.iter().map(|name| ((*name).to_owned(), STRING)).collect()
        };
        let with_own = |name: &'static str, mut features: Vec<(String, &'static str)>| {
            let own = self.attributes.iter().filter(|own| own.of.contains(&name));
            features.extend(own.map(|own| (own.feature.clone(), range(own.kind))));
            features
        };
        let ends = ["Governor", "Dependent"].map(|end| (end.to_owned(), SPAN));
        let mut of_relation = strings(&["label", "relationId", "attributes"]);
        of_relation.extend(ends);
        let top = "uima.cas.TOP";
        let kinds = [
            (
                ARTICLE,
                top,
                strings(&[
                    "articleId",
                    "title",
                    "lang",
                    "meta",
                    "annotator",
                    "status",
                    "labels",
                    "attributeTypes",
                    "more",
                ]),
            ),
            (SPAN, ANNOTATION, strings(&["label", "spanId", "attributes"])),
            (RELATION, ANNOTATION, of_relation),
            (
                EVENT,
                top,
                strings(&["eventType", "eventId", "trigger", "roles", "attributes"]),
            ),
            (NOTE, top, strings(&["noteId", "target", "text"])),
        ];
        let kinds = kinds.into_iter();
        kinds
            .map(|(name, above, features)| Type {
                name,
                above,
                features: with_own(name, features),
            })
            .collect()
    }
}

/// A value of a feature.
pub(super) enum FeatureValue {
    Text(String),
    /// The literal of a number.
    Number(String),
    Boolean(bool),
    /// The number of another structure.
    Structure(usize),
}

/// What a feature for an attribute of that type holds.
const fn range(kind: AttributeType) -> &'static str {
    match kind {
        AttributeType::Integer => "uima.cas.Integer",
        AttributeType::Number => "uima.cas.Double",
        AttributeType::Boolean => "uima.cas.Boolean",
        AttributeType::Text
        | AttributeType::Choice
        | AttributeType::Choices
        | AttributeType::Date
        | AttributeType::Quantity
        | AttributeType::Entity => STRING,
    }
}

fn feature_value(value: &Value, kind: AttributeType) -> Option<FeatureValue> {
    let text = value_text(value);
    let comes_back = kind.accepts(value) && value_from_text(&text, Some(kind)) == *value;
    if !comes_back || text.chars().any(is_refused) {
        return None;
    }
    match kind {
        AttributeType::Integer => text.parse::<i32>().ok().map(|_| FeatureValue::Number(text)),
        AttributeType::Number => {
            let is_finite = text.parse::<f64>().is_ok_and(f64::is_finite);
            is_finite.then_some(FeatureValue::Number(text))
        }
        AttributeType::Boolean => Some(FeatureValue::Boolean(text == "true")),
        _ => Some(FeatureValue::Text(text)),
    }
}
