//! The codebook that comes with the program, and files with faults.

use super::*;
use crate::model::{AttributeId, AttributeType, AttributeUse, Label, LabelId, Value};
use proptest::prelude::*;

#[test]
fn a_project_may_begin_with_no_codebook_at_all() {
    assert_eq!(builtin("empty"), Some(Codebook::default()));
}

#[test]
fn the_default_codebook_says_what_the_design_says() {
    let codebook = read(BUILTIN[0].1).unwrap();
    let labels: Vec<_> = codebook
        .labels
        .iter()
        .map(|label| (label.id.as_str(), label.key))
        .collect();
    let expected = ["actor", "location", "casualty", "date", "trigger"]
        .into_iter()
        .zip(('1'..='5').map(Some));
    assert_eq!(labels, expected.collect::<Vec<_>>());
    for (attribute, kind, choices) in [
        ("type", AttributeType::Choice, 12),
        ("precision", AttributeType::Choice, 6),
        ("quantity", AttributeType::Quantity, 13),
        ("assertion", AttributeType::Choice, 5),
        ("when", AttributeType::Date, 0),
        ("kind", AttributeType::Choice, 7),
        ("context", AttributeType::Choice, 3),
        ("fatalities", AttributeType::Quantity, 3),
        ("relevance", AttributeType::Choice, 3),
    ] {
        let found = codebook.attribute(&AttributeId::new(attribute).unwrap()).unwrap();
        assert_eq!(
            (found.attribute_type, found.choices.len()),
            (kind, choices),
            "{attribute}"
        );
    }
    let relations: Vec<_> = codebook
        .relation_types
        .iter()
        .map(|kind| kind.id.as_str())
        .collect();
    assert_eq!(relations, ["victims", "claimed-by", "part-of", "located-in"]);
    let roles: Vec<_> = codebook.event_types[0]
        .roles
        .iter()
        .map(|role| role.id.as_str())
        .collect();
    assert_eq!(
        roles,
        ["perpetrator", "target", "place", "time", "casualties", "source"]
    );
    assert_eq!(codebook.article_labels[0].id.as_str(), "relevance");
}

#[test]
fn the_codebook_of_entities_has_five_labels_with_keys_and_words_in_three_languages() {
    let codebook = read(BUILTIN[1].1).unwrap();
    let keys: String = codebook.labels.iter().filter_map(|label| label.key).collect();
    assert_eq!(keys, "12345");
    for label in &codebook.labels {
        for lang in ["en", "fr", "ar"] {
            assert!(label.names.contains_key(lang) && label.description.contains_key(lang));
        }
    }
}

#[test]
fn what_is_retired_comes_back_retired() {
    let mut codebook = default_codebook();
    codebook.labels[0].retired = true;
    codebook.attributes[0].retired = true;
    codebook.attributes[0].choices[1].retired = true;
    codebook.relation_types[0].retired = true;
    codebook.event_types[0].retired = true;
    let written = write(&codebook);
    assert_eq!(read(&written).unwrap(), codebook);
    assert_eq!(write(&read(&written).unwrap()), written);
}

#[test]
fn each_thing_has_a_name_in_three_languages() {
    let codebook = default_codebook();
    let names = (codebook.labels.iter().map(|one| &one.names))
        .chain(codebook.attributes.iter().map(|one| &one.names))
        .chain(
            codebook
                .attributes
                .iter()
                .flat_map(|one| one.choices.iter().map(|choice| &choice.names)),
        )
        .chain(codebook.relation_types.iter().map(|one| &one.names))
        .chain(codebook.event_types.iter().map(|one| &one.names))
        .chain(
            codebook
                .event_types
                .iter()
                .flat_map(|one| one.roles.iter().map(|role| &role.names)),
        );
    for names in names {
        assert!(
            ["en", "fr", "ar"].iter().all(|lang| names.contains_key(*lang)),
            "{names:?}"
        );
    }
}

#[test]
fn what_was_written_reads_as_it_was() {
    let mut codebook = default_codebook();
    assert_eq!(read(&write(&codebook)).unwrap(), codebook);
    let literal = Value::Number(serde_json::from_str("12.50").unwrap());
    for (kind, default) in [
        (AttributeType::Number, literal),
        (
            AttributeType::Text,
            Value::Text("a \"b\" \\ \n\u{7f}é".to_owned()),
        ),
        (AttributeType::Integer, Value::Integer(-3)),
        (AttributeType::Boolean, Value::Boolean(true)),
        (
            AttributeType::Choices,
            Value::Choices(vec!["x".to_owned(), String::new()]),
        ),
    ] {
        codebook.attributes[0].attribute_type = kind;
        codebook.labels[0].attributes[0].required = true;
        codebook.labels[0].attributes[0].default = Some(default.clone());
        codebook.article_labels = vec![AttributeUse {
            id: codebook.attributes[0].id.clone(),
            required: true,
            default: Some(default),
            retired: false,
        }];
        assert_eq!(read(&write(&codebook)).unwrap(), codebook, "{}", write(&codebook));
    }
}

#[test]
fn bounds_of_vague_words_come_back() {
    let mut codebook = default_codebook();
    let attribute = codebook.attributes.iter_mut();
    let attribute = attribute.filter(|one| one.attribute_type == AttributeType::Quantity);
    for attribute in attribute {
        attribute.bounds = [("dozens".to_owned(), 12), ("ten thousands".to_owned(), 9)].into();
    }
    assert_eq!(read(&write(&codebook)).unwrap(), codebook, "{}", write(&codebook));
}

#[test]
fn each_thing_has_a_guideline_with_examples_in_three_languages() {
    let codebook = default_codebook();
    let all = (codebook
        .labels
        .iter()
        .map(|one| (one.id.as_str(), &one.description)))
    .chain(
        codebook
            .attributes
            .iter()
            .map(|one| (one.id.as_str(), &one.description)),
    )
    .chain(
        codebook
            .relation_types
            .iter()
            .map(|one| (one.id.as_str(), &one.description)),
    )
    .chain(
        codebook
            .event_types
            .iter()
            .map(|one| (one.id.as_str(), &one.description)),
    )
    .chain(
        codebook
            .event_types
            .iter()
            .flat_map(|one| one.roles.iter().map(|role| (role.id.as_str(), &role.description))),
    );
    for (id, description) in all {
        for lang in ["en", "fr", "ar"] {
            let text = description
                .get(lang)
                .unwrap_or_else(|| panic!("{id} has none in {lang}"));
            let (first, rest) = text
                .split_once("\n\n")
                .unwrap_or_else(|| panic!("{id}, {lang}: one paragraph"));
            assert!(
                !first.starts_with(['-', '>', '#']) && first.chars().count() < 140,
                "{id}, {lang}: {first}"
            );
            assert!(!rest.trim().is_empty() && text == text.trim(), "{id}, {lang}");
        }
        let script = |lang: &str| crate::text::main_script(&description[lang]).map(crate::text::Script::code);
        assert_eq!((script("ar"), script("fr")), (Some("Arab"), Some("Latn")), "{id}");
    }
}

#[test]
fn a_guideline_is_written_line_by_line_as_a_person_would() {
    let source = "[[label]]\nid = \"a\"\ncolor = \"#aabbcc\"\n\n[label.description]\nen = \"\"\"\nWho.\n\n- \"*b*\" \\\\ c\"\"\"\nfr = \"Qui.\"\n";
    let codebook = read(source).unwrap();
    assert_eq!(codebook.labels[0].description["en"], "Who.\n\n- \"*b*\" \\ c");
    assert_eq!(write(&codebook), source);
}

proptest! {
    #[test]
    fn guidelines_come_back_to_the_letter(texts in proptest::collection::vec("(?s).{0,12}|[\"\\\\\n\r a]{0,12}", 5)) {
        let mut codebook = default_codebook();
        let words = |at: usize| -> crate::model::Words { [("en".to_owned(), texts[at].clone()), ("ar".to_owned(), texts[(at + 1) % 5].clone())].into() };
        codebook.labels[1].description = words(0);
        codebook.attributes[2].description = words(1);
        codebook.relation_types[0].description = words(2);
        codebook.event_types[0].description = words(3);
        codebook.event_types[0].roles[4].description = words(4);
        prop_assert_eq!(read(&write(&codebook)).unwrap(), codebook);
    }

    #[test]
    fn labels_of_any_script_come_back(id in r"[^\p{Cc}]{1,9}", lang in "(?s).{0,4}", name in "(?s).{0,9}", key in r"[^\p{Cc}\s]") {
        let mut codebook = default_codebook();
        let label = Label { id: LabelId::new(&id).unwrap(), names: [(lang, name)].into(), key: key.chars().next(), ..codebook.labels[0].clone() };
        codebook.labels = vec![label];
        codebook.relation_types.clear();
        codebook.event_types.clear();
        prop_assert_eq!(read(&write(&codebook)).unwrap(), codebook);
    }
}

/// Holds the first fault of each source to its line and a part of its message, and to a way out.
#[track_caller]
fn fault(cases: &[(&str, u64, &str)]) {
    for (source, line, part) in cases {
        let faults = read(source).unwrap_err();
        let fault = &faults[0];
        assert_eq!(fault.line, Some(*line), "{source}: {fault}");
        assert!(
            fault.message.contains(part) && fault.hint.is_some(),
            "{source}: {fault}"
        );
    }
}

#[test]
fn a_fault_of_the_form_names_its_line_and_a_way_out() {
    fault(&[
        ("label = 1", 1, "expected a sequence"),
        ("[[label]\n", 1, ""),
        (
            "[[label]]\nid = \"a\"\ncolour = \"#aabbcc\"\n",
            3,
            "unknown field",
        ),
        ("[[label]]\ncolor = \"#aabbcc\"\n", 1, "missing field `id`"),
    ]);
}

#[test]
fn a_fault_of_a_label_names_its_line_and_a_way_out() {
    const GOOD: &str = "[[label]]\nid = \"a\"\ncolor = \"#aabbcc\"\n";
    fault(&[
        ("[[label]]\nid = \"a\"\ncolor = \"red\"\n", 3, "is no colour"),
        (
            "[[label]]\nid = \"\"\ncolor = \"#aabbcc\"\n",
            2,
            "an id is not empty",
        ),
        (
            "[[label]]\nid = \"a\"\nkey = \"12\"\ncolor = \"#aabbcc\"\n",
            3,
            "is no key",
        ),
        (&format!("{GOOD}{GOOD}"), 5, "label \"a\" is there twice"),
        (
            &format!("{GOOD}attributes = [\n{{ id = \"x\" }}]\n"),
            5,
            "no attribute \"x\"",
        ),
        (
            &format!("{GOOD}[[relation]]\nid = \"r\"\nfrom = [\"b\"]\n"),
            6,
            "no label \"b\"",
        ),
    ]);
}

#[test]
fn a_fault_of_an_attribute_or_a_role_names_its_line_and_a_way_out() {
    fault(&[
        (
            "[[attribute]]\nid = \"x\"\ntype = \"colour\"\n",
            3,
            "no type of attribute",
        ),
        (
            "[[attribute]]\nid = \"x\"\ntype = \"choice\"\nchoices = [{ id = \"a\" },\n{ id = \"a\" }]\n",
            5,
            "choice \"a\" is there twice",
        ),
        (
            "[[attribute]]\nid = \"x\"\ntype = \"integer\"\n[[article_label]]\nid = \"x\"\ndefault = \"many\"\n",
            6,
            "does not fit",
        ),
        (
            "[[attribute]]\nid = \"x\"\ntype = \"quantity\"\nbounds = { dozen = 1 }\n",
            4,
            "\"dozen\" is no vague word",
        ),
        (
            "[[attribute]]\nid = \"x\"\ntype = \"integer\"\nbounds = { dozens = 1 }\n",
            4,
            "is no quantity",
        ),
        (
            "[[event]]\nid = \"e\"\n[[event.role]]\nid = \"r\"\nmin = 2\nmax = 1\n",
            6,
            "at most 1",
        ),
    ]);
}

#[test]
fn rules_of_wordings_and_what_is_retired_come_back() {
    use crate::model::{BoundRule, Term, Wording};
    let mut codebook = default_codebook();
    let quantity = codebook
        .attributes
        .iter_mut()
        .find(|one| one.attribute_type == AttributeType::Quantity);
    let rule = |low, best, high| BoundRule { low, best, high };
    quantity.unwrap().rules = [
        (Wording::MoreThan, rule(Some(Term::Number), None, None)),
        (Wording::Range, rule(Some(Term::From), Some(Term::To), None)),
    ]
    .into();
    codebook.event_types[0].roles[0].retired = true;
    codebook.event_types[0].attributes[0].retired = true;
    codebook.article_labels[0].retired = true;
    let written = write(&codebook);
    assert!(
        written.contains(r#"rules = { more_than = { low = "n" }, range = { low = "a", best = "b" } }"#),
        "{written}"
    );
    assert_eq!(read(&written).unwrap(), codebook);
}

#[test]
fn rules_that_are_none_are_refused_with_their_line() {
    let fault = |rule: &str, kind: &str| {
        let source = format!("[[attribute]]\nid = \"x\"\ntype = \"{kind}\"\nrules = {{ {rule} }}\n");
        read(&source).unwrap_err()[0].to_string()
    };
    let found = fault(r#"about = { low = "n+1", high = "n" }"#, "quantity");
    assert!(found.contains("breaks low <= best <= high"), "{found}");
    assert!(found.contains('4'), "{found}");
    assert!(fault(r#"about = { low = "n+2" }"#, "quantity").contains("is no bound"));
    assert!(fault(r#"nearly = { low = "n" }"#, "quantity").contains("is no wording"));
    assert!(fault(r#"about = { low = "n" }"#, "text").contains("is no quantity"));
}
