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

#[test]
fn relations_are_changed_counted_shown_and_exported() {
    let place = Place::new();
    for command in [
        r#"{"command":"add_relation","from":"c","to":"p","type":"victims","id":"r1"}"#,
        r#"{"command":"add_relation","from":"c","to":"d","type":"part-of","id":"r2"}"#,
        r#"{"command":"set_relation","relation":"r2","from":"d","to":"c"}"#,
        r#"{"command":"set_relation","relation":"r1","type":"claimed-by"}"#,
    ] {
        assert_eq!(place.apply(command)["ok"], true, "{command}");
    }
    let unknown = place.apply(r#"{"command":"set_relation","relation":"r1","kind":"victims"}"#);
    assert_eq!(unknown["ok"], false, "unknown fields are refused");
    let refused = place.apply(r#"{"command":"set_label","span":"p","label":"location"}"#);
    assert_eq!(refused["error"]["code"], "label_not_allowed");
    assert_eq!(
        refused["error"]["hint"],
        "remove relation r1 or lead it elsewhere first"
    );

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

    // The project is sound, and its export, read and written again, is the same.
    let findings = place.run(&["check", "p.hashiya", "--json"], "");
    assert!(!findings.contains("\"error\""), "{findings}");
    place.run(
        &[
            "export",
            "p.hashiya",
            "--format",
            "jsonl",
            "--output",
            "one.jsonl",
        ],
        "",
    );
    place.run(&["new", "q.hashiya"], "");
    place.run(&["import", "q.hashiya", "one.jsonl"], "");
    place.run(
        &[
            "export",
            "q.hashiya",
            "--format",
            "jsonl",
            "--output",
            "two.jsonl",
        ],
        "",
    );
    let (one, two) = (
        std::fs::read(place.path("one.jsonl")),
        std::fs::read(place.path("two.jsonl")),
    );
    assert_eq!(one.unwrap(), two.unwrap());

    place.run(&["undo", "p.hashiya", "a", "--annotator", "ana"], "");
    let shown = place.run(&["show", "p.hashiya", "a"], "");
    assert!(
        shown.contains("victims: “50 morts” (c) → “civils” (p)  r1"),
        "{shown}"
    );
    // A span takes its relations with it, also those that were led to it later.
    assert_eq!(place.apply(r#"{"command":"remove_span","span":"d"}"#)["ok"], true);
    let shown = place.run(&["show", "p.hashiya", "a"], "");
    assert!(shown.contains("r1") && !shown.contains("r2"), "{shown}");
}
