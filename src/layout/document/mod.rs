//! A whole article as it scrolls: only what is in view is laid out, however long the text is.
//!
//! An article is a list of items (paragraphs, or chunks of very long ones). The scroll position is an item and a
//! distance into it, so that nothing outside the view can move what is in it. How far down the whole that is goes by
//! estimated heights alone, which no layout corrects, so that a scroll bar never jumps.
//!
//! Everything that is in view answers in view coordinates: logical pixels from the top left corner of the column. Knows
//! nothing of spans: the caller says which lines need more room below them.

mod cache;
mod heights;
mod items;
mod room;
mod scroll;
#[cfg(test)]
mod scroll_tests;
#[cfg(test)]
mod tests;
mod walk;

use cache::Cache;
use heights::Heights;
use items::Item;
pub use room::Room;
pub use scroll::Scroll;

use std::collections::BTreeMap;

use super::fonts::Fonts;
use super::geometry::{Affinity, Caret, Hit, Rect, range_in_part};
use super::shaped::Layout;
use super::style::{Align, Request, Style, finite, sane_scale};
use crate::text::{ByteOffset, ByteRange, Direction, Text};

/// The number of an item in its article, counted from the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(usize);

impl ItemId {
    /// The bare number.
    pub fn get(self) -> usize {
        self.0
    }
}

/// How an article is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Width of the column in logical pixels.
    pub width: f32,
    /// Type and size.
    pub style: Style,
    /// Physical pixels per logical pixel.
    pub scale: f32,
    /// The article's language.
    pub lang: Option<String>,
    /// The paragraph that is set as the article's headline, by any place in it, and how.
    pub headline: Option<(ByteRange, Style)>,
    /// The analyst's override of the paragraphs' own directions.
    pub direction: Option<Direction>,
    /// The same for single paragraphs, by where they start.
    pub paragraphs: BTreeMap<ByteOffset, Direction>,
    /// Room under each line in logical pixels; [`Document::set_rooms`] gives some lines more.
    pub leading: f32,
    /// Space after each paragraph in logical pixels.
    pub gap: f32,
    /// Space above the first paragraph that scrolls with the text, such as for a headline.
    pub head: f32,
    /// Space below the last paragraph.
    pub foot: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            width: 600.0,
            style: Style::READING,
            scale: 1.0,
            lang: None,
            headline: None,
            direction: None,
            paragraphs: BTreeMap::new(),
            leading: 0.0,
            gap: 6.0,
            head: 0.0,
            foot: 0.0,
        }
    }
}

/// What the numbers in the margin count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Paragraphs that hold words.
    Paragraphs,
    /// Lines of the text as it is stored, blank ones too, as a text editor numbers them.
    Lines,
}

/// An item in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visible {
    /// Which.
    pub item: ItemId,
    /// Its text in the article.
    pub range: ByteRange,
    /// Its top edge in view coordinates, on a whole physical pixel.
    pub y: f32,
}

/// A lazily laid out article.
#[derive(Clone, Debug)]
pub struct Document {
    text: Text,
    settings: Settings,
    items: Vec<Item>,
    /// About how wide each item is on one line, for a font size of one.
    ems: Vec<f32>,
    /// Stretches whose lines have more room than the settings give.
    rooms: Vec<Room>,
    /// As they are guessed to be.
    heights: Heights,
    cache: Cache,
    anchor: scroll::Anchor,
    viewport: f32,
    visible: Vec<Visible>,
}

impl Document {
    /// Takes up an article; nothing is laid out yet.
    pub fn new(text: Text, settings: Settings) -> Self {
        let items = items::items(&text);
        let content = text.as_str().as_bytes();
        let ems = items
            .iter()
            .map(|item| heights::ems(content.get(item.range().as_usize()).unwrap_or_default()))
            .collect();
        let mut document = Self {
            text,
            settings,
            items,
            ems,
            rooms: Vec::new(),
            heights: Heights::new([]),
            cache: Cache::default(),
            anchor: scroll::Anchor::top(),
            viewport: 0.0,
            visible: Vec::new(),
        };
        document.estimate();
        document
    }

    /// The article's text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// How it is set.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Sets it otherwise. The line at the top of the view stays there.
    pub fn set_settings(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        self.hold_top_line();
        self.settings = settings;
        self.cache.clear();
        self.visible.clear();
        self.estimate();
    }

    /// Drops all layouts, for other fonts have come.
    pub fn fonts_changed(&mut self) {
        self.hold_top_line();
        self.cache.clear();
        self.visible.clear();
    }

    /// The text of an item, without a line break.
    pub fn item_range(&self, item: ItemId) -> ByteRange {
        self.items
            .get(item.0)
            .map_or(ByteRange::caret(self.text.end()), |item| item.range())
    }

    /// The direction in which an item reads.
    pub fn item_direction(&self, item: ItemId) -> Direction {
        let own = self
            .items
            .get(item.0)
            .map_or(Direction::default(), |item| item.direction);
        let said = (!self.settings.paragraphs.is_empty())
            .then(|| self.settings.paragraphs.get(&self.paragraph_start(item)).copied())
            .flatten();
        said.or(self.settings.direction).unwrap_or(own)
    }

    /// Where the paragraph of an item starts.
    pub fn paragraph_start(&self, item: ItemId) -> ByteOffset {
        let goes_on = |before: &usize| self.items.get(*before).is_some_and(|item| item.continues);
        let chunks = (0..item.0).rev().take_while(goes_on).count();
        self.item_range(ItemId(item.0 - chunks)).start()
    }

    /// The number of the paragraph that begins with an item, counted from one: among all lines of the text as an
    /// editor counts them, or among the paragraphs that hold words. None for what goes on from the item before.
    pub fn number(&self, item: ItemId, counted: Counted) -> Option<usize> {
        let before = item.0.checked_sub(1).and_then(|before| self.items.get(before));
        if before.is_some_and(|before| before.continues) {
            return None;
        }
        let own = self.items.get(item.0)?;
        match counted {
            Counted::Lines => Some(own.line as usize + 1),
            Counted::Paragraphs => Some(own.paragraph as usize).filter(|number| *number > 0),
        }
    }

    /// The item in which a position lies; a line break belongs to the paragraph that it ends.
    pub fn item_at(&self, offset: ByteOffset) -> ItemId {
        let behind = self.items.partition_point(|item| item.range().start() <= offset);
        ItemId(behind.saturating_sub(1))
    }

    /// Lays out what is in view for a viewport of a height in logical pixels, and settles the scroll position.
    pub fn prepare(&mut self, fonts: &mut Fonts, viewport: f32) {
        self.viewport = finite(viewport, 0.0).max(0.0);
        self.cache.tick();
        self.settle(fonts);
    }

    /// Lays out one item that will soon come into view, if any was not yet; whether there was one. For frames with
    /// time to spare.
    pub fn prepare_ahead(&mut self, fonts: &mut Fonts) -> bool {
        let (Some(first), Some(last)) = (self.visible.first(), self.visible.last()) else {
            return false;
        };
        let near = [last.item.0 + 1, last.item.0 + 2, first.item.0.wrapping_sub(1)];
        let missing = near
            .into_iter()
            .find(|item| *item < self.items.len() && self.cache.get(*item).is_none());
        missing.is_some_and(|item| self.ensure(fonts, item))
    }

    /// What is in view after [`Self::prepare`], from top to bottom.
    pub fn visible(&self) -> &[Visible] {
        &self.visible
    }

    /// The layout of an item, if it is laid out: those in view always are.
    pub fn layout(&self, item: ItemId) -> Option<&Layout> {
        self.cache.get(item.0)
    }

    /// How many layouts were made since the beginning.
    pub fn layouts_made(&self) -> u64 {
        self.cache.made()
    }

    /// How many layouts are kept, and about how many bytes they take.
    pub fn layouts_kept(&self) -> (usize, usize) {
        (self.cache.len(), self.cache.bytes())
    }

    /// The caret position nearest to a point of the view.
    pub fn hit(&self, x: f32, y: f32) -> Hit {
        let below = self.visible.partition_point(|visible| visible.y <= y);
        let Some(visible) = self.visible.get(below.saturating_sub(1)) else {
            return Hit::NOTHING;
        };
        let hit = self
            .layout(visible.item)
            .map_or(Hit::NOTHING, |layout| layout.hit(x, y - visible.y));
        hit.in_whole(visible.range.start())
    }

    /// Where a caret is in view coordinates; `None` where its item is not in view.
    pub fn caret(&self, caret: Caret) -> Option<Rect> {
        let item = self.item_of(caret);
        let visible = self.visible.iter().find(|visible| visible.item == item)?;
        let rect = self.layout(item)?.caret(caret.in_part(visible.range));
        Some(rect.moved(0.0, visible.y))
    }

    /// The exact rectangles in view coordinates of the part of a range that is among the items in view.
    pub fn rects(&self, range: ByteRange) -> Vec<Rect> {
        let first = self
            .visible
            .partition_point(|visible| visible.range.end() < range.start());
        let touched = self.visible.get(first..).unwrap_or_default();
        touched
            .iter()
            .take_while(|visible| visible.range.start() < range.end())
            .flat_map(|visible| {
                let rects = self.rects_in(visible.item, range);
                rects.into_iter().map(|rect| rect.moved(0.0, visible.y))
            })
            .collect()
    }

    /// The rectangles of the part of a range that lies in one item, relative to the item's top left corner.
    pub fn rects_in(&self, item: ItemId, range: ByteRange) -> Vec<Rect> {
        self.part_in(item, range)
            .map(|(layout, part)| layout.rects(part))
            .unwrap_or_default()
    }

    /// The same without the white space at which lines wrap.
    pub fn word_rects_in(&self, item: ItemId, range: ByteRange) -> Vec<Rect> {
        self.part_in(item, range)
            .map(|(layout, part)| layout.word_rects(part))
            .unwrap_or_default()
    }

    /// The layout of an item and the part of a range that lies in it, as a range of that layout.
    fn part_in(&self, item: ItemId, range: ByteRange) -> Option<(&Layout, ByteRange)> {
        let part = range_in_part(range, self.item_range(item))?;
        Some((self.layout(item)?, part))
    }

    /// Sees to it that an item is laid out; whether it was not.
    fn ensure(&mut self, fonts: &mut Fonts, item: usize) -> bool {
        if self.cache.touch(item) {
            return false;
        }
        let range = self.item_range(ItemId(item));
        let request = Request {
            text: self.text.slice(range).unwrap_or_default(),
            direction: self.item_direction(ItemId(item)),
            align: Align::Start,
            width: Some(self.settings.width),
            style: self.settings.style_of(range),
            scale: self.settings.scale,
            lang: self.settings.lang.as_deref(),
            leading: self.settings.leading_of(range),
        };
        let mut layout = Layout::new(fonts, &request);
        layout.bottoms = self.bottoms(range, &layout);
        self.cache.insert(item, layout);
        true
    }

    /// The height of an item in physical pixels with the gap after its paragraph; a guess where it is not laid out.
    fn height(&self, item: usize) -> f64 {
        let (Some(layout), Some(own)) = (self.cache.get(item), self.items.get(item)) else {
            return self.heights.get(item);
        };
        f64::from(layout.height() + self.settings.gap_after(*own))
    }

    /// Guesses how high each item is.
    fn estimate(&mut self) {
        let settings = &self.settings;
        let column = settings.width / settings.style.sane_size();
        self.heights = Heights::new(self.items.iter().zip(&self.ems).map(|(item, ems)| {
            let pitch = settings.pitch(item.range());
            let lines = heights::lines(*ems, column);
            f64::from((pitch * lines + settings.gap_after(*item)).round())
        }));
    }

    /// The item on which a caret stands. At the cut between two chunks that is the one it belongs to.
    fn item_of(&self, caret: Caret) -> ItemId {
        let item = self.item_at(caret.offset);
        let before = ItemId(item.0.saturating_sub(1));
        let upstream = caret.affinity == Affinity::Upstream;
        let at_cut = item.0 > 0 && self.items.get(before.0).is_some_and(|item| item.continues);
        if upstream && at_cut && self.item_range(item).start() == caret.offset {
            before
        } else {
            item
        }
    }
}

impl Settings {
    fn scale(&self) -> f32 {
        sane_scale(self.scale)
    }

    /// The space after an item in physical pixels: none inside a paragraph.
    fn gap_after(&self, item: Item) -> f32 {
        if item.continues {
            0.0
        } else {
            (finite(self.gap, 0.0).max(0.0) * self.scale()).round()
        }
    }

    /// The room under the lines of an item. Nothing is ever drawn under an empty one.
    fn leading_of(&self, range: ByteRange) -> f32 {
        if range.is_empty() { 0.0 } else { self.leading }
    }

    /// From one line of an item to the next in physical pixels, where no line has more room than the others.
    fn pitch(&self, range: ByteRange) -> f32 {
        let leading = super::build::leading_pixels(self.leading_of(range), self.scale());
        self.style_of(range).line_pixels(self.scale) + leading
    }

    /// How an item is set. An empty paragraph is a gap and not a line to read, so it takes half the height of one.
    fn style_of(&self, range: ByteRange) -> Style {
        if let Some((headline, style)) = self.headline
            && headline.intersection(range).is_some()
        {
            style
        } else if range.is_empty() {
            Style {
                line_height: self.style.line_height / 2.0,
                ..self.style
            }
        } else {
            self.style
        }
    }
}
