//! Files in and datasets out of the window: looked into before, counted before, and told of afterwards.

use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::desk::{Window, articles};
use super::dialogs::drop_file;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// Types a path into the dialog that asks for one.
fn type_path(window: &mut Window, path: &Path) {
    window.bench.run_steps(4);
    window.press(Key::A, CTRL);
    window.type_text(&path.display().to_string());
    window.press(Key::Enter, NONE);
}

#[test]
fn a_dataset_is_looked_into_and_its_labels_get_other_names_before_it_comes_in() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = home.path().join("old.jsonl");
    let line =
        r#"{"id":"x","title":"نبأ","text":"قصف على حلب","label":[[0,3,"EVT"],[8,11,"LOC"],[0,99,"LOC"]]}"#;
    std::fs::write(&path, format!("{line}\n")).unwrap();
    drop_file(&mut window, path);
    window.until_shown("old.jsonl");
    for name in ["نبأ", "EVT (1)", "LOC (1)", "leaves the text"] {
        assert!(
            window.bench.query_all_by_label_contains(name).next().is_some(),
            "{name}"
        );
    }
    window.bench.get_by_label("Labels in the files LOC").focus();
    window.bench.run_steps(2);
    window.press(Key::A, CTRL);
    window.type_text("location");
    window.bench.get_by_label("Labels in the files EVT").focus();
    window.bench.run_steps(2);
    window.press(Key::A, CTRL);
    window.press(Key::Backspace, NONE);
    window.bench.get_by_label("Add").click();
    window.until("it is in", |app| {
        app.snapshot()
            .project
            .as_ref()
            .is_some_and(|project| project.progress.total == 4)
    });
    let codebook = window.snapshot().project.as_ref().unwrap().codebook.clone();
    assert!(
        codebook
            .labels
            .iter()
            .all(|label| label.id.as_str() != "LOC" && label.id.as_str() != "EVT")
    );
    let project = window.project_path();
    let store = hashiya::store::Store::open(&project).unwrap();
    let counts = store.label_counts().unwrap();
    let counts: Vec<(&str, u64)> = counts
        .iter()
        .map(|count| (count.label.as_str(), count.spans))
        .collect();
    assert_eq!(counts, [("location", 1)]);
}

#[test]
fn annotators_get_other_names_before_their_work_comes_in() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = home.path().join("hers.jsonl");
    let line = r#"{"schema":"hashiya/1","id":"x","text":"Alep","annotator":"ana","spans":[{"start":0,"end":4,"label":"city"}]}"#;
    std::fs::write(&path, format!("{line}\n")).unwrap();
    drop_file(&mut window, path);
    window.until_shown("hers.jsonl");
    window.bench.get_by_label("Annotators in the files ana").focus();
    window.bench.run_steps(2);
    window.press(Key::A, CTRL);
    window.type_text("mira");
    // Enter in a field goes on, as the button does.
    window.press(Key::Enter, NONE);
    window.until("it is in", |app| {
        let snapshot = app.snapshot();
        let mut names = snapshot.project.iter().flat_map(|project| &project.annotators);
        names.any(|name| name.as_str() == "mira")
    });
    let project = window.snapshot().project.clone().unwrap();
    assert!(project.annotators.iter().all(|name| name.as_str() != "ana"));
}

#[test]
fn an_import_that_is_called_off_leaves_everything_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = home.path().join("more.txt");
    std::fs::write(&path, "Encore un mot.").unwrap();
    drop_file(&mut window, path);
    window.until_shown("more.txt");
    window.press(Key::Escape, NONE);
    window.settle();
    assert_eq!(window.snapshot().project.as_ref().unwrap().progress.total, 3);
}

#[test]
fn an_export_is_counted_before_told_of_afterwards_and_made_again_with_one_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::E, CTRL);
    window.until_shown("3 articles, 0 spans");
    assert!(window.bench.query_by_label("Nothing is left out.").is_some());
    // The list has the focus, and Enter in it goes on.
    window.press(Key::Enter, NONE);
    let path = home.path().join("out.jsonl");
    type_path(&mut window, &path);
    window.until_shown("Exported");
    assert!(
        window
            .bench
            .query_all_by_label_contains("To load it in Python")
            .next()
            .is_some()
    );
    assert!(
        window
            .bench
            .query_all_by_label_contains(&format!("open(\"{}\"", path.display()))
            .next()
            .is_some()
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 3);
    window.press(Key::Escape, NONE);
    std::fs::remove_file(&path).unwrap();
    window.press(Key::E, CTRL | Modifiers::SHIFT);
    window.until_shown("Exported");
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 3);
}

/// The row of the format that is chosen.
fn chosen_format(window: &Window) -> (String, egui::Rect) {
    let mut rows = window.bench.query_all_by_role(egui::accesskit::Role::ListItem);
    let is_chosen = |node: &egui_kittest::Node<'_>| {
        let is_format = hashiya::session::formats()
            .iter()
            .any(|format| Some(format.name.to_owned()) == node.accesskit_node().label());
        is_format && node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    let row = rows.find(is_chosen).unwrap();
    (row.accesskit_node().label().unwrap(), row.rect())
}

#[test]
fn an_export_gets_its_ending_names_the_files_beside_it_and_its_format_is_in_view_again() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::E, CTRL);
    window.until_shown("3 articles, 0 spans");
    for _ in 0..30 {
        if chosen_format(&window).0 == "CSV for Excel" {
            break;
        }
        window.press(Key::ArrowDown, NONE);
        window.bench.run_steps(3);
    }
    window.settle();
    window.press(Key::Enter, NONE);
    type_path(&mut window, &home.path().join("out-csv"));
    window.until_shown("Exported");
    assert!(home.path().join("out-csv.csv").is_file());
    let beside = window
        .bench
        .query_all_by_label_contains("beside it belong to it: ")
        .next()
        .and_then(|node| node.accesskit_node().value())
        .unwrap();
    let files = std::fs::read_dir(home.path()).unwrap().filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("out-csv.")
    });
    assert!(
        beside.starts_with(&format!("{} files beside", files.count() - 1)),
        "{beside}"
    );
    assert!(beside.contains("out-csv.articles.csv"), "{beside}");
    window.press(Key::Escape, NONE);
    window.press(Key::E, CTRL);
    window.until_shown("3 articles, 0 spans");
    window.bench.run_steps(40);
    let list = window.bench.get_by_label("Format").rect();
    let (name, row) = chosen_format(&window);
    assert_eq!(name, "CSV for Excel");
    assert!(list.expand(1.0).contains_rect(row), "{row} in {list}");
}

#[test]
fn what_is_said_of_an_export_is_a_sentence_and_whole() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("cr.txt");
    std::fs::write(&path, "Un titre\r\nUn texte\r\nEt un autre.\r\n").unwrap();
    let mut window = Window::of_size(home.path(), &[path], 1280.0, 800.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.press(Key::E, CTRL);
    window.until_shown("1 article, 0 spans");
    for _ in 0..30 {
        if chosen_format(&window).0 == "Excel workbook" {
            break;
        }
        window.press(Key::ArrowDown, NONE);
        window.bench.run_steps(3);
    }
    window.settle();
    window.until_shown("Cells with carriage returns");
    let said = window
        .bench
        .query_all_by_label_contains("Cells with carriage returns")
        .next()
        .unwrap();
    let words = said.accesskit_node().value().unwrap();
    assert!(words.ends_with('.'), "{words}");
    assert!(
        said.rect().height() > 24.0,
        "in as many lines as it takes: {}",
        said.rect()
    );
}

#[test]
fn a_title_and_its_beginning_stand_by_their_direction_in_the_preview() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = home.path().join("new.txt");
    std::fs::write(&path, "قصفت القوات حلب\n\nوقتل خمسون مدنيا في القصف.\n").unwrap();
    drop_file(&mut window, path);
    window.until_shown("First articles");
    let start = window.bench.get_by_label("First articles").rect();
    let title = window
        .bench
        .query_all_by_label("قصفت القوات حلب")
        .last()
        .unwrap()
        .rect();
    assert!(title.left() > start.left() + 200.0, "{title} below {start}");
}

#[test]
fn what_cannot_be_exported_is_not_asked_a_place_for() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::E, CTRL);
    window.until_shown("3 articles, 0 spans");
    // A format for training takes articles that are done, and none is.
    while window
        .bench
        .query_by_label("Nothing to export: none of the 3 articles is “done”.")
        .is_none()
    {
        window.press(Key::ArrowDown, NONE);
        window.settle();
    }
    let button = window.bench.get_by_label("Export to…");
    assert!(button.accesskit_node().is_disabled());
    window.press(Key::Enter, NONE);
    window.settle();
    assert!(window.bench.query_by_label("Export to…").is_some());
}

#[test]
fn a_choice_that_gets_the_focus_out_of_sight_comes_into_sight() {
    let home = tempfile::tempdir().unwrap();
    let articles = articles(home.path());
    let mut window = Window::of_size(home.path(), &[articles], 900.0, 440.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.press(Key::E, CTRL);
    window.until_shown("3 articles, 0 spans");
    let last = "Every line end as a line feed";
    let room = 440.0 - 110.0;
    let bottom = |window: &Window| window.bench.get_by_label(last).rect().bottom();
    assert!(bottom(&window) > room, "{}", bottom(&window));
    for _ in 0..6 {
        window.press(Key::Tab, NONE);
        window.settle();
    }
    assert!(window.bench.get_by_label(last).is_focused());
    assert!(bottom(&window) < room, "{}", bottom(&window));
}

#[test]
fn a_split_that_is_none_is_said_beside_its_field() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::E, CTRL);
    window.until_shown("3 articles");
    window
        .bench
        .get_by_role_and_label(egui::accesskit::Role::TextInput, "Parts")
        .focus();
    window.bench.run_steps(2);
    window.type_text("train");
    window.until_shown("is no part with its share");
    window.type_text("=2,test=1");
    window.until_shown("train: 2 articles");
    assert!(
        window
            .bench
            .query_all_by_label_contains("test: 1 article")
            .next()
            .is_some()
    );
}

#[test]
fn a_file_that_is_no_project_is_said_so_in_the_dialog_which_keeps_what_was_typed() {
    let home = tempfile::tempdir().unwrap();
    let wrong = home.path().join("notes.txt");
    std::fs::write(&wrong, "Ce ne sont que des notes.").unwrap();
    let mut window = Window::on_articles(home.path());
    let project = window.project_path();
    window.press(Key::K, CTRL);
    window.type_text("open project");
    window.press(Key::Enter, NONE);
    type_path(&mut window, &wrong);
    window.until_shown("this is not a project file");
    window.settle();
    let typed = |window: &Window| {
        let role = egui::accesskit::Role::TextInput;
        let field = window.bench.get_by_role_and_label(role, "Path");
        field.accesskit_node().value()
    };
    let hint = "A project file ends in .hashiya; articles are imported into one.";
    window.bench.get_by_label_contains(hint);
    assert_eq!(typed(&window).as_deref(), wrong.to_str());
    window.settle();
    let notices = window.notices();
    assert!(
        notices.iter().all(|text| !text.contains("project file")),
        "{notices:?}"
    );
    assert_eq!(window.project_path(), project);
    // Another name is mended in place; the words go with the first letter.
    type_path(&mut window, &wrong.with_file_name("new.hashiya"));
    assert!(window.bench.query_by_label_contains(hint).is_none());
    window.bench.get_by_label_contains("no file or folder");
    let other = hashiya::session::codebook_toml::default_codebook();
    let right = home.path().join("right.hashiya");
    drop(hashiya::session::Session::create(&right, &other, super::desk::config(home.path())).unwrap());
    type_path(&mut window, &right);
    window.until("the other project is open", |app| {
        let project = app.snapshot().project.as_ref();
        project.is_some_and(|project| project.path.ends_with("right.hashiya"))
    });
    window.settle();
    window.bench.run_steps(4);
    assert!(!super::commands::has_dialog(&window));
}
