//! Whom a command names, so that it means the same people after they were given other names.

use crate::model::Annotator;

use super::{
    AddEvent, AddFiller, AddNote, AddRelation, AddReply, AddSpan, Command, DismissProblem, DuplicateEvent,
    MergeEvents, MergeSpans, MoveEvent, Redo, RemoveEvent, RemoveFiller, RemoveNote, RemoveRelation,
    RemoveReply, RemoveSpan, RenameAnnotator, RestoreProblem, SetAttribute, SetEvent, SetFiller, SetFlag,
    SetLabel, SetMeta, SetNote, SetRanges, SetRelation, SetReply, SetReview, SetSpanReview, SetStatus,
    SplitSpan, Undo,
};

impl Command {
    /// The same command with the names that its people have now. The new name that is given to somebody stays.
    ///
    /// # Errors
    /// Whatever finding out the names does.
    pub(in crate::session) fn renamed<E>(
        &self,
        now: &impl Fn(&Annotator) -> Result<Annotator, E>,
    ) -> Result<Self, E> {
        let mut command = self.clone();
        command.rename(now)?;
        Ok(command)
    }

    fn rename<E>(&mut self, now: &impl Fn(&Annotator) -> Result<Annotator, E>) -> Result<(), E> {
        if let Self::Batch(batch) = self {
            return batch
                .commands
                .iter_mut()
                .try_for_each(|command| command.rename(now));
        }
        if let Some(named) = self.named() {
            *named = now(named)?;
        }
        Ok(())
    }

    /// Whom the command names, where it names anybody.
    const fn named(&mut self) -> Option<&mut Annotator> {
        match self {
            Self::AddSpan(AddSpan { annotator, .. })
            | Self::RemoveSpan(RemoveSpan { annotator, .. })
            | Self::SetLabel(SetLabel { annotator, .. })
            | Self::SetRanges(SetRanges { annotator, .. })
            | Self::MergeSpans(MergeSpans { annotator, .. })
            | Self::SplitSpan(SplitSpan { annotator, .. })
            | Self::SetAttribute(SetAttribute { annotator, .. })
            | Self::AddNote(AddNote { annotator, .. })
            | Self::SetNote(SetNote { annotator, .. })
            | Self::RemoveNote(RemoveNote { annotator, .. })
            | Self::AddReply(AddReply { annotator, .. })
            | Self::SetReply(SetReply { annotator, .. })
            | Self::RemoveReply(RemoveReply { annotator, .. })
            | Self::DismissProblem(DismissProblem { annotator, .. })
            | Self::RestoreProblem(RestoreProblem { annotator, .. })
            | Self::SetStatus(SetStatus { annotator, .. })
            | Self::SetReview(SetReview { annotator, .. })
            | Self::SetSpanReview(SetSpanReview { annotator, .. })
            | Self::SetFlag(SetFlag { annotator, .. })
            | Self::SetMeta(SetMeta { annotator, .. })
            | Self::RenameAnnotator(RenameAnnotator { annotator, .. })
            | Self::AddRelation(AddRelation { annotator, .. })
            | Self::SetRelation(SetRelation { annotator, .. })
            | Self::RemoveRelation(RemoveRelation { annotator, .. })
            | Self::AddEvent(AddEvent { annotator, .. })
            | Self::RemoveEvent(RemoveEvent { annotator, .. })
            | Self::SetEvent(SetEvent { annotator, .. })
            | Self::AddFiller(AddFiller { annotator, .. })
            | Self::SetFiller(SetFiller { annotator, .. })
            | Self::RemoveFiller(RemoveFiller { annotator, .. })
            | Self::MoveEvent(MoveEvent { annotator, .. })
            | Self::DuplicateEvent(DuplicateEvent { annotator, .. })
            | Self::MergeEvents(MergeEvents { annotator, .. })
            | Self::Undo(Undo { annotator, .. })
            | Self::Redo(Redo { annotator, .. }) => annotator.as_mut(),
            Self::Batch(_)
            | Self::SetLabelDefinition(_)
            | Self::SetAttributeDefinition(_)
            | Self::SetRelationType(_)
            | Self::SetEventType(_)
            | Self::SetArticleLabel(_)
            | Self::SetChoice(_)
            | Self::SetRole(_)
            | Self::SetAttributeUse(_)
            | Self::RemoveCodebookEntry(_)
            | Self::RenameCodebookId(_)
            | Self::ImportCodebook(_) => None,
        }
    }
}
