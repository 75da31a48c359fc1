//! Snapping: from what a mouse dragged over to the words it meant.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use super::content::Text;
use super::grapheme;
use super::offset::{ByteOffset, ByteRange, range};
use super::pairs::{partner_of_first, partner_of_last};
use super::quotation::{is_quotation, mark_ahead, mark_behind, partner_at};
use super::word::segment_at;

/// Brackets that are taken along at most: each is looked for among all of the words, in each step of a drag.
const MAX_PARTNERS: usize = 8;

impl Text {
    /// The words that a range touches, without a leading elision and trimmed as [`Text::trim`] does: what a drag of
    /// the mouse selects. A bracket directly at its ends comes along where its partner is inside, and a quotation mark
    /// beside them; one at an end whose partner stays outside is left out.
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
            return self.with_partners(self.without_halves(touched));
        }
        let behind_elision = self.trim(range(behind_elision, touched.end().get()));
        self.with_partners(self.without_halves(behind_elision))
    }

    /// A range without the quotation marks at its ends whose partners are outside; trimming takes any two that look
    /// alike for partners.
    fn without_halves(&self, words: ByteRange) -> ByteRange {
        let text = self.as_str();
        let mut kept = words;
        for _ in 0..MAX_PARTNERS {
            let (start, end) = (kept.start().get(), kept.end().get());
            let inside = text.get(start..end).unwrap_or_default();
            let is_half = |at: usize| partner_at(text, at).is_some_and(|at| !(start..end).contains(&at));
            let first = inside.chars().next().filter(|c| is_quotation(*c));
            let last = inside.chars().next_back().filter(|c| is_quotation(*c));
            let narrower = if let Some(first) = first.filter(|_| is_half(start)) {
                range(start + first.len_utf8(), end)
            } else if let Some(last) = last.filter(|last| is_half(end - last.len_utf8())) {
                range(start, end - last.len_utf8())
            } else {
                break;
            };
            let narrower = self.trim(narrower);
            let is_whole = |at: ByteOffset| grapheme::is_boundary(text, at.get());
            if narrower.is_empty() || !is_whole(narrower.start()) || !is_whole(narrower.end()) {
                break;
            }
            kept = narrower;
        }
        kept
    }

    /// A range with the quotation mark beside one of its ends whose partner is inside.
    fn with_quotation(&self, words: ByteRange) -> Option<ByteRange> {
        let text = self.as_str();
        let (start, end) = (words.start().get(), words.end().get());
        let is_inside = |at: usize| partner_at(text, at).is_some_and(|at| (start..end).contains(&at));
        let is_whole = |at: &usize| grapheme::is_boundary(text, *at);
        let behind = mark_behind(text, end).filter(|(at, _)| is_inside(*at));
        let wider_end = behind.map(|(at, mark)| at + mark.len_utf8()).filter(is_whole);
        let ahead = mark_ahead(text, start).filter(|(at, _)| is_inside(*at));
        let wider_start = ahead.map(|(at, _)| at).filter(is_whole);
        let is_wider = wider_end.is_some() || wider_start.is_some();
        is_wider.then(|| range(wider_start.unwrap_or(start), wider_end.unwrap_or(end)))
    }

    /// A range with the quotation marks beside it that belong to marks inside.
    pub(super) fn with_quotations(&self, mut words: ByteRange) -> ByteRange {
        for _ in 0..MAX_PARTNERS {
            let Some(wider) = self.with_quotation(words) else {
                break;
            };
            words = wider;
        }
        words
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
            } else if let Some(wider) = self.with_quotation(range(start, end)) {
                (start, end) = (wider.start().get(), wider.end().get());
            } else {
                break;
            }
        }
        range(start, end)
    }
}

/// Quotation marks are another matter: some are apostrophes, and some open where others close.
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
    }

    #[test]
    fn quotation_marks_come_along_together_or_not_at_all() {
        check("un ⟦gr⟨oupe « D⟩aech »⟧ a");
        check("un groupe « ⟦D⟨ae⟩ch⟧ »");
        check("un ⟦« Da⟨ech » d⟩ur⟧.");
        check("un groupe ⟨« ⟦Da⟩ech⟧ »");
        check("⟦ארג⟨ון \"סהר הצ⟩פון\"⟧ הודיע");
        check("ארגון ⟨\"⟦סהר הצ⟩פון⟧\"");
        check("⟦כת⟨ב ב\"הא⟩רץ\"⟧.");
        check("אמר \"⟦צה\"⟨ל א⟩תמול⟧\".");
        check("⟨\"⟦צה\"ל הצ⟩פוני⟧\"");
        check("⟦تن⟨ظيم «دا⟩عش»⟧ في");
        check("⟦t⟨he so-cal⟩led⟧ \"state\"");
        check("⟦t⟨he “old gu⟩ard”⟧, he");
        check("⟦d⟨er „Spie⟩gel“⟧ und");
        check("⟦ca⟨lled it \"a massa⟩cre.\"⟧ Then");
        check("⟦t⟨he 'new' gr⟩oup's⟧ camp");
        check("⟦g⟨roup 'Da⟩esh'⟧ of l'État");
        check("⟦v⟨illa de l'arm⟩ée⟧ d'Alep");
        check("⟦\"¿Q⟨ué pasa?\" di⟩jo⟧ él");
        check("⟦संग⟨ठन 'लश्⟩कर'⟧ ने");
        check("⟦报⟨纸\"甲⟩\"⟧和\"乙\"");
        check("⟦报⟨纸\"甲\"和⟩⟧\"乙\"");
        check("⟦報⟨紙「甲⟩」⟧と");
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

    /// Pieces of quotations, to be put together without sense.
    const PIECES: &[&str] = &[
        "Alep",
        "צה\"ל",
        "הארץ",
        "ب",
        "داعش",
        "报纸",
        "लश्कर",
        "d'",
        "rebels'",
        " ",
        " ",
        "\u{a0}",
        ".",
        ",",
        "(",
        ")",
        "«",
        "»",
        "“",
        "”",
        "„",
        "\"",
        "\"",
        "'",
        "‘",
        "’",
        "「",
        "」",
        "《",
        "》",
        "ב",
        "\n",
    ];

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

        #[test]
        fn no_half_of_a_pair_is_left_beside_the_other(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 1..14),
            one in 0_usize..200,
            other in 0_usize..200,
        ) {
            let content = pieces.concat();
            let text = Text::new(content.as_str());
            let snapped = text.snap_to_words(text.snap_to_graphemes(range(one, other)));
            prop_assert_eq!(text.snap_to_words(snapped), snapped);
            let (start, end) = (snapped.start().get(), snapped.end().get());
            let words = text.slice(snapped).unwrap();
            if !words.chars().any(char::is_alphanumeric) {
                return Ok(());
            }
            let is_inside = |at: usize| (start..end).contains(&at);
            for (at, c) in content.char_indices().filter(|(_, c)| is_quotation(*c)) {
                let Some(partner) = partner_at(&content, at) else { continue };
                let gap = if at < start { content.get(at + c.len_utf8()..start) } else { content.get(end..at) };
                let is_beside = !is_inside(at) && gap.is_some_and(|gap| gap.chars().count() <= 1 && gap.trim().is_empty());
                prop_assert!(!(is_beside && is_inside(partner)), "{} {:?}", content, words);
            }
        }
    }
}
