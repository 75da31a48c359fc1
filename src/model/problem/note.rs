//! Notes that are still open in an article that is done.

use super::{Checked, Problem, ProblemCode, ProblemPlace, quoted};
use crate::model::NoteState;

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Problem>) {
    if !checked.is_done() {
        return;
    }
    let notes = checked.layer.notes.values();
    for note in notes.filter(|note| note.state == NoteState::Open) {
        found.extend(checked.problem(
            ProblemCode::OpenNote,
            ProblemPlace::Note(note.id.clone()),
            "",
            format!("The article is done, the note {} is open", quoted(&note.text)),
            "settle the note, or take the article up again",
        ));
    }
}
