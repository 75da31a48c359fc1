//! One test for each way in which text on the screen was once seen to go wrong.

use super::{L, R, bytes, find, one_line, seen, with_fonts, wrapped};
use crate::layout::{Align, Layout, Request, Style};
use crate::text::{ByteOffset, Text};

/// The widest layout of a text in which a line ends with these words.
fn wrapped_after(text: &str, words: &str) -> (Layout, usize) {
    (60..600)
        .rev()
        .find_map(|width| {
            let layout = wrapped(text, R, width as f32);
            let line = layout
                .lines()
                .position(|line| text[line.range.as_usize()].trim_end().ends_with(words))?;
            (line + 1 < layout.line_count()).then_some((layout, line))
        })
        .unwrap()
}

#[test]
fn the_space_at_a_wrap_inside_an_opposite_run_leaves_no_gap() {
    let text = "وصل الوزير Antoine Lefebvre إلى العاصمة صباح اليوم";
    let (layout, index) = wrapped_after(text, "Antoine");
    let line = layout.lines().nth(index).unwrap();
    let (width, _) = layout.size();
    assert!(
        (line.right - width).abs() < 1.0,
        "the line is flush with its start edge"
    );
    let space = layout.clusters(index).next().unwrap();
    assert_eq!(
        &text[space.range.as_usize()],
        " ",
        "the space is at the end edge, which is left"
    );
    let name = layout.rects(find(text, "Antoine"));
    let word = layout.rects(find(text, "الوزير"));
    assert!(
        (name[0].x - line.left).abs() < 0.6,
        "the name begins the line on the left"
    );
    let gap = word[0].x - name[0].right();
    let one = layout.rects(bytes(
        find(text, " Antoine").start().get(),
        find(text, "Antoine").start().get(),
    ));
    assert!(
        (gap - one[0].width).abs() < 0.1,
        "one space between word and name, not two: {gap}"
    );
    // Paint agrees with the rectangles.
    let first = layout
        .glyphs()
        .find(|glyph| glyph.range.start() == find(text, "Antoine").start())
        .unwrap();
    assert!((first.x - name[0].x).abs() < 0.01);
    let hit = layout.hit(name[0].x + 0.5, line.y + 2.0);
    assert_eq!(hit.caret.offset, find(text, "Antoine").start());
}

#[test]
fn a_line_break_inside_a_layout_is_drawn_as_a_space() {
    let text = "un\ndeux\r\ntrois\u{85}quatre\u{2029}cinq";
    let layout = wrapped(text, L, 1_000.0);
    assert_eq!(layout.line_count(), 1);
    assert_eq!(seen(&layout, text).concat(), text);
}

#[test]
fn control_characters_draw_no_box_and_move_no_offset() {
    let text = "a\tb\u{b}c\u{c}d\u{85}e\u{7f}f\u{1}g";
    let layout = one_line(text, L);
    assert!(layout.glyphs().all(|glyph| glyph.id != 0), "no .notdef");
    assert_eq!(layout.glyphs().count(), 7);
    for (at, letter) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        let rects = layout.rects(bytes(at, at + 1));
        assert!(rects.len() == 1 && rects[0].width > 3.0, "{letter}");
    }
}

#[test]
fn thai_is_wrapped_between_words_of_the_dictionary() {
    let text = "ภาษาไทยเป็นภาษา";
    let words = ["ภาษา", "ไทย", "เป็น", "ภาษา"];
    let mut borders = vec![0];
    for word in words {
        borders.push(borders[borders.len() - 1] + word.len());
    }
    let layout = wrapped(text, L, 90.0);
    assert!(layout.line_count() > 1);
    for line in layout.lines() {
        assert!(
            borders.contains(&line.range.start().get()),
            "{line:?} begins inside a word"
        );
    }
}

#[test]
fn a_paragraph_of_digits_follows_the_article() {
    let text = Text::new("خبر عاجل من المدينة\n12/05/2022\nآخر الأخبار");
    let document = crate::layout::Document::new(text, crate::layout::Settings::default());
    let date = document.item_at(ByteOffset::new(document.text().as_str().find("12").unwrap()));
    assert_eq!(document.item_direction(date), R);
}

#[test]
fn lines_have_one_rhythm_whatever_font_they_fall_back_to() {
    for text in ["Latin", "عربي", "עברית", "", "日本語"] {
        let layout = one_line(text, L);
        assert!(
            (layout.size().1 - 29.0).abs() < 0.01,
            "18 px × 1.6 in whole pixels for {text:?}"
        );
    }
}

#[test]
fn at_any_scale_lines_and_baselines_stand_on_whole_pixels() {
    for scale in [1.0, 1.25, 1.5, 2.0] {
        let text = "one two three four five six";
        let request = Request {
            scale,
            leading: 3.3,
            ..Request::line(text, L, Style::READING, scale).wrapped(80.0)
        };
        let layout = with_fonts(|fonts| Layout::new(fonts, &request));
        assert!(layout.line_count() > 1);
        for line in layout.lines() {
            for edge in [line.y, line.baseline] {
                let pixels = edge * scale;
                assert!((pixels - pixels.round()).abs() < 0.01, "{pixels} at {scale}");
            }
        }
    }
}

#[test]
fn each_paragraph_begins_at_the_side_of_its_direction_unless_told_otherwise() {
    let side = |align, direction| {
        let request = Request {
            align,
            ..Request::line("abc", direction, Style::READING, 1.0).wrapped(200.0)
        };
        let line = with_fonts(|fonts| Layout::new(fonts, &request))
            .lines()
            .next()
            .unwrap();
        (line.left < 1.0, line.right > 199.0)
    };
    assert_eq!(side(Align::Start, L), (true, false));
    assert_eq!(side(Align::Start, R), (false, true));
    assert_eq!(side(Align::End, R), (true, false));
    assert_eq!(side(Align::End, L), (false, true));
}

#[test]
fn numbers_that_are_none_do_no_harm() {
    let style = Style {
        size: f32::NAN,
        line_height: f32::INFINITY,
        ..Style::READING
    };
    let request = Request {
        leading: f32::NAN,
        scale: 0.0,
        ..Request::line("abc", L, style, 0.0).wrapped(f32::NAN)
    };
    let (width, height) = with_fonts(|fonts| Layout::new(fonts, &request)).size();
    assert!(width.is_finite() && height.is_finite() && height > 0.0);
}
