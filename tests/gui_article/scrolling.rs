//! Long articles: what is hit is what is seen, wherever the view is.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;

use super::desk::{Bench, click, desk, drag, focused, point_in, press, rect_of, wait};

fn long_text(paragraphs: usize) -> String {
    let paragraph = |n: usize| {
        format!(
            "Alinéa numéro{n} : les habitants ont quitté la ville en camion, à pied et en bus. \
             وصلت القوات إلى المدينة رقم{n} في الصباح.\n"
        )
    };
    (0..paragraphs).map(paragraph).collect::<Vec<_>>().concat()
}

#[test]
fn a_click_after_scrolling_hits_the_word_that_is_seen() {
    let mut bench = focused(desk(&long_text(400)));
    bench.hover_at(egui::pos2(400.0, 300.0));
    for _ in 0..12 {
        bench.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -500.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        bench.run_steps(20);
    }
    wait(&mut bench);
    let view = egui::Rect::from_min_max(egui::pos2(0.0, 60.0), egui::pos2(800.0, 540.0));
    let seen = (0..400)
        .map(|n| format!("numéro{n} "))
        .find(|words| {
            let desk = bench.state();
            let rects = desk.state.screen_rects(desk.range(words));
            rects.first().is_some_and(|rect| view.contains_rect(*rect))
        })
        .expect("a numbered word is in view");
    assert!(seen.trim() > "numéro1 ", "the view moved: {seen}");
    let word = seen.trim();
    let at = point_in(&bench, word, 0.5);
    click(&mut bench, at, 2, Modifiers::NONE);
    assert_eq!(bench.state().selected(), word);
}

#[test]
fn the_caret_is_brought_into_view_at_the_end_and_page_keys_move_by_views() {
    let mut bench = focused(desk(&long_text(400)));
    press(&mut bench, Key::End, Modifiers::COMMAND);
    let desk = bench.state();
    assert_eq!(desk.state.selection().end(), desk.text.end());
    let last = desk.range("رقم399");
    assert!(!desk.state.screen_rects(last).is_empty(), "the end is in view");
    press(&mut bench, Key::PageUp, Modifiers::NONE);
    let after_up = bench.state().state.selection().end();
    assert!(after_up < bench.state().text.end());
    press(&mut bench, Key::Home, Modifiers::COMMAND);
    press(&mut bench, Key::PageDown, Modifiers::NONE);
    assert!(bench.state().state.selection().end().get() > 300);
}

#[test]
fn a_span_that_is_carried_far_below_the_view_leaves_the_text_where_it_is() {
    let mut bench = focused(desk(&long_text(200)).with("s", "numéro0", "actor"));
    let from = point_in(&bench, "numéro0", 0.5);
    let before = rect_of(&bench, "numéro0");
    drag(&mut bench, from, from + vec2(0.0, 1000.0), Modifiers::ALT);
    assert_eq!(rect_of(&bench, "numéro0"), before);
}

#[test]
fn a_drag_below_the_view_scrolls_it() {
    let mut bench = focused(desk(&long_text(200)));
    let from = point_in(&bench, "numéro0", 0.5);
    bench.hover_at(from);
    bench.run();
    bench.drag_at(from);
    bench.run();
    bench.hover_at(egui::pos2(400.0, 640.0));
    bench.run_steps(60);
    bench.drop_at(egui::pos2(400.0, 640.0));
    wait(&mut bench);
    let desk = bench.state();
    assert!(
        desk.selected().len() > 2_000,
        "selected far beyond the first view: {}",
        desk.selected().len()
    );
}

/// Corners of what is painted over the track of the scroll bar, beside the handle.
fn corners_of_marks(bench: &Bench) -> usize {
    let track = bench.get_by_role(Role::ScrollBar).rect();
    let meshes = bench
        .output()
        .shapes
        .iter()
        .filter_map(|shape| match &shape.shape {
            egui::Shape::Mesh(mesh) => Some(mesh),
            _ => None,
        });
    let corners = meshes.flat_map(|mesh| &mesh.vertices);
    corners.filter(|corner| track.contains(corner.pos)).count()
}

#[test]
fn the_overview_marks_only_the_spans_whose_labels_are_seen() {
    let mut bench = focused(desk(&long_text(200)).with("s", "numéro100 ", "actor"));
    assert!(corners_of_marks(&bench) > 0);
    press(&mut bench, Key::Tab, Modifiers::NONE);
    press(&mut bench, Key::H, Modifiers::NONE);
    assert_eq!(corners_of_marks(&bench), 0);
    press(&mut bench, Key::H, Modifiers::SHIFT);
    assert!(corners_of_marks(&bench) > 0);
}

#[test]
fn a_press_on_a_mark_of_the_overview_brings_its_words_into_view_and_holds_them_there() {
    let mut bench = focused(desk(&long_text(2_000)).with("s", "numéro1500 ", "actor"));
    let words = bench.state().range("numéro1500 ");
    assert!(bench.state().state.screen_rects(words).is_empty(), "far away");
    let track = bench.get_by_role(Role::ScrollBar).rect();
    let part = words.start().get() as f32 / bench.state().text.end().get() as f32;
    let mark = egui::pos2(track.center().x, track.top() + track.height() * part);
    bench.hover_at(mark);
    bench.run();
    bench.drag_at(mark);
    bench.run_steps(3);
    let seen = bench.state().state.screen_rects(words);
    let middle = track.center().y;
    assert!(
        seen.first()
            .is_some_and(|rect| (rect.center().y - middle).abs() < 150.0),
        "in the middle of the view: {seen:?}"
    );
    // The hand that holds still holds the text still.
    bench.run_steps(10);
    assert_eq!(bench.state().state.screen_rects(words), seen);
    bench.hover_at(egui::pos2(mark.x, track.top() - 50.0));
    bench.run_steps(3);
    let first = bench.state().range("numéro0 ");
    assert!(
        !bench.state().state.screen_rects(first).is_empty(),
        "dragged to the top"
    );
    bench.drop_at(egui::pos2(mark.x, track.top() - 50.0));
    wait(&mut bench);
}
