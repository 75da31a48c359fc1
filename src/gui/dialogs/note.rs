//! A note on the whole article, on a relation, or on an event. Notes on a span are written beside the span.

use egui::{Id, Ui};

use super::{Stay, focus_once, foot_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button_if};
use crate::gui::{theme, words};
use crate::model::{ArticleId, EventId, RelationId, TargetId};
use crate::session::{AddNote, Command, Request};

/// The dialog.
pub struct NoteDialog {
    article: ArticleId,
    /// The relation or event, and the title of the dialog.
    about: Option<(TargetId, &'static str)>,
    field: FieldState,
    focused: bool,
}

impl NoteDialog {
    /// For an article.
    pub fn new(article: &ArticleId) -> Self {
        Self {
            article: article.clone(),
            about: None,
            field: FieldState::default(),
            focused: false,
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
        focus_once(ui, id, &mut self.focused);
        let output = Field::new(id, words::NOTE)
            .hint(words::NOTE_HINT)
            .multiline(4)
            .show(ui, pane.engine, &mut self.field);
        let text = self.field.text().trim().to_owned();
        let mut take = output.submitted;
        let mut stay = if output.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            take |= primary_button_if(ui, pane.palette, words::ADD_NOTE, !text.is_empty()).clicked();
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
        });
        if !take || text.is_empty() {
            return stay;
        }
        pane.send(Request::Run {
            command: Command::AddNote(AddNote {
                article: self.article.clone(),
                annotator: None,
                target: self.target(),
                text,
                id: None,
            }),
            selection: None,
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
        let width = ui.available_width();
        let target = self.target();
        for note in article.layer.notes.values().filter(|note| note.target == target) {
            ShortText::new(&note.text, TextStyle::new(theme::TEXT), pane.palette.ink)
                .max_width(width)
                .wrap()
                .show(ui, pane.engine);
            ui.add_space(theme::GRID);
        }
    }
}
