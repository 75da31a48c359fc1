//! Which role of the default codebook a label fits, and as what a typed filler is read.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use hashiya::formats::codebook_toml::default_codebook;
use hashiya::model::{LabelId, RoleId};

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
