//! Finding in a text: words under folding, words to the letter, and regular expressions.
//!
//! Hits are ranges of the text itself, on grapheme clusters. Knows no window and no thread: who asks for a long search
//! says when it is no longer wanted.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;
use regex::{Regex, RegexBuilder};

use super::content::Text;
use super::fold::{Folded, fold};
use super::offset::{ByteOffset, ByteRange, range};
use super::word::WordEdges;

/// Hits that a search gives at most.
pub const MOST_HITS: usize = 100_000;
/// Bytes that a compiled regular expression takes at most, and as many again for what it keeps while it runs.
const PATTERN_SIZE: usize = 4 * 1024 * 1024;
/// Places between two questions whether the search is still wanted.
const PATIENCE: usize = 256;

/// What is looked for.
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent options, each switched by itself"
)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// As they were typed.
    pub words: String,
    /// They are a regular expression. It runs on the text as it is, without folding.
    pub is_pattern: bool,
    /// A hit starts and ends where a word does.
    pub whole_words: bool,
    /// Case, marks, and forms of letters count.
    pub exact: bool,
}

/// Why nothing can be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// Nothing was typed.
    Empty,
    /// Folding leaves nothing of the words: they are only tatweel, vowel points, or invisible characters.
    NothingLeft,
    /// The regular expression is wrong; the reason is in the words of its grammar.
    Pattern(String),
    /// The regular expression would take too much memory.
    PatternTooLarge,
}

/// A text to be searched, with its folded copy, which is made when it is first needed.
#[derive(Debug)]
pub struct Searched {
    text: Text,
    folded: OnceLock<Folded>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// In the order of the text; none empty, none overlapping, all on grapheme clusters.
    pub ranges: Vec<ByteRange>,
    /// Whether there are more than [`MOST_HITS`], which are left out.
    pub is_cut: bool,
}

/// A query ready to be run over any number of texts.
#[derive(Clone)]
pub struct Finder {
    kind: Kind,
    whole_words: bool,
    /// Whether a hit that splits a cluster grows to its ends; else it is none.
    widens: bool,
}

#[derive(Clone)]
enum Kind {
    /// Folded words in the folded text.
    Folded(memmem::Finder<'static>),
    /// Words in the text as it is.
    Exact(memmem::Finder<'static>),
    Pattern(Regex),
}

impl Searched {
    /// Takes up a text; nothing is worked out yet.
    pub fn new(text: Text) -> Self {
        Self {
            text,
            folded: OnceLock::new(),
        }
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(self.text.as_str()))
    }
}

impl Finder {
    /// Makes a query ready.
    ///
    /// # Errors
    /// Why nothing can be looked for.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        if query.words.is_empty() {
            return Err(QueryError::Empty);
        }
        let kind = if query.is_pattern {
            Kind::Pattern(pattern(query)?)
        } else if query.exact {
            Kind::Exact(memmem::Finder::new(query.words.as_bytes()).into_owned())
        } else {
            let words = fold(&query.words);
            if words.is_empty() {
                return Err(QueryError::NothingLeft);
            }
            Kind::Folded(memmem::Finder::new(words.as_bytes()).into_owned())
        };
        Ok(Self {
            kind,
            whole_words: query.whole_words,
            widens: query.is_pattern || !query.exact,
        })
    }

    /// All hits in a text.
    pub fn find(&self, searched: &Searched) -> Hits {
        self.find_while(searched, || true).unwrap_or_default()
    }

    /// All hits in a text; `None` where it is not wanted any more before it is done.
    pub fn find_while(&self, searched: &Searched, is_wanted: impl Fn() -> bool) -> Option<Hits> {
        let text = searched.text();
        let mut edges = WordEdges::new(text.as_str());
        let mut hits = Hits::default();
        let (mut from, mut looked) = (0, 0_usize);
        let mut last_end = ByteOffset::ZERO;
        while let Some((place, source)) = self.next(searched, from) {
            looked += 1;
            if looked.is_multiple_of(PATIENCE) && !is_wanted() {
                return None;
            }
            let found = range(source.start, source.end);
            let whole = text.snap_to_graphemes(found);
            let fits = whole.start() >= last_end
                && !whole.is_empty()
                && (self.widens || whole == found)
                && (!self.whole_words
                    || edges.is_edge(whole.start().get()) && edges.is_edge(whole.end().get()));
            if fits {
                if hits.ranges.len() == MOST_HITS {
                    hits.is_cut = true;
                    break;
                }
                hits.ranges.push(whole);
                last_end = whole.end();
            }
            from = self.go_on(searched, &place, fits);
        }
        is_wanted().then_some(hits)
    }

    /// The next place where the words stand: in what is looked through, and in the text.
    fn next(&self, searched: &Searched, from: usize) -> Option<(Range<usize>, Range<usize>)> {
        match &self.kind {
            Kind::Folded(words) => {
                let folded = searched.folded();
                let place = next_words(words, folded.as_str(), from)?;
                Some((place.clone(), folded.source(place)))
            }
            Kind::Exact(words) => {
                let place = next_words(words, searched.text.as_str(), from)?;
                Some((place.clone(), place))
            }
            Kind::Pattern(pattern) => {
                let found = pattern.find_at(searched.text.as_str(), from)?;
                Some((found.range(), found.range()))
            }
        }
    }

    /// Where to look on: behind a hit. What was no hit may begin in the midst of one, but a pattern, which may run over
    /// the whole text from each of its places, goes on behind what it found in either case.
    fn go_on(&self, searched: &Searched, place: &Range<usize>, fits: bool) -> usize {
        let looked_through = match &self.kind {
            Kind::Folded(_) => searched.folded().as_str(),
            Kind::Exact(_) | Kind::Pattern(_) => searched.text.as_str(),
        };
        let goes_behind = fits || matches!(self.kind, Kind::Pattern(_));
        if goes_behind && !place.is_empty() {
            place.end
        } else if place.start < looked_through.len() {
            looked_through.ceil_char_boundary(place.start + 1)
        } else {
            looked_through.len() + 1
        }
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finder")
            .field("whole_words", &self.whole_words)
            .field("widens", &self.widens)
            .finish_non_exhaustive()
    }
}

/// Words as a regular expression that finds them and nothing else.
pub fn as_pattern(words: &str) -> String {
    regex::escape(words)
}

fn next_words(words: &memmem::Finder<'_>, text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + words.find(text.as_bytes().get(from..)?)?;
    Some(start..start + words.needle().len())
}

fn pattern(query: &Query) -> Result<Regex, QueryError> {
    RegexBuilder::new(&query.words)
        .case_insensitive(!query.exact)
        .multi_line(true)
        .crlf(true)
        .size_limit(PATTERN_SIZE)
        .dfa_size_limit(PATTERN_SIZE)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => QueryError::PatternTooLarge,
            error => QueryError::Pattern(reason(&error.to_string())),
        })
}

/// The one line of the report on a wrong pattern that says what is wrong; the others draw the pattern again.
fn reason(report: &str) -> String {
    let mut lines = report.lines().rev();
    let said = lines.find_map(|line| line.trim().strip_prefix("error: "));
    said.unwrap_or(report.trim()).to_owned()
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
