//! How well a command fits what was typed to find it. More is better; what does not fit at all has no number.

/// How much more a name counts that is what was typed, that begins with it, or of which a word does.
pub(super) const WHOLE_NAME: i32 = 3_000;
const NAME_BEGINS: i32 = 2_000;
const WORD_BEGINS: i32 = 1_000;
/// How well a name fits that other programs have for it.
const SYNONYM: i32 = -500;
/// How well other words than the name fit: worse than a name in which each letter begins a word or follows the one before.
const OTHER_WORDS: i32 = -1_000;
/// How well they fit where what was typed stands there in another order or with others between, and how much better for each
/// word of the name.
const EACH_WORD: i32 = -1_500;
const WORD_OF_NAME: i32 = 100;
/// Words that name nothing.
const FILLERS: [&str; 13] = [
    "a", "an", "and", "as", "by", "for", "in", "make", "my", "of", "the", "to", "two",
];
/// How much less a name counts whose letters lie about in it.
const SCATTERED: i32 = -2_000;

/// What a name counts more for holding what was typed as it is.
fn as_typed(typed: &str, name: &str) -> i32 {
    let (typed, name) = (typed.trim().to_lowercase(), name.to_lowercase());
    let begins_word = |(at, _): (usize, &str)| {
        let before = name.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    if typed.is_empty() {
        0
    } else if name.trim_end_matches('…') == typed {
        WHOLE_NAME
    } else if name.starts_with(&typed) {
        NAME_BEGINS
    } else if typed.chars().count() > 2 && name.match_indices(&typed).any(begins_word) {
        // Two letters are rather the first ones of two words.
        WORD_BEGINS
    } else {
        0
    }
}

/// How well one of the names fits that others have for a command, in small letters and between commas: what was typed is it,
/// or begins it. `None` where neither is so.
pub(super) fn by_synonym(typed: &str, synonyms: &str) -> Option<i32> {
    let typed = typed.trim().to_lowercase();
    let fits = |synonym: &str| typed.chars().count() > 1 && synonym.trim().starts_with(&typed);
    synonyms.split(',').any(fits).then_some(SYNONYM)
}

/// How well the other words of a command fit, `also` in small letters: they hold what was typed as it is, or each of several
/// words that were typed begins a word of the name, of them, or of the menu. `None` where neither is so.
pub(super) fn by_words(typed: &str, name: &str, also: &str, menu: &str) -> Option<i32> {
    let typed = typed.trim().to_lowercase();
    if typed.chars().count() > 2 && also.contains(&typed) {
        return Some(OTHER_WORDS);
    }
    let wanted: Vec<&str> = typed
        .split_whitespace()
        .filter(|word| !FILLERS.contains(word))
        .collect();
    if !typed.contains(char::is_whitespace) || wanted.is_empty() {
        return None;
    }
    let (name, menu) = (name.to_lowercase(), menu.to_lowercase());
    let begins_one = |text: &str, wanted: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word.starts_with(wanted))
    };
    let mut points = EACH_WORD;
    for wanted in wanted {
        if begins_one(&name, wanted) {
            points += WORD_OF_NAME;
        } else if !begins_one(also, wanted) && !begins_one(&menu, wanted) {
            return None;
        }
    }
    Some(points)
}

/// How well a name fits what was typed: its letters must come in order; starts of words and runs count more. `None`
/// where they do not come at all.
pub(super) fn by_name(typed: &str, name: &str) -> Option<i32> {
    let mut points = as_typed(typed, name);
    let is_as_typed = points > 0;
    let mut is_scattered = false;
    let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let mut from = 0;
    for wanted in typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
    {
        let here = (from..name.len()).find(|at| name.get(*at) == Some(&wanted))?;
        let before = here.checked_sub(1).and_then(|at| name.get(at));
        let starts_word = before.is_none_or(|c| !c.is_alphanumeric());
        points += 1 + if starts_word { 8 } else { 0 } + if here == from && from > 0 { 4 } else { 0 };
        points -= i32::try_from(here - from).unwrap_or(0).min(3);
        is_scattered |= !starts_word && here != from;
        from = here + 1;
    }
    Some(if is_scattered && !is_as_typed {
        points + SCATTERED
    } else {
        points
    })
}
