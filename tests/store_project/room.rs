//! Full disks: what was acknowledged stays, what was not is not there, and it goes on when there is room again.

use hashiya::model::*;
use hashiya::store::{Duplicates, ErrorCode, Store};
use proptest::prelude::*;

use crate::support::*;

fn pages(store: &Store) -> i64 {
    store.page_count().unwrap()
}

#[test]
fn at_every_limit_the_last_acknowledged_state_is_what_is_there() {
    let mut project = Project::with_articles(1);
    let start = pages(&project.store);
    let mut acknowledged = project.layer("a0", "me");
    let mut refusals = 0;
    for step in 0..60 {
        // Room for one more page every few steps.
        project.store.limit_pages(start + step / 6).unwrap();
        let mut span = span(&format!("s{step}"), "actor", 5, 10);
        span.extra.insert("filler".into(), "x".repeat(400).into());
        let edit = LayerEdit::Span(span.id.clone(), Change::add(span.into()));
        match project.mark("a0", "me", vec![edit]) {
            Ok(_) => acknowledged = project.layer("a0", "me"),
            Err(error) => {
                assert_eq!(error.code, ErrorCode::DiskFull);
                refusals += 1;
            }
        }
        assert_eq!(project.layer("a0", "me"), acknowledged, "step {step}");
        if step % 7 == 0 {
            project = project.reopen();
            assert_eq!(project.layer("a0", "me"), acknowledged, "step {step}, reopened");
        }
    }
    assert!(
        refusals > 5 && acknowledged.spans.len() > 5,
        "{refusals} refusals, {}",
        acknowledged.spans.len()
    );
    project = project.reopen();
    project.assert_sound();
    project
        .mark("a0", "me", vec![add_span("last", "actor", 5, 10)])
        .unwrap();
}

#[test]
fn an_import_that_finds_no_room_leaves_nothing_and_can_go_on_when_there_is() {
    let mut project = Project::with_articles(1);
    let limit = pages(&project.store) + 20;
    project.store.limit_pages(limit).unwrap();
    let id = BatchId::new("big").unwrap();
    let closing = transaction(
        9,
        vec![Scope::Project],
        vec![Edit::Batch(id.clone(), Change::add(()))],
    );
    let mut batch = project.store.begin_batch(&id, Duplicates::Skip).unwrap();
    for n in 0..60 {
        batch
            .add(
                &article(&format!("x{n}"), &format!("{n} {}", TEXT.repeat(20))),
                &[],
            )
            .unwrap();
    }
    let error = batch.finish(|writer| writer.append(&closing)).unwrap_err();
    assert_eq!(error.code, ErrorCode::DiskFull);
    batch.store().limit_pages(1_000_000).unwrap();
    batch.finish(|writer| writer.append(&closing)).unwrap();
    assert_eq!(project.store.progress(&annotator("me")).unwrap().total, 61);
    project.assert_sound();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_write_that_fails_halfway_changes_nothing(fail_at in 0_usize..4) {
        let mut project = Project::with_articles(1);
        let mut edits = vec![
            add_span("s1", "actor", 5, 10),
            add_span("s2", "actor", 11, 13),
            LayerEdit::Status(Change::add(Status::Done)),
        ];
        edits.insert(fail_at, LayerEdit::Status(Change::replace(Status::Skipped, Status::Todo)));
        let error = project.mark("a0", "me", edits).unwrap_err();
        prop_assert_eq!(error.code, ErrorCode::Conflict);
        prop_assert_eq!(error.conflict.unwrap().item, "the status");
        prop_assert!(!project.layer("a0", "me").exists());
        prop_assert_eq!(project.store.revision().unwrap(), 1);
    }
}

#[test]
fn a_conflict_that_the_caller_swallows_is_still_not_committed() {
    let mut project = Project::with_articles(1);
    let wrong = LayerEdit::Status(Change::replace(Status::Skipped, Status::Todo));
    let layer = |edit| Edit::Layer(article_id("a0"), annotator("me"), edit);
    let scopes = vec![layer_scope("a0", "me")];
    let bad = transaction(
        5,
        scopes.clone(),
        vec![layer(add_span("s1", "actor", 5, 10)), layer(wrong)],
    );
    let good = transaction(6, scopes, vec![layer(add_span("s2", "actor", 5, 10))]);
    let done = project
        .store
        .write(|writer| -> Result<(), hashiya::store::StoreError> {
            assert!(writer.append(&bad).is_err());
            assert!(writer.append(&good).is_err(), "a failed write takes no more");
            Ok(())
        });
    assert!(done.is_err());
    assert!(!project.layer("a0", "me").exists());
}
