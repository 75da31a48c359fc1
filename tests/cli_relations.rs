//! Relations by `hashiya apply`, in what `show` and `stats` print, and back through JSONL, as a process.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::Place;

/// Applies one command; its answer.
fn apply(place: &Place, command: &str) -> Json {
    let (_, answers) = place.apply(&["--annotator", "ana"], &[command]);
    answers.into_iter().next().unwrap()
}

/// An article with two relations, as they are made and changed.
fn with_relations() -> Place {
    let place = Place::with_lines([
        json!({"schema": "hashiya/1", "id": "a", "text": "50 morts, dont 12 enfants, civils",
        "annotator": "ana", "spans": [{"id": "c", "start": 0, "end": 8, "label": "casualty"},
            {"id": "d", "start": 10, "end": 25, "label": "casualty"},
            {"id": "p", "start": 27, "end": 33, "label": "actor"}]}),
    ]);
    for command in [
        r#"{"command":"add_relation","from":"c","to":"p","type":"victims","id":"r1"}"#,
        r#"{"command":"add_relation","from":"c","to":"d","type":"part-of","id":"r2"}"#,
        r#"{"command":"set_relation","relation":"r2","from":"d","to":"c"}"#,
        r#"{"command":"set_relation","relation":"r1","type":"claimed-by"}"#,
    ] {
        assert_eq!(apply(&place, command)["ok"], true, "{command}");
    }
    place
}

#[test]
fn what_a_relation_forbids_is_refused() {
    let place = with_relations();
    let unknown = apply(
        &place,
        r#"{"command":"set_relation","relation":"r1","kind":"victims"}"#,
    );
    assert_eq!(unknown["ok"], false, "unknown fields are refused");
    let refused = apply(&place, r#"{"command":"set_label","span":"p","label":"location"}"#);
    assert_eq!(refused["error"]["code"], "label_not_allowed");
    assert_eq!(
        refused["error"]["hint"],
        "remove relation r1 or lead it elsewhere first"
    );
}

#[test]
fn a_circle_of_parts_is_refused_by_command_and_comes_in_with_a_word() {
    let place = with_relations();
    let back = r#"{"command":"add_relation","from":"c","to":"d","type":"part-of"}"#;
    let refused = apply(&place, back);
    assert_eq!(refused["error"]["code"], "leads_back");
    let said = refused["error"]["message"].as_str().unwrap();
    assert!(said.contains("“dont 12 enfants” › “50 morts”"), "{said}");
    // From a file nothing is lost, and the check names both.
    let relation =
        |id: &str, from: &str, to: &str| json!({"id": id, "from": from, "to": to, "type": "part-of"});
    let place = Place::with_lines([
        json!({"schema": "hashiya/1", "id": "a", "text": "50 morts, dont 12 enfants", "annotator": "ana",
        "spans": [{"id": "c", "start": 0, "end": 8, "label": "casualty"},
            {"id": "d", "start": 10, "end": 25, "label": "casualty"}],
        "relations": [relation("r1", "d", "c"), relation("r2", "c", "d")]}),
    ]);
    assert_eq!(place.json(&["stats", "p.hashiya", "--json"])["relations"], 2);
    let told = place.run(&["check", "p.hashiya"]);
    let told = format!("{}{}", told.out, told.messages);
    let line = told.lines().find(|line| line.contains("and back"));
    let line = line.unwrap_or_else(|| panic!("{told}"));
    assert!(
        line.contains("50 morts") && line.contains("dont 12 enfants"),
        "{line}"
    );
}

#[test]
fn a_circle_that_came_in_with_a_file_hinders_no_merge() {
    let relation =
        |id: &str, from: &str, to: &str| json!({"id": id, "from": from, "to": to, "type": "part-of"});
    let span =
        |id: &str, start: usize| json!({"id": id, "start": start, "end": start + 7, "label": "casualty"});
    let place = Place::with_lines([
        json!({"schema": "hashiya/1", "id": "a", "text": "10 dead, 20 dead, 30 dead, 40 dead", "annotator": "ana",
        "spans": [span("a", 0), span("b", 9), span("c", 18), span("d", 27)],
        "relations": [relation("r1", "a", "b"), relation("r2", "b", "c"), relation("r3", "c", "a")]}),
    ]);
    let done = apply(&place, r#"{"command":"merge_spans","spans":["b","d"]}"#);
    assert_eq!(done["ok"], true, "{done}");
}

#[test]
fn relations_are_shown_and_counted() {
    let place = with_relations();
    let shown = place.ok(&["show", "p.hashiya", "a"]);
    assert!(
        shown.contains("part-of: “dont 12 enfants” (d) → “50 morts” (c)  r2"),
        "{shown}"
    );
    let stats = place.json(&["stats", "p.hashiya", "--json"]);
    assert_eq!(stats["relations"], 2);
    assert_eq!(stats["relation_types"]["claimed-by"], 1);
    assert_eq!(stats["annotators"]["ana"]["relations"], 2);
    let words = place.ok(&["stats", "p.hashiya"]);
    assert!(words.contains("ana: 3 spans, 2 relations"), "{words}");
}

#[test]
fn a_project_with_relations_is_sound_and_its_export_written_again_is_the_same() {
    let place = with_relations();
    assert_eq!(place.json(&["check", "p.hashiya", "--json"])["ok"], true);
    let written = place.read_back();
    assert!(
        written.contains("\"r1\"") && written.contains("\"r2\""),
        "{written}"
    );
}

#[test]
fn a_change_of_a_relation_is_undone_and_a_span_takes_its_relations_with_it() {
    let place = with_relations();
    place.ok(&["undo", "p.hashiya", "a", "--annotator", "ana"]);
    let shown = place.ok(&["show", "p.hashiya", "a"]);
    assert!(
        shown.contains("victims: “50 morts” (c) → “civils” (p)  r1"),
        "{shown}"
    );
    // Also those that were led to it later.
    let removed = apply(&place, r#"{"command":"remove_span","span":"d"}"#);
    assert_eq!(removed["ok"], true);
    let shown = place.ok(&["show", "p.hashiya", "a"]);
    assert!(shown.contains("r1") && !shown.contains("r2"), "{shown}");
}
