//! The article as assistive technology finds it.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::desk::{bench, desk, wait};

#[test]
fn a_span_is_found_by_label_and_words_and_can_be_clicked() {
    let desk = desk("قال Emmanuel Macron إن القوات وصلت")
        .with("p", "Emmanuel Macron", "actor")
        .with("q", "القوات", "actor");
    let mut bench = bench(desk);
    bench.get_by_label("actor: Emmanuel Macron").click();
    wait(&mut bench);
    assert_eq!(bench.state().span(), "p");
    bench.get_by_label("actor: القوات").click_accesskit();
    wait(&mut bench);
    assert_eq!(bench.state().span(), "q");
}

#[test]
fn paragraphs_have_their_words_as_names_and_their_place_as_bounds() {
    let bench = bench(desk("Un premier alinéa.\nفقرة ثانية."));
    let first = bench.get_by_role_and_label(Role::Paragraph, "Un premier alinéa.");
    let second = bench.get_by_role_and_label(Role::Paragraph, "فقرة ثانية.");
    assert!(first.rect().bottom() <= second.rect().top());
    bench.get_by_role_and_label(Role::Heading, "A title");
}
