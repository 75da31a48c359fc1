//! Where commands write: nothing is replaced that was not named, and every file is told.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::{Place, rows};

const ALEP: &str = "Les troupes sont entrées dans Alep.";
const SPAN: &str = r#"{"command":"add_span","article":"a","ranges":[[30,34]],"label":"location","id":"s1"}"#;

fn tagged() -> Place {
    let place = Place::with_articles(&[("a", ALEP)]);
    assert_eq!(place.apply(&[], &[SPAN]).0, 0);
    place
}

fn export<'a>(format: &'a str, output: &'a str) -> Vec<&'a str> {
    let mut call = vec!["export", "p.hashiya", "--format", format, "--output", output];
    call.extend(["--status", "any"]);
    call
}

#[test]
fn a_companion_that_nobody_named_is_not_written_over() {
    let place = tagged();
    for (format, output, companion) in [
        ("csv", "news.csv", "news.articles.csv"),
        ("labelstudio", "ls.json", "ls.config.xml"),
    ] {
        place.write(companion, "mine");
        for call in [
            export(format, output),
            [export(format, output), vec!["--dry-run"]].concat(),
        ] {
            assert_eq!(place.refused(&call), (1, "file_exists".into()), "{call:?}");
        }
        assert_eq!(place.read(companion), "mine");
        assert!(!place.path(output).exists());
        // Where the named file is there, it is a repeat.
        std::fs::remove_file(place.path(companion)).unwrap();
        place.ok(&export(format, output));
        place.ok(&export(format, output));
        assert_ne!(place.read(companion), "mine");
    }
}

#[test]
fn every_file_that_is_written_is_told_before_and_after() {
    let place = tagged();
    let call = export("csv", "out/../news.csv");
    std::fs::create_dir(place.path("out")).unwrap();
    let all = "out/../news.csv, news.articles.csv, news.events.csv, news.relations.csv, news.notes.csv";
    let sorted = |words: &str| {
        let mut names: Vec<String> = words.trim_end().split(", ").map(str::to_owned).collect();
        names.sort();
        names
    };
    for (call, said) in [
        ([&call[..], &["--dry-run"]].concat(), "would be written to "),
        (call.clone(), "written to "),
    ] {
        let out = place.ok(&call);
        let (_, names) = out.split_once(said).unwrap();
        assert_eq!(sorted(names), sorted(all), "{out}");
        let report = place.json(&[&call[..], &["--json"]].concat());
        let written = report["written"].as_array().unwrap();
        assert_eq!((written.len(), &written[0]), (5, &json!("out/../news.csv")));
        assert!(written.contains(&json!("out/../news.notes.csv")), "{written:?}");
    }
    let split = [
        export("csv", "s.csv"),
        vec!["--split", "train=1,test=1", "--json"],
    ]
    .concat();
    let written = place.json(&split)["written"].clone();
    assert_eq!(written.as_array().unwrap().len(), 10, "{written}");
    let report = place.json(&[export("brat", "b"), vec!["--json"]].concat());
    assert_eq!(report["written"], json!(["b"]));
}

#[test]
fn the_help_says_which_formats_write_files_beside_the_one_that_is_named() {
    let place = tagged();
    let help = place.ok(&["export", "--help"]);
    let (_, help) = help.split_once("--output <PATH>").unwrap();
    let (help, _) = help.split_once("--annotator <NAME>").unwrap();
    for format in rows(&place.ok(&["formats", "--json"])) {
        if format["writes"] != true || format["one_file"] != true {
            continue;
        }
        let id = format["id"].as_str().unwrap();
        let output = format!("of-{id}.x");
        let report = place.json(&[export(id, &output), vec!["--json"]].concat());
        let has_companions = report["written"].as_array().unwrap().len() > 1;
        assert_eq!(help.contains(&format!("`{id}`")), has_companions, "{id}: {help}");
    }
}

#[test]
fn the_files_beside_a_project_are_no_place_for_anything_else() {
    let place = tagged();
    let exported = place.exported();
    for ending in ["-wal", "-shm", "-journal", "-import-7"] {
        let name = format!("p.hashiya{ending}");
        for call in [
            export("jsonl", &name),
            vec!["codebook", "p.hashiya", "--output", &name],
        ] {
            assert_eq!(place.refused(&call), (1, "is_a_project".into()), "{call:?}");
        }
        for call in [
            &["backup", "p.hashiya", "--output", &name][..],
            &["recover", "p.hashiya", "--output", &name],
            &["new", &name],
        ] {
            let (exit, code) = place.refused(call);
            assert!(
                exit == 1 && (code == "bad_name" || code == "exists"),
                "{call:?}: {code}"
            );
        }
    }
    assert_eq!(place.exported(), exported);
    // Names that only look a little like it are free.
    for name in ["second-wal", "p.hashiya-import-x", "p-journal"] {
        place.ok(&export("jsonl", name));
    }
}

#[test]
fn a_dash_is_a_stream_where_there_is_one_and_refused_elsewhere() {
    let place = tagged();
    for call in [
        &["backup", "p.hashiya", "--output", "-"][..],
        &["recover", "p.hashiya", "--output", "-"],
        &["import", "p.hashiya", "-"],
        &["new", "-"],
    ] {
        assert_eq!(place.refused(call), (2, "not_a_stream".into()), "{call:?}");
    }
    assert!(!place.path("-").exists());
    let codebook = std::fs::File::create(place.path("c.toml")).unwrap();
    let mut write = place.command(&["codebook", "p.hashiya"]);
    assert!(write.stdout(codebook).status().unwrap().success());
    let read = std::fs::File::open(place.path("c.toml")).unwrap();
    let mut made = place.command(&["new", "q.hashiya", "--codebook", "-"]);
    assert!(made.stdin(read).status().unwrap().success());
    let toml = |project| place.ok(&["codebook", project]);
    assert_eq!(toml("q.hashiya"), toml("p.hashiya"));
}

#[test]
fn a_name_that_is_missing_or_of_the_wrong_kind_is_told_as_such() {
    let place = tagged();
    for (call, code) in [
        (export("jsonl", "newdir/"), "bad_name"),
        (
            [export("csv", "newdir/"), vec!["--split", "a=1,b=1"]].concat(),
            "bad_name",
        ),
        (export("hf", "x.parquet"), "bad_name"),
        (vec!["codebook", "p.hashiya", "--output", "newdir/"], "bad_name"),
        (vec!["new", "x/"], "bad_name"),
        (vec!["backup", "p.hashiya", "--output", "x/"], "bad_name"),
    ] {
        assert_eq!(place.refused(&call), (1, code.into()), "{call:?}");
    }
    for name in ["newdir", "x.parquet", "x"] {
        assert!(!place.path(name).exists(), "{name}");
    }
    let ended = place.run(&["new", "x/"]);
    assert!(
        ended.messages.contains("the name of the file is missing"),
        "{ended:?}"
    );
    place.ok(&export("hf", "x"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_told_without_the_file_that_was_tried() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tagged();
    std::fs::create_dir(place.path("ro")).unwrap();
    let mode =
        |bits| std::fs::set_permissions(place.path("ro"), std::fs::Permissions::from_mode(bits)).unwrap();
    mode(0o555);
    if std::fs::write(place.path("ro/try"), "").is_err() {
        let ended = place.run(&["codebook", "p.hashiya", "--output", "ro/c.toml"]);
        assert!(
            ended.messages.starts_with("error[read_only]: ro/c.toml:"),
            "{ended:?}"
        );
        assert!(!ended.messages.contains(".tmp"), "{ended:?}");
    }
    mode(0o755);
}

#[cfg(unix)]
#[test]
fn a_path_gives_no_escape_to_the_terminal() {
    let place = tagged();
    let name = "a\u{1b}[31mb";
    for call in [
        vec!["new", &format!("{name}.hashiya")],
        export("jsonl", &format!("{name}.jsonl")),
        vec!["backup", "p.hashiya", "--output", &format!("{name}.copy")],
        vec!["codebook", "p.hashiya", "--output", &format!("{name}.toml")],
        vec!["recover", "p.hashiya", "--output", &format!("{name}.saved")],
    ] {
        let out = place.ok(&call);
        assert!(out.contains('\u{241b}') && !out.contains('\u{1b}'), "{out:?}");
    }
}

#[test]
fn a_dataset_is_called_after_its_file_without_the_ending_of_its_format() {
    let place = tagged();
    place.ok(&export("tei", "o.tei.xml"));
    let tei = place.read("o.tei.xml");
    assert!(tei.contains("<title>o</title>"), "{tei}");
    let json: Json = place.json(&[export("tei", "o.xml"), vec!["--json"]].concat());
    assert_eq!(json["written"], json!(["o.xml"]));
}
