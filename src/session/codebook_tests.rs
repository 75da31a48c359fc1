//! Changes of the codebook on real project files: what becomes of annotations, and that undo brings all back.

use std::path::Path;
use std::sync::Arc;

use crate::formats::codebook_toml;
use crate::model::{Annotator, ArticleId, CodebookKey, CodebookPart, Layer, Scope, SpanId};
use crate::session::testing::{CountingClock, CountingIds};
use crate::session::*;

#[path = "codebook_clear_tests.rs"]
mod clear;
#[path = "codebook_long_tests.rs"]
mod long;

struct Bench {
    home: tempfile::TempDir,
    session: Session,
}

fn config(home: &Path) -> Config {
    Config {
        annotator: annotator_named("me").unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(CountingIds::default()),
        folders: Folders::at(home),
    }
}

impl Bench {
    /// Two articles; “me” and “leila” have work in both.
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut session = Session::create(
            &home.path().join("p.hashiya"),
            &codebook_toml::default_codebook(),
            config(home.path()),
        )
        .unwrap();
        for (name, text) in [("a", "La Syrie et Alep attendent."), ("b", "الجيش في حلب")] {
            std::fs::write(home.path().join(format!("{name}.txt")), text).unwrap();
        }
        let paths = ["a.txt", "b.txt"].map(|name| home.path().join(name));
        session
            .import(&paths, &ImportOptions::default(), &mut Watch::silent())
            .unwrap();
        Self { home, session }
    }

    fn articles(&self) -> Vec<ArticleId> {
        let query = ListQuery::all(annotator_named("me").unwrap());
        let rows = self.session.reader().list(&query, 0, 9).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    }

    /// Spans, a relation, an event, and an article label in each article, of two annotators.
    fn coded() -> Self {
        let mut bench = Self::new();
        for article in bench.articles() {
            for by in ["me", "leila"] {
                for (id, label, range) in [("s1", "actor", "[0,4]"), ("s2", "casualty", "[5,8]")] {
                    bench.run(&format!(
                        r#"{{"command":"add_span","article":"{article}","annotator":"{by}","id":"{id}","label":"{label}","ranges":[{range}]}}"#
                    ));
                }
                let at = format!(r#""article":"{article}","annotator":"{by}""#);
                bench.run(&format!(
                    r#"{{"command":"set_attribute","target":"s1","attribute":"type","value":"rebels",{at}}}"#
                ));
                bench.run(&format!(
                    r#"{{"command":"add_relation","type":"victims","from":"s2","to":"s1",{at}}}"#
                ));
                bench.run(&format!(
                    r#"{{"command":"add_event","type":"incident","id":"e1","roles":[{{"role":"target","span":"s1"}},{{"role":"casualties","span":"s2"}}],{at}}}"#
                ));
                for target in ["s2", "e1"] {
                    bench.run(&format!(
                        r#"{{"command":"add_note","target":"{target}","text":"sûr ?",{at}}}"#
                    ));
                }
            }
        }
        bench
    }

    fn run(&mut self, line: &str) -> Done {
        self.session
            .run(&Command::from_json(line).unwrap(), None)
            .unwrap_or_else(|refusal| panic!("{line}: {refusal}"))
    }

    fn refused(&mut self, line: &str) -> Refusal {
        self.session
            .run(&Command::from_json(line).unwrap(), None)
            .expect_err(line)
    }

    /// Codebook and all layers as the file holds them.
    fn state(&self) -> (crate::model::Codebook, Vec<Layer>) {
        let reader = self.session.reader();
        let annotators: Vec<Annotator> = reader.annotators().unwrap();
        let layers = self.articles().into_iter().flat_map(|article| {
            let of = |by: &Annotator| reader.layer(&article, by).unwrap();
            annotators.iter().map(of).collect::<Vec<_>>()
        });
        (reader.codebook().unwrap(), layers.collect())
    }

    fn sound(&self) {
        let findings = check(self.session.reader(), &mut Watch::silent()).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
    }

    /// Done, undone, redone, undone: each time all is as it was, and the project is sound.
    #[track_caller]
    fn there_and_back(&mut self, line: &str) -> String {
        let before = self.state();
        let summary = self.run(line).summary;
        let after = self.state();
        assert_ne!(before, after, "{line}");
        self.sound();
        self.session.undo(&Scope::Project).unwrap();
        assert_eq!(self.state(), before, "{line}");
        self.session.redo(&Scope::Project).unwrap();
        assert_eq!(self.state(), after, "{line}");
        self.session.undo(&Scope::Project).unwrap();
        assert_eq!(self.state(), before, "{line}");
        self.sound();
        summary
    }
}

/// Each change is taken back whole with the work under it, and says in words what it was.
#[track_caller]
fn taken_back(changes: &[(&str, &str)]) {
    let mut bench = Bench::coded();
    for (line, summary) in changes {
        assert_eq!(bench.there_and_back(line), *summary);
    }
}

#[test]
fn another_id_is_taken_back_with_the_work_under_it() {
    taken_back(&[
        (
            r#"{"command":"rename_codebook_id","kind":"label","id":"actor","to":"acteur"}"#,
            "rename label actor to acteur, 4 annotations carried over",
        ),
        (
            r#"{"command":"rename_codebook_id","kind":"attribute","id":"type","to":"sort"}"#,
            "rename attribute type to sort, 4 annotations carried over",
        ),
        (
            r#"{"command":"rename_codebook_id","kind":"choice","of":"type","id":"rebels","to":"insurgents"}"#,
            "rename choice rebels of attribute type to insurgents, 4 annotations carried over",
        ),
        (
            r#"{"command":"rename_codebook_id","kind":"relation_type","id":"victims","to":"suffered-by"}"#,
            "rename relation type victims to suffered-by, 4 annotations carried over",
        ),
        (
            r#"{"command":"rename_codebook_id","kind":"event_type","id":"incident","to":"happening"}"#,
            "rename event type incident to happening, 4 annotations carried over",
        ),
        (
            r#"{"command":"rename_codebook_id","kind":"role","of":"incident","id":"target","to":"victim"}"#,
            "rename role target of event type incident to victim, 4 annotations carried over",
        ),
    ]);
}

#[test]
fn what_is_removed_comes_back_with_the_work_under_it() {
    taken_back(&[
        (
            r#"{"command":"remove_codebook_entry","kind":"choice","of":"type","id":"rebels","migrate_to":"militia"}"#,
            "remove choice rebels of attribute type, 4 annotations moved to militia",
        ),
        (
            r#"{"command":"remove_codebook_entry","kind":"label","id":"casualty","migrate_to":"trigger"}"#,
            "remove label casualty, 4 annotations moved to trigger",
        ),
        (
            r#"{"command":"remove_codebook_entry","kind":"attribute","id":"type","clear":true}"#,
            "remove attribute type, 4 annotations cleared",
        ),
        (
            r#"{"command":"remove_codebook_entry","kind":"relation_type","id":"victims","clear":true}"#,
            "remove relation type victims, 4 annotations cleared",
        ),
        (
            r#"{"command":"remove_codebook_entry","kind":"event_type","id":"incident","clear":true}"#,
            "remove event type incident, 4 annotations cleared",
        ),
        (
            r#"{"command":"remove_codebook_entry","kind":"relation_type","id":"part-of"}"#,
            "remove relation type part-of",
        ),
    ]);
}

#[test]
fn what_is_said_of_an_entry_is_taken_back() {
    taken_back(&[
        (
            r#"{"command":"set_label_definition","label":"weapon","names":{"en":"Weapon"},"key":"6","position":1}"#,
            "add label weapon",
        ),
        (
            r##"{"command":"set_label_definition","label":"actor","color":"#112233","key":null,"retired":true,"position":4}"##,
            "retire label actor",
        ),
    ]);
}

#[test]
fn an_import_in_the_place_of_the_codebook_is_taken_back_with_the_work_under_it() {
    let line = r##"{"command":"import_codebook","toml":"[[label]]\nid = \"x\"\ncolor = \"#123456\"\n","replace":true}"##;
    Bench::coded().there_and_back(line);
}

#[test]
fn a_codebook_in_the_place_of_another_names_nothing_that_is_gone() {
    let mut bench = Bench::coded();
    bench.run(r##"{"command":"import_codebook","toml":"[[label]]\nid = \"x\"\ncolor = \"#123456\"\n","replace":true}"##);
    let codebook = bench.state().0;
    for label in &codebook.labels {
        for usage in &label.attributes {
            assert!(
                codebook.attribute(&usage.id).is_some(),
                "{}: {}",
                label.id,
                usage.id
            );
        }
    }
}

#[test]
fn an_import_gives_no_key_twice_and_no_default_another_type() {
    let mut bench = Bench::new();
    bench.run(r#"{"command":"set_label_definition","label":"actor","key":"a"}"#);
    bench.run(r##"{"command":"import_codebook","toml":"[[label]]\nid = \"x\"\nkey = \"A\"\ncolor = \"#123456\"\n"}"##);
    let codebook = bench.state().0;
    let with_key = codebook
        .labels
        .iter()
        .filter(|label| label.key.is_some_and(|key| key.eq_ignore_ascii_case(&'a')));
    assert_eq!(with_key.map(|label| label.id.as_str()).collect::<Vec<_>>(), ["x"]);
    bench.run(r#"{"command":"set_attribute_use","kind":"label","id":"actor","attribute":"type","default":"militia"}"#);
    let refusal = bench.refused(
        r#"{"command":"import_codebook","toml":"[[attribute]]\nid = \"type\"\ntype = \"integer\"\n"}"#,
    );
    assert_eq!(refusal.code, "type_in_use");
}

#[test]
fn what_is_in_use_stands_in_the_way_and_is_counted() {
    let mut bench = Bench::coded();
    let refusal = bench.refused(r#"{"command":"remove_codebook_entry","kind":"label","id":"actor"}"#);
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        (
            "in_use",
            "label actor cannot go: 4 annotations in 2 articles use it"
        )
    );
    for (line, code) in [
        (
            r#"{"command":"set_attribute_definition","attribute":"type","choices":[]}"#,
            "in_use",
        ),
        (
            r#"{"command":"set_attribute_definition","attribute":"type","type":"integer"}"#,
            "type_in_use",
        ),
        (
            r#"{"command":"set_event_type","event_type":"incident","roles":[]}"#,
            "in_use",
        ),
        (
            r#"{"command":"set_label_definition","label":"actor","attributes":[]}"#,
            "in_use",
        ),
        (
            r#"{"command":"remove_codebook_entry","kind":"label","id":"date"}"#,
            "last_allowed",
        ),
        (
            r#"{"command":"set_label_definition","label":"actor","key":"2"}"#,
            "key_taken",
        ),
        (
            r#"{"command":"rename_codebook_id","kind":"label","id":"actor","to":"date"}"#,
            "duplicate_id",
        ),
        (
            r#"{"command":"remove_codebook_entry","kind":"label","id":"actor","migrate_to":"date"}"#,
            "in_use",
        ),
        (
            r#"{"command":"batch","commands":[{"command":"rename_codebook_id","kind":"label","id":"actor","to":"x"}]}"#,
            "not_in_a_batch",
        ),
    ] {
        assert_eq!(bench.refused(line).code, code, "{line}");
    }
    bench.run(r#"{"command":"set_label_definition","label":"actor","retired":true}"#);
    let article = bench.articles()[0].clone();
    let refusal = bench.refused(&format!(
        r#"{{"command":"add_span","article":"{article}","label":"actor","ranges":[[0,2]]}}"#
    ));
    assert_eq!(refusal.code, "retired");
    assert!(refusal.hint.unwrap().contains("location"));
}

#[test]
fn an_undo_that_later_work_depends_on_is_refused() {
    let mut bench = Bench::coded();
    bench.run(r#"{"command":"rename_codebook_id","kind":"label","id":"actor","to":"acteur"}"#);
    let article = bench.articles()[0].clone();
    bench.run(&format!(
        r#"{{"command":"add_span","article":"{article}","id":"s9","label":"acteur","ranges":[[0,2]]}}"#
    ));
    let refusal = bench.session.undo(&Scope::Project).unwrap_err();
    assert_eq!(refusal.code, "undo_blocked");
    let layer = bench
        .session
        .layer(&article, &annotator_named("me").unwrap())
        .unwrap();
    assert!(layer.spans.get(&SpanId::new("s9").unwrap()).is_some());
}

#[test]
fn the_version_goes_up_and_the_counts_are_those_of_the_work() {
    let mut bench = Bench::coded();
    let first = bench.session.reader().codebook_version().unwrap();
    bench.run(r#"{"command":"set_label_definition","label":"actor","retired":true}"#);
    let second = bench.session.reader().codebook_version().unwrap();
    assert_eq!(second.number, first.number + 1);
    assert_ne!(second.digest, first.digest);
    let all = bench.session.reader().all_uses().unwrap();
    assert!(all.len() > 6);
    for (part, uses) in all {
        assert_eq!(bench.session.reader().uses(&part).unwrap(), uses, "{part}");
    }
    let unused = CodebookPart::Entry(CodebookKey::Label(crate::model::LabelId::new("date").unwrap()));
    assert_eq!(bench.session.reader().uses(&unused).unwrap(), Uses::default());
}

/// One article with very many spans of one label, all tagged in one transaction.
fn crowded(spans: usize) -> Bench {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::create(
        &home.path().join("p.hashiya"),
        &codebook_toml::default_codebook(),
        config(home.path()),
    )
    .unwrap();
    let path = home.path().join("a.txt");
    std::fs::write(&path, "mot ".repeat(spans)).unwrap();
    session
        .import(&[path], &ImportOptions::default(), &mut Watch::silent())
        .unwrap();
    let mut bench = Bench { home, session };
    let article = bench.articles()[0].clone();
    let tags: Vec<String> = (0..spans)
        .map(|at| {
            let (start, end) = (at * 4, at * 4 + 3);
            format!(
                r#"{{"command":"add_span","article":"{article}","id":"s{at}","label":"actor","ranges":[[{start},{end}]]}}"#
            )
        })
        .collect();
    bench.run(&format!(
        r#"{{"command":"batch","commands":[{}]}}"#,
        tags.join(",")
    ));
    bench
}

#[test]
fn changes_of_more_edits_than_are_held_at_once_are_taken_back_whole() {
    // More than `EDITS_AT_ONCE` of `transact`, and no multiple of a page of the journal.
    let mut bench = crowded(2_101);
    let article = bench.articles()[0].clone();
    let tagged = bench.state();
    let own = Scope::Layer(article.clone(), annotator_named("me").unwrap());
    bench.session.undo(&own).unwrap();
    assert!(
        !bench
            .session
            .layer(&article, &annotator_named("me").unwrap())
            .unwrap()
            .exists()
    );
    bench.sound();
    bench.session.redo(&own).unwrap();
    assert_eq!(bench.state(), tagged);
    bench.there_and_back(r#"{"command":"rename_codebook_id","kind":"label","id":"actor","to":"acteur"}"#);
    let newest = bench.session.reader().journal(None, 99).unwrap().pop().unwrap();
    assert!(newest.edits > 2_000, "{newest:?}");
    // Where later work depends on it, nothing at all of a long change is taken back.
    bench.session.redo(&Scope::Project).unwrap();
    bench.run(r#"{"command":"set_label","span":"s7","label":"location"}"#);
    let before = bench.state();
    let refusal = bench.session.undo(&Scope::Project).unwrap_err();
    assert_eq!(refusal.code, "undo_blocked");
    assert_eq!(bench.state(), before);
    bench.sound();
}

#[test]
fn parts_of_an_entry_are_changed_one_by_one_and_taken_back() {
    let mut bench = Bench::coded();
    for (line, summary) in [
        (
            r#"{"command":"set_choice","attribute":"type","choice":"rebels","names":{"es":"rebeldes"},"position":0}"#,
            "change choice rebels of attribute type",
        ),
        (
            r#"{"command":"set_choice","attribute":"type","choice":"police","names":{"en":"police"}}"#,
            "add choice police of attribute type",
        ),
        (
            r#"{"command":"set_role","event_type":"incident","role":"target","min":2,"max":5,"description":{"en":"Who is hit."}}"#,
            "change role target of event type incident",
        ),
        (
            r#"{"command":"set_role","event_type":"incident","role":"weapon","labels":["actor"],"max":null}"#,
            "add role weapon of event type incident",
        ),
        (
            r#"{"command":"set_attribute_use","kind":"label","id":"actor","attribute":"type","default":"rebels","required":true}"#,
            "change attribute type of label actor",
        ),
        (
            r#"{"command":"set_attribute_use","kind":"event_type","id":"incident","attribute":"precision","position":0}"#,
            "add attribute precision of event type incident",
        ),
        (
            r#"{"command":"set_article_label","attribute":"relevance","retired":true}"#,
            "retire article label relevance",
        ),
        (
            r#"{"command":"set_choice","attribute":"type","choice":"rebels","retired":true}"#,
            "retire choice rebels of attribute type",
        ),
        (
            r#"{"command":"set_choice","attribute":"type","choice":"rebels","position":0}"#,
            "move choice rebels of attribute type",
        ),
        (
            r#"{"command":"set_label_definition","label":"location","position":0}"#,
            "move label location",
        ),
        (
            r#"{"command":"set_attribute_definition","attribute":"precision","type":"text"}"#,
            "make attribute precision text",
        ),
        (
            r#"{"command":"set_attribute_definition","attribute":"quantity","rules":{"more_than":{"low":"n"},"range":{"low":"a","best":"b"}}}"#,
            "change attribute quantity",
        ),
    ] {
        assert_eq!(bench.there_and_back(line), summary);
    }
}

#[test]
fn what_is_no_rule_no_language_and_no_owner_is_refused_with_the_reason() {
    let mut bench = Bench::coded();
    let rule = |rule: &str| {
        format!(
            r#"{{"command":"set_attribute_definition","attribute":"quantity","rules":{{"about":{rule}}}}}"#
        )
    };
    let refusal = bench.refused(&rule(r#"{"low":"n+1","high":"n"}"#));
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        ("bad_rule", "the rule of about breaks low <= best <= high")
    );
    assert_eq!(bench.refused(&rule("{}")).code, "bad_rule");
    assert_eq!(bench.refused(&rule(r#"{"low":"b"}"#)).code, "bad_rule");
    assert!(Command::from_json(&rule(r#"{"low":"n+2"}"#)).is_err());
    for (line, code) in [
        (
            r#"{"command":"set_attribute_definition","attribute":"type","rules":{"about":{"low":"n"}}}"#,
            "wrong_type",
        ),
        (
            r#"{"command":"set_choice","attribute":"type","choice":"rebels","names":{"castellano!":"x"}}"#,
            "bad_language",
        ),
        (
            r#"{"command":"set_role","event_type":"incident","role":"target","min":3,"max":2}"#,
            "bad_field",
        ),
        (
            r#"{"command":"set_attribute_use","kind":"choice","id":"rebels","attribute":"type"}"#,
            "bad_field",
        ),
        (
            r#"{"command":"set_attribute_use","kind":"label","id":"actor","attribute":"type","default":7}"#,
            "wrong_type",
        ),
    ] {
        assert_eq!(bench.refused(line).code, code, "{line}");
    }
}

#[test]
fn what_is_retired_is_asked_and_filled_in_no_more_and_stays_readable() {
    let mut bench = Bench::coded();
    bench.run(r#"{"command":"set_attribute_use","kind":"label","id":"actor","attribute":"type","default":"militia"}"#);
    let article = bench.articles()[0].clone();
    let id = crate::model::AttributeId::new("type").unwrap();
    let tagged = |bench: &mut Bench, span: &str, range: &str| {
        bench.run(&format!(
            r#"{{"command":"add_span","article":"{article}","id":"{span}","label":"actor","ranges":[{range}]}}"#
        ));
        let layer = bench
            .session
            .layer(&article, &annotator_named("me").unwrap())
            .unwrap();
        let span = layer.spans.get(&SpanId::new(span).unwrap()).unwrap();
        span.attributes.get(&id).cloned()
    };
    assert!(tagged(&mut bench, "n1", "[0,1]").is_some());
    bench.run(r#"{"command":"set_choice","attribute":"type","choice":"militia","retired":true}"#);
    assert_eq!(tagged(&mut bench, "n2", "[0,2]"), None, "a retired choice");
    bench.run(r#"{"command":"set_choice","attribute":"type","choice":"militia","retired":false}"#);
    bench.run(
        r#"{"command":"set_attribute_use","kind":"label","id":"actor","attribute":"type","retired":true}"#,
    );
    assert_eq!(
        tagged(&mut bench, "n3", "[0,3]"),
        None,
        "no longer asked of actors"
    );
    bench.run(
        r#"{"command":"set_attribute_use","kind":"label","id":"actor","attribute":"type","retired":false}"#,
    );
    bench.run(r#"{"command":"set_attribute_definition","attribute":"type","retired":true}"#);
    assert_eq!(tagged(&mut bench, "n4", "[1,2]"), None, "a retired attribute");
    assert!(tagged(&mut bench, "n5", "[1,3]").is_none());
    bench.run(r#"{"command":"set_role","event_type":"incident","role":"target","retired":true}"#);
    let at = format!(r#""article":"{article}","annotator":"me""#);
    let refusal = bench.refused(&format!(
        r#"{{"command":"add_event","type":"incident","roles":[{{"role":"target","span":"s1"}}],{at}}}"#
    ));
    assert_eq!(refusal.code, "retired");
    bench.run(&format!(
        r#"{{"command":"add_relation","type":"claimed-by","from":"s2","to":"s1","id":"r",{at}}}"#
    ));
    bench.run(r#"{"command":"set_relation_type","relation_type":"near","retired":true}"#);
    bench.run(r#"{"command":"set_event_type","event_type":"rumour","retired":true}"#);
    for change in [
        r#""command":"set_relation","relation":"r","type":"near""#,
        r#""command":"set_event","event":"e1","type":"rumour""#,
    ] {
        let refusal = bench.refused(&format!("{{{change},{at}}}"));
        assert_eq!(refusal.code, "retired", "{change}");
    }
    bench.sound();
}

#[test]
fn a_retired_label_leaves_its_key_to_others() {
    let mut bench = Bench::coded();
    bench.run(r#"{"command":"set_label_definition","label":"actor","retired":true}"#);
    bench.run(r#"{"command":"set_label_definition","label":"date","key":"1"}"#);
    let refusal = bench.refused(r#"{"command":"set_label_definition","label":"actor","retired":false}"#);
    assert_eq!(refusal.code, "key_taken");
    let written = codebook_toml::write(&bench.state().0);
    assert_eq!(codebook_toml::read(&written).unwrap(), bench.state().0);
}
