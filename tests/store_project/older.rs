//! Files of earlier versions open, after a copy of them, and lose nothing.

use hashiya::model::{Annotator, Article, Layer};
use hashiya::store::{ErrorCode, ExportQuery, Store};
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

fn all(store: &Store) -> Vec<(Article, Vec<(Annotator, Layer)>)> {
    let found = exported(store, &ExportQuery::default()).into_iter();
    found.map(|(stored, layers)| (stored.article, layers)).collect()
}

#[test]
fn a_file_of_version_1_is_copied_and_brought_up_to_date() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let before = all(&project.store);
    let (_folder, path) = project.close();
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
    assert_eq!(check(&store), []);
}

#[test]
fn a_damaged_note_does_not_keep_a_file_of_version_1_shut() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let (_folder, path) = project.close();
    as_version_1(&path);
    let connection = Connection::open(&path).unwrap();
    let spoilt = connection
        .execute("INSERT INTO item SELECT article, annotator, 'note', 'spoilt', NULL, '{\"text' FROM layer LIMIT 1", [])
        .unwrap();
    assert_eq!(spoilt, 1);
    drop(connection);
    assert!(!check(&Store::open(&path).unwrap()).is_empty());
}

#[test]
fn a_rescue_of_a_file_of_version_1_keeps_status_and_verdict() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let before = all(&project.store);
    let (folder, path) = project.close();
    as_version_1(&path);
    let new = folder.path().join("saved.hashiya");
    assert_eq!(rescue(&path, &new).unwrap().lost, []);
    assert_eq!(all(&Store::open(&new).unwrap()), before);
}
