//! Dates in numbers: 12/05/2022, 2022-05-12, 5/2022, 12.5, in the orders of day and month that a language has.

use super::calendar::{date, is_day_of_some_year};
use super::table::{Order, Sense};
use super::token::Item;

/// A date in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeric {
    /// The year, where there is one.
    pub(super) year: Option<i16>,
    /// The month.
    pub(super) month: i8,
    /// The day, where there is one.
    pub(super) day: Option<i8>,
}

/// A piece after numbers were put together.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// As it was.
    Item(Item),
    /// A date in numbers, by the best order first.
    Numeric(Vec<Numeric>),
}

/// Puts numbers together that are a date by themselves: 12/05/2022, 2022-05-12, 5/2022, 12.5.
pub(super) fn numeric_dates(items: &[Item], orders: &[Order]) -> Vec<Piece> {
    let has_month = items
        .iter()
        .any(|item| matches!(item, Item::Sense(Sense::Month(_))));
    let mut pieces = Vec::with_capacity(items.len());
    let mut rest = items;
    loop {
        let (length, dates) = match rest {
            [
                one @ Item::Digits(..),
                Item::Sign(sign),
                two @ Item::Digits(..),
                Item::Sign(same),
                three @ Item::Digits(..),
                ..,
            ] if sign == same && *sign != ':' => (5, three_numbers([one, two, three].map(digits), orders)),
            [
                one @ Item::Digits(..),
                Item::Sign('/' | '.' | '-'),
                two @ Item::Digits(..),
                ..,
            ] if !has_month => (3, two_numbers(digits(one), digits(two), orders)),
            [item, ..] => {
                pieces.push(Piece::Item(*item));
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            [] => return pieces,
        };
        if dates.is_empty() {
            pieces.extend(rest.first().map(|item| Piece::Item(*item)));
            rest = rest.get(1..).unwrap_or_default();
        } else {
            pieces.push(Piece::Numeric(dates));
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

/// The number that digits write, and how many they are.
fn digits(item: &Item) -> (u32, usize) {
    match item {
        Item::Digits(number, count) => (*number, *count),
        _ => (0, 0),
    }
}

fn three_numbers([one, two, three]: [(u32, usize); 3], orders: &[Order]) -> Vec<Numeric> {
    let date_of = |year: u32, month: u32, day: u32| {
        let (year, month, day) = (
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        );
        date(year, month, day)?;
        Some(Numeric {
            year: Some(year),
            month,
            day: Some(day),
        })
    };
    match (one.1, three.1) {
        (4, 1 | 2) => date_of(one.0, two.0, three.0).into_iter().collect(),
        (1 | 2, 4 | 2) => {
            // Two digits are a year of this century up to 69, as POSIX has it.
            let year = match three {
                (year, 2) if year < 70 => 2000 + year,
                (year, 2) => 1900 + year,
                (year, _) => year,
            };
            either(orders, |order| match order {
                Order::Dmy => date_of(year, two.0, one.0),
                Order::Mdy => date_of(year, one.0, two.0),
            })
        }
        _ => Vec::new(),
    }
}

fn two_numbers(one: (u32, usize), two: (u32, usize), orders: &[Order]) -> Vec<Numeric> {
    let month_of = |year: u32, month: u32| {
        let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
        date(year, month, 1)?;
        Some(Numeric {
            year: Some(year),
            month,
            day: None,
        })
    };
    let day_of = |month: u32, day: u32| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        is_day_of_some_year(month, day).then_some(Numeric {
            year: None,
            month,
            day: Some(day),
        })
    };
    match (one.1, two.1) {
        (4, 1 | 2) => month_of(one.0, two.0).into_iter().collect(),
        (1 | 2, 4) => month_of(two.0, one.0).into_iter().collect(),
        (1 | 2, 1 | 2) => either(orders, |order| match order {
            Order::Dmy => day_of(two.0, one.0),
            Order::Mdy => day_of(one.0, two.0),
        }),
        _ => Vec::new(),
    }
}

/// The readings by each order that gives one; where none of a language's orders does, the other is tried.
fn either(orders: &[Order], read: impl Fn(Order) -> Option<Numeric>) -> Vec<Numeric> {
    let all = orders.iter().copied().chain([Order::Dmy, Order::Mdy]);
    let mut found: Vec<Numeric> = Vec::new();
    for (place, order) in all.enumerate() {
        if place >= orders.len() && !found.is_empty() {
            break;
        }
        found.extend(read(order).filter(|date| !found.contains(date)));
    }
    found
}
