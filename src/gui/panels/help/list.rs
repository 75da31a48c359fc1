//! The list of the manual's pages, or of what was found in them. The arrow keys choose a row while the field above has
//! the focus; Enter or a click opens it.

use egui::accesskit::Role;
use egui::{Rect, ScrollArea, Ui, WidgetInfo, pos2};

use super::topic::{Place, Topic};
use crate::gui::paint::TextStyle;
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{paint_in, row_ui};
use crate::gui::theme::{self, GRID};
use crate::gui::words;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Where it leads.
    pub(super) place: Place,
    /// Its words.
    pub(super) title: String,
    /// What stands below them.
    pub(super) part: Option<String>,
    /// Whether it belongs to the row above.
    pub(super) is_within: bool,
}

/// What of the list is marked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    /// The row.
    pub(super) row: Option<usize>,
    /// Whether it shall come into view.
    pub(super) reveal: bool,
}

/// The pages; those of the formats below theirs, while one of them is shown.
pub(super) fn contents(shown: Topic) -> Vec<Row> {
    let row = |topic: Topic, is_within| Row {
        place: Place::top(topic),
        title: topic.title().to_owned(),
        part: None,
        is_within,
    };
    let shows_formats = shown == Topic::FORMATS || matches!(shown, Topic::Format(_));
    let mut rows = Vec::new();
    for topic in Topic::pages() {
        rows.push(row(topic, false));
        if topic == Topic::FORMATS && shows_formats {
            rows.extend(Topic::formats().map(|format| row(format, true)));
        }
    }
    rows
}

/// Draws the rows; answers with the one that was clicked.
pub(super) fn list_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    name: &str,
    rows: &[Row],
    marked: Marked,
) -> Option<Place> {
    let mut clicked = None;
    let list = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("help-list")
            .auto_shrink([false, false])
            .show(ui, |ui| {
                for (place, row) in rows.iter().enumerate() {
                    let is_marked = marked.row == Some(place);
                    if draw_row(ui, pane, row, is_marked, is_marked && marked.reveal) {
                        clicked = Some(row.place.clone());
                    }
                }
            });
    });
    list.response
        .widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    if rows.is_empty() {
        ui.label(egui::RichText::new(words::HELP_NOTHING).color(pane.palette.ink_weak));
    }
    clicked
}

fn draw_row(ui: &mut Ui, pane: &mut Pane<'_>, row: &Row, is_marked: bool, reveal: bool) -> bool {
    let (height, spoken) = match &row.part {
        Some(part) => (theme::ROW_TWO_LINES, format!("{}: {part}", row.title)),
        None => (theme::ROW, row.title.clone()),
    };
    let (rect, response) = row_ui(ui, pane.palette, height, is_marked, &spoken);
    if reveal {
        response.scroll_to_me(None);
    }
    let indent = if row.is_within { GRID * 5.0 } else { GRID * 2.0 };
    let inner = Rect::from_min_max(
        pos2(rect.left() + indent, rect.top()),
        pos2(rect.right() - GRID, rect.bottom()),
    );
    let style = TextStyle::new(theme::TEXT);
    let ink = pane.palette.ink;
    match &row.part {
        Some(part) => {
            let (above, below) = inner
                .shrink2(egui::vec2(0.0, GRID))
                .split_top_bottom_at_fraction(0.5);
            paint_in(ui, pane.engine, &row.title, style, ink, above);
            let small = TextStyle::new(theme::TEXT_SMALL);
            paint_in(ui, pane.engine, part, small, pane.palette.ink_weak, below);
        }
        None => paint_in(ui, pane.engine, &row.title, style, ink, inner),
    }
    response.on_hover_text(spoken).clicked()
}
