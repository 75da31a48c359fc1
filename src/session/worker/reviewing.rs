//! Whose work is shown: the session's own annotator's, that of the one whom the list is about, or of one who is
//! reviewed.

use std::sync::Arc;

use crate::model::{Annotator, ArticleId, Selection, SpanId};
use crate::session::command::SetReview;
use crate::session::history::span_history;
use crate::session::refusal::Refusal;
use crate::session::seen::{Seen, unseen_span};
use crate::session::snapshot::ArticleView;
use crate::session::transact::Session;
use crate::session::view;
use crate::store::{ListQuery, ToReview};

use super::Worker;

/// What is reviewed.
pub(super) struct Reviewing {
    /// Whose work.
    which: ToReview,
    /// Whose work is listed again once the review is left.
    pub(super) listed: Annotator,
}

impl Reviewing {
    /// The same with the names that its people have now.
    pub(super) fn renamed<E>(&self, now: impl Fn(&Annotator) -> Result<Annotator, E>) -> Result<Self, E> {
        Ok(Self {
            which: renamed(&self.which, &now)?,
            listed: now(&self.listed)?,
        })
    }
}

/// Whose work is to be reviewed, by the names that they have now.
fn renamed<E>(which: &ToReview, now: impl Fn(&Annotator) -> Result<Annotator, E>) -> Result<ToReview, E> {
    Ok(match which {
        ToReview::Of(one) => ToReview::Of(now(one)?),
        ToReview::OthersThan(own) => ToReview::OthersThan(now(own)?),
    })
}

impl Worker {
    /// Whose layer a command changes that names nobody: that of whom the window drew when it asked, by her name now.
    pub(super) fn owner(&self) -> Result<Annotator, Refusal> {
        let drawn = self.drawn.as_deref();
        let owner = drawn.map_or(&self.config.annotator, |drawn| &drawn.annotator);
        self.name_now(owner, drawn)
    }

    /// Approves the work and goes on; stays where that was refused, or cannot be saved.
    pub(super) fn approve_and_next(&mut self, approval: SetReview, which: &ToReview) -> Result<(), Refusal> {
        self.run_or_wait(approval.into(), None)?;
        if self.snapshot.blocked.is_some() {
            return Ok(());
        }
        self.next_to_review(which, false)
    }

    /// Shows anew what an approval was refused for, at the first span that was changed unseen.
    pub(super) fn show_unseen(&mut self, drawn: &ArticleView) -> Result<(), Refusal> {
        let annotator = self.name_now(&drawn.annotator, Some(drawn))?;
        let seen = Seen {
            article: &drawn.id,
            annotator: &annotator,
            as_of: drawn.as_of,
            own: &self.made,
        };
        let reader = self.session.as_ref().map(Session::reader);
        let span = reader.map_or(Ok(None), |reader| unseen_span(reader, seen))?;
        self.refresh()?;
        let Some(open) = self.snapshot.article.clone() else {
            return Ok(());
        };
        let is_it = open.id == drawn.id && open.annotator == annotator;
        if let Some(span) = span
            .filter(|_| is_it)
            .and_then(|span| open.layer.spans.get(&span))
        {
            let hull = span.ranges.hull();
            self.reveal(Selection {
                article: open.id.clone(),
                anchor: hull.start(),
                focus: hull.end(),
                span: Some(span.id.clone()),
            });
        }
        Ok(())
    }

    /// Whose work is shown of an article. Where the list is about somebody who has not marked it, it is the session's own
    /// annotator's, so that nobody begins another's work by mistake.
    pub(super) fn annotator_of(
        &mut self,
        article: &ArticleId,
        query: &ListQuery,
    ) -> Result<Annotator, Refusal> {
        if let Some((shown, annotator)) = &self.shown
            && shown == article
        {
            return Ok(annotator.clone());
        }
        let own = self.config.annotator.clone();
        if query.annotator == own {
            return Ok(own);
        }
        let marked = self.session()?.reader().annotators_of(article)?;
        Ok(if marked.contains(&query.annotator) {
            query.annotator.clone()
        } else {
            own
        })
    }

    /// Shows an article as the list has it.
    pub(super) fn open_article(&mut self, id: &ArticleId) -> Result<(), Refusal> {
        self.shown = None;
        self.show_article(id)
    }

    /// Lists other articles; where the list is about somebody else then, so is what is open.
    pub(super) fn set_list(&mut self, query: ListQuery) -> Result<(), Refusal> {
        let is_about_another = self.query().annotator != query.annotator;
        if let Some(reviewing) = self.reviewing.as_mut().filter(|_| is_about_another) {
            reviewing.listed.clone_from(&query.annotator);
        }
        self.show_list(query, 0)?;
        match self.open_id().filter(|_| is_about_another) {
            Some(open) => self.open_article(&open),
            None => Ok(()),
        }
    }

    /// Shows the work of another annotator on the open article, or the session's own again.
    pub(super) fn show_work_of(
        &mut self,
        article: &ArticleId,
        whose: Option<Annotator>,
    ) -> Result<(), Refusal> {
        let whose = whose.unwrap_or_else(|| self.config.annotator.clone());
        self.shown = Some((article.clone(), whose));
        self.show_article(article)
    }

    /// Shows the next work to be reviewed behind what is shown, and lists how far its annotator is; where `stay` is set,
    /// the first one of the open article. What is shown stays where nothing else is to be reviewed.
    pub(super) fn next_to_review(&mut self, which: &ToReview, stay: bool) -> Result<(), Refusal> {
        let which = &self.which_now(which)?;
        let open = self.snapshot.article.clone();
        let here = open
            .as_ref()
            .map(|open| (&open.id, (!stay).then_some(&open.annotator)));
        let reader = self.session()?.reader();
        let next = reader.next_to_review(which, here)?;
        let listed = self.reviewing.take().map(|before| before.listed);
        self.reviewing = Some(Reviewing {
            which: which.clone(),
            listed: listed.unwrap_or_else(|| self.query().annotator),
        });
        self.count_to_review()?;
        if let Some((article, annotator)) = next {
            self.list_again(&annotator)?;
            return self.show_work_of(&article, Some(annotator));
        }
        let count = self.snapshot.to_review;
        let text = match (count, which) {
            (0, ToReview::Of(_)) => "Nothing is left to review: no work is done and not approved.",
            (0, ToReview::OthersThan(_)) => {
                "Nothing is left to review: no work of others is done and not approved."
            }
            _ => "This is the only work that is left to review.",
        };
        self.notice(view::info("end_of_review", text));
        Ok(())
    }

    /// Lists whose work was listed before the review, and shows what is open as the list has it.
    pub(super) fn leave_review(&mut self) -> Result<(), Refusal> {
        if let Some(reviewing) = self.reviewing.take() {
            self.list_again(&reviewing.listed)?;
        }
        self.open_id().map_or(Ok(()), |open| self.open_article(&open))
    }

    /// Lists the work of somebody, where that of another was listed.
    fn list_again(&mut self, annotator: &Annotator) -> Result<(), Refusal> {
        let query = self.query();
        if query.annotator == *annotator {
            return Ok(());
        }
        let annotator = annotator.clone();
        self.show_list(ListQuery { annotator, ..query }, 0)
    }

    /// Reviews the work of others from now on, where something is reviewed, and shows what was shown.
    pub(super) fn count_work_of(&mut self, which: &ToReview) -> Result<(), Refusal> {
        let which = self.which_now(which)?;
        if let Some(reviewing) = &mut self.reviewing {
            reviewing.which = which;
        }
        self.count_to_review()
    }

    /// Whom the window means that names somebody of what it drew.
    fn which_now(&self, which: &ToReview) -> Result<ToReview, Refusal> {
        renamed(which, |name| self.name_now(name, self.drawn.as_deref()))
    }

    /// Counts how much waits to be reviewed, where something is reviewed.
    pub(super) fn count_to_review(&mut self) -> Result<(), Refusal> {
        if let (Some(session), Some(reviewing)) = (&self.session, &self.reviewing) {
            self.snapshot.to_review = session.reader().count_to_review(&reviewing.which)?;
        }
        Ok(())
    }

    /// Reads the history of a span for the window.
    pub(super) fn show_history(
        &mut self,
        article: &ArticleId,
        annotator: &Annotator,
        span: &SpanId,
    ) -> Result<(), Refusal> {
        let history = span_history(self.session()?.reader(), article, annotator, span)?;
        self.snapshot.history = Some(Arc::new(history));
        Ok(())
    }
}
