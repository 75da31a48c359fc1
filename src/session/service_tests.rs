//! The service as a window uses it, on real project files: requests in, snapshots out, and what is on disk then.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{ArticleId, Attributes, LabelId, Selection, SpanId, Status};
use crate::session::testing::{CountingClock, CountingIds};
use crate::session::*;
use crate::text::{ByteOffset, CharOffset, CharRange};

#[path = "service_long_tests.rs"]
mod long;
#[path = "service_names_tests.rs"]
mod names;
#[path = "service_review_tests.rs"]
mod review;

struct Desk {
    home: tempfile::TempDir,
    service: Service,
}

fn config(home: &Path) -> Config {
    Config {
        annotator: annotator_named("me").unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(UuidSource),
        folders: Folders::at(&home.join("home")),
    }
}

fn start(home: &Path) -> Service {
    Service::start(config(home), Arc::new(|| {}))
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let service = start(home.path());
        Self { home, service }
    }

    /// With two articles open as an untitled project.
    fn with_articles() -> Self {
        let desk = Self::new();
        let paths = desk.files(&[("a.txt", "La trêve à Alep tient."), ("b.txt", "Homs attend.")]);
        desk.ask(Request::OpenArticles(paths));
        desk
    }

    fn files(&self, files: &[(&str, &str)]) -> Vec<PathBuf> {
        let write = |(name, text): &(&str, &str)| {
            let path = self.home.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        files.iter().map(write).collect()
    }

    fn ask(&self, request: Request) -> Arc<Snapshot> {
        self.service.send(request);
        self.service.settle();
        self.service.snapshot()
    }

    /// The file of the open project.
    fn project(&self) -> PathBuf {
        self.service.snapshot().project.as_ref().unwrap().path.clone()
    }

    fn article(&self) -> Arc<ArticleView> {
        self.service.snapshot().article.clone().unwrap()
    }

    /// What is shown is drawn, as a window does it with each snapshot.
    fn draw(&self) {
        self.service.set_drawn(Some(&self.article()));
    }

    fn tag(&self, start: usize, end: usize, label: &str) -> Arc<Snapshot> {
        let article = self.article().id.clone();
        let selection = Selection {
            article: article.clone(),
            anchor: ByteOffset::new(start),
            focus: ByteOffset::new(end),
            span: None,
        };
        let add = AddSpan {
            article,
            annotator: None,
            ranges: vec![CharRange::new(CharOffset::new(start), CharOffset::new(end)).unwrap()],
            label: LabelId::new(label).unwrap(),
            attributes: Attributes::new(),
            id: None,
        };
        self.ask(Request::Run {
            command: add.into(),
            selection: Some(selection),
        })
    }
}

#[test]
fn articles_become_an_untitled_project_that_opens_again_with_only_what_is_new() {
    let desk = Desk::with_articles();
    let shown = desk.service.snapshot();
    let project = shown.project.as_ref().unwrap();
    assert!(project.untitled && project.name == "a", "{project:?}");
    assert_eq!((shown.list.total, project.progress.total), (2, 2));
    assert_eq!(desk.article().text.as_str(), "La trêve à Alep tient.");
    desk.tag(11, 15, "location");
    let path = project.path.clone();
    desk.service.finish();
    let again = start(desk.home.path());
    again.send(Request::OpenArticles(vec![
        desk.home.path().join("b.txt"),
        desk.home.path().join("a.txt"),
    ]));
    again.settle();
    let shown = again.snapshot();
    assert_eq!(shown.project.as_ref().unwrap().path, path);
    assert_eq!((shown.list.total, shown.notices.len()), (2, 0));
    assert_eq!(
        shown.article.as_ref().unwrap().layer.spans.len(),
        1,
        "work goes on where it was"
    );
    assert_eq!(shown.recent.first().map(|recent| &recent.path), Some(&path));
}

#[test]
fn a_project_opens_at_the_article_that_was_open_last() {
    let desk = Desk::with_articles();
    let (path, first) = (desk.project(), desk.article().id.clone());
    desk.tag(11, 15, "location");
    desk.ask(Request::GoTo(Neighbour::Next));
    let last = desk.article().id.clone();
    assert_ne!(first, last);
    desk.ask(Request::CloseProject);
    desk.ask(Request::OpenProject(path.clone()));
    assert_eq!(desk.article().id, last, "and not at the one in progress");
    // One that is not there is no reason to open none.
    let gone = ArticleId::new("gone").unwrap();
    desk.ask(Request::CloseProject);
    let folders = config(desk.home.path()).folders;
    folders.remember_article(&path, &gone).unwrap();
    desk.ask(Request::OpenProject(path));
    assert_eq!(desk.article().id, first);
}

#[test]
fn a_tag_is_shown_with_its_undo_and_undo_brings_its_selection() {
    let desk = Desk::with_articles();
    let shown = desk.tag(11, 15, "location");
    let article = shown.article.as_ref().unwrap();
    assert_eq!(article.undo.as_deref(), Some("tag location “Alep”"));
    assert_eq!(
        (shown.list.rows[0].spans, shown.list.rows[0].status),
        (1, Status::InProgress)
    );
    let progress = &shown.project.as_ref().unwrap().progress;
    assert_eq!((progress.todo, progress.in_progress), (1, 1));
    let made = SpanId::new(&shown.last_done.as_ref().unwrap().created[0]).unwrap();
    assert!(
        shown.reveal.is_none(),
        "what was selected meanwhile stays selected"
    );
    let twin = desk.tag(11, 15, "location");
    assert_eq!(twin.notices.last().unwrap().code, "duplicate_span");
    assert_eq!(
        twin.reveal.as_ref().unwrap().selection.span,
        Some(made),
        "the span that is there is selected"
    );
    let undone = desk.ask(Request::Undo(UndoScope::Article(desk.article().id.clone())));
    let article = undone.article.as_ref().unwrap();
    assert!(article.layer.spans.is_empty() && article.redo.is_some());
    assert_eq!(undone.reveal.as_ref().unwrap().selection.span, None);
    let redone = desk.ask(Request::Redo(UndoScope::Article(desk.article().id.clone())));
    assert_eq!(redone.article.as_ref().unwrap().layer.spans.len(), 1);
}

#[test]
fn a_selection_to_show_is_new_to_the_window_in_another_project_too() {
    let desk = Desk::with_articles();
    let shown_by_undo = || {
        desk.tag(11, 15, "location");
        let undone = desk.ask(Request::Undo(UndoScope::Article(desk.article().id.clone())));
        undone.reveal.as_ref().unwrap().counter
    };
    let first = shown_by_undo();
    desk.ask(Request::OpenProject(desk.project()));
    assert!(shown_by_undo() > first);
}

#[test]
fn done_goes_on_to_the_next_unfinished_and_the_list_stays() {
    let desk = Desk::with_articles();
    let query = desk.service.snapshot().list.query.clone().unwrap();
    let todo = ListQuery {
        status: Some(Status::Todo),
        ..query
    };
    assert_eq!(desk.ask(Request::SetList(todo)).list.rows.len(), 2);
    let first = desk.article().id.clone();
    desk.ask(Request::MarkDoneAndNext(first.clone()));
    // The same key once more, pressed before the next article was drawn.
    let shown = desk.ask(Request::MarkDoneAndNext(first));
    assert_eq!(desk.article().text.as_str(), "Homs attend.");
    assert_eq!(
        shown.list.rows.len(),
        2,
        "the list does not re-filter under the hand"
    );
    assert_eq!(shown.list.rows[0].status, Status::Done);
    let shown = desk.ask(Request::MarkDoneAndNext(desk.article().id.clone()));
    assert_eq!(shown.project.as_ref().unwrap().progress.done, 2);
    assert_eq!(shown.notices.last().unwrap().code, "end_of_list");
}

#[test]
fn an_import_is_undone_in_the_project_and_its_article_leaves_the_screen() {
    let desk = Desk::with_articles();
    let shown = desk.ask(Request::Undo(UndoScope::Project));
    assert_eq!((shown.list.total, shown.article.is_none()), (0, true));
    assert!(shown.project_redo.is_some());
    assert_eq!(desk.ask(Request::Redo(UndoScope::Project)).list.total, 2);
}

#[test]
fn a_change_that_is_named_is_turned_only_while_no_other_one_came_behind_it() {
    let desk = Desk::with_articles();
    let imported = desk.service.snapshot().project_undo.clone().unwrap();
    assert!(!imported.is_own, "an import is no command");
    let add = r#"{"command":"set_label_definition","label":"weapon"}"#;
    let added = desk.ask(Request::Run {
        command: Command::from_json(add).unwrap(),
        selection: None,
    });
    let added = added.project_undo.clone().unwrap();
    assert!(added.is_own && added.change > imported.change);
    let shown = desk.ask(Request::Undo(UndoScope::Change(imported.change)));
    assert_eq!(shown.notices.last().unwrap().code, "not_next");
    assert_eq!(shown.project_undo.as_ref(), Some(&added));
    // One that comes in meanwhile.
    let more = desk.files(&[("more.txt", "Idlib attend.")]);
    let shown = desk.ask(Request::Import(more, ImportOptions::default()));
    assert!(!shown.project_undo.as_ref().unwrap().is_own);
    let shown = desk.ask(Request::Undo(UndoScope::Change(added.change)));
    assert_eq!(
        (shown.list.total, shown.notices.last().unwrap().code.as_str()),
        (3, "not_next")
    );
    desk.ask(Request::Undo(UndoScope::Project));
    let shown = desk.ask(Request::Undo(UndoScope::Change(added.change)));
    assert_eq!(shown.project_undo.as_ref(), Some(&imported));
    assert_eq!(shown.project_redo.as_ref(), Some(&added));
    let shown = desk.ask(Request::Redo(UndoScope::Change(added.change)));
    assert_eq!(shown.project_undo.as_ref(), Some(&added));
}

#[test]
fn the_snapshot_of_jsonl_lies_beside_the_project_and_says_so() {
    let desk = Desk::with_articles();
    desk.tag(11, 15, "location");
    let saved = desk.home.path().join("place/mali.hashiya");
    std::fs::create_dir(desk.home.path().join("place")).unwrap();
    let shown = desk.ask(Request::SaveProjectAs(saved.clone()));
    let project = shown.project.as_ref().unwrap();
    assert!(!project.untitled && project.name == "mali");
    assert_eq!(desk.article().layer.spans.len(), 1);
    let shown = desk.ask(Request::SaveSnapshot);
    let notice = shown.notices.last().unwrap();
    assert_eq!((notice.code.as_str(), notice.request), ("exported", None));
    let lines = std::fs::read_to_string(desk.home.path().join("place/exports/mali.jsonl")).unwrap();
    assert_eq!((lines.lines().count(), lines.contains("\"Alep\"")), (2, true));
    assert_eq!(
        desk.ask(Request::SaveProjectAs(saved))
            .notices
            .last()
            .unwrap()
            .code,
        "exists"
    );
}

#[test]
fn what_another_process_commits_is_shown() {
    let desk = Desk::with_articles();
    let path = desk.project();
    let config = Config {
        annotator: annotator_named("me").unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(CountingIds::default()),
        folders: Folders::at(desk.home.path()),
    };
    let mut other = Session::open(&path, config).unwrap();
    let done = SetStatus {
        article: desk.article().id.clone(),
        status: Status::Skipped,
        annotator: None,
    };
    other.run(&done.into(), None).unwrap();
    let shown = desk.ask(Request::Poll);
    assert_eq!(
        shown.article.as_ref().unwrap().layer.status,
        Some(Status::Skipped)
    );
    assert_eq!(shown.list.rows[0].status, Status::Skipped);
}

#[test]
fn a_project_that_was_moved_away_blocks_until_it_is_back() {
    let desk = Desk::with_articles();
    let path = desk.project();
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).unwrap();
    let shown = desk.tag(11, 15, "location");
    let blocked = shown.blocked.as_ref().unwrap();
    assert_eq!((blocked.code.as_str(), blocked.waiting), ("file_gone", 1));
    assert!(
        shown.article.as_ref().unwrap().layer.spans.is_empty(),
        "nothing is shown that is not on disk"
    );
    assert!(desk.ask(Request::Retry).blocked.is_some());
    std::fs::rename(&aside, &path).unwrap();
    let shown = desk.ask(Request::Retry);
    assert!(shown.blocked.is_none(), "{:?}", shown.blocked);
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 1);
}

#[cfg(unix)]
#[test]
fn what_is_open_is_not_let_go_of_for_another_project_in_its_place() {
    let desk = Desk::with_articles();
    desk.tag(3, 8, "date");
    let path = desk.project();
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(ending);
        std::fs::remove_file(file).unwrap();
    }
    std::fs::write(&path, "a file of another program").unwrap();
    let shown = desk.tag(11, 15, "location");
    assert_eq!(shown.blocked.as_ref().unwrap().code, "file_gone");
    assert!(desk.ask(Request::Retry).blocked.is_some());
    let shown = desk.ask(Request::SaveProjectAs(desk.home.path().join("copy.hashiya")));
    assert!(shown.blocked.is_none(), "{:?}", shown.blocked);
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 2);
}

#[cfg(unix)]
#[test]
fn a_log_that_was_taken_away_blocks_until_the_project_is_opened_anew() {
    let desk = Desk::with_articles();
    let mut log = desk.project().into_os_string();
    log.push("-wal");
    desk.tag(3, 8, "date");
    std::fs::remove_file(log).unwrap();
    let shown = desk.tag(11, 15, "location");
    let blocked = shown.blocked.as_ref().unwrap();
    assert_eq!((blocked.code.as_str(), blocked.waiting), ("file_gone", 1));
    let shown = desk.ask(Request::Retry);
    assert!(shown.blocked.is_none(), "{:?}", shown.blocked);
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 2);
    let again = Desk {
        service: start(desk.home.path()),
        home: desk.home,
    };
    let shown = again.ask(Request::OpenProject(shown.project.as_ref().unwrap().path.clone()));
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 2);
}

#[test]
fn what_cannot_be_opened_leaves_the_open_project_and_says_why() {
    let desk = Desk::with_articles();
    let [bad] = desk.files(&[("bad.hashiya", "no project")]).try_into().unwrap();
    let shown = desk.ask(Request::OpenProject(bad));
    assert_eq!(shown.notices.last().unwrap().code, "not_a_project");
    assert_eq!(shown.list.total, 2);
    let request = shown.notices.last().unwrap().request;
    assert_eq!(request, Some(desk.service.sent()), "it says what it answers");
    let id = shown.notices.last().unwrap().id;
    assert!(
        desk.ask(Request::DismissNotice(id))
            .notices
            .iter()
            .all(|notice| notice.id != id)
    );
    let lost = Request::OpenArticle(ArticleId::new("nowhere").unwrap());
    assert_eq!(desk.ask(lost).notices.last().unwrap().code, "unknown_article");
}

#[test]
fn the_sample_opens_and_another_annotator_sees_empty_layers() {
    let desk = Desk::new();
    let shown = desk.ask(Request::OpenSample);
    assert!(shown.list.total >= 7, "{:?}", shown.notices);
    desk.tag(0, 5, "actor");
    let shown = desk.ask(Request::SetAnnotator(annotator_named("ana").unwrap()));
    let article = shown.article.as_ref().unwrap();
    assert!(article.layer.spans.is_empty());
    assert_eq!(article.others, [annotator_named("me").unwrap()]);
    assert_eq!(
        Folders::at(&desk.home.path().join("home")).preferred_annotator(),
        annotator_named("ana").ok()
    );
}

/// Moves the open project's file aside; the answer puts it back.
fn move_aside(desk: &Desk) -> impl FnOnce() {
    let path = desk.project();
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).unwrap();
    move || std::fs::rename(aside, path).unwrap()
}

#[test]
fn what_waits_is_saved_in_order_also_behind_what_is_refused_then() {
    let desk = Desk::with_articles();
    let put_back = move_aside(&desk);
    for (start, end, label) in [(0, 2, "actor"), (0, 2, "actor"), (11, 15, "location")] {
        desk.tag(start, end, label);
    }
    assert_eq!(desk.service.snapshot().blocked.as_ref().unwrap().waiting, 3);
    put_back();
    let shown = desk.ask(Request::Retry);
    assert!(shown.blocked.is_none());
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 2);
    assert_eq!(shown.notices.last().unwrap().code, "duplicate_span");
}

#[test]
fn nothing_is_undone_past_what_waits() {
    let desk = Desk::with_articles();
    desk.tag(0, 2, "actor");
    let put_back = move_aside(&desk);
    desk.tag(11, 15, "location");
    put_back();
    let shown = desk.ask(Request::Undo(UndoScope::Article(desk.article().id.clone())));
    assert_eq!(shown.notices.last().unwrap().code, "blocked");
    let shown = desk.ask(Request::Retry);
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 2);
}

#[test]
fn what_waits_when_a_project_is_closed_is_said_to_be_lost() {
    let desk = Desk::with_articles();
    let _put_back = move_aside(&desk);
    desk.tag(11, 15, "location");
    let shown = desk.ask(Request::CloseProject);
    let notice = shown.notices.last().unwrap();
    assert_eq!(notice.code, "changes_not_saved");
    assert!(notice.text.contains("1 change"), "{}", notice.text);
}

#[test]
fn what_waits_is_saved_in_a_copy_of_the_project() {
    let desk = Desk::with_articles();
    let _put_back = move_aside(&desk);
    desk.tag(11, 15, "location");
    let shown = desk.ask(Request::SaveProjectAs(desk.home.path().join("copy.hashiya")));
    let codes: Vec<&str> = shown.notices.iter().map(|notice| notice.code.as_str()).collect();
    assert_eq!(
        (shown.blocked.as_ref(), codes.as_slice()),
        (None, &["imported"][..])
    );
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 1);
}

#[test]
fn an_import_under_way_elsewhere_gives_nothing_to_draw() {
    let desk = Desk::with_articles();
    let path = desk.project();
    let mut other = crate::store::Store::open(&path).unwrap();
    let id = crate::model::BatchId::new("b9").unwrap();
    let mut batch = other.begin_batch(&id, Duplicates::Skip).unwrap();
    let text = crate::text::Text::new("Rien.");
    let article = crate::model::Article::new(None, crate::model::Header::default(), text).unwrap();
    batch.add(&article, &[]).unwrap();
    batch.flush().unwrap();
    let before = desk.service.snapshot().revision;
    assert_eq!(desk.ask(Request::Poll).revision, before);
    let shown = desk.tag(11, 15, "location");
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 1);
}

#[test]
fn an_import_that_ends_behind_another_project_changes_nothing_there() {
    let desk = Desk::with_articles();
    let first = desk.project();
    let paths = desk.files(&[("c.txt", "Idlib dort.")]);
    desk.service
        .send(Request::Import(paths, ImportOptions::default()));
    let place = desk.home.path().join("leer.hashiya");
    let shown = desk.ask(Request::NewProject(place.clone()));
    assert_eq!(
        shown.project.as_ref().unwrap().path,
        place.canonicalize().unwrap()
    );
    assert_eq!((shown.list.total, shown.article.is_none()), (0, true));
    assert!(shown.notices.iter().any(|notice| notice.code == "imported"));
    assert_eq!(desk.ask(Request::OpenProject(first)).list.total, 3);
    desk.service.send(Request::CloseProject);
    assert!(
        desk.ask(Request::Poll)
            .notices
            .iter()
            .all(|n| n.code != "no_project")
    );
}

#[test]
fn what_waits_is_never_saved_in_another_project() {
    let desk = Desk::with_articles();
    let path = desk.project();
    let place = |name: &str| path.with_file_name(name);
    let with_wal = |from: &Path, to: &Path| {
        for ending in ["", "-wal", "-shm"] {
            let beside = |path: &Path| PathBuf::from(format!("{}{ending}", path.display()));
            if beside(from).exists() {
                std::fs::rename(beside(from), beside(to)).unwrap();
            }
        }
    };
    let config = Config {
        annotator: annotator_named("me").unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(UuidSource),
        folders: Folders::at(desk.home.path()),
    };
    let codebook = codebook_toml::default_codebook();
    drop(Session::create(&place("other.hashiya"), &codebook, config).unwrap());
    with_wal(&path, &place("aside"));
    desk.tag(11, 15, "location");
    with_wal(&place("other.hashiya"), &path);
    let shown = desk.ask(Request::Retry);
    let blocked = shown.blocked.as_ref().unwrap();
    assert_eq!((blocked.code.as_str(), blocked.waiting), ("file_gone", 1));
    assert!(blocked.message.contains("another project"), "{blocked:?}");
    with_wal(&path, &place("other.hashiya"));
    with_wal(&place("aside"), &path);
    let shown = desk.ask(Request::Retry);
    assert!(shown.blocked.is_none(), "{:?}", shown.blocked);
    assert_eq!(shown.article.as_ref().unwrap().layer.spans.len(), 1);
}

#[test]
fn who_adds_what_is_there_already_is_told_so() {
    let desk = Desk::with_articles();
    let paths = desk.files(&[("c.txt", "Idlib dort.")]);
    desk.ask(Request::Import(paths.clone(), ImportOptions::default()));
    let shown = desk.ask(Request::Import(paths, ImportOptions::default()));
    let last = shown.notices.last().unwrap();
    assert_eq!(last.text, "0 articles added, 1 article there already");
    assert!(last.details.is_empty());
}

#[test]
fn a_notice_goes_with_its_project_and_an_import_counts_as_saved() {
    let desk = Desk::with_articles();
    let saved = |shown: &Snapshot| {
        shown
            .project
            .as_ref()
            .and_then(|project| project.saved_at.clone())
    };
    let before = saved(&desk.service.snapshot());
    assert!(before.is_some(), "the articles came in by an import");
    let paths = desk.files(&[("c.txt", "Idlib dort.")]);
    let shown = desk.ask(Request::Import(paths, ImportOptions::default()));
    assert!(saved(&shown) > before, "{before:?}, {:?}", saved(&shown));
    desk.ask(Request::Warn {
        code: "preferences_not_saved",
        text: "The preferences are not saved.".to_owned(),
        hint: "Make room.",
    });
    let wrong = desk.files(&[("notes.hashiya", "Des notes.")]).remove(0);
    let shown = desk.ask(Request::OpenProject(wrong));
    let codes = |shown: &Snapshot| -> Vec<String> {
        let notices = shown.notices.iter();
        notices.map(|notice| notice.code.clone()).collect()
    };
    assert_eq!(
        codes(&shown),
        ["imported", "imported", "preferences_not_saved", "not_a_project"]
    );
    let other = desk.home.path().join("leer.hashiya");
    let shown = desk.ask(Request::NewProject(other));
    assert_eq!(codes(&shown), ["preferences_not_saved"]);
    assert_eq!(saved(&shown), None);
}
