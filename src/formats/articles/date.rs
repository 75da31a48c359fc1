//! When an article was published, as pages, mail, and databases write it: made ISO 8601 where it is certain, otherwise
//! left as it is. Knows the names of the months in the languages whose databases are read here.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

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

/// The months in English, French, German, Spanish, Italian, and Portuguese, each by how its name begins.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "jän"],
    &["feb", "fév", "fev"],
    &["mar", "mär"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "déc", "dez", "dic"],
];

/// A date as ISO 8601 where it is certain what it means, otherwise as it is.
pub(super) fn iso(text: &str) -> String {
    let text = text.trim();
    by_numbers(text)
        .or_else(|| day_first(text))
        .or_else(|| by_mail(text))
        .or_else(|| in_line(text))
        .unwrap_or_else(|| text.to_owned())
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
            let name = found.get(month)?.as_str().to_lowercase();
            let place = MONTHS
                .iter()
                .position(|names| names.iter().any(|start| name.starts_with(start)))?;
            date(number(&found, year)?, place + 1, number(&found, day)?)
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

fn by_mail(text: &str) -> Option<String> {
    let moment = jiff::fmt::rfc2822::parse(text).ok()?;
    let moment = moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    Some(moment.replace("+00:00", "Z"))
}

fn number(found: &Captures<'_>, at: usize) -> Option<usize> {
    found.get(at)?.as_str().parse().ok()
}

fn date(year: usize, month: usize, day: usize) -> Option<String> {
    let date = Date::new(
        year.try_into().ok()?,
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
