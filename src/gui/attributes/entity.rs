//! Someone or something beyond the text: a name, completed from those that the project knows, and an id.

use egui::{Key, Modifiers, Sense, Ui, WidgetInfo, accesskit::Role, vec2};

use super::super::paint::TextStyle;
use super::super::panels::Pane;
use super::super::panels::widgets::{paint_in, paint_row};
use super::super::theme::{self, GRID};
use super::super::words;
use super::draft::{Typed, fault_ui, set_words, typed_ui, words_in_field};
use super::{Answer, AttributesState, Part, Row};
use crate::model::{EntityRef, Extra, Value};
use crate::session::Request;
use crate::text::fold;

/// Height of an offered entity.
const OFFER: f32 = 24.0;

pub(super) fn entity_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let own = match row.value {
        Some(Value::Entity(entity)) => Some(entity),
        _ => None,
    };
    let id = row.place(Part::Whole).id();
    let focused = ui.memory(|memory| memory.has_focus(id));
    let words = words_in_field(row, Part::Whole, state);
    let shown = own.map_or("", |entity| entity.name.as_deref().unwrap_or(&entity.id));
    let offers = if focused && words.trim() != shown {
        offers(pane, &words, state)
    } else {
        Vec::new()
    };
    let mut answer = Answer::default();
    if let Some(taken) = offered_by_key(ui, &offers, state) {
        answer = take_offer(row, taken, state);
    }
    let typed = name_ui(ui, pane, row, own, shown, state);
    answer = answer.or(typed);
    if let Some(taken) = offers_ui(ui, pane, &offers, state) {
        // It was pressed with the mouse, which leaves the field: what was typed so far is not meant.
        answer = take_offer(row, &taken, state);
    }
    let by_id = id_ui(ui, pane, row, own, state);
    answer = answer.or(by_id);
    fault_ui(ui, pane, row, &[Part::Whole, Part::EntityId], state);
    answer
}

/// The entities for what is typed; asks for them where other words were typed before.
fn offers(pane: &mut Pane<'_>, words: &str, state: &mut AttributesState) -> Vec<EntityRef> {
    let offers = &pane.snapshot.entities;
    if offers.typed == words {
        return offers.entities.clone();
    }
    if !words.trim().is_empty() && state.asked_for != words {
        words.clone_into(&mut state.asked_for);
        pane.send(Request::OfferEntities {
            typed: words.to_owned(),
        });
    }
    Vec::new()
}

/// Arrows walk the offers, Enter takes the one that was walked to.
fn offered_by_key<'a>(
    ui: &Ui,
    offers: &'a [EntityRef],
    state: &mut AttributesState,
) -> Option<&'a EntityRef> {
    state.offered = state.offered.min(offers.len());
    if offers.is_empty() {
        return None;
    }
    let (down, up) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
        )
    });
    if down {
        state.offered = (state.offered + 1).min(offers.len());
    } else if up {
        state.offered = state.offered.saturating_sub(1);
    }
    let walked_to = offers.get(state.offered.checked_sub(1)?)?;
    let taken = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    taken.then_some(walked_to)
}

fn take_offer(row: &Row<'_>, entity: &EntityRef, state: &mut AttributesState) -> Answer {
    state.offered = 0;
    set_words(
        row,
        Part::Whole,
        entity.name.as_deref().unwrap_or(&entity.id),
        state,
    );
    Answer::set(Some(Value::Entity(EntityRef {
        extra: Extra::new(),
        ..entity.clone()
    })))
}

fn name_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: Option<&EntityRef>,
    shown: &str,
    state: &mut AttributesState,
) -> Answer {
    let known = pane.snapshot.entities.clone();
    let typed = Typed::whole(row, words::ENTITY_HINT, shown, ui.available_width());
    typed_ui(ui, pane, row, &typed, state, |words| {
        if words.is_empty() {
            return Ok(None);
        }
        // The same name in another spelling is the same entity; another name is a new one, known by its name.
        let is_same = |entity: &&EntityRef| {
            let name = entity.name.as_deref().unwrap_or(&entity.id);
            fold(name) == fold(words)
        };
        let same = known.entities.iter().find(is_same);
        let id = match (same, own) {
            (Some(same), _) => same.id.clone(),
            (None, Some(own)) if own.name.as_ref() != Some(&own.id) && own.name.is_some() => own.id.clone(),
            _ => words.to_owned(),
        };
        Ok(Some(Value::Entity(EntityRef {
            id,
            name: Some(words.to_owned()),
            extra: own.map(|own| own.extra.clone()).unwrap_or_default(),
        })))
    })
}

fn id_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: Option<&EntityRef>,
    state: &mut AttributesState,
) -> Answer {
    let name = row.part_name(words::ENTITY_ID);
    let typed = Typed {
        part: Part::EntityId,
        name: &name,
        hint: words::ENTITY_ID,
        shown: own.map_or("", |entity| &entity.id),
        width: ui.available_width(),
    };
    typed_ui(ui, pane, row, &typed, state, |words| {
        let name = own.and_then(|own| own.name.clone());
        // Without an id it is known by its name.
        let id = Some(words.to_owned())
            .filter(|id| !id.is_empty())
            .or(name.clone());
        Ok(id.map(|id| {
            Value::Entity(EntityRef {
                id,
                name,
                extra: own.map(|own| own.extra.clone()).unwrap_or_default(),
            })
        }))
    })
}

fn offers_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    offers: &[EntityRef],
    state: &AttributesState,
) -> Option<EntityRef> {
    let mut taken = None;
    for (at, entity) in offers.iter().enumerate() {
        let size = vec2(ui.available_width(), OFFER);
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        let is_walked_to = state.offered == at + 1;
        paint_row(ui, pane.palette, rect, &response, is_walked_to);
        let name = entity.name.as_deref().unwrap_or(&entity.id);
        let inner = rect.shrink2(vec2(GRID * 2.0, 0.0));
        let style = TextStyle::new(theme::TEXT);
        paint_in(ui, pane.engine, name, style, pane.palette.ink, inner);
        response
            .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), is_walked_to, name));
        if response.is_pointer_button_down_on() {
            taken = Some(entity.clone());
        }
    }
    taken
}
