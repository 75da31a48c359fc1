//! Quantities in columns of their own beside their JSON, for whoever counts: low, best, high as numbers, and what befell
//! whom in which way as words. Knows no file.

use crate::model::{Modifier, Quantity, QuantityKind};

use super::schema::{Cell, Column};

/// What stands behind the name of the attribute in the names of its columns.
const PARTS: [&str; 6] = ["low", "best", "high", "kind", "modifier", "who"];
/// How many of them are numbers; they come first.
const NUMBERS: usize = 3;
/// What stands between those who are counted.
const AND: &str = "; ";

/// The columns of a quantity, `name` being that of the column with its JSON.
pub(super) fn columns(name: &str) -> impl Iterator<Item = Column> + '_ {
    PARTS.iter().enumerate().map(move |(at, part)| Column {
        name: format!("{name}.{part}"),
        counts: at < NUMBERS,
    })
}

/// The cells of these columns.
pub(super) fn cells(quantity: Option<&Quantity>) -> Vec<Cell> {
    let Some(quantity) = quantity else {
        return vec![Cell::Empty; PARTS.len()];
    };
    let number = |number: Option<u64>| number.map_or(Cell::Empty, Cell::Count);
    let word = |word: Option<&str>| word.map_or(Cell::Empty, |word| Cell::Text(word.to_owned()));
    vec![
        number(quantity.low),
        number(quantity.best),
        number(quantity.high),
        word(quantity.kind.map(QuantityKind::name)),
        word(quantity.modifier.map(Modifier::name)),
        word(Some(quantity.who.join(AND).as_str()).filter(|who| !who.is_empty())),
    ]
}

/// The attribute that a column is a part of, by the name of the column without its beginning.
pub(super) fn whole_of(id: &str) -> Option<&str> {
    let (whole, part) = id.rsplit_once('.')?;
    PARTS.contains(&part).then_some(whole)
}

/// A quantity from its parts, each the name of one with its cell.
///
/// # Errors
/// Which cell holds no such part.
pub(super) fn from_parts<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Quantity, String> {
    let mut quantity = Quantity::default();
    for (part, cell) in parts {
        let number = || {
            let whole = cell.trim().strip_suffix(".0").unwrap_or(cell.trim());
            whole
                .parse::<u64>()
                .map(Some)
                .map_err(|_no_number| format!("{part} is a whole number, not {cell:?}"))
        };
        match part {
            "low" => quantity.low = number()?,
            "best" => quantity.best = number()?,
            "high" => quantity.high = number()?,
            "kind" => {
                let kind = QuantityKind::from_name(cell);
                quantity.kind = Some(kind.ok_or_else(|| format!("{cell:?} is no kind of quantity"))?);
            }
            "modifier" => {
                let modifier = Modifier::from_name(cell);
                quantity.modifier = Some(modifier.ok_or_else(|| format!("{cell:?} is no modifier"))?);
            }
            _ => quantity.who = names(cell),
        }
    }
    Ok(quantity)
}

/// Those who are counted, by the words of their cell.
fn names(cell: &str) -> Vec<String> {
    let names = cell.split(AND.trim()).map(str::trim);
    names.filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// Whether the parts that are there say what the quantity says. Names that hold what stands between names count as
/// several, for that is how they come back.
pub(super) fn agree(quantity: &Quantity, given: &Quantity, parts: &[(&str, &str)]) -> bool {
    parts.iter().all(|(part, _)| match *part {
        "low" => quantity.low == given.low,
        "best" => quantity.best == given.best,
        "high" => quantity.high == given.high,
        "kind" => quantity.kind == given.kind,
        "modifier" => quantity.modifier == given.modifier,
        _ => names(&quantity.who.join(AND)) == given.who,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_comes_back_from_its_columns() {
        let quantity = Quantity {
            kind: Some(QuantityKind::Killed),
            low: Some(51),
            modifier: Some(Modifier::MoreThan),
            who: vec!["civilians".to_owned(), "children".to_owned()],
            ..Quantity::default()
        };
        let cells = cells(Some(&quantity));
        let texts: Vec<String> = cells
            .iter()
            .map(|cell| match cell {
                Cell::Empty => String::new(),
                Cell::Text(text) => text.clone(),
                Cell::Count(count) => format!("{count}.0"),
            })
            .collect();
        assert_eq!(
            texts,
            ["51.0", "", "", "killed", "more_than", "civilians; children"]
        );
        let parts = PARTS.into_iter().zip(texts.iter().map(String::as_str));
        let parts: Vec<(&str, &str)> = parts.filter(|(_, cell)| !cell.is_empty()).collect();
        let back = from_parts(parts.iter().copied()).unwrap();
        assert_eq!(back, quantity);
        assert!(agree(&quantity, &back, &parts));
        let other = from_parts([("best", "7")].into_iter()).unwrap();
        assert!(!agree(&quantity, &other, &[("best", "7")]));
        assert!(from_parts([("best", "many")].into_iter()).is_err());
    }
}
