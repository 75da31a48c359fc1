//! What of a span somebody has still to look at: values that nobody confirmed, and those that were left open because the
//! words can be read and do not say one thing for certain. The walk, the filter of the list, and the problems all ask here.
//!
//! A value that was left open is settled once somebody has dismissed the problem that there is none. Who clears a value
//! settles nothing by that: a span keeps no trace of what it had.

use std::collections::BTreeSet;

use crate::model::problem::ProblemCode;
use crate::model::{AttributeType, AttributeUse, Codebook, Header, ProblemKey, Span};
use crate::text::Text;

use super::{dates, figures};

/// Bytes of the longest words that are read: a span may hold a whole book.
const LONGEST: usize = 400;

/// What a value is read by: what may be said, what is known of the article, and its text.
#[derive(Clone, Copy, Debug)]
pub struct ReadBy<'a> {
    /// Labels and what they ask for.
    pub codebook: &'a Codebook,
    /// Language and day of publication.
    pub header: &'a Header,
    /// The text.
    pub text: &'a Text,
}

impl<'a> ReadBy<'a> {
    /// Whether somebody has still to look at a value of a span, where these problems were dismissed.
    pub fn is_unsettled(self, span: &Span, dismissed: &BTreeSet<ProblemKey>) -> bool {
        !span.unconfirmed.is_empty() || self.first_open(span, dismissed).is_some()
    }

    /// The first value that was left open and that nobody has dismissed.
    pub fn first_open(self, span: &Span, dismissed: &BTreeSet<ProblemKey>) -> Option<&'a AttributeUse> {
        let mut open = self.lacking(span);
        open.find(|usage| !is_dismissed(usage, span, dismissed) && self.says_several(usage, span))
    }

    /// Whether the words of a span are read for that.
    pub fn is_read(self, span: &Span) -> bool {
        let mut lacking = self.lacking(span);
        span.unconfirmed.is_empty()
            && lacking.any(|usage| {
                let attribute = self.codebook.attribute(&usage.id);
                attribute.is_some_and(|attribute| {
                    matches!(
                        attribute.attribute_type,
                        AttributeType::Date | AttributeType::Quantity
                    )
                })
            })
    }

    /// What a span lacks although its words can be read, because they may mean several things.
    pub fn left_open<'b>(self, span: &'b Span) -> impl Iterator<Item = &'a AttributeUse> + use<'a, 'b> {
        self.lacking(span)
            .filter(move |usage| self.says_several(usage, span))
    }

    /// What the label of a span asks for and it has not.
    fn lacking<'b>(self, span: &'b Span) -> impl Iterator<Item = &'a AttributeUse> + use<'a, 'b> {
        let label = self.codebook.label(&span.label);
        let asked = label
            .into_iter()
            .flat_map(move |label| self.codebook.asked(&label.attributes));
        asked.filter(move |usage| !span.attributes.contains_key(&usage.id))
    }

    fn says_several(self, usage: &AttributeUse, span: &Span) -> bool {
        let length: usize = span.ranges.as_slice().iter().map(|range| range.len()).sum();
        let attribute = self.codebook.attribute(&usage.id);
        let Some(attribute) = attribute else {
            return false;
        };
        match attribute.attribute_type {
            AttributeType::Quantity => {
                figures::proposals(self.header, self.text, attribute, &span.ranges).len() > 1
            }
            AttributeType::Date if length <= LONGEST => {
                let reading = dates::of_span(self.header, self.text, &span.ranges);
                !reading.dates.is_empty() && !reading.is_certain
            }
            _ => false,
        }
    }
}

/// Whether somebody has dismissed that the span lacks the value.
fn is_dismissed(usage: &AttributeUse, span: &Span, dismissed: &BTreeSet<ProblemKey>) -> bool {
    let codes = [ProblemCode::UnconfirmedValue, ProblemCode::MissingAttribute];
    let mut keys = codes
        .map(|code| ProblemKey::of_value(code, &span.id, &usage.id))
        .into_iter()
        .flatten();
    !dismissed.is_empty() && keys.any(|key| dismissed.contains(&key))
}
