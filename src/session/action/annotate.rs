//! Actions of the Annotate menu, and what is done to spans without one.

use super::Menu::Annotate;
use super::{Action, Entry, Opens, ctrl, key};
use crate::session::situation::{
    article, article_writable, fragment, in_span, label_again, mergeable, one_span, proclitic, span, spans,
    text, unconfirmed,
};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::AddSpan, "add-span", "Tag selection", "Press a label's key, or click the label, to tag the selected words; with Ctrl a second label on the same words")
        .apply("add_span").in_article().when(text),
    Entry::new(Action::SetLabel, "set-label", "Change label", "Press another label's key to relabel the selected span")
        .apply("set_label").in_article().when(span),
    Entry::new(Action::SetRanges, "set-ranges", "Resize span", "Drag an edge of the selected span, or move it with the keys of brackets")
        .apply("set_ranges").in_article().when(span),
    Entry::new(Action::RepeatLabel, "repeat-label", "Same label again", "Give the selected words, or the selected span, the label that was given last")
        .menu(Annotate, 0).keys(&[key("Period")]).in_article().when(label_again),
    Entry::new(Action::ToggleProclitic, "toggle-proclitic", "Drop or restore proclitic", "Drop or restore one Arabic or Hebrew proclitic at the start of the selection; a drag of a span’s start stops there, too")
        .menu(Annotate, 0).keys(&[key("C")]).in_article().when(proclitic),
    Entry::new(Action::AddNote, "add-note", "Note…", "Write a note on the selected span, or on the article where none is selected")
        .opens(Opens::Dialog).menu(Annotate, 0).keys(&[key("N")]).apply("add_note").in_article().when(article_writable),
    Entry::new(Action::InspectSpan, "inspect-span", "Inspect span", "Go to the selected span’s fields in the inspector; Esc comes back")
        .menu(Annotate, 0).keys(&[key("Enter")]).in_article().when(one_span),
    Entry::new(Action::ConfirmValues, "confirm-values", "Confirm values", "Confirm the values of the selected span that were read from its words")
        .menu(Annotate, 0).keys(&[key("Y")]).apply("set_attribute").in_article().when(unconfirmed),
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
        .menu(Annotate, 2).keys(&[key("M")]).apply("merge_spans").in_article().when(mergeable),
    Entry::new(Action::SplitSpan, "split-span", "Split span", "Cut the span around the caret in two at the caret")
        .menu(Annotate, 2).keys(&[key("S")]).apply("split_span").in_article().when(in_span),
    Entry::new(Action::AddFragment, "add-fragment", "Add to span", "Add the selected words as a fragment to the span that was selected before")
        .menu(Annotate, 2).keys(&[key("F")]).in_article().when(text),
    Entry::new(Action::RemoveFragment, "remove-fragment", "Take from span", "Take the fragment at the caret out of the selected span")
        .menu(Annotate, 2).keys(&[key("F").shift()]).in_article().when(fragment),
    Entry::new(Action::NextCandidate, "next-candidate", "Next name or number", "Select the next number or capitalised name that no span touches, round the end")
        .menu(Annotate, 3).keys(&[key("J")]).in_article().when(article),
    Entry::new(Action::PreviousCandidate, "previous-candidate", "Previous name or number", "Select the previous number or capitalised name that no span touches, round the start")
        .menu(Annotate, 3).keys(&[key("J").shift()]).in_article().when(article),
    Entry::new(Action::NextSpan, "next-span", "Next span", "Select the next span in the order of the text")
        .menu(Annotate, 3).keys(&[key("Tab")]).in_article().when(spans),
    Entry::new(Action::PreviousSpan, "previous-span", "Previous span", "Select the previous span in the order of the text")
        .menu(Annotate, 3).keys(&[key("Tab").shift()]).in_article().when(spans),
    Entry::new(Action::NextUnconfirmed, "next-unconfirmed", "Next unconfirmed value", "Select the next span with a value that nobody confirmed, or a date left open, round the end")
        .menu(Annotate, 3).keys(&[key("U")]).in_article().when(spans),
    Entry::new(Action::PreviousUnconfirmed, "previous-unconfirmed", "Previous unconfirmed value", "Select the previous span with a value that nobody confirmed, or a date left open, round the start")
        .menu(Annotate, 3).keys(&[key("U").shift()]).in_article().when(spans),
    Entry::new(Action::ClearSelection, "clear-selection", "Clear selection", "Disarm the label, or let go of what is selected")
        .menu(Annotate, 3).keys(&[key("Escape")]).in_article().when(article),
];
