//! The thread behind a window: carries out requests in order and shows what is on disk then.
//!
//! It reads and commits; anything that may take long is handed to a job. What the snapshot's parts look like is
//! `view`'s to say.

mod codebook;
mod long;
mod names;
mod outcome;
mod reviewing;
mod saving;

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use crate::formats::codebook_toml::default_codebook;
use crate::model::{Annotator, ArticleId, Status, TransactionId};
use crate::store::{EventQuery, EventsAfter, ListQuery, Neighbour};

use super::command::SetStatus;
use super::config::Config;
use super::entities::KnownEntities;
use super::export::ExportOptions;
use super::jobs::{JobDone, Jobs, Work, fault};
use super::project;
use super::refusal::Refusal;
use super::request::Request;
use super::sample;
use super::service::Screen;
use super::snapshot::{ArticleView, JobId, Snapshot};
use super::transact::Session;
use super::turn::Turn;
use super::view;
use super::watch::Watch;
use reviewing::Reviewing;
use saving::{Away, Waiting};

/// The code of what is said of a project on a network share.
const NETWORK_SHARE: &str = "network_share";
/// How often the worker looks for changes of other processes while nothing else happens.
const POLL_EVERY: Duration = Duration::from_millis(500);

/// What comes to the worker.
pub(super) enum Message {
    /// What is asked for, and the work that the window drew when it asked.
    Request(Box<Request>, Option<Arc<ArticleView>>),
    Progress(JobId, u64, Option<u64>),
    JobDone(JobId, Box<Result<JobDone, Refusal>>),
    /// Answer when all jobs are done.
    Settle(Sender<()>),
    /// The same, and stop.
    Finish(Sender<()>),
}

pub(super) struct Worker {
    config: Config,
    session: Option<Session>,
    away: Option<Away>,
    data_version: i64,
    /// The newest transaction that is shown.
    revision: i64,
    /// The newest transaction that is in the project file itself and not only in its log.
    written_back: i64,
    snapshot: Snapshot,
    screen: Screen,
    jobs: Jobs,
    own: Sender<Message>,
    /// The work that was drawn when what is carried out now was asked for.
    drawn: Option<Arc<ArticleView>>,
    /// The transactions that this window made: what it did itself it has seen.
    made: BTreeSet<TransactionId>,
    /// Whose work is shown of the article that is open, where it is not as the list has it.
    shown: Option<(ArticleId, Annotator)>,
    /// What is reviewed, where something is.
    reviewing: Option<Reviewing>,
    /// Commands that could not be saved, each with the annotator whose layer it changes.
    waiting: VecDeque<Waiting>,
    /// The article that is remembered as the one that was open last.
    place_kept: Option<ArticleId>,
    settling: Vec<Sender<()>>,
    is_ending: bool,
    /// The highest number that a notice, a reveal, or something done has: none is given twice, whatever project is open.
    last_number: u64,
    /// Requests of the window that were carried out or refused.
    answered: u64,
    /// Which of them is being carried out.
    answering: Option<u64>,
    entities: KnownEntities,
}

impl Worker {
    pub(super) fn new(config: Config, snapshot: Snapshot, screen: Screen, own: Sender<Message>) -> Self {
        Self {
            config,
            session: None,
            away: None,
            data_version: 0,
            revision: 0,
            written_back: 0,
            snapshot,
            screen,
            jobs: Jobs::default(),
            own,
            drawn: None,
            made: BTreeSet::new(),
            shown: None,
            reviewing: None,
            waiting: VecDeque::new(),
            place_kept: None,
            settling: Vec::new(),
            is_ending: false,
            last_number: 0,
            answered: 0,
            answering: None,
            entities: KnownEntities::default(),
        }
    }

    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            self.answering = None;
            let message = match inbox.recv_timeout(POLL_EVERY) {
                Ok(message) => {
                    if matches!(message, Message::Request(..)) {
                        self.answered += 1;
                        self.answering = Some(self.answered);
                    }
                    message
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.write_back();
                    self.keep_place();
                    Message::Request(Box::new(Request::Poll), None)
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let handled = catch_unwind(AssertUnwindSafe(|| self.take(message)));
            if handled.is_err() {
                self.after_fault();
            }
            if self.jobs.is_empty() {
                for waiting in self.settling.drain(..) {
                    waiting.send(()).unwrap_or_default();
                }
                if self.is_ending {
                    return;
                }
            }
        }
    }

    /// Uses a moment in which nothing is asked for. Where it fails nothing is lost, and the next moment tries again.
    fn write_back(&mut self) {
        if let Some(session) = &self.session
            && self.written_back != self.revision
            && session.write_back().is_ok()
        {
            self.written_back = self.revision;
        }
    }

    /// No panic reaches the user: the project is opened anew and the fault is said.
    fn after_fault(&mut self) {
        let path = self.session.take().map(|session| session.path().to_owned());
        if let Some(path) = path {
            self.session = Session::open(&path, self.config.clone()).ok();
            self.follow_from_what_is_shown();
        }
        self.refuse(&fault());
        self.show();
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Request(request, drawn) => {
                self.drawn = drawn;
                match self.request(*request) {
                    Ok(false) => return,
                    Ok(true) => {}
                    Err(refusal) => self.refuse(&refusal),
                }
            }
            Message::Progress(id, done, total) => self.jobs.progress(id, done, total),
            Message::JobDone(id, done) => {
                let project = self.jobs.ended(id);
                if let Err(refusal) = self.job_done(project.as_deref(), *done) {
                    self.job_failed(&refusal);
                }
                self.run_what_was_held();
            }
            Message::Settle(waiting) => {
                self.settling.push(waiting);
                return;
            }
            Message::Finish(waiting) => {
                self.settling.push(waiting);
                self.is_ending = true;
                return;
            }
        }
        self.show();
    }

    fn show(&mut self) {
        self.snapshot.revision += 1;
        self.snapshot.answered = self.answered;
        self.snapshot.jobs = self.jobs.views();
        self.snapshot.held = 0;
        match &mut self.snapshot.blocked {
            Some(blocked) => blocked.waiting = self.waiting.len(),
            None => self.snapshot.held = self.waiting.len(),
        }
        self.screen.show(self.snapshot.clone());
    }

    /// Carries out a request; answers whether there is anything new to show.
    fn request(&mut self, request: Request) -> Result<bool, Refusal> {
        match request {
            Request::OpenProject(path) => self.open(&path)?,
            Request::OpenArticles(paths) => self.open_articles(paths)?,
            Request::OpenSample => self.open_sample()?,
            Request::NewProject(path) => self.new_project(&path)?,
            Request::SaveProjectAs(path) => self.save_as(&path)?,
            Request::CloseProject => self.close(),
            Request::PreviewImport(paths, options) => {
                self.start("Look at files", Work::Preview(paths, options))?;
            }
            Request::Import(paths, options) => self.start("Import", Work::Import(paths, options))?,
            Request::CancelJob(id) => self.jobs.cancel(id),
            Request::SaveSnapshot => self.start("Save JSONL", Work::Snapshot)?,
            Request::CheckProject => self.start("Check", Work::Check)?,
            Request::ExportTo {
                format,
                path,
                options,
            } => self.export(format, path, options)?,
            Request::ForecastExport { format, options } => self.forecast(format, options)?,
            Request::OpenArticle(id) => self.open_article(&id)?,
            Request::ShowWorkOf(article, whose) => self.show_work_of(&article, whose)?,
            Request::NextToReview { which, stay } => self.next_to_review(&which, stay)?,
            Request::CountToReview(which) => self.count_work_of(&which)?,
            Request::LeaveReview => self.leave_review()?,
            Request::ApproveAndNext { approval, which } => self.approve_and_next(approval, &which)?,
            Request::ShowHistory {
                article,
                annotator,
                span,
            } => self.show_history(&article, &annotator, &span)?,
            Request::GoTo(which) => self.go_to(which)?,
            Request::MarkDoneAndNext(article) => self.done_and_next(&article)?,
            Request::SetList(query) => self.set_list(query)?,
            Request::ListPage { offset } => self.show_list(self.query(), offset)?,
            Request::ListEvents { query, after } => self.list_events(query, after)?,
            Request::Run { command, selection } => self.run_or_wait(command, selection)?,
            Request::Undo(scope) => self.turn(scope, Turn::Undo)?,
            Request::Redo(scope) => self.turn(scope, Turn::Redo)?,
            Request::OfferEntities { typed } => self.offer_entities(typed)?,
            Request::Warn { code, text, hint } => self.notice(view::warning(code, text, Some(hint))),
            Request::DismissNotice(id) => self.snapshot.notices.retain(|notice| notice.id != id),
            Request::SetAnnotator(annotator) => self.set_annotator(annotator)?,
            Request::CountUses => self.count_uses()?,
            Request::PreviewCodebook { path, replace } => self.preview_codebook(path, replace)?,
            Request::ExportCodebook(path) => self.export_codebook(&path)?,
            Request::Retry => self.retry()?,
            Request::Poll => return self.poll(),
            Request::Shutdown => {
                self.keep_place();
                self.jobs.cancel_all();
                self.is_ending = true;
            }
        }
        Ok(true)
    }

    /// A forecast that still runs is of no use once the export itself is asked for.
    fn export(&mut self, format: String, path: PathBuf, options: ExportOptions) -> Result<(), Refusal> {
        self.jobs.stop_forecasts();
        let work = Work::Export {
            format,
            path,
            options,
        };
        self.start("Export", work)
    }

    fn forecast(&mut self, format: String, options: ExportOptions) -> Result<(), Refusal> {
        self.jobs.stop_forecasts();
        self.start("Count", Work::Forecast { format, options })
    }

    fn list_events(&mut self, query: EventQuery, after: Option<EventsAfter>) -> Result<(), Refusal> {
        let view = view::events(self.session()?, query, after)?;
        self.snapshot.events = Some(Arc::new(view));
        Ok(())
    }

    fn session(&mut self) -> Result<&mut Session, Refusal> {
        self.session.as_mut().ok_or_else(no_project)
    }

    fn open_id(&self) -> Option<ArticleId> {
        self.snapshot.article.as_ref().map(|article| article.id.clone())
    }

    fn query(&self) -> ListQuery {
        let all = || ListQuery::all(self.config.annotator.clone());
        self.snapshot.list.query.clone().unwrap_or_else(all)
    }

    fn open(&mut self, path: &Path) -> Result<(), Refusal> {
        let session = Session::open(path, self.config.clone())?;
        self.adopt(session)
    }

    fn open_sample(&mut self) -> Result<(), Refusal> {
        let sample = sample::unpack(&self.config.folders, &self.config.annotator)?;
        self.open_articles(vec![sample])
    }

    fn new_project(&mut self, path: &Path) -> Result<(), Refusal> {
        let session = Session::create(path, &default_codebook(), self.config.clone())?;
        self.adopt(session)
    }

    fn open_articles(&mut self, paths: Vec<PathBuf>) -> Result<(), Refusal> {
        if let [one] = paths.as_slice()
            && project::is_project(one)
        {
            return self.open(one);
        }
        if let Some(project) = paths.iter().find(|path| project::is_project(path)) {
            return Err(Refusal::new(
                "several_projects",
                format!("{} is a project and is opened alone", project.display()),
            )
            .hint("open the project first, then add the articles to it"));
        }
        let session = project::open_untitled(&paths, self.config.clone())?;
        self.adopt(session)?;
        self.start("Import", Work::Open(paths))
    }

    /// Makes a session the open project.
    fn adopt(&mut self, session: Session) -> Result<(), Refusal> {
        self.close();
        let path = session.path().to_owned();
        let share = session.network_share();
        self.session = Some(session);
        // A list that cannot be kept is a pity and no reason to refuse the project.
        self.config.folders.remember_project(&path).unwrap_or_default();
        self.snapshot.recent = self.config.folders.recent_projects().into();
        if let Some(share) = share {
            let text = format!(
                "The project lies on a network share ({share}); two machines that write to it can damage it."
            );
            self.notice(view::warning(
                NETWORK_SHARE,
                text,
                Some("Work on a copy on your own disk."),
            ));
        }
        self.refresh()?;
        let query = self.query();
        let last = self.config.folders.last_article(&path);
        let reader = self.session()?.reader();
        let first = match last {
            Some(last) if reader.position(&last)?.is_some() => Some(last),
            _ => view::where_to_go_on(reader, &query)?,
        };
        if let Some(first) = first {
            self.show_article(&first)?;
        }
        Ok(())
    }

    /// Remembers which article is open, in a moment in which nothing is asked for, or before it closes. A place that
    /// cannot be kept is a pity, and tried again with the next article.
    fn keep_place(&mut self) {
        let open = self.open_id();
        if let (Some(session), Some(open)) = (&self.session, &open)
            && self.place_kept.as_ref() != Some(open)
        {
            let folders = &self.config.folders;
            folders.remember_article(session.path(), open).unwrap_or_default();
        }
        self.place_kept = open;
    }

    fn close(&mut self) {
        self.keep_place();
        self.place_kept = None;
        self.forget_notices();
        self.stop_holding();
        self.session = None;
        self.away = None;
        self.made.clear();
        self.shown = None;
        self.reviewing = None;
        self.entities = KnownEntities::default();
        self.give_up_waiting();
        let notices = std::mem::take(&mut self.snapshot.notices);
        self.snapshot = Snapshot {
            revision: self.snapshot.revision,
            notices,
            recent: self.config.folders.recent_projects().into(),
            annotator: Some(self.config.annotator.clone()),
            ..Snapshot::default()
        };
    }

    fn save_as(&mut self, path: &Path) -> Result<(), Refusal> {
        if !self.jobs.is_empty() {
            return Err(
                Refusal::new("work_goes_on", "an import or export of this project is under way")
                    .hint("let it end or stop it, then save the project elsewhere"),
            );
        }
        let session = self.session()?;
        if path.exists() {
            return Err(Refusal::new(
                "exists",
                format!("{}: a file of this name is there already", path.display()),
            )
            .hint("choose another name"));
        }
        project::backup(session.reader(), path, &mut Watch::silent())?;
        let mut copy = Session::open(path, self.config.clone())?;
        copy.name_is_of(TransactionId::new(self.revision));
        let (open, waiting) = (self.open_id(), std::mem::take(&mut self.waiting));
        // The copy has the same journal.
        let made = std::mem::take(&mut self.made);
        // What was said about it holds for the copy, too, but for where it lies.
        let mut said = std::mem::take(&mut self.snapshot.notices);
        said.retain(|notice| notice.code != NETWORK_SHARE);
        let adopted = self.adopt(copy);
        said.append(&mut self.snapshot.notices);
        self.snapshot.notices = said;
        self.made = made;
        let shown = adopted.and_then(|()| open.map_or(Ok(()), |article| self.show_article(&article)));
        // What could not be saved where the project was is saved in the copy.
        self.waiting = waiting;
        self.run_what_was_held();
        shown
    }

    fn start(&mut self, title: &str, work: Work) -> Result<(), Refusal> {
        let session = self.session()?;
        let project = session.path().to_owned();
        let config = Config {
            annotator: session.annotator().clone(),
            ..self.config.clone()
        };
        self.refuse_beside(&project, work.writes())?;
        self.jobs
            .start(title, project, config, work, self.own.clone())
            .map_err(|cause| Refusal::no_thread(&cause))
    }

    /// Looks whether another process, or a job of this one, changed the project.
    fn poll(&mut self) -> Result<bool, Refusal> {
        let Some(session) = &self.session else {
            return Ok(false);
        };
        let data_version = session.reader().data_version()?;
        if data_version == self.data_version {
            return Ok(false);
        }
        self.data_version = data_version;
        // An import under way commits what nobody sees yet; only a transaction changes what is shown.
        if session.reader().revision()? == self.revision {
            return Ok(false);
        }
        self.refresh()?;
        Ok(true)
    }

    /// Reads everything shown anew.
    fn refresh(&mut self) -> Result<(), Refusal> {
        if let Some(before) = self.follow_names()? {
            self.tell_name(&before, None);
        }
        let (folders, saved_at) = (
            self.config.folders.clone(),
            self.snapshot
                .project
                .as_ref()
                .and_then(|project| project.saved_at.clone()),
        );
        let session = self.session()?;
        let data_version = session.reader().data_version()?;
        let revision = session.reader().revision()?;
        let project = view::project(session, &folders, saved_at)?;
        (self.data_version, self.revision) = (data_version, revision);
        self.snapshot.project = Some(Arc::new(project));
        let (query, offset) = (self.query(), self.snapshot.list.offset);
        self.show_list(query, offset)?;
        self.show_project_undo()?;
        self.count_to_review()?;
        match self.open_id() {
            Some(open) if self.session()?.reader().position(&open)?.is_some() => self.show_article(&open),
            Some(_) => {
                self.snapshot.article = None;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn show_project_undo(&mut self) -> Result<(), Refusal> {
        let session = self.session.as_ref().ok_or_else(no_project)?;
        let turns = view::project_turns(session, &self.made)?;
        (self.snapshot.project_undo, self.snapshot.project_redo) = turns;
        Ok(())
    }

    fn show_list(&mut self, query: ListQuery, offset: u64) -> Result<(), Refusal> {
        let list = view::list(self.session()?.reader(), query, offset)?;
        self.snapshot.list = Arc::new(list);
        Ok(())
    }

    fn show_article(&mut self, id: &ArticleId) -> Result<(), Refusal> {
        let query = self.query();
        let annotator = self.annotator_of(id, &query)?;
        let article = view::article(self.session()?, id, &annotator, &query)?;
        self.snapshot.article = Some(Arc::new(article));
        Ok(())
    }

    fn go_to(&mut self, which: Neighbour) -> Result<(), Refusal> {
        let (query, open) = (self.query(), self.open_id());
        let reader = self.session()?.reader();
        let found = match &open {
            None => reader.list(&query, 0, 1)?.pop().map(|row| row.id),
            Some(open) => reader.neighbour(open, &query, which)?,
        };
        if let Some(article) = found {
            return self.open_article(&article);
        }
        let text = match which {
            Neighbour::Next => "This is the last article of the list.",
            Neighbour::Previous => "This is the first article of the list.",
            Neighbour::NextUnfinished => "Every article of the list is done.",
        };
        self.notice(view::info("end_of_list", text));
        Ok(())
    }

    /// Pressed twice before the first is drawn, it names the same article twice, and the second does nothing.
    fn done_and_next(&mut self, article: &ArticleId) -> Result<(), Refusal> {
        let is_open = self.open_id().as_ref() == Some(article);
        let annotator = self.owner()?;
        let layer = self.session()?.layer(article, &annotator)?;
        if layer.status != Some(Status::Done) {
            let set = SetStatus {
                article: article.clone(),
                status: Status::Done,
                annotator: None,
            };
            self.run_or_wait(set.into(), None)?;
        }
        if !is_open || self.snapshot.blocked.is_some() {
            return Ok(());
        }
        self.go_to(Neighbour::NextUnfinished)
    }

    fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}

fn no_project() -> Refusal {
    Refusal::new("no_project", "no project is open")
}
