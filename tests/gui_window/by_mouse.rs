//! A hand at the mouse and no keys: what a click beside a menu does, which span a click means, and what comes into view.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use hashiya::session::action::{Menu, table};

use super::desk::Window;
use super::events::{cell, chip, line, window_of_size};
use super::relations::{middle, on_disk, tagged, with_spans};

const CTRL: Modifiers = Modifiers::COMMAND;
const PLAIN: Modifiers = Modifiers::NONE;

/// Frames of a second and a half, and some more.
const LATER: usize = 110;

/// Where something stands that is clicked.
type Place = fn(&Window) -> Pos2;

/// The words of the selected span; empty where none is.
fn span(window: &Window) -> String {
    let article = window.snapshot().article.as_ref().unwrap();
    let selected = window.app().article_state().selected_span();
    let span = selected.and_then(|id| article.layer.spans.get(id));
    span.map_or(String::new(), |span| span.ranges.quote(&article.text).unwrap())
}

/// The labels of all spans, in the order of the text.
fn labels(window: &Window) -> Vec<String> {
    let spans = window.snapshot().article.as_ref().unwrap().layer.spans.clone();
    spans.iter().map(|span| span.label.to_string()).collect()
}

/// The heading of a part of the right pane.
fn heading(window: &Window, name: &str) -> egui::Rect {
    window
        .bench
        .get_by_role_and_label(Role::DisclosureTriangle, name)
        .rect()
}

/// The row of a label.
fn label_row(window: &Window, name: &str) -> Pos2 {
    let mut rows = window.bench.query_all_by_role(Role::ListItem);
    let row = rows.find(|row| {
        let label = row.accesskit_node().label().unwrap_or_default();
        label.starts_with(&format!("{name}, "))
    });
    row.expect("the label has a row").rect().center()
}

#[test]
fn a_click_beside_the_types_of_a_relation_leaves_the_link_and_does_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.press(Key::J, CTRL);
    window.bench.run_steps(10);
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(article_id()));
    let before = labels(&window);
    let places: [(&str, Place); 4] = [
        ("text", |window| middle(window, "Emmanuel Macron")),
        ("labels", |window| label_row(window, "Location")),
        ("inspector", |window| heading(window, "Selected span").center()),
        ("sheet", |window| cell(window, "New event, Place")),
    ];
    for (name, place) in places {
        let figure = middle(&window, "Plus de 50 civils");
        window.click_at(figure);
        window.bench.run_steps(LATER);
        let to = middle(&window, "القوات");
        window.drag_with(figure, to, Modifiers::ALT);
        let linking = window.app().article_state().linking();
        assert_eq!(linking.map(|linking| linking.choices.len()), Some(2), "{name}");
        let beside = place(&window);
        window.click_at(beside);
        window.settle();
        assert!(window.app().article_state().linking().is_none(), "{name}");
        assert!(on_disk(&window).is_empty(), "{name}");
        assert_eq!(span(&window), "Plus de 50 civils", "{name}");
        assert_eq!(labels(&window), before, "{name}");
        let focused = window.bench.ctx.memory(egui::Memory::focused);
        assert_eq!(focused, Some(article_id()), "{name}");
        assert!(window.bench.query_by_label_contains("Origin").is_some(), "{name}");
    }
}

#[test]
fn nothing_in_the_right_pane_is_wider_than_the_pane() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    for key in [Key::R, Key::Tab, Key::Enter, Key::Num2] {
        window.press(key, PLAIN);
    }
    window.settle();
    assert_eq!(
        on_disk(&window),
        ["claimed-by Plus de 50 civils > Emmanuel Macron"]
    );
    for larger in [0, 8] {
        for _ in 0..larger {
            window.press(Key::Plus, CTRL);
        }
        // The pane is the narrower the narrower the window is: each button comes to stand at its edge once.
        for width in [960.0_f32, 976.0, 992.0, 1008.0, 1024.0, 1040.0, 1056.0, 1072.0] {
            window.bench.set_size(vec2(width, 640.0));
            window.bench.run_steps(6);
            window.bench.get_by_label("Go to the other span");
            let left = heading(&window, "Labels").left() - 1.0;
            let drawn = window.bench.output().shapes.iter();
            let drawn = drawn.map(|shape| shape.shape.visual_bounding_rect());
            let in_pane: Vec<egui::Rect> = drawn.filter(|rect| rect.left() >= left).collect();
            assert!(in_pane.len() > 20);
            for rect in in_pane {
                assert!(rect.right() <= width + 1.0, "{width}: {rect:?}");
            }
        }
    }
    assert!(window.app().preferences().text_zoom > 1.9);
}

#[test]
fn a_late_click_keeps_the_only_span_and_goes_outwards_from_the_innermost() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path(), &[("mardi", Key::Num4)]);
    let at = middle(&window, "mardi");
    let mut seen = Vec::new();
    for wait in [LATER, LATER, 0, 0] {
        window.bench.run_steps(wait);
        window.click_at(at);
        seen.push(span(&window));
    }
    assert_eq!(
        seen,
        ["mardi", "mardi", "", "mardi"],
        "soon again it is let go of"
    );
    let home = tempfile::tempdir().unwrap();
    let tags = [("civils", Key::Num1), ("50 civils", Key::Num3)];
    let mut window = tagged(home.path(), &tags);
    let at = middle(&window, "civils");
    let mut seen = Vec::new();
    for wait in [LATER, LATER, LATER, 0, 0, LATER] {
        window.bench.run_steps(wait);
        window.click_at(at);
        seen.push(span(&window));
    }
    assert_eq!(seen, ["civils", "50 civils", "civils", "50 civils", "", "civils"]);
}

#[test]
fn the_selected_span_that_is_clicked_again_is_seen_from_its_top() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_size(home.path(), 1024.0, 640.0);
    window.press(Key::J, CTRL);
    let words = window.range("Nerval");
    let rect = window.app().article_state().screen_rects(words)[0];
    window.click_at(rect.center());
    assert_eq!(span(&window), "Nerval");
    let to = cell(&window, "New event, Place");
    window.drag(chip(&window, "s2"), to);
    window.settle();
    window.bench.run_steps(10);
    let above = heading(&window, "Selected span").top();
    window.click_at(rect.center() - vec2(rect.width() / 4.0, 0.0));
    assert_eq!(span(&window), "Nerval");
    let now = heading(&window, "Selected span").top();
    assert!(above + 20.0 < now, "{above} {now}");
}

/// Whether the field of notes stands in the part of the right pane that is about the selection.
fn sees_note_field(window: &Window) -> bool {
    let field = window
        .bench
        .get_by_role_and_label(Role::MultilineTextInput, "Note")
        .rect();
    let tabs = window
        .bench
        .query_all_by_role(Role::Tab)
        .map(|tab| tab.rect().top());
    let end = tabs.fold(f32::INFINITY, f32::min);
    let mut rows = window.bench.query_all_by_role(Role::ListItem).filter(|row| {
        let label = row.accesskit_node().label().unwrap_or_default();
        label.starts_with("Actor, ")
    });
    let labels = rows.next().expect("the labels are shown").rect().bottom();
    labels < field.top() && field.bottom() <= end
}

#[test]
fn the_field_of_a_note_that_is_asked_for_comes_into_view() {
    for by_menu in [true, false] {
        let home = tempfile::tempdir().unwrap();
        let mut window = with_spans(home.path());
        window.bench.set_size(vec2(1024.0, 640.0));
        window.bench.run_steps(10);
        assert!(
            !sees_note_field(&window),
            "the pane is too low for all of the span"
        );
        if by_menu {
            for name in ["Annotate", "Note…"] {
                let at = window.bench.query_all_by_label_contains(name).next().unwrap();
                let at = at.rect().center();
                window.click_at(at);
            }
        } else {
            window.press(Key::N, PLAIN);
            window.bench.run_steps(10);
        }
        assert!(sees_note_field(&window), "by the menu: {by_menu}");
        // And again, once it was left.
        window.press(Key::Escape, PLAIN);
        let actor = middle(&window, "Emmanuel Macron");
        window.click_at(actor);
        window.press(Key::N, PLAIN);
        window.bench.run_steps(10);
        assert!(sees_note_field(&window), "again");
    }
}

#[test]
fn a_label_that_is_given_to_the_selected_span_is_said_with_the_way_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    let row = label_row(&window, "Date");
    window.click_at(row);
    window.settle();
    window.bench.run_steps(4);
    let said = "\u{2068}Casualty\u{2069} › \u{2068}Date\u{2069} · Ctrl+Z undoes";
    let seen = window.bench.get_by_label(said).rect();
    assert!(
        seen.right() < 1280.0 && seen.top() > 760.0,
        "in the status bar: {seen:?}"
    );
    // Until the next thing.
    let place = middle(&window, "Frappe");
    window.click_at(place);
    assert!(window.bench.query_by_label_contains(" › ").is_none());
}

#[test]
fn what_goes_with_a_removed_span_is_said_with_the_way_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = super::relations::linked(home.path());
    let place = middle(&window, "Plus de 50 civils");
    // A second click at the same place, soon, would let go of it.
    window.bench.run_steps(LATER);
    window.click_at(place);
    window.press(Key::E, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(super::events::on_disk(&window), ["casualties=n0003"]);
    window.bench.run_steps(LATER);
    window.click_at(place);
    window.press(Key::Delete, PLAIN);
    window.settle();
    window.bench.run_steps(4);
    let said = "Removed “\u{2068}Plus de 50 civils\u{2069}”, with 1 relation and 1 role · Ctrl+Z undoes";
    window.bench.get_by_label(said);
}

#[test]
fn a_merge_says_with_what_before_and_after_and_what_it_cost() {
    let home = tempfile::tempdir().unwrap();
    let tags = [("Plus de 50 civils", Key::Num3), ("mardi", Key::Num3)];
    let mut window = super::relations::tagged(home.path(), &tags);
    let place = middle(&window, "Plus de 50 civils");
    window.click_at(place);
    for key in [Key::R, Key::Tab, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    assert_eq!(window.layer_on_disk().relations.len(), 1);
    window.click_at(place);
    window.right_click_at(place);
    window
        .bench
        .get_by_label_contains("Merge with “\u{2068}mardi\u{2069}”");
    window.press(Key::Escape, PLAIN);
    window.bench.run_steps(4);
    window.press(Key::M, PLAIN);
    window.settle();
    window.bench.run_steps(4);
    let said = "Merged “\u{2068}Plus de 50 civils\u{2069}” with “\u{2068}mardi\u{2069}”, 1 relation removed · Ctrl+Z undoes";
    window.bench.get_by_label(said);
    assert!(window.layer_on_disk().relations.is_empty());
}

#[test]
fn the_longest_menu_has_room_in_a_usual_window() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.bench.get_by_label("View").click();
    window.bench.run_steps(10);
    let entries = table().iter().filter(|entry| {
        let menu = entry.menu.map(|(menu, _)| menu);
        menu == Some(Menu::View)
    });
    let drawn = entries.map(|entry| {
        let mut named = window.bench.query_all_by_label_contains(entry.name);
        named.next().expect("the entry is there").rect()
    });
    let drawn: Vec<egui::Rect> = drawn.collect();
    assert!(drawn.len() > 20);
    // What is scrolled out of view has no height, or less.
    let screen = window.bench.ctx.content_rect();
    for rect in drawn {
        assert!(rect.height() > 20.0 && screen.contains_rect(rect), "{rect:?}");
    }
}

#[test]
fn the_names_of_roles_under_nested_spans_leave_each_other_room() {
    let french = "Le Front du 9-Mars a frappé.";
    let arabic = "قال جيش الثورة إن القوات قصفت.";
    let of_french = [("s1", "actor", "Front du 9-Mars"), ("s2", "date", "9-Mars")];
    let of_arabic = [("s1", "actor", "جيش الثورة"), ("s2", "date", "الثورة")];
    for (text, spans) in [(french, of_french), (arabic, of_arabic)] {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("in.jsonl");
        std::fs::write(&file, line("one", text, &spans)).unwrap();
        let mut window = Window::of_size(home.path(), &[file], 1440.0, 900.0);
        window.until("an article is open", |app| app.snapshot().article.is_some());
        window.bench.run_steps(4);
        for key in [Key::Tab, Key::E, Key::Enter, Key::Tab, Key::E, Key::Enter] {
            window.press(key, PLAIN);
            window.settle();
        }
        assert_eq!(super::events::on_disk(&window), ["perpetrator=s1 time=s2"]);
        for _ in 0..7 {
            window.press(Key::Plus, CTRL);
            window.bench.run_steps(4);
            let state = window.app().article_state();
            let [outer, inner] = ["s1", "s2"].map(|id| {
                let id = hashiya::model::SpanId::new(id).unwrap();
                state.chip_of(&id).expect("the role is named")
            });
            assert!(!outer.intersects(inner), "{text}: {outer:?} {inner:?}");
        }
    }
}

#[test]
fn the_menu_of_a_span_lies_beside_it_and_parts_labels_from_words() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_spans(home.path());
    window.bench.set_size(vec2(1024.0, 640.0));
    window.bench.run_steps(10);
    for words in ["Plus de 50 civils", "القوات"] {
        let at = middle(&window, words);
        window.right_click_at(at);
        window.bench.run_steps(10);
        let span = window.app().article_state().screen_rects(window.range(words))[0];
        let entry = |name: &str| window.bench.get_by_label(name).rect();
        let [again, proclitic] = ["Same label again", "Drop or restore proclitic"].map(entry);
        assert!(proclitic.top() - again.bottom() > 4.0, "{again:?} {proclitic:?}");
        let is_last =
            |rect: &egui::Rect| rect.top() > again.bottom() && (rect.left() - again.left()).abs() < 8.0;
        let removes = window.bench.query_all_by_label("Remove span");
        let mut removes = removes.map(|node| node.rect()).filter(is_last);
        let menu = again.union(removes.next().expect("the menu ends so"));
        drop(removes);
        let menu = menu.with_min_y(entry("Change to").top());
        assert!(!menu.intersects(span), "{menu:?} {span:?}");
        assert!(window.bench.ctx.content_rect().contains_rect(menu), "{menu:?}");
        window.press(Key::Escape, PLAIN);
        window.bench.run_steps(6);
    }
}
