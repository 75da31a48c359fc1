//! A hand at the mouse and no keys: what a click beside a menu does, which span a click means, and what comes into view.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;

use super::desk::Window;
use super::events::{cell, chip, window_of_size};
use super::relations::{middle, on_disk, tagged, with_spans};

const CTRL: Modifiers = Modifiers::COMMAND;
const PLAIN: Modifiers = Modifiers::NONE;

/// Frames of a second and a half, and some more.
const LATER: usize = 110;

/// The words of the selected span; empty where none is.
fn span(window: &Window) -> String {
    let article = window.snapshot().article.as_ref().unwrap();
    let selected = window.app().article_state().selected_span();
    let span = selected.and_then(|id| article.layer.spans.get(id));
    span.map_or(String::new(), |span| span.ranges.quote(&article.text).unwrap())
}

/// The labels of all spans, in the order of the text.
fn labels(window: &Window) -> Vec<String> {
    let spans = window.snapshot().article.as_ref().unwrap().layer.spans.clone();
    spans.iter().map(|span| span.label.to_string()).collect()
}

/// The heading of a part of the right pane.
fn heading(window: &Window, name: &str) -> egui::Rect {
    window
        .bench
        .get_by_role_and_label(Role::DisclosureTriangle, name)
        .rect()
}

/// The row of a label.
fn label_row(window: &Window, name: &str) -> Pos2 {
    let mut rows = window.bench.query_all_by_role(Role::ListItem);
    let row = rows.find(|row| {
        let label = row.accesskit_node().label().unwrap_or_default();
        label.starts_with(&format!("{name}, "))
    });
    row.expect("the label has a row").rect().center()
}

#[test]
fn a_click_beside_the_types_of_a_relation_leaves_the_link_and_does_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.press(Key::J, CTRL);
    window.bench.run_steps(10);
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(article_id()));
    let before = labels(&window);
    let places: [(&str, fn(&Window) -> Pos2); 4] = [
        ("text", |window| middle(window, "Emmanuel Macron")),
        ("labels", |window| label_row(window, "Location")),
        ("inspector", |window| heading(window, "Selected span").center()),
        ("sheet", |window| cell(window, "New event, Place")),
    ];
    for (name, place) in places {
        let figure = middle(&window, "Plus de 50 civils");
        window.click_at(figure);
        window.bench.run_steps(LATER);
        let to = middle(&window, "القوات");
        window.drag_with(figure, to, Modifiers::ALT);
        let linking = window.app().article_state().linking();
        assert_eq!(linking.map(|linking| linking.choices.len()), Some(2), "{name}");
        let beside = place(&window);
        window.click_at(beside);
        window.settle();
        assert!(window.app().article_state().linking().is_none(), "{name}");
        assert!(on_disk(&window).is_empty(), "{name}");
        assert_eq!(span(&window), "Plus de 50 civils", "{name}");
        assert_eq!(labels(&window), before, "{name}");
        let focused = window.bench.ctx.memory(egui::Memory::focused);
        assert_eq!(focused, Some(article_id()), "{name}");
        assert!(window.bench.query_by_label_contains("Origin").is_some(), "{name}");
    }
}
