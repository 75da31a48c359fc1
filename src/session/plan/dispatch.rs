//! One line for each command: where it acts, and which function plans it.

use std::sync::Arc;

use crate::model::{Annotator, ArticleId, Span, SpanId};
use crate::session::command::Command;
use crate::session::refusal::Refusal;

use super::{
    Desk, Item, Place, Planned, check, codebook, codebook_move, codebook_parts, event, event_row, filler,
    merge, meta, note, problem, relation, reply, review, span, split, status, summary,
};

/// The article and the annotator that a command names, as far as it names any.
type Whose<'a> = (Option<&'a ArticleId>, Option<&'a Annotator>);

/// Plans one command and leaves its edits on the desk.
///
/// # Errors
/// Why the command cannot be done; the desk is then to be thrown away with what lies on it.
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table: one line for each command")]
pub(in crate::session) fn plan(desk: &mut Desk<'_>, command: &Command) -> Result<(), Refusal> {
    let whose = command.place();
    match command {
        Command::AddSpan(c) => in_article(desk, &c.article, whose, |place| span::add(place, c)),
        Command::RemoveSpan(c) => on(desk, &[Item::Span(&c.span)], whose, |place| span::remove(place, c)),
        Command::SetLabel(c) => on(desk, &[Item::Span(&c.span)], whose, |place| span::set_label(place, c)),
        Command::SetRanges(c) => with_past(desk, &c.span, whose, |place, past| span::set_ranges(place, c, past)),
        Command::MergeSpans(c) => {
            check::refuse_list(&c.spans, "span")?;
            let spans: Vec<Item<'_>> = c.spans.iter().map(Item::Span).collect();
            on(desk, &spans, whose, |place| merge::merge(place, c))
        }
        Command::SplitSpan(c) => on(desk, &[Item::Span(&c.span)], whose, |place| split::split(place, c)),
        Command::SetAttribute(c) => {
            let (at, target) = desk.find_target(c)?;
            desk.step(&at, |place| meta::set_attribute(place, c, &target))
        }
        Command::AddNote(c) => in_article(desk, &c.article, whose, |place| note::add(place, c)),
        Command::SetNote(c) => on(desk, &[Item::Note(&c.note)], whose, |place| note::set(place, c)),
        Command::RemoveNote(c) => on(desk, &[Item::Note(&c.note)], whose, |place| note::remove(place, c)),
        Command::AddReply(c) => on(desk, &[Item::Note(&c.note)], whose, |place| reply::add(place, c)),
        Command::SetReply(c) => on(desk, &[Item::Note(&c.note)], whose, |place| reply::set(place, c)),
        Command::RemoveReply(c) => on(desk, &[Item::Note(&c.note)], whose, |place| reply::remove(place, c)),
        Command::DismissProblem(c) => judge(desk, Where::Article(&c.article), whose, |place| problem::dismiss(place, c)),
        Command::RestoreProblem(c) => judge(desk, Where::Article(&c.article), whose, |place| problem::restore(place, c)),
        Command::SetStatus(c) => judge(desk, Where::Article(&c.article), whose, |place| status::set(place, c)),
        Command::SetReview(c) => judge(desk, Where::Article(&c.article), whose, |place| review::article(place, c)),
        Command::SetSpanReview(c) => {
            judge(desk, Where::Item(Item::Span(&c.span)), whose, |place| review::span(place, c))
        }
        Command::SetFlag(c) => judge(desk, Where::Article(&c.article), whose, |place| review::flag(place, c)),
        Command::SetMeta(c) => desk.header(&c.article, whose.1, |header| meta::set(header, c)),
        Command::RenameAnnotator(c) => desk.rename_annotator(c.annotator.as_ref(), &c.to),
        Command::AddRelation(c) => {
            let ends = [Item::Span(&c.from), Item::Span(&c.to)];
            on(desk, &ends, whose, |place| relation::add(place, c))
        }
        Command::SetRelation(c) => on(desk, &[Item::Relation(&c.relation)], whose, |place| relation::set(place, c)),
        Command::RemoveRelation(c) => on(desk, &[Item::Relation(&c.relation)], whose, |place| relation::remove(place, c)),
        Command::AddEvent(c) => in_article(desk, &c.article, whose, |place| event::add(place, c)),
        Command::RemoveEvent(c) => on(desk, &[Item::Event(&c.event)], whose, |place| event::remove(place, c)),
        Command::SetEvent(c) => on(desk, &[Item::Event(&c.event)], whose, |place| event::set(place, c)),
        Command::AddFiller(c) => on(desk, &[Item::Event(&c.event)], whose, |place| filler::add(place, c)),
        Command::SetFiller(c) => on(desk, &[Item::Event(&c.event)], whose, |place| filler::set(place, c)),
        Command::RemoveFiller(c) => on(desk, &[Item::Event(&c.event)], whose, |place| filler::remove(place, c)),
        Command::DuplicateEvent(c) => on(desk, &[Item::Event(&c.event)], whose, |place| event_row::duplicate(place, c)),
        Command::MoveEvent(c) => {
            let named = [Some(&c.event), c.before.as_ref(), c.after.as_ref()];
            let events: Vec<Item<'_>> = named.into_iter().flatten().map(Item::Event).collect();
            on(desk, &events, whose, |place| event_row::move_to(place, c))
        }
        Command::MergeEvents(c) => {
            check::refuse_list(&c.events, "event")?;
            let events: Vec<Item<'_>> = c.events.iter().map(Item::Event).collect();
            on(desk, &events, whose, |place| event_row::merge(place, c))
        }
        Command::SetLabelDefinition(c) => desk.codebook(|now, work| codebook::set_label(now, work, c)),
        Command::SetAttributeDefinition(c) => desk.codebook(|now, work| codebook::set_attribute(now, work, c)),
        Command::SetRelationType(c) => desk.codebook(|now, work| codebook::set_relation_type(now, work, c)),
        Command::SetEventType(c) => desk.codebook(|now, work| codebook::set_event_type(now, work, c)),
        Command::SetArticleLabel(c) => desk.codebook(|now, work| codebook::set_article_label(now, work, c)),
        Command::SetChoice(c) => desk.codebook(|now, work| codebook_parts::set_choice(now, work, c)),
        Command::SetRole(c) => desk.codebook(|now, work| codebook_parts::set_role(now, work, c)),
        Command::SetAttributeUse(c) => desk.codebook(|now, work| codebook_parts::set_use(now, work, c)),
        Command::RemoveCodebookEntry(c) => desk.codebook(|now, work| codebook_move::remove(now, work, c)),
        Command::RenameCodebookId(c) => desk.codebook(|now, work| codebook_move::rename(now, work, c)),
        Command::ImportCodebook(c) => desk.codebook(|now, work| codebook_move::import(now, work, c)),
        Command::Batch(c) => batch(desk, &c.commands),
        Command::Undo(_) | Command::Redo(_) => Err(Refusal::new(
            "not_in_a_batch",
            "undo and redo are transactions of their own",
        )
        .hint("give them as lines of their own")),
    }
}

/// Plans something about a whole layer.
fn in_article(
    desk: &mut Desk<'_>,
    article: &ArticleId,
    whose: Whose<'_>,
    plan: impl FnOnce(&Place<'_>) -> Planned,
) -> Result<(), Refusal> {
    let at = desk.layer_of(article, whose.1)?;
    desk.step(&at, plan)
}

/// Plans something about annotations of one layer, which is looked for by their ids.
fn on(
    desk: &mut Desk<'_>,
    items: &[Item<'_>],
    whose: Whose<'_>,
    plan: impl FnOnce(&Place<'_>) -> Planned,
) -> Result<(), Refusal> {
    let at = desk.find(items, whose.0, whose.1)?;
    desk.step(&at, plan)
}

/// Plans something about a span for which it matters what that was before.
fn with_past(
    desk: &mut Desk<'_>,
    span: &SpanId,
    whose: Whose<'_>,
    plan: impl FnOnce(&Place<'_>, &[Arc<Span>]) -> Planned,
) -> Result<(), Refusal> {
    let at = desk.find(&[Item::Span(span)], whose.0, whose.1)?;
    desk.step_with_past(&at, span, plan)
}

/// What a judgement is about.
#[derive(Clone, Copy)]
enum Where<'a> {
    Article(&'a ArticleId),
    Item(Item<'a>),
}

/// Plans how far the work is, or what a reviewer thinks of it, none of which begins the work.
fn judge(
    desk: &mut Desk<'_>,
    about: Where<'_>,
    whose: Whose<'_>,
    plan: impl FnOnce(&Place<'_>) -> Planned,
) -> Result<(), Refusal> {
    let at = match about {
        Where::Article(article) => desk.layer_of(article, whose.1)?,
        Where::Item(item) => desk.find(&[item], whose.0, whose.1)?,
    };
    desk.step_without_status(&at, plan)
}

fn batch(desk: &mut Desk<'_>, commands: &[Command]) -> Result<(), Refusal> {
    if commands.is_empty() {
        return Err(Refusal::new("empty_batch", "the batch has no commands"));
    }
    let behind = desk.summaries();
    for (index, command) in commands.iter().enumerate() {
        let planned = match command {
            Command::Batch(_) => Err(Refusal::new(
                "not_in_a_batch",
                "a batch cannot hold another batch",
            )),
            Command::RenameAnnotator(_) => Err(Refusal::new(
                "not_in_a_batch",
                "renaming an annotator is a transaction of its own",
            )),
            Command::RemoveCodebookEntry(_) | Command::RenameCodebookId(_) | Command::ImportCodebook(_) => {
                Err(Refusal::new(
                    "not_in_a_batch",
                    "what moves annotations of the whole project is a transaction of its own",
                ))
            }
            command => plan(desk, command),
        };
        planned.map_err(|refusal| Refusal {
            message: format!("command {} of the batch: {}", index + 1, refusal.message),
            ..refusal
        })?;
    }
    desk.sum_up(behind, |each| summary::of_batch(commands, each));
    Ok(())
}
