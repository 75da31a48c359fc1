//! Cutting a span in two.

use std::sync::Arc;

use crate::model::{Change, Extra, LayerEdit, Ranges, Span, SpanId, counted};
use crate::session::command::SplitSpan;
use crate::session::refusal::Refusal;
use crate::text::{ByteOffset, ByteRange, Text};

use super::{Place, Planned, check, reading, span};

/// The first part stays the span that it was, with its notes, relations, places in events, and verdict; the second is
/// a new span with the same values.
pub(super) fn split(place: &Place<'_>, command: &SplitSpan) -> Planned {
    let text = &place.article.text;
    let before = span::get(place, &command.span)?;
    let (first, second) = parts(text, &before.ranges, cut(text, before, command)?)?;
    let is_taken = |id: &SpanId| place.layer.spans.get(id).is_some();
    let id = place.fresh_id(command.id.as_ref(), SpanId::new, is_taken, "span")?;
    for part in [&first, &second] {
        span::refuse_twin(place, part, &before.label, std::slice::from_ref(&before.id))?;
    }
    let mut behind = Span {
        id: id.clone(),
        ranges: second,
        review: None,
        created: Some(place.at.clone()),
        modified: None,
        extra: Extra::new(),
        ..Span::clone(before)
    };
    let mut ahead = Span {
        ranges: first,
        ..Span::clone(before)
    };
    for part in [&mut ahead, &mut behind] {
        reading::read_anew(place, &[before], part);
    }
    let summary = format!(
        "split {} from {}",
        check::describe(text, &ahead),
        check::quote(text, &behind.ranges)
    );
    let mut step = span::replace(place, before, ahead, summary);
    step.edits
        .push(LayerEdit::Span(id.clone(), Change::add(Arc::new(behind))));
    step.created = vec![id.to_string()];
    Ok(step)
}

/// Where the cut is, which must be inside the span.
fn cut(text: &Text, span: &Span, command: &SplitSpan) -> Result<ByteOffset, Refusal> {
    let at = text.byte_of_char(command.at).ok_or_else(|| {
        let length = counted(text.char_len(), "code point");
        let message = format!("{} is outside the text, which has {length}", command.at);
        Refusal::new("outside_text", message)
    })?;
    let hull = span.ranges.hull();
    if hull.start() < at && at < hull.end() {
        return Ok(at);
    }
    let message = format!("{} is not inside span {}", command.at, span.id);
    Err(Refusal::new("outside_span", message)
        .hint("the cut lies behind the first character of the span and before its last"))
}

/// What lies before the cut and what behind it, without the space and punctuation at the cut.
fn parts(text: &Text, ranges: &Ranges, at: ByteOffset) -> Result<(Ranges, Ranges), Refusal> {
    let (mut ahead, mut behind) = (Vec::new(), Vec::new());
    for range in ranges.as_slice() {
        if range.end() <= at {
            ahead.push(*range);
        } else if range.start() >= at {
            behind.push(*range);
        } else {
            let end = text.trim(ByteRange::between(range.start(), at)).end();
            let start = text.trim(ByteRange::between(at, range.end())).start();
            ahead.extend(words(text, range.start(), end));
            behind.extend(words(text, start, range.end()));
        }
    }
    let made = Ranges::new(ahead).ok().zip(Ranges::new(behind).ok());
    made.ok_or_else(|| {
        Refusal::new("nothing_left", "one side of the cut would have no words")
            .hint("put the cut between two words of the span")
    })
}

/// A range, where it has a word or a sign that says something.
fn words(text: &Text, start: ByteOffset, end: ByteOffset) -> Option<ByteRange> {
    let range = ByteRange::new(start, end)?;
    let says_something = |c: char| !c.is_whitespace() && !c.is_ascii_punctuation();
    text.slice(range)
        .is_some_and(|words| words.contains(says_something))
        .then_some(range)
}
