//! What is said once of a whole file, counted row by row.

use std::collections::BTreeSet;

use crate::model::counted;

use super::super::Diagnostic;

/// What is told once for a file.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Articles whose text was built from tokens.
    pub rebuilt: u64,
    /// Articles whose tokens are not the words of their text.
    pub unlike: u64,
    /// Articles whose spans have no text in which they could count.
    pub unread_spans: u64,
    /// Articles whose tags are numbers that have no names.
    pub unnamed_tags: u64,
    /// Spans whose labels are such numbers.
    pub unnamed_labels: u64,
    /// Tags that are none, and the first of them.
    pub bad_tags: u64,
    pub first_bad_tag: Option<String>,
    /// Articles whose spans have ids that others in it have too.
    pub shared_ids: u64,
    /// Articles that got the name of their part.
    pub in_split: u64,
    /// Columns that are left out.
    pub left_out: BTreeSet<String>,
}

impl Told {
    /// Counts a tag that is none.
    pub(super) fn bad_tag(&mut self, tag: &str) {
        self.bad_tags += 1;
        self.first_bad_tag.get_or_insert_with(|| tag.to_owned());
    }

    /// All that is to be said, of a file that may be a part of a dataset.
    pub(super) fn findings(&self, split: Option<&str>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.rebuilt > 0 {
            let message = format!(
                "the text of {} is built from the tokens, an article a row: a space between two, but not before signs \
                 that close, behind those that open, or in scripts that write none",
                counted(self.rebuilt, "row")
            );
            found.push(Diagnostic::info("text_rebuilt", message));
        }
        if self.unlike > 0 {
            let message = format!(
                "such rows whose tokens are not the words of their text: {}",
                self.unlike
            );
            let hint = "the text that the row had is kept as metadata";
            found.push(Diagnostic::warning("tokens_unlike_text", message).with_hint(hint));
        }
        if self.unread_spans > 0 {
            let message = format!(
                "rows with spans beside tokens, without a text in which they could count: {}",
                self.unread_spans
            );
            let hint = "they are kept as metadata: undo the import, add the text, or tags, and import again";
            found.push(Diagnostic::error("spans_without_text", message).with_hint(hint));
        }
        found.extend(self.unnamed());
        if self.bad_tags > 0 {
            let first = self.first_bad_tag.as_deref().unwrap_or_default();
            let message = format!(
                "tags that are none such as O, B-PER, or I-PER: {}; the first is {first:?}",
                self.bad_tags
            );
            let hint = "their tokens were read without a tag";
            found.push(Diagnostic::error("bad_tag", message).with_hint(hint));
        }
        if self.shared_ids > 0 {
            let message = format!(
                "rows in which several spans had one id, and got new ones: {}",
                self.shared_ids
            );
            found.push(Diagnostic::info("shared_ids", message));
        }
        if let Some(split) = split.filter(|_| self.in_split > 0) {
            let message = format!(
                "the file is the part {split:?} of the dataset, as the metadata of its articles says"
            );
            found.push(Diagnostic::info("split", message));
        }
        if !self.left_out.is_empty() {
            let names: Vec<&str> = self.left_out.iter().map(String::as_str).collect();
            let message = format!(
                "columns that tag tokens in other ways, or hold numbers for models, are left out: {}",
                names.join(", ")
            );
            found.push(Diagnostic::info("columns_left_out", message));
        }
        found
    }

    fn unnamed(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.unnamed_tags > 0 {
            let message = format!(
                "the tags of {} are numbers, and nothing says what they mean; what they tag came in without spans",
                counted(self.unnamed_tags, "row")
            );
            found.push(Diagnostic::error("label_names_missing", message).with_hint(
                "put the dataset's README.md, whose head lists the names, beside the file or above it and import it again",
            ));
        }
        if self.unnamed_labels > 0 {
            let message = format!(
                "the labels of {} are numbers, and nothing says what they mean; the numbers were taken as labels",
                counted(self.unnamed_labels, "span")
            );
            found.push(Diagnostic::warning("label_names_missing", message).with_hint(
                "undo the import and import again with the dataset's README.md beside the file, or with --label-map 0=actor,1=location",
            ));
        }
        found
    }
}
