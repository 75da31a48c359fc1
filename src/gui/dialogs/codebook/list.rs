//! The entries of the codebook by kind, walked with the arrow keys; with Ctrl they move the entry.

use egui::accesskit::Role;
use egui::{Align2, Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use serde_json::Value as Json;

use super::parts::shown;
use super::{CodebookDialog, set, uses_of};
use crate::gui::dialogs::{keep_arrows, small_ui};
use crate::gui::paint::TextStyle;
use crate::gui::panels::Pane;
use crate::gui::panels::spans::paint_swatch;
use crate::gui::panels::widgets::{focus_ring, paint_in, paint_small, row_ui};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Codebook, CodebookEntry, CodebookItem, CodebookKey, CodebookPart};

/// The list as a whole, which has the focus while the arrow keys choose.
pub(super) fn list_id() -> Id {
    Id::unique("codebook-list")
}

impl CodebookDialog {
    /// Draws the list and takes its keys.
    pub(super) fn list_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, height: f32) {
        let entries: Vec<CodebookEntry> = codebook.entries().collect();
        let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let list = ui.interact(rect, list_id(), Sense::focusable_noninteractive());
        list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, words::CODEBOOK_LIST));
        let mut moved = self.reveal.is_some();
        self.reveal.take_if(|_| !ui.is_sizing_pass());
        if list.has_focus() {
            keep_arrows(ui, list_id());
            moved |= self.keys(ui, pane, codebook, &entries);
        }
        ScrollArea::vertical()
            .id_salt("codebook entries")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let mut heading = None;
                for entry in &entries {
                    let key = entry.item.key();
                    if heading != Some(key.kind()) {
                        heading = Some(key.kind());
                        heading_ui(ui, pane, heading_of(&key));
                    }
                    self.row(ui, pane, codebook, entry, moved);
                }
            });
        if list.has_focus() {
            focus_ring(ui, pane.palette, rect);
        }
    }

    /// Chooses with the arrow keys; answers whether another row is to come into view.
    fn keys(&mut self, ui: &Ui, pane: &mut Pane<'_>, codebook: &Codebook, entries: &[CodebookEntry]) -> bool {
        let step = |modifiers| {
            ui.input_mut(|input| {
                isize::from(input.consume_key(modifiers, Key::ArrowDown))
                    - isize::from(input.consume_key(modifiers, Key::ArrowUp))
            })
        };
        let ends = ui.input_mut(|input| {
            isize::from(input.consume_key(Modifiers::NONE, Key::End))
                - isize::from(input.consume_key(Modifiers::NONE, Key::Home))
        });
        let all = isize::try_from(entries.len()).unwrap_or_default();
        let (places, rows) = (step(Modifiers::COMMAND), step(Modifiers::NONE) + ends * all);
        let Some(key) = self.chosen.clone() else {
            return false;
        };
        let removes = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete));
        if let Some(draft) = self.draft.as_mut().filter(|draft| removes && draft.key == key) {
            draft.leave(CodebookPart::Entry(key.clone()));
        }
        if places != 0
            && let Some(entry) = codebook.entry(&key)
        {
            let last = entries
                .iter()
                .filter(|other| other.item.key().kind() == key.kind())
                .count();
            let to = entry
                .position
                .saturating_add_signed(places)
                .min(last.saturating_sub(1));
            if to != entry.position {
                set(pane, &key, "position", Json::from(to));
            }
            return true;
        }
        let place = entries.iter().position(|entry| entry.item.key() == key);
        if let (Some(place), true) = (place, rows != 0) {
            let to = place
                .saturating_add_signed(rows)
                .min(entries.len().saturating_sub(1));
            self.choose(pane, codebook, entries.get(to).map(|entry| entry.item.key()));
        }
        rows != 0
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        codebook: &Codebook,
        entry: &CodebookEntry,
        moved: bool,
    ) {
        let key = entry.item.key();
        let is_chosen = self.chosen.as_ref() == Some(&key);
        let (name, is_retired) = (name_of(codebook, &entry.item), entry.item.is_retired());
        let uses = uses_of(pane, &CodebookPart::Entry(key.clone())).unwrap_or_default();
        let count = match uses.annotations {
            0 => String::new(),
            some => some.to_string(),
        };
        let retired = if is_retired {
            format!(", {}", words::RETIRED)
        } else {
            String::new()
        };
        let spoken = format!("{}: {name}, {}{retired}", heading_of(&key), uses.annotations);
        let (rect, response) = row_ui(ui, pane.palette, theme::ROW, is_chosen, &spoken);
        let middle = rect.center().y;
        if let CodebookItem::Label(label) = &entry.item {
            let swatch = Rect::from_center_size(pos2(rect.left() + GRID * 3.0, middle), vec2(12.0, 12.0));
            paint_swatch(ui, pane, codebook, &label.id, swatch);
        }
        let right = pos2(rect.right() - GRID * 3.0, middle);
        paint_small(ui, right, Align2::RIGHT_CENTER, &count, pane.palette.ink_weak);
        let ink = if is_retired {
            pane.palette.ink_faint
        } else {
            pane.palette.ink
        };
        let words = Rect::from_min_max(
            pos2(rect.left() + GRID * 6.0, rect.top()),
            pos2(right.x - GRID * 10.0, rect.bottom()),
        );
        paint_in(ui, pane.engine, &name, TextStyle::new(theme::TEXT), ink, words);
        if is_chosen && moved {
            response.scroll_to_me(None);
        }
        if response.clicked() {
            self.choose(pane, codebook, Some(key));
            ui.memory_mut(|memory| memory.request_focus(list_id()));
        }
    }
}

/// The heading of a kind, over the swatches of its rows.
fn heading_ui(ui: &mut Ui, pane: &Pane<'_>, heading: &str) {
    ui.add_space(GRID);
    ui.horizontal(|ui| {
        ui.add_space(GRID * 2.0);
        small_ui(ui, heading, pane.palette.ink_weak);
    });
}

fn heading_of(key: &CodebookKey) -> &'static str {
    let [labels, attributes, relations, events, articles] = words::KIND_HEADINGS;
    match key {
        CodebookKey::Label(_) => labels,
        CodebookKey::Attribute(_) => attributes,
        CodebookKey::RelationType(_) => relations,
        CodebookKey::EventType(_) => events,
        CodebookKey::ArticleLabel(_) => articles,
    }
}

/// The name of an entry as it is read, its id where it has none.
pub(super) fn name_of(codebook: &Codebook, item: &CodebookItem) -> String {
    let names = match item {
        CodebookItem::Label(label) => Some(&label.names),
        CodebookItem::Attribute(attribute) => Some(&attribute.names),
        CodebookItem::RelationType(kind) => Some(&kind.names),
        CodebookItem::EventType(kind) => Some(&kind.names),
        CodebookItem::ArticleLabel(usage) => codebook.attribute(&usage.id).map(|one| &one.names),
    };
    let key = item.key();
    names.map_or_else(|| key.id().to_owned(), |names| shown(names, key.id()))
}
