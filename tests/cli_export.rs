//! `export` and `import` with their choices, as a process.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::Value as Json;
use support::{Ended, Place, rows};

/// Four articles: three done, in two languages, two of them nearly the same.
fn coded() -> Place {
    let news = "Plus de cinquante civils ont été tués dans la nuit par des inconnus armés, selon le maire de la \
        commune, qui demande l'envoi de renforts.";
    let line = |id: &str, text: &str, lang: &str, status: &str| {
        let span = |label: &str, start: usize, end: usize| serde_json::json!({"start": start, "end": end, "label": label});
        serde_json::json!({"schema": "hashiya/1", "id": id, "lang": lang, "text": text, "annotator": "ana",
            "status": status, "spans": [span("actor", 0, 4), span("location", 5, 7)]})
    };
    Place::with_lines([
        line("a", news, "fr", "done"),
        line("b", &format!("{news} (AFP)"), "fr-CA", "done"),
        line("c", "Deux morts à Homs.", "fr", "todo"),
        line("d", "Two dead in Homs.", "en", "done"),
    ])
}

fn ids(jsonl: &str) -> Vec<String> {
    rows(jsonl)
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

fn to(place: &Place, format: &str, output: &str, more: &[&str]) -> Ended {
    let call = ["export", "p.hashiya", "--format", format, "--output", output];
    place.run(&[&call, more].concat())
}

#[track_caller]
fn export(place: &Place, more: &[&str]) -> String {
    let ended = to(place, "jsonl", "-", more);
    assert_eq!(ended.code, 0, "{more:?}: {ended:?}");
    ended.out
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
    for (wrong, code) in [
        (["--status", "finished"], "unknown_status"),
        (["--offsets", "miles"], "unknown_offsets"),
        (["--split", "train"], "bad_split"),
    ] {
        let ended = to(&place, "jsonl", "x", &wrong);
        assert_eq!(ended.code, 2, "{wrong:?}");
        assert!(ended.messages.contains(&format!("error[{code}]")), "{ended:?}");
    }
    let ended = to(&place, "jsonl", "x", &["--offsets", "utf16"]);
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
        let split = ["--split", "train=1,test=1", "--seed", seed, "--json"];
        let answer: Json = serde_json::from_str(&to(&place, "jsonl", &output, &split).out).unwrap();
        assert_eq!(answer["parts"], serde_json::json!({"train": 2, "test": 2}));
        ["train", "test"].map(|part| place.read(&format!("{folder}/news.{part}.jsonl")))
    };
    let parts = split("one", "1");
    assert_eq!(parts, split("two", "1"));
    let both = parts.iter().map(|part| ids(part)).collect::<Vec<_>>();
    assert!(both.iter().any(|part| part == &["a", "b"]), "{both:?}");
    let ended = to(&place, "jsonl", "-", &["--split", "a=1,b=1"]);
    assert!(
        ended.code == 1 && ended.messages.contains("several files"),
        "{ended:?}"
    );
}

#[test]
fn a_dry_run_says_what_would_be_written_and_writes_nothing() {
    let place = coded();
    let said = to(&place, "jsonl", "x.jsonl", &["--status", "done", "--dry-run"]);
    assert_eq!(said.code, 0);
    let all = format!("{}{}", said.out, said.messages);
    assert!(all.contains("3 articles, 6 spans would be written"), "{all}");
    assert!(
        all.contains("1 article stayed behind because their status is not “done”"),
        "{all}"
    );
    assert!(!place.path("x.jsonl").exists());
}

#[test]
fn labels_get_other_names_on_the_way_in() {
    let place = Place::with_project();
    let line = r#"{"id":"a","text":"Ali à Alep, hier","label":[[0,3,"PER"],[6,10,"LOC"],[12,16,"MISC"]]}"#;
    place.write_lines("in.jsonl", [line]);
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

#[test]
fn what_the_project_does_not_have_is_refused_with_what_it_has_and_an_export_before_stays() {
    let place = coded();
    place.ok(&["export", "p.hashiya", "--format", "jsonl", "--output", "x.jsonl"]);
    let before = place.read("x.jsonl");
    for (more, code, words) in [
        (&["--label", "nosuch"][..], "unknown_label", "actor"),
        (
            &["--annotator", "nobody"],
            "unknown_annotator",
            "its annotators are ana",
        ),
        (
            &["--lang", "fr,xx"],
            "unknown_language",
            "its languages are en, fr, fr-CA",
        ),
        (
            &["--status", "skipped"],
            "nothing_chosen",
            "none of the 4 articles is “skipped”",
        ),
        (
            &["--lang", "en", "--status", "todo"],
            "nothing_chosen",
            "the only article in these languages is not “to do”",
        ),
    ] {
        for more in [more.to_vec(), [more, &["--dry-run"]].concat()] {
            let ended = to(&place, "jsonl", "x.jsonl", &more);
            assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{more:?}");
            assert!(ended.messages.contains(&format!("error[{code}]")), "{ended:?}");
            assert!(ended.messages.contains(words), "{ended:?}");
            assert_eq!(place.read("x.jsonl"), before);
        }
        let ended = to(&place, "csv", "-", more);
        assert_eq!(
            (ended.code, ended.out.as_str()),
            (1, ""),
            "nothing went out: {more:?}"
        );
    }
    // Of a label that the codebook has, and nobody gave, the articles go out as they are without it.
    assert_eq!(rows(&export(&place, &["--label", "date"])).len(), 4);
}

#[test]
fn what_has_nothing_done_is_not_trained_on() {
    let place = Place::with_articles(&[("a", "Un."), ("b", "Deux.")]);
    let ended = to(&place, "hf", "data", &[]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.messages.contains("none of the 2 articles is “done”"),
        "{ended:?}"
    );
    assert!(ended.messages.contains("--status any"), "{ended:?}");
    assert!(!place.path("data").exists());
    assert_eq!(to(&place, "hf", "data", &["--status", "any"]).code, 0);
    let ended = to(&Place::with_project(), "jsonl", "x.jsonl", &[]);
    assert_eq!(ended.code, 0);
    assert!(
        ended.messages.contains("the project has no articles"),
        "{ended:?}"
    );
}

/// Two articles, one without words, and a span that is only white space, one that overlaps, and one as it should be.
fn odd() -> Place {
    Place::with_lines([
        serde_json::json!({"schema": "hashiya/1", "id": "a", "text": "Ali\u{b}  à\r\nAlep", "annotator": "ana",
            "status": "done", "spans": [{"start": 0, "end": 3, "label": "actor"}, {"start": 4, "end": 5, "label": "actor"},
            {"start": 0, "end": 2, "label": "location"}]}),
        serde_json::json!({"schema": "hashiya/1", "id": "b", "text": "", "annotator": "ana", "status": "done"}),
    ])
}

#[test]
fn a_dry_run_says_all_that_the_export_says_and_both_count_what_is_written() {
    let place = odd();
    for (format, output, counts, said) in [
        (
            "doccano",
            "x.jsonl",
            "1 article, 3 spans",
            "without any text, which are left out: 1",
        ),
        (
            "conll",
            "x.conll",
            "2 articles, 1 span",
            "which have no token and are left out: 1",
        ),
        (
            "gliner",
            "x.json",
            "2 articles, 2 spans",
            "which have no token and are left out: 1",
        ),
        (
            "xlsx",
            "x.xlsx",
            "2 articles, 3 spans",
            "writes as _x000D_ and the like: 1",
        ),
        (
            "tei",
            "x.xml",
            "2 articles, 3 spans",
            "control characters, which XML cannot hold and for which spaces stand: 1",
        ),
        (
            "hf",
            "data",
            "2 articles, 3 spans",
            "in spans but not in ner_tags: 1",
        ),
    ] {
        let dry = to(&place, format, output, &["--dry-run"]);
        assert!(!place.path(output).exists(), "{format}");
        let done = to(&place, format, output, &[]);
        assert!(place.path(output).exists(), "{format}");
        assert_eq!(
            dry.out,
            format!("{counts} would be written to {output}\n"),
            "{format}"
        );
        assert_eq!(done.out, format!("{counts} written to {output}\n"), "{format}");
        assert_eq!(dry.messages, done.messages, "{format}");
        assert!(done.messages.contains(said), "{format}: {done:?}");
    }
    // A stream has no place for companions, which is said beforehand, too.
    for more in [&["--dry-run", "--json"][..], &["--json"]] {
        let ended = to(&place, "csv", "-", more);
        assert!(format!("{ended:?}").contains("companions_left_out"), "{ended:?}");
    }
}

#[test]
fn the_parts_of_a_split_are_named_with_what_is_in_them() {
    let place = coded();
    let split = ["--split", "train=1,test=1"];
    let dry = to(
        &place,
        "jsonl",
        "news.jsonl",
        &[&split[..], &["--dry-run"]].concat(),
    );
    let ended = to(&place, "jsonl", "news.jsonl", &split);
    let parts =
        "news.train.jsonl: 2 articles, 4 spans\nnews.test.jsonl: 2 articles, 4 spans\n4 articles, 8 spans ";
    let files = "news.train.jsonl, news.test.jsonl\n";
    assert_eq!(dry.out, format!("{parts}would be written to {files}"));
    assert_eq!(ended.out, format!("{parts}written to {files}"));
    let again = to(
        &place,
        "jsonl",
        "news.jsonl",
        &["--split", "train=1,dev=1", "--json"],
    );
    let again: Json = serde_json::from_str(&again.out).unwrap();
    assert_eq!(again["files"]["dev"], "news.dev.jsonl");
    assert_eq!(again["diagnostics"][1]["code"], "stale_part");
    assert!(!place.path("news.test.jsonl").exists());
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_the_reason_is_told_and_nothing_is_left() {
    let place = coded();
    place.write("file", "");
    place.write("folder/in", "");
    let status = std::process::Command::new("mkfifo")
        .arg(place.path("fifo"))
        .status();
    assert!(status.unwrap().success());
    let before = std::fs::read(place.path("p.hashiya")).unwrap();
    for (format, output, code) in [
        ("jsonl", "/dev/null", "not_a_file"),
        ("jsonl", "/dev/stdout", "not_a_file"),
        ("jsonl", "fifo", "not_a_file"),
        ("hf", "fifo", "not_a_folder"),
        ("hf", "file", "not_a_folder"),
        ("jsonl", "file/x.jsonl", "not_found"),
        ("jsonl", "none/x.jsonl", "not_found"),
        ("jsonl", "folder", "is_a_folder"),
        ("jsonl", "p.hashiya", "is_a_project"),
    ] {
        for more in [&[][..], &["--dry-run"]] {
            let ended = to(&place, format, output, more);
            assert_eq!(ended.code, 1, "{output}: {ended:?}");
            assert!(
                ended.messages.contains(&format!("error[{code}]")),
                "{output}: {ended:?}"
            );
        }
    }
    assert_eq!(std::fs::read(place.path("p.hashiya")).unwrap(), before);
    let names = std::fs::read_dir(place.path("")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // What the database lays beside the project while it is read is its own.
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("p.hashiya-")).collect();
    names.sort();
    assert_eq!(names, ["fifo", "file", "folder", "in.jsonl", "p.hashiya"]);
}
