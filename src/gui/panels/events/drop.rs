//! Spans that are carried to the sheet: where one can be let go, and what comes of it. What fills a role already moves
//! from there, and with Ctrl stays there too.

use egui::{CursorIcon, DragAndDrop, Response, Stroke, StrokeKind, Ui};

use super::cells::Cell;
use super::grid::{Column, fillers};
use super::perform::{
    add_event, add_filler, is_full, may_fill, run, run_and_select, set_filler, set_trigger,
};
use super::{EventAsk, FillerPlace};
use crate::gui::article::CarriedSpan;
use crate::gui::panels::{Ask, Pane};
use crate::gui::words;
use crate::model::{Attributes, EventId, Extra, Filler, RoleFiller, RoleId, Span, SpanId};
use crate::session::{Batch, Command, RemoveFiller, WhichFiller};

/// Lights up where a span that is carried can be let go, and takes it there.
pub(super) fn drop_ui(ui: &Ui, pane: &mut Pane<'_>, cell: &Cell<'_, '_>, response: &Response) {
    let Some(carried) = DragAndDrop::payload::<CarriedSpan>(ui.ctx()) else {
        return;
    };
    let Some(span) = cell.grid.span(&carried.span) else {
        return;
    };
    let refusal = refusal(cell, span);
    let is_over = response.contains_pointer();
    let copies = ui.input(|input| input.modifiers.command);
    let is_home = is_home(cell, &carried);
    if refusal.is_none() {
        let palette = pane.palette;
        let inner = cell.rect.shrink(2.0);
        ui.painter().rect_filled(inner, 3.0, palette.accent_soft);
        let width = if is_over { 2.0 } else { 1.0 };
        let stroke = Stroke::new(width, palette.accent);
        ui.painter().rect_stroke(inner, 3.0, stroke, StrokeKind::Inside);
    }
    if is_over && !is_home {
        ui.ctx().set_cursor_icon(match refusal {
            Some(_) => CursorIcon::NoDrop,
            None if copies && carried.from.is_some() => CursorIcon::Copy,
            None => CursorIcon::Grabbing,
        });
    }
    if response.dnd_release_payload::<CarriedSpan>().is_none() || is_home {
        return;
    }
    match refusal {
        Some(why) => pane.queue.push(Ask::Refuse(why)),
        None => put(pane, cell, &carried, copies),
    }
}

/// Whether a span that is carried was taken from this very cell.
fn is_home(cell: &Cell<'_, '_>, carried: &CarriedSpan) -> bool {
    match (&carried.from, cell.event, cell.column) {
        (Some((event, role)), Some(here), Column::Role(column)) => here.id == *event && role == column,
        _ => false,
    }
}

/// Why a cell does not take a span.
fn refusal(cell: &Cell<'_, '_>, span: &Span) -> Option<&'static str> {
    match cell.column {
        Column::Role(role) if may_fill(cell.grid, cell.event, role, span) => {
            let is_full = cell.event.is_some_and(|event| is_full(cell.grid, event, role));
            is_full.then_some(words::ROLE_IS_FULL)
        }
        Column::Trigger => None,
        Column::Role(_) | Column::Head | Column::Attribute(_) => Some(words::ROLE_REFUSES),
    }
}

/// Puts a span into a cell that takes it; out of the role that it was carried from, unless it is to stay there, in the same
/// transaction.
fn put(pane: &mut Pane<'_>, cell: &Cell<'_, '_>, carried: &CarriedSpan, copies: bool) {
    let from = carried.from.as_ref().filter(|_| !copies);
    let Some(command) = filling(cell, carried, from) else {
        pane.queue.push(Ask::Refuse(words::NO_EVENT_TYPES));
        return;
    };
    let command = match from {
        Some(from) if !matches!(command, Command::SetFiller(_)) => {
            let commands = vec![taking_out(cell, &carried.span, from).into(), command];
            Batch { commands }.into()
        }
        _ => command,
    };
    match cell.event {
        Some(event) => {
            run(pane, command);
            if matches!(cell.column, Column::Role(_)) {
                let event = Some(event.id.clone());
                pane.queue.push(Ask::Event(EventAsk::Select(event)));
            }
        }
        None => run_and_select(pane, command),
    }
}

/// The command that fills a cell with a span; within one event, the one that gives what was carried another role. None
/// where the codebook knows no event that could be made.
fn filling(cell: &Cell<'_, '_>, carried: &CarriedSpan, from: Option<&(EventId, RoleId)>) -> Option<Command> {
    let grid = cell.grid;
    let span = &carried.span;
    Some(match (cell.column, cell.event) {
        (Column::Role(role), Some(event)) => match from {
            Some((of, old)) if *of == event.id => {
                let filler = Filler::Span(span.clone());
                let mut here = fillers(event, old).into_iter();
                let place = FillerPlace {
                    event: event.id.clone(),
                    role: old.clone(),
                    number: here.position(|other| other.filler == filler)?,
                };
                set_filler(grid, &place, |command| {
                    // Another window may have moved the others meanwhile.
                    command.filler = WhichFiller::Span(span.clone());
                    command.to = Some(role.clone());
                })
                .into()
            }
            _ => add_filler(grid, &event.id, filler(cell, carried, role)).into(),
        },
        (Column::Role(role), None) => {
            let roles = vec![filler(cell, carried, role)];
            add_event(grid, None, roles, Attributes::new())?.into()
        }
        (_, Some(event)) => set_trigger(grid, &event.id, Some(span.clone())).into(),
        (_, None) => add_event(grid, Some(span.clone()), Vec::new(), Attributes::new())?.into(),
    })
}

/// What was carried as it is to stand in a role: with what was said of it where it comes from.
fn filler(cell: &Cell<'_, '_>, carried: &CarriedSpan, role: &RoleId) -> RoleFiller {
    let filler = Filler::Span(carried.span.clone());
    let known = carried.from.as_ref().and_then(|(event, old)| {
        let event = cell.grid.events.iter().find(|other| other.id == *event)?;
        let mut roles = event.roles.iter();
        roles.find(|other| other.role == *old && other.filler == filler)
    });
    let said = known.cloned().unwrap_or_else(|| RoleFiller {
        role: role.clone(),
        filler,
        inferred: false,
        note: None,
        extra: Extra::new(),
    });
    RoleFiller {
        role: role.clone(),
        ..said
    }
}

fn taking_out(cell: &Cell<'_, '_>, span: &SpanId, (event, role): &(EventId, RoleId)) -> RemoveFiller {
    RemoveFiller {
        event: event.clone(),
        role: role.clone(),
        filler: WhichFiller::Span(span.clone()),
        article: Some(cell.grid.article.id.clone()),
        annotator: None,
    }
}
