//! A sample article coded twice, with the mouse and with the keyboard alone, and what each takes: the README's figures.
//!
//! An action is a key pressed, a click, or the end of a drag. Both coders make the same slip, a wrong label that they
//! put right, and come to the same spans.

use egui::{Key, Modifiers, pos2};
use hashiya::text::{ByteOffset, ByteRange};
use serde_json::Value as Json;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

const ARTICLE: &str = include_str!("../../seeds/fr-marche-de-nerval.txt");

/// What the coding comes to: label and words. Two spans lie in others, and one is in two pieces.
const SPANS: [&str; 24] = [
    "date:4 juin",
    "location:Nerval",
    "location:province de Haute-Salmère",
    "location:Haute-Salmère",
    "actor:docteur Anselme Quérédan",
    "casualty:plus de 50 civils",
    "casualty:une douzaine d’enfants",
    "casualty:quelque 120 personnes",
    "actor:Front du 9-Mars",
    "location:collines d’Ormeval",
    "actor:Jean-Noël Tassart",
    "casualty:huit soldats",
    "location:route nationale 4",
    "actor:Mme Hélène Brisac",
    "location:pont de Salmère",
    "actor:Office de coordination humanitaire",
    "casualty:près de 4\u{202f}300 habitants",
    "location:camp de Lantagne",
    "casualty:17\u{202f}800 déplacés",
    "casualty:40 corps",
    "casualty:60 corps",
    "casualty:34 morts",
    "actor:Conseil de paix du Ponant",
    "date:jeudi 6 juin",
];

/// A coder who counts.
struct Coder {
    window: Window,
    actions: usize,
}

impl Coder {
    fn at_work(home: &std::path::Path) -> Self {
        let folder = home.join("in");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("nerval.txt"), ARTICLE).unwrap();
        // So high that nobody has to scroll.
        let mut window = Window::of_size(home, &[folder], 1280.0, 2000.0);
        window.until("the article is open", |app| app.snapshot().article.is_some());
        window.bench.run_steps(4);
        Self { window, actions: 0 }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) {
        self.actions += 1;
        self.window.press(key, modifiers);
    }

    fn keys(&mut self, times: usize, key: Key, modifiers: Modifiers) {
        for _ in 0..times {
            self.key(key, modifiers);
        }
    }

    /// Where some words stand, behind others.
    fn range(&self, behind: &str, words: &str) -> ByteRange {
        let text = &self.window.snapshot().article.as_ref().unwrap().text;
        let from = text.as_str().find(behind).unwrap() + behind.len();
        let start = from + text.as_str().get(from..).unwrap().find(words).unwrap();
        ByteRange::between(ByteOffset::new(start), ByteOffset::new(start + words.len()))
    }

    fn drag(&mut self, behind: &str, words: &str) {
        self.actions += 1;
        // A new span can make a line higher: the eye finds the words again.
        self.window.settle();
        self.window.drag_over_range(self.range(behind, words));
        assert_eq!(self.window.selected(), words);
    }

    /// Drags over words and presses a label's key.
    fn tag(&mut self, behind: &str, words: &str, label: Key) {
        self.drag(behind, words);
        self.key(label, PLAIN);
    }

    /// Drags the end of the selected span from some words to behind others.
    fn drag_end(&mut self, from: ByteRange, to: ByteRange) {
        self.actions += 1;
        self.window.settle();
        let last = |range| {
            *self
                .window
                .app()
                .article_state()
                .screen_rects(range)
                .last()
                .unwrap()
        };
        let (from, to) = (last(from), last(to));
        self.window.drag(
            pos2(from.right(), from.center().y),
            pos2(to.right() - 2.0, to.center().y),
        );
    }

    /// What the export says of the spans, without what differs from coding to coding.
    fn exported(mut self) -> Vec<Json> {
        self.window.until_spans(&SPANS);
        self.window.press(Key::S, CTRL);
        let folder = self.window.project_path().with_file_name("exports");
        let written = || {
            let mut files = std::fs::read_dir(&folder).ok()?.flatten();
            let file = files.find(|file| file.path().extension().is_some_and(|ending| ending == "jsonl"));
            std::fs::read_to_string(file?.path()).ok()
        };
        self.window
            .until("the export is written", |_| written().is_some());
        let line = written().unwrap();
        let article: Json = serde_json::from_str(line.lines().next().unwrap()).unwrap();
        let mut spans = article["spans"].as_array().unwrap().clone();
        for span in &mut spans {
            for key in ["id", "created", "modified"] {
                span.as_object_mut().unwrap().remove(key);
            }
        }
        spans
    }
}

fn code_with_the_mouse(coder: &mut Coder) {
    use Key::{Num1 as ACTOR, Num2 as LOCATION, Num3 as CASUALTY, Num4 as DATE};
    coder.tag("Nerval, ", "4 juin", DATE);
    // The slip, put right.
    coder.tag("marché aux grains de ", "Nerval", ACTOR);
    coder.key(LOCATION, PLAIN);
    coder.tag("chef-lieu de la ", "province de Haute-Salmère", LOCATION);
    coder.tag("chef-lieu de la province de ", "Haute-Salmère", LOCATION);
    coder.tag("régional, le ", "docteur Anselme Quérédan", ACTOR);
    coder.tag("Quérédan, ", "plus de 50 civils", CASUALTY);
    coder.tag("tués, dont ", "une douzaine d’enfants", CASUALTY);
    coder.tag("d’enfants, et ", "quelque 120 personnes", CASUALTY);
    coder.tag("accuse le ", "Front du 9-Mars", ACTOR);
    coder.tag("depuis les ", "collines d’Ormeval", LOCATION);
    coder.tag("du mouvement, ", "Jean-Noël Tassart", ACTOR);
    coder.tag("la mort de ", "huit soldats", CASUALTY);
    coder.tag("sur la ", "route nationale 4", LOCATION);
    coder.tag("Le gouverneur, ", "Mme Hélène Brisac", ACTOR);
    coder.tag("fermé le ", "pont de Salmère", LOCATION);
    coder.tag("D’après l’", "Office de coordination humanitaire", ACTOR);
    coder.tag("humanitaire, ", "près de 4\u{202f}300 habitants", CASUALTY);
    coder.tag("vers le ", "camp de Lantagne", LOCATION);
    // Too short at first: its edge is dragged.
    coder.tag("qui abrite ", "17\u{202f}800", CASUALTY);
    let (short, word) = (
        coder.range("qui abrite ", "17\u{202f}800"),
        coder.range("qui abrite ", "déplacés"),
    );
    coder.drag_end(short, word);
    coder.tag("Entre ", "40", CASUALTY);
    coder.drag("40 et 60 ", "corps");
    coder.key(Key::F, PLAIN);
    coder.tag("Entre 40 et ", "60 corps", CASUALTY);
    coder.tag("parle de «\u{a0}", "34 morts", CASUALTY);
    coder.tag("disparus.\n\nLe ", "Conseil de paix du Ponant", ACTOR);
    coder.tag("en urgence ", "jeudi 6 juin", DATE);
}

/// The keys of the keyboard's coder: how often each is pressed, and with what.
const KEYSTROKES: &[(usize, Key, Modifiers)] = {
    use Key::{ArrowDown, ArrowLeft, ArrowRight, CloseBracket, F, J, OpenBracket, Period};
    use Key::{Num1 as ACTOR, Num2 as LOCATION, Num3 as CASUALTY, Num4 as DATE};
    const ALT: Modifiers = Modifiers::ALT;
    // With an arrow: by a word, and selecting by a word. With a bracket: an edge out, and back in.
    const WORD: Modifiers = CTRL;
    const SELECT: Modifiers = CTRL.plus(SHIFT);
    const GROW: Modifiers = CTRL;
    const SHRINK: Modifiers = CTRL.plus(SHIFT);
    &[
        (7, J, PLAIN),
        (1, DATE, PLAIN),
        (1, CloseBracket, GROW),
        (2, J, PLAIN),
        (1, ACTOR, PLAIN),
        (1, LOCATION, PLAIN),
        (1, J, PLAIN),
        (1, Period, PLAIN),
        (3, ArrowLeft, SELECT),
        (1, Period, PLAIN),
        (1, J, PLAIN),
        (1, ACTOR, PLAIN),
        (1, OpenBracket, SHRINK),
        (1, J, PLAIN),
        (1, CASUALTY, PLAIN),
        (1, CloseBracket, GROW),
        (2, OpenBracket, SHRINK),
        // No number in digits: the caret walks there.
        (5, ArrowRight, WORD),
        (4, ArrowRight, SELECT),
        (1, Period, PLAIN),
        (1, J, PLAIN),
        (1, Period, PLAIN),
        (1, CloseBracket, GROW),
        (1, OpenBracket, SHRINK),
        (1, J, PLAIN),
        (1, ACTOR, PLAIN),
        (1, J, PLAIN),
        (1, LOCATION, PLAIN),
        (2, OpenBracket, SHRINK),
        (1, J, PLAIN),
        (1, ACTOR, PLAIN),
        (1, ArrowDown, ALT),
        (8, ArrowRight, WORD),
        (2, ArrowRight, SELECT),
        (1, CASUALTY, PLAIN),
        (1, J, PLAIN),
        (1, LOCATION, PLAIN),
        (2, OpenBracket, SHRINK),
        (2, J, PLAIN),
        (1, ACTOR, PLAIN),
        (1, J, PLAIN),
        (1, LOCATION, PLAIN),
        (2, OpenBracket, SHRINK),
        (1, J, PLAIN),
        (1, ACTOR, PLAIN),
        (3, CloseBracket, GROW),
        (1, J, PLAIN),
        (1, CASUALTY, PLAIN),
        (1, CloseBracket, GROW),
        (2, OpenBracket, SHRINK),
        (1, J, PLAIN),
        (1, LOCATION, PLAIN),
        (2, OpenBracket, SHRINK),
        (1, J, PLAIN),
        (1, CASUALTY, PLAIN),
        (1, CloseBracket, GROW),
        (2, J, PLAIN),
        (1, Period, PLAIN),
        (2, ArrowRight, WORD),
        (1, ArrowRight, SELECT),
        (1, F, PLAIN),
        (2, ArrowLeft, SELECT),
        (1, Period, PLAIN),
        (1, J, PLAIN),
        (1, Period, PLAIN),
        (1, CloseBracket, GROW),
        (1, J, PLAIN),
        (1, ACTOR, PLAIN),
        (4, CloseBracket, GROW),
        (1, J, PLAIN),
        (1, DATE, PLAIN),
        (1, CloseBracket, GROW),
        (1, OpenBracket, SHRINK),
    ]
};

fn code_with_the_keyboard(coder: &mut Coder) {
    for (times, key, modifiers) in KEYSTROKES {
        coder.keys(*times, *key, *modifiers);
    }
}

#[test]
fn an_article_is_coded_with_the_mouse_and_with_the_keyboard_to_the_same_spans() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut mouse = Coder::at_work(one.path());
    code_with_the_mouse(&mut mouse);
    let mut keyboard = Coder::at_work(other.path());
    code_with_the_keyboard(&mut keyboard);
    let actions = (mouse.actions, keyboard.actions);
    assert_eq!(keyboard.exported(), mouse.exported());
    assert_eq!(
        actions,
        (52, 112),
        "as the README says, for {} spans",
        SPANS.len()
    );
}
