//! The handle of a row, by which the mouse moves an event among the others; the keys for it are the sheet's.

use egui::accesskit::Role;
use egui::{CursorIcon, DragAndDrop, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::cells::Cell;
use super::grid::Grid;
use super::perform::run;
use super::{EventAsk, EventsState, sheet_id};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{Event, EventId};
use crate::session::MoveEvent;

/// Width of a handle.
pub(super) const HANDLE: f32 = 14.0;
/// How near to the edge of the rows the pointer scrolls them, and how fast, in points a frame.
const SCROLL_REACH: f32 = 18.0;
const SCROLL_STEP: f32 = 6.0;

/// A row that is carried by the mouse.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CarriedRow(EventId);

/// Draws the handle of a row and takes the row up with it.
pub(super) fn handle_ui(ui: &Ui, pane: &Pane<'_>, cell: &Cell<'_, '_>, event: &Event) {
    let rect = cell.rect.with_max_x(cell.rect.left() + HANDLE);
    let id = sheet_id().with(("handle", event.id.as_str()));
    // The keys of the sheet move rows, too, so that Tab does not stop at each of them.
    let response = ui.interact(rect, id, Sense::DRAG);
    let name = cell.grid.row_name(event, cell.place.0);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), words::move_row(&name)));
    let ink = if response.hovered() || response.dragged() {
        pane.palette.ink_weak
    } else {
        pane.palette.ink_faint
    };
    let middle = pos2(rect.left() + HANDLE / 2.0, rect.top() + GRID * 4.0);
    for (column, row) in [-1.0, 1.0].iter().flat_map(|x| [-1.0, 0.0, 1.0].map(|y| (*x, y))) {
        let dot = middle + vec2(column * 2.0, row * 4.0);
        ui.painter().circle_filled(dot, 1.0, ink);
    }
    if response.drag_started() {
        DragAndDrop::set_payload(ui.ctx(), CarriedRow(event.id.clone()));
    }
    response
        .on_hover_cursor(CursorIcon::Grab)
        .on_hover_text(words::ROW_HANDLE);
}

impl EventsState {
    /// Shows where a row that is carried would stand, and puts it there when it is let go. `rows` are those that are
    /// seen, by their place.
    pub(super) fn drop_row_ui(
        &mut self,
        ui: &Ui,
        pane: &mut Pane<'_>,
        grid: &Grid<'_>,
        rows: &[(usize, Rect)],
    ) {
        let Some(carried) = DragAndDrop::payload::<CarriedRow>(ui.ctx()) else {
            return;
        };
        let (Some(pos), Some((first, _))) = (ui.input(|input| input.pointer.hover_pos()), rows.first())
        else {
            return;
        };
        let view = ui.clip_rect();
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if pos.y < view.top() + SCROLL_REACH {
            ui.scroll_with_delta(vec2(0.0, SCROLL_STEP));
            ui.ctx().request_repaint();
        } else if pos.y > view.bottom() - SCROLL_REACH {
            ui.scroll_with_delta(vec2(0.0, -SCROLL_STEP));
            ui.ctx().request_repaint();
        }
        // The row stands before the first one whose middle is below the pointer.
        let above = rows.iter().rfind(|(_, rect)| rect.center().y < pos.y);
        let gap = above.map_or(*first, |(place, _)| place + 1);
        let y = above.map_or_else(
            || rows.first().map(|(_, rect)| rect.top()),
            |(_, rect)| Some(rect.bottom()),
        );
        let stroke = Stroke::new(2.0, pane.palette.accent);
        if let Some(y) = y.filter(|_| view.contains(pos)) {
            ui.painter().hline(view.x_range(), y, stroke);
        }
        if !ui.input(|input| input.pointer.any_released()) {
            return;
        }
        DragAndDrop::clear_payload(ui.ctx());
        if view.contains(pos) {
            self.put_row(pane, grid, &carried.0, gap);
        }
    }

    /// Puts a row before the one that stands at a place now.
    fn put_row(&mut self, pane: &mut Pane<'_>, grid: &Grid<'_>, event: &EventId, gap: usize) {
        let Some(from) = grid.events.iter().position(|other| other.id == *event) else {
            return;
        };
        let at = |place: usize| grid.events.get(place).map(|other| other.id.clone());
        let (before, after) = if gap == from || gap == from + 1 {
            return;
        } else if gap < from {
            (at(gap), None)
        } else {
            (None, gap.checked_sub(1).and_then(at))
        };
        self.cursor.row = if gap < from { gap } else { gap - 1 };
        self.cursor.filler = 0;
        self.reveal = true;
        let command = MoveEvent {
            event: event.clone(),
            before,
            after,
            article: Some(grid.article.id.clone()),
            annotator: None,
        };
        run(pane, command);
        pane.queue.push(Ask::Event(EventAsk::Select(Some(event.clone()))));
    }
}
