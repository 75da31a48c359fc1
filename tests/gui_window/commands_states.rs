//! The states of the window in which every action is tried.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use hashiya::session::Session;
use hashiya::session::action::{Action, Shortcut};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::commands::{choose, press};
use super::desk::Window;
use super::review::Reviewed;

const PLAIN: Modifiers = Modifiers::NONE;

/// What is open and selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    NoProject,
    EmptyProject,
    /// An article, the caret in the middle of it.
    Article,
    /// Words of it are selected, which were looked for.
    Words,
    /// They stand in the find bar, and a label was given before.
    Finding,
    Span,
    Relation,
    Event,
    /// A change was taken back, a label hidden, a problem gone to.
    Later,
    /// The import was taken back.
    Undone,
    /// The work of another, a span of it with a verdict.
    Reviewing,
    /// Nothing can be written: the project file is gone.
    Blocked,
}

impl State {
    pub const ALL: [Self; 12] = [
        Self::NoProject,
        Self::EmptyProject,
        Self::Article,
        Self::Words,
        Self::Finding,
        Self::Span,
        Self::Relation,
        Self::Event,
        Self::Later,
        Self::Undone,
        Self::Reviewing,
        Self::Blocked,
    ];
}

/// A window in a state.
pub struct Stage {
    pub window: Window,
    _home: TempDir,
}

const FIRST: &str = "Le Front du 9-Mars a frappé Nerval mardi.\n\nPlus de 50 civils auraient été tués, dont 12 enfants, selon la docteure Ba.\n\n\
    Le Front dément. Hier encore, le camp de Nerval abritait 200 familles.\n\nUne dernière ligne, sans nom. Trois soldats ont été tués, et deux blessés.";
const SECOND: &str = "قال Emmanuel Macron إن القوات وصلت بالمغرب أمس، وقتل خمسون مدنيا.";
const THIRD: &str = "At least 12 people were killed near Gao.";

fn at(text: &str, words: &str) -> (usize, usize) {
    let byte = text.find(words).unwrap();
    let start = text.get(..byte).unwrap().chars().count();
    (start, start + words.chars().count())
}

fn span(id: &str, label: &str, words: &str) -> Json {
    let (start, end) = at(FIRST, words);
    json!({"id": id, "start": start, "end": end, "label": label, "text": words})
}

/// The articles: one coded in part, two that nobody has begun.
fn articles() -> String {
    let mut figure = span("s3", "casualty", "Plus de 50 civils");
    let value = json!({"kind": "killed", "low": 51, "modifier": "more_than"});
    figure["attributes"] = json!({"quantity": value});
    figure["unconfirmed"] = json!(["quantity"]);
    let ((start, end), (from, to)) = (at(FIRST, "Plus de 50 civils"), at(FIRST, "tués"));
    figure["end"] = json!(to);
    figure["text"] = json!("Plus de 50 civils tués");
    figure["fragments"] = json!([[start, end], [from, to]]);
    let spans = [
        span("s1", "actor", "Front du 9-Mars"),
        span("s2", "location", "Nerval"),
        figure,
        span("s4", "casualty", "12 enfants"),
        span("s5", "actor", "docteure Ba"),
    ];
    let coded = json!({"schema": "hashiya/1", "offsets": "codepoint", "id": "a1", "title": "Nerval", "lang": "fr", "text": FIRST,
        "annotator": "leila", "status": "in_progress", "spans": spans,
        "relations": [{"id": "r1", "type": "part-of", "from": "s4", "to": "s3"}],
        "events": [{"id": "e1", "type": "incident", "roles": [{"role": "place", "span": "s2"}]}]});
    let rest = [("a2", "ar", SECOND), ("a3", "en", THIRD)].map(|(id, lang, text)| {
        json!({"schema": "hashiya/1", "offsets": "codepoint", "id": id, "title": id, "lang": lang, "text": text}).to_string()
    });
    format!("{coded}\n{}\n", rest.join("\n"))
}

fn opened(home: &Path) -> Window {
    let file: PathBuf = home.join("in.jsonl");
    std::fs::write(&file, articles()).unwrap();
    let mut window = Window::open(home, &[file]);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.settle();
    window.bench.run_steps(4);
    window
}

fn empty(home: &Path) -> Window {
    let project = home.join("p.hashiya");
    let codebook = hashiya::session::codebook_toml::default_codebook();
    drop(Session::create(&project, &codebook, super::desk::config(home)).unwrap());
    let mut window = Window::open(home, &[project]);
    window.until("the project is open", |app| app.snapshot().project.is_some());
    window
}

fn click(window: &mut Window, words: &str) {
    let rects = window.app().article_state().screen_rects(window.range(words));
    window.click_at(rects.first().expect("the words are in view").center());
}

impl Stage {
    pub fn set(state: State) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path();
        let mut window = match state {
            State::NoProject => Window::open(path, &[]),
            State::EmptyProject => empty(path),
            State::Reviewing => Reviewed::start(path).window,
            _ => opened(path),
        };
        match state {
            State::NoProject | State::EmptyProject => {}
            State::Article => click(&mut window, "dément"),
            State::Words => look_for_words(&mut window),
            State::Span | State::Blocked => click(&mut window, "50 civils"),
            State::Finding => {
                drag_and_tag(&mut window);
                find(&mut window);
            }
            State::Relation => choose_relation(&mut window),
            State::Event => {
                press(&mut window, Action::ToggleEvents.entry().shortcuts[0]);
                window.press(Key::ArrowRight, PLAIN);
            }
            State::Later => later(&mut window),
            State::Undone => {
                choose(&mut window, Action::UndoProject.entry(), None);
                window.until("the articles are gone", |app| app.snapshot().list.total == 0);
            }
            State::Reviewing => {
                let judged = window.app().article_state().selected_span().cloned();
                window.press(Key::A, PLAIN);
                window.settle();
                let layer = window.snapshot().article.clone().expect("work is open");
                let span = layer
                    .layer
                    .spans
                    .get(&judged.expect("a span is selected"))
                    .unwrap();
                let rects = window.app().article_state().screen_rects(span.ranges.hull());
                window.click_at(rects.first().expect("it is in view").center());
            }
        }
        window.settle();
        if state == State::Blocked {
            block(&mut window);
        }
        // The pointer leaves, so that no tip and no card comes up meanwhile.
        window.bench.remove_cursor();
        window.bench.run_steps(6);
        Self { window, _home: home }
    }
}

fn find(window: &mut Window) {
    press(window, Action::FindInArticle.entry().shortcuts[0]);
    window.type_text("200 familles");
    window.until("it is found", |app| !app.article_state().find_hits().is_empty());
}

fn look_for_words(window: &mut Window) {
    find(window);
    window.press(Key::Enter, PLAIN);
    window.press(Key::Escape, PLAIN);
}

fn drag_and_tag(window: &mut Window) {
    window.drag_over("camp");
    window.press(Key::Num2, PLAIN);
    window.settle();
}

fn choose_relation(window: &mut Window) {
    click(window, "12 enfants");
    window.settle();
    window
        .bench
        .get_by_role_and_label(Role::ListBox, "Relations")
        .focus();
    window.bench.run_steps(3);
    window.press(Key::ArrowDown, PLAIN);
}

/// A label was given and taken back, a label hidden, a problem gone to.
fn later(window: &mut Window) {
    drag_and_tag(window);
    press(window, Shortcut::ctrl("Z"));
    window.settle();
    click(window, "50 civils");
    window.press(Key::H, PLAIN);
    click(window, "docteure Ba");
    press(window, Action::NextProblem.entry().shortcuts[0]);
    window.settle();
}

/// Takes the file away and asks for a change, which cannot be written.
fn block(window: &mut Window) {
    let path = window.project_path();
    std::fs::rename(&path, path.with_extension("away")).unwrap();
    window.press(Key::Num1, PLAIN);
    window.until("the window says so", |app| app.snapshot().blocked.is_some());
    window.bench.run_steps(4);
}
