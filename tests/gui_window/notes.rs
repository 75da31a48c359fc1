//! Notes as threads, written, answered, settled, and jumped from by keyboard, down to the project file.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::notes::{notes_id, reply_id};
use hashiya::gui::panels::spans::note_id;
use hashiya::model::{Note, NoteState};

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

fn focused(window: &Window) -> Option<egui::Id> {
    window.bench.ctx.memory(egui::Memory::focused)
}

fn notes(window: &Window) -> Vec<Note> {
    window.layer_on_disk().notes.into_values().collect()
}

/// Walks the spans until the one of these words is selected.
fn select(window: &mut Window, words: &str) {
    for _ in 0..3 {
        window.press(Key::Tab, PLAIN);
        let article = window.snapshot().article.clone().unwrap();
        let selected = window.app().article_state().selected_span();
        let span = selected.and_then(|id| article.layer.spans.get(id));
        if span.and_then(|span| span.ranges.quote(&article.text)).as_deref() == Some(words) {
            return;
        }
    }
    panic!("there is no span of {words}");
}

/// A window with “Alep” and “50 civils” tagged, and a note on each: the later words first.
pub fn with_notes(home: &std::path::Path) -> Window {
    let mut window = Window::on_articles(home);
    for (words, key, text) in [
        ("50 civils", Key::Num3, "blessés ou morts ?"),
        ("Alep", Key::Num2, "ville ou province ?"),
    ] {
        window.drag_over(words);
        window.press(key, PLAIN);
        window.settle();
        select(&mut window, words);
        window.press(Key::N, PLAIN);
        assert_eq!(focused(&window), Some(note_id()));
        window.type_text(text);
        window.press(Key::Enter, CTRL);
        window.settle();
        window.press(Key::Escape, PLAIN);
    }
    window
}

#[test]
fn a_thread_is_written_and_answered_beside_its_span() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_notes(home.path());
    window.press(Key::N, PLAIN);
    window.type_text("la ville");
    window.press(Key::Enter, CTRL);
    window.settle();
    let thread = notes(&window)
        .into_iter()
        .find(|note| !note.replies.is_empty())
        .unwrap();
    assert_eq!(thread.text, "ville ou province ?");
    let reply = &thread.replies[0];
    assert_eq!(reply.text, "la ville");
    assert_eq!(reply.author.as_ref().unwrap().as_str(), "leila");
    assert!(reply.created.is_some());
    // Author and time stand in the thread, and one undo takes the reply back.
    window.bench.get_all_by_label_contains("leila · ").next().unwrap();
    window.press(Key::Escape, PLAIN);
    window.press(Key::Z, CTRL);
    window.settle();
    assert!(notes(&window).iter().all(|note| note.replies.is_empty()));
}

#[test]
fn words_of_a_note_are_changed_and_the_note_removed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_notes(home.path());
    window.bench.get_by_label("Change").click();
    window.bench.run_steps(4);
    assert_eq!(focused(&window), Some(note_id()));
    window.press(Key::End, CTRL);
    window.type_text(" ou région");
    window.press(Key::Enter, CTRL);
    window.settle();
    assert!(
        notes(&window)
            .iter()
            .any(|note| note.text == "ville ou province ? ou région")
    );
    window.bench.get_by_label("Remove").click();
    window.settle();
    assert_eq!(notes(&window).len(), 1);
}

#[test]
fn the_list_walks_notes_in_the_order_of_the_text_and_jumps_to_their_spans() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_notes(home.path());
    window.press(Key::N, SHIFT);
    assert_eq!(focused(&window), Some(notes_id()));
    let rows: Vec<String> = window
        .bench
        .get_all_by_label_contains("open note by leila")
        .map(|row| row.accesskit_node().label().unwrap_or_default())
        .collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(
        rows[0].contains("Location “Alep”") && rows[1].contains("Casualty “50 civils”"),
        "{rows:?}"
    );
    // Down to the second one, and to its span with Enter.
    window.press(Key::ArrowDown, PLAIN);
    window.press(Key::Enter, PLAIN);
    let selected = window.app().article_state().selected_span().cloned().unwrap();
    let layer = window.layer_on_disk();
    assert_eq!(layer.spans.get(&selected).unwrap().label.as_str(), "casualty");
}

#[test]
fn a_note_is_settled_opened_again_and_answered_by_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_notes(home.path());
    let is_open = |window: &Window, text: &str| {
        let all = notes(window);
        all.iter().find(|note| note.text == text).map(|note| note.state) == Some(NoteState::Open)
    };
    window.press(Key::N, SHIFT);
    window.press(Key::Space, PLAIN);
    window.settle();
    assert!(!is_open(&window, "ville ou province ?"));
    assert!(is_open(&window, "blessés ou morts ?"));
    // Settled notes are shown on demand.
    assert_eq!(window.bench.get_all_by_label_contains("note by leila").count(), 1);
    window.bench.get_by_label("All 2").click();
    window.bench.run_steps(3);
    assert_eq!(window.bench.get_all_by_label_contains("note by leila").count(), 2);
    window.press(Key::N, SHIFT);
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(notes_id()));
    window.bench.run_steps(2);
    window.press(Key::ArrowUp, PLAIN);
    window.press(Key::Space, PLAIN);
    window.settle();
    assert!(is_open(&window, "ville ou province ?"));
    // R writes an answer in the list, Escape comes back to it.
    window.press(Key::R, PLAIN);
    assert_eq!(focused(&window), Some(reply_id()));
    window.type_text("la ville");
    window.press(Key::Enter, CTRL);
    window.settle();
    window.press(Key::Escape, PLAIN);
    assert_eq!(focused(&window), Some(notes_id()));
    let answers: Vec<String> = notes(&window)
        .iter()
        .flat_map(|note| note.replies.iter().map(|reply| reply.text.clone()))
        .collect();
    assert_eq!(answers, ["la ville"]);
}

#[test]
fn a_row_of_the_list_says_how_many_notes_are_open() {
    let home = tempfile::tempdir().unwrap();
    let window = with_notes(home.path());
    window.bench.get_by_label_contains("2 open notes");
}
