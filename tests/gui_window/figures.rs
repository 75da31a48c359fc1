//! Casualty figures in the inspector: what they are made of, and that their numbers are given in any order.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::{Value as Json, json};

use super::attributes::{keys, on_disk, span, with_line, with_span};
use super::desk::Window;

const PLAIN: Modifiers = Modifiers::NONE;

#[test]
fn a_figure_is_entered_and_its_order_is_held() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "plus de 50 civils", Key::Num3);
    window.type_text("k");
    window.press(Key::Tab, PLAIN);
    window.press(Key::Num4, PLAIN);
    window.press(Key::Tab, PLAIN);
    window.type_text("٥١");
    window.press(Key::Enter, PLAIN);
    assert_eq!(
        on_disk(&mut window, "quantity"),
        json!({"kind": "killed", "low": 51, "modifier": "more_than", "who": ["civilians"]})
    );
    assert!(
        window
            .bench
            .query_by_label("killed · more than 50 · civilians")
            .is_some()
    );
    keys(&mut window, &[Key::Tab, Key::Tab]);
    window.type_text("12");
    window.press(Key::Enter, PLAIN);
    assert!(
        window
            .bench
            .query_by_label("Low, best, and high must be in this order.")
            .is_some()
    );
    assert_eq!(on_disk(&mut window, "quantity")["high"], Json::Null);
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("90");
    // Leaving the field takes what is typed; then who is counted.
    window.press(Key::Tab, PLAIN);
    keys(&mut window, &[Key::Num3, Key::Enter]);
    assert_eq!(
        on_disk(&mut window, "quantity"),
        json!({"kind": "killed", "low": 51, "high": 90, "modifier": "more_than", "who": ["civilians", "children"]})
    );
}

#[test]
fn the_numbers_of_a_figure_are_corrected_one_by_one_in_any_order() {
    let home = tempfile::tempdir().unwrap();
    let figure = json!({"quantity": {"kind": "killed", "low": 1, "best": 1, "high": 1}});
    let spans = json!([
        span("s1", 3, 18, "casualty_figure", &figure, &json!(["quantity"])),
        span("s2", 28, 32, "location", &json!({}), &json!([])),
    ]);
    let mut window = with_line(home.path(), &spans, &json!({}));
    keys(&mut window, &[Key::Tab, Key::Enter, Key::Tab, Key::Tab]);
    let say = |window: &mut Window, number: &str| {
        window.press(Key::A, Modifiers::COMMAND);
        window.type_text(number);
        window.press(Key::Tab, PLAIN);
    };
    let faults = |window: &Window| {
        let words = "Low, best, and high must be in this order.";
        window.bench.query_all_by_label(words).count()
    };
    say(&mut window, "2");
    assert_eq!(faults(&window), 1);
    say(&mut window, "2");
    assert_eq!(faults(&window), 1, "said once");
    // What is seen in the fields is not what would be confirmed.
    let chip = |window: &Window| {
        let button = window
            .bench
            .get_by_role_and_label(Role::Button, "unconfirmed · Enter");
        button.rect().center()
    };
    let at = chip(&window);
    window.click_at(at);
    assert_eq!(on_disk(&mut window, "quantity"), figure["quantity"]);
    chip(&window);
    window.press(Key::Escape, PLAIN);
    window.press(Key::Y, PLAIN);
    window.until_shown("What stands in the field was refused");
    assert_eq!(on_disk(&mut window, "quantity"), figure["quantity"]);
    chip(&window);
    // Another span is looked at, and what was typed waits.
    let at = window.app().article_state().screen_rects(window.range("Alep"))[0].center();
    window.click_at(at);
    window.until_shown(
        "What was typed is not taken yet; it waits in its field until the span is selected again",
    );
    let at = window.app().article_state().screen_rects(window.range("Front"))[0].center();
    window.click_at(at);
    assert_eq!(faults(&window), 1);
    keys(&mut window, &[Key::Enter, Key::Tab, Key::Tab, Key::Tab, Key::Tab]);
    say(&mut window, "3");
    assert_eq!(
        on_disk(&mut window, "quantity"),
        json!({"kind": "killed", "low": 2, "best": 2, "high": 3})
    );
    assert_eq!(faults(&window), 0);
}

#[test]
fn those_who_are_counted_are_ticked_by_the_mouse_and_taken_where_the_list_is_closed_by_its_field() {
    let home = tempfile::tempdir().unwrap();
    let mut window = with_span(home.path(), "plus de 50 civils", Key::Num3);
    let field = |window: &Window| {
        let controls = window.bench.query_all_by_role(Role::ComboBox);
        let mut who = controls.filter(|node| {
            let label = egui_kittest::kittest::NodeT::accesskit_node(node).label();
            label.is_some_and(|label| label.ends_with("who"))
        });
        who.next().unwrap().rect().center()
    };
    let at = field(&window);
    window.click_at(at);
    for who in ["Children", "Women"] {
        let row = window.bench.get_by_role_and_label(Role::ListBoxOption, who);
        let at = row.rect().center();
        window.click_at(at);
    }
    let at = field(&window);
    window.click_at(at);
    let mut who = on_disk(&mut window, "quantity")["who"].clone();
    who.as_array_mut().unwrap().sort_by_key(Json::to_string);
    assert_eq!(who, json!(["children", "civilians", "women"]));
}

const NOT_ORDERED: &str = "Low, best, and high must be in this order.";

/// A window on one figure that nobody has confirmed, its first field at hand.
fn with_figure(home: &std::path::Path, figure: &Json) -> Window {
    let spans = json!([span(
        "s1",
        34,
        51,
        "casualty",
        &json!({"quantity": figure}),
        &json!(["quantity"])
    )]);
    let mut window = with_line(home, &spans, &json!({}));
    keys(&mut window, &[Key::Tab, Key::Enter]);
    window
}

/// How often something is said, and what stands in the fields of the three numbers.
fn seen(window: &Window, words: &str) -> (usize, [String; 3]) {
    let fields = ["low", "best", "high"].map(|part| {
        let mut fields = window.bench.query_all_by_role(Role::TextInput);
        let field = fields.find(|node| {
            let label = egui_kittest::kittest::NodeT::accesskit_node(node).label();
            label.is_some_and(|label| label.ends_with(&format!(": {part}")))
        });
        field.unwrap().value().unwrap_or_default()
    });
    (window.bench.query_all_by_label(words).count(), fields)
}

fn own(text: [&str; 3]) -> [String; 3] {
    text.map(str::to_owned)
}

#[test]
fn a_number_waits_on_until_the_modifier_makes_it_fit_and_is_taken_with_it_in_one_step() {
    let home = tempfile::tempdir().unwrap();
    let figure = json!({"kind": "killed", "low": 51, "modifier": "more_than"});
    let mut window = with_figure(home.path(), &figure);
    keys(&mut window, &[Key::Tab, Key::Tab, Key::Tab]);
    window.type_text("many");
    window.press(Key::Tab, PLAIN);
    window.type_text("50");
    window.press(Key::Tab, PLAIN);
    assert_eq!(seen(&window, NOT_ORDERED), (1, own(["51", "many", "50"])));
    // What befell them is another now, and the number waits on.
    for _ in 0..5 {
        window.press(Key::Tab, Modifiers::SHIFT);
    }
    window.press(Key::Num2, PLAIN);
    assert_eq!(on_disk(&mut window, "quantity")["kind"], json!("injured"));
    assert_eq!(seen(&window, NOT_ORDERED), (1, own(["51", "many", "50"])));
    window.press(Key::Tab, PLAIN);
    window.press(Key::Num3, PLAIN);
    assert_eq!(
        on_disk(&mut window, "quantity"),
        json!({"kind": "injured", "low": 50, "high": 50, "modifier": "at_least"})
    );
    assert_eq!(seen(&window, NOT_ORDERED), (0, own(["50", "many", "50"])));
    let is_no_count = "A count is wanted, such as 12 or 12 341.";
    assert_eq!(seen(&window, is_no_count).0, 1, "this waits on");
    // One undo takes both back, and nothing is said of words that are there no more.
    window.press(Key::Escape, PLAIN);
    window.press(Key::Z, Modifiers::COMMAND);
    assert_eq!(
        on_disk(&mut window, "quantity"),
        json!({"kind": "injured", "low": 51, "modifier": "more_than"})
    );
    window.bench.run_steps(2);
    assert_eq!(seen(&window, is_no_count), (0, own(["51", "", ""])));
}

#[test]
fn an_undo_that_would_make_a_waiting_number_fit_writes_nothing_and_leaves_nothing_in_the_way() {
    let home = tempfile::tempdir().unwrap();
    let figure = json!({"kind": "killed", "low": 51, "modifier": "more_than"});
    let mut window = with_figure(home.path(), &figure);
    keys(&mut window, &[Key::Tab, Key::Tab]);
    window.press(Key::A, Modifiers::COMMAND);
    window.type_text("70");
    keys(&mut window, &[Key::Tab, Key::Tab]);
    window.type_text("60");
    window.press(Key::Tab, PLAIN);
    assert_eq!(seen(&window, NOT_ORDERED), (1, own(["70", "", "60"])));
    window.press(Key::Escape, PLAIN);
    window.press(Key::Z, Modifiers::COMMAND);
    assert_eq!(on_disk(&mut window, "quantity"), figure);
    window.bench.run_steps(2);
    assert_eq!(seen(&window, NOT_ORDERED), (0, own(["51", "", ""])));
    window.press(Key::Y, PLAIN);
    window.settle();
    let layer = window.layer_on_disk();
    assert!(layer.spans.iter().all(|span| span.unconfirmed.is_empty()));
    assert_eq!(on_disk(&mut window, "quantity"), figure);
}

#[test]
fn a_chosen_offer_says_the_whole_figure_and_nothing_waits_behind_it() {
    let home = tempfile::tempdir().unwrap();
    let figure = json!({"kind": "killed", "low": 60, "modifier": "at_least"});
    let mut window = with_figure(home.path(), &figure);
    keys(&mut window, &[Key::Tab, Key::Tab, Key::Tab, Key::Tab]);
    window.type_text("55");
    window.press(Key::Tab, PLAIN);
    assert_eq!(seen(&window, NOT_ORDERED), (1, own(["60", "", "55"])));
    let offer = window.bench.get_by_label_contains("more than 50 · civilians");
    let at = offer.rect().center();
    window.click_at(at);
    let after = on_disk(&mut window, "quantity");
    assert_eq!(
        (&after["low"], &after["high"], &after["modifier"]),
        (&json!(51), &Json::Null, &json!("more_than"))
    );
    assert_eq!(seen(&window, NOT_ORDERED), (0, own(["51", "", ""])));
}

#[test]
fn the_names_of_the_three_numbers_have_room_for_their_letters() {
    let home = tempfile::tempdir().unwrap();
    let window = with_span(home.path(), "plus de 50 civils", Key::Num3);
    let all = |role: Role, end: &str| {
        let nodes = window.bench.query_all_by_role(role);
        let named = nodes.filter(|node| {
            let label = egui_kittest::kittest::NodeT::accesskit_node(node).label();
            label.is_some_and(|label| label.ends_with(end))
        });
        named.map(|node| node.rect()).next().unwrap()
    };
    let (above, below) = (all(Role::ComboBox, "kind"), all(Role::TextInput, "high"));
    assert!(below.top() - above.bottom() > 15.9, "{above} above {below}");
}
