//! The parts of a message, as mail and saved pages have them: headers, boundaries, and the encodings of bodies.
//!
//! Headers are read by `mail-parser`; the parts are cut here, so that their number and depth have limits and the bytes
//! of a body stay bytes until its characters are known. Knows nothing of articles.

use std::borrow::Cow;

use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders};

use super::super::registry::Glimpse;
use super::super::{Diagnostic, decode, encoding};
use super::date;
use super::dom::one_line;
use super::left_out::behind_end;
use super::mbox::begins_as_mailbox;

/// Parts within parts; a forwarded message is one too.
const MOST_DEEP: usize = 20;
/// Bytes behind the last part that are told of; fewer are what programs put there for old readers (RFC 2046, 5.1.1).
const MOST_BEHIND: usize = 1000;
/// Parts of a message in all.
const MOST_PARTS: usize = 10_000;

/// A part of a message, and those in it.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub head: Head,
    /// The body without its transfer encoding; empty where there are parts.
    pub body: Vec<u8>,
    /// The parts of a `multipart`, or the message in a `message`.
    pub parts: Vec<Part>,
    /// Whether it ends before it should.
    pub is_cut: bool,
    /// How many bytes stand behind its last part, where there are more than [`MOST_BEHIND`].
    pub behind: usize,
}

impl Part {
    /// Tells that the file ends before the message does, where a page in it does not tell it already, and that it does not
    /// end with it.
    pub fn tell_end(&self, told: &mut Vec<Diagnostic>) {
        const CODE: &str = "cut_short";
        let mut stack = vec![self];
        while let Some(part) = stack.pop() {
            if part.is_cut && !told.iter().any(|found| found.code == CODE) {
                let message = "the file ends before the message does; what was in the rest of it is missing";
                let hint = "save it anew, and compare the end of the text with the original";
                told.push(Diagnostic::warning(CODE, message).with_hint(hint));
            }
            told.extend(behind_end(part.behind));
            stack.extend(&part.parts);
        }
    }
}

/// The headers of a part that are asked for.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each header says something of its own"
)]
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Such as `text/html`, in lower case; empty where it is not said.
    pub kind: String,
    pub charset: Option<String>,
    pub boundary: Option<String>,
    /// The parameter `start` of a page's parts.
    pub start: Option<String>,
    pub is_flowed: bool,
    pub is_space_deleted: bool,
    pub is_attachment: bool,
    /// The name of an attached file.
    pub name: Option<String>,
    pub id: Option<String>,
    pub location: Option<String>,
    pub transfer: String,
    pub subject: Option<String>,
    pub from: Option<String>,
    /// As ISO 8601 where it is certain what it means, otherwise as it stands.
    pub date: Option<String>,
    /// Whether it was kept as it stands.
    pub is_date_odd: bool,
    pub language: Option<String>,
    pub organization: Option<String>,
    /// Where a browser saved the page from.
    pub snapshot: Option<String>,
}

/// The parts of a message.
///
/// # Errors
/// Where there are too many of them, or too deep in each other.
pub(super) fn message(bytes: &[u8]) -> Result<Part, Diagnostic> {
    let mut left = MOST_PARTS;
    let mut bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    // A mailbox puts a line before a mail that is no header.
    if bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
        let end = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(bytes.len(), |at| at + 1);
        bytes = bytes.get(end..).unwrap_or_default();
    }
    part(bytes, 0, &mut left, "text/plain")
}

fn part(bytes: &[u8], depth: usize, left: &mut usize, usual: &str) -> Result<Part, Diagnostic> {
    if depth > MOST_DEEP {
        return Err(too_much("parts lie in it deeper than those of any mail"));
    }
    *left = left
        .checked_sub(1)
        .ok_or_else(|| too_much("it has more parts than any mail"))?;
    let (head, body) = cut_head(bytes);
    let mut head = read_head(head);
    if head.kind.is_empty() {
        usual.clone_into(&mut head.kind);
    }
    let (mut parts, mut is_cut, mut behind) = (Vec::new(), false, 0);
    if head.kind.starts_with("multipart/")
        && let Some(boundary) = &head.boundary
    {
        let usual = if head.kind == "multipart/digest" {
            "message/rfc822"
        } else {
            "text/plain"
        };
        let (pieces, rest) = pieces(body, boundary.as_bytes());
        is_cut = rest.is_none();
        let rest = rest
            .map(<[u8]>::trim_ascii)
            .filter(|rest| rest.len() > MOST_BEHIND);
        behind = rest.map_or(0, <[u8]>::len);
        for piece in pieces {
            parts.push(part(piece, depth + 1, left, usual)?);
        }
    }
    let is_message = matches!(head.kind.as_str(), "message/rfc822" | "message/global");
    let mut body = if parts.is_empty() {
        is_cut |= head.transfer == "base64" && is_cut_base64(body);
        decoded(body, &head.transfer)
    } else {
        Cow::default()
    };
    if is_message {
        parts.push(part(&std::mem::take(&mut body), depth + 1, left, "text/plain")?);
    }
    Ok(Part {
        head,
        body: body.into_owned(),
        parts,
        is_cut,
        behind,
    })
}

/// The header block and what is behind the empty line after it.
fn cut_head(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        if matches!(line, b"\n" | b"\r\n") {
            return (
                bytes.get(..end).unwrap_or_default(),
                bytes.get(end..).unwrap_or_default(),
            );
        }
        at = end;
    }
    (bytes, &[])
}

/// The pieces of a body between the lines with its boundary, and what stands behind the line that says that it is the
/// last, `None` where there is no such line; the line feed before such a line belongs to it.
fn pieces<'a>(body: &'a [u8], boundary: &[u8]) -> (Vec<&'a [u8]>, Option<&'a [u8]>) {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        let behind = line
            .strip_prefix(b"--")
            .and_then(|line| line.strip_prefix(boundary));
        let behind = behind.map(<[u8]>::trim_ascii);
        if let Some(behind) = behind.filter(|behind| matches!(*behind, b"" | b"--")) {
            if let Some(start) = start {
                let piece = body.get(start..at).unwrap_or_default();
                let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
                pieces.push(piece.strip_suffix(b"\r").unwrap_or(piece));
            }
            start = behind.is_empty().then_some(end);
            if start.is_none() {
                return (pieces, body.get(end..));
            }
        }
        at = end;
    }
    pieces.extend(start.and_then(|start| body.get(start..)));
    (pieces, None)
}

fn read_head(bytes: &[u8]) -> Head {
    // Old programs write letters of their own encoding into headers.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => decode(bytes).map(|decoded| decoded.text).unwrap_or_default(),
    };
    let Some(message) = MessageParser::default().parse_headers(text.as_bytes()) else {
        return Head::default();
    };
    if message.parts.is_empty() {
        return Head::default();
    }
    let kind = message.content_type();
    let parameter = |name: &str| -> Option<String> {
        let value = kind?.attribute(name)?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let is_said =
        |name: &str, value: &str| parameter(name).is_some_and(|said| said.eq_ignore_ascii_case(value));
    let date = message.header_raw(HeaderName::Date).and_then(one_line);
    let read = date.as_deref().and_then(|date| date_of(&message, date));
    Head {
        kind: kind
            .map(|kind| {
                format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
            })
            .unwrap_or_default(),
        charset: parameter("charset"),
        boundary: parameter("boundary"),
        start: parameter("start").map(|id| id.trim_matches(['<', '>']).to_owned()),
        is_flowed: is_said("format", "flowed"),
        is_space_deleted: is_said("delsp", "yes"),
        is_attachment: message
            .content_disposition()
            .is_some_and(mail_parser::ContentType::is_attachment),
        name: message.attachment_name().map(str::to_owned),
        id: message
            .content_id()
            .map(|id| id.trim_matches(['<', '>']).to_owned()),
        location: message.content_location().map(|url| url.trim().to_owned()),
        transfer: message
            .content_transfer_encoding()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase(),
        subject: message.subject().map(str::to_owned),
        from: message.from().and_then(names),
        is_date_odd: date.is_some() && read.is_none(),
        date: read.or(date),
        language: text_of(&message, HeaderName::ContentLanguage),
        organization: text_of(&message, HeaderName::Organization),
        snapshot: text_of(&message, HeaderName::Other("Snapshot-Content-Location".into())),
    }
}

/// The date of a message as ISO 8601. The library reads anything with digits in it as a date; it is believed where the
/// month is named.
fn date_of(message: &Message<'_>, written: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut words = written.split(|c: char| !c.is_ascii_alphabetic());
    let has_month = words.any(|word| MONTHS.contains(&word.to_ascii_lowercase().as_str()));
    let read = message.date().filter(|date| has_month && date.is_valid());
    let is_day = |date: &String| {
        date.get(..10)
            .is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok())
    };
    read.map(mail_parser::DateTime::to_rfc3339)
        .or_else(|| Some(date::iso(written)).filter(is_day))
}

fn text_of(message: &Message<'_>, name: HeaderName<'static>) -> Option<String> {
    let value = message.header(name)?;
    let value = match value {
        HeaderValue::TextList(list) => list.first()?.as_ref(),
        value => value.as_text()?,
    };
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Those who wrote a message: their names, or their addresses where they have none.
fn names(from: &Address<'_>) -> Option<String> {
    let one = |addr: &mail_parser::Addr<'_>| {
        let name = addr.name().map(str::trim).filter(|name| !name.is_empty());
        name.or_else(|| addr.address()).map(str::to_owned)
    };
    let names: Vec<String> = from.iter().filter_map(one).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The bytes of a body without its transfer encoding; what is damaged in it is passed over.
fn decoded<'a>(body: &'a [u8], transfer: &str) -> Cow<'a, [u8]> {
    match transfer {
        "base64" => from_base64(body).into(),
        "quoted-printable" => from_quoted_printable(body).into(),
        _ => body.into(),
    }
}

/// Letters of Base64 come in fours.
fn is_cut_base64(body: &[u8]) -> bool {
    let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte);
    !body.iter().filter(is_letter).count().is_multiple_of(4)
}

fn from_base64(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                // The next letter begins a new group.
                (bits, count) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

fn from_quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let text = line.trim_ascii_end();
        // Spaces at the end of a line were added on the way.
        let end: &[u8] = if line.ends_with(b"\r\n") {
            b"\r\n"
        } else if line.ends_with(b"\n") {
            b"\n"
        } else {
            b""
        };
        let (text, end) = match text.strip_suffix(b"=") {
            Some(text) => (text, &b""[..]),
            None => (text, end),
        };
        let mut rest = text;
        while let Some((byte, behind)) = rest.split_first() {
            rest = behind;
            if *byte == b'='
                && let Some((code, behind)) = behind.split_at_checked(2)
                && let Some(decoded) = hex(code)
            {
                bytes.push(decoded);
                rest = behind;
            } else {
                bytes.push(*byte);
            }
        }
        bytes.extend_from_slice(end);
    }
    bytes
}

fn hex(code: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(code).ok()?;
    let is_hex = digits.chars().all(|c| c.is_ascii_hexdigit());
    is_hex.then(|| u8::from_str_radix(digits, 16).ok())?
}

fn too_much(reason: &str) -> Diagnostic {
    Diagnostic::error("too_complex", format!("the message is not read: {reason}"))
        .with_hint("copy its words and paste them as an article")
}

/// What a file with headers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Mail,
    Page,
}

/// Whether a file is a mail or a page saved in one file: by the ending of its name, and otherwise by headers that only
/// these have.
pub(super) fn kind_of(file: &Glimpse<'_>) -> Option<Kind> {
    if encoding::signature(file.head).is_some() {
        return None;
    }
    match file.ending {
        "eml" | "mbox" => return Some(Kind::Mail),
        "mht" | "mhtml" => return Some(Kind::Page),
        _ => {}
    }
    if begins_as_mailbox(file.head) {
        return Some(Kind::Mail);
    }
    let (head, _) = cut_head(file.head);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let has = |name: &str| head.starts_with(&format!("{name}:")) || head.contains(&format!("\n{name}:"));
    let first = head.split_once(':').map(|(name, _)| name).unwrap_or_default();
    let is_headers = !first.is_empty()
        && first
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_headers || !has("mime-version") && !has("message-id") && !has("received") {
        return None;
    }
    let is_page = has("snapshot-content-location")
        || head.contains("\nfrom: <saved by ")
        || head.starts_with("from: <saved by ")
        || head.contains("\nfrom: \"saved by ");
    if is_page {
        return Some(Kind::Page);
    }
    (has("from") && (has("date") || has("subject"))).then_some(Kind::Mail)
}
