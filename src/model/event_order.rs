//! The annotator's own order of the events of a layer: each event has a rank, and ids break ties.
//!
//! The order belongs to the events and not to a list beside them, so that the work of two machines can be put together
//! and still has one order. Events that were recorded one after the other share a rank, since new ids grow; only what
//! is moved, or has an id from elsewhere, takes another. Knows nothing of what an event says.

use super::{Event, EventId, Layer};

/// Where an event stands: its rank, then its id.
pub type EventPlace<'a> = (i64, &'a EventId);

impl Event {
    /// Where the event stands among the others.
    pub fn place(&self) -> EventPlace<'_> {
        (self.rank, &self.id)
    }
}

impl Layer {
    /// The events in the annotator's own order.
    pub fn events_in_order(&self) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.events.values().collect();
        events.sort_by_key(|event| event.place());
        events
    }

    /// Gives the events the lowest ranks that keep their order: those that they get where nothing but the order is
    /// known. Events that have been moved or removed may leave higher ones.
    pub fn settle_ranks(&mut self) {
        let order: Vec<EventId> = self.events_in_order().iter().map(|one| one.id.clone()).collect();
        let mut last: Option<(i64, EventId)> = None;
        for id in order {
            let rank = rank_behind(last.as_ref().map(|(rank, id)| (*rank, id)), &id);
            if let Some(event) = self.events.get_mut(&id) {
                event.rank = rank;
            }
            last = Some((rank, id));
        }
    }

    /// The rank with which a new event stands behind all others.
    pub fn rank_of_next(&self, id: &EventId) -> i64 {
        rank_behind(self.events.values().map(Event::place).max(), id)
    }
}

/// The lowest rank with which an event stands behind another one; the usual one where there is none.
pub fn rank_behind(last: Option<EventPlace<'_>>, id: &EventId) -> i64 {
    match last {
        None => 0,
        Some((rank, before)) if before < id => rank,
        Some((rank, _)) => rank.saturating_add(1),
    }
}

/// The highest rank with which an event stands before another one.
fn rank_before(next: EventPlace<'_>, id: &EventId) -> i64 {
    if *id < *next.1 {
        next.0
    } else {
        next.0.saturating_sub(1)
    }
}

/// The ranks that put an event at a place among others, which are given in their order and without it: its own first,
/// then those of others that have to give way. As few as can be, so that two who reorder seldom meet.
pub fn ranks_to_stand_at(others: &[EventPlace<'_>], id: &EventId, at: usize) -> Vec<(EventId, i64)> {
    let (before, behind) = others.split_at(at.min(others.len()));
    let own = match (before.last(), behind.first()) {
        (None, Some(next)) => rank_before(*next, id),
        (last, _) => rank_behind(last.copied(), id),
    };
    let mut ranks = vec![(id.clone(), own)];
    let mut last = (own, id);
    for next in behind {
        if last < *next {
            break;
        }
        let rank = rank_behind(Some(last), next.1);
        ranks.push((next.1.clone(), rank));
        last = (rank, next.1);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_layer;
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::Index;

    fn ids(layer: &Layer) -> Vec<EventId> {
        layer
            .events_in_order()
            .iter()
            .map(|event| event.id.clone())
            .collect()
    }

    proptest! {
        #[test]
        fn an_event_comes_to_stand_where_it_is_put_and_the_others_keep_their_order(
            layer in any_layer(), more in any_layer(), which in any::<Index>(), to in any::<Index>()
        ) {
            let mut layer = layer;
            layer.events.extend(more.events);
            prop_assume!(!layer.events.is_empty());
            let mut wanted = ids(&layer);
            let moved = wanted.remove(which.index(wanted.len()));
            let at = to.index(wanted.len() + 1);
            let places: Vec<(i64, EventId)> = layer.events_in_order().iter()
                .filter(|event| event.id != moved).map(|event| (event.rank, event.id.clone())).collect();
            let others: Vec<EventPlace<'_>> = places.iter().map(|(rank, id)| (*rank, id)).collect();
            let ranks = ranks_to_stand_at(&others, &moved, at);
            for (id, rank) in ranks {
                layer.events.get_mut(&id).unwrap().rank = rank;
            }
            wanted.insert(at, moved);
            prop_assert_eq!(ids(&layer), wanted);
        }

        #[test]
        fn settled_ranks_keep_the_order_and_depend_on_nothing_else(
            layer in any_layer(), ranks in proptest::collection::vec(-9_i64..9, 9)
        ) {
            let mut layer = layer;
            for (event, rank) in layer.events.values_mut().zip(ranks) {
                event.rank = rank;
            }
            let order = ids(&layer);
            layer.settle_ranks();
            prop_assert_eq!(ids(&layer), order);
            let settled = layer.clone();
            for event in layer.events.values_mut() {
                event.rank = event.rank * 3 + 5;
            }
            layer.settle_ranks();
            prop_assert_eq!(layer, settled);
        }

        #[test]
        fn a_new_event_stands_last(layer in any_layer(), id in "[a-z]{1,3}") {
            let id = EventId::new(id).unwrap();
            prop_assume!(!layer.events.contains_key(&id));
            let rank = layer.rank_of_next(&id);
            prop_assert!(layer.events.values().all(|event| event.place() < (rank, &id)));
        }
    }

    #[test]
    fn ids_that_grow_need_no_ranks() {
        let [a, b, c] = ["a", "b", "c"].map(|id| EventId::new(id).unwrap());
        assert_eq!(rank_behind(None, &a), 0);
        assert_eq!(rank_behind(Some((0, &a)), &b), 0);
        assert_eq!(rank_behind(Some((0, &b)), &a), 1);
        assert_eq!(ranks_to_stand_at(&[(0, &b), (0, &c)], &a, 0), [(a.clone(), 0)]);
        assert_eq!(ranks_to_stand_at(&[(0, &a), (0, &b)], &c, 0), [(c, -1)]);
    }
}
