//! What the editor of the codebook says and shows while it is used: what went, what is taken, where things stand.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::{Codebook, CodebookKey, LabelId};
use hashiya::session::{Command, Session, codebook_toml};
use hashiya::store::Store;

use super::codebook::{open, tab_to, type_over};
use super::desk::{Window, config};

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

pub fn on_disk(window: &Window) -> Codebook {
    Store::open_read_only(&window.project_path())
        .unwrap()
        .codebook()
        .unwrap()
}

pub fn label(id: &str) -> LabelId {
    LabelId::new(id).unwrap()
}

pub fn shows(window: &Window, words: &str) -> bool {
    window.bench.query_all_by_label_contains(words).next().is_some()
}

fn rect(window: &Window, name: &str) -> Rect {
    window.bench.get_by_label(name).rect()
}

fn click(window: &mut Window, name: &str) {
    window.bench.get_by_label(name).click();
    window.bench.run_steps(3);
    window.settle();
    window.bench.run_steps(4);
}

/// The editor on a project of that codebook without articles.
pub fn without_articles(home: &Path, codebook: &Codebook, width: f32, height: f32) -> Window {
    let project = home.join("new.hashiya");
    drop(Session::create(&project, codebook, config(home)).unwrap());
    let mut window = Window::of_size(home, &[project], width, height);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    window.bench.run_steps(4);
    open(&mut window);
    window
}

/// Chooses an entry of the list.
fn go_to(window: &mut Window, key: &CodebookKey) {
    let place = on_disk(window)
        .entries()
        .position(|entry| entry.item.key() == *key)
        .unwrap();
    tab_to(window, "Entries of the codebook");
    window.press(Key::Home, NONE);
    for _ in 0..place {
        window.press(Key::ArrowDown, NONE);
    }
    window.bench.run_steps(4);
}

#[test]
fn a_name_that_is_typed_gets_an_id_and_one_that_is_taken_is_said() {
    let home = tempfile::tempdir().unwrap();
    let mut window = without_articles(home.path(), &Codebook::default(), 1280.0, 800.0);
    type_over(&mut window, "Id of the new entry", "Police action");
    let police = label("police_action");
    assert_eq!(
        on_disk(&window).label(&police).unwrap().names["en"],
        "Police action"
    );
    assert!(!shows(&window, "has this name too"));
    type_over(&mut window, "Id of the new entry", "claim");
    type_over(&mut window, "Name (en)", "Police action");
    assert!(shows(&window, "\u{2068}police_action\u{2069} has this name too."));
    assert_eq!(
        on_disk(&window).label(&label("claim")).unwrap().names["en"],
        "Police action"
    );
    type_over(&mut window, "Id", "A Claim");
    assert!(on_disk(&window).label(&label("a_claim")).is_some());
    let id = window.bench.get_by_role_and_label(Role::TextInput, "Id");
    assert_eq!(id.accesskit_node().value().as_deref(), Some("a_claim"));
}

#[test]
fn what_is_removed_is_said_and_comes_back_by_a_button_or_a_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = without_articles(
        home.path(),
        &codebook_toml::builtin("entities").unwrap(),
        1280.0,
        800.0,
    );
    let before = on_disk(&window);
    let first = before.labels[0].clone();
    let said = format!("“\u{2068}{}\u{2069}” was removed.", first.names["en"]);
    tab_to(&mut window, "Entries of the codebook");
    window.press(Key::Delete, NONE);
    window.settle();
    window.bench.run_steps(4);
    assert!(on_disk(&window).label(&first.id).is_none());
    assert!(shows(&window, &said));
    // The bar behind the dialog has one of that name, too.
    let undo = window.bench.query_all_by_label("Undo").last().unwrap();
    assert!(undo.rect().top() > 500.0);
    undo.click();
    window.bench.run_steps(3);
    window.settle();
    window.bench.run_steps(4);
    assert_eq!(on_disk(&window), before);
    assert!(!shows(&window, &said));
    // The same with keys, where no field is typed in.
    tab_to(&mut window, "Entries of the codebook");
    window.press(Key::Home, NONE);
    window.press(Key::Delete, NONE);
    window.settle();
    assert!(on_disk(&window).label(&first.id).is_none());
    window.press(Key::Z, CTRL);
    window.settle();
    assert_eq!(on_disk(&window), before);
    window.press(Key::Z, CTRL | Modifiers::SHIFT);
    window.settle();
    assert!(on_disk(&window).label(&first.id).is_none());
    window.press(Key::Z, CTRL);
    window.settle();
    assert_eq!(on_disk(&window), before);
}

#[test]
fn what_was_done_before_the_codebook_was_opened_is_not_taken_back_in_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    window.press(Key::Z, CTRL);
    window.settle();
    window.bench.run_steps(4);
    assert!(shows(&window, "since the codebook was opened"));
    assert_eq!(window.snapshot().project.as_ref().unwrap().progress.total, 3);
}

#[test]
fn what_is_merged_leads_to_what_it_was_merged_into() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num2, NONE);
    window.until_spans(&["location:Alep"]);
    open(&mut window);
    go_to(&mut window, &CodebookKey::Label(label("location")));
    window.press(Key::Delete, NONE);
    window.settle();
    window.bench.run_steps(6);
    // The question comes into view.
    window.bench.run_steps(60);
    assert!(shows(&window, "Give it another instead, or clear it"));
    let button = window.bench.query_all_by_role_and_label(Role::Button, "Actor");
    button.last().unwrap().click();
    window.bench.run_steps(3);
    window.settle();
    window.bench.run_steps(6);
    assert!(on_disk(&window).label(&label("location")).is_none());
    assert!(shows(
        &window,
        "“\u{2068}Location\u{2069}” was merged into “\u{2068}Actor\u{2069}”."
    ));
    let id = window.bench.get_by_role_and_label(Role::TextInput, "Id");
    assert_eq!(id.accesskit_node().value().as_deref(), Some("actor"));
    assert!(window.bench.get_by_label("Entries of the codebook").is_focused());
}

#[test]
fn a_project_without_articles_may_begin_with_another_codebook() {
    let home = tempfile::tempdir().unwrap();
    let conflict = codebook_toml::default_codebook();
    let mut window = without_articles(home.path(), &conflict, 1024.0, 640.0);
    let now = window.bench.get_by_label("Start from conflict");
    assert!(now.accesskit_node().is_disabled(), "it is this one already");
    click(&mut window, "Start from empty");
    assert_eq!(on_disk(&window), Codebook::default());
    click(&mut window, "Start from entities");
    assert_eq!(on_disk(&window), codebook_toml::builtin("entities").unwrap());
    tab_to(&mut window, "Entries of the codebook");
    window.press(Key::Z, CTRL);
    window.settle();
    window.press(Key::Z, CTRL);
    window.settle();
    assert_eq!(on_disk(&window), conflict);
}

#[test]
fn once_there_are_articles_no_other_codebook_is_offered() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    assert!(!shows(&window, "Start from"));
}

#[test]
fn what_keeps_a_label_is_said_where_no_annotation_uses_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    assert!(!shows(&window, "Nothing uses it yet"));
    assert!(shows(&window, "No annotation uses it yet, but"));
    assert!(shows(&window, "allows no other label"));
    type_over(&mut window, "Id of the new entry", "weapon");
    assert!(shows(&window, "Nothing uses it yet"));
}

const FORM: &str = r##"
[[label]]
id = "trigger"
names = { en = "Trigger" }
color = "#3261d2"
key = "1"
attributes = [{ id = "form" }]
[[attribute]]
id = "form"
names = { en = "Form" }
type = "choice"
choices = [
  { id = "march", names = { en = "March" } },
  { id = "sit_in", names = { en = "Sit in" } },
  { id = "riot", names = { en = "Riot" } },
]
"##;

fn form() -> CodebookKey {
    CodebookKey::Attribute(hashiya::model::AttributeId::new("form").unwrap())
}

/// A window on articles with a small codebook.
fn protests(home: &Path) -> Window {
    let project = home.join("protests.hashiya");
    drop(Session::create(&project, &codebook_toml::read(FORM).unwrap(), config(home)).unwrap());
    let folder = super::desk::articles(home);
    let mut window = Window::of_size(home, &[project], 1280.0, 800.0);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    super::dialogs::drop_file(&mut window, folder);
    window.until_shown("First articles");
    window.bench.get_by_label("Add").click();
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.settle();
    window.bench.run_steps(8);
    window
}

/// Runs a command as the command line does, and waits until the window shows it.
pub fn run(window: &mut Window, home: &Path, command: &str) {
    let mut session = Session::open(&window.project_path(), config(home)).unwrap();
    session.run(&Command::from_json(command).unwrap(), None).unwrap();
    drop(session);
    window.settle();
}

#[test]
fn rows_of_choices_stand_close_and_their_arrows_end_where_the_list_ends() {
    let home = tempfile::tempdir().unwrap();
    let mut window = without_articles(home.path(), &codebook_toml::read(FORM).unwrap(), 1280.0, 800.0);
    go_to(&mut window, &form());
    tab_to(&mut window, "Fields of March");
    window.bench.run_steps(4);
    let [first, second, third] =
        ["March", "Sit in", "Riot"].map(|name| rect(&window, &format!("Fields of {name}")));
    let (step, next) = (second.top() - first.top(), third.top() - second.top());
    assert!(step < 40.0 && (step - next).abs() < 2.0, "{step} and {next}");
    let is_disabled = |window: &Window, name: &str| {
        let button = window.bench.get_by_role_and_label(Role::Button, name);
        button.accesskit_node().is_disabled()
    };
    assert!(is_disabled(&window, "Up: March") && !is_disabled(&window, "Down: March"));
    assert!(!is_disabled(&window, "Up: Riot") && is_disabled(&window, "Down: Riot"));
    // Where the way ends the focus goes to the way back.
    tab_to(&mut window, "Up: Sit in");
    window.press(Key::Space, NONE);
    window.settle();
    window.bench.run_steps(4);
    assert!(is_disabled(&window, "Up: Sit in"));
    assert!(window.bench.get_by_label("Down: Sit in").is_focused());
}

#[test]
fn fields_leave_room_for_the_scroll_bar_and_nothing_moves_as_something_is_said() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    let close = rect(&window, "Close");
    let field = window.bench.get_by_role_and_label(Role::TextInput, "Name (en)");
    assert!(
        close.right() - field.rect().right() > 8.0,
        "the field ends at {}",
        field.rect().right()
    );
    type_over(&mut window, "Id of the new entry", "actor");
    assert!(shows(&window, "There is a label “actor” already."));
    assert_eq!(rect(&window, "Close"), close);
}

#[test]
fn a_type_without_choices_says_that_they_are_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut window = without_articles(home.path(), &codebook_toml::read(FORM).unwrap(), 1280.0, 800.0);
    go_to(&mut window, &form());
    tab_to(&mut window, "Type");
    window.type_text("t");
    window.press(Key::Enter, NONE);
    window.settle();
    window.bench.run_steps(8);
    assert!(shows(&window, "Its 3 choices are kept"));
    assert!(!shows(&window, "Fields of March"));
}

#[test]
fn a_type_that_values_do_not_fit_is_refused_by_the_title_of_an_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = protests(home.path());
    let article = window.snapshot().article.as_ref().unwrap();
    let (id, title) = (article.id.clone(), article.header.title.clone().unwrap());
    run(
        &mut window,
        home.path(),
        &format!(
            r#"{{"command":"add_span","article":"{id}","ranges":[[14,18]],"label":"trigger","attributes":{{"form":"march"}}}}"#
        ),
    );
    open(&mut window);
    go_to(&mut window, &form());
    tab_to(&mut window, "Type");
    window.type_text("6");
    window.settle();
    window.bench.run_steps(8);
    assert!(shows(&window, "cannot become choices"));
    assert!(shows(&window, &title));
    assert!(!shows(&window, id.as_str()));
}

#[test]
fn a_choice_that_is_no_longer_offered_is_marked_and_all_choices_are_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = protests(home.path());
    window.drag_over("Alep");
    window.press(Key::Num1, NONE);
    window.until_spans(&["trigger:Alep"]);
    let control = |window: &Window| {
        let control = window.bench.get_by_role_and_label(Role::ComboBox, "Form");
        control.rect().center()
    };
    // Opened while there are three, and chosen from.
    let at = control(&window);
    window.click_at(at);
    window.bench.run_steps(4);
    window.press(Key::Num3, NONE);
    window.settle();
    run(
        &mut window,
        home.path(),
        r#"{"command":"set_choice","attribute":"form","choice":"petition","names":{"en":"Petition"}}"#,
    );
    run(
        &mut window,
        home.path(),
        r#"{"command":"set_choice","attribute":"form","choice":"riot","retired":true}"#,
    );
    window.until("the window sees it", |app| {
        let project = app.snapshot().project.as_ref().unwrap();
        project.codebook.attributes[0]
            .choices
            .iter()
            .any(|one| one.retired)
    });
    window.bench.run_steps(6);
    let at = control(&window);
    window.click_at(at);
    window.bench.run_steps(8);
    let rows: Vec<(String, Rect)> = window
        .bench
        .query_all_by_role(Role::ListBoxOption)
        .map(|node| (node.accesskit_node().label().unwrap(), node.rect()))
        .collect();
    let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["March", "Sit in", "Petition", "Riot (no longer offered)"]);
    let field = window.bench.get_by_role_and_label(Role::ComboBox, "Form").rect();
    assert!(
        rows[0].1.top() >= field.bottom() - 1.0,
        "the first is out of sight"
    );
}

#[test]
fn a_codebook_that_was_written_is_said_in_the_dialog_and_one_to_read_is_taken_with_enter() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    open(&mut window);
    let path = home.path().join("codebook.toml");
    window.bench.get_by_label("Export TOML…").click();
    window.bench.run_steps(4);
    window.press(Key::A, CTRL);
    window.type_text(&path.display().to_string());
    window.press(Key::Enter, NONE);
    window.settle();
    window.bench.run_steps(6);
    assert!(shows(&window, "The codebook was written to"));
    assert!(
        !window
            .notices()
            .iter()
            .any(|notice| notice.contains("written to")),
        "not behind it as well"
    );
    std::fs::write(&path, FORM).unwrap();
    window.bench.get_by_label("Import TOML…").click();
    window.bench.run_steps(4);
    let field = window.bench.get_by_label("Path");
    assert_eq!(
        field.accesskit_node().placeholder(),
        Some("/home/you/codebook.toml")
    );
    window.type_text(&path.display().to_string());
    window.press(Key::Enter, NONE);
    window.until_shown("Comes in (");
    window.press(Key::Enter, NONE);
    window.settle();
    assert!(on_disk(&window).label(&label("trigger")).is_some());
}

#[test]
fn an_entry_that_was_added_comes_into_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = without_articles(home.path(), &codebook_toml::default_codebook(), 1024.0, 640.0);
    tab_to(&mut window, "Kind of the new entry");
    window.type_text("4");
    window.bench.run_steps(70);
    type_over(&mut window, "Id of the new entry", "Protest");
    window.bench.run_steps(30);
    let list = rect(&window, "Entries of the codebook");
    let mut rows = window.bench.query_all_by_role(Role::ListItem);
    let row = rows
        .rfind(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            label.starts_with("Event types: Protest")
        })
        .unwrap()
        .rect();
    assert!(
        list.contains(row.center()),
        "the row is at {row:?}, the list at {list:?}"
    );
}

#[test]
fn where_nobody_is_counted_by_name_no_field_asks_for_whom() {
    let home = tempfile::tempdir().unwrap();
    let mut window = protests(home.path());
    for command in [
        r#"{"command":"set_attribute_definition","attribute":"size","names":{"en":"Size"},"type":"quantity"}"#,
        r#"{"command":"set_attribute_use","kind":"label","id":"trigger","attribute":"size"}"#,
    ] {
        run(&mut window, home.path(), command);
    }
    window.until("the window sees it", |app| {
        let project = app.snapshot().project.as_ref().unwrap();
        project.codebook.labels[0].attributes.len() == 2
    });
    window.drag_over("plus de 50 civils");
    window.press(Key::Num1, NONE);
    window.until_spans(&["trigger:plus de 50 civils"]);
    window.bench.run_steps(6);
    window.bench.get_by_label("Size: high");
    assert!(!shows(&window, "Size: who"));
    let layer = window.layer_on_disk();
    let size = hashiya::model::AttributeId::new("size").unwrap();
    let value = layer.spans.iter().next().unwrap().attributes.get(&size).unwrap();
    assert!(!value.to_json().to_string().contains("who"), "{value:?}");
}
