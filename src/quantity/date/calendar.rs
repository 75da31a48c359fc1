//! Points of the calendar and the arithmetic on them: days, ISO weeks, months, years, and dates that lack their year.
//!
//! Leap years and weeks are jiff's to know. Knows no words and no publication.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A unit of time that a date can be told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A point or stretch of the calendar as words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// One day.
    Day(Date),
    /// The ISO week that begins on this Monday.
    Week(Date),
    /// From one day to another.
    Days(Date, Date),
    /// From one month, as year and month, to another.
    Months((i16, i8), (i16, i8)),
    /// From one year to another.
    Years(i16, i16),
    /// A month of a year.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// A month without its year.
    BareMonth(i8),
    /// A day of a month without its year.
    BareDay(i8, i8),
}

impl Point {
    /// Where it begins, as it is written: `2022-05-12`, `2022-05`, `2022`, `--05`, `--05-12`.
    pub(super) fn start(self) -> String {
        match self {
            Self::Day(day) | Self::Week(day) | Self::Days(day, _) => written(day),
            Self::Month(year, month) | Self::Months((year, month), _) => format!("{year:04}-{month:02}"),
            Self::Year(year) | Self::Years(year, _) => format!("{year:04}"),
            Self::BareMonth(month) => format!("--{month:02}"),
            Self::BareDay(month, day) => format!("--{month:02}-{day:02}"),
        }
    }

    /// Where it ends, as it is written.
    pub(super) fn end(self) -> String {
        match self {
            Self::Week(monday) => plus_days(monday, 6).map_or_else(|| written(monday), written),
            Self::Days(_, last) => written(last),
            Self::Months(_, (year, month)) => Self::Month(year, month).start(),
            Self::Years(_, year) => Self::Year(year).start(),
            other => other.start(),
        }
    }

    /// The whole of it: one date, or an interval `a/b`.
    pub(super) fn value(self) -> String {
        match self {
            Self::Week(_) | Self::Days(..) | Self::Months(..) | Self::Years(..) => {
                format!("{}/{}", self.start(), self.end())
            }
            other => other.start(),
        }
    }

    /// The first day, where it has a year.
    pub(super) fn first_day(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Week(day) | Self::Days(day, _) => Some(day),
            Self::Month(year, month) | Self::Months((year, month), _) => date(year, month, 1),
            Self::Year(year) | Self::Years(year, _) => date(year, 1, 1),
            Self::BareMonth(_) | Self::BareDay(..) => None,
        }
    }
}

fn written(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The day, where the calendar has it in a year from 0 to 9999.
pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|_| year >= 0)
}

/// Whether any year has that day: 29 February, but not 30 February.
pub(super) fn is_day_of_some_year(month: i8, day: i8) -> bool {
    date(2024, month, day).is_some()
}

/// So many days later, or earlier where negative.
pub(super) fn plus_days(day: Date, days: i64) -> Option<Date> {
    // Farther than this the calendar ends, and the library would stop the program.
    if days.abs() > 1_000_000 {
        return None;
    }
    let moved = day.checked_add(days.days()).ok()?;
    (0..=9999).contains(&moved.year()).then_some(moved)
}

/// So many months later, or earlier where negative.
pub(super) fn plus_months(year: i16, month: i8, months: i64) -> Option<(i16, i8)> {
    let all = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let year = i16::try_from(all.div_euclid(12)).ok()?;
    let month = i8::try_from(all.rem_euclid(12)).ok()? + 1;
    (0..=9999).contains(&year).then_some((year, month))
}

/// The Monday of the ISO week that a day lies in.
pub(super) fn monday_of(day: Date) -> Option<Date> {
    plus_days(day, i64::from(1 - day.weekday().to_monday_one_offset()))
}

/// The Monday of an ISO week by its number.
pub(super) fn iso_week(year: i16, week: i8) -> Option<Date> {
    let week = ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
    Some(week.date()).filter(|monday| monday.year() >= 0)
}

/// The number of a day in its week: 1 is Monday, 7 is Sunday.
pub(super) fn weekday_of(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_are_those_of_iso_also_over_the_end_of_a_year() {
        assert_eq!(iso_week(2020, 53), Some(day("2020-12-28")));
        assert_eq!(iso_week(2021, 53), None, "that year has 52");
        assert_eq!(iso_week(2026, 1), Some(day("2025-12-29")));
        assert_eq!(monday_of(day("2022-01-01")), Some(day("2021-12-27")));
        assert_eq!(Point::Week(day("2021-12-27")).value(), "2021-12-27/2022-01-02");
    }

    #[test]
    fn leap_days_and_the_ends_of_months_are_right() {
        assert_eq!(plus_days(day("2024-02-28"), 1), Some(day("2024-02-29")));
        assert_eq!(plus_days(day("2022-03-01"), -1), Some(day("2022-02-28")));
        assert_eq!(date(1900, 2, 29), None);
        assert!(date(2000, 2, 29).is_some());
        assert!(is_day_of_some_year(2, 29) && !is_day_of_some_year(2, 30) && !is_day_of_some_year(4, 31));
        assert_eq!(plus_months(2022, 1, -1), Some((2021, 12)));
        assert_eq!(plus_months(2021, 12, 14), Some((2023, 2)));
        assert_eq!(plus_months(0, 1, -1), None);
        assert_eq!(plus_days(day("2022-01-01"), i64::MIN / 2), None);
    }

    proptest! {
        #[test]
        fn a_monday_is_a_monday_and_at_most_six_days_back(days in 0_i64..900_000) {
            let day = plus_days(day("0100-01-01"), days).unwrap();
            let monday = monday_of(day).unwrap();
            prop_assert_eq!(weekday_of(monday), 1);
            prop_assert_eq!(plus_days(monday, i64::from(weekday_of(day)) - 1), Some(day));
        }

        #[test]
        fn months_there_and_back_again(year in 1000_i16..3000, month in 1_i8..=12, months in -6000_i64..6000) {
            let (there_year, there_month) = plus_months(year, month, months).unwrap();
            prop_assert_eq!(plus_months(there_year, there_month, -months), Some((year, month)));
        }
    }
}
