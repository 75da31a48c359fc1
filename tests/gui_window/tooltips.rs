//! Every control has its name to be read: beside it, on it, or in a tooltip.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Order, Pos2, Rect, Shape};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use hashiya::gui::panels::article::article_id;

use super::desk::Window;
use super::events::window as window_of_events;
use super::sheet::code_alone;

const ROLES: [Role; 8] = [
    Role::Button,
    Role::CheckBox,
    Role::ComboBox,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::Link,
    Role::DisclosureTriangle,
    Role::Tab,
];

/// The controls in the window, each with its name.
fn controls(window: &Window) -> Vec<(String, Rect)> {
    let screen = window.bench.ctx.content_rect();
    let nodes = ROLES
        .into_iter()
        .flat_map(|role| window.bench.query_all_by_role(role));
    nodes
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
        .filter(|(_, rect)| screen.intersects(*rect) && rect.is_positive())
        .collect()
}

/// Whether the words stand whole in a rectangle. What the window's own text engine has drawn is not seen here.
fn stands_in(window: &Window, words: &str, rect: Rect) -> bool {
    let shapes = window.bench.output().shapes.iter();
    let mut texts = shapes.filter_map(|shape| match &shape.shape {
        Shape::Text(text) if rect.expand(4.0).contains(text.visual_bounding_rect().center()) => {
            Some(&text.galley)
        }
        _ => None,
    });
    texts.any(|galley| !galley.elided && galley.text().contains(words))
}

/// Whether the pointer there is on something of that place and size: what is scrolled away is not.
fn is_hovered(window: &Window, rect: Rect) -> bool {
    let ctx = &window.bench.ctx;
    let hovered: Vec<egui::Id> = ctx.interaction_snapshot(|snapshot| {
        let all = snapshot.hovered.iter().chain(&snapshot.contains_pointer);
        all.copied().collect()
    });
    let mut rects = hovered.into_iter().filter_map(|id| ctx.read_response(id));
    rects.any(|response| (response.rect.center() - rect.center()).length() < 2.0)
}

fn has_tip(window: &mut Window, at: Pos2) -> bool {
    let shown = |window: &Window| {
        let layers = window
            .bench
            .ctx
            .memory(|memory| memory.areas().visible_layer_ids());
        layers.iter().any(|layer| layer.order == Order::Tooltip)
    };
    window.bench.hover_at(Pos2::new(1.0, 1.0));
    window.bench.run_steps(3);
    window.bench.hover_at(at);
    (0..50).any(|_| {
        window.bench.step();
        shown(window)
    })
}

/// The controls that have neither a tooltip nor their name to be read.
fn nameless(window: &mut Window) -> Vec<String> {
    let mut found = Vec::new();
    for (name, rect) in controls(window) {
        let shown = name.trim_end_matches('…');
        if !shown.is_empty() && stands_in(window, shown, rect) {
            continue;
        }
        let seen = rect.intersect(window.bench.ctx.content_rect());
        if !has_tip(window, seen.center()) && is_hovered(window, rect) {
            found.push(format!("{name} at {rect:?}"));
        }
    }
    found
}

#[test]
fn every_control_of_the_window_can_be_told_what_it_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_of_events(home.path());
    code_alone(&mut window, 1);
    assert_eq!(nameless(&mut window), Vec::<String>::new());
    window.press(Key::F, Modifiers::COMMAND);
    window.bench.run_steps(4);
    window.type_text("Nerval");
    // While it is typed in, a field says nothing over what is below it.
    let memory = |memory: &mut egui::Memory| memory.request_focus(article_id());
    window.bench.ctx.memory_mut(memory);
    window.press(Key::F5, Modifiers::NONE);
    window.bench.run_steps(8);
    assert_eq!(nameless(&mut window), Vec::<String>::new());
}

fn place(window: &Window, name: &str) -> Pos2 {
    let nodes = window.bench.query_all_by_label_contains(name);
    let mut drawn = nodes.filter(|node| node.accesskit_node().bounding_box().is_some());
    drawn
        .next()
        .unwrap_or_else(|| panic!("{name} is not drawn"))
        .rect()
        .center()
}

#[test]
fn what_stands_in_the_bars_explains_itself() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::on_articles(home.path());
    window.press(Key::J, Modifiers::COMMAND);
    window.bench.run_steps(4);
    for (name, tip) in [
        ("saved ", "Each change is on disk before it is shown"),
        ("annotator leila", "Your work is kept under this name"),
        (
            "0 of 3 done",
            "3 articles in the project: 0 done, 0 in progress, 3 to do, 0 skipped",
        ),
        ("New event", "E in this sheet"),
        ("All events…", "Ctrl+Shift+J"),
        ("Filter articles", "Ctrl+Shift+F"),
        ("Status filter", "Status filter: \u{2068}Any status\u{2069}"),
    ] {
        let at = place(&window, name);
        assert!(has_tip(&mut window, at), "{name}");
        window.bench.run_steps(2);
        let told = window.bench.query_all_by_label_contains(tip).next();
        assert!(told.is_some(), "{name}: {tip}");
    }
}
