//! Ids and names: the id that is made of what somebody types, and who else has a name.

use super::lines::What;
use crate::gui::words;
use crate::model::{Codebook, CodebookItem, CodebookKey, CodebookPart, Words};

/// The id that is meant by what was typed: in small letters, with `_` for spaces.
pub(super) fn tidy_id(typed: &str) -> String {
    let parts: Vec<&str> = typed.split_whitespace().collect();
    parts.join("_").to_lowercase()
}

/// The first name of what is added: as it was typed, where that was no id yet.
pub(super) fn first_name(typed: &str) -> String {
    if tidy_id(typed) == typed {
        words::name_of_id(typed)
    } else {
        words::sentence_start(typed)
    }
}

/// The id of another entry of the kind, or another part of the entry, that has the name which a line says.
pub(super) fn namesake(codebook: &Codebook, key: &CodebookKey, what: &What) -> Option<String> {
    let (own, lang, named) = match what {
        What::Name(lang) => (key.id(), lang, entries_named(codebook, key.kind())),
        What::PartName(part, lang) => (part.id(), lang, parts_named(codebook, part)),
        _ => return None,
    };
    let name = |names: &Words| Some(names.get(lang)?.trim().to_lowercase());
    let (_, mine) = named.iter().find(|(id, _)| id == own)?;
    let mine = name(mine)?;
    let mut others = named.iter().filter(|(id, _)| id != own);
    let found = others.find(|(_, names)| name(names).as_ref() == Some(&mine))?;
    Some(found.0.clone())
}

fn entries_named(codebook: &Codebook, kind: &str) -> Vec<(String, Words)> {
    let entries = codebook.entries().filter(|entry| entry.item.key().kind() == kind);
    let named = entries.filter_map(|entry| {
        let id = entry.item.key().id().to_owned();
        Some(match entry.item {
            CodebookItem::Label(label) => (id, label.names),
            CodebookItem::Attribute(attribute) => (id, attribute.names),
            CodebookItem::RelationType(kind) => (id, kind.names),
            CodebookItem::EventType(kind) => (id, kind.names),
            CodebookItem::ArticleLabel(_) => return None,
        })
    });
    named.collect()
}

fn parts_named(codebook: &Codebook, part: &CodebookPart) -> Vec<(String, Words)> {
    match part {
        CodebookPart::Choice(attribute, _) => {
            let choices = codebook.attribute(attribute).map(|one| one.choices.iter());
            let choices = choices.into_iter().flatten();
            choices.map(|one| (one.id.clone(), one.names.clone())).collect()
        }
        CodebookPart::Role(kind, _) => {
            let roles = codebook.event_type(kind).map(|one| one.roles.iter());
            let roles = roles.into_iter().flatten();
            roles.map(|one| (one.id.to_string(), one.names.clone())).collect()
        }
        CodebookPart::Entry(_) | CodebookPart::Use(..) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_what_is_typed() {
        for (typed, id, name) in [
            ("Police action", "police_action", "Police action"),
            ("police  action", "police_action", "Police  action"),
            ("crowd-size", "crowd-size", "Crowd size"),
            ("سلاح", "سلاح", "سلاح"),
        ] {
            assert_eq!(tidy_id(typed), id);
            assert_eq!(first_name(typed), name);
        }
    }
}
