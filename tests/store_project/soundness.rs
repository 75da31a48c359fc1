//! `check` passes on whatever was done, and fails on whatever was tampered with.

use hashiya::model::*;
use rusqlite::Connection;

use crate::support::*;

/// A project with something of each kind: two imports, one of them with layers, edits, undo, redo, metadata, codebook.
fn busy_project() -> Project {
    let mut project = Project::with_articles(3);
    project.import_with_layers("b2");
    project
        .mark(
            "a0",
            "me",
            vec![add_span("s1", "actor", 5, 10), add_span("s2", "actor", 11, 13)],
        )
        .unwrap();
    project
        .mark("a0", "me", vec![LayerEdit::Status(Change::add(Status::Done))])
        .unwrap();
    project
        .mark("a0", "you", vec![add_span("s1", "location", 5, 10)])
        .unwrap();
    project.undo(&layer_scope("a0", "me")).unwrap().unwrap();
    project.redo(&layer_scope("a0", "me")).unwrap().unwrap();
    project.undo(&layer_scope("a0", "you")).unwrap().unwrap();
    let layer = project.layer("c0", "reader");
    let before = layer.spans.get(&SpanId::new("i1").unwrap()).unwrap().clone();
    project
        .mark(
            "c0",
            "reader",
            vec![LayerEdit::Span(before.id.clone(), Change::remove(before))],
        )
        .unwrap_err();
    let status = LayerEdit::Status(Change {
        before: layer.status,
        after: Some(Status::Done),
    });
    project.mark("c0", "reader", vec![status]).unwrap();
    project.retitle("a1", "Nouveau titre");
    project.add_label("group", 1);
    project
}

#[test]
fn a_project_with_something_of_each_kind_is_sound() {
    let project = busy_project();
    project.assert_sound();
    let project = project.reopen();
    project.assert_sound();
}

#[test]
fn an_undone_import_and_codebook_are_sound() {
    let mut project = Project::empty();
    project.add_label("group", 0);
    project.import_with_layers("b2");
    project.undo(&Scope::Project).unwrap().unwrap();
    project.undo(&Scope::Project).unwrap().unwrap();
    assert_eq!(project.store.codebook().unwrap(), codebook());
    project.assert_sound();
    project.redo(&Scope::Project).unwrap().unwrap();
    project.redo(&Scope::Project).unwrap().unwrap();
    project.assert_sound();
}

#[track_caller]
fn tampered(cases: &[(&str, &str)]) {
    for (sql, code) in cases {
        tamper(sql, code);
    }
}

#[test]
fn tampering_with_articles_and_imports_is_found() {
    tampered(&[
        (
            "UPDATE body SET text = replace(text, 'maire', 'mairf') WHERE position = (SELECT min(position) FROM body)",
            "text_damaged",
        ),
        (
            "UPDATE article SET title = 'Autre' WHERE id = 'a2'",
            "import_changed",
        ),
        (
            "UPDATE article SET title = 'Autre', folded = 'autre' || char(10) || 'a1' WHERE id = 'a1'",
            "journal_mismatch",
        ),
        ("UPDATE article SET folded = 'x' WHERE id = 'a2'", "filter_stale"),
        ("UPDATE article SET chars = 3 WHERE id = 'a2'", "count_wrong"),
        ("UPDATE body SET meta = '{\"source\":\"x\"}'", "import_changed"),
        ("DELETE FROM article WHERE id = 'a1'", "article_missing"),
        ("DELETE FROM article WHERE id = 'a2'", "count_wrong"),
        (
            "DELETE FROM body WHERE position = (SELECT min(position) FROM body)",
            "stray_rows",
        ),
        ("UPDATE batch SET articles = 9 WHERE id = 'b1'", "count_wrong"),
        (
            "UPDATE batch SET digest = zeroblob(32) WHERE id = 'b2'",
            "import_changed",
        ),
        (
            "UPDATE batch SET state = 'hidden' WHERE id = 'b2'",
            "journal_mismatch",
        ),
    ]);
}

#[test]
fn tampering_with_annotations_is_found() {
    tampered(&[
        (
            "UPDATE span SET body = replace(body, '[5,10]', '[5,11]') WHERE id = 's1'",
            "journal_mismatch",
        ),
        (
            "UPDATE span SET body = replace(body, '[5,10]', '[5,9999]') WHERE id = 's1'",
            "span_outside_text",
        ),
        (
            "UPDATE span SET body = replace(body, '[5,10]', '[5,25]') WHERE id = 's1'",
            "span_outside_text",
        ),
        (
            "UPDATE span SET body = replace(body, '[5,10]', '[5,11]') WHERE id = 'i1'",
            "import_changed",
        ),
        ("UPDATE span SET body = 'x' WHERE id = 'i1'", "unreadable"),
        ("DELETE FROM span WHERE id = 's2'", "count_wrong"),
        ("DELETE FROM span WHERE id = 'i1'", "reference_missing"),
        ("DELETE FROM item WHERE kind = 'note'", "count_wrong"),
        (
            "UPDATE item SET body = replace(body, 'part', 'par') WHERE kind = 'relation'",
            "import_changed",
        ),
        (
            "UPDATE layer SET status = 'skipped' WHERE status = 'done'",
            "journal_mismatch",
        ),
        ("UPDATE layer SET spans = spans + 1", "count_wrong"),
        ("DELETE FROM layer", "count_wrong"),
    ]);
}

#[test]
fn tampering_with_the_codebook_and_the_journal_is_found() {
    tampered(&[
        (
            "UPDATE codebook SET body = replace(body, 'ACTOR', 'Actor') WHERE id = 'actor'",
            "journal_mismatch",
        ),
        ("DELETE FROM codebook WHERE id = 'actor'", "label_unknown"),
        ("DELETE FROM journal WHERE number = 4", "journal_gap"),
        (
            "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)",
            "stray_rows",
        ),
        (
            "UPDATE journal SET summary = 'x' WHERE number = 4",
            "journal_changed",
        ),
        ("UPDATE journal SET undone_by = NULL", "journal_mismatch"),
        ("DELETE FROM edit WHERE number = 3 AND place = 1", "journal_gap"),
        (
            "UPDATE edit SET body = replace(body, '[11,13]', '[11,14]') WHERE number = 3",
            "journal_mismatch",
        ),
        ("DELETE FROM scope WHERE number = 4", "journal_changed"),
        (
            "UPDATE annotator SET name = 'them' WHERE name = 'reader'",
            "import_changed",
        ),
    ]);
}

#[test]
fn rows_looked_up_by_what_they_do_not_say_are_found() {
    tampered(&[
        (
            "UPDATE span SET label = 'location' WHERE id = 's2'",
            "lookup_wrong",
        ),
        (
            "UPDATE item SET type = 'x' WHERE kind = 'relation'",
            "lookup_wrong",
        ),
        ("UPDATE item SET type = 'x' WHERE kind = 'note'", "lookup_wrong"),
        ("UPDATE article SET id = 'a0' WHERE id = 'c1'", "id_twice"),
    ]);
}

#[track_caller]
fn tamper(sql: &str, code: &str) {
    let project = busy_project();
    project.assert_sound();
    let changed = Connection::open(&project.path).unwrap().execute(sql, []).unwrap();
    assert!(changed > 0, "{sql} changes nothing");
    assert!(
        project.findings().contains(&code),
        "{sql}: {:?}",
        project.findings()
    );
}

#[test]
fn a_check_can_be_broken_off() {
    let project = busy_project();
    let mut calls = 0;
    project
        .store
        .check(&mut |done, total| {
            calls += 1;
            assert!(done <= total && total == 5, "{done} of {total}");
            std::ops::ControlFlow::Break(())
        })
        .unwrap();
    assert_eq!(calls, 1);
}

#[test]
fn all_uses_are_counted_whatever_a_layer_holds() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let uses = project.store.all_uses().unwrap();
    let of_labels = uses
        .iter()
        .filter(|(part, _)| part.to_string().starts_with("label"));
    let spans: u64 = of_labels.map(|(_, uses)| uses.annotations).sum();
    assert_eq!(spans, project.layer("c0", "reader").spans.len() as u64);
}
