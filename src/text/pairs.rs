//! Pairs of brackets and quotation marks.
//!
//! Knows which mark closes which; what to do with a pair is [`super::trim`]'s business.

/// Opening and closing marks. A mark may open in one language and close in another („…“ and “…”).
const PAIRS: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('›', '‹'),
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('”', '”'),
    ('‘', '’'),
    ('‚', '‘'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〈', '〉'),
    ('《', '》'),
    ('〔', '〕'),
    ('（', '）'),
    ('［', '］'),
    ('｛', '｝'),
    ('﴾', '﴿'),
    ('"', '"'),
    ('״', '״'),
];

/// Where the partner of the closing mark that ends `text` starts: the nearest one that is not another's.
pub(super) fn partner_of_last(text: &str) -> Option<usize> {
    let mut back = text.char_indices().rev();
    let (_, closing) = back.next()?;
    let mut depth = 0_usize;
    for (at, c) in back {
        if PAIRS.contains(&(c, closing)) {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        } else if c == closing {
            depth += 1;
        }
    }
    None
}

/// Where the partner of the opening mark that starts `text` starts.
pub(super) fn partner_of_first(text: &str) -> Option<usize> {
    let mut forward = text.char_indices();
    let (_, opening) = forward.next()?;
    let mut depth = 0_usize;
    for (at, c) in forward {
        if PAIRS.contains(&(opening, c)) {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        } else if c == opening {
            depth += 1;
        }
    }
    None
}
