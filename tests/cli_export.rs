//! `export` and `import` with their choices, as a process.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "support/mod.rs"]
mod support;

use serde_json::Value as Json;
use support::Place;

/// Four articles: three done, in two languages, two of them nearly the same.
fn coded() -> Place {
    let place = Place::new();
    place.ok(&["new", "p.hashiya"]);
    let news = "Plus de cinquante civils ont été tués dans la nuit par des inconnus armés, selon le maire de la \
        commune, qui demande l'envoi de renforts.";
    let line = |id: &str, text: &str, lang: &str, status: &str| {
        let span = |label: &str, start: usize, end: usize| serde_json::json!({"start": start, "end": end, "label": label});
        let line = serde_json::json!({"schema": "hashiya/1", "id": id, "lang": lang, "text": text, "annotator": "ana",
            "status": status, "spans": [span("actor", 0, 4), span("location", 5, 7)]});
        format!("{line}\n")
    };
    let lines = [
        line("a", news, "fr", "done"),
        line("b", &format!("{news} (AFP)"), "fr-CA", "done"),
        line("c", "Deux morts à Homs.", "fr", "todo"),
        line("d", "Two dead in Homs.", "en", "done"),
    ];
    place.write("in.jsonl", lines.concat());
    place.ok(&["import", "p.hashiya", "in.jsonl"]);
    place
}

fn rows(jsonl: &str) -> Vec<Json> {
    jsonl
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ids(jsonl: &str) -> Vec<String> {
    rows(jsonl)
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

fn export(place: &Place, more: &[&str]) -> String {
    place.ok(&[
        &["export", "p.hashiya", "--format", "jsonl", "--output", "-"],
        more,
    ]
    .concat())
}

#[test]
fn articles_are_chosen_by_status_and_language_and_spans_by_label() {
    let place = coded();
    assert_eq!(ids(&export(&place, &[])), ["a", "b", "c", "d"]);
    assert_eq!(ids(&export(&place, &["--status", "any"])), ["a", "b", "c", "d"]);
    assert_eq!(ids(&export(&place, &["--status", "done"])), ["a", "b", "d"]);
    assert_eq!(ids(&export(&place, &["--status", "todo"])), ["c"]);
    assert_eq!(ids(&export(&place, &["--lang", "fr"])), ["a", "b", "c"]);
    assert_eq!(ids(&export(&place, &["--lang", "fr-CA,en"])), ["b", "d"]);
    for row in rows(&export(&place, &["--label", "actor"])) {
        let spans = row["spans"].as_array().unwrap();
        assert_eq!((spans.len(), &spans[0]["label"]), (1, &Json::from("actor")));
    }
    for wrong in [
        &["--status", "finished"][..],
        &["--offsets", "miles"],
        &["--split", "train"],
    ] {
        let call = [
            &["export", "p.hashiya", "--format", "jsonl", "--output", "x"],
            wrong,
        ]
        .concat();
        assert_eq!(place.run(&call).code, 2, "{wrong:?}");
    }
    let ended = place.run(&[
        "export",
        "p.hashiya",
        "--format",
        "jsonl",
        "--output",
        "x",
        "--offsets",
        "utf16",
    ]);
    assert!(
        ended.code == 1 && ended.messages.contains("counts in codepoint"),
        "{ended:?}"
    );
}

#[test]
fn a_split_deals_articles_to_files_the_same_each_time_and_keeps_twins_together() {
    let place = coded();
    let split = |folder: &str, seed: &str| {
        std::fs::create_dir_all(place.path(folder)).unwrap();
        let output = format!("{folder}/news.jsonl");
        let call = [
            "export",
            "p.hashiya",
            "--format",
            "jsonl",
            "--output",
            &output,
            "--split",
            "train=1,test=1",
        ];
        let answer = place.ok(&[&call[..], &["--seed", seed, "--json"]].concat());
        let answer: Json = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["parts"], serde_json::json!({"train": 2, "test": 2}));
        ["train", "test"].map(|part| place.read(&format!("{folder}/news.{part}.jsonl")))
    };
    let parts = split("one", "1");
    assert_eq!(parts, split("two", "1"));
    let both = parts.iter().map(|part| ids(part)).collect::<Vec<_>>();
    assert!(both.iter().any(|part| part == &["a", "b"]), "{both:?}");
    let ended = place.run(&[
        "export",
        "p.hashiya",
        "--format",
        "jsonl",
        "--output",
        "-",
        "--split",
        "a=1,b=1",
    ]);
    assert!(
        ended.code == 1 && ended.messages.contains("several files"),
        "{ended:?}"
    );
}

#[test]
fn a_dry_run_says_what_would_be_written_and_writes_nothing() {
    let place = coded();
    let call = [
        "export",
        "p.hashiya",
        "--format",
        "jsonl",
        "--output",
        "x.jsonl",
        "--status",
        "done",
        "--dry-run",
    ];
    let said = place.run(&call);
    assert_eq!(said.code, 0);
    let all = format!("{}{}", said.out, said.messages);
    assert!(all.contains("3 articles, 6 spans would be written"), "{all}");
    assert!(
        all.contains("1 article stayed behind because their status is not done"),
        "{all}"
    );
    assert!(!place.path("x.jsonl").exists());
}

#[test]
fn labels_get_other_names_on_the_way_in() {
    let place = Place::new();
    place.ok(&["new", "p.hashiya"]);
    let line = r#"{"id":"a","text":"Ali à Alep, hier","label":[[0,3,"PER"],[6,10,"LOC"],[12,16,"MISC"]]}"#;
    place.write("in.jsonl", format!("{line}\n"));
    place.ok(&[
        "import",
        "p.hashiya",
        "in.jsonl",
        "--label-map",
        "PER=actor,LOC=location,MISC=",
    ]);
    let rows = rows(&export(&place, &[]));
    let labels: Vec<_> = rows[0]["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| span["label"].clone())
        .collect();
    assert_eq!(labels, ["actor", "location"]);
    let ended = place.run(&["import", "p.hashiya", "in.jsonl", "--label-map", "PER"]);
    assert!(ended.code == 2 && ended.messages.contains("OLD=NEW"), "{ended:?}");
}

#[test]
fn each_format_has_a_page() {
    let place = Place::new();
    for line in place.ok(&["formats", "--json"]).lines() {
        let format: Json = serde_json::from_str(line).unwrap();
        let page = place.ok(&["formats", format["id"].as_str().unwrap()]);
        assert!(page.starts_with("# "), "{page}");
        assert_eq!(page.contains("```python"), format["writes"] == true, "{page}");
    }
    assert_eq!(place.run(&["formats", "parchment"]).code, 2);
}
