//! The scroll bar: it moves as evenly as the text does, stays under the pointer, and finds a place again.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::cache::{MOST, MOST_BYTES};
use super::tests::give_room;
use super::{Document, Room, Settings};
use crate::layout::Caret;
use crate::layout::tests::with_fonts;
use crate::text::marked::any_text;
use crate::text::{ByteOffset, Text};

const VIEW: f32 = 500.0;
/// The way that the handle of a scroll bar has.
const TRACK: f64 = 700.0;

/// A sentence in each of several scripts.
const SENTENCES: [&str; 8] = [
    "Selon l’agence, plus de 50 civils ont été tués près d’Alep dans la nuit de mardi à mercredi. ",
    "قالت وكالة الأنباء إن أكثر من ٥٠ مدنيًا قتلوا قرب مدينة حلب ليلة الثلاثاء. ",
    "Government forces killed at least 12 people, three children among them, witnesses said. ",
    "לדברי הסוכנות נהרגו יותר מ-50 אזרחים סמוך לעיר חלב בלילה שבין שלישי לרביעי. ",
    "По словам агентства, ночью под Алеппо погибли более 50 мирных жителей. ",
    "据通讯社报道，周二夜间阿勒颇附近有五十多名平民丧生，其中包括三名儿童。",
    "एजेंसी के अनुसार मंगलवार की रात अलेप्पो के पास पचास से अधिक नागरिक मारे गए। ",
    "ตามรายงานของสำนักข่าว พลเรือนกว่าห้าสิบคนเสียชีวิตใกล้เมืองอเลปโปเมื่อคืนวันอังคาร ",
];

/// An article of paragraphs of many lengths in many scripts, some empty, a few very long.
fn mixed(bytes: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() > bytes {
            break;
        }
        let sentence = SENTENCES[number * 5 % SENTENCES.len()];
        let count = match number {
            _ if number % 97 == 50 => 300,
            _ if number % 11 == 5 => 0,
            _ => 1 + number * 7 % 9,
        };
        writeln!(text, "{}", sentence.repeat(count)).unwrap();
    }
    text
}

fn document(text: &str) -> Document {
    let settings = Settings {
        head: 120.0,
        foot: 160.0,
        leading: 14.0,
        ..Settings::default()
    };
    let mut document = Document::new(Text::new(text), settings);
    document.scroll_to_position(0.0);
    prepare(&mut document);
    document
}

fn prepare(document: &mut Document) {
    with_fonts(|fonts| document.prepare(fonts, VIEW));
}

fn go_to(document: &mut Document, fraction: f64) {
    with_fonts(|fonts| document.scroll_to_fraction(fonts, fraction));
    prepare(document);
}

/// The text at the top of the view, as near as a line.
fn top(document: &Document) -> ByteOffset {
    document.hit(0.0, 1.0).caret.offset
}

#[test]
fn the_wheel_moves_the_handle_evenly_from_the_top_to_the_bottom() {
    let mut document = document(&mixed(1 << 20));
    assert!(document.scroll().fraction().abs() < 1e-9);
    let step = 300.0;
    for turn in 0.. {
        let before = document.scroll();
        document.scroll_by(step);
        prepare(&mut document);
        let after = document.scroll();
        if after.fraction() >= 1.0 {
            break;
        }
        let expected = step / (after.total - after.viewport);
        let moved = (after.fraction() - before.fraction()) / expected;
        assert!(
            (0.4..2.5).contains(&moved),
            "turn {turn}: the handle moved by {moved} of what the text did"
        );
        assert!(
            (before.total - after.total).abs() < f64::from(VIEW),
            "{before:?} {after:?}"
        );
        let (count, bytes) = document.layouts_kept();
        assert!(
            count <= MOST && bytes <= MOST_BYTES,
            "{count} layouts of {bytes} bytes"
        );
    }
    assert!(document.layouts_made() > 1_000, "all of it was seen");
    let last = document.visible().last().unwrap();
    assert_eq!(
        last.item.get() + 1,
        document.item_count(),
        "the handle is at the bottom when the text is"
    );
    document.scroll_by(-step);
    prepare(&mut document);
    assert!(document.scroll().fraction() < 1.0);
}

#[test]
fn a_dragged_handle_stays_under_the_pointer_and_comes_back_to_the_same_text() {
    for bytes in [3 << 10, 30 << 10, 1 << 20] {
        let mut document = document(&mixed(bytes));
        let mut tops = Vec::new();
        let stations = [0.0, 0.013, 0.2, 0.5, 0.81, 0.999, 1.0];
        for station in stations {
            go_to(&mut document, station);
            let off = (document.scroll().fraction() - station).abs() * TRACK;
            assert!(
                off < 1.5,
                "{bytes} bytes: at {station} the handle is {off} pixels from the pointer"
            );
            tops.push(top(&document));
        }
        assert!(tops.is_sorted(), "{tops:?}");
        for (station, before) in stations.iter().zip(&tops).rev() {
            go_to(&mut document, *station);
            let far = top(&document).get().abs_diff(before.get());
            assert!(
                far < 200,
                "{bytes} bytes: at {station} another text is shown, {far} bytes away"
            );
        }
    }
}

#[test]
fn what_is_laid_out_elsewhere_moves_nothing_in_the_scroll_bar() {
    let mut document = document(&mixed(200 << 10));
    document.scroll_to_position(9_000.0);
    prepare(&mut document);
    let (before, marks) = (
        document.scroll(),
        document.position_of(ByteOffset::new(150 << 10)),
    );
    let shown = Caret::downstream(document.visible()[0].range.start());
    let y = document.caret(shown).unwrap().y;
    go_to(&mut document, 0.7);
    for _ in 0..50 {
        document.scroll_by(-450.0);
        prepare(&mut document);
    }
    let deep: Vec<_> = document.item_ids().skip(40).step_by(3).collect();
    let deep = deep.into_iter().map(|item| Room {
        range: document.item_range(item),
        leading: 60.0,
    });
    let deep = deep.collect();
    document.set_rooms(deep);
    with_fonts(|fonts| document.reveal(fonts, shown, 0.0));
    let now = document.caret(shown).unwrap().y;
    document.scroll_by(f64::from(now - y));
    prepare(&mut document);
    let after = document.scroll();
    assert!(
        (before.fraction() - after.fraction()).abs() * TRACK < 0.1,
        "{before:?} {after:?}"
    );
    let again = document.position_of(ByteOffset::new(150 << 10));
    assert!((marks - again).abs() < 1e-6);
}

#[test]
fn a_place_in_the_text_lies_where_the_view_that_shows_it_is() {
    let text = mixed(1 << 20);
    let mut document = document(&text);
    let whole = document.height_estimated();
    assert!(document.position_of(ByteOffset::ZERO) >= 120.0, "below the head");
    assert!(document.position_of(document.text().end()) <= whole);
    for part in [0.1, 0.4, 0.77, 0.95] {
        let at = text.floor_char_boundary((text.len() as f64 * part) as usize);
        let at = ByteOffset::new(at);
        let again = document.offset_at(document.position_of(at));
        assert!(again.get().abs_diff(at.get()) < 2, "{at:?} {again:?}");
        document.scroll_to_position(document.position_of(at) - f64::from(VIEW) / 2.0);
        prepare(&mut document);
        assert!(
            document.caret(Caret::downstream(at)).is_some(),
            "{part} is in view"
        );
    }
}

#[test]
fn the_height_of_each_bundled_script_is_guessed_well() {
    // The bundled fonts have letters for the first five.
    for sentence in &SENTENCES[..5] {
        for (count, width) in [(3, 600.0), (12, 600.0), (12, 380.0)] {
            let settings = Settings {
                width,
                ..Settings::default()
            };
            let text = Text::new(sentence.repeat(count));
            let mut document = Document::new(text, settings);
            let guess = document.height_estimated();
            with_fonts(|fonts| document.ensure(fonts, 0));
            let ratio = guess / document.height(0);
            assert!(
                (0.85..1.18).contains(&ratio),
                "{ratio} for {count} times {sentence}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any text, any moves: what is in view hangs together and fills it, and the bar says something sensible.
    #[test]
    fn any_article_can_be_scrolled_at_random(
        texts in prop::collection::vec(any_text(), 1..12), repeat in 1usize..60,
        moves in prop::collection::vec((0u8..7, -1.0f64..1.0), 1..12)
    ) {
        let text = texts.join("\n").repeat(repeat);
        let mut document = document(&text);
        for (kind, amount) in moves {
            match kind {
                0 => document.scroll_by(amount * 300.0),
                1 => document.scroll_by(amount * 1e5),
                2 => with_fonts(|fonts| document.scroll_to_fraction(fonts, amount.abs())),
                3 => {
                    let at = document.text().as_str().floor_char_boundary((text.len() as f64 * amount.abs()) as usize);
                    with_fonts(|fonts| document.reveal(fonts, Caret::downstream(ByteOffset::new(at)), 40.0));
                }
                4 => {
                    let width = 200.0 + 190.0 * amount as f32;
                    document.set_settings(Settings { width, ..document.settings().clone() });
                }
                5 => {
                    let scale = 1.5 + amount as f32;
                    document.set_settings(Settings { scale, ..document.settings().clone() });
                }
                _ => {
                    if let Some(item) = document.item_ids().nth((document.item_count() as f64 * amount.abs()) as usize) {
                        give_room(&mut document, item, 20.0 * amount.abs() as f32);
                    }
                }
            }
            prepare(&mut document);
            let scroll = document.scroll();
            prop_assert!((0.0..=1.0).contains(&scroll.fraction()), "{:?}", scroll);
            prop_assert!(scroll.total >= scroll.viewport && scroll.position >= -0.01);
            let visible = document.visible().to_vec();
            prop_assert!(!visible.is_empty());
            let scale = f64::from(document.settings().scale);
            for pair in visible.windows(2) {
                let height = document.height(pair[0].item.get()) / scale;
                prop_assert_eq!(pair[0].item.get() + 1, pair[1].item.get());
                prop_assert!((f64::from(pair[1].y - pair[0].y) - height).abs() < 0.05);
            }
            let first = visible[0];
            prop_assert!(first.y <= 1.1 || first.item.get() == 0 && first.y <= 121.1, "a hole at the top: {:?}", first);
            let last = visible[visible.len() - 1];
            let bottom = f64::from(last.y) + document.height(last.item.get()) / scale;
            prop_assert!(bottom >= f64::from(VIEW) - 1.1 || last.item.get() + 1 == document.item_count());
        }
    }
}
