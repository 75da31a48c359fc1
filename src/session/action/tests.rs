//! The table of actions held to its promises.

use super::*;
use std::collections::BTreeSet;

#[test]
fn every_action_has_one_entry_and_every_id_is_used_once() {
    let actions: BTreeSet<Action> = table().iter().map(|entry| entry.action).collect();
    let ids: BTreeSet<&str> = table().iter().map(|entry| entry.id).collect();
    assert_eq!(
        actions.len(),
        table().len(),
        "an action stands twice in the table"
    );
    assert_eq!(ids.len(), table().len(), "an id is used twice");
    // `Batch` is the last variant, so its number says how many there are.
    assert_eq!(
        actions.len(),
        Action::Batch as usize + 1,
        "an action is missing from the table"
    );
    assert!(table().iter().all(|entry| entry.action.entry().id == entry.id));
}

#[test]
fn every_command_of_apply_is_covered() {
    let covered: BTreeSet<&str> = table().iter().filter_map(|entry| entry.command).collect();
    for name in crate::session::Command::NAMES {
        assert!(covered.contains(*name), "{name}");
    }
}

#[test]
fn what_cannot_be_done_says_why() {
    let nothing = Situation::default();
    assert_eq!(
        Action::Undo.entry().available(&nothing),
        Err("no article is open")
    );
    assert_eq!(
        Action::Import.entry().available(&nothing),
        Err("no project is open")
    );
    let open = Situation {
        project: true,
        article: true,
        ..nothing
    };
    assert_eq!(
        Action::Undo.entry().available(&open),
        Err("nothing to undo in this article")
    );
    assert_eq!(Action::MarkDone.entry().available(&open), Ok(()));
    let blocked = Situation {
        blocked: true,
        ..open
    };
    assert_eq!(
        Action::MarkDone.entry().available(&blocked),
        Err("the project cannot be written to now")
    );
}

#[test]
fn a_shortcut_reads_as_it_is_said() {
    let first = |action: Action| action.entry().shortcuts.first().map(ToString::to_string);
    assert_eq!(first(Action::Redo).as_deref(), Some("Ctrl+Shift+Z"));
    assert_eq!(first(Action::NextArticle).as_deref(), Some("Ctrl+Page down"));
    assert_eq!(first(Action::ClearSelection).as_deref(), Some("Esc"));
}

#[test]
fn a_name_ends_with_points_where_more_is_asked() {
    for entry in table() {
        let asks = matches!(entry.opens, Some(Opens::Dialog | Opens::Menu));
        assert_eq!(entry.name.ends_with('…'), asks, "{}", entry.name);
    }
}
