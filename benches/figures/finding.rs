//! Figures of finding in an article: from a letter typed into the find bar to its hits counted and drawn.

use std::time::Instant;

use egui::{Event, Key};

use hashiya::gui::app::App;
use hashiya::gui::article::FindStatus;

use super::corpus;
use super::frames::open;
use super::measure::{Measured, Place, milliseconds};
use super::projects::{project_of, row_of};
use super::window::{COMMAND, Window};

/// What is typed, letter by letter, in the language of the text: with other accents and forms of letters than it has.
const TYPED: [(&str, &[&str]); 2] = [
    ("fr", &["ARMEE REG", "blesse", "idlib"]),
    ("ar", &["اكثر من", "مدنيا", "نازحا"]),
];

/// A letter typed until the hits of the longer word are there, in any spelling.
pub fn find_typed(place: &Place, lang: &str, bytes: usize) -> Measured {
    let row = row_of(0, lang, &corpus::article_in(lang, 1, bytes), 0);
    let mut window = open(
        place,
        project_of(place, &format!("find-{lang}-{bytes}"), [row].into_iter()),
    );
    window.press(Key::F, COMMAND);
    window.settle();
    // The first search makes the copy in which all spellings are one.
    type_letter(&mut window, 'a');
    let queries = TYPED
        .iter()
        .find(|(of, _)| *of == lang)
        .map_or(&[][..], |(_, typed)| typed);
    let (mut times, mut found) = (Vec::new(), 0);
    for query in queries.iter().cycle().take(3 * queries.len()) {
        window.press(Key::A, COMMAND);
        for letter in query.chars() {
            times.push(type_letter(&mut window, letter));
        }
        found += hits(window.app()).unwrap_or_default();
        assert!(found > 0, "nothing was found for {query}");
    }
    Measured::small_is_good(times)
}

fn type_letter(window: &mut Window, letter: char) -> f64 {
    let began = Instant::now();
    window.frame(vec![Event::Text(letter.to_string())]);
    window.until_app(|app| hits(app).is_some());
    milliseconds(began.elapsed())
}

/// How many hits there are, once they are counted.
fn hits(app: &App) -> Option<usize> {
    match app.article_state().find_status() {
        FindStatus::Hits { count, .. } => Some(count),
        _ => None,
    }
}
