//! Where the menu of what is selected opens when a key asks for it.

use egui::{Pos2, Rect};

use super::state::ArticleState;
use crate::model::RelationId;
use crate::text::ByteRange;

impl ArticleState {
    /// At the selected relation, else below the selected words, the selected span, or the caret; in the middle of the text
    /// where none of them is in view. With the relation that the menu is about.
    pub fn menu_place(&self) -> (Pos2, Option<RelationId>) {
        let view = self.sheet.viewport();
        if let Some(relation) = self.selected_relation() {
            let at = self.middle_of_relation(relation).unwrap_or(view.center());
            return (at, Some(relation.clone()));
        }
        let of_span = || {
            let span = self.index.get(self.selected_span()?)?;
            span.ranges.as_slice().last().copied()
        };
        let words = Some(self.selection()).filter(|words| !words.is_empty());
        let below = |rect: &Rect| Pos2::new(rect.left(), rect.bottom());
        let in_view = |range: ByteRange| {
            let rects = self.sheet.rects(range).into_iter();
            rects.rev().find(|rect| view.contains(below(rect)))
        };
        let caret = || {
            self.sheet
                .caret(self.caret())
                .filter(|rect| view.contains(below(rect)))
        };
        let rect = words.or_else(of_span).map_or_else(caret, in_view);
        (rect.as_ref().map_or(view.center(), below), None)
    }
}
