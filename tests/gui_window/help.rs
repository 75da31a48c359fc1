//! The manual: F1 opens it at the page that fits, it is read and searched by keyboard, and it stays in reach.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use hashiya::gui::panels::events::sheet_id;
use hashiya::gui::panels::find_bar::find_id;
use hashiya::gui::panels::help::{help_id, help_search_id};

use super::desk::{Window, articles};

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

fn has_focus(window: &Window, id: egui::Id) -> bool {
    window.bench.ctx.memory(|memory| memory.has_focus(id))
}

/// The name of the page that is open.
fn open_page(window: &Window) -> Option<String> {
    let root = window.bench.root();
    let pages = root
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == Role::Document);
    let mut names = pages.filter_map(|node| node.accesskit_node().label());
    names.find_map(|name| name.strip_prefix("Help: ").map(str::to_owned))
}

fn place_of(window: &Window, role: Role, name: &str) -> Rect {
    window.bench.get_by_role_and_label(role, name).rect()
}

#[track_caller]
fn assert_page(window: &Window, name: &str) {
    assert_eq!(open_page(window).as_deref(), Some(name));
}

/// The heading stands at the top of what is seen of the page.
#[track_caller]
fn assert_at_heading(window: &Window, name: &str) {
    let text = place_of(
        window,
        Role::Document,
        &format!("Help: {}", open_page(window).unwrap()),
    );
    let heading = place_of(window, Role::Heading, name);
    assert!(
        (heading.top() - text.top()).abs() < 40.0,
        "{name} stands at {heading:?} in {text:?}"
    );
}

#[test]
fn f1_opens_the_page_that_fits_and_from_within_puts_it_away() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F1, NONE);
    assert_page(&window, "The article");
    assert!(has_focus(&window, help_id()));
    // Back to the text with the pane open, and to the page again, at the place where it was read.
    window.press(Key::PageDown, NONE);
    let before = place_of(&window, Role::Heading, "Mark them");
    window.press(Key::Escape, NONE);
    assert!(has_focus(&window, article_id()));
    window.press(Key::Num1, NONE);
    assert!(window.app().article_state().armed().is_some(), "the work goes on");
    window.press(Key::F1, NONE);
    assert!(has_focus(&window, help_id()));
    assert_eq!(place_of(&window, Role::Heading, "Mark them"), before);
    window.press(Key::F1, NONE);
    assert_eq!(open_page(&window), None);
    assert!(has_focus(&window, article_id()));
    assert!(!window.app().preferences().help.shown);
}

#[test]
fn each_pane_and_dialog_has_its_page() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F, CTRL);
    assert!(has_focus(&window, find_id()));
    window.press(Key::F1, NONE);
    assert_page(&window, "The article");
    assert_at_heading(&window, "Find words");
    window.press(Key::F1, NONE);
    window.press(Key::J, CTRL);
    window.press(Key::F1, NONE);
    assert_page(&window, "Values, links, and events");
    assert_at_heading(&window, "Gather spans into events");
    window.press(Key::F1, NONE);
    assert!(has_focus(&window, sheet_id()), "the focus is where it was");
    window.press(Key::Escape, NONE);
    window.press(Key::F5, NONE);
    window.press(Key::F1, NONE);
    assert_page(&window, "Notes, problems, and review");
    assert_at_heading(&window, "Review the work of others");
    window.press(Key::F1, NONE);
    window.press(Key::Comma, CTRL);
    window.press(Key::F1, NONE);
    assert_page(&window, "The keyboard");
}

#[test]
fn the_manual_is_read_beside_an_open_dialog() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::K, CTRL | Modifiers::SHIFT);
    window.type_text("weapon");
    window.press(Key::F1, NONE);
    window.bench.run_steps(4);
    assert_page(&window, "The codebook");
    assert!(has_focus(&window, help_id()));
    let page = place_of(&window, Role::Document, "Help: The codebook");
    let list = place_of(&window, Role::ListBox, "Entries of the codebook");
    assert!(list.right() < page.left(), "{list:?} {page:?}");
    // Keys go to the page and not to the dialog, which Esc would close.
    let first = place_of(&window, Role::Heading, "The codebook");
    window.press(Key::End, NONE);
    assert!(place_of(&window, Role::Heading, "The codebook").top() < first.top());
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    window
        .bench
        .get_by_role_and_label(Role::ListBox, "Entries of the codebook");
    assert!(!has_focus(&window, help_id()));
    // F6 goes there and back.
    window.press(Key::F6, NONE);
    assert!(has_focus(&window, help_id()));
    window.press(Key::F6, NONE);
    assert!(!has_focus(&window, help_id()));
    window.press(Key::F6, NONE);
    window.bench.run_steps(4);
    // The list of pages with the mouse, above what the dialog covers.
    window
        .bench
        .get_by_role_and_label(Role::Button, "Contents")
        .click();
    window.bench.run_steps(4);
    assert!(has_focus(&window, help_search_id()));
    window.type_text("damaged");
    window.press(Key::Enter, NONE);
    assert_page(&window, "What happens to your data");
    window.press(Key::F1, NONE);
    assert_eq!(open_page(&window), None);
    window
        .bench
        .get_by_role_and_label(Role::ListBox, "Entries of the codebook");
}

#[test]
fn all_pages_are_searched_by_words_and_a_hit_is_opened_at_its_place() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F1, NONE);
    // While the manual has the focus, the key for finding searches it.
    window.press(Key::F, CTRL);
    assert!(has_focus(&window, help_search_id()));
    window.bench.get_by_role_and_label(Role::ListBox, "Pages");
    window.type_text("power fails");
    window.bench.get_by_role_and_label(Role::ListBox, "Found");
    let hits = |window: &Window| {
        let root = window.bench.root();
        let rows = root.children_recursive().filter_map(|node| {
            let node = node.accesskit_node();
            let is_hit = node.role() == Role::ListItem && node.label()?.contains(" › ");
            is_hit.then(|| (node.label().unwrap(), node.toggled() == Some(Toggled::True)))
        });
        rows.collect::<Vec<_>>()
    };
    let found = hits(&window);
    let first = "What happens to your data › How it is saved: If the program is killed or the power fails";
    assert!(found[0].0.starts_with(first) && found[0].1, "{found:?}");
    window.press(Key::Enter, NONE);
    assert_page(&window, "What happens to your data");
    assert_at_heading(&window, "How it is saved");
    assert!(has_focus(&window, help_id()));
    // Back to the page that was read before.
    window.press(Key::Backspace, NONE);
    assert_page(&window, "The article");
    window.press(Key::F, CTRL);
    window.type_text("zebra");
    window.bench.get_by_label("No page has these words");
    window.press(Key::Escape, NONE);
    assert!(has_focus(&window, help_id()));
}

#[test]
fn pages_are_chosen_from_the_list_and_links_are_followed_by_keyboard() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F1, NONE);
    window.press(Key::F, CTRL);
    for _ in 0..5 {
        window.press(Key::ArrowDown, NONE);
    }
    window.press(Key::Enter, NONE);
    assert_page(&window, "Articles in, datasets out");
    let link = window.bench.get_by_role_and_label(Role::Link, "Word");
    link.focus();
    window.bench.run_steps(2);
    window.press(Key::Enter, NONE);
    window.bench.run_steps(2);
    assert_page(&window, "Word document");
    assert!(has_focus(&window, help_id()));
    // The pages of the formats stand in the list, below theirs.
    window.press(Key::F, CTRL);
    window.bench.get_by_role_and_label(Role::ListItem, "CSV").click();
    window.bench.run_steps(4);
    assert_page(&window, "CSV");
    window.press(Key::ArrowLeft, Modifiers::ALT);
    window.press(Key::ArrowLeft, Modifiers::ALT);
    assert_page(&window, "Articles in, datasets out");
}

#[test]
fn a_page_shows_the_analysts_own_keys_and_the_list_all_of_them() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("config")).unwrap();
    let own = "[keys]\nundo = [\"Alt+U\"]\nhelp = [\"Ctrl+H\"]\n";
    std::fs::write(home.path().join("config/prefs.toml"), own).unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::H, CTRL);
    let says =
        |window: &Window, words: &str| window.bench.query_all_by_label_contains(words).next().is_some();
    window.press(Key::F, CTRL);
    window.press(Key::ArrowUp, NONE);
    window.press(Key::Enter, NONE);
    assert_page(&window, "Your first ten minutes");
    assert!(says(&window, "Undo (Alt+U) takes it back"));
    assert!(says(&window, "Help (Ctrl+H) opens this manual"));
    window.press(Key::F1, Modifiers::SHIFT);
    assert_page(&window, "All commands and keys");
    assert!(says(&window, "Undo, Alt+U") && says(&window, "Redo, Ctrl+Shift+Z, Ctrl+Y"));
    assert!(says(&window, "Casualty, 3") && says(&window, "Resize the selected span, Drag its edge"));
    window
        .bench
        .get_by_role_and_label(Role::Button, "Change keys…")
        .click();
    window.bench.run_steps(4);
    window
        .bench
        .get_by_role_and_label(Role::ListBox, "Commands and their keys");
}

#[test]
fn the_first_screen_leads_to_the_manual_and_f6_goes_there() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window
        .bench
        .get_by_role_and_label(Role::Button, "Your first ten minutes")
        .click();
    window.bench.run_steps(4);
    assert_page(&window, "Your first ten minutes");
    window
        .bench
        .get_by_role_and_label(Role::Heading, "Open the sample");
    let pictures = window.bench.get_all_by_role(Role::Image);
    let words: Vec<String> = pictures
        .filter_map(|picture| picture.accesskit_node().label())
        .collect();
    assert!(
        words.len() == 4 && words.iter().all(|words| words.len() > 40),
        "{words:?}"
    );
    window.press(Key::Escape, NONE);
    window.press(Key::F6, NONE);
    assert!(window.bench.get_by_label("Open articles").is_focused());
    window.press(Key::F6, NONE);
    assert!(has_focus(&window, help_id()));
}

#[test]
fn the_manual_leaves_room_in_a_small_window_and_grows_with_the_text() {
    let home = tempfile::tempdir().unwrap();
    let folder = articles(home.path());
    let mut window = Window::of_size(home.path(), &[folder], 1024.0, 640.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.press(Key::F1, NONE);
    let height = |window: &Window| place_of(window, Role::Heading, "Select words").height();
    let small = height(&window);
    for _ in 0..8 {
        window.press(Key::Plus, CTRL);
    }
    assert!(window.app().preferences().text_zoom > 2.0);
    assert!(height(&window) > small * 1.8, "{} {small}", height(&window));
    let page = place_of(&window, Role::Document, "Help: The article");
    let text = window.bench.ctx.read_response(article_id()).unwrap().rect;
    assert!(page.right() <= 1024.0 && page.width() > 240.0, "{page:?}");
    assert!(
        text.width() > 240.0 && text.right() <= page.left(),
        "{text:?} {page:?}"
    );
    window.bench.get_by_label("Filter articles");
}

#[test]
fn a_wide_pane_has_its_list_beside_the_page() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("config")).unwrap();
    let wide = "[help]\nshown = true\nwidth = 700.0\n";
    std::fs::write(home.path().join("config/prefs.toml"), wide).unwrap();
    let mut window = Window::open(home.path(), &[]);
    let list = place_of(&window, Role::ListBox, "Pages");
    let page = place_of(&window, Role::Document, "Help: Your first ten minutes");
    assert!(list.right() < page.left(), "{list:?} {page:?}");
    window
        .bench
        .get_by_role_and_label(Role::ListItem, "The keyboard")
        .click();
    window.bench.run_steps(4);
    assert_page(&window, "The keyboard");
}

#[test]
fn a_manual_that_was_put_away_keeps_no_keys_from_a_dialog() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    for _ in 0..2 {
        window.press(Key::F1, NONE);
        window.bench.run_steps(4);
    }
    assert!(!window.app().preferences().help.shown);
    window.press(Key::K, CTRL);
    window.bench.run_steps(4);
    window.type_text("export again");
    window.bench.get_by_label_contains("Export again");
    assert!(window.bench.query_by_label_contains("New project…").is_none());
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label_contains("Export again").is_none());
    assert!(has_focus(&window, article_id()));
}
