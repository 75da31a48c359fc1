//! What a spreadsheet does to cells, and what is done against it: text that would run as a formula or become a date is
//! guarded by an apostrophe, and text longer than a cell holds is cut. Both are counted and told.

use super::super::Diagnostic;

/// UTF-16 code units that a cell of a spreadsheet holds.
pub(super) const MOST_UNITS: usize = 32_767;
/// Rows that a sheet holds, the header among them.
pub(super) const MOST_ROWS: u32 = 1_048_576;

/// How many cells were changed or left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Changed {
    pub guarded: u64,
    pub cut: u64,
    pub rows: u64,
    pub escaped: u64,
}

impl Changed {
    /// Cuts a text to what a cell holds.
    pub(super) fn fitted<'a>(&mut self, text: &'a str, room: usize) -> &'a str {
        let mut units = 0;
        for (at, c) in text.char_indices() {
            units += c.len_utf16();
            if units > room {
                self.cut += 1;
                return text.get(..at).unwrap_or_default();
            }
        }
        text
    }

    /// The text as a cell of the Excel profile has it.
    pub(super) fn guarded(&mut self, text: &str) -> String {
        if needs_guard(text) {
            self.guarded += 1;
            return format!("'{}", self.fitted(text, MOST_UNITS - 1));
        }
        self.fitted(text, MOST_UNITS).to_owned()
    }

    /// Counts a cell of a workbook that holds what is written there by its number.
    pub(super) fn note_escapes(&mut self, text: &str) {
        self.escaped += u64::from(is_escaped(text));
    }

    /// What is to be said of it.
    pub(super) fn findings(self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.guarded > 0 {
            let message = format!(
                "cells that a spreadsheet would run as a formula or read as a date: {}; each got an apostrophe in front",
                self.guarded
            );
            found.push(
                Diagnostic::info("cells_guarded", message).with_hint("importing the file takes it off again"),
            );
        }
        if self.cut > 0 {
            let message = format!(
                "cells longer than the {MOST_UNITS} characters that a spreadsheet holds: {}; each was cut",
                self.cut
            );
            found.push(
                Diagnostic::warning("cells_cut", message)
                    .with_hint("export as csv or parquet, which cut nothing"),
            );
        }
        if self.escaped > 0 {
            let message = format!(
                "cells with carriage returns or other characters that a workbook writes as _x000D_ and the like: {}",
                self.escaped
            );
            found.push(Diagnostic::warning("cells_escaped", message).with_hint(
                "Excel and an import read them right; Python needs unescape(), as the format's page has it, or positions \
                 shift; --newline lf leaves no carriage return",
            ));
        }
        if self.rows > 0 {
            let message = format!(
                "rows beyond the {MOST_ROWS} that a sheet holds: {}; they were left out",
                self.rows
            );
            found.push(
                Diagnostic::warning("rows_left_out", message)
                    .with_hint("export as csv or parquet, or fewer articles at a time"),
            );
        }
        found
    }
}

/// Whether a workbook writes some of the text by numbers, as `_x000D_`: controls, what is no character, and what looks
/// like such a number already.
fn is_escaped(text: &str) -> bool {
    let is_number = |rest: &str| {
        let digits = rest.split_once('_').map(|(digits, _)| digits);
        digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let is_control = |c: char| c < ' ' && !matches!(c, '\t' | '\n');
    text.contains(|c| is_control(c) || matches!(c, '\u{fffe}' | '\u{ffff}'))
        || text.split("_x").skip(1).any(is_number)
}

/// Whether a spreadsheet would take the text for something else; also whether it begins with the guard itself, so that
/// taking one off always gives the text back.
fn needs_guard(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]) || is_like_a_date(text)
}

/// `1-2`, `3/4/2022`, `2022-01-20`, `7.11`.
fn is_like_a_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '/', '.']).take(4).collect();
    let is_number =
        |part: &&str| matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.len(), 2 | 3) && parts.iter().all(is_number)
}

/// The text without its guard.
pub(super) fn without_guard(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| needs_guard(rest))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_cell_comes_back_as_it_was() {
        for text in [
            "=SUM(A1)",
            "-5%",
            "@x",
            "+33",
            "'quoted",
            "1-2",
            "2022-01-20",
            "\tx",
            "＝1",
            "NA",
            "a-b",
            "",
        ] {
            let mut changed = Changed::default();
            let cell = changed.guarded(text);
            assert_eq!(without_guard(&cell), text);
            assert_eq!(cell != text, changed.guarded == 1, "{text}");
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
    }

    #[test]
    fn what_a_workbook_writes_by_numbers_is_counted() {
        for (text, is) in [
            ("a\r\nb", true),
            ("a\u{b}b", true),
            ("a\u{ffff}", true),
            ("_x000D_", true),
            ("_x00_x000d_", true),
            ("a\tb\nc", false),
            ("_x000D", false),
            ("_xyz_ _x0_", false),
            ("\u{85}\u{2028}", false),
        ] {
            let mut changed = Changed::default();
            changed.note_escapes(text);
            assert_eq!(changed.escaped == 1, is, "{text:?}");
        }
    }

    #[test]
    fn a_long_cell_is_cut_between_characters() {
        let mut changed = Changed::default();
        let text = "😀".repeat(20_000);
        let cut = changed.guarded(&text);
        assert_eq!((cut.encode_utf16().count(), changed.cut), (MOST_UNITS - 1, 1));
    }
}
