//! Where a span can go: roles of the article's events, and events that are still to be made. Pure values.

use std::cmp::Reverse;

use crate::model::{
    Codebook, Event, EventId, EventType, EventTypeId, Filler, LabelId, Layer, Role, RoleId, Span, SpanId,
};

use super::precedents::{links, precedents};

/// A place for a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A role of an event.
    Role(EventId, RoleId),
    /// The trigger of an event.
    Trigger(EventId),
    /// A new event with the span in this role.
    NewWithRole(EventTypeId, RoleId),
    /// A new event with the span as its trigger.
    NewWithTrigger(EventTypeId),
}

/// Whether a span can be added to a role of an event now.
fn takes(role: &Role, event: &Event, span: &Span) -> bool {
    let mut in_role = event.roles.iter().filter(|filler| filler.role == role.id);
    let count = in_role.clone().count();
    !role.retired
        && role.accepts(&span.label)
        && role.max.is_none_or(|max| count < max as usize)
        && !in_role.any(|filler| matches!(&filler.filler, Filler::Span(id) if *id == span.id))
}

/// The event that a span is most likely of: the one that the analyst chose in the sheet; else one to whose spans a
/// relation leads; else the one whose spans stand nearest in the text, of equally near ones the last.
fn at_hand<'a>(layer: &'a Layer, span: &Span, chosen: Option<&EventId>) -> Option<&'a Event> {
    let chosen = chosen.and_then(|id| layer.events.get(id));
    chosen.or_else(|| {
        let events = layer.events_in_order().into_iter().enumerate();
        let (_, nearest) = events.min_by_key(|(place, event)| {
            (
                !is_related(layer, event, &span.id),
                distance(layer, event, span),
                Reverse(*place),
            )
        })?;
        Some(nearest)
    })
}

/// Whether a relation links a span with one of the event's.
fn is_related(layer: &Layer, event: &Event, span: &SpanId) -> bool {
    links(layer, event, span).next().is_some()
}

/// How many bytes lie between a span and the nearest other one of the event; as many as can be where it has none.
fn distance(layer: &Layer, event: &Event, span: &Span) -> usize {
    let others = event.spans().filter(|id| **id != span.id);
    let ranges = others
        .filter_map(|id| layer.spans.get(id))
        .flat_map(|other| other.ranges.as_slice());
    let gaps = ranges.flat_map(|range| {
        span.ranges.as_slice().iter().map(move |own| {
            let [own, range] = [own, range].map(|range| (range.start().get(), range.end().get()));
            own.0.max(range.0).saturating_sub(own.1.min(range.1))
        })
    });
    gaps.min().unwrap_or(usize::MAX)
}

/// Whether a span of that label may be the trigger of an event of that type: one that no role takes, or any where the
/// roles take all labels.
fn may_trigger(codebook: &Codebook, kind: Option<&EventType>, label: &LabelId) -> bool {
    let fills =
        |label: &LabelId| kind.is_some_and(|kind| kind.offered_roles().any(|role| role.accepts(label)));
    let mut labels = codebook.labels.iter().filter(|known| !known.retired);
    !fills(label) || labels.all(|known| fills(&known.id))
}

/// The places for a span, the likeliest first: the empty roles of the event at hand, its other ones, a new event, the
/// first fitting role of each other event, the last event first. Where no role takes the label, the trigger comes first.
/// `chosen` is the event on which the analyst put the cursor of the sheet.
pub fn offers(codebook: &Codebook, layer: &Layer, span: &Span, chosen: Option<&EventId>) -> Vec<Offer> {
    let order = layer.events_in_order();
    let at_hand = at_hand(layer, span, chosen);
    let mut offers = Vec::new();
    let mut triggers = Vec::new();
    if let Some(event) = at_hand {
        let roles = roles_for(codebook, layer, event, span);
        offers.extend(
            roles
                .into_iter()
                .map(|role| Offer::Role(event.id.clone(), role.id.clone())),
        );
        if may_trigger(codebook, codebook.event_type(&event.event_type), &span.label) {
            triggers.extend(trigger_of(event, &span.id));
        }
    }
    let has_role = |kind: &EventType| kind.offered_roles().any(|role| role.accepts(&span.label));
    if !codebook.offered_event_types().any(has_role) {
        offers.append(&mut triggers);
    }
    for kind in codebook.offered_event_types() {
        offers.push(match kind.roles_for(&span.label).first() {
            Some(role) => Offer::NewWithRole(kind.id.clone(), role.id.clone()),
            None => Offer::NewWithTrigger(kind.id.clone()),
        });
    }
    let others = order
        .iter()
        .rev()
        .filter(|event| at_hand.is_none_or(|at_hand| at_hand.id != event.id));
    offers.extend(others.filter_map(|event| {
        let role = roles_for(codebook, layer, event, span).into_iter().next()?;
        Some(Offer::Role(event.id.clone(), role.id.clone()))
    }));
    offers.append(&mut triggers);
    offers
}

/// The same places as they stand in the menu: of the roles of the event at hand those first that are most the label's own,
/// else in the order of the sheet. So each keeps its digit from call to call, whatever is filled. And which of them is
/// the likeliest.
pub fn in_order(
    codebook: &Codebook,
    layer: &Layer,
    label: &LabelId,
    mut offers: Vec<Offer>,
) -> (Vec<Offer>, usize) {
    let likeliest = offers.first().cloned();
    let event_of = |offer: &Offer| match offer {
        Offer::Role(event, _) => Some(event.clone()),
        _ => None,
    };
    let at_hand = likeliest.as_ref().and_then(event_of);
    let count = offers
        .iter()
        .take_while(|offer| at_hand.is_some() && event_of(offer) == at_hand)
        .count();
    let event = at_hand.as_ref().and_then(|id| layer.events.get(id));
    let kind = event.and_then(|event| codebook.event_type(&event.event_type));
    let own = kind.map_or_else(Vec::new, |kind| kind.roles_for(label));
    let place = |offer: &Offer| match offer {
        Offer::Role(_, role) => own.iter().position(|known| known.id == *role),
        _ => None,
    };
    if let Some(roles) = offers.get_mut(..count) {
        roles.sort_by_key(place);
    }
    let place = offers.iter().position(|offer| Some(offer) == likeliest.as_ref());
    (offers, place.unwrap_or_default())
}

fn trigger_of(event: &Event, span: &SpanId) -> Option<Offer> {
    (event.trigger.as_ref() != Some(span)).then(|| Offer::Trigger(event.id.clone()))
}

/// The roles of an event that take a span: first those that others linked alike have, then the empty ones, and of these
/// the one that is most its own.
fn roles_for<'a>(codebook: &'a Codebook, layer: &Layer, event: &Event, span: &Span) -> Vec<&'a Role> {
    let kind = codebook.event_type(&event.event_type);
    let mut roles = kind.map_or_else(Vec::new, |kind| kind.roles_for(&span.label));
    roles.retain(|role| takes(role, event, span));
    roles.sort_by_cached_key(|role| {
        let is_filled = event.roles.iter().any(|filler| filler.role == role.id);
        (Reverse(precedents(layer, (event, &span.id), role)), is_filled)
    });
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{byte_range, span};
    use crate::model::{Attributes, Extra, Relation, RelationId, RelationTypeId, RoleFiller};
    use crate::session::codebook_toml::default_codebook;

    fn event(id: &str, roles: &[(&str, &str)]) -> Event {
        Event {
            id: EventId::new(id).unwrap(),
            event_type: EventTypeId::new("incident").unwrap(),
            rank: 0,
            trigger: None,
            roles: roles
                .iter()
                .map(|(role, span)| RoleFiller {
                    role: RoleId::new(*role).unwrap(),
                    filler: Filler::Span(SpanId::new(*span).unwrap()),
                    inferred: false,
                    note: None,
                    extra: Extra::new(),
                })
                .collect(),
            attributes: Attributes::new(),
            extra: Extra::new(),
        }
    }

    fn shown(layer: &Layer, label: &str, selected: Option<&str>) -> Vec<String> {
        let span = span("x", label, vec![byte_range(0, 3)]);
        let selected = selected.map(|id| EventId::new(id).unwrap());
        offers(&default_codebook(), layer, &span, selected.as_ref())
            .iter()
            .map(|offer| match offer {
                Offer::Role(event, role) => format!("{event}.{role}"),
                Offer::Trigger(event) => format!("{event}!"),
                Offer::NewWithRole(kind, role) => format!("+{kind}.{role}"),
                Offer::NewWithTrigger(kind) => format!("+{kind}!"),
            })
            .collect()
    }

    fn layer(events: Vec<Event>) -> Layer {
        Layer {
            spans: [span("x", "actor", vec![byte_range(0, 3)])].into_iter().collect(),
            events: events
                .into_iter()
                .map(|event| (event.id.clone(), event))
                .collect(),
            ..Layer::default()
        }
    }

    #[test]
    fn empty_roles_of_the_event_at_hand_come_first() {
        let two = layer(vec![
            event("a", &[("perpetrator", "s1")]),
            event("b", &[("place", "s2"), ("source", "x")]),
        ]);
        assert_eq!(
            shown(&two, "actor", Some("a")),
            [
                "a.source",
                "a.target",
                "a.perpetrator",
                "+incident.perpetrator",
                "b.perpetrator"
            ]
        );
        assert_eq!(
            shown(&two, "actor", None).first().map(String::as_str),
            Some("b.perpetrator"),
            "the last event is at hand where none is selected; what the span fills already is not offered again"
        );
        assert!(!shown(&two, "actor", None).contains(&"b.source".to_owned()));
    }

    /// Two events with the spans `s1`, near, and `s2`, far from the span `x`, and the last of the two is the far one.
    fn near_and_far() -> Layer {
        let near = span("s1", "trigger", vec![byte_range(10, 14)]);
        let far = span("s2", "trigger", vec![byte_range(700, 704)]);
        let mut layer = layer(vec![event("a", &[]), event("b", &[])]);
        for (id, span) in [("a", &near), ("b", &far)] {
            let mut event = event(id, &[]);
            event.trigger = Some(span.id.clone());
            layer.events.insert(event.id.clone(), event);
        }
        for span in [near, far] {
            layer.spans.insert(span.into());
        }
        layer
    }

    fn relate(layer: &mut Layer, kind: &str, (from, to): (&str, &str)) {
        let relation = Relation {
            id: RelationId::new(format!("r{}", layer.relations.len())).unwrap(),
            relation_type: RelationTypeId::new(kind).unwrap(),
            from: SpanId::new(from).unwrap(),
            to: SpanId::new(to).unwrap(),
            attributes: Attributes::new(),
            extra: Extra::new(),
        };
        layer.relations.insert(relation.id.clone(), relation);
    }

    #[test]
    fn a_span_goes_to_the_role_that_others_have_who_are_linked_alike() {
        let mut layer = layer(vec![
            event("a", &[("casualties", "c1"), ("source", "s1")]),
            event("b", &[("casualties", "c2")]),
        ]);
        relate(&mut layer, "claimed-by", ("c1", "s1"));
        relate(&mut layer, "claimed-by", ("c2", "x"));
        let first = |layer: &Layer| shown(layer, "actor", None).into_iter().next();
        assert_eq!(first(&layer).as_deref(), Some("b.source"));
        // Also where the role has others already, and only by links of that type.
        relate(&mut layer, "claimed-by", ("c1", "x"));
        let at_a = shown(&layer, "actor", Some("a"));
        assert_eq!(at_a.first().map(String::as_str), Some("a.source"));
        layer.relations.clear();
        relate(&mut layer, "victims", ("c1", "s1"));
        relate(&mut layer, "claimed-by", ("c2", "x"));
        assert_eq!(first(&layer).as_deref(), Some("b.perpetrator"));
    }

    #[test]
    fn the_role_that_is_most_a_labels_own_has_the_first_digit() {
        let codebook = default_codebook();
        let layer = layer(vec![event("a", &[])]);
        let span = span("x", "location", vec![byte_range(0, 3)]);
        let offers = offers(&codebook, &layer, &span, None);
        let (offers, chosen) = in_order(&codebook, &layer, &span.label, offers);
        assert_eq!(chosen, 0);
        let place = Offer::Role(EventId::new("a").unwrap(), RoleId::new("place").unwrap());
        assert_eq!(offers.first(), Some(&place));
    }

    #[test]
    fn the_nearest_event_is_at_hand_unless_another_one_was_chosen() {
        let layer = near_and_far();
        let first = |chosen| shown(&layer, "location", chosen).into_iter().next();
        assert_eq!(first(None).as_deref(), Some("a.place"));
        assert_eq!(first(Some("b")).as_deref(), Some("b.place"));
        assert_eq!(first(Some("gone")).as_deref(), Some("a.place"));
    }

    #[test]
    fn a_relation_to_one_of_its_spans_wins_over_what_stands_nearer() {
        let mut layer = near_and_far();
        relate(&mut layer, "victims", ("x", "s2"));
        assert_eq!(
            shown(&layer, "casualty", None).first().map(String::as_str),
            Some("b.casualties")
        );
    }

    #[test]
    fn a_trigger_is_offered_to_any_label_only_where_roles_take_all() {
        let mut codebook = default_codebook();
        let actor = LabelId::new("actor").unwrap();
        let kind = |codebook: &Codebook| codebook.event_types[0].clone();
        assert!(!may_trigger(&codebook, Some(&kind(&codebook)), &actor));
        codebook.labels.retain(|label| label.id.as_str() != "trigger");
        assert!(may_trigger(&codebook, Some(&kind(&codebook)), &actor));
    }

    #[test]
    fn roles_keep_their_digits_whatever_is_filled_and_the_likeliest_is_chosen() {
        let mut codebook = default_codebook();
        // The order of the roles is that of the event's own type.
        let mut other = codebook.event_types[0].clone();
        other.id = EventTypeId::new("other").unwrap();
        other.roles.reverse();
        codebook.event_types.insert(0, other);
        let span = span("x", "actor", vec![byte_range(0, 3)]);
        for (filled, likeliest) in [
            (&[][..], "perpetrator"),
            (&[("perpetrator", "s1")][..], "source"),
            (&[("perpetrator", "s1"), ("source", "s2")][..], "target"),
        ] {
            let layer = layer(vec![event("a", filled)]);
            let offers = offers(&codebook, &layer, &span, None);
            let (offers, chosen) = in_order(&codebook, &layer, &span.label, offers);
            let roles: Vec<&str> = offers
                .iter()
                .filter_map(|offer| match offer {
                    Offer::Role(_, role) => Some(role.as_str()),
                    _ => None,
                })
                .collect();
            assert_eq!(roles, ["perpetrator", "source", "target"]);
            assert_eq!(roles.get(chosen).copied(), Some(likeliest));
        }
    }

    #[test]
    fn without_an_event_a_new_one_is_the_first_offer_and_triggers_are_for_what_fills_no_role() {
        assert_eq!(shown(&layer(Vec::new()), "date", None), ["+incident.time"]);
        assert_eq!(shown(&layer(Vec::new()), "trigger", None), ["+incident!"]);
        let one = layer(vec![event("a", &[])]);
        assert_eq!(shown(&one, "trigger", None), ["a!", "+incident!"]);
    }

    #[test]
    fn a_location_is_rather_a_place_than_a_target() {
        let two = layer(vec![event("a", &[]), event("b", &[])]);
        assert_eq!(
            shown(&two, "location", Some("a")),
            ["a.place", "a.target", "+incident.place", "b.place"]
        );
    }

    #[test]
    fn a_full_role_is_not_offered() {
        let full = layer(vec![event("a", &[("time", "s1"), ("time", "s2")])]);
        assert_eq!(shown(&full, "date", None), ["+incident.time"]);
    }
}
