//! The bar of review mode in a small window, and a verdict taken back by key.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::model::{Annotator, Verdict};
use hashiya::session::action::Action;
use hashiya::session::{Command, Config, Session};

use super::desk::config;
use super::review::{Reviewed, verdict};

const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

const BUTTONS: [&str; 7] = [
    "Accept",
    "Ask to change",
    "Note",
    "Approve",
    "Request changes",
    "Skip",
    "Leave",
];

/// Somebody does something to an article in a window of their own.
fn does(it: &Reviewed, home: &std::path::Path, who: &str, line: &str, article: usize) {
    let config = Config {
        annotator: Annotator::new(who).unwrap(),
        ..config(home)
    };
    let mut session = Session::open(&it.project, config).unwrap();
    let command = Command::from_json(&line.replace("ID", it.ids[article].as_str()));
    session.run(&command.unwrap(), None).unwrap();
}

#[test]
fn the_bar_is_one_row_in_a_small_window_and_read_aloud_in_full() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    for width in [1024.0, 1280.0, 1600.0] {
        it.window.bench.set_size(egui::vec2(width, 640.0));
        it.window.bench.run_steps(4);
        let place = |name: &&str| {
            let button = it.window.bench.get_by_role_and_label(Role::Button, name);
            button.rect()
        };
        let rects: Vec<egui::Rect> = BUTTONS.iter().map(place).collect();
        let first = rects[0];
        for rect in &rects {
            assert!(
                (rect.center().y - first.center().y).abs() < 4.0,
                "{width}: {rects:?}"
            );
            assert!(rect.right() <= width, "{width}: {rects:?}");
        }
        it.window.bench.get_by_label("0 of 3 spans reviewed");
        it.window.bench.get_by_label("2 articles to review");
    }
}

#[test]
fn a_verdict_is_taken_back_by_key_and_the_span_stays_selected() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    // Nobody has said anything yet.
    it.window.press(Key::X, SHIFT);
    it.window.settle();
    let said = it
        .window
        .bench
        .query_all_by_label_contains("nobody has given a verdict");
    assert!(said.count() > 0);
    it.window.press(Key::A, PLAIN);
    it.window.settle();
    assert_eq!(verdict(&it.layer(0, "bo"), "s1"), Some(Verdict::Approved));
    assert_eq!(it.selected().as_deref(), Some("s2"));
    it.window.press(Key::Tab, SHIFT);
    assert_eq!(it.selected().as_deref(), Some("s1"));
    it.window.press(Key::X, SHIFT);
    it.window.settle();
    assert_eq!(verdict(&it.layer(0, "bo"), "s1"), None);
    assert_eq!(it.selected().as_deref(), Some("s1"));
    it.window.bench.get_by_label_contains("0 of 3 spans reviewed");
}

#[test]
fn the_button_that_asks_for_a_change_leads_to_the_note_as_its_key_does() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    let button = it
        .window
        .bench
        .get_by_role_and_label(Role::Button, "Ask to change");
    let at = button.rect().center();
    it.window.click_at(at);
    it.window.bench.run_steps(4);
    it.window.type_text("a town");
    it.window.settle();
    assert_eq!(verdict(&it.layer(0, "bo"), "s1"), Some(Verdict::ChangesRequested));
    it.window.press(Key::Enter, Modifiers::COMMAND);
    it.window.settle();
    let notes = it.layer(0, "bo").notes;
    let said: Vec<_> = notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(said, ["a town"]);
}

#[test]
fn without_a_span_the_button_that_asks_for_a_change_goes_to_one_and_no_further() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    it.window.press(Key::Escape, PLAIN);
    assert_eq!(it.selected(), None);
    it.window.press(Key::X, PLAIN);
    it.window.settle();
    assert_eq!(it.selected().as_deref(), Some("s1"));
    // A note would be written where nothing was found wrong: what is typed is a key of the text still.
    it.window.press(Key::A, PLAIN);
    it.window.settle();
    assert_eq!(verdict(&it.layer(0, "bo"), "s1"), Some(Verdict::Approved));
}

#[test]
fn a_click_beside_what_is_being_written_does_not_lose_it() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    it.window.press(Key::R, Modifiers::COMMAND);
    it.window.bench.run_steps(4);
    it.window.type_text("read the end again");
    it.window.click_at(egui::pos2(20.0, 500.0));
    it.window.bench.run_steps(4);
    let bench = &it.window.bench;
    let button = bench
        .get_all_by_role_and_label(Role::Button, "Request changes")
        .last()
        .unwrap();
    let at = button.rect().center();
    it.window.click_at(at);
    it.window.settle();
    let notes = it.layer(0, "bo").notes;
    let said: Vec<_> = notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(said, ["read the end again"]);
}

#[test]
fn what_has_its_verdict_is_judged_by_no_button_no_entry_and_no_key_until_that_is_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    for article in [0, 1] {
        it.until_work(article, "bo");
        it.window.press(Key::Enter, Modifiers::COMMAND | SHIFT);
        it.window.settle();
    }
    it.window.bench.get_by_label("nothing is left to review");
    for (name, action) in [
        ("Accept", Action::AcceptSpan),
        ("Ask to change", Action::QuerySpan),
        ("Approve", Action::ApproveArticle),
        ("Request changes", Action::RequestChanges),
        ("Skip", Action::NextToReview),
    ] {
        let button = it.window.bench.get_by_role_and_label(Role::Button, name);
        assert!(button.accesskit_node().is_disabled(), "{name}");
        let situation = it.window.app().situation();
        assert!(action.entry().available(&situation).is_err(), "{name}");
    }
    it.window.press(Key::R, Modifiers::COMMAND);
    it.window.press(Key::A, PLAIN);
    it.window.settle();
    assert!(it.window.bench.query_by_label("What is to be changed").is_none());
    assert_eq!(it.layer(1, "bo").review, Some(Verdict::Approved));
    assert_eq!(verdict(&it.layer(1, "bo"), "s1"), None);
    // With no span selected the verdict is that on the article.
    it.window.press(Key::Escape, PLAIN);
    it.window.press(Key::X, SHIFT);
    it.window.settle();
    assert_eq!(it.layer(1, "bo").review, None);
    it.window.bench.get_by_label("1 article to review");
    let approve = it.window.bench.get_by_role_and_label(Role::Button, "Approve");
    assert!(!approve.accesskit_node().is_disabled());
}

#[test]
fn what_is_left_in_work_that_is_approved_is_said_whether_or_not_other_work_follows() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    for next in [1, 1] {
        it.window.settle();
        assert!(it.window.app().problems().found().left_when_done > 0);
        it.window.press(Key::Enter, Modifiers::COMMAND | SHIFT);
        it.window.settle();
        it.until_work(next, "bo");
        // In the status bar, and read aloud.
        let said = it.window.bench.get_all_by_label_contains("left in it");
        assert_eq!(said.count(), 2);
    }
}

#[test]
fn a_button_that_is_cut_short_keeps_its_name() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    it.window.bench.set_size(egui::vec2(1024.0, 640.0));
    it.window.bench.run_steps(4);
    let shapes = it.window.bench.output().shapes.iter();
    let words = shapes.filter_map(|shape| match &shape.shape {
        egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
        _ => None,
    });
    let drawn: Vec<String> = words.collect();
    assert!(drawn.iter().any(|words| words == "Request"), "{drawn:?}");
    assert!(drawn.iter().any(|words| words == "Ask"), "{drawn:?}");
}

#[test]
fn who_reviews_instead_of_another_is_told_what_waits_for_them() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    for article in [0, 1] {
        it.until_work(article, "bo");
        it.window.press(Key::Enter, Modifiers::COMMAND | SHIFT);
        it.window.settle();
    }
    does(
        &it,
        home.path(),
        "leila",
        r#"{"command":"set_status","article":"ID","status":"done"}"#,
        2,
    );
    it.window.bench.get_by_label("nothing is left to review");
    it.window.press(Key::K, Modifiers::COMMAND);
    it.window.bench.run_steps(4);
    it.window.type_text("annotator");
    it.window.press(Key::Enter, PLAIN);
    it.window.bench.run_steps(6);
    it.window.type_text("zoe");
    it.window.press(Key::Enter, PLAIN);
    it.window.settle();
    it.window
        .until("zoe has work to review", |app| app.snapshot().to_review == 1);
    it.window.bench.run_steps(4);
    let said = it.window.bench.query_by_label("nothing is left to review");
    assert!(said.is_none());
    let situation = it.window.app().situation();
    assert!(Action::NextToReview.entry().available(&situation).is_ok());
}

#[test]
fn what_is_left_in_work_whose_approval_waits_is_not_said_of_other_work() {
    let home = tempfile::tempdir().unwrap();
    let mut it = Reviewed::start(home.path());
    // Cara's work waits, too.
    for line in [
        r#"{"command":"add_span","article":"ID","ranges":[[0,5]],"label":"actor","id":"s1"}"#,
        r#"{"command":"set_status","article":"ID","status":"done"}"#,
    ] {
        does(&it, home.path(), "cara", line, 2);
    }
    it.window
        .until("cara's work waits", |app| app.snapshot().to_review == 3);
    it.window.settle();
    assert!(it.window.app().problems().found().left_when_done > 0);
    let aside = it.project.with_extension("aside");
    std::fs::rename(&it.project, &aside).unwrap();
    it.window.press(Key::Enter, Modifiers::COMMAND | SHIFT);
    it.window
        .until("it is not saved", |app| app.snapshot().blocked.is_some());
    std::fs::rename(&aside, &it.project).unwrap();
    it.window.bench.run_steps(4);
    it.window.bench.get_by_label("Whose work").click();
    it.window.bench.run_steps(4);
    it.window.bench.get_by_label("cara").click();
    it.until_work(2, "cara");
    let said = it.window.bench.query_all_by_label_contains("left in it");
    assert_eq!(said.count(), 0);
    assert_eq!(it.layer(0, "bo").review, None);
}
