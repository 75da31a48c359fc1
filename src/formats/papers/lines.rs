//! Lines of printed pages to paragraphs: what runs along every page goes, lines join, words that were parted come whole.
//!
//! A page says where its lines end, but not where a paragraph does. That is told from how full a line is: where the
//! first word of the next line would still have fitted in, the break was meant.

use std::collections::BTreeSet;

/// A page as lines; an empty one stands for a gap.
pub(super) type Lines = Vec<String>;

/// Takes out the lines that run along most pages at their top or bottom, such as page numbers and the name of the paper,
/// and gives them as they stood on the first page that has them.
pub(super) fn take_running(pages: &mut [Lines]) -> Vec<String> {
    /// Lines of a page at its top and its bottom that may be such.
    const REACH: usize = 2;
    let with_words = pages
        .iter()
        .filter(|lines| lines.iter().any(|line| !line.is_empty()))
        .count();
    let edges = |lines: &Lines, from_end: bool| -> Vec<usize> {
        let filled = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
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
        let mut gap = false;
        for (at, line) in lines.iter().enumerate() {
            if line.is_empty() {
                gap = true;
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
            gap = false;
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

fn seam(last: &str, next: &str, width: usize, gap: bool) -> Seam {
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
    if gap {
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
    const AND: &[&str] = &[
        "and", "or", "und", "oder", "bzw", "et", "ou", "y", "o", "e", "en", "of", "och",
    ];
    let Some(hyphen) = text.pop() else { return };
    if hyphen == '\u{ad}' {
        return;
    }
    let head: String = next
        .chars()
        .take_while(|c| c.is_alphanumeric() || is_hyphen(*c))
        .collect();
    let tail_at = text
        .rfind(|c: char| !(c.is_alphanumeric() || is_hyphen(c)))
        .map_or(0, |at| at + 1);
    let tail_at = (tail_at..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    let tail = text.get(tail_at..).unwrap_or_default();
    let whole = format!("{tail}{head}").to_lowercase();
    let compound = format!("{tail}-{head}").to_lowercase();
    let keeps = !next.starts_with(char::is_lowercase)
        || tail.contains(is_hyphen)
        || words.contains(&compound) && !words.contains(&whole);
    if AND.contains(&head.to_lowercase().as_str()) && !words.contains(&whole) {
        text.push(hyphen);
        text.push(' ');
    } else if keeps {
        text.push(hyphen);
    }
}

/// The words that stand whole within lines.
fn known_words(pages: &[Lines]) -> BTreeSet<String> {
    let lines = pages.iter().flatten().filter(|line| !line.is_empty());
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
        .filter(|line| !line.is_empty())
        .map(|line| line.chars().count())
        .collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
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
