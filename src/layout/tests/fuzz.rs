//! Any text at all, in any script or none, at any width and scale: what must hold of its layout.

use proptest::prelude::*;

use super::{L, R, bytes, with_fonts};
use crate::layout::{Align, Caret, Family, Layout, Rect, Request, Step, Style};
use crate::text::marked::any_text;
use crate::text::{ByteOffset, Direction};

/// Rounding of coordinates in 32 bits.
const NEAR: f32 = 0.05;

/// How a text is laid out.
#[derive(Clone, Copy, Debug)]
struct Form {
    direction: Direction,
    align: Align,
    width: Option<f32>,
    style: Style,
    scale: f32,
    leading: f32,
}

fn any_form() -> impl Strategy<Value = Form> {
    let width = prop_oneof![1 => Just(None), 1 => (1.0f32..30.0).prop_map(Some), 4 => (30.0f32..700.0).prop_map(Some)];
    let align = prop::sample::select(&[Align::Start, Align::End][..]);
    let family = prop::sample::select(&[Family::Sans, Family::Naskh][..]);
    let scale = prop::sample::select(&[1.0f32, 1.25, 1.5, 2.0][..]);
    let style = (family, 6.0f32..60.0, 0.8f32..2.5, any::<bool>());
    (any::<bool>(), align, width, style, scale, 0.0f32..40.0).prop_map(
        |(rtl, align, width, (family, size, line_height, bold), scale, leading)| Form {
            direction: if rtl { R } else { L },
            align,
            width,
            style: Style {
                family,
                size,
                line_height,
                bold,
            },
            scale,
            leading,
        },
    )
}

/// Text in which scripts, marks, controls, and broken sequences meet.
fn wild_text() -> impl Strategy<Value = String> {
    const WILD: &[&str] = &[
        "\u{2066}",
        "\u{2067}",
        "\u{2068}",
        "\u{2069}",
        "\u{202a}",
        "\u{202b}",
        "\u{202c}",
        "\u{202d}",
        "\u{202e}",
        "\u{200e}",
        "\u{200f}",
        "\u{61c}",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{a0}",
        "\u{3000}",
        "\t",
        "\u{1f}",
        "\u{d7ff}",
        "\u{e000}",
        "\u{fffd}",
        "\u{ffff}",
        "\u{10ffff}",
        "👩‍👩‍👧‍👦",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "1️⃣",
        "لا",
        "ﷲ",
        "نَّ",
        "ة",
        "e\u{301}\u{323}\u{300}",
        "\u{301}\u{301}",
        "क्ष्म्य",
        "ཀྵ",
        "ᄀᆞᇂ",
        "๊ำ",
        "\u{34f}",
        "\u{ad}",
        "\u{feff}",
        "٣٫١٤",
        "(אב)",
        "[حلب]",
        "12/05",
        "ffi",
        "𐏃𐎠",
        "𞤀𞤣",
    ];
    let wild = prop::collection::vec(
        prop_oneof![3 => prop::sample::select(WILD).prop_map(str::to_owned), 2 => any_text(), 1 => any::<char>().prop_map(String::from)],
        0..10,
    );
    wild.prop_map(|parts| parts.concat())
}

fn laid_out(text: &str, form: Form) -> Layout {
    let request = Request {
        text,
        direction: form.direction,
        align: form.align,
        width: form.width,
        style: form.style,
        scale: form.scale,
        lang: None,
        leading: form.leading,
    };
    with_fonts(|fonts| Layout::new(fonts, &request))
}

/// Every place at which a caret may stand, from both sides.
fn carets(text: &str) -> impl Iterator<Item = Caret> + '_ {
    let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    offsets
        .map(ByteOffset::new)
        .flat_map(|at| [Caret::downstream(at), Caret::upstream(at)])
}

fn drawn(layout: &Layout, caret: Caret) -> Rect {
    layout.caret(caret)
}

fn same_place(one: Rect, other: Rect) -> bool {
    (one.x - other.x).abs() < NEAR && (one.y - other.y).abs() < NEAR
}

/// Whether a caret stands at white space that may hang over the edge of its line.
fn hangs(layout: &Layout, caret: Caret) -> bool {
    let at = caret.offset.get() as u32;
    let clusters = layout.clusters_of(layout.line_of(caret)).iter();
    let mut trailing = clusters.filter(|cluster| cluster.trailing);
    trailing.any(|cluster| cluster.start <= at && at <= cluster.end)
}

/// How much rectangles cover; they all have the height of a line.
fn area(rects: &[Rect]) -> f32 {
    rects.iter().map(|rect| rect.width).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn rectangles_lie_in_their_lines(text in wild_text(), form in any_form(), ends in any::<(u16, u16)>()) {
        let layout = laid_out(&text, form);
        let (width, height) = layout.size();
        let lines: Vec<_> = layout.lines().collect();
        prop_assert!(width.is_finite() && height.is_finite() && height > 0.0);
        let (one, other) = (usize::from(ends.0) % (text.len() + 1), usize::from(ends.1) % (text.len() + 1));
        let ranges = [bytes(0, text.len()), bytes(one.min(other), one.max(other))];
        for range in ranges.into_iter().chain(lines.iter().map(|line| line.range)) {
            for rect in layout.rects(range) {
                let line = lines.iter().find(|line| (line.y - rect.y).abs() < NEAR);
                prop_assert!(line.is_some(), "{rect:?} is on no line");
                let line = line.unwrap();
                prop_assert!(rect.width >= 0.0 && (rect.height - line.height).abs() < NEAR);
                prop_assert!(rect.y >= -NEAR && rect.bottom() <= height + NEAR, "{rect:?} of {height}");
                // Only a cluster that is wider than the column may stand out of it, and only as far as its line.
                let (left, right) = (line.left.min(0.0), line.right.max(width));
                prop_assert!(rect.x >= left - NEAR && rect.right() <= right + NEAR, "{rect:?} in {line:?}");
                prop_assert!(range.intersection(line.range).is_some(), "{rect:?} belongs to {range:?}");
            }
        }
    }

    #[test]
    fn every_cluster_is_hit_by_some_point(text in wild_text(), form in any_form()) {
        let layout = laid_out(&text, form);
        let mut covered = vec![false; text.len()];
        for (index, line) in layout.lines().enumerate() {
            let y = line.y + line.height / 2.0;
            for cluster in layout.clusters(index) {
                covered[cluster.range.as_usize()].fill(true);
                if cluster.width < 0.5 {
                    continue;
                }
                let hit = layout.hit(cluster.x + cluster.width / 2.0, y);
                prop_assert_eq!(hit.cluster, Some(cluster.range));
                let at_edge = [cluster.range.start(), cluster.range.end()].contains(&hit.caret.offset);
                prop_assert!(at_edge, "{:?} is no edge of {:?}", hit, cluster);
            }
        }
        prop_assert!(covered.iter().all(|covered| *covered), "all of the text is in some cluster");
    }

    #[test]
    fn a_caret_is_found_where_it_is_drawn(text in wild_text(), form in any_form()) {
        let layout = laid_out(&text, form);
        for caret in carets(&text) {
            let there = drawn(&layout, caret);
            prop_assert!(there.x.is_finite() && there.y.is_finite());
            let hit = layout.hit(there.x, there.y + there.height / 2.0).caret;
            prop_assert!(text.is_char_boundary(hit.offset.get()));
            let again = drawn(&layout, hit);
            // White space that hangs over the edge of its line is drawn at the edge, many places at one.
            if hangs(&layout, caret) || hangs(&layout, hit) {
                prop_assert!((there.y - again.y).abs() < NEAR);
                continue;
            }
            prop_assert!(same_place(there, again), "{:?} at {:?} gave {:?} at {:?}", caret, there, hit, again);
        }
    }

    #[test]
    fn a_walk_sees_every_place_and_ends_at_the_end(text in wild_text(), form in any_form()) {
        let layout = laid_out(&text, form);
        let (forward, back) = if form.direction == L { (Step::Right, Step::Left) } else { (Step::Left, Step::Right) };
        let mut places = Vec::new();
        let start = layout.move_visual(Caret::default(), Step::LineStart).unwrap_or_default();
        let mut caret = start;
        // To the very edge of the first line, where another direction may begin it.
        while let Some(before) = layout.move_visual(caret, back) {
            caret = before;
        }
        places.push(drawn(&layout, caret));
        while let Some(next) = layout.move_visual(caret, forward) {
            caret = next;
            places.push(drawn(&layout, caret));
            prop_assert!(places.len() < 4 * text.len() + 8, "the walk does not end");
        }
        prop_assert_eq!(layout.line_of(caret), layout.line_count() - 1);
        // Where a line wraps, its end and the start of the next are one stop.
        for line in layout.lines().skip(1) {
            let at = line.range.start();
            let (end, start) = (drawn(&layout, Caret::upstream(at)), drawn(&layout, Caret::downstream(at)));
            if places.iter().any(|place| same_place(*place, end) || same_place(*place, start)) {
                places.extend([end, start]);
            }
        }
        for caret in carets(&text) {
            let there = drawn(&layout, caret);
            let seen = places.iter().any(|place| same_place(*place, there));
            prop_assert!(seen, "{:?} at {:?} is passed over", caret, there);
        }
    }

    #[test]
    fn two_neighbours_cover_what_their_union_covers(text in wild_text(), form in any_form(), cuts in any::<(u16, u16, u16)>()) {
        let layout = laid_out(&text, form);
        let mut borders: Vec<usize> = (0..layout.line_count())
            .flat_map(|line| layout.clusters(line).map(|cluster| cluster.range.start().get()).collect::<Vec<_>>())
            .chain([0, text.len()])
            .collect();
        borders.sort_unstable();
        borders.dedup();
        let mut picked = [cuts.0, cuts.1, cuts.2].map(|cut| borders[usize::from(cut) % borders.len()]);
        picked.sort_unstable();
        let [start, middle, end] = picked;
        let union = area(&layout.rects(bytes(start, end)));
        let halves = area(&layout.rects(bytes(start, middle))) + area(&layout.rects(bytes(middle, end)));
        prop_assert!((union - halves).abs() < 0.2, "{} is not {}", union, halves);
    }
}
