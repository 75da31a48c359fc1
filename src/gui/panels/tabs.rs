//! The tabs of the lower right pane: which list is shown.

use egui::accesskit::Role;
use egui::{Key, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::widgets::focus_ring;
use crate::gui::theme::{self, GRID, Palette};

/// A list of the lower right pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The spans in the order of the text.
    #[default]
    Spans,
    /// The notes in the order of the text.
    Notes,
    /// What is to be asked about the article.
    Problems,
}

impl Tab {
    /// All, in the order in which they stand.
    pub const ALL: &[Self] = &[Self::Spans, Self::Notes, Self::Problems];

    /// The id of its list, which takes the focus of the pane.
    pub fn list_id(self) -> egui::Id {
        match self {
            Self::Spans => super::spans::spans_id(),
            Self::Notes => super::notes::notes_id(),
            Self::Problems => super::problems::problems_id(),
        }
    }

    /// The tab beside this one, round the end.
    fn beside(self, forward: bool) -> Self {
        let count = Self::ALL.len();
        let here = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        let step = if forward { 1 } else { count - 1 };
        Self::ALL.get((here + step) % count).copied().unwrap_or_default()
    }
}

/// Draws the strip; a click, or an arrow key on the tab that has the focus, shows another list.
pub fn tabs_ui(ui: &mut Ui, palette: &Palette, shown: &mut Tab, name: impl Fn(Tab) -> String) {
    ui.add_space(GRID);
    let names: Vec<String> = Tab::ALL.iter().copied().map(name).collect();
    let gap = gap_of(ui, &names);
    // In a narrow pane with large type they take two rows.
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (tab, name) in Tab::ALL.iter().copied().zip(&names) {
            tab_ui(ui, palette, tab, shown, name);
        }
    });
    ui.add_space(GRID / 2.0);
}

/// The room between two tabs: the usual one, less where all would not fit into the row.
fn gap_of(ui: &Ui, names: &[String]) -> f32 {
    let font = egui::FontId::proportional(theme::TEXT_PANE);
    let width = |name: &String| {
        let galley = ui
            .painter()
            .layout_no_wrap(name.clone(), font.clone(), egui::Color32::PLACEHOLDER);
        galley.size().x
    };
    let names_width: f32 = names.iter().map(width).sum();
    let gaps = names.len().saturating_sub(1).max(1) as f32;
    ((ui.available_width() - names_width) / gaps).clamp(GRID, GRID * 3.0)
}

fn tab_ui(ui: &mut Ui, palette: &Palette, tab: Tab, shown: &mut Tab, name: &str) {
    let is_shown = *shown == tab;
    let ink = if is_shown { palette.ink } else { palette.ink_weak };
    let font = egui::FontId::proportional(theme::TEXT_PANE);
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(0.0, GRID), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), is_shown, name));
    ui.painter().galley(rect.min, galley, ink);
    if is_shown {
        let line = Stroke::new(2.0, palette.accent);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
    }
    if response.clicked() {
        *shown = tab;
    }
    if !response.has_focus() {
        return;
    }
    focus_ring(ui, palette, rect.expand(3.0));
    ui.input(|input| {
        if input.key_pressed(Key::ArrowRight) {
            *shown = tab.beside(true);
        } else if input.key_pressed(Key::ArrowLeft) {
            *shown = tab.beside(false);
        }
    });
}
