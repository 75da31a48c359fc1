//! The relations of the selected span: a list, and the selected one of them with what can be done to it.

use std::collections::BTreeSet;

use egui::{Id, Key, Rect, ScrollArea, Ui, pos2, vec2};

use super::inspector::target_of;
use super::relation_menu::relation_menu_ui;
use super::row_menu::{is_row_menu_asked, row_menu};
use super::sections::{Folds, Section};
use super::thread::threads_on_ui;
use super::widgets::{
    any_script_button, any_script_button_in, icon_button, is_pressed, list_focus, paint_in, row_ui, tip,
};
use super::{Ask, Pane};
use crate::gui::article::{ArticleAct, ArticleState, can_be_reversed};
use crate::gui::attributes::{Asked, AttributesState, Proposed, attributes_ui};
use crate::gui::dialogs::Dialog;
use crate::gui::dialogs::note::NoteDialog;
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Codebook, Relation, RelationId, RelationType, RelationTypeId, SpanId};
use crate::session::action::Action;
use crate::session::{ArticleView, SetRelation};

/// Rows that are seen at once.
const ROWS: f32 = 5.0;
/// Width of the button of a type beside the name of the type.
const BESIDE_TYPE: f32 = GRID * 8.0;
/// Characters of a quote that a row shows at most; the width cuts it before that.
const QUOTE: usize = 80;

/// The id of the list of relations, which takes the focus.
pub fn relations_id() -> Id {
    Id::unique("relation-rows")
}

/// Draws the relations of the selected span, where it has any.
pub fn relations_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    state: &ArticleState,
    attributes: &mut AttributesState,
    folds: &mut Folds,
) {
    let (Some(article), Some(project)) = (pane.snapshot.article.clone(), pane.snapshot.project.clone())
    else {
        return;
    };
    let Some(span) = state.selected_span() else {
        return;
    };
    let relations: Vec<&Relation> = state
        .relations_of_selected()
        .iter()
        .filter_map(|id| article.layer.relations.get(id))
        .collect();
    if relations.is_empty() {
        return;
    }
    let list = List {
        article: &article,
        codebook: &project.codebook,
        span,
        relations: &relations,
        selected: state
            .selected_relation()
            .and_then(|id| article.layer.relations.get(id)),
        is_chosen: state.chosen_relation().is_some(),
    };
    let name = words::list_name(words::RELATIONS, relations.len());
    if !folds.heading_ui(ui, pane.palette, Section::Relations, &name) {
        return;
    }
    list.rows_ui(ui, pane);
    if let Some(relation) = list.selected {
        list.selected_ui(ui, pane, relation, attributes);
    }
}

struct List<'a> {
    article: &'a ArticleView,
    codebook: &'a Codebook,
    /// The span whose relations they are.
    span: &'a SpanId,
    relations: &'a [&'a Relation],
    selected: Option<&'a Relation>,
    /// Whether somebody chose it, and it was not only just made.
    is_chosen: bool,
}

impl List<'_> {
    fn rows_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>) {
        let height = theme::ROW * (self.relations.len() as f32).min(ROWS);
        let area = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let focus = list_focus(ui, pane.palette, area, relations_id(), words::RELATIONS);
        if focus.gained_focus() {
            focus.scroll_to_me(None);
        }
        if focus.has_focus() {
            self.walk(ui, pane);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("relation-list")
            .max_height(height)
            .show_rows(ui, theme::ROW, self.relations.len(), |ui, visible| {
                self.reveal(ui, visible.start);
                for relation in self.relations.get(visible).unwrap_or_default() {
                    self.row_ui(ui, pane, relation);
                }
            });
    }

    /// Scrolls to the selected relation when it is another one than before.
    fn reveal(&self, ui: &Ui, first: usize) {
        let selected = self.selected.map(|selected| selected.id.clone());
        let known = relations_id().with("revealed");
        let before = ui
            .data(|data| data.get_temp::<Option<RelationId>>(known))
            .flatten();
        if before == selected && !is_row_menu_asked(ui.ctx(), relations_id()) {
            return;
        }
        let place = self
            .relations
            .iter()
            .position(|one| Some(&one.id) == selected.as_ref());
        if let Some(place) = place {
            let down = (place as f32 - first as f32) * theme::ROW;
            let top = ui.max_rect().left_top() + vec2(0.0, down);
            let row = Rect::from_min_size(top, vec2(ui.available_width(), theme::ROW));
            ui.scroll_to_rect(row, None);
        }
        ui.data_mut(|data| data.insert_temp(known, selected));
    }

    /// The end of a relation that is not the selected span.
    fn other_end<'a>(&self, relation: &'a Relation) -> &'a SpanId {
        if relation.from == *self.span {
            &relation.to
        } else {
            &relation.from
        }
    }

    fn quote(&self, span: &SpanId) -> String {
        let span = self.article.layer.spans.get(span);
        span.map_or_else(String::new, |span| words::quote(&self.article.text, span, QUOTE))
    }

    fn row_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>, relation: &Relation) {
        let is_selected = self.selected.is_some_and(|selected| selected.id == relation.id);
        let name = words::relation_type_name(self.codebook, &relation.relation_type);
        let other = self.other_end(relation);
        let (leads_away, quote) = (relation.from == *self.span, self.quote(other));
        let whole = words::relation_line(name, leads_away, &quote);
        let is_chosen = is_selected && self.is_chosen;
        let (rect, response) = row_ui(ui, pane.palette, theme::ROW, is_chosen, &whole);
        if is_selected && !is_chosen {
            // The one that was just made is at hand, while notes are still about the span.
            let bar = Rect::from_min_size(rect.min, vec2(GRID / 2.0, rect.height()));
            ui.painter().rect_filled(bar, 0.0, pane.palette.accent);
        }
        let arrow = if leads_away { "›" } else { "‹" };
        let style = TextStyle::new(theme::TEXT);
        let left = rect.left() + GRID;
        let arrow_rect = Rect::from_x_y_ranges(left..=left + GRID * 4.0, rect.y_range());
        paint_in(ui, pane.engine, arrow, style, pane.palette.relation, arrow_rect);
        let kind = ShortText::new(name, style, pane.palette.relation).max_width(rect.width() * 0.45);
        let size = kind.size(ui, pane.engine);
        let at = pos2(arrow_rect.right(), rect.center().y - size.y / 2.0);
        kind.paint_at(ui, pane.engine, at);
        let quote_rect =
            Rect::from_x_y_ranges(at.x + size.x + GRID * 2.0..=rect.right() - GRID, rect.y_range());
        paint_in(ui, pane.engine, &quote, style, pane.palette.ink, quote_rect);
        if response.double_clicked() {
            self.go(pane, relation);
        } else if response.clicked() || response.secondary_clicked() {
            pane.queue
                .push(Ask::Article(ArticleAct::SelectRelation(relation.id.clone())));
        }
        let item = (relation.id.as_str(), is_selected);
        row_menu(&response, relations_id(), item, |ui| {
            relation_menu_ui(ui, pane, &relation.id);
        });
    }

    /// To the other end.
    fn go(&self, pane: &mut Pane<'_>, relation: &Relation) {
        pane.queue.push(Ask::SelectSpan(self.other_end(relation).clone()));
        pane.queue.push(Ask::FocusArticle);
    }

    fn walk(&self, ui: &Ui, pane: &mut Pane<'_>) {
        let here = self
            .selected
            .and_then(|selected| self.relations.iter().position(|one| one.id == selected.id));
        let pressed = |key| is_pressed(ui, key);
        let last = self.relations.len().saturating_sub(1);
        let next = if pressed(Key::ArrowDown) {
            Some(here.map_or(0, |here| (here + 1).min(last)))
        } else if pressed(Key::ArrowUp) {
            Some(here.map_or(last, |here| here.saturating_sub(1)))
        } else {
            None
        };
        if let Some(relation) = next.and_then(|next| self.relations.get(next)) {
            let act = ArticleAct::SelectRelation(relation.id.clone());
            pane.queue.push(Ask::Article(act));
        }
        if pressed(Key::Escape) {
            pane.queue.push(Ask::FocusArticle);
        }
        let Some(relation) = self.selected else { return };
        if pressed(Key::Enter) {
            self.go(pane, relation);
        } else if pressed(Key::Delete) {
            pane.queue.push(Ask::Article(ArticleAct::RemoveRelation));
        }
    }

    fn fields_ui(
        &self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        relation: &Relation,
        attributes: &mut AttributesState,
    ) {
        let Some(target) = target_of(self.article, relation.id.as_str()) else {
            return;
        };
        let kind = self.codebook.relation_type(&relation.relation_type);
        let asked = Asked {
            target: &target,
            codebook: self.codebook,
            uses: kind.map_or(&[], |kind| &kind.attributes),
            values: &relation.attributes,
            unconfirmed: &BTreeSet::new(),
            selection: None,
            proposed: Proposed::default(),
        };
        attributes_ui(ui, pane, &asked, attributes);
    }

    fn selected_ui(
        &self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        relation: &Relation,
        attributes: &mut AttributesState,
    ) {
        ui.add_space(GRID);
        ui.spacing_mut().item_spacing = vec2(GRID, GRID);
        self.type_ui(ui, pane, relation);
        self.fields_ui(ui, pane, relation, attributes);
        self.actions_ui(ui, pane, relation);
        threads_on_ui(ui, pane, self.article, relation.id.as_str());
    }

    /// What can be done with it, below its fields and always all of it, so that nothing comes to stand under a hand that
    /// is on its way to a field.
    fn actions_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>, relation: &Relation) {
        ui.horizontal_wrapped(|ui| {
            if ui.button(words::GO_TO_OTHER_END).clicked() {
                self.go(pane, relation);
            }
            if ui.button(Action::AddNote.entry().name).clicked() {
                let dialog = NoteDialog::on_relation(&self.article.id, &relation.id);
                pane.queue.push(Ask::Open(Dialog::Note(dialog)));
            }
            if icon_button(ui, pane, Action::RemoveRelation).clicked() {
                pane.queue.push(Ask::Article(ArticleAct::RemoveRelation));
            }
            let can_be_reversed = can_be_reversed(self.codebook, &self.article.layer, relation);
            let reverse = egui::Button::new(Action::ReverseRelation.entry().name);
            let reverse = ui.add_enabled(can_be_reversed, reverse);
            let reverse = reverse.on_disabled_hover_text(words::not_now(words::ONE_WAY));
            if reverse
                .on_hover_text(tip(Action::ReverseRelation, pane))
                .clicked()
            {
                pane.act(Action::ReverseRelation);
            }
        });
    }

    /// The types that its ends allow, to be picked from.
    fn type_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>, relation: &Relation) {
        let name = words::relation_type_name(self.codebook, &relation.relation_type);
        let room = ui.max_rect().width() - BESIDE_TYPE;
        let response = any_script_button_in(ui, pane.engine, (name, room), true, |words| {
            egui::Button::new(words).right_text("…")
        });
        let response = response.on_hover_text(words::RELATION_TYPE);
        egui::Popup::menu(&response).show(|ui| {
            for kind in allowed(self.article, self.codebook, relation) {
                let name = words::relation_type_name(self.codebook, &kind.id);
                let is_current = kind.id == relation.relation_type;
                let entry = any_script_button(ui, pane.engine, name, !is_current, egui::Button::new);
                if entry.clicked() {
                    pane.run(with_type(self.article, relation, &kind.id));
                    ui.close();
                }
            }
        });
    }
}

/// The command that gives a relation another type.
pub fn with_type(article: &ArticleView, relation: &Relation, kind: &RelationTypeId) -> SetRelation {
    SetRelation {
        relation: relation.id.clone(),
        relation_type: Some(kind.clone()),
        from: None,
        to: None,
        article: Some(article.id.clone()),
        annotator: None,
    }
}

/// The types that the ends of a relation allow.
pub fn allowed<'c>(
    article: &ArticleView,
    codebook: &'c Codebook,
    relation: &Relation,
) -> Vec<&'c RelationType> {
    let label = |id: &SpanId| article.layer.spans.get(id).map(|span| &span.label);
    let Some((from, to)) = label(&relation.from).zip(label(&relation.to)) else {
        return Vec::new();
    };
    let types = codebook.relation_types.iter();
    types.filter(|kind| kind.links(from, to)).collect()
}

/// An end of a relation as it is read aloud: its label with its words.
pub fn end_in_words(codebook: &Codebook, article: &ArticleView, id: &SpanId) -> String {
    let Some(span) = article.layer.spans.get(id) else {
        return id.to_string();
    };
    let quote = words::quote(&article.text, span, QUOTE);
    words::named(words::label_name(codebook, &span.label), &quote)
}
