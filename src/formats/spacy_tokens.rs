//! Tokens as spaCy's documents have them: together with at most one plain space behind each they are the whole text,
//! and every other white space is a token too. Each edge of a span is an edge of a token.

use std::collections::BTreeSet;
use std::io;

use crate::text::{ByteOffset, ByteRange, Text};

/// A token and whether one space, which no token holds, follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SpacyToken {
    /// Where it lies.
    pub(super) range: ByteRange,
    /// Whether a space follows.
    pub(super) space: bool,
}

/// The tokens of a text, cut at both edges of every span.
pub(super) fn spacy_tokens(text: &Text, spans: impl Iterator<Item = ByteRange>) -> Vec<SpacyToken> {
    let (mut starts, mut ends) = (BTreeSet::new(), BTreeSet::new());
    for span in spans {
        starts.insert(span.start());
        ends.insert(span.end());
    }
    let cuts: BTreeSet<ByteOffset> = starts.union(&ends).copied().collect();
    let words = text.tokens(cuts.iter().copied());
    let mut tokens: Vec<SpacyToken> = Vec::with_capacity(words.len() + words.len() / 8);
    let mut from = ByteOffset::ZERO;
    let end = ByteRange::caret(text.end());
    for word in words.into_iter().chain([end]) {
        let mut gap = ByteRange::between(from, word.start());
        let is_blank = text.slice(gap).is_some_and(|gap| gap.starts_with(' '));
        let behind = ByteOffset::new(gap.start().get() + 1);
        // A space that a span begins or ends with has to be a token, or the span would have no token at its edge.
        if let Some(last) = tokens.last_mut()
            && is_blank
            && !starts.contains(&gap.start())
            && !ends.contains(&behind)
        {
            last.space = true;
            gap = ByteRange::between(behind, gap.end());
        }
        let inside = cuts.range(gap.start()..gap.end()).copied();
        let mut begin = gap.start();
        for cut in inside.chain([gap.end()]).collect::<Vec<_>>() {
            push(&mut tokens, ByteRange::between(begin, cut));
            begin = cut;
        }
        push(&mut tokens, word);
        from = word.end();
    }
    tokens
}

/// The first and the last token of a span.
///
/// # Errors
/// Where the edges of the span are no edges of tokens.
pub(super) fn tokens_of(tokens: &[SpacyToken], span: ByteRange) -> io::Result<(usize, usize)> {
    let first = tokens.partition_point(|token| token.range.start() < span.start());
    let behind = tokens.partition_point(|token| token.range.end() <= span.end());
    let inside = tokens.get(first..behind).unwrap_or_default();
    match (inside.first(), inside.last()) {
        (Some(one), Some(other)) if one.range.start() == span.start() && other.range.end() == span.end() => {
            Ok((first, behind - 1))
        }
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "a span has no tokens")),
    }
}

fn push(tokens: &mut Vec<SpacyToken>, range: ByteRange) {
    if !range.is_empty() {
        tokens.push(SpacyToken { range, space: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, spans: &[(usize, usize)]) -> Vec<String> {
        let text = Text::new(text);
        let ranges = spans
            .iter()
            .map(|(start, end)| ByteRange::between(ByteOffset::new(*start), ByteOffset::new(*end)));
        let tokens = spacy_tokens(&text, ranges);
        let show = |token: &SpacyToken| {
            format!(
                "{}{}",
                text.slice(token.range).unwrap(),
                if token.space { "_" } else { "" }
            )
        };
        tokens.iter().map(show).collect()
    }

    #[test]
    fn one_space_goes_with_the_word_before_and_other_white_space_is_a_token() {
        assert_eq!(
            shown("a b  c\td\u{a0}e", &[]),
            ["a_", "b_", " ", "c", "\t", "d", "\u{a0}", "e"]
        );
        assert_eq!(shown(" a \n", &[]), [" ", "a_", "\n"]);
        assert_eq!(shown("un deux", &[(0, 3)]), ["un", " ", "deux"]);
        assert_eq!(shown("un deux", &[(2, 7)]), ["un", " ", "deux"]);
        assert_eq!(shown("un deux", &[(0, 2), (3, 5)]), ["un_", "de", "ux"]);
    }

    proptest! {
        #[test]
        fn tokens_and_spaces_are_the_text_and_spans_lie_on_tokens(
            text in "[ab \\n\t\u{a0}é😀\u{301}]{0,24}", spans in prop::collection::vec((0_usize..24, 0_usize..24), 0..4),
        ) {
            let text = Text::new(text);
            let edge = |at: usize| text.byte_of_char(crate::text::CharOffset::new(at.min(text.char_len()))).unwrap();
            let spans: Vec<ByteRange> = spans.into_iter()
                .map(|(one, other)| ByteRange::between(edge(one), edge(other)))
                .filter(|span| !span.is_empty())
                .collect();
            let tokens = spacy_tokens(&text, spans.iter().copied());
            let mut whole = String::new();
            for token in &tokens {
                prop_assert_eq!(token.range.start().get(), whole.len());
                whole.push_str(text.slice(token.range).unwrap());
                whole.push_str(if token.space { " " } else { "" });
            }
            prop_assert_eq!(whole.as_str(), text.as_str());
            for span in spans {
                let (first, last) = tokens_of(&tokens, span).unwrap();
                prop_assert_eq!(tokens[first].range.start(), span.start());
                prop_assert_eq!(tokens[last].range.end(), span.end());
            }
        }
    }
}
