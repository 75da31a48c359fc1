//! Text as assistive technology follows a caret through it: runs of one direction on one line, with the place of each
//! character and the starts of words.
//!
//! Knows layouts and offsets. Whose text it is, and what the caret does there, is the widget's to say.

use egui::accesskit::{self, NodeId, Role, TextDirection, TextPosition, TextSelection};
use egui::{Id, Pos2, Rect, Sense, Ui, pos2};

use crate::layout::{Affinity, Caret, Layout, VisualCluster};
use crate::text::{ByteOffset, ByteRange, Direction};

/// The platforms count the characters of a run, and the bytes of a character, in a byte; a line break takes one more.
const MOST: usize = 254;

/// One paragraph to be read, at its place.
#[derive(Clone, Copy)]
pub struct Paragraph<'a> {
    /// Its layout.
    pub layout: &'a Layout,
    /// Its words, of which the layout speaks.
    pub words: &'a str,
    /// Where they begin in the whole text.
    pub start: ByteOffset,
    /// The top left corner of the layout on the screen.
    pub left_top: Pos2,
    /// From which its runs take their ids.
    pub id: Id,
    /// Whether a line break follows.
    pub is_ended: bool,
}

/// The runs of a text, or of the part of it that is in view, in the order of the text.
#[derive(Debug, Default)]
pub struct TextRuns {
    runs: Vec<TextRun>,
}

/// Characters that follow each other on one line in one direction.
#[derive(Debug)]
struct TextRun {
    id: Id,
    /// Where each character starts, and where the last one ends, in the whole text.
    offsets: Vec<ByteOffset>,
    /// Left and right edge of each character.
    edges: Vec<(f32, f32)>,
    words: String,
    rect: Rect,
    direction: Direction,
    /// Whether the run before it stands on the same line.
    goes_on: bool,
    ends_paragraph: bool,
}

/// A character of a line, in offsets of its paragraph.
#[derive(Clone, Copy)]
struct Character {
    range: ByteRange,
    edges: (f32, f32),
    direction: Direction,
}

impl TextRuns {
    /// Adds a paragraph behind those that are there.
    pub fn add(&mut self, paragraph: &Paragraph<'_>) {
        let first = self.runs.len();
        for (number, line) in paragraph.layout.lines().enumerate() {
            let clusters = paragraph.layout.clusters(number).collect();
            let characters = characters(clusters, line.range, paragraph);
            let (top, height) = (paragraph.left_top.y + line.y, line.height);
            let mut groups = characters
                .chunk_by(|one, next| one.direction == next.direction)
                .flat_map(|group| group.chunks(MOST))
                .peekable();
            if groups.peek().is_none() {
                let at = line.range.start();
                let x = paragraph.left_top.x + line.left;
                let empty = Rect::from_min_max(pos2(x, top), pos2(x, top + height));
                self.push(paragraph, at, &[], empty, false);
            }
            let mut goes_on = false;
            for group in groups {
                let left = group.iter().map(|c| c.edges.0).fold(f32::INFINITY, f32::min);
                let right = group.iter().map(|c| c.edges.1).fold(left, f32::max);
                let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + height));
                let at = group
                    .first()
                    .map_or(line.range.start(), |character| character.range.start());
                self.push(paragraph, at, group, rect, goes_on);
                goes_on = true;
            }
        }
        if let (true, Some(last)) = (
            paragraph.is_ended,
            self.runs.get_mut(first..).and_then(<[_]>::last_mut),
        ) {
            last.ends_paragraph = true;
        }
    }

    fn push(
        &mut self,
        paragraph: &Paragraph<'_>,
        at: ByteOffset,
        group: &[Character],
        rect: Rect,
        goes_on: bool,
    ) {
        let end = group.last().map_or(at, |character| character.range.end());
        let starts = group.iter().map(|character| character.range.start());
        let global = |at: ByteOffset| ByteOffset::new(paragraph.start.get() + at.get());
        let own = ByteRange::between(at, end);
        self.runs.push(TextRun {
            id: paragraph.id.with(("run", at.get())),
            offsets: starts.chain([end]).map(global).collect(),
            edges: group.iter().map(|character| character.edges).collect(),
            words: paragraph.words.get(own.as_usize()).unwrap_or_default().to_owned(),
            rect,
            direction: group
                .first()
                .map_or(paragraph.layout.direction(), |c| c.direction),
            goes_on,
            ends_paragraph: false,
        });
    }

    /// What part of the text they hold.
    pub fn range(&self) -> Option<ByteRange> {
        let (first, last) = (self.runs.first()?, self.runs.last()?);
        Some(ByteRange::between(first.start(), last.end()))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.runs.len()
    }

    /// Makes the nodes of some of them inside a ui, whose node becomes their parent. `words` says where words begin.
    pub fn describe(&self, ui: &Ui, which: std::ops::Range<usize>, words: &[ByteOffset]) {
        for place in which {
            let Some(run) = self.runs.get(place) else { return };
            // Without a rectangle of its own it is in no mouse's way.
            ui.interact(Rect::NOTHING, run.id, Sense::hover());
            let before = place.checked_sub(1).and_then(|before| self.runs.get(before));
            let before = before.filter(|_| run.goes_on).map(TextRun::node_id);
            let after = self.runs.get(place + 1).filter(|after| after.goes_on);
            let after = after.map(TextRun::node_id);
            ui.ctx().accesskit_node_builder(run.id, |node| {
                run.fill(node, words);
                if let Some(before) = before {
                    node.set_previous_on_line(before);
                }
                if let Some(after) = after {
                    node.set_next_on_line(after);
                }
            });
        }
    }

    /// The selection as platforms are told it: its part among these runs, `None` where it is wholly elsewhere.
    pub fn selection(&self, anchor: Caret, focus: Caret) -> Option<TextSelection> {
        let known = self.range()?;
        let asked = ByteRange::between(anchor.offset, focus.offset);
        if asked.end() < known.start() || asked.start() > known.end() {
            return None;
        }
        Some(TextSelection {
            anchor: self.position(anchor)?,
            focus: self.position(focus)?,
        })
    }

    /// Where a caret is; at the end of these runs where it is beyond it.
    fn position(&self, caret: Caret) -> Option<TextPosition> {
        let known = self.range()?;
        let at = caret.offset.clamp(known.start(), known.end());
        // Runs of one paragraph share the offset between them; the affinity says whose it is.
        let behind = self.runs.partition_point(|run| run.start() <= at);
        let last = behind.saturating_sub(1);
        let first = self.runs.partition_point(|run| run.end() < at);
        let place = match caret.affinity {
            Affinity::Upstream => first.min(last),
            Affinity::Downstream => last,
        };
        let run = self.runs.get(place)?;
        Some(TextPosition {
            node: run.node_id(),
            character_index: run
                .offsets
                .partition_point(|offset| *offset < at)
                .min(run.edges.len()),
        })
    }

    /// The caret that a platform asks for.
    pub fn caret(&self, position: TextPosition) -> Option<Caret> {
        let place = self.runs.iter().position(|run| run.node_id() == position.node)?;
        let run = self.runs.get(place)?;
        if position.character_index > run.edges.len() {
            // Behind the line break.
            let next = self.runs.get(place + 1).map_or(run.end(), TextRun::start);
            return Some(Caret::downstream(next));
        }
        let at = run.offsets.get(position.character_index).copied()?;
        let at_end = position.character_index == run.edges.len() && !run.edges.is_empty();
        Some(if at_end {
            Caret::upstream(at)
        } else {
            Caret::downstream(at)
        })
    }

    /// Where the run of that id starts.
    pub fn start_of(&self, node: NodeId) -> Option<ByteOffset> {
        let run = self.runs.iter().find(|run| run.node_id() == node)?;
        Some(run.start())
    }
}

impl TextRun {
    fn start(&self) -> ByteOffset {
        self.offsets.first().copied().unwrap_or_default()
    }

    fn end(&self) -> ByteOffset {
        self.offsets.last().copied().unwrap_or_default()
    }

    fn node_id(&self) -> NodeId {
        self.id.accesskit_id()
    }

    fn fill(&self, node: &mut accesskit::Node, words: &[ByteOffset]) {
        let mut value = self.words.clone();
        let starts = self.offsets.iter().zip(self.offsets.iter().skip(1));
        let mut lengths: Vec<u8> = starts
            .map(|(start, end)| u8::try_from(end.get() - start.get()).unwrap_or(u8::MAX))
            .collect();
        let along = |(left, right): &(f32, f32)| match self.direction {
            Direction::LeftToRight => left - self.rect.left(),
            Direction::RightToLeft => self.rect.right() - right,
        };
        let mut positions: Vec<f32> = self.edges.iter().map(along).collect();
        let mut widths: Vec<f32> = self.edges.iter().map(|(left, right)| right - left).collect();
        if self.ends_paragraph {
            value.push('\n');
            lengths.push(1);
            positions.push(self.rect.width());
            widths.push(0.0);
        }
        let first = words.partition_point(|word| *word < self.start());
        let inside = words.iter().skip(first).take_while(|word| **word < self.end());
        let word_starts: Vec<u8> = inside
            .filter_map(|word| self.offsets.binary_search(word).ok())
            .filter_map(|index| u8::try_from(index).ok())
            .collect();
        node.set_role(Role::TextRun);
        node.set_text_direction(text_direction(self.direction));
        node.set_bounds(bounds(self.rect));
        node.set_value(value);
        node.set_character_lengths(lengths);
        node.set_character_positions(positions);
        node.set_character_widths(widths);
        node.set_word_starts(word_starts);
    }
}

/// A direction in the words of the platforms.
pub fn text_direction(direction: Direction) -> TextDirection {
    match direction {
        Direction::LeftToRight => TextDirection::LeftToRight,
        Direction::RightToLeft => TextDirection::RightToLeft,
    }
}

/// A rectangle in the words of the platforms.
pub fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect {
        x0: rect.left().into(),
        y0: rect.top().into(),
        x1: rect.right().into(),
        y1: rect.bottom().into(),
    }
}

/// The characters of a line in the order of the text; they tile it, whatever the clusters leave out.
fn characters(
    mut clusters: Vec<VisualCluster>,
    line: ByteRange,
    paragraph: &Paragraph<'_>,
) -> Vec<Character> {
    clusters.sort_by_key(|cluster| cluster.range.start());
    clusters.dedup_by_key(|cluster| cluster.range.start());
    let mut characters = Vec::with_capacity(clusters.len());
    for (place, cluster) in clusters.iter().enumerate() {
        let start = if place == 0 {
            line.start()
        } else {
            cluster.range.start()
        };
        let next = clusters.get(place + 1).map(|next| next.range.start());
        let end = next.unwrap_or(line.end().max(start));
        let left = paragraph.left_top.x + cluster.x;
        let character = Character {
            range: ByteRange::between(start, end),
            edges: (left, left + cluster.width),
            direction: cluster.direction,
        };
        if character.range.len() <= MOST {
            characters.push(character);
        } else {
            split(character, paragraph.words, &mut characters);
        }
    }
    characters
}

/// A heap of marks on one letter, longer than a platform can count, code point by code point.
fn split(character: Character, words: &str, into: &mut Vec<Character>) {
    let inside = words.get(character.range.as_usize()).unwrap_or_default();
    for (at, c) in inside.char_indices() {
        let start = character.range.start().get() + at;
        let (left, right) = character.edges;
        into.push(Character {
            range: ByteRange::between(ByteOffset::new(start), ByteOffset::new(start + c.len_utf8())),
            edges: if at == 0 { (left, right) } else { (right, right) },
            ..character
        });
    }
}
