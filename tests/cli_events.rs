//! Events from the command line: commands, their order in the export, what `show` and `stats` say of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::json;
use support::Place;

const TEXT: &str = "Le Front a frappé Alep mardi";

/// A project of one article with three events, whose ids stand in no order.
fn place() -> Place {
    let span = |id: &str, label: &str, start: usize, end: usize| json!({"id": id, "start": start, "end": end, "label": label});
    let event = |id: &str, role: &str, span: &str| json!({"id": id, "type": "incident", "roles": [{"role": role, "span": span}]});
    Place::with_lines([
        json!({"schema": "hashiya/1", "offsets": "codepoint", "id": "a", "text": TEXT, "annotator": "me", "status": "in_progress",
        "spans": [span("s1", "actor", 3, 8), span("s2", "location", 18, 22), span("s3", "date", 23, 28)],
        "events": [event("z", "place", "s2"), event("b", "perpetrator", "s1"), event("m", "time", "s3")]}),
    ])
}

fn order(place: &Place) -> Vec<String> {
    let exported = place.exported();
    let events = exported[0]["events"].as_array().unwrap();
    events
        .iter()
        .map(|event| event["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn events_keep_the_order_of_the_file_and_then_the_annotators_own() {
    let place = place();
    assert_eq!(order(&place), ["z", "b", "m"]);
    place.read_back();
    let (code, answers) = place.apply(
        &[],
        &[
            r#"{"command":"move_event","event":"m","before":"z"}"#,
            r#"{"command":"duplicate_event","event":"z","id":"c"}"#,
            r#"{"command":"add_event","article":"a","type":"incident","id":"a"}"#,
        ],
    );
    assert_eq!(code, 0, "{answers:?}");
    assert_eq!(order(&place), ["m", "z", "c", "b", "a"]);
    for _ in 0..3 {
        place.ok(&["undo", "p.hashiya", "a"]);
    }
    assert_eq!(order(&place), ["z", "b", "m"]);
    for _ in 0..3 {
        place.ok(&["redo", "p.hashiya", "a"]);
    }
    assert_eq!(order(&place), ["m", "z", "c", "b", "a"]);
    place.ok(&["check", "p.hashiya"]);
    place.ok(&["recover", "p.hashiya", "--output", "r.hashiya"]);
    assert_eq!(place.jsonl("r.hashiya"), place.jsonl("p.hashiya"));
}

#[test]
fn fillers_are_named_by_number_or_span_and_refused_with_a_reason() {
    let place = place();
    let (_, answers) = place.apply(
        &[],
        &[
            r#"{"command":"add_filler","event":"z","role":"time","span":"s3","inferred":true,"note":"titre"}"#,
            r#"{"command":"set_filler","event":"z","role":"time","filler":"s3","inferred":false,"note":null}"#,
            r#"{"command":"set_event","event":"z","trigger":"s1"}"#,
            r#"{"command":"remove_filler","event":"z","role":"place","filler":0}"#,
            r#"{"command":"add_filler","event":"z","role":"place","span":"s1"}"#,
            r#"{"command":"set_filler","event":"z","role":"time","filler":{"span":"s3"},"inferred":true}"#,
            r#"{"command":"merge_events","events":["z","b"]}"#,
        ],
    );
    let codes: Vec<&str> = answers
        .iter()
        .map(|answer| answer["error"]["code"].as_str().unwrap_or("ok"))
        .collect();
    assert_eq!(
        codes,
        ["ok", "ok", "ok", "ok", "label_not_allowed", "bad_field", "ok"]
    );
    let exported = place.exported();
    assert_eq!(
        exported[0]["events"][0],
        json!({"id": "z", "type": "incident", "trigger": "s1",
            "roles": [{"role": "time", "span": "s3"}, {"role": "perpetrator", "span": "s1"}]})
    );
}

#[test]
fn show_quotes_the_fillers_and_stats_count_events() {
    let place = place();
    place.apply(
        &[],
        &[r#"{"command":"add_filler","event":"z","role":"source","value":"agence","inferred":true,"note":"bas de page"}"#],
    );
    let shown = place.ok(&["show", "p.hashiya", "a"]);
    assert!(
        shown.contains(r#"incident: place “Alep” s2; source "agence" (inferred) (note: bas de page)  z"#),
        "{shown}"
    );
    assert!(
        place
            .ok(&["stats", "p.hashiya"])
            .contains("events      3\n  incident         3\n")
    );
    let stats = place.json(&["stats", "p.hashiya", "--json"]);
    assert_eq!(
        stats["events"],
        json!({"incident": {"events": 3, "incomplete": 0}})
    );
}

#[test]
fn an_article_is_shown_by_its_id_by_its_title_or_by_words_that_only_its_title_has() {
    let line = |id: &str, title: &str| json!({"schema": "hashiya/1", "offsets": "codepoint", "id": id, "title": title, "text": format!("{title} {id}")});
    let place = Place::with_lines([
        line("a", "Émeute à Nerval"),
        line("b", "Émeute à Nerval, suite"),
        line("c", "Trêve"),
        line("d", "Trêve"),
    ]);
    for (named, text) in [
        ("a", "Émeute à Nerval a"),
        ("emeute a nerval", "Émeute à Nerval a"),
        ("Suite", "Émeute à Nerval, suite b"),
    ] {
        let shown = place.ok(&["show", "p.hashiya", named]);
        assert!(shown.contains(text), "{named}: {shown}");
    }
    for named in ["Trêve", "émeute"] {
        assert_eq!(
            place.refused(&["show", "p.hashiya", named]),
            (1, "several_articles".into())
        );
    }
    assert_eq!(
        place.refused(&["show", "p.hashiya", "paix"]),
        (1, "unknown_article".into())
    );
}
