//! Both notations of a CAS into structures as they are given: types, and features as strings. Knows no layer.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event as Xml};
use serde_json::{Map, Value as Json};

use crate::model::{AttributeType, parse_json};

use super::super::diagnostic::place_in;
use super::super::{Diagnostic, jsonl};
use super::ranges::Ranges;

/// A structure as a file gives it: its id, its type, and its features as strings.
#[derive(Default)]
pub(super) struct Given {
    pub id: String,
    pub kind: String,
    features: BTreeMap<String, String>,
    /// Features that are more than strings, as the file says.
    types: BTreeMap<String, AttributeType>,
}

impl Given {
    pub(super) fn get(&self, feature: &str) -> Option<&str> {
        self.features.get(feature).map(String::as_str)
    }

    /// The type of a feature, where the file says that it is more than a string.
    pub(super) fn type_of(&self, feature: &str) -> Option<AttributeType> {
        self.types.get(feature).copied()
    }

    /// Takes over what a type system says of the features.
    pub(super) fn take_types(&mut self, ranges: &Ranges) {
        let told = self.features.keys().filter_map(|feature| {
            let known = ranges.get(&self.kind, feature)?;
            Some((feature.clone(), known))
        });
        self.types = told.collect();
    }

    /// Begin and end, in whatever unit the file counts.
    pub(super) fn pair(&self) -> Option<(usize, usize)> {
        Some((self.get("begin")?.parse().ok()?, self.get("end")?.parse().ok()?))
    }

    /// Every feature with its value.
    pub(super) fn features(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.features.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The name of its type without the package.
    pub(super) fn short(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or_default()
    }

    /// Takes the features that are lists, behind what an attribute of their name says.
    fn take_lists(&mut self, lists: BTreeMap<String, Vec<Json>>) {
        for (feature, list) in lists {
            let before = self.features.remove(&feature).map(Json::String);
            let list: Json = before.into_iter().chain(list).collect();
            self.features.insert(feature, list.to_string());
        }
    }
}

/// The structures of a file, and what is doubtful about it.
pub(super) type Parsed = (Vec<Given>, Vec<Diagnostic>);

/// Reads JSON CAS.
///
/// # Errors
/// Where the file is no complete JSON, or no CAS.
pub(super) fn parse_cas(json: &str) -> Result<Parsed, Diagnostic> {
    let parsed = parse_json(json).map_err(|fault| jsonl::fault(json, fault))?;
    let mut told = Vec::new();
    for (key, at) in &parsed.duplicates {
        let (line, column) = place_in(json, at.get());
        let message = format!("an object has the key {key:?} twice; the first was taken");
        told.push(Diagnostic::warning("duplicate_key", message).at(line, column));
    }
    let structures = match parsed.value.get("%FEATURE_STRUCTURES") {
        Some(Json::Array(list)) => list.iter().map(|one| (None, one)).collect(),
        Some(Json::Object(map)) => map.iter().map(|(id, one)| (Some(id), one)).collect(),
        _ => Vec::new(),
    };
    if structures.is_empty() {
        return Err(
            Diagnostic::error("bad_json", "the file has no %FEATURE_STRUCTURES")
                .with_hint("a CAS in JSON lists them; export it anew from the tool that made it"),
        );
    }
    let mut all = Vec::with_capacity(structures.len());
    for (id, one) in structures {
        if let Json::Object(object) = one {
            all.push(given(id, object));
        } else {
            let message = format!("{} is no feature structure", jsonl::shown(one));
            told.push(Diagnostic::error("bad_value", message).with_hint("it is kept out"));
        }
    }
    let views = parsed.value.get("%VIEWS").and_then(Json::as_object);
    for view in views.into_iter().flat_map(Map::values) {
        let members = view
            .get("%MEMBERS")
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        let members: Vec<String> = members.map(string).collect();
        let mut given = Given {
            kind: VIEW.to_owned(),
            ..Given::default()
        };
        given.features.insert("members".to_owned(), members.join(" "));
        all.push(given);
    }
    Ok((all, told))
}

fn given(id: Option<&String>, object: &Map<String, Json>) -> Given {
    let mut given = Given {
        id: id.cloned().unwrap_or_default(),
        ..Given::default()
    };
    for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
        match key.as_str() {
            "%ID" => given.id = string(value),
            "%TYPE" => given.kind = string(value),
            key => {
                let name = key.strip_prefix('@').unwrap_or(key);
                if let Some(known) = scalar_type(value).filter(|_| name == key) {
                    given.types.insert(name.to_owned(), known);
                }
                given.features.insert(name.to_owned(), string(value));
            }
        }
    }
    given
}

/// The type of a number or a truth value.
fn scalar_type(value: &Json) -> Option<AttributeType> {
    match value {
        Json::Bool(_) => Some(AttributeType::Boolean),
        Json::Number(number) if number.as_i64().is_some() => Some(AttributeType::Integer),
        Json::Number(_) => Some(AttributeType::Number),
        _ => None,
    }
}

/// A value of a feature, and an id, which some write as a string.
fn string(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Reads XMI. No entity but XML's own five is resolved. Structures stand one level below the root, and their lists one
/// level below them; whatever is deeper is passed over at no cost, and told.
///
/// # Errors
/// Where the file is no complete XML.
pub(super) fn parse_xmi(xml: &str) -> Result<Parsed, Diagnostic> {
    let bad = |at: u64, what: String| {
        let (line, column) = place_in(xml, usize::try_from(at).unwrap_or(usize::MAX));
        Diagnostic::error("bad_xml", format!("the file is no complete XML: {what}"))
            .at(line, column)
            .with_hint("write it again where it comes from, or mend that place")
    };
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut parsing = Parsing::default();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| bad(at, error.to_string()))?;
        match event {
            Xml::Start(element) => parsing.open(&element, false).map_err(|what| bad(at, what))?,
            Xml::Empty(element) => parsing.open(&element, true).map_err(|what| bad(at, what))?,
            Xml::End(_) => parsing.close(),
            Xml::Text(text) => {
                let text = text.decode().map_err(|error| bad(at, error.to_string()))?;
                parsing.text(&text).map_err(|what| bad(at, what))?;
            }
            Xml::CData(text) => {
                let text = text.decode().map_err(|error| bad(at, error.to_string()))?;
                parsing.text(&text).map_err(|what| bad(at, what))?;
            }
            Xml::GeneralRef(entity) => {
                let resolved = entity
                    .resolve_char_ref()
                    .map_err(|error| bad(at, error.to_string()))?;
                let name = String::from_utf8_lossy(&entity).into_owned();
                let named = || quick_xml::escape::resolve_predefined_entity(&name);
                let text = resolved.map(String::from).or_else(|| named().map(str::to_owned));
                let text =
                    text.ok_or_else(|| bad(at, format!("the entity &{name}; is none of XML's own")))?;
                parsing.text(&text).map_err(|what| bad(at, what))?;
            }
            Xml::Eof if parsing.has_ended => return Ok(parsing.finish()),
            Xml::Eof => return Err(bad(at, "it ends too early".to_owned())),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Parsing {
    all: Vec<Given>,
    depth: usize,
    spaces: BTreeMap<String, String>,
    /// The lists of the structure that is open, by their features.
    lists: BTreeMap<String, Vec<Json>>,
    /// The value of a list's element that is open.
    item: Option<(String, String)>,
    has_ended: bool,
    /// Elements deeper than any of a CAS.
    deeper: usize,
    /// Words where none should stand.
    loose: usize,
}

impl Parsing {
    fn open(&mut self, element: &BytesStart<'_>, is_empty: bool) -> Result<(), String> {
        if self.has_ended {
            return Err("something follows its end".to_owned());
        }
        let name = String::from_utf8_lossy(element.name().as_ref()).into_owned();
        match self.depth {
            0 | 1 => {
                let mut given = self.attributes(element)?;
                if self.depth == 1 {
                    given.kind = type_of(&name, &self.spaces);
                    self.all.push(given);
                }
            }
            2 => {
                self.item = Some((name, String::new()));
                if is_empty {
                    self.take_item();
                }
            }
            _ => self.deeper += 1,
        }
        if is_empty {
            self.has_ended |= self.depth == 0;
        } else {
            self.depth += 1;
        }
        Ok(())
    }

    fn attributes(&mut self, element: &BytesStart<'_>) -> Result<Given, String> {
        let mut given = Given::default();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|error| error.to_string())?;
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.spaces.insert(prefix.to_owned(), value.into_owned());
            } else if name == "xmi:id" {
                given.id = value.into_owned();
            } else {
                given.features.insert(name, value.into_owned());
            }
        }
        Ok(given)
    }

    fn close(&mut self) {
        match self.depth {
            3 => self.take_item(),
            2 => {
                let lists = std::mem::take(&mut self.lists);
                if let Some(given) = self.all.last_mut() {
                    given.take_lists(lists);
                }
            }
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
        self.has_ended |= self.depth == 0;
    }

    fn take_item(&mut self) {
        if let Some((name, value)) = self.item.take() {
            self.lists.entry(name).or_default().push(Json::String(value));
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        match &mut self.item {
            Some((_, value)) => value.push_str(text),
            None if text.chars().all(char::is_whitespace) => {}
            None if self.depth == 0 => return Err("words stand outside its element".to_owned()),
            None => self.loose += 1,
        }
        Ok(())
    }

    fn finish(self) -> Parsed {
        let mut told = Vec::new();
        for (count, what) in [
            (self.deeper, "elements nest deeper than those of a CAS"),
            (self.loose, "words stand where a CAS has none"),
        ] {
            if count > 0 {
                let found = Diagnostic::error("bad_value", format!("{count} times {what}"));
                told.push(found.with_hint("they are kept out"));
            }
        }
        (self.all, told)
    }
}

/// `custom:Span` under `http:///a/b.ecore` is `a.b.Span`.
fn type_of(element: &str, spaces: &BTreeMap<String, String>) -> String {
    let Some((prefix, name)) = element.split_once(':') else {
        return element.to_owned();
    };
    let space = spaces.get(prefix).map_or(prefix, String::as_str);
    let space = space.strip_prefix("http:///").unwrap_or(space);
    let space = space.strip_suffix(".ecore").unwrap_or(space).replace('/', ".");
    format!("{space}.{name}")
}

/// What lists the structures of a text.
const VIEW: &str = "uima.cas.View";

/// Ids that several structures have, and structures that the file lists and does not hold.
pub(super) fn loose_ids(all: &[Given]) -> Vec<Diagnostic> {
    let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for one in all.iter().filter(|one| !one.id.is_empty()) {
        if !seen.insert(one.id.as_str()) {
            shared.insert(one.id.as_str());
        }
    }
    let shared = shared.into_iter().map(|id| {
        let message = format!("several structures have the id {id}; what names it means the first");
        Diagnostic::warning("duplicate_id", message)
    });
    let mut told: Vec<Diagnostic> = shared.collect();
    let views = all.iter().filter(|one| one.kind == VIEW);
    let members = views
        .filter_map(|view| view.get("members"))
        .flat_map(str::split_whitespace);
    let missing = members.filter(|id| !seen.contains(id)).count();
    if missing > 0 {
        let message = format!("{missing} structures that the file lists as its own are not in it");
        told.push(Diagnostic::warning("gone_since", message).with_hint(
            "where nobody took them out on purpose, the file may have been cut; import an older copy",
        ));
    }
    told
}
