//! Tables with one article a row, as newspapers' archives and scrapers give them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};

use crate::model::{Article, ArticleId, Extra, Header};
use crate::text::Text;

use super::super::articles::date::is_unclear;
use super::super::{Diagnostic, Incoming, ReadOptions, Sink, language_of};
use super::columns::{Columns, key};
use super::schema::{META, Table};
use super::source::{self, Kind, MOST_WAITING, Row, Sheet};

/// Rows from which the column of the texts is told.
const PROBED: usize = 50;
/// What a column of such a table may hold; all other columns are metadata.
const USED: [&str; 9] = [
    "id",
    "title",
    "lang",
    "text",
    "source",
    "url",
    "published",
    "author",
    "meta",
];
/// Columns in which other tools keep all marks of an article.
const MARKS: [&str; 5] = ["spans", "ner_tags", "entities", "labels", "label"];

/// Reads a table with one article a row.
pub(super) fn read(
    path: &Path,
    sheet: Sheet,
    mut columns: Columns,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    let Sheet { header, mut rows } = sheet;
    let first: Vec<Result<Row, Diagnostic>> = rows.by_ref().take(PROBED).collect();
    if !options.columns.contains_key("text")
        && let Some(found) = choose_text(&header, &first, &mut columns)
    {
        sink.diagnostic(found.in_file(path));
    }
    sink.columns(columns.found());
    if !columns.has("text") {
        sink.diagnostic(no_text_column(&header).in_file(path));
        return ControlFlow::Continue(());
    }
    let marks: Vec<&str> = header
        .iter()
        .map(String::as_str)
        .filter(|name| MARKS.contains(name))
        .collect();
    if !marks.is_empty() {
        let message = format!("the marks in {} were not read as spans", marks.join(", "));
        let found = Diagnostic::warning("marks_left_out", message).in_file(path);
        sink.diagnostic(
            found.with_hint("the articles came in without them; import a table with one span a row"),
        );
    }
    let (mut bytes, mut unclear) = (0, Unclear::default());
    for row in first.into_iter().chain(rows) {
        let row = match row {
            Ok(row) => row,
            Err(found) => {
                sink.diagnostic(found);
                continue;
            }
        };
        bytes += row.cells.iter().map(String::len).sum::<usize>() as u64;
        unclear.note(&columns, &row);
        match article(&columns, &row.cells) {
            Ok(article) => sink.article(Incoming {
                article,
                layers: Vec::new(),
                line: Some(row.line),
            })?,
            Err(found) => sink.diagnostic(found.in_file(path).at_line(row.line)),
        }
        sink.progress(bytes)?;
    }
    if let Some(found) = unclear.finding() {
        sink.diagnostic(found.in_file(path));
    }
    ControlFlow::Continue(())
}

/// Dates of a table that can be read in more than one way.
#[derive(Default)]
struct Unclear {
    count: u64,
    /// The first of them, and its line.
    first: Option<(u64, String)>,
}

impl Unclear {
    fn note(&mut self, columns: &Columns, row: &Row) {
        if let Some(date) = columns
            .get("published", &row.cells)
            .filter(|date| is_unclear(date))
        {
            self.count += 1;
            self.first.get_or_insert_with(|| (row.line, date.to_owned()));
        }
    }

    fn finding(self) -> Option<Diagnostic> {
        let (line, date) = self.first?;
        let message = format!(
            "dates in numbers that do not say which is the day and which the month: {}, the first of them {date}; they \
             were kept as they are",
            self.count
        );
        let hint = "write them as year-month-day, such as 2024-03-12, and import the table again: what “yesterday” is in \
                    an article is reckoned from its date";
        Some(
            Diagnostic::warning("bad_date", message)
                .with_hint(hint)
                .at_line(line),
        )
    }
}

fn no_text_column(header: &[String]) -> Diagnostic {
    let message = format!("no column holds texts; the columns are {}", header.join(", "));
    Diagnostic::error("no_text", message).with_hint(
        "name the column of the articles' words, or give the first row names such as text, title, date",
    )
}

/// Takes the column with the longest cells, among those that have a usual name if there are such.
fn choose_text(
    header: &[String],
    rows: &[Result<Row, Diagnostic>],
    columns: &mut Columns,
) -> Option<Diagnostic> {
    const NAMES: [&str; 11] = [
        "text",
        "body",
        "content",
        "article",
        "articletext",
        "fulltext",
        "story",
        "maintext",
        "description",
        "summary",
        "snippet",
    ];
    let length = |at: usize| -> usize {
        let cells = rows.iter().flatten().filter_map(|row| row.cells.get(at));
        cells.map(String::len).sum()
    };
    let is_usual =
        |at: usize, name: &str| columns.place("text") == Some(at) || NAMES.contains(&key(name).as_str());
    let named = header.iter().enumerate();
    let usual: Vec<usize> = named
        .filter(|(at, name)| is_usual(*at, name))
        .map(|(at, _)| at)
        .collect();
    let taken: Vec<usize> = USED.iter().filter_map(|what| columns.place(what)).collect();
    let candidates = (0..header.len()).filter(|at| match usual.as_slice() {
        [] => !taken.contains(at) && length(*at) > 0,
        usual => usual.contains(at),
    });
    let best = candidates.rev().max_by_key(|at| length(*at))?;
    for what in USED {
        if columns.place(what) == Some(best) {
            columns.unset(what);
        }
    }
    columns.set("text", best);
    (usual.len() != 1).then(|| {
        let message = format!(
            "the articles' words were taken from the column {:?}, whose cells are the longest",
            columns.name(best)
        );
        Diagnostic::info("text_column", message).with_hint("name another column if that is wrong")
    })
}

/// The article of a row.
///
/// # Errors
/// Where it has no words, or an id that is none.
pub(super) fn article(columns: &Columns, cells: &[String]) -> Result<Article, Diagnostic> {
    let id = columns.get("id", cells).map(ArticleId::new).transpose()?;
    // An article that the project wrote may be empty; a row of a foreign table without words is none.
    let is_own = columns.has("sha256");
    let text = match columns.get("text", cells) {
        Some(text) => text,
        None if is_own => "",
        None => {
            return Err(
                Diagnostic::error("no_text", "the row has no text").with_hint("nothing was imported from it")
            );
        }
    };
    let lang = columns.get("lang", cells).map(str::to_owned);
    let header = Header {
        title: columns.get("title", cells).map(str::to_owned),
        lang: if is_own {
            lang
        } else {
            lang.or_else(|| language_of(text).map(str::to_owned))
        },
        meta: meta(columns, cells, is_own),
        extra: Extra::new(),
    };
    Ok(Article::new(id, header, Text::new(text.to_owned()))?)
}

fn meta(columns: &Columns, cells: &[String], is_own: bool) -> Extra {
    let mut meta = Map::new();
    for key in META {
        if let Some(text) = columns.get(key, cells) {
            meta.insert(key.to_owned(), text.into());
        }
    }
    let given = columns.get("meta", cells);
    if let Some(words) = given {
        match serde_json::from_str(words) {
            Ok(Json::Object(more)) => meta.extend(more),
            _ => drop(meta.insert("meta".to_owned(), words.into())),
        }
    }
    if !is_own {
        for (name, cell) in columns.others(&USED, cells) {
            meta.entry(name.to_owned()).or_insert_with(|| cell.into());
        }
    }
    meta
}

/// The articles of a companion table. They are read as far as they are asked for, so that tables in one order are never
/// in memory as a whole.
pub(super) struct Beside {
    columns: Columns,
    rows: Box<dyn Iterator<Item = Result<Row, Diagnostic>>>,
    /// Articles that were passed on the way to others, with their places in the table.
    waiting: BTreeMap<String, (u64, Article)>,
    waiting_bytes: usize,
    seen: BTreeSet<String>,
    /// The file in which the table lies.
    path: PathBuf,
}

impl Beside {
    /// Opens the table. `None` where there is none.
    pub(super) fn open(kind: Kind, path: &Path, sink: &mut dyn Sink) -> Option<Self> {
        let sheet = source::told(kind, path, Table::Articles, sink)?;
        Some(Self {
            // What the user chose is about the main table.
            columns: Columns::find(&sheet.header, &BTreeMap::new()),
            rows: sheet.rows,
            waiting: BTreeMap::new(),
            waiting_bytes: 0,
            seen: BTreeSet::new(),
            path: source::file_of(kind, path, Table::Articles),
        })
    }

    /// The article of an id, which nobody gets a second time.
    pub(super) fn take(&mut self, id: &str, sink: &mut dyn Sink) -> Option<Article> {
        if let Some((_, article)) = self.waiting.remove(id) {
            self.waiting_bytes -= article.text.end().get();
            return Some(article);
        }
        if self.seen.contains(id) {
            return None;
        }
        while let Some((place, article)) = self.next(sink) {
            if article.id.as_str() == id {
                return Some(article);
            }
            let bytes = article.text.end().get();
            if self.waiting_bytes + bytes > MOST_WAITING {
                sink.diagnostic(too_much_waits("article", article.id.as_str()).in_file(&self.path));
                continue;
            }
            self.waiting_bytes += bytes;
            self.waiting.insert(article.id.to_string(), (place, article));
        }
        None
    }

    fn next(&mut self, sink: &mut dyn Sink) -> Option<(u64, Article)> {
        loop {
            let row = self.rows.next()?;
            let read = row.and_then(|row| {
                let article = article(&self.columns, &row.cells);
                article
                    .map(|article| (row.line, article))
                    .map_err(|found| found.at_line(row.line))
            });
            match read {
                Ok((line, article)) if self.seen.contains(article.id.as_str()) => {
                    let message = format!("article {} is there twice", article.id);
                    sink.diagnostic(
                        Diagnostic::error("duplicate_id", message)
                            .in_file(&self.path)
                            .at_line(line)
                            .with_hint("the first one was taken; give the other one an id of its own"),
                    );
                }
                Ok((line, article)) => {
                    self.seen.insert(article.id.to_string());
                    return Some((line, article));
                }
                Err(found) => sink.diagnostic(found.in_file(&self.path)),
            }
        }
    }

    /// Hands over what nobody asked for.
    pub(super) fn hand_over_rest(mut self, sink: &mut dyn Sink) -> ControlFlow<()> {
        let mut waiting: Vec<(u64, Article)> = std::mem::take(&mut self.waiting).into_values().collect();
        waiting.sort_by_key(|(place, _)| *place);
        for (_, article) in waiting {
            hand_over(article, sink)?;
        }
        while let Some((_, article)) = self.next(sink) {
            hand_over(article, sink)?;
        }
        ControlFlow::Continue(())
    }
}

fn hand_over(article: Article, sink: &mut dyn Sink) -> ControlFlow<()> {
    sink.article(Incoming {
        article,
        layers: Vec::new(),
        line: None,
    })
}

/// The finding that something waits for an article which comes too late.
pub(super) fn too_much_waits(what: &str, id: &str) -> Diagnostic {
    let message = format!("{what} {id} does not fit into memory until its turn comes, and is kept out");
    Diagnostic::error("too_large", message)
        .with_hint("sort all tables by article_id in the same way and import them again")
}
