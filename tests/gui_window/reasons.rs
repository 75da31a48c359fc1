//! What a key, a menu, and the status bar say where something cannot be done, and what is drawn over the text while the
//! keyboard is used.

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, Order, Shape};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::session::action::{Reach, table};
use hashiya::session::shortcut::Shortcut;

use super::desk::{Window, articles};

const PLAIN: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

/// What is read aloud last.
fn said(window: &Window) -> String {
    let status = window.bench.get_by_role(Role::Status);
    status.accesskit_node().label().unwrap_or_default()
}

fn press_shortcut(window: &mut Window, shortcut: Shortcut) {
    let mut held = PLAIN;
    for (is_held, modifier) in [
        (shortcut.ctrl, CTRL),
        (shortcut.shift, SHIFT),
        (shortcut.alt, Modifiers::ALT),
    ] {
        if is_held {
            held |= modifier;
        }
    }
    let key = Key::from_name(shortcut.key).unwrap();
    window.press(key, held);
}

/// The keys of the article that can do nothing now, and whether each says what the menu says.
fn check_reasons(window: &mut Window, at_least: usize) {
    let mut checked = 0;
    for entry in table() {
        let is_of_article = matches!(entry.reach, Reach::Article | Reach::Review) && !entry.moves;
        let reason = entry.available(&window.app().situation()).err();
        let Some((reason, shortcut)) = reason.zip(entry.shortcuts.first()).filter(|_| is_of_article) else {
            continue;
        };
        press_shortcut(window, *shortcut);
        let said = said(window);
        let name = entry.name.trim_end_matches('…');
        assert!(
            said.contains(reason) && said.contains(name),
            "{name}: {said}, not {reason}"
        );
        checked += 1;
    }
    assert!(checked >= at_least, "{checked}");
}

#[test]
fn a_key_gives_the_reason_that_its_entry_in_the_menu_gives() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    check_reasons(&mut window, 25);
    window.drag_over("province");
    check_reasons(&mut window, 20);
    // The clipboard's key comes as an event of its own.
    window.press(Key::ArrowRight, PLAIN);
    window.bench.event(Event::Copy);
    window.bench.run_steps(3);
    assert!(
        said(&window).contains("Copy: select words or a span first"),
        "{}",
        said(&window)
    );
}

#[test]
fn what_is_shown_or_not_is_told_and_an_article_without_invisible_characters_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F8, PLAIN);
    window
        .bench
        .get_by_label_contains("Invisible characters: shown. This article has none");
    window.press(Key::F8, PLAIN);
    window
        .bench
        .get_by_label_contains("Invisible characters: not shown");
    window.press(Key::F7, SHIFT);
    assert!(
        window
            .bench
            .query_all_by_label_contains("All relations: ")
            .next()
            .is_some()
    );
}

#[test]
fn the_menu_marks_the_direction_in_force_and_the_theme() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::of_size(home.path(), &[articles(home.path())], 1280.0, 1100.0);
    window.until_shown("Alep");
    let marked = |window: &mut Window| -> Vec<String> {
        window.bench.get_by_label("View").click();
        window.bench.run_steps(6);
        let entries = window.bench.query_all_by_label_contains("Direction: ");
        let on = entries.filter(|entry| entry.accesskit_node().toggled() == Some(Toggled::True));
        on.filter_map(|entry| entry.accesskit_node().label()).collect()
    };
    assert_eq!(marked(&mut window), ["Direction: by paragraph (now)"]);
    let themes = window.bench.query_all_by_label_contains("Light or dark");
    let themes: Vec<_> = themes
        .filter_map(|entry| entry.accesskit_node().label())
        .collect();
    let theme = match window.bench.ctx.theme() {
        egui::Theme::Light => "Light or dark: light",
        egui::Theme::Dark => "Light or dark: dark",
    };
    assert!(themes.contains(&theme.to_owned()), "{themes:?}");
    window.bench.get_by_label("Direction: right to left").click();
    window.settle();
    assert_eq!(marked(&mut window), ["Direction: right to left (now)"]);
}

fn has_tip(window: &Window) -> bool {
    let layers = window
        .bench
        .ctx
        .memory(|memory| memory.areas().visible_layer_ids());
    layers.iter().any(|layer| layer.order == Order::Tooltip)
}

#[test]
fn no_tooltip_and_no_card_stands_over_what_is_done_by_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Alep"]);
    window.press(Key::Escape, PLAIN);
    let labels = window.bench.get_all_by_role(Role::ListItem);
    let is_it = |label: String| label.starts_with("Location, ");
    let row = labels
        .filter(|row| row.accesskit_node().label().is_some_and(is_it))
        .map(|row| row.rect().center())
        .next();
    window.bench.hover_at(row.unwrap());
    window.bench.run_steps(60);
    assert!(has_tip(&window), "the label explains itself");
    window.press(Key::K, CTRL);
    window.bench.run_steps(60);
    assert!(!has_tip(&window), "over a dialog");
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(60);
    assert!(!has_tip(&window));
    let range = window.range("Alep");
    let on_span = window.app().article_state().screen_rects(range)[0].center();
    window.bench.hover_at(on_span);
    window.bench.run_steps(60);
    assert!(has_tip(&window), "the card of the span");
    window.press(Key::ArrowDown, PLAIN);
    window.bench.run_steps(60);
    assert!(!has_tip(&window), "while keys are used");
    window.bench.hover_at(on_span + egui::vec2(2.0, 0.0));
    window.bench.run_steps(60);
    assert!(has_tip(&window), "with the next move it is there again");
}

#[test]
fn hits_are_tagged_also_where_the_find_bar_was_closed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::F, CTRL);
    window.type_text("Alep");
    window.press(Key::Escape, PLAIN);
    assert!(!window.app().article_state().find().is_shown());
    let tag_all = |window: &mut Window| {
        window.press(Key::K, CTRL);
        window.bench.run_steps(4);
        window.type_text("tag all hits");
        window.press(Key::Enter, PLAIN);
        window.bench.run_steps(8);
    };
    tag_all(&mut window);
    window.bench.get_by_label_contains("One undo takes all back");
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    for _ in 0..3 {
        window.press(Key::Escape, PLAIN);
    }
    window.press(Key::PageDown, CTRL);
    window.until_title("غارة على ريف حلب");
    tag_all(&mut window);
    let reason = "Tag all hits: what you looked for is not in this article";
    assert!(said(&window).contains(reason), "{}", said(&window));
}

#[test]
fn a_list_to_choose_from_closes_by_enter_escape_and_tab_and_has_the_focus_then() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let name = "Status filter";
    let is_open = |window: &Window| window.bench.query_by_label("Any status").is_some();
    let on_it = |window: &Window| {
        let combo = window.bench.get_by_role_and_label(Role::ComboBox, name);
        combo.is_focused()
    };
    window.bench.get_by_role_and_label(Role::ComboBox, name).focus();
    window.bench.run_steps(3);
    window.press(Key::Enter, PLAIN);
    window.bench.run_steps(6);
    assert!(is_open(&window));
    // From the first to the last and round the end.
    window.press(Key::ArrowUp, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.settle();
    window.bench.run_steps(4);
    let wanted = window
        .snapshot()
        .list
        .query
        .as_ref()
        .and_then(|query| query.status);
    assert_eq!(wanted, Some(hashiya::model::Status::Skipped));
    assert!(on_it(&window));
    // From what is chosen, with the list opened by a click as well.
    for by_click in [false, true] {
        if by_click {
            let at = window.bench.get_by_role_and_label(Role::ComboBox, name).rect();
            window.click_at(at.center());
        } else {
            window.press(Key::Enter, PLAIN);
        }
        window.bench.run_steps(6);
        window.press(Key::ArrowUp, PLAIN);
        window.press(Key::Enter, PLAIN);
        window.settle();
        window.bench.run_steps(4);
    }
    let query = window.snapshot().list.query.clone();
    let status = query.and_then(|query| query.status);
    assert_eq!(status, Some(hashiya::model::Status::InProgress));
    window.bench.get_by_role_and_label(Role::ComboBox, name).focus();
    window.bench.run_steps(3);
    for (key, stays) in [(Key::Escape, true), (Key::Tab, false)] {
        window.press(Key::Enter, PLAIN);
        window.bench.run_steps(6);
        assert!(window.bench.query_by_label("Any status").is_some(), "{key:?}");
        window.press(key, PLAIN);
        window.bench.run_steps(6);
        assert!(window.bench.query_by_label("Any status").is_none(), "{key:?}");
        assert_eq!(on_it(&window), stays, "{key:?}");
        assert!(window.bench.ctx.memory(egui::Memory::focused).is_some());
    }
}

#[test]
fn the_arrow_keys_on_a_key_of_a_command_leave_it_at_that_command() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::Comma, CTRL);
    window.bench.run_steps(6);
    window.bench.get_by_label("Keys").click();
    window.bench.run_steps(6);
    window.type_text("new project");
    window.bench.run_steps(4);
    window.press(Key::A, CTRL);
    window.press(Key::Backspace, PLAIN);
    window.bench.run_steps(4);
    let chip = |window: &Window| {
        let chips = window.bench.query_all_by_role(Role::Button);
        let mut names = chips.filter_map(|chip| chip.accesskit_node().label());
        names.find(|name| name.starts_with("Take "))
    };
    let before = chip(&window).expect("a key can be taken");
    window.bench.get_by_label(&before).focus();
    window.bench.run_steps(4);
    window.press(Key::ArrowDown, PLAIN);
    assert_eq!(chip(&window), Some(before));
}

#[test]
fn a_menu_that_is_too_long_has_a_scroll_bar_that_is_seen() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::of_size(home.path(), &[articles(home.path())], 1024.0, 640.0);
    window.until_shown("Alep");
    window.bench.get_by_label("View").click();
    window.bench.run_steps(10);
    let entry = window.bench.get_by_label_contains("Larger text").rect();
    let shapes = window.bench.output().shapes.iter();
    let mut handles = shapes.filter(|shape| match &shape.shape {
        Shape::Rect(bar) => {
            let beside = entry.right() - 1.0 <= bar.rect.left() && bar.rect.right() < entry.right() + 24.0;
            // As loud as other scroll bars, and not solid black or white.
            let is_seen = (60..200).contains(&bar.fill.a());
            beside && is_seen && bar.rect.width() < 12.0 && bar.rect.height() > 40.0
        }
        _ => false,
    });
    assert!(handles.next().is_some());
}

#[test]
fn the_status_bar_begins_with_words() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press(Key::Z, CTRL);
    assert!(said(&window).contains("Undo: no article is open"));
    let bottom = window.bench.ctx.content_rect().bottom();
    let shapes = window.bench.output().shapes.iter();
    let mut dots = shapes.filter(|shape| match &shape.shape {
        Shape::Text(text) => text.galley.text() == "·" && text.pos.y > bottom - 40.0,
        _ => false,
    });
    assert!(dots.next().is_none());
}

#[test]
fn the_selected_span_is_removed_by_a_button_that_tells_its_key() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.drag_over("Alep");
    window.press(Key::Num2, PLAIN);
    window.until_spans(&["location:Alep"]);
    let button = window.bench.get_by_role_and_label(Role::Button, "Remove span");
    let at = button.rect().center();
    window.bench.hover_at(at);
    window.bench.run_steps(60);
    window.bench.get_by_label_contains("Remove span  Delete");
    window.click_at(at);
    window.until_spans(&[]);
}

#[test]
fn home_and_end_go_to_the_ends_of_lists_in_dialogs() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    let chosen = |window: &Window| -> Option<String> {
        let rows = window.bench.query_all_by_role(Role::ListItem);
        let on = rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True));
        // The dialog is drawn over the lists of the window.
        on.collect::<Vec<_>>()
            .pop()
            .and_then(|row| row.accesskit_node().label())
    };
    window.press(Key::E, CTRL);
    window.bench.run_steps(10);
    let first = chosen(&window);
    window.press(Key::End, PLAIN);
    window.bench.run_steps(20);
    let last = chosen(&window);
    assert_ne!(first, last);
    window.press(Key::ArrowDown, PLAIN);
    window.bench.run_steps(20);
    assert_eq!(chosen(&window), last, "it is the last");
}
