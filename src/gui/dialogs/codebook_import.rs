//! A codebook before it comes in: what it adds, changes, retires, and takes out, and how much uses that.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Id, Key, Modifiers, ScrollArea, Ui};

use super::{Stay, foot_ui, small_ui, title_ui, told_ui, wrapped_ui};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button_if};
use crate::gui::theme::{self, GRID};
use crate::gui::words::{self, ToldStep};
use crate::model::Codebook;
use crate::session::{CodebookPreview, Fate, Request};

/// The dialog.
pub struct CodebookImportDialog {
    path: PathBuf,
    /// Whether what the file lacks goes.
    replaces: bool,
    /// What was asked last: whether it replaces, on which codebook, and the number of the newest preview then.
    asked: Option<(bool, Arc<Codebook>, u64)>,
    /// What it does in words, of the preview of that number.
    told: (u64, Vec<ToldStep>),
    focused: bool,
    /// The two ways to choose from, as they were drawn last.
    ways: Vec<Id>,
}

impl CodebookImportDialog {
    /// For a file.
    pub const fn new(path: PathBuf) -> Self {
        Self {
            path,
            replaces: false,
            asked: None,
            told: (0, Vec::new()),
            focused: false,
            ways: Vec::new(),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::IMPORT_CODEBOOK);
        let is_entered = self.take_enter(ui);
        let id = Id::unique("codebook-import-replaces");
        let mut replaces = self.replaces;
        let path = self.path.display().to_string();
        let width = ui.available_width();
        ShortText::new(&path, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink_weak)
            .max_width(width)
            .show(ui, pane.engine);
        let kept = ui.radio_value(&mut replaces, false, words::IMPORT_ADDS);
        let other = ui.radio_value(&mut replaces, true, words::IMPORT_REPLACES);
        self.ways = vec![kept.id, other.id];
        self.replaces = replaces;
        super::focus_once(ui, kept.id, &mut self.focused);
        ui.add_space(GRID);
        let preview = self.preview(pane);
        self.put_in_words(preview.as_deref());
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 420.0);
        ScrollArea::vertical()
            .id_salt(id)
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                match preview.as_deref().map(|preview| &preview.outcome) {
                    None => small_ui(ui, words::formats::LOOKING, pane.palette.ink_weak),
                    Some(Ok(_)) => steps_ui(ui, pane, &self.told.1),
                    Some(Err(refusal)) => {
                        told_ui(ui, pane, &words::told_refusal(refusal, pane.snapshot));
                    }
                }
            });
        Self::foot_ui(ui, pane, preview.as_deref(), is_entered)
    }

    /// Enter on one of the two ways applies; Space and the arrows choose.
    fn take_enter(&self, ui: &Ui) -> bool {
        let focused = ui.memory(egui::Memory::focused);
        let is_on_way = focused.is_some_and(|focused| self.ways.contains(&focused));
        is_on_way && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
    }

    /// Puts a preview in words, once.
    fn put_in_words(&mut self, preview: Option<&CodebookPreview>) {
        if let Some(preview) = preview.filter(|preview| preview.number != self.told.0)
            && let Ok(foreseen) = &preview.outcome
        {
            self.told = (preview.number, words::told_steps(&preview.before, foreseen));
        }
    }

    /// The newest preview, where it is of what is chosen and of the codebook as it is; asks for one where it is not.
    fn preview(&mut self, pane: &mut Pane<'_>) -> Option<Arc<CodebookPreview>> {
        let codebook = Arc::clone(&pane.snapshot.project.as_ref()?.codebook);
        let newest = pane.snapshot.codebook_preview.clone();
        let number = newest.as_ref().map_or(0, |preview| preview.number);
        let is_asked = self
            .asked
            .as_ref()
            .is_some_and(|(replaces, on, _)| *replaces == self.replaces && **on == *codebook);
        if !is_asked {
            self.asked = Some((self.replaces, codebook, number));
            pane.send(Request::PreviewCodebook {
                path: self.path.clone(),
                replace: self.replaces,
            });
            return None;
        }
        let before = self.asked.as_ref().map_or(0, |(_, _, before)| *before);
        newest.filter(|preview| preview.number > before && preview.path == self.path)
    }

    fn foot_ui(
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        preview: Option<&CodebookPreview>,
        is_entered: bool,
    ) -> Stay {
        let mut stay = Stay::Open;
        let ready = preview.filter(|preview| preview.outcome.is_ok());
        foot_ui(ui, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            let apply = primary_button_if(ui, pane.palette, words::APPLY_CODEBOOK, ready.is_some());
            if (apply.clicked() || is_entered)
                && let Some(preview) = ready
            {
                pane.run(preview.import.clone());
                stay = Stay::Close;
            }
        });
        stay
    }
}

/// What it does, kind by kind, and of what changes how.
fn steps_ui(ui: &mut Ui, pane: &mut Pane<'_>, steps: &[ToldStep]) {
    for fate in [Fate::Comes, Fate::Changes, Fate::Retires, Fate::Goes] {
        let same: Vec<&ToldStep> = steps.iter().filter(|step| step.fate == fate).collect();
        if same.is_empty() {
            continue;
        }
        ui.add_space(GRID);
        small_ui(ui, &words::fate(fate, same.len()), pane.palette.ink_weak);
        for step in same {
            let ink = if fate == Fate::Goes {
                pane.palette.warning
            } else {
                pane.palette.ink
            };
            wrapped_ui(ui, pane, &step.title, theme::TEXT, ink);
            ui.indent(&step.title, |ui| {
                for line in &step.differences {
                    wrapped_ui(ui, pane, line, theme::TEXT_SMALL, pane.palette.ink_weak);
                }
            });
        }
    }
}
