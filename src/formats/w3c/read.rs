//! Reading Web Annotations: of ours line by line, of others a whole page, collection, or list that carries its texts.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value as Json;

use crate::model::{Annotator, Article, ArticleId, Extra, Header, Layer, parse_json};
use crate::text::Text;

use super::super::diagnostic::place_in;
use super::super::jsonl::rest::article_extra;
use super::super::marking::Marking;
use super::super::position::Unit;
use super::super::unit_probe::UnitProbe;
use super::super::{
    Diagnostic, Incoming, MOST_BYTES, ReadOptions, Sink, cannot_read, decode, decoded_text, encoding, jsonl,
    language_of, title_of, too_large,
};
use super::item::{self, Item, mark};

/// One article while the annotations on it come in.
struct Open {
    source: String,
    article: Article,
    items: Vec<Item>,
    /// How many annotations our export wrote.
    count: u64,
}

pub(super) fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            sink.diagnostic(cannot_read(path, &error));
            return ControlFlow::Continue(());
        }
    };
    // The first line tells whether the file has an annotation a line, as ours have; any other is read as a whole.
    let mut lines = BufReader::new(file);
    let mut first = Vec::new();
    let is_ours = lines
        .by_ref()
        .take(MOST_BYTES as u64)
        .read_until(b'\n', &mut first)
        .is_ok()
        && first.ends_with(b"\"items\":[\n")
        && memchr::memmem::find(&first, b"\"id\":\"urn:hashiya:").is_some();
    let mut reading = Reading {
        path,
        options,
        open: None,
    };
    if is_ours {
        return reading.lines(first.len() as u64, lines, sink);
    }
    match lines.take(MOST_BYTES as u64 + 1).read_to_end(&mut first) {
        Err(error) => sink.diagnostic(cannot_read(path, &error)),
        Ok(_) if first.len() > MOST_BYTES => sink.diagnostic(too_large("the file").in_file(path)),
        Ok(_) => reading.whole(&first, sink)?,
    }
    sink.progress(first.len() as u64)
}

struct Reading<'a> {
    path: &'a Path,
    options: &'a ReadOptions,
    open: Option<Open>,
}

impl Reading<'_> {
    fn tell(&self, found: Diagnostic, sink: &mut dyn Sink) {
        sink.diagnostic(found.in_file(self.path));
    }

    fn lines(&mut self, mut bytes: u64, mut lines: BufReader<File>, sink: &mut dyn Sink) -> ControlFlow<()> {
        let (mut number, mut has_ended) = (1, false);
        loop {
            let mut line = Vec::new();
            let read = lines
                .by_ref()
                .take(MOST_BYTES as u64)
                .read_until(b'\n', &mut line);
            let size = match read {
                Ok(size) => size,
                Err(error) => {
                    sink.diagnostic(cannot_read(self.path, &error));
                    break;
                }
            };
            if size == 0 {
                break;
            }
            number += 1;
            bytes += size as u64;
            let line = line.trim_ascii();
            if line == b"]}" {
                has_ended = true;
                continue;
            }
            if line.is_empty() {
                continue;
            }
            let read = jsonl::utf8(line.strip_suffix(b",").unwrap_or(line)).and_then(jsonl::object);
            match read {
                Ok(_) if has_ended => {
                    let message = "an annotation stands behind the end of the list";
                    let found = Diagnostic::error("bad_json", message).at_line(number);
                    self.tell(found.with_hint("it is kept out"), sink);
                }
                Ok(map) => {
                    let item = Item {
                        line: Some(number),
                        map,
                    };
                    self.take(item, sink)?;
                }
                Err(found) => {
                    let found = found.at_line(number).with_record(String::from_utf8_lossy(line));
                    self.tell(found, sink);
                }
            }
            sink.progress(bytes)?;
        }
        self.close(sink)?;
        if !has_ended {
            let cut = Diagnostic::error("cut_line", "the file ends too early")
                .with_hint("what came before the cut was read; get the whole file again");
            self.tell(cut, sink);
        }
        sink.progress(bytes)
    }

    /// A file that others wrote: each annotation goes to the text that it is on, wherever that stands in the file.
    fn whole(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> ControlFlow<()> {
        let value = match self.parsed(bytes, sink) {
            Ok(value) => value,
            Err(found) => {
                self.tell(found, sink);
                return ControlFlow::Continue(());
            }
        };
        let items = items_of(&value);
        if items.is_empty() {
            self.tell(encoding::empty("the file has no annotations"), sink);
        }
        let mut found = Vec::new();
        let mut all: Vec<Item> = Vec::new();
        for json in items {
            match json {
                Json::Object(map) => all.push(Item {
                    line: None,
                    map: map.clone(),
                }),
                other => found.push(
                    Diagnostic::error("bad_value", format!("{} is no annotation", jsonl::shown(other)))
                        .with_hint("it is kept out"),
                ),
            }
        }
        let (texts, rest): (Vec<Item>, Vec<Item>) = all.into_iter().partition(Item::is_text);
        let sources: BTreeMap<String, String> = rest
            .iter()
            .filter_map(|one| Some((one.string("id")?.to_owned(), one.source()?.to_owned())))
            .collect();
        let mut by_source: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for one in rest {
            let source = one.source().unwrap_or_default();
            // What is on another annotation is on its text.
            let source = sources.get(source).map_or(source, String::as_str).to_owned();
            by_source.entry(source).or_default().push(one);
        }
        for text in texts {
            let source = text.string("target").unwrap_or_default().to_owned();
            self.take(text, sink)?;
            if let Some(open) = &mut self.open {
                open.items = by_source.remove(&source).unwrap_or_default();
            }
        }
        self.close(sink)?;
        for (source, items) in by_source {
            let ids = items.iter().find_map(|item| item.string("id"));
            let first = ids.map(|id| format!("; the first is {id}")).unwrap_or_default();
            let message = format!(
                "annotations on {source:?}, whose text the file does not carry: {}{first}",
                items.len()
            );
            found.push(no_text(message));
        }
        for one in found {
            self.tell(one, sink);
        }
        ControlFlow::Continue(())
    }

    fn parsed(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<Json, Diagnostic> {
        let (text, told) = decoded_text(decode(bytes)?);
        for found in told {
            self.tell(found, sink);
        }
        let parsed = parse_json(&text).map_err(|fault| jsonl::fault(&text, fault))?;
        for (key, at) in parsed.duplicates {
            let (line, column) = place_in(&text, at.get());
            let message = format!("an object has the key {key:?} twice; the first was taken");
            self.tell(
                Diagnostic::warning("duplicate_key", message).at(line, column),
                sink,
            );
        }
        Ok(parsed.value)
    }

    fn take(&mut self, item: Item, sink: &mut dyn Sink) -> ControlFlow<()> {
        if item.is_text() {
            self.close(sink)?;
            match article(&item, self.path) {
                Ok(article) => {
                    self.open = Some(Open {
                        source: item.string("target").unwrap_or_default().to_owned(),
                        article,
                        items: Vec::new(),
                        count: item
                            .map
                            .get("hashiya:annotations")
                            .and_then(Json::as_u64)
                            .unwrap_or_default(),
                    });
                }
                Err(found) => self.tell(item.placed(found), sink),
            }
            return ControlFlow::Continue(());
        }
        match &mut self.open {
            Some(open) if item.source() == Some(&open.source) => open.items.push(item),
            _ => {
                let what = item.string("id").unwrap_or("an annotation");
                let message = format!("{what} is on a text that the file does not carry before it");
                self.tell(item.placed(no_text(message)), sink);
            }
        }
        ControlFlow::Continue(())
    }

    /// Hands over the article that is open.
    fn close(&mut self, sink: &mut dyn Sink) -> ControlFlow<()> {
        let Some(open) = self.open.take() else {
            return ControlFlow::Continue(());
        };
        let missing = open.count.saturating_sub(open.items.len() as u64);
        if missing > 0 {
            let id = &open.article.id;
            let message = format!(
                "annotations of article {id} that were exported and are not there any more: {missing}"
            );
            let found = Diagnostic::warning("gone_since", message);
            self.tell(
                found.with_hint("the file may have been cut; import an older copy"),
                sink,
            );
        }
        let text = &open.article.text;
        let mut probe = UnitProbe::default();
        for (pairs, quote) in open.items.iter().filter_map(Item::places) {
            match quote {
                Some(quote) => probe.add(text, &pairs, &quote),
                None => probe.add_unquoted(text),
            }
        }
        let (unit, found) = probe.verdict(Unit::CodePoints, self.options);
        if let Some(found) = found {
            self.tell(found, sink);
        }
        let mut by_annotator: BTreeMap<Option<Annotator>, Vec<&Item>> = BTreeMap::new();
        for item in &open.items {
            let name = item.creator();
            let annotator = name.and_then(|name| Annotator::new(name).ok());
            if let Some(name) = name.filter(|_| annotator.is_none()) {
                self.tell(item.placed(Diagnostic::bad_annotator(name)), sink);
            }
            by_annotator.entry(annotator).or_default().push(item);
        }
        let mut layers = Vec::new();
        for (annotator, items) in by_annotator {
            layers.push((annotator, self.layer(text, unit, items, sink)));
        }
        sink.article(Incoming::new(open.article, layers, None))
    }

    fn layer(&self, text: &Text, unit: Unit, mut items: Vec<&Item>, sink: &mut dyn Sink) -> Layer {
        let origin = self.options.origin_in(self.path);
        let at = Cell::new(None);
        let place = |found: Diagnostic| {
            let found = found.in_file(self.path);
            match at.get() {
                Some(item) => Item::placed(item, found),
                None => found,
            }
        };
        items.sort_by_key(|item| item.kind());
        let mut marking = Marking::new(text, unit, &origin, &place);
        let mut spans = item::Spans::new();
        for item in items {
            at.set(Some(item));
            mark(&mut marking, item, &mut spans);
        }
        let (layer, found) = marking.finish();
        for found in found {
            sink.diagnostic(found);
        }
        layer
    }
}

fn no_text(message: String) -> Diagnostic {
    Diagnostic::error("no_text", message)
        .with_hint("it is kept out; import a file in which the text stands as a describing annotation")
}

/// The annotations of a page, of a collection with its first page in it, of a list, or the one that the file is.
fn items_of(value: &Json) -> Vec<&Json> {
    let first = value.get("first").and_then(|first| first.get("items"));
    let items = value.get("items").or(first).unwrap_or(value);
    match items {
        Json::Array(list) => list.iter().collect(),
        one => vec![one],
    }
}

/// The article whose text an annotation carries.
fn article(item: &Item, path: &Path) -> Result<Article, Diagnostic> {
    let body = item.map.get("body");
    let of_body = |key: &str| body.and_then(|body| body.get(key)).and_then(Json::as_str);
    let text = of_body("value").unwrap_or_default();
    let object = |key: &str| item.map.get(key).and_then(Json::as_object).cloned();
    let is_ours = item.map.contains_key("hashiya:article");
    let title = item.string("hashiya:title").map(str::to_owned);
    let lang = of_body("language").map(str::to_owned);
    let mut meta = object("hashiya:meta").unwrap_or_default();
    if !is_ours {
        if let Some(source) = item.string("target") {
            meta.insert("source".to_owned(), source.into());
        }
        if let Some(name) = path.file_name() {
            meta.insert("file".to_owned(), name.to_string_lossy().into());
        }
    }
    let header = Header {
        title: title.or_else(|| title_of(text).filter(|_| !is_ours)),
        lang: lang.or_else(|| language_of(text).filter(|_| !is_ours).map(str::to_owned)),
        meta,
        extra: object("hashiya:more").map_or_else(Extra::new, |more| article_extra(&more)),
    };
    let id = item.string("hashiya:article").map(ArticleId::new).transpose()?;
    Ok(Article::new(id, header, Text::new(text))?)
}
