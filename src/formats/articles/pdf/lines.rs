//! Lines of printed pages to paragraphs: what runs along every page goes, lines join, words that were parted come whole.
//!
//! A page says where its lines end, but not where a paragraph does. That is told from how full a line is: where the
//! first word of the next line would still have fitted in, the break was meant.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{Place, rows};

/// The lines of a page, in the order in which they are read.
pub(super) type Lines = Vec<Line>;

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub text: String,
    /// What lies between it and the line before it on the page.
    pub gap: Gap,
    /// Where it stands on the page, if that is known.
    pub place: Option<Place>,
}

/// What lies between two lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    /// The second one begins further in.
    Indent,
    Wide,
    /// The certain end of a paragraph whatever its words are, as that of a headline.
    Break,
}

/// Takes out the lines that run along most pages at their top or bottom, such as page numbers and the name of the paper,
/// and gives them as they stood on the first page that has them.
pub(super) fn take_running(pages: &mut [Lines]) -> Vec<String> {
    let with_words = pages.iter().filter(|lines| !lines.is_empty()).count();
    let mut taken = Vec::new();
    for from_end in [false, true] {
        let edges: Vec<Vec<Vec<usize>>> = pages.iter().map(|lines| edge(lines, from_end)).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (lines, rows) in pages.iter().zip(&edges) {
            let lines = rows.iter().flatten().filter_map(|at| lines.get(*at));
            let keys: BTreeSet<String> = lines.map(|line| key(&line.text)).collect();
            for key in keys {
                *counts.entry(key).or_default() += 1;
            }
        }
        let runs = |line: &Line| {
            let key = key(&line.text);
            let is_number = key.contains('#') && !key.chars().any(char::is_alphabetic);
            let count = counts.get(&key).copied().unwrap_or_default();
            count >= 3 && count * 2 > with_words || is_number && count >= 2 && count == with_words
        };
        let mut known = BTreeSet::new();
        for (lines, rows) in pages.iter_mut().zip(&edges) {
            let mut gone = BTreeSet::new();
            for (at, row) in rows.iter().enumerate() {
                let running = row.iter().copied();
                let running = running.filter(|at| lines.get(*at).is_some_and(runs));
                let running: Vec<usize> = running.collect();
                // What stands behind a line of the text, or beside one within the page, is text.
                let is_whole = running.len() == row.len();
                if is_whole || at == 0 {
                    gone.extend(running);
                }
                if !is_whole {
                    break;
                }
            }
            for (at, line) in std::mem::take(lines).into_iter().enumerate() {
                if !gone.contains(&at) {
                    lines.push(line);
                } else if known.insert(key(&line.text)) {
                    taken.push(line.text);
                }
            }
        }
    }
    taken
}

/// The lines of the outermost rows of a page, which may run along the pages, the outermost first. Where the places are
/// not known, each line is a row.
fn edge(lines: &Lines, from_end: bool) -> Vec<Vec<usize>> {
    const REACH: usize = 2;
    let places: Option<Vec<Place>> = lines.iter().map(|line| line.place).collect();
    let mut rows = match places {
        Some(places) => rows(&places),
        None => (0..lines.len()).map(|at| vec![at]).collect(),
    };
    if from_end {
        rows.reverse();
    }
    rows.truncate(REACH);
    rows
}

/// A line with one sign for each number, so that the numbers of pages are the same.
fn key(line: &str) -> String {
    let mut key = String::new();
    for c in line.trim().chars() {
        if !c.is_numeric() {
            key.push(c);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

/// The paragraphs of pages, one line feed apart.
pub(super) fn paragraphs(pages: &[Lines]) -> String {
    let words = known_words(pages);
    let mut text = String::new();
    let mut before: Option<(&str, usize)> = None;
    for lines in pages {
        for (at, line) in lines.iter().enumerate() {
            if let Some((last, width)) = before {
                // A page ends in the middle of a sentence, whatever stood at its foot or the head of the next.
                let is_cut = at == 0 && line.gap == Gap::Wide && !ends_sentence(last);
                let gap = if is_cut { Gap::None } else { line.gap };
                match seam(last, &line.text, width, gap) {
                    Seam::Paragraph => text.push('\n'),
                    Seam::Space => text.push(' '),
                    Seam::Nothing => {}
                    Seam::Hyphen => mend(&mut text, &line.text, &words),
                }
            }
            text.push_str(&line.text);
            before = Some((&line.text, usual_width(lines, at)));
        }
    }
    text
}

/// What stands between a line and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seam {
    Paragraph,
    Space,
    Nothing,
    /// The line ends in a hyphen.
    Hyphen,
}

fn seam(last: &str, next: &str, width: usize, gap: Gap) -> Seam {
    if gap == Gap::Break {
        // A large first letter belongs to the word that it begins.
        let is_initial = last.chars().count() == 1 && last.starts_with(char::is_uppercase);
        let is_one = is_initial && next.starts_with(char::is_lowercase);
        return if is_one { Seam::Nothing } else { Seam::Paragraph };
    }
    let goes_on = next.starts_with(char::is_lowercase) && !ends_sentence(last);
    let between = if last.ends_with('\u{ad}') || parted(last) && next.starts_with(char::is_alphanumeric) {
        Seam::Hyphen
    } else if last.ends_with(is_unspaced) && next.starts_with(is_unspaced) {
        Seam::Nothing
    } else {
        Seam::Space
    };
    if is_item(next) {
        return Seam::Paragraph;
    }
    if goes_on || between == Seam::Hyphen {
        return between;
    }
    if gap == Gap::Wide || gap == Gap::Indent && ends_sentence(last) {
        return Seam::Paragraph;
    }
    let length = last.chars().count();
    let ends = ends_sentence(last) && !next.starts_with(char::is_lowercase);
    // Lines that were parted in a word come as one from some programs; how full the last of them was is not known.
    if length * 10 > width * 13 {
        return if ends { Seam::Paragraph } else { between };
    }
    let first = if next.starts_with(is_unspaced) {
        1
    } else {
        next.split_whitespace()
            .next()
            .map_or(0, |word| word.chars().count())
    };
    let would_fit = length + 1 + first;
    let is_short = would_fit * 100 <= width * 85 || ends && would_fit <= width;
    if is_short { Seam::Paragraph } else { between }
}

/// Takes the hyphen at the end of the text away where it only parted a word.
fn mend(text: &mut String, next: &str, words: &BTreeSet<String>) {
    let Some(hyphen) = text.pop() else { return };
    let kept = if hyphen == '\u{ad}' {
        Kept::Nothing
    } else {
        kept(tail(text), next, words)
    };
    match kept {
        Kept::Nothing => {}
        Kept::Hyphen => text.push(hyphen),
        Kept::HyphenAndSpace => text.extend([hyphen, ' ']),
    }
}

/// What is kept of a hyphen at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Nothing,
    Hyphen,
    HyphenAndSpace,
}

fn kept(tail: &str, next: &str, words: &BTreeSet<String>) -> Kept {
    const AND: &[&str] = &[
        "and", "or", "und", "oder", "bzw", "et", "ou", "y", "o", "e", "en", "of", "och",
    ];
    let head = head(next);
    let whole = format!("{tail}{head}").to_lowercase();
    let compound = format!("{tail}-{head}").to_lowercase().replace('\u{2010}', "-");
    if AND.contains(&head.to_lowercase().as_str()) && !words.contains(&whole) {
        Kept::HyphenAndSpace
    } else if !next.starts_with(char::is_lowercase)
        || tail.contains(is_hyphen)
        || words.contains(&compound) && !words.contains(&whole)
    {
        Kept::Hyphen
    } else {
        Kept::Nothing
    }
}

/// The word at the start of a line.
fn head(line: &str) -> &str {
    let end = line
        .find(|c: char| !(c.is_alphanumeric() || is_hyphen(c)))
        .unwrap_or(line.len());
    line.get(..end).unwrap_or_default()
}

/// The word at the end of a text.
fn tail(text: &str) -> &str {
    let mut from = text.len();
    for (at, c) in text.char_indices().rev() {
        if !(c.is_alphanumeric() || is_hyphen(c)) {
            break;
        }
        from = at;
    }
    text.get(from..).unwrap_or_default()
}

/// The words that stand whole within lines.
fn known_words(pages: &[Lines]) -> BTreeSet<String> {
    let lines = pages.iter().flatten();
    let words = lines.flat_map(|line| line.text.split(|c: char| !(c.is_alphanumeric() || is_hyphen(c))));
    let whole = words.filter(|word| !word.is_empty() && !word.ends_with(is_hyphen));
    whole
        .map(|word| word.to_lowercase().replace('\u{2010}', "-"))
        .collect()
}

/// How many characters a full line has around there.
fn usual_width(lines: &Lines, at: usize) -> usize {
    const REACH: usize = 8;
    let around = lines.iter().skip(at.saturating_sub(REACH)).take(2 * REACH + 1);
    let mut lengths: Vec<usize> = around.map(|line| line.text.chars().count()).collect();
    lengths.sort_unstable();
    // The length of the lines in which half of all letters stand: neither headlines nor last lines count much.
    let (all, mut sum) = (lengths.iter().sum::<usize>(), 0);
    let half = lengths.iter().rev().find(|length| {
        sum += **length;
        sum * 2 >= all
    });
    let median = half.copied().unwrap_or(0);
    lengths.retain(|length| *length * 10 >= median * 7 && *length * 10 <= median * 14);
    // Full lines differ a little in their number of characters; the fuller ones say how much there is room for.
    lengths
        .get(lengths.len() * 3 / 4)
        .or(lengths.last())
        .copied()
        .unwrap_or(median)
}

/// Whether a line ends as a sentence does, maybe in quotes or brackets.
fn ends_sentence(line: &str) -> bool {
    let closing =
        |c: char| matches!(c, '»' | '”' | '"' | '’' | '\'' | ')' | ']' | '›' | '“') || c.is_whitespace();
    let line = line.trim_end_matches(closing);
    line.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '؟', '۔', '।', '؛'])
}

/// Whether a line begins as the item of a list does.
fn is_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '▪' | '■' | '●' | '◦' | '‣' | '►') => true,
        Some('–' | '—' | '-' | '*') => chars.next().is_some_and(char::is_whitespace),
        _ => false,
    }
}

/// Whether a line ends in a word and a hyphen.
fn parted(line: &str) -> bool {
    let mut chars = line.chars().rev();
    chars.next().is_some_and(is_hyphen) && chars.next().is_some_and(char::is_alphabetic)
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}')
}

/// Letters of scripts that put no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of these lines; an empty one is a gap, and one behind `>` is indented.
    fn page(text: &str) -> Lines {
        let mut lines = Lines::new();
        let mut gap = Gap::None;
        for line in text.lines() {
            if line.is_empty() {
                gap = Gap::Wide;
                continue;
            }
            let indented = line.strip_prefix('>');
            lines.push(Line {
                text: indented.unwrap_or(line).to_owned(),
                gap: if indented.is_some() { Gap::Indent } else { gap },
                place: None,
            });
            gap = Gap::None;
        }
        lines
    }

    fn joined(text: &str) -> String {
        let pages: Vec<Lines> = text.split('\u{c}').map(page).collect();
        paragraphs(&pages)
    }

    #[test]
    fn lines_join_where_the_break_was_not_meant() {
        for (page, text) in [
            (
                "Manifestation à Paris\nLa manifestation contre la réforme des retraites a\nrassemblé plusieurs dizaines de milliers de gens et\nplus encore.\nLe ministre a répondu hier devant les députés que la\nréforme sera votée.",
                "Manifestation à Paris\nLa manifestation contre la réforme des retraites a rassemblé plusieurs dizaines de milliers de gens et plus encore.\nLe ministre a répondu hier devant les députés que la réforme sera votée.",
            ),
            (
                "one line that is full of words\n\nanother one with a gap",
                "one line that is full of words another one with a gap",
            ),
            (
                "One line that is full of words.\n\nAnother one with a gap",
                "One line that is full of words.\nAnother one with a gap",
            ),
            (
                "これは日本語の文章です。新聞の\n記事は空白なしで続きます",
                "これは日本語の文章です。新聞の記事は空白なしで続きます",
            ),
            (
                "Buy the things on this list:\n• milk and bread\n• eggs",
                "Buy the things on this list:\n• milk and bread\n• eggs",
            ),
            (
                "The first paragraph of it ends in a full line.\n>The second one is indented and a bit longer",
                "The first paragraph of it ends in a full line.\nThe second one is indented and a bit longer",
            ),
            // A list whose lines hang below their first one.
            (
                "Lovelace, Ada: Notes by the translator of the\n>Sketch of the Analytical Engine invented by",
                "Lovelace, Ada: Notes by the translator of the Sketch of the Analytical Engine invented by",
            ),
            (
                "A page ends in the middle of the sentence of\u{c}\nParis and of other towns that nobody knows",
                "A page ends in the middle of the sentence of Paris and of other towns that nobody knows",
            ),
            (
                "A page ends with the end of one paragraph here.\u{c}\nAnother one begins on the page that follows",
                "A page ends with the end of one paragraph here.\nAnother one begins on the page that follows",
            ),
        ] {
            assert_eq!(joined(page), text);
        }
    }

    #[test]
    fn parted_words_come_whole_and_compounds_keep_their_hyphen() {
        for (page, text) in [
            ("la manifes-\ntation", "la manifestation"),
            ("la mani\u{ad}\nfestation", "la manifestation"),
            (
                "le porte-parole a dit au porte-\nparole",
                "le porte-parole a dit au porte-parole",
            ),
            ("c’est-à-\ndire", "c’est-à-dire"),
            ("à Saint-\nDenis", "à Saint-Denis"),
            ("COVID-\n19", "COVID-19"),
            ("Nord- und Ost-\nund Westsee", "Nord- und Ost- und Westsee"),
            ("é-\né", "éé"),
            ("dit hier Jean-\u{c}Noël", "dit hier Jean-Noël"),
            ("dit hier Jean-\n\u{c}\nNoël", "dit hier Jean-Noël"),
            ("la manifes-\u{c}tation", "la manifestation"),
        ] {
            assert_eq!(joined(page), text);
        }
    }

    #[test]
    fn what_runs_along_every_page_is_taken_out() {
        let daily = |number: usize, words: &str| page(&format!("The Daily News\n{words}\nPage {number}"));
        let mut pages = vec![daily(1, "one"), daily(2, "two"), daily(3, "three")];
        assert_eq!(take_running(&mut pages), ["The Daily News", "Page 1"]);
        assert_eq!(paragraphs(&pages).replace(['\n', ' '], "|"), "one|two|three");
        let mut two = vec![page("a\n1"), page("a\n2")];
        assert_eq!(take_running(&mut two), ["1"]);
        let mut one = vec![page("1")];
        assert!(take_running(&mut one).is_empty());
    }

    #[test]
    fn what_is_repeated_within_the_text_stays() {
        // Behind a line that is different on each page.
        let quarrel = |words: &str| page(&format!("{words}\nNo, he said.\nmore\nYes, she said.\n{words}!"));
        let mut pages = vec![quarrel("one"), quarrel("two"), quarrel("three")];
        assert_eq!(take_running(&mut pages), [""; 0]);
        // At the end of what is read, but in the middle of the page.
        let columns = |words: &str| -> Lines {
            let lines = [
                (0.0, 10.0, "Daily"),
                (0.0, 50.0, words),
                (0.0, 90.0, words),
                (50.0, 50.0, "Refrain"),
            ];
            let line = |(start, baseline, text): (f64, f64, &str)| Line {
                text: text.to_owned(),
                gap: Gap::None,
                place: Some(Place {
                    start,
                    end: start + 40.0,
                    baseline,
                    size: 10.0,
                }),
            };
            lines.map(line).into()
        };
        let mut pages = vec![columns("one"), columns("two"), columns("three")];
        assert_eq!(take_running(&mut pages), ["Daily"]);
    }

    proptest::proptest! {
        #[test]
        fn no_letter_is_lost(pages in proptest::collection::vec(proptest::collection::vec("[>a-cA-C漢 .é-]{0,12}", 0..6), 0..4)) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let all: String = pages.iter().flatten().map(String::as_str).collect();
            let pages: Vec<Lines> = pages.iter().map(|lines| page(&lines.join("\n"))).collect();
            proptest::prop_assert_eq!(letters(&paragraphs(&pages)), letters(&all));
        }
    }
}
