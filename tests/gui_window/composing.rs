//! Input methods in every field of the window, and beside them.

use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use hashiya::gui::panels::spans::note_id;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;

fn preedit(words: &str) -> Event {
    Event::Ime(ImeEvent::Preedit {
        text: words.into(),
        active_range_chars: None,
    })
}

fn commit(words: &str) -> Event {
    Event::Ime(ImeEvent::Commit(words.into()))
}

/// Events of one frame.
fn together(window: &mut Window, events: impl IntoIterator<Item = Event>) {
    window.bench.input_mut().events.extend(events);
    window.bench.run_steps(3);
}

fn key(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

/// How a field is come to.
type Open = fn(&mut Window);

/// The words of what has the focus.
fn focused_value(window: &Window) -> Option<String> {
    let root = window.bench.root();
    let mut nodes = root.children_recursive();
    let focused = nodes.find(|node| node.accesskit_node().is_focused())?;
    focused.accesskit_node().value()
}

#[test]
fn every_field_takes_composed_words_takes_them_back_and_keeps_its_dialog() {
    let ways: [(&str, Open); 6] = [
        ("filter", |window| window.press(Key::F, CTRL)),
        ("palette", |window| window.press(Key::K, CTRL)),
        ("path", |window| window.press(Key::L, CTRL)),
        ("details", |window| window.press(Key::F2, CTRL)),
        ("note", |window| window.press(Key::N, Modifiers::NONE)),
        ("annotator", |window| {
            window.press(Key::K, CTRL);
            window.type_text("annotator");
            window.press(Key::Enter, Modifiers::NONE);
        }),
    ];
    for (name, open) in ways {
        let home = tempfile::tempdir().unwrap();
        let mut window = Window::on_articles(home.path());
        open(&mut window);
        window.bench.run_steps(6);
        let before = focused_value(&window).unwrap_or_default();
        together(&mut window, [preedit("bei'jing")]);
        assert_eq!(focused_value(&window).unwrap(), before, "{name}: not yet there");
        let told = window.bench.output().platform_output.ime;
        assert!(told.is_some(), "{name}: the candidates are told where");
        together(&mut window, [preedit(""), commit("北京"), key(Key::Enter)]);
        window.bench.run_steps(6);
        assert!(focused_value(&window).unwrap().contains("北京"), "{name}");
        together(&mut window, [preedit("x")]);
        together(&mut window, [key(Key::Escape), preedit("")]);
        window.bench.run_steps(6);
        assert!(
            focused_value(&window).unwrap().contains("北京"),
            "{name}: still open"
        );
        window.press(Key::Z, CTRL);
        assert_eq!(focused_value(&window).unwrap(), before, "{name}: one step back");
    }
}

#[test]
fn a_note_keeps_the_syllable_that_a_click_elsewhere_leaves_open() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("province");
    window.press(Key::Num2, Modifiers::NONE);
    window.until_spans(&["location:province"]);
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(note_id()));
    window.bench.run_steps(3);
    together(&mut window, [commit("한"), preedit("국")]);
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(article_id()));
    window.until("the note is on disk", |app| {
        let article = app.snapshot().article.as_ref().unwrap();
        article.layer.notes.values().any(|note| note.text == "한국")
    });
    // What the input method sends late is no key of a label.
    let before = window.app().article_state().armed().cloned();
    together(&mut window, [commit("1")]);
    assert_eq!(window.app().article_state().armed().cloned(), before);
    assert!(window.bench.output().platform_output.ime.is_none());
}

#[test]
fn a_label_key_tags_also_where_an_input_method_settles_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("province");
    assert!(
        window.bench.output().platform_output.ime.is_none(),
        "none is asked for"
    );
    together(&mut window, [preedit("2")]);
    together(&mut window, [preedit(""), commit("2")]);
    window.until_spans(&["location:province"]);
}

#[test]
fn copy_with_offsets_is_a_key_and_an_entry_of_the_menu() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let copied = |window: &Window| {
        let commands = &window.bench.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    window.drag_over("plus de 50 civils");
    let article = window.snapshot().article.as_ref().unwrap().id.clone();
    window.bench.input_mut().events.push(Event::Key {
        key: Key::C,
        physical_key: Some(Key::C),
        pressed: true,
        repeat: false,
        modifiers: CTRL | Modifiers::SHIFT,
    });
    window.bench.step();
    let line = format!(r#"{{"article":"{article}","start":45,"end":62,"text":"plus de 50 civils"}}"#);
    assert_eq!(copied(&window), Some(line.clone()));
    window.bench.run_steps(3);
    let read = window
        .bench
        .get_by_role(egui::accesskit::Role::Status)
        .accesskit_node()
        .label();
    assert!(read.unwrap().starts_with("Copied: {"));
    window.bench.get_by_label("Edit").click();
    window.bench.run_steps(3);
    window.bench.get_by_label_contains("Copy with offsets").click();
    let mut found = None;
    for _ in 0..6 {
        window.bench.step();
        found = found.or(copied(&window));
    }
    assert_eq!(found, Some(line));
}
