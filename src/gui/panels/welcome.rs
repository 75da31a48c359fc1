//! The first screen: what Hashiya is, how to begin, and the projects opened last.

use egui::accesskit::Role;
use egui::{Id, Sense, Ui, WidgetInfo, vec2};

use super::help::Topic;
use super::widgets::{focus_ring, heading_ui, paint_in, paint_row, paint_small};
use super::{Ask, Pane};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::{icons, words};
use crate::session::RecentProject;
use crate::session::action::Action;

/// How one can begin.
const BEGIN: [Action; 4] = [
    Action::OpenArticles,
    Action::OpenProject,
    Action::NewProject,
    Action::OpenSample,
];

/// Width of the column.
const COLUMN: f32 = 520.0;

/// The id of the first row, which takes the focus of the screen.
pub fn welcome_id() -> Id {
    row_id(Action::OpenArticles.entry().id)
}

fn row_id(row: impl std::hash::Hash + std::fmt::Debug) -> Id {
    Id::unique("welcome").with(row)
}

/// Draws the screen.
pub fn welcome_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    egui::ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let side = ((ui.available_width() - COLUMN) / 2.0).max(GRID * 4.0);
            ui.add_space((ui.available_height() * 0.12).max(GRID * 4.0));
            ui.horizontal(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(COLUMN.min(ui.available_width() - GRID * 4.0));
                    column_ui(ui, pane);
                });
            });
        });
}

fn column_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let palette = pane.palette;
    ui.label(
        egui::RichText::new(words::APP)
            .size(28.0)
            .strong()
            .color(palette.ink),
    );
    ui.label(egui::RichText::new(words::TAGLINE).color(palette.ink_weak));
    ui.add_space(GRID * 5.0);
    let is_free = ui.memory(|memory| memory.focused().is_none());
    if is_free && ui.input(|input| input.key_pressed(egui::Key::ArrowDown)) {
        ui.memory_mut(|memory| {
            memory.request_focus(welcome_id());
            memory.move_focus(egui::FocusDirection::None);
        });
    }
    for action in BEGIN {
        let entry = action.entry();
        begin_ui(ui, pane, action, entry.name.trim_end_matches('…'), entry.help);
    }
    begin_ui(ui, pane, Action::Help, Topic::FIRST.title(), words::HELP_BEGIN);
    ui.add_space(GRID * 2.0);
    ui.label(
        egui::RichText::new(words::DROP_HINT)
            .size(theme::TEXT_SMALL)
            .color(palette.ink_weak),
    );
    ui.add_space(GRID * 4.0);
    heading_ui(ui, palette, words::RECENT);
    let recent = pane.snapshot.recent.clone();
    if recent.is_empty() {
        ui.label(
            egui::RichText::new(words::RECENT_NONE)
                .size(theme::TEXT_SMALL)
                .color(palette.ink_weak),
        );
    }
    for project in recent.iter() {
        recent_ui(ui, pane, project);
    }
}

fn begin_ui(ui: &mut Ui, pane: &mut Pane<'_>, action: Action, name: &str, help: &str) {
    let (rect, response) = focusable_row(ui, pane, row_id(action.entry().id), theme::ROW_TWO_LINES, name);
    let square = egui::Rect::from_center_size(
        egui::pos2(rect.left() + GRID * 5.0, rect.center().y),
        vec2(theme::ICON, theme::ICON),
    );
    icons::paint(ui.painter(), action, square, pane.palette.accent);
    let left = rect.left() + GRID * 10.0;
    ui.painter().text(
        egui::pos2(left, rect.center().y - 9.0),
        egui::Align2::LEFT_CENTER,
        name,
        egui::FontId::proportional(theme::TEXT),
        pane.palette.ink,
    );
    let below = egui::Rect::from_center_size(
        egui::pos2((left + rect.right() - GRID * 2.0) / 2.0, rect.center().y + 9.0),
        vec2(rect.right() - GRID * 2.0 - left, theme::TEXT_SMALL),
    );
    let small = TextStyle::new(theme::TEXT_SMALL);
    paint_in(ui, pane.engine, help, small, pane.palette.ink_weak, below);
    if let Some(key) = pane.keys.shortcut(action) {
        let right = egui::pos2(rect.right() - GRID * 2.0, rect.center().y - 9.0);
        paint_small(ui, right, egui::Align2::RIGHT_CENTER, &key, pane.palette.ink_weak);
    }
    if response.clicked() {
        pane.act(action);
    }
}

fn recent_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &RecentProject) {
    let RecentProject { path, name, .. } = project;
    let place = if project.untitled {
        words::UNTITLED_PROJECT.to_owned()
    } else {
        path.parent()
            .map(|folder| folder.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let (rect, response) = focusable_row(ui, pane, row_id(path), theme::ROW, name);
    let (left, right) = rect
        .shrink2(vec2(GRID * 2.0, 0.0))
        .split_left_right_at_fraction(0.45);
    paint_in(
        ui,
        pane.engine,
        name,
        TextStyle::new(theme::TEXT),
        pane.palette.ink,
        left,
    );
    let small = TextStyle::new(theme::TEXT_SMALL);
    paint_in(ui, pane.engine, &place, small, pane.palette.ink_weak, right);
    if response.clicked() {
        pane.queue.push(Ask::OpenRecent(path.clone()));
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(COLUMN);
        ShortText::new(
            &path.to_string_lossy(),
            TextStyle::new(theme::TEXT),
            pane.palette.ink,
        )
        .max_width(COLUMN)
        .wrap()
        .show(ui, pane.engine);
    });
}

/// A row that Tab and the arrow keys reach, and Enter takes.
fn focusable_row(
    ui: &mut Ui,
    pane: &Pane<'_>,
    id: Id,
    height: f32,
    name: &str,
) -> (egui::Rect, egui::Response) {
    let size = vec2(ui.available_width(), height);
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, id, Sense::click());
    paint_row(ui, pane.palette, rect, &response, false);
    if response.has_focus() {
        focus_ring(ui, pane.palette, rect);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    (rect, response)
}
