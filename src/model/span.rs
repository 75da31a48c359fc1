//! Spans: one or more ranges of an article's text under a label.

use std::collections::BTreeSet;

use crate::text::{ByteOffset, ByteRange, Text};

use super::value::names;
use super::{Annotator, AttributeId, Attributes, Extra, LabelId, SpanId};

/// A tagged passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Unique within one article and annotator.
    pub id: SpanId,
    /// Where it lies.
    pub ranges: Ranges,
    /// What it is.
    pub label: LabelId,
    /// What the codebook asks about it.
    pub attributes: Attributes,
    /// Attributes whose value the tool read by itself and nobody confirmed.
    pub unconfirmed: BTreeSet<AttributeId>,
    /// A reviewer's verdict.
    pub review: Option<SpanReview>,
    /// Who or what made it.
    pub origin: Origin,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Unknown keys.
    pub extra: Extra,
}

/// One or more ranges, none empty, sorted, disjoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ranges(Vec<ByteRange>);

/// Why ranges cannot be a span's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidRanges {
    /// There is no range.
    None,
    /// A range has no text in it.
    Empty,
    /// A range starts before the one before it ends.
    Unsorted,
}

impl Ranges {
    /// Takes ranges as they are.
    ///
    /// # Errors
    /// [`InvalidRanges`] where they are none, or one is empty, or they are not sorted and disjoint.
    pub fn new(ranges: Vec<ByteRange>) -> Result<Self, InvalidRanges> {
        if ranges.is_empty() {
            return Err(InvalidRanges::None);
        }
        if ranges.iter().any(|range| range.is_empty()) {
            return Err(InvalidRanges::Empty);
        }
        if ranges
            .windows(2)
            .any(|pair| matches!(pair, [one, next] if next.start() < one.end()))
        {
            return Err(InvalidRanges::Unsorted);
        }
        Ok(Self(ranges))
    }

    /// The one range, or `None` where it is empty.
    pub fn one(range: ByteRange) -> Option<Self> {
        Self::new(vec![range]).ok()
    }

    /// The ranges in order; never empty.
    pub fn as_slice(&self) -> &[ByteRange] {
        &self.0
    }

    /// Whether there is more than one fragment.
    pub fn is_discontinuous(&self) -> bool {
        self.0.len() > 1
    }

    /// From the first start to the last end.
    pub fn hull(&self) -> ByteRange {
        let start = self.0.first().map_or(ByteOffset::ZERO, |range| range.start());
        let end = self.0.last().map_or(ByteOffset::ZERO, |range| range.end());
        ByteRange::between(start, end)
    }

    /// Whether a position lies in one of the fragments.
    pub fn contains(&self, at: ByteOffset) -> bool {
        self.0.iter().any(|range| range.contains(at))
    }

    /// These ranges and more of the same text as one list. What overlaps, touches, or has nothing but space and
    /// punctuation of one line between it becomes one range, so that no word comes in that was in neither.
    #[must_use]
    pub fn joined(&self, more: &[ByteRange], text: &Text) -> Self {
        let mut all: Vec<ByteRange> = self.0.iter().chain(more).copied().collect();
        all.retain(|range| !range.is_empty());
        all.sort();
        let mut joined: Vec<ByteRange> = Vec::with_capacity(all.len());
        for next in all {
            match joined.last_mut() {
                Some(last) if next.start() <= last.end() || is_bridged(text, *last, next) => {
                    *last = ByteRange::between(last.start(), next.end().max(last.end()));
                }
                _ => joined.push(next),
            }
        }
        Self(joined)
    }

    /// The quoted surface: the fragments joined by one space. `None` where a range leaves the text.
    pub fn quote(&self, text: &Text) -> Option<String> {
        let parts: Option<Vec<&str>> = self.0.iter().map(|range| text.slice(*range)).collect();
        parts.map(|parts| parts.join(" "))
    }
}

/// Whether nothing but space and punctuation of one line lies between two ranges.
fn is_bridged(text: &Text, one: ByteRange, next: ByteRange) -> bool {
    let is_word_or_line_end = |c: char| c.is_alphanumeric() || c == '\n';
    ByteRange::new(one.end(), next.start())
        .and_then(|gap| text.slice(gap))
        .is_some_and(|gap| !gap.contains(is_word_or_line_end))
}

/// A moment: RFC 3339 in UTC, kept to the letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(std::sync::Arc<str>);

impl Timestamp {
    /// Takes what looks like `2026-01-31T12:00:00Z`, with or without a fraction; `None` for anything else.
    pub fn new(text: &str) -> Option<Self> {
        let body = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00"))?;
        let (date, time) = body.split_once('T')?;
        let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
        let fits = |text: &str, pattern: &str| {
            text.len() == pattern.len()
                && text
                    .bytes()
                    .zip(pattern.bytes())
                    .all(|(t, p)| if p == b'0' { t.is_ascii_digit() } else { t == p })
        };
        let fraction_fits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
        (fits(date, "0000-00-00") && fits(clock, "00:00:00") && fraction_fits).then(|| Self(text.into()))
    }

    /// What is noted where a clock shows a time that has no such form.
    pub fn of_no_clock() -> Self {
        Self("1970-01-01T00:00:00.000Z".into())
    }

    /// As it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who or what made a span.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The kind of maker.
    pub kind: OriginKind,
    /// Its name: a person, a file, a dictionary, a model.
    pub name: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// The kinds of maker of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OriginKind {
    /// An annotator's own hand.
    Person,
    /// A file that was imported.
    Import,
    /// A list of names.
    Dictionary,
    /// A pattern.
    Pattern,
    /// A trained model.
    Model,
}

names!(OriginKind {
    Person = "person",
    Import = "import",
    Dictionary = "dictionary",
    Pattern = "pattern",
    Model = "model",
});

/// A reviewer's verdict on one span.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanReview {
    /// What was found.
    pub verdict: Verdict,
    /// By whom.
    pub by: Option<Annotator>,
    /// When.
    pub at: Option<Timestamp>,
    /// Unknown keys.
    pub extra: Extra,
}

/// What a reviewer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Right as it is.
    Approved,
    /// To be mended.
    ChangesRequested,
}

names!(Verdict { Approved = "approved", ChangesRequested = "changes_requested" });

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: usize, end: usize) -> ByteRange {
        ByteRange::between(ByteOffset::new(start), ByteOffset::new(end))
    }

    #[test]
    fn ranges_are_not_empty_sorted_and_disjoint() {
        assert_eq!(Ranges::new(vec![]), Err(InvalidRanges::None));
        assert_eq!(Ranges::new(vec![range(3, 3)]), Err(InvalidRanges::Empty));
        assert_eq!(
            Ranges::new(vec![range(0, 4), range(3, 6)]),
            Err(InvalidRanges::Unsorted)
        );
        let touching = Ranges::new(vec![range(0, 3), range(3, 6)]).unwrap();
        assert_eq!(touching.hull(), range(0, 6));
    }

    #[test]
    fn a_quote_joins_fragments_by_one_space() {
        let text = Text::new("au moins 50 et peut-être 60 civils");
        let ranges = Ranges::new(vec![range(9, 11), range(29, 35)]).unwrap();
        assert_eq!(ranges.quote(&text).as_deref(), Some("50 civils"));
        assert_eq!(Ranges::one(range(30, 90)).unwrap().quote(&text), None);
    }

    #[test]
    fn ranges_are_joined_where_no_word_lies_between_them() {
        let text = Text::new("Jean-Noël (dit) Tassart, chef\nNerval");
        let joined = |one: ByteRange, more: &[ByteRange]| {
            let ranges = Ranges::one(one).unwrap().joined(more, &text);
            ranges.as_slice().to_vec()
        };
        let (dit, name, chief, town) = (range(12, 15), range(17, 24), range(26, 30), range(31, 37));
        assert_eq!(
            joined(name, &[dit]),
            [range(12, 24)],
            "only a bracket and a space"
        );
        assert_eq!(joined(dit, &[chief]), [dit, chief], "a word");
        assert_eq!(joined(chief, &[town]), [chief, town], "the end of a line");
        assert_eq!(
            joined(name, &[range(20, 30), range(17, 18)]),
            [range(17, 30)],
            "overlaps"
        );
    }

    #[test]
    fn a_timestamp_is_utc_and_kept_to_the_letter() {
        for good in [
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00.5Z",
            "2026-01-31T12:00:00+00:00",
        ] {
            assert_eq!(Timestamp::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "2026-01-31",
            "2026-01-31T12:00:00",
            "2026-01-31T12:00:00+02:00",
            "yesterdayT12:00:00Z",
        ] {
            assert_eq!(Timestamp::new(bad), None, "{bad}");
        }
    }
}
