//! Review mode by keyboard: another's work walked span by span, corrected, approved, given back; and what the project
//! file and its journal say then.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::{Annotator, ArticleId, Layer, NoteState, SpanId, Status, Verdict};
use hashiya::session::{Command, Config, JournalEntry, Session};
use hashiya::store::Store;

use super::desk::{Window, articles, config};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

/// What Bo did: two articles done, the third begun.
const WORK: [&str; 7] = [
    r#"{"command":"add_span","article":"1","ranges":[[14,18]],"label":"actor","id":"s1"}"#,
    r#"{"command":"add_span","article":"1","ranges":[[53,62]],"label":"casualty","id":"s2"}"#,
    r#"{"command":"add_span","article":"1","ranges":[[81,86]],"label":"date","id":"s3"}"#,
    r#"{"command":"set_status","article":"1","status":"done"}"#,
    r#"{"command":"add_span","article":"2","ranges":[[12,15]],"label":"location","id":"s1"}"#,
    r#"{"command":"set_status","article":"2","status":"done"}"#,
    r#"{"command":"add_span","article":"3","ranges":[[0,5]],"label":"actor","id":"s1"}"#,
];

pub struct Reviewed {
    pub window: Window,
    pub project: PathBuf,
    pub ids: Vec<ArticleId>,
}

impl Reviewed {
    /// Bo, who works elsewhere, puts the label of the first span right and marks the article done.
    fn bo_mends(&self, home: &Path) {
        let bo = Config {
            annotator: Annotator::new("bo").unwrap(),
            ..config(home)
        };
        let mut session = Session::open(&self.project, bo).unwrap();
        let id = &self.ids[0];
        for command in [
            format!(r#"{{"command":"set_label","span":"s1","label":"location","article":"{id}"}}"#),
            format!(r#"{{"command":"set_status","article":"{id}","status":"done"}}"#),
        ] {
            session.run(&Command::from_json(&command).unwrap(), None).unwrap();
        }
    }

    /// A project that Bo worked in, opened by Leila.
    pub fn by_bo(home: &Path) -> Self {
        let window = Window::open(home, &[articles(home)]);
        let mut window = window;
        window.until("the articles are in", |app| app.snapshot().list.total == 3);
        let project = window.project_path();
        let ids: Vec<ArticleId> = window
            .snapshot()
            .list
            .rows
            .iter()
            .map(|row| row.id.clone())
            .collect();
        window.close();
        let bo = Config {
            annotator: Annotator::new("bo").unwrap(),
            ..config(home)
        };
        let mut session = Session::open(&project, bo).unwrap();
        for line in WORK {
            let mut command = line.to_owned();
            for (number, id) in ids.iter().enumerate() {
                command = command.replace(
                    &format!("\"article\":\"{}\"", number + 1),
                    &format!("\"article\":\"{id}\""),
                );
            }
            session.run(&Command::from_json(&command).unwrap(), None).unwrap();
        }
        drop(session);
        let mut window = Window::open(home, std::slice::from_ref(&project));
        window.until("an article is open", |app| app.snapshot().article.is_some());
        window.bench.run_steps(4);
        Self { window, project, ids }
    }

    pub fn start(home: &Path) -> Self {
        let mut reviewed = Self::by_bo(home);
        reviewed.window.press(Key::F5, PLAIN);
        reviewed.until_work(0, "bo");
        reviewed
    }

    pub fn until_work(&mut self, article: usize, annotator: &str) {
        let (id, name) = (self.ids[article].clone(), annotator.to_owned());
        self.window.until("the work is shown", move |app| {
            let shown = app.snapshot().article.as_ref();
            shown.is_some_and(|shown| shown.id == id && shown.annotator.as_str() == name)
        });
        self.window.bench.run_steps(4);
    }

    pub fn layer(&self, article: usize, annotator: &str) -> Layer {
        let store = Store::open_read_only(&self.project).unwrap();
        store
            .layer(&self.ids[article], &Annotator::new(annotator).unwrap())
            .unwrap()
    }

    fn last(&self) -> JournalEntry {
        let store = Store::open_read_only(&self.project).unwrap();
        store.journal(None, 1_000).unwrap().pop().unwrap()
    }

    pub fn selected(&self) -> Option<String> {
        self.window
            .app()
            .article_state()
            .selected_span()
            .map(ToString::to_string)
    }
}

pub fn verdict(layer: &Layer, span: &str) -> Option<Verdict> {
    let span = layer.spans.get(&SpanId::new(span).unwrap()).unwrap();
    span.review.as_ref().map(|review| review.verdict)
}

#[test]
fn done_work_is_walked_span_by_span_and_approved() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    it.window.bench.get_by_label_contains("0 of 3 spans reviewed");
    assert_eq!(it.selected().as_deref(), Some("s1"));
    // In haste: the second press does not wait for the disk.
    it.window.tap(Key::A, PLAIN);
    it.window.tap(Key::A, PLAIN);
    it.window.settle();
    assert_eq!(it.selected().as_deref(), Some("s3"));
    it.window.press(Key::A, PLAIN);
    it.window.settle();
    it.window.bench.get_by_label_contains("3 of 3 spans reviewed");
    let layer = it.layer(0, "bo");
    for span in ["s1", "s2", "s3"] {
        assert_eq!(verdict(&layer, span), Some(Verdict::Approved));
    }
    let review = layer.spans.iter().next().unwrap().review.clone().unwrap();
    assert_eq!(review.by.unwrap().as_str(), "leila");
    assert_eq!(layer.status, Some(Status::Done));

    it.window.press(Key::Enter, CTRL | SHIFT);
    it.until_work(1, "bo");
    assert_eq!(it.layer(0, "bo").review, Some(Verdict::Approved));
    it.window.press(Key::Enter, CTRL | SHIFT);
    it.window.settle();
    // The third one is not done, so nothing is left.
    assert!(
        it.window
            .notices()
            .iter()
            .any(|notice| notice.contains("Nothing is left to review"))
    );
    it.window.press(Key::F5, PLAIN);
    it.until_work(1, "leila");
    assert_eq!(
        it.layer(1, "leila"),
        Layer::default(),
        "the reviewer has marked nothing of her own"
    );
}

#[test]
fn a_correction_is_the_reviewers_in_the_journal_on_the_annotators_layer_and_one_undo() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    let before = it.layer(0, "bo");
    it.window.press(Key::Num2, PLAIN);
    it.window.settle();
    let layer = it.layer(0, "bo");
    let span = layer.spans.get(&SpanId::new("s1").unwrap()).unwrap();
    assert_eq!(span.label.as_str(), "location");
    assert_eq!(
        verdict(&layer, "s1"),
        Some(Verdict::Approved),
        "what the reviewer made is right in her eyes"
    );
    assert_eq!(layer.status, Some(Status::Done), "the work stays done");
    let entry = it.last();
    assert_eq!(entry.author.as_str(), "leila");
    let scope = hashiya::model::Scope::Layer(it.ids[0].clone(), Annotator::new("bo").unwrap());
    assert_eq!(entry.scopes, [scope]);
    assert_eq!(it.layer(0, "leila"), Layer::default());
    it.window.press(Key::Z, CTRL);
    it.window.settle();
    assert_eq!(it.layer(0, "bo"), before);
}

#[test]
fn a_new_span_of_the_reviewer_stands_on_the_annotators_layer_with_its_origin() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    it.window.drag_over("province");
    it.window.press(Key::Num2, PLAIN);
    it.window.settle();
    let layer = it.layer(0, "bo");
    assert_eq!(layer.spans.len(), 4);
    let made = layer
        .spans
        .iter()
        .find(|span| span.label.as_str() == "location")
        .unwrap();
    assert_eq!(made.origin.name.as_deref(), Some("leila"));
    it.window.bench.get_by_label_contains("1 of 4 spans reviewed");
}

#[test]
fn work_is_given_back_with_a_note_and_comes_again_when_it_is_done_anew() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    // A comment on the span that is wrong.
    it.window.press(Key::X, PLAIN);
    it.window.settle();
    it.window.type_text("un lieu");
    it.window.press(Key::Enter, CTRL);
    it.window.settle();
    it.window.press(Key::Escape, PLAIN);
    it.window.press(Key::R, CTRL);
    it.window.bench.run_steps(4);
    it.window.type_text("revoir les lieux");
    it.window.press(Key::Enter, CTRL);
    it.until_work(1, "bo");
    let layer = it.layer(0, "bo");
    assert_eq!(verdict(&layer, "s1"), Some(Verdict::ChangesRequested));
    assert_eq!(layer.review, Some(Verdict::ChangesRequested));
    assert_eq!(layer.status, Some(Status::InProgress));
    let mut notes: Vec<_> = layer
        .notes
        .values()
        .map(|note| (note.text.clone(), note.target.is_some()))
        .collect();
    notes.sort();
    assert_eq!(
        notes,
        [
            ("revoir les lieux".to_owned(), false),
            ("un lieu".to_owned(), true)
        ]
    );
    assert!(
        layer.notes.values().all(|note| {
            note.state == NoteState::Open && note.author.as_ref().unwrap().as_str() == "leila"
        })
    );
    // The annotator mends it and marks it done: it is to be reviewed again.
    it.bo_mends(home.path());
    assert_eq!(
        verdict(&it.layer(0, "bo"), "s1"),
        None,
        "a later edit takes the verdict"
    );
    it.window.press(Key::PageDown, Modifiers::ALT);
    it.until_work(0, "bo");
}

#[test]
fn keys_of_review_mode_are_off_outside_it() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::by_bo(home.path());
    let before = it.last();
    for key in [Key::A, Key::X, Key::Space] {
        it.window.press(key, PLAIN);
    }
    it.window.press(Key::Enter, CTRL | SHIFT);
    it.window.settle();
    assert_eq!(it.last(), before);
}

#[test]
fn the_history_of_a_span_says_who_when_and_what_it_was_before() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    it.window.press(Key::Num2, PLAIN);
    it.window.settle();
    it.window.press(Key::I, PLAIN);
    it.window
        .until("the history is read", |app| app.snapshot().history.is_some());
    it.window.bench.run_steps(4);
    // In the inspector and in the dialog.
    assert_eq!(
        it.window.bench.get_all_by_label_contains("person · bo").count(),
        2
    );
    it.window.bench.get_by_label_contains("before: Actor “Alep”");
    // The correction with the verdict that came with it, and that verdict in the inspector.
    assert_eq!(it.window.bench.get_all_by_label_contains("leila · ").count(), 2);
    it.window.press(Key::Escape, PLAIN);
    it.window.bench.run_steps(4);
    assert!(it.window.bench.query_by_label("Span history").is_none());
}

#[test]
fn an_article_is_flagged_and_found_by_its_flag() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::G, CTRL);
    window.settle();
    assert!(window.layer_on_disk().flagged);
    window.bench.get_by_label("Review, flags, notes").click();
    window.bench.run_steps(4);
    window.bench.get_by_label("Flagged").click();
    window.until("the list is narrowed", |app| app.snapshot().list.total == 1);
    window.press(Key::Escape, PLAIN);
    window.press(Key::Z, CTRL);
    window.settle();
    assert!(!window.layer_on_disk().flagged);
}

#[test]
fn the_work_of_another_is_shown_and_left_again() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::by_bo(home.path());
    it.until_work(0, "leila");
    it.window.bench.get_by_label("Whose work").click();
    it.window.bench.run_steps(4);
    it.window.bench.get_by_label("bo").click();
    it.until_work(0, "bo");
    it.window.bench.get_by_label_contains("the journal names leila");
    it.window.bench.get_by_label("Back to my work").click();
    it.until_work(0, "leila");
}

#[test]
fn what_finishes_work_is_refused_in_review_mode() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    let before = it.last();
    it.window.press(Key::Enter, CTRL);
    it.window.settle();
    // In the status bar, and read aloud.
    let said = it
        .window
        .bench
        .get_all_by_label_contains("in review mode work is approved");
    assert_eq!(said.count(), 2);
    assert_eq!(it.last(), before);
}

#[test]
fn work_is_not_approved_while_a_span_is_to_be_changed_and_the_key_says_so_even_from_a_field() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    it.window.press(Key::X, PLAIN);
    it.window.settle();
    it.window.type_text("un lieu");
    // The field has the focus; what is written in it stays.
    it.window.press(Key::Enter, CTRL | SHIFT);
    it.window.settle();
    let status = it.window.bench.get_by_role(egui::accesskit::Role::Status);
    let said = status.accesskit_node().label().unwrap();
    assert!(said.contains("1 span is still to be changed"), "{said}");
    assert_eq!(it.layer(0, "bo").review, None);
    assert_eq!(it.selected().as_deref(), Some("s1"));
    it.window.press(Key::Escape, PLAIN);
    it.window.press(Key::A, PLAIN);
    it.window.settle();
    it.window.press(Key::Enter, CTRL | SHIFT);
    it.until_work(1, "bo");
    assert_eq!(it.layer(0, "bo").review, Some(Verdict::Approved));
}

#[test]
fn ones_own_work_is_none_of_those_that_are_reviewed() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    super::review_list::list_work_of(&mut it, "leila");
    it.until_work(0, "leila");
    let before = it.last();
    it.window.press(Key::Enter, CTRL | Modifiers::SHIFT);
    it.window.settle();
    assert_eq!(it.last(), before);
    let said = it.window.bench.get_all_by_label_contains("not under review");
    assert!(said.count() > 0);
}

#[test]
fn a_problem_of_another_is_shown_in_their_work() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::by_bo(home.path());
    it.until_work(0, "leila");
    it.window.press(Key::K, CTRL);
    it.window.bench.run_steps(4);
    it.window.type_text("check project");
    it.window.press(Key::Enter, PLAIN);
    it.window
        .until("the project is checked", |app| app.snapshot().check.is_some());
    it.window.bench.run_steps(4);
    let found = it.window.snapshot().check.clone().unwrap().problems[0].clone();
    assert_eq!(found.annotator.as_str(), "bo");
    it.window.press(Key::Enter, PLAIN);
    let place = it.ids.iter().position(|id| *id == found.article).unwrap();
    it.until_work(place, "bo");
    it.window
        .bench
        .get_all_by_label_contains(&found.problem.message)
        .next()
        .unwrap();
}
