//! Parts of the codebook that go or take another id, with all annotations that use them; and a codebook from a file.

use crate::formats::codebook_toml;
use crate::model::{
    AttributeId, AttributeType, Codebook, CodebookItem, CodebookKey, CodebookPart, EventTypeId, InvalidId,
    LabelId, Recoding, RelationTypeId, RoleId, Unmovable,
};
use crate::session::command::{ImportCodebook, PartKind, RemoveCodebookEntry, RenameCodebookId};
use crate::session::refusal::Refusal;
use crate::store::Uses;

use super::codebook::{Changed, Changing, Work, in_use, lost_parts, refuse_in_use};

pub(super) fn remove(before: &Codebook, work: &mut dyn Work, command: &RemoveCodebookEntry) -> Changing {
    let part = part(before, command.kind, &command.id, command.of.as_deref())?;
    let uses = work.uses(&part)?;
    let to = command.migrate_to.as_deref();
    if uses != Uses::default() && to.is_none() && !command.clear {
        refuse_in_use(work, &part)?;
    }
    if let Some(to) = to {
        if command.clear {
            return Err(Refusal::new(
                "bad_field",
                "annotations are either migrated or cleared, not both",
            ));
        }
        refuse_migration(before, work, &part, command, to)?;
    }
    let mut codebook = before.clone();
    codebook
        .take_away(&part, to)
        .map_err(|cause| unmovable(&part, cause))?;
    let done = match to {
        Some(to) => format!("remove {part}, {} moved to {to}", counted(uses)),
        None if uses == Uses::default() => format!("remove {part}"),
        None => format!("remove {part}, {} cleared", counted(uses)),
    };
    Ok(Changed {
        codebook,
        recodings: vec![recoding(part, to)],
        created: Vec::new(),
        summary: done,
    })
}

pub(super) fn rename(before: &Codebook, work: &mut dyn Work, command: &RenameCodebookId) -> Changing {
    let part = part(before, command.kind, &command.id, command.of.as_deref())?;
    if command.kind == PartKind::ArticleLabel {
        return Err(Refusal::new(
            "bad_field",
            "an article-level label goes by the id of its attribute",
        )
        .hint(r#"rename the attribute: {"kind":"attribute",…}"#));
    }
    if command.to == command.id {
        return Err(super::span::unchanged("it is called so already"));
    }
    let new = renamed(&part, &command.to)?;
    if before.has(&new) {
        return Err(Refusal::new("duplicate_id", format!("there is a {new} already"))
            .hint("to move annotations there, use remove_codebook_entry with `migrate_to`"));
    }
    let uses = work.uses(&part)?;
    let mut codebook = before.clone();
    codebook
        .rename(&part, &command.to)
        .map_err(|cause| unmovable(&part, cause))?;
    Ok(Changed {
        codebook,
        summary: format!("rename {part} to {}, {} carried over", command.to, counted(uses)),
        created: Vec::new(),
        recodings: vec![recoding(part, Some(&command.to))],
    })
}

pub(super) fn import(before: &Codebook, work: &mut dyn Work, command: &ImportCodebook) -> Changing {
    let file = codebook_toml::read(&command.toml).map_err(|found| {
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        Refusal::new("bad_codebook", lines.join("; ")).hint("mend the file; nothing was changed")
    })?;
    let (codebook, retired) = merged(before, &file, command.replace, work)?;
    if codebook == *before {
        return Err(super::span::unchanged("the codebook says all of that already"));
    }
    for attribute in &before.attributes {
        let Some(new) = codebook.attribute(&attribute.id) else {
            continue;
        };
        if new.attribute_type != attribute.attribute_type {
            refuse_other_type(work, attribute.attribute_type, new)?;
        }
    }
    let (added, changed, removed) = difference(before, &codebook);
    let kept = match retired {
        0 => String::new(),
        some => format!(", {some} in use retired"),
    };
    Ok(Changed {
        codebook,
        recodings: Vec::new(),
        created: Vec::new(),
        summary: format!("import a codebook: {added} added, {changed} changed, {removed} removed{kept}"),
    })
}

/// The codebook as an import would leave it; changes nothing.
pub(in crate::session) fn foreseen(
    before: &Codebook,
    work: &mut dyn Work,
    command: &ImportCodebook,
) -> Result<Codebook, Refusal> {
    import(before, work, command).map(|changed| changed.codebook)
}

/// How many entries come in, change, and go.
fn difference(before: &Codebook, after: &Codebook) -> (usize, usize, usize) {
    let added = after
        .entries()
        .filter(|entry| before.entry(&entry.item.key()).is_none());
    let changed = after.entries().filter(|entry| {
        let old = before.entry(&entry.item.key());
        old.is_some_and(|old| old.item != entry.item)
    });
    let removed = before
        .entries()
        .filter(|entry| after.entry(&entry.item.key()).is_none());
    (added.count(), changed.count(), removed.count())
}

/// The file's codebook with what it lacks: all of it, or where it replaces, what annotations use. How many entries
/// and choices were retired for that is said beside it.
fn merged(
    before: &Codebook,
    file: &Codebook,
    is_replacing: bool,
    work: &mut dyn Work,
) -> Result<(Codebook, usize), Refusal> {
    let mut codebook = file.clone();
    let mut retired = 0;
    for entry in before.entries() {
        let key = entry.item.key();
        match codebook.entry(&key) {
            None => {
                let is_used = work.uses(&CodebookPart::Entry(key))? != Uses::default();
                if is_used || !is_replacing {
                    retired += usize::from(is_replacing);
                    keep(&mut codebook, entry.item, is_replacing);
                }
            }
            Some(new) => {
                for part in lost_parts(&entry.item, &new.item) {
                    if work.uses(&part)? != Uses::default() || !is_replacing {
                        retired += usize::from(is_replacing);
                        keep_part(&mut codebook, before, &part, is_replacing);
                    }
                }
            }
        }
    }
    complete(&mut codebook, before, is_replacing);
    Ok((codebook, retired))
}

fn keep(codebook: &mut Codebook, item: CodebookItem, is_retired: bool) {
    match item {
        CodebookItem::Label(mut label) => {
            label.retired |= is_retired;
            let is_taken = codebook.labels.iter().any(|other| other.key == label.key);
            if is_retired || is_taken {
                label.key = None;
            }
            codebook.labels.push(label);
        }
        CodebookItem::Attribute(mut attribute) => {
            attribute.retired |= is_retired;
            codebook.attributes.push(attribute);
        }
        CodebookItem::RelationType(mut kind) => {
            kind.retired |= is_retired;
            codebook.relation_types.push(kind);
        }
        CodebookItem::EventType(mut kind) => {
            kind.retired |= is_retired;
            codebook.event_types.push(kind);
        }
        CodebookItem::ArticleLabel(usage) => codebook.article_labels.push(usage),
    }
}

fn keep_part(codebook: &mut Codebook, before: &Codebook, part: &CodebookPart, is_retired: bool) {
    match part {
        CodebookPart::Choice(id, choice) => {
            let old = before.attribute(id).and_then(|old| {
                let mut choices = old.choices.iter();
                choices.find(|one| one.id == *choice).cloned()
            });
            let attribute = codebook.attributes.iter_mut().find(|one| one.id == *id);
            if let (Some(mut old), Some(attribute)) = (old, attribute) {
                old.retired |= is_retired;
                attribute.choices.push(old);
            }
        }
        CodebookPart::Role(id, role) => {
            let old = before
                .event_type(id)
                .and_then(|old| old.roles.iter().find(|one| one.id == *role).cloned());
            let kind = codebook.event_types.iter_mut().find(|one| one.id == *id);
            if let (Some(mut old), Some(kind)) = (old, kind) {
                old.retired |= is_retired;
                kind.roles.push(old);
            }
        }
        CodebookPart::Use(key, attribute) => {
            let find = |uses: &[crate::model::AttributeUse]| {
                let mut found = uses.iter().find(|usage| usage.id == *attribute).cloned();
                if let Some(usage) = &mut found {
                    usage.retired |= is_retired;
                }
                found
            };
            match key {
                CodebookKey::Label(id) => {
                    let old = before.label(id).and_then(|old| find(&old.attributes));
                    let label = codebook.labels.iter_mut().find(|one| one.id == *id);
                    if let Some(one) = label {
                        one.attributes.extend(old);
                    }
                }
                CodebookKey::RelationType(id) => {
                    let old = before.relation_type(id).and_then(|old| find(&old.attributes));
                    let kind = codebook.relation_types.iter_mut().find(|one| one.id == *id);
                    if let Some(one) = kind {
                        one.attributes.extend(old);
                    }
                }
                CodebookKey::EventType(id) => {
                    let old = before.event_type(id).and_then(|old| find(&old.attributes));
                    let kind = codebook.event_types.iter_mut().find(|one| one.id == *id);
                    if let Some(one) = kind {
                        one.attributes.extend(old);
                    }
                }
                CodebookKey::Attribute(_) | CodebookKey::ArticleLabel(_) => {}
            }
        }
        CodebookPart::Entry(_) => {}
    }
}

/// Brings back what was kept names and the file does not have, so that the codebook names nothing that is not there.
fn complete(codebook: &mut Codebook, before: &Codebook, is_retired: bool) {
    let uses = codebook.labels.iter().flat_map(|one| &one.attributes);
    let uses = uses.chain(codebook.relation_types.iter().flat_map(|one| &one.attributes));
    let uses = uses.chain(codebook.event_types.iter().flat_map(|one| &one.attributes));
    let mut missing: Vec<AttributeId> = uses
        .chain(&codebook.article_labels)
        .map(|usage| usage.id.clone())
        .filter(|id| codebook.attribute(id).is_none())
        .collect();
    missing.dedup();
    for id in missing {
        if let (None, Some(old)) = (codebook.attribute(&id), before.attribute(&id)) {
            keep(codebook, CodebookItem::Attribute(old.clone()), is_retired);
        }
    }
    let ids = codebook
        .relation_types
        .iter()
        .flat_map(|one| one.from.iter().chain(&one.to));
    let roles = codebook.event_types.iter().flat_map(|one| &one.roles);
    let ids = ids.chain(roles.flat_map(|role| &role.labels));
    let missing: Vec<LabelId> = ids.filter(|id| codebook.label(id).is_none()).cloned().collect();
    for id in missing {
        if let (None, Some(old)) = (codebook.label(&id), before.label(&id)) {
            keep(codebook, CodebookItem::Label(old.clone()), is_retired);
        }
    }
}

fn refuse_other_type(
    work: &mut dyn Work,
    before: AttributeType,
    new: &crate::model::Attribute,
) -> Result<(), Refusal> {
    let fits = |value: &crate::model::Value| super::check::value(new, value).is_ok();
    match work.misfit(&new.id, &fits)? {
        None => Ok(()),
        Some(article) => Err(Refusal::new(
            "type_in_use",
            format!(
                "attribute {} is {} here and {} in the file, and a value in article {article} would not fit",
                new.id,
                before.name(),
                new.attribute_type.name()
            ),
        )
        .hint("give the attribute of the file another id")),
    }
}

/// The part that a command names, which the codebook must have.
fn part(codebook: &Codebook, kind: PartKind, id: &str, of: Option<&str>) -> Result<CodebookPart, Refusal> {
    let bad = |cause: InvalidId| Refusal::new("bad_id", format!("{id:?}: {cause}"));
    let owner = || {
        of.ok_or_else(|| {
            Refusal::new(
                "bad_field",
                "a choice or a role needs `of`, the attribute or event type that has it",
            )
        })
    };
    let part = match kind {
        PartKind::Label => CodebookPart::Entry(CodebookKey::Label(LabelId::new(id).map_err(bad)?)),
        PartKind::Attribute => {
            CodebookPart::Entry(CodebookKey::Attribute(AttributeId::new(id).map_err(bad)?))
        }
        PartKind::RelationType => {
            CodebookPart::Entry(CodebookKey::RelationType(RelationTypeId::new(id).map_err(bad)?))
        }
        PartKind::EventType => {
            CodebookPart::Entry(CodebookKey::EventType(EventTypeId::new(id).map_err(bad)?))
        }
        PartKind::ArticleLabel => {
            CodebookPart::Entry(CodebookKey::ArticleLabel(AttributeId::new(id).map_err(bad)?))
        }
        PartKind::Choice => CodebookPart::Choice(AttributeId::new(owner()?).map_err(bad)?, id.to_owned()),
        PartKind::Role => CodebookPart::Role(
            EventTypeId::new(owner()?).map_err(bad)?,
            RoleId::new(id).map_err(bad)?,
        ),
    };
    if codebook.has(&part) {
        return Ok(part);
    }
    Err(
        Refusal::new("unknown_entry", format!("the codebook has no {part}"))
            .hint("`hashiya codebook PROJECT` shows the codebook"),
    )
}

/// The same part under another id.
fn renamed(part: &CodebookPart, to: &str) -> Result<CodebookPart, Refusal> {
    let bad = |cause: InvalidId| Refusal::new("bad_id", format!("{to:?}: {cause}"));
    Ok(match part {
        CodebookPart::Entry(CodebookKey::Label(_)) => {
            CodebookPart::Entry(CodebookKey::Label(LabelId::new(to).map_err(bad)?))
        }
        CodebookPart::Entry(CodebookKey::RelationType(_)) => {
            CodebookPart::Entry(CodebookKey::RelationType(RelationTypeId::new(to).map_err(bad)?))
        }
        CodebookPart::Entry(CodebookKey::EventType(_)) => {
            CodebookPart::Entry(CodebookKey::EventType(EventTypeId::new(to).map_err(bad)?))
        }
        CodebookPart::Entry(CodebookKey::ArticleLabel(_)) => {
            CodebookPart::Entry(CodebookKey::ArticleLabel(AttributeId::new(to).map_err(bad)?))
        }
        CodebookPart::Entry(CodebookKey::Attribute(_)) => {
            CodebookPart::Entry(CodebookKey::Attribute(AttributeId::new(to).map_err(bad)?))
        }
        CodebookPart::Use(owner, _) => CodebookPart::Use(owner.clone(), AttributeId::new(to).map_err(bad)?),
        CodebookPart::Choice(owner, _) => {
            AttributeId::new(to).map_err(bad)?;
            CodebookPart::Choice(owner.clone(), to.to_owned())
        }
        CodebookPart::Role(owner, _) => CodebookPart::Role(owner.clone(), RoleId::new(to).map_err(bad)?),
    })
}

/// What annotations go to is there, is not the same, takes their values, and asks what they answer.
fn refuse_migration(
    codebook: &Codebook,
    work: &mut dyn Work,
    part: &CodebookPart,
    command: &RemoveCodebookEntry,
    to: &str,
) -> Result<(), Refusal> {
    if to == command.id {
        return Err(Refusal::new("bad_field", "it cannot be migrated to itself"));
    }
    let target = self::part(codebook, command.kind, to, command.of.as_deref())?;
    let (CodebookPart::Entry(from), CodebookPart::Entry(target)) = (part, &target) else {
        return Ok(());
    };
    let (Some(from), Some(target)) = (codebook.entry(from), codebook.entry(target)) else {
        return Ok(());
    };
    let (Some(old), Some(new)) = (
        attribute_of(codebook, &from.item),
        attribute_of(codebook, &target.item),
    ) else {
        return lost_to(&from.item, &target.item)
            .iter()
            .try_for_each(|part| refuse_unasked(work, part, to));
    };
    let fits = |value: &crate::model::Value| super::check::value(new, value).is_ok();
    match work.misfit(&old.id, &fits)? {
        None => Ok(()),
        Some(article) => Err(Refusal::new(
            "type_in_use",
            format!("a value of {} in article {article} does not fit {to}", old.id),
        )
        .hint("choose an attribute that takes it")),
    }
}

/// The attribute that an entry defines or asks.
fn attribute_of<'a>(codebook: &'a Codebook, item: &CodebookItem) -> Option<&'a crate::model::Attribute> {
    match item {
        CodebookItem::Attribute(attribute) => codebook.attribute(&attribute.id),
        CodebookItem::ArticleLabel(usage) => codebook.attribute(&usage.id),
        _ => None,
    }
}

/// What annotations of one entry can say and those of another of its kind cannot.
fn lost_to(from: &CodebookItem, to: &CodebookItem) -> Vec<CodebookPart> {
    // `lost_parts` names the parts by the entry that has them, which is the one that goes.
    lost_parts(from, to)
}

fn refuse_unasked(work: &mut dyn Work, part: &CodebookPart, to: &str) -> Result<(), Refusal> {
    let uses = work.uses(part)?;
    if uses == Uses::default() {
        return Ok(());
    }
    Err(
        Refusal::new("in_use", format!("{to} has nothing for {part}: {}", in_use(uses)))
            .hint(format!("add it to {to} first, or clear it")),
    )
}

/// Also where nothing uses the part: somebody may have dismissed a problem with its lack.
fn recoding(part: CodebookPart, to: Option<&str>) -> Recoding {
    Recoding {
        part,
        to: to.map(str::to_owned),
    }
}

fn counted(uses: Uses) -> String {
    match uses.annotations {
        1 => "1 annotation".to_owned(),
        more => format!("{more} annotations"),
    }
}

fn unmovable(part: &CodebookPart, cause: Unmovable) -> Refusal {
    match cause {
        Unmovable::Id(cause) => Refusal::new("bad_id", cause.to_string()),
        Unmovable::LastAllowed(_) => Refusal::new("last_allowed", format!("{part} cannot go: {cause}"))
            .hint("allow another label there first, or take that entry away"),
    }
}
