//! Undo and redo, which survive closing the project.

use hashiya::model::*;
use hashiya::store::ErrorCode;

use crate::support::*;

#[test]
fn undo_and_redo_walk_a_layer_back_and_forth_and_survive_reopening() {
    let mut project = Project::with_articles(2);
    let scope = layer_scope("a0", "me");
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    project
        .mark("a0", "me", vec![add_span("s2", "location", 13, 17)])
        .unwrap();
    let full = project.layer("a0", "me");
    assert_eq!(full.spans.len(), 2);

    project.undo(&scope).unwrap().unwrap();
    let mut project = project.reopen();
    assert_eq!(project.layer("a0", "me").spans.len(), 1);
    project.undo(&scope).unwrap().unwrap();
    assert!(!project.layer("a0", "me").exists());
    assert_eq!(project.undo(&scope).unwrap(), None, "nothing is left to undo");

    project.redo(&scope).unwrap().unwrap();
    let mut project = project.reopen();
    project.redo(&scope).unwrap().unwrap();
    assert_eq!(project.layer("a0", "me"), full);
    assert_eq!(project.redo(&scope).unwrap(), None, "nothing is left to redo");
}

#[test]
fn new_work_ends_redo_but_what_lies_under_it_can_still_be_undone() {
    let mut project = Project::with_articles(1);
    let scope = layer_scope("a0", "me");
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    project.undo(&scope).unwrap();
    project
        .mark("a0", "me", vec![add_span("s2", "actor", 5, 10)])
        .unwrap();
    assert_eq!(project.redo(&scope).unwrap(), None);
    project.undo(&scope).unwrap();
    project.redo(&scope).unwrap().unwrap();
    assert!(
        project
            .layer("a0", "me")
            .spans
            .get(&SpanId::new("s2").unwrap())
            .is_some()
    );
}

#[test]
fn an_import_is_undone_unless_its_articles_were_worked_on() {
    let mut project = Project::with_articles(2);
    project
        .mark("a1", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    let error = project.undo(&Scope::Project).unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    assert_eq!(error.conflict.unwrap().item, "import b1");

    project.undo(&layer_scope("a1", "me")).unwrap();
    project.undo(&Scope::Project).unwrap().unwrap();
    assert_eq!(project.store.article(&article_id("a1")).unwrap(), None);
    project.redo(&Scope::Project).unwrap().unwrap();
    assert!(project.store.article(&article_id("a1")).unwrap().is_some());
}
