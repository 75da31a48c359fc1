//! The events of all articles in one table, a page at a time: filters above, each cell a way back to its text.
//!
//! The session finds the events; this asks for pages and shows the one that has come.

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Stay, small_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::TextStyle;
use crate::gui::panels::events::{Column, GoTo, Look, attribute_in_words, name_or_id, paint_chip};
use crate::gui::panels::list::combo;
use crate::gui::panels::widgets::{
    any_script_button, focus_ring, paint_in, paint_row, plain_button, title_or_none,
};
use crate::gui::panels::{Ask, EventAsk, Pane};
use crate::gui::theme::{self, GRID, LabelColors};
use crate::gui::words;
use crate::model::{Codebook, Event, EventType, Filler, Missing, RoleFiller, Status, words_in};
use crate::session::{EventQuery, EventRow, EventsAfter, EventsView, ProjectView, Request};

/// Height of a line of a cell.
const LINE: f32 = 22.0;
/// Lines of a cell that are shown.
const LINES: usize = 4;
/// Width of the column of articles.
const ARTICLE: f32 = 200.0;
/// Width of the others.
const CELL: f32 = 150.0;
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
    reveal: bool,
}

/// The id of the rows, which take the keys of the dialog.
pub fn rows_id() -> Id {
    Id::unique("all-events-rows")
}

/// A cell of the table.
enum Place {
    Article,
    Annotator,
    Of(Column),
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
            let go_to = go_to(row, place, number, row.annotator == project.annotator);
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
        self.cursor.0 = self.cursor.0.min(rows.len().saturating_sub(1));
        self.cursor.1 = self.cursor.1.min(places.len().saturating_sub(1));
        let mut chosen = self.keyboard(ui, rows.len(), places.len());
        self.header_ui(ui, pane, project, places);
        let area = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let focus = ui.interact(area, rows_id(), Sense::focusable_noninteractive());
        focus.widget_info(|| WidgetInfo::labeled(Role::Grid, true, words::ALL_EVENTS));
        let width: f32 = places.iter().map(width_of).sum();
        let total: f32 = rows.iter().map(height_of).sum();
        let scroll = ScrollArea::both()
            .id_salt("all-events")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false])
            .show_viewport(ui, |ui, _| {
                if rows.is_empty() {
                    small_ui(ui, words::NO_EVENTS_FOUND, pane.palette.ink_weak);
                }
                let (area, _) = ui.allocate_exact_size(vec2(width.max(1.0), total.max(1.0)), Sense::hover());
                let mut top = area.top();
                for (number, row) in rows.iter().enumerate() {
                    let size = vec2(width, height_of(row));
                    let rect = Rect::from_min_size(pos2(area.left(), top), size);
                    top = rect.bottom();
                    let is_cursor = self.cursor.0 == number;
                    if is_cursor && std::mem::take(&mut self.reveal) {
                        ui.scroll_to_rect(rect, None);
                    }
                    if ui.is_rect_visible(rect) {
                        chosen = self
                            .row_ui(ui, pane, project, (number, row), places, rect)
                            .or(chosen);
                    }
                }
            });
        self.scrolled = scroll.state.clamped_offset().x;
        if focus.has_focus() {
            focus_ring(ui, pane.palette, area.expand(3.0));
        }
        chosen
    }

    fn header_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView, places: &[Place]) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADER), Sense::hover());
        let clip = ui.clip_rect();
        ui.set_clip_rect(rect.intersect(clip));
        let mut left = rect.left() - self.scrolled;
        for place in places {
            let width = width_of(place);
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
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        project: &ProjectView,
        (number, row): (usize, &EventRow),
        places: &[Place],
        rect: Rect,
    ) -> Option<(usize, usize, usize)> {
        let mut chosen = None;
        let line = egui::Stroke::new(1.0, pane.palette.hairline);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        let mut left = rect.left();
        for (column, place) in places.iter().enumerate() {
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width_of(place), rect.height()));
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
            let event = format!("{} {}", title_or_none(row.title.as_deref()), row.number);
            let name = words::cell(&event, &heading(&project.codebook, place), &words.join("; "));
            response.widget_info(|| WidgetInfo::selected(Role::Cell, ui.is_enabled(), is_here, &name));
            if response.clicked() {
                let pos = response.interact_pointer_pos().unwrap_or(cell.min);
                let nth = ((pos.y - cell.top() - GRID) / LINE).max(0.0) as usize;
                self.cursor = (number, column);
                chosen = Some((number, column, nth));
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
                close = plain_button(ui, words::CLOSE).clicked();
            });
        });
        close
    }
}

fn type_filter_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView, query: &mut EventQuery) {
    let kinds = &project.codebook.event_types;
    let name = |kind: &EventType| name_or_id(&kind.names, kind.id.as_str()).to_owned();
    let chosen = query.event_type.as_ref();
    let shown = chosen.map_or_else(
        || words::ANY_TYPE.to_owned(),
        |id| {
            project
                .codebook
                .event_type(id)
                .map_or_else(|| id.to_string(), name)
        },
    );
    let mut picked = None;
    combo(ui, pane, words::EVENT_TYPE, &shown, 140.0, |ui, pane| {
        if ui.selectable_label(chosen.is_none(), words::ANY_TYPE).clicked() {
            picked = Some(None);
        }
        for kind in kinds {
            let is_chosen = chosen == Some(&kind.id);
            let button = |words| egui::Button::selectable(is_chosen, words);
            if any_script_button(ui, pane.engine, &name(kind), true, button).clicked() {
                picked = Some(Some(kind.id.clone()));
            }
        }
    });
    if let Some(picked) = picked {
        query.event_type = picked;
    }
}

fn annotator_filter_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView, query: &mut EventQuery) {
    if project.annotators.len() < 2 && query.annotator.is_none() {
        return;
    }
    let chosen = query.annotator.clone();
    let shown = chosen
        .as_ref()
        .map_or(words::ANY_ANNOTATOR, |name| name.as_str())
        .to_owned();
    let mut picked = None;
    combo(ui, pane, words::ANNOTATOR_COLUMN, &shown, 140.0, |ui, pane| {
        if ui
            .selectable_label(chosen.is_none(), words::ANY_ANNOTATOR)
            .clicked()
        {
            picked = Some(None);
        }
        for annotator in &project.annotators {
            let is_chosen = chosen.as_ref() == Some(annotator);
            let button = |words| egui::Button::selectable(is_chosen, words);
            if any_script_button(ui, pane.engine, annotator.as_str(), true, button).clicked() {
                picked = Some(Some(annotator.clone()));
            }
        }
    });
    if let Some(picked) = picked {
        query.annotator = picked;
    }
}

fn status_filter_ui(ui: &mut Ui, pane: &mut Pane<'_>, query: &mut EventQuery) {
    let shown = query.status.map_or(words::ANY_STATUS, words::status);
    let mut picked = None;
    combo(ui, pane, words::FILTER_STATUS, shown, 130.0, |ui, _| {
        let choices = std::iter::once(None).chain(Status::ALL.iter().copied().map(Some));
        for choice in choices {
            let name = choice.map_or(words::ANY_STATUS, words::status);
            if ui.selectable_label(choice == query.status, name).clicked() {
                picked = Some(choice);
            }
        }
    });
    if let Some(picked) = picked {
        query.status = picked;
    }
}

/// The columns: those of all types of the codebook, or of the type that is asked for.
fn places(project: &ProjectView, query: &EventQuery) -> Vec<Place> {
    let kinds: Vec<&EventType> = project
        .codebook
        .event_types
        .iter()
        .filter(|kind| query.event_type.as_ref().is_none_or(|wanted| *wanted == kind.id))
        .collect();
    let mut columns = vec![Column::Head];
    let mut put = |column: Column| {
        if !columns.contains(&column) {
            columns.push(column);
        }
    };
    for role in kinds.iter().flat_map(|kind| &kind.roles) {
        put(Column::Role(role.id.clone()));
    }
    put(Column::Trigger);
    for usage in kinds.iter().flat_map(|kind| &kind.attributes) {
        put(Column::Attribute(usage.id.clone()));
    }
    let mut places = vec![Place::Article];
    if project.annotators.len() > 1 {
        places.push(Place::Annotator);
    }
    places.extend(columns.into_iter().map(Place::Of));
    places
}

const fn width_of(place: &Place) -> f32 {
    match place {
        Place::Article => ARTICLE,
        Place::Annotator | Place::Of(_) => CELL,
    }
}

fn height_of(row: &EventRow) -> f32 {
    let count = |filler: &RoleFiller| {
        let same = row.event.roles.iter().filter(|other| other.role == filler.role);
        same.count()
    };
    let most = row.event.roles.iter().map(count).max().unwrap_or(0);
    most.clamp(2, LINES) as f32 * LINE + GRID * 2.0
}

fn heading(codebook: &Codebook, place: &Place) -> String {
    match place {
        Place::Article => words::ARTICLE.to_owned(),
        Place::Annotator => words::ANNOTATOR_COLUMN.to_owned(),
        Place::Of(Column::Head) => words::EVENT.to_owned(),
        Place::Of(Column::Trigger) => words::TRIGGER.to_owned(),
        Place::Of(Column::Role(id)) => {
            let mut roles = codebook.event_types.iter().flat_map(|kind| &kind.roles);
            let role = roles.find(|role| role.id == *id);
            role.map_or(id.as_str(), |role| name_or_id(&role.names, id.as_str()))
                .to_owned()
        }
        Place::Of(Column::Attribute(id)) => {
            let attribute = codebook.attribute(id);
            attribute
                .and_then(|attribute| words_in(&attribute.names, words::LANG))
                .unwrap_or(id.as_str())
                .to_owned()
        }
    }
}

/// One line of a cell.
struct Line {
    words: String,
    look: LineLook,
}

enum LineLook {
    Plain,
    Weak,
    Warning,
    /// A filler: under which label, and whether it is inferred and noted.
    Chip(Option<crate::model::LabelId>, Look),
}

impl Line {
    fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            look: LineLook::Plain,
        }
    }
}

fn lines(codebook: &Codebook, row: &EventRow, place: &Place) -> Vec<Line> {
    match place {
        Place::Article => vec![
            Line::plain(title_or_none(row.title.as_deref())),
            Line {
                words: format!("{} · {}", row.article, words::status(row.status)),
                look: LineLook::Weak,
            },
        ],
        Place::Annotator => vec![Line::plain(row.annotator.as_str())],
        Place::Of(Column::Head) => head_lines(codebook, row),
        Place::Of(Column::Trigger) => {
            let span = row.event.trigger.as_ref().and_then(|id| row.span(id));
            span.map(|span| Line {
                words: words::shorten(&span.quote, 60),
                look: LineLook::Chip(Some(span.label.clone()), Look::PLAIN),
            })
            .into_iter()
            .collect()
        }
        Place::Of(Column::Role(role)) => {
            let fillers = row.event.roles.iter().filter(|filler| filler.role == *role);
            fillers.map(|filler| filler_line(row, filler)).collect()
        }
        Place::Of(Column::Attribute(id)) => {
            let value = row.event.attributes.get(id);
            let words = value.map(|value| attribute_in_words(codebook.attribute(id), value));
            words.map(Line::plain).into_iter().collect()
        }
    }
}

fn head_lines(codebook: &Codebook, row: &EventRow) -> Vec<Line> {
    let event: &Event = &row.event;
    let kind = codebook.event_type(&event.event_type);
    let name = kind.map_or(event.event_type.as_str(), |kind| {
        name_or_id(&kind.names, event.event_type.as_str())
    });
    let mut lines = vec![Line::plain(format!("{} · {name}", row.number))];
    let missing = kind.map(|kind| kind.missing(event)).unwrap_or_default();
    if !missing.is_empty() {
        let names = missing.iter().map(|one| match one {
            Missing::Role(id) => heading(codebook, &Place::Of(Column::Role(id.clone()))),
            Missing::Attribute(id) => heading(codebook, &Place::Of(Column::Attribute(id.clone()))),
        });
        lines.push(Line {
            words: words::missing(&names.collect::<Vec<_>>().join(", ")),
            look: LineLook::Warning,
        });
    }
    lines
}

fn filler_line(row: &EventRow, filler: &RoleFiller) -> Line {
    let look = Look {
        inferred: filler.inferred,
        noted: filler.note.is_some(),
        here: false,
    };
    let (words, label) = match &filler.filler {
        Filler::Span(id) => row.span(id).map_or_else(
            || (id.to_string(), None),
            |span| (words::shorten(&span.quote, 60), Some(span.label.clone())),
        ),
        Filler::Value(value) => (crate::gui::article::value_in_words(value), None),
    };
    Line {
        words,
        look: LineLook::Chip(label, look),
    }
}

fn line_ui(ui: &Ui, pane: &mut Pane<'_>, codebook: &Codebook, line: &Line, at: Rect) {
    let palette = pane.palette;
    let inner = at.shrink2(vec2(GRID, 0.0));
    let text = TextStyle::new(theme::TEXT);
    let small = TextStyle::new(theme::TEXT_SMALL);
    match &line.look {
        LineLook::Plain => paint_in(ui, pane.engine, &line.words, text, palette.ink, inner),
        LineLook::Weak => paint_in(ui, pane.engine, &line.words, small, palette.ink_weak, inner),
        LineLook::Warning => paint_in(ui, pane.engine, &line.words, small, palette.warning, inner),
        LineLook::Chip(label, look) => {
            let label = label.as_ref().and_then(|id| codebook.label(id));
            let colors: Option<LabelColors> = label.map(|label| palette.label(label.color));
            paint_chip(ui, pane, colors, &line.words, at, *look);
        }
    }
}

/// Where a cell leads: to the words of its filler, else to the first words of the event.
fn go_to(row: &EventRow, place: &Place, number: usize, is_own: bool) -> GoTo {
    let of_role = |role| {
        let fillers = row.event.roles.iter().filter(|filler| filler.role == role);
        // Below the last one the last one is meant.
        fillers.take(number + 1).last().map(|filler| &filler.filler)
    };
    let chosen = match place {
        Place::Of(Column::Role(role)) => match of_role(role.clone()) {
            Some(Filler::Span(id)) => row.span(id),
            _ => None,
        },
        Place::Of(Column::Trigger) => row.event.trigger.as_ref().and_then(|id| row.span(id)),
        _ => None,
    };
    let first = || row.spans.iter().min_by_key(|span| span.ranges.hull().start());
    let span = chosen.or_else(first);
    GoTo {
        article: row.article.clone(),
        event: is_own.then(|| row.event.id.clone()),
        span: span.filter(|_| is_own).map(|span| span.id.clone()),
        words: span.filter(|_| !is_own).map(|span| span.ranges.hull()),
    }
}
