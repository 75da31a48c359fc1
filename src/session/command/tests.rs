//! The page of commands says what the types say.

use std::collections::BTreeSet;

use super::*;

/// What the page says of a command: its fields as they stand between the braces.
fn on_the_page(name: &str) -> Vec<&'static str> {
    let start = format!("- `{name}` {{");
    let line = Command::HELP
        .lines()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap_or_else(|| panic!("no line of {name}"));
    let (fields, _) = line.split_once('}').unwrap();
    fields.split(", ").collect()
}

/// The fields that a command has, as it names them to whoever gives it another one.
fn in_the_type(name: &str) -> BTreeSet<String> {
    let fields = Extra::from_iter([("?".to_owned(), 0.into())]);
    let refusal = Command::from_fields(name, fields)
        .unwrap()
        .unwrap_err()
        .to_string();
    let (_, fields) = refusal
        .split_once("expected ")
        .unwrap_or_else(|| panic!("{refusal}"));
    fields.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_page_names_every_command_with_the_fields_that_it_has() {
    for name in Command::NAMES {
        // Takes any key of the metadata.
        if *name == "set_meta" {
            assert_eq!(on_the_page(name), ["article", "title|lang|source|date|…"]);
            continue;
        }
        let said: Vec<&str> = on_the_page(name);
        let mut known = in_the_type(name);
        for field in &said {
            assert!(
                known.remove(field.trim_end_matches('?')),
                "{name} has no field {field}"
            );
        }
        // What the page says of all commands at once.
        let usual = ["annotator", "article"];
        known.retain(|field| !usual.contains(&field.as_str()));
        assert!(known.is_empty(), "the page does not say {known:?} of {name}");
        // What a command of no fields at all lacks first is not among those that may be left out.
        if let Err(refusal) = Command::from_fields(name, Extra::new()).unwrap() {
            let lacking = refusal.to_string();
            assert!(
                said.iter().any(|field| lacking.contains(&format!("`{field}`"))),
                "{name}: {lacking}"
            );
        }
    }
}

#[test]
fn the_page_names_no_command_that_there_is_not() {
    let named = Command::HELP
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.split_once('`'));
    let named: Vec<&str> = named.map(|(name, _)| name).collect();
    assert_eq!(
        named.len(),
        Command::NAMES.len(),
        "one of them stands there twice, or is none"
    );
    for name in named {
        assert!(Command::NAMES.contains(&name), "{name}");
    }
}
