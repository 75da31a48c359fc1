//! Quotation marks of a text: which is one, and which two belong together.
//!
//! Marks say less of themselves than brackets do: `"` opens and closes, `’` is an apostrophe more often, and `"` stands
//! in Hebrew acronyms. So a whole paragraph is read, each mark with its neighbours. Knows no language.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Opening and closing marks, the usual direction of a mark first. A mark may open in one language and close in another
/// („…“ and “…”).
pub(super) const QUOTATION_MARKS: &[(char, char)] = &[
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('›', '‹'),
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('”', '”'),
    ('‘', '’'),
    ('‚', '‘'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('"', '"'),
    ('״', '״'),
];
/// Both a quotation mark and, more often, an apostrophe.
const SINGLE: (char, char) = ('\'', '\'');

/// Bytes on each side of a mark in which its partner is looked for.
const REACH: usize = 3000;
/// Characters that may stand between words and a mark that is still beside them: `« Alep »`, `"Alep."`.
const GAP: usize = 3;
/// Letters that Hebrew writes onto the next word, also onto one in quotation marks: ב"הארץ".
const HEBREW_PROCLITICS: &[char] = &['ו', 'ש', 'ה', 'ב', 'כ', 'ל', 'מ'];

fn are_partners(open: char, close: char) -> bool {
    SINGLE == (open, close) || QUOTATION_MARKS.contains(&(open, close))
}

/// Whether a character may be a quotation mark.
pub(super) fn is_quotation(c: char) -> bool {
    let mut pairs = QUOTATION_MARKS.iter().chain([&SINGLE]);
    pairs.any(|(open, close)| *open == c || *close == c)
}

/// The quotation mark right behind a place, over space and the stops of a sentence.
pub(super) fn mark_behind(text: &str, at: usize) -> Option<(usize, char)> {
    let is_gap = |c: char| is_space(c) || ".,;:!?…،؛؟。，、！？।".contains(c);
    let behind = text.get(at..)?.char_indices().take(GAP + 1);
    let (offset, mark) = behind.into_iter().find(|(_, c)| !is_gap(*c))?;
    is_quotation(mark).then_some((at + offset, mark))
}

/// The quotation mark right ahead of a place, over space and what opens a sentence.
pub(super) fn mark_ahead(text: &str, at: usize) -> Option<(usize, char)> {
    let is_gap = |c: char| is_space(c) || "¿¡".contains(c);
    let mut ahead = text.get(..at)?.char_indices().rev().take(GAP + 1);
    ahead
        .find(|(_, c)| !is_gap(*c))
        .filter(|(_, mark)| is_quotation(*mark))
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !ends_paragraph(c)
}

const fn ends_paragraph(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Where the partner of the quotation mark at a place starts, in the same paragraph.
pub(super) fn partner_at(text: &str, at: usize) -> Option<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (start, end) = paragraph_around(text, at);
    for (offset, mark) in text.get(start..end)?.char_indices() {
        let place = start + offset;
        if !is_quotation(mark) {
            continue;
        }
        let role = role(text, place, mark);
        let partner = open.iter().rposition(|(_, open)| are_partners(*open, mark));
        if let Some(partner) = partner.filter(|_| role.closes) {
            let (opened, _) = *open.get(partner)?;
            open.truncate(partner);
            if place == at {
                return Some(opened);
            }
            if opened == at {
                return Some(place);
            }
        } else if role.opens {
            open.push((place, mark));
        }
    }
    None
}

/// The paragraph around a place, or as much of it as is in reach.
fn paragraph_around(text: &str, at: usize) -> (usize, usize) {
    let first = (at.saturating_sub(REACH)..=at).find(|place| text.is_char_boundary(*place));
    let first = first.unwrap_or(at);
    let last = (at..=(at + REACH).min(text.len())).rev();
    let last = last
        .into_iter()
        .find(|place| text.is_char_boundary(*place))
        .unwrap_or(at);
    let ahead = text.get(first..at).unwrap_or_default();
    let behind = text.get(at..last).unwrap_or_default();
    let start = ahead.char_indices().rev().find(|(_, c)| ends_paragraph(*c));
    (
        start.map_or(first, |(offset, c)| first + offset + c.len_utf8()),
        behind.find(ends_paragraph).map_or(last, |offset| at + offset),
    )
}

/// What a mark may do where it stands.
struct Role {
    opens: bool,
    closes: bool,
}

fn role(text: &str, at: usize, mark: char) -> Role {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + mark.len_utf8()..).unwrap_or_default();
    if is_within_word(before, after, mark) {
        return Role {
            opens: false,
            closes: false,
        };
    }
    let (opens, closes) = flanks(before.chars().next_back(), after.chars().next());
    match mark {
        '„' | '‚' | '「' | '『' | '《' | '〈' => Role {
            opens: true,
            closes: false,
        },
        '」' | '』' | '》' | '〉' | '’' => Role {
            opens: false,
            closes: true,
        },
        // A guillemet or a curled mark with space or letters on both sides has its usual direction.
        '«' | '‹' | '“' | '‘' if opens == closes => Role {
            opens: true,
            closes: matches!(mark, '“' | '‘'),
        },
        '»' | '›' | '”' if opens == closes => Role {
            opens: false,
            closes: true,
        },
        '"' | '״' if opens == closes => Role {
            opens: true,
            closes: true,
        },
        _ => Role { opens, closes },
    }
}

/// Whether a mark leans on what stands behind it, and on what stands before it.
fn flanks(before: Option<char>, after: Option<char>) -> (bool, bool) {
    let is_gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let opens = !is_gap(after) && (!is_punctuation(after) || is_gap(before) || is_punctuation(before));
    let closes = !is_gap(before) && (!is_punctuation(before) || is_gap(after) || is_punctuation(after));
    (opens, closes)
}

fn is_punctuation(c: Option<char>) -> bool {
    let categories = CodePointMapData::<GeneralCategory>::new();
    c.is_some_and(|c| GeneralCategoryGroup::Punctuation.contains(categories.get(c)))
}

/// Whether a mark stands inside a word: an apostrophe, a geresh, the gershayim of an acronym such as צה"ל.
fn is_within_word(before: &str, after: &str, mark: char) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stands_between = is_letter(before.chars().next_back()) && is_letter(after.chars().next());
    let is_hebrew = |c: char| matches!(c, '\u{5d0}'..='\u{5ea}');
    if !stands_between {
        return false;
    }
    match mark {
        '"' | '״' | '\'' if after.starts_with(is_hebrew) => {
            // Onto the quoted word only particles are written, and that has more than the last letter of an acronym.
            let mut written_on = before.chars().rev().take_while(|c| is_hebrew(*c));
            let is_quoted = after.chars().take_while(|c| is_hebrew(*c)).count() > 1
                && written_on.all(|c| HEBREW_PROCLITICS.contains(&c));
            before.ends_with(is_hebrew) && !is_quoted
        }
        '\'' | '’' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::marked::{mark, unmark};
    use super::*;

    /// Each mark of a pair stands behind `⟨`.
    fn check(marked: &str) {
        let (content, marks) = unmark(marked, &['⟨']);
        let pairs: Vec<(usize, char)> = content
            .char_indices()
            .filter(|(at, c)| is_quotation(*c) && partner_at(&content, *at).is_some())
            .map(|(at, _)| (at, '⟨'))
            .collect();
        assert_eq!(mark(&content, &pairs), marked);
        assert_eq!(pairs.len(), marks.len());
        for (at, _) in pairs {
            let partner = partner_at(&content, at).unwrap();
            assert_eq!(partner_at(&content, partner), Some(at), "{content}");
        }
    }

    #[test]
    fn marks_of_all_forms_are_paired() {
        check("le groupe ⟨« Daech ⟨» et le ⟨« Hezbollah ⟨»");
        check("die ⟨»Zeit⟨« und der ⟨„Spiegel⟨“");
        check("the ⟨“old⟨” guard, ⟨\"new⟨\"");
        check("تنظيم ⟨«داعش⟨» و⟨\"حزب⟨\"");
        check("称⟨\"甲⟨\"和⟨\"乙⟨\"，⟨「丙⟨」与⟨《丁⟨》");
        check("संगठन ⟨'लश्कर⟨' और ⟨‘जैश⟨’");
        check("he said ⟨\"no ⟨'way out⟨'.⟨\"");
    }

    #[test]
    fn apostrophes_and_gershayim_are_no_quotation_marks() {
        check("l'armée d’Alep n'a pas");
        check("the rebels' camp isn't theirs");
        check("the ⟨'rebels⟨' isn’t ⟨‘a rebel’s camp⟨’");
        check("צה\"ל ומנכ\"לית בארה״ב");
        check("ארגון ⟨\"צה\"ל הצפוני⟨\" מ⟨\"הארץ⟨\" ומ⟨'מעריב⟨' וצ'ק");
    }

    #[test]
    fn a_mark_is_paired_in_its_paragraph_only() {
        check("une « phrase\nouverte »");
    }
}
