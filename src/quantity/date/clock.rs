//! The time of day in an expression, which is no part of its date.

use super::table::{Count, Sense};
use super::token::Item;

/// The pieces with “3 hours ago” and the like as one; elsewhere hours are a time of day.
pub(super) fn with_short_units(items: &[Item]) -> Vec<Item> {
    let mut read: Vec<Item> = Vec::with_capacity(items.len());
    let mut rest = items;
    while let [first, behind @ ..] = rest {
        rest = behind;
        let Item::Sense(Sense::Short(minutes, count)) = first else {
            read.push(*first);
            continue;
        };
        let number = match (read.last(), count) {
            (_, Count::Two) => None,
            (Some(Item::Digits(number, _) | Item::Sense(Sense::Number(number))), _) => Some(*number),
            _ => None,
        };
        let before = read.len() - usize::from(number.is_some());
        let about = usize::from(
            before.checked_sub(1).and_then(|at| read.get(at)) == Some(&Item::Sense(Sense::About)),
        );
        let before = before - about;
        let ahead = before.checked_sub(1).and_then(|at| read.get(at));
        let is_behind = behind.first() == Some(&Item::Sense(Sense::Ago));
        let way = match ahead {
            _ if is_behind => -1,
            Some(Item::Sense(Sense::Ago)) => -1,
            Some(Item::Sense(Sense::Ahead)) => 1,
            _ => {
                read.push(Item::Sense(Sense::Clock));
                continue;
            }
        };
        read.truncate(before - usize::from(!is_behind));
        rest = behind.get(usize::from(is_behind)..).unwrap_or_default();
        let by = match count {
            Count::Two => 2,
            _ => number.map_or(1, i64::from),
        };
        read.push(Item::Sense(Sense::Minutes(way * by * minutes)));
    }
    read
}

/// The pieces without the time of day and what is said of it alone.
pub(super) fn without_clocks(items: &[Item]) -> Vec<Item> {
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    let mut at = 0;
    let digits = |at: usize| match items.get(at) {
        Some(Item::Digits(number, count)) if *count <= 2 => Some(*number),
        _ => None,
    };
    let drop_about = |kept: &mut Vec<Item>| {
        if kept.last() == Some(&Item::Sense(Sense::About)) {
            kept.pop();
        }
    };
    while let Some(item) = items.get(at) {
        let is_clock = |at: usize| items.get(at) == Some(&Item::Sense(Sense::Clock));
        match item {
            // 14:30, and 14:30:05.
            Item::Digits(..) if digits(at).is_some() && items.get(at + 1) == Some(&Item::Sign(':')) => {
                at += 3;
                while items.get(at) == Some(&Item::Sign(':')) {
                    at += 2;
                }
                drop_about(&mut kept);
            }
            // 14 h 30, 9 am.
            Item::Digits(_, 1 | 2) | Item::Sense(Sense::Number(_))
                if is_clock(at + 1) && !is_clock(at.wrapping_sub(1)) =>
            {
                let is_before = matches!(items.get(at + 1), Some(Item::Sense(Sense::Clock)))
                    && digits(at + 2).is_some_and(|minutes| minutes < 60)
                    && matches!(
                        items.get(at + 3),
                        None | Some(Item::Unknown | Item::Sense(Sense::Clock))
                    );
                at += if is_before { 3 } else { 2 };
                drop_about(&mut kept);
            }
            // At 9, الساعة 9.
            Item::Sense(Sense::Clock) => {
                drop_about(&mut kept);
                at += 1;
                let is_time =
                    digits(at).is_some() || matches!(items.get(at), Some(Item::Sense(Sense::Number(_))));
                let is_date = matches!(
                    items.get(at + 1),
                    Some(Item::Sense(Sense::Month(_)) | Item::Sign('/' | '.'))
                );
                if is_time && !is_date && items.get(at + 1) != Some(&Item::Sign(':')) {
                    at += 1;
                }
            }
            item => {
                kept.push(*item);
                at += 1;
            }
        }
    }
    kept
}
