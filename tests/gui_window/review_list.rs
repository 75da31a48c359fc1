//! The list of articles beside work of others: whose it shows in review mode, behind it, and what a click on it opens.

use egui::epaint::ColorMode;
use egui::{Color32, Key, Modifiers, Rect, Shape};
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::theme::Palette;
use hashiya::model::Verdict;

use super::review::Reviewed;

const PLAIN: Modifiers = Modifiers::NONE;

/// Lists the work of somebody by the filter of the list.
pub fn list_work_of(it: &mut Reviewed, name: &str) {
    it.window.bench.get_by_label("Whose work is listed").click();
    it.window.bench.run_steps(4);
    it.window.bench.get_by_label(name).click();
    it.window.settle();
    it.window.bench.run_steps(4);
}

/// How far the work is that the rows show.
fn listed(it: &Reviewed) -> Vec<&'static str> {
    let rows = it.window.snapshot().list.rows.iter();
    rows.map(|row| row.status.name()).collect()
}

#[test]
fn in_review_mode_the_list_shows_the_work_that_is_reviewed_and_how_much_of_it_is_done() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::by_bo(home.path());
    it.window.bench.get_by_label("0 of 3 done");
    it.window.press(Key::F5, PLAIN);
    it.until_work(0, "bo");
    assert_eq!(listed(&it), ["done", "done", "in_progress"]);
    it.window.bench.get_by_label("\u{2068}bo\u{2069}: 2 of 3 done");
    it.window.press(Key::F5, PLAIN);
    it.until_work(0, "leila");
    assert_eq!(listed(&it), ["todo", "todo", "todo"]);
    it.window.bench.get_by_label("0 of 3 done");
}

#[test]
fn behind_the_review_list_and_article_are_about_the_same_person() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::by_bo(home.path());
    list_work_of(&mut it, "bo");
    it.until_work(0, "bo");
    it.window.press(Key::F5, PLAIN);
    it.window.settle();
    it.window.press(Key::F5, PLAIN);
    it.window.settle();
    it.until_work(0, "bo");
    assert_eq!(listed(&it), ["done", "done", "in_progress"]);
}

#[test]
fn a_click_on_the_row_of_the_open_article_shows_the_work_that_the_list_is_about() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::by_bo(home.path());
    list_work_of(&mut it, "bo");
    it.window.bench.get_by_label("Back to my work").click();
    it.until_work(0, "leila");
    let row = it.window.bench.get_by_label_contains("Frappe près d'Alep, ");
    let at = row.rect().center();
    it.window.click_at(at);
    it.until_work(0, "bo");
}

/// Where lines of a colour are drawn in an area.
fn drawn(it: &Reviewed, area: Rect, color: Color32) -> Rect {
    let shapes = it
        .window
        .bench
        .output()
        .shapes
        .iter()
        .map(|clipped| &clipped.shape);
    let marks = shapes.filter(|shape| match shape {
        Shape::Path(path) => path.stroke.color == ColorMode::Solid(color),
        Shape::LineSegment { stroke, .. } => stroke.color == color,
        _ => false,
    });
    marks
        .map(Shape::visual_bounding_rect)
        .filter(|rect| area.contains(rect.center()))
        .fold(Rect::NOTHING, Rect::union)
}

#[test]
fn the_marks_of_a_row_stand_apart() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    let palette = Palette::of(&it.window.bench.ctx);
    it.window.press(Key::Space, PLAIN);
    it.window.press(Key::A, PLAIN);
    it.window.settle();
    it.window.bench.run_steps(4);
    let row = it
        .window
        .bench
        .get_by_label_contains("Casualty: 50 civils · ")
        .rect();
    let tick = drawn(&it, row, palette.verdict(Verdict::Approved));
    let shapes = it
        .window
        .bench
        .output()
        .shapes
        .iter()
        .map(|clipped| &clipped.shape);
    let words = shapes.filter(|shape| matches!(shape, Shape::Mesh(_)));
    let before = words
        .map(Shape::visual_bounding_rect)
        .filter(|rect| row.contains(rect.center()) && rect.center().x < tick.center().x);
    let value = before.map(|rect| rect.right()).fold(row.left(), f32::max);
    assert!(
        value > row.center().x && tick.left() - value > 3.0,
        "{value} before {tick}"
    );

    it.window.press(Key::G, Modifiers::COMMAND);
    it.window.press(Key::R, Modifiers::COMMAND);
    it.window.bench.run_steps(4);
    it.window.type_text("revoir");
    it.window.press(Key::Enter, Modifiers::COMMAND);
    it.until_work(1, "bo");
    let row = it
        .window
        .bench
        .get_by_label_contains("Frappe près d'Alep, ")
        .rect();
    let arrow = drawn(&it, row, palette.verdict(Verdict::ChangesRequested));
    let pole = drawn(&it, row, palette.accent).left();
    assert!(
        arrow.is_positive() && pole - arrow.right() > 4.0,
        "{arrow} before {pole}"
    );
}
