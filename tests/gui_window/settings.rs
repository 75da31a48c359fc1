//! The settings: keys that are recorded, shown, kept, and reset, and keys of other keyboards.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::prefs::Preferences;
use hashiya::gui::reading::{ArabicFace, LabelDisplay, MarginNumbers, TextSize};
use hashiya::session::Folders;
use hashiya::session::action::Action;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

/// Opens the page of keys on the action that fits best.
fn open_on(window: &mut Window, typed: &str) {
    window.press(Key::Comma, CTRL);
    click(window, "Keys");
    window.type_text(typed);
}

fn keys(window: &Window, action: Action) -> Vec<String> {
    let keys = window.app().preferences().keys.of(action).iter();
    keys.map(ToString::to_string).collect()
}

fn click(window: &mut Window, label: &str) {
    window.bench.get_by_label(label).click();
    window.bench.run_steps(4);
}

/// A press as another layout gives it: the key by the layout, its place, and what it types.
fn press_on_layout(window: &mut Window, key: Key, place: Key, modifiers: Modifiers, typed: Option<&str>) {
    let event = |pressed| Event::Key {
        key,
        physical_key: Some(place),
        pressed,
        repeat: false,
        modifiers,
    };
    // What a press types comes in the same frame.
    let events = &mut window.bench.input_mut().events;
    events.push(event(true));
    events.extend(typed.map(|typed| Event::Text(typed.to_owned())));
    events.push(event(false));
    window.bench.run_steps(3);
}

fn write_preferences(home: &std::path::Path, text: &str) {
    let file = Preferences::file(&Folders::at(home).config);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

#[test]
fn a_recorded_key_acts_at_once_is_shown_everywhere_and_holds_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open_on(&mut window, "remove span");
    window.press(Key::Enter, NONE);
    window.bench.get_by_label("Press the new key for “Remove span”");
    window.press(Key::Q, NONE);
    assert_eq!(keys(&window, Action::RemoveSpan), ["Q"]);
    window.bench.get_by_label("Remove span, Q, changed");
    window.press(Key::Escape, NONE);

    window.press(Key::F1, Modifiers::SHIFT);
    window.bench.get_by_label("Remove span, Q");
    click(&mut window, "Change keys…");
    window.bench.get_by_label("Filter keys");
    window.press(Key::Escape, NONE);
    window
        .bench
        .get_by_role_and_label(Role::Button, "Annotate")
        .click();
    window.bench.run_steps(4);
    let entry = window.bench.get_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.contains("Remove span"))
    });
    assert!(entry.accesskit_node().is_disabled(), "no span is selected");
    window.press(Key::Escape, NONE);
    window.bench.run_steps(6);

    tag_and_remove(&mut window, Key::Q);
    window.close();
    let written = std::fs::read_to_string(Preferences::file(&Folders::at(home.path()).config)).unwrap();
    assert!(
        written.contains("[keys]") && written.contains("remove-span = [\"Q\"]"),
        "{written}"
    );
    let mut again = Window::on_articles(home.path());
    assert_eq!(keys(&again, Action::RemoveSpan), ["Q"]);
    tag_and_remove(&mut again, Key::Q);
}

/// Tags a word with the keyboard and removes it with a key; its first key does nothing now.
fn tag_and_remove(window: &mut Window, key: Key) {
    let article = hashiya::gui::panels::article::article_id();
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(article));
    window.bench.run_steps(3);
    window.press(Key::Home, CTRL);
    window.press(Key::ArrowRight, CTRL | Modifiers::SHIFT);
    window.press(Key::Num1, NONE);
    window.until_spans(&["actor:Frappe"]);
    window.until("the span is selected", |app| {
        app.article_state().selected_span().is_some()
    });
    window.press(Key::Delete, NONE);
    assert_eq!(window.snapshot().article.as_ref().unwrap().layer.spans.len(), 1);
    window.press(key, NONE);
    window.until_spans(&[]);
}

#[test]
fn a_conflict_is_said_before_it_happens_and_the_key_can_be_taken_away() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open_on(&mut window, "mark skipped");
    click(&mut window, "Add a key…");
    window.press(Key::D, CTRL);
    window.bench.get_by_label("Ctrl+D: also “Mark done”");
    assert!(
        keys(&window, Action::MarkSkipped).is_empty(),
        "nothing has changed yet"
    );
    // Escape leaves all as it was, and the settings open.
    window.press(Key::Escape, NONE);
    window.bench.get_by_label("Add a key…");
    assert_eq!(keys(&window, Action::MarkDone), ["Ctrl+D"]);

    click(&mut window, "Add a key…");
    window.press(Key::D, CTRL);
    // The offer has the focus.
    window.press(Key::Enter, NONE);
    assert_eq!(keys(&window, Action::MarkSkipped), ["Ctrl+D"]);
    assert!(keys(&window, Action::MarkDone).is_empty());
    window.press(Key::Escape, NONE);
    window.press(Key::D, CTRL);
    window.until("the article is skipped", |app| {
        let row = app.snapshot().list.rows.first();
        row.is_some_and(|row| row.status == hashiya::model::Status::Skipped)
    });
}

#[test]
fn what_can_never_act_is_not_taken() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open_on(&mut window, "mark skipped");
    click(&mut window, "Add a key…");
    window.bench.event(Event::Copy);
    window.bench.run_steps(3);
    window.bench.get_by_label_contains("Ctrl+C: copies");
    assert!(window.bench.query_by_label_contains("all the same").is_none());
    click(&mut window, "Press another key");
    window.press(Key::Q, NONE);
    window.bench.get_by_label_contains("Q: types or moves");
    click(&mut window, "Press another key");
    window.press(Key::F12, NONE);
    assert_eq!(keys(&window, Action::MarkSkipped), ["F12"]);
}

#[test]
fn a_key_of_a_label_is_not_taken_for_the_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open_on(&mut window, "remove span");
    click(&mut window, "Change…");
    window.press(Key::Num2, NONE);
    window
        .bench
        .get_by_label("2: the label “Location” has it, which goes first in the article");
    click(&mut window, "Cancel");
    assert_eq!(keys(&window, Action::RemoveSpan), ["Delete", "Backspace"]);
}

#[test]
fn keys_are_cleared_taken_one_by_one_and_reset() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open_on(&mut window, "remove span");
    click(&mut window, "Take Backspace from “Remove span”");
    assert_eq!(keys(&window, Action::RemoveSpan), ["Delete"]);
    window.press(Key::Enter, NONE);
    window.press(Key::Delete, NONE);
    assert!(keys(&window, Action::RemoveSpan).is_empty());
    window.bench.get_by_label("No key");
    click(&mut window, "Add a key…");
    window.press(Key::Delete, NONE);
    assert_eq!(
        keys(&window, Action::RemoveSpan),
        ["Delete"],
        "beside others it is a key"
    );
    click(&mut window, "Reset");
    assert_eq!(keys(&window, Action::RemoveSpan), ["Delete", "Backspace"]);
    click(&mut window, "Change…");
    window.press(Key::Tab, Modifiers::ALT);
    assert_eq!(keys(&window, Action::RemoveSpan), ["Alt+Tab"]);
    click(&mut window, "Reset all");
    assert_eq!(keys(&window, Action::RemoveSpan), ["Alt+Tab"], "asked for twice");
    click(&mut window, "Reset all keys now");
    assert_eq!(keys(&window, Action::RemoveSpan), ["Delete", "Backspace"]);
}

#[test]
fn the_list_is_walked_and_a_key_recorded_with_the_keyboard_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Comma, CTRL);
    window.press(Key::Tab, NONE);
    window.press(Key::Enter, NONE);
    window.bench.get_by_label("Filter keys");
    for _ in 0..3 {
        window.press(Key::ArrowDown, NONE);
    }
    window.press(Key::Enter, NONE);
    window
        .bench
        .get_by_label("Press the new key for “Open the sample”");
    // Escape ends the recording and not the dialog.
    window.press(Key::Escape, NONE);
    window.press(Key::Enter, NONE);
    window.press(Key::F11, NONE);
    assert_eq!(keys(&window, Action::OpenSample), ["F11"]);
    window.press(Key::Escape, NONE);
    assert!(window.bench.query_by_label("Filter keys").is_none());
}

#[test]
fn conflicts_of_the_file_are_told_at_the_start_and_beside_their_rows() {
    let home = tempfile::tempdir().unwrap();
    write_preferences(home.path(), "[keys]\nmark-skipped = [\"Ctrl+D\"]\n");
    let mut window = Window::on_articles(home.path());
    assert_eq!(
        window.notices().first().map(String::as_str),
        Some("Some of your keys mean two things or never act: Ctrl+D.")
    );
    open_on(&mut window, "");
    click(&mut window, "1 conflict");
    window
        .bench
        .get_by_label("Mark done, Ctrl+D, also “Mark skipped”");
    window
        .bench
        .get_by_label("Mark skipped, Ctrl+D, changed, also “Mark done”");
    assert!(window.bench.query_by_label_contains("New project").is_none());
}

#[test]
fn what_edits_a_field_stays_with_the_field() {
    let home = tempfile::tempdir().unwrap();
    write_preferences(
        home.path(),
        "[keys]\nnext-article = [\"Ctrl+A\", \"x\", \"F7\"]\n",
    );
    let mut window = Window::on_articles(home.path());
    let title = |window: &Window| window.snapshot().article.as_ref().unwrap().header.title.clone();
    let first = title(&window);
    window.press(Key::F, CTRL);
    window.press(Key::X, NONE);
    window.press(Key::A, CTRL);
    assert_eq!(title(&window), first);
    window.press(Key::F7, NONE);
    window.until_title("غارة على ريف حلب");
    assert_ne!(title(&window), first);
}

#[test]
fn damaged_keys_do_no_harm() {
    let home = tempfile::tempdir().unwrap();
    write_preferences(home.path(), "text_zoom = 1.5\nkeys = 7\n");
    let mut window = Window::on_articles(home.path());
    assert!((window.app().preferences().text_zoom - 1.5).abs() < 1e-6);
    let of_keys = |text: &String| text.contains("keys");
    assert!(!window.notices().iter().any(of_keys), "{:?}", window.notices());
    window.press(Key::PageDown, CTRL);
    window.until_title("غارة على ريف حلب");
}

#[test]
fn theme_zoom_and_invisible_characters_are_set_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Comma, CTRL);
    click(&mut window, "Dark");
    assert_eq!(window.bench.ctx.theme(), egui::Theme::Dark);
    click(&mut window, "Larger text");
    assert!((window.app().preferences().text_zoom - 1.1).abs() < 1e-3);
    click(&mut window, "Normal size");
    assert!((window.app().preferences().text_zoom - 1.0).abs() < 1e-3);
    click(&mut window, "Show all of them");
    assert!(window.app().preferences().show_hidden);
}

#[test]
fn a_french_keyboard_tags_by_place_and_shows_its_own_caps() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Home, CTRL);
    window.press(Key::ArrowRight, CTRL | Modifiers::SHIFT);
    press_on_layout(&mut window, Key::Num1, Key::Num1, NONE, Some("&"));
    window.until_spans(&["actor:Frappe"]);
    press_on_layout(&mut window, Key::Quote, Key::Num3, NONE, Some("\""));
    window.until_spans(&["casualty:Frappe"]);
    // Z lies where others have W, and the layout counts.
    press_on_layout(&mut window, Key::Z, Key::W, CTRL, None);
    window.until_spans(&["actor:Frappe"]);
    press_on_layout(&mut window, Key::Num0, Key::Num0, NONE, Some("à"));
    window.press(Key::F1, Modifiers::SHIFT);
    window.bench.get_by_label("Normal text size, Ctrl+à");
    window.bench.get_by_label("Actor, &");
}

#[test]
fn an_arabic_keyboard_has_every_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Home, CTRL);
    window.press(Key::ArrowRight, CTRL | Modifiers::SHIFT);
    press_on_layout(&mut window, Key::Num2, Key::Num2, NONE, Some("٢"));
    window.until_spans(&["location:Frappe"]);
    press_on_layout(&mut window, Key::Z, Key::Z, CTRL, None);
    window.until_spans(&[]);
    // A digit is a place, whatever the layout types there, and is shown as that.
    press_on_layout(&mut window, Key::Comma, Key::Comma, CTRL, None);
    click(&mut window, "Keys");
    press_on_layout(&mut window, Key::D, Key::D, NONE, Some("ي"));
    window.press(Key::Backspace, NONE);
    window.type_text("remove span");
    window.press(Key::Enter, NONE);
    press_on_layout(&mut window, Key::Num9, Key::Num9, NONE, Some("٩"));
    window.bench.get_by_label("Remove span, ٩, changed");
    assert_eq!(keys(&window, Action::RemoveSpan), ["9"]);
}

#[test]
fn a_hebrew_keyboard_has_its_letters_where_it_has_marks() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    press_on_layout(&mut window, Key::Quote, Key::W, CTRL, None);
    window.until("the project is closed", |app| app.snapshot().project.is_none());
}

#[test]
fn choices_of_reading_act_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Comma, CTRL);
    for choice in ["Large", "Underlines only", "Paragraphs", "Sans", "Dark"] {
        click(&mut window, choice);
    }
    let reading = window.app().preferences().reading;
    assert_eq!(reading.size, TextSize::Large);
    assert_eq!(reading.labels, LabelDisplay::Underlines);
    assert_eq!(reading.numbers, MarginNumbers::Paragraphs);
    assert_eq!(reading.arabic, ArabicFace::Sans);
    assert_eq!(window.bench.ctx.theme(), egui::Theme::Dark);
}

#[test]
fn preferences_that_cannot_be_saved_are_told_once() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("config"), "no folder").unwrap();
    let mut window = Window::on_articles(home.path());
    for _ in 0..3 {
        window.press(Key::Plus, Modifiers::COMMAND);
        window.settle();
    }
    let told = window.notices();
    let of_prefs = told
        .iter()
        .filter(|text| text.contains("cannot be saved for the next start"));
    assert_eq!(of_prefs.count(), 1, "{told:?}");
}

#[test]
fn hints_name_the_keys_that_the_analyst_has_set() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("config")).unwrap();
    let own = "[keys]\nadd-to-event = [\"W\"]\nadd-note = []\n";
    std::fs::write(home.path().join("config/prefs.toml"), own).unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::J, Modifiers::COMMAND);
    window
        .bench
        .get_by_label_contains("Select a span and press W, or drag one");
    window.press(Key::K, Modifiers::COMMAND);
    window.type_text("show notes");
    window.press(Key::Enter, NONE);
    window.bench.run_steps(4);
    window.bench.get_by_label_contains("The command Note… writes one");
}
