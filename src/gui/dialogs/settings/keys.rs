//! Which keys do what: all actions with their keys, each of which can be changed by pressing another.

use egui::{Event, Id, Key, ScrollArea, Ui};

use super::super::{focus_once, small_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::keys::shortcut_of;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::heading_ui;
use crate::gui::prefs::Preferences;
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::action::{Action, Entry, Menu, table};
use crate::session::keymap::{KeyConflict, Keymap, Rival};
use crate::session::shortcut::Shortcut;

/// Width of the names and of the keys.
const NAMES: f32 = 210.0;
const KEYS: f32 = 190.0;

/// The page of keys.
#[derive(Default)]
pub(super) struct KeysPage {
    filter: FieldState,
    /// Whether the filter had the focus once.
    focused: bool,
    recording: Option<Recording>,
}

/// Keys that are being pressed for an action.
struct Recording {
    action: Action,
    /// Whether they are one more beside those that the action has.
    adds: bool,
    /// What was pressed and cannot simply be had.
    met: Option<(Shortcut, Rival)>,
}

impl KeysPage {
    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, prefs: &mut Preferences) {
        let mut keymap = Keymap::new(&prefs.keys);
        let before = keymap.clone();
        let labels = label_keys(pane);
        if self.recording.is_none() {
            let id = Id::unique("key filter");
            focus_once(ui, id, &mut self.focused);
            Field::new(id, words::FIND_KEYS)
                .hint(words::FIND_KEYS)
                .show(ui, pane.engine, &mut self.filter);
        }
        self.record(ui, &mut keymap, &labels);
        let height = (ui.ctx().content_rect().height() - 280.0).clamp(140.0, 420.0);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let conflicts = keymap.conflicts(&labels);
                let groups = Menu::ALL.map(|menu| (menu.name(), Some(menu)));
                for (heading, menu) in groups.into_iter().chain([(words::CARET_KEYS, None)]) {
                    self.group_ui(ui, pane, heading, menu, &mut keymap, &conflicts);
                }
                small_ui(ui, words::LABEL_KEYS_FROM, pane.palette.ink_weak);
            });
        ui.add_space(GRID);
        let changed = ui.add_enabled(!prefs.keys.is_empty(), egui::Button::new(words::RESET_ALL_KEYS));
        if changed.clicked() {
            keymap = Keymap::default();
        }
        if keymap != before {
            prefs.keys = keymap.lists();
        }
    }

    /// Takes what is pressed for the action that waits for it.
    fn record(&mut self, ui: &Ui, keymap: &mut Keymap, labels: &[char]) {
        let Some(recording) = &mut self.recording else {
            return;
        };
        let mut done = false;
        let pressed = ui.input_mut(|input| {
            let mut pressed = None;
            input.events.retain(|event| match event {
                Event::Key { key: Key::Escape, .. } => {
                    done = true;
                    false
                }
                Event::Copy => {
                    pressed = Some(Shortcut::key("C").ctrl());
                    false
                }
                Event::Cut => {
                    pressed = Some(Shortcut::key("X").ctrl());
                    false
                }
                Event::Paste(_) => {
                    pressed = Some(Shortcut::key("V").ctrl());
                    false
                }
                Event::Key { .. } => {
                    pressed = pressed.or_else(|| shortcut_of(event));
                    false
                }
                Event::Text(_) => false,
                _ => true,
            });
            pressed
        });
        if let Some(shortcut) = pressed {
            let wanted = recording.with(keymap, shortcut);
            let action = recording.action;
            let met = wanted.conflicts(labels).into_iter().find(|conflict| {
                conflict.action == action
                    && (conflict.shortcut == shortcut || conflict.shortcut == shortcut.shift())
            });
            if let Some(conflict) = met {
                recording.met = Some((shortcut, conflict.with));
            } else {
                *keymap = wanted;
                done = true;
            }
        }
        if done {
            self.recording = None;
        }
    }

    fn group_ui(
        &mut self,
        ui: &mut Ui,
        pane: &Pane<'_>,
        heading: &str,
        menu: Option<Menu>,
        keymap: &mut Keymap,
        conflicts: &[KeyConflict],
    ) {
        let typed = self.filter.text().trim().to_lowercase();
        let fits = |entry: &&Entry| {
            let has_keys = entry.menu.is_some() || entry.moves;
            let known = format!("{} {}", entry.name, keymap.all(entry.action)).to_lowercase();
            has_keys && entry.menu.map(|(of, _)| of) == menu && known.contains(&typed)
        };
        let entries: Vec<&Entry> = table().iter().filter(fits).collect();
        if entries.is_empty() {
            return;
        }
        heading_ui(ui, pane.palette, heading);
        for entry in entries {
            self.row_ui(ui, pane, entry, keymap);
            let of_entry = conflicts
                .iter()
                .filter(|conflict| conflict.action == entry.action);
            for conflict in of_entry {
                let words = words::key_meets(&conflict.shortcut.to_string(), conflict.with);
                small_ui(ui, &words, pane.palette.warning);
            }
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, pane: &Pane<'_>, entry: &Entry, keymap: &mut Keymap) {
        let action = entry.action;
        let name = entry.name.trim_end_matches('…');
        let waits = self
            .recording
            .as_ref()
            .is_some_and(|recording| recording.action == action);
        ui.horizontal(|ui| {
            ui.set_min_height(theme::ROW);
            column(ui, NAMES, |ui| ui.label(name).on_hover_text(entry.help));
            if waits {
                self.waiting_ui(ui, pane, keymap);
                return;
            }
            let keys = keymap.all(action);
            column(ui, KEYS, |ui| {
                ui.label(egui::RichText::new(keys).color(pane.palette.ink_weak))
            });
            for (adds, word) in [(false, words::CHANGE_KEY), (true, words::ADD_KEY)] {
                if (!adds || !keymap.of(action).is_empty()) && button(ui, word, name) {
                    self.recording = Some(Recording {
                        action,
                        adds,
                        met: None,
                    });
                }
            }
            if !keymap.of(action).is_empty() && button(ui, words::NO_KEY, name) {
                keymap.set(action, Vec::new());
            }
            if keymap.is_changed(action) && button(ui, words::RESET_KEY, name) {
                keymap.set(action, entry.shortcuts.to_vec());
            }
        });
    }

    /// What to press, or what the pressed keys meet and what can be done about it.
    fn waiting_ui(&mut self, ui: &mut Ui, pane: &Pane<'_>, keymap: &mut Keymap) {
        let Some(recording) = &self.recording else { return };
        let Some((shortcut, rival)) = recording.met else {
            ui.label(egui::RichText::new(words::PRESS_KEYS).color(pane.palette.accent));
            return;
        };
        let words = words::key_meets(&shortcut.to_string(), rival);
        ui.label(egui::RichText::new(words).color(pane.palette.warning));
        let mut done = false;
        if let Rival::Action(other) = rival
            && ui.button(words::TAKE_KEY).clicked()
        {
            let mut wanted = recording.with(keymap, shortcut);
            wanted.take(other, shortcut);
            *keymap = wanted;
            done = true;
        }
        done |= ui.button(words::CANCEL).clicked();
        if done {
            self.recording = None;
        }
    }
}

impl Recording {
    /// The keymap with what was pressed.
    fn with(&self, keymap: &Keymap, shortcut: Shortcut) -> Keymap {
        let mut wanted = keymap.clone();
        let mut keys = if self.adds {
            keymap.of(self.action).to_vec()
        } else {
            Vec::new()
        };
        if !keys.contains(&shortcut) {
            keys.push(shortcut);
        }
        wanted.set(self.action, keys);
        wanted
    }
}

/// The keys of the codebook's labels.
fn label_keys(pane: &Pane<'_>) -> Vec<char> {
    let project = pane.snapshot.project.as_ref();
    let labels = project.map_or(&[][..], |project| &project.codebook.labels);
    labels.iter().filter_map(|label| label.key).collect()
}

/// A part of a row that is always that wide.
fn column<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) {
    let size = egui::vec2(width, theme::ROW);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_width(width);
        add(ui)
    });
}

/// A button of a row; assistive technology also hears of which row.
fn button(ui: &mut Ui, word: &str, of: &str) -> bool {
    let response = ui.small_button(word);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::accesskit::Role::Button,
            ui.is_enabled(),
            format!("{word}: {of}"),
        )
    });
    response.clicked()
}
