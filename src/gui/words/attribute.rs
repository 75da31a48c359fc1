//! Values of attributes in words, and the words beside the fields for them.

use super::{NO, UNKNOWN_NUMBER, YES, about, at_least, at_most, choice_name, less_than, more_than};
use crate::model::{
    Attribute, AttributeId, BoundRule, Codebook, Modifier, Precision, Quantity, QuantityKind, Span, Value,
    Wording,
};

/// Beside a value that nobody confirmed.
pub const UNCONFIRMED: &str = "unconfirmed";
/// What a click there does.
pub const CONFIRM_VALUE: &str = "Click to confirm the value";
/// The part of the pane about the article as a whole.
pub const WHOLE_ARTICLE: &str = "Article";
/// No value.
pub const NO_VALUE: &str = "—";
/// Takes a value out.
pub const CLEAR_VALUE: &str = "Clear";
/// On a button that Enter in the field beside it presses, too.
pub fn by_enter(words: &str) -> String {
    format!("{words} · Enter")
}
/// The least of a figure.
pub const LOW: &str = "low";
/// The best estimate of a figure.
pub const BEST: &str = "best";
/// The most of a figure.
pub const HIGH: &str = "high";
/// What befell those who are counted.
pub const KIND: &str = "kind";
/// How the words qualify the number.
pub const MODIFIER: &str = "modifier";
/// Who is counted.
pub const WHO: &str = "who";
/// How fine a date is.
pub const PRECISION: &str = "precision";
/// A date that is not meant exactly.
pub const APPROXIMATE: &str = "about";
/// A date that is meant exactly.
pub const EXACT_DATE: &str = "exact";
/// The id of an entity.
pub const ENTITY_ID: &str = "id";
/// In an empty field for a date.
pub const DATE_FIELD_HINT: &str = "2022-01-20, 2022-01, a/b…";
/// In an empty field for a name.
pub const ENTITY_HINT: &str = "Name…";
/// Where a field wants a whole number.
pub const NOT_WHOLE: &str = "A whole number is wanted, such as 12.";
/// Where a field wants a number.
pub const NOT_NUMBER: &str = "A number is wanted, such as 12.5.";
/// Where a figure's field wants a count.
pub const NOT_COUNT: &str = "A count is wanted, such as 12 or 12 341.";
/// Where the bounds of a figure are out of order.
pub const NOT_ORDERED: &str = "Low, best, and high must be in this order.";
/// Where a value is to be confirmed whose field has refused words.
pub const REFUSED_STANDS: &str =
    "What stands in the field was refused; correct it first, or leave it with Esc";
/// Where a span is left whose field has refused words.
pub const REFUSED_WAITS: &str =
    "What was typed is not taken yet; it waits in its field until the span is selected again";
/// The filter above the list of spans.
pub const ONLY_UNCONFIRMED: &str = "Only unconfirmed";
/// Where there is nothing to go to.
pub const NO_UNCONFIRMED: &str = "Every value is confirmed";
/// Where a date or a figure was not read with certainty.
pub const VALUE_IS_OPEN: &str =
    "No value is set: the words do not say it for certain. Enter goes to the suggestions";
/// Before what the words may say otherwise than a value that nobody confirmed.
pub const WORDS_MAY_SAY: &str = "The words may also say:";
/// Where the codebook asks nothing about an article.
pub const NO_ARTICLE_LABELS: &str = "The codebook asks nothing about the article as a whole";
/// Where there is nothing to confirm.
pub const NOTHING_TO_CONFIRM: &str = "The selected span has no unconfirmed value";

/// What befell those who are counted.
pub const fn quantity_kind(kind: QuantityKind) -> &'static str {
    match kind {
        QuantityKind::Killed => "killed",
        QuantityKind::Injured => "injured",
        QuantityKind::Missing => "missing",
        QuantityKind::Displaced => "displaced",
        QuantityKind::Detained => "detained",
        QuantityKind::Abducted => "abducted",
        QuantityKind::Affected => "affected",
        QuantityKind::Other => "other",
    }
}

/// How the words qualify the number.
pub const fn modifier(modifier: Modifier) -> &'static str {
    match modifier {
        Modifier::Exact => "exactly",
        Modifier::About => "about",
        Modifier::AtLeast => "at least",
        Modifier::MoreThan => "more than",
        Modifier::AtMost => "at most",
        Modifier::LessThan => "less than",
        Modifier::Vague => "vague",
    }
}

/// A value as it is read: a quantity by the words' own modifier, never only by its bounds.
pub fn value(attribute: Option<&Attribute>, value: &Value) -> String {
    match value {
        Value::Text(text) => choice_name(attribute, text).to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(true) => YES.into(),
        Value::Boolean(false) => NO.into(),
        Value::Choices(choices) => names(attribute, choices),
        Value::Date(date) => {
            let own = date.written_precision();
            let coarser = date.precision.filter(|said| Some(*said) != own);
            let words = super::dates::date(&date.value);
            let shown = match coarser {
                Some(precision) => format!("{words} ({})", precision_name(precision)),
                None => words,
            };
            if date.approximate { about(&shown) } else { shown }
        }
        Value::Quantity(figure) => quantity(attribute, figure),
        Value::Entity(entity) => entity.name.clone().unwrap_or_else(|| entity.id.clone()),
    }
}

/// How fine a date is.
pub const fn precision_name(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Week => "week",
        Precision::Month => "month",
        Precision::Year => "year",
    }
}

/// All that is known of a span, in the order of what the codebook asks; what nobody confirmed has a question mark.
pub fn facts(codebook: &Codebook, span: &Span) -> String {
    let asked = codebook
        .label(&span.label)
        .map_or(&[][..], |label| &label.attributes);
    let place = |id: &AttributeId| asked.iter().position(|usage| usage.id == *id);
    let mut known: Vec<_> = span.attributes.iter().collect();
    known.sort_by_key(|(id, _)| place(id).unwrap_or(usize::MAX));
    let parts: Vec<String> = known
        .into_iter()
        .map(|(id, known)| {
            let words = value(codebook.attribute(id), known);
            if span.unconfirmed.contains(id) {
                to_confirm(&words)
            } else {
                words
            }
        })
        .filter(|words| !words.is_empty())
        .collect();
    parts.join(" · ")
}

/// The figures and dates of a span in words; none where it has neither. Whether nobody confirmed one of them.
pub fn figures(codebook: &Codebook, span: &Span) -> Option<(String, bool)> {
    let known = span.attributes.iter().filter(|(_, known)| is_figure(known));
    let parts: Vec<String> = known
        .clone()
        .map(|(id, known)| value(codebook.attribute(id), known))
        .filter(|words| !words.is_empty())
        .collect();
    let is_unconfirmed = known.clone().any(|(id, _)| span.unconfirmed.contains(id));
    (!parts.is_empty()).then(|| (parts.join(" · "), is_unconfirmed))
}

/// Whether a span has a figure or a date.
pub fn has_figures(span: &Span) -> bool {
    span.attributes.values().any(is_figure)
}

fn is_figure(value: &Value) -> bool {
    match value {
        Value::Quantity(quantity) => *quantity != Quantity::default(),
        Value::Date(_) => true,
        _ => false,
    }
}

/// Words of which somebody has still to say whether they are right: `killed · 12 ?`.
pub fn to_confirm(words: &str) -> String {
    format!("{words} ?")
}

/// "Values in the text: shown".
pub fn shown_or_not(what: &str, shown: bool) -> String {
    format!("{what}: {}", if shown { "shown" } else { "not shown" })
}

/// How something is that is switched on and off.
pub const fn on_or_off(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

/// Confirms this many values.
pub fn confirmed(count: usize) -> String {
    format!("confirmed {}", super::counted(count, "value", "values"))
}

/// "200 or more", as “hundreds” says it.
fn or_more(number: &str) -> String {
    format!("{number} or more")
}

fn names(attribute: Option<&Attribute>, choices: &[String]) -> String {
    let names: Vec<&str> = choices.iter().map(|id| choice_name(attribute, id)).collect();
    names.join(", ")
}

/// What a wording comes to by the codebook.
fn rule(attribute: Option<&Attribute>, wording: Wording) -> BoundRule {
    attribute.map_or_else(|| wording.usual(), |attribute| attribute.rule(wording))
}

fn quantity(attribute: Option<&Attribute>, quantity: &Quantity) -> String {
    let bound = |number: Option<u64>| number.map(|number| number.to_string());
    let best = bound(quantity.best.or(quantity.low).or(quantity.high));
    let number = match (quantity.modifier, best) {
        (Some(Modifier::MoreThan), _) => {
            // By the usual rule “more than 50” has 51 as its least number.
            let rule = rule(attribute, Wording::MoreThan);
            let low = rule.number(quantity).or(quantity.best);
            let low = low.or(quantity.low.map(|low| rule.number_below(low)));
            low.map(|low| more_than(&low.to_string()))
        }
        (Some(Modifier::LessThan), _) => {
            let rule = rule(attribute, Wording::LessThan);
            let high = rule.number(quantity).or(quantity.best);
            let high = high.or(quantity.high.map(|high| rule.number_above(high)));
            high.map(|high| less_than(&high.to_string()))
        }
        (Some(Modifier::AtLeast), best) => {
            let said = rule(attribute, Wording::AtLeast).number(quantity);
            bound(said.or(quantity.low)).or(best).map(|n| at_least(&n))
        }
        (Some(Modifier::AtMost), best) => {
            let said = rule(attribute, Wording::AtMost).number(quantity);
            bound(said.or(quantity.high)).or(best).map(|n| at_most(&n))
        }
        (Some(Modifier::About), Some(best)) => {
            let said = rule(attribute, Wording::About).number(quantity);
            Some(about(&bound(said).unwrap_or(best)))
        }
        (Some(Modifier::Exact), Some(best)) if quantity.low != quantity.high => {
            let said = rule(attribute, Wording::Exact).number(quantity);
            Some(bound(said).unwrap_or(best))
        }
        (Some(Modifier::Vague), None) => Some(UNKNOWN_NUMBER.into()),
        (Some(Modifier::Vague), Some(least)) if quantity.best.or(quantity.high).is_none() => {
            Some(or_more(&least))
        }
        (_, None) => None,
        (_, Some(best)) => match (quantity.low, quantity.high) {
            (Some(low), Some(high)) if low != high => Some(format!("{low}–{high}")),
            _ => Some(best),
        },
    };
    let kind = quantity.kind.map(|kind| quantity_kind(kind).to_owned());
    let who = (!quantity.who.is_empty()).then(|| names(attribute, &quantity.who).to_lowercase());
    let parts: Vec<String> = [kind, number, who].into_iter().flatten().collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DateValue;

    #[test]
    fn a_quantity_shows_the_modifier_of_the_words() {
        let mut figure = Quantity {
            kind: Some(QuantityKind::Killed),
            low: Some(51),
            modifier: Some(Modifier::MoreThan),
            who: vec!["civilians".into()],
            ..Quantity::default()
        };
        assert_eq!(quantity(None, &figure), "killed · more than 50 · civilians");
        figure.modifier = Some(Modifier::AtLeast);
        assert_eq!(quantity(None, &figure), "killed · at least 51 · civilians");
        let hundreds = Quantity {
            low: Some(200),
            modifier: Some(Modifier::Vague),
            ..Quantity::default()
        };
        assert_eq!(quantity(None, &hundreds), "200 or more");
        let range = Quantity {
            low: Some(40),
            high: Some(60),
            ..Quantity::default()
        };
        assert_eq!(quantity(None, &range), "40–60");
        assert_eq!(quantity(None, &Quantity::default()), "");
    }

    #[test]
    fn a_date_says_what_its_form_does_not() {
        let mut date = DateValue::plain("2022-05-12");
        assert_eq!(value(None, &Value::Date(date.clone())), "2022-05-12");
        date.precision = Some(Precision::Week);
        date.approximate = true;
        assert_eq!(value(None, &Value::Date(date)), "about 2022-05-12 (week)");
        let january = DateValue::plain("--01");
        assert_eq!(value(None, &Value::Date(january)), "January, year unknown");
    }
}
