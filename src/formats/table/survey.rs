//! What all rows of a table of spans say together: in which unit it counts, and of which types its attributes are.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::model::{Article, AttributeType};
use crate::text::Text;

use super::super::position::{Pairs, Unit, pairs};
use super::super::unit_probe::UnitProbe;
use super::super::value_text::ToldTypes;
use super::super::{Collected, Diagnostic, ReadOptions};
use super::articles::Beside;
use super::columns::Columns;
use super::read::values_of_object;
use super::source::Row;

/// What was found out.
pub(super) struct Survey {
    /// In what the rows count that do not say it.
    pub(super) unit: Unit,
    /// What is to be said of that.
    pub(super) found: Option<Diagnostic>,
    /// The types of the attributes.
    pub(super) types: ToldTypes,
    /// Whether rows of one article stand apart, as they do in a table that was sorted by something else.
    pub(super) is_scattered: bool,
}

impl Default for Survey {
    fn default() -> Self {
        Self {
            unit: Unit::CodePoints,
            found: None,
            types: ToldTypes::default(),
            is_scattered: false,
        }
    }
}

impl Survey {
    /// Looks at all rows. The articles of a table beside it are in the same order.
    pub(super) fn of<'r>(
        rows: impl Iterator<Item = Cow<'r, Row>>,
        columns: &Columns,
        beside: Option<Beside>,
        options: &ReadOptions,
    ) -> Self {
        let mut probing = Probing {
            columns,
            beside,
            article: None,
            words: None,
            probe: UnitProbe::default(),
        };
        let is_quantity = |name: &str| options.attribute_type(name) == Some(AttributeType::Quantity);
        let mut types = ToldTypes::default();
        let mut order = Order::default();
        for row in rows {
            if let Some(id) = columns.get("article", &row.cells) {
                order.add(id);
            }
            if !columns.has("offsets") {
                probing.row(&row);
            }
            for (name, text) in columns.attributes(&row.cells, &is_quantity) {
                types.add(name, text);
            }
            let others = columns.named("more_attributes", &row.cells);
            for (name, value) in others.map(values_of_object).unwrap_or_default() {
                types.add_value(&name, &value);
            }
        }
        let (unit, found) = probing.probe.verdict(Unit::CodePoints, options);
        Self {
            unit,
            found,
            types,
            is_scattered: order.is_scattered,
        }
    }
}

/// The articles of rows as they follow each other.
#[derive(Default)]
struct Order {
    seen: BTreeSet<String>,
    last: Option<String>,
    is_scattered: bool,
}

impl Order {
    fn add(&mut self, id: &str) {
        if !self.is_scattered && self.last.as_deref() != Some(id) {
            self.is_scattered = !self.seen.insert(id.to_owned());
            self.last = Some(id.to_owned());
        }
    }
}

/// Holds rows against the texts of their articles.
struct Probing<'a> {
    columns: &'a Columns,
    beside: Option<Beside>,
    /// The last article of the table beside.
    article: Option<Article>,
    /// The last text of this table.
    words: Option<Text>,
    probe: UnitProbe,
}

impl Probing<'_> {
    fn row(&mut self, row: &Row) {
        let of = |what| self.columns.get(what, &row.cells);
        let Ok(pairs) = pairs_of(self.columns, &row.cells) else {
            return;
        };
        let id = of("article");
        let is_of = |article: &Article| id.is_some_and(|id| article.id.as_str() == id);
        if let Some((id, beside)) = id.zip(self.beside.as_mut())
            && !self.article.as_ref().is_some_and(is_of)
        {
            self.article = beside.take(id, &mut Collected::default()).or(self.article.take());
        }
        let text = match (self.article.as_ref().filter(|article| is_of(article)), of("text")) {
            (Some(article), _) => &article.text,
            (None, Some(words)) => {
                if self.words.as_ref().is_none_or(|known| known.as_str() != words) {
                    self.words = Some(Text::new(words.to_owned()));
                }
                let Some(text) = &self.words else { return };
                text
            }
            (None, None) => return,
        };
        match of("quote") {
            Some(quote) => self.probe.add(text, &pairs, quote),
            None => self.probe.add_unquoted(text),
        }
    }
}

/// Where a row says that its span lies.
pub(super) fn pairs_of(columns: &Columns, cells: &[String]) -> Result<Pairs, String> {
    let number = |what| {
        let text = columns.get(what, cells)?.trim();
        let whole = text.strip_suffix(".0").unwrap_or(text);
        Some(serde_json::from_str(whole).unwrap_or_else(|_| Json::from(text)))
    };
    let fragments = columns.get("fragments", cells);
    let fragments = fragments.map(|text| serde_json::from_str(text).unwrap_or_else(|_| Json::from(text)));
    pairs(
        number("start").as_ref(),
        number("end").as_ref(),
        fragments.as_ref(),
    )
}
