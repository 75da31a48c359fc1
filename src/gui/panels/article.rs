//! The article pane: the article's widget on its page, the context menu, and the empty state.

use egui::{Id, Pos2, Ui};

use super::find_bar::find_bar_ui;
use super::widgets::{empty_ui, title_or_none};
use super::{Ask, Pane};
pub use crate::gui::article::article_id;
use crate::gui::article::{ArticleAct, ArticleOutput, ArticleState, Page, article_ui, first_line};
use crate::gui::keys::Keys;
use crate::gui::reading::Reading;
use crate::gui::theme::{self, GRID};
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

/// The context menu: where it is open, and what it offers.
#[derive(Default)]
pub struct ContextMenu {
    at: Option<Pos2>,
}

impl ContextMenu {
    /// Opens it at the pointer.
    pub fn open(&mut self, at: Pos2) {
        self.at = Some(at);
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.at.is_some()
    }

    /// Draws it where it is open.
    pub fn show(&mut self, ui: &Ui, pane: &mut Pane<'_>) {
        let Some(at) = self.at else {
            return;
        };
        let mut open = true;
        egui::Popup::new(Id::unique("article-menu"), ui.ctx().clone(), at, ui.layer_id())
            .kind(egui::PopupKind::Menu)
            .open_bool(&mut open)
            .layout(egui::Layout::top_down_justified(egui::Align::Min))
            .style(egui::containers::menu::menu_style)
            .show(|ui| menu_ui(ui, pane));
        if !open {
            self.at = None;
            ui.memory_mut(|memory| memory.request_focus(article_id()));
        }
    }
}

/// What the context menu offers beside labels.
const ENTRIES: [Action; 13] = [
    Action::RepeatLabel,
    Action::ToggleProclitic,
    Action::AddFragment,
    Action::RemoveFragment,
    Action::MergeSpans,
    Action::SplitSpan,
    Action::AddRelation,
    Action::AddToEvent,
    Action::NewEvent,
    Action::InspectSpan,
    Action::AddNote,
    Action::SpanHistory,
    Action::RemoveSpan,
];

fn menu_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    // Rows of labels take all the room there is.
    ui.set_width(theme::CONTEXT_MENU);
    if let Some(project) = pane.snapshot.project.clone() {
        let heading = match (pane.situation.text_selected, pane.situation.span_selected) {
            (true, _) => Some(words::TAG_AS),
            (false, true) => Some(words::CHANGE_TO),
            (false, false) => None,
        };
        if let Some(heading) = heading {
            super::widgets::heading_ui(ui, pane.palette, heading);
            for label in project.codebook.labels.iter().filter(|label| !label.retired) {
                label_entry_ui(ui, pane, label);
            }
            ui.separator();
        }
    }
    if pane.situation.text_selected && ui.button(words::COPY).clicked() {
        pane.queue.push(Ask::CopySelection);
        ui.close();
    }
    for action in ENTRIES {
        let entry = action.entry();
        let enabled = entry.available(&pane.situation).is_ok();
        let button =
            egui::Button::new(entry.name).shortcut_text(pane.keys.shortcut(action).unwrap_or_default());
        if ui.add_enabled(enabled, button).clicked() {
            pane.act(action);
            ui.close();
        }
    }
}

fn label_entry_ui(ui: &mut Ui, pane: &mut Pane<'_>, label: &crate::model::Label) {
    let name = words::name_or_id(&label.names, label.id.as_str());
    let (rect, response) = super::widgets::row_ui(ui, pane.palette, theme::ROW, false, name);
    let swatch = egui::Rect::from_center_size(
        egui::pos2(rect.left() + GRID * 3.0, rect.center().y),
        egui::Vec2::splat(10.0),
    );
    ui.painter()
        .rect_filled(swatch, 2.0, pane.palette.label(label.color).line);
    let words_rect = egui::Rect::from_min_max(
        egui::pos2(rect.left() + GRID * 6.0, rect.top()),
        egui::pos2(rect.right() - GRID * 7.0, rect.bottom()),
    );
    let style = crate::gui::paint::TextStyle::new(theme::TEXT);
    super::widgets::paint_in(ui, pane.engine, name, style, pane.palette.ink, words_rect);
    if let Some(key) = label.key {
        let right = egui::pos2(rect.right() - GRID, rect.center().y);
        super::widgets::paint_keycap(ui, pane.palette, right, &pane.keys.label_cap(key));
    }
    if response.clicked() {
        pane.queue.push(Ask::Article(ArticleAct::Label(label.id.clone())));
        ui.close();
    }
}
