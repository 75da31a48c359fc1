//! The problems of the open article: each row leads to its place, or puts the problem away.

use egui::accesskit::Role;
use egui::{Align2, Id, Key, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::row_menu::{is_row_menu_asked, key_entry, row_menu};
use super::widgets::{empty_ui, is_pressed, list_focus, paint_in, paint_small, row_ui};
use super::{Ask, Pane};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::problems::ProblemsState;
use crate::gui::theme::{self, GRID};
use crate::gui::words::problems as words;
use crate::gui::words::{GO_TO_PROBLEM, sentence};
use crate::model::ProblemKey;
use crate::model::problem::Problem;
use crate::session::action::{Action, Shortcut};
use crate::session::{ArticleView, Command, DismissProblem, RestoreProblem};

/// Width of a row's tip.
const TIP_WIDTH: f32 = 360.0;

/// What the list remembers.
#[derive(Default)]
pub struct ProblemListState {
    /// The row that keys are about.
    row: usize,
    /// Whether dismissed problems are shown, too.
    shows_dismissed: bool,
    /// The problem that was gone to last, as the list last saw it.
    followed: Option<ProblemKey>,
}

/// A row of the list.
#[derive(Clone, Copy)]
struct Row<'a> {
    problem: &'a Problem,
    is_dismissed: bool,
}

/// The id of the list, which takes the focus of the pane.
pub fn problems_id() -> Id {
    Id::unique("problem-rows")
}

/// Draws the list, only the visible rows.
pub fn problems_ui(ui: &mut Ui, pane: &mut Pane<'_>, problems: &ProblemsState, state: &mut ProblemListState) {
    let Some(article) = pane.snapshot.article.clone() else {
        return;
    };
    let found = problems.found();
    let area = ui.available_rect_before_wrap();
    let has_focus = list_focus(ui, pane.palette, area, problems_id(), words::PROBLEMS).has_focus();
    dismissed_switch_ui(ui, found.dismissed.len(), state);
    let rows = rows(&found.open, &found.dismissed, state.shows_dismissed);
    state.row = state.row.min(rows.len().saturating_sub(1));
    follow(problems, state);
    let mut moved = false;
    if has_focus {
        moved = walk(ui, pane, &article, &rows, state) || is_row_menu_asked(ui.ctx(), problems_id());
        keys_ui(ui, pane, rows.get(state.row));
    }
    if rows.is_empty() {
        if problems.is_busy() {
            empty_ui(ui, pane.palette, words::PROBLEMS_SEARCHING, "");
        } else {
            let (left, notes) = (problems.found().left_when_done, problems.found().notes_when_done);
            let hint = if left > 0 {
                words::left_when_done(left, notes)
            } else {
                words::NO_PROBLEMS_HINT.to_owned()
            };
            empty_ui(ui, pane.palette, words::NO_PROBLEMS, &hint);
        }
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut scroll = ScrollArea::vertical()
        .id_salt(("problem-list", article.id.as_str()))
        .auto_shrink([false, false]);
    if moved {
        // The chosen row comes into the middle of the list.
        let middle = ui.available_height() / 2.0;
        scroll = scroll.vertical_scroll_offset((state.row as f32 * theme::ROW - middle).max(0.0));
    }
    scroll.show_rows(ui, theme::ROW, rows.len(), |ui, visible| {
        for place in visible {
            let Some(row) = rows.get(place) else { continue };
            let is_current = problems
                .current()
                .is_some_and(|current| current.key == row.problem.key);
            let is_chosen = if has_focus { place == state.row } else { is_current };
            if row_of(ui, pane, &article, *row, (is_chosen, has_focus && is_chosen)) {
                state.row = place;
            }
        }
    });
}

fn rows<'a>(open: &'a [Problem], dismissed: &'a [Problem], shows_dismissed: bool) -> Vec<Row<'a>> {
    let row = |is_dismissed: bool| {
        move |problem: &'a Problem| Row {
            problem,
            is_dismissed,
        }
    };
    let dismissed = dismissed.iter().filter(|_| shows_dismissed).map(row(true));
    open.iter().map(row(false)).chain(dismissed).collect()
}

/// The list goes along with the problem that keys elsewhere went to.
fn follow(problems: &ProblemsState, state: &mut ProblemListState) {
    let current = problems.current().map(|problem| problem.key.clone());
    if current.is_some()
        && current != state.followed
        && let Some(place) = problems.current_place()
    {
        state.row = place;
    }
    state.followed = current;
}

fn dismissed_switch_ui(ui: &mut Ui, count: usize, state: &mut ProblemListState) {
    if count == 0 {
        return;
    }
    let name = words::show_dismissed(count, state.shows_dismissed);
    let text = egui::RichText::new(name).size(theme::TEXT_SMALL);
    if ui.selectable_label(state.shows_dismissed, text).clicked() {
        state.shows_dismissed = !state.shows_dismissed;
    }
}

/// What the keys do to the chosen row, and what to do about its problem.
fn keys_ui(ui: &mut Ui, pane: &mut Pane<'_>, row: Option<&Row<'_>>) {
    let Some(row) = row else { return };
    let keys = if row.is_dismissed {
        words::DISMISSED_KEYS
    } else {
        words::PROBLEMS_KEYS
    };
    let hint = sentence(&row.problem.hint);
    let width = ui.available_width();
    for (text, ink) in [
        (row.problem.message.as_str(), pane.palette.ink),
        (&hint, pane.palette.ink_weak),
        (keys, pane.palette.ink_weak),
    ] {
        ShortText::new(text, TextStyle::new(theme::TEXT_SMALL).own(), ink)
            .max_width(width)
            .wrap()
            .show(ui, pane.engine);
    }
    ui.add_space(GRID);
}

/// Follows the keys; says whether another row was chosen.
fn walk(
    ui: &Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    rows: &[Row<'_>],
    state: &mut ProblemListState,
) -> bool {
    let pressed = |key| is_pressed(ui, key);
    let before = state.row;
    let last = rows.len().saturating_sub(1);
    if pressed(Key::ArrowDown) {
        state.row = (state.row + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        state.row = state.row.saturating_sub(1);
    }
    if pressed(Key::Home) {
        state.row = 0;
    }
    if pressed(Key::End) {
        state.row = last;
    }
    if pressed(Key::Escape) {
        pane.queue.push(Ask::FocusArticle);
    }
    if let Some(row) = rows.get(state.row) {
        if pressed(Key::Enter) {
            go_to(pane, row.problem);
        }
        if pressed(Key::Delete) {
            turn(pane, article, *row);
        }
    }
    state.row != before
}

/// Dismisses an open problem, shows a dismissed one again.
fn turn(pane: &mut Pane<'_>, article: &ArticleView, row: Row<'_>) {
    let command: Command = if row.is_dismissed {
        RestoreProblem {
            article: article.id.clone(),
            annotator: None,
            problem: row.problem.key.clone(),
        }
        .into()
    } else {
        dismissal(article, row.problem)
    };
    pane.run(command);
}

/// The command that dismisses a problem.
pub fn dismissal(article: &ArticleView, problem: &Problem) -> Command {
    DismissProblem {
        article: article.id.clone(),
        annotator: None,
        problem: problem.key.clone(),
    }
    .into()
}

/// Draws a row; says whether it was clicked. It is chosen, and the keys may mean it.
fn row_of(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    row: Row<'_>,
    (chosen, at_hand): (bool, bool),
) -> bool {
    let problem = row.problem;
    let name = if row.is_dismissed {
        format!("{}: {}", words::DISMISSED, problem.message)
    } else {
        problem.message.clone()
    };
    let (rect, response) = row_ui(ui, pane.palette, theme::ROW, chosen, &name);
    let (ink, sign_ink) = if row.is_dismissed {
        (pane.palette.ink_faint, pane.palette.ink_faint)
    } else {
        (pane.palette.ink, pane.palette.warning)
    };
    let sign = Rect::from_center_size(pos2(rect.left() + GRID * 2.5, rect.center().y), vec2(10.0, 9.0));
    paint_triangle(ui, sign, sign_ink);
    let start = problem.at.and_then(|at| article.text.char_of(at.start()));
    let offset = start.map(|at| at.to_string()).unwrap_or_default();
    let right = pos2(rect.right() - GRID * 2.0, rect.center().y);
    let offset = paint_small(ui, right, Align2::RIGHT_CENTER, &offset, pane.palette.ink_weak);
    // The button lies over the row, and takes its hover.
    let end = if ui.rect_contains_pointer(rect) || chosen {
        turn_button(
            ui,
            pane,
            article,
            row,
            pos2(offset.left() - GRID, rect.center().y),
        )
    } else {
        offset.left()
    };
    let words_rect = Rect::from_min_max(
        pos2(rect.left() + GRID * 5.0, rect.top()),
        pos2(end - GRID, rect.bottom()),
    );
    paint_in(
        ui,
        pane.engine,
        &problem.message,
        TextStyle::new(theme::TEXT).own(),
        ink,
        words_rect,
    );
    let clicked = response.clicked();
    if clicked {
        go_to(pane, problem);
    }
    row_menu(&response, problems_id(), (problem.key.as_str(), at_hand), |ui| {
        menu_ui(ui, pane, article, row);
    });
    let chooses = clicked || response.secondary_clicked();
    response.on_hover_ui(|ui| tip_ui(ui, pane, problem));
    chooses
}

/// The menu of a problem, with the keys of the list.
fn menu_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, row: Row<'_>) {
    if key_entry(ui, pane, GO_TO_PROBLEM, Some(Shortcut::key("Enter")), None) {
        go_to(pane, row.problem);
    }
    let blocked = Action::AddNote.entry().available(&pane.situation).err();
    let key = Some(Shortcut::key("Delete"));
    if key_entry(ui, pane, turn_name(row), key, blocked) {
        turn(pane, article, row);
    }
}

/// Goes to what a problem is about.
fn go_to(pane: &mut Pane<'_>, problem: &Problem) {
    pane.queue.push(Ask::ShowProblem(Box::new(problem.clone())));
    pane.queue.push(Ask::FocusArticle);
}

const fn turn_name(row: Row<'_>) -> &'static str {
    if row.is_dismissed {
        words::RESTORE
    } else {
        words::DISMISS
    }
}

/// A problem whole, with what to do about it.
fn tip_ui(ui: &mut Ui, pane: &mut Pane<'_>, problem: &Problem) {
    ui.set_max_width(TIP_WIDTH);
    let hint = sentence(&problem.hint);
    for (text, ink) in [
        (problem.message.as_str(), pane.palette.ink),
        (&hint, pane.palette.ink_weak),
    ] {
        ShortText::new(text, TextStyle::new(theme::TEXT_SMALL).own(), ink)
            .max_width(TIP_WIDTH)
            .wrap()
            .show(ui, pane.engine);
    }
}

/// The button of a row, its right edge there; answers where it begins.
fn turn_button(
    ui: &Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    row: Row<'_>,
    right_center: egui::Pos2,
) -> f32 {
    let name = turn_name(row);
    let font = egui::FontId::proportional(theme::TEXT_SMALL);
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font, pane.palette.accent);
    let rect = Align2::RIGHT_CENTER.anchor_size(right_center, galley.size());
    let id = ui.scope_id().with(("turn", row.problem.key.as_str()));
    let response = ui.interact(rect.expand2(vec2(GRID, GRID)), id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    ui.painter().galley(rect.min, galley, pane.palette.accent);
    if response.hovered() {
        let line = Stroke::new(1.0, pane.palette.accent);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
    }
    if response.clicked() {
        turn(pane, article, row);
    }
    rect.left()
}

/// The sign of a problem.
pub fn paint_triangle(ui: &Ui, rect: Rect, ink: egui::Color32) {
    let corners = vec![rect.center_top(), rect.right_bottom(), rect.left_bottom()];
    let shape = egui::Shape::convex_polygon(corners, ink, Stroke::NONE);
    ui.painter().add(shape);
}
