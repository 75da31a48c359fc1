//! Attributes of the selected span and of the article, each edited by keyboard alone, down to the project file.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::panels::article::article_id;
use hashiya::model::{AttributeId, Value};
use hashiya::session::{Command, Session};
use serde_json::{Value as Json, json};

use super::desk::{Window, config};

const PLAIN: Modifiers = Modifiers::NONE;

fn id(id: &str) -> AttributeId {
    AttributeId::new(id).unwrap()
}

/// A window whose first article has these words tagged with a label's key, the span selected.
pub fn with_span(home: &std::path::Path, words: &str, label: Key) -> Window {
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

pub fn keys(window: &mut Window, keys: &[Key]) {
    for key in keys {
        window.press(*key, PLAIN);
    }
}

/// What the project file says of an attribute of the one span.
pub fn on_disk(window: &mut Window, attribute: &str) -> Json {
    window.settle();
    let layer = window.layer_on_disk();
    let span = layer.spans.iter().next().unwrap();
    let value = span.attributes.get(&id(attribute));
    value.map_or(Json::Null, Value::to_json)
}

#[test]
fn the_tip_of_an_attribute_has_its_guideline_without_the_marks_of_markdown() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    let name = window
        .bench
        .query_all_by_label("Type")
        .min_by(|a, b| a.rect().width().total_cmp(&b.rect().width()))
        .unwrap()
        .rect();
    window.bench.hover_at(name.center());
    window.bench.run_steps(60);
    let shown = |words: &str| window.bench.query_all_by_label_contains(words).next().is_some();
    assert!(shown("army, police, and intelligence"), "no tip");
    assert!(!shown("**"));
}

#[test]
fn a_choice_answers_to_letters_to_its_number_and_to_arrows() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    window.type_text("g");
    assert_eq!(on_disk(&mut window, "type"), Json::Null, "Enter takes it");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "type"), json!("government"));
    window.press(Key::Num4, PLAIN);
    assert_eq!(on_disk(&mut window, "type"), json!("militia"));
    // Two begin with r: the list opens on the first.
    window.type_text("r");
    keys(
        &mut window,
        &[
            Key::ArrowDown,
            Key::ArrowDown,
            Key::ArrowDown,
            Key::ArrowDown,
            Key::Enter,
        ],
    );
    assert_eq!(on_disk(&mut window, "type"), json!("rioters"));
    window.press(Key::Delete, PLAIN);
    assert_eq!(on_disk(&mut window, "type"), Json::Null);
}

#[test]
fn a_choice_is_picked_by_the_mouse_whose_button_stays_down_for_some_frames() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    let middle = |window: &Window, label: &str| window.bench.get_by_label(label).rect().center();
    let control = window.bench.get_by_role_and_label(Role::ComboBox, "Type");
    let field = control.rect().center();
    window.click_at(field);
    let row = middle(&window, "Government");
    window.click_at(row);
    assert_eq!(on_disk(&mut window, "type"), json!("government"));
    assert!(
        window.bench.query_by_label("Militia").is_none(),
        "the list is closed"
    );
    // A click beside it closes the list and takes nothing.
    window.click_at(field);
    let row = middle(&window, "Militia");
    window.click_at(row - egui::vec2(300.0, 0.0));
    assert!(window.bench.query_by_label("Militia").is_none());
    assert_eq!(on_disk(&mut window, "type"), json!("government"));
}

#[test]
fn a_key_of_the_window_closes_the_open_list_and_takes_nothing_from_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    keys(&mut window, &[Key::Space, Key::ArrowDown]);
    assert!(
        window.bench.query_by_label("Government").is_some(),
        "the list is open"
    );
    window.press(Key::D, Modifiers::COMMAND);
    window.settle();
    window.bench.run_steps(4);
    assert!(
        window.bench.query_by_label("Government").is_none(),
        "the list is closed"
    );
    let status = window.layer_on_disk().status_or_default();
    assert_eq!(status, hashiya::model::Status::Done);
    assert_eq!(on_disk(&mut window, "type"), Json::Null);
}

#[test]
fn escape_comes_back_to_the_article_with_the_span_selected() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    let span = window.app().article_state().selected_span().cloned();
    assert!(span.is_some());
    keys(&mut window, &[Key::Space, Key::Escape]);
    assert!(
        window.bench.query_by_label("Government").is_none(),
        "the list is closed"
    );
    window.press(Key::Escape, PLAIN);
    assert_eq!(window.app().article_state().selected_span().cloned(), span);
    let focused = window.bench.ctx.memory(egui::Memory::focused);
    assert_eq!(focused, Some(hashiya::gui::panels::article::article_id()));
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
    window.press(Key::Enter, PLAIN);
    assert_eq!(
        on_disk(&mut window, "when"),
        json!({"value": "2022-02-03", "precision": "week", "approximate": true})
    );
}

#[test]
fn words_for_a_date_are_read_and_shown_before_they_are_taken() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "mardi", Key::Num4);
    window.type_text("12 mai 2022");
    window.bench.run_steps(2);
    assert!(window.bench.query_by_label("2022-05-12 · Enter").is_some());
    assert_eq!(on_disk(&mut window, "when"), Json::Null, "nothing is taken yet");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "when"), json!({"value": "2022-05-12"}));
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("demain peut-être");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "when"), json!({"value": "2022-05-12"}));
}

/// A window on an article whose spans bring attributes of their own into the codebook.
pub fn with_line(home: &std::path::Path, spans: &Json, labels: &Json) -> Window {
    let folder = home.join("in");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "Le Front du 9-Mars a frappé Alep, plus de 50 civils et 12 soldats tués.";
    let line = json!({
        "schema": "hashiya/1", "offsets": "codepoint", "id": "a1", "text": text,
        "annotator": "leila", "spans": spans, "labels": labels,
    });
    std::fs::write(folder.join("in.jsonl"), format!("{line}\n")).unwrap();
    let mut window = Window::open(home, &[folder]);
    window.until("the article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window.press(Key::Home, Modifiers::COMMAND);
    window
}

pub fn span(id: &str, start: usize, end: usize, label: &str, attributes: &Json, unconfirmed: &Json) -> Json {
    json!({"id": id, "start": start, "end": end, "label": label, "attributes": attributes, "unconfirmed": unconfirmed})
}

#[test]
fn text_numbers_and_yes_or_no_are_typed_and_a_wrong_one_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let attributes = json!({"a_text": "x", "b_whole": 3, "c_number": 1.5, "d_sure": true});
    let mut window = with_line(
        home.path(),
        &json!([span("s1", 3, 18, "thing", &attributes, &json!([]))]),
        &json!({}),
    );
    keys(&mut window, &[Key::Tab, Key::Enter]);
    window.type_text("جبهة");
    window.press(Key::Tab, PLAIN);
    window.type_text("twelve");
    window.press(Key::Enter, PLAIN);
    assert!(
        window
            .bench
            .query_by_label_contains("A whole number is wanted")
            .is_some()
    );
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("١٢");
    window.press(Key::Tab, PLAIN);
    window.type_text("2,25");
    window.press(Key::Tab, PLAIN);
    window.type_text("n");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "a_text"), json!("جبهة"));
    assert_eq!(on_disk(&mut window, "b_whole"), json!(12));
    assert_eq!(on_disk(&mut window, "c_number"), json!(2.25));
    assert_eq!(on_disk(&mut window, "d_sure"), json!(false));
}

#[test]
fn what_is_typed_is_taken_when_another_span_is_clicked() {
    let home = tempfile::tempdir().unwrap();
    let spans = json!([
        span("s1", 3, 18, "thing", &json!({"a_text": "x"}), &json!([])),
        span("s2", 28, 32, "location", &json!({}), &json!([])),
    ]);
    let mut window = with_line(home.path(), &spans, &json!({}));
    keys(&mut window, &[Key::Tab, Key::Enter]);
    window.type_text("typed");
    let at = window.app().article_state().screen_rects(window.range("Alep"))[0].center();
    window.click_at(at);
    assert_eq!(
        window.app().article_state().selected_span().unwrap().as_str(),
        "s2"
    );
    assert_eq!(on_disk(&mut window, "a_text"), json!("typed"));
}

#[test]
fn an_entity_completes_from_names_in_use() {
    let home = tempfile::tempdir().unwrap();
    let known = json!({"who": {"id": "Q1", "name": "Ministère de la Défense"}});
    let spans = json!([
        span(
            "s1",
            3,
            18,
            "thing",
            &json!({"who": {"id": "Q2", "name": "Front du 9-Mars"}}),
            &json!([])
        ),
        span("s2", 28, 32, "thing", &known, &json!([])),
    ]);
    let mut window = with_line(home.path(), &spans, &json!({}));
    keys(&mut window, &[Key::Tab, Key::Enter]);
    window.type_text("MINISTERE");
    window.until("it is offered", |app| {
        !app.snapshot().entities.entities.is_empty()
    });
    keys(&mut window, &[Key::ArrowDown, Key::Enter]);
    assert_eq!(on_disk(&mut window, "who"), known["who"]);
    // Another name keeps the id.
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("أحمد");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "who"), json!({"id": "Q1", "name": "أحمد"}));
    // And again once its id is taken out.
    keys(&mut window, &[Key::Tab, Key::Delete, Key::Enter]);
    assert_eq!(on_disk(&mut window, "who"), json!({"id": "أحمد", "name": "أحمد"}));
}

#[test]
fn unconfirmed_values_are_found_confirmed_in_the_article_and_in_the_field() {
    let home = tempfile::tempdir().unwrap();
    let figure = |low: u64| json!({"quantity": {"kind": "killed", "low": low, "modifier": "more_than"}});
    let spans = json!([
        span(
            "s1",
            28,
            32,
            "location",
            &json!({"precision": "exact"}),
            &json!([])
        ),
        span("s2", 34, 51, "casualty", &figure(51), &json!(["quantity"])),
        span("s3", 55, 65, "casualty", &figure(12), &json!(["quantity"])),
    ]);
    let mut window = with_line(home.path(), &spans, &json!({}));
    assert!(
        window
            .bench
            .query_by_label_contains("Only unconfirmed · 2")
            .is_some()
    );
    window.press(Key::U, PLAIN);
    assert_eq!(
        window.app().article_state().selected_span().unwrap().as_str(),
        "s2"
    );
    window.press(Key::Y, PLAIN);
    window.settle();
    window.press(Key::U, PLAIN);
    assert_eq!(
        window.app().article_state().selected_span().unwrap().as_str(),
        "s3"
    );
    // Enter goes to the field, and Enter there confirms.
    keys(&mut window, &[Key::Enter, Key::Enter]);
    window.settle();
    let layer = window.layer_on_disk();
    assert!(layer.spans.iter().all(|span| span.unconfirmed.is_empty()));
    assert!(window.bench.query_by_label_contains("Only unconfirmed").is_none());
}

#[test]
fn the_article_as_a_whole_is_labelled() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Enter, Modifiers::SHIFT);
    window.type_text("c");
    window.press(Key::Enter, PLAIN);
    window.settle();
    let labels = window.layer_on_disk().labels;
    assert_eq!(
        labels.get(&id("relevance")).map(Value::to_json),
        Some(json!("context"))
    );
    window.press(Key::Z, Modifiers::COMMAND);
    window.settle();
    assert!(window.layer_on_disk().labels.is_empty());
}

#[test]
fn a_small_window_reaches_every_field_and_the_list() {
    let home = tempfile::tempdir().unwrap();
    let figure =
        json!({"quantity": {"kind": "killed", "low": 51, "modifier": "more_than", "who": ["civilians"]}});
    let folder = home.path().join("in");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), "Plus de 50 civils tués.").unwrap();
    let mut window = Window::of_size(home.path(), &[folder], 640.0, 420.0);
    window.until("the article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window.drag_over("50 civils");
    window.press(Key::Num3, PLAIN);
    window.settle();
    keys(&mut window, &[Key::Tab, Key::Enter]);
    window.type_text("k");
    window.press(Key::Tab, PLAIN);
    window.press(Key::Num4, PLAIN);
    window.press(Key::Tab, PLAIN);
    window.type_text("51");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "quantity"), figure["quantity"]);
    window.bench.run_steps(30);
    let field = window.bench.get_by_label("Figure: low").rect();
    assert!(
        field.top() >= 0.0 && field.bottom() <= 420.0,
        "the field is in view: {field:?}"
    );
}

/// A window on the three articles under the default codebook with changes.
fn with_codebook(home: &std::path::Path, changes: &[Json]) -> Window {
    let window = Window::on_articles(home);
    let project = window.project_path();
    window.close();
    let mut session = Session::open(&project, config(home)).unwrap();
    for change in changes {
        let command = Command::from_json(&change.to_string()).unwrap();
        session.run(&command, None).unwrap();
    }
    drop(session);
    let mut window = Window::open(home, &[project]);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window
}

#[test]
fn an_article_has_several_topics_at_once() {
    let home = tempfile::tempdir().unwrap();
    let topics = json!([
        {"id": "economy", "names": {"en": "Economy"}},
        {"id": "politics", "names": {"en": "Politics"}},
        {"id": "rights", "names": {"en": "Rights"}},
    ]);
    let mut window = with_codebook(
        home.path(),
        &[
            json!({"command": "set_attribute_definition", "attribute": "topics", "type": "choices", "choices": topics}),
            json!({"command": "set_article_label", "attribute": "topics", "position": 0}),
        ],
    );
    window.press(Key::Enter, Modifiers::SHIFT);
    window.type_text("e");
    window.press(Key::Space, PLAIN);
    window.type_text("r");
    window.press(Key::Enter, PLAIN);
    window.settle();
    let on_disk = |window: &Window| {
        let labels = window.layer_on_disk().labels;
        labels.get(&id("topics")).map(Value::to_json)
    };
    assert_eq!(on_disk(&window), Some(json!(["economy", "rights"])));
    let control = window.bench.get_by_role_and_label(Role::ComboBox, "topics");
    assert_eq!(control.value().as_deref(), Some("Economy, Rights"));
    // One of them is unticked again by its number.
    window.press(Key::Num1, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), Some(json!(["rights"])));
}

#[test]
fn a_long_list_is_scrolled_by_the_wheel_and_follows_the_arrows() {
    let home = tempfile::tempdir().unwrap();
    let choices: Vec<Json> = (1..=30)
        .map(|n| json!({"id": format!("c{n}"), "names": {"en": format!("Level {n}")}}))
        .collect();
    let mut window = with_codebook(
        home.path(),
        &[
            json!({"command": "set_attribute_definition", "attribute": "level", "type": "choice", "choices": choices}),
            json!({"command": "set_article_label", "attribute": "level", "position": 0}),
        ],
    );
    window.press(Key::Enter, Modifiers::SHIFT);
    window.press(Key::ArrowDown, PLAIN);
    let top_of = |window: &Window, name: &str| {
        let row = window.bench.get_by_role_and_label(Role::ListBoxOption, name);
        row.rect().top()
    };
    let first = top_of(&window, "Level 1");
    let row = window.bench.get_by_role_and_label(Role::ListBoxOption, "Level 3");
    window.bench.hover_at(row.rect().center());
    window.bench.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -200.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: PLAIN,
    });
    window.bench.run_steps(30);
    let scrolled = top_of(&window, "Level 1");
    assert!(scrolled < first - 100.0, "{scrolled} after {first}");
    // Up from the first row is the last one.
    window.press(Key::ArrowUp, PLAIN);
    window.bench.run_steps(30);
    let last = top_of(&window, "Level 30");
    assert!(
        last > first && last < first + 12.0 * 26.0,
        "{last} in a list from {first}"
    );
    window.press(Key::Enter, PLAIN);
    window.settle();
    let labels = window.layer_on_disk().labels;
    assert_eq!(labels.get(&id("level")).map(Value::to_json), Some(json!("c30")));
}

#[test]
fn f6_leaves_a_field_whatever_list_is_shown_below_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "Alep", Key::Num1);
    let focus = |window: &Window| window.bench.ctx.memory(egui::Memory::focused);
    let field = focus(&window);
    window.bench.get_by_label_contains("Notes").click();
    window.bench.run_steps(3);
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(field.unwrap()));
    window.bench.run_steps(3);
    assert_eq!(focus(&window), field);
    window.press(Key::F6, Modifiers::SHIFT);
    assert_eq!(focus(&window), Some(article_id()));
}

#[test]
fn a_required_attribute_is_marked_as_long_as_it_is_empty() {
    let home = tempfile::tempdir().unwrap();
    let required = json!({"command": "set_attribute_use", "kind": "label", "id": "actor", "attribute": "type", "required": true});
    let mut window = with_codebook(home.path(), &[required]);
    window.drag_over("Alep");
    assert!(window.bench.query_by_label("required").is_none());
    window.press(Key::Num1, PLAIN);
    window.until_shown("required");
    window.press(Key::Home, Modifiers::COMMAND);
    keys(&mut window, &[Key::Tab, Key::Enter]);
    window.type_text("g");
    window.press(Key::Enter, PLAIN);
    assert_eq!(on_disk(&mut window, "type"), json!("government"));
    assert!(window.bench.query_by_label("required").is_none());
    window.press(Key::Delete, PLAIN);
    window.settle();
    window.bench.get_by_label("required");
}

#[test]
fn values_stand_beside_the_names_of_labels_where_they_are_wanted() {
    let home = tempfile::tempdir().unwrap();
    let spans = json!([span(
        "s1",
        28,
        32,
        "location",
        &json!({"precision": "exact"}),
        &json!([])
    )]);
    let mut window = with_line(home.path(), &spans, &json!({}));
    let width = |window: &Window| {
        let article = window.app().article_state();
        let span = hashiya::model::SpanId::new("s1").unwrap();
        article.chip_of(&span).unwrap().width()
    };
    let name_alone = width(&window);
    window.press(Key::F7, Modifiers::COMMAND);
    window.bench.run_steps(4);
    let with_value = width(&window);
    assert!(with_value > name_alone + 10.0, "{name_alone} {with_value}");
    window.press(Key::F7, Modifiers::COMMAND);
    window.bench.run_steps(4);
    assert!((width(&window) - name_alone).abs() < 0.5);
}

#[test]
fn values_are_said_to_be_confirmed_only_once_that_is_on_disk() {
    let home = tempfile::tempdir().unwrap();
    let figure = json!({"quantity": {"kind": "killed", "low": 51, "modifier": "more_than"}});
    let spans = json!([span("s2", 34, 51, "casualty", &figure, &json!(["quantity"]))]);
    let mut window = with_line(home.path(), &spans, &json!({}));
    let is_said = |window: &Window| window.bench.query_by_label("Confirmed 1 value").is_some();
    window.press(Key::U, PLAIN);
    window.press(Key::Y, PLAIN);
    window.settle();
    window.bench.run_steps(2);
    assert!(is_said(&window));
    window.press(Key::Z, Modifiers::COMMAND);
    window.settle();
    let path = window.project_path();
    std::fs::rename(&path, path.with_extension("aside")).unwrap();
    window.press(Key::Y, PLAIN);
    window.settle();
    window.bench.run_steps(2);
    assert!(window.snapshot().blocked.is_some() && !is_said(&window));
}
