//! The head of a card, YAML, as JSON whose scalars are all strings.
//!
//! Knows no meaning of a key. Aliases, which can unfold to anything, and what lies too deep are refused.

use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value as Json};

/// Lists and objects that may lie in each other.
const MOST_DEPTH: usize = 32;

/// What is open while events come.
enum Open {
    List(Vec<Json>),
    /// With the key whose value comes next.
    Object(Map<String, Json>, Option<String>),
}

/// The first document. `None` where it is no YAML, or more than a card needs.
pub(super) fn read(text: &str) -> Option<Json> {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let done = match event.ok()?.0 {
            Event::Scalar(text, ..) => Json::String(text.into_owned()),
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() == MOST_DEPTH => return None,
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Object(Map::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop()? {
                Open::List(list) => Json::Array(list),
                Open::Object(object, _) => Json::Object(object),
            },
            Event::Alias(_) => return None,
            _ => continue,
        };
        match open.last_mut() {
            None => return Some(done),
            Some(Open::List(list)) => list.push(done),
            Some(Open::Object(object, key)) => match key.take() {
                Some(key) => {
                    object.insert(key, done);
                }
                None => *key = Some(done.as_str()?.to_owned()),
            },
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_cards_are_made_of_is_read_and_bombs_are_not() {
        let card = "language:\n- fr\ndataset_info:\n  features:\n  - name: 'ner_tags'\n    sequence:\n      class_label:\n        names:\n          '0': O\n          '1': \"B-\\u00e9\"\n          2: NO\n";
        assert_eq!(
            read(card),
            Some(json!({"language": ["fr"], "dataset_info": {"features": [
                {"name": "ner_tags", "sequence": {"class_label": {"names": {"0": "O", "1": "B-é", "2": "NO"}}}}]}}))
        );
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        for bad in ["a: &x [1]\nb: *x", "a: [", deep.as_str(), "", "? [a]\n: b"] {
            assert_eq!(read(bad), None, "{bad:.20}");
        }
    }
}
