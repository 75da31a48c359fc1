//! Texts of difficult code points: every place agrees in all units, pieces tile the text and nest, and what moves or trims
//! a range stays in it and on grapheme clusters.

use hashiya::text::{
    ByteOffset, ByteRange, Direction, Text, base_direction, beginning, controls, drawable, find, fold,
    paragraph_index, paragraphs, script_runs, to_ascii_digits,
};

use super::numbers::Numbers;
use super::rounds::Round;

/// What breaks rules: marks, joiners, conjuncts, jamo, controls of direction, line ends, and what no font has.
const UNITS: &[&str] = &[
    "\u{301}",
    "\u{323}",
    "\u{34f}",
    "\u{64b}",
    "\u{651}",
    "\u{5b8}",
    "\u{e31}",
    "\u{e33}",
    "\u{94d}",
    "\u{93c}",
    "\u{9cd}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{2060}",
    "\u{fe0f}",
    "\u{fe0e}",
    "\u{20e3}",
    "\u{e0061}",
    "\u{e007f}",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "🇫",
    "🇫🇷",
    "1️⃣",
    "❤️‍🔥",
    "क्ष्म्य",
    "क्षि",
    "র্ক",
    "ক্‍",
    "ക്ക",
    "ﻻ",
    "لا",
    "ﷲ",
    "للمغرب",
    "بالمغرب",
    "وال",
    "שָׁ",
    "וּבַבַּיִת",
    "ᄀ",
    "ᆞ",
    "ᇂ",
    "가",
    "각",
    "\u{1100}\u{1161}\u{11a8}",
    "\u{a960}",
    "\u{d7b0}",
    "ཀྵ",
    "ကို",
    "ខ្មែរ",
    "ກຳ",
    "กำ",
    "ไทย",
    "北京市",
    "。",
    "「",
    "カタカナ",
    "ｶﾞ",
    "\u{2066}",
    "\u{2067}",
    "\u{2068}",
    "\u{2069}",
    "\u{202a}",
    "\u{202b}",
    "\u{202c}",
    "\u{202d}",
    "\u{202e}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\r\n",
    "\r",
    "\n",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{b}",
    "\u{c}",
    "\t",
    "\0",
    "\u{7f}",
    "\u{9f}",
    "\u{a0}",
    "\u{202f}",
    "\u{3000}",
    "\u{1680}",
    "\u{180e}",
    "\u{feff}",
    "\u{ad}",
    "\u{378}",
    "\u{e000}",
    "\u{f8ff}",
    "\u{ffff}",
    "\u{fdd0}",
    "\u{10ffff}",
    "\u{1fffe}",
    "\u{d7ff}",
    "ß",
    "ẞ",
    "İ",
    "ı",
    "ﬁ",
    "ŉ",
    "ǰ",
    "ΐ",
    "\u{345}",
    "Å",
    "Ǆ",
    "½",
    "①",
    "٣",
    "۳",
    "३",
    "𝟎",
    "𐏃𐎠",
    "𞤀𞤣",
    "𐤀",
    "l'",
    "d’",
    "qu’",
    "aujourd'hui",
    "U.S.",
    "M. ",
    "J.-C.",
    "etc.",
    "...",
    "…",
    "!?",
    "50 %",
    "$50",
    "1 000,5",
    "12/05",
    "-",
    "‑",
    "־",
    "״",
    "׳",
    "(",
    ")",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    " ",
    " ",
    " ",
    "a",
    "Alep",
    "été",
    "Z",
    "x_1",
    "@",
    "#",
];

pub fn play(round: &mut Round) {
    let content = any_text(&mut round.numbers);
    round.keep("text.txt", content.as_bytes());
    let text = Text::new(content.as_str());
    let numbers = &mut round.numbers;
    assert_units(&text);
    let clusters = assert_clusters(&text);
    assert_words(&text);
    assert_sentences(&text);
    assert_tokens(numbers, &text);
    for _ in 0..4 {
        assert_ranges(numbers, &text, &clusters);
    }
    assert_paragraphs(&content);
    assert_direction(&content);
    assert_folding(numbers, &text);
    assert_invisible(&content);
}

/// Long enough now and then for the pieces in which texts are looked at to end inside it.
fn any_text(numbers: &mut Numbers) -> String {
    let units = if numbers.once_in(12) { 700 } else { 24 };
    let mut text = String::new();
    for _ in 0..numbers.below(units) {
        match numbers.below(16) {
            0 => text.extend(char::from_u32(numbers.below(0x0011_0000) as u32)),
            1 => text.extend(char::from_u32(numbers.below(0x3000) as u32)),
            2 => text.push_str(&numbers.pick(UNITS).repeat(1 + numbers.below(40))),
            _ => text.push_str(numbers.pick(UNITS)),
        }
    }
    text
}

fn at(place: usize) -> ByteOffset {
    ByteOffset::new(place)
}

fn between(one: usize, other: usize) -> ByteRange {
    ByteRange::between(at(one), at(other))
}

/// Places in all units, there and back.
fn assert_units(text: &Text) {
    let content = text.as_str();
    let (mut chars, mut utf16) = (0, 0);
    for place in 0..=content.len() {
        if !content.is_char_boundary(place) {
            assert_eq!(text.char_of(at(place)), None);
            assert_eq!(text.utf16_of(at(place)), None);
            continue;
        }
        let (char, unit) = (
            text.char_of(at(place)).unwrap(),
            text.utf16_of(at(place)).unwrap(),
        );
        assert_eq!((char.get(), unit.get()), (chars, utf16), "at {place}");
        assert_eq!(text.byte_of_char(char), Some(at(place)));
        assert_eq!(text.byte_of_utf16(unit), Some(at(place)));
        if let Some(next) = content[place..].chars().next() {
            chars += 1;
            utf16 += next.len_utf16();
            if next.len_utf16() == 2 {
                let inside = hashiya::text::Utf16Offset::new(unit.get() + 1);
                assert_eq!(text.byte_of_utf16(inside), None, "inside a pair");
            }
        }
    }
    assert_eq!((text.char_len(), text.utf16_len()), (chars, utf16));
    assert_eq!(text.byte_of_char(hashiya::text::CharOffset::new(chars + 1)), None);
}

/// The edges of all clusters: the same from the front and from the back.
fn assert_clusters(text: &Text) -> Vec<usize> {
    let (mut forward, mut place) = (vec![0], at(0));
    while place < text.end() {
        let next = text.next_grapheme(place);
        assert!(
            next > place && text.is_boundary(next),
            "from {place:?} to {next:?}"
        );
        forward.push(next.get());
        place = next;
    }
    let (mut back, mut place) = (vec![text.end().get()], text.end());
    while place > at(0) {
        place = text.previous_grapheme(place);
        back.push(place.get());
    }
    back.reverse();
    assert_eq!(forward, back, "clusters from the front, and from the back");
    let edges = (0..=text.end().get()).filter(|place| text.is_grapheme_boundary(at(*place)));
    assert_eq!(edges.collect::<Vec<_>>(), forward);
    forward
}

fn is_edge(text: &Text, place: ByteOffset) -> bool {
    text.is_grapheme_boundary(place)
}

/// Words are the same from each place inside, on whole clusters, and steps over them come to both ends.
fn assert_words(text: &Text) {
    let mut end = 0;
    // Of a long text some places.
    let places = (0..text.end().get()).step_by(1 + text.end().get() / 400);
    for place in places.filter(|place| text.is_boundary(at(*place))) {
        let word = text.word_at(at(place));
        assert!(
            is_edge(text, word.start()) && is_edge(text, word.end()),
            "{word:?} splits a cluster"
        );
        assert!(
            !word.is_empty() && word.end().get() >= place,
            "{word:?} at {place}"
        );
        assert!(word.end().get() >= end, "{word:?} at {place}, behind {end}");
        end = word.end().get();
        let from_inside = text.word_at(text.previous_grapheme(word.end()));
        assert!(
            from_inside == word || word.start() >= text.previous_grapheme(word.end()),
            "{word:?} at {place} is {from_inside:?} from inside"
        );
    }
    let (mut place, mut steps) = (at(0), 0);
    while place < text.end() {
        let next = text.next_word(place);
        assert!(next > place, "no step from {place:?}");
        (place, steps) = (next, steps + 1);
    }
    while place > at(0) {
        let before = text.previous_word(place);
        assert!(before < place, "no step back from {place:?}");
        place = before;
        assert!(steps < 100_000);
    }
    let starts = text.word_starts(text.full_range());
    assert!(starts.is_sorted() && starts.iter().all(|start| is_edge(text, *start)));
}

fn assert_sentences(text: &Text) {
    let sentences = text.sentences();
    let mut end = at(0);
    for sentence in &sentences {
        assert!(
            sentence.start() >= end && !sentence.is_empty(),
            "{sentence:?} behind {end:?}"
        );
        let gap = text.slice(ByteRange::between(end, sentence.start())).unwrap();
        assert!(
            !gap.chars().any(char::is_alphanumeric),
            "{gap:?} is in no sentence"
        );
        let words = text.slice(*sentence).unwrap();
        // White space stays where a mark sits on it.
        let is_whole = |words: &str| {
            is_edge(
                text,
                at(sentence.start().get() + words.len() - words.trim_start().len()),
            ) && is_edge(text, at(sentence.start().get() + words.trim_end().len()))
        };
        assert!(!words.trim().is_empty(), "{words:?}");
        assert!(words.trim() == words || !is_whole(words), "{words:?}");
        assert_eq!(text.sentence_at(sentence.start()), *sentence);
        end = sentence.end();
    }
    let (mut place, mut passed) = (at(0), 0);
    while place < text.end() {
        let next = text.next_sentence(place);
        assert!(next > place, "no step from {place:?}");
        (place, passed) = (next, passed + 1);
    }
    assert!(
        passed <= sentences.len() + 1,
        "{passed} steps over {} sentences",
        sentences.len()
    );
    while place > at(0) {
        let before = text.previous_sentence(place);
        assert!(before < place, "no step back from {place:?}");
        place = before;
    }
}

/// Tokens are disjoint, are cut where they are told, and leave out white space only.
fn assert_tokens(numbers: &mut Numbers, text: &Text) {
    let any_place = |numbers: &mut Numbers| numbers.below(text.end().get() + 1);
    let cuts: Vec<ByteOffset> = (0..numbers.below(4))
        .map(|_| at(any_place(numbers)))
        .filter(|cut| text.is_boundary(*cut))
        .collect();
    let mut end = 0;
    for token in text.tokens(cuts.iter().copied()) {
        assert!(token.start().get() >= end && !token.is_empty());
        let gap = &text.as_str()[end..token.start().get()];
        assert!(
            gap.chars().all(|c| c.is_whitespace() || c.is_control()),
            "{gap:?} is in no token"
        );
        let has_cut = |cut: &&ByteOffset| token.start() < **cut && **cut < token.end();
        assert_eq!(cuts.iter().find(has_cut), None, "{token:?} runs over a cut");
        // A mark on a space stands alone, since no token has white space in it.
        let is_at_space = |place: ByteOffset| {
            let (ahead, behind) = text.as_str().split_at(place.get());
            ahead.ends_with(char::is_whitespace) || behind.starts_with(char::is_whitespace)
        };
        let is_told = |place: ByteOffset| cuts.contains(&place) || is_edge(text, place) || is_at_space(place);
        assert!(
            is_told(token.start()) && is_told(token.end()),
            "{token:?} splits a cluster"
        );
        end = token.end().get();
    }
}

/// What changes a range: it stays inside where it should, and on whole clusters, and twice is once.
fn assert_ranges(numbers: &mut Numbers, text: &Text, clusters: &[usize]) {
    let (one, other) = (*numbers.item(clusters), *numbers.item(clusters));
    let range = between(one, other);
    let trimmed = text.trim(range);
    assert!(range.covers(trimmed), "{trimmed:?} of {range:?}");
    assert!(
        is_edge(text, trimmed.start()) && is_edge(text, trimmed.end()),
        "{trimmed:?} of {range:?}"
    );
    assert_eq!(text.trim(trimmed), trimmed, "trimmed twice");
    let snapped = text.snap_to_words(range);
    assert_eq!(
        text.snap_to_words(snapped),
        snapped,
        "snapped twice, from {range:?}"
    );
    assert!(
        is_edge(text, snapped.start()) && is_edge(text, snapped.end()),
        "{snapped:?} of {range:?}"
    );
    let raw = between(
        numbers.below(text.end().get() + 1),
        numbers.below(text.end().get() + 1),
    );
    let whole = text.snap_to_graphemes(raw);
    assert!(
        whole.covers(raw) && is_edge(text, whole.start()) && is_edge(text, whole.end()),
        "{whole:?} of {raw:?}"
    );
    let mut seen = vec![trimmed];
    while let Some(next) = text.toggle_proclitic(seen[seen.len() - 1]) {
        assert!(
            next.end() == trimmed.end() && !next.is_empty(),
            "{next:?} of {trimmed:?}"
        );
        assert!(is_edge(text, next.start()), "{next:?} splits a cluster");
        if seen.contains(&next) || seen.len() > 8 {
            break;
        }
        seen.push(next);
    }
    assert!(seen.len() <= 8, "the particles of {trimmed:?} do not come round");
    let forward = text.next_candidate(range.start(), |_| true);
    let back = text.previous_candidate(range.end(), |_| true);
    for found in forward.iter().chain(&back) {
        assert!(!found.is_empty() && text.full_range().covers(*found));
        assert!(
            is_edge(text, found.start()) && is_edge(text, found.end()),
            "{found:?} splits a cluster"
        );
    }
    assert!(forward.is_none_or(|found| found.start() >= range.start()));
    assert!(back.is_none_or(|found| found.end() <= range.end()));
    let most = numbers.below(40);
    let words = text.slice(range).unwrap();
    if let Some(head) = beginning(words, most) {
        assert!(words.starts_with(head) && head.len() <= words.len());
    }
}

fn assert_paragraphs(content: &str) {
    let all = paragraphs(content);
    let mut start = at(0);
    for (index, paragraph) in all.iter().enumerate() {
        assert_eq!(paragraph.start(), start);
        let words = &content[paragraph.content.as_usize()];
        assert!(!words.contains(['\n', '\r', '\u{85}', '\u{2029}']), "{words:?}");
        if paragraph.end > start {
            assert_eq!(paragraph_index(&all, start), index);
        }
        start = paragraph.end;
    }
    assert_eq!(start.get(), content.len());
}

/// The direction of a paragraph is that of UAX #9.
fn assert_direction(content: &str) {
    for paragraph in paragraphs(content) {
        let words = &content[paragraph.content.as_usize()];
        let expected = match unicode_bidi::get_base_direction_full(words) {
            unicode_bidi::Direction::Ltr => Some(Direction::LeftToRight),
            unicode_bidi::Direction::Rtl => Some(Direction::RightToLeft),
            unicode_bidi::Direction::Mixed => None,
        };
        assert_eq!(base_direction(words), expected, "{words:?}");
    }
}

/// Folding twice is folding once, and what is found lies on whole clusters and folds to what was looked for.
fn assert_folding(numbers: &mut Numbers, text: &Text) {
    // What joins marks goes first, and the marks find their order then.
    let folded = fold(&fold(text.as_str()));
    assert_eq!(fold(&folded), folded, "folded once more");
    let digits = to_ascii_digits(text.as_str());
    assert_eq!(digits.chars().count(), text.char_len());
    let words = text.word_at(at(numbers.below(text.end().get() + 1)));
    let query = find::Query {
        words: text.slice(words).unwrap().to_owned(),
        whole_words: numbers.once_in(3),
        exact: numbers.once_in(3),
        is_pattern: false,
    };
    let Ok(finder) = find::Finder::new(&query) else {
        return;
    };
    let hits = finder.find(&find::Searched::new(text.clone()));
    let mut end = at(0);
    for hit in &hits.ranges {
        assert!(hit.start() >= end && !hit.is_empty(), "{hit:?} behind {end:?}");
        assert!(
            is_edge(text, hit.start()) && is_edge(text, hit.end()),
            "{hit:?} splits a cluster"
        );
        let found = fold(text.slice(*hit).unwrap());
        assert!(
            found.contains(&fold(&query.words)),
            "{found:?} is not {:?}",
            query.words
        );
        end = hit.end();
    }
    assert!(
        query.whole_words || !hits.ranges.is_empty(),
        "{:?} stands there and is not found",
        query.words
    );
}

fn assert_invisible(content: &str) {
    let mut end = 0;
    for control in controls(content) {
        assert!(control.range.start().get() >= end);
        assert_eq!(
            content[control.range.as_usize()].chars().next(),
            Some(control.character)
        );
        end = control.range.end().get();
    }
    let drawn = drawable(content);
    assert_eq!(drawn.len(), content.len());
    assert!(
        content
            .char_indices()
            .map(|(at, _)| at)
            .eq(drawn.char_indices().map(|(at, _)| at))
    );
    let mut start = 0;
    for (run, _) in script_runs(content) {
        assert!(run.start().get() >= start && run.end().get() <= content.len() && !run.is_empty());
        start = run.end().get();
    }
}
