//! The list of articles: filters above, rows that are drawn only where they are visible, progress below.
//!
//! The snapshot holds one page of rows; where the view leaves it, the next page is asked for.

use std::path::PathBuf;

use egui::{Align2, Id, Key, Rect, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use super::article_menu::article_menu_ui;
use super::combo::{combo, combo_width, offer_any_script_ui, offer_ui};
use super::list_filters::review_filters_ui;
use super::row_menu::{is_row_menu_asked, row_menu};
use super::widgets::{
    empty_ui, focus_ring, hairline_ui, is_pressed, list_focus, paint_in, paint_small, row_ui, title_or_none,
};
use super::{Ask, Pane};
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle, any_script_tip};
use crate::gui::theme::{self, GRID};
use crate::gui::{icons, marks, words};
use crate::model::{Annotator, ArticleId, Status};
use crate::session::action::Action;
use crate::session::{ListQuery, ListRow, ProjectView, Request};

/// Rows asked for at once around the view.
const PAGE: u64 = 200;

/// What the list remembers between frames.
#[derive(Default)]
pub struct ListState {
    filter: FieldState,
    /// The filters last asked for, ahead of the snapshot.
    wanted: Option<Wanted>,
    /// The open article that was last brought into view, with its place.
    followed: Option<(ArticleId, Option<u64>)>,
    /// The page that was asked for and has not come yet.
    asked: Option<u64>,
    scroll: f32,
    view_height: f32,
    drawn: usize,
}

/// Filters, with the project and the annotator for whom they were chosen.
struct Wanted {
    project: PathBuf,
    own: Annotator,
    query: ListQuery,
}

impl ListState {
    /// How many rows the last frame drew.
    pub fn rows_drawn(&self) -> usize {
        self.drawn
    }

    /// What is to be listed: what was asked for last, else what the snapshot lists.
    fn query(&mut self, pane: &Pane<'_>, project: &ProjectView) -> ListQuery {
        if self
            .wanted
            .as_ref()
            .is_some_and(|wanted| wanted.project != project.path)
        {
            *self = Self::default();
        }
        if let Some(wanted) = &mut self.wanted
            && wanted.own != project.annotator
        {
            // Whoever goes on under another name lists her own work first.
            wanted.query.annotator.clone_from(&project.annotator);
            wanted.own.clone_from(&project.annotator);
        }
        let listed = pane.snapshot.list.query.as_ref();
        // Once it is there the session may list something else, as review does.
        self.wanted.take_if(|wanted| listed == Some(&wanted.query));
        let wanted = self.wanted.as_ref().map(|wanted| wanted.query.clone());
        let query = wanted.or_else(|| listed.cloned());
        query.unwrap_or_else(|| no_filter(project))
    }

    fn ask(&mut self, pane: &mut Pane<'_>, query: ListQuery) {
        if let Some(project) = &pane.snapshot.project {
            self.wanted = Some(Wanted {
                project: project.path.clone(),
                own: project.annotator.clone(),
                query: query.clone(),
            });
        }
        pane.send(Request::SetList(query));
    }
}

/// The id of the filter field, for the shortcut that goes there.
pub fn filter_id() -> Id {
    Id::unique("article-filter")
}

/// The id of the rows as a whole, which takes the focus of the pane.
pub fn rows_id() -> Id {
    Id::unique("article-rows")
}

/// Draws the pane.
pub fn list_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ListState) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    filters_ui(ui, pane, state, &project);
    let footer = theme::ROW + GRID * 3.0;
    let height = (ui.available_height() - footer).max(theme::ROW);
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        rows_ui(ui, pane, state);
    });
    progress_ui(ui, pane, &project);
}

fn filters_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ListState, project: &ProjectView) {
    let query = state.query(pane, project);
    let key = pane.keys.shortcut(Action::FilterArticles).unwrap_or_default();
    let tip = words::filter_tip(&key);
    let field = Field::new(filter_id(), words::FILTER)
        .hint(words::FILTER_HINT)
        .tip(&tip)
        .style(TextStyle::new(theme::TEXT))
        .show(ui, pane.engine, &mut state.filter);
    if field.changed {
        let filter = state.filter.text().to_owned();
        state.ask(
            pane,
            ListQuery {
                filter,
                ..query.clone()
            },
        );
    }
    let goes_down = field.response.has_focus()
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown));
    if field.submitted || goes_down {
        ui.memory_mut(|memory| memory.request_focus(rows_id()));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        let half = (ui.available_width() - GRID) / 2.0;
        // In a narrow list “Any language” needs more than its half, and no status does.
        let language = combo_width(ui, pane, words::ANY_LANGUAGE).max(half);
        status_filter_ui(ui, pane, state, &query, 2.0 * half - language);
        language_filter_ui(ui, pane, state, project, language);
    });
    let query = state.query(pane, project);
    if let Some(query) = review_filters_ui(ui, pane, project, &query) {
        state.ask(pane, query);
    }
    ui.add_space(GRID);
}

fn status_filter_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ListState, query: &ListQuery, width: f32) {
    let shown = query.status.map_or(words::ANY_STATUS, words::status);
    let choices = std::iter::once(None).chain(Status::ALL.iter().copied().map(Some));
    let mut chosen = None;
    combo(ui, pane, words::FILTER_STATUS, shown, width, |ui, _| {
        for choice in choices {
            let name = choice.map_or(words::ANY_STATUS, words::status);
            if offer_ui(ui, choice == query.status, name) {
                chosen = Some(choice);
            }
        }
    });
    if let Some(status) = chosen {
        let query = query.clone();
        state.ask(pane, ListQuery { status, ..query });
    }
}

fn language_filter_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &mut ListState,
    project: &ProjectView,
    width: f32,
) {
    let query = state.query(pane, project);
    let shown = query.lang.as_deref().unwrap_or(words::ANY_LANGUAGE).to_owned();
    let mut chosen = None;
    combo(ui, pane, words::FILTER_LANGUAGE, &shown, width, |ui, pane| {
        if offer_ui(ui, query.lang.is_none(), words::ANY_LANGUAGE) {
            chosen = Some(None);
        }
        for (lang, count) in &project.languages {
            let is_chosen = query.lang.as_ref() == Some(lang);
            let words = format!("{lang}  {count}");
            if offer_any_script_ui(ui, pane, is_chosen, &words) {
                chosen = Some(Some(lang.clone()));
            }
        }
    });
    if let Some(lang) = chosen {
        state.ask(pane, ListQuery { lang, ..query });
    }
}

fn rows_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ListState) {
    let list = pane.snapshot.list.clone();
    let area = ui.available_rect_before_wrap();
    let focus = list_focus(ui, pane.palette, area, rows_id(), words::PANE_ARTICLES);
    if focus.has_focus() {
        walk(ui, pane);
    }
    if list.total == 0 {
        state.drawn = 0;
        return nothing_ui(ui, pane, state);
    }
    let mut scroll = ScrollArea::vertical()
        .id_salt("article-list")
        .auto_shrink([false, false]);
    if let Some(offset) = follow(pane, state, is_row_menu_asked(ui.ctx(), rows_id())) {
        scroll = scroll.vertical_scroll_offset(offset);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut visible = 0..0;
    let total = usize::try_from(list.total).unwrap_or(usize::MAX);
    let marked = focus.has_focus().then(|| at_hand(pane)).flatten();
    let output = scroll.show_rows(ui, theme::ROW, total, |ui, range| {
        visible = range.clone();
        for place in range {
            row(ui, pane, place as u64, marked.as_ref());
        }
    });
    state.scroll = output.state.clamped_offset().y;
    state.view_height = output.inner_rect.height();
    state.drawn = visible.len();
    page(pane, state, visible.start as u64, visible.end as u64);
}

/// Moves with the arrow keys, and into the text with Enter or Esc.
fn walk(ui: &Ui, pane: &mut Pane<'_>) {
    if is_pressed(ui, Key::Escape) {
        pane.queue.push(Ask::FocusArticle);
    }
    if is_pressed(ui, Key::ArrowDown) {
        pane.act(Action::NextArticle);
    }
    if is_pressed(ui, Key::ArrowUp) {
        pane.act(Action::PreviousArticle);
    }
    if is_pressed(ui, Key::Enter)
        && let Some(id) = at_hand(pane)
    {
        pane.queue.push(Ask::OpenArticle(id));
    }
}

/// The article that Enter goes to: the open one, or the first of the list where a filter has left that out.
fn at_hand(pane: &Pane<'_>) -> Option<ArticleId> {
    let list = &pane.snapshot.list;
    let is_whole = list.total <= list.rows.len() as u64;
    let open = pane.snapshot.article.as_ref();
    // Of a list that is not held as a whole nobody knows here what the filter has left out.
    let listed = open.filter(|open| !is_whole || list.rows.iter().any(|row| row.id == open.id));
    let first = list.rows.first().map(|row| row.id.clone());
    listed.map(|open| open.id.clone()).or(first)
}

/// Where to scroll so that another open article comes into view; nothing where it is in view.
fn follow(pane: &Pane<'_>, state: &mut ListState, is_asked: bool) -> Option<f32> {
    let article = pane.snapshot.article.as_ref()?;
    let now = (article.id.clone(), article.position);
    // A key that asks for its menu needs it in view too.
    if state.followed.as_ref() == Some(&now) && !is_asked {
        return None;
    }
    let place = article.position?;
    state.followed = Some(now);
    let top = place as f32 * theme::ROW;
    let view = state.view_height.max(theme::ROW * 3.0);
    if top < state.scroll {
        Some((top - theme::ROW).max(0.0))
    } else if top + theme::ROW > state.scroll + view {
        Some(top + theme::ROW * 2.0 - view)
    } else {
        None
    }
}

/// Asks for the page round the view where the snapshot does not hold it.
fn page(pane: &mut Pane<'_>, state: &mut ListState, first: u64, end: u64) {
    let list = &pane.snapshot.list;
    let held = list.offset..list.offset + list.rows.len() as u64;
    if held.contains(&first) && end <= held.end {
        state.asked = None;
        return;
    }
    let offset = first.saturating_sub(PAGE / 4);
    if state.asked != Some(offset) {
        state.asked = Some(offset);
        pane.send(Request::ListPage { offset });
    }
}

/// Draws a row; `marked` is the article that Enter opens while the list has the focus.
fn row(ui: &mut Ui, pane: &mut Pane<'_>, place: u64, marked: Option<&ArticleId>) {
    let list = pane.snapshot.list.clone();
    let found = place
        .checked_sub(list.offset)
        .and_then(|index| list.rows.get(usize::try_from(index).ok()?));
    let Some(article) = found else {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
        let line = Rect::from_center_size(rect.center(), vec2(rect.width() - GRID * 4.0, GRID));
        ui.painter().rect_filled(line, 2.0, pane.palette.hover);
        return;
    };
    let open = pane
        .snapshot
        .article
        .as_ref()
        .is_some_and(|open| open.id == article.id);
    let (rect, response) = row_ui(ui, pane.palette, theme::ROW, open, &row_name(article));
    paint_article(ui, pane, rect, article);
    if marked == Some(&article.id) {
        focus_ring(ui, pane.palette, rect);
    }
    let title = title_or_none(article.title.as_deref());
    if response.clicked() {
        pane.queue.push(Ask::OpenArticle(article.id.clone()));
    }
    let at_hand = marked == Some(&article.id);
    row_menu(&response, rows_id(), (article.id.as_str(), at_hand), |ui| {
        article_menu_ui(ui, pane, article);
    });
    any_script_tip(response, pane.engine, title);
}

/// What assistive technology reads of a row.
fn row_name(article: &ListRow) -> String {
    let mut parts = vec![
        title_or_none(article.title.as_deref()).to_owned(),
        article
            .lang
            .as_deref()
            .unwrap_or(words::LANGUAGE_UNKNOWN)
            .to_owned(),
        words::status(article.status).to_owned(),
        words::counted(article.spans, words::SPAN, words::SPANS_SMALL),
    ];
    parts.extend(article.review.map(|verdict| words::verdict(verdict).to_owned()));
    parts.extend(article.flagged.then(|| words::IS_FLAGGED.to_owned()));
    if article.open_notes > 0 {
        parts.push(words::counted(article.open_notes, "open note", "open notes"));
    }
    parts.join(", ")
}

fn paint_article(ui: &Ui, pane: &mut Pane<'_>, rect: Rect, article: &ListRow) {
    let palette = pane.palette;
    let middle = rect.center().y;
    let lang = article.lang.as_deref().unwrap_or(words::LANGUAGE_UNKNOWN);
    let short_lang = words::shorten(lang, 3);
    paint_small(
        ui,
        pos2(rect.left() + GRID * 2.0, middle),
        Align2::LEFT_CENTER,
        &short_lang,
        palette.ink_weak,
    );
    let mark = match article.status {
        Status::Done => palette.success,
        Status::InProgress => palette.accent,
        Status::Todo | Status::Skipped => palette.ink_faint,
    };
    let mark_at = pos2(rect.left() + GRID * 10.0, middle);
    icons::paint_status(ui.painter(), article.status, mark_at, mark, palette.panel);
    let count = if article.spans == 0 {
        String::new()
    } else {
        article.spans.to_string()
    };
    let count_at = pos2(rect.right() - GRID * 2.0, middle);
    let count_rect = paint_small(ui, count_at, Align2::RIGHT_CENTER, &count, palette.ink_weak);
    let right = count_rect.left().min(rect.right() - GRID * 6.0);
    let right = paint_marks(ui, pane, article, right, middle) - GRID;
    let title_rect = Rect::from_min_max(
        pos2(rect.left() + GRID * 13.0, rect.top()),
        pos2(right, rect.bottom()),
    );
    let title = title_or_none(article.title.as_deref());
    let ink = if article.title.is_some() {
        palette.ink
    } else {
        palette.ink_weak
    };
    paint_in(
        ui,
        pane.engine,
        title,
        TextStyle::new(theme::TEXT),
        ink,
        title_rect,
    );
}

/// Verdict, flag, and open notes, from the right end on; where what is left of them ends.
fn paint_marks(ui: &Ui, pane: &Pane<'_>, article: &ListRow, right: f32, middle: f32) -> f32 {
    let (painter, palette) = (ui.painter(), pane.palette);
    let mut center = pos2(right - marks::MARK, middle);
    // An arrow back and the pole of a flag would else be one figure.
    let step = marks::MARK + GRID * 2.0;
    if article.open_notes > 0 {
        marks::paint_note(painter, center, marks::MARK, palette.warning);
        center.x -= step;
    }
    if article.flagged {
        marks::paint_flag(painter, center, palette.accent);
        center.x -= step;
    }
    if let Some(verdict) = article.review {
        marks::paint_verdict(painter, verdict, center, palette.verdict(verdict));
        center.x -= step;
    }
    if center.x < right - marks::MARK {
        center.x + marks::MARK / 2.0
    } else {
        right
    }
}

fn nothing_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut ListState) {
    let project_is_empty = pane
        .snapshot
        .project
        .as_ref()
        .is_none_or(|project| project.progress.total == 0);
    if project_is_empty {
        // The middle of the window says so, with what to do.
        return;
    }
    empty_ui(ui, pane.palette, words::NO_MATCH, "");
    if ui.button(words::CLEAR_FILTERS).clicked()
        && let Some(project) = pane.snapshot.project.clone()
    {
        state.filter.set_text("");
        state.ask(pane, no_filter(&project));
    }
}

fn progress_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView) {
    hairline_ui(ui, pane.palette);
    let list = pane.snapshot.list.clone();
    let progress = &list.progress;
    let (done, total) = (progress.done, progress.total);
    let whose = list.query.as_ref().map(|query| &query.annotator);
    let whose = whose.filter(|whose| **whose != project.annotator);
    let words = words::progress_of(whose.map(Annotator::as_str), done, total);
    let tip = words::progress_tip(done, progress.in_progress, progress.todo, progress.skipped);
    ui.horizontal(|ui| {
        let small = |text: String| {
            egui::RichText::new(text)
                .size(theme::TEXT_SMALL)
                .color(pane.palette.ink_weak)
        };
        let style = TextStyle::new(theme::TEXT_SMALL);
        let counted = ShortText::new(&words, style, pane.palette.ink_weak).max_width(ui.available_width());
        counted.show(ui, pane.engine).on_hover_text(&tip);
        let listed = list.total;
        if listed != total {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let shown = ui.label(small(words::shown(listed, total)));
                shown.on_hover_text(words::shown_tip(listed, total));
            });
        }
    });
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 2.0), Sense::hover());
    response.on_hover_text(&tip);
    ui.painter().rect_filled(rect, 1.0, pane.palette.hairline);
    if total > 0 {
        let filled = Vec2::new(rect.width() * (done as f32 / total as f32), rect.height());
        let bar = Rect::from_min_size(rect.min, filled);
        ui.painter().rect_filled(bar, 1.0, pane.palette.success);
    }
}

fn no_filter(project: &ProjectView) -> ListQuery {
    ListQuery::all(project.annotator.clone())
}
