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
fn a_whole_coding_needs_the_keyboard_only() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    // From the list: the second article down, and back to the first.
    window.press(Key::F6, Modifiers::SHIFT);
    window.press(Key::ArrowDown, Modifiers::NONE);
    window.press(Key::Enter, Modifiers::NONE);
    window.until_title("غارة على ريف حلب");
    window.press(Key::PageUp, CTRL);
    window.until_title("Frappe près d'Alep");
    // Jump, tag, relabel, resize.
    window.press(Key::J, Modifiers::NONE);
    assert_eq!(window.selected(), "Alep");
    window.press(Key::Num1, Modifiers::NONE);
    window.press(Key::Num2, Modifiers::NONE);
    window.press(Key::J, Modifiers::NONE);
    window.press(Key::Period, Modifiers::NONE);
    window.press(Key::J, Modifiers::NONE);
    window.press(Key::Num3, Modifiers::NONE);
    window.press(Key::CloseBracket, CTRL);
    window.press(Key::OpenBracket, CTRL | Modifiers::SHIFT);
    window.press(Key::OpenBracket, CTRL | Modifiers::SHIFT);
    window.until_spans(&["location:Alep", "location:Alep", "casualty:plus de 50 civils"]);
    // A note on it, written in the inspector.
    window.press(Key::N, Modifiers::NONE);
    window.type_text("bilan provisoire");
    window.press(Key::F6, Modifiers::SHIFT);
    window.until("the note is there", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| article.layer.notes.len() == 1)
    });
    window.press(Key::Enter, CTRL);
    window.until_title("غارة على ريف حلب");
    assert_eq!(window.snapshot().list.rows[0].status, Status::Done);
    // A name of another script inside Arabic is found as well.
    window.press(Key::J, Modifiers::NONE);
    assert_eq!(window.selected(), "Emmanuel Macron");
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
    window.press(Key::F1, Modifiers::SHIFT);
    window.bench.get_by_label("Redo, Ctrl+Shift+Z, Ctrl+Y");
    window.bench.get_by_label("Casualty, 3");
    window.press(Key::F1, Modifiers::NONE);
    assert!(window.bench.query_by_label("Casualty, 3").is_none());
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

#[test]
fn what_is_typed_in_the_frame_of_the_key_that_opens_a_field_is_for_the_field() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.key_event(Key::F, Modifiers::COMMAND, true, false);
    for (key, letter) in [(Key::E, "e"), (Key::N, "n"), (Key::Num1, "1")] {
        window.key_event(key, Modifiers::NONE, true, false);
        window.bench.event(egui::Event::Text(letter.to_owned()));
    }
    window.bench.run_steps(10);
    assert!(window.app().article_state().armed().is_none());
    let typed = window.bench.get_by_label("Find in the article").value();
    assert_eq!(typed.as_deref(), Some("en1"));
}

#[test]
fn a_notch_of_the_wheel_with_ctrl_is_a_step_of_the_size_of_the_text() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let article = window.app().article_state().screen_rects(window.range("Alep"));
    window.bench.hover_at(article[0].center());
    window.bench.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 1.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::COMMAND,
    });
    window.bench.run_steps(40);
    let zoom = window.app().preferences().text_zoom;
    assert!((zoom - 1.1).abs() < 0.01, "{zoom}");
}

#[test]
fn what_is_typed_behind_the_key_of_a_dialog_is_not_for_the_field_that_it_was_pressed_in() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let typed = |window: &Window, field: &str| window.bench.get_by_label(field).value();
    let press_ahead = |window: &mut Window, key: Key| {
        window.key_event(key, CTRL, true, false);
        for (key, letter) in [(Key::E, "e"), (Key::N, "n")] {
            window.key_event(key, Modifiers::NONE, true, false);
            window.bench.event(egui::Event::Text(letter.to_owned()));
        }
        window.bench.run_steps(12);
    };
    window.press(Key::F, CTRL);
    window.type_text("Alep");
    press_ahead(&mut window, Key::K);
    assert_eq!(typed(&window, "Find a command").as_deref(), Some("en"));
    window.press(Key::Escape, Modifiers::NONE);
    assert_eq!(typed(&window, "Find in the article").as_deref(), Some("Alep"));
    // Nothing is typed in this dialog.
    press_ahead(&mut window, Key::Comma);
    window.press(Key::Escape, Modifiers::NONE);
    assert_eq!(typed(&window, "Find in the article").as_deref(), Some("Alep"));
    // A key that goes to a field is for that one, though it has the focus already.
    press_ahead(&mut window, Key::F);
    assert_eq!(typed(&window, "Find in the article").as_deref(), Some("en"));
}

#[test]
fn a_refusal_stays_when_what_was_asked_for_before_it_is_answered() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Home, CTRL);
    window.press(Key::ArrowRight, CTRL | Modifiers::SHIFT);
    // Both in one frame: the span is saved only when the refusal is on the screen.
    window.key_event(Key::Num1, Modifiers::NONE, true, false);
    window.key_event(Key::Y, CTRL, true, false);
    window.until_spans(&["actor:Frappe"]);
    window.bench.get_by_label("Redo: nothing to redo in this article");
}
