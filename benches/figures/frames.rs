//! Figures of the window: start, opening an article, scrolling, and a drag that tags.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Rect, TouchPhase, vec2};

use hashiya::gui::paint::SystemFonts;
use hashiya::session::{ArticleView, Snapshot};
use hashiya::text::{ByteOffset, ByteRange, Text};

use super::measure::{Measured, Place, fsync_milliseconds, milliseconds, process_time};
use super::projects::{self, project_100k, project_of};
use super::window::{COMMAND, Window, button, key_events, middle};

/// The hidden argument with which a figure calls this program again.
pub const CHILD: &str = "--child-start";

/// Where text is surely in view, from the top of the window.
const VIEW: std::ops::Range<f32> = 100.0..700.0;

/// From the start of a process to its first frame with a list in it: processor time of all its threads.
pub fn start_100k(place: &Place) -> Measured {
    let project = project_100k(place);
    let this = std::env::current_exe().expect("this program");
    let times = (0..15).map(|_| {
        let output = Command::new(&this)
            .arg(CHILD)
            .arg(&project)
            .arg(place.path("start-home"))
            .output()
            .expect("this program starts again");
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        said.parse()
            .unwrap_or_else(|_| panic!("{said} {}", String::from_utf8_lossy(&output.stderr)))
    });
    Measured::small_is_good(times)
}

/// The child of [`start_100k`]: draws until the list is there and gives the milliseconds spent since its start.
pub fn child_start(project: &Path, home: &Path) -> f64 {
    let mut window = Window::open(home, project.to_owned(), SystemFonts::Search);
    window.frame(Vec::new());
    window.until(|snapshot| !snapshot.list.rows.is_empty());
    milliseconds(process_time())
}

/// The key for another article until it is drawn: 4 kB.
pub fn open_4kb(place: &Place) -> Measured {
    open_articles(place, 300, 4_000, 200)
}

/// The same with 1 MB each.
pub fn open_1mb(place: &Place) -> Measured {
    open_articles(place, 12, 1_000_000, 30)
}

fn open_articles(place: &Place, articles: u64, bytes: usize, samples: usize) -> Measured {
    let rows = (0..articles).map(|number| projects::row(number, bytes, 0));
    let project = project_of(place, &format!("open-{bytes}"), rows);
    let mut window = open(place, project);
    let keys = [Key::PageDown, Key::PageUp];
    let mut times = Vec::new();
    let mut forward = true;
    for sample in 0..samples + 10 {
        let position = window
            .app()
            .snapshot()
            .article
            .as_ref()
            .and_then(|article| article.position);
        forward = match position {
            Some(0) => true,
            Some(at) if at + 1 == articles => false,
            _ => forward,
        };
        let time = time_to_open(&mut window, keys[usize::from(!forward)]);
        // The first ones fill the atlas of glyphs.
        if sample >= 10 {
            times.push(time);
        }
    }
    Measured::small_is_good(times)
}

/// The key for the next article or the one before, until it is drawn.
pub fn time_to_open(window: &mut Window, key: Key) -> f64 {
    let before = open_id(window.app().snapshot());
    window.settle();
    let began = Instant::now();
    window.frame(key_events(key, COMMAND));
    window.until(|snapshot| open_id(snapshot) != before);
    milliseconds(began.elapsed())
}

/// Frames while the wheel turns, in one article of 1 MB with 2,000 spans: processor time of each.
pub fn frame_scroll_1mb_2000(place: &Place) -> Measured {
    let project = project_of(place, "scroll", [projects::row(1, 1_000_000, 2_000)].into_iter());
    let mut window = open(place, project);
    window.frame(vec![Event::PointerMoved(middle())]);
    for _ in 0..100 {
        window.frame(vec![wheel(120.0)]);
    }
    let times: Vec<f64> = (0..1_000)
        .map(|_| milliseconds(window.frame(vec![wheel(120.0)])))
        .collect();
    Measured::small_is_good(times)
}

/// Release of the mouse after a drag under an armed label, until the span is on disk and drawn.
pub fn tag_span(place: &Place) -> Measured {
    let mut times = Vec::new();
    in_eight_articles(place, "tag", |window| tag_words(window, &mut times));
    tagged(place, times, 100)
}

/// Does something in each of eight articles of 4 kB.
pub fn in_eight_articles(place: &Place, project: &str, mut work: impl FnMut(&mut Window)) {
    let rows = (0..8).map(|number| projects::row(number, 4_000, 0));
    let mut window = open(place, project_of(place, project, rows));
    work(&mut window);
    for _ in 1..8 {
        time_to_open(&mut window, Key::PageDown);
        window.settle();
        work(&mut window);
    }
}

/// The times of more than so many tagged spans, with what the disk alone takes.
pub fn tagged(place: &Place, times: Vec<f64>, least: usize) -> Measured {
    assert!(times.len() > least, "only {} spans were tagged", times.len());
    let fsync = fsync_milliseconds(&place.path("fsync"));
    Measured::small_is_good(times)
        .with("fsync_median", fsync.median())
        .with("fsync_p99", fsync.p99())
}

/// The wheel turned by so many points.
pub fn wheel(down: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -down),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}

/// Tags words in view under an armed label, and notes how long each took.
pub fn tag_words(window: &mut Window, times: &mut Vec<f64>) {
    let known = words(&opened(window).text);
    let first = known.iter().position(|word| in_view(window, *word).is_some());
    let chosen = known
        .into_iter()
        .skip(first.unwrap_or(0).max(12))
        .step_by(3)
        .take(30);
    tag_ranges(window, Key::Num1, chosen, times);
}

/// Tags what is in view of these ranges under the label of a key, and notes how long each took.
pub fn tag_ranges(
    window: &mut Window,
    key: Key,
    ranges: impl Iterator<Item = ByteRange>,
    times: &mut Vec<f64>,
) {
    window.press(key, Modifiers::NONE);
    window.settle();
    for word in ranges {
        let Some(rect) = in_view(window, word) else {
            continue;
        };
        if rect.width() < 12.0 {
            continue;
        }
        let before = spans(window.app().snapshot());
        let (from, to) = (
            rect.left_center() + vec2(2.0, 0.0),
            rect.right_center() - vec2(2.0, 0.0),
        );
        window.drag(from, to);
        let began = Instant::now();
        window.frame(vec![button(to, false)]);
        window.until(|snapshot| spans(snapshot) > before);
        times.push(milliseconds(began.elapsed()));
    }
    // Disarms the label, then lets go of the last span, which another label's key would be about.
    for _ in 0..3 {
        window.press(Key::Escape, Modifiers::NONE);
    }
}

/// Where a range is in view, on one line.
fn in_view(window: &Window, word: ByteRange) -> Option<Rect> {
    let rects = window.app().article_state().screen_rects(word);
    let [rect] = rects.as_slice() else {
        return None;
    };
    // A paragraph in view may reach out of it.
    VIEW.contains(&rect.center().y).then_some(*rect)
}

/// The longer words of a text.
fn words(text: &Text) -> Vec<ByteRange> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.as_str().split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if word.chars().count() > 4 {
            words.push(ByteRange::between(
                ByteOffset::new(at),
                ByteOffset::new(at + word.len()),
            ));
        }
        at += piece.len();
    }
    words
}

/// The window on a project, at rest, its first article open and focused.
pub fn open(place: &Place, project: PathBuf) -> Window {
    // Nothing is known there of an earlier window, so that the first article is opened.
    static WINDOWS: AtomicUsize = AtomicUsize::new(0);
    let number = WINDOWS.fetch_add(1, Ordering::Relaxed);
    let home = place.path(&format!("window-home-{number}"));
    let mut window = Window::open(&home, project, SystemFonts::Off);
    window.until(|snapshot| snapshot.article.is_some());
    window.settle();
    window
}

/// The open article.
pub fn opened(window: &Window) -> &ArticleView {
    let article = window.app().snapshot().article.as_ref();
    article.expect("an article is open")
}

/// The id of the open article.
fn open_id(snapshot: &Snapshot) -> Option<String> {
    snapshot.article.as_ref().map(|article| article.id.to_string())
}

fn spans(snapshot: &Snapshot) -> usize {
    snapshot
        .article
        .as_ref()
        .map_or(0, |article| article.layer.spans.len())
}
