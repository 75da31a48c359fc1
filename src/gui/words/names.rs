//! The things of the codebook as they are read on screen: by their names in the window's language, else by their ids.

use super::LANG;
use crate::model::{
    Attribute, AttributeId, Codebook, EventTypeId, LabelId, RelationTypeId, RoleId, Words, words_in,
};

/// A name in the window's language; the id where there is none.
pub fn name_or_id<'a>(names: &'a Words, id: &'a str) -> &'a str {
    words_in(names, LANG).unwrap_or(id)
}

/// A label.
pub fn label_name<'a>(codebook: &'a Codebook, id: &'a LabelId) -> &'a str {
    let label = codebook.label(id);
    label.map_or(id.as_str(), |label| name_or_id(&label.names, id.as_str()))
}

/// An attribute.
pub fn attribute_name<'a>(codebook: &'a Codebook, id: &'a AttributeId) -> &'a str {
    let attribute = codebook.attribute(id);
    attribute.map_or(id.as_str(), |attribute| name_or_id(&attribute.names, id.as_str()))
}

/// A choice of an attribute.
pub fn choice_name<'a>(attribute: Option<&'a Attribute>, id: &'a str) -> &'a str {
    attribute
        .and_then(|attribute| attribute.choices.iter().find(|choice| choice.id == id))
        .map_or(id, |choice| name_or_id(&choice.names, id))
}

/// A choice that is there for what was annotated, and not offered any more.
pub fn no_longer_offered(name: &str) -> String {
    format!("{name} (no longer offered)")
}

/// A type of relations.
pub fn relation_type_name<'a>(codebook: &'a Codebook, id: &'a RelationTypeId) -> &'a str {
    let kind = codebook.relation_type(id);
    kind.map_or(id.as_str(), |kind| name_or_id(&kind.names, id.as_str()))
}

/// A type of events.
pub fn event_type_name<'a>(codebook: &'a Codebook, id: &'a EventTypeId) -> &'a str {
    let kind = codebook.event_type(id);
    kind.map_or(id.as_str(), |kind| name_or_id(&kind.names, id.as_str()))
}

/// A role, whatever type of events it is of.
pub fn role_name<'a>(codebook: &'a Codebook, id: &'a RoleId) -> &'a str {
    let role = codebook.role(id);
    role.map_or(id.as_str(), |role| name_or_id(&role.names, id.as_str()))
}
