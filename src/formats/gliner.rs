//! The format `gliner`: one JSON list of tokenised articles, as the trainer of `GLiNER` takes them. It is written only,
//! because it holds tokens and no text.
//!
//! The ends of `ner` are inclusive. Relations, for the variants that learn them, name their two spans by their places
//! in `ner`.

use std::collections::BTreeSet;
use std::io;

use crate::model::{Annotator, Article, Layer};
use crate::text::ByteRange;

use super::each_layer::each_layer;
use super::flat::Blanks;
use super::json_records::Beginning;
use super::jsonl::escape::Line;
use super::piece_ids::NamedPieces;
use super::registry::{Claim, DatasetWriter, Format, LeftOut, OffsetUnit, Shape, WriteOptions};
use super::{Diagnostic, Feature, Files, Out};

pub(super) const FORMAT: Format = Format {
    id: "gliner",
    name: "GLiNER JSON",
    endings: &["json"],
    offset_unit: OffsetUnit::Tokens,
    unit_is_open: false,
    cannot_hold: &[
        Feature::Discontinuous,
        Feature::Attributes,
        Feature::Events,
        Feature::ArticleLabels,
        Feature::Notes,
        Feature::Status,
        Feature::Review,
        Feature::Metadata,
        Feature::Provenance,
        Feature::Ids,
        Feature::Annotators,
        Feature::FurtherKeys,
        Feature::WhiteSpace,
    ],
    shape: Shape::File,
    several_annotators: false,
    is_for_training: true,
    holds_splits: false,
    page: include_str!("../../assets/help/formats/gliner.md"),
    claim: |file| {
        let is_one = Beginning::of(file)
            .is_some_and(|beginning| ["tokenized_text", "ner"].iter().all(|key| beginning.has(key)));
        if is_one { Claim::Reads } else { Claim::No }
    },
    columns: None,
    read: None,
    write: Some(writer),
};

/// Tokens that a span may have before the usual settings of `GLiNER` pass it over.
const WIDEST: usize = 12;

/// Tokens of a text that the usual settings of `GLiNER` see.
const LONGEST: usize = 384;

struct Writer<'a> {
    out: Out<'a>,
    any: bool,
    blanks: Blanks,
    too_wide: u64,
    too_long: u64,
    left_out: LeftOut,
}

fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    _options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        out: files.main()?,
        any: false,
        blanks: Blanks::default(),
        too_wide: 0,
        too_long: 0,
        left_out: LeftOut::default(),
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        each_layer(layers).try_for_each(|(_, layer)| self.element(article, &layer))
    }

    fn left_out(&self) -> LeftOut {
        self.left_out
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.write_all(if self.any { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()?;
        let mut told = self.blanks.findings();
        if self.too_wide > 0 {
            let message = format!("spans of more than {WIDEST} tokens: {}", self.too_wide);
            let hint = "raise max_width in the trainer's settings, or it never learns them";
            told.push(Diagnostic::info("wide_spans", message).with_hint(hint));
        }
        if self.too_long > 0 {
            let message = format!("articles of more than {LONGEST} tokens: {}", self.too_long);
            let hint = "raise max_len in the trainer's settings, or it cuts them";
            told.push(Diagnostic::info("long_articles", message).with_hint(hint));
        }
        Ok(told)
    }
}

impl Writer<'_> {
    fn element(&mut self, article: &Article, layer: &Layer) -> io::Result<()> {
        let named = NamedPieces::of(layer);
        let edges = named
            .list
            .iter()
            .flat_map(|piece| [piece.range.start(), piece.range.end()]);
        let tokens = article.text.tokens(edges);
        self.too_long += u64::from(tokens.len() > LONGEST);
        // Places in `ner` of the pieces that are in it.
        let mut places: Vec<Option<usize>> = Vec::with_capacity(named.list.len());
        let mut spans: Vec<(usize, usize, &str)> = Vec::with_capacity(named.list.len());
        let mut there = BTreeSet::new();
        for piece in &named.list {
            let words = article.text.slice(piece.range).unwrap_or_default();
            self.blanks.add(words, char::is_whitespace);
            let Some((first, last)) = tokens_in(&tokens, piece.range) else {
                places.push(None);
                continue;
            };
            self.too_wide += u64::from(last - first >= WIDEST);
            there.insert(&piece.span.id);
            places.push(Some(spans.len()));
            spans.push((first, last, piece.span.label.as_str()));
        }
        self.left_out.spans += layer.spans.len().saturating_sub(there.len()) as u64;
        let place_of = |span| places.get(named.first_of(span)?).copied().flatten();
        let relations = layer.relations.values().filter_map(|relation| {
            let ends = (place_of(&relation.from)?, place_of(&relation.to)?);
            Some((ends.0, ends.1, relation.relation_type.as_str()))
        });
        let mut line = Line::default();
        line.object(|line| {
            let words = tokens.iter().filter_map(|token| article.text.slice(*token));
            line.texts("tokenized_text", words);
            line.key("ner");
            line.list(spans.iter().copied(), Line::triple);
            line.key("relations");
            line.list(relations, Line::triple);
            line.text("id", article.id.as_str());
        });
        self.out.write_all(if self.any { b",\n" } else { b"[\n" })?;
        self.any = true;
        self.out.write_all(&line.bytes)
    }
}

/// The first and the last token inside a range.
fn tokens_in(tokens: &[ByteRange], range: ByteRange) -> Option<(usize, usize)> {
    let first = tokens.partition_point(|token| token.start() < range.start());
    let behind = tokens.partition_point(|token| token.end() <= range.end());
    (first < behind).then(|| (first, behind - 1))
}
