//! Where the focus goes: to what asks for it, back to where it was, and to the text where it would be lost.

use egui::{Context, Event, Id, Memory, Popup};

use super::app::{App, keys_of};
use super::field::is_typing;
use super::panels::article::article_id;
use super::panels::events::sheet_id;
use super::panels::find_bar::find_id;
use super::panels::guidelines::guidelines_id;
use super::panels::help::{help_id, help_search_id};
use super::panels::list::{filter_id, rows_id};
use super::panels::notes::{notes_id, reply_id};
use super::panels::problems::problems_id;
use super::panels::relations::relations_id;
use super::panels::spans::{note_id, spans_id};
use crate::session::action::{Action, Opens};

/// What was pressed behind a key that opens a field to type in, until that has the focus. Where a frame takes long, or a
/// dialog needs a few, letters would else be keys of the article.
#[derive(Debug, Default)]
pub(super) struct TypedAhead {
    events: Vec<Event>,
    /// For how many frames more they are held.
    frames: u8,
    /// Whether a dialog was asked for.
    for_dialog: bool,
    /// What had the focus then: where a dialog was asked for, what is typed behind that is not meant for it.
    from: Option<Id>,
}

/// Frames after which what was pressed is let go, whether or not a field has come.
const HELD: u8 = 8;

/// What goes to a field beside the article.
const GOES_TO_FIELD: [Action; 2] = [Action::FindInArticle, Action::FilterArticles];

/// Seconds after a click in which it may have taken the focus away.
const POINTER_FOCUS: f32 = 0.3;

/// What in the panes takes the focus.
const PANES: [fn() -> Id; 14] = [
    article_id,
    find_id,
    rows_id,
    filter_id,
    spans_id,
    note_id,
    guidelines_id,
    help_id,
    help_search_id,
    sheet_id,
    notes_id,
    reply_id,
    relations_id,
    problems_id,
];

impl App {
    /// Gives the focus to a widget. A dialog that closes holds it for one frame more, so this is seen to for a few.
    pub(super) fn focus(&mut self, ctx: &Context, id: Id) {
        ctx.memory_mut(|memory| memory.request_focus(id));
        self.refocus = Some((id, 3));
        ctx.request_repaint();
    }

    /// Notes what has the focus as long as no dialog is open.
    pub(super) fn remember_focus(&mut self, ctx: &Context) {
        let focused = ctx.memory(Memory::focused);
        // A menu that is just being closed with Esc leaves nothing with the focus, which is given back once it is gone.
        let closes = focused.is_none() && Popup::is_any_open(ctx);
        if self.dialog.is_none() && !closes {
            self.before_dialog = focused;
        }
    }

    /// A closed dialog gives the focus back to the pane that had it.
    pub(super) fn focus_as_before(&mut self, ctx: &Context) {
        self.give_focus_back(ctx, self.before_dialog);
    }

    /// Gives the focus to what had it before, where that is a pane, else to the article.
    pub(super) fn give_focus_back(&mut self, ctx: &Context, before: Option<Id>) {
        let had_it = before.filter(|id| PANES.iter().any(|pane| pane() == *id));
        let article = self.snapshot.article.as_ref().map(|_| article_id());
        if let Some(id) = had_it.or(article) {
            self.focus(ctx, id);
        }
    }

    pub(super) fn keep_focus(&mut self, ctx: &Context) {
        let may_have_it = |id: Id| self.dialog.is_none() || id == help_id() || id == help_search_id();
        let Some((id, frames)) = self.refocus.take().filter(|(id, _)| may_have_it(*id)) else {
            return;
        };
        if !ctx.memory(|memory| memory.has_focus(id)) {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
        if frames > 1 {
            self.refocus = Some((id, frames - 1));
            ctx.request_repaint();
        }
    }

    /// What had the focus may be gone, or was left with Esc: a menu, a button. Then the text takes it, so that keys are
    /// never lost.
    pub(super) fn catch_focus(&mut self, ctx: &Context) {
        let had = self.before_dialog.is_some() && self.dialog.is_none() && self.refocus.is_none();
        let is_lost = ctx.memory(|memory| memory.focused().is_none());
        let by_pointer = ctx
            .input(|input| input.pointer.any_down() || input.pointer.time_since_last_click() < POINTER_FOCUS);
        let is_free = !Popup::is_any_open(ctx);
        if had && is_lost && is_free && !by_pointer && self.snapshot.article.is_some() {
            self.focus(ctx, article_id());
        }
    }

    /// Holds back what is pressed behind a key that opens a field or a dialog, and gives it on once that has the focus.
    pub(super) fn hold_typed_ahead(&mut self, ctx: &Context) {
        if self.ahead.frames > 0 {
            self.go_on_holding(ctx);
            return;
        }
        if self.dialog.is_some() {
            return;
        }
        let (keys, situation) = (keys_of(&self.prefs, &self.keyboard), self.situation());
        let typing = is_typing(ctx);
        let opens = |event: &Event| {
            let action = keys.window_action(event, typing)?;
            let is_meant = opens_dialog(action) || GOES_TO_FIELD.contains(&action);
            (is_meant && action.entry().available(&situation).is_ok()).then_some(action)
        };
        let held = ctx.input_mut(|input| {
            let mut events = input.events.iter().enumerate();
            let (place, action) = events.find_map(|(place, event)| Some((place, opens(event)?)))?;
            let behind = input.events.split_off(place + 1);
            let (held, others) = behind.into_iter().partition(is_typed);
            input.events.extend::<Vec<Event>>(others);
            Some((held, action))
        });
        if let Some((events, action)) = held {
            self.ahead = TypedAhead {
                events,
                frames: HELD,
                for_dialog: opens_dialog(action),
                from: ctx.memory(Memory::focused),
            };
            ctx.request_repaint();
        }
    }

    fn go_on_holding(&mut self, ctx: &Context) {
        let focused = ctx.memory(Memory::focused);
        let ahead = &mut self.ahead;
        let has_come = if ahead.for_dialog {
            self.dialog.is_some() && focused.is_some() && focused != ahead.from
        } else {
            is_typing(ctx)
        };
        ahead.frames = if has_come { 0 } else { ahead.frames - 1 };
        // A dialog that takes no focus has come, and the field below it is not to have what was meant for that.
        let is_for_nobody =
            self.dialog.is_some() && ahead.for_dialog && ahead.from == focused && is_typing(ctx);
        ctx.input_mut(|input| {
            let (typed, others): (Vec<Event>, Vec<Event>) =
                std::mem::take(&mut input.events).into_iter().partition(is_typed);
            ahead.events.extend(typed);
            input.events = others;
            if ahead.frames == 0 {
                let held = std::mem::take(&mut ahead.events);
                input.events.extend(held.into_iter().filter(|_| !is_for_nobody));
            }
        });
        ctx.request_repaint();
    }
}

fn opens_dialog(action: Action) -> bool {
    matches!(action.entry().opens, Some(Opens::Dialog | Opens::Message))
}

const fn is_typed(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_) | Event::Paste(_) | Event::Key { pressed: true, .. }
    )
}
