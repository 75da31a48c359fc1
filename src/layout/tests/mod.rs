//! What holds of every layout, tried on bundled fonts only.
#![allow(clippy::string_slice, reason = "a test may panic at a wrong slice")]

mod bidi;
mod caret;
mod emphasis;
mod fuzz;
mod raster;
mod rects;
mod traps;

use std::cell::RefCell;

use super::{Fonts, Layout, Request, Style};
use crate::text::{ByteOffset, ByteRange, Direction};

pub(in crate::layout) use Direction::{LeftToRight as L, RightToLeft as R};

thread_local! {
    static FONTS: RefCell<Fonts> = RefCell::new(Fonts::bundled());
}

/// Runs with fonts that are loaded once a thread.
pub(in crate::layout) fn with_fonts<T>(run: impl FnOnce(&mut Fonts) -> T) -> T {
    FONTS.with_borrow_mut(run)
}

/// A text on one line.
pub(super) fn one_line(text: &str, direction: Direction) -> Layout {
    let request = Request::line(text, direction, Style::READING, 1.0);
    with_fonts(|fonts| Layout::new(fonts, &request))
}

/// A text wrapped at a width.
pub(super) fn wrapped(text: &str, direction: Direction, width: f32) -> Layout {
    let request = Request::line(text, direction, Style::READING, 1.0).wrapped(width);
    with_fonts(|fonts| Layout::new(fonts, &request))
}

/// The clusters of each line as they are seen from left to right.
pub(super) fn seen(layout: &Layout, text: &str) -> Vec<String> {
    (0..layout.line_count())
        .map(|line| {
            layout
                .clusters(line)
                .map(|cluster| &text[cluster.range.as_usize()])
                .collect()
        })
        .collect()
}

pub(in crate::layout) fn bytes(start: usize, end: usize) -> ByteRange {
    ByteRange::between(ByteOffset::new(start), ByteOffset::new(end))
}

/// Where a piece of a text stands in it.
pub(in crate::layout) fn find(text: &str, piece: &str) -> ByteRange {
    let start = text.find(piece).unwrap();
    bytes(start, start + piece.len())
}

/// Pieces of text of every kind that the order on the screen depends on.
pub(super) const PIECES: [&str; 40] = [
    "a",
    "b",
    "mot ",
    "Jean",
    "é",
    "e\u{301}",
    "ب",
    "لا",
    "سلام",
    "عاجل ",
    "بَ",
    "פ",
    "שלום ",
    "בּ",
    "1",
    "20",
    "3,5",
    "١٢",
    "۷",
    " ",
    "  ",
    "\u{a0}",
    ".",
    ",",
    "-",
    ":",
    "/",
    "%",
    "$",
    "(",
    ")",
    "[",
    "]",
    "«",
    "»",
    "!",
    "\"",
    "\u{200f}",
    "\u{200e}",
    "،",
];
