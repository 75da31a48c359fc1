//! What is refused is said where it is looked for, with names and with the window's own way on.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::{Annotator, Codebook};
use hashiya::session::{Command, Config, Session};

use super::codebook::{open, type_over};
use super::desk::{Window, config};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn shows(window: &Window, words: &str) -> bool {
    window.bench.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_refusal_of_the_codebook_is_said_in_its_dialog_and_not_behind_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    type_over(&mut window, "Id of the new entry", "actor");
    assert!(shows(&window, "There is a label “actor” already."));
    assert!(shows(&window, "Choose another id."));
    window.settle();
    assert_eq!(window.notices(), ["3 articles added"]);
    // What is typed next is another matter.
    window.type_text("s");
    assert!(!shows(&window, "Choose another id."));
    window.press(Key::Escape, NONE);
    type_over(&mut window, "Id", "location");
    assert!(shows(&window, "There is a label “location” already."));
    assert!(!shows(&window, "migrate_to"));
    type_over(&mut window, "Id", "");
    assert!(shows(&window, "An id is neither empty"));
    window.settle();
    assert_eq!(window.notices(), ["3 articles added"]);
}

#[test]
fn a_label_that_a_role_does_not_take_is_refused_by_the_names_of_event_and_role() {
    let home = tempfile::tempdir().unwrap();
    let mut window = super::events::window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter] {
        window.press(key, NONE);
    }
    window.settle();
    window.press(Key::Num2, NONE);
    window.until_shown("of Incident 1");
    let event = window.layer_on_disk().events.keys().next().unwrap().to_string();
    assert!(shows(&window, "which takes “Actor” only"));
    assert!(shows(&window, "Take it out of Incident 1 first."));
    assert!(!shows(&window, &event));
}

#[test]
fn an_export_of_two_annotators_says_where_one_is_chosen() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let article = window.snapshot().article.as_ref().unwrap().id.clone();
    for name in ["bob", "ana"] {
        let other = Config {
            annotator: Annotator::new(name).unwrap(),
            ..config(home.path())
        };
        let mut session = Session::open(&window.project_path(), other).unwrap();
        let command =
            format!(r#"{{"command":"add_span","article":"{article}","ranges":[[14,18]],"label":"actor"}}"#);
        session.run(&Command::from_json(&command).unwrap(), None).unwrap();
    }
    window.press(Key::E, CTRL);
    window.until_shown("3 articles");
    for _ in 0..40 {
        if shows(&window, "has room for one annotator") {
            break;
        }
        window.press(Key::ArrowDown, NONE);
        window.settle();
    }
    assert!(shows(&window, "Choose one under “Annotator”: ana, bob."));
    assert!(!shows(&window, "--annotator"));
}

#[test]
fn without_labels_and_event_types_the_way_to_the_codebook_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("bare.hashiya");
    drop(Session::create(&project, &Codebook::default(), config(home.path())).unwrap());
    let folder = super::desk::articles(home.path());
    let mut window = Window::open(home.path(), &[project]);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    super::dialogs::drop_file(&mut window, folder);
    window.until_shown("First articles");
    window.bench.get_by_label("Add").click();
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.settle();
    assert!(shows(&window, "the codebook offers none: add one first"));
    window.press(Key::J, CTRL);
    window.settle();
    if !shows(&window, "the codebook has no event types yet") {
        let mut shown: Vec<String> = Vec::new();
        for node in window.bench.query_all_by_role(Role::Label) {
            shown.extend(node.accesskit_node().label());
        }
        panic!("{shown:?}");
    }
    let new = window.bench.get_by_role_and_label(Role::Button, "New event");
    assert!(new.accesskit_node().is_disabled());
    window
        .bench
        .query_all_by_role_and_label(Role::Button, "New label…")
        .next()
        .unwrap()
        .click();
    window.bench.run_steps(6);
    window.bench.get_by_label("Id of the new entry");
}
