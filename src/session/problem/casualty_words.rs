//! Places of a text that look like a casualty figure: a number, in digits of any script or in words, near a word of
//! harm in the same sentence.
//!
//! One pass over the words; what a word is gets looked up once for each of its spellings. The words lie in
//! `assets/quantity/casualty_words.toml`. What a figure says is not known here, only that there may be one.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::quantity::{Context, reach};
use crate::text::{ByteOffset, ByteRange, digit_value, fold};

/// Words between a number and the word of harm behind it, at most.
const AHEAD: usize = 7;
/// Words between a word of harm and the number behind it, at most.
const BEHIND: usize = 4;
/// “And” in the languages that write it as a word, and as the first letter of one.
const AND: &[&str] = &["et", "and", "y", "e", "और", "तथा", "和"];
const AND_PREFIXES: [char; 2] = ['و', 'ו'];
/// Words between a parent and the number of the children, and one.
const CHILDREN: usize = 2;
/// Characters around a figure in which its hedge and its people may stand: a few words, so that a long article is read once.
const AROUND: usize = 48;
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

/// The last characters of a text that are of the sentence in which it ends.
fn sentence_before(text: &str) -> &str {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev().take(AROUND) {
        let is_in_number = is_grouping(c) && text.get(start..).is_some_and(begins_with_digit);
        if ends_sentence(c) && !is_in_number {
            break;
        }
        start = at;
    }
    text.get(start..).unwrap_or_default()
}

/// The first characters of a text that are of the sentence in which it begins.
fn sentence_behind(text: &str) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices().take(AROUND) {
        let behind = at + c.len_utf8();
        let is_in_number = is_grouping(c) && text.get(behind..).is_some_and(begins_with_digit);
        if ends_sentence(c) && !is_in_number {
            break;
        }
        end = behind;
    }
    text.get(..end).unwrap_or_default()
}

fn begins_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| digit_value(c).is_some())
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

/// A word of the text, or a number in digits with its grouping.
struct Word<'a> {
    content: &'a str,
    range: ByteRange,
    is_number: bool,
    starts_sentence: bool,
    is_behind_comma: bool,
}

/// The words of a text in order.
struct Words<'a> {
    text: &'a str,
    tables: &'a [&'a Table],
    characters: std::iter::Peekable<std::str::CharIndices<'a>>,
    sentence_ended: bool,
    is_behind_comma: bool,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, tables: &'a [&'a Table]) -> Self {
        Self {
            text,
            tables,
            characters: text.char_indices().peekable(),
            sentence_ended: false,
            is_behind_comma: false,
        }
    }

    /// Goes on while the characters are of the word; answers where it ends.
    fn end_of(&mut self, start: usize, first: char, is_number: bool) -> usize {
        let mut end = start + first.len_utf8();
        if is_han(first) {
            return self.end_of_pair(start).unwrap_or(end);
        }
        while let Some((at, c)) = self.characters.peek().copied() {
            let goes_on = if is_number {
                digit_value(c).is_some() || (is_grouping(c) && self.digit_follows(at + c.len_utf8()))
            } else {
                is_letter(c) && digit_value(c).is_none() && !is_han(c)
            };
            if !goes_on {
                break;
            }
            end = at + c.len_utf8();
            self.characters.next();
        }
        end
    }

    /// Where the two characters end that start here, if they are a word of a table; goes on behind them.
    fn end_of_pair(&mut self, start: usize) -> Option<usize> {
        let (at, second) = self.characters.peek().copied()?;
        let end = at + second.len_utf8();
        let pair = self.text.get(start..end).filter(|_| is_han(second))?;
        self.tables
            .iter()
            .any(|table| table.words.contains_key(pair))
            .then(|| self.characters.next())?;
        Some(end)
    }

    fn digit_follows(&self, at: usize) -> bool {
        self.text.get(at..).is_some_and(begins_with_digit)
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let (start, c) = self.characters.next()?;
            if !is_letter(c) {
                self.sentence_ended |= ends_sentence(c);
                self.is_behind_comma |= is_comma(c);
                continue;
            }
            let is_number = digit_value(c).is_some();
            let end = self.end_of(start, c, is_number);
            let starts_sentence = std::mem::take(&mut self.sentence_ended);
            return Some(Word {
                content: self.text.get(start..end).unwrap_or_default(),
                range: ByteRange::between(ByteOffset::new(start), ByteOffset::new(end)),
                is_number,
                starts_sentence,
                is_behind_comma: std::mem::take(&mut self.is_behind_comma),
            });
        }
    }
}

/// Letters, digits, and the marks on letters.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{93c}' | '\u{94d}')
}

/// Characters of Chinese, which stand without spaces.
const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

const fn is_grouping(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | '\'' | '\u{2019}' | '\u{66c}' | '\u{66b}' | '\u{a0}' | '\u{202f}' | '\u{2009}'
    )
}

const fn is_comma(c: char) -> bool {
    matches!(c, ',' | ';' | '،' | '؛' | '，' | '、' | '；')
}

const fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '\n' | '।' | '。' | '！' | '？' | '\u{61f}' | '\u{6d4}' | '\u{2026}' | '\u{2029}'
    )
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
    let source = include_str!("../../../assets/quantity/casualty_words.toml");
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with what was found in brackets.
    fn marked(lang: &str, text: &str) -> String {
        let mut marked = String::new();
        let mut done = 0;
        for range in casualty_words(text, Some(lang).filter(|lang| !lang.is_empty())) {
            let range = range.as_usize();
            marked.push_str(text.get(done..range.start).unwrap());
            marked.push('[');
            marked.push_str(text.get(range.clone()).unwrap());
            marked.push(']');
            done = range.end;
        }
        marked.push_str(text.get(done..).unwrap());
        marked
    }

    fn check(lang: &str, expected: &str) {
        let text = expected.replace(['[', ']'], "");
        assert_eq!(marked(lang, &text), expected);
    }

    #[test]
    fn the_file_is_read_whole() {
        let tags: Vec<&str> = TABLES.iter().map(|(tag, _)| tag.as_str()).collect();
        assert_eq!(tags, ["ar", "en", "es", "fr", "he", "hi", "zh"]);
        assert!(TABLES.iter().all(|(_, table)| table.words.len() > 60));
    }

    #[test]
    fn figures_are_found_in_each_language() {
        check("fr", "[plus de 50 civils auraient été tués], selon l'ONU");
        check("fr", "[une trentaine de blessés] et [12 341 morts]");
        check("fr", "[Quatre-vingt-onze personnes ont péri].");
        check(
            "en",
            "[At least two dozen people were killed], and [scores wounded].",
        );
        check("es", "[Al menos treinta muertos] y [1.200 desplazados]");
        check("ar", "أسفر عن [مقتل ٥٠ مدنيا] وإصابة آخرين");
        check("ar", "سقط [قتيلان] في الغارة، [وعشرات الجرحى]");
        check("he", "[עשרות הרוגים] ופצועים בתקיפה");
        check("", "[dozens killed], [50 tués], [عشرات القتلى]");
    }

    #[test]
    fn dates_units_years_and_other_sentences_are_none() {
        check("fr", "tué le 12 mai à 15 heures à 30 km de la ville");
        check("fr", "En 2014, des civils ont été tués. Trois villages brûlent.");
        check("fr", "Ils sont dix.\nDes morts sont à craindre.");
        check("en", "He was killed on 3 May 2022 in Aleppo.");
        check("fr", "[2000 morts]");
        check("ar", "قتل في 12 مايو 2022");
        check("ar", "حذّرت في 10-12 فبراير من اكتظاظ السوق بالنازحين");
        check("fr", "Les 10-12 février, des déplacés sont revenus.");
        check("fr", "[10 morts] 12 jours après");
    }

    #[test]
    fn the_first_and_the_last_day_of_several_are_none() {
        check("fr", "Du 10 au 12 février, des déplacés sont revenus.");
        check("fr", "Entre le 10 et le 12 février, des déplacés sont revenus.");
        check("fr", "Les 10, 11 et 12 février, des déplacés sont revenus.");
        check("en", "From 10 to 12 February the displaced returned.");
        check("es", "Del 10 al 12 de febrero volvieron los desplazados.");
        check("ar", "من 10 إلى 12 فبراير عاد النازحون");
        check("ar", "بين 10 و12 فبراير عاد النازحون");
        check("he", "בין ה-10 ל-12 בפברואר חזרו העקורים");
        check("he", "מ-10 עד 12 בפברואר חזרו העקורים");
        check("fr", "[10 tués], 12 jours après");
        check("fr", "Du 10 au 12 février, [30 civils ont été tués].");
    }

    #[test]
    fn the_children_of_somebody_are_none() {
        check("fr", "Jean, père de quatre enfants, a été tué.");
        check("fr", "Le père et [trois enfants ont été tués].");
        check("en", "The father and [two children were killed].");
        check("en", "A father of four was killed, [two wounded].");
        check("es", "Una madre de 3 niños fue asesinada.");
        check("ar", "قُتل محمد، والد أربعة أطفال، في القصف");
        check("fr", "[Quatre enfants ont été tués] avec leur père.");
    }

    #[test]
    fn a_list_of_figures_is_a_list_of_places() {
        check("fr", "[12 morts], [30 blessés], [3 disparus]");
        check("fr", "[entre 10 et 15 morts]");
    }
    #[test]
    fn a_figure_reaches_back_to_its_hedge() {
        check("en", "[As many as 11,000 islanders could be displaced].");
        check("en", "By dawn [about 4,000 people had fled].");
        check("en", "[Between 20 and 30 passengers were wounded].");
        check("en", "[more than one hundred killed], [well over 30 wounded]");
        check(
            "fr",
            "[Plus d'une trentaine de civils tués], [environ 12 blessés]",
        );
        check("fr", "[Entre 20 et 30 passagers ont été blessés].");
        check("es", "[Más de 1.200 desplazados], [entre 20 y 30 heridos]");
        check("ar", "[أكثر من 50 قتيلا] [ونحو 30 جريحا]");
        check("ar", "[ما لا يقل عن 50 قتيلا]");
        check("he", "[לפחות 20 הרוגים], [כ-30 פצועים], [יותר מ-50 נעדרים]");
        check("zh", "空袭造成[至少50人死亡]，[超过30人受伤]，[约20人失踪]。");
        check("zh", "爆炸造成[数十名平民丧生]。");
        check("hi", "हमले में [कम से कम 50 लोग मारे] गए और [करीब 30 घायल] हुए।");
        check("hi", "[50 से अधिक लोग मारे] गए।");
        check("", "[au moins 50 tués]");
    }

    #[test]
    fn a_figure_reaches_on_to_the_people_whom_it_counts() {
        check("fr", "Un tir [blesse neuf commerçants] au marché.");
        check(
            "en",
            "[The dead include two children] and a guard."
                .replace("[The ", "The [")
                .as_str(),
        );
        check("en", "They [wounded 30 or more of the civilians] there.");
        check("es", "Fueron [asesinados 12 campesinos] ayer.");
        check("ar", "[مقتل 50 من المدنيين] في القصف");
        check("he", "[נהרגו 20 אזרחים] בתקיפה");
        check("en", "[killed 12] by soldiers, [killed 3], soldiers said");
    }

    #[test]
    fn a_figure_stays_in_its_sentence_and_apart_from_the_next() {
        check("en", "That is what it was about. [50 people were killed].");
        check("en", "It was about\n[50 people killed].");
        check("zh", "会议于2022年5月3日举行。死亡");
        check("hi", "3 मई को मौत हुई। लगभग");
        check("fr", "Le tir a [blessé neuf]. Commerçants et clients ont fui.");
        check("en", "[killed 12] and [more than 30 wounded]");
    }
}
