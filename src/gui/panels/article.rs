//! The article pane: the article's widget on its page, and the empty state.

use egui::Ui;

use super::Pane;
use super::find_bar::find_bar_ui;
use super::widgets::{empty_ui, title_or_none};
pub use crate::gui::article::article_id;
use crate::gui::article::{ArticleOutput, ArticleState, Page, article_ui, first_line};
use crate::gui::keys::Keys;
use crate::gui::reading::Reading;
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::ReadingDirections;
use crate::session::action::Action;
use crate::session::{ArticleView, ProjectView};

/// What the pane is told beside the snapshot.
#[derive(Clone, Copy, Debug)]
pub struct PageSettings {
    /// Zoom of the text.
    pub zoom: f32,
    /// Whether invisible characters are shown.
    pub show_hidden: bool,
    /// How the text is set.
    pub reading: Reading,
    /// Whether the project can be written to.
    pub editable: bool,
}

/// The page of the open article.
pub fn with_page<R>(
    version: u64,
    project: &ProjectView,
    article: &ArticleView,
    settings: PageSettings,
    keys: Keys<'_>,
    then: impl FnOnce(&Page<'_>) -> R,
) -> R {
    let byline = byline(article);
    let known = article.header.title.as_deref();
    then(&Page {
        id: &article.id,
        title: title_or_none(known.or_else(|| first_line(&article.text))),
        byline: &byline,
        lang: article.header.lang.as_deref(),
        header: &article.header,
        text: &article.text,
        layer: &article.layer,
        version,
        codebook: &project.codebook,
        directions: &ReadingDirections::of(&article.header.meta),
        reading: settings.reading,
        zoom: settings.zoom,
        show_hidden: settings.show_hidden,
        editable: settings.editable,
        keys,
    })
}

/// Draws the pane; gives what was done in the article.
pub fn article_pane_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &mut ArticleState,
    settings: PageSettings,
) -> Vec<ArticleOutput> {
    let (Some(project), Some(article)) = (pane.snapshot.project.clone(), pane.snapshot.article.clone())
    else {
        nothing_ui(ui, pane);
        return Vec::new();
    };
    let (version, keys) = (pane.snapshot.revision, pane.keys);
    with_page(version, &project, &article, settings, keys, |page| {
        let over = ui.available_rect_before_wrap();
        let outputs = article_ui(ui, pane.engine, page, state);
        if state.find().is_shown() {
            find_bar_ui(ui, pane, state, page.text, over);
        }
        outputs
    })
}

fn nothing_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let project_is_empty = pane
        .snapshot
        .project
        .as_ref()
        .is_some_and(|project| project.progress.total == 0);
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() / 3.0);
        if project_is_empty {
            empty_ui(ui, pane.palette, words::NO_ARTICLES, words::NO_ARTICLES_HINT);
            ui.add_space(GRID * 2.0);
            if super::widgets::primary_button(ui, pane.palette, Action::Import.entry().name).clicked() {
                pane.act(Action::Import);
            }
        } else if pane.snapshot.jobs.is_empty() {
            let key = pane.keys.shortcut(Action::NextArticle);
            let hint = words::no_article_open_hint(key.as_deref());
            empty_ui(ui, pane.palette, words::NO_ARTICLE_OPEN, &hint);
        }
    });
}

/// Source, date, language, address, status, verdict, flag in one line.
fn byline(article: &ArticleView) -> String {
    let (header, layer) = (&article.header, &article.layer);
    let text = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| header.meta.get(*key)?.as_str())
            .map(|text| words::shorten(text, 60))
    };
    let parts = [
        text(&["source"]),
        text(&["date", "published"]),
        header.lang.clone(),
        text(&["url", "link", "address"]),
        Some(words::status(layer.status_or_default()).to_owned()),
        layer.review.map(|verdict| words::verdict(verdict).to_owned()),
        layer.flagged.then(|| words::IS_FLAGGED.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
