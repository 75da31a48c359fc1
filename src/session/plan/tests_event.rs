//! Plans of events: fillers, rows, merges, each held to the layer that they leave.

use super::marked::Project;
use crate::model::{Event, EventId, Filler, NoteState, invert};
use proptest::prelude::*;

const MARKED: &str = "{s1:actor|Le Front|s1} a frappé {s2:location|Alep|s2} {s3:date|mardi|s3}, {s4:casualty|12 morts|s4}, {s5:location|Idleb|s5}.";

fn with_event() -> Project {
    let mut project = Project::marked(MARKED);
    project.run(
        r#"{"command":"add_event","article":"a","type":"incident","id":"e1","roles":[{"role":"place","span":"s2"}]}"#,
    );
    project
}

fn event<'a>(project: &'a Project, id: &str) -> &'a Event {
    &project.layer().events[&EventId::new(id).unwrap()]
}

/// The roles of an event as `role=filler`, `?` behind what is inferred.
fn roles(project: &Project, id: &str) -> Vec<String> {
    let in_words = |filler: &Filler| match filler {
        Filler::Span(span) => span.to_string(),
        Filler::Value(value) => value.to_json().to_string(),
    };
    event(project, id)
        .roles
        .iter()
        .map(|one| {
            let mark = if one.inferred { "?" } else { "" };
            format!("{}={}{mark}", one.role, in_words(&one.filler))
        })
        .collect()
}

fn order(project: &Project) -> Vec<String> {
    let events = project.layer().events_in_order();
    events.iter().map(|event| event.id.to_string()).collect()
}

#[test]
fn roles_are_filled_with_spans_and_values_marked_and_emptied() {
    let mut project = with_event();
    let said = project.run(r#"{"command":"add_filler","event":"e1","role":"perpetrator","span":"s1"}"#);
    assert_eq!(said, "add “Le Front” to incident as perpetrator");
    project.run(
        r#"{"command":"add_filler","event":"e1","role":"source","value":"état-major","inferred":true,"note":"titre"}"#,
    );
    assert_eq!(
        roles(&project, "e1"),
        ["place=s2", "perpetrator=s1", "source=\"état-major\"?"]
    );
    project
        .run(r#"{"command":"set_filler","event":"e1","role":"perpetrator","filler":"s1","inferred":true}"#);
    project.run(r#"{"command":"set_filler","event":"e1","role":"perpetrator","filler":0,"to":"target"}"#);
    project.run(
        r#"{"command":"set_filler","event":"e1","role":"source","filler":0,"inferred":false,"note":null}"#,
    );
    assert_eq!(
        roles(&project, "e1"),
        ["place=s2", "target=s1?", "source=\"état-major\""]
    );
    assert_eq!(event(&project, "e1").roles[2].note, None);
    project.run(r#"{"command":"remove_filler","event":"e1","role":"target","filler":"s1"}"#);
    project.run(r#"{"command":"set_event","event":"e1","trigger":"s4"}"#);
    assert_eq!(roles(&project, "e1"), ["place=s2", "source=\"état-major\""]);
    assert_eq!(event(&project, "e1").trigger.as_ref().unwrap().as_str(), "s4");
    project.run(r#"{"command":"set_event","event":"e1","trigger":null}"#);
    assert_eq!(event(&project, "e1").trigger, None);
}

#[test]
fn what_a_role_does_not_take_is_refused() {
    let project = with_event();
    for (command, code) in [
        (
            r#"{"command":"add_filler","event":"e1","role":"place","span":"s1"}"#,
            "label_not_allowed",
        ),
        (
            r#"{"command":"add_filler","event":"e1","role":"place","span":"s2"}"#,
            "duplicate_filler",
        ),
        (
            r#"{"command":"add_filler","event":"e1","role":"weather","span":"s2"}"#,
            "unknown_role",
        ),
        (
            r#"{"command":"add_filler","event":"e1","role":"place","span":"s9"}"#,
            "unknown_span",
        ),
        (
            r#"{"command":"add_filler","event":"e1","role":"place"}"#,
            "bad_field",
        ),
        (
            r#"{"command":"add_filler","event":"e1","role":"place","span":"s5","value":"x"}"#,
            "bad_field",
        ),
        (
            r#"{"command":"add_filler","event":"e9","role":"place","span":"s5"}"#,
            "unknown_event",
        ),
        (
            r#"{"command":"set_filler","event":"e1","role":"place","filler":1,"inferred":true}"#,
            "unknown_filler",
        ),
        (
            r#"{"command":"set_filler","event":"e1","role":"place","filler":0,"inferred":false}"#,
            "unchanged",
        ),
        (
            r#"{"command":"set_filler","event":"e1","role":"place","filler":0,"to":"time"}"#,
            "label_not_allowed",
        ),
        (
            r#"{"command":"remove_filler","event":"e1","role":"time","filler":0}"#,
            "unknown_filler",
        ),
    ] {
        assert_eq!(project.refused(command).code, code, "{command}");
    }
}

#[test]
fn what_cannot_become_of_an_event_is_refused() {
    let project = with_event();
    for (command, code) in [
        (
            r#"{"command":"set_event","event":"e1","type":"war"}"#,
            "unknown_event_type",
        ),
        (r#"{"command":"move_event","event":"e1"}"#, "bad_field"),
        (
            r#"{"command":"move_event","event":"e1","after":"e1"}"#,
            "same_event",
        ),
        (r#"{"command":"merge_events","events":["e1"]}"#, "too_few_events"),
    ] {
        assert_eq!(project.refused(command).code, code, "{command}");
    }
}

#[test]
fn a_role_takes_no_more_fillers_than_the_codebook_says() {
    let mut project = with_event();
    for value in ["one", "two"] {
        project.run(&format!(
            r#"{{"command":"add_filler","event":"e1","role":"place","value":"{value}"}}"#
        ));
    }
    let fourth = r#"{"command":"add_filler","event":"e1","role":"place","span":"s5"}"#;
    assert_eq!(project.refused(fourth).code, "too_many_fillers");
    // One in the place of another is no fourth.
    project.run(r#"{"command":"set_filler","event":"e1","role":"place","filler":2,"span":"s5"}"#);
    assert_eq!(roles(&project, "e1"), ["place=s2", "place=\"one\"", "place=s5"]);
}

#[test]
fn rows_are_moved_and_duplicated() {
    let mut project = with_event();
    // Ids in no order, as they come from elsewhere.
    for id in ["c", "x", "b"] {
        project.run(&format!(
            r#"{{"command":"add_event","article":"a","type":"incident","id":"{id}"}}"#
        ));
    }
    assert_eq!(order(&project), ["e1", "c", "x", "b"]);
    project.run(r#"{"command":"move_event","event":"b","before":"e1"}"#);
    assert_eq!(order(&project), ["b", "e1", "c", "x"]);
    project.run(r#"{"command":"move_event","event":"e1","after":"x"}"#);
    assert_eq!(order(&project), ["b", "c", "x", "e1"]);
    let again = r#"{"command":"move_event","event":"e1","after":"x"}"#;
    assert_eq!(project.refused(again).code, "unchanged");
    project.run(r#"{"command":"add_note","article":"a","target":"c","text":"vu"}"#);
    project.run(r#"{"command":"duplicate_event","event":"c","id":"a"}"#);
    assert_eq!(order(&project), ["b", "c", "a", "x", "e1"]);
    assert_eq!(project.layer().notes.len(), 1, "the note is about the first");
}

#[test]
fn events_are_merged_into_the_first_and_what_differs_is_said() {
    let mut project = with_event();
    project.run(
        r#"{"command":"add_event","article":"a","type":"incident","id":"e2","trigger":"s4","attributes":{"kind":"battle","context":"past"},
            "roles":[{"role":"place","span":"s2","note":"titre"},{"role":"perpetrator","span":"s1","inferred":true}]}"#,
    );
    project.run(r#"{"command":"set_attribute","target":"e1","attribute":"kind","value":"riot"}"#);
    project.run(r#"{"command":"add_note","article":"a","target":"e2","text":"vu"}"#);
    let said = project.run(r#"{"command":"merge_events","events":["e1","e2"]}"#);
    assert_eq!(
        said,
        "merge 2 events into one incident; they differed in kind, the first one’s was kept"
    );
    assert_eq!(roles(&project, "e1"), ["place=s2", "perpetrator=s1?"]);
    let merged = event(&project, "e1");
    assert_eq!(merged.roles[0].note.as_deref(), Some("titre"));
    assert_eq!(merged.trigger.as_ref().unwrap().as_str(), "s4");
    assert_eq!(merged.attributes.len(), 2);
    assert_eq!(order(&project), ["e1"]);
    let note = project.layer().notes.values().next().unwrap();
    assert_eq!(note.target.as_ref().unwrap().as_str(), "e1");
    assert_eq!(note.state, NoteState::Open);
}

#[test]
fn a_merge_that_overfills_a_role_is_refused() {
    let mut project = with_event();
    project.run(
        r#"{"command":"add_event","article":"a","type":"incident","id":"e2",
            "roles":[{"role":"place","value":"x"},{"role":"place","value":"y"},{"role":"place","span":"s5"}]}"#,
    );
    let merge = r#"{"command":"merge_events","events":["e1","e2"]}"#;
    assert_eq!(project.refused(merge).code, "too_many_fillers");
}

/// One gesture on the sheet.
fn gesture() -> impl Strategy<Value = String> {
    let id = prop::sample::select(&["e1", "b", "z", "m"][..]);
    let role = prop::sample::select(&["perpetrator", "target", "place", "time", "casualties"][..]);
    let span = prop::sample::select(&["s1", "s2", "s3", "s4", "s5"][..]);
    (0..9_u8, id.clone(), id, role, span, 0..3_usize).prop_map(|(kind, one, other, role, span, number)| match kind {
        0 => format!(r#"{{"command":"add_event","article":"a","type":"incident","id":"{one}"}}"#),
        1 => format!(r#"{{"command":"move_event","event":"{one}","before":"{other}"}}"#),
        2 => format!(r#"{{"command":"move_event","event":"{one}","after":"{other}"}}"#),
        3 => format!(r#"{{"command":"duplicate_event","event":"{one}","id":"{other}"}}"#),
        4 => format!(r#"{{"command":"merge_events","events":["{one}","{other}"]}}"#),
        5 => format!(r#"{{"command":"remove_filler","event":"{one}","role":"{role}","filler":{number}}}"#),
        6 => format!(r#"{{"command":"set_filler","event":"{one}","role":"{role}","filler":{number},"inferred":true}}"#),
        7 => format!(r#"{{"command":"remove_event","event":"{one}"}}"#),
        _ => format!(r#"{{"command":"add_filler","event":"{one}","role":"{role}","span":"{span}"}}"#),
    })
}

proptest! {
    #[test]
    fn whatever_is_done_to_the_sheet_is_taken_back_in_full(gestures in prop::collection::vec(gesture(), 1..24)) {
        let mut project = with_event();
        for gesture in gestures {
            let before = project.layer().clone();
            let Ok(outcome) = project.plan(&gesture) else { continue };
            for edit in &outcome.edits {
                project.apply(edit);
            }
            prop_assert_eq!(project.layer().dangling(), None);
            let after = project.layer().clone();
            for edit in &invert(outcome.edits.clone()) {
                project.apply(edit);
            }
            prop_assert_eq!(project.layer(), &before, "{}", gesture);
            for edit in &outcome.edits {
                project.apply(edit);
            }
            prop_assert_eq!(project.layer(), &after);
        }
    }
}
