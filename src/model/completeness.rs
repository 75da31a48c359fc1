//! What an event still lacks by its type: roles with too few fillers, attributes that must be given.

use super::{AttributeId, Codebook, Event, EventType, Role, RoleId};

/// One thing that finished work must have and an event has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A role with fewer fillers than it needs.
    Role(RoleId),
    /// An attribute without a value.
    Attribute(AttributeId),
}

impl EventType {
    /// The roles that are offered for new work, in order.
    pub fn offered_roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.iter().filter(|role| !role.retired)
    }

    /// What an event of this type lacks, in the order of the codebook; nothing where it is complete.
    pub fn missing(&self, event: &Event, codebook: &Codebook) -> Vec<Missing> {
        let count = |role: &RoleId| event.roles.iter().filter(|filler| filler.role == *role).count();
        let roles = self
            .offered_roles()
            .filter(|role| count(&role.id) < role.min as usize)
            .map(|role| Missing::Role(role.id.clone()));
        let attributes = codebook
            .asked(&self.attributes)
            .filter(|usage| usage.required && !event.attributes.contains_key(&usage.id))
            .map(|usage| Missing::Attribute(usage.id.clone()));
        roles.chain(attributes).collect()
    }

    /// Whether the type asks for anything that an event can lack.
    pub fn requires_anything(&self) -> bool {
        self.offered_roles().any(|role| role.min > 0)
            || self
                .attributes
                .iter()
                .any(|usage| usage.required && !usage.retired)
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::Missing;

    #[test]
    fn what_is_required_and_not_there_is_missing() {
        let role = |id: &str, min| Role {
            min,
            ..Role::plain(RoleId::new(id).unwrap())
        };
        let kind = EventType {
            roles: vec![role("place", 1), role("source", 2), role("time", 0)],
            attributes: vec![AttributeUse {
                required: true,
                ..AttributeUse::plain(AttributeId::new("kind").unwrap())
            }],
            ..EventType::plain(EventTypeId::new("incident").unwrap())
        };
        let filler = |role: &str, text: &str| RoleFiller {
            role: RoleId::new(role).unwrap(),
            filler: Filler::Value(Value::Text(text.to_owned())),
            inferred: false,
            note: None,
            extra: Extra::new(),
        };
        let mut event = Event {
            id: EventId::new("e").unwrap(),
            event_type: kind.id.clone(),
            rank: 0,
            trigger: None,
            roles: vec![filler("place", "Alep"), filler("source", "a")],
            attributes: Attributes::new(),
            extra: Extra::new(),
        };
        assert!(kind.requires_anything());
        assert_eq!(
            kind.missing(&event, &Codebook::default()),
            [
                Missing::Role(RoleId::new("source").unwrap()),
                Missing::Attribute(AttributeId::new("kind").unwrap())
            ]
        );
        event.roles.push(filler("source", "b"));
        event
            .attributes
            .insert(AttributeId::new("kind").unwrap(), Value::Text("riot".into()));
        assert_eq!(kind.missing(&event, &Codebook::default()), []);
    }
}
