//! Every word of the window that the table of actions does not hold, in one place.
//!
//! Only words and how they are put together; who shows them where is the panels' business.

use crate::model::{Codebook, LabelId, OriginKind, Status, words_in};
use crate::session::action::{Action, Shortcut};
use crate::session::keymap::Clash;

/// The program's name.
pub const APP: &str = "Hashiya";
/// What it is, under its name on the welcome screen.
pub const TAGLINE: &str = "Tag spans in articles of any language and save them as JSONL.";
/// Above the recent projects.
pub const RECENT: &str = "Recent projects";
/// Where no project was opened before.
pub const RECENT_NONE: &str = "Projects that you open are listed here.";
/// On the welcome screen.
pub const DROP_HINT: &str = "You can also drop files or folders onto the window.";
/// While files hang over the window.
pub const DROP_NOW: &str = "Drop to open";
/// While files hang over the window and a project is open.
pub const DROP_INTO: &str = "Drop to add to this project";
/// Where a recent project is not there.
pub const NOT_FOUND: &str = "not found";

/// The language of these words, in which names of labels are shown too.
pub const LANG: &str = "en";
/// What a click on a label does.
pub const LABEL_TIP: &str =
    "Tags the selection, or relabels the selected span, or is armed for the next drag. Key:";

/// Panes.
pub const PANE_ARTICLES: &str = "Articles";
/// The article pane.
pub const PANE_ARTICLE: &str = "Article";
/// Labels and spans.
pub const PANE_INSPECTOR: &str = "Inspector";
/// Labels of the codebook.
pub const LABELS: &str = "Labels";
/// The selected span.
pub const SELECTED_SPAN: &str = "Selected span";
/// The list of spans.
pub const SPANS: &str = "Spans";
/// The toolbar.
pub const TOOLBAR: &str = "Toolbar";
/// The status bar.
pub const STATUS_BAR: &str = "Status";
/// The menu bar.
pub const MENU_BAR: &str = "Menu";

/// The scroll bar of the article.
pub const SCROLL_BAR: &str = "Scroll";

/// A value that holds.
pub const YES: &str = "yes";
/// A value that does not hold.
pub const NO: &str = "no";
/// A number of which the words say only that there is one.
pub const UNKNOWN_NUMBER: &str = "an unknown number";
/// Before the reason why an action cannot be done.
pub const NOT_NOW: &str = "Not now:";

/// The filter field's name.
pub const FILTER: &str = "Filter articles";
/// Shown in the empty filter field.
pub const FILTER_HINT: &str = "Filter…";
/// The filter by status.
pub const FILTER_STATUS: &str = "Status filter";
/// The filter by language.
pub const FILTER_LANGUAGE: &str = "Language filter";
/// No filter by status.
pub const ANY_STATUS: &str = "Any status";
/// No filter by language.
pub const ANY_LANGUAGE: &str = "Any language";
/// Takes every filter off.
pub const CLEAR_FILTERS: &str = "Clear filters";
/// Where an article has no title.
pub const UNTITLED: &str = "(untitled)";
/// Where the language is not known.
pub const LANGUAGE_UNKNOWN: &str = "??";

/// An empty project.
pub const NO_ARTICLES: &str = "No articles yet";
/// What to do in an empty project.
pub const NO_ARTICLES_HINT: &str = "Add text or JSONL files, or drop them onto the window.";
/// No article passes the filters.
pub const NO_MATCH: &str = "No article matches";
/// No article is open.
pub const NO_ARTICLE_OPEN: &str = "No article is open";
/// What to do then.
pub const NO_ARTICLE_OPEN_HINT: &str = "Choose one in the list.";
/// No span in the article.
pub const NO_SPANS: &str = "No spans yet";
/// What to do then.
pub const NO_SPANS_HINT: &str = "Select words in the text, then press a label’s key or click a label.";
/// No label in the codebook.
pub const NO_LABELS: &str = "The codebook has no labels.";
/// No span is selected.
pub const NO_SPAN_SELECTED: &str = "Click a span to see it here.";
/// Nothing in the palette fits.
pub const NO_COMMAND: &str = "No command of that name";

/// Heading of the caret's keys in the help.
pub const CARET_KEYS: &str = "Caret; with Shift it selects";

/// The palette.
pub const PALETTE: &str = "Find a command";
/// Its field.
pub const PALETTE_HINT: &str = "Type a command, a label, or part of its name…";
/// The shortcut help.
pub const SHORTCUTS: &str = "Keyboard shortcuts";
/// Label keys in the shortcut help.
pub const LABEL_KEYS: &str = "Labels (while the article has the focus)";
/// What Ctrl adds to a label's key.
pub const LABEL_KEYS_CTRL: &str = "With Ctrl: add as a second label on the same words";
/// Keys of the article.
pub const ARTICLE_KEYS: &str = "In the article";
/// Keys that VIEW's widget has of its own: what, and keys.
pub const TEXT_KEYS: &[(&str, &str)] = &[
    ("Select words", "Drag"),
    ("Select letter by letter", "Ctrl+drag, Alt+drag"),
    ("Select word, sentence", "Double-click, triple-click"),
    ("Extend the selection", "Shift+click"),
    ("Tag, relabel, or arm a label", "The label’s key"),
    ("The span below, at the same place", "Click again"),
    ("Resize the selected span", "Drag its edge"),
];

/// The settings.
pub const SETTINGS: &str = "Settings";
/// The page of how articles are shown.
pub const SETTINGS_READING: &str = "Reading";
/// The page of keys.
pub const SETTINGS_KEYS: &str = "Keys";
/// Light or dark.
pub const THEME: &str = "Theme";
/// A theme.
pub const THEME_SYSTEM: &str = "As the system";
/// A theme.
pub const THEME_LIGHT: &str = "Light";
/// A theme.
pub const THEME_DARK: &str = "Dark";
/// Zoom of the article.
pub const TEXT_ZOOM: &str = "Text of the article";
/// A step of zoom.
pub const ZOOM_IN: &str = "Larger text";
/// A step of zoom.
pub const ZOOM_OUT: &str = "Smaller text";
/// The first size.
pub const ZOOM_RESET: &str = "Normal size";
/// Zero-width and direction marks.
pub const INVISIBLE: &str = "Invisible characters";
/// Whether they are seen.
pub const INVISIBLE_SHOW: &str = "Show all of them";
/// The filter of the keys.
pub const KEYS_FILTER: &str = "Filter keys";
/// Shown in the empty filter.
pub const KEYS_FILTER_HINT: &str = "Find a command or a key…";
/// The list of commands with their keys.
pub const KEYS_LIST: &str = "Commands and their keys";
/// Where the filter leaves nothing.
pub const NO_KEYS_FOUND: &str = "No command and no key of that name";
/// Where an action has no key.
pub const NO_KEY: &str = "No key";
/// Records a key instead of those there are.
pub const CHANGE_KEY: &str = "Change…";
/// From the help to the settings of keys.
pub const CHANGE_KEYS: &str = "Change keys…";
/// Records one more key.
pub const ADD_KEY: &str = "Add a key…";
/// Gives an action its first keys again.
pub const RESET_KEY: &str = "Reset";
/// Gives every action its first keys again.
pub const RESET_ALL: &str = "Reset all";
/// The same, asked for again.
pub const RESET_ALL_SURE: &str = "Reset all keys now";
/// Beside an action whose keys are not the first ones.
pub const CHANGED: &str = "changed";
/// Below the prompt while a key is recorded.
pub const RECORD_HINT: &str =
    "It replaces the keys there are. Delete: no key at all. Esc: leave it as it is.";
/// The same where a key is added.
pub const RECORD_ADD_HINT: &str = "It is added to the keys there are. Esc: leave it as it is.";
/// Records again.
pub const ANOTHER_KEY: &str = "Press another key";
/// A key that means two things.
pub const CONFLICT: &str = "conflict";
/// Several of them.
pub const CONFLICTS: &str = "conflicts";
/// Where the keys of labels come from.
pub const LABEL_KEYS_FROM: &str =
    "The keys of labels are the codebook’s, so that everyone on a project has the same.";
/// What to do about keys that mean two things.
pub const KEYS_CONFLICT_HINT: &str = "The settings show what each clashes with, and change it.";

/// Before a label's name in the palette.
pub const LABEL: &str = "Label:";
/// Opens the context menu's list of labels.
pub const TAG_AS: &str = "Tag as";
/// The same for a selected span.
pub const CHANGE_TO: &str = "Change to";
/// Copies the selected words.
pub const COPY: &str = "Copy text";

/// Closes a dialog, nothing changed.
pub const CANCEL: &str = "Cancel";
/// Closes a dialog that only tells.
pub const CLOSE: &str = "Close";
/// Takes what was filled in.
pub const OK: &str = "OK";
/// Opens what was typed.
pub const OPEN: &str = "Open";
/// Saves what was typed.
pub const SAVE: &str = "Save";
/// Tries again.
pub const RETRY: &str = "Retry";
/// Shows the list behind a notice.
pub const DETAILS: &str = "Details…";
/// Puts a notice away.
pub const DISMISS: &str = "Dismiss";
/// Saves the rejected input.
pub const SAVE_REPORT: &str = "Save report…";
/// The import report.
pub const REPORT: &str = "Report";

/// The typed path dialog's field.
pub const PATH: &str = "Path";
/// What can be typed there.
pub const PATH_HINT: &str = "/home/you/articles";
/// Where nothing was typed.
pub const PATH_EMPTY: &str = "Type a path first.";
/// Where the typed path leads nowhere.
pub const PATH_MISSING: &str = "There is no file or folder of that name.";
/// Where a file of that name is there already.
pub const PATH_EXISTS: &str = "There is a file of that name already; choose another.";
/// Where the folder of a new file is missing.
pub const PATH_NO_FOLDER: &str = "The folder of this path does not exist.";
/// Why the path must be typed.
pub const NO_FILE_DIALOG: &str =
    "No file dialog answered, so type or paste the path, or drop files onto the window.";

/// The metadata editor.
pub const DETAILS_OF_ARTICLE: &str = "Article details";
/// Metadata.
pub const FIELD_TITLE: &str = "Title";
/// Metadata.
pub const FIELD_SOURCE: &str = "Source";
/// Metadata.
pub const FIELD_DATE: &str = "Date";
/// Metadata.
pub const FIELD_LANGUAGE: &str = "Language";
/// What a date is written as.
pub const DATE_HINT: &str = "2022-01-20, 2022-01, 2022…";
/// What a language is written as.
pub const LANGUAGE_HINT: &str = "fr, ar, en, zh-Hant…";

/// The annotator dialog.
pub const ANNOTATOR: &str = "Annotator";
/// What the annotator's name is for.
pub const ANNOTATOR_HINT: &str = "Your annotations are kept under this name, apart from those of others.";
/// Whether old work goes by the new name.
pub const ANNOTATOR_CARRY: &str = "Carry my work in this project over to the new name";
/// What the dialog says to a name that cannot be one.
pub const ANNOTATOR_INVALID: &str = "A name is not empty and has no control characters.";

/// The note dialog and the note field.
pub const NOTE: &str = "Note";
/// In an empty note field.
pub const NOTE_HINT: &str = "Write a note…";
/// The dialog of a note on the whole article.
pub const NOTE_ON_ARTICLE: &str = "Note on the article";
/// Adds a note.
pub const ADD_NOTE: &str = "Add note";
/// Fields of the selected span.
pub const OFFSETS: &str = "Code points";
/// Who or what made the span.
pub const ORIGIN: &str = "Origin";

/// The export dialog.
pub const EXPORT: &str = "Export";
/// Goes on to the place of the file.
pub const EXPORT_TO: &str = "Export to…";
/// Its list.
pub const FORMAT: &str = "Format";
/// Where a format cannot hold everything.
pub const CANNOT_HOLD: &str = "Cannot hold:";

/// The banner where the project cannot be written to.
pub const BLOCKED: &str =
    "The project cannot be written to. Nothing is lost; nothing more is taken in until this is mended.";
/// In the status bar where everything is on disk.
pub const SAVED: &str = "saved";
/// Where nothing can be saved at the moment.
pub const NOT_SAVING: &str = "not saving";
/// Before the annotator's name in the status bar.
pub const ANNOTATOR_SMALL: &str = "annotator";
/// Before offsets in the status bar.
pub const CODE_POINTS: &str = "code points";
/// Before the first change.
pub const NO_CHANGES: &str = "all saved";
/// In the status bar and the title of a project without a name of its own.
pub const UNTITLED_PROJECT: &str = "untitled project";
/// Why a gesture did nothing.
pub const REFUSED_SAME_SPAN: &str = "This span is there already";
/// Why a gesture did nothing.
pub const REFUSED_NOTHING_SELECTED: &str = "Select words or a span first";
/// Why a gesture did nothing.
pub const REFUSED_ONLY_SPACE: &str = "Only space and punctuation are selected";
/// Why a gesture did nothing.
pub const REFUSED_NO_PROCLITIC: &str = "No proclitic to drop or restore here";
/// Before the path of a saved report.
pub const REPORT_SAVED: &str = "Report saved:";
/// Before the reason why a report was not saved.
pub const REPORT_NOT_SAVED: &str = "The report could not be saved:";
/// An armed label.
pub const ARMED: &str = "armed:";
/// Cancels a job.
pub const CANCEL_JOB: &str = "Cancel job";
/// A panic of a panel.
pub const PANE_FAILED: &str = "This part of the window failed and is drawn anew. Your work is on disk.";

/// About.
pub const ABOUT: &str = "About Hashiya";
/// Where untitled projects lie.
pub const FOLDER_DATA: &str = "Untitled projects";
/// Where preferences lie.
pub const FOLDER_CONFIG: &str = "Preferences";
/// The licence.
pub const LICENCE: &str = "Licence: MIT or Apache-2.0. Fonts: Noto, SIL Open Font License 1.1.";
/// What the name means.
pub const NAME_MEANING: &str = "Hashiya: a note in the margin.";

/// A status on screen.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Todo => "to do",
        Status::InProgress => "in progress",
        Status::Done => "done",
        Status::Skipped => "skipped",
    }
}

/// An origin on screen.
pub const fn origin(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Person => "person",
        OriginKind::Import => "import",
        OriginKind::Dictionary => "dictionary",
        OriginKind::Pattern => "pattern",
        OriginKind::Model => "model",
    }
}

/// "Press the new key for “Undo”".
pub fn press_key_for(action: &str) -> String {
    format!("Press the new key for “{action}”")
}

/// How to get rid of an armed label.
pub fn disarm(key: &str) -> String {
    format!("{key} to disarm")
}

/// How to open an article where none is open.
pub fn no_article_open_hint(key: Option<&str>) -> String {
    match key {
        Some(key) => format!("Choose one in the list, or press {key}."),
        None => NO_ARTICLE_OPEN_HINT.to_owned(),
    }
}

/// "Take Ctrl+Z from “Undo”".
pub fn take_key(key: &str, action: &str) -> String {
    format!("Take {key} from “{action}”")
}

/// What a key clashes with, as it stands behind the key.
pub fn clash(clash: &Clash, codebook: Option<&Codebook>) -> String {
    let label = |id: &LabelId| {
        let label = codebook.and_then(|codebook| codebook.label(id));
        let name = label.and_then(|label| words_in(&label.names, LANG));
        name.unwrap_or(id.as_str()).to_owned()
    };
    match clash {
        Clash::Action(other) => format!("also “{}”", action_name(*other)),
        Clash::Selecting(other) => format!("keeps “{}” from selecting with Shift", action_name(*other)),
        Clash::WithShift(other) => format!("with Shift it is “{}” and does not select", action_name(*other)),
        Clash::Label(id) => format!(
            "the label “{}” has it, which goes first in the article",
            label(id)
        ),
        Clash::SecondLabel(id) => format!("“{}” can then not be added as a second label", label(id)),
        Clash::Clipboard => "copies, cuts, or pastes, and cannot do anything else".to_owned(),
        Clash::Typing => {
            "types or moves; a key for the whole window has Ctrl or Alt, or is an F key".to_owned()
        }
    }
}

/// What settles the clashes of a key that is taken all the same; none where it would never act.
pub fn settle(clashes: &[Clash], shortcut: Shortcut) -> Option<String> {
    let never = |clash: &Clash| matches!(clash, Clash::Clipboard | Clash::Typing | Clash::Label(_));
    if clashes.iter().any(never) {
        return None;
    }
    let losers: Vec<String> = clashes
        .iter()
        .filter_map(|clash| clash.taken_from(shortcut))
        .map(|(other, _)| format!("“{}”", action_name(other)))
        .collect();
    Some(if losers.is_empty() {
        "Use it all the same".to_owned()
    } else {
        format!("Take it from {}", losers.join(", "))
    })
}

/// At the start, where keys of the preferences mean two things: which ones.
pub fn keys_in_conflict(keys: &[String]) -> String {
    format!(
        "Some of your keys mean two things or never act: {}.",
        keys.join(", ")
    )
}

fn action_name(action: Action) -> &'static str {
    action.entry().name.trim_end_matches('…')
}

/// "110 %".
pub fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// "more than 50".
pub fn more_than(number: &str) -> String {
    format!("more than {number}")
}

/// "less than 50".
pub fn less_than(number: &str) -> String {
    format!("less than {number}")
}

/// "at least 50".
pub fn at_least(number: &str) -> String {
    format!("at least {number}")
}

/// "at most 50".
pub fn at_most(number: &str) -> String {
    format!("at most {number}")
}

/// "about 50", also of a date.
pub fn about(value: &str) -> String {
    format!("about {value}")
}

/// A hint as a sentence of its own: with a capital and a full stop.
pub fn sentence(hint: &str) -> String {
    let mut letters = hint.trim().chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let mut sentence: String = first.to_uppercase().chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

/// "1 span", "12 spans".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}

/// "12 of 100 done".
pub fn progress(done: u64, total: u64) -> String {
    format!("{done} of {total} done")
}

/// "7 of 100 shown".
pub fn shown(shown: u64, total: u64) -> String {
    format!("{shown} of {total} shown")
}

/// The first words of a text, for places that hold only so many characters.
pub fn shorten(text: &str, most: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= most {
        return one_line;
    }
    let head: String = one_line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_by_characters_and_says_so() {
        assert_eq!(shorten("plus de\n 50 civils", 40), "plus de 50 civils");
        assert_eq!(shorten("قتل خمسون مدنيا", 6), "قتل خ…");
        assert_eq!(sentence("put the file back"), "Put the file back.");
        assert_eq!(
            (sentence("Is it there?"), sentence("")),
            ("Is it there?".into(), String::new())
        );
        assert_eq!(counted(1, "span", "spans"), "1 span");
        assert_eq!(counted(0, "span", "spans"), "0 spans");
    }
}
