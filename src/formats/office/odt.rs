//! The format `odt`: one `OpenDocument` text is one article. It is read only.
//!
//! Comments and the deleted words that tracked changes keep are no part of the text; notes stand at its end.

use std::mem;

use super::super::Diagnostic;
use super::super::articles::{Contents, Facts, Words, hand_over};
use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::flow::Flow;
use super::hidden::{Hidden, Style, Styles};
use super::package::{Package, is_archive, names_itself};
use super::{MOST_SPACES, Step, attribute, damaged, properties, walk};

pub(in super::super) const FORMAT: Format = Format {
    id: "odt",
    name: "OpenDocument text",
    endings: &["odt", "ott"],
    page: include_str!("../../../assets/help/formats/odt.md"),
    claim: |file| {
        let is_named = matches!(file.ending, "odt" | "ott");
        if is_archive(file) && (is_named || names_itself(file, "application/vnd.oasis.opendocument.text")) {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    read: Some(|path, _options, sink| hand_over(path, Package::open(path).and_then(contents), sink)),
    ..ARTICLES_ONLY
};

/// Elements whose words are not in the text.
const LEFT_OUT: &[&str] = &[
    "tracked-changes",
    "annotation",
    "note-citation",
    "ruby-text",
    "desc",
];

fn contents(mut package: Package) -> Result<Contents, Diagnostic> {
    package.refuse_locked("the document")?;
    let Some(xml) = package.part("content.xml")? else {
        return Err(damaged("it has no text part"));
    };
    let mut styles = Styles::default();
    if let Some(xml) = package.part("styles.xml")? {
        take_styles(&xml, &mut styles)?;
    }
    take_styles(&xml, &mut styles)?;
    let mut walker = Walker::new(&styles);
    walk(&xml, |step| walker.take(&step))?;
    let facts = match package.part("meta.xml")? {
        Some(xml) => properties(&xml, ["initial-creator", "creator"], "creation-date")?,
        None => Facts::default(),
    };
    let told = Vec::from_iter(walker.hidden.told());
    let text = walker.flow.finish(walker.notes);
    Ok(Contents {
        told,
        ..Words { text, facts }.into()
    })
}

/// Takes the styles of text and paragraphs, as far as they hide.
fn take_styles(xml: &str, styles: &mut Styles) -> Result<(), Diagnostic> {
    let mut open: Option<(String, String, Style)> = None;
    walk(xml, |step| match (step, &mut open) {
        (Step::Start("style", attributes), _) => {
            let value = |name| attribute(attributes, name).map(str::to_owned);
            let style = Style {
                parent: value("parent-style-name"),
                is_hidden: None,
            };
            open = value("family")
                .zip(value("name"))
                .map(|(family, name)| (family, name, style));
        }
        (Step::Start("text-properties", attributes), Some((_, _, style))) => {
            style.is_hidden = attribute(attributes, "display").map(|display| display == "none");
        }
        (Step::End("style"), _) => {
            if let Some((family, name, style)) = open.take() {
                styles.add(&family, &name, style);
            }
        }
        _ => {}
    })
}

/// Elements that are shown in the line of their paragraph, and those that are paragraphs: a `title` in them is a field,
/// elsewhere it is that of a picture.
const IN_LINE: &[&str] = &["p", "h", "span", "a", "ruby-base", "meta"];

/// An open element of the text.
#[derive(Clone, Copy)]
struct Open {
    is_in_line: bool,
    is_hidden: bool,
}

struct Walker<'a> {
    styles: &'a Styles,
    flow: Flow,
    /// How deep in an element that is left out.
    left_out: usize,
    /// Whether it is left out because it is hidden.
    is_counted: bool,
    is_in_text: bool,
    open: Vec<Open>,
    /// White space that counts as one space if words follow in the paragraph.
    has_space: bool,
    notes: Vec<String>,
    hidden: Hidden,
}

impl<'a> Walker<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            flow: Flow::default(),
            left_out: 0,
            is_counted: false,
            is_in_text: false,
            open: Vec::new(),
            has_space: false,
            notes: Vec::new(),
            hidden: Hidden::default(),
        }
    }

    fn take(&mut self, step: &Step<'_>) {
        match step {
            Step::Start(_, _) if self.left_out > 0 => self.left_out += 1,
            Step::End(_) if self.left_out > 0 => self.left_out -= 1,
            Step::Text(text) if self.left_out > 0 && self.is_counted => self.hidden.leave_out(text),
            Step::Text(_) if self.left_out > 0 => {}
            Step::Start(name, attributes) if self.is_in_text => self.start(name, attributes),
            Step::Start("text", _) => self.is_in_text = true,
            Step::End(name) if self.is_in_text => self.end(name),
            Step::Text(text) if self.is_in_text => self.text(text),
            _ => {}
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let outer = self.open.last();
        let is_in_line = outer.is_some_and(|open| open.is_in_line);
        let value = |name| attribute(attributes, name);
        self.is_counted =
            value("display") == Some("none") || name == "hidden-text" && value("is-hidden") == Some("true");
        if self.is_counted || LEFT_OUT.contains(&name) || name == "title" && !is_in_line {
            self.left_out = 1;
            return;
        }
        let family = match name {
            "span" => Some("text"),
            "p" | "h" => Some("paragraph"),
            _ => None,
        };
        let style = family.zip(value("style-name"));
        let is_hidden = style.and_then(|(family, name)| self.styles.hides(family, name));
        let is_hidden = is_hidden.unwrap_or(outer.is_some_and(|open| open.is_hidden));
        self.open.push(Open {
            is_in_line: IN_LINE.contains(&name),
            is_hidden,
        });
        match name {
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
                let count = value("c").and_then(|count| count.parse().ok());
                self.sign(&" ".repeat(count.unwrap_or(1_usize).min(MOST_SPACES)));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let is_hidden = self.is_hidden();
        self.open.pop();
        match name {
            "p" | "h" => {
                self.has_space = false;
                if is_hidden {
                    self.flow.join_next();
                }
                self.flow.end_paragraph();
            }
            "table-row" => self.flow.end_row(),
            "table-cell" | "covered-table-cell" => self.flow.end_cell(),
            "note-body" => {
                let note = self.flow.end_aside();
                if !is_hidden {
                    self.notes.push(note);
                }
            }
            _ => {}
        }
    }

    fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_hidden)
    }

    /// What is said by an element counts as it is.
    fn sign(&mut self, sign: &str) {
        if self.is_hidden() {
            self.hidden.leave_out(sign);
            return;
        }
        if mem::take(&mut self.has_space) {
            self.flow.push(" ");
        }
        self.flow.push(sign);
    }

    /// White space of the XML counts as one space, and as none at the ends of a paragraph.
    fn text(&mut self, text: &str) {
        if self.is_hidden() {
            self.hidden.leave_out(text);
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                self.has_space = self.flow.last().is_some();
            } else {
                self.sign(c.encode_utf8(&mut [0; 4]));
            }
        }
    }
}
