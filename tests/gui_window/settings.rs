//! Keys that are changed in the settings, and what they meet there.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::session::action::Action;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;

fn on_keys(window: &mut Window) {
    window.press(Key::Comma, CTRL);
    window.bench.get_by_label("Keys").click();
    window.bench.run_steps(3);
}

fn click(window: &mut Window, button: &str) {
    window.bench.get_by_label(button).click();
    window.bench.run_steps(4);
}

fn close(window: &mut Window) {
    window.press(Key::Escape, Modifiers::NONE);
    window.bench.run_steps(4);
}

fn first_span_is_selected(window: &Window) -> bool {
    window.app().article_state().selected_span().is_some()
}

fn tagged(home: &std::path::Path) -> Window {
    let mut window = Window::on_articles(home);
    window.drag_over("plus de 50 civils");
    window.press(Key::Num3, Modifiers::NONE);
    window.until_spans(&["casualty:plus de 50 civils"]);
    window
}

#[test]
fn a_pressed_key_acts_is_shown_in_the_help_and_is_there_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    on_keys(&mut window);
    window.type_text("remove span");
    click(&mut window, "Change: Remove span");
    window.press(Key::D, Modifiers::NONE);
    close(&mut window);
    window.press(Key::F1, Modifiers::NONE);
    window.bench.get_by_label("D");
    assert!(window.bench.query_by_label("Delete, Backspace").is_none());
    close(&mut window);
    assert!(first_span_is_selected(&window));
    let project = window.project_path();
    window.close();

    let mut again = Window::open(home.path(), &[project]);
    again.until("an article is open", |app| app.snapshot().article.is_some());
    again.bench.run_steps(4);
    again.press(Key::Tab, Modifiers::NONE);
    again.press(Key::Delete, Modifiers::NONE);
    again.until_spans(&["casualty:plus de 50 civils"]);
    again.press(Key::D, Modifiers::NONE);
    again.until_spans(&[]);
}

#[test]
fn a_key_that_is_taken_says_by_whom_and_can_be_had() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    on_keys(&mut window);
    window.type_text("next span");
    click(&mut window, "Change: Next span");
    window.press(Key::Z, CTRL);
    window.bench.get_by_label("Ctrl+Z is also for “Undo”");
    click(&mut window, "Take it");
    let keymap = |window: &Window, action| window.app().keymap().all(action);
    assert_eq!(keymap(&window, Action::NextSpan), "Ctrl+Z");
    assert_eq!(keymap(&window, Action::Undo), "");
    click(&mut window, "Reset all keys");
    assert_eq!(keymap(&window, Action::Undo), "Ctrl+Z");
    assert!(window.app().preferences().keys.is_empty());
}

#[test]
fn keys_of_labels_of_the_clipboard_and_of_typing_are_refused_with_the_reason() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    on_keys(&mut window);
    window.type_text("remove span");
    click(&mut window, "Change: Remove span");
    window.press(Key::Num3, Modifiers::NONE);
    window
        .bench
        .get_by_label("3 is the key of a label (3), which goes first");
    window.bench.event(Event::Copy);
    window.bench.run_steps(3);
    window.bench.get_by_label_contains("Ctrl+C is for copying");
    click(&mut window, "Cancel");
    assert!(!window.app().keymap().is_changed(Action::RemoveSpan));
    click(&mut window, "Change: Remove span");
    window.press(Key::Escape, Modifiers::NONE);
    window.bench.get_by_label("Change: Remove span");
}

#[test]
fn choices_of_reading_act_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Comma, CTRL);
    click(&mut window, "large");
    click(&mut window, "underlines only");
    click(&mut window, "dark");
    let prefs = window.app().preferences();
    assert_eq!(prefs.reading.size, hashiya::gui::reading::TextSize::Large);
    assert_eq!(
        prefs.reading.labels,
        hashiya::gui::reading::LabelDisplay::Underlines
    );
    assert_eq!(window.bench.ctx.theme(), egui::Theme::Dark);
}

#[test]
fn keys_in_the_file_that_meet_or_cannot_be_read_are_said_and_do_no_harm() {
    let home = tempfile::tempdir().unwrap();
    let file = hashiya::gui::prefs::Preferences::file(&super::desk::config(home.path()).folders.config);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text = "[keys]\nnext-span = [\"Ctrl+Z\"]\nfly-away = [\"Q\"]\nundo = [\"Hyper+Z\"]\n";
    std::fs::write(&file, text).unwrap();
    let window = Window::on_articles(home.path());
    assert_eq!(window.app().keymap().all(Action::Undo), "Ctrl+Z");
    window.bench.get_by_label_contains("Some keys are given twice");
}

#[test]
fn the_physical_keys_of_french_and_arabic_keyboards_do_what_their_places_say() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("plus de 50 civils");
    // AZERTY: the place of 3 types a quotation mark; Arabic: a letter has no Latin key, so the place is all there is.
    for (key, place, modifiers) in [(Key::Quote, Key::Num3, Modifiers::NONE), (Key::Z, Key::Z, CTRL)] {
        for pressed in [true, false] {
            window.bench.event(Event::Key {
                key,
                physical_key: Some(place),
                pressed,
                repeat: false,
                modifiers,
            });
        }
        window.bench.run_steps(3);
        if modifiers.is_none() {
            window.until_spans(&["casualty:plus de 50 civils"]);
        }
    }
    window.until_spans(&[]);
}
