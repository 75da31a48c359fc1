//! The panes of the window, one file each. A pane reads what is shown and queues what is asked for; it changes nothing.

pub mod article;
mod article_menu;
pub mod banners;
pub mod combo;
pub mod context_menu;
pub mod event_values;
pub mod events;
pub mod find_bar;
pub mod guidelines;
pub mod help;
pub mod inspector;
pub mod jobs;
pub mod labels;
mod link_status;
pub mod list;
pub mod list_filters;
pub mod menu;
pub mod menu_keys;
mod menu_place;
pub mod notes;
pub mod problems;
mod relation_menu;
pub mod relations;
pub mod review_bar;
pub mod row_menu;
pub mod sections;
pub mod spans;
pub mod status_bar;
mod steady;
pub mod tabs;
pub mod thread;
pub mod toolbar;
pub mod welcome;
pub mod widgets;

use std::path::PathBuf;

use crate::model::problem::Problem;
use crate::model::{Annotator, ArticleId, LabelId, SpanId};
use crate::session::action::{Action, Situation};
use crate::session::{Command, FoundProblem, Request, Snapshot};
use crate::text::ByteRange;

use super::article::ArticleAct;
use super::dialogs::Dialog;
use super::dialogs::file::Purpose;
use super::keys::Keys;
use super::paint::TextEngine;
use super::prefs::{Preference, Preferences};
use super::theme::Palette;

pub use events::EventAsk;

/// What a pane may read, and where it queues.
pub struct Pane<'a> {
    /// The project as it is on disk.
    pub snapshot: &'a Snapshot,
    /// How many requests the session was sent.
    pub sent: u64,
    /// What is open and selected.
    pub situation: Situation,
    /// What the keys mean, and what is printed on them.
    pub keys: Keys<'a>,
    /// What is remembered from start to start.
    pub prefs: &'a Preferences,
    /// The colours.
    pub palette: &'static Palette,
    /// Draws text.
    pub engine: &'a mut TextEngine,
    /// What is asked for, done between frames.
    pub queue: &'a mut Vec<Ask>,
}

impl Pane<'_> {
    /// Queues an action of the table.
    pub fn act(&mut self, action: Action) {
        self.queue.push(Ask::Do(action));
    }

    /// Queues a command that leaves the selection as it is.
    pub fn run(&mut self, command: impl Into<Command>) {
        self.send(Request::Run {
            command: command.into(),
            selection: None,
        });
    }

    /// Queues a request to the session.
    pub fn send(&mut self, request: Request) {
        self.queue.push(Ask::Send(request));
    }

    /// Whether anything was asked of the session of which is not known what it came to.
    pub fn awaits_answer(&self) -> bool {
        let is_asked = |ask: &Ask| matches!(ask, Ask::Send(_));
        self.sent > self.snapshot.answered || self.queue.iter().any(is_asked)
    }
}

/// Something that a pane asks for.
pub enum Ask {
    /// An action of the table.
    Do(Action),
    /// Something with the selection of the article: a label, a step.
    Article(ArticleAct),
    /// A request to the session as it is.
    Send(Request),
    /// Shows a file or a folder where it lies, in the system's file manager.
    ShowFolder(PathBuf),
    /// Files or folders that were dropped.
    Dropped(Vec<PathBuf>),
    /// A project from the list of recent ones.
    OpenRecent(PathBuf),
    /// Opens an article and puts the focus on its text.
    OpenArticle(ArticleId),
    /// The guideline of a thing of the codebook.
    Guideline(guidelines::Thing),
    /// Something about the manual.
    Help(help::HelpAsk),
    /// Selects a span and brings it into view.
    SelectSpan(SpanId),
    /// Selects what a problem is about.
    ShowProblem(Box<Problem>),
    /// Opens an article where a problem is.
    OpenProblem(Box<FoundProblem>),
    /// Tags many places with one label, as one change.
    TagAll {
        /// The article they are in.
        article: ArticleId,
        /// The label.
        label: LabelId,
        /// The places.
        ranges: Vec<ByteRange>,
    },
    /// Something about events.
    Event(EventAsk),
    /// Puts the focus on the article, after a click beside it.
    FocusArticle,
    /// Copies the selected words.
    CopySelection,
    /// Files from the system's dialog or a typed path.
    Pick(Purpose),
    /// They were chosen.
    Picked(Purpose, Vec<PathBuf>),
    /// Opens a dialog.
    Open(Dialog),
    /// Reviews the work of one annotator from now on, or of everyone.
    ReviewWorkOf(Option<Annotator>),
    /// Says why something was not done.
    Refuse(&'static str),
    /// Changes a preference.
    Prefer(Preference),
}
