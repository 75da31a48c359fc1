//! Colours and keys for labels that come from outside.
//!
//! The hues are those that colour-blind readers keep apart best (after Okabe and Ito, and Tol), at a lightness that
//! stands on white and on near-black; when all are taken, new ones are made by turning the hue by the golden angle.

use crate::model::{Codebook, Color};

const COLORS: [Color; 12] = [
    rgb(0x2f, 0x6f, 0xde),
    rgb(0x1b, 0x9e, 0x77),
    rgb(0xd5, 0x5e, 0x00),
    rgb(0xb0, 0x7a, 0xd8),
    rgb(0xc9, 0x8f, 0x00),
    rgb(0x2a, 0xa5, 0xc9),
    rgb(0xcc, 0x4f, 0x8f),
    rgb(0x7a, 0x9a, 0x1f),
    rgb(0x8c, 0x6d, 0x4f),
    rgb(0x6f, 0x7f, 0x95),
    rgb(0xe0, 0x6c, 0x6c),
    rgb(0x5a, 0x5f, 0xc0),
];

const fn rgb(r: u8, g: u8, b: u8) -> Color {
    Color { r, g, b }
}

/// The keys that labels take, in this order.
const KEYS: &str = "123456789qwertyuiopasdfghjklzxvbnm";

/// A colour that no label has yet.
pub(super) fn free_color(codebook: &Codebook) -> Color {
    let taken = |color: &Color| codebook.labels.iter().any(|label| label.color == *color);
    let made = (0..).map(turned);
    COLORS
        .into_iter()
        .chain(made.take(codebook.labels.len() + 1))
        .find(|color| !taken(color))
        .unwrap_or(COLORS[0])
}

/// A key that no label has yet; none where all are taken. The key `c` cuts proclitics and is never a label's.
pub(super) fn free_key(codebook: &Codebook) -> Option<char> {
    let taken = |key: char| codebook.labels.iter().any(|label| label.key == Some(key));
    KEYS.chars().find(|key| !taken(*key))
}

/// The n-th colour on a walk round the hues by the golden angle, in steps of whole degrees so that every machine
/// makes the same; lightness alternates to keep near hues apart.
fn turned(n: usize) -> Color {
    let hue = (n * 137 + 20) % 360;
    let (high, low) = if n.is_multiple_of(2) { (200, 60) } else { (160, 30) };
    let rising = low + (high - low) * (hue % 60) / 60;
    let falling = high - (high - low) * (hue % 60) / 60;
    let (r, g, b) = match hue / 60 {
        0 => (high, rising, low),
        1 => (falling, high, low),
        2 => (low, high, rising),
        3 => (low, falling, high),
        4 => (rising, low, high),
        _ => (high, low, falling),
    };
    rgb(r as u8, g as u8, b as u8)
}

#[cfg(test)]
mod tests {
    use super::super::codebook_toml::default_codebook;
    use super::*;
    use std::collections::BTreeSet;

    /// How far two colours are apart for a reader without green-sensitive cells (deuteranopia) or without
    /// red-sensitive ones (protanopia), by the usual linear model of what such eyes see.
    fn distance(one: Color, other: Color, eyes: [[f64; 3]; 3]) -> f64 {
        let seen = |color: Color| {
            let rgb = [color.r, color.g, color.b].map(|value| f64::from(value) / 255.0);
            eyes.map(|row| {
                row.iter()
                    .zip(rgb)
                    .map(|(weight, value)| weight * value)
                    .sum::<f64>()
            })
        };
        let (one, other) = (seen(one), seen(other));
        one.iter()
            .zip(other)
            .map(|(a, b)| (a - b).powi(2))
            .sum::<f64>()
            .sqrt()
    }

    #[test]
    fn the_labels_of_the_default_codebook_stay_apart_for_all_eyes() {
        const EYES: [[[f64; 3]; 3]; 3] = [
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            [
                [0.367, 0.861, -0.228],
                [0.280, 0.673, 0.047],
                [-0.012, 0.043, 0.969],
            ],
            [
                [0.152, 1.053, -0.205],
                [0.115, 0.786, 0.099],
                [-0.004, -0.048, 1.052],
            ],
        ];
        let labels = default_codebook().labels;
        for (index, one) in labels.iter().enumerate() {
            for other in labels.iter().skip(index + 1) {
                for eyes in EYES {
                    let apart = distance(one.color, other.color, eyes);
                    assert!(apart > 0.15, "{} and {}: {apart:.3}", one.id, other.id);
                }
            }
        }
    }

    #[test]
    fn three_hundred_labels_have_three_hundred_colours() {
        let mut codebook = default_codebook();
        let mut taken: BTreeSet<String> = codebook.labels.iter().map(|label| label.color.hex()).collect();
        for _ in 0..300 {
            let mut label = codebook.labels[0].clone();
            label.color = free_color(&codebook);
            label.key = free_key(&codebook);
            assert!(taken.insert(label.color.hex()));
            assert_ne!(label.key, Some('c'), "that key cuts proclitics");
            codebook.labels.push(label);
        }
    }
}
