//! The date that the words of a span say. How words are read is the quantity room's business.

use crate::model::{Article, DateValue, Span};
use crate::session::dates;

/// The date that the words of a span say, where they can be read in one way only.
pub(super) fn read(article: &Article, span: &Span) -> Option<DateValue> {
    let reading = dates::of_span(&article.header, &article.text, &span.ranges);
    reading.dates.into_iter().next().filter(|_| reading.is_certain)
}

#[cfg(test)]
mod tests {
    use super::super::marked::Project;
    use crate::model::{AttributeId, SpanId, Value};

    /// The date of a span of that text under the label `date`, and whether it is unconfirmed.
    fn date(project: &Project, id: &str) -> (Option<String>, bool) {
        let span = project
            .layer()
            .spans
            .get(&SpanId::new(id).unwrap())
            .unwrap()
            .clone();
        let when = AttributeId::new("when").unwrap();
        let value = span.attributes.get(&when).map(|value| match value {
            Value::Date(date) => date.value.clone(),
            other => panic!("{other:?}"),
        });
        (value, span.unconfirmed.contains(&when))
    }

    fn published(text: &str) -> Project {
        let mut project = Project::marked(text);
        project.run(r#"{"command":"set_meta","article":"a","lang":"fr","date":"2022-05-12"}"#);
        project
    }

    fn tag(project: &mut Project, start: usize, end: usize, more: &str) {
        project.run(&format!(
            r#"{{"command":"add_span","article":"a","ranges":[[{start},{end}]],"label":"date","id":"d"{more}}}"#
        ));
    }

    #[test]
    fn tagging_reads_the_date_against_the_publication_and_leaves_it_unconfirmed() {
        let mut project = published("Le 12 mai 2021, puis hier.");
        tag(&mut project, 21, 25, "");
        assert_eq!(date(&project, "d"), (Some("2022-05-11".to_owned()), true));
        project.run(r#"{"command":"set_attribute","article":"a","target":"d","attribute":"when","value":{"value":"2022-05-11"}}"#);
        assert_eq!(
            date(&project, "d"),
            (Some("2022-05-11".to_owned()), false),
            "confirmed"
        );
    }

    #[test]
    fn what_is_given_or_has_several_readings_is_not_read() {
        let mut project = published("vu hier");
        tag(&mut project, 3, 7, r#","attributes":{"when":{"value":"2020"}}"#);
        assert_eq!(date(&project, "d"), (Some("2020".to_owned()), false));
        for open in ["mardi à Alep", "l'été dernier", "le 3 juin", "Alep"] {
            let mut project = published(open);
            tag(&mut project, 0, open.chars().count(), "");
            assert_eq!(date(&project, "d"), (None, false), "{open}");
        }
    }

    #[test]
    fn a_date_that_is_to_come_by_the_words_around_is_left_open_and_both_are_offered() {
        let text = "Le vote aura lieu jeudi. Il a voté jeudi.";
        let mut project = published(text);
        tag(&mut project, 18, 23, "");
        assert_eq!(date(&project, "d"), (None, false));
        project.run(r#"{"command":"set_ranges","span":"d","ranges":[[35,40]]}"#);
        assert_eq!(date(&project, "d"), (Some("2022-05-12".to_owned()), true));
    }

    #[test]
    fn without_a_publication_only_what_needs_none_is_read() {
        let mut project = Project::marked("hier, 12 mai 2021");
        tag(&mut project, 0, 4, "");
        assert_eq!(date(&project, "d"), (None, false));
        project.run(r#"{"command":"add_span","article":"a","ranges":[[6,17]],"label":"date","id":"e"}"#);
        assert_eq!(date(&project, "e"), (Some("2021-05-12".to_owned()), true));
    }

    #[test]
    fn other_words_are_read_anew_until_somebody_has_confirmed_the_date() {
        let mut project = published("en mai 2021, dit-il");
        tag(&mut project, 3, 6, "");
        assert_eq!(date(&project, "d"), (Some("2022-05".to_owned()), true));
        project.run(r#"{"command":"set_ranges","span":"d","ranges":[[3,11]]}"#);
        assert_eq!(date(&project, "d"), (Some("2021-05".to_owned()), true));
        project.run(r#"{"command":"set_ranges","span":"d","ranges":[[13,16]]}"#);
        assert_eq!(date(&project, "d"), (None, false));
        project.run(r#"{"command":"set_attribute","article":"a","target":"d","attribute":"when","value":{"value":"2019"}}"#);
        project.run(r#"{"command":"set_ranges","span":"d","ranges":[[3,11]]}"#);
        assert_eq!(
            date(&project, "d"),
            (Some("2019".to_owned()), true),
            "it stays, to be looked at"
        );
    }

    #[test]
    fn a_confirmed_date_that_other_words_may_say_as_well_stays_confirmed() {
        let mut project = published("le 3 juin 2021, dit-il");
        tag(
            &mut project,
            3,
            9,
            r#","attributes":{"when":{"value":"2021-06-03"}}"#,
        );
        for (range, is_doubted) in [("0,9", false), ("3,14", false), ("3,4", true)] {
            project.run(&format!(
                r#"{{"command":"set_ranges","span":"d","ranges":[[{range}]]}}"#
            ));
            let is = (Some("2021-06-03".to_owned()), is_doubted);
            assert_eq!(date(&project, "d"), is, "{range}");
        }
    }

    #[test]
    fn a_span_that_becomes_a_date_is_read() {
        let mut project = published("{d:actor|hier|d}");
        project.run(r#"{"command":"set_label","span":"d","label":"date"}"#);
        assert_eq!(date(&project, "d"), (Some("2022-05-11".to_owned()), true));
    }

    #[test]
    fn what_was_read_is_read_anew_once_the_day_or_the_language_is_corrected() {
        let mut project = published("vu hier, le mar. et le 3/4/2021");
        tag(&mut project, 3, 7, "");
        project.run(r#"{"command":"add_span","article":"a","ranges":[[23,31]],"label":"date","id":"e"}"#);
        project.run(r#"{"command":"set_meta","article":"a","date":"2022-06-01"}"#);
        assert_eq!(date(&project, "d"), (Some("2022-05-31".to_owned()), true));
        project.run(r#"{"command":"set_ranges","span":"d","ranges":[[3,8]]}"#);
        assert_eq!(date(&project, "d"), (Some("2022-05-31".to_owned()), true));
        // What moved before is read again all the same, and what needs no day says what it said.
        project.run(r#"{"command":"set_meta","article":"a","date":null}"#);
        assert_eq!(date(&project, "d"), (None, false));
        assert_eq!(date(&project, "e"), (Some("2021-04-03".to_owned()), true));
    }

    #[test]
    fn what_somebody_gave_stays_whatever_day_is_given_then() {
        let mut project = published("vu hier et hier");
        tag(&mut project, 3, 7, "");
        let value = r#"{"value":"2022-05-11"}"#;
        project.run(&format!(
            r#"{{"command":"set_attribute","article":"a","target":"d","attribute":"when","value":{value}}}"#
        ));
        project.run(r#"{"command":"set_meta","article":"a","date":"2022-06-01"}"#);
        assert_eq!(date(&project, "d"), (Some("2022-05-11".to_owned()), false));
        // In doubt by its edges: still what somebody gave.
        project.run(r#"{"command":"set_ranges","span":"d","ranges":[[8,10]]}"#);
        assert_eq!(date(&project, "d"), (Some("2022-05-11".to_owned()), true));
        project.run(r#"{"command":"set_meta","article":"a","date":"2022-07-01"}"#);
        assert_eq!(date(&project, "d"), (Some("2022-05-11".to_owned()), true));
    }

    #[test]
    fn a_value_is_read_by_the_day_that_a_command_of_the_same_batch_has_given() {
        let mut project = published("vu hier");
        project.run(
            r#"{"command":"batch","commands":[{"command":"set_meta","article":"a","date":"2022-06-01"},{"command":"add_span","article":"a","ranges":[[3,7]],"label":"date","id":"d"}]}"#,
        );
        assert_eq!(date(&project, "d"), (Some("2022-05-31".to_owned()), true));
    }
}
