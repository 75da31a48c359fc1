//! The table of a quantity attribute: what each wording makes of its number, and what vague words come to.

use egui::Ui;
use serde_json::{Map, Value as Json};

use super::entry::{Draft, Sheet};
use super::lines::What;
use super::parts::small_button;
use super::{CAPTION, cell_ui, set};
use crate::gui::attributes::{Spot, lone_choice_ui};
use crate::gui::dialogs::small_ui;
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{Attribute, BoundRule, Term, Wording};

/// Width of one bound.
const BOUND: f32 = 78.0;

impl Draft {
    /// Draws the table, a row for each wording, then the fields of the vague words.
    pub(super) fn wordings_ui(&mut self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, attribute: &Attribute) {
        ui.add_space(GRID);
        small_ui(ui, words::WORDINGS, sheet.pane.palette.ink_weak);
        ui.horizontal(|ui| {
            cell_ui(ui, sheet.pane, CAPTION, "");
            for name in [words::LOW, words::BEST, words::HIGH] {
                cell_ui(ui, sheet.pane, BOUND, name);
            }
        });
        for wording in Wording::ALL {
            self.wording_ui(ui, sheet, attribute, *wording);
        }
        ui.add_space(GRID);
        small_ui(ui, words::VAGUE_BOUNDS, sheet.pane.palette.ink_weak);
        self.lines_ui(ui, sheet, |what| matches!(what, What::Vague(_)));
    }

    fn wording_ui(&self, ui: &mut Ui, sheet: &mut Sheet<'_, '_>, attribute: &Attribute, wording: Wording) {
        let own = attribute.rules.get(&wording);
        let rule = own.copied().unwrap_or(wording.usual());
        let name = words::wording(wording);
        let mut wanted = None;
        ui.horizontal(|ui| {
            cell_ui(ui, sheet.pane, CAPTION, name);
            for (bound, term) in rule.named() {
                let spoken = format!("{name}: {bound}");
                let about = self.key.to_string();
                let picked = term_ui(ui, sheet, &about, wording, (&spoken, bound), term);
                if let Some(at) = picked {
                    let term = at.checked_sub(1).and_then(|at| Term::of(wording).get(at));
                    wanted = Some(rule_json(rule, bound, term.copied()));
                }
            }
            if own.is_some() {
                let usual = format!("{name}: {}", words::USUAL);
                if small_button(ui, words::USUAL, &usual).clicked() {
                    wanted = Some(Json::Null);
                }
            }
        });
        if let Some(rule) = wanted {
            let rules = Map::from_iter([(wording.name().to_owned(), rule)]);
            set(sheet.pane, &self.key, "rules", Json::Object(rules));
        }
    }
}

/// A list of what one bound can come to, nothing first; answers the place that was chosen anew.
fn term_ui(
    ui: &mut Ui,
    sheet: &mut Sheet<'_, '_>,
    about: &str,
    wording: Wording,
    (spoken, bound): (&str, &str),
    now: Option<Term>,
) -> Option<usize> {
    let terms = Term::of(wording);
    let mut items = vec![words::NO_VALUE.to_owned()];
    items.extend(terms.iter().map(|term| words::term(*term).to_owned()));
    let place = |term: Term| terms.iter().position(|one| *one == term).map(|at| at + 1);
    let chosen = now.and_then(place).or(Some(0));
    let which = format!("{} {bound}", wording.name());
    let spot = Spot {
        site: "codebook-wording",
        about,
        which: &which,
    };
    let named = (spoken, items.as_slice());
    lone_choice_ui(ui, sheet.pane, spot, named, chosen, BOUND, sheet.controls)
}

/// The rule with another term for one bound.
fn rule_json(rule: BoundRule, bound: &str, term: Option<Term>) -> Json {
    let terms = rule.named().into_iter().map(|(name, now)| {
        let term = if name == bound { term } else { now };
        (
            name.to_owned(),
            term.map_or(Json::Null, |term| Json::from(term.name())),
        )
    });
    Json::Object(terms.collect())
}
