//! From a command to the edits that do it, or to the reason why not.
//!
//! Each family of commands has a file of functions that are pure: they see one place (article, layer, codebook) as
//! values and answer with edits. The [`Desk`] beneath them reads what they need and lets the commands of a batch see
//! each other's edits. Nothing here writes, and nothing asks a clock.

mod check;
mod codebook;
mod codebook_move;
mod codebook_parts;
mod desk;
mod dispatch;
mod event;
mod event_row;
mod figure;
mod filler;
#[cfg(test)]
mod marked;
mod merge;
mod meta;
mod note;
mod problem;
mod read_date;
mod reading;
mod relation;
mod reply;
mod review;
mod rules;
mod span;
mod split;
mod status;
mod summary;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_event;

pub(super) use check::{known_label, one_of, unknown_article};
pub(super) use codebook::{Work, parts_of};
pub(super) use codebook_move::foreseen as foreseen_codebook;
pub(super) use desk::{Desk, Item, LayerKey, Outcome, Setting, Source, annotator_exists};
pub(super) use dispatch::plan;

use crate::model::{Annotator, Article, Codebook, Layer, LayerEdit, Timestamp};

use super::clock::IdSource;
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
                .map_err(|cause| Refusal::new("fault", format!("no new id could be made: {cause}")))?,
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
