//! The fragments of spans under ids of their own, for formats in which a span is one range.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Layer, Span, SpanId};
use crate::text::ByteRange;

use super::flat::pieces;

/// One fragment as a span of its own.
#[derive(Clone, Debug)]
pub(super) struct NamedPiece<'a> {
    /// The span's id; of a later fragment, that id with its number.
    pub(super) id: String,
    /// Where it lies.
    pub(super) range: ByteRange,
    /// Whose fragment it is.
    pub(super) span: &'a Span,
}

/// The pieces of a layer in the order of the text.
pub(super) struct NamedPieces<'a> {
    /// All of them.
    pub(super) list: Vec<NamedPiece<'a>>,
    first: BTreeMap<&'a SpanId, usize>,
}

impl<'a> NamedPieces<'a> {
    /// Names the fragments of a layer's spans.
    pub(super) fn of(layer: &'a Layer) -> Self {
        let mut taken: BTreeSet<String> = layer.spans.iter().map(|span| span.id.to_string()).collect();
        let mut first = BTreeMap::new();
        let mut list = Vec::new();
        for (at, piece) in pieces(layer).into_iter().enumerate() {
            let span: &Span = piece.span;
            let id = if first.contains_key(&span.id) {
                let mut ids = (2..).map(|number| format!("{}~{number}", span.id));
                let free = ids.find(|id| taken.insert(id.clone()));
                free.unwrap_or_default()
            } else {
                first.insert(&span.id, at);
                span.id.to_string()
            };
            let range = piece.range;
            list.push(NamedPiece { id, range, span });
        }
        Self { list, first }
    }

    /// The place in the list of a span's first fragment, which stands for the span in relations.
    pub(super) fn first_of(&self, span: &SpanId) -> Option<usize> {
        self.first.get(span).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::marked;

    #[test]
    fn the_first_fragment_keeps_the_id_and_the_others_are_numbered() {
        let (_, layers) = marked("a", "{1:a|un|1} {1~2:b|mot|1~2} {1|deux|1} {1|trois|1}");
        let pieces = NamedPieces::of(&layers[0].1);
        let ids: Vec<&str> = pieces.list.iter().map(|piece| piece.id.as_str()).collect();
        assert_eq!(ids, ["1", "1~2", "1~3", "1~4"]);
        assert_eq!(pieces.first_of(&SpanId::new("1~2").unwrap()), Some(1));
    }
}
