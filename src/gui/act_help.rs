//! What the window does for its manual: opens it at the page that fits, gives the focus back, and keeps it in reach while a
//! dialog is open.
//!
//! The pane stands beside the others. While a dialog is open, which takes all input below it, the pane is drawn above the
//! dialog at the same place, and the dialog stands in the room that is left.

use egui::{Area, Context, Event, Frame, Id, Margin, Order, Rect, Ui, vec2};

use super::app::{App, keys_of};
use super::dialogs::Dialog;
use super::panels::events::sheet_id;
use super::panels::find_bar::find_id;
use super::panels::guidelines::guidelines_id;
use super::panels::help::{HelpAsk, Place, Topic, help_id, help_search_id, help_ui};
use super::panels::list::{filter_id, rows_id};
use super::panels::notes::{notes_id, reply_id};
use super::panels::problems::problems_id;
use super::panels::relations::relations_id;
use super::panels::spans::note_id;
use super::panels::{Ask, Pane};
use super::theme::{self, Palette};
use crate::session::action::Action;

/// Where the pane stands, and what the focus comes back to.
#[derive(Default)]
pub(super) struct HelpPlace {
    /// Its rectangle in this frame, where it is shown.
    pub(super) rect: Option<Rect>,
    /// What had the focus before the pane took it.
    from: Option<Id>,
    /// What it was opened for.
    opened_for: Option<Place>,
    /// Keys that a dialog below shall not see.
    kept: Vec<Event>,
}

impl App {
    /// F1: opens the manual at the page that fits; goes to it where it is open, and puts it away from within.
    pub(super) fn help(&mut self, ctx: &Context) {
        if self.prefs.help.shown && self.help.has_focus() {
            self.close_help(ctx);
            return;
        }
        let fitting = self.fitting_place(ctx);
        // Who reads on, step by step, comes back to where she was; what fits a dialog is another matter.
        let reads_on = self.help_place.opened_for.as_ref() == Some(&fitting)
            || (self.dialog.is_none() && self.help.topic() == Topic::FIRST);
        if self.prefs.help.shown && reads_on {
            self.focus_help(ctx);
        } else {
            self.help_place.opened_for = Some(fitting.clone());
            self.open_help(ctx, fitting);
        }
    }

    /// Opens the manual at a place, with the focus on it.
    pub(super) fn open_help(&mut self, ctx: &Context, place: Place) {
        self.help.go(place);
        self.prefs.help.shown = true;
        self.focus_help(ctx);
    }

    /// Searches the manual, where it has the focus; what the key means elsewhere is then not meant.
    pub(super) fn searches_help(&mut self, ctx: &Context, action: Action) -> bool {
        let searches = action == Action::FindInArticle && self.prefs.help.shown && self.help.has_focus();
        if searches {
            self.focus(ctx, help_search_id());
        }
        searches
    }

    pub(super) fn do_help_ask(&mut self, ctx: &Context, ask: HelpAsk) {
        match ask {
            HelpAsk::Leave => self.leave_help(ctx),
            HelpAsk::Close => self.close_help(ctx),
            HelpAsk::Read => self.focus(ctx, help_id()),
            HelpAsk::Search => self.focus(ctx, help_search_id()),
        }
    }

    fn close_help(&mut self, ctx: &Context) {
        self.prefs.help.shown = false;
        self.leave_help(ctx);
    }

    fn focus_help(&mut self, ctx: &Context) {
        if !self.help.has_focus() {
            self.help_place.from = match self.dialog {
                Some(_) => ctx.memory(egui::Memory::focused),
                None => self.before_dialog,
            };
        }
        self.focus(ctx, help_id());
    }

    /// Gives the focus back to what had it.
    fn leave_help(&mut self, ctx: &Context) {
        let from = self.help_place.from.take();
        if self.dialog.is_none() {
            self.give_focus_back(ctx, from);
        } else if let Some(id) = from {
            ctx.memory_mut(|memory| memory.request_focus(id));
        } else {
            ctx.memory_mut(|memory| memory.surrender_focus(help_id()));
        }
    }

    /// The page for what is being done.
    fn fitting_place(&self, ctx: &Context) -> Place {
        if let Some(dialog) = &self.dialog {
            return dialog.help();
        }
        if self.snapshot.project.is_none() {
            return Place::top(Topic::FIRST);
        }
        let focused = self.before_dialog.or_else(|| ctx.memory(egui::Memory::focused));
        let in_fields = focused.is_some_and(|id| self.inspector.attributes.draws(id));
        let pane = focused.and_then(|focused| {
            let is_it = |(ids, _, _): &&Pages| ids.iter().any(|id| id() == focused);
            PAGES.iter().find(is_it)
        });
        match pane {
            Some((_, topic, heading)) => Place::heading(topic, heading),
            None if in_fields => Place::heading("values-and-events", "values-of-a-span"),
            None if self.review.is_some() => Place::heading("review", "review-the-work-of-others"),
            None => Place::top(Topic::Page("article")),
        }
    }

    /// Draws the pane above an open dialog, where it is shown.
    pub(super) fn help_over_dialog_ui(&mut self, ctx: &Context) {
        let Some(rect) = self.help_place.rect.filter(|_| self.dialog.is_some()) else {
            return;
        };
        let snapshot = std::sync::Arc::clone(&self.snapshot);
        let prefs = self.prefs.clone();
        let mut pane = Pane {
            snapshot: &snapshot,
            sent: self.service.sent(),
            situation: self.situation(),
            keys: keys_of(&prefs, &self.keyboard),
            prefs: &prefs,
            palette: Palette::of(ctx),
            engine: &mut self.engine,
            queue: &mut self.queue,
        };
        let area = Area::new(Id::unique("help-over-dialog"))
            // The dialog takes all that lies below it.
            .order(Order::Tooltip)
            .fixed_pos(rect.min)
            .constrain(false);
        area.show(ctx, |ui| {
            ui.set_clip_rect(rect);
            let frame = Frame::NONE.fill(pane.palette.panel).inner_margin(PANE_MARGIN);
            frame.show(ui, |ui| {
                let size = rect.size() - vec2(PANE_MARGIN.sum().x, PANE_MARGIN.sum().y);
                ui.set_min_size(size);
                ui.set_max_size(size);
                help_ui(ui, &mut pane, &mut self.help);
            });
        });
    }

    /// What goes by key while a dialog is open: to the manual and back.
    pub(super) fn take_help_keys(&mut self, ctx: &Context) {
        let Some(dialog) = self.dialog.as_ref().filter(|dialog| !dialog.takes_all_keys()) else {
            return;
        };
        // A dialog that has just opened has no focus to come back to.
        let from = ctx.memory(egui::Memory::focused);
        let pressed = keys_of(&self.prefs, &self.keyboard).take_shortcuts_of(ctx, |action| {
            matches!(action, Action::Help | Action::NextPane | Action::PreviousPane)
        });
        let fitting = dialog.help();
        for action in pressed {
            match action {
                Action::Help => self.queue.push(Ask::Do(action)),
                _ if !self.prefs.help.shown => {}
                _ if self.help.has_focus() => self.leave_help(ctx),
                _ => {
                    self.help_place.from = from;
                    self.help_place.opened_for.get_or_insert_with(|| fitting.clone());
                    self.focus(ctx, help_id());
                }
            }
        }
    }

    /// Keeps from a dialog what is typed in the manual.
    pub(super) fn hide_keys_of_help(&mut self, ctx: &Context) {
        if self.help.has_focus() {
            let is_key = |event: &Event| matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_));
            ctx.input_mut(|input| {
                let (kept, left) = input.events.drain(..).partition(is_key);
                self.help_place.kept = kept;
                input.events = left;
            });
        }
    }

    /// Gives the manual what is typed in it.
    pub(super) fn show_keys_of_help(&mut self, ctx: &Context) {
        let kept = std::mem::take(&mut self.help_place.kept);
        ctx.input_mut(|input| input.events.extend(kept));
    }
}

/// Which page fits a pane: what of it may have the focus, the page, and the heading.
type Pages = (&'static [fn() -> Id], &'static str, &'static str);

/// The panes with a page or a heading of their own.
const PAGES: &[Pages] = &[
    (&[find_id], "article", "find-words"),
    (&[rows_id, filter_id], "article", "from-article-to-article"),
    (&[sheet_id], "values-and-events", "gather-spans-into-events"),
    (&[relations_id], "values-and-events", "link-two-spans"),
    (&[notes_id, reply_id, note_id], "review", "notes"),
    (&[problems_id], "review", "problems"),
    (&[guidelines_id], "codebook", "read-what-a-label-means"),
];

/// Margin of the pane, as of those at the sides.
const PANE_MARGIN: Margin = Margin::same(8);

impl Dialog {
    /// The place in the manual about it.
    pub(super) fn help(&self) -> Place {
        let (page, heading) = match self {
            Self::Path(_) => ("first-ten-minutes", "begin-with-your-own-articles"),
            Self::Metadata(_) => ("article", "from-article-to-article"),
            Self::TagAll(_) => ("article", "find-words"),
            Self::Events(_) => ("values-and-events", "gather-spans-into-events"),
            Self::Palette(_) => ("keyboard", "any-command-by-its-name"),
            Self::Settings(_) => ("keyboard", "keys-of-your-own"),
            Self::Codebook(_) => ("codebook", "add-a-label"),
            Self::CodebookImport(_) => ("codebook", "share-it"),
            Self::Note(_) => ("review", "notes"),
            Self::CheckReport(_) => ("review", "problems"),
            Self::Annotator(_) | Self::RequestChanges(_) | Self::History(_) => {
                ("review", "review-the-work-of-others")
            }
            Self::Import(_) | Self::Report(_) => ("formats", "get-articles-in"),
            Self::Export(_) | Self::Exported(_) => ("formats", "get-a-dataset-out"),
            Self::About(_) => ("your-data", "where-it-is"),
        };
        Place::heading(page, heading)
    }
}

/// The room that is left to a dialog beside the manual: how wide it is, and how far its middle is from the window's.
pub(super) fn room_for_dialog(ctx: &Context, help: Option<Rect>, wanted: f32) -> (f32, f32) {
    let window = ctx.content_rect().width() - theme::GRID * 8.0;
    let Some(help) = help else {
        return (wanted.min(window), 0.0);
    };
    let beside = (window - help.width() - theme::GRID * 6.0).max(theme::DIALOG_LEAST.min(window));
    let width = wanted.min(beside);
    // Where there is no room beside it, the dialog stands at the left edge, and partly below the manual.
    let shift = (help.width() / 2.0).min((window - width) / 2.0);
    (width, -shift)
}

/// The pane of the manual at the right of a window, or the room for it while it is drawn above a dialog.
pub(super) fn help_pane_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut super::panels::help::HelpState) {
    if !state.is_over_dialog {
        help_ui(ui, pane, state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::keys::Keys;
    use crate::gui::markdown::BlockKind;
    use crate::gui::panels::help::slug;

    #[test]
    fn every_pane_leads_to_a_heading_that_is_there() {
        for (_, page, heading) in PAGES {
            let blocks = Topic::Page(page).blocks(Keys::defaults(), None);
            let is_it = |block: &crate::gui::markdown::Block| {
                matches!(block.kind, BlockKind::Heading(_)) && slug(&block.text) == *heading
            };
            assert!(blocks.iter().any(is_it), "{page}#{heading}");
        }
    }
}
