//! Values that moved edges put in doubt, and what the journal knows of them. On a real project file.

use std::sync::Arc;

use crate::formats::codebook_toml;
use crate::model::{Annotator, ArticleId, AttributeId, SpanId};
use crate::session::testing::CountingClock;
use crate::session::*;

const TEXT: &str = "Les frappes ont tué plus de 50 civils et trois soldats.";
const CONFIRM: &str = r#"{"command":"set_attribute","target":"s","attribute":"quantity","value":{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}}"#;

fn config(home: &tempfile::TempDir, name: &str) -> Config {
    Config {
        annotator: annotator_named(name).unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(UuidSource),
        folders: Folders::at(home.path()),
    }
}

/// A session on that text, with the span `s` over its first figure.
fn tagged(home: &tempfile::TempDir) -> Session {
    let path = home.path().join("p.hashiya");
    let mut session =
        Session::create(&path, &codebook_toml::default_codebook(), config(home, "ana")).unwrap();
    let file = home.path().join("in.jsonl");
    let line = serde_json::json!({"id": "a", "text": TEXT, "lang": "fr"});
    std::fs::write(&file, format!("{line}\n")).unwrap();
    session
        .import(&[file], &ImportOptions::default(), &mut Watch::silent())
        .unwrap();
    run(
        &mut session,
        r#"{"command":"add_span","article":"a","ranges":[[20,37]],"label":"casualty","id":"s"}"#,
    );
    session
}

fn run(session: &mut Session, command: &str) {
    session.run(&Command::from_json(command).unwrap(), None).unwrap();
}

/// Moves the edges, and answers whether the figure is unconfirmed then.
fn moved(session: &mut Session, start: usize, end: usize) -> bool {
    run(
        session,
        &format!(r#"{{"command":"set_ranges","span":"s","ranges":[[{start},{end}]]}}"#),
    );
    let article = ArticleId::new("a").unwrap();
    let layer = session.layer(&article, &Annotator::new("ana").unwrap()).unwrap();
    let span = layer.spans.get(&SpanId::new("s").unwrap()).unwrap();
    span.unconfirmed.contains(&AttributeId::new("quantity").unwrap())
}

#[test]
fn a_value_that_was_confirmed_for_the_words_to_which_the_edges_come_back_is_confirmed_again() {
    let home = tempfile::tempdir().unwrap();
    let mut session = tagged(&home);
    run(&mut session, CONFIRM);
    assert!(moved(&mut session, 41, 54), "other words say another");
    assert!(moved(&mut session, 41, 46));
    assert!(!moved(&mut session, 20, 37));
}

#[test]
fn a_confirmation_that_was_taken_back_confirms_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut session = tagged(&home);
    run(&mut session, CONFIRM);
    let scope = session.scope(Some(&ArticleId::new("a").unwrap()), None);
    session.undo(&scope).unwrap();
    assert!(moved(&mut session, 41, 54));
    assert!(moved(&mut session, 20, 37));
}

#[test]
fn a_corrected_language_reads_anew_on_every_layer_and_whoever_corrected_it_takes_that_back() {
    let home = tempfile::tempdir().unwrap();
    let mut ana = tagged(&home);
    let mut bo = Session::open(&home.path().join("p.hashiya"), config(&home, "bo")).unwrap();
    let low = |session: &mut Session| {
        let article = ArticleId::new("a").unwrap();
        let layer = session.layer(&article, &Annotator::new("ana").unwrap()).unwrap();
        let span = layer.spans.get(&SpanId::new("s").unwrap()).unwrap();
        let value = span.attributes.get(&AttributeId::new("quantity").unwrap());
        value.map(|value| value.to_json()["who"].clone())
    };
    let civilians = Some(serde_json::json!(["civilians"]));
    assert_eq!(low(&mut ana), civilians);
    run(&mut bo, r#"{"command":"set_meta","article":"a","lang":"en"}"#);
    assert_ne!(low(&mut ana), civilians);
    let scope = bo.scope(Some(&ArticleId::new("a").unwrap()), None);
    bo.undo(&scope).unwrap();
    assert_eq!(low(&mut ana), civilians);
}
