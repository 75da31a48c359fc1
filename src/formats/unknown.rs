//! What is said of a file that no format reads: what was seen, what its name let expect, and what to do.

use std::fs::File;
use std::io::Read;

use memchr::memmem;

use super::encoding::{self, signature};
use super::first_element::first_element;
use super::json_records::Beginning;
use super::registry::{Format, Glimpse, registry};
use super::{Diagnostic, MOST_BYTES};

/// Keys of a record that are named one by one.
const MOST_KEYS: usize = 8;

/// The finding that files of a format are not read.
pub(super) fn written_only(format: &Format) -> Diagnostic {
    let back = registry().iter().filter(|one| one.reads() && one.writes());
    let back: Vec<&str> = back.map(|one| one.id).filter(|id| *id != "jsonl").collect();
    Diagnostic::error(
        "cannot_read_format",
        format!("the file is {}, which is written only and not read", format.name),
    )
    .with_hint(format!(
        "export the project that it comes from as jsonl, which gives everything back, or as one of {}",
        back.join(", ")
    ))
}

/// The finding that a file is locked.
pub(super) fn locked(what: &str) -> Diagnostic {
    Diagnostic::error("encrypted", format!("{what} is protected by a password"))
        .with_hint("open it in its own program, save it without a password, and import that")
}

/// Why no format takes a file.
pub(super) fn refusal(file: &Glimpse<'_>) -> Diagnostic {
    if file.head.is_empty() {
        return encoding::empty("the file is empty");
    }
    if file.head.starts_with(OLD_OFFICE) {
        return old_office(file);
    }
    if let Some(kind) = signature(file.head) {
        return encoding::not_text(&format!("it is {kind}"));
    }
    match file.ending {
        "json" => json(file),
        "xml" => xml(file),
        ending => of_name(file, ending),
    }
}

fn unknown(message: String) -> Diagnostic {
    Diagnostic::error("unknown_format", message)
}

/// JSON whose records are of no format.
fn json(file: &Glimpse<'_>) -> Diagnostic {
    let Some(beginning) = Beginning::of(file) else {
        let seen = match file.head.trim_ascii_start().first() {
            Some(b'[') => "the file is a JSON list whose first element is no object",
            _ => "the file ends in .json but begins with neither { nor [",
        };
        return unknown(seen.to_owned())
            .with_hint("a file of articles holds objects, each with the article's words under “text”");
    };
    let keys = beginning.keys();
    let mut names: Vec<String> = keys
        .iter()
        .take(MOST_KEYS)
        .map(|(key, _)| format!("“{key}”"))
        .collect();
    if keys.len() > MOST_KEYS {
        names.push("…".to_owned());
    }
    let seen = if names.is_empty() {
        "is empty".to_owned()
    } else {
        format!("has {}", names.join(", "))
    };
    unknown(format!(
        "the file is JSON of a kind that no format knows: its first object {seen}"
    ))
    .with_hint("put the article's words under “text” in each object; spans may stand beside it under “spans”")
}

/// XML whose first element is of no format.
fn xml(file: &Glimpse<'_>) -> Diagnostic {
    let Some((name, _)) = first_element(file.head) else {
        return of_name(file, "xml");
    };
    unknown(format!(
        "the file is XML of a kind that no format knows: its first element is <{name}>"
    ))
    .with_hint(
        "feeds (<rss>, <feed>) and UIMA CAS (<xmi:XMI>) are read; save other XML as a web page or plain text",
    )
}

/// A file whose name, but not its content, is of a format; or not even its name.
fn of_name(file: &Glimpse<'_>, ending: &str) -> Diagnostic {
    let names: Vec<&str> = registry()
        .iter()
        .filter(|one| one.reads())
        .filter(|one| one.endings.contains(&ending))
        .map(|one| one.name)
        .collect();
    let is_text = !file.head.contains(&0);
    if names.is_empty() {
        let message = if ending.is_empty() {
            "the file has no ending that says what it is, and nothing in it does".to_owned()
        } else {
            format!("no format reads files that end in .{ending}")
        };
        return Diagnostic::error("unknown_ending", message)
            .with_hint("name the format with --format; --format text takes any text file as one article");
    }
    let seen = if is_text {
        "it is plain text"
    } else {
        "its first bytes are others"
    };
    let message = format!(
        "the name ends in .{ending} as of {}, but the content is not that: {seen}",
        names.join(" or ")
    );
    unknown(message).with_hint(if is_text {
        "save it anew in its own program, or give it the ending .txt to import it as one article"
    } else {
        "it is damaged or has a wrong name: copy or download it again, or save it anew in its own program"
    })
}

/// How documents of older office programs begin, and those that newer ones have locked.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0";

/// What lies in such a file is said by the names of its streams.
fn old_office(file: &Glimpse<'_>) -> Diagnostic {
    let mut bytes = Vec::new();
    let read = File::open(file.path).and_then(|file| file.take(MOST_BYTES as u64).read_to_end(&mut bytes));
    if let Err(error) = read {
        return super::cannot_read(file.path, &error);
    }
    let has = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(&bytes, &name).is_some()
    };
    if has("EncryptedPackage") {
        return locked("the document");
    }
    let (kind, anew) = if has("Workbook") || has("Book\0") {
        ("a workbook of Excel before 2007", ".xlsx or .csv")
    } else if has("WordDocument") {
        ("a document of Word before 2007", ".docx")
    } else if has("PowerPoint Document") {
        ("slides of PowerPoint before 2007", ".pdf")
    } else {
        ("a document of an older office program", ".docx, .xlsx, or .pdf")
    };
    Diagnostic::error("not_text", format!("the file is {kind}, which is not read")).with_hint(format!(
        "open it in an office program, save it as {anew}, and import that"
    ))
}
