//! The keyboard in the article: the caret, selecting, labels, walking spans.
//!
//! Only while the article has the focus. What a key does to spans is [`super::act`]'s to say.

use egui::{Event, EventFilter, ImeEvent, Key, Response, Ui};

use crate::gui::keyboard::Press;
use crate::gui::paint::TextEngine;
use crate::layout::{Caret, Step};
use crate::model::Label;
use crate::session::action::Action;
use crate::text::{ByteOffset, Direction};

use super::act::ArticleAct;
use super::keys::{label_of_commit, label_of_key, label_of_text};
use super::output::{ArticleOutput, asked_by};
use super::page::Page;
use super::relations::chosen_by_key;
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
        outputs.extend(state.let_go());
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
        // What is typed behind the key that opens a menu is for the menu.
        let opens = ArticleOutput::Ask(Action::AddToEvent);
        let is_typed = match event {
            Event::Key { pressed: true, .. } => true,
            Event::Text(_) => !typed_by_key,
            _ => false,
        };
        if is_typed && (state.waits_for_menu() || outputs.contains(&opens)) {
            state.pending.for_menu.push(event.clone());
            return false;
        }
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
            match state.copy(page.text) {
                Some(words) => ui.ctx().copy_text(words),
                // The window knows why.
                None => outputs.push(ArticleOutput::Ask(Action::Copy)),
            }
            true
        }
        // What the key that was just used types is meant for nothing else.
        Event::Text(_) if std::mem::take(typed_by_key) => true,
        // The article asks for no input method; one that is on all the same types a label's key.
        Event::Ime(ImeEvent::Commit(typed)) => {
            let at_home = ui.input(|input| input.time) - state.focused_at > LATE;
            let label = label_of_commit(page.codebook, typed).filter(|_| at_home);
            tag_with(page, state, outputs, label);
            true
        }
        Event::Text(typed) => tag_with(page, state, outputs, label_of_text(page.codebook, typed)),
        Event::Key {
            pressed: true,
            repeat,
            ..
        } => {
            let chosen = chosen_by_key(page, state, event).map(Meaning::Act);
            let Some(meaning) = chosen.or_else(|| meaning(page, event)) else {
                return false;
            };
            *typed_by_key = true;
            if !*repeat || meaning.repeats() {
                let held = place_of(event);
                press(engine, page, state, outputs, meaning, held);
            }
            true
        }
        Event::Key { pressed: false, .. } => {
            // Letting go of the key asks for what holding it has moved.
            if state.is_moving() && state.held == place_of(event) {
                outputs.extend(state.let_go());
            }
            false
        }
        Event::WindowFocused(false) => {
            outputs.extend(state.let_go());
            false
        }
        _ => false,
    }
}

/// Does what the key of a label does; answers whether there is one.
fn tag_with(
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
    label: Option<&Label>,
) -> bool {
    let Some(label) = label else {
        return false;
    };
    outputs.extend(state.perform(page, ArticleAct::Label(label.id.clone())));
    true
}

/// Does what has waited for an answer of the session.
pub(super) fn catch_up(
    engine: &mut TextEngine,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    for meaning in state.take_later() {
        press(engine, page, state, outputs, meaning, None);
    }
}

/// Does what a press means, or puts it off. An edge moves on the screen only while its key is held.
fn press(
    engine: &mut TextEngine,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
    meaning: Meaning,
    held: Option<Key>,
) {
    if state.has_to_wait(&meaning) {
        state.pending.later.push(meaning);
        return;
    }
    match meaning {
        Meaning::Move(go, _) if state.linking().is_some() => {
            if let Some(forward) = link_direction(state, go) {
                outputs.extend(state.walk_targets(forward));
            }
        }
        Meaning::Move(go, extend) => {
            outputs.extend(state.let_go());
            move_caret(engine, page, state, outputs, go, extend);
        }
        Meaning::Act(ArticleAct::MoveEdge(step)) if held.is_some() => {
            state.held = held;
            let mut moved = state.move_edge(page, step);
            asked_by(&mut moved, ArticleAct::MoveEdge(step).action());
            outputs.extend(moved);
        }
        Meaning::Act(act) => outputs.extend(state.perform(page, act)),
        Meaning::Ask(action) => {
            outputs.extend(state.let_go());
            outputs.push(ArticleOutput::Ask(action));
        }
    }
}

/// Whether an arrow walks forward or back to the target of a link, as the text there is read.
fn link_direction(state: &ArticleState, go: Go) -> Option<bool> {
    let target = state
        .linking()
        .map(|linking| linking.target.as_ref().unwrap_or(&linking.from));
    let span = target.and_then(|id| state.index.get(id));
    let at = span.map_or(state.focus, |span| span.ranges.hull().start());
    match go {
        Go::Down => Some(true),
        Go::Up => Some(false),
        Go::Right => Some(reads_right(state, at)),
        Go::Left => Some(!reads_right(state, at)),
        _ => None,
    }
}

/// Where a key lies: with another modifier held it may type something else when it comes up again.
fn place_of(event: &Event) -> Option<Key> {
    match event {
        Event::Key {
            key, physical_key, ..
        } => Some(physical_key.unwrap_or(*key)),
        _ => None,
    }
}

/// What a press means in the article.
#[derive(Debug)]
pub(super) enum Meaning {
    /// Something to be done with spans, labels, and selection.
    Act(ArticleAct),
    /// The caret goes somewhere, and selects on its way where asked.
    Move(Go, bool),
    /// What the window does.
    Ask(Action),
}

impl Meaning {
    /// Whether a key that is held down does it again and again.
    const fn repeats(&self) -> bool {
        match self {
            Self::Move(..) => true,
            Self::Act(act) => act.repeats(),
            Self::Ask(_) => false,
        }
    }
}

/// What a press means: a label of the codebook first, then what the table of actions says.
fn meaning(page: &Page<'_>, event: &Event) -> Option<Meaning> {
    if let Some(act) = label_act(page, event) {
        return Some(Meaning::Act(act));
    }
    let (action, extend) = page.keys.article_action(event)?;
    let moves = Go::of(action).map(|go| Meaning::Move(go, extend));
    let acts = || ArticleAct::of(action).map(Meaning::Act);
    Some(moves.or_else(acts).unwrap_or(Meaning::Ask(action)))
}

/// A label's key tags or arms, with Ctrl it adds a second label.
fn label_act(page: &Page<'_>, event: &Event) -> Option<ArticleAct> {
    let press = Press::of(event)?;
    let modifiers = press.modifiers;
    if modifiers.alt || modifiers.shift {
        return None;
    }
    let label = label_of_key(page.codebook, page.keys.keyboard, press)?;
    let plain = !modifiers.command && !modifiers.ctrl;
    let id = label.id.clone();
    if plain {
        return Some(ArticleAct::Label(id));
    }
    // The clipboard's keys come as events of their own.
    let is_taken = |key: char| page.keys.has_ctrl(key) || "cvx".contains(key.to_ascii_lowercase());
    (!label.key.is_some_and(is_taken)).then_some(ArticleAct::SecondLabel(id))
}

/// Where a key moves the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    Left,
    Right,
    Up,
    Down,
    WordLeft,
    WordRight,
    SentenceLeft,
    SentenceRight,
    PreviousSentence,
    NextSentence,
    LineStart,
    LineEnd,
    PageUp,
    PageDown,
    TextStart,
    TextEnd,
}

impl Go {
    const fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::MoveLeft => Self::Left,
            Action::MoveRight => Self::Right,
            Action::MoveUp => Self::Up,
            Action::MoveDown => Self::Down,
            Action::WordLeft => Self::WordLeft,
            Action::WordRight => Self::WordRight,
            Action::SentenceLeft => Self::SentenceLeft,
            Action::SentenceRight => Self::SentenceRight,
            Action::PreviousSentence => Self::PreviousSentence,
            Action::NextSentence => Self::NextSentence,
            Action::LineStart => Self::LineStart,
            Action::LineEnd => Self::LineEnd,
            Action::PageUp => Self::PageUp,
            Action::PageDown => Self::PageDown,
            Action::TextStart => Self::TextStart,
            Action::TextEnd => Self::TextEnd,
            _ => return None,
        })
    }
}

fn move_caret(
    engine: &mut TextEngine,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
    go: Go,
    extend: bool,
) {
    let before = state.selection_ends();
    go_there(engine, page, state, go, extend);
    state.leave_span();
    if before != state.selection_ends() {
        outputs.push(ArticleOutput::SelectionChanged);
    }
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
        Go::SentenceLeft | Go::SentenceRight if (go == Go::SentenceRight) == reads_right => {
            Some(Caret::downstream(text.next_sentence(state.focus)))
        }
        Go::PreviousSentence | Go::SentenceLeft | Go::SentenceRight => {
            Some(Caret::downstream(text.previous_sentence(state.focus)))
        }
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
