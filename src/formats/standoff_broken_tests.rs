//! Standoff files that are cut, changed, in another unit or encoding, or wrong in themselves: nothing panics, and what
//! did not come in is told.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::generated_full::full_article;
use super::testing::{knowing, marked, options, write_to};
use super::{Collected, format, read};
use crate::model::{Annotator, Article, Layer};

/// The files that a small dataset of a format is broken in, and the file that is read.
fn small(id: &str) -> (tempfile::TempDir, Vec<PathBuf>, PathBuf) {
    written(id, full_article())
}

fn written(
    id: &str,
    article: (Article, Vec<(Annotator, Layer)>),
) -> (tempfile::TempDir, Vec<PathBuf>, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let format = format(id).unwrap();
    let (path, _) = write_to(folder.path(), format, &options(), &[article]);
    let inside = |name: &str| path.join("ana").join(name);
    let (files, main) = match id {
        "brat" => (
            vec![inside("a1.ann"), inside("a1.txt"), inside("a1.json")],
            inside("a1.ann"),
        ),
        "xmi" => (vec![inside("a1.xmi")], inside("a1.xmi")),
        "uima-json" => (vec![inside("a1.json")], inside("a1.json")),
        _ => (vec![path.clone()], path),
    };
    (folder, files, main)
}

const STANDOFF: [&str; 4] = ["brat", "xmi", "uima-json", "w3c"];

fn read_as(id: &str, path: &Path) -> Collected {
    let mut collected = Collected::default();
    assert!(read(format(id).unwrap(), path, &knowing(), &mut collected).is_continue());
    collected
}

/// How many articles, and how many annotations in them.
fn came_in(read: &Collected) -> (usize, usize) {
    let layers = read.articles.iter().flat_map(|incoming| &incoming.layers);
    let counts = layers
        .map(|(_, layer)| layer.spans.len() + layer.relations.len() + layer.events.len() + layer.notes.len());
    (read.articles.len(), counts.sum())
}

fn codes(read: &Collected) -> Vec<&'static str> {
    read.diagnostics.iter().map(|found| found.code).collect()
}

/// The spans as `label=words`.
fn spans(read: &Collected) -> Vec<String> {
    let mut all = Vec::new();
    for incoming in &read.articles {
        for span in incoming.layers.iter().flat_map(|(_, layer)| layer.spans.iter()) {
            let words = span.ranges.quote(&incoming.article.text).unwrap();
            all.push(format!("{}={words}", span.label));
        }
    }
    all
}

/// Cuts each file of a dataset behind every so many bytes.
fn check_cuts(id: &str, article: (Article, Vec<(Annotator, Layer)>), step: usize) {
    let (_folder, files, main) = written(id, article);
    let whole = read_as(id, &main);
    assert!(whole.diagnostics.is_empty(), "{id}: {:?}", whole.diagnostics);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        for end in (0..bytes.len()).step_by(step) {
            std::fs::write(&file, &bytes[..end]).unwrap();
            let cut = read_as(id, &main);
            assert!(
                cut.articles == whole.articles || !cut.diagnostics.is_empty(),
                "{id}: {} cut at {end} of {}",
                file.display(),
                bytes.len()
            );
        }
        std::fs::write(&file, &bytes).unwrap();
    }
}

#[test]
fn files_cut_at_every_byte_come_in_whole_or_are_told() {
    for id in STANDOFF {
        check_cuts(
            id,
            marked("a1", "{1:a b|😀 Alep|1}\r\n{2:x|é|2} {2|e\u{301}|2}"),
            1,
        );
        check_cuts(id, full_article(), 11);
    }
}

/// One change of a file.
#[derive(Clone, Debug)]
enum Break {
    Byte(prop::sample::Index, u8),
    Remove(prop::sample::Index),
    LineOut(prop::sample::Index),
    LineTwice(prop::sample::Index),
    LinesTurned(prop::sample::Index),
}

impl Break {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> = bytes
            .split_inclusive(|&byte| byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect();
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
                return;
            }
            Self::Remove(at) => {
                bytes.remove(at.index(bytes.len()));
                return;
            }
            Self::LineOut(at) => {
                lines.remove(at.index(lines.len()));
            }
            Self::LineTwice(at) => {
                let at = at.index(lines.len());
                let line = lines[at].clone();
                lines.insert(at, line);
            }
            Self::LinesTurned(at) => {
                let at = at.index(lines.len());
                let other = (at + 1) % lines.len();
                lines.swap(at, other);
            }
        }
        *bytes = lines.concat();
    }
}

fn breaks() -> impl Strategy<Value = Vec<Break>> {
    let at = || any::<prop::sample::Index>();
    let one = prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Break::Byte(at, byte)),
        (at(), prop::sample::select(&b" \t\n\"<>{}[]:,;0129TREA#"[..]))
            .prop_map(|(at, byte)| Break::Byte(at, byte)),
        at().prop_map(Break::Remove),
        at().prop_map(Break::LineOut),
        at().prop_map(Break::LineTwice),
        at().prop_map(Break::LinesTurned),
    ];
    prop::collection::vec(one, 1..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn what_is_changed_by_chance_comes_in_or_is_told(
        which in 0_usize..4, file in any::<prop::sample::Index>(), breaks in breaks(),
    ) {
        let id = STANDOFF[which];
        let (_folder, files, main) = small(id);
        let whole = came_in(&read_as(id, &main));
        let file = &files[file.index(files.len())];
        let mut bytes = std::fs::read(file).unwrap();
        for one in &breaks {
            one.apply(&mut bytes);
        }
        std::fs::write(file, bytes).unwrap();
        let broken = read_as(id, &main);
        let now = came_in(&broken);
        let is_less = now.0 < whole.0 || now.1 < whole.1;
        prop_assert!(!is_less || !broken.diagnostics.is_empty(), "{}: {:?} of {:?}", id, now, whole);
    }
}

fn foreign(id: &str, files: &[(&str, Vec<u8>)]) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    read_as(id, &folder.path().join(files[0].0))
}

const TEXT: &str = "😀 Sony à Tōkyō, 🇯🇵 Aiwa.";
const MARKED: [(&str, &str); 3] = [("org", "Sony"), ("place", "Tōkyō"), ("org", "Aiwa")];

/// The places of the marked words in a unit: how long the text before and the words are in it.
fn places(length: fn(&str) -> usize) -> Vec<(usize, usize)> {
    let place = |words: &str| {
        let (before, _) = TEXT.split_once(words).unwrap();
        (length(before), length(before) + length(words))
    };
    MARKED.iter().map(|(_, words)| place(words)).collect()
}

const UNITS: [fn(&str) -> usize; 3] = [
    |text| text.chars().count(),
    |text| text.encode_utf16().count(),
    str::len,
];

fn ann(places: &[(usize, usize)]) -> String {
    let lines = MARKED.iter().zip(places).enumerate();
    let lines = lines
        .map(|(at, ((label, words), (start, end)))| format!("T{}\t{label} {start} {end}\t{words}\n", at + 1));
    lines.collect()
}

fn page(places: &[(usize, usize)]) -> String {
    let items = MARKED.iter().zip(places).map(|((label, words), (start, end))| {
        format!(
            r#",{{"type":"Annotation","body":{{"value":"{label}"}},"target":{{"source":"urn:x","selector":[{{"type":"TextPositionSelector","start":{start},"end":{end}}},{{"type":"TextQuoteSelector","exact":"{words}"}}]}}}}"#
        )
    });
    format!(
        r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","items":[{{"motivation":"describing","body":{{"value":"{TEXT}"}},"target":"urn:x"}}{}]}}"#,
        items.collect::<String>()
    )
}

fn xmi(places: &[(usize, usize)]) -> String {
    let items = MARKED.iter().zip(places).enumerate();
    let items = items.map(|(at, ((label, _), (start, end)))| {
        let id = at + 7;
        format!(r#"<type:NamedEntity xmi:id="{id}" sofa="1" begin="{start}" end="{end}" value="{label}"/>"#)
    });
    format!(
        r#"<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore">{}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{TEXT}"/></xmi:XMI>"#,
        items.collect::<String>()
    )
}

fn cas(places: &[(usize, usize)]) -> String {
    let items = MARKED.iter().zip(places).enumerate();
    let items = items.map(|(at, ((label, _), (start, end)))| {
        let id = at + 7;
        format!(
            r#",{{"%ID":{id},"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"begin":{start},"end":{end},"value":"{label}"}}"#
        )
    });
    format!(
        r#"{{"%TYPES":{{}},"%FEATURE_STRUCTURES":[{{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"{TEXT}"}}{}],"%VIEWS":{{}}}}"#,
        items.collect::<String>()
    )
}

/// A document of a format with the marked words at places.
fn document(id: &str, places: &[(usize, usize)]) -> Vec<(&'static str, Vec<u8>)> {
    match id {
        "brat" => vec![
            ("d.ann", ann(places).into_bytes()),
            ("d.txt", TEXT.to_owned().into_bytes()),
        ],
        "xmi" => vec![("d.xmi", xmi(places).into_bytes())],
        "uima-json" => vec![("d.json", cas(places).into_bytes())],
        _ => vec![("d.jsonld", page(places).into_bytes())],
    }
}

#[test]
fn another_unit_is_found_told_and_put_right() {
    let all = ["org=Sony", "place=Tōkyō", "org=Aiwa"];
    for id in STANDOFF {
        // Without quotes, bytes cannot be told from code points with certainty.
        let has_quotes = matches!(id, "brat" | "w3c");
        for (at, unit) in UNITS.iter().enumerate().filter(|(at, _)| has_quotes || *at < 2) {
            let read = foreign(id, &document(id, &places(*unit)));
            let own = usize::from(!has_quotes);
            assert_eq!(spans(&read), all, "{id} in unit {at}: {:?}", read.diagnostics);
            let told: &[&str] = if at == own { &[] } else { &["offset_unit"] };
            assert_eq!(codes(&read), told, "{id} in unit {at}");
        }
    }
}

#[test]
fn one_span_without_quote_in_another_unit_is_doubted() {
    let one = xmi(&places(UNITS[0])[..1]);
    let read = foreign("xmi", &[("d.xmi", one.into_bytes())]);
    assert_eq!(codes(&read), ["offset_unit_unverified"]);
}

#[test]
fn other_encodings_are_read_and_told() {
    for id in STANDOFF {
        let files = document(id, &places(UNITS[usize::from(matches!(id, "xmi" | "uima-json"))]));
        let wide = |bytes: &[u8]| -> Vec<u8> {
            let text = format!("\u{feff}{}", std::str::from_utf8(bytes).unwrap());
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, wide(bytes))).collect();
        let read = foreign(id, &files);
        assert_eq!(spans(&read).len(), 3, "{id}: {:?}", read.diagnostics);
        assert!(codes(&read).iter().all(|code| *code == "encoding"), "{id}");
        assert!(!read.diagnostics.is_empty(), "{id}");
    }
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let text = "Été à Alep, où l’armée avançait déjà très près du château";
    let read = foreign(
        "brat",
        &[("d.ann", latin("T1\tplace 0 3\tÉté\n")), ("d.txt", latin(text))],
    );
    assert_eq!(spans(&read), ["place=Été"], "{:?}", read.diagnostics);
    assert!(codes(&read).contains(&"encoding"));
    let named = r#"<?xml version="1.0" encoding="windows-1251"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore"><custom:Span xmi:id="2" sofa="1" begin="0" end="4" label="место"/><cas:Sofa xmi:id="1" sofaString="Киев"/></xmi:XMI>"#;
    let bytes = encoding_rs::WINDOWS_1251.encode(named).0.into_owned();
    let read = foreign("xmi", &[("d.xmi", bytes)]);
    assert_eq!(spans(&read), ["место=Киев"], "{:?}", read.diagnostics);
    assert_eq!(codes(&read), ["encoding"]);
}

#[test]
fn bytes_that_are_no_utf_8_keep_one_annotation_out() {
    let (_folder, files, main) = small("w3c");
    let bytes = std::fs::read(&files[0]).unwrap();
    let at = memchr::memmem::find(&bytes, b"\"tagging\"").unwrap();
    let mut broken = bytes;
    broken[at + 2] = 0xe9;
    std::fs::write(&main, broken).unwrap();
    let read = read_as("w3c", &main);
    assert!(codes(&read).contains(&"invalid_utf8"), "{:?}", codes(&read));
    assert_eq!(read.articles.len(), 1);
}

#[test]
fn empty_files_are_told_but_for_a_document_without_marks() {
    for (id, name) in [("xmi", "d.xmi"), ("uima-json", "d.json"), ("w3c", "d.jsonld")] {
        for bytes in [&b""[..], b" \n", b"{}", b"[]", b"<a/>", b"null"] {
            let read = foreign(id, &[(name, bytes.to_vec())]);
            assert!(
                !read.diagnostics.is_empty(),
                "{id} {:?}",
                String::from_utf8_lossy(bytes)
            );
            assert!(read.articles.is_empty());
        }
    }
    let read = foreign("brat", &[("d.ann", Vec::new()), ("d.txt", b"Sony".to_vec())]);
    assert_eq!((came_in(&read), codes(&read)), ((1, 0), vec![]));
}

#[test]
fn what_nests_deeply_is_refused_or_passed_over() {
    const DEEP: usize = 100_000;
    let json = format!(
        r#"{{"%FEATURE_STRUCTURES":{}{}}}"#,
        "[".repeat(DEEP),
        "]".repeat(DEEP)
    );
    let page = format!(
        r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","items":{}{}}}"#,
        "[".repeat(DEEP),
        "]".repeat(DEEP)
    );
    for (id, name, text) in [("uima-json", "d.json", json), ("w3c", "d.jsonld", page)] {
        assert_eq!(
            codes(&foreign(id, &[(name, text.into_bytes())])),
            ["too_deep"],
            "{id}"
        );
    }
    let deep = format!("{}{}", "<x>".repeat(DEEP), "</x>".repeat(DEEP));
    let xml = xmi(&places(UNITS[1])).replace("<cas:Sofa", &format!("{deep}<cas:Sofa"));
    let read = foreign("xmi", &[("d.xmi", xml.into_bytes())]);
    assert_eq!(spans(&read).len(), 3);
    assert_eq!(codes(&read), ["bad_value", "left_out"]);
    let entities = r#"<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "x">]>"#;
    let xml = xmi(&places(UNITS[1])).replace("<xmi:XMI", &format!("{entities}<xmi:XMI"));
    let xml = xml.replace("😀 Sony", "&a; Sony");
    assert_eq!(
        codes(&foreign("xmi", &[("d.xmi", xml.into_bytes())])),
        ["bad_xml"]
    );
}

/// A file with ids that are given twice and ends that are not there.
fn with_broken_ids(format: &str) -> String {
    match format {
        "brat" => "T1\torg 0 4\tSony\nT1\torg 5 9\tAiwa\nR1\tx Arg1:T1 Arg2:T9\nE1\torg:T1 a:T8\nE1\torg:T1\nA1\tn T7 v\nA2\tn T1 v\nA3\tn T1 w\n#1\tAnnotatorNotes T6\tx\n".to_owned(),
        "xmi" => r#"<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore" xmlns:hashiya="http:///hashiya.ecore"><custom:Span xmi:id="2" sofa="1" begin="0" end="4" label="org" spanId="a"/><custom:Span xmi:id="2" sofa="1" begin="5" end="9" label="place" spanId="a"/><custom:Span xmi:id="9" sofa="5" begin="5" end="9" label="place" spanId="c"/><custom:Relation xmi:id="3" begin="0" end="4" label="x" Governor="2" Dependent="8"/><hashiya:Event xmi:id="4" eventType="b" eventId="e" trigger="z" roles="["/><hashiya:Event xmi:id="5" eventType="b" eventId="e" roles="[{&quot;role&quot;:&quot;a&quot;,&quot;span&quot;:&quot;y&quot;}]"/><cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Sony Aiwa"/></xmi:XMI>"#.to_owned(),
        "uima-json" => r#"{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":"Sony Aiwa"},{"%ID":2,"%TYPE":"custom.Span","@sofa":1,"begin":0,"end":4,"label":"org","spanId":"a"},{"%ID":2,"%TYPE":"custom.Span","@sofa":1,"begin":5,"end":9,"label":"org","label":"x"},7,{"%ID":3,"%TYPE":"custom.Relation","@Governor":2,"@Dependent":8,"label":"x"}]}"#.to_owned(),
        _ => {
            let one = |id: &str, start: usize, rest: &str| format!(r#",{{"id":"{id}","motivation":"tagging","body":{{"value":"org"}},"target":{{"source":"s","selector":{{"type":"TextPositionSelector","start":{start},"end":{}}}}}{rest}}}"#, start + 4);
            format!(
                r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","items":[{{"motivation":"describing","body":{{"value":"Sony Aiwa"}},"target":"s"}}{}{}{},{{"motivation":"linking","body":[{{"value":"x"}},{{"id":"nobody"}}],"target":"i"}},{{"body":{{"value":"org"}},"target":"elsewhere"}}]}}"#,
                one("i", 0, r#","hashiya:id":"1""#),
                one("i", 5, r#","hashiya:id":"2""#),
                one("k", 5, r#","hashiya:id":"2""#)
            )
        }
    }
}

#[test]
fn ids_given_twice_and_ends_that_are_not_there_are_told() {
    for (id, name, told) in [
        (
            "brat",
            "d.ann",
            &[
                "duplicate_id",
                "duplicate_id",
                "dangling",
                "dangling",
                "dangling",
                "duplicate_id",
                "dangling",
            ][..],
        ),
        (
            "xmi",
            "d.xmi",
            &[
                "duplicate_id",
                "duplicate_id",
                "other_view",
                "dangling",
                "dangling",
                "dangling",
            ],
        ),
        (
            "uima-json",
            "d.json",
            &["duplicate_key", "bad_value", "duplicate_id", "dangling"],
        ),
        (
            "w3c",
            "d.jsonld",
            &["duplicate_id", "duplicate_id", "dangling", "no_text"],
        ),
    ] {
        let read = foreign(
            id,
            &[
                (name, with_broken_ids(id).into_bytes()),
                ("d.txt", b"Sony Aiwa".to_vec()),
            ],
        );
        let (mut found, mut told) = (codes(&read), told.to_vec());
        found.sort_unstable();
        told.sort_unstable();
        assert_eq!(found, told, "{id}: {:#?}", read.diagnostics);
    }
}
