//! The article for assistive technology: its paragraphs and spans as nodes with role, name, and place.
//!
//! A span's bounds are its first rectangle, so that a click on its middle hits it. Only what is in view has nodes,
//! as only that is laid out.

use egui::accesskit::{Action, Role};
use egui::{Rect, Response, Sense, Ui, WidgetInfo};

use crate::model::SpanId;

use super::output::ArticleOutput;
use super::page::Page;
use super::state::ArticleState;

/// Describes what is in view; a request to press a span selects it.
pub(super) fn describe(
    ui: &Ui,
    response: &Response,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    response.widget_info(|| WidgetInfo::labeled(Role::Document, ui.is_enabled(), page.title));
    let view = state.sheet.viewport();
    for piece in state.sheet.pieces() {
        let words = page.text.slice(piece.range()).unwrap_or_default().trim();
        let rect = piece.rect().intersect(view);
        if !words.is_empty() && rect.is_positive() {
            let node = ui.interact(
                rect,
                response.id.with(("paragraph", piece.number())),
                Sense::hover(),
            );
            node.widget_info(|| WidgetInfo::labeled(Role::Paragraph, ui.is_enabled(), words));
        }
    }
    let mut pressed = None;
    for (id, rect) in spans_in_view(state, view) {
        let Some(span) = state.index.get(&id) else {
            continue;
        };
        let node_id = response.id.with(("span", id.as_str()));
        let node = ui.interact(rect, node_id, Sense::hover());
        let quote = span.ranges.quote(page.text).unwrap_or_default();
        let name = format!("{}: {quote}", page.label_name(&span.label));
        let selected = state.selected_span.as_ref() == Some(&id);
        node.widget_info(|| WidgetInfo::selected(Role::Mark, ui.is_enabled(), selected, &name));
        ui.ctx()
            .accesskit_node_builder(node_id, |node| node.add_action(Action::Click));
        if ui.input(|input| input.has_accesskit_action_request(node_id, Action::Click)) {
            pressed = Some(id);
        }
    }
    if let Some(id) = pressed {
        state.select_span(Some(id));
        outputs.push(ArticleOutput::SelectionChanged);
    }
}

/// The spans in view with their first rectangle there, in the order of the text.
fn spans_in_view(state: &ArticleState, view: Rect) -> Vec<(SpanId, Rect)> {
    let mut found: Vec<(usize, Rect)> = Vec::new();
    for piece in state.sheet.pieces() {
        for fragment in state.index.touching(piece.range()) {
            if found.iter().any(|(place, _)| *place == fragment.span) {
                continue;
            }
            let first = piece
                .rects(fragment.range)
                .into_iter()
                .map(|rect| rect.intersect(view))
                .find(Rect::is_positive);
            found.extend(first.map(|rect| (fragment.span, rect)));
        }
    }
    found
        .into_iter()
        .filter_map(|(place, rect)| Some((state.index.span(place)?.id.clone(), rect)))
        .collect()
}
