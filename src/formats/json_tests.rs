//! The JSON formats of other tools against the same laws: what is written is read back, whatever breaks is told.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::generated::{Dataset, datasets, long_article};
use super::piece_ids::NamedPieces;
use super::testing::{knowing, marked, options, write_to};
use super::{Collected, Detected, Feature, Format, Severity, detect, format, read};
use crate::model::{Article, Layer};

/// The formats that are written and read.
const BOTH_WAYS: [&str; 4] = ["doccano", "labelstudio", "prodigy", "argilla"];

/// What is left of an article's layer in a format: as strings, so that a failure shows itself.
fn kept(format: &Format, article: &Article, layer: &Layer) -> Vec<String> {
    let holds = |feature: Feature| !format.cannot_hold.contains(&feature);
    let named = NamedPieces::of(layer);
    let keeps_ids = ["labelstudio", "prodigy"].contains(&format.id);
    let shown = |at: usize| {
        let piece = &named.list[at];
        let attributes = holds(Feature::Attributes).then_some(&piece.span.attributes);
        let id = keeps_ids.then_some(&piece.id);
        format!("{:?} {} {attributes:?} {id:?}", piece.range, piece.span.label)
    };
    let mut all: Vec<String> = (0..named.list.len()).map(shown).collect();
    if holds(Feature::Relations) {
        for relation in layer.relations.values() {
            let end = |span| named.first_of(span).map(shown);
            let kind = &relation.relation_type;
            all.push(format!(
                "{kind}: {:?} → {:?}",
                end(&relation.from),
                end(&relation.to)
            ));
        }
    }
    all.sort();
    all.push(format!("{:?}", layer.status));
    if holds(Feature::ArticleLabels) {
        all.push(format!("{:?}", layer.labels));
    }
    let header = &article.header;
    all.push(format!(
        "{:?} {:?} {:?} {:?}",
        article.text.as_str(),
        header.title,
        header.lang,
        header.meta
    ));
    all
}

/// What a dataset says of each article and annotator.
type Said = BTreeMap<(String, Option<String>), Vec<String>>;

fn expected(format: &Format, dataset: &Dataset) -> Said {
    let mut said = Said::new();
    for (article, layers) in dataset {
        if format.id == "doccano" && article.text.as_str().is_empty() {
            continue;
        }
        let marked: Vec<_> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
        if marked.is_empty() {
            said.insert(
                (article.id.to_string(), None),
                kept(format, article, &Layer::default()),
            );
        }
        for (annotator, layer) in marked {
            let key = (article.id.to_string(), Some(annotator.to_string()));
            said.insert(key, kept(format, article, layer));
        }
    }
    said
}

fn found(format: &Format, collected: &Collected) -> Said {
    let mut said = Said::new();
    for incoming in &collected.articles {
        let article = &incoming.article;
        if incoming.layers.is_empty() {
            said.insert(
                (article.id.to_string(), None),
                kept(format, article, &Layer::default()),
            );
        }
        for (annotator, layer) in &incoming.layers {
            let key = (
                article.id.to_string(),
                annotator.as_ref().map(ToString::to_string),
            );
            assert_eq!(
                said.insert(key.clone(), kept(format, article, layer)),
                None,
                "{key:?} is there twice"
            );
        }
    }
    said
}

fn round_trip(id: &str, dataset: &Dataset) {
    let format = format(id).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(folder.path(), format, &options(), dataset);
    let mut collected = Collected::default();
    assert!(read(format, &path, &knowing(), &mut collected).is_continue());
    let kept_out: Vec<_> = collected
        .diagnostics
        .iter()
        .filter(|found| !["splits_cluster", "empty_file"].contains(&found.code))
        .collect();
    assert!(kept_out.is_empty(), "{id}: {kept_out:?}");
    assert_eq!(found(format, &collected), expected(format, dataset), "{id}");
    let again = folder.path().join("again");
    std::fs::create_dir_all(&again).unwrap();
    let (again, _) = write_to(&again, format, &options(), dataset);
    assert_eq!(
        std::fs::read(path).unwrap(),
        std::fs::read(again).unwrap(),
        "{id} is not the same twice"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_is_written_is_read_back(dataset in datasets()) {
        for id in BOTH_WAYS {
            round_trip(id, &dataset);
        }
    }

    #[test]
    fn every_word_that_a_model_learns_is_in_the_article(dataset in datasets()) {
        for id in ["gliner", "chat"] {
            let (_folder, text) = written(id, &dataset);
            check_training(id, &text, &dataset);
        }
    }

    #[test]
    fn good_files_with_bytes_changed_are_read_or_told(
        dataset in datasets(), at in any::<prop::sample::Index>(), byte in any::<u8>(), which in 0_usize..4, cut in any::<bool>(),
    ) {
        let id = BOTH_WAYS[which];
        let (folder, text) = written(id, &dataset);
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            if cut { bytes.remove(at); } else { bytes[at] = byte; }
        }
        let path = folder.path().join("changed.json");
        std::fs::write(&path, bytes).unwrap();
        let mut collected = Collected::default();
        prop_assert!(read(format(id).unwrap(), &path, &knowing(), &mut collected).is_continue());
    }
}

#[test]
fn a_span_of_sixty_seven_thousand_characters_comes_back() {
    for id in BOTH_WAYS {
        round_trip(id, &long_article());
    }
}

fn written(id: &str, dataset: &Dataset) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(folder.path(), format(id).unwrap(), &options(), dataset);
    let text = std::fs::read_to_string(path).unwrap();
    (folder, text)
}

/// What rows of `gliner` say is in the article's tokens, and what the assistant answers is in its text.
fn check_training(id: &str, text: &str, dataset: &Dataset) {
    let rows: Vec<Json> = match id {
        "gliner" => serde_json::from_str(text).unwrap(),
        _ => text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    };
    let layers = dataset.iter().flat_map(|(article, layers)| {
        let marked: Vec<Layer> = layers
            .iter()
            .map(|(_, layer)| layer.clone())
            .filter(Layer::exists)
            .collect();
        let marked = if marked.is_empty() {
            vec![Layer::default()]
        } else {
            marked
        };
        marked.into_iter().map(move |layer| (article, layer))
    });
    let layers = layers.filter(|(article, _)| id == "gliner" || !article.text.as_str().trim().is_empty());
    let layers: Vec<_> = layers.collect();
    assert_eq!(rows.len(), layers.len());
    for (row, (article, layer)) in rows.iter().zip(layers) {
        if id == "gliner" {
            check_gliner(row, article, &layer);
        } else {
            check_chat(row, article, &layer);
        }
    }
}

fn check_gliner(row: &Json, article: &Article, layer: &Layer) {
    let tokens: Vec<&str> = row["tokenized_text"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(tokens.concat(), solid(article.text.as_str()));
    let spans = row["ner"].as_array().unwrap().iter().map(|span| {
        let at = |place: usize| usize::try_from(span[place].as_u64().unwrap()).unwrap();
        (
            tokens[at(0)..=at(1)].concat(),
            span[2].as_str().unwrap().to_owned(),
        )
    });
    let named = NamedPieces::of(layer);
    let own = named.list.iter().map(|piece| {
        (
            solid(article.text.slice(piece.range).unwrap()),
            piece.span.label.to_string(),
        )
    });
    assert_eq!(
        spans.collect::<Vec<_>>(),
        own.filter(|(words, _)| !words.is_empty()).collect::<Vec<_>>()
    );
}

fn check_chat(row: &Json, article: &Article, layer: &Layer) {
    let messages = row["messages"].as_array().unwrap();
    assert_eq!(messages[1]["content"], article.text.as_str());
    let answer: Json = serde_json::from_str(messages[2]["content"].as_str().unwrap()).unwrap();
    let spans = answer["spans"].as_array().unwrap();
    assert_eq!(spans.len(), layer.spans.len());
    for (span, own) in spans.iter().zip(layer.spans.iter()) {
        let parts = match &span["text"] {
            Json::String(part) => vec![part.as_str()],
            parts => parts
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect(),
        };
        assert_eq!(parts.join(" "), own.ranges.quote(&article.text).unwrap());
        assert!(parts.iter().all(|part| article.text.as_str().contains(part)));
    }
    assert_eq!(
        answer["relations"].as_array().unwrap().len(),
        layer.relations.len()
    );
}

fn two_spans() -> Dataset {
    vec![marked("a1", "😀 {1:actor|L’armée|1} à {2:location|Nerval|2}\r\n")]
}

#[track_caller]
fn check_bytes(id: &str, expected: &str) {
    let (_folder, text) = written(id, &two_spans());
    assert_eq!(text, expected, "{id}");
}

#[test]
fn a_small_article_is_written_so() {
    check_bytes(
        "doccano",
        "{\"id\":\"a1\",\"text\":\"\\ud83d\\ude00 L\\u2019arm\\u00e9e \\u00e0 Nerval\\r\\n\",\"label\":[[2,9,\"actor\"],[12,18,\"location\"]],\"offsets\":\"codepoint\",\"title\":\"\",\"lang\":\"\",\"annotator\":\"ana\",\"status\":\"\",\"meta\":{}}\n",
    );
    check_bytes(
        "labelstudio",
        "[\n{\"id\":1,\"data\":{\"text\":\"😀 L’armée à Nerval\\r\\n\",\"id\":\"a1\",\"title\":\"\",\"lang\":\"\",\"meta\":{}},\"annotations\":[{\"result\":[{\"id\":\"1\",\"from_name\":\"label\",\"to_name\":\"text\",\"type\":\"labels\",\"value\":{\"start\":3,\"end\":10,\"text\":\"L’armée\",\"labels\":[\"actor\"]}},{\"id\":\"2\",\"from_name\":\"label\",\"to_name\":\"text\",\"type\":\"labels\",\"value\":{\"start\":13,\"end\":19,\"text\":\"Nerval\",\"labels\":[\"location\"]}}],\"was_cancelled\":false,\"annotator\":\"ana\",\"status\":\"\"}]}\n]\n",
    );
    check_bytes(
        "prodigy",
        "{\"id\":\"a1\",\"text\":\"😀 L’armée à Nerval\\r\\n\",\"tokens\":[{\"text\":\"😀\",\"start\":0,\"end\":1,\"id\":0,\"ws\":true},{\"text\":\"L’\",\"start\":2,\"end\":4,\"id\":1,\"ws\":false},{\"text\":\"armée\",\"start\":4,\"end\":9,\"id\":2,\"ws\":true},{\"text\":\"à\",\"start\":10,\"end\":11,\"id\":3,\"ws\":true},{\"text\":\"Nerval\",\"start\":12,\"end\":18,\"id\":4,\"ws\":false},{\"text\":\"\\r\\n\",\"start\":18,\"end\":20,\"id\":5,\"ws\":false}],\"spans\":[{\"start\":2,\"end\":9,\"token_start\":1,\"token_end\":2,\"label\":\"actor\",\"text\":\"L’armée\",\"id\":\"1\"},{\"start\":12,\"end\":18,\"token_start\":4,\"token_end\":4,\"label\":\"location\",\"text\":\"Nerval\",\"id\":\"2\"}],\"relations\":[],\"answer\":\"accept\",\"title\":\"\",\"lang\":\"\",\"status\":\"\",\"_annotator_id\":\"ana\",\"meta\":{}}\n",
    );
    check_bytes(
        "gliner",
        "[\n{\"tokenized_text\":[\"😀\",\"L’\",\"armée\",\"à\",\"Nerval\"],\"ner\":[[1,2,\"actor\"],[4,4,\"location\"]],\"relations\":[],\"id\":\"a1\"}\n]\n",
    );
    check_bytes(
        "argilla",
        "[\n{\"id\":\"a1\",\"fields\":{\"text\":\"😀 L’armée à Nerval\\r\\n\"},\"metadata\":{\"offsets\":\"codepoint\",\"title\":\"\",\"lang\":\"\",\"meta\":\"{}\",\"annotator.24d4b96f-58da-8d4a-8512-313bbd02a28e\":\"ana\",\"status.24d4b96f-58da-8d4a-8512-313bbd02a28e\":\"\"},\"suggestions\":{},\"responses\":{\"spans\":[{\"value\":[{\"start\":2,\"end\":9,\"label\":\"actor\"},{\"start\":12,\"end\":18,\"label\":\"location\"}],\"user_id\":\"24d4b96f-58da-8d4a-8512-313bbd02a28e\",\"status\":\"draft\"}]},\"vectors\":{}}\n]\n",
    );
}

#[test]
fn what_is_written_is_known_by_its_content() {
    for id in BOTH_WAYS {
        let (folder, text) = written(id, &two_spans());
        for name in ["x.json", "x.jsonl"] {
            let path = folder.path().join(name);
            std::fs::write(&path, &text).unwrap();
            match detect(&path) {
                Ok(Detected::Reads(found)) => assert_eq!(found.id, id, "{name}"),
                other => panic!("{id}: {other:?}"),
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let long = "mot ".repeat(5000);
    for (line, id) in [
        (
            r#"{"schema":"hashiya/1","text":"a","label":[[0,1,"x"]]}"#.to_owned(),
            "jsonl",
        ),
        (format!(r#"{{"text":"{long}","label":[[0,3,"x"]]}}"#), "doccano"),
        (format!(r#"{{"text":"{long}","labels":["x"]}}"#), "jsonl"),
        (
            format!(r#"{{"text":"{long}","spans":[],"tokens":[]}}"#),
            "prodigy",
        ),
        (
            r#"{"text":"a","spans":[{"start":0,"end":1,"label":"x"}]}"#.to_owned(),
            "jsonl",
        ),
    ] {
        let path = folder.path().join("y.jsonl");
        std::fs::write(&path, &line).unwrap();
        assert!(
            matches!(detect(&path), Ok(Detected::Reads(found)) if found.id == id),
            "{id}: {line:.60}"
        );
    }
}

#[test]
fn files_cut_at_every_byte_give_an_article_or_a_finding() {
    for id in BOTH_WAYS {
        let (folder, text) = written(id, &two_spans());
        let path = folder.path().join("cut.json");
        for length in 0..text.len() {
            std::fs::write(&path, &text.as_bytes()[..length]).unwrap();
            let mut collected = Collected::default();
            assert!(read(format(id).unwrap(), &path, &knowing(), &mut collected).is_continue());
            let told = collected
                .diagnostics
                .iter()
                .any(|found| found.severity == Severity::Error);
            let is_whole = collected.articles.len() == 1;
            assert!(
                told || is_whole,
                "{id} cut at {length}: {:?}",
                collected.diagnostics
            );
        }
    }
}
