//! A path that is not given after all leads back to what asked for it; what an export told is true where it lies.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::codebook::tab_to;
use super::desk::Window;
use super::dialogs::drop_file;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn shows(window: &Window, words: &str) -> bool {
    window.bench.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn an_export_without_a_place_leads_back_to_the_form_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::E, CTRL);
    window.until_shown("3 articles, 0 spans");
    let parts = |window: &Window| {
        let field = window.bench.get_by_role_and_label(Role::TextInput, "Parts");
        field.accesskit_node().value()
    };
    window
        .bench
        .get_by_role_and_label(Role::TextInput, "Parts")
        .focus();
    window.bench.run_steps(2);
    window.type_text("train=2,test=1");
    window.until_shown("train: 2 articles");
    window.press(Key::Enter, NONE);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Path").is_some());
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Path").is_none());
    assert_eq!(parts(&window).as_deref(), Some("train=2,test=1"));
    assert!(
        window
            .bench
            .get_by_role_and_label(Role::TextInput, "Parts")
            .is_focused()
    );
    // Put away itself, it is gone; the first key leaves the field.
    window.press(Key::Escape, NONE);
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Export to…").is_none());
}

#[test]
fn a_report_that_is_not_saved_leads_back_to_the_files_that_are_looked_into() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = home.path().join("old.jsonl");
    let line = r#"{"id":"x","text":"Frappe sur Alep","label":[[0,6,"event"],[0,99,"place"]]}"#;
    std::fs::write(&path, format!("{line}\n")).unwrap();
    drop_file(&mut window, path);
    window.until_shown("First articles");
    window.bench.get_by_label("Save report…").click();
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Path").is_some());
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    assert!(shows(&window, "First articles"));
    // A report that is saved is only put aside, too.
    window.bench.get_by_label("Save report…").click();
    window.bench.run_steps(4);
    window.press(Key::A, CTRL);
    let report = home.path().join("report.txt");
    window.type_text(&report.display().to_string());
    window.press(Key::Enter, NONE);
    window.settle();
    assert!(report.is_file());
    assert!(shows(&window, "First articles"));
}

#[test]
fn a_codebook_that_is_not_imported_leads_back_to_the_editor() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    super::codebook::open(&mut window);
    window.bench.get_by_label("Import TOML…").click();
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Path").is_some());
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Entries of the codebook").is_some());
}

#[test]
fn files_that_are_dropped_put_away_nothing_that_is_written() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = home.path().join("new.txt");
    std::fs::write(&path, "Idlib dort.").unwrap();
    window.press(Key::N, NONE);
    window.bench.run_steps(4);
    window.type_text("a doubt");
    drop_file(&mut window, path);
    window.bench.run_steps(4);
    assert!(!shows(&window, "First articles"));
    assert!(shows(&window, "then drop the files again"));
    window.press(Key::Enter, CTRL);
    window.settle();
    let notes = window.layer_on_disk().notes;
    let said: Vec<_> = notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(said, ["a doubt"]);
}

#[test]
fn a_codebook_that_is_written_out_stays_open_with_what_was_typed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    super::codebook::open(&mut window);
    window.bench.get_by_label("Export TOML…").click();
    window.bench.run_steps(4);
    window.press(Key::A, CTRL);
    let path = home.path().join("codebook.toml");
    window.type_text(&path.display().to_string());
    window.press(Key::Enter, NONE);
    window.settle();
    window.bench.run_steps(4);
    assert!(path.is_file());
    assert!(window.bench.query_by_label("Entries of the codebook").is_some());
}

#[test]
fn a_long_name_beside_a_label_that_goes_leaves_the_buttons_in_the_dialog() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num1, NONE);
    window.until_spans(&["actor:Alep"]);
    super::codebook::open(&mut window);
    super::codebook::type_over(&mut window, "Id of the new entry", "wordy");
    super::codebook::type_over(&mut window, "Name (en)", &"word ".repeat(100));
    tab_to(&mut window, "Entries of the codebook");
    for _ in 0..40 {
        window.press(Key::ArrowUp, NONE);
    }
    window.settle();
    window.bench.run_steps(4);
    window.press(Key::Delete, NONE);
    window.settle();
    window.bench.run_steps(12);
    let close = window.bench.get_by_label("Close").rect();
    for name in ["Clear them", "Cancel"] {
        let button = window.bench.get_by_label(name).rect();
        assert!(
            button.right() <= close.right() + 1.0,
            "{name}: {button} beside {close}"
        );
    }
    let dialog = close.right() - window.bench.get_by_label("Entries of the codebook").rect().left();
    assert!(dialog < 930.0, "{dialog}");
}

#[test]
fn the_list_says_once_that_it_makes_room_for_the_guidelines() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, NONE);
    assert!(shows(
        &window,
        "The list of articles makes room for the guidelines"
    ));
    window.press(Key::F2, NONE);
    let wide = tempfile::tempdir().unwrap();
    let articles = super::desk::articles(wide.path());
    let mut window = Window::of_size(wide.path(), &[articles], 1900.0, 900.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window.press(Key::F2, NONE);
    assert!(!shows(&window, "makes room"));
}

#[test]
fn a_line_of_the_contents_of_the_guidelines_is_a_link_as_wide_as_its_words() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F2, NONE);
    window.bench.run_steps(2);
    let document = window.bench.query_all_by_role(Role::Document);
    let pane = document
        .filter(|node| {
            node.accesskit_node()
                .label()
                .is_some_and(|name| name.starts_with("Guidelines"))
        })
        .map(|node| node.rect())
        .next()
        .unwrap();
    let actor = window
        .bench
        .query_all_by_role(Role::Link)
        .find(|node| {
            node.accesskit_node()
                .label()
                .is_some_and(|name| name.starts_with("Actor"))
        })
        .unwrap()
        .rect();
    assert!(actor.width() < pane.width() / 2.0, "{actor} in {pane}");
}

#[test]
fn a_column_that_is_found_by_its_name_is_named() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let path = home.path().join("table.csv");
    std::fs::write(&path, "Titre;Contenu\nAlep;Frappe près d'Alep mardi.\n").unwrap();
    drop_file(&mut window, path);
    window.until_shown("First articles");
    let shown = |window: &Window, words: &str| {
        let mut boxes = window.bench.query_all_by_role(Role::ComboBox);
        boxes.any(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
                .into_iter()
                .flatten()
                .any(|text| text.contains(words))
        })
    };
    assert!(shown(&window, "by its name: Contenu") || shows(&window, "by its name: Contenu"));
    assert!(shown(&window, "by its name: Titre") || shows(&window, "by its name: Titre"));
    assert!(shown(&window, "by its name (none)") || shows(&window, "by its name (none)"));
}

#[test]
fn another_entry_of_the_codebook_is_shown_from_its_top_and_says_what_can_change() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    super::codebook::open(&mut window);
    let id_top = |window: &Window| {
        let field = window.bench.get_by_role_and_label(Role::TextInput, "Id");
        field.rect().top()
    };
    let top = id_top(&window);
    tab_to(&mut window, "Further language");
    window.bench.run_steps(20);
    assert!(id_top(&window) < top, "the fields are scrolled");
    tab_to(&mut window, "Entries of the codebook");
    window.press(Key::ArrowDown, NONE);
    window.settle();
    window.bench.run_steps(20);
    assert!(
        (id_top(&window) - top).abs() < 1.0,
        "{} and {top}",
        id_top(&window)
    );
}

#[test]
fn about_shows_all_folders_that_the_manual_names() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::K, CTRL);
    window.type_text("about hashiya");
    window.press(Key::Enter, NONE);
    window.bench.run_steps(6);
    for folder in ["Untitled projects", "Preferences", "Recent projects, and where"] {
        assert!(shows(&window, folder), "{folder}");
    }
}
