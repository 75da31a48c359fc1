//! Definitions of the codebook: what comes in, what changes, and whose work stands in the way.
//!
//! Sees a codebook as a value and asks how much of the work uses a part; what becomes of annotations when a part goes
//! or is renamed is `codebook_move`'s to say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::formats::free_color;
use crate::model::{
    ArticleId, Attribute, AttributeId, AttributeType, AttributeUse, Choice, Codebook, CodebookItem,
    CodebookKey, CodebookPart, EventType, Label, LabelId, Recoding, RelationType, Role, VAGUE_WORDS, Value,
    Words, counted, language_tag,
};
use crate::session::command::{
    RuleChanges, SetArticleLabel, SetAttributeDefinition, SetEventType, SetLabelDefinition, SetRelationType,
    WordChanges,
};
use crate::session::refusal::{About, Refusal};
use crate::store::Uses;

use super::check;

/// What a plan may ask about the annotations of all annotators.
pub(in crate::session) trait Work {
    /// How much uses a part.
    fn uses(&mut self, part: &CodebookPart) -> Result<Uses, Refusal>;
    /// An article with a value of the attribute that does not fit.
    fn misfit(
        &mut self,
        attribute: &AttributeId,
        fits: &dyn Fn(&Value) -> bool,
    ) -> Result<Option<ArticleId>, Refusal>;
    /// The title of an article, where it has one.
    fn title(&mut self, article: &ArticleId) -> Result<Option<String>, Refusal>;
}

/// What a command makes of a codebook and of the annotations under it.
#[derive(Debug)]
pub(super) struct Changed {
    pub(super) codebook: Codebook,
    pub(super) recodings: Vec<Recoding>,
    pub(super) created: Vec<String>,
    pub(super) summary: String,
}

pub(super) type Changing = Result<Changed, Refusal>;

pub(super) fn set_label(before: &Codebook, work: &mut dyn Work, command: &SetLabelDefinition) -> Changing {
    let mut codebook = before.clone();
    let old = before.label(&command.label);
    let mut label = old.cloned().unwrap_or_else(|| Label {
        id: command.label.clone(),
        names: Words::new(),
        description: Words::new(),
        color: free_color(before),
        key: None,
        attributes: Vec::new(),
        retired: false,
    });
    word(&mut label.names, &command.names)?;
    word(&mut label.description, &command.description)?;
    label.color = command.color.unwrap_or(label.color);
    label.key = command.key.over(label.key);
    label.retired = command.retired.unwrap_or(label.retired);
    refuse_taken_key(before, &label)?;
    if let Some(uses) = &command.attributes {
        refuse_uses(before, uses)?;
        label.attributes.clone_from(uses);
    }
    place(&mut codebook.labels, label, command.position, |one| {
        one.id == command.label
    })?;
    changed(before, codebook, work, &CodebookKey::Label(command.label.clone()))
}

pub(super) fn set_attribute(
    before: &Codebook,
    work: &mut dyn Work,
    command: &SetAttributeDefinition,
) -> Changing {
    let mut codebook = before.clone();
    let old = before.attribute(&command.attribute);
    let new = || Attribute::plain(command.attribute.clone(), AttributeType::Text);
    let mut attribute = old.cloned().unwrap_or_else(new);
    word(&mut attribute.names, &command.names)?;
    word(&mut attribute.description, &command.description)?;
    attribute.attribute_type = command.attribute_type.unwrap_or(attribute.attribute_type);
    attribute.retired = command.retired.unwrap_or(attribute.retired);
    if let Some(choices) = &command.choices {
        refuse_choices(choices)?;
        attribute.choices.clone_from(choices);
    }
    if attribute.attribute_type != AttributeType::Quantity {
        // They are those of a quantity and mean nothing to any other type.
        attribute.bounds.clear();
        attribute.rules.clear();
    }
    if let Some(bounds) = &command.bounds {
        refuse_bounds(&attribute, bounds)?;
        attribute.bounds.clone_from(bounds);
    }
    set_rules(&mut attribute, &command.rules)?;
    if let Some(old) = old {
        refuse_type(before, work, old, &attribute)?;
    }
    place(&mut codebook.attributes, attribute, command.position, |one| {
        one.id == command.attribute
    })?;
    changed(
        before,
        codebook,
        work,
        &CodebookKey::Attribute(command.attribute.clone()),
    )
}

/// Takes rules over, and refuses those that are none.
fn set_rules(attribute: &mut Attribute, changes: &RuleChanges) -> Result<(), Refusal> {
    if !changes.is_empty() && attribute.attribute_type != AttributeType::Quantity {
        let message = format!("attribute {} is no quantity and has no rules", attribute.id);
        return Err(Refusal::new("wrong_type", message));
    }
    for (wording, change) in changes {
        match change.filter(|rule| *rule != wording.usual()) {
            None => drop(attribute.rules.remove(wording)),
            Some(rule) => {
                rule.check(*wording).map_err(|cause| {
                    Refusal::new("bad_rule", cause.to_string()).hint("n-1 < n < n+1, and a < b")
                })?;
                attribute.rules.insert(*wording, rule);
            }
        }
    }
    Ok(())
}

/// Bounds are those of vague words, and only a quantity has any.
fn refuse_bounds(attribute: &Attribute, bounds: &BTreeMap<String, u64>) -> Result<(), Refusal> {
    let names = || VAGUE_WORDS.iter().map(|(name, _)| *name);
    if !bounds.is_empty() && attribute.attribute_type != AttributeType::Quantity {
        let message = format!("attribute {} is no quantity and has no bounds", attribute.id);
        return Err(Refusal::new("wrong_type", message));
    }
    match bounds
        .keys()
        .find(|name| !names().any(|known| known == name.as_str()))
    {
        None => Ok(()),
        Some(unknown) => Err(Refusal::new(
            "unknown_bound",
            format!("{unknown:?} is no vague word that has a bound"),
        )
        .hint(check::one_of("vague words", names()))),
    }
}

pub(super) fn set_relation_type(
    before: &Codebook,
    work: &mut dyn Work,
    command: &SetRelationType,
) -> Changing {
    let mut codebook = before.clone();
    let old = before.relation_type(&command.relation_type);
    let new = || RelationType::plain(command.relation_type.clone());
    let mut kind = old.cloned().unwrap_or_else(new);
    word(&mut kind.names, &command.names)?;
    word(&mut kind.description, &command.description)?;
    kind.retired = command.retired.unwrap_or(kind.retired);
    for (list, given) in [(&mut kind.from, &command.from), (&mut kind.to, &command.to)] {
        if let Some(given) = given {
            refuse_labels(before, given)?;
            list.clone_from(given);
        }
    }
    if let Some(uses) = &command.attributes {
        refuse_uses(before, uses)?;
        kind.attributes.clone_from(uses);
    }
    place(&mut codebook.relation_types, kind, command.position, |one| {
        one.id == command.relation_type
    })?;
    let key = CodebookKey::RelationType(command.relation_type.clone());
    changed(before, codebook, work, &key)
}

pub(super) fn set_event_type(before: &Codebook, work: &mut dyn Work, command: &SetEventType) -> Changing {
    let mut codebook = before.clone();
    let old = before.event_type(&command.event_type);
    let new = || EventType::plain(command.event_type.clone());
    let mut kind = old.cloned().unwrap_or_else(new);
    word(&mut kind.names, &command.names)?;
    word(&mut kind.description, &command.description)?;
    kind.retired = command.retired.unwrap_or(kind.retired);
    if let Some(roles) = &command.roles {
        refuse_roles(before, roles)?;
        kind.roles.clone_from(roles);
    }
    if let Some(uses) = &command.attributes {
        refuse_uses(before, uses)?;
        kind.attributes.clone_from(uses);
    }
    place(&mut codebook.event_types, kind, command.position, |one| {
        one.id == command.event_type
    })?;
    changed(
        before,
        codebook,
        work,
        &CodebookKey::EventType(command.event_type.clone()),
    )
}

pub(super) fn set_article_label(
    before: &Codebook,
    work: &mut dyn Work,
    command: &SetArticleLabel,
) -> Changing {
    let mut codebook = before.clone();
    let old = before
        .article_labels
        .iter()
        .find(|one| one.id == command.attribute);
    let mut usage = (old.cloned()).unwrap_or_else(|| AttributeUse::plain(command.attribute.clone()));
    usage.required = command.required.unwrap_or(usage.required);
    usage.default = command.default.over(usage.default);
    usage.retired = command.retired.unwrap_or(usage.retired);
    refuse_uses(before, std::slice::from_ref(&usage))?;
    place(&mut codebook.article_labels, usage, command.position, |one| {
        one.id == command.attribute
    })?;
    changed(
        before,
        codebook,
        work,
        &CodebookKey::ArticleLabel(command.attribute.clone()),
    )
}

/// What is in use, in words: “412 annotations in 37 articles use it”.
pub(super) fn in_use(uses: Uses) -> String {
    let annotations = counted(uses.annotations, "annotation");
    let articles = counted(uses.articles, "article");
    let verb = if uses.annotations == 1 { "uses" } else { "use" };
    format!("{annotations} in {articles} {verb} it")
}

/// Refuses a loss of what is in use.
pub(super) fn refuse_in_use(work: &mut dyn Work, part: &CodebookPart) -> Result<(), Refusal> {
    let uses = work.uses(part)?;
    if uses == Uses::default() {
        return Ok(());
    }
    Err(
        Refusal::new("in_use", format!("{part} cannot go: {}", in_use(uses))).hint(
            "retire it, or use remove_codebook_entry with `migrate_to`, or with `clear` to lose what it says",
        ),
    )
}

/// What an entry has and another of its kind, or it itself then, has not: named by the one that has it.
pub(super) fn lost_parts(before: &CodebookItem, after: &CodebookItem) -> Vec<CodebookPart> {
    let there = parts_of(after);
    let is_lost = |part: &CodebookPart| {
        let is_it = |other: &CodebookPart| {
            std::mem::discriminant(other) == std::mem::discriminant(part) && other.id() == part.id()
        };
        !there.iter().any(|(other, _)| is_it(other))
    };
    let parts = parts_of(before).into_iter().map(|(part, _)| part);
    parts.filter(is_lost).collect()
}

/// The parts of an entry, each with whether it is retired.
pub(in crate::session) fn parts_of(item: &CodebookItem) -> Vec<(CodebookPart, bool)> {
    let key = item.key();
    let uses = uses_of(item).iter();
    let uses = uses.map(|usage| (CodebookPart::Use(key.clone(), usage.id.clone()), usage.retired));
    let mut parts: Vec<(CodebookPart, bool)> = uses.collect();
    match item {
        CodebookItem::Attribute(attribute) => parts.extend(attribute.choices.iter().map(|choice| {
            let part = CodebookPart::Choice(attribute.id.clone(), choice.id.clone());
            (part, choice.retired)
        })),
        CodebookItem::EventType(kind) => parts.extend(kind.roles.iter().map(|role| {
            let part = CodebookPart::Role(kind.id.clone(), role.id.clone());
            (part, role.retired)
        })),
        _ => {}
    }
    parts
}

/// The attributes that an entry asks.
pub(super) fn uses_of(item: &CodebookItem) -> &[AttributeUse] {
    match item {
        CodebookItem::Label(label) => &label.attributes,
        CodebookItem::RelationType(kind) => &kind.attributes,
        CodebookItem::EventType(kind) => &kind.attributes,
        CodebookItem::Attribute(_) | CodebookItem::ArticleLabel(_) => &[],
    }
}

/// All places of a codebook where an attribute is asked.
pub(super) fn all_uses(codebook: &Codebook) -> impl Iterator<Item = &AttributeUse> {
    let lists = codebook.labels.iter().map(|one| &one.attributes);
    let lists = lists.chain(codebook.relation_types.iter().map(|one| &one.attributes));
    let lists = lists.chain(codebook.event_types.iter().map(|one| &one.attributes));
    lists.chain([&codebook.article_labels]).flatten()
}

pub(super) fn changed(
    before: &Codebook,
    codebook: Codebook,
    work: &mut dyn Work,
    key: &CodebookKey,
) -> Changing {
    let old = before.entry(key);
    if *before == codebook {
        return Err(super::span::unchanged("the codebook says so already"));
    }
    if let (Some(old), Some(new)) = (&old, codebook.entry(key)) {
        for part in lost_parts(&old.item, &new.item) {
            refuse_in_use(work, &part)?;
        }
    }
    let new = codebook.entry(key).map(|entry| entry.item);
    let summary = match (old.as_ref().map(|old| &old.item), &new) {
        (Some(CodebookItem::Attribute(old)), Some(CodebookItem::Attribute(new)))
            if old.attribute_type != new.attribute_type =>
        {
            format!("make {key} {}", new.attribute_type.name())
        }
        (old, Some(new)) => deed(old, new, is_retired, key),
        (_, None) => format!("change {key}"),
    };
    Ok(Changed {
        summary,
        created: old.map_or_else(|| vec![key.id().to_owned()], |_| Vec::new()),
        codebook,
        recodings: Vec::new(),
    })
}

/// What was done to an entry, or to a part of one, in words.
pub(super) fn deed<T: PartialEq>(
    old: Option<&T>,
    new: &T,
    is_retired: impl Fn(&T) -> bool,
    name: &dyn Display,
) -> String {
    let Some(old) = old else {
        return format!("add {name}");
    };
    match (is_retired(old), is_retired(new)) {
        // Where else it stands is all that is left.
        _ if old == new => format!("move {name}"),
        (false, true) => format!("retire {name}"),
        (true, false) => format!("offer {name} again"),
        _ => format!("change {name}"),
    }
}

fn is_retired(item: &CodebookItem) -> bool {
    match item {
        CodebookItem::Label(one) => one.retired,
        CodebookItem::Attribute(one) => one.retired,
        CodebookItem::RelationType(one) => one.retired,
        CodebookItem::EventType(one) => one.retired,
        CodebookItem::ArticleLabel(one) => one.retired,
    }
}

/// Takes words over; a new language needs a code, what is there already under another name stays.
pub(super) fn word(words: &mut Words, changes: &WordChanges) -> Result<(), Refusal> {
    for (lang, change) in changes {
        if !words.contains_key(lang) && language_tag(lang).as_ref() != Some(lang) && change.is_some() {
            let message = format!("{lang:?} is no code of a language");
            return Err(Refusal::new("bad_language", message).hint("a code is such as fr, pt-BR, or zh-Hant"));
        }
        match change.as_ref().filter(|text| !text.trim().is_empty()) {
            Some(text) => drop(words.insert(lang.clone(), text.clone())),
            None => drop(words.remove(lang)),
        }
    }
    Ok(())
}

/// Puts an entry where it was, where it shall be, or at the end.
pub(super) fn place<T>(
    list: &mut Vec<T>,
    entry: T,
    position: Option<usize>,
    is_it: impl Fn(&T) -> bool,
) -> Result<(), Refusal> {
    let old = list.iter().position(is_it);
    if let Some(old) = old {
        list.remove(old);
    }
    let to = position.or(old).unwrap_or(list.len());
    if to > list.len() {
        return Err(Refusal::new(
            "bad_field",
            format!(
                "position {to} is behind the end; the last place is {}",
                list.len()
            ),
        ));
    }
    list.insert(to, entry);
    Ok(())
}

fn refuse_taken_key(codebook: &Codebook, label: &Label) -> Result<(), Refusal> {
    let Some((key, other)) = label.key.zip(label_with_key_of(codebook, label)) else {
        return Ok(());
    };
    let message = format!("the key {key} is that of label {} already", other.id);
    Err(Refusal::new("key_taken", message).hint("choose another key, or take it from that label first"))
}

/// The other label that the key of a label means already; a retired one leaves its key to others.
pub(super) fn label_with_key_of<'a>(codebook: &'a Codebook, label: &Label) -> Option<&'a Label> {
    let key = label.key.filter(|_| !label.retired)?;
    let is_it = |theirs: char| theirs.to_lowercase().eq(key.to_lowercase());
    let mut others = codebook.offered_labels();
    others.find(|other| other.id != label.id && other.key.is_some_and(is_it))
}

/// Attributes that are asked exist, once each, with defaults that fit.
pub(super) fn refuse_uses(codebook: &Codebook, uses: &[AttributeUse]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for usage in uses {
        let attribute = codebook.attribute(&usage.id);
        let attribute = attribute.ok_or_else(|| check::no_attribute(codebook, &usage.id))?;
        if !seen.insert(&usage.id) {
            let message = format!("attribute {} is asked twice", usage.id);
            return Err(Refusal::new("duplicate_id", message));
        }
        if let Some(default) = &usage.default {
            check::value(attribute, default)?;
        }
    }
    Ok(())
}

fn refuse_labels(codebook: &Codebook, labels: &[LabelId]) -> Result<(), Refusal> {
    labels
        .iter()
        .try_for_each(|id| check::known_label(codebook, id).map(|_| ()))
}

pub(super) fn refuse_choices(choices: &[Choice]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for choice in choices {
        if choice.id.is_empty() || choice.id.chars().any(char::is_control) {
            return Err(
                Refusal::new("bad_id", format!("{:?} is no id of a choice", choice.id))
                    .hint("an id is not empty and has no control characters"),
            );
        }
        if !seen.insert(&choice.id) {
            return Err(Refusal::new(
                "duplicate_id",
                format!("choice {} is there twice", choice.id),
            ));
        }
    }
    Ok(())
}

pub(super) fn refuse_roles(codebook: &Codebook, roles: &[Role]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for role in roles {
        refuse_labels(codebook, &role.labels)?;
        if !seen.insert(&role.id) {
            return Err(Refusal::new(
                "duplicate_id",
                format!("role {} is there twice", role.id),
            ));
        }
        if role.max.is_some_and(|max| max < role.min.max(1)) {
            return Err(Refusal::new(
                "bad_field",
                format!("role {} takes fewer than it needs, or none", role.id),
            )
            .hint("fillers at most is at least 1, and not below fillers at least"));
        }
    }
    Ok(())
}

/// A type changes only where every value that is there fits it.
pub(super) fn refuse_type(
    codebook: &Codebook,
    work: &mut dyn Work,
    old: &Attribute,
    new: &Attribute,
) -> Result<(), Refusal> {
    let (before, after) = (old.attribute_type, new.attribute_type);
    if before == after {
        return Ok(());
    }
    let refused = |what: String| {
        Refusal::new(
            "type_in_use",
            format!("attribute {} cannot become {}: {what}", old.id, after.name()),
        )
    };
    let fits = |value: &Value| check::value(new, value).is_ok();
    let is_misfit =
        |usage: &AttributeUse| usage.id == old.id && usage.default.as_ref().is_some_and(|value| !fits(value));
    if all_uses(codebook).any(is_misfit) {
        return Err(refused("a default would not fit".to_owned()).hint("change the default first"));
    }
    match work.misfit(&old.id, &fits)? {
        None => Ok(()),
        Some(article) => Err(refused(format!("a value in article {article} would not fit"))
            .hint("add a new attribute, and retire this one")
            .about(About::Misfit {
                attribute: old.id.clone(),
                wanted: after,
                title: work.title(&article)?,
            })),
    }
}
