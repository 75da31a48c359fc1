//! What is open and selected, and whether an action can be done then.
//!
//! Each condition answers with the reason, as it is shown beside the action. Which action has which is the table's to
//! say.

/// What is open and selected, as far as an action can depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent facts, each asked by name"
)]
pub struct Situation {
    /// A project is open.
    pub project: bool,
    /// The open project holds an article.
    pub has_articles: bool,
    /// An article is open.
    pub article: bool,
    /// Words of the article are selected.
    pub text_selected: bool,
    /// A span is selected.
    pub span_selected: bool,
    /// A relation is selected.
    pub relation_selected: bool,
    /// The codebook has a type of relation.
    pub has_relation_types: bool,
    /// A label was given in this window, which can be given again.
    pub label_used: bool,
    /// The article holds a span.
    pub has_spans: bool,
    /// A label is armed.
    pub label_armed: bool,
    /// A label is hidden.
    pub labels_hidden: bool,
    /// One label is shown alone.
    pub label_alone: bool,
    /// What is looked for in the article stands there.
    pub has_hits: bool,
    /// The checks find a problem in the article.
    pub has_problems: bool,
    /// The checks would find one were the article done.
    pub problems_when_done: bool,
    /// One of them was gone to.
    pub problem_shown: bool,
    /// There is something to undo in the article.
    pub can_undo: bool,
    /// There is something to redo in the article.
    pub can_redo: bool,
    /// There is something to undo in the project: an import, a change of the codebook.
    pub can_undo_project: bool,
    /// There is something to redo in the project.
    pub can_redo_project: bool,
    /// Review mode is on.
    pub reviewing: bool,
    /// The work that is shown is of those that are reviewed.
    pub under_review: bool,
    /// It is done and not approved.
    pub awaits_verdict: bool,
    /// There is a verdict on it as a whole.
    pub article_judged: bool,
    /// Something is left to review.
    pub left_to_review: bool,
    /// The selected span has a verdict.
    pub span_judged: bool,
    /// The selected span has a value that nobody confirmed.
    pub span_unconfirmed: bool,
    /// The selected words, or the first word of the selected span, have a proclitic to drop or restore.
    pub has_proclitic: bool,
    /// The selected span has several fragments.
    pub span_fragmented: bool,
    /// The caret is in one of them.
    pub fragment_at_caret: bool,
    /// Two spans of one label are meant, by the selected words or by the selected span.
    pub can_merge: bool,
    /// The caret is inside a span.
    pub caret_in_span: bool,
    /// The relations of all spans are drawn, not only those of the selected one.
    pub all_relations: bool,
    /// The project cannot be written to now.
    pub blocked: bool,
}

/// Whether an action can be done; else the reason, as it is shown beside the action.
pub type Availability = Result<(), &'static str>;

fn unless(fine: bool, reason: &'static str) -> Availability {
    if fine { Ok(()) } else { Err(reason) }
}

pub(super) fn project(s: &Situation) -> Availability {
    unless(s.project, "no project is open")
}

pub(super) fn writable(s: &Situation) -> Availability {
    project(s).and(unless(!s.blocked, "the project cannot be written to now"))
}

pub(super) fn unsaved(s: &Situation) -> Availability {
    project(s).and(unless(s.blocked, "everything is saved"))
}

pub(super) fn articles(s: &Situation) -> Availability {
    project(s).and(unless(s.has_articles, "the project has no articles yet"))
}

pub(super) fn article(s: &Situation) -> Availability {
    unless(s.article, "no article is open")
}

pub(super) fn article_writable(s: &Situation) -> Availability {
    article(s).and(writable(s))
}

pub(super) fn text_or_span(s: &Situation) -> Availability {
    article_writable(s).and(words_or_span(s))
}

pub(super) fn proclitic(s: &Situation) -> Availability {
    text_or_span(s).and(unless(
        s.has_proclitic,
        "the first word has no proclitic to drop or restore",
    ))
}

pub(super) fn span(s: &Situation) -> Availability {
    article_writable(s).and(span_to_read(s))
}

pub(super) fn unconfirmed(s: &Situation) -> Availability {
    span(s).and(unless(s.span_unconfirmed, "the span has no unconfirmed value"))
}

pub(super) fn fragment(s: &Situation) -> Availability {
    span(s)
        .and(unless(s.span_fragmented, "the span has one fragment only"))
        .and(unless(
            s.fragment_at_caret,
            "put the caret into the fragment that shall go",
        ))
}

pub(super) fn mergeable(s: &Situation) -> Availability {
    let why = "select words that touch two spans of one label, or a span with another of its label behind it";
    writable_spans(s).and(unless(s.can_merge, why))
}

pub(super) fn in_span(s: &Situation) -> Availability {
    writable_spans(s).and(unless(s.caret_in_span, "put the caret inside a span first"))
}

pub(super) fn linkable(s: &Situation) -> Availability {
    let has_types = unless(s.has_relation_types, "the codebook has no relation types");
    article_writable(s).and(has_types).and(span(s))
}

pub(super) fn relation(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.relation_selected, "select a relation first"))
}

pub(super) fn spans(s: &Situation) -> Availability {
    article(s).and(unless(s.has_spans, "the article has no spans yet"))
}

pub(super) fn label_meant(s: &Situation) -> Availability {
    let meant = s.span_selected || s.label_armed;
    article(s).and(unless(meant, "select a span or arm a label first"))
}

pub(super) fn label_or_alone(s: &Situation) -> Availability {
    if s.label_alone { article(s) } else { label_meant(s) }
}

pub(super) fn hidden_labels(s: &Situation) -> Availability {
    let hidden = s.labels_hidden || s.label_alone;
    article(s).and(unless(hidden, "no label is hidden"))
}

pub(super) fn text(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.text_selected, "select words first"))
}

pub(super) fn one_span(s: &Situation) -> Availability {
    let untagged = s.text_selected && !s.span_selected;
    article(s)
        .and(unless(!untagged, "tag the selected words first"))
        .and(span_to_read(s))
}

pub(super) fn label_again(s: &Situation) -> Availability {
    text_or_span(s).and(unless(s.label_used, "no label was given yet"))
}

pub(super) fn writable_spans(s: &Situation) -> Availability {
    article_writable(s).and(spans(s))
}

pub(super) fn words_or_span(s: &Situation) -> Availability {
    let chosen = s.text_selected || s.span_selected;
    article(s).and(unless(chosen, "select words or a span first"))
}

pub(super) fn hits(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.has_hits, "find something in the article first"))
}

pub(super) fn span_to_read(s: &Situation) -> Availability {
    article(s).and(unless(s.span_selected, "select a span first"))
}

/// It is entered where there is an article, and left anywhere.
pub(super) fn review_mode(s: &Situation) -> Availability {
    if s.reviewing { project(s) } else { article(s) }
}

pub(super) fn reviewing(s: &Situation) -> Availability {
    project(s).and(unless(s.reviewing, "review mode is off"))
}

pub(super) fn reviewing_here(s: &Situation) -> Availability {
    reviewing(s).and(article_writable(s))
}

pub(super) fn reviewing_spans(s: &Situation) -> Availability {
    reviewing_here(s).and(spans(s))
}

/// There is more to review, whatever is shown.
pub(super) fn left_to_review(s: &Situation) -> Availability {
    reviewing(s).and(unless(s.left_to_review, "nothing is left to review"))
}

/// The work that is shown is reviewed.
fn under_review(s: &Situation) -> Availability {
    let why =
        "this work is not under review: go to the next, or choose beside “Review” whose work it is about";
    reviewing_here(s).and(unless(s.under_review, why))
}

/// It waits for a verdict.
pub(super) fn to_review(s: &Situation) -> Availability {
    let why = "this work does not wait for a review: it is not done, or approved already";
    under_review(s).and(unless(s.awaits_verdict, why))
}

pub(super) fn spans_to_review(s: &Situation) -> Availability {
    to_review(s).and(spans(s))
}

/// The selected span has a verdict; where none is selected, the article has.
pub(super) fn judged(s: &Situation) -> Availability {
    under_review(s).and(if s.span_selected {
        unless(
            s.span_judged,
            "nobody has given a verdict on this span; that on the article goes where no span is selected",
        )
    } else {
        unless(s.article_judged, "nobody has given a verdict on this article")
    })
}

/// Finishing work is its annotator's; who reviews it approves it instead.
pub(super) fn finishing(s: &Situation) -> Availability {
    article_writable(s).and(unless(
        !s.reviewing,
        "in review mode work is approved, or changes are requested",
    ))
}

pub(super) fn problems(s: &Situation) -> Availability {
    let none = if s.problems_when_done {
        "no problems now; unconfirmed values and open notes count once the article is done"
    } else {
        "the article has no problems"
    };
    article(s).and(unless(s.has_problems, none))
}

pub(super) fn problem_shown(s: &Situation) -> Availability {
    article_writable(s)
        .and(problems(s))
        .and(unless(s.problem_shown, "go to a problem first"))
}

pub(super) fn undo(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.can_undo, "nothing to undo in this article"))
}

pub(super) fn redo(s: &Situation) -> Availability {
    article_writable(s).and(unless(s.can_redo, "nothing to redo in this article"))
}

pub(super) fn undo_project(s: &Situation) -> Availability {
    writable(s).and(unless(s.can_undo_project, "nothing to undo in the project"))
}

pub(super) fn redo_project(s: &Situation) -> Availability {
    writable(s).and(unless(s.can_redo_project, "nothing to redo in the project"))
}
