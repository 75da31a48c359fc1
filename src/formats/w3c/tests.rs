//! Web Annotations: round trips, and files of other tools.

use super::super::ReadOptions;
use super::super::testing::{marked, options, read_from, write_to};
use super::FORMAT;
use crate::model::Layer;

#[test]
fn what_was_written_comes_back_and_each_cut_is_told() {
    let markup = "{1:a|👩‍👩‍👧 la {2:b é|Sy\u{2028}rie|2}|1}\r\n{3:حلب|un|3} deux {3|=A1|3}";
    let article = marked("a b", markup);
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(folder.path(), &FORMAT, &options(), std::slice::from_ref(&article));
    let read = read_from(&path, &ReadOptions::default());
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    assert_eq!(read.articles[0].article, article.0);
    let spans = |layer: &Layer| -> Vec<_> {
        let spans = layer.spans.iter();
        spans
            .map(|span| (span.id.clone(), span.label.clone(), span.ranges.clone()))
            .collect()
    };
    assert_eq!(spans(&read.articles[0].layers[0].1), spans(&article.1[0].1));
    let bytes = std::fs::read(&path).unwrap();
    for end in 90..bytes.len() - 3 {
        std::fs::write(&path, &bytes[..end]).unwrap();
        assert!(
            !read_from(&path, &ReadOptions::default()).diagnostics.is_empty(),
            "{end}"
        );
    }
}

#[test]
fn positions_of_scripts_in_a_browser_are_put_right() {
    let json = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[
        {"type":"Annotation","motivation":"describing","body":{"value":"😀 Sony"},"target":"urn:x"},
        {"type":"Annotation","body":{"value":"org"},"target":{"source":"urn:x","selector":[
        {"type":"TextPositionSelector","start":3,"end":7},{"type":"TextQuoteSelector","exact":"Sony"}]}}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.jsonld");
    std::fs::write(&path, json).unwrap();
    let read = read_from(&path, &ReadOptions::default());
    assert_eq!(read.diagnostics[0].code, "offset_unit");
    assert_eq!(read.articles[0].layers[0].1.spans.len(), 1);
}

#[test]
fn what_is_wrong_names_the_annotation() {
    let json = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[
        {"type":"Annotation","motivation":"describing","body":{"value":"Sony"},"target":"urn:x"},
        {"id":"urn:a1","type":"Annotation","body":{"value":"org"},"target":{"source":"urn:x","selector":[
        {"type":"TextPositionSelector","start":0,"end":99}]}},
        {"id":"urn:a2","type":"Annotation","body":{"value":"org"},"target":{"source":"urn:y"}}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.jsonld");
    std::fs::write(&path, json).unwrap();
    let read = read_from(&path, &ReadOptions::default());
    let told: Vec<&str> = read
        .diagnostics
        .iter()
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("annotation urn:a1: "), "{told:?}");
    assert!(told[1].ends_with(": 1; the first is urn:a2"), "{told:?}");
}

#[test]
fn annotations_of_others_become_spans_notes_and_relations() {
    let json = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","first":{"items":[
        {"id":"b","type":"Annotation","motivation":["tagging"],"creator":{"name":"mia"},
         "body":[{"value":"org","purpose":"tagging"},{"value":"buyer","purpose":"tagging"},{"value":"sure?","purpose":"commenting"}],
         "target":{"source":"urn:x","selector":{"type":"TextQuoteSelector","exact":"Sony","prefix":"and "}}},
        {"id":"c","type":"Annotation","creator":"mia","body":"http://example.org/place",
         "target":{"source":"urn:x","selector":{"type":"TextQuoteSelector","exact":"Sony"}}},
        {"id":"d","type":"Annotation","motivation":"highlighting","creator":"mia",
         "target":{"source":"urn:x","selector":[{"type":"TextPositionSelector","start":0,"end":4}]}},
        {"id":"e","type":"Annotation","motivation":"linking","creator":"mia","body":{"id":"b"},"target":"d"},
        {"id":"f","type":"Annotation","motivation":"commenting","creator":"mia","body":{"value":"odd"},"target":"d"},
        {"type":"Annotation","motivation":"describing","body":{"value":"Sony and Sony"},"target":"urn:x"}]}}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.jsonld");
    std::fs::write(&path, json).unwrap();
    let read = read_from(&path, &ReadOptions::default());
    let codes: Vec<&str> = read.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["bad_offsets"], "{:?}", read.diagnostics);
    assert!(read.diagnostics[0].message.starts_with("c has no positions"));
    let (annotator, layer) = &read.articles[0].layers[0];
    assert_eq!(annotator.as_ref().unwrap().as_str(), "mia");
    let spans: Vec<(String, usize)> = layer
        .spans
        .iter()
        .map(|span| (span.label.to_string(), span.ranges.hull().start().get()))
        .collect();
    let mut expected = vec![
        ("highlighting".to_owned(), 0),
        ("buyer".to_owned(), 9),
        ("org".to_owned(), 9),
    ];
    let mut found = spans;
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!((layer.relations.len(), layer.notes.len()), (1, 2));
    assert!(layer.notes.values().all(|note| note.target.is_some()));
}
