//! Work given back to its annotator: the verdict, with the note that says what is to be changed.

use egui::{Id, Ui};

use super::remark::Remark;
use super::{Stay, small_ui, title_ui};
use crate::gui::act_review::give_back;
use crate::gui::panels::Pane;
use crate::gui::words;
use crate::model::{Annotator, ArticleId};
use crate::session::{ArticleView, Request, ToReview};

/// The dialog.
pub struct RequestChangesDialog {
    article: ArticleId,
    annotator: Annotator,
    which: ToReview,
    remark: Remark,
}

impl RequestChangesDialog {
    /// For the work that is shown; what is reviewed next is one of `which`.
    pub fn new(article: &ArticleView, which: ToReview) -> Self {
        Self {
            article: article.id.clone(),
            annotator: article.annotator.clone(),
            which,
            remark: Remark::default(),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::REQUEST_CHANGES);
        small_ui(ui, words::REQUEST_CHANGES_HINT, pane.palette.ink_weak);
        let id = Id::unique("what-to-change");
        let asked = (words::WHAT_TO_CHANGE, words::REQUEST_CHANGES);
        let (stay, taken) = self.remark.ui(ui, pane, id, asked);
        let shown = pane.snapshot.article.clone();
        let Some(article) =
            shown.filter(|shown| shown.id == self.article && shown.annotator == self.annotator)
        else {
            return Stay::Close;
        };
        let Some(text) = taken else { return stay };
        pane.run(give_back(&article, text));
        pane.send(Request::NextToReview {
            which: self.which.clone(),
            stay: false,
        });
        Stay::Close
    }
}
