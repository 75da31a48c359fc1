//! What an export wrote, how it is loaded, and where it lies.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{ScrollArea, Ui};

use super::super::file::Purpose;
use super::super::{Stay, foot_ui, small_ui, title_ui, wrapped_ui};
use super::report_ui;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words::{self, formats as w};
use crate::session::{Exported, PartReport};

/// The dialog.
pub struct ExportedDialog {
    exported: Arc<Exported>,
    snippet: Option<String>,
}

impl ExportedDialog {
    /// Of an export.
    pub fn new(exported: Arc<Exported>) -> Self {
        Self {
            snippet: exported
                .format
                .snippet()
                .map(|code| for_path(code, file_of(&exported))),
            exported,
        }
    }

    pub(in crate::gui::dialogs) fn ui(&self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, w::EXPORTED);
        let (report, path) = (&self.exported.report, &self.exported.path);
        let companions = report.companions(path);
        let path = if companions.is_empty() {
            report.files(path)
        } else {
            path.display().to_string()
        };
        ShortText::new(&path, TextStyle::new(theme::TEXT), pane.palette.ink)
            .max_width(ui.available_width())
            .show(ui, pane.engine);
        if let Some(beside) = w::files_beside(&companions) {
            wrapped_ui(ui, pane, &beside, theme::TEXT_SMALL, pane.palette.ink_weak);
        }
        ui.add_space(GRID);
        let height = (ui.ctx().content_rect().height() - 320.0).clamp(80.0, 260.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| report_ui(ui, pane, &self.exported.report));
        if let Some(snippet) = &self.snippet {
            ui.add_space(GRID * 2.0);
            small_ui(ui, w::HOW_TO_LOAD, pane.palette.ink_weak);
            snippet_ui(ui, pane, snippet);
        }
        let mut stay = Stay::Open;
        foot_ui(ui, |ui| {
            if plain_button(ui, words::SAVE_REPORT).clicked() {
                let text = report_text(&self.exported);
                pane.queue.push(Ask::Pick(Purpose::SaveReport { text }));
            }
            if let Some(snippet) = &self.snippet
                && plain_button(ui, w::COPY_SNIPPET).clicked()
            {
                ui.ctx().copy_text(snippet.clone());
            }
            if plain_button(ui, w::OPEN_FOLDER).clicked() {
                pane.queue
                    .push(Ask::ShowFolder(file_of(&self.exported).to_owned()));
            }
            if primary_button(ui, pane.palette, words::CLOSE).clicked() {
                stay = Stay::Close;
            }
        });
        stay
    }
}

/// Code as it is, in its own kind of letters.
fn snippet_ui(ui: &mut Ui, pane: &Pane<'_>, snippet: &str) {
    let code = egui::RichText::new(snippet)
        .monospace()
        .size(theme::TEXT_SMALL)
        .color(pane.palette.ink);
    egui::Frame::new()
        .fill(pane.palette.sunken)
        .inner_margin(egui::Margin::same(8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ScrollArea::horizontal()
                .id_salt("snippet")
                .show(ui, |ui| ui.add(egui::Label::new(code).extend().selectable(true)));
        });
}

/// A snippet that loads this export: the pages speak of a file `sample` with its endings, or of a folder `dataset`.
fn for_path(code: &str, path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut main = None;
    let mut out = String::new();
    for (place, part) in code.split('"').enumerate() {
        // Every second part stands between quotation marks.
        let meant = if place % 2 == 1 {
            place_of(part, &path, &mut main)
        } else {
            None
        };
        match meant {
            Some(meant) => {
                let meant = meant.to_string_lossy();
                out.extend(["\"", &meant.replace('\\', "\\\\").replace('"', "\\\""), "\""]);
            }
            None if place % 2 == 1 => out.extend(["\"", part, "\""]),
            None => out.push_str(part),
        }
    }
    out
}

/// Where a place that a page names is in an export; `main` is what the page calls the file itself, which comes first.
fn place_of<'a>(named: &'a str, path: &Path, main: &mut Option<&'a str>) -> Option<PathBuf> {
    if named == "dataset" {
        return Some(path.to_owned());
    }
    if let Some(inside) = named.strip_prefix("dataset/") {
        return Some(path.join(inside));
    }
    let endings = named.strip_prefix("sample.")?;
    if *main.get_or_insert(endings) == endings {
        return Some(path.to_owned());
    }
    // A companion: `news.articles.csv` beside `news.csv`.
    let (table, ending) = endings.split_once('.')?;
    let stem = path.file_stem()?.to_string_lossy();
    Some(path.with_file_name(format!("{stem}.{table}.{ending}")))
}

/// What was written, or its first part: of a split there is no file of the name that was chosen.
fn file_of(exported: &Exported) -> &Path {
    let first = exported.report.parts.first();
    first
        .and_then(|part| part.file.as_deref())
        .unwrap_or(&exported.path)
}

fn report_text(exported: &Exported) -> String {
    let report = &exported.report;
    let mut lines = vec![
        exported.report.files(&exported.path),
        format!("{} ({})", exported.format.name, exported.format.id),
        report.amount(),
    ];
    lines.extend(report.parts.iter().map(PartReport::line));
    lines.extend(report.diagnostics.iter().map(ToString::to_string));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_snippet_names_the_file_that_was_written() {
        let code = "articles = [json.loads(line) for line in open(\"sample.jsonl\", encoding=\"utf-8\")]\n";
        let own = for_path(code, Path::new("/data/été \"1\".jsonl"));
        assert_eq!(
            own,
            "articles = [json.loads(line) for line in open(\"/data/été \\\"1\\\".jsonl\", encoding=\"utf-8\")]\n"
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_companion_and_a_file_of_a_folder_are_named_where_they_are() {
        let tables = "read(\"sample.parquet\"), read(\"sample.articles.parquet\")";
        assert_eq!(
            for_path(tables, Path::new("/data/news.parquet")),
            "read(\"/data/news.parquet\"), read(\"/data/news.articles.parquet\")"
        );
        let folder = "load(\"dataset/TypeSystem.xml\"), load(\"dataset\")";
        assert_eq!(
            for_path(folder, Path::new("/tmp/out1")),
            "load(\"/tmp/out1/TypeSystem.xml\"), load(\"/tmp/out1\")"
        );
    }

    #[test]
    fn every_page_names_its_export_so_that_it_is_found() {
        for format in crate::session::formats() {
            let Some(code) = format.snippet() else { continue };
            let own = for_path(code, Path::new("/exported/to.here"));
            assert!(
                own.contains("/exported/to.here") || own.contains("exported\\\\to"),
                "{}: {own}",
                format.id
            );
            assert!(
                !own.contains("\"sample.") && !own.contains("\"dataset"),
                "{}: {own}",
                format.id
            );
        }
    }
}
