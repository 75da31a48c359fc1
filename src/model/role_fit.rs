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
    /// The roles that take a label and are not retired, those first that take the fewest others: a location is rather a place than one of
    /// the things that a target may be. Those that are as narrow stand in the order of the codebook.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::codebook_toml::default_codebook;

    fn roles(label: &str) -> Vec<String> {
        let codebook = default_codebook();
        let label = LabelId::new(label).unwrap();
        let roles = codebook.event_types[0].roles_for(&label);
        roles.iter().map(|role| role.id.to_string()).collect()
    }

    #[test]
    fn the_narrowest_role_comes_first() {
        assert_eq!(roles("location"), ["place", "target"]);
        assert_eq!(roles("actor"), ["perpetrator", "source", "target"]);
        assert!(roles("trigger").is_empty());
    }

    #[test]
    fn a_role_that_takes_any_label_comes_last() {
        let mut codebook = default_codebook();
        let kind = &mut codebook.event_types[0];
        kind.roles[0].labels.clear();
        let location = LabelId::new("location").unwrap();
        let roles: Vec<&str> = kind
            .roles_for(&location)
            .iter()
            .map(|role| role.id.as_str())
            .collect();
        assert_eq!(roles, ["place", "target", "perpetrator"]);
    }

    #[test]
    fn a_typed_filler_is_read_as_what_the_labels_of_its_role_have() {
        let codebook = default_codebook();
        let read = |role: &str| -> Vec<String> {
            let role = codebook.role(&RoleId::new(role).unwrap()).unwrap();
            let read = codebook.read_in_role(role);
            read.iter().map(|attribute| attribute.id.to_string()).collect()
        };
        assert_eq!(read("casualties"), ["quantity"]);
        assert_eq!(read("time"), ["when"]);
        assert!(read("perpetrator").is_empty());
    }
}
