//! Colours and keys for labels that come from outside.
//!
//! The first eight stay apart for readers who lack one kind of cone, on a light and on a dark ground: they were found
//! by a search for the largest least distance in `OKLab` as such eyes see it (Machado, Oliveira and Fernandes 2009), and
//! `tests/colors.rs` computes that distance. Behind them come four that the others' eyes keep apart; when all are taken,
//! new ones are made by turning the hue by the golden angle.

use crate::model::{Codebook, Color};

/// The colours that labels take in this order where they bring none.
pub const LABEL_COLORS: [Color; 12] = [
    rgb(0x25, 0x3d, 0x87),
    rgb(0x09, 0xd0, 0x91),
    rgb(0xb6, 0x39, 0x02),
    rgb(0xc7, 0x96, 0xec),
    rgb(0xda, 0x70, 0x00),
    rgb(0x32, 0x61, 0xd2),
    rgb(0x86, 0x76, 0xfa),
    rgb(0x70, 0x12, 0x22),
    rgb(0x8c, 0x6d, 0x4f),
    rgb(0x6f, 0x7f, 0x95),
    rgb(0xc9, 0x8f, 0x00),
    rgb(0xcc, 0x4f, 0x8f),
];

const fn rgb(r: u8, g: u8, b: u8) -> Color {
    Color { r, g, b }
}

/// The keys that labels take, in this order.
const KEYS: &str = "123456789qwertyuiopasdfghjklzxvbnm";

/// A colour that no label has yet.
pub fn free_color(codebook: &Codebook) -> Color {
    let taken = |color: &Color| codebook.labels.iter().any(|label| label.color == *color);
    let made = (0..).map(turned);
    LABEL_COLORS
        .into_iter()
        .chain(made.take(codebook.labels.len() + 1))
        .find(|color| !taken(color))
        .unwrap_or(LABEL_COLORS[0])
}

/// A key that no label offered for new work has yet; none where all are taken. The key `c` cuts proclitics and is never a
/// label's.
pub fn free_key(codebook: &Codebook) -> Option<char> {
    let taken = |key: char| codebook.offered_labels().any(|label| label.key == Some(key));
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
