//! Whether a date is in the calendar. Its shape is the value's own matter; here days are counted.

/// What is wrong with a date or an interval of two; none where it is one.
pub(super) fn date_fault(value: &str) -> Option<&'static str> {
    let mut ends = Vec::new();
    for end in value.split('/') {
        let Some(point) = Point::read(end) else {
            return Some("it is no date");
        };
        if !point.is_in_calendar() {
            return Some("there is no such day");
        }
        ends.push(point);
    }
    match ends.as_slice() {
        [from, to] if from.year.is_some() != to.year.is_some() => {
            Some("one end has a year and the other has none")
        }
        [from, to] if from.is_after(to) => Some("it ends before it begins"),
        [_] | [_, _] => None,
        _ => Some("an interval has two ends"),
    }
}

/// A year, month, or day.
struct Point {
    year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
}

impl Point {
    fn read(text: &str) -> Option<Self> {
        let number = |part: &str| {
            let is_digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            is_digits.then(|| part.parse().ok()).flatten()
        };
        let (year, rest) = match text.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => match text.split_once('-') {
                Some((year, rest)) => (Some(number(year)?), Some(rest)),
                None => (Some(number(text)?), None),
            },
        };
        let (month, day) = match rest.map(|rest| rest.split_once('-').ok_or(rest)) {
            None => (None, None),
            Some(Ok((month, day))) => (Some(number(month)?), Some(number(day)?)),
            Some(Err(month)) => (Some(number(month)?), None),
        };
        Some(Self { year, month, day })
    }

    fn is_in_calendar(&self) -> bool {
        let days = match self.month {
            None => return self.day.is_none(),
            Some(1 | 3 | 5 | 7 | 8 | 10 | 12) => 31,
            Some(4 | 6 | 9 | 11) => 30,
            // A year that is not known may be a leap year.
            Some(2) if self.year.is_none_or(is_leap) => 29,
            Some(2) => 28,
            Some(_) => return false,
        };
        self.day.is_none_or(|day| (1..=days).contains(&day))
    }

    /// Whether it is later, as far as both are known.
    fn is_after(&self, other: &Self) -> bool {
        let known = [
            (self.year, other.year),
            (self.month, other.month),
            (self.day, other.day),
        ];
        let both = known.into_iter().map_while(|(own, other)| own.zip(other));
        // Without a year the end of December comes before January.
        self.year.is_some()
            && both
                .map(|(own, other)| own.cmp(&other))
                .find(|order| order.is_ne())
                .is_some_and(std::cmp::Ordering::is_gt)
    }
}

const fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        for good in [
            "2022",
            "2022-12",
            "2022-02-28",
            "2024-02-29",
            "2000-02-29",
            "--02-29",
            "--01",
            "2022-01/2022",
            "2022-01-31/2022-02-01",
            "--12-30/--01-02",
            "2022/2022",
        ] {
            assert_eq!(date_fault(good), None, "{good}");
        }
        for bad in [
            "2022-02-29",
            "1900-02-29",
            "2022-04-31",
            "2022-13",
            "2022-00",
            "2022-01-00",
            "--02-30",
            "",
            "hier",
            "2022-01-20/2022-01-19",
            "2023/2022-05",
            "2022/--05",
            "2022/2023/2024",
            "2022-01-02-03",
        ] {
            assert!(date_fault(bad).is_some(), "{bad}");
        }
    }
}
