//! Grapheme clusters: what a reader takes for one character and a caret never enters (UAX #29, section 3).
//!
//! Knows nothing of fonts: whether a cluster is drawn as one glyph is the layout's business.

use icu_properties::props::{ExtendedPictographic, GraphemeClusterBreak as Class, IndicConjunctBreak};
use icu_properties::{CodePointMapData, CodePointSetData};
use icu_segmenter::GraphemeClusterSegmenter;

use super::content::Text;
use super::offset::{ByteOffset, ByteRange, range};
use super::window::{Grid, after, before};

const GRID: Grid = Grid {
    stride: 1024,
    is_safe,
    forced: str::ceil_char_boundary,
};

impl Text {
    /// The first cluster boundary behind a position; the end of the text where there is none.
    pub fn next_grapheme(&self, at: ByteOffset) -> ByteOffset {
        ByteOffset::new(next(self.as_str(), at.get()))
    }

    /// The last cluster boundary before a position; the start of the text where there is none.
    pub fn previous_grapheme(&self, at: ByteOffset) -> ByteOffset {
        ByteOffset::new(previous(self.as_str(), at.get()))
    }

    /// Whether a cluster starts or the text ends here.
    pub fn is_grapheme_boundary(&self, at: ByteOffset) -> bool {
        is_boundary(self.as_str(), at.get())
    }

    /// The smallest range around a range that splits no cluster.
    pub fn snap_to_graphemes(&self, range: ByteRange) -> ByteRange {
        let text = self.as_str();
        self::range(
            at_or_before(text, range.start().get()),
            at_or_behind(text, range.end().get()),
        )
    }
}

/// The beginning of words that hold more than so many code points, cut where no cluster is; none of shorter ones.
pub fn beginning(words: &str, most: usize) -> Option<&str> {
    let (at, _) = words.char_indices().nth(most)?;
    words.get(..at_or_before(words, at))
}

/// [`Text::next_grapheme`] in a bare string.
pub(super) fn next(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if at >= text.len() {
        return text.len();
    }
    let behind = text.ceil_char_boundary(at + 1);
    if behind == text.len() || is_safe(text, behind) {
        return behind;
    }
    boundaries(text, at)
        .find(|boundary| *boundary > at)
        .unwrap_or(text.len())
}

/// [`Text::previous_grapheme`] in a bare string.
pub(super) fn previous(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    let Some(last) = at.checked_sub(1) else { return 0 };
    let ahead = text.floor_char_boundary(last);
    if ahead == 0 || is_safe(text, ahead) {
        return ahead;
    }
    let all = boundaries(text, last);
    all.take_while(|boundary| *boundary < at).last().unwrap_or(0)
}

/// [`Text::is_grapheme_boundary`] in a bare string.
pub(super) fn is_boundary(text: &str, at: usize) -> bool {
    if at == 0 || at == text.len() {
        return true;
    }
    if at > text.len() || !text.is_char_boundary(at) {
        return false;
    }
    is_safe(text, at) || boundaries(text, at).any(|boundary| boundary == at)
}

/// The last boundary at or before a place.
pub(super) fn at_or_before(text: &str, at: usize) -> usize {
    if is_boundary(text, at) {
        at
    } else {
        previous(text, at)
    }
}

/// The first boundary at or behind a place.
pub(super) fn at_or_behind(text: &str, at: usize) -> usize {
    if is_boundary(text, at) { at } else { next(text, at) }
}

/// The boundaries of a short text, both ends included.
pub(super) fn all_boundaries(text: &str) -> impl Iterator<Item = usize> + '_ {
    // Points at compiled data: making it costs nothing.
    let segmenter = GraphemeClusterSegmenter::new();
    segmenter.segment_str(text)
}

/// The boundaries of the piece around a place, both ends included.
fn boundaries(text: &str, at: usize) -> impl Iterator<Item = usize> + '_ {
    let piece = GRID.piece(text, at);
    let start = piece.start;
    let inside = text.get(piece).unwrap_or_default();
    all_boundaries(inside).map(move |boundary| start + boundary)
}

/// Whether the two characters beside a place alone make it a boundary, whatever stands further off.
///
/// No rule joins to a plain character except `GB9b` (after Prepend), `GB9c` (a consonant after a virama), and GB11 (a
/// pictograph after a joiner), so before any other plain character there is a boundary. And nothing but a mark or a
/// joiner (GB9, `GB9a`) joins to a plain character, so behind one there is a boundary before all else. No rule looks
/// back past a boundary, except that regional indicators are paired from the first of their row (GB12, GB13):
/// the character before the place is none then.
pub(super) fn is_safe(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (before(text, at), after(text, at)) else {
        return true;
    };
    if before.is_ascii() && after.is_ascii() {
        return (before, after) != ('\r', '\n');
    }
    let classes = CodePointMapData::<Class>::new();
    let (left, right) = (classes.get(before), classes.get(after));
    let plain_right = right == Class::Other
        && !CodePointSetData::new::<ExtendedPictographic>().contains(after)
        && CodePointMapData::<IndicConjunctBreak>::new().get(after) != IndicConjunctBreak::Consonant;
    let plain_left = matches!(left, Class::Other | Class::LF | Class::Control);
    let joins_left = matches!(right, Class::Extend | Class::SpacingMark | Class::ZWJ);
    (plain_right && left != Class::Prepend) || (plain_left && !joins_left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text with a bar at each boundary inside it.
    fn check(marked: &str) {
        let content = marked.replace('|', "");
        let text = Text::new(content.as_str());
        let (mut found, mut at) = (String::new(), ByteOffset::ZERO);
        while at < text.end() {
            let next = text.next_grapheme(at);
            if at != ByteOffset::ZERO {
                found.push('|');
            }
            found.push_str(text.slice(ByteRange::between(at, next)).unwrap());
            assert_eq!(text.previous_grapheme(next), at, "back in {marked}");
            at = next;
        }
        assert_eq!(found, marked);
    }

    #[test]
    fn a_cluster_is_what_a_reader_takes_for_one_character() {
        check("é|t|e\u{301}");
        check("a|\r\n|b|\n|\r|c");
        check("مُ|حَ|مَّ|د");
        check("שָׁ|ל|וֹ|ם");
        check("क्षि|ति");
        check("ที่|นี่");
        check("👩\u{200d}👩\u{200d}👧|👍🏽|❤\u{fe0f}");
        check("🇫🇷|🇸🇾|🇱");
        check("한|글|\u{1112}\u{1161}\u{11ab}");
        check("か\u{3099}|き");
        check("1\u{fe0f}\u{20e3}|2");
    }

    #[test]
    fn a_position_inside_a_cluster_goes_to_its_ends() {
        let text = Text::new("x👩\u{200d}👧y");
        let inside = ByteOffset::new(5);
        assert!(!text.is_grapheme_boundary(inside));
        assert!(
            !text.is_grapheme_boundary(ByteOffset::new(2)),
            "inside a code point"
        );
        assert_eq!(
            (
                text.previous_grapheme(inside).get(),
                text.next_grapheme(inside).get()
            ),
            (1, 12)
        );
        assert_eq!(text.snap_to_graphemes(ByteRange::caret(inside)).as_usize(), 1..12);
        assert_eq!(text.next_grapheme(ByteOffset::new(99)), text.end());
        assert!(!text.is_grapheme_boundary(ByteOffset::new(99)));
    }

    #[test]
    fn a_beginning_ends_between_two_clusters() {
        assert_eq!(beginning("Alep", 4), None);
        assert_eq!(beginning("Alep", 3), Some("Ale"));
        assert_eq!(beginning("مُحَمَّد", 3), Some("مُ"));
        assert_eq!(beginning("x👩\u{200d}👧y", 2), Some("x"));
    }

    #[test]
    fn a_megabyte_without_a_safe_place_is_cut_into_bounded_pieces() {
        for unit in ["\u{301}", "🇫", "\u{200d}👧", "\u{94d}क"] {
            let text = unit.repeat(1_000_000 / unit.len());
            for at in [0, text.len() / 2, text.len() - 1] {
                let piece = GRID.piece(&text, at);
                assert!(
                    piece.contains(&at) && piece.len() <= 3 * GRID.stride,
                    "{piece:?} in {unit:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn local_work_finds_what_the_whole_text_gives(text in super::super::marked::any_text()) {
            let whole: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(&text).collect();
            let local: Vec<usize> = (0..=text.len()).filter(|at| is_boundary(&text, *at)).collect();
            prop_assert_eq!(&local, &whole);
            for at in 0..=text.len() {
                let next_whole = whole.iter().copied().find(|b| *b > at).unwrap_or(text.len());
                let previous_whole = whole.iter().copied().rev().find(|b| *b < at).unwrap_or(0);
                prop_assert_eq!(next(&text, at), next_whole);
                prop_assert_eq!(previous(&text, at), previous_whole);
            }
        }

        #[test]
        fn a_cut_at_a_safe_place_changes_nothing(text in super::super::marked::any_text()) {
            let whole: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(&text).collect();
            for at in (1..text.len()).filter(|at| text.is_char_boundary(*at) && is_safe(&text, *at)) {
                let (head, tail) = text.split_at(at);
                let mut parts: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(head).collect();
                parts.extend(GraphemeClusterSegmenter::new().segment_str(tail).skip(1).map(|b| at + b));
                prop_assert_eq!(&parts, &whole, "cut at {}", at);
            }
        }
    }
}
