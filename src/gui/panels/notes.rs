//! The notes of the article in the order of the text, each with its thread: read, answered, settled, jumped from.

use std::borrow::Cow;

use egui::accesskit::Role;
use egui::{Frame, Id, Key, Margin, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo};

use super::row_menu::{is_row_menu_asked, key_entry, row_menu};
use super::thread::{self, ThreadField, Writing};
use super::widgets::{drop_typed, empty_ui, is_pressed, list_focus};
use super::{Ask, Pane};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Codebook, EventId, Layer, Note, NoteId, NoteState, RelationId, SpanId, TargetId};
use crate::session::ArticleView;
use crate::session::action::{Action, Shortcut};

/// What the list remembers.
#[derive(Default)]
pub struct NotesState {
    /// Whether settled notes are shown as well.
    all: bool,
    selected: Option<NoteId>,
    /// The selected note shall come into view.
    reveal: bool,
    thread: ThreadField,
}

/// The id of the list, which takes the focus of the pane.
pub fn notes_id() -> Id {
    Id::unique("note-rows")
}

/// The id of the field below the selected note.
pub fn reply_id() -> Id {
    Id::unique("note-reply")
}

/// Draws the list.
pub fn notes_ui(ui: &mut Ui, pane: &mut Pane<'_>, state: &mut NotesState) {
    let (Some(article), Some(project)) = (pane.snapshot.article.clone(), pane.snapshot.project.clone())
    else {
        return;
    };
    let all = in_order(&article.layer);
    let open = all.iter().filter(|note| note.state == NoteState::Open).count();
    filter_ui(ui, state, open, all.len());
    let shown: Vec<&Note> = all
        .iter()
        .copied()
        .filter(|note| state.all || note.state == NoteState::Open)
        .collect();
    if !shown.iter().any(|note| Some(&note.id) == state.selected.as_ref()) {
        state.selected = shown.first().map(|note| note.id.clone());
    }
    let area = ui.available_rect_before_wrap();
    if list_focus(ui, pane.palette, area, notes_id(), words::NOTES).has_focus() {
        walk(ui, pane, &article, &shown, state);
    }
    if shown.is_empty() {
        let what = if all.is_empty() {
            words::NO_NOTES
        } else {
            words::NO_OPEN_NOTES
        };
        let key = pane.keys.shortcut(Action::AddNote);
        empty_ui(ui, pane.palette, what, &words::no_notes_hint(key.as_deref()));
        return;
    }
    ScrollArea::vertical()
        .id_salt(("note-list", article.id.as_str()))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for note in shown {
                note_row_ui(ui, pane, &article, &project.codebook, note, state);
            }
        });
}

fn filter_ui(ui: &mut Ui, state: &mut NotesState, open: usize, all: usize) {
    ui.horizontal(|ui| {
        for (name, count, value) in [(words::OPEN_NOTES, open, false), (words::ALL_NOTES, all, true)] {
            let words = words::note_filter(name, count);
            if ui.selectable_label(state.all == value, words).clicked() {
                state.all = value;
            }
        }
    });
}

fn note_row_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    codebook: &Codebook,
    note: &Note,
    state: &mut NotesState,
) {
    let is_selected = state.selected.as_ref() == Some(&note.id);
    let about = about(article, codebook, note);
    let builder = UiBuilder::new()
        .id_salt(("note", note.id.as_str()))
        .sense(Sense::CLICK);
    let ground = if is_selected {
        pane.palette.accent_soft
    } else {
        egui::Color32::TRANSPARENT
    };
    let frame = Frame::NONE
        .fill(ground)
        .inner_margin(Margin::same(6))
        .corner_radius(3.0);
    let response = ui
        .scope_builder(builder, |ui| {
            frame.show(ui, |ui| {
                let field = is_selected.then_some(&mut state.thread);
                note_ui(ui, pane, article, (note, &about), field);
            });
        })
        .response;
    let author = thread::author_name(note.author.as_ref());
    let name = words::note_name(note.state, author, &about, &note.text, note.replies.len());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_selected, &name));
    let is_asked = is_row_menu_asked(ui.ctx(), notes_id());
    if is_selected && (std::mem::take(&mut state.reveal) || is_asked) {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        state.selected = Some(note.id.clone());
        jump(pane, article, note);
    }
    if response.secondary_clicked() {
        state.selected = Some(note.id.clone());
    }
    row_menu(&response, notes_id(), (note.id.as_str(), is_selected), |ui| {
        menu_ui(ui, pane, article, note, &mut state.thread);
    });
}

/// What a note is about and its thread; of the selected one also the field for a reply.
fn note_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    (note, about): (&Note, &str),
    mut field: Option<&mut ThreadField>,
) {
    ui.set_width(ui.available_width());
    ui.spacing_mut().item_spacing.y = GRID / 2.0;
    ShortText::new(
        about,
        TextStyle::new(theme::TEXT_SMALL).bold(),
        pane.palette.ink_weak,
    )
    .max_width(ui.available_width())
    .show(ui, pane.engine);
    thread::note_ui(ui, pane, article, note, field.as_deref_mut());
    if let Some(field) = field {
        let first = Writing::Reply(note.id.clone());
        if field.show(ui, pane, article, reply_id(), first) {
            ui.memory_mut(|memory| memory.request_focus(notes_id()));
        }
    }
}

/// The menu of a note, with the keys of the list.
fn menu_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, note: &Note, thread: &mut ThreadField) {
    let key = |name| Some(Shortcut::key(name));
    let blocked = Action::AddNote.entry().available(&pane.situation).err();
    if key_entry(ui, pane, words::GO_TO_NOTED, key("Enter"), None) {
        jump(pane, article, note);
    }
    ui.separator();
    if key_entry(ui, pane, words::REPLY, key("R"), blocked) {
        thread.write(Writing::Reply(note.id.clone()));
    }
    let settle = thread::settle_name(note);
    if key_entry(ui, pane, settle, key("Space"), blocked) {
        pane.run(thread::turned(article, note));
    }
    if key_entry(ui, pane, words::CHANGE, None, blocked) {
        thread.write(Writing::Change(note.id.clone()));
    }
    ui.separator();
    if key_entry(ui, pane, words::REMOVE, key("Delete"), blocked) {
        pane.run(thread::removal(article, note));
    }
}

/// Up and down choose a note, Enter goes to what it is about, Space settles it, R answers it.
fn walk(ui: &Ui, pane: &mut Pane<'_>, article: &ArticleView, shown: &[&Note], state: &mut NotesState) {
    let pressed = |key| is_pressed(ui, key);
    if pressed(Key::Escape) {
        pane.queue.push(Ask::FocusArticle);
    }
    let place = shown
        .iter()
        .position(|note| Some(&note.id) == state.selected.as_ref());
    let Some(place) = place else { return };
    let to = if pressed(Key::ArrowDown) {
        place + 1
    } else if pressed(Key::ArrowUp) {
        place.saturating_sub(1)
    } else {
        place
    };
    if let Some(note) = shown.get(to).filter(|_| to != place) {
        state.selected = Some(note.id.clone());
        state.reveal = true;
    }
    let Some(note) = shown.get(place) else { return };
    if pressed(Key::Enter) {
        jump(pane, article, note);
    }
    if pressed(Key::Space) {
        pane.run(thread::turned(article, note));
    }
    if pressed(Key::Delete) {
        pane.run(thread::removal(article, note));
    }
    if pressed(Key::R) {
        // The letter itself must not come into the field.
        drop_typed(ui);
        ui.memory_mut(|memory| memory.request_focus(reply_id()));
    }
}

/// Goes to what a note is about.
fn jump(pane: &mut Pane<'_>, article: &ArticleView, note: &Note) {
    let spans = note.target.as_ref().map(|target| article.layer.spans_of(target));
    if let Some(first) = spans.and_then(|spans| spans.into_iter().next()) {
        pane.queue.push(Ask::SelectSpan(first));
    }
    pane.queue.push(Ask::FocusArticle);
}

/// Notes on the article first, then those on its annotations in the order of the text, older ones before newer ones.
fn in_order(layer: &Layer) -> Vec<&Note> {
    let mut notes: Vec<&Note> = layer.notes.values().collect();
    notes.sort_by_cached_key(|note| {
        let place = note.target.as_ref().map(|target| {
            let spans = layer.spans_of(target);
            let hulls = spans.iter().filter_map(|id| layer.spans.get(id));
            hulls.map(|span| span.ranges.hull()).next()
        });
        (place, note.created.clone(), note.id.clone())
    });
    notes
}

/// What a note is about, in words.
fn about<'a>(article: &ArticleView, codebook: &Codebook, note: &Note) -> Cow<'a, str> {
    let Some(target) = &note.target else {
        return Cow::Borrowed(words::ON_ARTICLE);
    };
    let layer = &article.layer;
    let quoted = |id: &SpanId| {
        let span = layer.spans.get(id)?;
        let quote = words::quote(&article.text, span, 80);
        Some(words::named(words::label_name(codebook, &span.label), &quote))
    };
    if let Some(words) = SpanId::new(target.as_str()).ok().and_then(|id| quoted(&id)) {
        return Cow::Owned(words);
    }
    let what = kind_of(layer, target);
    let spans: Vec<String> = layer.spans_of(target).iter().filter_map(quoted).take(2).collect();
    if spans.is_empty() {
        Cow::Borrowed(what)
    } else {
        Cow::Owned(format!("{what}: {}", spans.join(", ")))
    }
}

fn kind_of(layer: &Layer, target: &TargetId) -> &'static str {
    let is_event = EventId::new(target.as_str()).is_ok_and(|id| layer.events.contains_key(&id));
    let is_relation = RelationId::new(target.as_str()).is_ok_and(|id| layer.relations.contains_key(&id));
    match (is_relation, is_event) {
        (true, _) => words::ON_RELATION,
        (_, true) => words::ON_EVENT,
        _ => words::ON_ARTICLE,
    }
}
