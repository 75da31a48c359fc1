//! A good file for each reader, open at the place of its words: what stands before them and behind them.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use hashiya::formats::format;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// A file with a gap.
#[derive(Default)]
pub struct Sample {
    /// The format that reads it.
    pub id: &'static str,
    /// What its name ends in.
    pub ending: &'static str,
    /// What stands before the gap.
    pub head: Vec<u8>,
    /// What stands behind it.
    pub tail: Vec<u8>,
    /// The other parts of its archive, where the file is an archive: the last name is that of the part with the gap.
    pub archive: Vec<(&'static str, &'static str)>,
    /// A file beside it: what its name ends in, and its content.
    pub companion: Option<(&'static str, &'static str)>,
}

/// A file in which the words stand between two strings.
fn around(id: &'static str, ending: &'static str, head: &str, tail: &str) -> Sample {
    Sample {
        id,
        ending,
        head: head.into(),
        tail: tail.into(),
        ..Sample::default()
    }
}

/// An archive with a part in which the words stand between two strings.
fn packed(
    id: &'static str,
    parts: &[(&'static str, &'static str)],
    name: &'static str,
    head: &str,
    tail: &str,
) -> Sample {
    let mut archive = parts.to_vec();
    archive.push((name, ""));
    Sample {
        archive,
        ..around(id, id, head, tail)
    }
}

/// An exported file, open behind the first place where that string stands in it.
fn exported(id: &'static str, path: &str, behind: &str) -> Sample {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("exports").join(path);
    let whole = std::fs::read_to_string(&path).unwrap();
    let (head, tail) = whole.split_once(behind).unwrap();
    let ending = format(id).unwrap().endings[0];
    around(id, ending, &format!("{head}{behind}"), tail)
}

/// A file of columns, cut open in its middle.
fn parquet() -> Sample {
    let mut head = parquet_of("Plus de 50 civils Alep");
    let tail = head.split_off(head.len() / 2);
    Sample {
        head,
        tail,
        ..around("parquet", "parquet", "", "")
    }
}

/// A file of columns with one row.
pub fn parquet_of(words: &str) -> Vec<u8> {
    let schema = parse_message_type("message rows { REQUIRED BYTE_ARRAY text (UTF8); }").unwrap();
    let mut file = SerializedFileWriter::new(Vec::new(), schema.into(), Arc::default()).unwrap();
    let mut rows = file.next_row_group().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    let words = [ByteArray::from(words)];
    column
        .typed::<ByteArrayType>()
        .write_batch(&words, None, None)
        .unwrap();
    column.close().unwrap();
    rows.close().unwrap();
    file.into_inner().unwrap()
}

const DOCX: (&str, &str) = (
    "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>",
    "</w:t></w:r></w:p></w:body></w:document>",
);
const ODF: &str =
    "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\"><office:body>";
const SHEET: &str = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>text</t></is></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>";
const BOOK: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    ),
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Target=\"xl/workbook.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"articles\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/></Relationships>",
    ),
];
const EPUB: &[(&str, &str)] = &[
    ("mimetype", "application/epub+zip"),
    (
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>",
    ),
    (
        "book.opf",
        "<package xmlns:dc=\"d\"><metadata><dc:title>Alep</dc:title></metadata><manifest>\
         <item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
         <spine><itemref idref=\"a\"/></spine></package>",
    ),
];
const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
    2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R\
    /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n\
    4 0 obj<</Length 100000>>stream\nBT /F 12 Tf 50 700 Td (";

/// One for each format that reads.
pub fn samples() -> Vec<Sample> {
    let mut all = datasets();
    all.extend(articles());
    all
}

fn datasets() -> Vec<Sample> {
    vec![
        exported("doccano", "sample.doccano.jsonl", r#""text":""#),
        exported("labelstudio", "sample.labelstudio.json", r#""text":""#),
        around("hf", "jsonl", r#"{"ner_tags":["B-actor"],"tokens":[""#, "\"]}\n"),
        exported("prodigy", "sample.prodigy.jsonl", r#""text":""#),
        exported("argilla", "sample.argilla.json", r#""text":""#),
        Sample {
            companion: Some(("txt", "Plus de 50 civils à Alep")),
            ..around("brat", "ann", "T1\tactor 0 4\t", "\n")
        },
        exported(
            "webanno",
            "webanno/sample/a-0407eeabdbfa4180aa6575e9.tsv",
            "#Text=",
        ),
        around("csv", "csv", "id,text\n1,\"", "\"\n"),
        around("csv-excel", "csv", "\u{feff}id;text\n1;\"", "\"\n"),
        packed(
            "xlsx",
            BOOK,
            "xl/worksheets/sheet1.xml",
            SHEET,
            "</t></is></c></row></sheetData></worksheet>",
        ),
        packed(
            "ods",
            &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")],
            "content.xml",
            &format!(
                "{ODF}<office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>text</text:p>\
                 </table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>"
            ),
            "</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>\
             </office:document-content>",
        ),
        parquet(),
        exported(
            "xmi",
            "xmi/sample/a-43aba09c55180a1465e8cee3.xmi",
            "sofaString=\"",
        ),
        exported(
            "uima-json",
            "uima-json/sample/a-43aba09c55180a1465e8cee3.json",
            r#""sofaString":""#,
        ),
        exported("w3c", "sample.jsonld", r#""value":""#),
        around("conll", "conll", "-DOCSTART- -X- O O\n\n", " -X- O B-actor\n\n"),
        exported("jsonl", "sample.jsonl", r#""text":""#),
    ]
}

fn articles() -> Vec<Sample> {
    vec![
        around(
            "pdf",
            "pdf",
            PDF,
            ") Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        ),
        packed(
            "epub",
            EPUB,
            "a.xhtml",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>",
            "</p></body></html>",
        ),
        around(
            "feed",
            "xml",
            "<rss version=\"2.0\"><channel><item><title>Alep</title><description>",
            "</description></item></channel></rss>",
        ),
        packed("docx", &[], "word/document.xml", DOCX.0, DOCX.1),
        packed(
            "odt",
            &[("mimetype", "application/vnd.oasis.opendocument.text")],
            "content.xml",
            &format!("{ODF}<office:text><text:p>"),
            "</text:p></office:text></office:body></office:document-content>",
        ),
        around("rtf", "rtf", "{\\rtf1\\ansi ", "\\par}"),
        packed("zip", &[], "alep.txt", "Plus de 50 civils ", "\n"),
        around(
            "eml",
            "eml",
            "From: a@example.org\r\nTo: b@example.org\r\nSubject: Alep\r\nDate: Fri, 1 Mar 2024 10:00:00 +0000\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n",
            "\r\n",
        ),
        around(
            "mhtml",
            "mhtml",
            "From: <Saved by Blink>\r\nSubject: Alep\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
             Content-Location: https://example.org/alep\r\n\r\n<html><body><p>",
            "</p></body></html>\r\n--b--\r\n",
        ),
        around(
            "html",
            "html",
            "<!doctype html><html><body><article><p>",
            "</p></article></body></html>",
        ),
        around("text", "txt", "Plus de 50 civils ", "\n"),
    ]
}

/// Bytes as the file of a sample holds them: alone, or in its archive, where they are not packed, so that the file is
/// as large as they are.
pub fn wrapped(sample: &Sample, bytes: &[u8]) -> Vec<u8> {
    let Some(((name, _), parts)) = sample.archive.split_last() else {
        return bytes.to_vec();
    };
    let stored =
        || zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + 4096)));
    for (name, content) in parts.iter().map(|(name, text)| (name, text.as_bytes())) {
        archive.start_file(*name, stored()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.start_file(*name, stored()).unwrap();
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap().into_inner()
}
