//! Moving annotations from one entry of the codebook to another, or clearing what they say of one.
//!
//! Pure: a layer goes in, the edits come out. Knows neither how the layers that are concerned are found nor what a
//! codebook allows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::approval::withdraw_verdicts;
use super::problem::{carry_dismissals, forget_dismissals};
use super::{
    AttributeId, Attributes, Change, CodebookKey, CodebookPart, Event, EventTypeId, Filler, InvalidId,
    LabelId, Layer, LayerEdit, Note, Relation, RelationTypeId, RoleId, Span, SpanId, Value,
};

/// Annotations that use a part of the codebook shall use another one of its kind, or say nothing of it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoding {
    /// What they use now.
    pub part: CodebookPart,
    /// The id of what they use then; where absent, what uses the part goes: a span, relation, or event of that type,
    /// a value, a filler.
    pub to: Option<String>,
}

/// Why a layer cannot be recoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrecodable {
    /// In one sentence that goes on “in article a: …”.
    pub reason: String,
}

impl From<InvalidId> for Unrecodable {
    fn from(cause: InvalidId) -> Self {
        Self {
            reason: cause.to_string(),
        }
    }
}

type Recoded<T> = Result<T, Unrecodable>;

impl Recoding {
    /// The edits of a layer, in an order in which each applies. None where the layer does not use the part.
    ///
    /// # Errors
    /// Where an annotation says one thing of the old and another of the new.
    pub fn edits(&self, layer: &Layer) -> Recoded<Vec<LayerEdit>> {
        let gone = self.spans_that_go(layer);
        let mut edits = Vec::new();
        // Relations and events go before the spans that they name.
        for relation in layer.relations.values() {
            let hangs = gone.contains(&relation.from) || gone.contains(&relation.to);
            let after = if hangs { None } else { self.relation(relation)? };
            push(&mut edits, relation, after, |change| {
                LayerEdit::Relation(relation.id.clone(), change)
            });
        }
        for event in layer.events.values() {
            let after = self.event(event)?.map(|event| without_spans(event, &gone));
            push(&mut edits, event, after, |change| {
                LayerEdit::Event(event.id.clone(), change)
            });
        }
        for span in layer.spans.iter() {
            let after = self.span(span)?;
            if after.as_ref() != Some(span.as_ref()) {
                let change = Change {
                    before: Some(Arc::clone(span)),
                    after: after.map(Arc::new),
                };
                edits.push(LayerEdit::Span(span.id.clone(), change));
            }
        }
        let notes = notes_on_what_goes(layer, &edits);
        edits.splice(0..0, notes);
        self.labels(&layer.labels, &mut edits)?;
        forget_dismissals(layer, &mut edits);
        carry_dismissals(&self.part, self.to.as_deref(), layer, &mut edits);
        // Under another name it is what was judged; what something was taken from is not.
        if self.to.is_none() {
            withdraw_verdicts(layer, false, &mut edits);
        }
        Ok(edits)
    }

    /// The spans of a label that is cleared; what hangs on them goes as it does where one is removed by hand.
    fn spans_that_go(&self, layer: &Layer) -> BTreeSet<SpanId> {
        match (&self.part, &self.to) {
            (CodebookPart::Entry(CodebookKey::Label(id)), None) => {
                let spans = layer.spans.iter().filter(|span| span.label == *id);
                spans.map(|span| span.id.clone()).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    fn span(&self, span: &Span) -> Recoded<Option<Span>> {
        let mut after = span.clone();
        match &self.part {
            CodebookPart::Entry(CodebookKey::Label(id)) if span.label == *id => match &self.to {
                Some(to) => after.label = LabelId::new(to)?,
                None => return Ok(None),
            },
            CodebookPart::Use(CodebookKey::Label(id), attribute) if span.label == *id => {
                after.attributes.remove(attribute);
                after.unconfirmed.remove(attribute);
            }
            _ => {
                after.attributes = self.attributes(&span.attributes)?;
                after.unconfirmed = self.unconfirmed(&span.unconfirmed, &after.attributes)?;
            }
        }
        Ok(Some(after))
    }

    fn relation(&self, relation: &Relation) -> Recoded<Option<Relation>> {
        let mut after = relation.clone();
        match &self.part {
            CodebookPart::Entry(CodebookKey::RelationType(id)) if relation.relation_type == *id => {
                match &self.to {
                    Some(to) => after.relation_type = RelationTypeId::new(to)?,
                    None => return Ok(None),
                }
            }
            CodebookPart::Use(CodebookKey::RelationType(id), attribute) if relation.relation_type == *id => {
                after.attributes.remove(attribute);
            }
            _ => after.attributes = self.attributes(&relation.attributes)?,
        }
        Ok(Some(after))
    }

    fn event(&self, event: &Event) -> Recoded<Option<Event>> {
        let mut after = event.clone();
        match &self.part {
            CodebookPart::Entry(CodebookKey::EventType(id)) if event.event_type == *id => match &self.to {
                Some(to) => after.event_type = EventTypeId::new(to)?,
                None => return Ok(None),
            },
            CodebookPart::Use(CodebookKey::EventType(id), attribute) if event.event_type == *id => {
                after.attributes.remove(attribute);
            }
            CodebookPart::Role(id, role) if event.event_type == *id => match &self.to {
                Some(to) => {
                    let to = RoleId::new(to)?;
                    let moved = after.roles.iter_mut().filter(|filled| filled.role == *role);
                    moved.for_each(|filled| filled.role = to.clone());
                }
                None => after.roles.retain(|filled| filled.role != *role),
            },
            _ => after.attributes = self.attributes(&event.attributes)?,
        }
        Ok(Some(after))
    }

    fn labels(&self, labels: &Attributes, edits: &mut Vec<LayerEdit>) -> Recoded<()> {
        let after = match &self.part {
            CodebookPart::Entry(CodebookKey::ArticleLabel(id)) => self.moved(id, labels)?,
            _ => self.attributes(labels)?,
        };
        let ids: BTreeSet<&AttributeId> = labels.keys().chain(after.keys()).collect();
        for id in ids {
            let change = Change {
                before: labels.get(id).cloned(),
                after: after.get(id).cloned(),
            };
            if change.before != change.after {
                edits.push(LayerEdit::Label(id.clone(), change));
            }
        }
        Ok(())
    }

    /// Values under the ids and choices that they have then.
    fn attributes(&self, values: &Attributes) -> Recoded<Attributes> {
        match &self.part {
            CodebookPart::Entry(CodebookKey::Attribute(id)) => self.moved(id, values),
            CodebookPart::Choice(id, choice) => {
                let mut after = values.clone();
                if let Some(value) = after.remove(id)
                    && let Some(value) = rechosen(value, choice, self.to.as_deref())
                {
                    after.insert(id.clone(), value);
                }
                Ok(after)
            }
            _ => Ok(values.clone()),
        }
    }

    fn moved(&self, id: &AttributeId, values: &Attributes) -> Recoded<Attributes> {
        let mut after = values.clone();
        let (Some(value), Some(to)) = (after.remove(id), &self.to) else {
            return Ok(after);
        };
        let to = AttributeId::new(to)?;
        match after.get(&to) {
            Some(there) if *there != value => Err(Unrecodable {
                reason: format!("an annotation has one value for {id} and another for {to}"),
            }),
            _ => {
                after.insert(to, value);
                Ok(after)
            }
        }
    }

    fn unconfirmed(
        &self,
        ids: &BTreeSet<AttributeId>,
        values: &Attributes,
    ) -> Recoded<BTreeSet<AttributeId>> {
        let mut after = ids.clone();
        match &self.part {
            CodebookPart::Entry(CodebookKey::Attribute(id)) if after.remove(id) => {
                if let Some(to) = &self.to {
                    after.insert(AttributeId::new(to)?);
                }
            }
            CodebookPart::Choice(id, _) if !values.contains_key(id) => {
                after.remove(id);
            }
            _ => {}
        }
        Ok(after)
    }
}

/// An event without some spans as trigger and fillers.
fn without_spans(mut event: Event, gone: &BTreeSet<SpanId>) -> Event {
    event.trigger = event.trigger.take().filter(|trigger| !gone.contains(trigger));
    event
        .roles
        .retain(|role| !matches!(&role.filler, Filler::Span(span) if gone.contains(span)));
    event
}

/// The edits that take away the notes on what edits remove.
fn notes_on_what_goes(layer: &Layer, edits: &[LayerEdit]) -> Vec<LayerEdit> {
    let gone: BTreeSet<&str> = edits.iter().filter_map(id_of_removed).collect();
    let on_gone = |note: &&Note| {
        note.target
            .as_ref()
            .is_some_and(|target| gone.contains(target.as_str()))
    };
    let notes = layer.notes.values().filter(on_gone);
    notes
        .map(|note| LayerEdit::Note(note.id.clone(), Change::remove(note.clone())))
        .collect()
}

fn id_of_removed(edit: &LayerEdit) -> Option<&str> {
    match edit {
        LayerEdit::Span(id, change) if change.after.is_none() => Some(id.as_str()),
        LayerEdit::Relation(id, change) if change.after.is_none() => Some(id.as_str()),
        LayerEdit::Event(id, change) if change.after.is_none() => Some(id.as_str()),
        _ => None,
    }
}

fn push<T: Clone + PartialEq>(
    edits: &mut Vec<LayerEdit>,
    before: &T,
    after: Option<T>,
    edit: impl FnOnce(Change<T>) -> LayerEdit,
) {
    if after.as_ref() != Some(before) {
        edits.push(edit(Change {
            before: Some(before.clone()),
            after,
        }));
    }
}

/// A value with another choice in place of one, or without it; nothing where nothing is left of it.
pub(super) fn rechosen(value: Value, choice: &str, to: Option<&str>) -> Option<Value> {
    match value {
        Value::Text(own) if own == choice => to.map(|to| Value::Text(to.to_owned())),
        Value::Choices(own) if own.iter().any(|one| one == choice) => {
            let after = replaced(own, choice, to);
            (!after.is_empty()).then_some(Value::Choices(after))
        }
        Value::Quantity(mut quantity) => {
            if quantity.who.iter().any(|one| one == choice) {
                quantity.who = replaced(std::mem::take(&mut quantity.who), choice, to);
            }
            Some(Value::Quantity(quantity))
        }
        other => Some(other),
    }
}

/// The choices in their order, none of them twice where the new one was among them.
fn replaced(own: Vec<String>, choice: &str, to: Option<&str>) -> Vec<String> {
    let has_it = to.is_some_and(|to| own.iter().any(|one| one == to));
    own.into_iter()
        .filter_map(|one| match to {
            _ if one != choice => Some(one),
            Some(to) if !has_it => Some(to.to_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_layer;
    use super::*;
    use proptest::prelude::*;

    fn any_recoding() -> impl Strategy<Value = Recoding> {
        let attribute = || prop_oneof![Just("type"), Just("quantity"), Just("note"), Just("a")];
        let part = prop_oneof![
            prop_oneof![Just("actor"), Just("location"), Just("casualty")]
                .prop_map(|id| CodebookPart::Entry(CodebookKey::Label(LabelId::new(id).unwrap()))),
            attribute()
                .prop_map(|id| CodebookPart::Entry(CodebookKey::Attribute(AttributeId::new(id).unwrap()))),
            attribute()
                .prop_map(|id| CodebookPart::Entry(CodebookKey::ArticleLabel(AttributeId::new(id).unwrap()))),
            attribute().prop_map(|id| CodebookPart::Choice(AttributeId::new(id).unwrap(), "x".to_owned())),
        ];
        (part, proptest::option::of(Just("new".to_owned()))).prop_map(|(part, to)| Recoding { part, to })
    }

    proptest! {
        /// Applied and taken back, a recoding leaves a layer as it was; applied, nothing of the old is left.
        #[test]
        fn a_recoding_taken_back_changes_nothing(layer in any_layer(), recoding in any_recoding()) {
            let Ok(edits) = recoding.edits(&layer) else { return Ok(()) };
            let mut after = layer.clone();
            for edit in &edits {
                after.apply(edit).unwrap();
            }
            prop_assert_eq!(recoding.edits(&after).unwrap(), Vec::new());
            for edit in edits.into_iter().rev() {
                after.apply(&edit.inverse()).unwrap();
            }
            prop_assert_eq!(after, layer);
        }
    }

    #[test]
    fn a_choice_that_is_there_already_is_not_there_twice() {
        let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            replaced(own(&["a", "b", "c"]), "b", Some("d")),
            own(&["a", "d", "c"])
        );
        assert_eq!(replaced(own(&["a", "b", "c"]), "b", Some("c")), own(&["a", "c"]));
        assert_eq!(replaced(own(&["a", "b"]), "b", None), own(&["a"]));
    }

    #[test]
    fn two_values_that_differ_are_not_mixed() {
        let (old, new) = (AttributeId::new("old").unwrap(), AttributeId::new("new").unwrap());
        let labels: Attributes = [(old.clone(), Value::Integer(1)), (new, Value::Integer(2))].into();
        let layer = Layer {
            labels,
            ..Layer::default()
        };
        let recoding = Recoding {
            part: CodebookPart::Entry(CodebookKey::Attribute(old)),
            to: Some("new".to_owned()),
        };
        assert!(
            recoding
                .edits(&layer)
                .unwrap_err()
                .reason
                .contains("another for new")
        );
    }
}
