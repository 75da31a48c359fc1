//! Kills the real process at random moments and looks at what is on disk: everything acknowledged, nothing half.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![cfg(unix)]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use hashiya::session::{Watch, check, open_to_read};
use hashiya::store::ExportQuery;
use serde_json::{Value as Json, json};
use support::Place;

/// Kills of `apply`.
const APPLY_KILLS: u64 = 200;
/// Kills of `import`.
const IMPORT_KILLS: u64 = 20;
/// Kills of a change of the codebook and of its undo.
const RENAME_KILLS: u64 = 8;

/// Kills of exports and backups.
const COPY_KILLS: u64 = 24;

/// A small generator of numbers, the same at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Ids of the spans on disk, and nothing unsound, for which a whole check may look too.
fn spans_of(place: &Place, with_check: bool) -> BTreeSet<String> {
    let reader = open_to_read(&place.path("p.hashiya")).unwrap();
    if with_check {
        assert_eq!(check(&reader, &mut Watch::silent()).unwrap(), []);
    }
    let mut ids = BTreeSet::new();
    reader
        .each_article(&ExportQuery::default(), &mut |_, layers| {
            for (_, layer) in layers {
                assert_eq!(layer.dangling(), None);
                ids.extend(layer.spans.iter().map(|span| span.id.to_string()));
            }
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    ids
}

/// Each command is a batch that adds two spans, so that a half one would show.
fn pair(round: u64, number: u64) -> String {
    let start = (round * 40 + number) * 2;
    let add = |half: &str, at: u64| {
        json!({"command": "add_span", "article": "a", "ranges": [[at, at + 1]], "label": "actor",
               "id": format!("{round}-{number}-{half}")})
    };
    json!({"command": "batch", "commands": [add("x", start), add("y", start + 1)]}).to_string()
}

#[test]
fn what_apply_acknowledged_survives_a_kill_and_nothing_half_does() {
    let place = Place::with_articles(&[("a", &"a".repeat(20_000))]);
    let mut numbers = Numbers(7);
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    for round in 0..APPLY_KILLS {
        let mut child = place
            .command(&["apply", "p.hashiya"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        // Some commands wait in the pipe when the kill comes, so that it meets the process at work.
        let (answered, waiting) = (numbers.below(6), 1 + numbers.below(6));
        let lines: String = (0..answered + waiting)
            .map(|number| pair(round, number) + "\n")
            .collect();
        input.write_all(lines.as_bytes()).unwrap();
        for _ in 0..answered {
            let mut answer = String::new();
            output.read_line(&mut answer).unwrap();
            note(&answer, &mut acknowledged);
        }
        for _ in 0..numbers.below(30_000) {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What was answered between the last look and the kill counts as well.
        for answer in output.lines().map_while(Result::ok) {
            note(&answer, &mut acknowledged);
        }
        let found = spans_of(&place, round % 20 == 0);
        let lost: Vec<&String> = acknowledged.difference(&found).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?} were acknowledged");
        for id in &found {
            let other = if let Some(stem) = id.strip_suffix('x') {
                format!("{stem}y")
            } else {
                id.replace('y', "x")
            };
            assert!(
                found.contains(&other),
                "round {round}: {id} stands without {other}"
            );
        }
    }
    assert_eq!(place.json(&["check", "p.hashiya", "--json"])["ok"], true);
    assert!(
        acknowledged.len() > APPLY_KILLS as usize,
        "the kills left time for work"
    );
}

/// An answer that came whole and says yes.
fn note(answer: &str, acknowledged: &mut BTreeSet<String>) {
    let Ok(answer) = serde_json::from_str::<Json>(answer) else {
        return;
    };
    assert_eq!(answer["ok"], true, "{answer}");
    acknowledged.extend(
        answer["created"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap().to_owned()),
    );
}

#[test]
fn a_killed_import_leaves_nothing() {
    let place = Place::with_articles(&[("a", "Alep")]);
    let line = |n: u32| json!({"id": format!("n{n}"), "text": format!("{n} {}", "mots ".repeat(200))});
    place.write_lines("many.jsonl", (0..6000).map(line));
    let mut numbers = Numbers(11);
    let mut killed = 0;
    for round in 0..IMPORT_KILLS {
        let mut child = place
            .command(&["import", "p.hashiya", "many.jsonl"])
            .spawn()
            .unwrap();
        for _ in 0..numbers.below(60) * 2_000 {
            if child.try_wait().unwrap().is_some() {
                break;
            }
        }
        let was_running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        let articles = place.json(&["stats", "p.hashiya", "--json"])["articles"].clone();
        if was_running && articles == json!(1) {
            killed += 1;
        } else {
            assert_eq!(
                articles,
                json!(6001),
                "round {round}: an import is all there or not at all"
            );
            place.ok(&["undo", "p.hashiya"]);
        }
    }
    assert!(killed > 0, "no kill met the import at work");
    assert_eq!(place.json(&["check", "p.hashiya", "--json"])["ok"], true);
    assert_eq!(place.exported().len(), 1);
}

/// Labels of the spans on disk, and the codebook and the journal that go with them.
fn labels_of(place: &Place) -> (BTreeSet<String>, bool, usize) {
    let reader = open_to_read(&place.path("p.hashiya")).unwrap();
    assert_eq!(check(&reader, &mut Watch::silent()).unwrap(), []);
    let mut labels = BTreeSet::new();
    reader
        .each_article(&ExportQuery::default(), &mut |_, layers| {
            for (_, layer) in layers {
                labels.extend(layer.spans.iter().map(|span| span.label.to_string()));
            }
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    let codebook = reader.codebook().unwrap();
    let is_renamed = codebook.labels.iter().any(|label| label.id.as_str() == "acteur");
    (labels, is_renamed, reader.journal(None, 999).unwrap().len())
}

#[test]
fn a_killed_change_of_the_codebook_leaves_nothing_half_done_and_neither_does_its_undo() {
    let line = |n: u32| {
        let spans = json!([{"start": 0, "end": 4, "label": "actor"}]);
        json!({"id": format!("n{n}"), "text": format!("Alep {n}"), "spans": spans})
    };
    // More than are taken back from memory.
    let place = Place::with_lines((0..2_200).map(line));
    let rename = json!({"command": "rename_codebook_id", "kind": "label", "id": "actor", "to": "acteur"});
    place.write("rename.jsonl", rename.to_string());
    let mut numbers = Numbers(3);
    let (mut killed, mut renamed, mut count) = (0, false, labels_of(&place).2);
    for round in 0..RENAME_KILLS {
        let arguments: &[&str] = if renamed {
            &["undo", "p.hashiya"]
        } else {
            &["apply", "p.hashiya", "rename.jsonl"]
        };
        let mut child = place.command(arguments).spawn().unwrap();
        // Each fourth one is left alone, so that there is a change to be taken back, and is done.
        let is_left = round % 4 == 3;
        if !is_left {
            for _ in 0..numbers.below(80) * 10_000 {
                if child.try_wait().unwrap().is_some() {
                    break;
                }
            }
            child.kill().unwrap();
        }
        child.wait().unwrap();
        let (labels, is_renamed, transactions) = labels_of(&place);
        let whole: BTreeSet<String> = [if is_renamed { "acteur" } else { "actor" }.to_owned()].into();
        assert_eq!(labels, whole, "round {round}: all of it or nothing");
        let is_done = is_renamed != renamed;
        assert!(is_done || !is_left, "round {round}: left alone it is done");
        assert_eq!(transactions, count + usize::from(is_done), "round {round}");
        killed += u64::from(!is_done);
        (renamed, count) = (is_renamed, transactions);
    }
    assert!(killed > 0, "no kill met the change at work");
}

/// Names in the place's folder that nobody but the program knows of.
fn drafts(place: &Place) -> Vec<String> {
    let entries = std::fs::read_dir(place.path(".")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".hashiya-")).collect()
}

#[test]
fn what_killed_exports_and_backups_leave_is_swept_and_what_they_should_replace_stays() {
    let place = Place::new();
    place.ok(&["new", "p.hashiya"]);
    let line = |n: u32| {
        let spans = json!([{"start": 0, "end": 4, "label": "actor"}]);
        json!({"id": format!("n{n}"), "text": format!("Alep {n}"), "annotator": "me", "spans": spans})
            .to_string()
            + "\n"
    };
    place.write("many.jsonl", (0..300).map(line).collect::<String>());
    place.ok(&["import", "p.hashiya", "many.jsonl"]);
    let export = [
        "export",
        "p.hashiya",
        "--format",
        "brat",
        "--output",
        "brat",
        "--status",
        "any",
    ];
    let backup = ["backup", "p.hashiya", "--output", "copy.hashiya"];
    place.ok(&export);
    let mut numbers = Numbers(5);
    let mut left = 0;
    for round in 0..COPY_KILLS {
        let arguments: &[&str] = if round % 3 == 0 { &backup } else { &export };
        let mut child = place.command(arguments).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(numbers.below(120)));
        child.kill().unwrap();
        child.wait().unwrap();
        left += drafts(&place).len();
        let is_there = place.path("brat/me/n299.ann").exists();
        let is_aside = !drafts(&place).is_empty();
        assert!(
            is_there || is_aside,
            "round {round}: the export before is there or waits to be put back"
        );
        if place.path("copy.hashiya").exists() {
            assert_eq!(place.json(&["check", "copy.hashiya", "--json"])["ok"], true);
            std::fs::remove_file(place.path("copy.hashiya")).unwrap();
        }
    }
    assert!(left > 0, "no kill met a draft");
    place.ok(&export);
    assert_eq!(drafts(&place), Vec::<String>::new());
    assert!(place.path("brat/me/n299.ann").exists());
}

#[test]
fn an_export_that_was_set_aside_when_its_successor_was_killed_is_replaced_by_the_next_one() {
    let place = Place::with_articles(&[("a", "Alep")]);
    let export = ["export", "p.hashiya", "--format", "brat", "--output", "brat"];
    place.ok(&export);
    std::fs::create_dir_all(place.path(".hashiya-x.tmp/before")).unwrap();
    place.write(".hashiya-x.tmp/lock", "");
    std::fs::rename(place.path("brat"), place.path(".hashiya-x.tmp/before/brat")).unwrap();
    // Any other work in the folder brings it back as well.
    place.ok(&["backup", "p.hashiya", "--output", "copy.hashiya"]);
    assert_eq!(place.read("brat/a.txt"), "Alep");
    place.ok(&export);
    assert_eq!(place.read("brat/a.txt"), "Alep");
    assert_eq!(drafts(&place), Vec::<String>::new());
}
