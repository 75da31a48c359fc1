//! The format `rtf`: one rich text document is one article, or several where a news database exported it. It is read only.
//!
//! The file is groups of control words and bytes in code pages. Groups that hold something else than words of the
//! text, such as fonts and pictures, are left out.

use std::collections::BTreeMap;
use std::mem;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::super::Diagnostic;
use super::super::articles::{Contents, Facts, Words, behind_end, database_articles, read};
use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::damaged;
use super::hidden::Hidden;

pub(in super::super) const FORMAT: Format = Format {
    id: "rtf",
    name: "Rich text (RTF)",
    endings: &["rtf"],
    page: include_str!("../../../assets/help/formats/rtf.md"),
    claim: |file| {
        if file.head.starts_with(b"{\\rtf") {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    read: Some(|path, _options, sink| read(path, sink, contents)),
    ..ARTICLES_ONLY
};

/// Groups whose words are not in the text, beside those that say themselves that they may be left out.
const LEFT_OUT: &[&str] = &[
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "annotation",
    "atnid",
    "atnauthor",
    "fldinst",
    "xe",
    "tc",
    "rxe",
    "txe",
    "filetbl",
    "revtbl",
    "listtext",
    "pntext",
    "nonshppict",
    "shprslt",
    "operator",
    "subject",
    "keywords",
    "doccomm",
    "comment",
];

/// Where the words of a group go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Text,
    Note,
    /// What a shape is made of; its words are in a place of their own.
    Shape,
    /// The words of a shape.
    Box,
    Title,
    Author,
    Fonts,
    Nowhere,
}

/// What a group inherits from the one around it.
#[derive(Clone, Copy)]
struct Group {
    place: Place,
    encoding: &'static Encoding,
    /// How many characters stand after each `\u` for readers without Unicode.
    fallback: usize,
    is_deleted: bool,
    is_hidden: bool,
}

fn contents(bytes: &[u8]) -> Result<Contents, Diagnostic> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(damaged("it does not begin as rich text does"));
    }
    let mut reader = Reader::new(bytes);
    reader.read()?;
    let mut text = reader.text;
    if text.ends_with('\n') {
        text.pop();
    }
    let notes = reader.notes.iter().map(|note| note.trim_matches([' ', '\n']));
    for note in notes.filter(|note| !note.is_empty()) {
        text.push('\n');
        text.push_str(note);
    }
    let facts = Facts {
        title: Some(reader.title),
        author: Some(reader.author),
        ..Facts::default()
    };
    let mut contents = database_articles(&text).unwrap_or_else(|| Words { text, facts }.into());
    contents.told.extend(reader.hidden.told());
    // Some programs fill the file up.
    let behind = reader
        .rest
        .iter()
        .filter(|byte| !matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n'));
    contents.told.extend(behind_end(behind.count()));
    Ok(contents)
}

struct Reader<'a> {
    rest: &'a [u8],
    groups: Vec<Group>,
    /// Bytes of the code page that are not decoded yet.
    bytes: Vec<u8>,
    /// Characters that are still to be skipped, since `\u` said them.
    skip: usize,
    /// The first half of a character beyond the basic plane.
    half: Option<u16>,
    is_optional: bool,
    font: i32,
    fonts: BTreeMap<i32, &'static Encoding>,
    default: &'static Encoding,
    text: String,
    /// The words of the open shape.
    boxed: String,
    notes: Vec<String>,
    title: String,
    author: String,
    hidden: Hidden,
}

impl<'a> Reader<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self {
            rest,
            groups: Vec::new(),
            bytes: Vec::new(),
            skip: 0,
            half: None,
            is_optional: false,
            font: 0,
            fonts: BTreeMap::new(),
            default: WINDOWS_1252,
            text: String::new(),
            boxed: String::new(),
            notes: Vec::new(),
            title: String::new(),
            author: String::new(),
            hidden: Hidden::default(),
        }
    }

    fn read(&mut self) -> Result<(), Diagnostic> {
        loop {
            let byte = self.next().ok_or_else(|| damaged("it ends in the middle"))?;
            match byte {
                b'{' => {
                    self.decode();
                    self.skip = 0;
                    let outer = Group {
                        place: Place::Text,
                        encoding: self.default,
                        fallback: 1,
                        is_deleted: false,
                        is_hidden: false,
                    };
                    self.groups.push(self.groups.last().copied().unwrap_or(outer));
                }
                b'}' => {
                    self.decode();
                    self.end_half();
                    self.skip = 0;
                    let inner = self.groups.pop();
                    let Some(outer) = self.groups.last() else {
                        return Ok(());
                    };
                    if outer.place == Place::Shape && inner.is_some_and(|inner| inner.place == Place::Box) {
                        self.end_box();
                    }
                }
                b'\\' => self.control()?,
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn control(&mut self) -> Result<(), Diagnostic> {
        let first = self.next().ok_or_else(|| damaged("it ends in the middle"))?;
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let digits = self
                        .rest
                        .get(..2)
                        .and_then(|digits| std::str::from_utf8(digits).ok());
                    let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                    let byte = byte.ok_or_else(|| damaged("a character is not written in two digits"))?;
                    self.rest = self.rest.get(2..).unwrap_or_default();
                    self.byte(byte);
                }
                b'\\' | b'{' | b'}' => self.byte(first),
                b'~' => self.sign("\u{a0}"),
                b'_' => self.sign("\u{2011}"),
                b'-' => self.sign("\u{ad}"),
                b'\r' | b'\n' => self.sign("\n"),
                b'*' => self.is_optional = true,
                _ => {}
            }
            return Ok(());
        }
        let letters = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let mut word = String::from(char::from(first));
        word.extend(self.rest.iter().take(letters).map(|byte| char::from(*byte)));
        self.rest = self.rest.get(letters..).unwrap_or_default();
        let number = self.number();
        if self.rest.first() == Some(&b' ') {
            self.next();
        }
        self.word(&word, number);
        Ok(())
    }

    fn number(&mut self) -> Option<i32> {
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self
            .rest
            .iter()
            .skip(sign)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits == 0 {
            return None;
        }
        let (number, rest) = self.rest.split_at_checked(sign + digits)?;
        self.rest = rest;
        std::str::from_utf8(number).ok()?.parse().ok()
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_optional = mem::take(&mut self.is_optional);
        match word {
            "par" | "line" | "row" | "sect" | "page" | "nestrow" => self.sign("\n"),
            "tab" | "cell" | "nestcell" => self.sign("\t"),
            "emdash" => self.sign("\u{2014}"),
            "endash" => self.sign("\u{2013}"),
            "emspace" => self.sign("\u{2003}"),
            "enspace" => self.sign("\u{2002}"),
            "bullet" => self.sign("\u{2022}"),
            "lquote" => self.sign("\u{2018}"),
            "rquote" => self.sign("\u{2019}"),
            "ldblquote" => self.sign("\u{201c}"),
            "rdblquote" => self.sign("\u{201d}"),
            "ltrmark" => self.sign("\u{200e}"),
            "rtlmark" => self.sign("\u{200f}"),
            "zwj" => self.sign("\u{200d}"),
            "zwnj" => self.sign("\u{200c}"),
            "u" => self.unit(number.unwrap_or(0)),
            "bin" => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.rest = self.rest.get(length..).unwrap_or_default();
            }
            "ansicpg" => {
                if let Some(encoding) = number.and_then(code_page) {
                    self.default = encoding;
                    self.set(|group| group.encoding = encoding);
                }
            }
            "f" => {
                self.font = number.unwrap_or(0);
                let encoding = self.fonts.get(&self.font).copied().unwrap_or(self.default);
                self.set(|group| group.encoding = encoding);
            }
            "plain" => {
                let encoding = self.default;
                self.set(|group| {
                    group.encoding = encoding;
                    (group.is_deleted, group.is_hidden) = (false, false);
                });
            }
            "fcharset" => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "uc" => self.set(|group| group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1)),
            "v" => self.set(|group| group.is_hidden = number != Some(0)),
            "deleted" => self.set(|group| group.is_deleted = number != Some(0)),
            _ => self.destination(word, is_optional),
        }
    }

    fn destination(&mut self, word: &str, is_optional: bool) {
        let place = match word {
            "fonttbl" => Place::Fonts,
            "title" => Place::Title,
            "author" => Place::Author,
            "info" => Place::Nowhere,
            "footnote" => Place::Note,
            "shpinst" => Place::Shape,
            "shptxt" => Place::Box,
            "fldrslt" => return,
            _ if is_optional || LEFT_OUT.contains(&word) => Place::Nowhere,
            _ => return,
        };
        let is_seen = |group: &Group| matches!(group.place, Place::Text | Place::Box);
        if place == Place::Note && self.groups.last().is_some_and(is_seen) {
            self.decode();
            self.notes.push(String::new());
        }
        let may = match place {
            // They stand in the information, which itself has no words.
            Place::Title | Place::Author => Some(Place::Nowhere),
            Place::Shape => Some(Place::Text),
            Place::Box => Some(Place::Shape),
            _ => None,
        };
        self.set(|group| {
            if may.map_or(group.place != Place::Nowhere, |may| group.place == may) {
                group.place = place;
            }
        });
    }

    fn set(&mut self, change: impl FnOnce(&mut Group)) {
        self.decode();
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// A unit of UTF-16, maybe written as a negative number.
    fn unit(&mut self, number: i32) {
        self.decode();
        self.skip = self.groups.last().map_or(1, |group| group.fallback);
        let unit = (number & 0xffff) as u16;
        let first = self.half.take();
        if (0xd800..0xdc00).contains(&unit) {
            if first.is_some() {
                self.push("\u{fffd}");
            }
            self.half = Some(unit);
            return;
        }
        for c in char::decode_utf16(first.into_iter().chain([unit])) {
            self.push(c.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
        }
    }

    fn sign(&mut self, sign: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.decode();
        self.end_half();
        self.push(sign);
    }

    /// The words of a shape stand in lines of their own before the paragraph that it belongs to.
    fn end_box(&mut self) {
        let boxed = mem::take(&mut self.boxed);
        let boxed = boxed.trim_end_matches('\n');
        if !boxed.is_empty() {
            let start = self.text.rfind('\n').map_or(0, |end| end + 1);
            self.text.insert_str(start, &format!("{boxed}\n"));
        }
    }

    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = mem::take(&mut self.bytes);
        let encoding = self.groups.last().map_or(self.default, |group| group.encoding);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.end_half();
        self.push(&text);
    }

    /// Half a character that nothing completes is told by the sign for what cannot be read.
    fn end_half(&mut self) {
        if self.half.take().is_some() {
            self.push("\u{fffd}");
        }
    }

    fn push(&mut self, text: &str) {
        let Some(group) = self.groups.last().filter(|group| !group.is_deleted) else {
            return;
        };
        if group.is_hidden && matches!(group.place, Place::Text | Place::Box | Place::Note) {
            self.hidden.leave_out(text);
            return;
        }
        match group.place {
            Place::Text => self.text.push_str(text),
            Place::Note => {
                if let Some(note) = self.notes.last_mut() {
                    note.push_str(text);
                }
            }
            Place::Box => self.boxed.push_str(text),
            Place::Title => self.title.push_str(text),
            Place::Author => self.author.push_str(text),
            Place::Fonts | Place::Shape | Place::Nowhere => {}
        }
    }
}

/// The encoding of a Windows code page.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        874 | 1250..=1258 => format!("windows-{number}"),
        866 => "ibm866".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set.
fn charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
