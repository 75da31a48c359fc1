//! Lines of other tools, in the shapes that they really write.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "what cannot be made is a failed test, also in a helper"
)]

mod formats_common;

use formats_common::{read_str, write_read};

/// The marks of one line as `label "quote"`. Where an emoji stands and nothing is quoted, the unit is doubted.
fn marks(line: &str) -> Vec<String> {
    let read = read_str(line);
    let told = read.diagnostics.iter().map(|found| found.code);
    let is_doubted = line.contains('😀') && line.matches(r#""text":"#).count() == 1;
    assert!(told.eq(is_doubted.then_some("offset_unit_unverified")), "{line}");
    let incoming = &read.articles[0];
    let layers = incoming.layers.iter().flat_map(|(_, layer)| layer.spans.iter());
    layers
        .map(|span| {
            format!(
                "{} {:?}",
                span.label,
                span.ranges.quote(&incoming.article.text).unwrap()
            )
        })
        .collect()
}

#[test]
fn spans_are_understood_in_the_usual_shapes() {
    const TEXT: &str = "😀 L’armée quitte Nerval";
    for spans in [
        r#""spans":[{"start":4,"end":9,"label":"actor"},{"start":17,"end":23,"label":"location"}]"#,
        r#""spans":[{"start":4,"end":9,"label":"actor","token_start":1,"token_end":1,"text":"armée"},{"start":17,"end":23,"label":"location"}],"answer":"accept""#,
        r#""label":[[4,9,"actor"],[17,23,"location"]]"#,
        r#""labels":[[4,9,"actor"],[17,23,"location"]]"#,
        r#""label":[{"start_offset":4,"end_offset":9,"label":"actor"},{"start_offset":17,"end_offset":23,"label":"location"}]"#,
        r#""entities":[[4,9,"actor"],[17,23,"location"]]"#,
        r#""entities":[{"id":7,"start_offset":4,"end_offset":9,"label":"actor"},{"id":8,"start_offset":17,"end_offset":23,"label":"location"}]"#,
        r#""entities":[{"start":4,"end":9,"label":"actor"}],"spans":[[17,23,"location"]]"#,
    ] {
        let line = format!(r#"{{"text":"{TEXT}",{spans}}}"#);
        assert_eq!(
            marks(&line),
            [r#"actor "armée""#, r#"location "Nerval""#],
            "{spans}"
        );
    }
}

#[test]
fn spans_of_which_one_is_faulty_are_told_and_not_kept_as_metadata() {
    for (spans, whole) in [
        (r#""spans":[{"end":5,"label":"actor"}]"#, 0),
        (
            r#""spans":[{"end":5,"label":"actor"},{"start":6,"end":12,"label":"location"}]"#,
            1,
        ),
        (r#""entities":[[0,"actor"],[6,12,"location"]]"#, 1),
    ] {
        let read = read_str(&format!(r#"{{"text":"armée Nerval",{spans}}}"#));
        let kept = read.articles[0].layers.iter().map(|(_, layer)| layer.spans.len());
        assert_eq!(
            (kept.sum::<usize>(), read.diagnostics.len()),
            (whole, 1),
            "{spans}"
        );
        assert!(read.articles[0].article.header.meta.is_empty(), "{spans}");
    }
}

#[test]
fn a_line_that_says_what_it_counts_in_is_taken_at_its_word() {
    for (offsets, start, end) in [
        (r#""utf16""#, 3, 7),
        (r#""byte""#, 5, 9),
        (r#""codepoint""#, 2, 6),
        ("[[0,1]]", 2, 6),
    ] {
        let span = format!(r#"{{"start":{start},"end":{end},"label":"place","text":"Alep"}}"#);
        let line = format!(r#"{{"text":"😀 Alep","offsets":{offsets},"spans":[{span}]}}"#);
        assert_eq!(marks(&line), [r#"place "Alep""#], "{offsets}");
    }
}

#[test]
fn what_another_key_called_offsets_holds_does_not_hide_the_unit() {
    let read = read_str(
        r#"{"text":"😀 Alep","offsets":[[0,1]],"spans":[{"start":3,"end":7,"label":"place","text":"Alep"}]}"#,
    );
    let codes: Vec<_> = read.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["offset_unit"]);
    assert_eq!(read.articles[0].layers[0].1.spans.len(), 1);
}

#[test]
fn doccano_relations_come_with_their_entities() {
    let line = r#"{"text":"armée Nerval","entities":[{"id":7,"start_offset":0,"end_offset":5,"label":"actor"},{"id":8,"start_offset":6,"end_offset":12,"label":"location"}],"relations":[{"id":1,"from_id":7,"to_id":8,"type":"in"}]}"#;
    let read = read_str(line);
    assert_eq!(read.diagnostics, []);
    let layer = &read.articles[0].layers[0].1;
    let relation = layer.relations.values().next().unwrap();
    assert_eq!(
        (
            relation.from.as_str(),
            relation.to.as_str(),
            relation.relation_type.as_str()
        ),
        ("7", "8", "in")
    );
}

#[test]
fn every_other_key_is_metadata_and_keeps_its_order_and_literals() {
    for (line, meta) in [
        (
            r#"{"z":1.0,"text":"a","source":"La Gazette","n":null,"score":1e5}"#,
            r#"{"z":1.0,"source":"La Gazette","n":null,"score":1e5}"#,
        ),
        (r#"{"text":"a","meta":{"b":1},"c":2}"#, r#"{"b":1,"c":2}"#),
        (
            r#"{"text":"a","meta":{"c":1},"c":2}"#,
            r#"{"meta":{"c":1},"c":2}"#,
        ),
        (
            r#"{"text":"a","label":"war","labels":["x","y"],"spans":"none"}"#,
            r#"{"label":"war","labels":["x","y"],"spans":"none"}"#,
        ),
        (
            r#"{"text":"a","relations":[{"head":0,"child":1}],"lang":7,"language":"French"}"#,
            r#"{"relations":[{"head":0,"child":1}],"lang":7,"language":"French"}"#,
        ),
        (
            r#"{"text":"a","schema":"other","$serde_json::private::Number":"1"}"#,
            r#"{"schema":"other","$serde_json::private::Number":"1"}"#,
        ),
    ] {
        let read = read_str(line);
        assert_eq!(read.diagnostics, []);
        let header = &read.articles[0].article.header;
        assert_eq!(serde_json::Value::Object(header.meta.clone()).to_string(), meta);
    }
}

#[test]
fn id_title_and_language_are_taken_or_found() {
    let story = "Plus de 50 civils auraient été tués dans la nuit de mardi à mercredi près de Nerval";
    let derived = format!("a-{}", &hashiya::model::Sha256::of(story).hex()[..24]);
    for (keys, id, title, lang) in [
        (r#""id":"x","title":"T","lang":"ar""#, "x", "T", "ar"),
        (r#""id":5,"title":null,"language":"fr-CA""#, "5", story, "fr-CA"),
        (r#""id":null,"title":"  ""#, derived.as_str(), story, "fr"),
    ] {
        let read = read_str(&format!(r#"{{"text":"{story}",{keys}}}"#));
        assert_eq!(read.diagnostics, []);
        let article = &read.articles[0].article;
        assert_eq!(article.id.as_str(), id);
        assert_eq!(article.header.title.as_deref(), Some(title));
        assert_eq!(article.header.lang.as_deref(), Some(lang));
    }
}

#[test]
fn the_same_line_gives_the_same_ids_each_time_and_no_two_spans_share_one() {
    let line = r#"{"text":"aa bb","label":[[0,2,"L"],[0,2,"L"],[3,5,"L"]]}"#;
    let first = read_str(line);
    assert_eq!(first.articles[0].layers[0].1.spans.len(), 3);
    assert_eq!(first.articles, read_str(line).articles);
    let origin = &first.articles[0].layers[0].1.spans.iter().next().unwrap().origin;
    assert_eq!(
        (origin.kind.name(), origin.name.as_deref()),
        ("import", Some("test"))
    );
}

#[test]
fn what_came_from_another_tool_keeps_to_the_law_from_then_on() {
    let line = r#"{"text":"😀 Nerval","id":3,"label":[[2,8,"place"]],"z":1e5,"a":{"b":-0}}"#;
    let written = write_read(&read_str(line));
    assert_eq!(write_read(&read_str(&written)), written);
    assert!(written.contains(r#""meta":{"z":1e5,"a":{"b":-0}}"#), "{written}");
}
