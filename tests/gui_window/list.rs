//! The list of articles: filters, and thousands of rows.

use std::fmt::Write as _;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::desk::Window;

#[test]
fn the_filter_narrows_the_list_and_is_taken_off_again() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    assert_eq!(window.snapshot().list.total, 3);
    window.press(Key::F, Modifiers::COMMAND | Modifiers::SHIFT);
    window.type_text("حلب");
    window.until("one article is listed", |app| app.snapshot().list.total == 1);
    window.bench.get_by_label("غارة على ريف حلب, ar, to do, 0 spans");
    window.bench.get_by_label("1 of 3 shown");
    window.type_text("xyz");
    window.until("no article is listed", |app| app.snapshot().list.total == 0);
    window.bench.get_by_label("No article matches");
    window.bench.get_by_label("Clear filters").click();
    window.until("all articles are listed", |app| app.snapshot().list.total == 3);
}

#[test]
fn ten_thousand_articles_draw_only_the_rows_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for number in 0..10_000 {
        let line = serde_json::json!({"id": format!("a{number:05}"), "title": format!("Dépêche {number}"),
            "text": format!("Texte de la dépêche numéro {number}.")});
        writeln!(lines, "{line}").unwrap();
    }
    let file = home.path().join("many.jsonl");
    std::fs::write(&file, lines).unwrap();
    let mut window = Window::open(home.path(), &[file]);
    window.until("all articles are listed", |app| {
        app.snapshot().list.total == 10_000
    });
    let drawn = window.app().rows_drawn();
    assert!((10..60).contains(&drawn), "{drawn} rows drawn");
    assert!(window.snapshot().list.rows.len() < 1_000, "a page, not all");
    window.bench.get_by_label_contains("Dépêche 0,");
    assert!(window.bench.query_by_label_contains("Dépêche 500,").is_none());
}

#[test]
fn a_row_is_clicked_and_its_article_opens() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let row = window
        .bench
        .get_by_label_contains("Truck hits a mine")
        .rect()
        .center();
    window.click_at(row);
    window.until_title("Truck hits a mine");
}

#[test]
fn enter_in_the_filter_and_in_the_list_opens_what_was_found() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F, Modifiers::COMMAND | Modifiers::SHIFT);
    window.type_text("mine");
    window.until("one article is listed", |app| app.snapshot().list.total == 1);
    window.press(Key::Enter, Modifiers::NONE);
    window.press(Key::Enter, Modifiers::NONE);
    window.until_title("Truck hits a mine");
}

#[test]
fn down_in_the_filter_leads_to_the_list_with_the_row_that_enter_opens() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F, Modifiers::COMMAND | Modifiers::SHIFT);
    window.type_text("mine");
    window.until("one article is listed", |app| app.snapshot().list.total == 1);
    window.press(Key::ArrowDown, Modifiers::NONE);
    window.press(Key::Enter, Modifiers::NONE);
    window.until_title("Truck hits a mine");
}

#[test]
fn the_filters_have_room_for_their_words_in_a_narrow_window() {
    let home = tempfile::tempdir().unwrap();
    let width = |size: egui::Vec2, name: &str| {
        let articles = super::desk::articles(home.path());
        let mut window = Window::of_size(home.path(), &[articles], size.x, size.y);
        window.until("an article is open", |app| app.snapshot().article.is_some());
        window.bench.run_steps(4);
        let found = window.bench.get_by_role_and_label(Role::ComboBox, name);
        found.rect().width()
    };
    let (wide, narrow) = (egui::vec2(1280.0, 800.0), egui::vec2(1024.0, 640.0));
    let language = "Language filter";
    assert!((width(wide, language) - width(wide, "Status filter")).abs() < 2.0);
    // What the words take with the corner and the space around them.
    assert!(width(narrow, language) > 108.0, "{}", width(narrow, language));
}
