//! One line of columns, cut up.

use super::super::tagging::Tag;

/// A token with its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    pub token: &'a str,
    pub tag: Tag<'a>,
    /// How many columns the line has.
    pub columns: usize,
}

impl<'a> Row<'a> {
    /// The line in its columns; `None` where it has fewer than two or its last is no tag.
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let columns = columns(line);
        let (token, tag) = (columns.first()?, columns.last()?);
        let tag = Tag::of(tag)?;
        (columns.len() > 1 && !token.trim().is_empty()).then_some(Self {
            token,
            tag,
            columns: columns.len(),
        })
    }
}

/// Cut at tabs where there are any, else at spaces. Other white space belongs to its token.
pub(super) fn columns(line: &str) -> Vec<&str> {
    let line = line.trim_end_matches(['\t', ' ', '\r']);
    if line.contains('\t') {
        line.split('\t').map(|column| column.trim_matches(' ')).collect()
    } else {
        line.split(' ').filter(|column| !column.is_empty()).collect()
    }
}
