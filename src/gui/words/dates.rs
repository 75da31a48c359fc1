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
