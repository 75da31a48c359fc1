//! What a slip of the hand, an odd input, or a file of another project could cost: nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::Place;

const ALEP: &str = "Les troupes sont entrées dans Alep.";

fn tag(article: &str, label: &str, id: &str) -> String {
    json!({"command": "add_span", "article": article, "ranges": [[30, 34]], "label": label, "id": id})
        .to_string()
}

#[test]
fn nothing_is_written_over_a_project() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let before = place.exported();
    place.write("bad.jsonl", "{\n");
    for call in [
        &[
            "export",
            "p.hashiya",
            "--format",
            "jsonl",
            "--output",
            "p.hashiya",
        ][..],
        &["import", "p.hashiya", "bad.jsonl", "--rejected", "p.hashiya"],
        &["codebook", "p.hashiya", "--output", "p.hashiya"],
    ] {
        assert_eq!(place.refused(call), (1, "is_a_project".into()), "{call:?}");
    }
    assert_eq!(place.exported(), before);
}

#[test]
fn numbers_and_odd_keys_are_kept_to_the_letter_through_work_and_undo() {
    let line = r#"{"schema":"hashiya/1","id":"a","text":"Alep.","meta":{"n":1e5,"m":1E+05,"o":{"$serde_json::private::Number":"x"}},"annotator":"me","spans":[{"id":"s1","start":0,"end":4,"label":"location","attributes":{"weight":2E3},"seen":3e4}],"later":5E6}"#;
    let place = Place::with_lines([line]);
    let first = place.jsonl("p.hashiya");
    for part in [
        "1e5",
        "1E+05",
        r#"{"$serde_json::private::Number":"x"}"#,
        "2E3",
        "3e4",
        "5E6",
    ] {
        assert!(first.contains(part), "{part} is not in {first}");
    }
    let (code, answers) = place.apply(
        &[],
        &[
            r#"{"command":"set_label","span":"s1","label":"actor"}"#,
            r#"{"command":"set_meta","article":"a","title":"T","p":7E8}"#,
            r#"{"command":"undo","article":"a"}"#,
            r#"{"command":"undo","article":"a"}"#,
        ],
    );
    assert_eq!(code, 0, "{answers:?}");
    assert_eq!(place.jsonl("p.hashiya"), first);
    assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
}

#[test]
fn what_nests_as_deeply_as_is_read_can_be_worked_with() {
    let place = Place::with_project();
    let deepest = (1..200)
        .rev()
        .map(|depth| {
            let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            format!(r#"{{"schema":"hashiya/1","id":"a","text":"Alep.","meta":{{"deep":{deep}}},"annotator":"me","spans":[{{"id":"s1","start":0,"end":4,"label":"location"}}],"deep":{deep}}}"#)
        })
        .find(|line| {
            place.write("in.jsonl", line);
            place.run(&["import", "p.hashiya", "in.jsonl"]).code == 0
        });
    assert!(deepest.is_some());
    let set = r#"{"command":"set_meta","article":"a","title":"T"}"#;
    assert_eq!(
        place.apply(&[], &[set, r#"{"command":"undo","article":"a"}"#]).0,
        0
    );
    assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
}

#[test]
fn what_another_project_left_beside_a_name_does_not_get_into_a_new_one() {
    let place = Place::with_articles(&[("a", ALEP)]);
    // A project that is open has its last commits beside it; then its file goes, and this stays.
    let mut holder = place.command(&["apply", "p.hashiya"]);
    let mut holder = holder.stdin(std::process::Stdio::piped()).spawn().unwrap();
    {
        use std::io::{BufRead, Write};
        writeln!(holder.stdin.as_mut().unwrap(), "{}", tag("a", "location", "s1")).unwrap();
        let mut answer = String::new();
        std::io::BufReader::new(holder.stdout.as_mut().unwrap())
            .read_line(&mut answer)
            .unwrap();
        assert!(answer.contains("true"), "{answer}");
    }
    holder.kill().unwrap();
    holder.wait().unwrap();
    std::fs::rename(place.path("p.hashiya"), place.path("old.hashiya")).unwrap();
    assert!(place.path("p.hashiya-wal").exists());
    for call in [
        &["new", "p.hashiya"][..],
        &["backup", "old.hashiya", "--output", "p.hashiya"],
        &["recover", "old.hashiya", "--output", "p.hashiya"],
    ] {
        assert_eq!(place.refused(call), (1, "exists".into()), "{call:?}");
        assert!(!place.path("p.hashiya").exists(), "{call:?}");
    }
    std::fs::rename(place.path("p.hashiya-wal"), place.path("old.hashiya-wal")).unwrap();
    assert_eq!(place.json(&["stats", "old.hashiya", "--json"])["spans"], 1);
    place.ok(&["new", "p.hashiya"]);
}

#[test]
fn unknown_keys_of_an_article_that_is_then_marked_are_sound() {
    let place = Place::with_lines([json!({"schema": "hashiya/1", "id": "a", "text": ALEP, "batch": 7})]);
    for by in ["me", "you"] {
        assert_eq!(
            place
                .apply(&["--annotator", by], &[&tag("a", "location", "s1")])
                .0,
            0
        );
    }
    assert!(place.exported().iter().all(|line| line["batch"] == 7));
    assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
}

#[test]
fn an_import_is_not_undone_while_what_it_added_to_an_entry_is_used() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let span = |attributes: Json| {
        json!({"schema": "hashiya/1", "id": "b", "text": "Homs.", "annotator": "you", "spans": [
            {"id": "x", "start": 0, "end": 4, "label": "location", "attributes": attributes}]})
        .to_string()
    };
    for (attributes, set) in [
        (json!({"precision": "quarter"}), json!({"precision": "quarter"})),
        (json!({"seen-by": "drone"}), json!({"seen-by": "foot"})),
    ] {
        place.write("in.jsonl", span(attributes));
        place.ok(&["import", "p.hashiya", "in.jsonl"]);
        let mut add: Json = serde_json::from_str(&tag("a", "location", "s1")).unwrap();
        add["attributes"] = set;
        assert_eq!(place.apply(&[], &[&add.to_string()]).0, 0);
        assert_eq!(place.refused(&["undo", "p.hashiya"]), (1, "undo_blocked".into()));
        place.ok(&["undo", "p.hashiya", "a"]);
        place.ok(&["undo", "p.hashiya"]);
        assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
    }
}

#[cfg(unix)]
#[test]
fn only_ordinary_files_are_imported() {
    let place = Place::with_articles(&[("a", ALEP)]);
    assert_eq!(
        place.refused(&["import", "p.hashiya", "/dev/null"]),
        (1, "not_a_file".into())
    );
}

#[test]
fn annotations_that_stay_out_leave_nothing_in_the_codebook() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let line = |id: &str, text: &str, label: &str| {
        json!({"schema": "hashiya/1", "id": id, "text": text, "annotator": "you", "spans": [
            {"id": "x", "start": 0, "end": 3, "label": label}]})
        .to_string()
    };
    let lines = [
        line("n", "Neuf.", "taken"),
        line("n", "Neuf.", "other-layer"),
        line("a", "Autre texte.", "other-text"),
        line("b", ALEP, "same-text"),
    ];
    place.write("in.jsonl", lines.join("\n"));
    let ended = place.run(&["import", "p.hashiya", "in.jsonl", "--json"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    let report: Json = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(report["codebook"], json!(["label taken"]));
}

#[test]
fn a_text_with_zero_characters_is_kept_whole() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let zero = json!({"schema": "hashiya/1", "id": "z", "title": "z\u{0}t", "text": "a\u{0}b Alep.",
        "annotator": "me", "spans": [{"id": "x", "start": 2, "end": 8, "label": "location"}]});
    place.write("zero.jsonl", zero.to_string());
    place.ok(&["import", "p.hashiya", "zero.jsonl"]);
    let set = r#"{"command":"set_meta","article":"z","source":"s\u0000t"}"#;
    assert_eq!(
        place.apply(&[], &[set, r#"{"command":"undo","article":"z"}"#]).0,
        0
    );
    let line = &place.exported()[1];
    assert_eq!((&line["text"], &line["title"]), (&zero["text"], &zero["title"]));
    assert_eq!(line["spans"][0]["text"], "b Alep");
    assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
}

#[test]
fn metadata_that_is_left_out_is_said() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let line = |id: &str, title: &str, by: &str| {
        json!({"schema": "hashiya/1", "id": id, "title": title, "text": format!("{id} {ALEP}"), "annotator": by, "status": "done"})
            .to_string()
    };
    let lines = [
        line("n", "Un", "me"),
        line("n", "Deux", "you"),
        line("n", "Un", "them"),
    ];
    place.write("in.jsonl", lines.join("\n"));
    let report = place.json(&["import", "p.hashiya", "in.jsonl", "--json"]);
    let found = report["diagnostics"].as_array().unwrap();
    let told: Vec<(&Json, &Json)> = found.iter().map(|one| (&one["code"], &one["line"])).collect();
    assert_eq!(told, [(&json!("metadata_differs"), &json!(2))]);
    place.write("in.jsonl", line("n", "Trois", "me"));
    let report = place.json(&["import", "p.hashiya", "in.jsonl", "--json"]);
    let message = report["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.ends_with("were kept"), "{message}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_in_the_place_of_what_is_no_file() {
    use std::os::unix::fs::FileTypeExt;
    let place = Place::with_articles(&[("a", ALEP)]);
    let _listener = std::os::unix::net::UnixListener::bind(place.path("socket")).unwrap();
    place.write("bad.jsonl", "{\n");
    for call in [
        &["codebook", "p.hashiya", "--output", "socket"][..],
        &["import", "p.hashiya", "bad.jsonl", "--rejected", "socket"],
        &["export", "p.hashiya", "--format", "jsonl", "--output", "socket"],
    ] {
        assert_eq!(place.refused(call).0, 1, "{call:?}");
        let kind = std::fs::metadata(place.path("socket")).unwrap().file_type();
        assert!(kind.is_socket(), "{call:?}");
    }
}

#[test]
fn a_codebook_that_is_no_text_is_there_and_cannot_be_read() {
    let place = Place::with_articles(&[("a", ALEP)]);
    place.write("c.toml", b"\xff\xfe\xfd");
    let import = ["codebook", "p.hashiya", "--import", "c.toml"];
    assert_eq!(place.refused(&import), (1, "cannot_read".into()));
    let missing = ["codebook", "p.hashiya", "--import", "none.toml"];
    assert_eq!(place.refused(&missing), (1, "not_found".into()));
}

#[test]
fn each_refusal_says_what_to_do() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let add = tag("a", "location", "s1");
    assert_eq!(place.apply(&[], &[&add]).0, 0);
    let refused = [
        "no json",
        "[]",
        "{}",
        r#"{"command":"none"}"#,
        r#"{"command":"undo","article":"none"}"#,
        r#"{"command":"redo"}"#,
        r#"{"command":"set_label","span":"none","label":"actor"}"#,
        r#"{"command":"set_label","span":"s1"}"#,
        r#"{"command":"set_label","span":"s1","label":"none"}"#,
        r#"{"command":"set_label","span":"s1","label":"location"}"#,
        r#"{"command":"add_span","article":"a","ranges":[],"label":"actor"}"#,
        r#"{"command":"add_span","article":"a","ranges":[[3,3]],"label":"actor"}"#,
        r#"{"command":"add_span","article":"a","ranges":[[4,6],[1,3]],"label":"actor"}"#,
        r#"{"command":"add_span","article":"a","ranges":[[30,34]],"label":"location"}"#,
        r#"{"command":"add_span","article":"a","ranges":[[0,99]],"label":"location"}"#,
        r#"{"command":"merge_spans","spans":["s1"]}"#,
        r#"{"command":"merge_spans","spans":["s1","s1"]}"#,
        r#"{"command":"split_span","span":"s1","at":99}"#,
        r#"{"command":"add_relation","from":"s1","to":"s1","type":"member_of"}"#,
        r#"{"command":"remove_relation","relation":"none"}"#,
        r#"{"command":"remove_event","event":"none"}"#,
        r#"{"command":"remove_note","note":"none"}"#,
        r#"{"command":"set_attribute","target":"none","attribute":"precision","value":null}"#,
        r#"{"command":"restore_problem","article":"a","problem":"none"}"#,
        r#"{"command":"set_meta","article":"a"}"#,
        r#"{"command":"batch","commands":[]}"#,
        r#"{"command":"batch","commands":[{"command":"batch","commands":[]}]}"#,
        r#"{"command":"remove_codebook_entry","kind":"label","id":"location"}"#,
        r#"{"command":"rename_annotator","to":""}"#,
    ];
    let (_, answers) = place.apply(&[], &refused);
    for (line, answer) in refused.iter().zip(&answers) {
        assert_eq!(answer["ok"], false, "{line}");
        let hint = answer["error"]["hint"].as_str();
        assert!(hint.is_some_and(|hint| !hint.is_empty()), "{line}: {answer}");
    }
    assert_eq!(answers.len(), refused.len());
}

#[test]
fn an_undo_brings_no_filler_back_into_a_role_that_is_gone() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let lines = [
        tag("a", "location", "s1"),
        r#"{"command":"add_event","article":"a","type":"incident","id":"e1","roles":[{"role":"place","span":"s1"}]}"#
            .to_owned(),
        r#"{"command":"remove_event","event":"e1"}"#.to_owned(),
        r#"{"command":"remove_codebook_entry","kind":"role","of":"incident","id":"place"}"#.to_owned(),
        json!({"command": "undo", "article": "a"}).to_string(),
    ];
    let (_, answers) = place.apply(&[], &lines.each_ref().map(String::as_str));
    let codes: Vec<&str> = answers
        .iter()
        .map(|answer| answer["error"]["code"].as_str().unwrap_or("ok"))
        .collect();
    assert_eq!(codes, ["ok", "ok", "ok", "ok", "undo_blocked"], "{answers:?}");
}

#[test]
fn an_undo_brings_nothing_back_under_a_label_that_is_gone() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let remove =
        |label: &str| json!({"command": "remove_codebook_entry", "kind": "label", "id": label}).to_string();
    let undo = json!({"command": "undo", "article": "a"}).to_string();
    let redo = json!({"command": "redo", "article": "a"}).to_string();
    let lines = [
        tag("a", "trigger", "s1"),
        r#"{"command":"remove_span","span":"s1"}"#.to_owned(),
        remove("trigger"),
        undo.clone(),
        tag("a", "weapon", "s2"),
        r##"{"command":"set_label_definition","label":"weapon","color":"#112233"}"##.to_owned(),
        tag("a", "weapon", "s2"),
        undo,
        remove("weapon"),
        redo,
    ];
    let (_, answers) = place.apply(&[], &lines.each_ref().map(String::as_str));
    let codes: Vec<&str> = answers
        .iter()
        .map(|answer| answer["error"]["code"].as_str().unwrap_or("ok"))
        .collect();
    let expected = [
        "ok",
        "ok",
        "ok",
        "undo_blocked",
        "unknown_label",
        "ok",
        "ok",
        "ok",
        "ok",
        "redo_blocked",
    ];
    assert_eq!(codes, expected, "{answers:?}");
    assert_eq!(place.json(&["check", "p.hashiya", "--json"])["ok"], true);
}

#[test]
fn a_name_that_only_the_history_has_is_not_given_to_another() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let mut add: Json = serde_json::from_str(&tag("a", "location", "s1")).unwrap();
    let mine = add.to_string();
    add["annotator"] = json!("eva");
    add["id"] = json!("s2");
    let undo = json!({"command": "undo", "article": "a", "annotator": "eva"}).to_string();
    let rename = json!({"command": "rename_annotator", "annotator": "me", "to": "eva"}).to_string();
    let (_, answers) = place.apply(&[], &[&mine, &add.to_string(), &undo, &rename]);
    assert!(
        answers[..3].iter().all(|answer| answer["ok"] == true),
        "{answers:?}"
    );
    assert_eq!(answers[3]["error"]["code"], "annotator_exists");
    assert!(answers[3]["error"]["hint"].is_string(), "{answers:?}");
}

#[test]
fn an_annotator_who_came_with_an_import_is_renamed_and_the_project_stays_sound() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let line = json!({"schema": "hashiya/1", "id": "b", "text": "Homs.", "annotator": "you", "spans": [
        {"id": "x", "start": 0, "end": 4, "label": "location"}]});
    place.write("in.jsonl", line.to_string());
    place.ok(&["import", "p.hashiya", "in.jsonl"]);
    let rename = |from: &str, to: &str| {
        json!({"command": "rename_annotator", "annotator": from, "to": to}).to_string()
    };
    let work = |by: &str, id: &str| {
        let mut add: Json = serde_json::from_str(&tag("a", "location", id)).unwrap();
        add["annotator"] = json!(by);
        add.to_string()
    };
    for line in [
        rename("you", "eva"),
        // The name is free again, and another one takes it.
        work("you", "y1"),
        rename("you", "mira"),
        rename("eva", "leila"),
        work("you", "y2"),
    ] {
        let (code, answers) = place.apply(&[], &[&line]);
        assert_eq!(code, 0, "{line}: {answers:?}");
        assert_eq!(
            place.json(&["check", "p.hashiya", "--json"])["ok"],
            true,
            "{line}"
        );
    }
    // What came with the import is still held against it.
    let line = json!({"schema": "hashiya/1", "id": "c", "text": "Hama.", "annotator": "leila", "spans": [
        {"id": "z", "start": 0, "end": 4, "label": "location"}]});
    place.write("in.jsonl", line.to_string());
    place.ok(&["import", "p.hashiya", "in.jsonl"]);
    assert_eq!(place.json(&["check", "p.hashiya", "--json"])["ok"], true);
}

#[test]
fn events_that_are_moved_duplicated_and_removed_leave_a_sound_project() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let event =
        |id: &str| json!({"command": "add_event", "article": "a", "type": "incident", "id": id}).to_string();
    for line in [
        event("b"),
        event("a"),
        r#"{"command":"remove_event","event":"b"}"#.to_owned(),
        event("c"),
        r#"{"command":"move_event","event":"c","before":"a"}"#.to_owned(),
        r#"{"command":"duplicate_event","event":"c","id":"d"}"#.to_owned(),
        r#"{"command":"remove_event","event":"c"}"#.to_owned(),
    ] {
        let (code, answers) = place.apply(&[], &[&line]);
        assert_eq!(code, 0, "{line}: {answers:?}");
        let said = place.json(&["check", "p.hashiya", "--json"]);
        assert_eq!(said["ok"], true, "{line}: {said}");
    }
    let line = &place.exported()[0];
    let ids: Vec<&str> = line["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["d", "a"]);
}

#[test]
fn a_note_on_what_does_not_come_in_stays_out() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let (code, answers) = place.apply(
        &[],
        &[
            &tag("a", "trigger", "s1"),
            r#"{"command":"add_event","article":"a","type":"incident","trigger":"s1","id":"e1"}"#,
            r#"{"command":"add_note","article":"a","target":"e1","text":"quand ?","id":"n1"}"#,
            r#"{"command":"add_note","article":"a","target":"s1","text":"où ?","id":"n2"}"#,
        ],
    );
    assert_eq!(code, 0, "{answers:?}");
    place.ok(&["export", "p.hashiya", "--format", "csv", "--output", "t.csv"]);
    let events = place.read("t.events.csv");
    let head = events.split_inclusive('\n').next().unwrap();
    place.write("t.events.csv", head);
    place.ok(&["new", "q.hashiya"]);
    let ended = place.run(&["import", "q.hashiya", "t.csv", "--json"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    assert!(ended.out.contains("\"dangling\""), "{ended:?}");
    let said = place.json(&["check", "q.hashiya", "--json"]);
    assert_eq!(said["ok"], true, "{said}");
    let export = place.jsonl("q.hashiya");
    assert!(export.contains("n2") && !export.contains("n1"), "{export}");
}

#[test]
fn an_export_without_a_folder_for_temporary_files_is_refused() {
    let place = Place::with_articles(&[("a", ALEP)]);
    let export = [
        "export",
        "p.hashiya",
        "--format",
        "xlsx",
        "--output",
        "out.xlsx",
        "--status",
        "any",
    ];
    let output = place
        .command(&export)
        .env("TMPDIR", place.path("none"))
        .output()
        .unwrap();
    let ended = support::Ended::of(output);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(
        ended.messages.starts_with("error[io]") && ended.messages.contains("TMPDIR"),
        "{ended:?}"
    );
    assert!(!place.path("out.xlsx").exists());
}

#[test]
fn a_codebook_that_is_taken_over_twice_changes_nothing_the_second_time() {
    let place = Place::with_project();
    place.ok(&["codebook", "p.hashiya", "--output", "c.toml"]);
    let import = ["codebook", "p.hashiya", "--import", "c.toml"];
    let said = "nothing to change: the codebook says all of that already\n";
    assert_eq!(place.ok(&import), said);
    let answer = place.json(&[&import[..], &["--json"]].concat());
    assert_eq!(
        (&answer["ok"], &answer["transaction"]),
        (&json!(true), &Json::Null)
    );
}

/// Whether this process has the lock by which SQLite tells others that it has the file open.
#[cfg(target_os = "linux")]
fn is_locked(path: &std::path::Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    let owner = format!(" {} ", std::process::id());
    let file = format!(":{} 1073741826 ", std::fs::metadata(path).unwrap().ino());
    locks
        .lines()
        .any(|lock| lock.contains(&owner) && lock.contains(&file))
}

/// Another program that closes the project asks the system who else has it open, and takes the log away where nobody has.
#[cfg(target_os = "linux")]
#[test]
fn no_look_at_an_open_project_lets_go_of_its_lock() {
    use std::sync::Arc;

    use hashiya::model::{ArticleId, Status};
    use hashiya::session::{
        Config, Folders, ImportOptions, Session, SetStatus, SystemClock, UuidSource, Watch, annotator_named,
        open_to_read, refuse_project,
    };

    let place = Place::with_articles(&[("a", ALEP)]);
    let path = place.path("p.hashiya");
    let config = Config {
        annotator: annotator_named("me").unwrap(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(UuidSource),
        folders: Folders::at(&place.path("home")),
    };
    let mut session = Session::open(&path, config.clone()).unwrap();
    assert!(is_locked(&path));
    let link = place.path("articles.txt");
    std::fs::hard_link(&path, &link).unwrap();
    let import = |session: &mut Session| {
        let paths = [link.clone(), path.clone()];
        let report = session.import(&paths, &ImportOptions::default(), &mut Watch::silent());
        let codes: Vec<&str> = report
            .unwrap()
            .diagnostics
            .iter()
            .map(|found| found.code)
            .collect();
        assert_eq!(codes, ["project_file", "project_file"]);
    };
    let export = |session: &mut Session| {
        let reader = open_to_read(session.path()).unwrap();
        assert!(reader.revision().unwrap() > 0);
    };
    let open_again = |session: &mut Session| {
        drop(Session::open(session.path(), config.clone()).unwrap());
    };
    let name_as_output = |session: &mut Session| {
        assert_eq!(refuse_project(session.path()).unwrap_err().code, "is_a_project");
    };
    let looks: [&dyn Fn(&mut Session); 4] = [&import, &export, &open_again, &name_as_output];
    for (nth, look) in looks.into_iter().enumerate() {
        look(&mut session);
        assert!(is_locked(&path), "look {nth}");
        let status = if nth % 2 == 0 {
            Status::Done
        } else {
            Status::Skipped
        };
        let set = SetStatus {
            article: ArticleId::new("a").unwrap(),
            status,
            annotator: None,
        };
        session.run(&set.into(), None).unwrap();
        let seen = place.json(&["stats", "p.hashiya", "--json"]);
        let skipped = &seen["annotators"]["me"]["status"]["skipped"];
        assert_eq!(*skipped, json!(nth % 2), "look {nth}: another program sees it");
    }
}
