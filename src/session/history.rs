//! Where a span comes from and what became of it: who, when, and what it was before.

use crate::model::{Annotator, ArticleId, Origin, Span, SpanId, Timestamp};
use crate::store::{Reader, SpanChange};

use super::plan;
use super::refusal::Refusal;

/// The history of a span on one annotator's layer.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanHistory {
    /// In which article.
    pub article: ArticleId,
    /// On whose layer.
    pub annotator: Annotator,
    /// Which span.
    pub span: SpanId,
    /// Who or what made it.
    pub origin: Origin,
    /// When, as far as it is known.
    pub created: Option<Timestamp>,
    /// What it was at first: as it was made here, or as an import brought it.
    pub first: Span,
    /// What each transaction did to it, the oldest first. The making of it comes first where it was made here.
    pub changes: Vec<SpanChange>,
}

/// Reads the history of a span, also of one that was removed.
///
/// # Errors
/// `unknown_article`, `unknown_span`, and whatever the disk reports.
pub fn span_history(
    reader: &Reader,
    article: &ArticleId,
    annotator: &Annotator,
    span: &SpanId,
) -> Result<SpanHistory, Refusal> {
    if reader.position(article)?.is_none() {
        return Err(plan::unknown_article(article));
    }
    let changes = one_by_transaction(reader.span_history(article, annotator, span)?);
    // What came in with an import was never journalled by itself; it is what the first change says it was.
    let first = match changes.first() {
        Some(SpanChange { change, .. }) => change.before.as_ref().or(change.after.as_ref()).cloned(),
        None => reader.layer(article, annotator)?.spans.get(span).cloned(),
    };
    let first = first.ok_or_else(|| {
        Refusal::new(
            "unknown_span",
            format!("article {article} never had a span {span} on {annotator}'s layer"),
        )
        .hint("`hashiya show` names the spans of an article")
    })?;
    Ok(SpanHistory {
        article: article.clone(),
        annotator: annotator.clone(),
        span: span.clone(),
        origin: first.origin.clone(),
        created: first.created.clone(),
        first: Span::clone(&first),
        changes,
    })
}

/// What a transaction did to the span as a whole, where it did several things to it.
fn one_by_transaction(changes: Vec<SpanChange>) -> Vec<SpanChange> {
    let mut whole: Vec<SpanChange> = Vec::with_capacity(changes.len());
    for next in changes {
        match whole.last_mut() {
            Some(last) if last.entry.id == next.entry.id => last.change.after = next.change.after,
            _ => whole.push(next),
        }
    }
    whole
}
