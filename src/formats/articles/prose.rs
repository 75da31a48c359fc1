//! The words of a page as a browser shows them: paragraphs, lines, and rows of tables, one line feed apart.
//!
//! White space of the markup counts as one space; a no-break space is a letter like others. What a browser adds of its
//! own, such as the bullets of a list, is not there. Knows nothing of what is the main text.

use std::mem;

use dom_query::NodeRef;

use super::dom::{name_of, words_of};

/// Elements that stand in lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "ul",
];

/// Elements in which white space stays as it is.
const AS_IT_IS: &[&str] = &["pre", "listing", "plaintext", "textarea", "xmp"];

/// Elements of which a browser shows no words, or whose words are no text: scripts, pictures, what is read aloud over a
/// character.
const UNSEEN: &[&str] = &[
    "area", "audio", "canvas", "datalist", "embed", "frame", "head", "iframe", "img", "input", "link", "map",
    "meta", "meter", "noembed", "noframes", "noscript", "object", "progress", "rp", "rt", "script", "source",
    "style", "svg", "template", "title", "track", "video",
];

/// The text of a node, of those pieces that are to be kept.
pub(super) fn text_of(root: &NodeRef<'_>, is_kept: &dyn Fn(&NodeRef<'_>) -> bool) -> String {
    let mut flow = Flow::default();
    let mut stack = vec![Step::Enter(*root)];
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(node) if is_unseen(&node) => {}
            Step::Enter(node) => match words_of(&node) {
                Some(words) if is_kept(&node) => match raised(&node, &words) {
                    Some(figure) => flow.push(&figure),
                    None => flow.push(&words),
                },
                Some(_) => {}
                None => {
                    let (kind, keeps) = flow.enter(&node);
                    stack.push(Step::Leave(kind, keeps));
                    stack.extend(node.children_it(true).map(Step::Enter));
                }
            },
            Step::Leave(kind, keeps) => flow.leave(kind, keeps),
        }
    }
    flow.finish()
}

/// Whether an element leads to a note: behind a figure its number would read as more digits. It says so itself, or is a
/// raised link, or a link to what is raised, to a place in the page or in another part of the same book.
fn is_note_mark(node: &NodeRef<'_>) -> bool {
    let says = |name: &str, word: &str| {
        let words = node.attr(name).unwrap_or_default();
        words.split_ascii_whitespace().any(|said| said == word)
    };
    if says("role", "doc-noteref") || says("epub:type", "noteref") {
        return true;
    }
    let leads_to_place = |link: &NodeRef<'_>| {
        let href = link.attr("href").unwrap_or_default();
        href.contains('#') && !href.contains("://")
    };
    let whole = |name: &str| {
        let mut inner = node.element_children().into_iter();
        inner.find(|inner| inner.has_name(name) && inner.text() == node.text())
    };
    if node.has_name("sup") {
        whole("a").is_some_and(|link| leads_to_place(&link))
    } else {
        node.has_name("a") && leads_to_place(node) && whole("sup").is_some()
    }
}

/// A figure that stands raised, in the characters for that: on the line it would be a part of the figure or word before
/// it.
fn raised(piece: &NodeRef<'_>, words: &str) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let is_all = piece
        .parent()
        .is_some_and(|around| around.has_name("sup") && around.children_it(false).count() == 1);
    let raise = |c: char| match c {
        '+' => Some('⁺'),
        '-' | '−' => Some('⁻'),
        c => RAISED.get(c.to_digit(10)? as usize).copied(),
    };
    let figure: Option<String> = is_all.then(|| words.trim().chars().map(raise).collect())?;
    figure.filter(|figure| !figure.is_empty())
}

/// Classes of what is only read aloud.
const READ_ALOUD: &[&str] = &[
    "sr-only",
    "screen-reader-text",
    "screen-reader-only",
    "visually-hidden",
    "visuallyhidden",
    "u-visually-hidden",
    "a11y-hidden",
];

/// Whether an element of a caption stands apart from the one before it: sites set the credit apart by style alone.
fn is_apart(node: &NodeRef<'_>) -> bool {
    node.has_name("span")
        && node.parent().is_some_and(|around| around.has_name("figcaption"))
        && node.prev_sibling().is_some_and(|before| before.has_name("span"))
}

/// Whether nothing of an element belongs to the text: a browser shows nothing of it, or it leads to a note.
pub(super) fn is_unseen(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else {
        return false;
    };
    let name: &str = element.name.local.as_ref();
    UNSEEN.contains(&name)
        || is_note_mark(node)
        || element
            .attrs
            .iter()
            .any(|attribute| match attribute.name.local.as_ref() {
                "hidden" => true,
                "class" => attribute
                    .value
                    .split_ascii_whitespace()
                    .any(|class| READ_ALOUD.contains(&class)),
                "style" => has_style(&attribute.value, "display", "none"),
                _ => false,
            })
}

fn has_style(style: &str, property: &str, value: &str) -> bool {
    style.split(';').any(|one| {
        one.split_once(':').is_some_and(|(name, set)| {
            let set = set.trim().to_ascii_lowercase();
            name.trim().eq_ignore_ascii_case(property) && set.starts_with(value)
        })
    })
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    /// With whether white space was kept as it is.
    Leave(Kind, bool),
}

/// What an element does to the lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inline,
    Block,
    /// The end of a line within a paragraph.
    Break,
    Row,
    Cell,
}

/// Lines as they grow.
#[derive(Default)]
struct Flow {
    lines: Vec<String>,
    line: String,
    /// White space that counts as one space if words follow in the line.
    has_space: bool,
    /// How many open elements keep white space as it is.
    as_it_is: usize,
    /// The rows and cells that are open, each with the lines around it.
    open: Vec<Open>,
}

enum Open {
    Row {
        around: Vec<String>,
        cells: Vec<Vec<String>>,
    },
    Cell {
        around: Vec<String>,
    },
}

impl Flow {
    /// What an element that begins does to the lines, and whether it keeps white space as it is.
    fn enter(&mut self, node: &NodeRef<'_>) -> (Kind, bool) {
        let name = name_of(node);
        let style = node.attr("style").unwrap_or_default();
        let keeps = AS_IT_IS.contains(&name.as_str()) || has_style(&style, "white-space", "pre");
        let kind = self.kind_of(&name, &style);
        match kind {
            Kind::Inline => self.has_space |= is_apart(node) && !self.line.is_empty(),
            Kind::Break if self.as_it_is > 0 => self.push("\n"),
            Kind::Block | Kind::Break => self.end_line(),
            Kind::Row => {
                self.end_line();
                self.open.push(Open::Row {
                    around: mem::take(&mut self.lines),
                    cells: Vec::new(),
                });
            }
            Kind::Cell => {
                self.end_line();
                self.open.push(Open::Cell {
                    around: mem::take(&mut self.lines),
                });
            }
        }
        self.as_it_is += usize::from(keeps);
        (kind, keeps)
    }

    fn kind_of(&self, name: &str, style: &str) -> Kind {
        match name {
            "br" => Kind::Break,
            "tr" => Kind::Row,
            "td" | "th" if matches!(self.open.last(), Some(Open::Row { .. })) => Kind::Cell,
            "td" | "th" => Kind::Block,
            _ if BLOCKS.contains(&name) || AS_IT_IS.contains(&name) => Kind::Block,
            _ if has_style(style, "display", "block") => Kind::Block,
            _ => Kind::Inline,
        }
    }

    fn leave(&mut self, kind: Kind, keeps: bool) {
        self.as_it_is -= usize::from(keeps);
        if matches!(kind, Kind::Inline | Kind::Break) {
            return;
        }
        self.end_line();
        match kind {
            Kind::Row => self.end_row(),
            Kind::Cell => self.end_cell(),
            Kind::Inline | Kind::Break | Kind::Block => {}
        }
    }

    fn push(&mut self, words: &str) {
        if self.as_it_is > 0 {
            if mem::take(&mut self.has_space) {
                self.line.push(' ');
            }
            let mut lines = words.split('\n');
            if let Some(first) = lines.next() {
                self.line.push_str(first);
            }
            for line in lines {
                self.lines.push(mem::take(&mut self.line));
                self.line.push_str(line);
            }
            return;
        }
        for c in words.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                self.has_space = !self.line.is_empty();
            } else {
                if mem::take(&mut self.has_space) {
                    self.line.push(' ');
                }
                self.line.push(c);
            }
        }
    }

    /// Ends the line; one without words is none.
    fn end_line(&mut self) {
        self.has_space = false;
        let line = mem::take(&mut self.line);
        if !is_blank(&line) {
            self.lines.push(line);
        }
    }

    fn end_cell(&mut self) {
        let Some(Open::Cell { around }) = self.open.pop() else {
            return;
        };
        let cell = mem::replace(&mut self.lines, around);
        if let Some(Open::Row { cells, .. }) = self.open.last_mut() {
            cells.push(cell);
        }
    }

    /// The cells of a row stand in one line, one tab apart. Where a cell holds paragraphs, the table is there for the
    /// layout, and its lines follow each other.
    fn end_row(&mut self) {
        let Some(Open::Row { around, cells }) = self.open.pop() else {
            return;
        };
        let loose = mem::replace(&mut self.lines, around);
        self.lines.extend(loose);
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled < 2 || cells.iter().any(|cell| cell.len() > 1) {
            self.lines.extend(cells.into_iter().flatten());
        } else {
            let line = cells.into_iter().map(|cell| cell.concat());
            let line: Vec<String> = line.collect();
            self.lines.push(line.join("\t").trim_end_matches('\t').to_owned());
        }
    }

    fn finish(mut self) -> String {
        self.end_line();
        let is_filled = |line: &String| !is_blank(line);
        let start = self.lines.iter().position(is_filled).unwrap_or_default();
        let end = self.lines.iter().rposition(is_filled).map_or(0, |at| at + 1);
        self.lines.get(start..end).unwrap_or_default().join("\n")
    }
}

/// How many letters a text has, and other signs that are no white space.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether a node is a piece of text with words.
pub(super) fn is_words(node: &NodeRef<'_>) -> bool {
    words_of(node).is_some_and(|words| !is_blank(&words))
}

/// Whether a text has no words.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}'))
}
