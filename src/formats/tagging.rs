//! Tags of tokens: what each says, in whichever way a file tags, and the text that is built of tokens where the file has
//! none.
//!
//! All ways of tagging are read alike; which one a file follows is found out from the whole file, so that breaches of it
//! can be told. Knows no file.

use crate::model::Ranges;
use crate::text::{ByteOffset, ByteRange};

use super::Diagnostic;
use super::spacing::is_spaced;

/// What a tag says of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// It is in no span.
    Outside,
    /// It is in one: how, and under which label.
    In(Place, &'a str),
}

/// Where in a span a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Begin,
    Inside,
    End,
    Single,
}

impl<'a> Tag<'a> {
    /// Reads a tag; `None` where it is none.
    pub(super) fn of(tag: &'a str) -> Option<Self> {
        if matches!(tag, "O" | "o" | "_" | "-") {
            return Some(Self::Outside);
        }
        let (place, label) = tag.split_once('-')?;
        let place = match place {
            "B" => Place::Begin,
            "I" | "M" => Place::Inside,
            "E" | "L" => Place::End,
            "S" | "U" | "W" => Place::Single,
            _ => return None,
        };
        (!label.is_empty()).then_some(Self::In(place, label))
    }
}

/// What was seen of the ways of tagging in a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scheme {
    /// `I-` where no span of that label goes on.
    begins_with_inside: u64,
    /// `B-` where no span of that label stands right before.
    begins_needlessly: u64,
    /// `E-`, `S-`, and their like.
    ends: u64,
}

/// The ways of tagging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// `B-` only where a span follows another one of its label.
    Iob1,
    /// `B-` at every beginning.
    Iob2,
    /// With ends and single tokens.
    Bioes,
}

impl Scheme {
    /// Counts a tag in. The label before is that of the token before in the same sentence.
    fn add(&mut self, before: Option<&str>, tag: Tag<'_>) {
        match tag {
            Tag::In(Place::Inside, label) if before != Some(label) => self.begins_with_inside += 1,
            Tag::In(Place::Begin, label) if before != Some(label) => self.begins_needlessly += 1,
            Tag::In(Place::End | Place::Single, _) => self.ends += 1,
            _ => {}
        }
    }

    /// The way that the file follows.
    pub(super) fn way(self) -> Way {
        if self.ends > 0 {
            Way::Bioes
        } else if self.begins_with_inside > 0 && self.begins_needlessly == 0 {
            Way::Iob1
        } else {
            Way::Iob2
        }
    }

    /// How many spans begin as they must not in that way.
    pub(super) fn broken(self) -> u64 {
        if self.way() == Way::Iob1 {
            0
        } else {
            self.begins_with_inside
        }
    }

    /// What is to be said of the way of tagging, and of breaches of it.
    pub(super) fn findings(self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        match self.way() {
            Way::Iob1 => found.push(Diagnostic::info(
                "tag_scheme",
                "the tags are IOB1, and were read so",
            )),
            Way::Bioes => found.push(Diagnostic::info(
                "tag_scheme",
                "the tags say ends too (BIOES), and were read so",
            )),
            Way::Iob2 => {}
        }
        if self.broken() > 0 {
            let message = format!(
                "spans that begin with I- where none of their label goes on: {}",
                self.broken()
            );
            found.push(
                Diagnostic::warning("broken_tags", message).with_hint("each was taken for a beginning"),
            );
        }
        found
    }
}

/// A scheme while a file is gone through tag by tag.
#[derive(Clone, Debug, Default)]
pub(super) struct SchemeSurvey {
    /// What was seen so far.
    pub scheme: Scheme,
    before: Option<String>,
}

impl SchemeSurvey {
    /// The next tag is the first of a sentence.
    pub(super) fn end_sentence(&mut self) {
        self.before = None;
    }

    /// Counts the next tag in.
    pub(super) fn add(&mut self, tag: Tag<'_>) {
        self.scheme.add(self.before.as_deref(), tag);
        match tag {
            Tag::In(Place::Begin | Place::Inside, label) => {
                if self.before.as_deref() != Some(label) {
                    self.before = Some(label.to_owned());
                }
            }
            _ => self.before = None,
        }
    }
}

/// A span that is not closed yet, or one that is.
#[derive(Debug)]
pub(super) struct TaggedSpan {
    /// Its label.
    pub label: String,
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

impl TaggedSpan {
    /// Where it lies; `None` where it holds nothing.
    pub(super) fn ranges(&self) -> Option<Ranges> {
        let range = ByteRange::new(ByteOffset::new(self.start), ByteOffset::new(self.end))?;
        Ranges::one(range)
    }
}

/// A text that is built of tokens, with the spans that their tags mean.
#[derive(Debug, Default)]
pub(super) struct TaggedText {
    /// What was built so far.
    pub text: String,
    /// The spans in it.
    pub spans: Vec<TaggedSpan>,
    /// Where the last token of the sentence begins; `None` before the first.
    last: Option<usize>,
    is_open: bool,
}

impl TaggedText {
    /// The next token begins a sentence.
    pub(super) fn end_sentence(&mut self) {
        self.last = None;
        self.is_open = false;
    }

    /// Adds a token, behind a space where one goes before it.
    pub(super) fn push(&mut self, token: &str, tag: Option<Tag<'_>>) {
        match self.last.and_then(|last| self.text.get(last..)) {
            Some(before) if is_spaced(before, token) => self.text.push(' '),
            Some(_) => {}
            None if self.text.is_empty() => {}
            None => self.text.push('\n'),
        }
        let start = self.text.len();
        self.text.push_str(token);
        let end = self.text.len();
        self.last = Some(start);
        self.tag(start, end, tag);
    }

    /// Tags what stands between two places of the text, behind all that was tagged before.
    pub(super) fn tag(&mut self, start: usize, end: usize, tag: Option<Tag<'_>>) {
        let Some(Tag::In(place, label)) = tag else {
            self.is_open = false;
            return;
        };
        let goes_on = self.is_open && matches!(place, Place::Inside | Place::End);
        match self
            .spans
            .last_mut()
            .filter(|span| goes_on && span.label == label)
        {
            Some(span) => span.end = end,
            None => self.spans.push(TaggedSpan {
                label: label.to_owned(),
                start,
                end,
            }),
        }
        self.is_open = matches!(place, Place::Begin | Place::Inside);
    }
}
