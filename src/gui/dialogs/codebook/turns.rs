//! Undo and redo in the codebook: of the changes of this look at it only, one at a time, each asked for by its number.
//! What was done before, and what comes in from elsewhere meanwhile, such as an import, is not taken back here.

use std::collections::VecDeque;

use egui::{Event, Ui};

use super::{CodebookDialog, Said};
use crate::gui::panels::Pane;
use crate::gui::words;
use crate::model::TransactionId;
use crate::session::action::Action;
use crate::session::{Request, UndoScope};

/// Back or forth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

/// Which changes are this look's, and what waits to be taken back.
#[derive(Default)]
pub(super) struct Turns {
    /// How many requests had been sent when it was opened.
    sent: Option<u64>,
    /// Whether all of them are answered: what is done then is done here.
    is_begun: bool,
    /// The last change that undo or redo was about by then.
    before: Option<TransactionId>,
    /// What was pressed before it was known what the one before came to.
    wanted: VecDeque<Way>,
}

impl Turns {
    /// Takes note of what was done before.
    pub(super) fn begin(&mut self, pane: &Pane<'_>) {
        if self.is_begun {
            return;
        }
        let sent = *self.sent.get_or_insert(pane.sent);
        let (undo, redo) = (&pane.snapshot.project_undo, &pane.snapshot.project_redo);
        self.before = undo.iter().chain(redo).map(|turn| turn.change).max();
        self.is_begun = sent <= pane.snapshot.answered;
    }

    /// Which change is next, where it is one of this look's; else why there is none.
    pub(super) fn offered(&self, pane: &Pane<'_>, way: Way) -> Result<TransactionId, &'static str> {
        let next = match way {
            Way::Undo => &pane.snapshot.project_undo,
            Way::Redo => &pane.snapshot.project_redo,
        };
        match next {
            Some(next) if Some(next.change) <= self.before => Err(words::NOTHING_TO_TURN),
            Some(next) if next.is_own => Ok(next.change),
            Some(_) => Err(words::CHANGED_ELSEWHERE),
            None => Err(words::NOTHING_TO_TURN),
        }
    }

    /// Something was refused: what was pressed behind it was meant of another state.
    pub(super) fn let_go(&mut self) {
        self.wanted.clear();
    }
}

impl CodebookDialog {
    /// The keys of undo and redo, which are the project's where no field is typed in. A key that is held down does not
    /// run ahead of the disk.
    pub(super) fn turn_keys(&mut self, ui: &Ui, pane: &mut Pane<'_>) {
        use Action::{Redo, RedoProject, Undo, UndoProject};
        if !pane.awaits_answer()
            && let Some(way) = self.turns.wanted.pop_front()
        {
            self.turn(pane, way);
        }
        let repeats = |event: &Event| matches!(event, Event::Key { repeat: true, .. });
        let is_held_down = ui.input(|input| input.events.iter().any(repeats));
        let is_turn = |action| matches!(action, Undo | Redo | UndoProject | RedoProject);
        for action in pane.keys.take_shortcuts_of(ui.ctx(), is_turn) {
            if is_held_down && pane.awaits_answer() {
                continue;
            }
            let is_undo = matches!(action, Undo | UndoProject);
            self.turn(pane, if is_undo { Way::Undo } else { Way::Redo });
        }
    }

    /// Takes back the last change, or does it again, as soon as all that was asked for before is answered; what went and
    /// comes back is shown again.
    pub(super) fn turn(&mut self, pane: &mut Pane<'_>, way: Way) {
        if pane.awaits_answer() {
            self.turns.wanted.push_back(way);
            return;
        }
        let change = match self.turns.offered(pane, way) {
            Ok(change) => change,
            Err(why) => {
                self.turns.let_go();
                self.said = Some(Said::Done(why.to_owned()));
                return;
            }
        };
        match way {
            Way::Undo => {
                if let Some(Said::Gone(gone)) = self.said.take() {
                    self.awaited = Some(gone.entry());
                }
                pane.send(Request::Undo(UndoScope::Change(change)));
            }
            Way::Redo => pane.send(Request::Redo(UndoScope::Change(change))),
        }
    }
}
