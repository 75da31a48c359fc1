//! Mouse, keyboard, clipboard, and input method of a text field.

use egui::{Event, EventFilter, ImeEvent, Key, Modifiers, Rect, Response, Ui, pos2, vec2};

use crate::gui::paint::TextEngine;
use crate::layout::{Editor, EditorStep};

use super::FieldState;

/// Seconds in which a key can come behind the words that it settled: less than a hand needs for another one.
const SETTLING: f64 = 0.05;

/// What the keyboard came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Keys {
    pub changed: bool,
    pub submitted: bool,
    pub cancelled: bool,
}

/// What one event did.
enum Used {
    /// Not meant for the field.
    No,
    /// Used; the words may be others now.
    Yes,
    Submit,
    Cancel,
}

pub(super) fn mouse(
    ui: &Ui,
    engine: &mut TextEngine,
    response: &Response,
    inner: Rect,
    state: &mut FieldState,
) {
    let scrolled = state.scrolled;
    let Some(editor) = &mut state.editor else { return };
    let Some(pos) = response.interact_pointer_pos() else {
        return;
    };
    let (x, y) = (pos.x - inner.left(), pos.y - inner.top() + scrolled);
    let (pressed, shift) = ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
    if pressed && response.contains_pointer() {
        response.request_focus();
        editor.click(engine.fonts(), x, y, shift);
    } else if response.dragged() {
        editor.drag(engine.fonts(), x, y);
    }
    if response.triple_clicked() {
        editor.select_all();
    } else if response.double_clicked() {
        editor.double_click(engine.fonts(), x, y);
    }
}

pub(super) fn keyboard(
    ui: &Ui,
    engine: &mut TextEngine,
    response: &Response,
    multiline: bool,
    state: &mut FieldState,
) -> Keys {
    let mut keys = Keys::default();
    let Some(editor) = &mut state.editor else {
        return keys;
    };
    if !response.has_focus() {
        // What was composed stays, as it is shown: a syllable that was not yet settled is not lost to a click elsewhere.
        if editor.accept_preedit() {
            keys.changed = take_text(state);
        }
        return keys;
    }
    let filter = EventFilter {
        // While it composes, an input method may walk its candidates with Tab.
        tab: editor.preedit().is_some(),
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let mut events = ui.input_mut(|input| std::mem::take(&mut input.events));
    let now = ui.input(|input| input.time);
    let settled = &mut state.settled;
    events.retain(|event| {
        let used = if keys.cancelled {
            Used::No
        } else if is_of_input_method(editor, settled.is_some_and(|at| now - at < SETTLING), event) {
            Used::Yes
        } else {
            if editor.preedit().is_some() || is_commit(event) {
                *settled = Some(now);
            }
            one_event(ui, engine, editor, multiline, event)
        };
        keys.submitted |= matches!(used, Used::Submit);
        keys.cancelled |= matches!(used, Used::Cancel);
        matches!(used, Used::No)
    });
    ui.input_mut(|input| {
        events.append(&mut input.events);
        input.events = events;
    });
    if keys.cancelled {
        editor.clear_preedit();
        response.surrender_focus();
    }
    keys.changed = take_text(state);
    keys
}

/// Takes over what the editor holds; whether it is other words.
pub(super) fn take_text(state: &mut FieldState) -> bool {
    let Some(text) = state.editor.as_deref().map(Editor::text) else {
        return false;
    };
    let is_other = text != state.text;
    state.text = text;
    is_other
}

/// Whether a key is the input method's own, though the platform passed it on: any key while it composes, and with the
/// words that it settled the key that settled them, which must neither submit the field nor close a dialog.
fn is_of_input_method(editor: &Editor, just_settled: bool, event: &Event) -> bool {
    let composes = editor.preedit().is_some();
    match event {
        Event::Key { key, .. } => {
            composes || (just_settled && matches!(key, Key::Enter | Key::Escape | Key::Tab))
        }
        Event::Copy | Event::Cut => composes,
        _ => false,
    }
}

fn is_commit(event: &Event) -> bool {
    matches!(event, Event::Ime(ImeEvent::Commit(words)) if !words.is_empty())
}

fn one_event(ui: &Ui, engine: &mut TextEngine, editor: &mut Editor, multiline: bool, event: &Event) -> Used {
    match event {
        Event::Text(words) | Event::Paste(words) => editor.insert(words),
        Event::Copy => copy(ui, editor.copy()),
        Event::Cut => copy(ui, editor.cut()),
        // Some platforms send the key that breaks a line this way as well.
        Event::Ime(ImeEvent::Commit(words)) if words == "\n" || words == "\r" => {}
        Event::Ime(ImeEvent::Preedit {
            text,
            active_range_chars,
        }) => editor.set_preedit(text, active_range_chars.clone()),
        Event::Ime(ImeEvent::Commit(words)) => editor.commit(words),
        Event::Ime(ImeEvent::DeleteSurrounding {
            before_chars,
            after_chars,
        }) => editor.delete_surrounding(*before_chars, *after_chars),
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => return one_key(engine, editor, multiline, *key, *modifiers),
        _ => return Used::No,
    }
    Used::Yes
}

fn copy(ui: &Ui, words: Option<String>) {
    if let Some(words) = words {
        ui.ctx().copy_text(words);
    }
}

fn one_key(
    engine: &mut TextEngine,
    editor: &mut Editor,
    multiline: bool,
    key: Key,
    modifiers: Modifiers,
) -> Used {
    let ctrl = modifiers.command || modifiers.ctrl;
    match key {
        Key::Escape => return Used::Cancel,
        // With Shift as well it is the window's, and not the field's.
        Key::Enter if ctrl && modifiers.shift => return Used::No,
        Key::Enter if ctrl || !multiline => return Used::Submit,
        Key::Enter => editor.insert("\n"),
        Key::Backspace if ctrl => editor.delete_word_backward(),
        Key::Backspace => editor.delete_backward(),
        Key::Delete if ctrl => editor.delete_word_forward(),
        Key::Delete => editor.delete_forward(),
        Key::A if ctrl => editor.select_all(),
        // With nothing to undo the keys are still the field's: they must never reach the article behind it.
        Key::Z if ctrl && !modifiers.shift => {
            editor.undo();
        }
        Key::Z | Key::Y if ctrl => {
            editor.redo();
        }
        _ => match step_of_key(key, ctrl, multiline) {
            Some(step) if !modifiers.alt => editor.step(engine.fonts(), step, modifiers.shift),
            _ => return Used::No,
        },
    }
    Used::Yes
}

fn step_of_key(key: Key, ctrl: bool, multiline: bool) -> Option<EditorStep> {
    Some(match (key, ctrl) {
        (Key::ArrowLeft, false) => EditorStep::Left,
        (Key::ArrowRight, false) => EditorStep::Right,
        (Key::ArrowLeft, true) => EditorStep::WordLeft,
        (Key::ArrowRight, true) => EditorStep::WordRight,
        // In a single line they are the caller's: the list below a filter is walked with them.
        (Key::ArrowUp, false) if multiline => EditorStep::Up,
        (Key::ArrowDown, false) if multiline => EditorStep::Down,
        (Key::Home, false) => EditorStep::LineStart,
        (Key::End, false) => EditorStep::LineEnd,
        (Key::Home, true) => EditorStep::TextStart,
        (Key::End, true) => EditorStep::TextEnd,
        _ => return None,
    })
}

/// Tells the platform where the caret is, so that an input method shows its candidates there.
pub(super) fn report_caret(ui: &Ui, inner: Rect, state: &FieldState) {
    let Some(editor) = &state.editor else { return };
    let caret = editor.caret();
    let at = inner.min + vec2(caret.x, caret.y - state.scrolled);
    let cursor_rect = Rect::from_min_max(at, pos2(at.x + 1.0, at.y + caret.height));
    ui.output_mut(|output| {
        output.ime = Some(egui::output::IMEOutput {
            purpose: egui::IMEPurpose::Normal,
            rect: inner,
            cursor_rect,
            should_interrupt_composition: false,
        });
    });
}
