//! Pictures of geometry that no number says as plainly: drawn by a software renderer and compared with those beside.
//!
//! They need a Vulkan driver, so they run only with the feature `picture-tests`. `UPDATE_SNAPSHOTS=1` draws them anew:
//! look at each before it is committed.
#![cfg(feature = "picture-tests")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails where what it needs is not there"
)]

#[allow(dead_code, reason = "the desk serves the tests of the article too")]
#[path = "gui_article/desk.rs"]
mod desk;

use desk::{Bench, Desk, bench_in, click, desk, drag, point_in, press};
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::{Harness, SnapshotOptions};
use hashiya::gui::reading::LabelDisplay;
use hashiya::text::{Script, script_of};

const ARABIC: &str =
    "قال Emmanuel Macron (48 عاماً) إن 10-12 قرية في ٣ محافظات تضررت يوم 12/05/2022 بنسبة 45%.";
const HEBREW: &str = "בְּרֵאשִׁית נִפְגְּעוּ 17 אֶזְרָחִים ליד Port Halden, כך נמסר.";
const FRENCH: &str =
    "Dans la province d'Alep, plus de 50 civils et 12 soldats de la coalition auraient été tués.";

fn picture(name: &str, theme: Theme, scale: f32, desk: Desk, act: impl FnOnce(&mut Bench)) {
    let builder = Harness::builder()
        .with_size(vec2(520.0, 230.0))
        .with_theme(theme)
        .with_pixels_per_point(scale);
    let mut bench = bench_in(builder, desk);
    act(&mut bench);
    // The pointer leaves, so that nothing is drawn because of it.
    bench.remove_cursor();
    bench.run_steps(3);
    let options = SnapshotOptions::new().output_path("tests/pictures");
    bench.snapshot_options(name, &options);
}

#[test]
fn picture_of_a_selection_across_an_arabic_and_latin_boundary() {
    picture("arabic_selection", Theme::Light, 1.0, desk(ARABIC), |bench| {
        let (from, to) = (point_in(bench, "Macron", 0.1), point_in(bench, "قرية", 0.1));
        drag(bench, from, to, Modifiers::NONE);
    });
}

#[test]
fn picture_of_hebrew_with_points_and_a_span() {
    let tagged = desk(HEBREW)
        .with("s1", "17 אֶזְרָחִים", "casualty")
        .with("s2", "Port Halden", "location");
    picture("hebrew_points", Theme::Light, 1.0, tagged, |_| {});
}

fn overlapping() -> Desk {
    desk(FRENCH)
        .with("s1", "province d'Alep", "location")
        .with("s2", "Alep, plus de 50 civils", "event")
        .with("s3", "plus de 50 civils", "casualty")
        .with("s4", "civils et 12 soldats", "actor")
        .with("s5", "50", "casualty")
}

#[test]
fn picture_of_nested_and_crossing_spans_in_light() {
    picture("overlap_light", Theme::Light, 1.0, overlapping(), |_| {});
}

#[test]
fn picture_of_nested_and_crossing_spans_in_dark() {
    picture("overlap_dark", Theme::Dark, 1.0, overlapping(), |_| {});
}

/// Ten spans, each inside the one before it, one that crosses them, and one on the very same words as another.
fn ten_deep() -> Desk {
    let words: Vec<&str> = FRENCH.split(' ').collect();
    let labels = ["actor", "location", "casualty", "event"];
    let mut desk = desk(FRENCH);
    for depth in 0..10_usize {
        let inside = words[depth / 2..words.len() - depth.div_ceil(2)].join(" ");
        desk = desk.with(&format!("s{depth}"), &inside, labels[depth % 4]);
    }
    desk.with("t", "coalition auraient été", "event")
}

#[test]
fn picture_of_ten_spans_on_each_other_in_light() {
    picture("ten_deep_light", Theme::Light, 1.0, ten_deep(), |_| {});
}

#[test]
fn picture_of_ten_spans_on_each_other_in_dark() {
    picture("ten_deep_dark", Theme::Dark, 1.0, ten_deep(), |_| {});
}

#[test]
fn picture_of_one_span_of_ten_brought_forward_by_the_pointer() {
    let builder = Harness::builder()
        .with_size(vec2(520.0, 230.0))
        .with_theme(Theme::Light);
    let mut bench = bench_in(builder, ten_deep());
    let at = point_in(&bench, "50", 0.5);
    bench.hover_at(at);
    bench.run_steps(2);
    let options = SnapshotOptions::new().output_path("tests/pictures");
    bench.snapshot_options("ten_deep_hovered", &options);
}

#[test]
fn picture_of_a_span_in_fragments_across_lines_and_directions() {
    let text = format!("{FRENCH}\n{ARABIC}");
    let tagged = desk(&text)
        .with_fragments("s1", &["province", "civils", "tués"], "casualty")
        .with("s2", "plus de 50", "actor")
        .with_fragments("s3", &["Emmanuel", "قرية"], "actor");
    picture("fragments", Theme::Light, 1.0, tagged, |_| {});
}

#[test]
fn picture_of_words_that_a_double_click_takes_in_thai_and_chinese() {
    let thai = include_bytes!("../assets/fonts/pictures/NotoSansThai-Regular.ttf");
    let chinese = include_bytes!("../assets/fonts/pictures/NotoSansSC-excerpt.otf");
    let text = "เจ้าหน้าที่กล่าวว่ามีผู้เสียชีวิตสิบสองคน\n阿勒颇省的一个村庄周二遭到炮击，至少有十二名平民丧生。";
    let mut desk = desk(text);
    let fonts = desk.engine.fonts();
    fonts.add(thai.to_vec(), script_of('ไ').unwrap());
    fonts.add(chinese.to_vec(), Script::HAN);
    picture("thai_and_chinese_words", Theme::Light, 1.0, desk, |bench| {
        for (word, key) in [
            ("เสียชีวิต", Some(Key::Num3)),
            ("村庄", Some(Key::Num2)),
            ("炮击", None),
        ] {
            let at = point_in(bench, word, 0.5);
            click(bench, at, 2, Modifiers::NONE);
            if let Some(key) = key {
                press(bench, key, Modifiers::NONE);
            }
        }
    });
}

#[test]
fn picture_of_spans_by_underlines_only() {
    let mut desk = overlapping();
    desk.reading.labels = LabelDisplay::Underlines;
    picture("underlines_only", Theme::Light, 1.0, desk, |_| {});
}

#[test]
fn picture_of_spans_by_tints_only() {
    let mut desk = overlapping();
    desk.reading.labels = LabelDisplay::Tints;
    picture("tints_only", Theme::Light, 1.0, desk, |_| {});
}

#[test]
fn picture_of_arabic_spans_on_a_screen_of_double_density() {
    let tagged = desk(ARABIC)
        .with("s1", "Emmanuel Macron (48 عاماً)", "actor")
        .with("s2", "٣ محافظات", "location");
    picture("arabic_spans_2x", Theme::Light, 2.0, tagged, |_| {});
}
