//! Label colours as they are shown, light and dark: told apart by all eyes, with text that can be read on them.
#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where what it needs is not there"
)]

use egui::Color32;
use hashiya::formats::LABEL_COLORS;
use hashiya::formats::codebook_toml::default_codebook;
use hashiya::gui::theme::{DARK, LIGHT, Palette, contrast};
use hashiya::model::Color;

/// How many labels at a time stay apart for all eyes.
const APART: usize = 8;
/// Least distance in `OKLab`; the smallest that is seen at all lies near 0.02.
const DISTANCE: f64 = 0.09;

/// What eyes with all cones, and without those for long, middle, and short waves, make of linear RGB: the matrices
/// for full severity of Machado, Oliveira and Fernandes, “A physiologically-based model for simulation of color
/// vision deficiency”, 2009.
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("all", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(weight, value)| weight * value).sum())
}

fn linear(color: Color32) -> [f64; 3] {
    [color.r(), color.g(), color.b()].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Linear RGB in `OKLab` (Ottosson 2020).
fn oklab(rgb: [f64; 3]) -> [f64; 3] {
    let cones = times(
        [
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        rgb,
    );
    times(
        [
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(|cone| cone.max(0.0).cbrt()),
    )
}

fn distance(one: Color32, other: Color32, eyes: [[f64; 3]; 3]) -> f64 {
    let [one, other] = [one, other].map(|color| oklab(times(eyes, linear(color))));
    let squares = one.iter().zip(other).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

fn check_apart(colors: &[Color], palette: &Palette) {
    let lines: Vec<Color32> = colors.iter().map(|color| palette.label(*color).line).collect();
    for (eyes, matrix) in EYES {
        for (place, one) in lines.iter().enumerate() {
            for other in &lines[..place] {
                let apart = distance(*one, *other, matrix);
                assert!(apart >= DISTANCE, "{one:?} and {other:?}, {eyes}: {apart:.3}");
            }
        }
    }
}

#[test]
fn eight_labels_stay_apart_for_all_eyes_in_both_themes() {
    for palette in [&LIGHT, &DARK] {
        check_apart(&LABEL_COLORS[..APART], palette);
    }
}

#[test]
fn the_labels_of_the_default_codebook_stay_apart_for_all_eyes_in_both_themes() {
    let colors: Vec<Color> = default_codebook()
        .labels
        .iter()
        .map(|label| label.color)
        .collect();
    for palette in [&LIGHT, &DARK] {
        check_apart(&colors, palette);
    }
}

#[test]
fn text_can_be_read_on_every_tint_and_label_names_on_the_canvas() {
    for palette in [&LIGHT, &DARK] {
        for color in LABEL_COLORS {
            let label = palette.label(color);
            for ground in [label.tint, label.tint_strong, palette.selection, palette.canvas] {
                assert!(
                    contrast(palette.ink, ground) >= 4.5,
                    "{color:?} in {}",
                    palette.dark
                );
            }
            assert!(contrast(label.ink, palette.canvas) >= 4.5, "{color:?}");
            assert!(contrast(label.line, palette.canvas) >= 3.0, "{color:?}");
            // What lies behind can be read, and is told from what stands in front.
            let dimmed = contrast(label.ink_dimmed, palette.canvas);
            assert!(dimmed >= 3.0, "{color:?} in {}: {dimmed}", palette.dark);
            assert!(
                dimmed < contrast(label.ink, palette.canvas) - 0.7,
                "{color:?} in {}",
                palette.dark
            );
        }
    }
}
