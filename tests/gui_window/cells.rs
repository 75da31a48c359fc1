//! The cells of the sheet: what the list at one opens with, what it takes, and that the cell at hand stays in sight. Also
//! how a list of choices in the inspector is typed at, and which event a span is offered to.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use serde_json::{Value as Json, json};

use super::attributes;
use super::desk::Window;
use super::events::{cell, chip, on_disk, window, window_of_size};
use super::sheet::code_alone;

const PLAIN: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn keys(window: &mut Window, keys: &[Key]) {
    for key in keys {
        window.press(*key, PLAIN);
        window.bench.run_steps(3);
    }
}

/// A value of the first event on disk.
fn value(window: &mut Window, attribute: &str) -> Json {
    window.settle();
    let layer = window.layer_on_disk();
    let event = layer.events_in_order().into_iter().next().unwrap();
    let id = hashiya::model::AttributeId::new(attribute).unwrap();
    event
        .attributes
        .get(&id)
        .map_or(Json::Null, hashiya::model::Value::to_json)
}

/// The cell that has the keys.
fn at_hand(window: &Window) -> String {
    let mut cells = window.bench.query_all_by_role(Role::Cell);
    let found = cells.find(|node| node.accesskit_node().toggled() == Some(Toggled::True));
    found
        .and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

/// Goes to a cell by the arrow keys, from the first column of its row.
fn go_to(window: &mut Window, row: &str, column: &str) {
    let at = cell(window, &format!("{row}, Event"));
    window.click_at(at);
    window.bench.run_steps(3);
    for _ in 0..16 {
        if at_hand(window).starts_with(&format!("{row}, {column}")) {
            return;
        }
        keys(window, &[Key::ArrowRight]);
    }
    panic!("no cell {row}, {column}");
}

fn heading(window: &Window, name: &str) -> Rect {
    let heading = window.bench.get_by_role_and_label(Role::ColumnHeader, name);
    heading.rect()
}

#[test]
fn the_list_at_a_cell_opens_with_what_stands_there() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 1);
    go_to(&mut window, "Incident 1", "Fatalities");
    keys(&mut window, &[Key::Enter]);
    window.type_text("12 killed");
    keys(&mut window, &[Key::Enter]);
    let killed = value(&mut window, "fatalities");
    assert_eq!(killed["best"], json!(12));
    keys(&mut window, &[Key::Enter, Key::Enter]);
    assert_eq!(
        value(&mut window, "fatalities"),
        killed,
        "Enter, Enter changes nothing"
    );
    keys(&mut window, &[Key::Enter]);
    window.type_text("1 killed");
    keys(&mut window, &[Key::Enter]);
    assert_eq!(
        value(&mut window, "fatalities")["best"],
        json!(1),
        "what is written goes first"
    );
    // A choice.
    go_to(&mut window, "Incident 1", "Kind");
    keys(&mut window, &[Key::Enter]);
    window.type_text("prot");
    keys(&mut window, &[Key::Enter]);
    let kind = value(&mut window, "kind");
    assert_ne!(kind, Json::Null);
    keys(&mut window, &[Key::Enter, Key::Enter]);
    assert_eq!(value(&mut window, "kind"), kind);
}

#[test]
fn a_list_at_a_filled_role_that_takes_no_more_keeps_its_filler() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 3);
    let before = on_disk(&window);
    for day in ["2022-05-12", "2022-05-13"] {
        go_to(&mut window, "Incident 1", "Time");
        keys(&mut window, &[Key::Enter]);
        window.type_text(day);
        keys(&mut window, &[Key::Enter]);
        window.settle();
    }
    let full = on_disk(&window);
    assert_ne!(full, before);
    // The day of the text could stand there as well.
    keys(&mut window, &[Key::Enter, Key::Enter]);
    window.settle();
    assert_eq!(on_disk(&window), full);
}

#[test]
fn a_value_in_the_empty_row_begins_an_event() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::J, CTRL);
    window.bench.run_steps(4);
    go_to(&mut window, "New event", "Kind");
    keys(&mut window, &[Key::Enter]);
    assert!(window.layer_on_disk().events.is_empty());
    window.type_text("prot");
    keys(&mut window, &[Key::Enter]);
    assert_eq!(value(&mut window, "kind"), json!("protest"));
    assert_eq!(window.layer_on_disk().events.len(), 1);
}

#[test]
fn home_and_end_show_the_first_and_the_last_column() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_size(home.path(), 1024.0, 640.0);
    code_alone(&mut window, 1);
    go_to(&mut window, "Incident 1", "Event");
    let before = heading(&window, "Perpetrator");
    keys(&mut window, &[Key::End]);
    assert_ne!(heading(&window, "Perpetrator"), before);
    keys(&mut window, &[Key::Home]);
    window.bench.run_steps(30);
    assert_eq!(heading(&window, "Perpetrator"), before);
}

/// Whether the cell at hand stands whole in the sheet, clear of the edge behind which more columns lie.
fn is_in_sight(window: &Window) -> bool {
    let mut cells = window.bench.query_all_by_role(Role::Cell);
    let found = cells.find(|node| node.accesskit_node().toggled() == Some(Toggled::True));
    let (found, grid) = (found.unwrap().rect(), window.bench.get_by_role(Role::Grid).rect());
    found.left() >= grid.left()
        && found.right() + 8.0 <= grid.right()
        && found.bottom() <= grid.bottom() + 0.5
}

#[test]
fn the_cell_at_hand_stays_in_sight_when_rows_are_filled() {
    let mut cut = Vec::new();
    for (rows, down, way) in [
        (1, 0, Key::Enter),
        (4, 0, Key::Enter),
        (4, 0, Key::Tab),
        (4, 1, Key::Enter),
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut window = window_of_size(home.path(), 1024.0, 640.0);
        code_alone(&mut window, rows);
        go_to(&mut window, &format!("Incident {rows}"), "Casualties");
        keys(&mut window, &vec![Key::ArrowDown; down]);
        window.bench.run_steps(30);
        keys(&mut window, &[Key::Enter]);
        window.type_text("12 killed");
        keys(&mut window, &[way]);
        window.settle();
        window.bench.run_steps(30);
        if !is_in_sight(&window) {
            cut.push((rows, down, way, at_hand(&window)));
        }
    }
    assert!(cut.is_empty(), "{cut:?}");
}

#[test]
fn a_span_that_goes_to_an_event_from_the_text_shows_its_cell() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_size(home.path(), 1024.0, 640.0);
    code_alone(&mut window, 1);
    let (grid, last) = (
        window.bench.get_by_role(Role::Grid).rect(),
        heading(&window, "Casualties"),
    );
    assert!(last.right() > grid.right(), "it is out of sight at first");
    window.click_at(chip(&window, "s4"));
    keys(&mut window, &[Key::E, Key::Enter]);
    window.settle();
    window.bench.run_steps(30);
    assert_eq!(on_disk(&window), ["perpetrator=s1 casualties=s4"]);
    let last = heading(&window, "Casualties");
    assert!(last.right() <= grid.right() + 0.5, "{last} in {grid}");
}

#[test]
fn a_span_is_offered_to_the_event_that_was_chosen_in_the_sheet_else_to_the_nearest() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 2);
    // The place stands beside the day, and its event was made last.
    go_to(&mut window, "Incident 2", "Event");
    keys(
        &mut window,
        &[Key::ArrowUp, Key::Escape, Key::Escape, Key::Escape],
    );
    // To the day, whatever is selected.
    window.click_at(chip(&window, "s3"));
    keys(&mut window, &[Key::E, Key::Enter]);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 time=s3", "place=s2"]);
}

#[test]
fn without_a_choice_a_span_is_offered_to_the_event_whose_words_are_nearest() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    keys(&mut window, &[Key::Tab, Key::Tab, Key::Tab]);
    for _ in 0..2 {
        window.press(Key::E, Modifiers::SHIFT);
        window.settle();
        window.press(Key::Tab, PLAIN);
    }
    // Round the end to the place, which stands beside the day of the first event.
    assert_eq!(on_disk(&window), ["time=s3", "casualties=s4"]);
    keys(&mut window, &[Key::Tab, Key::E, Key::Enter]);
    window.settle();
    assert_eq!(on_disk(&window), ["time=s3 place=s2", "casualties=s4"]);
}

#[test]
fn letters_find_who_is_counted_and_enter_never_takes_anyone_out() {
    let home = tempfile::tempdir().unwrap();
    let mut window = attributes::with_span(home.path(), "plus de 50 civils", Key::Num3);
    // Kind, modifier, low, best, high, who.
    attributes::keys(&mut window, &[Key::Tab; 5]);
    window.type_text("po");
    window.press(Key::Enter, PLAIN);
    let both = json!(["civilians", "police"]);
    assert_eq!(attributes::on_disk(&mut window, "quantity")["who"], both);
    // Again, and the list that Enter opens is closed by Enter without a change.
    window.type_text("po");
    attributes::keys(&mut window, &[Key::Enter, Key::Enter, Key::Enter]);
    assert_eq!(attributes::on_disk(&mut window, "quantity")["who"], both);
    attributes::keys(&mut window, &[Key::Enter, Key::Space, Key::Enter]);
    assert_ne!(
        attributes::on_disk(&mut window, "quantity")["who"],
        both,
        "Space takes out"
    );
}

#[test]
fn tab_in_the_list_of_a_cell_picks_and_goes_to_the_next_cell() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::Tab, PLAIN);
    window.press(Key::E, Modifiers::SHIFT);
    window.settle();
    window.press(Key::F6, PLAIN);
    window.press(Key::ArrowRight, PLAIN);
    window.press(Key::ArrowRight, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    window.type_text("nerv");
    // Backwards it picks nothing.
    window.press(Key::Tab, Modifiers::SHIFT);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1"]);
    window.press(Key::Tab, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 place=s2"]);
    // The next cell is at hand; Tab with nothing typed only goes on.
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    window.bench.get_by_label("Find a span, or type a value");
    window.press(Key::Tab, PLAIN);
    assert!(
        window
            .bench
            .query_by_label("Find a span, or type a value")
            .is_none()
    );
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    window.type_text("12");
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 place=s2 casualties=s4"]);
}

#[test]
fn a_list_at_a_cell_closes_when_the_focus_goes_elsewhere() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::Tab, PLAIN);
    window.press(Key::E, Modifiers::SHIFT);
    window.settle();
    window.press(Key::F6, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    window.bench.get_by_label("Find a span, or type a value");
    window.press(Key::F6, PLAIN);
    window.bench.run_steps(3);
    assert!(
        window
            .bench
            .query_by_label("Find a span, or type a value")
            .is_none()
    );
}
