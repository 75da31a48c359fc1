//! Exports of news databases: several articles in one document, parted only where the database says that one ends.
//!
//! Factiva ends each article with the line `Document` and an id of its own, Nexis with `End of Document`. A document in
//! which these are not what they seem stays one article.

use std::collections::BTreeSet;

use super::super::Diagnostic;
use super::page::name_in;
use super::{Contents, Facts, Words, date, filled};

/// The articles of an export; `None` where the text of a document is none.
pub(in super::super) fn articles(text: &str) -> Option<Contents> {
    let (database, articles) = pieces(text)?;
    let told = vec![split_export(database.name(), articles.len())];
    Some(Contents { articles, told })
}

/// That a file holds articles of a news database, each of which came in as one.
pub(super) fn split_export(name: &str, count: usize) -> Diagnostic {
    let message = match count {
        1 => format!("the file is an export of {name} with one article"),
        count => format!("the file is an export of {name}; it was split into its {count} articles"),
    };
    Diagnostic::info("split_export", message)
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
fn pieces(text: &str) -> Option<(Database, Vec<Words>)> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let databases = [Database::Factiva, Database::Nexis];
    databases
        .into_iter()
        .find_map(|database| Some((database, parted(database, &lines)?)))
}

fn parted(database: Database, lines: &[&str]) -> Option<Vec<Words>> {
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
pub(super) fn factiva_id(line: &str) -> Option<&str> {
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

fn filled_lines<'a>(lines: &[&'a str]) -> impl Iterator<Item = &'a str> {
    lines.iter().filter_map(|line| filled(line))
}

/// Headline, maybe author, number of words, day, and name of the paper, each in a line, stand before the article.
fn factiva(lines: &[&str], id: &str) -> Words {
    let facts = by_fields(lines).or_else(|| by_lines(lines)).unwrap_or_default();
    Words {
        text: lines.join("\n"),
        facts: Facts {
            document: Some(id.to_owned()),
            ..facts
        },
    }
}

fn by_lines(lines: &[&str]) -> Option<Facts> {
    let filled: Vec<&str> = filled_lines(lines).take(12).collect();
    let count = filled.iter().position(|line| is_word_count(line))?;
    let day = filled
        .iter()
        .skip(count + 1)
        .take(2)
        .position(|line| date::in_line(line).is_some())?;
    let day = count + 1 + day;
    let title = filled.first().filter(|_| count > 0);
    let author = filled.get(1..count).filter(|lines| lines.len() == 1);
    // The time of day may stand between the day and the name.
    let source = filled
        .iter()
        .skip(day + 1)
        .find(|line| !line.starts_with(|c: char| c.is_ascii_digit()));
    Some(Facts {
        title: title.map(|line| (*line).to_owned()),
        author: author.and_then(|lines| lines.first()).map(|line| name_in(line)),
        published: filled.get(day).and_then(|line| date::in_line(line)),
        source: source.map(|line| (*line).to_owned()),
        ..Facts::default()
    })
}

/// What stands in fields with two letters as their names, if there are any.
fn by_fields(lines: &[&str]) -> Option<Facts> {
    let field = |name: &str| {
        let found = lines
            .iter()
            .find_map(|line| line.trim_start().strip_prefix(name)?.strip_prefix([' ', '\t']));
        found.and_then(filled).map(str::to_owned)
    };
    let (title, published) = (field("HD")?, field("PD")?);
    Some(Facts {
        title: Some(title),
        published: date::in_line(&published),
        source: field("SN"),
        author: field("BY").map(|author| name_in(&author)),
        ..Facts::default()
    })
}

/// Headline, name of the paper, and day stand before the article, the author in a line that says so.
fn nexis(lines: &[&str]) -> Words {
    let filled: Vec<&str> = filled_lines(lines).take(20).collect();
    let mut facts = Facts::default();
    let day = filled
        .iter()
        .take(6)
        .position(|line| line.chars().count() < 60 && date::in_line(line).is_some());
    if let Some(day) = day.filter(|day| *day >= 2) {
        facts.title = filled.first().map(|line| (*line).to_owned());
        facts.source = filled.get(day - 1).map(|line| (*line).to_owned());
        facts.published = filled.get(day).and_then(|line| date::in_line(line));
    }
    let byline = filled.iter().find_map(|line| line.strip_prefix("Byline:"));
    facts.author = byline.map(|line| name_in(line.trim()));
    Words {
        text: lines.join("\n"),
        facts,
    }
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
        assert_eq!(found[0].facts.title.as_deref(), Some("Aleppo airport reopens"));
        assert_eq!(found[0].facts.author.as_deref(), Some("Ada Lovelace"));
        assert_eq!(found[0].facts.published.as_deref(), Some("2024-03-12"));
        assert_eq!(found[0].facts.source.as_deref(), Some("Agence France Presse"));
        assert_eq!(
            found[0].facts.document.as_deref(),
            Some("AFPR000020240312ek3c001ab")
        );
        assert!(found[0].text.starts_with("Aleppo") && found[0].text.ends_with("More of them."));
        assert_eq!(
            (found[1].facts.author.as_deref(), found[1].facts.source.as_deref()),
            (None, Some("Reuters News"))
        );
        let fields = "HD\tA headline\nBY\tPar Ada\nWC\t10 mots\nPD\t12 mars 2024\nSN\tLe Monde\nTD\nWords.\nAN\tDocument LEMOND0020240312ek3c0000a\n";
        let found = pieces(fields).unwrap().1;
        assert_eq!(found[0].facts.source.as_deref(), Some("Le Monde"));
        assert_eq!(found[0].facts.author.as_deref(), Some("Ada"));
    }

    #[test]
    fn an_export_of_nexis_is_parted_at_its_ends() {
        let text = "Headline one\nThe Guardian (London)\nMarch 12, 2024 Tuesday\nCopyright 2024\nLength: 20 words\nByline: Ada Lovelace\nBody\n\nWords.\nLoad-Date: March 12, 2024\n\nEnd of Document\n\nHeadline two\nLe Figaro\n13 mars 2024\nBody\nD’autres mots.\n\nEnd of Document\n";
        let found = pieces(text).unwrap().1;
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].facts.title.as_deref(), Some("Headline one"));
        assert_eq!(found[0].facts.source.as_deref(), Some("The Guardian (London)"));
        assert_eq!(found[0].facts.published.as_deref(), Some("2024-03-12"));
        assert_eq!(found[0].facts.author.as_deref(), Some("Ada Lovelace"));
        assert_eq!(found[1].facts.source.as_deref(), Some("Le Figaro"));
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
