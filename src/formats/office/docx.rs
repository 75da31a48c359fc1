//! The format `docx`: one Word document is one article. It is read only.
//!
//! Words come from the document's own part and its notes; headers, footers, and comments are no part of the text.

use std::collections::BTreeMap;

use super::super::Diagnostic;
use super::super::articles::{Contents, Facts, Words, hand_over};
use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::flow::Flow;
use super::hidden::{Hidden, Style, Styles};
use super::package::{Package, folder_of, has_part, is_archive, resolve};
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
    let name = related(&mut package, "", "officeDocument", DOCUMENT)?;
    let Some(xml) = package.part(&name)? else {
        return Err(damaged("it has no text part"));
    };
    let part = related(&mut package, &name, "styles", "styles.xml")?;
    let styles = match package.part(&part)? {
        Some(xml) => styles(&xml)?,
        None => Styles::default(),
    };
    let mut walker = Walker::new(&styles);
    walk(&xml, |step| walker.take(&step))?;
    let mut notes = Vec::new();
    for kind in ["footnote", "endnote"] {
        let wanted = walker.references.iter().filter(|(of, _)| *of == kind);
        let wanted: Vec<&String> = wanted.map(|(_, id)| id).collect();
        if wanted.is_empty() {
            continue;
        }
        let part = related(&mut package, &name, &format!("{kind}s"), &format!("{kind}s.xml"))?;
        let xml = package
            .part(&part)?
            .ok_or_else(|| damaged(format!("its {kind}s are missing")))?;
        let mut own = Walker::new(&styles);
        walk(&xml, |step| own.take(&step))?;
        for id in wanted {
            let note = own.notes.get(id);
            notes.push(
                note.ok_or_else(|| damaged(format!("its {kind} {id} is missing")))?
                    .clone(),
            );
        }
        walker.hidden.add(&own.hidden);
    }
    let facts = match package.part("docProps/core.xml")? {
        Some(xml) => properties(&xml, ["creator", "lastModifiedBy"], "created")?,
        None => Facts::default(),
    };
    let told = Vec::from_iter(walker.hidden.told());
    let text = walker.flow.finish(notes);
    Ok(Contents {
        told,
        ..Words { text, facts }.into()
    })
}

/// The name of the part that is of that kind for another one, or for the whole package, as the package says it; Word's
/// usual choice where it says nothing.
fn related(package: &mut Package, of: &str, kind: &str, usual: &str) -> Result<String, Diagnostic> {
    let folder = folder_of(of);
    let own_name = of.rsplit('/').next().unwrap_or_default();
    let mut found = None;
    let relations = package.part(&resolve(folder, &format!("_rels/{own_name}.rels")));
    // Of the document's own relations, Word's usual names do as well.
    let is_needed = of.is_empty();
    let relations = if is_needed {
        relations?
    } else {
        relations.unwrap_or_default()
    };
    if let Some(xml) = relations {
        let walked = walk(&xml, |step| {
            if let Step::Start("Relationship", attributes) = step
                && attribute(attributes, "Type").is_some_and(|said| said.rsplit('/').next() == Some(kind))
            {
                found = attribute(attributes, "Target").map(str::to_owned);
            }
        });
        if is_needed {
            walked?;
        }
    }
    Ok(resolve(folder, found.as_deref().unwrap_or(usual)))
}

/// The styles of characters and paragraphs, as far as they hide.
fn styles(xml: &str) -> Result<Styles, Diagnostic> {
    let mut styles = Styles::default();
    let mut open: Option<(String, String, Style)> = None;
    walk(xml, |step| match (step, &mut open) {
        (Step::Start("style", attributes), _) => {
            let value = |name| attribute(attributes, name).unwrap_or_default().to_owned();
            open = Some((value("type"), value("styleId"), Style::default()));
        }
        (Step::Start("basedOn", attributes), Some((_, _, style))) => {
            style.parent = attribute(attributes, "val").map(str::to_owned);
        }
        (Step::Start("vanish", attributes), Some((_, _, style))) => {
            style.is_hidden = Some(is_on(attributes, "val"));
        }
        (Step::End("style"), _) => {
            if let Some((family, name, style)) = open.take() {
                styles.add(&family, &name, style);
            }
        }
        _ => {}
    })?;
    Ok(styles)
}

/// Whether a switch is on, as it is where nothing else is said.
fn is_on(attributes: &[(String, String)], name: &str) -> bool {
    !matches!(attribute(attributes, name), Some("0" | "false" | "off"))
}

/// Words that look the same.
#[derive(Clone, Copy, Default)]
struct Run {
    /// What the run says of itself, what its style says, and what that of its paragraph says.
    is_hidden: [Option<bool>; 3],
    /// Whether its words are the sign of a note, which otherwise is a number that is not written out.
    is_mark: bool,
}

impl Run {
    fn is_hidden(self) -> bool {
        let [own, style, paragraph] = self.is_hidden;
        own.or(style).or(paragraph).unwrap_or(false)
    }
}

struct Walker<'a> {
    styles: &'a Styles,
    flow: Flow,
    /// How deep in an element that is left out.
    left_out: usize,
    /// The element of looks that is open, and how deep in it.
    looks: Option<(String, usize)>,
    /// What the styles of the open paragraphs say of hiding; one may hold a text box with others.
    paragraphs: Vec<Option<bool>>,
    runs: Vec<Run>,
    /// The words of an open text element, and whether white space at its ends counts.
    words: Option<(String, bool)>,
    references: Vec<(&'static str, String)>,
    note: Option<String>,
    notes: BTreeMap<String, String>,
    hidden: Hidden,
}

impl<'a> Walker<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            flow: Flow::default(),
            left_out: 0,
            looks: None,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            words: None,
            references: Vec::new(),
            note: None,
            notes: BTreeMap::new(),
            hidden: Hidden::default(),
        }
    }

    fn take(&mut self, step: &Step<'_>) {
        match step {
            Step::Start(name, attributes) => self.start(name, attributes),
            Step::End(name) => self.end(name),
            Step::Text(text) => {
                if let Some((words, _)) = &mut self.words {
                    words.push_str(text);
                }
            }
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        if self.left_out > 0 {
            self.left_out += 1;
            return;
        }
        if self.looks.is_some() {
            self.look(name, attributes);
            return;
        }
        match name {
            _ if LEFT_OUT.contains(&name) => self.left_out = 1,
            _ if LOOKS.contains(&name) => self.looks = Some((name.to_owned(), 1)),
            "p" => {
                self.paragraphs.push(None);
                self.flow.start_paragraph();
            }
            "r" => {
                let paragraph = self.paragraphs.last().copied().flatten();
                self.runs.push(Run {
                    is_hidden: [None, None, paragraph],
                    is_mark: false,
                });
            }
            "tr" => self.flow.start_row(),
            "tc" => self.flow.start_cell(),
            "t" => {
                let keeps = attribute(attributes, "space") == Some("preserve");
                self.words = Some((String::new(), keeps));
            }
            "br" | "cr" => self.push("\n"),
            "tab" | "ptab" => self.push("\t"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            "sym" => {
                let code = attribute(attributes, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                let sign = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
                self.push(sign.encode_utf8(&mut [0; 4]));
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

    /// Takes what says how something looks.
    fn look(&mut self, name: &str, attributes: &[(String, String)]) {
        // How it looked before a tracked change does not count.
        if name.ends_with("Change") {
            self.left_out = 1;
            return;
        }
        let Some((looks, depth)) = &mut self.looks else {
            return;
        };
        *depth += 1;
        let styles = self.styles;
        let style = |family| styles.hides(family, attribute(attributes, "val")?);
        match (looks.as_str(), name) {
            ("pPr", "del" | "moveFrom" | "specVanish") => self.flow.join_next(),
            ("pPr", "vanish") if is_on(attributes, "val") => self.flow.join_next(),
            ("pPr", "pStyle") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    *paragraph = style("paragraph");
                }
            }
            ("rPr", "vanish") => self.hide(0, Some(is_on(attributes, "val"))),
            ("rPr", "rStyle") => self.hide(1, style("character")),
            ("trPr", "del") => self.flow.delete_row(),
            _ => {}
        }
    }

    fn hide(&mut self, by: usize, is_hidden: Option<bool>) {
        if let Some(kept) = self.runs.last_mut().and_then(|run| run.is_hidden.get_mut(by)) {
            *kept = is_hidden;
        }
    }

    /// Adds words where they are seen.
    fn push(&mut self, text: &str) {
        let run = self.runs.last().copied().unwrap_or_default();
        if run.is_hidden() {
            self.hidden.leave_out(text);
        } else if !run.is_mark {
            self.flow.push(text);
        }
    }

    fn refer(&mut self, kind: &'static str, attributes: &[(String, String)]) {
        let Some(id) = attribute(attributes, "id") else {
            return;
        };
        let Some(run) = self.runs.last_mut().filter(|run| !run.is_hidden()) else {
            return;
        };
        // The mark of a note is written out only where its writer chose it.
        run.is_mark =
            attribute(attributes, "customMarkFollows").is_some() && is_on(attributes, "customMarkFollows");
        self.references.push((kind, id.to_owned()));
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
            "p" => {
                self.paragraphs.pop();
                self.flow.end_paragraph();
            }
            "r" => {
                self.runs.pop();
            }
            "tr" => self.flow.end_row(),
            "tc" => self.flow.end_cell(),
            "t" => {
                if let Some((words, keeps)) = self.words.take() {
                    // Line ends and tabs have elements of their own; raw ones are white space of the XML.
                    let white = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
                    let words = if keeps { &words } else { words.trim_matches(white) };
                    self.push(&words.replace(['\t', '\n', '\r'], " "));
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
