//! The figure of a casualty span: a drag over a number and the word behind it, until the value that is read from them
//! is on disk and drawn.

use egui::{Key, Modifiers};

use hashiya::model::{Layer, Value};
use hashiya::text::{ByteOffset, ByteRange, Text};

use super::frames::{open, open_id, tag_ranges};
use super::measure::{Measured, Place, fsync_milliseconds};
use super::projects::{self, project_of};

/// Release of the mouse after a drag under the armed label of casualties, until span and value are drawn.
pub fn tag_casualty(place: &Place) -> Measured {
    let rows = (0..8).map(|number| projects::row(number, 4_000, 0));
    let project = project_of(place, "casualty", rows);
    let mut window = open(place, project);
    let mut times = Vec::new();
    for article in 0..8 {
        if article > 0 {
            let before = open_id(window.app().snapshot());
            window.press(Key::PageDown, Modifiers::COMMAND | Modifiers::CTRL);
            window.until(|snapshot| open_id(snapshot) != before);
        }
        window.settle();
        let opened = window
            .app()
            .snapshot()
            .article
            .clone()
            .expect("an article is open");
        tag_ranges(
            &mut window,
            Key::Num3,
            figures(&opened.text).into_iter(),
            &mut times,
        );
        let after = window
            .app()
            .snapshot()
            .article
            .clone()
            .expect("an article is open");
        assert_read(&after.layer);
    }
    assert!(times.len() > 50, "only {} spans were tagged", times.len());
    let fsync = fsync_milliseconds(&place.path("fsync"));
    Measured::small_is_good(times)
        .with("fsync_median", fsync.median())
        .with("fsync_p99", fsync.p99())
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
