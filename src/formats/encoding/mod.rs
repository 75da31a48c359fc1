//! Bytes to text: which encoding a file is in, and what of it cannot be read.
//!
//! The order of evidence: a byte-order mark; the signature of a known binary format; strict UTF-8; UTF-16 without a
//! mark; UTF-8 with a few damaged places; a legacy encoding by letter statistics. Nothing is trimmed or
//! normalised; only the mark itself is not text. Knows nothing of articles.

mod arabic;
mod damaged;
mod utf16;

use encoding_rs::{Encoding, ISO_8859_6, UTF_16BE, UTF_16LE, WINDOWS_1256};

use super::Diagnostic;
use super::diagnostic::place_in;

/// A text with the encoding that it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte-order mark, otherwise exactly as it was.
    pub text: String,
    /// The encoding's name, such as `UTF-8` or `windows-1256`.
    pub encoding: &'static str,
    /// Places that could not be read for certain, with line and column.
    pub warnings: Vec<Diagnostic>,
}

/// Decodes a whole file.
///
/// # Errors
/// A diagnostic with the code `empty_file` or `not_text`.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    if bytes.is_empty() {
        return Err(empty("the file is empty"));
    }
    if let Some(kind) = signature(bytes) {
        return Err(not_text(&format!("it is {kind}")));
    }
    let decoded = detect(bytes)?;
    if decoded.text.is_empty() {
        return Err(empty("the file holds a byte-order mark and nothing else"));
    }
    refuse_controls(&decoded)?;
    Ok(decoded)
}

/// The kind of file, where its first bytes are those of a known binary format.
pub(super) fn signature(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF87a", "a GIF picture"),
        (b"GIF89a", "a GIF picture"),
        (b"II*\0", "a TIFF picture"),
        (b"MM\0*", "a TIFF picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ\0", "an XZ archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"{\\rtf", "a rich text document"),
        (b"SQLite format 3\0", "a SQLite database"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"ID3", "a sound file"),
        (b"OggS", "a sound file"),
        (b"RIFF", "a picture, sound, or film"),
    ];
    if head.get(4..8) == Some(b"ftyp") {
        return Some("a film");
    }
    let (_, kind) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start))?;
    Some(kind)
}

/// The refusal of a file that is no text.
pub(super) fn not_text(reason: &str) -> Diagnostic {
    Diagnostic::error("not_text", format!("this is not a text file: {reason}"))
        .with_hint("save the words as plain text, or convert the document, and import that")
}

pub(super) fn empty(message: &str) -> Diagnostic {
    Diagnostic::error("empty_file", message).with_hint("an article needs words; nothing was imported from it")
}

fn detect(bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    if let Some(marked) = by_mark(bytes) {
        return Ok(marked);
    }
    let utf8 = std::str::from_utf8(bytes);
    if let Ok(text) = utf8
        && !text.chars().any(is_odd_control)
    {
        return Ok(plain(text.to_owned(), "UTF-8"));
    }
    if let Some(encoding) = utf16::detect(bytes) {
        return Ok(by_encoding(bytes, encoding));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(not_text(&format!("byte {} is zero", at + 1)));
    }
    if let Ok(text) = utf8 {
        return Ok(plain(text.to_owned(), "UTF-8"));
    }
    if let Some((text, warnings)) = damaged::repair(bytes) {
        return Ok(Decoded {
            warnings,
            ..plain(text, "UTF-8")
        });
    }
    Ok(by_encoding(bytes, legacy(bytes)))
}

fn plain(text: String, encoding: &'static str) -> Decoded {
    Decoded {
        text,
        encoding,
        warnings: Vec::new(),
    }
}

fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let (text, warnings) = match std::str::from_utf8(rest) {
            Ok(text) => (text.to_owned(), Vec::new()),
            Err(_) => damaged::repair_all(rest),
        };
        return Some(Decoded {
            warnings,
            ..plain(text, "UTF-8")
        });
    }
    // UTF-32 first: its little-endian mark begins with that of UTF-16.
    for (mark, name, unit) in [
        (
            b"\xff\xfe\0\0",
            "UTF-32LE",
            u32::from_le_bytes as fn([u8; 4]) -> u32,
        ),
        (b"\0\0\xfe\xff", "UTF-32BE", u32::from_be_bytes),
    ] {
        if let Some(rest) = bytes.strip_prefix(mark.as_slice())
            && let Some(text) = utf32(rest, unit)
        {
            return Some(plain(text, name));
        }
    }
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ => return None,
    };
    Some(by_encoding(bytes.get(2..).unwrap_or_default(), encoding))
}

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> Option<String> {
    let (units, rest) = bytes.as_chunks::<4>();
    let text: Option<String> = units.iter().map(|bytes| char::from_u32(unit(*bytes))).collect();
    text.filter(|_| rest.is_empty())
}

fn by_encoding(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut decoded = plain(text.into_owned(), encoding.name());
    let lost = || decoded.text.match_indices('\u{fffd}');
    if let Some((first, _)) = lost().next()
        && encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_none()
    {
        let (line, column) = place_in(&decoded.text, first);
        let message = format!(
            "places that are not valid {} and read as U+FFFD, from here on: {}",
            encoding.name(),
            lost().count()
        );
        decoded.warnings = vec![Diagnostic::warning("invalid_bytes", message).at(line, column)];
    }
    decoded
}

fn legacy(bytes: &[u8]) -> &'static Encoding {
    use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == WINDOWS_1256 || guess == ISO_8859_6 {
        return arabic::choose(bytes);
    }
    guess
}

/// Controls that no text has; tab, line feed, vertical tab, form feed, and carriage return are white space, and
/// U+0085 is a line end.
fn is_odd_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\x0b' | '\x0c' | '\r' | '\u{85}')
}

/// A text may hold a stray control character, but not one in fifty.
fn refuse_controls(decoded: &Decoded) -> Result<(), Diagnostic> {
    let (mut all, mut odd) = (0_usize, 0_usize);
    for c in decoded.text.chars() {
        all += 1;
        odd += usize::from(is_odd_control(c));
        if c == '\0' {
            return Err(not_text("it holds zero characters"));
        }
    }
    if odd * 50 > all {
        return Err(not_text(&format!("{odd} of its {all} characters are controls")));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
