//! Dialogs: one is open at a time, over the window. A dialog holds what is being typed and queues the result.

pub mod about;
pub mod annotator;
pub mod check_report;
pub mod codebook;
pub mod codebook_import;
mod concordance;
pub mod events;
pub mod export;
pub mod file;
mod foot;
pub mod history;
pub mod import;
pub mod metadata;
pub mod note;
pub mod palette;
pub mod path;
mod remark;
pub mod report;
pub mod request_changes;
pub mod settings;
pub mod tag_all;

use egui::{Align2, Context, EventFilter, Frame, Id, Margin, Modal, Rect, Ui, vec2};

use super::act_help::room_for_dialog;
use super::paint::{ShortText, TextStyle};
use super::panels::Pane;
use super::theme::{GRID, TEXT_SMALL, TEXT_TITLE};
use super::words::{Told, sentence};
use crate::session::Notice;
use file::Purpose;
use foot::{foot_ui, foot_with_ui};

/// The open dialog.
pub enum Dialog {
    /// A path to be typed.
    Path(path::PathDialog),
    /// Title, source, date, language of the article.
    Metadata(metadata::MetadataDialog),
    /// The annotator's name.
    Annotator(annotator::AnnotatorDialog),
    /// A note on the article.
    Note(note::NoteDialog),
    /// Work given back to its annotator.
    RequestChanges(request_changes::RequestChangesDialog),
    /// What became of a span.
    History(history::HistoryDialog),
    /// All hits of a search to be tagged.
    TagAll(Box<tag_all::TagAllDialog>),
    /// The events of all articles.
    Events(Box<events::AllEventsDialog>),
    /// The codebook.
    Codebook(Box<codebook::CodebookDialog>),
    /// A codebook before it comes in.
    CodebookImport(codebook_import::CodebookImportDialog),
    /// What an import kept out.
    Report(report::ReportDialog),
    /// What a check of the whole project found.
    CheckReport(check_report::CheckReportDialog),
    /// Files before they come in.
    Import(import::ImportDialog),
    /// A dataset out.
    Export(Box<export::ExportDialog>),
    /// What an export wrote.
    Exported(export::ExportedDialog),
    /// Any command by its name.
    Palette(palette::PaletteDialog),
    /// How articles are set, and which keys do what.
    Settings(settings::SettingsDialog),
    /// The program.
    About(about::About),
}

/// Whether a dialog stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// It does.
    Open,
    /// It is done or was put away.
    Close,
}

impl Dialog {
    /// The list behind a notice.
    pub fn report(notice: &Notice) -> Self {
        Self::Report(report::ReportDialog::new(notice))
    }

    /// A path to be typed.
    pub fn path(purpose: Purpose, reason: Option<&'static str>) -> Self {
        Self::Path(path::PathDialog::new(purpose, reason))
    }

    /// Whether any key may be meant for it, whatever the key means elsewhere.
    pub(super) fn takes_all_keys(&self) -> bool {
        matches!(self, Self::Settings(settings) if settings.is_recording())
    }

    /// Whether it takes what is typed or chosen there: then a click beside it, which is soon made, does not put it away.
    const fn is_filled_in(&self) -> bool {
        match self {
            Self::Path(_)
            | Self::Metadata(_)
            | Self::Annotator(_)
            | Self::Note(_)
            | Self::RequestChanges(_)
            | Self::TagAll(_)
            | Self::Codebook(_)
            | Self::CodebookImport(_)
            | Self::Import(_)
            | Self::Export(_) => true,
            Self::History(_)
            | Self::Events(_)
            | Self::Report(_)
            | Self::CheckReport(_)
            | Self::Exported(_)
            | Self::Palette(_)
            | Self::Settings(_)
            | Self::About(_) => false,
        }
    }

    /// Whether something may be written in it that other files would put away with it.
    pub(super) const fn holds_words(&self) -> bool {
        self.is_filled_in() && !matches!(self, Self::Path(_) | Self::Import(_) | Self::CodebookImport(_))
    }

    /// Draws it, beside the manual where that is shown.
    pub fn show(&mut self, ctx: &Context, pane: &mut Pane<'_>, help: Option<Rect>) -> Stay {
        // The ground is seen at both sides, also beside the widest.
        let widest = self.width().min(ctx.content_rect().width() - GRID * 16.0);
        let (width, shift) = room_for_dialog(ctx, help, widest);
        let (side, down) = match self {
            Self::Palette(_) => (Align2::CENTER_TOP, 64.0),
            _ => (Align2::CENTER_CENTER, 0.0),
        };
        let id = Id::unique("dialog");
        let area = Modal::default_area(id).anchor(side, vec2(shift, down));
        let modal = Modal::new(id).area(area).frame(
            Frame::popup(&ctx.global_style())
                .fill(pane.palette.raised)
                .inner_margin(Margin::same(16)),
        );
        let response = modal.show(ctx, |ui| {
            ui.set_width(width);
            self.content_ui(ui, pane)
        });
        let is_beside = response.backdrop_response.clicked() && self.is_filled_in();
        if !is_beside && response.should_close() {
            Stay::Close
        } else {
            response.inner
        }
    }

    fn content_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        match self {
            Self::Path(dialog) => dialog.ui(ui, pane),
            Self::Metadata(dialog) => dialog.ui(ui, pane),
            Self::Annotator(dialog) => dialog.ui(ui, pane),
            Self::Note(dialog) => dialog.ui(ui, pane),
            Self::RequestChanges(dialog) => dialog.ui(ui, pane),
            Self::History(dialog) => dialog.ui(ui, pane),
            Self::TagAll(dialog) => dialog.ui(ui, pane),
            Self::Events(dialog) => dialog.ui(ui, pane),
            Self::Codebook(dialog) => dialog.ui(ui, pane),
            Self::CodebookImport(dialog) => dialog.ui(ui, pane),
            Self::Report(dialog) => dialog.ui(ui, pane),
            Self::CheckReport(dialog) => dialog.ui(ui, pane),
            Self::Import(dialog) => dialog.ui(ui, pane),
            Self::Export(dialog) => dialog.ui(ui, pane),
            Self::Exported(dialog) => dialog.ui(ui, pane),
            Self::Palette(dialog) => dialog.ui(ui, pane),
            Self::Settings(dialog) => dialog.ui(ui, pane),
            Self::About(about) => about.ui(ui, pane),
        }
    }

    const fn width(&self) -> f32 {
        match self {
            Self::Events(_) => 1600.0,
            Self::Codebook(_) => 920.0,
            Self::TagAll(_) => 860.0,
            Self::Settings(_) | Self::Export(_) => 760.0,
            Self::Report(_)
            | Self::CheckReport(_)
            | Self::Import(_)
            | Self::CodebookImport(_)
            | Self::Exported(_) => 680.0,
            Self::Palette(_) | Self::Path(_) | Self::History(_) => 560.0,
            _ => 440.0,
        }
    }
}

/// The heading of a dialog.
pub fn title_ui(ui: &mut Ui, pane: &Pane<'_>, title: &str) {
    ui.label(
        egui::RichText::new(title)
            .size(TEXT_TITLE - 3.0)
            .strong()
            .color(pane.palette.ink),
    );
    ui.add_space(GRID * 2.0);
}

/// Width of the words before a control.
const CAPTION: f32 = 96.0;

/// The words before a control of a dialog, so that the controls stand in a column.
pub fn caption_ui(ui: &mut Ui, pane: &Pane<'_>, caption: &str) {
    let size = vec2(CAPTION, super::theme::ROW);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(CAPTION);
        small_ui(ui, caption, pane.palette.ink_weak);
    });
}

/// Small words in a dialog.
pub fn small_ui(ui: &mut Ui, text: &str, color: egui::Color32) {
    ui.label(
        egui::RichText::new(text)
            .size(super::theme::TEXT_SMALL)
            .color(color),
    );
}

/// Words of any script, in as many lines as they take.
pub fn wrapped_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, size: f32, ink: egui::Color32) {
    ShortText::new(text, TextStyle::new(size), ink)
        .max_width(ui.available_width())
        .wrap()
        .show(ui, pane.engine);
}

/// Why something was not done, and what to do about it.
pub fn told_ui(ui: &mut Ui, pane: &mut Pane<'_>, told: &Told) {
    let text = sentence(&told.text);
    wrapped_ui(ui, pane, &text, TEXT_SMALL, pane.palette.danger);
    if let Some(hint) = &told.hint {
        wrapped_ui(ui, pane, hint, TEXT_SMALL, pane.palette.ink_weak);
    }
}

/// Keeps the focus where it is while the arrows up and down walk a list.
pub fn keep_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Puts the focus into a widget once, when its dialog opens. A dialog takes no focus while it is being measured in its
/// first frames, so this asks until the widget has it.
pub fn focus_once(ui: &Ui, id: Id, done: &mut bool) {
    if *done {
        return;
    }
    *done = ui.memory(|memory| memory.has_focus(id)) && ui.is_enabled() && !ui.is_sizing_pass();
    if !*done {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    }
}
