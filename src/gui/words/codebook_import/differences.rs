//! What an entry of the codebook says otherwise than before, in plain words, a line each.
//!
//! Parts that come, go, or are retired are steps of their own and are not told here again.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::Books;
use crate::gui::words::{
    KIND_HEADINGS, attribute_name, description_in, how_many, label_name, name_in, name_or_id, term,
    type_of_attribute, value, wording,
};
use crate::model::{
    Attribute, AttributeUse, BoundRule, Choice, Codebook, CodebookItem, CodebookKey, EventType, Label,
    LabelId, RelationType, Role, Term, Words,
};

/// Characters of a text that are shown, and of them before what is different.
const SHOWN: usize = 90;
const LEAD: usize = 24;

/// What an entry will say otherwise.
pub(super) fn differences(books: Books<'_>, before: &CodebookItem, after: &CodebookItem) -> Vec<String> {
    let mut lines = Lines {
        books,
        of: String::new(),
        told: Vec::new(),
    };
    match (before, after) {
        (CodebookItem::Label(old), CodebookItem::Label(new)) => lines.label(old, new),
        (CodebookItem::Attribute(old), CodebookItem::Attribute(new)) => lines.attribute(old, new),
        (CodebookItem::RelationType(old), CodebookItem::RelationType(new)) => lines.relation(old, new),
        (CodebookItem::EventType(old), CodebookItem::EventType(new)) => lines.event(old, new),
        (CodebookItem::ArticleLabel(old), CodebookItem::ArticleLabel(new)) => lines.one_use(old, new),
        _ => {}
    }
    if before.is_retired() && !after.is_retired() {
        lines.told.insert(0, "Offered again".to_owned());
    }
    lines.told
}

/// The order of whole entries, of each kind in which those that stay stand otherwise.
pub(super) fn orders(books: Books<'_>) -> Vec<String> {
    let mut lines = Lines {
        books,
        of: String::new(),
        told: Vec::new(),
    };
    for (kind, name) in CodebookKey::KINDS.into_iter().zip(KIND_HEADINGS) {
        let keys = |book: &Codebook| -> Vec<CodebookKey> {
            let keys = book.entries().map(|entry| entry.item.key());
            keys.filter(|key| key.kind() == kind).collect()
        };
        let (old, new) = (keys(books.before), keys(books.after));
        lines.order(
            &name.to_lowercase(),
            &old,
            &new,
            |key| key,
            |key| books.name(key).to_owned(),
        );
    }
    lines.told
}

/// The lines that were found.
struct Lines<'a> {
    books: Books<'a>,
    /// The part of the entry that is being looked at, as it stands before what is different of it.
    of: String,
    told: Vec<String>,
}

impl Lines<'_> {
    /// A line, where the two are different.
    fn push(&mut self, what: &str, before: impl Display, after: impl Display) {
        let (before, after) = (before.to_string(), after.to_string());
        if before != after {
            self.tell(what, &before, &after);
        }
    }

    /// A line, of what is known to be different.
    fn tell(&mut self, what: &str, before: &str, after: &str) {
        let of = &self.of;
        self.told.push(format!("{of}{what}: {before} › {after}"));
    }

    /// Looks at a part of the entry.
    fn part(&mut self, kind: &str, name: &str, look: impl FnOnce(&mut Self)) {
        self.of = format!("{kind} “\u{2068}{name}\u{2069}”, ");
        look(self);
        self.of.clear();
    }

    fn words(&mut self, before: &Words, after: &Words, what: fn(&str) -> String) {
        let langs: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for lang in langs {
            let (old, new) = (before.get(lang), after.get(lang));
            if old == new {
                continue;
            }
            let (old, new) = excerpts(old.map(String::as_str), new.map(String::as_str));
            self.push(&what(lang), old, new);
        }
    }

    fn label(&mut self, before: &Label, after: &Label) {
        self.words(&before.names, &after.names, name_in);
        self.push("Colour", before.color.hex(), after.color.hex());
        let key = |key: Option<char>| key.map_or_else(|| NONE.to_owned(), |key| key.to_string());
        self.push("Key", key(before.key), key(after.key));
        self.words(&before.description, &after.description, description_in);
        self.uses(&before.attributes, &after.attributes);
    }

    fn attribute(&mut self, before: &Attribute, after: &Attribute) {
        self.words(&before.names, &after.names, name_in);
        let kind = |attribute: &Attribute| type_of_attribute(attribute.attribute_type);
        self.push("Type", kind(before), kind(after));
        self.words(&before.description, &after.description, description_in);
        for (old, new) in both(&before.choices, &after.choices, |choice| &choice.id) {
            self.part("Choice", name_or_id(&old.names, &old.id), |lines| {
                lines.words(&old.names, &new.names, name_in);
                lines.offered_again(old.retired, new.retired);
            });
        }
        let name = |choice: &Choice| name_or_id(&choice.names, &choice.id).to_owned();
        self.order(
            "choices",
            &before.choices,
            &after.choices,
            |choice| &choice.id,
            name,
        );
        let words: BTreeSet<&String> = before.bounds.keys().chain(after.bounds.keys()).collect();
        for word in words {
            let least = |attribute: &Attribute| {
                let bound = attribute.bounds.get(word);
                bound.map_or_else(|| USUAL.to_owned(), u64::to_string)
            };
            self.push(
                &format!("“{word}” comes to at least"),
                least(before),
                least(after),
            );
        }
        let rules: BTreeSet<_> = before.rules.keys().chain(after.rules.keys()).collect();
        for of in rules {
            let (old, new) = (before.rules.get(of), after.rules.get(of));
            self.push(&format!("“{}” comes to", wording(*of)), rule(old), rule(new));
        }
    }

    fn relation(&mut self, before: &RelationType, after: &RelationType) {
        self.words(&before.names, &after.names, name_in);
        self.labels("From labels", &before.from, &after.from);
        self.labels("To labels", &before.to, &after.to);
        self.words(&before.description, &after.description, description_in);
        self.uses(&before.attributes, &after.attributes);
    }

    fn event(&mut self, before: &EventType, after: &EventType) {
        self.words(&before.names, &after.names, name_in);
        self.words(&before.description, &after.description, description_in);
        for (old, new) in both(&before.roles, &after.roles, |role| &role.id) {
            self.part("Role", name_or_id(&old.names, old.id.as_str()), |lines| {
                lines.role(old, new);
            });
        }
        let name = |role: &Role| name_or_id(&role.names, role.id.as_str()).to_owned();
        self.order("roles", &before.roles, &after.roles, |role| &role.id, name);
        self.uses(&before.attributes, &after.attributes);
    }

    fn role(&mut self, before: &Role, after: &Role) {
        self.words(&before.names, &after.names, name_in);
        self.labels("filled by", &before.labels, &after.labels);
        let many = |role: &Role| how_many(role.min, role.max);
        self.push("fillers", many(before), many(after));
        self.words(&before.description, &after.description, description_in);
        self.offered_again(before.retired, after.retired);
    }

    fn uses(&mut self, before: &[AttributeUse], after: &[AttributeUse]) {
        let books = self.books;
        let name = |usage: &AttributeUse| {
            let key = crate::model::CodebookKey::Attribute(usage.id.clone());
            attribute_name(books.of(&key), &usage.id).to_owned()
        };
        for (old, new) in both(before, after, |usage| &usage.id) {
            self.part("Attribute", &name(old), |lines| lines.one_use(old, new));
        }
        self.order("attributes", before, after, |usage| &usage.id, name);
    }

    fn one_use(&mut self, before: &AttributeUse, after: &AttributeUse) {
        let yes = |is_it: bool| if is_it { "yes" } else { "no" };
        self.push("required", yes(before.required), yes(after.required));
        let (old, new) = (self.books.before, self.books.after);
        let default = |usage: &AttributeUse, book: &crate::model::Codebook| {
            let default = usage.default.as_ref();
            default.map_or_else(
                || NOTHING.to_owned(),
                |given| value(book.attribute(&usage.id), given),
            )
        };
        if before.default != after.default {
            self.tell("starts with", &default(before, old), &default(after, new));
        }
        self.offered_again(before.retired && !self.of.is_empty(), after.retired);
    }

    fn offered_again(&mut self, before: bool, after: bool) {
        if before && !after {
            self.told.push(format!("{}offered again", self.of));
        }
    }

    /// Labels that are allowed, which are told by their ids and shown by their names.
    fn labels(&mut self, what: &str, before: &[LabelId], after: &[LabelId]) {
        if before == after {
            return;
        }
        let name = |id: &LabelId| {
            let key = crate::model::CodebookKey::Label(id.clone());
            (id.to_string(), label_name(self.books.of(&key), id).to_owned())
        };
        let (old, new) = in_names(
            &before.iter().map(name).collect::<Vec<_>>(),
            &after.iter().map(name).collect::<Vec<_>>(),
        );
        self.tell(what, &old, &new);
    }

    /// The order of what both have.
    fn order<T, I: PartialEq + Display>(
        &mut self,
        what: &str,
        before: &[T],
        after: &[T],
        id: fn(&T) -> &I,
        name: impl Fn(&T) -> String,
    ) {
        let in_both = |one: &[T], other: &[T]| -> Vec<(String, String)> {
            let there = |item: &&T| other.iter().any(|also| id(also) == id(item));
            let named = |item: &T| (id(item).to_string(), name(item));
            one.iter().filter(there).map(named).collect()
        };
        let places = |one: &[T], other: &[T]| -> Vec<usize> {
            let place = |item: &T| other.iter().position(|also| id(also) == id(item));
            one.iter().filter_map(place).collect()
        };
        if !places(before, after).is_sorted() {
            let (old, new) = in_names(&in_both(before, after), &in_both(after, before));
            self.tell(&format!("Order of {what}"), &old, &new);
        }
    }
}

/// What was there and what will be there by names, each with its id where another of them has the same name.
fn in_names(before: &[(String, String)], after: &[(String, String)]) -> (String, String) {
    let is_shared = |(id, name): &(String, String)| {
        let mut all = before.iter().chain(after);
        all.any(|(other, also)| other != id && also == name)
    };
    let names = |items: &[(String, String)]| {
        let name = |item: &(String, String)| {
            if is_shared(item) {
                format!("{} ({})", item.1, item.0)
            } else {
                item.1.clone()
            }
        };
        match items {
            [] => ANY.to_owned(),
            items => items.iter().map(name).collect::<Vec<_>>().join(", "),
        }
    };
    (names(before), names(after))
}

/// Where there is no such thing.
const NONE: &str = "none";
/// Where nothing is filled in.
const NOTHING: &str = "nothing";
/// Where nothing is asked for.
const ANY: &str = "any";
/// Where there is no own rule.
const USUAL: &str = "as usual";

/// What both lists have, as it was and as it will be.
fn both<'a, T, I: PartialEq>(
    before: &'a [T],
    after: &'a [T],
    id: fn(&T) -> &I,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    before.iter().filter_map(move |old| {
        let new = after.iter().find(|new| id(new) == id(old))?;
        Some((old, new))
    })
}

fn rule(rule: Option<&BoundRule>) -> String {
    let Some(rule) = rule else {
        return USUAL.to_owned();
    };
    let bound = |bound: Option<Term>| bound.map_or("–", term);
    format!(
        "at least {}, best {}, at most {}",
        bound(rule.low),
        bound(rule.best),
        bound(rule.high)
    )
}

/// Two texts on a line each; of long ones the part round what is different.
fn excerpts(before: Option<&str>, after: Option<&str>) -> (String, String) {
    let letters = |text: Option<&str>| -> Vec<char> {
        let words = text.unwrap_or_default().split_whitespace();
        words.collect::<Vec<_>>().join(" ").chars().collect()
    };
    let (old, new) = (letters(before), letters(after));
    let is_long = old.len().max(new.len()) > SHOWN;
    let same = old
        .iter()
        .zip(&new)
        .take_while(|(one, other)| one == other)
        .count();
    let from = if is_long { same.saturating_sub(LEAD) } else { 0 };
    let shown = |text: Option<&str>, letters: &[char]| {
        if text.is_none() {
            return NONE.to_owned();
        }
        let part: String = letters.iter().skip(from).take(SHOWN).collect();
        let before = if from > 0 { "…" } else { "" };
        let behind = if letters.len() > from + SHOWN { "…" } else { "" };
        format!("“\u{2068}{before}{part}{behind}\u{2069}”")
    };
    (shown(before, &old), shown(after, &new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::codebook_toml;

    const BEFORE: &str = r##"
[[label]]
id = "actor"
names = { en = "Actor" }
color = "#c98f00"
key = "1"
attributes = [{ id = "sure" }]
[[label]]
id = "place"
color = "#3261d2"
[[attribute]]
id = "sure"
type = "choice"
choices = [{ id = "yes", names = { en = "Yes" } }, { id = "no" }, { id = "both" }]
[[relation]]
id = "at"
from = ["actor"]
"##;

    const AFTER: &str = r##"
[[label]]
id = "actor"
names = { en = "Person", fr = "Acteur" }
color = "#c98f01"
attributes = [{ id = "sure", required = true, default = ["no"] }]
[[label]]
id = "place"
color = "#3261d2"
[[attribute]]
id = "sure"
type = "choices"
choices = [{ id = "no" }, { id = "yes", names = { en = "Surely" } }, { id = "perhaps" }]
[[relation]]
id = "at"
to = ["place", "actor"]
"##;

    fn told(place: usize) -> String {
        let read = |toml: &str| -> Codebook { codebook_toml::read(toml).unwrap() };
        let (before, after) = (read(BEFORE), read(AFTER));
        let books = Books {
            before: &before,
            after: &after,
        };
        let item = |book: &Codebook| book.entries().nth(place).unwrap().item;
        let lines = differences(books, &item(&before), &item(&after));
        lines.join("\n").replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn a_label_tells_names_colour_key_and_what_it_asks() {
        assert_eq!(
            told(0),
            "Name (en): “Actor” › “Person”\nName (fr): none › “Acteur”\nColour: #c98f00 › #c98f01\nKey: 1 › none\n\
             Attribute “sure”, required: no › yes\nAttribute “sure”, starts with: nothing › no"
        );
        assert_eq!(told(1), "");
    }

    #[test]
    fn an_attribute_tells_its_type_its_choices_and_their_order() {
        assert_eq!(
            told(2),
            "Type: choice › choices\nChoice “Yes”, Name (en): “Yes” › “Surely”\nOrder of choices: Yes, no › no, Surely"
        );
    }

    #[test]
    fn whole_entries_tell_their_order() {
        let read = |toml: &str| -> Codebook { codebook_toml::read(toml).unwrap() };
        let before = read(BEFORE);
        let mut after = before.clone();
        after.labels.reverse();
        let orders = |after: &Codebook| {
            orders(Books {
                before: &before,
                after,
            })
        };
        assert_eq!(orders(&after), ["Order of labels: Actor, place › place, Actor"]);
        // What comes in between moves nothing.
        after.labels.reverse();
        after.labels.insert(1, read(AFTER).labels.remove(0));
        if let Some(new) = after.labels.get_mut(1) {
            new.id = crate::model::LabelId::new("new").unwrap();
        }
        assert!(orders(&after).is_empty());
    }

    #[test]
    fn a_relation_tells_what_it_links() {
        assert_eq!(told(3), "From labels: Actor › any\nTo labels: any › place, Actor");
    }

    #[test]
    fn labels_of_one_name_are_told_apart_by_their_ids() {
        let file = |id: &str| {
            format!(
                "[[label]]\nid = \"{id}\"\nnames = {{ en = \"Demand\" }}\ncolor = \"#c98f00\"\n\
                 [[relation]]\nid = \"at\"\nto = [\"{id}\"]\n\
                 [[event]]\nid = \"protest\"\n[[event.role]]\nid = \"what\"\nlabels = [\"{id}\"]\n"
            )
        };
        let (before, after) = (file("claim"), file("demand"));
        let [before, after] = [before, after].map(|toml| codebook_toml::read(&toml).unwrap());
        let books = Books {
            before: &before,
            after: &after,
        };
        let told = |place: usize| {
            let item = |book: &Codebook| book.entries().nth(place).unwrap().item;
            differences(books, &item(&before), &item(&after)).join("\n")
        };
        assert_eq!(told(1), "To labels: Demand (claim) › Demand (demand)");
        let role = told(2).replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(role, "Role “what”, filled by: Demand (claim) › Demand (demand)");
    }

    #[test]
    fn of_a_long_text_the_part_that_is_different_is_shown() {
        let long = "Whoever acts. ".repeat(20);
        let (old, new) = (format!("{long}Not a state."), format!("{long}Also a state."));
        let (old, new) = excerpts(Some(&old), Some(&new));
        assert!(
            old.ends_with("Not a state.\u{2069}”") && old.starts_with("“\u{2068}…"),
            "{old}"
        );
        assert!(new.ends_with("Also a state.\u{2069}”"), "{new}");
        assert!(old.chars().count() < 60, "{old}");
        assert_eq!(
            excerpts(None, Some("new")),
            ("none".to_owned(), "“\u{2068}new\u{2069}”".to_owned())
        );
    }
}
