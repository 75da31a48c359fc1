//! Attributes of the selected span and of the article, each edited by keyboard alone, down to the project file.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::model::{AttributeId, Value};
use serde_json::{Value as Json, json};

use super::desk::Window;

const PLAIN: Modifiers = Modifiers::NONE;

fn id(id: &str) -> AttributeId {
    AttributeId::new(id).unwrap()
}

/// A window whose first article has these words tagged with a label's key, the span selected.
fn with_span(home: &std::path::Path, words: &str, label: Key) -> Window {
    let mut window = Window::on_articles(home);
    window.drag_over(words);
    window.press(label, PLAIN);
    window.until("the span is there", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| article.layer.spans.len() == 1) && app.is_settled()
    });
    window.press(Key::Home, Modifiers::COMMAND);
    window.press(Key::Tab, PLAIN);
    window.press(Key::Enter, PLAIN);
    window
}

fn keys(window: &mut Window, keys: &[Key]) {
    for key in keys {
        window.press(*key, PLAIN);
    }
}

/// What the project file says of an attribute of the one span.
fn on_disk(window: &mut Window, attribute: &str) -> Json {
    window.settle();
    let layer = window.layer_on_disk();
    let span = layer.spans.iter().next().unwrap();
    let value = span.attributes.get(&id(attribute));
    value.map_or(Json::Null, Value::to_json)
}

#[test]
fn a_choice_answers_to_letters_to_its_number_and_to_arrows() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    window.type_text("g");
    assert_eq!(on_disk(&mut window, "type"), json!("government"));
    window.press(Key::Num4, PLAIN);
    assert_eq!(on_disk(&mut window, "type"), json!("militia"));
    // Two begin with r: the list opens on the first.
    window.type_text("r");
    keys(&mut window, &[Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::Enter]);
    assert_eq!(on_disk(&mut window, "type"), json!("rioters"));
    window.press(Key::Delete, PLAIN);
    assert_eq!(on_disk(&mut window, "type"), Json::Null);
}

#[test]
fn escape_comes_back_to_the_article_with_the_span_selected() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    let span = window.app().article_state().selected_span().cloned();
    assert!(span.is_some());
    keys(&mut window, &[Key::Space, Key::Escape]);
    assert!(window.bench.query_by_label("Government").is_none(), "the list is closed");
    window.press(Key::Escape, PLAIN);
    assert_eq!(window.app().article_state().selected_span().cloned(), span);
    let focused = window.bench.ctx.memory(egui::Memory::focused);
    assert_eq!(focused, Some(hashiya::gui::panels::article::article_id()));
}

#[test]
fn a_figure_is_entered_and_its_order_is_held() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "plus de 50 civils", Key::Num3);
    window.type_text("k");
    window.press(Key::Tab, PLAIN);
    window.press(Key::Num4, PLAIN);
    window.press(Key::Tab, PLAIN);
    window.type_text("٥١");
    window.press(Key::Enter, PLAIN);
    assert_eq!(
        on_disk(&mut window, "quantity"),
        json!({"kind": "killed", "low": 51, "modifier": "more_than"})
    );
    assert!(window.bench.query_by_label("killed · more than 50").is_some());
    keys(&mut window, &[Key::Tab, Key::Tab]);
    window.type_text("12");
    window.press(Key::Enter, PLAIN);
    assert!(window.bench.query_by_label("low ≤ best ≤ high does not hold.").is_some());
    assert_eq!(on_disk(&mut window, "quantity")["high"], Json::Null);
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("90");
    // Leaving the field takes what is typed; then who is counted.
    window.press(Key::Tab, PLAIN);
    window.press(Key::Num1, PLAIN);
    window.press(Key::Num3, PLAIN);
    window.press(Key::Enter, PLAIN);
    assert_eq!(
        on_disk(&mut window, "quantity"),
        json!({"kind": "killed", "low": 51, "high": 90, "modifier": "more_than", "who": ["civilians", "children"]})
    );
}

#[test]
fn a_date_is_held_to_the_calendar() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "mardi", Key::Num4);
    window.type_text("2022-2-30");
    window.press(Key::Enter, PLAIN);
    assert!(
        window
            .bench
            .query_by_label_contains("2022-02 has 28 days")
            .is_some()
    );
    assert_eq!(on_disk(&mut window, "when"), Json::Null);
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("2022-2-3");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "when"), json!({"value": "2022-02-03"}));
    window.press(Key::Tab, PLAIN);
    window.type_text("w");
    window.press(Key::Tab, PLAIN);
    window.type_text("a");
    assert_eq!(
        on_disk(&mut window, "when"),
        json!({"value": "2022-02-03", "precision": "week", "approximate": true})
    );
}
