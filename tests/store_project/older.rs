//! Files of earlier versions open, after a copy of them, and lose nothing.

use hashiya::store::{ErrorCode, ExportQuery, Store, StoredArticle};
use rusqlite::Connection;

use crate::support::*;

/// Takes a project back to what version 1 wrote.
fn as_version_1(path: &std::path::Path) {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "DROP INDEX item_kind; ALTER TABLE layer DROP COLUMN flagged; \
             UPDATE item SET type = NULL WHERE kind = 'note'; \
             PRAGMA user_version = 1",
        )
        .unwrap();
}

#[test]
fn a_file_of_version_1_is_copied_and_brought_up_to_date() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let all = |store: &Store| {
        let mut found = Vec::new();
        let mut keep = |stored: StoredArticle, layers| {
            found.push((stored.article, layers));
            std::ops::ControlFlow::Continue(())
        };
        store.each_article(&ExportQuery::default(), &mut keep).unwrap();
        found
    };
    let before = all(&project.store);
    let Project {
        folder, path, store, ..
    } = project;
    drop(store);
    as_version_1(&path);

    let read_only = Store::open_read_only(&path).err().unwrap();
    assert_eq!(read_only.code, ErrorCode::OlderVersion);
    let store = Store::open(&path).unwrap();
    assert_eq!(all(&store), before);
    let copy = store.migrated_from().unwrap().to_owned();
    let version = |path: &std::path::Path| -> i32 {
        let connection = Connection::open(path).unwrap();
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    };
    assert_eq!((version(&copy), version(&path)), (1, 2));
    assert!(
        store
            .check(&mut |_, _| std::ops::ControlFlow::Continue(()))
            .unwrap()
            .is_empty()
    );
    drop(folder);
}

#[test]
fn a_damaged_note_does_not_keep_a_file_of_version_1_shut() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let Project {
        folder, path, store, ..
    } = project;
    drop(store);
    as_version_1(&path);
    let connection = Connection::open(&path).unwrap();
    let spoilt = connection
        .execute("INSERT INTO item SELECT article, annotator, 'note', 'spoilt', NULL, '{\"text' FROM layer LIMIT 1", [])
        .unwrap();
    assert_eq!(spoilt, 1);
    drop(connection);
    let store = Store::open(&path).unwrap();
    let findings = store
        .check(&mut |_, _| std::ops::ControlFlow::Continue(()))
        .unwrap();
    assert!(!findings.is_empty());
    drop(folder);
}

#[test]
fn a_rescue_of_a_file_of_version_1_keeps_status_and_verdict() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let Project {
        folder, path, store, ..
    } = project;
    let all = |store: &Store| {
        let mut found = Vec::new();
        let mut keep = |stored: StoredArticle, layers| {
            found.push((stored.article, layers));
            std::ops::ControlFlow::Continue(())
        };
        store.each_article(&ExportQuery::default(), &mut keep).unwrap();
        found
    };
    let before = all(&store);
    drop(store);
    as_version_1(&path);
    let new = folder.path().join("saved.hashiya");
    let recovery = hashiya::store::Recovery {
        project_id: "p-new".to_owned(),
        batch: hashiya::model::BatchId::new("b-new").unwrap(),
        author: annotator("me"),
        at: at(0),
    };
    let done = hashiya::store::recover(&path, &new, &recovery, &mut |_, _| {
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    let std::ops::ControlFlow::Continue(recovered) = done else {
        panic!()
    };
    assert_eq!(recovered.lost, []);
    assert_eq!(all(&Store::open(&new).unwrap()), before);
}
