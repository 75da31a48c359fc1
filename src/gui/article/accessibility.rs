//! The article for assistive technology, in the order in which it is read: title, byline, then the paragraphs in view,
//! each with its lines as runs of text and with the spans that begin in it.
//!
//! Made only while such technology listens, and only of what is in view, as only that is laid out. None of it is in the
//! mouse's way: a span's bounds are its first rectangle, so that a click on its middle hits the text there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use egui::accesskit::{self, Action, ActionData, ActionRequest, NodeId, Role, TreeId};
use egui::{Event, Id, Rect, Response, Sense, Ui, UiBuilder, WidgetInfo};

use crate::gui::runs::{Paragraph, TextRuns, bounds, text_direction};
use crate::gui::words;
use crate::layout::Caret;
use crate::model::{Note, Span, SpanId, TargetId};
use crate::text::{ByteOffset, ByteRange, Text};

use super::output::ArticleOutput;
use super::page::Page;
use super::relations::relations_in_words;
use super::sheet::Piece;
use super::state::ArticleState;
use super::view::article_id;

/// Characters of a span's words that its name holds at most; a span may be as long as the article.
const NAME: usize = 400;
/// The same for the words of the span around it.
const AROUND: usize = 60;

/// A line of the head that is in view: title or byline.
pub(super) struct HeadLine<'a> {
    /// Which of them.
    pub id: &'static str,
    /// Heading or label.
    pub role: Role,
    /// Where it stands.
    pub place: Rect,
    /// Its words.
    pub words: &'a str,
}

/// What was found out about an article once and holds as long as its text, its layer, and the labels that are seen do.
#[derive(Default)]
pub(super) struct Reading {
    /// The version of the page and that of the index.
    made_for: (Option<u64>, u64),
    /// By their places in the index.
    spans: HashMap<usize, Arc<SpanWords>>,
    /// Where words begin, by the number of the paragraph.
    words: HashMap<usize, Arc<[ByteOffset]>>,
}

/// A span in words.
struct SpanWords {
    name: String,
    description: String,
    /// How many spans it lies in.
    depth: usize,
}

/// Describes what is in view.
pub(super) fn describe(
    ui: &mut Ui,
    response: &Response,
    page: &Page<'_>,
    state: &mut ArticleState,
    head: &[HeadLine<'_>],
) {
    response.widget_info(|| WidgetInfo::labeled(Role::Document, ui.is_enabled(), page.title));
    if !ui.ctx().has_accesskit_node(response.id) {
        return;
    }
    let mut reading = std::mem::take(&mut state.reading);
    reading.follow((state.version(), state.indexed));
    let inside = UiBuilder::new()
        .scope_id(response.id.with("contents"))
        .accessibility_parent(response.id);
    let mut document = ui.new_child(inside);
    for line in head {
        let node = document.interact(Rect::NOTHING, response.id.with(line.id), Sense::hover());
        node.widget_info(|| WidgetInfo::labeled(line.role, true, line.words));
        place(&document, node.id, line.place);
    }
    let runs = describe_text(&mut document, page, state, &mut reading);
    state.reading = reading;
    let count = state.index.spans().len();
    let (anchor, focus) = (Caret::downstream(state.anchor), state.caret());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(words::counted(count, words::SPAN, words::SPANS_SMALL));
        for action in [Action::SetTextSelection, Action::ScrollUp, Action::ScrollDown] {
            node.add_action(action);
        }
        if let Some(selection) = runs.selection(anchor, focus) {
            node.set_text_selection(selection);
        }
    });
}

/// The paragraphs in view with their runs and spans; the runs of all of them.
fn describe_text(
    document: &mut Ui,
    page: &Page<'_>,
    state: &ArticleState,
    reading: &mut Reading,
) -> TextRuns {
    let view = state.sheet.viewport();
    let notes = notes(page);
    let mut seen = HashSet::new();
    let mut runs = TextRuns::default();
    let mut numbers = HashSet::new();
    for piece in state.sheet.pieces() {
        let rect = piece.rect().intersect(view);
        if !rect.is_positive() {
            continue;
        }
        numbers.insert(piece.number());
        let paragraph = paragraph_node(document, page, state, &piece, rect);
        let first = runs.count();
        runs.add(&paragraph_of(page, &piece));
        let words = reading.words_of(page.text, &piece);
        runs.describe(&paragraph, first..runs.count(), &words);
        for (at, rect) in spans_of(state, &piece, view, &mut seen) {
            let words = reading.span(page, state, &notes, at);
            if let (Some(span), Some(words)) = (state.index.span(at), words) {
                let selected = state.selected_span.as_ref() == Some(&span.id);
                let total = state.index.spans().len();
                span_node(&paragraph, span, rect, &words, (at, total), selected);
            }
        }
    }
    reading.words.retain(|number, _| numbers.contains(number));
    runs
}

/// A paragraph's node; an empty line has none of its own, but its line break is still a part of the text.
fn paragraph_node(
    document: &mut Ui,
    page: &Page<'_>,
    state: &ArticleState,
    piece: &Piece<'_>,
    rect: Rect,
) -> Ui {
    let words = page.text.slice(piece.range()).unwrap_or_default().trim();
    let role = if words.is_empty() {
        Role::GenericContainer
    } else if state
        .headline()
        .and_then(|line| line.intersection(piece.range()))
        .is_some()
    {
        Role::Heading
    } else {
        Role::Paragraph
    };
    let id = paragraph_id(piece.number());
    let paragraph = document.new_child(UiBuilder::new().scope_id(id).accessibility_role(role));
    paragraph.ctx().accesskit_node_builder(id, |node| {
        node.set_bounds(bounds(rect));
        node.set_text_direction(text_direction(piece.layout().direction()));
        if !words.is_empty() {
            node.set_label(words);
            node.add_action(Action::ScrollIntoView);
        }
    });
    paragraph
}

fn span_node(
    paragraph: &Ui,
    span: &Span,
    rect: Rect,
    words: &SpanWords,
    (at, total): (usize, usize),
    selected: bool,
) {
    let id = span_id(&span.id);
    paragraph.interact(Rect::NOTHING, id, Sense::hover());
    paragraph.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Mark);
        node.set_bounds(bounds(rect));
        node.set_label(words.name.as_str());
        node.set_description(words.description.as_str());
        node.set_role_description(words::SPAN);
        node.set_level(words.depth);
        node.set_position_in_set(at);
        node.set_size_of_set(total);
        node.set_selected(selected);
        for action in [Action::Click, Action::Focus, Action::ScrollIntoView] {
            node.add_action(action);
        }
    });
}

/// Does what assistive technology asks of the article: to select words or a span, to bring something into view.
pub(super) fn take_requests(
    ui: &Ui,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    let requests: Vec<ActionRequest> = ui.input(|input| {
        let requests = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request) if request.target_tree == TreeId::ROOT => {
                Some(request.clone())
            }
            _ => None,
        });
        requests.collect()
    });
    if requests.is_empty() {
        return;
    }
    let mut runs = TextRuns::default();
    for piece in state.sheet.pieces() {
        runs.add(&paragraph_of(page, &piece));
    }
    for request in requests {
        if request.target_node == article_id().accesskit_id() {
            on_article(&request, &runs, state, outputs);
        } else if let Some(span) = span_of_node(state, request.target_node) {
            if matches!(
                request.action,
                Action::Click | Action::Focus | Action::ScrollIntoView
            ) {
                on_span(ui, request.action, span, state, outputs);
            }
        } else if request.action == Action::ScrollIntoView {
            let start = runs.start_of(request.target_node).or_else(|| {
                let mut pieces = state.sheet.pieces();
                let piece = pieces
                    .find(|piece| paragraph_id(piece.number()).accesskit_id() == request.target_node)?;
                Some(piece.range().start())
            });
            state.reveal = start.map(Caret::downstream).or(state.reveal);
        }
    }
}

fn on_article(
    request: &ActionRequest,
    runs: &TextRuns,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    let distance = f64::from(state.sheet.viewport().height() * 0.8);
    match (request.action, &request.data) {
        (Action::ScrollDown, _) => state.sheet.scroll_by(distance),
        (Action::ScrollUp, _) => state.sheet.scroll_by(-distance),
        (Action::SetTextSelection, Some(ActionData::SetTextSelection(asked))) => {
            if let (Some(anchor), Some(focus)) = (runs.caret(asked.anchor), runs.caret(asked.focus)) {
                state.move_to(anchor, false);
                state.move_to(focus, true);
                outputs.push(ArticleOutput::SelectionChanged);
            }
        }
        _ => {}
    }
}

fn on_span(
    ui: &Ui,
    action: Action,
    span: SpanId,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    if action == Action::ScrollIntoView {
        let span = state.index.get(&span);
        state.reveal = span.map(|span| Caret::downstream(span.ranges.hull().start()));
        return;
    }
    if action == Action::Focus {
        ui.memory_mut(|memory| memory.request_focus(article_id()));
    }
    state.select_span(Some(span));
    outputs.push(ArticleOutput::SelectionChanged);
}

impl Reading {
    fn follow(&mut self, made_for: (Option<u64>, u64)) {
        if self.made_for != made_for {
            self.made_for = made_for;
            self.spans.clear();
        }
    }

    fn words_of(&mut self, text: &Text, piece: &Piece<'_>) -> Arc<[ByteOffset]> {
        let known = self.words.entry(piece.number());
        Arc::clone(known.or_insert_with(|| text.word_starts(piece.range()).into()))
    }

    fn span(
        &mut self,
        page: &Page<'_>,
        state: &ArticleState,
        notes: &HashMap<&str, Vec<&Note>>,
        at: usize,
    ) -> Option<Arc<SpanWords>> {
        if let Some(known) = self.spans.get(&at) {
            return Some(Arc::clone(known));
        }
        let span = state.index.span(at)?;
        let words = Arc::new(span_words(page, state, notes.get(span.id.as_str()), at, span));
        self.spans.insert(at, Arc::clone(&words));
        Some(words)
    }
}

fn span_words(
    page: &Page<'_>,
    state: &ArticleState,
    notes: Option<&Vec<&Note>>,
    at: usize,
    span: &Span,
) -> SpanWords {
    let index = &state.index;
    let around = index.around(at);
    let fragments = span.ranges.as_slice();
    let places: Vec<String> = fragments
        .iter()
        .filter_map(|range| page.text.char_range(*range))
        .map(|range| format!("{}–{}", range.start(), range.end()))
        .collect();
    let mut parts = vec![
        words::span_of(at + 1, index.spans().len()),
        format!("{} {}", words::CODE_POINTS, places.join(", ")),
    ];
    if fragments.len() > 1 {
        parts.push(words::in_parts(fragments.len()));
    }
    if let Some(outer) = around.first().and_then(|outer| index.span(*outer)) {
        let outer_words = words::named(
            page.label_name(&outer.label),
            &words::quote(page.text, outer, AROUND),
        );
        parts.push(words::inside(around.len() + 1, &outer_words));
    }
    parts.extend(relations_in_words(page, state, &span.id, true));
    for note in notes.into_iter().flatten() {
        parts.push(words::note_says(&note.text));
    }
    SpanWords {
        name: format!(
            "{}: {}",
            page.label_name(&span.label),
            words::quote(page.text, span, NAME)
        ),
        description: parts.join("; "),
        depth: around.len(),
    }
}

fn notes<'a>(page: &Page<'a>) -> HashMap<&'a str, Vec<&'a Note>> {
    let mut notes: HashMap<&str, Vec<&Note>> = HashMap::new();
    for note in page.layer.notes.values() {
        if let Some(target) = note.target.as_ref().map(TargetId::as_str) {
            notes.entry(target).or_default().push(note);
        }
    }
    notes
}

/// The spans that are seen first in this paragraph, with their first rectangle in view, in the order of the text.
fn spans_of(
    state: &ArticleState,
    piece: &Piece<'_>,
    view: Rect,
    seen: &mut HashSet<usize>,
) -> Vec<(usize, Rect)> {
    let mut found = Vec::new();
    for fragment in state.index.touching(piece.range()) {
        if seen.contains(&fragment.span) {
            continue;
        }
        let rects = piece.rects(fragment.range).into_iter();
        let first = rects.map(|rect| rect.intersect(view)).find(Rect::is_positive);
        if let Some(rect) = first {
            seen.insert(fragment.span);
            found.push((fragment.span, rect));
        }
    }
    found
}

fn paragraph_of<'a>(page: &Page<'a>, piece: &Piece<'a>) -> Paragraph<'a> {
    let behind = page.text.as_str().get(piece.range().end().get()..);
    let breaks = ['\n', '\r', '\u{85}', '\u{2029}'];
    Paragraph {
        layout: piece.layout(),
        words: page.text.slice(piece.range()).unwrap_or_default(),
        start: piece.range().start(),
        left_top: piece.left_top(),
        id: paragraph_id(piece.number()),
        is_ended: behind.is_some_and(|behind| behind.starts_with(breaks)),
    }
}

/// The span that is in view under a node's id.
fn span_of_node(state: &ArticleState, node: NodeId) -> Option<SpanId> {
    let pieces = state.sheet.pieces().map(|piece| piece.range());
    let whole = pieces.reduce(|one, other| ByteRange::between(one.start(), other.end()))?;
    let touched = state.index.touching(whole).into_iter();
    let mut spans = touched.filter_map(|fragment| state.index.span(fragment.span));
    let span = spans.find(|span| span_id(&span.id).accesskit_id() == node)?;
    Some(span.id.clone())
}

fn place(ui: &Ui, id: Id, rect: Rect) {
    let set = |node: &mut accesskit::Node| node.set_bounds(bounds(rect));
    ui.ctx().accesskit_node_builder(id, set);
}

fn paragraph_id(number: usize) -> Id {
    article_id().with(("paragraph", number))
}

fn span_id(span: &SpanId) -> Id {
    article_id().with(("span", span.as_str()))
}
