//! One short string: a label, a button's words, a title, a row of a list. Any script, either direction.
//!
//! The layout is kept by the engine as long as it is drawn. A line break in a short string is drawn as a space.

use std::sync::Arc;

use egui::{Color32, Context, Painter, Pos2, Response, Sense, Ui, Vec2, vec2};

use crate::layout::{Align, Fonts, Layout, Request, Style};
use crate::text::{Direction, Text, base_direction};

use super::engine::{Glyphs, TextEngine};
use crate::gui::theme;

/// How a string looks, colour apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Height of the type in points.
    pub size: f32,
    /// Line height as a multiple of the size.
    pub line_height: f32,
    /// Bold or regular.
    pub bold: bool,
    /// The program's own sentence, which runs as its language does, also where it begins with words of an article.
    pub own: bool,
}

impl TextStyle {
    /// Regular type of that size with a line height for labels.
    pub const fn new(size: f32) -> Self {
        Self {
            size,
            line_height: 1.35,
            bold: false,
            own: false,
        }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same for a sentence of the program's own: `“لجنة” as a value`.
    #[must_use]
    pub const fn own(self) -> Self {
        Self { own: true, ..self }
    }

    /// The base direction of a string: that of its first strong character, unless it is the program's own.
    pub fn direction(self, text: &str) -> Direction {
        let by_text = base_direction(text).filter(|_| !self.own);
        by_text.unwrap_or(Direction::LeftToRight)
    }

    /// The same with another line height, a multiple of the size.
    #[must_use]
    pub const fn line_height(self, line_height: f32) -> Self {
        Self { line_height, ..self }
    }
}

/// What becomes of words that do not fit the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Overflow {
    /// One line that ends in an ellipsis; the whole is read by assistive technology.
    Elide,
    /// As many lines as it takes.
    Wrap,
}

/// A string to be drawn, with how.
#[derive(Clone, Debug)]
pub struct ShortText<'a> {
    text: &'a str,
    style: TextStyle,
    color: Color32,
    max_width: f32,
    overflow: Overflow,
    align: Align,
    sense: Sense,
}

/// A laid-out short string.
#[derive(Clone, Debug)]
pub struct ShortLayout {
    layout: Layout,
    size: Vec2,
    elided: bool,
}

/// What a layout depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ShortKey {
    text: Box<str>,
    size: u32,
    line_height: u32,
    bold: bool,
    own: bool,
    max_width: u32,
    overflow: Overflow,
    align: Align,
}

impl ShortLayout {
    fn of(layout: Layout, elided: bool) -> Self {
        let (width, height) = layout.size();
        Self {
            layout,
            size: vec2(width, height),
            elided,
        }
    }

    /// Width and height in points; a string of one line is as wide as its words.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Whether an ellipsis stands for a part of the words.
    pub fn is_elided(&self) -> bool {
        self.elided
    }

    /// The base direction.
    pub fn direction(&self) -> Direction {
        self.layout.direction()
    }
}

impl<'a> ShortText<'a> {
    /// One line without bound in the given look.
    pub fn new(text: &'a str, style: TextStyle, color: Color32) -> Self {
        Self {
            text,
            style,
            color,
            max_width: f32::INFINITY,
            overflow: Overflow::Elide,
            align: Align::Start,
            sense: Sense::hover(),
        }
    }

    /// At most that many points wide.
    #[must_use]
    pub fn max_width(self, max_width: f32) -> Self {
        Self { max_width, ..self }
    }

    /// Broken into lines instead of elided.
    #[must_use]
    pub fn wrap(self) -> Self {
        Self {
            overflow: Overflow::Wrap,
            ..self
        }
    }

    /// On which side wrapped lines begin; where reading begins, unless told.
    #[must_use]
    pub fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// What the mouse can do with it.
    #[must_use]
    pub fn sense(self, sense: Sense) -> Self {
        Self { sense, ..self }
    }

    /// The layout, from the engine's cache where it was drawn lately.
    pub fn layout(&self, engine: &mut TextEngine) -> Arc<ShortLayout> {
        let key = ShortKey {
            text: self.text.into(),
            size: self.style.size.to_bits(),
            line_height: self.style.line_height.to_bits(),
            bold: self.style.bold,
            own: self.style.own,
            max_width: self.max_width.to_bits(),
            overflow: self.overflow,
            align: self.align,
        };
        engine.short_layout(key, |fonts, scale| self.lay_out(fonts, scale))
    }

    /// How large it will be.
    pub fn size(&self, ui: &Ui, engine: &mut TextEngine) -> Vec2 {
        let size = self.layout(engine).size;
        // Whole pixels, so that what stands beside it does not blur.
        let pixels = ui.ctx().pixels_per_point();
        vec2(
            (size.x * pixels).ceil() / pixels,
            (size.y * pixels).ceil() / pixels,
        )
    }

    /// Takes its place in the ui and draws; its words are its accessible name.
    pub fn show(self, ui: &mut Ui, engine: &mut TextEngine) -> Response {
        let layout = self.layout(engine);
        let (rect, response) = ui.allocate_exact_size(layout.size, self.sense);
        if ui.is_rect_visible(rect) {
            self.paint(ui.painter(), engine, &layout, rect.left_top());
        }
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Label, ui.is_enabled(), self.text)
        });
        response
    }

    /// Draws with its top left corner there, taking no place in the ui and no accessible name: for widgets that
    /// lay themselves out.
    pub fn paint_at(&self, ui: &Ui, engine: &mut TextEngine, left_top: Pos2) {
        let layout = self.layout(engine);
        self.paint(ui.painter(), engine, &layout, left_top);
    }

    /// The same by another painter than the ui's, where the layout is known already.
    pub fn paint(&self, painter: &Painter, engine: &mut TextEngine, layout: &ShortLayout, left_top: Pos2) {
        let mut glyphs = Glyphs::default();
        self.gather(painter.ctx(), engine, layout, left_top, &mut glyphs);
        glyphs.paint(painter);
    }

    /// Adds the words to glyphs that are painted together later.
    pub fn gather(
        &self,
        ctx: &Context,
        engine: &mut TextEngine,
        layout: &ShortLayout,
        left_top: Pos2,
        glyphs: &mut Glyphs,
    ) {
        let lines = 0..layout.layout.line_count();
        glyphs.add(ctx, engine, &layout.layout, lines, left_top, self.color);
    }

    fn lay_out(&self, fonts: &mut Fonts, scale: f32) -> ShortLayout {
        let direction = self.style.direction(self.text);
        let style = Style {
            size: self.style.size,
            line_height: self.style.line_height,
            bold: self.style.bold,
            ..Style::default()
        };
        let one_line = Request::line(self.text, direction, style, scale);
        let layout = Layout::new(fonts, &one_line);
        if layout.size().0 <= self.max_width {
            return ShortLayout::of(layout, false);
        }
        match self.overflow {
            Overflow::Wrap => {
                let request = Request {
                    align: self.align,
                    ..one_line.wrapped(self.max_width)
                };
                ShortLayout::of(Layout::new(fonts, &request), false)
            }
            Overflow::Elide => self.elide(fonts, &one_line, &layout),
        }
    }

    /// As many words as fit beside an ellipsis, which stands where reading would go on.
    fn elide(&self, fonts: &mut Fonts, request: &Request<'_>, whole: &Layout) -> ShortLayout {
        let ellipsis = Layout::new(
            fonts,
            &Request {
                text: ELLIPSIS,
                ..*request
            },
        );
        let room = (self.max_width - ellipsis.size().0).max(0.0);
        let x = match request.direction {
            Direction::LeftToRight => room,
            Direction::RightToLeft => whole.size().0 - room,
        };
        let mut end = whole.hit(x, 0.0).caret.offset;
        loop {
            let kept = self.text.get(..end.get()).unwrap_or_default().trim_end();
            let text = format!("{kept}{ELLIPSIS}");
            let layout = Layout::new(
                fonts,
                &Request {
                    text: &text,
                    ..*request
                },
            );
            if layout.size().0 <= self.max_width || kept.is_empty() {
                return ShortLayout::of(layout, true);
            }
            // In mixed directions the point above is only a guess: take off a character and try again.
            let longer = Text::new(kept);
            end = longer.previous_grapheme(longer.end());
        }
    }
}

/// Stands for words that found no room.
const ELLIPSIS: &str = "…";
/// Widest tooltip of words alone.
const TIP_WIDTH: f32 = 420.0;

/// A tooltip whose words may be in any script; none where there are no words.
pub fn any_script_tip(response: Response, engine: &mut TextEngine, words: &str) -> Response {
    if words.is_empty() {
        return response;
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(TIP_WIDTH);
        let ink = ui.visuals().text_color();
        ShortText::new(words, TextStyle::new(theme::TEXT), ink)
            .max_width(TIP_WIDTH)
            .wrap()
            .show(ui, engine);
    })
}
