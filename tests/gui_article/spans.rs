//! What keys do to spans: edges, fragments, merging, splitting, what is left to tag, the same label again.

use egui::{Event, Key, Modifiers};
use hashiya::gui::article::{ArticleOutput, ArticleRefusal};
use hashiya::model::SpanId;

use super::desk::{Bench, bench, click, desk, drag, focused, point_in, press, press_at};

const CTRL: Modifiers = Modifiers::COMMAND;

fn last_refusal(bench: &Bench) -> Option<&ArticleRefusal> {
    bench
        .state()
        .outputs
        .iter()
        .rev()
        .find_map(|output| match output {
            ArticleOutput::Refused(refusal, _) => Some(refusal),
            _ => None,
        })
}

fn changes(bench: &Bench) -> usize {
    let outputs = bench.state().outputs.iter();
    outputs
        .filter(|output| matches!(output, ArticleOutput::SetRanges { .. }))
        .count()
}

#[test]
fn brackets_move_the_end_and_with_shift_the_start() {
    let mut bench = focused(desk("le colonel Jean dit").with("s", "colonel", "actor"));
    press(&mut bench, Key::Tab, Modifiers::NONE);
    for (key, modifiers, expected) in [
        (Key::CloseBracket, CTRL, "actor:colonel Jean"),
        (Key::OpenBracket, Modifiers::NONE, "actor:colonel Jea"),
        (Key::OpenBracket, Modifiers::SHIFT | CTRL, "actor:le colonel Jea"),
        (Key::CloseBracket, Modifiers::SHIFT, "actor:e colonel Jea"),
        (Key::OpenBracket, CTRL, "actor:e colonel"),
        (Key::CloseBracket, Modifiers::SHIFT | CTRL, "actor:colonel"),
    ] {
        press(&mut bench, key, modifiers);
        assert_eq!(bench.state().spans(), [expected]);
    }
}

#[test]
fn brackets_are_places_on_the_keyboard_whatever_the_layout_types() {
    // AZERTY types a circumflex and a dollar there, an Arabic layout two letters, for which egui has no key.
    for (typed, place, modifiers, expected) in [
        (
            Key::Quote,
            Some(Key::CloseBracket),
            Modifiers::NONE,
            "actor:Alep ",
        ),
        (
            Key::CloseBracket,
            Some(Key::CloseBracket),
            Modifiers::NONE,
            "actor:Alep ",
        ),
        (
            Key::OpenBracket,
            Some(Key::OpenBracket),
            Modifiers::NONE,
            "actor:Ale",
        ),
        (Key::Minus, Some(Key::OpenBracket), CTRL, ""),
        // With Shift the key types a brace, also where the platform does not tell the place.
        (
            Key::CloseCurlyBracket,
            Some(Key::CloseBracket),
            Modifiers::SHIFT,
            "actor:lep",
        ),
        (Key::OpenCurlyBracket, None, Modifiers::SHIFT, "actor: Alep"),
        // A layout whose bracket lies elsewhere does not mean it there.
        (Key::CloseBracket, Some(Key::Num0), Modifiers::NONE, ""),
    ] {
        let mut bench = focused(desk("à Alep et").with("s", "Alep", "actor"));
        press(&mut bench, Key::Tab, Modifiers::NONE);
        press_at(&mut bench, typed, place, modifiers);
        let expected = if expected.is_empty() {
            "actor:Alep"
        } else {
            expected
        };
        assert_eq!(bench.state().spans(), [expected], "{typed:?} at {place:?}");
    }
}

#[test]
fn forward_is_forward_as_it_is_read_in_arabic() {
    let mut bench = focused(desk("وصلت القوات أمس").with("s", "القوات", "actor"));
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::CloseBracket, CTRL);
    assert_eq!(bench.state().spans(), ["actor:القوات أمس"]);
    press(&mut bench, Key::CloseBracket, Modifiers::SHIFT);
    assert_eq!(bench.state().spans(), ["actor:لقوات أمس"]);
}

#[test]
fn holding_the_key_moves_on_the_screen_and_letting_go_asks_once() {
    let mut bench = focused(desk("plus de 50 civils").with("s", "plus", "casualty"));
    press(&mut bench, Key::Tab, Modifiers::NONE);
    let event = |pressed: bool, repeat: bool| Event::Key {
        key: Key::CloseBracket,
        physical_key: Some(Key::CloseBracket),
        pressed,
        repeat,
        modifiers: Modifiers::NONE,
    };
    bench.event(event(true, false));
    bench.run_steps(2);
    for _ in 0..5 {
        bench.event(event(true, true));
        bench.run_steps(2);
    }
    assert_eq!(changes(&bench), 0, "the key is held");
    bench.event(event(false, false));
    bench.run_steps(2);
    assert_eq!(changes(&bench), 1);
    assert_eq!(bench.state().spans(), ["casualty:plus de 50"]);
}

#[test]
fn what_a_held_key_has_moved_is_asked_for_before_anything_else() {
    let mut bench = focused(desk("plus de 50 civils").with("s", "plus", "casualty"));
    press(&mut bench, Key::Tab, Modifiers::NONE);
    bench.event(Event::Key {
        key: Key::CloseBracket,
        physical_key: Some(Key::CloseBracket),
        pressed: true,
        repeat: false,
        modifiers: CTRL,
    });
    bench.run_steps(2);
    press(&mut bench, Key::Num1, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["actor:plus de"]);
}

#[test]
fn an_edge_that_can_go_no_further_says_so() {
    let mut bench = focused(desk("Alep").with("s", "Alep", "actor"));
    press(&mut bench, Key::CloseBracket, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NoSpanSelected));
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::CloseBracket, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::EdgeStuck));
    assert_eq!(changes(&bench), 0);
}

#[test]
fn words_are_added_to_the_span_that_was_selected_before() {
    let text = "Des 40 et 60 corps à la morgue";
    // By a drag.
    let mut by_drag = bench(desk(text).with("s", "40", "casualty"));
    let at = point_in(&by_drag, "40", 0.5);
    click(&mut by_drag, at, 1, Modifiers::NONE);
    let (from, to) = (point_in(&by_drag, "corps", 0.1), point_in(&by_drag, "corps", 0.9));
    drag(&mut by_drag, from, to, Modifiers::NONE);
    assert_eq!(by_drag.state().span(), "", "words are selected now");
    // By a double click, whose first click lets go of the span.
    let mut by_clicks = bench(desk(text).with("s", "40", "casualty"));
    click(&mut by_clicks, at, 1, Modifiers::NONE);
    let at = point_in(&by_clicks, "corps", 0.5);
    click(&mut by_clicks, at, 2, Modifiers::NONE);
    // By the keyboard.
    let mut by_keys = focused(desk(text).with("s", "40", "casualty"));
    press(&mut by_keys, Key::Tab, Modifiers::NONE);
    for _ in 0..3 {
        press(&mut by_keys, Key::ArrowRight, CTRL);
    }
    press(&mut by_keys, Key::ArrowRight, CTRL | Modifiers::SHIFT);
    for bench in [&mut by_drag, &mut by_clicks, &mut by_keys] {
        assert_eq!(bench.state().state.joins().map(SpanId::as_str), Some("s"));
        press(bench, Key::F, Modifiers::NONE);
        assert_eq!(bench.state().spans(), ["casualty:40 corps"]);
        assert_eq!((bench.state().span(), bench.state().selected()), ("s", ""));
    }
}

#[test]
fn a_fragment_is_taken_out_at_the_caret() {
    let mut bench = focused(desk("40 et 60 corps").with("s", "40", "casualty"));
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::F, Modifiers::SHIFT);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::OneFragment));
    let at = point_in(&bench, "corps", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    press(&mut bench, Key::F, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:40 corps"]);
    press(&mut bench, Key::Home, Modifiers::NONE);
    press(&mut bench, Key::F, Modifiers::SHIFT);
    assert_eq!(bench.state().spans(), ["casualty:corps"]);
}

#[test]
fn words_without_a_span_before_them_are_added_to_none() {
    let mut bench = focused(desk("40 et 60 corps").with("s", "40", "casualty"));
    press(&mut bench, Key::F, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NothingSelected));
    press(&mut bench, Key::End, Modifiers::SHIFT);
    press(&mut bench, Key::F, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NoSpanToJoin));
}

fn merged(bench: &Bench) -> Vec<Vec<String>> {
    let outputs = bench.state().outputs.iter();
    outputs
        .filter_map(|output| match output {
            ArticleOutput::Merge(spans) => Some(spans.iter().map(ToString::to_string).collect()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_selected_span_is_merged_with_the_next_of_its_label_in_the_paragraph() {
    let desk = desk("Jean à Alep Tassart\nJean")
        .with("a", "Jean", "actor")
        .with("l", "Alep", "location")
        .with("b", "Tassart", "actor");
    let mut bench = focused(desk);
    press(&mut bench, Key::M, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NoSpanSelected));
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::M, Modifiers::NONE);
    assert_eq!(merged(&bench), [["a", "b"]]);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::M, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NothingToMerge));
}

#[test]
fn spans_of_two_paragraphs_are_not_merged_whatever_parts_these() {
    for separator in ["\n", "\r", "\u{85}", "\u{2029}"] {
        let desk = desk(&format!("Jean{separator}Tassart"))
            .with("a", "Jean", "actor")
            .with("b", "Tassart", "actor");
        let mut bench = focused(desk);
        press(&mut bench, Key::Tab, Modifiers::NONE);
        press(&mut bench, Key::M, Modifiers::NONE);
        assert!(merged(&bench).is_empty(), "{separator:?}");
    }
}

#[test]
fn selected_words_merge_the_spans_of_one_label_that_they_touch() {
    let desk = desk("Jean à Alep Tassart")
        .with("a", "Jean", "actor")
        .with("l", "Alep", "location")
        .with("b", "Tassart", "actor");
    let mut bench = focused(desk);
    press(&mut bench, Key::A, CTRL);
    press(&mut bench, Key::M, Modifiers::NONE);
    assert_eq!(merged(&bench), [["a", "b"]]);
    assert_eq!(bench.state().span(), "a");
}

#[test]
fn the_span_around_the_caret_is_split_there() {
    let desk = desk("le colonel Jean dit")
        .with("outer", "le colonel Jean", "actor")
        .with("inner", "colonel Jean", "actor");
    let mut bench = focused(desk);
    press(&mut bench, Key::S, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NotInSpan));
    for _ in 0..2 {
        press(&mut bench, Key::ArrowRight, CTRL);
    }
    press(&mut bench, Key::S, Modifiers::NONE);
    let split = bench.state().outputs.iter().find_map(|output| match output {
        ArticleOutput::Split { span, at } => Some((span.to_string(), at.get())),
        _ => None,
    });
    assert_eq!(split, Some(("inner".to_owned(), "le colonel".len())));
}

#[test]
fn the_next_name_or_number_without_a_span_is_selected_round_the_end() {
    let mut bench = focused(desk("Vers Alep, 1 200 morts dit Jean Tassart").with("s", "Alep", "location"));
    let mut seen = Vec::new();
    for _ in 0..3 {
        press(&mut bench, Key::J, Modifiers::NONE);
        seen.push(bench.state().selected().to_owned());
    }
    assert_eq!(seen, ["1 200", "Jean Tassart", "1 200"]);
    press(&mut bench, Key::J, Modifiers::SHIFT);
    assert_eq!(bench.state().selected(), "Jean Tassart");
    press(&mut bench, Key::Num1, Modifiers::NONE);
    press(&mut bench, Key::J, Modifiers::NONE);
    press(&mut bench, Key::Num3, Modifiers::NONE);
    press(&mut bench, Key::J, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NoCandidate));
}

#[test]
fn a_full_stop_gives_the_last_label_again() {
    let mut bench = focused(desk("Alep et Idlib et Homs"));
    press(&mut bench, Key::Period, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NoLabelYet));
    press(&mut bench, Key::J, Modifiers::NONE);
    assert_eq!(
        bench.state().selected(),
        "Idlib",
        "a capital at the start is no name"
    );
    press(&mut bench, Key::Num2, Modifiers::NONE);
    press(&mut bench, Key::J, Modifiers::NONE);
    // AZERTY types the full stop with Shift and the key of the comma's neighbour.
    press_at(&mut bench, Key::Period, Some(Key::Comma), Modifiers::SHIFT);
    assert_eq!(bench.state().spans(), ["location:Idlib", "location:Homs"]);
    press(&mut bench, Key::Num1, Modifiers::NONE);
    press(&mut bench, Key::Tab, Modifiers::SHIFT);
    press(&mut bench, Key::Period, Modifiers::NONE);
    assert_eq!(
        bench.state().spans(),
        ["actor:Idlib", "actor:Homs"],
        "it relabels, too"
    );
    press(&mut bench, Key::Escape, Modifiers::NONE);
    press(&mut bench, Key::Period, Modifiers::NONE);
    assert_eq!(last_refusal(&bench), Some(&ArticleRefusal::NothingSelected));
    assert!(bench.state().state.armed().is_none());
}

#[test]
fn what_is_pressed_before_the_new_span_is_there_waits_for_it() {
    let mut bench = focused(desk("plus de 50 civils"));
    press(&mut bench, Key::ArrowRight, CTRL | Modifiers::SHIFT);
    // All in one frame: tag, grow by two words, relabel.
    for (key, modifiers) in [
        (Key::Num3, Modifiers::NONE),
        (Key::CloseBracket, CTRL),
        (Key::CloseBracket, CTRL),
        (Key::Num1, Modifiers::NONE),
    ] {
        for pressed in [true, false] {
            bench.event(Event::Key {
                key,
                physical_key: Some(key),
                pressed,
                repeat: false,
                modifiers,
            });
        }
    }
    bench.run();
    assert_eq!(bench.state().spans(), ["actor:plus de 50"]);
    assert!(bench.state().state.armed().is_none());
}

#[test]
fn tab_goes_on_from_the_caret_where_that_has_left_the_span() {
    let mut bench = focused(
        desk("un deux trois quatre cinq")
            .with("a", "un", "actor")
            .with("b", "trois", "actor")
            .with("c", "cinq", "actor"),
    );
    let id = |name| SpanId::new(name).ok();
    let selected = |bench: &Bench| bench.state().state.selected_span().cloned();
    press(&mut bench, Key::Tab, Modifiers::NONE);
    assert_eq!(selected(&bench), id("a"));
    press(&mut bench, Key::End, CTRL);
    assert_eq!(selected(&bench), None);
    press(&mut bench, Key::Tab, Modifiers::SHIFT);
    assert_eq!(selected(&bench), id("c"));
    // Within the span the caret moves without letting go of it.
    press(&mut bench, Key::ArrowRight, Modifiers::NONE);
    assert_eq!(selected(&bench), id("c"));
    press(&mut bench, Key::Home, CTRL);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    assert_eq!(selected(&bench), id("a"));
}

#[test]
fn words_that_are_selected_behind_escape_join_no_span_of_before() {
    let desk = desk("Alep et Idlib hier")
        .with("a", "Alep", "location")
        .with("b", "Idlib", "location");
    let mut bench = focused(desk);
    for words in ["Alep", "Idlib"] {
        let at = point_in(&bench, words, 0.5);
        click(&mut bench, at, 1, Modifiers::NONE);
    }
    press(&mut bench, Key::Escape, Modifiers::NONE);
    press(&mut bench, Key::End, Modifiers::SHIFT);
    assert!(bench.state().selected().ends_with("hier"));
    assert_eq!(bench.state().state.joins(), None);
}

#[test]
fn a_span_that_was_walked_to_and_left_in_one_frame_stays_left() {
    let mut bench = focused(desk("Alep et Idlib hier").with("a", "Alep", "location"));
    for key in [Key::Tab, Key::End] {
        bench.event(egui::Event::Key {
            key,
            physical_key: Some(key),
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
    }
    bench.run();
    assert_eq!(bench.state().span(), "");
    assert_eq!(bench.state().state.selection().start(), bench.state().text.end());
}
