//! The order on the screen, held against `unicode-bidi` and against samples written by hand.

use proptest::prelude::*;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use super::{L, PIECES, R, one_line, seen, wrapped};
use crate::layout::Layout;
use crate::text::Direction;

/// The starts of a line's clusters from left to right, as the oracle has them. Characters that the algorithm removes
/// have no place in its order.
fn expected(layout: &Layout, line: usize, text: &str, direction: Direction) -> Vec<usize> {
    let level = if direction == R {
        Level::rtl()
    } else {
        Level::ltr()
    };
    let info = BidiInfo::new(text, Some(level));
    let range = layout.lines().nth(line).unwrap().range.as_usize();
    let mut logical: Vec<_> = layout
        .clusters(line)
        .map(|cluster| cluster.range.as_usize())
        .collect();
    logical.sort_by_key(|cluster| cluster.start);
    let (levels, runs) = info.visual_runs(&info.paragraphs[0], range);
    let mut order = Vec::new();
    for run in runs {
        let inside = logical.iter().filter(|cluster| run.contains(&cluster.start));
        let starts = inside
            .filter(|cluster| shown(&text[(*cluster).clone()]))
            .map(|cluster| cluster.start);
        if levels[run.start].is_rtl() {
            order.extend(starts.rev());
        } else {
            order.extend(starts);
        }
    }
    order
}

fn shown(cluster: &str) -> bool {
    use BidiClass::{BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO};
    !cluster.chars().all(|c| {
        matches!(
            bidi_class(c),
            BN | FSI | LRE | LRI | LRO | PDF | PDI | RLE | RLI | RLO
        )
    })
}

fn actual(layout: &Layout, line: usize, text: &str) -> Vec<usize> {
    layout
        .clusters(line)
        .map(|cluster| cluster.range.as_usize())
        .filter(|cluster| shown(&text[cluster.clone()]))
        .map(|cluster| cluster.start)
        .collect()
}

fn check(text: &str, direction: Direction, layout: &Layout) -> Result<(), TestCaseError> {
    for line in 0..layout.line_count() {
        prop_assert_eq!(
            actual(layout, line, text),
            expected(layout, line, text, direction),
            "line {} of {:?} ({:?})",
            line,
            text,
            direction
        );
    }
    Ok(())
}

fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(L), Just(R)]
}

proptest! {
    #[test]
    fn mixed_text_is_seen_in_the_order_of_the_oracle(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..30), direction in direction()
    ) {
        let text = pieces.concat();
        check(&text, direction, &one_line(&text, direction))?;
    }

    #[test]
    fn wrapped_text_is_seen_in_the_order_of_the_oracle(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..60),
        direction in direction(),
        width in 40.0f32..300.0
    ) {
        let text = pieces.concat();
        check(&text, direction, &wrapped(&text, direction, width))?;
    }

    #[test]
    fn isolates_and_embeddings_are_seen_in_the_order_of_the_oracle(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "abc", "אבג", "سلام", "12", " ", "-", "(", ")", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}", "\u{202a}",
                "\u{202b}", "\u{202c}", "\u{202d}", "\u{202e}",
            ]),
            1..24
        ),
        direction in direction()
    ) {
        let text = pieces.concat();
        check(&text, direction, &one_line(&text, direction))?;
    }
}

/// A text in logical order, its direction, and how it is seen from left to right.
fn sample(text: &str, direction: Direction, expected: &str) {
    let layout = one_line(text, direction);
    assert_eq!(seen(&layout, text), [expected], "{text:?}");
    assert_eq!(
        actual(&layout, 0, text),
        self::expected(&layout, 0, text, direction),
        "{text:?}"
    );
}

#[test]
fn words_of_another_direction_stay_whole() {
    sample("he said אבג דהו.", L, "he said והד גבא.");
    sample("אבג said דהו", R, "והד said גבא");
    sample("said אבג", R, "גבא said");
}

#[test]
fn numbers_follow_the_letters_before_them() {
    // W2 and W4: after Arabic letters a hyphen parts two numbers, which are then seen right to left.
    sample("ب 10-12", R, "12-10 ب");
    sample("ב 10-12", R, "10-12 ב");
    sample("ב 3,5%", R, "3,5% ב");
    sample("abc ב 1-2", L, "abc 1-2 ב");
}

#[test]
fn brackets_take_the_direction_of_what_they_hold() {
    sample("(אב) גד", R, "דג )בא(");
    sample("ab (גד) ef", L, "ab (דג) ef");
    sample("אב (cd) גד", R, "דג )cd( בא");
}

#[test]
fn marks_resolve_what_is_neutral() {
    sample("אב!", L, "בא!");
    sample("אב!\u{200f}", L, "\u{200f}!בא");
    sample("אב\u{a0}גד", L, "דג\u{a0}בא");
}

#[test]
fn an_isolate_is_one_neutral_thing() {
    let text = "אב \u{2066}cd גד\u{2069} הו";
    let layout = one_line(text, R);
    let visible: String = seen(&layout, text)[0]
        .chars()
        .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
        .collect();
    assert_eq!(visible, "וה cd דג בא");
}

#[test]
fn white_space_at_the_end_of_a_line_goes_to_its_end_edge() {
    sample("אבג abc  ", R, "  abc גבא");
    sample("abc אבג  ", L, "abc גבא  ");
}
