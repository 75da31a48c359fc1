//! Marked-up text in, command, marked-up text out.

use std::sync::Arc;

use proptest::prelude::*;

use crate::model::*;

#[path = "tests_merge.rs"]
mod merge;
#[path = "tests_problem.rs"]
mod problem;
#[path = "tests_relation.rs"]
mod relation;
#[path = "tests_review.rs"]
mod review;

use super::marked::{Project, annotator, mark, unmark};

/// Runs one command on a marked-up text.
#[track_caller]
fn check(before: &str, command: &str, after: &str) {
    let mut project = Project::marked(before);
    project.run(command);
    assert_eq!(project.shown(), after);
}

#[track_caller]
fn check_refused(before: &str, command: &str, code: &str) {
    let refusal = Project::marked(before).refused(command);
    assert_eq!(refusal.code, code, "{}", refusal.message);
}

#[test]
fn marked_up_text_reads_back_as_it_was() {
    for text in [
        "{s1:actor|la {s2:location|Syrie|s1} et|s2}",
        "{a:actor|{b:location|Alep|b}|a}",
        "🧕🏽 {c:date|hier|c}",
    ] {
        let (plain, layer) = unmark(text);
        assert_eq!(mark(&plain, &layer), text);
    }
}

#[test]
fn tagging_counts_in_code_points_and_may_nest_and_cross() {
    check(
        "👩🏽‍🚒 à Alep",
        r#"{"command":"add_span","article":"a","ranges":[[7,11]],"label":"location","id":"s1"}"#,
        "👩🏽‍🚒 à {s1:location|Alep|s1}",
    );
    check(
        "{s1:actor|la Syrie|s1} et",
        r#"{"command":"add_span","article":"a","ranges":[[3,11]],"label":"location","id":"s2"}"#,
        "{s1:actor|la {s2:location|Syrie|s1} et|s2}",
    );
    check(
        "{s1:actor|Alep|s1}",
        r#"{"command":"add_span","article":"a","ranges":[[0,4]],"label":"location","id":"s2"}"#,
        "{s1:actor|{s2:location|Alep|s2}|s1}",
    );
}

#[test]
fn a_span_is_relabelled_resized_and_removed() {
    let before = "{s1:actor|la Syrie|s1} et";
    check(
        before,
        r#"{"command":"set_label","span":"s1","label":"location"}"#,
        "{s1:location|la Syrie|s1} et",
    );
    check(
        before,
        r#"{"command":"set_ranges","span":"s1","ranges":[[3,8]]}"#,
        "la {s1:actor|Syrie|s1} et",
    );
    check(before, r#"{"command":"remove_span","span":"s1"}"#, "la Syrie et");
}

#[test]
fn what_cannot_be_tagged_is_refused_by_code() {
    let before = "{s1:actor|Alep|s1} et";
    for (ranges, label, code) in [
        ("[[0,4]]", "actor", "duplicate_span"),
        ("[[0,4]]", "ship", "unknown_label"),
        ("[[0,99]]", "actor", "outside_text"),
        ("[[8,9]]", "actor", "outside_text"),
        ("[[2,2]]", "actor", "empty_range"),
        ("[]", "actor", "empty_range"),
        ("[[3,5],[0,2]]", "actor", "bad_ranges"),
        ("[[0,3],[2,5]]", "actor", "bad_ranges"),
    ] {
        let command =
            format!(r#"{{"command":"add_span","article":"a","ranges":{ranges},"label":"{label}"}}"#);
        check_refused(before, &command, code);
    }
    let twin = Project::marked(before)
        .refused(r#"{"command":"add_span","article":"a","ranges":[[0,4]],"label":"actor"}"#);
    assert!(twin.message.contains("s1"), "{}", twin.message);
    let add = r#"{"command":"add_span","article":"a","ranges":[[0,2]],"label":"actor","id":"s1"}"#;
    check_refused(before, add, "duplicate_id");
    check_refused(
        before,
        r#"{"command":"set_label","span":"s1","label":"actor"}"#,
        "unchanged",
    );
    check_refused(
        before,
        r#"{"command":"set_ranges","span":"s1","ranges":[[0,4]]}"#,
        "unchanged",
    );
    check_refused(before, r#"{"command":"remove_span","span":"s9"}"#, "unknown_span");
    check_refused(
        before,
        r#"{"command":"remove_span","span":"s1","article":"b"}"#,
        "unknown_article",
    );
    check_refused(
        "{x:actor|Alep|x}{y:location|Alep|y}",
        r#"{"command":"remove_span","span":"z"}"#,
        "unknown_span",
    );
}

#[test]
fn moving_or_relabelling_onto_a_twin_is_refused() {
    let before = "{s1:actor|{s2:location|Alep|s2}|s1} {s3:actor|et|s3}";
    check_refused(
        before,
        r#"{"command":"set_label","span":"s2","label":"actor"}"#,
        "duplicate_span",
    );
    check_refused(
        before,
        r#"{"command":"set_ranges","span":"s3","ranges":[[0,4]]}"#,
        "duplicate_span",
    );
}

#[test]
fn the_first_edit_puts_the_article_in_progress_and_says_who_and_when() {
    let mut project = Project::marked("Alep");
    let summary = project.run(r#"{"command":"add_span","article":"a","ranges":[[0,4]],"label":"location"}"#);
    assert_eq!(summary, "tag location “Alep”");
    assert_eq!(project.layer().status, Some(Status::InProgress));
    let span = Arc::clone(project.layer().spans.iter().next().unwrap());
    assert_eq!(
        (span.id.as_str(), span.origin.name.as_deref()),
        ("n0001", Some("me"))
    );
    assert_eq!(
        (span.created.as_ref().map(Timestamp::as_str), &span.modified),
        (Some("2026-01-01T00:00:00Z"), &None)
    );
    project.run(r#"{"command":"set_status","article":"a","status":"done"}"#);
    project.run(r#"{"command":"set_label","span":"n0001","label":"actor"}"#);
    assert_eq!(
        project.layer().status,
        Some(Status::Done),
        "a later edit leaves the status alone"
    );
    assert!(project.layer().spans.iter().next().unwrap().modified.is_some());
}

#[test]
fn a_status_that_is_set_stands_as_set() {
    let mut project = Project::marked("Alep");
    project.run(r#"{"command":"set_status","article":"a","status":"todo"}"#);
    assert_eq!(project.layer().status, Some(Status::Todo));
    assert_eq!(
        project
            .refused(r#"{"command":"set_status","article":"a","status":"todo"}"#)
            .code,
        "unchanged"
    );
}

#[test]
fn removing_a_span_takes_along_what_cannot_be_without_it() {
    let mut project = Project::marked("{c:casualty|12 morts|c} à {l:location|Alep|l} par {p:actor|eux|p}");
    project.run(r#"{"command":"add_relation","from":"c","to":"p","type":"victims","id":"r1"}"#);
    project.run(r#"{"command":"add_note","article":"a","target":"r1","text":"sûr ?","id":"k1"}"#);
    project.run(r#"{"command":"add_note","article":"a","target":"p","text":"qui ?","id":"k2"}"#);
    project.run(r#"{"command":"add_note","article":"a","text":"à relire","id":"k3"}"#);
    project.run(
        r#"{"command":"add_event","article":"a","type":"incident","trigger":"p","id":"e1",
            "roles":[{"role":"perpetrator","span":"p"},{"role":"place","span":"l","inferred":true,"note":"titre"}]}"#,
    );
    let before = project.layer().clone();
    let outcome = project.plan(r#"{"command":"remove_span","span":"p"}"#).unwrap();
    project.run(r#"{"command":"remove_span","span":"p"}"#);
    let layer = project.layer();
    assert!(layer.relations.is_empty());
    assert_eq!(layer.notes.keys().map(NoteId::as_str).collect::<Vec<_>>(), ["k3"]);
    let event = layer.events.values().next().unwrap();
    assert_eq!((event.trigger.as_ref(), event.roles.len()), (None, 1));
    for edit in invert(outcome.edits) {
        project.apply(&edit);
    }
    assert_eq!(*project.layer(), before, "the inverse brings all of it back");
}

#[test]
fn relations_keep_to_the_codebook() {
    let before = "{c:casualty|12 morts|c} à {l:location|Alep|l} par {p:actor|eux|p}";
    for (from, to, kind, code) in [
        ("c", "p", "kills", "unknown_relation_type"),
        ("p", "c", "victims", "label_not_allowed"),
        ("c", "c", "part-of", "same_span"),
        ("c", "x", "victims", "unknown_span"),
    ] {
        let command = format!(r#"{{"command":"add_relation","from":"{from}","to":"{to}","type":"{kind}"}}"#);
        check_refused(before, &command, code);
    }
    let mut project = Project::marked(before);
    let link = r#"{"command":"add_relation","from":"c","to":"p","type":"victims"}"#;
    assert_eq!(project.run(link), "link “12 morts” › “eux” (victims)");
    assert_eq!(project.refused(link).code, "duplicate_relation");
    project.run(r#"{"command":"remove_relation","relation":"n0001"}"#);
    assert!(project.layer().relations.is_empty());
}

#[test]
fn events_keep_to_the_codebook() {
    let before = "{l:location|Alep|l} par {p:actor|eux|p}";
    for (roles, code) in [
        (r#"[{"role":"victim","span":"p"}]"#, "unknown_role"),
        (r#"[{"role":"perpetrator","span":"l"}]"#, "label_not_allowed"),
        (r#"[{"role":"perpetrator","span":"x"}]"#, "unknown_span"),
    ] {
        let command = format!(r#"{{"command":"add_event","article":"a","type":"incident","roles":{roles}}}"#);
        check_refused(before, &command, code);
    }
    check_refused(
        before,
        r#"{"command":"add_event","article":"a","type":"war","roles":[]}"#,
        "unknown_event_type",
    );
    let mut project = Project::marked(before);
    project.run(
        r#"{"command":"add_event","article":"a","type":"incident","roles":[{"role":"place","span":"l"}]}"#,
    );
    project.run(r#"{"command":"set_attribute","target":"n0001","attribute":"kind","value":"battle"}"#);
    assert_eq!(
        project.layer().events.values().next().unwrap().attributes.len(),
        1
    );
    project.run(r#"{"command":"remove_event","event":"n0001"}"#);
    assert!(project.layer().events.is_empty());
}

#[test]
fn attributes_keep_to_type_and_choices() {
    let before = "{c:casualty|12 morts|c} par {p:actor|eux|p}";
    for (target, attribute, value, code) in [
        ("p", "type", r#""aliens""#, "unknown_choice"),
        ("p", "type", "12", "wrong_type"),
        ("p", "quantity", r#"{"low":1}"#, "unknown_attribute"),
        ("p", "colour", r#""red""#, "unknown_attribute"),
        ("p", "colour", "null", "unknown_attribute"),
        ("p", "type", "null", "unchanged"),
        (
            "c",
            "quantity",
            r#"{"low":1,"who":["dragons"]}"#,
            "unknown_choice",
        ),
        ("x", "type", r#""other""#, "unknown_target"),
    ] {
        let command = format!(
            r#"{{"command":"set_attribute","target":"{target}","attribute":"{attribute}","value":{value}}}"#
        );
        check_refused(before, &command, code);
    }
    check_refused(
        before,
        r#"{"command":"set_attribute","target":"p","attribute":"type","value":null,"article":"b"}"#,
        "unknown_article",
    );
    let mut project = Project::marked(before);
    project.run(r#"{"command":"set_attribute","target":"p","attribute":"type","value":"militia"}"#);
    project.run(r#"{"command":"set_attribute","target":"p","attribute":"type","value":null}"#);
    assert!(
        project
            .layer()
            .spans
            .iter()
            .all(|span| span.attributes.is_empty())
    );
}

#[test]
fn setting_the_same_value_confirms_what_the_tool_read() {
    let mut project = Project::marked("{p:actor|eux|p}");
    let key = (ArticleId::new("a").unwrap(), annotator("me"));
    let layer = project.layers.get_mut(&key).unwrap();
    let mut span = Span::clone(layer.spans.iter().next().unwrap());
    let id = AttributeId::new("type").unwrap();
    span.attributes.insert(id.clone(), Value::Text("militia".into()));
    span.unconfirmed.insert(id);
    layer.spans.insert(Arc::new(span));
    let confirm = r#"{"command":"set_attribute","target":"p","attribute":"type","value":"militia"}"#;
    assert_eq!(project.run(confirm), "confirm type of actor “eux”");
    assert_eq!(project.refused(confirm).code, "unchanged");
}

#[test]
fn an_article_takes_labels_and_metadata() {
    let mut project = Project::marked("Alep");
    project.run(r#"{"command":"set_attribute","target":"a","attribute":"relevance","value":"event"}"#);
    assert_eq!(project.layer().labels.len(), 1);
    project.run(r#"{"command":"set_meta","article":"a","title":" Trêve ","date":"2022-01-20","lang":"fr"}"#);
    let header = &project.articles.values().next().unwrap().header;
    assert_eq!(
        (header.title.as_deref(), header.lang.as_deref(), header.meta.len()),
        (Some("Trêve"), Some("fr"), 1)
    );
    project.run(r#"{"command":"set_meta","article":"a","title":null,"date":null}"#);
    assert_eq!(project.articles.values().next().unwrap().header.title, None);
    for (fields, code) in [
        (r#""text":"x""#, "bad_field"),
        (r#""title":5"#, "bad_field"),
        (r#""lang":"fr""#, "unchanged"),
        (r#""lang":"ar2031-05-14""#, "bad_language"),
        (r#""lang":"french""#, "bad_language"),
    ] {
        let command = format!(r#"{{"command":"set_meta","article":"a",{fields}}}"#);
        assert_eq!(project.refused(&command).code, code, "{fields}");
    }
}

#[test]
fn notes_are_written_changed_settled_and_removed() {
    let mut project = Project::marked("Alep");
    let blank = r#"{"command":"add_note","article":"a","text":" "}"#;
    assert_eq!(project.refused(blank).code, "empty_note");
    let lost = r#"{"command":"add_note","article":"a","target":"s9","text":"x"}"#;
    assert_eq!(project.refused(lost).code, "unknown_target");
    project.run(r#"{"command":"add_note","article":"a","text":"à relire","id":"k"}"#);
    project.run(r#"{"command":"set_note","note":"k","state":"resolved"}"#);
    assert_eq!(
        project.layer().notes.values().next().unwrap().state,
        NoteState::Resolved
    );
    assert_eq!(
        project.refused(r#"{"command":"set_note","note":"k"}"#).code,
        "unchanged"
    );
    project.run(r#"{"command":"remove_note","note":"k"}"#);
    assert!(project.layer().notes.is_empty());
}

#[test]
fn an_id_in_several_places_asks_for_the_place() {
    let project = Project::marked("{s:actor|Alep|s}").and("b", "me", "{s:actor|Idlib|s}");
    assert_eq!(
        project.refused(r#"{"command":"remove_span","span":"s"}"#).code,
        "ambiguous_id"
    );
    assert!(
        project
            .plan(r#"{"command":"remove_span","span":"s","article":"b"}"#)
            .is_ok()
    );
    let others = Project::marked("{t:actor|Alep|t}")
        .and("b", "ana", "{s:actor|Idlib|s}")
        .and("c", "bo", "{s:actor|Homs|s}");
    let refusal = others.refused(r#"{"command":"remove_span","span":"s"}"#);
    assert!(
        refusal.message.contains("b by ana") && refusal.message.contains("c by bo"),
        "{}",
        refusal.message
    );
    let outcome = others
        .plan(r#"{"command":"remove_span","span":"s","annotator":"bo"}"#)
        .unwrap();
    assert_eq!(
        outcome.scopes,
        [Scope::Layer(ArticleId::new("c").unwrap(), annotator("bo"))]
    );
}

#[test]
fn ones_own_span_goes_before_anothers() {
    let project = Project::marked("{s:actor|Alep|s}").and("b", "ana", "{s:actor|Idlib|s}");
    let outcome = project.plan(r#"{"command":"remove_span","span":"s"}"#).unwrap();
    assert_eq!(
        outcome.scopes,
        [Scope::Layer(ArticleId::new("a").unwrap(), annotator("me"))]
    );
}

#[test]
fn the_commands_of_a_batch_see_each_other_and_stand_or_fall_together() {
    let mut project = Project::marked("12 morts par eux");
    let add = |id: &str, start: u8, end: u8, label: &str| {
        format!(
            r#"{{"command":"add_span","article":"a","ranges":[[{start},{end}]],"label":"{label}","id":"{id}"}}"#
        )
    };
    let link = r#"{"command":"add_relation","from":"c","to":"p","type":"victims"}"#;
    let (c, p) = (add("c", 0, 8, "casualty"), add("p", 13, 16, "actor"));
    let summary = project.run(&format!(r#"{{"command":"batch","commands":[{c},{p},{link}]}}"#));
    assert_eq!(summary, "tag casualty “12 morts” and 2 more");
    assert_eq!(
        (project.layer().spans.len(), project.layer().relations.len()),
        (2, 1)
    );
    let half = format!(
        r#"{{"command":"batch","commands":[{},{link}]}}"#,
        add("q", 0, 2, "actor")
    );
    let refusal = project.refused(&half);
    assert_eq!(refusal.code, "duplicate_relation");
    assert!(
        refusal.message.starts_with("command 2 of the batch:"),
        "{}",
        refusal.message
    );
    for (inner, code) in [
        ("", "empty_batch"),
        (r#"{"command":"undo"}"#, "not_in_a_batch"),
        (r#"{"command":"batch","commands":[]}"#, "not_in_a_batch"),
    ] {
        assert_eq!(
            project
                .refused(&format!(r#"{{"command":"batch","commands":[{inner}]}}"#))
                .code,
            code
        );
    }
}

#[test]
fn what_touches_two_articles_stands_in_the_projects_undo_as_well() {
    let project = Project::marked("Alep").and("b", "me", "Idlib");
    let done = |article| format!(r#"{{"command":"set_status","article":"{article}","status":"done"}}"#);
    let outcome = project
        .plan(&format!(
            r#"{{"command":"batch","commands":[{},{}]}}"#,
            done("a"),
            done("b")
        ))
        .unwrap();
    assert_eq!(outcome.scopes.len(), 3);
    assert_eq!(outcome.scopes[0], Scope::Project);
}

proptest! {
    #[test]
    fn what_a_plan_does_its_inverse_takes_back(
        commands in prop::collection::vec((0usize..20, 1usize..12, 0usize..3, 0usize..7), 1..14)
    ) {
        let mut project = Project::marked("{c:casualty|12 civils|c} tués à {l:location|Alep|l} par {p:actor|eux|p} 🧕🏽 hier");
        let labels = ["actor", "location", "casualty"];
        let mut history = Vec::new();
        for (start, length, label, kind) in commands {
            let (end, label) = (start + length, labels[label]);
            let ids: Vec<String> = project.layer().spans.iter().map(|span| span.id.to_string()).collect();
            let one = ids.get(start % ids.len().max(1)).cloned().unwrap_or_default();
            let other = ids.get(end % ids.len().max(1)).cloned().unwrap_or_default();
            let command = match kind {
                0 => format!(r#"{{"command":"add_span","article":"a","ranges":[[{start},{end}]],"label":"{label}"}}"#),
                1 => format!(r#"{{"command":"remove_span","span":"{one}"}}"#),
                2 => format!(r#"{{"command":"set_label","span":"{one}","label":"{label}"}}"#),
                4 => format!(r#"{{"command":"merge_spans","spans":["{one}","{other}"]}}"#),
                5 => format!(r#"{{"command":"split_span","span":"{one}","at":{end}}}"#),
                3 => format!(r#"{{"command":"set_ranges","span":"{one}","ranges":[[{start},{end}]]}}"#),
                _ => format!(r#"{{"command":"add_relation","from":"{one}","to":"{other}","type":"located-in"}}"#),
            };
            let before = project.layer().clone();
            if let Ok(outcome) = project.plan(&command) {
                for edit in &outcome.edits {
                    project.apply(edit);
                }
                prop_assert_eq!(project.layer().dangling(), None);
                history.push((before, outcome.edits));
            }
        }
        for (before, edits) in history.into_iter().rev() {
            for edit in invert(edits) {
                project.apply(&edit);
            }
            prop_assert_eq!(project.layer(), &before);
        }
    }
}

#[test]
fn a_value_that_breaks_its_own_rules_is_refused_with_the_reason() {
    for (label, attribute, value, part) in [
        ("date", "when", r#"{"value":"2022-02-30"}"#, "2022-02 has 28 days"),
        (
            "date",
            "when",
            r#"{"value":"2022-05-14/2022-05-12"}"#,
            "ends before it begins",
        ),
        (
            "date",
            "when",
            r#"{"value":"2022","precision":"day"}"#,
            "names a year only",
        ),
    ] {
        let project = Project::marked(&format!("{{p:{label}|Alep|p}}"));
        let set = format!(
            r#"{{"command":"set_attribute","target":"p","attribute":"{attribute}","value":{value}}}"#
        );
        let refusal = project.refused(&set);
        assert_eq!(refusal.code, "bad_value", "{value}");
        assert!(refusal.message.contains(part), "{}", refusal.message);
        assert!(refusal.hint.is_some_and(|hint| hint.contains("2022-01-20")));
        let tag = format!(
            r#"{{"command":"add_span","article":"a","ranges":[[0,2]],"label":"{label}","attributes":{{"{attribute}":{value}}}}}"#
        );
        assert_eq!(project.refused(&tag).code, "bad_value", "{value}");
    }
}
