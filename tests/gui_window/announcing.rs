//! What is read aloud of what happens, found through the tree alone.

use egui::accesskit::{Live, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;

/// What was read last, and how urgently.
fn read(window: &Window) -> (String, Live) {
    let node = window.bench.get_by_role(Role::Status).accesskit_node();
    (node.label().unwrap(), node.live())
}

fn polite(words: &str) -> (String, Live) {
    (words.to_owned(), Live::Polite)
}

/// The node's id: a platform reads a live node that is new.
fn id(window: &Window) -> egui::accesskit::NodeId {
    window.bench.get_by_role(Role::Status).accesskit_node().locate().0
}

#[test]
fn a_span_that_is_made_changed_and_taken_back_is_announced_once_it_is_on_disk() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("plus de 50 civils");
    let before = window.bench.query_by_role(Role::Status).is_some();
    assert!(before, "the article that opened was announced");
    let quiet = id(&window);
    window.press(Key::Num3, Modifiers::NONE);
    window.until_spans(&["casualty:plus de 50 civils"]);
    assert_ne!(id(&window), quiet);
    assert_eq!(read(&window), polite("Tagged Casualty “plus de 50 civils”"));

    window.press(Key::Num1, Modifiers::NONE);
    window.until_spans(&["actor:plus de 50 civils"]);
    assert_eq!(
        read(&window),
        polite("Relabelled Casualty “plus de 50 civils” as Actor")
    );
    window.press(Key::Z, CTRL);
    window.until_spans(&["casualty:plus de 50 civils"]);
    let (words, _) = read(&window);
    assert_eq!(words, "Undone: change casualty “plus de 50 civils” to actor");
    window.press(Key::Y, CTRL);
    window.until_spans(&["actor:plus de 50 civils"]);
    assert!(
        read(&window).0.starts_with("Redone: change casualty"),
        "{:?}",
        read(&window)
    );
    window.press(Key::Delete, Modifiers::NONE);
    window.until_spans(&[]);
    assert_eq!(read(&window), polite("Removed Actor “plus de 50 civils”"));
}

#[test]
fn the_menu_and_the_label_list_announce_as_the_keys_do() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("province");
    let label = window.bench.get_by_label("Location, 0").rect().center();
    window.click_at(label);
    window.until_spans(&["location:province"]);
    assert_eq!(read(&window), polite("Tagged Location “province”"));
    window.bench.get_by_label("Edit").click();
    window.bench.run_steps(3);
    window.bench.get_by_label("Undo: tag location “province”").click();
    window.until_spans(&[]);
    assert_eq!(read(&window), polite("Undone: tag location “province”"));
}

#[test]
fn a_finished_article_announces_the_next_one() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let (words, _) = read(&window);
    assert!(words.ends_with("Article: Frappe près d'Alep; 0 spans"), "{words}");
    window.press(Key::Enter, CTRL);
    window.until_title("غارة على ريف حلب");
    // What is left in the finished one may be said before.
    let (words, _) = read(&window);
    let next = "Mark done. Next: غارة على ريف حلب; 0 spans";
    assert!(words.ends_with(next), "{words}");
    window.press(Key::PageUp, CTRL);
    window.until_title("Frappe près d'Alep");
    assert_eq!(read(&window), polite("Article: Frappe près d'Alep; 0 spans"));
}

#[test]
fn what_is_refused_breaks_in_each_time() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let refused = (
        "Not done: Redo: nothing to redo in this article".to_owned(),
        Live::Assertive,
    );
    window.press(Key::Y, CTRL);
    assert_eq!(read(&window), refused);
    let first = id(&window);
    window.bench.run_steps(5);
    assert_eq!(id(&window), first, "read once");
    window.press(Key::Y, CTRL);
    assert_eq!(read(&window), refused);
    assert_ne!(id(&window), first, "and again when it happens again");
}

#[test]
fn what_cannot_be_saved_and_what_is_written_is_announced() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::S, CTRL);
    window.until("the snapshot is written", |app| {
        let mut notices = app.snapshot().notices.iter();
        notices.any(|notice| notice.code == "exported")
    });
    let (words, live) = read(&window);
    assert!(words.starts_with("Saved: 3 articles, 0 spans"), "{words}");
    assert_eq!(live, Live::Polite);
    let path = window.project_path();
    window.drag_over("province");
    let away = path.with_extension("away");
    std::fs::rename(&path, &away).unwrap();
    window.press(Key::Num2, Modifiers::NONE);
    window.until("nothing can be saved", |app| app.snapshot().blocked.is_some());
    let (words, live) = read(&window);
    assert!(words.starts_with("Not saving: "), "{words}");
    assert_eq!(live, Live::Assertive);
    std::fs::rename(&away, &path).unwrap();
    window.bench.get_by_label("Retry").click();
    window.until("it goes on", |app| app.snapshot().blocked.is_none());
    assert_eq!(read(&window).0, "Saved again. Tagged Location “province”");
}

#[test]
fn a_span_that_is_walked_to_an_armed_label_and_the_size_of_the_type_are_announced() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Num2, Modifiers::NONE);
    assert_eq!(read(&window), polite("Armed Location"));
    window.press(Key::Escape, Modifiers::NONE);
    assert_eq!(read(&window), polite("Label disarmed"));
    window.press(Key::Plus, CTRL);
    assert_eq!(read(&window), polite("Text size 110 %"));
    window.drag_over("province");
    window.press(Key::Num2, Modifiers::NONE);
    window.until_spans(&["location:province"]);
    window.press(Key::Escape, Modifiers::NONE);
    window.press(Key::Tab, Modifiers::NONE);
    assert_eq!(read(&window), polite("Location “province”, span 1 of 1"));
    window.press(Key::B, CTRL);
    assert_eq!(read(&window), polite("Articles pane: hidden"));
}
