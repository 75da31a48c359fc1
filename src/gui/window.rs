//! The window's panes, each in its place.

use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui};

use super::app::{App, keys_of};
use super::article::ArticleOutput;
use super::frame::side_panel;
use super::panels::article::article_pane_ui;
use super::panels::{Pane, banners, inspector, list, menu, status_bar, welcome};
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
        let outputs = CentralPanel::default()
            .frame(canvas)
            .show(ui, |ui| {
                let outputs = article_pane_ui(ui, &mut pane, &mut self.article, settings);
                self.context_menu.show(ui, &mut pane);
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

/// A part of the window that assistive technology can name.
fn named(name: &str) -> egui::UiBuilder {
    egui::UiBuilder::new().id_salt(name)
}
