//! A change of the codebook over very many articles in the window: it says how far it is, can be stopped, and is undone.

use std::fmt::Write as _;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::{CodebookKey, CodebookPart, LabelId};
use hashiya::store::Store;

use super::codebook::{open, tab_to};
use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;
/// So many articles that a change is seen on its way, and that taking it back is a matter of some moments too.
const ARTICLES: usize = 2_100;

fn crowded(home: &Path) -> Window {
    let mut lines = String::new();
    for at in 0..ARTICLES {
        let spans = r#"[{"start":0,"end":4,"label":"actor"}]"#;
        writeln!(
            lines,
            r#"{{"id":"a{at}","text":"Alep attend {at}.","spans":{spans}}}"#
        )
        .unwrap();
    }
    let path = home.join("many.jsonl");
    std::fs::write(&path, lines).unwrap();
    let mut window = Window::open(home, &[path]);
    window.until("the articles are in", |app| {
        app.snapshot().list.total == ARTICLES as u64 && app.snapshot().jobs.is_empty()
    });
    window.bench.run_steps(4);
    window
}

fn uses(window: &Window, label: &str) -> u64 {
    let part = CodebookPart::Entry(CodebookKey::Label(LabelId::new(label).unwrap()));
    let store = Store::open_read_only(&window.project_path()).unwrap();
    store.uses(&part).unwrap().annotations
}

fn transactions(window: &Window) -> usize {
    let store = Store::open_read_only(&window.project_path()).unwrap();
    store.journal(None, 99).unwrap().len()
}

/// Steps until the bar of the work that goes on has begun to fill, and says how it is called.
fn until_told(window: &mut Window) -> String {
    window.until("it is said how far it is", |app| {
        app.snapshot().jobs.iter().any(|job| job.total.is_some())
    });
    // Both in the bar at the foot of the window and in the dialog that lies over it.
    let mut bars = window.bench.query_all_by_role(Role::ProgressIndicator);
    let bar = bars.next().unwrap();
    let node = bar.accesskit_node();
    assert!(
        node.numeric_value()
            .is_some_and(|share| (0.0..=1.0).contains(&share))
    );
    node.label().unwrap()
}

fn until_done(window: &mut Window) {
    window.until("nothing goes on any more", |app| app.snapshot().jobs.is_empty());
    window.settle();
    window.bench.run_steps(4);
}

fn rename(window: &mut Window, to: &str) {
    open(window);
    tab_to(window, "Id");
    window.press(Key::A, CTRL);
    window.type_text(to);
    window.press(Key::Enter, NONE);
}

#[test]
fn a_renamed_label_and_its_undo_say_how_far_they_are() {
    let home = tempfile::tempdir().unwrap();
    let mut window = crowded(home.path());
    rename(&mut window, "acteur");
    assert_eq!(until_told(&mut window), "Rename actor to acteur");
    until_done(&mut window);
    assert_eq!(uses(&window, "acteur"), ARTICLES as u64);
    let id = window.bench.get_by_role_and_label(Role::TextInput, "Id");
    assert_eq!(id.accesskit_node().value().as_deref(), Some("acteur"));
    window.press(Key::Escape, NONE);
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    window.press(Key::K, CTRL);
    window.type_text("Undo in project");
    window.press(Key::Enter, NONE);
    assert!(until_told(&mut window).starts_with("undo: rename label actor to acteur"));
    // The window goes on meanwhile.
    let before = window.snapshot().article.as_ref().unwrap().id.clone();
    window.press(Key::PageDown, CTRL);
    window.until("another article is shown", move |app| {
        app.snapshot()
            .article
            .as_ref()
            .is_some_and(|article| article.id != before)
    });
    // What is done meanwhile waits, and is said to.
    window.press(Key::G, CTRL);
    window.until("the flag waits, or all is done", |app| {
        app.snapshot().held == 1 || app.snapshot().jobs.is_empty()
    });
    if window.snapshot().held == 1 {
        window.bench.get_by_label("1 change waits");
    }
    until_done(&mut window);
    assert!(window.layer_on_disk().flagged);
    assert_eq!(window.snapshot().held, 0);
    assert_eq!(uses(&window, "actor"), ARTICLES as u64);
    assert_eq!(transactions(&window), 4, "one each, behind the import");
}

#[test]
fn stopped_by_keyboard_a_rename_has_changed_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut window = crowded(home.path());
    rename(&mut window, "acteur");
    until_told(&mut window);
    tab_to(&mut window, "Cancel job");
    window.press(Key::Enter, NONE);
    until_done(&mut window);
    // Too late it is done whole.
    if transactions(&window) > 1 {
        assert_eq!(uses(&window, "acteur"), ARTICLES as u64);
        return;
    }
    assert_eq!(
        (uses(&window, "actor"), uses(&window, "acteur")),
        (ARTICLES as u64, 0)
    );
    let notices = window.notices();
    assert!(
        notices.iter().any(|text| text.contains("was stopped")),
        "{notices:?}"
    );
    let id = window.bench.get_by_role_and_label(Role::TextInput, "Id");
    assert_eq!(
        id.accesskit_node().value().as_deref(),
        Some("actor"),
        "the field says so again"
    );
}
