//! What is asked for about problems: go to one, dismiss it, say what is left, check the whole project.

use std::sync::Arc;

use egui::Context;

use super::app::{App, keys_of};
use super::dialogs::Dialog;
use super::dialogs::check_report::CheckReportDialog;
use super::left::Left;
use super::panels::article::article_id;
use super::panels::problems::{dismissal, problems_id};
use super::panels::status_bar::Said;
use super::panels::tabs::Tab;
use super::words::problems as words;
use crate::model::problem::Problem;
use crate::session::action::Action;
use crate::session::{FoundProblem, Request, Snapshot};
use crate::text::ByteRange;

impl App {
    /// Actions about problems; says whether it was one.
    pub(super) fn do_problem_action(&mut self, ctx: &Context, action: Action) -> bool {
        match action {
            Action::NextProblem => self.go_to_problem(ctx, true),
            Action::PreviousProblem => self.go_to_problem(ctx, false),
            Action::ShowProblems => self.show_problems(ctx),
            Action::DismissProblem => self.dismiss_problem(),
            Action::CheckProject => self.service.send(Request::CheckProject),
            _ => return false,
        }
        true
    }

    /// Takes up what the newest snapshot changes: other problems, an article that was waited for, a report.
    pub(super) fn follow_problems(&mut self, ctx: &Context) {
        let snapshot = Arc::clone(&self.snapshot);
        self.problems.follow(ctx, &snapshot);
        let marks = self.problems.version();
        self.article.mark_problems(marks, || self.problems.marks());
        let open = snapshot.article.as_ref();
        let is_open = |found: &FoundProblem| {
            open.is_some_and(|open| open.id == found.article && open.annotator == found.annotator)
        };
        if let Some(found) = self.problems.awaited.take_if(|found| is_open(found)) {
            self.show_problem(&found.problem);
        }
        if let Some(report) = &snapshot.check
            && self.reported != report.number
        {
            self.reported = report.number;
            self.dialog = Some(Dialog::CheckReport(CheckReportDialog::new(Arc::clone(report))));
        }
    }

    fn go_to_problem(&mut self, ctx: &Context, forward: bool) {
        let (anchor, focus) = self.article.selection_ends();
        let span = self.article.selected_span();
        let article = self.snapshot.article.as_ref();
        let of_span = span
            .zip(article)
            .and_then(|(span, article)| Some(article.layer.spans.get(span)?.ranges.hull()));
        let from = of_span.unwrap_or(ByteRange::between(anchor, focus));
        if let Some(problem) = self.problems.beside(forward, from) {
            self.show_problem(&problem);
            self.focus(ctx, article_id());
        }
    }

    /// Selects what a problem is about, and says which it is.
    pub(super) fn show_problem(&mut self, problem: &Problem) {
        let Some(article) = self.snapshot.article.clone() else {
            return;
        };
        self.problems.set_current(problem.key.clone());
        if let Some(span) = problem.place.span(&article.layer) {
            self.article.select_span(Some(span));
        } else if let Some(range) = problem.place.range(&article.layer) {
            self.article.select_span(None);
            self.article.set_selection(range.start(), range.end());
        }
        let count = self.problems.found().open.len();
        let text = match self.problems.current_place() {
            Some(place) => words::problem_of(place + 1, count, &problem.message),
            None => problem.message.clone(),
        };
        self.tell(text);
    }

    /// Goes to the list of problems.
    fn show_problems(&mut self, ctx: &Context) {
        self.prefs.inspector.shown = true;
        self.inspector.tab = Tab::Problems;
        self.focus(ctx, problems_id());
    }

    fn dismiss_problem(&self) {
        let (Some(article), Some(problem)) = (&self.snapshot.article, self.problems.current()) else {
            return;
        };
        self.run(dismissal(article, problem));
    }

    /// Says how many problems are left in the article that is being marked done; nothing is held up by them.
    pub(super) fn say_problems_left(&mut self) {
        let found = self.problems.found();
        if found.left_when_done == 0 {
            return;
        }
        let text = words::problems_left(found.left_when_done, found.notes_when_done);
        let key = keys_of(&self.prefs, &self.keyboard).shortcut(Action::ShowProblems);
        let here = words::problems_left_here(&text, key.as_deref());
        self.problems.left = Some(Left { text, approval: None });
        let text = here;
        self.announcer.say(super::words::message(&text));
        self.said = Some(Said::Left(text));
    }

    /// Goes on saying what was left in an article once another is shown; of one that was approved, once it is.
    pub(super) fn say_what_is_left(&mut self, newest: &Snapshot) {
        let article_of = |snapshot: &Snapshot| {
            let article = snapshot.article.as_ref()?;
            Some((article.id.clone(), article.annotator.clone()))
        };
        let is_another = article_of(newest) != article_of(&self.snapshot);
        let left = self.problems.left.take();
        let approval = left.as_ref().and_then(|left| left.approval.as_ref());
        let (waits, holds) = match approval {
            Some(approval) => (!approval.is_answered(newest), approval.is_given(newest)),
            None => (!is_another, true),
        };
        if waits {
            self.problems.left = left;
            return;
        }
        let left = left.filter(|_| holds).map(|left| left.text);
        let is_said = |text: &String| self.said == Some(Said::Left(text.clone()));
        if let Some(text) = left.as_ref().filter(|text| !is_said(text)) {
            self.announcer.say(super::words::message(text));
        }
        if is_another || left.is_some() {
            self.said = left.map(Said::Left);
        }
    }

    /// Opens an article where a problem is, with the work that it is in.
    pub(super) fn open_problem(&mut self, ctx: &Context, found: FoundProblem) {
        let (article, annotator) = (found.article.clone(), found.annotator.clone());
        self.problems.awaited = Some(found);
        self.open_work(ctx, article, annotator);
    }
}
