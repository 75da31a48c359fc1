//! Entries of the codebook as JSON in a row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{
    Attribute, AttributeId, AttributeType, AttributeUse, BoundRule, Choice, CodebookEntry, CodebookItem,
    CodebookKey, Color, EventType, EventTypeId, Label, LabelId, RelationType, RelationTypeId, Role, RoleId,
    Term, Value, Wording, Words,
};

use super::kept::Kept;
use super::rows::{Row, RowError, RowResult, named};

/// The key of two columns: [`CodebookKey::kind`] and [`CodebookKey::id`].
pub(super) fn read_key(kind: &str, id: &str) -> RowResult<CodebookKey> {
    Ok(match kind {
        "label" => CodebookKey::Label(LabelId::new(id)?),
        "attribute" => CodebookKey::Attribute(AttributeId::new(id)?),
        "relation_type" => CodebookKey::RelationType(RelationTypeId::new(id)?),
        "event_type" => CodebookKey::EventType(EventTypeId::new(id)?),
        "article_label" => CodebookKey::ArticleLabel(AttributeId::new(id)?),
        other => return Err(RowError(format!("the codebook has no kind {other}"))),
    })
}

/// An entry with its place; its kind and id are in columns.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryForm {
    position: usize,
    item: ItemForm,
}

/// What an entry says; which fields it has is a matter of its kind.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemForm {
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    names: Words,
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    description: Words,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    color: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<char>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<UseForm>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    attribute_type: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceForm>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    bounds: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    rules: BTreeMap<String, RuleForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    from: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    to: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<RoleForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    usage: Option<UseForm>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UseForm {
    id: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default: Option<Kept>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    low: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    best: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    high: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceForm {
    id: String,
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    names: Words,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleForm {
    id: String,
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    names: Words,
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    description: Words,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<String>,
    min: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
}

impl Row for CodebookEntry {
    type Form = EntryForm;
    type Key = CodebookKey;

    fn form(&self) -> RowResult<EntryForm> {
        Ok(EntryForm {
            position: self.position,
            item: self.item.form()?,
        })
    }

    fn read(key: &CodebookKey, form: EntryForm) -> RowResult<Self> {
        Ok(Self {
            position: form.position,
            item: CodebookItem::read(key, form.item)?,
        })
    }
}

impl Row for CodebookItem {
    type Form = ItemForm;
    type Key = CodebookKey;

    fn form(&self) -> RowResult<ItemForm> {
        Ok(match self {
            Self::Label(label) => ItemForm {
                names: label.names.clone(),
                description: label.description.clone(),
                color: Some(label.color.hex()),
                key: label.key,
                attributes: uses_form(&label.attributes)?,
                retired: label.retired,
                ..ItemForm::default()
            },
            Self::Attribute(attribute) => ItemForm {
                names: attribute.names.clone(),
                description: attribute.description.clone(),
                attribute_type: Some(attribute.attribute_type.name().to_owned()),
                choices: attribute.choices.iter().map(choice_form).collect(),
                bounds: attribute.bounds.clone(),
                rules: (attribute.rules.iter())
                    .map(|(wording, rule)| (wording.name().to_owned(), rule_form(*rule)))
                    .collect(),
                retired: attribute.retired,
                ..ItemForm::default()
            },
            Self::RelationType(kind) => ItemForm {
                names: kind.names.clone(),
                description: kind.description.clone(),
                from: kind.from.iter().map(LabelId::to_string).collect(),
                to: kind.to.iter().map(LabelId::to_string).collect(),
                attributes: uses_form(&kind.attributes)?,
                retired: kind.retired,
                ..ItemForm::default()
            },
            Self::EventType(kind) => ItemForm {
                names: kind.names.clone(),
                description: kind.description.clone(),
                roles: kind.roles.iter().map(role_form).collect(),
                attributes: uses_form(&kind.attributes)?,
                retired: kind.retired,
                ..ItemForm::default()
            },
            Self::ArticleLabel(usage) => ItemForm {
                usage: Some(use_form(usage)?),
                ..ItemForm::default()
            },
        })
    }

    fn read(key: &CodebookKey, form: ItemForm) -> RowResult<Self> {
        let lacks = |what: &str| RowError(format!("an entry of the codebook lacks its {what}"));
        Ok(match key {
            CodebookKey::Label(id) => Self::Label(Label {
                id: id.clone(),
                names: form.names,
                description: form.description,
                color: form
                    .color
                    .as_deref()
                    .and_then(Color::from_hex)
                    .ok_or_else(|| lacks("color"))?,
                key: form.key,
                attributes: read_uses(form.attributes)?,
                retired: form.retired,
            }),
            CodebookKey::Attribute(id) => Self::Attribute(Attribute {
                id: id.clone(),
                names: form.names,
                description: form.description,
                attribute_type: named(
                    &form.attribute_type.ok_or_else(|| lacks("type"))?,
                    AttributeType::from_name,
                )?,
                choices: form.choices.into_iter().map(read_choice).collect(),
                bounds: form.bounds,
                rules: (form.rules.into_iter())
                    .map(|(name, rule)| Ok((named(&name, Wording::from_name)?, read_rule(&rule)?)))
                    .collect::<RowResult<_>>()?,
                retired: form.retired,
            }),
            CodebookKey::RelationType(id) => Self::RelationType(RelationType {
                id: id.clone(),
                names: form.names,
                description: form.description,
                from: read_labels(form.from)?,
                to: read_labels(form.to)?,
                attributes: read_uses(form.attributes)?,
                retired: form.retired,
            }),
            CodebookKey::EventType(id) => Self::EventType(EventType {
                id: id.clone(),
                names: form.names,
                description: form.description,
                roles: form.roles.into_iter().map(read_role).collect::<RowResult<_>>()?,
                attributes: read_uses(form.attributes)?,
                retired: form.retired,
            }),
            CodebookKey::ArticleLabel(_) => {
                Self::ArticleLabel(read_use(form.usage.ok_or_else(|| lacks("use"))?)?)
            }
        })
    }
}

fn uses_form(uses: &[AttributeUse]) -> RowResult<Vec<UseForm>> {
    uses.iter().map(use_form).collect()
}

fn use_form(usage: &AttributeUse) -> RowResult<UseForm> {
    Ok(UseForm {
        id: usage.id.to_string(),
        required: usage.required,
        default: usage.default.as_ref().map(Row::form).transpose()?,
        retired: usage.retired,
    })
}

fn read_uses(forms: Vec<UseForm>) -> RowResult<Vec<AttributeUse>> {
    forms.into_iter().map(read_use).collect()
}

fn read_use(form: UseForm) -> RowResult<AttributeUse> {
    Ok(AttributeUse {
        id: AttributeId::new(form.id)?,
        required: form.required,
        default: form.default.map(|kept| Value::from_json(&kept.0)).transpose()?,
        retired: form.retired,
    })
}

fn rule_form(rule: BoundRule) -> RuleForm {
    let name = |term: Option<Term>| term.map(|term| term.name().to_owned());
    RuleForm {
        low: name(rule.low),
        best: name(rule.best),
        high: name(rule.high),
    }
}

fn read_rule(form: &RuleForm) -> RowResult<BoundRule> {
    let term = |name: &Option<String>| {
        let term = name.as_deref().map(|name| named(name, Term::from_name));
        term.transpose()
    };
    Ok(BoundRule {
        low: term(&form.low)?,
        best: term(&form.best)?,
        high: term(&form.high)?,
    })
}

fn choice_form(choice: &Choice) -> ChoiceForm {
    ChoiceForm {
        id: choice.id.clone(),
        names: choice.names.clone(),
        retired: choice.retired,
    }
}

fn read_choice(form: ChoiceForm) -> Choice {
    Choice {
        id: form.id,
        names: form.names,
        retired: form.retired,
    }
}

fn role_form(role: &Role) -> RoleForm {
    RoleForm {
        id: role.id.to_string(),
        names: role.names.clone(),
        description: role.description.clone(),
        labels: role.labels.iter().map(LabelId::to_string).collect(),
        min: role.min,
        max: role.max,
        retired: role.retired,
    }
}

fn read_role(form: RoleForm) -> RowResult<Role> {
    Ok(Role {
        id: RoleId::new(form.id)?,
        names: form.names,
        description: form.description,
        labels: read_labels(form.labels)?,
        min: form.min,
        max: form.max,
        retired: form.retired,
    })
}

fn read_labels(ids: Vec<String>) -> RowResult<Vec<LabelId>> {
    ids.into_iter().map(|id| Ok(LabelId::new(id)?)).collect()
}
