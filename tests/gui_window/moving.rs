//! What fills the roles of events, carried from cell to cell; and what the menus of the sheet offer on its rows.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::panels::events::sheet_id;

use super::desk::Window;
use super::events::{cell, chip, on_disk, window};
use super::row_menus::{choose, entry, menu_by_key};

const PLAIN: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// The open sheet with an incident by the actor.
fn with_an_event(home: &std::path::Path) -> Window {
    let mut window = window(home);
    window.press(Key::J, CTRL);
    drag_new(&mut window, "s1", "Perpetrator");
    window
}

/// Drags a span into the empty row.
fn drag_new(window: &mut Window, span: &str, column: &str) {
    let to = cell(window, &format!("New event, {column}"));
    window.drag(chip(window, span), to);
    window.settle();
}

/// Where a filler stands in the sheet.
fn filler(window: &Window, words: &str) -> Pos2 {
    let node = window.bench.get_by_role_and_label(Role::Button, words);
    node.rect().center()
}

#[test]
fn a_filler_that_is_dragged_to_another_role_moves_there_with_what_was_said_of_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_an_event(home.path());
    let at = filler(&window, "Front du 9-Mars");
    window.click_at(at);
    window.press(Key::I, PLAIN);
    window.settle();
    let (from, to) = (
        filler(&window, "Front du 9-Mars, inferred"),
        cell(&window, "Incident 1, Source"),
    );
    window.drag(from, to);
    window.settle();
    assert_eq!(on_disk(&window), ["source=s1?"]);
    // To another event, as one gesture.
    drag_new(&mut window, "s2", "Place");
    let (from, to) = (
        filler(&window, "Front du 9-Mars, inferred"),
        cell(&window, "Incident 2, Target"),
    );
    window.drag(from, to);
    window.settle();
    assert_eq!(on_disk(&window), ["", "place=s2 target=s1?"]);
    window.press(Key::Z, CTRL);
    window.settle();
    assert_eq!(on_disk(&window), ["source=s1?", "place=s2"]);
    // Into the empty row.
    let (from, to) = (
        filler(&window, "Front du 9-Mars, inferred"),
        cell(&window, "New event, Perpetrator"),
    );
    window.drag(from, to);
    window.settle();
    assert_eq!(on_disk(&window), ["", "place=s2", "perpetrator=s1?"]);
}

#[test]
fn with_ctrl_a_filler_stays_where_it_is_too_and_where_it_comes_from_nothing_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_an_event(home.path());
    let from = filler(&window, "Front du 9-Mars");
    window.drag(from, from + egui::vec2(12.0, 0.0));
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1"]);
    assert!(
        window
            .bench
            .query_by_label_contains("ole does not take")
            .is_none()
    );
    let (from, to) = (
        filler(&window, "Front du 9-Mars"),
        cell(&window, "Incident 1, Source"),
    );
    window.drag_with(from, to, CTRL);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 source=s1"]);
}

#[test]
fn a_role_that_has_all_it_takes_says_so_before_anything_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let text = "Alep, Bassora, Damas, Hama.";
    let spans = [
        ("p1", "location", "Alep"),
        ("p2", "location", "Bassora"),
        ("p3", "location", "Damas"),
        ("p4", "location", "Hama"),
    ];
    let file = home.path().join("in.jsonl");
    std::fs::write(&file, super::events::line("fr", text, &spans)).unwrap();
    let mut window = Window::of_size(home.path(), &[file], 1440.0, 900.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.press(Key::J, CTRL);
    drag_new(&mut window, "p1", "Place");
    for span in ["p2", "p3", "p4"] {
        let to = cell(&window, "Incident 1, Place");
        window.drag(chip(&window, span), to);
        window.settle();
    }
    assert_eq!(on_disk(&window), ["place=p1 place=p2 place=p3"]);
    let refusals = window
        .bench
        .query_all_by_label_contains("take something out of it first");
    assert!(refusals.count() > 0);
}

/// Opens the menu of a row.
fn menu_of_row(window: &mut Window, number: usize) {
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(sheet_id()));
    window.bench.run_steps(3);
    let downwards = std::iter::repeat_n(Key::ArrowDown, number - 1);
    for key in std::iter::repeat_n(Key::ArrowUp, 4).chain(downwards) {
        window.press(key, PLAIN);
    }
    menu_by_key(window);
}

#[test]
fn the_menu_of_an_event_says_what_it_would_be_merged_with() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_an_event(home.path());
    drag_new(&mut window, "s2", "Place");
    drag_new(&mut window, "s3", "Time");
    menu_of_row(&mut window, 3);
    assert!(!entry(&window, "Merge").0, "none stands below");
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    menu_of_row(&mut window, 1);
    assert!(entry(&window, "Merge with Incident 2, below").0);
    choose(&mut window, "Mark for a merge");
    menu_of_row(&mut window, 3);
    choose(&mut window, "Mark for a merge");
    menu_of_row(&mut window, 2);
    choose(&mut window, "Merge the 2 marked events");
    assert_eq!(on_disk(&window), ["perpetrator=s1 time=s3", "place=s2"]);
    // By key the refusal names both ways to mark.
    window.press(Key::ArrowDown, PLAIN);
    window.press(Key::M, PLAIN);
    window.settle();
    let both = "by “Mark for a merge” in their menus or Space";
    assert!(window.bench.query_all_by_label_contains(both).count() > 0);
}

#[test]
fn the_empty_row_has_a_menu_too() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::J, CTRL);
    let at = cell(&window, "New event, Perpetrator");
    window.right_click_at(at);
    window.bench.run_steps(6);
    choose(&mut window, "Fill…");
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1"]);
    let at = cell(&window, "New event, Event");
    window.right_click_at(at);
    window.bench.run_steps(6);
    choose(&mut window, "New event");
    assert_eq!(on_disk(&window), ["perpetrator=s1", ""]);
    // By key, too.
    window.press(Key::ArrowDown, PLAIN);
    menu_by_key(&mut window);
    assert!(entry(&window, "New event").0);
}

#[test]
fn a_filler_takes_what_a_file_said_of_it_along_to_another_event() {
    let home = tempfile::tempdir().unwrap();
    let line = super::events::line("fr", "La garde avance.", &[("p1", "actor", "garde")]);
    let mut line: serde_json::Value = serde_json::from_str(&line).unwrap();
    line["events"] = serde_json::json!([
        {"id": "e1", "type": "incident", "roles": [{"role": "perpetrator", "span": "p1", "weight": 7}]},
        {"id": "e2", "type": "incident", "roles": []}
    ]);
    let file = home.path().join("in.jsonl");
    std::fs::write(&file, format!("{line}\n")).unwrap();
    let mut window = Window::of_size(home.path(), &[file], 1440.0, 900.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.press(Key::J, CTRL);
    let (from, to) = (filler(&window, "garde"), cell(&window, "Incident 2, Source"));
    window.drag(from, to);
    window.settle();
    assert_eq!(on_disk(&window), ["", "source=p1"]);
    let layer = window.layer_on_disk();
    let mut fillers = layer.events.values().flat_map(|event| &event.roles);
    assert_eq!(fillers.next().unwrap().extra["weight"], 7);
}
