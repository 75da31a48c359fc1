//! Elisions: the article or particle that French, Italian, and Catalan write onto the next word.
//!
//! Knows no grammar: a short list of particles, and the sound that must follow.

use super::fold::fold;

/// What may stand before the apostrophe, folded.
const PARTICLES: &[&str] = &[
    // French, and with it most of Italian's and Catalan's single letters
    "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
    // Italian
    "all", "agl", "coll", "dall", "degl", "dell", "gl", "nell", "negl", "sull", "sugl", "un",
];

/// The letters whose names begin with a vowel, so that an acronym may follow an elision: `l'ONU`, but also `d'RFI`.
const VOCALIC_NAMES: &[char] = &['F', 'L', 'M', 'N', 'R', 'S', 'X'];

/// Bytes of the elision that a word starts with, its apostrophe included; none where it has none.
///
/// The particle loses its vowel only before another vowel (or a mute h), so that `N'Djamena`, `M'Bala`, and
/// `O'Brien` stay whole, and so does `aujourd'hui`, whose start is no particle.
pub(super) fn elision_len(word: &str) -> usize {
    let Some((particle, rest)) = word.split_once(['\'', '\u{2019}']) else {
        return 0;
    };
    if particle.is_empty() || particle.len() > 6 || !PARTICLES.contains(&fold(particle).as_str()) {
        return 0;
    }
    if starts_with_vowel(rest) {
        word.len() - rest.len()
    } else {
        0
    }
}

fn starts_with_vowel(rest: &str) -> bool {
    let mut chars = rest.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return false;
    };
    let sound = fold(first.encode_utf8(&mut [0; 4]));
    sound.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])
        || (VOCALIC_NAMES.contains(&first) && second.is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar behind the elision.
    fn check(marked: &str) {
        let at = marked.find('|').unwrap_or(0);
        assert_eq!(elision_len(&marked.replace('|', "")), at, "{marked}");
    }

    #[test]
    fn a_particle_before_a_vowel_is_an_elision() {
        for marked in [
            "d'|Alep",
            "d’|Alep",
            "L'|Équateur",
            "qu'|il",
            "Lorsqu’|on",
            "l'|hôpital",
            "d'|Al-Qaïda",
            "dell'|ONU",
            "d'|RFI",
            "l'|œuvre",
            "D'|AQMI",
            "N'|est",
        ] {
            check(marked);
        }
    }

    #[test]
    fn names_and_other_apostrophes_stay_whole() {
        for whole in [
            "N'Djamena",
            "M'Bala",
            "O'Brien",
            "aujourd'hui",
            "prud'homme",
            "don't",
            "rock'n'roll",
            "l'",
            "'Alep",
            "Alep",
            "",
            "Qur'an",
            "presqu'île",
            "d'",
        ] {
            check(whole);
        }
    }
}
