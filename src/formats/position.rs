//! Positions of spans: from numbers in a file to ranges of a text, in the unit in which the file counts, and back.

use std::io;

use serde_json::Value as Json;

use crate::model::{Article, Ranges, counted};
use crate::text::{ByteOffset, ByteRange, CharOffset, Text, Utf16Offset};

use super::OffsetUnit;
use super::jsonl::shown;

/// What a file counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    CodePoints,
    Utf16,
    Bytes,
}

impl Unit {
    pub(super) const ALL: [Self; 3] = [Self::CodePoints, Self::Utf16, Self::Bytes];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 code units",
            Self::Bytes => "UTF-8 bytes",
        }
    }

    /// The unit that a user names; none where that is no unit of characters.
    pub(super) const fn of(unit: OffsetUnit) -> Option<Self> {
        Some(match unit {
            OffsetUnit::CodePoints => Self::CodePoints,
            OffsetUnit::Utf16 => Self::Utf16,
            OffsetUnit::Bytes => Self::Bytes,
            OffsetUnit::None | OffsetUnit::Tokens => return None,
        })
    }

    /// The unit that a line names under `offsets`.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        OffsetUnit::of_characters(name).and_then(Self::of)
    }

    /// The position in a text; nothing outside it or inside a character.
    pub(super) fn locate(self, text: &Text, at: usize) -> Option<ByteOffset> {
        match self {
            Self::CodePoints => text.byte_of_char(CharOffset::new(at)),
            Self::Utf16 => text.byte_of_utf16(Utf16Offset::new(at)),
            Self::Bytes => {
                let at = ByteOffset::new(at);
                (at <= text.end() && text.is_boundary(at)).then_some(at)
            }
        }
    }

    /// How long a text is.
    pub(super) fn count(self, text: &str) -> usize {
        match self {
            Self::CodePoints => text.chars().count(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Bytes => text.len(),
        }
    }

    fn length(self, text: &Text) -> usize {
        match self {
            Self::CodePoints => text.char_len(),
            Self::Utf16 => text.utf16_len(),
            Self::Bytes => text.end().get(),
        }
    }
}

/// Starts and ends as a file gives them, unchecked against any text: one pair for each fragment.
pub(super) type Pairs = Vec<(usize, usize)>;

/// Reads a start and an end, and the fragments where there are any.
///
/// # Errors
/// What is wrong with them, in words.
pub(super) fn pairs(
    start: Option<&Json>,
    end: Option<&Json>,
    fragments: Option<&Json>,
) -> Result<Pairs, String> {
    let Some(fragments) = fragments else {
        let start = number("start", start)?;
        return Ok(vec![(start, number("end", end)?)]);
    };
    let list = fragments
        .as_array()
        .ok_or_else(|| format!("fragments are a list, not {}", shown(fragments)))?;
    let mut pairs = Pairs::new();
    for fragment in list {
        let Some([from, to]) = fragment.as_array().map(Vec::as_slice) else {
            return Err(format!("a fragment is [start, end], not {}", shown(fragment)));
        };
        pairs.push((
            number("a fragment's start", Some(from))?,
            number("a fragment's end", Some(to))?,
        ));
    }
    let hull = (
        pairs.first().map(|first| first.0),
        pairs.last().map(|last| last.1),
    );
    for (name, given, hull) in [("start", start, hull.0), ("end", end, hull.1)] {
        if let Some(given) = given
            && Some(number(name, Some(given))?) != hull
        {
            return Err(format!(
                "{name} {} does not agree with the fragments",
                shown(given)
            ));
        }
    }
    Ok(pairs)
}

fn number(name: &str, json: Option<&Json>) -> Result<usize, String> {
    let json = json
        .filter(|json| !json.is_null())
        .ok_or_else(|| format!("{name} is missing"))?;
    let problem = match json {
        Json::Number(number) => match number.as_u64().and_then(|number| usize::try_from(number).ok()) {
            Some(number) => return Ok(number),
            None if number.as_i64().is_some() => "is negative",
            None => "is not a whole number from 0",
        },
        Json::String(_) => "is a string, not a number",
        _ => "is not a number",
    };
    Err(format!("{name} {} {problem}", shown(json)))
}

/// The ranges in a text that pairs mean in a unit.
///
/// # Errors
/// What is wrong with them, in words.
pub(super) fn ranges(text: &Text, unit: Unit, pairs: &Pairs) -> Result<Ranges, String> {
    let mut ranges = Vec::with_capacity(pairs.len());
    for &(start, end) in pairs {
        if start >= end {
            let how = if start == end {
                "is empty"
            } else {
                "ends before it starts"
            };
            return Err(format!("the range {start}–{end} {how}"));
        }
        let range = (unit.locate(text, start), unit.locate(text, end));
        let (Some(from), Some(to)) = range else {
            let length = unit.length(text);
            return Err(if end > length {
                let one = unit.name().trim_end_matches('s');
                let length = counted(length, one);
                format!("the range {start}–{end} leaves the text, which has {length}")
            } else {
                format!(
                    "the range {start}–{end} splits a character when counted in {}",
                    unit.name()
                )
            });
        };
        ranges.push(ByteRange::between(from, to));
    }
    Ranges::new(ranges).map_err(|_invalid| "fragments are sorted and do not overlap".to_owned())
}

/// Start and end of a range in code points, for a writer.
///
/// # Errors
/// Where the range does not lie in the article's text.
pub(super) fn code_points(article: &Article, range: ByteRange) -> io::Result<(usize, usize)> {
    let chars = article.text.char_range(range).ok_or_else(|| outside(article))?;
    Ok((chars.start().get(), chars.end().get()))
}

/// What a writer says of a span that does not lie in the article's text.
pub(super) fn outside(article: &Article) -> io::Error {
    let message = format!("a span of article {} does not lie in its text", article.id);
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Whether a range starts or ends inside what readers see as one character, or between CR and LF.
pub(super) fn splits_cluster(text: &Text, ranges: &Ranges) -> bool {
    let ends = ranges
        .as_slice()
        .iter()
        .flat_map(|range| [range.start(), range.end()]);
    ends.into_iter().any(|at| !text.is_grapheme_boundary(at))
}
