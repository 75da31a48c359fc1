//! What the window asks of the service.

use std::path::PathBuf;

use crate::model::{Annotator, ArticleId, Selection, SpanId, TransactionId};

use super::{
    Command, EventQuery, EventsAfter, ExportOptions, ImportOptions, JobId, ListQuery, Neighbour, SetReview,
    ToReview,
};

/// A wish of the window; carried out in order on the service's threads.
#[derive(Clone, Debug)]
pub enum Request {
    /// Open a project file.
    OpenProject(PathBuf),
    /// Open files and folders: one project file, or articles as an untitled project.
    OpenArticles(Vec<PathBuf>),
    /// Open the sample articles as an untitled project.
    OpenSample,
    /// Make an empty project with the default codebook and open it.
    NewProject(PathBuf),
    /// Copy the project to a place of its own and go on there.
    SaveProjectAs(PathBuf),
    /// Close the project.
    CloseProject,
    /// Look into files and folders; what they would bring comes with a later snapshot.
    PreviewImport(Vec<PathBuf>, ImportOptions),
    /// Add files and folders to the open project.
    Import(Vec<PathBuf>, ImportOptions),
    /// Stop a job; an import leaves nothing then.
    CancelJob(JobId),
    /// Write the whole project as JSONL into `exports` beside it.
    SaveSnapshot,
    /// Check the whole project; the report comes with a later snapshot.
    CheckProject,
    /// Write the dataset.
    ExportTo {
        /// Id of the format.
        format: String,
        /// Where to.
        path: PathBuf,
        /// What of the project.
        options: ExportOptions,
    },
    /// Count what an export would write and leave out; the answer comes with a later snapshot.
    ForecastExport {
        /// Id of the format.
        format: String,
        /// What of the project.
        options: ExportOptions,
    },
    /// Show an article.
    OpenArticle(ArticleId),
    /// Show the open article as another annotator marked it; as the session's own did where absent.
    ShowWorkOf(ArticleId, Option<Annotator>),
    /// Show the next work that is done and not approved, from the article and annotator that are shown on.
    NextToReview {
        /// Whose work is to be reviewed.
        which: ToReview,
        /// Whether the open article counts, where it is to be reviewed itself.
        stay: bool,
    },
    /// The work of others is reviewed from now on: count it, and leave what is shown.
    CountToReview(ToReview),
    /// Review no longer: list whose work was listed before, and show the open article as the list has it.
    LeaveReview,
    /// Approve work, and show the next that is to be reviewed; where the approval is refused, what is shown stays.
    ApproveAndNext {
        /// The approval.
        approval: SetReview,
        /// Whose work is reviewed next.
        which: ToReview,
    },
    /// Show where a span comes from and what became of it.
    ShowHistory {
        /// In which article.
        article: ArticleId,
        /// On whose layer.
        annotator: Annotator,
        /// Which span.
        span: SpanId,
    },
    /// Show another article of the list, seen from the one that is open then: keys pressed in haste add up.
    GoTo(Neighbour),
    /// Mark an article done and, where it is the one that is open, show the next unfinished one.
    MarkDoneAndNext(ArticleId),
    /// List other articles.
    SetList(ListQuery),
    /// Show another page of the list.
    ListPage {
        /// The place of the first row.
        offset: u64,
    },
    /// Show a page of the events of all articles.
    ListEvents {
        /// Which events.
        query: EventQuery,
        /// Where the page begins; at the first event where absent.
        after: Option<EventsAfter>,
    },
    /// Run a command.
    Run {
        /// What to do.
        command: Command,
        /// What is selected, to come back with undo.
        selection: Option<Selection>,
    },
    /// Take back the last change.
    Undo(UndoScope),
    /// Do it again.
    Redo(UndoScope),
    /// Offer entities for what was typed into a field.
    OfferEntities {
        /// What was typed.
        typed: String,
    },
    /// Show a warning of the window's own.
    Warn {
        /// A stable name of what happened.
        code: &'static str,
        /// In one sentence.
        text: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// Put a notice away.
    DismissNotice(u64),
    /// Annotate under another name, also at the next start.
    SetAnnotator(Annotator),
    /// Count how much of the work uses each part of the codebook.
    CountUses,
    /// Look what a codebook from a TOML file would change; the answer comes with a later snapshot.
    PreviewCodebook {
        /// The file.
        path: PathBuf,
        /// Whether what it lacks goes.
        replace: bool,
    },
    /// Write the codebook as TOML.
    ExportCodebook(PathBuf),
    /// Try again what could not be saved.
    Retry,
    /// Look whether another process changed the project.
    Poll,
    /// Stop all threads when what was asked before is done.
    Shutdown,
}

/// Whose undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndoScope {
    /// The annotator whose work is shown, in one article.
    Article(ArticleId),
    /// Imports, codebook, and what touches several articles.
    Project,
    /// The project's as well, as long as this is the change that is next there: what comes in between stays.
    Change(TransactionId),
}
