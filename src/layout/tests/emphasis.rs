//! Stretches that are set in bold or slanted: they change letters, never the text or the line.

use super::*;
use crate::layout::{Emphasis, Emphasised};

fn set(text: &str, emphasis: &[Emphasis]) -> Layout {
    let request = Request::line(
        text,
        crate::text::base_direction(text).unwrap_or(L),
        Style::READING,
        1.0,
    );
    with_fonts(|fonts| Layout::emphasised(fonts, &request, emphasis))
}

fn emphasis(range: ByteRange, face: Emphasised) -> Emphasis {
    Emphasis { range, face }
}

#[test]
fn a_bold_stretch_is_wider_and_the_rest_as_it_was() {
    for (text, word) in [
        ("more than 50 civilians", "50 civilians"),
        ("قتل أكثر من خمسين مدنيا", "خمسين"),
    ] {
        let plain = set(text, &[]);
        let bold = set(text, &[emphasis(find(text, word), Emphasised::Bold)]);
        let width = |layout: &Layout, range| layout.rects(range).iter().map(|rect| rect.width).sum::<f32>();
        let (before, after) = (width(&plain, find(text, word)), width(&bold, find(text, word)));
        assert!(after > before, "{text}: {before} {after}");
        assert!(
            (plain.size().1 - bold.size().1).abs() < f32::EPSILON,
            "the line keeps its height"
        );
        assert_eq!(seen(&plain, text), seen(&bold, text));
    }
}

#[test]
fn a_slanted_stretch_is_drawn_with_other_glyphs_or_another_face() {
    let text = "auraient été tués";
    let plain = set(text, &[]);
    let slanted = set(text, &[emphasis(find(text, "été"), Emphasised::Italic)]);
    assert_eq!(plain.faces.len(), 1);
    assert_eq!(slanted.faces.len(), 2);
    assert!(slanted.faces.iter().any(|face| face.synthesis.skew().is_some()));
}

#[test]
fn a_range_that_is_none_of_the_text_changes_nothing() {
    let text = "été";
    let plain = set(text, &[]);
    for range in [bytes(1, 2), bytes(0, 9), bytes(2, 2)] {
        let layout = set(text, &[emphasis(range, Emphasised::Bold)]);
        assert!((layout.size().0 - plain.size().0).abs() < f32::EPSILON);
    }
}
