//! Dates of the calendar: which ones there are, in which order, and how they may be typed.
//!
//! A stored date is never changed here. A file of an earlier version may hold a day that no calendar has; it stays
//! readable, and only what comes in anew is held to the calendar.

use crate::text::to_ascii_digits;

use super::value_json::{InvalidValue, invalid};
use super::{DateValue, Extra, Precision};

/// One end of a date, as far as it is known. Without a year it stands for every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
}

impl DateValue {
    /// A date as exact as its text, with nothing more said of it.
    pub fn plain(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            precision: None,
            approximate: false,
            extra: Extra::new(),
        }
    }

    /// Holds the date to the calendar.
    ///
    /// # Errors
    /// The reason: no such day, or an interval that ends before it begins.
    pub fn check(&self) -> Result<(), InvalidValue> {
        let Some((from, to)) = ends(&self.value) else {
            return invalid(format!(
                "{:?} is no date; write 2022, 2022-01, 2022-01-20, a/b, or --01",
                self.value
            ));
        };
        for end in [Some(from), to].into_iter().flatten() {
            end.check()?;
        }
        if to.is_some_and(|to| to.is_over_before(from)) {
            return invalid(format!("{} ends before it begins", self.value));
        }
        Ok(())
    }

    /// Holds the precision to the value, for what is entered by hand; what other tools wrote may say more than it knows.
    ///
    /// # Errors
    /// The reason, where a precision finer than the value is asked for.
    pub fn check_precision(&self) -> Result<(), InvalidValue> {
        match (self.precision, self.written_precision()) {
            (Some(said), Some(written)) if said < written => invalid(format!(
                "{} names a {} only, so it cannot be exact to the {}",
                self.value,
                written.name(),
                said.name()
            )),
            _ => Ok(()),
        }
    }

    /// How fine the value is by its own form; an interval is as fine as its finer end.
    pub fn written_precision(&self) -> Option<Precision> {
        let (from, to) = ends(&self.value)?;
        let finest = to.map_or(from.precision(), |to| from.precision().min(to.precision()));
        Some(finest)
    }

    /// Reads a date as it is typed: zeros may be left out, digits may be of any script, `..` or `/` stands between the
    /// ends of an interval, and `~` before or `?` behind says that it is approximate.
    ///
    /// # Errors
    /// The reason in words for the user.
    pub fn typed(text: &str) -> Result<Self, InvalidValue> {
        let ascii = to_ascii_digits(text);
        let text = ascii.trim();
        let bare = text.trim_start_matches('~').trim_end_matches(['?', '~']).trim();
        let approximate = bare != text;
        let ends: Vec<&str> = match bare.split_once("..") {
            Some((from, to)) => vec![from, to],
            None => bare.split('/').collect(),
        };
        let full: Option<Vec<String>> = ends.iter().map(|end| padded(end.trim())).collect();
        let value = match full {
            Some(ends) if ends.len() <= 2 => ends.join("/"),
            _ => {
                return invalid(format!(
                    "“{text}” is no date; write 2022, 2022-01, 2022-01-20, 2022-01-20/2022-01-25, or --01"
                ));
            }
        };
        let date = Self {
            approximate,
            ..Self::plain(value)
        };
        date.check().map(|()| date)
    }
}

/// Whether a string is `Y`, `Y-M`, `Y-M-D`, `--M`, `--M-D`, or an interval of two of them. Days are held to 31:
/// which month has how many is left to whoever computes with it.
pub(super) fn is_date(value: &str) -> bool {
    ends(value).is_some_and(|(from, to)| from.is_plausible() && to.is_none_or(Point::is_plausible))
}

/// What is wrong with a date or an interval of two; none where it is one.
pub(super) fn date_fault(value: &str) -> Option<&'static str> {
    let Some((from, to)) = ends(value) else {
        return Some("it is no date");
    };
    if from.check().is_err() || to.is_some_and(|to| to.check().is_err()) {
        return Some("there is no such day");
    }
    match to {
        Some(to) if from.year.is_some() != to.year.is_some() => {
            Some("one end has a year and the other has none")
        }
        Some(to) if to.is_over_before(from) => Some("it ends before it begins"),
        _ => None,
    }
}

fn ends(value: &str) -> Option<(Point, Option<Point>)> {
    match value.split_once('/') {
        Some((from, to)) => Some((Point::read(from)?, Some(Point::read(to)?))),
        None => Some((Point::read(value)?, None)),
    }
}

impl Point {
    fn read(text: &str) -> Option<Self> {
        let number = |part: &str, width: usize| {
            let fits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse::<u16>().ok()).flatten()
        };
        let short = |part: Option<&&str>| part.map_or(Some(None), |part| number(part, 2).map(Some));
        let (year, rest) = if let Some(rest) = text.strip_prefix("--") {
            (None, rest.split('-').collect::<Vec<_>>())
        } else {
            let mut parts = text.split('-');
            (Some(number(parts.next()?, 4)?), parts.collect())
        };
        if rest.len() > 2 || (year.is_none() && rest.is_empty()) {
            return None;
        }
        let narrow = |number: Option<u16>| number.and_then(|number| u8::try_from(number).ok());
        Some(Self {
            year,
            month: narrow(short(rest.first())?),
            day: narrow(short(rest.get(1))?),
        })
    }

    fn is_plausible(self) -> bool {
        self.month.is_none_or(|month| (1..=12).contains(&month))
            && self.day.is_none_or(|day| (1..=31).contains(&day))
    }

    /// Whether all of it lies before another one. Without a year the end of December comes before January.
    fn is_over_before(self, other: Self) -> bool {
        self.year.is_some() && other.year.is_some() && other.first() > self.last()
    }

    fn check(self) -> Result<(), InvalidValue> {
        let Some(month) = self.month else { return Ok(()) };
        if !(1..=12).contains(&month) {
            return invalid(format!("there is no month {month}"));
        }
        let Some(day) = self.day else { return Ok(()) };
        let most = days_in(self.year, month);
        if (1..=most).contains(&day) {
            return Ok(());
        }
        let year = self.year.map(|year| format!("{year:04}-")).unwrap_or_default();
        invalid(format!(
            "there is no such day: {year}{month:02} has {most} days, not {day}"
        ))
    }

    const fn precision(self) -> Precision {
        match (self.month, self.day) {
            (_, Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
        }
    }

    fn first(self) -> (u16, u8, u8) {
        (
            self.year.unwrap_or_default(),
            self.month.unwrap_or(1),
            self.day.unwrap_or(1),
        )
    }

    fn last(self) -> (u16, u8, u8) {
        (
            self.year.unwrap_or_default(),
            self.month.unwrap_or(12),
            self.day.unwrap_or(31),
        )
    }
}

/// One end with the zeros that were left out; none where it is no date at all.
fn padded(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix("--") {
        Some(rest) => ("--", rest),
        None => ("", text),
    };
    let mut parts: Vec<String> = Vec::new();
    for (place, part) in rest.split('-').enumerate() {
        let is_year = sign.is_empty() && place == 0;
        let is_number = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let fits = if is_year { part.len() == 4 } else { part.len() <= 2 };
        if !is_number || !fits {
            return None;
        }
        parts.push(format!("{part:0>2}"));
    }
    let whole = format!("{sign}{}", parts.join("-"));
    Point::read(&whole).map(|_| whole)
}

/// Days of a month; in an unknown year February may have 29.
fn days_in(year: Option<u16>, month: u8) -> u8 {
    let is_leap = year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for good in [
            "2022",
            "2022-01",
            "2024-02-29",
            "2000-02-29",
            "--02-29",
            "--12",
            "2022-05-12/2022-05-14",
            "2022-05/2022",
            "2022/2022-01",
            "--12-30/--01-02",
        ] {
            assert_eq!(DateValue::plain(good).check(), Ok(()), "{good}");
            assert_eq!(date_fault(good), None, "{good}");
        }
        for bad in [
            "2022-02-30",
            "2023-02-29",
            "1900-02-29",
            "2022-04-31",
            "--06-31",
            "2022-13",
            "2022-00",
            "2022-01-00",
            "2022-05-14/2022-05-12",
            "2023/2022",
            "22",
            "2022-1",
            "--",
            "2022-01-01-01",
            "a/b",
            "2022/2023/2024",
            "",
        ] {
            assert!(DateValue::plain(bad).check().is_err(), "{bad}");
            assert!(date_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn an_interval_with_one_year_is_taken_and_called_a_fault() {
        for mixed in ["2022/--05", "--05/2022"] {
            assert_eq!(DateValue::plain(mixed).check(), Ok(()), "{mixed}");
            assert!(date_fault(mixed).is_some(), "{mixed}");
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_can_still_be_read() {
        for (value, can_be) in [
            ("2022-02-31/--04-31", true),
            ("2022-13", false),
            ("2022-01-32", false),
            ("2022/2023-00", false),
            ("--05-00", false),
        ] {
            assert_eq!(is_date(value), can_be, "{value}");
        }
    }

    #[test]
    fn a_date_is_never_more_precise_than_it_is_written() {
        let with = |value: &str, precision| DateValue {
            precision: Some(precision),
            ..DateValue::plain(value)
        };
        for (value, precision, fits) in [
            ("2022", Precision::Day, false),
            ("2022-05", Precision::Week, false),
            ("2022-05-12", Precision::Week, true),
            ("2022-05-12", Precision::Year, true),
            ("2022-05/2022-05-12", Precision::Day, true),
        ] {
            assert_eq!(
                with(value, precision).check_precision().is_ok(),
                fits,
                "{value} {precision:?}"
            );
        }
    }

    #[test]
    fn a_date_is_typed_without_ceremony() {
        let typed = |text: &str| DateValue::typed(text).map(|date| (date.value, date.approximate));
        let exactly = |value: &str| Ok((value.to_owned(), false));
        assert_eq!(typed(" 2022-5-3 "), exactly("2022-05-03"));
        assert_eq!(typed("٢٠٢٢-٠٥"), exactly("2022-05"));
        assert_eq!(typed("--1-2"), exactly("--01-02"));
        assert_eq!(typed("2022-5-3..2022-5-7"), exactly("2022-05-03/2022-05-07"));
        assert_eq!(typed("2022-5-3 / 2022-6"), exactly("2022-05-03/2022-06"));
        assert_eq!(typed("~2022"), Ok(("2022".to_owned(), true)));
        assert_eq!(typed("2022-05?"), Ok(("2022-05".to_owned(), true)));
        for bad in ["22", "2022-123", "yesterday", "2022/2023/2024", "2022-", "~", "/"] {
            assert!(typed(bad).is_err(), "{bad}");
        }
        let reason = typed("2022-2-30").unwrap_err().reason;
        assert!(reason.contains("2022-02 has 28 days"), "{reason}");
    }
}
