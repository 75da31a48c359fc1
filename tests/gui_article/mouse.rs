//! Selecting, tagging, and resizing with the mouse.

use egui::{Event, Modifiers, PointerButton, vec2};
use hashiya::gui::article::ArticleOutput;
use hashiya::gui::theme::Palette;
use hashiya::model::Color;

use super::desk::{bench, click, desk, drag, point_in, rect_of};

const MIXED: &str = "قال Emmanuel Macron إن القوات وصلت إلى حلب اليوم";

#[test]
fn a_drag_across_arabic_and_latin_selects_whole_words_between() {
    let mut bench = bench(desk(MIXED));
    // From inside "Emmanuel" to inside the Arabic word that stands left of the Latin words on the screen.
    let (from, to) = (point_in(&bench, "Emmanuel", 0.4), point_in(&bench, "القوات", 0.5));
    assert!(to.x < from.x, "the sentence runs leftwards");
    drag(&mut bench, from, to, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "Emmanuel Macron إن القوات");
}

#[test]
fn a_drag_over_words_that_run_against_the_line_takes_them_whole() {
    let text = "أغلقت البلدية نحو 340 متجرا منذ عام 2002";
    // From right to left, as the line runs: it ends at the left edge of the number, where the number begins.
    let mut arabic = bench(desk(text));
    let (from, to) = (point_in(&arabic, "عام", 1.0), point_in(&arabic, "2002", 0.0));
    assert!(to.x < from.x);
    drag(&mut arabic, from, to, Modifiers::NONE);
    assert_eq!(arabic.state().selected(), "عام 2002");
    // It also begins with the number, at whatever side.
    for side in [0.0, 1.0] {
        let mut arabic = bench(desk(text));
        let (from, to) = (point_in(&arabic, "340", side), point_in(&arabic, "متجرا", 0.0));
        drag(&mut arabic, from, to, Modifiers::NONE);
        assert_eq!(arabic.state().selected(), "340 متجرا");
    }
    // By graphemes it stays what the caret says.
    let mut arabic = bench(desk(text));
    let (from, to) = (point_in(&arabic, "عام", 1.0), point_in(&arabic, "2002", 0.0));
    drag(&mut arabic, from, to, Modifiers::ALT);
    assert_eq!(arabic.state().selected(), "عام ");
    // Arabic in a French line.
    let mut french = bench(desk("Le mot مدينة veut dire ville"));
    let (from, to) = (point_in(&french, "mot", 0.1), point_in(&french, "مدينة", 1.0));
    drag(&mut french, from, to, Modifiers::NONE);
    assert_eq!(french.state().selected(), "mot مدينة");
}

#[test]
fn a_drag_up_to_the_far_side_of_words_against_the_line_takes_all_of_them() {
    let text = "أعلنت منظمة Nour Relief أمس";
    let mut arabic = bench(desk(text));
    let (from, to) = (point_in(&arabic, "منظمة", 1.0), point_in(&arabic, "Nour", 0.0));
    assert!(to.x < from.x);
    drag(&mut arabic, from, to, Modifiers::NONE);
    assert_eq!(arabic.state().selected(), "منظمة Nour Relief");
    // Within the name it is the word under the pointer, and who begins there selects as in its own language.
    let mut arabic = bench(desk(text));
    let (from, to) = (point_in(&arabic, "منظمة", 1.0), point_in(&arabic, "Nour", 0.6));
    drag(&mut arabic, from, to, Modifiers::NONE);
    assert_eq!(arabic.state().selected(), "منظمة Nour");
    let mut arabic = bench(desk(text));
    let (from, to) = (point_in(&arabic, "Nour", 0.0), point_in(&arabic, "Nour", 0.9));
    drag(&mut arabic, from, to, Modifiers::NONE);
    assert_eq!(arabic.state().selected(), "Nour");
    // An edge goes as far.
    let mut arabic = bench(desk(text).with("s", "منظمة", "actor"));
    let at = point_in(&arabic, "منظمة", 0.5);
    click(&mut arabic, at, 1, Modifiers::NONE);
    let edge = rect_of(&arabic, "منظمة").left_center() + vec2(1.0, 0.0);
    let to = point_in(&arabic, "Nour", 0.0);
    drag(&mut arabic, edge, to, Modifiers::NONE);
    assert_eq!(arabic.state().spans(), ["actor:منظمة Nour Relief"]);
}

#[test]
fn a_drag_from_one_side_of_a_number_to_the_other_takes_it_whole_also_at_the_end_of_a_line() {
    for text in ["ההפגנה נערכה ב־9 ביולי 2024, 21:40", "جرى ذلك يوم الأحد، 21:40"]
    {
        let rect = rect_of(&bench(desk(text)), "21:40");
        let left = [rect.left() - 3.0, rect.left() + 1.5];
        let right = [rect.right() + 2.0, rect.right() - 1.5];
        for (left, right) in left.into_iter().flat_map(|left| right.map(|right| (left, right))) {
            for (from, to) in [(left, right), (right, left)] {
                let mut bench = bench(desk(text));
                let at = |x| egui::pos2(x, rect.center().y);
                drag(&mut bench, at(from), at(to), Modifiers::NONE);
                let selected = bench.state().selected();
                assert_eq!(selected, "21:40", "{text}: {from} to {to} of {rect}");
            }
        }
    }
}

#[test]
fn the_end_of_an_arabic_span_with_a_latin_name_at_its_end_is_where_it_is_seen() {
    let text = "قالت الناطقة Leila Haddad أمس";
    let mut arabic = bench(desk(text).with("s", "الناطقة Leila Haddad", "actor"));
    let at = point_in(&arabic, "الناطقة", 0.5);
    click(&mut arabic, at, 1, Modifiers::NONE);
    let edge = rect_of(&arabic, "Leila").left_center() + vec2(1.0, 0.0);
    let to = point_in(&arabic, "أمس", 0.5);
    drag(&mut arabic, edge, to, Modifiers::NONE);
    assert_eq!(arabic.state().spans(), ["actor:الناطقة Leila Haddad أمس"]);
}

#[test]
fn the_edge_of_a_span_that_begins_with_a_number_is_where_it_is_seen() {
    let text = "نُظم العرض في 14 شباط 2031 مساء";
    let mut arabic = bench(desk(text).with("s", "14 شباط 2031", "date"));
    let at = point_in(&arabic, "شباط", 0.5);
    click(&mut arabic, at, 1, Modifiers::NONE);
    // Its right edge, where the number ends that runs the other way, is taken and goes to the right.
    let edge = rect_of(&arabic, "14").right_center() - vec2(1.0, 0.0);
    let to = point_in(&arabic, "العرض", 0.5);
    drag(&mut arabic, edge, to, Modifiers::NONE);
    assert_eq!(arabic.state().spans(), ["date:العرض في 14 شباط 2031"]);
    // A hand that trembles on the number leaves it in.
    let edge = rect_of(&arabic, "2031").left_center() + vec2(1.0, 0.0);
    drag(&mut arabic, edge, edge + vec2(5.0, 0.0), Modifiers::NONE);
    assert_eq!(arabic.state().spans(), ["date:العرض في 14 شباط 2031"]);
    let edge = rect_of(&arabic, "2031").left_center() + vec2(1.0, 0.0);
    let to = point_in(&arabic, "مساء", 0.5);
    drag(&mut arabic, edge, to, Modifiers::NONE);
    assert_eq!(arabic.state().spans(), ["date:العرض في 14 شباط 2031 مساء"]);
}

#[test]
fn the_start_of_a_span_is_dragged_behind_a_proclitic_and_back() {
    for (text, whole, stem) in [
        ("قصف الجيش بالمغرب أمس", "بالمغرب", "المغرب"),
        ("ההפגנה נערכה בירושלים אתמול", "בירושלים", "ירושלים"),
    ] {
        let mut bench = bench(desk(text).with("s", whole, "location"));
        let at = point_in(&bench, whole, 0.3);
        click(&mut bench, at, 1, Modifiers::NONE);
        let start = |bench: &_, words| rect_of(bench, words).right_center() - vec2(1.0, 0.0);
        // A press that trembles is no drag.
        let from = start(&bench, whole) - vec2(3.0, 0.0);
        drag(&mut bench, from, from - vec2(2.0, 0.0), Modifiers::NONE);
        assert_eq!(bench.state().spans(), [format!("location:{whole}")]);
        for to in [1.0, 0.5] {
            let (from, to) = (start(&bench, whole), point_in(&bench, stem, to));
            drag(&mut bench, from, to, Modifiers::NONE);
            assert_eq!(bench.state().spans(), [format!("location:{stem}")]);
            let (from, to) = (start(&bench, stem), start(&bench, whole) + vec2(2.0, 0.0));
            drag(&mut bench, from, to, Modifiers::NONE);
            assert_eq!(bench.state().spans(), [format!("location:{whole}")]);
        }
    }
}

/// Where the name of the armed label is drawn beside the pointer: the only frame of its colour and corners that is not
/// in the text.
fn armed_label(bench: &super::desk::Bench) -> Option<egui::Rect> {
    let line = Palette::of(&bench.ctx)
        .label(Color::from_hex("#2e8b57").unwrap())
        .line;
    let mut shapes = bench.output().shapes.iter();
    shapes.find_map(|shape| match &shape.shape {
        egui::Shape::Rect(frame) if frame.stroke.color == line => Some(frame.rect),
        _ => None,
    })
}

#[test]
fn the_name_of_the_armed_label_stands_between_the_lines_and_is_away_while_words_are_dragged_over() {
    let words = "Les insurgés avancent vers Alep et la ville attend. ".repeat(6);
    let mut bench = super::desk::focused(desk(&words));
    super::desk::press(&mut bench, egui::Key::Num2, Modifiers::NONE);
    let at = point_in(&bench, "insurgés", 0.5);
    bench.hover_at(at);
    bench.run();
    let (line, name) = (
        rect_of(&bench, "insurgés"),
        armed_label(&bench).expect("it is drawn"),
    );
    assert!(name.top() >= line.bottom() - 0.5, "{name:?} below {line:?}");
    assert!(
        name.bottom() <= line.bottom() + line.height() * 0.7,
        "{name:?} is low"
    );
    // Where the pointer is in the gap before the next line, it is there as well.
    bench.hover_at(egui::pos2(at.x, line.bottom() + 6.0));
    bench.run();
    let name = armed_label(&bench).expect("it is drawn");
    assert!(
        name.bottom() <= line.bottom() + line.height() * 0.7,
        "{name:?} is low"
    );
    bench.hover_at(at);
    bench.drag_at(at);
    bench.run();
    bench.hover_at(at + vec2(60.0, 0.0));
    bench.run();
    assert_eq!(armed_label(&bench), None);
    bench.drop_at(at + vec2(60.0, 0.0));
    bench.hover_at(at);
    bench.run();
    assert!(armed_label(&bench).is_some());
}

#[test]
fn a_drag_with_alt_goes_by_graphemes() {
    let mut bench = bench(desk("Les insurgés avancent."));
    let (from, to) = (point_in(&bench, "insurg", 0.0), point_in(&bench, "insurg", 1.0));
    drag(&mut bench, from, to, Modifiers::ALT);
    assert_eq!(bench.state().selected(), "insurg");
}

#[test]
fn a_drag_between_two_frames_begins_where_the_button_went_down_and_ends_where_it_was_let_go() {
    let mut bench = bench(desk("Les insurgés du Front avancent vers Alep."));
    let (from, to) = (point_in(&bench, "insurgés", 0.4), point_in(&bench, "Front", 0.5));
    let beyond = point_in(&bench, "Alep", 0.5);
    bench.hover_at(point_in(&bench, "Les", 0.5));
    bench.step();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    for event in [
        Event::PointerMoved(from),
        button(from, true),
        Event::PointerMoved(to),
        button(to, false),
        Event::PointerMoved(beyond),
    ] {
        bench.event(event);
    }
    bench.step();
    assert_eq!(bench.state().selected(), "insurgés du Front");
}

#[test]
fn two_clicks_take_the_word_and_three_the_sentence() {
    let mut bench = bench(desk("Jean-Noël est né près d'Alep. Il est parti hier."));
    let at = point_in(&bench, "Noël", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "Jean-Noël");
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "Alep");
    let at = point_in(&bench, "parti", 0.5);
    click(&mut bench, at, 3, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "Il est parti hier");
}

#[test]
fn a_double_click_takes_a_hebrew_word_with_its_points() {
    let mut bench = bench(desk("הוא אמר שָׁלוֹם לכולם"));
    let at = point_in(&bench, "שָׁלוֹם", 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "שָׁלוֹם");
}

#[test]
fn a_double_click_between_paragraphs_selects_nothing() {
    let mut bench = bench(desk("Alep\n\n\n\n\nHoms"));
    let (above, below) = (point_in(&bench, "Alep", 0.5), point_in(&bench, "Homs", 0.5));
    click(&mut bench, above.lerp(below, 0.5), 2, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "");
    click(&mut bench, below, 2, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "Homs");
}

#[test]
fn shift_and_click_extends_from_where_the_caret_is() {
    let mut bench = bench(desk("un deux trois quatre"));
    let at = point_in(&bench, "deux", 0.02);
    click(&mut bench, at, 1, Modifiers::NONE);
    let at = point_in(&bench, "trois", 0.6);
    click(&mut bench, at, 1, Modifiers::SHIFT);
    assert_eq!(bench.state().selected(), "deux trois");
}

#[test]
fn clicks_at_one_point_go_from_the_innermost_span_outwards_to_none() {
    let desk = desk("le chef de la police de Bamako parle")
        .with("place", "Bamako", "location")
        .with("body", "la police de Bamako", "actor")
        .with("person", "le chef de la police de Bamako", "actor");
    let mut bench = bench(desk);
    let at = point_in(&bench, "Bamako", 0.5);
    let mut seen = Vec::new();
    for _ in 0..5 {
        click(&mut bench, at, 1, Modifiers::NONE);
        seen.push(bench.state().span().to_owned());
    }
    assert_eq!(seen, ["place", "body", "person", "", "place"]);
}

#[test]
fn the_edge_of_the_selected_span_is_dragged_by_words_and_never_crosses() {
    let desk = desk("plus de 50 civils ont fui la ville").with("s", "50 civils", "casualty");
    let mut bench = bench(desk);
    let at = point_in(&bench, "civils", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let edge = rect_of(&bench, "50 civils").left_center() + vec2(1.0, 0.0);
    let to = point_in(&bench, "plus", 0.4);
    drag(&mut bench, edge, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:plus de 50 civils"]);
    // The end dragged far before the start stops at the first grapheme.
    let edge = rect_of(&bench, "plus de 50 civils").right_center() - vec2(1.0, 0.0);
    let to = rect_of(&bench, "plus").left_center() - vec2(30.0, 0.0);
    drag(&mut bench, edge, to, Modifiers::ALT);
    assert_eq!(bench.state().spans(), ["casualty:p"]);
}

#[test]
fn the_knob_that_hangs_under_the_edge_takes_it_too() {
    let desk = desk("plus de 50 civils ont fui").with("s", "50 civils", "casualty");
    let mut bench = bench(desk);
    let at = point_in(&bench, "civils", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let knob = rect_of(&bench, "50 civils").right_bottom() + vec2(1.5, 2.5);
    let to = point_in(&bench, "fui", 0.9);
    drag(&mut bench, knob, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:50 civils ont fui"]);
}

#[test]
fn the_edge_of_a_span_that_is_not_selected_selects_text() {
    let desk = desk("plus de 50 civils ont fui").with("s", "50 civils", "casualty");
    let mut bench = bench(desk);
    let edge = rect_of(&bench, "50 civils").left_center() + vec2(1.0, 0.0);
    let to = point_in(&bench, "fui", 0.9);
    drag(&mut bench, edge, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:50 civils"]);
    assert_eq!(bench.state().selected(), "50 civils ont fui");
}

#[test]
fn a_press_on_the_word_beside_the_selected_span_is_about_that_word() {
    let desk = desk("plus de 50 civils ont fui").with("s", "50", "casualty");
    let mut bench = bench(desk);
    let at = point_in(&bench, "50", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    // As near to the span as a space is wide.
    let beside = rect_of(&bench, "civils").left_center() + vec2(0.5, 0.0);
    assert!(beside.x - rect_of(&bench, "50").right() < 6.0);
    let to = point_in(&bench, "fui", 0.9);
    drag(&mut bench, beside, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:50"]);
    assert_eq!(bench.state().selected(), "civils ont fui");
    // In the space it is about the edge.
    click(&mut bench, at, 1, Modifiers::NONE);
    let space = rect_of(&bench, "50").right_center() + vec2(2.0, 0.0);
    drag(&mut bench, space, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:50 civils ont fui"]);
}

#[test]
fn a_mark_beside_the_selected_span_is_no_word_and_leaves_its_edge_free() {
    let mut bench = bench(desk("Le groupe (EI) a frappé").with("s", "EI", "actor"));
    let at = point_in(&bench, "EI", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let edge = rect_of(&bench, "EI").right_center() + vec2(1.5, 0.0);
    let to = point_in(&bench, "frappé", 0.9);
    drag(&mut bench, edge, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["actor:EI) a frappé"]);
}

#[test]
fn the_middle_of_a_narrow_mark_beside_the_selected_span_is_no_edge() {
    let mut bench = bench(desk("Alep, Homs et Hama").with("s", "Alep", "location"));
    let at = point_in(&bench, "Alep", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let comma = rect_of(&bench, ",");
    assert!(
        comma.width() / 2.0 < 6.0,
        "it lies within reach of the edge: {comma:?}"
    );
    let to = point_in(&bench, "Homs", 0.9);
    drag(&mut bench, comma.center() + vec2(0.5, 0.0), to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["location:Alep"]);
    assert!(bench.state().selected().ends_with("Homs"));
}

#[test]
fn a_press_near_the_name_of_a_label_takes_its_span_and_one_on_letters_does_not() {
    let mut bench = bench(desk("Les forces ont pris Alep mardi.").with("s", "Alep", "location"));
    let id = hashiya::model::SpanId::new("s").unwrap();
    let chip = bench.state().state.chip_of(&id).unwrap();
    for beside in [
        chip.left_bottom() + vec2(-4.0, -2.0),
        chip.right_bottom() + vec2(6.0, -2.0),
        chip.center_bottom() + vec2(0.0, 4.0),
    ] {
        let away = point_in(&bench, "forces", 0.5);
        click(&mut bench, away, 1, Modifiers::NONE);
        assert_eq!(bench.state().span(), "");
        click(&mut bench, beside, 1, Modifiers::NONE);
        assert_eq!(bench.state().span(), "s", "{beside:?} of {chip:?}");
    }
    // Letters go first, however near they are.
    let word = rect_of(&bench, "mardi");
    let low = word.left_bottom() + vec2(4.0, -1.0);
    let to = point_in(&bench, "mardi", 0.9);
    drag(&mut bench, low, to, Modifiers::NONE);
    assert_eq!(bench.state().selected(), "mardi");
}

#[test]
fn an_arabic_span_is_resized_at_its_left_end() {
    let desk = desk("قتل خمسون مدنيا في حلب أمس").with("s", "خمسون", "casualty");
    let mut bench = bench(desk);
    let at = point_in(&bench, "خمسون", 0.5);
    click(&mut bench, at, 1, Modifiers::NONE);
    let edge = rect_of(&bench, "خمسون").left_center() + vec2(1.0, 0.0);
    let to = point_in(&bench, "مدنيا", 0.3);
    drag(&mut bench, edge, to, Modifiers::NONE);
    assert_eq!(bench.state().spans(), ["casualty:خمسون مدنيا"]);
}

#[test]
fn the_secondary_button_opens_the_menu_about_what_is_under_it() {
    let desk = desk("plus de 50 civils ont fui").with("s", "50 civils", "casualty");
    let mut bench = bench(desk);
    let at = point_in(&bench, "civils", 0.5);
    bench.hover_at(at);
    bench.run();
    for pressed in [true, false] {
        bench.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        bench.run();
    }
    assert_eq!(bench.state().span(), "s");
    let menu = bench
        .state()
        .outputs
        .iter()
        .any(|output| matches!(output, ArticleOutput::OpenMenu { .. }));
    assert!(menu, "{:?}", bench.state().outputs);
}
