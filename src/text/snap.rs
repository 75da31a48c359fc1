//! Snapping: from what a mouse dragged over to the words it meant.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use super::content::Text;
use super::grapheme;
use super::offset::{ByteOffset, ByteRange, range};
use super::pairs::{partner_of_first, partner_of_last};
use super::word::segment_at;

/// Brackets that are taken along at most: each is looked for among all of the words, in each step of a drag.
const MAX_PARTNERS: usize = 8;

impl Text {
    /// The words that a range touches, without a leading elision and trimmed as [`Text::trim`] does: what a drag of
    /// the mouse selects. A bracket directly at its ends comes along where its partner is inside.
    /// An empty range stays one. Snapping twice changes nothing.
    #[must_use]
    pub fn snap_to_words(&self, dragged: ByteRange) -> ByteRange {
        let (text, last) = (self.as_str(), self.end().get());
        let (start, end) = (dragged.start().get().min(last), dragged.end().get().min(last));
        if start == end {
            return ByteRange::caret(ByteOffset::new(start));
        }
        let touched = self.trim(range(
            segment_at(text, start).start,
            segment_at(text, end - 1).end,
        ));
        let first = segment_at(text, touched.start().get());
        let behind_elision = first.start + first.elision;
        if touched.is_empty() || touched.start().get() >= behind_elision {
            return self.with_partners(touched);
        }
        self.with_partners(self.trim(range(behind_elision, touched.end().get())))
    }

    /// A range with the brackets that stand directly at its ends and belong to one inside, as in `État islamique (EI)`.
    fn with_partners(&self, words: ByteRange) -> ByteRange {
        let text = self.as_str();
        let (mut start, mut end) = (words.start().get(), words.end().get());
        for _ in 0..MAX_PARTNERS {
            let behind = text.get(end..).and_then(|behind| behind.chars().next());
            let ahead = text.get(..start).and_then(|ahead| ahead.chars().next_back());
            let wider_end = end + behind.map_or(0, char::len_utf8);
            let wider_start = start - ahead.map_or(0, char::len_utf8);
            let closes = behind.is_some_and(is_bracket)
                && text
                    .get(start..wider_end)
                    .is_some_and(|words| partner_of_last(words).is_some());
            let opens = ahead.is_some_and(is_bracket)
                && text
                    .get(wider_start..end)
                    .is_some_and(|words| partner_of_first(words).is_some());
            if closes && grapheme::is_boundary(text, wider_end) {
                end = wider_end;
            } else if opens && grapheme::is_boundary(text, wider_start) {
                start = wider_start;
            } else {
                break;
            }
        }
        range(start, end)
    }
}

/// Quotation marks are left out: some are apostrophes, and some open where others close.
fn is_bracket(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    matches!(
        category,
        GeneralCategory::OpenPunctuation | GeneralCategory::ClosePunctuation
    )
}

#[cfg(test)]
mod tests {
    use super::super::marked::{any_text, mark, unmark};
    use super::*;
    use proptest::prelude::*;

    /// What was dragged over between `⟨⟩`, what it selects between `⟦⟧`.
    fn check(marked: &str) {
        let (content, marks) = unmark(marked, &['⟨', '⟦', '⟧', '⟩']);
        let place = |wanted: char| marks.iter().find(|(c, _)| *c == wanted).unwrap().1;
        let dragged = range(place('⟨'), place('⟩'));
        let snapped = Text::new(content.as_str()).snap_to_words(dragged);
        let order = |c: char| marks.iter().position(|(mark, _)| *mark == c);
        let mut found = [
            (dragged.start().get(), '⟨'),
            (snapped.start().get(), '⟦'),
            (snapped.end().get(), '⟧'),
            (dragged.end().get(), '⟩'),
        ];
        found.sort_by_key(|(at, c)| (*at, order(*c)));
        assert_eq!(mark(&content, &found), marked);
    }

    #[test]
    fn a_drag_selects_the_words_it_touched() {
        check("dont ⟦pl⟨us de 50 civ⟩ils⟧ tués");
        check("dont⟨ ⟦plus de 50 civils⟧ ⟩tués");
        check("d'⟦Al⟨ep, près d'I⟩dlib⟧.");
        check("⟨d'⟦Alep⟧ ⟩et");
        check("près ⟨d⟩'⟦Alep⟧.");
        check("le ⟦Jean⟨-⟩Noël⟧ !");
        check("⟦5⟨0 %⟧ ⟩des");
        check("⟦Ét⟨at islamique (EI)⟧ ⟩a");
        check("⟦12\u{a0}0⟨00 c⟩ivils⟧");
    }

    #[test]
    fn a_bracket_beside_the_words_comes_along_with_its_partner_inside() {
        check("⟦Ét⟨at islamique (E⟩I)⟧ a");
        check("le ⟦(a⟨l-)Qaï⟩da⟧ du");
        check("⟦ét⟨at (dit [E⟩I])⟧.");
        check("⟦حل⟨ف الأطلسي (نا⟩تو)⟧.");
        check("(⟦E⟨I⟧⟩) a");
        check("un ⟦gr⟨oupe « D⟩aech⟧ »");
    }

    #[test]
    fn in_scripts_without_spaces_words_are_the_dictionarys() {
        check("在⟦北⟨京⟧⟩大学里");
        check("⟦東⟨京⟧⟩で");
        check("⟦ประ⟨เท⟩ศ⟧ไทย");
    }

    #[test]
    fn across_directions() {
        check("قال ⟦Emma⟨nuel Macron (الرئيس ال⟩فرنسي)⟧ أمس");
        check("אמר ⟦צה\"⟨ל א⟩תמול⟧.");
        check("⟦ब⟨म विस्फो⟩ट⟧ में");
    }

    #[test]
    fn nothing_dragged_over_selects_nothing() {
        let text = Text::new("un deux");
        for at in [0, 1, 2, 7] {
            let caret = ByteRange::caret(ByteOffset::new(at));
            assert_eq!(text.snap_to_words(caret), caret);
        }
        assert!(text.snap_to_words(range(2, 3)).is_empty(), "a space alone");
        assert_eq!(text.snap_to_words(range(5, 99)), range(3, 7));
    }

    proptest! {
        #[test]
        fn snapping_settles_on_clusters(content in any_text(), one in 0_usize..200, other in 0_usize..200) {
            let text = Text::new(content.as_str());
            let dragged = range(one, other);
            let snapped = text.snap_to_words(dragged);
            prop_assert_eq!(text.snap_to_words(snapped), snapped);
            if !snapped.is_empty() {
                prop_assert!(text.is_grapheme_boundary(snapped.start()) && text.is_grapheme_boundary(snapped.end()));
            }
        }
    }
}
