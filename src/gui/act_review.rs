//! What was asked of review mode, of notes, of flags and histories, as requests to the session. Nothing here draws.

use egui::Context;

use super::app::App;
use super::dialogs::Dialog;
use super::dialogs::history::HistoryDialog;
use super::dialogs::request_changes::RequestChangesDialog;
use super::left::{Approval, Left, done_so_far};
use super::panels::notes::notes_id;
use super::panels::tabs::Tab;
use super::review::{ReviewMode, awaits_verdict, set_span_review, with_verdict};
use super::words;
use crate::model::{Annotator, Status, Verdict};
use crate::session::action::Action;
use crate::session::{AddNote, ArticleView, Batch, Command, Request, SetFlag, SetReview, SetStatus};

impl App {
    /// Does an action of the Review menu; says whether it was one.
    pub(super) fn do_review_action(&mut self, ctx: &Context, action: Action) -> bool {
        match action {
            Action::ReviewMode => self.toggle_review(),
            Action::AcceptSpan => self.give_verdict(Verdict::Approved),
            Action::QuerySpan => self.ask_to_change(ctx),
            Action::WithdrawVerdict => self.withdraw_verdict(),
            Action::NextToCheck => self.select_to_check(true),
            Action::PreviousToCheck => self.select_to_check(false),
            Action::ApproveArticle => self.approve(),
            Action::RequestChanges => self.open_request_changes(),
            Action::NextToReview => self.go_to_review(false),
            Action::ToggleFlag => self.toggle_flag(),
            Action::ShowNotes => self.show_notes(ctx),
            Action::SpanHistory => self.open_history(),
            _ => return false,
        }
        true
    }

    /// Enters review mode, or leaves it and shows the article as the list had it.
    fn toggle_review(&mut self) {
        if self.review.take().is_some() {
            self.service.send(Request::LeaveReview);
        } else {
            self.review_work_of(None);
        }
        self.announcer
            .say(words::review_mode(self.review.is_some()).to_owned());
    }

    /// Reviews the work of one annotator from now on, or of everyone.
    pub(super) fn review_work_of(&mut self, annotator: Option<Annotator>) {
        self.problems.left = None;
        self.review = Some(ReviewMode::of(annotator));
        self.go_to_review(true);
    }

    /// Asks for the next work to be reviewed; what is open counts where `stay` is set.
    pub(super) fn go_to_review(&mut self, stay: bool) {
        if let (Some(review), Some(project)) = (&mut self.review, &self.snapshot.project) {
            let which = review.which(project);
            review.asks(&which);
            self.service.send(Request::NextToReview { which, stay });
        }
    }

    /// Keeps up with what is shown: new work to be reviewed begins at its first span, and a closed project ends the mode.
    pub(super) fn follow_review(&mut self) {
        let Some(review) = &mut self.review else {
            return;
        };
        review.answered(self.snapshot.answered);
        let (Some(project), Some(article)) = (&self.snapshot.project, &self.snapshot.article) else {
            if self.snapshot.project.is_none() {
                self.review = None;
            }
            return;
        };
        if review.comes_to(project) {
            return self.go_to_review(true);
        }
        // Somebody else works in the window, or the first work of others is there.
        let which = review.which(project);
        if review.asks(&which) {
            self.service.send(Request::CountToReview(which));
        }
        // Of work that has its verdict no span is to be looked at.
        if review.is_new(article)
            && awaits_verdict(article)
            && let Some(first) = review.next(article, &project.annotator, None, true)
        {
            self.article.select_span(Some(first));
        }
    }

    /// Finds the selected span not right, and goes to its notes; where none is selected, goes to the next one, and no further:
    /// a note that is written there would not say that anything is wrong.
    fn ask_to_change(&mut self, ctx: &Context) {
        let has_span = self.article.selected_span().is_some();
        self.give_verdict(Verdict::ChangesRequested);
        if has_span {
            self.write_note(ctx);
        }
    }

    /// Gives a verdict on the selected span and goes to the next one; where none is selected, only goes there.
    fn give_verdict(&mut self, verdict: Verdict) {
        let (Some(article), Some(span)) = (
            self.snapshot.article.clone(),
            self.article.selected_span().cloned(),
        ) else {
            self.select_to_check(true);
            return;
        };
        let given = article
            .layer
            .spans
            .get(&span)
            .and_then(|span| span.review.as_ref());
        let reviewer = self.snapshot.project.as_ref().map(|project| &project.annotator);
        let is_given = given.is_some_and(|given| given.verdict == verdict && given.by.as_ref() == reviewer);
        if !is_given {
            self.run_on_span(
                span.clone(),
                set_span_review(&article, span.clone(), Some(verdict)),
            );
            let sent = self.service.sent();
            if let Some(review) = &mut self.review {
                review.gave(span, sent);
            }
        }
        if verdict == Verdict::Approved {
            self.select_to_check(true);
        }
    }

    /// Whether the work that is shown is of those that are reviewed.
    pub(super) fn is_under_review(&self) -> bool {
        let (Some(review), Some(project), Some(article)) =
            (&self.review, &self.snapshot.project, &self.snapshot.article)
        else {
            return false;
        };
        review.covers(project, &article.annotator)
    }

    /// Takes the verdict on the selected span back, whoever gave it, and the span stays selected, to be looked at again;
    /// where none is selected, the verdict on the article.
    fn withdraw_verdict(&mut self) {
        let Some(article) = self.snapshot.article.clone() else {
            return;
        };
        match self.article.selected_span().cloned() {
            Some(span) => self.run_on_span(span.clone(), set_span_review(&article, span, None)),
            None => self.run(SetReview {
                article: article.id.clone(),
                review: None,
                annotator: Some(article.annotator.clone()),
            }),
        }
    }

    fn select_to_check(&mut self, forward: bool) {
        let (Some(review), Some(project), Some(article)) =
            (&self.review, &self.snapshot.project, &self.snapshot.article)
        else {
            return;
        };
        let from = self.article.selected_span();
        if let Some(next) = review.next(article, &project.annotator, from, forward) {
            self.article.select_span(Some(next));
        } else {
            self.tell(words::ALL_SPANS_REVIEWED.to_owned());
        }
    }

    fn approve(&mut self) {
        let Some(article) = self.snapshot.article.clone() else {
            return;
        };
        let to_change = article.layer.spans_to_change();
        if let Some(first) = to_change.first() {
            self.article.select_span(Some(first.id.clone()));
            self.refuse(words::still_to_change(to_change.len()));
            return;
        }
        let (Some(review), Some(project)) = (&self.review, &self.snapshot.project) else {
            return;
        };
        let approval = SetReview {
            article: article.id.clone(),
            review: Some(Verdict::Approved),
            annotator: Some(article.annotator.clone()),
        };
        let which = review.which(project);
        self.service.send(Request::ApproveAndNext { approval, which });
        let found = self.problems.found();
        let (all, notes) = (found.left_when_done, found.notes_when_done);
        let of = Approval {
            request: self.service.sent(),
            done: done_so_far(&self.snapshot),
            article: article.id.clone(),
            annotator: article.annotator.clone(),
        };
        self.problems.left = (all > 0).then(|| Left {
            text: words::problems::left_when_approved(all, notes),
            approval: Some(of),
        });
    }

    fn open_request_changes(&mut self) {
        if let (Some(review), Some(project), Some(article)) =
            (&self.review, &self.snapshot.project, &self.snapshot.article)
        {
            let dialog = RequestChangesDialog::new(article, review.which(project));
            self.dialog = Some(Dialog::RequestChanges(dialog));
        }
    }

    fn toggle_flag(&self) {
        if let Some(article) = &self.snapshot.article {
            self.run(SetFlag {
                article: article.id.clone(),
                flagged: !article.layer.flagged,
                annotator: Some(article.annotator.clone()),
            });
        }
    }

    fn show_notes(&mut self, ctx: &Context) {
        self.prefs.inspector.shown = true;
        self.inspector.tab = Tab::Notes;
        self.focus(ctx, notes_id());
    }

    fn open_history(&mut self) {
        if let (Some(article), Some(span)) = (&self.snapshot.article, self.article.selected_span()) {
            self.service.send(Request::ShowHistory {
                article: article.id.clone(),
                annotator: article.annotator.clone(),
                span: span.clone(),
            });
            let dialog = HistoryDialog::new(&article.id, &article.annotator, span);
            self.dialog = Some(Dialog::History(dialog));
        }
    }

    /// A command as it is sent: in review mode a correction comes with the reviewer's verdict, as one change.
    pub(super) fn as_reviewed(&mut self, command: Command) -> Command {
        let sent = self.service.sent();
        let (Some(review), Some(article)) = (&mut self.review, &self.snapshot.article) else {
            return command;
        };
        let mut commands = with_verdict(command, article);
        if let Some(Command::SetSpanReview(given)) = commands.get(1) {
            review.gave(given.span.clone(), sent + 1);
            return Batch { commands }.into();
        }
        commands.swap_remove(0)
    }
}

/// The commands that give an article back to its annotator with a note, as one.
pub(super) fn give_back(article: &ArticleView, text: String) -> Command {
    let annotator = Some(article.annotator.clone());
    let mut commands: Vec<Command> = vec![
        AddNote {
            article: article.id.clone(),
            annotator: annotator.clone(),
            target: None,
            text,
            id: None,
        }
        .into(),
    ];
    if article.layer.review != Some(Verdict::ChangesRequested) {
        commands.push(
            SetReview {
                article: article.id.clone(),
                review: Some(Verdict::ChangesRequested),
                annotator: annotator.clone(),
            }
            .into(),
        );
    }
    if article.layer.status != Some(Status::InProgress) {
        commands.push(
            SetStatus {
                article: article.id.clone(),
                status: Status::InProgress,
                annotator,
            }
            .into(),
        );
    }
    Batch { commands }.into()
}
