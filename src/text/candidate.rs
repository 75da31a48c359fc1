//! Candidates: what an annotator is likely to tag next, a number in any script or a run of capitalised words.
//!
//! Knows no language and no annotation: letters, digits, and two short tables of small words. Where a script has no
//! capitals only numbers are found. All is read character by character and a little around it, so that a long text
//! without any candidate costs one look at each character.

use super::content::Text;
use super::digit::digit_value;
use super::elision::elision_len;
use super::grapheme;
use super::offset::{ByteOffset, ByteRange, range};
use super::sentence::ends_in_abbreviation;
use super::window::{after, before};

/// Small words that stand between the capitalised words of one name, in lower case.
const PARTICLES: &[&str] = &[
    "de", "du", "des", "la", "las", "los", "le", "les", "del", "della", "di", "da", "do", "dos", "das", "of",
    "the", "van", "von", "der", "den", "zu", "bin", "ben", "ibn", "bint", "abu", "abou", "ould", "ag", "al",
    "el", "y",
];
/// What stands before a hyphen and belongs to the name behind it: al-Assad, es-Sahra.
const PREFIXES: &[&str] = &[
    "al", "el", "as", "ash", "an", "ar", "at", "ad", "az", "es", "ed", "er", "ul", "ben", "bin", "ibn", "abu",
];
/// Words whose capital at the start of a sentence says nothing, so that a name begins behind them.
const OPENERS: &[&str] = &[
    "the", "a", "an", "in", "on", "at", "for", "from", "by", "with", "as", "after", "before", "and", "but",
    "when", "while", "since", "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "dans", "en",
    "à", "par", "pour", "selon", "avec", "après", "avant", "depuis", "mais", "et", "el", "los", "las", "una",
    "con", "según", "tras", "desde", "y", "der", "die", "das", "ein", "eine", "im", "am", "il", "lo", "gli",
];
/// What Chinese writes behind a number and counts by; what begins like a shorter one goes first.
const UNITS: &[&str] = &[
    "个月", "個月", "分钟", "分鐘", "小时", "小時", "公里", "世纪", "世紀", "年", "月", "日", "号", "號",
    "天", "周", "週", "时", "時", "点", "點", "分", "秒", "岁", "歲", "人", "名", "位", "个", "個", "口",
    "户", "戶", "家", "具", "只", "隻", "条", "條", "辆", "輛", "架", "艘", "枚", "起", "次", "座", "所",
    "元", "吨", "噸",
];
/// Units behind which a date or a time of day goes on with the next number.
const DATE_UNITS: &[&str] = &["年", "月", "时", "時", "点", "點", "分"];
/// What stands between digits and their unit in Chinese: `3万多人`.
const SCALES: &[char] = &[
    '十', '百', '千', '万', '萬', '亿', '億', '多', '余', '餘', '来', '來', '几', '幾',
];
/// Small words between two capitalised ones at most: "de la", "van der".
const MOST_PARTICLES: usize = 2;
/// Capitalised words of one name, and groups of one number, at most: a title in capitals is no name.
const MOST_WORDS: usize = 12;
/// Bytes of one word at most.
const LONGEST_WORD: usize = 256;
/// Bytes that a search backwards looks at in one go.
const WINDOW: usize = 4 * 1024;
/// Bytes before a full stop in which an abbreviation is looked for.
const LOOK_BACK: usize = 48;

impl Text {
    /// The first candidate that starts at a position or behind it and is free.
    pub fn next_candidate(&self, from: ByteOffset, is_free: impl Fn(ByteRange) -> bool) -> Option<ByteRange> {
        let at = from.get();
        let (text, to) = (self.as_str(), self.end().get());
        Candidates { text, at, to }.find(|found| is_free(*found))
    }

    /// The last candidate that ends at a position or before it and is free.
    pub fn previous_candidate(
        &self,
        to: ByteOffset,
        is_free: impl Fn(ByteRange) -> bool,
    ) -> Option<ByteRange> {
        let (text, mut end) = (self.as_str(), to.get().min(self.end().get()));
        while end > 0 {
            let at = cut_before(text, end);
            let found = Candidates { text, at, to: end }
                .filter(|found| found.end() <= to && is_free(*found))
                .last();
            if found.is_some() {
                return found;
            }
            end = at;
        }
        None
    }
}

/// The candidates of a text that start from a place on and before another, in order.
struct Candidates<'a> {
    text: &'a str,
    at: usize,
    to: usize,
}

impl Iterator for Candidates<'_> {
    type Item = ByteRange;

    fn next(&mut self) -> Option<ByteRange> {
        let text = self.text;
        loop {
            self.skip_plain();
            if self.at >= self.to {
                return None;
            }
            let c = after(text, self.at)?;
            let ahead = before(text, self.at);
            let start = self.at;
            if is_digit(c) && !ahead.is_some_and(is_digit) && !is_inside_word(text, start) {
                return Some(self.whole(start, number_end(text, start)));
            }
            if is_capital(c) && !ahead.is_some_and(char::is_alphanumeric) {
                let run = Run::at(text, start);
                self.at = run.end;
                if let Some(start) = run.name(text) {
                    return Some(self.whole(start, run.end));
                }
            } else {
                self.at += c.len_utf8();
            }
        }
    }
}

impl Candidates<'_> {
    /// A candidate with the whole clusters at its ends: a figure may carry a mark. The next one is looked for behind it.
    fn whole(&mut self, start: usize, end: usize) -> ByteRange {
        self.at = grapheme::at_or_behind(self.text, end);
        range(grapheme::at_or_before(self.text, start), self.at)
    }

    /// Goes over small letters and spaces of ASCII, of which most of many texts is made.
    fn skip_plain(&mut self) {
        let rest = self.text.as_bytes().get(self.at..self.to).unwrap_or_default();
        let plain = rest
            .iter()
            .take_while(|byte| byte.is_ascii_lowercase() || **byte == b' ');
        self.at += plain.count();
    }
}

/// Capitalised words in a row.
struct Run {
    start: usize,
    /// The end of the first word.
    first: usize,
    end: usize,
    /// Where the second capitalised word starts, with the particle before it.
    second: Option<usize>,
}

impl Run {
    /// The run whose first capital is at a place.
    fn at(text: &str, capital: usize) -> Self {
        let first = token_end(text, capital);
        let mut run = Self {
            start: capital,
            first,
            end: first,
            second: None,
        };
        for _ in 1..MOST_WORDS {
            let Some((start, end)) = next_word(text, run.end) else {
                break;
            };
            run.second.get_or_insert(start);
            run.end = end;
        }
        run
    }

    /// Where the name in the run starts; none where the capital is only that of a sentence.
    fn name(&self, text: &str) -> Option<usize> {
        let first = text.get(self.start..self.first).unwrap_or_default();
        let elision = elision_len(first);
        if elision > 0 {
            let is_name = after(text, self.start + elision).is_some_and(is_capital);
            return if is_name {
                Some(self.start + elision)
            } else {
                self.second
            };
        }
        if !starts_sentence(text, self.start, self.first) {
            return Some(self.start - prefix_len(text, self.start));
        }
        if OPENERS.contains(&first.to_lowercase().as_str()) {
            return self.second;
        }
        let is_acronym = first.chars().filter(|c| is_capital(*c) || is_digit(*c)).count() > 1;
        (is_acronym || self.second.is_some()).then_some(self.start)
    }
}

/// The capitalised word behind a place, over one space and a few particles: where it starts and ends.
fn next_word(text: &str, end: usize) -> Option<(usize, usize)> {
    let mut at = behind_space(text, behind_initial(text, end))?;
    for _ in 0..=MOST_PARTICLES {
        let end = token_end(text, at);
        let word = text.get(at..end)?;
        if is_capitalised(word) {
            return Some((at, end));
        }
        if !PARTICLES.contains(&word) {
            return None;
        }
        at = behind_space(text, end)?;
    }
    None
}

/// Behind the full stop of an initial: `J. Dupont`.
fn behind_initial(text: &str, end: usize) -> usize {
    let is_initial = before(text, end).is_some_and(is_capital)
        && after(text, end) == Some('.')
        && text
            .get(..end)
            .and_then(|ahead| ahead.chars().nth_back(1))
            .is_none_or(|c| !c.is_alphanumeric());
    end + usize::from(is_initial)
}

fn behind_space(text: &str, at: usize) -> Option<usize> {
    let space = after(text, at).filter(|c| is_space(*c))?;
    Some(at + space.len_utf8())
}

/// Whether a word inside a name is written with a capital: Tassart, d’Irak, al-Assad, 9-Mars.
fn is_capitalised(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphabetic());
    if first.is_some_and(is_capital) {
        return true;
    }
    let small = word
        .strip_prefix('d')
        .and_then(|rest| rest.strip_prefix(['\'', '\u{2019}']));
    let prefixed = word
        .split_once('-')
        .filter(|(prefix, _)| PREFIXES.contains(prefix))
        .map(|(_, rest)| rest);
    let rest = small.or(prefixed);
    rest.and_then(|rest| rest.chars().next()).is_some_and(is_capital)
}

/// Bytes of `al-` and the like before a capital.
fn prefix_len(text: &str, capital: usize) -> usize {
    let ahead = text.get(..capital).unwrap_or_default();
    let Some(ahead) = ahead.strip_suffix('-') else {
        return 0;
    };
    let letters = ahead.chars().rev().take_while(|c| c.is_alphanumeric());
    let len: usize = letters.take(4).map(char::len_utf8).sum();
    let prefix = ahead.get(ahead.len() - len..).unwrap_or_default();
    if PREFIXES.contains(&prefix) { len + 1 } else { 0 }
}

/// The end of a word: letters, digits, their marks, and hyphens, apostrophes, and the stops of an acronym inside.
fn token_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters = 0_usize;
    let rest = text.get(start..).unwrap_or_default();
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let goes_on = chars.peek().copied().is_some_and(char::is_alphanumeric);
        if c.is_alphanumeric() {
            letters += 1;
        } else if c == '.' && letters == 1 && (goes_on || is_dotted(text, start, end)) {
            letters = 0;
        } else if goes_on && matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '·') {
            letters = 2;
        } else if !is_mark(c) {
            break;
        }
        end += c.len_utf8();
        if end - start >= LONGEST_WORD {
            break;
        }
    }
    end
}

/// Whether the full stop at `end` closes an acronym such as `U.S.`
fn is_dotted(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end).is_some_and(|word| word.contains('.'))
}

/// The end of a number: its groups, what is written onto it (`3e`, `20h30`, `9-Mars`), a percent sign.
fn number_end(text: &str, start: usize) -> usize {
    let (mut end, mut group) = digits(text, start);
    let mut is_grouped = group <= 3;
    for _ in 1..MOST_WORDS {
        let Some(sign) = after(text, end) else {
            break;
        };
        let (behind, count) = digits(text, end + sign.len_utf8());
        let joins = match sign {
            '.' | ',' | '٫' | '٬' | '\'' | '\u{2019}' | '/' | '-' | '–' => count > 0,
            sign if is_space(sign) => is_grouped && group <= 3 && count == 3,
            _ => false,
        };
        if !joins {
            break;
        }
        is_grouped &= count == 3;
        (end, group) = (behind, count);
    }
    let behind = |at: usize| after(text, at);
    let hyphened = matches!(behind(end), Some('-')) && behind(end + 1).is_some_and(is_capital);
    if hyphened || behind(end).is_some_and(is_cased) {
        end = token_end(text, end + usize::from(hyphened));
    }
    let sign_at = behind_space(text, end).unwrap_or(end);
    match behind(sign_at) {
        Some(sign @ ('%' | '٪' | '‰' | '％')) => sign_at + sign.len_utf8(),
        _ => with_units(text, end),
    }
}

/// The end of a number with the units that Chinese writes right behind it: `27人`, `3万多人`, `3月18日`.
fn with_units(text: &str, mut end: usize) -> usize {
    for _ in 1..MOST_WORDS {
        let behind = text.get(end..).unwrap_or_default();
        let counted = behind.trim_start_matches(SCALES);
        let scaled = end + (behind.len() - counted.len());
        let Some(unit) = UNITS.iter().find(|unit| counted.starts_with(**unit)) else {
            break;
        };
        end = scaled + unit.len();
        let (next, count) = digits(text, end);
        let next_unit = text.get(next..).unwrap_or_default();
        let goes_on =
            DATE_UNITS.contains(unit) && count > 0 && UNITS.iter().any(|unit| next_unit.starts_with(unit));
        if !goes_on {
            break;
        }
        end = next;
    }
    end
}

/// The end of the digits at a place, and how many there are.
fn digits(text: &str, start: usize) -> (usize, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let row = rest.chars().take(LONGEST_WORD).take_while(|c| is_digit(*c));
    row.fold((start, 0), |(end, count), c| (end + c.len_utf8(), count + 1))
}

/// Whether a digit belongs to a word: B2, F-16, COVID-19.
fn is_inside_word(text: &str, digit: usize) -> bool {
    match before(text, digit) {
        Some('-' | '\u{2010}' | '\u{2011}') => {
            before(text, text.floor_char_boundary(digit - 1)).is_some_and(is_cased)
        }
        ahead => ahead.is_some_and(is_cased),
    }
}

/// Whether a sentence, or a quoted one, starts at a capital whose word ends at `end`.
fn starts_sentence(text: &str, start: usize, end: usize) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(LOOK_BACK));
    let ahead = text.get(from..start).unwrap_or_default();
    let is_opening = |c: char| !c.is_alphanumeric() && !is_terminator(c) && c != '\n';
    let quotes = |c: char| matches!(c, '«' | '“' | '"' | '„' | '‘' | '‹');
    let kept = ahead.trim_end_matches(is_opening);
    let skipped = ahead.get(kept.len()..).unwrap_or_default();
    let closes = |c: char| matches!(c, '»' | '”' | '"' | '’' | '›');
    let behind = text.get(end..).unwrap_or_default();
    let is_quoted_alone = behind.trim_start_matches(is_space).starts_with(closes);
    match kept.chars().next_back() {
        None => from == 0 || skipped.contains(['\n', ':']),
        Some('.') if !skipped.contains(quotes) => !ends_in_abbreviation(ahead),
        Some(c) if is_terminator(c) || c == '\n' => true,
        Some(_) => skipped.contains(quotes) && !is_quoted_alone,
    }
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '؟' | '।' | '\u{2029}')
}

/// A place before `end` at which no candidate is cut: where a small word begins that is no particle.
fn cut_before(text: &str, end: usize) -> usize {
    let from = text.floor_char_boundary(end.saturating_sub(WINDOW));
    if from == 0 {
        return 0;
    }
    let piece = text.get(from..end).unwrap_or_default();
    let mut ahead: Option<char> = None;
    for (at, c) in piece.char_indices() {
        let starts_word = ahead.is_some_and(char::is_whitespace) && c.is_alphabetic() && !is_capital(c);
        if starts_word {
            let word = text
                .get(from + at..token_end(text, from + at))
                .unwrap_or_default();
            if !PARTICLES.contains(&word) && !is_capitalised(word) {
                return from + at;
            }
        }
        ahead = Some(c);
    }
    from
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric() && digit_value(c).is_some())
}

/// A capital of a script that has small letters too.
fn is_capital(c: char) -> bool {
    c.is_uppercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ')
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// A mark that is written onto the letter before it.
fn is_mark(c: char) -> bool {
    use icu_properties::CodePointMapData;
    use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
    GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

#[cfg(test)]
mod tests {
    use super::super::marked::{any_text, mark, unmark};
    use super::*;
    use proptest::prelude::*;

    fn all(text: &Text) -> Vec<ByteRange> {
        let mut found = Vec::new();
        let mut at = ByteOffset::ZERO;
        while let Some(next) = text.next_candidate(at, |_| true) {
            found.push(next);
            at = next.end();
        }
        found
    }

    /// All candidates of a text, each between `⟦⟧`, forwards and backwards.
    fn check(marked: &str) {
        let (content, _) = unmark(marked, &['⟦', '⟧']);
        let text = Text::new(content.as_str());
        let found = all(&text);
        let marks: Vec<(usize, char)> = found
            .iter()
            .flat_map(|range| [(range.start().get(), '⟦'), (range.end().get(), '⟧')])
            .collect();
        assert_eq!(mark(&content, &marks), marked);
        let mut back = Vec::new();
        let mut to = text.end();
        while let Some(previous) = text.previous_candidate(to, |_| true) {
            back.insert(0, previous);
            to = previous.start();
        }
        assert_eq!(back, found, "backwards");
    }

    #[test]
    fn marks_and_joiners_at_the_ends_are_taken_along() {
        check("les ⟦3\u{5b8}⟧ et ⟦\u{600}12\u{20e3}⟧, dit ⟦Ale\u{200d}⟧ là");
    }

    #[test]
    fn names_are_runs_of_capitalised_words() {
        check("Selon le docteur ⟦Anselme Quérédan⟧, à ⟦Haute-Salmère⟧, près de l’⟦Office⟧.");
        check("Il a vu ⟦Inès Valcourt-Diallo⟧ et ⟦Mme Hélène Brisac⟧ de loin.");
        check(
            "the ⟦Ministry of Defence⟧ and ⟦Ursula von der Leyen⟧ met ⟦Bashar al-Assad⟧ in ⟦Rio de la Plata⟧",
        );
        check("reste d’⟦Alep⟧, la ⟦République d’Irak⟧, ⟦Khalid bin Salman⟧ et ⟦al-Assad⟧");
        check(
            "le ⟦Front du 9-Mars⟧ et la ⟦katiba⟧"
                .replace("⟦katiba⟧", "katiba")
                .as_str(),
        );
        check("said ⟦J. Smith⟧ to the ⟦U.S. Navy⟧ aboard the ⟦USS Cole⟧");
        check(
            "в городе ⟦Нижний Новгород⟧ и Ελλάδα"
                .replace("Ελλάδα", "⟦Ελλάδα⟧")
                .as_str(),
        );
    }

    #[test]
    fn the_capital_of_a_sentence_is_none_of_a_name() {
        check("Aucun groupe. Quatre marchands sont là. « Nous avons cessé », dit-il : « Rien de neuf »");
        check("Dans ⟦Alep⟧. La ⟦Syrie⟧ a dit. L’armée. L’⟦ONU⟧ aussi. D’après l’⟦Office⟧.");
        check("⟦ONU⟧ et rien. ⟦Jean Tassart⟧ dément. Le groupe « ⟦Daech⟧ » nie.");
        check("The ⟦United Nations⟧ met. Yesterday they left.\nTomorrow too\n- Lire aussi");
        check("avec M. ⟦Dupont⟧".replace("M. ⟦Dupont⟧", "⟦M. Dupont⟧").as_str());
    }

    #[test]
    fn numbers_are_found_in_every_script_with_their_groups_and_percent() {
        check("près de ⟦4 300⟧ et ⟦12\u{a0}341⟧, ⟦1,250⟧ ou ⟦3.5⟧ soit ⟦50 %⟧ le ⟦12/05/2020⟧");
        check(
            "entre ⟦40⟧ et ⟦60⟧, ⟦40-60⟧ ; ⟦2019 2020⟧"
                .replace("⟦2019 2020⟧", "⟦2019⟧ ⟦2020⟧")
                .as_str(),
        );
        check("قتل ⟦١٢٬٣٤١⟧ مدنيا و⟦٥٠⟧ طفلا ⟦٥٠٪⟧");
        check("मारे गए ⟦५०⟧ लोग, 造成⟦12人⟧死亡，約⟦１２人⟧");
        check("נהרגו כ-⟦50⟧ בני אדם");
        check("le ⟦3e⟧ à ⟦20h30⟧ par un avion de type b-52 ou b52");
        check("a ⟦B-52⟧ and ⟦COVID-19⟧ in ⟦G5 Sahel⟧");
    }

    #[test]
    fn a_number_in_chinese_has_its_unit_and_a_date_all_of_its_parts() {
        check("⟦2030年3月18日⟧，⟦3月18日⟧晚⟦8时30分⟧，⟦27人⟧死亡，⟦3万多人⟧流离失所，⟦6名⟧士兵");
        check("⟦3个月⟧后，⟦12⟧、⟦15⟧和⟦3⟧至⟦5日⟧，⟦8点⟧ ⟦40⟧");
    }

    #[test]
    fn scripts_without_case_have_numbers_only() {
        check("قال المتحدث باسم الجيش إن القوات وصلت");
        check("防衛省は北京で");
    }

    #[test]
    fn what_is_not_free_is_passed_over() {
        let text = Text::new("vers Alep puis Homs");
        let alep = range(5, 9);
        let next = text.next_candidate(ByteOffset::ZERO, |found| found != alep);
        assert_eq!(next, Some(range(15, 19)));
        assert_eq!(text.previous_candidate(text.end(), |_| false), None);
    }

    #[test]
    fn a_long_text_is_searched_to_its_end_and_to_its_start() {
        for unit in ["rien de neuf ici ", "لا شيء جديد هنا ", "Rien. ", "A ", "de "] {
            let text = Text::new(format!("vu 1 {} vu 2", unit.repeat(1 << 15)));
            let is_digit = |found: ByteRange| {
                text.slice(found)
                    .is_some_and(|words| words.len() == 1 && words != "A")
            };
            let (first, last) = (range(3, 4), range(text.end().get() - 1, text.end().get()));
            assert_eq!(text.next_candidate(first.end(), is_digit), Some(last), "{unit}");
            assert_eq!(
                text.previous_candidate(last.start(), is_digit),
                Some(first),
                "{unit}"
            );
        }
    }

    proptest! {
        #[test]
        fn candidates_are_text_in_order_and_not_empty(content in any_text()) {
            let text = Text::new(content.as_str());
            let found = all(&text);
            for candidate in &found {
                prop_assert!(!candidate.is_empty() && text.slice(*candidate).is_some());
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            let last = text.previous_candidate(text.end(), |_| true);
            prop_assert_eq!(last, found.last().copied());
        }
    }
}
