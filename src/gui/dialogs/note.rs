//! A note on the whole article, on a relation, or on an event. Notes on a span are written beside the span.

use egui::{Id, Ui};

use super::remark::Remark;
use super::{Stay, title_ui, wrapped_ui};
use crate::gui::panels::Pane;
use crate::gui::{theme, words};
use crate::model::{ArticleId, EventId, RelationId, TargetId};
use crate::session::AddNote;

/// The dialog.
pub struct NoteDialog {
    article: ArticleId,
    /// The relation or event, and the title of the dialog.
    about: Option<(TargetId, &'static str)>,
    remark: Remark,
}

impl NoteDialog {
    /// For an article.
    pub fn new(article: &ArticleId) -> Self {
        Self {
            article: article.clone(),
            about: None,
            remark: Remark::default(),
        }
    }

    /// For a relation of an article.
    pub fn on_relation(article: &ArticleId, relation: &RelationId) -> Self {
        Self {
            about: TargetId::new(relation.as_str())
                .ok()
                .map(|id| (id, words::NOTE_ON_RELATION)),
            ..Self::new(article)
        }
    }

    /// For an event of an article.
    pub fn on_event(article: &ArticleId, event: &EventId) -> Self {
        Self {
            about: TargetId::new(event.as_str())
                .ok()
                .map(|id| (id, words::NOTE_ON_EVENT)),
            ..Self::new(article)
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(
            ui,
            pane,
            self.about
                .as_ref()
                .map_or(words::NOTE_ON_ARTICLE, |(_, title)| title),
        );
        self.earlier_ui(ui, pane);
        let id = Id::unique("article-note");
        let (stay, taken) = self.remark.ui(ui, pane, id, (words::NOTE, words::ADD_NOTE));
        let Some(text) = taken else { return stay };
        pane.run(AddNote {
            article: self.article.clone(),
            annotator: None,
            target: self.target(),
            text,
            id: None,
        });
        Stay::Close
    }

    fn target(&self) -> Option<TargetId> {
        self.about.as_ref().map(|(target, _)| target.clone())
    }

    /// The notes that the article, the relation, or the event has already.
    fn earlier_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>) {
        let Some(article) = pane
            .snapshot
            .article
            .clone()
            .filter(|article| article.id == self.article)
        else {
            return;
        };
        let target = self.target();
        for note in article.layer.notes.values().filter(|note| note.target == target) {
            wrapped_ui(ui, pane, &note.text, theme::TEXT, pane.palette.ink);
            ui.add_space(theme::GRID);
        }
    }
}
