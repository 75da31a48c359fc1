//! The sheet as it stands under the article: its heading, the names of its columns, its rows.

use egui::accesskit::Role;
use egui::{Color32, Rangef, Rect, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::cells::{Cell, MARGIN, content_height};
use super::edges::{SHADE, Scrolled, edges_ui};
use super::grid::{Column, Grid};
use super::keys::SheetAct;
use super::widths::Widths;
use super::{EventAsk, EventsState, sheet_id};
use crate::gui::article::ArticleState;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::widgets::{action_button, close_button, empty_ui, focus_ring, paint_in, tip};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::Event;
use crate::session::action::Action;

/// Height of the names of the columns.
const HEADER: f32 = 22.0;
/// Height of the empty row.
const EMPTY_ROW: f32 = 30.0;

/// Draws the sheet.
pub fn sheet_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleState, state: &mut EventsState) {
    let (Some(open), Some(project)) = (pane.snapshot.article.clone(), pane.snapshot.project.clone()) else {
        empty_ui(ui, pane.palette, words::EVENTS, words::NO_ARTICLE_OPEN);
        return;
    };
    let grid = Grid::new(&open, &project.codebook);
    state.clamp(&grid);
    state.do_pressed(ui, pane, &grid);
    let focused = ui.memory(|memory| memory.has_focus(sheet_id()));
    if !focused {
        state.unspeak();
    }
    heading_ui(ui, pane, article, &grid, focused);
    let area = ui.available_rect_before_wrap();
    let focus = ui.interact(area, sheet_id(), Sense::focusable_noninteractive());
    let name = words::list_name(words::EVENTS, grid.events.len());
    focus.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &name));
    let widths = Widths::of_sheet(&grid, area.width() - GRID);
    // What was filled in can make columns wider, and push the cell at hand out of sight.
    state.reveal |= focused && (state.width - widths.sum()).abs() > f32::EPSILON;
    state.width = widths.sum();
    header_ui(ui, pane, &grid, &widths, state.scrolled);
    let cell = rows_ui(ui, pane, article, state, (&grid, &widths), focus.has_focus());
    let scrolled = Scrolled {
        table: area,
        header: HEADER,
        pinned: widths.pinned(),
        by: state.scrolled,
        width: widths.sum(),
        ground: pane.palette.panel,
    };
    state.scroll_to = edges_ui(ui, pane.palette, sheet_id(), &scrolled);
    if focus.has_focus() {
        focus_ring(ui, pane.palette, area.expand(2.0));
    }
    state.popup_ui(ui, pane, &grid, cell.unwrap_or(area));
}

fn heading_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleState, grid: &Grid<'_>, focused: bool) {
    ui.horizontal(|ui| {
        let name = words::list_name(words::EVENTS, grid.events.len());
        let title = egui::RichText::new(name)
            .size(theme::TEXT_PANE)
            .strong()
            .color(pane.palette.ink_weak);
        ui.label(title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if close_button(ui, pane.palette, words::HIDE_EVENTS).clicked() {
                pane.act(Action::ToggleEvents);
            }
            let all = ui.small_button(Action::AllEvents.entry().name);
            if all.on_hover_text(tip(Action::AllEvents, pane)).clicked() {
                pane.act(Action::AllEvents);
            }
            let key = pane.keys.keyboard.in_words(SheetAct::New.key());
            let can = grid.first_kind().is_some();
            let new = ui.add_enabled(can, egui::Button::new(words::NEW_EVENT).small());
            let new = new.on_disabled_hover_text(words::NO_EVENT_TYPES);
            if new.on_hover_text(words::new_event_tip(&key)).clicked() {
                pane.queue.push(Ask::Event(EventAsk::New));
            }
            if !can {
                action_button(ui, pane, Action::Codebook);
            }
            // A drag from the text that is no span; what the keys do where they act; else how spans come here.
            let (hint, ink) = if selects_words(ui, article) {
                (words::DRAG_SELECTS, pane.palette.warning)
            } else if focused {
                (words::SHEET_KEYS, pane.palette.ink_weak)
            } else if grid.events.is_empty() {
                return;
            } else {
                let key = pane.keys.shortcut(Action::AddToEvent);
                hint_ui(
                    ui,
                    pane,
                    &words::sheet_adds(key.as_deref()),
                    pane.palette.ink_weak,
                );
                return;
            };
            hint_ui(ui, pane, hint, ink);
        });
    });
}

/// Whether the mouse is selecting words and has come out of the text, as if it carried a span.
fn selects_words(ui: &Ui, article: &ArticleState) -> bool {
    let pos = ui.input(|input| input.pointer.hover_pos());
    let is_over =
        pos.is_some_and(|pos| pos.y > ui.min_rect().top() && ui.clip_rect().x_range().contains(pos.x));
    is_over && article.is_selecting()
}

/// As much of a hint as there is room for; its tip has it whole.
fn hint_ui(ui: &Ui, pane: &mut Pane<'_>, hint: &str, ink: Color32) {
    let room = ui.available_rect_before_wrap().shrink2(vec2(GRID * 2.0, 0.0));
    let style = TextStyle::new(theme::TEXT_SMALL);
    paint_in(ui, pane.engine, hint, style, ink, room);
    let shown = ShortText::new(hint, style, ink).max_width(room.width());
    let response = ui.interact(room, sheet_id().with("hint"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, hint));
    if shown.layout(pane.engine).is_elided() {
        response.on_hover_text(hint);
    }
}

/// Below the empty row, whose bottom is given: how the first event begins.
fn first_event_ui(ui: &Ui, pane: &mut Pane<'_>, grid: &Grid<'_>, bottom: f32) {
    let clip = ui.clip_rect();
    let below = clip.with_min_y(bottom);
    let place = below.shrink2(vec2(GRID * 2.0, GRID));
    let hint = if grid.first_kind().is_some() {
        words::no_events(pane.keys.shortcut(Action::AddToEvent).as_deref())
    } else {
        words::no_event_types(pane.keys.shortcut(Action::Codebook).as_deref())
    };
    let words = ShortText::new(&hint, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink_weak)
        .max_width(place.width().min(ui.clip_rect().width() - GRID * 4.0))
        .wrap();
    words.paint_at(ui, pane.engine, place.min);
    let response = ui.interact(below, sheet_id().with("hint"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &hint));
}

/// The names of the columns, which do not scroll away.
fn header_ui(ui: &mut Ui, pane: &mut Pane<'_>, grid: &Grid<'_>, widths: &Widths, scrolled: f32) {
    let size = vec2(ui.available_width(), HEADER);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let clip = ui.clip_rect();
    ui.set_clip_rect(rect.intersect(clip));
    for (across, column) in lefts(grid, widths, rect.left() - scrolled).rev() {
        // The first column stands where it is, over the others.
        let is_pinned = *column == Column::Head;
        let left = if is_pinned { rect.left() } else { across.min };
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(across.span(), HEADER));
        if is_pinned {
            ui.painter().rect_filled(place, 0.0, pane.palette.panel);
        }
        let inner = place.shrink2(vec2(GRID * 1.5, 0.0));
        let name = grid.heading(column);
        let style = TextStyle::new(theme::TEXT_SMALL).bold();
        paint_in(ui, pane.engine, name, style, pane.palette.ink_weak, inner);
        let node = ui.interact(place, sheet_id().with(name), Sense::hover());
        node.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name));
    }
    ui.set_clip_rect(clip);
    let line = Stroke::new(1.0, pane.palette.hairline);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

/// The columns with where each stands from left to right.
fn lefts<'g>(
    grid: &'g Grid<'_>,
    widths: &Widths,
    first: f32,
) -> impl DoubleEndedIterator<Item = (Rangef, &'g Column)> + ExactSizeIterator {
    let mut left = first;
    let placed: Vec<(Rangef, &Column)> = grid
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let here = Rangef::new(left, left + widths.of(place));
            left = here.max;
            (here, column)
        })
        .collect();
    placed.into_iter()
}

fn height_of(grid: &Grid<'_>, event: Option<&Event>) -> f32 {
    let Some(event) = event else { return EMPTY_ROW };
    let columns = grid.columns.iter();
    let highest = columns
        .map(|column| content_height(grid, event, column))
        .fold(0.0, f32::max);
    highest + 2.0 * MARGIN
}

/// Draws the rows that can be seen; answers where the cell of the cursor stands.
fn rows_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleState,
    state: &mut EventsState,
    (grid, widths): (&Grid<'_>, &Widths),
    focused: bool,
) -> Option<Rect> {
    let width = widths.sum();
    let rows: Vec<Option<&Event>> = grid.events.iter().copied().map(Some).chain([None]).collect();
    let height: f32 = rows.iter().map(|event| height_of(grid, *event)).sum();
    let mut here = None;
    let mut scroll = ScrollArea::both();
    if let Some(to) = state.scroll_to.take() {
        scroll = scroll.horizontal_scroll_offset(to);
    }
    let shown = scroll
        // Of each article its own, since the next one begins at its first column.
        .id_salt(("event-rows", grid.article.id.as_str()))
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, _| {
            let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            let mut top = area.top();
            let mut seen = Vec::new();
            for (row, event) in rows.into_iter().enumerate() {
                let size = vec2(width, height_of(grid, event));
                let rect = Rect::from_min_size(pos2(area.left(), top), size);
                top = rect.bottom();
                let is_cursor = state.cursor.row == row;
                if !ui.is_rect_visible(rect) && !is_cursor {
                    continue;
                }
                let cell = row_ui(
                    ui,
                    pane,
                    article,
                    state,
                    (grid, widths),
                    (row, event),
                    rect,
                    focused,
                );
                here = cell.or(here);
                if event.is_some() && ui.is_rect_visible(rect) {
                    seen.push((row, rect));
                }
            }
            if grid.events.is_empty() {
                first_event_ui(ui, pane, grid, area.bottom());
            }
            state.drop_row_ui(ui, pane, grid, &seen);
            if let Some(cell) = here.filter(|_| std::mem::take(&mut state.reveal)) {
                reveal(ui, state, widths, cell, area.left());
            }
        });
    // What was filled in makes its row higher, and a scroll bar that comes with it takes room.
    let seen = here.map(|cell| (cell.size(), shown.inner_rect.size()));
    if std::mem::replace(&mut state.seen, seen) != seen && (focused || state.popup.is_some()) {
        state.reveal = true;
        ui.ctx().request_repaint();
    }
    state.scrolled = shown.state.clamped_offset().x;
    here
}

/// Scrolls to the cell of the cursor; the first column, which is pinned, must not lie over it, and stands before the
/// others, at the left of all rows. Of a row that is higher
/// than the sheet its beginning is shown.
fn reveal(ui: &Ui, state: &EventsState, widths: &Widths, cell: Rect, first: f32) {
    let cell = if state.cursor.column == 0 {
        Rect::from_min_size(pos2(first, cell.top()), cell.size())
    } else {
        // Nor shall the shade at the edge, or a scroll bar there.
        cell.with_min_x(cell.left() - widths.pinned())
            .with_max_x(cell.right() + SHADE)
    };
    let bottom = cell.bottom().min(cell.top() + ui.clip_rect().height());
    ui.scroll_to_rect(cell.with_max_y(bottom), None);
}

#[allow(
    clippy::too_many_arguments,
    reason = "a row is where and what, beside what every row is given"
)]
fn row_ui<'a>(
    ui: &Ui,
    pane: &mut Pane<'_>,
    article: &ArticleState,
    state: &mut EventsState,
    (grid, widths): (&Grid<'a>, &Widths),
    (row, event): (usize, Option<&'a Event>),
    rect: Rect,
    focused: bool,
) -> Option<Rect> {
    let selected = event.is_some_and(|event| article.selected_event() == Some(&event.id));
    if selected {
        ui.painter().rect_filled(rect, 0.0, pane.palette.accent_soft);
    }
    let line = Stroke::new(1.0, pane.palette.hairline);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let mut here = None;
    for (place, (across, column)) in lefts(grid, widths, rect.left()).enumerate().rev() {
        // The first column is drawn last and stands where it is, over the others.
        let is_pinned = *column == Column::Head;
        let left = if is_pinned {
            across.min.max(ui.clip_rect().left())
        } else {
            across.min
        };
        let size = vec2(across.span(), rect.height());
        let cell = Cell {
            grid,
            event,
            column,
            place: (row, place),
            rect: Rect::from_min_size(pos2(left, rect.top()), size),
            focused,
        };
        if is_pinned {
            let inner = cell.rect.with_max_y(cell.rect.bottom() - 1.0);
            ui.painter().rect_filled(inner, 0.0, pane.palette.panel);
            if selected {
                ui.painter().rect_filled(inner, 0.0, pane.palette.accent_soft);
            }
        }
        ui.painter().vline(cell.rect.right(), rect.y_range(), line);
        state.cell_ui(ui, pane, &cell);
        if (state.cursor.row, state.cursor.column) == cell.place {
            here = Some(cell.rect);
        }
    }
    here
}
