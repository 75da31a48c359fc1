//! The tables of date words, one data file for each language, as they are looked up.
//!
//! Everything is compared in its folded form, so that a table is written as a dictionary would and yet meets every
//! spelling. What the words come to is not known here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::{Script, fold, script_of};

use super::calendar::Unit;
use super::cues::{Cue, CueWords, Cues, Side};

/// One language's words.
pub(super) struct Table {
    /// The language (BCP 47 primary subtag).
    pub(super) lang: &'static str,
    /// Whether a number before a unit says which one, as in `11月`, and not how many.
    pub(super) names_by_units: bool,
    /// How numbers may follow each other, the better guess first.
    order: Vec<Order>,
    /// Where one order is the only one, by region.
    regions: BTreeMap<String, Order>,
    /// Expressions by their first word, the longest first.
    phrases: BTreeMap<String, Vec<(Vec<String>, Sense)>>,
    /// Numbers that mean something else as well, such as “sept” in “12 sept. 2022” and in “sept jours”.
    numbers: BTreeMap<Vec<String>, u32>,
    /// Letters that are written together with the word behind them.
    proclitics: BTreeMap<char, Sense>,
    /// What stands around dates that are to come.
    pub(super) cues: Cues,
}

/// How day and month follow each other in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    /// 12/05/2022 is in May.
    Dmy,
    /// 12/05/2022 is in December.
    Mdy,
}

/// What an expression says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A number in words.
    Number(u32),
    /// “Premier”, as a day of a month.
    First,
    /// The number before it is a day of a month: `5日`.
    NamedDay,
    /// A month by its number.
    Month(i8),
    /// A weekday; 1 is Monday.
    Weekday(i8),
    /// So many units after the publication.
    Relative(Unit, i64),
    /// The name of a unit, with how many the word itself means.
    Unit(Unit, Count),
    /// Two days, the first by its number as a weekday.
    Weekend(i8),
    /// Before now by what is counted.
    Ago,
    /// After now by what is counted.
    Ahead,
    /// From then until now.
    Since,
    /// The one before this.
    Last,
    /// The one after this.
    Next,
    /// The one that is now.
    This,
    /// Not exactly.
    About,
    /// Its beginning, middle, or end.
    Part,
    /// Between two ends.
    To,
    /// The time of day, told by a number beside it.
    Clock,
    /// Says nothing about the date.
    Skip,
    /// Makes the expression one that is not read.
    Unread,
}

/// How many of a unit a word means by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// One.
    One,
    /// Two, without a numeral.
    Two,
    /// As many as a numeral says.
    Many,
}

impl Table {
    /// All tables in a fixed order.
    pub(super) fn all() -> &'static [Self] {
        &TABLES
    }

    /// The table of a language tag, such as `fr` or `en-GB`.
    pub(super) fn of(tag: &str) -> Option<&'static Self> {
        let lang = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Self::all().iter().find(|table| table.lang == lang)
    }

    /// In which orders numbers can be read, in the country of a language tag.
    pub(super) fn orders(&self, tag: &str) -> Vec<Order> {
        let region = tag
            .split(['-', '_'])
            .skip(1)
            .find_map(|part| self.regions.get(&part.to_uppercase()));
        region.map_or_else(|| self.order.clone(), |order| vec![*order])
    }

    /// The longest expression at the start of these words, with how many words it takes.
    pub(super) fn longest(&self, words: &[&str]) -> Option<(usize, Sense)> {
        let first = words.first()?;
        let list = self.phrases.get(*first)?;
        list.iter()
            .find(|(phrase, _)| {
                let mut given = words.iter();
                phrase.iter().all(|word| given.next() == Some(&word.as_str()))
            })
            .map(|(phrase, sense)| (phrase.len(), *sense))
    }

    /// The number that these words can also mean.
    pub(super) fn number(&self, words: &[&str]) -> Option<u32> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        self.numbers.get(&words).copied()
    }

    /// What a letter says that is written together with the word behind it.
    pub(super) fn proclitic(&self, letter: char) -> Option<Sense> {
        self.proclitics.get(&letter).copied()
    }

    /// The longest cue at the start of these words, less a letter or two that is written onto the first.
    pub(super) fn cue(&self, words: &[&str], side: Side) -> Option<(usize, Cue)> {
        let mut words = words.to_vec();
        for _ in 0..3 {
            if let Some(found) = self.cues.longest(&words, side) {
                return Some(found);
            }
            let first = words.first_mut()?;
            let mut letters = first.chars();
            self.proclitic(letters.next()?)?;
            *first = letters.as_str();
        }
        None
    }

    fn read(lang: &'static str, source: &str) -> Option<Self> {
        let file: File = toml::from_str(source).ok()?;
        let mut table = Self {
            lang,
            names_by_units: file.names_by_units,
            order: file.order.clone(),
            regions: file.regions.clone(),
            phrases: BTreeMap::new(),
            numbers: BTreeMap::new(),
            proclitics: BTreeMap::new(),
            cues: Cues::new(&file.cues),
        };
        table.take(file);
        for list in table.phrases.values_mut() {
            list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        Some(table)
    }

    fn take(&mut self, file: File) {
        for (number, words) in file.months {
            self.add(&words, Sense::Month(number.parse().unwrap_or_default()));
        }
        let weekdays = file.weekdays;
        let days = [
            weekdays.monday,
            weekdays.tuesday,
            weekdays.wednesday,
            weekdays.thursday,
            weekdays.friday,
            weekdays.saturday,
            weekdays.sunday,
        ];
        for (number, words) in (1..).zip(days) {
            self.add(&words, Sense::Weekday(number));
        }
        let relative = file.relative;
        for (unit, by) in [
            (Unit::Day, relative.day),
            (Unit::Week, relative.week),
            (Unit::Month, relative.month),
            (Unit::Year, relative.year),
        ] {
            for (shift, words) in by {
                self.add(&words, Sense::Relative(unit, shift.parse().unwrap_or_default()));
            }
        }
        let units = file.units;
        for (unit, counts) in [
            (Unit::Day, units.day),
            (Unit::Week, units.week),
            (Unit::Month, units.month),
            (Unit::Year, units.year),
        ] {
            self.add(&counts.one, Sense::Unit(unit, Count::One));
            self.add(&counts.two, Sense::Unit(unit, Count::Two));
            self.add(&counts.many, Sense::Unit(unit, Count::Many));
        }
        for (number, words) in file.numbers {
            self.add(&words, Sense::Number(number.parse().unwrap_or_default()));
        }
        self.add(&file.first.words, Sense::First);
        self.take_words(&file.words, file.weekend_begins);
        for (letters, sense) in [
            (file.proclitics.skip, Sense::Skip),
            (file.proclitics.to, Sense::To),
        ] {
            let letters = letters
                .iter()
                .filter_map(|letter| fold(letter).chars().next().map(|letter| (letter, sense)));
            self.proclitics.extend(letters);
        }
    }

    fn take_words(&mut self, words: &Small, weekend: WeekendDay) {
        self.add(&words.ago, Sense::Ago);
        self.add(&words.ahead, Sense::Ahead);
        self.add(&words.since, Sense::Since);
        self.add(&words.last, Sense::Last);
        self.add(&words.next, Sense::Next);
        self.add(&words.this, Sense::This);
        let first = match weekend {
            WeekendDay::Friday => 5,
            WeekendDay::Saturday => 6,
        };
        self.add(&words.weekend, Sense::Weekend(first));
        self.add(&words.about, Sense::About);
        for part in [&words.early, &words.mid, &words.late] {
            self.add(part, Sense::Part);
        }
        self.add(&words.to, Sense::To);
        self.add(&words.clock, Sense::Clock);
        self.add(&words.skip, Sense::Skip);
        self.add(&words.unread, Sense::Unread);
    }

    /// Adds expressions; where one has a sense already, the first is kept, and a number beside it.
    fn add(&mut self, expressions: &[String], sense: Sense) {
        for expression in expressions {
            let folded = fold(expression);
            let words: Vec<String> = words_in(&folded).map(str::to_owned).collect();
            let Some(first) = words.first() else { continue };
            let list = self.phrases.entry(first.clone()).or_default();
            if !list.iter().any(|(known, _)| *known == words) {
                list.push((words, sense));
            } else if let Sense::Number(number) = sense {
                self.numbers.insert(words, number);
            }
        }
    }
}

/// A table as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    names_by_units: bool,
    order: Vec<Order>,
    weekend_begins: WeekendDay,
    #[serde(default)]
    regions: BTreeMap<String, Order>,
    months: Words,
    weekdays: Weekdays,
    relative: Relative,
    units: Units,
    words: Small,
    numbers: Words,
    first: First,
    #[serde(default)]
    proclitics: Proclitics,
    #[serde(default)]
    cues: CueWords,
}

/// The day on which a weekend begins.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WeekendDay {
    Friday,
    Saturday,
}

type Words = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weekdays {
    monday: Vec<String>,
    tuesday: Vec<String>,
    wednesday: Vec<String>,
    thursday: Vec<String>,
    friday: Vec<String>,
    saturday: Vec<String>,
    sunday: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relative {
    day: Words,
    #[serde(default)]
    week: Words,
    #[serde(default)]
    month: Words,
    #[serde(default)]
    year: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    day: Counts,
    week: Counts,
    month: Counts,
    year: Counts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    one: Vec<String>,
    #[serde(default)]
    two: Vec<String>,
    many: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Small {
    ago: Vec<String>,
    ahead: Vec<String>,
    since: Vec<String>,
    last: Vec<String>,
    next: Vec<String>,
    this: Vec<String>,
    weekend: Vec<String>,
    about: Vec<String>,
    early: Vec<String>,
    mid: Vec<String>,
    late: Vec<String>,
    to: Vec<String>,
    clock: Vec<String>,
    skip: Vec<String>,
    unread: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    words: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proclitics {
    #[serde(default)]
    skip: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
}

/// The words of a folded text; each Chinese character is one, since no space parts them.
pub(super) fn words_in(folded: &str) -> impl Iterator<Item = &str> {
    let runs = folded.split(|c: char| !c.is_alphanumeric());
    runs.flat_map(|run| run.split_inclusive(is_word_by_itself))
        .filter(|word| !word.is_empty())
}

/// Whether a character is a word of its own: a Chinese one is.
pub(super) fn is_word_by_itself(c: char) -> bool {
    script_of(c) == Some(Script::HAN)
}

/// The files by language.
const FILES: &[(&str, &str)] = &[
    ("fr", include_str!("../../../assets/dates/fr.toml")),
    ("ar", include_str!("../../../assets/dates/ar.toml")),
    ("en", include_str!("../../../assets/dates/en.toml")),
    ("es", include_str!("../../../assets/dates/es.toml")),
    ("he", include_str!("../../../assets/dates/he.toml")),
    ("hi", include_str!("../../../assets/dates/hi.toml")),
    ("zh", include_str!("../../../assets/dates/zh.toml")),
];

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    // A test reads every one of them, so none is left out.
    FILES
        .iter()
        .filter_map(|(lang, source)| Table::read(lang, source))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_and_names_twelve_months_seven_days_and_numbers_to_thirty_one() {
        for (lang, source) in FILES {
            let file: File = toml::from_str(source).unwrap_or_else(|error| panic!("{lang}: {error}"));
            let numbers = |words: &Words| -> Vec<u32> {
                let mut numbers: Vec<u32> = words.keys().map(|key| key.parse().unwrap()).collect();
                numbers.sort_unstable();
                numbers
            };
            assert_eq!(numbers(&file.months), (1..=12).collect::<Vec<_>>(), "{lang}");
            assert_eq!(numbers(&file.numbers), (1..=31).collect::<Vec<_>>(), "{lang}");
            let shifts = [
                &file.relative.day,
                &file.relative.week,
                &file.relative.month,
                &file.relative.year,
            ];
            for shift in shifts.iter().flat_map(|words| words.keys()) {
                assert!(shift.parse::<i64>().is_ok(), "{lang}: {shift}");
            }
        }
        assert_eq!(Table::all().len(), FILES.len());
    }

    #[test]
    fn months_and_weekdays_are_found_by_each_of_their_names() {
        for (lang, source) in FILES {
            let file: File = toml::from_str(source).unwrap();
            let table = Table::of(lang).unwrap();
            for (number, names) in &file.months {
                for name in names {
                    let folded = fold(name);
                    let words: Vec<&str> = words_in(&folded).collect();
                    let month = Sense::Month(number.parse().unwrap());
                    assert_eq!(
                        table.longest(&words),
                        Some((words.len(), month)),
                        "{lang}: {name}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_longest_expression_goes_first_and_regions_decide_the_order() {
        let fr = Table::of("fr-CA").unwrap();
        assert_eq!(
            fr.longest(&["avant", "hier", "soir"]),
            Some((2, Sense::Relative(Unit::Day, -2)))
        );
        assert_eq!(fr.longest(&["vendredi"]), Some((1, Sense::Weekday(5))));
        let en = Table::of("EN").unwrap();
        assert_eq!(en.orders("en"), [Order::Mdy, Order::Dmy]);
        assert_eq!(en.orders("en-GB"), [Order::Dmy]);
        assert!(Table::of("ja").is_none());
        assert_eq!(fr.longest(&["sept"]), Some((1, Sense::Month(9))));
        assert_eq!(fr.number(&["sept"]), Some(7));
    }
}
