//! Where the focus goes: to what asks for it, back to where it was, and to the text where it would be lost.

use egui::{Context, Event, Id, Memory, Order, Popup};

use super::app::{App, keys_of};
use super::field::is_typing;
use super::panels::article::article_id;
use super::panels::events::sheet_id;
use super::panels::find_bar::find_id;
use super::panels::guidelines::guidelines_id;
use super::panels::help::{help_id, help_search_id};
use super::panels::list::{filter_id, rows_id};
use super::panels::menu_keys::{is_menu_open, is_menu_ready, keep_keys_in_menu};
use super::panels::notes::{notes_id, reply_id};
use super::panels::problems::problems_id;
use super::panels::relations::relations_id;
use super::panels::spans::{note_id, spans_id};
use crate::session::action::{Action, Opens};

/// What was pressed behind a key that opens a menu or a field to type in, until that has the focus. Where a frame takes
/// long, or a dialog needs a few, letters would else be keys of the article.
#[derive(Debug, Default)]
pub(super) struct TypedAhead {
    events: Vec<Event>,
    /// For how many frames more they are held.
    frames: u8,
    awaits: Awaits,
    /// What had the focus then: where a dialog was asked for, what is typed behind that is not meant for it.
    from: Option<Id>,
}

/// What was asked for by the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Awaits {
    #[default]
    Field,
    Dialog,
    /// The menus. Each of their keys leads to where the next one is meant, so that they are given on one by one.
    Menu,
}

impl Awaits {
    fn of(action: Action) -> Option<Self> {
        if opens_dialog(action) {
            Some(Self::Dialog)
        } else if action == Action::MenuBar {
            Some(Self::Menu)
        } else {
            GOES_TO_FIELD.contains(&action).then_some(Self::Field)
        }
    }
}

/// Frames after which what was pressed is let go, whether or not a field has come.
const HELD: u8 = 8;

/// What goes to a field beside the article.
const GOES_TO_FIELD: [Action; 2] = [Action::FindInArticle, Action::FilterArticles];

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

    /// Notes what has the focus as long as no dialog and no menu is open, and whether a click or a menu may take it away.
    pub(super) fn remember_focus(&mut self, ctx: &Context) {
        if self.dialog.is_some() {
            return;
        }
        let focused = ctx.memory(Memory::focused);
        let by_pointer = ctx.input(|input| {
            let pointer = &input.pointer;
            pointer.any_pressed() || pointer.any_down() || pointer.any_released()
        });
        let in_popup = Popup::is_any_open(ctx) || focused.is_some_and(|id| is_in_popup(ctx, id));
        if !in_popup && (focused.is_some() || !by_pointer) {
            self.before_dialog = focused;
        }
        self.comes_back = by_pointer || in_popup;
    }

    /// A closed dialog gives the focus back to the pane that had it.
    pub(super) fn focus_as_before(&mut self, ctx: &Context) {
        self.give_focus_back(ctx, self.before_dialog);
    }

    /// Gives the focus to what had it before, where that is a pane, else to the article.
    pub(super) fn give_focus_back(&mut self, ctx: &Context, before: Option<Id>) {
        let had_it = before.filter(|id| self.is_pane(*id));
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

    /// Whether something of the panes can have the focus for itself: a list, a text, a field.
    pub(super) fn is_pane(&self, id: Id) -> bool {
        PANES.iter().any(|pane| pane() == id) || self.inspector.attributes.draws(id)
    }

    /// What had the focus may be gone, or was left with Esc: then the text takes it. Where a click or a menu took it and
    /// left it with nothing, what had it has it again. So keys are never lost.
    pub(super) fn catch_focus(&mut self, ctx: &Context) {
        let is_lost = ctx.memory(|memory| memory.focused().is_none());
        let is_open = self.dialog.is_some() || self.events.is_asking() || Popup::is_any_open(ctx);
        let is_expected = is_open || self.refocus.is_some();
        // In the frame in which a button comes up, what was clicked may ask for it yet.
        let by_pointer = ctx.input(|input| input.pointer.any_down() || input.pointer.any_released());
        let Some(before) = self
            .before_dialog
            .filter(|_| is_lost && !is_expected && !by_pointer)
        else {
            return;
        };
        let is_drawn = ctx.read_response(before).is_some();
        let before = Some(before).filter(|_| is_drawn && self.comes_back);
        self.give_focus_back(ctx, before);
    }

    /// Holds back what is pressed behind a key that opens a field, a dialog, or a menu, and gives it on once that has the
    /// focus.
    pub(super) fn hold_typed_ahead(&mut self, ctx: &Context) {
        keep_keys_in_menu(ctx);
        if self.ahead.frames > 0 {
            self.go_on_holding(ctx);
            return;
        }
        if self.dialog.is_some() {
            return;
        }
        let (keys, situation) = (keys_of(&self.prefs, &self.keyboard), self.situation());
        let typing = is_typing(ctx);
        let in_menu = is_menu_open(ctx);
        let opens = |event: &Event| {
            if in_menu {
                return is_typed(event).then_some(Awaits::Menu);
            }
            let action = keys.window_action(event, typing)?;
            let is_possible = action.entry().available(&situation).is_ok();
            Awaits::of(action).filter(|_| is_possible)
        };
        let held = ctx.input_mut(|input| {
            let mut events = input.events.iter().enumerate();
            let (place, awaits) = events.find_map(|(place, event)| Some((place, opens(event)?)))?;
            let behind = input.events.split_off(place + 1);
            let (held, others) = behind.into_iter().partition(is_typed);
            input.events.extend::<Vec<Event>>(others);
            Some((held, awaits))
        });
        if let Some((events, awaits)) = held {
            self.ahead = TypedAhead {
                events,
                frames: HELD,
                awaits,
                from: ctx.memory(Memory::focused),
            };
            ctx.request_repaint();
        }
    }

    fn go_on_holding(&mut self, ctx: &Context) {
        if self.ahead.awaits == Awaits::Menu {
            self.give_to_menu(ctx);
            return;
        }
        let focused = ctx.memory(Memory::focused);
        let ahead = &mut self.ahead;
        let for_dialog = ahead.awaits == Awaits::Dialog;
        let has_come = if for_dialog {
            self.dialog.is_some() && focused.is_some() && focused != ahead.from
        } else {
            is_typing(ctx)
        };
        ahead.frames = if has_come { 0 } else { ahead.frames - 1 };
        // A dialog that takes no focus has come, and the field below it is not to have what was meant for that.
        let is_for_nobody = self.dialog.is_some() && for_dialog && ahead.from == focused && is_typing(ctx);
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

    /// Gives the menus what was pressed for them: one key, once the key before has done its part.
    fn give_to_menu(&mut self, ctx: &Context) {
        let (is_ready, is_gone) = (is_menu_ready(ctx), self.dialog.is_some());
        let ahead = &mut self.ahead;
        ctx.input_mut(|input| {
            let (typed, others): (Vec<Event>, Vec<Event>) =
                std::mem::take(&mut input.events).into_iter().partition(is_typed);
            ahead.events.extend(typed);
            input.events = others;
            ahead.frames -= 1;
            if is_ready && !ahead.events.is_empty() {
                input.events.push(ahead.events.remove(0));
                ahead.frames = HELD;
            }
            if ahead.events.is_empty() && is_ready || is_gone {
                ahead.frames = 0;
            }
            if ahead.frames == 0 {
                input.events.append(&mut ahead.events);
            }
        });
        ctx.request_repaint();
    }
}

/// Whether something that has the focus is an entry of a menu or of another popup, which goes with it.
fn is_in_popup(ctx: &Context, id: Id) -> bool {
    let response = ctx.read_response(id);
    let is_pane = PANES.iter().any(|pane| pane() == id);
    !is_pane && response.is_some_and(|response| response.layer_id.order == Order::Foreground)
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
