//! What the session's annotator is called: whoever gives her another name, here or elsewhere, she stays who she is.

use std::borrow::Cow;

use crate::model::{Annotator, TransactionId};
use crate::session::command::Command;
use crate::session::config::Config;
use crate::session::refusal::Refusal;
use crate::session::seen::{Asked, Seen};
use crate::store::Reader;

use super::Session;

impl Session {
    /// Takes up the name that the session's annotator was given elsewhere, and says what she is called now.
    ///
    /// # Errors
    /// Whatever the disk reports.
    pub fn follow_name(&mut self) -> Result<Annotator, Refusal> {
        follow(&self.store, &mut self.config, &mut self.names_as_of)?;
        Ok(self.config.annotator.clone())
    }

    /// Says behind which transaction the annotator had the name with which the session was opened, where that was known
    /// before: names that were given since are followed.
    pub(in crate::session) const fn name_is_of(&mut self, behind: TransactionId) {
        self.names_as_of = behind;
    }
}

/// Whom a command is about, by the names that they have now.
pub(super) struct Named<'a> {
    pub(super) command: Cow<'a, Command>,
    pub(super) owner: Annotator,
    /// Whose work was shown when the command was asked for.
    pub(super) shown: Option<Annotator>,
}

impl<'a> Named<'a> {
    /// Follows each name once, from where it was drawn; one that nobody drew is the session's, known up to `known`.
    pub(super) fn follow(
        reader: &Reader,
        command: &'a Command,
        asked: &Asked<'_>,
        known: TransactionId,
    ) -> Result<Self, Refusal> {
        let owner = reader.name_since(asked.owner, asked.names_as_of.unwrap_or(known))?;
        let command = match asked.names_as_of {
            Some(drawn) => Cow::Owned(command.renamed(&|name| reader.name_since(name, drawn))?),
            None => Cow::Borrowed(command),
        };
        let seen = asked.seen.as_ref();
        let shown = seen.map(|seen| reader.name_since(seen.annotator, seen.as_of));
        Ok(Self {
            command,
            owner,
            shown: shown.transpose()?,
        })
    }

    /// How the command is asked for by these names.
    pub(super) fn asked<'b>(&'b self, asked: Asked<'b>) -> Asked<'b> {
        let seen = asked.seen.zip(self.shown.as_ref());
        Asked {
            owner: &self.owner,
            seen: seen.map(|(seen, annotator)| Seen { annotator, ..seen }),
            ..asked
        }
    }
}

/// The same, up to what a reader sees.
pub(super) fn follow(reader: &Reader, config: &mut Config, as_of: &mut TransactionId) -> Result<(), Refusal> {
    let newest = TransactionId::new(reader.revision()?);
    if newest != *as_of {
        config.annotator = reader.name_since(&config.annotator, *as_of)?;
        *as_of = newest;
    }
    Ok(())
}
