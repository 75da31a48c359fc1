//! The page of keys: every action with its keys, found by a filter; what is chosen can be changed below the list.

use std::collections::BTreeSet;

use egui::{Align, Button, Id, Key, Layout, Modifiers, ScrollArea, Ui, WidgetInfo};

use super::choose::{Row, Wanted, draw_row, rows};
use super::line_ui;
use super::record::{Recording, Step, change};
use crate::gui::dialogs::{Stay, focus_once, small_ui, wrapped_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::action::{Action, Shortcut};
use crate::session::keymap::{Conflict, Keymap};

/// Height that the chosen action's part takes below the list.
const CHOSEN_HEIGHT: f32 = 116.0;
/// Conflicts of the chosen action that are shown below it.
const CONFLICTS_SHOWN: usize = 2;
/// Rows that Page up and Page down go.
const PAGE_ROWS: isize = 8;

/// The page.
#[derive(Default)]
pub(super) struct KeysPage {
    filter: FieldState,
    focused: bool,
    only_conflicts: bool,
    /// What is chosen; the first row that can be where there is none.
    chosen: Option<Row>,
    recording: Option<Recording>,
    /// How far the list is scrolled, in points.
    scrolled: f32,
    /// Whether all keys are about to be reset.
    resets_all: bool,
}

/// The field above the list, from which the arrow keys walk it.
fn filter_id() -> Id {
    Id::unique("settings-filter")
}

impl KeysPage {
    /// Whether the next press is taken for a command.
    pub(super) const fn is_recording(&self) -> bool {
        self.recording.is_some()
    }

    /// Leaves the keys as they are.
    pub(super) fn stop_recording(&mut self) {
        self.recording = None;
        self.focused = false;
    }

    /// Draws the page.
    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        let project = pane.snapshot.project.clone();
        let conflicts = pane
            .keys
            .map
            .conflicts(project.as_deref().map(|project| &*project.codebook));
        let step = self.steps(ui);
        let stay = self.head_ui(ui, pane, &conflicts);
        let rows = rows(
            pane,
            Wanted {
                typed: self.filter.text(),
                only_conflicts: self.only_conflicts && !conflicts.is_empty(),
                conflicts: &conflicts,
            },
        );
        self.choose(&rows, step);
        ui.add_space(GRID);
        self.list_ui(ui, pane, &rows, &conflicts, step != 0);
        line_ui(ui, pane.palette);
        self.chosen_ui(ui, pane, &conflicts);
        stay
    }

    /// How many rows the arrow keys go, while they are not recorded. On a button below they walk nothing: it would be
    /// another command's, unseen.
    fn steps(&self, ui: &Ui) -> isize {
        let focused = ui.memory(egui::Memory::focused);
        let on_button = focused.is_some_and(|id| id != filter_id());
        if self.recording.is_some() || on_button {
            return 0;
        }
        ui.input_mut(|input| {
            let mut times = |key| isize::from(input.consume_key(Modifiers::NONE, key));
            let lines = times(Key::ArrowDown) - times(Key::ArrowUp);
            let pages = times(Key::PageDown) - times(Key::PageUp);
            lines + pages * PAGE_ROWS
        })
    }

    /// The filter, and what is about all keys.
    fn head_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, conflicts: &[Conflict]) -> Stay {
        let mut stay = Stay::Open;
        ui.horizontal(|ui| {
            let id = filter_id();
            if self.recording.is_none() {
                focus_once(ui, id, &mut self.focused);
            }
            let field = Field::new(id, words::KEYS_FILTER)
                .hint(words::KEYS_FILTER_HINT)
                .width((ui.available_width() * 0.45).max(160.0))
                .show(ui, pane.engine, &mut self.filter);
            if field.changed {
                self.chosen = None;
            }
            if field.cancelled {
                stay = Stay::Close;
            }
            if let (true, Some(Row::Action(action))) = (field.submitted, &self.chosen) {
                self.recording = Some(Recording::instead(*action));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.reset_all_ui(ui, pane);
                if !conflicts.is_empty() {
                    // Two actions with one key are one conflict.
                    let keys: BTreeSet<Shortcut> =
                        conflicts.iter().map(|conflict| conflict.shortcut).collect();
                    let count = words::counted(keys.len(), words::CONFLICT, words::CONFLICTS);
                    let count = egui::RichText::new(count).color(pane.palette.warning);
                    if ui.add(Button::selectable(self.only_conflicts, count)).clicked() {
                        self.only_conflicts = !self.only_conflicts;
                        self.focused = false;
                    }
                }
            });
        });
        stay
    }

    /// Resetting all keys cannot be undone, so it is asked for twice.
    fn reset_all_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) {
        if !pane.keys.map.is_any_changed() {
            self.resets_all = false;
            ui.add_enabled(false, Button::new(words::RESET_ALL));
        } else if !self.resets_all {
            self.resets_all = ui.button(words::RESET_ALL).clicked();
        } else {
            if ui.button(words::CANCEL).clicked() {
                self.resets_all = false;
            }
            let sure = egui::RichText::new(words::RESET_ALL_SURE).color(pane.palette.danger);
            if ui.button(sure).clicked() {
                self.resets_all = false;
                self.stop_recording();
                change(pane, Keymap::reset_all);
            }
        }
    }

    fn choose(&mut self, rows: &[Row], step: isize) {
        let choices: Vec<&Row> = rows.iter().filter(|row| row.is_choice()).collect();
        let at = choices.iter().position(|row| Some(*row) == self.chosen.as_ref());
        let last = choices.len().saturating_sub(1);
        let to = at.map_or(0, |at| at.saturating_add_signed(step).min(last));
        // While a key is recorded, its action stays chosen whatever the filter says.
        if self.recording.is_none() {
            self.chosen = choices.get(to).map(|row| (*row).clone());
        }
    }

    fn list_ui(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        rows: &[Row],
        conflicts: &[Conflict],
        moved: bool,
    ) {
        let height = (ui.available_height() - CHOSEN_HEIGHT - GRID * 3.0).max(theme::ROW * 2.0);
        if rows.is_empty() {
            ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
                ui.set_min_height(height);
                small_ui(ui, words::NO_KEYS_FOUND, pane.palette.ink_weak);
            });
            return;
        }
        let list = ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut scroll = ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, false]);
            if let Some(offset) = self.offset_of_chosen(rows, height).filter(|_| moved) {
                scroll = scroll.vertical_scroll_offset(offset);
            }
            let output = scroll.show_rows(ui, theme::ROW, rows.len(), |ui, range| {
                for row in rows.get(range).into_iter().flatten() {
                    let is_chosen = self.chosen.as_ref() == Some(row);
                    let Some(response) = draw_row(ui, pane, row, is_chosen, conflicts) else {
                        continue;
                    };
                    if response.clicked() && self.recording.is_none() {
                        self.chosen = Some(row.clone());
                    }
                    if let (true, Row::Action(action)) = (response.double_clicked(), row) {
                        self.recording = Some(Recording::instead(*action));
                    }
                }
            });
            self.scrolled = output.state.clamped_offset().y;
        });
        list.response
            .widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::ListBox, true, words::KEYS_LIST));
    }

    /// How far to scroll so that the chosen row is in view.
    fn offset_of_chosen(&self, rows: &[Row], height: f32) -> Option<f32> {
        let place = rows.iter().position(|row| Some(row) == self.chosen.as_ref())?;
        let top = place as f32 * theme::ROW;
        // The heading above the first row of a menu is shown with it, and half a row behind the last, where the list
        // fades.
        let least = (top + theme::ROW * 1.5 - height).max(0.0);
        let most = (top - theme::ROW).max(0.0);
        Some(self.scrolled.clamp(least.min(most), most))
    }

    /// The chosen row with what can be done about it.
    fn chosen_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, conflicts: &[Conflict]) {
        if let Some(recording) = &mut self.recording {
            if recording.ui(ui, pane) == Step::Done {
                self.stop_recording();
            }
            return;
        }
        match self.chosen.clone() {
            Some(Row::Action(action)) => self.action_ui(ui, pane, action, conflicts),
            Some(Row::Label { .. }) => small_ui(ui, words::LABEL_KEYS_FROM, pane.palette.ink_weak),
            Some(Row::Heading(_)) | None => {}
        }
    }

    fn action_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, action: Action, conflicts: &[Conflict]) {
        let entry = action.entry();
        let name = entry.name.trim_end_matches('…');
        ui.horizontal_wrapped(|ui| {
            ui.label(egui::RichText::new(name).strong().color(pane.palette.ink));
            small_ui(ui, &format!("{}.", entry.help), pane.palette.ink_weak);
        });
        ui.add_space(GRID);
        ui.horizontal_wrapped(|ui| {
            for shortcut in pane.keys.map.of(action) {
                let key = pane.keys.keyboard.in_words(*shortcut);
                let button = ui.button(format!("{key}  ×"));
                let words = words::take_key(&key, name);
                button.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Button, true, &words));
                if button.on_hover_text(words).clicked() {
                    let shortcut = *shortcut;
                    change(pane, |keys| keys.remove(action, shortcut));
                    // The button is gone; the focus goes back to where it came from.
                    self.focused = false;
                }
            }
            if pane.keys.map.of(action).is_empty() {
                small_ui(ui, words::NO_KEY, pane.palette.ink_weak);
            } else if ui.button(words::CHANGE_KEY).clicked() {
                self.recording = Some(Recording::instead(action));
            }
            if ui.button(words::ADD_KEY).clicked() {
                self.recording = Some(Recording::beside(action));
            }
            if pane.keys.map.is_changed(action) && ui.button(words::RESET_KEY).clicked() {
                change(pane, |keys| keys.reset(action));
                self.focused = false;
            }
        });
        let project = pane.snapshot.project.clone();
        let codebook = project.as_deref().map(|project| &*project.codebook);
        let own = conflicts.iter().filter(|conflict| conflict.action == action);
        for conflict in own.take(CONFLICTS_SHOWN) {
            let key = pane.keys.keyboard.in_words(conflict.shortcut);
            let text = format!("{key}: {}", words::clash(&conflict.with, codebook));
            wrapped_ui(ui, pane, &text, theme::TEXT, pane.palette.warning);
        }
    }
}
