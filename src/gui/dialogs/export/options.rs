//! What of the project goes out: the choices of the export dialog beside the format.

use egui::{Id, Ui};

use super::form::{ANY_STATUS, ExportForm};
use crate::gui::dialogs::caption_ui;
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::combo::{combo, offer_several_ui, offer_ui, offer_value_ui};
use crate::gui::panels::widgets::title_or_none;
use crate::gui::theme::GRID;
use crate::gui::words::{formats as w, label_name};
use crate::model::{Annotator, Status};
use crate::session::{Format, ProjectView};

/// Width of a choice.
const CHOICE: f32 = 216.0;

/// Draws the choices that the format has; answers whether Enter was pressed in a field.
pub fn options_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    format: &Format,
    form: &mut ExportForm,
    split: &mut FieldState,
) -> bool {
    let Some(project) = pane.snapshot.project.clone() else {
        return false;
    };
    let mut submitted = false;
    row(ui, pane, w::WHOSE, |ui, pane| {
        annotator_ui(ui, pane, &project, form);
    });
    row(ui, pane, w::STATUS, |ui, pane| status_ui(ui, pane, format, form));
    row(ui, pane, w::LABELS, |ui, pane| {
        labels_ui(ui, pane, &project, form);
    });
    row(ui, pane, w::LANGUAGES, |ui, pane| {
        languages_ui(ui, pane, &project, form);
    });
    row(ui, pane, w::PARTS, |ui, pane| {
        let field = Field::new(Id::unique("export-split"), w::PARTS)
            .hint(w::PARTS_HINT)
            .width(CHOICE)
            .show(ui, pane.engine, split);
        submitted = field.submitted;
    });
    split.text().clone_into(&mut form.split);
    if format.unit_is_open {
        row(ui, pane, w::UNIT, |ui, pane| unit_ui(ui, pane, format, form));
    } else {
        form.unit = None;
    }
    ui.checkbox(&mut form.line_feeds, w::LINE_FEEDS);
    submitted
}

fn row(ui: &mut Ui, pane: &mut Pane<'_>, caption: &str, control: impl FnOnce(&mut Ui, &mut Pane<'_>)) {
    ui.horizontal(|ui| {
        caption_ui(ui, pane, caption);
        control(ui, pane);
    });
    ui.add_space(GRID / 2.0);
}

fn annotator_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView, form: &mut ExportForm) {
    let shown = form.annotator.clone().unwrap_or_else(|| w::EVERYONE.to_owned());
    combo(ui, pane, w::WHOSE, &shown, CHOICE, |ui, _| {
        offer_value_ui(ui, &mut form.annotator, None, w::EVERYONE);
        for name in project.annotators.iter().map(Annotator::as_str) {
            offer_value_ui(ui, &mut form.annotator, Some(name.to_owned()), name);
        }
    });
}

fn status_ui(ui: &mut Ui, pane: &mut Pane<'_>, format: &Format, form: &mut ExportForm) {
    let usual = if format.is_for_training {
        w::USUAL_DONE
    } else {
        w::USUAL_ANY
    };
    let name_of = |status: Option<&str>| match status {
        None => usual.to_owned(),
        Some(ANY_STATUS) => w::ANY.to_owned(),
        Some(name) => Status::from_name(name).map_or_else(
            || name.to_owned(),
            |status| crate::gui::words::status(status).to_owned(),
        ),
    };
    let shown = name_of(form.status.as_deref());
    combo(ui, pane, w::STATUS, &shown, CHOICE, |ui, _| {
        let named = Status::ALL.iter().map(|status| Some(status.name()));
        for status in [None, Some(ANY_STATUS)].into_iter().chain(named) {
            offer_value_ui(ui, &mut form.status, status.map(str::to_owned), &name_of(status));
        }
    });
}

fn labels_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView, form: &mut ExportForm) {
    let codebook = &project.codebook;
    let offers = codebook.labels.iter();
    let offers: Vec<(String, String)> = offers
        .map(|label| (label.id.to_string(), label_name(codebook, &label.id).to_owned()))
        .collect();
    several_ui(ui, pane, w::LABELS, w::ALL_LABELS, &offers, &mut form.labels);
}

fn languages_ui(ui: &mut Ui, pane: &mut Pane<'_>, project: &ProjectView, form: &mut ExportForm) {
    let offers = project.languages.iter();
    let offers: Vec<(String, String)> = offers
        .filter(|(lang, _)| !lang.is_empty())
        .map(|(lang, count)| (lang.clone(), format!("{} ({count})", title_or_none(Some(lang)))))
        .collect();
    several_ui(
        ui,
        pane,
        w::LANGUAGES,
        w::ALL_LANGUAGES,
        &offers,
        &mut form.languages,
    );
}

/// Some of a list, or all where none is chosen. The list stays open while several are chosen.
fn several_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    name: &str,
    all: &str,
    offers: &[(String, String)],
    chosen: &mut Vec<String>,
) {
    let names: Vec<&str> = offers
        .iter()
        .filter(|(id, _)| chosen.contains(id))
        .map(|(_, name)| name.as_str())
        .collect();
    let shown = if names.is_empty() {
        all.to_owned()
    } else {
        names.join(", ")
    };
    combo(ui, pane, name, &shown, CHOICE, |ui, _| {
        if offer_ui(ui, chosen.is_empty(), all) {
            chosen.clear();
        }
        for (id, name) in offers {
            let mut is_chosen = chosen.contains(id);
            if offer_several_ui(ui, &mut is_chosen, name) {
                if is_chosen {
                    chosen.push(id.clone());
                } else {
                    chosen.retain(|other| other != id);
                }
            }
        }
    });
}

fn unit_ui(ui: &mut Ui, pane: &mut Pane<'_>, format: &Format, form: &mut ExportForm) {
    let units = [
        ("codepoint", w::CODE_POINTS),
        ("utf16", w::UTF16),
        ("byte", w::BYTES),
    ];
    let own = format.offset_unit.name();
    let current = form.unit.clone().unwrap_or_else(|| own.to_owned());
    let shown = units
        .iter()
        .find(|(id, _)| *id == current)
        .map_or(current.as_str(), |(_, name)| name);
    combo(ui, pane, w::UNIT, shown, CHOICE, |ui, _| {
        for (id, name) in units {
            let value = (id != own).then(|| id.to_owned());
            offer_value_ui(ui, &mut form.unit, value, name);
        }
    });
}
