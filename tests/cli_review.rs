//! Review, flags, and notes on the command line, as a process: what `apply` does, and what `list`, `show`, `stats`, and
//! `log` say of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::{Place, rows};

const ALEP: &str = "Dans la province d'Alep, plus de 50 civils tués.";

/// A project with two articles, of which Bo marked the first.
fn place() -> (Place, String) {
    let place = Place::new();
    place.write("texts/a.txt", ALEP);
    place.write("texts/b.txt", "قُتل 12 مدنيًا في حلب.");
    place.ok(&["new", "p.hashiya"]);
    place.ok(&["import", "p.hashiya", "texts"]);
    let listed = rows(&place.ok(&["list", "p.hashiya", "--json"]));
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    let tag =
        json!({"command": "add_span", "article": id, "ranges": [[19, 23]], "label": "actor", "id": "s1"});
    let done = json!({"command": "set_status", "article": id, "status": "done"});
    run(&place, "bo", &[tag, done]);
    (place, id)
}

fn run(place: &Place, annotator: &str, commands: &[Json]) {
    let lines: Vec<String> = commands.iter().map(Json::to_string).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (code, answers) = place.apply(&["--annotator", annotator], &lines);
    assert_eq!(code, 0, "{answers:?}");
}

/// The same after Leila reviewed it: changes are requested, with an open note and a flag.
fn reviewed() -> (Place, String) {
    let (place, id) = place();
    run(
        &place,
        "leila",
        &[
            json!({"command": "set_span_review", "span": "s1", "verdict": "changes_requested"}),
            json!({"command": "add_note", "article": id, "annotator": "bo", "target": "s1", "text": "un lieu", "id": "n"}),
            json!({"command": "add_reply", "note": "n", "text": "la ville"}),
            json!({"command": "set_flag", "article": id, "annotator": "bo", "flagged": true}),
            json!({"command": "set_review", "article": id, "annotator": "bo", "review": "changes_requested"}),
        ],
    );
    (place, id)
}

#[test]
fn a_review_is_listed_and_filtered() {
    let (place, _) = reviewed();
    let count = |options: &[&str]| {
        let call: Vec<&str> = ["list", "p.hashiya", "--json"]
            .iter()
            .chain(options)
            .copied()
            .collect();
        place.ok(&call).lines().count()
    };
    assert_eq!(
        count(&[
            "--review",
            "changes_requested",
            "--flagged",
            "--open-notes",
            "--status",
            "done"
        ]),
        1
    );
    assert_eq!(count(&["--review", "none"]), 1);
    assert_eq!(count(&["--review", "approved"]), 0);
    assert_eq!(count(&["--flagged", "--annotator", "bo"]), 1);
    // She has reviewed, and marked nothing herself.
    assert_eq!(
        place.refused(&["list", "p.hashiya", "--flagged", "--annotator", "leila"]),
        (1, "unknown_annotator".to_owned())
    );
    assert_eq!(
        place.refused(&["list", "p.hashiya", "--review", "good"]),
        (2, "unknown_verdict".to_owned())
    );
    let row = &rows(&place.ok(&["list", "p.hashiya", "--flagged", "--json"]))[0]["annotators"][0];
    assert_eq!(
        (&row["review"], &row["flagged"], &row["open_notes"]),
        (&json!("changes_requested"), &json!(true), &json!(1))
    );
    assert!(
        place
            .ok(&["list", "p.hashiya"])
            .contains("[changes requested, flagged, 1 open note]")
    );
}

#[test]
fn a_review_is_shown_and_counted() {
    let (place, id) = reviewed();
    let shown = &rows(&place.ok(&["show", "p.hashiya", &id, "--json"]))[0];
    assert_eq!(shown["flagged"], true);
    assert_eq!(shown["spans"][0]["review"]["verdict"], "changes_requested");
    assert_eq!(shown["spans"][0]["review"]["by"], "leila");
    assert_eq!(shown["notes"][0]["replies"][0]["text"], "la ville");
    let words = place.ok(&["show", "p.hashiya", &id]);
    assert!(
        words.contains("bo · done · 1 span · changes requested · flagged"),
        "{words}"
    );
    assert!(words.contains("reply leila"), "{words}");
    let stats = place.json(&["stats", "p.hashiya", "--json"]);
    assert_eq!(
        stats["annotators"]["bo"]["review"],
        json!({"approved": 0, "changes_requested": 1, "flagged": 1, "open_notes": 1})
    );
    assert!(
        place
            .ok(&["check", "p.hashiya"])
            .ends_with("sound, with 2 warnings\n")
    );
}

#[test]
fn a_reviewed_dataset_written_read_and_written_again_is_the_same_bytes() {
    let (place, id) = place();
    run(
        &place,
        "leila",
        &[
            json!({"command": "set_span_review", "span": "s1", "verdict": "approved"}),
            json!({"command": "set_flag", "article": id, "annotator": "bo", "flagged": true}),
            json!({"command": "set_review", "article": id, "annotator": "bo", "review": "approved"}),
            json!({"command": "add_note", "article": id, "annotator": "bo", "text": "bien", "id": "n"}),
            json!({"command": "add_reply", "note": "n", "text": "merci"}),
        ],
    );
    let first = place.read_back();
    assert!(
        first.contains(r#""review":"approved","flagged":true,"spans":"#),
        "{first}"
    );
    assert!(
        place
            .ok(&["check", "q.hashiya"])
            .ends_with("sound, with 2 warnings\n")
    );
}

#[test]
fn the_history_of_a_span_names_the_reviewer_and_what_was_before() {
    let (place, id) = place();
    run(
        &place,
        "leila",
        &[json!({"command": "set_label", "span": "s1", "label": "location"})],
    );
    let told = rows(&place.ok(&["log", "p.hashiya", "--article", &id, "--span", "s1", "--json"]));
    assert_eq!(told[0]["origin"], json!({"kind": "person", "name": "bo"}));
    assert_eq!(told[0]["annotator"], "bo");
    let last = told.last().unwrap();
    assert_eq!(
        (&last["author"], &last["before"]["label"]),
        (&json!("leila"), &json!("actor"))
    );
    assert_eq!(
        (&last["after"]["label"], &last["after"]["text"]),
        (&json!("location"), &json!("Alep"))
    );
    let words = place.ok(&["log", "p.hashiya", "--article", &id, "--span", "s1"]);
    assert!(words.contains("before: actor “Alep” 19–23"), "{words}");
    // The article's log has the status too, and not the import, which is the project's.
    let article = rows(&place.ok(&["log", "p.hashiya", "--article", &id, "--json"]));
    assert_eq!(article.len(), 3);
    assert_eq!(
        place.refused(&["log", "p.hashiya", "--article", &id, "--span", "s9"]),
        (1, "unknown_span".to_owned())
    );
    // The correction is the reviewer's to take back, on the annotator's layer.
    run(
        &place,
        "leila",
        &[json!({"command": "undo", "article": id, "annotator": "bo"})],
    );
    assert!(place.ok(&["show", "p.hashiya", &id]).contains("actor"));
}

#[test]
fn an_approval_that_an_undo_brought_back_is_as_old_as_it_was() {
    let (place, id) = place();
    let approve = json!({"command": "set_review", "article": id, "annotator": "bo", "review": "approved"});
    let correct = json!({"command": "add_span", "article": id, "annotator": "bo", "ranges": [[33, 42]], "label": "actor",
                         "id": "s2"});
    let undo = json!({"command": "undo", "article": id, "annotator": "bo"});
    run(&place, "leila", &[approve, correct]);
    run(
        &place,
        "bo",
        &[json!({"command": "remove_span", "span": "s2"}), undo.clone()],
    );
    assert_eq!(place.exported()[0]["review"], "approved");
    run(&place, "leila", std::slice::from_ref(&undo));
    assert_eq!(place.exported()[0]["spans"].as_array().unwrap().len(), 1);
    // What was done before it stays as it was judged.
    let undo = undo.to_string();
    let (_, answers) = place.apply(&["--annotator", "bo"], &[&undo, &undo]);
    assert_eq!(answers[0]["ok"], true, "the status is no work");
    assert_eq!(answers[1]["error"]["code"], "undo_blocked");
}
