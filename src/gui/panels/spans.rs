//! The selected span with its notes, and the spans of the article in the order of the text.

use egui::{Align2, Id, Key, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::context_menu::span_row_menu_ui;
use super::inspector::target_of;
use super::row_menu::{is_row_menu_asked, open_row_menu, show_row_menu};
use super::sections::{Folds, Section};
use super::thread::{self, ThreadField, Writing};
use super::widgets::{
    action_button, empty_ui, icon_button, is_pressed, list_focus, paint_in, paint_small, row_ui,
};
use super::{Ask, Pane};
use crate::gui::article::{ArticleAct, ArticleState, CarriedSpan};
use crate::gui::attributes::{Asked, AttributesState, attributes_ui, proposed};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::{marks, words};
use crate::model::{Codebook, LabelId, Note, NoteState, Selection, Span, SpanId, TargetId};
use crate::session::ArticleView;
use crate::session::action::Action;

/// Characters of a quote that a row shows at most; the width cuts it before that.
const QUOTE: usize = 80;

/// Widest tip of a row.
const ROW_TIP: f32 = 320.0;

/// Height up to which the threads of a span push the list below them down.
const THREADS: f32 = 180.0;

/// The id of the list of spans, which takes the focus of the pane.
pub fn spans_id() -> Id {
    Id::unique("span-rows")
}

/// The id of the note field.
pub fn note_id() -> Id {
    Id::unique("span-note")
}

/// Draws the selected span.
pub fn selected_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &ArticleState,
    note: &mut ThreadField,
    attributes: &mut AttributesState,
    folds: &mut Folds,
) {
    if !folds.heading_ui(ui, pane.palette, Section::Span, words::SELECTED_SPAN) {
        return;
    }
    let article = pane.snapshot.article.clone();
    let project = pane.snapshot.project.clone();
    let found = article
        .as_ref()
        .zip(project.as_ref())
        .and_then(|(article, project)| {
            let span = article.layer.spans.get(state.selected_span()?)?;
            Some((article, project, span.clone()))
        });
    let Some((article, project, span)) = found else {
        ui.label(
            egui::RichText::new(words::NO_SPAN_SELECTED)
                .size(theme::TEXT_SMALL)
                .color(pane.palette.ink_weak),
        );
        ui.add_space(GRID);
        return;
    };
    label_line_ui(ui, pane, &project.codebook, &span);
    quote_ui(ui, pane, article, &span);
    fields_ui(ui, pane, article, &project.codebook, &span, attributes);
    facts_ui(ui, pane, article, &span);
    threads_ui(ui, pane, article, &span, note);
}

fn label_line_ui(ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, span: &Span) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 16.0), Sense::hover());
        paint_swatch(ui, pane, codebook, &span.label, rect);
        let name = words::label_name(codebook, &span.label);
        let style = TextStyle::new(theme::TEXT).bold();
        let width = ui.available_width() - GRID * 8.0;
        ShortText::new(name, style, pane.palette.ink)
            .max_width(width)
            .show(ui, pane.engine);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, pane, Action::RemoveSpan).clicked() {
                pane.queue.push(Ask::Article(ArticleAct::Remove));
                pane.queue.push(Ask::FocusArticle);
            }
        });
    });
}

fn quote_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, span: &Span) {
    let quote = words::quote(&article.text, span, 240);
    let width = ui.available_width();
    ShortText::new(&quote, TextStyle::new(theme::TEXT), pane.palette.ink)
        .max_width(width)
        .wrap()
        .show(ui, pane.engine);
}

fn fields_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    codebook: &Codebook,
    span: &Span,
    attributes: &mut AttributesState,
) {
    let Some(target) = target_of(article, span.id.as_str()) else {
        return;
    };
    let uses = codebook
        .label(&span.label)
        .map_or(&[][..], |label| &label.attributes);
    let start = span.ranges.hull().start();
    let asked = Asked {
        target: &target,
        codebook,
        uses,
        values: &span.attributes,
        unconfirmed: &span.unconfirmed,
        selection: Some(Selection {
            article: article.id.clone(),
            anchor: start,
            focus: start,
            span: Some(span.id.clone()),
        }),
        proposed: proposed(article, span, (codebook, uses)),
    };
    attributes_ui(ui, pane, &asked, attributes);
    ui.add_space(GRID);
}

fn facts_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, span: &Span) {
    let offsets: Vec<String> = span
        .ranges
        .as_slice()
        .iter()
        .filter_map(|range| article.text.char_range(*range))
        .map(|range| format!("{}–{}", range.start(), range.end()))
        .collect();
    let origin = match &span.origin.name {
        Some(name) => format!(
            "{} · {}",
            words::origin(span.origin.kind),
            words::shorten(name, 40)
        ),
        None => words::origin(span.origin.kind).to_owned(),
    };
    let mut facts = vec![(words::OFFSETS, offsets.join(", ")), (words::ORIGIN, origin)];
    facts.extend(
        span.review
            .as_ref()
            .map(|review| (words::REVIEWED, words::span_review(review))),
    );
    for (name, value) in facts {
        ui.horizontal(|ui| {
            let small = |text: &str| egui::RichText::new(text).size(theme::TEXT_SMALL);
            ui.label(small(name).color(pane.palette.ink_weak));
            // A name can be in any script.
            let width = ui.available_width();
            ShortText::new(&value, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink)
                .max_width(width)
                .show(ui, pane.engine);
        });
    }
}

/// The threads of the span, and the field of the last one; of a new one where there is none.
fn threads_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, span: &Span, field: &mut ThreadField) {
    let mut notes: Vec<&Note> = thread::notes_on(&article.layer, span.id.as_str()).collect();
    notes.sort_by(|one, other| one.created.cmp(&other.created).then(one.id.cmp(&other.id)));
    ScrollArea::vertical()
        .id_salt("span-threads")
        .max_height(THREADS)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for note in &notes {
                ui.push_id(note.id.as_str(), |ui| {
                    thread::note_ui(ui, pane, article, note, Some(&mut *field));
                });
            }
        });
    // What is written next goes to the thread that is open, else to the last one.
    let open = notes.iter().rev().find(|note| note.state == NoteState::Open);
    let first = match open.or(notes.last()) {
        Some(note) => Writing::Reply(note.id.clone()),
        None => Writing::Note(TargetId::new(span.id.as_str()).ok()),
    };
    if field.show(ui, pane, article, note_id(), first) {
        ui.memory_mut(|memory| memory.request_focus(super::article::article_id()));
    }
}

/// Draws the spans of the article, only the visible rows.
pub fn spans_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, only_unconfirmed: &mut bool) {
    let (Some(article), Some(project)) = (pane.snapshot.article.clone(), pane.snapshot.project.clone())
    else {
        return;
    };
    // Nothing here looks at all spans: which of them are shown, the index found out when the layer changed.
    let index = state.index();
    filter_ui(ui, pane, index.unsettled().len(), only_unconfirmed);
    let count = if *only_unconfirmed {
        index.unsettled().len()
    } else {
        index.spans().len()
    };
    let area = ui.available_rect_before_wrap();
    if list_focus(ui, pane.palette, area, spans_id(), words::SPANS).has_focus() {
        walk(ui, pane);
    }
    if index.spans().is_empty() {
        no_spans_ui(ui, pane, &project.codebook);
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let row_of = |place: usize| {
        if *only_unconfirmed {
            index.unsettled().iter().position(|other| *other == place)
        } else {
            Some(place)
        }
    };
    let newly = newly_selected(ui, state).and_then(|id| index.place(&id));
    let reveal = newly.and_then(row_of);
    ScrollArea::vertical()
        // Of each article its own, since the next one begins at its first span.
        .id_salt(("span-list", article.id.as_str()))
        .auto_shrink([false, false])
        .show_rows(ui, theme::ROW, count, |ui, visible| {
            if let Some(row) = reveal {
                scroll_to_row(ui, &visible, row);
            }
            for row in visible {
                let place = if *only_unconfirmed {
                    index.unsettled().get(row).copied()
                } else {
                    Some(row)
                };
                let Some(span) = place.and_then(|place| index.span(place)) else {
                    continue;
                };
                let selected = state.selected_span() == Some(&span.id);
                span_row(ui, pane, &article, &project.codebook, span, selected);
            }
        });
    // The row may have gone out of view: what is known of its span takes room above the list.
    show_row_menu(ui.ctx(), ui.layer_id(), spans_id(), "", |ui| {
        span_row_menu_ui(ui, pane);
    });
}

/// What to do first: tag a span, or make the label for it.
fn no_spans_ui(ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
    let has_labels = codebook.offered_labels().next().is_some();
    let hint = if has_labels {
        words::NO_SPANS_HINT
    } else {
        words::NO_LABELS_HINT
    };
    empty_ui(ui, pane.palette, words::NO_SPANS, hint);
    if !has_labels {
        action_button(ui, pane, Action::NewLabel);
    }
}

/// The selected span, where it is another one than the list has shown last.
fn newly_selected(ui: &Ui, state: &ArticleState) -> Option<SpanId> {
    let selected = state.selected_span().cloned();
    let id = spans_id().with("shown");
    let shown = ui.data_mut(|data| {
        let shown = data.get_temp_mut_or_default::<Option<SpanId>>(id);
        std::mem::replace(shown, selected.clone())
    });
    // A key that asks for its menu needs it in view too.
    let is_asked = is_row_menu_asked(ui.ctx(), spans_id());
    selected.filter(|selected| is_asked || shown.as_ref() != Some(selected))
}

/// Brings a row into view, although it may not be drawn yet.
fn scroll_to_row(ui: &Ui, visible: &std::ops::Range<usize>, row: usize) {
    let distance = row as f32 - visible.start as f32;
    let top = ui.cursor().top() + distance * theme::ROW;
    let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + theme::ROW);
    ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
}

fn walk(ui: &Ui, pane: &mut Pane<'_>) {
    if is_pressed(ui, Key::Escape) {
        pane.queue.push(Ask::FocusArticle);
    }
    for (key, act) in [
        (Key::ArrowDown, ArticleAct::NextSpan),
        (Key::ArrowUp, ArticleAct::PreviousSpan),
        (Key::Enter, ArticleAct::Inspect),
        (Key::Delete, ArticleAct::Remove),
    ] {
        if is_pressed(ui, key) {
            pane.queue.push(Ask::Article(act));
        }
    }
}

/// Shows or hides the spans whose values are confirmed; not there where all are.
fn filter_ui(ui: &mut Ui, pane: &Pane<'_>, count: usize, only: &mut bool) {
    if count == 0 {
        *only = false;
        return;
    }
    let name = words::list_name(words::ONLY_UNCONFIRMED, count);
    let small = egui::RichText::new(name).size(theme::TEXT_SMALL);
    ui.checkbox(only, small.color(pane.palette.warning));
}

fn span_row(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    codebook: &Codebook,
    span: &Span,
    selected: bool,
) {
    let quote = words::quote(&article.text, span, QUOTE);
    let label = words::label_name(codebook, &span.label).to_owned();
    let facts = words::facts(codebook, span);
    let verdict = span.review.as_ref().map(|review| review.verdict);
    let name = words::span_row(&label, &quote, &facts, verdict);
    let (rect, response) = row_ui(ui, pane.palette, theme::ROW, selected, &name);
    let swatch = Rect::from_min_max(rect.left_top(), pos2(rect.left() + 12.0, rect.bottom()));
    paint_swatch(ui, pane, codebook, &span.label, swatch.translate(vec2(GRID, 0.0)));
    let start = article.text.char_of(span.ranges.hull().start());
    let offset = start.map(|at| at.to_string()).unwrap_or_default();
    let right = pos2(rect.right() - GRID * 2.0, rect.center().y);
    let offset_rect = paint_small(ui, right, Align2::RIGHT_CENTER, &offset, pane.palette.ink_weak);
    let quote_rect = Rect::from_min_max(
        pos2(rect.left() + GRID * 5.0, rect.top()),
        pos2(offset_rect.left() - GRID * 3.0 - marks::MARK, rect.bottom()),
    );
    if let Some(verdict) = verdict {
        // As far from what is known as from the offset.
        let middle = f32::midpoint(quote_rect.right(), offset_rect.left());
        let center = pos2(middle, rect.center().y);
        marks::paint_verdict(ui.painter(), verdict, center, pane.palette.verdict(verdict));
    }
    let words = ShortText::new(&quote, TextStyle::new(theme::TEXT), pane.palette.ink).size(ui, pane.engine);
    let left = paint_facts(ui, pane, span, &facts, (quote_rect, words.x));
    let quote_rect = quote_rect.with_max_x(left - GRID);
    paint_in(
        ui,
        pane.engine,
        &quote,
        TextStyle::new(theme::TEXT),
        pane.palette.ink,
        quote_rect,
    );
    let response = response.interact(Sense::CLICK | Sense::DRAG);
    if response.drag_started() {
        egui::DragAndDrop::set_payload(ui.ctx(), CarriedSpan::new(span.id.clone()));
    }
    if response.clicked() {
        pane.queue.push(Ask::SelectSpan(span.id.clone()));
        pane.queue.push(Ask::FocusArticle);
    }
    if response.secondary_clicked() {
        pane.queue.push(Ask::SelectSpan(span.id.clone()));
    }
    open_row_menu(&response, spans_id(), ("", selected));
    response.on_hover_ui(|ui| row_tip_ui(ui, pane, &label, &quote, &facts));
}

/// What is known of a span, at the end of its row; answers where it begins. The words come first: what is known has the
/// room that they leave, but a third of the row at least, and half of it at most.
fn paint_facts(ui: &Ui, pane: &mut Pane<'_>, span: &Span, facts: &str, (room, words): (Rect, f32)) -> f32 {
    // In a window without room there is less than none.
    let whole = room.width().max(0.0);
    let width = (whole - words - GRID).clamp(whole / 3.0, whole / 2.0);
    let ink = if span.unconfirmed.is_empty() {
        pane.palette.ink_weak
    } else {
        pane.palette.warning
    };
    let said = ShortText::new(facts, TextStyle::new(theme::TEXT_SMALL), ink).max_width(width);
    let size = said.size(ui, pane.engine);
    let at = pos2(room.right() - size.x, room.center().y - size.y / 2.0);
    said.paint_at(ui, pane.engine, at);
    at.x
}

/// A row whole, where the pane is too narrow for it.
fn row_tip_ui(ui: &mut Ui, pane: &mut Pane<'_>, label: &str, quote: &str, facts: &str) {
    ui.set_max_width(ROW_TIP);
    let lines = [
        (quote, TextStyle::new(theme::TEXT)),
        (label, TextStyle::new(theme::TEXT_SMALL)),
        (facts, TextStyle::new(theme::TEXT_SMALL)),
    ];
    for (line, style) in lines.into_iter().filter(|(line, _)| !line.is_empty()) {
        ShortText::new(line, style, pane.palette.ink)
            .max_width(ROW_TIP)
            .wrap()
            .show(ui, pane.engine);
    }
}

/// A square of a label's colour in the middle of a rectangle.
pub fn paint_swatch(ui: &Ui, pane: &Pane<'_>, codebook: &Codebook, label: &LabelId, rect: Rect) {
    let color = codebook.label(label).map_or(pane.palette.ink_faint, |label| {
        pane.palette.label(label.color).line
    });
    let square = Rect::from_center_size(rect.center(), vec2(10.0, 10.0));
    ui.painter().rect_filled(square, 2.0, color);
}
