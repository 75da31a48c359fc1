//! The menu beside a span that is to be added to an event: where it can go, each place with its key.
//!
//! It takes no focus: its keys are taken out of the input while it is open, so that the article goes on with the next
//! span at once.

use egui::{Area, Context, Event, Id, Key, Order, Pos2, Rect, Ui, pos2, vec2};

use super::EventAsk;
use super::grid::Grid;
use super::offers::{Offer, in_order, offers};
use crate::gui::article::ArticleState;
use crate::gui::keyboard::{Keyboard, Press};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::widgets::{heading_ui, paint_in, paint_keycap, row_key, row_of_press, row_ui};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{EventId, SpanId};
use crate::session::Snapshot;

/// Width in points.
const WIDTH: f32 = 320.0;
/// Rows shown at once.
const ROWS: f32 = 9.0;

/// The menu.
pub struct AddMenu {
    span: SpanId,
    at: Pos2,
    /// Each place with its name.
    offers: Vec<(Offer, String)>,
    chosen: usize,
    answer: Option<Answer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Take(usize),
    Close,
}

impl AddMenu {
    /// For a span of the article and the event that was chosen in the sheet; none where nothing takes the span.
    pub fn new(
        snapshot: &Snapshot,
        article: &ArticleState,
        span: &SpanId,
        chosen: Option<&EventId>,
    ) -> Option<Self> {
        let open = snapshot.article.as_ref()?;
        let project = snapshot.project.as_ref()?;
        let grid = Grid::new(open, &project.codebook);
        let found = grid.span(span)?;
        let likeliest_first = offers(&project.codebook, &open.layer, found, chosen);
        let (offers, chosen) = in_order(&project.codebook, &open.layer, &found.label, likeliest_first);
        let rects = article.screen_rects(found.ranges.hull());
        let line = rects
            .first()
            .copied()
            .unwrap_or(Rect::from_min_size(pos2(80.0, 80.0), vec2(1.0, 1.0)));
        let offers: Vec<(Offer, String)> = offers
            .into_iter()
            .map(|offer| {
                let name = in_words(&grid, &offer);
                (offer, name)
            })
            .collect();
        (!offers.is_empty()).then(|| Self {
            span: span.clone(),
            at: pos2(line.left(), line.bottom() + GRID * 4.0),
            offers,
            chosen,
            answer: None,
        })
    }

    /// What it offers, to be read aloud.
    pub fn spoken(&self) -> String {
        let chosen = self.offers.get(self.chosen);
        words::add_menu(chosen.map_or("", |(_, name)| name.as_str()), self.offers.len())
    }

    /// Takes its keys out of the input.
    pub fn take_keys(&mut self, ctx: &Context, keyboard: &Keyboard) {
        let mut typed_by_key = false;
        ctx.input_mut(|input| {
            input.events.retain(|event| match (event, Press::of(event)) {
                // What is typed behind the answer is for the article.
                (_, Some(press)) if self.answer.is_none() => {
                    self.press(press, keyboard);
                    typed_by_key = true;
                    false
                }
                (Event::Text(_), _) if std::mem::take(&mut typed_by_key) => false,
                (Event::Text(_), _) => self.answer.is_some(),
                _ => true,
            });
        });
    }

    fn press(&mut self, press: Press, keyboard: &Keyboard) {
        let last = self.offers.len().saturating_sub(1);
        if let Some(place) = row_of_press(self.offers.len(), keyboard, press) {
            self.answer = Some(Answer::Take(place));
            return;
        }
        match press.key {
            Key::ArrowDown => self.chosen = (self.chosen + 1).min(last),
            Key::ArrowUp => self.chosen = self.chosen.saturating_sub(1),
            Key::Enter => self.answer = Some(Answer::Take(self.chosen)),
            Key::Escape => self.answer = Some(Answer::Close),
            _ => {}
        }
    }

    /// Draws it; whether it stays open.
    pub fn show(&mut self, ui: &Ui, pane: &mut Pane<'_>, article: &ArticleState) -> bool {
        if article.selected_span() != Some(&self.span) {
            return false;
        }
        let mut clicked = None;
        let shown = Area::new(Id::unique("add-to-event"))
            .order(Order::Foreground)
            .fixed_pos(self.at)
            .constrain(true)
            .show(ui.ctx(), |ui| {
                egui::Frame::popup(ui.style()).show(ui, |ui| {
                    ui.set_width(WIDTH);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    heading_ui(ui, pane.palette, words::ADD_TO_EVENT);
                    egui::ScrollArea::vertical()
                        .max_height(theme::ROW * ROWS)
                        .min_scrolled_height(theme::ROW * ROWS)
                        .show(ui, |ui| clicked = self.rows_ui(ui, pane));
                });
            });
        let beside = ui.input(|input| {
            let pos = input.pointer.interact_pos();
            input.pointer.any_pressed() && pos.is_some_and(|pos| !shown.response.rect.contains(pos))
        });
        let answer = clicked.map(Answer::Take).or(self.answer.take());
        match answer {
            Some(Answer::Take(place)) => {
                if let Some((offer, _)) = self.offers.get(place) {
                    let ask = EventAsk::Take(self.span.clone(), offer.clone());
                    // Before what was asked for behind it, such as an undo.
                    pane.queue.insert(0, Ask::Event(ask));
                }
                false
            }
            Some(Answer::Close) => false,
            None => !beside,
        }
    }

    fn rows_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>) -> Option<usize> {
        let mut clicked = None;
        for (place, (_, name)) in self.offers.iter().enumerate() {
            let chosen = place == self.chosen;
            let (rect, response) = row_ui(ui, pane.palette, theme::ROW, chosen, name);
            if chosen {
                response.scroll_to_me(None);
            }
            let cap = row_key(place).map(|key| pane.keys.label_cap(key));
            let right = pos2(rect.right() - GRID, rect.center().y);
            let taken = cap.map_or(0.0, |cap| paint_keycap(ui, pane.palette, right, &cap));
            let inner = Rect::from_min_max(
                pos2(rect.left() + GRID * 2.0, rect.top()),
                pos2(right.x - taken - GRID, rect.bottom()),
            );
            let style = TextStyle::new(theme::TEXT);
            paint_in(ui, pane.engine, name, style, pane.palette.ink, inner);
            if response.clicked() {
                clicked = Some(place);
            }
        }
        clicked
    }
}

/// A place as it is read.
fn in_words(grid: &Grid<'_>, offer: &Offer) -> String {
    let number = |id: &EventId| {
        grid.events
            .iter()
            .position(|event| event.id == *id)
            .map_or(0, |at| at + 1)
    };
    let kind_of = |id: &EventId| {
        let event = grid.events.iter().find(|event| event.id == *id);
        event.map_or("", |event| grid.kind_name(event))
    };
    let role_name = |id| words::role_name(grid.codebook, id);
    let kind_name = |id| words::event_type_name(grid.codebook, id);
    match offer {
        Offer::Role(event, role) => words::offer_role(role_name(role), number(event), kind_of(event)),
        Offer::Trigger(event) => words::offer_role(words::TRIGGER, number(event), kind_of(event)),
        Offer::NewWithRole(kind, role) => words::offer_new(role_name(role), kind_name(kind)),
        Offer::NewWithTrigger(kind) => words::offer_new(words::TRIGGER, kind_name(kind)),
    }
}

/// Draws the words of a span that is carried beside the pointer.
pub fn carried_ui(ctx: &Context, pane: &mut Pane<'_>) {
    use crate::gui::article::CarriedSpan;
    let Some(carried) = egui::DragAndDrop::payload::<CarriedSpan>(ctx) else {
        return;
    };
    let (Some(open), Some(at)) = (
        pane.snapshot.article.clone(),
        ctx.input(|input| input.pointer.hover_pos()),
    ) else {
        return;
    };
    let Some(span) = open.layer.spans.get(&carried.span) else {
        return;
    };
    let quote = words::quote(&open.text, span, 40);
    let text = ShortText::new(&quote, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink);
    let layout = text.layout(pane.engine);
    let rect = Rect::from_min_size(at + vec2(14.0, 12.0), layout.size() + vec2(12.0, 4.0));
    let layer = egui::LayerId::new(Order::Tooltip, Id::unique("carried-span"));
    let painter = ctx.layer_painter(layer);
    let stroke = (1.0, pane.palette.accent);
    painter.rect(rect, 3.0, pane.palette.raised, stroke, egui::StrokeKind::Inside);
    text.paint(&painter, pane.engine, &layout, rect.min + vec2(6.0, 2.0));
}
