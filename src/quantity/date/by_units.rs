//! Languages that name a date by its units, such as Chinese: in `2024年11月5日` a number before a unit says which one and
//! not how many, and in `上周三` one behind a week is its weekday.

use super::calendar::Unit;
use super::table::{Count, Sense};
use super::token::Item;

/// The same pieces, with what the units make of the numbers beside them.
pub(super) fn by_units(items: &[Item]) -> Vec<Item> {
    let mut read: Vec<Item> = Vec::with_capacity(items.len());
    let mut rest = items;
    while let [first, behind @ ..] = rest {
        let alone = in_week(read.last(), first).or_else(|| vague(read.last(), first, behind));
        let (item, rest_behind) = match (alone, which_one(read.last(), first, behind)) {
            (None, Some(which)) => (which, behind.get(1..).unwrap_or_default()),
            (alone, _) => (alone.unwrap_or(*first), behind),
        };
        read.push(item);
        let is_day = matches!(behind.first(), Some(Item::Sense(Sense::Unit(Unit::Day, _))));
        if is_day && rest_behind.len() < behind.len() && matches!(item, Item::Digits(..)) {
            read.push(Item::Sense(Sense::NamedDay));
        }
        rest = rest_behind;
    }
    read
}

/// `上周三`, `上周日`
fn in_week(before: Option<&Item>, item: &Item) -> Option<Item> {
    if !matches!(before, Some(Item::Sense(Sense::Relative(Unit::Week, _)))) {
        return None;
    }
    let weekday = match item {
        Item::Sense(Sense::Number(number @ 1..=6)) => i8::try_from(*number).ok()?,
        Item::Sense(Sense::Unit(Unit::Day, _)) => 7,
        _ => return None,
    };
    Some(Item::Sense(Sense::Weekday(weekday)))
}

/// `日前` is some days ago, `24年11月` a year without its century: neither is read.
fn vague(before: Option<&Item>, item: &Item, behind: &[Item]) -> Option<Item> {
    let is_some_ago = matches!(item, Item::Sense(Sense::Unit(_, Count::One)))
        && behind.first() == Some(&Item::Sense(Sense::Ago))
        && before.and_then(number_of).is_none();
    let is_short_year = number_of(item).is_some_and(|number| number < 1000)
        && matches!(behind, [Item::Sense(Sense::Unit(Unit::Year, _)), month, ..]
            if number_of(month).is_some() || matches!(month, Item::Sense(Sense::Month(_))));
    (is_some_ago || is_short_year).then_some(Item::Sense(Sense::Unread))
}

/// `11月`: the month of that number, as long as nobody counts months from now; `3月12日之前` counts none.
fn which_one(before: Option<&Item>, item: &Item, behind: &[Item]) -> Option<Item> {
    let number = number_of(item)?;
    let Some(Item::Sense(Sense::Unit(unit, Count::One))) = behind.first() else {
        return None;
    };
    let is_of_month = *unit == Unit::Day && matches!(before, Some(Item::Sense(Sense::Month(_))));
    if !is_of_month && matches!(behind.get(1), Some(Item::Sense(Sense::Ago | Sense::Ahead))) {
        return None;
    }
    match (unit, number) {
        (Unit::Year, 1000..) => Some(Item::Digits(number, 4)),
        (Unit::Month, 1..=12) => i8::try_from(number)
            .ok()
            .map(|month| Item::Sense(Sense::Month(month))),
        (Unit::Day, 1..=31) => Some(Item::Digits(number, 2)),
        (Unit::Month | Unit::Day, _) => Some(Item::Sense(Sense::Unread)),
        _ => None,
    }
}

fn number_of(item: &Item) -> Option<u32> {
    match item {
        Item::Digits(number, _) | Item::Sense(Sense::Number(number)) => Some(*number),
        _ => None,
    }
}
