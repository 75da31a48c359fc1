//! How articles are set: what the project keeps, what the preferences keep.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::reading::{LabelDisplay, MarginNumbers};
use hashiya::model::ReadingDirections;
use hashiya::text::Direction;

use super::desk::Window;

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};

fn directions(window: &Window) -> ReadingDirections {
    let article = window.snapshot().article.as_ref().expect("an article is open");
    ReadingDirections::of(&article.header.meta)
}

#[test]
fn a_turned_paragraph_is_kept_in_the_project_and_undone_with_the_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::X, CTRL_SHIFT);
    window.until("the paragraph is turned", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| {
            article
                .header
                .meta
                .contains_key(ReadingDirections::PARAGRAPHS_KEY)
        })
    });
    let (start, shown) = window.app().article_state().paragraph_at_caret();
    assert_eq!((start.get(), shown), (0, Direction::RightToLeft));
    let project = window.project_path();
    window.close();

    let mut again = Window::open(home.path(), &[project]);
    again.until("an article is open", |app| app.snapshot().article.is_some());
    again.bench.run_steps(4);
    assert_eq!(directions(&again).paragraphs.len(), 1);
    again.press(Key::Z, Modifiers::COMMAND);
    again.until("it is undone", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| ReadingDirections::of(&article.header.meta).paragraphs.is_empty())
    });
}

#[test]
fn choices_of_the_reader_are_kept_from_start_to_start() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F7, Modifiers::NONE);
    window.press(Key::F8, Modifiers::SHIFT);
    let project = window.project_path();
    window.close();
    let again = Window::open(home.path(), &[project]);
    let reading = again.app().preferences().reading;
    assert_eq!(reading.labels, LabelDisplay::Underlines);
    assert_eq!(reading.numbers, MarginNumbers::Paragraphs);
}

#[test]
fn the_size_of_the_text_is_shown_when_it_changes() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    // What is only read aloud has no place on the screen.
    let shown = |window: &Window, size: &str| {
        let mut found = window.bench.query_all_by_label(size);
        found.any(|node| node.rect().height() > 4.0)
    };
    assert!(!shown(&window, "Text size 110 %"));
    for (key, size) in [
        (Key::Plus, "Text size 110 %"),
        (Key::Minus, "Text size 100 %"),
        (Key::Minus, "Text size 91 %"),
    ] {
        window.press(key, Modifiers::COMMAND);
        window.bench.run_steps(4);
        assert!(shown(&window, size), "{size}");
    }
}
