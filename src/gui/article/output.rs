//! What the analyst did in the article, as values that the window turns into commands.

use egui::Pos2;

use crate::model::{LabelId, Ranges, RelationId, RelationTypeId, SpanId};
use crate::session::action::Action;
use crate::text::ByteOffset;

/// One gesture's result.
#[derive(Clone, Debug, PartialEq)]
pub enum ArticleOutput {
    /// Make a span.
    Tag {
        /// Where.
        ranges: Ranges,
        /// Under which label.
        label: LabelId,
    },
    /// Put a span under another label.
    SetLabel {
        /// Which span.
        span: SpanId,
        /// Its new label.
        label: LabelId,
    },
    /// Move a span's edges.
    SetRanges {
        /// Which span.
        span: SpanId,
        /// Its new place.
        ranges: Ranges,
    },
    /// Make one span of several; the first one stays.
    Merge(Vec<SpanId>),
    /// Cut a span in two.
    Split {
        /// Which span.
        span: SpanId,
        /// Where.
        at: ByteOffset,
    },
    /// Link two spans.
    Link {
        /// Where the relation starts.
        from: SpanId,
        /// Where it leads to.
        to: SpanId,
        /// What it says.
        relation_type: RelationTypeId,
    },
    /// Take a relation away.
    RemoveRelation(RelationId),
    /// Let a relation lead the other way.
    ReverseRelation(RelationId),
    /// Go to a span's fields.
    Inspect,
    /// Take a span out.
    Remove(SpanId),
    /// Open the context menu. Selection, selected span, and chosen relation are already what the menu is about.
    OpenMenu {
        /// The pointer.
        at: Pos2,
        /// The relation under it, where it is on one.
        relation: Option<RelationId>,
    },
    /// The text selection, the selected span, or the armed label is another one than before.
    SelectionChanged,
    /// The selected span lacks a date or a figure, because its words do not say one for certain.
    ValueIsOpen,
    /// The type shall be so many times as large: Ctrl and the wheel, or a pinch.
    Zoom(f32),
    /// A key of the article asks for what only the window can do.
    Ask(Action),
    /// The gesture did nothing; the reason is to be shown beside it. With the action of the table that was asked for, which
    /// gives its own reason where it has one.
    Refused(ArticleRefusal, Option<Action>),
    /// The same for a reason that names labels.
    RefusedBecause(String),
}

/// All that came of a gesture that did nothing.
pub(super) fn refused(why: ArticleRefusal) -> Vec<ArticleOutput> {
    vec![ArticleOutput::Refused(why, None)]
}

/// Says which action of the table was refused.
pub(super) fn asked_by(outputs: &mut [ArticleOutput], action: Option<Action>) {
    for output in outputs {
        if let ArticleOutput::Refused(_, asked) = output {
            *asked = action;
        }
    }
}

/// Why a gesture did nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleRefusal {
    /// The same span is there already; it is selected now.
    SameSpan(SpanId),
    /// Neither words nor a span are selected.
    NothingSelected,
    /// Only space and punctuation are selected.
    OnlySpace,
    /// The words start with nothing that could be dropped or restored.
    NoProclitic,
    /// No label is hidden.
    NothingHidden,
    /// No span is selected.
    NoSpanSelected,
    /// No relation is selected.
    NoRelationSelected,
    /// The codebook does not allow the relation to lead the other way.
    OneWay,
    /// The link leads nowhere yet.
    NoTarget,
    /// The same relation is there already; it is selected now.
    LinkedAlready,
    /// A link is being made.
    Linking,
    /// The edge of the span is at the text's end, or would cross the other one.
    EdgeStuck,
    /// No two spans of one label are there to be merged.
    NothingToMerge,
    /// A span that is carried was let go on another one, which takes none.
    CarriedToSpan,
    /// The selected words touch spans of several labels, two of each.
    SeveralLabels,
    /// The caret is in no span.
    NotInSpan,
    /// No span was selected before the words were.
    NoSpanToJoin,
    /// The span has the selected words already.
    InSpanAlready,
    /// The span has one fragment only.
    OneFragment,
    /// The caret is in no fragment of the span.
    NotInFragment,
    /// No label was given yet.
    NoLabelYet,
    /// Every number and name is tagged.
    NoCandidate,
    /// Every value is confirmed.
    NoUnconfirmed,
    /// The article has no span to go to.
    NoSpans,
    /// The label is locked.
    Locked,
    /// The label is hidden, so that a new span would not be seen.
    Hidden,
    /// Nothing can be changed now.
    NotEditable,
}
