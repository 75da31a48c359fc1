//! The sheet of the article's events: a row for each event, a column for each role and attribute.
//!
//! What is drawn here is read from the snapshot; what is asked for is queued as [`EventAsk`]s. Which spans stand in
//! front in the text is the article's to know.

mod attributes;
mod cells;
mod chip;
mod drop;
mod edges;
mod grid;
mod handle;
mod keys;
mod menu;
mod offers;
mod perform;
mod pick_rows;
mod picker;
mod precedents;
mod table;
mod widths;

use std::collections::BTreeSet;

use egui::{Id, Ui};

pub use chip::{Chip, Look, paint_chip};
pub use edges::{Scrolled, edges_ui};
pub use grid::{Column, event_kind, has_event_kind, value_words};
pub use menu::{AddMenu, carried_ui};
pub use offers::Offer;
pub use table::sheet_ui;
pub use widths::{Need, Widths};

use super::Pane;
use crate::gui::article::ArticleState;
use crate::model::{Annotator, ArticleId, EventId, RoleId, SpanId};
use crate::session::{ArticleView, Command, Snapshot};
use keys::SheetAct;
use picker::Popup;

/// Something that is asked for about events.
#[derive(Debug)]
pub enum EventAsk {
    /// Bring the spans of an event to the front, or of none.
    Select(Option<EventId>),
    /// Let a span take a place.
    Take(SpanId, Offer),
    /// Record an event without anything in it, as the codebook's first type.
    New,
    /// Run a command about events.
    Run(Box<Command>),
    /// Run a command that records one more event, and select that.
    RunAndSelect(Box<Command>),
    /// Open an article at an event.
    GoTo(Box<GoTo>),
}

/// A place in the text of some article that belongs to an event.
#[derive(Clone, Debug, PartialEq)]
pub struct GoTo {
    /// The article.
    pub article: ArticleId,
    /// Whose work the event is of.
    pub annotator: Annotator,
    /// The event.
    pub event: EventId,
    /// The span.
    pub span: Option<SpanId>,
}

impl GoTo {
    fn is_in(&self, open: &ArticleView) -> bool {
        self.article == open.id && self.annotator == open.annotator
    }
}

/// What the sheet remembers.
#[derive(Default)]
pub struct EventsState {
    cursor: Cursor,
    /// The event on which the analyst put the cursor last: spans are added to that one first.
    chosen: Option<EventId>,
    /// Events that are to be merged.
    marked: BTreeSet<EventId>,
    popup: Option<Popup>,
    /// The events that were there when one more was asked for; the one more is selected when it comes.
    awaits: Option<BTreeSet<EventId>>,
    /// Where to go as soon as its article is open.
    go_to: Option<GoTo>,
    /// The menu beside a span that is to be added.
    pub menu: Option<AddMenu>,
    pressed: Vec<SheetAct>,
    /// How far the columns are scrolled, and how far they are to be.
    scrolled: f32,
    scroll_to: Option<f32>,
    /// How wide they were, all together.
    width: f32,
    /// The cell that was read aloud last, while the sheet has the focus.
    spoken_at: Option<Cursor>,
    to_say: Option<String>,
    /// The cell of the cursor has to come into view.
    reveal: bool,
    /// How large the cell of the cursor and what is seen of the table were.
    seen: Option<(egui::Vec2, egui::Vec2)>,
    /// The cursor goes to the first thing that the event has.
    to_first: bool,
    /// The cell into which a span goes from the text, to which the cursor goes once it is there.
    filling: Option<(EventId, Column, SpanId)>,
    /// The event that is waited for was begun in the empty row, and the cursor is at its next cell already.
    went_on: bool,
    article: Option<ArticleId>,
}

/// The cell that has the keys, and which of its fillers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cursor {
    row: usize,
    column: usize,
    filler: usize,
}

/// Which filler of which role of which event.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FillerPlace {
    event: EventId,
    role: RoleId,
    number: usize,
}

/// The id of the sheet, which takes the focus of the pane.
pub fn sheet_id() -> Id {
    Id::unique("event-sheet")
}

impl EventsState {
    /// Takes up what the snapshot has: an event that was waited for, a place to go to.
    pub fn follow(&mut self, snapshot: &Snapshot, article: &mut ArticleState) {
        let Some(open) = &snapshot.article else {
            return;
        };
        if self.article.as_ref() != Some(&open.id) {
            *self = Self {
                article: Some(open.id.clone()),
                go_to: self.go_to.take(),
                ..Self::default()
            };
        }
        self.marked.retain(|id| open.layer.events.contains_key(id));
        if let Some(known) = &self.awaits {
            let new = open.layer.events.keys().find(|id| !known.contains(*id));
            if let Some(new) = new.cloned() {
                self.awaits = None;
                self.show(open, &new);
                self.to_first = !std::mem::take(&mut self.went_on);
                // One that has spans is known by their place in the text; one without is waiting for them.
                let has_spans = open
                    .layer
                    .events
                    .get(&new)
                    .is_some_and(|event| event.spans().next().is_some());
                self.chosen = (!has_spans).then(|| new.clone());
                article.select_event(Some(new));
            }
        }
        if let Some(go_to) = self.go_to.take_if(|go_to| go_to.is_in(open)) {
            if go_to.span.is_some() {
                article.select_span(go_to.span);
            }
            self.show(open, &go_to.event);
            self.chosen = Some(go_to.event.clone());
            article.select_event(Some(go_to.event));
        }
    }

    /// The event on which the analyst put the cursor last.
    pub fn chosen(&self) -> Option<&EventId> {
        self.chosen.as_ref()
    }

    /// A span goes to a cell of an event: another event is chosen no longer, and the cell comes into view.
    pub fn fill(&mut self, event: &EventId, role: Option<&RoleId>, span: &SpanId) {
        self.chosen.take_if(|chosen| chosen != event);
        let column = role.map_or(Column::Trigger, |role| Column::Role(role.clone()));
        self.filling = Some((event.clone(), column, span.clone()));
    }

    /// Puts the cursor on an event's row.
    fn show(&mut self, open: &ArticleView, event: &EventId) {
        let order = open.layer.events_in_order();
        if let Some(row) = order.iter().position(|other| other.id == *event) {
            self.cursor.row = row;
            self.cursor.filler = 0;
            self.reveal = true;
        }
    }

    /// Puts the cursor on the next cell of the row.
    fn step_to_next_column(&mut self) {
        self.cursor.column += 1;
        self.cursor.filler = 0;
        self.reveal = true;
    }

    /// The next event that the layer does not have yet is to be selected.
    pub fn await_event(&mut self, known: impl IntoIterator<Item = EventId>) {
        self.awaits = Some(known.into_iter().collect());
    }

    /// Waits no longer: what was asked for is answered, and no event came of it.
    pub fn give_up_waiting(&mut self) {
        (self.awaits, self.went_on) = (None, false);
    }

    /// The sheet has lost the focus: where the cursor is is read anew when it comes back.
    fn unspeak(&mut self) {
        self.spoken_at = None;
    }

    /// What is to be read aloud of where the cursor has come to.
    pub fn take_words(&mut self) -> Option<String> {
        self.to_say.take()
    }

    /// Goes to a place as soon as its article is open.
    pub fn go_to(&mut self, go_to: GoTo) {
        self.go_to = Some(go_to);
    }

    /// Takes the keys of the sheet, or of the menu beside a span, out of the input.
    pub fn take_keys(&mut self, ui: &egui::Context, keyboard: &crate::gui::keyboard::Keyboard) {
        if let Some(menu) = &mut self.menu {
            menu.take_keys(ui, keyboard);
        } else if ui.memory(|memory| memory.has_focus(sheet_id())) {
            keys::take(ui, keyboard, &mut self.pressed);
        }
    }

    /// Whether something is open at a cell, which sees to the focus itself.
    pub fn is_asking(&self) -> bool {
        self.popup.is_some()
    }

    /// Draws the menu beside a span, where it is open.
    pub fn menu_ui(&mut self, ui: &Ui, pane: &mut Pane<'_>, article: &ArticleState) {
        if let Some(mut menu) = self.menu.take()
            && menu.show(ui, pane, article)
        {
            self.menu = Some(menu);
        }
    }
}
