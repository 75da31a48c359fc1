//! The one place where dates and figures are proposed from the words of a span. What is proposed is only offered, never
//! written; where only the day of publication is lacking, that is said.

use std::collections::BTreeMap;

use crate::model::{AttributeId, AttributeType, AttributeUse, Codebook, DateValue, Quantity, Span};
use crate::session::{ArticleView, dates, figures};
use crate::text::Text;

/// How many are offered at most.
const MOST: usize = 3;
/// Bytes of the longest words that are read: this is asked in every frame, and a span may hold a whole book.
const LONGEST: usize = 400;

/// What the words of a span say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposed {
    /// The dates that they may mean, the likeliest first.
    pub dates: Vec<DateValue>,
    /// Of each, its weekday where the words name another one, Monday as 1.
    pub misfits: Vec<Option<i8>>,
    /// They count from the day on which the article came out, which is not known.
    pub wants_publication: bool,
    /// The figures of the attributes that lack one, or of which nobody has confirmed the one that is there.
    pub figures: BTreeMap<AttributeId, Vec<Quantity>>,
}

/// What the words of a span say where its label asks for dates or figures.
pub fn proposed(
    article: &ArticleView,
    span: &Span,
    (codebook, uses): (&Codebook, &[AttributeUse]),
) -> Proposed {
    let is_open = |usage: &&AttributeUse| {
        span.unconfirmed.contains(&usage.id) || !span.attributes.contains_key(&usage.id)
    };
    let open = uses.iter().filter(is_open);
    let attributes = open.filter_map(|usage| codebook.attribute(&usage.id));
    let figures = attributes
        .filter(|attribute| attribute.attribute_type == AttributeType::Quantity)
        .map(|attribute| {
            let said = figures::proposals(&article.header, &article.text, attribute, &span.ranges);
            (attribute.id.clone(), said)
        });
    Proposed {
        figures: figures.collect(),
        ..proposed_dates(article, span, (codebook, uses))
    }
}

/// The dates that the words of a span say, against the day on which the article came out.
fn proposed_dates(
    article: &ArticleView,
    span: &Span,
    (codebook, uses): (&Codebook, &[AttributeUse]),
) -> Proposed {
    if !uses.iter().any(|usage| is_date(codebook, &usage.id)) {
        return Proposed::default();
    }
    let Some(words) = words_of(&article.text, span) else {
        return Proposed::default();
    };
    let mut reading = dates::of_span(&article.header, &article.text, &span.ranges);
    reading.dates.truncate(MOST);
    Proposed {
        wants_publication: reading.dates.is_empty() && dates::wants_publication(&article.header, &words),
        misfits: reading
            .dates
            .iter()
            .map(|date| dates::misfit(&reading, date))
            .collect(),
        dates: reading.dates,
        figures: BTreeMap::new(),
    }
}

fn is_date(codebook: &Codebook, id: &AttributeId) -> bool {
    let attribute = codebook.attribute(id);
    attribute.is_some_and(|attribute| attribute.attribute_type == AttributeType::Date)
}

fn words_of(text: &Text, span: &Span) -> Option<String> {
    let length: usize = span.ranges.as_slice().iter().map(|range| range.len()).sum();
    (length <= LONGEST).then(|| span.ranges.quote(text)).flatten()
}
