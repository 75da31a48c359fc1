//! The window's panes, each in its place.

use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui};

use super::act_help::help_pane_ui;
use super::app::{App, keys_of};
use super::article::{ArticleOutput, ArticleState};
use super::frame::{bottom_panel, side_panel};
use super::panels::article::article_pane_ui;
use super::panels::events::{EventsState, carried_ui, sheet_ui};
use super::panels::guidelines::GuidelinesState;
use super::panels::help::HelpState;
use super::panels::inspector::InspectorState;
use super::panels::list::ListState;
use super::panels::sections::Section;
use super::panels::status_bar::Said;
use super::panels::{Pane, banners, guidelines, inspector, list, menu, review_bar, status_bar, welcome};
use super::prefs::{PaneSize, Preferences};
use super::problems::ProblemsState;
use super::review::ReviewMode;
use super::theme::{self, Palette};
use super::words;

/// What the panes at the sides and under the article remember, and how large they are.
struct Sides<'a> {
    sizes: &'a mut Preferences,
    list: &'a mut ListState,
    inspector: &'a mut InspectorState,
    guidelines: &'a mut GuidelinesState,
    events: &'a mut EventsState,
    problems: &'a ProblemsState,
}

impl App {
    pub(super) fn window_ui(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui.ctx());
        let situation = self.situation();
        let snapshot = Arc::clone(&self.snapshot);
        let settings = self.page_settings();
        // The panes read the preferences as they were at the start of the frame.
        let prefs = self.prefs.clone();
        let mut pane = Pane {
            snapshot: &snapshot,
            sent: self.service.sent(),
            situation,
            keys: keys_of(&prefs, &self.keyboard),
            prefs: &prefs,
            palette,
            engine: &mut self.engine,
            queue: &mut self.queue,
        };
        bars_ui(ui, &mut pane, &self.article, self.said.as_ref());
        self.help.is_over_dialog = self.dialog.is_some();
        self.help_place.rect = help_panel_ui(ui, &mut pane, &mut self.prefs.help, &mut self.help);
        if self.help_place.rect.is_none() {
            self.help.be_hidden();
        }
        if snapshot.project.is_none() {
            empty_ui(ui, &mut pane);
            return;
        }
        let sides = Sides {
            sizes: &mut self.prefs,
            list: &mut self.list,
            inspector: &mut self.inspector,
            guidelines: &mut self.guidelines,
            events: &mut self.events,
            problems: &self.problems,
        };
        let review = self.review.as_ref();
        let has_review = review_bar::is_needed_in(&snapshot, review);
        // In review mode the bar has the width of the window, so that all of it stands in one row.
        if has_review && review.is_some() {
            review_panel_ui(ui, &mut pane, review);
        }
        sides.ui(ui, &mut pane, &self.article);
        if has_review && review.is_none() {
            review_panel_ui(ui, &mut pane, review);
        }
        let is_covered = self.context_menu.is_open() || self.events.menu.is_some();
        self.article.set_covered(is_covered);
        let is_told = self.prefs.inspector.shown && self.inspector.folds.shows(Section::Span);
        self.article.set_told_beside(is_told);
        let outputs = CentralPanel::default()
            .frame(Frame::NONE.fill(palette.canvas))
            .show(ui, |ui| {
                let outputs = article_pane_ui(ui, &mut pane, &mut self.article, settings);
                self.context_menu.show(ui, &mut pane, &self.article);
                self.events.menu_ui(ui, &mut pane, &self.article);
                carried_ui(ui.ctx(), &mut pane);
                outputs
            })
            .inner;
        self.take_outputs(ui.ctx(), outputs);
    }

    fn take_outputs(&mut self, ctx: &Context, outputs: Vec<ArticleOutput>) {
        for output in outputs {
            self.take_output(ctx, output);
        }
    }
}

impl Sides<'_> {
    /// Draws those that are shown.
    fn ui(self, ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleState) {
        // The text keeps a width at which it can be read.
        let least = if pane.prefs.help.shown {
            theme::ARTICLE_LEAST_WITH_HELP
        } else {
            theme::ARTICLE_LEAST
        };
        let widest = (ui.available_width() - least) / 2.0;
        // Where guidelines leave the text too little, the list steps aside until they are closed.
        if !is_crowded(pane.prefs, ui.ctx().content_rect().width()) {
            let (panel, range) = (Panel::left("articles"), theme::LIST_WIDTH);
            side_panel(ui, panel, &mut self.sizes.list, range, widest, |ui| {
                list::list_ui(ui, pane, self.list);
            });
        }
        let (panel, range) = (Panel::right("inspector"), theme::INSPECTOR_WIDTH);
        side_panel(ui, panel, &mut self.sizes.inspector, range, widest, |ui| {
            inspector::inspector_ui(ui, pane, article, self.problems, self.inspector);
        });
        let (panel, range) = (Panel::right("guidelines"), theme::GUIDELINES_WIDTH);
        side_panel(ui, panel, &mut self.sizes.guidelines, range, widest, |ui| {
            guidelines::guidelines_ui(ui, pane, article, self.guidelines);
        });
        bottom_panel(ui, Panel::bottom("events"), &mut self.sizes.events, |ui| {
            sheet_ui(ui, pane, article, self.events);
        });
    }
}

/// The manual at the right of all else; its rectangle, where it is shown.
fn help_panel_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    size: &mut PaneSize,
    state: &mut HelpState,
) -> Option<egui::Rect> {
    let before = ui.available_rect_before_wrap();
    let widest = match pane.snapshot.project {
        Some(_) => before.width() - least_of_others(pane.prefs),
        None => before.width() - theme::ARTICLE_BESIDE_HELP,
    };
    let (panel, range) = (Panel::right("help"), theme::HELP_WIDTH);
    side_panel(ui, panel, size, range, widest, |ui| help_pane_ui(ui, pane, state));
    let left = ui.available_rect_before_wrap().right();
    pane.prefs
        .help
        .shown
        .then(|| egui::Rect::from_x_y_ranges(left..=before.right(), before.y_range()))
}

/// The width that the manual leaves to the article and the panes beside it.
fn least_of_others(prefs: &Preferences) -> f32 {
    let least = |pane: PaneSize, range: std::ops::RangeInclusive<f32>| {
        if pane.shown { *range.start() } else { 0.0 }
    };
    least(prefs.list, theme::LIST_WIDTH)
        + least(prefs.inspector, theme::INSPECTOR_WIDTH)
        + least(prefs.guidelines, theme::GUIDELINES_WIDTH)
        + theme::ARTICLE_BESIDE_HELP
}

/// Whose work is shown, and in review mode what can be said of it.
fn review_panel_ui(ui: &mut Ui, pane: &mut Pane<'_>, review: Option<&ReviewMode>) {
    let frame = bar(pane.palette);
    Panel::top("review").frame(frame).show(ui, |ui| {
        review_bar::review_bar_ui(ui, pane, review);
    });
}

/// The menu, what is in the way of the work, and the status bar.
fn bars_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleState, said: Option<&Said>) {
    let bar = bar(pane.palette);
    Panel::top("menu")
        .frame(bar)
        .exact_size(theme::BAR)
        .show(ui, |ui| {
            ui.scope_builder(named(words::MENU_BAR), |ui| menu::menu_bar_ui(ui, pane));
        });
    if pane.snapshot.blocked.is_some() {
        Panel::top("banner")
            .frame(Frame::NONE.fill(pane.palette.panel))
            .show(ui, |ui| banners::banner_ui(ui, pane));
    }
    banners::notices_ui(ui.ctx(), pane);
    Panel::bottom("status")
        .frame(bar)
        .exact_size(theme::STATUS_BAR)
        .show(ui, |ui| status_bar::status_bar_ui(ui, pane, article, said));
}

/// Where no project is open: the ways to open one, unless one is just being opened.
fn empty_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let canvas = Frame::NONE.fill(pane.palette.canvas);
    CentralPanel::default().frame(canvas).show(ui, |ui| {
        if pane.snapshot.jobs.is_empty() {
            welcome::welcome_ui(ui, pane);
        }
    });
}

/// The ground of a bar across the window.
fn bar(palette: &Palette) -> Frame {
    Frame::NONE
        .fill(palette.panel)
        .inner_margin(Margin::symmetric(8, 4))
}

/// Whether the list has no room beside guidelines or the manual in a window of that width.
pub(super) fn is_crowded(prefs: &Preferences, width: f32) -> bool {
    let beside = |pane: PaneSize| if pane.shown { pane.width } else { 0.0 };
    let help = if prefs.help.shown {
        *theme::HELP_WIDTH.start()
    } else {
        0.0
    };
    let panes = beside(prefs.list) + beside(prefs.inspector) + beside(prefs.guidelines);
    let by_guidelines = prefs.guidelines.shown && width - help - panes < theme::ARTICLE_LEAST;
    let by_help = prefs.help.shown && width - help < least_of_others(prefs);
    by_guidelines || by_help
}

/// A part of the window that assistive technology can name.
fn named(name: &str) -> egui::UiBuilder {
    egui::UiBuilder::new().id_salt(name)
}
