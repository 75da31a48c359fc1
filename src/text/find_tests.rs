//! Finding held to its promises, with hits marked in the text.

use super::*;
use crate::text::marked::{any_text, mark, unmark};
use proptest::prelude::*;

/// The kinds of query that a test writes before its words: `.*` a pattern, `w` whole words, `=` exact.
fn query(kinds: &str, words: &str) -> Query {
    Query {
        words: words.to_owned(),
        is_pattern: kinds.contains(".*"),
        whole_words: kinds.contains('w'),
        exact: kinds.contains('='),
    }
}

fn hits(query: &Query, content: &str) -> Vec<ByteRange> {
    Finder::new(query)
        .unwrap()
        .find(&Searched::new(Text::new(content)))
        .ranges
}

/// A text with its hits marked: `la ⟦ville⟧ et les ⟦ville⟧s`.
fn check(kinds: &str, words: &str, marked: &str) {
    let (content, _) = unmark(marked, &['⟦', '⟧']);
    let found = hits(&query(kinds, words), &content);
    let marks: Vec<_> = found
        .iter()
        .flat_map(|hit| [(hit.start().get(), '⟦'), (hit.end().get(), '⟧')])
        .collect();
    assert_eq!(mark(&content, &marks), marked, "{words} as {kinds:?}");
}

#[test]
fn any_spelling_finds_any_other() {
    check("", "alep", "⟦Alep⟧, ⟦ALEP⟧ et d'⟦Alep⟧");
    check("", "etat", "les ⟦État⟧s et l’⟦e\u{301}tat⟧");
    check("", "État", "un ⟦etat⟧");
    check("", "احمد", "⟦أحمد⟧ و⟦احمد⟧ و⟦أَحْمَد⟧ و⟦أحمــد⟧ و⟦إحمد⟧");
    check("", "أحمد", "قال ⟦احمد⟧ إن");
    check("", "مدرسة", "⟦مدرسه⟧ و⟦مدرسة⟧ ال⟦مدرسة⟧");
    check("", "שלום", "⟦שָׁלוֹם⟧ ו⟦שלום⟧");
    check("", "2022", "⟦٢٠٢٢⟧ ⟦۲۰۲۲⟧ ⟦2022⟧ ⟦２０２２⟧");
    check("", "50 %", "⟦50\u{a0}%⟧, ⟦50\u{202f}%⟧");
    check("", "strasse", "die ⟦Straße⟧");
}

#[test]
fn a_hit_never_splits_a_character() {
    check("", "e", "⟦é⟧t⟦e\u{301}⟧");
    check("", "2", "⟦½⟧ litr");
    check("", "f", "⟦ﬁ⟧n");
    check("", "الله", "⟦ﷺ⟧");
    check("", "لا", "ا⟦ﻻ⟧ن");
    check("", "ا", "⟦أ⟧ل");
    check("", "ss", "Stra⟦ß⟧e");
    check("=", "e", "éte\u{301}t⟦e⟧");
    check(".*", ".", "⟦e\u{301}⟧⟦👩\u{200d}👧⟧");
    check(".*", "\u{301}", "t⟦e\u{301}⟧t");
}

#[test]
fn hits_do_not_overlap_and_go_from_left_to_right() {
    check("", "aa", "⟦aa⟧⟦aa⟧a");
    check("w", "aa a", "aaa ⟦aa a⟧");
    check("", "ـا", "⟦ا⟧ـ⟦ا⟧");
}

#[test]
fn whole_words_are_those_of_the_language() {
    check("w", "alep", "⟦Alep⟧ Alepin d'⟦Alep⟧, (⟦Alep⟧)");
    check("w", "حلب", "⟦حلب⟧ وحلب الحلبي، ⟦حلب⟧.");
    check("w", "les 3", "⟦les 3⟧ les 30");
    check("w", "北京", "在⟦北京⟧的");
    check("w", "noël", "Jean-Noël ⟦Noël⟧");
    check("w.*", r"\w+e", "⟦le⟧ lent");
    check("w=", "Alep", "alep ⟦Alep⟧ Alepin");
}

#[test]
fn exact_means_to_the_letter() {
    check("=", "احمد", "أحمد ⟦احمد⟧");
    check("=", "État", "⟦État⟧ état etat");
    check("=", "ـ", "كت⟦ـ⟧⟦ـ⟧اب");
}

#[test]
fn patterns_run_on_the_text_as_it_is() {
    check(".*", r"\d+ (morts|blessés)", "⟦12 morts⟧ et ⟦30 BLESSÉS⟧");
    check(".*=", r"[A-Z]\w+", "⟦Alep⟧ et ⟦Homs⟧");
    check(".*", r"x*", "a⟦xx⟧b");
    check(".*", r"^\p{Arabic}+", "⟦قال⟧ أمس\r\n⟦حلب⟧ b");
    check(".*", r"fin$", "la ⟦fin⟧\r\nfin de");
    check(".*", "احمد", "أحمد ⟦احمد⟧");
}

#[test]
fn what_cannot_be_looked_for_says_why() {
    let error = |kinds: &str, words: &str| Finder::new(&query(kinds, words)).unwrap_err();
    assert_eq!(error("", ""), QueryError::Empty);
    assert_eq!(error(".*", ""), QueryError::Empty);
    assert_eq!(error("", "ـــ"), QueryError::NothingLeft);
    assert_eq!(error("w", "\u{64e}\u{200f}"), QueryError::NothingLeft);
    assert_eq!(error(".*", "(a"), QueryError::Pattern("unclosed group".into()));
    assert_eq!(error(".*", r"\w{1000}{1000}"), QueryError::PatternTooLarge);
    let QueryError::Pattern(said) = error(".*", "[ب") else {
        panic!("no error of the grammar");
    };
    assert!(!said.is_empty() && !said.contains('\n'), "{said}");
}

#[test]
fn too_many_hits_are_cut_and_an_unwanted_search_is_left() {
    let finder = Finder::new(&query("", "a")).unwrap();
    let searched = Searched::new(Text::new("a".repeat(MOST_HITS + 1)));
    let hits = finder.find(&searched);
    assert_eq!((hits.ranges.len(), hits.is_cut), (MOST_HITS, true));
    let just = Searched::new(Text::new("a".repeat(MOST_HITS)));
    assert!(!finder.find(&just).is_cut);
    assert_eq!(finder.find_while(&searched, || false), None);
}

/// All settings of the three options.
fn any_options() -> impl Strategy<Value = (bool, bool, bool)> {
    (any::<bool>(), any::<bool>(), any::<bool>())
}

proptest! {
    #[test]
    fn hits_are_in_order_whole_and_hold_the_words(
        content in any_text(), from in any_text(), at in 0_usize..40, len in 1_usize..4, options in any_options()
    ) {
        let text = Text::new(content.as_str());
        // Words of the text itself, so that there is something to find, or any others.
        let words: String = if at % 4 == 0 { from } else { content.chars().skip(at).take(len).collect() };
        let (is_pattern, whole_words, exact) = options;
        let words = if is_pattern { as_pattern(&words) } else { words };
        let query = Query { words, is_pattern, whole_words, exact };
        let Ok(finder) = Finder::new(&query) else { return Ok(()) };
        let mut end = ByteOffset::ZERO;
        for hit in finder.find(&Searched::new(text.clone())).ranges {
            prop_assert!(hit.start() >= end && !hit.is_empty());
            prop_assert!(text.is_grapheme_boundary(hit.start()) && text.is_grapheme_boundary(hit.end()));
            end = hit.end();
            let words = text.slice(hit).unwrap();
            if !is_pattern && exact {
                prop_assert_eq!(words, &query.words);
            } else if !is_pattern {
                prop_assert!(fold(words).contains(&fold(&query.words)));
            }
            if whole_words {
                let mut edges = WordEdges::new(text.as_str());
                prop_assert!(edges.is_edge(hit.start().get()) && edges.is_edge(hit.end().get()));
            }
        }
    }

    #[test]
    fn what_stands_in_a_text_is_found_there(
        content in any_text(), one in 0_usize..200, other in 0_usize..200, options in any_options()
    ) {
        let text = Text::new(content.as_str());
        let slice = text.snap_to_graphemes(range(one, other));
        let Some(words) = text.slice(slice) else { return Ok(()) };
        let (is_pattern, _, exact) = options;
        let words = if is_pattern { as_pattern(words) } else { words.to_owned() };
        let query = Query { words, is_pattern, whole_words: false, exact };
        let Ok(finder) = Finder::new(&query) else { return Ok(()) };
        let hits = finder.find(&Searched::new(text)).ranges;
        // An earlier hit may lie over the start of these words.
        prop_assert!(hits.iter().any(|hit| hit.intersection(slice).is_some()));
    }

    #[test]
    fn edges_of_words_are_those_of_the_segments(content in any_text()) {
        let mut expected: Vec<usize> = vec![content.len()];
        let mut at = 0;
        while at < content.len() {
            for segment in crate::text::word::segments(&content, at) {
                expected.push(segment.start);
                expected.extend(segment.behind_elision());
                at = segment.end;
            }
        }
        let mut edges = WordEdges::new(&content);
        for at in (0..=content.len()).filter(|at| content.is_char_boundary(*at)) {
            let is_edge = at == 0 || expected.contains(&at);
            prop_assert_eq!(edges.is_edge(at), is_edge, "at {}", at);
        }
    }
}
