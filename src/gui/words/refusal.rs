//! Why a gesture in the article did nothing.

use crate::gui::article::ArticleRefusal;

/// Why a gesture did nothing.
pub const fn refusal(refusal: &ArticleRefusal) -> &'static str {
    match refusal {
        ArticleRefusal::SameSpan(_) => super::REFUSED_SAME_SPAN,
        ArticleRefusal::NothingSelected => super::REFUSED_NOTHING_SELECTED,
        ArticleRefusal::OnlySpace => super::REFUSED_ONLY_SPACE,
        ArticleRefusal::NoProclitic => super::REFUSED_NO_PROCLITIC,
        ArticleRefusal::NoSpans => super::NO_SPANS,
        ArticleRefusal::Locked => super::REFUSED_LOCKED,
        ArticleRefusal::Hidden => super::REFUSED_HIDDEN,
        ArticleRefusal::NoSpanSelected => super::REFUSED_NO_SPAN_SELECTED,
        ArticleRefusal::NoRelationSelected => super::REFUSED_NO_RELATION,
        ArticleRefusal::OneWay => super::REFUSED_ONE_WAY,
        ArticleRefusal::NoTarget => super::REFUSED_NO_TARGET,
        ArticleRefusal::LinkedAlready => super::REFUSED_LINKED_ALREADY,
        ArticleRefusal::Linking => super::REFUSED_LINKING,
        ArticleRefusal::EdgeStuck => super::REFUSED_EDGE_STUCK,
        ArticleRefusal::NothingToMerge => super::REFUSED_NOTHING_TO_MERGE,
        ArticleRefusal::SeveralLabels => super::REFUSED_SEVERAL_LABELS,
        ArticleRefusal::NotInSpan => super::REFUSED_NOT_IN_SPAN,
        ArticleRefusal::NoSpanToJoin => super::REFUSED_NO_SPAN_TO_JOIN,
        ArticleRefusal::InSpanAlready => super::REFUSED_IN_SPAN_ALREADY,
        ArticleRefusal::OneFragment => super::REFUSED_ONE_FRAGMENT,
        ArticleRefusal::NotInFragment => super::REFUSED_NOT_IN_FRAGMENT,
        ArticleRefusal::NoLabelYet => super::REFUSED_NO_LABEL_YET,
        ArticleRefusal::NoUnconfirmed => super::NO_UNCONFIRMED,
        ArticleRefusal::NoCandidate => super::REFUSED_NO_CANDIDATE,
        ArticleRefusal::NotEditable => super::NOT_SAVING,
    }
}
