//! The one place where dates are proposed from the words of a span. What is proposed is only offered, never written.

use crate::model::{DateValue, Span};
use crate::session::{ArticleView, dates};

/// How many are offered at most.
const MOST: usize = 3;
/// Bytes of the longest words that are read: this is asked in every frame, and a span may hold a whole book.
const LONGEST: usize = 400;

/// The dates that the words of a span may mean, the likeliest first, against the day on which the article came out.
pub fn proposed_dates(article: &ArticleView, span: &Span) -> Vec<DateValue> {
    let length: usize = span.ranges.as_slice().iter().map(|range| range.len()).sum();
    let words = (length <= LONGEST)
        .then(|| span.ranges.quote(&article.text))
        .flatten();
    let mut dates = words.map_or_else(Vec::new, |words| dates::read(&article.header, &words).dates);
    dates.truncate(MOST);
    dates
}
