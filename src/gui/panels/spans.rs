//! The selected span with its note, and the spans of the article in the order of the text.

use egui::accesskit::Role;
use egui::{Align2, Id, Key, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::widgets::{close_button, empty_ui, focus_ring, heading_ui, paint_in, paint_small, row_ui};
use super::{Ask, Pane};
use crate::gui::article::{ArticleAct, ArticleState};
use crate::gui::attributes::{Asked, AttributesState, Target, attributes_ui, proposed_date};
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Codebook, LabelId, Note, NoteId, Selection, Span, SpanId, TargetId, words_in};
use crate::session::{AddNote, ArticleView, Command, RemoveNote, Request, SetNote};

/// Characters of a quote that a row shows at most; the width cuts it before that.
const QUOTE: usize = 80;

/// The note that is being written.
#[derive(Default)]
pub struct NoteState {
    field: FieldState,
    about: Option<(SpanId, Option<NoteId>)>,
}

/// The id of the list of spans, which takes the focus of the pane.
pub fn spans_id() -> Id {
    Id::unique("span-rows")
}

/// The id of the note field.
pub fn note_id() -> Id {
    Id::unique("span-note")
}

/// A label as it is read on screen.
pub fn label_name<'a>(codebook: &'a Codebook, id: &'a LabelId) -> &'a str {
    codebook
        .label(id)
        .and_then(|label| words_in(&label.names, words::LANG))
        .unwrap_or(id.as_str())
}

/// Draws the selected span.
pub fn selected_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &ArticleState,
    note: &mut NoteState,
    attributes: &mut AttributesState,
) {
    heading_ui(ui, pane.palette, words::SELECTED_SPAN);
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
    note_ui(ui, pane, article, &span, note);
}

fn label_line_ui(ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, span: &Span) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 16.0), Sense::hover());
        paint_swatch(ui, pane, codebook, &span.label, rect);
        let name = label_name(codebook, &span.label);
        let style = TextStyle::new(theme::TEXT).bold();
        let width = ui.available_width() - GRID * 8.0;
        ShortText::new(name, style, pane.palette.ink)
            .max_width(width)
            .show(ui, pane.engine);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = crate::session::action::Action::RemoveSpan.entry().name;
            if close_button(ui, pane.palette, name).clicked() {
                pane.queue.push(Ask::Article(ArticleAct::Remove));
                pane.queue.push(Ask::FocusArticle);
            }
        });
    });
}

fn quote_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, span: &Span) {
    let quote = span.ranges.quote(&article.text).unwrap_or_default();
    let quote = words::shorten(&quote, 240);
    let width = ui.available_width();
    ShortText::new(&quote, TextStyle::new(theme::TEXT), pane.palette.ink)
        .max_width(width)
        .wrap()
        .show(ui, pane.engine);
}

/// What the fields of a span in the inspector are about.
pub fn span_target(article: &ArticleView, span: &SpanId) -> Option<Target> {
    Some(Target {
        site: "inspector",
        article: article.id.clone(),
        id: TargetId::new(span.as_str()).ok()?,
    })
}

fn fields_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    codebook: &Codebook,
    span: &Span,
    attributes: &mut AttributesState,
) {
    let Some(target) = span_target(article, &span.id) else {
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
        proposed: proposed_date(article, span),
    };
    attributes_ui(ui, pane, &asked, attributes);
    ui.add_space(GRID);
}

fn facts_ui(ui: &mut Ui, pane: &Pane<'_>, article: &ArticleView, span: &Span) {
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
    for (name, value) in [(words::OFFSETS, offsets.join(", ")), (words::ORIGIN, origin)] {
        ui.horizontal(|ui| {
            let small = |text: &str| egui::RichText::new(text).size(theme::TEXT_SMALL);
            ui.label(small(name).color(pane.palette.ink_weak));
            ui.label(small(&value).color(pane.palette.ink));
        });
    }
}

fn note_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, span: &Span, state: &mut NoteState) {
    let known = note_of(article, span);
    let about = (span.id.clone(), known.map(|note| note.id.clone()));
    if state.about.as_ref() != Some(&about) {
        state.field.set_text(known.map_or("", |note| note.text.as_str()));
        state.about = Some(about);
    }
    let output = Field::new(note_id(), words::NOTE)
        .hint(words::NOTE_HINT)
        .style(TextStyle::new(theme::TEXT))
        .multiline(2)
        .show(ui, pane.engine, &mut state.field);
    if output.cancelled {
        state.field.set_text(known.map_or("", |note| note.text.as_str()));
        ui.memory_mut(|memory| memory.request_focus(super::article::article_id()));
        return;
    }
    if !(output.submitted || output.response.lost_focus()) {
        return;
    }
    if let Some(command) = note_command(article, span, known, state.field.text().trim()) {
        pane.send(Request::Run {
            command,
            selection: None,
        });
    }
}

/// The annotator's first note on a span.
fn note_of<'a>(article: &'a ArticleView, span: &Span) -> Option<&'a Note> {
    article.layer.notes.values().find(|note| {
        note.target
            .as_ref()
            .is_some_and(|target| target.as_str() == span.id.as_str())
    })
}

/// What makes the note say that; nothing where it says so already.
fn note_command(article: &ArticleView, span: &Span, known: Option<&Note>, text: &str) -> Option<Command> {
    match known {
        Some(note) if note.text == text => None,
        Some(note) if text.is_empty() => Some(Command::RemoveNote(RemoveNote {
            note: note.id.clone(),
            article: Some(article.id.clone()),
            annotator: None,
        })),
        Some(note) => Some(Command::SetNote(SetNote {
            note: note.id.clone(),
            text: Some(text.to_owned()),
            state: None,
            article: Some(article.id.clone()),
            annotator: None,
        })),
        None if text.is_empty() => None,
        None => Some(Command::AddNote(AddNote {
            article: article.id.clone(),
            annotator: None,
            target: TargetId::new(span.id.as_str()).ok(),
            text: text.to_owned(),
            id: None,
        })),
    }
}

/// Draws the spans of the article, only the visible rows.
pub fn spans_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, only_unconfirmed: &mut bool) {
    let (Some(article), Some(project)) = (pane.snapshot.article.clone(), pane.snapshot.project.clone())
    else {
        return;
    };
    let spans = state.index().spans();
    let unconfirmed: Vec<&Span> = spans
        .iter()
        .map(|span| &**span)
        .filter(|span| !span.unconfirmed.is_empty())
        .collect();
    filter_ui(ui, pane, unconfirmed.len(), only_unconfirmed);
    let shown = if *only_unconfirmed {
        unconfirmed
    } else {
        spans.iter().map(|span| &**span).collect()
    };
    let area = ui.available_rect_before_wrap();
    let focus = ui.interact(area, spans_id(), Sense::focusable_noninteractive());
    focus.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, words::SPANS));
    if focus.has_focus() {
        focus_ring(ui, pane.palette, area.expand(3.0));
        walk(ui, pane);
    }
    if spans.is_empty() {
        empty_ui(ui, pane.palette, words::NO_SPANS, words::NO_SPANS_HINT);
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("span-list")
        .auto_shrink([false, false])
        .show_rows(ui, theme::ROW, shown.len(), |ui, visible| {
            for span in shown.get(visible).unwrap_or_default() {
                let selected = state.selected_span() == Some(&span.id);
                span_row(ui, pane, &article, &project.codebook, span, selected);
            }
        });
}

fn walk(ui: &Ui, pane: &mut Pane<'_>) {
    ui.memory_mut(|memory| {
        let keep = egui::EventFilter {
            vertical_arrows: true,
            escape: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(spans_id(), keep);
    });
    ui.input(|input| {
        if !input.modifiers.is_none() {
            return;
        }
        if input.key_pressed(Key::Escape) {
            pane.queue.push(Ask::FocusArticle);
        }
        for (key, act) in [
            (Key::ArrowDown, ArticleAct::NextSpan),
            (Key::ArrowUp, ArticleAct::PreviousSpan),
            (Key::Enter, ArticleAct::Inspect),
            (Key::Delete, ArticleAct::Remove),
        ] {
            if input.key_pressed(key) {
                pane.queue.push(Ask::Article(act));
            }
        }
    });
}

/// What assistive technology reads of a row.
fn row_name(label: &str, quote: &str, facts: &str) -> String {
    if facts.is_empty() {
        format!("{label}: {quote}")
    } else {
        format!("{label}: {quote} · {facts}")
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
    let quote = words::shorten(&span.ranges.quote(&article.text).unwrap_or_default(), QUOTE);
    let label = label_name(codebook, &span.label).to_owned();
    let (rect, response) = row_ui(
        ui,
        pane.palette,
        theme::ROW,
        selected,
        &row_name(&label, &quote, &words::facts(codebook, span)),
    );
    let swatch = Rect::from_min_max(rect.left_top(), pos2(rect.left() + 12.0, rect.bottom()));
    paint_swatch(ui, pane, codebook, &span.label, swatch.translate(vec2(GRID, 0.0)));
    let start = article.text.char_of(span.ranges.hull().start());
    let offset = start.map(|at| at.to_string()).unwrap_or_default();
    let right = pos2(rect.right() - GRID * 2.0, rect.center().y);
    let offset_rect = paint_small(ui, right, Align2::RIGHT_CENTER, &offset, pane.palette.ink_weak);
    let quote_rect = Rect::from_min_max(
        pos2(rect.left() + GRID * 5.0, rect.top()),
        pos2(offset_rect.left() - GRID * 2.0, rect.bottom()),
    );
    let facts = words::facts(codebook, span);
    let style = TextStyle::new(theme::TEXT_SMALL);
    let ink = if span.unconfirmed.is_empty() {
        pane.palette.ink_weak
    } else {
        pane.palette.warning
    };
    // The words come first: what is known has the room that they leave, and half of the row at most.
    let said = ShortText::new(&facts, style, ink).max_width(quote_rect.width() * 0.5);
    let size = said.size(ui, pane.engine);
    let at = pos2(quote_rect.right() - size.x, quote_rect.center().y - size.y / 2.0);
    said.paint_at(ui, pane.engine, at);
    let quote_rect = quote_rect.with_max_x(at.x - GRID);
    paint_in(
        ui,
        pane.engine,
        &quote,
        TextStyle::new(theme::TEXT),
        pane.palette.ink,
        quote_rect,
    );
    if response.clicked() {
        pane.queue.push(Ask::SelectSpan(span.id.clone()));
        pane.queue.push(Ask::FocusArticle);
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
