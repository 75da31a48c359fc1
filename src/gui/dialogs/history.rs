//! Where a span comes from and what became of it: who, when, and what it was before. Read from the journal.

use std::sync::Arc;

use egui::{ScrollArea, Ui};

use super::{Stay, focus_once, foot_ui, small_ui, title_ui, wrapped_ui};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::primary_button;
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Annotator, ArticleId, Codebook, Span, SpanId};
use crate::session::{SpanChange, SpanHistory};
use crate::text::Text;

/// The dialog.
pub struct HistoryDialog {
    article: ArticleId,
    annotator: Annotator,
    span: SpanId,
    focused: bool,
}

impl HistoryDialog {
    /// For a span on somebody's layer.
    pub fn new(article: &ArticleId, annotator: &Annotator, span: &SpanId) -> Self {
        Self {
            article: article.clone(),
            annotator: annotator.clone(),
            span: span.clone(),
            focused: false,
        }
    }

    fn is_about(&self, history: &SpanHistory) -> bool {
        history.article == self.article && history.annotator == self.annotator && history.span == self.span
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::SPAN_HISTORY);
        let history: Option<Arc<SpanHistory>> = pane.snapshot.history.clone();
        match history.filter(|history| self.is_about(history)) {
            Some(history) => self.history_ui(ui, pane, &history),
            None => small_ui(ui, words::HISTORY_READING, pane.palette.ink_weak),
        }
        let mut stay = Stay::Open;
        foot_ui(ui, |ui| {
            let close = primary_button(ui, pane.palette, words::CLOSE);
            focus_once(ui, close.id, &mut self.focused);
            if close.clicked() {
                stay = Stay::Close;
            }
        });
        stay
    }

    fn history_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>, history: &SpanHistory) {
        let article = pane.snapshot.article.clone();
        let (Some(article), Some(project)) = (
            article.filter(|article| article.id == self.article),
            pane.snapshot.project.clone(),
        ) else {
            return;
        };
        let height = (ui.ctx().content_rect().height() - GRID * 60.0).max(GRID * 30.0);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let origin = words::origin(history.origin.kind);
                let name = history.origin.name.as_deref();
                let maker = name.map_or_else(|| origin.to_owned(), |name| format!("{origin} · {name}"));
                line_ui(ui, pane, &words::signed(&maker, history.created.as_ref()), true);
                line_ui(
                    ui,
                    pane,
                    &state(&project.codebook, &article.text, &history.first),
                    false,
                );
                // The making of it is told by its origin.
                let made = history
                    .changes
                    .first()
                    .is_some_and(|first| first.change.before.is_none());
                let changes = history.changes.get(usize::from(made)..).unwrap_or_default();
                for change in changes {
                    ui.separator();
                    change_ui(ui, pane, &project.codebook, &article.text, change);
                }
                if changes.is_empty() {
                    small_ui(ui, words::NEVER_CHANGED, pane.palette.ink_weak);
                }
            });
    }
}

fn change_ui(ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, text: &Text, change: &SpanChange) {
    let entry = &change.entry;
    let mut head = words::signed(entry.author.as_str(), Some(&entry.at));
    if entry.undone_by.is_some() {
        head = format!("{head} · {}", words::TAKEN_BACK);
    }
    line_ui(ui, pane, &head, true);
    line_ui(ui, pane, &words::sentence_start(&entry.summary), false);
    let states = [
        (words::BEFORE, &change.change.before),
        (words::AFTER, &change.change.after),
    ];
    for (word, span) in states {
        if let Some(span) = span {
            line_ui(
                ui,
                pane,
                &format!("{word}: {}", state(codebook, text, span)),
                false,
            );
        }
    }
}

/// What a span was, in one line: label, words, places, values, verdict.
fn state(codebook: &Codebook, text: &Text, span: &Span) -> String {
    let quote = words::quote(text, span, 120);
    let places = span
        .ranges
        .as_slice()
        .iter()
        .filter_map(|range| text.char_range(*range));
    let places: Vec<String> = places
        .map(|range| format!("{}–{}", range.start(), range.end()))
        .collect();
    let mut parts = vec![
        words::named(words::label_name(codebook, &span.label), &quote),
        places.join(", "),
    ];
    parts.extend(span.attributes.iter().map(|(id, value)| {
        let name = words::attribute_name(codebook, id);
        format!("{name}: {}", words::value(codebook.attribute(id), value))
    }));
    parts.extend(span.review.as_ref().map(|review| match &review.by {
        Some(by) => format!("{} ({by})", words::verdict(review.verdict)),
        None => words::verdict(review.verdict).to_owned(),
    }));
    parts.join(" · ")
}

fn line_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, is_head: bool) {
    let (size, ink) = if is_head {
        (theme::TEXT_SMALL, pane.palette.ink_weak)
    } else {
        (theme::TEXT, pane.palette.ink)
    };
    wrapped_ui(ui, pane, text, size, ink);
}
