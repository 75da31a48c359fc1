//! Dates as publications write them, in the one way in which the metadata keeps them (ISO 8601). Knows no clock.

use jiff::fmt::rfc2822;

/// A date of a feed or a mail, or one that is ISO already; its offset stays as it was. `None` where it is neither.
pub(super) fn iso(written: &str) -> Option<String> {
    let written = written.trim();
    if is_iso(written) {
        return Some(written.to_owned());
    }
    let parser = rfc2822::DateTimeParser::new();
    // Many feeds name the zone of UTC in a way that the standard for mails does not know.
    let plain = written.strip_suffix(" UTC").map(|date| format!("{date} GMT"));
    let date = parser
        .parse_zoned_datetime(plain.as_deref().unwrap_or(written))
        .ok()?;
    Some(
        date.strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
            .replace("+00:00", "Z"),
    )
}

/// Whether it begins as an ISO date does and goes on with a time, if at all.
fn is_iso(written: &str) -> bool {
    let (day, rest) = written.split_at_checked(10).unwrap_or((written, ""));
    let day_is_one = day.parse::<jiff::civil::Date>().is_ok() && day.len() == 10;
    day_is_one && (rest.is_empty() || rest.starts_with(['T', ' ']) && rest.len() > 5)
}

/// A day as newspapers write it, such as `12 March 2024`, `March 12, 2024`, or `12 mars 2024`, as an ISO date.
pub(super) fn day(written: &str) -> Option<String> {
    let words: Vec<String> = written
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.'))
        .filter(|word| !word.is_empty() && *word != "de")
        .map(str::to_lowercase)
        .collect();
    // A weekday may stand on either side.
    for three in words.windows(3) {
        let [first, second, third] = three else { continue };
        let (number, name) = if month(second).is_some() {
            (first, second)
        } else {
            (second, first)
        };
        let date = jiff::civil::Date::new(
            third.parse().ok().unwrap_or(0),
            month(name).unwrap_or(0),
            digits(number),
        );
        if let Ok(date) = date
            && (1500..2200).contains(&date.year())
        {
            return Some(date.to_string());
        }
    }
    None
}

fn digits(word: &str) -> i8 {
    let number = word.trim_end_matches(|c: char| c.is_alphabetic());
    number.parse().unwrap_or(0)
}

/// The number of a month by its name in the languages of the large news databases.
fn month(name: &str) -> Option<i8> {
    const NAMES: [&[&str]; 12] = [
        &[
            "january",
            "jan",
            "janvier",
            "januar",
            "jänner",
            "enero",
            "gennaio",
            "janeiro",
            "januari",
            "январь",
            "января",
        ],
        &[
            "february",
            "feb",
            "février",
            "februar",
            "febrero",
            "febbraio",
            "fevereiro",
            "februari",
            "февраля",
        ],
        &["march", "mar", "mars", "märz", "marzo", "março", "maart", "марта"],
        &["april", "apr", "avril", "abril", "aprile", "апреля"],
        &["may", "mai", "mayo", "maggio", "maio", "mei", "мая"],
        &["june", "jun", "juin", "juni", "junio", "giugno", "junho", "июня"],
        &[
            "july", "jul", "juillet", "juli", "julio", "luglio", "julho", "июля",
        ],
        &["august", "aug", "août", "agosto", "augustus", "августа"],
        &[
            "september",
            "sep",
            "sept",
            "septembre",
            "septiembre",
            "settembre",
            "setembro",
            "сентября",
        ],
        &[
            "october",
            "oct",
            "octobre",
            "oktober",
            "octubre",
            "ottobre",
            "outubro",
            "октября",
        ],
        &["november", "nov", "novembre", "noviembre", "novembro", "ноября"],
        &[
            "december",
            "dec",
            "décembre",
            "dezember",
            "diciembre",
            "dicembre",
            "dezembro",
            "декабря",
        ],
    ];
    let at = NAMES.iter().position(|names| names.contains(&name))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("2024-05-01T08:00:00Z", Some("2024-05-01T08:00:00Z")),
            ("2024-05-01", Some("2024-05-01")),
            ("2024-13-01", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(iso(written).as_deref(), found, "{written}");
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
            ("31 February 2024", None),
            ("May I say 5 things", None),
            ("12 2024", None),
        ] {
            assert_eq!(day(written).as_deref(), found, "{written}");
        }
    }
}
