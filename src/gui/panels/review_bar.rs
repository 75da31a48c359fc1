//! The bar above the article that says whose work is shown, and in review mode how much of it was looked at.

use egui::accesskit::Role;
use egui::{Ui, WidgetInfo};

use super::combo::{COMBO_EDGES, combo, combo_width, offer_any_script_ui};
use super::widgets::tip;
use super::{Ask, Pane};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::review::{ReviewMode, awaits_verdict, count_reviewed};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::Annotator;
use crate::session::action::Action;
use crate::session::{ArticleView, ProjectView, Request, Snapshot};

/// What can be done, each with its name in the bar, and a shorter one where there is little room.
const ACTIONS: [(Action, &str, &str); 7] = [
    (Action::AcceptSpan, words::ACCEPT, words::ACCEPT),
    (Action::QuerySpan, words::ASK_TO_CHANGE, words::ASK_SHORT),
    (Action::AddNote, words::NOTE, words::NOTE),
    (Action::ApproveArticle, words::APPROVE, words::APPROVE),
    (
        Action::RequestChanges,
        words::REQUEST_CHANGES_SHORT,
        words::REQUEST_SHORT,
    ),
    (Action::NextToReview, words::SKIP, words::SKIP),
    (Action::ReviewMode, words::LEAVE_REVIEW, words::LEAVE_REVIEW),
];

/// Width from which the bar says everything in full.
const FULL_FROM: f32 = 1_200.0;
/// Width from which the keys stand beside the names.
const KEYS_FROM: f32 = 960.0;
/// How wide a name is at most, in full and where there is little room.
const NAME_WIDTHS: (f32, f32) = (160.0, 72.0);

/// How much room there is.
#[derive(Clone, Copy)]
struct Room {
    is_full: bool,
    has_keys: bool,
}

impl Room {
    fn of(ui: &Ui) -> Self {
        let width = ui.available_width();
        Self {
            is_full: width >= FULL_FROM,
            has_keys: width >= KEYS_FROM,
        }
    }

    const fn name_width(self) -> f32 {
        if self.is_full {
            NAME_WIDTHS.0
        } else {
            NAME_WIDTHS.1
        }
    }
}

/// Whether there is anything to say: in review mode, and where others marked the article too.
pub fn is_needed_in(snapshot: &Snapshot, review: Option<&ReviewMode>) -> bool {
    let (Some(project), Some(article)) = (&snapshot.project, &snapshot.article) else {
        return false;
    };
    let others = !article.others.is_empty() || article.annotator != project.annotator;
    review.is_some() || others
}

/// Draws the bar.
pub fn review_bar_ui(ui: &mut Ui, pane: &mut Pane<'_>, review: Option<&ReviewMode>) {
    let (Some(project), Some(article)) = (pane.snapshot.project.clone(), pane.snapshot.article.clone())
    else {
        return;
    };
    let room = Room::of(ui);
    ui.spacing_mut().item_spacing.x = if room.is_full { GRID * 2.0 } else { GRID };
    ui.spacing_mut().item_spacing.y = GRID;
    ui.horizontal_wrapped(|ui| match review {
        Some(review) => {
            reviewing_ui(ui, pane, &project, &article, review, room);
            ui.spacing_mut().item_spacing.x = GRID;
            for (action, name, short) in ACTIONS {
                let shown = if room.is_full { name } else { short };
                action_ui(ui, pane, action, (name, shown), room);
            }
        }
        None => whose_ui(ui, pane, &project, &article),
    });
}

/// Whose work is shown, and a way to that of others.
fn whose_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView, article: &ArticleView) {
    small_ui(ui, pane, words::WORK_OF);
    let mut all: Vec<Annotator> = article.others.clone();
    for one in [&article.annotator, &project.annotator] {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    all.sort();
    let chosen = chooser_ui(
        ui,
        pane,
        article.annotator.as_str(),
        all.iter().map(Annotator::as_str),
        NAME_WIDTHS.0,
    );
    if let Some(annotator) = chosen.and_then(|place| all.get(place)) {
        let article = article.id.clone();
        pane.send(Request::ShowWorkOf(article, Some(annotator.clone())));
    }
    if article.annotator != project.annotator {
        if ui.button(words::BACK_TO_OWN).clicked() {
            pane.send(Request::ShowWorkOf(article.id.clone(), None));
            pane.queue.push(Ask::FocusArticle);
        }
        let own = project.annotator.as_str();
        small_ui(ui, pane, &words::corrects(article.annotator.as_str(), own));
    }
}

fn reviewing_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    project: &ProjectView,
    article: &ArticleView,
    review: &ReviewMode,
    room: Room,
) {
    small_ui(ui, pane, words::REVIEWING);
    let names = std::iter::once(words::EVERYONE).chain(project.annotators.iter().map(Annotator::as_str));
    let shown = review.of.as_ref().map_or(words::EVERYONE, Annotator::as_str);
    let chosen = chooser_ui(ui, pane, shown, names, room.name_width());
    if let Some(place) = chosen {
        let of = place
            .checked_sub(1)
            .and_then(|place| project.annotators.get(place));
        pane.queue.push(Ask::ReviewWorkOf(of.cloned()));
    }
    if awaits_verdict(article) && review.covers(project, &article.annotator) {
        strong_ui(ui, pane, article.annotator.as_str(), room.name_width());
        let looked_at = count_reviewed(article, &project.annotator);
        let (spans, left) = (article.layer.spans.len(), pane.snapshot.to_review);
        let (reviewed, to_review) = (words::reviewed(looked_at, spans), words::left_to_review(left));
        if room.is_full {
            small_ui(ui, pane, &reviewed);
            small_ui(ui, pane, &to_review);
        } else {
            short_ui(ui, pane, &words::reviewed_short(looked_at, spans), &reviewed);
            short_ui(ui, pane, &words::left_short(left), &to_review);
        }
    } else if pane.snapshot.to_review == 0 {
        small_ui(ui, pane, words::NOTHING_TO_REVIEW);
    }
}

/// A button of the bar, read aloud by its name whatever is shown of it; where there is little room its key stands in its
/// tip only.
fn action_ui(ui: &mut Ui, pane: &mut Pane<'_>, action: Action, (name, shown): (&str, &str), room: Room) {
    let enabled = action.entry().available(&pane.situation).is_ok();
    let words = egui::RichText::new(shown).size(theme::TEXT_SMALL);
    let mut button = egui::Button::new(words).small();
    if room.has_keys {
        let key = pane.keys.shortcut(action).unwrap_or_default();
        button = button.shortcut_text(egui::RichText::new(key).size(theme::TEXT_SMALL - 1.0));
    }
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let tip = tip(action, pane);
    let response = response.on_hover_text(tip.as_str()).on_disabled_hover_text(tip);
    if response.clicked() {
        // Before the action, which may lead to a field.
        pane.queue.push(Ask::FocusArticle);
        pane.act(action);
    }
}

/// A choice of names in any script; the place of the one that was chosen.
fn chooser_ui<'a>(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    shown: &str,
    names: impl Iterator<Item = &'a str>,
    width: f32,
) -> Option<usize> {
    let width = combo_width(ui, pane, shown).min(width + COMBO_EDGES);
    let mut chosen = None;
    combo(ui, pane, words::WORK_BAR, shown, width, |ui, pane| {
        for (number, name) in names.enumerate() {
            let is_shown = name == shown;
            if offer_any_script_ui(ui, pane, is_shown, name) {
                chosen = Some(number);
            }
        }
    });
    chosen
}

fn small_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str) {
    let width = ui.max_rect().width();
    ShortText::new(text, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink_weak)
        .max_width(width)
        .show(ui, pane.engine);
}

/// Short words that are read aloud, and told in a tip, in full.
fn short_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, full: &str) {
    let style = TextStyle::new(theme::TEXT_SMALL);
    let response = ShortText::new(text, style, pane.palette.ink_weak).show(ui, pane.engine);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, full));
    response.on_hover_text(full);
}

fn strong_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, width: f32) {
    ShortText::new(text, TextStyle::new(theme::TEXT).bold(), pane.palette.ink)
        .max_width(width)
        .show(ui, pane.engine);
}
