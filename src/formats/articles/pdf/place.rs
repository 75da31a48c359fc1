//! Where the lines of a page stand, and what that says: which stand side by side, and which begin further in.

/// The place of a line on its page, whose y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub start: f64,
    pub end: f64,
    pub baseline: f64,
    pub size: f64,
}

impl Place {
    /// Whether another line is the next one below it in the same column.
    fn is_above(&self, other: &Self) -> bool {
        let step = other.baseline - self.baseline;
        let overlap = self.end.min(other.end) - self.start.max(other.start);
        step > self.size * 0.5 && step < self.size * 3.0 && overlap > 0.0
    }
}

/// The lines that stand side by side, row by row from the top of the page, each by its number.
pub(super) fn rows(places: &[Place]) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, &Place)> = places.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<(f64, Vec<usize>)> = Vec::new();
    for (at, place) in order {
        match rows.last_mut() {
            Some((baseline, row)) if place.baseline - *baseline < place.size * 0.5 => row.push(at),
            _ => rows.push((place.baseline, vec![at])),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Whether a line begins further in than the one above it, or below it where none is above. Lines that are set in the
/// middle do so as well, but say nothing by it.
pub(super) fn is_indented(places: &[Place], at: usize, is_right_to_left: bool) -> bool {
    let Some(line) = places.get(at) else { return false };
    let above = at.checked_sub(1).and_then(|at| places.get(at));
    let below = places.get(at + 1).filter(|below| line.is_above(below));
    let Some(other) = above.filter(|above| above.is_above(line)).or(below) else {
        return false;
    };
    let depth = if is_right_to_left {
        other.end - line.end
    } else {
        line.start - other.start
    };
    let shift = (line.start + line.end) - (other.start + other.end);
    depth > line.size * 0.8 && depth < line.size * 5.0 && shift.abs() > line.size * 0.3
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a size of ten with these starts and ends, each below the one before it.
    fn column(lines: &[(f64, f64)]) -> Vec<Place> {
        let place = |(at, (start, end)): (usize, &(f64, f64))| Place {
            start: *start,
            end: *end,
            baseline: 12.0 * at as f64,
            size: 10.0,
        };
        lines.iter().enumerate().map(place).collect()
    }

    #[test]
    fn a_line_that_begins_further_in_is_indented() {
        let full = (0.0, 200.0);
        for (lines, at, is) in [
            (vec![full, (12.0, 200.0), full], 1, true),
            (vec![full, (12.0, 150.0), (12.0, 200.0), full], 1, true),
            (vec![(12.0, 200.0), full], 0, true),
            (vec![full, (5.0, 200.0)], 1, false),
            (vec![full, (90.0, 200.0)], 1, false),
            (vec![full, full], 1, false),
            (vec![full], 0, false),
            // In the middle.
            (vec![full, (20.0, 180.0), full], 1, false),
            // The next column.
            (vec![full, (212.0, 400.0)], 1, false),
        ] {
            assert_eq!(is_indented(&column(&lines), at, false), is, "{lines:?}");
        }
        let lines = column(&[full, (0.0, 188.0), full]);
        assert_eq!(
            [true, false].map(|is_right_to_left| is_indented(&lines, 1, is_right_to_left)),
            [true, false]
        );
    }

    #[test]
    fn rows_are_what_stands_side_by_side() {
        let mut places = column(&[(0.0, 90.0), (0.0, 90.0)]);
        places.push(Place {
            start: 100.0,
            baseline: 1.0,
            ..places[0]
        });
        assert_eq!(rows(&places), [vec![0, 2], vec![1]]);
    }
}
