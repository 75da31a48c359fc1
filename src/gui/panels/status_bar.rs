//! The status bar: what is saved, who annotates, what is selected, which label is armed, what goes on.

use egui::{Align, Layout, Response, Ui};

use super::Pane;
use super::banners::folded_ui;
use super::jobs::jobs_ui;
use super::link_status::link_in_words;
use super::spans::paint_swatch;
use crate::gui::article::ArticleState;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::Timestamp;
use crate::session::action::Action;

/// Widest tip.
const TIP_WIDTH: f32 = 320.0;

/// What the last gesture came to, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It did this.
    Done(String),
    /// It is done, and this is left to look at.
    Left(String),
    /// It did nothing, for this reason.
    Refused(String),
}

/// Draws the bar.
pub fn status_bar_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState, said: Option<&Said>) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = GRID * 2.0;
        saved_ui(ui, pane);
        annotator_ui(ui, pane);
        armed_ui(ui, pane, state);
        joins_ui(ui, pane, state);
        if let Some(next) = link_in_words(pane, state) {
            dot(ui, pane);
            small(ui, pane, &next, pane.palette.ink);
        }
        if let Some(said) = said {
            dot(ui, pane);
            let (text, color) = match said {
                Said::Done(text) => (text, pane.palette.success),
                Said::Left(text) | Said::Refused(text) => (text, pane.palette.warning),
            };
            // Some reasons are the ends of sentences elsewhere.
            let style = TextStyle::new(theme::TEXT_SMALL).own();
            in_style(ui, pane, &words::sentence_start(text), (style, color));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            folded_ui(ui, pane);
            jobs_ui(ui, pane);
            selection_ui(ui, pane, state);
        });
    });
}

fn small(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, color: egui::Color32) -> Response {
    in_style(ui, pane, text, (TextStyle::new(theme::TEXT_SMALL), color))
}

fn in_style(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    text: &str,
    (style, color): (TextStyle, egui::Color32),
) -> Response {
    let width = ui.available_width().max(0.0);
    ShortText::new(text, style, color)
        .max_width(width)
        .show(ui, pane.engine)
}

/// Parts what comes next from what stands before it, where something does.
fn dot(ui: &mut Ui, pane: &Pane<'_>) {
    if ui.min_rect().width() < 1.0 {
        return;
    }
    ui.label(
        egui::RichText::new("·")
            .size(theme::TEXT_SMALL)
            .color(pane.palette.ink_faint),
    );
}

fn saved_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    if pane.snapshot.blocked.is_some() {
        small(ui, pane, words::NOT_SAVING, pane.palette.danger).on_hover_text(words::NOT_SAVING_TIP);
        return;
    }
    if pane.snapshot.held > 0 {
        let waiting = words::changes_wait(pane.snapshot.held);
        small(ui, pane, &waiting, pane.palette.warning).on_hover_text(words::HELD_TIP);
        return;
    }
    let (text, tip) = match project.saved_at.as_ref().and_then(clock_time) {
        Some(time) => (format!("{} {time}", words::SAVED), words::SAVED_TIP),
        None => (words::NO_CHANGES.to_owned(), words::NO_CHANGES_TIP),
    };
    small(ui, pane, &text, pane.palette.ink_weak).on_hover_text(tip);
}

/// The time of day of a moment, where the user is.
fn clock_time(moment: &Timestamp) -> Option<String> {
    let moment: jiff::Timestamp = moment.as_str().parse().ok()?;
    let local = moment.to_zoned_datetime(jiff::tz::TimeZone::system());
    Some(local.strftime("%H:%M:%S").to_string())
}

fn annotator_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let Some(annotator) = pane
        .snapshot
        .annotator
        .clone()
        .filter(|_| pane.snapshot.project.is_some())
    else {
        return;
    };
    dot(ui, pane);
    let name = words::shorten(annotator.as_str(), 24);
    let text = format!("{} {name}", words::ANNOTATOR_SMALL);
    let response = small(ui, pane, &text, pane.palette.ink_weak);
    response.on_hover_ui(|ui| {
        ui.set_max_width(TIP_WIDTH);
        // A name can be in any script, and longer than there is room for in the bar.
        for (text, size) in [
            (annotator.as_str(), theme::TEXT),
            (words::ANNOTATOR_TIP, theme::TEXT_SMALL),
        ] {
            ShortText::new(text, TextStyle::new(size), pane.palette.ink)
                .max_width(TIP_WIDTH)
                .wrap()
                .show(ui, pane.engine);
        }
    });
}

fn armed_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState) {
    let (Some(label), Some(project)) = (state.armed().cloned(), pane.snapshot.project.clone()) else {
        return;
    };
    dot(ui, pane);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 16.0), egui::Sense::hover());
    paint_swatch(ui, pane, &project.codebook, &label, rect);
    let mut text = format!(
        "{} {}",
        words::ARMED,
        words::label_name(&project.codebook, &label)
    );
    if let Some(key) = pane.keys.shortcut(Action::ClearSelection) {
        text = format!("{text} ({})", words::disarm(&key));
    }
    small(ui, pane, &text, pane.palette.ink);
}

/// The span that the selected words can be added to, after the key that does it.
fn joins_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState) {
    let article = pane.snapshot.article.clone();
    let project = pane.snapshot.project.clone();
    let span = article
        .as_ref()
        .and_then(|article| article.layer.spans.get(state.joins()?));
    let (Some(span), Some(article), Some(project)) = (span, &article, project) else {
        return;
    };
    dot(ui, pane);
    let key = pane.keys.shortcut(Action::AddFragment).unwrap_or_default();
    let quote = words::quote(&article.text, span, 24);
    let name = words::label_name(&project.codebook, &span.label);
    let text = format!("{key} {} {name}: “\u{2068}{quote}\u{2069}”", words::JOINS);
    small(ui, pane, &text, pane.palette.ink_weak);
}

/// Code points and quote of the selected words, else of the selected span.
fn selection_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &ArticleState) {
    let Some(article) = pane.snapshot.article.clone() else {
        return;
    };
    let selected = state.selection();
    let of_span = || {
        let span = article.layer.spans.get(state.selected_span()?)?;
        Some(span.ranges.hull())
    };
    let range = if selected.is_empty() {
        of_span()
    } else {
        Some(selected)
    };
    let Some((range, chars)) = range.and_then(|range| Some((range, article.text.char_range(range)?))) else {
        return;
    };
    let quote = words::quote_or_break(article.text.slice(range).unwrap_or_default(), 48);
    // Offsets stand first in reading order; the quote may run either way, so it is isolated.
    let text = format!(
        "{} {}–{} · {quote}",
        words::CODE_POINTS,
        chars.start(),
        chars.end()
    );
    small(ui, pane, &text, pane.palette.ink_weak);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_shows_as_a_time_of_day() {
        let moment = Timestamp::new("2026-01-01T10:02:11Z").unwrap();
        let shown = clock_time(&moment).unwrap();
        assert_eq!(shown.len(), 8, "{shown}");
        assert!(shown.ends_with(":11"), "{shown}");
    }
}
