//! What is looked for in the article: the query, its hits, and the way from hit to hit.
//!
//! View state, which nothing of the project depends on. The current hit is no state of its own: it is the hit that is
//! the text selection, so that a label's key tags it. Knows no widget; the find bar shows this and sets it.

use std::sync::Arc;

use egui::Context;

use crate::gui::field::FieldState;
use crate::gui::newest::NewestAnswer;
use crate::layout::{Affinity, Caret};
use crate::text::find::{Finder, Hits, Query, QueryError, Searched, as_pattern};
use crate::text::{ByteOffset, ByteRange, Text};

use super::find_thread::Search;
use super::state::ArticleState;

/// A longer text is searched on a thread of its own; a shorter one at once, before it is drawn.
const LONG: usize = 64 * 1024;
/// Selected words longer than this are not taken for what is looked for.
const LONGEST_QUERY: usize = 200;

/// Finding in the article that is shown.
#[derive(Default)]
pub struct Find {
    is_shown: bool,
    /// What the bar's field holds.
    pub(in crate::gui) field: FieldState,
    /// The bar's switches, and the words of the field.
    query: Query,
    searched: Option<Arc<Searched>>,
    finder: Option<Result<Finder, QueryError>>,
    hits: Hits,
    /// How often there were other hits.
    answers: u64,
    /// The hits are those of the query in this text.
    is_answered: bool,
    thread: NewestAnswer<Search>,
    /// From where a query that is being typed is looked for.
    origin: ByteOffset,
    /// The hit that was selected last.
    placed: Option<ByteRange>,
    /// What to do with the hits when they are there.
    then: Then,
    /// What the bar hides of the article.
    pub(in crate::gui) cover: Option<egui::Rect>,
}

/// What to do with hits when they are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Then {
    /// Show them; the article stays where it is.
    #[default]
    Stay,
    /// Select the first one from where the search began.
    First,
    /// Go to the next one.
    Next,
    /// Go to the one before.
    Previous,
}

/// How far a search is, for the bar to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindStatus {
    /// Nothing is looked for.
    Nothing,
    /// The search is under way.
    Searching,
    /// It cannot be looked for.
    Refused(QueryError),
    /// So many hits; `current` is the place of the selected one, counted from one.
    Hits {
        /// All of them.
        count: usize,
        /// Which one is selected.
        current: Option<usize>,
        /// Whether there are more, which are left out.
        is_cut: bool,
    },
}

impl Find {
    /// Whether the bar is shown, and the hits with it.
    pub fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// Whether the bar was closed on a search, which its keys go on with.
    pub fn is_put_away(&self) -> bool {
        !self.is_shown && !self.query.words.is_empty()
    }

    /// What is looked for.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Looks for something else; the first hit from where the search began is selected.
    pub(in crate::gui) fn set_query(&mut self, query: Query) {
        if query != self.query {
            self.query = query;
            self.finder = None;
            self.is_answered = false;
            self.then = Then::First;
        }
    }

    /// Whether the bar is at a point.
    pub(super) fn covers(&self, at: egui::Pos2) -> bool {
        self.is_shown && self.cover.is_some_and(|cover| cover.contains(at))
    }

    /// How far down the bar reaches over what is seen of the text.
    pub(super) fn reach(&self, view: egui::Rect) -> f32 {
        match self.cover {
            Some(cover) if self.is_shown => (cover.bottom() - view.top()).max(0.0),
            _ => 0.0,
        }
    }

    /// Another number whenever other hits are shown.
    pub(super) fn version(&self) -> u64 {
        self.answers * 4 + u64::from(self.is_shown) * 2 + u64::from(self.is_answered)
    }

    /// What is shown of the hits.
    pub(super) fn shown(&self) -> &[ByteRange] {
        if self.is_shown && self.is_answered {
            &self.hits.ranges
        } else {
            &[]
        }
    }

    /// Takes up the text of the page that is drawn.
    fn follow(&mut self, text: &Text) {
        if self.searched.as_ref().is_some_and(|known| known.text() == text) {
            return;
        }
        self.searched = Some(Arc::new(Searched::new(text.clone())));
        self.finder = None;
        self.is_answered = false;
        self.placed = None;
        // Another article is not scrolled to its first hit unless somebody asks for it.
        if self.then == Then::First {
            self.then = Then::Stay;
        }
    }

    fn take(&mut self, hits: Hits) {
        self.hits = hits;
        self.answers += 1;
    }

    /// Whether the hits are there; starts the search where they are not.
    fn look(&mut self, ctx: &Context) -> bool {
        if let Some(hits) = self.thread.poll() {
            self.take(hits);
            self.is_answered = true;
        }
        let is_under_way = self.finder.is_some() && self.thread.is_busy();
        if self.is_answered || is_under_way {
            return self.is_answered;
        }
        let finder = self.finder.insert(Finder::new(&self.query));
        let (Ok(finder), Some(searched)) = (finder, &self.searched) else {
            self.thread.forget();
            self.take(Hits::default());
            self.is_answered = true;
            return true;
        };
        let wake = ctx.clone();
        let is_sent = searched.text().end().get() > LONG
            && self.thread.ask(
                Search {
                    searched: Arc::clone(searched),
                    finder: finder.clone(),
                },
                move || wake.request_repaint(),
            );
        if !is_sent {
            self.thread.forget();
            let hits = finder.find(searched);
            self.take(hits);
            self.is_answered = true;
        }
        self.is_answered
    }
}

impl ArticleState {
    /// Finding in this article.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// The hits in the order of the text, empty while nothing is looked for.
    pub fn find_hits(&self) -> &[ByteRange] {
        self.find.shown()
    }

    /// How far the search is.
    pub fn find_status(&self) -> FindStatus {
        match &self.find.finder {
            _ if self.find.query.words.is_empty() => FindStatus::Nothing,
            _ if !self.find.is_answered => FindStatus::Searching,
            Some(Err(error)) => FindStatus::Refused(error.clone()),
            _ => FindStatus::Hits {
                count: self.find.hits.ranges.len(),
                current: self.current_hit().map(|place| place + 1),
                is_cut: self.find.hits.is_cut,
            },
        }
    }

    /// The place of the hit that is selected.
    pub(super) fn current_hit(&self) -> Option<usize> {
        self.find_hits().binary_search(&self.selection()).ok()
    }

    /// Opens the bar. Selected words, if they are few and on one line, are looked for, unless they are a hit already.
    pub fn open_find(&mut self, text: &Text) {
        let selection = self.selection();
        self.find.is_shown = true;
        self.find.origin = selection.start();
        self.find.follow(text);
        if !selection.is_empty() && self.current_hit().is_none() {
            let words = text.slice(text.trim(selection)).unwrap_or_default();
            if words.len() <= LONGEST_QUERY && !words.is_empty() && !words.contains(char::is_control) {
                let words = if self.find.query.is_pattern {
                    as_pattern(words)
                } else {
                    words.to_owned()
                };
                self.find.field.set_text(&words);
                self.find.set_query(Query {
                    words,
                    ..self.find.query.clone()
                });
            }
        }
        self.find.field.select_all();
    }

    /// Shows the bar again with what was looked for last, and looks for it where that is not known yet.
    pub(in crate::gui) fn show_find(&mut self, ctx: &Context, text: &Text) {
        self.find.is_shown = true;
        self.look(ctx, text);
    }

    /// Closes the bar; the selected hit stays selected.
    pub fn close_find(&mut self) {
        self.find.is_shown = false;
    }

    /// Selects the next or previous hit from the selection or the caret, round the ends, and shows the bar.
    pub fn go_to_hit(&mut self, forward: bool) {
        self.find.is_shown = true;
        self.find.then = if forward { Then::Next } else { Then::Previous };
    }

    /// Searches the text that is drawn where that is to be done, and goes where the last key wanted to.
    pub(in crate::gui) fn look(&mut self, ctx: &Context, text: &Text) {
        if !self.find.is_shown {
            return;
        }
        self.find.follow(text);
        // A search that is typed begins where the analyst is, also when she has clicked elsewhere meanwhile.
        if self.find.placed != Some(self.selection()) {
            self.find.origin = self.selection().start();
        }
        if !self.find.look(ctx) {
            return;
        }
        let selection = self.selection();
        let hits = &self.find.hits.ranges;
        let then = std::mem::take(&mut self.find.then);
        let from_here = hits.partition_point(|hit| hit.start() < selection.start());
        let is_on_hit = hits.get(from_here) == Some(&selection);
        let place = match then {
            Then::Stay => return,
            Then::First => hits.partition_point(|hit| hit.start() < self.find.origin),
            Then::Next => from_here + usize::from(is_on_hit),
            Then::Previous => (from_here + hits.len()).saturating_sub(1),
        };
        let hit = hits.get(place % hits.len().max(1)).copied();
        match (hit, then) {
            (Some(hit), _) => {
                if then != Then::First {
                    self.find.origin = hit.start();
                }
                self.select_hit(hit);
            }
            // What was typed before may have been found and selected; that is not what is looked for now.
            (None, Then::First) => self.select_hit(ByteRange::caret(self.find.origin)),
            (None, _) => {}
        }
    }

    fn select_hit(&mut self, hit: ByteRange) {
        self.select(hit, true);
        self.affinity = if hit.is_empty() {
            Affinity::default()
        } else {
            Affinity::Upstream
        };
        self.column = None;
        self.selected_span = None;
        self.cycle = None;
        self.reveal = Some(Caret::downstream(hit.start()));
        self.find.placed = Some(hit);
    }
}
