//! A note on the whole article, or on a relation. Notes on a span are written beside the span.

use egui::{Id, Ui};

use super::{Stay, focus_once, foot_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::{theme, words};
use crate::model::{ArticleId, RelationId, TargetId};
use crate::session::{AddNote, Command, Request};

/// The dialog.
pub struct NoteDialog {
    article: ArticleId,
    relation: Option<RelationId>,
    field: FieldState,
    focused: bool,
}

impl NoteDialog {
    /// For an article.
    pub fn new(article: &ArticleId) -> Self {
        Self {
            article: article.clone(),
            relation: None,
            field: FieldState::default(),
            focused: false,
        }
    }

    /// For a relation of an article.
    pub fn on_relation(article: &ArticleId, relation: &RelationId) -> Self {
        Self {
            relation: Some(relation.clone()),
            ..Self::new(article)
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(
            ui,
            pane,
            match self.relation {
                Some(_) => words::NOTE_ON_RELATION,
                None => words::NOTE_ON_ARTICLE,
            },
        );
        self.earlier_ui(ui, pane);
        let id = Id::unique("article-note");
        focus_once(ui, id, &mut self.focused);
        let output = Field::new(id, words::NOTE)
            .hint(words::NOTE_HINT)
            .multiline(4)
            .show(ui, pane.engine, &mut self.field);
        let mut take = output.submitted;
        let mut stay = if output.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            take |= primary_button(ui, pane.palette, words::ADD_NOTE).clicked();
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
        });
        let text = self.field.text().trim();
        if !take || text.is_empty() {
            return stay;
        }
        pane.send(Request::Run {
            command: Command::AddNote(AddNote {
                article: self.article.clone(),
                annotator: None,
                target: self.target(),
                text: text.to_owned(),
                id: None,
            }),
            selection: None,
        });
        Stay::Close
    }

    fn target(&self) -> Option<TargetId> {
        let relation = self.relation.as_ref()?;
        TargetId::new(relation.as_str()).ok()
    }

    /// The notes that the article has already, or the relation.
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
