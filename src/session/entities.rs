//! Which entities a field offers for what is typed: those that the project names already, in any script and spelling.

use std::sync::Arc;

use crate::model::{AttributeId, AttributeType, Codebook, EntityRef};
use crate::store::{Reader, UsedEntity};
use crate::text::fold;

use super::refusal::Refusal;

/// Entities offered at once.
const OFFERED: usize = 6;
/// Annotations of each kind that are looked at.
const LOOKED_AT: u32 = 20_000;

/// What is offered for some typed words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityOffers {
    /// What was typed.
    pub typed: String,
    /// The best ones first.
    pub entities: Vec<EntityRef>,
}

/// The entities of a project as they were at a revision.
#[derive(Debug, Default)]
pub(super) struct KnownEntities {
    revision: i64,
    entities: Vec<UsedEntity>,
}

impl KnownEntities {
    /// What to offer; reads the project again only where it has changed since.
    pub(super) fn offers(
        &mut self,
        reader: &Reader,
        codebook: &Codebook,
        revision: i64,
        typed: String,
    ) -> Result<Arc<EntityOffers>, Refusal> {
        if self.revision != revision {
            let is_entity = |id: &AttributeId| {
                let attribute = codebook.attribute(id);
                attribute.is_some_and(|attribute| attribute.attribute_type == AttributeType::Entity)
            };
            let attributes: Vec<AttributeId> = codebook
                .attributes
                .iter()
                .map(|attribute| attribute.id.clone())
                .filter(is_entity)
                .collect();
            self.entities = reader.used_entities(&attributes, LOOKED_AT)?;
            self.revision = revision;
        }
        let entities = fitting(&self.entities, &typed);
        Ok(Arc::new(EntityOffers { typed, entities }))
    }
}

/// Those that begin with what was typed, then those with a word that does, then those that hold it anywhere.
fn fitting(known: &[UsedEntity], typed: &str) -> Vec<EntityRef> {
    let wanted = fold(typed.trim());
    let mut ranked: Vec<(u8, &EntityRef)> = known
        .iter()
        .filter_map(|used| {
            let name = used.entity.name.as_deref().unwrap_or(&used.entity.id);
            let rank = rank(&fold(name), &wanted).or_else(|| rank(&fold(&used.entity.id), &wanted));
            Some((rank?, &used.entity))
        })
        .collect();
    // The sort is stable: among equals the one that is used most stays first.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked
        .into_iter()
        .take(OFFERED)
        .map(|(_, entity)| entity.clone())
        .collect()
}

fn rank(words: &str, wanted: &str) -> Option<u8> {
    if words.starts_with(wanted) {
        return Some(0);
    }
    let begins_a_word = |(at, _): (usize, &str)| {
        let before = words.get(..at).unwrap_or_default();
        before.ends_with(|c: char| !c.is_alphanumeric())
    };
    let mut places = words.match_indices(wanted).peekable();
    places.peek()?;
    Some(if places.any(begins_a_word) { 1 } else { 2 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extra;

    #[test]
    fn what_was_typed_is_found_in_any_spelling_the_most_used_first() {
        let used = |id: &str, name: &str, count| UsedEntity {
            entity: EntityRef {
                id: id.into(),
                name: Some(name.into()),
                extra: Extra::new(),
            },
            count,
        };
        let known = [
            used("a1", "Front du 9-Mars", 9),
            used("a5", "Samara", 7),
            used("a2", "Ministère de la Défense", 5),
            used("a3", "أحمد الجربا", 3),
            used("a6", "Omar Marchand", 2),
            used("a4", "Marek Sandoval", 1),
        ];
        let found = |typed: &str| -> Vec<String> {
            let fitting = fitting(&known, typed);
            fitting.into_iter().map(|entity| entity.id).collect()
        };
        assert_eq!(
            found("mar"),
            ["a4", "a1", "a6", "a5"],
            "the beginning before a later word, and that before the middle of one"
        );
        assert_eq!(found("DEFENSE"), ["a2"], "no case, no accents");
        assert_eq!(found("احمد"), ["a3"], "one alef");
        assert_eq!(found("").len(), OFFERED);
        assert_eq!(found("xyz"), Vec::<String>::new());
    }
}
