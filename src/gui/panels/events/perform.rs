//! What the keys, the menus, and drops on the sheet come to, as commands.

use egui::Ui;

use super::attributes::{value_rows, words_to_edit};
use super::grid::{Column, Grid, fillers};
use super::keys::SheetAct;
use super::pick_rows::{PickRow, kind_rows, span_rows};
use super::picker::{Picker, Popup, Target};
use super::{Cursor, EventAsk, EventsState, FillerPlace};
use crate::gui::panels::{Ask, Pane};
use crate::gui::words;
use crate::model::{
    Attributes, Event, EventId, EventTypeId, Extra, Filler, RoleFiller, RoleId, Span, SpanId, TargetId, Value,
};
use crate::session::{
    AddEvent, AddFiller, Command, DuplicateEvent, MergeEvents, MoveEvent, RemoveEvent, RemoveFiller, Revise,
    SetAttribute, SetEvent, SetFiller, WhichFiller,
};

impl EventsState {
    /// Does what was pressed since the last frame.
    pub(super) fn do_pressed(&mut self, ui: &Ui, pane: &mut Pane<'_>, grid: &Grid<'_>) {
        for act in std::mem::take(&mut self.pressed) {
            self.perform(ui, pane, grid, act);
        }
    }

    /// Goes to the cell into which a span went from the text.
    fn go_to_filled(&mut self, grid: &Grid<'_>) {
        let place = self.filling.as_ref().and_then(|(id, column, span)| {
            let row = grid.events.iter().position(|event| event.id == *id)?;
            let event = grid.events.get(row)?;
            let across = grid.columns.iter().position(|one| one == column)?;
            let filler = match column {
                Column::Role(role) => {
                    let wanted = Filler::Span(span.clone());
                    fillers(event, role)
                        .iter()
                        .position(|filler| filler.filler == wanted)?
                }
                _ => (event.trigger.as_ref() == Some(span)).then_some(0)?,
            };
            Some((row, across, filler))
        });
        if let Some((row, column, filler)) = place {
            self.filling = None;
            self.cursor = Cursor { row, column, filler };
            self.reveal = true;
        }
    }

    /// Keeps the cursor on the sheet; on a new event it goes to what the event was recorded with.
    pub(super) fn clamp(&mut self, grid: &Grid<'_>) {
        if std::mem::take(&mut self.to_first)
            && let Some(event) = self.event_here(grid)
        {
            let mut columns = grid.columns.iter().skip(1);
            self.cursor.column = columns
                .position(|column| column.is_filled(event))
                .map_or(0, |at| at + 1);
        }
        self.go_to_filled(grid);
        let cursor = &mut self.cursor;
        cursor.row = cursor.row.min(grid.events.len());
        cursor.column = cursor.column.min(grid.columns.len().saturating_sub(1));
        let count = self.fillers_here(grid).len();
        self.cursor.filler = self.cursor.filler.min(count.saturating_sub(1));
    }

    /// The event of the cursor's row; none on the empty row.
    pub(super) fn event_here<'a>(&self, grid: &Grid<'a>) -> Option<&'a Event> {
        grid.events.get(self.cursor.row).copied()
    }

    fn column_here<'g>(&self, grid: &'g Grid<'_>) -> Option<&'g Column> {
        grid.columns.get(self.cursor.column)
    }

    fn fillers_here<'a>(&self, grid: &Grid<'a>) -> Vec<&'a RoleFiller> {
        match (self.event_here(grid), self.column_here(grid)) {
            (Some(event), Some(Column::Role(role))) => fillers(event, role),
            _ => Vec::new(),
        }
    }

    /// The filler of the cursor.
    pub(super) fn filler_here<'a>(&self, grid: &Grid<'a>) -> Option<(FillerPlace, &'a RoleFiller)> {
        let event = self.event_here(grid)?;
        let filler = *self.fillers_here(grid).get(self.cursor.filler)?;
        let place = FillerPlace {
            event: event.id.clone(),
            role: filler.role.clone(),
            number: self.cursor.filler,
        };
        Some((place, filler))
    }

    /// Does one thing at the cursor.
    pub(super) fn perform(&mut self, ui: &Ui, pane: &mut Pane<'_>, grid: &Grid<'_>, act: SheetAct) {
        let here = self.event_here(grid);
        match act {
            SheetAct::Beside(forward) => self.step_beside(grid, forward),
            SheetAct::Row(down) => self.step_row(pane, grid, down),
            SheetAct::End(last) => self.step_to_end(grid, last),
            SheetAct::Fill => self.open_picker(pane, grid),
            SheetAct::Empty => self.empty(pane, grid),
            SheetAct::Inferred => self.toggle_inferred(pane, grid),
            SheetAct::Note => {
                if let Some((place, filler)) = self.filler_here(grid) {
                    self.popup = Some(Popup::note(place, filler.note.as_deref()));
                }
            }
            SheetAct::Move(down) => self.move_row(pane, grid, down),
            SheetAct::Duplicate => {
                if let Some(event) = here {
                    run_and_select(pane, duplicate(grid, &event.id));
                }
            }
            SheetAct::Mark => {
                if let Some(event) = here {
                    let is_marked = !self.marked.remove(&event.id) && self.marked.insert(event.id.clone());
                    let name = grid.row_name(event, self.cursor.row);
                    self.to_say = Some(words::marked(&name, is_marked));
                }
            }
            SheetAct::Merge => self.merge(pane, grid),
            SheetAct::Remove => {
                if let Some(event) = here {
                    run(pane, remove(grid, &event.id));
                }
            }
            SheetAct::New => pane.queue.push(Ask::Event(EventAsk::New)),
            SheetAct::Show => {
                if let Some((_, filler)) = self.filler_here(grid)
                    && let Filler::Span(span) = &filler.filler
                {
                    pane.queue.push(Ask::SelectSpan(span.clone()));
                }
            }
            SheetAct::Leave => {
                ui.memory_mut(|memory| memory.surrender_focus(super::sheet_id()));
                pane.queue.push(Ask::FocusArticle);
            }
        }
    }

    fn toggle_inferred(&self, pane: &mut Pane<'_>, grid: &Grid<'_>) {
        if let Some((place, filler)) = self.filler_here(grid) {
            let inferred = Some(!filler.inferred);
            run(
                pane,
                set_filler(grid, &place, |command| command.inferred = inferred),
            );
        }
    }

    fn step_to_end(&mut self, grid: &Grid<'_>, last: bool) {
        let end = grid.columns.len().saturating_sub(1);
        self.cursor.column = if last { end } else { 0 };
        self.cursor.filler = 0;
        self.reveal = true;
    }

    fn step_beside(&mut self, grid: &Grid<'_>, forward: bool) {
        let count = self.fillers_here(grid).len();
        let last = grid.columns.len().saturating_sub(1);
        let cursor = &mut self.cursor;
        if forward && cursor.filler + 1 < count {
            cursor.filler += 1;
        } else if !forward && cursor.filler > 0 {
            cursor.filler -= 1;
        } else if forward && cursor.column < last {
            cursor.column += 1;
            cursor.filler = 0;
        } else if !forward && cursor.column > 0 {
            cursor.column -= 1;
            // From behind, the last filler is the next one.
            self.cursor.filler = self.fillers_here(grid).len().saturating_sub(1);
        }
        self.reveal = true;
    }

    fn step_row(&mut self, pane: &mut Pane<'_>, grid: &Grid<'_>, down: bool) {
        let row = if down {
            (self.cursor.row + 1).min(grid.events.len())
        } else {
            self.cursor.row.saturating_sub(1)
        };
        self.cursor.row = row;
        self.cursor.filler = 0;
        self.reveal = true;
        let event = self.event_here(grid).map(|event| event.id.clone());
        self.chosen.clone_from(&event);
        pane.queue.push(Ask::Event(EventAsk::Select(event)));
    }

    fn move_row(&mut self, pane: &mut Pane<'_>, grid: &Grid<'_>, down: bool) {
        let Some(event) = self.event_here(grid) else {
            return;
        };
        let beside = if down {
            grid.events.get(self.cursor.row + 1)
        } else {
            self.cursor
                .row
                .checked_sub(1)
                .and_then(|row| grid.events.get(row))
        };
        let Some(beside) = beside else { return };
        let (before, after) = if down {
            (None, Some(beside.id.clone()))
        } else {
            (Some(beside.id.clone()), None)
        };
        self.cursor.row = if down {
            self.cursor.row + 1
        } else {
            self.cursor.row - 1
        };
        self.reveal = true;
        let command = MoveEvent {
            event: event.id.clone(),
            before,
            after,
            article: Some(grid.article.id.clone()),
            annotator: None,
        };
        run(pane, command);
    }

    /// What a merge asked for on a row makes one event of, where it can, and how a menu says so: the marked events, else
    /// that of the row and the next one.
    pub(super) fn merge_at(
        &self,
        grid: &Grid<'_>,
        row: usize,
    ) -> (String, Result<Vec<EventId>, &'static str>) {
        let in_order = grid.events.iter().map(|event| &event.id);
        let marked: Vec<EventId> = in_order.filter(|id| self.marked.contains(*id)).cloned().collect();
        if marked.len() > 1 {
            return (words::merge_marked(marked.len()), Ok(marked));
        }
        match grid.events.get(row).zip(grid.events.get(row + 1)) {
            Some((event, next)) => {
                let name = words::merge_with(&grid.row_name(next, row + 1));
                (name, Ok(vec![event.id.clone(), next.id.clone()]))
            }
            None => (words::MERGE.to_owned(), Err(words::NOTHING_TO_MERGE_EVENTS)),
        }
    }

    fn merge(&mut self, pane: &mut Pane<'_>, grid: &Grid<'_>) {
        let events = match self.merge_at(grid, self.cursor.row).1 {
            Ok(events) => events,
            Err(reason) => {
                pane.queue.push(Ask::Refuse(reason));
                return;
            }
        };
        self.marked.clear();
        let first = events.first().cloned();
        let command = MergeEvents {
            events,
            article: Some(grid.article.id.clone()),
            annotator: None,
        };
        run(pane, command);
        if let Some(row) = grid
            .events
            .iter()
            .position(|event| Some(&event.id) == first.as_ref())
        {
            self.cursor.row = row;
        }
        pane.queue.push(Ask::Event(EventAsk::Select(first)));
    }

    /// Takes out what the cursor is on.
    fn empty(&self, pane: &mut Pane<'_>, grid: &Grid<'_>) {
        let Some(event) = self.event_here(grid) else {
            return;
        };
        match self.column_here(grid) {
            Some(Column::Role(_)) => {
                if let Some((place, _)) = self.filler_here(grid) {
                    run(pane, remove_filler(grid, &place));
                }
            }
            Some(Column::Trigger) if event.trigger.is_some() => {
                run(pane, set_trigger(grid, &event.id, None));
            }
            Some(Column::Attribute(id)) if event.attributes.contains_key(id) => {
                if let Some(command) = set_attribute(grid, &event.id, id, None) {
                    run(pane, command);
                }
            }
            _ => {}
        }
    }

    /// Opens the list of what can stand in the cell of the cursor.
    pub(super) fn open_picker(&mut self, pane: &mut Pane<'_>, grid: &Grid<'_>) {
        let event = self.event_here(grid);
        let target = match (event, self.column_here(grid)) {
            (None, Some(Column::Head)) => {
                pane.queue.push(Ask::Event(EventAsk::New));
                return;
            }
            (Some(event), Some(Column::Head)) if grid.codebook.event_types.len() > 1 => {
                Target::Kind(event.id.clone())
            }
            (Some(event), Some(Column::Head)) => {
                pane.queue
                    .push(Ask::Event(EventAsk::Select(Some(event.id.clone()))));
                return;
            }
            (event, Some(Column::Role(role))) => {
                let full = event.is_some_and(|event| is_full(grid, event, role));
                Target::Role {
                    event: event.map(|event| event.id.clone()),
                    role: role.clone(),
                    instead: full.then_some(self.cursor.filler),
                }
            }
            (event, Some(Column::Trigger)) => Target::Trigger(event.map(|event| event.id.clone())),
            (event, Some(Column::Attribute(id))) => {
                Target::Attribute(event.map(|event| event.id.clone()), id.clone())
            }
            (_, None) => return,
        };
        self.popup = Some(Popup::Picker(picker_of(grid, event, target)));
    }
}

/// The list of what can stand in a cell, with what stands there already chosen.
fn picker_of(grid: &Grid<'_>, event: Option<&Event>, target: Target) -> Picker {
    match &target {
        Target::Kind(_) => {
            let present = event.map(|event| PickRow::Kind(event.event_type.clone()));
            Picker::new(target, kind_rows(grid)).on(present, None)
        }
        Target::Attribute(_, id) => {
            let known = event.and_then(|event| event.attributes.get(id));
            let attribute = grid.codebook.attribute(id);
            let rows = attribute.map_or_else(Vec::new, |attribute| value_rows(attribute, known));
            let words = attribute
                .zip(known)
                .and_then(|(attribute, known)| words_to_edit(&grid.article.header, attribute, known));
            Picker::new(target, rows).on(known.cloned().map(PickRow::Value), words)
        }
        Target::Role { role, instead, .. } => {
            let mut rows = span_rows(grid, |span| may_fill(grid, event, role, span));
            let standing = event.zip(*instead).and_then(|(event, number)| {
                let filler = &fillers(event, role).get(number)?.filler;
                let row = match filler {
                    Filler::Span(id) => PickRow::Span(id.clone()),
                    Filler::Value(value) => PickRow::Value(value.clone()),
                };
                Some((row, grid.filler_words(role, filler)))
            });
            rows.splice(..0, standing.clone());
            Picker::new(target, rows).on(standing.map(|(row, _)| row), None)
        }
        Target::Trigger(_) => {
            let trigger = event.and_then(|event| event.trigger.clone());
            let mut rows = span_rows(grid, |_| true);
            if trigger.is_some() {
                rows.push((PickRow::Nothing, words::NO_TRIGGER.to_owned()));
            }
            Picker::new(target, rows).on(trigger.map(PickRow::Span), None)
        }
    }
}

/// Whether a span can stand in a role of an event, or of a new one.
pub(super) fn may_fill(grid: &Grid<'_>, event: Option<&Event>, role: &RoleId, span: &Span) -> bool {
    let Some(role) = grid.role_of(event, role) else {
        return false;
    };
    let stands_there = event.is_some_and(|event| {
        fillers(event, &role.id)
            .iter()
            .any(|filler| matches!(&filler.filler, Filler::Span(id) if *id == span.id))
    });
    role.accepts(&span.label) && !stands_there
}

/// Whether a role of an event has all that it takes.
pub(super) fn is_full(grid: &Grid<'_>, event: &Event, role: &RoleId) -> bool {
    let max = grid.role_of(Some(event), role).and_then(|role| role.max);
    max.is_some_and(|max| fillers(event, role).len() >= max as usize)
}

/// Queues a command about the article's events.
pub(super) fn run(pane: &mut Pane<'_>, command: impl Into<Command>) {
    pane.queue
        .push(Ask::Event(EventAsk::Run(Box::new(command.into()))));
}

/// Queues a command that records one more event.
pub(super) fn run_and_select(pane: &mut Pane<'_>, command: impl Into<Command>) {
    pane.queue
        .push(Ask::Event(EventAsk::RunAndSelect(Box::new(command.into()))));
}

pub(super) fn set_filler(
    grid: &Grid<'_>,
    place: &FillerPlace,
    change: impl FnOnce(&mut SetFiller),
) -> SetFiller {
    let mut command = SetFiller {
        event: place.event.clone(),
        role: place.role.clone(),
        filler: WhichFiller::Number(place.number),
        to: None,
        span: None,
        value: None,
        inferred: None,
        note: Revise::Keep,
        article: Some(grid.article.id.clone()),
        annotator: None,
    };
    change(&mut command);
    command
}

pub(super) fn remove_filler(grid: &Grid<'_>, place: &FillerPlace) -> RemoveFiller {
    RemoveFiller {
        event: place.event.clone(),
        role: place.role.clone(),
        filler: WhichFiller::Number(place.number),
        article: Some(grid.article.id.clone()),
        annotator: None,
    }
}

fn duplicate(grid: &Grid<'_>, event: &EventId) -> DuplicateEvent {
    DuplicateEvent {
        event: event.clone(),
        id: None,
        article: Some(grid.article.id.clone()),
        annotator: None,
    }
}

fn remove(grid: &Grid<'_>, event: &EventId) -> RemoveEvent {
    RemoveEvent {
        event: event.clone(),
        article: Some(grid.article.id.clone()),
        annotator: None,
    }
}

pub(super) fn set_trigger(grid: &Grid<'_>, event: &EventId, trigger: Option<SpanId>) -> SetEvent {
    SetEvent {
        event: event.clone(),
        event_type: None,
        trigger: trigger.map_or(Revise::Clear, Revise::To),
        article: Some(grid.article.id.clone()),
        annotator: None,
    }
}

pub(super) fn set_kind(grid: &Grid<'_>, event: &EventId, kind: EventTypeId) -> SetEvent {
    SetEvent {
        event: event.clone(),
        event_type: Some(kind),
        trigger: Revise::Keep,
        article: Some(grid.article.id.clone()),
        annotator: None,
    }
}

pub(super) fn set_attribute(
    grid: &Grid<'_>,
    event: &EventId,
    attribute: &crate::model::AttributeId,
    value: Option<Value>,
) -> Option<SetAttribute> {
    Some(SetAttribute {
        target: TargetId::new(event.as_str()).ok()?,
        attribute: attribute.clone(),
        value,
        article: Some(grid.article.id.clone()),
        annotator: None,
    })
}

/// Fills a role of an event, or of a new one.
pub(super) fn fill(
    pane: &mut Pane<'_>,
    grid: &Grid<'_>,
    event: Option<&EventId>,
    role: &RoleId,
    filler: Filler,
) {
    let filler = RoleFiller {
        role: role.clone(),
        filler,
        inferred: false,
        note: None,
        extra: Extra::new(),
    };
    match event {
        Some(event) => run(pane, add_filler(grid, event, filler)),
        None => new_event(pane, grid, None, vec![filler], Attributes::new()),
    }
}

pub(super) fn add_filler(grid: &Grid<'_>, event: &EventId, filler: RoleFiller) -> AddFiller {
    let (span, value) = match filler.filler {
        Filler::Span(span) => (Some(span), None),
        Filler::Value(value) => (None, Some(Box::new(value))),
    };
    AddFiller {
        event: event.clone(),
        role: filler.role,
        span,
        value,
        inferred: filler.inferred,
        note: filler.note,
        extra: filler.extra,
        article: Some(grid.article.id.clone()),
        annotator: None,
    }
}

/// Records an event of the codebook's first type.
pub(super) fn new_event(
    pane: &mut Pane<'_>,
    grid: &Grid<'_>,
    trigger: Option<SpanId>,
    roles: Vec<RoleFiller>,
    attributes: Attributes,
) {
    match add_event(grid, trigger, roles, attributes) {
        Some(command) => run_and_select(pane, command),
        None => pane.queue.push(Ask::Refuse(words::NO_EVENT_TYPES)),
    }
}

pub(super) fn add_event(
    grid: &Grid<'_>,
    trigger: Option<SpanId>,
    roles: Vec<RoleFiller>,
    attributes: Attributes,
) -> Option<AddEvent> {
    Some(AddEvent {
        article: grid.article.id.clone(),
        annotator: None,
        event_type: grid.first_kind()?.id.clone(),
        trigger,
        roles,
        attributes,
        id: None,
    })
}
