//! A casualty figure: what befell how many of whom, in which words.

use egui::Ui;

use super::super::panels::Pane;
use super::super::theme::GRID;
use super::super::words;
use super::bounds::{bounds_ui, with_waiting};
use super::choices::several_ui;
use super::draft::caption_ui;
use super::list::{OneOf, one_of_ui};
use super::offers::{offers_ui, otherwise_ui};
use super::{Answer, AttributesState, Part, Row, Wanted};
use crate::model::{Attribute, Modifier, Quantity, QuantityKind, Value, Wording};

pub(super) fn quantity_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let own = match row.value {
        Some(Value::Quantity(quantity)) => quantity.clone(),
        _ => Quantity::default(),
    };
    let said = row.proposed.figures.get(&row.attribute.id);
    let said: Vec<Value> = said.into_iter().flatten().cloned().map(Value::Quantity).collect();
    let offered = if row.value.is_none() {
        offers_ui(ui, row, &said, None, state)
    } else {
        otherwise_ui(ui, pane, row, said, state)
    };
    let mut changed = Answer::default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        let width = (ui.available_width() - GRID) / 2.0;
        let kind = kind_ui(ui, pane, row, &own, width, state);
        let modifier = modifier_ui(ui, pane, row, &own, width, state);
        changed = kind.or(modifier);
    });
    changed = changed.or(bounds_ui(ui, pane, row, &own, state));
    // Where the codebook counts nobody by name there is nothing to choose.
    if !row.attribute.choices.is_empty() || !own.who.is_empty() {
        changed = changed.or(who_ui(ui, pane, row, &own, state));
    }
    if let Some(Wanted(Some(Value::Quantity(quantity)))) = changed.set {
        changed.set = Some(Wanted(whole(with_waiting(row, quantity, state))));
    }
    offered.or(changed)
}

/// Who is counted.
fn who_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: &Quantity,
    state: &mut AttributesState,
) -> Answer {
    let name = row.part_name(words::WHO);
    let width = ui.available_width();
    caption_ui(ui, pane, words::WHO, width);
    let (who, mut answer) = several_ui(ui, pane, row, (Part::Who, &name), &own.who, width, state);
    if let Some(who) = who {
        answer.set = Some(Wanted(whole(Quantity { who, ..own.clone() })));
    }
    answer
}

/// The figure as a value; none where nothing at all is said.
pub(super) fn whole(quantity: Quantity) -> Option<Value> {
    (quantity != Quantity::default()).then_some(Value::Quantity(quantity))
}

fn kind_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: &Quantity,
    width: f32,
    state: &mut AttributesState,
) -> Answer {
    let items: Vec<String> = QuantityKind::ALL
        .iter()
        .map(|kind| words::quantity_kind(*kind).to_owned())
        .collect();
    let one_of = OneOf {
        part: Part::Kind,
        name: words::KIND,
        items: &items,
        chosen: QuantityKind::ALL.iter().position(|kind| Some(*kind) == own.kind),
        width,
        hint: words::KIND,
    };
    let (chosen, mut answer) = one_of_ui(ui, pane, row, &one_of, state);
    answer.set = chosen.map(|chosen| {
        Wanted(whole(Quantity {
            kind: chosen.first().and_then(|at| QuantityKind::ALL.get(*at)).copied(),
            ..own.clone()
        }))
    });
    answer
}

fn modifier_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: &Quantity,
    width: f32,
    state: &mut AttributesState,
) -> Answer {
    let items: Vec<String> = Modifier::ALL
        .iter()
        .map(|modifier| words::modifier(*modifier).to_owned())
        .collect();
    let now = |modifier: &Modifier| Some(*modifier) == own.modifier;
    let one_of = OneOf {
        part: Part::Modifier,
        name: words::MODIFIER,
        items: &items,
        chosen: Modifier::ALL.iter().position(now),
        width,
        hint: words::MODIFIER,
    };
    let (chosen, mut answer) = one_of_ui(ui, pane, row, &one_of, state);
    answer.set = chosen.map(|chosen| {
        let modifier = chosen.first().and_then(|at| Modifier::ALL.get(*at)).copied();
        Wanted(whole(with_modifier(row.attribute, own, modifier)))
    });
    answer
}

/// The figure under another modifier: where one number is said, its bounds follow it by the codebook's rules; a range
/// stays as it is.
fn with_modifier(attribute: &Attribute, own: &Quantity, modifier: Option<Modifier>) -> Quantity {
    let mut after = Quantity {
        modifier,
        ..own.clone()
    };
    let (Some(number), Some(wording)) = (said(attribute, own), modifier.and_then(Wording::of)) else {
        return after;
    };
    (after.low, after.best, after.high) = attribute.rule(wording).bounds(number, number);
    after
}

/// The one number that the words say, where they say one.
fn said(attribute: &Attribute, quantity: &Quantity) -> Option<u64> {
    let wording = quantity.modifier.and_then(Wording::of);
    let by_rule = wording.and_then(|wording| attribute.rule(wording).number(quantity));
    by_rule.or_else(|| {
        let bounds = [quantity.low, quantity.best, quantity.high];
        let mut known = bounds.into_iter().flatten();
        let first = known.next()?;
        known.all(|other| other == first).then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BoundRule, Term};

    #[test]
    fn the_bounds_follow_the_modifier() {
        let book = crate::session::codebook_toml::default_codebook();
        let is_figure = |one: &&Attribute| one.attribute_type == crate::model::AttributeType::Quantity;
        let mut figures = book.attributes.iter().find(is_figure).unwrap().clone();
        let fifty = Quantity {
            low: Some(51),
            modifier: Some(Modifier::MoreThan),
            ..Quantity::default()
        };
        let bounds = |modifier| {
            let after = with_modifier(&figures, &fifty, Some(modifier));
            (after.low, after.best, after.high)
        };
        assert_eq!(bounds(Modifier::Exact), (Some(50), Some(50), Some(50)));
        assert_eq!(bounds(Modifier::About), (None, Some(50), None));
        assert_eq!(bounds(Modifier::AtLeast), (Some(50), None, None));
        assert_eq!(bounds(Modifier::LessThan), (None, None, Some(49)));
        let range = Quantity {
            low: Some(40),
            high: Some(60),
            ..Quantity::default()
        };
        let about = with_modifier(&figures, &range, Some(Modifier::About));
        assert_eq!((about.low, about.high), (Some(40), Some(60)), "a range stays");
        // A codebook of its own mind: “more than 51” has 51 as its least number, “about” a margin.
        let rule = |low, best, high| BoundRule { low, best, high };
        figures.rules = [
            (Wording::MoreThan, rule(Some(Term::Number), None, None)),
            (
                Wording::About,
                rule(Some(Term::Below), Some(Term::Number), Some(Term::Above)),
            ),
        ]
        .into();
        let about = with_modifier(&figures, &fifty, Some(Modifier::About));
        assert_eq!(
            (about.low, about.best, about.high),
            (Some(50), Some(51), Some(52))
        );
        let back = with_modifier(&figures, &about, Some(Modifier::MoreThan));
        assert_eq!((back.low, back.best, back.high), (Some(51), None, None));
    }
}
