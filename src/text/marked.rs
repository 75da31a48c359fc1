//! Marked-up text for tests: a failure then shows itself.

use proptest::prelude::*;

/// A text without its marks, and where each mark stood.
pub(crate) fn unmark(marked: &str, marks: &[char]) -> (String, Vec<(char, usize)>) {
    let (mut content, mut found) = (String::new(), Vec::new());
    for c in marked.chars() {
        if marks.contains(&c) {
            found.push((c, content.len()));
        } else {
            content.push(c);
        }
    }
    (content, found)
}

/// A text with marks put in.
pub(crate) fn mark(content: &str, marks: &[(usize, char)]) -> String {
    let mut marked = content.to_owned();
    let mut marks = marks.to_vec();
    marks.sort_by_key(|(at, _)| *at);
    for (at, c) in marks.into_iter().rev() {
        marked.insert(at, c);
    }
    marked
}

/// What [`any_text`] is made of: letters, digits, spaces, line breaks and marks of many scripts, and the controls that
/// join or turn them.
const UNITS: &[&str] = &[
    "a",
    "É",
    "z",
    "1",
    "٣",
    "२",
    "12",
    " ",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{2009}",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    ".",
    ". ",
    "! ",
    ",",
    "'",
    "’",
    "-",
    "־",
    "(",
    ")",
    "«",
    "»",
    "\"",
    "%",
    "€",
    "+",
    "_",
    "$",
    "l'",
    "d’Alep",
    "Jean-Noël",
    "U.S.",
    "M. ",
    "ب",
    "ال",
    "و",
    "حلب",
    "مُ",
    "ـ",
    "ש",
    "ב",
    "שָׁ",
    "״",
    "中",
    "国",
    "北京",
    "。",
    "カタ",
    "・",
    "ひら",
    "ไทย",
    "กำ",
    "ำ",
    "ก",
    "ក",
    "ខ្មែរ",
    "ကို",
    "क्षि",
    "\u{94d}",
    "क",
    "\u{301}",
    "\u{200d}",
    "\u{200c}",
    "\u{fe0f}",
    "👩",
    "👍🏽",
    "🇫",
    "🇫🇷",
    "한",
    "\u{1112}",
    "\u{1161}",
    "\u{11ab}",
    "\u{600}",
    "\u{200b}",
    "\u{202e}",
    "\u{2067}",
    "\u{2069}",
    "\u{feff}",
    "\u{ad}",
    "\u{e0041}",
    "\0",
    "\u{7f}",
    "𝟎",
    "½",
    "ß",
    "İ",
];

/// Any text, made so that the rules of segmentation meet each other often.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let unit = prop_oneof![8 => proptest::sample::select(UNITS).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(unit, 0..24).prop_map(|units| units.concat())
}
