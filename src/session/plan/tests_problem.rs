//! Dismissing problems, and what becomes of a dismissal with what it is about.

use super::super::marked::Project;

const EDGE: &str = r#"{"command":"dismiss_problem","article":"a","problem":"loose_edge/span/s/0-5"}"#;

fn dismissed(project: &Project) -> Vec<String> {
    let dismissed = &project.layer().dismissed;
    dismissed.iter().map(ToString::to_string).collect()
}

#[test]
fn a_problem_is_dismissed_once_and_shown_again() {
    let mut project = Project::marked("{s:location|Alep,|s} et");
    project.run(EDGE);
    assert_eq!(dismissed(&project), ["loose_edge/span/s/0-5"]);
    assert_eq!(project.refused(EDGE).code, "unchanged");
    let restore = EDGE.replace("dismiss", "restore");
    project.run(&restore);
    assert!(dismissed(&project).is_empty());
    assert_eq!(project.refused(&restore).code, "unknown_problem");
}

#[test]
fn what_is_no_problem_is_not_dismissed() {
    let project = Project::marked("{s:location|Alep|s}, et");
    let refusal = project.refused(EDGE);
    assert_eq!(refusal.code, "unknown_problem");
    assert!(refusal.hint.is_some_and(|hint| hint.contains("check")));
}

#[test]
fn a_dismissal_goes_together_with_its_span() {
    let mut project = Project::marked("{s:location|Alep,|s} {t:location|Alep,|t}");
    project.run(EDGE);
    project.run(&EDGE.replace("span/s/0-5", "span/t/6-11"));
    project.run(r#"{"command":"remove_span","span":"s"}"#);
    assert_eq!(dismissed(&project), ["loose_edge/span/t/6-11"]);
}

#[test]
fn a_dismissal_goes_together_with_a_span_that_another_absorbs() {
    let mut project = Project::marked("{t:location|et|t} {s:location|Alep,|s}");
    project.run(&EDGE.replace("0-5", "3-8"));
    project.run(r#"{"command":"merge_spans","spans":["t","s"]}"#);
    assert!(dismissed(&project).is_empty());
}
