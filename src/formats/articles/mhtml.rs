//! The format `mhtml`: a web page that a browser saved with its pictures in one file is one article.

use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::super::{Diagnostic, encoding};
use super::mime::{Kind, Part, kind_of, message};
use super::page::is_address;
use super::prose::is_blank;
use super::{Contents, charset, html, read};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "mhtml",
    name: "Web page in one file",
    endings: &["mhtml", "mht"],
    page: include_str!("../../../assets/help/formats/mhtml.md"),
    claim: |file| match kind_of(file) {
        Some(Kind::Page) => Claim::Reads,
        _ => Claim::No,
    },
    read: Some(|path, _options, sink| read(path, sink, contents)),
    ..ARTICLES_ONLY
};

fn contents(bytes: &[u8]) -> Result<Contents, Diagnostic> {
    if bytes.is_empty() {
        return Err(encoding::empty("the file is empty"));
    }
    let root = message(bytes)?;
    let pages = pages(&root);
    let Some(main) = main_page(&root, &pages) else {
        return Err(Diagnostic::error("no_page", "no web page was found in the file")
            .with_hint("open it in a browser, save it anew, and import that"));
    };
    let (mut contents, refusal) = match page(main) {
        Ok(contents) => (contents, None),
        Err(found) => (Contents::default(), Some(found)),
    };
    let is_empty = |contents: &Contents| contents.articles.iter().all(|words| is_blank(&words.text));
    if is_empty(&contents) {
        // The words of a page made of frames are in its frames.
        let mut frames: Vec<Contents> = Vec::new();
        for frame in pages.iter().filter(|frame| !std::ptr::eq(**frame, main)) {
            frames.extend(page(frame).ok().filter(|frame| !is_empty(frame)));
        }
        let size = |frame: &Contents| frame.articles.iter().map(|words| words.text.len()).sum::<usize>();
        if let Some(largest) = frames.into_iter().max_by_key(size) {
            contents = largest;
            let found = Diagnostic::warning(
                "frame",
                "the page has no words; those of its largest frame were taken",
            );
            contents
                .told
                .push(found.with_hint("look over the text, and whether it is the right one"));
        } else if let Some(refusal) = refusal {
            return Err(refusal);
        }
    }
    root.tell_end(&mut contents.told);
    let location = [&root.head.snapshot, &main.head.location, &root.head.location];
    let location = location.into_iter().flatten().find(|url| is_address(url));
    for words in &mut contents.articles {
        let facts = &mut words.facts;
        facts.url = facts.url.take().or_else(|| location.cloned());
        facts.title = facts.title.take().or_else(|| root.head.subject.clone());
        facts.saved.clone_from(&root.head.date);
    }
    Ok(contents)
}

fn page(part: &Part) -> Result<Contents, Diagnostic> {
    let mut told = Vec::new();
    let text = charset::page(&part.body, part.head.charset.as_deref(), &mut told)?;
    html::contents(&text, told)
}

/// The pages in a message, in their order.
fn pages(root: &Part) -> Vec<&Part> {
    let mut pages = Vec::new();
    let mut stack = vec![root];
    while let Some(part) = stack.pop() {
        if matches!(part.head.kind.as_str(), "text/html" | "application/xhtml+xml") {
            pages.push(part);
        }
        stack.extend(part.parts.iter().rev());
    }
    pages
}

/// The page that the others belong to: the one that is named as the start, or the first.
fn main_page<'a>(root: &Part, pages: &[&'a Part]) -> Option<&'a Part> {
    let start = root.head.start.as_deref();
    let named = start.and_then(|start| pages.iter().find(|page| page.head.id.as_deref() == Some(start)));
    named.or(pages.first()).copied()
}
