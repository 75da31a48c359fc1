//! What was asked about how the article is shown: its direction, which the project keeps, and the choices of the reader,
//! which the preferences keep.

use super::app::App;
use super::reading::Choice;
use super::words;
use crate::model::ReadingDirections;
use crate::session::action::Action;
use crate::session::{Request, SetMeta};
use crate::text::Direction;

impl App {
    pub(super) fn do_reading_action(&mut self, action: Action) {
        match action {
            Action::DirectionAuto => self.set_direction(None),
            Action::DirectionLeftToRight => self.set_direction(Some(Direction::LeftToRight)),
            Action::DirectionRightToLeft => self.set_direction(Some(Direction::RightToLeft)),
            Action::TurnParagraph => self.turn_paragraph(),
            Action::TextSize | Action::ArabicFace | Action::MarginNumbers | Action::LabelDisplay => {
                self.take_next_choice(action);
            }
            Action::ShowValues => {
                let reading = &mut self.prefs.reading;
                reading.show_values = !reading.show_values;
                let said = words::shown_or_not(action.entry().name, reading.show_values);
                self.tell(said);
            }
            other => debug_assert!(whose(other) != Whose::Reading, "{other:?} is done here"),
        }
    }

    fn take_next_choice(&mut self, action: Action) {
        let reading = &mut self.prefs.reading;
        let chosen = match action {
            Action::TextSize => {
                reading.size = reading.size.next();
                words::text_size(reading.size)
            }
            Action::ArabicFace => {
                reading.arabic = reading.arabic.next();
                words::arabic_face(reading.arabic)
            }
            Action::MarginNumbers => {
                reading.numbers = reading.numbers.next();
                words::margin_numbers(reading.numbers)
            }
            _ => {
                reading.labels = reading.labels.next();
                words::label_display(reading.labels)
            }
        };
        self.tell(format!("{}: {chosen}", action.entry().name));
    }

    /// Gives the text its first size, and says so where it has it already.
    pub(super) fn reset_zoom(&mut self) {
        if (self.prefs.text_zoom - 1.0).abs() < f32::EPSILON {
            self.tell(words::zoomed(1.0));
        }
        self.prefs.text_zoom = 1.0;
    }

    /// Gives the whole article a direction, which it keeps; none lets each paragraph follow its own letters.
    fn set_direction(&mut self, direction: Option<Direction>) {
        if !self.change_directions(|directions| directions.article = direction) {
            self.tell(words::direction_already(direction).to_owned());
        }
    }

    /// Turns the paragraph of the caret round, or lets it follow the article again.
    fn turn_paragraph(&self) {
        let Some(article) = &self.snapshot.article else {
            return;
        };
        let (start, shown) = self.article.paragraph_at_caret();
        let Some(start) = article.text.char_of(start) else {
            return;
        };
        self.change_directions(|directions| {
            if directions.paragraphs.remove(&start).is_none() {
                directions.paragraphs.insert(start, shown.opposite());
            }
        });
    }

    /// Writes what changes into the article's metadata; whether anything does.
    fn change_directions(&self, change: impl FnOnce(&mut ReadingDirections)) -> bool {
        let Some(article) = &self.snapshot.article else {
            return false;
        };
        let before = ReadingDirections::of(&article.header.meta);
        let mut after = before.clone();
        change(&mut after);
        let mut fields = crate::model::Extra::new();
        if after.article != before.article {
            fields.insert(ReadingDirections::ARTICLE_KEY.to_owned(), after.article_value());
        }
        if after.paragraphs != before.paragraphs {
            fields.insert(
                ReadingDirections::PARAGRAPHS_KEY.to_owned(),
                after.paragraphs_value(),
            );
        }
        if fields.is_empty() {
            return false;
        }
        let command = SetMeta {
            article: article.id.clone(),
            annotator: None,
            fields,
        };
        self.service.send(Request::Run {
            command: command.into(),
            selection: None,
        });
        true
    }
}

/// Who in the window does an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Those who were asked before: `act.rs`, `act_problem.rs`, `act_review.rs`, `act_events.rs`, and the article itself
    /// (`ArticleAct::of`).
    Asked,
    /// The caret, by its own keys (`gui/article/input_keys.rs`).
    Caret,
    /// Nobody by its name: a command of `apply` whose gesture in the window carries its own ids.
    Gesture,
    /// What is done here.
    Reading,
}

/// Names every action, so that a new one cannot be forgotten: nothing compiles until somebody has said who does it.
const fn whose(action: Action) -> Whose {
    use Action as A;
    match action {
        #[rustfmt::skip]
        A::OpenProject | A::OpenArticles | A::NewProject | A::OpenSample | A::TypePath | A::Import | A::CloseProject
        | A::SaveProjectAs | A::SaveSnapshot | A::Export | A::ExportAgain | A::SetAnnotator | A::Settings | A::Quit | A::Undo | A::Redo
        | A::UndoProject | A::RedoProject | A::Copy | A::CopyWithOffsets | A::EditMetadata | A::Guidelines | A::FindInArticle
        | A::FindNext | A::FindPrevious | A::TagAllHits | A::FilterArticles | A::RemoveSpan | A::RepeatLabel
        | A::ToggleProclitic | A::EndForward | A::EndBack | A::StartForward | A::StartBack | A::EndWordForward | A::EndWordBack
        | A::StartWordForward | A::StartWordBack | A::AddFragment | A::RemoveFragment | A::MergeSpans | A::SplitSpan
        | A::InspectSpan | A::ReverseRelation | A::AddNote | A::NextSpan | A::PreviousSpan | A::NextCandidate
        | A::PreviousCandidate | A::ClearSelection | A::SelectAll | A::MarkDoneAndNext | A::MarkDone | A::MarkTodo
        | A::MarkSkipped | A::NextArticle | A::PreviousArticle | A::NextUnfinished | A::ReviewMode | A::AcceptSpan
        | A::QuerySpan | A::WithdrawVerdict | A::NextToCheck | A::PreviousToCheck | A::ApproveArticle | A::RequestChanges | A::NextToReview
        | A::ToggleFlag | A::ShowNotes | A::SpanHistory | A::NextProblem | A::PreviousProblem | A::ShowProblems
        | A::CheckProject | A::ZoomIn | A::ZoomOut | A::ZoomReset | A::ToggleTheme | A::ToggleList | A::ToggleInspector
        | A::ShowHidden | A::ShowRelations | A::HideLabel | A::ShowLabelAlone | A::LockLabel | A::ShowAllLabels | A::MenuBar | A::NextPane
        | A::PreviousPane | A::Palette | A::Help | A::ShowShortcuts | A::About | A::ConfirmValues | A::NextUnconfirmed
        | A::PreviousUnconfirmed | A::InspectArticle | A::AddRelation | A::RemoveRelation | A::AddToEvent | A::NewEvent
        | A::ToggleEvents | A::AllEvents | A::Codebook | A::NewLabel | A::DismissProblem => Whose::Asked,
        #[rustfmt::skip]
        A::MoveLeft | A::MoveRight | A::MoveUp | A::MoveDown | A::WordLeft | A::WordRight | A::PreviousSentence | A::NextSentence
        | A::SentenceLeft | A::SentenceRight | A::LineStart | A::LineEnd | A::PageUp | A::PageDown | A::TextStart | A::TextEnd => Whose::Caret,
        #[rustfmt::skip]
        A::SetAttribute | A::SetNote | A::RemoveNote | A::AddReply | A::SetReply | A::RemoveReply | A::RestoreProblem
        | A::SetReview | A::RenameAnnotator | A::SetRelation | A::RemoveEvent | A::SetEvent | A::SetFiller | A::RemoveFiller
        | A::MoveEvent | A::DuplicateEvent | A::MergeEvents | A::AddSpan | A::SetLabel | A::SetRanges | A::SetLabelDefinition
        | A::SetAttributeDefinition | A::SetRelationType | A::SetEventType | A::SetArticleLabel | A::RemoveCodebookEntry
        | A::RenameCodebookId | A::ImportCodebook | A::Batch | A::SetChoice | A::SetRole | A::SetAttributeUse => Whose::Gesture,
        #[rustfmt::skip]
        A::DirectionAuto | A::DirectionLeftToRight | A::DirectionRightToLeft | A::TurnParagraph | A::TextSize
        | A::ArabicFace | A::MarginNumbers | A::LabelDisplay | A::ShowValues => Whose::Reading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::article::ArticleAct;
    use crate::session::action::table;

    #[test]
    fn each_action_is_done_by_whom_the_table_lets_do_it() {
        for entry in table() {
            let who = whose(entry.action);
            assert_eq!(who == Whose::Caret, entry.moves, "{:?}", entry.action);
            assert_eq!(who == Whose::Gesture, !entry.takes_keys(), "{:?}", entry.action);
            if ArticleAct::of(entry.action).is_some() {
                assert_eq!(who, Whose::Asked, "{:?}", entry.action);
            }
        }
    }
}
