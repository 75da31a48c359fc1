//! Problems of the open article by keyboard: gone to, mended, dismissed, shown again, told when the article is done.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::ProblemKey;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

const FIGURE: &str = "untagged_casualty/text/45-80";
const EDGE: &str = "loose_edge/span";

/// A window in which “Alep,” is tagged with its comma, and the figure is not.
fn with_two_problems(home: &std::path::Path) -> Window {
    let mut window = Window::on_articles(home);
    let range = window.range("Alep,");
    window.drag_over_range(hashiya::text::ByteRange::between(
        range.start(),
        hashiya::text::ByteOffset::new(range.end().get() - 1),
    ));
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Alep"]);
    window.press(Key::Home, CTRL);
    window.press(Key::Tab, PLAIN);
    window.press(Key::CloseBracket, PLAIN);
    window.until_spans(&["location:Alep,"]);
    until_problems(&mut window, 2);
    window
}

fn until_problems(window: &mut Window, count: usize) {
    window.until(&format!("there are {count} problems"), move |app| {
        app.is_settled() && app.problems().found().open.len() == count
    });
}

/// The keys of the problems without the ids of spans.
fn open(window: &Window) -> Vec<String> {
    let open = &window.app().problems().found().open;
    open.iter().map(|problem| problem.key.to_string()).collect()
}

fn selected_rows(window: &Window) -> Vec<String> {
    window
        .bench
        .query_all_by_role(Role::ListItem)
        .filter(|row| row.accesskit_node().toggled() == Some(Toggled::True))
        .filter_map(|row| row.accesskit_node().label())
        .collect()
}

fn has_focus(window: &Window, name: &str) -> bool {
    window
        .bench
        .query_by_role_and_label(Role::ListBox, name)
        .is_some_and(|node| node.accesskit_node().is_focused())
}

#[test]
fn keys_go_from_problem_to_problem_and_what_is_mended_is_gone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_problems(home.path());
    let keys = open(&window);
    assert!(keys[0].starts_with(EDGE) && keys[1] == FIGURE, "{keys:?}");
    window.bench.get_by_role_and_label(Role::Tab, "Problems · 2");
    window.press(Key::Home, CTRL);
    window.press(Key::F4, PLAIN);
    assert!(window.app().article_state().selected_span().is_some());
    window.press(Key::F4, PLAIN);
    assert_eq!(window.selected(), "plus de 50 civils auraient été tués");
    window.press(Key::F4, PLAIN);
    assert!(
        window.app().article_state().selected_span().is_some(),
        "round the end"
    );
    window.press(Key::F4, SHIFT);
    assert_eq!(window.selected(), "plus de 50 civils auraient été tués");
    window.press(Key::Num3, PLAIN);
    until_problems(&mut window, 1);
    window.press(Key::F4, PLAIN);
    window.press(Key::OpenBracket, PLAIN);
    until_problems(&mut window, 0);
    window.bench.get_by_role_and_label(Role::Tab, "Problems · 0");
}

#[test]
fn a_problem_is_dismissed_for_good_and_undoably() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_problems(home.path());
    window.press(Key::Home, CTRL);
    window.press(Key::F4, PLAIN);
    window.press(Key::F4, PLAIN);
    let current = window.app().problems().current();
    assert_eq!(current.map(|problem| problem.key.as_str()), Some(FIGURE));
    window.press(Key::F4, CTRL);
    until_problems(&mut window, 1);
    let key = ProblemKey::new(FIGURE).unwrap();
    assert!(window.layer_on_disk().dismissed.contains(&key));
    window.press(Key::Z, CTRL);
    until_problems(&mut window, 2);
    assert!(window.layer_on_disk().dismissed.is_empty());
    window.press(Key::Y, CTRL);
    until_problems(&mut window, 1);
}

#[test]
fn a_problem_is_dismissed_and_shown_again_by_the_mouse_wherever_the_cursor_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_problems(home.path());
    // What was said about the import lies over the last rows.
    window.bench.get_by_label("Dismiss").click();
    window.bench.run_steps(4);
    window.press(Key::M, CTRL | SHIFT);
    window.press(Key::Home, PLAIN);
    // The button comes with the pointer over the row, and stays as the pointer goes on to it.
    let press = |window: &mut Window, row: &str, button: &str| {
        let row = window.bench.get_by_label(row).rect().center();
        window.bench.hover_at(row);
        window.bench.run_steps(4);
        // The row at hand has one, too.
        let buttons = window.bench.query_all_by_label(button);
        let mut buttons = buttons.map(|node| node.rect().center());
        let at = buttons.find(|at| (at.y - row.y).abs() < 6.0).unwrap();
        drop(buttons);
        window.click_at(at);
        window.settle();
    };
    let row = "“plus de 50 civils auraient été tués” is not tagged Casualty";
    press(&mut window, row, "Dismiss");
    until_problems(&mut window, 1);
    window.bench.get_by_label("Show dismissed (1)").click();
    window.bench.run_steps(3);
    window.press(Key::End, PLAIN);
    press(&mut window, &format!("Dismissed: {row}"), "Show again");
    until_problems(&mut window, 2);
}

#[test]
fn the_list_is_walked_and_turned_by_keys_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_problems(home.path());
    window.press(Key::M, CTRL | SHIFT);
    assert!(has_focus(&window, "Problems"));
    window.press(Key::Home, PLAIN);
    window.press(Key::ArrowDown, PLAIN);
    let chosen = selected_rows(&window);
    assert!(
        chosen
            .iter()
            .any(|row| row == "“plus de 50 civils auraient été tués” is not tagged Casualty"),
        "{chosen:?}"
    );
    window.press(Key::Delete, PLAIN);
    until_problems(&mut window, 1);
    assert!(has_focus(&window, "Problems"), "the list keeps the focus");
    window.bench.get_by_label("Show dismissed (1)").click();
    window.bench.run_steps(3);
    window.press(Key::M, CTRL | SHIFT);
    window.press(Key::End, PLAIN);
    let chosen = selected_rows(&window);
    assert!(
        chosen.iter().any(|row| row.starts_with("Dismissed: ")),
        "{chosen:?}"
    );
    window.press(Key::Delete, PLAIN);
    until_problems(&mut window, 2);
    window.press(Key::End, PLAIN);
    window.press(Key::Enter, PLAIN);
    assert_eq!(window.selected(), "plus de 50 civils auraient été tués");
    window.press(Key::Num3, PLAIN);
    until_problems(&mut window, 1);
}

#[test]
fn done_with_problems_is_done_and_says_what_is_left() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_problems(home.path());
    window.press(Key::D, CTRL);
    window.until("it is done", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| article.layer.status == Some(hashiya::model::Status::Done))
    });
    window
        .bench
        .get_by_label("2 problems left in the article marked done: Ctrl+Shift+M lists them");
    window.press(Key::Enter, CTRL);
    window.settle();
    window
        .bench
        .get_by_label("2 problems left in the article marked done");
}

#[test]
fn what_is_left_is_no_praise_and_an_open_note_is_called_a_note() {
    let home = tempfile::tempdir().unwrap();
    let mut window = super::notes::with_notes(home.path());
    window.press(Key::D, CTRL);
    window.settle();
    let said = window
        .bench
        .get_by_label_contains("2 open notes left in the article marked done");
    let place = said.rect();
    let palette = hashiya::gui::theme::Palette::of(&window.bench.ctx);
    let colors: Vec<egui::Color32> = window
        .bench
        .output()
        .shapes
        .iter()
        .filter_map(|shape| match &shape.shape {
            egui::Shape::Mesh(mesh) if place.contains(mesh.calc_bounds().center()) => {
                mesh.vertices.first().map(|vertex| vertex.color)
            }
            _ => None,
        })
        .collect();
    assert!(
        !colors.is_empty() && colors.iter().all(|color| *color == palette.warning),
        "{colors:?}"
    );
}

#[test]
fn a_check_of_the_project_leads_to_the_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_problems(home.path());
    let title = window
        .snapshot()
        .article
        .as_ref()
        .unwrap()
        .header
        .title
        .clone()
        .unwrap();
    window.press(Key::PageDown, CTRL);
    window.until("another article is open", move |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| article.header.title.as_ref() != Some(&title))
    });
    window.press(Key::K, CTRL);
    window.type_text("check project");
    window.press(Key::Enter, PLAIN);
    window.until("the report is there", |app| app.snapshot().check.is_some());
    window.bench.run_steps(6);
    window.bench.get_by_label("The project file is sound.");
    window.bench.get_by_label("2 problems in 1 article");
    // The frame of the focus stands around the rows, above the button.
    let list = window.bench.get_by_label("Problems by article").rect();
    let close = window.bench.get_by_label("Close").rect();
    assert!(list.bottom() < close.top(), "{list} above {close}");
    window.press(Key::ArrowDown, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.until("the figure is selected", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| {
            article.text.slice(app.article_state().selection()) == Some("plus de 50 civils auraient été tués")
        })
    });
}

#[test]
fn a_long_article_is_looked_through_beside_the_frames() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("in");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "Rien de neuf. ".repeat(3_000) + "\nPlus de 50 civils tués.";
    std::fs::write(folder.join("long.txt"), text).unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    window.until("the article is open", |app| app.snapshot().article.is_some());
    window.press(Key::ArrowRight, SHIFT | CTRL);
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Rien"]);
    until_problems(&mut window, 1);
    window.press(Key::F4, PLAIN);
    assert_eq!(window.selected(), "Plus de 50 civils tués");
}

#[test]
fn the_lists_stay_where_they_are_while_the_mouse_is_at_work_in_them() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_two_problems(home.path());
    window.press(Key::M, CTRL | SHIFT);
    window.bench.run_steps(4);
    window.press(Key::Escape, PLAIN);
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    let tabs = |window: &Window| window.bench.get_by_label_contains("Problems · ").rect().top();
    let before = tabs(&window);
    let rows = window.bench.query_all_by_role(Role::ListItem);
    let below = rows.filter(|row| row.rect().top() > before && row.rect().left() > 600.0);
    let row = below
        .map(|row| row.rect().center())
        .next()
        .expect("a problem is listed");
    window.click_at(row);
    assert!(window.app().article_state().selected_span().is_some());
    assert!((tabs(&window) - before).abs() < 0.5, "{before} {}", tabs(&window));
    // Elsewhere, what is known of the span has the room that it needs.
    window.bench.hover_at(egui::pos2(500.0, 300.0));
    window.bench.run_steps(4);
    assert!(tabs(&window) > before + 20.0, "{before} {}", tabs(&window));
}
