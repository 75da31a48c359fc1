//! Spans on top of each other: seen, told apart, reached, and held.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::article::{ArticleAct, ArticleOutput, ArticleRefusal, LabelView};
use hashiya::model::LabelId;

use super::desk::{Bench, Desk, bench, click, desk, focused, point_in, press};

const WORDS: &str = "un deux trois quatre cinq six sept huit neuf dix onze douze";

/// Ten spans, each inside the one before it, all on the word “dix”.
fn deep() -> Desk {
    let mut desk = desk(WORDS);
    for depth in 0..10 {
        let start = WORDS.split(' ').nth(depth).unwrap();
        let from = WORDS.find(start).unwrap();
        let to = WORDS.find("dix").unwrap() + "dix".len();
        let label = ["actor", "location", "casualty", "event"][depth % 4];
        desk = desk.with(&format!("s{depth}"), WORDS.get(from..to).unwrap(), label);
    }
    desk
}

fn refusals(bench: &Bench) -> Vec<&ArticleRefusal> {
    let outputs = bench.state().outputs.iter();
    outputs
        .filter_map(|output| match output {
            ArticleOutput::Refused(refusal, _) => Some(refusal),
            _ => None,
        })
        .collect()
}

#[test]
fn clicks_at_one_point_go_through_ten_spans_from_the_innermost_and_then_let_go() {
    let mut bench = bench(deep());
    let at = point_in(&bench, "dix", 0.5);
    for depth in (0..10).rev() {
        click(&mut bench, at, 1, Modifiers::NONE);
        assert_eq!(bench.state().span(), format!("s{depth}"));
    }
    click(&mut bench, at, 1, Modifiers::NONE);
    assert_eq!(bench.state().span(), "", "the caret only");
}

#[test]
fn tab_reaches_every_span_of_a_deep_stack() {
    let mut bench = focused(deep());
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..10 {
        press(&mut bench, Key::Tab, Modifiers::NONE);
        seen.insert(bench.state().span().to_owned());
    }
    assert_eq!(seen.len(), 10);
}

#[test]
fn a_menu_lists_the_spans_where_more_than_two_lie_and_a_row_selects() {
    let mut bench = bench(deep());
    let two_deep = point_in(&bench, "deux", 0.5);
    click(&mut bench, two_deep, 1, Modifiers::NONE);
    let row = "actor: un deux trois quatre cinq six sept huit neuf dix";
    let rows = |bench: &Bench| {
        let is_row = |node: &egui_kittest::Node<'_>| {
            use egui_kittest::kittest::NodeT as _;
            node.accesskit_node().role() == egui::accesskit::Role::ListItem
        };
        bench.query_all_by_label_contains(": ").filter(is_row).count()
    };
    assert_eq!(rows(&bench), 0, "two spans need no menu");
    let at = point_in(&bench, "dix", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    assert_eq!(rows(&bench), 10);
    let item = bench.get_by_role_and_label(egui::accesskit::Role::ListItem, row);
    item.click();
    bench.run();
    assert_eq!(bench.state().span(), "s0");
    assert_eq!(rows(&bench), 0, "the choice is made");
    click(&mut bench, at, 1, Modifiers::NONE);
    press(&mut bench, Key::Escape, Modifiers::NONE);
    assert_eq!(rows(&bench), 0, "a key closes it");
}

#[test]
fn spans_of_a_hidden_label_are_neither_met_nor_made_and_come_back() {
    let desk = desk("Alep et Idlib")
        .with("a", "Alep", "location")
        .with("b", "Alep et", "actor");
    let mut bench = focused(desk);
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    assert_eq!(bench.state().span(), "a");
    press(&mut bench, Key::H, Modifiers::NONE);
    assert_eq!(bench.state().span(), "", "what is hidden is not selected");
    click(&mut bench, at, 1, Modifiers::NONE);
    assert_eq!(bench.state().span(), "b");
    let location = LabelId::new("location").unwrap();
    assert_eq!(
        bench.state().state.index().count(&location),
        1,
        "it is still counted"
    );
    let word = point_in(&bench, "Idlib", 0.5);
    click(&mut bench, word, 2, Modifiers::NONE);
    press(&mut bench, Key::Num2, Modifiers::NONE);
    assert_eq!(refusals(&bench), [&ArticleRefusal::Hidden]);
    press(&mut bench, Key::H, Modifiers::SHIFT);
    assert_eq!(bench.state().state.index().spans().len(), 2);
}

#[test]
fn a_label_shown_alone_hides_the_others_until_the_key_again() {
    let desk = desk("Alep et Idlib")
        .with("a", "Alep", "location")
        .with("b", "Idlib", "actor");
    let mut bench = focused(desk);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::O, Modifiers::NONE);
    let seen = |bench: &Bench| bench.state().state.index().spans().len();
    assert_eq!((seen(&bench), bench.state().span()), (1, "a"));
    press(&mut bench, Key::Escape, Modifiers::NONE);
    press(&mut bench, Key::O, Modifiers::NONE);
    assert_eq!(seen(&bench), 2, "also where nothing is selected any more");
}

#[test]
fn the_mouse_passes_through_a_locked_label_and_no_key_changes_its_spans() {
    let desk = desk("Alep et Idlib")
        .with("a", "Alep", "location")
        .with("b", "Alep et", "actor");
    let mut bench = focused(desk);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    assert_eq!(bench.state().span(), "a");
    press(&mut bench, Key::L, Modifiers::NONE);
    let before = bench.state().spans();
    press(&mut bench, Key::Delete, Modifiers::NONE);
    press(&mut bench, Key::Num1, Modifiers::NONE);
    assert_eq!(bench.state().spans(), before);
    assert_eq!(refusals(&bench), [&ArticleRefusal::Locked; 2]);
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    assert_eq!(
        bench.state().span(),
        "b",
        "the mouse goes through to what lies below"
    );
    let label = LabelId::new("location").unwrap();
    assert!(bench.state().state.labels().has(&label, LabelView::Locked));
    assert_eq!(
        ArticleAct::of(hashiya::session::action::Action::LockLabel),
        Some(ArticleAct::ViewLabel(None, LabelView::Locked))
    );
}

#[test]
fn a_span_in_fragments_is_one_node_and_one_stop_and_its_gap_is_not_part_of_it() {
    let desk = desk("Alep et aussi Idlib").with_fragments("f", &["Alep", "Idlib"], "location");
    let mut bench = focused(desk);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    assert_eq!(bench.state().span(), "f");
    let gap = point_in(&bench, "aussi", 0.5);
    click(&mut bench, gap, 1, Modifiers::NONE);
    assert_eq!(bench.state().span(), "");
    let second = point_in(&bench, "Idlib", 0.5);
    click(&mut bench, second, 1, Modifiers::NONE);
    assert_eq!(bench.state().span(), "f");
}
