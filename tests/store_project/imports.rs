//! Imports: unseen until their one commit, duplicates named, killed ones swept, live ones left alone.

use std::fs;

use hashiya::model::*;
use hashiya::store::{Added, Duplicates, ErrorCode, ExportQuery, ListQuery, Store};
use rusqlite::Connection;

use crate::support::*;

fn batch_id(id: &str) -> BatchId {
    BatchId::new(id).unwrap()
}

fn closing(second: u32, id: &str) -> Transaction {
    transaction(
        second,
        vec![Scope::Project],
        vec![Edit::Batch(batch_id(id), Change::add(()))],
    )
}

fn ids(store: &Store) -> Vec<String> {
    let rows = store.list(&ListQuery::all(annotator("me")), 0, 10_000).unwrap();
    rows.into_iter().map(|row| row.id.to_string()).collect()
}

fn rows_in(path: &std::path::Path, table: &str) -> i64 {
    let connection = Connection::open(path).unwrap();
    connection
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
        .unwrap()
}

#[test]
fn every_item_of_a_layer_comes_back_to_the_letter() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let project = project.reopen();
    assert_eq!(project.layer("c0", "reader"), full_layer());
    let all = exported(&project.store, &ExportQuery::default()).into_iter();
    let seen: Vec<_> = all
        .map(|(stored, layers)| (stored.article.id.to_string(), layers))
        .collect();
    let expected = vec![
        ("c0".to_owned(), vec![(annotator("reader"), full_layer())]),
        ("c1".to_owned(), vec![]),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn an_article_comes_back_to_the_letter() {
    let text = "\u{feff}Un\r\nذهب\u{0}\u{2028}fin\u{85} e\u{301} ";
    let header = Header {
        title: Some("عنوان".to_owned()),
        lang: None,
        meta: unknown(),
        extra: unknown(),
    };
    let article = Article::new(None, header, hashiya::text::Text::new(text)).unwrap();
    let mut project = Project::empty();
    project.import("b1", std::slice::from_ref(&article));
    let stored = project.store.article(&article.id).unwrap().unwrap();
    assert_eq!(stored.article, article);
    assert_eq!(
        project.store.article_of_text(&article.sha256).unwrap(),
        Some(article.id)
    );
    project.assert_sound();
}

#[test]
fn nothing_is_seen_before_the_closing_commit() {
    let mut project = Project::with_articles(1);
    let other = Store::open(&project.path).unwrap();
    let version = other.data_version().unwrap();
    let mut batch = project
        .store
        .begin_batch(&batch_id("b2"), Duplicates::Skip)
        .unwrap();
    for n in 0..2500 {
        batch
            .add(&article(&format!("x{n}"), &format!("{n} texte")), &[])
            .unwrap();
    }
    batch.flush().unwrap();
    assert_eq!(batch.articles(), 2500);
    assert_ne!(other.data_version().unwrap(), version, "chunks are committed");
    assert_eq!(ids(&other), ["a0"]);
    assert_eq!(ids(batch.store()), ["a0"]);
    assert_eq!(other.article(&article_id("x7")).unwrap(), None);
    batch.finish(|writer| writer.append(&closing(9, "b2"))).unwrap();
    assert_eq!(ids(&other).len(), 2501);
    assert_eq!(
        other
            .list(&ListQuery::all(annotator("me")), 2400, 2)
            .unwrap()
            .first()
            .unwrap()
            .id,
        article_id("x2399")
    );
    assert!(batch.add(&article("late", "late"), &[]).is_err());
}

#[test]
fn duplicates_are_named_and_never_doubled() {
    let mut project = Project::with_articles(2);
    let text = |n: usize| format!("{n} {TEXT}");
    let mut batch = project
        .store
        .begin_batch(&batch_id("b2"), Duplicates::Skip)
        .unwrap();
    assert_eq!(batch.add(&article("a0", &text(0)), &[]).unwrap(), Added::Present);
    assert_eq!(batch.add(&article("a0", "autre"), &[]).unwrap(), Added::IdTaken);
    let same = Added::SameText { of: article_id("a1") };
    assert_eq!(batch.add(&article("z", &text(1)), &[]).unwrap(), same);
    // The same within the batch, kept back and written.
    for round in 0..2 {
        let id = format!("n{round}");
        assert_eq!(
            batch.add(&article(&id, &format!("neuf {round}")), &[]).unwrap(),
            Added::Added
        );
        if round == 1 {
            batch.flush().unwrap();
        }
        let same = Added::SameText { of: article_id(&id) };
        assert_eq!(
            batch
                .add(&article("other", &format!("neuf {round}")), &[])
                .unwrap(),
            same
        );
        assert_eq!(batch.add(&article(&id, "autre"), &[]).unwrap(), Added::IdTaken);
    }
    batch.finish(|writer| writer.append(&closing(9, "b2"))).unwrap();
    assert_eq!(ids(&project.store), ["a0", "a1", "n0", "n1"]);

    let mut batch = project
        .store
        .begin_batch(&batch_id("b3"), Duplicates::Keep)
        .unwrap();
    assert_eq!(batch.add(&article("z", &text(1)), &[]).unwrap(), Added::Added);
    assert_eq!(batch.add(&article("a1", &text(1)), &[]).unwrap(), Added::Present);
    batch.finish(|writer| writer.append(&closing(10, "b3"))).unwrap();
    project.assert_sound();
}

#[test]
fn one_article_on_several_lines_has_all_its_layers() {
    for flushed in [false, true] {
        let mut project = Project::empty();
        let layer = || Layer {
            status: Some(Status::Done),
            ..Layer::default()
        };
        let mut batch = project
            .store
            .begin_batch(&batch_id("b1"), Duplicates::Skip)
            .unwrap();
        let one = article("a", "Un texte.");
        assert_eq!(
            batch.add(&one, &[(annotator("me"), layer())]).unwrap(),
            Added::Added
        );
        if flushed {
            batch.flush().unwrap();
        }
        assert_eq!(
            batch.add(&one, &[(annotator("you"), layer())]).unwrap(),
            Added::Joined
        );
        let again = batch
            .add(&one, &[(annotator("me"), layer()), (annotator("us"), layer())])
            .unwrap();
        assert_eq!(again, Added::LayersTaken(vec![annotator("me")]));
        batch.finish(|writer| writer.append(&closing(9, "b1"))).unwrap();
        let names = project.store.annotators_of(&one.id).unwrap();
        assert_eq!(names, ["me", "us", "you"].map(annotator));
        assert_eq!(project.store.annotators().unwrap(), names);
        project.assert_sound();
    }
}

#[test]
fn layers_that_join_an_article_are_written_before_they_fill_the_memory() {
    let mut project = Project::empty();
    let path = project.path.clone();
    let mut batch = project
        .store
        .begin_batch(&batch_id("b1"), Duplicates::Skip)
        .unwrap();
    let one = article("a", TEXT);
    let spans = (0..2_000).map(|n| span(&format!("s{n}"), "actor", 0, 2));
    let layer = Layer {
        spans: spans.collect(),
        ..Layer::default()
    };
    for who in ["ana", "bo", "cem"] {
        batch.add(&one, &[(annotator(who), layer.clone())]).unwrap();
    }
    assert!(rows_in(&path, "span") > 0);
    batch.discard().unwrap();
}

#[test]
fn a_killed_import_is_swept_at_the_next_opening() {
    let mut project = Project::with_articles(1);
    let mut batch = project
        .store
        .begin_batch(&batch_id("b2"), Duplicates::Skip)
        .unwrap();
    let layers = [(
        annotator("me"),
        Layer {
            status: Some(Status::Done),
            ..Layer::default()
        },
    )];
    for n in 0..20 {
        batch
            .add(&article(&format!("x{n}"), &format!("{n} texte")), &layers)
            .unwrap();
    }
    batch.flush().unwrap();
    drop(batch);
    assert_eq!(rows_in(&project.path, "article"), 21);
    let project = project.reopen();
    for (table, rows) in [("article", 1), ("body", 1), ("layer", 0), ("batch", 1)] {
        assert_eq!(rows_in(&project.path, table), rows, "{table}");
    }
    let names: Vec<_> = fs::read_dir(project.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        names
            .iter()
            .all(|name| !name.to_string_lossy().contains("import")),
        "{names:?}"
    );
    project.assert_sound();
}

#[test]
fn a_large_leftover_is_swept_bit_by_bit_and_wholly_before_the_next_import() {
    let mut project = Project::with_articles(1);
    let mut batch = project
        .store
        .begin_batch(&batch_id("b2"), Duplicates::Skip)
        .unwrap();
    for n in 0..1200 {
        batch
            .add(&article(&format!("x{n}"), &format!("{n} texte")), &[])
            .unwrap();
    }
    batch.flush().unwrap();
    drop(batch);
    let mut project = project.reopen();
    assert_eq!(rows_in(&project.path, "article"), 701);
    project.import("b2", &[article("x3", "3 texte")]);
    assert_eq!(rows_in(&project.path, "article"), 2);
}

#[test]
fn a_live_import_of_another_process_is_left_alone() {
    let mut project = Project::with_articles(1);
    let path = project.path.clone();
    let mut batch = project
        .store
        .begin_batch(&batch_id("b2"), Duplicates::Skip)
        .unwrap();
    batch.add(&article("x", "texte"), &[]).unwrap();
    batch.flush().unwrap();
    let mut other = Store::open(&path).unwrap();
    let mut second = other.begin_batch(&batch_id("b3"), Duplicates::Skip).unwrap();
    second.add(&article("y", "autre texte"), &[]).unwrap();
    second.add(&article("x", "encore un texte"), &[]).unwrap();
    assert_eq!(rows_in(&path, "article"), 2);
    batch.finish(|writer| writer.append(&closing(9, "b2"))).unwrap();
    // The second one brings another text for the id `x`, which is taken by now.
    let error = second
        .finish(|writer| writer.append(&closing(10, "b3")))
        .unwrap_err();
    assert_eq!(
        (error.code, error.conflict.unwrap().item.as_str()),
        (ErrorCode::Conflict, "article x")
    );
    second.discard().unwrap();
    assert_eq!(ids(&other), ["a0", "x"]);
    assert_eq!(
        other
            .article(&article_id("x"))
            .unwrap()
            .unwrap()
            .article
            .text
            .as_str(),
        "texte"
    );
    project.assert_sound();
}

#[test]
fn a_closing_transaction_that_fails_or_forgets_the_batch_shows_nothing() {
    let mut project = Project::with_articles(1);
    let mut batch = project
        .store
        .begin_batch(&batch_id("b2"), Duplicates::Skip)
        .unwrap();
    batch.add(&article("x", "texte"), &[]).unwrap();
    let empty = transaction(9, vec![Scope::Project], Vec::new());
    assert_eq!(
        batch.finish(|writer| writer.append(&empty)).unwrap_err().code,
        ErrorCode::Invalid
    );
    let mut failing = closing(9, "b2");
    let wrong = LayerEdit::Status(Change::replace(Status::Done, Status::Todo));
    failing
        .edits
        .push(Edit::Layer(article_id("a0"), annotator("me"), wrong));
    assert_eq!(
        batch.finish(|writer| writer.append(&failing)).unwrap_err().code,
        ErrorCode::Conflict
    );
    assert_eq!(batch.store().revision().unwrap(), 1);
    // With layers for an article that the project had, all in one.
    let mut right = closing(9, "b2");
    right.edits.push(Edit::Layer(
        article_id("a0"),
        annotator("me"),
        add_span("s1", "actor", 5, 10),
    ));
    right.edits.push(Edit::Layer(
        article_id("x"),
        annotator("me"),
        add_span("s1", "actor", 0, 5),
    ));
    batch.finish(|writer| writer.append(&right)).unwrap();
    assert_eq!(project.layer("x", "me").spans.len(), 1);
    project.undo(&Scope::Project).unwrap().unwrap();
    assert!(!project.layer("a0", "me").exists());
    project.assert_sound();
}

#[test]
fn an_import_that_met_what_is_undone_meanwhile_shows_nothing() {
    let mut project = Project::with_articles(1);
    let mut other = Store::open(&project.path).unwrap();
    let mut batch = other.begin_batch(&batch_id("b2"), Duplicates::Skip).unwrap();
    let there = article("a0", &format!("0 {TEXT}"));
    assert_eq!(batch.add(&there, &[]).unwrap(), Added::Present);
    batch.add(&article("x", "texte"), &[]).unwrap();
    project.undo(&Scope::Project).unwrap().unwrap();
    let error = batch
        .finish(|writer| writer.append(&closing(9, "b2")))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    batch.discard().unwrap();
    assert_eq!(ids(&project.store), Vec::<String>::new());
}

#[test]
fn an_undone_import_makes_room_for_the_same_articles_again() {
    let mut project = Project::empty();
    project.import("b1", &[article("a", "Un."), article("b", "Deux.")]);
    project.undo(&Scope::Project).unwrap().unwrap();
    project.import("b2", &[article("a", "Un autre."), article("c", "Deux.")]);
    assert_eq!(ids(&project.store), ["a", "c"]);
    let again = project.commit(
        vec![Scope::Project],
        vec![Edit::Batch(batch_id("b1"), Change::add(()))],
    );
    assert_eq!(again.unwrap_err().conflict.unwrap().item, "article a");
    project.assert_sound();
}

#[test]
fn a_label_that_came_with_an_import_goes_with_it_unless_it_is_used_elsewhere() {
    let mut project = Project::with_articles(1);
    let id = batch_id("b2");
    let entry = CodebookEntry {
        position: 2,
        item: CodebookItem::Label(label("group")),
    };
    let mut closing = closing(9, "b2");
    closing
        .edits
        .insert(0, Edit::Codebook(entry.item.key(), Change::add(entry)));
    let mut batch = project.store.begin_batch(&id, Duplicates::Skip).unwrap();
    let mut layer = Layer::default();
    layer.spans.insert(span("s1", "group", 0, 5).into());
    batch
        .add(&article("x", "texte"), &[(annotator("reader"), layer)])
        .unwrap();
    batch.finish(|writer| writer.append(&closing)).unwrap();

    project
        .mark("a0", "me", vec![add_span("s1", "group", 5, 10)])
        .unwrap();
    let error = project.undo(&Scope::Project).unwrap_err();
    assert_eq!(error.conflict.unwrap().item, "label group");
    assert!(error.message.contains("article a0"), "{}", error.message);
    project.undo(&layer_scope("a0", "me")).unwrap().unwrap();
    project.undo(&Scope::Project).unwrap().unwrap();
    assert_eq!(project.store.codebook().unwrap(), codebook());
    project.redo(&Scope::Project).unwrap().unwrap();
    assert_eq!(project.layer("x", "reader").spans.len(), 1);
    project.assert_sound();
}

#[test]
fn leases_of_imports_that_are_not_under_way_go_with_the_next_import() {
    let mut project = Project::with_articles(1);
    let own = project.path.clone();
    let lease = |number: &str| {
        let mut path = own.clone().into_os_string();
        path.push(format!("-import-{number}"));
        std::path::PathBuf::from(path)
    };
    let (stale, foreign) = (["1", "77"].map(lease), ["", "x", "7.txt"].map(lease));
    for path in stale.iter().chain(&foreign) {
        std::fs::write(path, "").unwrap();
    }
    // Names like theirs that somebody else gave: notes, and a folder.
    std::fs::write(lease("2024"), "notes").unwrap();
    std::fs::create_dir(lease("2025")).unwrap();
    project.import("second", &[article("b", "Nerval")]);
    assert!(stale.iter().all(|path| !path.exists()));
    assert!(foreign.iter().all(|path| path.exists()));
    assert_eq!(std::fs::read_to_string(lease("2024")).unwrap(), "notes");
    assert!(lease("2025").is_dir());
}
