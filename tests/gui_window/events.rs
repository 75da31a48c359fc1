//! Events in the window: coded by keyboard and by mouse, edited in the sheet, found again in the table of all.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use hashiya::model::{EventId, Filler, SpanId};
use serde_json::json;

use super::desk::Window;

const PLAIN: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

pub const FRENCH: &str = "Le Front du 9-Mars a frappé Nerval mardi : 12 morts.";
const ARABIC: &str = "قال Emmanuel Macron إن القوات قصفت حلب أمس، وقتل خمسون مدنيا.";

/// A line of JSONL of an article with spans, each as id, label, words.
pub fn line(id: &str, text: &str, spans: &[(&str, &str, &str)]) -> String {
    let spans: Vec<_> = spans
        .iter()
        .map(|(id, label, words)| {
            let byte = text.find(words).unwrap();
            let start = text.get(..byte).unwrap().chars().count();
            let end = start + words.chars().count();
            json!({"id": id, "start": start, "end": end, "label": label, "text": words})
        })
        .collect();
    let line = json!({"schema": "hashiya/1", "offsets": "codepoint", "id": id, "title": text, "text": text,
        "annotator": "leila", "status": "in_progress", "spans": spans});
    format!("{line}\n")
}

fn articles() -> String {
    let french = [
        ("s1", "actor", "Front du 9-Mars"),
        ("s2", "location", "Nerval"),
        ("s3", "date", "mardi"),
        ("s4", "casualty", "12 morts"),
    ];
    let arabic = [
        ("t1", "actor", "القوات"),
        ("t2", "location", "حلب"),
        ("t3", "date", "أمس"),
        ("t4", "casualty", "خمسون مدنيا"),
        ("t5", "actor", "Emmanuel Macron"),
    ];
    line("fr", FRENCH, &french) + &line("ar", ARABIC, &arabic)
}

/// A window on the two articles, the first one open.
pub fn window(home: &Path) -> Window {
    window_of_size(home, 1440.0, 900.0)
}

/// The same in a window of another size.
pub fn window_of_size(home: &Path, width: f32, height: f32) -> Window {
    let file = home.join("in.jsonl");
    std::fs::write(&file, articles()).unwrap();
    let mut window = Window::of_size(home, &[file], width, height);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window
}

/// The events of the open article on disk: each as its id and its roles, `role=span`.
pub fn on_disk(window: &Window) -> Vec<String> {
    let layer = window.layer_on_disk();
    let events = layer.events_in_order();
    let in_words = |filler: &Filler| match filler {
        Filler::Span(span) => span.to_string(),
        Filler::Value(value) => value.to_json().to_string(),
    };
    events
        .iter()
        .map(|event| {
            let roles: Vec<String> = event
                .roles
                .iter()
                .map(|one| {
                    let mark = if one.inferred { "?" } else { "" };
                    format!("{}={}{mark}", one.role, in_words(&one.filler))
                })
                .collect();
            roles.join(" ")
        })
        .collect()
}

/// The middle of the cell whose name begins so.
pub fn cell(window: &Window, name: &str) -> Pos2 {
    let found = window.bench.query_all_by_role(Role::Cell).find(|node| {
        let label = node.accesskit_node().label();
        label.is_some_and(|label| label.starts_with(name))
    });
    found.unwrap_or_else(|| panic!("no cell {name}")).rect().center()
}

pub fn chip(window: &Window, span: &str) -> Pos2 {
    let span = SpanId::new(span).unwrap();
    window.app().article_state().chip_of(&span).unwrap().center()
}

const CODED: &str = "perpetrator=s1 place=s2 time=s3 casualties=s4";

#[test]
fn an_incident_with_four_roles_takes_twelve_keys_or_four_drags() {
    let home = tempfile::tempdir().unwrap();
    let mut keyboard = window(home.path());
    let mut actions = 0;
    // The first role that is offered for each span is the one that fits it best.
    for _ in 0..4 {
        for key in [Key::Tab, Key::E, Key::Enter] {
            actions += 1;
            keyboard.press(key, PLAIN);
        }
        keyboard.settle();
    }
    assert_eq!(on_disk(&keyboard), [CODED]);
    let other = tempfile::tempdir().unwrap();
    let mut mouse = window(other.path());
    mouse.press(Key::J, CTRL);
    let mut drags = 0;
    let mut row = "New event";
    for (span, column) in [
        ("s1", "Perpetrator"),
        ("s2", "Place"),
        ("s3", "Time"),
        ("s4", "Casualties"),
    ] {
        drags += 1;
        let to = cell(&mouse, &format!("{row}, {column}"));
        mouse.drag(chip(&mouse, span), to);
        mouse.settle();
        row = "Incident 1";
    }
    assert_eq!(on_disk(&mouse), [CODED]);
    assert_eq!((actions, drags), (12, 4), "as the README says");
}

#[test]
fn keys_in_haste_are_not_lost() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter, Key::Tab, Key::E, Key::Enter] {
        window.tap(key, PLAIN);
    }
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 place=s2"]);
    // Several within one frame.
    for key in [Key::Tab, Key::E, Key::Num1, Key::Tab, Key::E, Key::Enter] {
        for pressed in [true, false] {
            window.key_event(key, PLAIN, pressed, false);
        }
    }
    window.bench.run_steps(3);
    window.settle();
    let all = "perpetrator=s1 place=s2 time=s3 casualties=s4";
    assert_eq!(on_disk(&window), [all]);
}

#[test]
fn the_event_at_hand_stands_in_front_until_escape() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    assert!(window.app().article_state().selected_event().is_some());
    // First the span is let go, then the event.
    window.press(Key::Escape, PLAIN);
    assert!(window.app().article_state().selected_span().is_none());
    assert!(window.app().article_state().selected_event().is_some());
    window.press(Key::Escape, PLAIN);
    assert_eq!(window.app().article_state().selected_event(), None);
}

#[test]
fn the_sheet_is_filled_edited_and_reordered_by_keyboard() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::J, CTRL);
    // The empty row, its second column: the picker offers the one actor.
    window.press(Key::ArrowRight, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1"]);
    window.press(Key::I, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1?"]);
    window.press(Key::N, PLAIN);
    window.type_text("d’après le titre");
    window.press(Key::Enter, PLAIN);
    window.settle();
    let layer = window.layer_on_disk();
    let note = layer.events.values().next().unwrap().roles[0].note.clone();
    assert_eq!(note.as_deref(), Some("d’après le titre"));
    // A value that no words give: the last column of roles takes actors, and "état" is none.
    window.press(Key::Enter, PLAIN);
    window.type_text("état");
    window.press(Key::Enter, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1? perpetrator=\"état\""]);
    window.press(Key::D, CTRL);
    window.settle();
    window.press(Key::ArrowRight, PLAIN);
    window.press(Key::Delete, PLAIN);
    window.settle();
    assert_eq!(
        on_disk(&window),
        ["perpetrator=s1? perpetrator=\"état\"", "perpetrator=s1?"]
    );
    window.press(Key::ArrowUp, CTRL);
    window.settle();
    assert_eq!(
        on_disk(&window),
        ["perpetrator=s1?", "perpetrator=s1? perpetrator=\"état\""]
    );
    window.press(Key::M, PLAIN);
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1? perpetrator=\"état\""]);
    window.press(Key::Delete, CTRL);
    window.settle();
    assert!(on_disk(&window).is_empty());
    // All of it is taken back, one gesture at a time.
    for _ in 0..3 {
        window.press(Key::Z, CTRL);
        window.settle();
    }
    assert_eq!(on_disk(&window).len(), 2);
}

#[test]
fn a_role_takes_only_what_the_codebook_says() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::J, CTRL);
    let place = cell(&window, "New event, Place");
    window.drag(chip(&window, "s1"), place);
    window.settle();
    assert!(on_disk(&window).is_empty(), "an actor is no place");
    // What is let go elsewhere does nothing.
    let elsewhere = egui::pos2(chip(&window, "s1").x, 500.0);
    window.drag(chip(&window, "s1"), elsewhere);
    window.settle();
    assert!(on_disk(&window).is_empty());
}

#[test]
fn events_are_coded_across_directions() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::PageDown, CTRL);
    window.until("the second article", |app| {
        app.snapshot()
            .article
            .as_ref()
            .is_some_and(|article| article.id.as_str() == "ar")
    });
    window.settle();
    window.press(Key::J, CTRL);
    let mut row = "New event";
    for (span, column) in [
        ("t5", "Source"),
        ("t1", "Perpetrator"),
        ("t2", "Target"),
        ("t4", "Casualties"),
    ] {
        let to = cell(&window, &format!("{row}, {column}"));
        window.drag(chip(&window, span), to);
        window.settle();
        row = "Incident 1";
    }
    assert_eq!(
        on_disk(&window),
        ["source=t5 perpetrator=t1 target=t2 casualties=t4"]
    );
    let label = cell(&window, "Incident 1, Source: Emmanuel Macron");
    assert!(label.x > 0.0);
}

#[test]
fn a_name_that_is_let_go_on_another_span_says_how_spans_are_linked() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    let (from, to) = (chip(&window, "s1"), window.range("Nerval"));
    let to = window.app().article_state().screen_rects(to)[0].center();
    window.drag(from, to);
    window.until_shown("drag the ring beside a span to link it");
    assert!(window.layer_on_disk().relations.is_empty());
}

#[test]
fn a_span_is_dragged_with_alt_by_its_words() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::J, CTRL);
    let range = window.range("Nerval");
    let from = window.app().article_state().screen_rects(range)[0].center();
    let to = cell(&window, "New event, Place");
    window.drag_with(from, to, Modifiers::ALT);
    window.settle();
    assert_eq!(on_disk(&window), ["place=s2"]);
    // The cursor of the sheet is there, so that Delete takes out what was just put in.
    window.bench.run_steps(4);
    window.press(Key::F6, Modifiers::NONE);
    window.press(Key::Delete, Modifiers::NONE);
    window.settle();
    assert_eq!(on_disk(&window), [""]);
}

#[test]
fn all_events_lead_back_to_their_text() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter, Key::Tab, Key::E, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    assert_eq!(on_disk(&window), ["perpetrator=s1 place=s2"]);
    window.press(Key::PageDown, CTRL);
    window.until("the second article", |app| {
        app.snapshot()
            .article
            .as_ref()
            .is_some_and(|article| article.id.as_str() == "ar")
    });
    window.settle();
    window.press(Key::J, CTRL | Modifiers::SHIFT);
    window.until("the events are listed", |app| {
        app.snapshot()
            .events
            .as_ref()
            .is_some_and(|view| view.page.rows.len() == 1)
    });
    window.bench.run_steps(4);
    let place = cell(&window, &format!("{FRENCH} 1, Place"));
    window.click_at(place);
    window.until("the first article is open at the event", |app| {
        app.article_state().selected_event().is_some()
    });
    window.settle();
    let state = window.app().article_state();
    assert_eq!(state.selected_span(), SpanId::new("s2").ok().as_ref());
    let events = window.layer_on_disk().events;
    let first: Option<&EventId> = events.keys().next();
    assert_eq!(window.app().article_state().selected_event(), first);
}

#[test]
fn a_span_that_is_clicked_is_seen_from_its_top_wherever_the_inspector_was() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    let heading = |window: &Window| {
        let heading = window
            .bench
            .get_by_role_and_label(Role::DisclosureTriangle, "Selected span");
        heading.rect().top()
    };
    // The event is at the top of the pane, and the span is above it.
    let above = heading(&window);
    let words = window.range("Nerval");
    let at = window.app().article_state().screen_rects(words)[0].center();
    window.click_at(at);
    window.bench.run_steps(4);
    assert!(above + 20.0 < heading(&window), "{above} {}", heading(&window));
}

#[test]
fn what_was_refused_is_forgotten_with_the_next_thing_that_is_done() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::J, CTRL);
    let to = cell(&window, "New event, Time");
    window.drag(chip(&window, "s2"), to);
    window.settle();
    let refusals = |window: &Window| {
        let drawn = window.bench.query_all_by_label_contains("ole does not take");
        drawn.count()
    };
    assert_ne!(refusals(&window), 0);
    let to = cell(&window, "New event, Place");
    window.drag(chip(&window, "s2"), to);
    window.settle();
    window.bench.run_steps(4);
    assert_eq!(
        (refusals(&window), on_disk(&window)),
        (0, vec!["place=s2".to_owned()])
    );
}

#[test]
fn a_span_is_dragged_from_the_list_of_spans() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    window.press(Key::J, CTRL);
    let row = window
        .bench
        .get_by_role_and_label(Role::ListItem, "Location: Nerval");
    let from = row.rect().center();
    let to = cell(&window, "New event, Place");
    window.drag(from, to);
    window.settle();
    assert_eq!(on_disk(&window), ["place=s2"]);
}

#[test]
fn the_table_of_all_events_is_filtered_and_walked_by_keyboard() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    window.press(Key::PageDown, CTRL);
    window.until("the second article", |app| {
        app.snapshot()
            .article
            .as_ref()
            .is_some_and(|article| article.id.as_str() == "ar")
    });
    for key in [Key::Tab, Key::E, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    window.press(Key::J, CTRL | Modifiers::SHIFT);
    let listed = |count: usize| {
        move |app: &hashiya::gui::app::App| {
            let events = app.snapshot().events.as_ref();
            events.is_some_and(|view| view.page.rows.len() == count)
        }
    };
    window.until("both are listed", listed(2));
    let filter = window
        .bench
        .get_by_role_and_label(Role::TextInput, "Words of a filler");
    let at = filter.rect().center();
    window.click_at(at);
    // In any case.
    window.type_text("front");
    window.until("one is left", listed(1));
    window.press(Key::Enter, PLAIN);
    window.press(Key::Enter, PLAIN);
    window.until("its article is open at the event", |app| {
        app.article_state().selected_event().is_some()
            && app
                .snapshot()
                .article
                .as_ref()
                .is_some_and(|article| article.id.as_str() == "fr")
    });
}

#[test]
fn where_the_cursor_of_the_sheet_comes_to_is_read_aloud() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    let said = |window: &Window, words: &str| {
        window
            .bench
            .query_by_role_and_label(Role::Status, words)
            .is_some()
    };
    window.press(Key::J, CTRL);
    assert!(said(&window, "Incident 1, Perpetrator: Front du 9-Mars"));
    window.press(Key::I, PLAIN);
    window.settle();
    assert!(said(&window, "Mark “Front du 9-Mars” in incident inferred"));
    // A grid with a name, and cells with theirs.
    window.bench.get_by_role_and_label(Role::Grid, "Events · 1");
    window
        .bench
        .get_by_role_and_label(Role::ColumnHeader, "Casualties");
    cell(&window, "Incident 1, Perpetrator: Front du 9-Mars, inferred");
    // A row that is marked for a merge says so, and its first cell as well.
    window.press(Key::Space, PLAIN);
    assert!(said(&window, "Incident 1: marked"));
    window.bench.get_by_label_contains(", marked");
    window.press(Key::Space, PLAIN);
    assert!(said(&window, "Incident 1: not marked"));
    assert!(window.bench.query_by_label_contains(", marked").is_none());
}

#[test]
fn an_event_is_given_a_note_beside_its_values() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    for key in [Key::Tab, Key::E, Key::Enter] {
        window.press(key, PLAIN);
    }
    window.settle();
    window.bench.run_steps(4);
    window.bench.get_by_label("Add note").click();
    window.bench.run_steps(4);
    window.type_text("Deux récits.");
    window.press(Key::Enter, CTRL);
    window.settle();
    let layer = window.layer_on_disk();
    let (event, note) = (
        layer.events.keys().next().unwrap(),
        layer.notes.values().next().unwrap(),
    );
    assert_eq!(note.target.as_ref().unwrap().as_str(), event.as_str());
    window.bench.run_steps(4);
    assert!(window.bench.query_all_by_label_contains("Deux récits.").count() > 0);
}

#[test]
fn a_new_event_takes_a_location_as_its_place() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path());
    let range = window.range("Nerval");
    let at = window.app().article_state().screen_rects(range)[0].center();
    window.click_at(at);
    window.press(Key::E, Modifiers::SHIFT);
    window.settle();
    assert_eq!(on_disk(&window), ["place=s2"]);
}

#[test]
fn the_sheet_does_not_cover_the_span_that_it_opens_for() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("in.jsonl");
    let filler = "Ligne.\n\n".repeat(60);
    let text = format!("{filler}Le marché de Nerval.");
    std::fs::write(&file, line("fr", &text, &[("s1", "location", "Nerval")])).unwrap();
    let mut window = Window::of_size(home.path(), &[file], 1024.0, 640.0);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window.press(Key::Tab, PLAIN);
    window.press(Key::E, Modifiers::SHIFT);
    window.settle();
    window.bench.run_steps(30);
    let span = window.app().article_state().screen_rects(window.range("Nerval"));
    let sheet = cell(&window, "Incident 1, Place");
    assert!(
        span.iter().all(|rect| rect.bottom() < sheet.y),
        "{span:?} {sheet:?}"
    );
    assert!(!span.is_empty());
}
