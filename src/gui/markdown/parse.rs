//! From Markdown (`CommonMark`) to a list of blocks, each a text with stretches that look otherwise.
//!
//! In a text that anyone may have written, links are shown as their words, pictures as what stands for them; a page of
//! the program's own keeps both. HTML is shown as it was typed. Knows no fonts.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::model::Color;
use crate::text::{ByteOffset, ByteRange};

/// A block of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words; U+2028 begins a new line.
    pub text: String,
    /// Stretches that look otherwise, in order.
    pub marks: Vec<Mark>,
    /// In how many lists it lies.
    pub depth: usize,
    /// What stands before it, where it begins an item of a list.
    pub marker: Option<String>,
    /// Whether it is quoted.
    pub is_quoted: bool,
    /// A square of this colour stands before it.
    pub swatch: Option<Color>,
    /// Where its links lead, in order.
    pub links: Vec<Link>,
    /// What stands at the far end of its line.
    pub at_end: Option<String>,
}

/// Words that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub range: ByteRange,
    /// Where, as it is written.
    pub target: String,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of a level from 1.
    Heading(u8),
    /// Words.
    Paragraph,
    /// Small words that come second.
    Aside,
    /// Code, line by line.
    Code,
    /// A line across.
    Rule,
    /// A line of a table of contents, which leads to the block of that number.
    Link(usize),
    /// A picture, whose path is its only link; its words stand for it.
    Picture,
}

/// A stretch of a block's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which part.
    pub range: ByteRange,
    /// How it looks.
    pub look: Look,
}

/// How a stretch looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Code, on a ground of its own.
    Code,
    /// The words of a link.
    Link,
}

impl Block {
    /// A block of that kind without marks.
    pub fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            marks: Vec::new(),
            depth: 0,
            marker: None,
            is_quoted: false,
            swatch: None,
            links: Vec::new(),
            at_end: None,
        }
    }

    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::new(BlockKind::Heading(level), text)
    }

    /// Small words that come second.
    pub fn aside(text: impl Into<String>) -> Self {
        Self::new(BlockKind::Aside, text)
    }
}

/// The blocks of a Markdown text; its first headings have this level.
pub fn blocks(markdown: &str, first_level: u8) -> Vec<Block> {
    Reader::new(first_level, None).read(markdown)
}

/// What stands behind a name in bold: the code that is to be shown for it, where it is another than the one written.
pub type Behind<'a> = &'a mut dyn FnMut(&str, &str) -> Option<String>;

/// The blocks of a page of the program's own, with its links, pictures, and tables, whose rows become items. `behind` is
/// asked of each name in bold that has code right behind it, as in **Undo** (`Ctrl+Z`).
pub fn page(markdown: &str, behind: Behind<'_>) -> Vec<Block> {
    Reader::new(1, Some(behind)).read(markdown)
}

/// The first paragraph of a Markdown text in plain words, for a tip.
pub fn first_paragraph(markdown: &str) -> String {
    let paragraph = blocks(markdown, 1)
        .into_iter()
        .find(|block| block.kind == BlockKind::Paragraph && !block.text.trim().is_empty());
    paragraph
        .map(|block| block.text.replace('\u{2028}', " "))
        .unwrap_or_default()
}

struct Reader<'a> {
    blocks: Vec<Block>,
    open: Option<Block>,
    /// The lists around, each with the number of its next item.
    lists: Vec<Option<u64>>,
    /// The marker of an item whose first block is still to come.
    marker: Option<String>,
    quotes: usize,
    /// Where the stretches began that are open, and where they lead.
    looks: Vec<(Look, usize, Option<String>)>,
    first_level: u8,
    /// Only of a page.
    behind: Option<Behind<'a>>,
    /// The words in bold right before.
    named: Option<String>,
}

impl<'a> Reader<'a> {
    fn new(first_level: u8, behind: Option<Behind<'a>>) -> Self {
        Self {
            blocks: Vec::new(),
            open: None,
            lists: Vec::new(),
            marker: None,
            quotes: 0,
            looks: Vec::new(),
            first_level,
            behind,
            named: None,
        }
    }

    fn read(mut self, markdown: &str) -> Vec<Block> {
        let extensions = match self.behind {
            Some(_) => Options::ENABLE_TABLES,
            None => Options::empty(),
        };
        for event in Parser::new_ext(markdown, extensions) {
            self.take(event);
        }
        self.finish();
        self.blocks
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                if !JOINS.contains(&text.trim()) {
                    self.named = None;
                }
                self.text(&text);
            }
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                let start = self.block().text.len();
                let other = self.instead_of(&code);
                self.text(other.as_deref().unwrap_or(&code));
                self.mark(Look::Code, start);
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\u{2028}"),
            Event::Rule => {
                self.finish();
                self.open(BlockKind::Rule);
                self.finish();
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                let level = level_of(*level) - 1 + self.first_level;
                self.finish();
                self.open(BlockKind::Heading(level));
            }
            Tag::CodeBlock(_) => {
                self.finish();
                self.open(BlockKind::Code);
            }
            Tag::BlockQuote(_) => {
                self.finish();
                self.quotes += 1;
            }
            Tag::List(first) => {
                self.finish();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.finish();
                self.marker = self.lists.last_mut().map(|next| match next {
                    Some(number) => {
                        let marker = format!("{number}.");
                        *number += 1;
                        marker
                    }
                    None => BULLET.to_owned(),
                });
            }
            Tag::TableHead => {
                self.finish();
                self.begin(Look::Bold, None);
            }
            Tag::TableRow => {
                self.finish();
                self.marker = Some(BULLET.to_owned());
                self.block().depth += 1;
            }
            Tag::TableCell if self.open.as_ref().is_none_or(|row| row.text.is_empty()) => {}
            Tag::TableCell => self.text(BETWEEN_CELLS),
            Tag::Strong => self.begin(Look::Bold, None),
            Tag::Emphasis => self.begin(Look::Italic, None),
            Tag::Image { dest_url, .. } if self.behind.is_some() => {
                self.finish();
                self.open(BlockKind::Picture);
                self.begin(Look::Link, Some(dest_url.to_string()));
            }
            Tag::Link { dest_url, .. } => {
                let target = self.behind.is_some().then(|| dest_url.to_string());
                self.begin(Look::Link, target);
            }
            Tag::Image { .. } => self.begin(Look::Link, None),
            _ => self.finish(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image => {
                self.end_look();
                if tag == TagEnd::Image && self.behind.is_some() {
                    self.finish();
                }
            }
            TagEnd::TableCell => {}
            TagEnd::TableHead => {
                self.end_look();
                self.finish();
            }
            TagEnd::BlockQuote(_) => {
                self.finish();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.finish();
                self.lists.pop();
                self.marker = None;
            }
            _ => self.finish(),
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.open = Some(Block {
            depth: self.lists.len(),
            marker: self.marker.take(),
            is_quoted: self.quotes > 0,
            ..Block::new(kind, "")
        });
    }

    /// The block that words go to; a paragraph begins where none is open.
    fn block(&mut self) -> &mut Block {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph);
        }
        self.open
            .get_or_insert_with(|| Block::new(BlockKind::Paragraph, ""))
    }

    fn text(&mut self, text: &str) {
        let block = self.block();
        if block.kind == BlockKind::Code {
            block
                .text
                .push_str(&text.replace("\r\n", "\n").replace('\n', "\u{2028}"));
        } else {
            block.text.push_str(text);
        }
    }

    fn begin(&mut self, look: Look, target: Option<String>) {
        let start = self.block().text.len();
        self.looks.push((look, start, target));
    }

    fn end_look(&mut self) {
        let Some((look, start, target)) = self.looks.pop() else {
            return;
        };
        let Some(range) = self.mark(look, start) else {
            return;
        };
        let block = self.block();
        if look == Look::Bold {
            let words = block.text.get(start..).map(str::to_owned);
            self.named = words;
        } else if let Some(target) = target {
            block.links.push(Link { range, target });
        }
    }

    fn mark(&mut self, look: Look, start: usize) -> Option<ByteRange> {
        let block = self.block();
        let (start, end) = (ByteOffset::new(start), ByteOffset::new(block.text.len()));
        let range = ByteRange::new(start, end).filter(|range| !range.is_empty())?;
        block.marks.push(Mark { range, look });
        Some(range)
    }

    /// What is shown instead of code that stands right behind words in bold.
    fn instead_of(&mut self, code: &str) -> Option<String> {
        let (behind, named) = (self.behind.as_mut()?, self.named.as_ref()?);
        behind(named, code)
    }

    fn finish(&mut self) {
        self.looks.clear();
        self.named = None;
        let Some(mut block) = self.open.take() else { return };
        if block.kind == BlockKind::Code {
            block.text.truncate(block.text.trim_end_matches('\u{2028}').len());
        }
        if block.kind == BlockKind::Rule || !block.text.trim().is_empty() {
            block.marks.sort_by_key(|mark| mark.range.start());
            self.blocks.push(block);
        } else if self.marker.is_none() {
            self.marker = block.marker;
        }
    }
}

/// What may stand between a name and its code, or between two codes of it.
const JOINS: [&str; 4] = ["", "(", "or", ","];
/// What stands between the cells of a row.
const BETWEEN_CELLS: &str = " — ";
/// What stands before an item of a list without numbers.
const BULLET: &str = "•";

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The blocks as one line each: kind, marker, words with their marks.
    fn shown(markdown: &str) -> Vec<String> {
        let one = |block: Block| {
            let mut text = block.text.clone();
            for mark in block.marks.iter().rev() {
                let sign = match mark.look {
                    Look::Bold => "**",
                    Look::Italic => "_",
                    Look::Code => "`",
                    Look::Link => "^",
                };
                text.insert_str(mark.range.end().get(), sign);
                text.insert_str(mark.range.start().get(), sign);
            }
            let kind = match block.kind {
                BlockKind::Heading(level) => format!("h{level}"),
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::Code => "code".to_owned(),
                BlockKind::Rule => "rule".to_owned(),
                other => format!("{other:?}"),
            };
            let quoted = if block.is_quoted { ">" } else { "" };
            let marker = block
                .marker
                .map(|marker| format!(" {}{marker}", block.depth))
                .unwrap_or_default();
            format!("{quoted}{kind}{marker}: {text}")
        };
        blocks(markdown, 2).into_iter().map(one).collect()
    }

    #[test]
    fn each_kind_of_block_is_read() {
        let text =
            "# A *b*\n\nOne\ntwo  \nthree.\n\n- x **y**\n- z\n  1. n\n\n> q `c`\n\n---\n\n```\na\nb\n```\n";
        let expected = [
            "h2: A _b_",
            "p: One two\u{2028}three.",
            "p 1•: x **y**",
            "p 1•: z",
            "p 21.: n",
            ">p: q `c`",
            "rule: ",
            "code: a\u{2028}b",
        ];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn links_are_words_and_html_is_text() {
        assert_eq!(
            shown("see [the list](https://example.org) <b>x"),
            ["p: see ^the list^ <b>x"]
        );
        assert_eq!(shown("![a map](map.png)"), ["p: ^a map^"]);
    }

    #[test]
    fn a_page_keeps_its_links_and_pictures() {
        let text = "See [*the* list](a.md#b) now.\n\n1. Look:\n\n   ![A map](map.png)\n";
        let blocks = page(text, &mut |_, _| None);
        let leads: Vec<(&str, &str)> = blocks
            .iter()
            .flat_map(|block| {
                let words = |range: ByteRange| block.text.get(range.start().get()..range.end().get());
                let links = block.links.iter();
                links.map(move |link| (words(link.range).unwrap(), link.target.as_str()))
            })
            .collect();
        assert_eq!(leads, [("the list", "a.md#b"), ("A map", "map.png")]);
        let kinds: Vec<BlockKind> = blocks.iter().map(|block| block.kind).collect();
        assert_eq!(
            kinds,
            [BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Picture]
        );
        assert!(super::blocks(text, 1).iter().all(|block| block.links.is_empty()));
    }

    #[test]
    fn the_rows_of_a_table_are_items() {
        let text = "| a | *b* |\n|---|---|\n| **One** (`1`) | two |\n|  | three |\n\nEnd";
        let blocks = page(text, &mut |_, _| Some("F1".to_owned()));
        let rows: Vec<(&str, usize, bool)> = blocks
            .iter()
            .map(|block| (block.text.as_str(), block.depth, block.marker.is_some()))
            .collect();
        assert_eq!(
            rows,
            [
                ("a — b", 0, false),
                ("One (F1) — two", 1, true),
                ("three", 1, true),
                ("End", 0, false)
            ]
        );
        assert!(super::blocks(text, 1)[0].text.starts_with("| a |"));
    }

    #[test]
    fn code_right_behind_a_name_is_its_own() {
        let text = "**Undo** (`Z`), **Do\nagain**\n`Y` or `X`; **None** of `A`. `B`\n\n`C`";
        let mut asked = Vec::new();
        let blocks = page(text, &mut |name, code| {
            asked.push(format!("{name}: {code}"));
            (code == "Y").then(|| "F2".to_owned())
        });
        assert_eq!(asked, ["Undo: Z", "Do again: Y", "Do again: X"]);
        assert_eq!(blocks[0].text, "Undo (Z), Do again F2 or X; None of A. B");
    }

    #[test]
    fn scripts_and_directions_do_not_matter() {
        assert_eq!(
            shown("# الضحايا\n\n- **مئة** قتيل\n- נהרגו"),
            ["h2: الضحايا", "p 1•: **مئة** قتيل", "p 1•: נהרגו"]
        );
    }

    #[test]
    fn a_tip_is_the_first_paragraph_without_its_marks() {
        assert_eq!(
            first_paragraph("## Actor\n\nWho *acts*\nor speaks.\n\n- more"),
            "Who acts or speaks."
        );
        assert_eq!(first_paragraph(""), "");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader_and_marks_lie_on_characters(text in "\\PC{0,80}|[-*_`#>\\[\\]()!\n 1.aأ]{0,80}") {
            for block in blocks(&text, 3) {
                for mark in block.marks {
                    prop_assert!(block.text.get(mark.range.start().get()..mark.range.end().get()).is_some());
                }
            }
        }
    }
}
