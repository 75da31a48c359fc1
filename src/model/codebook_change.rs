//! From one codebook to another: the edits between the two, and what a new id or a loss does inside a codebook.
//!
//! Knows nothing of annotations; `recoding` has their side of it.

use std::fmt;

use super::{
    AttributeId, AttributeUse, Change, Codebook, CodebookEntry, CodebookKey, CodebookPart, Edit, EventTypeId,
    InvalidId, LabelId, RelationTypeId, RoleId, Value, recoding::rechosen,
};

/// Why a part of a codebook cannot go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmovable {
    /// The new id is none.
    Id(InvalidId),
    /// A list of allowed labels would be empty, which allows all.
    LastAllowed(String),
}

impl fmt::Display for Unmovable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(cause) => cause.fmt(f),
            Self::LastAllowed(owner) => {
                write!(f, "{owner} allows no other label, and would allow all without it")
            }
        }
    }
}

impl From<InvalidId> for Unmovable {
    fn from(cause: InvalidId) -> Self {
        Self::Id(cause)
    }
}

impl Codebook {
    /// The edits that make another codebook of this one, each applicable after those before it.
    pub fn edits_to(&self, after: &Self) -> Vec<Edit> {
        let kinds = [
            "label",
            "attribute",
            "relation_type",
            "event_type",
            "article_label",
        ];
        let of = |codebook: &Self, kind: &str| -> Vec<CodebookEntry> {
            let entries = codebook.entries();
            entries.filter(|entry| entry.item.key().kind() == kind).collect()
        };
        let mut edits = Vec::new();
        for kind in kinds {
            edits_of_list(of(self, kind), &of(after, kind), &mut edits);
        }
        edits
    }

    /// Whether it has the part.
    pub fn has(&self, part: &CodebookPart) -> bool {
        match part {
            CodebookPart::Entry(key) => self.entry(key).is_some(),
            CodebookPart::Use(key, attribute) => self.asks(key, attribute),
            CodebookPart::Choice(attribute, id) => self
                .attribute(attribute)
                .is_some_and(|attribute| attribute.choices.iter().any(|choice| choice.id == *id)),
            CodebookPart::Role(kind, id) => self
                .event_type(kind)
                .is_some_and(|kind| kind.roles.iter().any(|role| role.id == *id)),
        }
    }

    /// The entry of that key with its place.
    pub fn entry(&self, key: &CodebookKey) -> Option<CodebookEntry> {
        self.entries().find(|entry| entry.item.key() == *key)
    }

    fn asks(&self, key: &CodebookKey, attribute: &AttributeId) -> bool {
        let uses = match key {
            CodebookKey::Label(id) => self.label(id).map(|label| &label.attributes),
            CodebookKey::RelationType(id) => self.relation_type(id).map(|kind| &kind.attributes),
            CodebookKey::EventType(id) => self.event_type(id).map(|kind| &kind.attributes),
            CodebookKey::Attribute(_) | CodebookKey::ArticleLabel(_) => None,
        };
        uses.is_some_and(|uses| uses.iter().any(|usage| usage.id == *attribute))
    }

    /// Gives a part another id, in its definition and wherever the codebook names it.
    ///
    /// # Errors
    /// Where the new id is none.
    pub fn rename(&mut self, part: &CodebookPart, to: &str) -> Result<(), Unmovable> {
        match part {
            CodebookPart::Entry(CodebookKey::Label(id)) => {
                let new = LabelId::new(to)?;
                let found = self.labels.iter_mut().find(|label| label.id == *id);
                if let Some(label) = found {
                    label.id = new;
                }
            }
            CodebookPart::Entry(CodebookKey::Attribute(id)) => {
                let new = AttributeId::new(to)?;
                let found = self.attributes.iter_mut().find(|attribute| attribute.id == *id);
                if let Some(attribute) = found {
                    attribute.id = new;
                }
            }
            CodebookPart::Entry(CodebookKey::RelationType(id)) => {
                let new = RelationTypeId::new(to)?;
                let found = self.relation_types.iter_mut().find(|kind| kind.id == *id);
                if let Some(kind) = found {
                    kind.id = new;
                }
            }
            CodebookPart::Entry(CodebookKey::EventType(id)) => {
                let new = EventTypeId::new(to)?;
                let found = self.event_types.iter_mut().find(|kind| kind.id == *id);
                if let Some(kind) = found {
                    kind.id = new;
                }
            }
            CodebookPart::Choice(attribute, id) => {
                let found = self.attributes.iter_mut().filter(|one| one.id == *attribute);
                let choices = found.flat_map(|one| &mut one.choices);
                choices
                    .filter(|choice| choice.id == *id)
                    .for_each(|choice| to.clone_into(&mut choice.id));
            }
            CodebookPart::Role(kind, id) => {
                let new = RoleId::new(to)?;
                let found = self.event_types.iter_mut().filter(|one| one.id == *kind);
                let roles = found.flat_map(|one| &mut one.roles);
                roles
                    .filter(|role| role.id == *id)
                    .for_each(|role| role.id = new.clone());
            }
            // These go by the name of their attribute.
            CodebookPart::Entry(CodebookKey::ArticleLabel(_)) | CodebookPart::Use(..) => return Ok(()),
        }
        self.refer(part, Some(to))
    }

    /// Takes a part away; what named it names the other one, or it no longer.
    ///
    /// # Errors
    /// Where a list of allowed labels would be empty.
    pub fn take_away(&mut self, part: &CodebookPart, to: Option<&str>) -> Result<(), Unmovable> {
        match part {
            CodebookPart::Entry(CodebookKey::Label(id)) => self.labels.retain(|label| label.id != *id),
            CodebookPart::Entry(CodebookKey::Attribute(id)) => {
                self.attributes.retain(|attribute| attribute.id != *id);
            }
            CodebookPart::Entry(CodebookKey::RelationType(id)) => {
                self.relation_types.retain(|kind| kind.id != *id);
            }
            CodebookPart::Entry(CodebookKey::EventType(id)) => self.event_types.retain(|kind| kind.id != *id),
            CodebookPart::Entry(CodebookKey::ArticleLabel(id)) => {
                self.article_labels.retain(|usage| usage.id != *id);
            }
            CodebookPart::Choice(attribute, id) => {
                let found = self.attributes.iter_mut().filter(|one| one.id == *attribute);
                found.for_each(|one| one.choices.retain(|choice| choice.id != *id));
            }
            CodebookPart::Role(kind, id) => {
                let found = self.event_types.iter_mut().filter(|one| one.id == *kind);
                found.for_each(|one| one.roles.retain(|role| role.id != *id));
            }
            CodebookPart::Use(key, attribute) => {
                for (owner, uses) in self.owners() {
                    if owner == *key {
                        uses.retain(|usage| usage.id != *attribute);
                    }
                }
            }
        }
        self.refer(part, to)
    }

    /// What named a part names another one from now on, or none.
    fn refer(&mut self, part: &CodebookPart, to: Option<&str>) -> Result<(), Unmovable> {
        match part {
            CodebookPart::Entry(CodebookKey::Label(id)) => {
                let to = to.map(LabelId::new).transpose()?;
                for (owner, allowed) in self.allowed_labels() {
                    relist(allowed, id, to.as_ref(), &owner)?;
                }
            }
            CodebookPart::Entry(CodebookKey::Attribute(id)) => {
                let to = to.map(AttributeId::new).transpose()?;
                let lists = self.owners().into_iter().map(|(_, uses)| uses);
                lists.for_each(|uses| reask(uses, id, to.as_ref()));
                reask(&mut self.article_labels, id, to.as_ref());
            }
            CodebookPart::Choice(attribute, id) => {
                let lists = self.owners().into_iter().map(|(_, uses)| uses);
                lists.for_each(|uses| redefault(uses, attribute, id, to));
                redefault(&mut self.article_labels, attribute, id, to);
            }
            _ => {}
        }
        Ok(())
    }

    /// The attributes that an entry asks, to be changed; none where it is not there or asks none.
    pub fn uses_of(&mut self, key: &CodebookKey) -> Option<&mut Vec<AttributeUse>> {
        let mut owners = self.owners().into_iter();
        owners.find(|(owner, _)| owner == key).map(|(_, uses)| uses)
    }

    fn owners(&mut self) -> Vec<(CodebookKey, &mut Vec<AttributeUse>)> {
        let labels = self.labels.iter_mut();
        let labels = labels.map(|one| (CodebookKey::Label(one.id.clone()), &mut one.attributes));
        let relations = self.relation_types.iter_mut();
        let relations = relations.map(|one| (CodebookKey::RelationType(one.id.clone()), &mut one.attributes));
        let events = self.event_types.iter_mut();
        let events = events.map(|one| (CodebookKey::EventType(one.id.clone()), &mut one.attributes));
        labels.chain(relations).chain(events).collect()
    }

    fn allowed_labels(&mut self) -> Vec<(String, &mut Vec<LabelId>)> {
        let mut lists = Vec::new();
        for kind in &mut self.relation_types {
            let owner = format!("relation type {}", kind.id);
            lists.push((owner.clone(), &mut kind.from));
            lists.push((owner, &mut kind.to));
        }
        for kind in &mut self.event_types {
            for role in &mut kind.roles {
                lists.push((
                    format!("role {} of event type {}", role.id, kind.id),
                    &mut role.labels,
                ));
            }
        }
        lists
    }
}

/// The edits of one kind: what goes, then what comes or changes, place by place.
fn edits_of_list(mut now: Vec<CodebookEntry>, after: &[CodebookEntry], edits: &mut Vec<Edit>) {
    let stays = |entry: &CodebookEntry| after.iter().any(|other| other.item.key() == entry.item.key());
    for position in (0..now.len()).rev() {
        if now.get(position).is_some_and(|entry| !stays(entry)) {
            let gone = CodebookEntry {
                position,
                ..now.remove(position)
            };
            edits.push(Edit::Codebook(gone.item.key(), Change::remove(gone)));
        }
    }
    for wanted in after {
        let key = wanted.item.key();
        let current = now.iter().position(|entry| entry.item.key() == key);
        let before = current.map(|position| CodebookEntry {
            position,
            ..now.remove(position)
        });
        now.insert(wanted.position.min(now.len()), wanted.clone());
        if before.as_ref() != Some(wanted) {
            let change = Change {
                before,
                after: Some(wanted.clone()),
            };
            edits.push(Edit::Codebook(key, change));
        }
    }
}

fn relist(list: &mut Vec<LabelId>, id: &LabelId, to: Option<&LabelId>, owner: &str) -> Result<(), Unmovable> {
    let Some(place) = list.iter().position(|one| one == id) else {
        return Ok(());
    };
    match to.filter(|to| !list.contains(to)) {
        Some(to) => list.splice(place..=place, [to.clone()]).for_each(drop),
        None => drop(list.remove(place)),
    }
    if list.is_empty() {
        return Err(Unmovable::LastAllowed(owner.to_owned()));
    }
    Ok(())
}

fn reask(uses: &mut Vec<AttributeUse>, id: &AttributeId, to: Option<&AttributeId>) {
    let has_it = uses.iter().any(|usage| Some(&usage.id) == to);
    match to.filter(|_| !has_it) {
        Some(to) => {
            let found = uses.iter_mut().filter(|usage| usage.id == *id);
            found.for_each(|usage| usage.id = to.clone());
        }
        None => uses.retain(|usage| usage.id != *id),
    }
}

fn redefault(uses: &mut [AttributeUse], attribute: &AttributeId, choice: &str, to: Option<&str>) {
    for usage in uses.iter_mut().filter(|usage| usage.id == *attribute) {
        let before: Option<Value> = usage.default.take();
        usage.default = before.and_then(|value| rechosen(value, choice, to));
    }
}
