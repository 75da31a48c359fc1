//! What the window draws: an immutable picture of a project as it is on disk.
//!
//! A snapshot is made only after the commit that it shows. It holds one page of the list and the open article, never
//! all articles, and knows nothing of pixels.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{
    Annotator, ArticleId, Codebook, CodebookPart, Header, Layer, Selection, Timestamp, TransactionId,
};
use crate::text::Text;

use super::entities::EntityOffers;
use super::export::{ExportOptions, ExportReport};
use super::history::SpanHistory;
use super::preview::ImportPreview;
use super::problem::CheckReport;
use super::refusal::{About, Refusal};
use super::transact::{CodebookPreview, Did};
use super::{
    CodebookVersion, Diagnostic, EventPage, EventQuery, EventsAfter, Format, ListQuery, ListRow, Progress,
    Severity, Uses,
};

/// Everything that the window draws of a project.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Goes up with each snapshot.
    pub revision: u64,
    /// How many requests were carried out or refused, of those that the service was sent.
    pub answered: u64,
    /// The open project.
    pub project: Option<Arc<ProjectView>>,
    /// A page of the list of articles.
    pub list: Arc<ListView>,
    /// The open article.
    pub article: Option<Arc<ArticleView>>,
    /// A page of the events of all articles, where one was asked for.
    pub events: Option<Arc<EventsView>>,
    /// What undo would take back in the project's own scope.
    pub project_undo: Option<ProjectTurn>,
    /// What redo would do again in the project's own scope.
    pub project_redo: Option<ProjectTurn>,
    /// A selection that the window shall show, with a number that goes up each time.
    pub reveal: Option<Reveal>,
    /// How much uses each part of the codebook, as of the last time that was asked.
    pub codebook_uses: Option<Arc<CodebookUses>>,
    /// What the last check of the whole project came to.
    pub check: Option<Arc<CheckReport>>,
    /// What the files that were looked at last would bring.
    pub preview: Option<Arc<ImportPreview>>,
    /// What the codebook file that was looked at last would change.
    pub codebook_preview: Option<Arc<CodebookPreview>>,
    /// What the export that was last thought of would write.
    pub foreseen: Option<Arc<Foreseen>>,
    /// What the last export wrote.
    pub exported: Option<Arc<Exported>>,
    /// Entities for what was last typed into a field for one.
    pub entities: Arc<EntityOffers>,
    /// Work that goes on.
    pub jobs: Vec<JobView>,
    /// What the user shall read.
    pub notices: Vec<Notice>,
    /// Why nothing can be saved at the moment.
    pub blocked: Option<Blocked>,
    /// How many commands are not done yet, because a long change is under way beside which nothing else is written.
    pub held: usize,
    /// The last command that was done.
    pub last_done: Option<LastDone>,
    /// Projects opened before, the last one first.
    pub recent: Arc<[RecentProject]>,
    /// The history of a span that was asked for last.
    pub history: Option<Arc<SpanHistory>>,
    /// How much waits to be reviewed of what is reviewed, or was last.
    pub to_review: u64,
    /// Who annotates; known also where no project is open.
    pub annotator: Option<Annotator>,
}

impl Snapshot {
    /// Whether the open article is shown as the list has it; where the list is about somebody who has not marked it, that
    /// is as the window's own annotator did.
    pub fn is_as_listed(&self) -> bool {
        let (Some(article), Some(query)) = (&self.article, &self.list.query) else {
            return true;
        };
        let is_own = self.annotator.as_ref() == Some(&article.annotator);
        article.annotator == query.annotator || (is_own && !article.others.contains(&query.annotator))
    }
}

/// A change of the project that undo or redo is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectTurn {
    /// Which.
    pub change: TransactionId,
    /// In words.
    pub summary: String,
    /// Whether a command of this window made it; imports and what was done elsewhere are none of these.
    pub is_own: bool,
}

/// A project that was opened before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentProject {
    /// Its file.
    pub path: PathBuf,
    /// What it is called; of an untitled one what it was made of.
    pub name: String,
    /// Whether it lies in the data folder and has no place of its own yet.
    pub untitled: bool,
}

/// What an export would write.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// Goes up with each; the newest is the highest.
    pub number: u64,
    /// In which format.
    pub format: &'static Format,
    /// What was asked for.
    pub options: ExportOptions,
    /// What it would come to, or why it would be refused.
    pub outcome: Result<ExportReport, Refusal>,
}

/// What an export wrote.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Goes up with each; the newest is the highest.
    pub number: u64,
    /// In which format.
    pub format: &'static Format,
    /// Where.
    pub path: PathBuf,
    /// What it came to.
    pub report: ExportReport,
}

/// The open project.
#[derive(Clone, Debug)]
pub struct ProjectView {
    /// The project file.
    pub path: PathBuf,
    /// The file's name without its ending; for an untitled project what it was made of.
    pub name: String,
    /// Whether the project lies in the data folder and has no place of its own yet.
    pub untitled: bool,
    /// Whose layers commands change.
    pub annotator: Annotator,
    /// All annotators that have a layer, in order.
    pub annotators: Vec<Annotator>,
    /// Labels, attributes, types.
    pub codebook: Arc<Codebook>,
    /// How many articles are done.
    pub progress: Progress,
    /// Languages of the articles with their counts, in order.
    pub languages: Vec<(String, u64)>,
    /// When the last change was committed by this session.
    pub saved_at: Option<Timestamp>,
}

/// How much of the work uses each part of the codebook.
#[derive(Clone, Debug)]
pub struct CodebookUses {
    /// The codebook that was there then.
    pub version: CodebookVersion,
    /// Uses of each part that is in use.
    pub uses: BTreeMap<CodebookPart, Uses>,
}

/// A page of the list of articles.
#[derive(Clone, Debug, Default)]
pub struct ListView {
    /// What is listed.
    pub query: Option<ListQuery>,
    /// How many articles match.
    pub total: u64,
    /// The place of the first row among them.
    pub offset: u64,
    /// The rows.
    pub rows: Vec<ListRow>,
    /// How far the annotator is whose work is listed.
    pub progress: Progress,
}

/// A page of the events of all articles.
#[derive(Clone, Debug)]
pub struct EventsView {
    /// Which events are listed.
    pub query: EventQuery,
    /// Where the page begins.
    pub after: Option<EventsAfter>,
    /// The events.
    pub page: EventPage,
}

/// The open article as one annotator marked it.
#[derive(Clone, Debug)]
pub struct ArticleView {
    /// Which.
    pub id: ArticleId,
    /// Title, language, metadata.
    pub header: Header,
    /// The text.
    pub text: Text,
    /// Whose work is shown, and changed by commands that name nobody.
    pub annotator: Annotator,
    /// That annotator's annotations.
    pub layer: Layer,
    /// Place among the matching articles of the list, from 0, as far as it is known.
    pub position: Option<u64>,
    /// What undo would take back, in words.
    pub undo: Option<String>,
    /// What redo would do again, in words.
    pub redo: Option<String>,
    /// Others than the one shown who have a layer on this article, in order.
    pub others: Vec<Annotator>,
    /// The newest transaction whose effects are shown; the number 0 before the first.
    pub as_of: TransactionId,
}

/// A selection that the window shall take over and scroll to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reveal {
    /// Goes up each time, so that the window follows each reveal once.
    pub counter: u64,
    /// What to select.
    pub selection: Selection,
}

/// Names a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// Work that goes on in the background.
#[derive(Clone, Debug)]
pub struct JobView {
    /// Which.
    pub id: JobId,
    /// In words.
    pub title: String,
    /// How much is done.
    pub done: u64,
    /// Of how much; unknown where absent.
    pub total: Option<u64>,
    /// Whether nobody else can write to its project until it is done.
    pub holds: bool,
}

/// Something the user shall read until she puts it away.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Names it to `DismissNotice`.
    pub id: u64,
    /// The request of the window that it answers, as [`Snapshot::answered`] counts them; none where a job says it, or
    /// nothing was asked for.
    pub request: Option<u64>,
    /// How grave.
    pub severity: Severity,
    /// A stable name of what happened, such as `duplicate_span`.
    pub code: String,
    /// In one sentence.
    pub text: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What a refusal is about.
    pub about: Option<Box<About>>,
    /// One line for each record that was kept out, and the like.
    pub details: Arc<[Diagnostic]>,
}

/// Nothing can be saved at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// A stable name, such as `disk_full`.
    pub code: String,
    /// In one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// How many commands wait for `Retry`.
    pub waiting: usize,
}

/// The last command that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastDone {
    /// Goes up each time.
    pub counter: u64,
    /// Whether it was new work.
    pub did: Did,
    /// What was done, in words.
    pub summary: String,
    /// Ids of what was made.
    pub created: Vec<String>,
}
