//! Typing, walking, composing, and taking back in a field, in both directions.
#![allow(clippy::string_slice, reason = "a test may panic at a wrong slice")]

use proptest::prelude::*;

use super::{Editor, EditorSettings, EditorStep};
use crate::layout::tests::{L, R, with_fonts};
use crate::text::Direction;

/// A field whose text has `|` at the caret and, with a selection, `[` or `]` at its anchor.
fn field(marked: &str, settings: EditorSettings) -> Editor {
    let plain: String = marked.chars().filter(|c| !"[]|".contains(*c)).collect();
    let mut editor = Editor::new(&plain, settings);
    let offset = |mark: &str| {
        let at = marked.find(mark)?;
        let before = marked[..at].chars().filter(|c| !"[]|".contains(*c));
        Some(crate::text::ByteOffset::new(before.map(char::len_utf8).sum()))
    };
    let focus = offset("|").unwrap();
    editor.selection.focus = crate::layout::Caret::downstream(focus);
    editor.selection.anchor = crate::layout::Caret::downstream(offset("[").or(offset("]")).unwrap_or(focus));
    editor
}

fn marked(editor: &Editor) -> String {
    let selection = editor.selection();
    let (anchor, focus) = (selection.anchor.offset.get(), selection.focus.offset.get());
    let mut text = editor.shown().to_owned();
    if anchor < focus {
        text.insert(focus, '|');
        text.insert(anchor, '[');
    } else {
        if anchor > focus {
            text.insert(anchor, ']');
        }
        text.insert(focus, '|');
    }
    text
}

fn single() -> EditorSettings {
    EditorSettings::default()
}

fn multi() -> EditorSettings {
    EditorSettings {
        multiline: true,
        ..EditorSettings::default()
    }
}

fn check(before: &str, act: impl FnOnce(&mut Editor), after: &str) {
    let mut editor = field(before, multi());
    act(&mut editor);
    assert_eq!(marked(&editor), after);
}

fn step(editor: &mut Editor, step: EditorStep, extend: bool) {
    with_fonts(|fonts| editor.step(fonts, step, extend));
}

#[test]
fn typing_replaces_the_selection() {
    check("un [deux| trois", |editor| editor.insert("2"), "un 2| trois");
    check("ق|م", |editor| editor.insert("ل"), "قل|م");
    check("a|b", |editor| editor.insert("\r\n"), "a\n|b");
}

#[test]
fn a_single_line_takes_no_line_break() {
    let mut editor = field("a|", single());
    editor.insert("b\r\nc\u{2029}d");
    assert_eq!(editor.text(), "ab c d");
}

#[test]
fn backspace_and_delete_take_a_whole_grapheme() {
    check("e\u{301}x🧕🏽|y", Editor::delete_backward, "e\u{301}x|y");
    check("|e\u{301}x", Editor::delete_forward, "|x");
    check("مَ|", Editor::delete_backward, "|");
    check("|", Editor::delete_backward, "|");
    check("[ab|c", Editor::delete_backward, "|c");
}

#[test]
fn words_are_deleted_whole() {
    check("un deux|", Editor::delete_word_backward, "un |");
    check("في مدينة حلب|", Editor::delete_word_backward, "في مدينة |");
    check("|un deux", Editor::delete_word_forward, "| deux");
}

#[test]
fn arrows_go_by_what_is_seen() {
    let mut editor = field("|سلام", single());
    step(&mut editor, EditorStep::Left, false);
    assert_eq!(marked(&editor), "س|لام", "left is onward in Arabic");
    step(&mut editor, EditorStep::Left, false);
    assert_eq!(marked(&editor), "سل|ام", "into the ligature");
    step(&mut editor, EditorStep::Right, true);
    assert_eq!(marked(&editor), "س|ل]ام");
    step(&mut editor, EditorStep::LineEnd, false);
    assert_eq!(marked(&editor), "سلام|");
    let mut mixed = field("ab |", single());
    mixed.insert("אב");
    let xs: Vec<f32> = (0..5)
        .map(|_| {
            step(&mut mixed, EditorStep::Right, false);
            with_fonts(|fonts| mixed.prepare(fonts));
            mixed.caret().x
        })
        .collect();
    assert!(
        xs.windows(2).all(|pair| pair[0] <= pair[1]),
        "right never goes left: {xs:?}"
    );
}

#[test]
fn an_arrow_without_shift_leaves_the_selection_at_its_side() {
    let mut editor = field("a[bc|d", single());
    step(&mut editor, EditorStep::Left, false);
    assert_eq!(marked(&editor), "a|bcd");
    let mut arabic = field("س[لا|م", single());
    step(&mut arabic, EditorStep::Left, false);
    assert_eq!(marked(&arabic), "سلا|م", "the left side is the end of the text");
}

#[test]
fn word_steps_follow_the_direction_of_the_paragraph() {
    let mut latin = field("un |deux", single());
    step(&mut latin, EditorStep::WordRight, false);
    assert_eq!(marked(&latin), "un deux|");
    let mut arabic = field("في |مدينة", single());
    step(&mut arabic, EditorStep::WordLeft, false);
    assert_eq!(marked(&arabic), "في مدينة|");
    step(&mut arabic, EditorStep::WordRight, true);
    assert_eq!(marked(&arabic), "في |مدينة]");
}

#[test]
fn up_and_down_cross_paragraphs_and_keep_their_x() {
    let mut editor = field("aaaaaa|aa\nbb\ncccccccc", multi());
    step(&mut editor, EditorStep::Down, false);
    assert_eq!(marked(&editor), "aaaaaaaa\nbb|\ncccccccc");
    step(&mut editor, EditorStep::Down, false);
    let at = editor.selection().focus.offset.get();
    assert!((18..=20).contains(&at), "the x of the first line is kept: {at}");
    step(&mut editor, EditorStep::Down, false);
    assert!(marked(&editor).ends_with('|'));
    for _ in 0..3 {
        step(&mut editor, EditorStep::Up, true);
    }
    assert!(marked(&editor).starts_with('|'));
}

#[test]
fn left_and_right_cross_a_line_break_in_either_direction() {
    let mut editor = field("ab|\nאב", multi());
    step(&mut editor, EditorStep::Right, false);
    assert_eq!(marked(&editor), "ab\n|אב");
    step(&mut editor, EditorStep::Right, false);
    assert_eq!(
        marked(&editor),
        "ab|\nאב",
        "right of a Hebrew line is what is before it"
    );
}

#[test]
fn each_paragraph_has_its_own_direction_and_an_empty_one_follows() {
    let mut editor = Editor::new("ab\nאב\n\n12", multi());
    with_fonts(|fonts| editor.prepare(fonts));
    let directions: Vec<Direction> = editor.paragraphs().map(|p| p.layout.direction()).collect();
    assert_eq!(directions, [L, R, R, R]);
    let caret = editor.caret();
    assert!(caret.y > 40.0);
    let mut arabic_window = Editor::new(
        "",
        EditorSettings {
            direction: R,
            ..single()
        },
    );
    with_fonts(|fonts| arabic_window.prepare(fonts));
    assert!(
        (arabic_window.caret().x - 240.0).abs() < 1.0,
        "the caret waits on the right"
    );
}

#[test]
fn a_click_and_a_drag_select_and_a_double_click_takes_a_word() {
    let mut editor = Editor::new("un deux trois", single());
    with_fonts(|fonts| editor.prepare(fonts));
    let deux = editor.rects(crate::layout::tests::bytes(3, 7))[0];
    with_fonts(|fonts| editor.click(fonts, deux.x + 0.5, 2.0, false));
    assert_eq!(marked(&editor), "un |deux trois");
    with_fonts(|fonts| editor.drag(fonts, deux.right() - 0.5, 2.0));
    assert_eq!(marked(&editor), "un [deux| trois");
    with_fonts(|fonts| editor.click(fonts, 0.0, 2.0, true));
    assert_eq!(marked(&editor), "|un ]deux trois");
    with_fonts(|fonts| editor.double_click(fonts, deux.x + 5.0, 2.0));
    assert_eq!(marked(&editor), "un [deux| trois");
    with_fonts(|fonts| editor.drag(fonts, 500.0, 2.0));
    assert_eq!(marked(&editor), "un [deux trois|");
    with_fonts(|fonts| editor.drag(fonts, 1.0, 2.0));
    assert_eq!(marked(&editor), "|un deux] trois");
    assert_eq!(editor.copy().as_deref(), Some("un deux"));
    assert_eq!(editor.cut().as_deref(), Some("un deux"));
    assert_eq!((marked(&editor).as_str(), editor.copy()), ("| trois", None));
}

#[test]
fn what_is_composed_is_shown_but_not_yet_there() {
    let mut editor = field("在|京", single());
    editor.set_preedit("bei", Some(3..3));
    assert_eq!((editor.shown(), editor.text().as_str()), ("在bei京", "在京"));
    assert_eq!(marked(&editor), "在bei|京");
    editor.set_preedit("北ei", Some(0..1));
    assert_eq!(
        editor.selection().range(),
        crate::layout::tests::bytes(3, 6),
        "characters became bytes"
    );
    assert_eq!(editor.preedit(), Some(crate::layout::tests::bytes(3, 8)));
    assert!(!editor.can_undo());
    editor.commit("北");
    assert_eq!((marked(&editor).as_str(), editor.preedit()), ("在北|京", None));
    assert!(editor.undo());
    assert_eq!(editor.text(), "在京");
    editor.set_preedit("x", None);
    editor.set_preedit("", None);
    assert_eq!(marked(&editor), "在|京", "composing was given up");
}

#[test]
fn composing_takes_the_place_of_the_selection_in_one_step() {
    let mut editor = field("a[bc|d", single());
    editor.set_preedit("´", None);
    assert_eq!((editor.shown(), editor.text().as_str()), ("a´d", "abcd"));
    editor.set_preedit("é", None);
    editor.commit("é");
    assert_eq!(marked(&editor), "aé|d");
    editor.undo();
    assert_eq!(marked(&editor), "a[bc|d");
}

#[test]
fn composing_that_is_given_up_leaves_words_and_selection() {
    let mut editor = field("a[bc|d", single());
    editor.set_preedit("bei", None);
    editor.set_preedit("", None);
    assert_eq!((marked(&editor).as_str(), editor.can_undo()), ("a[bc|d", false));
    editor.set_preedit("bei", None);
    editor.commit("");
    assert_eq!(marked(&editor), "a[bc|d");
    editor.commit("");
    assert_eq!(marked(&editor), "a[bc|d", "nothing was composed");
}

#[test]
fn a_click_keeps_what_is_composed_and_a_cut_gives_it_up() {
    let mut editor = field("ab|cd", single());
    editor.set_preedit("xyz", None);
    with_fonts(|fonts| editor.click(fonts, 239.0, 2.0, false));
    assert_eq!((marked(&editor).as_str(), editor.preedit()), ("abxyzcd|", None));
    editor.commit("xyz");
    assert_eq!(marked(&editor), "abxyzcd|", "it was kept already");
    assert!(editor.undo());
    assert_eq!(marked(&editor), "ab|cd");
    editor.set_preedit("xyz", Some(0..3));
    assert_eq!(editor.cut(), None, "nothing is selected but what is composed");
    assert_eq!(marked(&editor), "ab|cd");
    editor.set_preedit("xyz", None);
    editor.select_all();
    assert_eq!(editor.copy().as_deref(), Some("abcd"));
}

#[test]
fn an_input_method_can_delete_around_the_caret() {
    check("aéb|cd", |editor| editor.delete_surrounding(2, 1), "a|d");
    check("a|", |editor| editor.delete_surrounding(9, 9), "|");
    let mut editor = field("aéb|cd", single());
    editor.delete_surrounding(2, 1);
    assert!(editor.undo() && !editor.can_undo(), "in one step");
    assert_eq!(marked(&editor), "aéb|cd");
    let mut selected = field("aé[b|cd", single());
    selected.delete_surrounding(1, 1);
    assert_eq!(marked(&selected), "ab|d", "what is selected stays");
    assert!(selected.undo() && !selected.can_undo(), "in one step");
    assert_eq!(marked(&selected), "aé[b|cd");
}

#[test]
fn the_same_words_composed_once_more_are_not_lost() {
    let mut editor = field("|", single());
    editor.set_preedit("北", None);
    assert!(editor.accept_preedit(), "the focus went elsewhere");
    editor.set_preedit("北", None);
    editor.commit("北");
    assert_eq!(marked(&editor), "北北|");
}

#[test]
fn undo_takes_back_word_by_word_with_the_caret_where_it_was() {
    let mut editor = Editor::new("", single());
    for letter in ["e", "n", " ", "v", "i", "l", "l", "e"] {
        editor.insert(letter);
    }
    assert!(editor.undo());
    assert_eq!(marked(&editor), "en |");
    assert!(editor.undo());
    assert_eq!(marked(&editor), "|");
    assert!(!editor.undo());
    assert!(editor.redo() && editor.redo() && !editor.redo());
    assert_eq!(marked(&editor), "en ville|");
    editor.delete_backward();
    editor.delete_backward();
    assert!(editor.undo());
    assert_eq!(marked(&editor), "en ville|");
    editor.undo();
    editor.insert("x");
    assert!(!editor.can_redo(), "a new change ends what could be made again");
}

#[test]
fn undo_gives_back_a_selection_that_was_typed_over() {
    let mut editor = field("un [deux| trois", single());
    editor.insert("2");
    editor.undo();
    assert_eq!(marked(&editor), "un [deux| trois");
    editor.set_text("neu");
    assert!(!editor.can_undo());
}

#[test]
fn a_long_line_moves_so_that_the_caret_is_seen() {
    for text in ["village ".repeat(30), "مدينة ".repeat(30)] {
        let mut editor = Editor::new(&text, single());
        for to in [EditorStep::TextEnd, EditorStep::TextStart, EditorStep::TextEnd] {
            step(&mut editor, to, false);
            with_fonts(|fonts| editor.prepare(fonts));
            let x = editor.caret().x;
            assert!((-0.01..=240.01).contains(&x), "{to:?}: {x}");
        }
    }
    // As long as nobody is in the field, its beginning is shown wherever the caret is.
    for (text, right) in [("village ".repeat(30), false), ("مدينة ".repeat(30), true)] {
        let mut editor = Editor::new(&text, single());
        editor.show_start(true);
        with_fonts(|fonts| editor.prepare(fonts));
        let line = editor.paragraphs().next().unwrap();
        let edge = if right {
            line.x + line.layout.size().0 - 240.0
        } else {
            line.x
        };
        assert!(edge.abs() < 0.01, "{edge}");
        editor.show_start(false);
        with_fonts(|fonts| editor.prepare(fonts));
        let line = editor.paragraphs().next().unwrap();
        let end = if right {
            line.x
        } else {
            line.x + line.layout.size().0 - 240.0
        };
        assert!(end.abs() < 8.0, "the caret at the end is in view: {end}");
    }
    let mut short = Editor::new("مدينة", single());
    with_fonts(|fonts| short.prepare(fonts));
    let paragraph = short.paragraphs().next().unwrap();
    let right = paragraph.x + paragraph.layout.size().0;
    assert!(
        (right - 240.0).abs() < 0.01,
        "a short Arabic line begins on the right"
    );
}

#[test]
fn several_lines_wrap_at_the_width_and_have_a_height() {
    let mut editor = Editor::new(&"village ".repeat(30), multi());
    with_fonts(|fonts| editor.prepare(fonts));
    let line = editor.caret().height;
    assert!(editor.height() > 4.0 * line);
    editor.select_all();
    assert!(editor.selection_rects().len() > 4);
}

#[derive(Clone, Debug)]
enum Act {
    Insert(&'static str),
    Step(EditorStep, bool),
    Backspace,
    Delete,
    WordBack,
    Compose(&'static str),
    Commit(&'static str),
    Accept,
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    use EditorStep::{Down, Left, LineEnd, LineStart, Right, Up, WordLeft, WordRight};
    prop_oneof![
        prop::sample::select(vec![
            "a", "سلا", "אב", " ", "\n", "1", "e\u{301}", "🧕🏽", "(", "\u{200f}"
        ])
        .prop_map(Act::Insert),
        (
            prop::sample::select(vec![
                Left, Right, Up, Down, WordLeft, WordRight, LineStart, LineEnd
            ]),
            any::<bool>()
        )
            .prop_map(|(step, extend)| Act::Step(step, extend)),
        Just(Act::Backspace),
        Just(Act::Delete),
        Just(Act::WordBack),
        prop::sample::select(vec!["ni", "に", ""]).prop_map(Act::Compose),
        prop::sample::select(vec!["你", ""]).prop_map(Act::Commit),
        Just(Act::Accept),
        Just(Act::Undo),
        Just(Act::Redo),
    ]
}

proptest! {
    #[test]
    fn whatever_is_done_undo_leads_back_to_nothing_and_redo_to_the_end(acts in prop::collection::vec(act(), 1..60)) {
        let mut editor = Editor::new("", multi());
        for act in acts {
            match act {
                Act::Insert(words) => editor.insert(words),
                Act::Step(to, extend) => step(&mut editor, to, extend),
                Act::Backspace => editor.delete_backward(),
                Act::Delete => editor.delete_forward(),
                Act::WordBack => editor.delete_word_backward(),
                Act::Compose(words) => editor.set_preedit(words, None),
                Act::Commit(words) => editor.commit(words),
                Act::Accept => { editor.accept_preedit(); }
                Act::Undo => { editor.undo(); }
                Act::Redo => { editor.redo(); }
            }
            let shown = editor.shown().to_owned();
            prop_assert!(shown.get(editor.selection().range().as_usize()).is_some());
        }
        editor.clear_preedit();
        while editor.redo() {}
        let end = editor.text();
        while editor.undo() {}
        prop_assert_eq!(editor.text(), "");
        while editor.redo() {}
        prop_assert_eq!(editor.text(), end);
    }
}
