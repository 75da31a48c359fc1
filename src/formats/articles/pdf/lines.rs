//! Lines of printed pages to paragraphs: what runs along every page goes, lines join, words that were parted come whole.
//!
//! A page says where its lines end, but not where a paragraph does. That is told from how full a line is: where the
//! first word of the next line would still have fitted in, the break was meant.

use std::collections::BTreeSet;

/// A page as lines; an empty one stands for a gap, and [`BREAK`] for the certain end of a paragraph.
pub(super) type Lines = Vec<String>;

/// Stands between lines that are not of one paragraph whatever their words are, as a headline and the text below it.
pub(super) const BREAK: &str = "\u{c}";

/// Takes out the lines that run along most pages at their top or bottom, such as page numbers and the name of the paper,
/// and gives them as they stood on the first page that has them.
pub(super) fn take_running(pages: &mut [Lines]) -> Vec<String> {
    /// Lines of a page at its top and its bottom that may be such.
    const REACH: usize = 2;
    let with_words = pages
        .iter()
        .filter(|lines| lines.iter().any(|line| !is_gap(line)))
        .count();
    let edges = |lines: &Lines, from_end: bool| -> Vec<usize> {
        let filled = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !is_gap(line))
            .map(|(at, _)| at);
        let filled: Vec<usize> = if from_end {
            filled.rev().take(REACH).collect()
        } else {
            filled.take(REACH).collect()
        };
        filled
    };
    let mut taken = Vec::new();
    for from_end in [false, true] {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for lines in pages.iter() {
            let keys: BTreeSet<String> = edges(lines, from_end)
                .into_iter()
                .filter_map(|at| lines.get(at))
                .map(|line| key(line))
                .collect();
            for key in keys {
                match counts.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((key, 1)),
                }
            }
        }
        let runs = |line: &str| {
            let key = key(line);
            let is_number = key.contains('#') && !key.chars().any(char::is_alphabetic);
            let count = counts
                .iter()
                .find(|(known, _)| *known == key)
                .map_or(0, |(_, count)| *count);
            count >= 3 && count * 2 > with_words || is_number && count >= 2 && count == with_words
        };
        let mut known = BTreeSet::new();
        for lines in pages.iter_mut() {
            for at in edges(lines, from_end) {
                if let Some(line) = lines.get_mut(at)
                    && runs(line)
                {
                    let line = std::mem::take(line);
                    if known.insert(key(&line)) {
                        taken.push(line);
                    }
                }
            }
        }
    }
    taken
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
        let mut gap = Gap::None;
        for (at, line) in lines.iter().enumerate() {
            if is_gap(line) {
                gap = gap.max(if line == BREAK { Gap::Break } else { Gap::Wide });
                continue;
            }
            if let Some((last, width)) = before {
                match seam(last, line, width, gap) {
                    Seam::Paragraph => text.push('\n'),
                    Seam::Space => text.push(' '),
                    Seam::Nothing => {}
                    Seam::Hyphen => mend(&mut text, line, &words),
                }
            }
            text.push_str(line);
            before = Some((line, usual_width(lines, at)));
            gap = Gap::None;
        }
    }
    text
}

/// How far apart two lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Wide,
    Break,
}

/// Whether a line stands for a gap.
pub(super) fn is_gap(line: &str) -> bool {
    line.is_empty() || line == BREAK
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
    if gap == Gap::Wide {
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

/// Puts the hyphens of compounds back that a program took out at the ends of lines, from the same pages with their lines
/// as they are printed.
pub(super) fn restore_hyphens(pages: &mut [Lines], printed: &[Lines]) {
    let words = known_words(printed);
    for (page, printed) in pages.iter_mut().zip(printed) {
        for pair in printed.windows(2) {
            let [last, next] = pair else { continue };
            if !(parted(last) && next.starts_with(char::is_alphanumeric)) {
                continue;
            }
            let Some(tail) = last
                .get(..last.len() - last.chars().next_back().map_or(0, char::len_utf8))
                .map(tail)
            else {
                continue;
            };
            let head = head(next);
            let joint = match kept(tail, next, &words) {
                Kept::Nothing => continue,
                Kept::Hyphen => "-",
                Kept::HyphenAndSpace => "- ",
            };
            let merged = format!("{tail}{head}");
            for line in page.iter_mut() {
                if let Some(at) = word_at(line, &merged) {
                    line.insert_str(at + tail.len(), joint);
                    break;
                }
            }
        }
    }
}

/// Where a word stands whole in a line.
fn word_at(line: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || is_hyphen(c);
    let found = line.match_indices(word).find(|(at, _)| {
        let before = line.get(..*at).unwrap_or_default();
        let behind = line.get(at + word.len()..).unwrap_or_default();
        !before.ends_with(is_part) && !behind.starts_with(is_part)
    });
    found.map(|(at, _)| at)
}

/// The words that stand whole within lines.
fn known_words(pages: &[Lines]) -> BTreeSet<String> {
    let lines = pages.iter().flatten().filter(|line| !is_gap(line));
    let words = lines.flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || is_hyphen(c))));
    let whole = words.filter(|word| !word.is_empty() && !word.ends_with(is_hyphen));
    whole
        .map(|word| word.to_lowercase().replace('\u{2010}', "-"))
        .collect()
}

/// How many characters a full line has around there.
fn usual_width(lines: &Lines, at: usize) -> usize {
    const REACH: usize = 8;
    let around = lines.iter().skip(at.saturating_sub(REACH)).take(2 * REACH + 1);
    let mut lengths: Vec<usize> = around
        .filter(|line| !is_gap(line))
        .map(|line| line.chars().count())
        .collect();
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

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}')
}

/// Letters of scripts that put no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(page: &str) -> String {
        paragraphs(&[page.lines().map(str::to_owned).collect()])
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
        ] {
            assert_eq!(joined(page), text);
        }
    }

    #[test]
    fn hyphens_that_a_program_took_out_come_back() {
        let page = |text: &str| -> Vec<Lines> { vec![text.lines().map(str::to_owned).collect()] };
        for (read, printed, restored) in [
            (
                "à SaintDenis, c’est-àdire",
                "à Saint-\nDenis, c’est-à-\ndire",
                "à Saint-Denis, c’est-à-dire",
            ),
            (
                "la manifestation du porteparole",
                "la manifes-\ntation du porte-\nparole",
                "la manifestation du porteparole",
            ),
            (
                "un porteparole, le porte-parole",
                "un porte-\nparole, le porte-parole",
                "un porte-parole, le porte-parole",
            ),
            ("COVID19", "COVID-\n19", "COVID-19"),
            ("", "a-\nB", ""),
        ] {
            let mut pages = page(read);
            restore_hyphens(&mut pages, &page(printed));
            assert_eq!(pages, page(restored));
        }
    }

    #[test]
    fn what_runs_along_every_page_is_taken_out() {
        let page = |number: usize, words: &str| {
            vec![
                "The Daily News".to_owned(),
                words.to_owned(),
                format!("Page {number}"),
            ]
        };
        let mut pages = vec![page(1, "one"), page(2, "two"), page(3, "three")];
        assert_eq!(take_running(&mut pages), ["The Daily News", "Page 1"]);
        assert_eq!(paragraphs(&pages).replace(['\n', ' '], "|"), "one|two|three");
        let mut two = vec![
            vec!["a".to_owned(), "1".to_owned()],
            vec!["a".to_owned(), "2".to_owned()],
        ];
        assert_eq!(take_running(&mut two), ["1"]);
        let mut one = vec![vec!["1".to_owned()]];
        assert!(take_running(&mut one).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_letter_is_lost(pages in proptest::collection::vec(proptest::collection::vec("[a-cA-C漢 .é-]{0,12}", 0..6), 0..4)) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let all: String = pages.iter().flatten().map(String::as_str).collect();
            proptest::prop_assert_eq!(letters(&paragraphs(&pages)), letters(&all));
        }
    }
}
