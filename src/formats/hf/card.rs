//! What a dataset says of itself: the metadata of its files, and the card, whose head the library reads.

use serde_json::{Map, Value as Json, json};

use super::rows::STRINGS;

fn tags(labels: &[String]) -> Vec<String> {
    let both = labels
        .iter()
        .flat_map(|label| [format!("B-{label}"), format!("I-{label}")]);
    std::iter::once("O".to_owned()).chain(both).collect()
}

/// The features as the library keeps them in a Parquet file.
pub(super) fn features(labels: &[String]) -> Json {
    let value = |kind: &str| json!({"dtype": kind, "_type": "Value"});
    let list = |of: Json| json!({"feature": of, "_type": "List"});
    let class = |names: &[String]| json!({"names": names, "_type": "ClassLabel"});
    let mut features = Map::new();
    for name in STRINGS {
        features.insert(name.to_owned(), value("string"));
    }
    features.insert("tokens".to_owned(), list(value("string")));
    features.insert("ner_tags".to_owned(), list(class(&tags(labels))));
    let span = json!({
        "id": value("string"),
        "start": value("int64"),
        "end": value("int64"),
        "label": class(labels),
        "text": value("string"),
        "attributes": value("string"),
    });
    features.insert("spans".to_owned(), list(span));
    Json::Object(features)
}

/// The card: its head is what the library reads, in YAML whose strings are JSON.
pub(super) fn card_text(name: &str, labels: &[String], parts: &[String]) -> String {
    let quoted = |text: &str| Json::from(text).to_string();
    let names = |names: &[String], indent: &str| {
        let lines = names.iter().enumerate();
        let lines = lines.map(|(at, name)| format!("{indent}'{at}': {}\n", quoted(name)));
        lines.collect::<String>()
    };
    let mut card = String::from("---\ndataset_info:\n  features:\n");
    for name in STRINGS {
        card.extend(["  - name: ", name, "\n    dtype: string\n"]);
    }
    card += "  - name: tokens\n    list: string\n  - name: ner_tags\n    list:\n      class_label:\n        names:\n";
    card += &names(&tags(labels), "          ");
    card += "  - name: spans\n    list:\n    - name: id\n      dtype: string\n    - name: start\n      dtype: int64\n    - name: end\n      dtype: int64\n    - name: label\n      dtype:\n        class_label:\n          names:\n";
    card += &names(labels, "            ");
    card += "    - name: text\n      dtype: string\n    - name: attributes\n      dtype: string\n";
    card += "configs:\n- config_name: default\n  data_files:\n";
    for part in parts {
        card.extend(["  - split: ", part, "\n    path: data/", part, "-*\n"]);
    }
    card += "---\n\n";
    let title = if name.is_empty() { "Dataset" } else { name };
    card.extend([
        "# ",
        title,
        "\n\nEach row is an article as one annotator marked it. `spans` count code points of `text`; `ner_tags` are IOB2 \
         over `tokens`, with the longest of spans that overlap.\n",
    ]);
    card
}
