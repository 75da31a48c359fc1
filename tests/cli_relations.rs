//! Relations by `hashiya apply`, in what `show` and `stats` print, and back through JSONL, as a process.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails where what it needs is not there"
)]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

const ARTICLE: &str = r#"{"id":"a","text":"50 morts, dont 12 enfants, civils","annotator":"ana","spans":[
{"id":"c","start":0,"end":8,"label":"casualty"},{"id":"d","start":10,"end":25,"label":"casualty"},
{"id":"p","start":27,"end":33,"label":"actor"}]}"#;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::write(place.path("a.jsonl"), ARTICLE.replace('\n', "") + "\n").unwrap();
        place.run(&["new", "p.hashiya"], "");
        place.run(&["import", "p.hashiya", "a.jsonl", "--annotator", "ana"], "");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What it prints.
    fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hashiya"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("HASHIYA_HOME", self.path("home"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Applies one command; its answer.
    fn apply(&self, command: &str) -> Json {
        let answer = self.run(&["apply", "p.hashiya", "--annotator", "ana"], command);
        serde_json::from_str(&answer).unwrap()
    }
}

/// Two relations of the article, as they are made and changed.
fn with_relations() -> Place {
    let place = Place::new();
    for command in [
        r#"{"command":"add_relation","from":"c","to":"p","type":"victims","id":"r1"}"#,
        r#"{"command":"add_relation","from":"c","to":"d","type":"part-of","id":"r2"}"#,
        r#"{"command":"set_relation","relation":"r2","from":"d","to":"c"}"#,
        r#"{"command":"set_relation","relation":"r1","type":"claimed-by"}"#,
    ] {
        assert_eq!(place.apply(command)["ok"], true, "{command}");
    }
    place
}

#[test]
fn what_a_relation_forbids_is_refused() {
    let place = with_relations();
    let unknown = place.apply(r#"{"command":"set_relation","relation":"r1","kind":"victims"}"#);
    assert_eq!(unknown["ok"], false, "unknown fields are refused");
    let refused = place.apply(r#"{"command":"set_label","span":"p","label":"location"}"#);
    assert_eq!(refused["error"]["code"], "label_not_allowed");
    assert_eq!(
        refused["error"]["hint"],
        "remove relation r1 or lead it elsewhere first"
    );
}

#[test]
fn relations_are_shown_and_counted() {
    let place = with_relations();
    let shown = place.run(&["show", "p.hashiya", "a"], "");
    assert!(
        shown.contains("part-of: “dont 12 enfants” (d) → “50 morts” (c)  r2"),
        "{shown}"
    );
    let stats: Json = serde_json::from_str(&place.run(&["stats", "p.hashiya", "--json"], "")).unwrap();
    assert_eq!(stats["relations"], 2);
    assert_eq!(stats["relation_types"]["claimed-by"], 1);
    assert_eq!(stats["annotators"]["ana"]["relations"], 2);
    assert!(
        place
            .run(&["stats", "p.hashiya"], "")
            .contains("ana: 3 spans, 2 relations")
    );
}

#[test]
fn a_project_with_relations_is_sound_and_its_export_written_again_is_the_same() {
    let place = with_relations();
    let findings = place.run(&["check", "p.hashiya", "--json"], "");
    assert!(!findings.contains("\"error\""), "{findings}");
    let export = |project: &str, output: &str| {
        let call = ["export", project, "--format", "jsonl", "--output", output];
        place.run(&call, "");
        std::fs::read(place.path(output)).unwrap()
    };
    let one = export("p.hashiya", "one.jsonl");
    place.run(&["new", "q.hashiya"], "");
    place.run(&["import", "q.hashiya", "one.jsonl"], "");
    assert_eq!(one, export("q.hashiya", "two.jsonl"));
}

#[test]
fn a_change_of_a_relation_is_undone_and_a_span_takes_its_relations_with_it() {
    let place = with_relations();
    place.run(&["undo", "p.hashiya", "a", "--annotator", "ana"], "");
    let shown = place.run(&["show", "p.hashiya", "a"], "");
    assert!(
        shown.contains("victims: “50 morts” (c) → “civils” (p)  r1"),
        "{shown}"
    );
    // Also those that were led to it later.
    assert_eq!(place.apply(r#"{"command":"remove_span","span":"d"}"#)["ok"], true);
    let shown = place.run(&["show", "p.hashiya", "a"], "");
    assert!(shown.contains("r1") && !shown.contains("r2"), "{shown}");
}
