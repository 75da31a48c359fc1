//! What electronic books become, and what damaged ones do.

use crate::formats::office::tests::archive;

use super::super::epub::FORMAT;
use super::*;

const OPF: &str = r#"<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="d">
<dc:title>Le livre</dc:title><dc:creator id="a">Ada</dc:creator><dc:creator>Bo</dc:creator><dc:language>fr</dc:language>
<dc:date>2024-05-01</dc:date><dc:publisher>Éditions</dc:publisher></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav"/><item id="ncx" href="toc.ncx"/>
<item id="c1" href="text/one%20a.xhtml"/><item id="c2" href="text/two.xhtml"/><item id="cover" href="cover.xhtml"/></manifest>
<spine toc="ncx"><itemref idref="cover"/><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/></spine></package>"#;

fn book(extra: &[(&str, &[u8])]) -> Vec<u8> {
    let mut files: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"OEBPS/content.opf\"/></rootfiles></container>"),
        ("OEBPS/content.opf", OPF.as_bytes()),
        ("OEBPS/nav.xhtml", b"<html><body><nav><a href=\"text/two.xhtml#x\">Chapter <b>two</b></a></nav></body></html>"),
        ("OEBPS/toc.ncx", b"<ncx><navMap><navPoint><navLabel><text>Chapter one</text></navLabel><content src=\"text/one%20a.xhtml\"/></navPoint></navMap></ncx>"),
        ("OEBPS/cover.xhtml", b"<html><head><title>Cover</title></head><body><img src=\"c.png\"/></body></html>"),
        ("OEBPS/text/one a.xhtml", "<!DOCTYPE html [<!ENTITY x \"y\">]><html><head><title>t</title></head><body><h1>Un <i>titre</i></h1><p>Prix&nbsp;: 5\u{202f}€</p><p>عربي</p></body></html>".as_bytes()),
        ("OEBPS/text/two.xhtml", b"<html><body><h1>2</h1><p>Words<p>not closed</body></html>"),
    ];
    for (name, bytes) in extra {
        match files.iter_mut().find(|(known, _)| known == name) {
            Some(file) => file.1 = bytes,
            None => files.push((name, bytes)),
        }
    }
    archive(&files)
}

#[test]
fn a_chapter_of_a_book_is_an_article() {
    let bytes = book(&[]);
    let found = import(&FORMAT, &bytes);
    assert_eq!(found.diagnostics, []);
    assert_eq!(
        texts(&found),
        ["Un titre\nPrix\u{a0}: 5\u{202f}€\nعربي", "2\nWords\nnot closed"]
    );
    let headers: Vec<_> = found.articles.iter().map(|one| &one.article.header).collect();
    assert_eq!(headers[0].title.as_deref(), Some("Un titre"));
    assert_eq!(headers[1].title.as_deref(), Some("Chapter two"));
    assert_eq!(headers[0].lang.as_deref(), Some("fr"));
    for (key, value) in [
        ("source", "Le livre"),
        ("author", "Ada, Bo"),
        ("published", "2024-05-01"),
        ("publisher", "Éditions"),
        ("part", "2"),
    ] {
        assert_eq!(headers[0].meta[key], value);
    }
    assert_eq!(detected("a.bin", &bytes), "epub");
    assert_eq!(detected("a.zip", &bytes), "epub");
}

#[test]
fn a_chapter_has_no_marks_of_notes_and_no_elements_that_swallow_the_rest() {
    for (body, text) in [
        (
            "<p>50 civils<sup><a href=\"#n3\">3</a></sup>, hier</p>",
            "50 civils, hier",
        ),
        (
            "<p>50 civils<a href=\"notes.xhtml#n3\"><sup>3</sup></a></p>",
            "50 civils",
        ),
        (
            "<p>50 <a epub:type=\"noteref pagebreak\" href=\"#n\">3</a>civils<a role=\"doc-noteref\" href=\"#n\">4</a></p>",
            "50 civils",
        ),
        (
            "<p>50 civils<sup><a id=\"r3\"/><a href=\"#n3\">3</a></sup></p>",
            "50 civils",
        ),
        (
            "<p>Le 1<sup>er</sup> mai, <a href=\"#x\">voir 3</a> <a href=\"https://a.example/#b\"><sup>2</sup></a></p>",
            "Le 1er mai, voir 3 ²",
        ),
        (
            &format!(
                "<p>un{} deux</p><div/><p>trois</p>",
                "<span id=\"p\"/>".repeat(2000)
            ),
            "un deux\ntrois",
        ),
        ("<p>un<script/>, deux</p><p>a</p>\n<p/>", "un, deux\na"),
    ] {
        let chapter = format!("<html xmlns:epub=\"e\"><head><title/></head><body>{body}</body></html>");
        let bytes = book(&[("OEBPS/text/two.xhtml", chapter.as_bytes())]);
        assert_eq!(texts(&import(&FORMAT, &bytes))[1], text, "{body}");
    }
}

#[test]
fn a_chapter_that_is_too_deep_is_told_and_the_others_come_in() {
    let deep = format!("<body>{}words</body>", "<div>".repeat(100_000));
    let found = import(&FORMAT, &book(&[("OEBPS/text/two.xhtml", deep.as_bytes())]));
    assert_eq!((found.articles.len(), codes(&found)), (1, vec!["too_complex"]));
    assert!(found.diagnostics[0].message.contains("two.xhtml"));
}

#[test]
fn a_protected_book_is_refused_and_one_with_protected_fonts_is_not() {
    let encryption = |uri: &str| {
        format!(
            "<encryption><EncryptedData><CipherData><CipherReference URI=\"{uri}\"/></CipherData></EncryptedData></encryption>"
        )
    };
    let (chapter, font) = (encryption("OEBPS/text/two.xhtml"), encryption("OEBPS/font.otf"));
    let protected = book(&[
        ("META-INF/encryption.xml", chapter.as_bytes()),
        ("META-INF/license.lcpl", b"{}"),
    ]);
    let found = import(&FORMAT, &protected);
    assert_eq!((found.articles.len(), codes(&found)), (0, vec!["encrypted"]));
    assert!(found.diagnostics[0].message.contains("LCP"));
    let fonts = book(&[("META-INF/encryption.xml", font.as_bytes())]);
    assert_eq!(import(&FORMAT, &fonts).articles.len(), 2);
}

#[test]
fn a_damaged_book_is_told() {
    let good = book(&[]);
    for end in (0..good.len()).step_by(3) {
        let found = import(&FORMAT, &good[..end]);
        assert!(
            found.articles.is_empty() && !found.diagnostics.is_empty(),
            "cut at {end}"
        );
    }
    for at in (0..good.len()).step_by(5) {
        let mut changed = good.clone();
        changed[at] ^= 0x5a;
        let found = import(&FORMAT, &changed);
        assert!(
            found.articles.len() + found.diagnostics.len() > 0,
            "changed at {at}"
        );
    }
    for (name, bytes) in [
        ("META-INF/container.xml", &b"<container/>"[..]),
        ("OEBPS/content.opf", b"<package>"),
        (
            "OEBPS/content.opf",
            b"<package><spine><itemref idref=\"x\"/></spine></package>",
        ),
    ] {
        let found = import(&FORMAT, &book(&[(name, bytes)]));
        assert_eq!(
            (found.articles.len(), codes(&found)),
            (0, vec!["damaged_document"])
        );
    }
    let empty = book(&[("OEBPS/text/one a.xhtml", b""), ("OEBPS/text/two.xhtml", b"<p/>")]);
    assert_eq!(codes(&import(&FORMAT, &empty)), ["empty_file"]);
}
