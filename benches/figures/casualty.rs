//! The figure of a casualty span: a drag over a number and the word behind it, until the value that is read from them
//! is on disk and drawn.

use egui::Key;

use hashiya::model::{Layer, Value};
use hashiya::text::{ByteOffset, ByteRange, Text};

use super::frames::{in_eight_articles, opened, tag_ranges, tagged};
use super::measure::{Measured, Place};

/// Release of the mouse after a drag under the armed label of casualties, until span and value are drawn.
pub fn tag_casualty(place: &Place) -> Measured {
    let mut times = Vec::new();
    in_eight_articles(place, "casualty", |window| {
        let figures = figures(&opened(window).text);
        tag_ranges(window, Key::Num3, figures.into_iter(), &mut times);
        assert_read(&opened(window).layer);
    });
    tagged(place, times, 50)
}

/// Each number of a text with the word behind it.
fn figures(text: &Text) -> Vec<ByteRange> {
    let mut figures = Vec::new();
    let (mut at, mut number) = (0, None);
    for piece in text.as_str().split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if let Some(start) = number.take() {
            figures.push(ByteRange::between(
                ByteOffset::new(start),
                ByteOffset::new(at + word.len()),
            ));
        }
        let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            number = Some(at + word.len() - digits.len());
        }
        at += piece.len();
    }
    figures
}

/// Every span has a value that waits to be confirmed.
fn assert_read(layer: &Layer) {
    for span in layer.spans.iter() {
        let is_read = span
            .attributes
            .iter()
            .any(|(id, value)| matches!(value, Value::Quantity(_)) && span.unconfirmed.contains(id));
        assert!(is_read, "{} has no value", span.id);
    }
}
