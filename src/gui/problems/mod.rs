//! The problems of the open article, kept up with its layer, and which of them was gone to last.
//!
//! They are looked for once for each other layer: a short text at once, a long one on a thread of its own, over what
//! the snapshot holds. What a problem is belongs to the session; how it is shown, to the pane.

mod thread;

use std::sync::Arc;

use egui::Context;

use crate::gui::left::Left;
use crate::gui::newest::NewestAnswer;
use crate::model::problem::Problem;
use crate::model::{ArticleId, Codebook, ProblemKey};
use crate::session::{ArticleView, FoundProblem, Problems, Snapshot};
use crate::text::ByteRange;

use thread::{Answer, Look};

/// Bytes of text and spans up to which problems are looked for in the frame itself.
const SHORT_TEXT: usize = 16 << 10;
const FEW_SPANS: usize = 300;
/// Seconds without a change after which a long article is looked at, so that the tags of an analyst in full swing have
/// the processor to themselves.
const QUIET: f64 = 1.5;

/// The problems of the open article.
#[derive(Default)]
pub struct ProblemsState {
    asked: Option<Asked>,
    /// A long article that waits to be looked at, and since when it is as it is.
    waiting: Option<(Arc<ArticleView>, f64)>,
    casualties: Option<Casualties>,
    found: Arc<Problems>,
    /// Goes up whenever other problems are found.
    version: u64,
    thread: NewestAnswer<Look>,
    current: Option<ProblemKey>,
    /// What is gone to once its article is open.
    pub(super) awaited: Option<FoundProblem>,
    /// What the next article's status bar says of the one that was marked done or approved.
    pub(super) left: Option<Left>,
}

/// Of what the problems are, or will be once they are found.
struct Asked {
    article: Arc<ArticleView>,
    codebook: Arc<Codebook>,
}

/// The casualty words of a text, which is never another one.
#[derive(Clone)]
struct Casualties {
    article: ArticleId,
    lang: Option<String>,
    ranges: Arc<[ByteRange]>,
}

impl ProblemsState {
    /// Sees to it that the problems are those of the open article, now or soon.
    pub(super) fn follow(&mut self, ctx: &Context, snapshot: &Snapshot) {
        let (Some(project), Some(article)) = (&snapshot.project, &snapshot.article) else {
            self.forget();
            return;
        };
        self.take_answer();
        let is_asked = self.asked.as_ref().is_some_and(|asked| {
            Arc::ptr_eq(&asked.article, article) && Arc::ptr_eq(&asked.codebook, &project.codebook)
        });
        if is_asked {
            self.waiting = None;
            return;
        }
        if self
            .asked
            .as_ref()
            .is_some_and(|asked| asked.article.id != article.id)
        {
            self.forget();
        }
        // One at a time: what changes meanwhile is looked at when the answer is there.
        let is_short = article.text.as_str().len() <= SHORT_TEXT && article.layer.spans.len() <= FEW_SPANS;
        if self.thread.is_busy() || !is_short && !self.is_quiet(ctx, article) {
            return;
        }
        self.asked = Some(Asked {
            article: Arc::clone(article),
            codebook: Arc::clone(&project.codebook),
        });
        let casualties = self
            .casualties
            .as_ref()
            .filter(|known| known.article == article.id && known.lang == article.header.lang)
            .map(|known| Arc::clone(&known.ranges));
        let look = Look {
            article: Arc::clone(article),
            codebook: Arc::clone(&project.codebook),
            casualties,
        };
        if is_short {
            self.take(look.found());
            return;
        }
        let wake = ctx.clone();
        self.thread.ask(look, move || wake.request_repaint());
    }

    /// Whether an article has not changed for a while; else this is asked again when it may be so.
    fn is_quiet(&mut self, ctx: &Context, article: &Arc<ArticleView>) -> bool {
        let now = ctx.input(|input| input.time);
        let since = match &self.waiting {
            Some((waiting, since)) if Arc::ptr_eq(waiting, article) => *since,
            _ => {
                self.waiting = Some((Arc::clone(article), now));
                now
            }
        };
        let left = since + QUIET - now;
        if left > 0.0 {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
        left <= 0.0
    }

    fn take_answer(&mut self) {
        if let Some(answer) = self.thread.poll() {
            self.take(answer);
        }
    }

    fn take(&mut self, answer: Answer) {
        self.casualties = Some(Casualties {
            article: answer.article,
            lang: answer.lang,
            ranges: answer.casualties,
        });
        if *self.found != answer.problems {
            self.found = Arc::new(answer.problems);
            self.version += 1;
        }
    }

    fn forget(&mut self) {
        self.thread.forget();
        self.asked = None;
        self.waiting = None;
        self.current = None;
        if *self.found != Problems::default() {
            self.found = Arc::default();
            self.version += 1;
        }
    }

    /// Whether problems are being looked for.
    pub fn is_busy(&self) -> bool {
        self.thread.is_busy() || self.waiting.is_some()
    }

    /// What was found.
    pub fn found(&self) -> &Arc<Problems> {
        &self.found
    }

    /// Another number whenever what was found is something else.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The problem that was gone to last, while it is there.
    pub fn current(&self) -> Option<&Problem> {
        let current = self.current.as_ref()?;
        self.found.open.iter().find(|problem| problem.key == *current)
    }

    /// Its place in the list.
    pub fn current_place(&self) -> Option<usize> {
        let current = self.current.as_ref()?;
        self.found.open.iter().position(|problem| problem.key == *current)
    }

    pub(super) fn set_current(&mut self, key: ProblemKey) {
        self.current = Some(key);
    }

    /// The problem beside the one that was gone to last, round the ends; else the one nearest behind (or before) a
    /// place of the text.
    pub(super) fn beside(&self, forward: bool, from: ByteRange) -> Option<Problem> {
        let open = &self.found.open;
        let count = open.len();
        let place = match (self.current_place(), forward) {
            (Some(here), true) => (here + 1) % count.max(1),
            (Some(here), false) => (here + count - 1) % count.max(1),
            (None, true) => {
                let is_behind = |problem: &Problem| problem.at.is_none_or(|at| at.start() >= from.start());
                open.iter().position(is_behind).unwrap_or(0)
            }
            (None, false) => {
                let is_before = |problem: &Problem| problem.at.is_some_and(|at| at.start() < from.start());
                open.iter()
                    .rposition(is_before)
                    .unwrap_or(count.saturating_sub(1))
            }
        };
        open.get(place).cloned()
    }

    /// Where in the text the open problems are.
    pub(super) fn marks(&self) -> Vec<ByteRange> {
        self.found.open.iter().filter_map(|problem| problem.at).collect()
    }
}
