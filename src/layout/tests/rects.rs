//! Rectangles of ranges: exact, disjoint, and never outside their line.

use proptest::prelude::*;

use super::{L, PIECES, R, bytes, find, one_line, wrapped};
use crate::layout::{Caret, Layout, Rect};
use crate::text::{ByteOffset, ByteRange};

#[test]
fn a_range_across_a_border_of_directions_is_two_disjoint_rectangles() {
    let text = "La ville de حلب القديمة est calme";
    let layout = one_line(text, L);
    let range = ByteRange::between(find(text, "de").start(), find(text, "حلب").end());
    let rects = layout.rects(range);
    assert_eq!(rects.len(), 2, "{rects:?}");
    assert!(
        rects[0].right() + 10.0 < rects[1].x,
        "the rest of the Arabic stands between them"
    );
}

#[test]
fn a_range_inside_one_run_is_one_rectangle_as_wide_as_its_letters() {
    let text = "في مدينة حلب القديمة";
    let layout = one_line(text, R);
    let range = find(text, "حلب");
    let rects = layout.rects(range);
    let letters: f32 = layout
        .clusters(0)
        .filter(|c| range.covers(c.range))
        .map(|c| c.width)
        .sum();
    assert_eq!(rects.len(), 1);
    assert!((rects[0].width - letters).abs() < 0.01);
}

#[test]
fn the_rectangles_of_all_are_the_lines_and_the_glyphs_lie_in_those_of_their_text() {
    let text = "قال Jean Martin إن 25 شخصا وصلوا إلى (Saint-Denis) أمس الأول، וגם בעברית.";
    for width in [100.0, 170.0, 1_000.0] {
        let layout = wrapped(text, R, width);
        for line in layout.lines() {
            let rects = layout.rects(line.range);
            assert_eq!(rects.len(), 1, "a whole line has no gaps: {rects:?}");
            assert!(rects[0].x <= line.left + 0.01 && rects[0].right() >= line.right - 0.01);
            assert!((rects[0].y - line.y).abs() < 0.01 && (rects[0].height - line.height).abs() < 0.01);
        }
        for glyph in layout.glyphs() {
            let rects = layout.rects(glyph.range);
            let near = |rect: &Rect| glyph.x >= rect.x - 6.0 && glyph.x <= rect.right() + 1.0;
            assert!(rects.iter().any(near), "{glyph:?} is not in {rects:?}");
        }
    }
}

#[test]
fn marks_on_words_end_where_the_words_of_a_line_end() {
    for (text, direction) in [
        ("La ville de حلب القديمة est calme depuis mardi", L),
        ("قال Jean Martin إن 25 شخصا وصلوا أمس", R),
    ] {
        let layout = wrapped(text, direction, 120.0);
        let rects = layout.word_rects(bytes(0, text.len()));
        assert!(layout.line_count() > 2);
        for line in layout.lines() {
            let on_line = |rect: &&Rect| (rect.y - line.y).abs() < 0.01;
            let left = rects
                .iter()
                .filter(on_line)
                .map(|rect| rect.x)
                .fold(f32::MAX, f32::min);
            let right = rects
                .iter()
                .filter(on_line)
                .map(|rect| rect.right())
                .fold(f32::MIN, f32::max);
            assert!(
                (left - line.left).abs() < 0.01 && (right - line.right).abs() < 0.01,
                "{line:?}"
            );
        }
    }
}

#[test]
fn an_end_inside_a_grapheme_covers_it_whole() {
    let text = "xe\u{301}y";
    let layout = one_line(text, L);
    let whole = layout.rects(bytes(1, 4));
    assert_eq!(layout.rects(bytes(1, 2)), whole);
    assert_eq!(layout.rects(bytes(2, 4)), whole);
    assert!(layout.rects(bytes(2, 2)).is_empty());
}

#[test]
fn a_range_that_ends_where_a_line_wraps_does_not_touch_the_next() {
    let text = "aaaa bbbb cccc dddd eeee";
    let layout = wrapped(text, L, 100.0);
    let first = layout.lines().next().unwrap().range;
    assert!(first.end() < ByteOffset::new(text.len()));
    let rects = layout.rects(first);
    assert_eq!(rects.len(), 1);
    assert!(rects[0].y.abs() < 0.01);
    let rest = layout.rects(bytes(first.end().get(), text.len()));
    assert!(rest.iter().all(|rect| rect.y > 1.0));
}

#[test]
fn a_control_character_alone_is_marked_by_a_rectangle_without_width() {
    let text = "ab\u{200f}cd";
    let rects = one_line(text, L).rects(bytes(2, 5));
    assert_eq!(rects.len(), 1);
    assert!(rects[0].width < 0.01 && rects[0].x > 5.0);
}

#[test]
fn more_room_below_the_lines_moves_them_but_not_their_letters() {
    let text = "one two three four five six seven eight nine ten";
    let mut layout = wrapped(text, L, 120.0);
    let (before, size) = (layout.rects(find(text, "six")), layout.size());
    layout.bottoms = layout.bottoms_with(|_| 10.0);
    let after = layout.rects(find(text, "six"));
    let line = layout.line_of(Caret::downstream(find(text, "six").start()));
    assert!((after[0].y - before[0].y - 10.0 * line as f32).abs() < 0.01);
    assert!((after[0].x - before[0].x).abs() < 0.01 && (after[0].height - before[0].height).abs() < 0.01);
    assert!((layout.size().1 - size.1 - 10.0 * layout.line_count() as f32).abs() < 0.01);
    assert_eq!(
        layout.lines_between(after[0].y + 1.0, after[0].y + 2.0),
        line..line + 1
    );
}

/// What must hold of any text at all.
fn check_sound(layout: &Layout, text: &str) -> Result<(), TestCaseError> {
    let (width, height) = layout.size();
    let mut end = 0;
    for (index, line) in layout.lines().enumerate() {
        prop_assert_eq!(line.range.start().get(), end, "lines tile the text");
        end = line.range.end().get();
        for rect in layout.rects(line.range) {
            prop_assert!(rect.x >= line.left.min(0.0) - 0.01 && rect.right() <= line.right.max(width) + 0.01);
            prop_assert!(rect.y >= line.y - 0.01 && rect.bottom() <= line.y + line.height + 0.01);
            prop_assert!(rect.width >= 0.0 && rect.y + rect.height <= height + 0.01);
        }
        let mut x = f32::MIN;
        for cluster in layout.clusters(index) {
            prop_assert!(line.range.covers(cluster.range) && cluster.x >= x - 0.01);
            prop_assert!(text.get(cluster.range.as_usize()).is_some());
            x = cluster.x;
        }
    }
    prop_assert_eq!(end, text.len());
    for at in 0..=text.len() {
        let offset = ByteOffset::new(at);
        for caret in [Caret::downstream(offset), Caret::upstream(offset)] {
            let rect = layout.caret(caret);
            prop_assert!(rect.x.is_finite() && rect.y >= 0.0 && rect.bottom() <= height + 0.01);
            let hit = layout.hit(rect.x, rect.y);
            prop_assert!(text.is_char_boundary(hit.caret.offset.get()));
        }
        prop_assert!(layout.rects(bytes(at, at + 1)).len() <= layout.line_count() + 1);
    }
    Ok(())
}

proptest! {
    #[test]
    fn random_text_never_panics_and_stays_in_its_lines(
        text in "(?s).{0,60}", width in 1.0f32..400.0, rtl in any::<bool>()
    ) {
        let direction = if rtl { R } else { L };
        check_sound(&wrapped(&text, direction, width), &text)?;
        check_sound(&one_line(&text, direction), &text)?;
    }

    #[test]
    fn lines_stay_inside_the_width(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..60),
        width in 60.0f32..300.0, rtl in any::<bool>()
    ) {
        let text = pieces.concat();
        let layout = wrapped(&text, if rtl { R } else { L }, width);
        for line in layout.lines() {
            prop_assert!(line.left >= -0.51 && line.right <= width.round() + 0.51, "{:?} in {}", line, width);
        }
        check_sound(&layout, &text)?;
    }
}
