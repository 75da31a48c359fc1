//! Reading tasks: each annotation and each prediction becomes a layer.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::model::{
    Annotator, AttributeId, AttributeType, Attributes, Extra, Layer, Origin, OriginKind, SpanId, Status,
    Value,
};
use crate::text::Text;

use super::super::json_records::{Dialect, Reading, Record, take_annotator, take_status, take_text, text_in};
use super::super::jsonl::fields::{Fields, id_text};
use super::super::jsonl::foreign::take_if;
use super::super::jsonl::shown;
use super::super::marking::{GivenSpan, Marking};
use super::super::position::{Pairs, Unit, pairs, ranges};
use super::super::unit_probe::UnitProbe;
use super::super::value_text::{ToldTypes, value_from_text};
use super::super::{Diagnostic, Incoming};
use super::config::BESIDE;
use super::{ARTICLE, ATTRIBUTE};

pub(super) const DIALECT: Dialect = Dialect {
    own_unit: Unit::Utf16,
    tail: None,
    probe,
    attributes: Some(look_at_attributes),
    article,
};

/// The lists of a task that hold results.
const LISTS: [&str; 3] = ["annotations", "completions", "predictions"];

/// The results in all lists of a task.
fn results_of(task: &Record) -> impl Iterator<Item = &Json> {
    let lists = LISTS
        .iter()
        .filter_map(|key| task.get(*key)?.as_array())
        .flatten();
    lists
        .filter_map(|annotation| annotation.get("result")?.as_array())
        .flatten()
}

fn probe(task: &Record, tally: &mut UnitProbe) {
    let Some((_, text)) = task.get("data").and_then(Json::as_object).and_then(text_in) else {
        return;
    };
    let text = Text::new(text);
    for value in results_of(task).filter_map(|result| result.get("value")) {
        let Ok(pairs) = place(value) else { continue };
        match value.get("text") {
            Some(Json::String(quote)) => tally.add_if(&text, &pairs, |own| is_quoted(own, quote)),
            None => tally.add_unquoted(&text),
            // What was typed about the region, which quotes nothing.
            Some(_) => {}
        }
    }
}

/// Start and end of a region, which HTML regions have under a key of its own.
fn place(value: &Json) -> Result<Pairs, String> {
    let place = value.get("globalOffsets").unwrap_or(value);
    pairs(place.get("start"), place.get("end"), None)
}

/// Whether words are those that a region quotes. Label Studio writes line ends as `\n` with a backslash.
fn is_quoted(own: &str, quote: &str) -> bool {
    let plain = |text: &str| {
        text.replace("\\n", "\n")
            .replace("\r\n", "\n")
            .replace('\r', "\n")
    };
    own == quote || plain(own) == plain(quote)
}

fn article(task: Record, reading: &mut Reading<'_>) -> Result<Incoming, Diagnostic> {
    const HINT: &str = "a task is an object with data, which holds the text";
    let mut task = Fields::new("the task", task);
    let Some(Json::Object(mut data)) = task.take("data") else {
        return Err(Diagnostic::error("no_text", "the task has no data").with_hint(HINT));
    };
    let Some(text) = take_text(&mut data) else {
        return Err(Diagnostic::error("no_text", "the data of the task holds no text").with_hint(HINT));
    };
    if let Some(id) = task.take("id").filter(|_| !data.contains_key("id")) {
        data.insert("id".to_owned(), id);
    }
    let article = reading.article(text, Fields::new("the article", data))?;
    let mut layers: Vec<(Option<Annotator>, Layer)> = Vec::new();
    for key in LISTS {
        let list = take_if(&mut task, key, |json| json.as_array().cloned()).unwrap_or_default();
        let is_alone = list.len() == 1 && key != "predictions";
        for (number, annotation) in list.into_iter().enumerate() {
            let Json::Object(annotation) = annotation else {
                // Exports without the annotations themselves name them by number only.
                continue;
            };
            let mut annotation = Fields::new("the annotation", annotation);
            let author = Author::of(&mut annotation, key == "predictions");
            let name = author.name.clone().or_else(|| {
                let made = format!("annotation {}", number + 1);
                Annotator::new(made).ok().filter(|_| !is_alone)
            });
            let name = name.map(|name| free_name(name, &layers));
            let layer = read_annotation(&mut annotation, &author, &article.text, reading);
            layers.push((name, layer));
        }
    }
    Ok(Incoming::new(article, layers, Some(reading.line)))
}

/// Whose an annotation is.
struct Author {
    name: Option<Annotator>,
    is_model: bool,
    /// The model's name, where the prediction says it.
    model: Option<String>,
}

impl Author {
    fn of(annotation: &mut Fields, is_prediction: bool) -> Self {
        if is_prediction {
            let model = annotation
                .take("model_version")
                .and_then(|version| id_text(&version));
            let name = Annotator::new(model.as_deref().unwrap_or("predictions")).ok();
            return Self {
                name,
                is_model: true,
                model,
            };
        }
        let own = take_annotator(annotation, "annotator");
        let completed_by = annotation.take("completed_by");
        let name = own.or_else(|| {
            let by = completed_by?;
            let told = by
                .get("email")
                .or_else(|| by.get("username"))
                .and_then(Json::as_str);
            let number = || {
                by.get("id")
                    .unwrap_or(&by)
                    .as_u64()
                    .map(|id| format!("user {id}"))
            };
            let name = told.map(str::to_owned).or_else(number)?;
            Annotator::new(name).ok()
        });
        Self {
            name,
            is_model: false,
            model: None,
        }
    }
}

/// The name, or with a number where another layer of the task has it.
fn free_name(name: Annotator, layers: &[(Option<Annotator>, Layer)]) -> Annotator {
    let is_taken = |name: &Annotator| layers.iter().any(|(taken, _)| taken.as_ref() == Some(name));
    if !is_taken(&name) {
        return name;
    }
    let others = (2..layers.len() + 3).filter_map(|number| Annotator::new(format!("{name} ({number})")).ok());
    let free = others.into_iter().find(|name| !is_taken(name));
    free.unwrap_or(name)
}

fn read_annotation(
    annotation: &mut Fields,
    author: &Author,
    text: &Text,
    reading: &mut Reading<'_>,
) -> Layer {
    let results = take_if(annotation, "result", |json| json.as_array().cloned()).unwrap_or_default();
    let was_cancelled = annotation.take("was_cancelled") == Some(Json::Bool(true));
    let says_status = annotation.has("status");
    let status = take_status(annotation).or_else(|| {
        let told = if was_cancelled {
            Status::Skipped
        } else {
            Status::Done
        };
        (!author.is_model && !says_status).then_some(told)
    });
    let origin = if author.is_model {
        Origin {
            kind: OriginKind::Model,
            name: author.model.clone(),
            extra: Extra::new(),
        }
    } else {
        reading.origin.clone()
    };
    let codebook = reading.options.codebook.clone();
    let unit = reading.unit;
    let types = reading.types;
    let type_of = |name: &str| {
        let id = AttributeId::new(name).ok()?;
        let known = codebook.as_ref().and_then(|codebook| codebook.attribute(&id));
        known.map_or_else(|| types.get(name), |known| Some(known.attribute_type))
    };
    reading.layer(text, &origin, |marking| {
        marking.layer().status = status;
        let spans = read_regions(&results, (text, unit), marking);
        for result in &results {
            read_attribute(result, &spans, &type_of, marking);
        }
        for result in results.iter().filter(|result| is_relation(result)) {
            read_relation(result, &spans, marking);
        }
    })
}

/// The spans of each region, by the region's id.
type Regions = BTreeMap<String, Vec<SpanId>>;

fn is_relation(result: &Json) -> bool {
    result.get("type").and_then(Json::as_str) == Some("relation")
}

/// The labels of a region; `None` where it is none of labels.
fn labels_of(result: &Json) -> Option<Vec<String>> {
    let kind = result.get("type").and_then(Json::as_str)?;
    if !kind.ends_with("labels") {
        return None;
    }
    let value = result.get("value")?;
    let labels = value.get(kind).or_else(|| value.get("labels"));
    let labels = labels
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    Some(labels.iter().filter_map(id_text).collect())
}

/// Takes a span for each label of each region. Its id is the region's; of further labels it is made.
fn read_regions(results: &[Json], place_in: (&Text, Unit), marking: &mut Marking<'_>) -> Regions {
    let (text, unit) = place_in;
    let mut spans = Regions::new();
    for (result, labels) in results
        .iter()
        .filter_map(|result| Some((result, labels_of(result)?)))
    {
        let region = result.get("id").and_then(id_text);
        let value = result.get("value").unwrap_or(&Json::Null);
        if labels.is_empty() {
            marking.kept_out("bad_label", format!("{}: a region has no label", shown(value)));
        }
        let pairs = match place(value) {
            Ok(pairs) => pairs,
            Err(reason) => {
                marking.kept_out("bad_span", format!("{}: {reason}", shown(value)));
                continue;
            }
        };
        let own = ranges(text, unit, &pairs)
            .ok()
            .and_then(|ranges| ranges.quote(text));
        let quote = value.get("text").and_then(Json::as_str);
        let quote = quote.filter(|quote| !own.as_ref().is_some_and(|own| is_quoted(own, quote)));
        let mut is_first = !region.as_ref().is_some_and(|id| spans.contains_key(id));
        for label in labels {
            let taken = marking.span(&GivenSpan {
                id: region.as_deref().filter(|_| is_first),
                label: &label,
                pairs: &pairs,
                quote,
            });
            is_first = false;
            if let (Some(region), Some(span)) = (&region, taken) {
                spans.entry(region.clone()).or_default().push(span);
            }
        }
    }
    spans
}

/// Whether a result says where its region lies.
fn has_place(result: &Json) -> bool {
    let value = result.get("value");
    value.is_some_and(|value| value.get("start").is_some())
}

/// The attribute of a control other than labels, and what it holds.
fn control_of(result: &Json, is_of_region: bool) -> (&str, Option<&Json>) {
    let name = result.get("from_name").and_then(Json::as_str).unwrap_or_default();
    let kind = result.get("type").and_then(Json::as_str).unwrap_or_default();
    let key = if kind == "textarea" { "text" } else { kind };
    let prefix = if is_of_region { ATTRIBUTE } else { ARTICLE };
    let name = name.strip_prefix(prefix).unwrap_or(name);
    let name = name
        .strip_suffix(BESIDE)
        .filter(|_| kind == "textarea")
        .unwrap_or(name);
    (name, result.get("value").and_then(|value| value.get(key)))
}

/// Looks at what is typed into text areas; what is chosen is a word, whatever it looks like.
fn look_at_attributes(task: &Record, types: &mut ToldTypes) {
    for result in results_of(task).filter(|result| !is_relation(result) && labels_of(result).is_none()) {
        let (name, Some(given)) = control_of(result, has_place(result)) else {
            continue;
        };
        let is_typed = result.get("type").and_then(Json::as_str) == Some("textarea");
        match given.as_array().map(Vec::as_slice) {
            Some([Json::String(text)]) if is_typed => types.add(name, text),
            _ => value_of(given, None)
                .iter()
                .for_each(|value| types.add_value(name, value)),
        }
    }
}

/// Takes what a control other than labels says: of a region an attribute, otherwise a label of the article.
fn read_attribute(
    result: &Json,
    spans: &Regions,
    type_of: &dyn Fn(&str) -> Option<AttributeType>,
    marking: &mut Marking<'_>,
) {
    if is_relation(result) || labels_of(result).is_some() {
        return;
    }
    let region = result.get("id").and_then(id_text);
    let on = region.and_then(|region| spans.get(&region));
    let is_of_region = on.is_some() || has_place(result);
    let (name, given) = control_of(result, is_of_region);
    let Some(value) = given.and_then(|given| value_of(given, type_of(name))) else {
        marking.kept_out("bad_value", format!("{}: nothing reads this", shown(result)));
        return;
    };
    match on {
        Some(ids) => ids
            .iter()
            .for_each(|id| marking.attribute(id, name, value.clone())),
        None if is_of_region => {
            marking.kept_out(
                "dangling",
                format!("{}: it is of a region that is not there", shown(result)),
            );
        }
        None => {
            if let Some((id, value)) = marking.checked_attribute(name, value) {
                marking.layer().labels.insert(id, value);
            }
        }
    }
}

/// The value that a control holds: a list of choices or texts, or a number.
fn value_of(given: &Json, known: Option<AttributeType>) -> Option<Value> {
    let Json::Array(items) = given else {
        return super::super::jsonl::checked_value(given).ok();
    };
    let texts: Vec<&str> = items.iter().map(Json::as_str).collect::<Option<_>>()?;
    match texts.as_slice() {
        _ if known == Some(AttributeType::Choices) => {
            Some(Value::Choices(texts.into_iter().map(str::to_owned).collect()))
        }
        [text] => Some(value_from_text(text, known)),
        _ if matches!(known, Some(AttributeType::Text)) => Some(Value::Text(texts.join("\n"))),
        _ => Some(Value::Choices(texts.into_iter().map(str::to_owned).collect())),
    }
}

fn read_relation(relation: &Json, spans: &Regions, marking: &mut Marking<'_>) {
    let end = |key: &str| {
        let id = relation.get(key).and_then(id_text)?;
        spans.get(&id)?.first().cloned()
    };
    let (Some(from), Some(to)) = (end("from_id"), end("to_id")) else {
        let message = format!("{}: a relation's end is no region of the task", shown(relation));
        marking.kept_out("dangling", message);
        return;
    };
    let direction = relation.get("direction").and_then(Json::as_str);
    let (from, to) = if direction == Some("left") {
        (to, from)
    } else {
        (from, to)
    };
    let labels = relation.get("labels").and_then(Json::as_array);
    let kinds: BTreeSet<String> = labels.into_iter().flatten().filter_map(id_text).collect();
    let kinds = if kinds.is_empty() {
        BTreeSet::from(["relation".to_owned()])
    } else {
        kinds
    };
    let own = relation.get("id").and_then(id_text);
    for (number, kind) in kinds.iter().enumerate() {
        let own = own.as_deref().filter(|_| number == 0);
        let taken = marking.relation(own, kind, (&from, &to), Attributes::new());
        let taken = taken.filter(|_| direction == Some("bi"));
        if let Some(relation) = taken.and_then(|id| marking.layer().relations.get_mut(&id)) {
            relation.extra.insert("direction".to_owned(), "bi".into());
        }
    }
}
