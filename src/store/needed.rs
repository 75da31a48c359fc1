//! What of the codebook an undo or a redo needs: an annotation does not come back under a label that is gone.
//!
//! New work is held against the codebook when it is planned; what is turned was planned on an older one.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::model::{AttributeId, Attributes, CodebookKey, Event, EventTypeId, LayerEdit, RoleId};

use super::codebook;
use super::error::{StoreError, StoreResult};

/// What edits bring back of the codebook. Choices of attributes are not among it: what is not in a list any more is asked
/// about, as where it came in with a file.
#[derive(Debug, Default)]
pub(super) struct Needed {
    entries: BTreeSet<CodebookKey>,
    roles: BTreeSet<(EventTypeId, RoleId)>,
}

impl Needed {
    /// Notes what an edit says that was not said before it.
    pub(super) fn note(&mut self, edit: &LayerEdit) {
        match edit {
            LayerEdit::Span(_, change) => self.item(
                [change.before.as_deref(), change.after.as_deref()],
                |span| CodebookKey::Label(span.label.clone()),
                |span| &span.attributes,
            ),
            LayerEdit::Relation(_, change) => self.item(
                [change.before.as_ref(), change.after.as_ref()],
                |relation| CodebookKey::RelationType(relation.relation_type.clone()),
                |relation| &relation.attributes,
            ),
            LayerEdit::Event(_, change) => {
                let both = [change.before.as_ref(), change.after.as_ref()];
                self.item(
                    both,
                    |event| CodebookKey::EventType(event.event_type.clone()),
                    |event| &event.attributes,
                );
                let [before, after] = both.map(|event| event.map(roles_of).unwrap_or_default());
                self.roles.extend(after.difference(&before).cloned());
            }
            LayerEdit::Label(id, change) if change.before.is_none() => {
                self.entries.insert(CodebookKey::ArticleLabel(id.clone()));
            }
            _ => {}
        }
    }

    /// Notes the entry that an item is of and its attributes, where they are others than before.
    fn item<T>(
        &mut self,
        [before, after]: [Option<&T>; 2],
        entry: impl Fn(&T) -> CodebookKey,
        attributes: impl Fn(&T) -> &Attributes,
    ) {
        let Some(after) = after else { return };
        if before.is_none_or(|before| entry(before) != entry(after)) {
            self.entries.insert(entry(after));
        }
        let had = |id: &AttributeId| before.is_some_and(|before| attributes(before).contains_key(id));
        let new = attributes(after).keys().filter(|id| !had(id));
        self.entries.extend(new.cloned().map(CodebookKey::Attribute));
    }

    /// # Errors
    /// A conflict with the first entry that the codebook does not have, and whatever the disk reports.
    pub(super) fn check(&self, connection: &Connection) -> StoreResult<()> {
        for key in &self.entries {
            let is_there: bool = connection
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM codebook WHERE kind = ?1 AND id = ?2)")?
                .query_row((key.kind(), key.id()), |row| row.get(0))?;
            if !is_there {
                let message = format!("the codebook has no {key} any more");
                return Err(StoreError::conflict(format!("{key} of the codebook"), message));
            }
        }
        if self.roles.is_empty() {
            return Ok(());
        }
        let codebook = codebook::read(connection)?;
        let is_there = |(kind, role): &&(EventTypeId, RoleId)| {
            let kind = codebook.event_type(kind);
            kind.is_some_and(|kind| kind.roles.iter().any(|known| known.id == *role))
        };
        match self.roles.iter().find(|role| !is_there(role)) {
            Some((kind, role)) => Err(StoreError::conflict(
                format!("{kind} of the codebook"),
                format!("events of the type {kind} have no role {role} any more"),
            )),
            None => Ok(()),
        }
    }
}

fn roles_of(event: &Event) -> BTreeSet<(EventTypeId, RoleId)> {
    let fillers = event.roles.iter();
    fillers
        .map(|filler| (event.event_type.clone(), filler.role.clone()))
        .collect()
}
