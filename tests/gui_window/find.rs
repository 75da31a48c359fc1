//! Finding in the article, and tagging what was found.

use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::article::FindStatus;
use hashiya::gui::dialogs::tag_all;
use hashiya::gui::panels::article::article_id;
use hashiya::gui::panels::find_bar::find_id;

use super::desk::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

/// A window on articles of one's own; their order is that of the list.
fn window(home: &Path, texts: &[&str]) -> Window {
    let folder = home.join("in");
    std::fs::create_dir_all(&folder).unwrap();
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(folder.join(format!("{number}.txt")), text).unwrap();
    }
    let mut window = Window::open(home, &[folder]);
    window.until("an article is open", |app| app.snapshot().article.is_some());
    window.bench.run_steps(4);
    window
}

fn find(window: &mut Window, words: &str) {
    window.press(Key::F, CTRL);
    window.type_text(words);
}

fn has_focus(window: &Window, id: egui::Id) -> bool {
    window.bench.ctx.memory(|memory| memory.has_focus(id))
}

fn hits(window: &Window) -> Vec<String> {
    let text = window.snapshot().article.as_ref().unwrap().text.clone();
    let hits = window.app().article_state().find_hits().iter();
    hits.map(|hit| text.slice(*hit).unwrap().to_owned()).collect()
}

const AHMAD: &str = "خبر\n\nقال أحمد إن احمد زار أَحْمَد، ثم عاد إحمـد إلى حلب.";

#[test]
fn words_without_hamza_find_all_forms_and_are_walked_round_the_ends() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path(), &[AHMAD]);
    find(&mut window, "احمد");
    assert_eq!(hits(&window), ["أحمد", "احمد", "أَحْمَد", "إحمـد"]);
    window.bench.get_by_label("1 of 4");
    assert_eq!(window.selected(), "أحمد");
    for (modifiers, count, words) in [
        (NONE, "2 of 4", "احمد"),
        (NONE, "3 of 4", "أَحْمَد"),
        (NONE, "4 of 4", "إحمـد"),
        (NONE, "1 of 4", "أحمد"),
        (Modifiers::SHIFT, "4 of 4", "إحمـد"),
        (Modifiers::SHIFT, "3 of 4", "أَحْمَد"),
    ] {
        window.press(Key::Enter, modifiers);
        window.bench.get_by_label(count);
        assert_eq!(window.selected(), words);
        assert!(has_focus(&window, find_id()), "the field keeps the focus");
    }
}

#[test]
fn escape_leaves_the_hit_selected_a_key_tags_it_and_the_walk_goes_on_in_the_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path(), &[AHMAD]);
    find(&mut window, "احمد");
    window.press(Key::Enter, NONE);
    window.press(Key::Escape, NONE);
    assert!(has_focus(&window, article_id()) && !window.app().article_state().find().is_shown());
    assert_eq!(window.selected(), "احمد");
    window.press(Key::Num1, NONE);
    window.until_spans(&["actor:احمد"]);
    window.press(Key::F3, NONE);
    assert_eq!(window.selected(), "أَحْمَد");
    assert!(
        has_focus(&window, article_id()),
        "the next hit can be tagged at once"
    );
    window.bench.get_by_label("3 of 4");
    window.press(Key::F3, Modifiers::SHIFT);
    window.press(Key::F3, Modifiers::SHIFT);
    assert_eq!(window.selected(), "أحمد");
    // Words, then the bar.
    window.press(Key::Escape, NONE);
    assert!(window.app().article_state().find().is_shown());
    window.press(Key::Escape, NONE);
    assert!(!window.app().article_state().find().is_shown());
}

#[test]
fn a_query_is_narrowed_while_it_is_typed_and_says_what_it_comes_to() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path(), &["Les Élus\n\nles élus et les elues, l'élu, (les)."]);
    find(&mut window, "el");
    window.bench.get_by_label("1 of 4");
    assert_eq!(window.selected(), "Él");
    window.type_text("ue");
    window.bench.get_by_label("1 of 1");
    assert_eq!(window.selected(), "elue");
    window.type_text("x");
    window.bench.get_by_label("No hit");
    assert_eq!(window.selected(), "");
    window.press(Key::Backspace, NONE);
    window.press(Key::Backspace, NONE);
    window.press(Key::Backspace, NONE);
    assert_eq!(window.selected(), "Él", "from where the search began");

    window.press(Key::A, CTRL);
    window.type_text("élu");
    window.press(Key::W, Modifiers::ALT);
    window.bench.get_by_label("1 of 1");
    window.press(Key::W, Modifiers::ALT);
    window.press(Key::C, Modifiers::ALT);
    assert_eq!(hits(&window), ["élu", "élu"]);
    window.press(Key::C, Modifiers::ALT);
    assert_eq!(hits(&window).len(), 4);

    window.press(Key::R, Modifiers::ALT);
    window.press(Key::A, CTRL);
    window.type_text("(les");
    window.bench.get_by_label("The pattern is wrong: unclosed group.");
    assert!(hits(&window).is_empty());
    window.type_text("|l')");
    assert_eq!(hits(&window), ["Les", "les", "les", "l'", "les"]);
    window.bench.get_by_label("Regular expression").click();
    window.bench.run_steps(3);
    assert_eq!(hits(&window).len(), 0);
    window.press(Key::A, CTRL);
    window.type_text("ـَ");
    window.bench.get_by_label("Not possible");
}

#[test]
fn selected_words_are_looked_for_and_the_bar_goes_along_to_other_articles() {
    let home = tempfile::tempdir().unwrap();
    let texts = ["Un\n\nAlep, puis Homs, puis Alep.", "Deux\n\nAlep et Hama."];
    let mut window = window(home.path(), &texts);
    window.drag_over("Alep");
    window.press(Key::F, CTRL);
    window.bench.get_by_label("1 of 2");
    window.press(Key::PageDown, CTRL);
    window.until_title("Deux");
    window.bench.get_by_label("1 hit");
    assert_eq!(window.selected(), "", "another article stays where it is");
    window.press(Key::F3, NONE);
    window.bench.get_by_label("1 of 1");
    window.bench.get_by_label("Close find").click();
    window.bench.run_steps(4);
    assert!(has_focus(&window, article_id()) && hits(&window).is_empty());
}

#[test]
fn all_hits_but_those_left_out_are_tagged_at_once_and_taken_back_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path(), &["Titre\n\nAlep, ALEP, d'Alep et Alépins."]);
    window.drag_over("ALEP");
    window.press(Key::Num2, NONE);
    window.until_spans(&["location:ALEP"]);
    find(&mut window, "alep");
    window.bench.get_by_label("Tag all…").click();
    window.bench.run_steps(4);
    window.bench.get_by_label("Tag all hits");
    assert!(has_focus(&window, tag_all::rows_id()));
    let mut buttons = window
        .bench
        .query_all_by_role_and_label(egui::accesskit::Role::Button, "Tag 4 hits");
    assert!(buttons.next().unwrap().accesskit_node().is_disabled());
    drop(buttons);
    window.press(Key::Enter, NONE);
    window
        .bench
        .get_by_label("Choose a label first: click it, or press its key.");
    window.press(Key::Num2, NONE);
    window.bench.get_by_label("ALEP, tagged already");
    window.bench.get_by_label("Tag 3 hits");
    window.press(Key::End, NONE);
    window.press(Key::Space, NONE);
    window.bench.get_by_label("Tag 2 hits");
    window
        .bench
        .get_by_label("2 of 4 hits chosen; 1 tagged already and left out.");
    window.press(Key::Enter, NONE);
    window.until_spans(&["location:Alep", "location:ALEP", "location:Alep"]);
    window.bench.get_by_label("Tagged 2 as Location");
    assert!(has_focus(&window, article_id()), "undo takes the tags back");
    window.press(Key::Z, CTRL);
    window.until_spans(&["location:ALEP"]);
    assert_eq!(window.layer_on_disk().spans.len(), 1);
    window.press(Key::Z, CTRL | Modifiers::SHIFT);
    window.until_spans(&["location:Alep", "location:ALEP", "location:Alep"]);
}

#[test]
fn keys_of_labels_choose_wherever_the_focus_is_in_the_dialog() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path(), &["Titre\n\nAlep, Homs, Alep, Hama"]);
    find(&mut window, "Alep");
    window.bench.get_by_label("Tag all…").click();
    window.bench.run_steps(4);
    window.press(Key::Tab, NONE);
    assert!(!has_focus(&window, tag_all::rows_id()));
    let chosen = |window: &Window, name: &str| {
        let role = egui::accesskit::Role::RadioButton;
        let label = window.bench.get_by_role_and_label(role, name);
        label.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    for (key, name) in [(Key::Num2, "Location"), (Key::Num1, "Actor")] {
        window.press(key, NONE);
        window.bench.run_steps(2);
        assert!(chosen(&window, name), "{name}");
    }
    assert!(
        !has_focus(&window, tag_all::rows_id()),
        "the focus stays where it is"
    );
}

#[test]
fn tagging_all_takes_no_space_or_punctuation_and_can_be_called_off() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window(home.path(), &["Titre\n\nAlep, Homs, Alep, Hama"]);
    find(&mut window, "Alep, ");
    assert_eq!(hits(&window), ["Alep, ", "Alep, "]);
    let button = window.bench.get_by_label("Tag all…").rect().center();
    window.click_at(button);
    window.press(Key::A, CTRL);
    window.bench.get_by_label("0 of 2 hits chosen.");
    window.bench.get_by_label("All").click();
    window.bench.run_steps(2);
    window.bench.get_by_label("Location").click();
    window.bench.run_steps(4);
    window.bench.get_by_label("Tag 2 hits").click();
    window.until_spans(&["location:Alep", "location:Alep"]);
    window.bench.get_by_label("Tag all…").click();
    window.bench.run_steps(4);
    // Typed in haste, both keys come in one frame; what is tagged already is left out all the same.
    for key in [Key::Num2, Key::Enter] {
        window.bench.event(egui::Event::Key {
            key,
            physical_key: Some(key),
            pressed: true,
            repeat: false,
            modifiers: NONE,
        });
    }
    window.bench.run_steps(4);
    window.bench.get_by_label("Tag 0 hits");
    window.press(Key::Escape, NONE);
    window.bench.run_steps(4);
    assert!(window.bench.query_by_label("Tag all hits").is_none());
    assert!(has_focus(&window, article_id()), "where it was");
    let next = window.bench.get_by_label("Next hit").rect().center();
    window.click_at(next);
    assert!(has_focus(&window, find_id()), "words can be typed on");
}

#[test]
fn a_long_article_is_searched_beside_the_window() {
    let home = tempfile::tempdir().unwrap();
    let text = format!("Titre\n\n{}", "قال أحمد أمس.\n".repeat(8_000));
    let mut window = window(home.path(), &[&text]);
    find(&mut window, "احمد");
    window.type_text("x");
    window.until("nothing is found", |app| {
        app.article_state().find_status()
            == FindStatus::Hits {
                count: 0,
                current: None,
                is_cut: false,
            }
    });
    window.press(Key::Backspace, NONE);
    window.until("all are found", |app| {
        app.article_state().find_hits().len() == 8_000
    });
    window.bench.get_by_label("1 of 8000");
    window.press(Key::Enter, Modifiers::SHIFT);
    window.bench.get_by_label("8000 of 8000");
    window.bench.run_steps(2);
    let state = window.app().article_state();
    let seen = state.screen_rects(state.selection());
    assert!(!seen.is_empty(), "the hit is brought into view");
    window.bench.get_by_label("Tag all…").click();
    window.bench.run_steps(4);
    window.press(Key::End, NONE);
    window.bench.get_by_label("8000 of 8000 hits chosen.");
    let rows = window.bench.query_all_by_label("أحمد").count();
    assert!((3..40).contains(&rows), "only the rows in view are drawn: {rows}");
}

#[test]
fn a_hit_is_never_brought_under_the_bar() {
    let home = tempfile::tempdir().unwrap();
    let text = format!("Titre\n\n{}cible {}", "mot ".repeat(4_000), "mot ".repeat(4_000));
    let mut window = window(home.path(), &[&text]);
    window.press(Key::End, CTRL);
    find(&mut window, "cible");
    window.press(Key::Enter, NONE);
    let state = window.app().article_state();
    let hit = state.screen_rects(state.selection());
    let field = window.bench.get_by_label("Find in the article").rect();
    assert!(hit.iter().all(|rect| rect.top() > field.bottom()), "{hit:?}");
    let count = window.bench.get_by_label("1 of 1").rect().center();
    window.click_at(count);
    assert_eq!(
        window.selected(),
        "cible",
        "a click on the bar is none on the text"
    );
}
