//! Which roles of an event a label fits, the most fitting first, and as what a typed filler of a role is read.
//!
//! Knows no event and how full its roles are.

use super::{Attribute, AttributeType, Codebook, EventType, LabelId, Role, RoleId};

impl Role {
    /// Whether the codebook lets a label fill it.
    pub fn accepts(&self, label: &LabelId) -> bool {
        self.labels.is_empty() || self.labels.contains(label)
    }

    /// How many labels fill it; one that takes any is the broadest.
    const fn breadth(&self) -> usize {
        match self.labels.len() {
            0 => usize::MAX,
            some => some,
        }
    }
}

impl EventType {
    /// The roles that take a label and are not retired, those first that take the fewest others: a location is rather
    /// a place than one of the things that a target may be. Those that are as narrow stand in the order of the codebook.
    pub fn roles_for(&self, label: &LabelId) -> Vec<&Role> {
        let mut roles: Vec<&Role> = self.offered_roles().filter(|role| role.accepts(label)).collect();
        roles.sort_by_key(|role| role.breadth());
        roles
    }
}

impl Codebook {
    /// The role of that id, of the first event type that has it.
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        let mut roles = self.event_types.iter().flat_map(|kind| &kind.roles);
        roles.find(|role| role.id == *id)
    }

    /// The attributes as which a typed filler of a role can be read: the figures of its labels, then their dates.
    pub fn read_in_role(&self, role: &Role) -> Vec<&Attribute> {
        let mut found: Vec<&Attribute> = Vec::new();
        for wanted in [AttributeType::Quantity, AttributeType::Date] {
            let labels = role.labels.iter().filter_map(|id| self.label(id));
            let attributes = labels.flat_map(|label| &label.attributes);
            for attribute in attributes.filter_map(|usage| self.attribute(&usage.id)) {
                let is_new = found.iter().all(|known| known.id != attribute.id);
                if attribute.attribute_type == wanted && is_new {
                    found.push(attribute);
                }
            }
        }
        found
    }
}
