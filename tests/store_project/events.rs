//! The events of all articles, page by page, are what a look at all layers gives.

use hashiya::model::*;
use hashiya::store::{EventPage, EventQuery, ExportQuery};
use hashiya::text::fold;

use crate::support::*;

fn event(id: &str, rank: i64, fillers: &[&str]) -> LayerEdit {
    let filler = |one: &&str| RoleFiller {
        role: RoleId::new("target").unwrap(),
        filler: match one.strip_prefix('=') {
            Some(value) => Filler::Value(Value::Text(value.to_owned())),
            None => Filler::Span(SpanId::new(*one).unwrap()),
        },
        inferred: false,
        note: None,
        extra: Extra::new(),
    };
    let event = Event {
        id: EventId::new(id).unwrap(),
        event_type: EventTypeId::new(if id.starts_with('f') { "flood" } else { "incident" }).unwrap(),
        rank,
        trigger: None,
        roles: fillers.iter().map(filler).collect(),
        attributes: Attributes::new(),
        extra: Extra::new(),
    };
    LayerEdit::Event(event.id.clone(), Change::add(event))
}

/// Forty articles, of which some have events by one or two annotators; an import that is undone has some as well.
fn project() -> Project {
    let mut project = Project::with_articles(40);
    for number in (0..40).filter(|number| number % 3 != 1) {
        let id = format!("a{number}");
        let edits = vec![
            add_span("s1", "location", 14, 18),
            event("z", 0, &["s1"]),
            event("b", 1, &["=Homs"]),
            event(&format!("f{number}"), -1, &[]),
            LayerEdit::Status(Change::add(Status::ALL[number % 4])),
        ];
        project.mark(&id, "me", edits).unwrap();
        if number % 2 == 0 {
            project.mark(&id, "you", vec![event("y", 0, &["=حلب"])]).unwrap();
        }
    }
    project.import_with_layers("b9");
    project.undo(&Scope::Project).unwrap().unwrap();
    project
}

/// All pages of a query: each event as article, annotator, number, id.
fn paged(project: &Project, query: &EventQuery, limit: usize) -> Vec<String> {
    let mut after = None;
    let mut found = Vec::new();
    loop {
        let page: EventPage = project.store.events(query, &codebook(), after, limit).unwrap();
        let rows = page.rows.iter();
        found.extend(rows.map(|row| {
            format!(
                "{} {} {} {}",
                row.article, row.annotator, row.number, row.event.id
            )
        }));
        match page.next {
            Some(next) => after = Some(next),
            None => return found,
        }
        assert!(found.len() < 10_000, "the pages never end");
    }
}

fn naive(project: &Project, takes: impl Fn(&Annotator, &Layer, &Event, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (stored, layers) in exported(&project.store, &ExportQuery::default()) {
        for (annotator, layer) in layers {
            for (place, event) in layer.events_in_order().into_iter().enumerate() {
                let words: Vec<String> = event
                    .roles
                    .iter()
                    .map(|filler| match &filler.filler {
                        Filler::Span(id) => layer
                            .spans
                            .get(id)
                            .unwrap()
                            .ranges
                            .quote(&stored.article.text)
                            .unwrap(),
                        Filler::Value(Value::Text(text)) => text.clone(),
                        Filler::Value(_) => String::new(),
                    })
                    .collect();
                if takes(&annotator, &layer, event, &words.join("\n")) {
                    found.push(format!(
                        "{} {annotator} {} {}",
                        stored.article.id,
                        place + 1,
                        event.id
                    ));
                }
            }
        }
    }
    found
}

#[test]
fn pages_of_any_size_hold_each_event_once_and_in_order() {
    let project = project();
    let all = naive(&project, |_, _, _, _| true);
    assert!(all.len() > 60 && !all.iter().any(|row| row.starts_with("c0")));
    for limit in [1, 2, 7, 1_000] {
        assert_eq!(paged(&project, &EventQuery::default(), limit), all, "{limit}");
    }
}

#[test]
fn filters_take_what_a_look_at_all_takes() {
    let project = project();
    let me = EventQuery {
        annotator: Some(annotator("me")),
        ..EventQuery::default()
    };
    assert_eq!(
        paged(&project, &me, 5),
        naive(&project, |who, _, _, _| who.as_str() == "me")
    );
    let nobody = EventQuery {
        annotator: Some(annotator("nobody")),
        ..EventQuery::default()
    };
    assert!(paged(&project, &nobody, 5).is_empty());
    let floods = EventQuery {
        event_type: Some(EventTypeId::new("flood").unwrap()),
        status: Some(Status::Done),
        ..EventQuery::default()
    };
    assert_eq!(
        paged(&project, &floods, 5),
        naive(&project, |_, layer, event, _| {
            event.event_type.as_str() == "flood" && layer.status == Some(Status::Done)
        })
    );
    for words in ["alep", "HOMS", "حلب", "nowhere"] {
        let query = EventQuery {
            filler: words.to_owned(),
            ..EventQuery::default()
        };
        let expected = naive(&project, |_, _, _, said| fold(said).contains(&fold(words)));
        assert_eq!(paged(&project, &query, 5), expected, "{words}");
    }
}

#[test]
fn what_lacks_a_filler_is_incomplete() {
    let project = project();
    let mut codebook = codebook();
    codebook.event_types[0].roles[0].min = 1;
    let query = EventQuery {
        incomplete: true,
        ..EventQuery::default()
    };
    let page = project.store.events(&query, &codebook, None, 1_000).unwrap();
    assert!(
        page.rows.is_empty(),
        "an event of a type that nobody knows lacks nothing"
    );
    codebook.event_types[0].roles[0].min = 2;
    let page = project.store.events(&query, &codebook, None, 1_000).unwrap();
    assert!(
        page.rows
            .iter()
            .all(|row| row.event.event_type.as_str() == "incident")
    );
    assert!(!page.rows.is_empty());
}
