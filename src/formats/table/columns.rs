//! Which column of a table holds what: by the names that such columns usually have, or as the user says.

use std::collections::{BTreeMap, BTreeSet};

use super::quantity;
use super::schema::ATTRIBUTE;

/// What a column holds, with the names under which tables have it, without case and punctuation.
const USUAL: &[(&str, &[&str])] = &[
    (
        "article",
        &[
            "articleid",
            "docid",
            "documentid",
            "textid",
            "docname",
            "document",
            "doc",
            "article",
            "filename",
            "file",
        ],
    ),
    (
        "span",
        &["spanid", "entityid", "annotationid", "mentionid", "tagid"],
    ),
    (
        "label",
        &[
            "label",
            "entitytype",
            "entitylabel",
            "tag",
            "nertag",
            "category",
            "type",
            "class",
        ],
    ),
    (
        "start",
        &[
            "start",
            "begin",
            "startoffset",
            "startchar",
            "charstart",
            "offsetstart",
            "startpos",
            "beginoffset",
            "spanstart",
            "from",
        ],
    ),
    (
        "end",
        &[
            "end",
            "stop",
            "endoffset",
            "endchar",
            "charend",
            "offsetend",
            "endpos",
            "spanend",
            "to",
        ],
    ),
    ("offsets", &["offsets"]),
    (
        "quote",
        &[
            "quote",
            "surface",
            "mention",
            "spantext",
            "entity",
            "entitytext",
            "exact",
            "form",
            "surfaceform",
        ],
    ),
    (
        "text",
        &[
            "articletext",
            "fulltext",
            "documenttext",
            "doctext",
            "text",
            "body",
            "content",
            "story",
            "maintext",
            "sentence",
            "context",
            "article",
            "texte",
            "contenu",
            "corps",
            "texto",
            "contenido",
            "inhalt",
            "النص",
        ],
    ),
    (
        "title",
        &[
            "title",
            "headline",
            "heading",
            "titre",
            "titel",
            "título",
            "titulo",
            "العنوان",
        ],
    ),
    (
        "lang",
        &["lang", "language", "languagecode", "langue", "sprache", "idioma"],
    ),
    (
        "annotator",
        &["annotator", "annotatorid", "coder", "user", "username"],
    ),
    ("status", &["status"]),
    ("fragments", &["fragments"]),
    (
        "published",
        &[
            "published",
            "date",
            "pubdate",
            "publishdate",
            "publishedat",
            "publicationdate",
            "datepublished",
            "publisheddate",
            "datedepublication",
            "datum",
            "fecha",
            "التاريخ",
        ],
    ),
    (
        "url",
        &["url", "link", "uri", "sourceurl", "href", "lien", "enlace"],
    ),
    (
        "source",
        &[
            "source",
            "publisher",
            "outlet",
            "newspaper",
            "domain",
            "site",
            "sourcename",
            "publication",
            "paper",
            "journal",
            "quelle",
            "zeitung",
            "fuente",
            "المصدر",
        ],
    ),
    (
        "author",
        &[
            "author", "authors", "byline", "creator", "writer", "auteur", "auteurs", "autor", "autorin",
        ],
    ),
    (
        "id",
        &["id", "articleid", "docid", "documentid", "guid", "uid", "uuid"],
    ),
    ("sha256", &["sha256"]),
    ("meta", &["meta"]),
];

/// The columns of one table.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    header: Vec<String>,
    places: BTreeMap<&'static str, usize>,
    /// What the user chose and the table has not.
    pub missing: Vec<String>,
}

/// A name as [`USUAL`] has it.
pub(super) fn key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn cell(place: usize, cells: &[String]) -> Option<&str> {
    let cell = cells.get(place)?;
    Some(cell.as_str()).filter(|cell| !cell.is_empty())
}

impl Columns {
    /// Finds the columns of a header; what the user chose goes first.
    pub(super) fn find(header: &[String], chosen: &BTreeMap<String, String>) -> Self {
        let keys: Vec<String> = header.iter().map(|name| key(name)).collect();
        let (mut places, mut missing) = (BTreeMap::new(), Vec::new());
        for (what, names) in USUAL {
            let place = if let Some(name) = chosen.get(*what) {
                let place = header.iter().position(|column| column == name);
                let place = place.or_else(|| keys.iter().position(|column| *column == key(name)));
                if place.is_none() {
                    missing.push(name.clone());
                }
                place
            } else {
                names
                    .iter()
                    .find_map(|name| keys.iter().position(|column| column == name))
            };
            if let Some(place) = place {
                places.insert(*what, place);
            }
        }
        Self {
            header: header.to_vec(),
            places,
            missing,
        }
    }

    /// Whether there is a column for that.
    pub(super) fn has(&self, what: &str) -> bool {
        self.places.contains_key(what)
    }

    /// Takes another column for something.
    pub(super) fn set(&mut self, what: &'static str, place: usize) {
        self.places.insert(what, place);
    }

    /// Takes the column away from something.
    pub(super) fn unset(&mut self, what: &str) -> Option<usize> {
        self.places.remove(what)
    }

    /// The name of a column.
    pub(super) fn name(&self, place: usize) -> &str {
        self.header.get(place).map_or("", String::as_str)
    }

    /// The names of all that have something, by what they have.
    pub(super) fn found(&self) -> BTreeMap<&'static str, String> {
        let names = self.places.iter();
        names
            .map(|(what, place)| (*what, self.name(*place).to_owned()))
            .collect()
    }

    /// Where the column for something is.
    pub(super) fn place(&self, what: &str) -> Option<usize> {
        self.places.get(what).copied()
    }

    /// What a row says of something; `None` where the cell is empty.
    pub(super) fn get<'r>(&self, what: &str, cells: &'r [String]) -> Option<&'r str> {
        cell(self.place(what)?, cells)
    }

    /// What a row has in the column of exactly that name.
    pub(super) fn named<'r>(&self, name: &str, cells: &'r [String]) -> Option<&'r str> {
        cell(self.header.iter().position(|column| column == name)?, cells)
    }

    /// Columns that hold none of these, with what a row has in them.
    pub(super) fn others<'r>(
        &'r self,
        used: &[&str],
        cells: &'r [String],
    ) -> impl Iterator<Item = (&'r str, &'r str)> {
        let taken: BTreeSet<usize> = used.iter().filter_map(|what| self.place(what)).collect();
        let all = self.header.iter().zip(cells).enumerate();
        all.filter(move |(at, (name, cell))| !taken.contains(at) && !name.is_empty() && !cell.is_empty())
            .map(|(_, (name, cell))| (name.as_str(), cell.as_str()))
    }

    /// The attributes of a row by their ids, as strings, without the parts of quantities.
    pub(super) fn attributes<'r>(
        &'r self,
        cells: &'r [String],
        is_quantity: &'r dyn Fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.attribute_cells(cells)
            .filter(move |(id, _)| self.quantity_of(id, is_quantity).is_none())
    }

    /// The quantities of a row by the ids of their attributes, each with those of its parts that are there.
    pub(super) fn quantities<'r>(
        &'r self,
        cells: &'r [String],
        is_quantity: &dyn Fn(&str) -> bool,
    ) -> BTreeMap<&'r str, Vec<(&'r str, &'r str)>> {
        let mut quantities: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (id, cell) in self.attribute_cells(cells) {
            let part = id.rsplit_once('.').map(|(_, part)| part);
            if let Some((whole, part)) = self.quantity_of(id, is_quantity).zip(part) {
                quantities.entry(whole).or_default().push((part, cell));
            }
        }
        quantities
    }

    fn attribute_cells<'r>(&'r self, cells: &'r [String]) -> impl Iterator<Item = (&'r str, &'r str)> {
        let all = self.header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        all.filter_map(|(name, cell)| Some((name.strip_prefix(ATTRIBUTE)?, cell.as_str())))
    }

    /// The quantity that a column is a part of: one that has a column itself, or that the codebook knows as one.
    fn quantity_of<'r>(&self, id: &'r str, is_quantity: &dyn Fn(&str) -> bool) -> Option<&'r str> {
        let whole = quantity::whole_of(id)?;
        let has_column = || {
            let mut names = self.header.iter();
            names.any(|name| name.strip_prefix(ATTRIBUTE) == Some(whole))
        };
        (is_quantity(whole) || has_column()).then_some(whole)
    }

    /// Whether the rows are spans: they have a label, a start, and an end.
    pub(super) fn are_of_spans(&self) -> bool {
        self.has("label") && self.has("start") && self.has("end")
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{COLUMN_USES, RARE_COLUMN_USES};
    use super::USUAL;

    #[test]
    fn every_use_of_a_column_can_be_named_and_nothing_else() {
        let mut known: Vec<&str> = USUAL.iter().map(|(what, _)| *what).collect();
        let mut named = [COLUMN_USES, RARE_COLUMN_USES].concat();
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(known, named);
    }
}
