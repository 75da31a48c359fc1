//! The configuration of a brat collection, made from a codebook. Knows no article.

use crate::model::{AttributeType, Codebook};

use super::names::{one_line, role_name, type_name};

/// `annotation.conf`: what may be marked.
pub(super) fn configuration(codebook: &Codebook) -> String {
    let mut conf = String::from("[entities]\n");
    for label in &codebook.labels {
        conf.extend([format!("{}\n", type_name(label.id.as_str()))]);
    }
    conf.push_str("\n[relations]\n");
    let kinds = |labels: &[crate::model::LabelId]| {
        let names: Vec<String> = labels.iter().map(|label| type_name(label.as_str())).collect();
        if names.is_empty() {
            "<ENTITY>".to_owned()
        } else {
            names.join("|")
        }
    };
    for relation in &codebook.relation_types {
        conf.extend([format!(
            "{}\tArg1:{}, Arg2:{}\n",
            type_name(relation.id.as_str()),
            kinds(&relation.from),
            kinds(&relation.to)
        )]);
    }
    conf.push_str("\n[events]\n");
    for event in &codebook.event_types {
        let roles = event.roles.iter().map(|role| {
            let many = if role.max == Some(1) { "?" } else { "*" };
            format!("{}{many}:{}", role_name(role.id.as_str()), kinds(&role.labels))
        });
        let roles: Vec<String> = roles.collect();
        conf.extend([format!(
            "{}\t{}\n",
            type_name(event.id.as_str()),
            roles.join(", ")
        )]);
    }
    conf.push_str("\n[attributes]\n");
    for attribute in &codebook.attributes {
        let name = type_name(attribute.id.as_str());
        // Of other types a value is no choice alone, but JSON that holds some.
        let is_choice = attribute.attribute_type == AttributeType::Choice;
        let choices: Vec<String> = attribute
            .choices
            .iter()
            .filter(|_| is_choice)
            .map(|choice| one_line(&choice.id))
            .collect();
        let values = if choices.is_empty() {
            String::new()
        } else {
            format!(", Value:{}", choices.join("|"))
        };
        conf.extend([format!("{name}\tArg:<ANY>{values}\n")]);
    }
    conf
}

/// `visual.conf`: the names and colours that brat shows for the types.
pub(super) fn names_shown(codebook: &Codebook) -> String {
    let labels = codebook.labels.iter().map(|label| label.id.as_str());
    let relations = codebook.relation_types.iter().map(|kind| kind.id.as_str());
    let events = codebook.event_types.iter().map(|kind| kind.id.as_str());
    let shown: Vec<String> = labels
        .chain(relations)
        .chain(events)
        .map(|name| format!("{} | {name}", type_name(name)))
        .collect();
    let colors: Vec<String> = codebook
        .labels
        .iter()
        .map(|label| format!("{}\tbgColor:{}", type_name(label.id.as_str()), label.color.hex()))
        .collect();
    let (shown, colors) = (shown.join("\n"), colors.join("\n"));
    format!("[labels]\n{shown}\n\n[drawing]\n{colors}\n")
}
