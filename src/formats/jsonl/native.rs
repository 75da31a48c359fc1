//! One line of `hashiya/1`, or of any other object with a `text`, as an article and a layer. What cannot be read is
//! left out with a finding; the rest comes in.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::model::{
    Annotator, Article, ArticleId, AttributeId, Attributes, Extra, Header, LabelId, Layer, Origin,
    OriginKind, ProblemKey, Ranges, Span, SpanId, SpanReview, Status,
};
use crate::text::Text;

use super::super::json_records::{named_unit, needed_text};
use super::super::made_ids::{MadeIds, span_words};
use super::super::position::{Unit, pairs, ranges, splits_cluster};
use super::super::{Diagnostic, Incoming};
use super::fields::{Fields, Findings, id_text, shown};
use super::records::read_records;

/// What a line is read with.
pub(super) struct Reading<'a> {
    pub(super) unit: Unit,
    /// What lines count in that say code points.
    pub(super) code_points: Unit,
    /// The origin of spans that do not say where they come from.
    pub(super) origin: &'a Origin,
}

/// Reads a line of `hashiya/1`.
///
/// # Errors
/// The reason why the whole line is kept out.
pub(super) fn read(
    map: Map<String, Json>,
    reading: &Reading,
    found: &mut Findings,
) -> Result<Incoming, Diagnostic> {
    let mut fields = Fields::new("the article", map);
    fields.take("schema");
    let unit = unit_of(&mut fields, reading)?;
    let id = id_of(&mut fields)?;
    let annotator = annotator_of(&mut fields)?;
    let title = fields.string("title", found);
    let lang = fields.string("lang", found);
    let text = Text::new(needed_text(fields.take("text"), "text")?);
    let sha256 = fields.string("sha256", found);
    let meta = fields.object("meta", found).unwrap_or_default();
    let header = Header {
        title,
        lang,
        meta,
        extra: Extra::new(),
    };
    let mut article = Article::new(id, header, text)?;
    check_digest(&article, sha256.as_deref(), found);
    let reading = Reading { unit, ..*reading };
    let mut layer = read_layer(&mut fields, &article.text, &reading, found);
    let rest = fields.rest();
    if annotator.is_some() {
        layer.extra = rest;
    } else {
        article.header.extra = rest;
    }
    Ok(Incoming::new(article, vec![(annotator, layer)], Some(found.line)))
}

fn unit_of(fields: &mut Fields, reading: &Reading) -> Result<Unit, Diagnostic> {
    let Some(name) = fields.take("offsets") else {
        return Ok(reading.unit);
    };
    match named_unit(&name) {
        Some(Unit::CodePoints) => Ok(reading.code_points),
        Some(unit) => Ok(unit),
        None => Err(unknown_unit(&name)),
    }
}

fn id_of(fields: &mut Fields) -> Result<Option<ArticleId>, Diagnostic> {
    let made = |id: Json| {
        let text = id_text(&id);
        text.and_then(|text| ArticleId::new(text).ok())
            .ok_or_else(|| bad_id(&id))
    };
    fields.take("id").map(made).transpose()
}

fn annotator_of(fields: &mut Fields) -> Result<Option<Annotator>, Diagnostic> {
    let made = |name: Json| {
        let name = name.as_str().and_then(|name| Annotator::new(name).ok());
        name.ok_or_else(bad_annotator)
    };
    fields.take("annotator").map(made).transpose()
}

fn unknown_unit(name: &Json) -> Diagnostic {
    Diagnostic::error(
        "unknown_offsets",
        format!("offsets counts in {}, which is unknown", shown(name)),
    )
    .with_hint("write codepoint, utf16, or byte")
}

fn bad_id(id: &Json) -> Diagnostic {
    let message = format!("{} cannot be an article's id", shown(id));
    Diagnostic::error("bad_id", message)
        .with_hint("an id is a string that is not empty, without control characters")
}

fn bad_annotator() -> Diagnostic {
    Diagnostic::error(
        "bad_annotator",
        "the line does not say properly whose annotations it has",
    )
    .with_hint("annotator is a name without control characters")
}

fn check_digest(article: &Article, given: Option<&str>, found: &mut Findings) {
    let own = article.sha256.hex();
    if let Some(given) = given.filter(|given| *given != own) {
        found.doubt(
            "text_changed",
            format!("the text is not the one that sha256 {given} was written for; it has {own}"),
            "check where the text was changed; the positions of its spans may be wrong",
        );
    }
}

fn read_layer(fields: &mut Fields, text: &Text, reading: &Reading, found: &mut Findings) -> Layer {
    const STATUS: &str = "todo, in_progress, done, skipped";
    let mut layer = Layer {
        status: fields.named("status", STATUS, found, Status::from_name),
        review: fields.verdict("review", found),
        flagged: fields.boolean("flagged", found).unwrap_or_default(),
        ..Layer::default()
    };
    let spans = fields.list("spans", found);
    read_spans(spans, text, reading, &mut layer, found);
    read_records(fields, &mut layer, found);
    layer.labels = fields.attributes("labels", found);
    layer.dismissed = dismissed(fields, found);
    layer
}

/// Keys of problems. What they are about may be gone, so any key is kept.
pub(super) fn dismissed(fields: &mut Fields, found: &mut Findings) -> BTreeSet<ProblemKey> {
    let mut keys = BTreeSet::new();
    for json in fields.list("dismissed", found) {
        if let Some(key) = json.as_str().and_then(|key| ProblemKey::new(key).ok()) {
            keys.insert(key);
        } else {
            let message = format!("dismissed holds {}, which is no key of a problem", shown(&json));
            found.kept_out("bad_value", message, "it was left out", &json);
        }
    }
    keys
}

/// Reads spans into a layer.
pub(super) fn read_spans(
    spans: Vec<Json>,
    text: &Text,
    reading: &Reading,
    layer: &mut Layer,
    found: &mut Findings,
) {
    // An id that the file gives is never taken for a span without one.
    let given: HashSet<String> = spans.iter().filter_map(|span| id_text(span.get("id")?)).collect();
    let mut made = MadeIds::default();
    for (index, json) in spans.into_iter().enumerate() {
        let has = |id: &str| SpanId::new(id).is_ok_and(|id| layer.spans.get(&id).is_some());
        let made_id = |label: &LabelId, ranges: &Ranges| {
            let is_taken = |id: &str| given.contains(id) || has(id);
            made.next("s", &span_words(label, ranges), is_taken)
        };
        match read_span(index, &json, text, reading, made_id, found) {
            Ok(span) if has(span.id.as_str()) => {
                let (id, label) = (&span.id, &span.label);
                let message = format!("span {id} is there twice; the second, {label}, is kept out");
                found.kept_out(
                    "duplicate_id",
                    message,
                    "give each span of a line an id of its own",
                    &json,
                );
            }
            Ok(span) => layer.spans.insert(Arc::new(span)),
            Err((code, message)) => {
                found.kept_out(code, message, Diagnostic::MEND_PART, &json);
            }
        }
    }
}

type Refused = (&'static str, String);

/// A span; where the file gives it no id, one is made of its label and places.
fn read_span(
    index: usize,
    json: &Json,
    text: &Text,
    reading: &Reading,
    made_id: impl FnOnce(&LabelId, &Ranges) -> String,
    found: &mut Findings,
) -> Result<Span, Refused> {
    let number = index + 1;
    let Json::Object(map) = json else {
        return Err((
            "bad_span",
            format!("span {number} is an object, not {}", shown(json)),
        ));
    };
    let mut fields = Fields::new(format!("span {number}"), map.clone());
    let id = fields.id("id", found).and_then(|id| SpanId::new(id).ok());
    if let Some(id) = &id {
        fields.what = format!("span {id}");
    }
    let label = label_of(&mut fields)?;
    let ranges = ranges_of(&mut fields, text, reading.unit)?;
    doubt_split_cluster(&fields.what, text, &ranges, found);
    let attributes = fields.attributes("attributes", found);
    let unconfirmed = unconfirmed(&mut fields, &attributes, found);
    let id = id.map_or_else(|| SpanId::new(made_id(&label, &ranges)), Ok);
    Ok(Span {
        id: id.map_err(|invalid| ("bad_id", format!("{}: {invalid}", fields.what)))?,
        ranges,
        label,
        attributes,
        unconfirmed,
        review: review(&mut fields, found, |review, _| review.rest()),
        origin: origin(&mut fields, reading.origin, found, |origin, _| origin.rest()),
        created: fields.timestamp("created", found),
        modified: fields.timestamp("modified", found),
        extra: fields.rest(),
    })
}

fn label_of(fields: &mut Fields) -> Result<LabelId, Refused> {
    let label = fields.take("label").and_then(|label| id_text(&label));
    let label = label.and_then(|label| LabelId::new(label).ok());
    label.ok_or_else(|| {
        let message = format!("{} has no label, or one that cannot be used", fields.what);
        ("bad_label", message)
    })
}

fn doubt_split_cluster(what: &str, text: &Text, ranges: &Ranges, found: &mut Findings) {
    if splits_cluster(text, ranges) {
        let quote = shown(&Json::String(ranges.quote(text).unwrap_or_default()));
        found.doubt(
            "splits_cluster",
            format!("{what} {quote} starts or ends inside a character as readers see it"),
            "it was kept as it is; look at it before you trust it",
        );
    }
}

fn ranges_of(fields: &mut Fields, text: &Text, unit: Unit) -> Result<Ranges, Refused> {
    let bad = |what: &str, reason: String| ("bad_offsets", format!("{what}: {reason}"));
    let (start, end, fragments) = (fields.take("start"), fields.take("end"), fields.take("fragments"));
    let pairs = pairs(start.as_ref(), end.as_ref(), fragments.as_ref())
        .map_err(|reason| bad(&fields.what, reason))?;
    let ranges = ranges(text, unit, &pairs).map_err(|reason| bad(&fields.what, reason))?;
    let Some(quote) = fields.take("text") else {
        return Ok(ranges);
    };
    let own = ranges.quote(text).unwrap_or_default();
    if quote == own {
        return Ok(ranges);
    }
    let own = Json::String(own);
    let message = format!(
        "{} quotes {}, but its positions hold {}",
        fields.what,
        shown(&quote),
        shown(&own)
    );
    Err(("quote_mismatch", message))
}

pub(super) fn unconfirmed(
    fields: &mut Fields,
    attributes: &Attributes,
    found: &mut Findings,
) -> BTreeSet<AttributeId> {
    let mut ids = BTreeSet::new();
    for json in fields.list("unconfirmed", found) {
        let id = json.as_str().and_then(|id| AttributeId::new(id).ok());
        if let Some(id) = id.filter(|id| attributes.contains_key(id)) {
            ids.insert(id);
        } else {
            let shown = shown(&json);
            let message = format!(
                "unconfirmed of {} names {shown}, which is none of its attributes",
                fields.what
            );
            found.kept_out("bad_value", message, "it was left out", &json);
        }
    }
    ids
}

/// Takes the review of a span; a function says what of it are unknown keys.
pub(super) fn review(
    fields: &mut Fields,
    found: &mut Findings,
    extra: impl FnOnce(Fields, &mut Findings) -> Extra,
) -> Option<SpanReview> {
    let map = fields.object("review", found)?;
    let record = Json::Object(map.clone());
    let mut review = Fields::new(format!("the review of {}", fields.what), map);
    let Some(verdict) = review.verdict("verdict", found) else {
        let message = format!("{} has no verdict and is left out", review.what);
        found.kept_out(
            "bad_value",
            message,
            "write approved or changes_requested",
            &record,
        );
        return None;
    };
    Some(SpanReview {
        verdict,
        by: review.annotator("by", found),
        at: review.timestamp("at", found),
        extra: extra(review, found),
    })
}

/// Takes the origin of a span, which is the default one where there is none; a function says what of it are unknown
/// keys.
pub(super) fn origin(
    fields: &mut Fields,
    default: &Origin,
    found: &mut Findings,
    extra: impl FnOnce(Fields, &mut Findings) -> Extra,
) -> Origin {
    const KINDS: &str = "person, import, dictionary, pattern, model";
    let Some(map) = fields.object("origin", found) else {
        return default.clone();
    };
    let mut origin = Fields::new(format!("the origin of {}", fields.what), map);
    Origin {
        kind: origin
            .named("kind", KINDS, found, OriginKind::from_name)
            .unwrap_or(default.kind),
        name: origin.string("name", found),
        extra: extra(origin, found),
    }
}
