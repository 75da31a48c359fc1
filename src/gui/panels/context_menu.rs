//! The context menu of the article: about the selected words, the selected span, or a relation; and what menus of spans
//! have in common.

use egui::accesskit::Role;
use egui::{Context, Id, Pos2, Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::menu_keys::{enter, enter_menu};
use super::relation_menu::relation_menu_ui;
use super::row_menu::{action_entry, action_entry_as, key_entry, open_menu, show_menu};
use super::widgets::{heading_ui, paint_in, paint_keycap, paint_row};
use super::{Ask, Pane};
use crate::gui::article::{ArticleAct, ArticleState, article_id};
use crate::gui::paint::TextStyle;
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Label, RelationId};
use crate::session::action::Action;

/// Characters of a span's words in an entry.
const QUOTE: usize = 24;

/// The context menu: whether it is open, and what about.
#[derive(Default)]
pub struct ContextMenu {
    open: Option<Open>,
}

struct Open {
    /// What it is about, where it is not about words or a span.
    relation: Option<RelationId>,
}

impl ContextMenu {
    /// Opens it at the pointer, about a relation or else about what is selected, and beside the words of that. It takes
    /// the keys.
    pub fn open(&mut self, ctx: &Context, place: (Pos2, Option<Rect>), relation: Option<RelationId>) {
        self.open = Some(Open { relation });
        open_menu(ctx, article_id(), menu_id(), place);
    }

    /// The same where a key asked for it: its first entry has the focus.
    pub fn open_by_key(&mut self, ctx: &Context, place: (Pos2, Option<Rect>), relation: Option<RelationId>) {
        self.open(ctx, place, relation);
        enter_menu(ctx);
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Draws it where it is open.
    pub fn show(&mut self, ui: &Ui, pane: &mut Pane<'_>, article: &ArticleState) {
        let Some(Open { relation }) = &self.open else {
            return;
        };
        let is_open = show_menu(ui.ctx(), ui.layer_id(), menu_id(), |ui| match relation {
            Some(relation) => relation_menu_ui(ui, pane, relation),
            None => menu_ui(ui, pane, article),
        });
        if !is_open {
            self.open = None;
        }
    }
}

fn menu_id() -> Id {
    Id::unique("article-menu")
}

/// What the context menu of words and spans offers beside labels, in groups: the label, the words, what they are linked
/// with, what is known of them.
const ENTRIES: [&[Action]; 5] = [
    &[Action::RepeatLabel],
    &[
        Action::ToggleProclitic,
        Action::AddFragment,
        Action::RemoveFragment,
        Action::MergeSpans,
        Action::SplitSpan,
    ],
    &[Action::AddRelation, Action::AddToEvent, Action::NewEvent],
    &[Action::InspectSpan, Action::AddNote, Action::SpanHistory],
    &[Action::RemoveSpan],
];

fn menu_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleState) {
    let merge = merge_name(pane, article);
    labels_ui(ui, pane);
    for (place, group) in ENTRIES.into_iter().enumerate() {
        // The first group goes with the labels.
        if place > 0 {
            ui.separator();
        }
        for action in group {
            match &merge {
                Some(name) if *action == Action::MergeSpans => {
                    if action_entry_as(ui, pane, *action, name) {
                        pane.act(*action);
                    }
                }
                _ => {
                    action_entry(ui, pane, *action);
                }
            }
        }
        let is_copied = place == 0 && pane.situation.text_selected;
        if is_copied && action_entry_as(ui, pane, Action::Copy, words::COPY) {
            pane.queue.push(Ask::CopySelection);
        }
    }
}

/// How the entry that merges is called where it is known with what the selected span would be.
fn merge_name(pane: &Pane<'_>, article: &ArticleState) -> Option<String> {
    let open = pane.snapshot.article.as_ref()?;
    let other = open.layer.spans.get(&article.merges_with(&open.text)?)?;
    Some(words::merge_span_with(&words::quote(&open.text, other, QUOTE)))
}

/// What the menu of a row of the list of spans offers beside labels, in groups.
const OF_SPAN_ROW: [&[Action]; 4] = [
    &[Action::InspectSpan, Action::ConfirmValues, Action::AddNote],
    &[Action::AddRelation, Action::AddToEvent],
    &[Action::Copy, Action::CopyWithOffsets, Action::SpanHistory],
    &[Action::RemoveSpan],
];

/// What is said of a span in review mode.
const OF_REVIEW: [Action; 3] = [Action::AcceptSpan, Action::QuerySpan, Action::WithdrawVerdict];

/// The menu of a row of the list of spans. The span is the selected one by now.
pub fn span_row_menu_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    if labels_ui(ui, pane) {
        ui.separator();
    }
    if key_entry(ui, pane, words::SHOW_IN_TEXT, None, None) {
        pane.queue.push(Ask::FocusArticle);
    }
    let review: &[Action] = if pane.situation.reviewing { &OF_REVIEW } else { &[] };
    for (place, group) in OF_SPAN_ROW.into_iter().chain([review]).enumerate() {
        if place > 0 && !group.is_empty() {
            ui.separator();
        }
        for action in group {
            // What goes on in the text needs its keys.
            let goes_on = matches!(action, Action::AddRelation | Action::AddToEvent);
            if action_entry_as(ui, pane, *action, action.entry().name) {
                pane.queue.extend(goes_on.then_some(Ask::FocusArticle));
                pane.act(*action);
            }
        }
    }
}

/// The labels that the selected words, or the selected span, can get; whether there is anything to get one.
fn labels_ui(ui: &mut Ui, pane: &mut Pane<'_>) -> bool {
    let Some(project) = pane.snapshot.project.clone() else {
        return false;
    };
    let heading = match (pane.situation.text_selected, pane.situation.span_selected) {
        (true, _) => words::TAG_AS,
        (false, true) => words::CHANGE_TO,
        (false, false) => return false,
    };
    heading_ui(ui, pane.palette, heading);
    for label in project.codebook.labels.iter().filter(|label| !label.retired) {
        label_entry_ui(ui, pane, label);
    }
    true
}

fn label_entry_ui(ui: &mut Ui, pane: &mut Pane<'_>, label: &Label) {
    let name = words::name_or_id(&label.names, label.id.as_str());
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    // Unlike rows of lists it can have the focus, so that the arrow keys of the menu come to it.
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    paint_row(ui, pane.palette, rect, &response, response.has_focus());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, name));
    enter(ui, &response);
    let swatch = Rect::from_center_size(pos2(rect.left() + GRID * 3.0, rect.center().y), Vec2::splat(10.0));
    ui.painter()
        .rect_filled(swatch, 2.0, pane.palette.label(label.color).line);
    let words_rect = Rect::from_min_max(
        pos2(rect.left() + GRID * 6.0, rect.top()),
        pos2(rect.right() - GRID * 7.0, rect.bottom()),
    );
    let style = TextStyle::new(theme::TEXT);
    paint_in(ui, pane.engine, name, style, pane.palette.ink, words_rect);
    if let Some(key) = label.key {
        let right = pos2(rect.right() - GRID, rect.center().y);
        paint_keycap(ui, pane.palette, right, &pane.keys.label_cap(key));
    }
    if response.clicked() {
        pane.queue.push(Ask::Article(ArticleAct::Label(label.id.clone())));
        ui.close();
    }
}
