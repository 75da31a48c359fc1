//! The keys of `hashiya/1`, level by level, in the order in which they are written. All others are unknown keys,
//! kept and written behind these.

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
pub(super) const SPAN: &[&str] = &[
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
