//! The first screen, the typed path, the theme.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::prefs::{Preferences, ThemeChoice};
use hashiya::session::action::Action;

use super::desk::{Window, articles};

#[test]
fn the_first_screen_offers_every_way_to_begin() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::open(home.path(), &[]);
    for name in ["Open articles", "Open project", "New project", "Open the sample"] {
        window.bench.get_by_label(name);
    }
    window
        .bench
        .get_by_label("Projects that you open are listed here.");
}

#[test]
fn a_typed_path_opens_articles_and_a_wrong_one_says_so() {
    let home = tempfile::tempdir().unwrap();
    let folder = articles(home.path());
    let mut window = Window::open(home.path(), &[]);
    window.bench.get_by_label("Open articles").click();
    window.bench.run_steps(3);
    window.type_text("/no/such/folder");
    window.press(Key::Enter, Modifiers::NONE);
    window
        .bench
        .get_by_label("There is no file or folder of that name.");
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text(folder.to_str().unwrap());
    window.press(Key::Enter, Modifiers::NONE);
    window.until_title("Frappe près d'Alep");
    assert!(window.snapshot().project.as_ref().unwrap().untitled);
    // Closed, it is listed under the name of what it was made of.
    window.press(Key::W, Modifiers::COMMAND);
    window.until("the project is closed", |app| app.snapshot().project.is_none());
    window.bench.get_by_label("in");
}

#[test]
fn a_new_project_is_empty_and_says_what_to_do_next() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press(Key::N, Modifiers::COMMAND);
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text(home.path().join("mali").to_str().unwrap());
    window.press(Key::Enter, Modifiers::NONE);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    assert!(window.project_path().ends_with("mali.hashiya"));
    assert!(window.bench.query_all_by_label("No articles yet").count() >= 1);
}

#[test]
fn the_sample_opens_with_articles_in_several_languages() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.bench.get_by_label("Open the sample").click();
    window.until("the sample is open", |app| app.snapshot().article.is_some());
    let project = window.snapshot().project.as_ref().unwrap();
    let languages: Vec<&str> = project.languages.iter().map(|(lang, _)| lang.as_str()).collect();
    for wanted in ["ar", "en", "fr"] {
        assert!(languages.contains(&wanted), "{languages:?}");
    }
}

#[test]
fn the_theme_is_changed_by_key_and_remembered() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let before = window.bench.ctx.theme();
    window.press(Key::F9, Modifiers::NONE);
    assert_ne!(window.bench.ctx.theme(), before);
    let file = Preferences::file(&home.path().join("config"));
    let kept = Preferences::load(&file).theme;
    assert_ne!(kept, ThemeChoice::System);
    window.close();
    let window = Window::open(home.path(), &[]);
    assert_eq!(window.app().preferences().theme, kept);
}

#[test]
fn a_smaller_window_still_shows_everything() {
    let home = tempfile::tempdir().unwrap();
    let folder = articles(home.path());
    let mut window = Window::of_size(home.path(), &[folder], 1024.0, 640.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    for name in ["Filter articles", "Labels", "Selected span"] {
        let rect = window.bench.get_by_label(name).rect();
        assert!(
            rect.right() <= 1024.0 && rect.bottom() <= 640.0,
            "{name}: {rect:?}"
        );
    }
    let article = window.bench.get_by_role(egui::accesskit::Role::Document).rect();
    assert!(
        article.width() >= 480.0,
        "the text keeps most of the room: {article:?}"
    );
}

#[test]
fn a_pane_that_a_small_window_squeezed_is_as_wide_as_before_in_a_larger_one() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let width = |window: &Window| window.bench.get_by_label("Filter articles").rect().width();
    let before = width(&window);
    window.bench.set_size(egui::vec2(640.0, 420.0));
    window.bench.run_steps(3);
    assert!(width(&window) < before);
    window.bench.set_size(egui::vec2(1280.0, 800.0));
    window.bench.run_steps(3);
    assert!((width(&window) - before).abs() < 1.0);
}

#[test]
fn the_divider_of_a_pane_is_dragged_and_its_place_remembered() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let before = window.app().preferences().list.width;
    let from = egui::pos2(before, 400.0);
    window.bench.hover_at(from);
    window.bench.run_steps(2);
    window.bench.drag_at(from);
    window.bench.run_steps(2);
    window.bench.hover_at(from + egui::vec2(20.0, 0.0));
    window.bench.run_steps(2);
    window.bench.drop_at(from + egui::vec2(20.0, 0.0));
    window.bench.run_steps(3);
    let after = window.app().preferences().list.width;
    assert!(after >= before + 10.0, "{before} {after}");
    window.bench.run_steps(5);
    let later = window.app().preferences().list.width;
    assert!(
        (later - after).abs() < 1.0,
        "it stays where it was let go: {after} {later}"
    );
}

fn on_empty_project(home: &std::path::Path) -> Window {
    let mut window = Window::open(home, &[]);
    window.press(Key::N, Modifiers::COMMAND);
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text(home.join("mali").to_str().unwrap());
    window.press(Key::Enter, Modifiers::NONE);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    window
}

#[test]
fn tabs_without_an_article_say_what_would_stand_there() {
    let home = tempfile::tempdir().unwrap();
    let mut window = on_empty_project(home.path());
    for (tab, words) in [
        ("Spans · 0", "The spans of the open article are listed here."),
        ("Notes · 0", "The notes on the open article are listed here."),
        (
            "Problems · 0",
            "What is to be asked about the open article is listed here.",
        ),
    ] {
        window.bench.get_by_role_and_label(Role::Tab, tab).click();
        window.bench.run_steps(3);
        window.bench.get_by_label(words);
    }
}

#[test]
fn panes_cannot_be_switched_without_a_project() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let before = window.app().preferences().clone();
    for action in [Action::ToggleList, Action::ToggleInspector, Action::ToggleEvents] {
        super::commands::press(&mut window, action.entry().shortcuts[0]);
        assert_eq!(*window.app().preferences(), before, "{action:?}");
        let refusal = action.entry().available(&window.app().situation());
        assert_eq!(refusal, Err("no project is open"), "{action:?}");
    }
}

#[test]
fn an_empty_project_says_once_what_can_be_read() {
    let home = tempfile::tempdir().unwrap();
    let window = on_empty_project(home.path());
    assert_eq!(window.bench.query_all_by_label("No articles yet").count(), 1);
    window
        .bench
        .get_by_label_contains("Add articles or datasets, or drop them onto the window: text, Word, PDF");
}

#[test]
fn without_articles_no_empty_file_is_saved() {
    let home = tempfile::tempdir().unwrap();
    let mut window = on_empty_project(home.path());
    let refusal = Action::SaveSnapshot.entry().available(&window.app().situation());
    assert_eq!(refusal, Err("the project has no articles yet"));
    window.press(Key::S, Modifiers::COMMAND);
    window.settle();
    assert!(!home.path().join("exports").exists());
}
