//! What opens at a cell: the list of what can stand there, found by typing, and the field for a note.

use egui::{Align2, Area, Id, Key, Order, Rect, ScrollArea, Ui, vec2};

use super::attributes::{typed_filler_rows, typed_row};
use super::grid::Grid;
use super::perform::{fill, new_event, run, set_attribute, set_filler, set_kind, set_trigger};
use super::pick_rows::{PickRow, distance, pick_row_ui};
use super::{EventsState, FillerPlace, sheet_id};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{AttributeId, Attributes, EventId, Filler, RoleId};
use crate::session::Revise;
use crate::text::fold;

/// Rows shown at once.
const ROWS: f32 = 7.0;
/// Width in points.
const WIDTH: f32 = 320.0;

/// What is open at a cell.
pub enum Popup {
    /// What can stand there.
    Picker(Picker),
    /// Why a filler stands there.
    Note(NoteField),
}

/// The list of what can stand in a cell.
pub struct Picker {
    target: Target,
    rows: Vec<(PickRow, String)>,
    /// What stands in the cell already: to pick it changes nothing.
    present: Option<PickRow>,
    field: FieldState,
    /// What the field held when it opened: only what was written since is looked for.
    prefilled: String,
    chosen: usize,
    /// The chosen row has to come into view.
    reveal: bool,
    is_focused: bool,
    /// The height that the list has had, so that the field stays where it is while typing makes the list shorter.
    height: f32,
}

/// The note on a filler, while it is written.
pub struct NoteField {
    place: FillerPlace,
    /// What it says already.
    before: String,
    field: FieldState,
    is_focused: bool,
}

/// The cell.
#[derive(Clone, Debug)]
pub enum Target {
    /// A role of an event, or of a new one.
    Role {
        event: Option<EventId>,
        role: RoleId,
        /// The filler in whose place it comes, where the role is full.
        instead: Option<usize>,
    },
    /// The words that name an event, or a new one.
    Trigger(Option<EventId>),
    /// A value of an event, or of a new one.
    Attribute(Option<EventId>, AttributeId),
    /// The type of an event.
    Kind(EventId),
}

impl Popup {
    /// The field for the note on a filler.
    pub fn note(place: FillerPlace, note: Option<&str>) -> Self {
        let before = note.unwrap_or_default().to_owned();
        Self::Note(NoteField {
            place,
            field: FieldState::new(&before),
            before,
            is_focused: false,
        })
    }

    /// Whether it has had the focus already.
    fn is_focused(&self) -> bool {
        match self {
            Self::Picker(picker) => picker.is_focused,
            Self::Note(note) => note.is_focused,
        }
    }

    /// The field that is typed in.
    fn field_id(&self) -> Id {
        match self {
            Self::Picker(_) => Id::unique("event-picker"),
            Self::Note(_) => Id::unique("event-filler-note"),
        }
    }
}

/// What became of a popup in a frame.
enum Fate {
    Open,
    Closed,
    /// Something else has the focus now, and keeps it.
    Left,
    Picked(PickRow),
    /// Nothing was picked, or something, and the next cell is at hand.
    Passed(Option<PickRow>),
    Written,
}

impl EventsState {
    /// Draws what is open at a cell and does what was picked there.
    pub(super) fn popup_ui(&mut self, ui: &Ui, pane: &mut Pane<'_>, grid: &Grid<'_>, cell: Rect) {
        let Some(mut popup) = self.popup.take() else {
            return;
        };
        let field = popup.field_id();
        let was_open = popup.is_focused();
        let shown = popup_area(ui, cell).show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style())
                .show(ui, |ui| {
                    ui.set_width(WIDTH);
                    match &mut popup {
                        Popup::Picker(picker) => picker.ui(ui, pane, grid, field),
                        Popup::Note(note) => note.ui(ui, pane, field),
                    }
                })
                .inner
        });
        // What is pressed in the frame that opened it opened it: a double click comes as a whole.
        let pressed = ui.input(|input| {
            let pressed = was_open && input.pointer.any_pressed();
            pressed.then(|| input.pointer.interact_pos()).flatten()
        });
        let is_beside = pressed.is_some_and(|pos| !shown.response.rect.contains(pos));
        let fate = match (&popup, shown.inner) {
            (Popup::Note(_), Fate::Open) if is_beside => Fate::Left,
            (Popup::Picker(_), Fate::Open) if is_beside => Fate::Closed,
            (_, fate) => fate,
        };
        match fate {
            Fate::Open => {
                self.popup = Some(popup);
                return;
            }
            Fate::Left => {
                // Who clicks elsewhere has written the note all the same.
                write_note(pane, grid, &popup);
                return;
            }
            Fate::Closed => {}
            Fate::Picked(row) => pick(pane, grid, popup, row),
            Fate::Passed(row) => {
                self.went_on = row.is_some() && self.event_here(grid).is_none();
                if let Some(row) = row {
                    pick(pane, grid, popup, row);
                }
                self.step_to_next_column();
            }
            Fate::Written => write_note(pane, grid, &popup),
        }
        ui.memory_mut(|memory| memory.request_focus(sheet_id()));
    }
}

/// Where a popup stands: below its cell, or above it where there is no room below.
fn popup_area(ui: &Ui, cell: Rect) -> Area {
    let room = ui.ctx().content_rect().bottom() - cell.bottom();
    let (at, pivot) = if room < theme::ROW * (ROWS + 2.0) {
        (cell.left_top(), Align2::LEFT_BOTTOM)
    } else {
        (cell.left_bottom(), Align2::LEFT_TOP)
    };
    Area::new(Id::unique("event-popup"))
        .order(Order::Foreground)
        .fixed_pos(at)
        .pivot(pivot)
        .constrain(true)
}

/// Keeps what was written about a filler, where it is another note than before.
fn write_note(pane: &mut Pane<'_>, grid: &Grid<'_>, popup: &Popup) {
    let Popup::Note(note) = popup else {
        return;
    };
    let text = note.field.text().trim();
    if text == note.before.trim() {
        return;
    }
    let text = if text.is_empty() {
        Revise::Clear
    } else {
        Revise::To(text.to_owned())
    };
    run(pane, set_filler(grid, &note.place, |command| command.note = text));
}

fn pick(pane: &mut Pane<'_>, grid: &Grid<'_>, popup: Popup, row: PickRow) {
    if let Popup::Picker(picker) = popup
        && picker.present.as_ref() != Some(&row)
    {
        take(pane, grid, picker.target, row);
    }
}

/// Lets what was picked stand in its cell.
fn take(pane: &mut Pane<'_>, grid: &Grid<'_>, target: Target, row: PickRow) {
    match (target, row) {
        (
            Target::Role {
                event: Some(event),
                role,
                instead: Some(number),
            },
            row @ (PickRow::Span(_) | PickRow::Value(_)),
        ) => {
            let place = FillerPlace { event, role, number };
            let command = set_filler(grid, &place, |command| match row {
                PickRow::Span(span) => command.span = Some(span),
                PickRow::Value(value) => command.value = Some(Box::new(value)),
                PickRow::Kind(_) | PickRow::Nothing => {}
            });
            run(pane, command);
        }
        (Target::Role { event, role, .. }, PickRow::Span(span)) => {
            fill(pane, grid, event.as_ref(), &role, Filler::Span(span));
        }
        (Target::Role { event, role, .. }, PickRow::Value(value)) => {
            fill(pane, grid, event.as_ref(), &role, Filler::Value(value));
        }
        (Target::Trigger(Some(event)), PickRow::Span(span)) => {
            run(pane, set_trigger(grid, &event, Some(span)));
        }
        (Target::Trigger(Some(event)), PickRow::Nothing) => run(pane, set_trigger(grid, &event, None)),
        (Target::Trigger(None), PickRow::Span(span)) => {
            new_event(pane, grid, Some(span), Vec::new(), Attributes::new());
        }
        (Target::Kind(event), PickRow::Kind(kind)) => run(pane, set_kind(grid, &event, kind)),
        (Target::Attribute(None, id), PickRow::Value(value)) => {
            new_event(pane, grid, None, Vec::new(), [(id, value)].into());
        }
        (Target::Attribute(Some(event), id), row) => {
            let value = match row {
                PickRow::Value(value) => Some(value),
                PickRow::Nothing | PickRow::Span(_) | PickRow::Kind(_) => None,
            };
            if let Some(command) = set_attribute(grid, &event, &id, value) {
                run(pane, command);
            }
        }
        _ => {}
    }
}

impl Picker {
    /// The list at a cell.
    pub fn new(target: Target, rows: Vec<(PickRow, String)>) -> Self {
        Self {
            target,
            rows,
            present: None,
            field: FieldState::default(),
            prefilled: String::new(),
            chosen: 0,
            reveal: true,
            is_focused: false,
            height: 0.0,
        }
    }

    /// The same list at a cell in which something stands: that is chosen, and its words, where they would be read as the
    /// same, stand in the field to be written over.
    pub fn on(self, present: Option<PickRow>, words: Option<String>) -> Self {
        let prefilled = words.unwrap_or_default();
        let mut field = FieldState::new(&prefilled);
        field.select_all();
        let mut picker = Self {
            present,
            field,
            prefilled,
            ..self
        };
        picker.chosen = picker.place_of(picker.present.as_ref());
        picker
    }

    fn place_of(&self, row: Option<&PickRow>) -> usize {
        let place = self.rows.iter().position(|(other, _)| Some(other) == row);
        place.unwrap_or_default()
    }

    /// What was written since the list opened.
    fn typed(&self) -> &str {
        let text = self.field.text();
        if text == self.prefilled { "" } else { text.trim() }
    }

    /// The row that is chosen before the arrows choose another one. A field that was emptied stands for no value.
    fn first_choice(&self) -> usize {
        if !self.typed().is_empty() {
            return 0;
        }
        let is_emptied = self.field.text() != self.prefilled;
        self.place_of(if is_emptied {
            Some(&PickRow::Nothing)
        } else {
            self.present.as_ref()
        })
    }

    fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, grid: &Grid<'_>, id: Id) -> Fate {
        crate::gui::dialogs::focus_once(ui, id, &mut self.is_focused);
        if self.is_focused && is_left(ui, id) {
            return Fate::Left;
        }
        let composes = self.field.is_composing();
        let (step, passes) = ui.input_mut(|input| {
            let none = egui::Modifiers::NONE;
            // With Shift it goes back, and picks nothing; `consume_key` does not tell the two apart.
            let is_back = |event: &egui::Event| {
                matches!(event, egui::Event::Key { key: Key::Tab, modifiers, .. } if modifiers.shift)
            };
            let goes_back = input.events.iter().any(is_back);
            let mut pressed = |key| i32::from(!composes && input.consume_key(none, key));
            let step = pressed(Key::ArrowDown) - pressed(Key::ArrowUp);
            (step, !goes_back && pressed(Key::Tab) > 0)
        });
        let name = match &self.target {
            Target::Attribute(_, id) => {
                words::pick_value(grid.codebook.attribute(id).map(|it| it.attribute_type))
            }
            Target::Kind(_) => words::PICK_TYPE,
            Target::Role { .. } | Target::Trigger(_) => words::PICK,
        };
        let field = Field::new(id, name)
            .hint(name)
            .show(ui, pane.engine, &mut self.field);
        keep_tab(ui, id);
        if field.changed {
            self.chosen = self.first_choice();
            self.reveal = true;
        }
        if field.cancelled {
            return Fate::Closed;
        }
        let rows = self.matching(grid);
        let last = rows.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(step as isize).min(last);
        ui.add_space(GRID);
        let top = ui.cursor().top();
        self.reveal |= step != 0;
        let taken = self.rows_ui(ui, pane, grid, &rows, self.reveal);
        // The rows have no place yet while the list is only measured.
        self.reveal &= ui.is_sizing_pass();
        self.height = self.height.max(ui.cursor().top() - top);
        ui.add_space(self.height - (ui.cursor().top() - top));
        let typed = !self.typed().is_empty();
        let taken = taken.or((field.submitted || (passes && typed)).then_some(self.chosen));
        let taken = taken.and_then(|place| rows.into_iter().nth(place));
        match taken {
            // What was typed and is nothing that can stand here is not thrown away.
            None if typed => Fate::Open,
            _ if passes => Fate::Passed(taken.map(|(row, _)| row)),
            Some((row, _)) => Fate::Picked(row),
            None => Fate::Open,
        }
    }

    /// The rows, or why there is none; answers which was clicked.
    fn rows_ui(
        &self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        grid: &Grid<'_>,
        rows: &[(PickRow, String)],
        moved: bool,
    ) -> Option<usize> {
        if rows.is_empty() {
            let why = self.nothing_fits(grid);
            crate::gui::dialogs::small_ui(ui, &why, pane.palette.ink_weak);
            return None;
        }
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .max_height(theme::ROW * ROWS)
            .min_scrolled_height(theme::ROW * ROWS)
            .show(ui, |ui| {
                for (place, (row, name)) in rows.iter().enumerate() {
                    if pick_row_ui(ui, pane, grid, row, name, place == self.chosen, moved) {
                        clicked = Some(place);
                    }
                }
            });
        clicked
    }

    /// Why there is no row.
    fn nothing_fits(&self, grid: &Grid<'_>) -> String {
        match &self.target {
            Target::Attribute(_, id) if !self.typed().is_empty() => {
                let attribute = grid.codebook.attribute(id);
                attribute.map_or_else(
                    || words::NO_CHOICE.to_owned(),
                    |attribute| words::nothing_read(attribute.attribute_type),
                )
            }
            Target::Attribute(_, id) => {
                let attribute = grid.codebook.attribute(id);
                let example = attribute.and_then(|attribute| words::example(attribute.attribute_type));
                example.map_or_else(String::new, words::write_such_as)
            }
            Target::Kind(_) => words::NO_CHOICE.to_owned(),
            Target::Role { .. } | Target::Trigger(_) => words::NOTHING_FITS.to_owned(),
        }
    }

    /// The rows that hold what was typed, in any spelling, those that begin with it first; and what was typed as a value.
    fn matching(&self, grid: &Grid<'_>) -> Vec<(PickRow, String)> {
        let typed = self.typed();
        let wanted = fold(typed);
        let fitting = self
            .rows
            .iter()
            .filter_map(|row| Some((distance(&fold(&row.1), &wanted)?, row)));
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_by_key(|(distance, _)| *distance);
        let mut rows: Vec<_> = fitting.into_iter().map(|(_, row)| row.clone()).collect();
        let header = &grid.article.header;
        match &self.target {
            Target::Role { role, .. } if !typed.is_empty() => {
                rows.extend(typed_filler_rows(grid.codebook, header, role, typed));
            }
            Target::Attribute(_, id) => {
                let attribute = grid.codebook.attribute(id);
                let read = attribute.and_then(|attribute| typed_row(header, attribute, typed));
                if read.is_some() {
                    // What is written comes before what stands there and happens to have the same letters.
                    rows.retain(|(row, _)| Some(row) != self.present.as_ref());
                    rows.splice(..0, read);
                }
            }
            _ => {}
        }
        rows
    }
}

/// Whether something else has the focus. A press on a row, or between them, gives it to nobody, and the field takes it back.
fn is_left(ui: &Ui, field: Id) -> bool {
    let focused = ui.memory(egui::Memory::focused);
    if focused.is_none() {
        ui.memory_mut(|memory| memory.request_focus(field));
    }
    focused.is_some_and(|focused| focused != field)
}

/// Tab goes on to the next cell and not out of the sheet.
fn keep_tab(ui: &Ui, id: Id) {
    let filter = egui::EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

impl NoteField {
    fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, id: Id) -> Fate {
        crate::gui::dialogs::focus_once(ui, id, &mut self.is_focused);
        if self.is_focused && is_left(ui, id) {
            return Fate::Left;
        }
        ui.allocate_space(vec2(WIDTH, 0.0));
        let field = Field::new(id, words::FILLER_NOTE).hint(words::FILLER_NOTE).show(
            ui,
            pane.engine,
            &mut self.field,
        );
        if field.cancelled {
            Fate::Closed
        } else if field.submitted {
            Fate::Written
        } else {
            Fate::Open
        }
    }
}
