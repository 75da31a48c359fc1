//! The command line as a process: answers for people and for programs, exit codes, and what is on disk then.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::{Place, rows};

const ALEP: &str = "Dans la province d'Alep, plus de 50 civils tués 🧕🏽.";

fn tag(article: &str, start: usize, end: usize, label: &str, id: &str) -> String {
    json!({"command": "add_span", "article": article, "ranges": [[start, end]], "label": label, "id": id})
        .to_string()
}

fn codes(answers: &[Json]) -> Vec<String> {
    let code = |answer: &Json| answer["error"]["code"].as_str().unwrap_or("ok").to_owned();
    answers.iter().map(code).collect()
}

#[test]
fn a_project_is_made_filled_read_and_proved() {
    let place = Place::new();
    place.write("texts/a.txt", ALEP);
    place.write("texts/b.txt", "قُتل 12 مدنيًا في حلب.");
    assert!(place.ok(&["new", "p.hashiya"]).starts_with("made "));
    assert_eq!(place.refused(&["new", "p.hashiya"]), (1, "exists".into()));
    assert!(
        place
            .ok(&["import", "p.hashiya", "texts"])
            .starts_with("2 articles added")
    );
    let again = place.json(&["import", "p.hashiya", "texts", "--json"]);
    assert_eq!(
        (&again["added"], &again["skipped"], &again["transaction"]),
        (&json!(0), &json!(2), &Json::Null)
    );
    let listed = rows(&place.ok(&["list", "p.hashiya", "--json"]));
    assert_eq!(listed.len(), 2);
    let id = listed[0]["id"].as_str().unwrap();
    assert_eq!(place.apply(&[], &[&tag(id, 19, 23, "location", "s1")]).0, 0);
    assert!(place.ok(&["show", "p.hashiya", id]).contains("“Alep”"));
    let shown = place.json(&["show", "p.hashiya", id, "--json"]);
    assert_eq!(shown["spans"][0]["text"], "Alep");
    assert!(place.ok(&["list", "p.hashiya"]).contains("in_progress"));
    let stats = place.json(&["stats", "p.hashiya", "--json"]);
    assert_eq!(
        (&stats["articles"], &stats["labels"]["location"]),
        (&json!(2), &json!(1))
    );
    assert!(place.ok(&["stats", "p.hashiya"]).contains("articles    2"));
    assert!(
        place
            .ok(&["check", "p.hashiya"])
            .ends_with("\nsound, with 1 warning\n")
    );
    let answer = place.json(&["check", "p.hashiya", "--json"]);
    assert_eq!(
        (&answer["ok"], &answer["findings"][0]["code"]),
        (&json!(true), &json!("untagged_casualty"))
    );
    place.ok(&["backup", "p.hashiya", "--output", "copy.hashiya"]);
    assert_eq!(
        place.ok(&["stats", "copy.hashiya", "--json"]),
        place.ok(&["stats", "p.hashiya", "--json"])
    );
    let saved = place.json(&["recover", "p.hashiya", "--output", "new.hashiya", "--json"]);
    assert_eq!((&saved["articles"], &saved["spans"]), (&json!(2), &json!(1)));
    assert!(place.ok(&["formats"]).contains("jsonl"));
    assert!(rows(&place.ok(&["formats", "--json"])).len() > 1);
}

#[test]
fn an_event_is_shown_with_who_and_what_takes_part() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let event = r#"{"command":"add_event","article":"a","type":"incident","trigger":"s1","roles":[{"role":"place","span":"s1","inferred":true},{"role":"time","value":{"value":"2022"}}],"attributes":{"kind":"battle"},"id":"e1"}"#;
    assert_eq!(
        place.apply(&[], &[&tag("a", 19, 23, "location", "s1"), event]).0,
        0
    );
    let shown = place.ok(&["show", "p.hashiya", "a"]);
    for part in [
        "1 span\n",
        "trigger “Alep” s1; place “Alep” s1 (inferred); time {\"value\":\"2022\"}  e1  kind=\"battle\"",
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
}

#[test]
fn what_is_made_in_a_folder_that_is_not_there_names_the_folder() {
    let place = Place::with_articles(&[("a", ALEP)]);
    for call in [
        &["new", "no/p.hashiya"][..],
        &["backup", "p.hashiya", "--output", "no/b.hashiya"],
        &["recover", "p.hashiya", "--output", "no/r.hashiya"],
        &[
            "export",
            "p.hashiya",
            "--format",
            "jsonl",
            "--output",
            "no/out.jsonl",
        ],
    ] {
        let ended = place.run(call);
        assert_eq!(ended.code, 1, "{ended:?}");
        assert!(ended.messages.contains("make the folder first"), "{ended:?}");
        assert!(ended.messages.contains("folder"), "{ended:?}");
        assert!(!ended.messages.contains(".tmp"), "{ended:?}");
    }
}

#[test]
fn a_name_that_is_none_is_wrong_usage_everywhere() {
    let place = Place::with_articles(&[("a", ALEP)]);
    for call in [
        &["apply", "p.hashiya"][..],
        &["undo", "p.hashiya", "a"],
        &["redo", "p.hashiya"],
        &["import", "p.hashiya", "in.jsonl"],
        &["list", "p.hashiya"],
        &["show", "p.hashiya", "a"],
        &["export", "p.hashiya", "--format", "jsonl", "--output", "-"],
    ] {
        let call = [call, &["--annotator", ""]].concat();
        assert_eq!(place.refused(&call), (2, "bad_annotator".into()), "{call:?}");
    }
}

#[test]
fn commands_may_open_with_a_byte_order_mark() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let line = format!("\u{feff}{}\r", tag("a", 19, 23, "location", "s1"));
    assert_eq!(place.apply(&[], &[&line]).0, 0);
}

#[test]
fn an_import_whose_rejects_cannot_be_saved_is_not_begun() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.write("more.jsonl", "{\"id\":\"b\",\"text\":\"Plus.\"}\n");
    for (rejected, code) in [("no/such/rejected.jsonl", "not_found"), (".", "exists")] {
        let call = ["import", "p.hashiya", "more.jsonl", "--rejected", rejected];
        assert_eq!(place.refused(&call), (1, code.into()));
    }
    assert_eq!(place.exported().len(), 1);
}

#[test]
fn an_empty_project_is_sound() {
    let place = Place::with_project();
    assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
}

#[test]
fn what_is_no_project_is_not_sent_from_recover_to_recover() {
    let place = Place::new();
    place.write("empty.hashiya", "");
    place.write(
        "words.hashiya",
        "this is no project, however long one looks at it",
    );
    for (damaged, code) in [
        (".", "not_a_project"),
        ("empty.hashiya", "not_a_project"),
        ("words.hashiya", "nothing_saved"),
    ] {
        let ended = place.run(&["recover", damaged, "--output", "new.hashiya"]);
        assert_eq!(ended.code, 1, "{ended:?}");
        assert!(ended.messages.contains(code), "{ended:?}");
        assert!(!ended.messages.contains("hashiya recover"), "{ended:?}");
        assert!(!place.path("new.hashiya").exists());
    }
}

/// Each call is refused with this exit code and by this code, and changes nothing.
#[track_caller]
fn wrong(calls: &[(&[&str], i32, &str)]) {
    let place = Place::with_articles(&[("a", ALEP)]);
    let before = place.ok(&["log", "p.hashiya", "--json"]);
    place.write("no.txt", "this is no project");
    for (arguments, code, name) in calls {
        assert_eq!(
            place.refused(arguments),
            (*code, (*name).to_owned()),
            "{arguments:?}"
        );
    }
    assert_eq!(place.ok(&["log", "p.hashiya", "--json"]), before);
}

#[test]
fn what_is_not_there_is_refused_by_code_and_nothing_changes() {
    wrong(&[
        (&["list", "nosuch.hashiya"], 1, "not_found"),
        (&["list", "no.txt"], 1, "not_a_project"),
        (&["list", "."], 1, "not_a_project"),
        (&["show", "p.hashiya", "z"], 1, "unknown_article"),
        (&["undo", "p.hashiya", "a"], 1, "nothing_to_undo"),
        (&["undo", "p.hashiya", "z"], 1, "unknown_article"),
        (&["redo", "p.hashiya"], 1, "nothing_to_redo"),
        (
            &["new", "q.hashiya", "--codebook", "nosuch"],
            1,
            "unknown_codebook",
        ),
        (&["backup", "p.hashiya", "--output", "p.hashiya"], 1, "exists"),
        (&["nosuch"], 1, "not_found"),
    ]);
}

#[test]
fn wrong_imports_and_exports_are_refused_by_code_and_nothing_changes() {
    wrong(&[
        (&["import", "p.hashiya", "nosuch.txt"], 1, "not_found"),
        (
            &["import", "p.hashiya", "no.txt", "--format", "x"],
            2,
            "unknown_format",
        ),
        (
            &["export", "p.hashiya", "--format", "x", "--output", "-"],
            2,
            "unknown_format",
        ),
        (
            &["export", "p.hashiya", "--format", "text", "--output", "-"],
            2,
            "cannot_write_format",
        ),
    ]);
}

#[test]
fn a_call_that_cannot_be_read_ends_with_two_and_a_refusal_is_json_where_that_is_asked_for() {
    let place = Place::with_articles(&[("a", ALEP)]);
    assert_eq!(place.run(&["list"]).code, 2);
    assert_eq!(place.run(&["list", "p.hashiya", "--colour"]).code, 2);
    assert_eq!(place.run(&["--help"]).code, 0);
    let as_json = place.run(&["list", "nosuch.hashiya", "--json"]);
    let answer: Json = serde_json::from_str(&as_json.out).unwrap();
    assert_eq!(
        (&answer["ok"], &answer["error"]["code"]),
        (&json!(false), &json!("not_found"))
    );
}

#[test]
fn apply_answers_each_line_and_goes_on_after_a_refusal() {
    let place = Place::with_articles(&[("a", ALEP), ("b", ALEP), ("c", "Homs")]);
    // The second article has the same text and was skipped.
    let (code, answers) = place.apply(
        &[],
        &[
            &tag("a", 19, 23, "location", "s1"),
            &tag("a", 19, 23, "location", "s2"),
            &tag("a", 19, 23, "ship", "s2"),
            &tag("a", 19, 99, "actor", "s2"),
            &tag("b", 19, 23, "actor", "s2"),
            &tag("c", 0, 4, "location", "s1"),
            r#"{"command":"remove_span","span":"s1"}"#,
            r#"{"command":"remove_span","span":"s1","article":"c"}"#,
            r#"{"command":"remove_span","span":"s1","articel":"c"}"#,
            "",
            "nonsense",
        ],
    );
    assert_eq!(code, 3);
    assert_eq!(
        codes(&answers),
        [
            "ok",
            "duplicate_span",
            "unknown_label",
            "outside_text",
            "unknown_article",
            "ok",
            "ambiguous_id",
            "ok",
            "bad_field",
            "bad_json"
        ]
    );
    assert_eq!(answers[0]["created"], json!(["s1"]));
    assert!(answers[1]["error"]["message"].as_str().unwrap().contains("s1"));
    let lines = place.exported();
    assert_eq!((lines.len(), lines[0]["spans"].as_array().unwrap().len()), (2, 1));
    assert_eq!(lines[0]["status"], "in_progress");
}

#[test]
fn a_batch_is_one_transaction_or_none() {
    let place = Place::with_articles(&[("a", "12 morts par eux")]);
    let good = [tag("a", 0, 8, "casualty", "c"), tag("a", 13, 16, "actor", "p")].join(",");
    let link = r#"{"command":"add_relation","from":"c","to":"p","type":"victims"}"#;
    let (code, answers) = place.apply(
        &[],
        &[
            &format!(r#"{{"command":"batch","commands":[{good},{{"command":"remove_span","span":"zz"}}]}}"#),
            &format!(r#"{{"command":"batch","commands":[{good},{link}]}}"#),
        ],
    );
    assert_eq!(
        (code, codes(&answers)),
        (3, vec!["unknown_span".to_owned(), "ok".to_owned()])
    );
    assert_eq!(answers[1]["created"].as_array().unwrap().len(), 3);
    place.ok(&["undo", "p.hashiya", "a"]);
    assert!(
        place.exported()[0]
            .get("spans")
            .is_none_or(|spans| spans == &json!([]))
    );
}

#[test]
fn undo_and_redo_survive_restarts_and_keep_to_their_article() {
    let place = Place::with_articles(&[("a", ALEP), ("b", "Homs et Alep")]);
    let untouched = place.exported();
    place.apply(
        &[],
        &[
            &tag("a", 19, 23, "location", "s1"),
            &tag("b", 0, 4, "location", "t1"),
        ],
    );
    place.apply(&[], &[r#"{"command":"set_label","span":"s1","label":"actor"}"#]);
    let done = place.exported();
    for _ in 0..2 {
        place.ok(&["undo", "p.hashiya", "a"]);
    }
    assert_eq!(
        place.refused(&["undo", "p.hashiya", "a"]),
        (1, "nothing_to_undo".into())
    );
    let undone = place.exported();
    assert_eq!(
        (&undone[0], &undone[1]),
        (&untouched[0], &done[1]),
        "only article a went back"
    );
    for _ in 0..2 {
        place.ok(&["redo", "p.hashiya", "a"]);
    }
    assert_eq!(place.exported(), done);
    assert_eq!(
        place.refused(&["undo", "p.hashiya"]),
        (1, "undo_blocked".into()),
        "the articles have been worked on"
    );
    assert_eq!(
        place.refused(&["undo", "p.hashiya", "a", "--annotator", "ana"]),
        (1, "nothing_to_undo".into())
    );
    place.ok(&["check", "p.hashiya"]);
}

#[test]
fn an_import_is_undone_and_redone_whole() {
    let place = Place::with_articles(&[("a", ALEP), ("b", "Homs")]);
    place.write(
        "more.jsonl",
        r#"{"id":"c","text":"Hama","annotator":"ana","spans":[{"start":0,"end":4,"label":"city"}]}"#,
    );
    let report = place.json(&["import", "p.hashiya", "more.jsonl", "--json"]);
    assert_eq!(
        (&report["added"], &report["codebook"][0]),
        (&json!(1), &json!("label city"))
    );
    let with = place.exported();
    place.ok(&["undo", "p.hashiya"]);
    assert_eq!(place.exported().len(), 2);
    assert_eq!(
        codes(&place.apply(&[], &[&tag("a", 0, 4, "city", "x")]).1),
        ["unknown_label"]
    );
    place.ok(&["redo", "p.hashiya"]);
    assert_eq!(place.exported(), with);
    place.ok(&["check", "p.hashiya"]);
}

#[test]
fn annotators_have_layers_of_their_own() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.apply(&["--annotator", "ana"], &[&tag("a", 19, 23, "location", "s1")]);
    place.apply(&[], &[&tag("a", 19, 23, "actor", "s1")]);
    let lines = place.exported();
    let names: Vec<&str> = lines
        .iter()
        .map(|line| line["annotator"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["ana", "me"]);
    let export = ["export", "p.hashiya", "--format", "jsonl", "--output", "-"];
    let only = place.ok(&[&export[..], &["--annotator", "ana"]].concat());
    assert_eq!(only.lines().count(), 1);
    let none_is_done = place.refused(&[&export[..], &["--status", "done"]].concat());
    assert_eq!(none_is_done, (1, "nothing_chosen".to_owned()));
}

#[test]
fn a_renamed_annotator_takes_all_work_along_and_back() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let named =
        |name: &str| json!({"command": "rename_annotator", "annotator": "ana", "to": name}).to_string();
    let lines = [
        tag("a", 19, 23, "location", "s1"),
        named("mira"),
        named("leila"),
        json!({"command": "batch", "commands": [serde_json::from_str::<Json>(&named("eva")).unwrap()]})
            .to_string(),
        json!({"command": "rename_annotator", "annotator": "mira", "to": "mira"}).to_string(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (_, answers) = place.apply(&["--annotator", "ana"], &lines);
    assert_eq!(
        codes(&answers),
        [
            "ok",
            "ok",
            "unknown_annotator",
            "not_in_a_batch",
            "annotator_exists"
        ]
    );
    let annotators = |place: &Place| place.json(&["stats", "p.hashiya", "--json"])["annotators"].to_string();
    assert!(annotators(&place).contains("mira") && !annotators(&place).contains("ana"));
    assert!(
        place
            .ok(&["check", "p.hashiya"])
            .contains("sound, with 1 warning")
    );
    // Her own undo still knows what was done under the old name.
    place.ok(&["undo", "p.hashiya", "a", "--annotator", "mira"]);
    place.ok(&["redo", "p.hashiya", "a", "--annotator", "mira"]);
    place.ok(&["undo", "p.hashiya"]);
    assert!(annotators(&place).contains("ana") && !annotators(&place).contains("mira"));
    assert!(
        place
            .ok(&["check", "p.hashiya"])
            .contains("sound, with 1 warning")
    );
}

#[test]
fn what_is_kept_out_is_listed_and_can_be_saved() {
    let place = Place::with_articles(&[("a", "Alep")]);
    place.write(
        "bad.jsonl",
        "{\"id\":\"a\",\"text\":\"Homs\"}\n{\"id\":\"b\"\n{\"id\":\"c\",\"text\":\"Hama\"}\n",
    );
    let ended = place.run(&["import", "p.hashiya", "bad.jsonl", "--rejected", "rejected.jsonl"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    assert!(
        ended.out.starts_with("1 article added, 2 records kept out"),
        "{ended:?}"
    );
    assert!(
        ended.messages.contains("bad.jsonl:1:") && ended.messages.contains("bad.jsonl:2:"),
        "{ended:?}"
    );
    let rejected = place.read("rejected.jsonl");
    assert_eq!(rejected.lines().count(), 2);
    assert!(rejected.contains("duplicate_id"));
    place.write(
        "new.jsonl",
        r#"{"id":"d","text":"Idlib","spans":[{"start":0,"end":5,"label":"city"}]}"#,
    );
    assert_eq!(
        place.run(&["import", "p.hashiya", "new.jsonl", "--strict"]).code,
        3
    );
    assert_eq!(
        place.exported().len(),
        2,
        "a label that the codebook lacks is refused by --strict"
    );
}

#[test]
fn a_dataset_written_read_and_written_again_is_the_same_bytes() {
    let place = Place::with_articles(&[("a", ALEP), ("b", "قُتل 12 مدنيًا في حلب.")]);
    place.apply(
        &[],
        &[
            &tag("a", 19, 23, "location", "s1"),
            r#"{"command":"add_note","article":"b","text":"؟"}"#,
        ],
    );
    let written = place.read_back();
    assert!(written.contains("\"s1\"") && written.contains("؟"), "{written}");
}

#[test]
fn without_a_display_the_window_names_the_way_without_one() {
    let place = Place::new();
    place.write("a.txt", ALEP);
    assert_eq!(place.refused(&["a.txt"]), (1, "no_window".into()));
}

#[test]
fn a_reader_that_hangs_up_is_a_success() {
    let many: Vec<(String, String)> = (0..400)
        .map(|n| (format!("a{n}"), format!("{n} {}", "mots ".repeat(300))))
        .collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(id, text)| (id.as_str(), text.as_str()))
        .collect();
    let place = Place::with_articles(&many);
    let mut child = place
        .command(&["export", "p.hashiya", "--format", "jsonl", "--output", "-"])
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = support::Ended::of(child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.messages.as_str()), (0, ""));
}

#[test]
fn a_project_whose_name_leaves_no_room_for_the_files_beside_it_is_refused() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let long = format!("{}.hashiya", "ن".repeat(118));
    for call in [
        ["new", &long].as_slice(),
        &["backup", "p.hashiya", "--output", &long],
        &["recover", "p.hashiya", "--output", &long],
    ] {
        assert_eq!(place.refused(call), (1, "bad_name".to_owned()), "{call:?}");
    }
    let fits = format!("{}.hashiya", "ن".repeat(115));
    place.ok(&["new", &fits]);
    place.ok(&["import", &fits, "in.jsonl"]);
}

#[test]
fn the_log_of_an_article_tells_what_the_codebook_changed_in_it() {
    let place = Place::with_articles(&[("a", ALEP), ("b", "Nerval")]);
    let tag =
        serde_json::json!({"command": "add_span", "article": "a", "ranges": [[0, 4]], "label": "actor"});
    let rename =
        serde_json::json!({"command": "rename_codebook_id", "kind": "label", "id": "actor", "to": "acteur"});
    place.write("do.jsonl", format!("{tag}\n{rename}\n"));
    place.ok(&["apply", "p.hashiya", "do.jsonl"]);
    let log = |article: &str| place.ok(&["log", "p.hashiya", "--article", article]);
    assert_eq!(log("a").lines().count(), 2, "{}", log("a"));
    assert!(log("a").contains("rename label actor to acteur"), "{}", log("a"));
    assert_eq!(log("b"), "");
}

#[test]
fn a_command_behind_options_is_told_where_they_go() {
    let place = Place::new();
    let ended = place.run(&["--annotator", "ana", "apply", "p.hashiya"]);
    let said = &ended.messages;
    assert_eq!(ended.code, 1, "{said}");
    assert!(said.contains("hashiya apply … --annotator NAME"), "{said}");
}
