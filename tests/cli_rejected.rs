//! What an import keeps out: saved where nothing is lost by it, all of it, and so that it can be mended.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::{Place, rows};

const ALEP: &str = "Les troupes sont entrées dans Alep.";
const TWO: &str = "{\"id\":\"b\",\"text\":\"Plus.\"}\n{\"id\":\"c\"\n";

fn import<'a>(file: &'a str, rejected: &'a str) -> [&'a str; 5] {
    ["import", "p.hashiya", file, "--rejected", rejected]
}

#[test]
fn what_is_kept_out_is_written_over_nothing() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.write("more.jsonl", TWO);
    place.write("mine.txt", "mine");
    #[cfg(unix)]
    for (target, link) in [("more.jsonl", "link.jsonl"), ("nowhere", "dangling")] {
        std::os::unix::fs::symlink(place.path(target), place.path(link)).unwrap();
    }
    for (rejected, refused) in [
        ("more.jsonl", (1, "exists")),
        ("mine.txt", (1, "exists")),
        ("link.jsonl", (1, "exists")),
        ("dangling", (1, "exists")),
        ("p.hashiya", (1, "is_a_project")),
        ("p.hashiya-wal", (1, "is_a_project")),
        ("./p.hashiya-shm", (1, "is_a_project")),
        ("p.hashiya-journal", (1, "is_a_project")),
        ("p.hashiya-import-1", (1, "is_a_project")),
        ("new/", (1, "bad_name")),
        ("no/such.jsonl", (1, "not_found")),
        ("-", (2, "not_a_stream")),
    ] {
        if cfg!(unix) || place.path(rejected).exists() {
            let call = import("more.jsonl", rejected);
            assert_eq!(
                place.refused(&call),
                (refused.0, refused.1.to_owned()),
                "{rejected}"
            );
        }
    }
    assert_eq!(place.exported().len(), 1, "nothing was imported");
    assert_eq!(
        (place.read("more.jsonl").as_str(), place.read("mine.txt").as_str()),
        (TWO, "mine")
    );
}

#[test]
fn where_nothing_is_kept_out_there_is_no_file_of_it() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.write("more.jsonl", "{\"id\":\"b\",\"text\":\"Plus.\"}\n");
    place.ok(&import("more.jsonl", "rejected.jsonl"));
    assert!(!place.path("rejected.jsonl").exists());
    place.write("more.jsonl", TWO);
    let ended = place.run(&[&import("more.jsonl", "rejected.jsonl")[..], &["--json"]].concat());
    assert_eq!(ended.code, 3, "{ended:?}");
    assert_eq!(rows(&ended.out)[0]["rejected"], "rejected.jsonl");
    assert_eq!(rows(&place.read("rejected.jsonl"))[0]["record"], "{\"id\":\"c\"");
}

#[test]
fn all_that_is_kept_out_is_saved_and_a_list_that_is_cut_says_so() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.write_lines("bad.jsonl", (0..10_010).map(|number| format!("{{\"n\":{number}")));
    let ended = place.run(&import("bad.jsonl", "rejected.jsonl"));
    assert_eq!(ended.code, 3);
    assert!(
        ended
            .messages
            .contains("--json lists 10000 of the 10010, and --rejected FILE all that was kept out"),
        "{ended:?}"
    );
    assert!(
        ended
            .out
            .contains("10010 kept-out records written to rejected.jsonl"),
        "{ended:?}"
    );
    assert_eq!(place.read("rejected.jsonl").lines().count(), 10_010);
    let ended = place.run(&["import", "p.hashiya", "bad.jsonl", "--json"]);
    let report = &rows(&ended.out)[0];
    assert_eq!(
        (&report["findings"], &report["listed"]),
        (&10_010.into(), &10_000.into())
    );
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 10_000);
}

/// A line of a1 as x marked it, with its second span up to there.
fn line_of_x(end: usize) -> String {
    let spans = json!([
        {"id": "s1", "start": 0, "end": 3, "label": "actor"},
        {"id": "s2", "start": 30, "end": end, "label": "location"},
    ]);
    let line = json!({"schema": "hashiya/1", "id": "a1", "text": ALEP, "annotator": "x", "spans": spans});
    format!("{line}\n")
}

fn spans(place: &Place) -> Vec<Json> {
    place.exported()[0]["spans"].as_array().unwrap().clone()
}

#[test]
fn a_span_that_is_kept_out_of_a_line_comes_in_by_the_ways_that_are_said() {
    let place = Place::with_project();
    place.write("in.jsonl", line_of_x(99));
    let ended = place.run(&import("in.jsonl", "rejected.jsonl"));
    assert_eq!(ended.code, 3, "{ended:?}");
    let hint = "undo the import, mend it, and import again; or add it by hand";
    assert!(ended.messages.contains(hint), "{ended:?}");
    let rejected = &rows(&place.read("rejected.jsonl"))[0];
    assert_eq!(
        (&rejected["article"], &rejected["annotator"]),
        (&json!("a1"), &json!("x"))
    );
    let span: Json = serde_json::from_str(rejected["record"].as_str().unwrap()).unwrap();
    // Added by what the record holds, mended.
    let add = json!({
        "command": "add_span",
        "article": rejected["article"],
        "ranges": [[span["start"], 34]],
        "label": span["label"],
        "id": span["id"],
    });
    let (code, answers) = place.apply(&["--annotator", "x"], &[&add.to_string()]);
    assert_eq!(code, 0, "{answers:?}");
    assert_eq!(spans(&place).len(), 2);
    let undone = json!({"command": "undo", "article": "a1", "annotator": "x"}).to_string();
    assert_eq!(place.apply(&["--annotator", "x"], &[&undone]).0, 0);
    // The line again is refused, and says why and what else there is; after an undo it comes in.
    place.write("in.jsonl", line_of_x(34));
    let ended = place.run(&["import", "p.hashiya", "in.jsonl"]);
    assert!(
        ended.messages.contains("undo the import of the others first"),
        "{ended:?}"
    );
    assert_eq!((ended.code, spans(&place).len()), (3, 1), "{ended:?}");
    place.ok(&["undo", "p.hashiya"]);
    place.ok(&["import", "p.hashiya", "in.jsonl"]);
    assert_eq!(spans(&place)[1]["text"], "Alep");
}
