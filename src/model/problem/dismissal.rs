//! A dismissal goes together with what it is about, whatever takes that away, and follows it to another id.
//!
//! Knows edits of one layer only, and neither commands nor the codebook.

use super::key::KeyParts;
use super::{ItemKind, ProblemCode as Code};
use crate::model::{
    Change, CodebookKey, CodebookPart, Event, EventTypeId, Filler, Layer, LayerEdit, ProblemKey, RoleId,
    Value,
};

/// Adds to edits that remove items those that remove the dismissals about them.
pub fn forget_dismissals(layer: &Layer, edits: &mut Vec<LayerEdit>) {
    if layer.dismissed.is_empty() {
        return;
    }
    let gone: Vec<(ItemKind, String)> = edits.iter().filter_map(removed).collect();
    let is_gone = |key: &&ProblemKey| gone.iter().any(|(kind, id)| key.is_about(*kind, id));
    let forgotten = layer.dismissed.iter().filter(is_gone);
    let forgotten: Vec<LayerEdit> = forgotten
        .map(|key| LayerEdit::Dismissal(key.clone(), Change::remove(())))
        .collect();
    edits.extend(forgotten);
}

/// Adds to the edits of a recoding those that let dismissals speak of the part by the id that it has then, or that take
/// them away with it.
pub fn carry_dismissals(part: &CodebookPart, to: Option<&str>, layer: &Layer, edits: &mut Vec<LayerEdit>) {
    let mut there = layer.dismissed.clone();
    for edit in edits.iter() {
        if let LayerEdit::Dismissal(key, _) = edit {
            there.remove(key);
        }
    }
    let named: Vec<ProblemKey> = there
        .iter()
        .filter(|key| names_part(key, part, Some(layer)))
        .cloned()
        .collect();
    for key in named {
        there.remove(&key);
        edits.push(LayerEdit::Dismissal(key.clone(), Change::remove(())));
        let carried = to.and_then(|to| renamed(&key, part, to));
        if let Some(carried) = carried.filter(|carried| there.insert(carried.clone())) {
            edits.push(LayerEdit::Dismissal(carried, Change::add(())));
        }
    }
}

/// Whether a problem is about a part of the codebook, which its key then names. Without its layer, whether it may be.
pub fn names_part(key: &ProblemKey, part: &CodebookPart, layer: Option<&Layer>) -> bool {
    let Some(parts) = key.parts() else {
        return false;
    };
    match part {
        CodebookPart::Entry(CodebookKey::ArticleLabel(id)) => is_of_article(&parts, id.as_str()),
        CodebookPart::Entry(CodebookKey::Attribute(id)) => {
            let is_its = || parts.detail == id.as_str() && is_of_attribute(&parts, layer);
            is_of_article(&parts, id.as_str()) || is_its()
        }
        CodebookPart::Entry(CodebookKey::Label(id)) => {
            let label = parts.detail.split_once(' ').map(|(_end, label)| label);
            parts.code == Code::RelationEnds && label == Some(id.as_str())
        }
        CodebookPart::Role(kind, role) => is_of_role(&parts, kind, role, layer),
        CodebookPart::Entry(CodebookKey::RelationType(_) | CodebookKey::EventType(_))
        | CodebookPart::Use(..)
        | CodebookPart::Choice(..) => false,
    }
}

/// The same problem of a part with another id.
fn renamed(key: &ProblemKey, part: &CodebookPart, to: &str) -> Option<ProblemKey> {
    let mut parts = key.parts()?;
    match part {
        CodebookPart::Role(_, role) => {
            let span = parts.detail.strip_prefix(role.as_str())?;
            parts.detail = format!("{to}{span}");
        }
        CodebookPart::Entry(CodebookKey::Label(_)) => {
            let end = parts.detail.split_once(' ')?.0;
            parts.detail = format!("{end} {to}");
        }
        _ if parts.kind == ItemKind::ArticleLabel => to.clone_into(&mut parts.id),
        _ => to.clone_into(&mut parts.detail),
    }
    parts.key()
}

fn is_of_article(parts: &KeyParts, id: &str) -> bool {
    parts.kind == ItemKind::ArticleLabel && parts.id == id
}

/// Whether the detail of a problem is the id of an attribute.
fn is_of_attribute(parts: &KeyParts, layer: Option<&Layer>) -> bool {
    match parts.code {
        Code::MissingAttribute
        | Code::UnknownAttribute
        | Code::WrongType
        | Code::UnknownChoice
        | Code::UnconfirmedValue => true,
        // A value of an event that is wrong in itself may be one that fills a role.
        Code::QuantityOrder | Code::BadDate => {
            layer.is_none_or(|layer| event_of(parts, layer).is_none_or(|event| has_value(event, parts)))
        }
        _ => false,
    }
}

/// Whether a problem is about a role of a type of event, or about what fills it.
fn is_of_role(parts: &KeyParts, kind: &EventTypeId, role: &RoleId, layer: Option<&Layer>) -> bool {
    let event = layer.map(|layer| event_of(parts, layer).filter(|event| event.event_type == *kind));
    let event = match event {
        Some(None) => return false,
        None => None,
        Some(event) => event,
    };
    match parts.code {
        Code::MissingRole | Code::TooManyFillers | Code::UnknownRole => parts.detail == role.as_str(),
        Code::QuantityOrder | Code::BadDate => {
            parts.detail == role.as_str() && event.is_none_or(|event| !has_value(event, parts))
        }
        Code::RoleLabel | Code::RepeatedFiller => {
            let rest = parts.detail.strip_prefix(role.as_str());
            let span = rest.and_then(|rest| rest.strip_prefix(' '));
            span.is_some_and(|span| event.is_none_or(|event| fills(event, role, span)))
        }
        Code::TextFiller => {
            let rest = parts.detail.strip_prefix(role.as_str());
            let text = rest.and_then(|rest| rest.strip_prefix(' '));
            text.is_some_and(|text| event.is_none_or(|event| says(event, role, text)))
        }
        _ => false,
    }
}

fn event_of<'a>(parts: &KeyParts, layer: &'a Layer) -> Option<&'a Event> {
    let mut events = layer.events.values();
    events.find(|event| parts.kind == ItemKind::Event && event.id.as_str() == parts.id)
}

/// Whether an event has a value of an attribute that is called what the detail says.
fn has_value(event: &Event, parts: &KeyParts) -> bool {
    event.attributes.keys().any(|id| id.as_str() == parts.detail)
}

/// Ids may hold spaces, so only the event tells where that of a role ends and that of a span begins.
fn fills(event: &Event, role: &RoleId, span: &str) -> bool {
    event
        .roles
        .iter()
        .any(|filled| filled.role == *role && filled.filler.span().is_some_and(|id| id.as_str() == span))
}

/// Whether a role of an event is filled with that text.
fn says(event: &Event, role: &RoleId, text: &str) -> bool {
    let is_text = |filler: &Filler| matches!(filler, Filler::Value(Value::Text(own)) if own == text);
    event
        .roles
        .iter()
        .any(|filled| filled.role == *role && is_text(&filled.filler))
}

/// The item that an edit removes.
fn removed(edit: &LayerEdit) -> Option<(ItemKind, String)> {
    fn gone<T>(change: &Change<T>) -> bool {
        change.after.is_none()
    }
    match edit {
        LayerEdit::Span(id, change) if gone(change) => Some((ItemKind::Span, id.to_string())),
        LayerEdit::Relation(id, change) if gone(change) => Some((ItemKind::Relation, id.to_string())),
        LayerEdit::Event(id, change) if gone(change) => Some((ItemKind::Event, id.to_string())),
        LayerEdit::Note(id, change) if gone(change) => Some((ItemKind::Note, id.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttributeId, LabelId};

    fn attribute(id: &str) -> CodebookPart {
        CodebookPart::Entry(CodebookKey::Attribute(AttributeId::new(id).unwrap()))
    }

    fn label(id: &str) -> CodebookPart {
        CodebookPart::Entry(CodebookKey::Label(LabelId::new(id).unwrap()))
    }

    fn role(id: &str) -> CodebookPart {
        CodebookPart::Role(EventTypeId::new("incident").unwrap(), RoleId::new(id).unwrap())
    }

    #[test]
    fn a_key_names_a_part_only_where_its_code_says_so() {
        for (key, is_of_attribute, is_of_role, is_of_label) in [
            ("missing_attribute/span/s/kind", true, false, false),
            ("missing_attribute/event/e/kind", true, false, false),
            ("missing_attribute/article/kind", true, false, false),
            ("missing_role/event/e/kind", false, true, false),
            ("role_label/event/e/kind s1", false, true, false),
            ("role_label/event/e/kindly s1", false, false, false),
            ("relation_ends/relation/r/from kind", false, false, true),
            ("relation_ends/relation/r/kind other", false, false, false),
            ("loose_edge/span/kind", false, false, false),
            ("duplicate_span/span/s/kind", false, false, false),
            ("missing_attribute/span/kind/other", false, false, false),
            ("of_a_later_version/span/s/kind", false, false, false),
        ] {
            let key = ProblemKey::new(key).unwrap();
            assert_eq!(
                names_part(&key, &attribute("kind"), None),
                is_of_attribute,
                "{key}"
            );
            assert_eq!(names_part(&key, &role("kind"), None), is_of_role, "{key}");
            assert_eq!(names_part(&key, &label("kind"), None), is_of_label, "{key}");
        }
    }

    #[test]
    fn only_the_id_of_the_part_is_another() {
        for (key, part, carried) in [
            (
                "role_label/event/e/kind kind",
                role("kind"),
                "role_label/event/e/new%2F kind",
            ),
            (
                "missing_role/event/e/kind",
                role("kind"),
                "missing_role/event/e/new%2F",
            ),
            (
                "relation_ends/relation/r/from from",
                label("from"),
                "relation_ends/relation/r/from new%2F",
            ),
            (
                "missing_attribute/article/kind",
                attribute("kind"),
                "missing_attribute/article/new%2F",
            ),
            (
                "bad_date/span/kind/kind",
                attribute("kind"),
                "bad_date/span/kind/new%2F",
            ),
        ] {
            let key = ProblemKey::new(key).unwrap();
            let found = renamed(&key, &part, "new/").map(|key| key.to_string());
            assert_eq!(found.as_deref(), Some(carried), "{key}");
        }
    }
}
