//! The format `docx`: one Word document is one article. It is read only.
//!
//! Words come from the document's own part and its notes; headers, footers, and comments are no part of the text.

use std::collections::BTreeMap;

use super::super::Diagnostic;
use super::super::articles::{Contents, Facts, Words, hand_over};
use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::flow::Flow;
use super::package::{Package, has_part, is_archive};
use super::{Step, attribute, damaged, properties, walk};

pub(in super::super) const FORMAT: Format = Format {
    id: "docx",
    name: "Word document",
    endings: &["docx", "docm", "dotx", "dotm"],
    page: include_str!("../../../assets/help/formats/docx.md"),
    claim: |file| {
        let has_ending = matches!(file.ending, "docx" | "docm" | "dotx" | "dotm");
        if is_archive(file) && (has_ending || has_part(file, DOCUMENT)) {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    read: Some(|path, _options, sink| hand_over(path, Package::open(path).and_then(contents), sink)),
    ..ARTICLES_ONLY
};

const DOCUMENT: &str = "word/document.xml";

/// Elements whose words are not in the text: what was deleted or moved away, a second shape of the same thing for
/// older programs, and the reading beside a character.
const LEFT_OUT: &[&str] = &["del", "moveFrom", "Fallback", "rt"];

/// Elements that say how something looks. They have no words, but say of a paragraph's end or a row that it is deleted.
const LOOKS: &[&str] = &["pPr", "trPr", "rPr", "tblPr", "tcPr", "sectPr", "sdtPr"];

fn contents(mut package: Package) -> Result<Contents, Diagnostic> {
    let name = document_name(&mut package)?;
    let Some(xml) = package.part(&name)? else {
        return Err(damaged("it has no text part"));
    };
    let mut walker = Walker::default();
    walk(&xml, |step| walker.take(&step))?;
    let mut notes = Vec::new();
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    for kind in ["footnote", "endnote"] {
        let wanted = walker.references.iter().filter(|(of, _)| *of == kind);
        let wanted: Vec<&String> = wanted.map(|(_, id)| id).collect();
        if wanted.is_empty() {
            continue;
        }
        let xml = package.part(&format!("{folder}/{kind}s.xml"))?;
        let xml = xml.ok_or_else(|| damaged(format!("its {kind}s are missing")))?;
        let mut own = Walker::default();
        walk(&xml, |step| own.take(&step))?;
        for id in wanted {
            let note = own.notes.get(id);
            notes.push(
                note.ok_or_else(|| damaged(format!("its {kind} {id} is missing")))?
                    .clone(),
            );
        }
    }
    let facts = match package.part("docProps/core.xml")? {
        Some(xml) => properties(&xml, ["creator", "lastModifiedBy"], "created")?,
        None => Facts::default(),
    };
    let text = walker.flow.finish(notes);
    Ok(Words { text, facts }.into())
}

/// The name of the part with the text, as the package says it; Word's own choice where it says nothing.
fn document_name(package: &mut Package) -> Result<String, Diagnostic> {
    let mut name = DOCUMENT.to_owned();
    if let Some(xml) = package.part("_rels/.rels")? {
        walk(&xml, |step| {
            if let Step::Start("Relationship", attributes) = step
                && attribute(attributes, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                && let Some(target) = attribute(attributes, "Target")
            {
                target.trim_start_matches('/').clone_into(&mut name);
            }
        })?;
    }
    Ok(name)
}

#[derive(Default)]
struct Walker {
    flow: Flow,
    /// How deep in an element that is left out.
    left_out: usize,
    /// The element of looks that is open, and how deep in it.
    looks: Option<(String, usize)>,
    /// The words of an open text element, and whether white space at its ends counts.
    run: Option<(String, bool)>,
    references: Vec<(&'static str, String)>,
    note: Option<String>,
    notes: BTreeMap<String, String>,
}

impl Walker {
    fn take(&mut self, step: &Step<'_>) {
        match step {
            Step::Start(name, attributes) => self.start(name, attributes),
            Step::End(name) => self.end(name),
            Step::Text(text) => {
                if let Some((run, _)) = &mut self.run {
                    run.push_str(text);
                }
            }
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        if self.left_out > 0 {
            self.left_out += 1;
            return;
        }
        if let Some((looks, depth)) = &mut self.looks {
            *depth += 1;
            match (looks.as_str(), name) {
                ("pPr", "del" | "moveFrom") => self.flow.join_next(),
                ("trPr", "del") => self.flow.delete_row(),
                _ => {}
            }
            return;
        }
        match name {
            _ if LEFT_OUT.contains(&name) => self.left_out = 1,
            _ if LOOKS.contains(&name) => self.looks = Some((name.to_owned(), 1)),
            "p" => self.flow.start_paragraph(),
            "tr" => self.flow.start_row(),
            "tc" => self.flow.start_cell(),
            "t" => {
                let keeps = attribute(attributes, "space") == Some("preserve");
                self.run = Some((String::new(), keeps));
            }
            "br" | "cr" => self.flow.push("\n"),
            "tab" | "ptab" => self.flow.push("\t"),
            "noBreakHyphen" => self.flow.push("\u{2011}"),
            "softHyphen" => self.flow.push("\u{ad}"),
            "sym" => {
                let code = attribute(attributes, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                let sign = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
                self.flow.push(sign.encode_utf8(&mut [0; 4]));
            }
            "footnoteReference" => self.refer("footnote", attributes),
            "endnoteReference" => self.refer("endnote", attributes),
            "footnote" | "endnote" => {
                self.note = attribute(attributes, "id").map(str::to_owned);
                self.flow.start_aside();
            }
            _ => {}
        }
    }

    fn refer(&mut self, kind: &'static str, attributes: &[(String, String)]) {
        if let Some(id) = attribute(attributes, "id") {
            self.references.push((kind, id.to_owned()));
        }
    }

    fn end(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        if let Some((_, depth)) = &mut self.looks {
            *depth -= 1;
            if *depth == 0 {
                self.looks = None;
            }
            return;
        }
        match name {
            "p" => self.flow.end_paragraph(),
            "tr" => self.flow.end_row(),
            "tc" => self.flow.end_cell(),
            "t" => {
                if let Some((run, keeps)) = self.run.take() {
                    // Line ends and tabs have elements of their own; raw ones are white space of the XML.
                    let white = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
                    let run = if keeps { &run } else { run.trim_matches(white) };
                    self.flow.push(&run.replace(['\t', '\n', '\r'], " "));
                }
            }
            "footnote" | "endnote" => {
                let text = self.flow.end_aside();
                if let Some(id) = self.note.take() {
                    // A space stands between the number, which is no text, and the note.
                    self.notes.insert(id, text.trim_start_matches(' ').to_owned());
                }
            }
            _ => {}
        }
    }
}
