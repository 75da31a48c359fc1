//! One field of an entry or of a part of it: what it says on disk, what is being typed, and what was asked for.
//!
//! Knows no command; the draft of an entry makes one of what a line answers.

use egui::{Id, Ui};

use super::naming::tidy_id;
use super::{CAPTION, cell_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::model::CodebookPart;

/// What a line of the form changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Id,
    Name(String),
    Description(String),
    Color,
    Key,
    PartId(CodebookPart),
    PartName(CodebookPart, String),
    PartDescription(CodebookPart, String),
    Least(CodebookPart),
    Most(CodebookPart),
    Vague(&'static str),
}

impl What {
    /// The part of the entry that it is about, where it is not about the whole.
    pub(super) const fn part(&self) -> Option<&CodebookPart> {
        match self {
            Self::PartId(part)
            | Self::PartName(part, _)
            | Self::PartDescription(part, _)
            | Self::Least(part)
            | Self::Most(part) => Some(part),
            _ => None,
        }
    }

    /// Whether it is about the entry as a whole.
    pub(super) const fn is_whole(&self) -> bool {
        self.part().is_none() && !matches!(self, Self::Vague(_))
    }

    /// Names the field whatever the id of the entry or part is, so that a new id does not take the focus away.
    fn slot(&self) -> (&'static str, &str) {
        match self {
            Self::Id => ("id", ""),
            Self::Name(lang) => ("name", lang),
            Self::Description(lang) => ("description", lang),
            Self::Color => ("color", ""),
            Self::Key => ("key", ""),
            Self::PartId(_) => ("part-id", ""),
            Self::PartName(_, lang) => ("part-name", lang),
            Self::PartDescription(_, lang) => ("part-description", lang),
            Self::Least(_) => ("least", ""),
            Self::Most(_) => ("most", ""),
            Self::Vague(word) => ("vague", word),
        }
    }

    /// Where its field is in the window.
    pub(super) fn field(&self) -> Id {
        Id::unique(("codebook-line", self.slot()))
    }
}

/// A field of the form.
pub(super) struct Line {
    pub(super) what: What,
    caption: String,
    name: String,
    hint: String,
    /// What the codebook says, without space around it.
    before: String,
    /// What was asked for last; what the codebook says as long as nothing was.
    sent: String,
    field: FieldState,
}

impl Line {
    /// A line that says what the codebook says; `owner` is the part that it is about, in words.
    pub(super) fn new(what: What, caption: &str, owner: Option<&str>, before: &str) -> Self {
        Self {
            what,
            caption: caption.to_owned(),
            name: owner.map_or_else(|| caption.to_owned(), |owner| format!("{owner}: {caption}")),
            hint: String::new(),
            before: before.trim().to_owned(),
            sent: before.trim().to_owned(),
            field: FieldState::new(before),
        }
    }

    /// What the empty field says.
    pub(super) fn hint(self, hint: String) -> Self {
        Self { hint, ..self }
    }

    /// Takes over from the line as it was before what is being typed there.
    pub(super) fn follow(&mut self, old: &mut Self) {
        let typed = old.field.text().trim();
        if old.before == self.before {
            self.sent.clone_from(&old.sent);
        } else if typed == old.sent && typed != self.before {
            return;
        }
        std::mem::swap(&mut self.field, &mut old.field);
    }

    /// What was typed and not asked for yet.
    pub(super) fn take(&mut self) -> Option<String> {
        let typed = self.field.text().trim();
        if typed == self.sent {
            return None;
        }
        let now = if matches!(self.what, What::Id | What::PartId(_)) {
            tidy_id(typed)
        } else {
            typed.to_owned()
        };
        if now != typed {
            self.field.set_text(&now);
        }
        if now == self.sent {
            return None;
        }
        self.sent = now;
        Some(self.sent.clone())
    }

    /// What the codebook will say once all that was asked for is done.
    pub(super) fn said(&self) -> &str {
        &self.sent
    }

    /// Draws the field; answers what it shall say, once.
    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Option<String> {
        let output = ui.horizontal(|ui| {
            cell_ui(ui, pane, CAPTION, &self.caption);
            let field = Field::new(self.what.field(), &self.name).hint(&self.hint);
            // A description is a guideline of several paragraphs.
            let field = match self.what {
                What::Description(_) => field.multiline(4),
                What::PartDescription(..) => field.multiline(2),
                What::Least(_) | What::Most(_) | What::Vague(_) => field.width(90.0),
                _ => field,
            };
            field.show(ui, pane.engine, &mut self.field)
        });
        let output = output.inner;
        if output.response.gained_focus() {
            output.response.scroll_to_me(None);
        }
        if output.cancelled {
            let before = self.before.clone();
            self.field.set_text(&before);
            self.sent = before;
            return None;
        }
        if output.submitted || output.response.lost_focus() {
            return self.take();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_id_is_made_tidy_and_one_that_is_there_stays() {
        let mut line = Line::new(What::Id, "Id", None, "Actor");
        assert_eq!(line.take(), None);
        line.field.set_text("Bad Id!");
        assert_eq!(line.take().as_deref(), Some("bad_id!"));
        assert_eq!(line.field.text(), "bad_id!");
    }

    #[test]
    fn space_around_what_the_codebook_says_is_no_change() {
        let mut line = Line::new(
            What::Description("en".to_owned()),
            "Description",
            None,
            "Who acts.\n",
        );
        assert_eq!(line.take(), None);
        line.field.set_text("Who acts, or lets others act.");
        assert_eq!(line.take().as_deref(), Some("Who acts, or lets others act."));
    }
}
