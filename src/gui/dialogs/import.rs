//! Files before they come in: what reads them, their first articles, their labels, and what is wrong with them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Id, ScrollArea, Ui};

use super::file::Purpose;
use super::{Stay, caption_ui, focus_once, foot_ui, small_ui, title_ui, wrapped_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::combo::{combo, offer_value_ui};
use crate::gui::panels::widgets::{plain_button, primary_button_if, reveal_focus};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words::{self, formats as w};
use crate::model::{Annotator, LabelId};
use crate::session::{
    AnnotatorMap, Format, ImportOptions, ImportPreview, LabelMap, Request, Severity, formats,
};
use crate::text::Direction;

/// Width of the controls.
const CHOICE: f32 = 216.0;

/// The dialog.
pub struct ImportDialog {
    paths: Vec<PathBuf>,
    /// The format of all files, where it is chosen by hand.
    format: Option<&'static Format>,
    /// What a column holds, by the name of what it holds.
    columns: BTreeMap<String, String>,
    /// The names that labels get, by what they are called in the files.
    labels: BTreeMap<LabelId, FieldState>,
    /// The names that annotators get, by what they are called in the files.
    annotators: BTreeMap<Annotator, FieldState>,
    /// What was asked last: format and columns, and the number of the newest preview then.
    asked: Option<(Option<&'static str>, BTreeMap<String, String>, u64)>,
    focused: bool,
    /// Whether Enter was pressed in one of its fields.
    submitted: bool,
}

impl ImportDialog {
    /// For files and folders.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            format: None,
            columns: BTreeMap::new(),
            labels: BTreeMap::new(),
            annotators: BTreeMap::new(),
            asked: None,
            focused: false,
            submitted: false,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, w::IMPORT);
        let preview = self.preview(pane);
        let height = (ui.ctx().content_rect().height() - 200.0).clamp(160.0, 480.0);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| match &preview {
                None => small_ui(ui, w::LOOKING, pane.palette.ink_weak),
                Some(preview) => {
                    // Beside the scroll bar.
                    ui.set_max_width(ui.available_width() - GRID * 2.0);
                    self.preview_ui(ui, pane, preview);
                    reveal_focus(ui);
                }
            });
        self.foot_ui(ui, pane, preview.as_deref())
    }

    /// The newest preview, where it is of what is chosen; asks for one where it is not.
    fn preview(&mut self, pane: &mut Pane<'_>) -> Option<Arc<ImportPreview>> {
        let newest = pane.snapshot.preview.clone();
        let number = newest.as_ref().map_or(0, |preview| preview.number);
        let chosen = (self.format.map(|format| format.id), self.columns.clone());
        let is_asked = self
            .asked
            .as_ref()
            .is_some_and(|(format, columns, _)| (*format, columns) == (chosen.0, &chosen.1));
        if !is_asked {
            self.asked = Some((chosen.0, chosen.1, number));
            pane.send(Request::PreviewImport(self.paths.clone(), self.options()));
            return None;
        }
        let before = self.asked.as_ref().map_or(0, |(_, _, before)| *before);
        newest.filter(|preview| preview.number > before && preview.paths == self.paths)
    }

    /// As it is chosen.
    fn options(&self) -> ImportOptions {
        let mut labels = LabelMap::default();
        for (old, new) in changed(&self.labels, LabelId::as_str) {
            labels.set(old.clone(), LabelId::new(new).ok());
        }
        let mut annotators = AnnotatorMap::default();
        for (old, new) in changed(&self.annotators, Annotator::as_str) {
            annotators.set(old.clone(), Annotator::new(new).ok());
        }
        ImportOptions {
            format: self.format,
            columns: self.columns.clone(),
            labels,
            annotators,
            ..ImportOptions::default()
        }
    }

    fn preview_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, preview: &ImportPreview) {
        self.files_ui(ui, pane, preview);
        if !preview.articles.is_empty() {
            heading(ui, pane, w::FIRST_ARTICLES);
            articles_ui(ui, pane, preview);
        }
        self.columns_ui(ui, pane, preview);
        if !preview.labels.is_empty() {
            self.labels_ui(ui, pane, preview);
        }
        if !preview.annotators.is_empty() {
            self.annotators_ui(ui, pane, preview);
        }
        if !preview.diagnostics.is_empty() {
            heading(ui, pane, w::FINDINGS);
            findings_ui(ui, pane, preview);
        }
    }

    fn files_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, preview: &ImportPreview) {
        ui.horizontal(|ui| {
            small_ui(ui, w::READ_AS, pane.palette.ink_weak);
            let shown = self.format.map_or(w::FOUND_OUT, |format| format.name);
            let readable = formats().iter().filter(|format| format.reads());
            combo(ui, pane, w::READ_AS, shown, CHOICE, |ui, _| {
                let mut chosen = self.format.map(|format| format.id);
                offer_value_ui(ui, &mut chosen, None, w::FOUND_OUT);
                for format in readable {
                    offer_value_ui(ui, &mut chosen, Some(format.id), format.name);
                }
                self.format = formats().iter().find(|format| Some(format.id) == chosen);
            });
            small_ui(
                ui,
                &w::seen(preview.seen, preview.is_whole),
                pane.palette.ink_weak,
            );
        });
        ui.add_space(GRID);
        for file in &preview.files {
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            let (kind, ink) = match file.format {
                Some(format) => (format.name, pane.palette.ink),
                None => (w::UNREADABLE, pane.palette.danger),
            };
            let text = format!("{name} — {kind}");
            line_ui(ui, pane, &text, theme::TEXT, ink);
        }
        if preview.more_files > 0 {
            small_ui(ui, &w::more_files(preview.more_files), pane.palette.ink_weak);
        }
    }

    /// What each column of the first table holds.
    fn columns_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, preview: &ImportPreview) {
        let Some(table) = preview.files.iter().find(|file| !file.columns.is_empty()) else {
            return;
        };
        heading(ui, pane, w::COLUMNS);
        for what in crate::session::COLUMN_USES {
            ui.horizontal(|ui| {
                caption_ui(ui, pane, what);
                let chosen = self.columns.get(*what).cloned();
                let shown = chosen.unwrap_or_else(|| w::by_name(table.found.get(what)));
                combo(ui, pane, what, &shown, CHOICE, |ui, _| {
                    let mut chosen = self.columns.get(*what).cloned();
                    offer_value_ui(ui, &mut chosen, None, w::BY_NAME);
                    for column in &table.columns {
                        offer_value_ui(ui, &mut chosen, Some(column.clone()), column);
                    }
                    match chosen {
                        Some(column) => self.columns.insert((*what).to_owned(), column),
                        None => self.columns.remove(*what),
                    };
                });
            });
        }
    }

    fn labels_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, preview: &ImportPreview) {
        heading(ui, pane, w::LABELS_IN_FILES);
        small_ui(ui, w::LABEL_MAP_HINT, pane.palette.ink_weak);
        for (label, seen) in &preview.labels {
            let field = self
                .labels
                .entry(label.clone())
                .or_insert_with(|| FieldState::new(label.as_str()));
            let new = if seen.is_known { "" } else { w::NEW_LABEL };
            let words = format!("{label} ({}) {new}", seen.spans);
            self.submitted |= name_ui(ui, pane, (w::LABELS_IN_FILES, label.as_str()), &words, field);
        }
    }

    fn annotators_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, preview: &ImportPreview) {
        heading(ui, pane, w::ANNOTATORS_IN_FILES);
        small_ui(ui, w::ANNOTATOR_MAP_HINT, pane.palette.ink_weak);
        for annotator in &preview.annotators {
            let name = annotator.as_str();
            let field = self
                .annotators
                .entry(annotator.clone())
                .or_insert_with(|| FieldState::new(name));
            self.submitted |= name_ui(ui, pane, (w::ANNOTATORS_IN_FILES, name), name, field);
        }
    }

    fn foot_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, preview: Option<&ImportPreview>) -> Stay {
        let mut stay = Stay::Open;
        let can = preview.is_some_and(|preview| preview.seen > 0);
        if preview.is_some() && !can {
            small_ui(ui, w::NOTHING_TO_IMPORT, pane.palette.danger);
        }
        foot_ui(ui, |ui| {
            if let Some(preview) = preview.filter(|preview| !preview.diagnostics.is_empty())
                && plain_button(ui, words::SAVE_REPORT).clicked()
            {
                let lines: Vec<String> = preview.diagnostics.iter().map(ToString::to_string).collect();
                let text = lines.join("\n") + "\n";
                pane.queue.push(Ask::Pick(Purpose::SaveReport { text }));
            }
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            let button = primary_button_if(ui, pane.palette, w::IMPORT_NOW, can);
            if can {
                focus_once(ui, button.id, &mut self.focused);
            }
            let go = button.clicked() || std::mem::take(&mut self.submitted);
            if go && can {
                pane.send(Request::Import(self.paths.clone(), self.options()));
                stay = Stay::Close;
            }
        });
        stay
    }
}

/// The names whose fields say another one.
fn changed<I>(fields: &BTreeMap<I, FieldState>, name: fn(&I) -> &str) -> impl Iterator<Item = (&I, &str)> {
    let all = fields.iter().map(|(old, field)| (old, field.text().trim()));
    all.filter(move |(old, new)| *new != name(old))
}

/// A name in the files, in words, and the field for another one; answers whether Enter was pressed in it.
fn name_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    what: (&str, &str),
    words: &str,
    field: &mut FieldState,
) -> bool {
    ui.horizontal(|ui| {
        let size = egui::vec2(CHOICE, theme::ROW);
        ui.allocate_ui(size, |ui| {
            ui.set_min_width(CHOICE);
            line_ui(ui, pane, words.trim_end(), theme::TEXT, pane.palette.ink);
        });
        let name = format!("{} {}", what.0, what.1);
        Field::new(Id::unique(("import-name", what)), &name)
            .width(CHOICE)
            .show(ui, pane.engine, field)
            .submitted
    })
    .inner
}

fn heading(ui: &mut Ui, pane: &Pane<'_>, text: &str) {
    ui.add_space(GRID * 2.0);
    ui.label(
        egui::RichText::new(text)
            .size(theme::TEXT)
            .strong()
            .color(pane.palette.ink),
    );
}

/// A line of any script, cut where there is no room.
fn line_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, size: f32, ink: egui::Color32) {
    ShortText::new(text, TextStyle::new(size), ink)
        .max_width(ui.available_width())
        .show(ui, pane.engine);
}

/// The same at the side where its direction begins.
fn directed_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, size: f32, ink: egui::Color32) {
    let align = match TextStyle::new(size).direction(text) {
        Direction::RightToLeft => egui::Align::Max,
        Direction::LeftToRight => egui::Align::Min,
    };
    ui.with_layout(egui::Layout::top_down(align), |ui| {
        line_ui(ui, pane, text, size, ink);
    });
}

fn articles_ui(ui: &mut Ui, pane: &mut Pane<'_>, preview: &ImportPreview) {
    for article in &preview.articles {
        directed_ui(ui, pane, &article.title, theme::TEXT, pane.palette.ink);
        directed_ui(
            ui,
            pane,
            &article.beginning,
            theme::TEXT_SMALL,
            pane.palette.ink_weak,
        );
        let lang = article.lang.as_deref().unwrap_or_default();
        let facts = w::article(lang, article.length, article.spans);
        small_ui(ui, &facts, pane.palette.ink_faint);
        ui.add_space(GRID);
    }
}

fn findings_ui(ui: &mut Ui, pane: &mut Pane<'_>, preview: &ImportPreview) {
    for found in &preview.diagnostics {
        let ink = match found.severity {
            Severity::Error => pane.palette.danger,
            Severity::Warning => pane.palette.warning,
            Severity::Info => pane.palette.ink_weak,
        };
        let hint = words::told_hint(found.code, found.hint.as_deref());
        let place = found.file.as_deref().and_then(std::path::Path::file_name);
        let place = place.map(|name| name.to_string_lossy().into_owned());
        let numbers = [found.line, found.column].into_iter().flatten();
        let place: Vec<String> = place
            .into_iter()
            .chain(numbers.map(|one| one.to_string()))
            .collect();
        let message = words::sentence(&found.message);
        let text = [place.join(":"), message, hint.unwrap_or_default()];
        let text: Vec<String> = text.into_iter().filter(|part| !part.is_empty()).collect();
        wrapped_ui(ui, pane, &text.join(" "), theme::TEXT_SMALL, ink);
    }
}
