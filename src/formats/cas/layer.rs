//! The structures of a CAS as a layer. Types that are not ours become labels, their features attributes. What has no
//! place is told.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::model::{AttributeType, Attributes, Layer, Ranges, SpanId, counted, parse_json};
use crate::text::Text;

use super::super::jsonl::rest::{apply_rest, fill_role, tell_gone};
use super::super::marking::Marking;
use super::super::position::{Pairs, Unit, ranges};
use super::super::unit_probe::SAY_UNIT;
use super::super::value_text::value_from_text;
use super::super::{Diagnostic, ReadOptions, Sink};
use super::parse::Given;
use super::read::object;
use super::types::{ARTICLE, EVENT, NOTE, attribute_name, is_taken};

/// The text of a CAS as it is annotated.
pub(super) struct View<'a> {
    pub text: &'a Text,
    /// The id of its sofa.
    pub sofa: &'a str,
    /// What an export of ours says of the article.
    pub about: Option<&'a Given>,
}

impl View<'_> {
    /// Whether a structure stands in this view.
    fn holds(&self, one: &Given) -> bool {
        one.get("sofa").is_none_or(|sofa| sofa == self.sofa)
    }
}

/// Types that say how a text is cut or what a document is, not what somebody marked in it.
fn is_ground(kind: &str) -> bool {
    kind.starts_with("uima.")
        || kind.starts_with("de.tudarmstadt.ukp.dkpro.core.api.segmentation.")
        || kind.starts_with("de.tudarmstadt.ukp.dkpro.core.api.metadata.")
        || kind.starts_with("de.tudarmstadt.ukp.clarin.webanno.api.type.")
}

/// Whether a structure is a span of somebody's.
fn is_span(one: &Given) -> bool {
    !is_ground(&one.kind) && one.get("Governor").is_none() && one.get("begin").is_some()
}

pub(super) fn layer(
    path: &Path,
    view: &View<'_>,
    all: &[Given],
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Layer {
    let origin = options.origin_in(path);
    let (unit, found) = unit(view, all, options);
    if let Some(found) = found {
        sink.diagnostic(found.in_file(path));
    }
    let place = |found: Diagnostic| found.in_file(path);
    let kinds = view
        .about
        .and_then(|about| about.get("attributeTypes"))
        .and_then(object);
    let mut reading = Reading {
        view,
        unit,
        options,
        kinds: kinds.unwrap_or_default(),
        marking: Marking::new(view.text, unit, &origin, &place),
        spans: BTreeMap::new(),
    };
    reading.all(all);
    let (layer, found) = reading.marking.finish();
    for found in found {
        sink.diagnostic(found);
    }
    layer
}

/// In which unit a file of another tool counts. UIMA wants UTF-16; where the annotations begin and end at words only
/// when code points are counted, its writer did that. What the user says goes first.
fn unit(view: &View<'_>, all: &[Given], options: &ReadOptions) -> (Unit, Option<Diagnostic>) {
    let text = view.text;
    if let Some(said) = options.unit.and_then(Unit::of).filter(|_| view.about.is_none()) {
        return (said, None);
    }
    if view.about.is_some() || text.char_len() == text.utf16_len() {
        return (Unit::Utf16, None);
    }
    let pairs = all.iter().filter(|one| view.holds(one)).filter_map(Given::pair);
    let (mut count, mut impossible, mut tidy) = (0_usize, 0_usize, [0_usize; 2]);
    for pair in pairs.filter(|(begin, end)| begin < end) {
        let in_unit = |unit| ranges(text, unit, &vec![pair]).ok();
        let both = [in_unit(Unit::Utf16), in_unit(Unit::CodePoints)];
        // What is the same in both says nothing.
        if both[0] == both[1] {
            continue;
        }
        count += 1;
        impossible += usize::from(both[0].is_none());
        for (sum, ranges) in tidy.iter_mut().zip(&both) {
            *sum += usize::from(ranges.as_ref().is_some_and(|ranges| is_tidy(text, ranges)));
        }
    }
    let [units, points] = tidy;
    if points <= units {
        return (Unit::Utf16, None);
    }
    let is_clear = points * 10 >= count * 9 && (points - units >= 2 || impossible > 0);
    let message = format!(
        "of {} behind an emoji or a rare character {points} begin and end at words when code points are counted, {units} \
         when UTF-16 code units are, as UIMA wants it",
        counted(count, "annotation")
    );
    if is_clear {
        let found = Diagnostic::warning("offset_unit", message);
        let found = found.with_hint("the whole file was read in code points; look at a few of its spans");
        return (Unit::CodePoints, Some(found));
    }
    let found = Diagnostic::warning("offset_unit_unverified", message);
    (Unit::Utf16, Some(found.with_hint(SAY_UNIT)))
}

/// Whether ranges begin and end at words.
fn is_tidy(text: &Text, ranges: &Ranges) -> bool {
    let hull = ranges.hull();
    let all = text.as_str();
    let (before, behind) = (all.get(..hull.start().get()), all.get(hull.end().get()..));
    let (Some(inside), Some(before), Some(behind)) = (text.slice(hull), before, behind) else {
        return false;
    };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let cuts = |one: Option<char>, other: Option<char>| is_word(one) && is_word(other);
    inside.trim() == inside
        && !cuts(before.chars().next_back(), inside.chars().next())
        && !cuts(inside.chars().next_back(), behind.chars().next())
}

struct Reading<'a> {
    view: &'a View<'a>,
    unit: Unit,
    options: &'a ReadOptions,
    /// The types of attributes as the export says.
    kinds: Map<String, Json>,
    marking: Marking<'a>,
    /// Our span behind each structure.
    spans: BTreeMap<&'a str, SpanId>,
}

impl<'a> Reading<'a> {
    fn all(&mut self, all: &'a [Given]) {
        self.spans(all);
        let mut without_place: BTreeMap<&str, usize> = BTreeMap::new();
        for one in all {
            match one.kind.as_str() {
                EVENT => self.event(one),
                ARTICLE | NOTE => {}
                kind if is_ground(kind) => {}
                _ if one.get("Governor").is_some() => self.relation(one),
                _ if one.get("begin").is_none() => *without_place.entry(one.short()).or_default() += 1,
                _ => {}
            }
        }
        for note in all.iter().filter(|one| one.kind == NOTE) {
            let text = note.get("text").unwrap_or_default();
            self.marking.note(note.get("noteId"), note.get("target"), text);
        }
        for (kind, count) in without_place {
            let message = format!("structures of the type {kind:?} that stand nowhere in the text: {count}");
            self.marking
                .tell(Diagnostic::warning("left_out", message).with_hint("they have no place here"));
        }
        if let Some(about) = self.view.about {
            self.article(about);
        }
    }

    /// Structures with one `spanId` are the fragments of one span.
    fn spans(&mut self, all: &'a [Given]) {
        let mut by_id: BTreeMap<&str, Vec<&'a Given>> = BTreeMap::new();
        let mut other_views = 0;
        for one in all.iter().filter(|one| is_span(one)) {
            if !self.view.holds(one) {
                other_views += 1;
            } else if let Some(id) = one.get("spanId") {
                by_id.entry(id).or_default().push(one);
            }
        }
        for one in all.iter().filter(|one| is_span(one) && self.view.holds(one)) {
            match one.get("spanId") {
                None => self.span(None, &[one]),
                Some(id) => {
                    if let Some(pieces) = by_id.remove(id) {
                        self.span(Some(id), &pieces);
                    }
                }
            }
        }
        if other_views > 0 {
            let message = format!("annotations on another text of the same file: {other_views}");
            self.marking.kept_out("other_view", message);
        }
    }

    fn span(&mut self, id: Option<&str>, pieces: &[&'a Given]) {
        let Some(first) = pieces.first() else { return };
        let label = label_of(first);
        let (pieces, others): (Vec<&Given>, Vec<&Given>) =
            pieces.iter().partition(|piece| label_of(piece) == label);
        for other in others {
            let message = format!(
                "span {} is there twice, under {label:?} and {:?}",
                id.unwrap_or_default(),
                label_of(other)
            );
            self.marking.kept_out("duplicate_id", message);
        }
        let pairs: Option<Pairs> = pieces.iter().map(|piece| piece.pair()).collect();
        let places: Result<Ranges, String> = pairs
            .ok_or_else(|| "begin and end are no numbers".to_owned())
            .and_then(|mut pairs| {
                pairs.sort_unstable();
                ranges(self.view.text, self.unit, &pairs)
            });
        let taken = match places {
            Ok(places) => self.marking.span_at(id, label, places),
            Err(reason) => {
                let what = id.unwrap_or(&first.id);
                let message = format!("{} {what}: {reason}", first.short());
                self.marking.kept_out("bad_offsets", message);
                return;
            }
        };
        let Some(taken) = taken else { return };
        let attributes = self.attributes(first);
        self.marking
            .change_span(&taken, |span| span.attributes = attributes);
        for piece in pieces {
            self.spans
                .entry(piece.id.as_str())
                .or_insert_with(|| taken.clone());
        }
    }

    /// The attributes as our exports write them: a feature each, and what no feature holds as JSON. Of another tool's
    /// types every feature that is not known here.
    fn attributes(&mut self, one: &Given) -> Attributes {
        let is_like_ours = one.kind.starts_with("custom.") || one.kind.starts_with("hashiya.");
        let rest = one.get("attributes").filter(|_| is_like_ours).and_then(object);
        let mut attributes = rest
            .as_ref()
            .map(|rest| self.marking.attributes_of(rest))
            .unwrap_or_default();
        for (feature, value) in one.features() {
            let is_label = feature == "value" && one.get("label").is_some_and(|label| !label.is_empty());
            let is_rest = feature == "attributes" && rest.is_some();
            let is_known = is_rest || (feature != "attributes" && is_taken(feature) && !is_label);
            if is_known || (feature == "value" && value.is_empty()) {
                continue;
            }
            let name = if is_like_ours {
                attribute_name(feature)
            } else {
                feature.to_owned()
            };
            let known = self.kind(&name).or_else(|| one.type_of(feature));
            let value = value_from_text(value, known);
            attributes.extend(self.marking.checked_attribute(&name, value));
        }
        attributes
    }

    /// The type of an attribute, as the export says, or else the project's codebook.
    fn kind(&self, name: &str) -> Option<AttributeType> {
        let told = self.kinds.get(name).and_then(Json::as_str);
        told.and_then(AttributeType::from_name)
            .or_else(|| self.options.attribute_type(name))
    }

    fn relation(&mut self, one: &Given) {
        let end = |feature: &str| one.get(feature).and_then(|id| self.spans.get(id)).cloned();
        let (Some(from), Some(to)) = (end("Governor"), end("Dependent")) else {
            let message = format!(
                "relation {} names something that is no span that was read",
                one.id
            );
            self.marking.kept_out("dangling", message);
            return;
        };
        let attributes = self.attributes(one);
        self.marking
            .relation(one.get("relationId"), label_of(one), (&from, &to), attributes);
    }

    fn event(&mut self, one: &Given) {
        let trigger = one.get("trigger").and_then(|id| SpanId::new(id).ok());
        let attributes = self.attributes(one);
        let kind = one.get("eventType").unwrap_or_default();
        let event = self
            .marking
            .event(one.get("eventId"), kind, trigger.as_ref(), attributes);
        let Some(event) = event else { return };
        let roles = one.get("roles").unwrap_or("[]");
        let Ok(Json::Array(roles)) = parse_json(roles).map(|parsed| parsed.value) else {
            let message = format!("the roles of event {event} are no list");
            self.marking.kept_out("bad_value", message);
            return;
        };
        for entry in &roles {
            fill_role(&mut self.marking, &event, entry);
        }
    }

    fn article(&mut self, one: &Given) {
        self.marking.status(one.get("status"));
        for feature in ["meta", "labels", "more", "attributeTypes"] {
            if one.get(feature).is_some_and(|json| object(json).is_none()) {
                let message = format!("what is known of the article is not complete: {feature} is no object");
                self.marking.kept_out("bad_json", message);
            }
        }
        if let Some(labels) = one.get("labels").and_then(object) {
            let labels = self.marking.attributes_of(&labels);
            self.marking.layer().labels = labels;
        }
        let more = one.get("more").and_then(object).unwrap_or_default();
        let gone = apply_rest(more, &mut self.marking);
        tell_gone(gone, &mut self.marking);
    }
}

/// The label of a span or a relation: what `label` or `value` say, or else the name of its type.
fn label_of(one: &Given) -> &str {
    let told = one.get("label").filter(|label| !label.is_empty());
    let told = told.or_else(|| one.get("value").filter(|value| !value.is_empty()));
    told.unwrap_or_else(|| one.short())
}
