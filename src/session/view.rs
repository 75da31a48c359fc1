//! The parts of a snapshot, read from a project or carried over from the snapshot before.
//!
//! After a command only what it changed is read again, and list and progress are adjusted in place: the list does not
//! re-filter under the analyst's hand.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::formats::Severity;
use crate::model::{Annotator, ArticleId, Ranges, Scope, SpanId, Status, Timestamp, TransactionId};
use crate::store::{EventQuery, EventsAfter, JournalEntry, ListQuery, Progress, Reader};

use super::command::AddSpan;
use super::config::Folders;
use super::export::ExportReport;
use super::import::ImportReport;
use super::plan;
use super::project::project_name;
use super::refusal::Refusal;
use super::snapshot::{
    ArticleView, Blocked, EventsView, ListView, Notice, ProjectTurn, ProjectView, Snapshot,
};
use super::transact::Session;

/// Rows of a page of the list.
const PAGE: u64 = 200;
/// Events of a page of those of all articles, about.
const EVENTS: usize = 100;
/// Notices that are kept.
const NOTICES: usize = 5;

/// What is shown where not even a thread could be started.
pub(super) fn no_thread(cause: &std::io::Error) -> Snapshot {
    Snapshot {
        blocked: Some(Blocked {
            code: "no_thread".to_owned(),
            message: format!("no thread could be started: {cause}"),
            hint: Some("close other programs, then start again".to_owned()),
            waiting: 0,
        }),
        ..Snapshot::default()
    }
}

pub(super) fn project(
    session: &mut Session,
    folders: &Folders,
    saved_at: Option<Timestamp>,
) -> Result<ProjectView, Refusal> {
    let codebook = session.codebook()?;
    let (path, reader, annotator) = (session.path(), session.reader(), session.annotator());
    let languages = reader
        .languages()?
        .into_iter()
        .filter_map(|(lang, count)| Some((lang?, count)));
    Ok(ProjectView {
        name: project_name(folders, path),
        untitled: folders.is_untitled(path),
        annotator: annotator.clone(),
        annotators: reader.annotators()?,
        codebook,
        progress: reader.progress(annotator)?,
        languages: languages.collect(),
        saved_at,
        path: path.to_owned(),
    })
}

pub(super) fn list(reader: &Reader, query: ListQuery, offset: u64) -> Result<ListView, Refusal> {
    Ok(ListView {
        total: reader.count(&query)?,
        offset,
        rows: reader.list(&query, offset, PAGE)?,
        progress: reader.progress(&query.annotator)?,
        query: Some(query),
    })
}

pub(super) fn events(
    session: &mut Session,
    query: EventQuery,
    after: Option<EventsAfter>,
) -> Result<EventsView, Refusal> {
    let codebook = session.codebook()?;
    let page = session.reader().events(&query, &codebook, after, EVENTS)?;
    Ok(EventsView { query, after, page })
}

pub(super) fn article(
    session: &mut Session,
    id: &ArticleId,
    annotator: &Annotator,
    query: &ListQuery,
) -> Result<ArticleView, Refusal> {
    let article = session
        .open_article(id)?
        .ok_or_else(|| plan::unknown_article(id))?;
    // Asked for first: what comes in between is shown and yet not taken as seen.
    let as_of = TransactionId::new(session.reader().revision()?);
    let layer = session.layer(id, annotator)?;
    let (reader, own) = (session.reader(), session.annotator());
    let (undo, redo) = turns(reader, &Scope::Layer(id.clone(), annotator.clone()), own)?;
    let mut others = reader.annotators_of(id)?;
    others.retain(|other| other != annotator);
    Ok(ArticleView {
        id: id.clone(),
        header: article.header.clone(),
        text: article.text.clone(),
        annotator: annotator.clone(),
        layer,
        position: reader.line_of(id, query)?,
        undo,
        redo,
        others,
        as_of,
    })
}

/// The open article after a command: its text and place are what they were.
pub(super) fn article_again(session: &mut Session, before: &ArticleView) -> Result<ArticleView, Refusal> {
    let annotator = &before.annotator;
    let as_of = TransactionId::new(session.reader().revision()?);
    let layer = session.layer(&before.id, annotator)?;
    let (reader, own) = (session.reader(), session.annotator());
    let (undo, redo) = turns(reader, &Scope::Layer(before.id.clone(), annotator.clone()), own)?;
    Ok(ArticleView {
        id: before.id.clone(),
        header: reader
            .header(&before.id)?
            .unwrap_or_else(|| before.header.clone()),
        text: before.text.clone(),
        annotator: annotator.clone(),
        layer,
        position: before.position,
        undo,
        redo,
        others: before.others.clone(),
        as_of,
    })
}

/// What undo would take back in a scope, and what redo would do again, in words.
fn turns(
    reader: &Reader,
    scope: &Scope,
    own: &Annotator,
) -> Result<(Option<String>, Option<String>), Refusal> {
    let summary = |entry: Option<JournalEntry>| entry.map(|entry| entry.summary);
    let (undo, redo) = (
        reader.undo_candidate(scope, own)?,
        reader.redo_candidate(scope, own)?,
    );
    Ok((summary(undo), summary(redo)))
}

/// What undo and redo are about in the project's own scope; `made` is what this window did itself.
pub(super) fn project_turns(
    session: &Session,
    made: &BTreeSet<TransactionId>,
) -> Result<(Option<ProjectTurn>, Option<ProjectTurn>), Refusal> {
    let (reader, own) = (session.reader(), session.annotator());
    let turn = |entry: JournalEntry| ProjectTurn {
        change: entry.id,
        is_own: made.contains(&entry.id),
        summary: entry.summary,
    };
    let (undo, redo) = (
        reader.undo_candidate(&Scope::Project, own)?,
        reader.redo_candidate(&Scope::Project, own)?,
    );
    Ok((undo.map(turn), redo.map(turn)))
}

/// The list with the row of the open article, and the progress, as they are now.
pub(super) fn list_with(list: &ListView, before: &ArticleView, article: &ArticleView) -> ListView {
    let mut list = list.clone();
    // The list may show somebody else's work.
    if list
        .query
        .as_ref()
        .is_none_or(|query| query.annotator != article.annotator)
    {
        return list;
    }
    move_status(&mut list.progress, before, article);
    if let Some(row) = list.rows.iter_mut().find(|row| row.id == article.id) {
        row.title.clone_from(&article.header.title);
        row.lang.clone_from(&article.header.lang);
        row.status = article.layer.status_or_default();
        row.review = article.layer.review;
        row.flagged = article.layer.flagged;
        row.open_notes = article.layer.open_notes().count() as u64;
        row.spans = article.layer.spans.len() as u64;
    }
    list
}

/// The project with its progress moved by one article's status.
pub(super) fn project_with(project: &ProjectView, before: &ArticleView, after: &ArticleView) -> ProjectView {
    let mut project = project.clone();
    if project.annotator == after.annotator {
        move_status(&mut project.progress, before, after);
    }
    project
}

/// Counts an article where its status is now.
fn move_status(progress: &mut Progress, before: &ArticleView, after: &ArticleView) {
    let (from, to) = (before.layer.status_or_default(), after.layer.status_or_default());
    if from != to {
        let left = count_of(progress, from);
        *left = left.saturating_sub(1);
        *count_of(progress, to) += 1;
    }
}

fn count_of(progress: &mut Progress, status: Status) -> &mut u64 {
    match status {
        Status::Todo => &mut progress.todo,
        Status::InProgress => &mut progress.in_progress,
        Status::Done => &mut progress.done,
        Status::Skipped => &mut progress.skipped,
    }
}

/// Where work goes on: at the first article in progress, else at the first to do, else at the first.
pub(super) fn where_to_go_on(reader: &Reader, query: &ListQuery) -> Result<Option<ArticleId>, Refusal> {
    for status in [Some(Status::InProgress), Some(Status::Todo), None] {
        let query = ListQuery {
            status,
            ..query.clone()
        };
        if let Some(row) = reader.list(&query, 0, 1)?.pop() {
            return Ok(Some(row.id));
        }
    }
    Ok(None)
}

/// The span that an `add_span` would double.
pub(super) fn twin(open: &ArticleView, add: &AddSpan) -> Option<SpanId> {
    let bytes = add.ranges.iter().map(|range| open.text.byte_range(*range));
    let ranges = Ranges::new(bytes.collect::<Option<Vec<_>>>()?).ok()?;
    let twin = open
        .layer
        .spans
        .iter()
        .find(|span| span.ranges == ranges && span.label == add.label)?;
    Some(twin.id.clone())
}

pub(super) fn refused(refusal: &Refusal) -> Notice {
    Notice {
        severity: Severity::Error,
        hint: refusal.hint.clone(),
        about: refusal.about.clone(),
        ..info(&refusal.code, &refusal.message)
    }
}

pub(super) fn info(code: &str, text: impl Into<String>) -> Notice {
    Notice {
        id: 0,
        request: None,
        severity: Severity::Info,
        code: code.to_owned(),
        text: text.into(),
        hint: None,
        about: None,
        details: Arc::new([]),
    }
}

pub(super) fn warning(code: &str, text: impl Into<String>, hint: Option<&str>) -> Notice {
    Notice {
        severity: Severity::Warning,
        hint: hint.map(str::to_owned),
        ..info(code, text)
    }
}

/// What an import has to say. Which articles were there already is listed only where something else is to be looked at.
pub(super) fn import_notice(report: &ImportReport) -> Notice {
    if report.cancelled {
        return info("cancelled", "The import was stopped; nothing came in.");
    }
    if report.is_all_there() {
        return info("imported", report.summary());
    }
    let severity = if report.refused > 0 {
        Severity::Warning
    } else {
        Severity::Info
    };
    Notice {
        severity,
        details: report.diagnostics.clone().into(),
        ..info("imported", report.summary())
    }
}

pub(super) fn export_notice(path: &Path, report: &ExportReport) -> Notice {
    if report.cancelled {
        return info("cancelled", "The export was stopped; the file is as it was.");
    }
    let text = format!("{} written to {}", report.amount(), report.files(path));
    Notice {
        details: report.diagnostics.clone().into(),
        ..info("exported", text)
    }
}

/// Puts a notice behind the others; the same one again takes its own place.
pub(super) fn push_notice(notices: &mut Vec<Notice>, notice: Notice) {
    notices.retain(|there| there.code != notice.code || there.text != notice.text);
    notices.push(notice);
    let surplus = notices.len().saturating_sub(NOTICES);
    notices.drain(..surplus);
}
