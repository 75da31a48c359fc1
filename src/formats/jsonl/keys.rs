//! The keys of `hashiya/1`, level by level, in the order in which they are written. All others are unknown keys,
//! kept and written behind these.

use crate::model::Extra;

pub(super) const ARTICLE: &[&str] = &[
    "schema",
    "offsets",
    "id",
    "title",
    "lang",
    "text",
    "sha256",
    "meta",
    "annotator",
    "status",
    "review",
    "flagged",
    "spans",
    "relations",
    "events",
    "labels",
    "notes",
    "dismissed",
];
pub(in crate::formats) const SPAN: &[&str] = &[
    "id",
    "start",
    "end",
    "label",
    "text",
    "fragments",
    "attributes",
    "unconfirmed",
    "review",
    "origin",
    "created",
    "modified",
];
pub(super) const REVIEW: &[&str] = &["verdict", "by", "at"];
pub(super) const ORIGIN: &[&str] = &["kind", "name"];
pub(super) const RELATION: &[&str] = &["id", "type", "from", "to", "attributes"];
pub(super) const EVENT: &[&str] = &["id", "type", "trigger", "roles", "attributes"];
pub(super) const ROLE: &[&str] = &["role", "span", "value", "inferred", "note"];
pub(super) const NOTE: &[&str] = &["id", "target", "author", "created", "text", "state", "replies"];
pub(super) const REPLY: &[&str] = &["author", "created", "text"];

/// Unknown keys that no key of a level is among: another tool's that is called like one of these gets a name of its own,
/// since a line would not give it back.
pub(in crate::formats) fn freed(extra: Extra, own: &[&str]) -> Extra {
    let is_own = |key: &String| own.contains(&key.as_str());
    if !extra.keys().any(is_own) {
        return extra;
    }
    let mut freed: Extra = extra
        .iter()
        .filter(|(key, _)| !is_own(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    for (key, value) in extra.into_iter().filter(|(key, _)| is_own(key)) {
        let mut name = key + "_";
        while freed.contains_key(&name) {
            name.push('_');
        }
        freed.insert(name, value);
    }
    freed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_taken_gets_a_name_of_its_own() {
        let extra: Extra = serde_json::from_str(r#"{"origin":1,"b":2,"origin_":3,"label":4}"#).unwrap();
        let freed = serde_json::Value::Object(freed(extra, SPAN)).to_string();
        assert_eq!(freed, r#"{"b":2,"origin_":3,"origin__":1,"label_":4}"#);
    }
}
