//! From pieces to what an expression says about one date or about the two ends of an interval.
//!
//! Knows neither the publication nor how a date is written: what is missing stays missing here.

use super::calendar::Unit;
use super::clock::without_clocks;
use super::numeric::{Numeric, Piece, numeric_dates};
use super::outlook::Outlook;
use super::table::{Count, Order, Sense, Table};
use super::token::{Item, items};

/// What is said about one date, as far as it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Partial {
    /// Dates in numbers, the best first.
    pub(super) numeric: Vec<Numeric>,
    /// The year.
    pub(super) year: Option<i16>,
    /// The month.
    pub(super) month: Option<i8>,
    /// The day of the month.
    pub(super) day: Option<i8>,
    /// Whether a word says that the day is one: `5日`.
    pub(super) is_named_day: bool,
    /// The weekday; 1 is Monday.
    pub(super) weekday: Option<i8>,
    /// So many units from the publication.
    pub(super) shift: Option<(Unit, i64)>,
    /// The stretch of so many units that ends or begins at the publication.
    pub(super) period: Option<(Unit, i64)>,
    /// The number of an ISO week.
    pub(super) week: Option<i8>,
    /// The whole week around the date.
    pub(super) is_week_around: bool,
    /// Two days of a weekend, the first by its number as a weekday.
    pub(super) weekend: Option<i8>,
    /// The one before or after, where that is said of a month or a weekday.
    pub(super) which: Option<Which>,
    /// From then until now.
    pub(super) is_since: bool,
    /// Whether it is to come, by the words around it.
    pub(super) outlook: Outlook,
}

/// Which of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub(super) enum Which {
    Last,
    This,
    Next,
}

/// What an expression says.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    /// One date, or both ends of an interval.
    pub(super) ends: Vec<Partial>,
    /// Whether it says “about”, “early”, or the like.
    pub(super) is_approximate: bool,
    /// Whether everything was understood in one way only.
    pub(super) is_certain: bool,
    /// How many words were not understood.
    pub(super) unknown: usize,
}

/// Whether a table knows every word of an expression, read or not.
pub(super) fn is_known(words: &str, table: &Table) -> bool {
    let items = items(words, table);
    !items.is_empty() && !items.contains(&Item::Unknown)
}

/// Reads an expression by one table.
pub(super) fn parse(words: &str, table: &Table, orders: &[Order]) -> Option<Expression> {
    let items = items(words, table);
    if items.contains(&Item::Sense(Sense::Unread)) {
        return None;
    }
    let pieces = numeric_dates(&without_clocks(&items), orders);
    let has = |sense: Sense| {
        pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Item(Item::Sense(found)) if *found == sense))
    };
    let is_approximate = has(Sense::About) || has(Sense::Part);
    let groups = groups(&pieces);
    let mut ends = Vec::new();
    let mut unknown = 0;
    let mut is_certain = true;
    let mut is_number = false;
    for group in &groups {
        let read = Group::of(group).partial()?;
        unknown += read.unknown;
        is_certain &= read.is_certain;
        is_number |= read.is_number;
        if read.partial != Partial::default() {
            ends.push(read.partial);
        }
    }
    let is_counted = has(Sense::Ago) || has(Sense::Ahead) && ends.iter().any(|end| end.shift.is_some());
    if ends.is_empty() || ends.len() > 1 && is_counted {
        return None;
    }
    // A number alone can be anything; beside another date it is a day.
    is_certain &= ends.len() <= 2 && !(is_number && ends.len() == 1);
    if ends.len() > 2 {
        ends.drain(1..ends.len() - 1);
    }
    Some(Expression {
        ends,
        is_approximate,
        is_certain: is_certain && unknown == 0,
        unknown,
    })
}

/// The pieces of each date, parted where “to”, a hyphen, or a second month, weekday, or day begins the next.
fn groups(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut groups: Vec<Vec<Piece>> = vec![Vec::new()];
    for (at, piece) in pieces.iter().enumerate() {
        let Some(group) = groups.last_mut() else { continue };
        match piece {
            Piece::Item(Item::Sense(Sense::To)) => groups.push(Vec::new()),
            Piece::Item(Item::Sign('-')) => {
                let behind = pieces.get(at + 1);
                let is_unit = matches!(behind, Some(Piece::Item(Item::Sense(Sense::Unit(..)))));
                if !is_unit
                    && is_dated(group)
                    && behind.is_some_and(|next| is_dated(std::slice::from_ref(next)))
                {
                    groups.push(Vec::new());
                }
            }
            Piece::Item(Item::Sign(_)) => {}
            piece if is_second(group, piece) => groups.push(vec![piece.clone()]),
            piece => group.push(piece.clone()),
        }
    }
    groups
}

/// Whether a piece says again, and otherwise, what the group has said already.
fn is_second(group: &[Piece], piece: &Piece) -> bool {
    let small = |item: &Item| matches!(item, Item::Digits(_, 1 | 2));
    let has_small = group
        .iter()
        .any(|known| matches!(known, Piece::Item(item) if small(item)));
    let has_unit = group
        .iter()
        .any(|known| matches!(known, Piece::Item(Item::Sense(Sense::Unit(..)))));
    match piece {
        Piece::Item(Item::Sense(sense @ (Sense::Month(_) | Sense::Weekday(_)))) => {
            group.iter().any(|known| {
                let Piece::Item(Item::Sense(known)) = known else {
                    return false;
                };
                known != sense && std::mem::discriminant(known) == std::mem::discriminant(sense)
            })
        }
        Piece::Item(item) => small(item) && has_small && !has_unit,
        Piece::Numeric(_) => group.iter().any(|known| matches!(known, Piece::Numeric(_))),
    }
}

/// Whether pieces can be a date by themselves.
fn is_dated(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Numeric(_) | Piece::Item(Item::Digits(..)) => true,
        Piece::Item(Item::Sense(sense)) => matches!(
            sense,
            Sense::Month(_) | Sense::Weekday(_) | Sense::Relative(..) | Sense::Number(_) | Sense::First
        ),
        Piece::Item(_) => false,
    })
}

/// What one group of pieces holds.
#[derive(Default)]
struct Group {
    partial: Partial,
    /// Numbers in order: value, digits (none where in words), and whether a unit stands before.
    numbers: Vec<(u32, usize, bool)>,
    unit: Option<(Unit, Count)>,
    /// “Premier”, which is a day beside a month only.
    first: Option<i8>,
    /// Which way is counted: −1 back from now, 1 on from it.
    way: Option<i64>,
    is_part: bool,
    unknown: usize,
    /// Whether it holds a number and nothing else.
    is_number: bool,
    is_certain: bool,
}

impl Group {
    fn of(pieces: &[Piece]) -> Self {
        let mut group = Self {
            is_certain: true,
            ..Self::default()
        };
        for piece in pieces {
            match piece {
                Piece::Numeric(dates) => group.partial.numeric.clone_from(dates),
                Piece::Item(Item::Digits(number, digits)) => group.number(*number, *digits),
                Piece::Item(Item::Sign(_)) => {}
                Piece::Item(Item::Unknown) => group.unknown += 1,
                Piece::Item(Item::Sense(sense)) => group.sense(*sense),
            }
        }
        group
    }

    fn number(&mut self, number: u32, digits: usize) {
        self.numbers.push((number, digits, self.unit.is_some()));
    }

    fn sense(&mut self, sense: Sense) {
        let partial = &mut self.partial;
        match sense {
            Sense::Number(number) => self.number(number, 0),
            Sense::First => self.first = Some(1),
            Sense::Month(month) => partial.month = Some(month),
            Sense::Weekday(day) => partial.weekday = Some(day),
            Sense::Relative(unit, by) => partial.shift = Some((unit, by)),
            Sense::Unit(unit, count) => self.unit = Some((unit, count)),
            Sense::Weekend(first) => partial.weekend = Some(first),
            Sense::Ago => self.way = Some(-1),
            Sense::Ahead => self.way = self.way.or(Some(1)),
            Sense::Since => partial.is_since = true,
            Sense::NamedDay => partial.is_named_day = true,
            Sense::Last => partial.which = Some(Which::Last),
            Sense::Next => partial.which = Some(Which::Next),
            // “This past week”: the other word says more.
            Sense::This => partial.which = partial.which.or(Some(Which::This)),
            Sense::Part => self.is_part = true,
            Sense::About | Sense::To | Sense::Clock | Sense::Skip | Sense::Unread => {}
        }
    }

    /// The date, as far as it is said; nothing where the words count something that is no date.
    fn partial(mut self) -> Option<Self> {
        if let Some((unit, count)) = self.unit {
            self.count(unit, count)?;
        }
        let has_month = self.partial.month.is_some();
        if has_month {
            self.partial.day = self.first;
        }
        for (number, digits, _) in std::mem::take(&mut self.numbers) {
            let partial = &mut self.partial;
            match (number, digits) {
                (1000..=2999, 4) => partial.year = i16::try_from(number).ok(),
                // “Un mardi”: that is no day of the month.
                (1, 0) => self.is_certain &= !has_month,
                (1..=31, 0..=2) if partial.day.is_none() => partial.day = i8::try_from(number).ok(),
                (32..=99, 2) => return None,
                _ => self.unknown += 1,
            }
        }
        let partial = &mut self.partial;
        partial.is_named_day &= partial.day.is_some() && partial.month.is_none();
        let is_bare = Partial {
            which: None,
            is_since: false,
            ..partial.clone()
        } == Partial::default();
        if is_bare {
            *partial = Partial::default();
        }
        self.is_number = Partial {
            day: None,
            ..partial.clone()
        } == Partial::default()
            && partial.day.is_some();
        Some(self)
    }

    /// What a unit comes to with the words around it.
    fn count(&mut self, unit: Unit, count: Count) -> Option<()> {
        let partial = &mut self.partial;
        let is_explicit = partial.month.is_some() || !partial.numeric.is_empty();
        let first = self
            .numbers
            .first()
            .filter(|(number, ..)| *number < 1000 && count != Count::Two);
        let named = first.map(|(number, ..)| i64::from(*number));
        let is_in_front = count == Count::Two || first.is_some_and(|(.., is_behind)| !is_behind);
        let counted = match count {
            Count::Two => Some(2),
            _ => named,
        };
        let is_back = self.way == Some(-1);
        if let Some(way) = self
            .way
            .filter(|_| is_back || is_in_front && partial.which.is_none())
        {
            let one = (count == Count::One).then_some(1);
            partial.shift = Some((unit, way * counted.or(one)?));
            self.take_number(named);
            return Some(());
        }
        if let (true, Some(number), false) = (partial.is_since, counted, is_explicit) {
            partial.shift = Some((unit, -number));
            self.take_number(named);
            return Some(());
        }
        match (partial.which, count) {
            (Some(which), Count::One) => {
                partial.shift = Some((unit, which.steps()));
                partial.which = None;
            }
            (Some(which @ (Which::Last | Which::Next)), _) => {
                partial.period = Some((unit, which.steps() * counted?));
                partial.which = None;
                self.take_number(named);
            }
            (None, Count::One) => self.alone(unit, is_explicit),
            (Some(Which::This) | None, Count::Many | Count::Two) => return None,
        }
        Some(())
    }

    /// What the name of one unit comes to that nothing counts and nothing orders.
    fn alone(&mut self, unit: Unit, is_explicit: bool) {
        let partial = &mut self.partial;
        let is_dated = is_explicit || partial.shift.is_some();
        let week = self.numbers.iter().position(|(number, digits, is_behind)| {
            *is_behind && (1..=2).contains(digits) && (1..=53).contains(number)
        });
        match (unit, week) {
            (Unit::Week, _) if is_dated => partial.is_week_around = is_explicit,
            (Unit::Week, Some(place)) => {
                let (number, ..) = self.numbers.remove(place);
                partial.week = i8::try_from(number).ok();
            }
            _ if self.is_part && !is_dated && self.numbers.is_empty() => {
                partial.shift = Some((unit, 0));
                self.is_certain = false;
            }
            _ => {}
        }
    }

    /// Takes away the number that counted a unit.
    fn take_number(&mut self, named: Option<i64>) {
        if named.is_some() && !self.numbers.is_empty() {
            self.numbers.remove(0);
        }
    }
}

impl Which {
    fn steps(self) -> i64 {
        match self {
            Self::Last => -1,
            Self::This => 0,
            Self::Next => 1,
        }
    }
}
