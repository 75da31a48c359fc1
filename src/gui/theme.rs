//! Every colour and size of the window, light and dark.
//!
//! One accent colour; label colours come from the codebook and are only fitted to the ground they lie on. What is
//! drawn with them is the panels' business.

use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Vec2};

use super::reading::TextSize;
use crate::model::{Color, Verdict};

/// One step of the grid on which everything stands, in points.
pub const GRID: f32 = 4.0;
/// Height of a row in a list.
pub const ROW: f32 = 28.0;
/// Height of a row of two lines.
pub const ROW_TWO_LINES: f32 = 44.0;
/// Height of the menu bar and of the toolbar.
pub const BAR: f32 = 36.0;
/// Height of the status bar.
pub const STATUS_BAR: f32 = 28.0;
/// Side of an icon.
pub const ICON: f32 = 16.0;
/// Type of the window's own words.
pub const TEXT: f32 = 13.5;
/// Small type: keys, counts, offsets.
pub const TEXT_SMALL: f32 = 12.0;
/// Headings of panes.
pub const TEXT_PANE: f32 = 12.0;
/// The article's title above its text.
pub const TEXT_TITLE: f32 = 20.0;
/// The article's text before zoom, small, medium, large.
pub const TEXT_ARTICLE: [f32; 3] = [16.0, 18.0, 21.0];
/// The headline in the text, as a multiple of the text's size.
pub const HEADLINE: f32 = 1.3;
/// Numbers in the margin.
pub const TEXT_MARGIN: f32 = 11.0;
/// Lines of relations, of the selected one, the head of their arrows, and their names, before zoom.
pub const RELATION_LINE: f32 = 1.25;
/// See [`RELATION_LINE`].
pub const RELATION_SELECTED: f32 = 2.0;
/// See [`RELATION_LINE`].
pub const RELATION_HEAD: f32 = 6.0;
/// See [`RELATION_LINE`].
pub const RELATION_TYPE: f32 = 10.0;
/// What is left of the colour of a relation beside those of the selected span.
pub const RELATION_ASIDE: f32 = 0.55;
/// Where more relations are in view, only those of the selected span are named.
pub const RELATIONS_NAMED: usize = 120;
/// The narrowest margin into which the name of a relation is written.
pub const RELATION_NAME_LEAST: f32 = 22.0;
/// What an arc within a line leaves free of the room above it, before zoom.
pub const RELATION_CLEAR: f32 = 5.0;
/// What numbers in the margin take of it.
pub const RELATION_NUMBERS: f32 = 24.0;
/// So many relations run beside each other in the margin before the first track is used again.
pub const RELATION_TRACKS: usize = 4;
/// How near the pointer must come to a relation to take it.
pub const RELATION_REACH: f32 = 3.5;
/// Half the width of the ring from which a link is dragged.
pub const RELATION_RING: f32 = 4.0;
/// Line height of the article, a multiple of its size.
pub const LINE_ARTICLE: f32 = 1.6;
/// Width of the strip along the scroll bar that shows where spans, hits, and notes lie.
pub const OVERVIEW: f32 = OVERVIEW_SPANS + OVERVIEW_HITS + OVERVIEW_NOTES + 2.0 * OVERVIEW_GAP;
/// Width of its marks for spans.
pub const OVERVIEW_SPANS: f32 = 6.0;
/// Width of its marks for hits.
pub const OVERVIEW_HITS: f32 = 4.0;
/// Width of its marks for notes.
pub const OVERVIEW_NOTES: f32 = 7.0;
/// Between two of its columns.
pub const OVERVIEW_GAP: f32 = 1.0;
/// Longest comfortable line in characters, about.
pub const MEASURE: f32 = 75.0;
/// Smallest and largest width of the list.
pub const LIST_WIDTH: std::ops::RangeInclusive<f32> = 184.0..=480.0;
/// Smallest and largest width of the inspector.
pub const INSPECTOR_WIDTH: std::ops::RangeInclusive<f32> = 200.0..=480.0;
/// Width of the article's context menu.
pub const CONTEXT_MENU: f32 = 280.0;
/// Smallest and largest width of the guidelines.
pub const GUIDELINES_WIDTH: std::ops::RangeInclusive<f32> = 240.0..=560.0;
/// Smallest and largest width of the manual.
pub const HELP_WIDTH: std::ops::RangeInclusive<f32> = 280.0..=1200.0;
/// Width that the manual leaves to the article.
pub const ARTICLE_BESIDE_HELP: f32 = 320.0;
/// Width that the panes beside it leave to the article while the manual is shown.
pub const ARTICLE_LEAST_WITH_HELP: f32 = 440.0;
/// Width that the manual leaves to a dialog.
pub const DIALOG_LEAST: f32 = 520.0;
/// Width that the panes beside it leave to the article.
pub const ARTICLE_LEAST: f32 = 560.0;
/// Smallest and largest height of the sheet of events.
pub const EVENTS_HEIGHT: std::ops::RangeInclusive<f32> = 112.0..=560.0;
/// Height that the pane under it leaves to the article.
pub const ARTICLE_LEAST_HEIGHT: f32 = 160.0;
/// Smallest window in which everything can be reached.
pub const WINDOW_MIN: Vec2 = Vec2::new(640.0, 420.0);
/// The window at its first start.
pub const WINDOW_FIRST: Vec2 = Vec2::new(1280.0, 800.0);
/// Zoom of the article's text: smallest and largest.
pub const ZOOM: std::ops::RangeInclusive<f32> = 0.6..=3.0;

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Whether the ground is dark.
    pub dark: bool,
    /// Under the article: the lightest ground in light, and the calmest in dark.
    pub canvas: Color32,
    /// Under lists and bars.
    pub panel: Color32,
    /// Under fields.
    pub sunken: Color32,
    /// Under menus and dialogs.
    pub raised: Color32,
    /// Lines between panes.
    pub hairline: Color32,
    /// Borders of fields and buttons, which must be seen.
    pub border: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that comes second.
    pub ink_weak: Color32,
    /// What cannot be done now, and marks that only decorate.
    pub ink_faint: Color32,
    /// The one accent: focus, the open article, links.
    pub accent: Color32,
    /// On the accent.
    pub accent_ink: Color32,
    /// The ground of what is selected in a list.
    pub accent_soft: Color32,
    /// Selected words.
    pub selection: Color32,
    /// The ground of words that were found.
    pub hit: Color32,
    /// The ground of the hit that is selected.
    pub hit_current: Color32,
    /// Round the selected hit, and for hits in the scroll bar.
    pub hit_line: Color32,
    /// Lines between spans that are related.
    pub relation: Color32,
    /// The ground under the pointer.
    pub hover: Color32,
    /// What failed.
    pub danger: Color32,
    /// The ground of a banner that says what failed.
    pub danger_soft: Color32,
    /// What wants a look.
    pub warning: Color32,
    /// What is done.
    pub success: Color32,
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    dark: false,
    canvas: Color32::from_rgb(0xff, 0xff, 0xfe),
    panel: Color32::from_rgb(0xf6, 0xf6, 0xf4),
    sunken: Color32::from_rgb(0xff, 0xff, 0xff),
    raised: Color32::from_rgb(0xff, 0xff, 0xff),
    hairline: Color32::from_rgb(0xe1, 0xe1, 0xdd),
    border: Color32::from_rgb(0xc3, 0xc4, 0xc2),
    ink: Color32::from_rgb(0x1d, 0x1f, 0x23),
    ink_weak: Color32::from_rgb(0x5b, 0x60, 0x68),
    ink_faint: Color32::from_rgb(0x8f, 0x94, 0x9b),
    accent: Color32::from_rgb(0x1f, 0x62, 0xc9),
    accent_ink: Color32::from_rgb(0xff, 0xff, 0xff),
    accent_soft: Color32::from_rgb(0xe1, 0xeb, 0xfa),
    selection: Color32::from_rgb(0xc4, 0xda, 0xf9),
    hit: Color32::from_rgb(0xff, 0xec, 0xa8),
    hit_current: Color32::from_rgb(0xff, 0xc2, 0x4a),
    hit_line: Color32::from_rgb(0x8a, 0x5a, 0x00),
    relation: Color32::from_rgb(0x5a, 0x50, 0x78),
    hover: Color32::from_rgb(0xe9, 0xea, 0xe8),
    danger: Color32::from_rgb(0xb4, 0x2a, 0x23),
    danger_soft: Color32::from_rgb(0xfb, 0xe7, 0xe5),
    warning: Color32::from_rgb(0x8a, 0x5a, 0x00),
    success: Color32::from_rgb(0x20, 0x75, 0x45),
};

/// The dark theme.
pub const DARK: Palette = Palette {
    dark: true,
    canvas: Color32::from_rgb(0x1c, 0x1e, 0x21),
    panel: Color32::from_rgb(0x17, 0x18, 0x1b),
    sunken: Color32::from_rgb(0x10, 0x11, 0x13),
    raised: Color32::from_rgb(0x25, 0x27, 0x2b),
    hairline: Color32::from_rgb(0x2c, 0x2f, 0x33),
    border: Color32::from_rgb(0x4a, 0x4e, 0x54),
    ink: Color32::from_rgb(0xdc, 0xde, 0xe1),
    ink_weak: Color32::from_rgb(0x9e, 0xa4, 0xac),
    ink_faint: Color32::from_rgb(0x6f, 0x75, 0x7d),
    accent: Color32::from_rgb(0x78, 0xad, 0xf7),
    accent_ink: Color32::from_rgb(0x0f, 0x16, 0x21),
    accent_soft: Color32::from_rgb(0x23, 0x32, 0x48),
    selection: Color32::from_rgb(0x24, 0x3f, 0x66),
    hit: Color32::from_rgb(0x52, 0x43, 0x10),
    hit_current: Color32::from_rgb(0x7d, 0x57, 0x00),
    hit_line: Color32::from_rgb(0xf2, 0xc1, 0x4e),
    relation: Color32::from_rgb(0xb3, 0xa9, 0xd6),
    hover: Color32::from_rgb(0x31, 0x34, 0x39),
    danger: Color32::from_rgb(0xf0, 0x8a, 0x80),
    danger_soft: Color32::from_rgb(0x40, 0x22, 0x20),
    warning: Color32::from_rgb(0xe0, 0xb0, 0x5c),
    success: Color32::from_rgb(0x6c, 0xc4, 0x90),
};

/// The article's text before zoom.
pub const fn article_size(size: TextSize) -> f32 {
    let [small, medium, large] = TEXT_ARTICLE;
    match size {
        TextSize::Small => small,
        TextSize::Medium => medium,
        TextSize::Large => large,
    }
}

impl Palette {
    /// The palette of the theme that the window shows now.
    pub fn of(ctx: &Context) -> &'static Self {
        if ctx.theme() == egui::Theme::Dark {
            &DARK
        } else {
            &LIGHT
        }
    }

    /// The colour of a verdict's mark.
    pub const fn verdict(&self, verdict: Verdict) -> Color32 {
        match verdict {
            Verdict::Approved => self.success,
            Verdict::ChangesRequested => self.danger,
        }
    }

    /// A label's colours on this theme's canvas.
    pub fn label(&self, color: Color) -> LabelColors {
        let pure = Color32::from_rgb(color.r, color.g, color.b);
        let ink = legible(pure, self.canvas, 4.5, self.ink);
        LabelColors {
            tint: self.ground(pure, if self.dark { 0.30 } else { 0.20 }, 7.0),
            tint_strong: self.ground(pure, if self.dark { 0.46 } else { 0.36 }, 5.5),
            line: legible(pure, self.canvas, 3.0, self.ink),
            ink,
            ink_dimmed: legible(mix(self.canvas, ink, 0.5), self.canvas, 3.0, ink),
        }
    }

    /// The canvas with at most that share of a colour, and less where the text on it would be hard to read.
    fn ground(&self, color: Color32, share: f32, least: f32) -> Color32 {
        (0..=20u8)
            .map(|step| mix(self.canvas, color, share * (1.0 - f32::from(step) / 20.0)))
            .find(|mixed| contrast(*mixed, self.ink) >= least)
            .unwrap_or(self.canvas)
    }
}

/// A label's colour in the strengths in which it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelColors {
    /// The ground of a span.
    pub tint: Color32,
    /// The ground of the selected or hovered span.
    pub tint_strong: Color32,
    /// Underlines, edges, swatches.
    pub line: Color32,
    /// Words in the label's colour.
    pub ink: Color32,
    /// The same where the span lies behind others.
    pub ink_dimmed: Color32,
}

/// `share` of `over` on `ground`.
fn mix(ground: Color32, over: Color32, share: f32) -> Color32 {
    let channel = |g: u8, o: u8| (f32::from(g) + (f32::from(o) - f32::from(g)) * share).round() as u8;
    Color32::from_rgb(
        channel(ground.r(), over.r()),
        channel(ground.g(), over.g()),
        channel(ground.b(), over.b()),
    )
}

/// The colour, moved towards the ink until it stands out from the ground by that contrast.
fn legible(color: Color32, ground: Color32, least: f32, ink: Color32) -> Color32 {
    (0..=20u8)
        .map(|step| mix(color, ink, f32::from(step) / 20.0))
        .find(|mixed| contrast(*mixed, ground) >= least)
        .unwrap_or(ink)
}

/// Contrast of two colours by WCAG 2: from 1 to 21.
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let luminance = |color: Color32| {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Puts both themes into egui: call once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_style_of(egui::Theme::Light, style(&LIGHT));
    ctx.set_style_of(egui::Theme::Dark, style(&DARK));
}

fn style(palette: &Palette) -> egui::Style {
    let mut style = egui::Style {
        visuals: visuals(palette),
        animation_time: 0.08,
        ..Default::default()
    };
    let sizes = [
        (TextStyle::Small, TEXT_SMALL),
        (TextStyle::Body, TEXT),
        (TextStyle::Button, TEXT),
        (TextStyle::Heading, TEXT_TITLE),
        (TextStyle::Monospace, TEXT),
    ];
    style.text_styles = sizes
        .into_iter()
        .map(|(name, size)| (name, FontId::new(size, FontFamily::Proportional)))
        .collect();
    style.spacing.item_spacing = Vec2::new(GRID * 2.0, GRID);
    style.spacing.button_padding = Vec2::new(GRID * 2.0, GRID);
    style.spacing.interact_size = Vec2::new(GRID * 6.0, GRID * 6.0);
    style.spacing.menu_margin = Margin::same(4);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.scroll = egui::style::ScrollStyle {
        bar_width: 8.0,
        ..egui::style::ScrollStyle::floating()
    };
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    style
}

/// The scroll bar of a menu: that of all panes, but always seen where there is more, since nothing else says so, and
/// beside the keys of the entries.
pub fn menu_scroll() -> egui::style::ScrollStyle {
    let pane = egui::style::ScrollStyle::floating();
    egui::style::ScrollStyle {
        bar_width: 8.0,
        floating_width: 8.0,
        floating_allocated_width: 12.0,
        dormant_handle_opacity: pane.active_handle_opacity,
        ..pane
    }
}

fn visuals(palette: &Palette) -> egui::Visuals {
    let mut visuals = if palette.dark {
        egui::Visuals::dark()
    } else {
        egui::Visuals::light()
    };
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.raised;
    visuals.window_stroke = Stroke::new(1.0, palette.border);
    visuals.window_corner_radius = CornerRadius::same(6);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.extreme_bg_color = palette.sunken;
    visuals.text_edit_bg_color = Some(palette.sunken);
    visuals.faint_bg_color = palette.hover;
    visuals.weak_text_color = Some(palette.ink_weak);
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.danger;
    visuals.selection.bg_fill = palette.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, palette.accent);
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.hairline);
    visuals.widgets.noninteractive.fg_stroke = Stroke::new(1.0, palette.ink);
    let states = [
        (
            &mut visuals.widgets.inactive,
            Color32::TRANSPARENT,
            palette.border,
        ),
        (&mut visuals.widgets.hovered, palette.hover, palette.border),
        (&mut visuals.widgets.active, palette.accent_soft, palette.accent),
        (&mut visuals.widgets.open, palette.hover, palette.border),
    ];
    for (state, ground, border) in states {
        state.bg_fill = ground;
        state.weak_bg_fill = ground;
        state.bg_stroke = Stroke::new(1.0, border);
        state.fg_stroke = Stroke::new(1.0, palette.ink);
        state.corner_radius = CornerRadius::same(4);
        state.expansion = 0.0;
    }
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_can_be_read_on_every_ground_of_both_themes() {
        for palette in [LIGHT, DARK] {
            for ground in [
                palette.canvas,
                palette.panel,
                palette.raised,
                palette.accent_soft,
                palette.hover,
            ] {
                for (name, ink, least) in [
                    ("ink", palette.ink, 7.0),
                    ("weak", palette.ink_weak, 4.5),
                    ("accent", palette.accent, 4.5),
                    ("danger", palette.danger, 4.5),
                    ("warning", palette.warning, 4.5),
                    ("success", palette.success, 4.5),
                    ("faint", palette.ink_faint, 2.4),
                ] {
                    let found = contrast(ink, ground);
                    assert!(
                        found >= least,
                        "{name} on {ground:?}, dark {}: {found}",
                        palette.dark
                    );
                }
            }
            for ground in [palette.canvas, palette.panel, palette.raised] {
                let found = contrast(palette.hover, ground);
                assert!(found >= 1.1, "hover on {ground:?}: {found}");
            }
            assert!(contrast(palette.ink, palette.selection) >= 7.0);
            assert!(contrast(palette.ink, palette.hit) >= 7.0);
            assert!(contrast(palette.ink, palette.hit_current) >= 4.5);
            assert!(contrast(palette.hit_line, palette.canvas) >= 4.5);
            assert!(contrast(palette.hit_line, palette.hit) >= 3.0);
            assert!(contrast(palette.danger, palette.danger_soft) >= 4.5);
            assert!(contrast(palette.accent_ink, palette.accent) >= 4.5);
        }
    }

    #[test]
    fn any_label_colour_is_fitted_to_the_ground() {
        for hex in ["#ffff00", "#000000", "#ffffff", "#00ff88", "#1b1b1b", "#d33682"] {
            let color = Color::from_hex(hex).unwrap();
            for palette in [LIGHT, DARK] {
                let label = palette.label(color);
                assert!(contrast(label.ink, palette.canvas) >= 4.5, "{hex}");
                assert!(contrast(label.ink_dimmed, palette.canvas) >= 3.0, "{hex}");
                assert!(contrast(label.line, palette.canvas) >= 3.0, "{hex}");
                assert!(
                    contrast(palette.ink, label.tint) >= 7.0,
                    "{hex}: the text on the tint"
                );
                assert!(
                    contrast(palette.ink, label.tint_strong) >= 5.5,
                    "{hex}: the text on the strong tint"
                );
            }
        }
    }
}
