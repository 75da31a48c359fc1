//! Reviews, flags, and threads: what they say, and what a later change makes of them.

use proptest::prelude::*;

use super::super::marked::{Project, annotator};
use crate::model::*;

const ACCEPT: &str =
    r#"{"command":"set_span_review","span":"s1","article":"b","annotator":"bo","verdict":"approved"}"#;
const APPROVE: &str = r#"{"command":"set_review","article":"b","annotator":"bo","review":"approved"}"#;

/// Work of `bo` that `me` reviews, in article `b`; and own work of `me` in article `a`.
fn project() -> Project {
    Project::marked("{m:location|Ségou|m} et Mopti").and(
        "b",
        "bo",
        "{s1:actor|la {s2:location|Syrie|s2}|s1} et Alep",
    )
}

fn layer_of_bo(project: &Project) -> &Layer {
    &project.layers[&(ArticleId::new("b").unwrap(), annotator("bo"))]
}

fn span<'a>(layer: &'a Layer, id: &str) -> &'a Span {
    layer.spans.get(&SpanId::new(id).unwrap()).unwrap()
}

#[test]
fn a_verdict_on_a_span_says_who_gave_it_and_moves_nothing_else() {
    let mut project = project();
    let before = span(layer_of_bo(&project), "s1").clone();
    assert_eq!(project.run(ACCEPT), "accept actor “la Syrie”");
    let after = span(layer_of_bo(&project), "s1");
    let review = after.review.clone().unwrap();
    assert_eq!(
        (review.verdict, review.by),
        (Verdict::Approved, Some(annotator("me")))
    );
    assert!(review.at.is_some());
    assert_eq!(after.modified, before.modified);
    assert_eq!(
        layer_of_bo(&project).status,
        Some(Status::InProgress),
        "the status stays"
    );
    assert_eq!(project.refused(ACCEPT).code, "unchanged");
    project.run(&ACCEPT.replace("\"approved\"", "null"));
    assert_eq!(span(layer_of_bo(&project), "s1"), &before);
}

#[test]
fn any_later_change_of_a_span_takes_its_verdict_and_no_others() {
    for change in [
        r#"{"command":"set_label","span":"s1","label":"location","article":"b"}"#,
        r#"{"command":"set_ranges","span":"s1","ranges":[[0,2]],"article":"b"}"#,
        r#"{"command":"set_attribute","target":"s1","attribute":"type","value":"government","article":"b"}"#,
    ] {
        let mut project = project();
        project.run(ACCEPT);
        project.run(&ACCEPT.replace("s1", "s2"));
        project.run(change);
        assert_eq!(span(layer_of_bo(&project), "s1").review, None, "{change}");
        assert!(span(layer_of_bo(&project), "s2").review.is_some(), "{change}");
    }
}

#[test]
fn a_part_that_is_cut_off_is_reviewed_anew() {
    let mut project = project();
    project.run(ACCEPT);
    project.run(r#"{"command":"split_span","span":"s1","at":2,"id":"s3","article":"b"}"#);
    for id in ["s1", "s3"] {
        assert_eq!(span(layer_of_bo(&project), id).review, None, "{id}");
    }
}

#[test]
fn the_annotators_own_change_takes_the_approval_and_a_reviewers_does_not() {
    // `me` reviews the work of `bo`: a correction leaves the approval.
    let mut project = project();
    project.run(APPROVE);
    project.run(r#"{"command":"set_label","span":"s1","label":"location","article":"b"}"#);
    assert_eq!(layer_of_bo(&project).review, Some(Verdict::Approved));
    // `me` goes on with work of her own.
    let own = [
        r#"{"command":"add_span","article":"a","ranges":[[9,14]],"label":"location"}"#,
        r#"{"command":"remove_span","span":"m"}"#,
        r#"{"command":"set_attribute","target":"a","attribute":"relevance","value":"event"}"#,
        r#"{"command":"add_event","article":"a","type":"incident","roles":[]}"#,
    ];
    for change in own {
        let mut project = Project::marked("{m:location|Ségou|m} et Mopti");
        project.run(r#"{"command":"set_review","article":"a","review":"approved"}"#);
        let before = project.layer().clone();
        let outcome = project.plan(change).unwrap();
        for edit in &outcome.edits {
            project.apply(edit);
        }
        assert_eq!(project.layer().review, None, "{change}");
        for edit in invert(outcome.edits) {
            project.apply(&edit);
        }
        assert_eq!(
            *project.layer(),
            before,
            "undo brings the approval back: {change}"
        );
    }
}

#[test]
fn notes_flags_statuses_and_verdicts_leave_the_approval() {
    let mut project = Project::marked("{m:location|Ségou|m} et Mopti");
    project.run(r#"{"command":"set_review","article":"a","review":"approved"}"#);
    for change in [
        r#"{"command":"add_note","article":"a","text":"ville ou région ?","id":"n"}"#,
        r#"{"command":"add_reply","note":"n","text":"la ville"}"#,
        r#"{"command":"set_note","note":"n","state":"resolved"}"#,
        r#"{"command":"set_flag","article":"a","flagged":true}"#,
        r#"{"command":"set_status","article":"a","status":"done"}"#,
        r#"{"command":"set_span_review","span":"m","verdict":"changes_requested"}"#,
    ] {
        project.run(change);
        assert_eq!(project.layer().review, Some(Verdict::Approved), "{change}");
    }
}

#[test]
fn a_request_for_changes_stands_until_the_reviewer_takes_it_back() {
    let mut project = Project::marked("{m:location|Ségou|m} et Mopti");
    project.run(r#"{"command":"set_review","article":"a","review":"changes_requested"}"#);
    project.run(r#"{"command":"set_label","span":"m","label":"actor"}"#);
    assert_eq!(project.layer().review, Some(Verdict::ChangesRequested));
}

#[test]
fn a_flag_is_put_and_taken_away_and_begins_no_work() {
    let mut project = Project::marked("Ségou");
    let flag = r#"{"command":"set_flag","article":"a","flagged":true}"#;
    assert_eq!(project.run(flag), "flag");
    assert!(project.layer().flagged && project.layer().exists());
    assert_eq!(project.layer().status, None);
    assert_eq!(project.refused(flag).code, "unchanged");
    assert_eq!(project.run(&flag.replace("true", "false")), "take the flag away");
    assert!(!project.layer().exists());
}

#[test]
fn replies_make_a_thread_in_order_with_author_and_time() {
    let mut project = project();
    project.run(r#"{"command":"add_note","article":"b","annotator":"bo","target":"s1","text":"pays ou armée ?","id":"n"}"#);
    project.run(r#"{"command":"add_reply","note":"n","text":"l’armée"}"#);
    project.run(r#"{"command":"add_reply","note":"n","text":"non, le pays"}"#);
    project.run(r#"{"command":"set_reply","note":"n","reply":0,"text":"l’armée syrienne"}"#);
    let thread = |project: &Project| {
        let note = &layer_of_bo(project).notes[&NoteId::new("n").unwrap()];
        let replies = note.replies.iter();
        replies
            .map(|reply| {
                (
                    reply.author.clone().unwrap().to_string(),
                    reply.created.is_some(),
                    reply.text.clone(),
                )
            })
            .collect::<Vec<_>>()
    };
    let me = |text: &str| ("me".to_owned(), true, text.to_owned());
    assert_eq!(thread(&project), [me("l’armée syrienne"), me("non, le pays")]);
    project.run(r#"{"command":"remove_reply","note":"n","reply":0}"#);
    assert_eq!(thread(&project), [me("non, le pays")]);
    for (command, code) in [
        (
            r#"{"command":"remove_reply","note":"n","reply":1}"#,
            "unknown_reply",
        ),
        (
            r#"{"command":"set_reply","note":"n","reply":7,"text":"x"}"#,
            "unknown_reply",
        ),
        (r#"{"command":"add_reply","note":"n","text":"  "}"#, "empty_note"),
        (r#"{"command":"add_reply","note":"x","text":"y"}"#, "unknown_note"),
    ] {
        assert_eq!(project.refused(command).code, code, "{command}");
    }
}

#[test]
fn several_commands_of_a_reviewer_are_called_what_they_come_to() {
    let batch = |commands: &[&str]| format!(r#"{{"command":"batch","commands":[{}]}}"#, commands.join(","));
    let note = r#"{"command":"add_note","article":"b","annotator":"bo","text":"revoir"}"#;
    let request = APPROVE.replace("approved", "changes_requested");
    let back = r#"{"command":"set_status","article":"b","annotator":"bo","status":"todo"}"#;
    let relabel = r#"{"command":"set_label","span":"s1","label":"location","article":"b"}"#;
    for (commands, summary) in [
        (vec![note, &request, back], "request changes of b, with a note"),
        (vec![note, back], "mark to do, with a note"),
        (
            vec![relabel, ACCEPT],
            "change actor “la Syrie” to location, approved",
        ),
        (vec![note, relabel], "add note and 1 more"),
        (vec![note], "add note"),
    ] {
        assert_eq!(project().run(&batch(&commands)), summary);
    }
}

#[test]
fn a_verdict_on_an_article_names_it() {
    let mut project = project();
    assert_eq!(project.run(APPROVE), "approve b");
    let back = APPROVE.replace("\"approved\"", "null");
    assert_eq!(project.run(&back), "take back the verdict on b");
}

proptest! {
    /// Whatever is done to spans after a review: a verdict that still stands stands on a span that is as it was reviewed.
    #[test]
    fn a_verdict_stands_only_on_a_span_that_is_as_it_was_reviewed(
        changes in proptest::collection::vec((0..4_usize, 0..2_usize, 0..3_usize), 1..8)
    ) {
        let mut project = project();
        for id in ["s1", "s2"] {
            project.run(&ACCEPT.replace("s1", id));
        }
        let reviewed = layer_of_bo(&project).spans.clone();
        for (what, which, how) in changes {
            let (id, label) = (["s1", "s2"][which], ["actor", "location", "date"][how]);
            let command = match what {
                0 => format!(r#"{{"command":"set_label","span":"{id}","label":"{label}","article":"b"}}"#),
                1 => format!(r#"{{"command":"set_ranges","span":"{id}","ranges":[[{how},8]],"article":"b"}}"#),
                2 => format!(r#"{{"command":"remove_span","span":"{id}","article":"b"}}"#),
                _ => format!(r#"{{"command":"add_note","article":"b","annotator":"bo","text":"{label}"}}"#),
            };
            // What cannot be done is refused and changes nothing.
            if project.plan(&command).is_ok() {
                project.run(&command);
            }
            for span in layer_of_bo(&project).spans.iter().filter(|span| span.review.is_some()) {
                prop_assert_eq!(Some(span), reviewed.get(&span.id));
            }
        }
    }
}
