//! What the window remembers from one start to the next: theme, sizes, panes. Its own file, never the project's.
//!
//! A file that is missing or damaged gives the values of a first start, and so does each value that cannot be read;
//! nothing here can keep the window from opening.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use toml::Value;

use super::dialogs::export::PastExport;
use super::reading::Reading;
use super::theme;
use crate::session::action::Action;
use crate::session::keymap::{KeyRows, Keymap};

/// The widest and the highest window, in points.
const WINDOW_MOST: f32 = 16_000.0;

/// Preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light, dark, or as the system says.
    pub theme: ThemeChoice,
    /// Zoom of the article's text.
    pub text_zoom: f32,
    /// Whether invisible characters are shown.
    pub show_hidden: bool,
    /// How the article's text is set.
    pub reading: Reading,
    /// Which keys do what; only what differs from the table is written.
    #[serde(deserialize_with = "read_keys", serialize_with = "write_keys")]
    pub keys: Arc<Keymap>,
    /// The list of articles.
    pub list: PaneSize,
    /// Labels and spans.
    pub inspector: PaneSize,
    /// Guidelines.
    pub guidelines: PaneSize,
    /// The manual.
    pub help: PaneSize,
    /// The sheet of events under the article.
    pub events: PaneHeight,
    /// The window's inner size in points.
    pub window: [f32; 2],
    /// Exports that were made, the last one first.
    pub exports: Vec<PastExport>,
}

/// A preference with the value that it shall have.
#[derive(Clone, Debug, PartialEq)]
pub enum Preference {
    /// Light, dark, or as the system says.
    Theme(ThemeChoice),
    /// Zoom of the article's text.
    TextZoom(f32),
    /// Whether invisible characters are shown.
    ShowHidden(bool),
    /// How the article's text is set.
    Reading(Reading),
    /// Which keys do what.
    Keys(Keymap),
    /// Exports that were made.
    Exports(Vec<PastExport>),
}

/// Whether a pane is shown, and how wide.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaneSize {
    /// Whether it is shown.
    pub shown: bool,
    /// How wide, in points.
    pub width: f32,
}

/// Whether a pane under the article is shown, and how high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaneHeight {
    /// Whether it is shown.
    pub shown: bool,
    /// How high, in points.
    pub height: f32,
}

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl From<ThemeChoice> for egui::ThemePreference {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::System => Self::System,
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
        }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            text_zoom: 1.0,
            show_hidden: false,
            reading: Reading::default(),
            keys: Arc::default(),
            list: PaneSize {
                shown: true,
                width: 264.0,
            },
            inspector: PaneSize {
                shown: true,
                width: 272.0,
            },
            guidelines: PaneSize {
                shown: false,
                width: 320.0,
            },
            help: PaneSize {
                shown: false,
                width: 400.0,
            },
            events: PaneHeight {
                shown: false,
                height: 208.0,
            },
            window: [theme::WINDOW_FIRST.x, theme::WINDOW_FIRST.y],
            exports: Vec::new(),
        }
    }
}

impl Preferences {
    /// Whether what an action shows and hides is shown; none for other actions.
    pub fn is_shown(&self, action: Action) -> Option<bool> {
        Some(match action {
            Action::ToggleList => self.list.shown,
            Action::ToggleInspector => self.inspector.shown,
            Action::Guidelines => self.guidelines.shown,
            Action::Help => self.help.shown,
            Action::ToggleEvents => self.events.shown,
            Action::ShowHidden => self.show_hidden,
            Action::ShowValues => self.reading.show_values,
            _ => return None,
        })
    }

    /// The file in the folder of preferences.
    pub fn file(folder: &Path) -> PathBuf {
        folder.join("prefs.toml")
    }

    /// Reads the file; what it does not say, or says wrong, is as at a first start.
    pub fn load(file: &Path) -> Self {
        std::fs::read_to_string(file)
            .ok()
            .and_then(|text| Self::read(&text))
            .unwrap_or_default()
            .within_bounds()
    }

    /// Each value for itself, so that one of another version takes no other with it.
    fn read(text: &str) -> Option<Self> {
        let said: toml::Table = text.parse().ok()?;
        let first = Value::try_from(Self::default()).ok()?;
        let fits = |value: Value| value.try_into::<Self>().is_ok();
        readable(Value::Table(said), Some(&first), &fits)?.try_into().ok()
    }

    /// Writes the file whole or not at all.
    ///
    /// # Errors
    /// What the file system says; the file is then as it was.
    pub fn save(&self, file: &Path) -> std::io::Result<()> {
        let text = toml::to_string(self).map_err(std::io::Error::other)?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        crate::session::atomic::write(file, text.as_bytes())
    }

    /// Gives a preference its value.
    pub fn prefer(&mut self, preference: Preference) {
        match preference {
            Preference::Theme(theme) => self.theme = theme,
            Preference::Exports(exports) => self.exports = exports,
            Preference::TextZoom(zoom) => self.text_zoom = within(zoom, &theme::ZOOM),
            Preference::ShowHidden(shown) => self.show_hidden = shown,
            Preference::Reading(reading) => self.reading = reading,
            Preference::Keys(keys) => self.keys = Arc::new(keys),
        }
    }

    /// Multiplies the zoom of the text, within bounds.
    pub fn zoom_by(&mut self, factor: f32) {
        self.text_zoom = within(self.text_zoom * factor, &theme::ZOOM);
    }

    fn within_bounds(mut self) -> Self {
        let first = Self::default();
        let bounded = [
            (&mut self.text_zoom, theme::ZOOM, first.text_zoom),
            (&mut self.list.width, theme::LIST_WIDTH, first.list.width),
            (
                &mut self.inspector.width,
                theme::INSPECTOR_WIDTH,
                first.inspector.width,
            ),
            (
                &mut self.guidelines.width,
                theme::GUIDELINES_WIDTH,
                first.guidelines.width,
            ),
            (&mut self.help.width, theme::HELP_WIDTH, first.help.width),
            (&mut self.events.height, theme::EVENTS_HEIGHT, first.events.height),
        ];
        let [width, height] = &mut self.window;
        let window = [
            (width, theme::WINDOW_MIN.x..=WINDOW_MOST, first.window[0]),
            (height, theme::WINDOW_MIN.y..=WINDOW_MOST, first.window[1]),
        ];
        for (value, range, at_first) in bounded.into_iter().chain(window) {
            *value = if value.is_finite() {
                within(*value, &range)
            } else {
                at_first
            };
        }
        self
    }
}

/// What of a value can be read: all of it, else those of its parts that can, a table's beside what stands there at first.
fn readable(value: Value, first: Option<&Value>, fits: &dyn Fn(Value) -> bool) -> Option<Value> {
    if fits(value.clone()) {
        return Some(value);
    }
    let kept = match value {
        Value::Table(said) => {
            let mut kept = first.and_then(Value::as_table).cloned().unwrap_or_default();
            for (name, part) in said {
                let fits_here = |part: Value| {
                    let mut whole = kept.clone();
                    whole.insert(name.clone(), part);
                    fits(Value::Table(whole))
                };
                if let Some(part) = readable(part, kept.get(&name), &fits_here) {
                    kept.insert(name, part);
                }
            }
            Value::Table(kept)
        }
        // One of a list is read whole: what is left of a damaged one would say another thing.
        Value::Array(said) => {
            let kept = said.into_iter();
            Value::Array(kept.filter(|one| fits(Value::Array(vec![one.clone()]))).collect())
        }
        _ => return None,
    };
    fits(kept.clone()).then_some(kept)
}

fn within(value: f32, range: &RangeInclusive<f32>) -> f32 {
    value.clamp(*range.start(), *range.end())
}

/// Whatever stands where the keys should be, only lists of words are taken from it.
fn read_keys<'de, D: Deserializer<'de>>(source: D) -> Result<Arc<Keymap>, D::Error> {
    let Value::Table(rows) = Value::deserialize(source)? else {
        return Ok(Arc::default());
    };
    let words = |value: Value| match value {
        Value::String(word) => Some(vec![word]),
        Value::Array(values) => {
            let words = values.into_iter();
            words.map(|value| value.as_str().map(str::to_owned)).collect()
        }
        _ => None,
    };
    let rows: KeyRows = rows
        .into_iter()
        .filter_map(|(id, value)| Some((id, words(value)?)))
        .collect();
    Ok(Arc::new(Keymap::from_rows(rows)))
}

fn write_keys<S: Serializer>(keys: &Arc<Keymap>, target: S) -> Result<S::Ok, S::Error> {
    keys.rows().serialize(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::reading::LabelDisplay;
    use crate::session::action::Action;

    #[test]
    fn what_was_saved_is_loaded_again() {
        let home = tempfile::tempdir().unwrap();
        let file = Preferences::file(&home.path().join("not/yet/there"));
        let prefs = Preferences {
            theme: ThemeChoice::Dark,
            text_zoom: 1.5,
            ..Default::default()
        };
        prefs.save(&file).unwrap();
        assert_eq!(Preferences::load(&file), prefs);
    }

    #[test]
    fn a_damaged_or_foolish_file_does_no_harm() {
        let home = tempfile::tempdir().unwrap();
        let file = Preferences::file(home.path());
        assert_eq!(Preferences::load(&file), Preferences::default(), "missing");
        std::fs::write(&file, [0xff, 0x00, 0x13]).unwrap();
        assert_eq!(Preferences::load(&file), Preferences::default(), "not text");
        std::fs::write(
            &file,
            "text_zoom = nan\nwindow = [1.0, -5.0]\n[list]\nshown = false\nwidth = 9e9\n[guidelines]\nshown = true\n\
             width = nan\n[help]\nshown = true\nwidth = -1.0\n",
        )
        .unwrap();
        let loaded = Preferences::load(&file);
        assert!((loaded.text_zoom - 1.0).abs() < 1e-6);
        assert!(loaded.window[1] >= theme::WINDOW_MIN.y && loaded.list.width <= *theme::LIST_WIDTH.end());
        assert!(!loaded.list.shown, "what is right is kept");
        assert!(loaded.guidelines.width.is_finite() && loaded.help.width >= *theme::HELP_WIDTH.start());
    }

    #[test]
    fn a_value_of_another_version_takes_no_other_with_it() {
        let home = tempfile::tempdir().unwrap();
        let file = Preferences::file(home.path());
        let text = "theme = \"sepia\"\ntext_zoom = 1.5\n[help]\nshown = true\nwidth = \"wide\"\n[reading]\nsize = \"huge\"\n\
                    labels = \"tints\"\n[[exports]]\nproject = 5\n[[exports]]\nproject = \"p\"\n[keys]\nquit = [\"Alt+F4\"]\n";
        std::fs::write(&file, text).unwrap();
        let (loaded, first) = (Preferences::load(&file), Preferences::default());
        assert_eq!((loaded.theme, loaded.help.shown), (ThemeChoice::System, true));
        assert!((loaded.help.width - first.help.width).abs() < 1e-6);
        assert_eq!(
            (loaded.reading.size, loaded.reading.labels),
            (first.reading.size, LabelDisplay::Tints)
        );
        let projects: Vec<&Path> = loaded
            .exports
            .iter()
            .map(|export| export.project.as_path())
            .collect();
        assert_eq!(projects, [Path::new("p")]);
        assert!((loaded.text_zoom - 1.5).abs() < 1e-6);
        assert_eq!(loaded.keys.of(Action::Quit), ["Alt+F4".parse().unwrap()]);
    }

    #[test]
    fn own_keys_are_kept_and_damaged_ones_harm_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let file = Preferences::file(home.path());
        let mut prefs = Preferences::default();
        prefs.save(&file).unwrap();
        assert!(
            !std::fs::read_to_string(&file).unwrap().contains("quit"),
            "only what differs"
        );
        Arc::make_mut(&mut prefs.keys).set(Action::Quit, vec!["Alt+F4".parse().unwrap()]);
        prefs.save(&file).unwrap();
        assert_eq!(Preferences::load(&file), prefs);
        for keys in [
            "keys = 5",
            "keys = [[1], \"x\"]",
            "[keys]\nquit = 7\nundo = [1, 2]\nredo = \"F3\"\n\"\" = []\nnobody = [\"Ctrl+A\"]",
            "[keys.quit]\nkey = \"Ctrl+Q\"",
        ] {
            std::fs::write(&file, format!("text_zoom = 1.5\n{keys}\n")).unwrap();
            let loaded = Preferences::load(&file);
            assert!((loaded.text_zoom - 1.5).abs() < 1e-6, "{keys}");
            assert_eq!(
                loaded.keys.of(Action::Quit),
                Action::Quit.entry().shortcuts,
                "{keys}"
            );
            assert_eq!(
                loaded.keys.of(Action::Undo),
                Action::Undo.entry().shortcuts,
                "{keys}"
            );
        }
    }

    #[test]
    fn zoom_stays_within_bounds() {
        let mut prefs = Preferences::default();
        for _ in 0..50 {
            prefs.zoom_by(1.1);
        }
        assert!((prefs.text_zoom - theme::ZOOM.end()).abs() < 1e-6);
    }
}
