//! The pane of the manual: its pages beside the work, with their list, a search, and a way back.
//!
//! It remembers what is read and how far; what fits what the analyst is doing is for the window to say.

mod all_keys;
mod list;
mod pictures;
mod search;
mod topic;

use std::sync::Arc;

use egui::{Id, Key, Modifiers, Rect, Ui, UiBuilder, pos2};

use super::widgets::{close_button, hairline_ui, plain_button};
use super::{Ask, Pane};
use crate::gui::dialogs::Dialog;
use crate::gui::dialogs::settings::SettingsDialog;
use crate::gui::field::{Field, FieldState};
use crate::gui::keyboard::Keyboard;
use crate::gui::markdown::{Document, Scroll, Sheet, SheetStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::Codebook;
use crate::session::keymap::Keymap;

use list::{Marked, Row, contents, list_ui};
use pictures::Pictures;
use search::Index;
pub use topic::{Place, Topic, command_named, label_key, slug};

/// A pane that is so wide has its list beside the page.
const BESIDE: f32 = 620.0;
/// Width of the list then.
const LIST: f32 = 200.0;

/// For how many frames a heading is gone to.
const FRAMES: u8 = 3;

/// What the pane asks of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpAsk {
    /// The focus goes back to where it was; the pane stays.
    Leave,
    /// The pane is put away.
    Close,
    /// The focus goes to the page. Asked for and not done at once, since a click takes the focus from all that is drawn
    /// after it.
    Read,
    /// The focus goes to the field above.
    Search,
}

/// What the pane remembers.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact about the last frame or the pane"
)]
#[derive(Default)]
pub struct HelpState {
    /// The page that is shown; the first one where none is.
    topic: Option<Topic>,
    /// The heading to go to, and for how many frames more: a pane that opens has its width only in the second.
    heading: Option<(String, u8)>,
    /// Pages that were shown before, with how far they were scrolled.
    before: Vec<(Topic, f32)>,
    drawn: Option<Drawn>,
    scroll: Scroll,
    field: FieldState,
    /// Whether the list stands where there is room for one of list and page only.
    lists: bool,
    /// Which row the arrow keys chose.
    chosen: usize,
    /// Whether the field had the focus in the last frame.
    was_in_field: bool,
    index: Option<Index>,
    pictures: Pictures,
    /// Whether anything in the pane had the focus in the last frame.
    has_focus: bool,
    /// Whether a dialog is open, over which the pane stands.
    pub is_over_dialog: bool,
}

/// A page as it was set last.
struct Drawn {
    topic: Topic,
    keymap: Keymap,
    keyboard: Keyboard,
    codebook: Option<Arc<Codebook>>,
    sheet: Sheet,
}

/// The id of the text, which takes the focus of the pane.
pub fn help_id() -> Id {
    Id::unique("help-text")
}

/// The id of the field for searching.
pub fn help_search_id() -> Id {
    Id::unique("help-search")
}

impl HelpState {
    /// The page that is shown.
    pub fn topic(&self) -> Topic {
        self.topic.unwrap_or(Topic::FIRST)
    }

    /// Whether anything in the pane has the focus.
    pub const fn has_focus(&self) -> bool {
        self.has_focus
    }

    /// The pane is not shown: what it had of the focus is gone, and no key is kept for it.
    pub const fn be_hidden(&mut self) {
        self.has_focus = false;
    }

    /// Goes to a place; the page that is left can be gone back to.
    pub fn go(&mut self, place: Place) {
        if place.topic != self.topic() {
            self.before.push((self.topic(), self.scroll.offset()));
            self.scroll.to(0.0);
        }
        if place.heading.is_none() {
            self.scroll.to(0.0);
        }
        self.topic = Some(place.topic);
        self.heading = place.heading.map(|heading| (heading, FRAMES));
        self.lists = false;
    }

    fn back(&mut self) {
        self.lists = false;
        if let Some((topic, offset)) = self.before.pop() {
            self.topic = Some(topic);
            self.heading = None;
            self.scroll.to(offset);
        }
    }

    /// The pages, or what was found where something was typed.
    fn rows(&mut self) -> Vec<Row> {
        let typed = self.field.text().trim();
        if typed.is_empty() {
            return contents(self.topic());
        }
        let found = self.index.get_or_insert_with(Index::new).find(typed);
        let row = |found: search::Found| Row {
            place: found.place,
            title: found.title,
            part: Some(found.part),
            is_within: false,
        };
        found.into_iter().map(row).collect()
    }
}

/// Draws the pane.
pub fn help_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut HelpState) {
    let is_wide = ui.available_width() >= BESIDE;
    let mut has_focus = head_ui(ui, pane, state, is_wide);
    let (in_field, mut opened) = search_ui(ui, pane, state);
    has_focus |= in_field.is_some();
    hairline_ui(ui, pane.palette);
    let area = ui.available_rect_before_wrap();
    let middle = if is_wide { area.left() + LIST } else { area.left() };
    let sheet = Rect::from_min_max(pos2(middle, area.top()), area.max);
    let listed = Rect::from_min_max(area.min, pos2(middle - GRID * 2.0, area.bottom()));
    if is_wide || state.lists {
        let rows = state.rows();
        let shown = Place::top(state.topic());
        let row = match in_field {
            Some(_) => Some(state.chosen),
            None => rows.iter().position(|row| row.place == shown),
        };
        let reveal = in_field.unwrap_or(false);
        let name = if state.field.text().trim().is_empty() {
            words::HELP_PAGES
        } else {
            words::HELP_FOUND
        };
        let place = if is_wide { listed } else { area };
        let mut ui = ui.new_child(UiBuilder::new().id_salt("help-list").max_rect(place));
        opened = list_ui(&mut ui, pane, name, &rows, Marked { row, reveal }).or(opened);
    }
    if let Some(place) = opened {
        state.go(place);
        pane.queue.push(Ask::Help(HelpAsk::Read));
    }
    if is_wide || !state.lists {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("help-page").max_rect(sheet));
        has_focus |= page_ui(&mut ui, pane, state);
    }
    state.has_focus = has_focus || ui.memory(|memory| memory.has_focus(help_id()));
}

/// The name of the pane, the way back, the list, and the way out. True where one of them has the focus.
fn head_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut HelpState, is_wide: bool) -> bool {
    let mut has_focus = false;
    ui.horizontal(|ui| {
        let heading = egui::RichText::new(words::HELP).size(theme::TEXT_PANE).strong();
        ui.label(heading.color(pane.palette.ink_weak));
        let back = ui.add_enabled(!state.before.is_empty(), egui::Button::new(words::HELP_BACK));
        if back.clicked() {
            state.back();
            pane.queue.push(Ask::Help(HelpAsk::Read));
        }
        has_focus |= back.has_focus();
        if !is_wide {
            let list = ui.add(egui::Button::selectable(state.lists, words::HELP_CONTENTS));
            has_focus |= list.has_focus();
            if list.clicked() {
                state.lists = !state.lists;
                state.field.set_text("");
                let ask = if state.lists {
                    HelpAsk::Search
                } else {
                    HelpAsk::Read
                };
                pane.queue.push(Ask::Help(ask));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = close_button(ui, pane.palette, words::HELP_CLOSE);
            has_focus |= close.has_focus();
            if close.clicked() {
                pane.queue.push(Ask::Help(HelpAsk::Close));
            }
        });
    });
    has_focus
}

/// The field for searching. Where it has the focus it says whether the arrow keys chose another row; and the place that
/// was opened with Enter.
fn search_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut HelpState) -> (Option<bool>, Option<Place>) {
    let id = help_search_id();
    let is_typed_in = ui.memory(|memory| memory.has_focus(id)) && !state.field.is_composing();
    let step = if is_typed_in { arrows(ui) } else { 0 };
    let field = Field::new(id, words::HELP_SEARCH)
        .hint(words::HELP_SEARCH_HINT)
        .tip(words::HELP_SEARCH)
        .show(ui, pane.engine, &mut state.field);
    if field.cancelled {
        state.field.set_text("");
        state.lists = false;
        pane.queue.push(Ask::Help(HelpAsk::Read));
        return (None, None);
    }
    let comes_in = field.response.has_focus() && !state.was_in_field;
    state.was_in_field = field.response.has_focus();
    if !state.was_in_field {
        return (None, None);
    }
    let rows = state.rows();
    if comes_in || field.changed {
        state.lists = true;
        let shown = Place::top(state.topic());
        let at = rows.iter().position(|row| row.place == shown);
        state.chosen = at.filter(|_| state.field.text().is_empty()).unwrap_or(0);
    }
    let last = rows.len().saturating_sub(1);
    state.chosen = state.chosen.saturating_add_signed(step).min(last);
    let opened = rows.get(state.chosen).filter(|_| field.submitted);
    (
        Some(step != 0 || field.changed),
        opened.map(|row| row.place.clone()),
    )
}

fn arrows(ui: &Ui) -> isize {
    ui.input_mut(|input| {
        let mut pressed = |key| isize::from(input.consume_key(Modifiers::NONE, key));
        pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
    })
}

/// The page itself; true where the text or a link in it has the focus.
fn page_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut HelpState) -> bool {
    if state.topic() == Topic::AllKeys
        && !state.is_over_dialog
        && plain_button(ui, words::CHANGE_KEYS).clicked()
    {
        let settings = Dialog::Settings(SettingsDialog::on_keys());
        pane.queue.push(Ask::Open(settings));
    }
    let name = words::help_page(state.topic().title());
    let document = Document {
        id: help_id(),
        name: &name,
    };
    if ui.memory(|memory| memory.has_focus(document.id)) && goes_back(ui) {
        state.back();
    }
    if state.scroll.document_ui(ui, pane.palette, document) {
        pane.queue.push(Ask::Help(HelpAsk::Leave));
    }
    set(ui, pane, state);
    let Some(drawn) = &state.drawn else { return false };
    if let Some((heading, frames)) = state.heading.take() {
        let y = drawn.sheet.heading(|text| slug(text) == heading);
        // The text fades at its upper edge.
        state.scroll.to(y.map_or(0.0, |y| y - GRID * 3.0));
        if frames > 1 {
            state.heading = Some((heading, frames - 1));
            ui.ctx().request_repaint();
        }
    }
    let output = state
        .scroll
        .show(ui, pane.palette, pane.engine, &drawn.sheet, help_id());
    let target = output.follow.as_deref();
    if let Some(place) = target.and_then(|target| Place::of_link(drawn.topic, target)) {
        state.go(place);
        pane.queue.push(Ask::Help(HelpAsk::Read));
    }
    output.has_focus
}

/// Whether the keys ask for the page before.
fn goes_back(ui: &Ui) -> bool {
    ui.input_mut(|input| {
        input.consume_key(Modifiers::ALT, Key::ArrowLeft)
            || input.consume_key(Modifiers::NONE, Key::Backspace)
    })
}

/// Sets the page where it is not set yet as it shall be.
fn set(ui: &Ui, pane: &mut Pane<'_>, state: &mut HelpState) {
    let topic = state.topic();
    let style = SheetStyle {
        width: Scroll::width(ui),
        zoom: pane.prefs.text_zoom,
    };
    let codebook = pane.snapshot.project.as_ref().map(|project| &project.codebook);
    let is_right = |drawn: &Drawn| {
        drawn.topic == topic
            && drawn.sheet.fits(style, pane.engine)
            && drawn.keymap == *pane.keys.map
            && drawn.keyboard == *pane.keys.keyboard
            && drawn.codebook.as_ref().map(Arc::as_ptr) == codebook.map(Arc::as_ptr)
    };
    if state.drawn.as_ref().is_some_and(is_right) {
        return;
    }
    let blocks = topic.blocks(pane.keys, codebook.map(AsRef::as_ref));
    let (ctx, pictures) = (ui.ctx().clone(), &mut state.pictures);
    let picture = &mut |path: &str| pictures.get(&ctx, path);
    let before = state.drawn.take().filter(|drawn| drawn.topic == topic);
    let drawn = Drawn {
        topic,
        keymap: pane.keys.map.clone(),
        keyboard: pane.keys.keyboard.clone(),
        codebook: codebook.cloned(),
        sheet: Sheet::with_pictures(blocks, style, pane.engine, picture),
    };
    if let Some(before) = before {
        // In another size the same words stay about where they were.
        let grown = drawn.sheet.size().y / before.sheet.size().y;
        state.scroll.to(state.scroll.offset() * grown);
    }
    state.drawn = Some(drawn);
}
