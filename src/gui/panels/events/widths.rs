//! How wide the columns of a table of events are: each as wide as it must be to be read, and what is left goes to what
//! is filled.

use super::grid::{Column, Grid};

/// Width of the first column, and in a narrow sheet.
const HEAD: f32 = 136.0;
const HEAD_NARROW: f32 = 112.0;
/// A sheet narrower than this has the narrow one.
const NARROW: f32 = 720.0;
/// Least width of a role or the trigger without and with fillers, and the most that it grows to.
const EMPTY: f32 = 92.0;
const FILLED: f32 = 124.0;
const MOST: f32 = 260.0;
/// Width of a value, where one is set and where none is.
const VALUE: f32 = 132.0;
const NO_VALUE: f32 = 96.0;

/// What a column needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// That width, whatever stands in it.
    Fixed(f32),
    /// Room for words of the text, where any of its cells has some.
    Words(bool),
    /// Room for a value, where any of its cells has one.
    Value(bool),
}

impl Need {
    const fn least(self) -> f32 {
        match self {
            Self::Fixed(width) => width,
            Self::Words(true) => FILLED,
            Self::Words(false) => EMPTY,
            Self::Value(true) => VALUE,
            Self::Value(false) => NO_VALUE,
        }
    }
}

/// The widths of the columns of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Widths {
    columns: Vec<f32>,
}

impl Widths {
    /// The widths for a table that has so much room.
    pub fn new(needs: &[Need], room: f32) -> Self {
        let mut columns: Vec<f32> = needs.iter().map(|need| need.least()).collect();
        // Those that take what is left: the filled ones, or all of them while none is filled.
        let any_filled = needs.contains(&Need::Words(true));
        let grows = |need: &Need| *need == Need::Words(any_filled);
        let growing = needs.iter().filter(|need| grows(need)).count();
        let left = (room - columns.iter().sum::<f32>()).max(0.0);
        let more = (left / growing.max(1) as f32).floor();
        for (width, _) in columns.iter_mut().zip(needs).filter(|(_, need)| grows(need)) {
            *width = (*width + more).min(MOST);
        }
        Self { columns }
    }

    /// The widths of a sheet that has so much room. What is filled in changes none, so that nothing moves under the hand
    /// that fills. Where there is no room for all columns there is for the roles, as long as they can be read.
    pub(super) fn of_sheet(grid: &Grid<'_>, room: f32) -> Self {
        let head = if room < NARROW { HEAD_NARROW } else { HEAD };
        let needs: Vec<Need> = grid
            .columns
            .iter()
            .map(|column| match column {
                Column::Head => Need::Fixed(head),
                Column::Role(_) | Column::Trigger => Need::Words(true),
                Column::Attribute(_) => Need::Value(true),
            })
            .collect();
        let mut widths = Self::new(&needs, room);
        let roles = grid
            .columns
            .iter()
            .filter(|column| matches!(column, Column::Role(_)));
        let fitting = ((room - head) / roles.count().max(1) as f32).floor();
        if widths.sum() > room {
            for (width, _) in widths
                .columns
                .iter_mut()
                .zip(&needs)
                .filter(|(_, need)| **need == Need::Words(true))
            {
                *width = fitting.clamp(EMPTY, FILLED);
            }
        }
        widths
    }

    /// The width of a column.
    pub fn of(&self, place: usize) -> f32 {
        self.columns.get(place).copied().unwrap_or(EMPTY)
    }

    /// All columns together.
    pub fn sum(&self) -> f32 {
        self.columns.iter().sum()
    }

    /// How much the first column, which stays where it is, covers of the others.
    pub(super) fn pinned(&self) -> f32 {
        self.of(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_takes_what_is_left_and_no_more_than_it_needs() {
        let needs = [
            Need::Fixed(100.0),
            Need::Words(true),
            Need::Words(false),
            Need::Value(true),
        ];
        let widths = Widths::new(&needs, 500.0);
        assert_eq!(widths.columns, [100.0, FILLED + 52.0, EMPTY, VALUE]);
        assert_eq!(Widths::new(&needs, 5_000.0).columns, [100.0, MOST, EMPTY, VALUE]);
        assert_eq!(Widths::new(&needs, 10.0).columns, [100.0, FILLED, EMPTY, VALUE]);
        let none_filled = Widths::new(&[Need::Words(false), Need::Words(false)], 300.0);
        assert_eq!(none_filled.columns, [150.0, 150.0]);
    }
}
