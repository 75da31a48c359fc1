//! Exports of news databases: several articles in one document, parted only where the database says that one ends.
//!
//! Factiva ends each article with the line `Document` and an id of its own, Nexis with `End of Document`. A document in
//! which these are not what they seem stays one article.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use super::super::{Diagnostic, Sink};
use super::{Paper, dates};

/// One article of an export. Its text is all that stands between the marks, so that nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Piece {
    title: Option<String>,
    source: Option<String>,
    published: Option<String>,
    author: Option<String>,
    /// The database's own id of it.
    document: Option<String>,
    text: String,
}

/// Hands the articles of an export of a news database over; `None` where the text of the document is none.
pub(in super::super) fn hand_over_pieces(
    path: &Path,
    text: &str,
    sink: &mut dyn Sink,
) -> Option<ControlFlow<()>> {
    let (database, pieces) = pieces(text)?;
    let (name, count) = (database.name(), pieces.len());
    let message = format!("an export of {name}, parted into {count} articles where it says that one ends");
    sink.diagnostic(Diagnostic::info("news_database", message).in_file(path));
    for piece in pieces {
        if hand_over(piece, path, sink).is_break() {
            return Some(ControlFlow::Break(()));
        }
    }
    Some(sink.progress(std::fs::metadata(path).map_or(0, |file| file.len())))
}

fn hand_over(piece: Piece, path: &Path, sink: &mut dyn Sink) -> ControlFlow<()> {
    let paper = Paper {
        title: piece.title,
        lang: None,
        meta: vec![
            ("source", piece.source),
            ("published", piece.published),
            ("author", piece.author),
            ("document", piece.document),
        ],
        text: piece.text,
    };
    paper.hand_over(path, None, sink)
}

/// The database that an export comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Database {
    Factiva,
    Nexis,
}

impl Database {
    const fn name(self) -> &'static str {
        match self {
            Self::Factiva => "Factiva",
            Self::Nexis => "Nexis",
        }
    }
}

/// The articles of an export of a news database; `None` for any other document.
fn pieces(text: &str) -> Option<(Database, Vec<Piece>)> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let databases = [Database::Factiva, Database::Nexis];
    databases
        .into_iter()
        .find_map(|database| Some((database, parted(database, &lines)?)))
}

fn parted(database: Database, lines: &[&str]) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut ids = BTreeSet::new();
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        let id = match database {
            Database::Factiva => factiva_id(line),
            Database::Nexis => is_end_of_document(line).then_some(""),
        };
        let Some(id) = id else { continue };
        let piece = trimmed(lines.get(from..at).unwrap_or_default());
        // Two ends with one id, or an end without an article, are not what the database writes.
        if !id.is_empty() && !ids.insert(id) || piece.len() < 2 {
            return None;
        }
        pieces.push(match database {
            Database::Factiva => factiva(piece, id),
            Database::Nexis => nexis(piece),
        });
        from = at + 1;
    }
    let rest = trimmed(lines.get(from..).unwrap_or_default());
    if pieces.is_empty() || !is_closing(rest) {
        return None;
    }
    Some(pieces)
}

/// What follows the last article: the search that found them, or nothing.
fn is_closing(rest: &[&str]) -> bool {
    const SEARCH: &[&str] = &[
        "Search Summary",
        "Résumé de la recherche",
        "Suchübersicht",
        "Resumen de la búsqueda",
    ];
    rest.is_empty()
        || rest.iter().any(|line| SEARCH.contains(&line.trim()))
        || rest.len() <= 3
            && rest.iter().any(|line| {
                line.contains("Factiva") || line.contains("Dow Jones") || line.contains("LexisNexis")
            })
}

/// The id in a line such as `Document AFPR000020240312ek3c001ab`, which tells source and day.
fn factiva_id(line: &str) -> Option<&str> {
    const WORDS: &[&str] = &["Document", "Dokument", "Documento", "Документ", "文件", "文書"];
    let (word, id) = line.trim().split_once(char::is_whitespace).unwrap_or(("", line));
    // In an export by fields, the name of the field stands before it.
    let (word, id) = if word == "AN" {
        id.trim().split_once(char::is_whitespace)?
    } else {
        (word, id)
    };
    let id = id.trim();
    let source = id.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let is_id = source == id.len()
        && (18..=40).contains(&id.len())
        && digits >= 8
        && id.starts_with(|c: char| c.is_ascii_uppercase());
    (WORDS.contains(&word) && is_id).then_some(id)
}

fn is_end_of_document(line: &str) -> bool {
    matches!(
        line.trim(),
        "End of Document"
            | "Fin du document"
            | "Ende des Dokuments"
            | "Fin del documento"
            | "Einde van document"
    )
}

/// The lines without empty ones around them.
fn trimmed<'a, 'b>(mut lines: &'b [&'a str]) -> &'b [&'a str] {
    while let Some((first, rest)) = lines.split_first()
        && first.trim().is_empty()
    {
        lines = rest;
    }
    while let Some((last, rest)) = lines.split_last()
        && last.trim().is_empty()
    {
        lines = rest;
    }
    lines
}

/// Headline, maybe author, number of words, day, and name of the paper, each in a line, stand before the article.
fn factiva(lines: &[&str], id: &str) -> Piece {
    let mut piece = Piece {
        document: Some(id.to_owned()),
        text: lines.join("\n"),
        ..Piece::default()
    };
    if by_fields(lines, &mut piece) {
        return piece;
    }
    let filled: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .take(12)
        .collect();
    let Some(count) = filled.iter().position(|line| is_word_count(line)) else {
        return piece;
    };
    let day = filled
        .iter()
        .skip(count + 1)
        .take(2)
        .position(|line| dates::day(line).is_some());
    let Some(day) = day.map(|at| count + 1 + at) else {
        return piece;
    };
    piece.title = (count > 0)
        .then(|| filled.first().map(|line| (*line).to_owned()))
        .flatten();
    piece.author = filled
        .get(1..count)
        .filter(|lines| lines.len() == 1)
        .and_then(|lines| lines.first())
        .map(|line| by(line).to_owned());
    piece.published = filled.get(day).and_then(|line| dates::day(line));
    // The time of day may stand between the day and the name.
    let source = filled
        .iter()
        .skip(day + 1)
        .find(|line| !line.starts_with(|c: char| c.is_ascii_digit()));
    piece.source = source.map(|line| (*line).to_owned());
    piece
}

/// Takes what stands in fields with two letters as their names; whether there are any.
fn by_fields(lines: &[&str], piece: &mut Piece) -> bool {
    let field = |name: &str| {
        let found = lines
            .iter()
            .find_map(|line| line.trim_start().strip_prefix(name)?.strip_prefix([' ', '\t']));
        found
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    };
    let (Some(title), Some(published)) = (field("HD"), field("PD")) else {
        return false;
    };
    piece.title = Some(title);
    piece.published = dates::day(&published);
    piece.source = field("SN");
    piece.author = field("BY").map(|author| by(&author).to_owned());
    true
}

/// Headline, name of the paper, and day stand before the article, the author in a line that says so.
fn nexis(lines: &[&str]) -> Piece {
    let filled: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .take(20)
        .collect();
    let mut piece = Piece {
        text: lines.join("\n"),
        ..Piece::default()
    };
    let day = filled
        .iter()
        .take(6)
        .position(|line| line.chars().count() < 60 && dates::day(line).is_some());
    if let Some(day) = day.filter(|day| *day >= 2) {
        piece.title = filled.first().map(|line| (*line).to_owned());
        piece.source = filled.get(day - 1).map(|line| (*line).to_owned());
        piece.published = filled.get(day).and_then(|line| dates::day(line));
    }
    let byline = filled.iter().find_map(|line| line.strip_prefix("Byline:"));
    piece.author = byline.map(|line| by(line.trim()).to_owned());
    piece
}

/// A name without the word before it.
fn by(line: &str) -> &str {
    const BEFORE: &[&str] = &["By ", "BY ", "Par ", "Von ", "Por ", "Di "];
    BEFORE
        .iter()
        .find_map(|word| line.strip_prefix(word))
        .unwrap_or(line)
        .trim()
}

/// Whether a line is such as `1,234 words`.
fn is_word_count(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "words", "mots", "Wörter", "palabras", "parole", "palavras", "woorden", "слов", "字",
    ];
    let digits = line
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}'));
    let end: usize = digits.map(char::len_utf8).sum();
    line.starts_with(|c: char| c.is_ascii_digit())
        && line.get(end..).is_some_and(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTIVA: &str = "Aleppo airport reopens\nBy Ada Lovelace\n1,234 words\n12 March 2024\n08:15\nAgence France Presse\nAFPR\nEnglish\nCopyright AFP\n\nWords of the article.\nMore of them.\n\nDocument AFPR000020240312ek3c001ab\n\nSecond headline\n90 words\n13 March 2024\nReuters News\nLBA\nEnglish\n\nOther words.\n\nDocument LBA0000020240313ek3d00xyz\n\nSearch Summary\nText aleppo\n";

    #[test]
    fn an_export_of_factiva_is_parted_at_its_ids() {
        let found = pieces(FACTIVA).unwrap().1;
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title.as_deref(), Some("Aleppo airport reopens"));
        assert_eq!(found[0].author.as_deref(), Some("Ada Lovelace"));
        assert_eq!(found[0].published.as_deref(), Some("2024-03-12"));
        assert_eq!(found[0].source.as_deref(), Some("Agence France Presse"));
        assert_eq!(found[0].document.as_deref(), Some("AFPR000020240312ek3c001ab"));
        assert!(found[0].text.starts_with("Aleppo") && found[0].text.ends_with("More of them."));
        assert_eq!(
            (found[1].author.as_deref(), found[1].source.as_deref()),
            (None, Some("Reuters News"))
        );
        let fields = "HD\tA headline\nBY\tPar Ada\nWC\t10 mots\nPD\t12 mars 2024\nSN\tLe Monde\nTD\nWords.\nAN\tDocument LEMOND0020240312ek3c0000a\n";
        let found = pieces(fields).unwrap().1;
        assert_eq!(found[0].source.as_deref(), Some("Le Monde"));
        assert_eq!(found[0].author.as_deref(), Some("Ada"));
    }

    #[test]
    fn an_export_of_nexis_is_parted_at_its_ends() {
        let text = "Headline one\nThe Guardian (London)\nMarch 12, 2024 Tuesday\nCopyright 2024\nLength: 20 words\nByline: Ada Lovelace\nBody\n\nWords.\nLoad-Date: March 12, 2024\n\nEnd of Document\n\nHeadline two\nLe Figaro\n13 mars 2024\nBody\nD’autres mots.\n\nEnd of Document\n";
        let found = pieces(text).unwrap().1;
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title.as_deref(), Some("Headline one"));
        assert_eq!(found[0].source.as_deref(), Some("The Guardian (London)"));
        assert_eq!(found[0].published.as_deref(), Some("2024-03-12"));
        assert_eq!(found[0].author.as_deref(), Some("Ada Lovelace"));
        assert_eq!(found[1].source.as_deref(), Some("Le Figaro"));
    }

    #[test]
    fn what_is_not_parted_for_certain_stays_one() {
        for text in [
            "An article\nabout the Document AFPR000020240312ek3c001ab\n",
            // Twice the same id.
            &FACTIVA.replace("LBA0000020240313ek3d00xyz", "AFPR000020240312ek3c001ab"),
            // Words behind the last end.
            &FACTIVA.replace("Search Summary", "And another article"),
            "End of Document\nwords",
            "words\nEnd of Document\n",
            "",
        ] {
            assert_eq!(pieces(text), None, "{text}");
        }
    }
}
