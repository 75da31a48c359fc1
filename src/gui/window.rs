//! The window's panes, each in its place.

use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui};

use super::app::{App, keys_of};
use super::article::ArticleOutput;
use super::frame::{bottom_panel, side_panel};
use super::panels::article::article_pane_ui;
use super::panels::events::{carried_ui, sheet_ui};
use super::panels::{Pane, banners, guidelines, inspector, list, menu, review_bar, status_bar, welcome};
use super::prefs::{PaneSize, Preferences};
use super::theme::{self, Palette};
use super::words;

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
            situation,
            keys: keys_of(&prefs, &self.keyboard),
            prefs: &prefs,
            palette,
            engine: &mut self.engine,
            queue: &mut self.queue,
        };
        let bar = Frame::NONE
            .fill(palette.panel)
            .inner_margin(Margin::symmetric(8, 4));
        Panel::top("menu")
            .frame(bar)
            .exact_size(theme::BAR)
            .show(ui, |ui| {
                ui.scope_builder(named(words::MENU_BAR), |ui| menu::menu_bar_ui(ui, &mut pane));
            });
        if snapshot.blocked.is_some() {
            Panel::top("banner")
                .frame(Frame::NONE.fill(palette.panel))
                .show(ui, |ui| banners::banner_ui(ui, &mut pane));
        }
        banners::notices_ui(ui.ctx(), &mut pane);
        Panel::bottom("status")
            .frame(bar)
            .exact_size(theme::STATUS_BAR)
            .show(ui, |ui| {
                status_bar::status_bar_ui(ui, &mut pane, &self.article, self.said.as_ref());
            });
        let canvas = Frame::NONE.fill(palette.canvas);
        if snapshot.project.is_none() {
            CentralPanel::default().frame(canvas).show(ui, |ui| {
                if snapshot.jobs.is_empty() {
                    welcome::welcome_ui(ui, &mut pane);
                }
            });
            return;
        }
        // The text keeps a width at which it can be read.
        let widest = (ui.available_width() - theme::ARTICLE_LEAST) / 2.0;
        // Where guidelines leave the text too little, the list steps aside until they are closed.
        if !is_crowded(&prefs, ui.available_width()) {
            side_panel(
                ui,
                Panel::left("articles"),
                &mut self.prefs.list,
                theme::LIST_WIDTH,
                widest,
                |ui| {
                    list::list_ui(ui, &mut pane, &mut self.list);
                },
            );
        }
        let range = theme::INSPECTOR_WIDTH;
        side_panel(
            ui,
            Panel::right("inspector"),
            &mut self.prefs.inspector,
            range,
            widest,
            |ui| {
                inspector::inspector_ui(ui, &mut pane, &self.article, &self.problems, &mut self.inspector);
            },
        );
        side_panel(
            ui,
            Panel::right("guidelines"),
            &mut self.prefs.guidelines,
            theme::GUIDELINES_WIDTH,
            widest,
            |ui| {
                guidelines::guidelines_ui(ui, &mut pane, &self.article, &mut self.guidelines);
            },
        );
        bottom_panel(ui, Panel::bottom("events"), &mut self.prefs.events, |ui| {
            sheet_ui(ui, &mut pane, &self.article, &mut self.events);
        });
        if review_bar::is_needed_in(&snapshot, self.review.as_ref()) {
            Panel::top("review").frame(bar).show(ui, |ui| {
                review_bar::review_bar_ui(ui, &mut pane, self.review.as_ref());
            });
        }
        self.article.set_covered(self.events.menu.is_some());
        let outputs = CentralPanel::default()
            .frame(canvas)
            .show(ui, |ui| {
                let outputs = article_pane_ui(ui, &mut pane, &mut self.article, settings);
                self.context_menu.show(ui, &mut pane);
                self.events.menu_ui(ui, &mut pane, &self.article);
                carried_ui(ui.ctx(), &mut pane, ui);
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

/// Whether the list has no room beside guidelines in a window of that width.
pub(super) fn is_crowded(prefs: &Preferences, width: f32) -> bool {
    let beside = |pane: PaneSize| if pane.shown { pane.width } else { 0.0 };
    let panes = beside(prefs.list) + beside(prefs.inspector) + beside(prefs.guidelines);
    prefs.guidelines.shown && width - panes < theme::ARTICLE_LEAST
}

/// A part of the window that assistive technology can name.
fn named(name: &str) -> egui::UiBuilder {
    egui::UiBuilder::new().id_salt(name)
}
