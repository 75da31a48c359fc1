//! Tokens: the words, figures, and signs that readers of training data count in, cut wherever a span begins or ends.
//!
//! A token is what [`super::word`] calls a word, less its elision, or a sign between two words; white space is none.
//! No token begins inside a grapheme cluster unless a span does, or the cluster is white space with marks on it.

use super::content::Text;
use super::offset::{ByteOffset, ByteRange, range};
use super::word::segments;

impl Text {
    /// The tokens in order: disjoint, none empty, none of white space, each cut at every place given. What they leave
    /// out is white space only.
    pub fn tokens(&self, cuts: impl IntoIterator<Item = ByteOffset>) -> Vec<ByteRange> {
        let text = self.as_str();
        let mut cuts: Vec<usize> = cuts.into_iter().map(ByteOffset::get).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut tokens = Vec::with_capacity(text.len() / 6);
        let mut from = 0;
        while from < text.len() {
            let piece = segments(text, from);
            for segment in piece.iter().filter(|segment| segment.start >= from) {
                let first = cuts.partition_point(|cut| *cut <= segment.start);
                let inside = cuts.get(first..).unwrap_or_default().iter().copied();
                let inside = inside.take_while(|cut| *cut < segment.end);
                let mut edges: Vec<usize> = segment.behind_elision().into_iter().chain(inside).collect();
                edges.push(segment.end);
                edges.sort_unstable();
                let mut start = segment.start;
                for end in edges {
                    push_words(text, start, end, &mut tokens);
                    start = end;
                }
            }
            // The segments tile their piece, so the next piece begins where the last one ends.
            from = piece.last().map_or(text.len(), |last| last.end.max(from + 1));
        }
        tokens
    }
}

/// Takes the parts of a stretch that are no white space.
fn push_words(text: &str, start: usize, end: usize, tokens: &mut Vec<ByteRange>) {
    let mut begin = None;
    let inside = text.get(start..end).unwrap_or_default();
    for (at, c) in inside.char_indices() {
        match (begin, c.is_whitespace()) {
            (None, false) => begin = Some(start + at),
            (Some(from), true) => {
                tokens.push(range(from, start + at));
                begin = None;
            }
            _ => {}
        }
    }
    if let Some(from) = begin {
        tokens.push(range(from, end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str, cuts: &[usize]) -> Vec<String> {
        let text = Text::new(text);
        let tokens = text.tokens(cuts.iter().copied().map(ByteOffset::new));
        let slice = |token: ByteRange| text.slice(token).unwrap().to_owned();
        tokens.into_iter().map(slice).collect()
    }

    #[test]
    fn tokens_are_words_and_signs_without_white_space() {
        let found = words("« Plus de 12 000 morts », dit-il à\u{a0}l’ONU.\n", &[]);
        assert_eq!(
            found,
            [
                "«", "Plus", "de", "12", "000", "morts", "»", ",", "dit-il", "à", "l’", "ONU", "."
            ]
        );
        assert_eq!(words("قُتل ٥٠ شخصًا", &[]), ["قُتل", "٥٠", "شخصًا"]);
        assert_eq!(words("北京发生爆炸", &[]).concat(), "北京发生爆炸");
        assert_eq!(words(" \n\t", &[]), Vec::<String>::new());
    }

    #[test]
    fn the_edges_of_spans_cut_tokens() {
        assert_eq!(words("بالمغرب", &[4]), ["با", "لمغرب"]);
        assert_eq!(words("l'Iran", &[2, 3]), ["l'", "I", "ran"]);
    }

    proptest! {
        #[test]
        fn only_white_space_lies_between_tokens(text in "[a-zé' \\n\u{a0}\u{301}北京ب😀\u{200d}.,-]{0,40}", cut in 0_usize..40) {
            let text = Text::new(text);
            let cut = ByteOffset::new(cut.min(text.end().get()));
            let cuts = text.is_boundary(cut).then_some(cut);
            let mut behind = ByteOffset::ZERO;
            let blank = |from, to| text.slice(ByteRange::between(from, to)).unwrap().chars().all(char::is_whitespace);
            for token in text.tokens(cuts) {
                prop_assert!(behind <= token.start() && !token.is_empty());
                prop_assert!(blank(behind, token.start()));
                prop_assert!(!text.slice(token).unwrap().chars().any(char::is_whitespace));
                prop_assert!(cuts.is_none_or(|cut| cut <= token.start() || cut >= token.end()));
                behind = token.end();
            }
            prop_assert!(blank(behind, text.end()));
        }
    }
}
