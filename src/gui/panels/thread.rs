//! One note with its replies, and the field in which the next one is written. Used beside a span and in the list of
//! notes; knows neither.

use egui::{Align, Id, Layout, Ui, vec2};

use super::Pane;
use crate::gui::field::{Field, FieldState};
use crate::gui::paint::{ShortText, TextStyle};
use crate::gui::theme::{self, GRID};
use crate::gui::words;
use crate::model::{Annotator, ArticleId, Layer, Note, NoteId, NoteState, TargetId, Timestamp};
use crate::session::{AddNote, AddReply, ArticleView, Command, RemoveNote, RemoveReply, SetNote, SetReply};
use crate::text::{Direction, base_direction};

/// What is being written in the field of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writing {
    /// A new note on this.
    Note(Option<TargetId>),
    /// A reply to this note.
    Reply(NoteId),
    /// Other words of this note.
    Change(NoteId),
    /// Other words of a reply to it.
    ChangeReply(NoteId, usize),
}

/// The field of a thread and what it is for.
#[derive(Default)]
pub struct ThreadField {
    field: FieldState,
    /// The work in which it is written, and what.
    about: Option<(ArticleId, Annotator, Writing)>,
    /// What stood in the field before anything was typed.
    before: String,
    /// What the reader asked to write instead of what stands first.
    chosen: Option<Writing>,
    /// The field shall have the focus.
    wants_focus: bool,
    /// The field had the focus in the last frame. Egui tells only of a focus that is taken in the frame itself, and not
    /// of one that a menu or a key asked for behind it.
    had_focus: bool,
}

impl ThreadField {
    /// Draws the field. What stands in it is sent with Ctrl+Enter, and when the focus goes elsewhere, so that no words
    /// are lost. Says whether it was left with Escape.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        pane: &mut Pane<'_>,
        article: &ArticleView,
        id: Id,
        first: Writing,
    ) -> bool {
        let writing = self
            .chosen
            .clone()
            .filter(|chosen| fits(chosen, &first, article))
            .unwrap_or(first);
        let about = (article.id.clone(), article.annotator.clone(), writing.clone());
        if self.about.as_ref() != Some(&about) {
            self.send(pane);
            text_now(article, &writing).clone_into(&mut self.before);
            self.field.set_text(&self.before);
            self.about = Some(about);
        }
        let is_note = matches!(writing, Writing::Note(_) | Writing::Change(_));
        let (name, hint) = if is_note {
            (words::NOTE, words::NOTE_HINT)
        } else {
            (words::REPLY, words::REPLY_HINT)
        };
        let output = Field::new(id, name)
            .hint(hint)
            .tip(hint)
            .style(TextStyle::new(theme::TEXT))
            .multiline(2)
            .show(ui, pane.engine, &mut self.field);
        if std::mem::take(&mut self.wants_focus) {
            output.response.request_focus();
        }
        let has_focus = output.response.has_focus();
        if !std::mem::replace(&mut self.had_focus, has_focus) && has_focus {
            // At once: who asked for the field looks for the caret.
            let at_once = egui::style::ScrollAnimation::none();
            output.response.scroll_to_me_animation(None, at_once);
        }
        if output.cancelled {
            self.field.set_text("");
            self.reset();
            return true;
        }
        if output.submitted || output.response.lost_focus() {
            self.send(pane);
            self.chosen = None;
        }
        false
    }

    /// Puts other words of a note or a reply into the field, or begins one; the field takes the focus.
    pub fn write(&mut self, writing: Writing) {
        self.chosen = Some(writing);
        self.wants_focus = true;
    }

    fn reset(&mut self) {
        (self.about, self.chosen) = (None, None);
    }

    /// Sends what stands in the field, if it says anything new.
    fn send(&mut self, pane: &mut Pane<'_>) {
        let Some((article, annotator, writing)) = self.about.take() else {
            return;
        };
        let text = self.field.text().trim().to_owned();
        self.field.set_text("");
        if text.is_empty() || text == self.before.trim() {
            return;
        }
        let annotator = Some(annotator);
        let command: Command = match writing {
            Writing::Note(target) => AddNote {
                article,
                annotator,
                target,
                text,
                id: None,
            }
            .into(),
            Writing::Reply(note) => AddReply {
                note,
                text,
                article: Some(article),
                annotator,
            }
            .into(),
            Writing::Change(note) => SetNote {
                note,
                text: Some(text),
                state: None,
                article: Some(article),
                annotator,
            }
            .into(),
            Writing::ChangeReply(note, reply) => SetReply {
                note,
                reply,
                text,
                article: Some(article),
                annotator,
            }
            .into(),
        };
        pane.run(command);
    }
}

/// Whether what was asked to be written still belongs to the thread, and is there.
fn fits(chosen: &Writing, first: &Writing, article: &ArticleView) -> bool {
    let target = |note: &NoteId| article.layer.notes.get(note).map(|note| note.target.clone());
    let about = |writing: &Writing| match writing {
        Writing::Note(target) => Some(target.clone()),
        Writing::Reply(note) | Writing::Change(note) | Writing::ChangeReply(note, _) => target(note),
    };
    about(chosen).is_some() && about(chosen) == about(first)
}

/// What stands in the field before anything is typed.
fn text_now<'a>(article: &'a ArticleView, writing: &Writing) -> &'a str {
    let note = |id: &NoteId| article.layer.notes.get(id);
    let text = match writing {
        Writing::Note(_) | Writing::Reply(_) => None,
        Writing::Change(id) => note(id).map(|note| note.text.as_str()),
        Writing::ChangeReply(id, reply) => note(id)
            .and_then(|note| note.replies.get(*reply))
            .map(|reply| reply.text.as_str()),
    };
    text.unwrap_or_default()
}

/// Draws a note and its replies; `field` gets the words that the reader wants to change, where any can be changed here.
pub fn note_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    note: &Note,
    mut field: Option<&mut ThreadField>,
) {
    let state = (note.state == NoteState::Resolved).then_some(note.state);
    head_ui(ui, pane, note.author.as_ref(), note.created.as_ref(), state);
    text_ui(ui, pane, &note.text, note.state == NoteState::Resolved);
    if let Some(field) = field.as_deref_mut() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GRID;
            if small_button(ui, pane, settle_name(note)) {
                pane.run(turned(article, note));
            }
            if small_button(ui, pane, words::CHANGE) {
                field.write(Writing::Change(note.id.clone()));
            }
            if small_button(ui, pane, words::REMOVE) {
                pane.run(removal(article, note));
            }
        });
    }
    for (number, reply) in note.replies.iter().enumerate() {
        ui.horizontal_top(|ui| {
            ui.add_space(GRID * 3.0);
            ui.allocate_ui(vec2(ui.available_width(), 0.0), |ui| {
                ui.vertical(|ui| {
                    head_ui(ui, pane, reply.author.as_ref(), reply.created.as_ref(), None);
                    text_ui(ui, pane, &reply.text, false);
                    if let Some(field) = field.as_deref_mut() {
                        reply_buttons_ui(ui, pane, article, note, number, field);
                    }
                });
            });
        });
    }
}

fn reply_buttons_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    note: &Note,
    number: usize,
    field: &mut ThreadField,
) {
    ui.push_id((note.id.as_str(), number), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GRID;
            if small_button(ui, pane, words::CHANGE) {
                field.write(Writing::ChangeReply(note.id.clone(), number));
            }
            if small_button(ui, pane, words::REMOVE) {
                let remove = RemoveReply {
                    note: note.id.clone(),
                    reply: number,
                    article: Some(article.id.clone()),
                    annotator: Some(article.annotator.clone()),
                };
                pane.run(remove);
            }
        });
    });
}

/// The name of what settles an open note, or opens a settled one again.
pub const fn settle_name(note: &Note) -> &'static str {
    match note.state {
        NoteState::Open => words::SETTLE,
        NoteState::Resolved => words::REOPEN,
    }
}

/// What settles an open note, or opens a settled one again.
pub fn turned(article: &ArticleView, note: &Note) -> Command {
    let state = match note.state {
        NoteState::Open => NoteState::Resolved,
        NoteState::Resolved => NoteState::Open,
    };
    SetNote {
        note: note.id.clone(),
        text: None,
        state: Some(state),
        article: Some(article.id.clone()),
        annotator: Some(article.annotator.clone()),
    }
    .into()
}

/// What takes a note away.
pub fn removal(article: &ArticleView, note: &Note) -> Command {
    RemoveNote {
        note: note.id.clone(),
        article: Some(article.id.clone()),
        annotator: Some(article.annotator.clone()),
    }
    .into()
}

/// Who wrote a note, as it is read on screen.
pub fn author_name(author: Option<&Annotator>) -> &str {
    author.map_or(words::NOBODY, Annotator::as_str)
}

/// The notes on a thing of a layer.
pub fn notes_on<'a>(layer: &'a Layer, target: &str) -> impl Iterator<Item = &'a Note> {
    let is_on = move |note: &&Note| note.target.as_ref().is_some_and(|id| id.as_str() == target);
    layer.notes.values().filter(is_on)
}

/// The threads on a relation or an event, to be read.
pub fn threads_on_ui(ui: &mut Ui, pane: &mut Pane<'_>, article: &ArticleView, target: &str) {
    for note in notes_on(&article.layer, target) {
        ui.push_id(note.id.as_str(), |ui| note_ui(ui, pane, article, note, None));
    }
}

/// A button that is no louder than the words beside it.
fn small_button(ui: &mut Ui, pane: &Pane<'_>, text: &str) -> bool {
    let words = egui::RichText::new(text)
        .size(theme::TEXT_SMALL)
        .color(pane.palette.ink_weak);
    let button = egui::Button::new(words).small().frame_when_inactive(false);
    ui.add(button).clicked()
}

fn head_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    author: Option<&Annotator>,
    created: Option<&Timestamp>,
    state: Option<NoteState>,
) {
    let mut head = words::signed(author_name(author), created);
    if let Some(state) = state {
        head = format!("{head} · {}", words::note_state(state));
    }
    let width = ui.available_width();
    ShortText::new(&head, TextStyle::new(theme::TEXT_SMALL), pane.palette.ink_weak)
        .max_width(width)
        .show(ui, pane.engine);
}

fn text_ui(ui: &mut Ui, pane: &mut Pane<'_>, text: &str, is_settled: bool) {
    let ink = if is_settled {
        pane.palette.ink_weak
    } else {
        pane.palette.ink
    };
    let width = ui.available_width();
    let side = match base_direction(text) {
        Some(Direction::RightToLeft) => Align::Max,
        _ => Align::Min,
    };
    ui.with_layout(Layout::top_down(side), |ui| {
        ShortText::new(text, TextStyle::new(theme::TEXT), ink)
            .max_width(width)
            .wrap()
            .show(ui, pane.engine);
    });
}
