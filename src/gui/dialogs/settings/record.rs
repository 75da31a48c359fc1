//! Recording a key: the next press is taken for an action, unless it would mean two things.

use egui::{Event, EventFilter, Id, Key, Modifiers, Sense, StrokeKind, Ui, vec2};

use crate::gui::dialogs::{small_ui, wrapped_ui};
use crate::gui::keyboard::Press;
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::panels::{Ask, Pane};
use crate::gui::prefs::Preference;
use crate::gui::theme::{GRID, TEXT};
use crate::gui::words;
use crate::session::action::{Action, Shortcut};
use crate::session::keymap::{Clash, Keymap};

/// Whose key is recorded, and how far it is.
pub(super) struct Recording {
    action: Action,
    adds: bool,
    found: Option<Found>,
}

/// A press that clashes with something.
struct Found {
    shortcut: Shortcut,
    clashes: Vec<Clash>,
    /// Whether its first button has had the focus.
    focused: bool,
}

/// What a frame of recording came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It goes on.
    Listening,
    /// The keys are changed, or left as they were.
    Done,
}

/// What was pressed.
enum Heard {
    Nothing,
    Cancel,
    Clear,
    Key(Shortcut),
}

impl Recording {
    /// For a key instead of all that the action has.
    pub(super) fn instead(action: Action) -> Self {
        Self {
            action,
            adds: false,
            found: None,
        }
    }

    /// For a key beside those that the action has.
    pub(super) fn beside(action: Action) -> Self {
        Self {
            adds: true,
            ..Self::instead(action)
        }
    }

    /// Draws what is asked for, and listens.
    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Step {
        match &self.found {
            Some(_) => self.found_ui(ui, pane),
            None => self.listen_ui(ui, pane),
        }
    }

    fn listen_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Step {
        let name = self.action.entry().name.trim_end_matches('…');
        let prompt = words::press_key_for(name);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), GRID * 10.0), Sense::hover());
        let response = ui.interact(rect, Id::unique("settings-record"), Sense::click());
        let stroke = egui::Stroke::new(1.5, pane.palette.accent);
        ui.painter()
            .rect(rect, 4.0, pane.palette.accent_soft, stroke, StrokeKind::Inside);
        ui.painter().text(
            rect.center(),
            egui::Align2::CENTER_CENTER,
            &prompt,
            egui::FontId::proportional(TEXT),
            pane.palette.ink,
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Alert, true, &prompt));
        let hint = if self.adds {
            words::RECORD_ADD_HINT
        } else {
            words::RECORD_HINT
        };
        small_ui(ui, hint, pane.palette.ink_weak);

        let filter = EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| {
            memory.request_focus(response.id);
            memory.set_focus_lock_filter(response.id, filter);
        });
        match self.hear(ui, pane) {
            Heard::Nothing => Step::Listening,
            Heard::Cancel => Step::Done,
            Heard::Clear => {
                change(pane, |keys| keys.set(self.action, Vec::new()));
                Step::Done
            }
            Heard::Key(shortcut) => self.take(pane, shortcut),
        }
    }

    /// Takes every press out of the input, so that nothing else acts on it.
    fn hear(&self, ui: &Ui, pane: &Pane<'_>) -> Heard {
        let mut heard = Heard::Nothing;
        ui.input_mut(|input| {
            input.events.retain(|event| {
                if matches!(heard, Heard::Nothing) {
                    heard = self.meaning(pane, event);
                }
                let of_keys = matches!(
                    event,
                    Event::Key { pressed: true, .. }
                        | Event::Text(_)
                        | Event::Copy
                        | Event::Cut
                        | Event::Paste(_)
                );
                !of_keys
            });
        });
        heard
    }

    fn meaning(&self, pane: &Pane<'_>, event: &Event) -> Heard {
        let clipboard = |key| Heard::Key(Shortcut::ctrl(key));
        match event {
            Event::Copy => return clipboard("C"),
            Event::Cut => return clipboard("X"),
            Event::Paste(_) => return clipboard("V"),
            Event::Key { repeat: true, .. } => return Heard::Nothing,
            _ => {}
        }
        let Some(press) = Press::of(event) else {
            return Heard::Nothing;
        };
        let is_bare = press.modifiers == Modifiers::NONE;
        match press.key {
            Key::Escape if is_bare => Heard::Cancel,
            Key::Delete | Key::Backspace if is_bare && !self.adds => Heard::Clear,
            _ => pane
                .keys
                .keyboard
                .recorded(press)
                .map_or(Heard::Nothing, Heard::Key),
        }
    }

    /// Gives the action the key, or asks first where it clashes with something.
    fn take(&mut self, pane: &mut Pane<'_>, shortcut: Shortcut) -> Step {
        let project = pane.snapshot.project.as_ref();
        let codebook = project.map(|project| project.codebook.as_ref());
        let clashes = pane.keys.map.clashes(self.action, shortcut, codebook);
        if clashes.is_empty() {
            self.give(pane, shortcut, &[]);
            return Step::Done;
        }
        self.found = Some(Found {
            shortcut,
            clashes,
            focused: false,
        });
        Step::Listening
    }

    fn give(&self, pane: &mut Pane<'_>, shortcut: Shortcut, clashes: &[Clash]) {
        change(pane, |keys| {
            for (other, its_key) in clashes.iter().filter_map(|clash| clash.taken_from(shortcut)) {
                keys.remove(other, its_key);
            }
            if self.adds {
                keys.add(self.action, shortcut);
            } else {
                keys.set(self.action, vec![shortcut]);
            }
        });
    }

    fn found_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Step {
        let Some(mut found) = self.found.take() else {
            return Step::Listening;
        };
        let cancelled = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let reasons: Vec<String> = found
            .clashes
            .iter()
            .map(|clash| {
                words::clash(
                    clash,
                    pane.snapshot.project.as_deref().map(|project| &*project.codebook),
                )
            })
            .collect();
        let key = pane.keys.keyboard.in_words(found.shortcut);
        let text = format!("{key}: {}", reasons.join("; "));
        wrapped_ui(ui, pane, &text, TEXT, pane.palette.warning);
        ui.add_space(GRID);
        let (mut taken, mut again, mut left) = (false, false, cancelled);
        ui.horizontal(|ui| {
            let settled = words::settle(&found.clashes, found.shortcut);
            let first = primary_button(ui, pane.palette, settled.as_deref().unwrap_or(words::ANOTHER_KEY));
            if settled.is_some() {
                taken = first.clicked();
                again = plain_button(ui, words::ANOTHER_KEY).clicked();
            } else {
                again = first.clicked();
            }
            if !found.focused {
                first.request_focus();
                found.focused = true;
            }
            left |= plain_button(ui, words::CANCEL).clicked();
        });
        if taken {
            self.give(pane, found.shortcut, &found.clashes);
        } else if !again && !left {
            self.found = Some(found);
        }
        if taken || left {
            Step::Done
        } else {
            Step::Listening
        }
    }
}

/// Queues the keys as they shall be.
pub(super) fn change(pane: &mut Pane<'_>, how: impl FnOnce(&mut Keymap)) {
    let mut keys = pane.keys.map.clone();
    how(&mut keys);
    pane.queue.push(Ask::Prefer(Preference::Keys(keys)));
}
