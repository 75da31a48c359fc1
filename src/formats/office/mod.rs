//! Documents of word processors and archives of files: read only, each one file of this folder.
//!
//! A document is a ZIP archive of XML parts. What is common to them is here: parts, their events, and their
//! properties. The text is what a reader of the document would see, without comments and deleted revisions.

pub(super) mod archive;
pub(super) mod docx;
mod flow;
mod hidden;
pub(super) mod odt;
pub(super) mod package;
pub(super) mod rtf;
#[cfg(test)]
pub(super) mod tests;

use quick_xml::XmlVersion;
use quick_xml::events::Event;

use super::Diagnostic;
use super::articles::Facts;

/// More spaces in a row than any text of `OpenDocument` has; a number beyond it is damage.
pub(super) const MOST_SPACES: usize = 10_000;

/// What a part of a document consists of.
pub(super) enum Step<'a> {
    /// An element begins; attributes by their names without prefix.
    Start(&'a str, &'a [(String, String)]),
    End(&'a str),
    Text(&'a str),
}

/// The properties in a part: the text of the elements of these names, of the first name that has any.
fn properties(xml: &str, author: [&str; 2], created: &str) -> Result<Facts, Diagnostic> {
    let (mut open, mut found) = (String::new(), [const { String::new() }; 4]);
    let names = ["title", author[0], author[1], created];
    walk(xml, |step| match step {
        Step::Start(name, _) => name.clone_into(&mut open),
        Step::End(_) => open.clear(),
        Step::Text(text) => {
            for (value, _) in found.iter_mut().zip(names).filter(|(_, name)| *name == open) {
                value.push_str(text);
            }
        }
    })?;
    let [title, first, second, created] =
        found.map(|value| Some(value.trim().to_owned()).filter(|value| !value.is_empty()));
    Ok(Facts {
        title,
        author: first.or(second),
        created,
        ..Facts::default()
    })
}

/// Goes through a part, event by event; names come without their prefix.
pub(super) fn walk(xml: &str, mut take: impl FnMut(Step<'_>)) -> Result<(), Diagnostic> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) => {
                depth += 1;
                let mut attributes = Vec::new();
                for attribute in start.attributes().with_checks(false) {
                    let attribute = attribute.map_err(damaged)?;
                    let value = attribute
                        .normalized_value(XmlVersion::Implicit1_0)
                        .map_err(damaged)?;
                    attributes.push((local(attribute.key.as_ref()), value.into_owned()));
                }
                take(Step::Start(&local(start.name().as_ref()), &attributes));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Step::End(&local(end.name().as_ref())));
            }
            Event::Text(text) => take(Step::Text(&text.xml10_content().map_err(damaged)?)),
            Event::CData(text) => take(Step::Text(&text.xml10_content().map_err(damaged)?)),
            Event::GeneralRef(entity) => {
                let c = entity.resolve_char_ref().map_err(damaged)?;
                let c = c.or_else(|| named(entity.as_ref()));
                let c = c.ok_or_else(|| damaged("it uses an unknown entity"))?;
                take(Step::Text(c.encode_utf8(&mut [0; 4])));
            }
            Event::Eof if depth > 0 => return Err(damaged("it ends in the middle")),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) | Event::Empty(_) => {}
        }
    }
}

fn local(name: &[u8]) -> String {
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    String::from_utf8_lossy(local).into_owned()
}

pub(super) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

fn named(entity: &[u8]) -> Option<char> {
    match entity {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => None,
    }
}

/// The refusal of a document that cannot be read as one.
#[allow(
    clippy::needless_pass_by_value,
    reason = "it stands in `map_err`, which gives the error away"
)]
pub(super) fn damaged(reason: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error("damaged_document", format!("the document is damaged: {reason}"))
        .with_hint("open it in its own program, save it anew, and import that")
}
