//! Copying from the article: to the letter, and with its place as a line of JSON.

use egui::{Event, Key, Modifiers, OutputCommand};
use hashiya::gui::article::Page;
use hashiya::gui::keys::Keys;
use hashiya::gui::reading::Reading;
use hashiya::model::{ArticleId, Header, ReadingDirections, SpanId};
use serde_json::json;

use super::desk::{Bench, Desk, desk, focused, press};

/// Both directions, an override, a no-break space, a tab, marks, both kinds of line break.
const HARD: &str = "قال\u{a0}Emmanuel \u{202e}Macron\u{202c}\tإن\u{200f} 50\u{202f}%\r\ncafe\u{301} e\u{200b}t\n\r\nfin\u{2028}🧕🏽";

fn copied(bench: &mut Bench) -> Option<String> {
    bench.event(Event::Copy);
    bench.step();
    bench
        .output()
        .platform_output
        .commands
        .iter()
        .find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
}

fn with_offsets(desk: &Desk) -> Option<String> {
    let id = ArticleId::new("a-1").unwrap();
    let page = Page {
        id: &id,
        title: "",
        byline: "",
        lang: None,
        header: &Header::default(),
        text: &desk.text,
        layer: &desk.layer,
        version: 1,
        codebook: &desk.codebook,
        directions: &ReadingDirections::default(),
        reading: Reading::default(),
        keys: Keys::defaults(),
        zoom: 1.0,
        show_hidden: false,
        editable: true,
    };
    desk.state.copy_with_offsets(&page)
}

#[test]
fn what_is_copied_is_the_stored_text_to_the_letter() {
    let mut bench = focused(desk(HARD));
    assert_eq!(copied(&mut bench), None, "nothing is selected");
    press(&mut bench, Key::A, Modifiers::COMMAND);
    assert_eq!(copied(&mut bench).as_deref(), Some(HARD));
    let part = "Macron\u{202c}\tإن\u{200f} 50\u{202f}%\r\ncafe\u{301}";
    let range = bench.state().range(part);
    bench.state_mut().state.set_selection(range.end(), range.start());
    bench.run();
    assert_eq!(
        copied(&mut bench).as_deref(),
        Some(part),
        "drawn backwards as well"
    );
}

#[test]
fn a_selected_span_is_copied_where_no_words_are() {
    let desk = desk("Le maire d’Alep a parlé").in_parts("s", &["maire", "parlé"], "actor");
    let mut bench = focused(desk);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    assert_eq!(copied(&mut bench).as_deref(), Some("maire parlé"));
    assert_eq!(
        with_offsets(bench.state()).as_deref(),
        Some(
            r#"{"article":"a-1","start":3,"end":23,"label":"actor","text":"maire parlé","fragments":[[3,8],[18,23]]}"#
        )
    );
}

#[test]
fn words_with_offsets_are_one_line_from_which_any_program_finds_them_again() {
    let mut desk = desk(HARD);
    assert_eq!(with_offsets(&desk), None);
    let part = "\r\ncafe\u{301} e\u{200b}t\n\r\nfin\u{2028}";
    let range = desk.range(part);
    desk.state.set_selection(range.start(), range.end());
    let line = with_offsets(&desk).unwrap();
    assert!(
        !line.contains(|c: char| c.is_control() || c == '\u{2028}'),
        "{line}"
    );
    let read: serde_json::Value = serde_json::from_str(&line).unwrap();
    let at = |key: &str| usize::try_from(read[key].as_u64().unwrap()).unwrap();
    let quote: String = HARD
        .chars()
        .skip(at("start"))
        .take(at("end") - at("start"))
        .collect();
    assert_eq!((quote.as_str(), &read["text"]), (part, &json!(part)));
    assert!(read.get("label").is_none());
}

#[test]
fn the_selected_words_go_before_the_selected_span() {
    let mut desk = desk("Le maire a parlé").with("s", "Le maire", "actor");
    desk.state.select_span(Some(SpanId::new("s").unwrap()));
    let range = desk.range("parlé");
    desk.state.set_selection(range.start(), range.end());
    let line = with_offsets(&desk).unwrap();
    assert_eq!(line, r#"{"article":"a-1","start":11,"end":16,"text":"parlé"}"#);
}
