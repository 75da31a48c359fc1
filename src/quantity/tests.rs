//! Expressions in, values out.

use proptest::prelude::*;

use super::*;

/// The words in square brackets, with those around them, as `kind low best high modifier who`, a dot for what is
/// not known.
fn shown(marked: &str, lang: Option<&str>) -> String {
    let (before, rest) = marked.split_once('[').unwrap_or(("", marked));
    let (words, after) = rest.rsplit_once(']').unwrap_or((rest, ""));
    let quantity = read(words, lang, Context { before, after }, &Bounds::default());
    quantity.map_or_else(|| "nothing".to_owned(), |quantity| line(&quantity))
}

fn line(quantity: &Quantity) -> String {
    let number = |bound: Option<u64>| bound.map_or_else(|| ".".to_owned(), |bound| bound.to_string());
    let name = |name: Option<&'static str>| name.unwrap_or(".").to_owned();
    let who = if quantity.who.is_empty() {
        ".".to_owned()
    } else {
        quantity.who.join(", ")
    };
    [
        name(quantity.kind.map(crate::model::QuantityKind::name)),
        number(quantity.low),
        number(quantity.best),
        number(quantity.high),
        name(quantity.modifier.map(crate::model::Modifier::name)),
        who,
    ]
    .join(" ")
}

#[track_caller]
fn check(marked: &str, lang: &str, expected: &str) {
    assert_eq!(shown(marked, Some(lang)), expected, "{marked}");
}

#[test]
fn tables_can_be_read() {
    for tag in languages::tags() {
        assert_eq!(languages::table(tag).unwrap().language, tag);
    }
}

#[test]
fn count_harm_wording_and_people_are_read_together() {
    check(
        "[plus de 50 civils] auraient été tués",
        "fr",
        "killed 51 . . more_than civilians",
    );
    check(
        "[plus de 200 personnes] ont été tuées",
        "fr",
        "killed 201 . . more_than .",
    );
    check("[12 morts et 30 blessés]", "fr", "killed 12 12 12 exact .");
    check("[une trentaine de personnes]", "fr", ". . 30 . about .");
    check("袭击者“[约有30人]，乘摩托车而来”", "zh", ". . 30 . about .");
    check(
        "目前已有[两千多名村民]撤往柳川镇",
        "zh",
        "displaced 2001 . . more_than .",
    );
    check(
        "قُتل [ما لا يقل عن ١٢ مدنيا] في",
        "ar",
        "killed 12 . . at_least civilians",
    );
    check("[قتيلان]", "ar", "killed 2 2 2 exact .");
    check("[مئة وعشرون قتيلا]", "ar", "killed 120 120 120 exact .");
    check(
        "[between ten and fifteen soldiers] were wounded",
        "en",
        "injured 10 . 15 . soldiers",
    );
}

#[test]
fn what_stands_beside_the_words_makes_them_no_more_and_no_less() {
    // What befell them is read from the sentence; how many, from the words alone.
    check("qui a tué plus de [200 personnes]", "fr", "killed . 200 . . .");
    check(
        "qui a tué [plus de 200 personnes]",
        "fr",
        "killed 201 . . more_than .",
    );
    check(
        "[50 civils] au moins ont été tués",
        "fr",
        "killed . 50 . . civilians",
    );
    check("killed at least [12 soldiers]", "en", "killed . 12 . . soldiers");
    check("قُتل ما لا يقل عن [١٢ مدنيا] في", "ar", "killed . 12 . . civilians");
    check(
        "plus d'[une trentaine de soldats] tués",
        "fr",
        "killed . 30 . about soldiers",
    );
}

#[test]
fn single_persons_joined_by_and_are_counted_together() {
    for (marked, lang, expected) in [
        (
            "Among those killed were [a 58-year-old shepherd and his daughter].",
            "en",
            "killed 2 2 2 exact .",
        ),
        (
            "[a boy, who was asleep, and his dog] were killed",
            "en",
            "killed 1 1 1 exact children",
        ),
        (
            "[a journalist and activist] was killed",
            "en",
            "killed 1 1 1 exact journalists",
        ),
        (
            "[a man killed and a woman injured]",
            "en",
            "killed 1 1 1 exact men",
        ),
        (
            "[un homme et une femme] ont été tués",
            "fr",
            "killed 2 2 2 exact men, women",
        ),
        ("Murieron [una anciana y su nieto].", "es", "killed 2 2 2 exact ."),
        ("قُتل [رجل وامرأة] في القصف", "ar", "killed 2 2 2 exact men, women"),
        (
            "قُتل [صحفي وناشط] في القصف",
            "ar",
            "killed 1 1 1 exact journalists",
        ),
        ("[גבר ואישה] נהרגו", "he", "killed 2 2 2 exact men, women"),
        ("[एक महिला और उसकी बेटी] मारी गईं", "hi", "killed 2 2 2 exact women"),
        (
            "[一名男子和一名女子]被打死",
            "zh",
            "killed 2 2 2 exact men, women",
        ),
    ] {
        check(marked, lang, expected);
    }
}

#[test]
fn the_missing_who_are_found_unharmed_are_no_casualties() {
    for (marked, lang) in [
        (
            "[A toddler] who had been reported missing was found unharmed.",
            "en",
        ),
        ("[Un enfant] porté disparu a été retrouvé sain et sauf.", "fr"),
        ("[Un niño] desaparecido fue hallado ileso.", "es"),
        ("عُثر على [طفل] مفقود سالما", "ar"),
        ("[ילד] נעדר נמצא בריא ושלם", "he"),
        ("[एक बच्ची] लापता थी और सुरक्षित मिली", "hi"),
        ("[一名儿童]失踪后平安获救", "zh"),
    ] {
        check(marked, lang, "nothing");
    }
    check(
        "[12 people] are missing, 3 others were found unharmed",
        "en",
        "missing 12 12 12 exact .",
    );
    check(
        "Officials put the figure at [around forty].",
        "en",
        ". . 40 . about .",
    );
}

#[test]
fn the_words_say_the_language_where_nobody_does() {
    for (words, expected) in [
        ("plus de 50 civils tués", "killed 51 . . more_than civilians"),
        (
            "more than 50 civilians killed",
            "killed 51 . . more_than civilians",
        ),
        ("más de 50 civiles muertos", "killed 51 . . more_than civilians"),
        ("أكثر من 50 مدنيا", ". 51 . . more_than civilians"),
        ("三百五十人死亡", "killed 350 350 350 exact ."),
        ("तीन सौ पचास लोग मारे गए", "killed 350 350 350 exact ."),
        ("12 341", ". 12341 12341 12341 exact ."),
    ] {
        assert_eq!(shown(&format!("[{words}]"), None), expected, "{words}");
    }
    for nothing in [
        "le 12 mai 2022",
        "20 ans",
        "12 May 2022",
        "20 años",
        "F-16",
        "M23",
        "12 %",
        "Alep",
        "une attaque",
    ] {
        assert_eq!(shown(&format!("[{nothing}]"), None), "nothing", "{nothing}");
    }
}

/// What is wrong with the reading of a number that is spelled in words.
fn misread(tag: &str, number: u64, way: usize) -> Option<String> {
    let words = spell::spelled(tag, number, way);
    let read = read(&words, Some(tag), Context::default(), &Bounds::default());
    let is_right = read.as_ref().is_some_and(|quantity| {
        (quantity.low, quantity.best, quantity.high) == (Some(number), Some(number), Some(number))
    });
    (!is_right).then(|| format!("{number} as “{words}” in {tag} is read as {read:?}"))
}

#[test]
fn every_number_up_to_9999_is_read_as_it_is_spelled() {
    let mut faults = Vec::new();
    for tag in languages::tags() {
        for way in 0..spell::ways(tag) {
            faults.extend((0..10_000).filter_map(|number| misread(tag, number, way)));
        }
    }
    let count = faults.len();
    faults.truncate(20);
    assert!(faults.is_empty(), "{count} wrong, such as\n{}", faults.join("\n"));
}

#[test]
fn numbers_are_spelled_as_in_print() {
    for (tag, number, way, words) in [
        ("fr", 0, 0, "zéro"),
        ("fr", 71, 0, "soixante et onze"),
        ("fr", 91, 0, "quatre-vingt-onze"),
        ("fr", 99, 0, "quatre-vingt-dix-neuf"),
        ("fr", 99, 2, "nonante-neuf"),
        ("fr", 1281, 0, "mille deux cent quatre-vingt-un"),
        ("fr", 3200, 1, "trois-mille-deux-cents"),
        ("en", 2345, 0, "two thousand three hundred and forty-five"),
        ("en", 2005, 1, "two thousand five"),
        ("es", 1145, 0, "mil ciento cuarenta y cinco"),
        ("es", 100, 0, "cien"),
        ("ar", 120, 0, "مئة وعشرون"),
        ("ar", 325, 3, "ثلاثمائة وخمس وعشرين"),
        ("ar", 2212, 0, "ألفان ومئتان واثنا عشر"),
        ("ar", 5000, 0, "خمسة آلاف"),
        ("he", 123, 0, "מאה עשרים ושלושה"),
        ("he", 3315, 1, "שלושת אלפים שלוש מאות וחמש עשרה"),
        ("zh", 350, 0, "三百五十"),
        ("zh", 1005, 0, "一千零五"),
        ("hi", 1053, 0, "एक हजार तिरपन"),
    ] {
        assert_eq!(spell::spelled(tag, number, way), words);
    }
}

proptest! {
    /// Words of the tables in any order, with digits and marks between them.
    #[test]
    fn whatever_stands_there_is_read_without_a_fault(picks in proptest::collection::vec((0_usize..5000, 0_usize..12), 0..24), before in 0_usize..8, after in 0_usize..8) {
        for tag in languages::tags() {
            let table = languages::table(tag).unwrap();
            let words = table.words();
            let marks = [" ", " ", " ", " ", ", ", "-", "–", " 12 ", "1 200", "%", ". ", "+"];
            let text: Vec<String> = picks
                .iter()
                .map(|(word, mark)| format!("{}{}", words[word % words.len()], marks[*mark]))
                .collect();
            let before_end = before.min(text.len());
            let after_start = text.len().saturating_sub(after).max(before_end);
            let context = Context { before: &text[..before_end].concat(), after: &text[after_start..].concat() };
            let read = read(&text[before_end..after_start].concat(), Some(tag), context, &Bounds::default());
            prop_assert!(read.is_none_or(|quantity| quantity.is_ordered() && quantity != Quantity::default()));
        }
    }

    #[test]
    fn any_text_is_read_without_a_fault(before in crate::text::marked::any_text(), words in crate::text::marked::any_text(), after in crate::text::marked::any_text()) {
        let context = Context { before: &before, after: &after };
        let quantity = read(&words, None, context, &Bounds::default());
        prop_assert!(quantity.is_none_or(|quantity| quantity.is_ordered()));
    }
}

#[test]
fn killed_and_wounded_are_one_figure_that_may_be_either() {
    let said = |lang: &str, words: &str| -> Vec<String> {
        let found = readings(words, Some(lang), Context::default(), &Bounds::default());
        found.iter().map(line).collect()
    };
    let both = ["killed 24 . . vague .", "injured 24 . . vague ."];
    assert_eq!(said("en", "dozens of dead and wounded"), both);
    assert_eq!(said("en", "dozens killed or injured"), both);
    assert_eq!(
        said("fr", "morts et blessés"),
        ["killed . . . . .", "injured . . . . ."]
    );
    assert_eq!(
        said("zh", "12人死伤"),
        ["killed 12 12 12 exact .", "injured 12 12 12 exact ."]
    );
    assert_eq!(said("fr", "12 morts"), ["killed 12 12 12 exact ."]);
    assert!(said("fr", "Alep").is_empty());
}

#[track_caller]
fn reaches(marked: &str, lang: &str, expected: &str) {
    let (before, rest) = marked.split_once('[').unwrap();
    let (words, after) = rest.split_once(']').unwrap();
    let found = reach(words, Some(lang), Context { before, after });
    let (apart, hedge) = before.split_at(before.len() - found.before);
    let (people, behind) = after.split_at(found.after);
    assert_eq!(format!("{apart}[{hedge}{words}{people}]{behind}"), expected);
}

#[test]
fn the_words_of_a_figure_reach_from_its_hedge_to_its_people() {
    for (lang, marked, expected) in [
        ("en", "as many as [11,000]", "[as many as 11,000]"),
        ("en", "well over [30 or] more", "[well over 30 or] more"),
        ("en", "he spoke about [50 killed]", "he spoke [about 50 killed]"),
        ("en", "about it, [50 killed]", "about it, [50 killed]"),
        (
            "fr",
            "plus d'une [trentaine] de civils",
            "[plus d'une trentaine de civils]",
        ),
        ("fr", "de 20 à [30 tués]", "de [20 à 30 tués]"),
        ("es", "al menos [12 muertos]", "[al menos 12 muertos]"),
        (
            "ar",
            "ما لا يقل عن [50] من المدنيين",
            "[ما لا يقل عن 50 من المدنيين]",
        ),
        ("he", "לפחות כ-[30] פצועים", "לפחות [כ-30 פצועים]"),
        ("zh", "造成至少[50]名平民死亡", "造成[至少50名平民]死亡"),
        ("zh", "超过[50人死亡]", "[超过50人死亡]"),
        ("zh", "约[50人受伤]", "[约50人受伤]"),
        (
            "hi",
            "यहाँ कम से कम [50] नागरिकों की मौत",
            "यहाँ [कम से कम 50 नागरिकों] की मौत",
        ),
        ("hi", "[50] से अधिक लोग मारे गए", "[50 से अधिक लोग] मारे गए"),
    ] {
        reaches(marked, lang, expected);
    }
}

#[test]
fn two_numbers_before_one_noun_are_none_that_is_exact() {
    for (lang, opens, words) in [
        ("en", "Between", "20 and 30 passengers were wounded"),
        ("fr", "Entre", "20 et 30 passagers ont été blessés"),
        ("es", "Entre", "20 y 30 pasajeros resultaron heridos"),
        ("ar", "بين", "20 و30 راكبا أصيبوا"),
        ("he", "בין", "20 ו-30 נוסעים נפצעו"),
    ] {
        check(&format!("[{words}]"), lang, "injured . . . . .");
        check(&format!("{opens} [{words}]"), lang, "injured 20 . 30 . .");
        check(&format!("[{opens} {words}]"), lang, "injured 20 . 30 . .");
    }
    check("[20和30名乘客受伤]", "zh", "injured . . . . .");
    check("[20 और 30 यात्री घायल हुए]", "hi", "injured . . . . .");
    check("[12 killed and 30 wounded]", "en", "killed 12 12 12 exact .");
}

#[test]
fn long_rows_and_great_numbers_are_read_like_any_other() {
    let great = shown("[a woman and 18446744073709551615 children killed]", Some("en"));
    assert!(great.starts_with("killed"), "{great}");
    // A row of days is looked at for some numbers only: to the end of each took minutes here, and the stack.
    let row = format!("[{}2 personnes tuées]", "1, ".repeat(20_000));
    assert!(shown(&row, Some("fr")).starts_with("killed"));
}
