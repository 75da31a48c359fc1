//! The textures that hold the bitmaps of glyphs.
//!
//! Pages of one size, filled shelf by shelf. A new page is added when the last is full, so that no texture
//! coordinate ever changes under a mesh that was already built; when the bound is reached, the page that was
//! least lately used gives way at the start of the next frame. What a glyph looks like is the rasteriser's to say.

use std::hash::Hash;

use egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, pos2};
use foldhash::HashMap;

/// Side of a page in pixels: a few hundred glyphs at reading size on a dense screen.
const PAGE_SIDE: usize = 1024;
/// At most that many pages, 4 MB each.
const MAX_PAGES: usize = 12;
/// Free pixels round each glyph, so that no neighbour bleeds in.
const GAP: usize = 1;

/// A glyph's picture, before it has a place.
#[derive(Clone, Debug)]
pub struct Bitmap {
    /// Pixels from the pen position to the left edge.
    pub left: i32,
    /// Pixels from the baseline up to the top edge.
    pub top: i32,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Row by row, premultiplied. Coverage is white.
    pub pixels: Vec<Color32>,
    /// Whether the glyph has its own colours, as emoji have, and takes none from the text.
    pub colored: bool,
}

/// Where a glyph's picture is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Which page; see [`Atlas::texture`].
    pub page: usize,
    /// The part of the page, in texture coordinates.
    pub uv: Rect,
    /// As in [`Bitmap::left`].
    pub left: i32,
    /// As in [`Bitmap::top`].
    pub top: i32,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// As in [`Bitmap::colored`].
    pub colored: bool,
}

/// Glyph pictures by key.
pub struct Atlas<K> {
    pages: Vec<Page>,
    /// `None`: the glyph has no picture, as a space has none.
    places: HashMap<K, Option<Place>>,
    frame: u64,
    crowded: bool,
}

struct Page {
    texture: TextureHandle,
    pixels: ColorImage,
    shelves: Vec<Shelf>,
    /// What changed since the last upload.
    dirty: Option<Dirty>,
    last_used: u64,
}

/// A row of glyphs of about one height.
struct Shelf {
    top: usize,
    height: usize,
    filled: usize,
}

#[derive(Clone, Copy)]
struct Dirty {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl<K> Default for Atlas<K> {
    fn default() -> Self {
        Self {
            pages: Vec::new(),
            places: HashMap::default(),
            frame: 0,
            crowded: false,
        }
    }
}

impl<K: Clone + Eq + Hash> Atlas<K> {
    /// Starts a frame. Where the last one found no room, the least lately used page is emptied.
    pub fn begin_frame(&mut self) {
        self.frame += 1;
        if std::mem::take(&mut self.crowded) {
            self.evict();
        }
    }

    /// Forgets every glyph, as when the theme wants other pictures of them. Only between frames.
    pub fn clear(&mut self) {
        self.places.clear();
        for page in &mut self.pages {
            page.empty();
        }
    }

    /// The place of a glyph, drawn by `raster` where it has none yet. `None` where there is nothing to draw, or
    /// no room in this frame; the frame after has room.
    pub fn place(
        &mut self,
        ctx: &Context,
        key: &K,
        raster: impl FnOnce() -> Option<Bitmap>,
    ) -> Option<Place> {
        let place = match self.places.get(key) {
            Some(place) => *place,
            None => self.add(ctx, key, raster()),
        };
        if let Some(page) = place.and_then(|place| self.pages.get_mut(place.page)) {
            page.last_used = self.frame;
        }
        place
    }

    /// The texture of a page.
    pub fn texture(&self, page: usize) -> Option<TextureId> {
        self.pages.get(page).map(|page| page.texture.id())
    }

    /// Whether a glyph found no room in this frame.
    pub fn is_crowded(&self) -> bool {
        self.crowded
    }

    /// Uploads what changed in this frame: one rectangle a page.
    pub fn upload(&mut self) {
        for page in &mut self.pages {
            page.upload();
        }
    }

    fn add(&mut self, ctx: &Context, key: &K, bitmap: Option<Bitmap>) -> Option<Place> {
        let bitmap = bitmap.filter(|bitmap| {
            bitmap.width > 0
                && bitmap.height > 0
                && bitmap.width + 2 * GAP <= PAGE_SIDE
                && bitmap.height + 2 * GAP <= PAGE_SIDE
        });
        let Some(bitmap) = bitmap else {
            self.places.insert(key.clone(), None);
            return None;
        };
        let Some((page, x, y)) = self.find_room(ctx, bitmap.width, bitmap.height) else {
            self.crowded = true;
            return None;
        };
        let side = PAGE_SIDE as f32;
        let place = Place {
            page,
            uv: Rect::from_min_max(
                pos2(x as f32 / side, y as f32 / side),
                pos2(
                    (x + bitmap.width) as f32 / side,
                    (y + bitmap.height) as f32 / side,
                ),
            ),
            left: bitmap.left,
            top: bitmap.top,
            width: bitmap.width,
            height: bitmap.height,
            colored: bitmap.colored,
        };
        if let Some(page) = self.pages.get_mut(page) {
            page.draw(x, y, &bitmap);
        }
        self.places.insert(key.clone(), Some(place));
        Some(place)
    }

    fn find_room(&mut self, ctx: &Context, width: usize, height: usize) -> Option<(usize, usize, usize)> {
        for (index, page) in self.pages.iter_mut().enumerate() {
            if let Some((x, y)) = page.take_room(width + GAP, height + GAP) {
                return Some((index, x, y));
            }
        }
        if self.pages.len() == MAX_PAGES {
            return None;
        }
        let mut page = Page::new(ctx, self.pages.len());
        let (x, y) = page.take_room(width + GAP, height + GAP)?;
        self.pages.push(page);
        Some((self.pages.len() - 1, x, y))
    }

    fn evict(&mut self) {
        let oldest = self
            .pages
            .iter()
            .enumerate()
            .min_by_key(|(_, page)| page.last_used)
            .map(|(index, _)| index);
        let Some(index) = oldest else { return };
        // What has no picture is asked for again, so that the list of it does not grow for ever.
        self.places
            .retain(|_, place| place.is_some_and(|place| place.page != index));
        if let Some(page) = self.pages.get_mut(index) {
            page.empty();
        }
    }
}

impl Page {
    fn new(ctx: &Context, number: usize) -> Self {
        let pixels = ColorImage::filled([PAGE_SIDE, PAGE_SIDE], Color32::TRANSPARENT);
        let texture = ctx.load_texture(
            format!("glyphs {number}"),
            pixels.clone(),
            TextureOptions::NEAREST,
        );
        Self {
            texture,
            pixels,
            shelves: Vec::new(),
            dirty: None,
            last_used: 0,
        }
    }

    fn empty(&mut self) {
        self.shelves.clear();
        self.pixels.pixels.fill(Color32::TRANSPARENT);
        self.mark(0, 0, PAGE_SIDE, PAGE_SIDE);
    }

    /// The lowest shelf that is high enough and not wastefully high, else a new one.
    fn take_room(&mut self, width: usize, height: usize) -> Option<(usize, usize)> {
        let fits = |shelf: &&mut Shelf| {
            shelf.height >= height
                && shelf.height <= height + height / 2 + 4
                && shelf.filled + width <= PAGE_SIDE
        };
        if let Some(shelf) = self
            .shelves
            .iter_mut()
            .filter(fits)
            .min_by_key(|shelf| shelf.height)
        {
            let x = shelf.filled;
            shelf.filled += width;
            return Some((x, shelf.top));
        }
        let top = self.shelves.last().map_or(GAP, |shelf| shelf.top + shelf.height);
        // Shelves of rounded heights serve more glyphs.
        let rounded = height.next_multiple_of(4);
        if top + rounded > PAGE_SIDE || width + GAP > PAGE_SIDE {
            return None;
        }
        self.shelves.push(Shelf {
            top,
            height: rounded,
            filled: GAP + width,
        });
        Some((GAP, top))
    }

    fn draw(&mut self, x: usize, y: usize, bitmap: &Bitmap) {
        for (row, line) in bitmap.pixels.chunks_exact(bitmap.width).enumerate() {
            let start = (y + row) * PAGE_SIDE + x;
            if let Some(target) = self.pixels.pixels.get_mut(start..start + bitmap.width) {
                target.copy_from_slice(line);
            }
        }
        self.mark(x, y, x + bitmap.width, y + bitmap.height);
    }

    fn mark(&mut self, left: usize, top: usize, right: usize, bottom: usize) {
        let dirty = self.dirty.get_or_insert(Dirty {
            left,
            top,
            right,
            bottom,
        });
        dirty.left = dirty.left.min(left);
        dirty.top = dirty.top.min(top);
        dirty.right = dirty.right.max(right);
        dirty.bottom = dirty.bottom.max(bottom);
    }

    fn upload(&mut self) {
        let Some(dirty) = self.dirty.take() else { return };
        let size = [dirty.right - dirty.left, dirty.bottom - dirty.top];
        let mut part = Vec::with_capacity(size[0] * size[1]);
        for row in dirty.top..dirty.bottom {
            let start = row * PAGE_SIDE;
            if let Some(line) = self.pixels.pixels.get(start + dirty.left..start + dirty.right) {
                part.extend_from_slice(line);
            }
        }
        self.texture.set_partial(
            [dirty.left, dirty.top],
            ColorImage::new(size, part),
            TextureOptions::NEAREST,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(side: usize) -> Bitmap {
        Bitmap {
            left: 0,
            top: 0,
            width: side,
            height: side,
            pixels: vec![Color32::WHITE; side * side],
            colored: false,
        }
    }

    #[test]
    fn glyphs_never_share_a_pixel_and_are_drawn_once() {
        let (ctx, mut atlas) = (Context::default(), Atlas::<usize>::default());
        atlas.begin_frame();
        let places: Vec<Place> = (0..600)
            .filter_map(|key| atlas.place(&ctx, &key, || Some(block(10 + key % 23))))
            .collect();
        assert_eq!(places.len(), 600);
        for (i, one) in places.iter().enumerate() {
            for other in places.iter().skip(i + 1).filter(|other| other.page == one.page) {
                assert!(!one.uv.intersects(other.uv), "{one:?} {other:?}");
            }
        }
        assert!(
            atlas
                .place(&ctx, &3, || unreachable!("is there already"))
                .is_some()
        );
    }

    #[test]
    fn a_full_atlas_makes_room_between_frames_and_keeps_what_is_in_use() {
        let (ctx, mut atlas) = (Context::default(), Atlas::<usize>::default());
        atlas.begin_frame();
        // Each fills a page of its own.
        for key in 0..MAX_PAGES {
            assert!(atlas.place(&ctx, &key, || Some(block(1000))).is_some());
        }
        atlas.begin_frame();
        assert!(atlas.place(&ctx, &0, || None).is_some(), "in use");
        assert!(
            atlas.place(&ctx, &99, || Some(block(1000))).is_none(),
            "no room yet"
        );
        atlas.begin_frame();
        assert!(
            atlas.place(&ctx, &99, || Some(block(1000))).is_some(),
            "room was made"
        );
        assert!(
            atlas.place(&ctx, &0, || None).is_some(),
            "what was in use is still there"
        );
        assert!(
            atlas.place(&ctx, &1, || None).is_none(),
            "the oldest page gave way"
        );
    }

    #[test]
    fn a_text_of_ever_new_glyphs_grows_the_atlas_to_its_bound_and_no_further() {
        let (ctx, mut atlas) = (Context::default(), Atlas::<usize>::default());
        let (mut most_pages, mut most_places, mut crowded) = (0, 0, 0);
        let mut waiting: Vec<usize> = Vec::new();
        for frame in 0..400_usize {
            atlas.begin_frame();
            // What a screen shows: mostly new glyphs, some of the frame before, and one that is always there.
            let shown = (frame * 40..frame * 40 + 60).chain([usize::MAX]);
            let before = std::mem::take(&mut waiting);
            for key in before.iter().copied().chain(shown) {
                let blank = key % 50 == 7;
                let place = atlas.place(&ctx, &key, || (!blank).then(|| block(40 + key % 13)));
                if place.is_none() && !blank {
                    waiting.push(key);
                }
            }
            assert!(
                before.iter().all(|key| !waiting.contains(key)),
                "a glyph without room in one frame has it in the next"
            );
            crowded += usize::from(!waiting.is_empty());
            most_pages = most_pages.max(atlas.pages.len());
            most_places = most_places.max(atlas.places.len());
        }
        assert_eq!(most_pages, MAX_PAGES, "it grew");
        let room = MAX_PAGES * (PAGE_SIDE / 41) * (PAGE_SIDE / 41);
        assert!(most_places < room, "{most_places} glyphs are remembered");
        assert!(atlas.places.contains_key(&usize::MAX), "what is in use stays");
        assert!(crowded > 0, "the bound was reached");
    }

    #[test]
    fn a_glyph_without_a_picture_is_asked_for_once() {
        let (ctx, mut atlas) = (Context::default(), Atlas::<usize>::default());
        assert!(atlas.place(&ctx, &0, || None).is_none());
        assert!(
            atlas
                .place(&ctx, &0, || unreachable!("known to be empty"))
                .is_none()
        );
        assert!(
            atlas.place(&ctx, &1, || Some(block(5000))).is_none(),
            "larger than any page"
        );
    }
}
