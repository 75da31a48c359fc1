//! Annotations as JSON in a row: spans, relations, events, notes, values.
//!
//! An item's id is a column of its row and not repeated in it. Empty parts are left out, so that what most spans
//! have is short. Unknown keys and the literals of numbers are kept.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::model::{
    Annotator, AttributeId, Attributes, Event, EventId, EventTypeId, Filler, LabelId, Note, NoteId,
    NoteState, Origin, OriginKind, Ranges, Relation, RelationId, RelationTypeId, Reply, RoleFiller, RoleId,
    Span, SpanId, SpanReview, TargetId, Timestamp, Value, Verdict,
};
use crate::text::{ByteOffset, ByteRange};

use super::kept::{Kept, KeptKeys};

/// Why a row is not what it should be, or a value cannot be kept in one.
#[derive(Debug)]
pub(super) struct RowError(pub String);

/// What reading or writing a row answers.
pub(super) type RowResult<T> = Result<T, RowError>;

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RowError {}

macro_rules! row_error_from {
    ($($error:ty),+) => {$(
        impl From<$error> for RowError {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        }
    )+};
}
row_error_from!(
    serde_json::Error,
    crate::model::InvalidId,
    crate::model::InvalidValue
);

/// A model value with a row form.
pub(super) trait Row: Sized {
    /// The row form.
    type Form: Serialize + DeserializeOwned;
    /// What a row does not hold of itself: its id, in a column of its own.
    type Key;

    fn form(&self) -> RowResult<Self::Form>;
    fn read(key: &Self::Key, form: Self::Form) -> RowResult<Self>;

    /// The row as it is stored.
    fn to_row(&self) -> RowResult<String> {
        Ok(serde_json::to_string(&self.form()?)?)
    }

    /// Reads a stored row.
    fn from_row(key: &Self::Key, row: &str) -> RowResult<Self> {
        Self::read(key, serde_json::from_str(row)?)
    }
}

/// A span without its id.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpanForm {
    at: Vec<(usize, usize)>,
    label: String,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    attributes: KeptKeys,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unconfirmed: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review: Option<ReviewForm>,
    origin: OriginForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OriginForm {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewForm {
    verdict: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

/// A relation without its id.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationForm {
    #[serde(rename = "type")]
    relation_type: String,
    from: String,
    to: String,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    attributes: KeptKeys,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

/// An event without its id.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventForm {
    #[serde(rename = "type")]
    event_type: String,
    #[serde(default, skip_serializing_if = "is_first_rank")]
    rank: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trigger: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<RoleForm>,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    attributes: KeptKeys,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleForm {
    role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<Kept>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    inferred: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

/// A note without its id.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    text: String,
    state: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replies: Vec<ReplyForm>,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    text: String,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

impl Row for Span {
    type Form = SpanForm;
    type Key = SpanId;

    fn form(&self) -> RowResult<SpanForm> {
        let ranges = self.ranges.as_slice().iter();
        Ok(SpanForm {
            at: ranges.map(|r| (r.start().get(), r.end().get())).collect(),
            label: self.label.to_string(),
            attributes: attributes_form(&self.attributes)?,
            unconfirmed: self.unconfirmed.iter().map(AttributeId::to_string).collect(),
            review: self.review.as_ref().map(|review| ReviewForm {
                verdict: review.verdict.name().to_owned(),
                by: review.by.as_ref().map(Annotator::to_string),
                at: review.at.as_ref().map(moment_form),
                extra: KeptKeys(review.extra.clone()),
            }),
            origin: OriginForm {
                kind: self.origin.kind.name().to_owned(),
                name: self.origin.name.clone(),
                extra: KeptKeys(self.origin.extra.clone()),
            },
            created: self.created.as_ref().map(moment_form),
            modified: self.modified.as_ref().map(moment_form),
            extra: KeptKeys(self.extra.clone()),
        })
    }

    fn read(id: &SpanId, form: SpanForm) -> RowResult<Self> {
        let unconfirmed: Result<BTreeSet<_>, _> =
            form.unconfirmed.into_iter().map(AttributeId::new).collect();
        Ok(Self {
            id: id.clone(),
            ranges: read_ranges(&form.at)?,
            label: LabelId::new(form.label)?,
            attributes: read_attributes(form.attributes)?,
            unconfirmed: unconfirmed?,
            review: form.review.map(read_review).transpose()?,
            origin: Origin {
                kind: named(&form.origin.kind, OriginKind::from_name)?,
                name: form.origin.name,
                extra: form.origin.extra.0,
            },
            created: read_moment(form.created)?,
            modified: read_moment(form.modified)?,
            extra: form.extra.0,
        })
    }
}

fn read_ranges(at: &[(usize, usize)]) -> RowResult<Ranges> {
    let ranges: Option<Vec<ByteRange>> = at
        .iter()
        .map(|(start, end)| ByteRange::new(ByteOffset::new(*start), ByteOffset::new(*end)))
        .collect();
    ranges
        .and_then(|ranges| Ranges::new(ranges).ok())
        .ok_or_else(|| RowError(format!("{at:?} are no ranges of a span")))
}

fn read_review(form: ReviewForm) -> RowResult<SpanReview> {
    Ok(SpanReview {
        verdict: named(&form.verdict, Verdict::from_name)?,
        by: form.by.map(Annotator::new).transpose()?,
        at: read_moment(form.at)?,
        extra: form.extra.0,
    })
}

impl Row for Relation {
    type Form = RelationForm;
    type Key = RelationId;

    fn form(&self) -> RowResult<RelationForm> {
        Ok(RelationForm {
            relation_type: self.relation_type.to_string(),
            from: self.from.to_string(),
            to: self.to.to_string(),
            attributes: attributes_form(&self.attributes)?,
            extra: KeptKeys(self.extra.clone()),
        })
    }

    fn read(id: &RelationId, form: RelationForm) -> RowResult<Self> {
        Ok(Self {
            id: id.clone(),
            relation_type: RelationTypeId::new(form.relation_type)?,
            from: SpanId::new(form.from)?,
            to: SpanId::new(form.to)?,
            attributes: read_attributes(form.attributes)?,
            extra: form.extra.0,
        })
    }
}

impl Row for Event {
    type Form = EventForm;
    type Key = EventId;

    fn form(&self) -> RowResult<EventForm> {
        let roles: RowResult<Vec<RoleForm>> = self.roles.iter().map(role_form).collect();
        Ok(EventForm {
            event_type: self.event_type.to_string(),
            rank: self.rank,
            trigger: self.trigger.as_ref().map(SpanId::to_string),
            roles: roles?,
            attributes: attributes_form(&self.attributes)?,
            extra: KeptKeys(self.extra.clone()),
        })
    }

    fn read(id: &EventId, form: EventForm) -> RowResult<Self> {
        let roles: RowResult<Vec<RoleFiller>> = form.roles.into_iter().map(read_role).collect();
        Ok(Self {
            id: id.clone(),
            event_type: EventTypeId::new(form.event_type)?,
            rank: form.rank,
            trigger: form.trigger.map(SpanId::new).transpose()?,
            roles: roles?,
            attributes: read_attributes(form.attributes)?,
            extra: form.extra.0,
        })
    }
}

/// Events that nobody reordered have no rank in their rows.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_first_rank(rank: &i64) -> bool {
    *rank == 0
}

fn role_form(role: &RoleFiller) -> RowResult<RoleForm> {
    let (span, value) = match &role.filler {
        Filler::Span(span) => (Some(span.to_string()), None),
        Filler::Value(value) => (None, Some(Kept(value_form(value)?))),
    };
    Ok(RoleForm {
        role: role.role.to_string(),
        span,
        value,
        inferred: role.inferred,
        note: role.note.clone(),
        extra: KeptKeys(role.extra.clone()),
    })
}

fn read_role(form: RoleForm) -> RowResult<RoleFiller> {
    let filler = match (form.span, form.value) {
        (Some(span), None) => Filler::Span(SpanId::new(span)?),
        (None, Some(value)) => Filler::Value(Value::from_json(&value.0)?),
        _ => return Err(RowError("a role has a span or a value".to_owned())),
    };
    Ok(RoleFiller {
        role: RoleId::new(form.role)?,
        filler,
        inferred: form.inferred,
        note: form.note,
        extra: form.extra.0,
    })
}

/// What a dismissed problem's row says beside its key: nothing as yet.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DismissalForm {}

impl Row for () {
    type Form = DismissalForm;
    type Key = ();

    fn form(&self) -> RowResult<DismissalForm> {
        Ok(DismissalForm {})
    }

    fn read((): &(), _: DismissalForm) -> RowResult<Self> {
        Ok(())
    }
}

impl Row for Note {
    type Form = NoteForm;
    type Key = NoteId;

    fn form(&self) -> RowResult<NoteForm> {
        Ok(NoteForm {
            target: self.target.as_ref().map(TargetId::to_string),
            author: self.author.as_ref().map(Annotator::to_string),
            created: self.created.as_ref().map(moment_form),
            text: self.text.clone(),
            state: self.state.name().to_owned(),
            replies: self.replies.iter().map(reply_form).collect(),
            extra: KeptKeys(self.extra.clone()),
        })
    }

    fn read(id: &NoteId, form: NoteForm) -> RowResult<Self> {
        let replies: RowResult<Vec<Reply>> = form.replies.into_iter().map(read_reply).collect();
        Ok(Self {
            id: id.clone(),
            target: form.target.map(TargetId::new).transpose()?,
            author: form.author.map(Annotator::new).transpose()?,
            created: read_moment(form.created)?,
            text: form.text,
            state: named(&form.state, NoteState::from_name)?,
            replies: replies?,
            extra: form.extra.0,
        })
    }
}

fn reply_form(reply: &Reply) -> ReplyForm {
    ReplyForm {
        author: reply.author.as_ref().map(Annotator::to_string),
        created: reply.created.as_ref().map(moment_form),
        text: reply.text.clone(),
        extra: KeptKeys(reply.extra.clone()),
    }
}

fn read_reply(form: ReplyForm) -> RowResult<Reply> {
    Ok(Reply {
        author: form.author.map(Annotator::new).transpose()?,
        created: read_moment(form.created)?,
        text: form.text,
        extra: form.extra.0,
    })
}

/// An article-level label's value, or an attribute's.
impl Row for Value {
    type Form = Kept;
    type Key = ();

    fn form(&self) -> RowResult<Kept> {
        value_form(self).map(Kept)
    }

    fn read((): &(), form: Kept) -> RowResult<Self> {
        Ok(Self::from_json(&form.0)?)
    }
}

fn attributes_form(attributes: &Attributes) -> RowResult<KeptKeys> {
    attributes
        .iter()
        .map(|(id, value)| Ok((id.to_string(), value_form(value)?)))
        .collect::<RowResult<_>>()
        .map(KeptKeys)
}

fn read_attributes(form: KeptKeys) -> RowResult<Attributes> {
    form.0
        .into_iter()
        .map(|(id, value)| Ok((AttributeId::new(id)?, Value::from_json(&value)?)))
        .collect()
}

/// A value as JSON, refused where reading it would give another value: what is stored must come back.
fn value_form(value: &Value) -> RowResult<Json> {
    let json = value.to_json();
    match Value::from_json(&json) {
        Ok(read) if read == *value => Ok(json),
        _ => Err(RowError(format!("{json} is no value of an attribute"))),
    }
}

fn moment_form(moment: &Timestamp) -> String {
    moment.as_str().to_owned()
}

pub(super) fn read_moment(text: Option<String>) -> RowResult<Option<Timestamp>> {
    text.map(|text| Timestamp::new(&text).ok_or_else(|| RowError(format!("{text} is no moment in UTC"))))
        .transpose()
}

/// The variant of that name.
pub(super) fn named<T>(name: &str, from_name: impl Fn(&str) -> Option<T>) -> RowResult<T> {
    from_name(name).ok_or_else(|| RowError(format!("the name {name} is not known")))
}
