//! Figures of long articles: opening them cold and warm, frames under the wheel, the pointer and a drag, and memory.
//!
//! Cold is the first article that a new window is asked for: none of its glyphs was drawn before. Warm is one that
//! was open before in the same window. The texts are French or Arabic.

use std::path::Path;
use std::process::{Command, Stdio};

use egui::{Event, Key, Pos2, vec2};

use hashiya::gui::paint::SystemFonts;

use super::corpus;
use super::frames::{open, tag_words, tagged, time_to_open, wheel};
use super::measure::{Measured, Place, milliseconds};
use super::process::peak_memory;
use super::projects::{LABELS, project_of, row_of};
use super::window::{Window, button, middle};

/// The hidden argument with which [`memory_10mb`] calls this program again.
pub const CHILD: &str = "--child-scroll";

/// Frames of which a figure of frames is made.
const FRAMES: u16 = 600;

/// The key for another article until it is drawn, in a window that has drawn nothing of it.
pub fn open_cold(place: &Place, lang: &str, bytes: usize) -> Measured {
    let project = two_articles(place, lang, bytes);
    let times = (0..8).map(|_| {
        let mut window = open(place, project.clone());
        time_to_open(&mut window, Key::PageDown)
    });
    Measured::small_is_good(times)
}

/// The same between two articles that were both open before.
pub fn open_warm(place: &Place, lang: &str, bytes: usize) -> Measured {
    let mut window = open(place, two_articles(place, lang, bytes));
    let keys = [Key::PageDown, Key::PageUp].into_iter().cycle();
    // From the short article at the top to the long ones.
    time_to_open(&mut window, Key::PageDown);
    time_to_open(&mut window, Key::PageDown);
    time_to_open(&mut window, Key::PageUp);
    let samples = if bytes < 1_000_000 { 100 } else { 20 };
    let times = keys.take(samples).map(|key| time_to_open(&mut window, key));
    Measured::small_is_good(times)
}

/// A short article, which a new window opens, and two of that length.
fn two_articles(place: &Place, lang: &str, bytes: usize) -> std::path::PathBuf {
    let rows = [(0, 300), (1, bytes), (2, bytes)].map(|(number, bytes)| {
        let text = corpus::article_in(if number == 0 { "en" } else { lang }, number, bytes);
        row_of(number, lang, &text, 0)
    });
    project_of(place, &format!("length-{lang}-{bytes}"), rows.into_iter())
}

/// Frames while the wheel turns: processor time of each.
pub fn frame_scroll(place: &Place, bytes: usize, spans: usize) -> Measured {
    scroll(&mut spanned(place, bytes, spans))
}

/// The same in an article that is one paragraph.
pub fn frame_scroll_paragraph(place: &Place, bytes: usize) -> Measured {
    let text = corpus::paragraph_in("ar", 1, bytes);
    let row = row_of(0, "ar", &text, 2_000);
    let project = project_of(place, &format!("paragraph-{bytes}"), [row].into_iter());
    scroll(&mut open(place, project))
}

/// The same where spans lie upon each other, about ten at each place.
pub fn frame_scroll_deep(place: &Place) -> Measured {
    let text = corpus::article_in("fr", 1, 100_000);
    let chars = text.chars().count();
    let mut row = row_of(0, "fr", &text, 0);
    let spans = (0..2_000_usize).map(|nth| {
        let (start, length) = (nth * chars / 2_000, 20 + nth * 37 % 980);
        let label = LABELS[nth % LABELS.len()];
        serde_json::json!([start, (start + length).min(chars), label])
    });
    row["label"] = spans.collect();
    scroll(&mut open(place, project_of(place, "deep", [row].into_iter())))
}

fn scroll(window: &mut Window) -> Measured {
    window.frame(vec![Event::PointerMoved(middle())]);
    for _ in 0..60 {
        window.frame(vec![wheel(120.0)]);
    }
    let times = (0..FRAMES).map(|_| milliseconds(window.frame(vec![wheel(120.0)])));
    Measured::small_is_good(times)
}

/// Frames while the pointer goes over the text.
pub fn frame_hover(place: &Place, bytes: usize, spans: usize) -> Measured {
    let mut window = spanned(place, bytes, spans);
    let times = (0..FRAMES).map(|frame| {
        let event = Event::PointerMoved(wandering(frame));
        milliseconds(window.frame(vec![event]))
    });
    Measured::small_is_good(times)
}

/// Frames while a selection is dragged over the text.
pub fn frame_select(place: &Place, bytes: usize, spans: usize) -> Measured {
    let mut window = spanned(place, bytes, spans);
    window.drag(wandering(0), wandering(1));
    let times: Vec<f64> = (0..FRAMES)
        .map(|frame| milliseconds(window.frame(vec![Event::PointerMoved(wandering(frame))])))
        .collect();
    window.frame(vec![button(wandering(FRAMES), false)]);
    Measured::small_is_good(times)
}

/// Where the pointer is in a frame: it goes to and fro over the column while it goes up and down slowly.
fn wandering(frame: u16) -> Pos2 {
    let turn = f32::from(frame) / 20.0;
    middle() + vec2(180.0 * turn.sin(), 240.0 * (turn / 9.0).cos())
}

/// Release of the mouse after a drag under an armed label, until the span is on disk and drawn, among many spans.
pub fn tag_among(place: &Place, bytes: usize, spans: usize) -> Measured {
    let mut window = spanned(place, bytes, spans);
    let mut times = Vec::new();
    for _ in 0..4 {
        tag_words(&mut window, &mut times);
        // On to words that are not tagged yet.
        window.frame(vec![Event::PointerMoved(middle())]);
        for _ in 0..8 {
            window.frame(vec![wheel(120.0)]);
        }
        window.settle();
    }
    tagged(place, times, 40)
}

/// A window on one French article with so many spans.
fn spanned(place: &Place, bytes: usize, spans: usize) -> Window {
    let project = project_of(
        place,
        &format!("spans-{bytes}-{spans}"),
        [row_of(0, "fr", &corpus::article_in("fr", 1, bytes), spans)].into_iter(),
    );
    open(place, project)
}

/// The peak of memory of a window in which an article of 10 MB with 20,000 spans is scrolled from end to end.
pub fn memory_10mb(place: &Place) -> Measured {
    let text = corpus::article_in("ar", 1, 10_000_000);
    let row = row_of(0, "ar", &text, 20_000);
    let project = project_of(place, "memory-10mb", [row].into_iter());
    let child = Command::new(std::env::current_exe().expect("this program"))
        .arg(CHILD)
        .arg(&project)
        .arg(place.path("memory-home"))
        .stdout(Stdio::null())
        .spawn()
        .expect("this program starts again");
    Measured::small_is_good([peak_memory(child)])
}

/// The child of [`memory_10mb`].
pub fn child_scroll(project: &Path, home: &Path) {
    let mut window = Window::open(home, project.to_owned(), SystemFonts::Off);
    window.until(|snapshot| snapshot.article.is_some());
    window.frame(vec![Event::PointerMoved(middle())]);
    for frame in 0..2_000 {
        // Little steps, and great ones that reach the end.
        window.frame(vec![wheel(if frame % 2 == 0 { 300.0 } else { 2_500.0 })]);
    }
}
