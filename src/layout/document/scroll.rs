//! The scroll position of a document: an item and a distance into it.
//!
//! A move by a little goes over real layouts, a move by much over the estimates. How far down the whole the view is,
//! is told in estimated heights: an item that is half above the view counts half of its estimate, whatever it measures.
//! So a text has one place in the whole, and what is laid out meanwhile changes nothing.

use super::{Document, Visible};
use crate::layout::fonts::Fonts;
use crate::layout::geometry::Caret;
use crate::layout::shaped::Layout;
use crate::text::ByteOffset;

/// What is at the top of the view.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchor {
    item: usize,
    /// Physical pixels of the item that are above the view, beside what is pending; negative in the space before the
    /// first item.
    offset: f64,
    pending: Option<Pending>,
}

/// A distance that is known only once the item is laid out.
#[derive(Clone, Copy, Debug)]
enum Pending {
    /// The top of everything.
    Top,
    /// So much of the item's height.
    Fraction(f64),
    /// The line with this offset of the item's text, so many line heights above the view.
    Line { at: ByteOffset, above: f64 },
}

/// Where the view is in the whole, in logical pixels. All but the view itself is estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scroll {
    /// What is above the view.
    pub position: f64,
    /// What is above the view, the view, and what is below it.
    pub total: f64,
    /// The height of the view.
    pub viewport: f64,
}

impl Scroll {
    /// How far down the view is, from 0 at the top to 1 at the bottom.
    pub fn fraction(self) -> f64 {
        let hidden = self.total - self.viewport;
        if hidden > 0.0 {
            (self.position / hidden).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

impl Anchor {
    /// The top of everything.
    pub(super) fn top() -> Self {
        Self {
            pending: Some(Pending::Top),
            ..Self::default()
        }
    }

    /// The line at the top and how much of it is above, where it is one of this item's.
    pub(super) fn line(&self, item: usize, layout: &Layout) -> Option<(usize, f64)> {
        (item == self.item && self.offset > 0.0).then(|| layout.line_and_rest(self.offset))
    }

    /// Keeps that line at the top when the lines of its item have got more or less room.
    pub(super) fn hold(&mut self, line: Option<(usize, f64)>, layout: &Layout) {
        if let Some((line, rest)) = line {
            self.offset = f64::from(layout.top(line)) + rest.min(layout.line_pixels(line));
        }
    }
}

impl Document {
    /// Where the view is.
    pub fn scroll(&self) -> Scroll {
        let scale = f64::from(self.settings.scale());
        let (above, below) = (self.position_pixels(), self.below_pixels());
        Scroll {
            position: above / scale,
            total: (above + self.viewport_pixels() + below) / scale,
            viewport: f64::from(self.viewport),
        }
    }

    /// The height of everything in logical pixels, as it is estimated; it depends on the text and the settings only.
    pub fn height_estimated(&self) -> f64 {
        self.whole_pixels() / f64::from(self.settings.scale())
    }

    /// How far down the whole a place of the text lies, as [`Self::height_estimated`] counts.
    pub fn position_of(&self, offset: ByteOffset) -> f64 {
        let item = self.item_at(offset);
        let range = self.item_range(item);
        let inside = offset.get().saturating_sub(range.start().get()).min(range.len());
        let share = inside as f64 / range.len().max(1) as f64;
        let above = self.heights.before(item.0) + share * self.heights.get(item.0);
        (self.head_pixels() + above) / f64::from(self.settings.scale())
    }

    /// The place of the text that lies so far down the whole, as [`Self::position_of`] counts; it may lie inside a
    /// character.
    pub fn offset_at(&self, position: f64) -> ByteOffset {
        let pixels = position * f64::from(self.settings.scale()) - self.head_pixels();
        let (item, into) = self.heights.at(pixels);
        let range = self.item_range(super::ItemId(item));
        let share = (into / self.heights.get(item).max(1.0)).clamp(0.0, 1.0);
        ByteOffset::new(range.start().get() + (share * range.len() as f64) as usize)
    }

    /// Moves the text up by a distance in logical pixels, down where it is negative.
    pub fn scroll_by(&mut self, distance: f64) {
        if !distance.is_finite() {
            return;
        }
        let pixels = distance * f64::from(self.settings.scale());
        if pixels.abs() > 4.0 * self.viewport_pixels() + 2_000.0 {
            self.jump_to(self.position_pixels() + pixels);
        } else {
            self.anchor.offset += pixels;
        }
    }

    /// Puts what is that far down the whole at the top of the view, as a scroll bar does.
    pub fn scroll_to_position(&mut self, position: f64) {
        if position.is_finite() {
            self.jump_to(position * f64::from(self.settings.scale()));
        }
    }

    /// Goes so far down the whole that [`Scroll::fraction`] is this.
    pub fn scroll_to_fraction(&mut self, fonts: &mut Fonts, fraction: f64) {
        // How much of the whole the view takes is known only once it is there.
        for _ in 0..3 {
            let scroll = self.scroll();
            let wanted = (scroll.total - scroll.viewport) * fraction.clamp(0.0, 1.0);
            self.scroll_to_position(wanted);
            self.settle(fonts);
        }
    }

    /// Brings a caret into view with a margin in logical pixels above and below; moves nothing where it is there
    /// already.
    pub fn reveal(&mut self, fonts: &mut Fonts, caret: Caret, margin: f32) {
        let item = self.item_of(caret);
        self.ensure(fonts, item.0);
        let Some(layout) = self.cache.get(item.0) else {
            return;
        };
        let rect = layout.caret(caret.in_part(self.item_range(item)));
        let margin = margin.clamp(0.0, (self.viewport - rect.height).max(0.0) / 2.0);
        if let Some(visible) = self.visible.iter().find(|visible| visible.item == item) {
            let (top, bottom) = (visible.y + rect.y, visible.y + rect.bottom());
            if top < margin {
                self.scroll_by(f64::from(top - margin));
            } else if bottom > self.viewport - margin {
                self.scroll_by(f64::from(bottom - (self.viewport - margin)));
            }
        } else {
            // Far away: a third down the view, so that what leads up to it can be read.
            let above = f64::from(rect.y) - f64::from(self.viewport) / 3.0;
            self.anchor = Anchor {
                item: item.0,
                offset: above * f64::from(self.settings.scale()),
                pending: None,
            };
        }
        self.settle(fonts);
    }

    /// Notes which line is at the top, before layouts are dropped.
    pub(super) fn hold_top_line(&mut self) {
        let Anchor {
            item,
            offset,
            pending,
        } = self.anchor;
        if self.position_is_top() {
            self.anchor = Anchor::top();
            return;
        }
        if pending.is_some() || offset <= 0.0 {
            return;
        }
        let held = match self.cache.get(item) {
            Some(layout) => {
                let (line, inside) = layout.line_and_rest(offset);
                let start = layout.lines.get(line).map_or(0, |line| line.start);
                Pending::Line {
                    at: ByteOffset::new(start as usize),
                    above: inside / layout.line_pixels(line),
                }
            }
            None => Pending::Fraction(offset / self.height(item).max(1.0)),
        };
        self.anchor = Anchor {
            item,
            offset: 0.0,
            pending: Some(held),
        };
    }

    /// Lays out what is in view, and keeps the position inside the article.
    pub(super) fn settle(&mut self, fonts: &mut Fonts) {
        self.ensure(fonts, self.anchor.item);
        self.resolve();
        // Each round can only uncover what is missing at one end; then the other end may move once more.
        for _ in 0..4 {
            self.normalise(fonts);
            let below = self.fill(fonts);
            let missing = self.viewport_pixels() - below;
            let above = self.position_is_top();
            if missing <= 0.5 || above {
                break;
            }
            self.anchor.offset -= missing;
        }
    }

    /// Turns what was noted about the anchor into a distance, now that its item is laid out.
    fn resolve(&mut self) {
        self.anchor.offset += self.pending_pixels();
        self.anchor.pending = None;
    }

    /// What was noted about the anchor as a distance; an estimate as long as its item is not laid out.
    fn pending_pixels(&self) -> f64 {
        let height = self.height(self.anchor.item);
        match (self.anchor.pending, self.cache.get(self.anchor.item)) {
            (None, _) => 0.0,
            (Some(Pending::Top), _) => -self.head_pixels(),
            (Some(Pending::Fraction(fraction)), _) => fraction * height,
            (Some(Pending::Line { at, above }), Some(layout)) => {
                let line = layout.line_of(Caret::downstream(at));
                f64::from(layout.top(line)) + above * layout.line_pixels(line)
            }
            (Some(Pending::Line { at, .. }), None) => {
                let length = self.item_range(super::ItemId(self.anchor.item)).len().max(1);
                height * at.get() as f64 / length as f64
            }
        }
    }

    /// Moves the anchor to the item that is really at the top.
    fn normalise(&mut self, fonts: &mut Fonts) {
        while self.anchor.offset < 0.0 && self.anchor.item > 0 {
            self.anchor.item -= 1;
            self.ensure(fonts, self.anchor.item);
            self.anchor.offset += self.height(self.anchor.item);
        }
        while self.anchor.item + 1 < self.items.len() && self.anchor.offset >= self.height(self.anchor.item) {
            self.anchor.offset -= self.height(self.anchor.item);
            self.anchor.item += 1;
            self.ensure(fonts, self.anchor.item);
        }
        if self.anchor.item == 0 {
            self.anchor.offset = self.anchor.offset.max(-self.head_pixels());
        }
    }

    /// Lists what is in view; gives the bottom of the text with its foot, where that is in view.
    fn fill(&mut self, fonts: &mut Fonts) -> f64 {
        self.visible.clear();
        let scale = f64::from(self.settings.scale());
        let bottom = self.viewport_pixels();
        let mut y = -self.anchor.offset.round();
        for item in self.anchor.item..self.items.len() {
            if y >= bottom && !self.visible.is_empty() {
                return y.max(bottom);
            }
            self.ensure(fonts, item);
            self.visible.push(Visible {
                item: super::ItemId(item),
                range: self.item_range(super::ItemId(item)),
                y: (y / scale) as f32,
            });
            y += self.height(item);
        }
        y + f64::from(self.settings.foot.max(0.0)) * scale
    }

    fn jump_to(&mut self, pixels: f64) {
        // Behind the last view it goes to the end, which is found when that is laid out.
        let inside = pixels.clamp(0.0, self.whole_pixels()) - self.head_pixels();
        let (item, into) = self.heights.at(inside);
        let share = into / self.heights.get(item).max(1.0);
        self.anchor = Anchor {
            item,
            offset: into.min(0.0),
            pending: (into > 0.0).then_some(Pending::Fraction(share)),
        };
    }

    fn position_is_top(&self) -> bool {
        self.anchor.item == 0 && self.anchor.offset + self.pending_pixels() <= -self.head_pixels()
    }

    /// What is above the view, as it is estimated.
    fn position_pixels(&self) -> f64 {
        let item = self.anchor.item;
        let above = self.anchor.offset + self.pending_pixels();
        self.head_pixels() + self.heights.before(item) + self.estimated(item, above)
    }

    /// What is below the view, as it is estimated.
    fn below_pixels(&self) -> f64 {
        let Some(last) = self.visible.last() else {
            return (self.whole_pixels() - self.position_pixels() - self.viewport_pixels()).max(0.0);
        };
        let seen = self.viewport_pixels() - f64::from(last.y) * f64::from(self.settings.scale());
        let up_to = self.heights.before(last.item.0) + self.estimated(last.item.0, seen);
        (self.whole_pixels() - self.head_pixels() - up_to).max(0.0)
    }

    /// A distance from the top of an item as it would be if the item were as high as it is estimated. What lies
    /// outside the item is what it is.
    fn estimated(&self, item: usize, distance: f64) -> f64 {
        let (height, estimate) = (self.height(item), self.heights.get(item));
        let inside = distance.clamp(0.0, height);
        let outside = distance - inside;
        outside + inside / height.max(1.0) * estimate
    }

    /// The height of everything, as it is estimated.
    fn whole_pixels(&self) -> f64 {
        let foot = f64::from(self.settings.foot.max(0.0)) * f64::from(self.settings.scale());
        self.head_pixels() + self.heights.total() + foot
    }

    fn head_pixels(&self) -> f64 {
        (f64::from(self.settings.head.max(0.0)) * f64::from(self.settings.scale())).round()
    }

    fn viewport_pixels(&self) -> f64 {
        f64::from(self.viewport) * f64::from(self.settings.scale())
    }
}
