//! Review mode: whose work is walked, and which of its spans nobody has looked at.
//!
//! Knows layers and no window. Which keys do what is the table's to say.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::{Annotator, ArticleId, OriginKind, Span, SpanId, Status, Verdict};
use crate::session::{ArticleView, Command, ProjectView, SetSpanReview, ToReview};

/// What review mode remembers.
#[derive(Clone, Debug, Default)]
pub struct ReviewMode {
    /// Whose work is reviewed; everyone's but the reviewer's where absent.
    pub of: Option<Annotator>,
    /// Spans whose verdict was asked for and is not on disk yet, with the number of the request.
    given: BTreeMap<SpanId, u64>,
    /// Whose work the queue was last asked to be of.
    asked: Option<ToReview>,
    /// Of which project the queue was counted.
    project: Option<PathBuf>,
    /// The work that was last shown, so that its first span is selected once.
    followed: Option<(ArticleId, Annotator)>,
}

impl ReviewMode {
    /// The review of one annotator's work, or of everyone's but the reviewer's.
    pub fn of(annotator: Option<Annotator>) -> Self {
        Self {
            of: annotator,
            ..Self::default()
        }
    }

    /// Whose work is to be reviewed. One who is alone in a project reviews her own.
    pub fn which(&self, project: &ProjectView) -> ToReview {
        let own = &project.annotator;
        match &self.of {
            Some(annotator) => ToReview::Of(annotator.clone()),
            None if project.annotators.iter().any(|other| other != own) => ToReview::OthersThan(own.clone()),
            None => ToReview::Of(own.clone()),
        }
    }

    /// Whether somebody's work is reviewed now.
    pub fn covers(&self, project: &ProjectView, annotator: &Annotator) -> bool {
        match self.which(project) {
            ToReview::Of(one) => one == *annotator,
            ToReview::OthersThan(own) => own != *annotator,
        }
    }

    /// Whether another project was opened meanwhile, whose queue nobody has counted.
    pub fn comes_to(&mut self, project: &ProjectView) -> bool {
        let before = self.project.replace(project.path.clone());
        before.is_some_and(|before| before != project.path)
    }

    /// Notes whose work the queue is asked to be of; says whether it was of others before.
    pub fn asks(&mut self, which: &ToReview) -> bool {
        let before = self.asked.replace(which.clone());
        before.as_ref() != Some(which)
    }

    /// Notes that the verdict on a span was asked for.
    pub fn gave(&mut self, span: SpanId, request: u64) {
        self.given.insert(span, request);
    }

    /// Forgets verdicts that were asked for by requests that are answered now.
    pub fn answered(&mut self, answered: u64) {
        self.given.retain(|_, request| *request > answered);
    }

    /// Whether this work was not shown before.
    pub fn is_new(&mut self, article: &ArticleView) -> bool {
        let shown = (article.id.clone(), article.annotator.clone());
        let is_new = self.followed.as_ref() != Some(&shown);
        if is_new {
            self.given.clear();
            self.followed = Some(shown);
        }
        is_new
    }

    /// The next span nobody has looked at, from one in the order of the text on, round the end; the first one where none
    /// is selected. The one it starts from comes last.
    pub fn next(
        &self,
        article: &ArticleView,
        reviewer: &Annotator,
        from: Option<&SpanId>,
        forward: bool,
    ) -> Option<SpanId> {
        let mut spans: Vec<&Span> = article
            .layer
            .spans
            .iter()
            .map(std::convert::AsRef::as_ref)
            .collect();
        if !forward {
            spans.reverse();
        }
        let behind = from
            .and_then(|from| spans.iter().position(|span| span.id == *from))
            .map_or(0, |place| place + 1);
        spans.rotate_left(behind);
        let is_open =
            |span: &&&Span| !is_reviewed(span, article, reviewer) && !self.given.contains_key(&span.id);
        spans.iter().find(is_open).map(|span| span.id.clone())
    }
}

/// Whether work waits for a verdict.
pub fn awaits_verdict(article: &ArticleView) -> bool {
    let layer = &article.layer;
    layer.status == Some(Status::Done) && layer.review != Some(Verdict::Approved)
}

/// How many spans of the work somebody has looked at.
pub fn count_reviewed(article: &ArticleView, reviewer: &Annotator) -> usize {
    let spans = article.layer.spans.iter();
    spans.filter(|span| is_reviewed(span, article, reviewer)).count()
}

/// Whether somebody has looked at a span: it has a verdict, or the reviewer put it there.
pub fn is_reviewed(span: &Span, article: &ArticleView, reviewer: &Annotator) -> bool {
    let by_reviewer = article.annotator != *reviewer
        && span.origin.kind == OriginKind::Person
        && span.origin.name.as_deref() == Some(reviewer.as_str());
    span.review.is_some() || by_reviewer
}

/// What a reviewer makes of a span is right in her eyes: the change of a span that was there, with her verdict on it.
/// Anything else is as it was.
pub fn with_verdict(command: Command, article: &ArticleView) -> Vec<Command> {
    let corrected = match &command {
        Command::SetLabel(c) => Some(c.span.clone()),
        Command::SetRanges(c) => Some(c.span.clone()),
        Command::MergeSpans(c) => c.spans.first().cloned(),
        Command::SplitSpan(c) => Some(c.span.clone()),
        Command::SetAttribute(c) => SpanId::new(c.target.as_str()).ok(),
        _ => None,
    };
    let verdict = corrected
        .filter(|id| article.layer.spans.get(id).is_some())
        .map(|span| set_span_review(article, span, Some(Verdict::Approved)));
    std::iter::once(command).chain(verdict).collect()
}

/// A verdict on a span of the work that is shown; where absent, the one that is there is taken back.
pub fn set_span_review(article: &ArticleView, span: SpanId, verdict: Option<Verdict>) -> Command {
    Command::SetSpanReview(SetSpanReview {
        span,
        verdict,
        article: Some(article.id.clone()),
        annotator: Some(article.annotator.clone()),
    })
}
