//! Pictures of glyphs: placed on quarter pixels, with ink where there is a letter.

use super::{L, R, one_line};
use crate::layout::{Pixels, Raster};

#[test]
fn a_letter_has_ink_and_no_more_room_than_it_needs() {
    let layout = one_line("ش", R);
    let mut raster = Raster::new();
    let glyph = layout.glyphs().next().unwrap();
    let placed = glyph.placed(0.0, 0.0);
    let bitmap = raster.draw(glyph.face, placed.key).unwrap();
    let Pixels::Coverage(coverage) = &bitmap.pixels else {
        unreachable!("an outline has no colours");
    };
    assert_eq!(coverage.len(), bitmap.width * bitmap.height);
    assert!(
        coverage.iter().any(|covered| *covered > 200),
        "the strokes are black"
    );
    let edge = |row: usize| {
        coverage[row * bitmap.width..(row + 1) * bitmap.width]
            .iter()
            .any(|covered| *covered > 0)
    };
    assert!(edge(0) && edge(bitmap.height - 1));
    assert!(bitmap.top > 0 && bitmap.width < 40);
}

#[test]
fn a_glyph_stands_at_the_nearest_quarter_pixel() {
    let layout = one_line("l", L);
    let glyph = layout.glyphs().next().unwrap();
    let at = |x: f32| glyph.placed(x - glyph.x, 0.0);
    assert_eq!((at(10.0).x, at(10.1).x, at(10.9).x), (10, 10, 11));
    assert_eq!(at(10.0).key, at(10.1).key);
    assert_ne!(at(10.0).key, at(10.25).key);
    assert_eq!(at(10.5).key, at(-3.5).key);
    assert_eq!(at(-3.5).x, -4);
    let mut raster = Raster::new();
    let (whole, half) = (at(10.0).key, at(10.5).key);
    assert_ne!(
        raster.draw(glyph.face, whole),
        raster.draw(glyph.face, half),
        "half a pixel is seen"
    );
}

#[test]
fn bold_is_another_face_and_a_space_has_no_glyph() {
    let layout = one_line("a b", L);
    assert_eq!(layout.glyphs().count(), 2);
    let faces: Vec<u64> = layout.glyphs().map(|glyph| glyph.face.font_id()).collect();
    assert_eq!(faces[0], faces[1]);
    let request = crate::layout::Request::line("a", L, crate::layout::Style::READING.in_bold(), 1.0);
    let bold = super::with_fonts(|fonts| crate::layout::Layout::new(fonts, &request));
    assert_ne!(bold.glyphs().next().unwrap().face.font_id(), faces[0]);
}
