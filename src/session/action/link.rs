//! Actions of the Link menu: relations between spans, and the events that they take part in.

use super::Menu::Link;
use super::{Action, Entry, Opens, key};
use crate::session::situation::{article_writable, linkable, relation, span};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::AddRelation, "add-relation", "Link span", "Link the selected span: walk to the other span and press Enter there, or drag to it with Alt held or from the ring at the span")
        .menu(Link, 0).keys(&[key("R")]).apply("add_relation").in_article().when(linkable),
    Entry::new(Action::ReverseRelation, "reverse-relation", "Turn relation round", "Let the selected relation lead the other way, where the codebook allows that")
        .menu(Link, 0).keys(&[key("R").shift()]).apply("set_relation").in_article().when(relation),
    Entry::new(Action::RemoveRelation, "remove-relation", "Remove relation", "Remove the selected relation")
        .menu(Link, 0).apply("remove_relation").in_article().when(relation),
    Entry::new(Action::AddToEvent, "add-to-event", "Add to event…", "Let the selected span fill a role: the menu offers what takes it, the likeliest with Enter, each with a digit")
        .opens(Opens::Menu).menu(Link, 1).keys(&[key("E")]).apply("add_filler").in_article().when(span),
    Entry::new(Action::NewEvent, "new-event", "New event", "Record an event, with the selected span in the role that is most its own, and show the sheet of events")
        .menu(Link, 1).keys(&[key("E").shift()]).apply("add_event").in_article().when(article_writable),
];
