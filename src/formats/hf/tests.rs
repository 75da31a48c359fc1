//! Datasets: what is written, round trips, and files of others.

use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use proptest::prelude::*;

use super::super::generated::{Dataset, datasets, long_article};
use super::super::parquet_rows::{ParquetFile, row_json};
use super::super::registry::DatasetWriter;
use super::super::testing::{Plain, knowing, marked, options, read_from, write_to};
use super::super::{Collected, Detected, Incoming, detect, format, read};
use super::{FORMAT, write::Writer};
use crate::model::{Annotator, Article, Layer};

/// Reads files of a dataset, each with its name; gives the articles as `text: label=words …`, and the codes.
#[track_caller]
fn read_files(files: &[(&str, &str)]) -> (Vec<String>, Vec<&'static str>, Collected) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let read = read_from(folder.path(), &knowing());
    let codes = read.diagnostics.iter().map(|found| found.code).collect();
    (read.articles.iter().map(shown).collect(), codes, read)
}

fn shown(incoming: &Incoming) -> String {
    let text = &incoming.article.text;
    let spans = incoming.layers.iter().flat_map(|(_, layer)| layer.spans.iter());
    let spans = spans.map(|span| format!(" {}={}", span.label, span.ranges.quote(text).unwrap()));
    format!("{}:{}", text.as_str(), spans.collect::<String>())
}

/// What a dataset says of an article and an annotator, less what the format cannot hold.
fn kept(article: &Article, annotator: Option<&Annotator>, layer: &Layer) -> String {
    let spans = layer.spans.iter().map(|span| {
        let attributes = &span.attributes;
        format!("{} {} {:?} {attributes:?}", span.id, span.label, span.ranges)
    });
    format!(
        "{article:?} {annotator:?} {:?} {:?}",
        layer.status,
        spans.collect::<Vec<_>>()
    )
}

fn expected(dataset: &Dataset) -> Vec<String> {
    let mut all = Vec::new();
    for (article, layers) in dataset {
        let marked: Vec<_> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
        if marked.is_empty() {
            all.push(kept(article, None, &Layer::default()));
        }
        all.extend(
            marked
                .into_iter()
                .map(|(annotator, layer)| kept(article, Some(annotator), layer)),
        );
    }
    all
}

fn found(read: &Collected) -> Vec<String> {
    let mut all = Vec::new();
    for incoming in &read.articles {
        if incoming.layers.is_empty() {
            all.push(kept(&incoming.article, None, &Layer::default()));
        }
        let layers = incoming.layers.iter();
        all.extend(layers.map(|(annotator, layer)| kept(&incoming.article, annotator.as_ref(), layer)));
    }
    all
}

#[test]
fn a_folder_has_a_card_and_a_file_of_rows() {
    let folder = tempfile::tempdir().unwrap();
    let articles = [
        marked("a", "La {1:actor|famille 👨‍👩‍👧|1} de {2:other thing|حلب|2}"),
        marked("b", ""),
        marked(
            "c",
            "{1:actor|la {2:location|Syrie|1} et|2} {3:actor|un|3} et {3|deux|3}",
        ),
    ];
    let (path, said) = write_to(folder.path(), &FORMAT, &options(), &articles);
    let codes: Vec<_> = said.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["only_in_spans"]);
    let card = std::fs::read_to_string(path.join("README.md")).unwrap();
    assert!(
        card.contains("\"B-other thing\"") && card.contains("path: data/train-*"),
        "{card}"
    );
    let bytes = std::fs::read(path.join("data/train-00000-of-00001.parquet")).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    let read = read_from(&path, &knowing());
    assert_eq!(read.diagnostics, []);
    assert_eq!(found(&read), expected(&articles.to_vec()));
}

#[test]
fn a_large_dataset_has_several_files_that_say_how_many_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Box::new(Writer::new(
        Box::new(Plain(folder.path().to_owned(), false)),
        &options(),
    ));
    writer.shard_bytes = 100;
    let words = "mot ".repeat(10);
    for (split, count) in [("train", 5), ("dev", 1)] {
        writer.enter_split(split);
        for number in 0..count {
            let (article, layers) = marked(
                &format!("{split}{number}"),
                &format!("{words}{{1:actor|X|1}} {number}"),
            );
            writer.article(&article, &layers).unwrap();
        }
    }
    writer.finish().unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder.path().join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "dev-00000-of-00001.parquet",
            "train-00000-of-00003.parquet",
            "train-00001-of-00003.parquet",
            "train-00002-of-00003.parquet"
        ]
    );
    let read = read_from(folder.path(), &knowing());
    let splits = read.articles.iter().map(|one| {
        let split = one.article.header.meta["split"].as_str().unwrap();
        format!("{split} {}", one.article.id)
    });
    assert_eq!(
        splits.collect::<Vec<_>>(),
        [
            "dev dev0",
            "train train0",
            "train train1",
            "train train2",
            "train train3",
            "train train4"
        ]
    );
    assert!(read.diagnostics.iter().all(|found| found.code == "split"));
}

#[test]
fn rows_go_to_disk_group_by_group_and_are_read_without_their_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Box::new(Writer::new(
        Box::new(Plain(folder.path().to_owned(), false)),
        &options(),
    ));
    writer.group_bytes = 5_000;
    let words = "حلب ".repeat(40);
    let articles: Vec<_> = (0..30)
        .map(|number| marked(&number.to_string(), &format!("{words}{{1:actor|X|1}} {number}")))
        .collect();
    for (article, layers) in &articles {
        writer.article(article, layers).unwrap();
    }
    writer.finish().unwrap();
    let path = folder.path().join("data/train-00000-of-00001.parquet");
    let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    assert!((5..30).contains(&reader.metadata().num_row_groups()));
    assert_eq!(found(&read_from(folder.path(), &knowing())), expected(&articles));
    let file = ParquetFile::open(&path).unwrap();
    assert!(file.is_own());
    let rows = file.rows_without(&["tokens", "ner_tags"]).unwrap();
    let rows: Vec<_> = rows.map(|row| row_json(row.unwrap().1)).collect();
    assert_eq!(rows.len(), articles.len());
    assert!(
        rows.iter()
            .all(|row| !row.contains_key("tokens") && row["text"].is_string())
    );
}

#[test]
fn tokens_with_tags_become_a_text_with_spans() {
    let card = "---\nlicense: mit\ndataset_info:\n- config_name: x\n  features:\n  - name: ner_tags\n    sequence:\n      class_label:\n        names:\n          '0': O\n          '1': B-LOC\n          '2': I-LOC\n---\n# Words\n";
    let row = r#"{"id":"7","tokens":["À","Tel","Aviv",",","l'","ONU"],"pos_tags":[1,2,3,4,5,6],"ner_tags":[0,1,2,0,0,1],"source":"x"}"#;
    let (articles, codes, read) = read_files(&[("README.md", card), ("data/train.jsonl", row)]);
    assert_eq!(articles, ["À Tel Aviv, l'ONU: LOC=Tel Aviv LOC=ONU"]);
    assert_eq!(codes, ["text_rebuilt", "columns_left_out"]);
    let article = &read.articles[0].article;
    assert_eq!(
        (article.id.as_str(), &article.header.meta["source"]),
        ("7", &"x".into())
    );
    // Without the names nothing is guessed.
    let (articles, codes, _) = read_files(&[("train.jsonl", row)]);
    assert_eq!(articles, ["À Tel Aviv, l'ONU:"]);
    assert_eq!(codes, ["text_rebuilt", "label_names_missing", "columns_left_out"]);
}

#[test]
fn every_way_of_tagging_is_read() {
    for (tags, told) in [
        (r#"["B-PER","I-PER","B-PER","O","B-LOC"]"#, None),
        (r#"["I-PER","I-PER","B-PER","O","I-LOC"]"#, Some("tag_scheme")),
        (r#"["B-PER","E-PER","S-PER","O","S-LOC"]"#, Some("tag_scheme")),
        (r#"["B-PER","I-PER","B-PER","O","I-LOC"]"#, Some("broken_tags")),
    ] {
        let row = format!(r#"{{"words":["Bob","Lee","Ann","in","Oslo"],"labels":{tags}}}"#);
        let (articles, codes, _) = read_files(&[("a.json", &row)]);
        assert_eq!(
            articles,
            ["Bob Lee Ann in Oslo: PER=Bob Lee PER=Ann LOC=Oslo"],
            "{tags}"
        );
        assert_eq!(
            codes.iter().find(|code| **code != "text_rebuilt").copied(),
            told,
            "{tags}"
        );
    }
    let bare = r#"{"tokens":["Bob","Lee","in","New","York"],"tags":["PER","PER","O","art-film","LOC"]}"#;
    let (articles, codes, _) = read_files(&[("a.jsonl", bare)]);
    assert_eq!(
        articles,
        ["Bob Lee in New York: PER=Bob Lee art-film=New LOC=York"]
    );
    assert_eq!(codes, ["tag_scheme", "text_rebuilt"]);
}

#[test]
fn tokens_are_put_on_the_text_where_they_are_its_words() {
    let row = |text: &str| {
        format!(r#"{{"text":"{text}","tokens":["Bob","Lee","."],"ner_tags":["B-PER","I-PER","O"]}}"#)
    };
    let (articles, codes, _) = read_files(&[("a.jsonl", &row("Bob  Lee ."))]);
    assert_eq!(
        (articles, codes),
        (vec!["Bob  Lee .: PER=Bob  Lee".to_owned()], vec![])
    );
    let (articles, codes, read) = read_files(&[("a.jsonl", &row("Rob Lee."))]);
    assert_eq!(articles, ["Bob Lee.: PER=Bob Lee"]);
    assert_eq!(codes, ["text_rebuilt", "tokens_unlike_text"]);
    assert_eq!(read.articles[0].article.header.meta["text"], "Rob Lee.");
}

#[test]
fn spans_are_read_in_either_shape_and_their_unit_is_put_right() {
    let lists = r#"{"text":"😀 Alep","entities":{"start":[3],"end":[7],"label":["LOC"],"text":["Alep"],"score":[0.5]}}"#;
    let (articles, codes, read) = read_files(&[("a.jsonl", lists)]);
    assert_eq!(
        (articles, codes),
        (vec!["😀 Alep: LOC=Alep".to_owned()], vec!["offset_unit"])
    );
    let span = read.articles[0].layers[0].1.spans.iter().next().unwrap();
    assert_eq!(span.extra["score"].to_string(), "0.5");
    let objects =
        r#"{"sentence":"Alep et Homs","spans":[{"start":0,"end":4,"type":0},{"start":8,"end":12,"type":9}]}"#;
    let card = "---\ndataset_info:\n  features:\n  - name: spans\n    list:\n    - name: type\n      dtype:\n        class_label:\n          names:\n            '0': city\n---\n";
    let (articles, codes, _) = read_files(&[("README.md", card), ("a.json", &format!("[{objects}]"))]);
    assert_eq!(articles, ["Alep et Homs: city=Alep 9=Homs"]);
    assert_eq!(codes, ["label_names_missing"]);
    let of_tokens =
        r#"{"tokens":["Alep","a"],"tags":["O","O"],"entities":[{"start":0,"end":1,"type":"LOC"}]}"#;
    let (_, codes, read) = read_files(&[("a.jsonl", of_tokens)]);
    assert_eq!(codes, ["text_rebuilt", "spans_without_text"]);
    assert!(read.articles[0].article.header.meta.contains_key("entities"));
    let torn = r#"{"text":"Alep","entities":{"start":[0,1],"end":[4],"label":["LOC"]}}"#;
    let (articles, codes, _) = read_files(&[("a.jsonl", torn)]);
    assert_eq!((articles, codes), (vec!["Alep:".to_owned()], vec!["bad_span"]));
}

#[test]
fn the_parts_of_a_dataset_are_told_apart_and_their_numbers_are_no_ids() {
    let rows = |tag: &str| {
        let row = |id, word| format!(r#"{{"id":"{id}","tokens":["{word}","{tag}"],"tags":["B-A","O"]}}"#);
        format!("{}\n{}\n", row(0, "un"), row(1, "deux"))
    };
    let (_, codes, read) = read_files(&[("dev.jsonl", &rows("x")), ("train.jsonl", &rows("y"))]);
    assert_eq!(codes, ["text_rebuilt", "split", "text_rebuilt", "split"]);
    let shown = read.articles.iter().map(|one| {
        let meta = &one.article.header.meta;
        assert!(one.article.id.as_str().starts_with("a-"));
        format!("{} {}", meta["split"], meta["row"])
    });
    let expected = [
        r#""validation" "0""#,
        r#""validation" "1""#,
        r#""train" "0""#,
        r#""train" "1""#,
    ];
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn ids_as_large_as_can_be_are_ids() {
    let row = |id: &str| format!(r#"{{"id":{id},"tokens":["Alep"],"tags":["B-LOC"]}}"#);
    let rows = [row("18446744073709551615"), row("\"0\"")].join("\n");
    let (_, _, read) = read_files(&[("a.jsonl", &rows)]);
    assert_eq!(read.articles[1].article.id.as_str(), "0");
}

#[test]
fn one_bad_row_never_stops_the_next() {
    let good = r#"{"tokens":["Alep"],"tags":["B-LOC"]}"#;
    let rows = [
        good,
        r#"{"tokens":["Alep","x"],"tags":["B-LOC"]}"#,
        r#"{"tokens":[],"tags":[]}"#,
        "[]",
        "{",
        r#"{"tokens":["Homs"],"tags":[7]}"#,
        r#"{"tokens":["Homs","a"],"tags":["B-LOC","Z"]}"#,
        good,
    ];
    let (articles, codes, _) = read_files(&[("a.jsonl", &rows.join("\n"))]);
    assert_eq!(
        articles,
        [
            "Alep: LOC=Alep",
            "Alep x:",
            "Homs:",
            "Homs a: LOC=Homs",
            "Alep: LOC=Alep"
        ]
    );
    assert_eq!(
        codes,
        [
            "tags_do_not_match",
            "no_text",
            "not_an_object",
            "cut_line",
            "text_rebuilt",
            "label_names_missing",
            "bad_tag"
        ]
    );
}

#[test]
fn what_is_not_a_dataset_is_left_to_others() {
    for (name, content, expected) in [
        ("a.jsonl", r#"{"text":"a","label":[[0,1,"x"]]}"#, "doccano"),
        (
            "a.jsonl",
            r#"{"text":"a","tokens":[{"text":"a","start":0,"end":1,"id":0}],"spans":[]}"#,
            "prodigy",
        ),
        (
            "a.jsonl",
            r#"{"text":"a","spans":[{"start":0,"end":1,"label":"x"}]}"#,
            "jsonl",
        ),
        ("a.jsonl", r#"{"text":"a","labels":[0,1]}"#, "jsonl"),
        (
            "a.jsonl",
            r#"{"text":"a","tokens":["a"],"ner_tags":[0],"spans":[]}"#,
            "hf",
        ),
        ("a.jsonl", r#"{"tokens":["a"],"tags":["O"]}"#, "hf"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let Ok(Detected::Reads(found)) = detect(&path) else {
            panic!("{content}")
        };
        assert_eq!(found.id, expected, "{content}");
    }
}

fn claimed(path: &Path) -> &'static str {
    match detect(path).unwrap() {
        Detected::Reads(found) => found.id,
        Detected::Companion(_) => "companion",
    }
}

#[test]
fn tables_and_datasets_in_parquet_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let articles = [marked("a", "{1:actor|X|1}")];
    let (table, _) = write_to(folder.path(), format("parquet").unwrap(), &options(), &articles);
    let (dataset, _) = write_to(folder.path(), &FORMAT, &options(), &articles);
    assert_eq!(claimed(&table), "parquet");
    assert_eq!(claimed(&dataset.join("data/train-00000-of-00001.parquet")), "hf");
    assert_eq!(claimed(&dataset.join("README.md")), "companion");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_written_comes_back(dataset in datasets()) {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = write_to(folder.path(), &FORMAT, &options(), &dataset);
        let read = read_from(&path, &knowing());
        let kept_out: Vec<_> = read.diagnostics.iter().filter(|found| found.code != "splits_cluster").collect();
        prop_assert!(kept_out.is_empty(), "{:?}", kept_out);
        prop_assert_eq!(found(&read), expected(&dataset));
        let again = folder.path().join("again");
        std::fs::create_dir_all(&again).unwrap();
        let (again, _) = write_to(&again, &FORMAT, &options(), &dataset);
        for name in ["README.md", "data/train-00000-of-00001.parquet"] {
            prop_assert!(std::fs::read(path.join(name)).unwrap() == std::fs::read(again.join(name)).unwrap());
        }
    }

    #[test]
    fn rows_of_chance_never_panic(text in r#"[\[\]{}",:0-9a-zB\-I tokensage]{0,80}"#, broken in prop::collection::vec((0_usize..140, any::<u8>()), 0..4)) {
        let mut row = format!(r#"{{"text":"😀 a","tokens":["a","b"],"ner_tags":[0,1],"spans":{{"start":[{text}],"end":[1],"label":["x"]}}}}"#).into_bytes();
        for (at, byte) in broken {
            if let Some(place) = row.get_mut(at) {
                *place = byte;
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, row).unwrap();
        let mut collected = Collected::default();
        prop_assert!(read(&FORMAT, &path, &knowing(), &mut collected).is_continue());
        prop_assert!(!collected.articles.is_empty() || !collected.diagnostics.is_empty());
    }
}

#[test]
fn a_span_of_67_000_characters_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let articles = long_article();
    let (path, _) = write_to(folder.path(), &FORMAT, &options(), &articles);
    assert_eq!(found(&read_from(&path, &knowing())), expected(&articles));
}

/// A span of another tool may have keys that the project's own lines have with another meaning.
#[test]
fn a_key_of_a_span_that_is_taken_is_kept_under_another_name() {
    let row = r#"{"text":"Alep tient","spans":[{"start":0,"end":4,"label":"location","origin":"web","created":1,"score":2}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.jsonl");
    std::fs::write(&path, row).unwrap();
    let mut found = Collected::default();
    assert!(read(format("hf").unwrap(), &path, &knowing(), &mut found).is_continue());
    let (_, layer) = &found.articles[0].layers[0];
    let span = layer.spans.iter().next().unwrap();
    let extra = serde_json::Value::Object(span.extra.clone()).to_string();
    assert_eq!(extra, r#"{"score":2,"origin_":"web","created_":1}"#);
}
