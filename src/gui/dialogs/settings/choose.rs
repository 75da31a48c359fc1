//! The rows of the keys: which ones there are, which a filter leaves, and how one looks.

use egui::{Align2, Rect, Response, Ui, pos2, vec2};

use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::Pane;
use crate::gui::panels::spans::paint_swatch;
use crate::gui::panels::widgets::{paint_in, paint_keycap, paint_small, row_ui};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::LabelId;
use crate::session::action::{Action, Entry, Menu, table};
use crate::session::keymap::Conflict;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    /// Above the rows of a menu.
    Heading(&'static str),
    /// An action with its keys.
    Action(Action),
    /// A label with the key that the codebook gives it.
    Label { id: LabelId, name: String, key: char },
}

impl Row {
    /// Whether it can be chosen.
    pub(super) const fn is_choice(&self) -> bool {
        !matches!(self, Self::Heading(_))
    }
}

/// Which rows are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// Part of a name, of the help, or of a key.
    pub typed: &'a str,
    /// Only those with a conflict.
    pub only_conflicts: bool,
    /// The conflicts there are.
    pub conflicts: &'a [Conflict],
}

/// The rows that are wanted, in the order of the menus, each under its heading. Where no name and no key fits what was
/// typed, the help is looked into.
pub(super) fn rows(pane: &Pane<'_>, wanted: Wanted<'_>) -> Vec<Row> {
    let by_name = rows_by(pane, wanted, |_| "");
    if by_name.is_empty() {
        rows_by(pane, wanted, |entry| entry.help)
    } else {
        by_name
    }
}

fn rows_by(pane: &Pane<'_>, wanted: Wanted<'_>, also: fn(&Entry) -> &'static str) -> Vec<Row> {
    let mut rows = Vec::new();
    let menus = Menu::ALL.map(|menu| (menu.name(), Some(menu)));
    for (heading, menu) in menus.into_iter().chain([(words::CARET_KEYS, None)]) {
        let entries = table()
            .iter()
            .filter(|entry| entry.takes_keys() && entry.menu.map(|(of, _)| of) == menu);
        let fitting = entries.filter(|entry| wanted.has(pane, entry, also(entry)));
        section(
            &mut rows,
            heading,
            fitting.map(|entry| Row::Action(entry.action)).collect(),
        );
    }
    if !wanted.only_conflicts {
        section(&mut rows, words::LABEL_KEYS, labels(pane, wanted.typed));
    }
    rows
}

fn section(rows: &mut Vec<Row>, heading: &'static str, under_it: Vec<Row>) {
    if !under_it.is_empty() {
        rows.push(Row::Heading(heading));
        rows.extend(under_it);
    }
}

impl Wanted<'_> {
    fn has(&self, pane: &Pane<'_>, entry: &Entry, also: &str) -> bool {
        let in_conflict = || {
            self.conflicts
                .iter()
                .any(|conflict| conflict.action == entry.action)
        };
        let fits_typed = || {
            let keys = pane.keys.shortcuts(entry.action).join(" ");
            fits(self.typed, &format!("{} {keys} {also}", entry.name))
        };
        (!self.only_conflicts || in_conflict()) && (self.typed.trim().is_empty() || fits_typed())
    }
}

fn labels(pane: &Pane<'_>, typed: &str) -> Vec<Row> {
    let Some(project) = &pane.snapshot.project else {
        return Vec::new();
    };
    let labels = project.codebook.offered_labels();
    labels
        .filter_map(|label| {
            let name = words::label_name(&project.codebook, &label.id).to_owned();
            let key = label.key?;
            fits(typed, &format!("{name} {key}")).then(|| Row::Label {
                id: label.id.clone(),
                name,
                key,
            })
        })
        .collect()
}

/// Whether every word that was typed is somewhere in the words.
fn fits(typed: &str, words: &str) -> bool {
    let words = words.to_lowercase();
    typed
        .to_lowercase()
        .split_whitespace()
        .all(|word| words.contains(word))
}

/// Draws a row; gives its response where it can be chosen.
pub(super) fn draw_row(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row,
    chosen: bool,
    conflicts: &[Conflict],
) -> Option<Response> {
    match row {
        Row::Heading(words) => {
            heading_row_ui(ui, pane, words);
            None
        }
        Row::Action(action) => Some(action_row_ui(ui, pane, *action, chosen, conflicts)),
        Row::Label { id, name, key } => Some(label_row_ui(ui, pane, id, name, *key, chosen)),
    }
}

fn heading_row_ui(ui: &mut Ui, pane: &Pane<'_>, words: &str) {
    let size = vec2(ui.available_width(), theme::ROW);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let at = pos2(rect.left() + GRID * 2.0, rect.bottom() - GRID * 1.5);
    paint_small(ui, at, Align2::LEFT_BOTTOM, words, pane.palette.ink_weak);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, words));
}

fn action_row_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    action: Action,
    chosen: bool,
    conflicts: &[Conflict],
) -> Response {
    let palette = pane.palette;
    let name = action.entry().name.trim_end_matches('…');
    let keys = pane.keys.shortcuts(action);
    let codebook = pane.snapshot.project.as_deref().map(|project| &*project.codebook);
    let clashes: Vec<String> = conflicts
        .iter()
        .filter(|conflict| conflict.action == action)
        .map(|conflict| words::clash(&conflict.with, codebook))
        .collect();
    let is_changed = pane.keys.map.is_changed(action);
    let mut spoken = vec![name.to_owned()];
    spoken.extend(keys.iter().cloned());
    spoken.extend(is_changed.then(|| words::CHANGED.to_owned()));
    spoken.extend(clashes.iter().cloned());
    let (rect, response) = row_ui(ui, palette, theme::ROW, chosen, &spoken.join(", "));

    let middle = rect.center().y;
    let left = rect.left() + GRID * 4.0;
    let font = egui::FontId::proportional(theme::TEXT);
    let place = ui
        .painter()
        .text(pos2(left, middle), Align2::LEFT_CENTER, name, font, palette.ink);
    let mut right = rect.right() - GRID * 2.0;
    for key in keys.iter().rev() {
        right -= paint_keycap(ui, palette, pos2(right, middle), key) + GRID;
    }
    let at = pos2(place.right() + GRID * 3.0, middle);
    let (remark, ink) = match clashes.first() {
        Some(clash) => (clash.as_str(), palette.warning),
        None if is_changed => (words::CHANGED, palette.ink_weak),
        None => return response,
    };
    // A remark may name a label in any script.
    let remark = ShortText::new(remark, TextStyle::new(theme::TEXT_SMALL), ink)
        .max_width((right - GRID * 2.0 - at.x).max(1.0));
    let size = remark.size(ui, pane.engine);
    remark.paint_at(ui, pane.engine, pos2(at.x, middle - size.y / 2.0));
    response
}

fn label_row_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    id: &LabelId,
    name: &str,
    key: char,
    chosen: bool,
) -> Response {
    let cap = pane.keys.label_cap(key);
    let (rect, response) = row_ui(ui, pane.palette, theme::ROW, chosen, &format!("{name}, {cap}"));
    let left = rect.left() + GRID * 4.0;
    if let Some(project) = pane.snapshot.project.clone() {
        let swatch = Rect::from_min_max(pos2(left, rect.top()), pos2(left + 12.0, rect.bottom()));
        paint_swatch(ui, pane, &project.codebook, id, swatch);
    }
    let right = pos2(rect.right() - GRID * 2.0, rect.center().y);
    let width = paint_keycap(ui, pane.palette, right, &cap);
    let (style, ink) = (TextStyle::new(theme::TEXT), pane.palette.ink);
    let left = left + GRID * 5.0;
    let size = ShortText::new(name, style, ink)
        .max_width((right.x - width - GRID - left).max(1.0))
        .size(ui, pane.engine);
    let place = Rect::from_min_size(pos2(left, rect.top()), vec2(size.x, rect.height()));
    paint_in(ui, pane.engine, name, style, ink, place);
    response
}
