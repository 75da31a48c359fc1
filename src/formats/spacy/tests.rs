//! The `DocBin` read back: exact bytes, every span of articles that are known to break readers, and what is said.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::super::flat::flat_choice;
use super::super::generated::{Dataset, datasets, long_article};
use super::super::piece_ids::NamedPieces;
use super::super::testing::{marked, options, options_for, write_to};
use super::super::{Diagnostic, WriteOptions};
use super::FORMAT;
use super::murmur::hash64;
use super::strings::Strings;
use super::unpacked::{Packed, Unpacked, hex};
use crate::formats::codebook_toml::default_codebook;
use crate::model::{Annotator, Article, AttributeId, Layer, Status, Value};

/// The file's `MessagePack`, and what the writer said.
fn written(options: &WriteOptions, dataset: &Dataset) -> (Vec<u8>, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    let (path, found) = write_to(folder.path(), &FORMAT, options, dataset);
    let mut bytes = Vec::new();
    ZlibDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    (bytes, found)
}

/// What `DocBin(attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"], docs=…, store_user_data=True)` of spaCy 3.8.18
/// writes of the same documents, unpacked.
const OF_SPACY: &str = "
    8aa776657273696f6ea3302e31a5617474727395414d4ecd01c4cd01c6a6746f6b656e73c4c851221721ee2b6f5e0300000000000000
    bb04e1d8137400600000000000000000631dcf4b2c32cb4cd14472fb3a2c16b10100000000000000bb04e1d813740060000000000000
    0000631dcf4b2c32cb4cacb2dd271b0ebe1e0200000000000000000000000000000000000000000000000000000000000000ea17e979
    7e345d0d02000000000000000000000000000000000000000000000000000000000000009113146580547ea103000000000000007e3f
    b1656f918bd50000000000000000c1ded7a49c445e08a6737061636573c4050101010000a76c656e67746873c4080500000000000000
    a7737472696e67739da0a10aa131a132a133a6504552534f4ea25137a56163746f72a464617465a766616d696c6c65a468696572a26c
    61b2f09f91a8e2808df09f91a9e2808df09f91a7a463617473928080a5666c6167739281b26861735f756e6b6e6f776e5f7370616365
    73c281b26861735f756e6b6e6f776e5f737061636573c2ab7370616e5f67726f75707392c4b681c4af83a46e616d65a27363a5617474
    727381aa6174747269627574657381a13281a377686f81a26964a25137a57370616e7393c4284ccb322c4bcf1d630000000000000000
    60007413d8e104bb0000000000000002000000000000000ac428d2aaca16aa05478e00838f181a05d33d000000000000017c00000001
    00000002000000030000000ac428085e449ca4d7dec10000000000000000d58b916f65b13f7e00000004000000050000001200000016
    91a27363c41e81c41783a46e616d65a27363a5617474727380a57370616e739091a27363a9757365725f6461746192c42083a26964a1
    61a9616e6e6f7461746f72a3616e61a6737461747573a4646f6e65c42083a26964a162a9616e6e6f7461746f72a3616e61a673746174
    7573a4646f6e65
";

#[test]
fn a_small_article_has_the_bytes_that_spacy_writes() {
    let (article, mut layers) = marked("a", "{1:actor|la {2:PERSON|famille|2}|1} 👨‍👩‍👧 \n{3:date|hier|3}");
    let mut span = layers[0].1.spans.iter().nth(1).unwrap().as_ref().clone();
    let entity = Value::from_json(&json!({"id": "Q7"})).unwrap();
    span.attributes.insert(AttributeId::new("who").unwrap(), entity);
    layers[0].1.spans.insert(std::sync::Arc::new(span));
    let (empty, mut nothing) = marked("b", "");
    nothing[0].1.status = Some(Status::Done);
    layers[0].1.status = Some(Status::Done);
    let (bytes, found) = written(&options(), &vec![(article, layers), (empty, nothing)]);
    assert_eq!(hex(&bytes), OF_SPACY.split_whitespace().collect::<String>());
    assert_eq!(found.len(), 1);
    assert!(
        found[0].message.ends_with("not in doc.ents: 1"),
        "{}",
        found[0].message
    );
}

#[test]
fn no_articles_are_a_file_too() {
    let (bytes, found) = written(&options(), &Vec::new());
    let file = Unpacked::all(&bytes);
    assert_eq!(file.get("strings"), &Packed::List(Vec::new()));
    assert_eq!(file.get("lengths"), &Packed::Bytes(Vec::new()));
    assert!(found.is_empty());
}

#[test]
fn entities_have_no_white_space_at_their_edges_and_spans_keep_theirs() {
    let markup = "un{1:a| \tdeux\u{a0}|1}trois{2:b|\n\n|2}";
    let (bytes, found) = written(&options(), &vec![marked("a", markup)]);
    let docs = docs(&bytes);
    assert_eq!(docs[0].entities, [(4, 8, "a".to_owned(), "1".to_owned())]);
    let spans: Vec<(usize, usize)> = docs[0].spans.iter().map(|span| (span.start, span.end)).collect();
    assert_eq!(spans, [(2, 9), (14, 16)]);
    let said: Vec<&str> = found.iter().map(|one| one.code).collect();
    assert_eq!(said, ["only_in_spans", "trimmed_in_ents"]);
}

#[test]
fn words_and_labels_that_are_symbols_of_spacy_have_the_symbols_numbers() {
    let (bytes, _) = written(&options(), &vec![marked("a", "{1:ORG|DATE|1} person")]);
    let file = Unpacked::all(&bytes);
    let Packed::Bytes(tokens) = file.get("tokens") else {
        panic!("tokens are bytes")
    };
    let numbers: Vec<u64> = tokens
        .as_chunks::<8>()
        .0
        .iter()
        .map(|number| u64::from_le_bytes(*number))
        .collect();
    assert_eq!(numbers[..3], [391, 3, 383]);
    assert_eq!(numbers[5..8], [hash64(b"person", 1), 2, 0]);
}

#[test]
fn article_labels_are_text_categories_and_stand_in_the_user_data() {
    let (article, mut layers) = marked("a", "un");
    let relevance = AttributeId::new("relevance").unwrap();
    layers[0]
        .1
        .labels
        .insert(relevance.clone(), Value::Text("event".into()));
    let (other, mut unlisted) = marked("b", "un");
    unlisted[0]
        .1
        .labels
        .insert(relevance, Value::Text("of no list".into()));
    let dataset = vec![(article, layers), (other, unlisted), marked("c", "un")];
    let (bytes, _) = written(&options_for(default_codebook()), &dataset);
    let docs = docs(&bytes);
    let choices = &default_codebook()
        .attribute(&AttributeId::new("relevance").unwrap())
        .unwrap()
        .choices
        .clone();
    assert!(choices.len() > 1);
    for (doc, answer) in [(&docs[0], "event"), (&docs[1], "of no list")] {
        assert_eq!(doc.user_data["labels"]["relevance"], answer);
        for choice in choices {
            assert_eq!(
                doc.cats[&format!("relevance={}", choice.id)],
                json!(f64::from(u8::from(choice.id == answer)))
            );
        }
        assert_eq!(doc.cats[&format!("relevance={answer}")], json!(1.0));
    }
    assert!(docs[2].cats.as_object().unwrap().is_empty());
}

#[test]
fn bytes_are_the_same_each_time() {
    let dataset = vec![marked("a", "{1:actor|la {2:location|Syrie|1} et|2} b c d e f g")];
    assert_eq!(written(&options(), &dataset).0, written(&options(), &dataset).0);
}

#[test]
fn a_span_of_67_000_characters_is_whole() {
    hold(&long_article());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_document_has_its_text_and_all_its_spans(dataset in datasets()) {
        hold(&dataset);
    }
}

/// Holds a file against what it was made of.
#[track_caller]
fn hold(dataset: &Dataset) {
    let (bytes, _) = written(&options(), dataset);
    let mut docs = docs(&bytes).into_iter();
    for (article, layers) in dataset {
        let mut marked: Vec<_> = layers
            .iter()
            .filter(|(_, layer)| layer.exists())
            .map(Some)
            .collect();
        if marked.is_empty() {
            marked.push(None);
        }
        for layer in marked {
            let doc = docs.next().expect("a document for each layer");
            hold_document(&doc, article, layer);
        }
    }
    assert!(docs.next().is_none());
}

fn hold_document(doc: &Doc, article: &Article, layer: Option<&(Annotator, Layer)>) {
    assert_eq!(doc.text, article.text.as_str());
    let empty = Layer::default();
    let marks = layer.map_or(&empty, |(_, layer)| layer);
    hold_spans(doc, article, marks);
    hold_entities(doc, article, marks);
    let (header, said) = (&article.header, &doc.user_data);
    assert_eq!(said["id"], article.id.as_str());
    assert_eq!(said["title"].as_str(), header.title.as_deref());
    assert_eq!(said["lang"].as_str(), header.lang.as_deref());
    let meta = Json::Object(header.meta.clone()).to_string();
    assert_eq!(said.get("meta").map_or("{}".to_owned(), Json::to_string), meta);
    assert_eq!(said["annotator"].as_str(), layer.map(|(name, _)| name.as_str()));
    assert_eq!(said["status"].as_str(), marks.status.map(Status::name));
    let labels = said.get("labels");
    let labels = labels.map_or(0, |labels| labels.as_object().unwrap().len());
    assert_eq!(labels, marks.labels.len());
}

/// A place in an article in characters.
fn chars(article: &Article, at: usize) -> usize {
    article.text.as_str().get(..at).unwrap().chars().count()
}

fn hold_spans(doc: &Doc, article: &Article, marks: &Layer) {
    let named = NamedPieces::of(marks).list;
    let expected: Vec<DocSpan> = named
        .iter()
        .map(|piece| DocSpan {
            start: chars(article, piece.range.start().get()),
            end: chars(article, piece.range.end().get()),
            label: piece.span.label.to_string(),
            id: piece.id.clone(),
        })
        .collect();
    assert_eq!(doc.spans, expected);
    let valued = named.iter().filter(|piece| !piece.span.attributes.is_empty());
    for piece in valued.clone() {
        for (id, value) in &piece.span.attributes {
            assert_eq!(
                doc.attributes[&piece.id][id.as_str()].to_string(),
                value.to_json().to_string()
            );
        }
    }
    assert_eq!(doc.attributes.as_object().unwrap().len(), valued.count());
}

/// The entities are the pieces that do not overlap, without white space at their edges.
fn hold_entities(doc: &Doc, article: &Article, marks: &Layer) {
    let expected: Vec<(usize, usize, String)> = flat_choice(&article.text, marks)
        .pieces
        .iter()
        .filter_map(|piece| {
            let words = article.text.as_str().get(piece.range.as_usize()).unwrap();
            let is_space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
            let start = piece.range.start().get() + words.len() - words.trim_start_matches(is_space).len();
            let end = start + words.trim_matches(is_space).len();
            let label = piece.span.label.to_string();
            (start < end).then(|| (chars(article, start), chars(article, end), label))
        })
        .collect();
    let found = doc.entities.iter().cloned();
    let found: Vec<_> = found.map(|(start, end, label, _)| (start, end, label)).collect();
    assert_eq!(found, expected);
}

/// A document as a reader sees it.
struct Doc {
    text: String,
    spans: Vec<DocSpan>,
    /// Characters, label, and id.
    entities: Vec<(usize, usize, String, String)>,
    attributes: Json,
    cats: Json,
    user_data: Json,
}

#[derive(Debug, PartialEq)]
struct DocSpan {
    start: usize,
    end: usize,
    label: String,
    id: String,
}

/// The strings of a file by their numbers.
struct Names(HashMap<u64, String>);

impl Names {
    fn of(file: &Unpacked) -> Self {
        let mut numbers = Strings::new();
        let strings = file.get("strings").items().iter();
        let named = strings.map(|string| (numbers.number(string.text()), string.text().to_owned()));
        Self(named.collect())
    }

    fn little(&self, number: [u8; 8]) -> String {
        self.0[&u64::from_le_bytes(number)].clone()
    }

    fn big(&self, number: [u8; 8]) -> String {
        self.0[&u64::from_be_bytes(number)].clone()
    }
}

/// What the tokens of one document say.
#[derive(Default)]
struct Tokens {
    text: String,
    /// Characters, label, and id.
    entities: Vec<(usize, usize, String, String)>,
    /// Where each token starts and ends.
    edges: Vec<(usize, usize)>,
}

impl Tokens {
    fn push(&mut self, names: &Names, row: &[[u8; 8]], has_space: bool) {
        let start = self.text.chars().count();
        self.text.push_str(&names.little(row[0]));
        let end = self.text.chars().count();
        self.edges.push((start, end));
        match u64::from_le_bytes(row[1]) {
            3 => self
                .entities
                .push((start, end, names.little(row[2]), names.little(row[4]))),
            1 => {
                let (_, last_end, label, _) = self.entities.last_mut().unwrap();
                assert_eq!(*label, names.little(row[2]));
                *last_end = end;
            }
            2 => assert_eq!(u64::from_le_bytes(row[2]), 0),
            other => panic!("{other} is no ENT_IOB"),
        }
        if has_space {
            self.text.push(' ');
        }
    }
}

fn doc_span(names: &Names, span: &[u8], edges: &[(usize, usize)]) -> DocSpan {
    assert_eq!(span.len(), 40);
    let string = |at: usize| names.big(*span[at..].first_chunk().unwrap());
    let place = |at: usize| usize::try_from(i32::from_be_bytes(*span[at..].first_chunk().unwrap())).unwrap();
    let (start, end) = (place(32), place(36));
    assert_eq!((edges[place(24)].0, edges[place(28) - 1].1), (start, end));
    DocSpan {
        start,
        end,
        label: string(16),
        id: string(0),
    }
}

fn docs(bytes: &[u8]) -> Vec<Doc> {
    let file = Unpacked::all(bytes);
    let names = Names::of(&file);
    let mut rows = file.get("tokens").bytes().as_chunks::<40>().0.iter();
    let mut spaces = file.get("spaces").bytes().iter();
    let lengths = file.get("lengths").bytes().as_chunks::<4>().0;
    let each = |key: &str| file.get(key).items().iter();
    let parts = each("cats")
        .zip(each("span_groups"))
        .zip(each("user_data"))
        .zip(each("flags"));
    assert_eq!(each("cats").len(), lengths.len());
    let mut docs = Vec::new();
    for (length, (((cats, groups), user_data), flags)) in lengths.iter().zip(parts) {
        assert_eq!(flags.json(), json!({"has_unknown_spaces": false}));
        let mut tokens = Tokens::default();
        for _ in 0..i32::from_le_bytes(*length) {
            let row = rows.next().unwrap().as_chunks::<8>().0;
            tokens.push(&names, row, *spaces.next().unwrap() == 1);
        }
        let groups = Unpacked::all(groups.bytes()).0;
        let [(group, keys)] = groups.as_slice() else {
            panic!("one group")
        };
        assert_eq!(keys.json(), json!(["sc"]));
        let group = Unpacked::all(group.bytes());
        let spans = group.get("spans").items().iter();
        let spans = spans.map(|span| doc_span(&names, span.bytes(), &tokens.edges));
        docs.push(Doc {
            spans: spans.collect(),
            text: tokens.text,
            entities: tokens.entities,
            attributes: match group.get("attrs").json() {
                Json::Object(mut attrs) => attrs.remove("attributes").unwrap_or_else(|| json!({})),
                other => panic!("{other}"),
            },
            cats: cats.json(),
            user_data: Packed::Map(Unpacked::all(user_data.bytes()).0).json(),
        });
    }
    assert!(rows.next().is_none() && spaces.next().is_none());
    docs
}
