//! From the rows of a file to a codebook, with every fault that the rows alone cannot show: ids that are no ids or
//! come twice, and names of what is not there.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use crate::model::{
    Attribute, AttributeId, AttributeType, AttributeUse, BoundRule, Choice, Codebook, Color, EventType,
    EventTypeId, InvalidId, Label, LabelId, RelationType, RelationTypeId, Role, RoleId, Term, VAGUE_WORDS,
    Value, Wording, parse_json,
};

use super::super::Diagnostic;
use super::super::diagnostic::place_in;
use super::rows;

/// Faults, each with its line.
struct Faults<'a> {
    source: &'a str,
    list: Vec<Diagnostic>,
}

impl Faults<'_> {
    fn add(&mut self, at: usize, message: String, hint: &str) {
        let (line, column) = place_in(self.source, at);
        self.list.push(
            Diagnostic::error("bad_codebook", message)
                .at(line, column)
                .with_hint(hint),
        );
    }

    /// An id that is none is told and left out.
    fn id<T>(&mut self, id: &rows::Id, new: impl Fn(&str) -> Result<T, InvalidId>) -> Option<T> {
        let made = new(id.get_ref());
        if let Err(error) = &made {
            self.add(
                id.span().start,
                format!("{:?}: {error}", id.get_ref()),
                "choose another id",
            );
        }
        made.ok()
    }

    fn ids<T>(&mut self, ids: &[rows::Id], new: impl Fn(&str) -> Result<T, InvalidId>) -> Vec<T> {
        ids.iter().filter_map(|id| self.id(id, &new)).collect()
    }

    fn unique<'a>(&mut self, kind: &str, ids: impl Iterator<Item = &'a rows::Id>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id.get_ref()) {
                let message = format!("{kind} {:?} is there twice", id.get_ref());
                self.add(id.span().start, message, "give each an id of its own");
            }
        }
    }

    fn known<'a>(&mut self, kind: &str, known: &BTreeSet<&str>, ids: impl Iterator<Item = &'a rows::Id>) {
        for id in ids {
            if !known.contains(id.get_ref().as_str()) {
                let message = format!("there is no {kind} {:?}", id.get_ref());
                self.add(
                    id.span().start,
                    message,
                    "declare it in this file, or mend the name",
                );
            }
        }
    }
}

/// The codebook of a file.
///
/// # Errors
/// Every fault, in the order of the file.
pub(super) fn codebook(source: &str, file: rows::File) -> Result<Codebook, Vec<Diagnostic>> {
    let mut faults = Faults {
        source,
        list: Vec::new(),
    };
    check_names(&file, &mut faults);
    let attributes: Vec<Attribute> = (file.attribute.into_iter())
        .filter_map(|row| attribute(row, &mut faults))
        .collect();
    let codebook = Codebook {
        labels: (file.label.into_iter())
            .filter_map(|row| label(row, &attributes, &mut faults))
            .collect(),
        relation_types: (file.relation.into_iter())
            .filter_map(|row| relation_type(row, &attributes, &mut faults))
            .collect(),
        event_types: (file.event.into_iter())
            .filter_map(|row| event_type(row, &attributes, &mut faults))
            .collect(),
        article_labels: attribute_uses(file.article_label, &attributes, &mut faults),
        attributes,
    };
    if faults.list.is_empty() {
        return Ok(codebook);
    }
    faults.list.sort_by_key(|fault| (fault.line, fault.column));
    Err(faults.list)
}

fn label(row: rows::Label, known: &[Attribute], faults: &mut Faults) -> Option<Label> {
    let attributes = attribute_uses(row.attributes, known, faults);
    let color = color(&row.color, faults);
    let key = row.key.as_ref().and_then(|key| key_of(key, faults));
    Some(Label {
        id: faults.id(&row.id, |id| LabelId::new(id))?,
        names: row.names,
        description: row.description,
        color: color?,
        key,
        attributes,
        retired: row.retired,
    })
}

fn relation_type(row: rows::Relation, known: &[Attribute], faults: &mut Faults) -> Option<RelationType> {
    let attributes = attribute_uses(row.attributes, known, faults);
    let from = faults.ids(&row.from, |id| LabelId::new(id));
    let to = faults.ids(&row.to, |id| LabelId::new(id));
    Some(RelationType {
        id: faults.id(&row.id, |id| RelationTypeId::new(id))?,
        names: row.names,
        description: row.description,
        from,
        to,
        attributes,
        retired: row.retired,
    })
}

fn event_type(row: rows::Event, known: &[Attribute], faults: &mut Faults) -> Option<EventType> {
    let attributes = attribute_uses(row.attributes, known, faults);
    let roles = row.role.into_iter().filter_map(|row| role(row, faults));
    let roles = roles.collect();
    Some(EventType {
        id: faults.id(&row.id, |id| EventTypeId::new(id))?,
        names: row.names,
        description: row.description,
        roles,
        attributes,
        retired: row.retired,
    })
}

/// Ids that come twice, and references to what is not declared.
fn check_names(file: &rows::File, faults: &mut Faults) {
    faults.unique("label", file.label.iter().map(|row| &row.id));
    // A retired label may keep a key that another one has by now.
    let offered = file.label.iter().filter(|row| !row.retired);
    faults.unique("the key", offered.filter_map(|row| row.key.as_ref()));
    faults.unique("attribute", file.attribute.iter().map(|row| &row.id));
    faults.unique("relation", file.relation.iter().map(|row| &row.id));
    faults.unique("event", file.event.iter().map(|row| &row.id));
    let labels: BTreeSet<&str> = file.label.iter().map(|row| row.id.get_ref().as_str()).collect();
    let attributes: BTreeSet<&str> = file
        .attribute
        .iter()
        .map(|row| row.id.get_ref().as_str())
        .collect();
    for row in &file.attribute {
        faults.unique("choice", row.choices.iter().map(|choice| &choice.id));
    }
    for row in &file.relation {
        faults.known("label", &labels, row.from.iter().chain(&row.to));
    }
    for row in &file.event {
        faults.unique("role", row.role.iter().map(|role| &role.id));
        faults.known("label", &labels, row.role.iter().flat_map(|role| &role.labels));
    }
    let lists = file.label.iter().map(|row| &row.attributes);
    let lists = lists.chain(file.relation.iter().map(|row| &row.attributes));
    let lists = lists.chain(file.event.iter().map(|row| &row.attributes));
    for uses in lists.chain([&file.article_label]) {
        faults.unique("attribute", uses.iter().map(|row| &row.id));
        faults.known("attribute", &attributes, uses.iter().map(|row| &row.id));
    }
}

fn color(color: &rows::Id, faults: &mut Faults) -> Option<Color> {
    let read = Color::from_hex(color.get_ref());
    if read.is_none() {
        faults.add(
            color.span().start,
            format!("{:?} is no colour", color.get_ref()),
            "write it as #2f6fde",
        );
    }
    read
}

fn key_of(key: &rows::Id, faults: &mut Faults) -> Option<char> {
    let mut chars = key.get_ref().chars();
    match (chars.next(), chars.next()) {
        (Some(key), None) if !key.is_control() && !key.is_whitespace() => Some(key),
        _ => {
            faults.add(
                key.span().start,
                format!("{:?} is no key", key.get_ref()),
                "a key is one character",
            );
            None
        }
    }
}

fn attribute(row: rows::Attribute, faults: &mut Faults) -> Option<Attribute> {
    let id = faults.id(&row.id, |id| AttributeId::new(id));
    let attribute_type = AttributeType::from_name(row.kind.get_ref());
    if attribute_type.is_none() {
        let names: Vec<&str> = AttributeType::ALL.iter().map(|kind| kind.name()).collect();
        let message = format!("{:?} is no type of attribute", row.kind.get_ref());
        faults.add(
            row.kind.span().start,
            message,
            &format!("the types are {}", names.join(", ")),
        );
    }
    for choice in &row.choices {
        if choice.id.get_ref().is_empty() || choice.id.get_ref().chars().any(char::is_control) {
            let message = format!("{:?} is no choice", choice.id.get_ref());
            faults.add(
                choice.id.span().start,
                message,
                "an id is not empty and has no control characters",
            );
        }
    }
    check_bounds(&row, attribute_type, faults);
    let rules = rules(&row, attribute_type, faults);
    let choice = |choice: rows::Choice| Choice {
        id: choice.id.into_inner(),
        names: choice.names,
        retired: choice.retired,
    };
    Some(Attribute {
        id: id?,
        names: row.names,
        description: row.description,
        attribute_type: attribute_type?,
        choices: row.choices.into_iter().map(choice).collect(),
        bounds: (row.bounds.into_iter())
            .map(|(name, bound)| (name, bound.into_inner()))
            .collect(),
        rules,
        retired: row.retired,
    })
}

/// Bounds are of vague words that there are, and of a quantity.
fn check_bounds(row: &rows::Attribute, attribute_type: Option<AttributeType>, faults: &mut Faults) {
    for (name, bound) in &row.bounds {
        let is_known = VAGUE_WORDS.iter().any(|(known, _)| known == name);
        let names: Vec<&str> = VAGUE_WORDS.iter().map(|(known, _)| *known).collect();
        if !is_known {
            let hint = format!("the words are {}", names.join(", "));
            faults.add(bound.span().start, format!("{name:?} is no vague word"), &hint);
        } else if attribute_type.is_some_and(|kind| kind != AttributeType::Quantity) {
            let message = format!("{:?} has bounds and is no quantity", row.id.get_ref());
            faults.add(
                bound.span().start,
                message,
                "leave the bounds out, or make it a quantity",
            );
        }
    }
}

/// The rules of wordings that there are, of a quantity.
fn rules(
    row: &rows::Attribute,
    attribute_type: Option<AttributeType>,
    faults: &mut Faults,
) -> BTreeMap<Wording, BoundRule> {
    let mut rules = BTreeMap::new();
    for (name, spanned) in &row.rules {
        let at = spanned.span().start;
        let Some(wording) = Wording::from_name(name) else {
            let names: Vec<&str> = Wording::ALL.iter().map(|one| one.name()).collect();
            let hint = format!("the wordings are {}", names.join(", "));
            faults.add(at, format!("{name:?} is no wording"), &hint);
            continue;
        };
        if attribute_type.is_some_and(|kind| kind != AttributeType::Quantity) {
            let message = format!("{:?} has rules and is no quantity", row.id.get_ref());
            faults.add(at, message, "leave the rules out, or make it a quantity");
            continue;
        }
        match rule(wording, spanned.get_ref()) {
            Ok(rule) => drop(rules.insert(wording, rule)),
            Err(reason) => faults.add(
                at,
                reason,
                "write it as { low = \"n\", best = \"n\", high = \"n+1\" }",
            ),
        }
    }
    rules
}

fn rule(wording: Wording, row: &rows::Rule) -> Result<BoundRule, String> {
    let term = |name: &Option<String>| match name.as_deref() {
        None => Ok(None),
        Some(name) => (Term::from_name(name).map(Some)).ok_or_else(|| {
            let known: Vec<&str> = Term::of(wording).iter().map(|term| term.name()).collect();
            format!("{name:?} is no bound; it is one of {}", known.join(", "))
        }),
    };
    let rule = BoundRule {
        low: term(&row.low)?,
        best: term(&row.best)?,
        high: term(&row.high)?,
    };
    let checked = rule.check(wording).map_err(|cause| cause.to_string());
    checked.map(|()| rule)
}

fn attribute_uses(rows: Vec<rows::Use>, known: &[Attribute], faults: &mut Faults) -> Vec<AttributeUse> {
    rows.into_iter()
        .filter_map(|row| attribute_use(row, known, faults))
        .collect()
}

fn attribute_use(row: rows::Use, known: &[Attribute], faults: &mut Faults) -> Option<AttributeUse> {
    let id = AttributeId::new(row.id.get_ref()).ok()?;
    let attribute = known.iter().find(|attribute| attribute.id == id)?;
    Some(AttributeUse {
        id,
        required: row.required,
        retired: row.retired,
        default: row
            .default
            .and_then(|value| default_value(&value, attribute, faults)),
    })
}

fn default_value(toml: &Spanned<toml::Value>, attribute: &Attribute, faults: &mut Faults) -> Option<Value> {
    let json = match toml.get_ref().get("json").and_then(toml::Value::as_str) {
        Some(json) => parse_json(json)
            .map(|parsed| parsed.value)
            .map_err(|(fault, _)| fault.to_string()),
        None => serde_json::to_value(toml.get_ref()).map_err(|error| error.to_string()),
    };
    let value = json.and_then(|json| {
        let value = Value::from_json(&json).map_err(|error| error.reason)?;
        let checked = value.check().map_err(|error| error.reason);
        checked.map(|()| value)
    });
    let problem = match value {
        Ok(value) if attribute.attribute_type.accepts(&value) => return Some(value),
        Ok(_) => format!(
            "the default does not fit {}, which is {}",
            attribute.id,
            attribute.attribute_type.name()
        ),
        Err(reason) => format!("the default of {}: {reason}", attribute.id),
    };
    faults.add(toml.span().start, problem, "mend the default, or leave it out");
    None
}

fn role(row: rows::Role, faults: &mut Faults) -> Option<Role> {
    let id = faults.id(&row.id, |id| RoleId::new(id));
    let labels = faults.ids(&row.labels, |id| LabelId::new(id));
    if let Some(max) = row.max.as_ref().filter(|max| *max.get_ref() < row.min.max(1)) {
        let message = format!(
            "the role {} takes at most {} but needs {}",
            row.id.get_ref(),
            max.get_ref(),
            row.min
        );
        faults.add(max.span().start, message, "max is at least 1 and not below min");
    }
    Some(Role {
        id: id?,
        names: row.names,
        description: row.description,
        labels,
        min: row.min,
        max: row.max.map(Spanned::into_inner),
        retired: row.retired,
    })
}
