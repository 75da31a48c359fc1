//! Edits and selections as JSON in a row of the journal.
//!
//! Which article and whose layer an edit is about stands in columns beside it, as numbers: an article's id may
//! name another article later, its position never does.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::model::{
    Annotator, ArticleId, AttributeId, BatchId, Change, Edit, Event, EventId, Extra, Header, LayerEdit, Note,
    NoteId, ProblemKey, Relation, RelationId, Selection, Span, SpanId, Status, Value, Verdict,
};
use crate::text::ByteOffset;

use super::kept::{self, Kept, KeptKeys};
use super::rows::{Row, RowError, RowResult, named};
use super::rows_codebook::{EntryForm, read_key};

type RelationRow = <Relation as Row>::Form;
type EventRow = <Event as Row>::Form;
type NoteRow = <Note as Row>::Form;
type DismissalRow = <() as Row>::Form;
type SpanRow = <Span as Row>::Form;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EditForm {
    Span(Box<ItemChange<SpanRow>>),
    Relation(ItemChange<RelationRow>),
    Event(ItemChange<EventRow>),
    Note(ItemChange<NoteRow>),
    Label(ItemChange<Kept>),
    Dismissal(ItemChange<DismissalRow>),
    Status(ChangeForm<String>),
    Review(ChangeForm<String>),
    Flag(FlagChange),
    Extra(ChangeForm<Kept>),
    Header(ChangeForm<HeaderForm>),
    Codebook(Box<CodebookChange>),
    Batch(BatchChange),
    Annotator(ChangeForm<String>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeForm<F> {
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    before: Option<F>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    after: Option<F>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemChange<F> {
    id: String,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    before: Option<F>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    after: Option<F>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodebookChange {
    kind: String,
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<EntryForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<EntryForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlagChange {
    before: bool,
    after: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchChange {
    id: String,
    before: bool,
    after: bool,
}

/// An article's metadata.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeaderForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    meta: KeptKeys,
    #[serde(default, skip_serializing_if = "KeptKeys::is_empty")]
    extra: KeptKeys,
}

impl Row for Header {
    type Form = HeaderForm;
    type Key = ();

    fn form(&self) -> RowResult<HeaderForm> {
        Ok(HeaderForm {
            title: self.title.clone(),
            lang: self.lang.clone(),
            meta: KeptKeys(self.meta.clone()),
            extra: KeptKeys(self.extra.clone()),
        })
    }

    fn read((): &(), form: HeaderForm) -> RowResult<Self> {
        Ok(Self {
            title: form.title,
            lang: form.lang,
            meta: form.meta.0,
            extra: form.extra.0,
        })
    }
}

/// An edit's own column.
pub(super) fn edit_row(edit: &Edit) -> RowResult<String> {
    Ok(serde_json::to_string(&edit_form(edit)?)?)
}

fn edit_form(edit: &Edit) -> RowResult<EditForm> {
    Ok(match edit {
        Edit::Layer(_, _, edit) => layer_edit_form(edit)?,
        Edit::Header(_, change) => EditForm::Header(ChangeForm {
            before: change.before.as_ref().map(Row::form).transpose()?,
            after: change.after.as_ref().map(Row::form).transpose()?,
        }),
        Edit::Codebook(key, change) => EditForm::Codebook(Box::new(CodebookChange {
            kind: key.kind().to_owned(),
            id: key.id().to_owned(),
            before: change.before.as_ref().map(Row::form).transpose()?,
            after: change.after.as_ref().map(Row::form).transpose()?,
        })),
        Edit::Batch(id, change) => EditForm::Batch(BatchChange {
            id: id.to_string(),
            before: change.before.is_some(),
            after: change.after.is_some(),
        }),
        Edit::Annotator(change) => EditForm::Annotator(plain_change(change, Annotator::to_string)),
    })
}

fn layer_edit_form(edit: &LayerEdit) -> RowResult<EditForm> {
    Ok(match edit {
        LayerEdit::Span(id, change) => EditForm::Span(Box::new(ItemChange {
            id: id.to_string(),
            before: change.before.as_ref().map(|span| span.form()).transpose()?,
            after: change.after.as_ref().map(|span| span.form()).transpose()?,
        })),
        LayerEdit::Relation(id, change) => EditForm::Relation(item_change(id.as_str(), change)?),
        LayerEdit::Event(id, change) => EditForm::Event(item_change(id.as_str(), change)?),
        LayerEdit::Note(id, change) => EditForm::Note(item_change(id.as_str(), change)?),
        LayerEdit::Label(id, change) => EditForm::Label(item_change(id.as_str(), change)?),
        LayerEdit::Dismissal(key, change) => EditForm::Dismissal(item_change(key.as_str(), change)?),
        LayerEdit::Status(change) => {
            EditForm::Status(plain_change(change, |status| status.name().to_owned()))
        }
        LayerEdit::Review(change) => {
            EditForm::Review(plain_change(change, |verdict| verdict.name().to_owned()))
        }
        LayerEdit::Flag(change) => EditForm::Flag(FlagChange {
            before: change.before.is_some(),
            after: change.after.is_some(),
        }),
        LayerEdit::Extra(change) => {
            EditForm::Extra(plain_change(change, |keys| Kept(Json::Object(keys.clone()))))
        }
    })
}

fn item_change<T: Row>(id: &str, change: &Change<T>) -> RowResult<ItemChange<T::Form>> {
    Ok(ItemChange {
        id: id.to_owned(),
        before: change.before.as_ref().map(Row::form).transpose()?,
        after: change.after.as_ref().map(Row::form).transpose()?,
    })
}

fn plain_change<T, F>(change: &Change<T>, form: impl Fn(&T) -> F) -> ChangeForm<F> {
    ChangeForm {
        before: change.before.as_ref().map(&form),
        after: change.after.as_ref().map(&form),
    }
}

/// What an edit is about, as the columns beside it say; none where it is about the project.
#[derive(Default)]
pub(super) struct EditPlace {
    pub article: Option<ArticleId>,
    pub annotator: Option<Annotator>,
}

/// Reads an edit's columns.
pub(super) fn read_edit(place: EditPlace, row: &str) -> RowResult<Edit> {
    let form: EditForm = serde_json::from_str(row)?;
    match (place.article, place.annotator, form) {
        (Some(article), None, EditForm::Header(change)) => {
            Ok(Edit::Header(article, read_change(&(), change)?))
        }
        (None, None, EditForm::Codebook(change)) => {
            let key = read_key(&change.kind, &change.id)?;
            let change = ChangeForm {
                before: change.before,
                after: change.after,
            };
            Ok(Edit::Codebook(key.clone(), read_change(&key, change)?))
        }
        (None, None, EditForm::Batch(change)) => Ok(Edit::Batch(
            BatchId::new(change.id)?,
            Change {
                before: change.before.then_some(()),
                after: change.after.then_some(()),
            },
        )),
        (None, None, EditForm::Annotator(change)) => Ok(Edit::Annotator(Change {
            before: change.before.map(Annotator::new).transpose()?,
            after: change.after.map(Annotator::new).transpose()?,
        })),
        (Some(article), Some(annotator), form) => Ok(Edit::Layer(article, annotator, read_layer_edit(form)?)),
        _ => Err(RowError("an edit does not say what it is about".to_owned())),
    }
}

/// Reads an edit of a layer, whichever it is.
pub(super) fn layer_edit_from_row(row: &str) -> RowResult<LayerEdit> {
    read_layer_edit(serde_json::from_str(row)?)
}

fn read_layer_edit(form: EditForm) -> RowResult<LayerEdit> {
    Ok(match form {
        EditForm::Span(item) => {
            let id = SpanId::new(item.id)?;
            let span =
                |form: Option<SpanRow>| form.map(|form| Span::read(&id, form).map(Arc::new)).transpose();
            let change = Change {
                before: span(item.before)?,
                after: span(item.after)?,
            };
            LayerEdit::Span(id, change)
        }
        EditForm::Relation(item) => {
            let id = RelationId::new(&item.id)?;
            LayerEdit::Relation(id.clone(), read_item(&id, item)?)
        }
        EditForm::Event(item) => {
            let id = EventId::new(&item.id)?;
            LayerEdit::Event(id.clone(), read_item(&id, item)?)
        }
        EditForm::Note(item) => {
            let id = NoteId::new(&item.id)?;
            LayerEdit::Note(id.clone(), read_item(&id, item)?)
        }
        EditForm::Label(item) => {
            LayerEdit::Label(AttributeId::new(&item.id)?, read_item::<Value>(&(), item)?)
        }
        EditForm::Dismissal(item) => {
            LayerEdit::Dismissal(ProblemKey::new(&item.id)?, read_item::<()>(&(), item)?)
        }
        EditForm::Status(change) => LayerEdit::Status(read_named(change, Status::from_name)?),
        EditForm::Review(change) => LayerEdit::Review(read_named(change, Verdict::from_name)?),
        EditForm::Flag(change) => LayerEdit::Flag(Change {
            before: change.before.then_some(()),
            after: change.after.then_some(()),
        }),
        EditForm::Extra(change) => {
            let keys = |form: Option<Kept>| form.map(|form| kept::object(form.0)).transpose();
            LayerEdit::Extra(Change {
                before: keys(change.before)?,
                after: keys(change.after)?,
            })
        }
        EditForm::Header(_) | EditForm::Codebook(_) | EditForm::Batch(_) | EditForm::Annotator(_) => {
            return Err(RowError("an edit of the project stands with a layer".to_owned()));
        }
    })
}

fn read_item<T: Row>(key: &T::Key, item: ItemChange<T::Form>) -> RowResult<Change<T>> {
    read_change(
        key,
        ChangeForm {
            before: item.before,
            after: item.after,
        },
    )
}

fn read_change<T: Row>(key: &T::Key, change: ChangeForm<T::Form>) -> RowResult<Change<T>> {
    Ok(Change {
        before: change.before.map(|form| T::read(key, form)).transpose()?,
        after: change.after.map(|form| T::read(key, form)).transpose()?,
    })
}

fn read_named<T>(
    change: ChangeForm<String>,
    from_name: impl Fn(&str) -> Option<T> + Copy,
) -> RowResult<Change<T>> {
    let read = |name: Option<String>| name.map(|name| named(&name, from_name)).transpose();
    Ok(Change {
        before: read(change.before)?,
        after: read(change.after)?,
    })
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SelectionForm {
    article: String,
    anchor: usize,
    focus: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<String>,
}

/// A selection's column.
pub(super) fn selection_row(selection: &Selection) -> RowResult<String> {
    Ok(serde_json::to_string(&SelectionForm {
        article: selection.article.to_string(),
        anchor: selection.anchor.get(),
        focus: selection.focus.get(),
        span: selection.span.as_ref().map(SpanId::to_string),
    })?)
}

/// Reads a selection's column.
pub(super) fn read_selection(row: &str) -> RowResult<Selection> {
    let form: SelectionForm = serde_json::from_str(row)?;
    Ok(Selection {
        article: ArticleId::new(form.article)?,
        anchor: ByteOffset::new(form.anchor),
        focus: ByteOffset::new(form.focus),
        span: form.span.map(SpanId::new).transpose()?,
    })
}

/// Unknown keys as a column: none where there are none.
pub(super) fn extra_row(extra: &Extra) -> RowResult<Option<String>> {
    if extra.is_empty() {
        return Ok(None);
    }
    Ok(Some(to_json(extra)?))
}

/// Reads a column of unknown keys.
pub(super) fn read_extra(row: Option<&str>) -> RowResult<Extra> {
    row.map_or_else(|| Ok(Extra::new()), |row| kept::object(kept::value(row)?))
}

fn to_json(value: &impl Serialize) -> RowResult<String> {
    Ok(serde_json::to_string(value)?)
}
