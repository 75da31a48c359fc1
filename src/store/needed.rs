//! What of the codebook an undo or a redo needs: an annotation does not come back under a label that is gone.
//!
//! New work is held against the codebook when it is planned; what is turned was planned on an older one.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::model::{Attributes, CodebookKey, LayerEdit};

use super::error::{StoreError, StoreResult};

/// Entries of the codebook that edits bring back.
#[derive(Debug, Default)]
pub(super) struct Needed(BTreeSet<CodebookKey>);

impl Needed {
    /// Notes what an edit says that was not said before it.
    pub(super) fn note(&mut self, edit: &LayerEdit) {
        match edit {
            LayerEdit::Span(_, change) => {
                let (before, after) = (change.before.as_deref(), change.after.as_deref());
                self.kind(
                    before.map(|span| &span.label),
                    after.map(|span| &span.label),
                    CodebookKey::Label,
                );
                self.attributes(
                    before.map(|span| &span.attributes),
                    after.map(|span| &span.attributes),
                );
            }
            LayerEdit::Relation(_, change) => {
                let (before, after) = (change.before.as_ref(), change.after.as_ref());
                let kinds = [before, after].map(|one| one.map(|one| &one.relation_type));
                self.kind(kinds[0], kinds[1], CodebookKey::RelationType);
                self.attributes(
                    before.map(|one| &one.attributes),
                    after.map(|one| &one.attributes),
                );
            }
            LayerEdit::Event(_, change) => {
                let (before, after) = (change.before.as_ref(), change.after.as_ref());
                let kinds = [before, after].map(|one| one.map(|one| &one.event_type));
                self.kind(kinds[0], kinds[1], CodebookKey::EventType);
                self.attributes(
                    before.map(|one| &one.attributes),
                    after.map(|one| &one.attributes),
                );
            }
            LayerEdit::Label(id, change) if change.before.is_none() => {
                self.0.insert(CodebookKey::ArticleLabel(id.clone()));
            }
            _ => {}
        }
    }

    fn kind<T: PartialEq + Clone>(
        &mut self,
        before: Option<&T>,
        after: Option<&T>,
        key: fn(T) -> CodebookKey,
    ) {
        if before != after {
            self.0.extend(after.cloned().map(key));
        }
    }

    fn attributes(&mut self, before: Option<&Attributes>, after: Option<&Attributes>) {
        let is_new = |id: &_| before.is_none_or(|before| !before.contains_key(id));
        let new = after
            .into_iter()
            .flat_map(Attributes::keys)
            .filter(|id| is_new(id));
        self.0.extend(new.cloned().map(CodebookKey::Attribute));
    }

    /// # Errors
    /// A conflict with the first entry that the codebook does not have, and whatever the disk reports.
    pub(super) fn check(&self, connection: &Connection) -> StoreResult<()> {
        for key in &self.0 {
            let is_there: bool = connection
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM codebook WHERE kind = ?1 AND id = ?2)")?
                .query_row((key.kind(), key.id()), |row| row.get(0))?;
            if !is_there {
                let message = format!("the codebook has no {key} any more");
                return Err(StoreError::conflict(format!("{key} of the codebook"), message));
            }
        }
        Ok(())
    }
}
