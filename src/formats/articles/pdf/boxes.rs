//! The places of the lines as the program `pdftotext` gives them: boxes around lines and words. They say which lines
//! begin further in, which stand at the top and bottom of the page, and where a hyphen was taken out at the end of one.
//!
//! Words of scripts that read from right to left are turned around in them, so the words themselves are those of the
//! program's other answer, which has the same lines in the same order.

use super::super::super::office::{Step, attribute, walk};
use super::lines::{Gap, Line, Lines, is_hyphen};
use super::place::{Place, is_indented};

/// A line with its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Boxed {
    text: String,
    place: Place,
}

/// The lines of each page; none where they cannot be read.
pub(super) fn pages(xml: &str) -> Vec<Vec<Boxed>> {
    let mut pages: Vec<Vec<Boxed>> = Vec::new();
    let mut line: Option<Boxed> = None;
    let walked = walk(xml, |step| match step {
        Step::Start("page", _) => pages.push(Vec::new()),
        Step::Start("line", attributes) => {
            line = Some(Boxed {
                text: String::new(),
                place: place_of(attributes),
            });
        }
        Step::Text(text) => {
            if let Some(line) = &mut line {
                line.text.extend(letters(text));
            }
        }
        Step::End("line") => {
            if let (Some(page), Some(line)) = (pages.last_mut(), line.take())
                && !line.text.is_empty()
            {
                page.push(line);
            }
        }
        _ => {}
    });
    walked.map(|()| pages).unwrap_or_default()
}

fn place_of(attributes: &[(String, String)]) -> Place {
    let number = |name| {
        attribute(attributes, name)
            .and_then(|number| number.parse().ok())
            .unwrap_or(0.0)
    };
    let (top, bottom) = (number("yMin"), number("yMax"));
    Place {
        start: number("xMin"),
        end: number("xMax"),
        baseline: bottom,
        size: bottom - top,
    }
}

/// Gives the lines of a page their places, parts them where a hyphen was taken out, and marks those that begin further
/// in. They stay as they are where the boxes are not theirs.
pub(super) fn place(lines: &mut Lines, boxes: &[Boxed]) {
    let Some(mut placed) = placed(lines, boxes) else {
        return;
    };
    let known: Vec<Place> = placed.iter().filter_map(|line| line.place).collect();
    for (at, line) in placed.iter_mut().enumerate() {
        if line.gap == Gap::None && is_indented(&known, at, is_right_to_left(&line.text)) {
            line.gap = Gap::Indent;
        }
    }
    *lines = placed;
}

fn placed(lines: &Lines, boxes: &[Boxed]) -> Option<Lines> {
    let mut boxes = boxes.iter();
    let mut placed = Lines::new();
    for line in lines {
        let (mut text, mut gap) = (line.text.as_str(), line.gap);
        loop {
            let next = boxes.next()?;
            let place = Some(next.place);
            if is_same(text, &next.text) {
                let text = text.to_owned();
                placed.push(Line { text, gap, place });
                break;
            }
            let hyphen = next
                .text
                .chars()
                .next_back()
                .filter(|c| is_hyphen(*c) || *c == '\u{ad}')?;
            let own = next.text.strip_suffix(hyphen)?;
            let (head, rest) = split(text, own.chars().count())?;
            if !is_same(head, own) {
                return None;
            }
            let text_of_head = format!("{}{hyphen}", head.trim_end());
            placed.push(Line {
                text: text_of_head,
                gap,
                place,
            });
            (text, gap) = (rest.trim_start(), Gap::None);
        }
    }
    boxes.next().is_none().then_some(placed)
}

/// The characters that are no white space; programs differ in the others.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Whether two texts have the same letters, maybe in another order.
fn is_same(text: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = letters(text).collect();
        letters.sort_unstable();
        letters
    };
    sorted(text) == sorted(other)
}

/// The text up to that many letters, and what follows.
fn split(text: &str, count: usize) -> Option<(&str, &str)> {
    let mut ends = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let (at, last) = ends.nth(count.checked_sub(1)?)?;
    text.split_at_checked(at + last.len_utf8())
}

/// Whether the first letter that has a direction reads from right to left.
fn is_right_to_left(text: &str) -> bool {
    use unicode_bidi::BidiClass::{AL, L, R};
    let mut classes = text.chars().map(unicode_bidi::bidi_class);
    classes
        .find(|class| matches!(class, L | R | AL))
        .is_some_and(|class| class != L)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines in boxes, each with the depth at which it begins.
    fn boxes(lines: &[(u32, &str)]) -> Vec<Boxed> {
        let line = |(at, (start, words)): (usize, &(u32, &str))| {
            let words: Vec<String> = words
                .split(' ')
                .map(|word| format!("<word xMin=\"0\">{word}</word>\n"))
                .collect();
            let top = at * 12;
            format!(
                "<line xMin=\"{start}\" yMin=\"{top}\" xMax=\"300\" yMax=\"{}\">\n{}</line>",
                top + 10,
                words.concat()
            )
        };
        let lines: Vec<String> = lines.iter().enumerate().map(line).collect();
        let xml = format!(
            "<!DOCTYPE html><html><doc><page width=\"1\">{}</page></doc></html>",
            lines.concat()
        );
        pages(&xml).remove(0)
    }

    fn lines(text: &str) -> Lines {
        let line = |text: &str| Line {
            text: text.to_owned(),
            ..Line::default()
        };
        text.lines().map(line).collect()
    }

    #[test]
    fn lines_get_their_places_and_their_hyphens_back() {
        for (said, boxed, text) in [
            ("one &\ntwo", vec![(0, "one &amp;"), (12, "two")], "one &\n>two"),
            (
                "à c’està-dire, Saint Denis",
                vec![(0, "à c’est-"), (0, "à-dire, Saint\u{2010}"), (0, "Denis")],
                "à c’est-\nà-dire, Saint\u{2010}\nDenis",
            ),
            // A hyphen before the foot of the page.
            ("JeanPage 1", vec![(0, "Jean-"), (0, "Page 1")], "Jean-\nPage 1"),
            ("حلب هنا\nو", vec![(0, "انه بلح"), (0, "و")], "حلب هنا\nو"),
            ("1er mai", vec![(0, "1 er mai")], "1er mai"),
        ] {
            let mut found = lines(said);
            place(&mut found, &boxes(&boxed));
            let shown = found.iter().map(|line| {
                assert!(line.place.is_some(), "{said}");
                format!("{}{}", if line.gap == Gap::Indent { ">" } else { "" }, line.text)
            });
            assert_eq!(shown.collect::<Vec<_>>().join("\n"), text);
        }
    }

    #[test]
    fn lines_stay_where_the_boxes_are_others() {
        for boxed in [
            vec![],
            vec![(0, "one")],
            vec![(0, "one"), (0, "two"), (0, "three")],
            vec![(0, "one"), (0, "six")],
            vec![(0, "on-"), (0, "e"), (0, "six")],
        ] {
            let mut found = lines("one\ntwo");
            place(&mut found, &boxes(&boxed));
            assert_eq!(found, lines("one\ntwo"), "{boxed:?}");
        }
        assert_eq!(pages("<page><line xMin=\"1\">never closed"), [[]; 0]);
    }
}
