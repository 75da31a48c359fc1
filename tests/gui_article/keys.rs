//! Selecting, tagging, and walking with the keyboard.

use egui::{Event, Key, Modifiers};
use hashiya::gui::article::{ArticleOutput, ArticleRefusal};
use hashiya::model::LabelId;
use hashiya::session::action::Action;

use super::desk::{Bench, bench, click, desk, drag, focused, point_in, press, press_at};

#[test]
fn a_labels_key_tags_the_selection_and_then_relabels_the_span() {
    let mut bench = bench(desk("plus de 50 civils ont fui"));
    let (from, to) = (point_in(&bench, "plus", 0.3), point_in(&bench, "civils", 0.6));
    drag(&mut bench, from, to, Modifiers::NONE);
    press(&mut bench, Key::Num3, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:plus de 50 civils"]);
    assert_eq!(bench.state().selected(), "", "the words are let go");
    assert_eq!(bench.state().span(), "new1", "the new span is selected");
    press(&mut bench, Key::Num1, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["actor:plus de 50 civils"]);
    press(&mut bench, Key::Delete, Modifiers::NONE);
    assert!(bench.state().spans().is_empty());
}

#[test]
fn digits_are_places_on_the_keyboard_whatever_the_layout_types() {
    for typed in [Key::Quote, Key::Num3] {
        let mut bench = bench(desk("plus de 50 civils ont fui"));
        let at = point_in(&bench, "civils", 0.5);
        click(&mut bench, at, 2, Modifiers::NONE);
        // AZERTY types a quotation mark with the key of 3; an Arabic layout has no Latin key at all.
        press_at(&mut bench, typed, Some(Key::Num3), Modifiers::NONE);
        assert_eq!(bench.state().spans(), ["casualty:civils"]);
    }
}

#[test]
fn ctrl_and_the_key_add_a_second_label_and_the_same_span_is_refused() {
    let desk = desk("plus de 50 civils ont fui").with("s", "50 civils", "casualty");
    let mut bench = bench(desk);
    let at = point_in(&bench, "civils", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    press(&mut bench, Key::Num1, Modifiers::COMMAND);
    assert_eq!(bench.state().spans(), ["actor:50 civils", "casualty:50 civils"]);
    assert_eq!(bench.state().span(), "new1");
    press(&mut bench, Key::Num3, Modifiers::COMMAND);
    assert_eq!(bench.state().spans().len(), 2);
    assert_eq!(bench.state().span(), "s", "the twin is selected");
    let refused = |output: &ArticleOutput| matches!(output, ArticleOutput::Refused(ArticleRefusal::SameSpan(span), _) if span.as_str() == "s");
    assert!(bench.state().outputs.iter().any(refused));
}

#[test]
fn an_armed_label_tags_every_drag_and_double_click_until_escape() {
    let mut bench = focused(desk("Alep et Idlib et Homs"));
    press(&mut bench, Key::Num2, Modifiers::NONE);
    assert_eq!(bench.state().state.armed().map(LabelId::as_str), Some("location"));
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    assert!(bench.state().spans().is_empty(), "a single click only selects");
    let at = point_in(&bench, "Idlib", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    let (from, to) = (point_in(&bench, "Homs", 0.2), point_in(&bench, "Homs", 0.9));
    drag(&mut bench, from, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["location:Idlib", "location:Homs"]);
    press(&mut bench, Key::Escape, Modifiers::NONE);
    assert!(bench.state().state.armed().is_none());
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    assert_eq!(bench.state().spans().len(), 2);
}

#[test]
fn another_label_is_armed_in_its_stead_and_the_same_one_disarms() {
    let mut bench = focused(desk("Alep et Idlib et Homs"));
    let armed = |bench: &Bench| bench.state().state.armed().map(|label| label.as_str().to_owned());
    press(&mut bench, Key::Num2, Modifiers::NONE);
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    // The span that was made stays what it is.
    press(&mut bench, Key::Num1, Modifiers::NONE);
    assert_eq!(armed(&bench).as_deref(), Some("actor"));
    let at = point_in(&bench, "Idlib", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["location:Alep", "actor:Idlib"]);
    // A span that was clicked since gets the other label.
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    press(&mut bench, Key::Num1, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["actor:Alep", "actor:Idlib"]);
    assert_eq!(armed(&bench).as_deref(), Some("actor"));
    press(&mut bench, Key::Num1, Modifiers::NONE);
    assert_eq!(armed(&bench), None);
}

#[test]
fn a_label_that_is_let_go_lets_go_of_the_span_that_it_made() {
    let mut bench = focused(desk("Alep et Idlib"));
    press(&mut bench, Key::Num2, Modifiers::NONE);
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    for key in [Key::Num2, Key::Num1] {
        press(&mut bench, key, Modifiers::NONE);
    }
    assert_eq!(bench.state().spans(), ["location:Alep"]);
    assert_eq!(bench.state().state.armed().map(LabelId::as_str), Some("actor"));
}

#[test]
fn tab_walks_the_spans_in_the_order_of_the_text_and_round() {
    let desk = desk("Alep et Idlib")
        .with("b", "Idlib", "location")
        .with("a", "Alep", "location");
    let mut bench = focused(desk);
    let mut seen = Vec::new();
    for _ in 0..3 {
        press(&mut bench, Key::Tab, Modifiers::NONE);
        seen.push(bench.state().span().to_owned());
    }
    press(&mut bench, Key::Tab, Modifiers::SHIFT);
    seen.push(bench.state().span().to_owned());
    assert_eq!(seen, ["a", "b", "a", "b"]);
}

#[test]
fn arrows_go_by_what_is_seen_and_words_by_what_is_read() {
    let mut bench = focused(desk("سلام عليكم"));
    press(&mut bench, Key::ArrowLeft, Modifiers::NONE);
    assert_eq!(
        bench.state().state.selection().end().get(),
        "س".len(),
        "left is forwards in Arabic"
    );
    press(&mut bench, Key::Home, Modifiers::NONE);
    press(&mut bench, Key::ArrowLeft, Modifiers::SHIFT | Modifiers::COMMAND);
    assert_eq!(bench.state().selected().trim(), "سلام");
    press(&mut bench, Key::End, Modifiers::SHIFT);
    assert_eq!(bench.state().selected(), "سلام عليكم");
    // A plain arrow lets go of the selection on its own side: the right end is the start of the text.
    press(&mut bench, Key::ArrowRight, Modifiers::NONE);
    assert_eq!(bench.state().state.selection().start().get(), 0);
    assert!(bench.state().state.selection().is_empty());
}

#[test]
fn a_shifted_arrow_selects_a_whole_grapheme() {
    let mut bench = focused(desk("👩‍👩‍👧 rit"));
    press(&mut bench, Key::ArrowRight, Modifiers::SHIFT);
    assert_eq!(bench.state().selected(), "👩‍👩‍👧");
}

#[test]
fn c_drops_an_arabic_proclitic_and_restores_it() {
    let mut bench = bench(desk("وصل بالمغرب اليوم"));
    let at = point_in(&bench, "بالمغرب", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    press(&mut bench, Key::C, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "المغرب");
    press(&mut bench, Key::Num2, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["location:المغرب"]);
    press(&mut bench, Key::C, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["location:بالمغرب"]);
}

#[test]
fn escape_lets_go_of_one_thing_at_a_time() {
    let desk = desk("Alep et Idlib").with("a", "Alep", "location");
    let mut bench = focused(desk);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::ArrowRight, Modifiers::SHIFT);
    assert!(!bench.state().selected().is_empty());
    press(&mut bench, Key::Escape, Modifiers::NONE);
    assert_eq!((bench.state().selected(), bench.state().span()), ("", "a"));
    press(&mut bench, Key::Escape, Modifiers::NONE);
    assert_eq!(bench.state().span(), "");
}

#[test]
fn copy_takes_the_selected_words() {
    let mut bench = focused(desk("Alep et Idlib"));
    press(&mut bench, Key::A, Modifiers::COMMAND);
    bench.event(Event::Copy);
    bench.step();
    let copied = bench
        .output()
        .platform_output
        .commands
        .iter()
        .any(|command| *command == egui::OutputCommand::CopyText("Alep et Idlib".into()));
    assert!(copied);
}

#[test]
fn keys_mean_nothing_while_another_widget_has_the_focus() {
    let mut bench = bench(desk("Alep et Idlib"));
    press(&mut bench, Key::Num2, Modifiers::NONE);
    assert!(bench.state().state.armed().is_none());
}

#[test]
fn a_key_that_only_the_window_can_do_is_handed_on_and_types_nothing() {
    let mut bench = focused(desk("Alep et Idlib"));
    let queued = bench.state().outputs.len();
    press(&mut bench, Key::N, Modifiers::NONE);
    let asked = &bench.state().outputs[queued..];
    assert_eq!(asked, [ArticleOutput::Ask(Action::AddNote)]);
}

#[test]
fn alt_and_an_arrow_go_by_sentence_in_the_direction_of_the_paragraph() {
    for (words, back) in [
        ("Un. Deux. Trois.", Key::ArrowLeft),
        ("قال. ذهب. عاد.", Key::ArrowRight),
    ] {
        let mut bench = focused(desk(words));
        press(&mut bench, Key::End, Modifiers::COMMAND);
        press(&mut bench, back, Modifiers::ALT | Modifiers::SHIFT);
        let last = words.rsplit(' ').next().unwrap();
        assert_eq!(bench.state().selected(), last);
    }
}
