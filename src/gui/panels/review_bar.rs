//! The bar above the article that says whose work is shown, and in review mode how much of it was looked at.

use egui::accesskit::Role;
use egui::{Ui, WidgetInfo};

use super::widgets::{any_script_button, tip};
use super::{Ask, Pane};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::review::{ReviewMode, count_reviewed};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Annotator, Status, Verdict};
use crate::session::action::Action;
use crate::session::{ArticleView, ProjectView, Request, Snapshot};

/// What can be done, each with its short name in the bar.
const ACTIONS: [(Action, &str); 6] = [
    (Action::AcceptSpan, words::ACCEPT),
    (Action::QuerySpan, words::ASK_TO_CHANGE),
    (Action::AddNote, words::NOTE),
    (Action::ApproveArticle, words::APPROVE),
    (Action::RequestChanges, words::REQUEST_CHANGES_SHORT),
    (Action::NextToReview, words::SKIP),
];

/// Width from which the keys stand beside the names.
const KEYS_FROM: f32 = 760.0;

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
    ui.spacing_mut().item_spacing.x = GRID * 2.0;
    ui.spacing_mut().item_spacing.y = GRID;
    ui.horizontal_wrapped(|ui| match review {
        Some(review) => reviewing_ui(ui, pane, &project, &article, review),
        None => whose_ui(ui, pane, &project, &article),
    });
    if review.is_some() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = GRID;
            let shows_keys = ui.available_width() >= KEYS_FROM;
            for (action, name) in ACTIONS {
                let reason = idle_reason(action, &article, pane.snapshot.to_review);
                action_ui(ui, pane, action, name, shows_keys, reason);
            }
        });
    }
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
) {
    small_ui(ui, pane, words::REVIEWING);
    let names = std::iter::once(words::EVERYONE).chain(project.annotators.iter().map(Annotator::as_str));
    let shown = review.of.as_ref().map_or(words::EVERYONE, Annotator::as_str);
    let chosen = chooser_ui(ui, pane, shown, names);
    if let Some(place) = chosen {
        let of = place
            .checked_sub(1)
            .and_then(|place| project.annotators.get(place));
        pane.queue.push(Ask::ReviewWorkOf(of.cloned()));
    }
    if is_to_review(article) {
        strong_ui(ui, pane, article.annotator.as_str());
        let looked_at = count_reviewed(article, &project.annotator);
        small_ui(ui, pane, &words::reviewed(looked_at, article.layer.spans.len()));
        small_ui(ui, pane, &words::left_to_review(pane.snapshot.to_review));
    } else if pane.snapshot.to_review == 0 {
        small_ui(ui, pane, words::NOTHING_TO_REVIEW);
    }
    let shows_keys = ui.max_rect().width() >= KEYS_FROM;
    action_ui(
        ui,
        pane,
        Action::ReviewMode,
        words::LEAVE_REVIEW,
        shows_keys,
        None,
    );
}

/// Whether the work that is shown waits for a verdict.
fn is_to_review(article: &ArticleView) -> bool {
    let layer = &article.layer;
    layer.status == Some(Status::Done) && layer.review != Some(Verdict::Approved)
}

/// Why a verdict, or a step to other work, leads nowhere now.
fn idle_reason(action: Action, article: &ArticleView, to_review: u64) -> Option<&'static str> {
    match action {
        Action::AddNote => None,
        Action::NextToReview => (to_review == 0).then_some(words::NOTHING_TO_REVIEW),
        _ => (!is_to_review(article)).then_some(words::NOT_TO_REVIEW),
    }
}

/// A button of the bar; where there is little room its key stands in its tip only.
fn action_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    action: Action,
    name: &str,
    shows_key: bool,
    reason: Option<&str>,
) {
    let enabled = action.entry().available(&pane.situation).is_ok() && reason.is_none();
    let words = egui::RichText::new(name).size(theme::TEXT_SMALL);
    let mut button = egui::Button::new(words).small();
    if shows_key {
        let key = pane.keys.shortcut(action).unwrap_or_default();
        button = button.shortcut_text(egui::RichText::new(key).size(theme::TEXT_SMALL - 1.0));
    }
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let response = match reason {
        Some(reason) => response.on_disabled_hover_text(reason),
        None => response.on_hover_text(tip(action, pane)),
    };
    if response.clicked() {
        pane.act(action);
        pane.queue.push(Ask::FocusArticle);
    }
}

/// A choice of names in any script; the place of the one that was chosen.
fn chooser_ui<'a>(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    shown: &str,
    names: impl Iterator<Item = &'a str>,
) -> Option<usize> {
    let style = TextStyle::new(theme::TEXT);
    let words = ShortText::new(shown, style, pane.palette.ink).max_width(160.0);
    let size = words.size(ui, pane.engine);
    let place = egui::Atom::custom(egui::IdSalt::new("chosen"), size);
    let mut chosen = None;
    let response = egui::ComboBox::from_id_salt(words::WORK_BAR)
        .selected_text(place)
        .width(size.x + GRID * 8.0)
        .show_ui(ui, |ui| {
            for (number, name) in names.enumerate() {
                let is_shown = name == shown;
                let response = any_script_button(ui, pane.engine, name, true, |words| {
                    egui::Button::selectable(is_shown, words)
                });
                if response.clicked() {
                    chosen = Some(number);
                }
            }
        })
        .response;
    let left_top = egui::pos2(
        response.rect.left() + GRID * 2.0,
        response.rect.center().y - size.y / 2.0,
    );
    words.paint_at(ui, pane.engine, left_top);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, words::WORK_BAR);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    chosen
}

fn small_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str) {
    named_ui(
        ui,
        pane,
        text,
        TextStyle::new(theme::TEXT_SMALL),
        pane.palette.ink_weak,
    );
}

fn strong_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str) {
    named_ui(
        ui,
        pane,
        text,
        TextStyle::new(theme::TEXT).bold(),
        pane.palette.ink,
    );
}

fn named_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, style: TextStyle, ink: egui::Color32) {
    let width = ui.max_rect().width();
    ShortText::new(text, style, ink)
        .max_width(width)
        .show(ui, pane.engine);
}
