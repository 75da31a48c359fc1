//! Input methods in a field, with the events that the platforms send.

use egui::accesskit::{Action, ActionData, ActionRequest, Role, TreeId};
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::field::{Bench, form, id, press, send, text};

fn preedit(words: &str) -> Event {
    Event::Ime(ImeEvent::Preedit {
        text: words.into(),
        active_range_chars: Some(words.chars().count()..words.chars().count()),
    })
}

fn commit(words: &str) -> Event {
    Event::Ime(ImeEvent::Commit(words.into()))
}

fn key(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: Some(key),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

/// Events of one frame.
fn together(bench: &mut Bench, events: impl IntoIterator<Item = Event>) {
    bench.input_mut().events.extend(events);
    bench.run_steps(2);
}

/// What the field shows, with what is being composed.
fn shown(bench: &Bench) -> String {
    let node = bench.get_by_label("Note").accesskit_node();
    node.document_range().text()
}

#[test]
fn pinyin_is_composed_letter_by_letter_and_settled_by_a_number() {
    let mut bench = form("在上海", 1);
    for step in ["b", "be", "bei", "bei'j", "bei'jing"] {
        send(&mut bench, preedit(step));
        assert_eq!((text(&bench), shown(&bench)), ("在上海", format!("在上海{step}")));
    }
    assert_eq!(bench.state().changes, 0, "what is composed is not yet there");
    together(&mut bench, [preedit(""), commit("北京")]);
    assert_eq!(text(&bench), "在上海北京");
    press(&mut bench, Key::Z, Modifiers::COMMAND);
    assert_eq!(text(&bench), "在上海", "one step takes it back");
}

#[test]
fn a_composition_in_a_selection_replaces_it_and_one_given_up_leaves_it() {
    let mut bench = form("在上海", 1);
    for _ in 0..2 {
        press(&mut bench, Key::ArrowLeft, Modifiers::SHIFT);
    }
    together(&mut bench, [preedit("b")]);
    together(&mut bench, [preedit("")]);
    assert_eq!(text(&bench), "在上海");
    together(&mut bench, [commit("")]);
    assert_eq!(text(&bench), "在上海", "a commit of nothing deletes nothing");
    together(&mut bench, [preedit("bei")]);
    together(&mut bench, [commit("北京")]);
    assert_eq!(text(&bench), "在北京");
    press(&mut bench, Key::Z, Modifiers::COMMAND);
    assert_eq!(text(&bench), "在上海");
}

#[test]
fn the_key_that_ends_a_composition_neither_submits_nor_closes() {
    for ends in [Key::Enter, Key::Escape] {
        // Some platforms pass the key on before, some behind what it did.
        for order in 0..4 {
            let mut bench = form("a", 1);
            together(&mut bench, [preedit("ni")]);
            together(
                &mut bench,
                match order {
                    0 => vec![key(ends), preedit(""), commit("你")],
                    1 => vec![preedit(""), commit("你"), key(ends)],
                    2 => vec![commit("你"), key(ends), preedit("")],
                    _ => vec![preedit(""), commit("你")],
                },
            );
            if order == 3 {
                bench.input_mut().events.push(key(ends));
                bench.step();
            }
            bench.run_steps(10);
            let form = bench.state();
            assert_eq!((form.submitted, form.cancelled), (0, 0), "{ends:?} {order}");
            assert_eq!(text(&bench), "a你");
            assert!(bench.ctx.memory(|memory| memory.has_focus(id())));
            press(&mut bench, ends, Modifiers::NONE);
            let form = bench.state();
            assert_eq!(form.submitted + form.cancelled, 1, "the next one is the field's");
        }
    }
}

#[test]
fn keys_that_walk_the_candidates_do_nothing_else() {
    let mut bench = form("ab", 1);
    together(&mut bench, [preedit("ni")]);
    for walk in [
        Key::ArrowLeft,
        Key::ArrowDown,
        Key::Tab,
        Key::Backspace,
        Key::Delete,
        Key::Home,
    ] {
        press(&mut bench, walk, Modifiers::NONE);
        assert_eq!((text(&bench), shown(&bench).as_str()), ("ab", "abni"), "{walk:?}");
    }
    assert!(bench.ctx.memory(|memory| memory.has_focus(id())));
    together(&mut bench, [Event::Cut]);
    together(&mut bench, [commit("你")]);
    assert_eq!(text(&bench), "ab你");
}

#[test]
fn a_dead_key_comes_composed_or_as_plain_text() {
    // As X11 composes it, and as Wayland and Windows send it.
    let mut bench = form("caf", 1);
    together(&mut bench, [preedit("´")]);
    assert_eq!(shown(&bench), "caf´");
    together(&mut bench, [preedit(""), commit("é")]);
    assert_eq!(text(&bench), "café");
    together(&mut bench, [preedit("^")]);
    together(&mut bench, [preedit(""), Event::Text("ê".into())]);
    assert_eq!(text(&bench), "caféê");
}

#[test]
fn hebrew_with_points_and_arabic_are_typed_key_by_key_and_walked_as_seen() {
    let mut bench = form("", 1);
    for typed in ["ש", "\u{5c1}", "\u{5b8}", "ל", "ו", "\u{5b9}", "ם"] {
        send(&mut bench, Event::Text(typed.into()));
    }
    assert_eq!(text(&bench), "ש\u{5c1}\u{5b8}לו\u{5b9}ם");
    // Four letters are seen; over the last three of them leads to the left of the first.
    for _ in 0..3 {
        press(&mut bench, Key::ArrowRight, Modifiers::NONE);
    }
    send(&mut bench, Event::Text("|".into()));
    assert_eq!(text(&bench), "ש\u{5c1}\u{5b8}|לו\u{5b9}ם");
    let mut bench = form("", 1);
    for typed in ["ح", "ل", "ب"] {
        together(&mut bench, [commit(typed)]);
    }
    press(&mut bench, Key::ArrowLeft, Modifiers::NONE);
    press(&mut bench, Key::ArrowRight, Modifiers::NONE);
    send(&mut bench, Event::Text("ا".into()));
    assert_eq!(text(&bench), "حلاب");
}

#[test]
fn words_around_the_caret_are_deleted_when_the_input_method_asks() {
    let mut bench = form("한글", 1);
    together(
        &mut bench,
        [
            Event::Ime(ImeEvent::DeleteSurrounding {
                before_chars: 1,
                after_chars: 0,
            }),
            commit("국"),
        ],
    );
    assert_eq!(text(&bench), "한국");
}

#[test]
fn a_syllable_that_is_not_settled_is_kept_when_the_focus_goes() {
    let mut bench = form("한", 1);
    together(&mut bench, [preedit("국")]);
    bench.ctx.memory_mut(|memory| memory.surrender_focus(id()));
    bench.run_steps(2);
    assert_eq!((text(&bench), shown(&bench).as_str()), ("한국", "한국"));
    assert_eq!(bench.state().changes, 1);
    together(&mut bench, [commit("국")]);
    assert_eq!(text(&bench), "한국", "what comes late is nobody's");
}

#[test]
fn the_candidates_are_told_where_the_caret_is() {
    let mut bench = form("", 1);
    let at = |bench: &Bench| bench.output().platform_output.ime.unwrap().cursor_rect;
    let before = at(&bench);
    together(&mut bench, [preedit("beijing")]);
    let behind = at(&bench);
    assert!(behind.left() > before.left() + 20.0);
    let field = bench.get_by_role_and_label(Role::TextInput, "Note").rect();
    assert!(field.contains_rect(behind), "{field:?} {behind:?}");
    bench.ctx.memory_mut(|memory| memory.surrender_focus(id()));
    bench.run_steps(2);
    assert!(
        bench.output().platform_output.ime.is_none(),
        "keys are keys again"
    );
}

#[test]
fn several_lines_are_pasted_into_one_and_come_back_as_they_were_copied() {
    let mut bench = form("", 1);
    send(&mut bench, Event::Paste("un\r\ndeux\u{2029}trois\tquatre".into()));
    assert_eq!(text(&bench), "un deux trois\tquatre");
    press(&mut bench, Key::A, Modifiers::COMMAND);
    bench.event(Event::Copy);
    bench.step();
    let copied = egui::OutputCommand::CopyText("un deux trois\tquatre".into());
    assert!(bench.output().platform_output.commands.contains(&copied));
}

#[test]
fn a_screen_reader_follows_the_caret_of_a_field_and_can_dictate() {
    let mut bench = form("Alep\nحلب", 3);
    let node = bench
        .get_by_role_and_label(Role::MultilineTextInput, "Note")
        .accesskit_node();
    assert_eq!(node.document_range().text(), "Alep\nحلب");
    assert!(node.text_selection_focus().unwrap().is_document_end());
    let mut range = node.document_range();
    range.set_end(range.start().forward_to_line_end());
    assert_eq!(range.text().trim_end(), "Alep");
    let (asked, target) = (range.to_text_selection(), node.locate().0);
    let mut ask = |action, data| {
        let request = ActionRequest {
            action,
            target_tree: TreeId::ROOT,
            target_node: target,
            data: Some(data),
        };
        send(&mut bench, Event::AccessKitActionRequest(request));
    };
    ask(Action::SetTextSelection, ActionData::SetTextSelection(asked));
    ask(Action::ReplaceSelectedText, ActionData::Value("Homs".into()));
    assert_eq!(text(&bench).trim_start_matches("Homs").trim(), "حلب");
}
