//! Where a position in the text is on the screen, and which position is at a point.
//!
//! All three answers (caret, hit, rectangles) read the same placed clusters. At a border between two directions one
//! offset has two places; the affinity says which. Lengths are logical pixels from the layout's top left.

use super::shaped::{ClusterData, Layout, LineData};
use crate::text::{ByteOffset, ByteRange};

/// To which of its neighbours a caret belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Affinity {
    /// To the character that follows it in the text: it stands where that one begins.
    #[default]
    Downstream,
    /// To the character before it: it stands where that one ends.
    Upstream,
}

/// A caret: an offset and the side from which it is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Caret {
    /// Between which characters.
    pub offset: ByteOffset,
    /// At which of the two places that this may have.
    pub affinity: Affinity,
}

/// What a point shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The nearest caret position.
    pub caret: Caret,
    /// The grapheme cluster right under the point; `None` beside the text.
    pub cluster: Option<ByteRange>,
}

/// A rectangle in logical pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Caret {
    /// A caret before the character at an offset.
    pub fn downstream(offset: ByteOffset) -> Self {
        Self {
            offset,
            affinity: Affinity::Downstream,
        }
    }

    /// A caret behind the character that ends at an offset.
    pub fn upstream(offset: ByteOffset) -> Self {
        Self {
            offset,
            affinity: Affinity::Upstream,
        }
    }

    /// A caret of a part of a text that starts there, as one of the whole text.
    pub(super) fn in_whole(self, start: ByteOffset) -> Self {
        Self {
            offset: ByteOffset::new(start.get() + self.offset.get()),
            ..self
        }
    }

    /// A caret of a whole text as one of a part of it: at the end of that where it stands in the line break behind.
    pub(super) fn in_part(self, part: ByteRange) -> Self {
        let offset = self.offset.clamp(part.start(), part.end());
        Self {
            offset: ByteOffset::new(offset.get() - part.start().get()),
            ..self
        }
    }
}

impl Hit {
    /// Where there is nothing to hit: the start of a text.
    pub(super) const NOTHING: Self = Self {
        caret: Caret {
            offset: ByteOffset::ZERO,
            affinity: Affinity::Downstream,
        },
        cluster: None,
    };

    /// A hit in a part of a text that starts there, as one in the whole text.
    pub(super) fn in_whole(self, start: ByteOffset) -> Self {
        Self {
            caret: self.caret.in_whole(start),
            cluster: self.cluster.map(|cluster| range_in_whole(cluster, start)),
        }
    }
}

/// A range of a part of a text that starts there, as one of the whole text.
pub(super) fn range_in_whole(range: ByteRange, start: ByteOffset) -> ByteRange {
    let whole = |at: ByteOffset| ByteOffset::new(start.get() + at.get());
    ByteRange::between(whole(range.start()), whole(range.end()))
}

/// What of a range of a whole text lies in a part of it, as a range of that part.
pub(super) fn range_in_part(range: ByteRange, part: ByteRange) -> Option<ByteRange> {
    let shared = part.intersection(range)?;
    let inside = |at: ByteOffset| ByteOffset::new(at.get() - part.start().get());
    Some(ByteRange::between(inside(shared.start()), inside(shared.end())))
}

impl Rect {
    /// Right edge.
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// The same rectangle elsewhere.
    #[must_use]
    pub fn moved(self, x: f32, y: f32) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            ..self
        }
    }

    /// Whether a point lies in it; the right and the bottom edge do not.
    pub fn contains(self, x: f32, y: f32) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }
}

/// Where a caret is: before (`edge == index`) or behind a visual cluster of a line, counted from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    /// Number of visual clusters left of the caret.
    pub(super) edge: usize,
}

impl Layout {
    /// The caret position nearest to a point, which may lie outside.
    pub fn hit(&self, x: f32, y: f32) -> Hit {
        let (x, y) = (x * self.frame.scale, y * self.frame.scale);
        let line = self.line_at_height(y);
        let clusters = self.clusters_of(line);
        let under = clusters
            .iter()
            .position(|cluster| cluster.x <= x && x < cluster.x + cluster.advance);
        let edge = match under.and_then(|index| Some((index, clusters.get(index)?))) {
            Some((index, cluster)) => index + usize::from(x > cluster.x + cluster.advance / 2.0),
            None if clusters.first().is_some_and(|first| x >= first.x) => clusters.len(),
            None => 0,
        };
        // Which of its two neighbours the edge belongs to matters at a border of directions: the one under the point.
        let toward = match under {
            Some(index) if edge > index => Toward::Left,
            Some(_) => Toward::Right,
            None if edge == 0 => Toward::Right,
            None => Toward::Left,
        };
        Hit {
            caret: self.caret_at(Place { line, edge }, toward),
            cluster: under
                .and_then(|index| clusters.get(index))
                .filter(|_| y >= 0.0 && y < self.height())
                .map(ClusterData::range),
        }
    }

    /// Where a caret is drawn: a rectangle without width, as high as its line. An offset inside a cluster counts as
    /// the cluster's start.
    pub fn caret(&self, caret: Caret) -> Rect {
        let place = self.place(caret);
        let scale = self.frame.scale;
        Rect {
            x: self.within(place.line, self.edge_x(place)) / scale,
            y: self.top(place.line) / scale,
            width: 0.0,
            height: self.frame.line_height / scale,
        }
    }

    /// The exact rectangles of a range, line by line and from left to right. Every cluster that the range touches is
    /// covered whole. White space that hangs over the edge at a wrap is covered up to the edge. Where a part of the
    /// range has no width, as a control character has none, a rectangle without width marks the place.
    pub fn rects(&self, range: ByteRange) -> Vec<Rect> {
        self.rects_of(range, |_| true)
    }

    /// The same without the white space at which lines wrap, as a mark on words is drawn.
    pub fn word_rects(&self, range: ByteRange) -> Vec<Rect> {
        self.rects_of(range, |cluster| !cluster.trailing)
    }

    fn rects_of(&self, range: ByteRange, counts: impl Fn(&ClusterData) -> bool) -> Vec<Rect> {
        let (start, end) = (range.start().get(), range.end().get());
        let mut rects = Vec::new();
        if range.is_empty() {
            return rects;
        }
        let first = self.lines.partition_point(|line| line.end as usize <= start);
        for (index, line) in self.lines.iter().enumerate().skip(first) {
            if line.start as usize >= end {
                break;
            }
            let touched = |cluster: &ClusterData| {
                (cluster.start as usize) < end && start < cluster.end as usize && counts(cluster)
            };
            self.line_rects(index, touched, &mut rects);
        }
        rects
    }

    /// The line on which a caret stands.
    pub fn line_of(&self, caret: Caret) -> usize {
        self.place(caret).line
    }

    fn line_rects(&self, line: usize, touched: impl Fn(&ClusterData) -> bool, rects: &mut Vec<Rect>) {
        let mut spans: Vec<(f32, f32)> = Vec::new();
        let mut last = None;
        for (index, cluster) in self
            .clusters_of(line)
            .iter()
            .enumerate()
            .filter(|(_, c)| touched(c))
        {
            let (mut left, mut right) = (cluster.x, cluster.x + cluster.advance);
            if cluster.trailing {
                (left, right) = (self.within(line, left), self.within(line, right));
            }
            match spans.last_mut() {
                Some(span) if last == Some(index.wrapping_sub(1)) => span.1 = right.max(span.1),
                _ => spans.push((left, right)),
            }
            last = Some(index);
        }
        if spans.iter().any(|(left, right)| right > left) {
            spans.retain(|(left, right)| right > left);
        } else {
            spans.truncate(1);
        }
        let scale = self.frame.scale;
        rects.extend(spans.into_iter().map(|(left, right)| Rect {
            x: left / scale,
            y: self.top(line) / scale,
            width: (right - left) / scale,
            height: self.frame.line_height / scale,
        }));
    }

    /// Where a caret is among the clusters.
    pub(super) fn place(&self, caret: Caret) -> Place {
        let offset = (caret.offset.get() as u32).min(self.frame.text_len);
        if caret.affinity == Affinity::Upstream
            && let Some(place) = self.behind(offset)
        {
            return place;
        }
        let line = self.line_at(offset);
        let clusters = self.clusters_of(line);
        match cluster_at(clusters, offset) {
            Some((index, cluster)) => Place {
                line,
                edge: index + usize::from(cluster.rtl),
            },
            // At the end of the text there is nothing to stand before.
            None => self.behind(offset).unwrap_or(Place { line, edge: 0 }),
        }
    }

    /// The place behind the cluster that ends at an offset, unless a hard break does.
    fn behind(&self, offset: u32) -> Option<Place> {
        let line = self
            .lines
            .partition_point(|line| line.start < offset)
            .checked_sub(1)?;
        let data = self.lines.get(line)?;
        if data.hard_break && data.end == offset {
            return None;
        }
        let (index, cluster) = cluster_at(self.clusters_of(line), offset.checked_sub(1)?)?;
        if cluster.end > offset {
            // Inside the cluster: its start.
            return Some(Place {
                line,
                edge: index + usize::from(cluster.rtl),
            });
        }
        Some(Place {
            line,
            edge: index + usize::from(!cluster.rtl),
        })
    }

    fn line_at(&self, offset: u32) -> usize {
        self.lines
            .partition_point(|line| line.start <= offset)
            .saturating_sub(1)
    }

    /// The caret at a place, attached to the neighbour on one side of it.
    pub(super) fn caret_at(&self, place: Place, toward: Toward) -> Caret {
        let clusters = self.clusters_of(place.line);
        let left = place.edge.checked_sub(1).and_then(|index| clusters.get(index));
        let right = clusters.get(place.edge);
        let chosen = match toward {
            Toward::Left => left.map(|c| (c, false)).or(right.map(|c| (c, true))),
            Toward::Right => right.map(|c| (c, true)).or(left.map(|c| (c, false))),
        };
        let line = self.lines.get(place.line);
        let Some((cluster, before)) = chosen else {
            return Caret::downstream(line.map_or(ByteOffset::ZERO, |line| line.range().start()));
        };
        let caret = if before == cluster.rtl {
            Caret::upstream(cluster.range().end())
        } else {
            Caret::downstream(cluster.range().start())
        };
        before_break(line, cluster, caret)
    }

    /// The x of a place in physical pixels.
    pub(super) fn edge_x(&self, place: Place) -> f32 {
        let clusters = self.clusters_of(place.line);
        match (clusters.get(place.edge), clusters.last()) {
            (Some(cluster), _) => cluster.x,
            (None, Some(last)) => last.x + last.advance,
            (None, None) => self.lines.get(place.line).map_or(0.0, |line| line.left),
        }
    }

    /// Keeps the white space that hangs over the edge of a line inside.
    fn within(&self, line: usize, x: f32) -> f32 {
        let (left, right) = self
            .lines
            .get(line)
            .map_or((0.0, 0.0), |line| (line.left, line.right));
        x.clamp(left.min(0.0), right.max(self.frame.width))
    }
}

/// To which neighbour on the screen a caret is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    Left,
    Right,
}

/// A caret never stands behind the break that ends its line, since that is the next line.
fn before_break(line: Option<&LineData>, cluster: &ClusterData, caret: Caret) -> Caret {
    let behind = line.is_some_and(|line| line.hard_break && line.end as usize == caret.offset.get());
    if behind {
        Caret::downstream(cluster.range().start())
    } else {
        caret
    }
}

/// The visual index of the cluster that holds the character at an offset.
fn cluster_at(clusters: &[ClusterData], offset: u32) -> Option<(usize, &ClusterData)> {
    clusters
        .iter()
        .enumerate()
        .find(|(_, cluster)| cluster.start <= offset && offset < cluster.end)
}
