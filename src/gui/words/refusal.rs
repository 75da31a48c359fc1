//! Why a gesture in the article did nothing.

use crate::gui::article::ArticleRefusal;
use crate::session::action::Action;

/// Why an action of the table can do nothing now, with its name.
pub fn not_possible(action: Action, reason: &str) -> String {
    format!("{}: {reason}", action.entry().name.trim_end_matches('…'))
}

/// Why a gesture did nothing.
pub const fn refusal(refusal: &ArticleRefusal) -> &'static str {
    match refusal {
        ArticleRefusal::SameSpan(_) => "This span is there already",
        ArticleRefusal::NothingSelected => "Select words or a span first",
        ArticleRefusal::NothingHidden => "No label is hidden",
        ArticleRefusal::OnlySpace => "Only space and punctuation are selected",
        ArticleRefusal::NoProclitic => "No proclitic to drop or restore here",
        ArticleRefusal::NoSpans => super::NO_SPANS,
        ArticleRefusal::Locked => "This label is locked: unlock it to change its spans",
        ArticleRefusal::Hidden => "This label is hidden: show it to tag with it",
        ArticleRefusal::NoSpanSelected => "Select a span first",
        ArticleRefusal::NoRelationSelected => "Select a relation first",
        ArticleRefusal::OneWay => "The codebook allows this relation in this direction only",
        ArticleRefusal::NoTarget => "Walk to the span to link with first",
        ArticleRefusal::LinkedAlready => "These spans are linked so already; that relation is selected now",
        ArticleRefusal::Linking => "A link is being made: take the target, or leave the link first",
        ArticleRefusal::EdgeStuck => "The edge can go no further",
        ArticleRefusal::NothingToMerge => {
            "Select words that touch two spans of one label, or a span with another of its label behind it"
        }
        ArticleRefusal::CarriedToSpan => {
            "A name of a label goes to the sheet of events; drag the ring beside a span to link it"
        }
        ArticleRefusal::SeveralLabels => "Several labels have two spans here; select fewer words",
        ArticleRefusal::NotInSpan => "Put the caret inside a span first",
        ArticleRefusal::NoSpanToJoin => "Select a span first, then the words to add to it",
        ArticleRefusal::InSpanAlready => "The span has these words already",
        ArticleRefusal::OneFragment => "The span has one fragment only",
        ArticleRefusal::NotInFragment => "Put the caret into the fragment that shall go",
        ArticleRefusal::NoLabelYet => "No label was given yet",
        ArticleRefusal::NoUnconfirmed => super::NO_UNCONFIRMED,
        ArticleRefusal::NoCandidate => "No number or name is left without a span",
        ArticleRefusal::NotEditable => super::NOT_SAVING,
    }
}
