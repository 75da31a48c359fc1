//! Relations: changed, turned round, and kept to the codebook when what they hang on gets another label.

use super::*;

const LINKED: &str =
    "{c:casualty|50 morts|c} {d:casualty|dont 12 enfants|d} {p:actor|civils|p} {q:actor|armée|q}";

/// A project with the relation `r` from `c` to `p`, of victims.
fn linked() -> Project {
    let mut project = Project::marked(LINKED);
    project.run(r#"{"command":"add_relation","from":"c","to":"p","type":"victims","id":"r"}"#);
    project
}

/// The relations as `id:type:from>to`.
fn relations(project: &Project) -> String {
    let relations = project.layer().relations.values();
    let shown: Vec<String> = relations
        .map(|r| format!("{}:{}:{}>{}", r.id, r.relation_type, r.from, r.to))
        .collect();
    shown.join(" ")
}

#[track_caller]
fn check_set(fields: &str, expected: &str) {
    let mut project = linked();
    let before = project.layer().clone();
    let command = format!(r#"{{"command":"set_relation","relation":"r",{fields}}}"#);
    let outcome = project.plan(&command).unwrap();
    for edit in &outcome.edits {
        project.apply(edit);
    }
    assert_eq!(relations(&project), expected);
    for edit in invert(outcome.edits) {
        project.apply(&edit);
    }
    assert_eq!(*project.layer(), before);
}

#[track_caller]
fn check_set_refused(fields: &str, code: &str) {
    let command = format!(r#"{{"command":"set_relation","relation":"r",{fields}}}"#);
    let refusal = linked().refused(&command);
    assert_eq!(refusal.code, code, "{}", refusal.message);
}

#[test]
fn a_relation_gets_another_type_and_other_ends() {
    check_set(r#""type":"claimed-by""#, "r:claimed-by:c>p");
    check_set(r#""to":"q""#, "r:victims:c>q");
    check_set(r#""from":"d","to":"q""#, "r:victims:d>q");
    check_set(r#""type":"part-of","to":"d""#, "r:part-of:c>d");
}

#[test]
fn what_a_relation_cannot_become_is_refused_by_code() {
    check_set_refused(r#""type":"victims""#, "unchanged");
    check_set_refused(r#""type":"part-of""#, "label_not_allowed");
    check_set_refused(r#""type":"kills""#, "unknown_relation_type");
    check_set_refused(r#""from":"p","to":"c""#, "label_not_allowed");
    check_set_refused(r#""to":"c""#, "same_span");
    check_set_refused(r#""to":"x""#, "unknown_span");
    let unknown = r#"{"command":"set_relation","relation":"x","type":"victims"}"#;
    assert_eq!(linked().refused(unknown).code, "unknown_relation");
}

#[test]
fn a_relation_is_no_twin_of_another_one() {
    let mut project = linked();
    project.run(r#"{"command":"add_relation","from":"c","to":"q","type":"victims","id":"s"}"#);
    let twin = r#"{"command":"set_relation","relation":"s","to":"p"}"#;
    assert_eq!(project.refused(twin).code, "duplicate_relation");
}

#[test]
fn a_relation_is_turned_round_where_both_directions_are_allowed() {
    let mut project = Project::marked(LINKED);
    project.run(r#"{"command":"add_relation","from":"c","to":"d","type":"part-of","id":"r"}"#);
    project.run(r#"{"command":"set_relation","relation":"r","from":"d","to":"c"}"#);
    assert_eq!(relations(&project), "r:part-of:d>c");
}

#[test]
fn a_part_is_never_the_whole_of_its_whole() {
    let mut project =
        Project::marked("{a:casualty|50 morts|a} {b:casualty|12 enfants|b} {c:casualty|3 filles|c}");
    let link = |from: &str, to: &str| {
        format!(
            r#"{{"command":"add_relation","from":"{from}","to":"{to}","type":"part-of","id":"{from}{to}"}}"#
        )
    };
    project.run(&link("b", "a"));
    let refusal = project.refused(&link("a", "b"));
    assert_eq!(refusal.code, "leads_back");
    assert_eq!(
        refusal.message,
        "part-of leads back: “12 enfants” › “50 morts” as it is"
    );
    assert!(refusal.hint.unwrap().ends_with(": ba"));
    project.run(&link("c", "b"));
    let refusal = project.refused(&link("a", "c"));
    assert!(
        refusal.message.contains("“3 filles” › “12 enfants” › “50 morts”"),
        "{refusal}"
    );
    // What is no way back is allowed, and a relation is not in its own way.
    project.run(&link("c", "a"));
    project.run(r#"{"command":"remove_relation","relation":"cb"}"#);
    project.run(r#"{"command":"set_relation","relation":"ca","from":"a","to":"c"}"#);
    assert_eq!(relations(&project), "ba:part-of:b>a ca:part-of:a>c");
    let turned = r#"{"command":"set_relation","relation":"ca","from":"c","to":"b"}"#;
    project.run(turned);
    let refusal = project.refused(r#"{"command":"set_relation","relation":"ba","from":"b","to":"c"}"#);
    assert_eq!(refusal.code, "leads_back");
}

#[test]
fn a_merge_makes_no_circle_of_parts() {
    let mut project =
        Project::marked("{a:casualty|50 morts|a} {b:casualty|12 enfants|b} {c:casualty|3 filles|c}");
    for (from, to) in [("c", "b"), ("b", "a")] {
        project.run(&format!(
            r#"{{"command":"add_relation","from":"{from}","to":"{to}","type":"part-of"}}"#
        ));
    }
    let refusal = project.refused(r#"{"command":"merge_spans","spans":["a","c"]}"#);
    assert_eq!(refusal.code, "leads_back");
    // A part and its own whole can be one: their relation goes.
    project.run(r#"{"command":"merge_spans","spans":["a","b"]}"#);
    assert_eq!(project.layer().relations.len(), 1);
}

#[test]
fn a_label_that_a_relation_does_not_allow_is_refused_and_the_hint_names_it() {
    let mut project = linked();
    for (span, label) in [("c", "location"), ("p", "casualty")] {
        let command = format!(r#"{{"command":"set_label","span":"{span}","label":"{label}"}}"#);
        let refusal = project.refused(&command);
        assert_eq!(refusal.code, "label_not_allowed");
        assert_eq!(
            refusal.hint.as_deref(),
            Some("remove relation r or lead it elsewhere first")
        );
    }
    // The other spans are free.
    project.run(r#"{"command":"set_label","span":"q","label":"location"}"#);
    project.run(r#"{"command":"remove_relation","relation":"r"}"#);
    project.run(r#"{"command":"set_label","span":"c","label":"location"}"#);
}

#[test]
fn a_label_that_a_role_does_not_allow_is_refused() {
    let mut project = Project::marked(LINKED);
    project.run(
        r#"{"command":"add_event","article":"a","type":"incident","id":"e","roles":[{"role":"perpetrator","span":"q"}]}"#,
    );
    let refusal = project.refused(r#"{"command":"set_label","span":"q","label":"casualty"}"#);
    assert_eq!(refusal.code, "label_not_allowed");
    assert_eq!(refusal.hint.as_deref(), Some("take it out of event e first"));
}

#[test]
fn what_was_against_the_codebook_already_hinders_no_new_label() {
    let mut project = linked();
    let id = RelationId::new("r").unwrap();
    let known = project.layer().relations.values().next().unwrap().clone();
    let odd = Relation {
        from: SpanId::new("q").unwrap(),
        ..known.clone()
    };
    let edit = Edit::Layer(
        ArticleId::new("a").unwrap(),
        annotator("me"),
        LayerEdit::Relation(id, Change::replace(known, odd)),
    );
    project.apply(&edit);
    project.run(r#"{"command":"set_label","span":"q","label":"location"}"#);
}

#[test]
fn merging_and_splitting_keep_relations_within_the_codebook() {
    let mut project = linked();
    project.run(r#"{"command":"merge_spans","spans":["q","p"]}"#);
    assert_eq!(relations(&project), "r:victims:c>q");
    project.run(r#"{"command":"split_span","span":"c","at":2,"id":"n"}"#);
    assert_eq!(relations(&project), "r:victims:c>q");
}
