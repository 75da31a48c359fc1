//! Relations made, seen, changed, and removed in the window, down to the project file.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use hashiya::model::SpanId;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

/// French and Arabic with a Latin name, so that a relation goes through both directions.
const MIXED: &str = "Frappe près d'Alep\n\nPlus de 50 civils ont été tués mardi, selon Emmanuel Macron.\n\n\
    قال Emmanuel Macron إن القوات وصلت أمس، وقتل خمسون مدنيا في بنش.";

/// A window on that article with these words tagged by the key of a label.
pub fn tagged(home: &std::path::Path, tags: &[(&str, Key)]) -> Window {
    let folder = home.join("in");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("1.txt"), MIXED).unwrap();
    let mut window = Window::open(home, &[folder]);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    for (words, key) in tags {
        window.drag_over(words);
        window.press(*key, PLAIN);
        window.settle();
    }
    window
}

/// A figure and two actors, in French and in Arabic, and a place; the figure is selected.
pub fn with_spans(home: &std::path::Path) -> Window {
    let tags = [
        ("Plus de 50 civils", Key::Num3),
        ("Emmanuel Macron", Key::Num1),
        ("القوات", Key::Num1),
        ("بنش", Key::Num2),
    ];
    let mut window = tagged(home, &tags);
    select(&mut window, "Plus de 50 civils");
    window
}

fn select(window: &mut Window, words: &str) {
    let at = middle(window, words);
    window.click_at(at);
}

pub fn middle(window: &Window, words: &str) -> Pos2 {
    let rects = window.app().article_state().screen_rects(window.range(words));
    rects.first().expect("the words are in view").center()
}

/// The relations on disk, by the words of their ends.
pub fn on_disk(window: &Window) -> Vec<String> {
    let layer = window.layer_on_disk();
    let text = &window.snapshot().article.as_ref().unwrap().text;
    let quote = |id: &SpanId| layer.spans.get(id).unwrap().ranges.quote(text).unwrap();
    let relations = layer.relations.values();
    relations
        .map(|r| format!("{} {} > {}", r.relation_type, quote(&r.from), quote(&r.to)))
        .collect()
}

/// What was read last.
fn read(window: &Window) -> String {
    let node = window.bench.get_by_role(Role::Status).accesskit_node();
    node.label().unwrap()
}

fn target(window: &Window) -> String {
    let article = window.snapshot().article.as_ref().unwrap();
    let linking = window
        .app()
        .article_state()
        .linking()
        .expect("a link is being made");
    let span = linking.target.as_ref().and_then(|id| article.layer.spans.get(id));
    span.map_or(String::new(), |span| span.ranges.quote(&article.text).unwrap())
}

fn drag_with(window: &mut Window, from: Pos2, to: Pos2, modifiers: Modifiers) {
    window.bench.event(Event::ModifiersChanged(modifiers));
    window.drag(from, to);
    window.bench.event(Event::ModifiersChanged(Modifiers::NONE));
    window.bench.run_steps(2);
}

#[test]
fn a_link_is_made_by_keys_across_paragraphs_and_directions() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.press(Key::R, PLAIN);
    assert_eq!(target(&window), "");
    // Only actors can be linked with a figure here: the place is passed by.
    for expected in ["Emmanuel Macron", "القوات", "Emmanuel Macron", "القوات"] {
        window.press(Key::Tab, PLAIN);
        assert_eq!(target(&window), expected);
    }
    // In a line that reads leftwards, the right arrow goes back.
    window.press(Key::ArrowRight, PLAIN);
    assert_eq!(target(&window), "Emmanuel Macron");
    window.press(Key::ArrowDown, PLAIN);
    assert_eq!(target(&window), "القوات");
    assert!(
        read(&window).contains("Link with Actor “القوات”"),
        "{}",
        read(&window)
    );
    window.press(Key::Enter, PLAIN);
    // Two types are allowed: the menu asks, and its number takes the second.
    assert!(on_disk(&window).is_empty());
    assert_eq!(window.app().article_state().linking().unwrap().choices.len(), 2);
    window.bench.get_by_role_and_label(Role::ListItem, "Claimed by");
    window.press(Key::Num2, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["claimed-by Plus de 50 civils > القوات"]);
    assert_eq!(
        read(&window),
        "Linked Casualty “Plus de 50 civils” to Actor “القوات”: Claimed by"
    );
    assert_eq!(window.app().article_state().relations_drawn(), 1);
    // The new relation is selected: Delete takes it and not the span.
    window.press(Key::Delete, PLAIN);
    window.settle();
    assert!(on_disk(&window).is_empty());
    assert_eq!(window.layer_on_disk().spans.len(), 4);
    assert!(
        read(&window).starts_with("Removed the relation Claimed by"),
        "{}",
        read(&window)
    );
    window.press(Key::Z, CTRL);
    window.settle();
    assert_eq!(on_disk(&window), ["claimed-by Plus de 50 civils > القوات"]);
}

#[test]
fn the_only_type_is_taken_and_turned_the_way_the_codebook_allows() {
    let home = tempfile::tempdir().unwrap();
    let tags = [("Alep", Key::Num2), ("بنش", Key::Num2)];
    let mut window = tagged(home.path(), &tags);
    select(&mut window, "بنش");
    for key in [Key::R, Key::Tab, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    assert_eq!(on_disk(&window), ["located-in بنش > Alep"]);
    // From the actor, what a figure says of it leads back.
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    select(&mut window, "القوات");
    for key in [Key::R, Key::Tab, Key::Enter] {
        window.press(key, PLAIN);
    }
    window
        .bench
        .get_by_label("Victims among: “\u{2068}Plus de 50 civils\u{2069}” › this span");
    window.press(Key::Num1, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["victims Plus de 50 civils > القوات"]);
}

#[test]
fn a_link_is_left_and_keys_of_labels_do_nothing_meanwhile() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.press(Key::R, PLAIN);
    window.press(Key::Tab, PLAIN);
    window.press(Key::Num2, PLAIN);
    assert_eq!(target(&window), "Emmanuel Macron");
    assert!(read(&window).starts_with("Not done: A link is being made"));
    window.press(Key::Enter, PLAIN);
    window.press(Key::Escape, PLAIN);
    assert_eq!(
        target(&window),
        "Emmanuel Macron",
        "the first Escape closes the choice"
    );
    window.press(Key::Escape, PLAIN);
    assert!(window.app().article_state().linking().is_none());
    assert!(window.app().article_state().selected_span().is_some());
    window.settle();
    assert!(on_disk(&window).is_empty());
    let labels: Vec<_> = window
        .layer_on_disk()
        .spans
        .iter()
        .map(|s| s.label.to_string())
        .collect();
    assert_eq!(labels, ["casualty", "actor", "actor", "location"]);
}

#[test]
fn where_nothing_can_be_linked_the_reason_says_what_can() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(
        home.path(),
        &[("Plus de 50 civils", Key::Num3), ("Alep", Key::Num2)],
    );
    select(&mut window, "Plus de 50 civils");
    window.press(Key::R, PLAIN);
    assert!(window.app().article_state().linking().is_none());
    let said = read(&window);
    assert!(said.contains("Victims among (Casualty › Actor)"), "{said}");
    // A drag to the place says so too.
    let (from, to) = (middle(&window, "Plus de 50 civils"), middle(&window, "Alep"));
    window.drag_over("Emmanuel Macron");
    window.press(Key::Num1, PLAIN);
    window.settle();
    drag_with(&mut window, from, to, Modifiers::ALT);
    let said = read(&window);
    let why = "No relation leads from Casualty to Location: Edit, Codebook";
    assert!(said.contains(why), "{said}");
    // The words of the status bar are the value of their node.
    let seen = window.bench.query_all_by_label_contains(why);
    let values = seen.filter_map(|node| node.accesskit_node().value());
    assert_eq!(
        values.filter(|value| value.starts_with(why)).count(),
        1,
        "in the status bar, too"
    );
    window.settle();
    assert!(on_disk(&window).is_empty());
}

#[test]
fn a_link_is_dragged_with_alt_and_its_type_clicked() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.press(Key::Escape, PLAIN);
    let (from, to) = (middle(&window, "Plus de 50 civils"), middle(&window, "القوات"));
    drag_with(&mut window, from, to, Modifiers::ALT);
    window
        .bench
        .get_by_role_and_label(Role::ListItem, "Victims among")
        .click();
    window.bench.run_steps(3);
    window.settle();
    assert_eq!(on_disk(&window), ["victims Plus de 50 civils > القوات"]);
    assert_eq!(window.selected(), "", "no words were selected on the way");
}

#[test]
fn a_link_is_dragged_from_the_ring_at_the_selected_span() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    let words = window.range("Plus de 50 civils");
    let rect = window.app().article_state().screen_rects(words)[0];
    let ring = pos2(rect.right(), rect.top() - 5.0);
    let to = middle(&window, "Emmanuel Macron");
    drag_with(&mut window, ring, to, PLAIN);
    window.press(Key::Num1, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["victims Plus de 50 civils > Emmanuel Macron"]);
}

#[test]
fn a_plain_drag_from_span_to_span_selects_words() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.press(Key::Escape, PLAIN);
    let (from, to) = (
        middle(&window, "Plus de 50 civils"),
        middle(&window, "Emmanuel Macron"),
    );
    window.drag(from, to);
    assert!(window.selected().contains("ont été tués"));
    assert!(window.app().article_state().linking().is_none());
}

/// A window with a relation from the figure to the French name, selected.
pub fn linked(home: &std::path::Path) -> Window {
    let mut window = with_spans(home);
    for key in [Key::R, Key::Tab, Key::Enter, Key::Num1] {
        window.press(key, PLAIN);
    }
    window.settle();
    assert_eq!(on_disk(&window), ["victims Plus de 50 civils > Emmanuel Macron"]);
    window
}

#[test]
fn a_relation_is_turned_round_where_the_codebook_allows_both_ways() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path(), &[("Alep", Key::Num2), ("بنش", Key::Num2)]);
    select(&mut window, "بنش");
    for key in [Key::R, Key::Tab, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    window.press(Key::R, SHIFT);
    window.settle();
    assert_eq!(on_disk(&window), ["located-in Alep > بنش"]);
    // What leads one way only says so.
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    window.press(Key::R, SHIFT);
    window.settle();
    assert!(
        read(&window).contains("in this direction only"),
        "{}",
        read(&window)
    );
    assert_eq!(on_disk(&window), ["victims Plus de 50 civils > Emmanuel Macron"]);
}

#[test]
fn the_inspector_lists_relations_changes_their_type_and_goes_to_the_other_end() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    let row = "› Victims among: “\u{2068}Emmanuel Macron\u{2069}”";
    window.bench.get_by_role_and_label(Role::ListItem, row);
    window
        .bench
        .get_by_role_and_label(Role::Button, "Victims among")
        .click();
    window.bench.run_steps(4);
    window
        .bench
        .get_by_role_and_label(Role::Button, "Claimed by")
        .click();
    window.bench.run_steps(3);
    window.settle();
    assert_eq!(
        on_disk(&window),
        ["claimed-by Plus de 50 civils > Emmanuel Macron"]
    );
    // What is done with it stands below its fields, and all of it whatever the type.
    let type_of = window.bench.get_by_role_and_label(Role::Button, "Claimed by");
    let turn = window
        .bench
        .get_by_role_and_label(Role::Button, "Turn relation round");
    assert!(type_of.rect().bottom() < turn.rect().top());
    assert!(turn.accesskit_node().is_disabled(), "it leads one way");
    assert!(
        read(&window).starts_with("Changed the relation"),
        "{}",
        read(&window)
    );
    window.bench.get_by_label("Go to the other span").click();
    window.bench.run_steps(4);
    window
        .bench
        .get_by_label("‹ Claimed by: “\u{2068}Plus de 50 civils\u{2069}”");
}

#[test]
fn the_list_of_relations_is_walked_by_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    window.press(Key::Escape, PLAIN);
    assert!(window.app().article_state().selected_relation().is_none());
    let list = window.bench.get_by_role_and_label(Role::ListBox, "Relations");
    list.focus();
    window.bench.run_steps(3);
    window.press(Key::ArrowDown, PLAIN);
    assert!(window.app().article_state().selected_relation().is_some());
    window.press(Key::Delete, PLAIN);
    window.settle();
    assert!(on_disk(&window).is_empty());
}

#[test]
fn a_note_is_written_on_the_relation_that_was_chosen_and_on_the_span_while_it_was_only_just_made() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    window.press(Key::N, PLAIN);
    window.type_text("d’après qui ?");
    window.press(Key::Enter, CTRL);
    window.settle();
    let layer = window.layer_on_disk();
    let target = layer.notes.values().next().and_then(|note| note.target.clone());
    let target = target.expect("the note is on disk");
    assert!(layer.spans.iter().any(|span| span.id.as_str() == target.as_str()));
    let list = window.bench.get_by_role_and_label(Role::ListBox, "Relations");
    list.focus();
    window.bench.run_steps(3);
    window.press(Key::ArrowDown, PLAIN);
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(article_id()));
    window.bench.run_steps(2);
    window.press(Key::N, PLAIN);
    window.type_text("sûr ?");
    window.press(Key::Enter, CTRL);
    window.settle();
    let layer = window.layer_on_disk();
    let note = layer.notes.values().find(|note| note.text == "sûr ?");
    let relation = layer.relations.keys().next().unwrap();
    assert_eq!(note.unwrap().target.as_ref().unwrap().as_str(), relation.as_str());
}

#[test]
fn a_relation_is_told_with_its_spans_and_drawn_for_the_selected_one_or_for_all() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    let span = window
        .bench
        .get_by_role_and_label(Role::Mark, "Casualty: Plus de 50 civils");
    let told = span.accesskit_node().description().unwrap();
    assert!(
        told.contains("relation Victims among to Actor “Emmanuel Macron”"),
        "{told}"
    );
    assert_eq!(window.app().article_state().relations_drawn(), 1);
    select(&mut window, "بنش");
    assert_eq!(window.app().article_state().relations_drawn(), 0);
    window.press(Key::F7, SHIFT);
    assert_eq!(window.app().article_state().relations_drawn(), 1);
    window.press(Key::F7, SHIFT);
    assert_eq!(window.app().article_state().relations_drawn(), 0);
}

#[test]
fn a_label_against_a_relation_is_refused_with_the_reason() {
    let home = tempfile::tempdir().unwrap();
    let mut window = linked(home.path());
    window.press(Key::Escape, PLAIN);
    window.press(Key::Num2, PLAIN);
    window.settle();
    assert_eq!(
        window.layer_on_disk().spans.iter().next().unwrap().label.as_str(),
        "casualty"
    );
    let said = window.notices().join("\n");
    assert!(said.contains("(victims) starts from it"), "{said}");
}
