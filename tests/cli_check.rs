//! `hashiya check` as a process: what is asked about articles, dismissed, undone, exported and read back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::Value as Json;
use support::Place;

const TEXT: &str = "À Alep, plus de 50 civils ont été tués, 12 blessés.";

/// A project whose article has one figure tagged, with a loose edge, and one not.
fn coded() -> Place {
    let place = Place::with_articles(&[("a", TEXT), ("b", "Deux morts à Gao.")]);
    let (code, _) = place.apply(
        &[],
        &[r#"{"command":"add_span","article":"a","ranges":[[8,39]],"label":"casualty","id":"s"}"#],
    );
    assert_eq!(code, 0);
    place
}

fn problems(place: &Place, options: &[&str]) -> (i32, Vec<String>) {
    let ended = place.run(&[&["check", "p.hashiya", "--json"], options].concat());
    let answer: Json = serde_json::from_str(&ended.out).unwrap();
    let findings = answer["findings"].as_array().unwrap();
    let keys = findings
        .iter()
        .map(|finding| finding["problem"].as_str().unwrap().to_owned());
    (ended.code, keys.collect())
}

#[test]
fn check_lists_problems_as_warnings_with_their_place() {
    let place = coded();
    let out = place.ok(&["check", "p.hashiya"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines,
        [
            "warning[loose_edge]: article a, annotator me, 8–39: Casualty “plus de 50 civils ont été tués,” \
             ends on space or punctuation (move the edge to the word)",
            "warning[untagged_casualty]: article a, annotator me, 40–50: “12 blessés” is not tagged Casualty (tag the \
             figure, or dismiss this where it is none)",
            "sound, with 2 warnings"
        ],
        "nobody has worked on article b"
    );
    let answer = place.json(&["check", "p.hashiya", "--json"]);
    let first = &answer["findings"][0];
    assert_eq!(answer["ok"], true);
    assert_eq!(
        (
            &first["article"],
            &first["annotator"],
            &first["start"],
            &first["end"]
        ),
        (&"a".into(), &"me".into(), &8.into(), &39.into())
    );
    assert!(first["hint"].is_string());
}

#[test]
fn warnings_fail_a_strict_check_only() {
    let place = coded();
    assert_eq!(problems(&place, &[]).0, 0);
    assert_eq!(problems(&place, &["--strict"]).0, 1);
    let lines = [
        r#"{"command":"dismiss_problem","article":"a","problem":"loose_edge/span/s/8-39"}"#,
        r#"{"command":"dismiss_problem","article":"a","problem":"untagged_casualty/text/40-50"}"#,
    ];
    assert_eq!(place.apply(&[], &lines).0, 0);
    assert_eq!(problems(&place, &["--strict"]), (0, vec![]));
    assert_eq!(place.ok(&["check", "p.hashiya", "--strict"]), "sound\n");
}

#[test]
fn a_dismissal_is_undone_restored_exported_and_read_back() {
    let place = coded();
    let key = "untagged_casualty/text/40-50";
    let dismiss = format!(r#"{{"command":"dismiss_problem","article":"a","problem":"{key}"}}"#);
    let restore = dismiss.replace("dismiss_problem", "restore_problem");
    let left = ["loose_edge/span/s/8-39".to_owned()];
    place.apply(&[], &[&dismiss]);
    assert_eq!(problems(&place, &[]).1, left);
    place.ok(&["undo", "p.hashiya", "a"]);
    assert_eq!(problems(&place, &[]).1.len(), 2);
    place.ok(&["redo", "p.hashiya", "a"]);
    let exported = place.read_back();
    assert!(
        exported.contains(&format!(r#""dismissed":["{key}"]}}"#)),
        "{exported}"
    );
    place.ok(&["check", "q.hashiya"]);
    place.apply(&[], &[&restore]);
    assert_eq!(problems(&place, &[]).1.len(), 2);
    let (code, answers) = place.apply(&[], &[&restore, &dismiss.replace("40-50", "1-2")]);
    assert_eq!(code, 3);
    for answer in answers {
        assert_eq!(answer["error"]["code"], "unknown_problem");
    }
}

#[test]
fn a_recovered_project_keeps_its_dismissals() {
    let place = coded();
    let dismiss = r#"{"command":"dismiss_problem","article":"a","problem":"loose_edge/span/s/8-39"}"#;
    place.apply(&[], &[dismiss]);
    place.ok(&["recover", "p.hashiya", "--output", "r.hashiya"]);
    let exported = place.jsonl("r.hashiya");
    assert!(
        exported.contains(r#""dismissed":["loose_edge/span/s/8-39"]"#),
        "{exported}"
    );
}
