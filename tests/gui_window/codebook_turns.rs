//! Undo and redo in the editor of the codebook: only of what was changed in it, one change at a time.

use std::path::{Path, PathBuf};

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::session::{ImportOptions, Session, Watch, codebook_toml};

use super::codebook::{open, tab_to, type_over};
use super::codebook_editing::{label, on_disk, run, shows, without_articles};
use super::desk::{Window, config};

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

/// Two changes of the order of labels.
fn move_first_label_twice(window: &mut Window) {
    tab_to(window, "Entries of the codebook");
    window.press(Key::Home, NONE);
    for _ in 0..2 {
        window.press(Key::ArrowDown, CTRL);
        window.settle();
    }
    window.bench.run_steps(4);
}

/// Presses undo twice before a frame is drawn, or holds its keys down so long that it repeats.
fn undo_twice_in_one_frame(window: &mut Window, is_held: bool) {
    let key = |pressed, repeat| Event::Key {
        key: Key::Z,
        physical_key: Some(Key::Z),
        pressed,
        repeat,
        modifiers: CTRL,
    };
    let events = &mut window.bench.input_mut().events;
    if is_held {
        events.extend([key(true, false), key(true, true), key(false, false)]);
    } else {
        events.extend([true, false, true, false].map(|pressed| key(pressed, false)));
    }
    window.bench.step();
}

#[test]
fn two_undos_that_are_pressed_at_once_take_back_two_changes_and_a_held_key_waits() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let before = on_disk(&window);
    open(&mut window);
    move_first_label_twice(&mut window);
    let moved = on_disk(&window);
    // Both are there before the first is seen.
    undo_twice_in_one_frame(&mut window, false);
    window.until("both are taken back", {
        let before = before.clone();
        move |app| *app.snapshot().project.as_ref().unwrap().codebook == before
    });
    window.settle();
    for _ in 0..2 {
        window.press(Key::Z, CTRL | Modifiers::SHIFT);
        window.settle();
    }
    assert_eq!(on_disk(&window), moved);
    let shown = window.snapshot().project_undo.clone().unwrap();
    // A key that is held repeats before the disk has answered.
    undo_twice_in_one_frame(&mut window, true);
    window.settle();
    window.bench.run_steps(4);
    window.settle();
    let now = window.snapshot();
    assert_eq!(now.project_redo, Some(shown), "one was taken back");
    assert_ne!(on_disk(&window), before);
    window.press(Key::Z, CTRL);
    window.settle();
    window.press(Key::Z, CTRL);
    window.settle();
    window.bench.run_steps(4);
    assert_eq!(on_disk(&window), before);
    assert!(shows(&window, "since the codebook was opened"));
    assert_eq!(window.snapshot().project.as_ref().unwrap().progress.total, 3);
}

#[test]
fn an_undo_that_is_refused_is_said_and_can_be_done_once_nothing_is_in_its_way() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let before = on_disk(&window);
    let article = window.snapshot().article.as_ref().unwrap().id.clone();
    open(&mut window);
    type_over(&mut window, "Id of the new entry", "weapon");
    window.settle();
    let added = on_disk(&window);
    let tag = format!(
        r#"{{"command":"add_span","article":"{article}","ranges":[[14,18]],"label":"weapon","id":"s1"}}"#
    );
    run(&mut window, home.path(), &tag);
    tab_to(&mut window, "Entries of the codebook");
    for _ in 0..3 {
        window.press(Key::Z, CTRL);
        window.settle();
        window.bench.run_steps(4);
        assert!(!shows(&window, "since the codebook was opened"));
        assert_eq!(on_disk(&window), added);
    }
    let clear = format!(r#"{{"command":"remove_span","article":"{article}","span":"s1"}}"#);
    run(&mut window, home.path(), &clear);
    let mut undos = 0;
    while on_disk(&window) != before && undos < 3 {
        window.press(Key::Z, CTRL);
        window.settle();
        undos += 1;
    }
    assert_eq!(on_disk(&window), before);
    assert_eq!(window.snapshot().project.as_ref().unwrap().progress.total, 3);
}

/// An import that the window does not wait for.
fn import(window: &Window, home: &Path, file: PathBuf) {
    let mut session = Session::open(&window.project_path(), config(home)).unwrap();
    let report = session.import(&[file], &ImportOptions::default(), &mut Watch::silent());
    assert!(report.unwrap().transaction.is_some());
}

#[test]
fn an_import_that_ends_while_the_codebook_is_open_is_not_taken_back_in_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    move_first_label_twice(&mut window);
    let more = home.path().join("more.jsonl");
    let line = r#"{"id":"m1","text":"Alep attend.","spans":[{"start":0,"end":4,"label":"newcomer"}]}"#;
    std::fs::write(&more, line).unwrap();
    import(&window, home.path(), more);
    window.until("the window sees it", |app| {
        app.snapshot().project.as_ref().unwrap().progress.total == 4
    });
    window.bench.run_steps(4);
    let now = on_disk(&window);
    assert!(
        now.label(&label("newcomer")).is_some(),
        "the import brings a label"
    );
    for _ in 0..2 {
        window.press(Key::Z, CTRL);
        window.settle();
        window.bench.run_steps(4);
        assert!(shows(&window, "made elsewhere"));
    }
    assert_eq!(on_disk(&window), now);
    assert_eq!(window.snapshot().project.as_ref().unwrap().progress.total, 4);
}

#[test]
fn undo_of_what_went_is_greyed_while_something_else_came_behind_it() {
    let home = tempfile::tempdir().unwrap();
    let codebook = codebook_toml::builtin("entities").unwrap();
    let mut window = without_articles(home.path(), &codebook, 1280.0, 800.0);
    tab_to(&mut window, "Entries of the codebook");
    window.press(Key::Delete, NONE);
    window.settle();
    window.bench.run_steps(4);
    let is_greyed = |window: &Window| {
        let undo = window.bench.query_all_by_label("Undo").last().unwrap();
        assert!(undo.rect().top() > 500.0, "the one of the dialog");
        undo.accesskit_node().is_disabled()
    };
    assert!(!is_greyed(&window));
    let more = home.path().join("more.txt");
    std::fs::write(&more, "Alep attend.").unwrap();
    import(&window, home.path(), more);
    window.until("the window sees it", |app| {
        let undo = app.snapshot().project_undo.as_ref();
        undo.is_some_and(|undo| !undo.is_own)
    });
    window.bench.run_steps(4);
    assert!(is_greyed(&window));
}
