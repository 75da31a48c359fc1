//! What is new: an entry of any kind, an attribute with its type, a language that names and descriptions are in.

use egui::accesskit::Role as AccessRole;
use egui::{Id, Ui, WidgetInfo};
use serde_json::{Value as Json, json};

use super::naming::{first_name, tidy_id};
use super::{CAPTION, CodebookDialog, LIST_WIDTH, cell_ui, define, run, warn};
use crate::gui::attributes::{Spot, lone_choice_ui};
use crate::gui::dialogs::small_ui;
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::theme::GRID;
use crate::gui::words;
use crate::model::{
    AttributeId, AttributeType, Codebook, CodebookKey, CodebookPart, EventTypeId, InvalidId, LabelId,
    RelationTypeId, language_tag,
};
use crate::session::{free_color, free_key};

/// The field of a new id.
pub(super) fn new_id() -> Id {
    Id::unique("codebook-new-id")
}

impl CodebookDialog {
    /// What kind of entry is added: the one that was chosen for it, else that of the entry that is shown.
    fn kind(&self) -> &'static str {
        let shown = self.chosen.as_ref().map(CodebookKey::kind);
        self.new_kind.or(shown).unwrap_or("label")
    }

    /// Adds an entry: its kind, the type of an attribute, its id.
    pub(super) fn add_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
        let now = CodebookKey::KINDS.iter().position(|kind| *kind == self.kind());
        let kinds = words::KIND_NAMES.map(str::to_owned);
        ui.horizontal(|ui| {
            let is_attribute = self.kind() == "attribute";
            let width = if is_attribute {
                LIST_WIDTH / 2.0 - 4.0
            } else {
                LIST_WIDTH
            };
            let named = (words::NEW_ENTRY_KIND, kinds.as_slice());
            let picked = lone_choice_ui(ui, pane, spot("kind"), named, now, width, &mut self.controls);
            if let Some(kind) = picked.and_then(|at| CodebookKey::KINDS.get(at)) {
                self.new_kind = Some(*kind);
            }
            if is_attribute {
                self.new_type_ui(ui, pane, width);
            }
        });
        ui.add_space(GRID);
        if self.kind() == "article_label" {
            self.add_article_label_ui(ui, pane, codebook);
        } else {
            self.new_id_ui(ui, pane, codebook);
        }
    }

    fn new_type_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, width: f32) {
        let all = AttributeType::ALL;
        let types: Vec<String> = all
            .iter()
            .map(|one| words::type_of_attribute(*one).to_owned())
            .collect();
        let wanted = self.new_type.unwrap_or(AttributeType::Text);
        let now = all.iter().position(|one| *one == wanted);
        let named = (words::NEW_ENTRY_TYPE, types.as_slice());
        let picked = lone_choice_ui(ui, pane, spot("type"), named, now, width, &mut self.controls);
        self.new_type = picked.and_then(|at| all.get(at)).copied().or(self.new_type);
    }

    /// An article-level label goes by the id of its attribute: one that is not asked yet is chosen.
    fn add_article_label_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
        let attributes = codebook.attributes.iter();
        let asked = |id: &AttributeId| codebook.article_labels.iter().any(|usage| usage.id == *id);
        let free: Vec<&AttributeId> = attributes.map(|one| &one.id).filter(|id| !asked(id)).collect();
        let names: Vec<String> = free
            .iter()
            .map(|id| words::attribute_name(codebook, id).to_owned())
            .collect();
        if names.is_empty() {
            small_ui(ui, words::NO_ATTRIBUTE_LEFT, pane.palette.ink_weak);
            return;
        }
        small_ui(ui, words::NEW_ARTICLE_LABEL, pane.palette.ink_weak);
        let items = (words::NEW_ARTICLE_LABEL, names.as_slice());
        let picked = lone_choice_ui(
            ui,
            pane,
            spot("article"),
            items,
            None,
            LIST_WIDTH,
            &mut self.controls,
        );
        if let Some(id) = picked.and_then(|at| free.get(at)) {
            let key = CodebookKey::ArticleLabel((*id).clone());
            run(pane, &define(&key));
            self.awaited = Some(key);
        }
    }

    fn new_id_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
        let field = Field::new(new_id(), words::NEW_ENTRY_ID)
            .hint(words::NEW_ENTRY_HINT)
            .width(LIST_WIDTH - 64.0);
        if let Some(id) = new_field_ui(ui, pane, field, words::ADD_ENTRY, &mut self.new_id) {
            self.add(pane, codebook, &id);
        }
    }

    fn add(&mut self, pane: &mut Pane<'_>, codebook: &Codebook, typed: &str) {
        let Ok(key) = key_of(self.kind(), &tidy_id(typed)) else {
            return warn(pane, words::BAD_ID, words::ANOTHER_ID);
        };
        if codebook.entry(&key).is_some() {
            let taken = words::taken(&CodebookPart::Entry(key));
            return warn(pane, &taken.text, words::ANOTHER_ID);
        }
        run(pane, &self.added(&key, &first_name(typed), codebook));
        self.new_id.set_text("");
        self.awaited = Some(key);
    }

    /// The command that adds an entry: a label with the next free colour and key.
    fn added(&self, key: &CodebookKey, name: &str, codebook: &Codebook) -> Json {
        let mut command = define(key);
        let more = match key {
            CodebookKey::Label(_) => json!({
                "color": free_color(codebook).hex(),
                "key": free_key(codebook).map(String::from),
            }),
            CodebookKey::Attribute(_) => {
                json!({"type": self.new_type.unwrap_or(AttributeType::Text).name()})
            }
            _ => json!({}),
        };
        if let (Some(command), Json::Object(more)) = (command.as_object_mut(), more) {
            command.insert("names".to_owned(), json!({words::LANG: name}));
            command.extend(more);
        }
        command
    }

    /// A field for the code of a further language; names and descriptions then have fields for it.
    pub(super) fn language_ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>, codebook: &Codebook) {
        ui.add_space(GRID * 2.0);
        let given = ui.horizontal(|ui| {
            cell_ui(ui, pane, CAPTION, words::NEW_LANGUAGE);
            let field = Field::new(Id::unique("codebook-new-language"), words::NEW_LANGUAGE)
                .hint(words::NEW_LANGUAGE_HINT)
                .width(240.0);
            let add = words::add_to_codebook(words::NEW_LANGUAGE);
            new_field_ui(ui, pane, field, &add, &mut self.new_language)
        });
        let Some(typed) = given.inner else {
            return;
        };
        match language_tag(&typed) {
            Some(tag) => {
                self.languages.insert(tag);
                self.new_language.set_text("");
                self.follow_draft(codebook);
            }
            None => warn(pane, &words::no_language(&typed), words::A_LANGUAGE_IS),
        }
    }
}

/// A field for the id of something new and the button that adds it, which a screen reader calls `add`. Answers what stands
/// there once it is to be added; the field has the focus then, as more may follow.
pub(super) fn new_field_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    field: Field<'_>,
    add: &str,
    state: &mut FieldState,
) -> Option<String> {
    let (output, button) = ui
        .horizontal(|ui| {
            let output = field.show(ui, pane.engine, state);
            let button = ui.button(words::ADD_ENTRY);
            button.widget_info(|| WidgetInfo::labeled(AccessRole::Button, true, add));
            (output, button)
        })
        .inner;
    if output.cancelled {
        state.set_text("");
    }
    if button.clicked() {
        output.response.request_focus();
    } else if !output.submitted {
        return None;
    }
    // A half-typed id is none: it stays in the field when that is left.
    let text = state.text().trim().to_owned();
    if text.is_empty() {
        return None;
    }
    output.response.scroll_to_me(None);
    Some(text)
}

fn spot(which: &'static str) -> Spot<'static> {
    Spot {
        site: "codebook-new",
        about: "new",
        which,
    }
}

/// The entry of that kind and id.
pub(super) fn key_of(kind: &str, id: &str) -> Result<CodebookKey, InvalidId> {
    Ok(match kind {
        "attribute" => CodebookKey::Attribute(AttributeId::new(id)?),
        "relation_type" => CodebookKey::RelationType(RelationTypeId::new(id)?),
        "event_type" => CodebookKey::EventType(EventTypeId::new(id)?),
        "article_label" => CodebookKey::ArticleLabel(AttributeId::new(id)?),
        _ => CodebookKey::Label(LabelId::new(id)?),
    })
}
