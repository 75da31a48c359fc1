//! The one table of everything that a person can ask for: name, help, keys, place in the menu, and when it can be done.
//!
//! Menu, palette, shortcut help, toolbar, README and command line read this table, so that they cannot disagree. It
//! knows no window: a key is a name with modifiers, and what is open or selected comes in as a [`Situation`].

use Menu::{Annotate, Edit, File, Help, View};

pub use super::shortcut::Shortcut;
pub use super::situation::{Availability, Situation};
use super::situation::{
    article, article_writable, articles, hidden_labels, hits, label_again, label_meant, label_or_alone,
    one_span, project, redo, redo_project, span, spans, text, text_or_span, undo, undo_project,
    words_or_span, writable, writable_spans,
};

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
    Copy,
    CopyWithOffsets,
    EditMetadata,
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
    TurnParagraph,
    TextSize,
    ArabicFace,
    MarginNumbers,
    LabelDisplay,
    HideLabel,
    ShowLabelAlone,
    LockLabel,
    ShowAllLabels,
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
    Entry::new(Action::Copy, "copy", "Copy", "Copy the selected words, or those of the selected span, exactly as they stand in the text")
        .menu(Edit, 2).keys(&[ctrl("C")]).in_article().when(words_or_span),
    Entry::new(Action::CopyWithOffsets, "copy-with-offsets", "Copy with offsets", "Copy the selected words or span as one line of JSON: the article's id, start and end in code points, the text, and a span's label and fragments")
        .menu(Edit, 2).keys(&[ctrl("C").shift()]).when(words_or_span),
    Entry::new(Action::SelectAll, "select-all", "Select all", "Select the whole text of the article")
        .menu(Edit, 2).keys(&[ctrl("A")]).in_article().when(article),
    Entry::new(Action::FindInArticle, "find-in-article", "Find in the article", "Find words in the article, in any spelling; selected words are looked for at once")
        .menu(Edit, 3).keys(&[ctrl("F")]).when(article),
    Entry::new(Action::FindNext, "find-next", "Next hit", "Select the next place where the words stand")
        .menu(Edit, 3).keys(&[key("F3")]).when(article),
    Entry::new(Action::FindPrevious, "find-previous", "Previous hit", "Select the place before where the words stand")
        .menu(Edit, 3).keys(&[key("F3").shift()]).when(article),
    Entry::new(Action::TagAllHits, "tag-all-hits", "Tag all hits…", "Tag all places that were found with one label, after a look at them; one undo takes all back")
        .menu(Edit, 3).when(hits),
    Entry::new(Action::EditMetadata, "edit-metadata", "Article details…", "Edit title, source, date, and language of the article")
        .menu(Edit, 4).keys(&[key("F2")]).apply("set_meta").when(article_writable),
    Entry::new(Action::FilterArticles, "filter-articles", "Filter articles", "Go to the filter above the list of articles")
        .menu(Edit, 4).keys(&[ctrl("F").shift()]).when(project),
    Entry::new(Action::Settings, "settings", "Settings…", "Choose how articles are set, and which keys do what")
        .menu(Edit, 5).keys(&[ctrl("Comma")]),

    Entry::new(Action::AddSpan, "add-span", "Tag selection", "Press a label's key, or click the label, to tag the selected words; with Ctrl a second label on the same words")
        .apply("add_span").in_article().when(text),
    Entry::new(Action::SetLabel, "set-label", "Change label", "Press another label's key to relabel the selected span")
        .apply("set_label").in_article().when(span),
    Entry::new(Action::SetRanges, "set-ranges", "Resize span", "Drag an edge of the selected span, or move it with the keys of brackets")
        .apply("set_ranges").in_article().when(span),
    Entry::new(Action::RepeatLabel, "repeat-label", "Same label again", "Give the selected words, or the selected span, the label that was given last")
        .menu(Annotate, 0).keys(&[key("Period")]).in_article().when(label_again),
    Entry::new(Action::ToggleProclitic, "toggle-proclitic", "Drop or restore proclitic", "Drop or restore one Arabic or Hebrew proclitic at the start of the selection")
        .menu(Annotate, 0).keys(&[key("C")]).in_article().when(text_or_span),
    Entry::new(Action::AddNote, "add-note", "Note…", "Write a note on the selected span, or on the article where none is selected")
        .menu(Annotate, 0).keys(&[key("N")]).apply("add_note").in_article().when(article_writable),
    Entry::new(Action::InspectSpan, "inspect-span", "Inspect span", "Go to the selected span’s fields in the inspector; Esc comes back")
        .menu(Annotate, 0).keys(&[key("Enter")]).in_article().when(one_span),
    Entry::new(Action::RemoveSpan, "remove-span", "Remove span", "Remove the selected span")
        .menu(Annotate, 0).keys(&[key("Delete"), key("Backspace")]).apply("remove_span").in_article().when(span),
    Entry::new(Action::EndForward, "end-forward", "End forward", "Move the selected span’s end by one character, forward as it is read, in any script")
        .menu(Annotate, 1).keys(&[key("CloseBracket")]).in_article().when(span),
    Entry::new(Action::EndBack, "end-back", "End back", "Move the selected span’s end back by one character")
        .menu(Annotate, 1).keys(&[key("OpenBracket")]).in_article().when(span),
    Entry::new(Action::StartForward, "start-forward", "Start forward", "Move the selected span’s start by one character, forward as it is read, in any script")
        .menu(Annotate, 1).keys(&[key("CloseBracket").shift()]).in_article().when(span),
    Entry::new(Action::StartBack, "start-back", "Start back", "Move the selected span’s start back by one character")
        .menu(Annotate, 1).keys(&[key("OpenBracket").shift()]).in_article().when(span),
    Entry::new(Action::EndWordForward, "end-word-forward", "End forward by a word", "Move the selected span’s end to the end of the next word")
        .menu(Annotate, 1).keys(&[ctrl("CloseBracket")]).in_article().when(span),
    Entry::new(Action::EndWordBack, "end-word-back", "End back by a word", "Move the selected span’s end to the end of the word before")
        .menu(Annotate, 1).keys(&[ctrl("OpenBracket")]).in_article().when(span),
    Entry::new(Action::StartWordForward, "start-word-forward", "Start forward by a word", "Move the selected span’s start to the start of the next word")
        .menu(Annotate, 1).keys(&[ctrl("CloseBracket").shift()]).in_article().when(span),
    Entry::new(Action::StartWordBack, "start-word-back", "Start back by a word", "Move the selected span’s start to the start of the word before")
        .menu(Annotate, 1).keys(&[ctrl("OpenBracket").shift()]).in_article().when(span),
    Entry::new(Action::MergeSpans, "merge-spans", "Merge spans", "Make one span of the spans of one label in the selected words, or of the selected span and the next one of its label")
        .menu(Annotate, 2).keys(&[key("M")]).apply("merge_spans").in_article().when(writable_spans),
    Entry::new(Action::SplitSpan, "split-span", "Split span", "Cut the span around the caret in two at the caret")
        .menu(Annotate, 2).keys(&[key("S")]).apply("split_span").in_article().when(writable_spans),
    Entry::new(Action::AddFragment, "add-fragment", "Add to span", "Add the selected words as a fragment to the span that was selected before")
        .menu(Annotate, 2).keys(&[key("F")]).in_article().when(text),
    Entry::new(Action::RemoveFragment, "remove-fragment", "Take from span", "Take the fragment at the caret out of the selected span")
        .menu(Annotate, 2).keys(&[key("F").shift()]).in_article().when(span),
    Entry::new(Action::NextCandidate, "next-candidate", "Next name or number", "Select the next number or capitalised name that no span touches, round the end")
        .menu(Annotate, 3).keys(&[key("J")]).in_article().when(article),
    Entry::new(Action::PreviousCandidate, "previous-candidate", "Previous name or number", "Select the previous number or capitalised name that no span touches, round the start")
        .menu(Annotate, 3).keys(&[key("J").shift()]).in_article().when(article),
    Entry::new(Action::NextSpan, "next-span", "Next span", "Select the next span in the order of the text")
        .menu(Annotate, 3).keys(&[key("Tab")]).in_article().when(spans),
    Entry::new(Action::PreviousSpan, "previous-span", "Previous span", "Select the previous span in the order of the text")
        .menu(Annotate, 3).keys(&[key("Tab").shift()]).in_article().when(spans),
    Entry::new(Action::ClearSelection, "clear-selection", "Clear selection", "Disarm the label, or let go of what is selected")
        .menu(Annotate, 3).keys(&[key("Escape")]).in_article().when(article),
    Entry::new(Action::MarkDoneAndNext, "done-and-next", "Done, next article", "Mark the article done and open the next unfinished one")
        .menu(Annotate, 4).keys(&[ctrl("Enter")]).when(article_writable),
    Entry::new(Action::MarkDone, "mark-done", "Mark done", "Mark the article done and stay")
        .menu(Annotate, 4).keys(&[ctrl("D")]).apply("set_status").when(article_writable),
    Entry::new(Action::MarkTodo, "mark-todo", "Mark to do", "Mark the article as not begun")
        .menu(Annotate, 4).apply("set_status").when(article_writable),
    Entry::new(Action::MarkSkipped, "mark-skipped", "Mark skipped", "Mark the article as not to be annotated")
        .menu(Annotate, 4).apply("set_status").when(article_writable),
    Entry::new(Action::NextArticle, "next-article", "Next article", "Open the next article of the list")
        .menu(Annotate, 5).keys(&[ctrl("PageDown")]).when(articles),
    Entry::new(Action::PreviousArticle, "previous-article", "Previous article", "Open the previous article of the list")
        .menu(Annotate, 5).keys(&[ctrl("PageUp")]).when(articles),
    Entry::new(Action::NextUnfinished, "next-unfinished", "Next unfinished article", "Open the next article that is not done")
        .menu(Annotate, 5).keys(&[ctrl("PageDown").shift()]).when(articles),

    Entry::new(Action::ZoomIn, "zoom-in", "Larger text", "Make the text of the article larger (also Ctrl and the wheel)")
        .menu(View, 0).keys(&[ctrl("Plus"), ctrl("Equals")]),
    Entry::new(Action::ZoomOut, "zoom-out", "Smaller text", "Make the text of the article smaller (also Ctrl and the wheel)")
        .menu(View, 0).keys(&[ctrl("Minus")]),
    Entry::new(Action::ZoomReset, "zoom-reset", "Normal text size", "Give the text of the article its first size")
        .menu(View, 0).keys(&[ctrl("0")]),
    Entry::new(Action::TextSize, "text-size", "Text size", "Set the article in small, medium, or large type, in turn")
        .menu(View, 0),
    Entry::new(Action::ArabicFace, "arabic-face", "Arabic letters", "Set Arabic script in Naskh or in Sans, in turn")
        .menu(View, 0),
    Entry::new(Action::ToggleTheme, "toggle-theme", "Light or dark", "Change between the light and the dark theme")
        .menu(View, 1).keys(&[key("F9")]),
    Entry::new(Action::ToggleList, "toggle-list", "Articles pane", "Show or hide the list of articles")
        .menu(View, 1).keys(&[ctrl("B")]),
    Entry::new(Action::ToggleInspector, "toggle-inspector", "Labels pane", "Show or hide labels and spans")
        .menu(View, 1).keys(&[ctrl("B").shift()]),
    Entry::new(Action::ShowHidden, "show-hidden", "Invisible characters", "Show zero-width and direction marks in the text")
        .menu(View, 2).keys(&[key("F8")]).when(article),
    Entry::new(Action::MarginNumbers, "margin-numbers", "Numbers in the margin", "Number paragraphs, or the lines of the text, or nothing, in turn")
        .menu(View, 2).keys(&[key("F8").shift()]),
    Entry::new(Action::LabelDisplay, "label-display", "Show labels as", "Show spans with the names of their labels, by underlines only, or by tints only, in turn")
        .menu(View, 2).keys(&[key("F7")]),
    Entry::new(Action::HideLabel, "hide-label", "Hide label", "Hide or show the spans of the selected span’s label, or of the armed one")
        .menu(View, 5).keys(&[key("H")]).in_article().when(label_meant),
    Entry::new(Action::ShowLabelAlone, "show-label-alone", "Show label alone", "Show only the spans of the selected span’s label, or of the armed one, or all again")
        .menu(View, 5).keys(&[key("O")]).in_article().when(label_or_alone),
    Entry::new(Action::LockLabel, "lock-label", "Lock label", "Lock the spans of the selected span’s label, or of the armed one, against changes and clicks, or unlock them")
        .menu(View, 5).keys(&[key("L")]).in_article().when(label_meant),
    Entry::new(Action::ShowAllLabels, "show-all-labels", "Show all labels", "Show the spans of all labels again")
        .menu(View, 5).keys(&[key("H").shift()]).in_article().when(hidden_labels),
    Entry::new(Action::DirectionAuto, "direction-auto", "Direction: by paragraph", "Let each paragraph take its direction from its first letter")
        .menu(View, 3).apply("set_meta").when(article_writable),
    Entry::new(Action::DirectionLeftToRight, "direction-left-to-right", "Direction: left to right", "Set the whole article from left to right; the project keeps it")
        .menu(View, 3).apply("set_meta").when(article_writable),
    Entry::new(Action::DirectionRightToLeft, "direction-right-to-left", "Direction: right to left", "Set the whole article from right to left; the project keeps it")
        .menu(View, 3).apply("set_meta").when(article_writable),
    Entry::new(Action::TurnParagraph, "turn-paragraph", "Turn this paragraph", "Turn the paragraph of the caret to the other direction, or back; the project keeps it")
        .menu(View, 3).keys(&[ctrl("X").shift()]).apply("set_meta").when(article_writable),
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
