//! A text field for assistive technology: its words with the caret, and what can be asked of them.

use egui::accesskit::{Action, ActionData, ActionRequest, TreeId};
use egui::{Event, Id, Pos2, Rect, Response, Ui, UiBuilder, vec2};

use crate::gui::runs::{Paragraph, TextRuns};
use crate::layout::Editor;
use crate::text::Text;

use super::FieldState;

/// Exposes the lines of the field and its selection, while anyone listens.
pub(super) fn describe(ui: &Ui, response: &Response, inner: Rect, state: &FieldState) {
    let Some(editor) = &state.editor else { return };
    if !ui.ctx().has_accesskit_node(response.id) {
        return;
    }
    let runs = runs(editor, response.id, inner.min - vec2(0.0, state.scrolled));
    let shown = Text::new(editor.shown());
    let words = shown.word_starts(shown.full_range());
    let inside = UiBuilder::new()
        .layer_id(ui.layer_id())
        .accessibility_parent(response.id);
    let lines = Ui::new(ui.ctx().clone(), response.id.with("lines"), inside);
    runs.describe(&lines, 0..runs.count(), &words);
    let selection = editor.selection();
    ui.ctx().accesskit_node_builder(response.id, |node| {
        for action in [
            Action::SetTextSelection,
            Action::ReplaceSelectedText,
            Action::SetValue,
        ] {
            node.add_action(action);
        }
        if let Some(selection) = runs.selection(selection.anchor, selection.focus) {
            node.set_text_selection(selection);
        }
    });
}

/// Does what assistive technology asks of the field; whether anything was asked.
pub(super) fn take_requests(ui: &Ui, id: Id, editor: &mut Editor) -> bool {
    let requests: Vec<ActionRequest> = ui.input(|input| {
        let requests = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request)
                if request.target_tree == TreeId::ROOT && request.target_node == id.accesskit_id() =>
            {
                Some(request.clone())
            }
            _ => None,
        });
        requests.collect()
    });
    for request in &requests {
        match (request.action, &request.data) {
            (Action::SetTextSelection, Some(ActionData::SetTextSelection(asked))) => {
                let runs = runs(editor, id, Pos2::ZERO);
                if let (Some(anchor), Some(focus)) = (runs.caret(asked.anchor), runs.caret(asked.focus)) {
                    editor.select(anchor.offset, focus.offset);
                }
            }
            (Action::ReplaceSelectedText, Some(ActionData::Value(words))) => editor.insert(words),
            (Action::SetValue, Some(ActionData::Value(words))) => {
                editor.select_all();
                editor.insert(words);
            }
            _ => {}
        }
    }
    !requests.is_empty()
}

fn runs(editor: &Editor, id: Id, origin: Pos2) -> TextRuns {
    let mut runs = TextRuns::default();
    for paragraph in editor.paragraphs() {
        let end = paragraph.range.end().get();
        runs.add(&Paragraph {
            layout: paragraph.layout,
            words: editor.shown().get(paragraph.range.as_usize()).unwrap_or_default(),
            start: paragraph.range.start(),
            left_top: origin + vec2(paragraph.x, paragraph.y),
            id: id.with(("paragraph", paragraph.range.start().get())),
            is_ended: end < editor.shown().len(),
        });
    }
    runs
}
