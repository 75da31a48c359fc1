//! Places of a text that look like a casualty figure: a number, in digits of any script or in words, near a word of
//! harm in the same sentence.
//!
//! One pass over the words; what a word is gets looked up once for each of its spellings. The words lie in
//! `assets/quantity/casualty_words.toml`. What a figure says is not known here, only that there may be one.

mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::quantity::{Context, reach};
use crate::text::{ByteOffset, ByteRange, digit_value, fold};

use words::{Word, Words, sentence_before, sentence_behind};

/// Words between a number and the word of harm behind it, at most.
const AHEAD: usize = 7;
/// Words between a word of harm and the number behind it, at most.
const BEHIND: usize = 4;
/// “And” in the languages that write it as a word, and as the first letter of one.
const AND: &[&str] = &["et", "and", "y", "e", "और", "तथा", "和"];
const AND_PREFIXES: [char; 2] = ['و', 'ו'];
/// Words between a parent and the number of the children, and one.
const CHILDREN: usize = 2;
/// A longer word is none of the table's.
const LONGEST: usize = 48;

/// Where the text may give a casualty figure, in order, none touching another.
///
/// The language is a BCP 47 tag; without one, or with one that the table does not know, the words of all languages
/// are looked for.
pub fn casualty_words(text: &str, lang: Option<&str>) -> Vec<ByteRange> {
    let tables = tables_for(lang);
    let mut classes: HashMap<&str, Class> = HashMap::new();
    let mut scan = Scan::default();
    for word in Words::new(text, tables) {
        let class = if word.is_number {
            number_class(word.content)
        } else if word.content.len() > LONGEST {
            Class::default()
        } else {
            *classes
                .entry(word.content)
                .or_insert_with(|| class_of(word.content, tables))
        };
        scan.take(&word, class);
    }
    with_hedges(text, lang, scan.found())
}

/// The figures with their hedges and the people whom they count, as far as these stand in the same sentence.
fn with_hedges(text: &str, lang: Option<&str>, mut found: Vec<ByteRange>) -> Vec<ByteRange> {
    let mut free = 0;
    for place in 0..found.len() {
        let next = found.get(place + 1).map_or(text.len(), |next| next.start().get());
        let Some(range) = found.get_mut(place) else {
            break;
        };
        let (start, end) = (range.start().get(), range.end().get());
        let context = Context {
            before: sentence_before(text.get(free..start).unwrap_or_default()),
            after: sentence_behind(text.get(end..next).unwrap_or_default()),
        };
        let words = text.get(start..end).unwrap_or_default();
        let reach = reach(words, lang, context);
        free = end + reach.after;
        *range = ByteRange::between(
            ByteOffset::new(start.saturating_sub(reach.before)),
            ByteOffset::new(free),
        );
    }
    found
}

/// What a word may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Class {
    count: Count,
    harm: bool,
    unit: bool,
    link: Link,
}

/// What a word between numbers and those whom they count says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    #[default]
    None,
    /// It joins two numbers that count the same.
    Joint,
    /// A parent, whose children a number behind counts.
    Parent,
}

/// Whether a word says how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Count {
    #[default]
    None,
    /// Four digits that are a year unless a word of harm follows at once.
    Year,
    Number,
}

impl Class {
    fn or(self, other: Self) -> Self {
        Self {
            count: self.count.max(other.count),
            harm: self.harm || other.harm,
            unit: self.unit || other.unit,
            link: self.link.max(other.link),
        }
    }

    fn is_number(self) -> bool {
        self.count != Count::None
    }

    fn is_any(self) -> bool {
        self != Self::default()
    }
}

/// A word that says something, with its place among all words.
#[derive(Clone, Copy, Debug)]
struct Mark {
    range: ByteRange,
    index: usize,
    sentence: usize,
    class: Class,
    /// Whether nothing but what joins numbers stands between this and the mark before.
    is_joined: bool,
    /// Whether a comma stands between this and the mark before.
    is_parted: bool,
}

/// What one pass over the words remembers.
#[derive(Default)]
struct Scan {
    marks: Vec<Mark>,
    index: usize,
    sentence: usize,
    /// Whether nothing but what joins numbers has come since the last mark.
    joins: bool,
    /// Whether a comma has come since the last mark.
    is_parted: bool,
    /// The last word for a parent, and its sentence.
    parent: Option<(usize, usize)>,
}

impl Scan {
    fn take(&mut self, word: &Word<'_>, class: Class) {
        if word.starts_sentence {
            self.sentence += 1;
        }
        self.index += 1;
        self.is_parted |= word.is_behind_comma;
        if class.unit {
            self.drop_counted();
        }
        if class.link == Link::Parent {
            self.parent = Some((self.index, self.sentence));
        } else if is_and(word.content) {
            // “the father and two children” are three people.
            self.parent = None;
        }
        let is_of_children = self
            .parent
            .is_some_and(|(at, sentence)| sentence == self.sentence && self.index <= at + CHILDREN);
        if (class.is_number() && !is_of_children) || class.harm {
            self.marks.push(Mark {
                range: word.range,
                index: self.index,
                sentence: self.sentence,
                class,
                is_joined: self.joins,
                is_parted: std::mem::take(&mut self.is_parted),
            });
            self.joins = true;
        } else {
            self.joins &= class.link == Link::Joint;
        }
    }

    /// What a unit counts is no people: the number before it is a date, a distance, a price. So are those that are joined
    /// to that one: `10-12 février`, `du 10 au 12 février`.
    fn drop_counted(&mut self) {
        let (index, sentence) = (self.index, self.sentence);
        let is_number = |mark: &Mark| mark.sentence == sentence && mark.class.is_number() && !mark.class.harm;
        let mut last = self
            .marks
            .pop_if(|mark| is_number(mark) && mark.index + 2 >= index);
        while last.is_some_and(|last| last.is_joined) {
            last = self.marks.pop_if(|mark| is_number(mark));
        }
    }

    fn found(&self) -> Vec<ByteRange> {
        let mut found: Vec<ByteRange> = Vec::new();
        for (place, mark) in self.marks.iter().enumerate() {
            let Some(range) = self.figure(place, mark) else {
                continue;
            };
            match found.last_mut() {
                Some(last) if range.start() <= last.end() => {
                    *last = ByteRange::between(last.start().min(range.start()), last.end().max(range.end()));
                }
                _ => found.push(range),
            }
        }
        found
    }

    /// The number at that place with the word of harm that is nearest to it.
    fn figure(&self, place: usize, number: &Mark) -> Option<ByteRange> {
        if !number.class.is_number() {
            return None;
        }
        if number.class.harm {
            return Some(number.range);
        }
        let reaches = |mark: &&Mark, most: usize| {
            mark.sentence == number.sentence && mark.index.abs_diff(number.index) <= most + 1
        };
        let behind = self.marks.get(place + 1..).unwrap_or_default().iter();
        let after = behind
            .take_while(|mark| reaches(mark, AHEAD))
            .find(|mark| mark.class.harm);
        let ahead = self.marks.get(..place).unwrap_or_default().iter().rev();
        let before = ahead
            .take_while(|mark| reaches(mark, BEHIND))
            .find(|mark| mark.class.harm);
        let distance = |mark: &Mark| mark.index.abs_diff(number.index);
        let nearest = match (before, after) {
            // `30 dead, between 10 and 20 wounded`
            (Some(before), Some(after)) if distance(before) < distance(after) && !number.is_parted => before,
            (before, after) => after.or(before)?,
        };
        let is_next = nearest.index == number.index + 1;
        if number.class.count == Count::Year && !is_next {
            return None;
        }
        let (start, end) = (
            number.range.start().min(nearest.range.start()),
            number.range.end().max(nearest.range.end()),
        );
        Some(ByteRange::between(start, end))
    }
}

fn number_class(digits: &str) -> Class {
    let value = digits
        .chars()
        .map(|c| digit_value(c).map(u32::from))
        .try_fold(0_u32, |sum, digit| sum.checked_mul(10)?.checked_add(digit?));
    let is_year = digits.chars().count() == 4 && value.is_some_and(|value| (1900..2100).contains(&value));
    // “0 dead” is a figure, “no. 007” is none of our business.
    Class {
        count: if is_year { Count::Year } else { Count::Number },
        ..Class::default()
    }
}

/// Whether a word says, or begins with, “and”.
fn is_and(word: &str) -> bool {
    AND.contains(&fold(word).as_str()) || word.starts_with(AND_PREFIXES)
}

fn class_of(word: &str, tables: &[&Table]) -> Class {
    let folded = fold(word);
    let classes = tables.iter().map(|table| table.class(&folded));
    classes.fold(Class::default(), Class::or)
}

/// The words of one language, folded.
struct Table {
    words: HashMap<String, Class>,
    prefixes: Vec<String>,
}

/// A language as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableForm {
    harm: Vec<String>,
    number: Vec<String>,
    #[serde(default)]
    dual: Vec<String>,
    unit: Vec<String>,
    #[serde(default)]
    parent: Vec<String>,
    joint: Vec<String>,
    prefix: Vec<String>,
}

impl Table {
    fn new(form: &TableForm) -> Self {
        let mut words: HashMap<String, Class> = HashMap::new();
        let mut add = |list: &[String], class: Class| {
            for word in list {
                let known = words.entry(fold(word)).or_default();
                *known = known.or(class);
            }
        };
        let class = |number: bool, harm, unit| Class {
            count: if number { Count::Number } else { Count::None },
            harm,
            unit,
            link: Link::None,
        };
        add(&form.harm, class(false, true, false));
        add(&form.number, class(true, false, false));
        add(&form.dual, class(true, true, false));
        add(&form.unit, class(false, false, true));
        let link = |link: Link| Class {
            link,
            ..Class::default()
        };
        add(&form.parent, link(Link::Parent));
        add(&form.joint, link(Link::Joint));
        let prefixes = form.prefix.iter().map(|prefix| fold(prefix)).collect();
        Self { words, prefixes }
    }

    /// What a word is, also behind up to two prefixes.
    fn class(&self, folded: &str) -> Class {
        let known = |word: &str| self.words.get(word).copied().filter(|class| class.is_any());
        let without = |word: &str, look: &dyn Fn(&str) -> Option<Class>| {
            let mut rests = self
                .prefixes
                .iter()
                .filter_map(|prefix| word.strip_prefix(prefix.as_str()));
            rests.find_map(look)
        };
        known(folded)
            .or_else(|| without(folded, &known))
            .or_else(|| without(folded, &|rest| without(rest, &known)))
            .unwrap_or_default()
    }
}

/// The languages of the file, by their tags.
static TABLES: LazyLock<Vec<(String, Table)>> = LazyLock::new(|| {
    let source = include_str!("../../../../assets/quantity/casualty_words.toml");
    // A test reads the file; without it nothing is found.
    let forms: std::collections::BTreeMap<String, TableForm> = toml::from_str(source).unwrap_or_default();
    forms
        .iter()
        .map(|(lang, form)| (lang.clone(), Table::new(form)))
        .collect()
});

/// All tables, as a list to borrow.
static ALL: LazyLock<Vec<&'static Table>> = LazyLock::new(|| TABLES.iter().map(|(_, table)| table).collect());

fn tables_for(lang: Option<&str>) -> &'static [&'static Table] {
    let primary = lang.and_then(|lang| lang.split(['-', '_']).next());
    let place = primary.and_then(|primary| {
        TABLES
            .iter()
            .position(|(tag, _)| tag.eq_ignore_ascii_case(primary))
    });
    match place {
        Some(place) => ALL.get(place..=place).unwrap_or_default(),
        None => &ALL,
    }
}
