//! The labelling config: the XML in which Label Studio is told which labels, choices, and relations a project has.
//!
//! It names everything that the tasks use, because Label Studio refuses a result whose label it does not declare; what
//! the codebook lacks stands behind what it has.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AttributeId, AttributeType, Codebook, Value};

use super::super::xml_text::XmlText;
use super::{ARTICLE, ATTRIBUTE, LABELS, TEXT};

/// What the tasks use.
#[derive(Debug, Default)]
pub(super) struct Used {
    pub(super) labels: BTreeSet<String>,
    pub(super) relations: BTreeSet<String>,
    /// Attributes of spans: on which labels, and which choices.
    pub(super) attributes: BTreeMap<AttributeId, UsedAttribute>,
    /// Labels of articles, with their choices.
    pub(super) article: BTreeMap<AttributeId, UsedAttribute>,
}

/// How an attribute is used.
#[derive(Debug, Default)]
pub(super) struct UsedAttribute {
    pub(super) labels: BTreeSet<String>,
    pub(super) choices: BTreeSet<String>,
    pub(super) has_text: bool,
    pub(super) has_several: bool,
}

/// The kinds of controls that hold a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// One or several of a list.
    Choices,
    /// Any text.
    TextArea,
}

impl Control {
    /// The control of a value. An attribute has both kinds where its values do not all fit its type.
    pub(super) fn of(codebook: &Codebook, id: &AttributeId, value: &Value) -> Self {
        let known = codebook.attribute(id).map(|attribute| attribute.attribute_type);
        match (known, value) {
            (_, Value::Choices(_)) => Self::Choices,
            (Some(AttributeType::Choice), Value::Text(text)) if !text.is_empty() => Self::Choices,
            _ => Self::TextArea,
        }
    }

    /// The type that a result of it has.
    pub(super) const fn result_type(self) -> &'static str {
        match self {
            Self::Choices => "choices",
            Self::TextArea => "textarea",
        }
    }
}

impl UsedAttribute {
    /// Notes a value.
    pub(super) fn add(&mut self, control: Control, value: &Value) {
        match (control, value) {
            (Control::Choices, Value::Text(choice)) => {
                self.choices.insert(choice.clone());
            }
            (Control::Choices, Value::Choices(choices)) => {
                self.has_several = true;
                self.choices.extend(choices.iter().cloned());
            }
            _ => self.has_text = true,
        }
    }
}

/// The name of the tag with an attribute's values. Where an attribute has text beside choices, the text's tag is named
/// with a sign more, since names are unique.
pub(super) fn tag_name(prefix: &str, id: &AttributeId) -> String {
    format!("{prefix}{id}")
}

/// The config.
pub(super) fn config(codebook: &Codebook, used: &Used) -> String {
    let mut xml = String::from("<View>\n");
    labels(&mut xml, codebook, &used.labels);
    xml.extend([format!(
        "  <Text name=\"{TEXT}\" value=\"$text\" granularity=\"symbol\"/>\n"
    )]);
    let mut attributes: BTreeMap<&AttributeId, UsedAttribute> = BTreeMap::new();
    for label in &codebook.labels {
        for usage in &label.attributes {
            let attribute = attributes.entry(&usage.id).or_default();
            attribute.labels.insert(label.id.to_string());
        }
    }
    merge(&mut attributes, &used.attributes);
    for (id, attribute) in &attributes {
        control(&mut xml, codebook, (ATTRIBUTE, id), attribute);
    }
    let mut article: BTreeMap<&AttributeId, UsedAttribute> = BTreeMap::new();
    for usage in &codebook.article_labels {
        article.entry(&usage.id).or_default();
    }
    merge(&mut article, &used.article);
    for (id, attribute) in &article {
        control(&mut xml, codebook, (ARTICLE, id), attribute);
    }
    relations(&mut xml, codebook, &used.relations);
    xml.push_str("</View>\n");
    xml
}

fn merge<'a>(
    into: &mut BTreeMap<&'a AttributeId, UsedAttribute>,
    used: &'a BTreeMap<AttributeId, UsedAttribute>,
) {
    for (id, attribute) in used {
        let entry = into.entry(id).or_default();
        entry.labels.extend(attribute.labels.iter().cloned());
        entry.choices.extend(attribute.choices.iter().cloned());
        entry.has_text |= attribute.has_text;
        entry.has_several |= attribute.has_several;
    }
}

fn labels(xml: &mut String, codebook: &Codebook, used: &BTreeSet<String>) {
    xml.extend([format!("  <Labels name=\"{LABELS}\" toName=\"{TEXT}\">\n")]);
    for label in &codebook.labels {
        let key = label
            .key
            .map(|key| format!(" hotkey=\"{}\"", escaped(&key.to_string())));
        xml.extend([format!(
            "    <Label value=\"{}\" background=\"{}\"{}/>\n",
            escaped(label.id.as_str()),
            label.color.hex(),
            key.unwrap_or_default()
        )]);
    }
    let is_known = |id: &String| codebook.labels.iter().any(|label| label.id.as_str() == id);
    for id in used.iter().filter(|id| !is_known(id)) {
        xml.extend([format!("    <Label value=\"{}\"/>\n", escaped(id))]);
    }
    xml.push_str("  </Labels>\n");
}

fn relations(xml: &mut String, codebook: &Codebook, used: &BTreeSet<String>) {
    let known = codebook.relation_types.iter().map(|kind| kind.id.as_str());
    let is_known = |id: &&str| codebook.relation_types.iter().any(|kind| kind.id.as_str() == *id);
    let unknown = used.iter().map(String::as_str).filter(|id| !is_known(id));
    let all: Vec<&str> = known.chain(unknown).collect();
    if all.is_empty() {
        return;
    }
    xml.push_str("  <Relations>\n");
    for id in all {
        xml.extend([format!("    <Relation value=\"{}\"/>\n", escaped(id))]);
    }
    xml.push_str("  </Relations>\n");
}

/// The control of an attribute: a list to choose from, a field for text, or both.
fn control(xml: &mut String, codebook: &Codebook, name: (&str, &AttributeId), used: &UsedAttribute) {
    let (prefix, id) = name;
    let attribute = codebook.attribute(id);
    let known = attribute.map(|attribute| attribute.attribute_type);
    let has_choices = matches!(known, Some(AttributeType::Choice | AttributeType::Choices));
    let declared = attribute.filter(|_| has_choices).into_iter();
    let declared = declared.flat_map(|attribute| &attribute.choices);
    let mut choices: Vec<&str> = declared.map(|choice| choice.id.as_str()).collect();
    let further = used.choices.iter().map(String::as_str);
    let further: Vec<&str> = further.filter(|choice| !choices.contains(choice)).collect();
    choices.extend(further);
    let mut shared = format!(" toName=\"{TEXT}\"");
    if prefix == ATTRIBUTE {
        shared.push_str(" perRegion=\"true\"");
        let labels: Vec<&str> = used.labels.iter().map(String::as_str).collect();
        // The list is separated by commas, so a label that has one cannot be in it.
        if !labels.is_empty() && !labels.iter().any(|label| label.contains(',')) {
            let labels = escaped(&labels.join(","));
            shared.extend([format!(" whenTagName=\"{LABELS}\" whenLabelValue=\"{labels}\"")]);
        }
    }
    let name = escaped(&tag_name(prefix, id));
    let is_list = !choices.is_empty();
    if is_list {
        let several = known == Some(AttributeType::Choices) || used.has_several;
        let mode = if several { "multiple" } else { "single" };
        xml.extend([format!("  <Choices name=\"{name}\"{shared} choice=\"{mode}\">\n")]);
        for choice in choices {
            xml.extend([format!("    <Choice value=\"{}\"/>\n", escaped(choice))]);
        }
        xml.push_str("  </Choices>\n");
    }
    if !is_list || used.has_text {
        let name = if is_list { format!("{name}{BESIDE}") } else { name };
        xml.extend([format!(
            "  <TextArea name=\"{name}\"{shared} editable=\"true\"/>\n"
        )]);
    }
}

/// What the name of a text's tag ends with, where the attribute has a list of choices too.
pub(super) const BESIDE: &str = "~text";

/// A string in an attribute of XML. What XML cannot hold becomes a space.
fn escaped(text: &str) -> String {
    XmlText::default().attribute(text)
}
