//! UTF-8 with a few damaged places: most often a passage pasted from another encoding, or a text cut in the middle
//! of a character.
//!
//! The choice made here: a lone byte that Windows-1252 reads as a letter beside a Latin letter, or as a quotation
//! mark, a dash, or a no-break space, is read so, because that is what its author meant; any other becomes U+FFFD,
//! one for each broken sequence. Each place is reported; none is dropped.

use encoding_rs::WINDOWS_1252;

use super::super::Diagnostic;
use super::super::diagnostic::place_in;

/// How many damaged places are told one by one.
const TOLD: usize = 20;

/// Repairs bytes that are UTF-8 for the most part: at least three whole multi-byte characters for each damaged
/// place. `None` where they are rather of another encoding.
pub(super) fn repair(bytes: &[u8]) -> Option<(String, Vec<Diagnostic>)> {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (whole > 0 && whole >= 3 * broken).then(|| repair_all(bytes))
}

/// Repairs bytes that are known to be meant as UTF-8.
pub(super) fn repair_all(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let mut text = String::with_capacity(bytes.len());
    let (mut places, mut count) = (Vec::new(), 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let next = chunks.peek().and_then(|next| next.valid().chars().next());
        let meant = meant(chunk.invalid(), text.chars().next_back(), next);
        count += 1;
        // One place more than is told says where the others begin.
        if places.len() <= TOLD {
            places.push((text.len(), chunk.invalid().to_vec(), meant));
        }
        text.push(meant);
    }
    let warnings = report(&text, &places, count);
    (text, warnings)
}

fn meant(invalid: &[u8], before: Option<char>, after: Option<char>) -> char {
    let [byte] = invalid else {
        return char::REPLACEMENT_CHARACTER;
    };
    let (read, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte));
    let Some(c) = read.chars().next() else {
        return char::REPLACEMENT_CHARACTER;
    };
    let is_latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}');
    let beside_latin = [before, after].into_iter().flatten().any(is_latin);
    let mark = matches!(
        c,
        '‘' | '’' | '“' | '”' | '«' | '»' | '–' | '—' | '…' | '€' | '\u{a0}'
    );
    if mark || (is_latin(c) && beside_latin && after.is_some()) {
        c
    } else {
        char::REPLACEMENT_CHARACTER
    }
}

/// What to say of the first places, of so many in all.
fn report(text: &str, places: &[(usize, Vec<u8>, char)], count: usize) -> Vec<Diagnostic> {
    let mut warnings: Vec<Diagnostic> = places
        .iter()
        .take(TOLD)
        .map(|(at, bytes, meant)| {
            let (line, column) = place_in(text, *at);
            let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            let read = match *meant {
                char::REPLACEMENT_CHARACTER => "U+FFFD, because it cannot be told what was meant".to_owned(),
                c => format!("“{c}”, as in Windows-1252"),
            };
            let message = format!(
                "{} is not valid UTF-8 here; it was read as {read}",
                bytes.join(" ")
            );
            Diagnostic::warning("invalid_utf8", message).at(line, column)
        })
        .collect();
    if let Some((at, ..)) = places.get(TOLD) {
        let (line, column) = place_in(text, *at);
        let message = format!(
            "more places that are not valid UTF-8, from here on: {}",
            count - TOLD
        );
        warnings.push(Diagnostic::warning("invalid_utf8", message).at(line, column));
    }
    warnings
}
