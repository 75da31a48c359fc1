//! What a check of the whole project found: each row leads to its article.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Id, Key, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Stay, focus_once, foot_ui, keep_arrows, small_ui, title_ui};
use crate::gui::paint::TextStyle;
use crate::gui::panels::problems::paint_triangle;
use crate::gui::panels::widgets::{focus_ring, paint_in, primary_button, row_ui, title_or_none};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::gui::words::problems as own;
use crate::session::{CheckReport, FoundProblem};

/// Height of one entry: the problem, then its article.
const ENTRY: f32 = 44.0;

/// The dialog.
pub struct CheckReportDialog {
    report: Arc<CheckReport>,
    row: usize,
    focused: bool,
}

impl CheckReportDialog {
    /// Of a report.
    pub fn new(report: Arc<CheckReport>) -> Self {
        Self {
            report,
            row: 0,
            focused: false,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, own::CHECK_REPORT);
        let report = Arc::clone(&self.report);
        summary_ui(ui, pane, &report);
        let mut stay = Stay::Open;
        if !report.problems.is_empty() {
            small_ui(ui, own::CHECK_KEYS, pane.palette.ink_weak);
            ui.add_space(GRID * 2.0);
            if let Some(found) = self.list_ui(ui, pane, &report) {
                pane.queue.push(Ask::OpenProblem(Box::new(found.clone())));
                stay = Stay::Close;
            }
        }
        foot_ui(ui, |ui| {
            if primary_button(ui, pane.palette, words::CLOSE).clicked() {
                stay = Stay::Close;
            }
        });
        stay
    }

    /// Draws the list; answers the row that was chosen to go to.
    fn list_ui<'a>(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        report: &'a CheckReport,
    ) -> Option<&'a FoundProblem> {
        let id = Id::unique("check-rows");
        let height = (ui.ctx().content_rect().height() - 320.0).clamp(ENTRY * 2.0, 420.0);
        // A short list takes no more room than it has rows, and its frame stands around these.
        let height = height.min(report.problems.len() as f32 * ENTRY);
        let area = egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let focus = ui.interact(area, id, Sense::focusable_noninteractive());
        focus.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, own::CHECK_LIST));
        focus_once(ui, id, &mut self.focused);
        let mut chosen = None;
        let mut moved = false;
        if focus.has_focus() {
            focus_ring(ui, pane.palette, area.expand(3.0));
            (moved, chosen) = self.walk(ui, id, report.problems.len());
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut scroll = ScrollArea::vertical()
            .max_height(height)
            // A dialog in the making has no height yet, from which the list would never grow.
            .min_scrolled_height(height)
            .auto_shrink([false, true]);
        if moved {
            scroll = scroll.vertical_scroll_offset((self.row as f32 * ENTRY - height / 2.0).max(0.0));
        }
        scroll.show_rows(ui, ENTRY, report.problems.len(), |ui, visible| {
            for place in visible {
                if let Some(found) = report.problems.get(place)
                    && entry_ui(ui, pane, found, place == self.row)
                {
                    chosen = Some(place);
                }
            }
        });
        report.problems.get(chosen?)
    }

    /// Follows the keys: whether another row was chosen, and which one to go to.
    fn walk(&mut self, ui: &Ui, id: Id, count: usize) -> (bool, Option<usize>) {
        keep_arrows(ui, id);
        let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        let before = self.row;
        let last = count.saturating_sub(1);
        if pressed(Key::ArrowDown) {
            self.row = (self.row + 1).min(last);
        }
        if pressed(Key::ArrowUp) {
            self.row = self.row.saturating_sub(1);
        }
        if pressed(Key::Home) {
            self.row = 0;
        }
        if pressed(Key::End) {
            self.row = last;
        }
        (self.row != before, pressed(Key::Enter).then_some(self.row))
    }
}

fn summary_ui(ui: &mut Ui, pane: &Pane<'_>, report: &CheckReport) {
    let is_unsound = report.findings.iter().any(|finding| finding.is_error);
    if is_unsound {
        small_ui(ui, own::CHECK_UNSOUND, pane.palette.danger);
    }
    for finding in report.findings.iter().take(8) {
        let place = finding.place.as_deref().unwrap_or_default();
        small_ui(ui, &format!("{place} {}", finding.message), pane.palette.warning);
    }
    if is_unsound {
        return;
    }
    if report.total == 0 {
        small_ui(ui, own::CHECK_CLEAN, pane.palette.ink);
        return;
    }
    small_ui(ui, own::CHECK_SOUND, pane.palette.ink);
    let problems = own::check_summary(report.total, report.articles, report.problems.len());
    small_ui(ui, &problems, pane.palette.ink);
}

/// Draws a problem with its article; says whether it was clicked.
fn entry_ui(ui: &mut Ui, pane: &mut Pane<'_>, found: &FoundProblem, chosen: bool) -> bool {
    let title = title_or_none(found.title.as_deref());
    let name = format!("{title}: {}", found.problem.message);
    let (rect, response) = row_ui(ui, pane.palette, ENTRY, chosen, &name);
    let middle = rect.center().y;
    let sign = egui::Rect::from_center_size(
        pos2(rect.left() + GRID * 2.5, f32::midpoint(rect.top(), middle)),
        vec2(10.0, 9.0),
    );
    paint_triangle(ui, sign, pane.palette.warning);
    let left = rect.left() + GRID * 5.0;
    let right = rect.right() - GRID * 2.0;
    let above = egui::Rect::from_min_max(pos2(left, rect.top() + 2.0), pos2(right, middle));
    let below = egui::Rect::from_min_max(pos2(left, middle), pos2(right, rect.bottom() - 2.0));
    let (ink, weak) = (pane.palette.ink, pane.palette.ink_weak);
    paint_in(
        ui,
        pane.engine,
        &found.problem.message,
        TextStyle::new(theme::TEXT).own(),
        ink,
        above,
    );
    let whose = format!("{title} · {}", found.annotator);
    paint_in(
        ui,
        pane.engine,
        &whose,
        TextStyle::new(theme::TEXT_SMALL),
        weak,
        below,
    );
    response.clicked()
}
