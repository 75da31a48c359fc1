//! From a command to the edits that do it, or to the reason why not.
//!
//! Each family of commands has a file of functions that are pure: they see one place (article, layer, codebook) as
//! values and answer with edits. The [`Desk`] beneath them reads what they need and lets the commands of a batch see
//! each other's edits. Nothing here writes, and nothing asks a clock.

mod check;
mod desk;
mod event;
#[cfg(test)]
mod marked;
mod merge;
mod meta;
mod note;
mod problem;
mod relation;
mod span;
mod split;
mod status;
#[cfg(test)]
mod tests;

pub(super) use check::unknown_article;
pub(super) use desk::{Desk, Item, LayerKey, Outcome, Setting, Source};

use crate::model::{Annotator, Article, Codebook, Layer, LayerEdit, Timestamp};

use super::clock::IdSource;
use super::command::Command;
use super::refusal::Refusal;

/// What a command may know about where it acts.
struct Place<'a> {
    /// The article with its text.
    article: &'a Article,
    /// The layer as the commands before have left it.
    layer: &'a Layer,
    /// What may be said.
    codebook: &'a Codebook,
    /// Who gave the command.
    author: &'a Annotator,
    /// When.
    at: &'a Timestamp,
    /// Where new ids come from.
    ids: &'a dyn IdSource,
}

/// What a command does to one layer.
#[derive(Debug, Default)]
struct Step {
    /// The edits in order.
    edits: Vec<LayerEdit>,
    /// Ids of what is new.
    created: Vec<String>,
    /// In words: `tag actor “Alep”`.
    summary: String,
}

type Planned = Result<Step, Refusal>;

/// Plans one command and leaves its edits on the desk.
///
/// # Errors
/// Why the command cannot be done; the desk is then to be thrown away with what lies on it.
pub(super) fn plan(desk: &mut Desk<'_>, command: &Command) -> Result<(), Refusal> {
    let whose = command.place();
    let at = |desk: &mut Desk<'_>, item: Item<'_>| desk.find(&[item], whose.0, whose.1);
    match command {
        Command::AddSpan(c) => {
            let at = desk.layer_of(&c.article, whose.1)?;
            desk.step(&at, |place| span::add(place, c))
        }
        Command::RemoveSpan(c) => {
            let at = at(desk, Item::Span(&c.span))?;
            desk.step(&at, |place| span::remove(place, c))
        }
        Command::SetLabel(c) => {
            let at = at(desk, Item::Span(&c.span))?;
            desk.step(&at, |place| span::set_label(place, c))
        }
        Command::SetRanges(c) => {
            let at = at(desk, Item::Span(&c.span))?;
            desk.step(&at, |place| span::set_ranges(place, c))
        }
        Command::MergeSpans(c) => {
            merge::refuse_list(&c.spans)?;
            let spans: Vec<Item<'_>> = c.spans.iter().map(Item::Span).collect();
            let at = desk.find(&spans, whose.0, whose.1)?;
            desk.step(&at, |place| merge::merge(place, c))
        }
        Command::SplitSpan(c) => {
            let at = at(desk, Item::Span(&c.span))?;
            desk.step(&at, |place| split::split(place, c))
        }
        Command::SetAttribute(c) => {
            let (at, target) = desk.find_target(c)?;
            desk.step(&at, |place| meta::set_attribute(place, c, &target))
        }
        Command::AddNote(c) => {
            let at = desk.layer_of(&c.article, whose.1)?;
            desk.step(&at, |place| note::add(place, c))
        }
        Command::SetNote(c) => {
            let at = at(desk, Item::Note(&c.note))?;
            desk.step(&at, |place| note::set(place, c))
        }
        Command::RemoveNote(c) => {
            let at = at(desk, Item::Note(&c.note))?;
            desk.step(&at, |place| note::remove(place, c))
        }
        Command::DismissProblem(c) => {
            let at = desk.layer_of(&c.article, whose.1)?;
            desk.step_without_status(&at, |place| problem::dismiss(place, c))
        }
        Command::RestoreProblem(c) => {
            let at = desk.layer_of(&c.article, whose.1)?;
            desk.step_without_status(&at, |place| problem::restore(place, c))
        }
        Command::SetStatus(c) => {
            let at = desk.layer_of(&c.article, whose.1)?;
            desk.step_without_status(&at, |place| status::set(place, c))
        }
        Command::SetReview(c) => {
            let at = desk.layer_of(&c.article, whose.1)?;
            desk.step_without_status(&at, |place| status::review(place, c))
        }
        Command::SetMeta(c) => desk.header(&c.article, whose.1, |header| meta::set(header, c)),
        Command::RenameAnnotator(c) => desk.rename_annotator(c.annotator.as_ref(), &c.to),
        Command::AddRelation(c) => {
            let at = desk.find(&[Item::Span(&c.from), Item::Span(&c.to)], whose.0, whose.1)?;
            desk.step(&at, |place| relation::add(place, c))
        }
        Command::RemoveRelation(c) => {
            let at = at(desk, Item::Relation(&c.relation))?;
            desk.step(&at, |place| relation::remove(place, c))
        }
        Command::AddEvent(c) => {
            let at = desk.layer_of(&c.article, whose.1)?;
            desk.step(&at, |place| event::add(place, c))
        }
        Command::RemoveEvent(c) => {
            let at = at(desk, Item::Event(&c.event))?;
            desk.step(&at, |place| event::remove(place, c))
        }
        Command::Batch(c) => batch(desk, &c.commands),
        Command::Undo(_) | Command::Redo(_) => Err(Refusal::new(
            "not_in_a_batch",
            "undo and redo are transactions of their own",
        )
        .hint("give them as lines of their own")),
    }
}

fn batch(desk: &mut Desk<'_>, commands: &[Command]) -> Result<(), Refusal> {
    if commands.is_empty() {
        return Err(Refusal::new("empty_batch", "the batch has no commands"));
    }
    for (index, command) in commands.iter().enumerate() {
        let planned = match command {
            Command::Batch(_) => Err(Refusal::new(
                "not_in_a_batch",
                "a batch cannot hold another batch",
            )),
            Command::RenameAnnotator(_) => Err(Refusal::new(
                "not_in_a_batch",
                "renaming an annotator is a transaction of its own",
            )),
            command => plan(desk, command),
        };
        planned.map_err(|refusal| Refusal {
            message: format!("command {} of the batch: {}", index + 1, refusal.message),
            ..refusal
        })?;
    }
    Ok(())
}

impl Place<'_> {
    /// The id asked for, where it is free, or a new one.
    fn fresh_id<T>(
        &self,
        asked: Option<&T>,
        make: impl Fn(String) -> Result<T, crate::model::InvalidId>,
        is_taken: impl Fn(&T) -> bool,
        kind: &str,
    ) -> Result<T, Refusal>
    where
        T: Clone + std::fmt::Display,
    {
        let id = match asked {
            Some(id) => id.clone(),
            None => make(self.ids.next())
                .map_err(|cause| Refusal::new("bad_id", format!("no new id could be made: {cause}")))?,
        };
        if is_taken(&id) {
            let article = &self.article.id;
            return Err(Refusal::new(
                "duplicate_id",
                format!("article {article} has a {kind} {id} already"),
            )
            .hint("leave the id out to have a new one made"));
        }
        Ok(id)
    }
}
