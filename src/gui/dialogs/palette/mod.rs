//! The palette: any action of the table, and any label, found by part of its name.

mod fit;
mod synonyms;

use egui::{Id, Key, Rect, ScrollArea, Ui, pos2, vec2};

use super::{Stay, focus_once};
use crate::gui::article::ArticleAct;
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::panels::spans::paint_swatch;
use crate::gui::panels::widgets::{paint_in, row_ui};
use crate::gui::panels::{Ask, Pane};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::LabelId;
use crate::session::action::{Action, Entry, table};

/// Rows shown at once.
const ROWS: usize = 10;

/// The dialog.
#[derive(Default)]
pub struct PaletteDialog {
    field: FieldState,
    chosen: usize,
    focused: bool,
}

/// Something the palette can do.
#[derive(Clone, Debug, PartialEq)]
enum Offer {
    Action(Action),
    Label(LabelId),
}

/// An offer as a row.
struct Row {
    offer: Offer,
    name: String,
    /// Other words by which it is looked for.
    also: String,
    /// What it is called elsewhere.
    synonyms: &'static str,
    /// The menu that it is in.
    menu: &'static str,
    key: String,
    refusal: Option<&'static str>,
}

impl PaletteDialog {
    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        let id = Id::unique("palette-field");
        focus_once(ui, id, &mut self.focused);
        // The arrows choose a row; the field has only one line to walk in.
        let composes = self.field.is_composing();
        let step = ui.input_mut(|input| {
            let none = egui::Modifiers::NONE;
            let mut pressed = |key| i32::from(!composes && input.consume_key(none, key));
            pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
        });
        let field =
            Field::new(id, words::PALETTE)
                .hint(words::PALETTE_HINT)
                .show(ui, pane.engine, &mut self.field);
        if field.changed {
            self.chosen = 0;
        }
        if field.cancelled {
            return Stay::Close;
        }
        let rows = matching(offers(pane), self.field.text());
        let last = rows.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(step as isize).min(last);
        ui.add_space(GRID);
        if rows.is_empty() {
            super::small_ui(ui, words::NO_COMMAND, pane.palette.ink_weak);
            return Stay::Open;
        }
        let mut taken = field.submitted.then_some(self.chosen);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .max_height(theme::ROW * ROWS as f32)
            .min_scrolled_height(theme::ROW * ROWS as f32)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (place, row) in rows.iter().enumerate() {
                    let is_chosen = place == self.chosen;
                    if draw_row(ui, pane, row, is_chosen, step != 0) {
                        taken = Some(place);
                    }
                }
            });
        match taken.and_then(|place| rows.into_iter().nth(place)) {
            Some(row) if row.refusal.is_none() => {
                pane.queue.push(match row.offer {
                    Offer::Action(action) => Ask::Do(action),
                    Offer::Label(label) => Ask::Article(ArticleAct::Label(label)),
                });
                Stay::Close
            }
            Some(_) => {
                self.focused = false;
                Stay::Open
            }
            None => Stay::Open,
        }
    }
}

fn draw_row(ui: &mut Ui, pane: &mut Pane<'_>, row: &Row, chosen: bool, moved: bool) -> bool {
    let (rect, response) = row_ui(ui, pane.palette, theme::ROW, chosen, &row.spoken());
    if chosen && moved {
        response.scroll_to_me(None);
    }
    let mut left = rect.left() + GRID * 2.0;
    if let (Offer::Label(label), Some(project)) = (&row.offer, pane.snapshot.project.clone()) {
        let swatch = Rect::from_min_max(pos2(left, rect.top()), pos2(left + 12.0, rect.bottom()));
        paint_swatch(ui, pane, &project.codebook, label, swatch);
        left += GRID * 5.0;
    }
    let ink = if row.refusal.is_some() {
        pane.palette.ink_faint
    } else {
        pane.palette.ink
    };
    // The name goes before the key or the reason, which is cut where there is no room and whole in the tip.
    let room = rect.right() - GRID * 2.0 - left;
    let style = TextStyle::new(theme::TEXT);
    let size = ShortText::new(&row.name, style, ink)
        .max_width(room)
        .size(ui, pane.engine);
    let place = Rect::from_min_size(pos2(left, rect.top()), vec2(size.x, rect.height()));
    paint_in(ui, pane.engine, &row.name, style, ink, place);
    let at_end = row.refusal.unwrap_or(&row.key);
    let small = TextStyle::new(theme::TEXT_SMALL);
    let end = ShortText::new(at_end, small, pane.palette.ink_weak).max_width(room - size.x - GRID * 4.0);
    let end_size = end.size(ui, pane.engine);
    let left_top = pos2(
        rect.right() - GRID * 2.0 - end_size.x,
        rect.center().y - end_size.y / 2.0,
    );
    end.paint_at(ui, pane.engine, left_top);
    let response = match row.refusal {
        Some(reason) => response.on_hover_text(reason),
        None => response,
    };
    response.clicked()
}

fn offers(pane: &Pane<'_>) -> Vec<Row> {
    let actions = table().iter().filter(|entry| entry.menu.is_some());
    let mut rows: Vec<Row> = actions
        .map(|entry| Row {
            offer: Offer::Action(entry.action),
            name: entry.name.to_owned(),
            also: also(entry),
            synonyms: synonyms::synonyms(entry.action),
            menu: menu(entry),
            key: pane.keys.shortcut(entry.action).unwrap_or_default(),
            refusal: match entry.action {
                Action::Palette => Some(words::PALETTE_IS_OPEN),
                _ => entry.available(&pane.situation).err(),
            },
        })
        .collect();
    if let (Some(project), true) = (&pane.snapshot.project, pane.situation.article) {
        let offered = project.codebook.labels.iter().filter(|label| !label.retired);
        rows.extend(offered.map(|label| Row {
            offer: Offer::Label(label.id.clone()),
            name: format!(
                "{} {}",
                words::LABEL,
                words::label_name(&project.codebook, &label.id)
            ),
            also: String::new(),
            synonyms: synonyms::OF_LABELS,
            menu: "",
            key: label.key.map(|key| pane.keys.label_cap(key)).unwrap_or_default(),
            refusal: None,
        }));
    }
    rows
}

/// The rows that match what was typed, the best first; what can be done before what cannot.
fn matching(rows: Vec<Row>, typed: &str) -> Vec<Row> {
    let mut scored: Vec<(bool, i32, usize, Row)> = rows
        .into_iter()
        .enumerate()
        .filter_map(|(place, row)| Some((row.refusal.is_some(), -row.score(typed)?, place, row)))
        .collect();
    scored.sort_by_key(|(refused, score, place, _)| (*refused, *score, *place));
    scored.into_iter().map(|(.., row)| row).collect()
}

/// An action is also found by its id and by what its help says.
fn also(entry: &Entry) -> String {
    format!("{} {}", entry.id.replace(['_', '-'], " "), entry.help).to_lowercase()
}

fn menu(entry: &Entry) -> &'static str {
    entry.menu.map_or("", |(menu, _)| menu.name())
}

impl Row {
    /// What assistive technology reads: the name, and why it cannot be done now.
    fn spoken(&self) -> String {
        let reason = self.refusal.map(|reason| format!(": {reason}"));
        format!("{}{}", self.name, reason.unwrap_or_default())
    }

    /// How well it fits what was typed: by its key or its name, behind those by its other words, and last by letters that
    /// lie about in the name.
    fn score(&self, typed: &str) -> Option<i32> {
        if !typed.trim().is_empty() && self.key.to_lowercase() == typed.trim().to_lowercase() {
            return Some(fit::WHOLE_NAME);
        }
        let by_words = fit::by_words(
            typed,
            &self.name,
            &format!("{}, {}", self.synonyms, self.also),
            self.menu,
        );
        fit::by_name(typed, &self.name)
            .max(fit::by_synonym(typed, self.synonyms))
            .max(by_words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<String> {
        let rows = table()
            .iter()
            .filter(|entry| entry.menu.is_some())
            .map(|entry| Row {
                offer: Offer::Action(entry.action),
                name: entry.name.to_owned(),
                also: also(entry),
                synonyms: synonyms::synonyms(entry.action),
                menu: menu(entry),
                key: String::new(),
                refusal: None,
            })
            .collect();
        matching(rows, typed).into_iter().map(|row| row.name).collect()
    }

    #[test]
    fn starts_of_words_come_first() {
        assert_eq!(found("na").first().map(String::as_str), Some("Next article"));
        assert_eq!(found("save j").first().map(String::as_str), Some("Save JSONL"));
        assert_eq!(
            found("open sa").first().map(String::as_str),
            Some("Open the sample")
        );
    }

    #[test]
    fn the_name_itself_goes_before_letters_that_lie_about() {
        for (typed, first) in [
            ("note", "Note…"),
            ("notes", "Notes"),
            ("theme", "Light or dark"),
            ("event", "Events pane"),
            ("undo", "Undo"),
        ] {
            let found = found(typed);
            assert_eq!(
                found.first().map(String::as_str),
                Some(first),
                "{typed}: {found:?}"
            );
        }
    }

    #[test]
    fn a_command_is_found_by_its_menu_by_other_names_and_by_words_in_any_order() {
        for (typed, first) in [
            ("dark mode", "Light or dark"),
            ("delete span", "Remove span"),
            ("search", "Find in the article"),
            ("preferences", "Settings…"),
            ("comment", "Note…"),
            ("exit", "Quit"),
            ("font size", "Larger text"),
            ("export csv", "Export…"),
            ("finish the article", "Done, next article"),
            ("add relation", "Link span"),
            ("edit codebook", "Codebook…"),
            ("edit the codebook", "Codebook…"),
            ("article previous", "Previous article"),
            ("make the text larger", "Larger text"),
        ] {
            let found = found(typed);
            assert_eq!(
                found.first().map(String::as_str),
                Some(first),
                "{typed}: {found:?}"
            );
        }
        assert!(found("edit zeppelin").is_empty(), "each word must come");
    }

    #[test]
    fn a_command_is_found_by_its_key() {
        let row = |name: &str, key: &str| Row {
            offer: Offer::Action(Action::Help),
            name: name.to_owned(),
            also: String::new(),
            synonyms: "",
            menu: "",
            key: key.to_owned(),
            refusal: None,
        };
        let rows = vec![row("Of 5 files", "Ctrl+O"), row("Spans", "F5")];
        let found: Vec<String> = matching(rows, "f5").into_iter().map(|row| row.name).collect();
        assert_eq!(found, ["Spans", "Of 5 files"]);
    }

    #[test]
    fn letters_must_come_in_order_and_nothing_typed_finds_all() {
        assert!(found("zzz").is_empty());
        assert!(
            found("zoom").contains(&"Larger text".to_owned()),
            "by another word"
        );
        assert_eq!(
            found("").len(),
            table().iter().filter(|entry| entry.menu.is_some()).count()
        );
        assert!(fit::by_name("حب", "Tag: حلب").is_some());
    }
}
