//! Actions of the Edit menu.

use super::Menu::Edit;
use super::{Action, Entry, Opens, ctrl, key};
use crate::session::situation::{
    article, hits, project, redo, redo_project, undo, undo_project, words_or_span,
};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::Undo, "undo", "Undo", "Take back the last change in this article, also after a restart")
        .menu(Edit, 0).keys(&[ctrl("Z")]).apply("undo").when(undo),
    Entry::new(Action::Redo, "redo", "Redo", "Do again what was taken back in this article")
        .menu(Edit, 0).keys(&[ctrl("Z").shift(), ctrl("Y")]).apply("redo").when(redo),
    Entry::new(Action::UndoProject, "undo-project", "Undo in project", "Take back the last import, change of the codebook, or new name of an annotator")
        .menu(Edit, 1).when(undo_project),
    Entry::new(Action::RedoProject, "redo-project", "Redo in project", "Do again the import, change of the codebook, or new name that was taken back")
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
        .opens(Opens::Dialog).menu(Edit, 3).when(hits),
    Entry::new(Action::FilterArticles, "filter-articles", "Filter articles", "Go to the filter above the list of articles")
        .menu(Edit, 4).keys(&[ctrl("F").shift()]).when(project),
    Entry::new(Action::Settings, "settings", "Settings…", "Choose how articles are set, and which keys do what")
        .opens(Opens::Dialog).menu(Edit, 5).keys(&[ctrl("Comma")]),
];
