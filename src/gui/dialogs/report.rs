//! What an import kept out and why, line by line; the whole can be saved.

use std::fmt::Write;
use std::sync::Arc;

use egui::{ScrollArea, Ui};

use super::file::Purpose;
use super::{Stay, foot_ui, small_ui, title_ui};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::session::{Diagnostic, Notice, Severity};

/// Height of one entry: message, then place and hint.
const ENTRY: f32 = 44.0;

/// The dialog.
pub struct ReportDialog {
    text: String,
    details: Arc<[Diagnostic]>,
}

impl ReportDialog {
    /// Of a notice.
    pub fn new(notice: &Notice) -> Self {
        Self {
            text: notice.text.clone(),
            details: Arc::clone(&notice.details),
        }
    }

    pub(super) fn ui(&self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::REPORT);
        small_ui(ui, &self.text, pane.palette.ink_weak);
        ui.add_space(GRID * 2.0);
        let height = (ui.ctx().content_rect().height() - 280.0).clamp(ENTRY * 2.0, 420.0);
        // As many rows as there is room for, none cut.
        let height = (height / ENTRY).floor() * ENTRY;
        let spacing = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
        ScrollArea::vertical()
            .max_height(height)
            // A dialog in the making has no height yet, from which the list would never grow.
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show_rows(ui, ENTRY, self.details.len(), |ui, visible| {
                for detail in self.details.get(visible).unwrap_or_default() {
                    entry_ui(ui, pane, detail);
                }
            });
        ui.spacing_mut().item_spacing.y = spacing;
        let mut stay = Stay::Open;
        foot_ui(ui, |ui| {
            if plain_button(ui, words::SAVE_REPORT).clicked() {
                let text = report_text(&self.text, &self.details);
                pane.queue.push(Ask::Pick(Purpose::SaveReport { text }));
            }
            if primary_button(ui, pane.palette, words::CLOSE).clicked() {
                stay = Stay::Close;
            }
        });
        stay
    }
}

fn entry_ui(ui: &mut Ui, pane: &mut Pane<'_>, detail: &Diagnostic) {
    let ink = match detail.severity {
        Severity::Error => pane.palette.danger,
        Severity::Warning => pane.palette.warning,
        Severity::Info => pane.palette.ink,
    };
    let width = ui.available_width();
    let size = egui::vec2(width, ENTRY);
    ui.allocate_ui(size, |ui| {
        ui.set_min_height(size.y);
        ui.spacing_mut().item_spacing.y = 2.0;
        ShortText::new(&detail.message, TextStyle::new(theme::TEXT).own(), ink)
            .max_width(width)
            .show(ui, pane.engine);
        let hint = words::told_hint(detail.code, detail.hint.as_deref());
        let below = [place(detail), hint.unwrap_or_default()];
        let below: Vec<String> = below.into_iter().filter(|part| !part.is_empty()).collect();
        ShortText::new(
            &below.join(" — "),
            TextStyle::new(theme::TEXT_SMALL),
            pane.palette.ink_weak,
        )
        .max_width(width)
        .show(ui, pane.engine);
    });
}

/// File, line, and column, as far as they are known.
fn place(detail: &Diagnostic) -> String {
    let file = detail.file.as_ref().map(|file| file.display().to_string());
    let numbers = [detail.line, detail.column]
        .into_iter()
        .flatten()
        .map(|number| number.to_string());
    file.into_iter().chain(numbers).collect::<Vec<_>>().join(":")
}

/// The report as a text file, with the rejected records.
fn report_text(summary: &str, details: &[Diagnostic]) -> String {
    let mut text = format!("{summary}\n");
    for detail in details {
        let hint = words::told_hint(detail.code, detail.hint.as_deref());
        let lines = [Some(place(detail)), hint, detail.record.clone()];
        // Writing to a string cannot fail.
        writeln!(text, "\n{}: {}", detail.code, detail.message).unwrap_or_default();
        for line in lines.into_iter().flatten().filter(|line| !line.is_empty()) {
            writeln!(text, "  {line}").unwrap_or_default();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_saved_report_holds_message_place_hint_and_record() {
        let detail = Diagnostic {
            code: "cut_line",
            severity: Severity::Error,
            file: Some("in/a.jsonl".into()),
            line: Some(7),
            column: Some(3),
            message: "the line ends in the middle of an object".to_owned(),
            hint: Some("write the file anew".to_owned()),
            record: Some("{\"text\":\"حل".to_owned()),
            article: None,
            annotator: None,
        };
        assert_eq!(
            report_text("1 record kept out", &[detail]),
            "1 record kept out\n\ncut_line: the line ends in the middle of an object\n  in/a.jsonl:7:3\n  \
             Write the file anew.\n  {\"text\":\"حل\n"
        );
    }
}
