//! The text field: typing in any script, the input method, the clipboard, its own undo.

use egui::accesskit::Role;
use egui::{Event, Id, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::field::{Field, FieldState, is_typing};
use hashiya::gui::paint::{SystemFonts, TextEngine};

pub struct Form {
    engine: TextEngine,
    pub field: FieldState,
    lines: usize,
    pub changes: usize,
    pub submitted: usize,
    pub cancelled: usize,
    typing: bool,
}

pub type Bench = Harness<'static, Form>;

pub fn id() -> Id {
    Id::unique("form field")
}

pub fn form(text: &str, lines: usize) -> Bench {
    let form = Form {
        engine: TextEngine::new(SystemFonts::Off),
        field: FieldState::new(text),
        lines,
        changes: 0,
        submitted: 0,
        cancelled: 0,
        typing: false,
    };
    let mut bench = Harness::builder()
        .with_step_dt(1.0 / 60.0)
        .with_size(egui::vec2(320.0, 200.0))
        .build_ui_state(
            |ui, form: &mut Form| {
                form.engine.begin_frame(ui.ctx());
                let field = Field::new(id(), "Note").hint("Write a note…");
                let field = if form.lines > 1 {
                    field.multiline(form.lines)
                } else {
                    field
                };
                let response = field.show(ui, &mut form.engine, &mut form.field);
                form.changes += usize::from(response.changed);
                form.submitted += usize::from(response.submitted);
                form.cancelled += usize::from(response.cancelled);
                form.typing = is_typing(ui.ctx());
                form.engine.end_frame(ui.ctx());
            },
            form,
        );
    bench.run_steps(2);
    bench.ctx.memory_mut(|memory| memory.request_focus(id()));
    bench.run_steps(2);
    bench
}

pub fn send(bench: &mut Bench, event: Event) {
    bench.event(event);
    bench.run_steps(2);
}

pub fn press(bench: &mut Bench, key: Key, modifiers: Modifiers) {
    send(
        bench,
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        },
    );
}

pub fn text(bench: &Bench) -> &str {
    bench.state().field.text()
}

#[test]
fn arabic_is_typed_and_the_arrows_go_as_it_is_seen() {
    let mut bench = form("", 1);
    send(&mut bench, Event::Text("حلب".into()));
    assert_eq!(text(&bench), "حلب");
    // The caret is at the left end; one step to the right is one letter back.
    press(&mut bench, Key::ArrowRight, Modifiers::NONE);
    press(&mut bench, Key::Backspace, Modifiers::NONE);
    assert_eq!(text(&bench), "حب");
    assert_eq!(bench.state().changes, 2);
    assert!(bench.state().typing);
}

#[test]
fn a_field_of_many_lines_shows_the_caret_while_it_is_typed_in_and_else_its_first_lines() {
    let lines: Vec<String> = (1..=30).map(|number| format!("line {number}.")).collect();
    let mut bench = form(&lines.join("\n"), 4);
    let top_of_first = |bench: &Bench| {
        let is_first = |words: String| words.trim_end() == "line 1.";
        let mut runs = bench.query_all_by(move |node| node.value().is_some_and(is_first));
        runs.next().expect("the first line is told").rect().top()
    };
    assert!(top_of_first(&bench) < 0.0, "the caret is at the end");
    bench.ctx.memory_mut(|memory| memory.surrender_focus(id()));
    bench.run_steps(2);
    assert!(top_of_first(&bench) >= 0.0);
}

#[test]
fn what_is_composed_is_no_text_until_it_is_committed() {
    let mut bench = form("a", 1);
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit {
            text: text.into(),
            active_range_chars: Some(1..1),
        })
    };
    send(&mut bench, preedit("にほ"));
    assert_eq!(text(&bench), "a");
    send(&mut bench, preedit(""));
    assert_eq!(text(&bench), "a");
    send(&mut bench, preedit("にほん"));
    send(&mut bench, Event::Ime(ImeEvent::Commit("日本".into())));
    assert_eq!(text(&bench), "a日本");
    assert!(
        bench.output().platform_output.ime.is_some(),
        "the caret is reported"
    );
}

#[test]
fn the_clipboard_takes_and_gives() {
    let mut bench = form("un deux", 1);
    press(&mut bench, Key::ArrowLeft, Modifiers::SHIFT | Modifiers::COMMAND);
    bench.event(Event::Cut);
    bench.step();
    let cut = egui::OutputCommand::CopyText("deux".into());
    assert!(bench.output().platform_output.commands.contains(&cut));
    assert_eq!(text(&bench), "un ");
    send(&mut bench, Event::Paste("trois\nquatre".into()));
    assert_eq!(text(&bench), "un trois quatre", "one line stays one line");
}

#[test]
fn undo_stays_inside_the_field() {
    let mut bench = form("", 1);
    send(&mut bench, Event::Paste("Alep".into()));
    send(&mut bench, Event::Paste(" et Homs".into()));
    press(&mut bench, Key::Z, Modifiers::COMMAND);
    assert_eq!(text(&bench), "Alep");
    press(&mut bench, Key::Z, Modifiers::COMMAND | Modifiers::SHIFT);
    assert_eq!(text(&bench), "Alep et Homs");
    for _ in 0..5 {
        press(&mut bench, Key::Z, Modifiers::COMMAND);
    }
    assert_eq!(text(&bench), "");
}

#[test]
fn enter_submits_one_line_and_breaks_several_and_escape_gives_up_the_focus() {
    let mut bench = form("a", 1);
    press(&mut bench, Key::Enter, Modifiers::NONE);
    assert_eq!((bench.state().submitted, text(&bench)), (1, "a"));
    press(&mut bench, Key::Escape, Modifiers::NONE);
    assert_eq!(bench.state().cancelled, 1);
    assert!(!bench.ctx.memory(|memory| memory.has_focus(id())));

    let mut bench = form("a", 3);
    press(&mut bench, Key::Enter, Modifiers::NONE);
    send(&mut bench, Event::Text("b".into()));
    assert_eq!((bench.state().submitted, text(&bench)), (0, "a\nb"));
    press(&mut bench, Key::Enter, Modifiers::COMMAND);
    assert_eq!(bench.state().submitted, 1);
}

#[test]
fn a_double_click_takes_a_word_and_typing_replaces_it() {
    let mut bench = form("Alep et Homs", 1);
    let at = bench
        .get_by_role_and_label(Role::TextInput, "Note")
        .rect()
        .left_center()
        + egui::vec2(16.0, 0.0);
    bench.hover_at(at);
    bench.run_steps(2);
    for pressed in [true, false, true, false] {
        bench.event(Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        bench.step();
    }
    send(&mut bench, Event::Text("Idlib".into()));
    assert_eq!(text(&bench), "Idlib et Homs");
}

#[test]
fn the_field_tells_its_name_and_its_words() {
    let bench = form("حلب", 1);
    let node = bench.get_by_role_and_label(Role::TextInput, "Note");
    assert_eq!(node.value().as_deref(), Some("حلب"));
    assert!(node.is_focused());
}
