//! One choice, one role, one attribute where it is asked: what the codebook says then of the entry that has it.
//!
//! The rest of the entry stays as it is, whatever it is at that moment.

use crate::model::{
    AttributeUse, Choice, Codebook, CodebookKey, CodebookPart, EventTypeId, LabelId, RelationTypeId, Role,
    Words,
};
use crate::session::command::{PartKind, SetAttributeUse, SetChoice, SetRole};
use crate::session::refusal::Refusal;

use super::check;
use super::codebook::{
    Changed, Changing, Work, changed, deed, place, refuse_choices, refuse_roles, refuse_uses, word,
};

pub(super) fn set_choice(before: &Codebook, work: &mut dyn Work, command: &SetChoice) -> Changing {
    let mut codebook = before.clone();
    let found = codebook
        .attributes
        .iter_mut()
        .find(|one| one.id == command.attribute);
    let attribute = found.ok_or_else(|| check::no_attribute(before, &command.attribute))?;
    let old = attribute.choices.iter().find(|one| one.id == command.choice);
    let old = old.cloned();
    let mut choice = old.clone().unwrap_or_else(|| Choice {
        id: command.choice.clone(),
        names: Words::new(),
        retired: false,
    });
    word(&mut choice.names, &command.names)?;
    choice.retired = command.retired.unwrap_or(choice.retired);
    let part = CodebookPart::Choice(command.attribute.clone(), command.choice.clone());
    let summary = deed(old.as_ref(), &choice, |one| one.retired, &part);
    place(&mut attribute.choices, choice, command.position, |one| {
        one.id == command.choice
    })?;
    refuse_choices(&attribute.choices)?;
    let key = CodebookKey::Attribute(command.attribute.clone());
    let done = changed(before, codebook, work, &key)?;
    Ok(named(done, old.is_none(), &part, summary))
}

pub(super) fn set_role(before: &Codebook, work: &mut dyn Work, command: &SetRole) -> Changing {
    let mut codebook = before.clone();
    let found = codebook
        .event_types
        .iter_mut()
        .find(|one| one.id == command.event_type);
    let kind = found.ok_or_else(|| check::no_event_type(before, &command.event_type))?;
    let old = kind.roles.iter().find(|one| one.id == command.role);
    let old = old.cloned();
    let mut role = old.clone().unwrap_or_else(|| Role::plain(command.role.clone()));
    word(&mut role.names, &command.names)?;
    word(&mut role.description, &command.description)?;
    if let Some(labels) = &command.labels {
        role.labels.clone_from(labels);
    }
    role.min = command.min.unwrap_or(role.min);
    role.max = command.max.over(role.max);
    role.retired = command.retired.unwrap_or(role.retired);
    let part = CodebookPart::Role(command.event_type.clone(), command.role.clone());
    let summary = deed(old.as_ref(), &role, |one| one.retired, &part);
    place(&mut kind.roles, role, command.position, |one| {
        one.id == command.role
    })?;
    refuse_roles(before, &kind.roles)?;
    let key = CodebookKey::EventType(command.event_type.clone());
    let done = changed(before, codebook, work, &key)?;
    Ok(named(done, old.is_none(), &part, summary))
}

pub(super) fn set_use(before: &Codebook, work: &mut dyn Work, command: &SetAttributeUse) -> Changing {
    let key = owner(command)?;
    let mut codebook = before.clone();
    let uses = codebook.uses_of(&key).ok_or_else(|| {
        Refusal::new("unknown_entry", format!("the codebook has no {key}"))
            .hint("`hashiya codebook PROJECT` shows the codebook")
    })?;
    let old = uses.iter().find(|one| one.id == command.attribute);
    let old = old.cloned();
    let mut usage = old
        .clone()
        .unwrap_or_else(|| AttributeUse::plain(command.attribute.clone()));
    usage.required = command.required.unwrap_or(usage.required);
    usage.default = command.default.over(usage.default);
    usage.retired = command.retired.unwrap_or(usage.retired);
    refuse_uses(before, std::slice::from_ref(&usage))?;
    let part = CodebookPart::Use(key.clone(), command.attribute.clone());
    let summary = deed(old.as_ref(), &usage, |one| one.retired, &part);
    place(uses, usage, command.position, |one| one.id == command.attribute)?;
    let done = changed(before, codebook, work, &key)?;
    Ok(named(done, old.is_none(), &part, summary))
}

/// What the command is about asks attributes.
fn owner(command: &SetAttributeUse) -> Result<CodebookKey, Refusal> {
    let id = command.id.as_str();
    let key = match command.kind {
        PartKind::Label => LabelId::new(id).map(CodebookKey::Label),
        PartKind::RelationType => RelationTypeId::new(id).map(CodebookKey::RelationType),
        PartKind::EventType => EventTypeId::new(id).map(CodebookKey::EventType),
        _ => {
            let message = "only a label, a relation_type, or an event_type asks attributes";
            return Err(Refusal::new("bad_field", message)
                .hint("of a whole article they are asked with set_article_label"));
        }
    };
    key.map_err(|cause| Refusal::new("bad_id", format!("{id:?}: {cause}")))
}

fn named(done: Changed, is_new: bool, part: &CodebookPart, summary: String) -> Changed {
    Changed {
        summary,
        created: is_new.then(|| part.id().to_owned()).into_iter().collect(),
        ..done
    }
}
