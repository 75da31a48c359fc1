//! The article as assistive technology finds it.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use hashiya::gui::theme::Palette;
use hashiya::model::SpanId;
use hashiya::text::ByteOffset;

use super::desk::{bench, desk, focused, press, rect_of, wait};

#[test]
fn a_span_is_found_by_label_and_words_and_can_be_clicked() {
    let desk = desk("قال Emmanuel Macron إن القوات وصلت")
        .with("p", "Emmanuel Macron", "actor")
        .with("q", "القوات", "actor");
    let mut bench = bench(desk);
    bench.get_by_label("actor: Emmanuel Macron").click();
    wait(&mut bench);
    assert_eq!(bench.state().span(), "p");
    bench.get_by_label("actor: القوات").click_accesskit();
    wait(&mut bench);
    assert_eq!(bench.state().span(), "q");
}

#[test]
fn paragraphs_have_their_words_as_names_and_their_place_as_bounds() {
    let bench = bench(desk("Un premier alinéa.\nفقرة ثانية."));
    let first = bench.get_by_role_and_label(Role::Paragraph, "Un premier alinéa.");
    let second = bench.get_by_role_and_label(Role::Paragraph, "فقرة ثانية.");
    assert!(first.rect().bottom() <= second.rect().top());
    bench.get_by_role_and_label(Role::Heading, "A title");
}

#[test]
fn what_the_window_selects_before_the_article_is_drawn_is_selected_and_in_view() {
    let text = format!("{}à la fin", "un alinéa de plus\n".repeat(300));
    let mut desk = desk(&text).with("s", "à la fin", "event");
    let start = desk.range("à la fin").start();
    desk.state.set_selection(start, start);
    desk.state.select_span(Some(SpanId::new("s").unwrap()));
    let bench = bench(desk);
    let desk = bench.state();
    assert_eq!(desk.span(), "s");
    assert!(
        !desk.state.screen_rects(desk.range("à la fin")).is_empty(),
        "in view"
    );
}

#[test]
fn a_selection_from_elsewhere_never_leaves_the_text() {
    let mut desk = desk("été");
    desk.state.set_selection(ByteOffset::new(1), ByteOffset::new(500));
    let bench = bench(desk);
    let desk = bench.state();
    assert_eq!(desk.selected(), "");
    assert_eq!(desk.state.selection().end(), desk.text.end());
}

#[test]
fn a_pointer_that_rests_on_a_span_brings_up_its_card() {
    let mut desk = desk("Le maire a parlé").with("s", "Le maire", "actor");
    desk.note("s", "le maire d’Alep, حلب");
    let mut bench = bench(desk);
    let note = "le maire d’Alep, حلب";
    let at = rect_of(&bench, "maire").center();
    bench.hover_at(at);
    bench.run_steps(3);
    assert!(bench.query_by_label(note).is_none(), "not at once");
    wait(&mut bench);
    bench.get_by_label(note);
    bench.hover_at(egui::pos2(400.0, 590.0));
    bench.run_steps(3);
    assert!(bench.query_by_label(note).is_none());
}

#[test]
fn a_pointer_that_only_rests_brings_up_no_card_of_what_keys_moved_below_it() {
    // One span wherever the pointer is, so that only what moved the text can matter.
    let text = "mot ".repeat(2_000);
    let mut desk = desk(&text).with("s", text.trim_end(), "actor");
    desk.note("s", "une remarque");
    let mut bench = focused(desk);
    let at = rect_of(&bench, "mot").center();
    bench.hover_at(at);
    bench.run_steps(3);
    wait(&mut bench);
    bench.get_by_label("une remarque");
    press(&mut bench, egui::Key::PageDown, egui::Modifiers::NONE);
    bench.run_steps(3);
    wait(&mut bench);
    assert!(bench.query_by_label("une remarque").is_none());
    bench.hover_at(at + egui::vec2(2.0, 0.0));
    bench.run_steps(3);
    wait(&mut bench);
    bench.get_by_label("une remarque");
}

#[test]
fn what_could_deceive_is_always_marked_and_the_rest_on_demand() {
    // An override that turns letters round, and a space of no width.
    let deceiving = "un \u{202e}mot\u{202c} simple";
    let harmless = "un mot\u{200b} simple";
    let marks = |text: &str, show_hidden: bool| {
        let mut desk = desk(text);
        desk.show_hidden = show_hidden;
        let bench = bench(desk);
        let danger = Palette::of(&bench.ctx).danger;
        let shapes = bench.output().shapes.iter();
        let wedges = shapes.clone().filter(
            |shape| matches!(&shape.shape, egui::Shape::Path(path) if path.closed && path.fill == danger),
        );
        (wedges.count(), shapes.count())
    };
    assert!(marks(deceiving, false).0 >= 1);
    assert_eq!(marks("un mot simple", true).0, 0);
    let (hidden, shown) = (marks(harmless, false), marks(harmless, true));
    assert!(shown.1 > hidden.1, "{hidden:?} {shown:?}");
}
