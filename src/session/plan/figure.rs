//! The figure that the words of a span say, and those around them. How words are read is the quantity room's business.

use crate::model::{Article, Attribute, Quantity, Ranges};
use crate::session::figures;

/// What the words of these ranges say, less what the codebook has no name for.
pub(super) fn read(article: &Article, attribute: &Attribute, ranges: &Ranges) -> Option<Quantity> {
    figures::of_span(&article.header, &article.text, attribute, ranges)
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
    fn a_number_of_which_nobody_says_what_it_counts_is_read_without_a_kind_and_unconfirmed() {
        let project = tagged("Officials put the figure at around forty.", "around forty");
        assert_eq!(figure(&project), r#"{"best":40,"modifier":"about"}?"#);
    }

    #[test]
    fn what_the_annotator_gives_is_not_read() {
        let mut project = Project::marked(SENTENCE);
        project.run(
            r#"{"command":"add_span","article":"a","ranges":[[26,43]],"label":"casualty","id":"s","attributes":{"quantity":{"low":7}}}"#,
        );
        assert_eq!(figure(&project), r#"{"low":7}"#);
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[22,43]]}"#);
        assert_eq!(figure(&project), r#"{"low":7}"#, "the words say what they said");
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
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[22,43]]}"#);
        assert_eq!(figure(&project), more);
        project.run(r#"{"command":"set_ranges","span":"s","ranges":[[34,43]]}"#);
        assert_eq!(
            figure(&project),
            format!("{more}?"),
            "other words say another number"
        );
    }

    #[test]
    fn a_figure_that_somebody_gave_stays_wherever_the_edges_go_and_is_looked_at_again() {
        let mut project = tagged(SENTENCE, "plus de 50 civils");
        let given = r#"{"kind":"killed","low":60}"#;
        project.run(&format!(
            r#"{{"command":"set_attribute","target":"s","attribute":"quantity","value":{given}}}"#
        ));
        for (start, end) in [(47, 60), (47, 52), (0, 4), (34, 43)] {
            project.run(&format!(
                r#"{{"command":"set_ranges","span":"s","ranges":[[{start},{end}]]}}"#
            ));
            assert_eq!(figure(&project), format!("{given}?"), "{start}–{end}");
        }
    }

    #[test]
    fn a_confirmed_figure_is_not_in_doubt_where_the_words_only_say_less_of_the_people() {
        let mut project = tagged("Hier 12 civils auraient été tués mardi.", "12 civils");
        let given =
            r#"{"kind":"killed","low":12,"best":12,"high":12,"modifier":"exact","who":["civilians"]}"#;
        assert_eq!(figure(&project), format!("{given}?"));
        project.run(&format!(
            r#"{{"command":"set_attribute","target":"s","attribute":"quantity","value":{given}}}"#
        ));
        for ranges in ["[5,14],[33,38]", "[5,7]"] {
            project.run(&format!(
                r#"{{"command":"set_ranges","span":"s","ranges":[{ranges}]}}"#
            ));
            assert_eq!(figure(&project), given, "{ranges}");
        }
    }

    #[test]
    fn a_confirmed_figure_whose_words_go_to_another_span_is_looked_at_again_there_only() {
        let mut project = tagged(SENTENCE, "plus de 50 civils et trois soldats");
        let more = r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}"#;
        project.run(&format!(
            r#"{{"command":"set_attribute","target":"s","attribute":"quantity","value":{more}}}"#
        ));
        project.run(r#"{"command":"split_span","span":"s","at":43,"id":"t"}"#);
        assert_eq!(figure(&project), more);
        let second = project.layer().spans.get(&SpanId::new("t").unwrap()).unwrap();
        let id = AttributeId::new("quantity").unwrap();
        assert_eq!(second.attributes[&id].to_json().to_string(), more);
        assert!(second.unconfirmed.contains(&id));
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
