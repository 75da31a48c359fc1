//! What a type system beside an XMI file says of the features: which of them are numbers or truth values. Knows no more
//! of types than that, and where there is no such file, or it cannot be read, it says nothing.

use std::collections::BTreeMap;
use std::path::Path;

use quick_xml::events::Event as Xml;

use crate::model::AttributeType;

/// Names under which tools put a type system beside their files.
const NAMES: [&str; 2] = ["TypeSystem.xml", "typesystem.xml"];
/// Bytes of a type system that are read.
const MOST: u64 = 16 << 20;
/// Types above one another, to be done with those that stand above themselves.
const MOST_ABOVE: usize = 100;

/// The features of types that are more than strings.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    above: BTreeMap<String, String>,
    ranges: BTreeMap<(String, String), AttributeType>,
}

impl Ranges {
    /// Those of the type system beside a file.
    pub(super) fn beside(path: &Path) -> Self {
        let small = |path: &Path| std::fs::metadata(path).is_ok_and(|file| file.len() <= MOST);
        let file = NAMES
            .iter()
            .map(|name| path.with_file_name(name))
            .find(|path| small(path));
        let xml = file.and_then(|path| std::fs::read_to_string(path).ok());
        xml.map(|xml| Self::of(&xml)).unwrap_or_default()
    }

    fn of(xml: &str) -> Self {
        let mut ranges = Self::default();
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut open: Vec<Vec<u8>> = Vec::new();
        let (mut kind, mut feature) = (String::new(), String::new());
        while let Ok(event) = reader.read_event() {
            match event {
                Xml::Start(element) => open.push(element.name().as_ref().to_owned()),
                Xml::End(_) => {
                    open.pop();
                }
                Xml::Text(words) => {
                    let words = String::from_utf8_lossy(&words).trim().to_owned();
                    let names: Vec<&[u8]> = open.iter().rev().take(2).map(Vec::as_slice).collect();
                    match names.as_slice() {
                        [b"name", b"typeDescription"] => kind = words,
                        [b"name", b"featureDescription"] => feature = words,
                        [b"supertypeName", _] => {
                            ranges.above.insert(kind.clone(), words);
                        }
                        [b"rangeTypeName", _] => ranges.add(&kind, &feature, &words),
                        _ => {}
                    }
                }
                Xml::Eof => break,
                _ => {}
            }
        }
        ranges
    }

    fn add(&mut self, kind: &str, feature: &str, range: &str) {
        let known = match range.strip_prefix("uima.cas.") {
            Some("Integer" | "Long" | "Short" | "Byte") => AttributeType::Integer,
            Some("Float" | "Double") => AttributeType::Number,
            Some("Boolean") => AttributeType::Boolean,
            _ => return,
        };
        self.ranges.insert((kind.to_owned(), feature.to_owned()), known);
    }

    /// The type of a feature, where it is more than a string.
    pub(super) fn get(&self, kind: &str, feature: &str) -> Option<AttributeType> {
        let above = |kind: &&str| self.above.get(*kind).map(String::as_str);
        let kinds = std::iter::successors(Some(kind), above).take(MOST_ABOVE);
        let mut keys = kinds.map(|kind| (kind.to_owned(), feature.to_owned()));
        keys.find_map(|key| self.ranges.get(&key).copied())
    }
}
