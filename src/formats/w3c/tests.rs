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
