//! Which articles are nearly the same text, so that a split never puts one into training and its twin into the test.
//!
//! Each text is known by the smallest hashes of its pieces of eight letters (`MinHash`: Broder, On the resemblance and
//! containment of documents, 1997); texts that agree in a whole band of hashes are held against one another. Letters
//! are counted without case, spaces, and signs, so that it works in every script, and a reprint with other quotation
//! marks is still one.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

/// Letters in a piece: in Latin a word and a half, in Chinese a sentence's half.
const PIECE: usize = 8;
/// Hashes of a text.
const HASHES: usize = 32;
/// Hashes of a band. Texts as alike as [`ALIKE`] share one of the eight bands in 95 of 100 cases.
const BAND: usize = 4;
/// Share of equal hashes from which texts count as nearly the same, which estimates the share of common pieces.
const ALIKE: f64 = 0.75;

/// What a text is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trace([u32; HASHES]);

impl Trace {
    /// Of a text; texts with the same letters have the same.
    pub(super) fn of(text: &str) -> Self {
        let letters: Vec<u32> = text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .map(u32::from)
            .collect();
        let mut smallest = [u32::MAX; HASHES];
        let whole = letters.len().clamp(1, PIECE);
        for piece in letters.windows(whole) {
            let seed = piece.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
                (hash ^ u64::from(*letter)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            for (place, least) in (1_u64..).zip(smallest.iter_mut()) {
                *least = (*least).min(mixed(seed, place));
            }
        }
        Self(smallest)
    }

    fn is_like(&self, other: &Self) -> bool {
        let equal = self
            .0
            .iter()
            .zip(&other.0)
            .filter(|(one, two)| one == two)
            .count();
        equal as f64 >= ALIKE * HASHES as f64
    }
}

/// One of many hash functions: the finisher of `SplitMix64` (Steele, Lea, Flood 2014) over the seed and the function's
/// number.
fn mixed(seed: u64, function: u64) -> u32 {
    let mut hash = seed ^ function.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash >> 32) as u32
}

/// Texts that are nearly the same, as groups: for each text the place of the first text of its group.
pub(super) fn groups(traces: &[Trace]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..traces.len()).collect();
    let mut bands: HashMap<[u8; 16], Vec<usize>> = HashMap::new();
    for (place, trace) in traces.iter().enumerate() {
        for (number, band) in trace.0.chunks(BAND).enumerate() {
            let there = bands.entry(band_key(number, band)).or_default();
            let like = there
                .iter()
                .find(|other| traces.get(**other).is_some_and(|other| trace.is_like(other)));
            match like {
                Some(other) => join(&mut first, *other, place),
                // One of each kind is enough to find the others by.
                None => there.push(place),
            }
        }
    }
    (0..traces.len()).map(|place| root(&first, place)).collect()
}

fn band_key(number: usize, band: &[u32]) -> [u8; 16] {
    let mut digest = Sha256::new();
    digest.update(number.to_le_bytes());
    for hash in band {
        digest.update(hash.to_le_bytes());
    }
    let mut key = [0; 16];
    for (to, from) in key.iter_mut().zip(digest.finalize()) {
        *to = from;
    }
    key
}

fn root(first: &[usize], mut place: usize) -> usize {
    while let Some(&before) = first.get(place).filter(|before| **before != place) {
        place = before;
    }
    place
}

fn join(first: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(first, one), root(first, other));
    if let Some(slot) = first.get_mut(one.max(other)) {
        *slot = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = "Plus de cinquante civils ont été tués dans la nuit par des inconnus armés, \
        selon le maire de la commune, qui demande l’envoi de renforts. Les assaillants sont venus à moto.";

    fn groups_of(texts: &[&str]) -> Vec<usize> {
        let traces: Vec<Trace> = texts.iter().map(|text| Trace::of(text)).collect();
        groups(&traces)
    }

    #[test]
    fn reprints_are_found_and_other_news_are_not() {
        let reprint = NEWS.replace("’", "'").to_uppercase();
        let longer = format!("{NEWS} (AFP)");
        let other = "Le conseil municipal a voté le budget de l’année prochaine, en hausse de trois pour cent, \
            après un long débat sur les écoles et la voirie.";
        assert_eq!(groups_of(&[NEWS, other, &reprint, &longer]), [0, 1, 0, 0]);
        let arabic = "قُتل أكثر من خمسين مدنياً في هجوم شنه مسلحون مجهولون على قرية في شمال البلاد";
        assert_eq!(groups_of(&[arabic, &format!("{arabic}."), NEWS]), [0, 0, 2]);
        let chinese = "当地官员说，昨夜有五十多名平民在一次袭击中丧生，袭击者骑摩托车而来。";
        assert_eq!(groups_of(&[chinese, other, chinese]), [0, 1, 0]);
    }

    #[test]
    fn short_and_empty_texts_are_alike_only_where_they_are_the_same() {
        assert_eq!(groups_of(&["", "mort", "vivant", "Mort.", ""]), [0, 1, 2, 1, 0]);
    }
}
