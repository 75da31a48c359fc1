//! Files of other tools as they really are: their quirks, their units, and what is wrong in them.

use std::path::Path;

use serde_json::Value as Json;

use crate::model::{Status, Verdict};

use super::testing::{knowing, marked, options, relate, write_to};
use super::{Collected, Detected, detect, format, read};

fn read_text(id: &str, text: impl AsRef<[u8]>) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    std::fs::write(&path, text).unwrap();
    let mut collected = Collected::default();
    assert!(read(format(id).unwrap(), &path, &knowing(), &mut collected).is_continue());
    collected
}

/// The spans as `annotator label "quote"`, and the codes of what was found.
fn shown(collected: &Collected) -> (Vec<String>, Vec<&'static str>) {
    let mut spans = Vec::new();
    for incoming in &collected.articles {
        for (annotator, layer) in &incoming.layers {
            let who = annotator.as_ref().map_or("-", |annotator| annotator.as_str());
            for span in layer.spans.iter() {
                let quote = span.ranges.quote(&incoming.article.text).unwrap();
                spans.push(format!("{who} {} {quote:?}", span.label));
            }
        }
    }
    let codes = collected.diagnostics.iter().map(|found| found.code).collect();
    (spans, codes)
}

#[test]
fn the_unit_is_put_right_for_the_whole_file_or_said_to_be_unknown() {
    let region = |start: usize, end: usize, quote: &str| {
        let quote = if quote.is_empty() {
            String::new()
        } else {
            format!(r#","text":"{quote}""#)
        };
        format!(
            r#"{{"id":"{start}","type":"labels","value":{{"start":{start},"end":{end},"labels":["place"]{quote}}}}}"#
        )
    };
    let task = |regions: &str| {
        format!(r#"[{{"data":{{"text":"😀 Alep, Homs"}},"annotations":[{{"result":[{regions}]}}]}}]"#)
    };
    let homs = r#"- place "Homs""#;
    let alep = r#"- place "Alep""#;
    for (regions, spans, codes) in [
        (region(3, 7, "Alep"), vec![alep], vec![]),
        (
            format!("{},{}", region(2, 6, "Alep"), region(8, 12, "")),
            vec![alep, homs],
            vec!["offset_unit"],
        ),
        (region(3, 7, ""), vec![alep], vec!["offset_unit_unverified"]),
    ] {
        let collected = read_text("labelstudio", task(&regions));
        assert_eq!(
            shown(&collected),
            (spans.into_iter().map(str::to_owned).collect(), codes),
            "{regions}"
        );
    }
    let row = r#"{"text":"😀 Alep","tokens":[{"text":"😀","start":0,"end":2},{"text":"Alep","start":3,"end":7}],"spans":[{"start":3,"end":7,"label":"place"}],"answer":"accept"}"#;
    assert_eq!(
        shown(&read_text("prodigy", row)),
        (vec![alep.to_owned()], vec!["offset_unit"])
    );
    let row = r#"{"text":"😀 Alep","label":[[2,6,"place"]]}"#;
    assert_eq!(
        shown(&read_text("doccano", row)),
        (vec![alep.to_owned()], vec!["offset_unit_unverified"])
    );
}

#[test]
fn label_studio_exports_come_in_as_they_are_written() {
    let task = r#"[{"id":7,"data":{"text":"L'armée\r\nquitte Nerval","source":"x"},"meta":{},
      "annotations":[
        {"id":1,"completed_by":{"id":3,"email":"ana@x"},"was_cancelled":false,"result":[
          {"id":"aa","from_name":"ner","to_name":"t","type":"labels","value":{"start":2,"end":9,"text":"armée\\n","labels":["actor","group"]}},
          {"id":"aa","from_name":"kind","to_name":"t","type":"choices","value":{"start":2,"end":9,"choices":["rebels"]}},
          {"id":"bb","from_name":"ner","to_name":"t","type":"hypertextlabels","value":{"start":"/p[1]/text()[1]","end":"/p[1]/text()[1]","globalOffsets":{"start":16,"end":22},"hypertextlabels":["place"]}},
          {"id":"cc","from_name":"relevance","to_name":"t","type":"choices","value":{"choices":["event"]}},
          {"type":"relation","from_id":"aa","to_id":"bb","direction":"left","labels":["in"]},
          {"type":"relation","from_id":"aa","to_id":"zz","direction":"right"}]},
        {"id":2,"completed_by":4,"was_cancelled":true,"result":[]}],
      "predictions":[{"model_version":"m1","score":0.5,"result":[
          {"id":"p","from_name":"ner","to_name":"t","type":"labels","value":{"start":16,"end":22,"text":"Nerval","labels":["place"]}}]}]}]"#;
    let collected = read_text("labelstudio", task);
    let (spans, codes) = shown(&collected);
    assert_eq!(
        spans,
        [
            "ana@x actor \"armée\\r\\n\"",
            "ana@x group \"armée\\r\\n\"",
            "ana@x place \"Nerval\"",
            "m1 place \"Nerval\""
        ]
    );
    assert_eq!(codes, ["dangling"]);
    let incoming = &collected.articles[0];
    assert_eq!(incoming.article.id.as_str(), "7");
    assert_eq!(incoming.article.header.meta["source"], "x");
    let states: Vec<_> = incoming
        .layers
        .iter()
        .map(|(_, layer)| layer.status.map(Status::name))
        .collect();
    assert_eq!(states, [Some("done"), Some("skipped"), None]);
    let layer = &incoming.layers[0].1;
    assert_eq!(layer.labels.len(), 1);
    let relation = layer.relations.values().next().unwrap();
    assert_eq!((relation.from.as_str(), relation.to.as_str()), ("bb", "aa"));
    assert!(layer.spans.iter().any(|span| span.attributes.len() == 1));
    let origin = &incoming.layers[2].1.spans.iter().next().unwrap().origin;
    assert_eq!(
        (origin.kind.name(), origin.name.as_deref()),
        ("model", Some("m1"))
    );
}

#[test]
fn answers_of_prodigy_say_how_an_article_stands() {
    for (answer, status, review) in [
        ("accept", "done", None),
        ("ignore", "skipped", None),
        ("reject", "in_progress", Some("changes_requested")),
    ] {
        let row = format!(
            r#"{{"text":"Alep","_input_hash":-5,"spans":[{{"start":0,"end":4,"label":"place"}}],"answer":"{answer}","_annotator_id":"db-ana"}}"#
        );
        let collected = read_text("prodigy", row);
        let (annotator, layer) = &collected.articles[0].layers[0];
        assert_eq!(annotator.as_ref().unwrap().as_str(), "db-ana");
        assert_eq!(layer.status.unwrap().name(), status);
        assert_eq!(layer.review.map(Verdict::name), review);
        assert_eq!(layer.spans.len(), 1);
        assert_eq!(layer.extra["_input_hash"].to_string(), "-5");
    }
}

#[test]
fn suggestions_of_argilla_are_a_models_layer() {
    let record = r#"[{"id":"x","status":"completed","_server_id":"1","fields":{"prompt":"Alep et Homs","n":"1"},"metadata":{"source":"y"},
      "suggestions":{"ner":{"value":[{"start":0,"end":4,"label":"place"}],"score":[0.9],"agent":"m"}},
      "responses":{"ner":[{"value":[{"start":8,"end":12,"label":"place"},{"start":8,"end":99,"label":"place"}],"user_id":"u","status":"submitted"}],
                   "about":[{"value":["a","b"],"user_id":"u","status":"submitted"}]}}]"#;
    let collected = read_text("argilla", record);
    let (spans, codes) = shown(&collected);
    assert_eq!(spans, ["u place \"Homs\"", "m place \"Alep\""]);
    assert_eq!(codes, ["bad_offsets"]);
    let incoming = &collected.articles[0];
    assert_eq!(incoming.article.header.meta["source"], "y");
    assert_eq!(incoming.layers[0].1.labels.len(), 1);
    assert_eq!(incoming.layers[0].1.status.unwrap().name(), "done");
}

#[test]
fn one_bad_record_never_stops_the_next() {
    let deep = "[".repeat(2000);
    for (id, good) in [
        ("doccano", r#"{"text":"Alep","label":[[0,4,"place"]]}"#),
        (
            "labelstudio",
            r#"{"data":{"text":"Alep"},"annotations":[{"result":[{"id":"1","type":"labels","value":{"start":0,"end":4,"labels":["place"]}}]}]}"#,
        ),
        (
            "prodigy",
            r#"{"text":"Alep","spans":[{"start":0,"end":4,"label":"place"}],"answer":"accept"}"#,
        ),
        (
            "argilla",
            r#"{"fields":{"text":"Alep"},"responses":{"spans":[{"value":[{"start":0,"end":4,"label":"place"}]}]}}"#,
        ),
    ] {
        let list = format!(
            "[7, null, {{\"text\": 5, \"data\": 5, \"fields\": 5}}, {{\"a\": {deep}{} }}, {{\"a\":1,}}, {good}, {good}]",
            "]".repeat(2000)
        );
        let collected = read_text(id, list);
        let (spans, codes) = shown(&collected);
        assert_eq!(spans, ["- place \"Alep\"", "- place \"Alep\""], "{id}: {codes:?}");
        assert_eq!(codes.len(), 5, "{id}: {codes:?}");
        assert!(
            codes.contains(&"too_deep") && codes.contains(&"bad_json"),
            "{codes:?}"
        );
        let utf16: Vec<u8> = format!("\u{feff}[{good}]")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let (spans, codes) = shown(&read_text(id, utf16));
        assert_eq!((spans.len(), codes), (1, vec!["encoding"]), "{id}");
    }
}

#[test]
fn a_fault_of_a_record_of_many_lines_names_its_own_line() {
    let broken = "[\n {\n  \"text\": \"é\",\n  \"text\": 1\n },\n {\n  \"text\": \"é\", é\n }\n]";
    let places = read_text("doccano", broken).diagnostics;
    let places: Vec<_> = places
        .iter()
        .map(|found| (found.code, found.line, found.column))
        .collect();
    assert_eq!(
        places,
        [
            ("duplicate_key", Some(4), Some(3)),
            ("bad_json", Some(7), Some(16))
        ]
    );
}

fn written(dataset: &super::generated::Dataset) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(folder.path(), format("doccano").unwrap(), &options(), dataset);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn several_rows_of_doccano_have_the_same_keys_whatever_they_hold() {
    let mut dataset = vec![
        marked("a1", "{1:actor|un|1} {2:actor|deux|2}"),
        marked("a2", "rien"),
        marked("a3", ""),
    ];
    let text = written(&dataset);
    assert!(text.lines().count() == 2 && !text.contains("entities"), "{text}");
    relate(&mut dataset[0].1[0].1, "9", "in", "2", "1");
    let text = written(&dataset);
    let keys = |line: &str| -> Vec<String> {
        let row: Json = serde_json::from_str(line).unwrap();
        row.as_object().unwrap().keys().cloned().collect()
    };
    let all: Vec<_> = text.lines().map(keys).collect();
    assert_eq!(all[0], all[1]);
    assert!(
        text.contains(r#""relations":[{"id":9,"from_id":2,"to_id":1,"type":"in"}]"#),
        "{text}"
    );
    assert!(text.is_ascii());
}

#[test]
fn a_config_declares_what_the_codebook_lacks() {
    let dataset = vec![marked("a1", "{1:\"<&>\" é|un|1}")];
    let folder = tempfile::tempdir().unwrap();
    let (path, found) = write_to(
        folder.path(),
        format("labelstudio").unwrap(),
        &options(),
        &dataset,
    );
    assert_eq!(found, []);
    let config: &Path = &path.with_file_name("dataset.config.xml");
    let xml = std::fs::read_to_string(config).unwrap();
    assert!(
        xml.contains(r#"<Label value="&quot;&lt;&amp;&gt;&quot; é"/>"#),
        "{xml}"
    );
    assert!(matches!(detect(config), Ok(Detected::Companion(format)) if format.id == "labelstudio"));
}

#[test]
fn ids_given_twice_and_ends_that_are_not_there_are_told() {
    for (id, record) in [
        (
            "doccano",
            r#"{"text":"Alep Homs","entities":[{"id":1,"start_offset":0,"end_offset":4,"label":"place"},{"id":1,"start_offset":5,"end_offset":9,"label":"place"}],"relations":[{"id":1,"from_id":1,"to_id":2,"type":"near"}]}"#,
        ),
        (
            "prodigy",
            r#"{"text":"Alep Homs","answer":"accept","spans":[{"id":1,"start":0,"end":4,"label":"place"},{"id":1,"start":5,"end":9,"label":"place"}],"relations":[{"head_span":{"start":0,"end":4,"label":"place"},"child_span":{"start":5,"end":8,"label":"place"},"label":"near"}]}"#,
        ),
    ] {
        let (spans, codes) = shown(&read_text(id, record));
        assert_eq!(spans, ["- place \"Alep\""], "{id}");
        assert_eq!(codes, ["duplicate_id", "dangling"], "{id}");
    }
}

#[test]
fn bytes_of_another_encoding_keep_one_record_out() {
    for (id, good, bad) in [
        (
            "doccano",
            r#"{"text":"Alep","label":[[0,4,"place"]]}"#,
            r#"{"text":"#,
        ),
        (
            "argilla",
            r#"{"fields":{"text":"Alep"},"responses":{"ner":[{"value":[{"start":0,"end":4,"label":"place"}]}]}}"#,
            r#"{"fields":{"text":"#,
        ),
    ] {
        let closing = if id == "argilla" { "}}" } else { "}" };
        let mut bytes = format!("[{bad}\"").into_bytes();
        bytes.extend_from_slice(b"\xe9t\xe9");
        bytes.extend_from_slice(format!("\"{closing},{good}]").as_bytes());
        let (spans, codes) = shown(&read_text(id, bytes));
        assert_eq!((spans.len(), codes), (1, vec!["invalid_utf8"]), "{id}");
    }
}

#[test]
fn an_empty_file_and_an_empty_list_are_said_to_be_empty() {
    for id in ["doccano", "labelstudio", "prodigy", "argilla"] {
        for text in ["", "[]", " \n\n"] {
            let (spans, codes) = shown(&read_text(id, text));
            assert_eq!((spans.len(), codes), (0, vec!["empty_file"]), "{id} {text:?}");
        }
    }
}

#[test]
fn a_task_over_many_lines_is_one_task() {
    let task = "{\n \"data\": {\"text\": \"Alep\"},\n \"annotations\": [\n  {\"result\": [{\"id\": \"1\", \"type\": \"labels\", \"value\": {\"start\": 0, \"end\": 4, \"labels\": [\"place\"]}}]}\n ]\n}\n";
    assert_eq!(
        shown(&read_text("labelstudio", task)),
        (vec!["- place \"Alep\"".to_owned()], vec![])
    );
}

#[test]
fn doccano_comments_are_notes_and_classes_are_metadata() {
    let row = r#"{"id":3,"text":"Alep","label":["war","x"],"Comments":["sûr ?"],"topic":"a"}"#;
    let collected = read_text("doccano", row);
    let incoming = &collected.articles[0];
    assert_eq!(incoming.article.id.as_str(), "3");
    assert_eq!(incoming.layers[0].1.notes.len(), 1);
    let meta = Json::Object(incoming.article.header.meta.clone()).to_string();
    assert_eq!(meta, r#"{"label":["war","x"],"topic":"a"}"#);
}

#[test]
fn a_line_with_spans_says_whose_they_are() {
    let row = r#"{"text":"Alep","spans":[{"start":0,"end":4,"label":"place"}],"annotator":"ana"}"#;
    let collected = read_text("jsonl", row);
    assert_eq!(shown(&collected).0, [r#"ana place "Alep""#]);
    assert!(collected.articles[0].article.header.meta.is_empty());
    // Where nothing is marked, or no name stands there, it is known of the article.
    for kept in [
        r#"{"text":"Alep","spans":[],"annotator":"ana"}"#,
        r#"{"text":"Alep","annotator":"ana"}"#,
        r#"{"text":"Alep","spans":[{"start":0,"end":4,"label":"place"}],"annotator":7}"#,
        r#"{"text":"Alep","label":[[0,4,"place"]],"annotator":"ana"}"#,
    ] {
        let collected = read_text("jsonl", kept);
        assert!(
            collected.articles[0]
                .article
                .header
                .meta
                .contains_key("annotator"),
            "{kept}"
        );
        assert!(
            collected.articles[0]
                .layers
                .iter()
                .all(|(annotator, _)| annotator.is_none()),
            "{kept}"
        );
    }
}
