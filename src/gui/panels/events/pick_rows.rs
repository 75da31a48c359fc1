//! The rows of the list at a cell: what can stand there, found by what is typed, and how a row is drawn.

use egui::{Align2, Rect, Ui, pos2};

use super::grid::Grid;
use crate::gui::paint::TextStyle;
use crate::gui::panels::Pane;
use crate::gui::panels::spans::paint_swatch;
use crate::gui::panels::widgets::{paint_in, paint_small, row_ui};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{EventTypeId, Span, SpanId, Value};

/// Something that can stand in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum PickRow {
    /// A span.
    Span(SpanId),
    /// A value.
    Value(Value),
    /// A type of events.
    Kind(EventTypeId),
    /// Nothing any more.
    Nothing,
}

/// The spans of the article that may stand in a cell, in the order of the text.
pub fn span_rows(grid: &Grid<'_>, may: impl Fn(&Span) -> bool) -> Vec<(PickRow, String)> {
    let spans = grid.article.layer.spans.iter().filter(|span| may(span));
    spans
        .map(|span| {
            let quote = words::quote(&grid.article.text, span, 80);
            (PickRow::Span(span.id.clone()), quote)
        })
        .collect()
}

/// The types that an event can have.
pub fn kind_rows(grid: &Grid<'_>) -> Vec<(PickRow, String)> {
    let kinds = grid.codebook.offered_event_types();
    kinds
        .map(|kind| {
            let name = words::name_or_id(&kind.names, kind.id.as_str()).to_owned();
            (PickRow::Kind(kind.id.clone()), name)
        })
        .collect()
}

/// How far a name is from beginning with what was typed: it does, one of its words does, or it has it within.
pub fn distance(name: &str, wanted: &str) -> Option<u8> {
    let begins_a_word = |at: usize| {
        let before = name.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    let mut places = name.match_indices(wanted).map(|(at, _)| at).peekable();
    match places.peek()? {
        0 => Some(0),
        _ => Some(if places.any(begins_a_word) { 1 } else { 2 }),
    }
}

/// Draws a row; whether it was clicked.
pub fn pick_row_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    grid: &Grid<'_>,
    row: &PickRow,
    name: &str,
    chosen: bool,
    moved: bool,
) -> bool {
    let span = match row {
        PickRow::Span(id) => grid.span(id),
        PickRow::Value(_) | PickRow::Kind(_) | PickRow::Nothing => None,
    };
    let spoken = span.map_or_else(
        || name.to_owned(),
        |span| format!("{}: {name}", words::label_name(grid.codebook, &span.label)),
    );
    let (rect, response) = row_ui(ui, pane.palette, theme::ROW, chosen, &spoken);
    if chosen && moved {
        response.scroll_to_me(None);
    }
    // An article may have thousands of spans, whose words are laid out only where they are seen.
    if !ui.is_rect_visible(rect) {
        return false;
    }
    let mut left = rect.left() + GRID * 2.0;
    if let Some(span) = span {
        let swatch = Rect::from_min_max(pos2(left, rect.top()), pos2(left + 12.0, rect.bottom()));
        paint_swatch(ui, pane, grid.codebook, &span.label, swatch);
        left += GRID * 5.0;
    }
    let mut right = rect.right() - GRID * 2.0;
    // Where it stands: the same words are tagged more than once.
    let start = span.and_then(|span| grid.article.text.char_of(span.ranges.hull().start()));
    if let Some(start) = start {
        let end = pos2(right, rect.center().y);
        let offset = paint_small(
            ui,
            end,
            Align2::RIGHT_CENTER,
            &start.to_string(),
            pane.palette.ink_weak,
        );
        right = offset.left() - GRID * 2.0;
    }
    let words_rect = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
    let style = TextStyle::new(theme::TEXT);
    let style = match row {
        // What was typed is quoted: `“لجنة” as a value`.
        PickRow::Value(_) if name.starts_with('“') => style.own(),
        _ => style,
    };
    let ink = match row {
        PickRow::Nothing => pane.palette.ink_weak,
        PickRow::Span(_) | PickRow::Value(_) | PickRow::Kind(_) => pane.palette.ink,
    };
    paint_in(ui, pane.engine, name, style, ink, words_rect);
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_with_what_was_typed_is_nearest() {
        assert_eq!(distance("other", "ot"), Some(0));
        assert_eq!(distance("any other", "ot"), Some(1));
        assert_eq!(distance("protest", "ot"), Some(2));
        assert_eq!(distance("rotor other", "ot"), Some(1));
        assert_eq!(distance("attack", "ot"), None);
        assert_eq!(distance("attack", ""), Some(0));
    }
}
