//! Casualty figures on the command line: what an expression comes to, and what tagging one leaves in the project, its
//! export, and the codebook.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value as Json, json};
use support::Place;

#[test]
fn expressions_are_read_for_people_and_for_programs() {
    let place = Place::new();
    let told = place.ok(&["quantity", "plus de 50 civils tués", "قتيلان", "rien"]);
    assert_eq!(
        told,
        "plus de 50 civils tués: killed · more than 50 · civilians\nقتيلان: killed · 2\nrien: nothing read\n"
    );
    let lines = place.ok(&[
        "quantity",
        "--json",
        "--lang",
        "es",
        "entre 10 y 15 heridos",
        "nada",
    ]);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(
        lines,
        [
            r#"{"text":"entre 10 y 15 heridos","low":10,"high":15,"kind":"injured"}"#,
            r#"{"text":"nada"}"#
        ]
    );
    assert_eq!(place.run(&["quantity"]).code, 2);
}

/// The first span of the export.
fn span(place: &Place) -> Json {
    place.exported()[0]["spans"][0].clone()
}

#[test]
fn a_tagged_figure_is_exported_unconfirmed_until_it_is_confirmed() {
    let place = Place::with_articles(&[("a", "Une frappe a tué plus de 50 civils à Alep.")]);
    let add = r#"{"command":"add_span","article":"a","ranges":[[17,34]],"label":"casualty","id":"s"}"#;
    assert_eq!(place.apply(&[], &[add]).0, 0);
    let value = json!({"kind": "killed", "low": 51, "modifier": "more_than", "who": ["civilians"]});
    let tagged = span(&place);
    assert_eq!(tagged["attributes"], json!({"quantity": value}));
    assert_eq!(tagged["unconfirmed"], json!(["quantity"]));
    let confirm = json!({"command": "set_attribute", "target": "s", "attribute": "quantity", "value": value});
    assert_eq!(place.apply(&[], &[&confirm.to_string()]).0, 0);
    assert_eq!(span(&place).get("unconfirmed"), None);
    place.ok(&["undo", "p.hashiya", "a"]);
    assert_eq!(span(&place)["unconfirmed"], json!(["quantity"]));
    place.ok(&["undo", "p.hashiya", "a"]);
    assert_eq!(place.exported()[0].get("spans"), None);
    assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
}

#[test]
fn a_codebook_says_what_vague_words_come_to_and_who_is_counted() {
    let place = Place::new();
    place.write(
        "own.toml",
        concat!(
            "[[label]]\nid = \"toll\"\ncolor = \"#b63902\"\nattributes = [{ id = \"figure\" }]\n",
            "[[attribute]]\nid = \"figure\"\ntype = \"quantity\"\nbounds = { dozens = 12 }\n",
            "choices = [{ id = \"children\" }, { id = \"teachers\", names = { fr = \"Enseignants\", en = \"Teachers\" } }]\n",
        ),
    );
    place.write(
        "a.txt",
        "Dozens of children, soldiers and teachers were killed in the raid on Friday.",
    );
    place.ok(&["new", "p.hashiya", "--codebook", "own.toml"]);
    place.ok(&["import", "p.hashiya", "a.txt"]);
    let id = place.exported()[0]["id"].as_str().unwrap().to_owned();
    let add = json!({"command": "add_span", "article": id, "ranges": [[0, 41]], "label": "toll"});
    assert_eq!(place.apply(&[], &[&add.to_string()]).0, 0);
    assert_eq!(
        span(&place)["attributes"],
        json!({"figure": {"kind": "killed", "low": 12, "modifier": "vague", "who": ["children", "teachers"]}})
    );
    assert_eq!(place.ok(&["check", "p.hashiya"]), "sound\n");
}
