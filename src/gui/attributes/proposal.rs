//! The one place where a date is proposed from the words of a span. What is proposed is only offered, never written.

use crate::model::{DateValue, Span};
use crate::session::ArticleView;

/// The date that the words of a span say by themselves, as ISO 8601 or an interval of it.
pub fn proposed_date(article: &ArticleView, span: &Span) -> Option<DateValue> {
    let words = span.ranges.quote(&article.text)?;
    DateValue::typed(&words).ok()
}
