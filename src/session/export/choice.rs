//! Which articles go out, and what of them.

use std::collections::BTreeSet;

use crate::formats::Format;
use crate::model::{Annotator, Article, LabelId, Layer, Span, Status};

use super::ExportOptions;

/// Work of which status goes out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusChoice {
    /// For formats that models train on what is done, since an article that is not may lack spans; else any.
    #[default]
    Usual,
    /// Of any status.
    Any,
    /// Of this one; `todo` also takes articles that nobody marked.
    Only(Status),
}

impl StatusChoice {
    /// The status that a format gets, or any.
    pub(super) fn wanted(self, format: &Format) -> Option<Status> {
        match self {
            Self::Usual if format.is_for_training => Some(Status::Done),
            Self::Usual | Self::Any => None,
            Self::Only(status) => Some(status),
        }
    }
}

/// How many articles stayed behind, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StayedBehind {
    /// Whose work has another status.
    pub status: u64,
    /// That are in another language.
    pub language: u64,
}

/// An article that goes out, with the layers that go with it.
pub(super) type Chosen = (Article, Vec<(Annotator, Layer)>);

/// What of an article goes out; `None`, and a count, where it stays behind. The annotator was chosen before.
pub(super) fn choose(
    options: &ExportOptions,
    format: &Format,
    (article, mut layers): Chosen,
    behind: &mut StayedBehind,
) -> Option<Chosen> {
    let lang = article.header.lang.as_deref().unwrap_or(UNDETERMINED);
    if !options.languages.is_empty() && !options.languages.iter().any(|wanted| is_of(lang, wanted)) {
        behind.language += 1;
        return None;
    }
    if let Some(wanted) = options.status.wanted(format) {
        let is_unmarked = layers.is_empty();
        layers.retain(|(_, layer)| layer.status.unwrap_or_default() == wanted);
        if layers.is_empty() && !(is_unmarked && wanted == Status::Todo) {
            behind.status += 1;
            return None;
        }
    }
    if !options.labels.is_empty() {
        for (_, layer) in &mut layers {
            keep_labels(layer, &options.labels);
        }
    }
    Some((article, layers))
}

/// The tag of BCP 47 for a language that is not known.
pub(super) const UNDETERMINED: &str = "und";

/// Whether a language tag is a wanted one, or a kind of it: `fr-CA` is `fr`.
pub(super) fn is_of(lang: &str, wanted: &str) -> bool {
    let (lang, wanted) = (lang.to_lowercase(), wanted.to_lowercase());
    lang == wanted || (lang.starts_with(&wanted) && lang.as_bytes().get(wanted.len()) == Some(&b'-'))
}

/// Leaves the spans of some labels in a layer, and of relations, events, and notes what still has its spans.
fn keep_labels(layer: &mut Layer, labels: &BTreeSet<LabelId>) {
    let kept = layer.spans.iter().filter(|span| labels.contains(&span.label));
    layer.spans = kept.map(|span| Span::clone(span)).collect();
    layer.drop_dangling();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{marked, read_from};
    use crate::formats::{ReadOptions, format};

    fn labels(ids: &[&str]) -> BTreeSet<LabelId> {
        ids.iter().map(|id| LabelId::new(id).unwrap()).collect()
    }

    fn chosen(options: &ExportOptions, given: Chosen) -> Option<Chosen> {
        choose(
            options,
            format("jsonl").unwrap(),
            given,
            &mut StayedBehind::default(),
        )
    }

    #[test]
    fn a_language_takes_its_kinds() {
        for (lang, wanted, is) in [
            ("fr", "fr", true),
            ("fr-CA", "fr", true),
            ("FR", "fr", true),
            ("fro", "fr", false),
            ("", "fr", false),
            ("", "und", true),
            ("fr", "fr-CA", false),
        ] {
            let mut given = marked("a", "mot");
            given.0.header.lang = Some(lang.to_owned()).filter(|lang| !lang.is_empty());
            let options = ExportOptions {
                languages: [wanted.to_owned()].into(),
                ..ExportOptions::default()
            };
            assert_eq!(chosen(&options, given).is_some(), is, "{lang} {wanted}");
        }
    }

    #[test]
    fn spans_of_other_labels_stay_behind_with_what_hangs_on_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let line = r#"{"schema":"hashiya/1","text":"armée à Alep","annotator":"ana","spans":[{"id":"1","start":0,"end":5,
            "label":"actor"},{"id":"2","start":8,"end":12,"label":"location"}],"relations":[{"id":"r","type":"near",
            "from":"1","to":"2"}],"events":[{"id":"e","type":"battle","trigger":"1","roles":[{"role":"by","span":"1"},
            {"role":"place","span":"2"}]}],"notes":[{"id":"n1","target":"1","text":"?"},{"id":"n2","target":"e",
            "text":"?"},{"id":"n3","text":"?"}]}"#;
        std::fs::write(&path, line.replace('\n', "")).unwrap();
        let read = read_from(&path, &ReadOptions::default()).articles.remove(0);
        let layers = read.layers.into_iter();
        let given = (
            read.article,
            layers.map(|(name, layer)| (name.unwrap(), layer)).collect(),
        );
        let options = ExportOptions {
            labels: labels(&["location"]),
            ..ExportOptions::default()
        };
        let (_, layers) = chosen(&options, given).unwrap();
        let layer = &layers[0].1;
        assert_eq!(layer.spans.len(), 1);
        assert!(layer.relations.is_empty());
        let event = layer.events.values().next().unwrap();
        assert_eq!((event.trigger.as_ref(), event.roles.len()), (None, 1));
        let notes: Vec<&str> = layer.notes.keys().map(crate::model::NoteId::as_str).collect();
        assert_eq!(notes, ["n2", "n3"]);
    }

    #[test]
    fn only_the_layers_of_a_status_go_out_and_who_nobody_marked_is_to_do() {
        let status = |status| ExportOptions {
            status: StatusChoice::Only(status),
            ..ExportOptions::default()
        };
        let mut given = marked("a", "{1:actor|armée|1}");
        given.1[0].1.status = Some(Status::Done);
        assert!(chosen(&status(Status::Done), given.clone()).is_some());
        assert!(chosen(&status(Status::Todo), given.clone()).is_none());
        given.1.clear();
        assert!(chosen(&status(Status::Todo), given.clone()).is_some());
        assert!(chosen(&status(Status::Done), given).is_none());
    }
}
