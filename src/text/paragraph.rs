//! Paragraphs: what is laid out in one piece and takes one base direction.
//!
//! Knows nothing of how a paragraph looks; a line separator (U+2028) stays inside one.

use super::offset::{ByteOffset, ByteRange, range};

/// A stretch of a text up to and with its paragraph separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What is drawn: the paragraph without its separator.
    pub content: ByteRange,
    /// The end with the separator, which is where the next paragraph starts.
    pub end: ByteOffset,
}

impl Paragraph {
    /// Where it starts.
    pub fn start(&self) -> ByteOffset {
        self.content.start()
    }

    /// The paragraph with its separator.
    pub fn full_range(&self) -> ByteRange {
        ByteRange::between(self.content.start(), self.end)
    }
}

/// The paragraphs of a text, which tile it: each starts where the one before it ends. There is always one, and a
/// text that ends with a separator has an empty last one, so that each caret position has a paragraph.
///
/// Separators are those of bidi class B (UAX #9, P1) that occur in news: LF, CRLF, CR, NEL (U+0085), and U+2029.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let bytes = text.as_bytes();
    let (mut all, mut start) = (Vec::new(), 0);
    while let Some((at, end)) = next_separator(bytes, start) {
        all.push(paragraph(start, at, end));
        start = end;
    }
    all.push(paragraph(start, bytes.len(), bytes.len()));
    all
}

/// Whether no separator stands in a text; nothing behind the first one is read.
pub fn is_one_paragraph(text: &str) -> bool {
    next_separator(text.as_bytes(), 0).is_none()
}

/// The next separator from a place on: its start and its end.
fn next_separator(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    while let Some(byte) = bytes.get(at) {
        if at.is_multiple_of(BLOCK) && bytes.get(at..at + BLOCK).is_some_and(is_plain) {
            at += BLOCK;
            continue;
        }
        let length = match byte {
            b'\n' => 1,
            b'\r' => 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')),
            0xC2 if bytes.get(at + 1) == Some(&0x85) => 2,
            0xE2 if bytes.get(at + 1..at + 3) == Some(&[0x80, 0xA9]) => 3,
            _ => 0,
        };
        if length > 0 {
            return Some((at, at + length));
        }
        at += 1;
    }
    None
}

/// So many bytes are looked at in one go, which is what makes megabytes pass quickly.
const BLOCK: usize = 64;

/// Whether no separator begins in these bytes.
fn is_plain(block: &[u8]) -> bool {
    // Counting leaves no branch in the loop.
    let begin = block
        .iter()
        .filter(|byte| matches!(byte, b'\n' | b'\r' | 0xC2 | 0xE2));
    begin.count() == 0
}

/// The paragraph that holds a position; the last one where the position lies behind it.
pub fn paragraph_index(paragraphs: &[Paragraph], at: ByteOffset) -> usize {
    let index = paragraphs.partition_point(|paragraph| paragraph.end <= at);
    index.min(paragraphs.len().saturating_sub(1))
}

fn paragraph(start: usize, content_end: usize, end: usize) -> Paragraph {
    Paragraph {
        content: range(start, content_end),
        end: ByteOffset::new(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Paragraph contents between bars.
    fn check(text: &str, expected: &[&str]) {
        let contents: Vec<&str> = paragraphs(text)
            .iter()
            .map(|p| text.get(p.content.as_usize()).unwrap())
            .collect();
        assert_eq!(contents, expected, "{text:?}");
    }

    #[test]
    fn each_separator_ends_a_paragraph_and_a_line_separator_does_not() {
        check("", &[""]);
        check("Alep", &["Alep"]);
        check("Alep\n", &["Alep", ""]);
        check("un\ndeux\r\ntrois\rquatre", &["un", "deux", "trois", "quatre"]);
        check("خبر\u{2029}آخر\u{85}ثالث", &["خبر", "آخر", "ثالث"]);
        check(
            "ligne\u{2028}même paragraphe\u{b}\u{c}",
            &["ligne\u{2028}même paragraphe\u{b}\u{c}"],
        );
        check("\r\r\n\n", &["", "", "", ""]);
        assert!(is_one_paragraph("") && is_one_paragraph("ligne\u{2028}même paragraphe"));
        assert!(!is_one_paragraph("Alep\n") && !is_one_paragraph(&format!("{}\u{2029}", "é".repeat(200))));
        check("Âge Ḃ‧", &["Âge Ḃ‧"]);
    }

    #[test]
    fn a_position_between_cr_and_lf_belongs_to_the_paragraph_they_end() {
        let all = paragraphs("a\r\nb");
        for (at, index) in [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (99, 1)] {
            assert_eq!(paragraph_index(&all, ByteOffset::new(at)), index, "at {at}");
        }
        assert_eq!(paragraph_index(&[], ByteOffset::ZERO), 0);
    }

    proptest! {
        #[test]
        fn paragraphs_tile_the_text(
            before in 0usize..160, text in "(?s)(.|[\r\n\u{85}\u{2028}\u{2029}]){0,80}"
        ) {
            let text = "a".repeat(before) + &text;
            let mut at = ByteOffset::ZERO;
            for paragraph in paragraphs(&text) {
                prop_assert_eq!(paragraph.start(), at);
                let separator = text.get(paragraph.content.end().get()..paragraph.end.get()).unwrap();
                let known = ["", "\n", "\r", "\r\n", "\u{85}", "\u{2029}"].contains(&separator);
                prop_assert!(known, "separator {:?}", separator);
                let content = text.get(paragraph.content.as_usize()).unwrap();
                let splits_none = !content.contains(['\n', '\r', '\u{85}', '\u{2029}']);
                prop_assert!(splits_none, "content {:?}", content);
                at = paragraph.end;
            }
            prop_assert_eq!(at.get(), text.len());
        }
    }
}
