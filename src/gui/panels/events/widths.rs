//! How wide the columns of the sheet are: each as wide as it must be to be read, and what is left goes to what is filled.

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

/// The widths of the columns of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Widths {
    columns: Vec<f32>,
}

impl Widths {
    /// The widths for a sheet that has so much room.
    pub(super) fn new(grid: &Grid<'_>, room: f32) -> Self {
        let head = if room < NARROW { HEAD_NARROW } else { HEAD };
        let mut columns: Vec<f32> = Vec::with_capacity(grid.columns.len());
        // Those that take what is left: the filled roles, or all of them while none is filled.
        let filled: Vec<bool> = grid
            .columns
            .iter()
            .map(|column| is_filled(grid, column))
            .collect();
        let is_role = |column: &Column| matches!(column, Column::Role(_) | Column::Trigger);
        let any_role = grid
            .columns
            .iter()
            .zip(&filled)
            .any(|(column, filled)| is_role(column) && *filled);
        let mut growing = 0;
        for (column, filled) in grid.columns.iter().zip(&filled) {
            columns.push(match (column, filled) {
                (Column::Head, _) => head,
                (Column::Role(_) | Column::Trigger, true) => FILLED,
                (Column::Role(_) | Column::Trigger, false) => EMPTY,
                (Column::Attribute(_), true) => VALUE,
                (Column::Attribute(_), false) => NO_VALUE,
            });
            growing += usize::from(is_role(column) && *filled == any_role);
        }
        let left = (room - columns.iter().sum::<f32>()).max(0.0);
        let more = (left / growing.max(1) as f32).floor();
        for ((width, column), filled) in columns.iter_mut().zip(&grid.columns).zip(&filled) {
            if is_role(column) && *filled == any_role {
                *width = (*width + more).min(MOST);
            }
        }
        Self { columns }
    }

    /// The width of a column.
    pub(super) fn of(&self, place: usize) -> f32 {
        self.columns.get(place).copied().unwrap_or(EMPTY)
    }

    /// All columns together.
    pub(super) fn sum(&self) -> f32 {
        self.columns.iter().sum()
    }

    /// How much the first column, which stays where it is, covers of the others.
    pub(super) fn pinned(&self) -> f32 {
        self.of(0)
    }
}

fn is_filled(grid: &Grid<'_>, column: &Column) -> bool {
    grid.events.iter().any(|event| match column {
        Column::Head => true,
        Column::Role(role) => event.roles.iter().any(|filler| filler.role == *role),
        Column::Trigger => event.trigger.is_some(),
        Column::Attribute(id) => event.attributes.contains_key(id),
    })
}
