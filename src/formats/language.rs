//! Which language a text is in, or nothing where the text does not say it clearly enough.
//!
//! A wrong language misleads every later step, so doubt gives `None`. Where a script has letters that only some of
//! its languages use, the letters decide; where it has not, statistics do (`whatlang`).

use whatlang::{Lang, Script};

/// How much of a text is looked at, in code points: enough for certainty, and fast on any length.
const SAMPLE: usize = 600;
/// Letters below which statistics are no evidence.
const FEWEST_LETTERS: usize = 24;

/// The language of a text as a BCP 47 tag.
pub(super) fn language_of(text: &str) -> Option<&'static str> {
    let sample = sample(text);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let script = whatlang::detect_script(sample)?;
    match script {
        Script::Arabic => arabic_script(sample, letters),
        Script::Hangul => enough("ko", letters, 2),
        Script::Hiragana | Script::Katakana => enough("ja", letters, 2),
        Script::Mandarin => enough(han(sample), letters, 4),
        Script::Hebrew => hebrew_script(sample, letters),
        Script::Greek => enough("el", letters, 4),
        Script::Thai => enough("th", letters, 4),
        Script::Armenian => enough("hy", letters, 4),
        Script::Georgian => enough("ka", letters, 4),
        Script::Khmer => enough("km", letters, 4),
        Script::Myanmar => enough("my", letters, 4),
        Script::Ethiopic => enough("am", letters, FEWEST_LETTERS),
        Script::Bengali => enough("bn", letters, FEWEST_LETTERS),
        Script::Gujarati => enough("gu", letters, 4),
        Script::Gurmukhi => enough("pa", letters, 4),
        Script::Kannada => enough("kn", letters, 4),
        Script::Malayalam => enough("ml", letters, 4),
        Script::Oriya => enough("or", letters, 4),
        Script::Sinhala => enough("si", letters, 4),
        Script::Tamil => enough("ta", letters, 4),
        Script::Telugu => enough("te", letters, 4),
        Script::Latin | Script::Cyrillic | Script::Devanagari => by_statistics(sample, letters),
    }
}

fn enough(tag: &'static str, letters: usize, fewest: usize) -> Option<&'static str> {
    (letters >= fewest).then_some(tag)
}

/// The first code points of the text's longest line among the first ones: headlines and navigation say less than
/// a paragraph does.
fn sample(text: &str) -> &str {
    let start = text
        .lines()
        .take(40)
        .max_by_key(|line| line.len().min(4 * SAMPLE))
        .map_or(0, |line| line.as_ptr() as usize - text.as_ptr() as usize);
    let rest = text.get(start..).unwrap_or(text);
    let end = rest.char_indices().nth(SAMPLE).map_or(rest.len(), |(at, _)| at);
    rest.get(..end).unwrap_or(rest)
}

/// Japanese text mostly has kana; a share of one in twenty tells it from Chinese.
fn han(sample: &str) -> &'static str {
    let kana = sample
        .chars()
        .filter(|c| matches!(c, '\u{3040}'..='\u{30ff}'))
        .count();
    let han = sample
        .chars()
        .filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        .count();
    if kana * 20 > han { "ja" } else { "zh" }
}

/// Arabic, Persian, Urdu, Pashto, Sorani: each has letters that the others lack.
fn arabic_script(sample: &str, letters: usize) -> Option<&'static str> {
    let count = |set: &str| sample.chars().filter(|c| set.contains(*c)).count();
    let share = |set: &str| count(set) * 1000 / letters.max(1);
    let urdu = share("ٹڈڑےھںۓ");
    let pashto = share("ټډړږښګڼۍې");
    let sorani = share("ەێۆڕڵ");
    let uyghur = share("ۇۋېۈ");
    let persian = share("پچژگکی");
    let arabic = share("ةىيكأإآؤئ");
    let (most, tag) = [(urdu, "ur"), (pashto, "ps"), (sorani, "ckb"), (uyghur, "ug")]
        .into_iter()
        .max_by_key(|(share, _)| *share)?;
    if most >= 15 {
        return enough(tag, letters, 12);
    }
    if persian >= 30 && persian > arabic {
        return enough("fa", letters, 12);
    }
    if arabic >= 30 && persian * 3 < arabic {
        return enough("ar", letters, 8);
    }
    None
}

/// Yiddish writes its vowels: doubled vav and yod as one letter, alef with a mark.
fn hebrew_script(sample: &str, letters: usize) -> Option<&'static str> {
    let yiddish =
        sample.matches(['ײ', 'ױ', 'װ']).count() + sample.matches("אָ").count() + sample.matches("אַ").count();
    if yiddish * 50 > letters {
        return enough("yi", letters, 12);
    }
    enough("he", letters, 6)
}

/// Words that carry grammar in one language and are rare in its neighbours (Catalan, Galician, Dutch, Danish,
/// Afrikaans). Statistics cost half a millisecond a text, a look at these a fiftieth of it.
const FUNCTION_WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "and", "of", "were", "that", "with", "from", "had", "which", "by", "to",
        ],
    ),
    (
        "fr",
        &[
            "des", "est", "dans", "aux", "une", "ont", "pour", "avec", "été", "qui", "du", "sur",
        ],
    ),
    (
        "es",
        &["los", "las", "fue", "por", "con", "según", "más", "pero", "y"],
    ),
    (
        "pt",
        &[
            "não", "são", "uma", "pela", "pelo", "em", "um", "com", "foram", "também",
        ],
    ),
    (
        "de",
        &[
            "und", "das", "ist", "nicht", "wurde", "wurden", "mit", "auf", "ein", "eine", "für", "von",
        ],
    ),
    (
        "it",
        &[
            "gli", "della", "che", "sono", "nel", "alla", "è", "di", "dei", "il", "delle",
        ],
    ),
];

/// The language whose function words lead plainly: at least six, and four times as many as any other's.
fn by_function_words(sample: &str) -> Option<&'static str> {
    let mut counts = [0_usize; FUNCTION_WORDS.len()];
    for word in sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        for (count, (_, words)) in counts.iter_mut().zip(FUNCTION_WORDS) {
            *count += usize::from(words.contains(&word));
        }
    }
    let (best, tag) = counts
        .iter()
        .zip(FUNCTION_WORDS)
        .map(|(count, (tag, _))| (*count, *tag))
        .max()?;
    let others = counts
        .iter()
        .zip(FUNCTION_WORDS)
        .filter(|(_, (other, _))| *other != tag);
    let second = others.map(|(count, _)| *count).max().unwrap_or(0);
    (best >= 6 && best >= 4 * second).then_some(tag)
}

fn by_statistics(sample: &str, letters: usize) -> Option<&'static str> {
    if let Some(tag) = by_function_words(sample) {
        return Some(tag);
    }
    let info = whatlang::detect(sample)?;
    let sure = info.is_reliable() || (letters >= 120 && info.confidence() >= 0.5);
    if letters < FEWEST_LETTERS || !sure {
        return None;
    }
    tag(info.lang())
}

/// BCP 47 uses the two-letter code where a language has one.
fn tag(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Afr => "af",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tgl => "tl",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Zul => "zu",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(sentences: &[(&str, &str)]) {
        for (lang, text) in sentences {
            assert_eq!(language_of(text), Some(*lang), "{text}");
        }
    }

    #[test]
    fn a_sentence_in_latin_letters_is_enough() {
        found(&[
            (
                "fr",
                "Plus de 50 civils auraient été tués dans la nuit de mardi à mercredi près de Nerval.",
            ),
            (
                "en",
                "At least three people were killed when a shell hit the market on Tuesday morning.",
            ),
            (
                "es",
                "Al menos tres personas murieron el martes cuando un proyectil alcanzó el mercado.",
            ),
            (
                "de",
                "Mindestens drei Menschen wurden am Dienstag bei einem Angriff auf den Markt getötet.",
            ),
            (
                "pt",
                "Pelo menos três pessoas morreram na terça-feira quando um projétil atingiu o mercado.",
            ),
            (
                "tr",
                "Salı günü pazara düşen top mermisi nedeniyle en az üç kişi hayatını kaybetti. Yetkililer yaralıların hastaneye kaldırıldığını söyledi.",
            ),
        ]);
    }

    #[test]
    fn a_sentence_in_arabic_letters_is_enough() {
        found(&[
            ("ar", "قتل ثلاثة أشخاص على الأقل في قصف استهدف السوق."),
            (
                "fa",
                "دست‌کم سه نفر در حمله به بازار شهر کشته شدند و پنج نفر دیگر زخمی شدند.",
            ),
            (
                "ur",
                "منگل کے روز بازار پر گولہ گرنے سے کم از کم تین افراد ہلاک ہو گئے۔",
            ),
            (
                "ps",
                "د سې شنبې په ورځ په بازار کې لږ تر لږه درې کسان ووژل شول او پنځه نور ټپيان شول.",
            ),
            (
                "ckb",
                "لانیکەم سێ کەس لە بازاڕەکەدا کوژران و پێنج کەسی تریش بریندار بوون.",
            ),
        ]);
    }

    #[test]
    fn a_sentence_in_another_script_is_enough() {
        found(&[
            ("he", "שלושה בני אדם נהרגו אתמול"),
            ("yi", "דרײַ מענטשן זײַנען געהרגעט געוואָרן אויפֿן מאַרק."),
            ("zh", "星期二的爆炸造成至少三人死亡。"),
            ("ja", "火曜日の爆発で少なくとも三人が死亡した。"),
            ("ko", "화요일 폭발로 최소 세 명이 숨졌다."),
            (
                "hi",
                "मंगलवार को बाज़ार में हुए धमाके में कम से कम तीन लोग मारे गए और पाँच घायल हुए।",
            ),
            (
                "ru",
                "По данным местных властей, во вторник погибли не менее трёх человек.",
            ),
            (
                "uk",
                "За даними місцевої влади, у вівторок загинули щонайменше троє людей, ще п’ятеро поранені.",
            ),
            ("th", "มีผู้เสียชีวิตอย่างน้อยสามคนจากเหตุระเบิดเมื่อวันอังคาร"),
            ("el", "Τουλάχιστον τρεις άνθρωποι σκοτώθηκαν την Τρίτη."),
        ]);
    }

    #[test]
    fn a_mixed_text_is_left_to_statistics() {
        let french = "Les habitants des villages ont été évacués dans la nuit, et une route est fermée pour les camions. ";
        assert_eq!(by_function_words(&french.repeat(2)), Some("fr"));
        let english = "The road was closed and the trucks that were on it had to wait with their drivers. ";
        assert_eq!(by_function_words(&[french, english].concat()), None);
        for other in [
            "Els veïns de les cases del barri van dir que les portes de la ciutat eren tancades i que les dones. ",
            "Die mense van die dorp het gesê dat die pad na die stad gesluit is en dat die winkels toe is. ",
            "Der er mange, der siger, at den vej, der går til den by, ikke er åben, og det er den, der. ",
        ] {
            assert_eq!(by_function_words(&other.repeat(3)), None, "{other}");
        }
        assert_eq!(by_function_words("Les habitants"), None);
    }

    #[test]
    fn doubt_is_said() {
        for text in [
            "",
            "12/05/2031",
            "Nerval",
            "OK",
            "Salmère Nerval",
            "سلام",
            "123 456 !",
            "א",
            "ABC DEF GHI JKL",
        ] {
            assert_eq!(language_of(text), None, "{text}");
        }
    }

    #[test]
    fn the_story_counts_rather_than_its_navigation() {
        let story =
            "وقال شهود عيان إن القصف استمر ساعات وإن المستشفى الوحيد في البلدة امتلأ بالجرحى. ".repeat(4);
        let text =
            format!("Home > World > Middle East\nShare on social media\n{story}\nRead also: more news");
        assert_eq!(language_of(&text), Some("ar"));
    }
}
