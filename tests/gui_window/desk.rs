//! A window on a folder of its own: no system fonts, no file dialogs, a clock and ids that count.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::app::{App, Start};
use hashiya::gui::dialogs::file::FileDialogs;
use hashiya::gui::paint::SystemFonts;
use hashiya::model::{Annotator, Layer};
use hashiya::session::testing::{CountingClock, CountingIds};
use hashiya::session::{Config, Folders, Snapshot};
use hashiya::store::Store;
use hashiya::text::{ByteOffset, ByteRange};

/// Steps after which a test gives up; each waits a moment for the session's threads.
const STEPS: usize = 1_500;

/// A French article with a figure, an Arabic one with Latin names, an English one.
pub const FRENCH: &str =
    "Frappe près d'Alep\n\nDans la province d'Alep, plus de 50 civils auraient été tués mardi.";
pub const ARABIC: &str =
    "غارة على ريف حلب\n\nقال Emmanuel Macron إن القوات وصلت بالمغرب أمس، وقتل خمسون مدنيا.";
pub const ENGLISH: &str = "Truck hits a mine\n\nAt least 12 people were killed near Gao.";

pub struct Window {
    pub bench: Harness<'static, Option<App>>,
    woken: Receiver<()>,
}

pub fn config(home: &Path) -> Config {
    Config {
        annotator: Annotator::new("leila").unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(CountingIds::default()),
        folders: Folders::at(home),
    }
}

/// A folder with the three articles; their order is that of their names.
pub fn articles(home: &Path) -> PathBuf {
    let folder = home.join("in");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("1.txt", FRENCH), ("2.txt", ARABIC), ("3.txt", ENGLISH)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

impl Window {
    /// A window as it starts with these paths.
    pub fn open(home: &Path, paths: &[PathBuf]) -> Self {
        Self::of_size(home, paths, 1280.0, 800.0)
    }

    pub fn of_size(home: &Path, paths: &[PathBuf], width: f32, height: f32) -> Self {
        let (wake, woken) = channel();
        let own_thread = std::thread::current().id();
        let (config, paths) = (config(home), paths.to_vec());
        let bench = Harness::builder()
            .with_size(egui::vec2(width, height))
            .with_step_dt(1.0 / 60.0)
            .with_theme(egui::Theme::Light)
            .build_ui_state(
                move |ui, state: &mut Option<App>| {
                    if let Some(app) = state {
                        app.frame_ui(ui);
                        return;
                    }
                    let wake = wake.clone();
                    ui.ctx().set_request_repaint_callback(move |_| {
                        if std::thread::current().id() != own_thread {
                            wake.send(()).unwrap_or_default();
                        }
                    });
                    let start = Start {
                        paths: paths.clone(),
                        fonts: SystemFonts::Off,
                        file_dialogs: FileDialogs::Typed,
                    };
                    *state = Some(App::new(ui.ctx(), config.clone(), start));
                },
                None,
            );
        let mut window = Self { bench, woken };
        window.bench.run_steps(3);
        window
    }

    /// A window on the three articles, the first one open.
    pub fn on_articles(home: &Path) -> Self {
        let folder = articles(home);
        let mut window = Self::open(home, &[folder]);
        window.until("an article is open", |app| app.snapshot().article.is_some());
        window.bench.run_steps(4);
        window
    }

    pub fn app(&self) -> &App {
        self.bench
            .state()
            .as_ref()
            .expect("the app is made in the first frame")
    }

    pub fn snapshot(&self) -> &Snapshot {
        self.app().snapshot()
    }

    /// Steps until something holds, waiting for the session in between.
    pub fn until(&mut self, what: &str, holds: impl Fn(&App) -> bool) {
        for _ in 0..STEPS {
            self.bench.step();
            if holds(self.app()) {
                self.bench.run_steps(2);
                return;
            }
            self.woken
                .recv_timeout(Duration::from_millis(20))
                .unwrap_or_default();
        }
        let (spans, notices) = (spans(self.app()), self.notices());
        panic!("waited in vain until {what}; spans: {spans:?}; notices: {notices:?}");
    }

    /// Steps until something with that name is drawn.
    pub fn until_shown(&mut self, name: &str) {
        for _ in 0..STEPS {
            self.bench.step();
            if self.bench.query_all_by_label_contains(name).next().is_some() {
                self.bench.run_steps(4);
                return;
            }
            self.woken
                .recv_timeout(Duration::from_millis(20))
                .unwrap_or_default();
        }
        panic!(
            "waited in vain until {name:?} is drawn; notices: {:?}",
            self.notices()
        );
    }

    /// Steps until all that was asked for is on disk and drawn.
    pub fn settle(&mut self) {
        self.until("everything is answered", App::is_settled);
    }

    pub fn notices(&self) -> Vec<String> {
        self.snapshot()
            .notices
            .iter()
            .map(|notice| notice.text.clone())
            .collect()
    }

    pub fn until_title(&mut self, title: &str) {
        let wanted = title.to_owned();
        self.until(title, move |app| {
            let article = app.snapshot().article.as_ref();
            article.is_some_and(|article| article.header.title.as_deref() == Some(&wanted))
        });
    }

    /// Steps until the spans of the open article are these, as "label:words".
    pub fn until_spans(&mut self, wanted: &[&str]) {
        let list: Vec<String> = wanted.iter().map(|span| (*span).to_owned()).collect();
        self.until(&format!("the spans are {wanted:?}"), move |app| {
            spans(app) == list
        });
    }

    pub fn press(&mut self, key: Key, modifiers: Modifiers) {
        for pressed in [true, false] {
            self.key_event(key, modifiers, pressed, false);
        }
        self.bench.run_steps(3);
    }

    /// Presses a key and draws one frame only, as an analyst in haste does not wait for the disk.
    pub fn tap(&mut self, key: Key, modifiers: Modifiers) {
        for pressed in [true, false] {
            self.key_event(key, modifiers, pressed, false);
        }
        self.bench.step();
    }

    /// One event of a key.
    pub fn key_event(&self, key: Key, modifiers: Modifiers, pressed: bool, repeat: bool) {
        self.bench.event(Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat,
            modifiers,
        });
    }

    pub fn type_text(&mut self, text: &str) {
        self.bench.event(Event::Text(text.to_owned()));
        self.bench.run_steps(3);
    }

    /// Presses a button and lets it go.
    fn press_at(&mut self, at: Pos2, button: PointerButton) {
        self.bench.hover_at(at);
        self.bench.run_steps(2);
        for pressed in [true, false] {
            self.bench.event(Event::PointerButton {
                pos: at,
                button,
                pressed,
                modifiers: Modifiers::NONE,
            });
            // A hand holds a button for some frames.
            self.bench.run_steps(4);
        }
    }

    pub fn click_at(&mut self, at: Pos2) {
        self.press_at(at, PointerButton::Primary);
        // So long that the next click is a new one, not a double click.
        self.bench.run_steps(30);
    }

    pub fn right_click_at(&mut self, at: Pos2) {
        self.press_at(at, PointerButton::Secondary);
        self.bench.run_steps(6);
    }

    /// Selects words of the open article with the mouse.
    pub fn drag_over(&mut self, words: &str) {
        self.drag_over_range(self.range(words));
    }

    /// Selects a range of the open article with the mouse.
    pub fn drag_over_range(&mut self, range: ByteRange) {
        let article = self.snapshot().article.as_ref().expect("an article is open");
        let words = article.text.slice(range).expect("the range is in the text");
        let leftwards = words.starts_with(|c: char| c > '\u{590}');
        let rects = self.app().article_state().screen_rects(range);
        let (first, last) = (rects.first().copied(), rects.last().copied());
        let (first, last) = (
            first.expect("the words are in view"),
            last.expect("the words are in view"),
        );
        let inside = |rect: egui::Rect, at_left: bool| {
            pos2(
                if at_left {
                    rect.left() + 2.0
                } else {
                    rect.right() - 2.0
                },
                rect.center().y,
            )
        };
        let (from, to) = (inside(first, !leftwards), inside(last, leftwards));
        self.drag(from, to);
    }

    /// The same with keys held.
    pub fn drag_with(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        self.bench.event(Event::ModifiersChanged(modifiers));
        self.drag(from, to);
        self.bench.event(Event::ModifiersChanged(Modifiers::NONE));
        self.bench.step();
    }

    /// Presses at one point, moves in steps, lets go at another.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.bench.hover_at(from);
        self.bench.run_steps(2);
        self.bench.drag_at(from);
        self.bench.run_steps(2);
        for step in 1..=4u8 {
            self.bench.hover_at(from.lerp(to, f32::from(step) / 4.0));
            self.bench.run_steps(2);
        }
        self.bench.drop_at(to);
        self.bench.run_steps(30);
    }

    /// The selected words.
    pub fn selected(&self) -> String {
        let article = self.snapshot().article.as_ref().expect("an article is open");
        article
            .text
            .slice(self.app().article_state().selection())
            .unwrap()
            .to_owned()
    }

    /// Where some words stand for the first time.
    pub fn range(&self, words: &str) -> ByteRange {
        let article = self.snapshot().article.as_ref().expect("an article is open");
        let start = article
            .text
            .as_str()
            .find(words)
            .expect("the words are in the text");
        ByteRange::between(ByteOffset::new(start), ByteOffset::new(start + words.len()))
    }

    pub fn project_path(&self) -> PathBuf {
        self.snapshot()
            .project
            .as_ref()
            .expect("a project is open")
            .path
            .clone()
    }

    /// The layer of the open article as the project file holds it, read by a connection of its own.
    pub fn layer_on_disk(&self) -> Layer {
        let store = Store::open_read_only(&self.project_path()).unwrap();
        let article = self.snapshot().article.as_ref().expect("an article is open");
        store
            .layer(&article.id, &Annotator::new("leila").unwrap())
            .unwrap()
    }

    /// Closes the window; the session ends what it was asked for.
    pub fn close(mut self) {
        if let Some(app) = self.bench.state_mut() {
            app.close();
        }
    }
}

fn spans(app: &App) -> Vec<String> {
    let Some(article) = &app.snapshot().article else {
        return Vec::new();
    };
    let spans = article.layer.spans.iter();
    spans
        .map(|span| format!("{}:{}", span.label, span.ranges.quote(&article.text).unwrap()))
        .collect()
}
