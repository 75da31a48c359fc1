//! Dates that were left open because their words do not say them for certain.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use serde_json::json;

use super::desk::Window;

#[test]
fn the_walk_of_unconfirmed_values_stops_at_a_date_whose_weekday_does_not_fit() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("in.jsonl");
    let line = json!({"schema": "hashiya/1", "offsets": "codepoint", "id": "a", "title": "Alep", "lang": "fr",
        "text": "Alep, le lundi 19 mai 2030, puis le 20 mai 2030.", "meta": {"date": "2030-06-01"}, "annotator": "leila", "status": "in_progress",
        "spans": [{"id": "s0", "start": 0, "end": 4, "label": "location"}, {"id": "s1", "start": 9, "end": 26, "label": "date"},
            {"id": "s2", "start": 36, "end": 47, "label": "date", "attributes": {"when": {"value": "2030-05-20"}}}]});
    std::fs::write(&file, format!("{line}\n")).unwrap();
    let mut window = Window::of_size(home.path(), &[file], 1440.0, 900.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window.press(Key::U, Modifiers::NONE);
    window.bench.run_steps(4);
    let selected = |window: &Window| {
        window
            .app()
            .article_state()
            .selected_span()
            .map(ToString::to_string)
    };
    assert_eq!(selected(&window).as_deref(), Some("s1"));
    let says = |window: &Window, words: &str| window.bench.query_all_by_label_contains(words).count() > 0;
    assert!(says(&window, "No date is set"));
    assert!(says(&window, "19 May 2030 is a Sunday"));
    // Enter goes to the field, and Enter there takes the first suggestion.
    window.press(Key::Enter, Modifiers::NONE);
    window.press(Key::Enter, Modifiers::NONE);
    window.settle();
    window.press(Key::Escape, Modifiers::NONE);
    window.press(Key::U, Modifiers::NONE);
    window.bench.run_steps(4);
    assert!(says(&window, "Every value is confirmed"));
}
