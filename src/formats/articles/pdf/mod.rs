//! The format `pdf`: one PDF document with a text layer is one article. It is read only.
//!
//! `pdftotext` reads the words where it is installed, otherwise a library does. Pages without words beside pictures are
//! told, and right-to-left letters in the order of a drawing are refused rather than imported backwards.

mod bomb;
mod boxes;
mod library;
mod lines;
mod place;
mod program;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;
use std::path::Path;

use hayro_interpret::hayro_syntax::metadata::Metadata;
use hayro_interpret::hayro_syntax::object::DateTime;
use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_bidi::BidiClass;

use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::super::unknown::locked;
use super::super::{Diagnostic, Sink, bytes_of, encoding};
use super::{Facts, Words, end};
use library::{Reading, Sheet, Trouble, Wanted};
use lines::Lines;
use program::Answer;

pub(in super::super) const FORMAT: Format = Format {
    id: "pdf",
    name: "PDF document",
    endings: &["pdf"],
    page: include_str!("../../../../assets/help/formats/pdf.md"),
    claim: |file| {
        // What is named as one but has no mark of any kind is one that was cut or damaged.
        let is_unmarked =
            file.ending == "pdf" && !file.head.is_empty() && encoding::signature(file.head).is_none();
        if file.head.starts_with(b"%PDF-") || is_unmarked {
            Claim::Reads
        } else {
            Claim::No
        }
    },
    read: Some(|path, _options, sink| read(path, program::find().as_deref(), sink)),
    ..ARTICLES_ONLY
};

/// Letters of a page with a picture that are not more than a stamp or a number.
const FEW_LETTERS: usize = 30;

fn read(path: &Path, program: Option<&Path>, sink: &mut dyn Sink) -> ControlFlow<()> {
    match words(path, program, sink)? {
        Ok(words) => words.hand_over(path, None, sink)?,
        Err(found) => sink.diagnostic(found.in_file(path)),
    }
    end(path, sink)
}

/// The words of a document, and what is missing or doubtful in them.
#[derive(Default)]
struct Printed {
    pages: Vec<Lines>,
    metadata: Metadata,
    /// Pages that have no words, or hardly any, beside a picture or a drawing; from 1.
    scanned: Vec<usize>,
    /// Pages whose words may be out of order; from 1.
    jumbled: Vec<usize>,
    /// Signs whose letter is not known.
    unknown: usize,
    /// Letters that stand turned, which the library leaves out.
    turned: usize,
    /// Whether the library read them, which knows no right-to-left.
    is_as_drawn: bool,
}

fn words(
    path: &Path,
    program: Option<&Path>,
    sink: &mut dyn Sink,
) -> ControlFlow<(), Result<Words, Diagnostic>> {
    let bytes = match load(path) {
        Ok(bytes) => bytes,
        Err(found) => return ControlFlow::Continue(Err(found)),
    };
    let answer = program.map_or(Answer::Nothing, |program| program::read(program, path, sink));
    let words = match answer {
        Answer::Canceled => return ControlFlow::Break(()),
        Answer::Pages(pages) => Ok(by_program(pages, bytes, sink)?),
        Answer::Nothing => by_library(bytes, sink)?,
    };
    ControlFlow::Continue(
        words
            .map_err(refusal)
            .and_then(|words| article(path, words, sink)),
    )
}

fn load(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let bytes = bytes_of(path)?;
    if bomb::is_bomb(&bytes) {
        return Err(refusal(Trouble::TooMuch));
    }
    Ok(bytes)
}

/// What the program read, with the properties and pictures from the library as far as it can tell them.
fn by_program(pages: Vec<Lines>, bytes: Vec<u8>, sink: &mut dyn Sink) -> ControlFlow<(), Printed> {
    let few: Vec<usize> = (0..pages.len())
        .filter(|at| pages.get(*at).is_some_and(|lines| letters(lines) < FEW_LETTERS))
        .collect();
    let mut words = Printed {
        pages,
        ..Printed::default()
    };
    words.unknown = words
        .pages
        .iter()
        .flatten()
        .flat_map(|line| line.text.chars())
        .filter(|c| is_unknown(*c))
        .count();
    let Ok(reading) = Reading::open(bytes, Wanted::These(few)) else {
        return ControlFlow::Continue(words);
    };
    words.metadata.clone_from(&reading.metadata);
    while let Ok(Some(sheet)) = reading.sheet() {
        let lines = words.pages.get(sheet.number).map_or(0, letters);
        if is_scanned(&sheet, lines) {
            words.scanned.push(sheet.number + 1);
        }
        sink.progress(0)?;
    }
    ControlFlow::Continue(words)
}

fn by_library(bytes: Vec<u8>, sink: &mut dyn Sink) -> ControlFlow<(), Result<Printed, Trouble>> {
    let reading = match Reading::open(bytes, Wanted::All) {
        Ok(reading) => reading,
        Err(trouble) => return ControlFlow::Continue(Err(trouble)),
    };
    let mut words = Printed {
        metadata: Metadata::clone(&reading.metadata),
        is_as_drawn: true,
        ..Printed::default()
    };
    loop {
        let sheet = match reading.sheet() {
            Ok(None) if reading.pages == 0 => return ControlFlow::Continue(Err(Trouble::Damaged)),
            Ok(Some(sheet)) => sheet,
            Ok(None) if words.pages.len() < reading.pages => {
                return ControlFlow::Continue(Err(Trouble::Damaged));
            }
            Ok(None) => return ControlFlow::Continue(Ok(words)),
            Err(trouble) => return ControlFlow::Continue(Err(trouble)),
        };
        if is_scanned(&sheet, letters(&sheet.lines) + sheet.turned) {
            words.scanned.push(sheet.number + 1);
        }
        if sheet.is_jumbled {
            words.jumbled.push(sheet.number + 1);
        }
        words.unknown += sheet.unknown;
        words.turned += sheet.turned;
        words.pages.push(sheet.lines);
        sink.progress(0)?;
    }
}

/// Whether a page is a picture of words rather than words.
fn is_scanned(sheet: &Sheet, letters: usize) -> bool {
    /// A page of letters that are drawn as shapes has more.
    const MANY_SHAPES: usize = 200;
    if letters == 0 {
        sheet.pictures > 0.0 || sheet.shapes > MANY_SHAPES
    } else {
        letters < FEW_LETTERS && sheet.pictures > 0.5
    }
}

fn letters(lines: &Lines) -> usize {
    lines
        .iter()
        .flat_map(|line| line.text.chars())
        .filter(|c| c.is_alphanumeric())
        .count()
}

fn is_unknown(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') || c.is_control() && c != '\t'
}

/// The article, after all that must be said of it.
fn article(path: &Path, mut words: Printed, sink: &mut dyn Sink) -> Result<Words, Diagnostic> {
    let count: usize = words.pages.iter().map(letters).sum();
    if count == 0 && words.turned == 0 {
        let reason = if words.scanned.is_empty() {
            "the document holds no words".to_owned()
        } else {
            format!(
                "the document has no text layer: {} as pictures only",
                stand(&words.scanned)
            )
        };
        return Err(Diagnostic::error("no_text_layer", reason)
            .with_hint("let a program for text recognition (OCR), such as ocrmypdf, add the words, and import the result"));
    }
    if words.is_as_drawn {
        refuse_unordered(&words, count)?;
    }
    if words.unknown * 20 > count {
        return Err(unknown_letters(&words));
    }
    tell(path, &words, sink);
    let taken = lines::take_running(&mut words.pages);
    if !taken.is_empty() {
        let named: Vec<String> = taken.iter().map(|line| format!("{line:?}")).collect();
        let message = format!(
            "lines that stand on most pages were left out: {}",
            named.join(", ")
        );
        sink.diagnostic(Diagnostic::info("running_lines", message).in_file(path));
    }
    for line in words.pages.iter_mut().flatten() {
        line.text = plain_letters(&line.text);
    }
    let metadata = &words.metadata;
    let title = metadata.title.as_deref().map(decoded);
    let author = metadata.author.as_deref().map(decoded);
    Ok(Words {
        text: lines::paragraphs(&words.pages),
        facts: Facts {
            title: title.filter(|title| is_title(title)),
            author: author.filter(|author| is_name(author)),
            created: metadata.creation_date.as_ref().and_then(date),
            ..Facts::default()
        },
    })
}

/// What the library reads in the order of the drawing is refused where that is not the order of reading.
fn refuse_unordered(words: &Printed, count: usize) -> Result<(), Diagnostic> {
    let is_backwards = |c: char| matches!(unicode_bidi::bidi_class(c), BidiClass::R | BidiClass::AL);
    let reason = if words
        .pages
        .iter()
        .flatten()
        .any(|line| line.text.contains(is_backwards))
    {
        "it has letters that read from right to left, whose order cannot be told for certain"
    } else if words.turned > count / 5 {
        "much of it stands turned, or one letter below the other"
    } else {
        return Ok(());
    };
    Err(Diagnostic::error("needs_pdftotext", format!("without the program pdftotext it is not read: {reason}")).with_hint(
        "install pdftotext (it comes with Poppler: the package poppler-utils or poppler), and import it again",
    ))
}

/// The refusal of a document in which many signs have no letter.
fn unknown_letters(words: &Printed) -> Diagnostic {
    let hint = if words.is_as_drawn {
        "install pdftotext (poppler-utils), which knows more fonts, or let a program for text recognition (OCR) read it"
    } else {
        "let a program for text recognition (OCR), such as ocrmypdf --force-ocr, read it, and import the result"
    };
    let count = words.unknown;
    let message = format!("{count} of its signs have no letter: its fonts do not say which they stand for");
    Diagnostic::error("unknown_letters", message).with_hint(hint)
}

/// Tells what is missing or doubtful.
fn tell(path: &Path, words: &Printed, sink: &mut dyn Sink) {
    if !words.scanned.is_empty() {
        let message = format!(
            "{} as pictures without words, and nothing was imported of them",
            stand(&words.scanned)
        );
        sink.diagnostic(Diagnostic::warning("pages_without_text", message).in_file(path).with_hint(
            "let a program for text recognition (OCR), such as ocrmypdf --skip-text, add the words, and import the result",
        ));
    }
    if !words.jumbled.is_empty() {
        let pages = named(&words.jumbled);
        let message = format!("columns or tables make the order of the words doubtful on {pages}");
        sink.diagnostic(
            Diagnostic::warning("order_doubtful", message)
                .in_file(path)
                .with_hint("read it through; with pdftotext installed, columns are told apart"),
        );
    }
    if words.turned > 0 {
        let message = format!("{} letters that stand turned were left out", words.turned);
        sink.diagnostic(Diagnostic::warning("turned_left_out", message).in_file(path));
    }
    if words.unknown > 0 {
        let message = format!(
            "{} signs have no letter: fonts do not say which they stand for",
            words.unknown
        );
        sink.diagnostic(Diagnostic::warning("unknown_letters", message).in_file(path));
    }
}

/// `page 3 stands`, or `pages 1, 2, 3 stand`.
fn stand(pages: &[usize]) -> String {
    let verb = if pages.len() == 1 { "stands" } else { "stand" };
    format!("{} {verb}", named(pages))
}

/// `page 3`, or `pages 1, 2, 3`.
fn named(pages: &[usize]) -> String {
    const MOST: usize = 20;
    let numbers: Vec<String> = pages.iter().take(MOST).map(usize::to_string).collect();
    match pages {
        [page] => format!("page {page}"),
        _ if pages.len() > MOST => format!("{} pages ({}, …)", pages.len(), numbers.join(", ")),
        _ => format!("pages {}", numbers.join(", ")),
    }
}

/// A line with letters instead of the shapes that a letter has in print: `fi` for one sign of both, and Arabic letters
/// for their forms within a word.
fn plain_letters(line: &str) -> String {
    let is_shape = |c: char| matches!(c, '\u{fb00}'..='\u{fb4f}' | '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdf9}' | '\u{fe70}'..='\u{fefc}');
    if !line.contains(is_shape) && !line.contains(is_unknown) {
        return line.to_owned();
    }
    let compatible = ComposingNormalizerBorrowed::new_nfkc();
    let mut plain = String::with_capacity(line.len());
    for c in line.chars() {
        if is_shape(c) {
            plain.extend(compatible.normalize_iter(std::iter::once(c)));
        } else if c.is_control() && c != '\t' {
            plain.push('\u{fffd}');
        } else {
            plain.push(c);
        }
    }
    plain
}

/// A string of the document's properties: UTF-16 or UTF-8 behind their marks, otherwise the encoding of its own.
fn decoded(bytes: &[u8]) -> String {
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ',
        'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        return encoding_rs::UTF_16BE
            .decode_without_bom_handling(units)
            .0
            .into_owned();
    }
    if let Some(units) = bytes.strip_prefix(b"\xff\xfe") {
        return encoding_rs::UTF_16LE
            .decode_without_bom_handling(units)
            .0
            .into_owned();
    }
    if let Some(text) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(text).into_owned();
    }
    let letter = |byte: u8| match byte {
        0x80..=0xa0 => HIGH.get(usize::from(byte) - 0x80).copied().unwrap_or('\u{fffd}'),
        byte => char::from(byte),
    };
    bytes.iter().map(|byte| letter(*byte)).collect()
}

/// Whether a title was given by a person rather than by the program that made the document.
fn is_title(title: &str) -> bool {
    const BEFORE: &[&str] = &[
        "microsoft word - ",
        "microsoft powerpoint - ",
        "http:",
        "https:",
        "file:",
        "about:",
    ];
    const NUMBERED: &[&str] = &[
        "untitled",
        "document",
        "doc",
        "layout",
        "slide",
        "print",
        "page",
        "scan",
        "powerpoint presentation",
    ];
    const ENDINGS: &[&str] = &[
        "doc", "docx", "indd", "qxd", "qxp", "pdf", "htm", "html", "rtf", "odt", "ppt", "pptx", "xls",
        "xlsx", "tex", "dvi", "tif", "tiff", "jpg", "png", "txt", "ai", "pmd", "cdr",
    ];
    let lower = title.trim().to_lowercase();
    let is_number = |rest: &str| {
        rest.chars()
            .all(|c| c.is_numeric() || c.is_whitespace() || matches!(c, '-' | '_'))
    };
    let is_file = lower
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending));
    is_words(title)
        && lower.chars().count() <= 300
        && !is_file
        && !BEFORE.iter().any(|before| lower.starts_with(before))
        && !NUMBERED
            .iter()
            .filter_map(|name| lower.strip_prefix(name))
            .any(is_number)
}

/// Whether an author is a name rather than what programs put there.
fn is_name(author: &str) -> bool {
    const NOBODY: &[&str] = &[
        "anonymous",
        "unknown",
        "unspecified",
        "user",
        "admin",
        "administrator",
        "owner",
        "root",
        "author",
        "default",
        "pc",
        "windows user",
        "microsoft office user",
        "none",
        "n/a",
        "null",
    ];
    is_words(author)
        && author.chars().count() <= 300
        && !NOBODY.contains(&author.trim().trim_matches(['(', ')']).to_lowercase().as_str())
}

/// Whether a property has letters, and all of them are known.
fn is_words(value: &str) -> bool {
    value.contains(char::is_alphabetic) && !value.contains(is_unknown) && !value.contains('\t')
}

/// A date of the properties as ISO 8601, where there can be such a document from then.
fn date(date: &DateTime) -> Option<String> {
    let DateTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        utc_offset_hour,
        utc_offset_minute,
    } = *date;
    let is_day = jiff::civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .is_ok();
    if !is_day || !(1985..2200).contains(&year) {
        return None;
    }
    let zone = if (utc_offset_hour, utc_offset_minute) == (0, 0) {
        "Z".to_owned()
    } else {
        format!("{utc_offset_hour:+03}:{utc_offset_minute:02}")
    };
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"
    ))
}

/// The refusal of a document that neither the program nor the library can read.
fn refusal(trouble: Trouble) -> Diagnostic {
    match trouble {
        Trouble::Password => locked("the document"),
        Trouble::Encryption => Diagnostic::error(
            "encrypted",
            "the document is encrypted in a way that is not known here",
        )
        .with_hint("open it in its own program, save or print it without protection, and import that"),
        Trouble::Damaged => Diagnostic::error(
            "damaged_document",
            "the document is damaged: it cannot be read as PDF",
        )
        .with_hint("open it in a viewer, save or print it anew as PDF, and import that"),
        Trouble::TooMuch => Diagnostic::error(
            "too_large",
            "the document is refused: a page or a part of it has more in it than a document has",
        )
        .with_hint("where you trust it, print it anew as PDF, and import that"),
    }
}
