//! What the session says, in words of the window: with names where a refusal has ids, and with the window's own way on
//! where the session's is one of the command line.
//!
//! Goes by the code of what is said and by what it is about, never by its words.

use super::{
    attribute_name, event_type_name, relation_type_name, role_name, sentence, sentence_start, status,
    type_of_attribute,
};
use crate::model::{Annotator, AttributeId, AttributeType, Codebook, CodebookPart, EventId, LabelId};
use crate::session::{About, InTheWay, Notice, Refusal, Snapshot};

/// What is said, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In one sentence.
    pub text: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// A notice.
pub fn told_notice(notice: &Notice, snapshot: &Snapshot) -> Told {
    let said = (notice.text.as_str(), notice.hint.as_deref());
    told(&notice.code, notice.about.as_deref(), said, snapshot)
}

/// A refusal.
pub fn told_refusal(refusal: &Refusal, snapshot: &Snapshot) -> Told {
    let said = (refusal.message.as_str(), refusal.hint.as_deref());
    told(&refusal.code, refusal.about.as_deref(), said, snapshot)
}

/// What to do about something of that code, where there is anything to do.
pub fn told_hint(code: &str, hint: Option<&str>) -> Option<String> {
    let hint = own_hint(code).or(hint).or_else(|| hint_where_none(code))?;
    (!hint.is_empty()).then(|| sentence(hint))
}

/// An id that has its owner in the codebook.
pub fn taken(part: &CodebookPart) -> Told {
    let (kind, owner) = match part {
        CodebookPart::Entry(key) => (key.kind(), None),
        CodebookPart::Use(..) => ("attribute", None),
        CodebookPart::Choice(attribute, _) => ("choice", Some(attribute.as_str())),
        CodebookPart::Role(kind, _) => ("role", Some(kind.as_str())),
    };
    let a = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    let kind = kind.replace('_', " ");
    let of = owner.map(|owner| format!(" of “{owner}”")).unwrap_or_default();
    Told {
        text: format!("There is {a} {kind} “{}”{of} already.", part.id()),
        hint: Some(super::ANOTHER_ID.to_owned()),
    }
}

fn told(code: &str, about: Option<&About>, (text, hint): (&str, Option<&str>), snapshot: &Snapshot) -> Told {
    let named = about.and_then(|about| by_name(about, snapshot));
    named.unwrap_or_else(|| Told {
        text: own_text(code).unwrap_or(text).to_owned(),
        hint: told_hint(code, hint),
    })
}

/// What something is about by its names; none where the project has no codebook to take them from.
fn by_name(about: &About, snapshot: &Snapshot) -> Option<Told> {
    let codebook = &snapshot.project.as_ref()?.codebook;
    let (text, hint) = match about {
        About::FillsRole { event, role, allowed } => {
            let event = event_name(event, snapshot, codebook);
            let (role, labels) = (role_name(codebook, role), labels(codebook, allowed));
            (
                format!("This span is the role “{role}” of {event}, which takes {labels} only."),
                format!("Take it out of {event} first."),
            )
        }
        About::EndsRelation {
            kind,
            starts,
            allowed,
        } => {
            let (kind, labels) = (relation_type_name(codebook, kind), labels(codebook, allowed));
            let verb = if *starts { "starts from" } else { "leads to" };
            (
                format!("A relation “{kind}” {verb} this span, which takes {labels} only there."),
                format!("Remove the relation “{kind}”, or lead it elsewhere, first."),
            )
        }
        About::Misfit {
            attribute,
            wanted,
            title,
        } => misfit(codebook, attribute, *wanted, title.as_deref()),
        About::LeadsBack { kind, way } => leads_back(relation_type_name(codebook, kind), way),
        About::Taken(part) => return Some(taken(part)),
        About::OneOfAnnotators { format, annotators } => {
            let names: Vec<&str> = annotators.iter().map(Annotator::as_str).collect();
            (
                format!(
                    "{format} has room for one annotator, this project has {}.",
                    names.len()
                ),
                format!(
                    "Choose one under “{}”: {}.",
                    super::formats::WHOSE,
                    names.join(", ")
                ),
            )
        }
        About::HasStatus(now) => return Some(only(format!("This article is {} already.", status(*now)))),
        About::Turn {
            is_undo,
            summary,
            because,
        } => turn(*is_undo, summary, because),
    };
    Some(Told {
        text,
        hint: Some(hint),
    })
}

/// An attribute that cannot be of another type, because of a value in an article.
fn misfit(
    codebook: &Codebook,
    attribute: &AttributeId,
    wanted: AttributeType,
    title: Option<&str>,
) -> (String, String) {
    let name = attribute_name(codebook, attribute);
    let wanted = type_of_attribute(wanted);
    let title = title.unwrap_or(super::UNTITLED);
    (
        format!(
            "“\u{2068}{name}\u{2069}” cannot become {wanted}: a value in the article “\u{2068}{title}\u{2069}” would not fit."
        ),
        "Add a new attribute, and retire this one.".to_owned(),
    )
}

/// A relation of parts that would lead back; `way` is how they lead as it is.
fn leads_back(kind: &str, way: &[String]) -> (String, String) {
    let text = match way {
        [from, to] => format!("“{kind}” leads from {from} to {to} already, and cannot lead back."),
        _ => format!(
            "“{kind}” leads {} already, and cannot lead back.",
            way.join(" › ")
        ),
    };
    (text, "Remove that relation, or turn it round, first.".to_owned())
}

const fn only(text: String) -> Told {
    Told { text, hint: None }
}

fn turn(is_undo: bool, summary: &str, because: &InTheWay) -> (String, String) {
    let (word, done) = if is_undo {
        ("undo", "undone")
    } else {
        ("redo", "redone")
    };
    match because {
        InTheWay::LaterWork => (
            format!("“{summary}” cannot be {done}: what it changed has been worked on since."),
            "Undo the later changes first.".to_owned(),
        ),
        InTheWay::Approved(annotator) => (
            format!("“{summary}” cannot be {done}: the work of {annotator} was approved since."),
            "Change the work instead, which withdraws the approval, or take the verdict back first."
                .to_owned(),
        ),
        InTheWay::OtherArticles => (
            format!("“{summary}” changed other articles as well."),
            format!("Edit, {} in project, takes all of it.", sentence_start(word)),
        ),
    }
}

/// An event as its row in the sheet is called, such as `Incident 2`.
fn event_name(id: &EventId, snapshot: &Snapshot, codebook: &Codebook) -> String {
    let article = snapshot.article.as_ref();
    let events = article.map(|article| article.layer.events_in_order());
    let mut events = events.into_iter().flatten().enumerate();
    events.find(|(_, event)| event.id == *id).map_or_else(
        || "an event".to_owned(),
        |(row, event)| format!("{} {}", event_type_name(codebook, &event.event_type), row + 1),
    )
}

fn labels(codebook: &Codebook, allowed: &[LabelId]) -> String {
    let names: Vec<String> = allowed
        .iter()
        .map(|id| format!("“{}”", codebook.label_apart(id, super::LANG)))
        .collect();
    names.join(" or ")
}

/// What is said in the window where the session's own words name things by ids alone.
fn own_text(code: &str) -> Option<&'static str> {
    Some(match code {
        "unknown_span" | "unknown_relation" | "unknown_event" | "unknown_note" | "unknown_target" => {
            "What this was about is no longer there."
        }
        "unknown_article" => "This article is no longer there.",
        "bad_id" => super::BAD_ID,
        "unchanged" => "It is so already, and nothing was changed.",
        "duplicate_span" => "These words are tagged so already.",
        "duplicate_relation" => "These spans are linked so already.",
        _ => return None,
    })
}

/// What to do in the window where the session's own words are those of the command line; empty where there is nothing
/// to do.
fn own_hint(code: &str) -> Option<&'static str> {
    Some(match code {
        "unknown_span" | "unknown_relation" | "unknown_event" | "unknown_note" | "unknown_target" => {
            "It was changed meanwhile: look at the article as it is now"
        }
        "unknown_article" => "Choose another one in the list",
        "unknown_entry" => "It was changed meanwhile: look at the codebook as it is now",
        "unknown_annotator" | "unknown_problem" | "duplicate_text" => "",
        "nothing_chosen" => "Choose any status, or other languages",
        "other_status" => "The status “Any” takes them in too",
        "fixed_offsets" => "Choose another format, or other positions",
        "not_one_file" => "Name a file",
        "metadata_differs" => "What came first was kept; Article details change it",
        "beside_parts" => "Export in parts again to renew them, or remove them",
        "unknown_ending" => "Choose the format under “Read as”; as plain text, any text file is one article",
        _ => return None,
    })
}

/// What to do where the session says nothing of it.
fn hint_where_none(code: &str) -> Option<&'static str> {
    matches!(code, "duplicate_id" | "bad_id").then_some(super::ANOTHER_ID)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttributeId, CodebookKey};

    fn refused(code: &str, message: &str, hint: &str) -> Told {
        told_refusal(&Refusal::new(code, message).hint(hint), &Snapshot::default())
    }

    #[test]
    fn a_hint_of_the_command_line_gives_way_to_one_of_the_window() {
        let told = refused(
            "nothing_chosen",
            "nothing to export",
            "choose any status (`--status any`)",
        );
        assert_eq!(
            told.hint.as_deref(),
            Some("Choose any status, or other languages.")
        );
        let told = refused(
            "unknown_annotator",
            "x has no work",
            "`hashiya stats` names the annotators",
        );
        assert_eq!((told.text.as_str(), told.hint), ("x has no work", None));
    }

    #[test]
    fn what_a_file_is_to_mend_is_said_as_it_is() {
        let hint = told_hint("duplicate_id", Some("give one of them another id"));
        assert_eq!(hint.as_deref(), Some("Give one of them another id."));
        assert_eq!(
            told_hint("duplicate_id", None).as_deref(),
            Some(super::super::ANOTHER_ID)
        );
        let hint = told_hint("not_found", Some("make the folder first, or check the path"));
        assert_eq!(hint.as_deref(), Some("Make the folder first, or check the path."));
    }

    #[test]
    fn what_has_no_words_of_its_own_is_said_as_it_is() {
        let told = refused("disk_full", "the disk is full", "make room");
        assert_eq!(told.text, "the disk is full");
        assert_eq!(told.hint.as_deref(), Some("Make room."));
    }

    #[test]
    fn an_undo_that_is_not_possible_names_what_was_done_and_no_number() {
        let (text, hint) = turn(true, "import 3 articles", &InTheWay::LaterWork);
        assert_eq!(
            text,
            "“import 3 articles” cannot be undone: what it changed has been worked on since."
        );
        assert_eq!(hint, "Undo the later changes first.");
        let mira = Annotator::new("mira").unwrap();
        let (text, _) = turn(false, "tag actor", &InTheWay::Approved(mira));
        assert!(text.ends_with("the work of mira was approved since."), "{text}");
    }

    #[test]
    fn a_taken_id_is_said_with_the_right_article() {
        let label = CodebookPart::Entry(CodebookKey::Label(LabelId::new("actor").unwrap()));
        assert_eq!(taken(&label).text, "There is a label “actor” already.");
        let attribute = AttributeId::new("precision").unwrap();
        let attribute = CodebookPart::Entry(CodebookKey::Attribute(attribute));
        assert_eq!(
            taken(&attribute).text,
            "There is an attribute “precision” already."
        );
    }
}
