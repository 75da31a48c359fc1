//! The table of formats held to its word: whatever a project holds comes back from a format, or the format says that
//! it cannot hold it; and what it says so of is lost indeed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::flat::flat_choice;
use super::generated_full::full_article;
use super::testing::{knowing, marked, options, read_from, write_to};
use super::{Collected, Diagnostic, Feature, Format, read, registry};
use crate::model::{Annotator, Article, Extra, Filler, Layer, Span, SpanId};

type One = (Article, Vec<(Annotator, Layer)>);

/// Something that a dataset says: what it is, the features one of which must be declared where it is lost, and the
/// saying itself.
type Aspect = (&'static str, &'static [Feature], String);

fn dataset() -> Vec<One> {
    let (article, mut layers) = full_article();
    let (_, other) = marked("a1", "{1:actor|les FDS|1}\r\nà Alep 😀 et un mot deux");
    layers.extend(
        other
            .into_iter()
            .map(|(_, layer)| (Annotator::new("Bo é").unwrap(), layer)),
    );
    vec![(article, layers)]
}

fn read_back(format: &'static Format, dataset: &[One]) -> (Vec<One>, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    let (path, said) = write_to(folder.path(), format, &options(), dataset);
    let options = knowing();
    let mut collected = Collected::default();
    if format.is_one_file() {
        assert!(read(format, &path, &options, &mut collected).is_continue());
    } else {
        collected = read_from(&path, &options);
    }
    let unknown = Annotator::new("nobody").unwrap();
    let all = collected.articles.into_iter().map(|incoming| {
        let layers = incoming.layers.into_iter();
        let layers = layers.map(|(annotator, layer)| (annotator.unwrap_or_else(|| unknown.clone()), layer));
        (incoming.article, layers.collect())
    });
    (all.collect(), said)
}

/// A span by its label and words, whatever its id.
fn shown(article: &Article, span: &Span) -> String {
    format!("{}={:?}", span.label, span.ranges.quote(&article.text))
}

/// What a function says of every layer, sorted, so that articles and layers in another order are the same.
fn of_layers(dataset: &[One], say: impl Fn(&Article, &Layer, &mut Vec<String>)) -> String {
    let mut all = Vec::new();
    for (article, layers) in dataset {
        for (_, layer) in layers {
            say(article, layer, &mut all);
        }
    }
    all.sort();
    all.join("\n")
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn of_text(dataset: &[One]) -> Vec<Aspect> {
    let set = |all: BTreeSet<String>| all.into_iter().collect::<Vec<_>>().join("\n");
    let texts = dataset.iter().map(|(article, _)| article.text.as_str());
    let headers = dataset.iter().map(|(article, _)| {
        let header = &article.header;
        format!(
            "{} {:?} {:?} {:?}",
            article.id, header.title, header.lang, header.meta
        )
    });
    let annotators = dataset.iter().flat_map(|(_, layers)| layers);
    let annotators = annotators.map(|(annotator, _)| annotator.to_string());
    vec![
        ("words", &[], set(texts.clone().map(solid).collect())),
        (
            "text",
            &[Feature::WhiteSpace],
            set(texts.map(str::to_owned).collect()),
        ),
        ("metadata", &[Feature::Metadata], set(headers.collect())),
        ("annotators", &[Feature::Annotators], set(annotators.collect())),
    ]
}

fn of_places_of_spans(dataset: &[One]) -> Vec<Aspect> {
    let flat = of_layers(dataset, |article, layer, all| {
        let pieces = flat_choice(&article.text, layer).pieces.into_iter();
        all.extend(pieces.map(|piece| {
            let words = article.text.slice(piece.range).unwrap();
            format!("{} {}", piece.span.label, solid(words))
        }));
    });
    let pieces = of_layers(dataset, |article, layer, all| {
        for span in layer.spans.iter() {
            let ranges = span.ranges.as_slice().iter();
            let words = ranges.map(|range| solid(article.text.slice(*range).unwrap()));
            all.extend(words.map(|words| format!("{} {words}", span.label)));
        }
    });
    let discontinuous = of_layers(dataset, |article, layer, all| {
        let spans = layer.spans.iter().filter(|span| span.ranges.is_discontinuous());
        all.extend(spans.map(|span| shown(article, span)));
    });
    vec![
        ("spans", &[Feature::Spans], flat),
        ("spans that overlap", &[Feature::Overlap], pieces),
        ("discontinuous spans", &[Feature::Discontinuous], discontinuous),
    ]
}

fn of_spans(dataset: &[One]) -> Vec<Aspect> {
    use Feature::{Attributes, Discontinuous, Ids, Provenance, Unconfirmed};
    let each = |say: &dyn Fn(&Span) -> Option<String>| {
        of_layers(dataset, |article, layer, all| {
            for span in layer.spans.iter() {
                // Of a span that is cut, each piece is told by its own words.
                let first = article.text.slice(span.ranges.as_slice()[0]).unwrap();
                all.extend(say(span).map(|said| format!("{} {first:?} {said}", span.label)));
            }
        })
    };
    vec![
        (
            "attributes of spans",
            &[Attributes],
            // Of a span that is cut each piece has them.
            each(&|span| {
                let is_told = !span.attributes.is_empty() && !span.ranges.is_discontinuous();
                is_told.then(|| format!("{:?}", span.attributes))
            }),
        ),
        (
            "unconfirmed values",
            &[Unconfirmed, Attributes],
            each(&|span| (!span.unconfirmed.is_empty()).then(|| format!("{:?}", span.unconfirmed))),
        ),
        (
            "origins and times",
            &[Provenance],
            each(&|span| {
                let origin = (
                    &span.origin.kind,
                    &span.origin.name,
                    &span.created,
                    &span.modified,
                );
                Some(format!("{origin:?}"))
            }),
        ),
        (
            "ids of spans",
            &[Ids, Discontinuous],
            each(&|span| Some(span.id.to_string())),
        ),
    ]
}

fn of_relations(dataset: &[One]) -> Vec<Aspect> {
    use Feature::{Attributes, Ids, Relations};
    let each = |say: &dyn Fn(&crate::model::Relation) -> String| {
        of_layers(dataset, |_, layer, all| {
            all.extend(layer.relations.values().map(say));
        })
    };
    let ends = of_layers(dataset, |article, layer, all| {
        let end = |id: &SpanId| shown(article, layer.spans.get(id).unwrap());
        all.extend(
            layer
                .relations
                .values()
                .map(|one| format!("{}: {} → {}", one.relation_type, end(&one.from), end(&one.to))),
        );
    });
    vec![
        ("relations", &[Relations], ends),
        (
            "attribute values of relations",
            &[Attributes, Relations],
            each(&|one| format!("{:?}", one.attributes)),
        ),
        (
            "ids of relations",
            &[Ids, Relations],
            each(&|one| one.id.to_string()),
        ),
    ]
}

fn of_events(dataset: &[One]) -> Vec<Aspect> {
    use Feature::{Attributes, Events, Ids, RoleRemarks};
    let events = of_layers(dataset, |article, layer, all| {
        let span = |id: &SpanId| shown(article, layer.spans.get(id).unwrap());
        for (number, event) in layer.events_in_order().into_iter().enumerate() {
            let mut told = format!(
                "{number} {} {:?}",
                event.event_type,
                event.trigger.as_ref().map(span)
            );
            for role in &event.roles {
                let filler = match &role.filler {
                    Filler::Span(id) => span(id),
                    Filler::Value(value) => format!("{value:?}"),
                };
                write!(told, " {}={filler}", role.role).unwrap();
            }
            all.push(told);
        }
    });
    let each = |say: &dyn Fn(&crate::model::Event) -> String| {
        of_layers(dataset, |_, layer, all| {
            all.extend(layer.events.values().map(say));
        })
    };
    let remarks = each(&|event| {
        let roles = event.roles.iter();
        let remarks: Vec<_> = roles.map(|role| (role.inferred, role.note.clone())).collect();
        format!("{} {remarks:?}", event.event_type)
    });
    vec![
        ("events", &[Events], events),
        (
            "attributes of events",
            &[Attributes, Events],
            each(&|event| format!("{:?}", event.attributes)),
        ),
        ("remarks on roles", &[RoleRemarks, Events], remarks),
        (
            "ids of events",
            &[Ids, Events],
            each(&|event| event.id.to_string()),
        ),
    ]
}

fn of_notes(dataset: &[One]) -> Vec<Aspect> {
    use Feature::{Ids, NoteThreads, Notes};
    let each = |say: &dyn Fn(&crate::model::Note) -> String| {
        of_layers(dataset, |_, layer, all| all.extend(layer.notes.values().map(say)))
    };
    let threads = each(&|note| {
        let replies = note.replies.iter();
        let replies: Vec<_> = replies
            .map(|one| (&one.author, &one.created, &one.text))
            .collect();
        format!(
            "{:?} {:?} {:?} {replies:?}",
            note.author, note.created, note.state
        )
    });
    vec![
        ("notes", &[Notes], each(&|note| note.text.clone())),
        ("threads of notes", &[NoteThreads, Notes], threads),
        ("ids of notes", &[Ids, Notes], each(&|note| note.id.to_string())),
    ]
}

fn of_layers_as_a_whole(dataset: &[One]) -> Vec<Aspect> {
    use Feature::{ArticleLabels, Review, Status};
    let each = |say: &dyn Fn(&Layer) -> String| of_layers(dataset, |_, layer, all| all.push(say(layer)));
    let labels = each(&|layer| format!("{:?}", layer.labels));
    let verdicts = each(&|layer| {
        let reviews = layer.spans.iter().filter_map(|span| span.review.as_ref());
        let reviews: Vec<_> = reviews.map(|one| (one.verdict, &one.by, &one.at)).collect();
        format!(
            "{:?} {} {:?} {reviews:?}",
            layer.review, layer.flagged, layer.dismissed
        )
    });
    vec![
        ("labels of articles", &[ArticleLabels], labels),
        ("status", &[Status], each(&|layer| format!("{:?}", layer.status))),
        ("verdicts, flags, dismissals", &[Review], verdicts),
    ]
}

/// Every further key, wherever it stands.
fn further_keys(dataset: &[One]) -> String {
    let mut keys = BTreeSet::new();
    let mut add = |extra: &Extra| keys.extend(extra.iter().map(|(key, value)| format!("{key}: {value}")));
    for (article, layers) in dataset {
        add(&article.header.extra);
        for (_, layer) in layers {
            add(&layer.extra);
            for span in layer.spans.iter() {
                add(&span.extra);
                add(&span.origin.extra);
                span.review.iter().for_each(|review| add(&review.extra));
            }
            for relation in layer.relations.values() {
                add(&relation.extra);
            }
            for event in layer.events.values() {
                add(&event.extra);
                event.roles.iter().for_each(|role| add(&role.extra));
            }
            for note in layer.notes.values() {
                add(&note.extra);
                note.replies.iter().for_each(|reply| add(&reply.extra));
            }
        }
    }
    Vec::from_iter(keys).join("\n")
}

fn aspects(dataset: &[One]) -> Vec<Aspect> {
    let mut all = of_text(dataset);
    all.extend(of_places_of_spans(dataset));
    all.extend(of_spans(dataset));
    all.extend(of_relations(dataset));
    all.extend(of_events(dataset));
    all.extend(of_notes(dataset));
    all.extend(of_layers_as_a_whole(dataset));
    all.push(("further keys", &[Feature::FurtherKeys], further_keys(dataset)));
    all
}

#[test]
fn whatever_is_lost_is_declared_and_whatever_is_declared_is_lost() {
    let dataset = dataset();
    let given = aspects(&dataset);
    let mut wrong = Vec::new();
    for format in registry()
        .iter()
        .filter(|format| format.reads() && format.writes())
    {
        let (back, said) = read_back(format, &dataset);
        let mut excused: BTreeSet<Feature> = BTreeSet::new();
        for ((what, features, before), (_, _, after)) in given.iter().zip(aspects(&back)) {
            if *before == after {
                continue;
            }
            excused.extend(*features);
            // A writer that meets it by surprise says so itself.
            let is_said = said
                .iter()
                .any(|found| found.code == "left_out" && found.message.contains(what));
            if !is_said
                && !features
                    .iter()
                    .any(|feature| format.cannot_hold.contains(feature))
            {
                wrong.push(format!(
                    "{}: {what} lost:\n{before}\n--- came back:\n{after}",
                    format.id
                ));
            }
        }
        for feature in format
            .cannot_hold
            .iter()
            .filter(|feature| !excused.contains(feature))
        {
            wrong.push(format!("{}: {} are not lost", format.id, feature.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_full_has_everything() {
    let mut contents = super::Contents::default();
    for (article, layers) in dataset() {
        contents.add(&article, &layers);
    }
    for feature in Feature::ALL {
        assert!(contents.count(feature) > 0, "nothing of {}", feature.name());
        assert!(feature.part_of().is_none_or(|whole| contents.count(whole) > 0));
        assert!(feature.loss(2).starts_with("2 "));
    }
}
