//! Work given back to its annotator: the verdict, with the note that says what is to be changed.

use egui::{Id, Ui};

use super::{Stay, focus_once, foot_ui, small_ui, title_ui};
use crate::gui::act_review::give_back;
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button_if};
use crate::gui::words;
use crate::model::{Annotator, ArticleId};
use crate::session::{ArticleView, Request, ToReview};

/// The dialog.
pub struct RequestChangesDialog {
    article: ArticleId,
    annotator: Annotator,
    which: ToReview,
    field: FieldState,
    focused: bool,
}

impl RequestChangesDialog {
    /// For the work that is shown; what is reviewed next is one of `which`.
    pub fn new(article: &ArticleView, which: ToReview) -> Self {
        Self {
            article: article.id.clone(),
            annotator: article.annotator.clone(),
            which,
            field: FieldState::default(),
            focused: false,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::REQUEST_CHANGES);
        small_ui(ui, words::REQUEST_CHANGES_HINT, pane.palette.ink_weak);
        let id = Id::unique("what-to-change");
        focus_once(ui, id, &mut self.focused);
        let output = Field::new(id, words::WHAT_TO_CHANGE)
            .hint(words::NOTE_HINT)
            .multiline(4)
            .show(ui, pane.engine, &mut self.field);
        let text = self.field.text().trim().to_owned();
        let mut take = output.submitted;
        let mut stay = if output.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            let is_ready = !text.is_empty();
            take |= primary_button_if(ui, pane.palette, words::REQUEST_CHANGES, is_ready).clicked();
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
        });
        let shown = pane.snapshot.article.clone();
        let Some(article) =
            shown.filter(|shown| shown.id == self.article && shown.annotator == self.annotator)
        else {
            return Stay::Close;
        };
        if !take || text.is_empty() {
            return stay;
        }
        pane.send(Request::Run {
            command: give_back(&article, article.layer.status, &text),
            selection: None,
        });
        pane.send(Request::NextToReview {
            which: self.which.clone(),
            stay: false,
        });
        Stay::Close
    }
}
