//! Reading `MessagePack`, for tests of what was written.

use serde_json::{Map, Value as Json};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Packed {
    Null,
    Boolean(bool),
    Whole(u64),
    Negative(i64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Packed>),
    Map(Vec<(Packed, Packed)>),
}

/// The pairs of a map.
pub(super) struct Unpacked(pub(super) Vec<(Packed, Packed)>);

impl Unpacked {
    /// Reads a map that is all there is.
    pub(super) fn all(mut bytes: &[u8]) -> Self {
        let value = Packed::read(&mut bytes);
        assert!(bytes.is_empty(), "{} bytes behind the map", bytes.len());
        match value {
            Packed::Map(pairs) => Self(pairs),
            other => panic!("no map but {other:?}"),
        }
    }

    pub(super) fn get(&self, key: &str) -> &Packed {
        let found = self.0.iter().find(|(name, _)| name.text() == key);
        &found.unwrap_or_else(|| panic!("no {key}")).1
    }
}

impl Packed {
    fn read(bytes: &mut &[u8]) -> Self {
        let mark = take(bytes, 1)[0];
        match mark {
            0x00..=0x7f => Self::Whole(u64::from(mark)),
            0x80..=0x8f => Self::map(bytes, usize::from(mark & 0x0f)),
            0x90..=0x9f => Self::list(bytes, usize::from(mark & 0x0f)),
            0xa0..=0xbf => Self::string(bytes, usize::from(mark & 0x1f)),
            0xc0 => Self::Null,
            0xc2 | 0xc3 => Self::Boolean(mark == 0xc3),
            0xc4..=0xc6 => {
                let length = length(bytes, 1 << (mark - 0xc4));
                Self::Bytes(take(bytes, length).to_vec())
            }
            0xcb => Self::Double(f64::from_bits(big(bytes, 8))),
            0xcc..=0xcf => Self::Whole(big(bytes, 1 << (mark - 0xcc))),
            0xd0..=0xd3 => {
                let size = 1 << (mark - 0xd0);
                let shift = 64 - 8 * size;
                Self::Negative((big(bytes, size) << shift).cast_signed() >> shift)
            }
            0xd9..=0xdb => {
                let length = length(bytes, 1 << (mark - 0xd9));
                Self::string(bytes, length)
            }
            0xdc | 0xdd => {
                let length = length(bytes, 2 << (mark - 0xdc));
                Self::list(bytes, length)
            }
            0xde | 0xdf => {
                let length = length(bytes, 2 << (mark - 0xde));
                Self::map(bytes, length)
            }
            0xe0..=0xff => Self::Negative(i64::from(mark) - 256),
            other => panic!("{other:x} is not written"),
        }
    }

    fn string(bytes: &mut &[u8], length: usize) -> Self {
        Self::Text(String::from_utf8(take(bytes, length).to_vec()).unwrap())
    }

    fn list(bytes: &mut &[u8], length: usize) -> Self {
        Self::List((0..length).map(|_| Self::read(bytes)).collect())
    }

    fn map(bytes: &mut &[u8], length: usize) -> Self {
        Self::Map(
            (0..length)
                .map(|_| (Self::read(bytes), Self::read(bytes)))
                .collect(),
        )
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            other => panic!("no text but {other:?}"),
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            other => panic!("no bytes but {other:?}"),
        }
    }

    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            other => panic!("no list but {other:?}"),
        }
    }

    /// The same as JSON.
    pub(super) fn json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Boolean(value) => (*value).into(),
            Self::Whole(value) => (*value).into(),
            Self::Negative(value) => (*value).into(),
            Self::Double(value) => (*value).into(),
            Self::Text(value) => value.as_str().into(),
            Self::List(values) => values.iter().map(Self::json).collect(),
            Self::Map(pairs) => {
                let pairs = pairs.iter();
                let pairs = pairs.map(|(key, value)| (key.text().to_owned(), value.json()));
                Json::Object(pairs.collect::<Map<String, Json>>())
            }
            Self::Bytes(_) => panic!("JSON has no bytes"),
        }
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |digit: u8| char::from_digit(u32::from(digit), 16).unwrap();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0f)])
        .collect()
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    taken
}

fn big(bytes: &mut &[u8], size: usize) -> u64 {
    take(bytes, size)
        .iter()
        .fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

fn length(bytes: &mut &[u8], size: usize) -> usize {
    usize::try_from(big(bytes, size)).unwrap()
}
