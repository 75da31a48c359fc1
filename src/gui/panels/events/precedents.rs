//! What the relations of a span tell of its role: what others have that are linked alike. Pure values.

use crate::model::{Event, Filler, Layer, Relation, Role, SpanId};

/// The relations that link a span with one of the event's.
pub(super) fn links<'a>(
    layer: &'a Layer,
    event: &'a Event,
    span: &'a SpanId,
) -> impl Iterator<Item = &'a Relation> {
    let is_of_event = |id: &SpanId| event.spans().any(|own| own == id);
    layer.relations.values().filter(move |relation| {
        relation.from == *span && is_of_event(&relation.to)
            || relation.to == *span && is_of_event(&relation.from)
    })
}

/// How often a role is filled in the article by what a relation links with its event as one links this span with the
/// event at hand: who was the source where a figure led to it by *Claimed by* is likely so again.
pub(super) fn precedents(layer: &Layer, (event, span): (&Event, &SpanId), role: &Role) -> usize {
    let own = links(layer, event, span);
    let alike = own.flat_map(|own| {
        let is_end = own.to == *span;
        let of_type = layer.relations.values();
        of_type
            .filter(|known| known.relation_type == own.relation_type)
            .map(move |known| {
                if is_end {
                    (&known.to, &known.from)
                } else {
                    (&known.from, &known.to)
                }
            })
            .filter(|(other, _)| *other != span)
    });
    let fills = |event: &Event, (other, of): (&SpanId, &SpanId)| {
        let plays = |filler: &Filler| matches!(filler, Filler::Span(id) if id == other);
        event.spans().any(|own| own == of)
            && event
                .roles
                .iter()
                .any(|filler| filler.role == role.id && plays(&filler.filler))
    };
    alike
        .map(|ends| layer.events.values().filter(|event| fills(event, ends)).count())
        .sum()
}
