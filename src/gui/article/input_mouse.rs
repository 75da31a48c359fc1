//! The mouse in the article: dragging, clicking, the edges of the selected span, the context menu.
//!
//! Only the mouse snaps to words; Ctrl or Alt while dragging gives grapheme clusters.

use egui::{CursorIcon, Event, PointerButton, Pos2, Response, Ui, Vec2};

use crate::model::SpanId;
use crate::text::{ByteOffset, ByteRange};

use super::drag_range::{against_paragraph, crossed, hull, snapped};
use super::output::{ArticleOutput, ArticleRefusal};
use super::page::Page;
use super::relations::{drag_link, hover_link, press_link, relation_under, release_link};
use super::span_edges::{drag_edge, edge_under};
use super::stack::{STACK_LEAST, Stack};
use super::stage::carry;
use super::state::{ArticleState, Cycle, Gesture};

/// How far beside the text a link that is dragged still scrolls it.
const LINK_SCROLL_REACH: f32 = 16.0;
/// How far the pointer must go before a press is a drag.
const DRAG_DISTANCE: f32 = 4.0;
/// Clicks this near to each other are at one point.
const SAME_POINT: f32 = 5.0;
/// Points a second of auto-scroll for each point that the pointer is outside the text.
const SCROLL_SPEED: f32 = 12.0;

/// Takes the mouse's part of a frame. `outputs` gets what it came to.
pub(super) fn mouse_input(
    ui: &Ui,
    response: &Response,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    let pointer = ui.input(|input| Pointer {
        pos: input.pointer.interact_pos(),
        pressed_at: button_at(input, true),
        released_at: button_at(input, false),
        down: input.pointer.primary_down(),
        by_grapheme: input.modifiers.command || input.modifiers.ctrl || input.modifiers.alt,
        alt: input.modifiers.alt,
        shift: input.modifiers.shift,
        seconds: input.stable_dt.min(0.1),
        now: input.time,
    });
    hover(ui, response, page, state);
    let Some(pos) = pointer.pos else { return };
    let is_on_text = response.contains_pointer() && !matches!(state.gesture, Gesture::ScrollBar { .. });
    if let Some(pressed_at) = pointer
        .pressed_at
        .filter(|at| is_on_text && !state.find.covers(*at))
    {
        press(ui, response, page, state, pressed_at, &pointer, outputs);
    }
    if pointer.down || pointer.released_at.is_some() {
        let pos = pointer.released_at.unwrap_or(pos);
        drag(ui, page, state, pos, &pointer, outputs);
    }
    // Words under the strip for what leads out of view are not seen.
    let is_seen = !state.links.drawn.covers(pos);
    if response.double_clicked() && !pointer.shift && is_seen {
        let at = state.sheet.character(page, pos);
        // On space between words or paragraphs nothing is left, and the caret stands there.
        let word = page.text.trim(page.text.word_at(at));
        select_unit(page, state, word, true, outputs);
    } else if response.triple_clicked() && !pointer.shift && is_seen {
        let at = state.sheet.character(page, pos);
        let sentence = page.text.trim(page.text.sentence_at(at));
        select_unit(page, state, sentence, false, outputs);
    }
    if let Some(released_at) = pointer.released_at {
        release(response, page, state, released_at, &pointer, outputs);
    }
    if response.secondary_clicked() && is_seen {
        open_menu(page, state, pos, outputs);
    }
}

#[allow(clippy::struct_excessive_bools, reason = "each is one fact about the mouse")]
struct Pointer {
    pos: Option<Pos2>,
    /// Where the button went down in this frame.
    pressed_at: Option<Pos2>,
    /// Where it was let go in this frame.
    released_at: Option<Pos2>,
    down: bool,
    by_grapheme: bool,
    alt: bool,
    shift: bool,
    /// How long the frame is.
    seconds: f32,
    /// When it is, by the window's clock.
    now: f64,
}

/// Where the button went down, or was let go, since the last frame: a quick hand has moved on since.
fn button_at(input: &egui::InputState, down: bool) -> Option<Pos2> {
    let mut events = input.events.iter().rev();
    events.find_map(|event| match event {
        Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            ..
        } if *pressed == down => Some(*pos),
        _ => None,
    })
}

/// Whether the pointer means what is below it: it does not where it rests and keys have moved the text since.
fn points(ui: &Ui, state: &mut ArticleState) -> bool {
    let now = (state.article.clone(), state.sheet.scroll_fraction());
    let is_moved = ui.input(|input| {
        input.pointer.is_moving()
            || input.pointer.any_down()
            || input.smooth_scroll_delta() != egui::Vec2::ZERO
    });
    if is_moved || state.pointed.is_none() {
        state.pointed = Some(now);
        return true;
    }
    state.pointed == Some(now)
}

/// What the pointer is over, and the cursor that says so.
fn hover(ui: &Ui, response: &Response, page: &Page<'_>, state: &mut ArticleState) {
    let Some(pos) = response.hover_pos().filter(|_| response.contains_pointer()) else {
        if state.gesture == Gesture::None {
            state.hovered = None;
        }
        return;
    };
    if state.gesture == Gesture::None {
        let found = spans_under(page, state, pos).into_iter().next();
        state.hovered = found.filter(|_| points(ui, state));
    }
    if hover_link(ui, page, state, pos) {
        return;
    }
    let on_edge = matches!(state.gesture, Gesture::Edge { .. })
        || state.gesture == Gesture::None && edge_under(state, page, pos).is_some();
    ui.ctx().set_cursor_icon(if on_edge {
        CursorIcon::ResizeHorizontal
    } else if state.gesture == Gesture::None && state.chip_at(pos).is_some() {
        CursorIcon::Grab
    } else {
        CursorIcon::Text
    });
}

fn press(
    ui: &Ui,
    response: &Response,
    page: &Page<'_>,
    state: &mut ArticleState,
    pos: Pos2,
    pointer: &Pointer,
    outputs: &mut Vec<ArticleOutput>,
) {
    ui.memory_mut(|memory| memory.request_focus(response.id));
    state.stack = None;
    outputs.extend(state.let_go());
    if !pointer.shift && press_link(page, state, pos, pointer.alt, outputs) {
        return;
    }
    if state.links.drawn.covers(pos) {
        return;
    }
    if !pointer.shift
        && let Some(hit) = edge_under(state, page, pos)
        && let Some(span) = state.index.get(&hit.span)
    {
        state.gesture = Gesture::Edge {
            ranges: span.ranges.clone(),
            at: hit,
            pressed_at: pos,
            moved: false,
        };
        return;
    }
    if let Some(span) = span_to_carry(page, state, pos, pointer) {
        state.take_up(span, pos);
        return;
    }
    let hit = state.sheet.hit(pos);
    if pointer.shift {
        let range = ByteRange::between(state.anchor, hit.caret.offset);
        let range = snapped(page, range, pointer.by_grapheme);
        state.select(range, state.anchor <= hit.caret.offset);
        state.gesture = Gesture::Select {
            from: state.anchor,
            pressed: ByteRange::caret(state.anchor),
            pressed_at: pos,
            moved: true,
        };
        outputs.push(ArticleOutput::SelectionChanged);
    } else {
        state.gesture = Gesture::Select {
            from: hit.caret.offset,
            pressed: against_paragraph(state, &hit),
            pressed_at: pos,
            moved: false,
        };
    }
}

fn drag(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ArticleState,
    pos: Pos2,
    pointer: &Pointer,
    outputs: &mut Vec<ArticleOutput>,
) {
    match &mut state.gesture {
        Gesture::Select {
            from,
            pressed,
            pressed_at,
            moved,
        } => {
            *moved |= pressed_at.distance(pos) > DRAG_DISTANCE;
            if *moved {
                let start = (*from, *pressed, *pressed_at);
                auto_scroll(ui, state, pos, pointer.seconds);
                drag_selection(page, state, pos, pointer, start, outputs);
            }
        }
        Gesture::Edge {
            pressed_at, moved, ..
        } => {
            // A press beside the edge is no drag behind a proclitic.
            *moved |= pressed_at.distance(pos) > DRAG_DISTANCE;
            if *moved {
                auto_scroll(ui, state, pos, pointer.seconds);
                drag_edge(page, state, pos, pointer.by_grapheme);
            }
        }
        Gesture::Carry {
            span,
            pressed_at,
            moved,
        } => {
            let was_moved = *moved;
            *moved |= pressed_at.distance(pos) > DRAG_DISTANCE;
            // Where it is let go, who takes it has taken it already.
            if *moved && pointer.down && !carry(ui, span, !was_moved) {
                state.gesture = Gesture::None;
            }
        }
        Gesture::Link { moved, .. } => {
            let was_moved = *moved;
            // Further out it is carried to the sheet of events, and the text stays as it is.
            if state.sheet.viewport().expand(LINK_SCROLL_REACH).contains(pos) {
                auto_scroll(ui, state, pos, pointer.seconds);
            }
            drag_link(page, state, pos, DRAG_DISTANCE);
            carry_along(ui, state, was_moved);
        }
        Gesture::None | Gesture::ScrollBar { .. } => {}
    }
}

/// Selects from where the button went down to the pointer. It went down at a place in the text, on a character, at a point.
fn drag_selection(
    page: &Page<'_>,
    state: &mut ArticleState,
    pos: Pos2,
    pointer: &Pointer,
    start: (ByteOffset, ByteRange, Pos2),
    outputs: &mut Vec<ArticleOutput>,
) {
    let (from, pressed, _) = start;
    let hit = state.sheet.hit(pos);
    let mut range = ByteRange::between(from, hit.caret.offset);
    if !pointer.by_grapheme {
        range = hull(hull(range, pressed), against_paragraph(state, &hit));
        range = crossed(state, start, &hit, pos).map_or(range, |run| hull(range, run));
    }
    let range = snapped(page, range, pointer.by_grapheme);
    let before = state.selection_ends();
    state.select(range, from <= hit.caret.offset);
    state.affinity = hit.caret.affinity;
    state.column = None;
    if before != state.selection_ends() {
        outputs.push(ArticleOutput::SelectionChanged);
    }
}

/// A link that is dragged out of the text can be let go in the sheet of events, as a span that is carried there.
fn carry_along(ui: &Ui, state: &mut ArticleState, was_moved: bool) {
    let Some(from) = state.linking().map(|linking| linking.from.clone()) else {
        return;
    };
    let is_moved = matches!(state.gesture, Gesture::Link { moved: true, .. });
    if is_moved && !carry(ui, &from, !was_moved) {
        state.gesture = Gesture::None;
        state.links.linking = None;
    }
}

fn release(
    response: &Response,
    page: &Page<'_>,
    state: &mut ArticleState,
    pos: Pos2,
    pointer: &Pointer,
    outputs: &mut Vec<ArticleOutput>,
) {
    match std::mem::take(&mut state.gesture) {
        Gesture::Select { moved: true, .. } => {
            state.cycle = None;
            if !state.selection().is_empty() {
                state.deselect_for_words();
            }
            outputs.push(ArticleOutput::SelectionChanged);
            tag_if_armed(page, state, outputs);
        }
        Gesture::Select { moved: false, .. } => {
            let several = response.double_clicked() || response.triple_clicked();
            if !several && !pointer.shift {
                click(page, state, pos, pointer.now);
                outputs.push(ArticleOutput::SelectionChanged);
            }
        }
        Gesture::Carry {
            span, moved: false, ..
        } => {
            state.select_span(Some(span));
            state.span_clicks += 1;
            state.reveal = None;
            outputs.push(ArticleOutput::SelectionChanged);
        }
        Gesture::Carry {
            span, moved: true, ..
        } => {
            let is_in_text = state.sheet.viewport().contains(pos);
            let mut under = spans_under(page, state, pos).into_iter();
            if is_in_text && under.any(|other| other != span) {
                outputs.push(ArticleOutput::Refused(ArticleRefusal::CarriedToSpan, None));
            }
        }
        Gesture::Edge { at, ranges, .. } => {
            let known = state.index.get(&at.span);
            if known.is_some_and(|span| span.ranges != ranges) && page.editable {
                outputs.push(state.ask_ranges(at.span, ranges));
            }
        }
        Gesture::Link { moved, .. } => release_link(page, state, pos, moved, outputs),
        Gesture::None | Gesture::ScrollBar { .. } => {}
    }
}

/// A single click: the caret, and the innermost span there; soon again at the same point the next outer one, at last
/// none.
fn click(page: &Page<'_>, state: &mut ArticleState, pos: Pos2, now: f64) {
    let hit = state.sheet.hit(pos);
    let spans = spans_under(page, state, pos);
    let step = state
        .cycle
        .as_ref()
        .filter(|cycle| cycle.at.distance(pos) <= SAME_POINT)
        .map_or(0, |cycle| {
            cycle.next_step(&spans, state.selected_span.as_ref(), now)
        });
    state.move_to(hit.caret, false);
    state.reveal = None;
    state.column = None;
    let clicked = spans.get(step).cloned();
    state.left = std::mem::replace(&mut state.selected_span, clicked);
    state.made_armed = None;
    state.span_clicks += u64::from(state.selected_span.is_some());
    state.cycle = (!spans.is_empty()).then_some(Cycle {
        at: pos,
        seconds: now,
        step,
    });
    state.stack = (spans.len() >= STACK_LEAST && step < spans.len()).then_some(Stack { at: pos, spans });
}

fn select_unit(
    page: &Page<'_>,
    state: &mut ArticleState,
    range: ByteRange,
    tags: bool,
    outputs: &mut Vec<ArticleOutput>,
) {
    state.select(range, true);
    state.column = None;
    state.cycle = None;
    if !range.is_empty() {
        state.deselect_for_words();
        state.join = state.left.take().or(state.join.take());
    }
    outputs.push(ArticleOutput::SelectionChanged);
    if tags {
        tag_if_armed(page, state, outputs);
    }
}

fn tag_if_armed(page: &Page<'_>, state: &mut ArticleState, outputs: &mut Vec<ArticleOutput>) {
    if let (Some(label), Some(ranges)) = (state.armed.clone(), state.words_to_tag(page)) {
        outputs.extend(state.tag(page, ranges, &label));
    }
}

/// The context menu is about the selected words where the pointer is on them, else about the relation or the span there.
fn open_menu(page: &Page<'_>, state: &mut ArticleState, pos: Pos2, outputs: &mut Vec<ArticleOutput>) {
    state.gesture = Gesture::None;
    let on_selection = state
        .sheet
        .rects(state.selection())
        .iter()
        .any(|rect| rect.contains(pos));
    let relation = relation_under(page, state, pos).filter(|_| !on_selection);
    if let Some(relation) = &relation {
        outputs.extend(state.select_relation(page, relation));
    } else {
        // The menu is about words or a span, and so are its keys.
        state.let_go_of_relation();
    }
    if !on_selection && relation.is_none() {
        let hit = state.sheet.hit(pos);
        let under = spans_under(page, state, pos);
        let stays = state.selected_span.as_ref().is_some_and(|id| under.contains(id));
        state.move_to(hit.caret, false);
        state.reveal = None;
        if !stays {
            state.selected_span = under.into_iter().next();
        }
        outputs.push(ArticleOutput::SelectionChanged);
    }
    outputs.push(ArticleOutput::OpenMenu { at: pos, relation });
}

/// The spans whose words are drawn under a point, innermost first, less those that are locked.
pub(super) fn spans_under(page: &Page<'_>, state: &ArticleState, pos: Pos2) -> Vec<SpanId> {
    if state.links.drawn.covers(pos) {
        return Vec::new();
    }
    let at = state.sheet.character(page, pos);
    let covers = |id: &SpanId| {
        state.index.get(id).is_some_and(|span| {
            !state.labels.locks(&span.label)
                && span
                    .ranges
                    .as_slice()
                    .iter()
                    .filter(|range| range.contains(at))
                    .flat_map(|range| state.sheet.rects(*range))
                    .any(|rect| rect.contains(pos))
        })
    };
    state.index.at(at).into_iter().filter(covers).collect()
}

/// The span that a press takes up: by its chip, or with Alt by its words.
fn span_to_carry(page: &Page<'_>, state: &ArticleState, pos: Pos2, pointer: &Pointer) -> Option<SpanId> {
    if pointer.shift {
        return None;
    }
    if pointer.alt {
        return spans_under(page, state, pos).into_iter().next();
    }
    state.chip_at(pos).cloned()
}

/// Scrolls while a drag is outside the text, the faster the further out.
fn auto_scroll(ui: &Ui, state: &mut ArticleState, pos: Pos2, seconds: f32) {
    let view = state.sheet.viewport();
    let outside = if pos.y < view.top() {
        pos.y - view.top()
    } else if pos.y > view.bottom() {
        pos.y - view.bottom()
    } else {
        return;
    };
    state.sheet.scroll_by(f64::from(outside * SCROLL_SPEED * seconds));
    ui.ctx().request_repaint();
}

/// The pointer's cursor label while a label is armed is drawn a little beside it.
pub(super) const ARMED_OFFSET: Vec2 = Vec2::new(14.0, 16.0);
