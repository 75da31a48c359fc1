//! Dates in words where their form alone would be read by nobody: those without a year.

/// The months in the window's language.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The days of the week in the window's language, Monday first.
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// On which weekday a day is, where words name another one: `19 May 2030 is a Sunday`.
pub fn is_a_weekday(value: &str, weekday: i8) -> Option<String> {
    let (year, rest) = value.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let weekday = WEEKDAYS.get(usize::try_from(weekday).ok()?.checked_sub(1)?)?;
    let day = day.parse::<u8>().ok()?;
    Some(format!("{day} {month} {year} is a {weekday}"))
}

/// Of a date whose year is not known.
pub const YEAR_UNKNOWN: &str = "year unknown";

/// A date as it is read: in ISO 8601 where its year is known, else in words: `20 January, year unknown`.
pub fn date(value: &str) -> String {
    let ends: Option<Vec<String>> = value.split('/').map(without_year).collect();
    match ends {
        Some(ends) => format!("{}, {YEAR_UNKNOWN}", ends.join(" – ")),
        None => value.to_owned(),
    }
}

fn without_year(end: &str) -> Option<String> {
    let rest = end.strip_prefix("--")?;
    let (month, day) = match rest.split_once('-') {
        Some((month, day)) => (month, Some(day.parse::<u8>().ok()?)),
        None => (rest, None),
    };
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some(match day {
        Some(day) => format!("{day} {month}"),
        None => (*month).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_named_with_its_weekday() {
        let said = is_a_weekday("2030-05-19", 7);
        assert_eq!(said.as_deref(), Some("19 May 2030 is a Sunday"));
        assert_eq!(is_a_weekday("2030-05", 7), None);
    }

    #[test]
    fn a_date_without_a_year_is_read_in_words() {
        for (value, words) in [
            ("--01", "January, year unknown"),
            ("--12-05", "5 December, year unknown"),
            ("--01-20/--01-25", "20 January – 25 January, year unknown"),
            ("2022-01", "2022-01"),
            ("2022/2023", "2022/2023"),
            ("--13", "--13"),
        ] {
            assert_eq!(date(value), words);
        }
    }
}
