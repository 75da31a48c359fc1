//! The keyboard in the article: the caret, selecting, labels, walking spans.
//!
//! Only while the article has the focus. What a key does to spans is [`super::act`]'s to say.

use egui::{Event, EventFilter, ImeEvent, Key, Modifiers, Response, Ui};

use crate::gui::paint::TextEngine;
use crate::layout::{Caret, Step};
use crate::session::action;
use crate::text::{ByteOffset, Direction};

use super::act::ArticleAct;
use super::keys::{label_of_commit, label_of_key, label_of_text};
use super::output::ArticleOutput;
use super::page::Page;
use super::state::ArticleState;

/// Seconds after the focus came in which an input method may still settle what was typed elsewhere.
const LATE: f64 = 0.3;

/// Takes the keyboard's part of a frame: what it uses is taken out of the input, so that nothing else acts on it.
pub(super) fn keyboard_input(
    ui: &Ui,
    engine: &mut TextEngine,
    response: &Response,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    if !response.has_focus() {
        return;
    }
    if response.gained_focus() {
        state.focused_at = ui.input(|input| input.time);
    }
    let filter = EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let mut events = ui.input_mut(|input| std::mem::take(&mut input.events));
    let mut typed_by_key = false;
    events.retain(|event| {
        let used = one_event(ui, engine, page, state, outputs, event, &mut typed_by_key);
        !used
    });
    ui.input_mut(|input| {
        // Nothing can have come in between, but what is there is never thrown away.
        events.append(&mut input.events);
        input.events = events;
    });
}

/// Whether the event was used.
fn one_event(
    ui: &Ui,
    engine: &mut TextEngine,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
    event: &Event,
    typed_by_key: &mut bool,
) -> bool {
    match event {
        Event::Copy | Event::Cut => {
            if let Some(words) = state.copy(page.text) {
                ui.ctx().copy_text(words);
            }
            true
        }
        // The article asks for no input method; one that is on all the same types a label's key.
        Event::Ime(ImeEvent::Commit(typed)) => {
            let at_home = ui.input(|input| input.time) - state.focused_at > LATE;
            if let Some(label) = label_of_commit(page.codebook, typed).filter(|_| at_home) {
                let act = ArticleAct::Label(label.id.clone());
                outputs.extend(state.perform(page, act));
            }
            true
        }
        Event::Text(typed) if !*typed_by_key => match label_of_text(page.codebook, typed) {
            Some(label) => {
                let act = ArticleAct::Label(label.id.clone());
                outputs.extend(state.perform(page, act));
                true
            }
            None => false,
        },
        Event::Key {
            key,
            physical_key,
            pressed: true,
            repeat,
            modifiers,
        } => {
            if let Some(act) = act_of_key(page, *key, *physical_key, *modifiers) {
                *typed_by_key = true;
                let walks = matches!(act, ArticleAct::NextSpan | ArticleAct::PreviousSpan);
                if walks || !*repeat {
                    outputs.extend(state.perform(page, act));
                }
                return true;
            }
            let Some(go) = move_of_key(*key, *modifiers) else {
                return false;
            };
            let before = state.selection_ends();
            go_there(engine, page, state, go, modifiers.shift);
            if before != state.selection_ends() {
                outputs.push(ArticleOutput::SelectionChanged);
            }
            true
        }
        _ => false,
    }
}

/// What a key does to spans and labels.
fn act_of_key(page: &Page<'_>, key: Key, physical: Option<Key>, modifiers: Modifiers) -> Option<ArticleAct> {
    if modifiers.alt {
        return None;
    }
    let plain = !modifiers.command && !modifiers.ctrl;
    match key {
        Key::Tab if plain && modifiers.shift => return Some(ArticleAct::PreviousSpan),
        Key::Tab if plain => return Some(ArticleAct::NextSpan),
        Key::Escape if plain => return Some(ArticleAct::Escape),
        Key::Delete | Key::Backspace if plain => return Some(ArticleAct::Remove),
        Key::A if !plain && !modifiers.shift => return Some(ArticleAct::SelectAll),
        _ => {}
    }
    if modifiers.shift {
        return None;
    }
    if let Some(label) = label_of_key(page.codebook, key, physical)
        && (plain || !window_has(label.key))
    {
        let id = label.id.clone();
        return Some(if plain {
            ArticleAct::Label(id)
        } else {
            ArticleAct::SecondLabel(id)
        });
    }
    (plain && key == Key::C).then_some(ArticleAct::ToggleProclitic)
}

/// Whether a shortcut of the window has Ctrl with this key, which then never means a label.
fn window_has(key: Option<char>) -> bool {
    key.is_some_and(|c| {
        let name = c.to_ascii_uppercase().to_string();
        action::table()
            .iter()
            .flat_map(|entry| entry.shortcuts)
            .any(|shortcut| shortcut.ctrl && !shortcut.shift && shortcut.key == name)
    }) || key.is_some_and(|c| "acvx".contains(c.to_ascii_lowercase()))
}

/// Where a key moves the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Go {
    Left,
    Right,
    Up,
    Down,
    WordLeft,
    WordRight,
    PreviousSentence,
    NextSentence,
    LineStart,
    LineEnd,
    PageUp,
    PageDown,
    TextStart,
    TextEnd,
}

fn move_of_key(key: Key, modifiers: Modifiers) -> Option<Go> {
    if modifiers.alt {
        return None;
    }
    let by_word = modifiers.command || modifiers.ctrl;
    Some(match (key, by_word) {
        (Key::ArrowLeft, false) => Go::Left,
        (Key::ArrowRight, false) => Go::Right,
        (Key::ArrowUp, false) => Go::Up,
        (Key::ArrowDown, false) => Go::Down,
        (Key::ArrowLeft, true) => Go::WordLeft,
        (Key::ArrowRight, true) => Go::WordRight,
        (Key::ArrowUp, true) => Go::PreviousSentence,
        (Key::ArrowDown, true) => Go::NextSentence,
        (Key::Home, false) => Go::LineStart,
        (Key::End, false) => Go::LineEnd,
        (Key::PageUp, false) => Go::PageUp,
        (Key::PageDown, false) => Go::PageDown,
        (Key::Home, true) => Go::TextStart,
        (Key::End, true) => Go::TextEnd,
        _ => return None,
    })
}

fn go_there(engine: &mut TextEngine, page: &Page<'_>, state: &mut ArticleState, go: Go, extend: bool) {
    if matches!(go, Go::Up | Go::Down | Go::PageUp | Go::PageDown) {
        up_or_down(engine, state, go, extend);
        return;
    }
    let selection = state.selection();
    // A plain arrow lets go of a selection at the end that it points to, as everywhere.
    if !extend && !selection.is_empty() && matches!(go, Go::Left | Go::Right) {
        let towards_start = (go == Go::Left) == reads_right(state, selection.start());
        let at = if towards_start {
            Caret::downstream(selection.start())
        } else {
            Caret::upstream(selection.end())
        };
        state.move_to(at, false);
        state.column = None;
        return;
    }
    let (caret, text) = (state.caret(), page.text);
    let reads_right = reads_right(state, state.focus);
    let target = match go {
        Go::Left => state.sheet.step(engine, caret, Step::Left),
        Go::Right => state.sheet.step(engine, caret, Step::Right),
        Go::LineStart => state.sheet.step(engine, caret, Step::LineStart),
        Go::LineEnd => state.sheet.step(engine, caret, Step::LineEnd),
        Go::WordLeft | Go::WordRight if (go == Go::WordRight) == reads_right => {
            Some(Caret::upstream(text.next_word(state.focus)))
        }
        Go::WordLeft | Go::WordRight => Some(Caret::downstream(text.previous_word(state.focus))),
        Go::PreviousSentence => Some(Caret::downstream(text.previous_sentence(state.focus))),
        Go::NextSentence => Some(Caret::downstream(text.next_sentence(state.focus))),
        Go::TextStart => Some(Caret::downstream(text.full_range().start())),
        Go::TextEnd => Some(Caret::upstream(text.end())),
        Go::Up | Go::Down | Go::PageUp | Go::PageDown => None,
    };
    if let Some(target) = target {
        state.move_to(target, extend);
        state.column = None;
    }
}

/// Whether the paragraph at a position reads from left to right.
fn reads_right(state: &ArticleState, at: ByteOffset) -> bool {
    state.sheet.direction_at(at) == Direction::LeftToRight
}

/// Moves by a line or by a view, keeping to the column in which the movement began.
fn up_or_down(engine: &mut TextEngine, state: &mut ArticleState, go: Go, extend: bool) {
    let caret = state.caret();
    let column = state.column.unwrap_or_else(|| state.sheet.caret_column(caret));
    let target = match go {
        Go::Up => state.sheet.step(engine, caret, Step::Up(column)),
        Go::Down => state.sheet.step(engine, caret, Step::Down(column)),
        _ => state.sheet.page(engine, caret, column, go == Go::PageDown),
    };
    if let Some(target) = target {
        state.move_to(target, extend);
        state.column = Some(column);
    }
}
