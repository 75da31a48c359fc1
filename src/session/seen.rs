//! What was shown when a command was asked for: an approval is of that, and of nothing that came in since.
//!
//! Knows the journal and no window. That a request for changes is never refused here is on purpose: it blesses nothing.

use std::collections::BTreeSet;

use crate::model::{
    Annotator, ArticleId, LayerEdit, Selection, SpanId, SpanReview, Status, TransactionId, Verdict,
};
use crate::store::Reader;

use super::command::Command;
use super::refusal::Refusal;

/// Names the refusal.
pub(super) const NOT_SEEN: &str = "not_seen";

/// How a command is asked for, beside what it does.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Whose layer it changes where it names nobody.
    pub owner: &'a Annotator,
    /// Behind which transaction the names of the owner and in the command hold, where a window drew them: who was given
    /// another name since is meant all the same. Where absent, the owner has the name that the session knows, and the
    /// command names whom it names.
    pub names_as_of: Option<TransactionId>,
    /// What is selected, to come back with undo.
    pub selection: Option<Selection>,
    /// What was shown of the work then; where absent, whatever is there counts as seen.
    pub seen: Option<Seen<'a>>,
}

impl<'a> Asked<'a> {
    /// Asked for by somebody who sees no window.
    pub const fn of(owner: &'a Annotator) -> Self {
        Self {
            owner,
            names_as_of: None,
            selection: None,
            seen: None,
        }
    }
}

/// The work that was shown, and up to where.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Of which article.
    pub article: &'a ArticleId,
    /// Whose.
    pub annotator: &'a Annotator,
    /// The newest transaction whose effects were shown.
    pub as_of: TransactionId,
    /// Transactions of the same window: who made them knows what they did.
    pub own: &'a BTreeSet<TransactionId>,
}

/// What an approval is of.
#[derive(Clone, Copy)]
enum Approved<'a> {
    Work,
    Span(&'a SpanId),
}

/// Refuses to approve what somebody else has changed since it was shown.
///
/// # Errors
/// `not_seen`, and whatever the disk reports.
pub(super) fn refuse_unseen(
    reader: &Reader,
    command: &Command,
    owner: &Annotator,
    seen: Seen<'_>,
) -> Result<(), Refusal> {
    if let Command::Batch(batch) = command {
        let mut commands = batch.commands.iter();
        return commands.try_for_each(|command| refuse_unseen(reader, command, owner, seen));
    }
    let Some(approved) = approval(command, owner, seen) else {
        return Ok(());
    };
    let Some(edit) = first_unseen(reader, seen, approved)? else {
        return Ok(());
    };
    let (annotator, article, item) = (seen.annotator, seen.article, edit.item());
    Err(Refusal::new(
        NOT_SEEN,
        format!(
            "not seen yet: {annotator}'s work on article {article} ({item}) was changed elsewhere meanwhile"
        ),
    )
    .hint("look at what changed, then approve again"))
}

/// The first span among what was changed unseen, to be shown: of what a command that was refused approves.
///
/// # Errors
/// Whatever the disk reports.
pub(super) fn unseen_span(reader: &Reader, seen: Seen<'_>) -> Result<Option<SpanId>, Refusal> {
    Ok(match first_unseen(reader, seen, Approved::Work)? {
        Some(LayerEdit::Span(id, _)) => Some(id),
        _ => None,
    })
}

/// What a command approves of the work that was shown.
fn approval<'a>(command: &'a Command, owner: &Annotator, seen: Seen<'_>) -> Option<Approved<'a>> {
    let (article, annotator) = command.place();
    let is_of_it =
        article.is_none_or(|named| named == seen.article) && annotator.unwrap_or(owner) == seen.annotator;
    match command {
        Command::SetReview(given) if is_of_it && given.review == Some(Verdict::Approved) => {
            Some(Approved::Work)
        }
        Command::SetSpanReview(given) if is_of_it && given.verdict == Some(Verdict::Approved) => {
            Some(Approved::Span(&given.span))
        }
        _ => None,
    }
}

fn first_unseen(
    reader: &Reader,
    seen: Seen<'_>,
    approved: Approved<'_>,
) -> Result<Option<LayerEdit>, Refusal> {
    let edits = reader.edits_since(seen.article, seen.annotator, seen.as_of)?;
    let mut unseen = edits
        .into_iter()
        .filter(|(id, edit)| !seen.own.contains(id) && (edit.is_work() || stands_otherwise(edit)));
    let found = match approved {
        Approved::Work => unseen.next(),
        Approved::Span(span) => unseen.find(|(_, edit)| matches!(edit, LayerEdit::Span(id, _) if id == span)),
    };
    Ok(found.map(|(_, edit)| edit))
}

/// Whether the work is no longer handed in, or another reviewer asks for a change: what is approved then is approved
/// against their word.
fn stands_otherwise(edit: &LayerEdit) -> bool {
    let asks = |review: &SpanReview| review.verdict == Verdict::ChangesRequested;
    match edit {
        LayerEdit::Span(_, change) => {
            let after = change.after.as_ref();
            after.is_some_and(|span| span.review.as_ref().is_some_and(asks))
        }
        LayerEdit::Review(change) => change.after == Some(Verdict::ChangesRequested),
        LayerEdit::Status(change) => change.before == Some(Status::Done),
        _ => false,
    }
}
