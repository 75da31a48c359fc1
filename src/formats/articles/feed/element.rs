//! The elements of a feed: the attributes that one has, and what an open one gathers until it ends.

use quick_xml::escape::partial_escape;
use quick_xml::events::BytesStart;

use super::super::super::Diagnostic;
use super::item::{Field, Manner};
use super::{broken, markup};

/// The attributes of an element.
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// Reads them.
    ///
    /// # Errors
    /// Where they are no XML.
    pub(super) fn of(start: &BytesStart<'_>) -> Result<Self, Diagnostic> {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(broken)?;
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let value = markup::unescaped(&String::from_utf8_lossy(&attribute.value));
            attributes.push((key, value));
        }
        Ok(Self(attributes))
    }

    pub(super) fn value(&self, key: &str) -> Option<&str> {
        let mut attributes = self.0.iter();
        let (_, value) = attributes.find(|(name, _)| name == key)?;
        Some(value)
    }
}

/// An open element whose words are kept.
pub(super) struct Open {
    pub field: Field,
    pub manner: Manner,
    pub depth: usize,
    /// Its words, or its markup where it holds any.
    pub text: String,
    /// Whether elements stand in it, of which only a name counts.
    has_elements: bool,
    /// Whether that name is read to its end.
    is_named: bool,
}

impl Open {
    pub(super) fn new(field: Field, manner: Manner, depth: usize) -> Self {
        Self {
            field,
            manner,
            depth,
            text: String::new(),
            has_elements: false,
            is_named: false,
        }
    }

    /// An element begins in it.
    pub(super) fn start_within(&mut self, name: &str, start: &BytesStart<'_>) {
        let local = local_name(name);
        if self.manner == Manner::Xhtml {
            let attributes = String::from_utf8_lossy(start.attributes_raw());
            self.text.extend(["<", &local, &attributes, ">"]);
        } else if !self.is_named && is_name(&local) {
            // The name of a person stands in an element of its own, beside her address.
            self.text.clear();
        }
        self.has_elements = true;
    }

    /// An element in it ends.
    pub(super) fn end_within(&mut self, name: &str) {
        let local = local_name(name);
        if self.manner != Manner::Xhtml {
            self.is_named |= is_name(&local);
        } else if local != "br" {
            // HTML takes the end of a line break for another one.
            self.text.extend(["</", &local, ">"]);
        }
    }

    /// Takes words that stand in it.
    pub(super) fn words(&mut self, text: &str) {
        if self.manner == Manner::Xhtml {
            self.text.push_str(&partial_escape(text));
        } else if !self.is_named {
            self.text.push_str(text);
        }
    }

    /// Whether it is about somebody of whom it holds elements, but no name.
    pub(super) fn lacks_name(&self) -> bool {
        matches!(self.field, Field::Author | Field::Source) && self.has_elements && !self.is_named
    }
}

/// A name without its prefix.
fn local_name(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// Whether an element is the name of a person or a source.
fn is_name(local: &str) -> bool {
    matches!(local, "name" | "title")
}
