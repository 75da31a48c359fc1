//! How the text is set: headline, margin, directions, marks of what could deceive.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use hashiya::gui::reading::{LabelDisplay, MarginNumbers, TextSize};
use hashiya::text::{CharOffset, Direction};

use super::desk::{Bench, bench, desk, rect_of, wait};

#[test]
fn the_line_that_is_the_title_is_set_as_the_headline_and_not_shown_twice() {
    let shown_above = bench(desk("Alep\nUn titre"));
    shown_above.get_by_role_and_label(Role::Heading, "A title");
    let in_text = bench(desk("Accueil\nA TITLE\nUn alinéa"));
    assert!(in_text.query_by_role_and_label(Role::Label, "A title").is_none());
    let (headline, plain) = (rect_of(&in_text, "A TITLE"), rect_of(&in_text, "Un alinéa"));
    assert!(headline.height() > 1.2 * plain.height(), "{headline} {plain}");
    in_text.get_by_role_and_label(Role::Heading, "A TITLE");
    let byline = in_text.get_by_label("source · date").rect();
    assert!(
        byline.bottom() <= headline.top(),
        "what is known of the article stands above it"
    );
}

#[test]
fn type_has_three_sizes_and_lines_keep_their_distance_in_each() {
    let height = |size, labels| {
        let mut desk = desk("un alinéa d’une ligne\nun autre");
        desk.reading.size = size;
        desk.reading.labels = labels;
        let bench = bench(desk);
        let (one, other) = (rect_of(&bench, "un alinéa"), rect_of(&bench, "un autre"));
        (one.height(), other.top() - one.top())
    };
    let sizes = [TextSize::Small, TextSize::Medium, TextSize::Large];
    let names = sizes.map(|size| height(size, LabelDisplay::Names));
    assert!(names.is_sorted_by(|(one, _), (next, _)| one < next), "{names:?}");
    let tints = sizes.map(|size| height(size, LabelDisplay::Tints));
    for ((_, with_names), (_, without)) in names.into_iter().zip(tints) {
        assert!(without < with_names, "names take room, tints take none");
    }
}

fn x_of(bench: &Bench, words: &str) -> f32 {
    rect_of(bench, words).left()
}

#[test]
fn the_article_and_single_paragraphs_can_be_turned_and_figures_follow_the_article() {
    let text = "12/05/2022\nقتل خمسون مدنيا في حلب\nAFP";
    let at_first = bench(desk(text));
    assert!(
        x_of(&at_first, "12/05") > x_of(&at_first, "AFP"),
        "figures stand right in an Arabic article"
    );
    let mut turned = desk(text);
    turned.directions.article = Some(Direction::LeftToRight);
    let afp = text.chars().position(|c| c == 'A').unwrap();
    turned
        .directions
        .paragraphs
        .insert(CharOffset::new(afp), Direction::RightToLeft);
    let turned = bench(turned);
    assert!(x_of(&turned, "12/05") < 200.0, "the whole article was turned");
    assert!(x_of(&turned, "AFP") > 400.0, "but for one paragraph");
}

#[test]
fn a_paragraph_in_chunks_is_turned_as_a_whole() {
    let mut long = desk(&format!("Titre\n{}", "un mot après l’autre ".repeat(2_000)));
    long.directions
        .paragraphs
        .insert(CharOffset::new(6), Direction::RightToLeft);
    let mut bench = bench(long);
    let end = bench.state().text.end();
    bench.state_mut().state.set_selection(end, end);
    wait(&mut bench);
    assert_eq!(bench.state().state.paragraph_at_caret().1, Direction::RightToLeft);
    assert_eq!(bench.state().state.paragraph_at_caret().0.get(), 6);
}

#[test]
fn words_that_could_deceive_say_so_under_the_pointer() {
    let mut bench = bench(desk("La ville d’\u{410}lep est \u{202e}calme\u{202c}."));
    let at = rect_of(&bench, "\u{410}").center();
    bench.hover_at(at);
    wait(&mut bench);
    bench.get_by_label_contains("has a Cyrillic letter among Latin ones");
    let at = rect_of(&bench, "calme").left_center();
    bench.hover_at(at - egui::vec2(1.0, 0.0));
    wait(&mut bench);
    assert!(bench.query_by_label_contains("Cyrillic").is_none());
}

#[test]
fn numbers_in_the_margin_leave_the_text_where_it_is_in_a_wide_window() {
    let at = |numbers| {
        let mut desk = desk("un\n\ndeux");
        desk.reading.numbers = numbers;
        x_of(&bench(desk), "un")
    };
    assert!((at(MarginNumbers::Off) - at(MarginNumbers::Lines)).abs() < 1.0);
}
