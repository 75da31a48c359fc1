//! Reviews, flags, and the history of a span in the project file.

use hashiya::model::*;
use hashiya::store::{Store, ToReview};

use crate::support::*;

fn flag(on: bool) -> LayerEdit {
    LayerEdit::Flag(if on { Change::add(()) } else { Change::remove(()) })
}

#[test]
fn a_flag_alone_makes_a_layer_and_is_undone_and_sound() {
    let mut project = Project::with_articles(2);
    project.mark("a0", "me", vec![flag(true)]).unwrap();
    assert!(project.layer("a0", "me").flagged);
    project.assert_sound();
    assert!(
        project.mark("a0", "me", vec![flag(true)]).is_err(),
        "it is flagged already"
    );
    project.undo(&layer_scope("a0", "me")).unwrap().unwrap();
    assert_eq!(project.layer("a0", "me"), Layer::default());
    project.redo(&layer_scope("a0", "me")).unwrap().unwrap();
    let project = project.reopen();
    assert!(project.layer("a0", "me").flagged);
    project.assert_sound();
}

/// Work by three people on six articles: the number says how it stands.
fn reviewed() -> Project {
    let mut project = Project::with_articles(6);
    for number in 0..6_usize {
        for (shift, who) in ["ana", "bo", "cem"].into_iter().enumerate() {
            let mut edits = Vec::new();
            match (number + shift) % 5 {
                0 => edits.push(LayerEdit::Status(Change::add(Status::InProgress))),
                1 => edits.push(LayerEdit::Status(Change::add(Status::Done))),
                2 => edits.extend([
                    LayerEdit::Status(Change::add(Status::Done)),
                    LayerEdit::Review(Change::add(Verdict::Approved)),
                ]),
                3 => edits.extend([
                    LayerEdit::Status(Change::add(Status::Done)),
                    LayerEdit::Review(Change::add(Verdict::ChangesRequested)),
                ]),
                _ => {}
            }
            if !edits.is_empty() {
                project.mark(&format!("a{number}"), who, edits).unwrap();
            }
        }
    }
    project
}

#[test]
fn the_walk_meets_each_work_that_is_done_and_not_approved_once_in_order() {
    let project = reviewed();
    for which in [
        ToReview::Of(annotator("bo")),
        ToReview::OthersThan(annotator("bo")),
        ToReview::OthersThan(annotator("nobody")),
        ToReview::Of(annotator("nobody")),
    ] {
        let mut expected = Vec::new();
        for number in 0..6_usize {
            for (shift, who) in ["ana", "bo", "cem"].into_iter().enumerate() {
                let waits = matches!((number + shift) % 5, 1 | 3);
                let is_meant = match &which {
                    ToReview::Of(one) => one.as_str() == who,
                    ToReview::OthersThan(one) => one.as_str() != who,
                };
                if waits && is_meant {
                    expected.push((format!("a{number}"), who.to_owned()));
                }
            }
        }
        assert_eq!(
            project.store.count_to_review(&which).unwrap(),
            expected.len() as u64
        );
        let mut found = Vec::new();
        let mut here: Option<(ArticleId, Annotator)> = None;
        for _ in 0..expected.len() {
            let behind = here.as_ref().map(|(article, who)| (article, Some(who)));
            let next = project.store.next_to_review(&which, behind).unwrap().unwrap();
            found.push((next.0.to_string(), next.1.to_string()));
            here = Some(next);
        }
        assert_eq!(found, expected, "{which:?}");
        // Round the end.
        let behind = here.as_ref().map(|(article, who)| (article, Some(who)));
        let again = project.store.next_to_review(&which, behind).unwrap();
        let again = again.map(|(article, who)| (article.to_string(), who.to_string()));
        let first = expected.first().cloned().filter(|_| expected.len() > 1);
        assert_eq!(again, first, "{which:?}");
    }
}

#[test]
fn the_walk_can_begin_at_the_open_article() {
    let project = reviewed();
    let all = ToReview::OthersThan(annotator("nobody"));
    let open = article_id("a3");
    let (article, who) = project
        .store
        .next_to_review(&all, Some((&open, None)))
        .unwrap()
        .unwrap();
    assert_eq!((article.as_str(), who.as_str()), ("a3", "ana"));
}

#[test]
fn counts_say_what_was_reviewed_flagged_and_remarked_on() {
    let mut project = reviewed();
    let note = Note {
        target: None,
        state: NoteState::Open,
        ..full_note()
    };
    let edits = vec![flag(true), LayerEdit::Note(note.id.clone(), Change::add(note))];
    project.mark("a4", "ana", edits).unwrap();
    let counts = project.store.review_counts(&annotator("ana")).unwrap();
    assert_eq!((counts.approved, counts.changes_requested), (1, 1));
    assert_eq!((counts.flagged, counts.open_notes), (1, 1));
}

#[test]
fn a_span_tells_who_changed_it_when_and_what_it_was_before_also_once_it_is_gone() {
    let mut project = Project::with_articles(1);
    project
        .mark(
            "a0",
            "me",
            vec![add_span("s1", "actor", 5, 10), add_span("s10", "actor", 2, 4)],
        )
        .unwrap();
    let before = span("s1", "actor", 5, 10);
    let after = span("s1", "location", 5, 10);
    let id = before.id.clone();
    let change = Change::replace(before.clone().into(), after.into());
    project
        .mark("a0", "me", vec![LayerEdit::Span(id.clone(), change)])
        .unwrap();
    project.undo(&layer_scope("a0", "me")).unwrap().unwrap();
    let gone = Change::remove(before.into());
    project
        .mark("a0", "me", vec![LayerEdit::Span(id.clone(), gone)])
        .unwrap();
    // The same id on another layer is another span.
    project
        .mark("a0", "you", vec![add_span("s1", "date", 5, 10)])
        .unwrap();

    let history = project
        .store
        .span_history(&article_id("a0"), &annotator("me"), &id)
        .unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|step| {
            let label =
                |span: &Option<std::sync::Arc<Span>>| span.as_ref().map(|span| span.label.to_string());
            (
                step.entry.action,
                label(&step.change.before),
                label(&step.change.after),
            )
        })
        .collect();
    let name = |label: &str| Some(label.to_owned());
    let undone = history[1].entry.id;
    assert_eq!(
        told,
        [
            (Action::Do, None, name("actor")),
            (Action::Do, name("actor"), name("location")),
            (Action::Undo(undone), name("location"), name("actor")),
            (Action::Do, name("actor"), None),
        ]
    );
    let numbers: Vec<_> = history.iter().map(|step| step.entry.id).collect();
    assert!(numbers.is_sorted());
    assert_eq!(project.store.article_journal(&article_id("a0")).unwrap().len(), 5);
}

#[test]
fn a_rescue_brings_flags_verdicts_and_threads_along() {
    let mut project = reviewed();
    let note = Note {
        target: None,
        ..full_note()
    };
    let edits = vec![flag(true), LayerEdit::Note(note.id.clone(), Change::add(note))];
    project.mark("a2", "bo", edits).unwrap();
    let wanted = project.layer("a2", "bo");
    let (_folder, path) = project.close();
    let new = path.with_extension("rescued");
    rescue(&path, &new).unwrap();
    let store = Store::open(&new).unwrap();
    assert_eq!(store.layer(&article_id("a2"), &annotator("bo")).unwrap(), wanted);
    assert_eq!(check(&store), []);
}
