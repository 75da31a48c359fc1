//! Dates read from words: every expression of `tests/data/dates.tsv` comes to the value beside it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use hashiya::model::{DateValue, Precision};
use hashiya::quantity::Context;
use hashiya::quantity::date::{Reading, reading, reading_in};

/// One line of the data.
struct Case<'a> {
    lang: &'a str,
    published: Option<DateValue>,
    words: &'a str,
    expected: &'a str,
}

fn cases() -> Vec<Case<'static>> {
    include_str!("data/dates.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [lang, published, words, expected] => Case {
                lang,
                published: Some(DateValue::plain(*published)).filter(|date| !date.value.is_empty()),
                words,
                expected,
            },
            other => panic!("{} columns: {line}", other.len()),
        })
        .collect()
}

/// The best reading as the data writes it.
fn written(reading: &Reading) -> String {
    let Some(best) = reading.dates.first() else {
        return String::new();
    };
    let about = if best.approximate { "~" } else { "" };
    let week = if best.precision == Some(Precision::Week) {
        " week"
    } else {
        ""
    };
    let open = if reading.is_certain { "" } else { " open" };
    format!("{about}{}{week}{open}", best.value)
}

#[test]
fn every_expression_is_read_as_the_data_says() {
    let mut by_language: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases() {
        let found = written(&reading(case.words, Some(case.lang), case.published.as_ref()));
        let (right, all) = by_language.entry(case.lang).or_default();
        *all += 1;
        if found == case.expected {
            *right += 1;
        } else {
            wrong.push(format!(
                "{}: {}: {found:?}, not {:?}",
                case.lang, case.words, case.expected
            ));
        }
    }
    assert!(
        by_language.len() >= 5 && by_language.values().all(|(_, all)| *all >= 50),
        "{by_language:?}"
    );
    assert!(wrong.is_empty(), "{by_language:?}\n{}", wrong.join("\n"));
}

#[test]
fn every_value_is_one_that_a_file_can_hold() {
    for case in cases() {
        for date in reading(case.words, Some(case.lang), case.published.as_ref()).dates {
            let value = hashiya::model::Value::Date(date);
            assert_eq!(
                hashiya::model::Value::from_json(&value.to_json()).as_ref(),
                Ok(&value),
                "{}",
                case.words
            );
        }
    }
}

#[test]
fn the_date_without_its_year_and_the_other_order_are_offered_as_well() {
    let values = |words: &str, lang: &str| -> Vec<String> {
        let found = reading(words, Some(lang), Some(&DateValue::plain("2022-05-12")));
        found.dates.into_iter().map(|date| date.value).collect()
    };
    assert_eq!(values("12 janvier", "fr"), ["2022-01-12", "--01-12"]);
    assert_eq!(values("janvier", "fr"), ["2022-01", "--01"]);
    assert_eq!(values("1er juin", "fr"), ["2021-06-01", "2022-06-01", "--06-01"]);
    assert_eq!(values("05/12/2021", "en"), ["2021-05-12", "2021-12-05"]);
    assert_eq!(values("05/12/2021", "en-GB"), ["2021-12-05"]);
    assert_eq!(values("05/12/2021", "xx"), ["2021-12-05", "2021-05-12"]);
    assert_eq!(values("mardi", "fr"), ["2022-05-10", "2022-05-17"]);
    assert_eq!(
        values("entre janvier et mars", "fr"),
        ["2022-01/2022-03", "--01/--03"]
    );
}

/// The dates of the words between `[` and `]`, and whether the first is certain.
fn in_sentence(lang: &str, published: &str, marked: &str) -> (Vec<String>, bool) {
    let (before, rest) = marked.split_once('[').unwrap();
    let (words, after) = rest.split_once(']').unwrap();
    let around = Context { before, after };
    let found = reading_in(words, around, Some(lang), Some(&DateValue::plain(published)));
    (
        found.dates.into_iter().map(|date| date.value).collect(),
        found.is_certain,
    )
}

#[test]
fn the_words_around_a_date_say_whether_it_is_to_come() {
    let rows = include_str!("data/dates_in_sentences.tsv").lines();
    for row in rows.filter(|row| !row.starts_with('#')) {
        let [lang, published, marked, expected] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let (mut dates, is_certain) = in_sentence(lang, published, marked);
        dates.truncate(2);
        let open = if is_certain { "" } else { " open" };
        assert_eq!(format!("{}{open}", dates.join(" ")), expected, "{marked}");
    }
}

#[test]
fn a_day_that_is_named_as_one_is_certain_in_an_article_of_that_day_only() {
    let read = |words: &str, lang: &str, published: &str| {
        written(&reading(words, Some(lang), Some(&DateValue::plain(published))))
    };
    assert_eq!(read("5日凌晨", "zh", "2024-11-05"), "2024-11-05");
    assert_eq!(read("5日凌晨", "zh", "2024-11-07"), "2024-11-05 open");
    assert_eq!(read("3日至5日", "zh", "2024-11-05"), "2024-11-03/2024-11-05");
    assert_eq!(
        read("le 5", "fr", "2024-11-05"),
        "2024-11-05 open",
        "a number alone can be anything"
    );
}

#[test]
fn a_day_that_is_still_to_come_in_the_year_of_the_article_is_offered_behind_that_of_last_year() {
    let read = |lang: &str, words: &str, published: &str| {
        let found = reading(words, Some(lang), Some(&DateValue::plain(published)));
        let dates: Vec<String> = found.dates.into_iter().map(|date| date.value).collect();
        (dates.join(" "), found.is_certain)
    };
    for (lang, words) in [
        ("fr", "le 12 octobre"),
        ("en", "October 12"),
        ("es", "12 de octubre"),
        ("ar", "12 أكتوبر"),
        ("he", "12 באוקטובר"),
        ("zh", "10月12日"),
        ("hi", "12 अक्टूबर"),
    ] {
        let both = "2021-10-12 2022-10-12 --10-12".to_owned();
        assert_eq!(read(lang, words, "2022-05-12"), (both, false), "{words}");
        // Of a few weeks ago, and of this year: nobody asks which year.
        let last = ("2021-10-12 --10-12".to_owned(), true);
        assert_eq!(read(lang, words, "2021-12-01"), last, "{words}");
    }
    let recent = ("2021-12-28 --12-28".to_owned(), true);
    assert_eq!(read("fr", "28 décembre", "2022-01-03"), recent);
    let month = ("2021-10 --10".to_owned(), true);
    assert_eq!(
        read("fr", "octobre", "2022-05-12"),
        month,
        "a month is told looking back"
    );
}

#[test]
fn hours_ago_are_of_the_day_of_publication_or_of_the_one_before() {
    let read = |lang: &str, words: &str| {
        let found = reading(words, Some(lang), Some(&DateValue::plain("2022-05-12")));
        let dates: Vec<String> = found.dates.into_iter().map(|date| date.value).collect();
        (dates.join(" "), found.is_certain)
    };
    for (lang, words) in [
        ("en", "3 hours ago"),
        ("en", "about an hour ago"),
        ("en", "a few hours ago"),
        ("en", "40 minutes ago"),
        ("fr", "il y a trois heures"),
        ("fr", "il y a 2 h"),
        ("fr", "il y a quelques heures"),
        ("es", "hace tres horas"),
        ("es", "hace una hora"),
        ("ar", "قبل ثلاث ساعات"),
        ("ar", "قبل ساعتين"),
        ("ar", "قبل ساعة"),
        ("he", "לפני שלוש שעות"),
        ("he", "לפני שעתיים"),
        ("hi", "तीन घंटे पहले"),
        ("zh", "3小时前"),
        ("zh", "两个小时前"),
    ] {
        assert_eq!(
            read(lang, words),
            ("2022-05-12 2022-05-11".to_owned(), false),
            "{words}"
        );
    }
    assert_eq!(read("en", "24 hours ago"), ("2022-05-11".to_owned(), true));
    assert_eq!(
        read("es", "hace 36 horas"),
        ("2022-05-11 2022-05-10".to_owned(), false)
    );
    assert_eq!(
        read("fr", "dans trois heures"),
        ("2022-05-12 2022-05-13".to_owned(), false)
    );
    assert_eq!(
        read("fr", "jeudi à 14 heures"),
        ("2022-05-12 2022-05-19".to_owned(), true)
    );
    assert_eq!(
        read("fr", "trois heures"),
        (String::new(), false),
        "a time of day is no date"
    );
}

#[test]
fn dates_of_hindi_and_chinese_news_are_read() {
    for (lang, words, expected) in [
        ("hi", "7 फ़रवरी 2022", "2022-02-07"),
        ("hi", "7 फरवरी 2022", "2022-02-07"),
        ("hi", "मंगलवार, 4 जनवरी 2022", "2022-01-04"),
        ("hi", "15 अगस्त 2024", "2024-08-15"),
        ("hi", "१५ अक्टूबर २०२१", "2021-10-15"),
        ("hi", "बीते साल दिसंबर", "2021-12"),
        ("hi", "बुधवार सुबह", "2022-05-11"),
        ("hi", "तीन दिन पहले", "2022-05-09"),
        ("zh", "2024年11月5日", "2024-11-05"),
        ("zh", "2022年5月10日凌晨", "2022-05-10"),
        ("zh", "5月10日", "2022-05-10"),
        ("zh", "五月十日", "2022-05-10"),
        ("zh", "2028年", "2028"),
        ("zh", "2021年10月", "2021-10"),
        ("zh", "今年3月", "2022-03"),
        ("zh", "去年十二月", "2021-12"),
        ("zh", "昨天下午", "2022-05-11"),
        ("zh", "三天前", "2022-05-09"),
        ("zh", "3年前", "2019"),
        ("zh", "上周三", "2022-05-04"),
        ("zh", "本周一", "2022-05-09"),
        ("zh", "上周日", "2022-05-08"),
        ("zh", "5月底", "2022-05"),
        ("zh", "2021年5月底", "2021-05"),
        ("zh", "月底", "2022-05"),
    ] {
        let found = reading(words, Some(lang), Some(&DateValue::plain("2022-05-12")));
        let first = found.dates.first().map(|date| date.value.as_str());
        assert_eq!(first, Some(expected), "{words}");
    }
    for (lang, words) in [
        ("hi", "कल"),
        ("zh", "春季"),
        ("zh", "正月初五"),
        ("zh", "日前"),
        ("zh", "数月前"),
        ("zh", "13月"),
        ("zh", "2022年0月"),
        ("zh", "5月40日"),
        ("zh", "24年11月5日"),
    ] {
        assert_eq!(reading(words, Some(lang), None).dates, [], "{words}");
    }
}

#[test]
fn words_of_another_language_than_the_articles_are_read_too() {
    let found = reading("12 May 2022", Some("ar"), None);
    assert_eq!(written(&found), "2022-05-12");
    let found = reading("١٢ مايو ٢٠٢٢", None, None);
    assert_eq!(written(&found), "2022-05-12");
}

#[test]
fn a_publication_is_read_from_metadata_as_files_have_it() {
    let read = |text: &str| hashiya::quantity::date::published(text, Some("fr")).map(|date| date.value);
    assert_eq!(read("2022-05-12").as_deref(), Some("2022-05-12"));
    assert_eq!(read("2022-05-12T08:30:00+02:00").as_deref(), Some("2022-05-12"));
    assert_eq!(read("2022-05-12 08:30").as_deref(), Some("2022-05-12"));
    assert_eq!(read("2022-05").as_deref(), Some("2022-05"));
    assert_eq!(read("12 mai 2022").as_deref(), Some("2022-05-12"));
    assert_eq!(
        read("Thu, 12 May 2022 10:00:00 GMT").as_deref(),
        Some("2022-05-12")
    );
    assert_eq!(read("hier"), None);
    assert_eq!(read("12 mai"), None);
    assert_eq!(read(""), None);
}

/// A day as a newspaper of that language writes it, with the digits of its script where it has its own.
fn spelled(lang: &str, (year, month, day): (i16, i8, i8)) -> String {
    let months = |names: &str| names.split(' ').nth(month as usize - 1).unwrap().to_owned();
    match lang {
        "fr" => {
            let month = months(
                "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            );
            format!("le {day} {month} {year}")
        }
        "en" => {
            let month = months(
                "January February March April May June July August September October November December",
            );
            format!("{month} {day}, {year}")
        }
        "es" => {
            let month = months(
                "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            );
            format!("{day} de {month} de {year}")
        }
        "he" => {
            let month = months("ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר");
            format!("{day} ב{month} {year}")
        }
        _ => {
            let month = months("يناير شباط مارس نيسان مايو حزيران يوليو آب سبتمبر أكتوبر نوفمبر ديسمبر");
            let digit = |c: char| {
                c.to_digit(10)
                    .map_or(c, |digit| "٠١٢٣٤٥٦٧٨٩".chars().nth(digit as usize).unwrap())
            };
            format!("{day} {month} {year}").chars().map(digit).collect()
        }
    }
}

proptest! {
    #[test]
    fn every_day_of_the_calendar_is_read_as_it_is_spelled(days in 0_i32..80_000, lang in 0_usize..5, published in 0_i32..80_000) {
        let lang = ["fr", "en", "es", "he", "ar"][lang];
        let start = jiff::civil::date(1850, 1, 1);
        let day_of = |days: i32| start.checked_add(jiff::Span::new().days(days)).unwrap();
        let date = day_of(days);
        let words = spelled(lang, (date.year(), date.month(), date.day()));
        let published = DateValue::plain(day_of(published).to_string());
        let found = reading(&words, Some(lang), Some(&published));
        prop_assert_eq!(written(&found), date.to_string(), "{}", words);
    }

    #[test]
    fn a_date_without_its_year_is_the_last_one_not_after_the_publication(days in 0_i32..80_000, month in 1_i8..=12, of_month in 1_i8..=28) {
        let start = jiff::civil::date(1850, 1, 1);
        let published = start.checked_add(jiff::Span::new().days(days)).unwrap();
        let words = spelled("fr", (2000, month, of_month)).replace(" 2000", "");
        let found = reading(&words, Some("fr"), Some(&DateValue::plain(published.to_string())));
        let best: jiff::civil::Date = found.dates[0].value.parse().unwrap();
        prop_assert!(best <= published && best.month() == month && best.day() == of_month);
        prop_assert!(published.duration_since(best).as_hours() < 366 * 24);
        let bare = format!("--{month:02}-{of_month:02}");
        prop_assert!(found.dates.iter().any(|date| date.value == bare));
    }

    #[test]
    fn the_words_around_change_nothing_but_where_they_say_that_a_date_is_to_come(
        days in 0_i32..80_000,
        month in 1_i8..=12,
        of_month in 1_i8..=28,
        lang in 0_usize..5,
        before in proptest::collection::vec(proptest::sample::select(AROUND.to_vec()), 0..9),
        cue in proptest::option::of(proptest::sample::select(vec![0_usize, 1, 2])),
    ) {
        let lang = ["fr", "en", "es", "he", "ar"][lang];
        let start = jiff::civil::date(1850, 1, 1);
        let published = start.checked_add(jiff::Span::new().days(days)).unwrap();
        let words = spelled(lang, (2000, month, of_month));
        let words = words.replace(", 2000", "").replace(" de 2000", "").replace(" 2000", "").replace(" ٢٠٠٠", "");
        let cues = match lang {
            "fr" => ["jusqu'au", "aura lieu", "doit être élu"],
            "en" => ["until", "will open on", "is scheduled for"],
            "es" => ["hasta el", "antes del", "votará el"],
            "he" => ["עד", "יתקיים ב", "צפויה להיפתח"],
            _ => ["حتى", "سيعقد في", "بحلول"],
        };
        let before = format!("{} {} ", before.join(" "), cue.map_or("", |cue| cues[cue]));
        let around = Context { before: &before, after: "." };
        let value = DateValue::plain(published.to_string());
        let plain = reading(&words, Some(lang), Some(&value));
        let found = reading_in(&words, around, Some(lang), Some(&value));
        if cue.is_none() {
            prop_assert_eq!(&found, &plain, "{}", before);
        } else {
            let best: jiff::civil::Date = found.dates[0].value.parse().unwrap();
            let other: jiff::civil::Date = found.dates[1].value.parse().unwrap();
            prop_assert!(other < published && published <= best && !found.is_certain, "{}{}", before, words);
            prop_assert!(best.duration_since(other).as_hours() <= 366 * 24);
        }
    }

    #[test]
    fn no_words_break_the_reader_and_every_value_can_be_kept(
        words in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..7),
        rest in "\\PC{0,12}",
        before in proptest::sample::select(vec!["", "will ", "jusqu'au ", "حتى ", "הצפוי ב", "the "]),
        lang in proptest::sample::select(vec!["fr", "en", "es", "he", "ar", "zh"]),
        published in proptest::sample::select(vec!["", "2024-02-29", "2022-01", "0000-01-01", "9999-12-31", "1999"]),
    ) {
        let words = format!("{} {rest}", words.join(" "));
        let published = Some(DateValue::plain(published)).filter(|date| !date.value.is_empty());
        let around = Context { before, after: "" };
        for date in reading_in(&words, around, Some(lang), published.as_ref()).dates {
            if let Some((from, to)) = date.value.split_once('/').filter(|(from, _)| !from.starts_with('-')) {
                let shared = from.len().min(to.len());
                prop_assert!(from.get(..shared) <= to.get(..shared), "{}: {}", words, date.value);
            }
            let value = hashiya::model::Value::Date(date);
            prop_assert_eq!(hashiya::model::Value::from_json(&value.to_json()).ok(), Some(value), "{}", words);
        }
    }
}

/// Words that say nothing of when something happens.
const AROUND: &[&str] = &[
    "la ville",
    "Alep",
    "the city",
    "rebels",
    "el barrio",
    "החזית",
    "הצפון",
    "المدينة",
    "الجيش",
    "42",
    "(",
    "–",
    "and",
    "de",
];

/// Pieces of dates, to be put together without sense.
const WORDS: &[&str] = &[
    "12",
    "31",
    "2022",
    "99999999",
    "0",
    "5/12/2021",
    "12-15",
    "2022-05-12",
    "-",
    "/",
    ":",
    "14:30",
    "mai",
    "février",
    "hier",
    "semaine",
    "ans",
    "dernier",
    "il y a",
    "dans",
    "depuis",
    "du",
    "au",
    "et",
    "vers",
    "fin",
    "mardi",
    "ce",
    "week-end",
    "last",
    "week",
    "ago",
    "next",
    "months",
    "Tuesday",
    "between",
    "and",
    "May",
    "7000000",
    "أمس",
    "قبل",
    "يومين",
    "الأسبوع",
    "الماضي",
    "مارس",
    "و",
    "שבוע",
    "לפני",
    "שנתיים",
    "ב",
    "ל",
    "hace",
    "mes",
    "pasado",
    "y",
];
