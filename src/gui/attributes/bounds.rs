//! The three numbers of a figure. They are weighed together: one that the others do not allow yet waits in its field, and is
//! taken with the change of the figure that makes them fit, as one step: of another number, the modifier, or any other
//! part. One that does not fit then waits on. An offer and an undo say the whole figure, and nothing waits behind them.

use egui::Ui;

use super::super::panels::Pane;
use super::super::theme::GRID;
use super::super::words;
use super::draft::{Typed, caption_ui, fault_ui, typed_ui};
use super::quantity::whole;
use super::{Answer, AttributesState, Part, Row};
use crate::model::{Attribute, Modifier, Quantity, Wording};
use crate::text::digit_value;

/// One of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Low,
    Best,
    High,
}

impl Bound {
    const ALL: [Self; 3] = [Self::Low, Self::Best, Self::High];

    const fn part(self) -> Part {
        match self {
            Self::Low => Part::Low,
            Self::Best => Part::Best,
            Self::High => Part::High,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Low => words::LOW,
            Self::Best => words::BEST,
            Self::High => words::HIGH,
        }
    }

    const fn of(self, quantity: &Quantity) -> Option<u64> {
        match self {
            Self::Low => quantity.low,
            Self::Best => quantity.best,
            Self::High => quantity.high,
        }
    }

    const fn set(self, quantity: &mut Quantity, number: Option<u64>) {
        match self {
            Self::Low => quantity.low = number,
            Self::Best => quantity.best = number,
            Self::High => quantity.high = number,
        }
    }
}

/// What a field says: a number, or that there is none.
type Said = (Bound, Option<u64>);

pub(super) fn bounds_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: &Quantity,
    state: &mut AttributesState,
) -> Answer {
    let mut answer = Answer::default();
    let width = ((ui.available_width() - 2.0 * GRID) / 3.0).floor();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        for bound in Bound::ALL {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 2.0;
                caption_ui(ui, pane, bound.name(), width);
                let typed = bound_ui(ui, pane, row, bound, own, width, state);
                answer = std::mem::take(&mut answer).or(typed);
            });
        }
    });
    fault_ui(ui, pane, row, &Bound::ALL.map(Bound::part), state);
    answer
}

fn bound_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    bound: Bound,
    own: &Quantity,
    width: f32,
    state: &mut AttributesState,
) -> Answer {
    let shown = bound.of(own).map(|number| number.to_string()).unwrap_or_default();
    let name = row.part_name(bound.name());
    let typed = Typed {
        part: bound.part(),
        name: &name,
        hint: words::NO_VALUE,
        shown: &shown,
        width,
    };
    let waiting = waiting(row, Some(bound), state);
    typed_ui(ui, pane, row, &typed, state, |words| {
        let number = count_or_none(words).map_err(str::to_owned)?;
        figure(row.attribute, own, (bound, number), &waiting)
            .map(whole)
            .ok_or_else(|| words::NOT_ORDERED.to_owned())
    })
}

/// What stands in the other fields and was refused so far.
fn waiting(row: &Row<'_>, but: Option<Bound>, state: &AttributesState) -> Vec<Said> {
    let others = Bound::ALL.into_iter().filter(|other| Some(*other) != but);
    others
        .filter_map(|other| Some((other, count_or_none(state.refused(row, other.part())?).ok()?)))
        .collect()
}

/// A figure of which another part was changed, with the numbers that waited for that; without them where they do not fit.
pub(super) fn with_waiting(row: &Row<'_>, changed: Quantity, state: &AttributesState) -> Quantity {
    let waiting = waiting(row, None, state);
    together(row.attribute, changed.clone(), waiting).unwrap_or(changed)
}

/// The figure with what is typed and with what waits beside it; none where they are out of order.
fn figure(attribute: &Attribute, own: &Quantity, typed: Said, waiting: &[Said]) -> Option<Quantity> {
    let exact = attribute.rule(Wording::Exact);
    let mut after = own.clone();
    // Who corrects “exactly 12” to 13 means one number still.
    if let (Bound::Best, Some(number)) = typed
        && own.modifier == Some(Modifier::Exact)
        && exact.number(own).is_some()
    {
        (after.low, after.best, after.high) = exact.bounds(number, number);
    }
    together(attribute, after, waiting.iter().copied().chain([typed]))
}

/// A figure with these numbers, where they are in order then.
fn together(
    attribute: &Attribute,
    mut figure: Quantity,
    numbers: impl IntoIterator<Item = Said>,
) -> Option<Quantity> {
    for (bound, number) in numbers {
        bound.set(&mut figure, number);
    }
    let is_range = attribute.rule(Wording::Exact).number(&figure).is_none();
    figure.modifier = figure
        .modifier
        .filter(|modifier| *modifier != Modifier::Exact || !is_range);
    figure.is_ordered().then_some(figure)
}

/// The count that the words are, and none where there are no words.
fn count_or_none(typed: &str) -> Result<Option<u64>, &'static str> {
    if typed.is_empty() {
        Ok(None)
    } else {
        count(typed).map(Some).ok_or(words::NOT_COUNT)
    }
}

/// A count in digits of any script, grouped or not.
fn count(words: &str) -> Option<u64> {
    let mut groups: Vec<String> = vec![String::new()];
    for c in words.chars() {
        match digit_value(c) {
            Some(digit) => groups.last_mut()?.push(char::from(b'0' + digit)),
            None if c.is_whitespace() || matches!(c, ',' | '.' | '٬' | '’' | '\'' | '،') => {
                groups.push(String::new());
            }
            None => return None,
        }
    }
    let (last, before) = groups.split_last()?;
    let (first, between) = before.split_first().unwrap_or((last, &[]));
    let is_grouped = before.is_empty()
        || (last.len() == 3
            && (1..=3).contains(&first.len())
            && between.iter().all(|group| (2..=3).contains(&group.len())));
    if !is_grouped {
        return None;
    }
    groups.concat().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_in_any_digits_and_grouping() {
        for (words, number) in [
            ("12", 12),
            ("12 341", 12_341),
            ("12.341", 12_341),
            ("12\u{202f}341", 12_341),
            ("١٢٬٣٤١", 12_341),
            ("१२,३४१", 12_341),
            ("1,23,456", 123_456),
        ] {
            assert_eq!(count(words), Some(number), "{words}");
        }
        for bad in ["", "-1", "12.5", "1,2", "dozens", "12 34", "99999999999999999999"] {
            assert_eq!(count(bad), None, "{bad}");
        }
    }

    fn figures() -> Attribute {
        let book = crate::session::codebook_toml::default_codebook();
        let is_figure = |one: &&Attribute| one.attribute_type == crate::model::AttributeType::Quantity;
        book.attributes.iter().find(is_figure).unwrap().clone()
    }

    fn of(low: u64, best: u64, high: u64, modifier: Option<Modifier>) -> Quantity {
        Quantity {
            low: Some(low),
            best: Some(best),
            high: Some(high),
            modifier,
            ..Quantity::default()
        }
    }

    #[test]
    fn a_number_waits_until_the_others_allow_it() {
        let (figures, own) = (figures(), of(1, 1, 1, None));
        let low = (Bound::Low, Some(2));
        assert_eq!(figure(&figures, &own, low, &[]), None);
        let best = (Bound::Best, Some(2));
        assert_eq!(figure(&figures, &own, best, &[low]), None);
        let high = (Bound::High, Some(3));
        let after = figure(&figures, &own, high, &[low, best]);
        assert_eq!(after, Some(of(2, 2, 3, None)));
    }

    #[test]
    fn an_exact_number_stays_one_where_its_best_is_corrected_and_is_a_range_else() {
        let exact = Some(Modifier::Exact);
        let (figures, own) = (figures(), of(1, 1, 1, exact));
        let best = (Bound::Best, Some(2));
        let after = figure(&figures, &own, best, &[]);
        assert_eq!(after, Some(of(2, 2, 2, exact)));
        let after = figure(&figures, &own, best, &[(Bound::Low, Some(2))]);
        assert_eq!(after, Some(of(2, 2, 2, exact)), "what waited is the same number");
        let after = figure(&figures, &own, (Bound::High, Some(3)), &[]);
        assert_eq!(after, Some(of(1, 1, 3, None)), "from 1 to 3 is not exactly 1");
    }
}
