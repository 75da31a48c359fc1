//! Merging and splitting: marked-up text in, command, marked-up text out.

use crate::model::*;

use super::{Project, check, check_refused};

const MERGE: &str = r#"{"command":"merge_spans","spans":["a","b"]}"#;

#[test]
fn spans_that_touch_overlap_or_follow_become_one() {
    check(
        "{a:actor|Jean|a} {b:actor|Tassart|b} dit",
        MERGE,
        "{a:actor|Jean Tassart|a} dit",
    );
    check(
        "{a:actor|Jean {b:actor|Noël|a} Tassart|b}",
        MERGE,
        "{a:actor|Jean Noël Tassart|a}",
    );
    check(
        "{a:actor|le {b:actor|colonel|b} Sandoval|a}",
        MERGE,
        "{a:actor|le colonel Sandoval|a}",
    );
    check("{b:actor|קול|b} {a:actor|העם|a}", MERGE, "{a:actor|קול העם|a}");
}

#[test]
fn words_that_were_in_no_span_stay_outside() {
    let mut project = Project::marked("{a:casualty|40|a} ou {b:casualty|60 morts|b}");
    assert_eq!(project.run(MERGE), "merge 2 into casualty “40 60 morts”");
    let span = project.layer().spans.iter().next().unwrap();
    assert_eq!((span.id.as_str(), span.ranges.as_slice().len()), ("a", 2));
}

#[test]
fn what_cannot_be_merged_is_refused_by_code() {
    let before = "{a:actor|Jean|a} à {b:location|Nerval|b} et {c:actor|Jean|c}";
    check_refused(before, MERGE, "labels_differ");
    for (spans, code) in [
        ("[]", "too_few_spans"),
        (r#"["a"]"#, "too_few_spans"),
        (r#"["a","a"]"#, "same_span"),
        (r#"["a","z"]"#, "unknown_span"),
    ] {
        check_refused(
            before,
            &format!(r#"{{"command":"merge_spans","spans":{spans}}}"#),
            code,
        );
    }
    check_refused(
        "{c:actor|{a:actor|Jean|a} {b:actor|Tassart|b}|c}",
        MERGE,
        "duplicate_span",
    );
}

#[test]
fn a_span_that_covers_the_others_is_no_twin_of_the_merged_one() {
    let merge = r#"{"command":"merge_spans","spans":["a","b","c"]}"#;
    check(
        "{c:actor|{a:actor|Jean|a} {b:actor|Tassart|b}|c}",
        merge,
        "{a:actor|Jean Tassart|a}",
    );
}

#[test]
fn what_hung_on_the_other_span_hangs_on_the_one_that_stays_and_undo_brings_it_back() {
    let merge = r#"{"command":"merge_spans","spans":["p","b"]}"#;
    let mut project = Project::marked(
        "{p:actor|Jean|p} {b:actor|Tassart|b} tua {c:casualty|8 soldats|c} à {l:location|Ormeval|l}",
    );
    for command in [
        r#"{"command":"add_relation","from":"c","to":"p","type":"victims","id":"r1"}"#,
        r#"{"command":"add_relation","from":"c","to":"b","type":"victims","id":"r2"}"#,
        r#"{"command":"add_note","article":"a","target":"r2","text":"sûr ?","id":"k1"}"#,
        r#"{"command":"add_note","article":"a","target":"b","text":"qui ?","id":"k2"}"#,
        r#"{"command":"set_attribute","target":"p","attribute":"type","value":"rebels"}"#,
        r#"{"command":"set_attribute","target":"b","attribute":"type","value":"militia"}"#,
        r#"{"command":"add_event","article":"a","type":"incident","trigger":"b","id":"e1",
            "roles":[{"role":"perpetrator","span":"p","inferred":true},{"role":"perpetrator","span":"b","note":"titre"},{"role":"place","span":"l"}]}"#,
    ] {
        project.run(command);
    }
    let before = project.layer().clone();
    let outcome = project.plan(merge).unwrap();
    assert_eq!(
        outcome.summary,
        "merge 2 into actor “Jean Tassart”, its own type kept"
    );
    for edit in &outcome.edits {
        project.apply(edit);
    }
    assert_eq!(project.layer().dangling(), None);
    let layer = project.layer();
    let targets: Vec<_> = layer
        .notes
        .values()
        .map(|note| note.target.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(targets, ["r1", "p"], "no note is lost");
    assert_eq!(layer.relations.len(), 1, "the same link stands once");
    let event = layer.events.values().next().unwrap();
    assert_eq!(event.trigger.as_ref().map(SpanId::as_str), Some("p"));
    let perpetrator = &event.roles[0];
    assert_eq!(
        (
            event.roles.len(),
            perpetrator.inferred,
            perpetrator.note.as_deref()
        ),
        (2, false, Some("titre"))
    );
    let span = layer.spans.get(&SpanId::new("p").unwrap()).unwrap();
    let value = span.attributes.values().next().unwrap();
    assert_eq!(*value, Value::Text("rebels".into()));
    for edit in invert(outcome.edits) {
        project.apply(&edit);
    }
    assert_eq!(*project.layer(), before);
}

#[test]
fn a_link_between_the_two_goes_and_its_note_stays() {
    let mut project = Project::marked("{a:location|Ormeval|a} {b:location|Haute-Salmère|b}");
    project.run(r#"{"command":"add_relation","from":"a","to":"b","type":"located-in","id":"r"}"#);
    project.run(r#"{"command":"add_note","article":"a","target":"r","text":"sûr ?","id":"k"}"#);
    project.run(MERGE);
    assert!(project.layer().relations.is_empty());
    let note = project.layer().notes.values().next().unwrap();
    assert_eq!(note.target.as_ref().unwrap().as_str(), "a");
}

#[test]
fn values_of_the_other_span_fill_what_the_first_one_lacks() {
    let mut project = Project::marked("{a:actor|Jean|a} {b:actor|Tassart|b}");
    project.run(r#"{"command":"set_attribute","target":"b","attribute":"type","value":"militia"}"#);
    assert_eq!(project.run(MERGE), "merge 2 into actor “Jean Tassart”");
    let span = project.layer().spans.iter().next().unwrap();
    assert_eq!(
        span.attributes.values().next(),
        Some(&Value::Text("militia".into()))
    );
}

#[test]
fn a_span_is_cut_in_two_and_both_parts_are_trimmed() {
    let split = |at: u8| format!(r#"{{"command":"split_span","span":"a","at":{at},"id":"b"}}"#);
    check(
        "{a:actor|Jean, Paul|a}",
        &split(5),
        "{a:actor|Jean|a}, {b:actor|Paul|b}",
    );
    check(
        "{a:actor|阿勒颇伊德利卜|a}",
        &split(3),
        "{a:actor|阿勒颇|a}{b:actor|伊德利卜|b}",
    );
    check(
        "{a:actor|« Jean » Paul|a}",
        &split(8),
        "{a:actor|« Jean|a} » {b:actor|Paul|b}",
    );
    for (at, code) in [(0, "outside_span"), (10, "outside_span"), (99, "outside_text")] {
        check_refused("{a:actor|Jean, Paul|a}", &split(at), code);
    }
    check_refused("{a:actor|(Jean)|a}", &split(1), "nothing_left");
    check_refused("{a:actor|{c:actor|Jean|c} Paul|a}", &split(4), "duplicate_span");
}

#[test]
fn both_parts_have_the_values_and_the_first_keeps_what_hangs_on_it() {
    let mut project = Project::marked("{s:casualty|8 soldats|s} et {c:actor|eux|c}");
    project.run(r#"{"command":"set_ranges","span":"s","ranges":[[0,1],[2,9]]}"#);
    project.run(r#"{"command":"set_attribute","target":"s","attribute":"assertion","value":"claimed"}"#);
    project.run(r#"{"command":"add_relation","from":"s","to":"c","type":"victims","id":"r"}"#);
    project.run(r#"{"command":"add_note","article":"a","target":"s","text":"sûr ?","id":"k"}"#);
    let split = r#"{"command":"split_span","span":"s","at":2}"#;
    assert_eq!(project.run(split), "split casualty “8” from “soldats”");
    assert_eq!(
        project.shown(),
        "{s:casualty|8|s} {n0001:casualty|soldats|n0001} et {c:actor|eux|c}"
    );
    let layer = project.layer();
    let values: Vec<_> = layer.spans.iter().map(|span| span.attributes.len()).collect();
    assert_eq!(values, [2, 2, 0]);
    assert_eq!(layer.relations.values().next().unwrap().from.as_str(), "s");
    assert_eq!(
        layer
            .notes
            .values()
            .next()
            .unwrap()
            .target
            .as_ref()
            .unwrap()
            .as_str(),
        "s"
    );
}
