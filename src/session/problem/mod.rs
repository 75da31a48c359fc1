//! All that is to be asked about an article: the rules of the model, and the words that give a casualty figure.
//!
//! A text never changes, so its casualty words are looked for once; the rest is quick enough to be looked at anew after
//! every change.

mod casualty_words;
mod project;

use crate::model::problem::{Checked, Problem, ProblemCode, ProblemPlace, in_order, problems, quoted};
use crate::model::{AttributeType, Codebook, Label, Layer, Status};
use crate::session::unsettled::ReadBy;
use crate::text::ByteRange;

pub use casualty_words::casualty_words;
pub use project::{CheckReport, FoundProblem, check_report, each_problem};

/// The language of the names in messages on the command line.
const LANG: &str = "en";

/// What is to be asked about one layer of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    /// What is open, in the order of the text.
    pub open: Vec<Problem>,
    /// What was dismissed and would be there else.
    pub dismissed: Vec<Problem>,
    /// How many would be open were the article done now.
    pub left_when_done: usize,
    /// How many of these are notes that are still open.
    pub notes_when_done: usize,
}

/// Finds the problems of one layer of an article; `casualties` are the [`casualty_words`] of its text.
pub fn problems_of(article: ReadBy<'_>, layer: &Layer, casualties: &[ByteRange]) -> Problems {
    let own = layer.status_or_default();
    let is_open = |problem: &Problem| !layer.dismissed.contains(&problem.key);
    // Before the others are found: a long article has tens of thousands, and nothing of these but their number is kept.
    let left_when_done = (own != Status::Done).then(|| {
        let then = find(article, layer, casualties, Status::Done);
        left(then.iter().filter(|problem| is_open(problem)))
    });
    let mut open = find(article, layer, casualties, own);
    let dismissed = open.extract_if(.., |problem| !is_open(problem)).collect();
    let (left_when_done, notes_when_done) = left_when_done.unwrap_or_else(|| left(open.iter()));
    Problems {
        open,
        dismissed,
        left_when_done,
        notes_when_done,
    }
}

/// How many problems there are, and how many of them are open notes.
fn left<'a>(problems: impl Iterator<Item = &'a Problem>) -> (usize, usize) {
    problems.fold((0, 0), |(all, notes), problem| {
        let is_note = problem.code == ProblemCode::OpenNote;
        (all + 1, notes + usize::from(is_note))
    })
}

fn find(article: ReadBy<'_>, layer: &Layer, casualties: &[ByteRange], status: Status) -> Vec<Problem> {
    let checked = Checked {
        text: article.text,
        layer,
        codebook: article.codebook,
        status,
        lang: LANG,
    };
    let mut found = problems(&checked);
    let before = found.len();
    left_open(article, &checked, &mut found);
    untagged_casualties(&checked, casualties, &mut found);
    if found.len() > before {
        in_order(&mut found);
    }
    found
}

/// Values that were left open, in an article that is done. One that is required lacks, which is said already.
fn left_open(article: ReadBy<'_>, checked: &Checked<'_>, found: &mut Vec<Problem>) {
    if checked.status != Status::Done {
        return;
    }
    for span in checked.layer.spans.iter() {
        for usage in article.left_open(span).filter(|usage| !usage.required) {
            let name = checked.attribute_name(&usage.id);
            found.extend(checked.problem(
                ProblemCode::UnconfirmedValue,
                ProblemPlace::Span(span.id.clone()),
                usage.id.as_str(),
                format!("{}: {name} was left open", checked.span_in_words(&span.id)),
                "choose what the words mean, or dismiss this where nobody can say",
            ));
        }
    }
}

/// Casualty words that no span of a label of casualties with a quantity touches, where work on the article has begun.
fn untagged_casualties(checked: &Checked<'_>, casualties: &[ByteRange], found: &mut Vec<Problem>) {
    if !matches!(checked.status, Status::InProgress | Status::Done) {
        return;
    }
    let labels: Vec<&Label> = checked
        .codebook
        .labels
        .iter()
        .filter(|label| is_of_casualties(label) && asks_for_quantity(checked.codebook, label))
        .collect();
    let Some(first) = labels.first() else {
        return;
    };
    let name = crate::model::words_in(&first.names, checked.lang).unwrap_or(first.id.as_str());
    let mut tagged: Vec<ByteRange> = checked
        .layer
        .spans
        .iter()
        .filter(|span| labels.iter().any(|label| label.id == span.label))
        .flat_map(|span| span.ranges.as_slice().iter().copied())
        .collect();
    tagged.sort_unstable();
    let mut furthest = 0;
    // The end of the furthest span up to each one, so that a nested span hides none that reaches further.
    let reach: Vec<usize> = tagged
        .iter()
        .map(|range| {
            furthest = furthest.max(range.end().get());
            furthest
        })
        .collect();
    for range in casualties {
        let before = tagged.partition_point(|tagged| tagged.start() < range.end());
        let touches = before
            .checked_sub(1)
            .and_then(|last| reach.get(last))
            .is_some_and(|end| *end > range.start().get());
        if touches {
            continue;
        }
        let words = checked.text.slice(*range).unwrap_or_default();
        found.extend(checked.problem(
            ProblemCode::UntaggedCasualty,
            ProblemPlace::Text(*range),
            "",
            format!("{} is not tagged {name}", quoted(words)),
            "tag the figure, or dismiss this where it is none",
        ));
    }
}

/// What labels of casualties have in their ids or names: a codebook may ask for other figures alone, such as the size of a
/// crowd, and then casualty words are not its subject.
const NAMES_OF_CASUALTIES: [&str; 20] = [
    "casualt",
    "victim",
    "fatalit",
    "death",
    "dead",
    "killed",
    "injur",
    "wounded",
    "mort",
    "blessé",
    "víctima",
    "muert",
    "herid",
    "bajas",
    "ضحا",
    "قتل",
    "נפגע",
    "הרוג",
    "伤亡",
    "हताहत",
];

fn is_of_casualties(label: &Label) -> bool {
    let names = label.names.values().map(String::as_str);
    names.chain([label.id.as_str()]).any(|name| {
        let name = name.to_lowercase();
        NAMES_OF_CASUALTIES.iter().any(|part| name.contains(part))
    })
}

fn asks_for_quantity(codebook: &Codebook, label: &Label) -> bool {
    label.attributes.iter().any(|usage| {
        codebook
            .attribute(&usage.id)
            .is_some_and(|attribute| attribute.attribute_type == AttributeType::Quantity)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Header;
    use crate::model::testing::parse;
    use crate::text::Text;

    fn codebook() -> Codebook {
        crate::formats::codebook_toml::default_codebook()
    }

    fn found(marked: &str, status: Status) -> Vec<String> {
        found_in(marked, status, &Header::default())
    }

    fn found_in(marked: &str, status: Status, header: &Header) -> Vec<String> {
        let (content, spans) = parse(marked);
        let layer = Layer {
            spans,
            status: Some(status),
            ..Layer::default()
        };
        let casualties = casualty_words(&content, Some("fr"));
        let article = ReadBy {
            codebook: &codebook(),
            header,
            text: &Text::new(content),
        };
        let problems = problems_of(article, &layer, &casualties);
        problems
            .open
            .iter()
            .map(|problem| problem.key.to_string())
            .collect()
    }

    #[test]
    fn a_figure_without_a_span_is_a_problem_once_work_has_begun() {
        let text = "plus de 50 civils tués, 12 blessés";
        assert_eq!(
            found(text, Status::InProgress),
            ["untagged_casualty/text/0-22", "untagged_casualty/text/24-34"]
        );
        assert!(found(text, Status::Todo).is_empty());
        assert!(found(text, Status::Skipped).is_empty());
    }

    #[test]
    fn a_codebook_that_asks_for_other_figures_alone_has_no_casualties_to_tag() {
        let text = "plus de 50 civils tués";
        let found = |id: &str| {
            let mut codebook = codebook();
            codebook.labels.retain(|label| label.id.as_str() == "casualty");
            codebook.labels[0].id = crate::model::LabelId::new(id).unwrap();
            codebook.labels[0].names = crate::model::Words::default();
            let layer = Layer {
                status: Some(Status::Done),
                ..Layer::default()
            };
            let casualties = casualty_words(text, Some("fr"));
            let article = ReadBy {
                codebook: &codebook,
                header: &Header::default(),
                text: &Text::new(text),
            };
            let problems = problems_of(article, &layer, &casualties);
            problems.open.len()
        };
        assert_eq!(found("crowd"), 0);
        assert_eq!(found("victims"), 1);
    }

    #[test]
    fn a_casualty_span_on_part_of_the_words_is_enough_and_another_label_is_not() {
        assert_eq!(
            found(
                "{1:casualty|plus de 50 civils|1} tués, {2:actor|12 blessés|2}",
                Status::Done
            ),
            ["untagged_casualty/text/24-34"]
        );
        assert!(
            found(
                "{1:casualty|50 civils tués, {2:casualty|12|2} blessés|1}",
                Status::Done
            )
            .is_empty()
        );
    }

    #[test]
    fn a_date_that_was_left_open_is_a_problem_once_the_article_is_done() {
        let text = "Le {1:date|3 juin|1}, le {2:date|3 mai 2022|2}, {3:date|bientôt|3}.";
        let header = Header {
            lang: Some("fr".to_owned()),
            meta: serde_json::from_str(r#"{"date":"2022-05-12"}"#).unwrap(),
            ..Header::default()
        };
        assert_eq!(
            found_in(text, Status::Done, &header),
            ["unconfirmed_value/span/1/when"]
        );
        assert!(found_in(text, Status::InProgress, &header).is_empty());
        assert!(
            found(text, Status::Done).is_empty(),
            "without a day of publication it is the 3rd of June"
        );
    }
}
