//! Values that were left open because their words do not say one for certain, and what is offered then.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::{AttributeId, Value};
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
    window.until_shown("Only unconfirmed · 1");
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
    assert!(says(&window, "No value is set"));
    assert!(says(&window, "19 May 2030 is a Sunday"));
    // Enter goes to the field, and Enter there takes the first suggestion.
    window.press(Key::Enter, Modifiers::NONE);
    window.press(Key::Enter, Modifiers::NONE);
    window.settle();
    window.press(Key::Escape, Modifiers::NONE);
    window.press(Key::U, Modifiers::NONE);
    window.bench.run_steps(4);
    assert!(says(&window, "Every value is confirmed"));
    assert!(!says(&window, "Only unconfirmed"));
}

#[test]
fn a_confirmed_date_is_looked_at_again_once_its_words_say_another_and_undo_takes_that_back() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("in.jsonl");
    let line = json!({"schema": "hashiya/1", "offsets": "codepoint", "id": "a", "title": "Alep", "lang": "fr",
        "text": "Vu le 12 mai 2021 à Alep.", "meta": {"date": "2022-06-01"}, "annotator": "leila", "status": "in_progress",
        "spans": [{"id": "s1", "start": 6, "end": 12, "label": "date", "attributes": {"when": {"value": "2022-05-12"}}}]});
    std::fs::write(&file, format!("{line}\n")).unwrap();
    let mut window = Window::of_size(home.path(), &[file], 1440.0, 900.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window.press(Key::Tab, Modifiers::NONE);
    window.press(Key::CloseBracket, Modifiers::COMMAND);
    let when = AttributeId::new("when").unwrap();
    let state = |window: &mut Window| {
        window.settle();
        let layer = window.layer_on_disk();
        let span = layer.spans.iter().next().unwrap();
        let Some(Value::Date(date)) = span.attributes.get(&when) else {
            panic!("no date");
        };
        let length = span.ranges.hull().len();
        (length, date.value.clone(), span.unconfirmed.contains(&when))
    };
    assert_eq!(state(&mut window), (11, "2022-05-12".to_owned(), true));
    window.until_shown("The words may also say:");
    window.press(Key::Z, Modifiers::COMMAND);
    assert_eq!(state(&mut window), (6, "2022-05-12".to_owned(), false));
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("2021-05-12").is_none());
    window.press(Key::CloseBracket, Modifiers::COMMAND);
    window.until_shown("2021-05-12");
    window.bench.get_by_label("2021-05-12").click();
    window.bench.run_steps(4);
    assert_eq!(state(&mut window), (11, "2021-05-12".to_owned(), false));
}

/// A window on an article of which nobody knows the day, with the caret in it.
fn without_a_day(home: &Path) -> Window {
    let file = home.join("in.jsonl");
    let title =
        "La commission d’enquête a rendu son rapport sur les frappes de l’été devant l’assemblée".repeat(2);
    let line = json!({"id": "a", "title": title, "lang": "fr", "text": "Le marché a été visé jeudi."});
    std::fs::write(&file, format!("{line}\n")).unwrap();
    let mut window = Window::open(home, &[file]);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window
}

#[test]
fn a_date_that_counts_from_an_unknown_day_says_so_and_leads_to_where_it_is_given() {
    let home = tempfile::tempdir().unwrap();
    let mut window = without_a_day(home.path());
    window.drag_over("jeudi");
    window.press(Key::Num4, Modifiers::NONE);
    window.until_shown("These words count from the day on which the article came out");
    let way = window.bench.get_by_label("Give the article’s day…");
    way.scroll_to_me();
    window.bench.run_steps(6);
    window.bench.get_by_label("Give the article’s day…").click();
    window.bench.run_steps(6);
    let date = window.bench.get_by_role_and_label(Role::TextInput, "Date");
    assert!(date.is_focused(), "the date has the focus");
    // What is no date is refused at its field, and stays there to be mended.
    window.type_text("bientôt");
    window.press(Key::Enter, Modifiers::NONE);
    window.bench.run_steps(4);
    window
        .bench
        .get_by_label_contains("This is no date that an article can have");
    let date = window.bench.get_by_role_and_label(Role::TextInput, "Date");
    let typed = date.accesskit_node().value();
    assert_eq!((typed.as_deref(), date.is_focused()), (Some("bientôt"), true));
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("2022-05-13");
    assert!(window.bench.query_by_label_contains("This is no date").is_none());
    window.press(Key::Enter, Modifiers::NONE);
    // The words can be read now, and the inspector offers what they say.
    window.until_shown("2022-05-12");
    let said = window
        .bench
        .query_by_label_contains("These words count from the day");
    assert!(said.is_none());
}

/// A window on one article with one span that lacks its value.
fn with_open_span(home: &Path, lang: &str, text: &str, words: &str, label: &str) -> Window {
    let start = text.get(..text.find(words).unwrap()).unwrap().chars().count();
    let file = home.join("in.jsonl");
    let line = json!({"schema": "hashiya/1", "offsets": "codepoint", "id": "a", "title": "Alep", "lang": lang, "text": text,
        "meta": {"date": "2022-05-12"}, "annotator": "leila", "status": "in_progress",
        "spans": [{"id": "s1", "start": start, "end": start + words.chars().count(), "label": label}]});
    std::fs::write(&file, format!("{line}\n")).unwrap();
    let mut window = Window::of_size(home, &[file], 1440.0, 900.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window
}

fn value(window: &mut Window, attribute: &str) -> serde_json::Value {
    window.settle();
    let layer = window.layer_on_disk();
    let span = layer.spans.iter().next().unwrap();
    let value = span.attributes.get(&AttributeId::new(attribute).unwrap());
    value.map(Value::to_json).unwrap_or_default()
}

#[test]
fn a_day_that_comes_soon_is_offered_behind_the_one_of_last_year_and_one_click_takes_it() {
    let home = tempfile::tempdir().unwrap();
    let text = "Il fut élu le 26 mai.";
    let mut window = with_open_span(home.path(), "fr", text, "le 26 mai", "date");
    window.press(Key::U, Modifiers::NONE);
    window.until_shown("2021-05-26 · Enter");
    let place = |window: &Window, label: &str| window.bench.get_by_label(label).rect().left_top();
    let (first, second) = (place(&window, "2021-05-26 · Enter"), place(&window, "2022-05-26"));
    assert!((first.y, first.x) < (second.y, second.x), "{first} {second}");
    window.bench.get_by_label("2022-05-26").click();
    assert_eq!(value(&mut window, "when"), json!({"value": "2022-05-26"}));
}

#[test]
fn who_was_killed_or_wounded_is_left_open_with_both_offered() {
    let home = tempfile::tempdir().unwrap();
    let text = "There were dozens of dead and wounded in Aleppo.";
    let mut window = with_open_span(home.path(), "en", text, "Aleppo", "location");
    window.drag_over("dozens of dead and wounded");
    window.press(Key::Num3, Modifiers::NONE);
    window.until_shown("injured · 24 or more");
    window.bench.get_by_label("killed · 24 or more");
    window.bench.get_by_label("injured · 24 or more").click();
    window.settle();
    let layer = window.layer_on_disk();
    let id = AttributeId::new("quantity").unwrap();
    let mut values = layer.spans.iter().filter_map(|span| span.attributes.get(&id));
    let value = values.next().map(Value::to_json);
    assert_eq!(
        value,
        Some(json!({"kind": "injured", "low": 24, "modifier": "vague"}))
    );
    assert!(layer.spans.iter().all(|span| span.unconfirmed.is_empty()));
}

#[test]
fn words_without_a_number_for_killed_and_wounded_are_left_open_too() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_open_span(
        home.path(),
        "fr",
        "Des morts et des blessés à Alep.",
        "morts et des blessés",
        "casualty",
    );
    window.press(Key::U, Modifiers::NONE);
    window.until_shown("Only unconfirmed · 1");
    window.until_shown("injured");
    window.bench.get_by_label("killed").click();
    assert_eq!(value(&mut window, "quantity"), json!({"kind": "killed"}));
}

#[test]
fn enter_goes_to_what_is_suggested_for_an_open_figure_and_enter_there_takes_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_open_span(
        home.path(),
        "fr",
        "Des morts et des blessés à Alep.",
        "morts et des blessés",
        "casualty",
    );
    window.press(Key::U, Modifiers::NONE);
    window.until_shown("Enter goes to the suggestions");
    window.press(Key::Enter, Modifiers::NONE);
    window.bench.run_steps(3);
    let offer = |window: &Window, label: &str| {
        let offer = window.bench.get_by_role_and_label(Role::Button, label);
        offer.is_focused()
    };
    assert!(offer(&window, "killed"));
    window.press(Key::Tab, Modifiers::NONE);
    assert!(offer(&window, "injured"));
    window.press(Key::Enter, Modifiers::NONE);
    assert_eq!(value(&mut window, "quantity"), json!({"kind": "injured"}));
    // The suggestions are gone, and the keys are those of the text.
    window.bench.run_steps(3);
    window.press(Key::U, Modifiers::NONE);
    window.until_shown("Every value is confirmed");
}

#[test]
fn a_value_whose_problem_is_dismissed_is_left_open_on_purpose_and_counts_no_more() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_open_span(home.path(), "fr", "Il fut élu le 26 mai.", "le 26 mai", "date");
    window.until_shown("Only unconfirmed · 1");
    let name_width = |window: &Window| {
        let id = window.layer_on_disk().spans.iter().next().unwrap().id.clone();
        window.app().article_state().chip_of(&id).unwrap().width()
    };
    let with_mark = name_width(&window);
    window.press(Key::D, Modifiers::COMMAND);
    window.until("it is a problem", |app| {
        app.is_settled() && app.problems().found().open.len() == 1
    });
    window.press(Key::F4, Modifiers::NONE);
    window.press(Key::F4, Modifiers::COMMAND);
    window.settle();
    window.bench.run_steps(4);
    assert_eq!(window.layer_on_disk().dismissed.len(), 1);
    let without = name_width(&window);
    assert!(
        without < with_mark - 2.0,
        "its name has a question mark no more: {with_mark} {without}"
    );
    let filters = |window: &Window| {
        window
            .bench
            .query_all_by_label_contains("Only unconfirmed")
            .count()
    };
    assert_eq!(filters(&window), 0);
    window.press(Key::U, Modifiers::NONE);
    window.until_shown("Every value is confirmed");
    window.press(Key::Z, Modifiers::COMMAND);
    window.until_shown("Only unconfirmed · 1");
}
