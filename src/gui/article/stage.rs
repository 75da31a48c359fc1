//! The event that the analyst looks at: its spans stand in front, the others behind.
//!
//! Also the carrying of a span by the mouse, out of the text to where it may fill a role. What takes it there is not
//! known here: it lies on egui's clipboard for drags as a [`CarriedSpan`].

use std::collections::BTreeMap;

use egui::{Pos2, Rect, Ui, Vec2};

use crate::gui::words;
use crate::model::{Event, EventId, Filler, Role, RoleId, SpanId};

use super::page::Page;
use super::state::{ArticleState, Gesture};

/// How near the pointer must come to a chip to take it, and how near where no letter is.
const CHIP_REACH: f32 = 2.0;
const CHIP_REACH_FREE: Vec2 = Vec2::new(8.0, 6.0);

/// A span that is carried by the mouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedSpan {
    /// Which.
    pub span: SpanId,
    /// The role of an event that it fills and was taken out of; none where it comes from the text or a list.
    pub from: Option<(EventId, RoleId)>,
}

impl CarriedSpan {
    /// One that comes from the text or a list.
    pub const fn new(span: SpanId) -> Self {
        Self { span, from: None }
    }
}

/// Which event is looked at, and who plays in it.
#[derive(Debug, Default)]
pub(super) struct Stage {
    event: Option<EventId>,
    /// Its spans with the names of their roles.
    cast: BTreeMap<SpanId, String>,
    /// Goes up each time that another cast is shown.
    version: u64,
    /// The version of the page for which the cast was found.
    page: Option<u64>,
}

impl Stage {
    /// The roles of a span in the event, in words.
    pub(super) fn roles_of(&self, span: &SpanId) -> Option<&str> {
        self.cast.get(span).map(String::as_str)
    }

    /// Whether an event is looked at.
    pub(super) const fn is_set(&self) -> bool {
        self.event.is_some()
    }

    /// Another number whenever other spans stand in front.
    pub(super) const fn version(&self) -> u64 {
        self.version
    }

    /// Lets go of the event; whether there was one.
    pub(super) fn clear(&mut self) -> bool {
        self.set(None)
    }

    /// Looks at an event, or at none; whether that is another one.
    pub(super) fn set(&mut self, event: Option<EventId>) -> bool {
        if self.event == event {
            return false;
        }
        self.event = event;
        self.page = None;
        self.version += 1;
        if self.event.is_none() {
            self.cast.clear();
        }
        true
    }

    /// Takes up the event as the page has it.
    pub(super) fn follow(&mut self, page: &Page<'_>) {
        if self.page == Some(page.version) {
            return;
        }
        self.page = Some(page.version);
        let Some(id) = &self.event else { return };
        let Some(event) = page.layer.events.get(id) else {
            self.clear();
            return;
        };
        let cast = cast(page, event);
        if cast != self.cast {
            self.cast = cast;
            self.version += 1;
        }
    }
}

/// The spans of an event with the names of their roles.
fn cast(page: &Page<'_>, event: &Event) -> BTreeMap<SpanId, String> {
    let kind = page.codebook.event_type(&event.event_type);
    let mut cast: BTreeMap<SpanId, String> = BTreeMap::new();
    let mut play = |span: &SpanId, role: &str| {
        let roles = cast.entry(span.clone()).or_default();
        if !roles.is_empty() {
            roles.push_str(", ");
        }
        roles.push_str(role);
    };
    if let Some(trigger) = &event.trigger {
        play(trigger, words::TRIGGER);
    }
    for filler in &event.roles {
        let Filler::Span(span) = &filler.filler else {
            continue;
        };
        let known = |role: &&Role| role.id == filler.role;
        let role = kind.and_then(|kind| kind.roles.iter().find(known));
        let id = filler.role.as_str();
        play(span, role.map_or(id, |role| words::name_or_id(&role.names, id)));
    }
    cast
}

impl ArticleState {
    /// The event whose spans stand in front.
    pub fn selected_event(&self) -> Option<&EventId> {
        self.stage.event.as_ref()
    }

    /// Brings the spans of an event to the front, or of none.
    pub fn select_event(&mut self, event: Option<EventId>) {
        // The article of the event may be drawn only next.
        self.asked.event.clone_from(&event);
        self.stage.set(event);
    }

    /// Where the names of labels were drawn last, by which a span can be taken.
    pub(super) fn chip_at(&self, pos: Pos2) -> Option<&SpanId> {
        let on_it = |(rect, _): &&(Rect, SpanId)| rect.expand(CHIP_REACH).contains(pos);
        let near_it = |(rect, _): &&(Rect, SpanId)| rect.expand2(CHIP_REACH_FREE).contains(pos);
        let far = |(rect, _): &&(Rect, SpanId)| rect.distance_to_pos(pos);
        let chips = self.chips.iter();
        let nearest = || {
            let near = self.chips.iter().filter(near_it);
            near.min_by(|one, other| far(one).total_cmp(&far(other)))
                .filter(|_| !self.sheet.is_letter(pos))
        };
        let found = chips.clone().find(on_it).or_else(nearest);
        found.map(|(_, span)| span)
    }

    /// Where the name of a span's label was drawn in the last frame, if it is in view.
    pub fn chip_of(&self, span: &SpanId) -> Option<Rect> {
        let mut chips = self.chips.iter();
        chips.find(|(_, of)| of == span).map(|(rect, _)| *rect)
    }

    /// Whether the mouse is selecting words.
    pub fn is_selecting(&self) -> bool {
        matches!(self.gesture, Gesture::Select { moved: true, .. })
    }

    /// Whether a menu lies over the article, beside which its card would be in the way.
    pub fn set_covered(&mut self, is_covered: bool) {
        self.is_covered = is_covered;
    }

    /// Whether what is known of the selected span stands beside the article, where its card would only be in the way.
    pub fn set_told_beside(&mut self, is_told_beside: bool) {
        self.is_told_beside = is_told_beside;
    }

    /// Takes up a span with the mouse, by its chip or, with Alt, by its words.
    pub(super) fn take_up(&mut self, span: SpanId, pressed_at: Pos2) {
        self.gesture = Gesture::Carry {
            span,
            pressed_at,
            moved: false,
        };
    }
}

/// Puts a span that is carried where others can find it, as the carrying begins; whether it is carried still, which
/// Escape ends.
pub(super) fn carry(ui: &Ui, span: &SpanId, begins: bool) -> bool {
    if begins {
        egui::DragAndDrop::set_payload(ui.ctx(), CarriedSpan::new(span.clone()));
    }
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    egui::DragAndDrop::has_payload_of_type::<CarriedSpan>(ui.ctx())
}
