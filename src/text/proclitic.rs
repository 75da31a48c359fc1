//! Proclitics: the particles that Arabic and Hebrew write onto the next word, dropped and restored by a key, or by a drag
//! of the start.
//!
//! Knows no lexicon: whether the first letter is a particle or the root's own is the annotator's to see, who presses
//! the key again where it was not.

use super::content::Text;
use super::digit::digit_value;
use super::grapheme;
use super::offset::{ByteOffset, ByteRange};
use super::quotation::{is_quotation, partner_at};
use super::word::segment_at;

/// Particles in the order in which they stand, one of each row at most. A longer one goes before its beginning.
type Rows = &'static [&'static [&'static str]];

/// "And", then a preposition; the two lams of للمغرب are preposition and article in one.
const ARABIC: Rows = &[&["و", "ف"], &["لل", "ب", "ك", "ل"]];
/// "And", a conjunction, a preposition, the article.
const HEBREW: Rows = &[&["ו"], &["לכש", "כש", "מש", "ש"], &["ב", "כ", "ל", "מ"], &["ה"]];

impl Text {
    /// The range from one place further in its first word: behind the next proclitic of Arabic or Hebrew, or behind an
    /// elision; behind the last, from the start of the word again. So with one proclitic it drops and restores in turn:
    /// بالمغرب, المغرب, بالمغرب. None where the range starts at no such place or the word has no proclitic.
    #[must_use]
    pub fn toggle_proclitic(&self, given: ByteRange) -> Option<ByteRange> {
        let next = self.next_start(given)?;
        Some(self.starting_at(given, next))
    }

    /// Whether [`Text::toggle_proclitic`] leads to another range; asked in every frame.
    #[must_use]
    pub fn has_proclitic(&self, given: ByteRange) -> bool {
        self.next_start(given).is_some()
    }

    fn next_start(&self, given: ByteRange) -> Option<usize> {
        let text = self.as_str();
        let word = segment_at(text, given.start().get());
        if given.is_empty() || !word.is_word {
            return None;
        }
        let mut places = vec![word.start];
        if let Some(place) = word.behind_elision() {
            places.push(place);
        } else {
            let lengths = proclitics(text.get(word.start..word.end)?);
            places.extend(lengths.into_iter().map(|length| word.start + length));
        }
        places.retain(|place| *place < given.end().get());
        let current = places.iter().position(|place| *place == given.start().get())?;
        let next = *places.get((current + 1) % places.len())?;
        (next != given.start().get()).then_some(next)
    }

    /// The range whose start was dragged to a place in a word, by whole words from `start` on: from there, or from behind
    /// the proclitic of Arabic or Hebrew that is nearer. From behind the word all of it is taken, save at the very place
    /// behind a proclitic, so that no letter of the root is left out that only looks like one. None where the word has
    /// no proclitic.
    #[must_use]
    pub fn drag_start(&self, given: ByteRange, start: ByteOffset, to: ByteOffset) -> Option<ByteRange> {
        let text = self.as_str();
        let word = segment_at(text, start.get());
        if word.start != start.get() || !word.is_word {
            return None;
        }
        let mut places: Vec<usize> = proclitics(text.get(word.start..word.end)?)
            .into_iter()
            .map(|length| word.start + length)
            .filter(|place| *place < given.end().get())
            .collect();
        let last = places.iter().max().copied()?;
        if given.start().get() > last {
            places.retain(|place| *place == to.get());
        }
        places.insert(0, word.start);
        let place = places.into_iter().min_by_key(|place| place.abs_diff(to.get()))?;
        // Within the word, quotation marks go by what the range had of it.
        let is_within = (word.start..=last).contains(&given.start().get());
        let from = if is_within {
            given
        } else {
            ByteRange::between(start, given.end())
        };
        Some(self.starting_at(from, place))
    }

    /// The range from another place on. A quotation mark that is dropped with a proclitic, as in ב"הארץ", takes its
    /// partner along, and brings it back.
    fn starting_at(&self, given: ByteRange, place: usize) -> ByteRange {
        let next = ByteRange::between(ByteOffset::new(place), given.end());
        let text = self.as_str();
        let (first, last) = (place.min(given.start().get()), place.max(given.start().get()));
        let changed = text.get(first..last).unwrap_or_default();
        let Some((offset, _)) = changed.char_indices().rev().find(|(_, c)| is_quotation(*c)) else {
            return next;
        };
        if place < given.start().get() {
            return self.with_quotations(next);
        }
        let partner = partner_at(text, first + offset);
        let rest = partner.and_then(|partner| Some((partner, text.get(partner..given.end().get())?)));
        let mark = rest.filter(|(partner, rest)| *partner > place && rest.chars().count() == 1);
        mark.map_or(next, |(partner, _)| {
            self.trim(ByteRange::between(next.start(), ByteOffset::new(partner)))
        })
    }
}

/// Bytes of the first proclitic of a word, of the first two, and so on.
fn proclitics(word: &str) -> Vec<usize> {
    // Base letters with the ends of their clusters, so that vowel points do not matter.
    let mut letters: Vec<(char, usize)> = Vec::new();
    let mut at = 0;
    while let Some(letter) = word.get(at..).and_then(|rest| rest.chars().next()) {
        at = grapheme::next(word, at);
        match letters.last_mut() {
            // A tatweel, hyphen, or quotation mark behind a particle goes with it: بـ50, ה-7, ב"הארץ".
            Some(last) if matches!(letter, '\u{640}' | '-' | '\u{5be}' | '"' | '\u{5f4}') => last.1 = at,
            _ => letters.push((letter, at)),
        }
    }
    let rows = match letters.first() {
        Some(('\u{620}'..='\u{64a}', _)) => ARABIC,
        Some(('\u{5d0}'..='\u{5ea}', _)) => HEBREW,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    let mut used = 0;
    for row in rows {
        let rest = letters.get(used..).unwrap_or_default();
        let starts = |particle: &str| {
            let mut particle = particle.chars();
            let all = rest
                .iter()
                .zip(particle.by_ref())
                .all(|((letter, _), c)| *letter == c);
            all && particle.next().is_none()
        };
        let Some(particle) = row.iter().find(|particle| starts(particle)) else {
            continue;
        };
        let length = particle.chars().count();
        // What remains must be a word, of two letters at least, or a number: ב־9.
        let mut push = |count: usize| {
            let number = letters.get(count).and_then(|(first, _)| digit_value(*first));
            let enough = letters.len() >= count + 2 || number.is_some();
            found.extend(
                enough
                    .then(|| letters.get(count - 1).map(|letter| letter.1))
                    .flatten(),
            );
        };
        push(used + length);
        if *particle == "لل" {
            // Or the preposition alone, where the second lam is the word's own: للاجئين.
            push(used + 1);
        }
        used += length;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::marked::any_text;
    use super::super::offset::range;
    use super::*;
    use proptest::prelude::*;

    /// Selections of the same text, in the order in which the key brings them; the last leads to the first.
    fn check(text: &str, turns: &[&str]) {
        let content = Text::new(text);
        for (turn, selected) in turns.iter().enumerate() {
            let start = text.find(selected).unwrap();
            let next = content.toggle_proclitic(range(start, start + selected.len()));
            let next = next.map(|range| content.slice(range).unwrap());
            let expected = turns[(turn + 1) % turns.len()];
            assert_eq!(next, (turns.len() > 1).then_some(expected), "after {selected}");
        }
    }

    #[test]
    fn arabic_particles_drop_and_come_back() {
        check("في بالمغرب", &["بالمغرب", "المغرب"]);
        check("قال والجيش", &["والجيش", "الجيش"]);
        check("في وبالمغرب.", &["وبالمغرب", "بالمغرب", "المغرب"]);
        check("عاد للمغرب", &["للمغرب", "مغرب", "لمغرب"]);
        check("قدم للاجئين", &["للاجئين", "اجئين", "لاجئين"]);
        check("بَالْمَغْرِب", &["بَالْمَغْرِب", "الْمَغْرِب"]);
        check("نحو بـ50 شخصا", &["بـ50", "50"]);
        check("في بـ5 مدن", &["بـ5", "5"]);
        check("وصل ب٧ سيارات", &["ب٧", "٧"]);
        check("وبـ3 جرحى", &["وبـ3", "بـ3", "3"]);
    }

    #[test]
    fn hebrew_particles_drop_and_come_back() {
        check("בירושלים", &["בירושלים", "ירושלים"]);
        check("ובירושלים", &["ובירושלים", "בירושלים", "ירושלים"]);
        check("כשהממשלה", &["כשהממשלה", "הממשלה", "ממשלה"]);
        check("ה-IDF הודיע", &["ה-IDF", "IDF"]);
        check("נחתם ב־9 ביולי 2024", &["ב־9 ביולי 2024", "9 ביולי 2024"]);
        check("עד ל-3 בבוקר", &["ל-3", "3"]);
        check("נפצעו כ8 בני אדם", &["כ8", "8"]);
        check("מגיל שב־7 שנים", &["שב־7", "ב־7", "7"]);
        check("ב\"הארץ\"", &["ב\"הארץ\"", "הארץ", "ארץ"]);
    }

    /// The start of the range between bars is dragged to the caret `^`, and then stands at the second bar of the result.
    #[track_caller]
    fn check_drag(marked: &str, expected: &str) {
        let mut content = String::new();
        let (mut bars, mut caret) = (Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '|' => bars.push(content.len()),
                '^' => caret = content.len(),
                c => content.push(c),
            }
        }
        let text = Text::new(content.as_str());
        let given = range(bars[0], bars[1]);
        let to = ByteOffset::new(caret).min(text.previous_grapheme(given.end()));
        let wanted = ByteRange::between(to, given.end());
        let start = text.snap_to_words(wanted).start();
        let moved = text.drag_start(given, start, to);
        let moved = moved.unwrap_or_else(|| ByteRange::between(start, given.end()));
        assert_eq!(text.slice(moved), Some(expected), "{marked}");
    }

    #[test]
    fn a_start_that_is_dragged_stops_behind_a_proclitic() {
        check_drag("في |ب^المغرب| اليوم", "المغرب");
        check_drag("في |^بالمغرب| اليوم", "بالمغرب");
        check_drag("في |بالمغ^رب| اليوم", "المغرب");
        check_drag("في ب|المغرب| ال^يوم", "المغرب");
        check_drag("في ^ب|المغرب|", "بالمغرب");
        check_drag("في |وب^المغرب|", "المغرب");
        check_drag("في |و^بالمغرب|", "بالمغرب");
        check_drag("|קרוב ש^בירושלים|", "בירושלים");
        check_drag("|ב\"^הארץ\"|", "הארץ");
        check_drag("^ב\"|הארץ|\"", "ב\"הארץ\"");
    }

    #[test]
    fn a_start_that_comes_from_behind_a_word_takes_all_of_it() {
        check_drag("قصف بغ^داد |أمس|", "بغداد أمس");
        check_drag("قصف ب^غداد |أمس|", "غداد أمس");
        check_drag("قصف ^بغداد |أمس|", "بغداد أمس");
        check_drag("vers A^lep |hier|", "Alep hier");
    }

    #[test]
    fn an_elision_comes_back_too() {
        check("dans L'Express", &["L'Express", "Express"]);
    }

    #[test]
    fn a_longer_selection_keeps_its_end() {
        check("وقوات سوريا في حلب", &["وقوات سوريا", "قوات سوريا"]);
    }

    #[test]
    fn where_nothing_can_be_dropped_the_key_does_nothing() {
        check("Alep", &["Alep"]);
        check("دمشق", &["دمشق"]);
        check("لم", &["لم"]);
        check("ב־א", &["ב־א"]);
        check("5", &["5"]);
        check("北京", &["北京"]);
        let text = Text::new("بالمغرب");
        assert_eq!(
            text.toggle_proclitic(range(4, 14)),
            None,
            "from the middle of the word"
        );
        assert_eq!(text.toggle_proclitic(range(0, 2)), None, "nothing would remain");
        assert_eq!(text.toggle_proclitic(range(0, 0)), None);
        assert_eq!(Text::new("").toggle_proclitic(range(0, 5)), None);
    }

    proptest! {
        #[test]
        fn the_key_turns_in_a_circle_of_graphemes(content in any_text(), one in 0_usize..200, other in 0_usize..200) {
            let text = Text::new(content.as_str());
            let given = text.snap_to_words(range(one, other));
            let mut turn = given;
            for _ in 0..12 {
                let Some(next) = text.toggle_proclitic(turn) else { break };
                let between = range(next.end().min(given.end()).get(), next.end().max(given.end()).get());
                let is_mark = text.slice(between).unwrap().chars().any(is_quotation);
                prop_assert!((between.is_empty() || is_mark) && !next.is_empty() && next != turn);
                prop_assert!(text.is_grapheme_boundary(next.start()));
                turn = next;
            }
        }
    }
}
