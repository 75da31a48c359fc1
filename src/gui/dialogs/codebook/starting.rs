//! A codebook to begin with, in a project that has no articles yet.

use std::sync::LazyLock;

use egui::Ui;
use serde_json::json;

use super::run;
use crate::gui::dialogs::small_ui;
use crate::gui::panels::Pane;
use crate::gui::words;
use crate::model::Codebook;
use crate::session::codebook_toml::BUILTIN;

/// The codebooks of the program, read once.
static BOOKS: LazyLock<Vec<(&str, &str, Codebook)>> = LazyLock::new(|| {
    let read = |(name, toml): &(&'static str, &'static str)| {
        Some((*name, *toml, crate::session::codebook_toml::builtin(name)?))
    };
    BUILTIN.iter().filter_map(read).collect()
});

/// Draws a button for each codebook to begin with; answers the one that was pressed.
pub(super) fn start_ui(ui: &mut Ui, ink: egui::Color32, now: &Codebook) -> Option<&'static str> {
    small_ui(ui, words::START_FROM, ink);
    let mut chosen = None;
    for (name, toml, codebook) in BOOKS.iter() {
        let button = ui.add_enabled(codebook != now, egui::Button::new(*name));
        let spoken = format!("{} {name}", words::START_FROM);
        button.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Button, codebook != now, &spoken)
        });
        if button.on_disabled_hover_text(words::STARTED_SO).clicked() {
            chosen = Some(*toml);
        }
    }
    chosen
}

/// Takes that codebook over instead of the one that is there.
pub(super) fn start_from(pane: &mut Pane<'_>, toml: &str) {
    run(
        pane,
        &json!({"command": "import_codebook", "toml": toml, "replace": true}),
    );
}
