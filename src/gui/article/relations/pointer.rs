//! The mouse on relations: a click selects one, a drag from a span to a span makes one.
//!
//! A link is dragged from the ring at the selected span, or from any span with Alt held; a plain drag selects words.

use egui::{CursorIcon, Pos2, Ui};

use crate::gui::article::input_mouse::spans_under;
use crate::gui::article::output::ArticleOutput;
use crate::gui::article::page::Page;
use crate::gui::article::state::{ArticleState, Gesture};
use crate::gui::theme;
use crate::model::{RelationId, SpanId};

/// Takes a press that is about relations; whether it was one.
pub(in crate::gui::article) fn press_link(
    page: &Page<'_>,
    state: &mut ArticleState,
    pos: Pos2,
    alt: bool,
    outputs: &mut Vec<ArticleOutput>,
) -> bool {
    if let Some(linking) = &state.links.linking {
        if !linking.choices.is_empty() {
            outputs.extend(state.drop_link());
            return true;
        }
        if let Some(target) = target_under(page, state, pos) {
            set_target(state, Some(target));
            outputs.extend(state.take_target(page));
            return true;
        }
        state.links.linking = None;
        outputs.push(ArticleOutput::SelectionChanged);
        return false;
    }
    let tags = state.links.drawn.tags.iter();
    if let Some((_, span)) = tags.rev().find(|(rect, _)| rect.contains(pos)) {
        let span = span.clone();
        state.select_span(Some(span));
        outputs.push(ArticleOutput::SelectionChanged);
        return true;
    }
    if let Some(from) = begins_at(page, state, pos, alt) {
        state.selected_span = Some(from);
        state.cycle = None;
        let begun = state.begin_link(page);
        if state.links.linking.is_some() {
            state.gesture = Gesture::Link { pos, moved: false };
        } else if alt {
            // Nothing can be linked with it; it may still be carried to the sheet of events.
            return false;
        }
        outputs.extend(begun);
        return true;
    }
    if let Some(relation) = relation_under(page, state, pos) {
        outputs.extend(state.select_relation(page, &relation));
        return true;
    }
    state.let_go_of_relation();
    false
}

/// The relation under the pointer. Words there go before a way that runs along them, and a link that is being made
/// before all.
pub(in crate::gui::article) fn relation_under(
    page: &Page<'_>,
    state: &ArticleState,
    pos: Pos2,
) -> Option<RelationId> {
    let on_words = !spans_under(page, state, pos).is_empty();
    let is_free = state.links.linking.is_none() && !on_words;
    state.links.drawn.at(pos).filter(|_| is_free).cloned()
}

/// Moves a link that is dragged.
pub(in crate::gui::article) fn drag_link(page: &Page<'_>, state: &mut ArticleState, pos: Pos2, far: f32) {
    let Gesture::Link { pos: before, moved } = &mut state.gesture else {
        return;
    };
    *moved |= before.distance(pos) > far;
    if !*moved {
        return;
    }
    *before = pos;
    let target = target_under(page, state, pos);
    set_target(state, target);
}

/// Ends a link that was dragged: at a span that can be linked with it is made. A press on the ring that was no drag
/// leaves the link open, to be ended by a click or by keys.
pub(in crate::gui::article) fn release_link(
    page: &Page<'_>,
    state: &mut ArticleState,
    pos: Pos2,
    moved: bool,
    outputs: &mut Vec<ArticleOutput>,
) {
    if !moved {
        return;
    }
    let has_target = state
        .links
        .linking
        .as_ref()
        .is_some_and(|linking| linking.target.is_some());
    if has_target {
        outputs.extend(state.take_target(page));
        return;
    }
    let under = spans_under(page, state, pos).into_iter().next();
    let why = under.map(|span| state.refused_target(page, &span));
    state.links.linking = None;
    // The reason comes last: another selection is the end of what was said before it.
    outputs.push(ArticleOutput::SelectionChanged);
    outputs.extend(why.into_iter().flatten());
}

/// The cursor over what is about relations; whether the pointer is over it.
pub(in crate::gui::article) fn hover_link(ui: &Ui, page: &Page<'_>, state: &ArticleState, pos: Pos2) -> bool {
    let drawn = &state.links.drawn;
    let icon = if matches!(state.gesture, Gesture::Link { .. }) || on_ring(state, pos) {
        CursorIcon::Crosshair
    } else if state.gesture != Gesture::None {
        return false;
    } else if state.links.linking.is_some() {
        if target_under(page, state, pos).is_some() {
            CursorIcon::PointingHand
        } else {
            return false;
        }
    } else if drawn.tags.iter().any(|(rect, _)| rect.contains(pos))
        || drawn.at(pos).is_some() && state.hovered.is_none()
    {
        CursorIcon::PointingHand
    } else {
        return false;
    };
    ui.ctx().set_cursor_icon(icon);
    true
}

fn on_ring(state: &ArticleState, pos: Pos2) -> bool {
    let ring = state.links.drawn.ring.as_ref();
    ring.is_some_and(|(at, _)| at.distance(pos) <= theme::RELATION_RING + 2.0)
}

/// The span at which a press begins a link.
fn begins_at(page: &Page<'_>, state: &ArticleState, pos: Pos2, alt: bool) -> Option<SpanId> {
    if on_ring(state, pos) {
        return state.links.drawn.ring.as_ref().map(|(_, span)| span.clone());
    }
    if !alt || page.codebook.relation_types.is_empty() {
        return None;
    }
    let under = spans_under(page, state, pos);
    let selected = state.selected_span.as_ref();
    let stays = under.iter().find(|span| Some(*span) == selected);
    stays.or(under.first()).cloned()
}

/// The innermost span under the pointer that can be linked with.
fn target_under(page: &Page<'_>, state: &ArticleState, pos: Pos2) -> Option<SpanId> {
    let linking = state.links.linking.as_ref()?;
    let mut under = spans_under(page, state, pos).into_iter();
    under.find(|id| state.index.get(id).is_some_and(|span| linking.allows(span)))
}

fn set_target(state: &mut ArticleState, target: Option<SpanId>) {
    if let Some(linking) = &mut state.links.linking {
        if linking.target != target {
            linking.choices.clear();
        }
        linking.target = target;
    }
}
