//! In which direction an article is read, where the analyst said so: kept in the article's metadata, so that it is
//! saved, undone, exported, and read again like the rest of it.
//!
//! What is not said, or said in words that are not known, follows the text itself.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::Extra;
use crate::text::{CharOffset, Direction};

/// The analyst's word against the directions that the text has by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingDirections {
    /// Of every paragraph that has none of its own below.
    pub article: Option<Direction>,
    /// Of single paragraphs, by where they start.
    pub paragraphs: BTreeMap<CharOffset, Direction>,
}

impl ReadingDirections {
    /// The key of the metadata that holds the article's direction: `"ltr"` or `"rtl"`.
    pub const ARTICLE_KEY: &str = "direction";
    /// The key that holds those of paragraphs: an object from the code point where one starts to `"ltr"` or `"rtl"`.
    pub const PARAGRAPHS_KEY: &str = "paragraph_directions";

    /// What an article's metadata says.
    pub fn of(meta: &Extra) -> Self {
        let paragraphs = meta.get(Self::PARAGRAPHS_KEY).and_then(Json::as_object);
        let one = |(start, direction): (&String, &Json)| {
            let start = start.parse().ok().map(CharOffset::new)?;
            Some((start, parse(direction)?))
        };
        Self {
            article: meta.get(Self::ARTICLE_KEY).and_then(parse),
            paragraphs: paragraphs.into_iter().flatten().filter_map(one).collect(),
        }
    }

    /// The article's direction as metadata holds it.
    pub fn article_value(&self) -> Json {
        self.article
            .map_or(Json::Null, |direction| name(direction).into())
    }

    /// The directions of paragraphs as metadata holds them.
    pub fn paragraphs_value(&self) -> Json {
        if self.paragraphs.is_empty() {
            return Json::Null;
        }
        let entry = |(start, direction): (&CharOffset, &Direction)| {
            (start.get().to_string(), Json::from(name(*direction)))
        };
        Json::Object(self.paragraphs.iter().map(entry).collect())
    }
}

fn parse(value: &Json) -> Option<Direction> {
    match value.as_str()? {
        "ltr" => Some(Direction::LeftToRight),
        "rtl" => Some(Direction::RightToLeft),
        _ => None,
    }
}

const fn name(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn meta(value: &Json) -> Extra {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let directions = ReadingDirections {
            article: Some(Direction::RightToLeft),
            paragraphs: [
                (CharOffset::new(9), Direction::LeftToRight),
                (CharOffset::new(120), Direction::RightToLeft),
            ]
            .into(),
        };
        let written = meta(&json!({
            "direction": directions.article_value(),
            "paragraph_directions": directions.paragraphs_value(),
        }));
        assert_eq!(written["paragraph_directions"], json!({"9": "ltr", "120": "rtl"}));
        assert_eq!(ReadingDirections::of(&written), directions);
        assert_eq!(ReadingDirections::default().paragraphs_value(), Json::Null);
    }

    #[test]
    fn what_another_tool_means_by_these_keys_is_passed_over() {
        for strange in [
            json!({"direction": "north", "paragraph_directions": ["rtl"]}),
            json!({"direction": 7, "paragraph_directions": {"x": "rtl", "4": "up", "-1": "rtl"}}),
            json!({}),
        ] {
            assert_eq!(
                ReadingDirections::of(&meta(&strange)),
                ReadingDirections::default()
            );
        }
    }
}
