//! What the thread that looks for the problems of long articles is asked, and what it answers.

use std::sync::Arc;

use crate::gui::newest::Question;
use crate::model::{ArticleId, Codebook};
use crate::session::unsettled::ReadBy;
use crate::session::{ArticleView, Problems, casualty_words, problems_of};
use crate::text::ByteRange;

/// What is to be looked at.
pub(super) struct Look {
    pub(super) article: Arc<ArticleView>,
    pub(super) codebook: Arc<Codebook>,
    /// The casualty words of the text, where they are known already.
    pub(super) casualties: Option<Arc<[ByteRange]>>,
}

/// What was found.
pub(super) struct Answer {
    pub(super) article: ArticleId,
    pub(super) lang: Option<String>,
    pub(super) problems: Problems,
    pub(super) casualties: Arc<[ByteRange]>,
}

impl Look {
    /// Looks for the problems, and for the casualty words where they are not known yet.
    pub(super) fn found(&self) -> Answer {
        let (text, lang) = (&self.article.text, self.article.header.lang.as_deref());
        let casualties = self.casualties.clone();
        let casualties = casualties.unwrap_or_else(|| casualty_words(text.as_str(), lang).into());
        let by = ReadBy {
            codebook: &self.codebook,
            header: &self.article.header,
            text,
        };
        Answer {
            article: self.article.id.clone(),
            lang: self.article.header.lang.clone(),
            problems: problems_of(by, &self.article.layer, &casualties),
            casualties,
        }
    }
}

impl Question for Look {
    type Answer = Answer;

    const THREAD: &'static str = "problems";

    fn answer(&self, _is_wanted: impl Fn() -> bool) -> Option<Answer> {
        Some(self.found())
    }
}
