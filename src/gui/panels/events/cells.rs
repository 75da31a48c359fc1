//! The cells of the sheet: their fillers as chips, what the mouse does to them, what can be dropped on them.

use egui::accesskit::Role as NodeRole;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::chip::{CHIP, Chip, FIGURE, Look, paint_chip};
use super::drop::drop_ui;
use super::grid::{Column, Grid, event_kind, fillers, has_event_kind};
use super::handle::{HANDLE, handle_ui};
use super::keys::SheetAct;
use super::{Cursor, EventAsk, EventsState, sheet_id};
use crate::gui::article::CarriedSpan;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::row_menu::{key_entry, row_menu};
use crate::gui::panels::widgets::{focus_ring, paint_in, paint_small};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID, LabelColors};
use crate::gui::words;
use crate::model::{Event, EventType, Filler, RoleFiller, SpanId};

/// Room above the first chip and below the last.
pub const MARGIN: f32 = 4.0;

/// One cell, where it stands, and what it is about.
pub struct Cell<'g, 'a> {
    pub grid: &'g Grid<'a>,
    /// The event; none on the empty row.
    pub event: Option<&'a Event>,
    pub column: &'g Column,
    pub place: (usize, usize),
    pub rect: Rect,
    /// Whether the sheet has the focus.
    pub focused: bool,
}

/// Height of what stands in a cell.
pub fn content_height(grid: &Grid<'_>, event: &Event, column: &Column) -> f32 {
    match column {
        Column::Role(role) => event
            .roles
            .iter()
            .filter(|filler| filler.role == *role)
            .map(|filler| chip_height(grid, filler))
            .sum(),
        Column::Head => CHIP + count_head_lines(grid, event) as f32 * (CHIP - MARGIN),
        Column::Trigger | Column::Attribute(_) => CHIP,
    }
}

/// What a line below an event's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Kind,
    Lacks,
    Complete,
}

/// How many [`head_lines`] there are; asked of every event, also of those out of sight, whose words nobody needs.
fn count_head_lines(grid: &Grid<'_>, event: &Event) -> usize {
    let asks = grid.kind_of(event).is_some_and(EventType::requires_anything);
    usize::from(has_event_kind(grid.codebook, event)) + usize::from(asks)
}

/// The lines below an event's name: what sort of event it is, and what it lacks.
fn head_lines(grid: &Grid<'_>, event: &Event) -> Vec<(String, Standing)> {
    let kind = event_kind(grid.codebook, event).map(|kind| (kind, Standing::Kind));
    let lacks = grid.lacks(event).map(|lacks| (lacks, Standing::Lacks));
    let asks = grid.kind_of(event).is_some_and(EventType::requires_anything);
    let complete = || asks.then(|| (words::COMPLETE.to_owned(), Standing::Complete));
    kind.into_iter().chain(lacks.or_else(complete)).collect()
}

fn chip_height(grid: &Grid<'_>, filler: &RoleFiller) -> f32 {
    if grid.has_figure(&filler.filler) {
        CHIP + FIGURE
    } else {
        CHIP
    }
}

impl EventsState {
    /// Draws a cell and takes the mouse over it.
    pub(super) fn cell_ui(&mut self, ui: &Ui, pane: &mut Pane<'_>, cell: &Cell<'_, '_>) {
        let id = sheet_id().with(cell.place);
        let response = ui.interact(cell.rect, id, Sense::CLICK);
        let is_here = (self.cursor.row, self.cursor.column) == cell.place;
        drop_ui(ui, pane, cell, &response);
        self.content_ui(ui, pane, cell);
        if is_here && cell.focused {
            focus_ring(ui, pane.palette, cell.rect.shrink(1.0));
        }
        let is_marked = cell.event.is_some_and(|event| self.marked.contains(&event.id));
        let name = name_of(cell, is_marked);
        if is_here && cell.focused {
            self.speak(cell, &name);
        }
        response.widget_info(|| WidgetInfo::selected(NodeRole::Cell, ui.is_enabled(), is_here, &name));
        if response.clicked() || response.secondary_clicked() {
            self.go_to_cell(ui, pane, cell, 0);
            let trigger = cell.event.and_then(|event| event.trigger.clone());
            if let Some(span) = trigger.filter(|_| *cell.column == Column::Trigger) {
                pane.queue.push(Ask::SelectSpan(span));
            }
        }
        if response.double_clicked() {
            self.open_picker(pane, cell.grid);
        }
        let at_hand = is_here && cell.focused;
        let item = format!("{:?}", cell.place);
        row_menu(&response, sheet_id(), (&item, at_hand), |ui| {
            let can_be_filled = *cell.column != Column::Head;
            if cell.event.is_some() {
                self.row_menu_ui(ui, pane, cell, can_be_filled);
            } else {
                self.empty_row_menu_ui(ui, pane, cell, can_be_filled);
            }
        });
    }

    /// Draws what stands in a cell.
    fn content_ui(&mut self, ui: &Ui, pane: &mut Pane<'_>, cell: &Cell<'_, '_>) {
        match cell.column {
            Column::Head => self.head_ui(ui, pane, cell),
            Column::Role(role) => {
                let list = cell.event.map_or_else(Vec::new, |event| fillers(event, role));
                let mut top = 0.0;
                for (number, filler) in list.into_iter().enumerate() {
                    let rect = chip_rect(cell.rect, top, chip_height(cell.grid, filler));
                    top += chip_height(cell.grid, filler);
                    self.filler_ui(ui, pane, cell, (number, filler), rect);
                }
            }
            Column::Trigger => {
                if let Some(trigger) = cell.event.and_then(|event| event.trigger.as_ref()) {
                    let chip = Chip {
                        colors: colors_of(pane, cell.grid, Some(trigger)),
                        words: &cell.grid.quote(trigger),
                        figure: None,
                        look: Look::PLAIN,
                    };
                    paint_chip(ui, pane, &chip, chip_rect(cell.rect, 0.0, CHIP));
                }
            }
            Column::Attribute(id) => {
                if let Some(value) = cell.event.and_then(|event| event.attributes.get(id)) {
                    let words = words::value(cell.grid.codebook.attribute(id), value);
                    let rect = chip_rect(cell.rect, 0.0, CHIP);
                    let style = TextStyle::new(theme::TEXT);
                    paint_in(ui, pane.engine, &words, style, pane.palette.ink, rect);
                }
            }
        }
    }

    /// Says where the cursor has come to: the cell, or one of several fillers.
    fn speak(&mut self, cell: &Cell<'_, '_>, name: &str) {
        if self.spoken_at == Some(self.cursor) {
            return;
        }
        let from = self.spoken_at.replace(self.cursor);
        let filler = match (cell.event, cell.column) {
            (Some(event), Column::Role(role)) => fillers(event, role).get(self.cursor.filler).copied(),
            _ => None,
        };
        let stays = from.is_some_and(|from| (from.row, from.column) == cell.place);
        self.to_say = Some(match filler.filter(|_| stays) {
            Some(filler) => spoken(cell.grid, filler),
            None => name.to_owned(),
        });
    }

    fn go_to_cell(&mut self, ui: &Ui, pane: &mut Pane<'_>, cell: &Cell<'_, '_>, filler: usize) {
        let (row, column) = cell.place;
        self.cursor = Cursor { row, column, filler };
        ui.memory_mut(|memory| memory.request_focus(sheet_id()));
        let event = cell.event.map(|event| event.id.clone());
        self.chosen.clone_from(&event);
        pane.queue.push(Ask::Event(EventAsk::Select(event)));
    }

    /// The event's number, its type, and what it lacks.
    fn head_ui(&self, ui: &Ui, pane: &mut Pane<'_>, cell: &Cell<'_, '_>) {
        let inner = cell.rect.shrink2(vec2(GRID, MARGIN));
        let inner = inner.with_min_x(cell.rect.left() + HANDLE);
        let Some(event) = cell.event else {
            let style = TextStyle::new(theme::TEXT);
            let first = Rect::from_min_size(inner.min, vec2(inner.width(), CHIP));
            paint_in(
                ui,
                pane.engine,
                words::NEW_EVENT,
                style,
                pane.palette.ink_weak,
                first,
            );
            return;
        };
        handle_ui(ui, pane, cell, event);
        let is_marked = self.marked.contains(&event.id);
        if is_marked {
            let bar = Rect::from_min_size(cell.rect.min, vec2(3.0, cell.rect.height()));
            ui.painter().rect_filled(bar, 0.0, pane.palette.accent);
        }
        let number = (cell.place.0 + 1).to_string();
        let first = Rect::from_min_size(inner.min, vec2(inner.width(), CHIP));
        let at = pos2(first.left(), first.center().y);
        let drawn = paint_small(ui, at, Align2::LEFT_CENTER, &number, pane.palette.ink_weak);
        let style = TextStyle::new(theme::TEXT).bold();
        let name = cell.grid.kind_name(event);
        let place = Rect::from_min_max(pos2(drawn.right() + GRID * 2.0, first.top()), first.max);
        paint_in(ui, pane.engine, name, style, pane.palette.ink, place);
        let size = vec2(first.width(), CHIP - MARGIN);
        let mut below = Rect::from_min_size(first.left_bottom(), size);
        for (line, standing) in head_lines(cell.grid, event) {
            let ink = match standing {
                Standing::Kind => pane.palette.ink_weak,
                Standing::Lacks => pane.palette.warning,
                Standing::Complete => pane.palette.success,
            };
            let style = TextStyle::new(theme::TEXT_SMALL);
            paint_in(ui, pane.engine, &line, style, ink, below);
            below = below.translate(vec2(0.0, size.y));
        }
    }

    fn filler_ui(
        &mut self,
        ui: &Ui,
        pane: &mut Pane<'_>,
        cell: &Cell<'_, '_>,
        (number, filler): (usize, &RoleFiller),
        rect: Rect,
    ) {
        let is_cell_here = (self.cursor.row, self.cursor.column) == cell.place;
        let id = sheet_id().with((cell.place, number));
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        let words = cell.grid.filler_words(&filler.role, &filler.filler);
        let figure = cell.grid.figure_of(&filler.filler);
        let span = match &filler.filler {
            Filler::Span(span) => Some(span),
            Filler::Value(_) => None,
        };
        let look = Look {
            inferred: filler.inferred,
            noted: filler.note.is_some(),
            here: is_cell_here && cell.focused && self.cursor.filler == number,
        };
        let chip = Chip {
            colors: colors_of(pane, cell.grid, span),
            words: &words,
            figure: figure.as_ref().map(|(words, is_open)| (words.as_str(), *is_open)),
            look,
        };
        paint_chip(ui, pane, &chip, rect);
        let spoken = spoken(cell.grid, filler);
        response.widget_info(|| WidgetInfo::labeled(NodeRole::Button, ui.is_enabled(), &spoken));
        if let Some(span) = span.filter(|_| response.drag_started()) {
            let from = cell.event.map(|event| (event.id.clone(), filler.role.clone()));
            let span = span.clone();
            egui::DragAndDrop::set_payload(ui.ctx(), CarriedSpan { span, from });
        }
        if response.clicked() || response.secondary_clicked() {
            self.go_to_cell(ui, pane, cell, number);
            if let Some(span) = span {
                pane.queue.push(Ask::SelectSpan(span.clone()));
            }
        }
        if response.double_clicked() {
            self.open_picker(pane, cell.grid);
        }
        let item = format!("{:?} {number}", cell.place);
        row_menu(&response, sheet_id(), (&item, look.here), |ui| {
            self.filler_menu_ui(ui, pane, cell);
        });
        // Whole, where the column is too narrow for it.
        let figure = figure.map(
            |(words, is_open)| {
                if is_open { words::to_confirm(&words) } else { words }
            },
        );
        let lines = [Some(words), figure, filler.note.clone()];
        response.on_hover_ui(|ui| tip_ui(ui, pane, lines.into_iter().flatten()));
    }

    /// What can be done with a filler, and with its row.
    fn filler_menu_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, cell: &Cell<'_, '_>) {
        let acts = [
            (words::MARK_INFERRED, SheetAct::Inferred),
            (words::WRITE_NOTE, SheetAct::Note),
            (words::SHOW_IN_TEXT, SheetAct::Show),
            (words::TAKE_OUT, SheetAct::Empty),
        ];
        self.menu_entries(ui, pane, &acts);
        ui.separator();
        self.row_menu_ui(ui, pane, cell, true);
    }

    fn row_menu_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, cell: &Cell<'_, '_>, can_be_filled: bool) {
        if can_be_filled {
            self.menu_entries(ui, pane, &[(words::FILL_CELL, SheetAct::Fill)]);
            ui.separator();
        }
        let row = cell.place.0;
        let is_first = (row == 0).then_some(words::IS_FIRST_EVENT);
        let is_last = (row + 1 >= cell.grid.events.len()).then_some(words::IS_LAST_EVENT);
        for (name, down, reason) in [
            (words::MOVE_UP, false, is_first),
            (words::MOVE_DOWN, true, is_last),
        ] {
            let act = SheetAct::Move(down);
            if key_entry(ui, pane, name, Some(act.key()), reason) {
                self.pressed.push(act);
            }
        }
        let acts = [
            (words::DUPLICATE, SheetAct::Duplicate),
            (words::MARK_FOR_MERGE, SheetAct::Mark),
        ];
        self.menu_entries(ui, pane, &acts);
        let (name, merged) = self.merge_at(cell.grid, row);
        if key_entry(ui, pane, &name, Some(SheetAct::Merge.key()), merged.err()) {
            self.pressed.push(SheetAct::Merge);
        }
        self.menu_entries(ui, pane, &[(words::REMOVE_EVENT, SheetAct::Remove)]);
    }

    /// What can be done with the row that makes a new event.
    fn empty_row_menu_ui(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        cell: &Cell<'_, '_>,
        can_be_filled: bool,
    ) {
        let none = cell.grid.first_kind().is_none();
        let reason = none.then_some(words::NO_EVENT_TYPES);
        let fill = can_be_filled.then_some((words::FILL_CELL, SheetAct::Fill));
        for (name, act) in fill.into_iter().chain([(words::NEW_EVENT, SheetAct::New)]) {
            if key_entry(ui, pane, name, Some(act.key()), reason) {
                self.pressed.push(act);
            }
        }
    }

    fn menu_entries(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, acts: &[(&str, SheetAct)]) {
        for (name, act) in acts {
            if key_entry(ui, pane, name, Some(act.key()), None) {
                self.pressed.push(*act);
            }
        }
    }
}

fn chip_rect(cell: Rect, top: f32, height: f32) -> Rect {
    Rect::from_min_size(
        pos2(cell.left() + MARGIN, cell.top() + MARGIN + top),
        vec2(cell.width() - 2.0 * MARGIN, height - 2.0),
    )
}

/// The colours of a span's label.
fn colors_of(pane: &Pane<'_>, grid: &Grid<'_>, span: Option<&SpanId>) -> Option<LabelColors> {
    let label = grid.codebook.label(&grid.span(span?)?.label)?;
    Some(pane.palette.label(label.color))
}

/// A filler as it is read aloud.
fn spoken(grid: &Grid<'_>, filler: &RoleFiller) -> String {
    let mut parts = vec![grid.filler_words(&filler.role, &filler.filler)];
    if let Some((figure, is_unconfirmed)) = grid.figure_of(&filler.filler) {
        parts.push(figure);
        parts.extend(is_unconfirmed.then(|| words::UNCONFIRMED.to_owned()));
    }
    parts.extend(filler.inferred.then(|| words::INFERRED.to_owned()));
    parts.extend(filler.note.as_deref().map(words::note_says));
    parts.join(", ")
}

/// A cell as it is read aloud; the first one of a row says whether that is marked.
fn name_of(cell: &Cell<'_, '_>, is_marked: bool) -> String {
    let column = cell.grid.heading(cell.column);
    let Some(event) = cell.event else {
        return words::cell(words::NEW_EVENT, column, "");
    };
    let name = cell.grid.row_name(event, cell.place.0);
    let content = match cell.column {
        Column::Head => {
            let lacks = cell.grid.lacks(event);
            let mut content = lacks.unwrap_or_else(|| words::COMPLETE.to_owned());
            if let Some(kind) = event_kind(cell.grid.codebook, event) {
                content = format!("{kind}, {content}");
            }
            if is_marked {
                content = format!("{content}, {}", words::MARKED);
            }
            content
        }
        Column::Trigger => event
            .trigger
            .as_ref()
            .map_or_else(String::new, |trigger| cell.grid.quote(trigger)),
        Column::Role(role) => fillers(event, role)
            .into_iter()
            .map(|filler| spoken(cell.grid, filler))
            .collect::<Vec<_>>()
            .join("; "),
        Column::Attribute(id) => event.attributes.get(id).map_or_else(String::new, |value| {
            words::value(cell.grid.codebook.attribute(id), value)
        }),
    };
    words::cell(&name, column, &content)
}

/// The lines of a tip, each wrapped.
fn tip_ui(ui: &mut Ui, pane: &mut Pane<'_>, lines: impl Iterator<Item = String>) {
    for line in lines {
        ShortText::new(&line, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink)
            .max_width(280.0)
            .wrap()
            .show(ui, pane.engine);
    }
}
