//! Every word of the window that the table of actions does not hold, in one place.
//!
//! Only words and how they are put together; who shows them where is the panels' business.

mod announce;
mod attribute;
mod codebook;
mod codebook_import;
mod codebook_parts;
mod dates;
mod events;
mod find;
pub mod formats;
mod guidelines;
mod help;
mod jobs;
mod menus;
mod names;
pub mod problems;
mod quotes;
mod refusal;
mod relations;
mod review;
mod settings;
mod tips;
mod told;

pub use announce::*;
pub use attribute::*;
pub use codebook::*;
pub use codebook_import::*;
pub use codebook_parts::*;
pub use dates::*;
pub use events::*;
pub use find::*;
pub use guidelines::*;
pub use help::*;
pub use jobs::*;
pub use menus::*;
pub use names::*;
pub use quotes::*;
pub use refusal::*;
pub use relations::*;
pub use review::*;
pub use settings::*;
pub use tips::*;
pub use told::*;

use std::fmt::Display;

use super::article::LabelView;
use super::panels::tabs::Tab;
use super::reading::{ArabicFace, LabelDisplay, MarginNumbers, TextSize};
use crate::model::{OriginKind, Span, Status};
use crate::text::{ByteOffset, ByteRange, Deception, Text};

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
/// Where files are dropped while something is written in a dialog.
pub const DROP_LATER: &str = "Finish what the dialog asks or close it, then drop the files again";

/// The language of these words, in which names of labels are shown too.
pub const LANG: &str = "en";
/// What a click on a label does.
pub const LABEL_TIP: &str =
    "Tags the selection, or relabels the selected span, or is armed for the next drag. Key:";

/// Panes.
pub const PANE_ARTICLES: &str = "Articles";
/// Labels of the codebook.
pub const LABELS: &str = "Labels";
/// The selected span.
pub const SELECTED_SPAN: &str = "Selected span";
/// The list of spans.
pub const SPANS: &str = "Spans";
/// One of them.
pub const SPAN: &str = "span";
/// Several of them.
pub const SPANS_SMALL: &str = "spans";
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
pub const NO_ARTICLES_HINT: &str = "Add articles or datasets, or drop them onto the window: text, Word, PDF, web pages, mail, spreadsheets, JSONL, archives.";
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
/// What to do where no label could be given.
pub const NO_LABELS_HINT: &str = "Spans have labels, and the codebook offers none: add one first.";
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
/// Label keys in the shortcut help.
pub const LABEL_KEYS: &str = "Labels (while the article has the focus)";
/// What Ctrl adds to a label's key.
pub const LABEL_KEYS_CTRL: &str = "With Ctrl: add as a second label on the same words";
/// Keys of the article.
pub const ARTICLE_KEYS: &str = "In the article";
/// Keys that the article and its find bar have of their own: what they do, and the keys.
pub const TEXT_KEYS: &[(&str, &str)] = &[
    ("Select words", "Drag"),
    ("Select letter by letter", "Ctrl+drag, Alt+drag"),
    ("Select word, sentence", "Double-click, triple-click"),
    ("Extend the selection", "Shift+click"),
    ("Tag, relabel, or arm a label", "The label’s key"),
    ("The span below, at the same place", "Click again"),
    ("Resize the selected span", "Drag its edge"),
    ("Menu of a span, an arc, a row, a label", "Right-click"),
    ("Find: next hit, previous hit", "Enter, Shift+Enter"),
    ("Find: regular expression", "Alt+R"),
    ("Find: whole words", "Alt+W"),
    ("Find: exact spelling", "Alt+C"),
];

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
/// The same for a file that is made.
pub const NO_FILE_DIALOG_TO_SAVE: &str = "No file dialog answered, so type or paste the path.";

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
pub const NOTE_HINT: &str = "Write a note… (Ctrl+Enter)";
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

/// The banner where the project cannot be written to.
pub const BLOCKED: &str =
    "The project cannot be written to. Nothing is lost; nothing more is taken in until this is mended.";
/// In the status bar where everything is on disk.
pub const SAVED: &str = "saved";
/// Read aloud when what could not be saved was saved after all.
pub const SAVING_AGAIN: &str = "Saved again";
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
/// Before the span that the selected words can be added to.
pub const JOINS: &str = "adds to";
/// Before the path of a saved report.
pub const REPORT_SAVED: &str = "Report saved:";
/// Before the reason why a report was not saved.
pub const REPORT_NOT_SAVED: &str = "The report could not be saved:";
/// An armed label.
pub const ARMED: &str = "armed:";
/// Where a date counts from a day that is not known.
pub const WANTS_PUBLICATION: &str = "These words count from the day on which the article came out, which is not known. Give it in Article details.";
/// The way there.
pub const GIVE_PUBLICATION: &str = "Give the article’s day…";
/// Where the date of an article is none.
pub const NO_PUBLICATION: &str =
    "This is no date that an article can have: write its day as 2022-01-20, or its month or year.";
/// What the button with the number of notices does.
pub const NOTICES_TIP: &str = "Show what was said, or put it away again; Esc puts it away too";
/// Cancels a job.
pub const CANCEL_JOB: &str = "Cancel job";

/// Where untitled projects lie.
pub const FOLDER_DATA: &str = "Untitled projects";
/// Where preferences lie.
pub const FOLDER_CONFIG: &str = "Preferences";
/// The folder of what may be forgotten.
pub const FOLDER_STATE: &str = "Recent projects, and where you were in each";
/// The licence.
pub const LICENCE: &str = "Licence: MIT or Apache-2.0. Fonts: Noto, SIL Open Font License 1.1.";
/// What the name means.
pub const NAME_MEANING: &str = "Hashiya: a note in the margin.";

/// A status on screen.
pub const fn status(status: Status) -> &'static str {
    status.in_words()
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
    let mut sentence = sentence_start(hint.trim());
    if sentence.is_empty() {
        return sentence;
    }
    if !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

/// "1 span", "12 spans".
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    let word = if count == N::from(1_u8) { one } else { many };
    format!("{count} {word}")
}

/// "17 hits", or "3 of 17" where one is selected.
pub fn hits(count: usize, current: Option<usize>, is_cut: bool) -> String {
    let more = if is_cut { "+" } else { "" };
    match current {
        Some(current) => format!("{current} of {count}{more}"),
        None if count == 1 => "1 hit".to_owned(),
        None => format!("{count}{more} hits"),
    }
}

/// What a regular expression lacks.
pub fn wrong_pattern(reason: &str) -> String {
    format!("The pattern is wrong: {reason}.")
}

/// Where hits are left out.
pub fn too_many_hits(kept: usize) -> String {
    format!("Only the first {kept} hits are kept.")
}

/// On the button that tags.
pub fn tag_hits(count: usize) -> String {
    format!("Tag {}", counted(count, "hit", "hits"))
}

/// Which of the hits will be tagged.
pub fn tag_all_note(all: usize, chosen: usize, tagged: usize) -> String {
    let chosen = format!("{chosen} of {} chosen", counted(all, "hit", "hits"));
    if tagged == 0 {
        format!("{chosen}.")
    } else {
        format!("{chosen}; {tagged} tagged already and left out.")
    }
}

/// What tagging all hits came to.
pub fn tagged_all(count: usize, label: &str) -> String {
    format!("tagged {count} as {label}")
}

/// "12 of 100 done".
pub fn progress(done: u64, total: u64) -> String {
    format!("{done} of {total} done")
}

/// The button behind which notices wait.
pub fn notices(count: usize) -> String {
    counted(count, "notice", "notices")
}

/// "7 of 100 shown".
pub fn shown(shown: u64, total: u64) -> String {
    format!("{shown} of {total} shown")
}

/// What viewing a label in a way, or no longer, is called.
pub const fn view_label(view: LabelView, on: bool) -> &'static str {
    match (view, on) {
        (LabelView::Hidden, false) => "Hide",
        (LabelView::Hidden, true) => "Show",
        (LabelView::Alone, false) => "Show alone",
        (LabelView::Alone, true) => "Show the others too",
        (LabelView::Locked, false) => "Lock",
        (LabelView::Locked, true) => "Unlock",
    }
}

/// How many labels are not seen.
pub fn labels_hidden(count: usize) -> String {
    format!("{} hidden", counted(count, "label", "labels"))
}

/// What is said of a character that is not seen.
pub fn control(character: char, name: &str, deception: Option<Deception>) -> String {
    let what = format!("{name} (U+{:04X})", u32::from(character));
    let why = match deception {
        None => return what,
        Some(Deception::Override) => "shows letters in another order than that in which they are stored",
        Some(Deception::Unclosed) => {
            "turns the direction of what follows, and nothing ends it in this paragraph"
        }
        Some(Deception::Unopened) => "ends a direction that nothing began",
        Some(Deception::HiddenInWord) => {
            "splits this word unseen, so that search and models read another word"
        }
        Some(Deception::HiddenText) => "is a letter that nobody sees",
    };
    format!("{what}: {why}.")
}

/// What is said of a word that mixes letters of two scripts which look alike.
pub fn look_alike(word: &str, script: &str, among: &str) -> String {
    format!(
        "“{word}” has a {script} letter among {among} ones that looks like one of them, so that search and models read \
         another word."
    )
}

/// A size of the article's type.
pub const fn text_size(size: TextSize) -> &'static str {
    match size {
        TextSize::Small => "small",
        TextSize::Medium => "medium",
        TextSize::Large => "large",
    }
}

/// The letters in which Arabic script is set.
pub const fn arabic_face(face: ArabicFace) -> &'static str {
    match face {
        ArabicFace::Naskh => "Naskh",
        ArabicFace::Sans => "Sans",
    }
}

/// What the numbers in the margin count.
pub const fn margin_numbers(numbers: MarginNumbers) -> &'static str {
    match numbers {
        MarginNumbers::Off => "none",
        MarginNumbers::Paragraphs => "paragraphs",
        MarginNumbers::Lines => "lines of the text",
    }
}

/// What shows where a span is.
pub const fn label_display(display: LabelDisplay) -> &'static str {
    match display {
        LabelDisplay::Names => "names",
        LabelDisplay::Underlines => "underlines only",
        LabelDisplay::Tints => "tints only",
    }
}

/// The first words of a text, for places that hold only so many code points. No character is cut in two.
pub fn shorten(text: &str, most: usize) -> String {
    shorten_words(text.split_whitespace(), most)
}

/// The words of a span on one line, the first ones of a long one. What is not shown is not read either, for this is asked
/// in every frame and a span may hold a whole book.
pub fn quote(text: &Text, span: &Span, most: usize) -> String {
    let parts = span.ranges.as_slice().iter();
    let parts = parts.map(|range| text.slice(*range).unwrap_or_default());
    shorten_words(parts.flat_map(str::split_whitespace), most)
}

fn shorten_words<'a>(words: impl Iterator<Item = &'a str>, most: usize) -> String {
    let spaced = words.flat_map(|word| [" ", word]).skip(1);
    let mut letters = spaced.flat_map(str::chars);
    let head: String = letters.by_ref().take(most).collect();
    if letters.next().is_none() {
        return head;
    }
    // The last code point gives way to the ellipsis; before it goes, it tells whether a character ends there.
    let head = Text::new(head);
    let last = head.as_str().chars().next_back().map_or(0, char::len_utf8);
    let end = ByteOffset::new(head.end().get() - last);
    let kept = head.snap_to_graphemes(ByteRange::caret(end)).start();
    let kept = head.as_str().get(..kept.get()).unwrap_or_default();
    format!("{}…", kept.trim_end())
}

/// What would stand below a tab if an article were open.
pub const fn tab_without_article(tab: Tab) -> &'static str {
    match tab {
        Tab::Spans => "The spans of the open article are listed here.",
        Tab::Notes => "The notes on the open article are listed here.",
        Tab::Problems => "What is to be asked about the open article is listed here.",
    }
}

/// The name of a list with the number of what is in it.
pub fn list_name(name: &str, count: usize) -> String {
    format!("{name} · {count}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::span;

    #[test]
    fn a_long_text_is_cut_between_characters_and_says_so() {
        assert_eq!(shorten("plus de\n 50 civils", 40), "plus de 50 civils");
        assert_eq!(shorten("قتل خمسون مدنيا", 6), "قتل خ…");
        assert_eq!(
            shorten("ab👩\u{200d}👧 cd", 5),
            "ab…",
            "a family is one character"
        );
        assert_eq!(
            shorten("abe\u{301}cd", 4),
            "ab…",
            "a letter keeps its accent or goes with it"
        );
        assert_eq!(sentence("put the file back"), "Put the file back.");
        assert_eq!(
            (sentence("Is it there?"), sentence("")),
            ("Is it there?".into(), String::new())
        );
        assert_eq!(counted(1_u64, "span", "spans"), "1 span");
        assert_eq!(counted(0_usize, "span", "spans"), "0 spans");
    }

    #[test]
    fn of_a_quote_only_what_is_shown_is_read() {
        let words = (0..).inspect(|place| assert!(*place < 8, "more than is shown was read"));
        assert_eq!(shorten_words(words.map(|_| "mot"), 12), "mot mot mot…");
        let text = Text::new("mot ".repeat(2_000_000));
        let whole = span("s", "actor", vec![text.full_range()]);
        let started = std::time::Instant::now();
        for _ in 0..1_000 {
            assert_eq!(quote(&text, &whole, 12), "mot mot mot…");
        }
        assert!(
            started.elapsed().as_secs() < 5,
            "as often as there are rows and frames"
        );
    }
}
