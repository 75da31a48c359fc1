//! `import` with its choices, as a process: what comes twice, names that change on the way, and what an option that
//! meets nothing is told.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::Place;

/// What an import answered.
#[derive(Debug)]
struct Imported {
    /// Added, layers, there already, kept out.
    counts: [u64; 4],
    /// The findings but those about the codebook: code, message, hint.
    found: Vec<[String; 3]>,
}

impl Imported {
    fn codes(&self) -> Vec<&str> {
        self.found.iter().map(|[code, _, _]| code.as_str()).collect()
    }
}

fn import(place: &Place, arguments: &[&str]) -> Imported {
    let all = [&["import", "p.hashiya", "--json"], arguments].concat();
    let ended = place.run(&all);
    let report: Json = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{ended:?}"));
    let counts = ["added", "layers", "skipped", "refused"].map(|key| report[key].as_u64().unwrap());
    assert_eq!(ended.code, if counts[3] > 0 { 3 } else { 0 }, "{ended:?}");
    let found =
        report["diagnostics"].as_array().unwrap().iter().map(|one| {
            ["code", "message", "hint"].map(|key| one[key].as_str().unwrap_or_default().to_owned())
        });
    let found = found.filter(|[code, _, _]| code != "codebook_addition");
    Imported {
        counts,
        found: found.collect(),
    }
}

const ALEP: &str = "Alep est tombée.";

/// A row without an id: a text, and a label on its first four letters.
fn row(text: &str, label: &str) -> String {
    let spans = json!([{"start": 0, "end": 4, "label": label}]);
    format!("{}\n", json!({"text": text, "spans": spans}))
}

fn labels(place: &Place) -> Vec<String> {
    let lines = place.exported();
    let label = |line: &Json| line["spans"][0]["label"].as_str().unwrap_or("none").to_owned();
    let mut labels: Vec<String> = lines.iter().map(label).collect();
    labels.sort();
    labels
}

#[test]
fn the_same_row_again_is_there_already_and_other_work_is_kept_as_asked() {
    let same = row(ALEP, "city");
    let files = [
        (
            "a.jsonl",
            [same.clone(), row("Homs tient.", "city"), same.clone()].concat(),
        ),
        (
            "b.jsonl",
            [same, row(ALEP, "town"), row(ALEP, "town"), row(ALEP, "place")].concat(),
        ),
    ];
    for (keep, counts, kept) in [
        ("skip", [2, 2, 2, 3], vec!["city", "city"]),
        ("keep", [4, 4, 3, 0], vec!["city", "city", "place", "town"]),
    ] {
        let place = Place::with_project();
        for (name, content) in &files {
            place.write(&format!("in/{name}"), content);
        }
        let arguments = ["in", "--duplicates", keep];
        let first = import(&place, &arguments);
        assert_eq!(
            (first.counts, labels(&place)),
            (counts, kept.iter().map(ToString::to_string).collect())
        );
        for [_, message, hint] in first.found.iter().filter(|[code, _, _]| code == "layer_exists") {
            assert!(message.starts_with("me has other annotations"), "{message}");
            assert!(
                hint.contains("--duplicates keep") && hint.contains("--annotator NAME"),
                "{hint}"
            );
        }
        // Once more, from files of other names and in another order: nothing is new.
        let lines: Vec<String> = files
            .iter()
            .flat_map(|(_, content)| content.lines().rev().map(|line| format!("{line}\n")))
            .collect();
        place.write("again.jsonl", lines.concat());
        let again = import(&place, &["again.jsonl", "--duplicates", keep]);
        assert_eq!(again.counts[..2], [0, 0], "{again:?}");
        assert_eq!(again.counts[2] + again.counts[3], 7);
        place.ok(&["check", "p.hashiya"]);
    }
}

#[test]
fn a_row_without_marks_adds_nothing_to_one_with_them() {
    let place = Place::with_project();
    let bare = format!("{}\n", json!({"text": ALEP, "spans": []}));
    place.write("in.jsonl", [row(ALEP, "city"), bare].concat());
    let report = import(&place, &["in.jsonl"]);
    assert_eq!((report.counts, report.codes()), ([1, 1, 1, 0], vec!["present"]));
}

/// A line with an id, as somebody marked it.
fn by(annotator: &str, label: &str) -> String {
    let line = json!({"schema": "hashiya/1", "id": "a", "text": ALEP, "annotator": annotator,
        "spans": [{"start": 0, "end": 4, "label": label}]});
    format!("{line}\n")
}

fn annotators(place: &Place) -> Vec<String> {
    let name = |line: &Json| line["annotator"].as_str().unwrap_or_default().to_owned();
    place.exported().iter().map(name).collect()
}

#[test]
fn annotators_get_other_names_or_stay_out() {
    for (map, names, codes) in [
        (vec![], vec!["ana", "bot"], vec![]),
        (vec!["bot=Eva Roy"], vec!["Eva Roy", "ana"], vec![]),
        (vec!["bot=", "ana=mira"], vec!["mira"], vec!["annotator_left_out"]),
        (vec!["bot=ana"], vec!["ana"], vec!["layer_exists"]),
        (vec!["ana=x", "bot=x"], vec!["x"], vec!["layer_exists"]),
        (vec!["ana=bot", "bot=ana"], vec!["ana", "bot"], vec![]),
        (
            vec!["nobody=eva"],
            vec!["ana", "bot"],
            vec!["unused_annotator_map"],
        ),
    ] {
        let place = Place::with_project();
        place.write("in.jsonl", [by("ana", "city"), by("bot", "town")].concat());
        let options = map.iter().flat_map(|pair| ["--annotator-map", pair]);
        let arguments: Vec<&str> = ["in.jsonl"].into_iter().chain(options).collect();
        let report = import(&place, &arguments);
        assert_eq!(
            (annotators(&place), report.codes()),
            (names.iter().map(ToString::to_string).collect(), codes),
            "{map:?}"
        );
    }
    assert_eq!(
        Place::with_project().refused(&["import", "p.hashiya", ".", "--annotator-map", "ana"]),
        (2, "bad_annotator_map".to_owned())
    );
}

#[test]
fn the_hint_of_a_conflict_helps() {
    let place = Place::with_project();
    place.write("one.jsonl", by("ana", "city"));
    place.write("two.jsonl", by("ana", "town"));
    import(&place, &["one.jsonl"]);
    let report = import(&place, &["two.jsonl"]);
    let [[code, _, hint]] = report.found.as_slice() else {
        panic!("{report:?}");
    };
    assert_eq!(code, "layer_exists");
    assert!(hint.starts_with("--annotator-map \"ana=NAME\""), "{hint}");
    import(&place, &["two.jsonl", "--annotator-map", "ana=ana 2"]);
    assert_eq!(annotators(&place), ["ana", "ana 2"]);
}

#[test]
fn options_that_meet_nothing_are_told_with_what_is_there() {
    let place = Place::with_project();
    place.write("spans.jsonl", row(ALEP, "city"));
    place.write("rows.csv", "Body,Kopf\nAlep est tombée dans la nuit.,Alep\n");
    place.write("a.txt", "Homs tient.");
    for (arguments, code, words) in [
        (
            &["spans.jsonl", "--label-map", "XXX=town"][..],
            "unused_label_map",
            vec!["XXX", "city"],
        ),
        (
            &["rows.csv", "--column", "nope=Body"],
            "unused_column",
            vec!["nope=Body", "title", "Body, Kopf"],
        ),
        (
            &["a.txt", "--column", "text=Body"],
            "unused_column",
            vec!["text=Body", "CSV"],
        ),
    ] {
        let report = import(&place, arguments);
        assert_eq!(report.codes(), [code], "{arguments:?}");
        let all = report.found[0].concat();
        assert!(words.iter().all(|word| all.contains(word)), "{all}");
    }
}

#[test]
fn the_help_names_every_use_of_a_column() {
    let help = Place::with_project().ok(&["import", "--help"]);
    for what in hashiya::session::COLUMN_USES {
        assert!(help.contains(what), "{what}");
    }
}

#[test]
fn the_unit_of_positions_may_be_said_where_the_file_leaves_it_open() {
    let text = "🧕🏽 Alep";
    let spans = |from: usize, to: usize| json!([{"start": from, "end": to, "label": "city"}]);
    for (unit, from, codes) in [
        (None, 3, vec!["offset_unit_unverified"]),
        (Some("codepoint"), 3, vec![]),
        (Some("utf16"), 5, vec![]),
        (Some("byte"), 9, vec![]),
    ] {
        let place = Place::with_project();
        let line = json!({"id": "a", "text": text, "spans": spans(from, from + 4)});
        place.write_lines("in.jsonl", [line]);
        let options = unit.into_iter().flat_map(|unit| ["--offsets", unit]);
        let arguments: Vec<&str> = ["in.jsonl"].into_iter().chain(options).collect();
        let report = import(&place, &arguments);
        assert_eq!(report.codes(), codes, "{unit:?}");
        assert!(
            report.found.iter().all(|[_, _, hint]| hint.contains("--offsets")),
            "{report:?}"
        );
        assert_eq!(place.exported()[0]["spans"][0]["text"], "Alep", "{unit:?}");
    }
    // What the file says or quotes goes first.
    for line in [
        json!({"schema": "hashiya/1", "offsets": "codepoint", "id": "a", "text": text, "spans": spans(3, 7)}),
        json!({"id": "a", "text": text, "spans": [{"start": 3, "end": 7, "label": "city", "text": "Alep"}]}),
    ] {
        let place = Place::with_project();
        place.write_lines("in.jsonl", [&line]);
        import(&place, &["in.jsonl", "--offsets", "utf16"]);
        assert_eq!(place.exported()[0]["spans"][0]["text"], "Alep", "{line}");
    }
    assert_eq!(
        Place::with_project().refused(&["import", "p.hashiya", ".", "--offsets", "letters"]),
        (2, "unknown_offsets".to_owned())
    );
}

#[test]
fn a_folder_whose_format_is_named_is_read_as_if_it_was_found_out() {
    let place = Place::new();
    place.ok(&["new", "p.hashiya"]);
    place.write("in/a.txt", "Alep\nune ligne\n");
    place.write("in/a.ann", "T1\tlocation 0 4\tAlep\n");
    place.write("in/annotation.conf", "[entities]\nlocation\n");
    let named = import(&place, &["in", "--format", "brat"]);
    assert_eq!(named.codes(), Vec::<&str>::new());
    assert_eq!(labels(&place), ["location"]);
    // A file that is named itself is read as that, whatever it seems to be.
    let file = place.run(&["import", "p.hashiya", "in/a.txt", "--format", "brat"]);
    assert_eq!(file.code, 3, "{file:?}");
}

#[test]
fn a_file_that_only_goes_with_another_one_is_told_where_it_comes_alone() {
    let place = Place::with_project();
    place.write("in/a.txt", "Alep\nune ligne\n");
    place.write("in/a.ann", "T1\tlocation 0 4\tAlep\n");
    let alone = import(&place, &["in/a.txt"]);
    assert_eq!((alone.codes(), alone.counts[0]), (vec!["companion"], 0));
    assert!(alone.found[0][2].contains("their folder"), "{alone:?}");
    let together = import(&place, &["in/a.txt", "in/a.ann"]);
    assert_eq!((together.codes(), together.counts[0]), (vec![], 1));
}
