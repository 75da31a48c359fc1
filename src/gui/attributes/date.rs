//! A date: its ISO form, how fine it is, and whether it is meant exactly. Held to the calendar as it is entered.

use egui::Ui;

use super::super::dialogs::metadata::MetadataDialog;
use super::super::dialogs::{Dialog, wrapped_ui};
use super::super::panels::{Ask, Pane};
use super::super::theme::{self, GRID};
use super::super::words;
use super::draft::{Typed, fault_ui, typed_ui, words_in_field};
use super::list::{OneOf, one_of_ui};
use super::offers::{offers_ui, otherwise_ui};
use super::{Answer, AttributesState, Part, Row, Wanted};
use crate::model::{DateValue, Precision, Value};
use crate::session::{Snapshot, dates};

pub(super) fn date_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    state: &mut AttributesState,
) -> Answer {
    let own = match row.value {
        Some(Value::Date(date)) => Some(date),
        _ => None,
    };
    let mut answer = value_ui(ui, pane, row, own, state);
    if own.is_none() && !row.proposed.dates.is_empty() {
        let offered = proposed_ui(ui, row, state, &answer);
        answer = answer.or(offered);
        misfits_ui(ui, pane, row);
    } else if own.is_none() && row.proposed.wants_publication {
        wants_publication_ui(ui, pane);
    } else {
        let other = otherwise_ui(ui, pane, row, said(row), state);
        answer = answer.or(other);
    }
    let said = own.map(|date| words::date(&date.value));
    if let Some(said) = said.filter(|said| own.is_some_and(|date| date.value != *said)) {
        // The form of a date without a year says to nobody what it means.
        ui.label(egui::RichText::new(said).size(theme::TEXT_SMALL));
    }
    if let Some(meant) = meant(pane, &words_in_field(row, Part::Whole, state)) {
        let said = words::by_enter(&words::value(None, &Value::Date(meant)));
        ui.label(egui::RichText::new(said).size(theme::TEXT_SMALL));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        let width = (ui.available_width() - GRID) / 2.0;
        let precision = precision_ui(ui, pane, row, own, width, state);
        let approximate = approximate_ui(ui, pane, row, own, width, state);
        answer = std::mem::take(&mut answer).or(precision).or(approximate);
    });
    fault_ui(ui, pane, row, &[Part::Whole], state);
    answer
}

fn value_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: Option<&DateValue>,
    state: &mut AttributesState,
) -> Answer {
    let shown = own.map_or("", |date| &date.value);
    let typed = Typed::whole(row, words::DATE_FIELD_HINT, shown, ui.available_width());
    let snapshot = pane.snapshot;
    typed_ui(ui, pane, row, &typed, state, |words| {
        if words.is_empty() {
            return Ok(None);
        }
        let mut date = match DateValue::typed(words) {
            Ok(date) => date,
            Err(error) => read(snapshot, words).ok_or_else(|| why_not(snapshot, words, error.reason))?,
        };
        if let Some(own) = own {
            date.approximate |= own.approximate;
            date.extra.clone_from(&own.extra);
            // A precision that the new date is too coarse for goes with the old one.
            date.precision = own.precision;
            if date.check_precision().is_err() {
                date.precision = None;
            }
        }
        Ok(Some(Value::Date(date)))
    })
}

/// What words mean that are no ISO date, such as “hier” or “12 mai”, before they are taken.
fn meant(pane: &Pane<'_>, words: &str) -> Option<DateValue> {
    match DateValue::typed(words) {
        Ok(_) => None,
        Err(_) => read(pane.snapshot, words),
    }
}

/// The date that typed words mean most likely, against the day on which the open article came out.
fn read(snapshot: &Snapshot, words: &str) -> Option<DateValue> {
    let article = snapshot.article.as_ref()?;
    dates::read(&article.header, words).dates.into_iter().next()
}

/// Why typed words are no date: what they lack may be the day on which the open article came out.
fn why_not(snapshot: &Snapshot, words: &str, reason: String) -> String {
    let article = snapshot.article.as_ref();
    let wants_it = article.is_some_and(|article| dates::wants_publication(&article.header, words));
    if wants_it {
        words::WANTS_PUBLICATION.to_owned()
    } else {
        reason
    }
}

/// Says why nothing is proposed where only the day of publication is lacking, and leads to where that is given.
fn wants_publication_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let ink = pane.palette.ink_weak;
    wrapped_ui(ui, pane, words::WANTS_PUBLICATION, theme::TEXT_SMALL, ink);
    let Some(article) = &pane.snapshot.article else {
        return;
    };
    let words = egui::RichText::new(words::GIVE_PUBLICATION).size(theme::TEXT_SMALL);
    if ui.add(egui::Button::new(words)).clicked() {
        let dialog = MetadataDialog::new(&article.id, &article.header).at_date();
        pane.queue.push(Ask::Open(Dialog::Metadata(dialog)));
    }
}

/// The dates that may be meant, one button each; Enter in the empty field takes the first.
fn proposed_ui(ui: &mut Ui, row: &Row<'_>, state: &mut AttributesState, answer: &Answer) -> Answer {
    let entered = answer.confirm && words_in_field(row, Part::Whole, state).is_empty();
    offers_ui(ui, row, &said(row), Some(entered), state)
}

fn said(row: &Row<'_>) -> Vec<Value> {
    row.proposed.dates.iter().cloned().map(Value::Date).collect()
}

/// Which of the proposed dates are on another weekday than the words say.
fn misfits_ui(ui: &mut Ui, pane: &mut Pane<'_>, row: &Row<'_>) {
    let ink = pane.palette.warning;
    for (date, weekday) in row.proposed.dates.iter().zip(&row.proposed.misfits) {
        if let Some(said) = weekday.and_then(|weekday| words::is_a_weekday(&date.value, weekday)) {
            wrapped_ui(ui, pane, &said, theme::TEXT_SMALL, ink);
        }
    }
}

fn precision_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: Option<&DateValue>,
    width: f32,
    state: &mut AttributesState,
) -> Answer {
    let written = own.and_then(DateValue::written_precision);
    let now = own.and_then(|date| date.precision).or(written);
    // Only what the date is fine enough for can be chosen.
    let offered: Vec<Precision> = Precision::ALL
        .iter()
        .copied()
        .filter(|precision| written.is_some_and(|written| *precision >= written))
        .collect();
    let items: Vec<String> = offered
        .iter()
        .map(|precision| words::precision_name(*precision).to_owned())
        .collect();
    let one_of = OneOf {
        part: Part::Precision,
        name: words::PRECISION,
        items: &items,
        chosen: offered.iter().position(|precision| Some(*precision) == now),
        width,
        hint: words::PRECISION,
    };
    let (chosen, mut answer) = one_of_ui(ui, pane, row, &one_of, state);
    if let (Some(chosen), Some(own)) = (chosen, own) {
        let precision = chosen.first().and_then(|at| offered.get(*at)).copied();
        answer.set = Some(Wanted(Some(Value::Date(DateValue {
            precision: precision.filter(|precision| Some(*precision) != written),
            ..own.clone()
        }))));
    }
    answer
}

fn approximate_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    row: &Row<'_>,
    own: Option<&DateValue>,
    width: f32,
    state: &mut AttributesState,
) -> Answer {
    let items = [words::EXACT_DATE.to_owned(), words::APPROXIMATE.to_owned()];
    let one_of = OneOf {
        part: Part::Approximate,
        name: words::APPROXIMATE,
        items: &items,
        chosen: own.map(|date| usize::from(date.approximate)),
        width,
        hint: words::EXACT_DATE,
    };
    let (chosen, mut answer) = one_of_ui(ui, pane, row, &one_of, state);
    if let (Some(chosen), Some(own)) = (chosen, own) {
        answer.set = Some(Wanted(Some(Value::Date(DateValue {
            approximate: chosen.first() == Some(&1),
            ..own.clone()
        }))));
    }
    answer
}
