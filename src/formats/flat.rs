//! Spans for formats that hold less than Hashiya does: one piece for each fragment, and a choice without overlaps.

use std::sync::Arc;

use crate::model::{Layer, Span};
use crate::text::{ByteRange, Text};

use super::Diagnostic;

/// One fragment of a span.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    /// Where it lies.
    pub range: ByteRange,
    /// Whose fragment it is.
    pub span: &'a Arc<Span>,
}

/// Pieces that do not overlap, in the order of the text.
#[derive(Debug)]
pub(super) struct FlatChoice<'a> {
    pub pieces: Vec<Piece<'a>>,
    /// How many pieces stayed out because they share text with one that was chosen.
    pub left_out: usize,
}

/// Every fragment of every span, in the order of the text, the longer first where two start together.
pub(super) fn pieces(layer: &Layer) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = layer
        .spans
        .iter()
        .flat_map(|span| {
            let ranges = span.ranges.as_slice().iter();
            ranges.map(move |range| Piece { range: *range, span })
        })
        .collect();
    pieces.sort_by(|one, other| {
        let place = |piece: &Piece<'_>| (piece.range.start(), std::cmp::Reverse(piece.range.end()));
        place(one)
            .cmp(&place(other))
            .then_with(|| one.span.id.cmp(&other.span.id))
    });
    pieces
}

/// The longest pieces first, in code points, so that no script goes before another; each unless it shares text with one
/// chosen before; of equals the first in the text, then by id. The usual way of token-based formats, which hold one
/// label a token.
pub(super) fn flat_choice<'a>(text: &Text, layer: &'a Layer) -> FlatChoice<'a> {
    let mut all = pieces(layer);
    let count = all.len();
    // Sorted by place already, and the sort is stable.
    let length = |piece: &Piece<'_>| text.slice(piece.range).map(|words| words.chars().count());
    all.sort_by_cached_key(|piece| std::cmp::Reverse(length(piece)));
    let mut chosen = std::collections::BTreeMap::new();
    for piece in all {
        let before = chosen.range(..piece.range.end()).next_back();
        let overlaps =
            before.is_some_and(|(_, there): (_, &Piece<'_>)| there.range.end() > piece.range.start());
        if !overlaps {
            chosen.insert(piece.range.start(), piece);
        }
    }
    let pieces: Vec<Piece<'_>> = chosen.into_values().collect();
    FlatChoice {
        left_out: count - pieces.len(),
        pieces,
    }
}

/// Spans or fragments that tokens without white space do not hold as they are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Blanks {
    /// Of nothing but white space: they have no token.
    pub blank: usize,
    /// With white space at an edge: their tokens begin later, or end earlier.
    pub trimmed: usize,
}

impl Blanks {
    /// Counts the words of a piece in.
    pub(super) fn add(&mut self, words: &str, is_space: fn(char) -> bool) {
        let trimmed = words.trim_matches(is_space);
        self.blank += usize::from(trimmed.is_empty());
        self.trimmed += usize::from(!trimmed.is_empty() && trimmed != words);
    }

    /// What is to be said of them by a format that has nothing but tokens.
    pub(super) fn findings(self) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        if self.blank > 0 {
            let message = format!(
                "spans or fragments of nothing but white space, which have no token and are left out: {}",
                self.blank
            );
            told.push(Diagnostic::warning("span_without_token", message));
        }
        if self.trimmed > 0 {
            let message = format!(
                "spans or fragments with white space at an edge, written without it: {}",
                self.trimmed
            );
            told.push(Diagnostic::info("trimmed_spans", message));
        }
        told
    }
}

/// The piece that a token lies in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder<'p, 'a> {
    pub piece: &'p Piece<'a>,
    /// Whether the token is the first one in it.
    pub is_first: bool,
}

/// The piece that holds each token, where one does. Pieces do not overlap, and tokens are cut at their edges.
pub(super) fn holders<'p, 'a>(tokens: &[ByteRange], pieces: &'p [Piece<'a>]) -> Vec<Option<Holder<'p, 'a>>> {
    let mut rest = pieces;
    let mut before = None;
    let of_token = |token: &ByteRange| {
        while let [piece, behind @ ..] = rest
            && piece.range.end() <= token.start()
        {
            rest = behind;
        }
        let piece = rest.first().filter(|piece| piece.range.start() <= token.start());
        let range = piece.map(|piece| piece.range);
        let is_first = range != std::mem::replace(&mut before, range);
        piece.map(|piece| Holder { piece, is_first })
    };
    tokens.iter().map(of_token).collect()
}

#[cfg(test)]
mod tests {
    use super::super::format;
    use super::super::testing::{marked, options, write_to};
    use super::*;
    use crate::model::testing::parse;

    #[track_caller]
    fn check(marked: &str, expected: &str, left_out: usize) {
        let (text, spans) = parse(marked);
        let layer = Layer {
            spans,
            ..Layer::default()
        };
        let text = Text::new(text);
        let choice = flat_choice(&text, &layer);
        let found: Vec<String> = choice
            .pieces
            .iter()
            .map(|piece| format!("{}:{}", piece.span.id, text.slice(piece.range).unwrap()))
            .collect();
        assert_eq!(
            (found.join(" "), choice.left_out),
            (expected.to_owned(), left_out)
        );
    }

    #[test]
    fn white_space_that_no_token_holds_is_counted() {
        let article = marked("a", "{1:a| un|1} {2:b|deux\u{a0}|2} {3:c| \n|3} {4:d|trois|4}.");
        for (id, blank, trimmed) in [
            ("conll", "span_without_token", "trimmed_spans"),
            ("gliner", "span_without_token", "trimmed_spans"),
            ("hf", "only_in_spans", "trimmed_in_tags"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let (_, told) = write_to(
                folder.path(),
                format(id).unwrap(),
                &options(),
                std::slice::from_ref(&article),
            );
            let told: Vec<(&str, bool, bool)> = told
                .iter()
                .map(|one| {
                    (
                        one.code,
                        one.message.ends_with(": 1"),
                        one.message.ends_with(": 2"),
                    )
                })
                .collect();
            assert_eq!(told, [(blank, true, false), (trimmed, false, true)], "{id}");
        }
    }

    #[test]
    fn the_longest_piece_wins_and_touching_ones_stay() {
        check("{1:a|la {2:b|Syrie|1} et|2}", "1:la Syrie", 1);
        check("{1:a|la {2:b|Syrie|1} entière|2}", "2:Syrie entière", 1);
        check("{1:a|x {2:b|yy|2}|1}{3:c|z|3}", "1:x yy 3:z", 1);
        check(
            "{1:a|un|1} mot {1|deux|1} {2:b|trois|2}",
            "1:un 1:deux 2:trois",
            0,
        );
        check("{1:a|{2:b|même|2}|1}", "1:même", 1);
        // Nine code points go before seven, which are ten bytes.
        check("{1:a|abcde {2:b|xyz|1} حلب|2}", "1:abcde xyz", 1);
    }
}
