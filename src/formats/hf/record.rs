//! One row as an article with its marks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::model::{Origin, SpanId, counted};

use super::super::json_records::{Reading, Record, take_annotator, take_status};
use super::super::jsonl::fields::{Fields, id_text};
use super::super::jsonl::{keys, shown};
use super::super::marking::{GivenSpan, Marking};
use super::super::position::{Pairs, Unit};
use super::super::tagging::{TaggedSpan, TaggedText};
use super::super::value_text::ToldTypes;
use super::super::{Diagnostic, Incoming, ReadOptions};
use super::names::Features;
use super::roles::{GivenRecord, Roles};
use super::rows::STRINGS;
use super::survey::{Survey, tag_name, tag_of};
use super::told::Told;

/// Numbers in a list that is kept as metadata; a longer one is a vector of some model.
const MOST_NUMBERS: usize = 16;

/// Makes articles of rows, and counts what is to be said of all of them.
pub(super) struct Maker<'a> {
    features: &'a Features,
    is_bare: bool,
    ids_count_rows: bool,
    unit: Unit,
    split: Option<String>,
    origin: &'a Origin,
    options: &'a ReadOptions,
    told: Told,
}

/// The words of a row and what is marked in them.
struct Plan {
    text: String,
    marks: Marks,
    /// The keys that were understood.
    taken: Vec<&'static str>,
}

enum Marks {
    None,
    /// With their key.
    Spans(&'static str, Vec<Record>),
    Tagged(Vec<TaggedSpan>),
}

/// Whether there are spans, read or not.
fn is_marked(spans: &Result<Vec<Record>, String>) -> bool {
    spans.as_ref().map_or(true, |spans| !spans.is_empty())
}

/// The spans of a row; why they cannot be read is told.
fn marks_of_spans(key: &'static str, spans: Result<Vec<Record>, String>, reading: &mut Reading<'_>) -> Marks {
    match spans {
        Ok(spans) => Marks::Spans(key, spans),
        Err(reason) => {
            let found = Diagnostic::error("bad_span", reason).at_line(reading.line);
            let hint = "the article came in without spans; mend them and import it again";
            reading.found.push(found.with_hint(hint));
            Marks::None
        }
    }
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        features: &'a Features,
        survey: &Survey,
        unit: Unit,
        split: Option<String>,
        origin: &'a Origin,
        options: &'a ReadOptions,
    ) -> Self {
        Self {
            features,
            is_bare: survey.is_bare(),
            ids_count_rows: survey.ids_count_rows(),
            unit,
            split,
            origin,
            options,
            told: Told::default(),
        }
    }

    /// The article of a row, and what was found in it; `own_file` where this program wrote the file. None where it has no
    /// words.
    pub(super) fn article(
        &mut self,
        line: u64,
        mut record: Record,
        own_file: bool,
    ) -> (Option<Incoming>, Vec<Diagnostic>) {
        // Values come with their types.
        let types = ToldTypes::default();
        let mut reading = Reading {
            unit: self.unit,
            types: &types,
            origin: self.origin,
            options: self.options,
            line,
            found: Vec::new(),
        };
        let is_own = own_file || is_own(|key| record.contains_key(key));
        if is_own {
            prepare_own(&mut record);
        }
        let made = self
            .plan(&record, is_own, &mut reading)
            .and_then(|plan| self.incoming(record, plan, is_own, &mut reading));
        let mut found = reading.found;
        let made = made.map_err(|reason| found.push(reason.at_line(line))).ok();
        (made, found)
    }

    /// What a row holds.
    ///
    /// # Errors
    /// Where it has no words.
    fn plan(&mut self, record: &Record, is_own: bool, reading: &mut Reading<'_>) -> Result<Plan, Diagnostic> {
        let mut roles = Roles::of(record);
        let taken = roles.keys();
        let other_tags = roles.tags.map(|(key, _)| key).filter(|_| !is_own);
        if let Some((_, text)) = roles.text
            && let Some((key, spans)) = roles
                .spans
                .take_if(|(_, spans)| other_tags.is_none() || is_marked(spans))
        {
            self.told.left_out.extend(other_tags.map(str::to_owned));
            return Ok(Plan {
                text: text.to_owned(),
                marks: marks_of_spans(key, spans, reading),
                taken,
            });
        }
        self.plan_of_tokens(roles, taken, reading)
    }

    /// What a row holds whose spans, if it has any, are not to be read.
    fn plan_of_tokens(
        &mut self,
        roles: Roles<'_>,
        mut taken: Vec<&'static str>,
        reading: &mut Reading<'_>,
    ) -> Result<Plan, Diagnostic> {
        if let Some((key, _)) = roles.spans.filter(|(_, spans)| is_marked(spans)) {
            // Nothing that was marked goes away in silence.
            taken.retain(|taken| *taken != key);
            self.told.unread_spans += 1;
        }
        let Some((_, tokens)) = roles.tokens.filter(|(_, tokens)| !tokens.is_empty()) else {
            return match roles.text {
                Some((_, text)) => Ok(Plan {
                    text: text.to_owned(),
                    marks: Marks::None,
                    taken,
                }),
                None => Err(Diagnostic::error("no_text", "the row has no text and no tokens")
                    .with_hint("nothing was imported from it")),
            };
        };
        let tags = roles
            .tags
            .and_then(|(key, tags)| self.tags(key, tags, tokens.len(), reading));
        let text = roles.text.map(|(_, text)| text);
        let (tagged, is_rebuilt) = self.place(text, &tokens, tags.as_deref());
        if is_rebuilt && let Some((text, _)) = roles.text {
            // The words that the tokens are not of are kept as metadata.
            taken.retain(|key| text != *key);
        }
        Ok(Plan {
            text: tagged.text,
            marks: Marks::Tagged(tagged.spans),
            taken,
        })
    }

    /// The names of the tags of a row. `None` where they cannot be told.
    fn tags(
        &mut self,
        key: &str,
        tags: &[Json],
        tokens: usize,
        reading: &mut Reading<'_>,
    ) -> Option<Vec<Option<String>>> {
        if tags.len() != tokens {
            let message = format!(
                "the row has {} and {}",
                counted(tokens, "token"),
                counted(tags.len(), "tag")
            );
            let found = Diagnostic::error("tags_do_not_match", message).at_line(reading.line);
            let hint = "the article came in without spans; mend the row and import it again";
            reading.found.push(found.with_hint(hint));
            return None;
        }
        let names = self.features.class_names(key, None);
        if names.is_none() && tags.iter().any(Json::is_number) {
            self.told.unnamed_tags += 1;
            return None;
        }
        let read = tags.iter().map(|tag| {
            let name = tag_name(tag, names.as_deref()).map(str::to_owned);
            if name.is_none() {
                self.told.bad_tag(&tag.to_string());
            }
            name
        });
        Some(read.collect())
    }

    /// Puts the tags on the text where the tokens are its words, or else on one that is built of them, which is said.
    fn place(
        &mut self,
        text: Option<&str>,
        tokens: &[&str],
        tags: Option<&[Option<String>]>,
    ) -> (TaggedText, bool) {
        let mut tagged = TaggedText::default();
        let places = text.and_then(|text| places(text, tokens));
        let is_rebuilt = places.is_none();
        self.told.rebuilt += u64::from(is_rebuilt);
        self.told.unlike += u64::from(is_rebuilt && text.is_some());
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.is_empty()) {
            let name = tags.and_then(|tags| tags.get(at)).and_then(Option::as_deref);
            let tag = name.and_then(|name| {
                let tag = tag_of(name, self.is_bare);
                if tag.is_none() {
                    self.told.bad_tag(name);
                }
                tag
            });
            match places.as_ref().and_then(|places| places.get(at)) {
                Some((start, end)) => tagged.tag(*start, *end, tag),
                None => tagged.push(token, tag),
            }
        }
        if let Some(text) = text.filter(|_| !is_rebuilt) {
            text.clone_into(&mut tagged.text);
        }
        (tagged, is_rebuilt)
    }

    fn incoming(
        &mut self,
        mut record: Record,
        plan: Plan,
        is_own: bool,
        reading: &mut Reading<'_>,
    ) -> Result<Incoming, Diagnostic> {
        let tokens = plan.taken.iter().find_map(|key| {
            let is_tokens = super::TOKENS.contains(key);
            is_tokens
                .then(|| record.get(*key)?.as_array().map(Vec::len))
                .flatten()
        });
        for key in &plan.taken {
            record.shift_remove(*key);
        }
        if !is_own {
            self.leave_out(&mut record, tokens);
            if self.ids_count_rows
                && let Some(id) = record.shift_remove("id")
            {
                record.insert("row".to_owned(), id);
            }
        }
        let mut fields = Fields::new("the article", record);
        let annotator = take_annotator(&mut fields, "annotator");
        let status = take_status(&mut fields);
        let mut article = reading.article(plan.text, fields)?;
        if let Some(split) = &self.split
            && !article.header.meta.contains_key("split")
        {
            self.told.in_split += 1;
            article
                .header
                .meta
                .insert("split".to_owned(), split.as_str().into());
        }
        let origin = reading.origin;
        let layer = reading.layer(&article.text, origin, |marking| {
            match &plan.marks {
                Marks::None => {}
                Marks::Spans(_, spans) if is_own => self.own_spans(spans, marking),
                Marks::Spans(key, spans) => self.spans(key, spans, marking),
                Marks::Tagged(spans) => mark_tagged(spans, marking),
            }
            marking.layer().status = status;
        });
        Ok(Incoming::new(
            article,
            vec![(annotator, layer)],
            Some(reading.line),
        ))
    }

    /// Takes off what is about tokens, and what no reader wants to see.
    fn leave_out(&mut self, record: &mut Record, tokens: Option<usize>) {
        record.retain(|key, value| {
            let Some(list) = value.as_array() else {
                return !value.is_null();
            };
            let is_flat = list.iter().all(|item| !item.is_object() && !item.is_array());
            let is_of_tokens = is_flat && tokens == Some(list.len()) && list.len() > 1;
            let is_vector = list.len() > MOST_NUMBERS && list.iter().all(Json::is_number);
            if is_of_tokens || is_vector {
                self.told.left_out.insert(key.clone());
            }
            !(is_of_tokens || is_vector)
        });
    }

    fn label(&mut self, key: &str, given: &GivenRecord<'_>) -> Result<String, String> {
        let (field, label) = given.label.ok_or("it has no label")?;
        let label = match label.as_array().map(Vec::as_slice) {
            Some([only]) => only,
            _ => label,
        };
        let number = label.as_u64().and_then(|number| usize::try_from(number).ok());
        if let Some(number) = number {
            let names = self.features.class_names(key, Some(field));
            if let Some(name) = names.and_then(|names| names.get(number).cloned()) {
                return Ok(name);
            }
            self.told.unnamed_labels += 1;
        }
        id_text(label).ok_or_else(|| format!("{} cannot be a label", shown(label)))
    }

    /// Spans as others have them.
    fn spans(&mut self, key: &str, spans: &[Record], marking: &mut Marking<'_>) {
        let ids: Vec<Option<String>> = spans
            .iter()
            .map(|span| span.get("id").and_then(id_text))
            .collect();
        let all: BTreeSet<&String> = ids.iter().flatten().collect();
        let are_own = all.len() == ids.iter().flatten().count();
        self.told.shared_ids += u64::from(!are_own);
        for (span, id) in spans.iter().zip(&ids) {
            let given = GivenRecord::of(span);
            let read = self.label(key, &given);
            let read = read.and_then(|label| Ok((label, given.pairs?)));
            let (label, pairs) = match read {
                Ok(read) => read,
                Err(reason) => {
                    let what = shown(&Json::Object(span.clone()));
                    marking.kept_out("bad_span", format!("{what}: {reason}"));
                    continue;
                }
            };
            let id = marking.span(&GivenSpan {
                id: id.as_deref().filter(|_| are_own),
                label: &label,
                pairs: &pairs,
                quote: given.quote.as_deref(),
            });
            let Some(id) = id else { continue };
            let mut rest = span.clone();
            rest.retain(|key, value| !value.is_null() && !given.taken.contains(&key.as_str()));
            if are_own {
                rest.shift_remove("id");
            }
            if let Some(attributes) = rest.get("attributes").and_then(object_of) {
                rest.shift_remove("attributes");
                mark_attributes(&id, &attributes, marking);
            }
            marking.change_span(&id, |span| span.extra = keys::freed(rest, keys::SPAN));
        }
    }

    /// Spans as the project writes them: fragments share an id.
    fn own_spans(&mut self, spans: &[Record], marking: &mut Marking<'_>) {
        let mut order: Vec<String> = Vec::new();
        let mut fragments: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
        for span in spans {
            let id = span.get("id").and_then(id_text).unwrap_or_default();
            if !fragments.contains_key(&id) {
                order.push(id.clone());
            }
            fragments.entry(id).or_default().push(span);
        }
        for id in order {
            let all = fragments.remove(&id).unwrap_or_default();
            let Some(first) = all.first() else { continue };
            let given: Vec<GivenRecord<'_>> = all.iter().map(|span| GivenRecord::of(span)).collect();
            let is_one = all.iter().all(|span| span.get("label") == first.get("label"));
            let quotes: Option<Vec<&str>> = given.iter().map(|one| one.quote.as_deref()).collect();
            let quote = quotes.map(|quotes| quotes.join(" "));
            let label = match given.first() {
                Some(one) => self.label("spans", one),
                None => continue,
            };
            let pairs: Result<Vec<Pairs>, String> = given.into_iter().map(|one| one.pairs).collect();
            let read = label.and_then(|label| Ok((label, pairs?.concat())));
            match read {
                Ok((label, pairs)) if is_one => {
                    let span = marking.span(&GivenSpan {
                        id: Some(&id).filter(|id| !id.is_empty()).map(String::as_str),
                        label: &label,
                        pairs: &pairs,
                        quote: quote.as_deref(),
                    });
                    if let Some(span) = span
                        && let Some(attributes) = first.get("attributes").and_then(object_of)
                    {
                        mark_attributes(&span, &attributes, marking);
                    }
                }
                Ok(_) => marking.kept_out("duplicate_id", format!("span {id} is there under several labels")),
                Err(reason) => marking.kept_out("bad_span", format!("span {id}: {reason}")),
            }
        }
    }

    /// What is to be said of the whole file.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        self.told.findings(self.split.as_deref())
    }
}

/// Whether a row, or a file, has all that the project writes.
pub(super) fn is_own(has: impl Fn(&str) -> bool) -> bool {
    let others = ["tokens", "ner_tags", "spans"];
    STRINGS.iter().chain(&others).all(|key| has(key))
}

/// What is absent in an own row is not to be guessed.
fn prepare_own(record: &mut Record) {
    for key in ["title", "lang"] {
        if record.get(key).is_some_and(Json::is_null) {
            record.insert(key.to_owned(), "".into());
        }
    }
    if let Some(meta) = record.get("meta").and_then(object_of) {
        record.insert("meta".to_owned(), Json::Object(meta));
    }
    record.retain(|_, value| !value.is_null());
}

/// An object, or one that is written out in a string.
fn object_of(json: &Json) -> Option<Record> {
    match json {
        Json::Object(object) => Some(object.clone()),
        Json::String(text) => match crate::model::parse_json(text).ok()?.value {
            Json::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    }
}

fn mark_attributes(span: &SpanId, attributes: &Record, marking: &mut Marking<'_>) {
    let attributes = marking.attributes_of(attributes);
    marking.change_span(span, |span| span.attributes = attributes);
}

fn mark_tagged(spans: &[TaggedSpan], marking: &mut Marking<'_>) {
    for span in spans {
        if let Some(ranges) = span.ranges() {
            marking.span_at(None, &span.label, ranges);
        }
    }
}

/// Where each token stands, if nothing but white space is between them.
fn places(text: &str, tokens: &[&str]) -> Option<Vec<(usize, usize)>> {
    let mut rest = text;
    let place = tokens.iter().map(|token| {
        // White space may be a token too.
        if !rest.starts_with(token) {
            rest = rest.trim_start();
        }
        let start = text.len() - rest.len();
        rest = rest.strip_prefix(token)?;
        Some((start, start + token.len()))
    });
    let places: Vec<(usize, usize)> = place.collect::<Option<_>>()?;
    rest.trim().is_empty().then_some(places)
}
