//! The one place where dates are proposed from the words of a span. What is proposed is only offered, never written; where
//! only the day of publication is lacking, that is said.

use crate::model::{AttributeType, AttributeUse, Codebook, DateValue, Span};
use crate::session::{ArticleView, dates};

/// How many are offered at most.
const MOST: usize = 3;
/// Bytes of the longest words that are read: this is asked in every frame, and a span may hold a whole book.
const LONGEST: usize = 400;

/// What words say about a date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposed {
    /// The dates that they may mean, the likeliest first.
    pub dates: Vec<DateValue>,
    /// They count from the day on which the article came out, which is not known.
    pub wants_publication: bool,
}

/// What the words of a span say, against the day on which the article came out, where its label asks for a date.
pub fn proposed_dates(
    article: &ArticleView,
    span: &Span,
    (codebook, uses): (&Codebook, &[AttributeUse]),
) -> Proposed {
    let is_date = |usage: &AttributeUse| {
        let attribute = codebook.attribute(&usage.id);
        attribute.is_some_and(|attribute| attribute.attribute_type == AttributeType::Date)
    };
    if !uses.iter().any(is_date) {
        return Proposed::default();
    }
    let length: usize = span.ranges.as_slice().iter().map(|range| range.len()).sum();
    let words = (length <= LONGEST)
        .then(|| span.ranges.quote(&article.text))
        .flatten();
    let Some(words) = words else {
        return Proposed::default();
    };
    let mut dates = dates::read(&article.header, &words).dates;
    dates.truncate(MOST);
    Proposed {
        wants_publication: dates.is_empty() && dates::wants_publication(&article.header, &words),
        dates,
    }
}
