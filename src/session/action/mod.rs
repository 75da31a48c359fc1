//! The one table of everything that a person can ask for: name, help, keys, place in the menu, and when it can be done.
//!
//! Menu, palette, shortcut help, toolbar, README and command line read this table, so that they cannot disagree. It
//! knows no window: a key is a name with modifiers, and what is open or selected comes in as a [`Situation`].

mod annotate;
mod apply;
mod article;
mod caret;
mod codebook;
mod edit;
mod file;
mod help;
mod link;
mod review;
#[cfg(test)]
mod tests;
mod view;

use std::sync::LazyLock;

use Menu::{Annotate, Article, Edit, File, Help, Link, Review, View};

pub use super::shortcut::Shortcut;
pub use super::situation::{Availability, Situation};

/// Something that a person can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the table gives each its name and help")]
pub enum Action {
    OpenProject,
    OpenArticles,
    NewProject,
    OpenSample,
    TypePath,
    Import,
    Retry,
    CloseProject,
    SaveProjectAs,
    SaveSnapshot,
    Export,
    ExportAgain,
    SetAnnotator,
    Settings,
    Quit,
    Undo,
    Redo,
    UndoProject,
    RedoProject,
    Copy,
    CopyWithOffsets,
    EditMetadata,
    Guidelines,
    FindInArticle,
    FindNext,
    FindPrevious,
    TagAllHits,
    FilterArticles,
    AddSpan,
    SetLabel,
    RemoveSpan,
    SetRanges,
    RepeatLabel,
    ToggleProclitic,
    EndForward,
    EndBack,
    StartForward,
    StartBack,
    EndWordForward,
    EndWordBack,
    StartWordForward,
    StartWordBack,
    AddFragment,
    RemoveFragment,
    MergeSpans,
    SplitSpan,
    InspectSpan,
    ReverseRelation,
    AddNote,
    NextSpan,
    PreviousSpan,
    NextCandidate,
    PreviousCandidate,
    ClearSelection,
    SelectAll,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    WordLeft,
    WordRight,
    PreviousSentence,
    NextSentence,
    SentenceLeft,
    SentenceRight,
    LineStart,
    LineEnd,
    PageUp,
    PageDown,
    TextStart,
    TextEnd,
    MarkDoneAndNext,
    MarkDone,
    MarkTodo,
    MarkSkipped,
    NextArticle,
    PreviousArticle,
    NextUnfinished,
    ReviewMode,
    AcceptSpan,
    QuerySpan,
    WithdrawVerdict,
    NextToCheck,
    PreviousToCheck,
    ApproveArticle,
    RequestChanges,
    NextToReview,
    ToggleFlag,
    ShowNotes,
    SpanHistory,
    NextProblem,
    PreviousProblem,
    ShowProblems,
    CheckProject,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ToggleTheme,
    ToggleList,
    ToggleInspector,
    ShowHidden,
    ShowRelations,
    DirectionAuto,
    DirectionLeftToRight,
    DirectionRightToLeft,
    TurnParagraph,
    TextSize,
    ArabicFace,
    MarginNumbers,
    LabelDisplay,
    HideLabel,
    ShowLabelAlone,
    LockLabel,
    ShowAllLabels,
    MenuBar,
    ContextMenu,
    NextPane,
    PreviousPane,
    Palette,
    Help,
    ShowShortcuts,
    About,
    ConfirmValues,
    NextUnconfirmed,
    PreviousUnconfirmed,
    ShowValues,
    InspectArticle,
    SetAttribute,
    SetNote,
    RemoveNote,
    AddReply,
    SetReply,
    RemoveReply,
    DismissProblem,
    RestoreProblem,
    SetReview,
    RenameAnnotator,
    AddRelation,
    SetRelation,
    RemoveRelation,
    RemoveEvent,
    AddToEvent,
    NewEvent,
    ToggleEvents,
    AllEvents,
    SetEvent,
    SetFiller,
    RemoveFiller,
    MoveEvent,
    DuplicateEvent,
    MergeEvents,
    Codebook,
    NewLabel,
    SetLabelDefinition,
    SetAttributeDefinition,
    SetRelationType,
    SetEventType,
    SetArticleLabel,
    SetChoice,
    SetRole,
    SetAttributeUse,
    RemoveCodebookEntry,
    RenameCodebookId,
    ImportCodebook,
    Batch,
}

/// A menu of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum Menu {
    File,
    Edit,
    Annotate,
    Link,
    Article,
    Review,
    View,
    Help,
}

impl Menu {
    /// The menus in the order of the menu bar.
    pub const ALL: [Self; 8] = [File, Edit, Annotate, Link, Article, Review, View, Help];

    /// The word in the menu bar.
    pub const fn name(self) -> &'static str {
        match self {
            File => "File",
            Edit => "Edit",
            Annotate => "Annotate",
            Link => "Link",
            Article => "Article",
            Review => "Review",
            View => "View",
            Help => "Help",
        }
    }
}

/// Where a shortcut acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Wherever the focus is.
    Window,
    /// Only while the article has the focus, so that typing in a field never tags.
    Article,
    /// Only in review mode while the article has the focus; there it goes before the keys of the article.
    Review,
}

/// What an action opens, over the window or in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opens {
    /// A dialog, or where it can, the field for the same.
    Dialog,
    /// A dialog in which nothing is asked.
    Message,
    /// A menu at the selected span.
    Menu,
}

/// What the table says about an action.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name in files of preferences: stable, lower case, words joined by hyphens.
    pub id: &'static str,
    /// Its name on screen; ends in `…` where more is asked before anything is done.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// Its keys where the analyst did not change them (the keymap has those that hold); the first one is shown.
    pub shortcuts: &'static [Shortcut],
    /// Where the keys act.
    pub reach: Reach,
    /// Whether the keys move the caret, so that Shift with them selects what lies between.
    pub moves: bool,
    /// What it opens.
    pub opens: Option<Opens>,
    /// The menu that shows it, and the group in the menu; none for what is only a command of `apply`.
    pub menu: Option<(Menu, u8)>,
    /// The command of `hashiya apply` that does the same.
    pub command: Option<&'static str>,
    available: Option<fn(&Situation) -> Availability>,
}

impl Entry {
    const fn new(action: Action, id: &'static str, name: &'static str, help: &'static str) -> Self {
        Self {
            action,
            id,
            name,
            help,
            shortcuts: &[],
            reach: Reach::Window,
            moves: false,
            opens: None,
            menu: None,
            command: None,
            available: None,
        }
    }

    const fn menu(self, menu: Menu, group: u8) -> Self {
        Self {
            menu: Some((menu, group)),
            ..self
        }
    }

    const fn keys(self, shortcuts: &'static [Shortcut]) -> Self {
        Self { shortcuts, ..self }
    }

    const fn in_article(self) -> Self {
        Self {
            reach: Reach::Article,
            ..self
        }
    }

    const fn in_review(self) -> Self {
        Self {
            reach: Reach::Review,
            ..self
        }
    }

    const fn moves(self) -> Self {
        Self {
            reach: Reach::Article,
            moves: true,
            ..self
        }
    }

    const fn opens(self, what: Opens) -> Self {
        Self {
            opens: Some(what),
            ..self
        }
    }

    const fn apply(self, command: &'static str) -> Self {
        Self {
            command: Some(command),
            ..self
        }
    }

    const fn when(self, available: fn(&Situation) -> Availability) -> Self {
        Self {
            available: Some(available),
            ..self
        }
    }

    /// Whether the action can be done now, or why not.
    ///
    /// # Errors
    /// The reason in words for the user.
    pub fn available(&self, situation: &Situation) -> Availability {
        self.available.map_or(Ok(()), |available| available(situation))
    }

    /// Whether a key can be given to it: what is only a command of `apply` has no gesture for one.
    pub const fn takes_keys(&self) -> bool {
        self.menu.is_some() || self.moves || !self.shortcuts.is_empty()
    }
}

impl Action {
    /// What the table says about it. Every action has an entry (a test holds this), so the fallback is never seen.
    pub fn entry(self) -> &'static Entry {
        TABLE
            .iter()
            .find(|entry| entry.action == self)
            .unwrap_or(&file::ENTRIES[0])
    }
}

/// The table, in the order of the menus.
pub fn table() -> &'static [Entry] {
    &TABLE
}

/// One file for each menu, in the order of the menus.
static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    [
        file::ENTRIES,
        edit::ENTRIES,
        codebook::ENTRIES,
        annotate::ENTRIES,
        link::ENTRIES,
        article::ENTRIES,
        review::ENTRIES,
        view::ENTRIES,
        help::ENTRIES,
        caret::ENTRIES,
        apply::ENTRIES,
    ]
    .concat()
});

const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut::ctrl(key)
}

const fn key(key: &'static str) -> Shortcut {
    Shortcut::key(key)
}

const fn alt(key: &'static str) -> Shortcut {
    Shortcut::alt(key)
}
