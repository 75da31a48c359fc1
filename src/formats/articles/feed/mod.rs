//! The format `feed`: each item of an RSS or Atom file is one article. It is read only, and nothing is fetched.
//!
//! RSS 2.0, RSS 1.0 (RDF), and Atom differ in names, hardly in what they say; their elements are told apart by name
//! and prefix, as feeds use the prefixes that everyone uses.

mod element;
mod item;
mod markup;

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::first_element::first_element;
use super::super::registry::{ARTICLES_ONLY, Claim, Format, Glimpse};
use super::super::{Diagnostic, Sink, bytes_of, decode, encoding};
use super::{date, end, filled, is_blank};
use crate::model::counted;
use element::{Attributes, Open};
use item::{Field, Item, Manner, field, first, plain};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "feed",
    name: "Feed (RSS, Atom)",
    endings: &["rss", "atom", "rdf", "xml"],
    page: include_str!("../../../../assets/help/formats/feed.md"),
    claim: |file| if is_feed(file) { Claim::Reads } else { Claim::No },
    read: Some(|path, _options, sink| read(path, sink)),
    ..ARTICLES_ONLY
};

/// Elements within one another; a feed has six.
const MOST_DEEP: usize = 200;

/// Whether the first element is that of a feed.
fn is_feed(file: &Glimpse<'_>) -> bool {
    first_element(file.head).is_some_and(|(name, behind)| match name.as_str() {
        "rss" | "feed" => true,
        "rdf:RDF" => behind.contains("http://purl.org/rss/"),
        _ => false,
    })
}

fn read(path: &Path, sink: &mut dyn Sink) -> ControlFlow<()> {
    let xml = match load(path) {
        Ok(xml) => xml,
        Err(found) => {
            sink.diagnostic(found.in_file(path));
            return ControlFlow::Continue(());
        }
    };
    let mut feed = Feed::new(path, &xml);
    feed.walk(sink)?;
    feed.tell(sink);
    end(path, sink)
}

/// The file as text: in UTF-8 if it is that, otherwise in the encoding that it names.
fn load(path: &Path) -> Result<String, Diagnostic> {
    let bytes = match String::from_utf8(bytes_of(path)?) {
        Ok(text) if !text.is_empty() => return Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Ok(_) => return Err(encoding::empty("the file is empty")),
        Err(error) => error.into_bytes(),
    };
    let head = bytes.get(..200.min(bytes.len())).unwrap_or_default();
    let head: Cow<'_, str> = String::from_utf8_lossy(head);
    let declared = head.split_once("encoding=").and_then(|(_, behind)| {
        let quote = behind.chars().next()?;
        behind.get(1..)?.split(quote).next()
    });
    if let Some(found) = declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        && found.is_ascii_compatible()
        && found != encoding_rs::UTF_8
    {
        return Ok(found.decode_without_bom_handling(&bytes).0.into_owned());
    }
    decode(&bytes).map(|decoded| decoded.text)
}

struct Feed<'a> {
    path: &'a Path,
    xml: &'a str,
    /// The line of a place, and the place.
    counted: (u64, usize),
    depth: usize,
    channel: Item,
    item: Option<(Item, usize)>,
    /// How deep an element is that is no part of the articles, such as the picture of a channel.
    aside: Option<usize>,
    open: Option<Open>,
    items: u64,
    /// Whether reading ended before the file does, which is told.
    is_damaged: bool,
    /// The lines of items that have only a summary.
    summaries: Vec<u64>,
    dates: Vec<u64>,
    /// The lines with a sign for a character reference that begins none.
    ampersands: Vec<u64>,
}

impl<'a> Feed<'a> {
    fn new(path: &'a Path, xml: &'a str) -> Self {
        Self {
            path,
            xml,
            counted: (1, 0),
            depth: 0,
            channel: Item::default(),
            item: None,
            aside: None,
            open: None,
            items: 0,
            is_damaged: false,
            summaries: Vec::new(),
            dates: Vec::new(),
            ampersands: Vec::new(),
        }
    }

    fn walk(&mut self, sink: &mut dyn Sink) -> ControlFlow<()> {
        let mut reader = Reader::from_str(self.xml);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        loop {
            let place = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader
                .read_event()
                .map_err(broken)
                .and_then(|event| self.take(&event, place))
            {
                Ok(Next::Go) => {}
                Ok(Next::Item(item)) => {
                    self.hand_over(*item, sink)?;
                    sink.progress(0)?;
                }
                Ok(Next::End) => return ControlFlow::Continue(()),
                Err(found) => {
                    let line = self.line(
                        usize::try_from(reader.error_position())
                            .unwrap_or(place)
                            .max(place),
                    );
                    sink.diagnostic(found.in_file(self.path).at_line(line));
                    self.is_damaged = true;
                    return ControlFlow::Continue(());
                }
            }
        }
    }

    fn take(&mut self, event: &Event<'_>, place: usize) -> Result<Next, Diagnostic> {
        match event {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > MOST_DEEP {
                    return Err(broken("its elements lie in one another too deep"));
                }
                self.start(start, place)?;
            }
            Event::End(end) => {
                let name = end.name();
                self.end(&String::from_utf8_lossy(name.as_ref()));
                let is_item = self.item.as_ref().is_some_and(|(_, depth)| *depth == self.depth);
                self.depth = self.depth.saturating_sub(1);
                if is_item && let Some((item, _)) = self.item.take() {
                    return Ok(Next::Item(Box::new(item)));
                }
            }
            Event::Text(text) => {
                let text = text.xml10_content().map_err(broken)?;
                // Elsewhere it begins a reference, which is an event of its own.
                if text.starts_with('&') {
                    self.tell_ampersand(place);
                }
                self.words(&text);
            }
            Event::CData(text) => self.words(&text.xml10_content().map_err(broken)?),
            Event::GeneralRef(entity) => {
                let name = entity.xml10_content().map_err(broken)?;
                // Feeds use the names of HTML, though XML knows five; one that nobody knows stays as it is.
                let words = markup::resolved(&name).unwrap_or_else(|| {
                    self.tell_ampersand(place);
                    format!("&{name};")
                });
                self.words(&words);
            }
            Event::DocType(kind) => {
                if kind.xml10_content().map_err(broken)?.contains("<!ENTITY") {
                    return Err(Diagnostic::error(
                        "entities_refused",
                        "the feed declares entities of its own",
                    )
                    .with_hint("they can hide a bomb; take the declaration out, and import it again"));
                }
            }
            Event::Eof if self.depth > 0 => return Err(broken("it ends in the middle")),
            Event::Eof => return Ok(Next::End),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
        }
        Ok(Next::Go)
    }

    fn start(&mut self, start: &BytesStart<'_>, place: usize) -> Result<(), Diagnostic> {
        let name = start.name();
        let name = String::from_utf8_lossy(name.as_ref());
        if let Some(open) = &mut self.open {
            open.start_within(&name, start);
            return Ok(());
        }
        if self.aside.is_some() {
            return Ok(());
        }
        let attributes = Attributes::of(start)?;
        match &*name {
            "item" | "entry" if self.item.is_none() => self.start_item(&attributes, place),
            "image" | "textInput" | "textinput" => self.aside = Some(self.depth),
            _ => self.start_field(&name, &attributes),
        }
        Ok(())
    }

    fn start_item(&mut self, attributes: &Attributes, place: usize) {
        let mut item = Item {
            line: self.line(place),
            ..Item::default()
        };
        first(&mut item.lang, attributes.value("xml:lang").unwrap_or_default());
        first(&mut item.guid, attributes.value("rdf:about").unwrap_or_default());
        self.item = Some((item, self.depth));
    }

    /// An element that says something of an item, or of the feed.
    fn start_field(&mut self, name: &str, attributes: &Attributes) {
        if let Some(lang) = attributes.value("xml:lang") {
            first(&mut self.record().lang, lang);
        }
        if let Some(href) = attributes.value("href")
            && name == "link"
        {
            // Without a relation it is the article itself; others lead to pictures or comments.
            if attributes.value("rel").is_none_or(|rel| rel == "alternate") {
                first(&mut self.record().link, href);
            }
            return;
        }
        let in_item = self.item.as_ref().map_or(3, |(_, depth)| depth + 1);
        if self.depth > in_item {
            return;
        }
        if let Some((field, manner)) =
            field(name, attributes.value("type"), attributes.value("src").is_some())
        {
            self.open = Some(Open::new(field, manner, self.depth));
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.words(text);
        }
    }

    fn end(&mut self, name: &str) {
        if self.aside == Some(self.depth) {
            self.aside = None;
        }
        if let Some(open) = self.open.take_if(|open| open.depth == self.depth) {
            self.keep(open);
        } else if let Some(open) = &mut self.open {
            open.end_within(name);
        }
    }

    /// Keeps what an element gathered, as its field wants it.
    fn keep(&mut self, mut open: Open) {
        if open.lacks_name() {
            open.text.clear();
        }
        let is_line = !matches!(open.field, Field::Content | Field::Summary);
        let text = match open.manner {
            Manner::Xhtml | Manner::Html => self.paragraphs(&open.text),
            Manner::Either if markup::is_html(&open.text) => self.paragraphs(&open.text),
            Manner::Either | Manner::Plain if is_line => {
                open.text.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            Manner::Either | Manner::Plain => plain(&open.text),
        };
        let text = if is_line {
            text.replace(['\n', '\t'], " ")
        } else {
            text
        };
        self.record().keep(open.field, &text);
    }

    /// The paragraphs of markup; what is wrong with it is told with its item.
    fn paragraphs(&mut self, html: &str) -> String {
        markup::paragraphs(html).unwrap_or_else(|found| {
            self.record().trouble = Some(found);
            String::new()
        })
    }

    fn tell_ampersand(&mut self, place: usize) {
        let line = self.line(place);
        if self.ampersands.last() != Some(&line) {
            self.ampersands.push(line);
        }
    }

    /// What the open element is about: an item, or the feed as a whole.
    fn record(&mut self) -> &mut Item {
        self.item.as_mut().map_or(&mut self.channel, |(item, _)| item)
    }

    fn hand_over(&mut self, mut item: Item, sink: &mut dyn Sink) -> ControlFlow<()> {
        self.items += 1;
        let has_words = !(is_blank(&item.content) && is_blank(&item.summary));
        if let Some(found) = item.trouble.take() {
            sink.diagnostic(found.in_file(self.path).at_line(item.line));
        } else if !has_words {
            let title = filled(&item.title).unwrap_or("without a title");
            let found = Diagnostic::error("no_text", format!("the item {title:?} has a link but no words"));
            sink.diagnostic(
                found
                    .in_file(self.path)
                    .at_line(item.line)
                    .with_hint("save the page that it links to, and import that"),
            );
        }
        if !has_words {
            return ControlFlow::Continue(());
        }
        if is_blank(&item.content) {
            self.summaries.push(item.line);
        }
        if item.written().is_some_and(|date| date::certain(date).is_none()) {
            self.dates.push(item.line);
        }
        let line = item.line;
        item.into_words(&self.channel)
            .hand_over(self.path, Some(line), sink)
    }

    /// Tells what is to be known of the feed as a whole.
    fn tell(&self, sink: &mut dyn Sink) {
        if self.items == 0 && !self.is_damaged {
            sink.diagnostic(encoding::empty("the feed has no items").in_file(self.path));
        }
        let lines = |lines: &[u64]| {
            let named: Vec<String> = lines.iter().take(10).map(u64::to_string).collect();
            let more = if lines.len() > named.len() { ", …" } else { "" };
            format!("{}{more}", named.join(", "))
        };
        if !self.summaries.is_empty() {
            let message = format!(
                "{} of {} came with only a description or a summary, not the whole article (lines {})",
                self.summaries.len(),
                counted(self.items, "item"),
                lines(&self.summaries)
            );
            let found = Diagnostic::warning("summary_only", message).in_file(self.path);
            sink.diagnostic(
                found.with_hint("where the whole article is wanted, save its page, and import that"),
            );
        }
        if !self.ampersands.is_empty() {
            let message = format!(
                "signs “&” that stand for nothing were read as they are (lines {})",
                lines(&self.ampersands)
            );
            let found = Diagnostic::warning("bare_ampersand", message).in_file(self.path);
            sink.diagnostic(
                found.with_hint("look over the words around them; in a feed it is written “&amp;”"),
            );
        }
        if !self.dates.is_empty() {
            let message = format!(
                "dates that are none were kept as they are (lines {})",
                lines(&self.dates)
            );
            sink.diagnostic(Diagnostic::warning("bad_date", message).in_file(self.path));
        }
    }

    /// The line of a place in the file, which is never before the one that was asked for last.
    fn line(&mut self, place: usize) -> u64 {
        let (line, from) = self.counted;
        let place = place.clamp(from, self.xml.len());
        let between = self.xml.as_bytes().get(from..place).unwrap_or_default();
        let line = line + memchr::memchr_iter(b'\n', between).count() as u64;
        self.counted = (line, place);
        line
    }
}

/// What comes of an event.
enum Next {
    Go,
    Item(Box<Item>),
    End,
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "it stands in `map_err`, which gives the error away"
)]
fn broken(reason: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error("damaged_document", format!("the feed is damaged here: {reason}"))
        .with_hint("what stands before it was read; mend the file or fetch it anew, and import it again")
}
