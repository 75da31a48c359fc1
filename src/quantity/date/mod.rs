//! Dates read from words: “12 mai 2022”, “janvier”, “hier”, “أول أمس”, in seven languages and the digits of any script.
//!
//! What is left out is taken from the day of publication: the last such date, or the coming one where the words around
//! say that it is to come. Every reading is a proposal; whether the best may be set by
//! itself is said beside it. What cannot be read is left empty: seasons, decades, vague spans of time, and the months of
//! the Islamic and Hebrew calendars, whose days depend on place and rule.

mod by_units;
mod calendar;
mod clock;
mod cues;
mod numeric;
mod outlook;
mod parse;
mod resolve;
mod table;
mod token;

use crate::model::{DateValue, Precision};

use super::Context;
use outlook::outlook;
use parse::{Expression, is_known, parse};
use resolve::{Anchor, resolve};
use table::{Order, Table};

/// What words may mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The dates, the best first; none where the words could not be read.
    pub dates: Vec<DateValue>,
    /// Whether every word was understood and the first date is the only good reading. The others then say the same
    /// less exactly, such as without the year.
    pub is_certain: bool,
    /// The weekday that the words name, Monday as 1; a date of another one may not be what is meant.
    pub weekday: Option<i8>,
}

/// The weekday of a date, Monday as 1; none of what is no single day of a known year.
pub fn weekday(date: &DateValue) -> Option<i8> {
    let day = date.value.parse::<jiff::civil::Date>().ok()?;
    Some(calendar::weekday_of(day))
}

/// The dates that words may mean, and whether the best is certain.
///
/// `lang` is a BCP 47 tag; its table goes first, and the region decides between day and month where the language
/// leaves that open. `published` is when the article came out.
pub fn reading(words: &str, lang: Option<&str>, published: Option<&DateValue>) -> Reading {
    reading_in(words, Context::default(), lang, published)
}

/// The same for words with those around them, best of the same sentence, which may say that the date is to come.
pub fn reading_in(
    words: &str,
    around: Context<'_>,
    lang: Option<&str>,
    published: Option<&DateValue>,
) -> Reading {
    let anchor = published.and_then(Anchor::of);
    let tag = lang.unwrap_or_default();
    let own = Table::of(tag);
    if let Some(table) = own {
        let found = by_table(words, around, table, &table.orders(tag), anchor);
        if let Some(found) = found.filter(|found| found.unknown == 0) {
            return found.reading;
        }
        // What the language knows and yet does not read as a date is none in another language either.
        if has_letters(words) && is_known(words, table) {
            return Reading::default();
        }
    }
    let others = Table::all()
        .iter()
        .filter(|table| own.is_none_or(|own| own.lang != table.lang));
    let orders = own.map_or_else(|| vec![Order::Dmy, Order::Mdy], |own| own.orders(tag));
    let mut all: Vec<ByTable> = own
        .into_iter()
        .chain(others)
        .filter_map(|table| by_table(words, around, table, &orders, anchor))
        .collect();
    let fewest = all.iter().map(|found| found.unknown).min().unwrap_or_default();
    all.retain(|found| found.unknown == fewest);
    merged(all)
}

/// When an article was published, as its metadata has it: ISO 8601 with or without a time of day, or words.
pub fn published(text: &str, lang: Option<&str>) -> Option<DateValue> {
    let text = text.trim();
    let (date, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let is_time = time.is_empty() || time.starts_with(['T', 't', ' ']);
    let iso = date.parse::<jiff::civil::Date>().ok().filter(|_| is_time);
    if let Some(day) = iso {
        return Some(DateValue::plain(calendar::Point::Day(day).value()));
    }
    let reading = reading(text, lang, None);
    let first = reading.dates.into_iter().next()?;
    (reading.is_certain && !first.value.starts_with("--")).then_some(first)
}

fn has_letters(words: &str) -> bool {
    words.chars().any(char::is_alphabetic)
}

/// What one table reads.
struct ByTable {
    reading: Reading,
    unknown: usize,
}

fn by_table(
    words: &str,
    around: Context<'_>,
    table: &Table,
    orders: &[Order],
    anchor: Option<Anchor>,
) -> Option<ByTable> {
    let mut expression: Expression = parse(words, table, orders)?;
    let outlook = outlook(words, around, table);
    for end in &mut expression.ends {
        end.outlook = outlook;
    }
    let found = resolve(&expression, anchor)?;
    let mut dates: Vec<DateValue> = Vec::new();
    for (value, is_week) in found.list {
        let date = date_value(value, is_week, expression.is_approximate);
        if !dates.contains(&date) {
            dates.push(date);
        }
    }
    Some(ByTable {
        reading: Reading {
            dates,
            is_certain: found.is_certain && expression.is_certain,
            weekday: match expression.ends.as_slice() {
                [one] => one.weekday,
                _ => None,
            },
        },
        unknown: expression.unknown,
    })
}

/// What several tables read; certain only where they agree.
fn merged(all: Vec<ByTable>) -> Reading {
    let mut merged = Reading::default();
    let firsts: Vec<Option<&DateValue>> = all.iter().map(|found| found.reading.dates.first()).collect();
    merged.is_certain = !all.is_empty()
        && all.iter().all(|found| found.reading.is_certain)
        && firsts
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if one == other));
    merged.weekday = all.iter().find_map(|found| found.reading.weekday);
    for date in all.into_iter().flat_map(|found| found.reading.dates) {
        if !merged.dates.contains(&date) {
            merged.dates.push(date);
        }
    }
    merged
}

fn date_value(value: String, is_week: bool, approximate: bool) -> DateValue {
    DateValue {
        precision: is_week.then_some(Precision::Week),
        approximate,
        ..DateValue::plain(value)
    }
}
