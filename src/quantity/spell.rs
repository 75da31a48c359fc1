//! The inverse: numbers as words, spelled with the tables, so that a test can read every one of them again.
//!
//! Knows how each language puts number words together; the words are the table's.

use super::languages;
use super::table::Table;

/// A number below ten thousand in a language, in one of its ways to spell it; which ways there are depends on the
/// language, and `way` counts them from nought.
pub(super) fn spelled(tag: &str, number: u64, way: usize) -> String {
    let table = languages::table(tag).unwrap();
    match tag {
        "fr" => french(table, number, way),
        "en" => english(table, number, way),
        "es" => spanish(table, number),
        "ar" => arabic(table, number, way),
        "he" => hebrew(table, number, way),
        "zh" => chinese(table, number),
        "hi" => hindi(table, number),
        other => panic!("nobody has said how {other} spells numbers"),
    }
}

/// How many ways there are.
pub(super) fn ways(tag: &str) -> usize {
    match tag {
        "ar" => 4,
        "fr" => 3,
        "en" | "he" => 2,
        _ => 1,
    }
}

/// A form of a number word, or its last one where it has fewer.
fn form(table: &Table, number: u64, place: usize) -> &str {
    let forms = table
        .spelled
        .get(&number)
        .unwrap_or_else(|| panic!("no word for {number} in {}", table.language));
    forms.get(place).or(forms.last()).unwrap()
}

fn times(table: &Table, times: u64, place: usize) -> &str {
    table.spelled_times[&times].get(place).unwrap()
}

/// In the old spelling with hyphens below a hundred, in the new with hyphens everywhere, as in Belgium and Switzerland.
fn french(table: &Table, number: u64, way: usize) -> String {
    let has_own_tens = |tens: u64| tens < 70 || tens == 80 || way == 2;
    let below_hundred = |number: u64| -> String {
        let (tens, unit) = (number / 10 * 10, number % 10);
        match number {
            0..=16 => form(table, number, 0).to_owned(),
            17..=19 => format!("dix-{}", form(table, unit, 0)),
            _ if has_own_tens(tens) => match (tens, unit) {
                (80, 0) => form(table, 80, 0).to_owned(),
                (80, unit) => format!("{}-{}", form(table, 80, 1), form(table, unit, 0)),
                (tens, 0) => form(table, tens, 0).to_owned(),
                (tens, 1) if way == 1 => format!("{}-et-un", form(table, tens, 0)),
                (tens, 1) => format!("{} et un", form(table, tens, 0)),
                (tens, unit) => format!("{}-{}", form(table, tens, 0), form(table, unit, 0)),
            },
            71 if way == 1 => "soixante-et-onze".to_owned(),
            71 => "soixante et onze".to_owned(),
            _ => {
                let (score, rest) = (tens - 10, number - (tens - 10));
                let score = form(table, score, usize::from(score == 80));
                if rest <= 16 {
                    format!("{score}-{}", form(table, rest, 0))
                } else {
                    format!("{score}-dix-{}", form(table, rest - 10, 0))
                }
            }
        }
    };
    let gap = if way == 1 { "-" } else { " " };
    let mut words = Vec::new();
    let (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100);
    if thousands > 0 {
        words.extend((thousands > 1).then(|| below_hundred(thousands)));
        words.push(times(table, 1000, 0).to_owned());
    }
    if hundreds > 0 {
        words.extend((hundreds > 1).then(|| below_hundred(hundreds)));
        let is_plural = hundreds > 1 && rest == 0;
        words.push(times(table, 100, usize::from(is_plural)).to_owned());
    }
    if rest > 0 || number == 0 {
        words.push(below_hundred(rest));
    }
    words.join(gap)
}

/// With and without `and`.
fn english(table: &Table, number: u64, way: usize) -> String {
    let below_hundred = |number: u64| match (number / 10 * 10, number % 10) {
        (..=10, _) => form(table, number, 0).to_owned(),
        (tens, 0) => form(table, tens, 0).to_owned(),
        (tens, unit) => format!("{}-{}", form(table, tens, 0), form(table, unit, 0)),
    };
    let mut words = Vec::new();
    let (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100);
    for (count, unit) in [(thousands, 1000), (hundreds, 100)] {
        if count > 0 {
            words.push(below_hundred(count));
            words.push(times(table, unit, 0).to_owned());
        }
    }
    if rest > 0 && !words.is_empty() && way == 0 {
        words.push("and".to_owned());
    }
    if rest > 0 || number == 0 {
        words.push(below_hundred(rest));
    }
    words.join(" ")
}

fn spanish(table: &Table, number: u64) -> String {
    let mut words = Vec::new();
    let (thousands, hundreds, rest) = (number / 1000, number / 100 * 100 % 1000, number % 100);
    if thousands > 0 {
        words.extend((thousands > 1).then(|| form(table, thousands, 0).to_owned()));
        words.push(times(table, 1000, 0).to_owned());
    }
    if hundreds > 0 {
        let is_bare = hundreds == 100 && rest == 0;
        words.push(form(table, hundreds, usize::from(is_bare)).to_owned());
    }
    if (rest > 0 && rest < 30) || number == 0 || (rest > 0 && rest.is_multiple_of(10)) {
        words.push(form(table, rest, 0).to_owned());
    } else if rest > 0 {
        words.push(format!(
            "{} y {}",
            form(table, rest / 10 * 10, 0),
            form(table, rest % 10, 0)
        ));
    }
    words.join(" ")
}

/// Nominative and genitive, masculine and feminine; the feminine has the older spelling of hundreds.
fn arabic(table: &Table, number: u64, way: usize) -> String {
    let (case, gender) = (way % 2, way / 2);
    let unit = |unit: u64| match unit {
        1 => form(table, 1, gender),
        2 => form(table, 2, case + 2 * gender),
        _ => form(table, unit, gender),
    };
    let below_hundred = |number: u64| match (number / 10 * 10, number % 10) {
        (0, value) => unit(value).to_owned(),
        (10, 0) => form(table, 10, gender).to_owned(),
        (10, 2) => form(table, 12, case + 2 * gender).to_owned(),
        (10, _) => form(table, number, gender).to_owned(),
        (tens, 0) => form(table, tens, case).to_owned(),
        (tens, value) => format!("{} و{}", unit(value), form(table, tens, case)),
    };
    let mut words = Vec::new();
    let (thousands, hundreds, rest) = (number / 1000, number / 100 * 100 % 1000, number % 100);
    match thousands {
        0 => {}
        1 => words.push(form(table, 1000, 0).to_owned()),
        2 => words.push(form(table, 2000, case).to_owned()),
        more => words.push(format!("{} {}", form(table, more, 0), times(table, 1000, 2))),
    }
    match hundreds {
        0 => {}
        200 => words.push(form(table, 200, case).to_owned()),
        _ => words.push(form(table, hundreds, gender).to_owned()),
    }
    if rest > 0 || number == 0 {
        words.push(below_hundred(rest));
    }
    words.join(" و")
}

/// Masculine and feminine.
fn hebrew(table: &Table, number: u64, gender: usize) -> String {
    let mut words = Vec::new();
    let (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100);
    match thousands {
        0 => {}
        1 => words.push(form(table, 1000, 0).to_owned()),
        2 => words.push(form(table, 2000, 0).to_owned()),
        more => {
            let forms = &table.spelled[&more];
            let construct = forms.iter().find(|form| form.ends_with('ת')).unwrap();
            words.push(format!("{construct} אלפים"));
        }
    }
    match hundreds {
        0 => {}
        1 => words.push(form(table, 100, 0).to_owned()),
        2 => words.push(form(table, 200, 0).to_owned()),
        more => words.push(format!(
            "{} {}",
            form(table, more, usize::from(more != 8)),
            times(table, 100, 0)
        )),
    }
    match (rest / 10 * 10, rest % 10) {
        (0, 0) if number > 0 => {}
        (0, 8) => words.push(form(table, 8, 0).to_owned()),
        (0 | 10, _) => words.push(form(table, rest, gender).to_owned()),
        (tens, 0) => words.push(form(table, tens, 0).to_owned()),
        (tens, unit) => {
            words.push(form(table, tens, 0).to_owned());
            words.push(form(table, unit, if unit == 8 { 0 } else { gender }).to_owned());
        }
    }
    // The last word is joined: `מאה עשרים ושלושה`.
    if let (true, Some(last)) = (words.len() > 1, words.last_mut()) {
        *last = format!("ו{last}");
    }
    words.join(" ")
}

fn chinese(table: &Table, number: u64) -> String {
    let mut written = String::new();
    let mut is_gap = false;
    for unit in [1000, 100, 10, 1] {
        let digit = number / unit % 10;
        if digit == 0 {
            is_gap |= !written.is_empty();
            continue;
        }
        if std::mem::take(&mut is_gap) {
            written.push_str(form(table, 0, 0));
        }
        written.push_str(form(table, digit, 0));
        if unit > 1 {
            written.push_str(times(table, unit, 0));
        }
    }
    if written.is_empty() {
        form(table, 0, 0).to_owned()
    } else {
        written
    }
}

fn hindi(table: &Table, number: u64) -> String {
    let mut words = Vec::new();
    for (count, unit) in [(number / 1000, 1000), (number / 100 % 10, 100)] {
        if count > 0 {
            words.push(form(table, count, 0));
            words.push(times(table, unit, 0));
        }
    }
    if !number.is_multiple_of(100) || number == 0 {
        words.push(form(table, number % 100, 0));
    }
    words.join(" ")
}
