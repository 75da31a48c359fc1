//! The figure that the words of a span say, and those around them.
//!
//! Reading is the quantity room's business; this finds the words and what the codebook knows.

use crate::model::{Attribute, Quantity, Ranges};
use crate::quantity::Context;
use crate::session::figures;
use crate::text::{ByteOffset, ByteRange, Text};

use super::Place;

/// How many bytes of a span are read, and how many of its sentence on each side, so that no article costs more than
/// another.
const WORDS: usize = 600;
const AROUND: usize = 400;

/// What the words of these ranges say, less what the codebook has no name for.
pub(super) fn read(place: &Place<'_>, attribute: &Attribute, ranges: &Ranges) -> Option<Quantity> {
    let text = &place.article.text;
    let words = words(text, ranges);
    let sentence = around(text, ranges.hull());
    let context = Context {
        before: &sentence.0,
        after: &sentence.1,
    };
    figures::read(&place.article.header, attribute, &words, context)
}

/// The words of a span, or their beginning where they are very long.
fn words(text: &Text, ranges: &Ranges) -> String {
    let mut words = String::new();
    for range in ranges.as_slice() {
        let left = WORDS.saturating_sub(words.len());
        if left == 0 {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(slice(
            text,
            range.start(),
            range.end().min(ahead(text, range.start(), left)),
        ));
    }
    words
}

/// What stands before and behind a span in its sentence.
fn around(text: &Text, hull: ByteRange) -> (String, String) {
    let start = text
        .sentence_at(hull.start())
        .start()
        .max(back(text, hull.start(), AROUND));
    let last = ByteOffset::new(hull.end().get().saturating_sub(1));
    let end = text.sentence_at(last).end().min(ahead(text, hull.end(), AROUND));
    (
        slice(text, start, hull.start()).to_owned(),
        slice(text, hull.end(), end).to_owned(),
    )
}

fn slice(text: &Text, start: ByteOffset, end: ByteOffset) -> &str {
    let range = ByteRange::new(start, end);
    range.and_then(|range| text.slice(range)).unwrap_or_default()
}

/// The place so many bytes behind another one, or a little less, on a code point.
fn ahead(text: &Text, at: ByteOffset, bytes: usize) -> ByteOffset {
    let wanted = (at.get() + bytes).min(text.end().get());
    let mut places = (at.get()..=wanted).rev().map(ByteOffset::new);
    places.find(|at| text.is_boundary(*at)).unwrap_or(at)
}

/// The place so many bytes before another one, or a little less.
fn back(text: &Text, at: ByteOffset, bytes: usize) -> ByteOffset {
    let mut places = (at.get().saturating_sub(bytes)..=at.get()).map(ByteOffset::new);
    places.find(|at| text.is_boundary(*at)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use crate::model::{AttributeId, SpanId, Value};

    use super::super::marked::Project;

    /// The figure of span `s` as JSON, with a `?` behind it where it is unconfirmed.
    fn figure(project: &Project) -> String {
        let id = AttributeId::new("quantity").unwrap();
        let span = project.layer().spans.get(&SpanId::new("s").unwrap()).unwrap();
        let value = span.attributes.get(&id).map(|value| value.to_json().to_string());
        let mark = if span.unconfirmed.contains(&id) { "?" } else { "" };
        format!("{}{mark}", value.unwrap_or_default())
    }

    fn tagged(text: &str, words: &str) -> Project {
        let at = text.find(words).unwrap();
        let start = text.get(..at).unwrap().chars().count();
        let end = start + words.chars().count();
        let mut project = Project::marked(text);
        project.run(&format!(
            r#"{{"command":"add_span","article":"a","ranges":[[{start},{end}]],"label":"casualty","id":"s"}}"#
        ));
        project
    }

    const SENTENCE: &str = "Hier. Les frappes ont tué plus de 50 civils et trois soldats. Aucun blessé.";

    #[test]
    fn tagging_a_casualty_reads_its_figure() {
        let project = tagged(SENTENCE, "plus de 50 civils");
        let read = r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}?"#;
        assert_eq!(figure(&project), read);
        let project = tagged("قُتل ما لا يقل عن ١٢ مدنيا في قصف على حلب.", "ما لا يقل عن ١٢ مدنيا");
        let read = r#"{"kind":"killed","low":12,"modifier":"at_least","who":["civilians"]}?"#;
        assert_eq!(figure(&project), read);
        assert_eq!(figure(&tagged(SENTENCE, "Hier")), "");
    }

    #[test]
    fn what_the_annotator_gives_is_not_read() {
        let mut project = Project::marked(SENTENCE);
        project.run(
            r#"{"command":"add_span","article":"a","ranges":[[26,43]],"label":"casualty","id":"s","attributes":{"quantity":{"low":7}}}"#,
        );
        assert_eq!(figure(&project), r#"{"low":7}"#);
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[34,43]]}"#);
        assert_eq!(figure(&project), r#"{"low":7}"#);
    }

    #[test]
    fn an_unconfirmed_figure_follows_the_edges_and_a_confirmed_one_stays() {
        let mut project = tagged(SENTENCE, "trois");
        let three = r#"{"kind":"killed","low":3,"best":3,"high":3,"modifier":"exact","who":["soldiers"]}"#;
        assert_eq!(figure(&project), format!("{three}?"));
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[26,43]]}"#);
        let more = r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}"#;
        assert_eq!(figure(&project), format!("{more}?"));
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[0,4]]}"#);
        assert_eq!(figure(&project), "");
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[26,43]]}"#);
        project.run(&format!(
            r#"{{"command":"set_attribute","target":"s","attribute":"quantity","value":{more}}}"#
        ));
        assert_eq!(figure(&project), more);
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[34,43]]}"#);
        assert_eq!(figure(&project), more);
    }

    #[test]
    fn a_span_that_becomes_a_casualty_is_read() {
        let mut project = Project::marked("Les frappes ont tué {s:actor|une trentaine de soldats|s} hier.");
        project.run(r#"{"command":"set_label","span":"s","label":"casualty"}"#);
        let read = r#"{"kind":"killed","best":30,"modifier":"about","who":["soldiers"]}?"#;
        assert_eq!(figure(&project), read);
        project.run(r#"{"command":"set_label","span":"s","label":"actor"}"#);
        assert_eq!(figure(&project), "");
    }

    #[test]
    fn parts_of_a_cut_span_and_a_merged_one_are_read_anew() {
        let mut project = tagged(SENTENCE, "plus de 50 civils et trois soldats");
        project.run(r#"{"command":"split_span","span":"s","at":43,"id":"t"}"#);
        let more = r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}?"#;
        assert_eq!(figure(&project), more);
        let second = project.layer().spans.get(&SpanId::new("t").unwrap()).unwrap();
        let value = second
            .attributes
            .get(&AttributeId::new("quantity").unwrap())
            .unwrap();
        assert!(
            matches!(value, Value::Quantity(quantity) if quantity.best == Some(3)),
            "{value:?}"
        );
        project.run(r#"{"command":"merge_spans","spans":["s","t"]}"#);
        assert_eq!(figure(&project), more);
    }

    #[test]
    fn a_value_that_was_cleared_does_not_come_back_when_edges_move() {
        let mut project = tagged(SENTENCE, "trois");
        project.run(r#"{"command":"set_attribute","target":"s","attribute":"quantity","value":null}"#);
        assert_eq!(figure(&project), "");
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[26,43]]}"#);
        assert_eq!(figure(&project), "");
    }

    #[test]
    fn words_that_said_nothing_are_read_once_the_edges_take_in_a_figure() {
        let mut project = tagged(SENTENCE, "Hier");
        assert_eq!(figure(&project), "");
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[26,43]]}"#);
        let more = r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}?"#;
        assert_eq!(figure(&project), more);
    }

    #[test]
    fn a_long_text_is_read_near_the_span_only() {
        let text = format!(
            "{}ont tué 12 soldats {}",
            "mot ".repeat(50_000),
            "mot ".repeat(50_000)
        );
        let read = r#"{"kind":"killed","low":12,"best":12,"high":12,"modifier":"exact","who":["soldiers"]}?"#;
        assert_eq!(figure(&tagged(&text, "12 soldats")), read);
        let all = "mot ".repeat(50_000);
        assert_eq!(figure(&tagged(&all, all.trim_end())), "");
    }
}
