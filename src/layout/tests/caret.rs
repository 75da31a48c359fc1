//! Carets, hits, and steps: what is drawn is what is hit, and a step is seen.

use proptest::prelude::*;

use super::{L, PIECES, R, one_line, wrapped};
use crate::layout::{Caret, Layout, Step};
use crate::text::{ByteOffset, Direction};

const ARABIC: &str = "قالت وكالة Reuters إن 25 شخصا أصيبوا (بينهم 3 أطفال) في بلدة سلامة أمس.";
const HEBREW: &str = "הדובר אמר ל-CNN כי 12 בני אדם נפגעו ברחוב Herzl 5, ובהם שלושה ילדים.";
const FRENCH: &str = "Selon l’agence, 12 personnes — dont Salma (سلمى) — ont été vues à Saïda.";

/// A hit just inside either edge of any cluster gives the caret of that edge, and that caret is drawn there.
fn check_round_trip(layout: &Layout) {
    for (index, line) in layout.lines().enumerate() {
        let y = line.y + line.height / 2.0;
        for cluster in layout.clusters(index).filter(|cluster| cluster.width > 2.0) {
            let rtl = cluster.direction == R;
            let inside = [(cluster.x + 0.2, !rtl), (cluster.x + cluster.width - 0.2, rtl)];
            for (x, leading) in inside {
                let hit = layout.hit(x, y);
                let expected = if leading {
                    Caret::downstream(cluster.range.start())
                } else {
                    Caret::upstream(cluster.range.end())
                };
                assert_eq!(hit.caret, expected, "at {x} on line {index}");
                assert_eq!(hit.cluster, Some(cluster.range));
                let drawn = layout.caret(hit.caret);
                // White space that hangs over the edge is hit where it hangs but drawn at the edge.
                let (width, _) = layout.size();
                assert!(
                    (drawn.x - x.clamp(0.0, width)).abs() < 0.5,
                    "{drawn:?} is not at {x}"
                );
                assert!((drawn.y - line.y).abs() < 0.01);
            }
        }
    }
}

#[test]
fn carets_and_hits_are_each_others_inverse_in_arabic_hebrew_and_french() {
    for (text, direction) in [(ARABIC, R), (HEBREW, R), (FRENCH, L)] {
        check_round_trip(&one_line(text, direction));
        for width in [90.0, 150.0, 240.0] {
            check_round_trip(&wrapped(text, direction, width));
        }
    }
}

#[test]
fn every_offset_comes_back_from_its_caret_or_as_its_twin_at_a_border() {
    for (text, direction) in [(ARABIC, R), (HEBREW, R), (FRENCH, L)] {
        let layout = wrapped(text, direction, 180.0);
        for (at, _) in text.char_indices() {
            let at = ByteOffset::new(at);
            for caret in [Caret::downstream(at), Caret::upstream(at)] {
                let drawn = layout.caret(caret);
                let again = layout.caret(layout.hit(drawn.x, drawn.y + 1.0).caret);
                assert!(
                    (again.x - drawn.x).abs() < 0.01 && (again.y - drawn.y).abs() < 0.01,
                    "{caret:?}"
                );
            }
        }
    }
}

#[test]
fn a_caret_stands_inside_a_lam_alef_ligature() {
    let text = "سلام";
    let layout = one_line(text, R);
    let x = |at| layout.caret(Caret::downstream(ByteOffset::new(at))).x;
    let places = [x(0), x(2), x(4), x(6), x(8)];
    assert!(
        places.windows(2).all(|pair| pair[0] > pair[1] + 1.0),
        "{places:?}"
    );
    let glyphs = layout.glyphs().count();
    assert_eq!(glyphs, 3, "lam and alef are drawn by one glyph");
}

#[test]
fn a_caret_at_a_border_of_directions_has_two_places() {
    let text = "ab אב";
    let layout = one_line(text, L);
    let at = ByteOffset::new(3);
    let (before, behind) = (
        layout.caret(Caret::upstream(at)),
        layout.caret(Caret::downstream(at)),
    );
    assert!(
        before.x + 5.0 < behind.x,
        "behind the space, and where the Hebrew word begins: at its right"
    );
}

#[test]
fn a_point_outside_gives_the_nearest_caret() {
    let layout = wrapped(FRENCH, L, 200.0);
    assert_eq!(layout.hit(-50.0, -50.0).caret, Caret::default());
    let end = layout.hit(1e6, 1e6);
    assert_eq!(end.caret, Caret::upstream(ByteOffset::new(FRENCH.len())));
    assert_eq!(end.cluster, None);
    assert_eq!(one_line("", L).hit(3.0, 3.0).caret.offset, ByteOffset::ZERO);
}

/// Walks with one step until it leaves the layout; every step is seen.
fn walk(layout: &Layout, from: Caret, step: Step) -> Vec<Caret> {
    let mut carets = vec![from];
    while let Some(next) = carets.last().and_then(|caret| layout.move_visual(*caret, step)) {
        let before = layout.caret(carets[carets.len() - 1]);
        let after = layout.caret(next);
        // Only white space that hangs over the edge of a line is passed unseen.
        let at_edge = after.x <= 0.0 || after.x >= layout.size().0;
        assert!(
            at_edge || before != after,
            "a step from {before:?} that is not seen"
        );
        assert_ne!(carets[carets.len() - 1], next);
        carets.push(next);
        assert!(carets.len() < 2_000, "the walk does not end");
    }
    carets
}

#[test]
fn right_passes_each_cluster_of_a_mixed_line_once_and_left_comes_back() {
    for (text, direction) in [(ARABIC, R), (HEBREW, R), (FRENCH, L)] {
        let layout = one_line(text, direction);
        let wide = layout.clusters(0).filter(|cluster| cluster.width > 0.0).count();
        let left_edge = layout.hit(-10.0, 0.0).caret;
        let there = walk(&layout, left_edge, Step::Right);
        assert_eq!(there.len(), wide + 1);
        let xs: Vec<f32> = there.iter().map(|caret| layout.caret(*caret).x).collect();
        assert!(xs.windows(2).all(|pair| pair[0] < pair[1]), "{xs:?}");
        let back = walk(&layout, there[there.len() - 1], Step::Left);
        assert_eq!(back.len(), wide + 1);
    }
}

#[test]
fn a_walk_over_wrapped_lines_goes_in_the_direction_of_the_paragraph() {
    let latin = wrapped(FRENCH, L, 120.0);
    let there = walk(&latin, Caret::default(), Step::Right);
    assert_eq!(there[there.len() - 1].offset, ByteOffset::new(FRENCH.len()));
    let arabic = wrapped(ARABIC, R, 120.0);
    let there = walk(&arabic, Caret::default(), Step::Left);
    assert_eq!(there[there.len() - 1].offset, ByteOffset::new(ARABIC.len()));
}

#[test]
fn no_step_is_lost_where_a_line_wraps() {
    let text = "aaaa bbbb cccc dddd";
    let layout = wrapped(text, L, 80.0);
    assert!(layout.line_count() > 1);
    let offsets: Vec<usize> = walk(&layout, Caret::default(), Step::Right)
        .iter()
        .map(|c| c.offset.get())
        .collect();
    assert_eq!(offsets, (0..=text.len()).collect::<Vec<_>>());
    let end = Caret::upstream(ByteOffset::new(text.len()));
    let offsets: Vec<usize> = walk(&layout, end, Step::Left)
        .iter()
        .map(|c| c.offset.get())
        .collect();
    assert_eq!(offsets, (0..=text.len()).rev().collect::<Vec<_>>());
}

#[test]
fn up_and_down_keep_to_the_x_given_and_line_ends_are_found() {
    let layout = wrapped(ARABIC, R, 150.0);
    let start = layout.hit(75.0, 1.0).caret;
    let down = layout.move_visual(start, Step::Down(75.0)).unwrap();
    assert_eq!(layout.line_of(down), 1);
    assert!((layout.caret(down).x - 75.0).abs() < 12.0);
    assert_eq!(layout.move_visual(down, Step::Up(75.0)), Some(start));
    assert_eq!(layout.move_visual(start, Step::Up(75.0)), None);
    let end = layout.move_visual(start, Step::LineEnd).unwrap();
    assert_eq!(end, Caret::upstream(layout.lines().next().unwrap().range.end()));
    assert_eq!(layout.line_of(end), 0);
    assert_eq!(layout.move_visual(end, Step::LineStart), Some(Caret::default()));
}

#[test]
fn a_line_separator_opens_a_line_also_at_the_end() {
    let text = "ab\u{2028}cd\u{2028}";
    let layout = wrapped(text, L, 300.0);
    assert_eq!(layout.line_count(), 3);
    let end = layout.caret(Caret::upstream(ByteOffset::new(text.len())));
    assert!((end.y - layout.lines().nth(2).unwrap().y).abs() < 0.01);
    let first = layout.move_visual(Caret::default(), Step::LineEnd).unwrap();
    assert_eq!((first.offset.get(), layout.line_of(first)), (2, 0));
    assert_eq!(layout.hit(250.0, 1.0).caret.offset.get(), 2);
    let offsets: Vec<usize> = walk(&layout, Caret::default(), Step::Right)
        .iter()
        .map(|c| c.offset.get())
        .collect();
    assert_eq!(offsets, [0, 1, 2, 5, 6, 7, 10]);
}

proptest! {
    #[test]
    fn steps_never_stand_still_nor_turn_in_a_circle(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..40),
        direction in prop_oneof![Just(L), Just(R)],
        width in 60.0f32..300.0
    ) {
        let text = pieces.concat();
        let layout = wrapped(&text, direction, width);
        let (forward, back) = if direction == Direction::LeftToRight {
            (Step::Right, Step::Left)
        } else {
            (Step::Left, Step::Right)
        };
        let there = walk(&layout, Caret::default(), forward);
        walk(&layout, there[there.len() - 1], back);
    }
}
