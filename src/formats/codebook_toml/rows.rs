//! What a codebook file holds, key by key. Ids carry their place, so that a fault can name its line.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::model::Words;

pub(super) type Id = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) label: Vec<Label>,
    #[serde(default)]
    pub(super) attribute: Vec<Attribute>,
    #[serde(default)]
    pub(super) relation: Vec<Relation>,
    #[serde(default)]
    pub(super) event: Vec<Event>,
    #[serde(default)]
    pub(super) article_label: Vec<Use>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Label {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) retired: bool,
    pub(super) key: Option<Id>,
    pub(super) color: Id,
    #[serde(default)]
    pub(super) names: Words,
    #[serde(default)]
    pub(super) description: Words,
    #[serde(default)]
    pub(super) attributes: Vec<Use>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Use {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) default: Option<Spanned<toml::Value>>,
    #[serde(default)]
    pub(super) retired: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attribute {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) retired: bool,
    #[serde(rename = "type")]
    pub(super) kind: Id,
    #[serde(default)]
    pub(super) names: Words,
    #[serde(default)]
    pub(super) description: Words,
    #[serde(default)]
    pub(super) choices: Vec<Choice>,
    #[serde(default)]
    pub(super) bounds: BTreeMap<String, Spanned<u64>>,
    #[serde(default)]
    pub(super) rules: BTreeMap<String, Spanned<Rule>>,
}

/// What a wording comes to, bound by bound.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) low: Option<String>,
    pub(super) best: Option<String>,
    pub(super) high: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) retired: bool,
    #[serde(default)]
    pub(super) names: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Relation {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) retired: bool,
    #[serde(default)]
    pub(super) names: Words,
    #[serde(default)]
    pub(super) description: Words,
    #[serde(default)]
    pub(super) from: Vec<Id>,
    #[serde(default)]
    pub(super) to: Vec<Id>,
    #[serde(default)]
    pub(super) attributes: Vec<Use>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) retired: bool,
    #[serde(default)]
    pub(super) names: Words,
    #[serde(default)]
    pub(super) description: Words,
    #[serde(default)]
    pub(super) attributes: Vec<Use>,
    #[serde(default)]
    pub(super) role: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    pub(super) id: Id,
    #[serde(default)]
    pub(super) names: Words,
    #[serde(default)]
    pub(super) description: Words,
    #[serde(default)]
    pub(super) labels: Vec<Id>,
    #[serde(default)]
    pub(super) min: u32,
    pub(super) max: Option<Spanned<u32>>,
    #[serde(default)]
    pub(super) retired: bool,
}
