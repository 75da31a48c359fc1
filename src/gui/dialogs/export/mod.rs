//! A dataset out: which format, what of the project, and what would be left out; then where to.

mod done;
mod form;
mod formats_list;
mod options;

use egui::{ScrollArea, Ui, vec2};

use super::file::Purpose;
use super::{Stay, foot_ui, small_ui, title_ui, told_ui, wrapped_ui};
use crate::gui::field::FieldState;
use crate::gui::markdown::{Sheet, SheetStyle, blocks, first_paragraph};
use crate::gui::panels::widgets::{plain_button, primary_button_if, reveal_focus};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words::{self, formats as w};
use crate::session::{ExportOptions, ExportReport, Foreseen, Format, Refusal, Request, Severity, formats};
pub use done::ExportedDialog;
pub use form::{ExportForm, PastExport};
use formats_list::FormatsList;

/// Width of the list of formats.
const LIST: f32 = 216.0;

/// The dialog.
pub struct ExportDialog {
    project: String,
    form: ExportForm,
    list: FormatsList,
    split: FieldState,
    /// Whether Enter was pressed in a field.
    submitted: bool,
    /// What was asked to be counted last, and the number of the newest answer then.
    asked: Option<(ExportForm, u64)>,
    /// The page of the format that is chosen, as it is set.
    page: Option<(&'static str, Sheet)>,
}

impl ExportDialog {
    /// For a project of that name, beginning with what was chosen the last time.
    pub fn new(project: &str, last: Option<&ExportForm>) -> Self {
        let writable = formats().iter().filter(|format| format.writes());
        let first = writable.map(|format| format.id).next().unwrap_or_default();
        let form = last.cloned().unwrap_or_else(|| ExportForm {
            format: first.to_owned(),
            seed: 1,
            ..ExportForm::default()
        });
        Self {
            project: project.to_owned(),
            split: FieldState::new(&form.split),
            form,
            list: FormatsList::default(),
            submitted: false,
            asked: None,
            page: None,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::EXPORT);
        let writable: Vec<&'static Format> = formats().iter().filter(|format| format.writes()).collect();
        let height = (ui.ctx().content_rect().height() - 220.0).clamp(200.0, 460.0);
        let width = ui.available_width() - LIST - GRID * 5.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GRID * 5.0;
            let column = egui::Layout::top_down(egui::Align::LEFT);
            ui.allocate_ui_with_layout(vec2(LIST, height), column, |ui| {
                self.list.ui(ui, pane, &writable, &mut self.form.format, height);
            });
            ui.allocate_ui_with_layout(vec2(width, height), column, |ui| {
                ui.spacing_mut().item_spacing.x = GRID * 2.0;
                ScrollArea::vertical()
                    // Of another format, the page is seen from its top.
                    .id_salt(("export-details", &self.form.format))
                    .max_height(height)
                    .min_scrolled_height(height)
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        self.details_ui(ui, pane, &writable);
                        reveal_focus(ui);
                    });
            });
        });
        self.foot_ui(ui, pane, &writable)
    }

    fn details_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, writable: &[&'static Format]) {
        let Some(format) = writable.iter().find(|format| format.id == self.form.format) else {
            return;
        };
        ui.label(
            egui::RichText::new(format.name)
                .size(theme::TEXT)
                .strong()
                .color(pane.palette.ink),
        );
        small_ui(ui, &first_paragraph(format.page), pane.palette.ink_weak);
        ui.add_space(GRID * 2.0);
        self.submitted |= options::options_ui(ui, pane, format, &mut self.form, &mut self.split);
        ui.add_space(GRID * 2.0);
        match self.form.options() {
            Ok(options) => self.forecast_ui(ui, pane, &options),
            Err(refusal) => refusal_ui(ui, pane, &refusal),
        }
        ui.add_space(GRID * 2.0);
        self.page_ui(ui, pane, format);
    }

    /// The format's page in the documentation: what it is for, how it is loaded, what its limits are.
    fn page_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, format: &'static Format) {
        let style = SheetStyle::wide(ui.available_width() - GRID * 2.0);
        let is_set = |(id, sheet): &(&str, Sheet)| *id == format.id && sheet.fits(style, pane.engine);
        if !self.page.as_ref().is_some_and(is_set) {
            // Its heading and its first words stand above already.
            let below = blocks(format.page, 2).into_iter().skip(2).collect();
            let sheet = Sheet::new(below, style, pane.engine);
            self.page = Some((format.id, sheet));
        }
        let Some((_, sheet)) = &self.page else { return };
        let (rect, _) = ui.allocate_exact_size(sheet.size(), egui::Sense::hover());
        let document = egui::Id::unique("format-page");
        let output = sheet.show(ui, pane.palette, pane.engine, rect.left_top(), document);
        if let Some(reveal) = output.reveal {
            ui.scroll_to_rect(reveal, None);
        }
    }

    /// Says what would be written; asks for it where something else was chosen, which stops what was asked before.
    fn forecast_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, options: &ExportOptions) {
        let newest = pane.snapshot.foreseen.clone();
        let number = newest.as_ref().map_or(0, |foreseen| foreseen.number);
        if self.asked.as_ref().is_none_or(|(form, _)| *form != self.form) {
            self.asked = Some((self.form.clone(), number));
            pane.send(Request::ForecastExport {
                format: self.form.format.clone(),
                options: options.clone(),
            });
        }
        let answer = newest.filter(|foreseen| self.is_answer(foreseen, options));
        match answer.as_ref().map(|foreseen| &foreseen.outcome) {
            Some(Ok(report)) => report_ui(ui, pane, report),
            Some(Err(refusal)) => refusal_ui(ui, pane, refusal),
            None => small_ui(ui, w::COUNTING, pane.palette.ink_faint),
        }
    }

    /// Whether that is said of what is chosen now.
    fn is_answer(&self, foreseen: &Foreseen, options: &ExportOptions) -> bool {
        let before = self.asked.as_ref().map_or(0, |(_, before)| *before);
        let is_asked = foreseen.format.id == self.form.format && foreseen.options == *options;
        is_asked && foreseen.number > before
    }

    /// Whether what is chosen can be exported, as far as that is known: what is still counted may be.
    fn can_go(&self, pane: &Pane<'_>) -> bool {
        let Ok(options) = self.form.options() else {
            return false;
        };
        let answer = pane.snapshot.foreseen.as_ref();
        let answer = answer.filter(|foreseen| self.is_answer(foreseen, &options));
        answer.is_none_or(|foreseen| foreseen.outcome.is_ok())
    }

    fn foot_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, writable: &[&'static Format]) -> Stay {
        let mut stay = Stay::Open;
        let chosen = writable.iter().find(|format| format.id == self.form.format);
        foot_ui(ui, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            let can = chosen.is_some() && self.can_go(pane);
            let go = primary_button_if(ui, pane.palette, words::EXPORT_TO, can).clicked()
                || self.list.take_submitted()
                || std::mem::take(&mut self.submitted);
            if go
                && can
                && let Some(format) = chosen
            {
                let name = if format.is_one_file() {
                    let ending = format.endings.first().copied().unwrap_or(format.id);
                    format!("{}.{ending}", self.project)
                } else {
                    format!("{}-{}", self.project, format.id)
                };
                pane.queue.push(Ask::Pick(Purpose::Export {
                    form: Box::new(self.form.clone()),
                    name,
                }));
            }
        });
        stay
    }
}

/// How much goes out, and what is left out, a line each.
fn report_ui(ui: &mut Ui, pane: &mut Pane<'_>, report: &ExportReport) {
    ui.label(
        egui::RichText::new(report.amount())
            .size(theme::TEXT)
            .color(pane.palette.ink),
    );
    for part in &report.parts {
        small_ui(ui, &part.line(), pane.palette.ink);
    }
    if report.diagnostics.is_empty() {
        small_ui(ui, w::NOTHING_LOST, pane.palette.ink_weak);
    }
    for found in &report.diagnostics {
        let ink = match found.severity {
            Severity::Error => pane.palette.danger,
            Severity::Warning => pane.palette.warning,
            Severity::Info => pane.palette.ink_weak,
        };
        wrapped_ui(ui, pane, &words::sentence(&found.message), theme::TEXT_SMALL, ink);
    }
}

fn refusal_ui(ui: &mut Ui, pane: &mut Pane<'_>, refusal: &Refusal) {
    told_ui(ui, pane, &words::told_refusal(refusal, pane.snapshot));
}
