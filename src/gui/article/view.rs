//! The article widget: takes its place, takes input, paints, reports.
//!
//! What is known of the article, and its title where no line of the text is it, stand above the text and scroll with it,
//! in a column of a comfortable measure, with a scroll bar of its own, since a long article is never laid out as a whole.

use egui::accesskit::Role;
use egui::{Id, Rect, Response, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::gui::paint::{ShortText, TextEngine, TextStyle};
use crate::gui::theme::{self, GRID, Palette};
use crate::text::{Direction, base_direction};

use super::accessibility::{HeadLine, describe, take_requests};
use super::card::card_ui;
use super::input_keys::{catch_up, keyboard_input};
use super::input_mouse::mouse_input;
use super::output::ArticleOutput;
use super::overview::{Hits, Marks};
use super::page::Page;
use super::paint::paint_text;
use super::relations::{choose_ui, draw_relations};
use super::sheet::{Frame, Spans};
use super::stack::stack_ui;
use super::state::{ArticleState, Gesture};

/// Space above the byline, between it and the title, and below both.
const ABOVE: f32 = 20.0;
const BETWEEN: f32 = 8.0;
const BELOW: f32 = 14.0;
/// Width that the scroll bar and the overview in it keep free at the right.
const BAR_WIDTH: f32 = theme::OVERVIEW + 2.0 * BAR_MARGIN;
/// Room round the scroll bar.
const BAR_MARGIN: f32 = 2.0;
/// Least width of the margins where numbers stand in them.
const NUMBERS: f32 = 40.0;
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
    take_requests(ui, page, state, &mut outputs);
    state.look(ui.ctx(), page.text);

    let column = column(whole, page);
    let header = Header::new(engine, palette, page, state, column.span());
    let viewport = Rect::from_min_max(whole.min, pos2(whole.right() - BAR_WIDTH, whole.bottom()));
    let frame = Frame {
        viewport,
        column,
        head: header.height(),
    };
    let track = track(whole);

    let response = ui.interact(viewport, article_id(), Sense::click_and_drag());
    resize(engine, page, state, frame);
    take_input(ui, engine, &response, page, state, &mut outputs);
    bar_input(ui, engine, state, track);
    if let Some(caret) = state.reveal.take() {
        let hidden = state.find.reach(viewport).max(state.links.hides());
        state.sheet.reveal(engine, caret, hidden);
    }
    // What came in may have moved the text.
    state.prepare(engine, page, frame);

    let head = header_ui(ui, engine, &header, page, state);
    state.chips = paint_text(ui, engine, palette, page, state, response.has_focus());
    let labels: Vec<Rect> = state.chips.iter().map(|(rect, _)| *rect).collect();
    state.links.drawn = draw_relations(ui, engine, palette, page, state, &labels);
    keep_in_view(ui, state);
    prepare_overview(page, state, palette, track);
    bar(ui, palette, state, track);
    if response.has_focus() {
        let line = Stroke::new(2.0, palette.accent);
        ui.painter().hline(whole.x_range(), whole.top() + 1.0, line);
    }
    describe(ui, &response, page, state, &head);
    card_ui(ui, engine, palette, page, state);
    stack_ui(ui, engine, palette, page, state, &mut outputs);
    choose_ui(ui, engine, palette, page, state, &mut outputs);
    if state.sheet.prepare_ahead(engine) || state.settling {
        ui.ctx().request_repaint();
    }
    outputs.dedup();
    outputs
}

/// Sets the text into its frame. A pane that opens, or a smaller window, must not cover what is worked on.
fn resize(engine: &mut TextEngine, page: &Page<'_>, state: &mut ArticleState, frame: Frame) {
    let was_seen = state.sheet.viewport().size() != frame.viewport.size() && state.sees_caret();
    state.prepare(engine, page, frame);
    if was_seen && !state.sees_caret() {
        state.reveal.get_or_insert(state.caret());
    }
}

/// The room for what leads out of view must not lie over the span that was just selected.
fn keep_in_view(ui: &Ui, state: &mut ArticleState) {
    // What moves under a button that is held would be dragged.
    if ui.input(|input| input.pointer.any_down()) {
        return;
    }
    if let Some(caret) = state.under_strip() {
        state.reveal = Some(caret);
        ui.ctx().request_repaint();
    }
}

/// Takes what mouse, keyboard and wheel ask for.
fn take_input(
    ui: &Ui,
    engine: &mut TextEngine,
    response: &Response,
    page: &Page<'_>,
    state: &mut ArticleState,
    outputs: &mut Vec<ArticleOutput>,
) {
    mouse_input(ui, response, page, state, outputs);
    catch_up(engine, page, state, outputs);
    keyboard_input(ui, engine, response, page, state, outputs);
    if state.is_typing_ahead() {
        ui.ctx().request_repaint();
    }
    wheel_input(ui, response, state, outputs);
}

/// Brings the overview up to what is found and asked about now.
fn prepare_overview(page: &Page<'_>, state: &mut ArticleState, palette: &Palette, track: Rect) {
    let hits = Hits {
        version: state.find.version(),
        ranges: state.find.shown(),
    };
    let problems = Hits {
        version: state.problems.0,
        ranges: &state.problems.1,
    };
    let spans = Spans {
        index: &state.index,
        version: state.indexed,
    };
    state.overview.prepare(
        &state.sheet,
        page,
        (spans, &state.stage),
        Marks { hits, problems },
        palette,
        track,
    );
}

/// The column of text: at most the comfortable measure, in the middle.
fn column(whole: Rect, page: &Page<'_>) -> egui::Rangef {
    let size = theme::article_size(page.reading.size) * page.zoom;
    let least = if page.reading.numbers.counted().is_some() {
        NUMBERS
    } else {
        GRID * 3.0
    };
    let margin = (whole.width() * 0.05).clamp(least, GRID * 12.0);
    let room = (whole.width() - BAR_WIDTH - 2.0 * margin).max(GRID * 20.0);
    let width = (theme::MEASURE * CHARACTER * size).min(room).floor();
    let left = (whole.left() + (whole.width() - BAR_WIDTH - width) / 2.0).round();
    egui::Rangef::new(left, left + width)
}

/// Byline and title, which scroll with the text.
struct Header<'a> {
    byline: ShortText<'a>,
    byline_size: Vec2,
    /// Absent where a line of the text is the headline.
    title: Option<(ShortText<'a>, Vec2)>,
}

impl<'a> Header<'a> {
    fn new(
        engine: &mut TextEngine,
        palette: &Palette,
        page: &Page<'a>,
        state: &ArticleState,
        width: f32,
    ) -> Self {
        let title = state.headline().is_none().then(|| {
            let size = theme::article_size(page.reading.size) * page.zoom * theme::HEADLINE;
            let bold = TextStyle::new(size).bold().line_height(1.3);
            let title = ShortText::new(page.title, bold, palette.ink)
                .max_width(width)
                .wrap();
            let size = title.layout(engine).size();
            (title, size)
        });
        let small = TextStyle::new(theme::TEXT_SMALL);
        let byline = ShortText::new(page.byline, small, palette.ink_weak).max_width(width);
        Self {
            byline_size: byline.layout(engine).size(),
            byline,
            title,
        }
    }

    fn height(&self) -> f32 {
        let title = self.title.as_ref().map_or(0.0, |(_, size)| BETWEEN + size.y);
        (ABOVE + self.byline_size.y + title + BELOW).ceil()
    }
}

/// Paints what is in view of title and byline, and says where it stands.
fn header_ui<'a>(
    ui: &Ui,
    engine: &mut TextEngine,
    header: &Header<'_>,
    page: &Page<'a>,
    state: &ArticleState,
) -> Vec<HeadLine<'a>> {
    let Some(top) = state.sheet.head_top() else {
        return Vec::new();
    };
    let column = state.sheet.column();
    // The byline stands over the title, on the same side.
    let rtl = base_direction(page.title) == Some(Direction::RightToLeft);
    let place = |y: f32, size: Vec2| {
        let x = if rtl { column.max - size.x } else { column.min };
        Rect::from_min_size(pos2(x, y), size)
    };
    let byline = place(top + ABOVE, header.byline_size);
    let first = ("byline", Role::Label, &header.byline, byline, page.byline);
    let second = header.title.as_ref().map(|(title, size)| {
        let place = place(byline.bottom() + BETWEEN, *size);
        ("title", Role::Heading, title, place, page.title)
    });
    let visible = state.sheet.viewport();
    let mut seen = Vec::new();
    for (id, role, short, place, words) in std::iter::once(first).chain(second) {
        if words.is_empty() || !visible.intersects(place) {
            continue;
        }
        short.paint_at(ui, engine, place.min);
        seen.push(HeadLine {
            id,
            role,
            place: place.intersect(visible),
            words,
        });
    }
    seen
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
        state.stack = None;
    }
}

fn track(whole: Rect) -> Rect {
    Rect::from_min_max(
        pos2(whole.right() - BAR_WIDTH, whole.top()),
        pos2(whole.right(), whole.bottom()),
    )
    .shrink(BAR_MARGIN)
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

/// Drags the handle, or goes where the track is pressed: to the mark there, where there is one.
fn bar_input(ui: &Ui, engine: &mut TextEngine, state: &mut ArticleState, track: Rect) {
    let Some(shown) = handle(state, track) else {
        return;
    };
    let response = ui.interact(track, article_id().with("scroll bar"), Sense::DRAG | Sense::CLICK);
    response
        .widget_info(|| WidgetInfo::labeled(Role::ScrollBar, ui.is_enabled(), crate::gui::words::SCROLL_BAR));
    let held = response.is_pointer_button_down_on();
    let Some(pos) = response.interact_pointer_pos().filter(|_| held) else {
        if matches!(state.gesture, Gesture::ScrollBar { .. }) {
            state.gesture = Gesture::None;
        }
        return;
    };
    if let Gesture::ScrollBar { grip } = state.gesture {
        let room = track.height() - shown.height();
        if room > 0.0 && ui.input(|input| input.pointer.delta().y != 0.0) {
            let position = ((pos.y - grip - track.top()) / room).clamp(0.0, 1.0);
            state.sheet.scroll_to_fraction(engine, f64::from(position));
        }
        return;
    }
    let mut taken = shown;
    if !shown.contains(pos) {
        let part = match state.overview.near(pos.y) {
            Some(marked) => state.sheet.part_of(marked),
            None => f64::from((pos.y - track.top()) / track.height()),
        };
        state.sheet.scroll_to_part(engine, part);
        taken = handle(state, track).unwrap_or(shown);
    }
    state.gesture = Gesture::ScrollBar {
        grip: pos.y - taken.top(),
    };
}

/// The overview, and over it the handle, through which it can be seen.
fn bar(ui: &Ui, palette: &Palette, state: &ArticleState, track: Rect) {
    let Some(handle) = handle(state, track) else {
        return;
    };
    let near = ui.input(|input| input.pointer.hover_pos().is_some_and(|pos| track.contains(pos)));
    let held = matches!(state.gesture, Gesture::ScrollBar { .. });
    let strength = if held {
        0.55
    } else if near {
        0.45
    } else {
        0.3
    };
    state.overview.paint(ui.painter());
    let ground = palette.ink_faint.gamma_multiply(strength);
    let edge = Stroke::new(1.0, palette.ink_faint.gamma_multiply(0.8));
    ui.painter()
        .rect(handle, 4.0, ground, edge, egui::StrokeKind::Inside);
}
