//! Replies to notes: write, change, take away.

use crate::model::{Extra, Note, Reply};
use crate::session::command::{AddReply, RemoveReply, SetReply};
use crate::session::refusal::Refusal;

use super::note::{get, replace, words};
use super::{Place, Planned, span};

pub(super) fn add(place: &Place<'_>, command: &AddReply) -> Planned {
    let before = get(place, &command.note)?;
    let mut after = before.clone();
    after.replies.push(Reply {
        author: Some(place.author.clone()),
        created: Some(place.at.clone()),
        text: words(&command.text)?,
        extra: Extra::new(),
    });
    Ok(replace(before, after, "reply to note"))
}

pub(super) fn set(place: &Place<'_>, command: &SetReply) -> Planned {
    let before = get(place, &command.note)?;
    let mut after = before.clone();
    let text = words(&command.text)?;
    let reply = after
        .replies
        .get_mut(command.reply)
        .ok_or_else(|| unknown(before, command.reply))?;
    if reply.text == text {
        return Err(span::unchanged(&format!(
            "reply {} of note {} says so already",
            command.reply, before.id
        )));
    }
    reply.text = text;
    Ok(replace(before, after, "change reply"))
}

pub(super) fn remove(place: &Place<'_>, command: &RemoveReply) -> Planned {
    let before = get(place, &command.note)?;
    if command.reply >= before.replies.len() {
        return Err(unknown(before, command.reply));
    }
    let mut after = before.clone();
    after.replies.remove(command.reply);
    Ok(replace(before, after, "remove reply"))
}

fn unknown(note: &Note, reply: usize) -> Refusal {
    Refusal::new("unknown_reply", format!("note {} has no reply {reply}", note.id))
        .hint("the first reply is 0")
}
