//! What keys do to spans, down to the project file.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::SpanId;
use serde_json::json;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

/// A window whose first article has “Alep” tagged and selected.
fn with_a_span(home: &std::path::Path) -> Window {
    let mut window = Window::on_articles(home);
    window.drag_over("Alep");
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Alep"]);
    window.press(Key::Home, CTRL);
    window.press(Key::Tab, PLAIN);
    window
}

fn focused(window: &Window) -> Option<egui::Id> {
    window.bench.ctx.memory(egui::Memory::focused)
}

#[test]
fn many_quick_presses_are_all_counted_and_each_is_an_undo() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    // Two in each frame, none waits for the disk.
    for _ in 0..3 {
        for pressed in [true, false] {
            window.key_event(Key::OpenBracket, SHIFT, pressed, false);
        }
        window.tap(Key::OpenBracket, SHIFT);
    }
    window.until_spans(&["location:rès d'Alep"]);
    for before in ["location:ès d'Alep", "location:s d'Alep"] {
        window.press(Key::Z, CTRL);
        window.until_spans(&[before]);
    }
}

#[test]
fn a_held_key_is_one_undo() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    window.key_event(Key::OpenBracket, SHIFT, true, false);
    window.bench.step();
    for _ in 0..5 {
        window.key_event(Key::OpenBracket, SHIFT, true, true);
        window.bench.step();
    }
    // Shift comes up first, and the key types a bracket then.
    window.key_event(Key::OpenBracket, PLAIN, false, false);
    window.until_spans(&["location:rès d'Alep"]);
    window.press(Key::Z, CTRL);
    window.until_spans(&["location:Alep"]);
}

#[test]
fn a_held_key_is_not_lost_when_the_article_is_left() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    window.key_event(Key::OpenBracket, SHIFT | CTRL, true, false);
    window.bench.step();
    window.press(Key::PageDown, CTRL);
    window.until_title("غارة على ريف حلب");
    window.press(Key::PageUp, CTRL);
    window.until_spans(&["location:d'Alep"]);
}

#[test]
fn a_tag_and_what_is_done_to_it_are_pressed_in_one_go() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Home, CTRL);
    window.tap(Key::J, PLAIN);
    window.tap(Key::Num2, PLAIN);
    window.tap(Key::OpenBracket, SHIFT | CTRL);
    window.tap(Key::Num1, PLAIN);
    window.tap(Key::J, PLAIN);
    window.tap(Key::Period, PLAIN);
    window.until_spans(&["actor:d'Alep", "actor:Alep"]);
}

#[test]
fn a_move_onto_a_twin_is_refused_and_the_keys_go_on_from_where_the_span_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    window.drag_over("Frappe");
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Frappe", "location:Alep"]);
    // A span of “Frapp” would become the twin of “Frappe” with one more press.
    window.press(Key::ArrowLeft, PLAIN);
    window.press(Key::Home, CTRL);
    for _ in 0..5 {
        window.press(Key::ArrowRight, SHIFT);
    }
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Frapp", "location:Frappe", "location:Alep"]);
    window.press(Key::CloseBracket, PLAIN);
    window.until("the refusal is shown", |app| {
        let mut notices = app.snapshot().notices.iter();
        notices.any(|notice| notice.code == "duplicate_span")
    });
    window.press(Key::OpenBracket, PLAIN);
    window.until_spans(&["location:Frap", "location:Frappe", "location:Alep"]);
}

#[test]
fn spans_are_merged_and_split_and_undone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("plus de");
    window.press(Key::Num3, PLAIN);
    window.until_spans(&["casualty:plus de"]);
    window.drag_over("50 civils");
    window.press(Key::Num3, PLAIN);
    window.until_spans(&["casualty:plus de", "casualty:50 civils"]);
    window.press(Key::Tab, PLAIN);
    window.press(Key::M, PLAIN);
    window.until_spans(&["casualty:plus de 50 civils"]);
    let kept: Option<SpanId> = window.app().article_state().selected_span().cloned();
    assert!(kept.is_some(), "the merged span is selected");
    assert_eq!(window.layer_on_disk().spans.len(), 1);

    window.press(Key::ArrowLeft, PLAIN);
    window.press(Key::ArrowRight, PLAIN);
    for _ in 0..3 {
        window.press(Key::ArrowRight, CTRL);
    }
    window.press(Key::S, PLAIN);
    window.until_spans(&["casualty:plus de 50", "casualty:civils"]);
    assert_eq!(window.app().article_state().selected_span().cloned(), kept);
    for before in [
        &["casualty:plus de 50 civils"][..],
        &["casualty:plus de", "casualty:50 civils"],
    ] {
        window.press(Key::Z, CTRL);
        window.until_spans(before);
    }
}

#[test]
fn the_status_bar_says_which_span_the_words_would_join() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    window.drag_over("province");
    window
        .bench
        .get_by_label_contains("F adds to Location: “\u{2068}Alep\u{2069}”");
    window.press(Key::F, PLAIN);
    window.until_spans(&["location:Alep province"]);
    window.press(Key::Escape, PLAIN);
    window.drag_over("civils");
    window.press(Key::F, PLAIN);
    window
        .bench
        .get_by_label("Select a span first, then the words to add to it");
}

#[test]
fn enter_opens_the_inspector_on_the_span_and_escape_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    let article = focused(&window);
    window.press(Key::B, CTRL | SHIFT);
    assert!(!window.app().preferences().inspector.shown);
    window.press(Key::Enter, PLAIN);
    assert!(window.app().preferences().inspector.shown);
    assert_ne!(focused(&window), article);
    window.type_text("ville ou province ?");
    window.press(Key::Escape, PLAIN);
    assert_eq!(focused(&window), article);
    assert!(window.app().article_state().selected_span().is_some());
    // The inspector counts as one pane from wherever in it F6 is pressed.
    window.press(Key::Enter, PLAIN);
    window.press(Key::F6, SHIFT);
    assert_eq!(focused(&window), article);
    window.press(Key::Escape, PLAIN);
    window.press(Key::Enter, PLAIN);
    assert_eq!(focused(&window), article);
    window.bench.get_by_label("Inspect span: select a span first");
}

#[test]
fn the_list_of_spans_is_walked_and_left_by_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    let article = focused(&window);
    window.press(Key::F6, PLAIN);
    let list = focused(&window);
    assert_ne!(list, article);
    window.press(Key::ArrowDown, PLAIN);
    window.press(Key::Enter, PLAIN);
    assert!(
        focused(&window) != list && focused(&window) != article,
        "the note has it"
    );
    window.press(Key::F6, SHIFT);
    window.press(Key::F6, PLAIN);
    window.press(Key::Escape, PLAIN);
    assert_eq!(focused(&window), article);
    assert!(window.app().article_state().selected_span().is_some());
}

#[test]
fn the_actions_on_spans_stand_in_the_menu_with_their_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::of_size(home.path(), &[super::desk::articles(home.path())], 1024.0, 640.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.get_by_label("Annotate").click();
    window.bench.run_steps(4);
    window.bench.get_by_label_contains("Merge spans");
    let low = window.bench.get_by_label_contains("Next name or number").rect();
    assert!(
        low.bottom() < 640.0,
        "the menu is as high as the window lets it be: {low:?}"
    );
    window.bench.get_by_label_contains("Clear selection");
}

#[test]
fn the_list_shows_the_row_of_the_span_that_keys_select() {
    let home = tempfile::tempdir().unwrap();
    let words: Vec<String> = (0..40).map(|place| format!("Mot{place:02}")).collect();
    let text = words.join(", ");
    let folder = home.path().join("in");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("1.txt"), format!("titre\n\n{text}")).unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    for _ in 0..40 {
        window.press(Key::J, PLAIN);
        window.press(Key::Num1, PLAIN);
    }
    window.until("all are there", |app| {
        app.snapshot().article.as_ref().unwrap().layer.spans.len() == 40
    });
    let is_shown = |window: &Window, word: &str| {
        let mut rows = window.bench.query_all_by_role(egui::accesskit::Role::ListItem);
        rows.any(|row| {
            row.accesskit_node()
                .label()
                .is_some_and(|label| label.contains(word))
        })
    };
    window.press(Key::End, CTRL);
    window.press(Key::Tab, SHIFT);
    window.bench.run_steps(6);
    assert!(is_shown(&window, "Mot39") && !is_shown(&window, "Mot00"));
    window.press(Key::Home, CTRL);
    window.press(Key::Tab, PLAIN);
    window.bench.run_steps(6);
    assert!(is_shown(&window, "Mot00") && !is_shown(&window, "Mot39"));
}

#[test]
fn no_key_changes_a_span_that_the_caret_has_left() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    window.press(Key::End, CTRL);
    // The key of a label arms it, as after a click beside all spans.
    window.press(Key::Num1, PLAIN);
    assert!(window.app().article_state().armed().is_some());
    window.press(Key::Delete, PLAIN);
    window.settle();
    window.until_spans(&["location:Alep"]);
    // Words that are selected now can still be added to it.
    window.press(Key::Escape, PLAIN);
    window.press(Key::ArrowLeft, CTRL);
    window.press(Key::ArrowRight, CTRL | SHIFT);
    window.press(Key::F, PLAIN);
    window.settle();
    let layer = window.layer_on_disk();
    let span = layer.spans.iter().next().unwrap();
    assert_eq!(span.ranges.as_slice().len(), 2);
}

#[test]
fn a_window_without_room_for_the_list_of_spans_is_drawn() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("plus de 50 civils");
    window.press(Key::Num3, Modifiers::NONE);
    window.until_spans(&["casualty:plus de 50 civils"]);
    for width in [400.0, 240.0, 120.0, 60.0, 30.0] {
        window.bench.set_size(egui::vec2(width, 600.0));
        window.bench.run_steps(4);
    }
    assert!(window.app().article_state().selected_span().is_some());
}

/// Whether the menu of spans has these entries and they can be chosen.
fn in_menu(window: &mut Window, names: [&str; 4]) -> [bool; 4] {
    for key in [Key::F10, Key::ArrowRight, Key::ArrowRight] {
        window.press(key, PLAIN);
        window.bench.run_steps(4);
    }
    let can = names.map(|name| {
        let entry = window.bench.get_by_label_contains(name);
        !entry.accesskit_node().is_disabled()
    });
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    can
}

#[test]
fn what_would_do_nothing_to_a_span_cannot_be_chosen_and_says_why() {
    let names = ["Confirm values", "Merge spans", "Split span", "Take from span"];
    let home = tempfile::tempdir().unwrap();
    let mut window = with_a_span(home.path());
    assert_eq!(in_menu(&mut window, names), [false; 4]);
    // In the palette each says why.
    for (name, why) in [
        ("Confirm values", "the span has no unconfirmed value"),
        ("Merge spans", "select words that touch two spans"),
        ("Split span", "put the caret inside a span first"),
        ("Take from span", "the span has one fragment only"),
    ] {
        window.press(Key::K, CTRL);
        window.type_text(name);
        window.bench.run_steps(4);
        window.bench.get_by_label_contains(why);
        window.press(Key::Escape, PLAIN);
    }
    // A word that begins with no proclitic and no elision.
    let name = "Drop or restore proclitic";
    assert_eq!(in_menu(&mut window, [name; 4]), [true; 4], "d’Alep");
    window.drag_over("mardi");
    assert_eq!(in_menu(&mut window, [name; 4]), [false; 4]);
    window.press(Key::C, PLAIN);
    let why = "the first word has no proclitic to drop or restore";
    assert!(window.bench.query_all_by_label_contains(why).count() > 0);
    // Where they do something they can be chosen.
    window.drag_over("plus de 50 civils");
    window.press(Key::Num3, PLAIN);
    window.until_spans(&["location:Alep", "casualty:plus de 50 civils"]);
    assert_eq!(in_menu(&mut window, names), [true, false, false, false]);
    window.press(Key::Y, PLAIN);
    window.settle();
    assert_eq!(in_menu(&mut window, names), [false; 4]);
    window.drag_over("mardi");
    window.press(Key::F, PLAIN);
    window.settle();
    assert_eq!(in_menu(&mut window, names), [false, false, false, true]);
    let rects = window.app().article_state().screen_rects(window.range("50"));
    window.click_at(rects.first().unwrap().center());
    assert_eq!(in_menu(&mut window, names), [false, false, true, true]);
    window.drag_over("province");
    window.press(Key::Num3, PLAIN);
    window.settle();
    assert!(
        in_menu(&mut window, names)[1],
        "the next one of its label is behind it"
    );
}

#[test]
fn the_list_of_the_next_article_begins_at_its_first_span() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("in.jsonl");
    let line = |id: &str| {
        let text: Vec<String> = (0..40).map(|place| format!("{id}{place:02}")).collect();
        let spans: Vec<_> = (0..40)
            .map(|place| json!({"start": place * 5, "end": place * 5 + 4, "label": "actor"}))
            .collect();
        json!({"schema": "hashiya/1", "offsets": "codepoint", "id": id, "text": text.join(" "),
            "annotator": "leila", "spans": spans})
        .to_string()
    };
    std::fs::write(&file, format!("{}\n{}\n", line("Aa"), line("Bb"))).unwrap();
    let mut window = Window::open(home.path(), &[file]);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    let rows = |window: &Window| -> Vec<String> {
        let rows = window.bench.query_all_by_role(egui::accesskit::Role::ListItem);
        rows.filter_map(|row| row.accesskit_node().label())
            .filter(|label| label.contains("Actor"))
            .collect()
    };
    window.press(Key::End, CTRL);
    window.press(Key::Tab, SHIFT);
    window.bench.run_steps(6);
    assert!(!rows(&window).iter().any(|row| row.contains("Aa00")));
    window.press(Key::PageDown, CTRL);
    window.until("the next article is open", |app| {
        app.snapshot()
            .article
            .as_ref()
            .is_some_and(|article| article.id.as_str() == "Bb")
    });
    window.bench.run_steps(6);
    assert!(
        rows(&window).iter().any(|row| row.contains("Bb00")),
        "{:?}",
        rows(&window)
    );
}
