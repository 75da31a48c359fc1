//! Parts of the codebook that go or take another id, with all annotations that use them; and a codebook from a file.

use crate::formats::codebook_toml;
use crate::model::{
    Attribute, AttributeId, Codebook, CodebookItem, CodebookKey, CodebookPart, EventTypeId, InvalidId,
    LabelId, Recoding, RelationTypeId, RoleId, Unmovable, Value, counted,
};
use crate::session::command::{ImportCodebook, PartKind, RemoveCodebookEntry, RenameCodebookId};
use crate::session::refusal::{About, Refusal};
use crate::store::Uses;

use super::codebook::{
    Changed, Changing, Work, all_uses, in_use, label_with_key_of, lost_parts, refuse_in_use, refuse_type,
    uses_of,
};

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
    let annotations = counted(uses.annotations, "annotation");
    let done = match to {
        Some(to) => format!("remove {part}, {annotations} moved to {to}"),
        None if uses == Uses::default() => format!("remove {part}"),
        None => format!("remove {part}, {annotations} cleared"),
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
    let new = named(command.kind, &command.to, command.of.as_deref())?;
    if before.has(&new) {
        return Err(
            Refusal::new("duplicate_id", format!("the codebook has {new} already"))
                .hint("to move annotations there, use remove_codebook_entry with `migrate_to`")
                .about(About::Taken(new)),
        );
    }
    let annotations = counted(work.uses(&part)?.annotations, "annotation");
    let mut codebook = before.clone();
    codebook
        .rename(&part, &command.to)
        .map_err(|cause| unmovable(&part, cause))?;
    Ok(Changed {
        codebook,
        summary: format!("rename {part} to {}, {annotations} carried over", command.to),
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
    for old in &before.attributes {
        if let Some(new) = codebook.attribute(&old.id) {
            refuse_type(&codebook, work, old, new)?;
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
                        keep_part(&mut codebook, &entry.item, &part, is_replacing);
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
            if is_retired || label_with_key_of(codebook, &label).is_some() {
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

fn keep_part(codebook: &mut Codebook, old: &CodebookItem, part: &CodebookPart, is_retired: bool) {
    match (part, old) {
        (CodebookPart::Choice(id, choice), CodebookItem::Attribute(old)) => {
            let kept = old.choices.iter().find(|one| one.id == *choice).cloned();
            let attribute = codebook.attributes.iter_mut().find(|one| one.id == *id);
            if let (Some(mut kept), Some(attribute)) = (kept, attribute) {
                kept.retired |= is_retired;
                attribute.choices.push(kept);
            }
        }
        (CodebookPart::Role(id, role), CodebookItem::EventType(old)) => {
            let kept = old.roles.iter().find(|one| one.id == *role).cloned();
            let kind = codebook.event_types.iter_mut().find(|one| one.id == *id);
            if let (Some(mut kept), Some(kind)) = (kept, kind) {
                kept.retired |= is_retired;
                kind.roles.push(kept);
            }
        }
        (CodebookPart::Use(key, attribute), old) => {
            let kept = uses_of(old).iter().find(|one| one.id == *attribute).cloned();
            if let (Some(mut kept), Some(uses)) = (kept, codebook.uses_of(key)) {
                kept.retired |= is_retired;
                uses.push(kept);
            }
        }
        _ => {}
    }
}

/// Brings back what was kept names and the file does not have, so that the codebook names nothing that is not there.
fn complete(codebook: &mut Codebook, before: &Codebook, is_retired: bool) {
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
    // Behind the labels: those that came back ask attributes too.
    let missing: Vec<AttributeId> = all_uses(codebook)
        .map(|usage| usage.id.clone())
        .filter(|id| codebook.attribute(id).is_none())
        .collect();
    for id in missing {
        if let (None, Some(old)) = (codebook.attribute(&id), before.attribute(&id)) {
            keep(codebook, CodebookItem::Attribute(old.clone()), is_retired);
        }
    }
}

/// The part that a command names, which the codebook must have.
fn part(codebook: &Codebook, kind: PartKind, id: &str, of: Option<&str>) -> Result<CodebookPart, Refusal> {
    let part = named(kind, id, of)?;
    if codebook.has(&part) {
        return Ok(part);
    }
    Err(
        Refusal::new("unknown_entry", format!("the codebook has no {part}"))
            .hint("`hashiya codebook PROJECT` shows the codebook"),
    )
}

/// The part of that kind and id, whether the codebook has it or not.
fn named(kind: PartKind, id: &str, of: Option<&str>) -> Result<CodebookPart, Refusal> {
    let bad = |cause: InvalidId| Refusal::new("bad_id", format!("{id:?}: {cause}"));
    let owner = || {
        of.ok_or_else(|| {
            Refusal::new(
                "bad_field",
                "a choice or a role needs `of`, the attribute or event type that has it",
            )
        })
    };
    Ok(match kind {
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
        PartKind::Choice => {
            // The id of a choice is as good as any other.
            AttributeId::new(id).map_err(bad)?;
            CodebookPart::Choice(AttributeId::new(owner()?).map_err(bad)?, id.to_owned())
        }
        PartKind::Role => CodebookPart::Role(
            EventTypeId::new(owner()?).map_err(bad)?,
            RoleId::new(id).map_err(bad)?,
        ),
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
        return lost_parts(&from.item, &target.item)
            .iter()
            .try_for_each(|part| refuse_unasked(work, part, to));
    };
    let fits = |value: &Value| super::check::value(new, value).is_ok();
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
fn attribute_of<'a>(codebook: &'a Codebook, item: &CodebookItem) -> Option<&'a Attribute> {
    match item {
        CodebookItem::Attribute(attribute) => codebook.attribute(&attribute.id),
        CodebookItem::ArticleLabel(usage) => codebook.attribute(&usage.id),
        _ => None,
    }
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

fn unmovable(part: &CodebookPart, cause: Unmovable) -> Refusal {
    match cause {
        Unmovable::Id(cause) => Refusal::new("bad_id", cause.to_string()),
        Unmovable::LastAllowed(_) => Refusal::new("last_allowed", format!("{part} cannot go: {cause}"))
            .hint("allow another label there first, or take that entry away"),
    }
}
