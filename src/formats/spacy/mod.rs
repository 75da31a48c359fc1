//! The format `spacy`: a `DocBin`, the binary form in which spaCy trains. Each document is an article as one annotator
//! marked it, with tokens of Hashiya's own that are cut at the edges of spans.
//!
//! It is written only. The file is one `MessagePack` map, packed with zlib, whose parts have their lengths before them and
//! run over all documents; so they wait in spools until the last article. Only the strings stay in memory, each once.

mod categories;
mod document;
mod msgpack;
mod murmur;
mod spool;
mod strings;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unpacked;

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::model::{Annotator, Article, Layer};

use self::categories::Category;
use self::document::Document;
use self::spool::Spool;
use self::strings::Strings;

use super::each_layer::each_layer;
use super::registry::{Claim, DatasetWriter, Format, OffsetUnit, Shape, WriteOptions};
use super::{Diagnostic, Feature, Files, Out};

pub(super) const FORMAT: Format = Format {
    id: "spacy",
    name: "spaCy DocBin",
    endings: &["spacy"],
    offset_unit: OffsetUnit::Tokens,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Discontinuous,
        Feature::Relations,
        Feature::Events,
        Feature::Notes,
        Feature::Review,
        Feature::Unconfirmed,
        Feature::Provenance,
        Feature::FurtherKeys,
    ],
    shape: Shape::File,
    several_annotators: true,
    is_for_training: true,
    holds_splits: false,
    page: include_str!("../../../assets/help/formats/spacy.md"),
    claim: |file| {
        if file.ending == "spacy" {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    columns: None,
    read: None,
    write: Some(|files, options| Ok(Box::new(Writer::new(files, options)?))),
};

/// The span group of all spans, the one that spaCy's own components look for.
const GROUP: &str = "sc";
/// The version of the layout.
const VERSION: &str = "0.1";
/// What is said of each token, by the numbers of `spacy.attrs`: `ORTH`, `ENT_IOB`, `ENT_TYPE`, `ENT_KB_ID`, `ENT_ID`.
/// Sentences are not: where they are known, spaCy trains on tokens as given (`gold_preproc`) sentence by sentence and
/// drops the span groups.
const ATTRIBUTES: [u64; 5] = [65, 77, 78, 452, 454];

struct Writer<'a> {
    out: Out<'a>,
    categories: Vec<Category>,
    strings: Strings,
    tokens: Spool,
    spaces: Spool,
    cats: Spool,
    groups: Spool,
    user_data: Spool,
    lengths: Vec<i32>,
    overlapping: usize,
    trimmed: usize,
    blank: usize,
}

impl<'a> Writer<'a> {
    fn new(mut files: Box<dyn Files<'a> + 'a>, options: &WriteOptions) -> io::Result<Self> {
        Ok(Self {
            out: files.main()?,
            categories: Category::all_of(&options.codebook),
            strings: Strings::new(),
            tokens: Spool::new(),
            spaces: Spool::new(),
            cats: Spool::new(),
            groups: Spool::new(),
            user_data: Spool::new(),
            lengths: Vec::new(),
            overlapping: 0,
            trimmed: 0,
            blank: 0,
        })
    }

    fn document(
        &mut self,
        article: &Article,
        annotator: Option<&Annotator>,
        layer: &Layer,
    ) -> io::Result<()> {
        let document = Document::new(article, annotator, layer)?;
        let mut bytes = Vec::new();
        document.write_tokens(&mut bytes, &mut self.strings);
        if self.tokens.length() + bytes.len() as u64 > u64::from(u32::MAX) {
            return Err(msgpack::too_large());
        }
        self.tokens.push(&bytes)?;
        bytes.clear();
        document.write_spaces(&mut bytes);
        self.spaces.push(&bytes)?;
        bytes.clear();
        document.write_categories(&mut bytes, &self.categories)?;
        self.cats.push(&bytes)?;
        bytes.clear();
        document.write_groups(&mut bytes, &mut self.strings)?;
        push_packed(&mut self.groups, &bytes)?;
        bytes.clear();
        document.write_user_data(&mut bytes)?;
        push_packed(&mut self.user_data, &bytes)?;
        self.lengths
            .push(i32::try_from(document.length()).map_err(|_too_many| msgpack::too_large())?);
        self.overlapping += document.overlapping;
        self.trimmed += document.trimmed;
        self.blank += document.blank;
        Ok(())
    }

    fn findings(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut say = |code, count: usize, what: &str| {
            if count > 0 {
                found.push(Diagnostic::info(code, format!("{what}: {count}")));
            }
        };
        say(
            "only_in_spans",
            self.overlapping,
            "spans or fragments that overlap a longer one and are in doc.spans but not in doc.ents",
        );
        say(
            "only_in_spans",
            self.blank,
            "spans or fragments of nothing but white space, in doc.spans but not in doc.ents",
        );
        say(
            "trimmed_in_ents",
            self.trimmed,
            "spans or fragments with white space at an edge, whole in doc.spans but without it in doc.ents, where \
             spaCy allows none",
        );
        found
    }
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        each_layer(layers).try_for_each(|(annotator, layer)| self.document(article, annotator, &layer))
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        let found = self.findings();
        let mut file = File {
            packed: ZlibEncoder::new(self.out, Compression::default()),
            waiting: Vec::new(),
        };
        let count = self.lengths.len();
        msgpack::map(&mut file.waiting, 10)?;
        file.key("version")?;
        msgpack::text(&mut file.waiting, VERSION)?;
        file.key("attrs")?;
        msgpack::list(&mut file.waiting, ATTRIBUTES.len())?;
        for attribute in ATTRIBUTES {
            msgpack::whole(&mut file.waiting, attribute);
        }
        file.key("tokens")?;
        file.bytes(self.tokens)?;
        file.key("spaces")?;
        file.bytes(self.spaces)?;
        file.key("lengths")?;
        let lengths: Vec<u8> = self
            .lengths
            .iter()
            .flat_map(|length| length.to_le_bytes())
            .collect();
        msgpack::bytes(&mut file.waiting, &lengths)?;
        file.key("strings")?;
        file.strings(self.strings)?;
        file.key("cats")?;
        file.list(count, self.cats)?;
        file.key("flags")?;
        msgpack::list(&mut file.waiting, count)?;
        for _ in 0..count {
            msgpack::map(&mut file.waiting, 1)?;
            file.key("has_unknown_spaces")?;
            msgpack::boolean(&mut file.waiting, false);
        }
        file.key("span_groups")?;
        file.list(count, self.groups)?;
        file.key("user_data")?;
        file.list(count, self.user_data)?;
        file.pour()?;
        file.packed.finish()?.flush()?;
        Ok(found)
    }
}

/// The file while it is put together.
struct File<'a> {
    packed: ZlibEncoder<Out<'a>>,
    /// Small things before they are packed.
    waiting: Vec<u8>,
}

impl File<'_> {
    fn key(&mut self, key: &str) -> io::Result<()> {
        msgpack::text(&mut self.waiting, key)
    }

    /// Packs what waits.
    fn pour(&mut self) -> io::Result<()> {
        self.packed.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    /// A spool as bytes.
    fn bytes(&mut self, spool: Spool) -> io::Result<()> {
        let length = usize::try_from(spool.length()).map_err(|_too_many| msgpack::too_large())?;
        msgpack::bytes_head(&mut self.waiting, length)?;
        self.copy(spool)
    }

    /// A spool of so many things.
    fn list(&mut self, count: usize, spool: Spool) -> io::Result<()> {
        msgpack::list(&mut self.waiting, count)?;
        self.copy(spool)
    }

    fn copy(&mut self, spool: Spool) -> io::Result<()> {
        self.pour()?;
        io::copy(&mut spool.into_reader()?, &mut self.packed)?;
        Ok(())
    }

    fn strings(&mut self, strings: Strings) -> io::Result<()> {
        let all = strings.into_sorted();
        msgpack::list(&mut self.waiting, all.len())?;
        for string in all {
            msgpack::text(&mut self.waiting, &string)?;
            if self.waiting.len() > 1 << 16 {
                self.pour()?;
            }
        }
        Ok(())
    }
}

/// Puts bytes into a spool as a `MessagePack` value of their own.
fn push_packed(spool: &mut Spool, bytes: &[u8]) -> io::Result<()> {
    let mut packed = Vec::with_capacity(bytes.len() + 5);
    msgpack::bytes(&mut packed, bytes)?;
    spool.push(&packed)
}
