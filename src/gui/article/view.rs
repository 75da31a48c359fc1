//! The article widget: takes its place, takes input, paints, reports.
//!
//! Title and byline stand above the text and scroll with it, in a column of a comfortable measure, with a scroll bar
//! of its own, since a long article is never laid out as a whole.

use egui::accesskit::Role;
use egui::{Id, Rect, Response, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::gui::paint::{ShortText, TextEngine, TextStyle};
use crate::gui::theme::{self, GRID, Palette};
use crate::text::{Direction, base_direction};

use super::accessibility::describe;
use super::card::card_ui;
use super::input_keys::{catch_up, keyboard_input};
use super::input_mouse::mouse_input;
use super::output::ArticleOutput;
use super::page::Page;
use super::paint::{faded, paint_text};
use super::sheet::Frame;
use super::state::{ArticleState, Gesture};

/// Space above the title and below the byline.
const ABOVE: f32 = 24.0;
const BELOW: f32 = 20.0;
/// Width that the scroll bar keeps free at the right.
const BAR_WIDTH: f32 = 12.0;
/// Smallest handle of the scroll bar.
const HANDLE_LEAST: f32 = 28.0;
/// Width of a character as a share of the size of the type, about.
const CHARACTER: f32 = 0.5;

/// The id of the article widget, to give it the focus.
pub fn article_id() -> Id {
    Id::unique("hashiya article")
}

/// Shows an article in all the room there is; returns what the analyst did, in order.
pub fn article_ui(
    ui: &mut Ui,
    engine: &mut TextEngine,
    page: &Page<'_>,
    state: &mut ArticleState,
) -> Vec<ArticleOutput> {
    let palette = Palette::of(ui.ctx());
    let mut outputs = Vec::new();
    let whole = ui.available_rect_before_wrap();
    ui.allocate_rect(whole, Sense::hover());
    ui.painter().rect_filled(whole, 0.0, palette.canvas);
    state.follow(page);

    let column = column(whole, page.zoom);
    let header = Header::new(engine, palette, page, column.span());
    let viewport = Rect::from_min_max(whole.min, pos2(whole.right() - BAR_WIDTH, whole.bottom()));
    let frame = Frame {
        viewport,
        column,
        head: header.height(),
    };
    let track = track(whole);

    let response = ui.interact(viewport, article_id(), Sense::click_and_drag());
    state.prepare(engine, page, frame);
    mouse_input(ui, &response, page, state, &mut outputs);
    catch_up(engine, page, state, &mut outputs);
    keyboard_input(ui, engine, &response, page, state, &mut outputs);
    wheel_input(ui, &response, state, &mut outputs);
    bar_input(ui, state, track);
    if let Some(caret) = state.reveal.take() {
        state.sheet.reveal(engine, caret);
    }
    state.prepare(engine, page, frame);

    header_ui(ui, engine, &header, page, state);
    paint_text(ui, engine, palette, page, state, response.has_focus());
    bar(ui, palette, state, track);
    if response.has_focus() {
        let line = Stroke::new(2.0, palette.accent);
        ui.painter().hline(whole.x_range(), whole.top() + 1.0, line);
    }
    describe(ui, &response, page, state, &mut outputs);
    card_ui(ui, engine, palette, page, state);
    if state.sheet.prepare_ahead(engine) {
        ui.ctx().request_repaint();
    }
    outputs.dedup();
    outputs
}

/// The column of text: at most the comfortable measure, in the middle.
fn column(whole: Rect, zoom: f32) -> egui::Rangef {
    let size = theme::TEXT_ARTICLE * zoom;
    let margin = (whole.width() * 0.05).clamp(GRID * 3.0, GRID * 12.0);
    let room = (whole.width() - BAR_WIDTH - 2.0 * margin).max(GRID * 20.0);
    let width = (theme::MEASURE * CHARACTER * size).min(room).floor();
    let left = (whole.left() + (whole.width() - BAR_WIDTH - width) / 2.0).round();
    egui::Rangef::new(left, left + width)
}

/// Title and byline, which scroll with the text.
struct Header<'a> {
    title: ShortText<'a>,
    byline: ShortText<'a>,
    title_size: Vec2,
    byline_size: Vec2,
}

impl<'a> Header<'a> {
    fn new(engine: &mut TextEngine, palette: &Palette, page: &Page<'a>, width: f32) -> Self {
        let bold = TextStyle::new(theme::TEXT_TITLE).bold().line_height(1.3);
        let title = ShortText::new(page.title, bold, palette.ink)
            .max_width(width)
            .wrap();
        let small = TextStyle::new(theme::TEXT_SMALL);
        let byline = ShortText::new(page.byline, small, palette.ink_weak).max_width(width);
        Self {
            title_size: title.layout(engine).size(),
            byline_size: byline.layout(engine).size(),
            title,
            byline,
        }
    }

    fn height(&self) -> f32 {
        (ABOVE + self.title_size.y + GRID + self.byline_size.y + BELOW).ceil()
    }
}

fn header_ui(ui: &Ui, engine: &mut TextEngine, header: &Header<'_>, page: &Page<'_>, state: &ArticleState) {
    let Some(top) = state.sheet.head_top() else { return };
    let column = state.sheet.column();
    // The byline stands under the title, on the same side.
    let rtl = base_direction(page.title) == Some(Direction::RightToLeft);
    let place = |y: f32, size: Vec2| {
        let x = if rtl { column.max - size.x } else { column.min };
        Rect::from_min_size(pos2(x, y), size)
    };
    let title = place(top + ABOVE, header.title_size);
    let byline = place(title.bottom() + GRID, header.byline_size);
    let parts = [
        ("title", Role::Heading, &header.title, title, page.title),
        ("byline", Role::Label, &header.byline, byline, page.byline),
    ];
    let visible = state.sheet.viewport();
    for (id, role, words, place, name) in parts {
        if name.is_empty() || !visible.intersects(place) {
            continue;
        }
        words.paint_at(ui, engine, place.min);
        let seen = place.intersect(visible);
        let node = ui.interact(seen, article_id().with(id), Sense::hover());
        node.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), name));
    }
}

/// The wheel: scrolls; with Ctrl it asks for another size of type.
fn wheel_input(ui: &Ui, response: &Response, state: &mut ArticleState, outputs: &mut Vec<ArticleOutput>) {
    if !response.contains_pointer() {
        return;
    }
    let (wheel, zoom) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    if (zoom - 1.0).abs() > f32::EPSILON {
        outputs.push(ArticleOutput::Zoom(zoom));
    } else if wheel != 0.0 {
        state.sheet.scroll_by(f64::from(-wheel));
    }
}

fn track(whole: Rect) -> Rect {
    Rect::from_min_max(
        pos2(whole.right() - BAR_WIDTH, whole.top()),
        pos2(whole.right(), whole.bottom()),
    )
    .shrink(2.0)
}

/// The handle of the scroll bar, if there is anything to scroll.
fn handle(state: &ArticleState, track: Rect) -> Option<Rect> {
    let (position, seen) = state.sheet.scroll_fraction();
    if seen >= 1.0 {
        return None;
    }
    let height = (track.height() * seen as f32).clamp(HANDLE_LEAST.min(track.height()), track.height());
    let top = track.top() + (track.height() - height) * position as f32;
    Some(Rect::from_min_size(
        pos2(track.left(), top),
        vec2(track.width(), height),
    ))
}

/// Drags the handle, or goes where the track is clicked.
fn bar_input(ui: &Ui, state: &mut ArticleState, track: Rect) {
    let Some(handle) = handle(state, track) else {
        return;
    };
    let response = ui.interact(track, article_id().with("scroll bar"), Sense::DRAG | Sense::CLICK);
    response
        .widget_info(|| WidgetInfo::labeled(Role::ScrollBar, ui.is_enabled(), crate::gui::words::SCROLL_BAR));
    let pointer = response.interact_pointer_pos();
    if response.is_pointer_button_down_on()
        && let Some(pos) = pointer
    {
        let grip = match state.gesture {
            Gesture::ScrollBar { grip } => grip,
            _ if handle.contains(pos) => pos.y - handle.top(),
            _ => handle.height() / 2.0,
        };
        state.gesture = Gesture::ScrollBar { grip };
        let room = track.height() - handle.height();
        if room > 0.0 {
            let position = ((pos.y - grip - track.top()) / room).clamp(0.0, 1.0);
            state.sheet.scroll_to_fraction(f64::from(position));
        }
    } else if matches!(state.gesture, Gesture::ScrollBar { .. }) {
        state.gesture = Gesture::None;
    }
}

fn bar(ui: &Ui, palette: &Palette, state: &ArticleState, track: Rect) {
    let Some(handle) = handle(state, track) else {
        return;
    };
    let near = ui.input(|input| input.pointer.hover_pos().is_some_and(|pos| track.contains(pos)));
    let held = matches!(state.gesture, Gesture::ScrollBar { .. });
    let strength = if held {
        0.9
    } else if near {
        0.7
    } else {
        0.4
    };
    let rect = handle.shrink2(vec2(if near || held { 0.0 } else { 1.5 }, 0.0));
    ui.painter()
        .rect_filled(rect, 4.0, faded(palette.ink_faint, strength));
}
