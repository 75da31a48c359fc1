//! The list of formats in the export dialog: one is chosen, by mouse, by arrows, or by its first letters.

use egui::accesskit::Role;
use egui::{Event, Id, Key, ScrollArea, Sense, Ui, WidgetInfo};

use crate::gui::dialogs::{focus_once, keep_arrows};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{focus_ring, row_ui};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::Format;

/// The list.
#[derive(Default)]
pub struct FormatsList {
    focused: bool,
    /// Whether the format that is chosen first was brought into view.
    revealed: bool,
    /// Whether Enter was pressed in it.
    submitted: bool,
}

impl FormatsList {
    /// Whether Enter was pressed in it since the last time this was asked.
    pub fn take_submitted(&mut self) -> bool {
        std::mem::take(&mut self.submitted)
    }

    /// Draws it; another format may be chosen.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        pane: &Pane<'_>,
        formats: &[&'static Format],
        chosen: &mut String,
        height: f32,
    ) {
        let id = Id::unique("export-formats");
        focus_once(ui, id, &mut self.focused);
        let area = ui.available_rect_before_wrap();
        let focus = ui.interact(area, id, Sense::focusable_noninteractive());
        focus.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, words::FORMAT));
        let mut moved = !self.revealed;
        self.revealed |= !ui.is_sizing_pass();
        if focus.has_focus() {
            focus_ring(ui, pane.palette, area.expand(2.0));
            moved |= self.walk(ui, id, formats, chosen);
        }
        ScrollArea::vertical()
            .id_salt("export-formats-list")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for format in formats {
                    let is_chosen = format.id == *chosen;
                    let (rect, response) = row_ui(ui, pane.palette, theme::ROW, is_chosen, format.name);
                    if is_chosen && moved {
                        response.scroll_to_me(None);
                    }
                    ui.painter().text(
                        egui::pos2(rect.left() + GRID * 2.0, rect.center().y),
                        egui::Align2::LEFT_CENTER,
                        format.name,
                        egui::FontId::proportional(theme::TEXT),
                        pane.palette.ink,
                    );
                    if response.clicked() {
                        format.id.clone_into(chosen);
                    }
                }
            });
    }

    /// Takes the keys of the list; answers whether another format was chosen by them.
    fn walk(&mut self, ui: &Ui, id: Id, formats: &[&'static Format], chosen: &mut String) -> bool {
        keep_arrows(ui, id);
        let (step, typed, submitted) = ui.input(|input| {
            let pressed = |key| isize::try_from(input.num_presses(key)).unwrap_or_default();
            let all = isize::try_from(formats.len()).unwrap_or_default();
            let typed = input.events.iter().find_map(|event| match event {
                Event::Text(text) => text.chars().next(),
                _ => None,
            });
            (
                pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
                    + all * (pressed(Key::End) - pressed(Key::Home)),
                typed,
                input.key_pressed(Key::Enter),
            )
        });
        self.submitted |= submitted;
        let place = formats
            .iter()
            .position(|format| format.id == *chosen)
            .unwrap_or(0);
        let last = formats.len().saturating_sub(1);
        let mut next = place.saturating_add_signed(step).min(last);
        if let Some(letter) = typed.map(|letter| letter.to_lowercase().to_string()) {
            let fits = |format: &&'static Format| format.name.to_lowercase().starts_with(&letter);
            let behind = (place + 1..formats.len()).chain(0..=place);
            next = behind
                .into_iter()
                .find(|place| formats.get(*place).is_some_and(fits))
                .unwrap_or(next);
        }
        if next != place
            && let Some(format) = formats.get(next)
        {
            format.id.clone_into(chosen);
            return true;
        }
        false
    }
}
