//! Heights of the items of an article as they are estimated before they are laid out, and their sums.
//!
//! They depend on the text and the settings only, never on what was laid out meanwhile: so each position in the text
//! has one place in the whole, and a scroll bar that goes by these moves as evenly as the text does. O(log n) for
//! which item lies at a height.

/// The heights of a list of things in whole physical pixels.
#[derive(Clone, Debug)]
pub(super) struct Heights {
    /// The sum of all before each one, and at the end the sum of all.
    before: Vec<f64>,
}

impl Heights {
    /// Adds them up.
    pub(super) fn new(each: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        let mut before = vec![sum];
        before.extend(each.into_iter().map(|height| {
            sum += height;
            sum
        }));
        Self { before }
    }

    pub(super) fn get(&self, index: usize) -> f64 {
        self.before(index + 1) - self.before(index)
    }

    /// The sum of all before one.
    pub(super) fn before(&self, index: usize) -> f64 {
        self.before.get(index).copied().unwrap_or_else(|| self.total())
    }

    pub(super) fn total(&self) -> f64 {
        self.before.last().copied().unwrap_or(0.0)
    }

    /// Which one lies at a height, and how far into it that is. What is outside counts as the first or the last.
    pub(super) fn at(&self, height: f64) -> (usize, f64) {
        let behind = self.before.partition_point(|before| *before <= height);
        let last = self.before.len().saturating_sub(2);
        let index = behind.saturating_sub(1).min(last);
        (index, height - self.before(index))
    }
}

/// About how wide a text is for a font size of one.
pub(super) fn ems(text: &[u8]) -> f32 {
    // Where the text is long, its beginning speaks for it.
    let sample = text.get(..SAMPLE).unwrap_or(text);
    let sum: f32 = sample.iter().map(|byte| WIDTHS[usize::from(*byte)]).sum();
    if sample.is_empty() {
        0.0
    } else {
        sum / sample.len() as f32 * text.len() as f32
    }
}

/// About how many lines a text of such a width takes in a column, both for a font size of one.
pub(super) fn lines(ems: f32, column: f32) -> f32 {
    if ems <= column {
        return 1.0;
    }
    // Words that no longer fit leave the end of each line free, and the last line is half full.
    ems / (column - RAGGED).max(1.0) + 0.5
}

/// As much of a text is looked at, in bytes.
const SAMPLE: usize = 128;

/// What a line lacks at its end for a word that did not fit, about.
const RAGGED: f32 = 1.2;

/// How wide a character is that begins with a byte, for a font size of one.
const WIDTHS: [f32; 256] = {
    let mut widths = [0.0; 256];
    let mut byte = 0;
    while byte < 256 {
        widths[byte] = match byte {
            // Space and punctuation, capitals.
            0x00..=0x3f => 0.32,
            0x40..=0x5f => 0.64,
            // Small letters, also with marks; Hebrew; South Asian, Georgian to Khmer, typographic punctuation.
            0x60..=0x7f | 0xc2..=0xcb | 0xd6..=0xd7 | 0xe0..=0xe2 => 0.5,
            // Greek, Cyrillic, Armenian; Arabic; Chinese, Japanese, Korean; emoji.
            0xcc..=0xd5 => 0.6,
            0xd8..=0xdf => 0.4,
            0xe3..=0xef => 1.0,
            0xf0..=0xf7 => 1.2,
            // What goes on with a character.
            _ => 0.0,
        };
        byte += 1;
    }
    widths
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_searches_agree_with_a_plain_list(
            plain in prop::collection::vec(1u16..500, 1..70), at in 0u32..40_000
        ) {
            let heights = Heights::new(plain.iter().map(|&height| f64::from(height)));
            let mut sum = 0.0;
            let mut expected = None;
            for (index, height) in plain.iter().map(|&h| f64::from(h)).enumerate() {
                prop_assert!((heights.before(index) - sum).abs() < 1e-6);
                prop_assert!((heights.get(index) - height).abs() < 1e-6);
                if f64::from(at) < sum + height && expected.is_none() {
                    expected = Some((index, f64::from(at) - sum));
                }
                sum += height;
            }
            prop_assert!((heights.total() - sum).abs() < 1e-6);
            if let Some((index, rest)) = expected {
                let found = heights.at(f64::from(at));
                prop_assert_eq!(found.0, index);
                prop_assert!((found.1 - rest).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_height_behind_the_end_is_in_the_last() {
        let heights = Heights::new([10.0, 20.0]);
        assert_eq!(heights.at(35.0), (1, 25.0));
        assert_eq!(heights.at(-5.0), (0, -5.0));
        assert_eq!(Heights::new([]).at(3.0), (0, 3.0));
    }
}
