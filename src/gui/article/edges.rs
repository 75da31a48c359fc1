//! Moving the edges of the selected span with keys, by character or by word.
//!
//! Forward is forward as the text is read, the same in every script. The end of a span is that of its last fragment,
//! the start that of its first; neither crosses the other edge of its fragment. While the key is held the span moves
//! on the screen only, and letting go asks for one change.

use crate::layout::Caret;
use crate::model::{Ranges, SpanId};
use crate::session::action::Action;
use crate::text::{ByteOffset, ByteRange, Text};

use super::output::{ArticleOutput, ArticleRefusal, refused};
use super::page::Page;
use super::state::{ArticleState, Edge};

/// One step of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeStep {
    /// The start and not the end.
    pub start: bool,
    /// Forward as the text is read.
    pub forward: bool,
    /// By a word and not by a character.
    pub by_word: bool,
}

impl EdgeStep {
    /// The step that an action of the table asks for.
    pub const fn of(action: Action) -> Option<Self> {
        let (start, forward, by_word) = match action {
            Action::EndForward => (false, true, false),
            Action::EndBack => (false, false, false),
            Action::StartForward => (true, true, false),
            Action::StartBack => (true, false, false),
            Action::EndWordForward => (false, true, true),
            Action::EndWordBack => (false, false, true),
            Action::StartWordForward => (true, true, true),
            Action::StartWordBack => (true, false, true),
            _ => return None,
        };
        Some(Self {
            start,
            forward,
            by_word,
        })
    }
}

/// The newest place of a span that was moved.
pub(super) struct Moved {
    /// Which span.
    pub span: SpanId,
    /// Where it will be.
    pub ranges: Ranges,
    stage: Stage,
    /// Whether an earlier place of it is on its way.
    in_flight: bool,
}

/// How far a move has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The key is held; nothing was asked for.
    Held,
    /// It was asked for.
    Asked,
    /// It was sent as the request of that number.
    Sent(u64),
}

impl Moved {
    /// Takes up the number of its request.
    pub fn sent(&mut self, request: u64) {
        if self.stage != Stage::Held {
            self.stage = Stage::Sent(request);
        }
    }

    /// Whether it is among so many requests that were answered.
    pub fn is_answered(&self, count: u64) -> bool {
        matches!(self.stage, Stage::Sent(request) if request <= count)
    }
}

impl ArticleState {
    /// Moves an edge of the selected span on the screen; [`Self::let_go`] asks for it.
    pub(super) fn move_edge(&mut self, page: &Page<'_>, step: EdgeStep) -> Vec<ArticleOutput> {
        let Some((span, old)) = self.with_ranges(self.selected_span.clone()) else {
            return refused(ArticleRefusal::NoSpanSelected);
        };
        if let Some(refusal) = self.refuses_span(page, &span) {
            return refused(refusal);
        }
        let mut outputs = Vec::new();
        if self.pending.moved.last().is_some_and(|moved| moved.span != span) {
            outputs = self.let_go();
        }
        let Some((ranges, edge)) = stepped(page.text, &old, step) else {
            outputs.extend(refused(ArticleRefusal::EdgeStuck));
            return outputs;
        };
        self.put_moved(span, ranges, Stage::Held);
        self.reveal = Some(if step.start {
            Caret::downstream(edge)
        } else {
            Caret::upstream(edge)
        });
        outputs.push(ArticleOutput::SelectionChanged);
        outputs
    }

    /// Asks for the span to be where its edges were moved to.
    pub fn let_go(&mut self) -> Vec<ArticleOutput> {
        // Only the one that was moved last can still be in hand.
        let held = self.pending.moved.last_mut();
        let Some(moved) = held.filter(|moved| moved.stage == Stage::Held) else {
            return Vec::new();
        };
        let is_there = self
            .index
            .get(&moved.span)
            .is_none_or(|span| span.ranges == moved.ranges);
        if is_there && !moved.in_flight {
            self.pending.moved.pop();
            return Vec::new();
        }
        moved.stage = Stage::Asked;
        vec![ArticleOutput::SetRanges {
            span: moved.span.clone(),
            ranges: moved.ranges.clone(),
        }]
    }

    /// Asks for a span to be elsewhere, and takes it for being there from now on.
    pub(super) fn ask_ranges(&mut self, span: SpanId, ranges: Ranges) -> ArticleOutput {
        self.put_moved(span.clone(), ranges.clone(), Stage::Asked);
        ArticleOutput::SetRanges { span, ranges }
    }

    fn put_moved(&mut self, span: SpanId, ranges: Ranges, stage: Stage) {
        let is_on_its_way = |moved: &Moved| moved.in_flight || moved.stage != Stage::Held;
        let moved = &mut self.pending.moved;
        let in_flight = moved
            .iter()
            .any(|moved| moved.span == span && is_on_its_way(moved));
        moved.retain(|moved| moved.span != span);
        moved.push(Moved {
            span,
            ranges,
            stage,
            in_flight,
        });
    }

    /// Whether a key that moves an edge is still held.
    pub(super) fn is_moving(&self) -> bool {
        let moved = self.pending.moved.last();
        moved.is_some_and(|moved| moved.stage == Stage::Held)
    }
}

/// The ranges after a step and where the edge is then; none where it cannot go further.
fn stepped(text: &Text, ranges: &Ranges, step: EdgeStep) -> Option<(Ranges, ByteOffset)> {
    let mut ranges = ranges.as_slice().to_vec();
    let range = if step.start {
        ranges.first_mut()?
    } else {
        ranges.last_mut()?
    };
    let edge = if step.start { Edge::Start } else { Edge::End };
    let to = match (step.by_word, edge) {
        (false, _) => by_character(text, *range, edge, step.forward),
        (true, Edge::End) => end_by_word(text, *range, step.forward)?,
        (true, Edge::Start) => start_by_word(text, *range, step.forward)?,
    };
    let moved = match edge {
        Edge::Start => ByteRange::new(to, range.end())?,
        Edge::End => ByteRange::new(range.start(), to)?,
    };
    if moved == *range {
        return None;
    }
    *range = moved;
    // An empty fragment is none, so that no edge crosses the other.
    Some((Ranges::new(ranges).ok()?, to))
}

fn by_character(text: &Text, range: ByteRange, edge: Edge, forward: bool) -> ByteOffset {
    let at = match edge {
        Edge::Start => range.start(),
        Edge::End => range.end(),
    };
    if forward {
        text.next_grapheme(at)
    } else {
        text.previous_grapheme(at)
    }
}

/// The end of the next word, or of the word before the last one.
fn end_by_word(text: &Text, range: ByteRange, forward: bool) -> Option<ByteOffset> {
    if forward {
        let to = text.next_word(range.end());
        return has_word(text, range.end(), to).then_some(to);
    }
    let last = text.previous_word(range.end());
    let left = text.trim(ByteRange::new(range.start(), last)?);
    (!left.is_empty()).then_some(left.end())
}

/// The start of the second word, or of the word before.
fn start_by_word(text: &Text, range: ByteRange, forward: bool) -> Option<ByteOffset> {
    if forward {
        let first = text.next_word(range.start());
        let left = text.trim(ByteRange::new(first, range.end())?);
        return (!left.is_empty()).then_some(left.start());
    }
    let to = text.previous_word(range.start());
    has_word(text, to, range.start()).then_some(to)
}

fn has_word(text: &Text, start: ByteOffset, end: ByteOffset) -> bool {
    let words = ByteRange::new(start, end).and_then(|range| text.slice(range));
    words.is_some_and(|words| words.contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(start: bool, forward: bool, by_word: bool) -> EdgeStep {
        EdgeStep {
            start,
            forward,
            by_word,
        }
    }

    /// A span between bars, and what a step leaves of it; `-` where it cannot go.
    #[track_caller]
    fn check(marked: &str, taken: EdgeStep, expected: &str) {
        let text = Text::new(marked.replace('|', ""));
        let bars: Vec<usize> = marked
            .match_indices('|')
            .enumerate()
            .map(|(i, (at, _))| at - i)
            .collect();
        let ranges = bars
            .chunks(2)
            .map(|pair| ByteRange::between(ByteOffset::new(pair[0]), ByteOffset::new(pair[1])))
            .collect();
        let Some((ranges, _)) = stepped(&text, &Ranges::new(ranges).unwrap(), taken) else {
            assert_eq!("-", expected);
            return;
        };
        let mut shown = text.as_str().to_owned();
        for range in ranges.as_slice().iter().rev() {
            shown.insert(range.end().get(), '|');
            shown.insert(range.start().get(), '|');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_edge_goes_by_whole_characters_and_never_crosses() {
        check(
            "|a👩\u{200d}👧|e\u{301}b",
            step(false, true, false),
            "|a👩\u{200d}👧e\u{301}|b",
        );
        check("|a👩\u{200d}👧|b", step(false, false, false), "|a|👩\u{200d}👧b");
        check("|a|b", step(false, false, false), "-");
        check("|a|b", step(true, true, false), "-");
        check("a|b|", step(false, true, false), "-");
        check("|ab|", step(true, false, false), "-");
    }

    #[test]
    fn an_edge_goes_by_word_and_leaves_no_space_inside() {
        check(
            "le |colonel| Jean Tassart",
            step(false, true, true),
            "le |colonel Jean| Tassart",
        );
        check(
            "le |colonel Jean| Tassart",
            step(false, false, true),
            "le |colonel| Jean Tassart",
        );
        check(
            "le |colonel Jean| Tassart",
            step(true, true, true),
            "le colonel |Jean| Tassart",
        );
        check("le colonel |Jean|", step(true, false, true), "le |colonel Jean|");
        check("le |Jean|.", step(false, true, true), "-");
        check("« |Jean|", step(true, false, true), "-");
        check("le |Jean|", step(false, false, true), "-");
    }

    #[test]
    fn forward_is_forward_as_it_is_read_in_any_script() {
        check("وصلت |القوات| أمس", step(false, true, true), "وصلت |القوات أمس|");
        check("وصلت |القوات| أمس", step(true, true, false), "وصلت ا|لقوات| أمس");
    }

    #[test]
    fn of_several_fragments_the_first_has_the_start_and_the_last_the_end() {
        check(
            "|de| 40 a |60| morts",
            step(false, true, true),
            "|de| 40 a |60 morts|",
        );
        check("|de| 40 a |60| morts", step(true, true, true), "-");
        check(
            "|de 40| a |60| morts",
            step(true, true, true),
            "de |40| a |60| morts",
        );
    }
}
