//! Steps of the caret.

use super::{Action, Entry, alt, ctrl, key};
use crate::session::situation::article;

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
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
];
