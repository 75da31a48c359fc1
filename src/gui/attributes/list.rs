//! A list of choices that opens below its control: walked with the arrows, or asked by first letters or number.

use egui::accesskit::Role;
use egui::{Area, Frame, Order, Rect, Response, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::super::paint::{ShortText, TextStyle};
use super::super::panels::Pane;
use super::super::panels::widgets::{paint_keycap, paint_row};
use super::super::theme::{self, GRID};
use super::face::{Face, Pressed, face_ui};
use super::{Answer, AttributesState, Part, Place, Row, leave};
use crate::text::fold;

/// Height of a row.
const ROW: f32 = 26.0;
/// Rows seen at once.
const ROWS: usize = 12;
/// Seconds after which typed letters begin anew.
const TYPING: f64 = 1.0;

/// A list that is open, or was asked by letters a moment ago.
pub(super) struct OpenList {
    pub(super) place: Place,
    is_open: bool,
    /// The row that keys are about.
    at: usize,
    /// Whether that row is still to come into view.
    reveal: bool,
    typed: String,
    typed_at: f64,
    /// Several choices: those that are ticked.
    ticked: Vec<usize>,
    /// Whether a row was chosen or ticked, so that leaving takes it.
    touched: bool,
    /// The row that letters found, which Enter takes beside those that are ticked.
    found: Option<usize>,
    rect: Rect,
}

/// What can be chosen.
pub(super) struct Choosing<'a> {
    pub place: Place,
    pub name: &'a str,
    pub items: &'a [String],
    pub chosen: &'a [usize],
    pub several: bool,
    pub width: f32,
    pub unconfirmed: bool,
    /// Shown where nothing is chosen.
    pub hint: &'a str,
}

/// A part of a value that is one of several.
pub(super) struct OneOf<'a> {
    pub part: Part,
    pub name: &'a str,
    pub items: &'a [String],
    pub chosen: Option<usize>,
    pub width: f32,
    /// Shown where nothing is chosen.
    pub hint: &'a str,
}

/// Draws the control of a part of a value, and its list where it is open.
pub(super) fn one_of_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    one_of: &OneOf<'_>,
    state: &mut AttributesState,
) -> Chosen {
    let chosen: Vec<usize> = one_of.chosen.into_iter().collect();
    let choosing = Choosing {
        place: row.place(one_of.part),
        name: &row.part_name(one_of.name),
        items: one_of.items,
        chosen: &chosen,
        several: false,
        width: one_of.width,
        unconfirmed: row.unconfirmed,
        hint: one_of.hint,
    };
    choosing_ui(ui, pane, &choosing, state)
}

/// What came of it: the rows that are chosen now, where they were chosen anew.
pub(super) type Chosen = (Option<Vec<usize>>, Answer);

/// Draws the control, and its list where it is open.
pub(super) fn choosing_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    choosing: &Choosing<'_>,
    state: &mut AttributesState,
) -> Chosen {
    let id = choosing.place.id();
    state.drawn.push(id);
    let mut list = OpenList::take(choosing, state);
    let (response, keys) = chosen_ui(ui, pane, choosing);
    if state.gains_focus(id, response.has_focus()) {
        response.scroll_to_me(None);
    }
    let now = ui.input(|input| input.time);
    let (mut chosen, mut answer) = (None, Answer::default());
    for key in keys {
        list.press(choosing, key, now, &mut chosen, &mut answer);
    }
    if response.clicked() {
        if list.is_open {
            list.take_what_was_touched(choosing, &mut chosen);
            list.close();
        } else {
            list.open(choosing);
        }
    }
    if response.lost_focus() && list.is_open {
        if list.is_clicked(ui) {
            response.request_focus();
        } else {
            list.take_what_was_touched(choosing, &mut chosen);
            list.close();
        }
    }
    if list.is_open
        && let Some(at) = list_ui(ui, pane, choosing, &mut list, response.rect)
    {
        list.at = at;
        list.pick(choosing, &mut chosen);
    }
    if answer.leave {
        leave(ui);
        answer.leave = false;
    }
    if list.is_open || !list.typed.is_empty() {
        state.open = Some(list);
    }
    (chosen, answer)
}

/// The control, which says what is chosen, and the keys that went to it.
fn chosen_ui(ui: &mut Ui, pane: &mut Pane<'_>, choosing: &Choosing<'_>) -> (Response, Vec<Pressed>) {
    let names: Vec<&str> = choosing
        .chosen
        .iter()
        .filter_map(|at| choosing.items.get(*at).map(String::as_str))
        .collect();
    let words = if names.is_empty() {
        choosing.hint.to_owned()
    } else {
        names.join(", ")
    };
    let face = Face {
        id: choosing.place.id(),
        name: choosing.name,
        words: &words,
        width: choosing.width,
        unconfirmed: choosing.unconfirmed,
        is_faint: names.is_empty(),
    };
    face_ui(ui, pane, &face)
}

impl OpenList {
    /// The list of this control; one that is open elsewhere stays where it is.
    fn take(choosing: &Choosing<'_>, state: &mut AttributesState) -> Self {
        let own = state.open.take_if(|list| list.place == choosing.place);
        own.unwrap_or_else(|| Self::closed(choosing))
    }

    fn closed(choosing: &Choosing<'_>) -> Self {
        Self {
            place: choosing.place.clone(),
            is_open: false,
            at: choosing.chosen.first().copied().unwrap_or(0),
            reveal: false,
            typed: String::new(),
            typed_at: f64::NEG_INFINITY,
            ticked: choosing.chosen.to_vec(),
            touched: false,
            found: None,
            rect: Rect::NOTHING,
        }
    }

    fn open(&mut self, choosing: &Choosing<'_>) {
        if !self.is_open {
            self.is_open = true;
            self.reveal = true;
            self.ticked = choosing.chosen.to_vec();
            (self.touched, self.found) = (false, None);
        }
    }

    fn close(&mut self) {
        self.is_open = false;
        self.typed.clear();
    }

    /// Whether a button is used in it: the focus goes as it comes up again, which may be many frames after it went down.
    fn is_clicked(&self, ui: &Ui) -> bool {
        ui.input(|input| {
            let pointer = &input.pointer;
            let uses = pointer.any_pressed() || pointer.any_released();
            uses && pointer.interact_pos().is_some_and(|pos| self.rect.contains(pos))
        })
    }

    fn press(
        &mut self,
        choosing: &Choosing<'_>,
        key: Pressed,
        now: f64,
        chosen: &mut Option<Vec<usize>>,
        answer: &mut Answer,
    ) {
        let last = choosing.items.len().saturating_sub(1);
        match key {
            Pressed::Escape if self.is_open => self.close(),
            Pressed::Escape => answer.leave = true,
            Pressed::Enter if !self.is_open && choosing.unconfirmed => answer.confirm = true,
            Pressed::Enter if self.is_open && choosing.several => {
                *chosen = Some(self.taken());
                self.close();
            }
            Pressed::Enter if self.is_open => self.pick(choosing, chosen),
            Pressed::Space if self.is_open && choosing.several => self.tick(self.at),
            Pressed::Up | Pressed::Down | Pressed::Enter | Pressed::Space if !self.is_open => {
                self.open(choosing);
            }
            Pressed::Space => self.pick(choosing, chosen),
            Pressed::Up => self.step(self.at.checked_sub(1).unwrap_or(last), choosing),
            Pressed::Down => self.step(if self.at >= last { 0 } else { self.at + 1 }, choosing),
            Pressed::Clear => self.clear(chosen),
            // Within a number that is being typed it is a digit.
            Pressed::Digit(0) if self.typed.is_empty() || now - self.typed_at > TYPING => self.clear(chosen),
            Pressed::Digit(digit) => self.type_more(choosing, &digit.to_string(), now, chosen),
            Pressed::Letters(letters) => self.type_more(choosing, &letters, now, chosen),
            Pressed::Left | Pressed::Right | Pressed::Enter => {}
        }
    }

    /// Nothing is chosen then.
    fn clear(&mut self, chosen: &mut Option<Vec<usize>>) {
        *chosen = Some(Vec::new());
        self.close();
    }

    fn step(&mut self, at: usize, choosing: &Choosing<'_>) {
        self.at = at;
        self.reveal = true;
        self.touched |= !choosing.several;
        self.found = None;
    }

    /// What Enter takes of several: what is ticked, and the row at hand where letters found it or nothing was ticked. Never
    /// less than before: only a tick is taken out again.
    fn taken(&self) -> Vec<usize> {
        let adds = (self.found.is_some() || !self.touched) && !self.ticked.contains(&self.at);
        self.ticked
            .iter()
            .copied()
            .chain(adds.then_some(self.at))
            .collect()
    }

    fn tick(&mut self, at: usize) {
        (self.touched, self.found) = (true, None);
        self.typed.clear();
        match self.ticked.iter().position(|ticked| *ticked == at) {
            Some(place) => {
                self.ticked.remove(place);
            }
            None => self.ticked.push(at),
        }
    }

    /// The row that keys are about: chosen, or ticked.
    fn pick(&mut self, choosing: &Choosing<'_>, chosen: &mut Option<Vec<usize>>) {
        if choosing.several {
            self.tick(self.at);
        } else {
            *chosen = choosing.items.get(self.at).map(|_| vec![self.at]);
            self.close();
        }
    }

    fn take_what_was_touched(&self, choosing: &Choosing<'_>, chosen: &mut Option<Vec<usize>>) {
        if self.touched || self.found.is_some() {
            *chosen = Some(if choosing.several {
                self.taken()
            } else {
                vec![self.at]
            });
        }
    }

    /// Letters open the list on the first row that they can mean, which Enter takes. A number takes its row at once, as the
    /// key beside it says; of several it ticks it.
    fn type_more(&mut self, choosing: &Choosing<'_>, more: &str, now: f64, chosen: &mut Option<Vec<usize>>) {
        // A number never continues letters, nor letters a number.
        let is_number = |typed: &str| typed.chars().all(|c| c.is_ascii_digit());
        if now - self.typed_at > TYPING || is_number(&self.typed) != is_number(more) {
            self.typed.clear();
        }
        self.typed_at = now;
        self.typed.push_str(more);
        let meant = meant(choosing.items, &self.typed);
        let Some(first) = meant.first().copied() else {
            return;
        };
        self.at = first;
        self.reveal = true;
        let is_only = is_number(more) && meant.len() == 1;
        if !is_only || choosing.several {
            self.open(choosing);
            self.touched |= !choosing.several;
        }
        if !is_only {
            self.found = Some(self.at);
        } else if choosing.several {
            self.tick(first);
        } else {
            *chosen = Some(vec![first]);
            self.is_open = false;
        }
    }
}

/// The rows that typed letters or a number can mean.
fn meant(items: &[String], typed: &str) -> Vec<usize> {
    if typed.chars().all(|c| c.is_ascii_digit()) {
        let begins = |at: &usize| (at + 1).to_string().starts_with(typed);
        return (0..items.len()).filter(begins).collect();
    }
    let typed = fold(typed);
    let places = items.iter().enumerate();
    places
        .filter(|(_, item)| fold(item).starts_with(&typed))
        .map(|(at, _)| at)
        .collect()
}

/// Draws the list; the row that was clicked.
fn list_ui(
    ui: &Ui,
    pane: &mut Pane<'_>,
    choosing: &Choosing<'_>,
    list: &mut OpenList,
    below: Rect,
) -> Option<usize> {
    let rows = choosing.items.len().min(ROWS) as f32;
    let size = vec2(below.width().max(GRID * 48.0), rows * ROW + GRID * 2.0);
    let screen = ui.ctx().content_rect();
    let top = if below.bottom() + size.y <= screen.bottom() {
        below.bottom()
    } else {
        (below.top() - size.y).max(screen.top())
    };
    let left = below.left().min(screen.right() - size.x);
    let mut clicked = None;
    let shown = Area::new(choosing.place.id().with("list"))
        .order(Order::Foreground)
        .fixed_pos(pos2(left, top))
        .show(ui.ctx(), |ui| {
            let margin = egui::Margin::same(4);
            Frame::popup(ui.style()).inner_margin(margin).show(ui, |ui| {
                ui.set_width(size.x - GRID * 2.0);
                ui.spacing_mut().item_spacing.y = 0.0;
                let scroll = ScrollArea::vertical()
                    .max_height(rows * ROW)
                    // More rows than it had when it was open before find room all the same.
                    .min_scrolled_height(rows * ROW);
                scroll.show(ui, |ui| {
                    for at in 0..choosing.items.len() {
                        if row_ui(ui, pane, choosing, list, at) {
                            clicked = Some(at);
                        }
                    }
                    // The rows have no place yet while the list is only measured.
                    list.reveal &= ui.is_sizing_pass();
                });
            });
        });
    list.rect = shown.response.rect;
    clicked
}

fn row_ui(ui: &mut Ui, pane: &mut Pane<'_>, choosing: &Choosing<'_>, list: &OpenList, at: usize) -> bool {
    let palette = pane.palette;
    let name = choosing.items.get(at).map(String::as_str).unwrap_or_default();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let is_chosen = if choosing.several {
        list.ticked.contains(&at)
    } else {
        choosing.chosen.contains(&at)
    };
    paint_row(ui, palette, rect, &response, list.at == at);
    if list.at == at && list.reveal {
        response.scroll_to_me(None);
    }
    let middle = rect.center().y;
    paint_keycap(
        ui,
        palette,
        pos2(rect.left() + GRID * 7.0, middle),
        &(at + 1).to_string(),
    );
    let style = TextStyle::new(theme::TEXT);
    let style = if is_chosen { style.bold() } else { style };
    let words = ShortText::new(name, style, palette.ink).max_width(rect.width() - GRID * 16.0);
    let height = words.size(ui, pane.engine).y;
    words.paint_at(
        ui,
        pane.engine,
        pos2(rect.left() + GRID * 9.0, middle - height / 2.0),
    );
    if is_chosen {
        let stroke = Stroke::new(1.5, palette.accent);
        let foot = pos2(rect.right() - GRID * 3.0, middle + 3.5);
        ui.painter().line_segment([foot - vec2(3.5, 3.5), foot], stroke);
        ui.painter().line_segment([foot, foot + vec2(6.5, -7.5)], stroke);
    }
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), is_chosen, name));
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_mean_rows() {
        let items: Vec<String> = ["Battle", "Émeute", "Explosion", "قتال"]
            .map(str::to_owned)
            .into();
        assert_eq!(meant(&items, "b"), [0]);
        assert_eq!(meant(&items, "E"), [1, 2], "no case, no accents");
        assert_eq!(meant(&items, "em"), [1]);
        assert_eq!(meant(&items, "ق"), [3]);
        assert_eq!(meant(&items, "3"), [2]);
        assert_eq!(meant(&items, "9"), [0; 0]);
        let many: Vec<String> = (0..12).map(|n| format!("x{n}")).collect();
        assert_eq!(meant(&many, "1"), [0, 9, 10, 11], "not yet told apart");
        assert_eq!(meant(&many, "12"), [11]);
    }
}
