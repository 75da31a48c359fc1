//! The menu of a row of the list of articles. What can be said of any article is asked for by its id; the rest is for the
//! open one, by the actions of the table.

use egui::Ui;

use super::row_menu::{action_entry, action_entry_as, entry_ui, key_entry};
use super::{Ask, Pane};
use crate::gui::words;
use crate::model::{Annotator, Status};
use crate::session::action::{Action, Shortcut, Situation};
use crate::session::{Command, ListRow, SetFlag, SetStatus};

/// The statuses that an article can be given, each with its action.
const STATUSES: [(Action, Status); 3] = [
    (Action::MarkDone, Status::Done),
    (Action::MarkTodo, Status::Todo),
    (Action::MarkSkipped, Status::Skipped),
];

/// What is for the open article only.
const OF_OPEN: [Action; 4] = [
    Action::EditMetadata,
    Action::InspectArticle,
    Action::ShowNotes,
    Action::ShowProblems,
];

/// What a reviewer says of the open article.
const OF_REVIEW: [Action; 2] = [Action::ApproveArticle, Action::RequestChanges];

/// Draws the entries.
pub fn article_menu_ui(ui: &mut Ui, pane: &mut Pane<'_>, row: &ListRow) {
    let open = pane.snapshot.article.as_ref();
    let is_open = open.is_some_and(|open| open.id == row.id);
    let reason = is_open.then_some(words::OPEN_ALREADY);
    let enter = Some(Shortcut::key("Enter"));
    if key_entry(ui, pane, words::OPEN_ARTICLE, enter, reason) {
        pane.queue.push(Ask::OpenArticle(row.id.clone()));
    }
    ui.separator();
    marks_ui(ui, pane, row, is_open);
    ui.separator();
    let review: &[Action] = if pane.situation.reviewing { &OF_REVIEW } else { &[] };
    for action in OF_OPEN.iter().chain(review) {
        if is_open {
            action_entry(ui, pane, *action);
        } else {
            refused_ui(ui, pane, action.entry().name, words::OPEN_FIRST);
        }
    }
    ui.separator();
    if entry_ui(ui, pane, words::COPY_ARTICLE_ID, "", None) {
        ui.copy_text(row.id.to_string());
    }
}

/// How far the work on it is, and the flag. Of the open article they are those of the work that is shown, which the
/// actions change; the list may be about somebody else's.
fn marks_ui(ui: &mut Ui, pane: &mut Pane<'_>, row: &ListRow, is_open: bool) {
    let whose = whose(pane);
    let shown = pane.snapshot.article.as_ref().filter(|_| is_open);
    let (now, flagged) = shown.map_or((row.status, row.flagged), |open| {
        (open.layer.status_or_default(), open.layer.flagged)
    });
    for (action, status) in STATUSES {
        let name = action.entry().name;
        let reason = match &whose {
            _ if now == status => Some(words::SO_ALREADY),
            Err(reason) if !is_open => Some(*reason),
            _ => None,
        };
        if let Some(reason) = reason {
            refused_ui(ui, pane, name, reason);
        } else if is_open {
            action_entry(ui, pane, action);
        } else {
            let command = SetStatus {
                article: row.id.clone(),
                status,
                annotator: whose.clone().ok(),
            };
            mark_ui(ui, pane, action, name, command.into());
        }
    }
    let action = Action::ToggleFlag;
    let name = format!("{}: {}", action.entry().name, words::on_or_off(flagged));
    match whose {
        _ if is_open => {
            if action_entry_as(ui, pane, action, &name) {
                pane.act(action);
            }
        }
        Err(reason) => refused_ui(ui, pane, &name, reason),
        Ok(annotator) => {
            let command = SetFlag {
                article: row.id.clone(),
                flagged: !row.flagged,
                annotator: Some(annotator),
            };
            mark_ui(ui, pane, action, &name, command.into());
        }
    }
}

/// Whose work a mark on an article that is not open is about: the analyst's, where the list is about that.
fn whose(pane: &Pane<'_>) -> Result<Annotator, &'static str> {
    let own = pane.snapshot.project.as_ref().map(|project| &project.annotator);
    let listed = pane.snapshot.list.query.as_ref().map(|query| &query.annotator);
    match (own, listed) {
        (Some(own), Some(listed)) if own == listed => Ok(own.clone()),
        _ => Err(words::NOT_OWN_LIST),
    }
}

/// A mark on an article that is not open.
fn mark_ui(ui: &mut Ui, pane: &mut Pane<'_>, action: Action, name: &str, command: Command) {
    // What is asked of the open article holds for this one, as if it were open.
    let as_if_open = Situation {
        article: true,
        ..pane.situation
    };
    if let Err(reason) = action.entry().available(&as_if_open) {
        refused_ui(ui, pane, name, reason);
        return;
    }
    // Without the key of the action, which is about the open article.
    if entry_ui(ui, pane, name, "", None) {
        pane.run(command);
    }
}

fn refused_ui(ui: &mut Ui, pane: &mut Pane<'_>, name: &str, reason: &str) {
    entry_ui(ui, pane, name, "", Some(&words::not_now(reason)));
}
