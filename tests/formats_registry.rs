//! Which format a file is in, and what a plain text file becomes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what cannot be made is a failed test, also in a helper"
)]

use hashiya::formats::{Collected, Detected, ReadOptions, detect, format, read, registry};

#[test]
fn a_file_is_known_by_its_name_and_its_first_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (name, head, found) in [
        ("a.txt", &b"words"[..], Ok("text")),
        ("A.TXT", b"words", Ok("text")),
        ("README", b"words", Ok("text")),
        ("a.jsonl", b"{\"text\":\"a\"}\n", Ok("jsonl")),
        ("a.ndjson", b"", Ok("jsonl")),
        ("a.json", b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n", Ok("jsonl")),
        ("a.json", b"[{\"text\":\"a\"}]", Err("unknown_format")),
        ("a.json", b"{\n  \"text\": \"a\"\n}\n", Err("unknown_format")),
        ("a.xyz", b"words", Err("unknown_format")),
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
    ] {
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
        assert_eq!(answer, found, "{name} {head:?}");
    }
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
    for (bytes, codes, text) in [
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
        let mut found = Collected::default();
        assert!(
            read(
                format("text").unwrap(),
                &path,
                &ReadOptions::default(),
                &mut found
            )
            .is_continue()
        );
        assert_eq!(
            found.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(),
            codes
        );
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
