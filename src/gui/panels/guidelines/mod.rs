//! The pane of guidelines: what the codebook says on the thing at hand, or all of it.
//!
//! It follows what is armed or selected as long as it is open. The text itself is made in `book` and set by the
//! Markdown sheet.

mod book;

use std::sync::Arc;

use egui::{Id, Ui};

use super::widgets::{action_button, any_script_button, close_button, hairline_ui};
use super::{Ask, Pane};
use crate::gui::article::ArticleState;
use crate::gui::markdown::{Document, Scroll, Sheet, SheetStyle};
use crate::gui::theme;
use crate::gui::words;
use crate::model::Codebook;
use crate::session::ArticleView;
use crate::session::action::Action;

pub use book::Thing;

/// What the pane remembers.
#[derive(Default)]
pub struct GuidelinesState {
    /// Whether the whole codebook is wanted, whatever is at hand.
    is_whole: bool,
    /// What was asked for from elsewhere, as long as the thing at hand is the same.
    asked: Option<(Thing, Thing)>,
    drawn: Option<Drawn>,
    scroll: Scroll,
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
        self.scroll.to(0.0);
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
    if codebook.entries().next().is_none() {
        action_button(ui, pane, Action::Codebook);
    }
    hairline_ui(ui, pane.palette);
    let thing = state.thing(&at_hand);
    let name = format!("{}: {}", words::GUIDELINES, thing.name(&codebook));
    let document = Document {
        id: guidelines_id(),
        name: &name,
    };
    if state.scroll.document_ui(ui, pane.palette, document) {
        pane.queue.push(Ask::FocusArticle);
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
        state.scroll.to(0.0);
    }
}

fn text_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &mut GuidelinesState,
    thing: &Thing,
    codebook: &Arc<Codebook>,
) {
    let style = SheetStyle::wide(Scroll::width(ui));
    let is_other = state.drawn.as_ref().is_none_or(|drawn| drawn.thing != *thing);
    let is_same = state.drawn.as_ref().is_some_and(|drawn| {
        !is_other && Arc::ptr_eq(&drawn.codebook, codebook) && drawn.sheet.fits(style, pane.engine)
    });
    if !is_same {
        let blocks = thing.blocks(codebook, pane.keys);
        state.drawn = Some(Drawn {
            thing: thing.clone(),
            codebook: Arc::clone(codebook),
            sheet: Sheet::new(blocks, style, pane.engine),
        });
    }
    if is_other {
        state.scroll.to_top();
    }
    if let Some(drawn) = &state.drawn {
        state
            .scroll
            .show(ui, pane.palette, pane.engine, &drawn.sheet, guidelines_id());
    }
}
