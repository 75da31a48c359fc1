//! What the thread that looks for the problems of long articles is asked, and what it answers.

use std::sync::Arc;

use crate::gui::newest::Question;
use crate::model::{ArticleId, Codebook};
use crate::session::{ArticleView, Problems};
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

impl Question for Look {
    type Answer = Answer;

    const THREAD: &'static str = "problems";

    fn answer(&self, _is_wanted: impl Fn() -> bool) -> Option<Answer> {
        Some(self.found())
    }
}
