//! What imported layers say that the codebook does not know yet, and what to add to it.
//!
//! A [`Seen`] looks at each layer as it streams by and remembers names and shapes, never texts, so that an import of
//! any size needs little memory. It also keeps the rule that an attribute id has one type in a codebook: a value of
//! another type moves, in the layer itself, to the attribute `LABEL.ID`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Attribute, AttributeId, AttributeType, AttributeUse, Attributes, Choice, Codebook, CodebookEntry,
    CodebookItem, EventType, EventTypeId, Label, LabelId, Layer, RelationType, RelationTypeId, Role, RoleId,
    Span, Value, Words,
};

use super::{Diagnostic, palette};

/// Names and shapes met in imported layers, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    labels: Owners<LabelId>,
    relation_types: Owners<RelationTypeId>,
    event_types: Owners<EventTypeId>,
    roles: BTreeMap<EventTypeId, Vec<RoleId>>,
    article_labels: Vec<AttributeId>,
    /// Types of attributes: the codebook's where it has them, else the first shape met.
    types: BTreeMap<AttributeId, AttributeType>,
    /// Attributes that the codebook lacks, in the order in which they came.
    new_attributes: Vec<AttributeId>,
    choices: BTreeMap<AttributeId, Vec<String>>,
    renamed: BTreeSet<AttributeId>,
}

/// What carries attributes (labels, relation types, event types), each with the attributes met on it.
#[derive(Clone, Debug)]
struct Owners<I> {
    order: Vec<I>,
    attributes: BTreeMap<I, Vec<AttributeId>>,
}

impl<I> Default for Owners<I> {
    fn default() -> Self {
        Self {
            order: Vec::new(),
            attributes: BTreeMap::new(),
        }
    }
}

impl<I: Clone + Ord> Owners<I> {
    fn attributes_of(&mut self, id: &I) -> &mut Vec<AttributeId> {
        if !self.attributes.contains_key(id) {
            self.order.push(id.clone());
        }
        self.attributes.entry(id.clone()).or_default()
    }

    fn iter(&self) -> impl Iterator<Item = (&I, &[AttributeId])> {
        self.order
            .iter()
            .map(|id| (id, self.attributes.get(id).map_or(&[][..], Vec::as_slice)))
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, items: impl IntoIterator<Item = T>) {
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

impl Seen {
    /// Nothing met yet; the codebook's types are known.
    pub fn new(codebook: &Codebook) -> Self {
        let types = codebook
            .attributes
            .iter()
            .map(|one| (one.id.clone(), one.attribute_type))
            .collect();
        Self {
            types,
            ..Self::default()
        }
    }

    /// An attribute whose values do not fit a codebook that was changed since: their ids can no longer be chosen.
    pub fn clash(&self, codebook: &Codebook) -> Option<&AttributeId> {
        let clashes = |id: &AttributeId, own: AttributeType| {
            codebook
                .attribute(id)
                .is_some_and(|now| now.attribute_type != own)
        };
        self.types
            .iter()
            .find_map(|(id, own)| clashes(id, *own).then_some(id))
    }

    /// Remembers what a layer says. An attribute whose value is of another type than its id has is renamed
    /// `LABEL.ID` in the layer; the first time that happens to an id there is a diagnostic.
    pub fn admit(&mut self, layer: &mut Layer) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        self.admit_spans(layer, &mut found);
        for relation in layer.relations.values_mut() {
            let used = self.admit_attributes(
                relation.relation_type.as_str(),
                &mut relation.attributes,
                None,
                &mut found,
            );
            push_new(self.relation_types.attributes_of(&relation.relation_type), used);
        }
        for event in layer.events.values_mut() {
            let used =
                self.admit_attributes(event.event_type.as_str(), &mut event.attributes, None, &mut found);
            let attributes = self.event_types.attributes_of(&event.event_type);
            push_new(attributes, used);
            let roles = self.roles.entry(event.event_type.clone()).or_default();
            push_new(roles, event.roles.iter().map(|filled| filled.role.clone()));
        }
        let used = self.admit_attributes("article", &mut layer.labels, None, &mut found);
        push_new(&mut self.article_labels, used);
        found
    }

    fn admit_spans(&mut self, layer: &mut Layer, found: &mut Vec<Diagnostic>) {
        let mut changed: Vec<Span> = Vec::new();
        for span in layer.spans.iter() {
            let fits = span.attributes.iter().all(|(id, value)| self.fits(id, value));
            let used = if fits {
                for (id, value) in &span.attributes {
                    self.remember(id, value);
                }
                span.attributes.keys().cloned().collect()
            } else {
                let mut span = Span::clone(span);
                let Span {
                    label,
                    attributes,
                    unconfirmed,
                    ..
                } = &mut span;
                let used = self.admit_attributes(label.as_str(), attributes, Some(unconfirmed), found);
                changed.push(span);
                used
            };
            let attributes = self.labels.attributes_of(&span.label);
            push_new(attributes, used);
        }
        for span in changed {
            layer.spans.insert(Arc::new(span));
        }
    }

    /// Remembers attributes, renames those that clash, and returns the ids that they have then.
    fn admit_attributes(
        &mut self,
        owner: &str,
        attributes: &mut Attributes,
        mut unconfirmed: Option<&mut BTreeSet<AttributeId>>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<AttributeId> {
        for (id, value) in std::mem::take(attributes) {
            let id = if self.fits(&id, &value) {
                id
            } else {
                let renamed = self.rename(owner, &id, &value, found);
                if let Some(unconfirmed) = unconfirmed.as_deref_mut()
                    && unconfirmed.remove(&id)
                {
                    unconfirmed.insert(renamed.clone());
                }
                renamed
            };
            self.remember(&id, &value);
            attributes.insert(id, value);
        }
        attributes.keys().cloned().collect()
    }

    fn fits(&self, id: &AttributeId, value: &Value) -> bool {
        self.types.get(id).is_none_or(|known| {
            // An attribute that this import brings may widen from whole numbers to any.
            known.accepts(value)
                || (*known == AttributeType::Integer
                    && AttributeType::of(value) == AttributeType::Number
                    && self.new_attributes.contains(id))
        })
    }

    /// The id that a clashing value goes by: `LABEL.ID`, and where that clashes too, with the type behind it.
    fn rename(
        &mut self,
        owner: &str,
        id: &AttributeId,
        value: &Value,
        found: &mut Vec<Diagnostic>,
    ) -> AttributeId {
        let shape = AttributeType::of(value).name();
        let names = [format!("{owner}.{id}"), format!("{owner}.{id}.{shape}")];
        let numbered = (2..).map(|n| format!("{owner}.{id}.{shape}.{n}"));
        let renamed = names
            .into_iter()
            .chain(numbered.take(1000))
            .filter_map(|name| AttributeId::new(name).ok())
            .find(|name| self.fits(name, value))
            .unwrap_or_else(|| id.clone());
        if self.renamed.insert(renamed.clone()) {
            let known = self.types.get(id).map_or("another type", |known| known.name());
            let message = format!(
                "attribute {id} is {known} in the codebook but {shape} on {owner}; here it is named {renamed}"
            );
            found.push(Diagnostic::warning("attribute_renamed", message).with_hint(
                "an attribute has one type in a codebook; rename it in the file to choose the name yourself",
            ));
        }
        renamed
    }

    fn remember(&mut self, id: &AttributeId, value: &Value) {
        let shape = AttributeType::of(value);
        match self.types.get_mut(id) {
            None => {
                self.types.insert(id.clone(), shape);
                self.new_attributes.push(id.clone());
            }
            Some(known) if *known == AttributeType::Integer && shape == AttributeType::Number => {
                *known = shape;
            }
            Some(_) => {}
        }
        let known = self.types.get(id).copied();
        let values: &[String] = match value {
            Value::Text(text) if known == Some(AttributeType::Choice) => std::slice::from_ref(text),
            Value::Choices(values) => values,
            Value::Quantity(quantity) => &quantity.who,
            _ => &[],
        };
        if values.is_empty() {
            return;
        }
        push_new(
            self.choices.entry(id.clone()).or_default(),
            values.iter().cloned(),
        );
    }
}

/// What to add to a codebook so that it knows all that was seen: new entries, and changed ones at the place they
/// have. Empty where it knows everything already.
pub fn codebook_additions(codebook: &Codebook, seen: &Seen) -> (Vec<CodebookEntry>, Vec<Diagnostic>) {
    let mut grown = codebook.clone();
    add_attributes(&mut grown, seen);
    for (id, attributes) in seen.labels.iter() {
        if grown.label(id).is_none() {
            let (color, key) = (palette::free_color(&grown), palette::free_key(&grown));
            grown.labels.push(Label {
                id: id.clone(),
                names: Words::new(),
                description: Words::new(),
                color,
                key,
                attributes: Vec::new(),
                retired: false,
            });
        }
        if let Some(label) = grown.labels.iter_mut().find(|label| label.id == *id) {
            add_uses(&mut label.attributes, attributes);
        }
    }
    add_relation_types(&mut grown, seen);
    add_event_types(&mut grown, seen);
    add_uses(&mut grown.article_labels, &seen.article_labels);
    difference(codebook, &grown)
}

fn add_attributes(grown: &mut Codebook, seen: &Seen) {
    for id in &seen.new_attributes {
        let Some(attribute_type) = seen
            .types
            .get(id)
            .copied()
            .filter(|_| grown.attribute(id).is_none())
        else {
            continue;
        };
        grown
            .attributes
            .push(Attribute::plain(id.clone(), attribute_type));
    }
    for attribute in &mut grown.attributes {
        for value in seen.choices.get(&attribute.id).into_iter().flatten() {
            if attribute.choices.iter().all(|choice| choice.id != *value) {
                attribute.choices.push(Choice {
                    id: value.clone(),
                    names: Words::new(),
                    retired: false,
                });
            }
        }
    }
}

fn add_uses(uses: &mut Vec<AttributeUse>, ids: &[AttributeId]) {
    for id in ids {
        if uses.iter().all(|one| one.id != *id) {
            uses.push(AttributeUse::plain(id.clone()));
        }
    }
}

fn add_relation_types(grown: &mut Codebook, seen: &Seen) {
    for (id, attributes) in seen.relation_types.iter() {
        if grown.relation_type(id).is_none() {
            grown.relation_types.push(RelationType::plain(id.clone()));
        }
        if let Some(kind) = grown.relation_types.iter_mut().find(|kind| kind.id == *id) {
            add_uses(&mut kind.attributes, attributes);
        }
    }
}

fn add_event_types(grown: &mut Codebook, seen: &Seen) {
    for (id, attributes) in seen.event_types.iter() {
        if grown.event_type(id).is_none() {
            grown.event_types.push(EventType::plain(id.clone()));
        }
        let Some(kind) = grown.event_types.iter_mut().find(|kind| kind.id == *id) else {
            continue;
        };
        add_uses(&mut kind.attributes, attributes);
        for role in seen.roles.get(id).into_iter().flatten() {
            if kind.roles.iter().all(|known| known.id != *role) {
                kind.roles.push(Role::plain(role.clone()));
            }
        }
    }
}

/// The entries of the grown codebook that the first one lacks or has otherwise, and a word on each.
fn difference(codebook: &Codebook, grown: &Codebook) -> (Vec<CodebookEntry>, Vec<Diagnostic>) {
    let known: BTreeMap<_, _> = codebook
        .entries()
        .map(|entry| (entry.item.key(), entry))
        .collect();
    let mut entries = Vec::new();
    let mut found = Vec::new();
    for entry in grown.entries() {
        let before = known.get(&entry.item.key());
        if before == Some(&entry) {
            continue;
        }
        let (kind, id) = name_of(&entry.item);
        let message = match (before, &entry.item) {
            (None, CodebookItem::Attribute(new)) => format!(
                "attribute {id} is new and was added to the codebook, of the type {}",
                new.attribute_type.name()
            ),
            (None, _) => format!("{kind} {id} is new and was added to the codebook"),
            (Some(_), _) => format!("{kind} {id} was extended in the codebook"),
        };
        found.push(Diagnostic::info("codebook_addition", message));
        entries.push(entry);
    }
    (entries, found)
}

fn name_of(item: &CodebookItem) -> (&'static str, &str) {
    match item {
        CodebookItem::Label(label) => ("label", label.id.as_str()),
        CodebookItem::Attribute(attribute) => ("attribute", attribute.id.as_str()),
        CodebookItem::RelationType(kind) => ("relation type", kind.id.as_str()),
        CodebookItem::EventType(kind) => ("event type", kind.id.as_str()),
        CodebookItem::ArticleLabel(usage) => ("article label", usage.id.as_str()),
    }
}
