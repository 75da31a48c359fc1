//! Actions of the View menu.

use super::Menu::View;
use super::{Action, Entry, Opens, ctrl, key};
use crate::session::situation::{
    article, article_writable, articles, hidden_labels, label_meant, label_or_alone, project,
};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
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
        .menu(View, 1).keys(&[ctrl("B")]).when(project),
    Entry::new(Action::ToggleInspector, "toggle-inspector", "Labels pane", "Show or hide labels and spans")
        .menu(View, 1).keys(&[ctrl("B").shift()]).when(project),
    Entry::new(Action::ToggleEvents, "toggle-events", "Events pane", "Show or hide the sheet of the article’s events")
        .menu(View, 1).keys(&[ctrl("J")]).when(project),
    Entry::new(Action::AllEvents, "all-events", "All events…", "Look through the events of all articles, and go to their text")
        .opens(Opens::Dialog).menu(View, 1).keys(&[ctrl("J").shift()]).when(articles),
    Entry::new(Action::ShowHidden, "show-hidden", "Invisible characters", "Show zero-width and direction marks in the text")
        .menu(View, 2).keys(&[key("F8")]).when(article),
    Entry::new(Action::MarginNumbers, "margin-numbers", "Numbers in the margin", "Number paragraphs, or the lines of the text, or nothing, in turn")
        .menu(View, 2).keys(&[key("F8").shift()]),
    Entry::new(Action::LabelDisplay, "label-display", "Show labels as", "Show spans with the names of their labels, by underlines only, or by tints only, in turn")
        .menu(View, 2).keys(&[key("F7")]),
    Entry::new(Action::ShowRelations, "show-relations", "All relations", "Draw the relations of all spans in view, or of the selected span only")
        .menu(View, 2).keys(&[key("F7").shift()]).when(article),
    Entry::new(Action::ShowValues, "show-values", "Values in the text", "Show the values of a span beside the name of its label")
        .menu(View, 2).keys(&[ctrl("F7")]),
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
    Entry::new(Action::MenuBar, "menu-bar", "Menus", "Open the first menu; the arrow keys go on, Enter does an entry, Esc closes")
        .menu(View, 4).keys(&[key("F10")]),
    Entry::new(Action::ContextMenu, "context-menu", "Context menu", "Open the menu of the row at hand in a list, or of what is selected in the text; a right click does it too")
        .menu(View, 4).keys(&[key("F10").shift(), key("Menu")]).when(project),
    Entry::new(Action::NextPane, "next-pane", "Next pane", "Move the focus to the next pane")
        .menu(View, 4).keys(&[key("F6")]),
    Entry::new(Action::PreviousPane, "previous-pane", "Previous pane", "Move the focus to the previous pane")
        .menu(View, 4).keys(&[key("F6").shift()]),
];
