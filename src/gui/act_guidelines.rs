//! What the window does for guidelines: opens and closes their pane, and keeps room for it.

use egui::Context;

use super::app::{App, keys_of};
use super::panels::article::article_id;
use super::panels::guidelines::{Thing, guidelines_id, thing_at_hand};
use super::window::is_crowded;
use super::words;
use crate::session::action::Action;

impl App {
    /// Opens the guidelines at the thing at hand with the focus on them, or puts them away.
    pub(super) fn toggle_guidelines(&mut self, ctx: &Context) {
        let had_list = self.list_is_shown(ctx);
        self.prefs.guidelines.shown = !self.prefs.guidelines.shown;
        if self.prefs.guidelines.shown {
            self.guidelines.open();
            self.focus(ctx, guidelines_id());
            self.tell_of_list(ctx, had_list);
        } else {
            self.focus(ctx, article_id());
        }
    }

    /// Shows the guideline of one thing; the focus stays where it is.
    pub(super) fn show_guideline(&mut self, ctx: &Context, thing: Thing) {
        let had_list = self.list_is_shown(ctx);
        self.prefs.guidelines.shown = true;
        self.tell_of_list(ctx, had_list);
        let at_hand = thing_at_hand(&self.article, self.snapshot.article.as_deref());
        self.guidelines.ask_for(thing, at_hand);
        ctx.request_repaint();
    }

    /// Says that the list has made room, so that nobody looks for it.
    fn tell_of_list(&mut self, ctx: &Context, had_list: bool) {
        if had_list && !self.list_is_shown(ctx) {
            let keys = keys_of(&self.prefs, &self.keyboard);
            let key = keys.shortcut(Action::ToggleList);
            self.tell(words::list_made_room(key.as_deref()));
        }
    }

    /// Whether the list of articles is drawn, and not only wanted.
    pub(super) fn list_is_shown(&self, ctx: &Context) -> bool {
        self.prefs.list.shown && !is_crowded(&self.prefs, ctx.content_rect().width())
    }

    /// Shows the list; guidelines and manual that leave it no room are put away.
    pub(super) fn show_list(&mut self, ctx: &Context) {
        self.prefs.list.shown = true;
        if !self.list_is_shown(ctx) {
            self.prefs.guidelines.shown = false;
        }
        if !self.list_is_shown(ctx) {
            self.prefs.help.shown = false;
        }
    }

    /// Shows the list where it is not drawn, and hides it where it is.
    pub(super) fn toggle_list(&mut self, ctx: &Context) {
        if self.list_is_shown(ctx) {
            self.prefs.list.shown = false;
        } else {
            self.show_list(ctx);
        }
    }
}
