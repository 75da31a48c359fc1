//! Reading a CAS: a file, what it says of its article, and the layer that it holds.

use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::model::{Annotator, Article, ArticleId, Extra, Header, parse_json};
use crate::text::Text;

use super::super::jsonl::rest::article_extra;
use super::super::{
    Decoded, Diagnostic, Incoming, ReadOptions, Sink, bytes_of, decode, decoded_text, language_of, title_of,
};
use super::layer::{View, layer};
use super::parse::{Given, Parsed, loose_ids, parse_cas, parse_xmi};
use super::ranges::Ranges;
use super::types::ARTICLE;

type Parse = fn(&Path, &str) -> Result<Parsed, Diagnostic>;

pub(super) fn read_xmi(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    read(path, options, sink, |path, xml| {
        let (mut all, told) = parse_xmi(xml)?;
        // Exports of this program say the types of attributes themselves.
        if all.iter().all(|one| one.kind != ARTICLE) {
            let ranges = Ranges::beside(path);
            for one in &mut all {
                one.take_types(&ranges);
            }
        }
        Ok((all, told))
    })
}

pub(super) fn read_json(path: &Path, options: &ReadOptions, sink: &mut dyn Sink) -> ControlFlow<()> {
    read(path, options, sink, |_, json| parse_cas(json))
}

fn read(path: &Path, options: &ReadOptions, sink: &mut dyn Sink, parse: Parse) -> ControlFlow<()> {
    let incoming = bytes_of(path).and_then(|bytes| {
        let (text, told) = decoded_text(declared(&bytes).map_or_else(|| decode(&bytes), Ok)?);
        for found in told {
            sink.diagnostic(found.in_file(path));
        }
        let (all, told) = parse(path, &text)?;
        for found in told.into_iter().chain(loose_ids(&all)) {
            sink.diagnostic(found.in_file(path));
        }
        incoming(path, &all, options, sink)
    });
    match incoming {
        Ok(incoming) => sink.article(incoming)?,
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    sink.progress(std::fs::metadata(path).map_or(0, |file| file.len()))
}

/// The text of XML in an encoding that it names itself and that is not UTF-8: its own word is better than a guess.
fn declared(bytes: &[u8]) -> Option<Decoded> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = bytes
        .get(..bytes.len().min(200))
        .filter(|head| head.starts_with(b"<?xml"))?;
    let head = String::from_utf8_lossy(head);
    let (declaration, _) = head.split_once("?>")?;
    let (_, named) = declaration.split_once("encoding=")?;
    let label = named.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    if encoding == encoding_rs::UTF_8 || !encoding.is_ascii_compatible() {
        return None;
    }
    let (text, has_faults) = encoding.decode_without_bom_handling(bytes);
    let warning = has_faults.then(|| {
        let message = format!(
            "the file names the encoding {}, in which some of its bytes are nothing",
            encoding.name()
        );
        Diagnostic::warning("bad_encoding", message).with_hint("U+FFFD stands for them")
    });
    Some(Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        warnings: warning.into_iter().collect(),
    })
}

fn incoming(
    path: &Path,
    all: &[Given],
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Incoming, Diagnostic> {
    let about = all.iter().find(|one| one.kind == ARTICLE);
    let sofas = || all.iter().filter(|one| one.kind == "uima.cas.Sofa");
    let with_text = || sofas().filter(|sofa| sofa.get("sofaString").is_some());
    let sofa = with_text()
        .find(|sofa| sofa.get("sofaID") == Some("_InitialView"))
        .or_else(|| with_text().next())
        .or_else(|| sofas().next().filter(|_| about.is_some()));
    let sofa = sofa.ok_or_else(|| {
        Diagnostic::error("no_text", "the CAS holds no text (sofaString)")
            .with_hint("write it again with its text, in one view")
    })?;
    let text = sofa.get("sofaString").unwrap_or_default();
    let article = article(path, text, all, about)?;
    let annotator = annotator(all, about, path, sink);
    let view = View {
        text: &article.text,
        sofa: &sofa.id,
        about,
    };
    let layer = layer(path, &view, all, options, sink);
    Ok(Incoming::new(article, vec![(annotator, layer)], None))
}

/// What UIMA's tools note of a document: its metadata, and who annotated it.
const OF_DOCUMENT: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const OF_USER: &str = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata";

fn article(path: &Path, text: &str, all: &[Given], about: Option<&Given>) -> Result<Article, Diagnostic> {
    let own = |feature: &str| about.and_then(|about| about.get(feature));
    let id = own("articleId").map(ArticleId::new).transpose()?;
    let object_of = |feature: &str| own(feature).and_then(object);
    let mut header = Header {
        title: own("title").map(str::to_owned),
        lang: own("lang").map(str::to_owned),
        meta: object_of("meta").unwrap_or_default(),
        extra: object_of("more").map_or_else(Extra::new, |more| article_extra(&more)),
    };
    if about.is_none() {
        let document = all.iter().find(|one| one.kind == OF_DOCUMENT);
        let told = |feature: &str| document.and_then(|one| one.get(feature)).map(str::to_owned);
        let lang = told("language").filter(|lang| !lang.is_empty() && !lang.starts_with("x-"));
        header.title = title_of(text).or_else(|| told("documentTitle"));
        header.lang = lang.or_else(|| language_of(text).map(str::to_owned));
        if let Some(name) = path.file_name() {
            header
                .meta
                .insert("file".to_owned(), name.to_string_lossy().into());
        }
        if let Some(document) = told("documentTitle") {
            header.meta.insert("document".to_owned(), document.into());
        }
    }
    Ok(Article::new(id, header, Text::new(text))?)
}

fn annotator(all: &[Given], about: Option<&Given>, path: &Path, sink: &mut dyn Sink) -> Option<Annotator> {
    let user = || all.iter().find(|one| one.kind == OF_USER)?.get("username");
    let name = match about {
        Some(about) => about.get("annotator"),
        None => user(),
    };
    let name = name.filter(|name| !name.is_empty())?;
    let annotator = Annotator::new(name).ok();
    if annotator.is_none() {
        sink.diagnostic(Diagnostic::bad_annotator(name).in_file(path));
    }
    annotator
}

pub(super) fn object(json: &str) -> Option<Map<String, Json>> {
    match parse_json(json).ok()?.value {
        Json::Object(map) => Some(map),
        _ => None,
    }
}
