//! Words around a date that tell whether it is to come, as a language's table has them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::fold;

use super::table::words_in;

/// What a word around a date says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Some words before a date that is to come: “will”.
    Before,
    /// Right before one: “until”.
    At,
    /// Right before one, with [`Cue::On`] behind it: “from Thursday on”.
    From,
    /// See there.
    On,
    /// Right behind one: “तक”.
    Behind,
    /// Some words behind one: “होगा”.
    FarBehind,
    /// Right behind a day, which is the next one: “prochain”.
    Next,
    /// Right behind a day that is past: “dernier”.
    Gone,
    /// Tells of what is past.
    Past,
    /// Looks like one of these and is none: “due to”.
    Never,
}

/// On which side of a date words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// A language's cues.
#[derive(Default)]
pub(super) struct Cues {
    accents_matter: bool,
    before: Phrases,
    behind: Phrases,
}

/// Phrases by their first word, the longest first.
type Phrases = BTreeMap<String, Vec<(Vec<String>, Cue)>>;

impl Cues {
    pub(super) fn new(file: &CueWords) -> Self {
        let mut cues = Self {
            accents_matter: file.accents_matter,
            ..Self::default()
        };
        for (words, cue, sides) in [
            (&file.before, Cue::Before, [Side::Before].as_slice()),
            (&file.at, Cue::At, &[Side::Before]),
            (&file.from, Cue::From, &[Side::Before]),
            (&file.on, Cue::On, &[Side::Behind]),
            (&file.behind, Cue::Behind, &[Side::Behind]),
            (&file.far_behind, Cue::FarBehind, &[Side::Behind]),
            (&file.next, Cue::Next, &[Side::Behind]),
            (&file.gone, Cue::Gone, &[Side::Behind]),
            (&file.past, Cue::Past, &[Side::Before, Side::Behind]),
            (&file.never, Cue::Never, &[Side::Before, Side::Behind]),
        ] {
            for side in sides {
                cues.add(words, cue, *side);
            }
        }
        for list in cues.before.values_mut().chain(cues.behind.values_mut()) {
            list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        cues
    }

    fn add(&mut self, phrases: &[String], cue: Cue, side: Side) {
        for phrase in phrases {
            let spelled = self.spelled(phrase);
            let words: Vec<String> = words_in(&spelled).map(str::to_owned).collect();
            let Some(first) = words.first() else { continue };
            let all = match side {
                Side::Before => &mut self.before,
                Side::Behind => &mut self.behind,
            };
            all.entry(first.clone()).or_default().push((words, cue));
        }
    }

    /// Words as the cues are compared with them: folded, or with their accents where these tell forms apart.
    pub(super) fn spelled(&self, words: &str) -> String {
        if self.accents_matter {
            words.to_lowercase()
        } else {
            fold(words)
        }
    }

    /// The longest cue at the start of these words, with how many of them it takes.
    pub(super) fn longest(&self, words: &[&str], side: Side) -> Option<(usize, Cue)> {
        let all = match side {
            Side::Before => &self.before,
            Side::Behind => &self.behind,
        };
        let list = all.get(*words.first()?)?;
        list.iter()
            .find(|(phrase, _)| {
                let mut given = words.iter();
                phrase.iter().all(|word| given.next() == Some(&word.as_str()))
            })
            .map(|(phrase, cue)| (phrase.len(), *cue))
    }
}

/// Cues as a table's file has them.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CueWords {
    accents_matter: bool,
    before: Vec<String>,
    at: Vec<String>,
    from: Vec<String>,
    on: Vec<String>,
    behind: Vec<String>,
    far_behind: Vec<String>,
    next: Vec<String>,
    gone: Vec<String>,
    past: Vec<String>,
    never: Vec<String>,
}
