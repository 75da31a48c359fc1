//! Approvals of work that was changed in another window since it was drawn.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::model::{Annotator, Verdict};
use hashiya::session::{Command, Config, Session};

use super::desk::config;
use super::review::{Reviewed, verdict};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

/// Bo goes on with the work in a window of their own.
fn elsewhere(it: &Reviewed, home: &std::path::Path, line: &str) {
    let bo = Config {
        annotator: Annotator::new("bo").unwrap(),
        ..config(home)
    };
    let mut session = Session::open(&it.project, bo).unwrap();
    let command = Command::from_json(&line.replace("HERE", &format!(r#""article":"{}""#, it.ids[0])));
    session.run(&command.unwrap(), None).unwrap();
}

/// Presses a key before the change of another window is drawn, and waits for the answer. Where the window happened to
/// look at the project in that moment it has drawn the change, and the whole is tried anew.
fn unseen(line: &str, key: Key, modifiers: Modifiers, then: impl Fn(&mut Reviewed)) {
    for _ in 0..4 {
        let home = tempfile::tempdir().unwrap();
        let mut it = Reviewed::start(home.path());
        elsewhere(&it, home.path(), line);
        it.window.tap(key, modifiers);
        it.window.settle();
        it.window.bench.run_steps(4);
        if it
            .window
            .notices()
            .iter()
            .any(|text| text.contains("not seen yet"))
        {
            it.window
                .bench
                .get_by_label_contains("Look at what changed, then approve again.");
            return then(&mut it);
        }
    }
    panic!("what was not drawn was approved each time");
}

#[test]
fn work_that_was_changed_elsewhere_is_shown_and_approved_only_then() {
    let relabel = r#"{"command":"set_label","span":"s3","label":"location",HERE}"#;
    unseen(relabel, Key::Enter, CTRL | SHIFT, |it| {
        assert_eq!(it.layer(0, "bo").review, None);
        // It is shown as it is now, and what changed is selected.
        it.until_work(0, "bo");
        assert_eq!(it.selected().as_deref(), Some("s3"));
        it.window.press(Key::Enter, CTRL | SHIFT);
        it.until_work(1, "bo");
        assert_eq!(it.layer(0, "bo").review, Some(Verdict::Approved));
    });
}

#[test]
fn a_span_that_was_changed_elsewhere_is_not_accepted_unseen() {
    let relabel = r#"{"command":"set_label","span":"s1","label":"location",HERE}"#;
    unseen(relabel, Key::A, PLAIN, |it| {
        assert_eq!(verdict(&it.layer(0, "bo"), "s1"), None);
        assert_eq!(it.selected().as_deref(), Some("s1"), "the walk comes back to it");
        it.window.press(Key::A, PLAIN);
        it.window.settle();
        assert_eq!(verdict(&it.layer(0, "bo"), "s1"), Some(Verdict::Approved));
    });
}
