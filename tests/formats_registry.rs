//! Which format a file is in, and what a plain text file becomes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what cannot be made is a failed test, also in a helper"
)]

mod formats_common;

use formats_common::{codes, read_as};
use hashiya::formats::{Collected, Detected, detect, format, registry};

/// The name of a file, its first bytes, and the id of its format or the code of the refusal.
type File<'a> = (&'a str, &'a [u8], Result<&'a str, &'a str>);

const FILES: &[File<'_>] = &[
    ("a.txt", b"words", Ok("text")),
    ("A.TXT", b"words", Ok("text")),
    ("README", b"words", Ok("text")),
    ("a.jsonl", b"{\"text\":\"a\"}\n", Ok("jsonl")),
    ("a.ndjson", b"", Ok("jsonl")),
    ("a.json", b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n", Ok("jsonl")),
    ("a.json", b"[{\"text\":\"a\"}]", Ok("jsonl")),
    ("a.json", b"{\n  \"text\": \"a\"\n}\n", Ok("jsonl")),
    ("a.json", b"{\"v\": 1, \"data\": [{\"text\":\"a\"}]}", Ok("jsonl")),
    (
        "a.json",
        b"{\"data\": [{\"text\":\"a\",\"label\":[[0,1,\"x\"]]}]}",
        Ok("doccano"),
    ),
    (
        "a.json",
        b"[{\"schema\":\"hashiya/1\",\"text\":\"a\",\"label\":[]}]",
        Ok("jsonl"),
    ),
    (
        "dataset",
        b"{\"schema\":\"hashiya/1\",\"id\":\"a\",\"text\":\"a\"}\n",
        Ok("jsonl"),
    ),
    (
        "dataset.1",
        b"{\"text\":\"a\",\"spans\":[]}\n{\"text\":\"b\"}\n",
        Ok("jsonl"),
    ),
    (
        "dataset",
        b"{\"text\":\"a\",\"label\":[[0,1,\"x\"]]}\n",
        Ok("doccano"),
    ),
    (
        "tmp.8d2f",
        b"{\"text\":\"a\",\"spans\":[],\"_task_hash\":1,\"answer\":\"accept\"}\n",
        Ok("prodigy"),
    ),
    ("dataset", b"{\"messages\":[]}\n", Err("cannot_read_format")),
    ("notes", b"{\"words\":\"text\"}\n", Ok("text")),
    ("notes", b"{text} in braces\n", Ok("text")),
    ("a.txt", b"{\"text\":\"a\"}\n", Ok("text")),
    ("a.xyz", b"{\"words\":\"a\"}\n", Err("unknown_ending")),
    ("a.xyz", b"words", Err("unknown_ending")),
    ("a.doc", b"{\\rtf1 words}", Ok("rtf")),
    ("a.docx", b"PK\x03\x04", Ok("docx")),
    ("a.odt", b"PK\x03\x04", Ok("odt")),
    ("a.tsv", b"#FORMAT=WebAnno TSV 3.3\n", Ok("webanno")),
    ("a.zip", b"PK\x03\x04", Ok("zip")),
    ("a.html", b"<p>words", Ok("html")),
    ("a", b"<!DOCTYPE html>", Ok("html")),
    ("a.mhtml", b"MIME-Version: 1.0", Ok("mhtml")),
    ("a.eml", b"From: a@b.example", Ok("eml")),
    ("a.html", b"%PDF-1.7", Ok("pdf")),
    ("a.epub", b"PK\x03\x04", Ok("epub")),
    ("a.txt", b"%PDF-1.7", Ok("pdf")),
    ("a.pdf", b"%PDF-1.7", Ok("pdf")),
    ("a", b"\x89PNG\r\n\x1a\n", Err("not_text")),
];

#[test]
fn a_file_is_known_by_its_name_and_its_first_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (name, head, found) in FILES {
        let path = folder.path().join(name);
        std::fs::write(&path, head).unwrap();
        let answer = detect(&path)
            .map(|detected| match detected {
                Detected::Reads(format) => format.id,
                Detected::Companion(_) => "companion",
            })
            .map_err(|found| {
                assert!(found.hint.is_some() && found.file.is_some());
                found.code
            });
        assert_eq!(answer, *found, "{name} {head:?}");
    }
}

/// An old office file with a stream of that name in its directory.
fn with_stream(name: &str) -> Vec<u8> {
    let name = name.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        .iter()
        .copied()
        .chain(name)
        .collect()
}

/// A file that no format reads: its name and bytes, the code of what is told, what was seen, and what to do.
type Unread<'a> = (&'a str, &'a [u8], &'a str, &'a str, &'a str);

#[track_caller]
fn told(cases: &[Unread<'_>]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, code, seen, hint) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let found = detect(&path).unwrap_err();
        assert_eq!(found.code, *code, "{name}: {found}");
        assert!(found.message.contains(seen), "{name}: {found}");
        assert!(found.hint.as_ref().unwrap().contains(hint), "{name}: {found}");
        assert_eq!(found.file.as_deref(), Some(path.as_path()));
    }
}

#[test]
fn of_json_that_no_format_reads_it_is_told_what_was_seen_and_what_to_do() {
    told(&[
        (
            "a.json",
            b"[{\"title\":\"a\",\"body\":\"b\"}]",
            "unknown_format",
            "first object has “title”, “body”",
            "under “text”",
        ),
        (
            "a.json",
            b"[1,2]",
            "unknown_format",
            "whose first element is no object",
            "under “text”",
        ),
        (
            "a.json",
            b"words",
            "unknown_format",
            "begins with neither { nor [",
            "under “text”",
        ),
        (
            "a.json",
            b"[{}]",
            "unknown_format",
            "its first object is empty",
            "under “text”",
        ),
    ]);
}

#[test]
fn of_what_is_not_as_its_name_says_it_is_told_what_was_seen_and_what_to_do() {
    told(&[
        (
            "a.xml",
            b"<?xml version=\"1.0\"?><opml>",
            "unknown_format",
            "<opml>",
            "feeds",
        ),
        (
            "a.docx",
            b"words",
            "unknown_format",
            "as of Word document",
            "ending .txt",
        ),
        (
            "a.parquet",
            b"PARE\0\0\0",
            "unknown_format",
            "as of Hugging Face dataset or Parquet",
            "download it again",
        ),
        (
            "a.xyz",
            b"words",
            "unknown_ending",
            "end in .xyz",
            "--format text",
        ),
    ]);
}

#[test]
fn what_is_only_written_is_told_as_that() {
    told(&[
        (
            "a.json",
            b"[{\"tokenized_text\":[\"a\"],\"ner\":[]}]",
            "cannot_read_format",
            "GLiNER JSON",
            "as jsonl",
        ),
        (
            "a.jsonl",
            b"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
            "cannot_read_format",
            "Chat",
            "as jsonl",
        ),
        (
            "a.spacy",
            b"x\x9c",
            "cannot_read_format",
            "spaCy DocBin",
            "as jsonl",
        ),
        (
            "a.tei.xml",
            b"<?xml version=\"1.0\"?>\n<teiCorpus xmlns=\"x\">",
            "cannot_read_format",
            "TEI",
            "labelstudio",
        ),
    ]);
}

#[test]
fn of_old_office_files_it_is_told_what_they_are_and_what_to_do() {
    told(&[
        (
            "a.xls",
            &with_stream("Workbook"),
            "not_text",
            "Excel before 2007",
            ".xlsx or .csv",
        ),
        (
            "a.doc",
            &with_stream("WordDocument"),
            "not_text",
            "Word before 2007",
            ".docx",
        ),
        (
            "a.docx",
            &with_stream("EncryptedPackage"),
            "encrypted",
            "protected by a password",
            "without a password",
        ),
        (
            "a.xlsx",
            &with_stream("x"),
            "not_text",
            "older office program",
            ".xlsx",
        ),
    ]);
}

#[test]
fn an_empty_file_is_told_as_that_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let endings = registry().iter().flat_map(|format| format.endings);
    for ending in endings
        .chain(&["xyz"])
        .filter(|ending| !["ann", "a1"].contains(*ending))
    {
        let path = folder.path().join(format!("a.{ending}"));
        std::fs::write(&path, b"").unwrap();
        let mut found = Collected::default();
        match detect(&path) {
            Ok(Detected::Reads(format)) => {
                found = read_as(format.id, &path);
            }
            Ok(Detected::Companion(_)) => panic!("{ending}"),
            Err(said) => found.diagnostics.push(said),
        }
        let said = &found.diagnostics[0];
        let is_written_only = said.code == "cannot_read_format";
        assert!(
            is_written_only || said.code == "empty_file" && said.message == "the file is empty",
            "{ending}: {said}"
        );
        assert_eq!(found.diagnostics.len(), 1, "{ending}");
    }
}

#[test]
fn marks_without_their_text_are_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    for (name, needed) in [("a.ann", "a.txt"), ("b.a1", "b.txt"), ("c.a2", "c.a1")] {
        let path = folder.path().join(name);
        std::fs::write(&path, "T1\tPER 0 4\tNina\n").unwrap();
        let found = read_as("brat", &path);
        assert!(matches!(detect(&path), Ok(Detected::Reads(format)) if format.id == "brat"));
        let said = &found.diagnostics[0];
        assert!(said.code == "no_text" && said.message.contains(needed), "{said}");
        assert!(said.hint.as_ref().unwrap().contains(needed), "{said}");
        assert_eq!((found.articles.len(), found.diagnostics.len()), (0, 1));
    }
}

#[test]
fn articles_in_a_list_or_in_an_object_around_it_are_read_as_lines_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    let one = r#"{"id":"a","text":"😀 Nina","entities":[{"start":2,"end":6,"label":"PER","text":"Nina"}]}"#;
    let pretty = one.replace("{\"id", "{\n \"id");
    for (content, said) in [
        (format!("{one}\n{one}\n"), vec![]),
        (format!("[{one},\n{one}]"), vec![]),
        (format!("{pretty}\n{pretty}"), vec![]),
        (format!("{{\"data\":[{one},{one}]}}"), vec![]),
        (
            format!("{{\n\"version\": 1,\n\"data\": [\n{one},\n{one}], \"end\": [{one}]}}\n"),
            vec!["keys_left_out"],
        ),
        (format!("{{\"data\":[{one},{one}"), vec![]),
        (
            format!("{{\"data\":[{one},{one},{{\"text\":1}},[]]}}"),
            vec!["bad_text", "not_an_object"],
        ),
    ] {
        std::fs::write(&path, &content).unwrap();
        assert!(
            matches!(detect(&path), Ok(Detected::Reads(format)) if format.id == "jsonl"),
            "{content}"
        );
        let found = read_as("jsonl", &path);
        assert_eq!(codes(&found), said, "{content}");
        assert_eq!(found.articles.len(), 2, "{content}");
        for incoming in &found.articles {
            let article = &incoming.article;
            let spans: Vec<_> = incoming
                .layers
                .iter()
                .flat_map(|(_, layer)| layer.spans.iter())
                .collect();
            assert_eq!(spans.len(), 1);
            assert_eq!(spans[0].ranges.quote(&article.text).as_deref(), Some("Nina"));
        }
    }
    let left_out = format!("{{\"version\":1,\"rows\":[{one}],\"end\":2}}");
    std::fs::write(&path, left_out).unwrap();
    let found = read_as("jsonl", &path);
    assert!(
        found.diagnostics[0].message.ends_with("version, end"),
        "{:?}",
        found.diagnostics
    );
}

#[test]
fn ids_are_unique_and_what_a_format_cannot_do_is_said() {
    for one in registry() {
        assert!(std::ptr::eq(format(one.id).unwrap(), one));
        assert!(one.reads() || one.writes());
        assert!(one.page.starts_with("# "), "{} has no page", one.id);
        // A snippet is the three lines that load an export, so every format that is written has one.
        assert_eq!(one.snippet().is_some(), one.writes(), "{}", one.id);
    }
    assert!(format("parchment").is_none());
}

#[test]
fn a_text_file_is_one_article_named_after_its_digest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("note.txt");
    for (bytes, said, text) in [
        (
            &b"\xef\xbb\xbfUn titre\r\n\r\nDes mots."[..],
            vec![],
            Some("Un titre\r\n\r\nDes mots."),
        ),
        (b"\xff\xfea\0b\0", vec!["encoding"], Some("ab")),
        (b" \n\t\r\n", vec!["empty_file"], None),
        (b"", vec!["empty_file"], None),
        (b"a\0b", vec!["not_text"], None),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let found = read_as("text", &path);
        assert_eq!(codes(&found), said);
        assert!(
            found
                .diagnostics
                .iter()
                .all(|one| one.file.as_deref() == Some(path.as_path()))
        );
        let article = found.articles.first().map(|one| &one.article);
        assert_eq!(article.map(|article| article.text.as_str()), text);
        if let Some(article) = article {
            let digest: String = article.sha256.hex().chars().take(24).collect();
            assert_eq!(article.id.as_str(), format!("a-{digest}"));
            assert_eq!(article.header.meta["file"], "note.txt");
        }
    }
}
