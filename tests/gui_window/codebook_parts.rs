//! The parts of the codebook's entries by keyboard alone: names in any language, types, roles, defaults, wordings.
//!
//! What the editor did is read from the project file by a connection of its own.

use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::model::{
    Attribute, AttributeId, AttributeType, BoundRule, Codebook, EventType, EventTypeId, LabelId, Role, Term,
    Value, Wording,
};
use hashiya::session::Session;
use hashiya::store::Store;

use super::desk::{Window, articles, config};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const NONE: Modifiers = Modifiers::NONE;

fn on_disk(window: &Window) -> Codebook {
    Store::open_read_only(&window.project_path())
        .unwrap()
        .codebook()
        .unwrap()
}

fn attribute(window: &Window, id: &str) -> Attribute {
    let id = AttributeId::new(id).unwrap();
    on_disk(window).attribute(&id).unwrap().clone()
}

fn event_type(window: &Window, id: &str) -> EventType {
    let id = EventTypeId::new(id).unwrap();
    on_disk(window).event_type(&id).unwrap().clone()
}

fn role(window: &Window, kind: &str, id: &str) -> Role {
    let kind = event_type(window, kind);
    kind.roles
        .iter()
        .find(|role| role.id.as_str() == id)
        .unwrap()
        .clone()
}

/// Whether the dialog says so.
fn shows(window: &Window, words: &str) -> bool {
    window.bench.query_all_by_label_contains(words).next().is_some()
}

fn open(window: &mut Window) {
    window.press(Key::K, CTRL | SHIFT);
    window.settle();
    window.bench.run_steps(6);
}

/// The editor on a project with no codebook at all, in a window of the smallest size that is meant.
fn from_nothing(home: &Path) -> Window {
    let project = home.join("protests.hashiya");
    drop(Session::create(&project, &Codebook::default(), config(home)).unwrap());
    let mut window = Window::of_size(home, &[project], 1024.0, 640.0);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    window.bench.run_steps(4);
    open(&mut window);
    window
}

fn has_focus(window: &Window, name: &str) -> bool {
    window
        .bench
        .query_all_by_label(name)
        .any(|node| node.is_focused())
}

/// Goes on with Tab until something of that name has the focus.
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..160 {
        if has_focus(window, name) {
            return;
        }
        window.press(Key::Tab, NONE);
    }
    panic!("{name} is not reached by Tab; notices: {:?}", window.notices());
}

fn enter(window: &mut Window) {
    window.press(Key::Enter, NONE);
    window.settle();
    window.bench.run_steps(4);
}

fn type_over(window: &mut Window, name: &str, text: &str) {
    tab_to(window, name);
    window.press(Key::A, CTRL);
    if text.is_empty() {
        window.press(Key::Delete, NONE);
    } else {
        window.type_text(text);
    }
    if name.contains("Description") {
        // Of several paragraphs: Enter makes a new one.
        window.press(Key::Enter, CTRL);
        window.settle();
        window.bench.run_steps(4);
    } else {
        enter(window);
    }
}

/// Presses a button by keyboard.
fn press(window: &mut Window, name: &str) {
    tab_to(window, name);
    window.press(Key::Space, NONE);
    window.settle();
    window.bench.run_steps(4);
}

/// Chooses in a list that is closed, by letters and Enter or by a number.
fn choose(window: &mut Window, name: &str, letters: &str) {
    tab_to(window, name);
    window.type_text(letters);
    if !letters.starts_with(|c: char| c.is_ascii_digit()) {
        window.press(Key::Enter, Modifiers::NONE);
    }
    window.settle();
    window.bench.run_steps(70);
}

fn add(window: &mut Window, kind: &str, id: &str) {
    choose(window, "Kind of the new entry", kind);
    type_over(window, "Id of the new entry", id);
}

/// A codebook for protests: a label with a crowd's size and with what the police did, and an event type.
fn make_protests(window: &mut Window) {
    add(window, "att", "crowd_size");
    // Text at first, so that the type is chosen by hand here, and before the attribute is added below.
    assert_eq!(
        attribute(window, "crowd_size").attribute_type,
        AttributeType::Text
    );
    choose(window, "Type", "q");
    assert_eq!(
        attribute(window, "crowd_size").attribute_type,
        AttributeType::Quantity
    );
    choose(window, "Type of the new attribute", "6");
    type_over(window, "Id of the new entry", "police_action");
    let police = attribute(window, "police_action");
    assert_eq!(police.attribute_type, AttributeType::Choices);
    for choice in ["tear_gas", "arrests"] {
        type_over(window, "New choice", choice);
    }
    add(window, "l", "crowd");
    press(window, "+ Crowd size");
    assert!(
        has_focus(window, "Fields of Crowd size"),
        "the focus goes on with what was added"
    );
    press(window, "+ Police action");
    add(window, "e", "protest");
    for role in ["protesters", "police"] {
        type_over(window, "New role", role);
    }
}

#[test]
fn a_codebook_for_protests_is_made_from_nothing_and_tags_an_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    make_protests(&mut window);
    let codebook = on_disk(&window);
    let crowd = codebook.label(&LabelId::new("crowd").unwrap()).unwrap();
    let asked: Vec<&str> = crowd.attributes.iter().map(|usage| usage.id.as_str()).collect();
    assert_eq!(asked, ["crowd_size", "police_action"]);
    let choices = attribute(&window, "police_action").choices;
    let choices: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    assert_eq!(choices, ["tear_gas", "arrests"]);
    assert_eq!(event_type(&window, "protest").roles.len(), 2);
    assert!(window.notices().is_empty(), "{:?}", window.notices());

    // The way out, and articles into the project.
    window.press(Key::Escape, NONE);
    window.press(Key::Escape, NONE);
    let project = window.project_path();
    window.close();
    let folder = articles(home.path());
    let mut window = Window::of_size(home.path(), &[project], 1024.0, 640.0);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    window.bench.run_steps(4);
    window.press(Key::I, CTRL);
    window.bench.run_steps(4);
    window.type_text(&folder.display().to_string());
    window.press(Key::Enter, NONE);
    window.until_shown("3 articles");
    window.press(Key::Enter, NONE);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(8);
    window.drag_over("50 civils");
    window.press(Key::Num1, NONE);
    window.until_spans(&["crowd:50 civils"]);
}

#[test]
fn a_new_entry_is_shown_and_of_a_kind_that_is_there_nothing_is_overwritten() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    add(&mut window, "r", "supplies");
    add(&mut window, "e", "attack");
    window.bench.get_by_label("Roles");
    assert!(has_focus(&window, "Id of the new entry"));
    type_over(&mut window, "Name (en)", "An attack");
    add(&mut window, "e", "attack");
    assert_eq!(event_type(&window, "attack").names["en"], "An attack");
    assert!(shows(&window, "There is an event type “attack” already."));
    // An attribute is asked of whole articles by choosing it.
    add(&mut window, "att", "relevance");
    choose(&mut window, "Kind of the new entry", "5");
    choose(&mut window, "Attribute to ask of each article", "r");
    assert_eq!(on_disk(&window).article_labels.len(), 1);
    press(&mut window, "Retired");
    assert!(on_disk(&window).article_labels[0].retired);
}

#[test]
fn a_new_id_leaves_the_focus_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    add(&mut window, "l", "crowd");
    type_over(&mut window, "Id", "protesters");
    assert!(has_focus(&window, "Id"), "in the field that changed it");
    let protesters = LabelId::new("protesters").unwrap();
    assert!(on_disk(&window).label(&protesters).is_some());
    type_over(&mut window, "Name (ar)", "متظاهرون");
    assert_eq!(
        on_disk(&window).label(&protesters).unwrap().names["ar"],
        "متظاهرون"
    );
}

#[test]
fn a_part_is_unfolded_by_its_arrow_and_a_new_one_taken_by_enter_or_its_button_only() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    make_protests(&mut window);
    let name = window.bench.get_by_label("Fields of Protesters").rect();
    let arrow = name.left_center() - egui::vec2(10.0, 0.0);
    window.click_at(arrow);
    assert!(shows(&window, "Protesters: Name (en)"));
    window.click_at(arrow);
    assert!(!shows(&window, "Protesters: Name (en)"));
    tab_to(&mut window, "New role");
    window.type_text("witness");
    let has_witness = |window: &Window| {
        let roles = event_type(window, "protest").roles;
        roles.iter().any(|role| role.id.as_str() == "witness")
    };
    window.press(Key::Tab, NONE);
    window.settle();
    assert!(!has_witness(&window), "it waits in its field");
    tab_to(&mut window, "New role");
    enter(&mut window);
    assert!(has_witness(&window));
    let add = |window: &Window| window.bench.get_by_label("Add: New role").rect().center();
    let empty = add(&window);
    window.click_at(empty);
    assert!(
        has_focus(&window, "New role"),
        "a button without an id leads to the field"
    );
    window.type_text("bystander");
    let filled = add(&window);
    window.click_at(filled);
    window.settle();
    let roles = event_type(&window, "protest").roles;
    assert!(roles.iter().any(|role| role.id.as_str() == "bystander"));
    assert!(has_focus(&window, "New role"), "more may follow");
}

#[test]
fn choices_and_roles_have_names_in_any_language() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    make_protests(&mut window);
    press(&mut window, "Fields of Protesters");
    type_over(&mut window, "Further language", "zh-hant");
    type_over(&mut window, "Protesters: Name (zh-Hant)", "示威者");
    type_over(&mut window, "Protesters: Name (fr)", "Manifestants");
    type_over(&mut window, "Protesters: Description (en)", "Who protests.");
    let protesters = role(&window, "protest", "protesters");
    assert_eq!(protesters.names["zh-Hant"], "示威者");
    assert_eq!(protesters.names["fr"], "Manifestants");
    assert_eq!(protesters.names["en"], "Protesters");
    assert_eq!(protesters.description["en"], "Who protests.");
    // Another id, and the fields stay open under it.
    type_over(&mut window, "Protesters: Id", "crowd");
    assert_eq!(role(&window, "protest", "crowd").names["fr"], "Manifestants");
    assert!(
        has_focus(&window, "Protesters: Id"),
        "its English name is as it was"
    );
    type_over(&mut window, "Further language", "no language");
    assert!(shows(&window, "no code of a language"));
}

#[test]
fn a_role_has_exact_bounds_and_is_retired() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    make_protests(&mut window);
    press(&mut window, "Fields of Police");
    type_over(&mut window, "Police: Fillers at most", "4");
    type_over(&mut window, "Police: Fillers at least", "2");
    let police = role(&window, "protest", "police");
    assert_eq!((police.min, police.max), (2, Some(4)));
    window.bench.get_by_label("2 to 4");
    type_over(&mut window, "Police: Fillers at most", "");
    assert_eq!(role(&window, "protest", "police").max, None);
    type_over(&mut window, "Police: Fillers at least", "some");
    assert!(shows(&window, "A whole number is wanted."));
    press(&mut window, "Police: Crowd");
    assert_eq!(
        role(&window, "protest", "police").labels,
        [LabelId::new("crowd").unwrap()]
    );
    press(&mut window, "Police: Retired");
    press(&mut window, "Up: Police");
    assert!(
        has_focus(&window, "Down: Police"),
        "the focus moves with the role, at the top to the way back"
    );
    let roles = event_type(&window, "protest").roles;
    assert!(roles[0].retired && roles[0].id.as_str() == "police");
    press(&mut window, "Remove: Police");
    assert_eq!(event_type(&window, "protest").roles.len(), 1);
}

#[test]
fn an_asked_attribute_is_required_starts_with_something_and_is_retired() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    make_protests(&mut window);
    add(&mut window, "att", "confirmed");
    choose(&mut window, "Type", "y");
    add(&mut window, "l", "claim");
    press(&mut window, "+ Confirmed");
    press(&mut window, "Confirmed: Required");
    press(&mut window, "Fields of Confirmed");
    tab_to(&mut window, "Confirmed: Starts with");
    window.type_text("y");
    window.settle();
    press(&mut window, "Confirmed: Retired");
    let codebook = on_disk(&window);
    let claim = codebook.label(&LabelId::new("claim").unwrap()).unwrap();
    let usage = &claim.attributes[0];
    assert!(usage.required && usage.retired);
    assert_eq!(usage.default, Some(Value::Boolean(true)));
    press(&mut window, "Remove: Confirmed");
    let codebook = on_disk(&window);
    assert!(codebook.labels.iter().all(|label| label.attributes.len() != 1));
}

#[test]
fn a_quantity_has_its_own_wordings_and_vague_words() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    choose(&mut window, "Kind of the new entry", "att");
    choose(&mut window, "Type of the new attribute", "q");
    type_over(&mut window, "Id of the new entry", "crowd_size");
    choose(&mut window, "about: low", "3");
    let rules = attribute(&window, "crowd_size").rules;
    let own = BoundRule {
        low: Some(Term::Number),
        best: Some(Term::Number),
        high: None,
    };
    assert_eq!(rules.get(&Wording::About), Some(&own));
    choose(&mut window, "range: best", "a");
    assert_eq!(attribute(&window, "crowd_size").rules.len(), 2);
    press(&mut window, "about: Usual");
    let rules = attribute(&window, "crowd_size").rules;
    assert_eq!(rules.keys().collect::<Vec<_>>(), [&Wording::Range]);
    // Bounds out of order are refused, in words.
    choose(&mut window, "more than: best", "2");
    assert!(shows(&window, "low <= best <= high"));
    type_over(&mut window, "Vague: dozens", "36");
    type_over(&mut window, "Vague: hundreds", "300");
    let bounds = attribute(&window, "crowd_size").bounds;
    assert_eq!((bounds["dozens"], bounds["hundreds"]), (36, 300));
    type_over(&mut window, "Vague: dozens", "");
    assert_eq!(attribute(&window, "crowd_size").bounds.len(), 1);
    // Escape leaves a list, then the dialog.
    tab_to(&mut window, "exact: high");
    window.press(Key::Escape, NONE);
    window.bench.get_by_label("Entries of the codebook");
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Entries of the codebook").is_none());
}

/// Opens the dialog of a codebook file from the editor.
fn import(window: &mut Window, toml: &str, home: &Path) {
    let path = home.join("book.toml");
    std::fs::write(&path, toml).unwrap();
    tab_to(window, "Import TOML…");
    window.press(Key::Space, NONE);
    window.bench.run_steps(4);
    window.press(Key::A, CTRL);
    window.type_text(&path.display().to_string());
    window.press(Key::Enter, NONE);
}

const BOOK: &str = r##"
[[label]]
id = "weapon"
color = "#3261d2"
[[label]]
id = "actor"
color = "#c98f00"
"##;

#[test]
fn a_codebook_file_says_what_it_does_before_it_does_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num2, NONE);
    window.until_spans(&["location:Alep"]);
    let before = on_disk(&window);
    open(&mut window);
    import(&mut window, BOOK, home.path());
    window.until_shown("Comes in (1)");
    window.bench.get_by_label("Label weapon");
    window.bench.get_by_label("Label “\u{2068}Actor\u{2069}” (actor)");
    // What changes of it is told, from what it says now to what it will say.
    let actor = before.label(&LabelId::new("actor").unwrap()).unwrap();
    window
        .bench
        .get_by_label(&format!("Colour: {} › #c98f00", actor.color.hex()));
    window
        .bench
        .get_by_label("Name (en): “\u{2068}Actor\u{2069}” › none");
    assert!(window.bench.query_all_by_label_contains("Goes").next().is_none());
    // What the file lacks goes, but for what is in use.
    press(
        &mut window,
        "Take out what the file does not have; what is in use is retired",
    );
    window.until_shown("Is retired");
    window
        .bench
        .get_by_label("Label “\u{2068}Location\u{2069}” (location) · 1 annotation in 1 article uses it.");
    window
        .bench
        .get_by_label("Label “\u{2068}Casualty\u{2069}” (casualty)");
    press(&mut window, "Cancel");
    assert_eq!(on_disk(&window), before, "nothing was changed by looking");

    open(&mut window);
    import(&mut window, BOOK, home.path());
    window.until_shown("Comes in (1)");
    press(&mut window, "Apply");
    let after = on_disk(&window);
    assert!(after.label(&LabelId::new("weapon").unwrap()).is_some());
    assert_eq!(after.labels.len(), before.labels.len() + 1);
}

#[test]
fn a_codebook_file_that_is_none_is_refused_in_the_dialog() {
    let home = tempfile::tempdir().unwrap();
    let mut window = from_nothing(home.path());
    import(&mut window, "[[label]]\nid = 3\n", home.path());
    window.until_shown("nothing was changed");
    window.press(Key::Escape, NONE);
    assert_eq!(on_disk(&window), Codebook::default());
}
