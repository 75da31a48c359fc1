//! The way of a relation between two spans, as points on the screen.
//!
//! Within a line the way is an arc in the room above the words, as high as nothing stands in it. Between lines it runs
//! along the tops of the lines, where no letter is, to the margin beside the text, and through the margin in an arc.
//! Knows rectangles only, and no span: it is the same in every script and direction.

use egui::{Pos2, Rangef, Rect, pos2};

/// Straight pieces of which a bend is made.
const PIECES: usize = 14;
/// How far above its line a way runs.
const ABOVE_LINE: f32 = 0.75;
/// From the edge of the text to where the arc begins.
const CLEAR: f32 = 5.0;
/// How far the smallest arc reaches into the margin, and how much further for each point of its height.
const BULGE: f32 = 7.0;
const BULGE_BY_HEIGHT: f32 = 0.06;
/// Corner of a way within a line.
const CORNER: f32 = 4.0;
/// From the edge of a span to where a way from the margin meets it.
const INSET: f32 = 6.0;
/// Ends of one line that are nearer than this take the far sides of their spans.
const NEAR: f32 = 14.0;

/// On which side of the text ways run between lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Left of it, where right-to-left text ends.
    Left,
    /// Right of it, where left-to-right text ends.
    Right,
}

/// One end of a relation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    /// Its words are in view: the line of them that is nearest to the other end.
    Seen(Rect),
    /// It lies above what is in view.
    Above,
    /// It lies below.
    Below,
}

/// The room in which ways run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    /// From the left to the right edge of the text.
    pub column: Rangef,
    /// What is seen, without what lies over it.
    pub view: Rect,
    /// The side of the margin that is used.
    pub side: Side,
    /// What stands in that margin next to the text, such as numbers, in points.
    pub taken: f32,
    /// How high an arc within a line may rise.
    pub lift: f32,
}

/// A way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way {
    /// From its start to its end.
    pub points: Vec<Pos2>,
    /// Where the arc is furthest from the words: its name stands there.
    pub middle: Pos2,
    /// Whether it stays within a line.
    pub in_line: bool,
}

impl Room {
    /// The edge of the text where arcs begin.
    pub fn base(&self) -> f32 {
        match self.side {
            Side::Left => self.column.min - CLEAR - self.taken,
            Side::Right => self.column.max + CLEAR + self.taken,
        }
    }

    /// How far arcs can reach.
    pub fn outermost(&self) -> f32 {
        match self.side {
            Side::Left => self.view.left() + 3.0,
            Side::Right => self.view.right() - 3.0,
        }
    }

    /// From the edge of the text outwards by so much, but not out of view.
    fn outwards(&self, distance: f32) -> f32 {
        match self.side {
            Side::Left => (self.base() - distance).max(self.outermost()).min(self.base()),
            Side::Right => (self.base() + distance).min(self.outermost()).max(self.base()),
        }
    }

    /// Where a way from the margin meets a span.
    fn meets(&self, rect: Rect) -> f32 {
        let inset = INSET.min(rect.width() / 2.0);
        match self.side {
            Side::Left => rect.left() + inset,
            Side::Right => rect.right() - inset,
        }
    }
}

/// The way between two ends; none where neither is seen. `track` tells ways apart that would run in one.
pub(super) fn way(from: End, to: End, room: &Room, track: usize, free: impl Fn(Rect) -> bool) -> Option<Way> {
    match (from, to) {
        (End::Seen(from), End::Seen(to)) if is_one_line(from, to) => Some(in_line(from, to, room, free)),
        (End::Seen(from), End::Seen(to)) => Some(through_margin(from, to, room, track)),
        (End::Seen(seen), out) => to_edge(seen, out, room, track),
        (out, End::Seen(seen)) => {
            let mut way = to_edge(seen, out, room, track)?;
            way.points.reverse();
            Some(way)
        }
        _ => None,
    }
}

/// Of the lines of two spans the two that are nearest to each other.
pub(super) fn nearest(one: &[Rect], other: &[Rect]) -> Option<(Rect, Rect)> {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b)));
    pairs.min_by(|x, y| apart(*x).total_cmp(&apart(*y)))
}

/// How far two rectangles are apart, lines first.
fn apart((one, other): (Rect, Rect)) -> f32 {
    let between = |a: Rangef, b: Rangef| (a.min.max(b.min) - a.max.min(b.max)).max(0.0);
    let lines = if is_one_line(one, other) {
        0.0
    } else {
        1.0 + (one.center().y - other.center().y).abs()
    };
    lines * 10_000.0 + between(one.x_range(), other.x_range())
}

fn is_one_line(one: Rect, other: Rect) -> bool {
    (one.top() - other.top()).abs() < 1.0
}

fn top_of(rect: Rect) -> f32 {
    rect.top() - ABOVE_LINE
}

/// An arc over the words of a line, lower where something stands above it.
fn in_line(from: Rect, to: Rect, room: &Room, free: impl Fn(Rect) -> bool) -> Way {
    let (mut start, mut end) = (from.center().x, to.center().x);
    if (start - end).abs() < NEAR {
        (start, end) = (from.left() + 2.0, to.right() - 2.0);
        if (start - end).abs() < NEAR {
            (start, end) = (from.left() - 1.0, to.right() + 1.0);
        }
    }
    let y = top_of(from);
    let (left, right) = (start.min(end), start.max(end));
    let band = |lift: f32| Rect::from_x_y_ranges(left - 3.0..=right + 3.0, y - lift - 1.5..=y - 1.0);
    let lifts = [1.0, 0.7, 0.45].map(|share| share * room.lift);
    let high = lifts.into_iter().find(|lift| free(band(*lift))).unwrap_or(1.0);
    let corner = CORNER.min(high).min((right - left) / 2.0);
    let towards = if end >= start { corner } else { -corner };
    let top = y - high;
    let mut points = vec![pos2(start, y)];
    bend(
        &mut points,
        [
            pos2(start, top + corner),
            pos2(start, top),
            pos2(start + towards, top),
        ],
    );
    bend(
        &mut points,
        [pos2(end - towards, top), pos2(end, top), pos2(end, top + corner)],
    );
    points.push(pos2(end, y));
    Way {
        points,
        middle: pos2(f32::midpoint(start, end), top),
        in_line: true,
    }
}

/// Along the top of one line to the margin, in an arc to the other line, along its top to its words.
fn through_margin(from: Rect, to: Rect, room: &Room, track: usize) -> Way {
    let (start, end) = (top_of(from), top_of(to));
    let base = room.base();
    let height = (end - start).abs();
    let out = room.outwards(BULGE + height * BULGE_BY_HEIGHT + track as f32 * 3.0);
    let mut points = vec![pos2(room.meets(from), start), pos2(base, start)];
    // The point of a cubic furthest out lies at three quarters of its handles.
    let handle = base + (out - base) * 4.0 / 3.0;
    for piece in 1..=PIECES {
        let t = piece as f32 / PIECES as f32;
        let bulge = 3.0 * t * (1.0 - t);
        let x = base + (handle - base) * bulge;
        let along = t * t * (3.0 - 2.0 * t);
        points.push(pos2(x, start + (end - start) * along));
    }
    points.push(pos2(room.meets(to), end));
    Way {
        points,
        middle: pos2(out, f32::midpoint(start, end)),
        in_line: false,
    }
}

/// From words in view to the edge behind which the other end lies.
fn to_edge(seen: Rect, out: End, room: &Room, track: usize) -> Option<Way> {
    let edge = match out {
        End::Above => room.view.top(),
        End::Below => room.view.bottom(),
        End::Seen(_) => return None,
    };
    let (base, y) = (room.base(), top_of(seen));
    let x = room.outwards(BULGE + track as f32 * 4.0);
    let corner = (x - base).abs().min((edge - y).abs());
    let turned = if edge < y { y - corner } else { y + corner };
    let mut points = vec![pos2(room.meets(seen), y), pos2(base, y)];
    bend(&mut points, [pos2(base, y), pos2(x, y), pos2(x, turned)]);
    points.push(pos2(x, edge));
    Some(Way {
        points,
        middle: pos2(x, f32::midpoint(turned, edge)),
        in_line: false,
    })
}

/// A bend from the first point to the last, drawn by the corner between them.
fn bend(points: &mut Vec<Pos2>, [from, corner, to]: [Pos2; 3]) {
    for piece in 0..=PIECES / 2 {
        let t = piece as f32 / (PIECES / 2) as f32;
        let (one, other) = (from.lerp(corner, t), corner.lerp(to, t));
        points.push(one.lerp(other, t));
    }
}

/// How far a point is from a way.
pub(super) fn distance(points: &[Pos2], pos: Pos2) -> f32 {
    let pieces = points.windows(2).filter_map(|pair| match pair {
        [one, other] => Some(from_piece(*one, *other, pos)),
        _ => None,
    });
    pieces.fold(f32::INFINITY, f32::min)
}

fn from_piece(one: Pos2, other: Pos2, pos: Pos2) -> f32 {
    let along = other - one;
    let length = along.length_sq();
    let t = if length > 0.0 {
        ((pos - one).dot(along) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (one + along * t).distance(pos)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    const ROOM: Room = Room {
        column: Rangef {
            min: 100.0,
            max: 500.0,
        },
        view: Rect::from_min_max(pos2(60.0, 0.0), pos2(560.0, 400.0)),
        side: Side::Right,
        taken: 0.0,
        lift: 9.0,
    };

    fn word(x: f32, line: f32) -> Rect {
        Rect::from_min_size(pos2(x, line * 40.0), vec2(60.0, 24.0))
    }

    fn line_way(from: Rect, to: Rect, room: &Room) -> Way {
        way(End::Seen(from), End::Seen(to), room, 0, |_| true).unwrap()
    }

    /// No point of a way is inside a line of text.
    #[track_caller]
    fn keeps_off_the_lines(way: &Way) {
        for point in &way.points {
            let into_line = (point.y % 40.0 + 40.0) % 40.0;
            let in_text = ROOM.column.contains(point.x) && into_line > 0.5 && into_line < 24.0;
            assert!(!in_text, "{point:?} of {way:?}");
        }
    }

    #[test]
    fn a_way_within_a_line_stays_above_it_and_goes_from_the_first_to_the_second() {
        for (from, to) in [(150.0, 350.0), (350.0, 150.0)] {
            let way = line_way(word(from, 3.0), word(to, 3.0), &ROOM);
            keeps_off_the_lines(&way);
            assert!((way.points[0].x - (from + 30.0)).abs() < 0.1);
            assert!((way.points.last().unwrap().x - (to + 30.0)).abs() < 0.1);
            assert!((way.middle.y - (120.0 - ABOVE_LINE - 9.0)).abs() < 0.1);
        }
    }

    #[test]
    fn a_way_within_a_line_ducks_under_what_stands_above() {
        let chip = Rect::from_min_max(pos2(200.0, 106.0), pos2(240.0, 116.0));
        let free = |rect: Rect| !rect.intersects(chip);
        let (from, to) = (End::Seen(word(150.0, 3.0)), End::Seen(word(350.0, 3.0)));
        let way = way(from, to, &ROOM, 0, free).unwrap();
        assert!(way.points.iter().all(|point| !chip.contains(*point)), "{way:?}");
    }

    #[test]
    fn spans_on_each_other_are_linked_over_their_whole_width() {
        let way = line_way(word(150.0, 3.0), word(152.0, 3.0), &ROOM);
        let width = way.points[0].x - way.points.last().unwrap().x;
        assert!(width.abs() > 20.0, "{way:?}");
    }

    #[test]
    fn a_way_between_lines_goes_through_the_margin_on_either_side() {
        for side in [Side::Left, Side::Right] {
            let room = Room { side, ..ROOM };
            for (from, to) in [
                (word(150.0, 1.0), word(350.0, 6.0)),
                (word(150.0, 6.0), word(350.0, 1.0)),
            ] {
                let way = line_way(from, to, &room);
                keeps_off_the_lines(&way);
                let is_out = |point: &&Pos2| !ROOM.column.contains(point.x);
                assert!(way.points.iter().filter(is_out).count() > PIECES / 2);
                assert!(
                    way.points.iter().all(|point| ROOM.view.contains(*point)),
                    "{way:?}"
                );
                let first = way.points[0];
                assert!(from.x_range().contains(first.x) && (first.y - from.top()).abs() < 1.0);
                let last = *way.points.last().unwrap();
                assert!(to.x_range().contains(last.x) && (last.y - to.top()).abs() < 1.0);
                let outside = (way.middle.x < 100.0) == (side == Side::Left);
                assert!(outside, "{side:?} {way:?}");
            }
        }
    }

    #[test]
    fn a_way_out_of_view_ends_at_the_edge_and_one_from_there_begins_at_it() {
        let seen = End::Seen(word(150.0, 3.0));
        let out = way(seen, End::Below, &ROOM, 0, |_| true).unwrap();
        assert!((out.points.last().unwrap().y - 400.0).abs() < 0.1);
        keeps_off_the_lines(&out);
        let into = way(End::Above, seen, &ROOM, 2, |_| true).unwrap();
        assert!(into.points[0].y.abs() < 0.1);
        keeps_off_the_lines(&into);
        assert_eq!(way(End::Above, End::Below, &ROOM, 0, |_| true), None);
    }

    #[test]
    fn numbers_in_the_margin_are_passed_by() {
        let room = Room { taken: 20.0, ..ROOM };
        let way = line_way(word(150.0, 1.0), word(150.0, 4.0), &room);
        assert!((room.base() - 525.0).abs() < 0.1);
        let beside = way
            .points
            .iter()
            .filter(|point| (506.0..524.0).contains(&point.x));
        assert!(
            beside
                .clone()
                .all(|point| (point.y % 40.0) < 0.1 || (point.y % 40.0) > 39.0)
        );
    }

    #[test]
    fn the_nearest_lines_of_two_spans_are_linked() {
        let one = [word(150.0, 0.0), word(100.0, 1.0)];
        let other = [word(300.0, 3.0), word(100.0, 4.0)];
        assert_eq!(nearest(&one, &other), Some((one[1], other[0])));
        assert_eq!(nearest(&other, &one), Some((other[0], one[1])));
        let same = [word(400.0, 1.0)];
        assert_eq!(nearest(&one, &same), Some((one[1], same[0])));
        assert_eq!(nearest(&one, &[]), None);
    }

    #[test]
    fn a_point_on_a_way_is_at_no_distance() {
        let way = line_way(word(150.0, 1.0), word(350.0, 6.0), &ROOM);
        for point in &way.points {
            assert!(distance(&way.points, *point) < 0.01);
        }
        assert!(distance(&way.points, pos2(0.0, 0.0)) > 40.0);
    }
}
