//! What annotations say beyond what a format of another tool has a place for: who made them and when, what nobody
//! confirmed, verdicts, flags, threads of notes, and unknown keys. A format that has room for one JSON object beside its
//! own lines keeps this one.
//!
//! Things are named by their ids. A span's entry has a digest of the span, so that what was said of it is not said of
//! what somebody made of it elsewhere.

use serde_json::{Map, Value as Json, json};

use crate::model::{
    Annotator, Article, AttributeId, EventId, Extra, Filler, Layer, Note, NoteId, NoteState, ProblemKey,
    RelationId, Reply, RoleFiller, Sha256, Span, SpanId, Timestamp,
};
use crate::text::Text;

use super::super::Diagnostic;
use super::super::marking::Marking;
use super::super::value_text::value_text;
use super::fields::{Fields, Findings, read_value};
use super::{keys, native};

/// What an article and a layer say beyond their marks; empty where nothing is said.
pub(in crate::formats) fn rest_of(article: &Article, layer: &Layer) -> Map<String, Json> {
    let mut rest = Map::new();
    if let Some(verdict) = layer.review {
        rest.insert("review".to_owned(), verdict.name().into());
    }
    if layer.flagged {
        rest.insert("flagged".to_owned(), true.into());
    }
    if !layer.dismissed.is_empty() {
        let keys: Vec<&str> = layer.dismissed.iter().map(ProblemKey::as_str).collect();
        rest.insert("dismissed".to_owned(), json!(keys));
    }
    put_extra(&mut rest, &layer.extra);
    if !article.header.extra.is_empty() {
        rest.insert("article".to_owned(), Json::Object(article.header.extra.clone()));
    }
    let counts = counts(layer).into_iter().filter(|(_, count)| *count > 0);
    let counts: Map<String, Json> = counts
        .map(|(key, count)| (key.to_owned(), count.into()))
        .collect();
    if !counts.is_empty() {
        rest.insert("counts".to_owned(), Json::Object(counts));
    }
    let spans = layer.spans.iter();
    let spans = spans.map(|span| (span.id.to_string(), span_rest(&article.text, span)));
    put_all(&mut rest, "spans", spans);
    let relations = layer.relations.values();
    let relations = relations.map(|one| (one.id.to_string(), extra_only(&one.extra)));
    put_all(&mut rest, "relations", relations);
    let events = layer.events.values().map(|event| {
        let mut one = extra_only(&event.extra);
        if event.roles.iter().any(|role| !role.extra.is_empty()) {
            let roles = event.roles.iter();
            let roles = roles.map(|role| Json::Object(role.extra.clone()));
            one.insert("roles".to_owned(), Json::Array(roles.collect()));
        }
        (event.id.to_string(), one)
    });
    put_all(&mut rest, "events", events);
    let notes = layer.notes.values();
    put_all(
        &mut rest,
        "notes",
        notes.map(|note| (note.id.to_string(), note_rest(note))),
    );
    rest
}

/// How many of each kind a layer holds.
fn counts(layer: &Layer) -> [(&'static str, usize); 4] {
    [
        ("spans", layer.spans.len()),
        ("relations", layer.relations.len()),
        ("events", layer.events.len()),
        ("notes", layer.notes.len()),
    ]
}

/// Puts in what is not empty, under the ids.
fn put_all(rest: &mut Map<String, Json>, key: &str, all: impl Iterator<Item = (String, Map<String, Json>)>) {
    let all: Map<String, Json> = all
        .filter(|(_, one)| !one.is_empty())
        .map(|(id, one)| (id, Json::Object(one)))
        .collect();
    if !all.is_empty() {
        rest.insert(key.to_owned(), Json::Object(all));
    }
}

fn put_extra(map: &mut Map<String, Json>, extra: &Extra) {
    if !extra.is_empty() {
        map.insert("extra".to_owned(), Json::Object(extra.clone()));
    }
}

fn extra_only(extra: &Extra) -> Map<String, Json> {
    let mut map = Map::new();
    put_extra(&mut map, extra);
    map
}

fn put_text(map: &mut Map<String, Json>, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        map.insert(key.to_owned(), text.into());
    }
}

fn span_rest(text: &Text, span: &Span) -> Map<String, Json> {
    let mut one = Map::new();
    one.insert("digest".to_owned(), digest(text, span).into());
    if !span.unconfirmed.is_empty() {
        let ids: Vec<&str> = span.unconfirmed.iter().map(AttributeId::as_str).collect();
        one.insert("unconfirmed".to_owned(), json!(ids));
    }
    if let Some(review) = &span.review {
        let mut told = Map::new();
        put_text(&mut told, "verdict", Some(review.verdict.name()));
        put_text(&mut told, "by", review.by.as_ref().map(Annotator::as_str));
        put_text(&mut told, "at", review.at.as_ref().map(Timestamp::as_str));
        put_extra(&mut told, &review.extra);
        one.insert("review".to_owned(), Json::Object(told));
    }
    let mut origin = Map::new();
    put_text(&mut origin, "kind", Some(span.origin.kind.name()));
    put_text(&mut origin, "name", span.origin.name.as_deref());
    put_extra(&mut origin, &span.origin.extra);
    one.insert("origin".to_owned(), Json::Object(origin));
    put_text(&mut one, "created", span.created.as_ref().map(Timestamp::as_str));
    put_text(
        &mut one,
        "modified",
        span.modified.as_ref().map(Timestamp::as_str),
    );
    put_extra(&mut one, &span.extra);
    one
}

/// Of the label, the place, and the values as strings, so that a value whose type another project does not know makes
/// no other span of it.
fn digest(text: &Text, span: &Span) -> String {
    use std::fmt::Write;
    let mut what = span.label.to_string();
    for range in span
        .ranges
        .as_slice()
        .iter()
        .filter_map(|range| text.char_range(*range))
    {
        // Writing to a string cannot fail.
        write!(what, " {}-{}", range.start(), range.end()).unwrap_or_default();
    }
    for (id, value) in &span.attributes {
        write!(what, "\n{id}={}", value_text(value)).unwrap_or_default();
    }
    Sha256::of(&what).hex().chars().take(12).collect()
}

fn note_rest(note: &Note) -> Map<String, Json> {
    let mut one = remark_rest(note.author.as_ref(), note.created.as_ref());
    if note.state != NoteState::Open {
        put_text(&mut one, "state", Some(note.state.name()));
    }
    if !note.replies.is_empty() {
        let replies = note.replies.iter().map(|reply| {
            let mut told = remark_rest(reply.author.as_ref(), reply.created.as_ref());
            put_text(&mut told, "text", Some(&reply.text));
            put_extra(&mut told, &reply.extra);
            Json::Object(told)
        });
        one.insert("replies".to_owned(), Json::Array(replies.collect()));
    }
    put_extra(&mut one, &note.extra);
    one
}

fn remark_rest(author: Option<&Annotator>, created: Option<&Timestamp>) -> Map<String, Json> {
    let mut one = Map::new();
    put_text(&mut one, "author", author.map(Annotator::as_str));
    put_text(&mut one, "created", created.map(Timestamp::as_str));
    one
}

/// The unknown keys of the article's line, which come before any layer is read.
pub(in crate::formats) fn article_extra(rest: &Map<String, Json>) -> Extra {
    let own = rest.get("article").and_then(Json::as_object);
    keys::freed(own.cloned().unwrap_or_default(), keys::ARTICLE)
}

/// Says of the annotations that were read what the rest has of them. What was changed since is told; how many are not
/// there any more is given back.
pub(in crate::formats) fn apply_rest(rest: Map<String, Json>, marking: &mut Marking<'_>) -> usize {
    let mut list = Vec::new();
    let mut found = Findings {
        line: 0,
        list: &mut list,
    };
    let mut fields = Fields::new("the article", rest);
    fields.take("article");
    apply_layer(&mut fields, marking.layer(), &mut found);
    let told = fields.object("counts", &mut found).unwrap_or_default();
    let missing = counts(marking.layer()).into_iter().map(|(key, count)| {
        let before = told.get(key).and_then(Json::as_u64).unwrap_or_default();
        usize::try_from(before).unwrap_or_default().saturating_sub(count)
    });
    let gone = missing.sum();
    let mut changed = 0_usize;
    for (id, json) in fields.object("spans", &mut found).unwrap_or_default() {
        let span = SpanId::new(&id).ok();
        let span = span.and_then(|id| marking.layer().spans.get(&id).cloned());
        let (Some(span), Some(mut own)) = (span, entry(&format!("span {id}"), json, &mut found)) else {
            continue;
        };
        let is_as_it_was = own
            .take("digest")
            .is_some_and(|own| own == digest(marking.text(), &span));
        if !is_as_it_was {
            changed += 1;
            continue;
        }
        marking.change_span(&span.id, |span| apply_span(own, span, &mut found));
    }
    apply_records(&mut fields, marking.layer(), &mut found);
    tell_all(list, marking);
    if changed > 0 {
        let message = format!(
            "spans that are not as they were exported, so that what was known of them (verdict, origin, times, \
             unconfirmed values) is left out: {changed}"
        );
        marking.tell(Diagnostic::warning("changed_since", message));
    }
    gone
}

fn apply_records(fields: &mut Fields, layer: &mut Layer, found: &mut Findings) {
    for (id, json) in fields.object("relations", found).unwrap_or_default() {
        let id = RelationId::new(&id).ok();
        if let Some(relation) = id.and_then(|id| layer.relations.get_mut(&id)) {
            relation.extra = extra_of(&json, keys::RELATION);
        }
    }
    for (id, json) in fields.object("events", found).unwrap_or_default() {
        let id = EventId::new(&id).ok();
        if let Some(event) = id.and_then(|id| layer.events.get_mut(&id)) {
            event.extra = extra_of(&json, keys::EVENT);
            apply_roles(&json, &mut event.roles);
        }
    }
    for (id, json) in fields.object("notes", found).unwrap_or_default() {
        let note = NoteId::new(&id).ok();
        if let Some(note) = note.and_then(|id| layer.notes.get_mut(&id))
            && let Some(own) = entry(&format!("note {id}"), json, found)
        {
            apply_note(own, note, found);
        }
    }
}

pub(super) fn tell_all(list: Vec<Diagnostic>, marking: &mut Marking<'_>) {
    for told in list {
        marking.tell(Diagnostic { line: None, ..told });
    }
}

/// Tells how many annotations of an export are not there any more.
pub(in crate::formats) fn tell_gone(gone: usize, marking: &mut Marking<'_>) {
    if gone > 0 {
        let message = format!("annotations that were exported and are not there any more: {gone}");
        marking.tell(Diagnostic::warning("gone_since", message).with_hint(
            "where nobody took them out on purpose, the file may have been cut; import an older copy",
        ));
    }
}

fn entry(what: &str, json: Json, found: &mut Findings) -> Option<Fields> {
    match json {
        Json::Object(map) => Some(Fields::new(what, map)),
        other => {
            let message = format!("what is known of {what} is no object");
            found.kept_out("bad_value", message, "it was left out", &other);
            None
        }
    }
}

fn extra_of(json: &Json, own: &[&str]) -> Extra {
    let extra = json.get("extra").and_then(Json::as_object);
    keys::freed(extra.cloned().unwrap_or_default(), own)
}

fn apply_layer(fields: &mut Fields, layer: &mut Layer, found: &mut Findings) {
    layer.review = fields.verdict("review", found);
    layer.flagged = fields.boolean("flagged", found).unwrap_or_default();
    layer.dismissed = native::dismissed(fields, found);
    layer.extra = keys::freed(fields.object("extra", found).unwrap_or_default(), keys::ARTICLE);
}

fn apply_span(mut fields: Fields, span: &mut Span, found: &mut Findings) {
    span.unconfirmed = native::unconfirmed(&mut fields, &span.attributes, found);
    span.review = native::review(&mut fields, found, |fields, found| {
        take_extra(fields, found, keys::REVIEW)
    });
    span.origin = native::origin(&mut fields, &span.origin, found, |fields, found| {
        take_extra(fields, found, keys::ORIGIN)
    });
    span.created = fields.timestamp("created", found);
    span.modified = fields.timestamp("modified", found);
    span.extra = take_extra(fields, found, keys::SPAN);
}

fn take_extra(mut fields: Fields, found: &mut Findings, own: &[&str]) -> Extra {
    keys::freed(fields.object("extra", found).unwrap_or_default(), own)
}

fn apply_roles(json: &Json, roles: &mut [RoleFiller]) {
    let extras = json.get("roles").and_then(Json::as_array);
    let Some(extras) = extras.filter(|extras| extras.len() == roles.len()) else {
        return;
    };
    for (role, extra) in roles.iter_mut().zip(extras) {
        role.extra = keys::freed(extra.as_object().cloned().unwrap_or_default(), keys::ROLE);
    }
}

fn apply_note(mut fields: Fields, note: &mut Note, found: &mut Findings) {
    note.replies.clear();
    note.author = fields.annotator("author", found);
    note.created = fields.timestamp("created", found);
    note.state = fields.note_state(found).unwrap_or(note.state);
    for json in fields.list("replies", found) {
        let Some(mut own) = entry("a reply", json, found) else {
            continue;
        };
        note.replies.push(Reply {
            author: own.annotator("author", found),
            created: own.timestamp("created", found),
            text: own.string("text", found).unwrap_or_default(),
            extra: take_extra(own, found, keys::REPLY),
        });
    }
    note.extra = take_extra(fields, found, keys::NOTE);
}

/// A filled role under the keys of `hashiya/1`, without its unknown keys.
pub(in crate::formats) fn role_json(role: &RoleFiller) -> Json {
    let mut entry = json!({ "role": role.role.as_str() });
    match &role.filler {
        Filler::Span(span) => entry["span"] = span.as_str().into(),
        Filler::Value(value) => entry["value"] = value.to_json(),
    }
    if role.inferred {
        entry["inferred"] = true.into();
    }
    if let Some(note) = &role.note {
        entry["note"] = note.as_str().into();
    }
    entry
}

/// Fills a role as [`role_json`] has it. What fills nothing is told.
pub(in crate::formats) fn fill_role(marking: &mut Marking<'_>, event: &EventId, entry: &Json) {
    let role = entry.get("role").and_then(Json::as_str).unwrap_or_default();
    let span = entry.get("span").and_then(Json::as_str);
    let value = entry.get("value").map(read_value);
    let filler = match (span.map(SpanId::new), value) {
        (Some(Ok(span)), None) => Filler::Span(span),
        (None, Some(Ok(value))) => Filler::Value(value),
        _ => {
            let message = format!("a role {role:?} of event {event} is filled by nothing that is known");
            marking.kept_out("bad_value", message);
            return;
        }
    };
    if let Some(filled) = marking.fill(event, role, filler) {
        filled.inferred = entry.get("inferred").and_then(Json::as_bool).unwrap_or_default();
        filled.note = entry.get("note").and_then(Json::as_str).map(str::to_owned);
    }
}
