//! Writing columns: IOB2 over tokens that are cut at the edges of spans.

use std::collections::BTreeSet;
use std::io;

use crate::model::{Annotator, Article, Layer};
use crate::text::{ByteOffset, ByteRange, Text};

use super::super::brat::names::column_name;
use super::super::each_layer::each_layer;
use super::super::flat::{Blanks, Holder, Piece, flat_choice, holders};
use super::super::registry::{DatasetWriter, LeftOut, WriteOptions};
use super::super::{Diagnostic, Files, Out};

struct Writer<'a> {
    out: Out<'a>,
    lines: String,
    blanks: Blanks,
    renamed: BTreeSet<String>,
    left_out: LeftOut,
}

pub(super) fn writer<'a>(
    mut files: Box<dyn Files<'a> + 'a>,
    _options: &WriteOptions,
) -> io::Result<Box<dyn DatasetWriter + 'a>> {
    Ok(Box::new(Writer {
        out: files.main()?,
        lines: String::new(),
        blanks: Blanks::default(),
        renamed: BTreeSet::new(),
        left_out: LeftOut::default(),
    }))
}

impl DatasetWriter for Writer<'_> {
    fn article(&mut self, article: &Article, layers: &[(Annotator, Layer)]) -> io::Result<()> {
        each_layer(layers).try_for_each(|(_, layer)| self.document(&article.text, &layer))
    }

    fn left_out(&self) -> LeftOut {
        self.left_out
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<Diagnostic>> {
        self.out.flush()?;
        let mut told = self.blanks.findings();
        if let Some(first) = self.renamed.first() {
            let message = format!(
                "labels with white space, which columns cannot hold: {}; {first:?} is written {:?}",
                self.renamed.len(),
                column_name(first)
            );
            told.push(
                Diagnostic::info("label_renamed", message).with_hint("an import of the file turns it back"),
            );
        }
        Ok(told)
    }
}

impl Writer<'_> {
    fn document(&mut self, text: &Text, layer: &Layer) -> io::Result<()> {
        let choice = flat_choice(text, layer);
        for piece in &choice.pieces {
            let words = text.slice(piece.range).unwrap_or_default();
            self.blanks.add(words, |c| c.is_whitespace() || is_separator(c));
        }
        let tokens = tokens(text, &choice.pieces);
        let holders = holders(&tokens, &choice.pieces);
        let mut sentences = text.sentences().into_iter().map(ByteRange::start).peekable();
        let mut there = BTreeSet::new();
        self.lines.clear();
        self.lines.push_str("-DOCSTART- -X- O O\n\n");
        for (at, (token, holder)) in tokens.iter().zip(holders).enumerate() {
            let mut begins_sentence = false;
            while sentences.next_if(|start| *start <= token.start()).is_some() {
                begins_sentence = true;
            }
            // A blank line inside a span would cut it in two, so two sentences that it joins stay one.
            let is_inside = holder.is_some_and(|holder| !holder.is_first);
            if begins_sentence && !is_inside && at > 0 {
                self.lines.push('\n');
            }
            self.lines.push_str(text.slice(*token).unwrap_or_default());
            self.columns(holder);
            there.extend(holder.map(|holder| &holder.piece.span.id));
        }
        self.left_out.spans += layer.spans.len().saturating_sub(there.len()) as u64;
        if !tokens.is_empty() {
            self.lines.push('\n');
        }
        self.out.write_all(self.lines.as_bytes())
    }

    /// What stands behind a token on its line.
    fn columns(&mut self, holder: Option<Holder<'_, '_>>) {
        let Some(holder) = holder else {
            self.lines.push_str(" -X- O O\n");
            return;
        };
        let label = holder.piece.span.label.as_str();
        let name = column_name(label);
        if holder.is_first && name != label {
            self.renamed.insert(label.to_owned());
        }
        let tag = if holder.is_first { " -X- O B-" } else { " -X- O I-" };
        self.lines.extend([tag, &name, "\n"]);
    }
}

/// Tokens that Python's `str.split` leaves whole: it also splits at the four separators among the controls, which
/// Unicode does not count as white space. None begins like the line between documents.
fn tokens(text: &Text, pieces: &[Piece<'_>]) -> Vec<ByteRange> {
    let edges = pieces
        .iter()
        .flat_map(|piece| [piece.range.start(), piece.range.end()]);
    let mut tokens = Vec::new();
    for token in text.tokens(edges) {
        let mut from = token.start().get();
        let end = token.end().get();
        let words = text.slice(token).unwrap_or_default();
        let mut push = |from: usize, to: usize| {
            if from < to {
                tokens.push(ByteRange::between(ByteOffset::new(from), ByteOffset::new(to)));
            }
        };
        for (at, c) in words.char_indices() {
            let at = token.start().get() + at;
            if is_separator(c) {
                push(from, at);
                from = at + c.len_utf8();
            } else if c == '-'
                && text
                    .as_str()
                    .get(at..end)
                    .is_some_and(|rest| rest.starts_with(super::DOCUMENT))
            {
                push(from, at);
                push(at, at + 1);
                from = at + 1;
            }
        }
        push(from, end);
    }
    tokens
}

/// Controls at which Python splits.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{1c}'..='\u{1f}')
}
