//! The editor of the codebook, by keyboard alone; what it did is read from the project file.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use hashiya::model::{Codebook, LabelId};
use hashiya::store::Store;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

fn on_disk(window: &Window) -> Codebook {
    Store::open_read_only(&window.project_path())
        .unwrap()
        .codebook()
        .unwrap()
}

fn labels(codebook: &Codebook) -> Vec<&str> {
    codebook.labels.iter().map(|label| label.id.as_str()).collect()
}

pub fn open(window: &mut Window) {
    window.press(Key::K, CTRL | Modifiers::SHIFT);
    window.settle();
    window.bench.run_steps(6);
}

/// Goes on with Tab until a field or button of that name has the focus.
pub fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..80 {
        let focused = window
            .bench
            .query_all_by_label(name)
            .any(|node| node.is_focused());
        if focused {
            return;
        }
        window.press(Key::Tab, NONE);
    }
    panic!("{name} is not reached by Tab");
}

pub fn type_over(window: &mut Window, name: &str, text: &str) {
    tab_to(window, name);
    window.settle();
    window.bench.run_steps(2);
    window.press(Key::A, CTRL);
    window.type_text(text);
    window.press(Key::Enter, NONE);
    window.settle();
    window.bench.run_steps(4);
}

#[test]
fn a_label_is_renamed_moved_and_rekeyed_by_keyboard_and_undo_takes_it_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let first = on_disk(&window);
    open(&mut window);
    window.press(Key::ArrowDown, NONE);
    window.press(Key::ArrowUp, CTRL);
    window.settle();
    assert_eq!(labels(&on_disk(&window))[..2], ["location", "actor"]);

    type_over(&mut window, "Name (fr)", "Endroit");
    let location = LabelId::new("location").unwrap();
    assert_eq!(on_disk(&window).label(&location).unwrap().names["fr"], "Endroit");

    type_over(&mut window, "Id", "place");
    let place = LabelId::new("place").unwrap();
    let now = on_disk(&window);
    assert!(now.label(&location).is_none());
    assert_eq!(now.label(&place).unwrap().key, Some('2'));
    assert!(now.relation_types.iter().any(|kind| kind.from.contains(&place)));

    type_over(&mut window, "Key", "9");
    assert_eq!(on_disk(&window).label(&place).unwrap().key, Some('9'));
    type_over(&mut window, "Key", "1");
    let mut said = window.bench.query_all_by_label_contains("that of label actor");
    assert!(said.next().is_some());
    drop(said);
    window.press(Key::Escape, NONE);
    window.press(Key::Escape, NONE);
    assert_ne!(on_disk(&window), first);
}

#[test]
fn a_new_label_takes_a_free_key_and_tags_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    type_over(&mut window, "Id of the new entry", "سلاح");
    let now = on_disk(&window);
    let new = now.label(&LabelId::new("سلاح").unwrap()).unwrap();
    assert_eq!(new.key, Some('6'));
    assert!(
        now.labels
            .iter()
            .all(|other| other.id == new.id || other.color != new.color)
    );
    window.bench.get_by_label_contains("Nothing uses it yet");
}

#[test]
fn retired_a_label_is_kept_and_says_how_much_uses_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num1, NONE);
    window.until_spans(&["actor:Alep"]);
    open(&mut window);
    window
        .bench
        .get_by_label_contains("1 annotation in 1 article uses it.");
    tab_to(&mut window, "Retired");
    window.press(Key::Space, NONE);
    window.settle();
    assert!(
        on_disk(&window)
            .label(&LabelId::new("actor").unwrap())
            .unwrap()
            .retired
    );
    assert_eq!(window.layer_on_disk().spans.len(), 1);
    tab_to(&mut window, "Remove");
    window.press(Key::Enter, NONE);
    window.bench.get_by_label("Clear them");
    assert!(on_disk(&window).label(&LabelId::new("actor").unwrap()).is_some());
}

#[test]
fn the_list_is_emptied_with_delete_alone_where_nothing_uses_its_entries() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num2, NONE);
    window.until_spans(&["location:Alep"]);
    let all = on_disk(&window).entries().count();
    open(&mut window);
    // From the end, since a label cannot go before what is about it alone.
    for _ in 1..all {
        window.press(Key::ArrowDown, NONE);
    }
    for _ in 1..all {
        window.press(Key::Delete, NONE);
        window.settle();
    }
    assert_eq!(labels(&on_disk(&window)), ["actor", "location"]);
    // What is used does not go at once.
    window.bench.run_steps(12);
    assert!(window.bench.get_by_label("Cancel").is_focused());
    window.bench.get_by_label("Clear them").click();
    window.bench.run_steps(2);
    window.settle();
    tab_to(&mut window, "Entries of the codebook");
    window.press(Key::Delete, NONE);
    window.settle();
    let now = on_disk(&window);
    assert_eq!(now.entries().count(), 0, "{:?}", window.notices());
    window.bench.get_by_label_contains("The codebook is empty.");
}
