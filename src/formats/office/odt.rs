//! The format `odt`: one `OpenDocument` text is one article. It is read only.
//!
//! Comments and the deleted words that tracked changes keep are no part of the text; notes stand at its end.

use std::mem;

use super::super::registry::{Claim, Format, Glimpse, OffsetUnit, Shape};
use super::super::unknown::locked;
use super::super::{Diagnostic, Feature};
use super::flow::Flow;
use super::package::{Package, is_archive};
use super::{Properties, Step, Words, attribute, damaged, hand_over, properties, walk};

pub(in super::super) const FORMAT: Format = Format {
    id: "odt",
    name: "OpenDocument text",
    endings: &["odt", "ott"],
    offset_unit: OffsetUnit::None,
    unit_is_open: false,
    cannot_hold: &Feature::ALL,
    shape: Shape::File,
    several_annotators: false,
    is_for_training: false,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/odt.md"),
    claim: |file| {
        if is_archive(file) && (matches!(file.ending, "odt" | "ott") || names_itself(file)) {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    columns: None,
    read: Some(|path, _options, sink| hand_over(path, Package::open(path).and_then(words), sink)),
    write: None,
};

/// Elements whose words are not in the text.
const LEFT_OUT: &[&str] = &["tracked-changes", "annotation", "note-citation", "ruby-text"];

/// More spaces in a row than any text has; a number beyond it is damage.
const MOST_SPACES: usize = 10_000;

/// An `OpenDocument` file begins with its kind, not compressed.
fn names_itself(file: &Glimpse<'_>) -> bool {
    let kind = b"mimetypeapplication/vnd.oasis.opendocument.text";
    file.head
        .get(30..)
        .is_some_and(|from_name| from_name.starts_with(kind))
}

fn words(mut package: Package) -> Result<Words, Diagnostic> {
    // Of a document with a password the parts are there, but what is in them is not what they are named.
    let manifest = package.part("META-INF/manifest.xml")?;
    if manifest.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(locked("the document"));
    }
    let Some(xml) = package.part("content.xml")? else {
        return Err(damaged("it has no text part"));
    };
    let mut walker = Walker::default();
    walk(&xml, |step| walker.take(&step))?;
    let properties = match package.part("meta.xml")? {
        Some(xml) => properties(&xml, ["initial-creator", "creator"], "creation-date")?,
        None => Properties::default(),
    };
    Ok(Words {
        text: walker.flow.finish(walker.notes),
        properties,
    })
}

#[derive(Default)]
struct Walker {
    flow: Flow,
    /// How deep in an element that is left out.
    left_out: usize,
    is_in_text: bool,
    /// In a picture, whose title and description are no text; `title` elsewhere is a field in the text.
    is_in_picture: bool,
    /// White space that counts as one space if words follow in the paragraph.
    has_space: bool,
    notes: Vec<String>,
}

impl Walker {
    fn take(&mut self, step: &Step<'_>) {
        match step {
            Step::Start(_, _) if self.left_out > 0 => self.left_out += 1,
            Step::End(_) if self.left_out > 0 => self.left_out -= 1,
            Step::Text(_) if self.left_out > 0 => {}
            Step::Start("text", _) => self.is_in_text = true,
            Step::Start(name, attributes) if self.is_in_text => self.start(name, attributes),
            Step::End(name) if self.is_in_text => self.end(name),
            Step::Text(text) if self.is_in_text => self.text(text),
            _ => {}
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        match name {
            _ if LEFT_OUT.contains(&name) => self.left_out = 1,
            "title" | "desc" if self.is_in_picture => self.left_out = 1,
            "frame" => self.is_in_picture = true,
            "text-box" => self.is_in_picture = false,
            "p" | "h" => {
                // One that begins in another, as a note does, comes between a space and its word.
                self.sign("");
                self.flow.start_paragraph();
            }
            "table-row" => self.flow.start_row(),
            "table-cell" | "covered-table-cell" => self.flow.start_cell(),
            "note-body" => self.flow.start_aside(),
            "line-break" => self.sign("\n"),
            "tab" => self.sign("\t"),
            "s" => {
                let count = attribute(attributes, "c").and_then(|count| count.parse().ok());
                self.sign(&" ".repeat(count.unwrap_or(1_usize).min(MOST_SPACES)));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.has_space = false;
                self.flow.end_paragraph();
            }
            "frame" => self.is_in_picture = false,
            "table-row" => self.flow.end_row(),
            "table-cell" | "covered-table-cell" => self.flow.end_cell(),
            "note-body" => {
                let note = self.flow.end_aside();
                self.notes.push(note);
            }
            _ => {}
        }
    }

    /// What is said by an element counts as it is.
    fn sign(&mut self, sign: &str) {
        if mem::take(&mut self.has_space) {
            self.flow.push(" ");
        }
        self.flow.push(sign);
    }

    /// White space of the XML counts as one space, and as none at the ends of a paragraph.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                self.has_space = self.flow.last().is_some();
            } else {
                self.sign(c.encode_utf8(&mut [0; 4]));
            }
        }
    }
}
