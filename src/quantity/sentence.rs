//! A sentence under the eyes of one language: its pieces and what the phrases at each of them say.
//!
//! Knows the table, and no grammar.

use super::table::{Meaning, Table};
use super::token::{Place, Token, TokenKind};

/// The pieces of a sentence with their meanings.
pub(super) struct Sentence<'a> {
    /// The language's table.
    pub table: &'a Table,
    /// The pieces.
    pub pieces: Vec<Token>,
    /// Where the words that are read begin and end.
    pub inside: std::ops::Range<usize>,
    meanings: Vec<Vec<(usize, Meaning)>>,
}

impl<'a> Sentence<'a> {
    /// Reads the pieces with a table.
    pub fn new(table: &'a Table, pieces: &[Token]) -> Self {
        let pieces = table.prepare(pieces);
        let meanings = (0..pieces.len()).map(|at| table.meanings(&pieces, at)).collect();
        let start = pieces
            .iter()
            .take_while(|piece| piece.place == Place::Before)
            .count();
        let end = start + pieces.iter().filter(|piece| piece.place == Place::Inside).count();
        Self {
            table,
            pieces,
            inside: start..end,
            meanings,
        }
    }

    /// What the phrases say that start at a piece, longest first.
    pub fn meanings(&self, at: usize) -> &[(usize, Meaning)] {
        self.meanings.get(at).map_or(&[], Vec::as_slice)
    }

    /// The longest phrase at a piece that says something of a kind.
    pub fn find<T>(&self, at: usize, wanted: impl Fn(Meaning) -> Option<T>) -> Option<(usize, T)> {
        self.meanings(at)
            .iter()
            .find_map(|(len, meaning)| Some((*len, wanted(*meaning)?)))
    }

    /// The length of the longest phrase at a piece that says this.
    pub fn len_of(&self, at: usize, meaning: Meaning) -> Option<usize> {
        self.find(at, |found| (found == meaning).then_some(()))
            .map(|(len, ())| len)
    }

    /// Whether a phrase at a piece says this.
    pub fn says(&self, at: usize, meaning: Meaning) -> bool {
        self.len_of(at, meaning).is_some()
    }

    /// Whether the piece is of a kind.
    pub fn is(&self, at: usize, kind: &TokenKind) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.kind == *kind)
    }

    /// Whether a piece parts what is before it from what is behind.
    pub fn parts(&self, at: usize) -> bool {
        self.is(at, &TokenKind::Comma) || self.is(at, &TokenKind::Stop)
    }

    /// Whether a word for people, or for what befell them, stands at a piece.
    pub fn is_about_people(&self, at: usize) -> bool {
        self.meanings(at).iter().any(|(_, meaning)| {
            matches!(
                meaning,
                Meaning::Kind { .. }
                    | Meaning::Who(_)
                    | Meaning::OnePerson
                    | Meaning::TwoPersons
                    | Meaning::People
            )
        })
    }

    /// Makes a piece say nothing.
    pub fn leave_out(&mut self, at: usize) {
        if let (Some(piece), Some(meanings)) = (self.pieces.get_mut(at), self.meanings.get_mut(at)) {
            piece.kind = TokenKind::Word(String::new());
            meanings.clear();
        }
    }

    /// The first piece at or behind a place that is not glue.
    pub fn skip_glue(&self, mut at: usize) -> usize {
        while self.says(at, Meaning::Glue) {
            at += self.len_of(at, Meaning::Glue).unwrap_or(1);
        }
        at
    }
}
