//! What a transaction did, in words: of several commands what they come to together.

use std::borrow::Cow;

use crate::model::problem::quoted;
use crate::model::{Article, Verdict};
use crate::session::command::{Command, SetSpanReview};

/// Several commands in one, each with what it did.
pub(super) fn of_batch(commands: &[Command], each: &[String]) -> String {
    let several = || match each {
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => String::new(),
    };
    if commands.len() != each.len() {
        return several();
    }
    given_back(commands, each)
        .or_else(|| corrected(commands, each))
        .unwrap_or_else(several)
}

/// A verdict or a status on the whole work, with the note that says why.
fn given_back(commands: &[Command], each: &[String]) -> Option<String> {
    let is_note = |command: &Command| matches!(command, Command::AddNote(_));
    let is_of_work = |command: &Command| matches!(command, Command::SetReview(_) | Command::SetStatus(_));
    if !commands.iter().any(is_note) || !commands.iter().all(|it| is_note(it) || is_of_work(it)) {
        return None;
    }
    let is_verdict = |command: &Command| matches!(command, Command::SetReview(_));
    let main = commands
        .iter()
        .position(is_verdict)
        .or_else(|| commands.iter().position(is_of_work))?;
    Some(format!("{}, with a note", each.get(main)?))
}

/// A change of a span with the approval that comes with it.
fn corrected(commands: &[Command], each: &[String]) -> Option<String> {
    let ([_, ..], [Command::SetSpanReview(SetSpanReview { verdict, .. })]) =
        commands.split_at(commands.len().checked_sub(1)?)
    else {
        return None;
    };
    let (_, before) = each.split_last()?;
    let is_approved = *verdict == Some(Verdict::Approved);
    is_approved.then(|| {
        format!(
            "{}, approved",
            of_batch(commands.get(..before.len()).unwrap_or_default(), before)
        )
    })
}

/// An article as a person knows it.
pub(super) fn article_in_words(article: &Article) -> Cow<'_, str> {
    match article
        .header
        .title
        .as_deref()
        .filter(|title| !title.trim().is_empty())
    {
        Some(title) => Cow::Owned(quoted(title)),
        None => Cow::Borrowed(article.id.as_str()),
    }
}
