//! When an article was published, as pages, mail, feeds, books, and databases write it: made ISO 8601 where it is certain,
//! otherwise left as it is. Knows the names of the months in the languages whose databases are read here.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::text::fold;

type Pattern = LazyLock<Option<Regex>>;

/// Year, month, and day, in this order, with a time of day or without.
static NUMBERS: Pattern = LazyLock::new(|| {
    Regex::new(
        r"^(\d{4})([-/.]?)(\d{2})([-/.]?)(\d{2})(?:(?:[Tt]|\s+)(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$",
    )
    .ok()
});
/// Day, month, and year as numbers.
static DAY_FIRST: Pattern = LazyLock::new(|| Regex::new(r"^(\d{1,2})([./-])(\d{1,2})([./-])(\d{4})$").ok());
/// A day, the name of a month, and a year, anywhere in a line.
static DAY_MONTH: Pattern = LazyLock::new(|| {
    Regex::new(r"\b(\d{1,2})(?:er|st|nd|rd|th|º|\.)?\s+(?:de\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b")
        .ok()
});
/// The name of a month, a day, and a year, anywhere in a line.
static MONTH_DAY: Pattern =
    LazyLock::new(|| Regex::new(r"\b(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b").ok());

/// The names of the months in English, French, German, Spanish, Italian, Portuguese, Catalan, Dutch, the languages of
/// Scandinavia, and Russian.
const MONTHS: [&str; 12] = [
    "january janvier januar jänner enero gennaio janeiro gener januari январь января",
    "february février februar febrero febbraio fevereiro febrer februari февраль февраля",
    "march mars märz maerz marzo março març maart marts март марта",
    "april avril abril aprile апрель апреля",
    "may mai mayo maggio maio maig mei maj май мая",
    "june juin juni junio giugno junho juny июнь июня",
    "july juillet juli julio luglio julho juliol июль июля",
    "august août agosto agost augustus augusti август августа",
    "september septembre septiembre setiembre settembre setembro setembre сентябрь сентября",
    "october octobre oktober octubre ottobre outubro октябрь октября",
    "november novembre noviembre novembro ноябрь ноября",
    "december décembre dezember diciembre dicembre dezembro desembre desember декабрь декабря",
];

/// The number of a month by its name or an abbreviation of it, with its accents or without. A word that only begins as a
/// month does is none, as `décès`, and one that may be two neither, as `jui`.
fn month(word: &str) -> Option<usize> {
    const SHORTEST: usize = 3;
    let word = fold(word);
    let is_it = |names: &str| fold(names).split(' ').any(|name| name.starts_with(&word));
    let mut found = (1..).zip(MONTHS).filter(|(_, names)| is_it(names));
    let (number, _) = found.next().filter(|_| word.chars().count() >= SHORTEST)?;
    found.next().is_none().then_some(number)
}

/// Where a date may be in the calendar of today; beside it, four digits are some other number.
const YEARS: RangeInclusive<usize> = 1500..=2199;

/// A date as ISO 8601 where it is certain what it means, otherwise as it is.
pub(super) fn iso(text: &str) -> String {
    certain(text).unwrap_or_else(|| text.trim().to_owned())
}

/// A date as ISO 8601; `None` where it is not certain what it means.
pub(super) fn certain(text: &str) -> Option<String> {
    let text = text.trim();
    by_numbers(text)
        .or_else(|| day_first(text))
        .or_else(|| by_mail(text))
        .or_else(|| in_line(text))
}

/// Whether it is a date in numbers of which it cannot be told which are the day, the month, and the year.
pub(in crate::formats) fn is_unclear(text: &str) -> bool {
    let day = text.split_whitespace().next().unwrap_or_default();
    let numbers: Vec<&str> = day.split(['/', '-', '.']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.chars().all(char::is_numeric);
    let is_date = numbers.len() == 3 && numbers.iter().all(is_number);
    is_date && by_numbers(day).or_else(|| day_first(day)).is_none()
}

/// The first date with the name of a month in a line.
pub(super) fn in_line(line: &str) -> Option<String> {
    let by = |pattern: &Pattern, [year, month, day]: [usize; 3]| -> Option<String> {
        let found = pattern.as_ref()?.captures_iter(line);
        let mut dates = found.filter_map(|found| {
            let month = self::month(found.get(month)?.as_str())?;
            date(number(&found, year)?, month, number(&found, day)?)
        });
        dates.next()
    };
    by(&DAY_MONTH, [3, 2, 1]).or_else(|| by(&MONTH_DAY, [3, 1, 2]))
}

fn by_numbers(text: &str) -> Option<String> {
    let found = NUMBERS.as_ref()?.captures(text)?;
    let part = |at: usize| found.get(at).map(|part| part.as_str());
    if part(2) != part(4) {
        return None;
    }
    let date = date(number(&found, 1)?, number(&found, 3)?, number(&found, 5)?)?;
    let (Some(hour), Some(minute)) = (part(6), part(7)) else {
        return Some(date);
    };
    let second = part(8).unwrap_or("00");
    let offset = match part(9) {
        None => String::new(),
        Some("Z" | "z" | "UTC" | "GMT") => "Z".to_owned(),
        Some(offset) if offset.contains(':') => offset.to_owned(),
        Some(offset) => {
            let (hours, minutes) = offset.split_at_checked(3)?;
            format!("{hours}:{minutes}")
        }
    };
    Some(format!("{date}T{hour}:{minute}:{second}{offset}"))
}

/// With points between the numbers the day comes first; with strokes only a day beyond twelve says so.
fn day_first(text: &str) -> Option<String> {
    let found = DAY_FIRST.as_ref()?.captures(text)?;
    let (one, two, year) = (number(&found, 1)?, number(&found, 3)?, number(&found, 5)?);
    let has_points = found.get(2)?.as_str() == ".";
    if has_points || one > 12 || one == two {
        date(year, two, one)
    } else if two > 12 {
        date(year, one, two)
    } else {
        None
    }
}

/// Zones that mail and feeds name though the standard for mails does not know them, with their distance to UTC.
const ZONES: &[(&str, &str)] = &[
    ("UTC", "+0000"),
    ("WET", "+0000"),
    ("WEST", "+0100"),
    ("CET", "+0100"),
    ("CEST", "+0200"),
    ("EET", "+0200"),
    ("EEST", "+0300"),
    ("MSK", "+0300"),
];

fn by_mail(text: &str) -> Option<String> {
    let named = text.rsplit_once(' ').and_then(|(date, zone)| {
        let (_, distance) = ZONES.iter().find(|(name, _)| *name == zone)?;
        Some(format!("{date} {distance}"))
    });
    // A weekday that is not that of the day is a slip of who wrote the program, not another day.
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let moment = parser
        .parse_zoned_datetime(named.as_deref().unwrap_or(text))
        .ok()?;
    let moment = moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    Some(moment.replace("+00:00", "Z"))
}

fn number(found: &Captures<'_>, at: usize) -> Option<usize> {
    found.get(at)?.as_str().parse().ok()
}

fn date(year: usize, month: usize, day: usize) -> Option<String> {
    let date = Date::new(
        YEARS.contains(&year).then_some(year)?.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    );
    date.ok().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_certain_becomes_iso_and_the_rest_stays() {
        for (written, read) in [
            ("2024-05-01", "2024-05-01"),
            (" 2024-05-01T08:00:00+02:00 ", "2024-05-01T08:00:00+02:00"),
            ("2024-05-01T08:00:00.123Z", "2024-05-01T08:00:00Z"),
            ("2024-05-01 08:00:30 +0200", "2024-05-01T08:00:30+02:00"),
            ("2024-05-01T08:00", "2024-05-01T08:00:00"),
            ("2024/05/01", "2024-05-01"),
            ("20240501", "2024-05-01"),
            ("Wed, 01 May 2024 08:00:00 GMT", "2024-05-01T08:00:00Z"),
            ("Wed, 1 May 2024 08:00:00 -0330", "2024-05-01T08:00:00-03:30"),
            ("1er mai 2024", "2024-05-01"),
            ("mercredi 1 mai 2024, p. 4", "2024-05-01"),
            ("May 1, 2024", "2024-05-01"),
            ("1. Mai 2024", "2024-05-01"),
            ("1 de mayo de 2024", "2024-05-01"),
            ("01.05.2024", "2024-05-01"),
            ("31/05/2024", "2024-05-31"),
            ("05/31/2024", "2024-05-31"),
            ("05/06/2024", "05/06/2024"),
            ("2024-02-30", "2024-02-30"),
            ("١ مايو ٢٠٢٤", "١ مايو ٢٠٢٤"),
            ("hier", "hier"),
            ("", ""),
        ] {
            assert_eq!(iso(written), read, "{written}");
        }
    }

    #[test]
    fn dates_of_feeds_become_iso() {
        for (written, found) in [
            (
                "Wed, 01 May 2024 08:00:00 +0200",
                Some("2024-05-01T08:00:00+02:00"),
            ),
            ("1 May 2024 08:00 GMT", Some("2024-05-01T08:00:00Z")),
            ("Wed, 01 May 2024 08:00:00 EST", Some("2024-05-01T08:00:00-05:00")),
            ("Wed, 01 May 2024 08:00:00 UTC", Some("2024-05-01T08:00:00Z")),
            (
                "Wed, 01 May 2024 08:00:00 CEST",
                Some("2024-05-01T08:00:00+02:00"),
            ),
            (
                "Mon, 01 May 2024 08:00:00 +0200",
                Some("2024-05-01T08:00:00+02:00"),
            ),
            ("Wed, 1 May 24 08:00:00 GMT", Some("2024-05-01T08:00:00Z")),
            ("Wed, 1 May 2024 08:00 Moon time", Some("2024-05-01")),
            ("mer., 1 mai 2024 08:00:00 +0200", Some("2024-05-01")),
            ("2024-05-01T08:00:00Z", Some("2024-05-01T08:00:00Z")),
            ("2024-05-01", Some("2024-05-01")),
            ("2024-13-01", None),
            ("Wed, 31 Apr 2024 08:00:00 GMT", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(certain(written).as_deref(), found, "{written}");
        }
    }

    #[test]
    fn days_of_newspapers_become_iso() {
        for (written, found) in [
            ("12 March 2024", Some("2024-03-12")),
            ("March 12, 2024 Tuesday", Some("2024-03-12")),
            ("Tuesday, March 12, 2024", Some("2024-03-12")),
            ("mardi 12 mars 2024", Some("2024-03-12")),
            ("12 de marzo de 2024", Some("2024-03-12")),
            ("1er août 2023", Some("2023-08-01")),
            ("12. März 2024", Some("2024-03-12")),
            ("12 марта 2024", Some("2024-03-12")),
            ("5 мая 2024 г.", Some("2024-05-05")),
            ("5 июля 2024", Some("2024-07-05")),
            ("3 févr. 2024", Some("2024-02-03")),
            ("3 fevrier 2024", Some("2024-02-03")),
            ("Sept. 3, 2024", Some("2024-09-03")),
            ("31 February 2024", None),
            ("May I say 5 things", None),
            ("12 2024", None),
            ("12 décès 2024", None),
            ("mardi 12, 2024", None),
            ("3 jui 2024", None),
            ("12 May 9999", None),
        ] {
            assert_eq!(in_line(written).as_deref(), found, "{written}");
        }
    }

    #[test]
    fn a_date_in_numbers_is_unclear_where_the_order_is_not_said() {
        for (written, is) in [
            ("12/03/2024", true),
            ("12-03-2024 08:00", true),
            ("12/03/24", true),
            ("13/03/2024", false),
            ("12.03.2024", false),
            ("2024-03-12T08:00:00Z", false),
            ("2024-03-12 08:00", false),
            ("2024-03", false),
            ("12 March 2024", false),
            ("hier", false),
            ("", false),
        ] {
            assert_eq!(is_unclear(written), is, "{written}");
        }
    }
}
