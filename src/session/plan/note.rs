//! Notes: write, change, settle, remove.

use crate::model::{Change, Extra, Layer, LayerEdit, Note, NoteId, NoteState};
use crate::session::command::{AddNote, RemoveNote, SetNote};
use crate::session::refusal::Refusal;

use super::{Place, Planned, Step, span};

pub(super) fn add(place: &Place<'_>, command: &AddNote) -> Planned {
    let text = words(&command.text)?;
    if let Some(target) = &command.target
        && !place.layer.has_target(target.as_str())
    {
        let message = format!("no span, relation, or event on this layer is called {target}");
        return Err(
            Refusal::new("unknown_target", message).hint("leave the target out for a note on the article")
        );
    }
    let is_taken = |id: &NoteId| place.layer.notes.contains_key(id);
    let id = place.fresh_id(command.id.as_ref(), NoteId::new, is_taken, "note")?;
    let note = Note {
        id: id.clone(),
        target: command.target.clone(),
        author: Some(place.author.clone()),
        created: Some(place.at.clone()),
        text,
        state: NoteState::Open,
        replies: Vec::new(),
        extra: Extra::new(),
    };
    Ok(Step {
        summary: "add note".to_owned(),
        created: vec![id.to_string()],
        edits: vec![LayerEdit::Note(id, Change::add(note))],
    })
}

pub(super) fn set(place: &Place<'_>, command: &SetNote) -> Planned {
    let before = get(place, &command.note)?;
    let mut after = before.clone();
    if let Some(text) = &command.text {
        after.text = words(text)?;
    }
    if let Some(state) = command.state {
        after.state = state;
    }
    if after == *before {
        return Err(span::unchanged(&format!("note {} says so already", before.id)));
    }
    let summary = match command.state {
        Some(NoteState::Resolved) => "settle note",
        Some(NoteState::Open) => "open note again",
        None => "change note",
    };
    Ok(replace(before, after, summary))
}

pub(super) fn remove(place: &Place<'_>, command: &RemoveNote) -> Planned {
    let note = get(place, &command.note)?;
    Ok(Step {
        edits: vec![LayerEdit::Note(note.id.clone(), Change::remove(note.clone()))],
        created: Vec::new(),
        summary: "remove note".to_owned(),
    })
}

/// A changed note in the place of the old one.
pub(super) fn replace(before: &Note, after: Note, summary: &str) -> Step {
    Step {
        edits: vec![LayerEdit::Note(
            before.id.clone(),
            Change::replace(before.clone(), after),
        )],
        created: Vec::new(),
        summary: summary.to_owned(),
    }
}

/// The edits that remove all notes on these targets.
pub(super) fn removals(layer: &Layer, gone: &[&str]) -> Vec<LayerEdit> {
    let is_on_gone = |note: &&Note| {
        note.target
            .as_ref()
            .is_some_and(|target| gone.contains(&target.as_str()))
    };
    let notes = layer.notes.values().filter(is_on_gone);
    notes
        .map(|note| LayerEdit::Note(note.id.clone(), Change::remove(note.clone())))
        .collect()
}

/// The note of that id on this layer.
pub(super) fn get<'a>(place: &'a Place<'_>, id: &NoteId) -> Result<&'a Note, Refusal> {
    place.layer.notes.get(id).ok_or_else(|| {
        Refusal::new(
            "unknown_note",
            format!("article {} has no note {id} on this layer", place.article.id),
        )
    })
}

/// What a note or a reply says; never nothing.
pub(super) fn words(text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new("empty_note", "a note needs words").hint("remove_note takes a note away"));
    }
    Ok(text.to_owned())
}
