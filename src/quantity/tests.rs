//! Expressions in, values out.

use super::*;

/// The words in square brackets, with those around them, as `kind low best high modifier who`, a dot for what is
/// not known.
pub(super) fn shown(marked: &str, lang: Option<&str>) -> String {
    let (before, rest) = marked.split_once('[').unwrap_or(("", marked));
    let (words, after) = rest.rsplit_once(']').unwrap_or((rest, ""));
    let quantity = read(words, lang, Context { before, after }, &Bounds::default());
    quantity.map_or_else(|| "nothing".to_owned(), |quantity| line(&quantity))
}

pub(super) fn line(quantity: &Quantity) -> String {
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
fn the_figures_of_the_brief_are_read() {
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
