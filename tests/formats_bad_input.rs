//! Bad lines and what is said about each. Nothing stops the reading, nothing is lost in silence.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "what cannot be made is a failed test, also in a helper"
)]

mod formats_common;

use std::fmt::Write;

use formats_common::{read_as, read_bytes, read_str};
use hashiya::formats::{Collected, Severity};

fn native(rest: &str) -> String {
    format!(r#"{{"schema":"hashiya/1","id":"x","text":"Les 👩‍👩‍👧 d'Alep et e\u0301té",{rest}}}"#)
}

fn span(rest: &str) -> String {
    native(&format!(r#""annotator":"a","spans":[{{"id":"s1",{rest}}}]"#))
}

/// The codes of the findings of one line, and whether the article came in.
fn codes(line: &str) -> (Vec<&'static str>, bool) {
    let good = r#"{"id":"good","text":"the next line"}"#;
    let read = read_str(&format!("{line}\n{good}\n"));
    let last = read.articles.last().expect("the next line is always read");
    assert_eq!(last.article.id.as_str(), "good", "{line}");
    for found in &read.diagnostics {
        assert_eq!(found.line, Some(1), "{found}");
        assert!(found.hint.is_some() && found.file.is_some(), "{found}");
        assert_eq!(
            found.record.is_some(),
            found.severity == Severity::Error,
            "{found}"
        );
    }
    (
        read.diagnostics.iter().map(|found| found.code).collect(),
        read.articles.len() == 2,
    )
}

#[test]
fn a_line_that_cannot_be_read_is_kept_out_and_the_next_one_is_read() {
    for (line, code) in [
        (r#"{"id":"x","text":"cut he"#, "cut_line"),
        (r#"{"id":"x","text":"a"#, "cut_line"),
        (r#"{"text":"a\ud83d b"}"#, "lone_surrogate"),
        (r#"{"text":"a\udc00"}"#, "lone_surrogate"),
        (r#"{"text":"a", "text":"b"}"#, "duplicate_key"),
        (r#"{"text":"a", "meta":{"b":1,"b":2}}"#, "duplicate_key"),
        (r#"{"text":null}"#, "no_text"),
        (r#"{"body":"a"}"#, "no_text"),
        (r#"{"text":["a"]}"#, "bad_text"),
        (r#"{"text":5}"#, "bad_text"),
        (r#"["a"]"#, "not_an_object"),
        (r#""a string""#, "not_an_object"),
        ("plain words", "bad_json"),
        (r"{'text':'a'}", "bad_json"),
        (r#"{"text":"a"} {"text":"b"}"#, "bad_json"),
        (r#"{"text":NaN}"#, "bad_json"),
        (r#"{"schema":"hashiya/2","text":"a"}"#, "newer_schema"),
        (r#"{"schema":"hashiya/1","text":"a","id":""}"#, "bad_id"),
        (r#"{"schema":"hashiya/1","text":"a","id":[1]}"#, "bad_id"),
        (
            r#"{"schema":"hashiya/1","text":"a","annotator":7}"#,
            "bad_annotator",
        ),
        (
            r#"{"schema":"hashiya/1","text":"a","offsets":"grapheme"}"#,
            "unknown_offsets",
        ),
        (
            &format!(r#"{{"text":"a","deep":{}}}"#, "[".repeat(5000)),
            "too_deep",
        ),
    ] {
        assert_eq!(codes(line), (vec![code], false), "{line}");
    }
}

#[test]
fn a_span_that_cannot_be_placed_is_kept_out_and_its_article_comes_in() {
    for (rest, code) in [
        (r#""start":0,"end":99,"label":"L""#, "bad_offsets"),
        (r#""start":99,"end":100,"label":"L""#, "bad_offsets"),
        (r#""start":-1,"end":3,"label":"L""#, "bad_offsets"),
        (r#""start":3,"end":0,"label":"L""#, "bad_offsets"),
        (r#""start":3,"end":3,"label":"L""#, "bad_offsets"),
        (r#""start":"0","end":"3","label":"L""#, "bad_offsets"),
        (r#""start":0.0,"end":3.0,"label":"L""#, "bad_offsets"),
        (r#""start":0,"end":3.5,"label":"L""#, "bad_offsets"),
        (r#""start":0,"end":1e400,"label":"L""#, "bad_offsets"),
        (
            r#""start":0,"end":99999999999999999999999,"label":"L""#,
            "bad_offsets",
        ),
        (r#""start":null,"end":3,"label":"L""#, "bad_offsets"),
        (r#""end":3,"label":"L""#, "bad_offsets"),
        (
            r#""start":0,"end":3,"fragments":[[0,1],[2]],"label":"L""#,
            "bad_offsets",
        ),
        (
            r#""start":0,"end":3,"fragments":[[0,2],[1,3]],"label":"L""#,
            "bad_offsets",
        ),
        (
            r#""start":0,"end":9,"fragments":[[0,1],[2,3]],"label":"L""#,
            "bad_offsets",
        ),
        (r#""start":0,"end":3,"fragments":[],"label":"L""#, "bad_offsets"),
        (r#""start":0,"end":3,"fragments":5,"label":"L""#, "bad_offsets"),
        (r#""start":0,"end":3,"label":"L","text":"les""#, "quote_mismatch"),
        (r#""start":0,"end":3,"label":"L","text":7"#, "quote_mismatch"),
        (r#""start":0,"end":3"#, "bad_label"),
        (r#""start":0,"end":3,"label":"""#, "bad_label"),
        (r#""start":0,"end":3,"label":null"#, "bad_label"),
        (r#""start":0,"end":3,"label":["L"]"#, "bad_label"),
        (r#""start":0,"end":3,"label":"a\nb""#, "bad_label"),
    ] {
        assert_eq!(codes(&span(rest)), (vec![code], true), "{rest}");
    }
}

#[test]
fn a_span_inside_a_character_is_kept_as_it_is_and_flagged() {
    for (start, end) in [(4, 5), (4, 6), (0, 5), (20, 21), (21, 22)] {
        let read = read_str(&span(&format!(r#""start":{start},"end":{end},"label":"L""#)));
        let codes: Vec<_> = read
            .diagnostics
            .iter()
            .map(|found| (found.code, found.severity))
            .collect();
        assert_eq!(codes, [("splits_cluster", Severity::Warning)], "{start}-{end}");
        let message = &read.diagnostics[0].message;
        assert!(!message.contains('\\') && message.contains('"'), "{message}");
        let (text, layer) = (&read.articles[0].article.text, &read.articles[0].layers[0].1);
        let range = text
            .char_range(layer.spans.iter().next().unwrap().ranges.hull())
            .unwrap();
        assert_eq!((range.start().get(), range.end().get()), (start, end));
    }
    let crlf = r#"{"text":"a\r\nb","spans":[{"start":0,"end":2,"label":"L"}]}"#;
    assert_eq!(codes(crlf), (vec!["splits_cluster"], true));
}

#[test]
fn a_value_of_the_wrong_kind_is_left_out_alone() {
    let good = r#""start":0,"end":3,"label":"L""#;
    for (line, code) in [
        (native(r#""title":5"#), "bad_value"),
        (native(r#""lang":["fr"]"#), "bad_value"),
        (native(r#""meta":"a""#), "bad_value"),
        (native(r#""annotator":"a","status":"finished""#), "bad_value"),
        (native(r#""annotator":"a","review":"yes""#), "bad_value"),
        (native(r#""annotator":"a","spans":{}"#), "bad_value"),
        (native(r#""annotator":"a","spans":[5]"#), "bad_span"),
        (
            native(r#""annotator":"a","labels":{"relevance":null}"#),
            "bad_attribute",
        ),
        (native(r#""sha256":"00""#), "text_changed"),
        (
            span(&format!(
                r#"{good},"attributes":{{"quantity":{{"low":9,"high":1}}}}"#
            )),
            "bad_attribute",
        ),
        (
            span(&format!(r#"{good},"attributes":{{"x":[1,2]}}"#)),
            "bad_attribute",
        ),
        (span(&format!(r#"{good},"attributes":[]"#)), "bad_value"),
        (span(&format!(r#"{good},"unconfirmed":["x"]"#)), "bad_value"),
        (span(&format!(r#"{good},"created":"yesterday""#)), "bad_value"),
        (
            span(&format!(r#"{good},"review":{{"verdict":"approved","at":1}}"#)),
            "bad_value",
        ),
        (span(&format!(r#"{good},"review":{{"by":"b"}}"#)), "bad_value"),
        (
            span(&format!(r#"{good},"origin":{{"kind":"alien"}}"#)),
            "bad_value",
        ),
        (span(&format!(r#"{good},"origin":"me""#)), "bad_value"),
        (r#"{"text":"Les","id":[1]}"#.to_owned(), "bad_id"),
    ] {
        assert_eq!(codes(&line), (vec![code], true), "{line}");
    }
}

#[test]
fn null_is_no_value_where_a_key_may_be_absent() {
    let line = native(
        r#""title":null,"lang":null,"meta":null,"annotator":null,"status":null,"spans":null,"relations":null,"notes":null"#,
    );
    assert_eq!(codes(&line), (vec![], true));
    assert_eq!(
        codes(&span(
            r#""start":0,"end":3,"label":"L","text":null,"fragments":null,"origin":null"#
        )),
        (vec![], true)
    );
}

#[test]
fn what_names_an_annotation_that_is_not_there_is_kept_out() {
    let spans = r#""annotator":"a","spans":[{"id":"s1","start":0,"end":3,"label":"L"},{"id":"s1","start":4,"end":9,"label":"L"}]"#;
    for (rest, code) in [
        (
            r#""relations":[{"id":"r","type":"t","from":"s1","to":"s2"}]"#,
            "dangling",
        ),
        (r#""relations":[{"id":"r","type":"t","from":"s1"}]"#, "bad_value"),
        (r#""relations":[{"id":"r","from":"s1","to":"s1"}]"#, "bad_value"),
        (r#""relations":["r"]"#, "bad_value"),
        (r#""events":[{"id":"e","type":"t","trigger":"s9"}]"#, "dangling"),
        (
            r#""events":[{"id":"e","type":"t","roles":[{"role":"r","span":"s9"}]}]"#,
            "dangling",
        ),
        (
            r#""events":[{"id":"e","type":"t","roles":[{"role":"r"}]}]"#,
            "bad_value",
        ),
        (
            r#""events":[{"id":"e","type":"t","roles":[{"role":"r","span":"s1","value":"x"}]}]"#,
            "bad_value",
        ),
        (
            r#""events":[{"id":"e","type":"t","roles":[{"role":"r","value":null}]}]"#,
            "bad_value",
        ),
        (r#""notes":[{"id":"n","target":"s9","text":"t"}]"#, "dangling"),
        (r#""notes":[{"id":"n"}]"#, "bad_value"),
        (
            r#""notes":[{"id":"n","text":"t"},{"id":"n","text":"u"}]"#,
            "duplicate_id",
        ),
    ] {
        let line = native(&format!("{spans},{rest}"));
        assert_eq!(codes(&line), (vec!["duplicate_id", code], true), "{rest}");
    }
}

#[test]
fn a_fault_names_the_column_in_code_points() {
    for (bytes, line, column) in [
        (&b"{\"text\":\"\xc3\xa9t\xc3\xa9 \xff\"}"[..], 1, 14),
        ("{\"id\":\"é\", \"text\":\"a\\ud800\"}".as_bytes(), 1, 21),
        (b"\n\r\n{\"text\":\"a\",}", 3, 13),
    ] {
        let read = read_bytes(bytes);
        let found = &read.diagnostics[0];
        assert_eq!((found.line, found.column), (Some(line), Some(column)), "{found}");
        assert_eq!(read.articles.len(), 0);
    }
}

fn texts(read: &Collected) -> Vec<&str> {
    read.articles
        .iter()
        .map(|one| one.article.text.as_str())
        .collect()
}

#[test]
fn invalid_utf8_keeps_one_line_out() {
    let read = read_bytes(b"{\"text\":\"a\"}\n{\"text\":\"\xff\"}\n{\"text\":\"b\"}\n");
    assert_eq!(texts(&read), ["a", "b"]);
    let codes: Vec<_> = read
        .diagnostics
        .iter()
        .map(|found| (found.code, found.line))
        .collect();
    assert_eq!(codes, [("invalid_utf8", Some(2))]);
}

#[test]
fn marks_line_ends_blank_lines_and_a_last_line_without_end_are_no_matter() {
    let bytes = "\u{feff}{\"text\":\"a\\r\\nb\"}\r\n\r\n  \n{\"text\":\"c\u{2028}\u{85}d\"}".as_bytes();
    let read = read_bytes(bytes);
    assert_eq!(texts(&read), ["a\r\nb", "c\u{2028}\u{85}d"]);
    assert_eq!(read.diagnostics, []);
    assert_eq!(
        read.articles.iter().map(|one| one.line).collect::<Vec<_>>(),
        [Some(1), Some(4)]
    );
}

#[test]
fn a_file_in_utf16_is_read_and_said_to_be_so() {
    let source = "{\"text\":\"été 👩‍👩‍👧\"}\n{\"text\":\"حلب\"}\n";
    for (mark, order) in [
        (true, u16::to_le_bytes as fn(u16) -> [u8; 2]),
        (false, u16::to_le_bytes),
        (true, u16::to_be_bytes),
        (false, u16::to_be_bytes),
    ] {
        let marked = if mark {
            format!("\u{feff}{source}")
        } else {
            source.to_owned()
        };
        let bytes: Vec<u8> = marked.encode_utf16().flat_map(order).collect();
        let read = read_bytes(&bytes);
        assert_eq!(texts(&read), ["été 👩‍👩‍👧", "حلب"]);
        let codes: Vec<_> = read.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["encoding"]);
    }
}

#[test]
fn a_file_without_any_line_is_said_to_be_empty() {
    for bytes in [&b""[..], b"\xef\xbb\xbf", b"\n \r\n"] {
        let read = read_bytes(bytes);
        assert_eq!(
            read.diagnostics
                .iter()
                .map(|found| found.code)
                .collect::<Vec<_>>(),
            ["empty_file"]
        );
    }
}

#[test]
fn a_line_of_fifty_megabytes_is_one_article() {
    let text = "Le village de Nerval, évacué hier. ".repeat(1_400_000);
    let read = read_str(&format!(
        "{{\"id\":\"big\",\"text\":\"{text}\"}}\n{{\"text\":\"small\"}}\n"
    ));
    assert_eq!(read.diagnostics, []);
    assert_eq!(read.articles[0].article.text.as_str().len(), text.len());
    assert_eq!(read.articles.len(), 2);
}

#[test]
fn a_file_that_is_not_there_is_a_finding() {
    for format in ["jsonl", "text"] {
        let read = read_as(format, std::path::Path::new("/nowhere/at all.jsonl"));
        assert_eq!(formats_common::codes(&read), ["cannot_read"]);
    }
}

/// Positions counted in another unit are found out from the quotes of the whole file.
#[test]
fn utf16_and_byte_positions_are_found_out() {
    type Count = fn(&str) -> usize;
    let text = "👩‍👩‍👧 fuient Nerval, où l’armée a tué plus de 50 civils";
    let at = |word: &str, unit: Count| {
        let start = text.find(word).unwrap();
        (unit(&text[..start]), unit(&text[..start + word.len()]))
    };
    let units: [(Count, Option<&str>); 3] = [
        (|text| text.chars().count(), None),
        (|text| text.encode_utf16().count(), Some("UTF-16")),
        (str::len, Some("UTF-8 bytes")),
    ];
    for (unit, name) in units {
        let mut lines = String::new();
        for (word, quoted) in [("fuient", true), ("Nerval", false), ("plus de 50 civils", true)] {
            let (start, end) = at(word, unit);
            let quote = if quoted {
                format!(r#","text":"{word}""#)
            } else {
                String::new()
            };
            writeln!(lines, r#"{{"id":"{word}","text":"{text}","spans":[{{"start":{start},"end":{end},"label":"L"{quote}}}]}}"#)
                .unwrap();
        }
        // One quote that agrees with no unit.
        let (start, end) = at("Nerval", unit);
        writeln!(
            lines,
            r#"{{"id":"wrong","text":"{text}","spans":[{{"start":{start},"end":{end},"label":"L","text":"fuient"}}]}}"#
        )
        .unwrap();
        let read = read_str(&lines);
        for incoming in &read.articles {
            let quotes: Vec<_> = incoming
                .layers
                .iter()
                .flat_map(|(_, layer)| layer.spans.iter())
                .map(|span| span.ranges.quote(&incoming.article.text).unwrap())
                .collect();
            let id = incoming.article.id.as_str();
            assert_eq!(
                quotes.first().map(String::as_str),
                Some(id).filter(|id| *id != "wrong")
            );
        }
        let codes: Vec<_> = read.diagnostics.iter().map(|found| found.code).collect();
        match name {
            None => assert_eq!(codes, ["quote_mismatch"]),
            Some(name) => {
                assert_eq!(codes, ["offset_unit", "quote_mismatch"]);
                assert!(read.diagnostics[0].message.contains(name));
            }
        }
    }
}

#[test]
fn a_line_may_say_what_it_counts_in() {
    for (unit, start, end) in [("codepoint", 2, 8), ("utf16", 3, 9), ("byte", 5, 11)] {
        let line = format!(
            r#"{{"schema":"hashiya/1","offsets":"{unit}","text":"😀 Nerval","annotator":"a","spans":[{{"start":{start},"end":{end},"label":"L","text":"Nerval"}}]}}"#
        );
        assert_eq!(codes(&line), (vec![], true), "{unit}");
    }
}
