//! The pane of guidelines: what the codebook says on the thing at hand, or all of it.
//!
//! It follows what is armed or selected as long as it is open. The text itself is made in `book` and set by the
//! Markdown sheet.

mod book;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::widgets::{any_script_button, close_button, focus_ring, hairline_ui};
use super::{Ask, Pane};
use crate::gui::article::ArticleState;
use crate::gui::markdown::Sheet;
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::Codebook;
use crate::session::ArticleView;
use crate::session::action::Action;

pub use book::Thing;

/// How far an arrow key scrolls.
const LINE: f32 = 40.0;
/// Margin of the text within the pane.
const MARGIN: f32 = GRID * 2.0;

/// What the pane remembers.
#[derive(Default)]
pub struct GuidelinesState {
    /// Whether the whole codebook is wanted, whatever is at hand.
    is_whole: bool,
    /// What was asked for from elsewhere, as long as the thing at hand is the same.
    asked: Option<(Thing, Thing)>,
    drawn: Option<Drawn>,
    /// Where to scroll in this frame.
    go_to: Option<f32>,
    offset: f32,
}

/// A guideline as it was set last.
struct Drawn {
    thing: Thing,
    codebook: Arc<Codebook>,
    sheet: Sheet,
}

/// The id of the text, which takes the focus of the pane.
pub fn guidelines_id() -> Id {
    Id::unique("guidelines-text")
}

/// What is at hand: the armed label, else what is selected (a relation before its span, a span before its event), else
/// the whole codebook.
pub fn thing_at_hand(state: &ArticleState, article: Option<&ArticleView>) -> Thing {
    let armed = state.armed().cloned().map(Thing::Label);
    let relation = || Thing::of_relation(&article?.layer, state.selected_relation()?);
    let span = || Thing::of_span(&article?.layer, state.selected_span()?);
    let event = || Thing::of_event(&article?.layer, state.selected_event()?);
    let selected = armed.or_else(relation).or_else(span).or_else(event);
    selected.unwrap_or(Thing::Codebook)
}

impl GuidelinesState {
    /// Shows the guideline of a thing until something else comes to hand.
    pub fn ask_for(&mut self, thing: Thing, at_hand: Thing) {
        self.is_whole = false;
        self.asked = Some((thing, at_hand));
    }

    /// Opens at what is at hand.
    pub fn open(&mut self) {
        self.is_whole = false;
        self.asked = None;
        self.go_to = Some(0.0);
    }

    fn thing(&mut self, at_hand: &Thing) -> Thing {
        self.asked.take_if(|(_, then)| then != at_hand);
        match &self.asked {
            _ if self.is_whole => Thing::Codebook,
            Some((asked, _)) => asked.clone(),
            None => at_hand.clone(),
        }
    }
}

/// Draws the pane.
pub fn guidelines_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleState, state: &mut GuidelinesState) {
    let Some(project) = pane.snapshot.project.clone() else {
        return;
    };
    let codebook = Arc::clone(&project.codebook);
    let at_hand = thing_at_hand(article, pane.snapshot.article.as_deref());
    head_ui(ui, pane, state, &at_hand, &codebook);
    hairline_ui(ui, pane.palette);
    let thing = state.thing(&at_hand);
    let area = ui.available_rect_before_wrap();
    let focus = ui.interact(area, guidelines_id(), Sense::focusable_noninteractive());
    let name = format!("{}: {}", words::GUIDELINES, thing.name(&codebook));
    focus.widget_info(|| WidgetInfo::labeled(Role::Document, true, &name));
    if focus.has_focus() {
        focus_ring(ui, pane.palette, area.expand(3.0));
        keys_ui(ui, pane, state, area);
    }
    text_ui(ui, pane, state, &thing, &codebook);
}

/// The name of the pane, the way to the whole codebook and back, and the way out.
fn head_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &mut GuidelinesState,
    at_hand: &Thing,
    codebook: &Codebook,
) {
    ui.horizontal(|ui| {
        let heading = egui::RichText::new(words::GUIDELINES)
            .size(theme::TEXT_PANE)
            .strong();
        ui.label(heading.color(pane.palette.ink_weak));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if close_button(ui, pane.palette, words::GUIDELINES_CLOSE).clicked() {
                pane.act(Action::Guidelines);
            }
        });
    });
    let shown = state.thing(at_hand);
    let other = if shown == Thing::Codebook {
        at_hand.clone()
    } else {
        Thing::Codebook
    };
    if other == shown {
        return;
    }
    let text = match &other {
        Thing::Codebook => words::GUIDELINES_ALL.to_owned(),
        thing => format!("{} {}", words::GUIDELINES_BACK, thing.name(codebook)),
    };
    if any_script_button(ui, pane.engine, &text, true, egui::Button::new).clicked() {
        state.is_whole = other == Thing::Codebook;
        state.asked = None;
        state.go_to = Some(0.0);
    }
}

/// The keys of the text while it has the focus.
fn keys_ui(ui: &Ui, pane: &mut Pane<'_>, state: &mut GuidelinesState, area: Rect) {
    ui.memory_mut(|memory| {
        let keep = EventFilter {
            vertical_arrows: true,
            escape: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(guidelines_id(), keep);
    });
    let screen = (area.height() - LINE).max(LINE);
    let steps = [
        (Key::ArrowDown, LINE),
        (Key::ArrowUp, -LINE),
        (Key::PageDown, screen),
        (Key::PageUp, -screen),
        (Key::Space, screen),
        (Key::Home, f32::NEG_INFINITY),
        (Key::End, f32::INFINITY),
    ];
    let step: f32 = ui.input_mut(|input| {
        let pressed = steps
            .iter()
            .filter(|(key, _)| input.consume_key(Modifiers::NONE, *key));
        pressed.map(|(_, step)| *step).sum()
    });
    if step.abs() > 0.0 {
        state.go_to = Some(state.offset + step);
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        pane.queue.push(Ask::FocusArticle);
    }
}

fn text_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &mut GuidelinesState,
    thing: &Thing,
    codebook: &Arc<Codebook>,
) {
    let width = (ui.available_width() - MARGIN * 2.0).max(80.0);
    let is_other = state.drawn.as_ref().is_none_or(|drawn| drawn.thing != *thing);
    let is_same = state.drawn.as_ref().is_some_and(|drawn| {
        !is_other && Arc::ptr_eq(&drawn.codebook, codebook) && drawn.sheet.fits(width, pane.engine)
    });
    if !is_same {
        let sheet = Sheet::new(thing.blocks(codebook, pane.keys), width, pane.engine);
        state.drawn = Some(Drawn {
            thing: thing.clone(),
            codebook: Arc::clone(codebook),
            sheet,
        });
    }
    if is_other {
        state.go_to = state.go_to.or(Some(0.0));
    }
    let Some(drawn) = &state.drawn else { return };
    let size = drawn.sheet.size();
    let mut area = ScrollArea::vertical()
        .id_salt("guidelines")
        .auto_shrink([false, false]);
    if let Some(offset) = state.go_to.take() {
        let most = (size.y - ui.available_height()).max(0.0);
        area = area.vertical_scroll_offset(offset.clamp(0.0, most));
    }
    let shown = area.show(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size.y), Sense::hover());
        let left_top = rect.left_top() + vec2(MARGIN, 0.0);
        let output = drawn
            .sheet
            .show(ui, pane.palette, pane.engine, left_top, guidelines_id());
        if let Some(reveal) = output.reveal {
            ui.scroll_to_rect(reveal, None);
        }
        output
    });
    state.offset = shown.state.clamped_offset().y;
    if let Some(y) = shown.inner.go_to {
        state.go_to = Some(y);
        ui.memory_mut(|memory| memory.request_focus(guidelines_id()));
        ui.ctx().request_repaint();
    }
}
