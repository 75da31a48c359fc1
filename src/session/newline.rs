//! Line ends on the way out: as they are, or all as one line feed, with every span moved along.

use std::sync::Arc;

use crate::model::{Annotator, Article, Header, Layer, Ranges, ReadingDirections, Sha256, Span};
use crate::text::{ByteOffset, ByteRange, Text};

/// How line ends are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Newline {
    /// As they are in the text.
    #[default]
    Keep,
    /// CRLF and CR as LF; positions count in the new text, and its digest is the new text's.
    Lf,
}

impl Newline {
    /// An article and its layers with their line ends so.
    pub(super) fn apply(
        self,
        article: Article,
        layers: Vec<(Annotator, Layer)>,
    ) -> (Article, Vec<(Annotator, Layer)>) {
        if self == Self::Keep || !article.text.as_str().contains('\r') {
            return (article, layers);
        }
        let moved = Moved::of(article.text.as_str());
        let text = Text::new(moved.text.as_str());
        let layers = layers
            .into_iter()
            .map(|(annotator, layer)| (annotator, moved.layer(layer, &article.text, &text)))
            .collect();
        let article = Article {
            sha256: Sha256::of(&moved.text),
            header: moved.header(article.header, &article.text, &text),
            text,
            ..article
        };
        (article, layers)
    }
}

/// A text without carriage returns, and where its positions went.
struct Moved {
    text: String,
    /// Byte positions behind each CRLF, which are one byte further left from there on, in order.
    shrunk: Vec<usize>,
}

impl Moved {
    fn of(text: &str) -> Self {
        let (mut out, mut shrunk) = (String::with_capacity(text.len()), Vec::new());
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            match (c, rest.peek()) {
                ('\r', Some((_, '\n'))) => shrunk.push(at + 1),
                ('\r', _) => out.push('\n'),
                (c, _) => out.push(c),
            }
        }
        Self { text: out, shrunk }
    }

    fn offset(&self, at: ByteOffset) -> ByteOffset {
        ByteOffset::new(at.get() - self.shrunk.partition_point(|behind| *behind <= at.get()))
    }

    /// Directions of paragraphs are kept by where these start.
    fn header(&self, mut header: Header, before: &Text, after: &Text) -> Header {
        let mut directions = ReadingDirections::of(&header.meta);
        if directions.paragraphs.is_empty() {
            return header;
        }
        let moved = directions
            .paragraphs
            .into_iter()
            .filter_map(|(start, direction)| {
                let start = self.offset(before.byte_of_char(start)?);
                Some((after.char_of(start)?, direction))
            });
        directions.paragraphs = moved.collect();
        let key = ReadingDirections::PARAGRAPHS_KEY.to_owned();
        header.meta.insert(key, directions.paragraphs_value());
        header
    }

    fn layer(&self, layer: Layer, before: &Text, after: &Text) -> Layer {
        let spans = layer.spans.iter().map(|span| self.span(span)).collect();
        // What is dismissed is known by where it is.
        let place = |at| after.char_of(self.offset(before.byte_of_char(at)?));
        let dismissed = layer.dismissed.into_iter();
        let dismissed = dismissed.map(|key| key.moved(place).unwrap_or(key)).collect();
        Layer {
            spans,
            dismissed,
            ..layer
        }
    }

    fn span(&self, span: &Arc<Span>) -> Span {
        let ranges = span.ranges.as_slice().iter();
        let moved =
            ranges.map(|range| ByteRange::between(self.offset(range.start()), self.offset(range.end())));
        // A span over nothing but the CR of a CRLF would become empty; it then takes the line feed.
        let moved = moved.map(|range| {
            if range.is_empty() {
                ByteRange::between(range.start(), ByteOffset::new(range.end().get() + 1))
            } else {
                range
            }
        });
        // Fragments that were one side of a CRLF each now lie on the same line feed.
        let mut joined: Vec<ByteRange> = Vec::new();
        for range in moved {
            match joined.last_mut() {
                Some(last) if range.start() < last.end() => {
                    *last = ByteRange::between(last.start(), last.end().max(range.end()));
                }
                _ => joined.push(range),
            }
        }
        let ranges = Ranges::new(joined).unwrap_or_else(|_never| span.ranges.clone());
        Span {
            ranges,
            ..Span::clone(span)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ProblemKey;
    use crate::model::testing::span;

    #[test]
    fn fragments_on_both_sides_of_a_line_end_become_one() {
        let moved = Moved::of("a\r\nb");
        let range = |start, end| ByteRange::between(ByteOffset::new(start), ByteOffset::new(end));
        let before = span("s", "l", vec![range(1, 2), range(2, 3)]);
        let after = moved.span(&Arc::new(before));
        assert_eq!(after.ranges, Ranges::one(range(1, 2)).unwrap());
    }

    #[test]
    fn a_paragraph_keeps_the_direction_that_it_was_given() {
        let meta = serde_json::json!({"paragraph_directions": {"5": "rtl", "12": "ltr"}});
        let header = Header {
            meta: serde_json::from_value(meta).unwrap(),
            ..Header::default()
        };
        let article = Article::new(None, header, Text::new("été\r\nhier\r\r\nfin")).unwrap();
        let (article, _) = Newline::Lf.apply(article, Vec::new());
        assert_eq!(article.text.as_str(), "été\nhier\n\nfin");
        let directions = serde_json::json!({"4": "rtl", "10": "ltr"});
        assert_eq!(article.header.meta["paragraph_directions"], directions);
    }

    #[test]
    fn what_is_dismissed_stays_dismissed_where_it_then_is() {
        let article = Article::new(None, Header::default(), Text::new("é\r\nAlep\r\n12 morts")).unwrap();
        let keys = [
            "untagged_casualty/text/9-17",
            "loose_edge/span/s/3-7",
            "bad_date/span/s/date",
        ];
        let layer = Layer {
            dismissed: keys.map(|key| ProblemKey::new(key).unwrap()).into(),
            ..Layer::default()
        };
        let annotator = Annotator::new("me").unwrap();
        let (_, layers) = Newline::Lf.apply(article, vec![(annotator, layer)]);
        let keys: Vec<&str> = layers[0].1.dismissed.iter().map(ProblemKey::as_str).collect();
        let moved = [
            "bad_date/span/s/date",
            "loose_edge/span/s/2-6",
            "untagged_casualty/text/7-15",
        ];
        assert_eq!(keys, moved);
    }

    #[test]
    fn positions_move_with_the_text() {
        let text = "été\r\nà Alep\rfin\r\n";
        let moved = Moved::of(text);
        assert_eq!(moved.text, "été\nà Alep\nfin\n");
        for word in ["été", "Alep", "fin"] {
            let before = text.find(word).unwrap();
            let after = moved.text.find(word).unwrap();
            assert_eq!(moved.offset(ByteOffset::new(before)).get(), after, "{word}");
        }
    }
}
