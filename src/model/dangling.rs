//! What is left over where spans are taken out of a layer from outside the journal: on the way in or out of files.

use super::{Filler, Layer, SpanId};

impl Layer {
    /// Takes out the relations, triggers, and fillers whose spans are gone, and the notes on anything that is gone.
    /// Answers how many went. Events stay, also without fillers.
    pub fn drop_dangling(&mut self) -> u64 {
        let mut gone = 0;
        let spans = &self.spans;
        let has = |id: &SpanId| spans.get(id).is_some();
        self.relations.retain(|_, relation| {
            let stays = has(&relation.from) && has(&relation.to);
            gone += u64::from(!stays);
            stays
        });
        for event in self.events.values_mut() {
            let size = |event: &super::Event| event.roles.len() + usize::from(event.trigger.is_some());
            let before = size(event);
            event.trigger = event.trigger.take().filter(has);
            event.roles.retain(|role| match &role.filler {
                Filler::Span(id) => has(id),
                Filler::Value(_) => true,
            });
            gone += (before - size(event)) as u64;
        }
        let (relations, events) = (&self.relations, &self.events);
        self.notes.retain(|_, note| {
            let stays = note.target.as_ref().is_none_or(|target| {
                let target = target.as_str();
                SpanId::new(target).is_ok_and(|id| has(&id))
                    || relations.keys().any(|id| id.as_str() == target)
                    || events.keys().any(|id| id.as_str() == target)
            });
            gone += u64::from(!stays);
            stays
        });
        gone
    }
}
