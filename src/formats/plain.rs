//! The format `text`: one plain text file is one article. It is read only, because a text has no room for marks.
//!
//! Title and language are guessed from the text; the file's name is kept as metadata.

use super::articles::{Contents, Words, read};
use super::registry::{ARTICLES_ONLY, Claim, Format, Glimpse};
use super::{Diagnostic, decode, decoded_text, encoding};

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
    let (text, told) = decoded_text(decode(bytes)?);
    let words = Words {
        text,
        ..Words::default()
    };
    Ok(Contents { told, ..words.into() })
}
