//! The toolbar: a few icons, each an action of the table.

use egui::{Align, Layout, Ui};

use super::Pane;
use super::widgets::icon_button;
use crate::gui::theme::GRID;
use crate::session::action::Action;

/// The actions of the toolbar in groups.
pub const ACTIONS: &[&[Action]] = &[
    &[Action::Import, Action::SaveSnapshot],
    &[Action::Undo, Action::Redo],
    &[
        Action::PreviousArticle,
        Action::NextArticle,
        Action::MarkDoneAndNext,
    ],
];

/// Draws the icons that stand at the left of the menu bar's second half.
pub fn toolbar_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    ui.spacing_mut().item_spacing.x = GRID / 2.0;
    for (place, group) in ACTIONS.iter().enumerate() {
        if place > 0 {
            ui.add_space(GRID * 2.0);
        }
        for action in *group {
            if icon_button(ui, pane, *action).clicked() {
                pane.act(*action);
            }
        }
    }
}

/// Draws the icons at the far end: the palette and the theme.
pub fn toolbar_end_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GRID / 2.0;
        for action in [Action::ToggleTheme, Action::Palette] {
            if icon_button(ui, pane, action).clicked() {
                pane.act(action);
            }
        }
    });
}
