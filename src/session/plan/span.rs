//! Spans: tag, relabel, resize, remove.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Change, Event, Extra, Filler, LabelId, LayerEdit, Origin, OriginKind, Ranges, Relation, Span, SpanId,
};
use crate::session::command::{AddSpan, RemoveSpan, SetLabel, SetRanges};
use crate::session::refusal::Refusal;

use super::reading::{confirm_as_before, read_changed, read_values};
use super::{Place, Planned, Step, check, note, rules};

pub(super) fn add(place: &Place<'_>, command: &AddSpan) -> Planned {
    let text = &place.article.text;
    let label = check::label(place.codebook, &command.label)?;
    let ranges = check::ranges(text, &command.ranges)?;
    refuse_twin(place, &ranges, &label.id, &[])?;
    check::attributes(place.codebook, &label.attributes, &command.attributes)?;
    let is_taken = |id: &SpanId| place.layer.spans.get(id).is_some();
    let id = place.fresh_id(command.id.as_ref(), SpanId::new, is_taken, "span")?;
    let mut span = Span {
        id: id.clone(),
        ranges,
        label: label.id.clone(),
        attributes: check::with_defaults(place.codebook, &label.attributes, &command.attributes),
        unconfirmed: BTreeSet::new(),
        review: None,
        origin: Origin {
            kind: OriginKind::Person,
            name: Some(place.author.to_string()),
            extra: Extra::new(),
        },
        created: Some(place.at.clone()),
        modified: None,
        extra: Extra::new(),
    };
    read_values(place, label, &mut span, |attribute| {
        command.attributes.contains_key(&attribute.id)
    });
    Ok(Step {
        summary: format!("tag {}", check::describe(text, &span)),
        created: vec![id.to_string()],
        edits: vec![LayerEdit::Span(id, Change::add(Arc::new(span)))],
    })
}

pub(super) fn set_label(place: &Place<'_>, command: &SetLabel) -> Planned {
    let before = get(place, &command.span)?;
    let label = check::label(place.codebook, &command.label)?;
    if before.label == label.id {
        return Err(unchanged(&format!("span {} is {} already", before.id, label.id)));
    }
    refuse_twin(place, &before.ranges, &label.id, std::slice::from_ref(&before.id))?;
    rules::refuse_label(place, before, &label.id)?;
    // What the new label does not ask for goes with the old one; undo brings it back.
    let is_asked = |id: &_| label.attributes.iter().any(|usage| usage.id == *id);
    let mut after = Span::clone(before);
    after.attributes.retain(|id, _| is_asked(id));
    after.unconfirmed.retain(is_asked);
    after.attributes = check::with_defaults(place.codebook, &label.attributes, &after.attributes);
    after.label = label.id.clone();
    read_changed(place, before, &mut after);
    let summary = format!(
        "change {} to {}",
        check::describe(&place.article.text, before),
        label.id
    );
    Ok(replace(place, before, after, summary))
}

/// Moves the edges of a span; `past` is what it was before.
pub(super) fn set_ranges(place: &Place<'_>, command: &SetRanges, past: &[Arc<Span>]) -> Planned {
    let before = get(place, &command.span)?;
    let ranges = check::ranges(&place.article.text, &command.ranges)?;
    if before.ranges == ranges {
        return Err(unchanged(&format!("span {} lies there already", before.id)));
    }
    refuse_twin(place, &ranges, &before.label, std::slice::from_ref(&before.id))?;
    let mut after = Span {
        ranges,
        ..Span::clone(before)
    };
    read_changed(place, before, &mut after);
    confirm_as_before(past, &mut after);
    let summary = format!("resize {}", check::describe(&place.article.text, &after));
    Ok(replace(place, before, after, summary))
}

/// Removes a span with what cannot be without it: its relations, notes on them and on it, its places in events.
pub(super) fn remove(place: &Place<'_>, command: &RemoveSpan) -> Planned {
    let span = get(place, &command.span)?;
    let relations: Vec<&Relation> = place
        .layer
        .relations
        .values()
        .filter(|r| r.from == span.id || r.to == span.id)
        .collect();
    let mut gone: Vec<&str> = vec![span.id.as_str()];
    gone.extend(relations.iter().map(|relation| relation.id.as_str()));
    let mut edits = note::removals(place.layer, &gone);
    edits.extend(
        relations
            .into_iter()
            .map(|r| LayerEdit::Relation(r.id.clone(), Change::remove(r.clone()))),
    );
    for event in place.layer.events.values() {
        let without = without_span(event, &span.id);
        if without != *event {
            edits.push(LayerEdit::Event(
                event.id.clone(),
                Change::replace(event.clone(), without),
            ));
        }
    }
    edits.push(LayerEdit::Span(span.id.clone(), Change::remove(Arc::clone(span))));
    Ok(Step {
        summary: format!("remove {}", check::describe(&place.article.text, span)),
        edits,
        created: Vec::new(),
    })
}

fn without_span(event: &Event, span: &SpanId) -> Event {
    let mut event = event.clone();
    event.trigger = event.trigger.filter(|trigger| trigger != span);
    event
        .roles
        .retain(|role| !matches!(&role.filler, Filler::Span(filler) if filler == span));
    event
}

/// The span of that id on this layer.
pub(super) fn get<'a>(place: &'a Place<'_>, id: &SpanId) -> Result<&'a Arc<Span>, Refusal> {
    place.layer.spans.get(id).ok_or_else(|| {
        Refusal::new(
            "unknown_span",
            format!("article {} has no span {id} on this layer", place.article.id),
        )
    })
}

/// A changed span in the place of the old one.
pub(super) fn replace(place: &Place<'_>, before: &Arc<Span>, mut after: Span, summary: String) -> Step {
    after.modified = Some(place.at.clone());
    let change = Change::replace(Arc::clone(before), Arc::new(after));
    Step {
        edits: vec![LayerEdit::Span(before.id.clone(), change)],
        created: Vec::new(),
        summary,
    }
}

pub(super) fn unchanged(message: &str) -> Refusal {
    Refusal::new("unchanged", message)
}

/// Refuses a second span with the same ranges and label.
pub(super) fn refuse_twin(
    place: &Place<'_>,
    ranges: &Ranges,
    label: &LabelId,
    except: &[SpanId],
) -> Result<(), Refusal> {
    let is_twin =
        |span: &&Arc<Span>| span.ranges == *ranges && span.label == *label && !except.contains(&span.id);
    match place.layer.spans.with_hull(ranges.hull()).find(is_twin) {
        None => Ok(()),
        Some(twin) => {
            let words = check::quote(&place.article.text, ranges);
            Err(Refusal::new(
                "duplicate_span",
                format!("{words} is tagged {label} already, as span {}", twin.id),
            ))
        }
    }
}
