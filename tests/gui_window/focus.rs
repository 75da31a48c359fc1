//! The keyboard after the mouse: what had the focus has it again, and an open menu has the keys.

use egui::accesskit::Role;
use egui::{Id, Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use hashiya::gui::panels::events::sheet_id;
use hashiya::gui::panels::find_bar::find_id;
use hashiya::gui::panels::list::rows_id;
use hashiya::gui::panels::spans::spans_id;

use super::desk::Window;

const PLAIN: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn focused(window: &Window) -> Option<Id> {
    window.bench.ctx.memory(egui::Memory::focused)
}

/// Clicks an entry of a menu of the bar.
fn choose(window: &mut Window, menu: &str, name: &str) {
    click_button(window, menu);
    click_button(window, name);
}

fn click_button(window: &mut Window, name: &str) {
    let mut buttons = window.bench.query_all_by_role(Role::Button);
    let is_it = |label: String| label == name;
    let button = buttons.find(|button| button.accesskit_node().label().is_some_and(is_it));
    let at = button
        .unwrap_or_else(|| panic!("no button {name}"))
        .rect()
        .center();
    drop(buttons);
    window.click_at(at);
}

fn words_at(window: &Window, words: &str) -> Pos2 {
    let range = window.range(words);
    window.app().article_state().screen_rects(range)[0].center()
}

fn with_two_spans(home: &std::path::Path) -> Window {
    let mut window = Window::on_articles(home);
    for (words, key) in [("Alep", Key::Num2), ("50 civils", Key::Num3)] {
        window.drag_over(words);
        window.press(key, PLAIN);
        window.settle();
    }
    window
}

/// Whether an entry of the open menu has the focus.
fn is_on(window: &Window, role: Role, name: &str) -> bool {
    let mut nodes = window.bench.query_all_by_role_and_label(role, name);
    nodes.any(|node| node.is_focused())
}

#[test]
fn the_text_has_the_keys_after_a_click_on_a_menu_entry_or_a_button() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_spans(home.path());
    let selected = |window: &Window| window.app().article_state().selected_span().cloned();
    let before = selected(&window);
    for (menu, name) in [("Annotate", "Next span"), ("View", "Larger text")] {
        choose(&mut window, menu, name);
        assert_eq!(focused(&window), Some(article_id()), "{name}");
    }
    assert_ne!(selected(&window), before);
    click_button(&mut window, "Next article");
    window.until_title("غارة على ريف حلب");
    assert_eq!(focused(&window), Some(article_id()));
    // A click on nothing takes nothing.
    window.click_at(egui::pos2(640.0, 792.0));
    assert_eq!(focused(&window), Some(article_id()));
}

#[test]
fn a_list_and_a_field_have_the_keys_again_after_a_menu_by_mouse_and_by_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_spans(home.path());
    for id in [spans_id(), rows_id()] {
        window.bench.ctx.memory_mut(|memory| memory.request_focus(id));
        window.bench.run_steps(3);
        choose(&mut window, "View", "Larger text");
        assert_eq!(focused(&window), Some(id));
        window.press(Key::F10, PLAIN);
        window.bench.run_steps(4);
        window.press(Key::Escape, PLAIN);
        window.bench.run_steps(4);
        assert_eq!(focused(&window), Some(id));
    }
}

#[test]
fn the_next_pane_by_mouse_is_the_one_behind_that_with_the_focus() {
    let home = tempfile::tempdir().unwrap();
    let folder = super::desk::articles(home.path());
    let mut window = Window::of_size(home.path(), &[folder], 1280.0, 1100.0);
    window.until_shown("Alep");
    window.bench.run_steps(6);
    choose(&mut window, "View", "Next pane");
    assert_eq!(focused(&window), Some(spans_id()));
    choose(&mut window, "View", "Previous pane");
    assert_eq!(focused(&window), Some(article_id()));
    choose(&mut window, "View", "Previous pane");
    assert_eq!(focused(&window), Some(rows_id()));
}

#[test]
fn a_menu_opened_by_the_mouse_has_the_keys_and_leaves_the_text_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_spans(home.path());
    let at = words_at(&window, "50 civils");
    window.right_click_at(at);
    let span = window.app().article_state().selected_span().cloned();
    assert!(span.is_some());
    window.press(Key::ArrowDown, PLAIN);
    assert!(is_on(&window, Role::ListItem, "Actor"));
    assert_eq!(window.app().article_state().selected_span().cloned(), span);
    // Round the end, and not out of the menu.
    window.press(Key::ArrowUp, PLAIN);
    assert!(is_on(&window, Role::Button, "Remove span"));
    window.press(Key::ArrowRight, PLAIN);
    assert!(is_on(&window, Role::Button, "Remove span"));
    window.press(Key::Tab, PLAIN);
    assert!(is_on(&window, Role::ListItem, "Actor"));
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Change to").is_none());
    assert_eq!(focused(&window), Some(article_id()));
    assert_eq!(window.app().article_state().selected_span().cloned(), span);
    // Where nothing is selected, and the caret stays.
    let at = words_at(&window, "province");
    window.right_click_at(at);
    let caret = window.app().article_state().selection();
    for _ in 0..3 {
        window.press(Key::ArrowDown, PLAIN);
    }
    assert_eq!(window.app().article_state().selection(), caret);
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    assert_eq!(focused(&window), Some(article_id()));
}

#[test]
fn the_menu_of_a_label_and_of_the_sheet_have_the_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let label = window.bench.get_all_by_role(Role::ListItem);
    let at = label
        .filter(|row| {
            row.accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with("Location, "))
        })
        .map(|row| row.rect().left_center() + egui::vec2(60.0, 0.0))
        .next();
    window.right_click_at(at.unwrap());
    window.press(Key::ArrowUp, PLAIN);
    assert!(is_on(&window, Role::Button, "Codebook…"));
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Edit label…").is_none());
    drop(window);
    let home = tempfile::tempdir().unwrap();
    let mut window = super::events::window(home.path());
    super::sheet::code_alone(&mut window, 1);
    let filler = window
        .bench
        .get_by_role_and_label(Role::Button, "Front du 9-Mars");
    let at = filler.rect().center();
    window.right_click_at(at);
    window.press(Key::ArrowDown, PLAIN);
    let entry = focused(&window).and_then(|id| window.bench.ctx.read_response(id));
    let layer = entry.map(|entry| entry.layer_id.order);
    assert_eq!(
        layer,
        Some(egui::Order::Foreground),
        "an entry of the menu has the focus"
    );
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Duplicate").is_none());
    assert_eq!(focused(&window), Some(sheet_id()));
}

#[test]
fn keys_typed_ahead_of_the_menus_each_count() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    for key in [Key::F10, Key::ArrowRight, Key::ArrowRight, Key::ArrowDown] {
        for pressed in [true, false] {
            window.key_event(key, PLAIN, pressed, false);
        }
    }
    window.bench.run_steps(30);
    let first = window.bench.query_by_label_contains("Next name or number");
    assert!(first.is_some(), "the third menu is open");
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(6);
    // One frame for each, as by a fast hand.
    for key in [Key::F10, Key::ArrowRight, Key::ArrowRight] {
        window.tap(key, PLAIN);
    }
    window.bench.run_steps(30);
    let first = window.bench.query_by_label_contains("Next name or number");
    assert!(first.is_some(), "the third menu is open");
    assert_eq!(window.app().article_state().selection().start().get(), 0);
}

#[test]
fn after_all_hits_are_tagged_undo_takes_the_tags_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F, CTRL);
    assert_eq!(focused(&window), Some(find_id()));
    window.type_text("Alep");
    window.bench.run_steps(20);
    let button = window.bench.get_by_label("Tag all…").rect().center();
    window.click_at(button);
    window.press(Key::Num2, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.until("both are tagged", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| article.layer.spans.len() == 2)
    });
    window.bench.run_steps(4);
    assert_eq!(focused(&window), Some(article_id()));
    window.press(Key::Z, CTRL);
    window.until_spans(&[]);
}
