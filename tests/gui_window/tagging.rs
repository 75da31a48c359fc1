//! From the gesture to the project file and back.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn a_drag_and_a_key_put_a_span_on_disk_and_undo_takes_it_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("plus de 50 civils");
    assert_eq!(window.selected(), "plus de 50 civils");
    window.press(Key::Num3, Modifiers::NONE);
    window.until_spans(&["casualty:plus de 50 civils"]);
    assert_eq!(window.layer_on_disk().spans.len(), 1);
    assert!(
        window.layer_on_disk().status.is_some(),
        "the first edit begins the article"
    );

    window.press(Key::Z, CTRL);
    window.until_spans(&[]);
    assert_eq!(window.layer_on_disk().spans.len(), 0);
    assert_eq!(
        window.selected(),
        "plus de 50 civils",
        "undo brings the selection back"
    );

    window.press(Key::Z, CTRL | Modifiers::SHIFT);
    window.until_spans(&["casualty:plus de 50 civils"]);
    assert!(
        window
            .bench
            .query_all_by_label_contains("Casualty: plus de 50 civils")
            .count()
            >= 2,
        "in the text and in the list"
    );
}

#[test]
fn a_restart_keeps_spans_and_what_is_undone_behind_it_is_saved() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("plus de 50 civils");
    window.press(Key::Num3, Modifiers::NONE);
    window.until_spans(&["casualty:plus de 50 civils"]);
    window.press(Key::Num1, Modifiers::NONE);
    window.until_spans(&["actor:plus de 50 civils"]);
    let project = window.project_path();
    window.close();

    let mut window = Window::open(home.path(), &[project]);
    window.until("the article is open again", |app| {
        app.snapshot().article.is_some()
    });
    window.until_spans(&["actor:plus de 50 civils"]);
    window.press(Key::Z, CTRL);
    window.until_spans(&["casualty:plus de 50 civils"]);

    window.press(Key::S, CTRL);
    window.until("the snapshot is written", |app| {
        !app.snapshot().notices.is_empty()
    });
    let first = first_saved(&window);
    let span = &first["spans"][0];
    assert_eq!(
        (span["label"].as_str(), span["text"].as_str()),
        (Some("casualty"), Some("plus de 50 civils"))
    );
    let (start, end) = (
        span["start"].as_u64().unwrap() as usize,
        span["end"].as_u64().unwrap() as usize,
    );
    let quote: String = first["text"]
        .as_str()
        .unwrap()
        .chars()
        .skip(start)
        .take(end - start)
        .collect();
    assert_eq!(quote, "plus de 50 civils");
}

/// The first line of the file that was saved beside the project.
fn first_saved(window: &Window) -> serde_json::Value {
    let exports = window.project_path().with_file_name("exports");
    let mut files = std::fs::read_dir(&exports).unwrap();
    let lines = std::fs::read_to_string(files.next().unwrap().unwrap().path()).unwrap();
    serde_json::from_str(lines.lines().next().unwrap()).unwrap()
}

#[test]
fn a_selection_across_an_arabic_and_a_latin_run_is_tagged_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::PageDown, CTRL);
    window.until_title("غارة على ريف حلب");
    window.drag_over("Emmanuel Macron");
    window.press(Key::Num1, Modifiers::NONE);
    window.until_spans(&["actor:Emmanuel Macron"]);
    assert!(
        window
            .bench
            .query_all_by_label_contains("Actor: Emmanuel Macron")
            .count()
            >= 2
    );
}

#[test]
fn a_label_is_clicked_in_the_inspector_and_the_span_is_listed_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("province");
    let label = window.bench.get_by_label("Location, 0").rect().center();
    window.click_at(label);
    window.until_spans(&["location:province"]);
    window.bench.get_by_label("Location, 1");
    window.bench.get_by_label("28–36");
    window.press(Key::Delete, Modifiers::NONE);
    window.until_spans(&[]);
}

#[test]
fn a_note_on_the_selected_span_is_written_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num2, Modifiers::NONE);
    window.until("the span is there and selected", |app| {
        app.article_state().selected_span().is_some()
    });
    window.press(Key::N, Modifiers::NONE);
    window.type_text("ville ou province ؟");
    window.press(Key::Enter, CTRL);
    window.until("the note is there", |app| {
        app.snapshot()
            .article
            .as_ref()
            .is_some_and(|article| article.layer.notes.len() == 1)
    });
    let layer = window.layer_on_disk();
    assert_eq!(layer.notes.values().next().unwrap().text, "ville ou province ؟");
}

#[test]
fn the_details_of_an_article_are_edited_and_undone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, CTRL);
    window.press(Key::A, CTRL);
    window.type_text("Nouveau titre");
    window.press(Key::Enter, Modifiers::NONE);
    window.until_title("Nouveau titre");
    window.press(Key::Z, CTRL);
    window.until_title("Frappe près d'Alep");
}

#[test]
fn the_context_menu_of_a_span_is_a_narrow_list_at_the_pointer() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("plus de 50 civils");
    window.press(Key::Num3, Modifiers::NONE);
    window.until_spans(&["casualty:plus de 50 civils"]);
    let range = window.range("plus de 50 civils");
    let at = window.app().article_state().screen_rects(range)[0].center();
    let button = |pressed| egui::Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Secondary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.bench.event(egui::Event::PointerMoved(at));
    window.bench.run_steps(60);
    let has_card = |window: &Window| {
        let shown = window
            .bench
            .ctx
            .memory(|memory| memory.areas().visible_layer_ids());
        shown.iter().any(|layer| layer.order == egui::Order::Tooltip)
    };
    // It is selected: the inspector says what its card would, which then only hides the next line.
    assert!(!has_card(&window));
    window.press(Key::Escape, Modifiers::NONE);
    window
        .bench
        .event(egui::Event::PointerMoved(at + egui::vec2(1.0, 0.0)));
    window.bench.run_steps(60);
    assert!(has_card(&window));
    window.bench.event(button(true));
    window.bench.event(button(false));
    window.bench.run_steps(4);
    window.bench.get_by_label("Change to");
    let entry = window.bench.get_by_label_contains("Split span").rect();
    assert!((150.0..300.0).contains(&entry.width()), "{entry:?}");
    assert!((entry.left() - at.x).abs() < 40.0, "{entry:?} is not at {at:?}");
    // However long the pointer rests, the card of the span does not come over the menu.
    window.bench.run_steps(60);
    assert!(!has_card(&window));
    for name in ["Link span", "Add to event…", "New event"] {
        let entry = window.bench.get_by_label_contains(name);
        assert!(!entry.accesskit_node().is_disabled(), "{name}");
    }
}
