//! The format `epub`: each chapter of an electronic book that has words is one article. It is read only.
//!
//! A book is an archive: a container names the package, the package names the chapters in their order. Books whose
//! chapters are encrypted are refused.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use dom_query::NodeRef;

use super::super::office::package::{Package, folder_of, has_part, is_archive, names_itself, resolve};
use super::super::office::{Step, attribute, damaged, walk};
use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::super::{Diagnostic, MOST_BYTES, Sink, encoding, too_large};
use super::dom::{self, first, name_of, one_line};
use super::prose::text_of;
use super::{Facts, Words, date, end, is_blank};

pub(in super::super) const FORMAT: Format = Format {
    id: "epub",
    name: "Electronic book (EPUB)",
    endings: &["epub"],
    page: include_str!("../../../assets/help/formats/epub.md"),
    claim: |file| {
        let says_so = names_itself(file, "application/epub+zip");
        if is_archive(file) && (says_so || file.ending == "epub" || has_part(file, CONTAINER)) {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    read: Some(|path, _options, sink| read(path, sink)),
    ..ARTICLES_ONLY
};

const CONTAINER: &str = "META-INF/container.xml";
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
/// Chapters of a book.
const MOST_CHAPTERS: usize = 20_000;

fn read(path: &Path, sink: &mut dyn Sink) -> ControlFlow<()> {
    let opened = Package::open(path).and_then(|mut package| {
        let book = Book::open(&mut package)?;
        Ok((package, book))
    });
    match opened {
        Ok((mut package, book)) => book.read(&mut package, path, sink)?,
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    end(path, sink)
}

/// What the package says of the book.
#[derive(Debug, Default)]
struct Book {
    title: String,
    authors: Vec<String>,
    lang: String,
    published: String,
    publisher: String,
    /// The names of the parts with the chapters, in their order.
    chapters: Vec<String>,
    /// What the table of contents calls a part.
    labels: BTreeMap<String, String>,
}

impl Book {
    fn open(package: &mut Package) -> Result<Self, Diagnostic> {
        let container = package
            .part(CONTAINER)?
            .ok_or_else(|| damaged("it has no container"))?;
        let mut root = None;
        walk(&container, |step| {
            if let Step::Start("rootfile", attributes) = step
                && root.is_none()
            {
                root = attribute(attributes, "full-path").map(str::to_owned);
            }
        })?;
        let root = root.ok_or_else(|| damaged("its container names no package"))?;
        let xml = package
            .part(&root)?
            .ok_or_else(|| damaged("its package is missing"))?;
        let mut opf = Opf::default();
        walk(&xml, |step| opf.take(&step))?;
        let folder = folder_of(&root);
        let mut book = opf.book;
        let part = |id: &str| opf.parts.get(id).map(|part| resolve(folder, &part.href));
        if opf.spine.len() > MOST_CHAPTERS {
            return Err(damaged("it has more chapters than a book has"));
        }
        for id in &opf.spine {
            let is_contents = opf.parts.get(id).is_some_and(|part| part.is_contents);
            let name =
                part(id).ok_or_else(|| damaged(format!("its chapter {id} is not in its list of parts")))?;
            if !is_contents && !book.chapters.contains(&name) {
                book.chapters.push(name);
            }
        }
        refuse_encrypted(package, &book.chapters)?;
        let older = opf.contents.as_ref().and_then(|id| opf.parts.get(id));
        let contents = opf.parts.values().filter(|part| part.is_contents);
        for part in contents.chain(older) {
            let name = resolve(folder, &part.href);
            // A book without its table of contents is still a book.
            if let Ok(Some(xml)) = package.part(&name) {
                book.take_labels(&name, &xml);
            }
        }
        Ok(book)
    }

    /// Takes the names of chapters out of a table of contents of either kind.
    fn take_labels(&mut self, name: &str, xml: &str) {
        let folder = folder_of(name);
        let (mut label, mut target, mut is_open) = (String::new(), None, false);
        let mut found: Vec<(String, String)> = Vec::new();
        let walked = walk(xml, |step| match step {
            Step::Start("a", attributes) => {
                label.clear();
                (target, is_open) = (attribute(attributes, "href").map(str::to_owned), true);
            }
            Step::Start("text", _) => {
                label.clear();
                is_open = true;
            }
            Step::Start("content", attributes) => {
                if let Some(src) = attribute(attributes, "src") {
                    found.push((src.to_owned(), label.clone()));
                }
            }
            Step::Text(text) if is_open => label.push_str(text),
            Step::End("a") => {
                is_open = false;
                found.extend(target.take().map(|target| (target, label.clone())));
            }
            Step::End("text") => is_open = false,
            _ => {}
        });
        // Of a damaged table, the names up to there are as good.
        drop(walked);
        for (href, label) in found {
            let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
            if !label.is_empty() {
                self.labels.entry(resolve(folder, &href)).or_insert(label);
            }
        }
    }

    fn read(&self, package: &mut Package, path: &Path, sink: &mut dyn Sink) -> ControlFlow<()> {
        let mut room = MOST_BYTES;
        let (mut articles, mut is_damaged) = (0, false);
        for (at, name) in self.chapters.iter().enumerate() {
            let xml = match package.part(name) {
                Ok(Some(xml)) => xml,
                Ok(None) => {
                    is_damaged = true;
                    sink.diagnostic(damaged(format!("its part {name} is missing")).in_file(path));
                    continue;
                }
                Err(found) => {
                    is_damaged = true;
                    sink.diagnostic(in_part(found, name).in_file(path));
                    continue;
                }
            };
            let Some(left) = room.checked_sub(xml.len()) else {
                sink.diagnostic(too_large("the book, unpacked,").in_file(path));
                return ControlFlow::Continue(());
            };
            room = left;
            match dom::parse_xml(body(&xml), &mut Vec::new()) {
                Ok(page) => {
                    let words = self.chapter(name, at, &page.root());
                    if !is_blank(&words.text) {
                        articles += 1;
                        words.hand_over(path, None, sink)?;
                    }
                }
                Err(found) => {
                    is_damaged = true;
                    sink.diagnostic(in_part(found, name).in_file(path));
                }
            }
            sink.progress(0)?;
        }
        if articles == 0 && !is_damaged {
            sink.diagnostic(encoding::empty("the book has no chapter with words").in_file(path));
        }
        ControlFlow::Continue(())
    }

    fn chapter(&self, name: &str, at: usize, page: &NodeRef<'_>) -> Words {
        let is_heading = |element: &NodeRef<'_>| HEADINGS.contains(&name_of(element).as_str());
        let heading = first(page, is_heading).map(|heading| text_of(&heading, &|_| true));
        let heading = heading.filter(|heading| heading.contains(char::is_alphabetic));
        let label = self.labels.get(name).cloned();
        let facts = Facts {
            title: heading.or(label).as_deref().and_then(one_line),
            lang: Some(self.lang.clone()),
            source: Some(self.title.clone()),
            author: Some(self.authors.join(", ")),
            published: Some(date::iso(&self.published)),
            publisher: Some(self.publisher.clone()),
            part: Some((at + 1).to_string()),
            ..Facts::default()
        };
        let text = text_of(page, &|_| true);
        Words { text, facts }
    }
}

/// A part of the book.
#[derive(Debug, Default)]
struct Part {
    href: String,
    is_contents: bool,
}

/// The package while it is read.
#[derive(Debug, Default)]
struct Opf {
    book: Book,
    open: String,
    text: String,
    parts: BTreeMap<String, Part>,
    spine: Vec<String>,
    /// The id of the table of contents of older books.
    contents: Option<String>,
}

impl Opf {
    fn take(&mut self, step: &Step<'_>) {
        match step {
            Step::Start("item", attributes) => {
                let value = |name| attribute(attributes, name).unwrap_or_default();
                let part = Part {
                    href: value("href").to_owned(),
                    is_contents: value("properties").split_whitespace().any(|word| word == "nav"),
                };
                self.parts.insert(value("id").to_owned(), part);
            }
            Step::Start("itemref", attributes) => {
                self.spine
                    .extend(attribute(attributes, "idref").map(str::to_owned));
            }
            Step::Start("spine", attributes) => {
                self.contents = attribute(attributes, "toc").map(str::to_owned);
            }
            Step::Start(name, _) => {
                (*name).clone_into(&mut self.open);
                self.text.clear();
            }
            Step::Text(text) => self.text.push_str(text),
            Step::End(name) => {
                if *name == self.open {
                    self.end();
                }
                self.open.clear();
            }
        }
    }

    fn end(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let book = &mut self.book;
        let kept = match self.open.as_str() {
            "title" => &mut book.title,
            "language" => &mut book.lang,
            "date" => &mut book.published,
            "publisher" => &mut book.publisher,
            "creator" => {
                book.authors.extend(Some(text).filter(|name| !name.is_empty()));
                return;
            }
            _ => return,
        };
        if kept.is_empty() {
            *kept = text;
        }
    }
}

/// Refuses a book whose chapters are encrypted; fonts often are, and do not matter.
fn refuse_encrypted(package: &mut Package, chapters: &[String]) -> Result<(), Diagnostic> {
    let Some(xml) = package.part("META-INF/encryption.xml")? else {
        return Ok(());
    };
    let mut parts = BTreeSet::new();
    walk(&xml, |step| {
        if let Step::Start("CipherReference", attributes) = step {
            parts.extend(attribute(attributes, "URI").map(|name| resolve("", name)));
        }
    })?;
    if !chapters.iter().any(|name| parts.contains(name)) {
        return Ok(());
    }
    let kinds = [
        ("META-INF/license.lcpl", " (Readium LCP)"),
        ("META-INF/rights.xml", " (Adobe)"),
        ("META-INF/sinf.xml", " (Apple)"),
    ];
    let mut kind = "";
    for (part, name) in kinds {
        if package.part(part).is_ok_and(|part| part.is_some()) {
            kind = name;
            break;
        }
    }
    Err(Diagnostic::error(
        "encrypted",
        format!("the book is protected against copying{kind}: its chapters are encrypted"),
    )
    .with_hint("ask the publisher for a copy without protection; nothing of it can be read"))
}

/// What stands between the tags of the body; all of it where there are none.
fn body(xml: &str) -> &str {
    let start = xml.find("<body").or_else(|| xml.find("<BODY")).unwrap_or(0);
    xml.get(start..).unwrap_or(xml)
}

/// A finding about a part of the book.
fn in_part(mut found: Diagnostic, name: &str) -> Diagnostic {
    found.message = format!("{} (in {name})", found.message);
    found
}
