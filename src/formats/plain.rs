//! The format `text`: one plain text file is one article. It is read only, because a text has no room for marks.
//!
//! Title and language are guessed from the text; the file's name is kept as metadata.

use super::articles::{Contents, Words, read};
use super::registry::{ARTICLES_ONLY, Claim, Format, Glimpse};
use super::{Diagnostic, decode, encoding};

pub(super) const FORMAT: Format = Format {
    id: "text",
    name: "Plain text",
    endings: &["txt", "text"],
    page: include_str!("../../assets/help/formats/text.md"),
    claim,
    read: Some(|path, _options, sink| read(path, sink, contents)),
    ..ARTICLES_ONLY
};

fn claim(file: &Glimpse<'_>) -> Claim {
    if matches!(file.ending, "" | "txt" | "text") && encoding::signature(file.head).is_none() {
        Claim::Reads
    } else {
        Claim::No
    }
}

fn contents(bytes: &[u8]) -> Result<Contents, Diagnostic> {
    let decoded = decode(bytes)?;
    let mut told = Vec::new();
    if decoded.encoding != "UTF-8" {
        let message = format!("the file is not in UTF-8; it was read as {}", decoded.encoding);
        told.push(
            Diagnostic::info("encoding", message)
                .with_hint("where words look wrong, convert the file to UTF-8 and import it again"),
        );
    }
    told.extend(decoded.warnings);
    let words = Words {
        text: decoded.text,
        ..Words::default()
    };
    Ok(Contents { told, ..words.into() })
}
