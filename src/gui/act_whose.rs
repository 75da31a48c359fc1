//! Who in the window does which action, so that none is done by nobody.

use crate::session::action::Action;

/// Who in the window does an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// `act.rs`, `act_problem.rs`, `act_review.rs`, `act_events.rs`, or the article itself (`ArticleAct::of`).
    Asked,
    /// The caret, by its own keys (`gui/article/input_keys.rs`).
    Caret,
    /// Nobody by its name: a command of `apply` whose gesture in the window carries its own ids.
    Gesture,
    /// `act_reading.rs`, which is asked last.
    Reading,
}

/// Names every action, so that a new one cannot be forgotten: nothing compiles until somebody has said who does it.
pub(super) const fn whose(action: Action) -> Whose {
    use Action as A;
    match action {
        #[rustfmt::skip]
        A::OpenProject | A::OpenArticles | A::NewProject | A::OpenSample | A::TypePath | A::Import | A::Retry | A::CloseProject
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
        | A::ShowHidden | A::ShowRelations | A::HideLabel | A::ShowLabelAlone | A::LockLabel | A::ShowAllLabels | A::MenuBar
        | A::ContextMenu | A::NextPane | A::PreviousPane | A::Palette | A::Help | A::ShowShortcuts | A::About | A::ConfirmValues | A::NextUnconfirmed
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
