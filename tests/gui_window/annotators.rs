//! Under whose name one annotates: another person, the same one under another name, and the way back.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::model::Annotator;
use hashiya::store::Store;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const PLAIN: Modifiers = Modifiers::NONE;
const OTHER: &str = "I am someone else: the work so far stays under its name";
const SAME: &str = "The same person under another name: carry the work over";

/// Leila's work of one span, and the dialog open.
fn asked(home: &Path) -> Window {
    let mut window = Window::on_articles(home);
    window.drag_over("province");
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:province"]);
    open(&mut window);
    window
}

fn open(window: &mut Window) {
    command(window, "annotator");
}

/// Does a command by its name.
fn command(window: &mut Window, name: &str) {
    window.press(Key::K, CTRL);
    window.bench.run_steps(4);
    window.type_text(name);
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(6);
}

fn type_name(window: &mut Window, name: &str) {
    window.type_text(name);
}

/// Who has work in the project file.
fn annotators(window: &Window) -> Vec<Annotator> {
    let store = Store::open_read_only(&window.project_path()).unwrap();
    store.annotators().unwrap()
}

fn names(names: &[&str]) -> Vec<Annotator> {
    names.iter().map(|name| Annotator::new(name).unwrap()).collect()
}

#[test]
fn a_name_and_enter_leave_the_work_so_far_to_whom_it_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = asked(home.path());
    window.bench.get_by_role_and_label(Role::RadioButton, OTHER);
    type_name(&mut window, "zoe");
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(annotators(&window), names(&["leila"]));
    assert_eq!(window.snapshot().annotator, Some(Annotator::new("zoe").unwrap()));
    let said = window.notices();
    assert!(
        said.iter()
            .any(|it| it.contains("The work of leila stays leila's")),
        "{said:?}"
    );
}

#[test]
fn the_same_person_takes_the_work_along_and_undo_gives_the_old_name_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = asked(home.path());
    type_name(&mut window, "lea");
    window.bench.get_by_label(SAME).click();
    window.bench.run_steps(4);
    window.bench.get_by_label("OK").click();
    window.settle();
    assert_eq!(annotators(&window), names(&["lea"]));
    window.bench.get_by_label_contains("Undo in project");
    window.bench.get_by_label("annotator lea");
    command(&mut window, "undo in project");
    window.settle();
    assert_eq!(annotators(&window), names(&["leila"]));
    window.bench.get_by_label("annotator leila");
    assert!(
        window.bench.query_by_label("Back to my work").is_none(),
        "one person works here"
    );
    window.drag_over("mardi");
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:province", "location:mardi"]);
    assert_eq!(window.layer_on_disk().spans.len(), 2);
}

#[test]
fn a_name_of_the_project_is_chosen_and_takes_over_no_work() {
    let home = tempfile::tempdir().unwrap();
    let mut window = asked(home.path());
    type_name(&mut window, "zoe");
    window.press(Key::Enter, PLAIN);
    window.settle();
    open(&mut window);
    // Nothing is Zoe's yet, so there is nothing to carry over.
    assert!(window.bench.query_by_label(SAME).is_none());
    window.bench.get_by_role_and_label(Role::Button, "leila").click();
    window.bench.run_steps(4);
    window.bench.get_by_label("OK").click();
    window.settle();
    assert_eq!(
        window.snapshot().annotator,
        Some(Annotator::new("leila").unwrap())
    );
    window.until_spans(&["location:province"]);
}
