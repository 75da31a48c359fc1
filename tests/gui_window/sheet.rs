//! How the sheet of events and the inspector beside it stand in the window: what the mouse takes hold of, how wide the
//! columns are, and that nothing falls out of a small window.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use hashiya::session::{Command, Session};

use super::desk::Window;
use super::events::{FRENCH, cell, on_disk, window, window_of_size};

const PLAIN: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// Makes each of the first spans an event of its own, in the order of the text; that shows the sheet.
pub fn code_alone(window: &mut Window, spans: usize) {
    for _ in 0..spans {
        window.press(Key::Tab, PLAIN);
        window.press(Key::E, Modifiers::SHIFT);
        window.settle();
    }
}

fn column(window: &Window, name: &str) -> Rect {
    window
        .bench
        .get_by_role_and_label(Role::ColumnHeader, name)
        .rect()
}

#[test]
fn a_row_is_carried_by_its_handle_to_where_it_is_let_go() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 3);
    let in_text = ["perpetrator=s1", "place=s2", "time=s3"];
    assert_eq!(on_disk(&window), in_text);
    let handle = |window: &Window, place: usize| {
        let name = format!("Move Incident {place}");
        window.bench.get_by_role_and_label(Role::Button, &name).rect()
    };
    // Let go where it stands, it stays, and nothing is written.
    let (first, last) = (handle(&window, 1), handle(&window, 3));
    window.drag(first.center(), first.center() + egui::vec2(8.0, 2.0));
    window.settle();
    assert_eq!(on_disk(&window), in_text);
    // Over the upper half of the first row it comes before it.
    window.drag(last.center(), first.center_top() + egui::vec2(40.0, 2.0));
    window.settle();
    assert_eq!(on_disk(&window), ["time=s3", "perpetrator=s1", "place=s2"]);
    window.press(Key::Z, CTRL);
    window.settle();
    assert_eq!(on_disk(&window), in_text);
    // And below the last one behind it.
    let (first, last) = (handle(&window, 1), handle(&window, 3));
    window.drag(first.center(), last.center_bottom() + egui::vec2(40.0, -2.0));
    window.settle();
    assert_eq!(on_disk(&window), ["place=s2", "time=s3", "perpetrator=s1"]);
    // Let go over the text it goes nowhere.
    let away = last.center() - egui::vec2(-300.0, 400.0);
    window.drag(handle(&window, 1).center(), away);
    window.settle();
    assert_eq!(on_disk(&window), ["place=s2", "time=s3", "perpetrator=s1"]);
}

#[test]
fn columns_share_the_room_and_keep_their_width_when_they_are_filled() {
    let home = tempfile::tempdir().unwrap();
    let mut wide = window_of_size(home.path(), 2400.0, 900.0);
    let other = tempfile::tempdir().unwrap();
    let mut narrow = window_of_size(other.path(), 1024.0, 640.0);
    let names = ["Perpetrator", "Target", "Place", "Time"];
    for window in [&mut wide, &mut narrow] {
        window.press(Key::J, CTRL);
        window.bench.run_steps(4);
        let before = names.map(|name| column(window, name));
        window.press(Key::Escape, PLAIN);
        code_alone(window, 2);
        assert_eq!(names.map(|name| column(window, name)), before);
    }
    for window in [&wide, &narrow] {
        let actor = column(window, "Perpetrator");
        // A cell stands under the name of its column.
        let under = cell(window, "Incident 1, Perpetrator");
        assert!(actor.x_range().contains(under.x), "{actor} {under}");
    }
    let of = |window: &Window| column(window, "Perpetrator").width();
    assert!(of(&wide) > of(&narrow), "{} {}", of(&wide), of(&narrow));
}

#[test]
fn the_table_of_all_events_names_articles_by_their_titles() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 1);
    window.press(Key::J, CTRL | Modifiers::SHIFT);
    window.until("the event is listed", |app| {
        let events = app.snapshot().events.as_ref();
        events.is_some_and(|view| view.page.rows.len() == 1)
    });
    window.bench.run_steps(4);
    let cells = window.bench.query_all_by_role(Role::Cell);
    let names: Vec<String> = cells.filter_map(|node| node.accesskit_node().label()).collect();
    let of_articles: Vec<&String> = names.iter().filter(|name| name.contains(", Article: ")).collect();
    assert_eq!(
        of_articles,
        [&format!("{FRENCH} 1, Article: {FRENCH}; in progress")]
    );
}

#[test]
fn the_tabs_and_what_was_selected_stay_in_a_small_window() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_size(home.path(), 1024.0, 640.0);
    // A casualty with its figure, in an event: the tallest that the inspector is.
    for _ in 0..4 {
        window.press(Key::Tab, PLAIN);
    }
    window.press(Key::E, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert!(window.app().article_state().selected_event().is_some());
    assert!(window.app().article_state().selected_span().is_some());
    let screen = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1024.0, 640.0));
    for tab in window.bench.query_all_by_role(Role::Tab) {
        assert!(screen.contains_rect(tab.rect()), "{}", tab.rect());
    }
    assert_eq!(window.bench.query_all_by_role(Role::Tab).count(), 3);
    let heading = window
        .bench
        .get_by_role_and_label(Role::DisclosureTriangle, "Event · Incident");
    assert!(screen.contains_rect(heading.rect()), "{}", heading.rect());
}

#[test]
fn a_note_on_a_filler_is_kept_by_a_click_elsewhere_and_given_up_by_escape() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 1);
    let note = |window: &Window| {
        let layer = window.layer_on_disk();
        layer.events.values().next().unwrap().roles[0].note.clone()
    };
    let at = cell(&window, "Incident 1, Perpetrator");
    window.click_at(at);
    window.press(Key::N, PLAIN);
    window.bench.run_steps(4);
    window.type_text("d’après le titre");
    let away = window.app().article_state().screen_rects(window.range("mardi"))[0].center();
    window.click_at(away);
    window.settle();
    assert_eq!(note(&window).as_deref(), Some("d’après le titre"));
    window.click_at(at);
    window.press(Key::N, PLAIN);
    window.bench.run_steps(4);
    window.type_text(" et la suite");
    window.press(Key::Escape, PLAIN);
    window.settle();
    assert_eq!(note(&window).as_deref(), Some("d’après le titre"));
}

#[test]
fn a_cell_is_filled_by_its_menu() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 1);
    let at = cell(&window, "Incident 1, Place");
    window.right_click_at(at);
    let fill = window.bench.get_by_label("Fill…").rect().center();
    window.click_at(fill);
    window.bench.run_steps(4);
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 place=s2"]);
}

#[test]
fn tab_goes_on_to_the_next_cell_of_an_event_that_is_begun_in_the_empty_row() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 1);
    window.press(Key::F6, PLAIN);
    window.press(Key::ArrowDown, PLAIN);
    window.press(Key::Home, PLAIN);
    for _ in 0..3 {
        window.press(Key::ArrowRight, PLAIN);
    }
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    window.type_text("ner");
    window.press(Key::Tab, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1", "place=s2"]);
    // The list of the next cell, which takes the day.
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1", "place=s2 time=s3"]);
}

#[test]
fn a_click_beside_the_rows_of_a_list_at_a_cell_leaves_it_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 1);
    window.press(Key::F6, PLAIN);
    window.press(Key::ArrowRight, PLAIN);
    window.press(Key::ArrowRight, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    window.type_text("ner");
    let name = "Find a span, or type a value";
    let field = window.bench.get_by_role_and_label(Role::TextInput, name).rect();
    window.click_at(field.center_bottom() + egui::vec2(0.0, 2.0));
    window.type_text("val");
    let typed = window.bench.get_by_role_and_label(Role::TextInput, name).value();
    assert_eq!(typed.as_deref(), Some("nerval"));
    // A row that is pressed slowly is still there when the button is let go.
    let row = |window: &Window| {
        let rows = window
            .bench
            .query_all_by_role_and_label(Role::ListItem, "Location: Nerval");
        let mut rows = rows
            .filter(|row| row.rect().top() > field.top() && field.x_range().contains(row.rect().center().x));
        rows.next().unwrap().rect().center()
    };
    window.click_at(row(&window));
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 place=s2"]);
}

#[test]
fn a_double_click_that_comes_as_a_whole_opens_the_list_at_a_cell() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    code_alone(&mut window, 1);
    let at = cell(&window, "Incident 1, Place");
    window.bench.hover_at(at);
    window.bench.run_steps(2);
    for _ in 0..2 {
        for pressed in [true, false] {
            window.bench.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: PLAIN,
            });
        }
        window.bench.step();
    }
    window.bench.run_steps(4);
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 place=s2"]);
}

#[test]
fn what_sort_of_event_a_row_is_and_columns_out_of_sight_are_shown() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_size(home.path(), 1024.0, 640.0);
    code_alone(&mut window, 1);
    let has = |window: &Window, name: &str| window.bench.query_by_label(name).is_some();
    assert!(has(&window, "More columns at the right"));
    assert!(!has(&window, "More columns at the left"));
    // A click on an arrow brings them into view, and back.
    let click = |window: &mut Window, name: &str| {
        let arrow = window.bench.get_by_role_and_label(Role::Button, name).rect();
        window.click_at(arrow.center());
    };
    click(&mut window, "More columns at the right");
    assert!(has(&window, "More columns at the left"));
    for _ in 0..4 {
        if has(&window, "More columns at the left") {
            click(&mut window, "More columns at the left");
        }
    }
    assert!(!has(&window, "More columns at the left") && has(&window, "More columns at the right"));
    let event = window
        .snapshot()
        .article
        .as_ref()
        .unwrap()
        .layer
        .events
        .keys()
        .next()
        .cloned();
    let command = serde_json::json!({"command": "set_attribute", "target": event.unwrap().as_str(), "attribute": "kind", "value": "protest"});
    let mut session = Session::open(&window.project_path(), super::desk::config(home.path())).unwrap();
    session
        .run(&Command::from_json(&command.to_string()).unwrap(), None)
        .unwrap();
    window.until_shown("Incident 1, Event: Protest, ");
    // At the last column the others lie at the left, and the event itself stays where it is.
    let head = column(&window, "Event");
    window.press(Key::J, CTRL);
    window.press(Key::J, CTRL);
    for _ in 0..12 {
        window.press(Key::ArrowRight, PLAIN);
    }
    window.bench.run_steps(30);
    assert!(has(&window, "More columns at the left"));
    assert!(!has(&window, "More columns at the right"));
    assert_eq!(column(&window, "Event"), head);
}

#[test]
fn the_labels_stay_in_sight_when_an_event_is_at_hand() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_size(home.path(), 1024.0, 640.0);
    let first = |window: &Window| {
        let rows = window.bench.query_all_by_role(Role::ListItem);
        let row = rows.into_iter().find(|row| {
            row.accesskit_node()
                .label()
                .is_some_and(|name| name == "Actor, 1")
        });
        row.expect("the labels are drawn").rect()
    };
    let before = first(&window);
    code_alone(&mut window, 1);
    assert!(window.app().article_state().selected_event().is_some());
    window.bench.run_steps(10);
    assert_eq!(first(&window), before);
}

#[test]
fn all_roles_are_seen_in_a_window_of_usual_width() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_size(home.path(), 1280.0, 800.0);
    code_alone(&mut window, 1);
    let new = window
        .bench
        .get_by_role_and_label(Role::Button, "All events…")
        .rect();
    assert!(column(&window, "Source").right() < new.right() + 40.0);
    assert!(column(&window, "Source").width() > 90.0);
}
