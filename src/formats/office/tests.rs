//! What documents become, and what damaged ones do.

use std::io::{Cursor, Write};

use crate::formats::testing::detected;
use crate::formats::{Collected, Format, ReadOptions, read};

use super::{docx, odt, rtf};

/// An archive of these files.
pub(in super::super) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_bytes(format: &Format, name: &str, bytes: &[u8]) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut found = Collected::default();
    assert!(read(format, &path, &ReadOptions::default(), &mut found).is_continue());
    found
}

fn text_of(found: &Collected) -> &str {
    assert_eq!(found.diagnostics, []);
    assert_eq!(found.articles.len(), 1);
    found.articles[0].article.text.as_str()
}

/// Every file that is cut short, and every one with a changed byte, is read without a panic and not in silence.
fn survives_damage(format: &Format, name: &str, bytes: &[u8]) {
    for end in 0..bytes.len() {
        let found = read_bytes(format, name, &bytes[..end]);
        assert!(
            found.articles.is_empty() && !found.diagnostics.is_empty(),
            "cut at {end}"
        );
    }
    for at in (0..bytes.len()).step_by(3) {
        let mut changed = bytes.to_vec();
        changed[at] ^= 0x5a;
        let found = read_bytes(format, name, &changed);
        assert!(
            found.articles.len() + found.diagnostics.len() > 0,
            "changed at {at}"
        );
    }
}

fn word(body: &str) -> Vec<u8> {
    word_with(body, &[])
}

fn word_with(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let xml =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![
        (
            "word/footnotes.xml",
            "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/></w:footnote>\
             <w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/><w:t xml:space=\"preserve\"> Note.</w:t></w:r></w:p></w:footnote>\
             </w:footnotes>"
                .as_bytes(),
        ),
        (
            "docProps/core.xml",
            b"<c:p xmlns:c=\"c\"><dc:title> A &amp; B </dc:title><dc:creator>Ada</dc:creator>\
              <dcterms:created>2024-05-01T08:00:00Z</dcterms:created></c:p>",
        ),
        ("word/document.xml", xml.as_bytes()),
    ];
    parts.extend(more);
    archive(&parts)
}

#[test]
fn a_word_document_comes_as_its_reader_sees_it() {
    for (body, text) in [
        (
            "<w:p><w:r><w:t>Prix\u{a0}: 5\u{202f}€ &amp; plus</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>عربي</w:t><w:tab/><w:t>עברית</w:t></w:r></w:p>",
            "Prix\u{a0}: 5\u{202f}€ & plus\n\nعربي\tעברית",
        ),
        (
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">a </w:t><w:br/><w:t> b </w:t></w:r></w:p>",
            "a \nb",
        ),
        (
            "<w:p><w:del><w:r><w:delText>x</w:delText><w:t>x</w:t></w:r></w:del><w:ins><w:r><w:t>y</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>z</w:t></w:r></w:moveFrom></w:p>",
            "y",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:t>two</w:t></w:r></w:p>",
            "onetwo",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>\
             <w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>d</w:t></w:r></w:p>",
            "a\nb\tc\nd",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>two</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "one\ntwo",
        ),
        (
            "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id=\"1\"/><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p>",
            "ab\nc\nNote.",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:moveTo><w:r><w:t>a</w:t></w:r></w:moveTo><w:del><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:del></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
            "a\nb",
        ),
        // The mark of a note that its writer chose would read as a digit more.
        (
            "<w:p><w:r><w:t>50 civils</w:t></w:r><w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"1\"/><w:t>3</w:t></w:r><w:r><w:t>, hier</w:t></w:r></w:p>",
            "50 civils, hier\nNote.",
        ),
        // A text box, which stands twice in the file.
        (
            "<w:p><w:r><w:t xml:space=\"preserve\">one </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:posOffset>12</wp:posOffset><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>two</w:t></w:r></w:p>",
            "box\none two",
        ),
        (
            "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">قُتل 50 مدنياً في </w:t></w:r><w:r><w:t>12/03/2024</w:t></w:r><w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\"> بـ</w:t></w:r><w:r><w:t>٣٫٥٪</w:t></w:r></w:p>",
            "قُتل 50 مدنياً في 12/03/2024 بـ٣٫٥٪",
        ),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>new</w:t></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "new",
        ),
    ] {
        let found = read_bytes(&docx::FORMAT, "a.docx", &word(body));
        assert_eq!(text_of(&found), text);
        let header = &found.articles[0].article.header;
        assert_eq!(header.title.as_deref(), Some("A & B"));
        assert_eq!(header.meta["author"], "Ada");
        assert_eq!(header.meta["created"], "2024-05-01T08:00:00Z");
        assert_eq!(header.meta["file"], "a.docx");
    }
}

#[test]
fn parts_of_a_word_document_are_found_under_the_names_that_it_gives_them() {
    let relations = |of: &[(&str, &str)]| -> String {
        let of = of.iter().map(|(kind, target)| {
            format!("<Relationship Type=\"http://a.example/relationships/{kind}\" Target=\"{target}\"/>")
        });
        format!("<Relationships>{}</Relationships>", of.collect::<String>())
    };
    let document = "<w:document><w:p><w:r><w:t>50 civils</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r>\
        <w:r><w:rPr><w:rStyle w:val=\"S\"/></w:rPr><w:t>x</w:t></w:r></w:p></w:document>";
    let notes = "<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let styles = "<w:styles><w:style w:type=\"character\" w:styleId=\"S\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    for (folder, own, footnotes) in [
        (
            "word/",
            relations(&[("styles", "styles2.xml"), ("footnotes", "/notes/n.xml")]),
            "notes/n.xml",
        ),
        ("", relations(&[("styles", "styles2.xml")]), "footnotes.xml"),
    ] {
        let name = |name: &str| format!("{folder}{name}");
        let bytes = archive(&[
            (
                "_rels/.rels",
                relations(&[("officeDocument", &name("document2.xml"))]).as_bytes(),
            ),
            (&name("_rels/document2.xml.rels"), own.as_bytes()),
            (&name("document2.xml"), document.as_bytes()),
            (&name("styles2.xml"), styles.as_bytes()),
            (footnotes, notes.as_bytes()),
        ]);
        let found = read_bytes(&docx::FORMAT, "a.docx", &bytes);
        hidden(&found, "50 civils\nNote.", "one character");
    }
}

#[test]
fn hidden_words_of_a_word_document_are_left_out_and_counted() {
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:type=\"character\" w:styleId=\"Secret\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"Child\"><w:basedOn w:val=\"Secret\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Dark\"><w:rPr><w:vanish w:val=\"true\"/></w:rPr></w:style></w:styles>";
    for (body, text, count) in [
        (
            "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>سر x</w:t><w:tab/></w:r><w:r><w:t>b</w:t></w:r></w:p>",
            "ab",
            "3 characters",
        ),
        (
            "<w:p><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>a</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"Child\"/></w:rPr><w:t>x</w:t></w:r></w:p>",
            "a",
            "one character",
        ),
        (
            "<w:p><w:pPr><w:pStyle w:val=\"Dark\"/></w:pPr><w:r><w:t>xy</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"off\"/></w:rPr><w:t>a</w:t></w:r></w:p>",
            "a",
            "2 characters",
        ),
        // A paragraph whose end is hidden too is not there at all.
        (
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p><w:p><w:r><w:t>a</w:t></w:r></w:p>",
            "a",
            "one character",
        ),
        // So was it before a tracked change of its looks.
        (
            "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>",
            "a",
            "",
        ),
        (
            "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
            "a",
            "",
        ),
    ] {
        let bytes = word_with(body, &[("word/styles.xml", styles.as_bytes())]);
        hidden(&read_bytes(&docx::FORMAT, "a.docx", &bytes), text, count);
    }
}

/// The text of the only article, and how much of it was left out as hidden.
fn hidden(found: &Collected, text: &str, count: &str) {
    assert_eq!(found.articles.len(), 1, "{:?}", found.diagnostics);
    assert_eq!(found.articles[0].article.text.as_str(), text);
    let told: Vec<_> = found
        .diagnostics
        .iter()
        .map(|one| (one.code, one.message.starts_with(count)))
        .collect();
    let expected: &[_] = if count.is_empty() {
        &[]
    } else {
        &[("hidden_text", true)]
    };
    assert_eq!(told, expected, "{:?}", found.diagnostics);
}

#[test]
fn a_damaged_word_document_is_refused() {
    let good = word("<w:p><w:r><w:t>words</w:t></w:r></w:p>");
    survives_damage(&docx::FORMAT, "a.docx", &good);
    for (body, code) in [
        ("<w:p><w:r><w:t>a</w:t>", "damaged_document"),
        ("<w:p><w:r><w:t>&unknown;</w:t></w:r></w:p>", "damaged_document"),
        (
            "<w:p><w:r><w:footnoteReference w:id=\"7\"/></w:r></w:p>",
            "damaged_document",
        ),
        ("<w:p/>", "empty_file"),
        (&"<w:tc><w:p>".repeat(20_000), "damaged_document"),
        ("</w:tc></w:tr></w:p>", "damaged_document"),
    ] {
        let found = read_bytes(&docx::FORMAT, "a.docx", &word(body));
        assert_eq!(found.articles.len(), 0);
        assert_eq!(found.diagnostics[0].code, code, "{}", found.diagnostics[0]);
        assert!(found.diagnostics[0].hint.is_some() && found.diagnostics[0].file.is_some());
    }
}

#[test]
fn a_word_document_is_known_by_its_content() {
    let bytes = word("<w:p/>");
    for (name, found) in [
        ("a.docx", "docx"),
        ("a", "docx"),
        ("a.zip", "docx"),
        ("a.txt", "docx"),
    ] {
        assert_eq!(detected(name, &bytes), found);
    }
    assert_eq!(detected("a.docx", b"words"), "unknown_format");
    assert_eq!(detected("a.bin", &archive(&[("a.txt", b"words")])), "not_text");
}

fn open_document(body: &str) -> Vec<u8> {
    open_document_with("", body)
}

fn open_document_with(styles: &str, body: &str) -> Vec<u8> {
    let xml = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[
        ("content.xml", xml.as_bytes()),
        (
            "meta.xml",
            b"<m><dc:title>T</dc:title><meta:initial-creator>Ada</meta:initial-creator><dc:creator>Bo</dc:creator>\
              <meta:creation-date>2024-05-01T08:00:00</meta:creation-date></m>",
        ),
    ])
}

#[test]
fn an_open_document_comes_as_its_reader_sees_it() {
    for (body, text) in [
        (
            "<text:h>Prix\u{a0}: 5\u{202f}€</text:h><text:p/><text:p> عربي<text:tab/>\n  עברית <text:s text:c=\"2\"/>x </text:p>",
            "Prix\u{a0}: 5\u{202f}€\n\nعربي\t עברית   x",
        ),
        (
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>a<text:line-break/>b<office:annotation><text:p>c</text:p></office:annotation></text:p>",
            "a\nb",
        ),
        (
            "<text:p>a <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>N</text:p></text:note-body></text:note>b</text:p><text:p>c</text:p>",
            "a b\nc\nN",
        ),
        (
            "<text:p>a<text:change text:change-id=\"1\"/><text:change-start text:change-id=\"2\"/>ins<text:change-end text:change-id=\"2\"/> 50 <text:span>قُتل</text:span> ٣٫٥٪</text:p>",
            "ains 50 قُتل ٣٫٥٪",
        ),
        (
            "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>",
            "a\tb",
        ),
        (
            "<text:p>a<draw:frame><svg:title>b</svg:title></draw:frame><text:title>c</text:title></text:p>",
            "ac",
        ),
        (
            "<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:title>b</svg:title><svg:desc>d</svg:desc></draw:frame></text:p>",
            "box\na",
        ),
    ] {
        let found = read_bytes(&odt::FORMAT, "a.odt", &open_document(body));
        assert_eq!(text_of(&found), text);
        let header = &found.articles[0].article.header;
        assert_eq!(header.title.as_deref(), Some("T"));
        assert_eq!(header.meta["author"], "Ada");
        assert_eq!(header.meta["created"], "2024-05-01T08:00:00");
    }
}

#[test]
fn hidden_words_of_an_open_document_are_left_out_and_counted() {
    let style = |name: &str, family: &str, display: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"{family}\"><style:text-properties text:display=\"{display}\"/></style:style>"
        )
    };
    let styles = [
        style("T1", "text", "none"),
        style("T2", "text", "true"),
        style("P1", "paragraph", "none"),
    ]
    .concat();
    for (body, text, count) in [
        (
            "<text:p>a<text:span text:style-name=\"T1\"> سر<text:tab/></text:span>b</text:p>",
            "ab",
            "2 characters",
        ),
        (
            "<text:p>a</text:p><text:p text:style-name=\"P1\">x</text:p><text:p>b</text:p>",
            "a\nb",
            "one character",
        ),
        (
            "<text:p text:style-name=\"P1\">x<text:span text:style-name=\"T2\">a</text:span></text:p><text:p>b</text:p>",
            "ab",
            "one character",
        ),
        (
            "<text:section text:display=\"none\"><text:p>x<text:span text:style-name=\"T2\">y</text:span></text:p></text:section><text:p>a</text:p>",
            "a",
            "2 characters",
        ),
        (
            "<text:p>a<text:hidden-text text:is-hidden=\"true\">x</text:hidden-text><text:hidden-text text:is-hidden=\"false\">b</text:hidden-text></text:p>",
            "ab",
            "one character",
        ),
    ] {
        let bytes = open_document_with(&styles, body);
        hidden(&read_bytes(&odt::FORMAT, "a.odt", &bytes), text, count);
    }
}

#[test]
fn a_damaged_open_document_is_refused() {
    survives_damage(&odt::FORMAT, "a.odt", &open_document("<text:p>words</text:p>"));
    let many =
        open_document("<text:p><text:s text:c=\"3999999999\"/><text:s text:c=\"4000000000\"/>a</text:p>");
    assert_eq!(text_of(&read_bytes(&odt::FORMAT, "a.odt", &many)).len(), 20_001);
    assert_eq!(detected("a.odt", &many), "odt");
}

#[test]
fn rich_text_comes_as_its_reader_sees_it() {
    for (body, text) in [
        (
            "Prix\\~: 5\\'80\\par\nb\\line c\\tab d\\par",
            "Prix\u{a0}: 5€\nb\nc\td",
        ),
        (
            "{\\*\\generator x;}{\\pict 00ff}{\\stylesheet{\\s1 Normal;}}a",
            "a",
        ),
        (
            "\\uc1\\u1593?\\u-10179?\\u-8704?x{\\uc2\\u233\\'65\\'65y}\\u233?",
            "ع😀xéyé",
        ),
        ("\\u55357?x", "\u{fffd}x"),
        ("{\\f1 \\'f9\\'e5}\\f2\\'c8 z\\plain\\'e9", "שו\u{628} zé"),
        (
            "a{\\deleted b}{\\v0 c}{\\footnote  Note.}d\\par e",
            "acd\ne\nNote.",
        ),
        (
            "one {\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv {\\pict 00}x}}{\\shptxt \\pard box{\\b !}\\par}}{\\shprslt\\par old}}two\\par",
            "box!\none two",
        ),
        ("{\\header{\\shp{\\*\\shpinst{\\shptxt x}}}}a", "a"),
        (
            "\\rtlpar \\rtlch \\u1602?\\u1615?\\u1578?\\u1604? 50 \\u1605?\\par",
            "قُتل 50 م",
        ),
        ("\\bin3 {{{a\\{\\}\\\\", "a{}\\"),
        ("a\\cell b\\cell\\row c", "a\tb\t\nc"),
    ] {
        let rich = format!(
            "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fcharset0 A;}}{{\\f1\\fcharset177 B;}}{{\\f2\\fcharset178 C;}}}}{{\\info{{\\title T}}{{\\author \\u201?da}}{{\\operator O}}}}{body}}}"
        );
        let found = read_bytes(&rtf::FORMAT, "a.rtf", rich.as_bytes());
        assert_eq!(text_of(&found), text, "{body}");
        let header = &found.articles[0].article.header;
        assert_eq!(header.title.as_deref(), Some("T"));
        assert_eq!(header.meta["author"], "Éda");
        assert_eq!(detected("a.doc", rich.as_bytes()), "rtf");
    }
}

#[test]
fn hidden_words_of_rich_text_are_left_out_and_counted() {
    for (body, text, count) in [
        ("a{\\v xy\\par }b", "ab", "2 characters"),
        ("a\\v x\\v0 b\\v x\\plain c", "abc", "2 characters"),
        ("a{\\v {\\footnote x}}\\par b", "a\nb", "one character"),
        ("a{\\v{\\xe x}}", "a", ""),
    ] {
        let rich = format!("{{\\rtf1 {body}}}");
        hidden(&read_bytes(&rtf::FORMAT, "a.rtf", rich.as_bytes()), text, count);
    }
}

#[test]
fn a_word_document_is_read_though_its_relations_are_damaged() {
    let body = "<w:p><w:r><w:t>words</w:t></w:r></w:p>";
    let broken: &[u8] = b"<Relationships><Relationship Type=\"x\"</";
    let bytes = word_with(body, &[("word/_rels/document.xml.rels", broken)]);
    assert_eq!(text_of(&read_bytes(&docx::FORMAT, "a.docx", &bytes)), "words");
}

#[test]
fn what_stands_behind_the_end_of_rich_text_is_told() {
    for (behind, told) in [("\0\r\n", None), ("{\\rtf1 more}", Some("behind_end"))] {
        let found = read_bytes(
            &rtf::FORMAT,
            "a.rtf",
            format!("{{\\rtf1 words}}{behind}").as_bytes(),
        );
        assert_eq!(found.articles[0].article.text.as_str(), "words");
        assert!(
            found.diagnostics.iter().map(|found| found.code).eq(told),
            "{behind:?}"
        );
    }
}

#[test]
fn damaged_rich_text_is_refused() {
    survives_damage(
        &rtf::FORMAT,
        "a.rtf",
        b"{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}words \\u233?\\'e9\\bin2 xx\\par}",
    );
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    assert_eq!(
        read_bytes(&rtf::FORMAT, "a.rtf", deep.as_bytes()).diagnostics[0].code,
        "damaged_document"
    );
}
