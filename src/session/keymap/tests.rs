//! Own keys over the table, their rows, and conflicts.

use super::*;
use crate::formats::codebook_toml::builtin;
use proptest::prelude::*;

fn rows(rows: &[(&str, &[&str])]) -> KeyRows {
    let owned = |words: &[&str]| words.iter().map(|words| (*words).to_owned()).collect();
    rows.iter()
        .map(|(id, words)| ((*id).to_owned(), owned(words)))
        .collect()
}

fn keys(keymap: &Keymap, action: Action) -> Vec<String> {
    keymap.of(action).iter().map(ToString::to_string).collect()
}

fn shortcut(words: &str) -> Shortcut {
    words.parse().unwrap()
}

fn with(action: Action, words: &str) -> Keymap {
    let mut keymap = Keymap::default();
    keymap.add(action, shortcut(words));
    keymap
}

fn clashes(keymap: &Keymap, action: Action) -> Vec<Clash> {
    let conflicts = keymap.conflicts(None).into_iter();
    conflicts
        .filter(|conflict| conflict.action == action)
        .map(|conflict| conflict.with)
        .collect()
}

#[test]
fn the_keys_of_the_table_have_no_conflict_with_each_other_or_with_the_first_codebook() {
    let codebook = builtin("conflict").unwrap();
    assert!(codebook.labels.iter().any(|label| label.key.is_some()));
    assert_eq!(Keymap::default().conflicts(Some(&codebook)), []);
}

#[test]
fn every_key_of_the_table_is_one_that_can_be_written_down() {
    for entry in table() {
        for shortcut in entry.shortcuts {
            assert_eq!(
                shortcut.to_string().parse(),
                Ok(shortcut.canonical()),
                "{}",
                entry.id
            );
        }
    }
}

#[test]
fn only_what_differs_from_the_table_is_kept() {
    let mut keymap = Keymap::default();
    assert_eq!(keymap.rows(), KeyRows::new());
    keymap.add(Action::RemoveSpan, shortcut("R"));
    keymap.set(Action::Quit, Vec::new());
    assert_eq!(
        keymap.rows(),
        rows(&[("quit", &[]), ("remove-span", &["Delete", "Backspace", "R"])])
    );
    assert!(keymap.is_changed(Action::Quit) && !keymap.is_changed(Action::Undo));
    keymap.remove(Action::RemoveSpan, shortcut("R"));
    assert!(!keymap.is_changed(Action::RemoveSpan), "it is as it was");
    keymap.reset(Action::Quit);
    assert_eq!(keymap, Keymap::default());
    keymap.set(Action::Undo, vec![shortcut("F5"), shortcut("F5")]);
    assert_eq!(keys(&keymap, Action::Undo), ["F5"], "said twice, kept once");
    keymap.reset_all();
    assert_eq!(keymap, Keymap::default());
}

#[test]
fn rows_that_mean_nothing_do_nothing_and_are_kept() {
    let written = rows(&[
        ("from-the-future", &["Ctrl+T"]),
        ("quit", &["Hyper+Q"]),
        ("undo", &["F5", "what?"]),
        ("batch", &["Ctrl+B"]),
        ("close-project", &[]),
    ]);
    let keymap = Keymap::from_rows(written.clone());
    assert_eq!(
        keys(&keymap, Action::Quit),
        ["Ctrl+Q"],
        "a riddle is no key and takes none"
    );
    assert_eq!(keys(&keymap, Action::Undo), ["F5"], "what can be read holds");
    assert!(keymap.of(Action::CloseProject).is_empty(), "no key is a choice");
    assert!(keymap.of(Action::Batch).is_empty(), "it has no gesture");
    assert_eq!(keymap.rows(), written);
}

#[test]
fn two_actions_with_one_key_are_told_of_each_other() {
    let keymap = with(Action::RemoveSpan, "Ctrl+Z");
    assert_eq!(
        clashes(&keymap, Action::RemoveSpan),
        [Clash::Action(Action::Undo)]
    );
    assert_eq!(
        clashes(&keymap, Action::Undo),
        [Clash::Action(Action::RemoveSpan)]
    );
    assert_eq!(keymap.conflicts(None).len(), 2);
    let (other, key) = Clash::Action(Action::Undo)
        .taken_from(shortcut("Ctrl+Z"))
        .unwrap();
    let mut settled = keymap;
    settled.remove(other, key);
    assert_eq!(settled.conflicts(None), []);
}

#[test]
fn shift_selects_on_the_way_of_keys_that_move_the_caret() {
    let keymap = with(Action::AddNote, "Shift+Left");
    assert_eq!(
        clashes(&keymap, Action::AddNote),
        [Clash::Selecting(Action::MoveLeft)]
    );
    assert_eq!(
        clashes(&keymap, Action::MoveLeft),
        [Clash::WithShift(Action::AddNote)]
    );
    let two_movers = with(Action::WordLeft, "Left");
    assert_eq!(
        clashes(&two_movers, Action::WordLeft),
        [Clash::Action(Action::MoveLeft)]
    );
}

#[test]
fn a_plus_is_the_same_with_shift() {
    let keymap = with(Action::Quit, "Ctrl+Shift++");
    assert_eq!(clashes(&keymap, Action::Quit), [Clash::Action(Action::ZoomIn)]);
}

#[test]
fn keys_that_never_arrive_or_would_eat_typing_are_refused() {
    assert_eq!(
        clashes(&with(Action::AddNote, "Ctrl+C"), Action::AddNote),
        [Clash::Clipboard]
    );
    assert_eq!(
        clashes(&with(Action::AddNote, "Ctrl+Shift+V"), Action::AddNote),
        []
    );
    for typed in ["J", "Shift+J", "Space", "Down", "."] {
        let found = clashes(&with(Action::Quit, typed), Action::Quit);
        assert!(found.contains(&Clash::Typing), "{typed}: {found:?}");
    }
    assert_eq!(clashes(&with(Action::Quit, "F11"), Action::Quit), []);
    assert_eq!(clashes(&with(Action::RemoveSpan, "Q"), Action::RemoveSpan), []);
}

#[test]
fn labels_hide_keys_of_the_article_and_keys_with_ctrl_hide_the_second_label() {
    let codebook = builtin("conflict").unwrap();
    let first = codebook
        .labels
        .iter()
        .find(|label| label.key == Some('1'))
        .unwrap();
    let keymap = Keymap::default();
    let found = |action, words| keymap.clashes(action, shortcut(words), Some(&codebook));
    assert_eq!(found(Action::RemoveSpan, "1"), [Clash::Label(first.id.clone())]);
    assert_eq!(
        found(Action::Quit, "Ctrl+1"),
        [Clash::SecondLabel(first.id.clone())]
    );
    assert_eq!(found(Action::Quit, "Ctrl+Shift+1"), []);
    assert_eq!(found(Action::RemoveSpan, "Alt+1"), []);
}

proptest! {
    #[test]
    fn whatever_the_rows_say_they_are_read_and_written_the_same(
        rows in proptest::collection::btree_map(
            prop_oneof!["[a-z-]{0,12}", Just("quit".to_owned()), Just("undo".to_owned()), Just("move-left".to_owned())],
            proptest::collection::vec(
                prop_oneof![".{0,8}", "(Ctrl\\+|Shift\\+|Alt\\+){0,2}[A-Z0-9.\\[+]", Just("Esc".to_owned())],
                0..4,
            ),
            0..6,
        )
    ) {
        let once = Keymap::from_rows(rows);
        let again = Keymap::from_rows(once.rows());
        prop_assert_eq!(&again.rows(), &once.rows());
        prop_assert_eq!(again.of(Action::Quit), once.of(Action::Quit));
        once.conflicts(None);
    }
}
