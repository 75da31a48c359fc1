//! Dialogs, banners, and files that are dropped.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::panels::article::article_id;
use hashiya::gui::panels::list::filter_id;

use super::desk::{Window, articles};

const CTRL: Modifiers = Modifiers::COMMAND;

/// A file as the desktop hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|cause| cause.to_string())
    }
}

pub fn drop_file(window: &mut Window, path: PathBuf) {
    window
        .bench
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(path)));
    window.bench.run_steps(2);
}

fn has_focus(window: &Window, id: egui::Id) -> bool {
    window.bench.ctx.memory(|memory| memory.has_focus(id))
}

#[test]
fn after_a_dialog_the_focus_is_where_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    for (key, modifiers) in [(Key::K, CTRL), (Key::F1, Modifiers::NONE), (Key::F2, CTRL)] {
        window
            .bench
            .ctx
            .memory_mut(|memory| memory.request_focus(filter_id()));
        window.bench.run_steps(2);
        window.press(key, modifiers);
        assert!(!has_focus(&window, filter_id()), "{key:?} opens a dialog");
        window.press(Key::Escape, Modifiers::NONE);
        window.bench.run_steps(4);
        assert!(has_focus(&window, filter_id()), "{key:?}");
    }
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(article_id()));
    window.bench.run_steps(2);
    window.press(Key::K, CTRL);
    window.press(Key::Escape, Modifiers::NONE);
    window.bench.run_steps(4);
    assert!(has_focus(&window, article_id()));
}

#[test]
fn dropped_files_become_a_project_and_later_ones_are_added_to_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = articles(home.path());
    let mut window = Window::open(home.path(), &[]);
    drop_file(&mut window, folder.join("1.txt"));
    window.until_title("Frappe près d'Alep");
    drop_file(&mut window, folder.join("3.txt"));
    window.until_shown("Truck hits a mine");
    window.press(Key::Enter, Modifiers::NONE);
    window.until("the second file is in", |app| {
        app.snapshot()
            .project
            .as_ref()
            .is_some_and(|project| project.progress.total == 2)
    });
}

#[test]
fn what_an_import_kept_out_is_listed_with_the_reason() {
    let home = tempfile::tempdir().unwrap();
    let folder = articles(home.path());
    std::fs::write(
        folder.join("9.txt"),
        [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 1],
    )
    .unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    window.until("the import is told of", |app| {
        app.snapshot()
            .notices
            .iter()
            .any(|notice| !notice.details.is_empty())
    });
    window.bench.get_by_label("Details…").click();
    window.bench.run_steps(4);
    window.bench.get_by_label("Report");
    let detail = window
        .snapshot()
        .notices
        .iter()
        .find_map(|notice| notice.details.first())
        .cloned();
    let detail = detail.unwrap();
    window.bench.get_by_label(&detail.message);
    assert!(window.bench.query_all_by_label_contains("9.txt").count() >= 1);
    window.bench.get_by_label("Close").click();
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Report").is_none());
}

#[test]
fn a_project_file_that_is_gone_stops_the_work_with_a_banner_and_acknowledges_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = window.project_path();
    window.drag_over("province");
    let away = path.with_extension("away");
    std::fs::rename(&path, &away).unwrap();
    window.press(Key::Num2, Modifiers::NONE);
    window.until("the window says so", |app| app.snapshot().blocked.is_some());
    window.bench.get_by_label("not saving");
    window.bench.get_by_label("Retry");
    window.until_spans(&[]);
    std::fs::rename(&away, &path).unwrap();
    // By keyboard; `announcing` presses the button.
    window.press(Key::K, CTRL);
    window.bench.run_steps(4);
    window.type_text("retry");
    window.press(Key::Enter, Modifiers::NONE);
    window.until("it goes on", |app| app.snapshot().blocked.is_none());
    assert!(window.bench.query_by_label("Retry").is_none());
}

#[test]
fn the_menu_names_what_undo_takes_back_in_any_script() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::PageDown, CTRL);
    window.until_title("غارة على ريف حلب");
    window.drag_over("القوات");
    window.press(Key::Num1, Modifiers::NONE);
    window.until_spans(&["actor:القوات"]);
    let undo = window.snapshot().article.as_ref().unwrap().undo.clone().unwrap();
    window.bench.get_by_label("Edit").click();
    window.bench.run_steps(3);
    window.bench.get_by_label(&format!("Undo: {undo}"));
}

#[test]
fn tab_walks_the_foot_of_a_dialog_in_the_order_that_is_seen() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, CTRL);
    window.bench.run_steps(4);
    let place = |window: &Window, name: &str| window.bench.get_by_role_and_label(Role::Button, name).rect();
    let (cancel, save) = (place(&window, "Cancel"), place(&window, "Save"));
    assert!(cancel.right() < save.left() && save.left() - cancel.right() < 20.0);
    let mut walked = Vec::new();
    for _ in 0..14 {
        window.press(Key::Tab, Modifiers::NONE);
        let focused = ["Cancel", "Save"].into_iter().find(|name| {
            let button = window.bench.get_by_role_and_label(Role::Button, name);
            button.is_focused()
        });
        walked.extend(focused);
    }
    assert_eq!(walked[..2], ["Cancel", "Save"]);
}

#[test]
fn a_notice_makes_way_after_a_while_and_waits_behind_a_button() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.settle();
    let wrong = home.path().join("notes.hashiya");
    std::fs::write(&wrong, "Des notes.").unwrap();
    drop_file(&mut window, wrong);
    window.until("it is told", |app| {
        let mut notices = app.snapshot().notices.iter();
        notices.any(|notice| notice.code == "not_a_project")
    });
    assert!(window.bench.query_all_by_label("Dismiss").next().is_some());
    let now = window.bench.ctx.input(|input| input.time);
    window.bench.input_mut().time = Some(now + 30.0);
    window.bench.step();
    window.bench.input_mut().time = None;
    // What was only told is gone then.
    window.settle();
    assert!(window.bench.query_by_label("Dismiss").is_none());
    assert_eq!(window.notices().len(), 1, "it is kept");
    for shown in [true, false] {
        window.bench.get_by_label("1 notice").click();
        window.bench.run_steps(3);
        let is_shown = window.bench.query_by_label("Dismiss").is_some();
        assert_eq!(is_shown, shown);
    }
    // Esc puts away what was opened, and only the next one is about the words below it.
    window.drag_over("Alep");
    window.bench.get_by_label("1 notice").click();
    window.bench.run_steps(3);
    for selected in ["Alep", ""] {
        window.press(Key::Escape, Modifiers::NONE);
        assert!(window.bench.query_by_label("Dismiss").is_none());
        assert_eq!(window.selected(), selected);
    }
    window.bench.get_by_label("1 notice").click();
    window.bench.run_steps(3);
    window.bench.get_by_label("Dismiss").click();
    window.settle();
    assert!(window.notices().is_empty());
    assert!(window.bench.query_by_label("1 notice").is_none());
}
