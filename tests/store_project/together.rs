//! Several connections to one project: each sees the other's commits, none overwrites what it has not seen.

use std::ops::ControlFlow;

use hashiya::model::*;
use hashiya::store::{ErrorCode, Store};

use crate::support::*;

fn mark(store: &mut Store, second: u32, who: &str, edit: LayerEdit) -> Result<TransactionId, ErrorCode> {
    let edits = vec![Edit::Layer(article_id("a0"), annotator(who), edit)];
    let transaction = transaction(second, vec![layer_scope("a0", who)], edits);
    store
        .write(|writer| writer.append(&transaction))
        .map_err(|error: hashiya::store::StoreError| error.code)
}

#[test]
fn two_stores_take_turns() {
    let mut project = Project::with_articles(1);
    let mut other = Store::open(&project.path).unwrap();
    for n in 0..10_u32 {
        let (store, who) = if n % 2 == 0 {
            (&mut project.store, "me")
        } else {
            (&mut other, "you")
        };
        let id = mark(store, n, who, add_span(&format!("s{n}"), "actor", 5, 10)).unwrap();
        assert_eq!(id.get(), i64::from(n) + 2, "one journal for both");
    }
    assert_eq!(project.layer("a0", "you").spans.len(), 5);
    assert_eq!(
        other
            .layer(&article_id("a0"), &annotator("me"))
            .unwrap()
            .spans
            .len(),
        5
    );
    let version = project.store.data_version().unwrap();
    mark(
        &mut project.store,
        20,
        "me",
        LayerEdit::Status(Change::add(Status::Done)),
    )
    .unwrap();
    assert_eq!(project.store.data_version().unwrap(), version, "its own commit");
    mark(
        &mut other,
        21,
        "you",
        LayerEdit::Status(Change::add(Status::Done)),
    )
    .unwrap();
    assert_ne!(
        project.store.data_version().unwrap(),
        version,
        "the other's commit"
    );
    project.assert_sound();
}

#[test]
fn an_edit_planned_against_an_older_state_is_refused() {
    let mut project = Project::with_articles(1);
    let mut other = Store::open(&project.path).unwrap();
    mark(&mut other, 1, "me", LayerEdit::Status(Change::add(Status::Done))).unwrap();
    let stale = LayerEdit::Status(Change::add(Status::Skipped));
    assert_eq!(mark(&mut project.store, 2, "me", stale), Err(ErrorCode::Conflict));
    assert_eq!(project.layer("a0", "me").status, Some(Status::Done));
}

#[test]
fn one_piece_of_work_is_undone_once() {
    let mut project = Project::with_articles(1);
    let id = project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    project.undo(&layer_scope("a0", "me")).unwrap().unwrap();
    for (action, part) in [
        (Action::Undo(id), "undone already"),
        (Action::Redo(TransactionId::new(99)), "in force already"),
    ] {
        let again = Transaction {
            action,
            ..transaction(9, vec![layer_scope("a0", "me")], Vec::new())
        };
        let error = project.store.write(|writer| writer.append(&again)).unwrap_err();
        assert_eq!(error.code, ErrorCode::Conflict);
        assert!(error.message.contains(part), "{}", error.message);
    }
}

#[test]
fn a_backup_taken_while_open_is_whole_and_replaces_nothing() {
    let mut project = Project::with_articles(3);
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    let copy = project.folder.path().join("copy.hashiya");
    let flow = project
        .store
        .backup(&copy, &mut |_, _| ControlFlow::Continue(()))
        .unwrap();
    assert!(flow.is_continue());
    project
        .mark("a0", "me", vec![add_span("s2", "actor", 5, 10)])
        .unwrap();
    let store = Store::open(&copy).unwrap();
    assert_eq!(
        store
            .layer(&article_id("a0"), &annotator("me"))
            .unwrap()
            .spans
            .len(),
        1
    );
    assert_eq!(check(&store), []);
    let again = project.store.backup(&copy, &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(again.unwrap_err().code, ErrorCode::Exists);
}

#[test]
fn a_long_look_at_everything_sees_one_moment_and_blocks_nobody() {
    let mut project = Project::with_articles(3);
    let reader = Store::open(&project.path).unwrap();
    let mut seen = Vec::new();
    reader
        .each_article(&hashiya::store::ExportQuery::default(), &mut |stored, layers| {
            seen.push((stored.article.id.to_string(), layers.len()));
            project
                .mark(
                    "a2",
                    "me",
                    vec![add_span(&format!("s{}", seen.len()), "actor", 5, 10)],
                )
                .unwrap();
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(
        seen,
        [("a0".to_owned(), 0), ("a1".to_owned(), 0), ("a2".to_owned(), 0)]
    );
    assert_eq!(project.layer("a2", "me").spans.len(), 3);
}

#[test]
fn what_is_written_back_stands_in_the_file_itself_without_its_log() {
    let mut project = Project::with_articles(1);
    mark(&mut project.store, 0, "me", add_span("s0", "actor", 5, 10)).unwrap();
    project.store.write_back().unwrap();
    let copy = project.path.with_file_name("copy.hashiya");
    std::fs::copy(&project.path, &copy).unwrap();
    let alone = Store::open(&copy).unwrap();
    let layer = alone.layer(&article_id("a0"), &annotator("me")).unwrap();
    assert_eq!(layer.spans.len(), 1);
    mark(&mut project.store, 1, "me", add_span("s1", "actor", 1, 3)).unwrap();
    assert_eq!(project.layer("a0", "me").spans.len(), 2, "and the log goes on");
}
