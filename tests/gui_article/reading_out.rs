//! The article as it is read by its tree alone: order, caret, selection, and what a screen reader asks for.

use egui::accesskit::{Action, ActionData, ActionRequest, NodeId, Role, TextPosition, TextSelection, TreeId};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hashiya::text::{ByteOffset, ByteRange};

use super::desk::{Bench, bench, desk, focused, press};

/// The nodes below the article in the order of the tree.
fn nodes(bench: &Bench) -> Vec<AccessKitNode<'_>> {
    let article = bench.get_by_role_and_label(Role::Document, "A title");
    article
        .children_recursive()
        .map(|node| node.accesskit_node())
        .collect()
}

fn document(bench: &Bench) -> AccessKitNode<'_> {
    bench
        .get_by_role_and_label(Role::Document, "A title")
        .accesskit_node()
}

/// What is read at the caret: the selected words, else nothing.
fn selected(bench: &Bench) -> String {
    document(bench)
        .text_selection()
        .expect("a selection is told")
        .text()
}

/// The text before the caret, as the tree has it.
fn before_caret(bench: &Bench) -> String {
    let document = document(bench);
    let mut range = document.document_range();
    let focus = document.text_selection_focus().expect("a caret is told");
    range.set_end(focus);
    range.text()
}

fn ask(bench: &mut Bench, node: NodeId, action: Action, data: Option<ActionData>) {
    bench.event(Event::AccessKitActionRequest(ActionRequest {
        action,
        target_tree: TreeId::ROOT,
        target_node: node,
        data,
    }));
    bench.run_steps(3);
}

#[test]
fn title_byline_paragraphs_and_spans_come_in_the_order_in_which_they_are_read() {
    let mut desk = desk("Le maire a parlé.\nقال الرئيس إن القوات وصلت.\nFin.")
        .with("s", "Le maire", "actor")
        .with("t", "maire a parlé", "event")
        .with("u", "القوات", "actor");
    desk.note("u", "la garde nationale");
    let bench = bench(desk);
    let read: Vec<String> = nodes(&bench)
        .iter()
        .filter(|node| !matches!(node.role(), Role::TextRun | Role::GenericContainer))
        .map(|node| {
            format!(
                "{:?} {}",
                node.role(),
                node.label().or(node.value()).unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            "Label source · date",
            "Heading A title",
            "Paragraph Le maire a parlé.",
            "Mark actor: Le maire",
            "Mark event: maire a parlé",
            "Paragraph قال الرئيس إن القوات وصلت.",
            "Mark actor: القوات",
            "Paragraph Fin.",
        ]
    );
    let mark = bench.get_by_label("actor: القوات").accesskit_node();
    assert_eq!(
        mark.description().as_deref(),
        Some("span 3 of 3; code points 32–38; note: la garde nationale")
    );
    assert_eq!((mark.position_in_set(), mark.level()), (Some(2), Some(0)));
}

#[test]
fn a_span_says_in_what_it_lies_and_of_how_many_parts_it_is() {
    let desk = desk("Le maire de la ville a parlé")
        .with("s", "Le maire de la ville", "actor")
        .with("t", "la ville", "location")
        .in_parts("v", &["maire", "parlé"], "event");
    let bench = bench(desk);
    let description = |name: &str| {
        let node = bench.get_by_label(name).accesskit_node();
        node.description().unwrap()
    };
    assert_eq!(
        description("actor: Le maire de la ville"),
        "span 1 of 3; code points 0–20"
    );
    assert_eq!(
        description("location: la ville"),
        "span 3 of 3; code points 12–20; level 2, inside actor “Le maire de la ville”"
    );
    assert_eq!(
        description("event: maire parlé"),
        "span 2 of 3; code points 3–8, 23–28; in 2 parts"
    );
}

#[test]
fn spans_keep_their_names_where_those_before_them_are_hidden() {
    let desk = desk("Le maire de la ville a parlé")
        .with("s", "maire", "actor")
        .with("t", "la ville", "location");
    let mut bench = focused(desk);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::H, Modifiers::NONE);
    let marks = bench.query_all_by_role(Role::Mark);
    let names: Vec<Option<String>> = marks.map(|mark| mark.accesskit_node().label()).collect();
    assert_eq!(names, [Some("location: la ville".to_owned())]);
}

#[test]
fn the_text_of_the_tree_is_the_text_of_the_article() {
    let text = "قال Emmanuel Macron إن 120 مدنيا قتلوا.\n\nUn  alinéa,\tlong 👩‍👩‍👧 e\u{301}.\u{2028}Suite\nאבג";
    let bench = bench(desk(text));
    assert_eq!(document(&bench).document_range().text(), text);
}

#[test]
fn the_caret_is_followed_by_character_word_and_line_in_both_directions() {
    let text = "Le maire parle.\nقال Emmanuel Macron إن القوات وصلت";
    let mut bench = focused(desk(text));
    for (key, modifiers) in [
        (Key::ArrowRight, Modifiers::NONE),
        (Key::ArrowRight, Modifiers::COMMAND),
        (Key::ArrowDown, Modifiers::NONE),
        (Key::ArrowLeft, Modifiers::NONE),
        (Key::ArrowLeft, Modifiers::COMMAND),
        (Key::End, Modifiers::NONE),
        (Key::End, Modifiers::COMMAND),
    ] {
        press(&mut bench, key, modifiers);
        let caret = bench.state().state.selection().end();
        assert_eq!(before_caret(&bench).len(), caret.get(), "{key:?}");
    }
    press(&mut bench, Key::Home, Modifiers::COMMAND);
    press(&mut bench, Key::ArrowDown, Modifiers::NONE);
    press(&mut bench, Key::Home, Modifiers::NONE);
    press(&mut bench, Key::ArrowLeft, Modifiers::COMMAND | Modifiers::SHIFT);
    assert_eq!(selected(&bench).trim(), "قال");
    // The platform's own steps by word go from word to word of the article.
    let document = document(&bench);
    let mut at = document.text_selection_focus().unwrap();
    for word in ["Emmanuel", "Macron", "إن"] {
        at = at.forward_to_word_start();
        let mut rest = document.document_range();
        rest.set_start(at);
        assert!(rest.text().starts_with(word), "{word}: {}", rest.text());
    }
}

#[test]
fn a_screen_reader_can_select_words() {
    let mut bench = focused(desk("Le maire parle.\nقال الرئيس"));
    let document = document(&bench);
    let mut range = document.document_range();
    let start = range.start();
    range.set_start(start.forward_to_word_start());
    let (start, end) = (range.start(), range.start().forward_to_word_end());
    range.set_end(end);
    assert_eq!(range.text(), "maire ", "as the platforms count words");
    range.set_start(start);
    let asked = range.to_text_selection();
    let id = document.locate().0;
    ask(
        &mut bench,
        id,
        Action::SetTextSelection,
        Some(ActionData::SetTextSelection(asked)),
    );
    assert_eq!(bench.state().selected(), "maire ");
    assert_eq!(selected(&bench), "maire ");
    // What is no place of the article changes nothing.
    let nowhere = TextPosition {
        node: NodeId(7),
        character_index: 3,
    };
    let asked = TextSelection {
        anchor: nowhere,
        focus: nowhere,
    };
    ask(
        &mut bench,
        id,
        Action::SetTextSelection,
        Some(ActionData::SetTextSelection(asked)),
    );
    assert_eq!(bench.state().selected(), "maire ");
}

#[test]
fn a_span_can_be_focused_and_brought_into_view_and_the_view_be_scrolled() {
    let text = format!("{}à la fin", "un alinéa de plus\n".repeat(60));
    let mut bench = bench(
        desk(&text)
            .with("first", "un alinéa", "event")
            .with("s", "à la fin", "event"),
    );
    let first = bench.get_by_label("event: un alinéa").accesskit_node().locate().0;
    ask(&mut bench, first, Action::Focus, None);
    assert_eq!(bench.state().span(), "first");
    assert!(document(&bench).is_focused(), "keys act on the span then");
    assert!(
        bench.query_by_label("event: à la fin").is_none(),
        "only what is in view"
    );
    let id = document(&bench).locate().0;
    for _ in 0..20 {
        ask(&mut bench, id, Action::ScrollDown, None);
    }
    let last = bench.get_by_label("event: à la fin").accesskit_node().locate().0;
    ask(&mut bench, last, Action::Click, None);
    assert_eq!(bench.state().span(), "s");
    let asked = bench.state().range("à la fin");
    assert!(!bench.state().state.screen_rects(asked).is_empty());
}

#[test]
fn a_selection_that_reaches_out_of_view_is_told_as_far_as_it_is_seen() {
    let text = "un alinéa de plus\n".repeat(400);
    let mut desk = desk(&text);
    desk.state.set_selection(
        ByteOffset::ZERO,
        ByteRange::between(ByteOffset::ZERO, desk.text.end()).end(),
    );
    let bench = bench(desk);
    let told = selected(&bench);
    assert!(told.len() > 100 && told.len() < 20_000, "{}", told.len());
    assert!(text.ends_with(&told), "the end is in view");
}

#[test]
fn a_span_as_long_as_the_article_and_a_heap_of_marks_are_no_burden() {
    let text = format!("a{} mot. {}", "\u{301}".repeat(400), "mot ".repeat(5_000));
    let desk = desk(&text);
    let all = desk.text.as_str().to_owned();
    let bench = bench(desk.with("s", &all, "event"));
    let mark = bench.get_by_role(Role::Mark).accesskit_node();
    assert!(mark.label().unwrap().chars().count() < 500);
    let told = document(&bench).document_range().text();
    assert!(text.starts_with(&told));
}

#[test]
fn what_is_selected_stands_where_it_is_drawn_in_both_directions() {
    let mut bench = focused(desk("قال Emmanuel Macron إن 120 مدنيا قتلوا\nLe mot حلب ici"));
    for words in ["مدنيا", "Emmanuel", "120", "حلب", "ici", "قال"] {
        let range = bench.state().range(words);
        bench.state_mut().state.set_selection(range.start(), range.end());
        bench.run();
        assert_eq!(selected(&bench), words);
        let boxes = document(&bench).text_selection().unwrap().bounding_boxes();
        assert_eq!(boxes.len(), 1, "{words}");
        let drawn = super::desk::rect_of(&bench, words);
        let scale = f64::from(bench.ctx.pixels_per_point());
        let told = (boxes[0].x0 / scale, boxes[0].x1 / scale);
        let (left, right) = (f64::from(drawn.left()), f64::from(drawn.right()));
        assert!(
            (told.0 - left).abs() < 0.6 && (told.1 - right).abs() < 0.6,
            "{words}: {told:?} {drawn:?}"
        );
    }
}
