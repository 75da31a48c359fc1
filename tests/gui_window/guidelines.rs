//! Guidelines: F2 shows what the codebook says on the thing at hand, by keyboard and to those who listen.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use hashiya::gui::panels::guidelines::guidelines_id;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;

fn has_focus(window: &Window, id: egui::Id) -> bool {
    window.bench.ctx.memory(|memory| memory.has_focus(id))
}

/// The headings in their order, each with its level.
fn headings(window: &Window) -> Vec<(usize, String)> {
    let root = window.bench.root();
    let headings = root
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == Role::Heading);
    headings
        .filter_map(|node| {
            let node = node.accesskit_node();
            Some((node.level()?, node.label()?))
        })
        .collect()
}

fn has_heading(window: &Window, level: usize, name: &str) -> bool {
    headings(window).contains(&(level, name.to_owned()))
}

#[test]
fn f2_shows_the_guideline_of_what_is_at_hand_and_follows_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Num3, Modifiers::NONE);
    window.press(Key::F2, Modifiers::NONE);
    window
        .bench
        .get_by_role_and_label(Role::Document, "Guidelines: Casualty");
    assert!(has_heading(&window, 1, "Casualty") && has_heading(&window, 2, "Figure"));
    assert!(has_focus(&window, guidelines_id()));
    // Back in the text with the pane open: what is armed next is what is shown.
    window.press(Key::Escape, Modifiers::NONE);
    assert!(has_focus(&window, article_id()));
    window.press(Key::Num2, Modifiers::NONE);
    assert!(has_heading(&window, 1, "Location"), "{:?}", headings(&window));
    // The label of the selected span, where none is armed.
    window.press(Key::Escape, Modifiers::NONE);
    window.drag_over("mardi");
    window.press(Key::Num4, Modifiers::NONE);
    window.until_spans(&["date:mardi"]);
    assert!(has_heading(&window, 1, "Date"), "{:?}", headings(&window));
}

#[test]
fn f2_again_puts_the_guidelines_away_and_gives_the_focus_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, Modifiers::NONE);
    window
        .bench
        .get_by_role_and_label(Role::Document, "Guidelines: Codebook");
    assert!(has_heading(&window, 2, "Labels") && has_heading(&window, 3, "Actor"));
    assert!(has_heading(&window, 3, "Victims among") && has_heading(&window, 4, "Perpetrator"));
    window.press(Key::F2, Modifiers::NONE);
    assert_eq!(
        headings(&window)
            .iter()
            .filter(|(_, name)| name == "Codebook")
            .count(),
        0
    );
    assert!(has_focus(&window, article_id()));
    assert!(!window.app().preferences().guidelines.shown);
}

#[test]
fn the_whole_codebook_is_a_document_whose_contents_lead_to_their_place() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, Modifiers::NONE);
    let top = |window: &Window| {
        window
            .bench
            .get_by_role_and_label(Role::Heading, "Incident")
            .rect()
            .top()
    };
    let before = top(&window);
    // Tab goes to the first line of the contents, whose fifth is the label `date`.
    let link = window.bench.get_by_role_and_label(Role::Link, "Incident");
    link.focus();
    window.bench.run_steps(2);
    window.press(Key::Enter, Modifiers::NONE);
    window.bench.run_steps(4);
    let after = top(&window);
    assert!(after < before && after < 200.0, "from {before} to {after}");
    assert!(has_focus(&window, guidelines_id()));
    window.press(Key::Home, Modifiers::NONE);
    assert!((top(&window) - before).abs() < 1.0);
}

#[test]
fn keys_scroll_the_text() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, Modifiers::NONE);
    let top = |window: &Window| {
        window
            .bench
            .get_by_role_and_label(Role::Heading, "Codebook")
            .rect()
            .top()
    };
    let first = top(&window);
    window.press(Key::ArrowDown, Modifiers::NONE);
    let line = top(&window);
    window.press(Key::PageDown, Modifiers::NONE);
    let page = top(&window);
    assert!(line < first && page < line - 200.0, "{first} {line} {page}");
    window.press(Key::PageUp, Modifiers::NONE);
    window.press(Key::ArrowUp, Modifiers::NONE);
    assert!((top(&window) - first).abs() < 1.0);
    window.press(Key::End, Modifiers::NONE);
    assert!(top(&window) < page);
}

#[test]
fn f6_goes_to_the_guidelines_between_the_article_and_the_labels() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, Modifiers::NONE);
    window.press(Key::F6, Modifiers::SHIFT);
    assert!(has_focus(&window, article_id()));
    window.press(Key::F6, Modifiers::NONE);
    assert!(has_focus(&window, guidelines_id()));
    // A label's key does nothing here.
    window.press(Key::Num1, Modifiers::NONE);
    assert!(window.app().article_state().armed().is_none());
}

#[test]
fn the_list_steps_aside_where_there_is_no_room_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.bench.get_by_label("Filter articles");
    window.press(Key::F2, Modifiers::NONE);
    assert!(window.bench.query_by_label("Filter articles").is_none());
    window.press(Key::F, CTRL | Modifiers::SHIFT);
    window.bench.get_by_label("Filter articles");
    assert!(!window.app().preferences().guidelines.shown);
}

#[test]
fn from_one_label_to_the_whole_codebook_and_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Num5, Modifiers::NONE);
    window.press(Key::F2, Modifiers::NONE);
    window
        .bench
        .get_by_role_and_label(Role::Button, "Whole codebook")
        .click();
    window.bench.run_steps(3);
    assert!(has_heading(&window, 1, "Codebook"));
    window
        .bench
        .get_by_role_and_label(Role::Button, "Back to Trigger")
        .click();
    window.bench.run_steps(3);
    assert!(has_heading(&window, 1, "Trigger"));
}

#[test]
fn the_tip_of_a_label_is_the_first_paragraph_and_says_where_more_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let row = window
        .bench
        .get_by_role_and_label(Role::ListItem, "Casualty, 0")
        .rect();
    window.bench.hover_at(row.center());
    window.bench.run_steps(60);
    window
        .bench
        .get_by_label("How many people were killed, injured, displaced, detained, or harmed otherwise.");
    window.bench.get_by_label("More in the guidelines  F2");
    assert!(window.bench.query_by_label_contains("Mark the figure").is_none());
}

#[test]
fn the_menu_of_a_label_shows_its_guideline_until_something_else_comes_to_hand() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window
        .bench
        .get_by_role_and_label(Role::ListItem, "Date, 0")
        .click_secondary();
    window.bench.run_steps(4);
    window.bench.get_by_label("Guideline").click();
    window.bench.run_steps(4);
    assert!(has_heading(&window, 1, "Date"), "{:?}", headings(&window));
    window.press(Key::Num1, Modifiers::NONE);
    assert!(has_heading(&window, 1, "Actor"), "{:?}", headings(&window));
}

#[test]
fn the_menu_of_a_label_shows_all_labels_only_where_one_is_hidden() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let open = |window: &mut Window| {
        let row = window.bench.get_by_role_and_label(Role::ListItem, "Date, 0");
        row.click_secondary();
        window.bench.run_steps(4);
        // Where one is hidden a button above the labels shows them too.
        let entries = window
            .bench
            .query_all_by_role_and_label(Role::Button, "Show all labels");
        let states: Vec<bool> = entries
            .map(|entry| entry.accesskit_node().is_disabled())
            .collect();
        states
    };
    assert_eq!(open(&mut window), [true], "nothing is hidden");
    window.bench.get_by_role_and_label(Role::Button, "Hide").click();
    window.bench.run_steps(4);
    assert_eq!(open(&mut window), [false, false], "a label is hidden");
}

#[test]
fn a_date_is_read_when_it_is_tagged_and_undo_takes_it_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, CTRL);
    for _ in 0..2 {
        window.press(Key::Tab, Modifiers::NONE);
    }
    window.type_text("2022-05-12");
    window.press(Key::Enter, Modifiers::NONE);
    window.until("the date is set", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| article.header.meta.get("date").is_some())
    });
    window.drag_over("mardi");
    window.press(Key::Num4, Modifiers::NONE);
    window.until_spans(&["date:mardi"]);
    let layer = window.layer_on_disk();
    let span = layer.spans.iter().next().unwrap();
    let when = hashiya::model::AttributeId::new("when").unwrap();
    let value = span.attributes.get(&when).map(hashiya::model::Value::to_json);
    assert_eq!(value, Some(serde_json::json!({"value": "2022-05-10"})));
    assert!(span.unconfirmed.contains(&when));
    window.press(Key::Z, CTRL);
    window.until_spans(&[]);
}
