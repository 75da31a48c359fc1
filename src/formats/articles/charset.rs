//! Which characters the bytes of a page or of a part of mail are: by a byte-order mark, by what is said of them, or by
//! what they look like. Knows no markup but the few places where a page names its encoding.

use std::sync::LazyLock;

use encoding_rs::{
    Encoding, ISO_2022_JP, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED,
};
use regex::bytes::Regex;

use super::super::{Diagnostic, decode, encoding};

/// How far into a page its encoding is looked for; browsers look less far.
const HEAD: usize = 16_384;

/// The text of a page. What is valid UTF-8 or has a byte-order mark needs no word of anyone: pages are often saved in
/// another encoding than the one that they name. Then what came with the page counts, then the page's own word, then
/// the letters.
///
/// # Errors
/// Where the bytes are no text.
pub(super) fn page(
    bytes: &[u8],
    said: Option<&str>,
    told: &mut Vec<Diagnostic>,
) -> Result<String, Diagnostic> {
    let said = said
        .and_then(|name| Encoding::for_label(name.as_bytes()))
        .or_else(|| named_in(bytes));
    text(bytes, said, told)
}

/// The text of bytes that are said to be in an encoding.
///
/// # Errors
/// Where the bytes are no text.
pub(super) fn text(
    bytes: &[u8],
    said: Option<&'static Encoding>,
    told: &mut Vec<Diagnostic>,
) -> Result<String, Diagnostic> {
    if let Some(said) = said.filter(|said| is_needed(bytes, said) && !is_denied(bytes, said)) {
        let (text, _, is_damaged) = said.decode(bytes);
        if !is_damaged || said != UTF_8 {
            if is_damaged {
                let message = format!(
                    "some places are not valid {}, which it names as its encoding; each reads as U+FFFD",
                    said.name()
                );
                told.push(Diagnostic::warning("invalid_bytes", message));
            }
            return Ok(text.into_owned());
        }
    }
    let decoded = decode(bytes)?;
    if decoded.encoding != "UTF-8" {
        let message = match said {
            Some(said) => format!(
                "it names {} as its encoding, which its bytes deny; it was read as {}",
                said.name(),
                decoded.encoding
            ),
            None => format!("it is not in UTF-8; it was read as {}", decoded.encoding),
        };
        told.push(Diagnostic::encoding(message));
    }
    told.extend(decoded.warnings);
    Ok(decoded.text)
}

/// Whether the name of an encoding tells more than the bytes themselves.
fn is_needed(bytes: &[u8], said: &'static Encoding) -> bool {
    let has_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if has_mark || encoding::signature(bytes).is_some() {
        return false;
    }
    // Its text is all ASCII bytes, and valid UTF-8 that reads wrong.
    let is_hidden = said == ISO_2022_JP && bytes.contains(&0x1b);
    is_hidden || std::str::from_utf8(bytes).is_err()
}

/// Whether the bytes deny a Western encoding, which many pages only inherited: there letters beyond ASCII stand alone
/// or in pairs, while words of Arabic, Hebrew, or Russian consist of them.
fn is_denied(bytes: &[u8], said: &'static Encoding) -> bool {
    const FEWEST: usize = 12;
    if said != WINDOWS_1252 && said != ISO_8859_15 {
        return false;
    }
    let runs = bytes.split(|byte| *byte < 0xc0).map(<[u8]>::len);
    let (all, in_words) = runs.fold((0, 0), |(all, in_words), run| {
        (all + run, in_words + if run >= 3 { run } else { 0 })
    });
    in_words >= FEWEST && in_words * 2 > all
}

/// The encoding that a page names near its beginning.
fn named_in(bytes: &[u8]) -> Option<&'static Encoding> {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<(?:meta[^>]*charset|\?xml[^>]*encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)"#).ok()
    });
    let head = bytes.get(..bytes.len().min(HEAD))?;
    let name = NAME.as_ref()?.captures(head)?.get(1)?;
    let named = Encoding::for_label(name.as_bytes())?;
    // What could be read to here is no UTF-16; browsers take such pages for UTF-8.
    if named == UTF_16LE || named == UTF_16BE {
        return Some(UTF_8);
    }
    Some(if named == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        named
    })
}
