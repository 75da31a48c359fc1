//! Every action of the table in fitting and unfitting states of the window: it does something that can be seen or
//! heard, or says why not; and what it changes in the project, one undo takes back.

use std::collections::BTreeMap;

use egui::accesskit::{Live, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::session::action::{Action, Entry, Opens, Reach, Shortcut, table};

use super::commands_states::{Stage, State};
use super::desk::Window;

/// What could be seen and heard of the window, so that two moments can be held against each other.
#[derive(Clone, Debug, PartialEq)]
struct Seen(Vec<String>);

impl Seen {
    fn of(window: &Window) -> Self {
        let mut seen = Vec::new();
        for node in window.bench.query_all_by(|_| true) {
            let part = node.accesskit_node();
            if part.live() != Live::Off {
                continue;
            }
            let words = (part.label(), part.value(), part.toggled(), part.is_focused());
            seen.push(format!("{:?} {words:?} {:?}", part.role(), part.bounding_box()));
        }
        let app = window.app();
        let article = app.article_state();
        seen.push(format!("{:?} {:?}", app.preferences(), app.situation()));
        seen.push(format!("{:?} {:?}", article.selection_ends(), article.armed()));
        let (linking, relations) = (article.linking().is_some(), article.shows_all_relations());
        seen.push(format!("{linking} {relations} {:?}", article.labels()));
        Self(seen)
    }

    /// The first thing that differs.
    fn difference(&self, other: &Self) -> String {
        let pairs = self.0.iter().zip(&other.0);
        let first = pairs.into_iter().find(|(one, another)| one != another);
        format!("{first:?}")
    }
}

/// What the window put out while something was done: words for the clipboard, orders to the system.
fn steps(window: &mut Window, count: usize) -> Vec<String> {
    let mut out = Vec::new();
    for _ in 0..count {
        window.bench.step();
        let output = window.bench.output();
        out.extend(
            output
                .platform_output
                .commands
                .iter()
                .map(|one| format!("{one:?}")),
        );
        let orders = output.viewport_output.values().flat_map(|view| &view.commands);
        out.extend(orders.map(|one| format!("{one:?}")));
    }
    out
}

pub fn press(window: &mut Window, shortcut: Shortcut) -> Vec<String> {
    let key = Key::from_name(shortcut.key).expect("the table names keys as egui does");
    let held = Modifiers {
        alt: shortcut.alt,
        ctrl: shortcut.ctrl,
        shift: shortcut.shift,
        command: shortcut.ctrl,
        mac_cmd: false,
    };
    for pressed in [true, false] {
        window.key_event(key, held, pressed, false);
    }
    steps(window, 4)
}

pub fn has_dialog(window: &Window) -> bool {
    window
        .bench
        .ctx
        .memory(|memory| memory.top_modal_layer().is_some())
}

/// Whether what is typed goes into a field, which has some keys for itself.
fn is_in_field(window: &Window) -> bool {
    let mut fields = window.bench.query_all_by_role(Role::TextInput);
    fields.any(|field| field.accesskit_node().is_focused())
}

/// The name under which the palette has an action, with the reason where it cannot be done.
fn in_palette(entry: &Entry, refusal: Option<&str>) -> String {
    match refusal {
        Some(reason) => format!("{}: {reason}", entry.name),
        None => entry.name.to_owned(),
    }
}

/// Chooses an action in the palette; what came of it besides what is seen. None where the palette does not have it.
pub fn choose(window: &mut Window, entry: &Entry, refusal: Option<&str>) -> Option<Vec<String>> {
    press(window, Shortcut::ctrl("K"));
    window.type_text(entry.name);
    let name = in_palette(entry, refusal);
    let rows = window.bench.query_all_by_role_and_label(Role::ListItem, &name);
    rows.last()?.click();
    Some(steps(window, 4))
}

/// What the project holds of the open article and beside it, as undo can bring it back.
fn held(window: &Window) -> String {
    let snapshot = window.snapshot();
    let article = snapshot.article.as_ref();
    let of_article = article.map(|open| (&open.id, &open.layer, &open.header));
    let codebook = snapshot.project.as_ref().map(|project| &project.codebook);
    format!("{of_article:?} {codebook:?}")
}

/// What is tried in each state: every action in a state that fits it and in one that does not, where there is such.
/// They are dealt in turn, so that each state has its share.
fn trials() -> BTreeMap<State, Vec<&'static Entry>> {
    let situations = State::ALL.map(|state| (state, Stage::set(state).window.app().situation()));
    let entries = table()
        .iter()
        .filter(|entry| entry.menu.is_some() && entry.action != Action::Palette);
    let mut trials: BTreeMap<State, Vec<&Entry>> = BTreeMap::new();
    for (turn, entry) in entries.enumerate() {
        type Found<'a, S> = Vec<&'a (State, S)>;
        let (fitting, unfitting): (Found<_>, Found<_>) = situations
            .iter()
            .partition(|(_, situation)| entry.available(situation).is_ok());
        assert!(!fitting.is_empty(), "{} is done in no state", entry.name);
        let in_turn = |states: &Found<_>| states.get(turn % states.len().max(1)).map(|found| found.0);
        for state in in_turn(&fitting).into_iter().chain(in_turn(&unfitting)) {
            trials.entry(state).or_default().push(entry);
        }
    }
    trials
}

/// Tries actions in one state; what is wrong, a line each.
fn walk(state: State, entries: &[&Entry]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut kept: Option<Stage> = None;
    for entry in entries {
        let mut tried = kept.take().unwrap_or_else(|| Stage::set(state));
        let before = Seen::of(&tried.window);
        match entry.available(&tried.window.app().situation()) {
            Err(reason) => refused(&mut tried, entry, reason, &mut faults),
            Ok(()) => performed(&mut tried, entry, &before, &mut faults),
        }
        if Seen::of(&tried.window) == before {
            kept = Some(tried);
        }
    }
    let faults = faults.into_iter();
    faults.map(|fault| format!("{state:?}: {fault}")).collect()
}

/// An action that cannot be done says why in the palette, and where its key is pressed.
fn refused(stage: &mut Stage, entry: &Entry, reason: &str, faults: &mut Vec<String>) {
    let window = &mut stage.window;
    let before = held(window);
    match choose(window, entry, Some(reason)) {
        None => faults.push(format!("{}: is not in the palette with “{reason}”", entry.name)),
        Some(_) if !has_dialog(window) => {
            faults.push(format!("{}: the palette closes and nothing is done", entry.name));
        }
        Some(_) => {}
    }
    press(window, Shortcut::key("Escape"));
    if let (Reach::Window, Some(shortcut), false) =
        (entry.reach, entry.shortcuts.first(), is_in_field(window))
    {
        press(window, *shortcut);
        if window.bench.query_all_by_label_contains(reason).next().is_none() {
            faults.push(format!("{} by {shortcut}: does not say “{reason}”", entry.name));
        }
        // What was said goes with the next thing that is done.
        press(window, Action::ZoomReset.entry().shortcuts[0]);
    }
    if held(window) != before {
        faults.push(format!(
            "{}: changes the project although it is refused",
            entry.name
        ));
    }
}

/// An action that can be done does something; what it changed in the open article, undo takes back.
fn performed(stage: &mut Stage, entry: &Entry, before: &Seen, faults: &mut Vec<String>) {
    let window = &mut stage.window;
    let (was, had_dialog) = (held(window), has_dialog(window));
    let Some(put_out) = choose(window, entry, None) else {
        faults.push(format!("{}: is not in the palette", entry.name));
        return;
    };
    window.settle();
    let after = Seen::of(window);
    // Escape is pressed to be sure: that there was nothing to let go of is no news.
    let is_quiet = entry.action == Action::ClearSelection;
    if after == *before && put_out.is_empty() && !is_quiet {
        faults.push(format!("{}: does nothing and says nothing", entry.name));
    }
    let (opens, has_opened) = (entry.opens, has_dialog(window) && !had_dialog);
    // A note on a span is written beside it, and an export made again shows what came of it.
    let is_either =
        matches!(entry.action, Action::AddNote | Action::ExportAgain) || window.snapshot().blocked.is_some();
    let is_said = matches!(opens, Some(Opens::Dialog | Opens::Message));
    if has_opened != is_said && !is_either && !had_dialog {
        faults.push(format!("{}: opens {opens:?}, dialog: {has_opened}", entry.name));
    }
    if has_opened {
        press(window, Shortcut::key("Escape"));
        if has_dialog(window) {
            // The first one left a field.
            press(window, Shortcut::key("Escape"));
        }
        if has_dialog(window) {
            faults.push(format!("{}: its dialog does not close by Escape", entry.name));
        }
        return;
    }
    // Review mode changes whose layer is drawn, and none.
    let changes_none = matches!(
        entry.action,
        Action::Undo | Action::Redo | Action::UndoProject | Action::RedoProject | Action::ReviewMode
    );
    if changes_none || held(window) == was {
        return;
    }
    undo(window, entry, &was, faults);
}

fn undo(window: &mut Window, entry: &Entry, was: &str, faults: &mut Vec<String>) {
    let open = window
        .snapshot()
        .article
        .as_ref()
        .map(|article| article.id.clone());
    if open.is_none_or(|id| !was.contains(&format!("{id:?}"))) {
        // Another article, or none: there is nothing of the first to be seen.
        return;
    }
    // From the palette, since an action may lead into a field, where the key is the field's.
    choose(window, Action::Undo.entry(), None);
    window.settle();
    if held(window) != was {
        faults.push(format!("{}: undo does not bring back what was", entry.name));
    }
}

#[test]
fn every_action_does_something_or_says_why_not() {
    let trials = trials();
    let faults: Vec<String> = std::thread::scope(|scope| {
        let walks: Vec<_> = trials
            .iter()
            .map(|(state, entries)| scope.spawn(|| walk(*state, entries)))
            .collect();
        let walks = walks.into_iter();
        walks
            .flat_map(|walk| walk.join().expect("no state of the window panics"))
            .collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_look_at_the_palette_changes_nothing_that_is_seen() {
    let mut stage = Stage::set(State::Span);
    let before = Seen::of(&stage.window);
    press(&mut stage.window, Shortcut::ctrl("K"));
    assert_ne!(Seen::of(&stage.window), before);
    press(&mut stage.window, Shortcut::key("Escape"));
    let after = Seen::of(&stage.window);
    assert_eq!(after, before, "{}", after.difference(&before));
}

#[test]
fn keys_behind_a_dialog_change_nothing() {
    for dialog in [Action::About, Action::AddNote, Action::Settings, Action::Codebook] {
        let mut stage = Stage::set(State::Words);
        let was = held(&stage.window);
        for entry in table() {
            for shortcut in entry.shortcuts {
                if !has_dialog(&stage.window) {
                    choose(&mut stage.window, dialog.entry(), None).expect("it can be opened");
                }
                press(&mut stage.window, *shortcut);
            }
        }
        stage.window.settle();
        assert_eq!(held(&stage.window), was, "behind {dialog:?}");
    }
}

#[test]
fn every_step_of_the_caret_moves_it_and_selects_with_shift() {
    for entry in table().iter().filter(|entry| entry.moves) {
        let mut stage = Stage::set(State::Article);
        let window = &mut stage.window;
        let before = window.app().article_state().selection_ends();
        let shortcut = entry.shortcuts[0];
        press(window, shortcut);
        let after = window.app().article_state().selection_ends();
        assert_ne!(after, before, "{}", entry.name);
        press(window, shortcut.shift());
        press(window, shortcut.shift());
        assert!(
            !window.selected().is_empty() || after.1 == after.0,
            "{}",
            entry.name
        );
    }
}
