//! The window without a mouse.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::model::Status;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn an_article_is_tagged_and_finished_without_a_mouse() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    // From the start of the text: two words to the right, selected.
    window.press(Key::Home, CTRL);
    window.press(Key::ArrowRight, CTRL | Modifiers::SHIFT);
    assert_eq!(window.selected().trim(), "Frappe");
    window.press(Key::Num1, Modifiers::NONE);
    window.until_spans(&["actor:Frappe"]);
    window.press(Key::Enter, CTRL);
    window.until_title("غارة على ريف حلب");
    let row = &window.snapshot().list.rows[0];
    assert_eq!((row.status, row.spans), (Status::Done, 1));
    assert_eq!(window.snapshot().project.as_ref().unwrap().progress.done, 1);
    window.bench.get_by_label("1 of 3 done");
}

#[test]
fn the_next_and_the_previous_article_have_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::PageDown, CTRL);
    window.until_title("غارة على ريف حلب");
    window.press(Key::PageDown, CTRL);
    window.until_title("Truck hits a mine");
    window.press(Key::PageUp, CTRL);
    window.until_title("غارة على ريف حلب");
}

#[test]
fn f6_goes_round_the_panes_and_keys_tag_only_in_the_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let focused = |window: &Window| window.bench.ctx.memory(egui::Memory::focused);
    let in_article = focused(&window).expect("the article has the focus at first");
    window.press(Key::F6, Modifiers::NONE);
    let after = focused(&window).expect("a pane has the focus");
    assert_ne!(after, in_article);
    window.press(Key::Num1, Modifiers::NONE);
    assert!(
        window.app().article_state().armed().is_none(),
        "the article does not have the focus"
    );
    window.press(Key::F6, Modifiers::SHIFT);
    assert_eq!(focused(&window), Some(in_article));
    window.press(Key::Num1, Modifiers::NONE);
    assert!(window.app().article_state().armed().is_some());
    window.bench.get_by_label_contains("armed: Actor");
    window.press(Key::Escape, Modifiers::NONE);
    assert!(window.app().article_state().armed().is_none());
}

#[test]
fn the_palette_finds_a_command_and_escape_gives_the_focus_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::K, CTRL);
    window.type_text("next arti");
    window.press(Key::Enter, Modifiers::NONE);
    window.until_title("غارة على ريف حلب");
    window.press(Key::K, CTRL);
    window.bench.get_by_label("Find a command");
    window.press(Key::Escape, Modifiers::NONE);
    assert!(window.bench.query_by_label("Find a command").is_none());
    window.press(Key::Num2, Modifiers::NONE);
    assert!(
        window.app().article_state().armed().is_some(),
        "the article has the focus again"
    );
}

#[test]
fn the_help_shows_keys_of_commands_and_labels() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F1, Modifiers::NONE);
    window.bench.get_by_label("Ctrl+Shift+Z, Ctrl+Y");
    window.bench.get_by_label("Casualty");
    window.press(Key::Escape, Modifiers::NONE);
    assert!(window.bench.query_by_label("Ctrl+Shift+Z, Ctrl+Y").is_none());
}

#[test]
fn text_is_zoomed_by_key_and_what_cannot_be_done_says_why() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Plus, CTRL);
    assert!(window.app().preferences().text_zoom > 1.0);
    window.press(Key::Num0, CTRL);
    assert!((window.app().preferences().text_zoom - 1.0).abs() < 1e-6);
    window.press(Key::Y, CTRL);
    window.bench.get_by_label("Redo: nothing to redo in this article");
}
