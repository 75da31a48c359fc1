//! Articles: an immutable text with metadata that may change.

use super::{ArticleId, Extra};
use crate::text::Text;

/// What is known about an article beside its text. May be edited, unlike the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// Headline.
    pub title: Option<String>,
    /// Language as a BCP 47 tag, such as `fr` or `ar`.
    pub lang: Option<String>,
    /// Everything else as it came: `source`, `url`, `published` or `date`, `author`, and whatever the file said.
    pub meta: Extra,
    /// Unknown keys of an article's line that no annotator is named on.
    pub extra: Extra,
}

/// An article as it comes in or goes out.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Unique in its project.
    pub id: ArticleId,
    /// Metadata.
    pub header: Header,
    /// The text, exactly as decoded.
    pub text: Text,
    /// SHA-256 of the text's UTF-8.
    pub sha256: Sha256,
}

/// A SHA-256 digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The digest of a text's UTF-8.
    pub fn of(text: &str) -> Self {
        use sha2::Digest;
        Self(sha2::Sha256::digest(text.as_bytes()).into())
    }

    /// 64 lower-case hex digits.
    pub fn hex(&self) -> String {
        use std::fmt::Write;
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").unwrap_or_default();
            hex
        })
    }
}

impl Article {
    /// An article whose id, where the file gave none, is `a-` and 24 hex digits of its text's digest.
    ///
    /// # Errors
    /// [`InvalidId`](super::InvalidId) as [`ArticleId::new`] gives it; an id made here never meets it.
    pub fn new(id: Option<ArticleId>, header: Header, text: Text) -> Result<Self, super::InvalidId> {
        let sha256 = Sha256::of(text.as_str());
        let id = match id {
            Some(id) => id,
            None => ArticleId::new(made_id(&sha256))?,
        };
        Ok(Self {
            id,
            header,
            text,
            sha256,
        })
    }

    /// Whether its id is the one that is made where a file gives none: it says no more than the text does.
    pub fn has_made_id(&self) -> bool {
        self.id.as_str() == made_id(&self.sha256)
    }
}

fn made_id(sha256: &Sha256) -> String {
    format!("a-{}", sha256.hex().chars().take(24).collect::<String>())
}
