//! The words for a codebook before it comes in.

mod differences;

use std::collections::BTreeMap;

use super::{KIND_NAMES, attribute_name, choice_name, event_type_name, label_name, name_or_id};
use crate::model::{Codebook, CodebookItem, CodebookKey, CodebookPart};
use crate::session::{CodebookStep, Fate, ForeseenCodebook, Uses};

use differences::differences;

/// The title of the dialog.
pub const IMPORT_CODEBOOK: &str = "Import codebook";
/// What the file lacks stays.
pub const IMPORT_ADDS: &str = "Keep what the file does not have";
/// What the file lacks goes.
pub const IMPORT_REPLACES: &str = "Take out what the file does not have; what is in use is retired";
/// Carries it out.
pub const APPLY_CODEBOOK: &str = "Apply";

/// Entries that stay and stand in another order.
const ORDER_OF_ENTRIES: &str = "Order of entries";

/// One part of a codebook that comes in: what becomes of it, and what it says then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldStep {
    /// What becomes of it.
    pub fate: Fate,
    /// Which part, by its name, and how much uses it.
    pub title: String,
    /// What it says otherwise, a line each, from what it says now to what it will say.
    pub differences: Vec<String>,
}

/// A heading above what becomes of parts.
pub fn fate(fate: Fate, count: usize) -> String {
    let words = match fate {
        Fate::Comes => "Comes in",
        Fate::Changes => "Changes",
        Fate::Retires => "Is retired: kept for what uses it, no longer offered",
        Fate::Goes => "Goes",
    };
    format!("{words} ({count})")
}

/// All parts that are different, in the order in which they were found, then what stands in another order.
pub fn told_steps(before: &Codebook, foreseen: &ForeseenCodebook) -> Vec<ToldStep> {
    let items = |codebook: &Codebook| -> BTreeMap<CodebookKey, CodebookItem> {
        let entries = codebook.entries();
        entries.map(|entry| (entry.item.key(), entry.item)).collect()
    };
    let (old, new) = (items(before), items(&foreseen.after));
    let books = Books {
        before,
        after: &foreseen.after,
    };
    let told = |step: &CodebookStep| {
        let changed = match &step.part {
            CodebookPart::Entry(key) => old.get(key).zip(new.get(key)),
            _ => None,
        };
        ToldStep {
            fate: step.fate,
            title: title(books, step),
            differences: changed.map_or_else(Vec::new, |(old, new)| differences(books, old, new)),
        }
    };
    let orders = differences::orders(books);
    let reordered = (!orders.is_empty()).then(|| ToldStep {
        fate: Fate::Changes,
        title: ORDER_OF_ENTRIES.to_owned(),
        differences: orders,
    });
    foreseen.steps.iter().map(told).chain(reordered).collect()
}

/// The codebook as it is and as it would be.
#[derive(Clone, Copy)]
struct Books<'a> {
    before: &'a Codebook,
    after: &'a Codebook,
}

impl<'a> Books<'a> {
    /// What is known by a name, else as it will be.
    fn having(self, part: &CodebookPart) -> &'a Codebook {
        if self.before.has(part) {
            self.before
        } else {
            self.after
        }
    }

    fn of(self, key: &CodebookKey) -> &'a Codebook {
        self.having(&CodebookPart::Entry(key.clone()))
    }

    /// An entry by its kind and its name, with its id where that is another one.
    fn entry(self, key: &CodebookKey) -> String {
        let [label, attribute, relation, event, article] = KIND_NAMES;
        let kind = match key {
            CodebookKey::Label(_) => label,
            CodebookKey::Attribute(_) => attribute,
            CodebookKey::RelationType(_) => relation,
            CodebookKey::EventType(_) => event,
            CodebookKey::ArticleLabel(_) => article,
        };
        format!("{kind} {}", with_id(self.name(key), key.id()))
    }

    /// An entry by its name.
    fn name<'k>(self, key: &'k CodebookKey) -> &'k str
    where
        'a: 'k,
    {
        let book = self.of(key);
        match key {
            CodebookKey::Label(id) => label_name(book, id),
            CodebookKey::Attribute(id) | CodebookKey::ArticleLabel(id) => attribute_name(book, id),
            CodebookKey::RelationType(id) => super::relation_type_name(book, id),
            CodebookKey::EventType(id) => event_type_name(book, id),
        }
    }
}

/// A name with the id that stands for it in files.
fn with_id(name: &str, id: &str) -> String {
    if name == id {
        id.to_owned()
    } else {
        format!("“\u{2068}{name}\u{2069}” ({id})")
    }
}

/// A part by its name, and how much uses it.
fn title(books: Books<'_>, step: &CodebookStep) -> String {
    let book = books.having(&step.part);
    let name = match &step.part {
        CodebookPart::Entry(key) => books.entry(key),
        CodebookPart::Use(key, attribute) => {
            let asked = with_id(attribute_name(book, attribute), attribute.as_str());
            format!("{}: attribute {asked}", books.entry(key))
        }
        CodebookPart::Choice(attribute, choice) => {
            let name = with_id(choice_name(book.attribute(attribute), choice), choice);
            let owner = CodebookKey::Attribute(attribute.clone());
            format!("{}: choice {name}", books.entry(&owner))
        }
        CodebookPart::Role(kind, role) => {
            let roles = book.event_type(kind).into_iter().flat_map(|kind| &kind.roles);
            let found = roles.into_iter().find(|one| one.id == *role);
            let name = found.map_or(role.as_str(), |found| name_or_id(&found.names, role.as_str()));
            let owner = CodebookKey::EventType(kind.clone());
            format!("{}: role {}", books.entry(&owner), with_id(name, role.as_str()))
        }
    };
    if step.uses == Uses::default() {
        return name;
    }
    format!("{name} · {}", super::in_use(step.uses))
}
