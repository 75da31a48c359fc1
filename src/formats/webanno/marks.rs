//! The cells of a file as annotations: which rows one covers, what its columns say, and what it is linked to.

use std::collections::BTreeMap;

use super::escape::{split, suffix};
use super::lines::{Head, Holds, Kind, Row, Sheet};
use crate::text::ByteRange;

/// An annotation of words.
#[derive(Clone, Debug)]
pub(super) struct Mark<'t> {
    /// The number of its layer.
    pub head: usize,
    pub line: u64,
    /// The last row of it.
    row: usize,
    pub range: ByteRange,
    /// Whether a row of it has no place in the text.
    pub is_broken: bool,
    /// What stands in a column, still escaped; nothing where it is null.
    pub values: BTreeMap<usize, &'t str>,
}

/// An annotation that joins two others.
#[derive(Clone, Debug)]
pub(super) struct Link<'t> {
    pub head: usize,
    pub line: u64,
    /// The row of its target.
    pub row: usize,
    /// The name of the row of its source.
    pub source: &'t str,
    /// The numbers of source and target, where they have some.
    pub numbers: (Option<&'t str>, Option<&'t str>),
    pub values: BTreeMap<usize, &'t str>,
}

/// The element of a chain.
pub(super) type Element = (usize, u64, u64);

/// All that is marked in a file.
#[derive(Debug, Default)]
pub(super) struct Marks<'t> {
    pub spans: Vec<Mark<'t>>,
    /// The marks of a layer on a row.
    pub on: BTreeMap<(usize, usize), Vec<usize>>,
    /// The marks of a layer by their numbers.
    pub numbered: BTreeMap<(usize, &'t str), usize>,
    pub links: Vec<Link<'t>>,
    /// The elements of chains: layer, chain, and place in it.
    pub chains: BTreeMap<Element, Mark<'t>>,
    /// Roles filled by other annotations, which are not read.
    pub slots: u64,
    /// Annotations of layers that describe words.
    pub of_words: u64,
    /// Cells that cannot be read: line, cell, and what is wrong with it.
    pub bad: Vec<(u64, &'t str, &'static str)>,
}

/// Layers that say how a text is cut or what its words are, not what somebody marked in it.
pub(super) fn is_ground(layer: &str) -> bool {
    const API: &str = "de.tudarmstadt.ukp.dkpro.core.api.";
    const GROUND: [&str; 4] = [
        "segmentation.",
        "metadata.",
        "lexmorph.",
        "syntax.type.dependency.",
    ];
    layer.starts_with("uima.")
        || layer
            .strip_prefix(API)
            .is_some_and(|rest| GROUND.iter().any(|ground| rest.starts_with(ground)))
}

/// Reads the cells of all rows; places are those of the rows.
pub(super) fn marks<'t>(sheet: &Sheet<'t>, places: &[Option<ByteRange>]) -> Marks<'t> {
    let mut marks = Marks::default();
    let rows = sheet.blocks.iter().flat_map(|block| &block.rows);
    for (number, (row, place)) in rows.zip(places).enumerate() {
        for (layer, head) in sheet.heads.iter().enumerate() {
            let here = Here {
                layer,
                head,
                number,
                row,
                place: *place,
            };
            if is_ground(head.name) {
                let first = here.cells().next();
                marks.of_words += first.map_or(0, |(_, cell)| split(cell, '|').len() as u64);
                continue;
            }
            match head.kind {
                Kind::Span => marks.words(&here),
                Kind::Relation => marks.relations(&here),
                Kind::Chain => marks.chain(&here),
            }
        }
    }
    marks
}

/// The columns of one layer in one row.
struct Here<'a, 't> {
    layer: usize,
    head: &'a Head<'t>,
    number: usize,
    row: &'a Row<'t>,
    place: Option<ByteRange>,
}

impl<'t> Here<'_, 't> {
    /// The cells that hold something, by the number of their column in the layer.
    fn cells(&self) -> impl Iterator<Item = (usize, &'t str)> {
        let cells = self.row.cells.iter().skip(self.head.first);
        let cells = cells.take(self.head.columns.len()).copied().enumerate();
        cells.filter(|(_, cell)| *cell != "_")
    }

    fn mark(&self) -> Mark<'t> {
        Mark {
            head: self.layer,
            line: self.row.line,
            row: self.number,
            range: self
                .place
                .unwrap_or_else(|| ByteRange::caret(crate::text::ByteOffset::ZERO)),
            is_broken: self.place.is_none(),
            values: BTreeMap::new(),
        }
    }
}

impl Mark<'_> {
    /// The mark goes on here.
    fn extend(&mut self, row: usize, place: Option<ByteRange>) {
        self.row = row;
        match place {
            Some(place) => {
                let (start, end) = (
                    self.range.start().min(place.start()),
                    self.range.end().max(place.end()),
                );
                self.range = ByteRange::between(start, end);
            }
            None => self.is_broken = true,
        }
    }
}

impl<'t> Marks<'t> {
    fn words(&mut self, here: &Here<'_, 't>) {
        let mut on: Vec<usize> = Vec::new();
        for (column, cell) in here.cells() {
            let holds = here.head.columns.get(column);
            for (place, value) in split(cell, '|').into_iter().enumerate() {
                let (value, number) = match holds {
                    Some(Holds::Targets) => (value, None),
                    _ => suffix(value),
                };
                let mark = match on.get(place) {
                    Some(mark) => *mark,
                    None => self.mark(here, number, cell),
                };
                if place >= on.len() {
                    on.push(mark);
                }
                if let Some(number) = number {
                    self.numbered.entry((here.layer, number)).or_insert(mark);
                }
                match holds {
                    Some(Holds::Roles) if !matches!(value, "_" | "*") => {
                        self.slots += split(value, ';').len() as u64;
                    }
                    Some(Holds::Feature(_)) if value != "*" => {
                        let mark = self.spans.get_mut(mark);
                        let known = mark.map(|mark| *mark.values.entry(column).or_insert(value));
                        if known.is_some_and(|known| known != value) {
                            self.bad.push((
                                here.row.line,
                                cell,
                                "an earlier row of the annotation says otherwise",
                            ));
                        }
                    }
                    _ => {}
                }
            }
        }
        if !on.is_empty() {
            self.on.insert((here.layer, here.number), on);
        }
    }

    /// The annotation of that number, which goes on here, or a new one.
    fn mark(&mut self, here: &Here<'_, 't>, number: Option<&str>, cell: &'t str) -> usize {
        let known = number.and_then(|number| self.numbered.get(&(here.layer, number)).copied());
        if let Some(known) = known
            && let Some(mark) = self.spans.get_mut(known)
        {
            if mark.row != here.number {
                mark.extend(here.number, here.place);
                return known;
            }
            self.bad
                .push((here.row.line, cell, "two annotations of one row have one number"));
        }
        self.spans.push(here.mark());
        self.spans.len() - 1
    }

    fn relations(&mut self, here: &Here<'_, 't>) {
        let first = self.links.len();
        for (column, cell) in here.cells() {
            for (place, value) in split(cell, '|').into_iter().enumerate() {
                if self.links.get(first + place).is_none() {
                    self.links.push(Link {
                        head: here.layer,
                        line: here.row.line,
                        row: here.number,
                        source: "",
                        numbers: (None, None),
                        values: BTreeMap::new(),
                    });
                }
                let (value, numbers) = suffix(value);
                let Some(link) = self.links.get_mut(first + place) else {
                    continue;
                };
                if let Some(Holds::Source(_)) = here.head.columns.get(column) {
                    link.source = value;
                    let numbers = numbers.and_then(|numbers| numbers.split_once('_'));
                    let known = |number: &'t str| Some(number).filter(|number| *number != "0");
                    link.numbers = numbers.map_or((None, None), |(from, to)| (known(from), known(to)));
                } else if value != "*" {
                    link.values.insert(column, value);
                }
            }
        }
    }

    fn chain(&mut self, here: &Here<'_, 't>) {
        let is_link =
            |column: &usize| here.head.columns.get(*column) == Some(&Holds::Feature("referenceRelation"));
        let mut elements: Vec<Option<Element>> = Vec::new();
        for (column, cell) in here.cells().filter(|(column, _)| is_link(column)) {
            for value in split(cell, '|') {
                let parsed = value.rsplit_once("->").and_then(|(value, place)| {
                    let (chain, element) = place.split_once('-')?;
                    Some((value, (here.layer, chain.parse().ok()?, element.parse().ok()?)))
                });
                if parsed.is_none() {
                    self.bad.push((
                        here.row.line,
                        cell,
                        "it does not say which element of which chain it is",
                    ));
                }
                elements.push(parsed.map(|(_, element)| element));
                if let Some((value, element)) = parsed {
                    let mark = self.chains.entry(element).or_insert_with(|| here.mark());
                    mark.extend(here.number, here.place);
                    if value != "*" {
                        mark.values.insert(column, value);
                    }
                }
            }
        }
        for (column, cell) in here.cells().filter(|(column, _)| !is_link(column)) {
            for (place, value) in split(cell, '|').into_iter().enumerate() {
                match elements
                    .get(place)
                    .copied()
                    .flatten()
                    .and_then(|element| self.chains.get_mut(&element))
                {
                    Some(mark) => {
                        let (value, _) = suffix(value);
                        if value != "*" {
                            mark.values.insert(column, value);
                        }
                    }
                    None if elements.get(place).is_none() => {
                        self.bad
                            .push((here.row.line, cell, "it belongs to no element of a chain"));
                    }
                    None => {}
                }
            }
        }
    }
}
