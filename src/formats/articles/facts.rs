//! What is known of an article beside its text, under the names that all formats use. Knows no format.

use crate::model::{Extra, language_tag};

use super::super::language_of;
use super::dom::one_line;

/// What a file says of an article; what it does not say is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Facts {
    pub title: Option<String>,
    /// As it is said; see [`language`].
    pub lang: Option<String>,
    pub source: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    /// What a feed calls the article.
    pub guid: Option<String>,
    /// What a news database calls the article.
    pub document: Option<String>,
    pub published: Option<String>,
    /// When a document was made, which is not when it was published.
    pub created: Option<String>,
    pub author: Option<String>,
    /// The title of the window.
    pub window: Option<String>,
    /// All names of the site, which may stand beside the headline in a title.
    pub sites: Vec<String>,
    /// The number of a chapter in its book.
    pub part: Option<String>,
    /// When a browser saved the page.
    pub saved: Option<String>,
}

impl Facts {
    /// The metadata of the article; title and language have places of their own.
    pub fn into_meta(self) -> Extra {
        let mut meta = Extra::new();
        for (key, value) in [
            ("source", self.source),
            ("publisher", self.publisher),
            ("url", self.url),
            ("guid", self.guid),
            ("document", self.document),
            ("published", self.published),
            ("created", self.created),
            ("author", self.author),
            ("part", self.part),
            ("saved", self.saved),
        ] {
            if let Some(value) = value.and_then(|value| one_line(&value)) {
                meta.insert(key.to_owned(), value.into());
            }
        }
        meta
    }
}

/// The language of a text: the one that is said, but for English, which stands in pages of all languages because their
/// makers left it there: it gives way where the text is clearly in another one. What is no code of a language says
/// nothing.
pub(super) fn language(said: Option<&str>, text: &str) -> Option<String> {
    let read = language_of(text);
    match (said.and_then(tag), read) {
        (Some(said), Some(read)) if said.starts_with("en") && !read.starts_with("en") => {
            Some(read.to_owned())
        }
        (Some(said), _) => Some(said),
        (None, read) => read.map(str::to_owned),
    }
}

/// The first language tag that is said, as BCP 47 writes it; `None` for what is none. Names of languages look like
/// tags, but are longer than any code that stands for a language.
fn tag(said: &str) -> Option<String> {
    const LONGEST_CODE: usize = 3;
    let tag = language_tag(said.split([',', ';']).next()?)?;
    let code = tag.split('-').next().unwrap_or_default();
    (2..=LONGEST_CODE).contains(&code.len()).then_some(tag)
}
