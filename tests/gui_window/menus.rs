//! The menus by keyboard, and the focus that comes back to the text from wherever it was.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;

use super::desk::Window;

const PLAIN: Modifiers = Modifiers::NONE;

fn focused(window: &Window) -> Option<egui::Id> {
    window.bench.ctx.memory(egui::Memory::focused)
}

#[test]
fn menus_open_by_a_key_are_walked_and_give_the_focus_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F10, PLAIN);
    window.bench.run_steps(4);
    window.bench.get_by_label_contains("New project…");
    // Round the end to the last menu, and its first entry has the focus.
    window.press(Key::ArrowLeft, PLAIN);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label_contains("New project…").is_none());
    window.bench.get_by_label_contains("About Hashiya");
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label_contains("About Hashiya").is_none());
    assert_eq!(focused(&window), Some(article_id()));
    // An entry is done with Enter: the first one of the View menu's neighbour at the right.
    window.press(Key::F10, PLAIN);
    window.bench.run_steps(4);
    window.press(Key::ArrowRight, PLAIN);
    window.bench.run_steps(4);
    for _ in 0..20 {
        let on_it = focused(&window).is_some_and(|id| {
            let all = window.bench.get_by_label_contains("Select all");
            window
                .bench
                .ctx
                .read_response(id)
                .is_some_and(|it| it.rect == all.rect())
        });
        if on_it {
            break;
        }
        window.press(Key::ArrowDown, PLAIN);
    }
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(4);
    assert_eq!(window.selected(), super::desk::FRENCH);
    assert_eq!(focused(&window), Some(article_id()));
}

#[test]
fn escape_on_a_button_leads_back_to_the_text() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Alep"]);
    window.press(Key::Enter, PLAIN);
    // Back from the first field is the button that removes the span.
    window.press(Key::Tab, Modifiers::SHIFT);
    assert_ne!(focused(&window), Some(article_id()));
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(2);
    assert_eq!(focused(&window), Some(article_id()));
}

#[test]
fn the_first_screen_is_walked_with_the_arrow_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    for (key, row) in [
        (Key::ArrowDown, "Open articles"),
        (Key::ArrowDown, "Open project"),
    ] {
        window.press(key, PLAIN);
        assert!(window.bench.get_by_label(row).is_focused(), "{row}");
    }
    window.press(Key::F6, PLAIN);
    assert!(window.bench.get_by_label("Open articles").is_focused());
}

#[test]
fn what_is_about_the_article_as_a_whole_stands_in_its_menu() {
    use hashiya::session::action::{Action, Menu};
    let details = Action::EditMetadata.entry();
    assert_eq!(details.menu.map(|(menu, _)| menu), Some(Menu::Article));
}

#[test]
fn the_menus_opened_from_the_palette_have_the_focus_each_time() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    for time in ["first", "second"] {
        window.press(Key::K, Modifiers::COMMAND);
        window.type_text("menus");
        window.press(Key::Enter, PLAIN);
        window.bench.run_steps(8);
        let entry = window.bench.get_by_label_contains("New project…").rect();
        let focused_rect = focused(&window)
            .and_then(|id| window.bench.ctx.read_response(id))
            .map(|it| it.rect);
        assert_eq!(focused_rect, Some(entry), "{time}");
        window.press(Key::Escape, PLAIN);
        window.bench.run_steps(4);
        assert_eq!(focused(&window), Some(article_id()), "{time}");
    }
}

#[test]
fn the_entry_that_has_the_focus_is_in_view_in_a_low_window() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::of_size(home.path(), &[super::desk::articles(home.path())], 1024.0, 480.0);
    window.until_shown("Alep");
    window.press(Key::F10, PLAIN);
    window.bench.run_steps(4);
    let screen = window.bench.ctx.content_rect();
    for name in ["Edit", "Annotate"] {
        window.press(Key::ArrowRight, PLAIN);
        window.bench.run_steps(4);
        assert!(window.bench.query_by_label(name).is_some());
    }
    let mut lowest: f32 = 0.0;
    for _ in 0..40 {
        window.press(Key::ArrowDown, PLAIN);
        // A long way is scrolled in some frames.
        window.bench.run_steps(30);
        let id = focused(&window).unwrap();
        let rect = window.bench.ctx.read_response(id).unwrap().rect;
        assert!(screen.contains_rect(rect), "{rect:?} of {screen:?}");
        lowest = lowest.max(rect.bottom());
    }
    assert!(
        lowest > screen.bottom() - 80.0,
        "the menu fills the window: {lowest}"
    );
}

#[test]
fn a_menu_says_how_what_it_switches_is_now() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let states = |window: &mut Window| {
        window.press(Key::F10, PLAIN);
        window.bench.run_steps(4);
        while window
            .bench
            .query_by_label_contains("Invisible characters")
            .is_none()
        {
            window.press(Key::ArrowRight, PLAIN);
            window.bench.run_steps(4);
        }
        let is_there = |name: &str| window.bench.query_by_role_and_label(Role::Button, name).is_some();
        let found = [is_there("Labels pane: shown"), is_there("Labels pane: not shown")];
        window.press(Key::Escape, PLAIN);
        window.bench.run_steps(4);
        found
    };
    assert_eq!(states(&mut window), [true, false]);
    window.press(Key::K, Modifiers::COMMAND);
    window.bench.run_steps(4);
    window.type_text("labels pane");
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(8);
    assert_eq!(states(&mut window), [false, true]);
}

#[test]
fn what_a_menu_switches_is_toggled_for_those_who_listen() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    // The relations of the selected span only, then all.
    for (words, is_on) in [("not shown", false), ("shown", true)] {
        window.bench.get_by_label("View").click();
        window.bench.run_steps(4);
        let name = format!("All relations: {words}");
        let entry = window.bench.get_by_role_and_label(Role::Button, &name);
        assert_eq!(entry.accesskit_node().toggled(), Some(Toggled::from(is_on)));
        let pane = window.bench.get_by_label("Articles pane: shown");
        assert_eq!(pane.accesskit_node().toggled(), Some(Toggled::True));
        let plain = window.bench.get_by_label_contains("Larger text");
        assert_eq!(plain.accesskit_node().toggled(), None);
        window.press(Key::Escape, PLAIN);
        window.bench.run_steps(30);
        window.press(Key::F7, Modifiers::SHIFT);
        window.bench.run_steps(4);
    }
    window.bench.get_by_label("Review").click();
    window.bench.run_steps(4);
    let flag = window.bench.get_by_label("Flag: off");
    assert_eq!(flag.accesskit_node().toggled(), Some(Toggled::False));
}
