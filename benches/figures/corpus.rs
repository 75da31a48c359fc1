//! Generated articles: the same ones at each run, in French, Arabic, and English, with paragraphs and headlines.
//!
//! The sentences are made of small word lists, so they are no text that anyone wrote, but have its letters, word
//! lengths, digits, and punctuation.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The words of one language, each list one place in a sentence.
struct Language {
    tag: &'static str,
    who: &'static [&'static str],
    did: &'static [&'static str],
    whom: &'static [&'static str],
    place: &'static [&'static str],
    end: &'static str,
}

const LANGUAGES: &[Language] = &[
    Language {
        tag: "fr",
        who: &[
            "L’armée régulière",
            "Un groupe rebelle",
            "La coalition",
            "Des hommes armés non identifiés",
        ],
        did: &["a tué", "aurait blessé", "a arrêté", "affirme avoir secouru"],
        whom: &[
            "plus de {n} civils",
            "{n} combattants",
            "« au moins {n} déplacés »",
            "{n} personnes, dont 3 enfants",
        ],
        place: &[
            "près d’Alep",
            "dans la province d’Idlib",
            "au nord de Kidal",
            "à Bunia, en Ituri",
        ],
        end: ".",
    },
    Language {
        tag: "ar",
        who: &["قوات الجيش", "جماعة مسلحة", "التحالف الدولي", "مسلحون مجهولون"],
        did: &["قتلت", "أصابت", "اعتقلت", "قالت إنها أنقذت"],
        whom: &[
            "أكثر من {n} مدنيًا",
            "{n} مقاتلين",
            "«{n} نازحًا على الأقل»",
            "{n} شخصًا بينهم 3 أطفال",
        ],
        place: &[
            "قرب حلب",
            "في محافظة إدلب",
            "شمال كيدال (Kidal)",
            "في مدينة بونيا",
        ],
        end: ".",
    },
    Language {
        tag: "en",
        who: &[
            "Government forces",
            "A rebel group",
            "The coalition",
            "Unidentified gunmen",
        ],
        did: &[
            "killed",
            "reportedly wounded",
            "detained",
            "said they had rescued",
        ],
        whom: &[
            "more than {n} civilians",
            "{n} fighters",
            "“at least {n} displaced”",
            "{n} people, 3 children among them",
        ],
        place: &[
            "near Aleppo",
            "in Idlib province",
            "north of Kidal",
            "in Bunia, Ituri",
        ],
        end: ".",
    },
];

/// A small generator of even numbers, so that the articles do not depend on anything outside.
struct Dice(u64);

impl Dice {
    fn of(number: u64) -> Self {
        Self(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}

/// An article of about so many bytes of UTF-8 in any of the languages; each number gives another text.
pub fn article(number: u64, bytes: usize) -> (&'static str, String) {
    let mut dice = Dice::of(number);
    let language = &LANGUAGES[dice.roll(LANGUAGES.len())];
    (language.tag, text(language, &mut dice, number, bytes))
}

/// The same in one language.
pub fn article_in(lang: &str, number: u64, bytes: usize) -> String {
    text(language(lang), &mut Dice::of(number), number, bytes)
}

/// One paragraph of about so many bytes, without a line break.
pub fn paragraph_in(lang: &str, number: u64, bytes: usize) -> String {
    let (language, mut dice) = (language(lang), Dice::of(number));
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(&sentence(language, &mut dice));
        text.push(' ');
    }
    text
}

fn language(lang: &str) -> &'static Language {
    let known = LANGUAGES.iter().find(|language| language.tag == lang);
    known.expect("a language of the corpus")
}

fn text(language: &Language, dice: &mut Dice, number: u64, bytes: usize) -> String {
    let mut text = format!(
        "{} ({number})\n\n",
        sentence(language, dice).trim_end_matches(language.end)
    );
    while text.len() < bytes {
        for _ in 0..3 + dice.roll(4) {
            text.push_str(&sentence(language, dice));
            text.push(' ');
        }
        text.pop();
        text.push('\n');
    }
    text
}

fn sentence(language: &Language, dice: &mut Dice) -> String {
    let count = (2 + dice.roll(400)).to_string();
    let mut pick = |words: &'static [&'static str]| words[dice.roll(words.len())];
    let parts = [
        pick(language.who),
        pick(language.did),
        pick(language.whom),
        pick(language.place),
    ];
    format!("{}{}", parts.join(" ").replace("{n}", &count), language.end)
}

/// Writes articles as JSON Lines, as a scraper leaves them: text, title, language, date, address.
pub fn write_jsonl(path: &Path, articles: u64, bytes_each: usize) {
    let mut out = BufWriter::new(File::create(path).expect("a file for the articles"));
    for number in 0..articles {
        let (lang, text) = article(number, bytes_each);
        let title = text.lines().next().unwrap_or_default();
        let row = serde_json::json!({
            "id": format!("article-{number:06}"),
            "title": title,
            "lang": lang,
            "text": text,
            "source": "Generated",
            "date": format!("2024-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
            "url": format!("https://news.example/{number}"),
        });
        writeln!(out, "{row}").expect("room for the articles");
    }
    out.flush().expect("room for the articles");
}
