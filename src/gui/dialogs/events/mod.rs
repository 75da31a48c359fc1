//! The events of all articles in one table, a page at a time: filters above, each cell a way back to its text.
//!
//! The session finds the events; this asks for pages and shows the one that has come.

mod filters;
mod places;

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Stay, small_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::events::{Scrolled, Widths, edges_ui};
use crate::gui::panels::widgets::{focus_ring, paint_in, paint_row, plain_button, primary_button};
use crate::gui::panels::{Ask, EventAsk, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::{EventQuery, EventRow, EventsAfter, EventsView, ProjectView, Request};
use filters::{annotator_filter_ui, status_filter_ui, type_filter_ui};
use places::{Place, article_name, go_to, heading, height_of, line_ui, lines, places, widths};

/// Height of a line of a cell.
const LINE: f32 = 22.0;
/// Lines of a cell that are shown.
const LINES: usize = 4;
/// Most width of the tip of an article.
const TIP: f32 = 360.0;
/// Height of the names of the columns.
const HEADER: f32 = 22.0;

/// The dialog.
#[derive(Default)]
pub struct AllEventsDialog {
    query: EventQuery,
    filler: FieldState,
    /// Where the page that is shown begins, above where those before it do.
    starts: Vec<EventsAfter>,
    /// The cell that has the keys.
    cursor: (usize, usize),
    /// What was asked for last.
    asked: Option<(EventQuery, Option<EventsAfter>)>,
    is_focused: bool,
    scrolled: f32,
    /// How far it is to be.
    scroll_to: Option<f32>,
    reveal: bool,
}

/// The id of the rows, which take the keys of the dialog.
pub fn rows_id() -> Id {
    Id::unique("all-events-rows")
}

impl AllEventsDialog {
    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        let Some(project) = pane.snapshot.project.clone() else {
            return Stay::Close;
        };
        super::focus_once(ui, rows_id(), &mut self.is_focused);
        title_ui(ui, pane, words::ALL_EVENTS);
        self.filters_ui(ui, pane, &project);
        ui.add_space(GRID * 2.0);
        let shown = pane.snapshot.events.clone();
        let shown = shown.filter(|view| view.query == self.query && view.after == self.start());
        let places = places(&project, &self.query);
        let height = (ui.ctx().content_rect().height() - 240.0).max(160.0);
        let mut chosen = None;
        if let Some(view) = &shown {
            self.look_on(pane, view);
            chosen = self.table_ui(ui, pane, &project, view, &places, height);
        } else {
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                ui.set_min_height(height);
                small_ui(ui, words::LOOKING_ON, pane.palette.ink_weak);
            });
        }
        let mut close = self.foot(ui, pane, shown.as_deref());
        if let (Some((row, place, number)), Some(view)) = (chosen, &shown)
            && let Some(row) = view.page.rows.get(row)
            && let Some(place) = places.get(place)
        {
            let go_to = go_to(row, place, number);
            pane.queue.push(Ask::Event(EventAsk::GoTo(Box::new(go_to))));
            close = true;
        }
        if close { Stay::Close } else { Stay::Open }
    }

    fn start(&self) -> Option<EventsAfter> {
        self.starts.last().copied()
    }

    fn ask(&mut self, pane: &mut Pane<'_>) {
        let asked = (self.query.clone(), self.start());
        self.cursor = (0, 0);
        self.asked = Some(asked.clone());
        let (query, after) = asked;
        pane.send(Request::ListEvents { query, after });
    }

    fn ask_anew(&mut self, pane: &mut Pane<'_>) {
        self.starts.clear();
        self.ask(pane);
    }

    /// Where a page was looked for in vain, and more lies behind it, goes on.
    fn look_on(&mut self, pane: &mut Pane<'_>, view: &EventsView) {
        if let Some(next) = view.page.next.filter(|_| view.page.rows.is_empty()) {
            self.starts.pop();
            self.starts.push(next);
            self.ask(pane);
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView) {
        let mut query = self.query.clone();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GRID * 2.0;
            let field = Field::new(Id::unique("all-events-filter"), words::FILLER_FILTER)
                .hint(words::FILLER_FILTER)
                .width(220.0)
                .show(ui, pane.engine, &mut self.filler);
            if field.changed {
                self.filler.text().clone_into(&mut query.filler);
            }
            if field.submitted || field.cancelled {
                ui.memory_mut(|memory| memory.request_focus(rows_id()));
            }
            type_filter_ui(ui, pane, project, &mut query);
            annotator_filter_ui(ui, pane, project, &mut query);
            status_filter_ui(ui, pane, &mut query);
            ui.checkbox(&mut query.incomplete, words::INCOMPLETE_ONLY);
        });
        if query != self.query || self.asked.is_none() {
            self.query = query;
            self.ask_anew(pane);
        }
    }

    /// The rows; answers the cell that was chosen, and which of its fillers.
    fn table_ui(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        project: &ProjectView,
        view: &EventsView,
        places: &[Place],
        height: f32,
    ) -> Option<(usize, usize, usize)> {
        let rows = &view.page.rows;
        self.keep_cursor_within(rows.len(), places.len());
        let mut chosen = self.keyboard(ui, rows.len(), places.len());
        let widths = widths(places, rows, ui.available_width());
        let top = ui.cursor().top();
        self.header_ui(ui, pane, project, (places, &widths));
        let area = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let focus = ui.interact(area, rows_id(), Sense::focusable_noninteractive());
        focus.widget_info(|| WidgetInfo::labeled(Role::Grid, true, words::ALL_EVENTS));
        let width = widths.sum();
        let total: f32 = rows.iter().map(|row| height_of(&project.codebook, row)).sum();
        let mut scroll = ScrollArea::both();
        if let Some(to) = self.scroll_to.take() {
            scroll = scroll.horizontal_scroll_offset(to);
        }
        let scroll = scroll
            .id_salt("all-events")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false])
            .show_viewport(ui, |ui, _| {
                if rows.is_empty() {
                    nothing_ui(ui, pane, &view.query);
                }
                let (area, _) = ui.allocate_exact_size(vec2(width.max(1.0), total.max(1.0)), Sense::hover());
                let mut top = area.top();
                for (number, row) in rows.iter().enumerate() {
                    let size = vec2(width, height_of(&project.codebook, row));
                    let rect = Rect::from_min_size(pos2(area.left(), top), size);
                    top = rect.bottom();
                    let is_cursor = self.cursor.0 == number;
                    if is_cursor && std::mem::take(&mut self.reveal) {
                        ui.scroll_to_rect(cell_of(rect, &widths, self.cursor.1), None);
                    }
                    if ui.is_rect_visible(rect) {
                        chosen = self
                            .row_ui(ui, pane, project, (number, row), (places, &widths), rect)
                            .or(chosen);
                    }
                }
            });
        self.scrolled = scroll.state.clamped_offset().x;
        self.edges_ui(ui, pane, area.with_min_y(top), width);
        if focus.has_focus() {
            focus_ring(ui, pane.palette, area.expand(3.0));
        }
        chosen
    }

    /// Shows that the table, `width` wide, goes on to the left or right.
    fn edges_ui(&mut self, ui: &Ui, pane: &Pane<'_>, table: Rect, width: f32) {
        let scrolled = Scrolled {
            table,
            header: HEADER,
            pinned: 0.0,
            by: self.scrolled,
            width,
            ground: pane.palette.raised,
        };
        self.scroll_to = edges_ui(ui, pane.palette, rows_id(), &scrolled);
    }

    fn keep_cursor_within(&mut self, rows: usize, columns: usize) {
        self.cursor.0 = self.cursor.0.min(rows.saturating_sub(1));
        self.cursor.1 = self.cursor.1.min(columns.saturating_sub(1));
    }

    fn header_ui(
        &self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        project: &ProjectView,
        (places, widths): (&[Place], &Widths),
    ) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADER), Sense::hover());
        let clip = ui.clip_rect();
        ui.set_clip_rect(rect.intersect(clip));
        let mut left = rect.left() - self.scrolled;
        for (column, place) in places.iter().enumerate() {
            let width = widths.of(column);
            let inner = Rect::from_min_size(
                pos2(left + GRID * 2.0, rect.top()),
                vec2(width - GRID * 3.0, HEADER),
            );
            left += width;
            let style = TextStyle::new(theme::TEXT_SMALL).bold();
            let name = heading(&project.codebook, place);
            paint_in(ui, pane.engine, &name, style, pane.palette.ink_weak, inner);
        }
        ui.set_clip_rect(clip);
    }

    fn row_ui(
        &mut self,
        ui: &Ui,
        pane: &mut Pane<'_>,
        project: &ProjectView,
        (number, row): (usize, &EventRow),
        (places, widths): (&[Place], &Widths),
        rect: Rect,
    ) -> Option<(usize, usize, usize)> {
        let mut chosen = None;
        let line = egui::Stroke::new(1.0, pane.palette.hairline);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        let mut left = rect.left();
        for (column, place) in places.iter().enumerate() {
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(widths.of(column), rect.height()));
            left = cell.right();
            let id = rows_id().with((number, column));
            let response = ui.interact(cell, id, Sense::CLICK);
            let is_here = self.cursor == (number, column);
            paint_row(ui, pane.palette, cell.shrink(1.0), &response, is_here);
            let lines = lines(&project.codebook, row, place);
            for (nth, line) in lines.iter().take(LINES).enumerate() {
                let top = cell.top() + GRID + nth as f32 * LINE;
                let at = Rect::from_min_size(
                    pos2(cell.left() + GRID, top),
                    vec2(cell.width() - GRID * 2.0, LINE - 2.0),
                );
                line_ui(ui, pane, &project.codebook, line, at);
            }
            let words: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
            let event = format!("{} {}", article_name(row), row.number);
            let name = words::cell(&event, &heading(&project.codebook, place), &words.join("; "));
            response.widget_info(|| WidgetInfo::selected(Role::Cell, ui.is_enabled(), is_here, &name));
            if response.clicked() {
                let pos = response.interact_pointer_pos().unwrap_or(cell.min);
                let nth = ((pos.y - cell.top() - GRID) / LINE).max(0.0) as usize;
                self.cursor = (number, column);
                chosen = Some((number, column, nth));
            }
            if let Place::Article = place {
                article_tip_ui(pane, row, response);
            }
        }
        chosen
    }

    fn keyboard(&mut self, ui: &Ui, rows: usize, columns: usize) -> Option<(usize, usize, usize)> {
        if !ui.memory(|memory| memory.has_focus(rows_id())) {
            return None;
        }
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(rows_id(), filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        let (row, column) = self.cursor;
        let before = self.cursor;
        if pressed(Key::ArrowDown) {
            self.cursor.0 = (row + 1).min(rows.saturating_sub(1));
        }
        if pressed(Key::ArrowUp) {
            self.cursor.0 = row.saturating_sub(1);
        }
        if pressed(Key::ArrowRight) {
            self.cursor.1 = (column + 1).min(columns.saturating_sub(1));
        }
        if pressed(Key::ArrowLeft) {
            self.cursor.1 = column.saturating_sub(1);
        }
        self.reveal |= self.cursor != before;
        (rows > 0 && pressed(Key::Enter)).then_some((self.cursor.0, self.cursor.1, 0))
    }

    /// The pages, and the way out.
    fn foot(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, view: Option<&EventsView>) -> bool {
        let mut close = false;
        ui.add_space(GRID * 2.0);
        ui.horizontal(|ui| {
            let next = view.and_then(|view| view.page.next);
            let has_before = !self.starts.is_empty();
            if ui
                .add_enabled_ui(has_before, |ui| plain_button(ui, words::PREVIOUS_PAGE))
                .inner
                .clicked()
            {
                self.starts.pop();
                self.ask(pane);
            }
            if ui
                .add_enabled_ui(next.is_some(), |ui| plain_button(ui, words::NEXT_PAGE))
                .inner
                .clicked()
                && let Some(next) = next
            {
                self.starts.push(next);
                self.ask(pane);
            }
            let count = view.map_or(0, |view| view.page.rows.len());
            small_ui(ui, &words::events_shown(count), pane.palette.ink_weak);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                close = primary_button(ui, pane.palette, words::CLOSE).clicked();
            });
        });
        close
    }
}

/// What the column of articles has no room for: the whole title, and the id by which other tools know the article.
fn article_tip_ui(pane: &mut Pane<'_>, row: &EventRow, response: egui::Response) {
    response.on_hover_ui(|ui| {
        let small = TextStyle::new(theme::TEXT_SMALL);
        let mut line = |text: &str, ink: egui::Color32| {
            ShortText::new(text, small, ink)
                .max_width(TIP)
                .wrap()
                .show(ui, pane.engine);
        };
        line(article_name(row), pane.palette.ink);
        line(row.article.as_str(), pane.palette.ink_weak);
    });
}

/// What stands where no event is found, however far the columns are scrolled.
fn nothing_ui(ui: &mut Ui, pane: &Pane<'_>, query: &EventQuery) {
    let words = if *query == EventQuery::default() {
        words::NO_EVENTS_YET
    } else {
        words::NO_EVENTS_FOUND
    };
    let place = egui::UiBuilder::new().max_rect(ui.clip_rect());
    ui.scope_builder(place, |ui| small_ui(ui, words, pane.palette.ink_weak));
}

/// Where the cell of a column stands in its row.
fn cell_of(row: Rect, widths: &Widths, column: usize) -> Rect {
    let left: f32 = (0..column).map(|column| widths.of(column)).sum();
    let size = vec2(widths.of(column), row.height());
    Rect::from_min_size(row.min + vec2(left, 0.0), size)
}
