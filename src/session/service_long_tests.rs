//! Changes of very many annotations in a window: on a thread of their own, told and stopped on their way, one
//! transaction each, with what is asked meanwhile behind them.

use std::sync::{Mutex, OnceLock};

use super::*;
use crate::model::{CodebookKey, CodebookPart, Scope};
use crate::session::turn::Turn;

/// So many articles that a change of the codebook is no matter of a moment, each with one span.
const ARTICLES: usize = 520;
/// So many that taking such a change back is none either.
const VERY_MANY: usize = 2_100;

const RENAME: &str = r#"{"command":"rename_codebook_id","kind":"label","id":"actor","to":"acteur"}"#;

/// A desk that looks at the jobs of each snapshot.
struct Watched {
    desk: Desk,
    seen: Arc<Mutex<Vec<JobView>>>,
}

impl Watched {
    fn with(articles: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (jobs, own) = (Arc::clone(&seen), Arc::new(OnceLock::<Service>::new()));
        let of_wake = Arc::clone(&own);
        let wake = move || {
            if let Some(service) = of_wake.get() {
                jobs.lock().unwrap().extend(service.snapshot().jobs.clone());
            }
        };
        let config = config(home.path());
        let service = Service::start(config, Arc::new(wake));
        assert!(own.set(service.clone()).is_ok());
        let desk = Desk { home, service };
        let line = r#"{"id":"aN","text":"Alep attend N.","spans":[{"start":0,"end":4,"label":"actor"}]}"#;
        let lines: Vec<String> = (0..articles)
            .map(|at| line.replace('N', &at.to_string()))
            .collect();
        let paths = desk.files(&[("many.jsonl", &lines.join("\n"))]);
        desk.ask(Request::OpenArticles(paths));
        assert_eq!(desk.service.snapshot().list.total, articles as u64);
        seen.lock().unwrap().clear();
        Self { desk, seen }
    }

    fn labels(&self) -> Vec<String> {
        let article = self.desk.article();
        article
            .layer
            .spans
            .iter()
            .map(|span| span.label.to_string())
            .collect()
    }

    fn journal(&self) -> Vec<String> {
        let entries = open_to_read(&self.desk.project())
            .unwrap()
            .journal(None, 99)
            .unwrap();
        entries.into_iter().map(|entry| entry.summary).collect()
    }

    fn sound(&self) {
        let findings = check(&open_to_read(&self.desk.project()).unwrap(), &mut Watch::silent()).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
    }

    /// Titles and totals of what was told since the last time.
    fn told(&self) -> Vec<(String, Option<u64>)> {
        let seen = std::mem::take(&mut *self.seen.lock().unwrap());
        assert!(seen.iter().all(|job| job.done <= job.total.unwrap_or(job.done)));
        let mut told: Vec<_> = seen.into_iter().map(|job| (job.title, job.total)).collect();
        told.dedup();
        told
    }
}

fn run(line: &str) -> Request {
    Request::Run {
        command: Command::from_json(line).unwrap(),
        selection: None,
    }
}

#[test]
fn a_change_of_the_codebook_and_its_undo_say_how_far_they_are() {
    let it = Watched::with(VERY_MANY);
    let total = Some(VERY_MANY as u64);
    it.desk.ask(run(RENAME));
    assert_eq!(it.labels(), ["acteur"]);
    let title = "Rename actor to acteur".to_owned();
    assert_eq!(it.told(), [(title.clone(), None), (title, total)]);
    let shown = it.desk.ask(Request::Undo(UndoScope::Project));
    assert_eq!(it.labels(), ["actor"]);
    assert_eq!(shown.last_done.as_ref().unwrap().did, Did::Undone);
    let told = it.told();
    // The edits of the spans, and those of what names the label in the codebook.
    let edits = told.last().unwrap().1;
    assert!(edits > total, "{told:?}");
    assert!(
        told.iter()
            .all(|(title, _)| title.starts_with("undo: rename label actor to acteur"))
    );
    it.desk.ask(Request::Redo(UndoScope::Project));
    assert_eq!(it.labels(), ["acteur"]);
    assert_eq!(it.told().last().unwrap().1, edits);
    assert_eq!(it.journal().len(), 4, "one transaction each");
    it.sound();
    // Stopped in the middle, an undo has changed nothing.
    let path = it.desk.project();
    it.desk.ask(Request::CloseProject);
    let mut session = Session::open(&path, config(it.desk.home.path())).unwrap();
    let cancel = Cancel::default();
    let switch = cancel.clone();
    let mut watch = Watch::new(cancel, |done, _| {
        if done == 1_000 {
            switch.cancel();
        }
    });
    let refusal = session
        .turn(&Scope::Project, Turn::Undo, None, &mut watch)
        .unwrap_err();
    assert_eq!(refusal.code, "cancelled");
    drop(watch);
    assert_eq!(session.reader().journal(None, 99).unwrap().len(), 4);
    let uses = session.reader().uses(&part_of("acteur")).unwrap();
    assert_eq!(uses.annotations, VERY_MANY as u64);
}

fn part_of(label: &str) -> CodebookPart {
    CodebookPart::Entry(CodebookKey::Label(LabelId::new(label).unwrap()))
}

#[test]
fn what_is_asked_meanwhile_is_done_behind_it() {
    let it = Watched::with(ARTICLES);
    let article = it.desk.article().id.clone();
    it.desk.service.send(run(RENAME));
    // Not yet drawn, the new label is asked for already.
    let tag = format!(r#"{{"command":"add_span","article":"{article}","label":"acteur","ranges":[[5,11]]}}"#);
    let shown = it.desk.ask(run(&tag));
    assert!(shown.jobs.is_empty());
    assert_eq!(it.labels(), ["acteur", "acteur"], "{:?}", shown.notices);
    assert!(shown.notices.iter().all(|notice| notice.code != "held"));
    let said = it.journal();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[1].contains("520 annotations carried over"), "{said:?}");
    assert_eq!(shown.project_undo.as_ref().unwrap().summary, said[1]);
}

#[test]
fn nothing_else_writes_beside_it_and_undo_waits_for_its_end() {
    let it = Watched::with(ARTICLES);
    let more = it.desk.files(&[("more.txt", "Homs attend.")]);
    it.desk.service.send(run(RENAME));
    it.desk.service.send(Request::Undo(UndoScope::Project));
    // It would make a new label of that name, behind the change.
    it.desk.service.send(run(
        r#"{"command":"set_label_definition","label":"actor","retired":true}"#,
    ));
    let shown = it.desk.ask(Request::Import(more, ImportOptions::default()));
    let codes: Vec<&str> = shown.notices.iter().map(|notice| notice.code.as_str()).collect();
    assert_eq!(codes.last(), Some(&"work_goes_on"), "{codes:?}");
    assert_eq!(shown.list.total, ARTICLES as u64, "nothing came in");
    assert_eq!(it.labels(), ["acteur"], "nothing was taken back");
    let codebook = shown.project.as_ref().unwrap().codebook.clone();
    assert!(codebook.label(&LabelId::new("actor").unwrap()).is_none());
}

#[test]
fn a_change_that_is_stopped_leaves_nothing_behind_and_the_rest_is_done() {
    let it = Watched::with(ARTICLES);
    let article = it.desk.article().id.clone();
    it.desk.service.send(run(RENAME));
    it.desk.service.send(Request::CancelJob(JobId(2)));
    let flag = format!(r#"{{"command":"set_flag","article":"{article}","flagged":true}}"#);
    let shown = it.desk.ask(run(&flag));
    let said = it.journal();
    assert!(it.desk.article().layer.flagged);
    // Stopped at whatever layer, or too late: all of it or nothing.
    let is_done = said.iter().any(|summary| summary.starts_with("rename"));
    assert_eq!(it.labels() == ["acteur"], is_done);
    assert_eq!(said.len(), if is_done { 3 } else { 2 });
    assert_eq!(
        shown.notices.iter().any(|notice| notice.code == "cancelled"),
        !is_done
    );
    it.sound();
}

#[test]
fn what_waited_behind_a_long_change_is_saved_behind_it() {
    let it = Watched::with(ARTICLES);
    let article = it.desk.article().id.clone();
    let put_back = move_aside(&it.desk);
    it.desk.tag(5, 11, "actor");
    it.desk.ask(run(RENAME));
    let flag = format!(r#"{{"command":"set_flag","article":"{article}","flagged":true}}"#);
    let shown = it.desk.ask(run(&flag));
    assert_eq!(shown.blocked.as_ref().unwrap().waiting, 3);
    put_back();
    let shown = it.desk.ask(Request::Retry);
    assert!(shown.blocked.is_none() && shown.held == 0, "{:?}", shown.notices);
    assert_eq!(it.labels(), ["acteur", "acteur"]);
    assert!(it.desk.article().layer.flagged);
}

#[test]
fn a_project_that_is_closed_meanwhile_keeps_what_was_asked() {
    let it = Watched::with(ARTICLES);
    let (article, path) = (it.desk.article().id.clone(), it.desk.project());
    it.desk.service.send(run(RENAME));
    let flag = format!(r#"{{"command":"set_flag","article":"{article}","flagged":true}}"#);
    it.desk.service.send(run(&flag));
    it.desk.ask(Request::CloseProject);
    let reader = open_to_read(&path).unwrap();
    let layer = reader.layer(&article, &annotator_named("me").unwrap()).unwrap();
    assert!(layer.flagged);
    assert!(check(&reader, &mut Watch::silent()).unwrap().is_empty());
}

#[test]
fn a_window_that_is_left_meanwhile_leaves_all_or_nothing() {
    let it = Watched::with(ARTICLES);
    let path = it.desk.project();
    it.desk.service.send(run(RENAME));
    it.desk.service.send(Request::Shutdown);
    it.desk.service.finish();
    let reader = open_to_read(&path).unwrap();
    let is_done = reader.journal(None, 99).unwrap().len() == 2;
    let codebook = reader.codebook().unwrap();
    assert_eq!(
        codebook.label(&LabelId::new("acteur").unwrap()).is_some(),
        is_done
    );
    assert!(check(&reader, &mut Watch::silent()).unwrap().is_empty());
}
