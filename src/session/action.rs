//! The one table of everything that a person can ask for: name, help, keys, place in the menu, and when it can be done.
//!
//! Menu, palette, shortcut help, toolbar, README and command line read this table, so that they cannot disagree. It
//! knows no window: a key is a name with modifiers, and what is open or selected comes in as a [`Situation`].

use Menu::{Annotate, Edit, File, Help, View};

pub use super::shortcut::Shortcut;

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
    CloseProject,
    SaveProjectAs,
    SaveSnapshot,
    Export,
    SetAnnotator,
    Settings,
    Quit,
    Undo,
    Redo,
    UndoProject,
    RedoProject,
    EditMetadata,
    FilterArticles,
    AddSpan,
    SetLabel,
    RemoveSpan,
    SetRanges,
    ToggleProclitic,
    AddNote,
    NextSpan,
    PreviousSpan,
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
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ToggleTheme,
    ToggleList,
    ToggleInspector,
    ShowHidden,
    DirectionAuto,
    DirectionLeftToRight,
    DirectionRightToLeft,
    NextPane,
    PreviousPane,
    Palette,
    ShowShortcuts,
    About,
    SetAttribute,
    SetNote,
    RemoveNote,
    SetReview,
    RenameAnnotator,
    AddRelation,
    RemoveRelation,
    AddEvent,
    RemoveEvent,
    Batch,
}

/// A menu of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum Menu {
    File,
    Edit,
    Annotate,
    View,
    Help,
}

impl Menu {
    /// The menus in the order of the menu bar.
    pub const ALL: [Self; 5] = [File, Edit, Annotate, View, Help];

    /// The word in the menu bar.
    pub const fn name(self) -> &'static str {
        match self {
            File => "File",
            Edit => "Edit",
            Annotate => "Annotate",
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
}

/// What is open and selected, as far as an action can depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent facts, each asked by name"
)]
pub struct Situation {
    /// A project is open.
    pub project: bool,
    /// The open project holds an article.
    pub has_articles: bool,
    /// An article is open.
    pub article: bool,
    /// Words of the article are selected.
    pub text_selected: bool,
    /// A span is selected.
    pub span_selected: bool,
    /// The article holds a span.
    pub has_spans: bool,
    /// There is something to undo in the article.
    pub can_undo: bool,
    /// There is something to redo in the article.
    pub can_redo: bool,
    /// There is something to undo in the project: an import, a change of the codebook.
    pub can_undo_project: bool,
    /// There is something to redo in the project.
    pub can_redo_project: bool,
    /// The project cannot be written to now.
    pub blocked: bool,
}

/// Whether an action can be done; else the reason, as it is shown beside the action.
pub type Availability = Result<(), &'static str>;

/// What the table says about an action.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name in files of preferences: stable, lower case, words joined by hyphens.
    pub id: &'static str,
    /// Its name on screen; ends in `…` where a dialog opens.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// Its keys where the analyst did not change them (the keymap has those that hold); the first one is shown.
    pub shortcuts: &'static [Shortcut],
    /// Where the keys act.
    pub reach: Reach,
    /// Whether the keys move the caret, so that Shift with them selects what lies between.
    pub moves: bool,
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

    const fn moves(self) -> Self {
        Self {
            reach: Reach::Article,
            moves: true,
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
            .unwrap_or(&TABLE[0])
    }
}

/// The table, in the order of the menus.
pub fn table() -> &'static [Entry] {
    TABLE
}

fn unless(fine: bool, reason: &'static str) -> Availability {
    if fine { Ok(()) } else { Err(reason) }
}

fn project(s: &Situation) -> Availability {
    unless(s.project, "no project is open")
}

fn writable(s: &Situation) -> Availability {
    project(s).and(unless(!s.blocked, "the project cannot be written to now"))
}

fn articles(s: &Situation) -> Availability {
    project(s).and(unless(s.has_articles, "the project has no articles yet"))
}

fn article(s: &Situation) -> Availability {
    unless(s.article, "no article is open")
}

fn article_writable(s: &Situation) -> Availability {
    article(s).and(writable(s))
}

fn text_or_span(s: &Situation) -> Availability {
    let chosen = s.text_selected || s.span_selected;
    article_writable(s).and(unless(chosen, "select words or a span first"))
}

fn span(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.span_selected, "select a span first"))
}

fn spans(s: &Situation) -> Availability {
    article(s).and(unless(s.has_spans, "the article has no spans yet"))
}

fn text(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.text_selected, "select words first"))
}

fn undo(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.can_undo, "nothing to undo in this article"))
}

fn redo(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.can_redo, "nothing to redo in this article"))
}

fn undo_project(s: &Situation) -> Availability {
    writable(s).and(unless(s.can_undo_project, "nothing to undo in the project"))
}

fn redo_project(s: &Situation) -> Availability {
    writable(s).and(unless(s.can_redo_project, "nothing to redo in the project"))
}

const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut::ctrl(key)
}

const fn key(key: &'static str) -> Shortcut {
    Shortcut::key(key)
}

const fn alt(key: &'static str) -> Shortcut {
    Shortcut::alt(key)
}

#[rustfmt::skip]
static TABLE: &[Entry] = &[
    Entry::new(Action::NewProject, "new-project", "New project…", "Make an empty project with the default codebook")
        .menu(File, 0).keys(&[ctrl("N")]),
    Entry::new(Action::OpenProject, "open-project", "Open project…", "Open a project file (.hashiya)")
        .menu(File, 0).keys(&[ctrl("O")]),
    Entry::new(Action::OpenArticles, "open-articles", "Open articles…", "Open text or JSONL files as an untitled project, saved as you go")
        .menu(File, 0).keys(&[ctrl("O").shift()]),
    Entry::new(Action::OpenSample, "open-sample", "Open the sample", "Open a few short articles in several languages to try things on")
        .menu(File, 0),
    Entry::new(Action::TypePath, "type-path", "Open by path…", "Type or paste the path of a project, a file, or a folder")
        .menu(File, 0).keys(&[ctrl("L")]),
    Entry::new(Action::Import, "import", "Add articles…", "Import more text or JSONL files into this project")
        .menu(File, 1).keys(&[ctrl("I")]).when(writable),
    Entry::new(Action::SaveSnapshot, "save-snapshot", "Save JSONL", "Write the whole project as JSONL into the exports folder beside it; your work itself is always saved")
        .menu(File, 2).keys(&[ctrl("S")]).when(project),
    Entry::new(Action::Export, "export", "Export…", "Write the dataset in a format and to a place of your choice")
        .menu(File, 2).keys(&[ctrl("E")]).when(articles),
    Entry::new(Action::SaveProjectAs, "save-project-as", "Save project as…", "Give the project file a name and a place of its own")
        .menu(File, 2).keys(&[ctrl("S").shift()]).when(project),
    Entry::new(Action::SetAnnotator, "set-annotator", "Annotator…", "Say under whose name you annotate")
        .menu(File, 3).when(project),
    Entry::new(Action::CloseProject, "close-project", "Close project", "Go back to the welcome screen; everything is saved")
        .menu(File, 4).keys(&[ctrl("W")]).when(project),
    Entry::new(Action::Quit, "quit", "Quit", "Close Hashiya; everything is saved")
        .menu(File, 4).keys(&[ctrl("Q")]),

    Entry::new(Action::Undo, "undo", "Undo", "Take back the last change in this article, also after a restart")
        .menu(Edit, 0).keys(&[ctrl("Z")]).apply("undo").when(undo),
    Entry::new(Action::Redo, "redo", "Redo", "Do again what was taken back in this article")
        .menu(Edit, 0).keys(&[ctrl("Z").shift(), ctrl("Y")]).apply("redo").when(redo),
    Entry::new(Action::UndoProject, "undo-project", "Undo in project", "Take back the last import or change of the codebook")
        .menu(Edit, 1).when(undo_project),
    Entry::new(Action::RedoProject, "redo-project", "Redo in project", "Do again the import or codebook change that was taken back")
        .menu(Edit, 1).when(redo_project),
    Entry::new(Action::EditMetadata, "edit-metadata", "Article details…", "Edit title, source, date, and language of the article")
        .menu(Edit, 2).keys(&[key("F2")]).apply("set_meta").when(article_writable),
    Entry::new(Action::FilterArticles, "filter-articles", "Filter articles", "Go to the filter above the list of articles")
        .menu(Edit, 2).keys(&[ctrl("F")]).when(project),
    Entry::new(Action::SelectAll, "select-all", "Select all", "Select the whole text of the article")
        .menu(Edit, 3).keys(&[ctrl("A")]).in_article().when(article),
    Entry::new(Action::Settings, "settings", "Settings…", "Change how articles are shown, and every key")
        .menu(Edit, 4).keys(&[ctrl("Comma")]),

    Entry::new(Action::AddSpan, "add-span", "Tag selection", "Press a label's key, or click the label, to tag the selected words; with Ctrl a second label on the same words")
        .apply("add_span").in_article().when(text),
    Entry::new(Action::SetLabel, "set-label", "Change label", "Press another label's key to relabel the selected span")
        .apply("set_label").in_article().when(span),
    Entry::new(Action::SetRanges, "set-ranges", "Resize span", "Drag an edge of the selected span")
        .apply("set_ranges").in_article().when(span),
    Entry::new(Action::RemoveSpan, "remove-span", "Remove span", "Remove the selected span")
        .menu(Annotate, 0).keys(&[key("Delete"), key("Backspace")]).apply("remove_span").in_article().when(span),
    Entry::new(Action::ToggleProclitic, "toggle-proclitic", "Drop or restore proclitic", "Drop or restore one Arabic or Hebrew proclitic at the start of the selection")
        .menu(Annotate, 0).keys(&[key("C")]).in_article().when(text_or_span),
    Entry::new(Action::AddNote, "add-note", "Note…", "Write a note on the selected span, or on the article where none is selected")
        .menu(Annotate, 0).keys(&[key("N")]).apply("add_note").in_article().when(article_writable),
    Entry::new(Action::NextSpan, "next-span", "Next span", "Select the next span in the order of the text")
        .menu(Annotate, 1).keys(&[key("Tab")]).in_article().when(spans),
    Entry::new(Action::PreviousSpan, "previous-span", "Previous span", "Select the previous span in the order of the text")
        .menu(Annotate, 1).keys(&[key("Tab").shift()]).in_article().when(spans),
    Entry::new(Action::ClearSelection, "clear-selection", "Clear selection", "Disarm the label, or let go of what is selected")
        .menu(Annotate, 1).keys(&[key("Escape")]).in_article().when(article),
    Entry::new(Action::MarkDoneAndNext, "done-and-next", "Done, next article", "Mark the article done and open the next unfinished one")
        .menu(Annotate, 2).keys(&[ctrl("Enter")]).when(article_writable),
    Entry::new(Action::MarkDone, "mark-done", "Mark done", "Mark the article done and stay")
        .menu(Annotate, 2).keys(&[ctrl("D")]).apply("set_status").when(article_writable),
    Entry::new(Action::MarkTodo, "mark-todo", "Mark to do", "Mark the article as not begun")
        .menu(Annotate, 2).apply("set_status").when(article_writable),
    Entry::new(Action::MarkSkipped, "mark-skipped", "Mark skipped", "Mark the article as not to be annotated")
        .menu(Annotate, 2).apply("set_status").when(article_writable),
    Entry::new(Action::NextArticle, "next-article", "Next article", "Open the next article of the list")
        .menu(Annotate, 3).keys(&[ctrl("PageDown")]).when(articles),
    Entry::new(Action::PreviousArticle, "previous-article", "Previous article", "Open the previous article of the list")
        .menu(Annotate, 3).keys(&[ctrl("PageUp")]).when(articles),
    Entry::new(Action::NextUnfinished, "next-unfinished", "Next unfinished article", "Open the next article that is not done")
        .menu(Annotate, 3).keys(&[ctrl("PageDown").shift()]).when(articles),

    Entry::new(Action::ZoomIn, "zoom-in", "Larger text", "Make the text of the article larger (also Ctrl and the wheel)")
        .menu(View, 0).keys(&[ctrl("Plus"), ctrl("Equals")]),
    Entry::new(Action::ZoomOut, "zoom-out", "Smaller text", "Make the text of the article smaller (also Ctrl and the wheel)")
        .menu(View, 0).keys(&[ctrl("Minus")]),
    Entry::new(Action::ZoomReset, "zoom-reset", "Normal text size", "Give the text of the article its first size")
        .menu(View, 0).keys(&[ctrl("0")]),
    Entry::new(Action::ToggleTheme, "toggle-theme", "Light or dark", "Change between the light and the dark theme")
        .menu(View, 1).keys(&[key("F9")]),
    Entry::new(Action::ToggleList, "toggle-list", "Articles pane", "Show or hide the list of articles")
        .menu(View, 1).keys(&[ctrl("B")]),
    Entry::new(Action::ToggleInspector, "toggle-inspector", "Labels pane", "Show or hide labels and spans")
        .menu(View, 1).keys(&[ctrl("B").shift()]),
    Entry::new(Action::ShowHidden, "show-hidden", "Invisible characters", "Show zero-width and direction marks in the text")
        .menu(View, 2).keys(&[key("F8")]).when(article),
    Entry::new(Action::DirectionAuto, "direction-auto", "Direction: by paragraph", "Let each paragraph take its direction from its first letter")
        .menu(View, 3).when(article),
    Entry::new(Action::DirectionLeftToRight, "direction-left-to-right", "Direction: left to right", "Set the whole article from left to right")
        .menu(View, 3).when(article),
    Entry::new(Action::DirectionRightToLeft, "direction-right-to-left", "Direction: right to left", "Set the whole article from right to left")
        .menu(View, 3).when(article),
    Entry::new(Action::NextPane, "next-pane", "Next pane", "Move the focus to the next pane")
        .menu(View, 4).keys(&[key("F6")]),
    Entry::new(Action::PreviousPane, "previous-pane", "Previous pane", "Move the focus to the previous pane")
        .menu(View, 4).keys(&[key("F6").shift()]),

    Entry::new(Action::Palette, "palette", "Commands…", "Find any command by its name")
        .menu(Help, 0).keys(&[ctrl("K")]),
    Entry::new(Action::ShowShortcuts, "shortcuts", "Keyboard shortcuts", "Show all keys")
        .menu(Help, 0).keys(&[key("F1")]),
    Entry::new(Action::About, "about", "About Hashiya", "Show version, folders, and licence")
        .menu(Help, 1),

    Entry::new(Action::MoveLeft, "move-left", "Caret to the left", "Move the caret by one character as it is seen; with Shift select")
        .keys(&[key("ArrowLeft")]).moves().when(article),
    Entry::new(Action::MoveRight, "move-right", "Caret to the right", "Move the caret by one character as it is seen; with Shift select")
        .keys(&[key("ArrowRight")]).moves().when(article),
    Entry::new(Action::MoveUp, "move-up", "Caret up", "Move the caret by a line; with Shift select")
        .keys(&[key("ArrowUp")]).moves().when(article),
    Entry::new(Action::MoveDown, "move-down", "Caret down", "Move the caret by a line; with Shift select")
        .keys(&[key("ArrowDown")]).moves().when(article),
    Entry::new(Action::WordLeft, "word-left", "Word to the left", "Move the caret by a word; with Shift select")
        .keys(&[ctrl("ArrowLeft")]).moves().when(article),
    Entry::new(Action::WordRight, "word-right", "Word to the right", "Move the caret by a word; with Shift select")
        .keys(&[ctrl("ArrowRight")]).moves().when(article),
    Entry::new(Action::PreviousSentence, "previous-sentence", "Sentence before", "Move the caret to the start of this sentence or of the one before; with Shift select")
        .keys(&[alt("ArrowUp"), ctrl("ArrowUp")]).moves().when(article),
    Entry::new(Action::NextSentence, "next-sentence", "Sentence behind", "Move the caret to the start of the next sentence; with Shift select")
        .keys(&[alt("ArrowDown"), ctrl("ArrowDown")]).moves().when(article),
    Entry::new(Action::SentenceLeft, "sentence-left", "Sentence to the left", "Move the caret by a sentence to the left; with Shift select")
        .keys(&[alt("ArrowLeft")]).moves().when(article),
    Entry::new(Action::SentenceRight, "sentence-right", "Sentence to the right", "Move the caret by a sentence to the right; with Shift select")
        .keys(&[alt("ArrowRight")]).moves().when(article),
    Entry::new(Action::LineStart, "line-start", "Start of the line", "Move the caret to where the line begins; with Shift select")
        .keys(&[key("Home")]).moves().when(article),
    Entry::new(Action::LineEnd, "line-end", "End of the line", "Move the caret to where the line ends; with Shift select")
        .keys(&[key("End")]).moves().when(article),
    Entry::new(Action::PageUp, "page-up", "Page up", "Move the caret by a view; with Shift select")
        .keys(&[key("PageUp")]).moves().when(article),
    Entry::new(Action::PageDown, "page-down", "Page down", "Move the caret by a view; with Shift select")
        .keys(&[key("PageDown")]).moves().when(article),
    Entry::new(Action::TextStart, "text-start", "Start of the article", "Move the caret to the first character; with Shift select")
        .keys(&[ctrl("Home")]).moves().when(article),
    Entry::new(Action::TextEnd, "text-end", "End of the article", "Move the caret behind the last character; with Shift select")
        .keys(&[ctrl("End")]).moves().when(article),

    Entry::new(Action::SetAttribute, "set-attribute", "Set attribute", "Set or clear an attribute of a span, relation, event, or article")
        .apply("set_attribute").when(article_writable),
    Entry::new(Action::SetNote, "set-note", "Change note", "Change the words of a note, settle it, or open it again")
        .apply("set_note").when(article_writable),
    Entry::new(Action::RemoveNote, "remove-note", "Remove note", "Remove a note")
        .apply("remove_note").when(article_writable),
    Entry::new(Action::SetReview, "set-review", "Review", "Give or take back the verdict on an annotator's work")
        .apply("set_review").when(article_writable),
    Entry::new(Action::RenameAnnotator, "rename-annotator", "Rename annotator", "Give an annotator another name in the whole project; the work carries over")
        .apply("rename_annotator").when(writable),
    Entry::new(Action::AddRelation, "add-relation", "Add relation", "Link a span to a span")
        .apply("add_relation").when(article_writable),
    Entry::new(Action::RemoveRelation, "remove-relation", "Remove relation", "Remove a link between spans")
        .apply("remove_relation").when(article_writable),
    Entry::new(Action::AddEvent, "add-event", "Add event", "Record an event with its roles")
        .apply("add_event").when(article_writable),
    Entry::new(Action::RemoveEvent, "remove-event", "Remove event", "Remove an event")
        .apply("remove_event").when(article_writable),
    Entry::new(Action::Batch, "batch", "Batch", "Several commands as one transaction, all or nothing")
        .apply("batch").when(writable),
];

#[cfg(test)]
#[path = "action_tests.rs"]
mod tests;
