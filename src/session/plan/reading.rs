//! Values that are read from the words of a span where its label asks for them: figures and dates.
//!
//! What is read is unconfirmed until the annotator edits or confirms it; what cannot be read is left empty. What somebody
//! gave stays where it is; where other words come under it that do not say it, it is to be looked at again. A value that
//! the program read is told by that: it is what the words say by the article's language and day. So where these are
//! corrected, it is read anew with them, in the same transaction. Where the edges come back to the words for which a value
//! was confirmed, by a change that is in force, it is confirmed again.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Article, Attribute, AttributeId, AttributeType, AttributeUse, Change, Codebook, Header, Label, Layer,
    LayerEdit, Span, Value,
};
use crate::session::{dates, figures};

use super::{Place, figure, read_date};

/// Reads what a label asks for and nobody has given: what the span lacks, or has by default only, and what was read
/// before and not confirmed. `is_given` says which the annotator gave by this very command.
pub(super) fn read_values(
    place: &Place<'_>,
    label: &Label,
    span: &mut Span,
    is_given: impl Fn(&Attribute) -> bool,
) {
    for usage in place.codebook.asked(&label.attributes) {
        let Some(attribute) = place.codebook.attribute(&usage.id) else {
            continue;
        };
        if !is_read(attribute) || !is_open(usage, span) || is_given(attribute) {
            continue;
        }
        if let Some(value) = read(place.article, attribute, span) {
            span.attributes.insert(attribute.id.clone(), value);
            span.unconfirmed.insert(attribute.id.clone());
        } else if span.unconfirmed.remove(&attribute.id) {
            span.attributes.remove(&attribute.id);
        }
    }
}

/// Reads the values of a span again whose edges have moved or whose label is another. What somebody has cleared stays
/// empty, and what somebody gave stays.
pub(super) fn read_changed(place: &Place<'_>, before: &Span, span: &mut Span) {
    if let Some(label) = place.codebook.label(&span.label) {
        let given = given(place, label, &[before], span);
        read_values(place, label, span, |attribute| {
            given.contains(&attribute.id) || was_cleared(place, before, attribute)
        });
    }
}

/// Takes those values for confirmed again that somebody confirmed, or gave, when the span lay over just these words.
pub(super) fn confirm_as_before(past: &[Arc<Span>], span: &mut Span) {
    let (ranges, attributes) = (&span.ranges, &span.attributes);
    span.unconfirmed.retain(|id| {
        let is_confirmed = |was: &Arc<Span>| {
            was.ranges == *ranges
                && was.attributes.get(id) == attributes.get(id)
                && !was.unconfirmed.contains(id)
        };
        !past.iter().any(is_confirmed)
    });
}

/// Whether somebody has cleared a value: the label asked for it, the words said something, and there is none all the
/// same. A span that nobody has changed yet, such as an imported one, never had it.
fn was_cleared(place: &Place<'_>, before: &Span, attribute: &Attribute) -> bool {
    let label = place.codebook.label(&before.label);
    let was_asked = label.is_some_and(|label| label.attributes.iter().any(|usage| usage.id == attribute.id));
    was_asked
        && before.modified.is_some()
        && !before.attributes.contains_key(&attribute.id)
        && read(place.article, attribute, before).is_some()
}

/// Reads the unconfirmed values of a span again that is cut from another or merged of others.
pub(super) fn read_anew(place: &Place<'_>, sources: &[&Span], span: &mut Span) {
    if let Some(label) = place.codebook.label(&span.label) {
        let given = given(place, label, sources, span);
        let unconfirmed = span.unconfirmed.clone();
        read_values(place, label, span, |attribute| {
            given.contains(&attribute.id) || !unconfirmed.contains(&attribute.id)
        });
    }
}

/// Whether words may say another value once this is known of their article.
pub(super) fn may_read_otherwise(before: &Header, after: &Header) -> bool {
    before.lang != after.lang || dates::published(before) != dates::published(after)
}

/// Reads the values of a layer again that were read from an article as it was known before, and that nobody has touched.
/// The spans do not count as changed by anybody.
pub(super) fn read_by_header(
    codebook: &Codebook,
    layer: &Layer,
    before: &Article,
    after: &Article,
) -> Vec<LayerEdit> {
    let unconfirmed = layer.spans.iter().filter(|span| !span.unconfirmed.is_empty());
    let changed = unconfirmed.filter_map(|span| {
        let changed = read_again(codebook, span, before, after)?;
        let change = Change::replace(Arc::clone(span), Arc::new(changed));
        Some(LayerEdit::Span(span.id.clone(), change))
    });
    changed.collect()
}

fn read_again(codebook: &Codebook, span: &Span, before: &Article, after: &Article) -> Option<Span> {
    let mut changed = span.clone();
    for usage in codebook.asked(&codebook.label(&span.label)?.attributes) {
        let attribute = codebook.attribute(&usage.id);
        let attribute =
            attribute.filter(|attribute| is_read(attribute) && span.unconfirmed.contains(&usage.id));
        let Some(attribute) = attribute else {
            continue;
        };
        if read(before, attribute, span).as_ref() != span.attributes.get(&usage.id) {
            continue;
        }
        if let Some(value) = read(after, attribute, span) {
            changed.attributes.insert(usage.id.clone(), value);
        } else {
            changed.attributes.remove(&usage.id);
            changed.unconfirmed.remove(&usage.id);
        }
    }
    (changed != *span).then_some(changed)
}

/// The values that somebody gave and that are not read anew: those that are confirmed, and those that have been put in
/// doubt, which are not what the words said before. Of the first, those go among the unconfirmed that the words do not
/// say any more.
fn given(place: &Place<'_>, label: &Label, sources: &[&Span], span: &mut Span) -> BTreeSet<AttributeId> {
    let mut given = BTreeSet::new();
    for usage in place.codebook.asked(&label.attributes) {
        let attribute = place.codebook.attribute(&usage.id);
        let (Some(attribute), Some(value)) = (attribute, span.attributes.get(&usage.id)) else {
            continue;
        };
        if !is_read(attribute) {
            continue;
        }
        if span.unconfirmed.contains(&usage.id) {
            let is_of = |source: &&Span| read(place.article, attribute, source).as_ref() == Some(value);
            if !sources.iter().any(is_of) {
                given.insert(usage.id.clone());
            }
        } else if !is_open(usage, span) {
            given.insert(usage.id.clone());
            if is_in_doubt(place, attribute, sources, span, value) {
                span.unconfirmed.insert(usage.id.clone());
            }
        }
    }
    given
}

/// Whether other words than before stand under a confirmed value, and say something else. What they said before and the
/// annotator has decided against is no reason.
fn is_in_doubt(
    place: &Place<'_>,
    attribute: &Attribute,
    sources: &[&Span],
    span: &Span,
    value: &Value,
) -> bool {
    let has_it = |source: &&&Span| source.attributes.get(&attribute.id) == Some(value);
    let Some(source) = sources.iter().find(has_it) else {
        return false;
    };
    let now = said(place, attribute, span);
    now != said(place, attribute, source) && !now.iter().any(|said| says_no_other(said, value))
}

/// Whether words say nothing else than a value does. They may leave out what befell the people and who they are, which
/// may stand where it is not read, and a file may have had more beside the value.
fn says_no_other(said: &Value, value: &Value) -> bool {
    match (said, value) {
        (Value::Date(said), Value::Date(value)) => {
            (&said.value, said.precision, said.approximate)
                == (&value.value, value.precision, value.approximate)
        }
        (Value::Quantity(said), Value::Quantity(value)) => {
            (said.low, said.best, said.high, said.modifier)
                == (value.low, value.best, value.high, value.modifier)
                && (said.kind.is_none() || said.kind == value.kind)
                && (said.who.is_empty() || said.who == value.who)
        }
        _ => said == value,
    }
}

/// Whether values of the attribute's type can be read from words.
const fn is_read(attribute: &Attribute) -> bool {
    matches!(
        attribute.attribute_type,
        AttributeType::Quantity | AttributeType::Date
    )
}

/// What the words of a span say for an attribute, where they say one thing.
fn read(article: &Article, attribute: &Attribute, span: &Span) -> Option<Value> {
    match attribute.attribute_type {
        AttributeType::Quantity => figure::read(article, attribute, &span.ranges).map(Value::Quantity),
        AttributeType::Date => read_date::read(article, span).map(Value::Date),
        _ => None,
    }
}

/// All that the words of a span may say for an attribute.
fn said(place: &Place<'_>, attribute: &Attribute, span: &Span) -> Vec<Value> {
    match attribute.attribute_type {
        AttributeType::Date => {
            let dates = dates::proposals(place.article, span);
            dates.into_iter().map(Value::Date).collect()
        }
        AttributeType::Quantity => {
            let (header, text) = (&place.article.header, &place.article.text);
            let figures = figures::proposals(header, text, attribute, &span.ranges);
            figures.into_iter().map(Value::Quantity).collect()
        }
        _ => Vec::new(),
    }
}

fn is_open(usage: &AttributeUse, span: &Span) -> bool {
    let value = span.attributes.get(&usage.id);
    value.is_none()
        || span.unconfirmed.contains(&usage.id)
        || usage.default.is_some() && value == usage.default.as_ref()
}
