//! Dates of the calendar: which ones there are, in which order, and how they may be typed.
//!
//! A stored date is never changed here. A file of an earlier version may hold a day that no calendar has; it stays
//! readable, and only what comes in anew is held to the calendar.

use crate::text::to_ascii_digits;

use super::value_json::InvalidValue;
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
        let Some((from, to)) = self.ends() else {
            return invalid(format!(
                "{:?} is no date; write 2022, 2022-01, 2022-01-20, a/b, or --01",
                self.value
            ));
        };
        for end in [Some(from), to].into_iter().flatten() {
            end.check()?;
        }
        if let Some(to) = to
            && from.year.is_some()
            && to.year.is_some()
            && from.first() > to.last()
        {
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
        let (from, to) = self.ends()?;
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

    fn ends(&self) -> Option<(Point, Option<Point>)> {
        match self.value.split_once('/') {
            Some((from, to)) => Some((Point::read(from)?, Some(Point::read(to)?))),
            None => Some((Point::read(&self.value)?, None)),
        }
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
        if !is_number || part.len() > if is_year { 4 } else { 2 } || (is_year && part.len() < 4) {
            return None;
        }
        parts.push(if is_year {
            part.to_owned()
        } else {
            format!("{part:0>2}")
        });
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

fn invalid<T>(reason: impl Into<String>) -> Result<T, InvalidValue> {
    Err(InvalidValue {
        reason: reason.into(),
    })
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
            "--12/--01",
        ] {
            assert_eq!(DateValue::plain(good).check(), Ok(()), "{good}");
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
