//! From what words say to dates: what they leave out is taken from the other end of an interval, or from the publication.
//!
//! Where the year is left out, the most recent such date not after the publication is meant; the date without its year
//! is offered as well. A day that comes soon, or still in the year of the publication, is offered behind that one, and
//! neither is certain; but what lies a few weeks back is. Where the words around it say that it is to come, the first not
//! before the publication goes first, the last one before it second, and neither is certain.

use jiff::civil::Date;

use crate::model::DateValue;

use super::calendar::{
    Point, Unit, date, is_day_of_some_year, iso_week, monday_of, plus_days, plus_months, weekday_of,
};
use super::interval::interval;
use super::outlook::Outlook;
use super::parse::{Expression, Partial, Which};

/// A date so many days after the publication may be meant as well; one that lies so many days before it is meant.
const SOON: i64 = 60;

/// A date so many days from the publication is meant although its weekday may not fit.
const CLOSE: i64 = 14;
/// How many minutes a day has.
const MINUTES_OF_DAY: i64 = 24 * 60;
/// How far back a date is looked for that fits its weekday.
const YEARS_BACK: i16 = 6;

/// When the article was published, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    year: i16,
    month: Option<i8>,
    day: Option<Date>,
}

/// Dates that words may mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Found<T> {
    /// The best first.
    pub(super) list: Vec<T>,
    /// Whether the first is what they mean.
    pub(super) is_certain: bool,
}

impl Anchor {
    /// The date of a publication; of an interval, its end.
    pub(super) fn of(published: &DateValue) -> Option<Self> {
        let value = published.value.split('/').next_back().unwrap_or_default();
        let mut parts = value.split('-').map(str::parse::<i16>);
        let year = parts.next()?.ok().filter(|year| *year >= 0)?;
        let month = parts
            .next()
            .and_then(Result::ok)
            .and_then(|month| i8::try_from(month).ok());
        let day = parts
            .next()
            .and_then(Result::ok)
            .and_then(|day| i8::try_from(day).ok());
        let day = month.zip(day).and_then(|(month, day)| date(year, month, day));
        let month = month.filter(|month| date(year, *month, 1).is_some());
        Some(Self { year, month, day })
    }

    pub(super) fn on(day: Date) -> Self {
        Self {
            year: day.year(),
            month: Some(day.month()),
            day: Some(day),
        }
    }
}

/// The dates that an expression may mean, as they are written, each with whether it is one week.
pub(super) fn resolve(expression: &Expression, anchor: Option<Anchor>) -> Option<Found<(String, bool)>> {
    match expression.ends.as_slice() {
        [one] => {
            let found = single(one, anchor)?;
            let list = found
                .list
                .iter()
                .map(|point| (point.value(), matches!(point, Point::Week(_))));
            Some(Found {
                list: list.collect(),
                is_certain: found.is_certain,
            })
        }
        [from, to] => interval(from, to, anchor),
        _ => None,
    }
}

pub(super) fn single(partial: &Partial, anchor: Option<Anchor>) -> Option<Found<Point>> {
    let mut found = bare(partial, anchor)?;
    if partial.is_week_around {
        found.list = found
            .list
            .iter()
            .filter_map(|point| point.first_day().and_then(monday_of).map(Point::Week))
            .collect();
    }
    if let (true, Some(now)) = (partial.is_since, anchor.and_then(|anchor| anchor.day)) {
        let until_now = found.list.first().and_then(|point| point.first_day());
        let until_now = until_now
            .filter(|first| *first < now)
            .map(|first| Point::Days(first, now));
        found.list.splice(0..0, until_now);
        found.is_certain = false;
    }
    (!found.list.is_empty()).then_some(found)
}

fn bare(partial: &Partial, anchor: Option<Anchor>) -> Option<Found<Point>> {
    let now = anchor.and_then(|anchor| anchor.day);
    if !partial.numeric.is_empty() {
        return Some(numeric(partial, anchor));
    }
    if let Some(week) = partial.week {
        return numbered_week(week, partial, anchor);
    }
    if let Some(first) = partial.weekend {
        return weekend(first, partial, now?);
    }
    if let Some((unit, number)) = partial.period {
        return Some(Found::one(period(unit, number, now?)?, true));
    }
    if let (Some(minutes), None, None, None) =
        (partial.minutes, partial.shift, partial.month, partial.weekday)
    {
        return in_minutes(minutes, now?);
    }
    match (partial.shift, partial.month) {
        (Some((Unit::Year, by)), Some(month)) => {
            let year = shifted_year(anchor?, by)?;
            Some(Found::one(in_year(year, month, partial.day)?, true))
        }
        // “Aujourd'hui, 12 mai 2022”: the date says more than the word beside it.
        (Some(shift), Some(_)) => {
            let without = Partial {
                shift: None,
                ..partial.clone()
            };
            let mut found = explicit(&without, anchor)?;
            let by_word = anchor.and_then(|anchor| shifted(shift, &Partial::default(), anchor));
            found.is_certain = by_word.is_some_and(|point| found.list.contains(&point));
            Some(found)
        }
        (Some(shift), None) => {
            let point = shifted(shift, partial, anchor?)?;
            let fits = match (point, partial.weekday) {
                (Point::Day(day), Some(weekday)) => weekday_of(day) == weekday,
                _ => true,
            };
            Some(Found::one(point, fits))
        }
        (None, _) => explicit(partial, anchor),
    }
}

impl Found<Point> {
    fn one(point: Point, is_certain: bool) -> Self {
        Self {
            list: vec![point],
            is_certain,
        }
    }
}

fn numeric(given: &Partial, anchor: Option<Anchor>) -> Found<Point> {
    let mut list: Vec<Point> = Vec::new();
    let mut is_certain = given.numeric.len() == 1;
    for numeric in &given.numeric {
        let partial = Partial {
            year: numeric.year,
            month: Some(numeric.month),
            day: numeric.day,
            weekday: given.weekday,
            outlook: given.outlook,
            ..Partial::default()
        };
        let Some(found) = explicit(&partial, anchor) else {
            continue;
        };
        is_certain &= found.is_certain;
        list.extend(found.list);
    }
    Found { list, is_certain }
}

/// “3 hours ago”: the day of the publication, or the one before, since nobody says at what hour it came out.
fn in_minutes(minutes: i64, now: Date) -> Option<Found<Point>> {
    let way = minutes.signum();
    let days = minutes / MINUTES_OF_DAY;
    let first = plus_days(now, days).map(Point::Day)?;
    if minutes % MINUTES_OF_DAY == 0 {
        return Some(Found::one(first, true));
    }
    let next = plus_days(now, days + way).map(Point::Day);
    Some(either(next, Some(first), Outlook::Open))
}

fn numbered_week(week: i8, partial: &Partial, anchor: Option<Anchor>) -> Option<Found<Point>> {
    if let Some(year) = partial.year {
        return Some(Found::one(Point::Week(iso_week(year, week)?), true));
    }
    let anchor = anchor?;
    let this_year = iso_week(anchor.year, week);
    let past = this_year.filter(|monday| anchor.day.is_none_or(|day| *monday <= day));
    if partial.outlook != Outlook::Past {
        let now = anchor.day.and_then(monday_of);
        let coming = this_year.filter(|monday| now.is_none_or(|now| *monday >= now));
        let coming = coming.or_else(|| iso_week(anchor.year + 1, week));
        let before = past.filter(|monday| Some(*monday) != coming);
        let before = before.or_else(|| iso_week(anchor.year - 1, week));
        return Some(either(
            coming.map(Point::Week),
            before.map(Point::Week),
            partial.outlook,
        ));
    }
    let monday = past.or_else(|| iso_week(anchor.year - 1, week))?;
    Some(Found::one(Point::Week(monday), past.is_some()))
}

fn weekend(begins: i8, partial: &Partial, now: Date) -> Option<Found<Point>> {
    let this_week = plus_days(monday_of(now)?, i64::from(begins) - 1)?;
    let before = plus_days(this_week, -7)?;
    let after = plus_days(this_week, 7)?;
    let is_on = now >= this_week;
    let by_shift = match partial.shift {
        Some((Unit::Week, by)) => Some(plus_days(this_week, by.checked_mul(7)?)?),
        _ => None,
    };
    let (first, is_certain) = match (by_shift, partial.which) {
        (Some(day), _) => (day, true),
        (None, Some(Which::Last)) => (before, true),
        (None, Some(Which::Next)) => (if is_on { after } else { this_week }, true),
        (None, Some(Which::This) | None) => (if is_on { this_week } else { before }, is_on),
    };
    let days = |day: Date| Some(Point::Days(day, plus_days(day, 1)?));
    if partial.outlook != Outlook::Past
        && by_shift.is_none()
        && !matches!(partial.which, Some(Which::Last | Which::Next))
    {
        return Some(either(days(this_week), days(before), partial.outlook));
    }
    let mut list: Vec<Point> = days(first).into_iter().collect();
    if !is_certain {
        list.extend(days(this_week));
    }
    Some(Found { list, is_certain })
}

/// The stretch of so many units before the publication, or after it.
fn period(unit: Unit, number: i64, now: Date) -> Option<Point> {
    let sorted = |a: Date, b: Date| {
        if a <= b {
            Point::Days(a, b)
        } else {
            Point::Days(b, a)
        }
    };
    match unit {
        Unit::Day => Some(sorted(plus_days(now, number)?, now)),
        Unit::Week => Some(sorted(plus_days(now, number.checked_mul(7)?)?, now)),
        Unit::Month => {
            let here = (now.year(), now.month());
            let there = plus_months(here.0, here.1, number)?;
            Some(Point::Months(here.min(there), here.max(there)))
        }
        Unit::Year => {
            let there = plus_months(now.year(), now.month(), number.checked_mul(12)?)?.0;
            Some(Point::Years(now.year().min(there), now.year().max(there)))
        }
    }
}

fn shifted_year(anchor: Anchor, by: i64) -> Option<i16> {
    i16::try_from(i64::from(anchor.year) + by)
        .ok()
        .filter(|year| (0..=9999).contains(year))
}

/// So many units from the publication, and in them the weekday or the day that is named.
fn shifted((unit, by): (Unit, i64), partial: &Partial, anchor: Anchor) -> Option<Point> {
    match unit {
        Unit::Day => Some(Point::Day(plus_days(anchor.day?, by)?)),
        Unit::Week => {
            let monday = plus_days(monday_of(anchor.day?)?, by.checked_mul(7)?)?;
            match partial.weekday {
                Some(weekday) => Some(Point::Day(plus_days(monday, i64::from(weekday) - 1)?)),
                None => Some(Point::Week(monday)),
            }
        }
        Unit::Month => {
            let (year, month) = plus_months(anchor.year, anchor.month?, by)?;
            in_year(year, month, partial.day)
        }
        Unit::Year => Some(Point::Year(shifted_year(anchor, by)?)),
    }
}

fn in_year(year: i16, month: i8, day: Option<i8>) -> Option<Point> {
    match day {
        Some(day) => date(year, month, day).map(Point::Day),
        None => date(year, month, 1).map(|_| Point::Month(year, month)),
    }
}

/// A date whose parts are named.
fn explicit(partial: &Partial, anchor: Option<Anchor>) -> Option<Found<Point>> {
    match (partial.year, partial.month, partial.day, partial.weekday) {
        (Some(year), Some(month), day, weekday) => {
            let point = in_year(year, month, day)?;
            let fits = match (point, weekday) {
                (Point::Day(day), Some(weekday)) => weekday_of(day) == weekday,
                (_, weekday) => weekday.is_none(),
            };
            Some(Found::one(point, fits))
        }
        (Some(year), None, None, None) => Some(Found::one(Point::Year(year), true)),
        (None, Some(month), Some(day), Some(weekday)) => on_weekday(month, day, weekday, partial, anchor),
        (None, Some(month), day, _) => without_year(month, day, partial, anchor),
        (None, None, Some(day), weekday) => {
            let now = anchor?.day?;
            let mut found = day_alone(day, weekday, partial, now);
            // “5日” in an article of the 5th.
            found.is_certain |= partial.is_named_day && found.list == [Point::Day(now)];
            Some(found)
        }
        (None, None, None, Some(weekday)) => weekday_alone(weekday, partial, anchor?.day?),
        _ => None,
    }
}

/// A date that may be to come, the likelier first; neither is certain.
fn either(coming: Option<Point>, past: Option<Point>, outlook: Outlook) -> Found<Point> {
    let list = match outlook {
        Outlook::ToCome => [coming, past],
        Outlook::Open | Outlook::Past => [past, coming],
    };
    Found {
        list: list.into_iter().flatten().collect(),
        is_certain: false,
    }
}

/// A month or a day of a month in the year that the publication leaves for it.
fn without_year(
    month: i8,
    day: Option<i8>,
    partial: &Partial,
    anchor: Option<Anchor>,
) -> Option<Found<Point>> {
    let which = partial.which;
    let without = match day {
        Some(day) if is_day_of_some_year(month, day) => Point::BareDay(month, day),
        Some(_) => return None,
        None => Point::BareMonth(month),
    };
    let Some(anchor) = anchor else {
        return Some(Found::one(without, true));
    };
    let years = (anchor.year - 8)..=(anchor.year + 8);
    let all: Vec<Point> = years.filter_map(|year| in_year(year, month, day)).collect();
    if partial.outlook != Outlook::Past && which.is_none() {
        let is_past = |point: &&Point| is_before(**point, anchor, true);
        let coming = all.iter().find(|point| !is_past(point)).copied();
        let past = all.iter().rev().find(is_past).copied();
        let mut found = either(coming, past, partial.outlook);
        found.list.push(without);
        return Some(found);
    }
    let past = all.iter().rev().find(|point| match which {
        Some(Which::Last) => is_before(**point, anchor, true),
        Some(Which::This) => year_of(**point) == anchor.year,
        _ => is_before(**point, anchor, false),
    });
    let coming = all.iter().find(|point| !is_before(**point, anchor, false));
    let (best, other) = match which {
        Some(Which::Next) => (coming, None),
        Some(_) => (past, None),
        None => {
            let is_recent = past.is_some_and(|point| is_recent(*point, anchor));
            let may_come = |point: &Point| {
                let of_this_year = day.is_some() && !is_recent && year_of(*point) == anchor.year;
                is_soon(*point, anchor) || of_this_year
            };
            (past, coming.filter(|point| may_come(point)))
        }
    };
    Some(Found {
        list: best.into_iter().chain(other).copied().chain([without]).collect(),
        is_certain: best.is_some() && other.is_none(),
    })
}

fn year_of(point: Point) -> i16 {
    match point {
        Point::Month(year, _) => year,
        other => other.first_day().map_or(0, Date::year),
    }
}

/// Whether a date is not after the publication; or, strictly, before it and not its own day or month.
fn is_before(point: Point, anchor: Anchor, strictly: bool) -> bool {
    let order = match (point, anchor.day, anchor.month) {
        (Point::Day(day), Some(now), _) => day.cmp(&now),
        (point, _, Some(month)) => {
            let first = point.first_day();
            (year_of(point), first.map_or(0, Date::month)).cmp(&(anchor.year, month))
        }
        (point, ..) => year_of(point).cmp(&anchor.year),
    };
    order.is_lt() || order.is_eq() && !strictly
}

fn is_soon(point: Point, anchor: Anchor) -> bool {
    let now = anchor.day.or_else(|| date(anchor.year, anchor.month?, 28));
    let end = now.and_then(|now| plus_days(now, SOON));
    end.zip(point.first_day())
        .is_some_and(|(end, first)| first <= end)
}

fn is_recent(point: Point, anchor: Anchor) -> bool {
    let now = anchor.day.or_else(|| date(anchor.year, anchor.month?, 1));
    let start = now.and_then(|now| plus_days(now, -SOON));
    start
        .zip(point.first_day())
        .is_some_and(|(start, first)| start <= first)
}

/// The day in the year of the publication, where it lies within two weeks of that.
fn close_day(month: i8, day: i8, anchor: Anchor) -> Option<Date> {
    let now = anchor.day?;
    let day = date(anchor.year, month, day)?;
    let is_close = plus_days(now, -CLOSE)? <= day && day <= plus_days(now, CLOSE)?;
    is_close.then_some(day)
}

/// A day of a month with its weekday, which tells the year.
fn on_weekday(
    month: i8,
    day: i8,
    weekday: i8,
    partial: &Partial,
    anchor: Option<Anchor>,
) -> Option<Found<Point>> {
    let any = Partial {
        outlook: partial.outlook,
        ..Partial::default()
    };
    let open = without_year(month, Some(day), &any, anchor)?;
    let Some(anchor) = anchor else {
        return Some(Found {
            is_certain: true,
            ..open
        });
    };
    let fits = |year: i16| {
        let day = date(year, month, day)?;
        (weekday_of(day) == weekday).then_some(Point::Day(day))
    };
    // The nearest to the publication, before it or soon after.
    let near = [anchor.year, anchor.year - 1, anchor.year + 1]
        .into_iter()
        .filter_map(fits);
    let mut near: Vec<Point> = near
        .filter(|point| {
            partial.outlook != Outlook::Past || is_before(*point, anchor, false) || is_soon(*point, anchor)
        })
        .collect();
    if partial.outlook == Outlook::ToCome {
        near.sort_by_key(|point| is_before(*point, anchor, true));
    }
    if near.is_empty() {
        let years = (anchor.year - YEARS_BACK..anchor.year - 1).rev();
        near.extend(years.filter_map(fits).take(1));
    }
    if near.is_empty() {
        return Some(Found {
            is_certain: false,
            ..open
        });
    }
    // So close to the publication it may as well be the weekday that is wrong.
    let misnamed = fits(anchor.year)
        .is_none()
        .then(|| close_day(month, day, anchor))
        .flatten();
    let is_certain = near.len() == 1 && misnamed.is_none();
    near.extend(misnamed.map(Point::Day));
    near.push(Point::BareDay(month, day));
    Some(Found {
        list: near,
        is_certain,
    })
}

/// “Le mardi 12”, “le 12”: the most recent such day.
fn day_alone(day: i8, weekday: Option<i8>, partial: &Partial, now: Date) -> Found<Point> {
    let fits = |months: i64| {
        let (year, month) = plus_months(now.year(), now.month(), months)?;
        date(year, month, day).filter(|day| weekday.is_none_or(|weekday| weekday_of(*day) == weekday))
    };
    if partial.outlook != Outlook::Past {
        let past = (0..=12).filter_map(|back| fits(-back)).find(|day| *day < now);
        let coming = (0..=12).filter_map(fits).find(|day| *day >= now);
        return either(coming.map(Point::Day), past.map(Point::Day), partial.outlook);
    }
    let past = (0..=12).filter_map(|back| fits(-back)).find(|day| *day <= now);
    let coming = (0..=1).filter_map(fits).find(|day| *day > now);
    let soon = coming.filter(|day| plus_days(now, 7).is_some_and(|end| *day <= end));
    let list: Vec<Point> = past.into_iter().chain(soon).map(Point::Day).collect();
    let is_certain = weekday.is_some() && list.len() == 1;
    Found { list, is_certain }
}

/// A weekday: the last one not after the publication, and as a second guess the next.
fn weekday_alone(weekday: i8, partial: &Partial, now: Date) -> Option<Found<Point>> {
    let which = partial.which;
    let today = weekday_of(now);
    let back = i64::from((today - weekday).rem_euclid(7));
    let past = plus_days(now, -back)?;
    let coming = plus_days(past, 7)?;
    if partial.outlook != Outlook::Past && !matches!(which, Some(Which::Last | Which::Next)) {
        // On its own weekday an article speaks of that day, and then of the next.
        let outlook = if back == 0 { Outlook::Open } else { partial.outlook };
        return Some(either(Some(Point::Day(coming)), Some(Point::Day(past)), outlook));
    }
    let (days, is_certain) = match which {
        Some(Which::Last) => (vec![plus_days(now, if back == 0 { -7 } else { -back })?], true),
        Some(Which::Next) => (vec![coming], true),
        Some(Which::This) => (vec![past, coming], back == 0),
        None => (vec![past, coming], true),
    };
    Some(Found {
        list: days.into_iter().map(Point::Day).collect(),
        is_certain,
    })
}
