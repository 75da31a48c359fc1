//! One annotation: what it is on, what it says, and what of a layer it becomes.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::model::{Attributes, Ranges, SpanId};
use crate::text::{ByteOffset, ByteRange};

use super::super::jsonl::rest::{apply_rest, fill_role, tell_gone};
use super::super::marking::{GivenSpan, Marking};
use super::super::position::Pairs;
use super::super::{Diagnostic, jsonl};

/// An annotation as a file gives it.
pub(super) struct Item {
    pub line: Option<u64>,
    pub map: Map<String, Json>,
}

/// The spans that annotations became, by the ids of these.
pub(super) type Spans = BTreeMap<String, SpanId>;

impl Item {
    pub(super) fn string(&self, key: &str) -> Option<&str> {
        self.map.get(key).and_then(Json::as_str)
    }

    /// A finding about it, with its line and its id.
    pub(super) fn placed(&self, mut found: Diagnostic) -> Diagnostic {
        if let Some(id) = self.string("id").filter(|id| !found.message.contains(*id)) {
            found.message = format!("annotation {id}: {}", found.message);
        }
        match self.line {
            Some(line) => found.at_line(line),
            None => found,
        }
    }

    /// What it was made for; of several the first.
    fn motivation(&self) -> &str {
        let told = self.map.get("motivation").map(first);
        told.and_then(Json::as_str).unwrap_or_default()
    }

    /// Whether it carries the text of an article.
    pub(super) fn is_text(&self) -> bool {
        let value = self.map.get("body").and_then(|body| body.get("value"));
        self.motivation() == "describing"
            && value.is_some_and(Json::is_string)
            && self.string("target").is_some()
    }

    /// The text that it is on, or the annotation.
    pub(super) fn source(&self) -> Option<&str> {
        self.string("hashiya:source").or_else(|| {
            let target = first(self.map.get("target")?);
            target
                .get("source")
                .or_else(|| target.get("id"))
                .unwrap_or(target)
                .as_str()
        })
    }

    /// Who made it.
    pub(super) fn creator(&self) -> Option<&str> {
        let creator = first(self.map.get("creator")?);
        let named = ["name", "nickname", "id"].iter().find_map(|key| creator.get(key));
        named.unwrap_or(creator).as_str()
    }

    /// What it becomes.
    pub(super) fn kind(&self) -> Kind {
        match self.motivation() {
            "assessing" if self.map.contains_key("hashiya:status") => Kind::About,
            "classifying" if self.map.contains_key("hashiya:roles") => Kind::Event,
            "linking" => Kind::Link,
            "commenting" | "replying" | "questioning" if !self.has_selector() => Kind::Note,
            _ => Kind::Span,
        }
    }

    fn targets(&self) -> Vec<&Json> {
        self.map.get("target").map(list).unwrap_or_default()
    }

    fn has_selector(&self) -> bool {
        self.targets()
            .iter()
            .any(|target| target.get("selector").is_some())
    }

    /// Its positions and the words that it quotes for them.
    pub(super) fn places(&self) -> Option<(Pairs, Option<String>)> {
        let (mut pairs, mut quotes) = (Pairs::new(), Vec::new());
        for selector in self.selectors() {
            let number = |key: &str| usize::try_from(selector.get(key)?.as_u64()?).ok();
            match selector.get("type").and_then(Json::as_str) {
                Some("TextPositionSelector") => pairs.push((number("start")?, number("end")?)),
                Some("TextQuoteSelector") => quotes.push(selector.get("exact")?.as_str()?.to_owned()),
                _ => {}
            }
        }
        let quote = (quotes.len() == pairs.len()).then(|| quotes.join(" "));
        (!pairs.is_empty()).then_some((pairs, quote))
    }

    fn selectors(&self) -> Vec<&Json> {
        let targets = self.targets().into_iter();
        let selectors = targets.filter_map(|target| target.get("selector")).flat_map(list);
        selectors.collect()
    }

    /// Its place in a text where only its words say it, with what stands around them: the one place that fits.
    fn quoted_place(&self, text: &str) -> Option<ByteRange> {
        let selectors = self.selectors();
        let [selector] = selectors.as_slice() else {
            return None;
        };
        let words = |key: &str| selector.get(key).and_then(Json::as_str);
        let (exact, prefix, suffix) = (
            words("exact").filter(|exact| !exact.is_empty())?,
            words("prefix").unwrap_or_default(),
            words("suffix").unwrap_or_default(),
        );
        let mut fitting = text.match_indices(exact).filter(|(at, _)| {
            let (before, from) = text.split_at(*at);
            let behind = from.strip_prefix(exact).unwrap_or_default();
            before.ends_with(prefix) && behind.starts_with(suffix)
        });
        let (at, _) = fitting.next()?;
        let place = ByteRange::between(ByteOffset::new(at), ByteOffset::new(at + exact.len()));
        fitting.next().is_none().then_some(place)
    }

    /// What its bodies say: labels, and comments.
    fn bodies(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut labels, mut comments) = (Vec::new(), Vec::new());
        let motivation = self.motivation();
        for body in self.map.get("body").map(list).unwrap_or_default() {
            let told = ["value", "source", "id"].iter().find_map(|key| body.get(key));
            let Some(words) = told.unwrap_or(body).as_str() else {
                continue;
            };
            let purpose = body.get("purpose").and_then(Json::as_str).unwrap_or(motivation);
            if matches!(purpose, "commenting" | "describing" | "replying" | "questioning") {
                comments.push(words);
            } else {
                labels.push(words);
            }
        }
        (labels, comments)
    }
}

/// What an annotation becomes, in the order in which they are read: what names others comes behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Span,
    Link,
    Event,
    Note,
    /// What is known of the whole layer.
    About,
}

/// The first of several, or the only one.
fn first(json: &Json) -> &Json {
    json.get(0).unwrap_or(json)
}

fn list(json: &Json) -> Vec<&Json> {
    match json {
        Json::Array(list) => list.iter().collect(),
        one => vec![one],
    }
}

/// Takes an annotation into a layer.
pub(super) fn mark(marking: &mut Marking<'_>, item: &Item, spans: &mut Spans) {
    let given = item
        .map
        .get("hashiya:attributes")
        .or_else(|| item.map.get("hashiya:labels"));
    let attributes = match given {
        None => Attributes::new(),
        Some(Json::Object(map)) => marking.attributes_of(map),
        Some(other) => {
            marking.kept_out("bad_value", format!("{} are no attributes", jsonl::shown(other)));
            Attributes::new()
        }
    };
    match item.kind() {
        Kind::About => about(marking, item, attributes),
        Kind::Link => link(marking, item, attributes, spans),
        Kind::Event => event(marking, item, attributes),
        Kind::Note => note(marking, item, spans),
        Kind::Span => span(marking, item, &attributes, spans),
    }
}

fn about(marking: &mut Marking<'_>, item: &Item, attributes: Attributes) {
    marking.status(item.string("hashiya:status"));
    marking.layer().labels = attributes;
    if let Some(more) = item.map.get("hashiya:more").and_then(Json::as_object) {
        let gone = apply_rest(more.clone(), marking);
        tell_gone(gone, marking);
    }
}

fn link(marking: &mut Marking<'_>, item: &Item, attributes: Attributes, spans: &Spans) {
    let own = |key: &str| item.string(key).and_then(|id| SpanId::new(id).ok());
    let linked = item.map.get("body").map(list).unwrap_or_default();
    let linked = linked
        .iter()
        .find_map(|body| body.get("id").unwrap_or(body).as_str());
    let of_annotation = |id: Option<&str>| id.and_then(|id| spans.get(id)).cloned();
    let from = own("hashiya:from").or_else(|| of_annotation(item.source()));
    let to = own("hashiya:to").or_else(|| of_annotation(linked));
    let kind = item.bodies().0.first().copied().unwrap_or("linking");
    let (Some(from), Some(to)) = (from, to) else {
        let message = format!("a link {kind:?} does not name two spans that were read");
        marking.kept_out("dangling", message);
        return;
    };
    marking.relation(item.string("hashiya:id"), kind, (&from, &to), attributes);
}

fn event(marking: &mut Marking<'_>, item: &Item, attributes: Attributes) {
    let trigger = item.string("hashiya:trigger").and_then(|id| SpanId::new(id).ok());
    let kind = item.bodies().0.first().copied().unwrap_or_default();
    let taken = marking.event(item.string("hashiya:id"), kind, trigger.as_ref(), attributes);
    let Some(taken) = taken else { return };
    for entry in item.map.get("hashiya:roles").map(list).unwrap_or_default() {
        fill_role(marking, &taken, entry);
    }
}

fn note(marking: &mut Marking<'_>, item: &Item, spans: &Spans) {
    let (labels, comments) = item.bodies();
    let of_annotation = item
        .source()
        .and_then(|id| spans.get(id))
        .map(ToString::to_string);
    let target = item.string("hashiya:target").map(str::to_owned).or(of_annotation);
    let id = item.string("hashiya:id");
    for (number, text) in comments.into_iter().chain(labels).enumerate() {
        marking.note(id.filter(|_| number == 0), target.as_deref(), text);
    }
}

fn span(marking: &mut Marking<'_>, item: &Item, attributes: &Attributes, spans: &mut Spans) {
    let (mut labels, comments) = item.bodies();
    if labels.is_empty() {
        let motivation = item.motivation();
        labels.push(if motivation.is_empty() {
            "annotation"
        } else {
            motivation
        });
    }
    let places = item.places();
    let by_words = item.quoted_place(marking.text().as_str()).and_then(Ranges::one);
    let mut first = None;
    for (number, label) in labels.into_iter().enumerate() {
        let id = item.string("hashiya:id").filter(|_| number == 0);
        let taken = match (&places, &by_words) {
            (Some((pairs, quote)), _) => marking.span(&GivenSpan {
                id,
                label,
                pairs,
                quote: quote.as_deref(),
            }),
            (None, Some(ranges)) => marking.span_at(id, label, ranges.clone()),
            (None, None) => {
                let what = item.string("id").unwrap_or("an annotation");
                let message = format!("{what} has no positions, and no words that stand at one place only");
                marking.kept_out("bad_offsets", message);
                None
            }
        };
        if let Some(taken) = taken {
            marking.change_span(&taken, |span| span.attributes.clone_from(attributes));
            first.get_or_insert(taken);
        }
    }
    let Some(first) = first else { return };
    for text in comments {
        marking.note(None, Some(first.as_str()), text);
    }
    if let Some(id) = item.string("id") {
        let known = spans.insert(id.to_owned(), first);
        if known.is_some() {
            let message = format!("several annotations have the id {id:?}; links to it lead to the last");
            marking.tell(Diagnostic::warning("duplicate_id", message));
        }
    }
}
