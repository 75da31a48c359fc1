//! The one owner of fonts, glyph bitmaps, and cached layouts; lives in the app and is handed to panels.

use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, pos2, vec2};
use foldhash::HashMap;

use crate::layout::{self, Fonts, GlyphKey, Layout, Pixels, Raster};

use super::atlas::{Atlas, Bitmap};
use super::short::{ShortKey, ShortLayout};

/// Short layouts kept at most; a screen shows some hundreds.
const MAX_SHORT: usize = 4_000;
/// Layouts that were not drawn for so many frames go first.
const STALE_FRAMES: u64 = 120;

/// Whether to look for the fonts of the machine beside the bundled ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemFonts {
    /// Find them on a thread and take them in when they are there.
    Search,
    /// Bundled fonts only: the same picture on every machine, as tests need it.
    Off,
}

/// Fonts, glyph atlas, and layouts of short strings.
pub struct TextEngine {
    fonts: Fonts,
    raster: Raster,
    atlas: Atlas<GlyphKey>,
    short: HashMap<ShortKey, (Arc<ShortLayout>, u64)>,
    search: Search,
    generation: u64,
    frame: u64,
    scale: f32,
    dark: bool,
}

/// How far the search for system fonts is.
enum Search {
    Wanted,
    Running(Receiver<Fonts>),
    Over,
}

impl TextEngine {
    /// Starts with the bundled fonts.
    pub fn new(system_fonts: SystemFonts) -> Self {
        Self {
            fonts: Fonts::bundled(),
            raster: Raster::new(),
            atlas: Atlas::default(),
            short: HashMap::default(),
            search: match system_fonts {
                SystemFonts::Search => Search::Wanted,
                SystemFonts::Off => Search::Over,
            },
            generation: 0,
            frame: 0,
            scale: 1.0,
            dark: false,
        }
    }

    /// Call once before anything is drawn in a frame: takes in fonts that were found, and follows the theme and
    /// the pixel density.
    pub fn begin_frame(&mut self, ctx: &Context) {
        self.frame += 1;
        self.atlas.begin_frame();
        self.follow_search(ctx);
        let dark = ctx.theme() == egui::Theme::Dark;
        if dark != self.dark {
            self.dark = dark;
            self.atlas.clear();
        }
        let scale = ctx.pixels_per_point();
        if scale.to_bits() != self.scale.to_bits() {
            self.scale = scale;
            self.short.clear();
        }
        if self.short.len() > MAX_SHORT {
            let frame = self.frame;
            self.short.retain(|_, (_, used)| frame - *used < STALE_FRAMES);
        }
    }

    /// Call once after everything is drawn in a frame: uploads the new glyphs.
    pub fn end_frame(&mut self, ctx: &Context) {
        self.atlas.upload();
        if self.atlas.is_crowded() {
            // A glyph found no room; the next frame makes some.
            ctx.request_repaint();
        }
    }

    /// The fonts, to lay out text that is not short.
    pub fn fonts(&mut self) -> &mut Fonts {
        &mut self.fonts
    }

    /// Another number whenever the fonts are others, so that layouts made before are stale.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Physical pixels a point.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// A rectangle whose edges lie between physical pixels; at least one pixel in each direction.
    pub fn snap_rect(&self, rect: Rect) -> Rect {
        let round = |x: f32| (x * self.scale).round() / self.scale;
        let (left, top, pixel) = (round(rect.left()), round(rect.top()), 1.0 / self.scale);
        Rect::from_min_max(
            pos2(left, top),
            pos2(
                round(rect.right()).max(left + pixel),
                round(rect.bottom()).max(top + pixel),
            ),
        )
    }

    pub(super) fn short_layout(
        &mut self,
        key: ShortKey,
        make: impl FnOnce(&mut Fonts, f32) -> ShortLayout,
    ) -> Arc<ShortLayout> {
        let (fonts, scale) = (&mut self.fonts, self.scale);
        let (layout, used) = self
            .short
            .entry(key)
            .or_insert_with(|| (Arc::new(make(fonts, scale)), 0));
        *used = self.frame;
        Arc::clone(layout)
    }

    fn follow_search(&mut self, ctx: &Context) {
        match &self.search {
            Search::Over => {}
            Search::Wanted => {
                let (sender, receiver) = channel();
                let ctx = ctx.clone();
                let thread = std::thread::Builder::new().name("system fonts".into());
                let started = thread.spawn(move || {
                    // The window may be closed before the fonts are found; then nobody wants them.
                    if sender.send(Fonts::with_system()).is_ok() {
                        ctx.request_repaint();
                    }
                });
                // Without a thread the bundled fonts have to do.
                self.search = started.map_or(Search::Over, |_| Search::Running(receiver));
            }
            Search::Running(receiver) => match receiver.try_recv() {
                Ok(fonts) => {
                    self.fonts = fonts;
                    self.generation += 1;
                    self.short.clear();
                    self.search = Search::Over;
                }
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => self.search = Search::Over,
            },
        }
    }
}

/// Glyphs of several layouts, gathered so that they are painted together.
#[derive(Default)]
pub struct Glyphs {
    /// One mesh for each page of the atlas.
    meshes: Vec<Mesh>,
}

impl Glyphs {
    /// Adds some lines of a layout whose top left corner lies at a point. The point is moved to a physical pixel.
    pub fn add(
        &mut self,
        ctx: &Context,
        engine: &mut TextEngine,
        layout: &Layout,
        lines: Range<usize>,
        left_top: Pos2,
        color: Color32,
    ) {
        let scale = engine.scale;
        let origin = (left_top.to_vec2() * scale).round();
        let dark = engine.dark;
        for glyph in layout.glyphs_of(lines) {
            let placed = glyph.placed(origin.x, origin.y);
            let raster = &mut engine.raster;
            let draw = || {
                let bitmap = raster.draw(glyph.face, placed.key)?;
                Some(picture(bitmap, dark))
            };
            let Some(place) = engine.atlas.place(ctx, &placed.key, draw) else {
                continue;
            };
            let corner = vec2((placed.x + place.left) as f32, (placed.y - place.top) as f32);
            let size = vec2(place.width as f32, place.height as f32);
            let rect = Rect::from_min_size((corner / scale).to_pos2(), size / scale);
            let tint = if place.colored {
                Color32::from_white_alpha(color.a())
            } else {
                color
            };
            self.page(engine, place.page)
                .add_rect_with_uv(rect, place.uv, tint);
        }
    }

    /// Paints what was gathered.
    pub fn paint(self, painter: &Painter) {
        for mesh in self.meshes {
            if !mesh.is_empty() {
                painter.add(mesh);
            }
        }
    }

    fn page(&mut self, engine: &TextEngine, page: usize) -> &mut Mesh {
        while self.meshes.len() <= page {
            let texture = engine.atlas.texture(self.meshes.len()).unwrap_or_default();
            self.meshes.push(Mesh::with_texture(texture));
        }
        &mut self.meshes[page]
    }
}

/// A rasterised glyph as the atlas keeps it.
fn picture(bitmap: layout::Bitmap, dark: bool) -> Bitmap {
    let (pixels, colored) = match bitmap.pixels {
        Pixels::Coverage(coverage) => {
            let white = coverage
                .into_iter()
                .map(|c| Color32::from_white_alpha(if dark { fuller(c) } else { c }));
            (white.collect(), false)
        }
        Pixels::Color(bytes) => {
            let pixels = bytes.chunks_exact(4).map(|pixel| match pixel {
                [r, g, b, a] => Color32::from_rgba_unmultiplied(*r, *g, *b, *a),
                _ => Color32::TRANSPARENT,
            });
            (pixels.collect(), true)
        }
    };
    Bitmap {
        left: bitmap.left,
        top: bitmap.top,
        width: bitmap.width,
        height: bitmap.height,
        pixels,
        colored,
    }
}

/// Light text on dark ground looks thin where colours are blended as they are stored; this evens it out.
fn fuller(coverage: u8) -> u8 {
    let c = f32::from(coverage) / 255.0;
    ((2.0 * c - c * c) * 255.0).round() as u8
}
