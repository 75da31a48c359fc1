//! The real window without a screen: egui's pass over the whole app and its tessellation, no GPU.
//!
//! Knows how to press, drag, scroll, and wait for the session; what is measured stands in `frames`.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};

use hashiya::gui::app::{App, Start};
use hashiya::gui::dialogs::file::FileDialogs;
use hashiya::gui::paint::SystemFonts;
use hashiya::session::{Config, Folders, Snapshot, SystemClock, UuidSource, annotator_named};

use super::measure::thread_time;

/// The size of the window in points.
const SIZE: egui::Vec2 = vec2(1280.0, 800.0);

/// Nothing that the session is asked for takes longer.
const PATIENCE: Duration = Duration::from_mins(2);

/// The modifiers of a command: Ctrl, and what egui makes of it.
pub const COMMAND: Modifiers = Modifiers::CTRL.plus(Modifiers::COMMAND);

/// An app with its egui context and a clock of its own.
pub struct Window {
    ctx: Context,
    app: App,
    woken: Receiver<()>,
    frames: u32,
}

impl Window {
    /// Opens the window on a path, as `hashiya PATH` does.
    pub fn open(home: &Path, path: PathBuf, fonts: SystemFonts) -> Self {
        let ctx = Context::default();
        let (wake, woken) = channel();
        let wake = Mutex::new(wake);
        // As eframe does it: what the session's threads ask for ends the wait for the next frame.
        ctx.set_request_repaint_callback(move |_| {
            if let Ok(wake) = wake.lock() {
                wake.send(()).unwrap_or_default();
            }
        });
        let config = Config {
            annotator: annotator_named("figures").expect("a name"),
            clock: Arc::new(SystemClock),
            ids: Arc::new(UuidSource),
            folders: Folders::at(home),
        };
        let start = Start {
            paths: vec![path],
            fonts,
            file_dialogs: FileDialogs::Typed,
        };
        let app = App::new(&ctx, config, start);
        Self {
            ctx,
            app,
            woken,
            frames: 0,
        }
    }

    /// The app, to ask what it shows.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// One frame with these events; gives the processor time that this thread spent on it.
    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(f64::from(self.frames) / 60.0),
            focused: true,
            events,
            ..RawInput::default()
        };
        self.frames += 1;
        let began = thread_time();
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame_ui(ui));
        // There is no GPU that would take the new glyphs.
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let spent = thread_time().saturating_sub(began);
        assert!(!primitives.is_empty(), "nothing was drawn");
        spent
    }

    /// Draws frames whenever the session has something new, until what is shown fits.
    pub fn until(&mut self, fits: impl Fn(&Snapshot) -> bool) {
        self.until_app(|app| fits(app.snapshot()));
    }

    /// The same until the window is as wanted.
    pub fn until_app(&mut self, fits: impl Fn(&App) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !fits(&self.app) {
            assert!(Instant::now() < end, "the session never answered");
            // A wait that ends without a wake just draws once more.
            self.woken
                .recv_timeout(Duration::from_millis(500))
                .unwrap_or_default();
            while self.woken.try_recv().is_ok() {}
            self.frame(Vec::new());
        }
    }

    /// Draws frames until nothing moves any more, so that the next figure starts at rest.
    pub fn settle(&mut self) {
        for _ in 0..30 {
            self.frame(Vec::new());
        }
    }

    /// Presses and lets go of a key.
    pub fn press(&mut self, key: Key, modifiers: Modifiers) {
        self.frame(key_events(key, modifiers));
    }

    /// Presses at one point and moves to another; the button stays down.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.frame(vec![Event::PointerMoved(from)]);
        self.frame(vec![button(from, true)]);
        self.frame(vec![Event::PointerMoved(from + (to - from) / 2.0)]);
        self.frame(vec![Event::PointerMoved(to)]);
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.app.close();
    }
}

/// A key down and up again.
pub fn key_events(key: Key, modifiers: Modifiers) -> Vec<Event> {
    [true, false]
        .map(|pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers,
        })
        .to_vec()
}

/// The first mouse button down or up.
pub fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// The middle of the article's column.
pub fn middle() -> Pos2 {
    pos2(SIZE.x / 2.0, SIZE.y / 2.0)
}
