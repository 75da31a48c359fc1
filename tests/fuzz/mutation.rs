//! What happens to bytes on their way: flips, cuts, splices, repetitions, and values that no tool writes.

use super::numbers::Numbers;

/// Words and numbers that readers may take for something else, or not expect.
const SPECIALS: &[&str] = &[
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{2028}",
    "\u{85}",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    "\u{fffe}",
    "\u{10ffff}",
    "e\u{301}",
    "👩‍👩‍👧",
    "🇫🇷",
    "क्षि",
    "ᄀᆞᇂ",
    "\u{301}",
    "\u{200d}",
    "\\ud83d",
    "\\udc00",
    "\\u0000",
    "\\",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "<!--",
    "]]>",
    "<![CDATA[",
    "&",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&lol;",
    "<!DOCTYPE a [<!ENTITY lol \"lol\">]>",
    "-1",
    "0",
    "1",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999",
    "1e400",
    "-0",
    "1.5",
    "NaN",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    ",",
    ";",
    ":",
    "=cmd",
    "%00",
    "%",
    "#",
    "|",
    "B-",
    "I-",
    "O",
    "\\N",
    "\x1b[31m",
    "..",
    "../../x",
    "/",
    "=?utf-8?b?w6k?=",
    "=?utf-16?q?=00?=",
    "=E9",
    "Content-Type: text/html; charset=utf-7\r\n",
    "\\u-1?",
    "\\'e9",
    "{\\bin99999 ",
    "stream",
    "endobj",
    "\\*",
];
const OPENINGS: &[&str] = &[
    "[",
    "{\"a\":",
    "<a>",
    "(",
    "{\\b ",
    "<<",
    "\"",
    "<div>",
    "<table><tr><td>",
    "- ",
];
const MARKS: &[&[u8]] = &[
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff\xfe\0\0",
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xed\xb0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PAR1",
    b"%PDF-1.7\n",
    b"\x1f\x8b\x08",
    b"\x78\x9c",
];

/// Changes bytes in one to a few places; `other` is what is spliced in.
pub fn mutate(numbers: &mut Numbers, bytes: &mut Vec<u8>, other: &[u8]) {
    let many = if numbers.once_in(5) { 12 } else { 3 };
    for _ in 0..=numbers.below(many) {
        mutate_once(numbers, bytes, other);
    }
}

fn mutate_once(numbers: &mut Numbers, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = numbers.below(bytes.len() + 1);
    match numbers.below(16) {
        0 | 1 => flip(numbers, bytes),
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = numbers.next() as u8;
            }
        }
        3 => drop(bytes.drain(numbers.stretch(bytes.len()))),
        4 if numbers.once_in(2) => bytes.truncate(at),
        4 => drop(bytes.drain(..at / 4)),
        5 => {
            let (head, tail) = (at, numbers.below(other.len() + 1));
            bytes.truncate(head);
            bytes.extend_from_slice(&other[tail..]);
        }
        6 => {
            let piece = other[numbers.stretch(other.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        7 => repeat(numbers, bytes),
        8 | 9 => {
            let special = numbers.pick(SPECIALS);
            bytes.splice(at..at, special.bytes());
        }
        10 => {
            let mark = *numbers.item(MARKS);
            let at = if numbers.once_in(2) { 0 } else { at };
            bytes.splice(at..at, mark.iter().copied());
        }
        11 => {
            let deep = [3, 200, 5000][numbers.below(3)];
            let opening = numbers.pick(OPENINGS).repeat(deep);
            bytes.splice(at..at, opening.bytes());
        }
        12 => wrong_number(numbers, bytes, at),
        13 => wrong_digits(numbers, bytes, at),
        14 => swap(numbers, bytes),
        _ => wrong_token(numbers, bytes, at),
    }
    // Kilobytes are asked for: what repeats itself grows fast.
    bytes.truncate(400_000);
}

/// Turns one bit over.
pub fn flip(numbers: &mut Numbers, bytes: &mut [u8]) {
    let at = numbers.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << numbers.below(8);
    }
}

fn repeat(numbers: &mut Numbers, bytes: &mut Vec<u8>) {
    let stretch = numbers.stretch(bytes.len());
    let times = [1, 2, 50][numbers.below(3)];
    if stretch.len() * times < 100_000 {
        let block = bytes[stretch.clone()].repeat(times);
        bytes.splice(stretch.end..stretch.end, block);
    }
}

fn swap(numbers: &mut Numbers, bytes: &mut [u8]) {
    let (one, other) = (numbers.stretch(bytes.len()), numbers.below(bytes.len() + 1));
    let length = one.len().min(bytes.len() - other);
    for step in 0..length {
        bytes.swap(one.start + step, other + step);
    }
}

/// A binary length or place that is not the right one, of two, four, or eight bytes in either order.
fn wrong_number(numbers: &mut Numbers, bytes: &mut [u8], at: usize) {
    let value = [
        0,
        1,
        0x7fff_ffff,
        u64::from(u32::MAX),
        u64::MAX,
        1 << 40,
        numbers.next(),
        numbers.next() % 4096,
    ];
    let value = *numbers.item(&value);
    let size = [2, 4, 8][numbers.below(3)];
    let image = if numbers.once_in(2) {
        value.to_le_bytes()[..size].to_vec()
    } else {
        value.to_be_bytes()[8 - size..].to_vec()
    };
    for (place, byte) in bytes.iter_mut().skip(at).zip(image) {
        *place = byte;
    }
}

/// Another number in the place of one written in digits.
fn wrong_digits(numbers: &mut Numbers, bytes: &mut Vec<u8>, at: usize) {
    let Some(start) = bytes
        .iter()
        .skip(at)
        .position(u8::is_ascii_digit)
        .map(|gap| at + gap)
    else {
        return;
    };
    let length = bytes[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let value = match numbers.below(4) {
        0 => numbers.below(300).to_string(),
        1 => "-1".to_owned(),
        2 => numbers.next().to_string(),
        _ => (*numbers.item(&[
            "0",
            "9".repeat(40).as_str(),
            "1e9",
            "4294967295",
            "2147483647",
            "00",
        ]))
        .to_owned(),
    };
    bytes.splice(start..start + length, value.bytes());
}

/// A word or a quoted string goes, or becomes a special one.
fn wrong_token(numbers: &mut Numbers, bytes: &mut Vec<u8>, at: usize) {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    let Some(start) = bytes.iter().skip(at).position(is_letter).map(|gap| at + gap) else {
        return;
    };
    let length = bytes[start..].iter().take_while(|byte| is_letter(byte)).count();
    let word = if numbers.once_in(3) {
        ""
    } else {
        numbers.pick(SPECIALS)
    };
    bytes.splice(start..start + length, word.bytes());
}
