//! What copying from the article gives: the words exactly as they stand, or with their place as one line of JSON.

use serde_json::{Map, Value as Json, json};

use crate::text::{ByteRange, Text};

use super::page::Page;
use super::state::ArticleState;

impl ArticleState {
    /// The selected words, else those of the selected span, to the letter.
    pub fn copy(&self, text: &Text) -> Option<String> {
        let selection = self.selection();
        if !selection.is_empty() {
            return text.slice(selection).map(ToOwned::to_owned);
        }
        let span = self.index.get(self.selected_span.as_ref()?)?;
        span.ranges.quote(text)
    }

    /// The same with article, offsets in code points, and for a span its label and fragments, under the names that
    /// they have in JSON Lines.
    pub fn copy_with_offsets(&self, page: &Page<'_>) -> Option<String> {
        let offsets = |range: ByteRange| {
            let chars = page.text.char_range(range)?;
            Some((chars.start().get(), chars.end().get()))
        };
        let quote = self.copy(page.text)?;
        let selection = self.selection();
        let span = self.selected_span.as_ref().and_then(|id| self.index.get(id));
        let span = span.filter(|_| selection.is_empty());
        let (start, end) = offsets(span.map_or(selection, |span| span.ranges.hull()))?;
        let mut line = Map::new();
        line.insert("article".to_owned(), json!(page.id.as_str()));
        line.insert("start".to_owned(), json!(start));
        line.insert("end".to_owned(), json!(end));
        if let Some(span) = span {
            line.insert("label".to_owned(), json!(span.label.as_str()));
        }
        line.insert("text".to_owned(), json!(quote));
        if let Some(span) = span.filter(|span| span.ranges.is_discontinuous()) {
            let fragments = span.ranges.as_slice().iter();
            let fragments: Option<Vec<_>> = fragments.map(|range| offsets(*range)).collect();
            line.insert("fragments".to_owned(), json!(fragments?));
        }
        Some(on_one_line(&Json::Object(line)))
    }
}

/// JSON in which nothing is left that any program takes for the end of a line.
fn on_one_line(json: &Json) -> String {
    json.to_string()
        .replace('\u{85}', "\\u0085")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
