//! The list, paged by the store, is what a plain filter over all articles gives.

use hashiya::model::*;
use hashiya::store::{ExportQuery, ListQuery, ListRow, Neighbour, ReviewFilter};
use hashiya::text::fold;
use proptest::prelude::*;

use crate::support::*;

const TITLES: [&str; 6] = [
    "Alep sous le feu",
    "ALEP et Homs",
    "حلب تحت النار",
    "Ça continue",
    "",
    "Le Caire, mardi",
];

/// Thirty articles in three imports, the middle one undone, with work by two annotators.
fn project() -> Project {
    let mut project = Project::empty();
    for batch in 0..3 {
        let articles: Vec<Article> = (0..10)
            .map(|n| {
                let number = batch * 10 + n;
                let mut article = article(&format!("Number-{number}"), &format!("{number} {TEXT}"));
                article.header.title = Some(TITLES[number % 6].to_owned()).filter(|title| !title.is_empty());
                article.header.lang = [Some("fr"), Some("ar"), None][number % 3].map(str::to_owned);
                article
            })
            .collect();
        project.import(&format!("b{batch}"), &articles);
        if batch == 1 {
            project.undo(&Scope::Project).unwrap().unwrap();
        }
    }
    for number in (0..10).chain(20..30) {
        let (id, status) = (format!("Number-{number}"), Status::ALL[number % 4]);
        let mut edits = vec![LayerEdit::Status(Change::add(status))];
        if number % 5 != 0 {
            edits.push(add_span("s1", ["actor", "location"][number % 2], 5, 9));
        }
        if number % 3 == 1 {
            edits.push(LayerEdit::Review(Change::add(Verdict::ALL[number % 2])));
        }
        if number % 4 == 1 {
            edits.push(LayerEdit::Flag(Change::add(())));
        }
        if number % 6 < 2 {
            let state = NoteState::ALL[number % 2];
            let note = Note {
                target: None,
                state,
                ..full_note()
            };
            edits.push(LayerEdit::Note(note.id.clone(), Change::add(note)));
        }
        if number % 7 != 0 {
            project.mark(&id, "me", edits.clone()).unwrap();
        }
        if number % 3 == 0 {
            project.mark(&id, "you", edits).unwrap();
        }
    }
    project
}

/// The same list by looking at everything.
fn naive(project: &Project, query: &ListQuery) -> Vec<ListRow> {
    let mut rows = Vec::new();
    for (stored, layers) in exported(&project.store, &ExportQuery::default()) {
        let layer = layers
            .into_iter()
            .find(|(who, _)| *who == query.annotator)
            .map(|(_, layer)| layer)
            .unwrap_or_default();
        let header = &stored.article.header;
        let title = header.title.clone().unwrap_or_default();
        let holds = |text: &str, word: &str| fold(text).contains(&fold(word));
        let (id, whole) = (fold(stored.article.id.as_str()), fold(&query.filter));
        let is_id = id == whole || whole.chars().count() >= 6 && id.starts_with(&whole);
        let is_taken = (is_id || query.filter.split_whitespace().all(|word| holds(&title, word)))
            && query
                .status
                .is_none_or(|status| status == layer.status_or_default())
            && is_reviewed_so(query, &layer)
            && (query.lang.is_none() || query.lang == header.lang)
            && query
                .label
                .as_ref()
                .is_none_or(|label| layer.spans.iter().any(|span| span.label == *label));
        if is_taken {
            rows.push(ListRow {
                id: stored.article.id.clone(),
                position: stored.position,
                title: header.title.clone(),
                lang: header.lang.clone(),
                status: layer.status_or_default(),
                review: layer.review,
                flagged: layer.flagged,
                open_notes: layer.open_notes().count() as u64,
                spans: layer.spans.len() as u64,
                chars: stored.article.text.char_len() as u64,
            });
        }
    }
    rows
}

fn is_reviewed_so(query: &ListQuery, layer: &Layer) -> bool {
    let verdict = match query.review {
        None => true,
        Some(ReviewFilter::Unreviewed) => layer.review.is_none(),
        Some(ReviewFilter::Given(verdict)) => layer.review == Some(verdict),
    };
    verdict && (!query.flagged || layer.flagged) && (!query.open_notes || layer.open_notes().next().is_some())
}

fn queries() -> impl Strategy<Value = ListQuery> {
    let filters = prop::sample::select(vec![
        "",
        "alep",
        "ALEP feu",
        "number-2",
        "number-29",
        "umber-2",
        "حلب",
        "ça",
        "nulle part",
    ]);
    let statuses = prop::option::of(prop::sample::select(Status::ALL));
    let langs = prop::option::of(prop::sample::select(vec!["fr", "ar", "xx"]));
    let labels = prop::option::of(prop::sample::select(vec!["actor", "location", "none"]));
    let people = prop::sample::select(vec!["me", "you", "nobody"]);
    let reviews = prop::option::weighted(
        0.3,
        prop::sample::select(vec![
            ReviewFilter::Unreviewed,
            ReviewFilter::Given(Verdict::Approved),
            ReviewFilter::Given(Verdict::ChangesRequested),
        ]),
    );
    let marks = (prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (filters, statuses, langs, labels, people, reviews, marks).prop_map(
        |(filter, status, lang, label, who, review, (flagged, open_notes))| ListQuery {
            filter: filter.to_owned(),
            status,
            review,
            flagged,
            open_notes,
            lang: lang.map(str::to_owned),
            label: label.map(|label| LabelId::new(label).unwrap()),
            annotator: annotator(who),
        },
    )
}

#[test]
fn pages_counts_lines_and_neighbours_are_those_of_a_plain_filter() {
    let project = project();
    let all: Vec<String> = naive(&project, &ListQuery::all(annotator("me")))
        .iter()
        .map(|row| row.id.to_string())
        .collect();
    assert_eq!(all.len(), 20);
    proptest!(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() }, |(query in queries(), offset in 0_u64..24, limit in 1_u64..9, from in 0_usize..20)| {
        let expected = naive(&project, &query);
        let store = &project.store;
        prop_assert_eq!(store.count(&query).unwrap(), expected.len() as u64);
        let page: Vec<ListRow> = expected.iter().skip(offset as usize).take(limit as usize).cloned().collect();
        prop_assert_eq!(store.list(&query, offset, limit).unwrap(), page);

        let from = article_id(&all[from]);
        let here = store.position(&from).unwrap().unwrap();
        let line = expected.iter().position(|row| row.id == from).map(|line| line as u64);
        prop_assert_eq!(store.line_of(&from, &query).unwrap(), line);
        let next = expected.iter().find(|row| row.position > here).map(|row| row.id.clone());
        prop_assert_eq!(store.neighbour(&from, &query, Neighbour::Next).unwrap(), next);
        let previous = expected.iter().rev().find(|row| row.position < here).map(|row| row.id.clone());
        prop_assert_eq!(store.neighbour(&from, &query, Neighbour::Previous).unwrap(), previous);
        let any = naive(&project, &ListQuery { status: None, ..query.clone() });
        let open = |row: &&ListRow| matches!(row.status, Status::Todo | Status::InProgress);
        let unfinished = any.iter().filter(open).find(|row| row.position > here)
            .or_else(|| any.iter().filter(open).find(|row| row.position < here))
            .map(|row| row.id.clone());
        prop_assert_eq!(store.neighbour(&from, &query, Neighbour::NextUnfinished).unwrap(), unfinished);
    });
}

#[test]
fn progress_languages_and_label_counts_leave_hidden_imports_out() {
    let project = project();
    let rows = naive(&project, &ListQuery::all(annotator("me")));
    let progress = project.store.progress(&annotator("me")).unwrap();
    let of = |status| rows.iter().filter(|row| row.status == status).count() as u64;
    assert_eq!(
        (
            progress.total,
            progress.todo,
            progress.in_progress,
            progress.done,
            progress.skipped
        ),
        (
            20,
            of(Status::Todo),
            of(Status::InProgress),
            of(Status::Done),
            of(Status::Skipped)
        )
    );
    let languages = project.store.languages().unwrap();
    assert_eq!(languages.iter().map(|(_, count)| count).sum::<u64>(), 20);
    assert_eq!(languages.first().unwrap().0, None);
    let counts = project.store.label_counts().unwrap();
    let mine: u64 = counts
        .iter()
        .filter(|count| count.annotator == annotator("me"))
        .map(|count| count.spans)
        .sum();
    assert_eq!(mine, rows.iter().map(|row| row.spans).sum::<u64>());
}

#[test]
fn an_export_takes_the_layers_that_it_is_asked_for() {
    let project = project();
    // Of each article whose layers there are.
    let people = |annotator: Option<Annotator>| -> Vec<Vec<String>> {
        let found = exported(&project.store, &ExportQuery { annotator }).into_iter();
        let names = |layers: Vec<(Annotator, Layer)>| layers.iter().map(|(who, _)| who.to_string()).collect();
        found.map(|(_, layers)| names(layers)).collect()
    };
    let mine = people(Some(annotator("me")));
    assert!(!mine.is_empty() && mine.iter().all(|who| who == &["me"]));
    assert!(people(Some(annotator("nobody"))).is_empty());
    let all = people(None);
    let unmarked = all.iter().filter(|who| who.is_empty()).count();
    assert_eq!(unmarked, 2, "7 and 28, those that nobody marked");
    assert_eq!(all.len(), 20);
}

#[test]
fn an_entity_counts_once_for_each_annotation_of_the_attribute() {
    let mut project = Project::with_articles(1);
    let attribute = |id: &str| AttributeId::new(id).unwrap();
    let label = |id: &str, json: &str| LayerEdit::Label(attribute(id), Change::add(value(json)));
    let mut one = span("s1", "actor", 5, 10);
    let lead = value(r#"{"id":"Q1","name":"who"}"#);
    one.attributes.insert(attribute("who"), lead.clone());
    let edits = vec![
        LayerEdit::Span(one.id.clone(), Change::add(one.into())),
        // Each names the attribute in what it says.
        label("who", r#"{"id":"Q1","name":"who"}"#),
        label("where", r#"{"id":"Q2","name":"who"}"#),
    ];
    project.mark("a0", "me", edits).unwrap();
    let used = project.store.used_entities(&[attribute("who")], 9).unwrap();
    let used: Vec<(Value, u64)> = used
        .into_iter()
        .map(|one| (Value::Entity(one.entity), one.count))
        .collect();
    assert_eq!(used, [(lead, 2)]);
}
