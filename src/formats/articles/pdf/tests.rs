//! What PDF documents become, without the program and with a stand-in for it. The documents are made here.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::formats::Collected;

use super::read;

/// A document of these content streams, one a page, with these entries in its trailer.
fn document(pages: &[&str], info: &str, trailer: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600 >>".to_owned(),
        stream("", "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap"),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x"),
        format!("<< {info} >>"),
    ];
    let mut kids = String::new();
    for content in pages {
        let number = objects.len() + 1;
        write!(kids, "{number} 0 R ").unwrap();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /Im 7 0 R >> >> >>",
            number + 1
        ));
        objects.push(stream("", content));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let table = bytes.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        writeln!(end, "{place:010} 00000 n ").unwrap();
    }
    let size = places.len() + 1;
    write!(
        end,
        "trailer\n<< /Size {size} /Root 1 0 R /Info 8 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    bytes.extend(end.bytes());
    bytes
}

fn stream(entries: &str, content: &str) -> String {
    format!(
        "<< {entries} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// Lines in Helvetica, one below the other; each character a byte of Windows 1252.
fn lines(lines: &[&str]) -> String {
    let mut content = "BT /F1 12 Tf 14 TL 50 700 Td\n".to_owned();
    for line in lines {
        let hex = hex(line.chars().map(|c| (u32::from(c), 2)));
        writeln!(content, "<{hex}> Tj T*").unwrap();
    }
    content.push_str("ET");
    content
}

/// Numbers with as many digits.
fn hex(numbers: impl Iterator<Item = (u32, usize)>) -> String {
    let mut hex = String::new();
    for (number, digits) in numbers {
        write!(hex, "{number:0digits$x}").unwrap();
    }
    hex
}

/// Words in the font whose codes are those of Unicode.
fn own(words: &str) -> String {
    let hex = hex(words.encode_utf16().map(|unit| (u32::from(unit), 4)));
    format!("BT /F2 12 Tf 50 600 Td <{hex}> Tj ET")
}

const PICTURE: &str = "q 595 0 0 842 0 0 cm /Im Do Q";

fn read_bytes(bytes: &[u8], program: Option<&Path>) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    fs::write(&path, bytes).unwrap();
    let mut found = Collected::default();
    assert!(read(&path, program, &mut found).is_continue());
    for one in &found.diagnostics {
        assert_eq!(one.file.as_deref(), Some(path.as_path()));
    }
    found
}

fn codes(found: &Collected) -> Vec<&'static str> {
    found.diagnostics.iter().map(|one| one.code).collect()
}

fn text_of(found: &Collected) -> &str {
    assert_eq!(found.articles.len(), 1, "{:?}", found.diagnostics);
    found.articles[0].article.text.as_str()
}

#[test]
fn words_come_as_paragraphs_with_what_the_properties_say() {
    let page = lines(&[
        "Manifestation à Paris",
        "Le président a déclaré\u{a0}: «\u{a0}Nous allons continuer la réfor-",
        "me des retraites\u{a0}» hier, devant plusieurs dizaines de gens",
        "à Saint-",
        "Denis.",
    ]);
    let info = "/Title (Le titre) /Author <feff00c90064006d00e9> /CreationDate (D:20240312081500+01'00')";
    let found = read_bytes(&document(&[&page], info, ""), None);
    assert_eq!(
        text_of(&found),
        "Manifestation à Paris\nLe président a déclaré\u{a0}: «\u{a0}Nous allons continuer la réforme des retraites\u{a0}» hier, devant plusieurs dizaines de gens à Saint-Denis."
    );
    assert_eq!(found.diagnostics, []);
    let header = &found.articles[0].article.header;
    assert_eq!(header.title.as_deref(), Some("Le titre"));
    assert_eq!(header.lang.as_deref(), Some("fr"));
    assert_eq!(header.meta["author"], "Édmé");
    assert_eq!(header.meta["created"], "2024-03-12T08:15:00+01:00");
    assert!(!header.meta.contains_key("published"));
}

#[test]
fn what_programs_put_into_the_properties_is_no_title_and_no_author() {
    let page = lines(&["Some words of an article about the weather."]);
    for title in [
        "Microsoft Word - a.doc",
        "Untitled",
        "layout 1",
        "final.indd",
        "12",
        "",
        "Document3",
    ] {
        let info = format!("/Title ({title}) /Author (Administrator) /CreationDate (D:00000000)");
        let found = read_bytes(&document(&[&page], &info, ""), None);
        let header = &found.articles[0].article.header;
        assert_ne!(header.title.as_deref(), Some(title));
        assert!(!header.meta.contains_key("author") && !header.meta.contains_key("created"));
    }
}

#[test]
fn words_are_told_apart_by_their_places() {
    for (content, text) in [
        (
            "BT /F1 12 Tf 50 700 Td (two) Tj 80 0 Td (words) Tj ET",
            "two\twords",
        ),
        ("BT /F1 12 Tf 50 700 Td [(one) -100 (word)] TJ ET", "oneword"),
        ("BT /F1 12 Tf 50 700 Td [(two) -400 (words)] TJ ET", "two words"),
        // Bold by drawing twice.
        ("BT /F1 12 Tf 50 700 Td (bold) Tj 0.3 0 Td (bold) Tj ET", "bold"),
        (
            "BT /F1 40 Tf 50 700 Td (O) Tj /F1 10 Tf 0 -30 Td (nce upon) Tj ET",
            "Once upon",
        ),
        // A large headline, and a gap.
        (
            "BT /F1 24 Tf 50 700 Td (head) Tj /F1 10 Tf 0 -30 Td (line one of) Tj 0 -12 Td (the text) Tj ET",
            "head\nline one of the text",
        ),
    ] {
        let found = read_bytes(&document(&[content], "", ""), None);
        assert_eq!(text_of(&found), text, "{content}");
    }
}

#[test]
fn pages_that_are_pictures_are_named_and_never_imported_empty() {
    let words = lines(&["Words on the second page of the document, as many as a page has."]);
    let found = read_bytes(&document(&[PICTURE, &words, PICTURE, ""], "", ""), None);
    assert!(text_of(&found).starts_with("Words on"));
    assert_eq!(codes(&found), ["pages_without_text"]);
    assert!(found.diagnostics[0].message.contains("pages 1, 3 stand"));
    let found = read_bytes(&document(&[PICTURE], "", ""), None);
    assert_eq!((found.articles.len(), codes(&found)), (0, vec!["no_text_layer"]));
    assert!(found.diagnostics[0].hint.as_ref().unwrap().contains("OCR"));
    let found = read_bytes(&document(&[""], "", ""), None);
    assert_eq!((found.articles.len(), codes(&found)), (0, vec!["no_text_layer"]));
    // The stamp of a scanner is no text layer.
    let stamp = format!("{PICTURE} {}", lines(&["Scanned 12"]));
    assert_eq!(
        codes(&read_bytes(&document(&[&stamp, &words], "", ""), None)),
        ["pages_without_text"]
    );
}

#[test]
fn what_the_library_would_turn_around_is_refused() {
    for words in ["حلب", "ﺐﻠﺣ", "שלום", "Paris حلب"] {
        let found = read_bytes(&document(&[&own(words)], "", ""), None);
        assert_eq!(
            (found.articles.len(), codes(&found)),
            (0, vec!["needs_pdftotext"]),
            "{words}"
        );
        assert!(
            found.diagnostics[0]
                .hint
                .as_ref()
                .unwrap()
                .contains("poppler-utils")
        );
    }
    assert_eq!(
        text_of(&read_bytes(&document(&[&own("Привет ﬁn 漢字")], "", ""), None)),
        "Привет fin 漢字"
    );
    let turned = "BT /F1 12 Tf 0 1 -1 0 50 50 Tm (turned words) Tj ET";
    assert_eq!(
        codes(&read_bytes(&document(&[turned], "", ""), None)),
        ["needs_pdftotext"]
    );
    let unknown = own("\u{e000}\u{e001}\u{e002} ab");
    assert_eq!(
        codes(&read_bytes(&document(&[&unknown], "", ""), None)),
        ["unknown_letters"]
    );
}

#[test]
fn encrypted_and_damaged_documents_are_refused() {
    let key = "00".repeat(32);
    let trailer =
        format!("/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>");
    let good = document(&[&lines(&["words"])], "", "");
    let found = read_bytes(&document(&[&lines(&["words"])], "", &trailer), None);
    assert_eq!((found.articles.len(), codes(&found)), (0, vec!["encrypted"]));
    for bytes in [&b"%PDF-1.7\n"[..], b"%PDF-", b"", &good[..good.len() / 3]] {
        let found = read_bytes(bytes, None);
        assert_eq!(
            (found.articles.len(), codes(&found)),
            (0, vec!["damaged_document"])
        );
    }
}

#[test]
fn no_damage_is_a_panic_or_silence() {
    let good = document(&[&lines(&["Some words."]), PICTURE], "/Title (T)", "");
    for end in (0..good.len()).step_by(7) {
        let found = read_bytes(&good[..end], None);
        assert!(found.articles.len() + found.diagnostics.len() > 0, "cut at {end}");
    }
    for at in (0..good.len()).step_by(5) {
        let mut changed = good.clone();
        changed[at] ^= 0x15;
        let found = read_bytes(&changed, None);
        assert!(
            found.articles.len() + found.diagnostics.len() > 0,
            "changed at {at}"
        );
    }
}

#[test]
fn bombs_end() {
    // A form that draws itself, and arrays in one another.
    let deep = format!("{} {}", "[".repeat(50_000), lines(&["words"]));
    let found = read_bytes(&document(&[&deep], "", ""), None);
    assert!(found.articles.len() + found.diagnostics.len() > 0);
    let many = "0 0 m 9 9 l S ".repeat(2_000_001);
    let found = read_bytes(&document(&[&many], "", ""), None);
    assert_eq!((found.articles.len(), codes(&found)), (0, vec!["too_large"]));
}

/// A program that answers as this script does.
#[cfg(unix)]
fn stand_in(folder: &Path, script: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("pdftotext");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[cfg(unix)]
#[test]
fn the_program_is_asked_first() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = document(&[&lines(&["By the library."]), PICTURE], "/Title (T)", "");
    let answers =
        "[ \"$1 $2 $3 $4 $6 $7\" = '-enc UTF-8 -eol unix - ' ] || exit 9; [ -f \"$5\" ] || exit 9\n";
    let program = stand_in(
        folder.path(),
        &format!("{answers}printf '\\342\\200\\253ﺣﻠﺐ\\342\\200\\254 هنا\\n\\f\\f'"),
    );
    let found = read_bytes(&bytes, Some(&program));
    assert_eq!(text_of(&found), "حلب هنا");
    assert_eq!(found.articles[0].article.header.title.as_deref(), Some("T"));
    assert_eq!(codes(&found), ["pages_without_text"]);
    // Where it fails, or does not answer in words, the library reads.
    for script in ["exit 1", "printf 'words\\f'; exit 3", "printf '\\377\\376'"] {
        let program = stand_in(folder.path(), script);
        assert_eq!(
            text_of(&read_bytes(&bytes, Some(&program))),
            "By the library.",
            "{script}"
        );
    }
    assert_eq!(
        text_of(&read_bytes(&bytes, Some(Path::new("/nonexistent/pdftotext")))),
        "By the library."
    );
}

#[cfg(unix)]
#[test]
fn a_cancel_ends_the_program() {
    use std::ops::ControlFlow;

    struct Cancel;
    impl crate::formats::Sink for Cancel {
        fn article(&mut self, _: crate::formats::Incoming) -> ControlFlow<()> {
            panic!("it was canceled")
        }
        fn diagnostic(&mut self, found: crate::formats::Diagnostic) {
            panic!("{found}")
        }
        fn progress(&mut self, _: u64) -> ControlFlow<()> {
            ControlFlow::Break(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let program = stand_in(folder.path(), "exec sleep 600");
    let path = folder.path().join("a.pdf");
    fs::write(&path, document(&[&lines(&["words"])], "", "")).unwrap();
    assert!(read(&path, Some(&program), &mut Cancel).is_break());
}
