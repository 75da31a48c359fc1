//! The one place where a date is proposed from the words of a span. What is proposed is only offered, never written.

use crate::model::{DateValue, Span};
use crate::session::{ArticleView, dates};

/// The date that the words of a span mean most likely, against the day on which the article came out.
pub fn proposed_date(article: &ArticleView, span: &Span) -> Option<DateValue> {
    let words = span.ranges.quote(&article.text)?;
    dates::read(&article.header, &words).dates.into_iter().next()
}
