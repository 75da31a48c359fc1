//! The format `html`: a saved web page is one article, its main text without menus and the like; an export of a news
//! database is as many as it holds.

use std::path::Path;

use super::super::registry::{ARTICLES_ONLY, Claim, Format, Glimpse};
use super::super::{Diagnostic, encoding};
use super::facts::Facts;
use super::main_text::main_text;
use super::{Contents, Words, charset, database_page, dom, marked, read, script_page};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "html",
    name: "Web page",
    endings: &["html", "htm", "xhtml"],
    page: include_str!("../../../assets/help/formats/html.md"),
    claim,
    read: Some(|path, _options, sink| {
        read(path, sink, |bytes| {
            let mut told = Vec::new();
            let page = charset::page(bytes, None, &mut told)?;
            contents(&page, told)
        })
    }),
    ..ARTICLES_ONLY
};

/// What browsers put behind the name of a page to name the folder of its pictures, scripts, and frames, in the languages
/// of their windows.
const FOLDERS: &[&str] = &[
    "_files",
    ".files",
    "-files",
    "_fichiers",
    "-Dateien",
    "_archivos",
    "_arquivos",
    "_ficheiros",
    "_file",
    "_bestanden",
    "_dosyalar",
    "_pliki",
    "_soubory",
    "_elemei",
    "_tiedostot",
    "-filer",
    "_bylos",
    "_datoteke",
    "_failid",
    "_fails",
    "_fajlovi",
    "_fitxategiak",
    "_fitxers",
];

fn claim(file: &Glimpse<'_>) -> Claim {
    if belongs_to_page(file.path) {
        return Claim::Companion;
    }
    let is_named = matches!(file.ending, "html" | "htm" | "xhtml" | "xht" | "shtml");
    if (is_named && encoding::signature(file.head).is_none()) || begins_as_page(file) {
        Claim::Reads
    } else {
        Claim::No
    }
}

/// Whether a file lies in the folder that a browser made beside a page when it saved it.
fn belongs_to_page(path: &Path) -> bool {
    let Some(folder) = path.parent() else {
        return false;
    };
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let pages = FOLDERS.iter().filter_map(|end| name.strip_suffix(end));
    let mut pages = pages.flat_map(|page| ["html", "htm", "xhtml"].map(|ending| format!("{page}.{ending}")));
    pages.any(|page| folder.with_file_name(page).is_file())
}

/// The articles of a page.
///
/// # Errors
/// Where the page is too large or nested too deep, or has no words but those that a script would load.
pub(super) fn contents(page: &str, mut told: Vec<Diagnostic>) -> Result<Contents, Diagnostic> {
    let page = dom::parse(page, &mut told)?;
    if let Some(mut export) = database_page::articles(&page) {
        told.append(&mut export.told);
        return Ok(Contents { told, ..export });
    }
    let facts = Facts::of(&page);
    let found = main_text(&page, &facts);
    let text = if let Some(text) = script_page::text(&page, &found.text, &mut told)? {
        text
    } else {
        told.extend(found.told);
        if !found.is_list {
            told.extend(database_page::not_split(&page));
        }
        found.text
    };
    let root = page.root();
    // On a list of articles names and dates are theirs.
    let is_own = |value: Option<String>| value.filter(|_| !found.is_list);
    let facts = Facts {
        title: found.title,
        author: facts.author.or_else(|| is_own(marked::authors(&root))),
        published: facts.published.or_else(|| is_own(marked::date(&root))),
        ..facts
    };
    let words = Words { text, facts };
    Ok(Contents { told, ..words.into() })
}

/// Whether the first thing in a file that is no white space or comment opens a page.
fn begins_as_page(file: &Glimpse<'_>) -> bool {
    // Zeros are every second byte where a page is in UTF-16.
    let head: Vec<u8> = file
        .head
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii() && *byte != 0)
        .collect();
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let mut rest = head.trim_start();
    loop {
        let skipped = match rest {
            _ if rest.starts_with("<!--") => rest.split_once("-->"),
            _ if rest.starts_with("<?xml") => rest.split_once("?>"),
            _ => None,
        };
        match skipped {
            Some((_, behind)) => rest = behind.trim_start(),
            None => break,
        }
    }
    ["<!doctype html", "<html>", "<html ", "<html\n", "<html\r"]
        .iter()
        .any(|start| rest.starts_with(start))
}
