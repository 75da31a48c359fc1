//! Writing `MessagePack`, as much of it as a `DocBin` needs, each thing in its shortest form as Python's library does.

use std::io;

use serde_json::Value as Json;

/// The marks of a kind of thing that says its length: up to which length it fits into the mark itself, and those with
/// the length in one, two, and four bytes.
struct Marks {
    short: Option<(u8, usize)>,
    one: Option<u8>,
    two: u8,
    four: u8,
}

const MAP: Marks = Marks {
    short: Some((0x80, 16)),
    one: None,
    two: 0xde,
    four: 0xdf,
};
const LIST: Marks = Marks {
    short: Some((0x90, 16)),
    one: None,
    two: 0xdc,
    four: 0xdd,
};
const TEXT: Marks = Marks {
    short: Some((0xa0, 32)),
    one: Some(0xd9),
    two: 0xda,
    four: 0xdb,
};
const BYTES: Marks = Marks {
    short: None,
    one: Some(0xc4),
    two: 0xc5,
    four: 0xc6,
};

/// Begins a map of so many pairs.
pub(super) fn map(out: &mut Vec<u8>, length: usize) -> io::Result<()> {
    head(out, length, &MAP)
}

/// Begins a list of so many things.
pub(super) fn list(out: &mut Vec<u8>, length: usize) -> io::Result<()> {
    head(out, length, &LIST)
}

/// Writes a string.
pub(super) fn text(out: &mut Vec<u8>, text: &str) -> io::Result<()> {
    head(out, text.len(), &TEXT)?;
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Begins so many bytes.
pub(super) fn bytes_head(out: &mut Vec<u8>, length: usize) -> io::Result<()> {
    head(out, length, &BYTES)
}

/// Writes bytes.
pub(super) fn bytes(out: &mut Vec<u8>, bytes: &[u8]) -> io::Result<()> {
    bytes_head(out, bytes.len())?;
    out.extend_from_slice(bytes);
    Ok(())
}

/// Writes yes or no.
pub(super) fn boolean(out: &mut Vec<u8>, value: bool) {
    out.push(if value { 0xc3 } else { 0xc2 });
}

/// Writes a number that may have a fraction.
pub(super) fn double(out: &mut Vec<u8>, value: f64) {
    out.push(0xcb);
    out.extend_from_slice(&value.to_be_bytes());
}

/// Writes a value of JSON. A number that neither 64 bits nor a double can hold becomes its digits.
pub(super) fn json(out: &mut Vec<u8>, value: &Json) -> io::Result<()> {
    match value {
        Json::Null => out.push(0xc0),
        Json::Bool(value) => boolean(out, *value),
        Json::Number(number) => self::number(out, number)?,
        Json::String(string) => text(out, string)?,
        Json::Array(values) => {
            list(out, values.len())?;
            for value in values {
                json(out, value)?;
            }
        }
        Json::Object(pairs) => {
            map(out, pairs.len())?;
            for (key, value) in pairs {
                text(out, key)?;
                json(out, value)?;
            }
        }
    }
    Ok(())
}

/// Writes a whole number that is not negative.
pub(super) fn whole(out: &mut Vec<u8>, value: u64) {
    if let Ok(byte) = u8::try_from(value) {
        if byte >= 0x80 {
            out.push(0xcc);
        }
        out.push(byte);
    } else if let Ok(value) = u16::try_from(value) {
        out.push(0xcd);
        out.extend_from_slice(&value.to_be_bytes());
    } else if let Ok(value) = u32::try_from(value) {
        out.push(0xce);
        out.extend_from_slice(&value.to_be_bytes());
    } else {
        out.push(0xcf);
        out.extend_from_slice(&value.to_be_bytes());
    }
}

fn negative(out: &mut Vec<u8>, value: i64) {
    if let Ok(byte) = i8::try_from(value) {
        if byte < -32 {
            out.push(0xd0);
        }
        out.extend_from_slice(&byte.to_be_bytes());
    } else if let Ok(value) = i16::try_from(value) {
        out.push(0xd1);
        out.extend_from_slice(&value.to_be_bytes());
    } else if let Ok(value) = i32::try_from(value) {
        out.push(0xd2);
        out.extend_from_slice(&value.to_be_bytes());
    } else {
        out.push(0xd3);
        out.extend_from_slice(&value.to_be_bytes());
    }
}

fn number(out: &mut Vec<u8>, number: &serde_json::Number) -> io::Result<()> {
    let digits = number.to_string();
    let is_whole = !digits.contains(['.', 'e', 'E']);
    if let Some(value) = number.as_u64() {
        whole(out, value);
    } else if let Some(value) = number.as_i64() {
        negative(out, value);
    } else if let Some(value) = number.as_f64().filter(|value| !is_whole && value.is_finite()) {
        double(out, value);
    } else {
        text(out, &digits)?;
    }
    Ok(())
}

fn head(out: &mut Vec<u8>, length: usize, marks: &Marks) -> io::Result<()> {
    let fits = |most: usize| length <= most;
    match (marks.short, marks.one) {
        (Some((mark, below)), _) if length < below => {
            out.extend(u8::try_from(length).map(|length| mark | length));
        }
        (_, Some(mark)) if fits(0xff) => {
            out.push(mark);
            out.extend(u8::try_from(length));
        }
        _ if fits(0xffff) => {
            out.push(marks.two);
            out.extend(
                u16::try_from(length)
                    .iter()
                    .flat_map(|length| length.to_be_bytes()),
            );
        }
        _ => {
            let length = u32::try_from(length).map_err(|_too_many| too_large())?;
            out.push(marks.four);
            out.extend_from_slice(&length.to_be_bytes());
        }
    }
    Ok(())
}

/// That a part of the file has more bytes than its length can say.
pub(super) fn too_large() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "a .spacy file holds at most 107 million tokens; split the export into parts, or choose fewer articles",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `msgpack.dumps` of Python writes.
    #[test]
    fn values_are_written_in_their_shortest_form() {
        for (value, expected) in [
            ("0", "00"),
            ("127", "7f"),
            ("128", "cc80"),
            ("256", "cd0100"),
            ("65536", "ce00010000"),
            ("18446744073709551615", "cfffffffffffffffff"),
            ("-1", "ff"),
            ("-32", "e0"),
            ("-33", "d0df"),
            ("-129", "d1ff7f"),
            ("-32769", "d2ffff7fff"),
            ("-2147483649", "d3ffffffff7fffffff"),
            ("1.5", "cb3ff8000000000000"),
            (
                "18446744073709551616",
                "b43138343436373434303733373039353531363136",
            ),
            ("null", "c0"),
            ("[true,{\"é\":\"\"}]", "92c381a2c3a9a0"),
        ] {
            let mut out = Vec::new();
            json(&mut out, &crate::model::parse_json(value).unwrap().value).unwrap();
            assert_eq!(super::super::unpacked::hex(&out), expected, "{value}");
        }
    }

    #[test]
    fn lengths_take_as_many_bytes_as_they_need() {
        for (length, expected) in [
            (31, &[0xbf][..]),
            (32, &[0xd9, 32]),
            (256, &[0xda, 1, 0]),
            (65_536, &[0xdb, 0, 1, 0, 0]),
        ] {
            let mut out = Vec::new();
            text(&mut out, &"a".repeat(length)).unwrap();
            assert_eq!(out.get(..out.len() - length), Some(expected));
        }
        let mut out = Vec::new();
        map(&mut out, 16).unwrap();
        list(&mut out, 16).unwrap();
        bytes(&mut out, b"a").unwrap();
        assert_eq!(out, [0xde, 0, 16, 0xdc, 0, 16, 0xc4, 1, b'a']);
        assert!(bytes_head(&mut out, 1 << 32).is_err());
    }
}
