//! The table of a language: what its words say about a figure.
//!
//! The tables are files in `assets/quantity`, which a linguist can read and extend; this reads them. A phrase is
//! folded and cut as the text is, so it can be written as it is in print.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::model::{Modifier, QuantityKind};
use crate::text::fold;

use super::token::{Place, Token, TokenKind, tokens};

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number word, and what may follow it: a smaller number than `below`.
    Number { value: u64, below: u64 },
    /// What multiplies the number before it.
    Times(u64),
    /// And a half, of the multiplier before it.
    Half,
    /// An article that is the number one before a word for one person.
    One,
    /// About so many: a dozen, une trentaine.
    Collective(u64),
    /// So many and more: dozens, hundreds.
    Vague(u64),
    /// More than one, whatever follows: several, quelques.
    Several,
    /// Nobody.
    Nobody,
    /// Nobody, where a word for people follows.
    No,
    /// A modifier before the number.
    Before(Modifier),
    /// A modifier behind it.
    After(Modifier),
    /// What opens a range: between.
    Opens,
    /// What joins the ends of a range: to, or.
    Joins,
    /// And.
    And,
    /// A word that says nothing between those that do.
    Glue,
    /// What follows is a part of the figure before: including.
    Part,
    /// What is counted is not people: years, houses.
    Thing,
    /// What makes a number a date: a month.
    Date,
    /// After this a number counts nobody: aged.
    Not,
    /// Who follows is a child of the one that is spoken of: father of.
    ParentOf,
    /// Who stands before is a child of the one that is spoken of.
    TheirParent,
    /// A word for one person by whose kin they are: her grandson.
    Kin,
    /// Nothing befell them: unharmed.
    Unharmed,
    /// What makes digits an ordinal when it is attached to them.
    Ordinal,
    /// What befell them; a weak word gives way to any other.
    Kind { kind: QuantityKind, is_weak: bool },
    /// Who they are, as a place in the list of ids.
    Who(usize),
    /// A word for one person.
    OnePerson,
    /// A word for two persons, without a numeral.
    TwoPersons,
    /// A word for people.
    People,
}

/// Where a number word may be joined to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Joining {
    /// Anywhere, or without a word.
    #[default]
    Anywhere,
    /// Everywhere, and not without: `مئة وعشرون`. Units come before tens.
    Always,
    /// Behind hundreds and larger: `two hundred and five`.
    BehindHundreds,
    /// Behind tens: `treinta y cinco`.
    BehindTens,
}

/// A phrase behind its first word.
#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    meaning: Meaning,
}

/// A language's table, ready to be asked.
#[derive(Debug)]
pub(super) struct Table {
    /// Its tag.
    #[cfg(test)]
    pub language: String,
    /// The mark before decimals.
    pub decimal: char,
    /// Where number words are joined.
    pub joining: Joining,
    /// The only numbers that are joined by a word, where there are few.
    pub joined: Vec<u64>,
    /// Whether the language has an article that says one; where it has none, a bare word for a person does.
    pub has_article: bool,
    /// Ids of those who are counted.
    pub who: Vec<String>,
    phrases: BTreeMap<String, Vec<Phrase>>,
    stems: BTreeMap<String, Vec<Meaning>>,
    /// The words behind the first ones of phrases.
    later: BTreeSet<String>,
    clitics: Vec<String>,
    same: Vec<(String, String)>,
    #[cfg(test)]
    pub spelled: BTreeMap<u64, Vec<String>>,
    #[cfg(test)]
    pub spelled_times: BTreeMap<u64, Vec<String>>,
}

type Forms = Vec<String>;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    decimal: char,
    #[serde(default)]
    joining: Joining,
    #[serde(default)]
    joined: Vec<u64>,
    #[serde(default)]
    and: Forms,
    #[serde(default)]
    clitics: Forms,
    #[serde(default)]
    same: Vec<[String; 2]>,
    number: BTreeMap<String, Forms>,
    #[serde(default)]
    below: BTreeMap<String, u64>,
    #[serde(default)]
    times: BTreeMap<String, Forms>,
    #[serde(default)]
    collective: BTreeMap<String, Forms>,
    #[serde(default)]
    vague: BTreeMap<String, Forms>,
    words: Words,
    modifier: BTreeMap<String, Sides>,
    #[serde(default)]
    who: BTreeMap<String, People>,
    kind: BTreeMap<String, People>,
    #[serde(default)]
    people: People,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    one: Forms,
    #[serde(default)]
    half: Forms,
    #[serde(default)]
    several: Forms,
    #[serde(default)]
    nobody: Forms,
    #[serde(default)]
    no: Forms,
    #[serde(default)]
    opens: Forms,
    #[serde(default)]
    joins: Forms,
    #[serde(default)]
    glue: Forms,
    #[serde(default)]
    part: Forms,
    #[serde(default)]
    thing: Forms,
    #[serde(default)]
    date: Forms,
    #[serde(default)]
    not: Forms,
    #[serde(default)]
    parent_of: Forms,
    #[serde(default)]
    their_parent: Forms,
    #[serde(default)]
    ordinal: Forms,
    #[serde(default)]
    kin: Forms,
    #[serde(default)]
    unharmed: Forms,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Sides {
    #[serde(default)]
    before: Forms,
    #[serde(default)]
    after: Forms,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct People {
    #[serde(default)]
    one: Forms,
    #[serde(default)]
    two: Forms,
    #[serde(default)]
    many: Forms,
    #[serde(default)]
    words: Forms,
    #[serde(default)]
    weak: Forms,
}

impl Table {
    /// Reads the table of a language.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(language: &str, source: &str) -> Result<Self, String> {
        let file: File = toml::from_str(source).map_err(|error| error.to_string())?;
        if file.language != language {
            return Err(format!(
                "the table of {language} says that it is of {}",
                file.language
            ));
        }
        let mut table = Self::new(&file);
        for (value, forms) in numbers(&file.number)? {
            let below = file.below.get(&value.to_string()).copied();
            let below = below.unwrap_or_else(|| room_below(value));
            table.add(forms, Meaning::Number { value, below });
        }
        for (value, forms) in numbers(&file.times)? {
            table.add(forms, Meaning::Times(value));
        }
        for (value, forms) in numbers(&file.collective)? {
            table.add(forms, Meaning::Collective(value));
        }
        for (value, forms) in numbers(&file.vague)? {
            table.add(forms, Meaning::Vague(value));
        }
        table.add_words(&file);
        for (name, sides) in &file.modifier {
            let modifier = Modifier::from_name(name).ok_or_else(|| format!("{name} is no modifier"))?;
            table.add(&sides.before, Meaning::Before(modifier));
            table.add(&sides.after, Meaning::After(modifier));
        }
        for (name, forms) in &file.kind {
            let kind = QuantityKind::from_name(name).ok_or_else(|| format!("{name} is no kind"))?;
            let strong = Meaning::Kind { kind, is_weak: false };
            let strong_forms = [&forms.one, &forms.two, &forms.many, &forms.words];
            for form in strong_forms.into_iter().flatten() {
                if !forms.weak.contains(form) {
                    table.add(std::slice::from_ref(form), strong);
                }
            }
            table.add(&forms.weak, Meaning::Kind { kind, is_weak: true });
            table.add_people(forms);
        }
        for (place, (id, forms)) in file.who.iter().enumerate() {
            table.who.push(id.clone());
            let all = [&forms.one, &forms.two, &forms.many, &forms.words, &forms.weak];
            for forms in all {
                table.add(forms, Meaning::Who(place));
            }
            table.add_people(forms);
        }
        table.add_people(&file.people);
        // The longest phrase first.
        for phrases in table.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        Ok(table)
    }

    /// A table without words, which reads digits.
    pub fn empty() -> Self {
        Self {
            #[cfg(test)]
            language: String::new(),
            decimal: '.',
            joining: Joining::Anywhere,
            joined: Vec::new(),
            has_article: true,
            who: Vec::new(),
            phrases: BTreeMap::new(),
            stems: BTreeMap::new(),
            later: BTreeSet::new(),
            clitics: Vec::new(),
            same: Vec::new(),
            #[cfg(test)]
            spelled: BTreeMap::new(),
            #[cfg(test)]
            spelled_times: BTreeMap::new(),
        }
    }

    fn new(file: &File) -> Self {
        let same = file
            .same
            .iter()
            .map(|[from, to]| (fold(from), fold(to)))
            .collect();
        Self {
            #[cfg(test)]
            language: file.language.clone(),
            decimal: file.decimal,
            joining: file.joining,
            joined: file.joined.clone(),
            has_article: !file.words.one.is_empty(),
            clitics: file.clitics.iter().map(|clitic| fold(clitic)).collect(),
            same,
            #[cfg(test)]
            spelled: numbers(&file.number)
                .unwrap()
                .map(|(n, forms)| (n, forms.clone()))
                .collect(),
            #[cfg(test)]
            spelled_times: numbers(&file.times)
                .unwrap()
                .map(|(n, forms)| (n, forms.clone()))
                .collect(),
            ..Self::empty()
        }
    }

    fn add_words(&mut self, file: &File) {
        let words = &file.words;
        for (forms, meaning) in [
            (&words.one, Meaning::One),
            (&words.half, Meaning::Half),
            (&words.several, Meaning::Several),
            (&words.nobody, Meaning::Nobody),
            (&words.no, Meaning::No),
            (&words.opens, Meaning::Opens),
            (&words.joins, Meaning::Joins),
            (&words.glue, Meaning::Glue),
            (&words.part, Meaning::Part),
            (&words.thing, Meaning::Thing),
            (&words.date, Meaning::Date),
            (&words.not, Meaning::Not),
            (&words.parent_of, Meaning::ParentOf),
            (&words.their_parent, Meaning::TheirParent),
            (&words.ordinal, Meaning::Ordinal),
            (&words.kin, Meaning::Kin),
            (&words.unharmed, Meaning::Unharmed),
            (&file.and, Meaning::And),
        ] {
            self.add(forms, meaning);
        }
    }

    fn add_people(&mut self, people: &People) {
        self.add(&people.one, Meaning::OnePerson);
        self.add(&people.two, Meaning::TwoPersons);
        self.add(&people.many, Meaning::People);
    }

    /// Adds phrases of one meaning. One that ends in `*` is the beginning of a word.
    fn add(&mut self, forms: &[String], meaning: Meaning) {
        for form in forms {
            if let Some(stem) = form.strip_suffix('*') {
                let stem = self.spelling(&fold(stem));
                self.stems.entry(stem).or_default().push(meaning);
                continue;
            }
            let words = tokens(form, Place::Inside);
            let mut words = words
                .iter()
                .filter_map(Token::word)
                .map(|word| self.spelling(word));
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            self.later.extend(rest.iter().cloned());
            self.phrases
                .entry(first)
                .or_default()
                .push(Phrase { rest, meaning });
        }
    }

    /// The one spelling of a folded word that the table knows several of.
    fn spelling(&self, word: &str) -> String {
        let mut word = word.to_owned();
        for (from, to) in &self.same {
            if word.contains(from.as_str()) {
                word = word.replace(from.as_str(), to);
            }
        }
        word
    }

    /// The pieces of a text with words in the table's own spelling, and with what is written together parted.
    pub fn prepare(&self, pieces: &[Token]) -> Vec<Token> {
        let mut prepared: Vec<Token> = Vec::with_capacity(pieces.len() + 8);
        for (at, piece) in pieces.iter().enumerate() {
            let Some(word) = piece.word() else {
                // `כ-50`: the dash belongs to the word before it.
                let is_dash_of_clitic = piece.kind == TokenKind::Dash
                    && prepared
                        .last()
                        .and_then(Token::word)
                        .is_some_and(|word| self.is_clitic(word));
                if is_dash_of_clitic {
                    if let Some(last) = prepared.last_mut() {
                        last.is_clitic = true;
                    }
                } else {
                    prepared.push(piece.clone());
                }
                continue;
            };
            let word = self.spelling(word);
            let next_is_number = pieces
                .get(at + 1)
                .is_some_and(|next| next.is_attached && next.digits().is_some());
            if next_is_number && self.is_all_clitics(&word) {
                let parts = self.parts(&word, 3).unwrap_or_else(|| vec![&word]);
                push_parts(&mut prepared, piece, &parts, true);
            } else if let Some(parts) = self.parts_by_next(&word, pieces.get(at + 1)) {
                push_parts(&mut prepared, piece, &parts, false);
            } else if self.is_known(&word) {
                prepared.push(Token {
                    kind: TokenKind::Word(word),
                    ..piece.clone()
                });
            } else {
                let parts = self.parts(&word, 3).unwrap_or_else(|| vec![&word]);
                push_parts(&mut prepared, piece, &parts, false);
            }
        }
        prepared
    }

    /// Whether a word is one of those that are written together with the next one.
    pub fn is_clitic(&self, word: &str) -> bool {
        self.clitics.iter().any(|clitic| clitic == word)
    }

    /// Whether a word is nothing but clitics.
    fn is_all_clitics(&self, word: &str) -> bool {
        let mut rest = word;
        while !rest.is_empty() {
            let mut clitics = self.clitics.iter();
            match clitics.find_map(|clitic| rest.strip_prefix(clitic.as_str())) {
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        true
    }

    /// A known word as a clitic and another one, where only that one goes on with the next word: `وأحد عشر` is “and
    /// eleven”, though `واحد`, which looks the same without points, is “one”.
    fn parts_by_next<'a>(&self, word: &'a str, next: Option<&Token>) -> Option<Vec<&'a str>> {
        let next = self.spelling(next?.word()?);
        let goes_on = |word: &str| {
            let mut phrases = self.phrases.get(word).into_iter().flatten();
            phrases.any(|phrase| phrase.rest.first() == Some(&next))
        };
        let split = |clitic: &String| {
            let rest = word.strip_prefix(clitic.as_str())?;
            goes_on(rest).then(|| word.get(..clitic.len()).map(|head| vec![head, rest]))?
        };
        let parts = self.clitics.iter().find_map(split)?;
        (!goes_on(word)).then_some(parts)
    }

    /// An unknown word as clitics and a known one.
    fn parts<'a>(&self, word: &'a str, depth: usize) -> Option<Vec<&'a str>> {
        for clitic in &self.clitics {
            let Some(rest) = word.strip_prefix(clitic.as_str()).filter(|rest| !rest.is_empty()) else {
                continue;
            };
            let head = word.get(..clitic.len())?;
            if rest.chars().count() > 1 && self.is_known(rest) {
                return Some(vec![head, rest]);
            }
            if depth > 1
                && let Some(more) = self.parts(rest, depth - 1)
            {
                return Some(std::iter::once(head).chain(more).collect());
            }
        }
        None
    }

    /// Every word that a phrase begins with or goes on with.
    #[cfg(test)]
    pub fn words(&self) -> Vec<&str> {
        let all = self.phrases.keys().chain(self.stems.keys()).chain(&self.later);
        all.map(String::as_str).collect()
    }

    /// Whether a word is in any phrase.
    fn is_known(&self, word: &str) -> bool {
        self.phrases.contains_key(word) || self.later.contains(word) || self.stems_of(word).next().is_some()
    }

    fn stems_of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Meaning> + 'a {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| self.stems.get(word.get(..end)?))
            .flatten()
            .copied()
    }

    /// What the phrases say that start at a piece, each with its length, longest first.
    pub fn meanings(&self, pieces: &[Token], at: usize) -> Vec<(usize, Meaning)> {
        let Some(word) = pieces.get(at).and_then(Token::word) else {
            return Vec::new();
        };
        let behind = pieces.get(at + 1..).unwrap_or_default();
        let is_there = |phrase: &&Phrase| {
            phrase.rest.len() <= behind.len()
                && phrase
                    .rest
                    .iter()
                    .zip(behind)
                    .all(|(word, piece)| piece.word() == Some(word))
        };
        let phrases = self.phrases.get(word).into_iter().flatten().filter(is_there);
        phrases
            .map(|phrase| (phrase.rest.len() + 1, phrase.meaning))
            .chain(self.stems_of(word).map(|meaning| (1, meaning)))
            .collect()
    }
}

/// Adds the parts of one written word.
fn push_parts(prepared: &mut Vec<Token>, piece: &Token, parts: &[&str], is_clitic: bool) {
    let last = parts.len().saturating_sub(1);
    for (place, part) in parts.iter().enumerate() {
        prepared.push(Token {
            kind: TokenKind::Word((*part).to_owned()),
            is_attached: piece.is_attached || place > 0,
            is_clitic: is_clitic || place < last,
            place: piece.place,
            bytes: piece.bytes.clone(),
        });
    }
}

/// Entries whose keys are numbers.
fn numbers(map: &BTreeMap<String, Forms>) -> Result<impl Iterator<Item = (u64, &Forms)>, String> {
    let numbers: Result<Vec<_>, String> = map
        .iter()
        .map(|(key, forms)| {
            let number = key
                .parse()
                .map_err(|cause| format!("{key} is no number: {cause}"));
            number.map(|number| (number, forms))
        })
        .collect();
    Ok(numbers?.into_iter())
}

/// What may follow a number word where the table does not say: less than its lowest place, nothing behind units
/// and teens.
fn room_below(value: u64) -> u64 {
    let mut room = 1;
    while value >= 20 && value.is_multiple_of(room * 10) {
        room *= 10;
    }
    room
}
