//! Scrolling, laid out lazily: nothing in view moves that was not moved, and little is laid out.
#![allow(clippy::string_slice, reason = "a test may panic at a wrong slice")]

use std::fmt::Write as _;

use proptest::prelude::*;
use unicode_bidi::{BidiInfo, Level};

use super::cache::{MOST, MOST_BYTES};
use super::{Document, ItemId, Room, Settings, Visible};
use crate::layout::tests::{L, R, bytes, find, with_fonts};
use crate::layout::{Caret, Step};
use crate::text::{ByteOffset, ByteRange, Text};

const VIEW: f32 = 500.0;

impl Document {
    pub(super) fn item_count(&self) -> usize {
        self.items.len()
    }

    pub(super) fn item_ids(&self) -> impl ExactSizeIterator<Item = ItemId> + use<> {
        (0..self.items.len()).map(ItemId)
    }
}

/// An article of paragraphs of many lengths in two scripts.
fn article(paragraphs: usize) -> String {
    let mut text = String::new();
    for number in 0..paragraphs {
        let words = 1 + (number * 7) % 60;
        let word = if number % 3 == 1 {
            "مدينة "
        } else {
            "village "
        };
        writeln!(text, "{number} {}", word.repeat(words)).unwrap();
    }
    text
}

fn document(text: &str) -> Document {
    Document::new(Text::new(text), Settings::default())
}

fn prepared(text: &str) -> Document {
    let mut document = document(text);
    prepare(&mut document);
    document
}

fn prepare(document: &mut Document) {
    with_fonts(|fonts| document.prepare(fonts, VIEW));
}

fn scrolled(document: &mut Document, distance: f64) {
    document.scroll_by(distance);
    prepare(document);
}

/// The items in view follow each other without gap or overlap, and fill the view.
fn check_filled(document: &Document) {
    let visible = document.visible();
    for pair in visible.windows(2) {
        let [above, below] = pair else { unreachable!() };
        let height = document.height(above.item.get()) as f32;
        assert_eq!(below.item.get(), above.item.get() + 1);
        assert!((below.y - above.y - height).abs() < 0.01, "{above:?} {below:?}");
        assert!(document.layout(above.item).is_some());
    }
    let last = visible.last().unwrap();
    assert!(visible[0].y <= 0.5, "no hole at the top: {:?}", visible[0]);
    let bottom = last.y + document.height(last.item.get()) as f32;
    let is_last = last.item.get() + 1 == document.item_count();
    assert!(bottom >= VIEW - 0.6 || is_last, "no hole at the bottom: {last:?}");
}

#[test]
fn every_pixel_scrolled_is_a_pixel_moved_whatever_the_estimates_were() {
    let mut document = document(&article(3_000));
    document.scroll_to_position(200_000.0);
    prepare(&mut document);
    for step in 0..400 {
        let before: Vec<Visible> = document.visible().to_vec();
        let distance = if step < 250 { -37.0 } else { 53.0 };
        scrolled(&mut document, distance);
        check_filled(&document);
        let same = document.visible().iter().find_map(|now| {
            let then = before.iter().find(|then| then.item == now.item)?;
            Some(f64::from(then.y - now.y))
        });
        let moved = same.unwrap();
        assert!((moved - distance).abs() < 0.01, "step {step}: moved by {moved}");
    }
}

#[test]
fn ten_megabytes_are_scrolled_without_laying_out_more_than_what_is_seen() {
    let text = article(60_000);
    assert!(text.len() > 10 << 20, "{}", text.len());
    let mut document = prepared(&text);
    let first = document.layouts_made();
    assert!(first < 40, "{first} layouts for the first view");
    let total = document.scroll().total;
    for part in [0.2, 0.9, 0.5, 0.999, 0.01] {
        document.scroll_to_position(total * part);
        prepare(&mut document);
        check_filled(&document);
        let position = document.scroll().position / document.scroll().total;
        assert!((position - part).abs() < 0.01, "{part} became {position}");
    }
    assert!(
        document.layouts_made() < 250,
        "{} layouts in all",
        document.layouts_made()
    );
}

#[test]
fn a_paragraph_of_a_megabyte_scrolls_like_a_short_one() {
    let sentence = "وقال Jean Martin إن 25 شخصا وصلوا إلى المدينة القديمة أمس. ";
    let mut document = prepared(&sentence.repeat(12_000));
    assert!(document.text().end() > ByteOffset::new(1 << 20));
    assert!(document.item_ids().all(|item| document.item_direction(item) == R));
    let first = document.layouts_made();
    assert!(first < 5, "{first} chunks for the first view");
    document.scroll_to_position(document.scroll().total / 2.0);
    prepare(&mut document);
    for _ in 0..20 {
        scrolled(&mut document, -120.0);
        check_filled(&document);
    }
    assert!(document.layouts_made() < 20, "{} chunks", document.layouts_made());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Held against the order that the oracle finds over the whole paragraph, which knows of no cut.
    #[test]
    fn cutting_a_long_paragraph_changes_the_order_of_nothing(
        sentences in prop::collection::vec(prop::sample::select(&SENTENCES[..]), 700..1000), rtl in any::<bool>()
    ) {
        let text = format!("{}{}", if rtl { "ثم " } else { "Or " }, sentences.concat());
        let mut document = document(&text);
        let level = if rtl { Level::rtl() } else { Level::ltr() };
        let info = BidiInfo::new(&text, Some(level));
        prop_assert!(document.item_count() > 3);
        for item in document.item_ids() {
            prop_assert_eq!(document.item_direction(item), if rtl { R } else { L });
            with_fonts(|fonts| document.ensure(fonts, item.get()));
            let start = document.item_range(item).start().get();
            let layout = document.layout(item).unwrap();
            for (index, line) in layout.lines().enumerate() {
                let range = start + line.range.start().get()..start + line.range.end().get();
                let (levels, runs) = info.visual_runs(&info.paragraphs[0], range);
                let seen: String = layout.clusters(index).map(|c| &text[start..][c.range.as_usize()]).collect();
                let expected: String = runs
                    .into_iter()
                    .map(|run| if levels[run.start].is_rtl() { text[run].chars().rev().collect() } else { text[run].to_owned() })
                    .collect();
                prop_assert_eq!(seen, expected, "line {} of item {}", index, item.get());
            }
        }
    }
}

/// Sentences with what a cut might tear: numbers, brackets, words of the other direction at their ends.
const SENTENCES: [&str; 10] = [
    "Les habitants (12 familles) sont revenus de حلب. ",
    "قال Jean Martin إن 25 شخصا وصلوا. ",
    "وصلوا في 12/05/2022 - 10 إلى Paris! ",
    "Il y a 3 % de plus : [voir «ص 12»]. ",
    "הם הגיעו ב-CNN (12 ק״מ), ואז 5. ",
    "12 personnes, 50 $. ",
    "٣٤ شخصا، بحسب AFP. ",
    "أمس؟ ",
    "Oui... ",
    "(שלום) ",
];

#[test]
fn the_layouts_kept_are_bounded() {
    let mut document = prepared(&article(2_000));
    while document.scroll().position + 500.0 < document.scroll().total {
        scrolled(&mut document, 450.0);
        let (count, size) = document.layouts_kept();
        assert!(
            count <= MOST && size <= MOST_BYTES,
            "{count} layouts of {size} bytes"
        );
    }
    assert!(document.layouts_made() >= 2_000);
    let (count, size) = document.layouts_kept();
    let sum: usize = document
        .item_ids()
        .filter_map(|item| document.layout(item))
        .map(crate::layout::Layout::memory)
        .sum();
    assert_eq!(size, sum, "the count of bytes is right for {count} layouts");
}

#[test]
fn the_view_stops_at_both_ends() {
    let text = article(50);
    let settings = Settings {
        head: 80.0,
        foot: 120.0,
        ..Settings::default()
    };
    let mut document = Document::new(Text::new(text.as_str()), settings);
    prepare(&mut document);
    assert!(
        (document.visible()[0].y - 80.0).abs() < 0.01,
        "the head is above the text"
    );
    scrolled(&mut document, -1_000.0);
    assert!((document.visible()[0].y - 80.0).abs() < 0.01);
    assert!(document.scroll().position.abs() < 0.01);
    let taller = Settings {
        head: 150.0,
        ..document.settings().clone()
    };
    document.set_settings(taller);
    prepare(&mut document);
    assert!(
        (document.visible()[0].y - 150.0).abs() < 0.01,
        "the top of all stays the top"
    );
    scrolled(&mut document, 1e9);
    let last = document.visible().last().unwrap();
    assert_eq!(last.item.get() + 1, document.item_count());
    let bottom = last.y + document.height(last.item.get()) as f32 + 120.0;
    assert!(
        (bottom - VIEW).abs() < 1.0,
        "the foot is below the text: {bottom}"
    );
    let scroll = document.scroll();
    assert!((scroll.position + scroll.viewport - scroll.total).abs() < 1.0);
    scrolled(&mut document, f64::NAN);
    let mut short = prepared("one line");
    scrolled(&mut short, 300.0);
    assert!(short.visible()[0].y.abs() < 0.01);
}

#[test]
fn a_jump_and_a_move_in_one_frame_add_up() {
    let mut document = prepared(&article(500));
    document.scroll_to_position(9_000.0);
    document.scroll_by(100.0);
    document.scroll_by(-40.0);
    assert!((document.scroll().position - 9_060.0).abs() < 1.0);
    prepare(&mut document);
    check_filled(&document);
    let before = document.visible().to_vec();
    document.fonts_changed();
    scrolled(&mut document, 25.0);
    let same = document.visible().iter().find_map(|now| {
        before
            .iter()
            .find(|then| then.item == now.item)
            .map(|then| then.y - now.y)
    });
    assert!((same.unwrap() - 25.0).abs() < 1.0);
}

#[test]
fn another_width_or_size_keeps_the_line_at_the_top() {
    let mut document = document(&article(500));
    document.scroll_to_position(20_000.0);
    prepare(&mut document);
    for settings in [
        Settings {
            width: 350.0,
            ..Settings::default()
        },
        Settings {
            style: crate::layout::Style::READING.with_size(27.0),
            ..Settings::default()
        },
        Settings {
            scale: 2.0,
            ..Settings::default()
        },
    ] {
        let (top, y) = first_line(&document);
        document.set_settings(settings);
        prepare(&mut document);
        let rect = document.caret(top).unwrap();
        assert!(
            (rect.y - y).abs() < rect.height,
            "the top line went from {y} to {rect:?}"
        );
        assert!(
            rect.y <= 0.5 && rect.bottom() >= -0.5,
            "{rect:?} is not at the top"
        );
        check_settled(&document);
    }
}

/// The start of the line that is cut by the top of the view, and where it is.
fn first_line(document: &Document) -> (Caret, f32) {
    let first = document.visible()[0];
    let layout = document.layout(first.item).unwrap();
    let line = layout
        .lines_between(-first.y, VIEW)
        .start
        .min(layout.line_count() - 1);
    let start = layout.lines().nth(line).unwrap().range.start().get() + first.range.start().get();
    let caret = Caret::downstream(ByteOffset::new(start));
    (caret, document.caret(caret).unwrap().y)
}

fn check_settled(document: &Document) {
    let scale = document.settings().scale;
    for visible in document.visible() {
        let pixels = visible.y * scale;
        assert!(
            (pixels - pixels.round()).abs() < 0.01,
            "{visible:?} is not on a pixel"
        );
    }
}

/// Gives all lines of one item so much room, and no other line.
pub(super) fn give_room(document: &mut Document, item: ItemId, leading: f32) {
    let range = document.item_range(item);
    document.set_rooms(vec![Room { range, leading }]);
}

#[test]
fn only_the_lines_that_a_stretch_touches_get_its_room() {
    let text = "word ".repeat(200);
    let mut document = prepared(&text);
    let item = document.visible()[0].item;
    let layout = document.layout(item).unwrap().clone();
    let line = |index: usize| layout.lines().nth(index).unwrap().range;
    assert!(layout.line_count() > 5);
    let made = document.layouts_made();
    let room = |range, leading| Room { range, leading };
    let rooms = vec![
        room(ByteRange::between(line(1).start(), line(2).end()), 9.0),
        room(line(4), 30.0),
    ];
    assert!(document.set_rooms(rooms.clone()));
    assert!(!document.set_rooms(rooms), "nothing new");
    prepare(&mut document);
    assert_eq!(document.layouts_made(), made);
    let now = document.layout(item).unwrap();
    let moved: Vec<f32> = now
        .lines()
        .zip(layout.lines())
        .take(6)
        .map(|(now, then)| (now.y - then.y).round())
        .collect();
    assert_eq!(moved, [0.0, 0.0, 9.0, 18.0, 18.0, 48.0]);
    // A point below a line belongs to it as far as its room reaches.
    let below = |at: usize, by: f32| {
        let line = now.lines().nth(at).unwrap();
        document.hit(1.0, document.visible()[0].y + line.y + line.height + by)
    };
    assert_eq!(below(4, 29.0).caret.offset, line(4).start());
    assert_eq!(below(4, 31.0).caret.offset, line(5).start());
    assert!(document.set_rooms(Vec::new()), "the room is taken back");
    assert_eq!(document.layout(item).unwrap().size(), layout.size());
}

#[test]
fn room_for_lanes_moves_one_item_and_what_is_below_it_without_a_new_layout() {
    let mut document = prepared(&article(300));
    let made = document.layouts_made();
    let before = document.visible().to_vec();
    let item = before[2].item;
    let lines = document.layout(item).unwrap().line_count();
    give_room(&mut document, item, 7.0);
    prepare(&mut document);
    assert_eq!(document.layouts_made(), made);
    for (then, now) in before.iter().zip(document.visible()) {
        let grown = if now.item > item { 7.0 * lines as f32 } else { 0.0 };
        assert!((now.y - then.y - grown).abs() < 0.01, "{now:?}");
    }
    // Above the view: what is in view stays.
    scrolled(&mut document, 1_500.0);
    let before = document.visible().to_vec();
    give_room(&mut document, ItemId(0), 20.0);
    prepare(&mut document);
    assert_eq!(document.visible(), before);
    // At the top of the view: its first line in view stays.
    let long = |visible: &&Visible| {
        document
            .layout(visible.item)
            .is_some_and(|layout| layout.line_count() > 3)
    };
    let y = document.visible().iter().skip(1).find(long).unwrap().y;
    scrolled(&mut document, f64::from(y) + 40.0);
    let (top, y) = first_line(&document);
    let item = document.visible()[0].item;
    give_room(&mut document, item, 12.0);
    prepare(&mut document);
    assert!((document.caret(top).unwrap().y - y).abs() < 0.6);
}

#[test]
fn positions_and_points_agree_over_all_items_in_view() {
    let text = article(40);
    let document = prepared(&text);
    for visible in document.visible() {
        for (at, _) in text[visible.range.as_usize()].char_indices().step_by(5) {
            let caret = Caret::downstream(ByteOffset::new(visible.range.start().get() + at));
            let rect = document.caret(caret).unwrap();
            let hit = document.hit(rect.x, rect.y + 1.0).caret;
            let again = document.caret(hit).unwrap();
            assert!((again.x - rect.x).abs() < 0.01 && (again.y - rect.y).abs() < 0.01);
        }
    }
}

#[test]
fn a_range_over_paragraphs_has_rectangles_in_each_of_them() {
    let text = "un deux\r\nثلاثة أربعة\r\ncinq";
    let document = prepared(text);
    let rects = document.rects(bytes(3, find(text, "cinq").end().get()));
    assert_eq!(rects.len(), 3, "{rects:?}");
    assert!(rects[0].y < rects[1].y && rects[1].y < rects[2].y);
    assert!(
        document.rects(bytes(7, 9)).is_empty(),
        "a line break has no rectangle"
    );
    assert!(
        document.caret(Caret::downstream(ByteOffset::new(8))).is_some(),
        "inside a CRLF"
    );
}

fn stepped(document: &mut Document, caret: Caret, step: Step) -> Caret {
    with_fonts(|fonts| document.move_caret(fonts, caret, step))
}

#[test]
fn a_caret_walks_through_paragraphs_of_both_directions() {
    let text = "ab\nאב\n\ncd";
    let mut document = prepared(text);
    let mut offsets = vec![0];
    let mut caret = Caret::default();
    for step in [
        Step::Right,
        Step::Right,
        Step::Right,
        Step::Left,
        Step::Left,
        Step::Left,
        Step::Right,
        Step::Right,
    ] {
        caret = stepped(&mut document, caret, step);
        offsets.push(caret.offset.get());
    }
    // The empty paragraph reads as the article does.
    let rest = if document.item_direction(ItemId(2)) == L {
        [9, 10]
    } else {
        [7, 5]
    };
    assert_eq!(offsets[..7], [0, 1, 2, 3, 5, 7, 8]);
    assert_eq!(offsets[7..], rest);
    let end = stepped(&mut document, caret, Step::Down(0.0));
    assert!(end.offset > caret.offset);
    assert_eq!(
        stepped(&mut document, Caret::default(), Step::Up(5.0)),
        Caret::default()
    );
    assert_eq!(
        stepped(&mut document, Caret::default(), Step::Left),
        Caret::default()
    );
}

#[test]
fn no_step_is_lost_nor_doubled_at_the_cut_of_a_long_paragraph() {
    let sentence = "Les habitants sont revenus dans la ville ce matin. ";
    let mut document = prepared(&sentence.repeat(400));
    assert!(document.item_count() > 3);
    let cut = document.item_range(ItemId(1)).start();
    let mut caret = Caret::downstream(ByteOffset::new(cut.get() - 3));
    for expected in -2..3_isize {
        caret = stepped(&mut document, caret, Step::Right);
        assert_eq!(caret.offset.get(), cut.get().strict_add_signed(expected));
    }
    for expected in (-3..2_isize).rev() {
        caret = stepped(&mut document, caret, Step::Left);
        assert_eq!(caret.offset.get(), cut.get().strict_add_signed(expected));
    }
    let before = Caret::upstream(cut);
    assert_eq!(document.item_of(before), ItemId(0));
    assert_eq!(document.item_of(Caret::downstream(cut)), ItemId(1));
    let down = stepped(&mut document, before, Step::Down(10.0));
    assert!(down.offset > cut);
    let up = stepped(&mut document, Caret::downstream(cut), Step::Up(10.0));
    assert!(up.offset < cut);
}

#[test]
fn a_caret_is_brought_into_view_and_only_then() {
    let text = article(400);
    let mut document = prepared(&text);
    let seen = Caret::downstream(document.visible()[1].range.start());
    let before = document.visible().to_vec();
    with_fonts(|fonts| document.reveal(fonts, seen, 10.0));
    assert_eq!(document.visible(), before, "already in view");
    let far = text.floor_char_boundary(text.len() * 2 / 3);
    let far = Caret::downstream(document.text().previous_grapheme(ByteOffset::new(far)));
    with_fonts(|fonts| document.reveal(fonts, far, 40.0));
    let rect = document.caret(far).unwrap();
    assert!(rect.y >= 39.0 && rect.bottom() <= VIEW - 39.0, "{rect:?}");
    check_filled(&document);
    let last = Caret::upstream(document.text().end());
    with_fonts(|fonts| document.reveal(fonts, last, 40.0));
    assert!(document.caret(last).unwrap().bottom() <= VIEW);
    with_fonts(|fonts| document.reveal(fonts, Caret::default(), 40.0));
    assert!(document.caret(Caret::default()).unwrap().y >= 0.0);
}

#[test]
fn items_just_outside_the_view_can_be_laid_out_ahead() {
    let mut document = document(&article(300));
    document.scroll_to_position(3_000.0);
    prepare(&mut document);
    let mut ahead = 0;
    while with_fonts(|fonts| document.prepare_ahead(fonts)) {
        ahead += 1;
    }
    assert_eq!(ahead, 3);
    let made = document.layouts_made();
    scrolled(&mut document, 20.0);
    assert_eq!(
        document.layouts_made(),
        made,
        "the next paragraph was there already"
    );
}

#[test]
fn an_empty_article_has_a_caret() {
    let document = prepared("");
    assert_eq!(document.item_count(), 1);
    assert!(document.caret(Caret::default()).is_some());
    assert_eq!(document.hit(40.0, 400.0).caret.offset, ByteOffset::ZERO);
    assert_eq!(document.item_direction(ItemId(0)), L);
}

#[test]
fn an_empty_paragraph_takes_half_the_height_of_a_line() {
    let document = prepared("un\n\ndeux");
    let heights: Vec<f32> = [0, 1, 2].map(|item| document.height(item) as f32).to_vec();
    let gap = document.settings.gap_after(document.items[0]);
    assert!(
        ((heights[0] - gap) / 2.0 - (heights[1] - gap)).abs() <= 1.0,
        "{heights:?}"
    );
    check_filled(&document);
    let caret = document.caret(Caret::downstream(ByteOffset::new(3))).unwrap();
    assert!(caret.height <= heights[1], "the caret stays in its paragraph");
}
