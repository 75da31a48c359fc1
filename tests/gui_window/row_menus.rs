//! The context menus of rows, labels, and relations, by right click and by key, down to the project file.

use egui::accesskit::Role;
use egui::{Id, Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use hashiya::gui::panels::list::rows_id;
use hashiya::gui::panels::notes::{notes_id, reply_id};
use hashiya::gui::panels::relations::relations_id;
use hashiya::gui::panels::spans::spans_id;
use hashiya::model::{NoteState, Status};

use super::desk::Window;
use super::events::window as window_of_events;
use super::relations::{linked, on_disk as relations_on_disk};
use super::sheet::code_alone;

const PLAIN: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

fn focused(window: &Window) -> Option<Id> {
    window.bench.ctx.memory(egui::Memory::focused)
}

fn focus(window: &mut Window, id: Id) {
    window.bench.ctx.memory_mut(|memory| memory.request_focus(id));
    window.bench.run_steps(3);
}

/// Where the row is whose name begins so.
fn row(window: &Window, name: &str) -> Pos2 {
    let mut rows = window.bench.query_all_by_role(Role::ListItem);
    let is_it = |label: String| label.starts_with(name);
    let row = rows.find(|row| row.accesskit_node().label().is_some_and(is_it));
    let row = row.expect("the row is drawn").rect();
    row.left_center() + egui::vec2(60.0, 0.0)
}

fn right_click_row(window: &mut Window, name: &str) {
    let at = row(window, name);
    window.right_click_at(at);
}

/// Opens the menu of what has the focus by its key.
pub fn menu_by_key(window: &mut Window) {
    window.press(Key::F10, SHIFT);
    window.bench.run_steps(8);
}

pub fn entry(window: &Window, name: &str) -> (bool, egui::Rect) {
    // A button of a pane may have the same name: the menu lies over it.
    let mut entries = window.bench.query_all_by_role_and_label(Role::Button, name);
    let is_over = |at: Pos2| {
        let layer = window.bench.ctx.layer_id_at(at);
        layer.is_some_and(|layer| layer.order == egui::Order::Foreground)
    };
    let entry = entries.find(|entry| is_over(entry.rect().center()));
    let entry = entry.unwrap_or_else(|| panic!("no menu has the entry {name}"));
    (!entry.accesskit_node().is_disabled(), entry.rect())
}

pub fn choose(window: &mut Window, name: &str) {
    let (enabled, rect) = entry(window, name);
    assert!(enabled, "{name}");
    window.click_at(rect.center());
    window.settle();
}

/// What egui itself has drawn in the row of an entry, its key among it.
fn drawn_in(window: &Window, name: &str) -> Vec<String> {
    let (_, rect) = entry(window, name);
    let shapes = window.bench.output().shapes.iter();
    shapes
        .filter_map(|shape| match &shape.shape {
            egui::Shape::Text(text) if rect.contains(text.visual_bounding_rect().center()) => {
                Some(text.galley.text().to_owned())
            }
            _ => None,
        })
        .collect()
}

fn statuses(window: &Window) -> Vec<Status> {
    let rows = window.snapshot().list.rows.iter();
    rows.map(|row| row.status).collect()
}

#[test]
fn an_article_is_marked_by_the_menu_of_its_row_and_the_open_one_stays_open() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    right_click_row(&mut window, "Truck hits a mine");
    assert!(entry(&window, "Open").0);
    assert!(!entry(&window, "Mark to do").0, "it is to do");
    assert!(!entry(&window, "Article details…").0, "it is not open");
    let drawn = drawn_in(&window, "Mark done");
    assert!(drawn.is_empty(), "the key is for the open article: {drawn:?}");
    assert!(drawn_in(&window, "Open").contains(&"Enter".to_owned()));
    choose(&mut window, "Mark skipped");
    assert_eq!(statuses(&window), [Status::Todo, Status::Todo, Status::Skipped]);
    window.until_title("Frappe près d'Alep");
    right_click_row(&mut window, "Truck hits a mine");
    choose(&mut window, "Flag: off");
    assert!(window.snapshot().list.rows[2].flagged);
    // The open one has all that is for the open one, and is done by the same actions.
    right_click_row(&mut window, "Frappe près d'Alep");
    assert!(!entry(&window, "Open").0);
    assert!(entry(&window, "Article details…").0);
    assert!(drawn_in(&window, "Mark done").contains(&"Ctrl+D".to_owned()));
    choose(&mut window, "Mark done");
    assert_eq!(statuses(&window)[0], Status::Done);
    right_click_row(&mut window, "Truck hits a mine");
    choose(&mut window, "Open");
    window.until_title("Truck hits a mine");
}

#[test]
fn the_menu_of_the_row_at_hand_opens_by_key_is_walked_and_gives_the_focus_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    focus(&mut window, rows_id());
    menu_by_key(&mut window);
    // The first entry that can be chosen has the focus: the article is open and to do.
    let on = |window: &Window, name: &str| {
        window
            .bench
            .get_by_role_and_label(Role::Button, name)
            .is_focused()
    };
    assert!(on(&window, "Mark done"));
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Mark skipped").is_none());
    assert_eq!(focused(&window), Some(rows_id()));
    window.press(Key::Menu, PLAIN);
    window.bench.run_steps(8);
    window.press(Key::ArrowDown, PLAIN);
    window.bench.run_steps(2);
    assert!(on(&window, "Mark skipped"));
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(statuses(&window)[0], Status::Skipped);
    assert_eq!(focused(&window), Some(rows_id()));
}

/// Whether a row of that height is drawn on a ground of that colour, at that place.
fn has_ground(window: &Window, at: Pos2, color: egui::Color32) -> bool {
    let mut shapes = window.bench.output().shapes.iter();
    shapes.any(|shape| match &shape.shape {
        egui::Shape::Rect(ground) => {
            ground.fill == color && ground.rect.height() < 40.0 && ground.rect.contains(at)
        }
        _ => false,
    })
}

#[test]
fn the_row_that_a_menu_is_about_is_tinted_until_the_menu_is_closed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let palette = hashiya::gui::theme::Palette::of(&window.bench.ctx);
    for (name, entry_of_menu) in [
        ("Truck hits a mine", "Mark skipped"),
        ("Casualty, 0", "Edit label…"),
    ] {
        let at = row(&window, name);
        window.right_click_at(at);
        // The pointer has gone to the menu.
        let over = entry(&window, entry_of_menu).1.center();
        window.bench.hover_at(over);
        window.bench.run_steps(4);
        assert!(has_ground(&window, at, palette.hover), "{name}");
        window.press(Key::Escape, PLAIN);
        window.bench.run_steps(4);
        assert!(!has_ground(&window, at, palette.hover), "{name}: it is closed");
    }
}

#[test]
fn the_menu_of_a_span_in_the_list_is_about_that_span() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    for (words, key) in [("Alep", Key::Num2), ("50 civils", Key::Num3)] {
        window.drag_over(words);
        window.press(key, PLAIN);
        window.settle();
    }
    right_click_row(&mut window, "Location: ");
    window.bench.get_by_label("Change to");
    assert!(drawn_in(&window, "Remove span").contains(&"Delete".to_owned()));
    let actor = window.bench.get_by_role_and_label(Role::ListItem, "Actor").rect();
    window.click_at(actor.center());
    window.until_spans(&["actor:Alep", "casualty:50 civils"]);
    // By key, with the other span at hand.
    focus(&mut window, spans_id());
    window.press(Key::ArrowDown, PLAIN);
    menu_by_key(&mut window);
    assert!(
        window
            .bench
            .get_by_role_and_label(Role::ListItem, "Actor")
            .is_focused()
    );
    choose(&mut window, "Remove span");
    window.until_spans(&["actor:Alep"]);
}

#[test]
fn a_note_is_settled_answered_and_changed_by_its_menu() {
    let home = tempfile::tempdir().unwrap();
    let mut window = super::notes::with_notes(home.path());
    window.press(Key::N, SHIFT);
    // The second one comes into view.
    window.press(Key::ArrowDown, PLAIN);
    window.bench.run_steps(30);
    let second = window
        .bench
        .get_all_by_label_contains("open note by leila")
        .last();
    let at = second.unwrap().rect().left_top() + egui::vec2(40.0, 14.0);
    window.right_click_at(at);

    assert!(drawn_in(&window, "Settle").contains(&"Space".to_owned()));
    choose(&mut window, "Settle");
    let notes: Vec<_> = window.layer_on_disk().notes.into_values().collect();
    let state = |text: &str| notes.iter().find(|note| note.text == text).unwrap().state;
    assert_eq!(state("blessés ou morts ?"), NoteState::Resolved);
    assert_eq!(state("ville ou province ?"), NoteState::Open);
    focus(&mut window, notes_id());
    menu_by_key(&mut window);
    let reply = window
        .bench
        .get_by_role_and_label(Role::Button, "Reply")
        .rect()
        .center();
    window.click_at(reply);
    assert_eq!(focused(&window), Some(reply_id()));
    window.type_text("la ville");
    window.press(Key::Enter, CTRL);
    window.settle();
    let replies = window.layer_on_disk().notes.into_values();
    assert_eq!(replies.map(|note| note.replies.len()).sum::<usize>(), 1);
}

#[test]
fn a_label_tags_the_selected_words_from_its_menu_and_is_edited_there() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    right_click_row(&mut window, "Location, 0");
    assert!(!entry(&window, "As a second label").0);
    assert!(drawn_in(&window, "Arm it for the next drags").contains(&"2".to_owned()));
    window.press(Key::Escape, PLAIN);
    window.drag_over("Alep");
    right_click_row(&mut window, "Location, 0");
    choose(&mut window, "Tag the selected words");
    window.until_spans(&["location:Alep"]);
    right_click_row(&mut window, "Actor, 0");
    choose(&mut window, "Edit label…");
    window.bench.run_steps(10);
    let id = window.bench.get_all_by_value("actor").next();
    assert!(id.is_some(), "the codebook is open at the label");
}

#[test]
fn an_arc_has_a_menu_of_its_own_and_the_words_below_keep_theirs() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    let middle = |window: &Window| {
        let state = window.app().article_state();
        let (_, way) = state.relation_ways().next().unwrap();
        way[way.len() / 2]
    };
    let at = middle(&window);
    window.right_click_at(at);
    assert!(window.app().article_state().chosen_relation().is_some());
    assert!(!entry(&window, "Turn relation round").0, "it leads one way");
    assert!(drawn_in(&window, "Remove relation").contains(&"Delete".to_owned()));
    let types = window
        .bench
        .query_all_by_role_and_label(Role::Button, "Claimed by");
    let kind = types.last().unwrap().rect().center();
    window.click_at(kind);
    window.settle();
    let now = ["claimed-by Plus de 50 civils > Emmanuel Macron"];
    assert_eq!(relations_on_disk(&window), now);
    let at = middle(&window);
    window.right_click_at(at);
    choose(&mut window, "Go to its end: “\u{2068}Emmanuel Macron\u{2069}”");
    let article = window.snapshot().article.clone().unwrap();
    let selected = window.app().article_state().selected_span().cloned().unwrap();
    let span = article.layer.spans.get(&selected).unwrap();
    assert_eq!(span.ranges.quote(&article.text).unwrap(), "Emmanuel Macron");
    // On the words the menu is about the span, and its Delete takes no relation.
    let words = window.range("Plus de 50 civils");
    let at = window.app().article_state().screen_rects(words)[0].center();
    window.right_click_at(at);
    window.bench.get_by_label("Change to");
    assert!(window.app().article_state().selected_relation().is_none());
}

#[test]
fn the_chosen_relation_has_its_menu_by_key_in_the_text_and_in_the_list() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    assert_eq!(focused(&window), Some(article_id()));
    menu_by_key(&mut window);
    entry(&window, "Remove relation");
    let first = "Go to its start: “\u{2068}Plus de 50 civils\u{2069}”";
    assert!(
        window
            .bench
            .get_by_role_and_label(Role::Button, first)
            .is_focused()
    );
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    assert_eq!(focused(&window), Some(article_id()));
    focus(&mut window, relations_id());
    menu_by_key(&mut window);
    let removes = window
        .bench
        .query_all_by_role_and_label(Role::Button, "Remove relation");
    let at = removes.last().unwrap().rect().center();
    window.click_at(at);
    window.settle();
    assert!(relations_on_disk(&window).is_empty());
}

#[test]
fn the_menu_of_a_span_is_about_the_span_also_where_a_relation_was_just_made_at_it() {
    let home = tempfile::tempdir().unwrap();
    for by_key in [false, true] {
        let mut window = linked(&home.path().join(by_key.to_string()));
        let before = window.layer_on_disk().spans.len();
        if by_key {
            focus(&mut window, spans_id());
            menu_by_key(&mut window);
        } else {
            right_click_row(&mut window, "Casualty: Plus de 50");
        }
        choose(&mut window, "Remove span");
        window.settle();
        assert_eq!(window.layer_on_disk().spans.len(), before - 1, "by key: {by_key}");
    }
}

#[test]
fn a_note_of_the_menu_of_a_relation_that_was_just_made_is_on_the_relation() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    let relation = window.layer_on_disk().relations.keys().next().unwrap().clone();
    focus(&mut window, relations_id());
    menu_by_key(&mut window);
    choose(&mut window, "Note…");
    window.bench.run_steps(4);
    window.type_text("a doubt");
    window.press(Key::Enter, CTRL);
    window.settle();
    let notes = window.layer_on_disk().notes;
    let note = notes.values().next().unwrap();
    assert_eq!(
        note.target.as_ref().map(hashiya::model::TargetId::as_str),
        Some(relation.as_str())
    );
}

#[test]
fn the_menu_of_the_text_opens_by_key_at_what_is_selected() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    menu_by_key(&mut window);
    window.bench.get_by_label("Tag as");
    let words = window.app().article_state().screen_rects(window.range("Alep"))[0];
    let (_, copy) = entry(&window, "Copy text");
    assert!(
        (copy.left() - words.left()).abs() < 40.0,
        "{copy:?} is at {words:?}"
    );
    // The second label, with the arrow keys.
    window.press(Key::ArrowDown, PLAIN);
    window.bench.run_steps(2);
    window.press(Key::Enter, PLAIN);
    window.until_spans(&["location:Alep"]);
    assert_eq!(focused(&window), Some(article_id()));
}

#[test]
fn the_menus_of_the_sheet_show_their_keys_and_open_by_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_events(home.path());
    code_alone(&mut window, 1);
    window.press(Key::F6, PLAIN);
    menu_by_key(&mut window);
    for (name, key) in [
        ("Move up", "Ctrl+Up"),
        ("Duplicate", "Ctrl+D"),
        ("Merge", "M"),
        ("Remove event", "Ctrl+Delete"),
    ] {
        let drawn = drawn_in(&window, name);
        assert!(drawn.contains(&key.to_owned()), "{name}: {drawn:?}");
    }
    assert!(
        !entry(&window, "Move up").0 && !entry(&window, "Move down").0,
        "it stands alone"
    );
    choose(&mut window, "Duplicate");
    assert_eq!(super::events::on_disk(&window).len(), 2);
    // The one that was made is the last, and the other the first.
    for (key, up, down) in [(Key::ArrowUp, false, true), (Key::ArrowDown, true, false)] {
        window.press(key, PLAIN);
        menu_by_key(&mut window);
        assert_eq!(entry(&window, "Move up").0, up);
        assert_eq!(entry(&window, "Move down").0, down);
        window.press(Key::Escape, PLAIN);
        window.bench.run_steps(4);
    }
}

#[test]
fn a_menu_near_the_lower_edge_is_in_the_window() {
    let home = tempfile::tempdir().unwrap();
    let folder = super::desk::articles(home.path());
    let mut window = Window::of_size(home.path(), &[folder], 1024.0, 640.0);
    window.until_shown("Alep");
    window.drag_over("50 civils");
    window.press(Key::Num3, PLAIN);
    window.settle();
    let at = row(&window, "Casualty: ");
    assert!(at.y > 400.0, "the list is low: {at:?}");
    window.right_click_at(at);
    let screen = window.bench.ctx.content_rect();
    for name in ["Show in the text", "Inspect span", "Remove span"] {
        let (_, rect) = entry(&window, name);
        assert!(screen.contains_rect(rect), "{name}: {rect:?}");
    }
}

#[test]
fn where_nothing_has_a_menu_the_key_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    focus(&mut window, spans_id());
    menu_by_key(&mut window);
    let said = window
        .bench
        .get_by_role(Role::Status)
        .accesskit_node()
        .label()
        .unwrap();
    assert!(said.contains("choose a row of the list first"), "{said}");
}

#[test]
fn where_the_list_shows_no_row_at_hand_the_key_says_so_too() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    // No span is there yet.
    focus(&mut window, spans_id());
    menu_by_key(&mut window);
    window.bench.run_steps(12);
    let said = window.bench.get_by_role(Role::Status).accesskit_node().label();
    let said = said.unwrap();
    assert!(said.contains("choose a row of the list first"), "{said}");
}
