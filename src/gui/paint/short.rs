//! One short string: a label, a button's words, a title, a row of a list. Any script, either direction.

use egui::{Align2, Color32, FontId, Pos2, Response, Sense, Ui, Vec2};

use super::TextEngine;

/// How a string looks, colour apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Height of the type in points.
    pub size: f32,
    /// Line height as a multiple of the size.
    pub line_height: f32,
    /// Bold or regular.
    pub bold: bool,
}

impl TextStyle {
    /// Regular type of that size with a line height for labels.
    pub const fn new(size: f32) -> Self {
        Self {
            size,
            line_height: 1.35,
            bold: false,
        }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same with another line height, a multiple of the size.
    #[must_use]
    pub const fn line_height(self, line_height: f32) -> Self {
        Self { line_height, ..self }
    }
}

/// What becomes of words that do not fit the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overflow {
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
    sense: Sense,
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

    /// What the mouse can do with it.
    #[must_use]
    pub fn sense(self, sense: Sense) -> Self {
        Self { sense, ..self }
    }

    /// How large it will be.
    pub fn size(&self, ui: &Ui, engine: &mut TextEngine) -> Vec2 {
        engine.begin_frame(ui.ctx());
        let galley = ui.painter().layout_no_wrap(
            self.text.to_owned(),
            FontId::proportional(self.style.size),
            self.color,
        );
        galley.size().min(Vec2::new(self.max_width, f32::INFINITY))
    }

    /// Takes its place in the ui and draws; its words are its accessible name.
    pub fn show(self, ui: &mut Ui, engine: &mut TextEngine) -> Response {
        let size = self.size(ui, engine);
        let (rect, response) = ui.allocate_exact_size(size, self.sense);
        self.paint_at(ui, engine, rect.left_top());
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Label, ui.is_enabled(), self.text)
        });
        response
    }

    /// Draws with its top left corner there, taking no place in the ui and no accessible name: for widgets that
    /// lay themselves out.
    pub fn paint_at(&self, ui: &Ui, engine: &mut TextEngine, left_top: Pos2) {
        engine.begin_frame(ui.ctx());
        ui.painter().text(
            left_top,
            Align2::LEFT_TOP,
            self.text,
            FontId::proportional(self.style.size),
            self.color,
        );
    }
}

/// Draws a string in one call; see [`ShortText`] for more.
pub fn text_ui(
    ui: &mut Ui,
    engine: &mut TextEngine,
    text: &str,
    style: TextStyle,
    color: Color32,
    max_width: f32,
    overflow: Overflow,
) -> Response {
    let mut short = ShortText::new(text, style, color).max_width(max_width);
    short.overflow = overflow;
    short.show(ui, engine)
}
