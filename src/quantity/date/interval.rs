//! Intervals: two ends, of which each may lack what the other says.

use super::outlook::Outlook;
use super::parse::Partial;
use super::resolve::{Anchor, Found, single};

/// The dates of both ends, as they are written together.
pub(super) fn interval(
    from: &Partial,
    to: &Partial,
    anchor: Option<Anchor>,
) -> Option<Found<(String, bool)>> {
    let (mut from, to) = shared(from, to);
    // It is the last such date before the other end.
    from.outlook = Outlook::Past;
    let ends = single(&to, anchor)?;
    let is_open = from.year.is_none() && from.shift.is_none();
    let mut list: Vec<(String, bool)> = Vec::new();
    let mut is_certain = ends.is_certain;
    for end in ends.list {
        let seen_from = match end.first_day().filter(|_| is_open) {
            Some(day) => Some(Anchor::on(day)),
            None if end.first_day().is_none() => None,
            None => anchor,
        };
        let Some(starts) = single(&from, seen_from) else {
            continue;
        };
        let start = starts.list.into_iter().find(|start| {
            let both = start.first_day().zip(end.first_day());
            both.map_or(
                start.first_day().is_some() == end.first_day().is_some(),
                |(start, end)| start <= end,
            )
        });
        let Some(start) = start else {
            is_certain = false;
            continue;
        };
        list.push((format!("{}/{}", start.start(), end.end()), false));
    }
    // A weekday as the end has a second guess, which is none here but where the words around ask for it.
    if to.weekday.is_some() && to.day.is_none() && to.outlook == Outlook::Past {
        list.truncate(1);
    }
    is_certain &= !list.is_empty();
    (!list.is_empty()).then_some(Found { list, is_certain })
}

/// Both ends of an interval, each with what only the other says: “du 12 au 15 mai 2022”.
fn shared(from: &Partial, to: &Partial) -> (Partial, Partial) {
    let (mut from, mut to) = (from.clone(), to.clone());
    // “Desde enero hasta marzo”: that end is said.
    (from.is_since, to.is_since) = (false, false);
    let is_bare = |partial: &Partial| {
        partial.month.is_none()
            && partial.weekday.is_none()
            && partial.shift.is_none()
            && partial.numeric.is_empty()
    };
    if is_bare(&from) && from.day.is_some() {
        (from.month, from.shift) = (to.month, to.shift);
    }
    if is_bare(&to) && to.day.is_some() {
        (to.month, to.shift) = (from.month, from.shift);
    }
    let key = |partial: &Partial| {
        partial
            .month
            .map(|month| (month, partial.day.unwrap_or_default()))
    };
    let is_over_new_year = key(&from).zip(key(&to)).is_some_and(|(from, to)| from > to);
    if key(&from).is_some() && key(&to).is_some() {
        let step = i16::from(is_over_new_year);
        match (from.year, to.year) {
            (None, Some(year)) => from.year = Some(year - step),
            (Some(year), None) => to.year = Some(year + step),
            _ => {}
        }
    }
    if let ([start], [end]) = (from.numeric.as_mut_slice(), to.numeric.as_slice())
        && start.year.is_none()
    {
        start.year = end
            .year
            .map(|year| year - i16::from((start.month, start.day) > (end.month, end.day)));
    }
    (from, to)
}
