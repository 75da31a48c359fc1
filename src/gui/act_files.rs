//! Files in and out of the window: what was picked or dropped, exports that are over, and the last one again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::app::App;
use super::dialogs::Dialog;
use super::dialogs::codebook_import::CodebookImportDialog;
use super::dialogs::export::{ExportDialog, ExportForm, ExportedDialog, PastExport};
use super::dialogs::file::{self, FileDialogs, OpenFileDialog, Purpose};
use super::dialogs::import::ImportDialog;
use super::prefs::Preference;
use super::words;

/// Whether a dialog is done once it has the path that it asked for. Any other one, and what is only written beside it, such
/// as a report or the codebook as TOML, leaves it as it is.
const fn is_answered(dialog: &Dialog, purpose: &Purpose) -> bool {
    matches!(
        (dialog, purpose),
        (Dialog::Export(_), Purpose::Export { .. }) | (Dialog::Codebook(_), Purpose::ImportCodebook)
    )
}

impl App {
    pub(super) fn take_dropped(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        if self.dialog.as_ref().is_some_and(Dialog::holds_words) {
            return self.refuse(words::DROP_LATER.to_owned());
        }
        let projects_only = paths.iter().all(|path| file::is_project(path));
        let purpose = if self.snapshot.project.is_some() && !projects_only {
            Purpose::Import
        } else {
            Purpose::Anything
        };
        self.take_picked(ctx, &purpose, paths);
    }

    pub(super) fn pick(&mut self, ctx: &Context, purpose: Purpose) {
        let wake = ctx.clone();
        let opened = match self.file_dialogs {
            FileDialogs::System if self.file_dialog.is_none() => {
                OpenFileDialog::start(purpose.clone(), move || wake.request_repaint())
            }
            _ => None,
        };
        match opened {
            Some(dialog) => self.file_dialog = Some(dialog),
            None => self.ask_path(ctx, purpose, None),
        }
    }

    /// Asks for a path in a dialog of the window's own; the one that is open waits behind it.
    pub(super) fn ask_path(&mut self, ctx: &Context, purpose: Purpose, reason: Option<&'static str>) {
        let focused = ctx.memory(egui::Memory::focused);
        self.behind_path = self.dialog.take().map(|dialog| (dialog, focused));
        self.dialog = Some(Dialog::path(purpose, reason));
    }

    /// A dialog closes: the one that waits behind it comes back, or the focus goes where it was before.
    pub(super) fn leave_dialog(&mut self, ctx: &Context, dialog: &Dialog) {
        let given = match dialog {
            Dialog::Path(path) => path.given(),
            _ => None,
        };
        let comes_back = |behind: &Dialog| given.is_none_or(|purpose| !is_answered(behind, purpose));
        let behind = self.behind_path.take();
        match behind.filter(|(behind, _)| matches!(dialog, Dialog::Path(_)) && comes_back(behind)) {
            Some((behind, focused)) => {
                self.dialog = Some(behind);
                if let Some(id) = focused {
                    ctx.memory_mut(|memory| memory.request_focus(id));
                }
            }
            None => self.focus_as_before(ctx),
        }
    }

    pub(super) fn take_picked(&mut self, ctx: &Context, purpose: &Purpose, paths: Vec<PathBuf>) {
        if self
            .dialog
            .as_ref()
            .is_some_and(|dialog| is_answered(dialog, purpose))
        {
            self.dialog = None;
            self.focus_as_before(ctx);
        }
        match (purpose, paths.first()) {
            (Purpose::SaveReport { text }, Some(path)) => self.save_report(path, text),
            (Purpose::Import, Some(_)) => self.dialog = Some(Dialog::Import(ImportDialog::new(paths))),
            (Purpose::ImportCodebook, Some(path)) => {
                self.dialog = Some(Dialog::CodebookImport(CodebookImportDialog::new(path.clone())));
            }
            // The file dialog has asked about the name as it was typed, and not about the one with its ending.
            (Purpose::Export { .. }, Some(path))
                if purpose.complete(path.clone()) != *path && purpose.complete(path.clone()).exists() =>
            {
                let path = purpose.complete(path.clone());
                self.refuse(format!("{}: {}", path.display(), words::PATH_EXISTS));
            }
            (Purpose::Export { form, .. }, Some(path)) => {
                let export = PastExport {
                    project: self.project_path(),
                    form: ExportForm::clone(form),
                    path: purpose.complete(path.clone()),
                };
                self.export(ctx, export);
            }
            _ => {
                if let Some(request) = purpose.request(paths) {
                    self.service.send(request);
                    if let Some(Dialog::Path(dialog)) = &mut self.dialog {
                        dialog.wait_for(self.service.sent());
                    }
                }
            }
        }
    }

    fn save_report(&mut self, path: &Path, text: &str) {
        match crate::session::atomic::write(path, text.as_bytes()) {
            Ok(()) => self.tell(format!("{} {}", words::REPORT_SAVED, path.display())),
            Err(cause) => self.refuse(format!("{} {cause}", words::REPORT_NOT_SAVED)),
        }
    }

    /// Makes an export and remembers it.
    fn export(&mut self, ctx: &Context, export: PastExport) {
        match export.request() {
            Ok(request) => {
                self.service.send(request);
                let mut past = self.prefs.exports.clone();
                export.remember(&mut past);
                self.prefer(ctx, Preference::Exports(past));
            }
            Err(refusal) => self.refuse(refusal.to_string()),
        }
    }

    /// The dialog, beginning with what was chosen in this project the last time.
    pub(super) fn open_export(&mut self) {
        let last = self.last_export().map(|export| export.form);
        let dialog = ExportDialog::new(&self.project_name(), last.as_ref());
        self.dialog = Some(Dialog::Export(Box::new(dialog)));
    }

    /// The last export of this project once more, to the same place.
    pub(super) fn export_again(&mut self, ctx: &Context) {
        match self.last_export() {
            Some(export) => self.export(ctx, export),
            None => self.refuse(words::formats::NOTHING_TO_REPEAT.to_owned()),
        }
    }

    fn last_export(&self) -> Option<PastExport> {
        let project = self.project_path();
        self.prefs
            .exports
            .iter()
            .find(|past| past.project == project)
            .cloned()
    }

    fn project_path(&self) -> PathBuf {
        let project = self.snapshot.project.as_ref();
        project.map(|project| project.path.clone()).unwrap_or_default()
    }

    /// Shows what an export wrote, once it is over.
    pub(super) fn follow_exports(&mut self) {
        if let Some(exported) = &self.snapshot.exported
            && self.exported != exported.number
        {
            self.exported = exported.number;
            // A dialog in which something is being typed is never taken away.
            if self.dialog.is_none() {
                self.dialog = Some(Dialog::Exported(ExportedDialog::new(Arc::clone(exported))));
            }
        }
    }

    /// Shows a file or a folder where it lies.
    pub(super) fn show_folder(&mut self, path: &Path) {
        let folder = if path.is_dir() { Some(path) } else { path.parent() };
        let folder = folder
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        if let Err(cause) = open::that_detached(folder) {
            self.refuse(format!("{} {cause}", words::formats::NO_FOLDER));
        }
    }
}
