//! Undo and redo, which survive closing the project.

use hashiya::model::*;
use hashiya::store::ErrorCode;
use proptest::prelude::*;

use crate::support::*;

#[test]
fn undo_and_redo_walk_a_layer_back_and_forth_and_survive_reopening() {
    let mut project = Project::with_articles(2);
    let scope = layer_scope("a0", "me");
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    project
        .mark("a0", "me", vec![add_span("s2", "location", 13, 17)])
        .unwrap();
    let full = project.layer("a0", "me");
    assert_eq!(full.spans.len(), 2);

    project.undo(&scope).unwrap().unwrap();
    let mut project = project.reopen();
    assert_eq!(project.layer("a0", "me").spans.len(), 1);
    project.undo(&scope).unwrap().unwrap();
    assert!(!project.layer("a0", "me").exists());
    assert_eq!(project.undo(&scope).unwrap(), None, "nothing is left to undo");

    project.redo(&scope).unwrap().unwrap();
    let mut project = project.reopen();
    project.redo(&scope).unwrap().unwrap();
    assert_eq!(project.layer("a0", "me"), full);
    assert_eq!(project.redo(&scope).unwrap(), None, "nothing is left to redo");
}

#[test]
fn new_work_ends_redo_but_what_lies_under_it_can_still_be_undone() {
    let mut project = Project::with_articles(1);
    let scope = layer_scope("a0", "me");
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    project.undo(&scope).unwrap();
    project
        .mark("a0", "me", vec![add_span("s2", "actor", 5, 10)])
        .unwrap();
    assert_eq!(project.redo(&scope).unwrap(), None);
    project.undo(&scope).unwrap();
    project.redo(&scope).unwrap().unwrap();
    assert!(
        project
            .layer("a0", "me")
            .spans
            .get(&SpanId::new("s2").unwrap())
            .is_some()
    );
}

#[test]
fn an_import_is_undone_unless_its_articles_were_worked_on() {
    let mut project = Project::with_articles(2);
    project
        .mark("a1", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    let error = project.undo(&Scope::Project).unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    assert_eq!(error.conflict.unwrap().item, "import b1");

    project.undo(&layer_scope("a1", "me")).unwrap();
    project.undo(&Scope::Project).unwrap().unwrap();
    assert_eq!(project.store.article(&article_id("a1")).unwrap(), None);
    project.redo(&Scope::Project).unwrap().unwrap();
    assert!(project.store.article(&article_id("a1")).unwrap().is_some());
}

#[test]
fn what_a_later_import_refers_to_cannot_be_undone_away() {
    let mut project = Project::with_articles(1);
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    let note = Note {
        id: NoteId::new("n1").unwrap(),
        target: Some(TargetId::new("s1").unwrap()),
        author: None,
        created: None,
        text: "Qui ?".to_owned(),
        state: NoteState::Open,
        replies: Vec::new(),
        extra: Extra::new(),
    };
    let edit = LayerEdit::Note(note.id.clone(), Change::add(note.clone()));
    let edits = vec![Edit::Layer(article_id("a0"), annotator("me"), edit)];
    project.commit(vec![Scope::Project], edits).unwrap();
    let error = project.undo(&layer_scope("a0", "me")).unwrap_err();
    assert_eq!(error.conflict.unwrap().item, "note n1");
    let stray = Note {
        id: NoteId::new("n2").unwrap(),
        target: Some(TargetId::new("s9").unwrap()),
        ..note
    };
    let edit = LayerEdit::Note(stray.id.clone(), Change::add(stray));
    let error = project.mark("a0", "me", vec![edit]).unwrap_err();
    assert!(error.message.contains("s9"), "{}", error.message);
    let far = project
        .mark("a0", "me", vec![add_span("s3", "actor", 5, 99_999)])
        .unwrap_err();
    assert_eq!(far.code, ErrorCode::Invalid);
}

#[test]
fn a_transaction_comes_back_whole_with_its_selections() {
    let mut project = Project::with_articles(2);
    let selection = |span: Option<&str>| Selection {
        article: article_id("a0"),
        anchor: hashiya::text::ByteOffset::new(10),
        focus: hashiya::text::ByteOffset::new(5),
        span: span.map(|id| SpanId::new(id).unwrap()),
    };
    let written = Transaction {
        summary: "tag actor “maire”".to_owned(),
        selection_before: Some(selection(None)),
        selection_after: Some(selection(Some("s1"))),
        ..transaction(
            5,
            vec![layer_scope("a0", "me"), layer_scope("a1", "me")],
            vec![
                Edit::Layer(article_id("a0"), annotator("me"), add_span("s1", "actor", 5, 10)),
                Edit::Layer(article_id("a1"), annotator("me"), add_span("s1", "actor", 5, 10)),
            ],
        )
    };
    let id = project.store.write(|writer| writer.append(&written)).unwrap();
    let project = project.reopen();
    assert_eq!(project.store.transaction(id).unwrap(), Some(written.clone()));
    let log = project.store.journal(None, 10).unwrap();
    assert_eq!(log.len(), 2);
    let entry = project.store.journal_entry(id).unwrap().unwrap();
    assert_eq!(log.last(), Some(&entry));
    assert_eq!(
        (entry.summary, entry.edits, entry.scopes),
        (written.summary, 2, written.scopes)
    );
}

/// One step of a generated session.
#[derive(Clone, Debug)]
enum Step {
    Tag { id: u8, label: bool },
    Remove { id: u8 },
    SetStatus(Status),
    Undo,
    Redo,
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<(bool, Step)>> {
    let step = prop_oneof![
        4 => (0_u8..4, any::<bool>()).prop_map(|(id, label)| Step::Tag { id, label }),
        2 => (0_u8..4).prop_map(|id| Step::Remove { id }),
        2 => prop::sample::select(Status::ALL).prop_map(Step::SetStatus),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec((any::<bool>(), step), 1..20)
}

/// What one layer went through, as a plain list of states: the test's own idea of undo.
struct History {
    states: Vec<Layer>,
    now: usize,
}

impl History {
    fn current(&self) -> &Layer {
        &self.states[self.now]
    }

    fn push(&mut self, layer: Layer) {
        self.states.truncate(self.now + 1);
        self.states.push(layer);
        self.now += 1;
    }
}

/// The edit that a step makes of a layer; none where it changes nothing.
fn edit_of(step: &Step, layer: &Layer) -> Option<LayerEdit> {
    match step {
        Step::Tag { id, label } => {
            let id = format!("s{id}");
            let after = span(&id, if *label { "actor" } else { "location" }, 5, 10);
            let before = layer.spans.get(&after.id).cloned();
            let change = Change {
                before,
                after: Some(after.into()),
            };
            (change.before != change.after).then(|| LayerEdit::Span(SpanId::new(id).unwrap(), change))
        }
        Step::Remove { id } => {
            let id = SpanId::new(format!("s{id}")).unwrap();
            layer
                .spans
                .get(&id)
                .cloned()
                .map(|span| LayerEdit::Span(id, Change::remove(span)))
        }
        Step::SetStatus(status) => (layer.status != Some(*status)).then(|| {
            LayerEdit::Status(Change {
                before: layer.status,
                after: Some(*status),
            })
        }),
        Step::Undo | Step::Redo | Step::Reopen => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn undo_and_redo_are_those_of_a_list_of_states(steps in steps()) {
        let mut project = Project::with_articles(2);
        let mut histories = [0, 1].map(|_| History { states: vec![Layer::default()], now: 0 });
        for (which, step) in steps {
            let name = if which { "a1" } else { "a0" };
            let scope = layer_scope(name, "me");
            let history = &mut histories[usize::from(which)];
            match &step {
                Step::Undo => {
                    let done = project.undo(&scope).unwrap().is_some();
                    prop_assert_eq!(done, history.now > 0);
                    history.now -= usize::from(done);
                }
                Step::Redo => {
                    let done = project.redo(&scope).unwrap().is_some();
                    prop_assert_eq!(done, history.now + 1 < history.states.len());
                    history.now += usize::from(done);
                }
                Step::Reopen => project = project.reopen(),
                _ => if let Some(edit) = edit_of(&step, history.current()) {
                    let mut layer = history.current().clone();
                    layer.apply(&edit).unwrap();
                    project.mark(name, "me", vec![edit]).unwrap();
                    history.push(layer);
                }
            }
            for (name, history) in ["a0", "a1"].iter().zip(&histories) {
                prop_assert_eq!(&project.layer(name, "me"), history.current());
            }
        }
        project.assert_sound();
        // To the start and to the end again.
        let (scope, history) = (layer_scope("a0", "me"), &mut histories[0]);
        while project.undo(&scope).unwrap().is_some() {
            history.now -= 1;
            prop_assert_eq!(&project.layer("a0", "me"), history.current());
        }
        prop_assert_eq!(history.now, 0);
        project = project.reopen();
        while project.redo(&scope).unwrap().is_some() {
            history.now += 1;
            prop_assert_eq!(&project.layer("a0", "me"), history.current());
        }
        prop_assert_eq!(history.now + 1, history.states.len());
        project.assert_sound();
    }
}
