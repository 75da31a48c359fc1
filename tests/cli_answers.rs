//! What is answered, and to whom: results on standard output, remarks beside them, exit codes also where nobody reads.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use serde_json::{Value as Json, json};
use support::{Ended, Place};

const ALEP: &str = "Les troupes sont entrées dans Alep.";

fn note(number: usize) -> String {
    json!({"command": "add_note", "article": "a", "text": format!("{number}")}).to_string()
}

/// Gives lines to `apply`, reads the first answer, and looks away.
fn read_one_answer(place: &Place, lines: &[String]) -> i32 {
    let mut child = place
        .command(&["apply", "p.hashiya"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{}", lines[0]).unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    answers.read_line(&mut first).unwrap();
    assert!(first.contains("\"ok\":true"), "{first}");
    drop(answers);
    for line in &lines[1..] {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    Ended::of(child.wait_with_output().unwrap()).code
}

#[test]
fn commands_are_carried_out_whether_or_not_somebody_reads_the_answers() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let mut lines: Vec<String> = (0..20).map(note).collect();
    assert_eq!(read_one_answer(&place, &lines), 0);
    assert_eq!(place.exported()[0]["notes"].as_array().unwrap().len(), 20);
    lines.push("{}".to_owned());
    lines.push(note(20));
    assert_eq!(
        read_one_answer(&place, &lines),
        3,
        "what is refused unread counts too"
    );
    assert_eq!(place.exported()[0]["notes"].as_array().unwrap().len(), 41);
}

/// Runs with a standard output that is full.
#[cfg(target_os = "linux")]
fn run_full(place: &Place, arguments: &[&str]) -> Ended {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    Ended::of(place.command(arguments).stdout(full).output().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_done_is_not_said_to_have_failed_where_the_answer_cannot_be_written() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.write("more.jsonl", "{\"id\":\"b\",\"text\":\"Plus.\"}\n");
    place.write("commands.jsonl", format!("{}\n{}\n", note(1), note(2)));
    for call in [
        &["new", "q.hashiya"][..],
        &["import", "p.hashiya", "more.jsonl"],
        &["undo", "p.hashiya"],
        &["redo", "p.hashiya"],
        &["apply", "p.hashiya", "commands.jsonl"],
        &["backup", "p.hashiya", "--output", "copy.hashiya"],
        &["recover", "p.hashiya", "--output", "saved.hashiya"],
        &["export", "p.hashiya", "--format", "jsonl", "--output", "p.jsonl"],
        &["codebook", "p.hashiya", "--output", "c.toml"],
        &["codebook", "p.hashiya", "--import", "c.toml"],
    ] {
        let ended = run_full(&place, call);
        assert_eq!(ended.code, 3, "{call:?}: {ended:?}");
        assert!(
            ended.messages.contains("error[answer_lost]: it is done"),
            "{call:?}: {ended:?}"
        );
    }
    assert_eq!(place.exported().len(), 2, "it came in once");
    for made in ["q.hashiya", "copy.hashiya", "saved.hashiya", "p.jsonl", "c.toml"] {
        assert!(place.path(made).exists(), "{made}");
    }
    // What only answers has failed.
    for call in [
        &["list", "p.hashiya"][..],
        &["formats"],
        &["codebook", "p.hashiya"],
    ] {
        assert_eq!(run_full(&place, call).code, 1, "{call:?}");
    }
}

#[test]
fn beside_a_dataset_in_a_stream_there_is_json_alone() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.apply(&[], &[&note(1)]);
    let export = |format| {
        [
            "export",
            "p.hashiya",
            "--format",
            format,
            "--output",
            "-",
            "--json",
        ]
    };
    let told = |ended: &Ended| -> Json { serde_json::from_str(&ended.messages).unwrap() };
    let ended = place.run(&export("csv"));
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.starts_with("article"), "{ended:?}");
    assert_eq!(told(&ended)["ok"], true);
    assert!(
        !told(&ended)["diagnostics"].as_array().unwrap().is_empty(),
        "{ended:?}"
    );
    let ended = place.run(&export("hf"));
    assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{ended:?}");
    assert_eq!(told(&ended)["error"]["code"], "not_one_file");
}

#[test]
fn who_has_no_work_is_not_passed_over_in_silence() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.apply(&[], &[&note(1)]);
    for call in [
        &["list", "p.hashiya", "--annotator", "nobody"][..],
        &["show", "p.hashiya", "a", "--annotator", "nobody"],
    ] {
        assert_eq!(place.refused(call), (1, "unknown_annotator".into()), "{call:?}");
        let ended = place.run(call);
        assert!(ended.messages.contains("its annotators are me"), "{ended:?}");
    }
    place.ok(&["list", "p.hashiya", "--annotator", "me"]);
}

#[test]
fn what_is_no_result_stands_beside_the_results() {
    let place = Place::with_project();
    let told = |call: &[&str]| {
        let ended = place.run(call);
        assert_eq!((ended.code, ended.out.as_str()), (0, ""), "{ended:?}");
        ended.messages
    };
    assert!(told(&["list", "p.hashiya"]).starts_with("no articles yet"));
    let flagged = told(&["list", "p.hashiya", "--flagged"]);
    assert_eq!(flagged, "no article is like that\n");
}

/// The exit code where nobody reads the answer from the beginning.
fn run_unread(place: &Place, arguments: &[&str]) -> i32 {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = place.command(arguments).stdout(writer).status();
    status.unwrap().code().unwrap_or(-1)
}

#[test]
fn what_a_check_comes_to_does_not_hang_on_a_reader() {
    let place = Place::with_articles(&[("a", "12 blessés à Alep.")]);
    place.apply(
        &[],
        &[r#"{"command":"set_status","article":"a","status":"done"}"#],
    );
    assert_eq!(run_unread(&place, &["check", "p.hashiya", "--strict"]), 1);
    assert_eq!(run_unread(&place, &["check", "p.hashiya"]), 0);
    place.write_lines("in.jsonl", ["{\"id\":\"b\""]);
    assert_eq!(run_unread(&place, &["import", "p.hashiya", "in.jsonl"]), 3);
}

#[test]
fn the_words_of_a_check_have_the_hints_of_its_json() {
    let place = Place::with_articles(&[("a", "12 blessés à Alep.")]);
    place.apply(
        &[],
        &[r#"{"command":"set_status","article":"a","status":"done"}"#],
    );
    let report = place.json(&["check", "p.hashiya", "--json"]);
    let hint = report["findings"][0]["hint"].as_str().unwrap();
    let words = place.ok(&["check", "p.hashiya"]);
    assert!(words.contains(&format!(" ({hint})\n")), "{words}");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_has_failed() {
    let place = Place::new();
    for call in [&["--help"][..], &["import", "--help"], &["--version"]] {
        let ended = run_full(&place, call);
        assert_eq!(ended.code, 1, "{call:?}: {ended:?}");
        assert!(
            ended.messages.contains("the answer cannot be written"),
            "{ended:?}"
        );
    }
}

#[test]
fn a_number_below_zero_is_told_to_be_none_of_those_that_can_be() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let ended = place.run(&[
        "export",
        "p.hashiya",
        "--format",
        "jsonl",
        "--output",
        "-",
        "--seed",
        "-1",
    ]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(
        ended.messages.contains("it is a whole number from 0"),
        "{ended:?}"
    );
    assert!(!ended.messages.contains("-- -1"), "{ended:?}");
    assert_eq!(place.run(&["quantity", "-5"]).code, 0);
}

#[test]
fn one_of_a_thing_is_not_called_many_nor_many_one() {
    let place = Place::with_articles(&[("a", "A"), ("b", "B  C")]);
    let lines = [
        r#"{"command":"add_span","article":"a","ranges":[[0,9]],"label":"actor"}"#,
        r#"{"command":"add_span","article":"b","ranges":[[0,1]],"label":"actor"}"#,
    ];
    let (_, answers) = place.apply(&[], &lines);
    let message = answers[0]["error"]["message"].as_str().unwrap();
    assert!(message.ends_with("has 1 code point"), "{message}");
    place.write_lines(
        "in.jsonl",
        [
            json!({"id": "c", "text": "C", "spans": [{"start": 0, "end": 9, "label": "actor"}]}),
            json!({"id": "d", "text": "D", "spans": [{"start": 0, "end": 1, "label": "city"}]}),
        ],
    );
    let ended = place.run(&["import", "p.hashiya", "in.jsonl", "--strict"]);
    assert!(ended.messages.contains("which has 1 code point "), "{ended:?}");
    assert!(
        ended.messages.contains("the codebook has no label city"),
        "{ended:?}"
    );
    let export = [
        "export",
        "p.hashiya",
        "--format",
        "conll",
        "--output",
        "x",
        "--status",
        "any",
    ];
    let ended = place.run(&export);
    assert!(
        ended.messages.contains("articles' texts are spaced anew"),
        "{ended:?}"
    );
}
