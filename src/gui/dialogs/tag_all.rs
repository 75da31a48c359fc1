//! Tagging all hits: which label, and which of the hits, each seen in its context.
//!
//! What is confirmed is one batch, so that one undo takes it back.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Align2, Event, Id, Key, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::concordance::Concordance;
use super::{Stay, focus_once, foot_with_ui, keep_arrows, small_ui, title_ui};
use crate::gui::article::{label_of_key, label_of_text};
use crate::gui::field::is_typing;
use crate::gui::icons;
use crate::gui::keyboard::{Keyboard, Press};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::spans::paint_swatch;
use crate::gui::panels::widgets::{
    focus_ring, paint_keycap, paint_small, plain_button, primary_button_if, row_ui,
};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{ArticleId, Codebook, Label, LabelId};
use crate::session::{ArticleView, ProjectView};
use crate::text::{ByteRange, Text};

/// Rows of labels shown before they scroll.
const LABEL_ROWS: f32 = 3.0;
/// Characters of a hit that assistive technology is told.
const QUOTE: usize = 80;
/// Width of the check marks.
const CHECK: f32 = 28.0;
/// Width of the remark beside a hit that is tagged already.
const TAGGED: f32 = 104.0;

/// The dialog.
pub struct TagAllDialog {
    article: ArticleId,
    text: Text,
    rows: Vec<Row>,
    /// Whether there are more hits than are kept.
    is_cut: bool,
    label: Option<LabelId>,
    /// The ranges that are tagged with the label, in the snapshot of that number.
    tagged: (u64, BTreeSet<ByteRange>),
    cursor: usize,
    /// How far the rows are scrolled, and how high they are shown.
    scrolled: (f32, f32),
    lines: Concordance,
    is_focused: bool,
    /// Somebody wanted to tag without a label.
    lacks_label: bool,
}

/// A hit as it would be tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    range: ByteRange,
    is_on: bool,
}

/// The id of the list of hits, which takes the keys of the dialog.
pub fn rows_id() -> Id {
    Id::unique("tag-all-rows")
}

impl TagAllDialog {
    /// For the hits in an article; of each, what would be tagged of a selection.
    pub fn new(article: &ArticleView, hits: &[ByteRange], is_cut: bool, label: Option<&LabelId>) -> Self {
        let text = article.text.clone();
        let trimmed = hits.iter().map(|hit| text.trim(*hit));
        let mut rows: Vec<Row> = trimmed
            .filter(|range| !range.is_empty())
            .map(|range| Row { range, is_on: true })
            .collect();
        rows.dedup();
        Self {
            article: article.id.clone(),
            text,
            rows,
            is_cut,
            label: label.cloned(),
            tagged: (u64::MAX, BTreeSet::new()),
            cursor: 0,
            scrolled: (0.0, 0.0),
            lines: Concordance::default(),
            is_focused: false,
            lacks_label: false,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        let (Some(project), Some(article)) = (pane.snapshot.project.clone(), pane.snapshot.article.clone())
        else {
            return Stay::Close;
        };
        if article.id != self.article {
            return Stay::Close;
        }
        title_ui(ui, pane, words::TAG_ALL_TITLE);
        focus_once(ui, rows_id(), &mut self.is_focused);
        let mut answer = self.keyboard(ui, &project.codebook, pane.keys.keyboard);
        self.labels_ui(ui, pane, &project);
        // The label may be another one since a moment ago.
        self.follow(pane.snapshot.revision, &article);
        ui.add_space(GRID * 2.0);
        self.rows_ui(ui, pane);
        self.notes_ui(ui, pane);
        let mut all = None;
        let near = |ui: &mut Ui| {
            for (words, is_on) in [(words::TAG_ALL_ALL, true), (words::TAG_ALL_NONE, false)] {
                if plain_button(ui, words).clicked() {
                    all = Some(is_on);
                }
            }
        };
        foot_with_ui(ui, near, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                answer = Answer::Cancel;
            }
            let count = self.chosen().count();
            let words = words::tag_hits(count);
            let can = count > 0 && self.label.is_some();
            let tag = primary_button_if(ui, pane.palette, &words, can);
            let tag = tag.on_disabled_hover_text(if self.label.is_none() {
                words::TAG_ALL_NO_LABEL
            } else {
                words::TAG_ALL_NO_HIT
            });
            if tag.clicked() {
                answer = Answer::Tag;
            }
        });
        if let Some(is_on) = all {
            self.switch_all(is_on);
        }
        match answer {
            Answer::None => Stay::Open,
            Answer::Cancel => Stay::Close,
            Answer::Tag => self.tag(pane),
        }
    }

    /// Asks for the spans, where a label and hits are chosen.
    fn tag(&mut self, pane: &mut Pane<'_>) -> Stay {
        let Some(label) = self.label.clone() else {
            self.lacks_label = true;
            return Stay::Open;
        };
        let ranges: Vec<ByteRange> = self.chosen().collect();
        if ranges.is_empty() {
            return Stay::Open;
        }
        pane.queue.push(Ask::TagAll {
            article: self.article.clone(),
            label,
            ranges,
        });
        Stay::Close
    }

    /// Notes what is tagged with the label already.
    fn follow(&mut self, revision: u64, article: &ArticleView) {
        let Some(label) = self.label.as_ref().filter(|_| self.tagged.0 != revision) else {
            return;
        };
        let spans = article.layer.spans.iter().filter(|span| span.label == *label);
        let ranges = spans.filter_map(|span| match span.ranges.as_slice() {
            [one] => Some(*one),
            _ => None,
        });
        self.tagged = (revision, ranges.collect());
    }

    fn is_tagged(&self, row: Row) -> bool {
        self.tagged.1.contains(&row.range)
    }

    /// What would be tagged.
    fn chosen(&self) -> impl Iterator<Item = ByteRange> {
        let rows = self.rows.iter();
        rows.filter(|row| row.is_on && !self.is_tagged(**row))
            .map(|row| row.range)
    }

    fn choose(&mut self, label: &LabelId) {
        self.label = Some(label.clone());
        self.tagged = (u64::MAX, BTreeSet::new());
        self.lacks_label = false;
    }

    fn switch_all(&mut self, is_on: bool) {
        for row in &mut self.rows {
            row.is_on = is_on;
        }
    }

    fn switch(&mut self, place: usize) {
        if let Some(row) = self.rows.get_mut(place) {
            row.is_on = !row.is_on;
        }
    }
}

/// Whether keys are meant for the dialog: no field is typed in, and nothing beside it has the focus.
fn is_in_dialog(ui: &Ui) -> bool {
    let focused = ui.memory(egui::Memory::focused);
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    let is_here = response.is_none_or(|response| response.layer_id == ui.layer_id());
    is_here && !is_typing(ui.ctx())
}

/// What a key or button of the dialog came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    None,
    Tag,
    Cancel,
}

impl TagAllDialog {
    /// The keys of the list: it is walked, hits are switched, labels chosen by their keys, Enter confirms.
    fn keyboard(&mut self, ui: &Ui, codebook: &Codebook, keyboard: &Keyboard) -> Answer {
        let in_rows = ui.memory(|memory| memory.has_focus(rows_id()));
        if in_rows {
            keep_arrows(ui, rows_id());
        } else if !is_in_dialog(ui) {
            return Answer::None;
        }
        let mut answer = Answer::None;
        let mut events = ui.input_mut(|input| std::mem::take(&mut input.events));
        events.retain(|event| {
            let used = if in_rows {
                self.one_event(event, codebook, keyboard)
            } else {
                self.label_of_event(event, codebook, keyboard)
            };
            if used == Some(Answer::Tag) {
                answer = Answer::Tag;
            }
            used.is_none()
        });
        ui.input_mut(|input| {
            events.append(&mut input.events);
            input.events = events;
        });
        answer
    }

    /// Chooses the label whose key was pressed.
    fn label_of_event(&mut self, event: &Event, codebook: &Codebook, keyboard: &Keyboard) -> Option<Answer> {
        let label = match (Press::of(event), event) {
            (Some(press), _) if press.modifiers.is_none() => label_of_key(codebook, keyboard, press),
            (None, Event::Text(typed)) => label_of_text(codebook, typed),
            _ => None,
        };
        self.choose(&label?.id);
        Some(Answer::None)
    }

    fn one_event(&mut self, event: &Event, codebook: &Codebook, keyboard: &Keyboard) -> Option<Answer> {
        let Some(press) = Press::of(event) else {
            return self.label_of_event(event, codebook, keyboard);
        };
        let Press { key, modifiers, .. } = press;
        if modifiers.command && key == Key::A {
            let all = self.rows.iter().all(|row| row.is_on);
            self.switch_all(!all);
            return Some(Answer::None);
        }
        if !modifiers.is_none() {
            return None;
        }
        let last = self.rows.len().saturating_sub(1);
        let page = ((self.scrolled.1 / theme::ROW) as usize).saturating_sub(1).max(1);
        match key {
            Key::ArrowDown => self.cursor += 1,
            Key::ArrowUp => self.cursor = self.cursor.saturating_sub(1),
            Key::PageDown => self.cursor += page,
            Key::PageUp => self.cursor = self.cursor.saturating_sub(page),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = last,
            Key::Space => {
                self.switch(self.cursor);
                return Some(Answer::None);
            }
            Key::Enter => return Some(Answer::Tag),
            _ => return self.label_of_event(event, codebook, keyboard),
        }
        self.cursor = self.cursor.min(last);
        self.follow_cursor();
        Some(Answer::None)
    }

    /// Scrolls so far that the row under the cursor is seen.
    fn follow_cursor(&mut self) {
        let top = self.cursor as f32 * theme::ROW;
        let (offset, height) = self.scrolled;
        self.scrolled.0 = offset.min(top).max(top + theme::ROW - height).max(0.0);
    }

    fn labels_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView) {
        let labels: Vec<&Label> = project.codebook.offered_labels().collect();
        if labels.is_empty() {
            small_ui(ui, words::NO_LABELS, pane.palette.warning);
            return;
        }
        let height = (theme::ROW + GRID) * LABEL_ROWS;
        ScrollArea::vertical()
            .id_salt("tag-all-labels")
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(GRID, GRID);
                    for label in labels {
                        let is_chosen = self.label.as_ref() == Some(&label.id);
                        if label_ui(ui, pane, &project.codebook, label, is_chosen) {
                            self.choose(&label.id);
                            self.is_focused = false;
                        }
                    }
                });
            });
    }

    fn rows_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) {
        let height = (ui.ctx().content_rect().height() - 340.0).clamp(theme::ROW * 3.0, theme::ROW * 14.0);
        let height = height.min(theme::ROW * self.rows.len().max(3) as f32);
        let area = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let focus = ui.interact(area, rows_id(), Sense::focusable_noninteractive());
        focus.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, words::TAG_ALL_HITS));
        let has_focus = focus.has_focus();
        if has_focus {
            focus_ring(ui, pane.palette, area.expand(3.0));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = ScrollArea::vertical()
            .id_salt("tag-all-hits")
            .max_height(height)
            .min_scrolled_height(height)
            .vertical_scroll_offset(self.scrolled.0)
            .auto_shrink([false, false])
            .show_rows(ui, theme::ROW, self.rows.len(), |ui, visible| {
                for place in visible {
                    self.row_ui(ui, pane, place, has_focus);
                }
            });
        self.scrolled = (shown.state.clamped_offset().y, shown.inner_rect.height());
    }

    fn row_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, place: usize, has_focus: bool) {
        let Some(row) = self.rows.get(place).copied() else {
            return;
        };
        let is_tagged = self.is_tagged(row);
        let is_on = row.is_on && !is_tagged;
        let quoted = self.text.slice(row.range).unwrap_or_default();
        let quote: String = quoted.chars().take(QUOTE).collect();
        let name = if is_tagged {
            format!("{quote}, {}", words::TAGGED_ALREADY)
        } else {
            quote
        };
        let is_under_cursor = has_focus && place == self.cursor;
        let (rect, answer) = row_ui(ui, pane.palette, theme::ROW, is_under_cursor, &name);
        answer.widget_info(|| WidgetInfo::selected(Role::CheckBox, !is_tagged, is_on, &name));
        if is_tagged {
            let at = pos2(rect.right() - GRID, rect.center().y);
            let said = words::TAGGED_ALREADY;
            paint_small(ui, at, Align2::RIGHT_CENTER, said, pane.palette.ink_weak);
        } else {
            let center = pos2(rect.left() + CHECK / 2.0, rect.center().y);
            let square = Rect::from_center_size(center, vec2(15.0, 15.0));
            icons::paint_check(ui.painter(), square, is_on, pane.palette);
        }
        // The same room in every row, so that the hits stand below each other.
        let right = rect.right() - if self.tagged.1.is_empty() { GRID } else { TAGGED };
        let line = Rect::from_min_max(pos2(rect.left() + CHECK, rect.top()), pos2(right, rect.bottom()));
        let hit = (place, row.range);
        self.lines
            .paint(ui, pane.engine, pane.palette, &self.text, hit, line, is_on);
        if answer.clicked() {
            self.cursor = place;
            self.switch(place);
            self.is_focused = false;
        }
    }

    /// What is left out, and what exactly is tagged.
    fn notes_ui(&self, ui: &mut Ui, pane: &Pane<'_>) {
        ui.add_space(GRID * 2.0);
        let tagged = self.rows.iter().filter(|row| self.is_tagged(**row)).count();
        let text = words::tag_all_note(self.rows.len(), self.chosen().count(), tagged);
        small_ui(ui, &text, pane.palette.ink_weak);
        small_ui(ui, words::TAG_ALL_TRIMMED, pane.palette.ink_weak);
        if self.is_cut {
            let text = words::too_many_hits(self.rows.len());
            small_ui(ui, &text, pane.palette.warning);
        }
        if self.lacks_label {
            small_ui(ui, words::TAG_ALL_NO_LABEL, pane.palette.warning);
        }
    }
}

/// A label to choose: its colour, its name, its key.
fn label_ui(ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook, label: &Label, is_chosen: bool) -> bool {
    let palette = pane.palette;
    let name = words::label_name(codebook, &label.id).to_owned();
    let style = TextStyle::new(theme::TEXT);
    let words = ShortText::new(&name, style, palette.ink).max_width(220.0);
    let size = words.size(ui, pane.engine);
    let key = label.key.map(|key| pane.keys.label_cap(key)).unwrap_or_default();
    let key_width = if key.is_empty() { 0.0 } else { GRID * 6.0 };
    let width = GRID * 7.0 + size.x + key_width + GRID * 2.0;
    let (rect, answer) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::click());
    let (ground, line) = match (is_chosen, answer.hovered()) {
        (true, _) => (palette.accent_soft, palette.accent),
        (false, true) => (palette.hover, palette.border),
        (false, false) => (egui::Color32::TRANSPARENT, palette.border),
    };
    ui.painter()
        .rect(rect, 4.0, ground, (1.0, line), egui::StrokeKind::Inside);
    if answer.has_focus() {
        focus_ring(ui, palette, rect);
    }
    let swatch = Rect::from_min_max(rect.min, pos2(rect.left() + GRID * 6.0, rect.bottom()));
    paint_swatch(ui, pane, codebook, &label.id, swatch);
    let at = pos2(rect.left() + GRID * 6.0, rect.center().y - size.y / 2.0);
    words.paint_at(ui, pane.engine, at);
    if !key.is_empty() {
        paint_keycap(ui, palette, pos2(rect.right() - GRID, rect.center().y), &key);
    }
    answer.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, &name));
    answer.clicked()
}
