//! What the codebook allows as a relation between two labels.
//!
//! Knows labels and types only: whether two spans are there, or are linked already, is for others to say.

use super::{Codebook, LabelId, RelationType};

/// A relation that could be made between two spans, seen from the first of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link<'a> {
    /// What it says.
    pub relation_type: &'a RelationType,
    /// Whether it leads from the second span to the first.
    pub reversed: bool,
}

impl RelationType {
    /// Whether a relation of this type may start from a label.
    pub fn starts_from(&self, label: &LabelId) -> bool {
        self.from.is_empty() || self.from.contains(label)
    }

    /// Whether a relation of this type may lead to a label.
    pub fn leads_to(&self, label: &LabelId) -> bool {
        self.to.is_empty() || self.to.contains(label)
    }

    /// Whether a relation of this type may lead from one label to another.
    pub fn links(&self, from: &LabelId, to: &LabelId) -> bool {
        self.starts_from(from) && self.leads_to(to)
    }
}

impl Codebook {
    /// What may link a span of one label with a span of another anew, in the codebook's order. Both directions count;
    /// where a type allows both, it is given in the direction from the first to the second, which is how it was asked
    /// for.
    pub fn links<'a>(&'a self, one: &LabelId, other: &LabelId) -> Vec<Link<'a>> {
        let types = self.relation_types.iter().filter(|kind| !kind.retired);
        types
            .filter_map(|relation_type| {
                let forward = relation_type.links(one, other);
                let either = forward || relation_type.links(other, one);
                either.then_some(Link {
                    relation_type,
                    reversed: !forward,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::RelationTypeId;
    use super::*;

    fn label(id: &str) -> LabelId {
        LabelId::new(id).unwrap()
    }

    fn kind(id: &str, from: &[&str], to: &[&str]) -> RelationType {
        RelationType {
            from: from.iter().map(|id| label(id)).collect(),
            to: to.iter().map(|id| label(id)).collect(),
            ..RelationType::plain(RelationTypeId::new(id).unwrap())
        }
    }

    /// The links between two labels, `<` before those that lead back.
    #[track_caller]
    fn check(one: &str, other: &str, expected: &str) {
        let codebook = Codebook {
            relation_types: vec![
                kind("victims", &["casualty"], &["actor"]),
                kind("part-of", &["casualty"], &["casualty"]),
                kind("claimed-by", &["casualty", "trigger"], &["actor"]),
                kind("mentions", &["document"], &[]),
            ],
            ..Codebook::default()
        };
        let links = codebook.links(&label(one), &label(other));
        let links: Vec<String> = links
            .iter()
            .map(|link| {
                let back = if link.reversed { "<" } else { "" };
                format!("{back}{}", link.relation_type.id)
            })
            .collect();
        assert_eq!(links.join(" "), expected);
    }

    #[test]
    fn links_count_in_both_directions_and_forward_goes_first() {
        check("casualty", "actor", "victims claimed-by");
        check("actor", "casualty", "<victims <claimed-by");
        check("casualty", "casualty", "part-of");
        check("trigger", "actor", "claimed-by");
        check("actor", "actor", "");
    }

    #[test]
    fn an_empty_list_allows_every_label() {
        check("document", "location", "mentions");
        check("location", "document", "<mentions");
        check("document", "document", "mentions");
    }

    #[test]
    fn what_is_retired_is_not_offered() {
        let mut codebook = Codebook {
            relation_types: vec![kind("part-of", &["casualty"], &["casualty"])],
            ..Codebook::default()
        };
        let casualty = label("casualty");
        assert_eq!(codebook.links(&casualty, &casualty).len(), 1);
        codebook.relation_types[0].retired = true;
        assert!(codebook.links(&casualty, &casualty).is_empty());
    }
}
